//! What a character may do in a line.

/// How a character behaves in Chinese text.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Class {
    Han,
    /// “ 《 （ …: blank on the left, never last in a line.
    Opening,
    /// ，。” …: blank on the right, never first in a line.
    Closing,
    /// ! ) % …: never first in a line, but without blank.
    Trailing,
    /// ( [ …: never last in a line, but without blank.
    Leading,
    /// — and …: stay together with their like.
    Dash,
    /// Letters, digits and what stands inside words and numbers.
    Latin,
    Space,
}

pub(super) fn class(c: char) -> Class {
    match c {
        '“' | '‘' | '《' | '〈' | '（' | '【' | '「' | '『' | '〔' | '［' | '｛' | '〖' => Class::Opening,
        '”' | '’' | '》' | '〉' | '）' | '】' | '」' | '』' | '〕' | '］' | '｝' | '〗' => Class::Closing,
        '，' | '。' | '、' | '；' | '：' | '！' | '？' | '．' => Class::Closing,
        '·' | '・' | '々' | '〻' | '％' | '‰' | '℃' | 'ー' | '～' => Class::Trailing,
        ',' | '.' | ';' | ':' | '!' | '?' | ')' | ']' | '}' | '%' | '°' => Class::Trailing,
        '(' | '[' | '{' | '￥' | '¥' | '$' | '№' => Class::Leading,
        '—' | '…' | '⸺' => Class::Dash,
        ' ' | '\u{a0}' | '\t' | '\u{3000}' => Class::Space,
        c if is_han(c) => Class::Han,
        _ => Class::Latin,
    }
}

/// Ideographs and what is as wide and as free as they.
pub(super) fn is_han(c: char) -> bool {
    matches!(c, '\u{2E80}'..='\u{2FDF}' | '\u{3003}'..='\u{A4CF}' | '\u{AC00}'..='\u{D7AF}' | '\u{F900}'..='\u{FAFF}'
        | '\u{FF00}'..='\u{FFEF}' | '\u{20000}'..='\u{3FFFF}')
}

/// Units that a number does not part from.
fn is_unit(c: char) -> bool {
    "亿万千百多余个名户亩栋套所年月日元吨米平公%％℃度人次家条座处项岁期层时分秒楼张篇".contains(c)
}

/// Whether a line may end after `a` when `b` follows.
pub(super) fn may_break(a: char, b: char) -> bool {
    use Class::{Closing, Dash, Latin, Leading, Opening, Space, Trailing};
    match (class(a), class(b)) {
        (_, Closing | Trailing | Space) | (Opening | Leading, _) => false,
        (Dash, Dash) => a != b,
        (_, Dash) => false,
        (Latin, Latin) => false,
        // 83.9, 5:30, 1,340: the mark belongs to the number.
        (Trailing, Latin) => !(matches!(a, '.' | ',' | ':' | '%' | '!' | '?' | ';') && b.is_ascii_alphanumeric()),
        (Latin, Leading) => false,
        _ if a.is_ascii_digit() && is_unit(b) => false,
        _ => true,
    }
}

/// Whether a quarter em stands between `a` and `b`.
pub(super) fn wants_gap(a: char, b: char) -> bool {
    let word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '%' | '°');
    (is_ideograph(a) && word(b)) || (word(a) && is_ideograph(b))
}

fn is_ideograph(c: char) -> bool {
    class(c) == Class::Han && !matches!(c, '\u{FF00}'..='\u{FFEF}' | '\u{3003}'..='\u{303F}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_where_a_printer_would_end_them() {
        for (text, expected) in [
            ("温泉，小镇", "温|泉，|小|镇"),
            ("的“智慧”建设", "的|“智|慧”|建|设"),
            ("投资120亿元", "投|资|120亿|元"),
            ("83.9万平方米", "83.9万|平|方|米"),
            ("了——真的", "了——|真|的"),
            ("等等……好", "等|等……|好"),
            ("PPP指标", "PPP|指|标"),
            ("（花仙子）等", "（花|仙|子）|等"),
            ("2017年", "2017年"),
            ("水平100%的", "水|平|100%|的"),
            ("two words 好", "two |words |好"),
        ] {
            let chars: Vec<char> = text.chars().collect();
            let mut out = String::new();
            for (i, c) in chars.iter().enumerate() {
                out.push(*c);
                if chars.get(i + 1).is_some_and(|next| may_break(*c, *next)) {
                    out.push('|');
                }
            }
            assert_eq!(out, expected);
        }
    }
}
