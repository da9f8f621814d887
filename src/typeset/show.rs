//! Half-width punctuation between Han characters, as it is drawn: full-width. The record keeps what it has.

use super::class::is_han;

/// The text with each mark as it is drawn; as many characters as before.
pub fn full_width(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let chinese = |c: Option<&char>| c.is_some_and(|c| is_han(*c) || "“”‘’《》〈〉、。·…—".contains(*c));
    let word = |c: Option<&char>| c.is_some_and(char::is_ascii_alphanumeric);
    let drawn = chars.iter().enumerate().map(|(i, c)| {
        let Some(full) = sibling(*c) else { return *c };
        let (before, after) = (i.checked_sub(1).and_then(|i| chars.get(i)), chars.get(i + 1));
        // 1,340 and 5:30 stay; so does an English sentence's comma before its blank.
        let between_words = word(before) && (word(after) || after == Some(&' '));
        if (chinese(before) || chinese(after)) && !between_words { full } else { *c }
    });
    drawn.collect()
}

fn sibling(c: char) -> Option<char> {
    Some(match c {
        ',' => '，',
        ';' => '；',
        ':' => '：',
        '!' => '！',
        '?' => '？',
        '(' => '（',
        ')' => '）',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_between_han_characters_are_drawn_full_width() {
        for (stored, drawn) in [
            ("办法,加强;好", "办法，加强；好"),
            ("汉唐芙蓉苑(花仙子摄影基地)、", "汉唐芙蓉苑（花仙子摄影基地）、"),
            ("“2+N”模式,在", "“2+N”模式，在"),
            ("1,340.87万元", "1,340.87万元"),
            ("Hello, world (yes)!", "Hello, world (yes)!"),
            ("达25万平方米,安装", "达25万平方米，安装"),
            ("在2017,他", "在2017，他"),
        ] {
            assert_eq!(full_width(stored), drawn);
        }
    }
}
