//! Broken JSON to JSON that holds as much of it as can be read.
//!
//! Archives are edited by hand: a comma too many, a line feed inside a string or a full-width ， must not cost the
//! reader an archive. What cannot be mended is cut off after the last whole value, and the open brackets are closed.

use super::diagnostic::{Problem, Slip};

/// Deeper than any archive (its own structure needs 6), far below what a parser's stack holds.
pub const MAX_DEPTH: usize = 32;

/// JSON made from broken text.
#[derive(Debug)]
pub struct Repaired {
    pub json: String,
    /// Problems with their byte offset in the original text.
    pub problems: Vec<(usize, Problem)>,
    /// `(offset in json, offset in the original)`, ascending: where the two move apart.
    shifts: Vec<(usize, usize)>,
}

impl Repaired {
    /// Where a byte of [`Self::json`] stood in the original text.
    pub fn original_offset(&self, offset: usize) -> usize {
        let next = self.shifts.partition_point(|(repaired, _)| *repaired <= offset);
        match next.checked_sub(1).map(|i| self.shifts[i]) {
            Some((repaired, original)) => original + (offset - repaired),
            None => offset,
        }
    }
}

/// Mends `text`, or returns `None` where not even the first bracket is there.
pub fn repair(text: &str) -> Option<Repaired> {
    let mut mender = Mender {
        text,
        pos: 0,
        comma_at: 0,
        out: String::new(),
        stack: Vec::new(),
        safe: None,
        problems: Vec::new(),
        shifts: Vec::new(),
    };
    let end = mender.run();
    let Mender { mut out, mut problems, mut shifts, safe, pos, .. } = mender;
    if let Err(stop) = end {
        let safe = safe?;
        out.truncate(safe.out_len);
        shifts.retain(|(repaired, _)| *repaired <= safe.out_len);
        out.extend(safe.open.iter().rev().map(|bracket| bracket.closer()));
        problems.push((pos, stop));
    }
    Some(Repaired { json: out, problems, shifts })
}

#[derive(Clone, Copy, PartialEq)]
enum Bracket {
    Object,
    Array,
}

impl Bracket {
    fn closer(self) -> char {
        match self {
            Self::Object => '}',
            Self::Array => ']',
        }
    }
}

/// The last point at which everything read so far was whole.
struct Safe {
    out_len: usize,
    open: Vec<Bracket>,
}

struct Mender<'a> {
    text: &'a str,
    pos: usize,
    /// Where the last comma between members stood.
    comma_at: usize,
    out: String,
    stack: Vec<Bracket>,
    safe: Option<Safe>,
    problems: Vec<(usize, Problem)>,
    shifts: Vec<(usize, usize)>,
}

/// What may come next.
#[derive(Clone, Copy, PartialEq)]
enum Expect {
    Value,
    ValueOrEnd,
    Key,
    KeyOrEnd,
    Colon,
    CommaOrEnd,
    Nothing,
}

impl Mender<'_> {
    fn run(&mut self) -> Result<(), Problem> {
        let mut expect = Expect::Value;
        loop {
            self.skip_blank();
            let Some(c) = self.peek() else {
                return if expect == Expect::Nothing { Ok(()) } else { Err(Problem::CutShort) };
            };
            let at_comma = self.out.trim_end().ends_with(',');
            expect = match (expect, plain(c)) {
                (Expect::Nothing, _) => {
                    self.slip(Slip::TextAfterEnd);
                    return Ok(());
                }
                (Expect::Value | Expect::ValueOrEnd, '{') => self.open(Bracket::Object)?,
                (Expect::Value | Expect::ValueOrEnd, '[') => self.open(Bracket::Array)?,
                (Expect::Value | Expect::ValueOrEnd, '"') => {
                    if !self.string() {
                        // The file ends inside the text: what is there of it is kept.
                        self.out.push('"');
                    }
                    self.whole()
                }
                (Expect::Key | Expect::KeyOrEnd, '"') => {
                    if !self.string() {
                        return Err(Problem::CutShort);
                    }
                    Expect::Colon
                }
                (Expect::Colon, ':') => {
                    self.mark(c, ':');
                    Expect::Value
                }
                (Expect::CommaOrEnd, ',') => {
                    self.comma_at = self.pos;
                    self.mark(c, ',');
                    match self.stack.last() {
                        Some(Bracket::Object) => Expect::Key,
                        _ => Expect::Value,
                    }
                }
                (Expect::ValueOrEnd | Expect::CommaOrEnd, ']') => self.close(Bracket::Array)?,
                (Expect::KeyOrEnd | Expect::CommaOrEnd, '}') => self.close(Bracket::Object)?,
                (Expect::Key, '}') | (Expect::Value, ']') if at_comma => {
                    self.problems.push((self.comma_at, Problem::Mended(Slip::TrailingComma)));
                    let comma = self.out.trim_end().len() - 1;
                    self.out.replace_range(comma..=comma, " ");
                    self.close(if c == '}' { Bracket::Object } else { Bracket::Array })?
                }
                (Expect::CommaOrEnd, '"' | '{' | '[') => {
                    self.slip(Slip::MissingComma);
                    self.out.push(',');
                    self.shift();
                    match self.stack.last() {
                        Some(Bracket::Object) => Expect::Key,
                        _ => Expect::Value,
                    }
                }
                (Expect::Value | Expect::ValueOrEnd, _) => self.scalar()?,
                _ => return Err(Problem::CutShort),
            };
        }
    }

    fn peek(&self) -> Option<char> {
        self.text[self.pos..].chars().next()
    }

    fn slip(&mut self, slip: Slip) {
        self.problems.push((self.pos, Problem::Mended(slip)));
    }

    fn shift(&mut self) {
        self.shifts.push((self.out.len(), self.pos));
    }

    /// Copies white space and drops comments.
    fn skip_blank(&mut self) {
        while let Some(c) = self.peek() {
            let rest = &self.text[self.pos..];
            if c.is_whitespace() || c == '\u{feff}' {
                self.pos += c.len_utf8();
                self.out.push(if c.is_ascii_whitespace() { c } else { ' ' });
                if !c.is_ascii() {
                    self.shift();
                }
            } else if rest.starts_with("//") {
                self.slip(Slip::Comment);
                self.pos += rest.find('\n').unwrap_or(rest.len());
                self.shift();
            } else if rest.starts_with("/*") {
                self.slip(Slip::Comment);
                self.pos += rest.find("*/").map_or(rest.len(), |end| end + 2);
                self.shift();
            } else {
                break;
            }
        }
    }

    fn mark(&mut self, found: char, meant: char) {
        if found != meant {
            self.slip(Slip::FullWidthMark);
        }
        self.out.push(meant);
        self.pos += found.len_utf8();
        self.shift();
    }

    fn open(&mut self, bracket: Bracket) -> Result<Expect, Problem> {
        if self.stack.len() == MAX_DEPTH {
            return Err(Problem::TooDeep);
        }
        self.out.push_str(&self.text[self.pos..=self.pos]);
        self.pos += 1;
        self.stack.push(bracket);
        self.safe = Some(Safe { out_len: self.out.len(), open: self.stack.clone() });
        Ok(match bracket {
            Bracket::Object => Expect::KeyOrEnd,
            Bracket::Array => Expect::ValueOrEnd,
        })
    }

    fn close(&mut self, bracket: Bracket) -> Result<Expect, Problem> {
        if self.stack.last() != Some(&bracket) {
            return Err(Problem::CutShort);
        }
        self.stack.pop();
        self.out.push(bracket.closer());
        self.pos += 1;
        Ok(self.whole())
    }

    /// A value has just ended.
    fn whole(&mut self) -> Expect {
        self.safe = Some(Safe { out_len: self.out.len(), open: self.stack.clone() });
        if self.stack.is_empty() { Expect::Nothing } else { Expect::CommaOrEnd }
    }

    /// Copies a string; false where the text ends before it does.
    fn string(&mut self) -> bool {
        let opening = self.peek().unwrap_or('"');
        self.mark(opening, '"');
        let closing = if opening == '“' { '”' } else { '"' };
        while let Some(c) = self.peek() {
            match c {
                '"' if closing == '"' => {
                    self.mark(c, '"');
                    return true;
                }
                '”' if closing == '”' => {
                    self.mark(c, '"');
                    return true;
                }
                '\\' => self.escape(),
                '\n' | '\r' | '\t' => {
                    self.slip(Slip::LineFeedInString);
                    self.out.push_str(match c {
                        '\n' => "\\n",
                        '\r' => "\\r",
                        _ => "\\t",
                    });
                    self.pos += 1;
                    self.shift();
                }
                c if c < ' ' => {
                    self.slip(Slip::ControlCharacter);
                    self.out.push_str(&format!("\\u{:04x}", u32::from(c)));
                    self.pos += 1;
                    self.shift();
                }
                '"' => {
                    self.out.push_str("\\\"");
                    self.pos += 1;
                    self.shift();
                }
                c => {
                    self.out.push(c);
                    self.pos += c.len_utf8();
                }
            }
        }
        false
    }

    /// An escape; one that JSON does not have is a backslash that stands for itself.
    fn escape(&mut self) {
        let rest = &self.text[self.pos..];
        let unit = |at: usize| {
            let digits = rest.get(at..).and_then(|r| r.strip_prefix("\\u"))?.get(..4)?;
            u32::from_str_radix(digits, 16).ok().filter(|_| !digits.starts_with('+'))
        };
        let kept = match (rest[1..].chars().next(), unit(0), unit(6)) {
            (Some('"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't'), ..) => 2,
            (_, Some(0xD800..=0xDBFF), Some(0xDC00..=0xDFFF)) => 12,
            (_, Some(0xD800..=0xDFFF), _) | (_, None, _) => 0,
            (_, Some(_), _) => 6,
        };
        if kept == 0 {
            self.slip(Slip::BadEscape);
            self.out.push_str("\\\\");
            self.pos += 1;
            self.shift();
        } else {
            self.out.push_str(&rest[..kept]);
            self.pos += kept;
        }
    }

    /// A number, `true`, `false` or `null`.
    fn scalar(&mut self) -> Result<Expect, Problem> {
        let rest = &self.text[self.pos..];
        let len = rest.find(|c: char| !(c.is_ascii_alphanumeric() || "+-.".contains(c))).unwrap_or(rest.len());
        let word = &rest[..len];
        if word.is_empty() {
            return Err(Problem::CutShort);
        }
        let readable = serde_json::from_str::<serde_json::Value>(word).is_ok();
        if !readable && self.stack.is_empty() {
            return Err(Problem::CutShort);
        }
        if !readable {
            self.slip(Slip::BadWord);
        }
        self.out.push_str(if readable { word } else { "null" });
        self.pos += len;
        self.shift();
        Ok(self.whole())
    }
}

/// What a full-width mark stands for where JSON has one of its own.
fn plain(c: char) -> char {
    match c {
        '，' => ',',
        '：' => ':',
        '“' => '"',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let repaired = repair(text).expect("something can be read");
        let value: serde_json::Value =
            serde_json::from_str(&repaired.json).unwrap_or_else(|e| panic!("{text} → {}: {e}", repaired.json));
        assert_eq!(value, serde_json::from_str::<serde_json::Value>(expected).expect("expected JSON"), "{text}");
    }

    #[test]
    fn slips_of_the_hand_lose_nothing() {
        check(r#"{"a": [1, 2,], }"#, r#"{"a": [1, 2]}"#);
        check("{\"a\": 1\n\"b\": [{} {}]}", r#"{"a": 1, "b": [{}, {}]}"#);
        check("{\"a\": 1 // one\n, /* two */ \"b\": 2}", r#"{"a": 1, "b": 2}"#);
        check("{“a”：\"x，y\"，\"b\": 2}", r#"{"a": "x，y", "b": 2}"#);
        check("{\"a\": \"\u{0}\u{1}\", \"b\": 1e999, \"c\": True}", r#"{"a": "\u0000\u0001", "b": null, "c": null}"#);
        check("{\"a\": \"one\ntwo\"}", r#"{"a": "one\ntwo"}"#);
        check(
            r#"{"a": "photos\照片\u12", "b": "\ud83d\ude00\ud83d"}"#,
            r#"{"a": "photos\\照片\\u12", "b": "😀\\ud83d"}"#,
        );
        check("{\"a\": 1} and more", r#"{"a": 1}"#);
    }

    #[test]
    fn what_stands_before_a_break_is_kept() {
        check(r#"{"a": 1, "b": [{"c": 2}, {"d": "cut of"#, r#"{"a": 1, "b": [{"c": 2}, {"d": "cut of"}]}"#);
        check(r#"{"a": 1, "b"#, r#"{"a": 1}"#);
        check(r#"{"a": 1, "b": "#, r#"{"a": 1}"#);
        check(r#"{"a": [1, 2], "b" 3, "c": 4}"#, r#"{"a": [1, 2]}"#);
        check(r#"{"a": 1, "b": 温}"#, r#"{"a": 1}"#);
    }

    #[test]
    fn endless_nesting_is_cut() {
        let repaired = repair(&format!("{{\"a\": 1, \"b\": {}", "[".repeat(1_000_000))).expect("read");
        assert!(serde_json::from_str::<serde_json::Value>(&repaired.json).is_ok());
        assert!(matches!(repaired.problems.last(), Some((_, Problem::TooDeep))));
    }

    #[test]
    fn offsets_lead_back_to_the_original() {
        let text = "{“a”：\"x\ny\" // why\n \"b\": @}";
        let repaired = repair(text).expect("read");
        let b = repaired.json.find(r#""x"#).expect("x");
        assert_eq!(&text[repaired.original_offset(b)..][..2], "\"x");
        let (at, _) = repaired.problems.last().expect("a break");
        assert_eq!(&text[*at..], "@}");
    }

    #[test]
    fn no_bracket_at_all_is_no_archive() {
        assert!(repair("").is_none());
        assert!(repair("hello").is_none());
    }

    proptest::proptest! {
        #[test]
        fn whatever_comes_is_mended_to_json(text in r#"[\[\]{}",:a0 \n\\/*“”，：]{0,60}"#) {
            if let Some(repaired) = repair(&text) {
                let read = serde_json::from_str::<serde_json::Value>(&repaired.json);
                proptest::prop_assert!(read.is_ok(), "{} → {}", text, repaired.json);
                for i in 0..=repaired.json.len() {
                    proptest::prop_assert!(repaired.original_offset(i) <= text.len() + repaired.json.len());
                }
            }
        }
    }
}
