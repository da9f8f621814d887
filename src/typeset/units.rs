//! Numbers and what they do not part from: signs, currencies, units.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::class::{is_chinese, is_word};

/// After a number, before its unit.
const MULTIPLIERS: &str = "十百千万亿兆";
const ABOUT: &str = "余多几";

/// Units and counters that stand after a number.
const UNITS: &str = "\
    平方公里 平方千米 平方厘米 平方米 立方米 百分点 个百分点 个月 公里 千米 厘米 毫米 公顷 公斤 千克 毫克 \
    毫升 千瓦时 千瓦 小时 分钟 秒钟 世纪 年代 美元 欧元 港元 日元 英镑 号楼 周年 周岁 年 月 日 号 时 点 \
    分 秒 天 周 元 角 米 里 亩 顷 吨 斤 克 两 升 瓦 度 户 人 名 位 口 个 套 栋 幢 座 所 家 条 项 处 次 岁 \
    倍 期 层 级 楼 页 张 篇 章 节 届 件 辆 台 只 头 匹 棵 株 间 支 份 种 批 场 室 版";

/// Units in letters that follow a number after a blank.
const LATIN_UNITS: &str = "\
    mm cm dm m km mg g kg t ml mL l L ha mu m² m2 m³ m3 km² km2 s min h V kV A W kW MW GW kWh Hz kHz MHz \
    GHz KB MB GB TB dpi px pt °C % ‰ ℃";

/// Abbreviations that a number follows after a blank.
const BEFORE_NUMBERS: &str = "\
    No. Nos. no. Nr. p. pp. P. Vol. vol. Fig. fig. Tab. Ch. ch. Sec. Art. art. ca. US$ RMB CNY USD $ ¥ ￥ \
    € £ № §";

pub(super) fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || ('０'..='９').contains(&c)
}

/// Could stand between a number and the end of its unit.
pub(super) fn in_units(c: char) -> bool {
    [MULTIPLIERS, ABOUT, UNITS].iter().any(|set| set.contains(c))
}

/// Calls `keep` with each place (of the character after it) where no line may end, because it lies in a number or
/// between a number and what belongs to it.
pub(super) fn numbers(chars: &[char], mut keep: impl FnMut(usize)) {
    let mut i = 0;
    while let Some(start) = chars[i..].iter().position(|c| is_digit(*c)).map(|n| i + n) {
        if start > 0 && belongs_before(chars, start) {
            keep(start);
        }
        let mut end = start + 1;
        loop {
            let separator = chars.get(end).is_some_and(|c| is_separator(*c));
            if chars.get(end).is_some_and(|c| is_digit(*c)) {
                keep(end);
                end += 1;
            } else if separator && chars.get(end + 1).is_some_and(|c| is_digit(*c)) {
                keep(end);
                keep(end + 1);
                end += 2;
            } else {
                break;
            }
        }
        let after = unit_end(chars, end);
        (end..after).for_each(&mut keep);
        if chars.get(end) == Some(&' ') && latin_unit(&chars[end + 1..]) {
            keep(end + 1);
        }
        i = after.max(end);
    }
}

/// What joins the parts of a number, a time, a date or a range.
fn is_separator(c: char) -> bool {
    matches!(c, '.' | ',' | ':' | '/' | '-' | '–' | '—' | '～' | '~' | '·' | '×' | '．' | '：' | '−' | '－')
}

fn belongs_before(chars: &[char], start: usize) -> bool {
    let before = chars[start - 1];
    if before != ' ' {
        return matches!(
            before,
            '第' | '−' | '-' | '±' | '￥' | '¥' | '$' | '＄' | '€' | '£' | '№' | '－' | '＋' | '§'
        );
    }
    let word = &chars[..start - 1];
    BEFORE_NUMBERS.split(' ').any(|prefix| {
        let len = prefix.chars().count();
        let Some(at) = word.len().checked_sub(len) else { return false };
        let whole = !is_word(chars[at]) || at == 0 || !is_word(chars[at - 1]);
        whole && word[at..].iter().copied().eq(prefix.chars())
    })
}

/// Where the unit of a number ends that ends at `at`; `at` itself if there is none.
fn unit_end(chars: &[char], at: usize) -> usize {
    let while_in = |from: usize, set: &str| chars[from..].iter().take_while(|c| set.contains(**c)).count() + from;
    let mut end = while_in(at, MULTIPLIERS);
    if chars.get(end).is_some_and(|c| ABOUT.contains(*c)) {
        end = while_in(end + 1, MULTIPLIERS);
    }
    let Some(units) = chars.get(end).and_then(|first| units().get(first)) else { return end };
    let rest = &chars[end..];
    let stands = |unit: &&&str| unit.chars().zip(rest).filter(|(a, b)| a == *b).count() == unit.chars().count();
    end + units.iter().filter(stands).map(|unit| unit.chars().count()).max().unwrap_or(0)
}

/// Units by their first character.
fn units() -> &'static HashMap<char, Vec<&'static str>> {
    static TABLE: OnceLock<HashMap<char, Vec<&'static str>>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut table = HashMap::<char, Vec<&str>>::new();
        for unit in UNITS.split(' ') {
            let first = unit.chars().next().unwrap_or_default();
            table.entry(first).or_default().push(unit);
        }
        table
    })
}

fn latin_unit(rest: &[char]) -> bool {
    let len = rest.iter().take_while(|c| !c.is_whitespace() && !is_chinese(**c)).take(5).count();
    let word = &rest[..len];
    let word = match word.split_last() {
        Some(('.' | ',' | ';' | ')' | ':', before)) => before,
        _ => word,
    };
    LATIN_UNITS.split(' ').any(|unit| word.iter().copied().eq(unit.chars()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_what_belongs_to_them() {
        for expected in [
            "投|资|120亿元|的",
            "积|83.9万平方米|。",
            "410多万元|，",
            "28个|行",
            "第3章|好",
            "在|2016—2020年|间",
            "5:30|到",
            "N|o|.| 5| |i",
            "o|n|.| |5",
            "5| k|m| |a",
            "5| |k|n",
            "１２０元|钱",
            "￥100|的",
            "−5|℃",
            "40余套|。",
            "3个月|就",
            "7|.",
            "1,340.87万元",
        ] {
            let text: Vec<char> = expected.chars().filter(|c| *c != '|').collect();
            let mut kept = vec![false; text.len() + 1];
            numbers(&text, |i| kept[i] = true);
            let mut out = String::new();
            for (c, kept) in text.iter().zip(kept) {
                out.extend((!kept && !out.is_empty()).then_some('|'));
                out.push(*c);
            }
            assert_eq!(out, expected);
        }
    }
}
