//! Breaking a paragraph into lines, and placing their characters.

use std::collections::VecDeque;
use std::ops::Range;

use crate::markdown::{LinkId, Style};

use super::class::{Class, class, may_break, wants_gap};
use super::face::Face;
use super::shaper::Shaper;
use super::show::full_width;

/// Characters in one style.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Run {
    /// How many characters.
    pub len: usize,
    pub face: Face,
    /// In points.
    pub size: f32,
    /// Drawn as stored, whatever else is drawn full-width.
    pub verbatim: bool,
    /// What the text says of them, for whoever draws them.
    pub style: Style,
    pub link: Option<LinkId>,
}

impl Run {
    pub fn plain(len: usize, face: Face, size: f32) -> Self {
        Self { len, face, size, verbatim: false, style: Style::default(), link: None }
    }
}

/// What lines are set to; lengths in points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measure {
    pub width: f32,
    /// Of the first line.
    pub indent: f32,
    /// Both edges straight.
    pub justify: bool,
    /// Half-width punctuation between Han characters is drawn full-width.
    pub full_width: bool,
}

/// A line as it is drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Characters of the text; a line feed that ends the line is not one of them.
    pub range: Range<usize>,
    /// What is drawn, a character for each of the range.
    pub shown: String,
    /// Where each character begins, in points. That of a trimmed opening mark lies left of where its ink begins.
    pub x: Vec<f32>,
    /// Where the line's last character ends, in points.
    pub width: f32,
}

/// A place in a text between two lines.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Cursor {
    pub chars: usize,
    pub bytes: usize,
}

/// Sets a text line by line. Every character stands in exactly one line, in order, but for line feeds, which end
/// lines. What is not asked for is not set: a text of a million characters costs as much as its lines that are wanted.
pub struct Setter<'a> {
    text: &'a str,
    runs: &'a [Run],
    measure: Measure,
    shaper: &'a dyn Shaper,
    cursor: Cursor,
    /// The text is empty or ends with a line feed, and the empty line after it was not given out yet.
    empty_line_left: bool,
    /// Set ahead.
    ready: VecDeque<(Line, Cursor)>,
}

/// So many characters are looked at together.
const WINDOW: usize = 1024;

impl<'a> Setter<'a> {
    /// `runs` cover the text; characters after the last run are in its style.
    pub fn new(text: &'a str, runs: &'a [Run], measure: Measure, shaper: &'a dyn Shaper) -> Self {
        Self::resume(text, runs, measure, shaper, Cursor::default())
    }

    /// Goes on where another setter of the same text stood.
    pub fn resume(text: &'a str, runs: &'a [Run], measure: Measure, shaper: &'a dyn Shaper, cursor: Cursor) -> Self {
        let empty_line_left = text.is_empty() && cursor == Cursor::default();
        Self { text, runs, measure, shaper, cursor, empty_line_left, ready: VecDeque::new() }
    }

    /// No line is left.
    pub fn is_done(&self) -> bool {
        self.ready.is_empty() && self.cursor.bytes >= self.text.len() && !self.empty_line_left
    }

    /// After the line that was given out last.
    pub fn cursor(&self) -> Cursor {
        self.cursor
    }

    /// Sets the lines of the next characters.
    fn set_ahead(&mut self) {
        let rest = &self.text[self.cursor.bytes..];
        let paragraph = &rest[..rest.find('\n').unwrap_or(rest.len())];
        let window = paragraph.char_indices().nth(WINDOW).map_or(paragraph, |(end, _)| &paragraph[..end]);
        let cut = window.len() < paragraph.len();
        let shown = if self.measure.full_width { full_width(window) } else { window.to_owned() };
        let glyphs = self.glyphs(window, &shown);
        let first = self.cursor.chars == 0;
        let indent = if first { self.measure.indent } else { 0.0 };
        let mut lines = set_lines(&glyphs, Measure { indent, ..self.measure });
        if cut && lines.len() > 1 {
            // The last line goes on beyond the window.
            lines.pop();
        }
        let ends_with_feed = !cut && paragraph.len() < rest.len();
        let count = lines.len();
        let mut at = self.cursor;
        for (i, mut line) in lines.into_iter().enumerate() {
            line.shown = glyphs[line.range.clone()].iter().map(|glyph| glyph.c).collect();
            at.bytes += window.chars().skip(line.range.start).take(line.range.len()).map(char::len_utf8).sum::<usize>();
            at.chars += line.range.len();
            line.range = at.chars - line.range.len()..at.chars;
            if i + 1 == count && ends_with_feed {
                at.bytes += 1;
                at.chars += 1;
                self.empty_line_left = at.bytes == self.text.len();
            }
            self.ready.push_back((line, at));
        }
    }

    fn glyphs(&self, stored: &str, shown: &str) -> Vec<Glyph> {
        let mut glyphs = Vec::new();
        let (mut run_start, mut at) = (0, self.cursor.chars);
        let mut pairs = stored.chars().zip(shown.chars()).peekable();
        let mut advances = Vec::new();
        for (i, run) in self.runs.iter().enumerate() {
            let run_end = if i + 1 == self.runs.len() { usize::MAX } else { run_start + run.len };
            let mut text = String::new();
            while at < run_end
                && let Some((stored, shown)) = pairs.next()
            {
                text.push(if run.verbatim { stored } else { shown });
                at += 1;
            }
            run_start = run_end;
            advances.clear();
            self.shaper.advances(&text, run.face, &mut advances);
            let widths = text.chars().zip(&advances);
            glyphs.extend(widths.map(|(c, advance)| Glyph { c, advance: advance * run.size, em: run.size }));
            if pairs.peek().is_none() {
                break;
            }
        }
        glyphs
    }
}

impl Iterator for Setter<'_> {
    type Item = Line;

    fn next(&mut self) -> Option<Line> {
        if self.ready.is_empty() {
            if self.cursor.bytes >= self.text.len() && !std::mem::take(&mut self.empty_line_left) {
                return None;
            }
            self.set_ahead();
        }
        let (line, cursor) = self.ready.pop_front()?;
        self.cursor = cursor;
        Some(line)
    }
}

/// A character and its width in points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Glyph {
    pub c: char,
    pub advance: f32,
    /// Size of its font in points.
    pub em: f32,
}

/// Sets a paragraph, which holds no line feed. Every character stands in exactly one line, in order.
pub fn set_lines(glyphs: &[Glyph], measure: Measure) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut start = 0;
    while start < glyphs.len() {
        let indent = if start == 0 { measure.indent.min(measure.width * 0.5) } else { 0.0 };
        let end = line_end(glyphs, start, measure.width - indent);
        let last = end == glyphs.len();
        lines.push(place(glyphs, start..end, indent, measure, last));
        start = end;
    }
    if lines.is_empty() {
        lines.push(Line { range: 0..0, shown: String::new(), x: Vec::new(), width: measure.indent });
    }
    lines
}

/// Widths of the blanks that a character's neighbours leave it.
struct Space {
    /// Before the character, without what is trimmed.
    before: f32,
    /// The blank half of a mark, as far as it may still be squeezed.
    slack: f32,
    /// Width that the character keeps.
    width: f32,
    /// How far its ink moves left, because the blank on its left is trimmed.
    shift: f32,
}

/// The character `i` in a line that begins at `start`.
fn space(glyphs: &[Glyph], start: usize, i: usize, last_of_line: bool) -> Space {
    let glyph = glyphs[i];
    let half = glyph.em * 0.5;
    // Faces whose marks are half-width have nothing to trim.
    let wide = glyph.advance > glyph.em * 0.9;
    let previous = (i > start).then(|| glyphs[i - 1]);
    let next = (!last_of_line).then(|| glyphs.get(i + 1)).flatten();
    let mut space = Space { before: 0.0, slack: 0.0, width: glyph.advance, shift: 0.0 };
    if let Some(previous) = previous
        && wants_gap(previous.c, glyph.c)
    {
        space.before = previous.em.min(glyph.em) * 0.25;
    }
    match class(glyph.c) {
        Class::Closing if wide => {
            let trimmed = next.is_some_and(|next| matches!(class(next.c), Class::Closing | Class::Opening));
            if trimmed || last_of_line {
                space.width -= half;
            } else {
                space.slack = half * if matches!(glyph.c, '。' | '！' | '？') { 0.5 } else { 0.8 };
            }
        }
        Class::Opening if wide => {
            let trimmed = previous.is_none_or(|previous| class(previous.c) == Class::Opening);
            if trimmed {
                space.width -= half;
                space.shift = half;
            } else {
                space.slack = half * 0.8;
            }
        }
        Class::Space if last_of_line => space.width = 0.0,
        _ => {}
    }
    space
}

/// Where the line that begins at `start` ends: as late as it may, marks squeezed if that lets one more stand in it.
fn line_end(glyphs: &[Glyph], start: usize, width: f32) -> usize {
    let may_end = |i: usize| glyphs.get(i + 1).is_none_or(|next| may_break(glyphs[i].c, next.c));
    // A word wider than the line is cut where it must be.
    last_fitting(glyphs, start, width, may_end)
        .or_else(|| last_fitting(glyphs, start, width, |_| true))
        .unwrap_or(start + 1)
}

fn last_fitting(glyphs: &[Glyph], start: usize, width: f32, may_end: impl Fn(usize) -> bool) -> Option<usize> {
    let (mut natural, mut slack) = (0.0, 0.0);
    let mut fits = None;
    for i in start..glyphs.len() {
        let as_last = space(glyphs, start, i, true);
        if may_end(i) && natural - slack + as_last.before + as_last.width <= width + 0.01 {
            fits = Some(i + 1);
        }
        let inside = space(glyphs, start, i, false);
        natural += inside.before + inside.width;
        slack += inside.slack;
        // A mark gives back less than it takes: nothing further can fit.
        if natural - slack > width + glyphs[i].em {
            break;
        }
    }
    fits
}

fn place(glyphs: &[Glyph], range: Range<usize>, indent: f32, measure: Measure, last: bool) -> Line {
    let spaces: Vec<Space> = range.clone().map(|i| space(glyphs, range.start, i, i + 1 == range.end)).collect();
    let natural: f32 = indent + spaces.iter().map(|s| s.before + s.width).sum::<f32>();
    let missing = measure.width - natural;
    // Between which characters space may be added: between words, and between any two Han characters.
    let opens: Vec<bool> = range
        .clone()
        .map(|i| {
            i > range.start && (may_break(glyphs[i - 1].c, glyphs[i].c) || stretches(glyphs[i - 1].c, glyphs[i].c))
        })
        .collect();
    let gaps = opens.iter().filter(|open| **open).count();
    let slack: f32 = spaces.iter().map(|s| s.slack).sum();
    let stretch = match (measure.justify && !last, missing > 0.0) {
        (true, true) if gaps > 0 => missing / gaps as f32,
        _ => 0.0,
    };
    let squeeze = if missing < 0.0 && slack > 0.0 { (-missing / slack).min(1.0) } else { 0.0 };
    let mut x = indent;
    let mut places = Vec::with_capacity(spaces.len());
    for (s, open) in spaces.iter().zip(&opens) {
        x += s.before + if *open { stretch } else { 0.0 };
        let glyph = glyphs[range.start + places.len()];
        let squeezed = s.slack * squeeze;
        let shift = s.shift + if class(glyph.c) == Class::Opening { squeezed } else { 0.0 };
        places.push(x - shift);
        x += s.width - squeezed;
    }
    Line { range, shown: String::new(), x: places, width: x }
}

/// Whether space may be added where no line may end: before or after a mark that stands beside a Han character.
fn stretches(a: char, b: char) -> bool {
    let wide = |c| matches!(class(c), Class::Han | Class::Closing | Class::Opening);
    wide(a) && wide(b)
}

#[cfg(test)]
mod tests {
    use super::*;

    const EM: f32 = 20.0;

    fn glyphs(text: &str) -> Vec<Glyph> {
        let advance = |c: char| if c.is_ascii() { EM * 0.55 } else { EM };
        text.chars().map(|c| Glyph { c, advance: advance(c), em: EM }).collect()
    }

    fn lines(text: &str, ems: f32) -> Vec<String> {
        let glyphs = glyphs(text);
        let measure = Measure { width: ems * EM, indent: 0.0, justify: true, full_width: false };
        let line = |line: Line| glyphs[line.range].iter().map(|g| g.c).collect();
        set_lines(&glyphs, measure).into_iter().map(line).collect()
    }

    #[test]
    fn marks_stand_where_they_may() {
        assert_eq!(lines("温泉小镇，风生水起", 4.0), ["温泉小", "镇，风生", "水起"], "a mark is never first");
        assert_eq!(lines("温泉小镇，风生水起", 4.5), ["温泉小镇，", "风生水起"], "its blank half hangs");
        assert_eq!(lines("大力实施“智慧温泉”", 5.0), ["大力实施", "“智慧温泉”"], "an opening mark is never last");
    }

    #[test]
    fn adjacent_marks_are_trimmed() {
        let glyphs = glyphs("好”，“好");
        let line =
            set_lines(&glyphs, Measure { width: 1000.0, indent: 0.0, justify: true, full_width: false }).remove(0);
        assert_eq!(line.width, EM * 4.0 - EM * 0.0, "three marks take two ems: {line:?}");
    }

    #[test]
    fn a_quarter_em_stands_between_han_and_latin() {
        let line =
            set_lines(&glyphs("投A资"), Measure { width: 1000.0, indent: 0.0, justify: false, full_width: false })
                .remove(0);
        assert_eq!(line.x, [0.0, EM * 1.25, EM * 1.25 + EM * 0.55 + EM * 0.25]);
    }

    #[test]
    fn a_word_wider_than_the_line_is_cut() {
        assert_eq!(lines("abcdefghij", 2.0), ["abc", "def", "ghi", "j"]);
    }

    proptest::proptest! {
        /// Every character once and in order; no line over the measure; no forbidden start or end; straight edges.
        #[test]
        fn lines_are_as_in_print(
            text in r"([温泉小镇，。、；：“”《》（）—…]|12|3\.5|%|A|bc| |年){1,120}",
            ems in 8.0_f32..40.0,
            indent in proptest::bool::ANY,
        ) {
            let glyphs = glyphs(&text);
            let measure = Measure { width: ems * EM, indent: if indent { 2.0 * EM } else { 0.0 }, justify: true, full_width: false };
            let lines = set_lines(&glyphs, measure);
            let mut at = 0;
            for (n, line) in lines.iter().enumerate() {
                proptest::prop_assert_eq!(line.range.start, at);
                at = line.range.end;
                proptest::prop_assert_eq!(line.x.len(), line.range.len());
                proptest::prop_assert!(line.width <= measure.width + 0.5, "{} > {}", line.width, measure.width);
                // Without a place to break (a run of marks longer than the line) there is no good line.
                let breakable = |i: usize| may_break(glyphs[i - 1].c, glyphs[i].c);
                if at < glyphs.len() && breakable(at) {
                    let first = glyphs[at].c;
                    proptest::prop_assert!(!matches!(class(first), Class::Closing | Class::Trailing), "{first} first");
                    let last = glyphs[at - 1].c;
                    proptest::prop_assert!(!matches!(class(last), Class::Opening | Class::Leading), "{last} last");
                    if n + 1 < lines.len() && line.range.clone().skip(1).any(breakable) {
                        proptest::prop_assert!((line.width - measure.width).abs() < 0.5, "ragged: {}", line.width);
                    }
                }
            }
            proptest::prop_assert_eq!(at, glyphs.len());
        }
    }
}
