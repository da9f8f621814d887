//! One form for what is written in several: width, case, script, accents and punctuation.
//!
//! One character always becomes one, so offsets counted in characters are the same before and after. What has no
//! one-to-one form (㎡, ①, ligatures) stays as it is.

use std::collections::HashMap;
use std::sync::LazyLock;

/// Pairs of characters, traditional, variant, radical or compatibility form before simplified; `#` begins a comment.
const SIMPLIFIED: &str = include_str!("../../assets/tables/simplified.txt");

/// Characters of the left, each as the character of the right.
const PUNCTUATION: &[(&str, char)] = &[
    ("“”„‟〝〞", '"'),
    ("‘’‚‛", '\''),
    ("‐‑‒–—―−─﹣", '-'),
    ("〜∼", '~'),
    ("•・‧∙⋅･", '·'),
    ("⋯", '…'),
    ("｡", '。'),
    ("､", '、'),
    ("｢", '「'),
    ("｣", '」'),
    ("￥", '¥'),
    // Dates are often written with a circle as their zero.
    ("○◯", '〇'),
];

/// Lower-case letters with an accent or a tone; ɑ and ɡ stand in typeset pinyin.
const ACCENTED: &[(&str, char)] = &[
    ("àáâãäåāăąǎɑ", 'a'),
    ("çćĉċč", 'c'),
    ("ď", 'd'),
    ("èéêëēĕėęěếề", 'e'),
    ("ĝğġģǧɡ", 'g'),
    ("ĥ", 'h'),
    ("ìíîïĩīĭįǐ", 'i'),
    ("ĵ", 'j'),
    ("ķ", 'k'),
    ("ĺļľ", 'l'),
    ("ḿ", 'm'),
    ("ñńņňǹ", 'n'),
    ("òóôõöōŏőǒ", 'o'),
    ("ŕŗř", 'r'),
    ("śŝşš", 's'),
    ("ţť", 't'),
    ("ùúûüũūŭůűųǔǖǘǚǜ", 'u'),
    ("ŵ", 'w'),
    ("ýÿŷ", 'y'),
    ("źżž", 'z'),
];

/// The one form of a character; the form of a form is itself.
pub fn fold_char(c: char) -> char {
    if c.is_ascii() {
        return fold_ascii(c);
    }
    static TABLE: LazyLock<Table> = LazyLock::new(Table::build);
    TABLE.get(c)
}

/// Each character of `text` in its one form: as many characters as before.
pub fn fold(text: &str) -> String {
    text.chars().map(fold_char).collect()
}

/// U+0000 becomes a space, so that no folded text holds one: the corpus sets it between its texts.
fn fold_ascii(c: char) -> char {
    if c.is_whitespace() || c == '\0' { ' ' } else { c.to_ascii_lowercase() }
}

const PAGE: usize = 256;

/// Forms by code point in pages; page 0 stands for all pages without any change.
struct Table {
    pages: Vec<u16>,
    chars: Vec<char>,
}

impl Table {
    fn build() -> Self {
        let mut single: HashMap<char, char> = HashMap::new();
        for (from, to) in PUNCTUATION.iter().chain(ACCENTED) {
            single.extend(from.chars().map(|c| (c, *to)));
        }
        for line in SIMPLIFIED.lines().filter(|line| !line.starts_with('#')) {
            let mut chars = line.chars();
            if let (Some(from), Some(to)) = (chars.next(), chars.next()) {
                single.insert(from, to);
            }
        }

        let mut table = Self { pages: vec![0; (char::MAX as usize + 1) / PAGE], chars: Vec::new() };
        // No letter with two cases and no white space stands above.
        for c in ('\u{80}'..'\u{1f000}').chain(single.keys().copied()) {
            let form = last_form(&single, c);
            if form != c {
                table.set(c, form);
            }
        }
        table
    }

    fn set(&mut self, c: char, form: char) {
        let page = c as usize / PAGE;
        if self.pages[page] == 0 {
            let first = (page * PAGE) as u32;
            self.chars.extend((first..first + PAGE as u32).map(|code| char::from_u32(code).unwrap_or_default()));
            self.pages[page] = (self.chars.len() / PAGE) as u16;
        }
        self.chars[(self.pages[page] as usize - 1) * PAGE + c as usize % PAGE] = form;
    }

    fn get(&self, c: char) -> char {
        match self.pages[c as usize / PAGE] as usize {
            0 => c,
            page => self.chars[(page - 1) * PAGE + c as usize % PAGE],
        }
    }
}

/// Where the steps from `c` end. They are few: a full-width accented capital would take three.
fn last_form(single: &HashMap<char, char>, c: char) -> char {
    let mut form = c;
    for _ in 0..8 {
        let next = next_form(single, form);
        if next == form {
            break;
        }
        form = next;
    }
    form
}

fn next_form(single: &HashMap<char, char>, c: char) -> char {
    if let Some(form) = single.get(&c) {
        return *form;
    }
    if c.is_ascii() {
        return fold_ascii(c);
    }
    if c.is_whitespace() {
        return ' ';
    }
    if let '\u{ff01}'..='\u{ff5e}' = c {
        return char::from_u32(c as u32 - 0xfee0).unwrap_or(c);
    }
    let mut lower = c.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some(lower), None) => lower,
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(fold(text), expected, "{text}");
    }

    #[test]
    fn width_case_and_blanks() {
        check("ＡＢｃ１２３", "abc123");
        check("PDF Über ΑΒΓ", "pdf uber αβγ");
        check("一\u{3000}二\t三\n四\u{a0}五\0六", "一 二 三 四 五 六");
        check("ｶﾀｶﾅ㎡①", "ｶﾀｶﾅ㎡①");
    }

    #[test]
    fn script() {
        check("溫泉鎮", "温泉镇");
        check("廣成澤", "广成泽");
        check("⽤⾒⾧", "用见长");
        check("𠮷野家", "𠮷野家");
    }

    #[test]
    fn punctuation() {
        check("“甲”„乙‟＂丙＂", "\"甲\"\"乙\"\"丙\"");
        check("‘甲’＇", "'甲''");
        check("2019–2024—―‐‑−－", "2019-2024------");
        check("甲～乙〜丙", "甲~乙~丙");
        check("，。．；：！？（）", ",。.;:!?()");
        check("卡尔・马克思•", "卡尔·马克思·");
        check("二○二四年", "二〇二四年");
    }

    #[test]
    fn accents() {
        check("Café Señor", "cafe senor");
        check("wēnquán LǛ nǚ", "wenquan lu nu");
        // One capital that has a two-character lower case.
        check("İ", "İ");
    }

    #[test]
    fn every_form_is_its_own_form_and_none_is_the_separator() {
        for c in '\0'..=char::MAX {
            let form = fold_char(c);
            assert_eq!(fold_char(form), form, "{c:?}");
            assert_ne!(form, '\0', "{c:?}");
        }
    }

    #[test]
    fn the_table_holds_pairs() {
        for line in SIMPLIFIED.lines().filter(|line| !line.starts_with('#')) {
            assert_eq!(line.chars().count(), 2, "{line}");
        }
    }

    proptest! {
        #[test]
        fn folding_keeps_the_number_of_characters(text in any::<String>()) {
            let folded = fold(&text);
            prop_assert_eq!(folded.chars().count(), text.chars().count());
            prop_assert_eq!(fold(&folded), folded);
        }
    }
}
