//! A string, or a way of reading letters, against one folded text: every place where it stands.

use memchr::memmem::Finder;

use super::automaton::Automaton;
use super::spelling::{Mode, Spelling};
use super::walk::Walk;

/// A place in the folded texts.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) struct Hit {
    pub byte: usize,
    /// Length in characters.
    pub chars: usize,
}

/// The ways of reading a term, the likeliest first: the first one that finds anything is meant.
pub(super) fn readings(spelling: &Spelling) -> impl Iterator<Item = Automaton> {
    let modes = spelling.modes().iter().filter(|mode| **mode != Mode::Initials || spelling.has_initials());
    modes.map(|mode| Automaton::new(spelling, *mode))
}

/// Every place where a needle stands in the folded texts, also those that overlap.
pub(super) fn literal(folded: &str, finder: &Finder<'_>) -> Vec<Hit> {
    let mut hits = Vec::new();
    let needle = finder.needle();
    if needle.is_empty() {
        return hits;
    }
    let chars = needle.iter().filter(|byte| **byte & 0xc0 != 0x80).count();
    let mut from = 0;
    while let Some(offset) = finder.find(&folded.as_bytes()[from..]) {
        hits.push(Hit { byte: from + offset, chars });
        from += offset + 1;
    }
    hits
}

/// Every place where a match of the automaton begins, with the longest one.
pub(super) fn spelled(folded: &str, automaton: &Automaton) -> Vec<Hit> {
    places(folded, automaton, &mut Walk::new(automaton)).collect()
}

/// The same, with what the walk of the automaton remembers from other texts.
pub(super) fn places<'a>(folded: &'a str, automaton: &'a Automaton, walk: &'a mut Walk) -> impl Iterator<Item = Hit> {
    let begins = folded.char_indices().filter(|(_, c)| automaton.may_begin(*c));
    begins.filter_map(|(byte, _)| hit_at(folded, byte, walk))
}

fn hit_at(folded: &str, byte: usize, walk: &mut Walk) -> Option<Hit> {
    walk.longest(&folded[byte..]).map(|chars| Hit { byte, chars })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::fold::fold;
    use super::super::pinyin::readings;
    use super::super::query::Query;
    use super::super::testing::hits;
    use super::*;

    fn found(text: &str, typed: &str) -> Vec<String> {
        let folded = fold(text);
        let query = Query::parse(typed);
        let text_of = |hit: Hit| folded[hit.byte..].chars().take(hit.chars).collect();
        hits(&folded, &query.terms[0]).into_iter().map(text_of).collect()
    }

    #[track_caller]
    fn check(text: &str, typed: &str, expected: &[&str]) {
        assert_eq!(found(text, typed), expected, "{typed} in {text}");
    }

    #[test]
    fn characters_are_found_by_their_sound() {
        for typed in ["wenquan", "wq", "温quan", "温q", "wen泉", "w泉", "wenq", "WENQUAN", "ｗｅｎｑｕａｎ", "wēnquán"]
        {
            check("汝州温泉镇", typed, &["温泉"]);
        }
        check("汝州温泉镇", "quanzhen", &["泉镇"]);
        check("汝州溫泉鎮", "wenquanzhen", &["温泉镇"]);
        check("广成泽", "gcz", &["广成泽"]);
        check("广成泽", "gchz", &["广成泽"]);
        check("汝州温泉镇", "\"wenquan\"", &[]);
        check("汝州温泉镇", "wenquanshi", &[]);
        check("A股第3年", "agu", &["a股"]);
        check("A股第3年", "di3nian", &["第3年"]);
    }

    #[test]
    fn characters_have_many_readings() {
        for typed in ["chongqing", "zhongqing"] {
            check("重庆银行", typed, &["重庆"]);
        }
        for typed in ["yinhang", "yinxing"] {
            check("重庆银行", typed, &["银行"]);
        }
        check("长安", "changan", &["长安"]);
        check("乾隆", "qianlong", &["干隆"]);
    }

    #[test]
    fn letters_are_cut_into_syllables_in_every_way() {
        check("西安先", "xian", &["西安", "先"]);
        check("西安先", "xi'an", &["西安"]);
        check("西安先", "xi’an", &["西安"]);
        check("方案与翻案", "fangan", &["方案"]);
    }

    #[test]
    fn u_umlaut_is_typed_in_three_ways() {
        for typed in ["nv", "nü", "NÜ"] {
            check("女绿略", typed, &["女"]);
        }
        check("女绿略", "lv", &["绿", "略"]);
        for typed in ["lve", "lue", "lüe"] {
            check("女绿略", typed, &["略"]);
        }
        check("虐", "nue", &["虐"]);
        check("全局", "quanjü", &["全局"]);
    }

    #[test]
    fn what_is_written_in_letters_is_found_too() {
        check("wenquan 温泉", "wenquan", &["wenquan", "温泉"]);
        check("Xi'an 西安", "xi'an", &["xi'an", "西安"]);
        check("Report", "rep", &["rep"]);
    }

    #[test]
    fn a_likelier_reading_hides_the_others() {
        check("先下年", "xian", &["先"]);
        check("下年", "xian", &["下年"]);
        check("是是海岛", "shi", &["是", "是"]);
        check("时候与上海", "sh", &["时", "上"]);
        check("温泉与文区", "wenqu", &["温泉", "文区"]);
    }

    #[test]
    fn an_abbreviation_that_is_written_means_itself() {
        check("GDP和广大平原", "GDP", &["gdp"]);
        check("GDP和广大平原", "gdp", &["gdp", "广大平"]);
        check("广大平原", "GDP", &["广大平"]);
        check("5G与5个", "5G", &["5g"]);
        check("a与啊", "a", &["a"]);
    }

    /// Characters with two letters or more in each reading.
    const SOUNDING: &str = "温泉重庆银行西安先长女绿略方案翻成";

    proptest! {
        #[test]
        fn what_is_spelled_by_any_reading_is_found(
            chars in prop::collection::vec(prop::sample::select(SOUNDING.chars().collect::<Vec<_>>()), 1..12),
            (start, len) in any::<(prop::sample::Index, prop::sample::Index)>(),
            choices in prop::collection::vec(0..8_usize, 12),
            apart in any::<bool>(),
        ) {
            let start = start.index(chars.len());
            let len = 1 + len.index(chars.len() - start);
            let spelled: Vec<&str> = chars[start..start + len].iter().zip(choices).map(|(c, choice)| {
                let readings: Vec<_> = readings(*c).collect();
                readings[choice % readings.len()]
            }).collect();
            let typed = spelled.join(if apart { "'" } else { "" });
            let text: String = chars.iter().collect();
            let query = Query::parse(&typed);
            let byte = start * '温'.len_utf8();
            let found = hits(&text, &query.terms[0]);
            prop_assert!(found.iter().any(|hit| hit.byte == byte && hit.chars >= len), "{typed} in {text}");
        }
    }
}
