//! Breaking a paragraph into lines, and placing their characters.

use std::ops::Range;

use super::class::{Class, class, may_break, wants_gap};

/// A character and its width in points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Glyph {
    pub c: char,
    pub advance: f32,
    /// Size of its font in points.
    pub em: f32,
}

/// What lines are set to, in points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measure {
    pub width: f32,
    /// Of the first line.
    pub indent: f32,
    /// Both edges straight.
    pub justify: bool,
}

/// A line: which characters, and where each begins. `x` of a trimmed opening mark lies left of where its ink begins.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    pub range: Range<usize>,
    pub x: Vec<f32>,
    /// Where the line's last character ends.
    pub width: f32,
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
        lines.push(Line { range: 0..0, x: Vec::new(), width: measure.indent });
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
    Line { range, x: places, width: x }
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
        let measure = Measure { width: ems * EM, indent: 0.0, justify: true };
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
        let line = set_lines(&glyphs, Measure { width: 1000.0, indent: 0.0, justify: true }).remove(0);
        assert_eq!(line.width, EM * 4.0 - EM * 0.0, "three marks take two ems: {line:?}");
    }

    #[test]
    fn a_quarter_em_stands_between_han_and_latin() {
        let line = set_lines(&glyphs("投A资"), Measure { width: 1000.0, indent: 0.0, justify: false }).remove(0);
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
            let measure = Measure { width: ems * EM, indent: if indent { 2.0 * EM } else { 0.0 }, justify: true };
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
