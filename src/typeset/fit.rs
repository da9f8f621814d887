//! Which characters make a line, and where they stand in it.
//!
//! A line that is too long is squeezed: marks, blanks, gaps. One that is too short is stretched: blanks, gaps, then all
//! spaces alike. Of the places where it may end the one is taken that disturbs it and the line after it least.

use super::breaks::Break;
use super::class::Class;
use super::lines::Measure;
use super::spacing::{Item, Joint, RANKS, limits};

/// Rounding is forgiven up to this much, in points.
const TOLERANCE: f32 = 0.01;
/// Ends that are weighed against each other.
const CHOICES: usize = 4;
/// From here a line asks whether the one before it can end elsewhere: a tenth of an em between its characters.
const LOOSE: f32 = 1.0;

/// Ends left of this share of the line are not weighed if there are others.
const EARLY: f32 = 0.7;

/// What a line costs that has its marks squeezed as far as they go.
const SQUEEZED: f32 = 0.4;
/// What it costs to let a mark hang, to end in an address, to leave one character for the last line.
const HANGING: f32 = 0.8;
const TORN_ADDRESS: f32 = 2.0;
const LONELY: f32 = 1.2;
/// What it costs to leave a line ragged.
const RAGGED: f32 = 30.0;

/// An end that a line may have.
#[derive(Clone, Copy, Debug)]
struct End {
    /// After the line's last character, blanks included.
    at: usize,
    cost: f32,
    hangs: bool,
}

/// The ends that a line may have, and the best of them.
#[derive(Clone, Debug)]
pub(super) struct Ends {
    start: usize,
    choices: Vec<End>,
}

/// Sums over the characters of a line that is being filled.
#[derive(Clone, Copy, Default)]
struct Sums {
    natural: f32,
    squeeze: f32,
    blanks: f32,
    gaps: f32,
    ems: f32,
}

/// A line without its text.
#[derive(Clone, Debug)]
pub(super) struct Placed {
    pub end: usize,
    pub x: Vec<f32>,
    pub width: f32,
}

/// Lines of a paragraph of which `items` are known; `whole` if all are.
pub(super) struct Fitter<'a> {
    pub items: &'a [Item],
    pub whole: bool,
    pub measure: Measure,
}

impl Fitter<'_> {
    /// The line that begins at `start`, of which `indent` is kept free. `ahead` holds what was found out about the next
    /// line. `None` if more of the paragraph must be known.
    pub fn line(&self, start: usize, indent: f32, ahead: &mut Option<Ends>) -> Option<Placed> {
        let ends = match ahead.take() {
            Some(ends) if ends.start == start && indent == 0.0 => ends,
            _ => self.ends(start, indent)?,
        };
        let best = self.choose(&ends, ahead)?;
        Some(self.place(start, best, indent))
    }

    fn choose(&self, ends: &Ends, ahead: &mut Option<Ends>) -> Option<End> {
        let first = ends.best();
        if ends.choices.len() < 2 || !self.measure.justify {
            return Some(first);
        }
        let mut next = self.next(first)?;
        let mut best = (first, cost_of(&next));
        if best.1 >= LOOSE {
            for end in ends.choices.iter().filter(|end| end.at != first.at || end.hangs != first.hangs) {
                if end.cost >= best.0.cost + best.1 {
                    continue;
                }
                let after = self.next(*end)?;
                let cost = cost_of(&after);
                if end.cost + cost < best.0.cost + best.1 {
                    (best, next) = ((*end, cost), after);
                }
            }
        }
        *ahead = next;
        Some(best.0)
    }

    /// Ends of the line after one that ends so; `Some(None)` if there is none.
    fn next(&self, end: End) -> Option<Option<Ends>> {
        if self.whole && end.at == self.items.len() {
            return Some(None);
        }
        self.ends(end.at, 0.0).map(Some)
    }

    fn ends(&self, start: usize, indent: f32) -> Option<Ends> {
        let room = self.measure.width - indent;
        let mut choices: Vec<End> = Vec::with_capacity(CHOICES);
        // An end so far left that it is not looked at unless there is no other.
        let mut early = None;
        // Where a word is cut if there is no other end: in an address, at a decent place, or at any.
        let (mut soft, mut decent, mut any) = (None, None, None);
        // Whether the address that we are in is wider than the line.
        let mut wide_address = None;
        let mut sums = Sums::default();
        // The last character with ink, and the sums before it.
        let mut last: Option<(usize, Sums)> = None;
        let mut i = start;
        loop {
            let place = match self.items.get(i) {
                Some(item) => item.place,
                None if self.whole => Break::Free,
                None => return None,
            };
            if i > start && place >= Break::Cut {
                let address = place == Break::Address && {
                    let wide = match wide_address {
                        Some(wide) => wide,
                        None => self.is_wide_address(start, i, room)?,
                    };
                    wide_address = Some(wide);
                    wide
                };
                if place == Break::Free {
                    wide_address = None;
                }
                if place == Break::Free && i < self.items.len() && sums.natural < room * EARLY {
                    early = Some((i, last));
                } else if place == Break::Free || address {
                    if let Some(mut end) = self.end(start, i, last, room) {
                        end.cost += if address { TORN_ADDRESS } else { 0.0 };
                        push(&mut choices, end);
                    }
                } else if choices.is_empty() && early.is_none() && self.end(start, i, last, room).is_some() {
                    any = Some(i);
                    if !self.items[i].class.no_start() && !self.items[i - 1].class.no_end() {
                        decent = any;
                        soft = if place == Break::Address { any } else { soft };
                    }
                }
            }
            let Some(item) = self.items.get(i) else { break };
            if !item.is_hollow() {
                let least = sums.natural - sums.squeeze + item.width - item.end_trim - item.squeeze;
                if least > room + item.em {
                    break;
                }
                last = Some((i, sums));
            }
            sums.add(item, i == start);
            i += 1;
        }
        if let (true, Some((at, last))) = (choices.is_empty(), early) {
            choices.extend(self.end(start, at, last, room));
        }
        if choices.is_empty() {
            let cut = soft.or(decent).or(any).unwrap_or_else(|| self.cluster_end(start));
            choices.push(End { at: cut, cost: RAGGED, hangs: false });
        }
        Some(Ends { start, choices })
    }

    /// The line from `start` to `at`, if it fits; `last` is its last character with ink.
    fn end(&self, start: usize, at: usize, last: Option<(usize, Sums)>, room: f32) -> Option<End> {
        let finishes = at == self.items.len();
        let Some((last, before)) = last else { return Some(End { at, cost: 0.0, hangs: false }) };
        let mut sums = before;
        sums.add(&self.items[last], last == start);
        let item = &self.items[last];
        sums.natural -= item.end_trim;
        sums.squeeze -= item.squeeze;
        if last == start {
            sums.squeeze = 0.0;
        }
        let lonely = if finishes && is_lonely(&self.items[start..=last]) { LONELY } else { 0.0 };
        if !self.measure.justify {
            return (sums.natural <= room + TOLERANCE).then_some(End { at, cost: 0.0, hangs: false });
        }
        let upright = sums.cost(room, finishes).map(|cost| End { at, cost: cost + lonely, hangs: false });
        let hangs = hanging(item);
        if !self.measure.hang || hangs == 0.0 || last == start || upright.is_some_and(|end| end.cost <= HANGING) {
            return upright;
        }
        sums.natural -= hangs;
        let hung = sums.cost(room, finishes).map(|cost| End { at, cost: cost + lonely + HANGING, hangs: true });
        [upright, hung].into_iter().flatten().min_by(|a, b| a.cost.total_cmp(&b.cost))
    }

    /// Whether the address around `i` is wider than a line, as far as it lies in the one that begins at `start`.
    fn is_wide_address(&self, start: usize, i: usize, room: f32) -> Option<bool> {
        let from = (start + 1..i).rev().find(|i| self.items[*i].place == Break::Free).unwrap_or(start);
        let room = if from == start { room } else { self.measure.width };
        let mut width = 0.0;
        for at in from.. {
            match self.items.get(at) {
                Some(item) if at <= i || item.place != Break::Free => width += item.width - item.end_trim,
                Some(_) => break,
                None if self.whole => break,
                None if width > room => break,
                None => return None,
            }
            if width > room {
                break;
            }
        }
        Some(width > room)
    }

    /// After the cluster that begins at `start`.
    fn cluster_end(&self, start: usize) -> usize {
        let inside = self.items[start + 1..].iter().take_while(|item| item.place == Break::Inside);
        start + 1 + inside.count()
    }

    fn place(&self, start: usize, end: End, indent: f32) -> Placed {
        let items = &self.items[start..end.at];
        let shown = items.iter().rposition(|item| !item.is_hollow()).map_or(0, |last| last + 1);
        let moves = self.moves(&items[..shown], end, indent);
        let mut x = indent;
        let mut places = Vec::with_capacity(items.len());
        for (i, item) in items.iter().enumerate() {
            if i >= shown {
                places.push(x);
                continue;
            }
            let (mut width, mut shift) = (item.width, item.shift);
            if i == 0 {
                width -= item.start_trim;
                shift += item.start_trim;
            } else {
                x += item.before - moves.ranks[item.joint_rank() as usize] * item.joint_squeeze + moves.stretch(item);
            }
            if (i > 0 || item.start_trim == 0.0) && i + 1 < shown {
                let squeezed = moves.ranks[item.rank() as usize] * item.squeeze;
                width -= squeezed;
                shift += match item.class {
                    Class::Opening => squeezed,
                    Class::Middle => squeezed / 2.0,
                    _ => 0.0,
                };
            }
            places.push(x - shift);
            x += if i + 1 == shown { width - item.end_trim } else { width };
        }
        Placed { end: end.at, x: places, width: x }
    }

    /// How a line's spaces are changed so that it is as wide as the measure.
    fn moves(&self, items: &[Item], end: End, indent: f32) -> Moves {
        let mut moves = Moves::default();
        let (Some(last), true) = (items.last(), self.measure.justify) else { return moves };
        let mut sums = Sums::default();
        let mut ranks = [0.0; RANKS];
        for (i, item) in items.iter().enumerate() {
            sums.add(item, i == 0);
            if i > 0 {
                ranks[item.joint_rank() as usize] += item.joint_squeeze;
            }
            if (i > 0 || item.start_trim == 0.0) && i + 1 < items.len() {
                ranks[item.rank() as usize] += item.squeeze;
            }
        }
        let hung = if end.hangs { hanging(last) } else { 0.0 };
        let natural = indent + sums.natural - last.end_trim - hung;
        let missing = self.measure.width - natural;
        if missing < 0.0 {
            let mut left = -missing;
            for (share, all) in moves.ranks.iter_mut().zip(ranks) {
                if all > 0.0 {
                    *share = (left / all).min(1.0);
                    left = (left - all).max(0.0);
                }
            }
        } else if end.at < self.items.len() {
            moves.stretch_by(missing, &sums);
        }
        moves
    }
}

impl Ends {
    /// So many items before them are gone.
    pub fn shift(&mut self, gone: usize) {
        self.start -= gone;
        self.choices.iter_mut().for_each(|end| end.at -= gone);
    }

    fn best(&self) -> End {
        let mut best = self.choices[0];
        for end in &self.choices[1..] {
            // Of equals the later: lines are filled.
            if end.cost <= best.cost {
                best = *end;
            }
        }
        best
    }
}

fn cost_of(next: &Option<Ends>) -> f32 {
    next.as_ref().map_or(0.0, |ends| ends.best().cost)
}

fn push(choices: &mut Vec<End>, end: End) {
    if choices.len() == CHOICES {
        choices.remove(0);
    }
    choices.push(end);
}

/// What a mark stands over the measure if it hangs: what is left of it once its blank half is trimmed.
fn hanging(item: &Item) -> f32 {
    match item.c {
        '，' | '。' | '、' | '；' => item.width - item.end_trim,
        _ => 0.0,
    }
}

/// One character, with or without its mark.
fn is_lonely(items: &[Item]) -> bool {
    items.len() <= 2 && items.iter().filter(|item| !item.class.no_start()).count() <= 1
}

impl Sums {
    fn add(&mut self, item: &Item, first: bool) {
        self.natural += item.width;
        if first {
            self.natural -= item.start_trim;
            if item.start_trim == 0.0 {
                self.squeeze += item.squeeze;
            }
            return;
        }
        self.natural += item.before;
        self.squeeze += item.squeeze + item.joint_squeeze;
        match item.joint {
            Joint::Rigid => return,
            Joint::Blank => self.blanks += item.em * (limits::WIDE_BLANK - limits::BLANK),
            Joint::Gap => self.gaps += item.em * limits::GAP_STRETCH,
            Joint::Even => {}
        }
        self.ems += item.em;
    }

    /// What it costs to set these characters to a width; `None` if they do not fit.
    fn cost(&self, room: f32, finishes: bool) -> Option<f32> {
        let missing = room - self.natural;
        if missing < -self.squeeze - TOLERANCE {
            return None;
        }
        if missing < -TOLERANCE {
            let share = -missing / self.squeeze.max(TOLERANCE);
            return Some(SQUEEZED * share * share);
        }
        if finishes || missing <= TOLERANCE {
            return Some(0.0);
        }
        let left = (missing - self.blanks - self.gaps).max(0.0);
        if left > self.ems * limits::STRETCH {
            // An endless line has no share.
            return Some(RAGGED * (1.0 + (missing / room.max(1.0)).min(1.0)));
        }
        let tenths = left / self.ems.max(TOLERANCE) * 10.0;
        let first = 0.1 * (missing - left) / (self.blanks + self.gaps).max(TOLERANCE);
        Some(tenths * tenths + first)
    }
}

/// Shares of what can be given.
#[derive(Default)]
struct Moves {
    ranks: [f32; RANKS],
    blanks: f32,
    gaps: f32,
    all: f32,
}

impl Moves {
    /// Nothing if the spaces would become wider than they may.
    fn stretch_by(&mut self, missing: f32, sums: &Sums) {
        let share = |missing: f32, all: f32| if all > 0.0 { (missing / all).min(1.0) } else { 0.0 };
        let left = (missing - sums.blanks - sums.gaps).max(0.0);
        if left > sums.ems * limits::STRETCH {
            return;
        }
        self.blanks = share(missing, sums.blanks);
        self.gaps = share((missing - sums.blanks).max(0.0), sums.gaps);
        self.all = if sums.ems > 0.0 { left / sums.ems } else { 0.0 };
    }

    fn stretch(&self, item: &Item) -> f32 {
        let first = match item.joint {
            Joint::Rigid => return 0.0,
            Joint::Blank => self.blanks * (limits::WIDE_BLANK - limits::BLANK),
            Joint::Gap => self.gaps * limits::GAP_STRETCH,
            Joint::Even => 0.0,
        };
        item.em * (first + self.all)
    }
}
