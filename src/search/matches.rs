//! A query against a corpus: every place of every clause, in the documents that have them all.

use super::corpus::{Corpus, FieldIndex};
use super::engine::{Engine, Posting};
use super::evaluate::evaluate;
use super::query::Query;
use super::scan::literal;

/// A place of a clause.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Match {
    pub field: FieldIndex,
    /// In characters of the field's text.
    pub start: usize,
    pub end: usize,
    /// Index into [`Query::clauses`]; the first of the words if several were found as one.
    pub clause: usize,
}

impl Corpus {
    /// All matches of all clauses in the documents that have every clause and none of the negative ones, also those
    /// that overlap, by field, start and end; where two clauses match the same characters, the first of them. Demands
    /// are not looked at.
    pub fn search(&self, query: &Query) -> Vec<Match> {
        let found = evaluate(query, &self.scanned(), self);
        found.documents.iter().flat_map(|posting| found.locate(self, posting.document)).collect()
    }

    pub(super) fn scanned(&self) -> impl Engine {
        Scanned(self)
    }
}

/// Finds by reading everything.
#[derive(Debug)]
struct Scanned<'a>(&'a Corpus);

impl Engine for Scanned<'_> {
    fn find(&self, needle: &str) -> Vec<Posting> {
        let mut postings: Vec<Posting> = Vec::new();
        for hit in literal(&self.0.folded, needle) {
            let document = self.0.document_of(self.0.field_at(hit.byte)).index() as u32;
            match postings.last_mut() {
                Some(last) if last.document == document => last.count += 1,
                _ => postings.push(Posting { document, count: 1 }),
            }
        }
        postings
    }

    fn characters(&self, see: &mut dyn FnMut(char, u64)) {
        let mut counts = std::collections::BTreeMap::new();
        self.0.folded.chars().for_each(|c| *counts.entry(c).or_insert(0) += 1);
        counts.into_iter().filter(|(c, _)| *c != '\0').for_each(|(c, count)| see(c, count));
    }

    fn followers(&self, first: char, see: &mut dyn FnMut(char, u64)) {
        let mut counts = std::collections::BTreeMap::new();
        let pairs = self.0.folded.chars().zip(self.0.folded.chars().skip(1));
        pairs.filter(|(c, _)| *c == first).for_each(|(_, next)| *counts.entry(next).or_insert(0) += 1);
        counts.into_iter().filter(|(c, _)| *c != '\0').for_each(|(c, count)| see(c, count));
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::corpus::CorpusBuilder;
    use super::super::fold::fold;
    use super::super::scan::Hit;
    use super::*;

    fn corpus(documents: &[&[&str]]) -> Corpus {
        let mut builder = CorpusBuilder::new();
        for fields in documents {
            builder.document();
            fields.iter().for_each(|text| {
                builder.field(text);
            });
        }
        builder.build()
    }

    /// Matches as `field:start-end`.
    fn places(corpus: &Corpus, query: &str) -> Vec<String> {
        let matches = corpus.search(&Query::parse(query));
        matches.iter().map(|found| format!("{}:{}-{}", found.field.index(), found.start, found.end)).collect()
    }

    #[track_caller]
    fn check(documents: &[&[&str]], query: &str, expected: &[&str]) {
        assert_eq!(places(&corpus(documents), query), expected, "{query}");
    }

    #[test]
    fn every_place_is_found() {
        check(&[&["温泉与温泉镇"]], "温泉", &["0:0-2", "0:3-5"]);
        check(&[&["哈哈哈哈"]], "哈哈", &["0:0-2", "0:1-3", "0:2-4"]);
        check(&[&["𠮷𠮷温泉"]], "温泉", &["0:2-4"]);
        check(&[&["a温b"], &["温", "x温"]], "温", &["0:1-2", "1:0-1", "2:1-2"]);
        check(&[&["溫泉 ＰＤＦ"]], "温泉 pdf", &["0:0-2", "0:3-6"]);
        check(&[&["一，二,三"]], "，", &["0:1-2", "0:3-4"]);
        check(&[&["温泉"]], "矿泉", &[]);
    }

    #[test]
    fn no_match_reaches_into_the_next_text() {
        check(&[&["温", "泉"]], "温泉", &[]);
        check(&[&["温", "泉"]], "wenquan", &[]);
        check(&[&["温\0泉"]], "\"温\0泉\"", &["0:0-3"]);
    }

    #[test]
    fn a_document_has_all_terms_in_any_of_its_fields() {
        let documents: &[&[&str]] = &[&["温泉", "规划"], &["温泉"], &["规划"]];
        check(documents, "温泉 规划", &["0:0-2", "1:0-2"]);
        check(documents, "温泉 规划 镇", &[]);
        check(documents, "规划 wenquan", &["0:0-2", "1:0-2"]);
    }

    #[test]
    fn a_negative_term_leaves_documents_out() {
        let documents: &[&[&str]] = &[&["温泉", "规划"], &["温泉镇"], &["规划"]];
        check(documents, "温泉 -规划", &["2:0-2"]);
        check(documents, "温泉 -guihua", &["2:0-2"]);
        check(documents, "温泉 -guih", &["0:0-2", "2:0-2"]);
        check(documents, "温泉 -gh", &["0:0-2", "2:0-2"]);
        check(documents, "温泉 -\"guihua\"", &["0:0-2", "2:0-2"]);
        check(documents, "-规划", &[]);
    }

    #[test]
    fn the_same_place_is_listed_once() {
        check(&[&["温泉镇"]], "温泉 溫泉 温 wenquan", &["0:0-1", "0:0-2"]);
        let found = corpus(&[&["温泉"]]).search(&Query::parse("泉 温泉 wenquan"));
        assert_eq!(found.iter().map(|found| found.clause).collect::<Vec<_>>(), [1, 0]);
    }

    #[test]
    fn a_phrase_is_found_as_it_is_written() {
        check(&[&["温泉 规划", "规划 温泉"]], "\"温泉 规划\"", &["0:0-5"]);
        check(&[&["温泉"]], "\"wenquan\"", &[]);
        check(&[&["温泉 Wenquan"]], "\"wenquan\"", &["0:3-10"]);
    }

    #[test]
    fn words_are_one_word_if_that_is_found() {
        check(&[&["温泉与温水"]], "wen quan", &["0:0-2"]);
        check(&[&["温泉镇"]], "wen quan zhen", &["0:0-3"]);
        check(&[&["温泉镇"]], "wen q", &["0:0-2"]);
        check(&[&["温与泉"]], "wen quan", &["0:0-1", "0:2-3"]);
        check(&[&["广成泽的温泉"]], "guang cheng ze wen quan", &["0:0-3", "0:4-6"]);
        check(&[&["西安"], &["先"]], "xi an", &["0:0-2"]);
    }

    #[test]
    fn words_that_are_written_count_beside_the_joined_one() {
        check(&[&["he can"], &["河参"]], "he can", &["0:0-2", "0:3-6", "1:0-2"]);
        check(&[&["he"], &["河参"]], "he can", &["1:0-2"]);
    }

    /// Text and the ways of writing a part of it, all of which fold to the same.
    fn texts() -> impl Strategy<Value = Vec<Vec<String>>> {
        let c = prop::sample::select("温溫泉广廣aAａÁb1１，,。 \u{3000}\n“\"𠮷é-—".chars().collect::<Vec<_>>());
        let text = prop::collection::vec(c, 0..12).prop_map(String::from_iter);
        prop::collection::vec(prop::collection::vec(text, 0..4), 1..4)
    }

    fn rewritten(c: char, choice: usize) -> char {
        const GROUPS: [&str; 8] = ["温溫", "广廣", "aAａÁ", "1１", "，,", " \u{3000}\n", "“\"", "-—"];
        let group = GROUPS.iter().find(|group| group.contains(c)).copied().unwrap_or_default();
        group.chars().nth(choice % group.chars().count().max(1)).unwrap_or(c)
    }

    fn naive(corpus: &Corpus, wanted: &str) -> Vec<(usize, usize, usize)> {
        let wanted: Vec<char> = fold(wanted).chars().collect();
        let mut places = Vec::new();
        for field in 0..corpus.fields.len() {
            let text: Vec<char> = fold(corpus.text(FieldIndex::new(field))).chars().collect();
            for start in 0..text.len() {
                if text[start..].starts_with(&wanted) {
                    places.push((field, start, start + wanted.len()));
                }
            }
        }
        places
    }

    /// A search for one text as it is written, past what a query reads into quotes and blanks.
    fn literal_search(corpus: &Corpus, wanted: &str) -> Vec<(usize, usize, usize)> {
        let place = |hit: Hit| {
            let field = corpus.field_at(hit.byte).index();
            let start = corpus.folded[corpus.fields[field].folded.start..hit.byte].chars().count();
            (field, start, start + hit.chars)
        };
        literal(&corpus.folded, &fold(wanted)).into_iter().map(place).collect()
    }

    proptest! {
        #[test]
        fn what_is_written_is_found_exactly_where_a_naive_scan_finds_it(
            documents in texts(),
            (field, start, len) in any::<(prop::sample::Index, prop::sample::Index, prop::sample::Index)>(),
            choice in 0..4_usize,
            absent in any::<bool>(),
        ) {
            let fields: Vec<&String> = documents.iter().flatten().collect();
            let mut builder = CorpusBuilder::new();
            for document in &documents {
                builder.document();
                document.iter().for_each(|text| { builder.field(text); });
            }
            let corpus = builder.build();

            let chars: Vec<char> = if fields.is_empty() { Vec::new() } else { field.get(&fields).chars().collect() };
            let start = start.index(chars.len() + 1);
            let len = len.index(chars.len() - start + 1);
            let mut wanted: String = chars[start..start + len].iter().map(|c| rewritten(*c, choice)).collect();
            let absent = absent || wanted.is_empty();
            if absent {
                wanted.push('矿');
            }
            let expected = naive(&corpus, &wanted);
            prop_assert_eq!(expected.is_empty(), absent);
            prop_assert_eq!(literal_search(&corpus, &wanted), expected.clone());

            let folded = fold(&wanted);
            if !folded.contains('"') {
                let found = corpus.search(&Query::parse(&format!("“{wanted}”")));
                let found: Vec<_> = found.iter().map(|found| (found.field.index(), found.start, found.end)).collect();
                prop_assert_eq!(&found, &expected);
            }
            if !folded.contains(['"', ' ', '-', 'a', 'b', 'e']) {
                let found = corpus.search(&Query::parse(&wanted));
                let found: Vec<_> = found.iter().map(|found| (found.field.index(), found.start, found.end)).collect();
                prop_assert_eq!(found, expected);
            }
        }
    }
}
