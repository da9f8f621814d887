//! Widths between characters: trimmed marks, gaps, and how far each may be squeezed or stretched.

use super::breaks::Break;
use super::class::{Class, is_combining, is_ideograph, is_word};

/// Widths in em.
pub(super) mod limits {
    /// The blank half of a mark.
    pub const HALF: f32 = 0.5;
    /// Between Han and letters or digits.
    pub const GAP: f32 = 0.25;
    /// The gap is squeezed by no more.
    pub const GAP_SQUEEZE: f32 = 0.125;
    /// The gap is stretched by no more before all spaces are.
    pub const GAP_STRETCH: f32 = 0.125;
    /// Narrowest blank between words.
    pub const BLANK: f32 = 0.25;
    /// Widest blank between words before all spaces are stretched.
    pub const WIDE_BLANK: f32 = 0.5;
    /// What any two characters are moved apart when all spaces are stretched.
    pub const STRETCH: f32 = 0.5;
    /// What brackets, quotes and commas give up of their blank half.
    pub const MARK_SQUEEZE: f32 = 0.4;
    /// What full stops give up.
    pub const STOP_SQUEEZE: f32 = 0.25;
    /// A narrow · between Han characters takes this much.
    pub const MIDDLE: f32 = 0.5;
    /// A single quote or an apostrophe between letters.
    pub const LATIN_QUOTE: f32 = 0.28;
    /// Blank on either side of a dash's ink in its own width.
    pub const DASH_BEARING: f32 = 0.046;
}

/// What is squeezed, first things first.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Rank {
    Middle,
    Bracket,
    Comma,
    Stop,
    Blank,
    Gap,
}

pub(super) const RANKS: usize = 6;

/// What stretches before a character.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Joint {
    /// Nothing: inside a word.
    Rigid,
    /// After a blank between words.
    Blank,
    /// Between Han and letters.
    Gap,
    /// Between Chinese characters.
    Even,
}

/// A character of a paragraph, ready to be set. Lengths in points.
#[derive(Clone, Copy, Debug)]
pub(super) struct Item {
    /// As it is drawn.
    pub c: char,
    /// Bytes of the stored character.
    pub len: u8,
    pub class: Class,
    /// Whether a line may end before it.
    pub place: Break,
    /// What stretches before it.
    pub joint: Joint,
    pub em: f32,
    /// As drawn.
    advance: f32,
    /// What it takes inside a line.
    pub width: f32,
    /// How far left of its place it is drawn, as the blank on its left is trimmed.
    pub shift: f32,
    /// Blank before it inside a line; negative where dashes join.
    pub before: f32,
    /// How much of it may be squeezed, and of the joint before it.
    pub squeeze: f32,
    pub joint_squeeze: f32,
    /// What is trimmed of it at a line's start, and at its end.
    pub start_trim: f32,
    pub end_trim: f32,
}

impl Item {
    pub fn new(c: char, len: u8, class: Class, place: Break, advance: f32, em: f32) -> Self {
        let mut item = Self {
            c,
            len,
            class,
            place,
            joint: Joint::Rigid,
            em,
            advance,
            width: advance,
            shift: 0.0,
            before: 0.0,
            squeeze: 0.0,
            joint_squeeze: 0.0,
            start_trim: 0.0,
            end_trim: 0.0,
        };
        item.measure();
        item
    }

    /// Widths by itself.
    fn measure(&mut self) {
        let half = self.em * limits::HALF;
        match self.class {
            Class::Opening if self.is_wide() => {
                self.start_trim = half;
                self.squeeze = self.em * limits::MARK_SQUEEZE;
            }
            Class::Bracket | Class::Comma | Class::Stop if self.is_wide() => {
                self.end_trim = half;
                let stop = self.class == Class::Stop;
                self.squeeze = self.em * if stop { limits::STOP_SQUEEZE } else { limits::MARK_SQUEEZE };
            }
            Class::Middle if self.is_wide() => {
                self.end_trim = half / 2.0;
                self.squeeze = half;
            }
            Class::Middle if self.advance > 0.0 => {
                self.width = self.advance.max(self.em * limits::MIDDLE);
                self.shift = (self.advance - self.width) / 2.0;
            }
            Class::LatinOpening if self.is_wide() => {
                self.width = self.em * latin_quote(self.c);
                self.shift = self.advance - self.width;
            }
            Class::LatinClosing if self.is_wide() => self.width = self.em * latin_quote(self.c),
            Class::Space if self.c == '\t' => self.width = self.em * limits::BLANK * 4.0,
            Class::Space => self.width = self.advance.max(self.em * limits::BLANK),
            _ => {}
        }
    }

    /// Faces whose marks are narrow have nothing to trim.
    fn is_wide(&self) -> bool {
        self.advance > self.em * 0.9
    }

    /// Leaves no ink of its own at a line's end.
    pub fn is_hollow(&self) -> bool {
        self.class.is_blank() || (self.place == Break::Inside && self.advance == 0.0)
    }

    /// Drawn with the character before it.
    fn is_part(&self) -> bool {
        self.place == Break::Inside || (self.advance == 0.0 && is_combining(self.c))
    }

    pub fn rank(&self) -> Rank {
        match self.class {
            Class::Middle => Rank::Middle,
            Class::Comma => Rank::Comma,
            Class::Stop => Rank::Stop,
            _ => Rank::Bracket,
        }
    }

    pub fn joint_rank(&self) -> Rank {
        if self.joint == Joint::Gap { Rank::Gap } else { Rank::Blank }
    }

    fn trim_start(&mut self) {
        self.width -= self.start_trim;
        self.shift += self.start_trim;
        self.start_trim = 0.0;
        self.squeeze = 0.0;
    }

    fn trim_end(&mut self) {
        self.width -= self.end_trim;
        self.end_trim = 0.0;
        self.squeeze = 0.0;
    }
}

/// Appends a character: what it and the one before leave each other.
pub(super) fn append(items: &mut Vec<Item>, mut item: Item) {
    if let Some((last, before)) = items.split_last_mut() {
        join(before.last(), last, &mut item);
    }
    items.push(item);
}

fn join(before: Option<&Item>, a: &mut Item, b: &mut Item) {
    if b.is_part() {
        return;
    }
    let em = a.em.min(b.em);
    let (ca, cb) = (a.class, b.class);
    // Two blanks that meet are one too many.
    if ca.is_closing()
        && (cb.is_closing() || matches!(cb, Class::Opening | Class::Middle | Class::Trailing) || cb.is_blank())
    {
        a.trim_end();
    }
    if cb == Class::Opening && (matches!(ca, Class::Opening | Class::Middle | Class::Leading) || ca.is_blank()) {
        b.trim_start();
    }
    if ca.is_blank() {
        let gap = a.c == ' ' && before.is_some_and(|before| meets_letters(before, b));
        if gap {
            a.width = a.em * limits::GAP;
            b.joint_squeeze = a.em * limits::GAP_SQUEEZE;
        } else {
            b.joint_squeeze = (a.width - a.em * limits::BLANK).max(0.0) * if ca == Class::Space { 1.0 } else { 0.0 };
        }
        b.joint = match (gap, cb.is_blank()) {
            (_, true) => Joint::Rigid,
            (true, _) => Joint::Gap,
            _ => Joint::Blank,
        };
    } else if meets_letters(a, b) {
        b.before = em * limits::GAP;
        b.joint_squeeze = em * limits::GAP_SQUEEZE;
        b.joint = Joint::Gap;
    } else if ca == Class::Dash && cb == Class::Dash {
        join_dashes(before, a, b);
    } else if stretches(ca, cb) {
        b.joint = Joint::Even;
    }
}

/// Width of a quote in a text in letters, in em.
fn latin_quote(c: char) -> f32 {
    if matches!(c, '‘' | '’') { limits::LATIN_QUOTE } else { limits::HALF }
}

/// Two dashes are one line, in the middle of two ems. Faces draw a dash with blank on both sides.
fn join_dashes(before: Option<&Item>, a: &mut Item, b: &mut Item) {
    let third = before.is_some_and(|before| before.class == Class::Dash);
    if a.advance >= a.em * 0.95 || a.advance < a.em * 0.8 || third || a.em != b.em || a.c != b.c {
        return;
    }
    let bearing = a.em * limits::DASH_BEARING;
    a.width = a.em;
    a.shift = a.advance - bearing - a.em;
    b.width = b.em;
    b.shift = bearing;
}

fn meets_letters(a: &Item, b: &Item) -> bool {
    let word = |item: &Item| match item.class {
        Class::Letter | Class::Digit => is_word(item.c) || is_combining(item.c),
        _ => matches!(item.c, '%' | '°'),
    };
    let han =
        |item: &Item| matches!(item.class, Class::Han | Class::Small) && (is_ideograph(item.c) || item.width == 0.0);
    (han(a) && word(b)) || (word(a) && han(b))
}

/// Whether space may be added between two characters, of which none is a blank.
fn stretches(a: Class, b: Class) -> bool {
    let ellipsis = a == Class::Ellipsis && b == Class::Ellipsis;
    let narrow = |class: Class| !class.is_elastic();
    match (narrow(a), narrow(b)) {
        (true, true) => false,
        // A letter or its mark beside a wide mark: 100％, A）.
        (true, false) => matches!(b, Class::Han | Class::Small | Class::Opening) && !a.no_end() && a != Class::Glue,
        (false, true) => !a.no_end() && !b.no_start() && b != Class::Glue,
        (false, false) => !ellipsis,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::typeset::breaks::Breaker;

    /// What a text takes inside a line, in ems of faces whose letters are half an em wide.
    fn width(text: &str) -> f32 {
        let mut breaker = Breaker::default();
        breaker.find(text, Some('好'), Some('好'), &[]);
        let mut items = Vec::new();
        for (i, c) in text.chars().enumerate() {
            let advance = if c.is_ascii() { 0.5 } else { 1.0 };
            append(&mut items, Item::new(c, 0, breaker.classes[i], breaker.breaks[i], advance, 1.0));
        }
        items.iter().map(|item| item.width + item.before).sum()
    }

    #[test]
    fn adjacent_marks_leave_half_an_em_between_them() {
        for (text, ems) in [
            ("好，好", 3.0),
            ("好”，好", 3.5),
            ("好，“好", 3.5),
            ("好）（好", 3.5),
            ("好“《好", 3.5),
            ("好》”。“好", 4.5),
            ("好·《好", 3.5),
            ("好》·好", 3.5),
            ("好： 好", 3.0),
            ("好 《好》", 4.0),
        ] {
            assert_eq!(width(text), ems, "{text}");
        }
    }

    #[test]
    fn a_quarter_em_stands_between_han_and_letters_stored_or_not() {
        for (text, ems) in [
            ("好A好", 3.0),
            ("好 A 好", 3.0),
            ("好，A）好", 4.5),
            ("用12%的", 4.0),
            ("好 好", 2.5),
            ("a b", 1.5),
            ("a’b", 1.28),
        ] {
            assert_eq!(width(text), ems, "{text}");
        }
    }
}
