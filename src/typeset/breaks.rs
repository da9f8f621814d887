//! Where lines may end.
//!
//! Between Chinese characters our own rules decide, after CLREQ; between others UAX #14, as ICU4X implements it. Clusters
//! are never torn; numbers keep their units; addresses end lines only where they are longer than one.

use icu_segmenter::options::LineBreakOptions;
use icu_segmenter::{GraphemeClusterSegmenter, GraphemeClusterSegmenterBorrowed, LineSegmenter, LineSegmenterBorrowed};

use super::class::{Class, class, is_combining, is_invisible};
use super::units::numbers;

/// Whether a line may end before a character.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) enum Break {
    /// Inside what is drawn together.
    Inside,
    /// Only where a word is wider than the line.
    Cut,
    /// In an address that is wider than the line.
    Address,
    Free,
}

/// What a straight double quote does, where its pair tells.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Role {
    Opens,
    Closes,
}

/// Finds line ends. Keeps its memory from text to text.
pub(super) struct Breaker {
    lines: LineSegmenterBorrowed<'static>,
    clusters: GraphemeClusterSegmenterBorrowed<'static>,
    chars: Vec<char>,
    /// The class of each character; that of its base for what is drawn with another.
    pub classes: Vec<Class>,
    /// Whether a line may end before each character.
    pub breaks: Vec<Break>,
}

impl Default for Breaker {
    fn default() -> Self {
        Self {
            lines: LineSegmenter::new_for_non_complex_scripts(LineBreakOptions::default()),
            clusters: GraphemeClusterSegmenter::new(),
            chars: Vec::new(),
            classes: Vec::new(),
            breaks: Vec::new(),
        }
    }
}

impl Breaker {
    /// Looks at a text that stands between two characters of a paragraph. `roles` are those of its straight double
    /// quotes, by character, in order.
    pub fn find(&mut self, text: &str, before: Option<char>, after: Option<char>, roles: &[(usize, Role)]) {
        self.chars.clear();
        self.chars.extend(text.chars());
        self.classify(before, after, roles);
        self.breaks.clear();
        self.breaks.push(Break::Free);
        let mut opened = false;
        for i in 1..self.chars.len() {
            let (a, b) = (self.classes[i - 1], self.classes[i]);
            opened = a.no_end() || (opened && a.is_blank());
            self.breaks.push(if opened { Break::Cut } else { pair(a, b) });
        }
        self.letters(text);
        numbers(&self.chars, |i| {
            if let Some(place) = self.breaks.get_mut(i) {
                *place = (*place).min(Break::Cut);
            }
        });
        if self.chars.iter().any(|c| is_complex(*c)) {
            self.keep_clusters(text);
        }
    }

    fn classify(&mut self, before: Option<char>, after: Option<char>, roles: &[(usize, Role)]) {
        self.classes.clear();
        let (mut previous, mut last) = (before, Class::Symbol);
        for (i, c) in self.chars.iter().enumerate() {
            let hidden = is_invisible(*c) && !matches!(c, '\u{200B}' | '\u{2060}' | '\u{FEFF}');
            if !hidden && !is_combining(*c) {
                last = class(*c, previous, self.chars.get(i + 1).copied().or(after));
                previous = Some(*c);
            }
            self.classes.push(last);
        }
        for (i, role) in roles {
            if let Some(class) = self.classes.get_mut(*i).filter(|_| self.chars[*i] == '"') {
                *class = match role {
                    Role::Opens => Class::Leading,
                    Role::Closes => Class::Trailing,
                };
            }
        }
    }

    /// Asks UAX #14 about what stands between Chinese characters.
    fn letters(&mut self, text: &str) {
        let mut places = text.char_indices().map(|(byte, _)| byte).enumerate().peekable();
        while let Some((start, from)) = places.next() {
            if self.classes[start].is_chinese() {
                continue;
            }
            let (mut end, mut plain) = (start + 1, is_plain(self.classes[start]));
            while let Some((i, _)) = places.next_if(|(i, _)| !self.classes[*i].is_chinese()) {
                end = i + 1;
                plain &= is_plain(self.classes[i]);
            }
            if plain {
                continue;
            }
            let to = places.peek().map_or(text.len(), |(_, byte)| *byte);
            self.segment(&text[from..to], start);
            self.addresses(start..end);
        }
    }

    /// `stretch` begins at the character `start`. Blanks are ours.
    fn segment(&mut self, stretch: &str, start: usize) {
        let mut ends = self.lines.segment_str(stretch).peekable();
        for (i, (byte, _)) in stretch.char_indices().enumerate() {
            while ends.next_if(|end| *end < byte).is_some() {}
            if i == 0 || self.classes[start + i - 1].is_blank() {
                continue;
            }
            let (a, b) = (self.classes[start + i - 1], self.classes[start + i]);
            let free = ends.peek() == Some(&byte) && !a.no_end() && !b.no_start();
            self.breaks[start + i] = if free { Break::Free } else { Break::Cut };
        }
    }

    /// E-mail and web addresses and paths stay whole if they can.
    fn addresses(&mut self, stretch: std::ops::Range<usize>) {
        let mut at = stretch.start;
        while at < stretch.end {
            let rest = &self.chars[at..stretch.end];
            let len = rest.iter().take_while(|c| !c.is_whitespace()).count();
            if is_address(&rest[..len]) {
                for i in at + 1..at + len {
                    let (a, b) = (self.chars[i - 1], self.chars[i]);
                    let sensible = "/\\?&=#@_-.,;+".contains(a) && b.is_alphanumeric();
                    self.breaks[i] = if sensible { Break::Address } else { Break::Cut };
                }
            }
            at += len + 1;
        }
    }

    fn keep_clusters(&mut self, text: &str) {
        let mut ends = self.clusters.segment_str(text).peekable();
        for (i, (byte, c)) in text.char_indices().enumerate() {
            while ends.next_if(|end| *end < byte).is_some() {}
            let hidden = is_invisible(c) && c != '\u{200B}';
            if i > 0 && (ends.peek() != Some(&byte) || hidden) {
                self.breaks[i] = Break::Inside;
            }
        }
    }
}

/// Between two characters of which one is Chinese.
fn pair(a: Class, b: Class) -> Break {
    let kept = match (a, b) {
        (_, b) if b.no_start() || b.is_blank() || b == Class::Glue => true,
        (Class::Glue, _) => true,
        (Class::WideWord, Class::WideWord) => true,
        (a, b) if !a.is_chinese() && !b.is_chinese() && !a.is_blank() => true,
        _ => a.no_end(),
    };
    if kept { Break::Cut } else { Break::Free }
}

/// A stretch of these alone is one word.
fn is_plain(class: Class) -> bool {
    matches!(class, Class::Letter | Class::Digit)
}

fn is_address(token: &[char]) -> bool {
    let slashes = token.iter().filter(|c| matches!(c, '/' | '\\')).count();
    let mail = token.iter().position(|c| *c == '@').is_some_and(|at| at > 0 && token[at..].contains(&'.'));
    slashes > 1 || mail || token.starts_with(&['w', 'w', 'w', '.'])
}

/// May belong to the cluster of another character.
fn is_complex(c: char) -> bool {
    match c {
        ..'\u{300}' => is_invisible(c),
        '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205E}' | '\u{2E80}'..='\u{3029}' | '\u{3030}'..='\u{3098}' => false,
        '\u{309B}'..='\u{A4CF}' | '\u{FF01}'..='\u{FF60}' | '\u{20000}'..='\u{3FFFF}' => false,
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Marks where lines may end, and where addresses may.
    fn marked(text: &str) -> String {
        let mut breaker = Breaker::default();
        breaker.find(text, None, None, &[]);
        let mut out = String::new();
        for (i, (c, place)) in text.chars().zip(&breaker.breaks).enumerate() {
            match place {
                Break::Free if i > 0 => out.push('|'),
                Break::Address => out.push('¦'),
                _ => {}
            }
            out.push(c);
        }
        out
    }

    #[test]
    fn lines_end_where_a_printer_would_end_them() {
        for expected in [
            // Marks
            "温|泉，|小|镇",
            "的|“智|慧”|建|设",
            "了——|真|的",
            "等|等……|好",
            "（花|仙|子）|等",
            "魅|力·|美|丽",
            "人|人|时々|刻",
            "コー|ヒー",
            "きゃ|く",
            "（ 好）|了",
            "好 ，|了",
            // Numbers
            "投|资|120亿元|的",
            "达|83.9万平方米，|好",
            "2017年|10月|底",
            "水|平|100%|的",
            "占|50％|的",
            "约|3‰|的",
            "到|−5℃|时",
            "价|￥1,340.87|的",
            "从|5:30|到|6:00",
            "见|No. 5|的",
            // Letters
            "用|PPP|指|标",
            "two |words |好",
            "well-|known",
            "don’t |go",
            "他|(she) |说",
            "他|“he |said”|说",
            "A+|级",
            "说|\"hi\"|了",
            "说\"好\"了",
            "run |-f |on",
            // Addresses
            "见|https://¦a.¦cn/¦b?¦c=¦d|处",
            "写|给|me@¦mail.¦cn，|好",
            "and/|or",
            // Clusters
            "e\u{301}a",
            "葛\u{E0100}|城",
            "👩\u{200D}👧|👨🏽|好",
            "🇨🇳|🇨🇳",
            "温\u{2060}泉",
            "温\u{200B}|泉",
            "𠮷|野",
        ] {
            let text: String = expected.chars().filter(|c| !matches!(c, '|' | '¦')).collect();
            assert_eq!(marked(&text), expected, "{text}");
        }
    }
}
