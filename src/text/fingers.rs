//! What is said where one searches without a keyboard.

use crate::app::Way;
use crate::library::fingers::TopicKind;

use super::number;

/// The words of one language.
pub struct FingersWords {
    pub way: fn(Way) -> &'static str,
    pub type_here: &'static str,
    pub choose_word: &'static str,
    pub erase: &'static str,
    pub clear: &'static str,
    pub how_many_strokes: &'static str,
    pub strokes: fn(u8) -> String,
    pub choose_character: &'static str,
    pub topic: fn(TopicKind) -> &'static str,
    pub places: fn(u64) -> String,
    pub another_word: &'static str,
    /// Of a word, so many places.
    pub found: fn(&str, usize) -> String,
    /// So many of them are listed.
    pub first_of: fn(usize) -> String,
    pub none: &'static str,
    pub one_moment: &'static str,
    pub take_along: &'static str,
    pub code_carries: &'static str,
    pub code_offline: &'static str,
    pub no_code: &'static str,
}

pub const ZH: FingersWords = FingersWords {
    way: |way| match way {
        Way::Letters => "拼音",
        Way::Strokes => "笔画",
        Way::Topics => "主题",
    },
    type_here: "请按拼音或首字母，例如“温泉”按 wq",
    choose_word: "轻触一个词，看它出现在哪里",
    erase: "删除",
    clear: "清空",
    how_many_strokes: "第一个字有几画？",
    strokes: |count| format!("{count} 画"),
    choose_character: "第一个字是哪一个？",
    topic: |kind| match kind {
        TopicKind::Sections => "篇目",
        TopicKind::Photos => "图片",
        TopicKind::People => "人物",
        TopicKind::Places => "地点",
    },
    places: |count| format!("{} 处", number(count as f64)),
    another_word: "换一个词",
    found: |word, count| format!("“{word}”共 {} 处", number(count as f64)),
    first_of: |count| format!("只列出前 {} 处", number(count as f64)),
    none: "这里没有内容，请换一项。",
    one_moment: "请稍候……",
    take_along: "扫码带走",
    code_carries: "用手机扫一扫，带走这一页的出处和开头的文字。",
    code_offline: "二维码里就是文字，不需要网络，也不会打开网页。",
    no_code: "这一页没有二维码。",
};

pub const EN: FingersWords = FingersWords {
    way: |way| match way {
        Way::Letters => "Letters",
        Way::Strokes => "Strokes",
        Way::Topics => "Topics",
    },
    type_here: "Press the letters of a word, of its pinyin, or the initials: wq for 温泉",
    choose_word: "Touch a word to see where it stands",
    erase: "Delete",
    clear: "Clear",
    how_many_strokes: "How many strokes has the first character?",
    strokes: |count| match count {
        1 => "1 stroke".to_owned(),
        _ => format!("{count} strokes"),
    },
    choose_character: "Which is the first character?",
    topic: |kind| match kind {
        TopicKind::Sections => "Sections",
        TopicKind::Photos => "Pictures",
        TopicKind::People => "People",
        TopicKind::Places => "Places",
    },
    places: |count| match count {
        1 => "1 place".to_owned(),
        _ => format!("{} places", number(count as f64)),
    },
    another_word: "Another word",
    found: |word, count| match count {
        1 => format!("'{word}' stands at 1 place"),
        _ => format!("'{word}' stands at {} places", number(count as f64)),
    },
    first_of: |count| format!("The first {} are listed", number(count as f64)),
    none: "There is nothing here. Choose something else.",
    one_moment: "One moment...",
    take_along: "Take along",
    code_carries: "Scan it with a phone to take along where this stands and how it begins.",
    code_offline: "The code is the text itself: no network is needed, and no page opens.",
    no_code: "This page has no code.",
};
