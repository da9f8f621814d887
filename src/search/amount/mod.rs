//! Amounts in a folded text: numbers with a unit that is known, compared in one unit.
//!
//! 120亿元, 1340.87万元, 3万余亩, 二十八户, 百分之三十五 and 10-20万元 are amounts; 2017年, 第3名 and a telephone number
//! are not. A range is two amounts at one place.

mod number;
mod unit;

use std::ops::Range;

use number::{Number, is_approximate, number};
use unit::unit;

pub(super) use unit::fingerprint;
pub use unit::{Dimension, Unit};

/// A number with its unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Quantity {
    /// As written, in no unit: 1.2万 is 12000 whether of 亩 or of 元.
    pub number: f64,
    pub unit: Unit,
}

impl Quantity {
    /// In the base unit of its [`Dimension`].
    pub fn value(&self) -> f64 {
        self.number * self.unit.size
    }
}

/// A quantity that stands in a text.
#[derive(Clone, Debug, PartialEq)]
pub struct Amount {
    pub quantity: Quantity,
    /// Characters of the text. A range (10-20万元) is one place with two amounts.
    pub range: Range<usize>,
}

/// Every amount of a folded text, in order.
pub fn amounts(folded: &str) -> impl Iterator<Item = Amount> {
    Amounts { chars: folded.chars().collect(), at: 0, second: None }
}

struct Amounts {
    chars: Vec<char>,
    at: usize,
    /// The end of a range, after its beginning.
    second: Option<Amount>,
}

impl Iterator for Amounts {
    type Item = Amount;

    fn next(&mut self) -> Option<Amount> {
        if let Some(second) = self.second.take() {
            return Some(second);
        }
        while self.at < self.chars.len() {
            let start = self.at;
            if !number::may_begin(self.chars[start]) {
                self.at += 1;
                continue;
            }
            match read(&self.chars, start) {
                Read::Amount { amount, second } => {
                    self.at = amount.range.end;
                    self.second = second;
                    return Some(amount);
                }
                Read::Nothing { end } => self.at = end.max(start + 1),
            }
        }
        None
    }
}

enum Read {
    Amount {
        amount: Amount,
        second: Option<Amount>,
    },
    /// No amount begins before `end`.
    Nothing {
        end: usize,
    },
}

/// What begins with the number at `start`.
fn read(chars: &[char], start: usize) -> Read {
    if let Some(read) = read_fraction(chars, start) {
        return read;
    }
    let Some(first) = number(chars, start) else { return Read::Nothing { end: number::end_of_run(chars, start) } };
    let nothing = Read::Nothing { end: first.end };
    if start > 0 && spoils(chars[start - 1]) {
        return nothing;
    }
    if let Some((unit, end)) = unit_after(chars, first.end) {
        let sign = if unit.dimension == Dimension::Temperature { sign_before(chars, start) } else { None };
        let begin = sign.unwrap_or(start);
        let number = if sign.is_some() { -first.value } else { first.value };
        return Read::Amount { amount: amount(number, unit, begin..end), second: None };
    }
    let Some(second) = connected(chars, first.end).and_then(|at| number(chars, at)) else { return nothing };
    match unit_after(chars, second.end) {
        Some((unit, end)) => Read::Amount {
            amount: amount(first.value_before(&second), unit, start..end),
            second: Some(amount(second.value, unit, start..end)),
        },
        None => nothing,
    }
}

/// 百分之三十五, 千分之2.
fn read_fraction(chars: &[char], start: usize) -> Option<Read> {
    let percent = match chars.get(start..start + 3)? {
        ['百', '分', '之'] => 1.0,
        ['千', '分', '之'] => 0.1,
        _ => return None,
    };
    let at = start + 3;
    let (value, end) = match number(chars, at) {
        Some(Number { value, end, .. }) => (value, end),
        None if chars.get(at) == Some(&'百') => (100.0, at + 1),
        None => return Some(Read::Nothing { end: at }),
    };
    let unit = Unit { dimension: Dimension::Percent, size: percent };
    Some(Read::Amount { amount: amount(value, unit, start..end), second: None })
}

fn amount(number: f64, unit: Unit, range: Range<usize>) -> Amount {
    Amount { quantity: Quantity { number, unit }, range }
}

/// The unit of a number that ends at `at`, and where it ends; 余, 多 and a blank may stand between.
fn unit_after(chars: &[char], mut at: usize) -> Option<(Unit, usize)> {
    if chars.get(at).is_some_and(|c| is_approximate(*c)) {
        at += 1;
    }
    if chars.get(at) == Some(&' ') {
        at += 1;
    }
    unit(chars, at)
}

/// Where the second number of a range begins.
fn connected(chars: &[char], at: usize) -> Option<usize> {
    match chars.get(at..)? {
        ['-', '-', ..] => Some(at + 2),
        ['-' | '~' | '至' | '到', ..] => Some(at + 1),
        _ => None,
    }
}

/// True if a number after this character is part of a name or a code, an ordinal, or a vague number (数十).
fn spoils(before: char) -> bool {
    before.is_ascii_alphanumeric() || matches!(before, '第' | '数' | '几' | '.')
}

/// Where the sign of a temperature begins that stands before a number.
fn sign_before(chars: &[char], start: usize) -> Option<usize> {
    match chars[..start] {
        [.., '零', '下'] => Some(start - 2),
        [.., before, '-'] if before.is_ascii_alphanumeric() || before == '℃' => None,
        [.., '-'] => Some(start - 1),
        _ => None,
    }
}

/// The amounts that are asked for: from one to another, either of which may be missing.
#[derive(Clone, Debug, PartialEq)]
pub struct AmountRange {
    pub low: Option<Bound>,
    pub high: Option<Bound>,
    /// `None`: any, compared by the number as it is written.
    pub dimension: Option<Dimension>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bound {
    /// In the base unit of the dimension, or as written if there is none.
    pub value: f64,
    /// An amount of exactly this is asked for too.
    pub inclusive: bool,
}

impl AmountRange {
    /// What was typed, folded: `>100亿元`, `>=3万`, `<15亩`, `100..200亿元`. `None` if it has not this form.
    pub fn parse(folded: &str) -> Option<Self> {
        if let Some((low, high)) = folded.split_once("..") {
            return Self::between(&plain(low)?, &plain(high)?);
        }
        let (comparison, rest) = Comparison::split(folded)?;
        let wanted = plain(rest.trim_start())?;
        let bound = Some(Bound { value: wanted.value(), inclusive: comparison.inclusive });
        let dimension = wanted.unit.map(|unit| unit.dimension);
        let (low, high) = if comparison.above { (bound, None) } else { (None, bound) };
        Some(Self { low, high, dimension })
    }

    /// True if `folded` begins like a comparison, or is written like a range.
    pub fn is_meant(folded: &str) -> bool {
        let range = folded.split_once("..").is_some_and(|(low, high)| {
            !low.is_empty()
                && !high.is_empty()
                && [low, high].iter().all(|end| end.starts_with(|c: char| c.is_ascii_digit()))
        });
        range || Comparison::split(folded).is_some_and(|(_, rest)| !rest.is_empty())
    }

    fn between(low: &Plain, high: &Plain) -> Option<Self> {
        let unit = match (low.unit, high.unit) {
            (Some(a), Some(b)) if a.dimension != b.dimension => return None,
            (low, high) => high.or(low),
        };
        let size = |own: Option<Unit>| own.or(unit).map_or(1.0, |unit| unit.size);
        let number = if low.unit.is_none() { low.number.value_before(&high.number) } else { low.number.value };
        let (a, b) = (number * size(low.unit), high.number.value * size(high.unit));
        let bound = |value| Some(Bound { value, inclusive: true });
        Some(Self { low: bound(a.min(b)), high: bound(a.max(b)), dimension: unit.map(|unit| unit.dimension) })
    }

    pub fn contains(&self, quantity: &Quantity) -> bool {
        let value = match self.dimension {
            Some(dimension) if dimension == quantity.unit.dimension => quantity.value(),
            Some(_) => return false,
            None => quantity.number,
        };
        // Decimals and thirds are not exact.
        let same = |bound: &Bound| (value - bound.value).abs() <= 1e-9 * value.abs().max(bound.value.abs());
        self.low.is_none_or(|low| if same(&low) { low.inclusive } else { value > low.value })
            && self.high.is_none_or(|high| if same(&high) { high.inclusive } else { value < high.value })
    }

    /// Words one of which stands in every amount that could be contained; `None` if it may have any unit.
    pub fn units(&self) -> Option<Vec<&'static str>> {
        self.dimension.map(unit::names)
    }

    /// The places of a folded text where an amount is contained, in characters and in order.
    pub fn places(&self, folded: &str) -> Vec<Range<usize>> {
        let contained = amounts(folded).filter(|amount| self.contains(&amount.quantity));
        let mut places: Vec<Range<usize>> = contained.map(|amount| amount.range).collect();
        places.dedup();
        places
    }
}

struct Comparison {
    above: bool,
    inclusive: bool,
}

impl Comparison {
    fn split(folded: &str) -> Option<(Self, &str)> {
        const SIGNS: [(&str, bool, bool); 10] = [
            (">=", true, true),
            ("<=", false, true),
            ("≥", true, true),
            ("≧", true, true),
            ("⩾", true, true),
            ("≤", false, true),
            ("≦", false, true),
            ("⩽", false, true),
            (">", true, false),
            ("<", false, false),
        ];
        SIGNS.iter().find_map(|(sign, above, inclusive)| {
            folded.strip_prefix(sign).map(|rest| (Self { above: *above, inclusive: *inclusive }, rest))
        })
    }
}

/// A number that is all of a text, with or without a unit.
struct Plain {
    number: Number,
    unit: Option<Unit>,
}

impl Plain {
    fn value(&self) -> f64 {
        self.number.value * self.unit.map_or(1.0, |unit| unit.size)
    }
}

fn plain(folded: &str) -> Option<Plain> {
    let mut chars: Vec<char> = folded.trim().chars().collect();
    let below_zero = chars.first() == Some(&'-');
    if below_zero {
        chars.remove(0);
    }
    if let Some(Read::Amount { amount, .. }) = read_fraction(&chars, 0).filter(|_| !below_zero) {
        let Quantity { number, unit } = amount.quantity;
        let number = Number { value: number, scale: 1.0, end: amount.range.end };
        return (amount.range.end == chars.len()).then_some(Plain { number, unit: Some(unit) });
    }
    let mut number = number(&chars, 0)?;
    if below_zero {
        number.value = -number.value;
    }
    if number.end == chars.len() {
        return Some(Plain { number, unit: None });
    }
    let (unit, end) = unit_after(&chars, number.end)?;
    (end == chars.len()).then_some(Plain { number, unit: Some(unit) })
}

#[cfg(test)]
mod tests;
