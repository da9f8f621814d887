//! One form for what is written in several: width, case, script, accents and punctuation.
//!
//! One character always becomes one, so offsets counted in characters are the same before and after. What stands for
//! several characters (㎡, ⑩, ligatures) stays as it is: [`alternatives`](super::alternatives) finds it.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::packed::unpack_lines;

/// Pairs of characters, traditional, variant, radical or compatibility form before simplified.
static SIMPLIFIED: LazyLock<String> =
    LazyLock::new(|| unpack_lines(include_bytes!("../../assets/tables/simplified.txt.br")));

/// Other characters with what they stand for, one or several.
static COMPATIBILITY: LazyLock<String> =
    LazyLock::new(|| unpack_lines(include_bytes!("../../assets/tables/compatibility.txt.br")));

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

/// Characters that stand for several, with those; both folded.
pub(super) fn expansions() -> impl Iterator<Item = (char, String)> {
    let longer = entries(&COMPATIBILITY).filter(|(c, plain)| fold_char(*c) == *c && plain.chars().nth(1).is_some());
    longer.map(|(c, plain)| (c, fold(plain)))
}

/// Of every line of a table a character, and the rest.
fn entries(table: &str) -> impl Iterator<Item = (char, &str)> {
    table.lines().filter_map(|line| {
        let mut chars = line.chars();
        chars.next().map(|c| (c, chars.as_str()))
    })
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
        single.extend(entries(&SIMPLIFIED).filter_map(single_character));
        for (c, plain) in entries(&COMPATIBILITY).filter_map(single_character) {
            single.entry(c).or_insert(plain);
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

fn single_character((c, plain): (char, &str)) -> Option<(char, char)> {
    let mut chars = plain.chars();
    chars.next().filter(|_| chars.next().is_none()).map(|plain| (c, plain))
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
    }

    #[test]
    fn compatibility_forms_of_one_character() {
        check("①⑨㊀㊤", "19一上");
        check("10²³㎡m²", "1023㎡m2");
        check("ｶﾀｶﾅ", "カタカナ");
        check("ªºµ𝐀ℝⅤⅷⅫ", "aoμarvⅷⅻ");
        check("⼈⺟㍻", "人母㍻");
        check("﹐﹖︵﹡", ",?(*");
    }

    #[test]
    fn what_stands_for_several_characters_stays() {
        for c in "㎡㎞⑩⑴⒈ﬁ㈠½℃№㏊㍿…".chars() {
            assert_eq!(fold_char(c), c);
        }
    }

    #[test]
    fn expansions_are_folded_and_longer_than_one_character() {
        for (c, plain) in expansions() {
            assert!(plain.chars().count() > 1, "{c}");
            assert_eq!(fold(&plain), plain, "{c}");
        }
        let plain_of = |wanted| expansions().find(|(c, _)| *c == wanted).map(|(_, plain)| plain);
        assert_eq!(plain_of('㎡').as_deref(), Some("m2"));
        assert_eq!(plain_of('½').as_deref(), Some("1/2"));
        assert_eq!(plain_of('№').as_deref(), Some("no"));
    }

    #[test]
    fn script() {
        check("溫泉鎮", "温泉镇");
        check("廣成澤", "广成泽");
        check("⽤⾒⾧", "用见长");
        check("𠮷野家", "𠮷野家");
        check("㒓", "𠉂");
        check("羣峯峩峩鑛泉", "群峰峨峨矿泉");
        // Names keep the characters that are standard in names.
        check("喆堃甯", "喆堃甯");
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
        for (c, form) in entries(&SIMPLIFIED) {
            assert_eq!(form.chars().count(), 1, "{c}");
        }
    }

    /// What the tables do not share with OpenCC as the crate has it: its version differs.
    const UNLIKE_OPENCC: &str = "坏";

    #[test]
    fn what_opencc_takes_for_one_is_one() {
        let converter = zhhz::Converter::new(zhhz::Config::T2s);
        let mut differing = String::new();
        for c in '\u{2e80}'..='\u{3ffff}' {
            let written = c.to_string();
            let simplified = converter.convert(&written);
            if simplified != written && fold(&simplified) != fold(&written) {
                differing.push(c);
            }
        }
        assert_eq!(differing, UNLIKE_OPENCC);
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
