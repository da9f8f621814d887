//! What holds of every line, whatever the text, the measure and the size.

use juanzong::archive::{Source, load};
use juanzong::markdown::{BlockKind, parse};
use juanzong::typeset::{Cursor, Face, FontStack, Line, Measure, Run, Setter, Shaper as _};
use proptest::prelude::*;

const SIZES: [f32; 4] = [14.0, 18.0, 25.5, 40.0];
/// Measures in characters.
const MEASURES: std::ops::RangeInclusive<u16> = 8..=60;
/// How far edges may be off, in points.
const EDGE: f32 = 0.5;

const NEVER_FIRST: &str =
    "，。、；：！？．”’》〉）】」』〕］｝〗·‧・々〻ーぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ％‰℃～—…,.;:!?)]}%";
const NEVER_LAST: &str = "“‘《〈（【「『〔［｛〖([{￥¥$";
/// May stand over the right edge.
const HANGING: &str = "，。、；";

/// A text in one style, and what its lines are to be.
struct Case<'a> {
    text: &'a str,
    chars: Vec<char>,
    /// In points.
    advances: Vec<f32>,
    runs: [Run; 1],
    size: f32,
    measure: Measure,
}

impl<'a> Case<'a> {
    fn new(text: &'a str, size: f32, ems: f32, indent: bool, full_width: bool) -> Self {
        let chars: Vec<char> = text.chars().collect();
        let runs = [Run::plain(chars.len(), Face::Serif, size)];
        let mut advances = Vec::new();
        FontStack::embedded().advances(text, Face::Serif, &mut advances);
        advances.iter_mut().for_each(|advance| *advance *= size);
        let indent = if indent { size * 2.0 } else { 0.0 };
        let measure = Measure { width: size * ems, indent, justify: true, hang: full_width, full_width };
        Self { text, chars, advances, runs, size, measure }
    }

    fn setter(&self, cursor: Cursor) -> Setter<'_> {
        Setter::resume(self.text, &self.runs, self.measure, FontStack::embedded(), cursor)
    }

    fn check(&self) {
        let lines: Vec<Line> = self.setter(Cursor::default()).collect();
        self.check_order(&lines);
        for line in &lines {
            self.check_width(line);
            self.check_ends(line);
        }
    }

    #[track_caller]
    fn fail(&self, line: &Line, why: &str) -> ! {
        let Measure { width, .. } = self.measure;
        let before: String = self.chars[..line.range.start].iter().rev().take(20).rev().collect();
        panic!(
            "{why}\nin {:?}\nline {before}|{}|\n{line:?}\nmeasure {width}, size {}",
            self.text, line.shown, self.size
        );
    }

    /// Every character once, in order, but for line feeds.
    fn check_order(&self, lines: &[Line]) {
        let mut at = 0;
        for (i, line) in lines.iter().enumerate() {
            if i > 0 && self.chars.get(at) == Some(&'\n') && (line.range.start > at) {
                at += 1;
            }
            if line.range.start != at {
                self.fail(line, "a character is lost or doubled");
            }
            let len = line.range.len();
            if line.x.len() != len || line.shown.chars().count() != len {
                self.fail(line, "places do not fit characters");
            }
            at = line.range.end;
        }
        assert_eq!(at, self.chars.len(), "{:?}", self.text);
    }

    /// Characters of a line without blanks at its end.
    fn visible(&self, line: &Line) -> usize {
        let blank = |c: &char| matches!(c, ' ' | '\u{3000}' | '\t' | '\u{1}' | '\u{200B}' | '\u{301}' | '\u{FE00}');
        let shown = &self.chars[line.range.clone()];
        shown.iter().rposition(|c| !blank(c)).map_or(0, |last| last + 1)
    }

    fn check_width(&self, line: &Line) {
        let Measure { width, indent, .. } = self.measure;
        let visible = self.visible(line);
        if visible == 0 {
            return;
        }
        let shown: Vec<char> = line.shown.chars().take(visible).collect();
        let last = shown[visible - 1];
        let hangs = self.measure.hang && HANGING.contains(last) && line.width > width + EDGE;
        if hangs && line.width > width + self.size * 0.5 + EDGE {
            self.fail(line, "a mark hangs too far");
        }
        let right = if hangs { line.x[visible - 1] } else { line.width };
        if right > width + EDGE && visible > 1 {
            self.fail(line, "wider than the measure");
        }
        let indent = if line.range.start == 0 { indent.min(width / 2.0) } else { 0.0 };
        let left = line.x[0] - indent;
        let trimmed = -self.size * 0.72 - EDGE..=if "·—".contains(shown[0]) { self.size * 0.25 } else { EDGE };
        let opens = "“‘《〈（【「『〔［｛〖·—".contains(shown[0]);
        if !(left.abs() <= EDGE || (opens && trimmed.contains(&left))) {
            self.fail(line, "the left edge is not straight");
        }
        let goes_on = self.chars.get(line.range.end).is_some_and(|c| *c != '\n');
        let missing = width - right;
        if goes_on && missing > EDGE {
            let places = (1..visible).filter(|i| stretches(shown[i - 1], shown[*i])).count();
            if missing < places as f32 * self.size * 0.49 {
                self.fail(line, "the right edge is not straight");
            }
        }
    }

    fn check_ends(&self, line: &Line) {
        let end = line.range.end;
        let (Some(next), Some(last)) = (self.chars.get(end), self.chars.get(end.wrapping_sub(1))) else { return };
        if *next == '\n' || line.range.is_empty() {
            return;
        }
        let drawn_last = line.shown.trim_end_matches([' ', '\u{3000}']).chars().next_back().unwrap_or(' ');
        let torn = match (last, next) {
            _ if "\u{301}\u{200D}\u{FE00}".contains(*next) || *last == '\u{200D}' => "a cluster is torn",
            _ if NEVER_FIRST.contains(*next) => "a line begins with a mark",
            _ if NEVER_LAST.contains(drawn_last) => "a line ends with an opening mark",
            (a, b) if is_word(*a) && is_word(*b) => "a word is torn",
            (a, b) if a.is_ascii_digit() && "亿万千百元平米户亩个年月日".contains(*b) => {
                "a number is torn from its unit"
            }
            ('—', '—') | ('…', '…') => "a pair is torn",
            _ => return,
        };
        if self.tied_width(end) <= self.measure.width - self.size * 2.0 {
            self.fail(line, torn);
        }
    }

    /// What the characters around a place take together that no line may part, in points.
    fn tied_width(&self, place: usize) -> f32 {
        let tied = |i: &usize| {
            let (a, b) = (self.chars[*i - 1], self.chars[*i]);
            let rough = |c: char| !is_han(c) && !c.is_whitespace();
            let unit = |c: char| "十百千万亿兆余多几平方公里米元美个月年日户亩".contains(c);
            let opened = || {
                let before = self.chars[..*i].iter().rev().find(|c| !c.is_whitespace() && !c.is_control());
                before.is_some_and(|c| NEVER_LAST.contains(*c))
            };
            NEVER_FIRST.contains(b)
                || (rough(a) && rough(b))
                || unit(b)
                || "\"第".contains(a)
                || "\"\u{301}\u{1}".contains(b)
                || b.is_whitespace()
                || (a == ' ' && b.is_ascii_digit())
                || opened()
        };
        let from = (1..=place).rev().take_while(tied).last().map_or(place, |i| i - 1);
        let to = (place..self.chars.len()).take_while(tied).last().map_or(place, |i| i + 1);
        self.advances[from..to].iter().sum::<f32>() + if from == 0 { self.measure.indent } else { 0.0 }
    }
}

fn is_han(c: char) -> bool {
    ('\u{4E00}'..='\u{9FFF}').contains(&c)
}

fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric()
}

/// Places that surely stretch.
fn stretches(a: char, b: char) -> bool {
    let wide = |c: char| is_han(c) || "，。、；：！？".contains(c);
    (wide(a) && wide(b)) || (is_han(a) && is_word(b)) || (is_word(a) && is_han(b)) || (a == ' ' && b != ' ')
}

/// Every paragraph of the bundled report.
fn paragraphs() -> Vec<String> {
    let archive = load(Source::Embedded).expect("the bundled archive");
    let mut texts = Vec::new();
    for section in &archive.sections {
        let document = parse(&section.body);
        let text = |block: &juanzong::markdown::Block| document.slice(block.range.clone()).to_owned();
        let paragraphs = document.blocks.iter().filter(|block| block.kind == BlockKind::Paragraph);
        texts.extend(paragraphs.map(text));
    }
    texts
}

#[test]
fn every_paragraph_of_the_report_is_set_well_at_every_measure() {
    let texts = paragraphs();
    assert!(texts.len() > 5);
    for (i, ems) in MEASURES.enumerate() {
        for (j, size) in SIZES.into_iter().enumerate() {
            for (k, text) in texts.iter().enumerate() {
                // The stored marks are narrow: now drawn full-width, now as they are.
                let full_width = (i + j + k) % 4 != 0;
                Case::new(text, size, f32::from(ems), true, full_width).check();
            }
        }
    }
}

#[test]
fn the_report_has_no_ragged_line_on_a_page() {
    for ems in 20..=45_u8 {
        for text in paragraphs() {
            let case = Case::new(&text, 18.0, f32::from(ems), true, true);
            let lines: Vec<Line> = case.setter(Cursor::default()).collect();
            for line in &lines[..lines.len() - 1] {
                assert!(line.width >= case.measure.width - EDGE, "{ems}: {}", line.shown);
            }
        }
    }
}

/// Mixed text: words, numbers with units, marks in runs, quotes, addresses, clusters.
fn mixed() -> impl Strategy<Value = String> {
    let token = prop_oneof![
        8 => "[温泉小镇风生水起建设发展]{1,8}",
        4 => "[，。、；：！？]",
        2 => "[“”‘’《》（）·—…]{1,3}",
        1 => "(——|……)",
        2 => "[,.;:!?()\"%]",
        3 => "[0-9]{1,4}([.,:][0-9]{1,3})?(亿元|万平方米|%|℃|年|户|个)?",
        1 => "(￥|第|−)[0-9]{1,3}",
        3 => " ?[A-Za-z]{1,9} ?",
        1 => "(No\\. 5|https://a\\.cn/bc/de\\?f=g|me@mail\\.cn|well-known)",
        1 => "(e\u{301}|👩\u{200D}👧|🇨🇳|葛\u{FE00}|々|ー|\u{3000}|\t|\u{1}|\u{200B})",
    ];
    prop::collection::vec(token, 0..30).prop_map(|tokens| tokens.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn mixed_text_is_set_well_at_every_measure(text in mixed(), size in prop::sample::select(&SIZES), indent: bool) {
        for ems in MEASURES {
            Case::new(&text, size, f32::from(ems), indent, ems % 2 == 0).check();
        }
    }

    /// Setting all at once is the same as resuming after every line.
    #[test]
    fn lines_do_not_depend_on_where_setting_went_on(
        text in prop::collection::vec(prop_oneof![6 => mixed(), 2 => Just("\n".to_owned())], 0..12),
        repeat in prop_oneof![4 => Just(1), 1 => Just(20_usize)],
        ems in 8.0_f32..60.0,
        indent: bool,
    ) {
        let text = text.concat().repeat(repeat);
        let case = Case::new(&text, 18.0, ems, indent, true);
        let whole: Vec<Line> = case.setter(Cursor::default()).collect();
        let (mut cursor, mut resumed) = (Cursor::default(), Vec::new());
        loop {
            let mut setter = case.setter(cursor);
            let done = setter.is_done();
            let Some(line) = setter.next() else {
                prop_assert!(done);
                break;
            };
            prop_assert!(!done);
            resumed.push(line);
            cursor = setter.cursor();
        }
        prop_assert_eq!(whole, resumed);
    }

    /// Whatever the characters, each stands in one line.
    #[test]
    fn any_text_is_set(text in any::<String>(), width in prop_oneof![Just(0.0_f32), Just(-5.0), Just(f32::INFINITY), 1.0_f32..400.0], justify: bool) {
        let mut case = Case::new(&text, 18.0, 1.0, true, true);
        (case.measure.width, case.measure.justify) = (width, justify);
        let lines: Vec<Line> = case.setter(Cursor::default()).collect();
        case.check_order(&lines);
    }
}

#[test]
fn a_line_feed_ends_a_line_and_the_last_one_leaves_an_empty_line() {
    for (text, lines) in [("", 1), ("\n", 2), ("温", 1), ("温\n", 2), ("温\n\n泉", 3), ("温\n\n", 3)] {
        let case = Case::new(text, 18.0, 10.0, false, true);
        let set: Vec<Line> = case.setter(Cursor::default()).collect();
        assert_eq!(set.len(), lines, "{text:?}");
        let mut setter = case.setter(Cursor::default());
        setter.by_ref().for_each(drop);
        assert_eq!(setter.cursor().chars, case.chars.len());
        case.check_order(&set);
    }
}

#[test]
fn what_is_not_asked_for_is_not_set() {
    let text = "温泉小镇风生水起，".repeat(120_000);
    let case = Case::new(&text, 18.0, 38.0, true, true);
    let start = std::time::Instant::now();
    let mut setter = case.setter(Cursor::default());
    let first = setter.by_ref().take(40).map(|line| line.range.len()).sum::<usize>();
    assert!(first < 2000 && !setter.is_done());
    // The optimised program needs a thousandth of this.
    assert!(start.elapsed().as_secs() < 1, "{:?}", start.elapsed());
}
