//! What a character is in a line.

/// How a character behaves in Chinese text. “Wide” ones are an em wide, with their ink in one half if they are marks.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Class {
    /// Ideographs, kana and what is as wide and as free as they.
    Han,
    /// 々 ー ぁ …: wide, never first in a line.
    Small,
    /// “ 《 （ …: wide, blank on the left, never last in a line.
    Opening,
    /// ” 》 ） …: wide, blank on the right, never first in a line.
    Bracket,
    /// ， 、 ； ：: as brackets, squeezed after them.
    Comma,
    /// 。 ！ ？: squeezed last.
    Stop,
    /// ·: blank on both sides, never first in a line.
    Middle,
    /// —: stays with its like, never first in a line.
    Dash,
    /// …: stays with its like, never first in a line.
    Ellipsis,
    /// ％ ℃ ～: wide or nearly, without blank, never first in a line.
    Sign,
    /// Ａ １: full-width letters and digits, which make words.
    WideWord,
    /// The ideographic space.
    WideSpace,
    /// ( [ $: never last in a line.
    Leading,
    /// ) ] , %: never first in a line.
    Trailing,
    /// A straight quote that may open or close: no line ends on either side of it.
    Neutral,
    /// “ ‘ of a text in letters: half as wide as they are drawn, ink on the right.
    LatinOpening,
    /// ” ’ of a text in letters: half as wide as they are drawn, ink on the left.
    LatinClosing,
    Digit,
    Letter,
    /// What is left: symbols, emoji, marks of other scripts.
    Symbol,
    Space,
    /// Blanks and joiners that hold both sides together.
    Glue,
    /// The blank without width after which a line may end.
    ZeroWidthSpace,
}

impl Class {
    /// Decides line ends itself; between the others UAX #14 does.
    pub fn is_chinese(self) -> bool {
        use Class::{Bracket, Comma, Dash, Ellipsis, Han, Middle, Opening, Sign, Small, Stop, WideSpace, WideWord};
        matches!(
            self,
            Han | Small | Opening | Bracket | Comma | Stop | Middle | Dash | Ellipsis | Sign | WideWord | WideSpace
        )
    }

    /// Never first in a line.
    pub fn no_start(self) -> bool {
        use Class::{Bracket, Comma, Dash, Ellipsis, LatinClosing, Middle, Neutral, Sign, Small, Stop, Trailing};
        matches!(
            self,
            Small | Bracket | Comma | Stop | Middle | Dash | Ellipsis | Sign | Trailing | Neutral | LatinClosing
        )
    }

    /// Never last in a line.
    pub fn no_end(self) -> bool {
        matches!(self, Self::Opening | Self::Leading | Self::Neutral | Self::LatinOpening)
    }

    /// Has no width at a line's end.
    pub fn is_blank(self) -> bool {
        matches!(self, Self::Space | Self::WideSpace | Self::ZeroWidthSpace)
    }

    /// Closing marks whose right half is blank.
    pub fn is_closing(self) -> bool {
        matches!(self, Self::Bracket | Self::Comma | Self::Stop)
    }

    /// Space may be added beside it, also where no line may end.
    pub fn is_elastic(self) -> bool {
        use Class::{Bracket, Comma, Dash, Ellipsis, Han, Middle, Opening, Sign, Small, Stop};
        matches!(self, Han | Small | Opening | Bracket | Comma | Stop | Middle | Dash | Ellipsis | Sign)
    }
}

/// The class of a character between its neighbours.
pub(super) fn class(c: char, before: Option<char>, after: Option<char>) -> Class {
    match c {
        '\u{4E00}'..='\u{9FFF}' => Class::Han,
        'a'..='z' | 'A'..='Z' => Class::Letter,
        '0'..='9' => Class::Digit,
        ' ' | '\t' => Class::Space,
        '“' | '‘' if opens_latin(before, after) => Class::LatinOpening,
        '”' | '’' if closes_latin(before, after) => Class::LatinClosing,
        '“' | '‘' | '《' | '〈' | '（' | '【' | '「' | '『' | '〔' | '［' | '｛' | '〖' | '〝' | '｟' => {
            Class::Opening
        }
        '”' | '’' | '》' | '〉' | '）' | '】' | '」' | '』' | '〕' | '］' | '｝' | '〗' | '〞' | '｠' => {
            Class::Bracket
        }
        '，' | '、' | '；' | '：' => Class::Comma,
        '。' | '！' | '？' | '．' => Class::Stop,
        '·' if before.is_some_and(is_word) && after.is_some_and(is_word) => Class::Symbol,
        '·' | '‧' | '・' => Class::Middle,
        '—' | '⸺' | '―' => Class::Dash,
        '…' | '⋯' => Class::Ellipsis,
        '％' | '‰' | '℃' | '℉' | '～' | '〜' | '／' | '\u{3380}'..='\u{33DF}' => Class::Sign,
        '々' | '〻' | 'ー' | 'ゝ' | 'ゞ' | 'ヽ' | 'ヾ' | '゛' | '゜' | '\u{31F0}'..='\u{31FF}' => Class::Small,
        'ぁ' | 'ぃ' | 'ぅ' | 'ぇ' | 'ぉ' | 'っ' | 'ゃ' | 'ゅ' | 'ょ' | 'ゎ' | 'ゕ' | 'ゖ' => Class::Small,
        'ァ' | 'ィ' | 'ゥ' | 'ェ' | 'ォ' | 'ッ' | 'ャ' | 'ュ' | 'ョ' | 'ヮ' | 'ヵ' | 'ヶ' => Class::Small,
        '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' => Class::WideWord,
        '\u{3000}' => Class::WideSpace,
        '"' => straight_quote(before, after),
        '\'' if before.is_some_and(is_word) && after.is_some_and(is_word) => Class::Letter,
        '\'' => straight_quote(before, after),
        '(' | '[' | '{' | '￥' | '¥' | '$' | '£' | '€' | '￡' | '＄' | '№' => Class::Leading,
        '-' | '−' | '+' | '±'
            if after.is_some_and(|c| c.is_ascii_digit()) && !before.is_some_and(|c| c.is_ascii_alphanumeric()) =>
        {
            Class::Leading
        }
        '-' | '+' | '/' | '~' if before.is_none_or(char::is_whitespace) => {
            if after.is_none_or(char::is_whitespace) {
                Class::Symbol
            } else {
                Class::Leading
            }
        }
        ',' | '.' | ';' | ':' | '!' | '?' | ')' | ']' | '}' | '%' | '°' | '-' | '+' | '/' | '–' | '~' => {
            Class::Trailing
        }
        '\u{200B}' => Class::ZeroWidthSpace,
        '\u{A0}' | '\u{202F}' | '\u{2060}' | '\u{FEFF}' => Class::Glue,
        c if is_wide(c) => Class::Han,
        c if c.is_numeric() => Class::Digit,
        c if c.is_alphabetic() => Class::Letter,
        _ => Class::Symbol,
    }
}

/// Whether a quote that opens stands in a text in letters: a letter follows, and no Han stands before.
fn opens_latin(before: Option<char>, after: Option<char>) -> bool {
    after.is_some_and(is_word) && before.is_none_or(|c| !is_chinese(c) && c != '\u{3000}')
}

fn closes_latin(before: Option<char>, after: Option<char>) -> bool {
    let of_text = |c: char| is_word(c) || matches!(c, '.' | ',' | '!' | '?' | ';' | ')');
    before.is_some_and(of_text) && after.is_none_or(|c| !is_chinese(c) && c != '\u{3000}')
}

fn straight_quote(before: Option<char>, after: Option<char>) -> Class {
    let blank = |c: Option<char>| c.is_none_or(char::is_whitespace);
    match (blank(before), blank(after)) {
        (true, true) => return Class::Symbol,
        (true, false) => return Class::Leading,
        (false, true) => return Class::Trailing,
        (false, false) => {}
    }
    let opens = before.is_some_and(|c| class(c, None, None).no_end() || precedes_quotes(c));
    let closes = after.is_some_and(|c| c != '"' && c != '\'' && class(c, None, None).no_start());
    let word = |c: Option<char>| c.is_some_and(is_word);
    let han = |c: Option<char>| c.is_some_and(is_ideograph);
    match (opens, closes) {
        (true, false) => Class::Leading,
        (false, true) => Class::Trailing,
        _ if han(before) && word(after) => Class::Leading,
        _ if word(before) && han(after) => Class::Trailing,
        _ => Class::Neutral,
    }
}

/// After these an opening quote is likelier than a closing one.
fn precedes_quotes(c: char) -> bool {
    matches!(c, '，' | '、' | '；' | '：' | '—' | ':')
}

/// Letters and digits that are narrower than an em.
pub(super) fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || (!c.is_ascii() && c < '\u{2000}' && c.is_alphanumeric())
}

/// Ideographs, kana and Hangul, as against marks and symbols: a quarter em stands between them and letters.
pub(super) fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}' | '\u{3005}'..='\u{3007}' | '\u{3041}'..='\u{30FA}' | '\u{30FC}'..='\u{30FF}'
        | '\u{3400}'..='\u{4DBF}' | '\u{3105}'..='\u{318E}' | '\u{A000}'..='\u{A4CF}' | '\u{AC00}'..='\u{D7AF}'
        | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

/// Ideographs and what belongs to their text alone.
pub(super) fn is_chinese(c: char) -> bool {
    is_wide(c) || matches!(c, '“' | '”' | '‘' | '’' | '—' | '…' | '·')
}

/// An em wide in every Chinese face.
fn is_wide(c: char) -> bool {
    matches!(c, '\u{2E80}'..='\u{2FDF}' | '\u{3001}'..='\u{A4CF}' | '\u{AC00}'..='\u{D7AF}' | '\u{F900}'..='\u{FAFF}'
        | '\u{FE30}'..='\u{FE4F}' | '\u{FF01}'..='\u{FF60}' | '\u{FFE0}'..='\u{FFE6}' | '\u{20000}'..='\u{3FFFF}'
        | '\u{2160}'..='\u{217F}' | '\u{2190}'..='\u{2199}' | '\u{2460}'..='\u{24FF}' | '\u{25A0}'..='\u{26FF}')
}

/// Drawn as nothing, and without width: controls, joiners, selectors, marks of direction.
pub(super) fn is_invisible(c: char) -> bool {
    match c {
        ' '..='~' | '\u{3000}'..='\u{9FFF}' => false,
        '\t' => false,
        c if c.is_control() => true,
        _ => matches!(c, '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}'
            | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}'
            | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E0FFF}'),
    }
}

/// Drawn over or under the character before it.
pub(super) fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5BD}' | '\u{64B}'..='\u{65F}'
        | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}' | '\u{20D0}'..='\u{20FF}' | '\u{302A}'..='\u{302F}'
        | '\u{3099}' | '\u{309A}' | '\u{FE20}'..='\u{FE2F}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_belong_to_the_text_around_them() {
        for (text, at, expected) in [
            ("的“智", 1, Class::Opening),
            ("用“PPP”模", 1, Class::Opening),
            ("用“PPP”模", 5, Class::Bracket),
            ("a “word” b", 2, Class::LatinOpening),
            ("a “word” b", 7, Class::LatinClosing),
            ("don’t", 3, Class::LatinClosing),
            ("don't", 3, Class::Letter),
            ("他说\"hi\"了", 2, Class::Leading),
            ("他说\"hi\"了", 5, Class::Trailing),
            ("他说\"你\"了", 2, Class::Neutral),
            ("(\"a\")", 1, Class::Leading),
            ("(\"a\")", 3, Class::Trailing),
            ("温·泉", 1, Class::Middle),
            ("a·b", 1, Class::Symbol),
            ("到-5℃", 1, Class::Leading),
            ("a-5", 1, Class::Trailing),
        ] {
            let chars: Vec<char> = text.chars().collect();
            let before = usize::checked_sub(at, 1).map(|i| chars[i]);
            assert_eq!(class(chars[at], before, chars.get(at + 1).copied()), expected, "{text} {at}");
        }
    }
}
