//! A query against a corpus: every place of every term, in the documents that have them all.

use super::automaton::Automaton;
use super::corpus::{Corpus, DocumentIndex, FieldIndex};
use super::query::{Query, Term};
use super::scan::{Hit, hits, literal, spelled, spelled_at, unwanted_hits};
use super::spelling::Spelling;

/// A place of a term.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Match {
    pub field: FieldIndex,
    /// In characters of the field's text.
    pub start: usize,
    pub end: usize,
    /// Index into [`Query::terms`]; the first of the words if several were found as one.
    pub term: usize,
}

/// The hits of a term, in order.
struct Found {
    term: usize,
    hits: Vec<Hit>,
}

impl Corpus {
    /// All matches of all terms in the documents that have every term and none of the negative ones, also those that
    /// overlap, by field, start and end; where two terms match the same characters, the first of them.
    pub fn search(&self, query: &Query) -> Vec<Match> {
        if query.is_empty() {
            return Vec::new();
        }
        let mut kept = vec![true; self.documents];
        let mut found: Vec<Found> = Vec::new();
        let mut term = 0;
        while let Some(wanted) = query.terms.get(term) {
            if wanted.negative {
                term += 1;
                continue;
            }
            let mut part = Vec::new();
            if let Some(end) = self.find_joined(query, term, &mut part) {
                term = end;
            } else {
                part.push(Found { term, hits: hits(&self.folded, wanted) });
                term += 1;
            }
            let with = self.documents_with(part.iter().map(|found| found.hits.as_slice()));
            kept.iter_mut().zip(with).for_each(|(kept, with)| *kept &= with);
            if !kept.contains(&true) {
                return Vec::new();
            }
            found.append(&mut part);
        }
        for unwanted in query.terms.iter().filter(|term| term.negative) {
            let with = self.documents_with([unwanted_hits(&self.folded, unwanted).as_slice()]);
            kept.iter_mut().zip(with).for_each(|(kept, with)| *kept &= !with);
        }

        let mut matches = Vec::new();
        for Found { term, hits } in &found {
            self.locate(*term, hits, &kept, &mut matches);
        }
        matches.sort();
        matches.dedup_by_key(|found| (found.field, found.start, found.end));
        matches
    }

    /// The words from `first` on as one word of pinyin, as many of them as are found so together, and the words
    /// themselves in the documents where they all stand as written. Returns the next word; `None` if no two words are
    /// found together.
    fn find_joined(&self, query: &Query, first: usize, found: &mut Vec<Found>) -> Option<usize> {
        let words = &query.terms[first..query.run_end(first)];
        let mut joined: Option<(usize, Vec<Hit>)> = None;
        for len in 2..=words.len() {
            let spelling = Spelling::joined(words[..len].iter().filter_map(Term::spelling));
            let automaton = Automaton::new(&spelling, spelling.joined_mode());
            // Where the longer word begins, the shorter one began.
            let hits = match &joined {
                None => spelled(&self.folded, &automaton),
                Some((_, shorter)) => spelled_at(&self.folded, shorter, &automaton),
            };
            if hits.is_empty() {
                break;
            }
            joined = Some((len, hits));
        }
        let (len, hits) = joined?;
        found.push(Found { term: first, hits });

        let written: Vec<Vec<Hit>> = words[..len].iter().map(|word| literal(&self.folded, &word.folded)).collect();
        let mut all = vec![true; self.documents];
        for hits in &written {
            all.iter_mut().zip(self.documents_with([hits.as_slice()])).for_each(|(all, with)| *all &= with);
        }
        for (i, mut hits) in written.into_iter().enumerate() {
            hits.retain(|hit| all[self.document_at(*hit).index()]);
            found.push(Found { term: first + i, hits });
        }
        Some(first + len)
    }

    fn document_at(&self, hit: Hit) -> DocumentIndex {
        self.document_of(self.field_at(hit.byte))
    }

    /// For each document whether it has one of the hits.
    fn documents_with<'a>(&self, lists: impl IntoIterator<Item = &'a [Hit]>) -> Vec<bool> {
        let mut with = vec![false; self.documents];
        for hits in lists {
            let mut field_end = 0;
            for hit in hits {
                if hit.byte >= field_end {
                    let field = &self.fields[self.field_at(hit.byte).index()];
                    with[field.document.index()] = true;
                    field_end = field.folded.end;
                }
            }
        }
        with
    }

    /// Hits, in order, as matches, of those documents that are `kept`.
    fn locate(&self, term: usize, mut hits: &[Hit], kept: &[bool], matches: &mut Vec<Match>) {
        while let Some(first) = hits.first() {
            let index = self.field_at(first.byte);
            let field = &self.fields[index.index()];
            let (here, after) = hits.split_at(hits.partition_point(|hit| hit.byte < field.folded.end));
            hits = after;
            if !kept[field.document.index()] {
                continue;
            }
            let (mut byte, mut start) = (field.folded.start, 0);
            for hit in here {
                start += self.folded[byte..hit.byte].chars().count();
                byte = hit.byte;
                matches.push(Match { field: index, start, end: start + hit.chars, term });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::corpus::CorpusBuilder;
    use super::super::fold::fold;
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
        assert_eq!(found.iter().map(|found| found.term).collect::<Vec<_>>(), [1, 0]);
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
        let mut matches = Vec::new();
        corpus.locate(0, &literal(&corpus.folded, &fold(wanted)), &vec![true; corpus.documents], &mut matches);
        matches.iter().map(|found| (found.field.index(), found.start, found.end)).collect()
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
