//! Half-width punctuation between Han characters, as it is drawn: full-width. The record keeps what it has.

use std::ops::Range;

use super::breaks::Role;
use super::class::{Class, class, is_chinese, is_ideograph, is_invisible};
use super::quotes::Quotes;

/// Brackets further apart are no pair, in characters.
const PAIR: usize = 200;
const CURLY: [char; 4] = ['“', '”', '‘', '’'];
/// Addresses and names of files are looked at so far, in characters.
const NEAR: usize = 64;

/// A line that is not set but drawn as it comes: the text with each mark as it is drawn; as many characters as before.
/// Curly quotes of a text without Chinese are straight: the faces draw them a character wide, with a gap beside.
pub fn full_width(text: &str) -> String {
    let mut drawn = String::with_capacity(text.len());
    show(text, 0..text.len(), true, &mut Quotes::default(), &mut drawn, &mut Vec::new());
    if drawn.contains(CURLY) && !drawn.contains(is_ideograph) {
        drawn = drawn.replace(['“', '”'], "\"").replace(['‘', '’'], "'");
    }
    drawn
}

/// Whether a text as it is drawn begins with a mark whose left half is blank.
pub fn begins_hollow(drawn: &str) -> bool {
    let mut chars = drawn.chars();
    chars.next().is_some_and(|first| matches!(class(first, None, chars.next()), Class::Opening | Class::LatinOpening))
}

/// Appends what is drawn of `range` (in bytes) of a text, and what its straight double quotes do, by character. Without
/// `full` only what has no shape of its own is changed.
pub(super) fn show(
    text: &str,
    range: Range<usize>,
    full: bool,
    quotes: &mut Quotes,
    drawn: &mut String,
    roles: &mut Vec<(usize, Role)>,
) {
    for (i, (at, c)) in text[range.clone()].char_indices().enumerate() {
        let at = range.start + at;
        let shown = match c {
            '"' => match quotes.pair(text, at) {
                Some((role, chinese)) => {
                    roles.push((i, role));
                    match role {
                        Role::Opens if full && chinese => '“',
                        Role::Closes if full && chinese => '”',
                        _ => c,
                    }
                }
                None => c,
            },
            '\u{20}'..='\u{7E}' if full => sibling(c).filter(|_| is_drawn_full(text, at, c)).unwrap_or(c),
            _ => visible(c),
        };
        drawn.push(shown);
    }
}

/// Characters without a shape are drawn as nothing.
pub(super) fn visible(c: char) -> char {
    if c.is_control() && c != '\t' && c != '\n' { '\u{200C}' } else { c }
}

fn sibling(c: char) -> Option<char> {
    Some(match c {
        ',' => '，',
        '.' => '。',
        ';' => '；',
        ':' => '：',
        '!' => '！',
        '?' => '？',
        '(' => '（',
        ')' => '）',
        _ => return None,
    })
}

fn is_drawn_full(text: &str, at: usize, c: char) -> bool {
    let (before, after) = (&text[..at], &text[at + 1..]);
    match c {
        '(' | ')' => is_full_bracket(text, at, c) && !in_file_name(after),
        '.' => is_full_stop(before, after),
        _ => is_full_mark(before, after) && !in_address(before, after),
    }
}

/// `,` `;` `:` `!` `?` stand beside Han, and not between words: 1,340 and 5:30 stay, and so does an English sentence's
/// comma before its blank.
fn is_full_mark(before: &str, after: &str) -> bool {
    let left = before.chars().rev().take(8).find(|c| !",;:!?)\"'".contains(*c));
    let mut rest = after.chars().skip_while(|c| "!?".contains(*c));
    let right = rest.next();
    let blank = right == Some(' ');
    let sentence = blank && rest.next().is_some_and(|c| c.is_ascii_alphanumeric());
    let word = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    if word(left) && (word(right) || blank) {
        return false;
    }
    right.is_some_and(is_chinese) || (left.is_some_and(is_chinese) && !sentence)
}

/// The end of a sentence: Han before it, and after it Han, a mark or nothing.
fn is_full_stop(before: &str, after: &str) -> bool {
    let left = before.chars().rev().find(|c| !matches!(c, '"' | ')'));
    let mut right = after.chars().filter(|c| *c != '"');
    let ends = right.next().is_none_or(|c| c == '\n' || is_chinese(c));
    ends && left.is_some_and(is_chinese) && !before.ends_with('.')
}

/// Both brackets of a pair look alike: full-width if Han stands in them or before them.
fn is_full_bracket(text: &str, at: usize, c: char) -> bool {
    let pair =
        if c == '(' { closing(text, at).map(|end| (at, end)) } else { opening(text, at).map(|start| (start, at)) };
    let Some((start, end)) = pair else {
        let (left, right) = (text[..at].chars().next_back(), text[at + 1..].chars().next());
        return match c {
            '(' => left.is_some_and(is_chinese) || right.is_some_and(is_chinese),
            _ => left.is_some_and(is_chinese),
        };
    };
    let before = text[..start].chars().next_back();
    let after = text[end + 1..].chars().next();
    let inside = text[start + 1..end].chars().any(is_chinese);
    let call = before.is_some_and(|c| c.is_ascii_alphanumeric());
    inside || before.is_some_and(is_chinese) || (!call && after.is_some_and(is_chinese))
}

/// Where the bracket is closed that opens at `at`.
fn closing(text: &str, at: usize) -> Option<usize> {
    let mut depth = 0;
    for (i, c) in text[at..].char_indices().take(PAIR) {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            '\n' => return None,
            _ => {}
        }
        if depth == 0 {
            return Some(at + i);
        }
    }
    None
}

fn opening(text: &str, at: usize) -> Option<usize> {
    let mut depth = 0;
    for (i, c) in text[..=at].char_indices().rev().take(PAIR) {
        match c {
            ')' => depth += 1,
            '(' => depth -= 1,
            '\n' => return None,
            _ => {}
        }
        if depth == 0 {
            return Some(i);
        }
    }
    None
}

/// Whether the mark stands in a web or mail address.
fn in_address(before: &str, after: &str) -> bool {
    if !after.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '/') {
        return false;
    }
    let len = before.bytes().rev().take(NEAR).take_while(u8::is_ascii_graphic).count();
    let left = &before[before.len() - len..];
    after.starts_with("//") || left.contains("://") || left.starts_with("www.") || left.contains('@')
}

/// Whether what follows goes on to the ending of a file's name: 报告(终稿).docx.
fn in_file_name(after: &str) -> bool {
    let name = |c: &char| is_ideograph(*c) || c.is_ascii_alphanumeric() || "()_-+".contains(*c) || is_invisible(*c);
    let len: usize = after.chars().take(NEAR).take_while(name).map(char::len_utf8).sum();
    let Some(ending) = after[len..].strip_prefix('.') else { return false };
    let len = ending.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let letters = ending[..len].bytes().any(|byte| byte.is_ascii_alphabetic());
    (2..=4).contains(&len) && letters && !ending[len..].starts_with(is_ideograph)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_between_han_characters_are_drawn_full_width() {
        for (stored, drawn) in [
            ("办法,加强;好", "办法，加强；好"),
            ("真的吗?!好!!!", "真的吗？！好！！！"),
            ("“真的”?是", "“真的”？是"),
            ("“2+N”模式,在", "“2+N”模式，在"),
            ("达25万平方米,安装", "达25万平方米，安装"),
            ("在2017,他", "在2017，他"),
            ("电话:0375", "电话：0375"),
            ("他说:OK", "他说：OK"),
            // Full stops
            ("好.他来", "好。他来"),
            ("完了.", "完了。"),
            ("1.温泉", "1.温泉"),
            ("好...他", "好...他"),
            ("共3.5亩", "共3.5亩"),
            // Brackets
            ("汉唐芙蓉苑(花仙子摄影基地)、", "汉唐芙蓉苑（花仙子摄影基地）、"),
            ("模式(PPP),在", "模式（PPP），在"),
            ("f(x)的值", "f(x)的值"),
            ("(PPP)模式", "（PPP）模式"),
            ("1)温泉", "1)温泉"),
            // Quotes
            ("他说\"你好\"了", "他说“你好”了"),
            ("用\"PPP\",\"BOT\"模式", "用“PPP”,“BOT”模式"),
            ("say \"hi\" now", "say \"hi\" now"),
            ("Wenquan’s “Red” Year", "Wenquan's \"Red\" Year"),
            ("“PPP”模式", "“PPP”模式"),
            ("用5\"管和\"好\"管", "用5\"管和“好”管"),
            ("只有\"一个", "只有\"一个"),
            ("上\"下\n左\"右", "上\"下\n左\"右"),
            // Numbers, times, letters, addresses
            ("1,340.87万元", "1,340.87万元"),
            ("早5:30分,比分3:2。", "早5:30分，比分3:2。"),
            ("Hello, world (yes)!", "Hello, world (yes)!"),
            ("the word 温泉, as in", "the word 温泉, as in"),
            ("见http://a.cn/b?c=1,好", "见http://a.cn/b?c=1，好"),
            ("见http://a.cn:80", "见http://a.cn:80"),
            ("网址:www.a.cn", "网址：www.a.cn"),
            ("报告(终稿).docx", "报告(终稿).docx"),
            ("报告(终稿).他", "报告（终稿）。他"),
        ] {
            assert_eq!(full_width(stored), drawn);
        }
    }
}
