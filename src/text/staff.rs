//! What is said to the staff of an exhibition.

use std::path::Path;

use crate::files::SaveError;
use crate::kiosk::update::{Change, Changes};
use crate::typeset::full_width;

/// The words of one language.
pub struct StaffWords {
    pub enter_pin: &'static str,
    pub erase: &'static str,
    pub enter: &'static str,
    pub wrong_pin: &'static str,
    pub looking: &'static str,
    /// No PIN is taken for so many seconds.
    pub wait: fn(u64) -> String,
    /// How many digits were typed.
    pub digits: fn(usize) -> String,
    pub title: &'static str,
    pub leave: &'static str,
    pub restart: &'static str,
    pub content: &'static str,
    pub statistics: &'static str,
    pub back: &'static str,
    pub look_again: &'static str,
    pub no_updates_folder: &'static str,
    pub nothing_found: &'static str,
    pub found_here: &'static str,
    pub checking: fn(u8) -> String,
    pub cancel: &'static str,
    pub install: &'static str,
    pub roll_back: &'static str,
    pub roll_back_explained: &'static str,
    pub nothing_changes: &'static str,
    pub another_archive: &'static str,
    pub would_change: &'static str,
    /// Reports, sections and photos, a line each that something is said of.
    pub changes: fn(&Changes) -> Vec<String>,
    pub switched: &'static str,
    pub save_statistics: &'static str,
    pub saved: fn(&Path) -> String,
    pub not_saved: fn(&SaveError) -> String,
    pub no_statistics: &'static str,
    pub sessions_a_day: &'static str,
}

pub const ZH: StaffWords = StaffWords {
    enter_pin: "请输入工作人员密码",
    erase: "删除",
    enter: "确定",
    wrong_pin: "密码不对，请再试一次。",
    looking: "正在核对……",
    wait: |secs| match (secs / 60, secs % 60) {
        (0, secs) => format!("试错次数过多，请等 {secs} 秒再试。"),
        (minutes, secs) => format!("试错次数过多，请等 {minutes} 分 {secs} 秒再试。"),
    },
    digits: |count| format!("已输入 {count} 位"),
    title: "工作人员",
    leave: "退出展示",
    restart: "重新启动",
    content: "更新内容",
    statistics: "使用统计",
    back: "返回上一级",
    look_again: "重新查找",
    no_updates_folder: "kiosk.toml 里没有写 updates_folder，不知道到哪里找新内容。",
    nothing_found: "没有找到新内容。请插好 U 盘，里面要有 archive.json 所在的文件夹。",
    found_here: "找到以下内容，轻触检查：",
    checking: |percent| format!("正在处理…… {percent}%"),
    cancel: "取消",
    install: "换上新内容",
    roll_back: "恢复上一份内容",
    roll_back_explained: "上一份内容还保存在这台机器上。",
    nothing_changes: "与现在展示的内容完全相同。",
    another_archive: "这是另一份档案，会整份替换现在的内容。",
    would_change: "检查无误，会有以下变化：",
    changes: |changes| {
        [("报道", &changes.reports), ("篇目", &changes.sections), ("图片", &changes.photos)]
            .into_iter()
            .flat_map(|(name, change)| {
                parts(change).into_iter().zip(["新增", "删去", "修改"]).filter(|(names, _)| !names.is_empty()).map(
                    move |(names, what)| {
                        let more = if names.len() > SHOWN { "等" } else { "" };
                        format!("{what}{name} {}：{}{more}", names.len(), shown(names).join("；"))
                    },
                )
            })
            .collect()
    },
    switched: "已经换好，正在重新启动。",
    save_statistics: "保存为表格",
    saved: |path| format!("已保存：{}", path.display()),
    not_saved: |error| super::errors::zh::save_error(error).what,
    no_statistics: "还没有统计数据。",
    sessions_a_day: "最近 30 天每天的参观次数",
};

pub const EN: StaffWords = StaffWords {
    enter_pin: "Enter the staff PIN",
    erase: "Delete",
    enter: "OK",
    wrong_pin: "This is not the PIN. Try again.",
    looking: "Checking...",
    wait: |secs| match (secs / 60, secs % 60) {
        (0, secs) => format!("Too many wrong tries. Wait {secs} s."),
        (minutes, secs) => format!("Too many wrong tries. Wait {minutes} min {secs} s."),
    },
    digits: |count| format!("{count} digits"),
    title: "Staff",
    leave: "Leave the exhibition",
    restart: "Restart",
    content: "New content",
    statistics: "Statistics",
    back: "Back",
    look_again: "Look again",
    no_updates_folder: "kiosk.toml has no updates_folder, so there is nowhere to look for new content.",
    nothing_found: "No new content was found. Plug in the stick; it must hold the folder of an archive.json.",
    found_here: "This was found. Touch it to have it checked:",
    checking: |percent| format!("Working... {percent}%"),
    cancel: "Cancel",
    install: "Use the new content",
    roll_back: "Go back to the content before",
    roll_back_explained: "The content before is still on this machine.",
    nothing_changes: "It is the same as what is shown now.",
    another_archive: "This is another archive; it takes the place of the present one as a whole.",
    would_change: "No errors were found. What will change:",
    changes: |changes| {
        [("Reports", &changes.reports), ("Sections", &changes.sections), ("Pictures", &changes.photos)]
            .into_iter()
            .flat_map(|(name, change)| {
                parts(change)
                    .into_iter()
                    .zip(["added", "removed", "changed"])
                    .filter(|(names, _)| !names.is_empty())
                    .map(move |(names, what)| {
                        let more = if names.len() > SHOWN { "..." } else { "" };
                        format!("{name} {what}, {}: {}{more}", names.len(), shown(names).join("; "))
                    })
            })
            .collect()
    },
    switched: "Done. Starting again.",
    save_statistics: "Save as a table",
    saved: |path| format!("Saved: {}", path.display()),
    not_saved: |error| super::errors::en::save_error(error).what,
    no_statistics: "Nothing has been counted yet.",
    sessions_a_day: "Sessions a day, last 30 days",
};

/// Names that are said of each kind of change.
const SHOWN: usize = 4;

/// The first names, as they are drawn elsewhere.
fn shown(names: &[String]) -> Vec<String> {
    names.iter().take(SHOWN).map(|name| full_width(name.trim_end_matches('。'))).collect()
}

fn parts(change: &Change) -> [&Vec<String>; 3] {
    [&change.added, &change.removed, &change.changed]
}
