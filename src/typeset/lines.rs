//! Setting a text line by line.

use std::ops::Range;

use crate::markdown::{LinkId, Style, char_slice};

use super::breaks::{Breaker, Role};
use super::class::is_invisible;
use super::face::Face;
use super::fit::{Ends, Fitter, Placed};
use super::pieces;
use super::quotes::Quotes;
use super::shaper::Shaper;
use super::show::{show, visible};
use super::spacing::{Item, append};

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
    /// `，。、；` may stand over the right edge, by half an em, where a line cannot be set well otherwise.
    pub hang: bool,
    /// Half-width punctuation between Han characters is drawn full-width.
    pub full_width: bool,
}

impl Measure {
    /// A text by itself: its lines end where they end.
    pub fn ragged(width: f32) -> Self {
        Self { width, indent: 0.0, justify: false, full_width: true, hang: false }
    }
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
    /// Where the line's last character ends, in points; blanks at the end have no width.
    pub width: f32,
}

/// A place in a text between two lines.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Cursor {
    pub chars: usize,
    /// One past the text's end after the empty line of a text that is empty or ends with a line feed.
    pub bytes: usize,
}

/// Sets a text line by line. Every character stands in exactly one line, in order, but for line feeds, which end
/// lines. What is not asked for is not set: a text of a million characters costs as much as its lines that are wanted.
/// A line depends on the text and on where it begins, and on nothing else.
pub struct Setter<'a> {
    text: &'a str,
    measure: Measure,
    cursor: Cursor,
    paragraph: Paragraph<'a>,
    /// The item at the cursor.
    at: usize,
    /// What is known of the next line.
    ahead: Option<Ends>,
}

/// So many characters that were set are kept.
const KEPT: usize = 2048;

impl<'a> Setter<'a> {
    /// `runs` cover the text; characters after the last run are in its style.
    pub fn new(text: &'a str, runs: &'a [Run], measure: Measure, shaper: &'a dyn Shaper) -> Self {
        Self::resume(text, runs, measure, shaper, Cursor::default())
    }

    /// Goes on where another setter of the same text stood, or from any other place between two characters.
    pub fn resume(
        text: &'a str,
        runs: &'a [Run],
        measure: Measure,
        shaper: &'a dyn Shaper,
        mut cursor: Cursor,
    ) -> Self {
        if cursor.bytes <= text.len() {
            cursor.bytes = text.floor_char_boundary(cursor.bytes);
        }
        let paragraph = Paragraph::new(text, runs, measure.full_width, shaper, cursor);
        Self { text, measure, cursor, at: paragraph.skipped, paragraph, ahead: None }
    }

    /// No line is left.
    pub fn is_done(&self) -> bool {
        let ends_with_line = !self.text.is_empty() && !self.text.ends_with('\n');
        self.cursor.bytes > self.text.len() || (self.cursor.bytes == self.text.len() && ends_with_line)
    }

    /// After the line that was given out last.
    pub fn cursor(&self) -> Cursor {
        self.cursor
    }

    fn indent(&self) -> f32 {
        if self.cursor.chars == 0 { self.measure.indent.min(self.measure.width * 0.5) } else { 0.0 }
    }

    /// A line without characters; steps over the line feed that ends it.
    fn empty_line(&mut self) -> Line {
        let at = self.cursor.chars;
        let line = Line { range: at..at, shown: String::new(), x: Vec::new(), width: self.indent() };
        if self.cursor.bytes < self.text.len() {
            self.step_over_feed();
        } else {
            self.cursor.bytes = self.text.len() + 1;
        }
        line
    }

    fn step_over_feed(&mut self) {
        self.cursor.chars += 1;
        self.cursor.bytes += 1;
        self.paragraph.begin(self.cursor);
        (self.at, self.ahead) = (0, None);
    }

    fn next_line(&mut self) -> Line {
        let indent = self.indent();
        let placed = loop {
            let Paragraph { items, whole, .. } = &self.paragraph;
            let known = self.at < items.len();
            let fitter = Fitter { items, whole: *whole, measure: self.measure };
            match known.then(|| fitter.line(self.at, indent, &mut self.ahead)).flatten() {
                Some(placed) => break placed,
                // Twice as much each time: what is looked at again stays less than what is new.
                None => self.paragraph.load_until((items.len() * 2).saturating_sub(self.at)),
            }
        };
        let items = &self.paragraph.items[self.at..placed.end];
        let line = line(items, placed, self.cursor.chars);
        self.cursor.chars += items.len();
        self.cursor.bytes += items.iter().map(|item| usize::from(item.len)).sum::<usize>();
        self.at += items.len();
        if self.paragraph.whole && self.at == self.paragraph.items.len() {
            if self.cursor.bytes < self.text.len() {
                self.step_over_feed();
            }
        } else if self.at > KEPT {
            self.paragraph.items.drain(..self.at);
            if let Some(ends) = &mut self.ahead {
                ends.shift(self.at);
            }
            self.at = 0;
        }
        line
    }
}

impl Iterator for Setter<'_> {
    type Item = Line;

    fn next(&mut self) -> Option<Line> {
        if self.is_done() {
            return None;
        }
        let empty = self.text.as_bytes().get(self.cursor.bytes).is_none_or(|byte| *byte == b'\n');
        Some(if empty { self.empty_line() } else { self.next_line() })
    }
}

fn line(items: &[Item], placed: Placed, start: usize) -> Line {
    let shown = items.iter().map(|item| if item.c == '\t' { ' ' } else { item.c }).collect();
    Line { range: start..start + items.len(), shown, x: placed.x, width: placed.width }
}

/// A paragraph's characters as far as they were looked at.
struct Paragraph<'a> {
    text: &'a str,
    runs: &'a [Run],
    full_width: bool,
    shaper: &'a dyn Shaper,
    items: Vec<Item>,
    /// Nothing follows the items.
    whole: bool,
    /// Items before the place from which lines are set.
    skipped: usize,
    /// Where the items end.
    loaded: Cursor,
    /// The run that holds the next character, and where it ends.
    run: usize,
    run_end: usize,
    breaker: Breaker,
    quotes: Quotes,
    drawn: String,
    roles: Vec<(usize, Role)>,
    advances: Vec<f32>,
}

/// How a text is set that comes without runs.
const NO_RUNS: &[Run] = &[Run {
    len: 0,
    face: Face::Sans,
    size: 16.0,
    verbatim: false,
    style: Style { strong: false, emphasis: false, strikethrough: false, code: false, footnote_mark: false },
    link: None,
}];

/// Around a piece that is cut out of a word, so many characters are looked at.
const LEAD: usize = 32;

impl<'a> Paragraph<'a> {
    fn new(text: &'a str, runs: &'a [Run], full_width: bool, shaper: &'a dyn Shaper, cursor: Cursor) -> Self {
        let bytes = cursor.bytes.min(text.len());
        let start = pieces::start(text, bytes);
        let skipped = text[start..bytes].chars().count();
        let loaded = Cursor { chars: cursor.chars.saturating_sub(skipped), bytes: start };
        let runs = if runs.is_empty() { NO_RUNS } else { runs };
        Self {
            text,
            runs,
            full_width,
            shaper,
            items: Vec::new(),
            whole: false,
            skipped,
            loaded,
            run: 0,
            run_end: runs[0].len,
            breaker: Breaker::default(),
            quotes: Quotes::default(),
            drawn: String::new(),
            roles: Vec::new(),
            advances: Vec::new(),
        }
    }

    /// Begins anew after a line feed.
    fn begin(&mut self, cursor: Cursor) {
        self.items.clear();
        (self.loaded, self.whole) = (cursor, false);
    }

    /// Looks at the next piece, and at more until there are so many items.
    fn load_until(&mut self, count: usize) {
        self.load();
        while !self.whole && self.items.len() < count {
            self.load();
        }
    }

    fn load(&mut self) {
        let Self { text, loaded, .. } = *self;
        let (start, end) = (loaded.bytes, pieces::end(text, loaded.bytes));
        self.whole = text.as_bytes().get(end).is_none_or(|byte| *byte == b'\n');
        let (lead, trail) = (lead(text, start), trail(text, end));
        let led = text[lead..start].chars().count();
        self.drawn.clear();
        self.roles.clear();
        show(text, lead..end, self.full_width, &mut self.quotes, &mut self.drawn, &mut self.roles);
        let drawn = self.drawn.chars().count();
        // The quotes that follow are read when their turn comes.
        show(text, end..trail, self.full_width, &mut self.quotes.clone(), &mut self.drawn, &mut Vec::new());
        self.keep_verbatim(&text[lead..trail], loaded.chars.saturating_sub(led));
        let stands = |c: &char| *c != '\n';
        let before = text[..lead].chars().next_back().filter(stands);
        let after = text[trail..].chars().next().filter(stands);
        self.breaker.find(&self.drawn, before, after, &self.roles);
        self.append(&text[start..end], led..drawn);
    }

    /// Draws the characters of verbatim runs as they are stored. `start` is the first character's place in the text.
    fn keep_verbatim(&mut self, stored: &str, start: usize) {
        let end = start + self.drawn.chars().count();
        let (mut i, mut from) = (self.run, self.run_end - self.runs[self.run].len);
        while i > 0 && from > start {
            i -= 1;
            from -= self.runs[i].len;
        }
        let mut ranges = Vec::new();
        while from < end
            && let Some(run) = self.runs.get(i)
        {
            let to = if i + 1 == self.runs.len() { end } else { from + run.len };
            if run.verbatim && to > start {
                ranges.push(from..to);
            }
            (i, from) = (i + 1, to);
        }
        if !ranges.is_empty() {
            let pairs = self.drawn.chars().zip(stored.chars()).enumerate();
            let verbatim = |i: usize| ranges.iter().any(|range| range.contains(&(start + i)));
            self.drawn = pairs.map(|(i, (drawn, stored))| if verbatim(i) { visible(stored) } else { drawn }).collect();
        }
    }

    /// Measures and appends characters of what was looked at.
    fn append(&mut self, stored: &str, chars: Range<usize>) {
        let mut stored = stored.chars();
        let mut rest = char_slice(&self.drawn, chars.clone());
        let mut first = chars.start;
        while !rest.is_empty() {
            while self.run + 1 < self.runs.len() && self.loaded.chars >= self.run_end {
                self.run += 1;
                self.run_end += self.runs[self.run].len;
            }
            let run = self.runs[self.run];
            let last = self.run + 1 == self.runs.len();
            let room = if last { usize::MAX } else { self.run_end - self.loaded.chars };
            let (part, after) = match rest.char_indices().nth(room) {
                Some((at, _)) => rest.split_at(at),
                None => (rest, ""),
            };
            rest = after;
            self.advances.clear();
            self.shaper.advances(part, run.face, &mut self.advances);
            self.advances.resize(part.chars().count(), 0.0);
            for ((c, stored), advance) in part.chars().zip(&mut stored).zip(&self.advances) {
                let advance = if is_invisible(c) { 0.0 } else { advance * run.size };
                let len = stored.len_utf8();
                let (class, place) = (self.breaker.classes[first], self.breaker.breaks[first]);
                append(&mut self.items, Item::new(c, len as u8, class, place, advance, run.size));
                first += 1;
                self.loaded.chars += 1;
                self.loaded.bytes += len;
            }
        }
    }
}

/// From where to look at a piece that begins at `start`.
fn lead(text: &str, start: usize) -> usize {
    if !pieces::cuts(text, start) {
        return start;
    }
    let before = text[..start].char_indices().rev().take(LEAD).take_while(|(_, c)| *c != '\n');
    before.last().map_or(start, |(at, _)| at)
}

/// Up to where to look at a piece that ends at `end`.
fn trail(text: &str, end: usize) -> usize {
    if !pieces::cuts(text, end) {
        return end;
    }
    let after = text[end..].char_indices().take(LEAD).take_while(|(_, c)| *c != '\n');
    after.last().map_or(end, |(at, c)| end + at + c.len_utf8())
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
    let text: String = glyphs.iter().map(|glyph| glyph.c).collect();
    let mut breaker = Breaker::default();
    breaker.find(&text, None, None, &[]);
    let mut items = Vec::with_capacity(glyphs.len());
    for (glyph, (class, place)) in glyphs.iter().zip(breaker.classes.iter().zip(&breaker.breaks)) {
        let len = glyph.c.len_utf8() as u8;
        append(&mut items, Item::new(glyph.c, len, *class, *place, glyph.advance, glyph.em));
    }
    let fitter = Fitter { items: &items, whole: true, measure };
    let indent = measure.indent.min(measure.width * 0.5);
    let (mut lines, mut start, mut ahead) = (Vec::new(), 0, None);
    while start < items.len() {
        let indent = if start == 0 { indent } else { 0.0 };
        let Some(placed) = fitter.line(start, indent, &mut ahead) else { break };
        let end = placed.end;
        lines.push(line(&items[start..end], placed, start));
        start = end;
    }
    if lines.is_empty() {
        lines.push(Line { range: 0..0, shown: String::new(), x: Vec::new(), width: indent });
    }
    lines
}
