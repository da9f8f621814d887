//! Numbers in figures and in Chinese numerals, with their 万 and 亿.

use super::unit::unit;

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Number {
    pub value: f64,
    /// The most that its figures are multiplied with: 1e4 for 20万, 1 for 20.
    pub scale: f64,
    /// The character after it.
    pub end: usize,
}

impl Number {
    /// This number as the first of a range that ends with `second`: the 10 of 10-20万 are 10万.
    pub fn value_before(&self, second: &Self) -> f64 {
        if self.scale == 1.0 { self.value * second.scale } else { self.value }
    }
}

/// Figures of a number: more are a code.
const MOST_FIGURES: usize = 15;

/// True if a number may begin with this character.
#[inline]
pub(super) fn may_begin(c: char) -> bool {
    c.is_ascii_digit() || c == '百' || c == '千' || c == '十' || numeral(c).is_some()
}

/// The number that begins at `at`. `None` if there is none that is clear.
pub(super) fn number(chars: &[char], at: usize) -> Option<Number> {
    match chars.get(at)? {
        c if c.is_ascii_digit() => in_figures(chars, at),
        _ => in_numerals(chars, at),
    }
}

/// Where what looks like a number ends, clear or not.
pub(super) fn end_of_run(chars: &[char], at: usize) -> usize {
    let of_run = |c: &char| c.is_ascii_digit() || numeral(*c).is_some() || scale_of(*c).is_some();
    at + chars[at..].iter().take_while(|c| of_run(c)).count()
}

/// 余, 多 and 几 between a number and its unit.
pub(super) fn is_approximate(c: char) -> bool {
    matches!(c, '余' | '多' | '几')
}

fn numeral(c: char) -> Option<u32> {
    Some(match c {
        '零' => 0,
        '一' => 1,
        '二' | '两' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        _ => return None,
    })
}

fn scale_of(c: char) -> Option<f64> {
    match c {
        '十' => Some(10.0),
        '百' => Some(100.0),
        '千' => Some(1e3),
        '万' => Some(1e4),
        '亿' => Some(1e8),
        _ => None,
    }
}

/// 5.6亿, 1,340万, 3万5千, 10多万.
fn in_figures(chars: &[char], start: usize) -> Option<Number> {
    let (mut value, mut at) = figures(chars, start)?;
    let (mut scale, mut sum, mut largest) = (1.0_f64, 0.0, 1.0_f64);
    loop {
        let after = at + usize::from(chars.get(at).is_some_and(|c| is_approximate(*c) || *c == ' '));
        // The 千 of 千米 belongs to the unit.
        if unit(chars, after).is_some() {
            break;
        }
        // A ten follows no figures.
        if let Some(factor) = chars.get(after).filter(|c| **c != '十').and_then(|c| scale_of(*c)) {
            scale *= factor;
            largest = largest.max(scale);
            at = after + 1;
            continue;
        }
        match figures(chars, at) {
            // 3万5千: what follows counts less.
            Some((next, end)) if scale > 1.0 && next < scale => {
                sum += value * scale;
                (value, scale, at) = (next, 1.0, end);
            }
            _ => break,
        }
    }
    Some(Number { value: sum + value * scale, scale: largest, end: at })
}

/// Figures with thousands apart and a decimal part, and where they end.
fn figures(chars: &[char], start: usize) -> Option<(f64, usize)> {
    let digits = |at: usize| chars[at.min(chars.len())..].iter().take_while(|c| c.is_ascii_digit()).count();
    let first = digits(start);
    // 0375 is a code.
    if first == 0 || (first > 1 && chars[start] == '0') {
        return None;
    }
    let mut end = start + first;
    if first <= 3 {
        while chars.get(end) == Some(&',') && digits(end + 1) == 3 {
            end += 4;
        }
    }
    if chars.get(end) == Some(&'.') {
        match digits(end + 1) {
            0 => {}
            decimals => end += 1 + decimals,
        }
        // 1.2.3 is a version or a place in a list.
        if chars.get(end) == Some(&'.') && digits(end + 1) > 0 {
            return None;
        }
    }
    let figures: String = chars[start..end].iter().filter(|c| **c != ',').collect();
    let value = (figures.len() <= MOST_FIGURES).then(|| figures.parse().ok()).flatten()?;
    Some((value, end))
}

/// 二十八, 三万五千, 十三点五亿. Not 七八 or 三千五, of which nobody knows how much they are, and not 百 or 万 alone.
fn in_numerals(chars: &[char], start: usize) -> Option<Number> {
    let mut parts = Parts::default();
    let mut at = start;
    let mut end = start;
    while let Some(c) = chars.get(at) {
        if let Some(value) = numeral(*c).or((*c == '〇').then_some(0)) {
            parts.digit(value)?;
        } else if let Some(scale) = scale_of(*c) {
            parts.scale(scale)?;
        } else if *c == '点' && at > start && chars.get(at + 1).copied().and_then(numeral).is_some() {
            parts.point()?;
        } else if is_approximate(*c) && chars.get(at + 1).copied().and_then(scale_of).is_some_and(|scale| scale >= 1e4)
        {
            // 三十多万
        } else {
            break;
        }
        at += 1;
        end = at;
    }
    let value = (end > start).then(|| parts.value()).flatten()?;
    Some(Number { value, scale: parts.last_scale(), end })
}

/// A Chinese number while it is read.
#[derive(Default)]
struct Parts {
    /// Whole 万 and 亿.
    total: f64,
    /// What stands since the last 万 or 亿.
    section: f64,
    digit: Option<u32>,
    /// The size of the next decimal, after 点.
    decimal: Option<f64>,
    decimals: f64,
    last: Last,
}

#[derive(Clone, Copy, Default, PartialEq)]
enum Last {
    #[default]
    Nothing,
    Zero,
    Digit {
        after: f64,
    },
    Scale(f64),
}

impl Parts {
    fn digit(&mut self, value: u32) -> Option<()> {
        if let Some(size) = &mut self.decimal {
            self.decimals += f64::from(value) * *size;
            *size /= 10.0;
            return Some(());
        }
        if self.digit.is_some() || (value == 0 && self.last == Last::Nothing) {
            return None;
        }
        if value == 0 {
            self.last = Last::Zero;
            return Some(());
        }
        let after = if let Last::Scale(scale) = self.last { scale } else { 1.0 };
        self.digit = Some(value);
        self.last = Last::Digit { after };
        Some(())
    }

    fn scale(&mut self, scale: f64) -> Option<()> {
        let digit = self.digit.take().map(f64::from);
        if scale < 1e4 {
            let one = if scale == 10.0 { Some(1.0) } else { None };
            if self.decimal.is_some() {
                return None;
            }
            self.section += digit.or(one)? * scale;
        } else {
            let here = self.section + digit.unwrap_or(0.0) + self.decimals;
            // 万亿: all that stands before.
            let all = if scale > 1e4 { self.total + here } else { here };
            if all == 0.0 {
                // 万 after 亿 has nothing of its own to count.
                return None;
            }
            self.total = if scale > 1e4 { all * scale } else { self.total + all * scale };
            (self.section, self.decimals, self.decimal) = (0.0, 0.0, None);
        }
        self.last = Last::Scale(scale);
        Some(())
    }

    fn point(&mut self) -> Option<()> {
        self.section += self.digit.take().map_or(0.0, f64::from);
        self.decimal.is_none().then(|| self.decimal = Some(0.1))
    }

    fn value(&self) -> Option<f64> {
        match self.last {
            // 三千五
            Last::Digit { after } if after > 10.0 && self.decimal.is_none() => None,
            _ => Some(self.total + self.section + self.digit.map_or(0.0, f64::from) + self.decimals),
        }
    }

    fn last_scale(&self) -> f64 {
        match self.last {
            Last::Scale(scale) if scale >= 1e4 => scale,
            _ => 1.0,
        }
    }
}
