//! What a library answers to what is typed and chosen.

use std::collections::HashMap;
use std::ops::{ControlFlow, Range};
use std::sync::Arc;

use super::attributes::Attributes;
use super::facets::Facets;
use super::filter::{Filter, Sieve};
use super::order::{Order, Ranked};
use super::{Field, FieldPlace, Library, Target};
use crate::archive::{Archive, ArchiveId, ReportId, SectionId};
use crate::markdown::BlockKind;
use crate::search::engine::{Engine as _, Posting, SEPARATOR};
use crate::search::{
    Candidate, Evaluation, Ground, Match, Query, QueryProblem, Suggestion, Zone, candidates, evaluate_beginning,
    evaluate_on, parallel, relevance, suggestions,
};

/// What is asked of a library.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Request {
    /// As typed.
    pub words: String,
    /// What is chosen besides.
    pub filter: Filter,
    pub order: Order,
    /// Documents that are listed at most.
    pub most: usize,
    /// Of what says too little, words may be offered instead of an answer.
    pub may_offer: bool,
    /// Of the answer before.
    pub basis: Option<Arc<Basis>>,
}

/// What of an answer the next one can begin with.
#[derive(Debug)]
pub struct Basis {
    /// Whose documents they are.
    attributes: Arc<Attributes>,
    ground: Ground,
}

impl PartialEq for Basis {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.attributes, &other.attributes) && self.ground == other.ground
    }
}

impl Request {
    /// Everything that the words find, in reading order.
    pub fn everything(words: &str) -> Self {
        Self {
            words: words.to_owned(),
            filter: Filter::default(),
            order: Order::Reading,
            most: usize::MAX,
            may_offer: false,
            basis: None,
        }
    }
}

/// One place where a word of the query stands.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Hit {
    pub archive: ArchiveId,
    pub place: FieldPlace,
    /// Characters of that text; empty at its beginning where a document was asked for by other things than its words.
    pub range: Range<usize>,
}

/// Hits that belong to one section, or to a report as a whole.
#[derive(Clone, Debug, PartialEq)]
pub struct HitGroup {
    pub archive: ArchiveId,
    pub heading: GroupHeading,
    pub hits: Vec<Hit>,
}

/// What of its archive a group belongs to.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum GroupHeading {
    Archive,
    /// A report's own title, kicker, metadata, and photos that stand with no section.
    Report(ReportId),
    Section(SectionId),
}

/// What a query found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    /// Of the documents that come first.
    pub groups: Vec<HitGroup>,
    /// Hits in the groups.
    pub listed: usize,
    /// Hits in all documents.
    pub count: usize,
    pub documents: usize,
    /// Documents that are not listed.
    pub unlisted: usize,
    /// Documents that the words find but the filter leaves out.
    pub filtered_out: usize,
    pub facets: Facets,
    /// Words of the archives for what is typed in pinyin, once they are [known](Library::candidates).
    pub candidates: Option<Candidates>,
    /// What was typed says too little: one of the candidates is to be chosen.
    pub choose_candidate: bool,
    /// Where nothing was found: the nearest strings that do stand somewhere, once they are [known](Library::nearest).
    pub suggestions: Vec<Suggestion>,
    /// What of the query was not understood.
    pub problems: Vec<QueryProblem>,
    /// The letters of that were left out, since nothing has them as well.
    pub left_out: bool,
    /// Only the first documents were looked into.
    pub unfinished: bool,
    /// For the next [`Request`].
    pub basis: Option<Arc<Basis>>,
}

impl Found {
    /// The words stand nowhere, whatever is chosen besides.
    pub fn is_nothing(&self) -> bool {
        self.documents == 0 && self.filtered_out == 0 && !self.choose_candidate
    }
}

/// What was found in the beginning of a library.
#[derive(Clone, Debug, PartialEq)]
pub struct First {
    pub found: Found,
    /// How many times as many documents the library has.
    pub times: f64,
}

/// Words that may be meant by pinyin.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidates {
    /// The characters of what was typed that they stand for.
    pub typed: Range<usize>,
    /// The likeliest first.
    pub words: Vec<Candidate>,
}

impl Candidates {
    /// What was typed, with a candidate in the place of its pinyin.
    pub fn chosen(&self, words: &str, index: usize) -> Option<String> {
        let candidate = self.words.get(index)?;
        let before: String = words.chars().take(self.typed.start).collect();
        let after: String = words.chars().skip(self.typed.end).collect();
        Some(format!("{before}{}{after}", candidate.text))
    }
}

/// Shown a document with its hits, says whether to go on.
pub type See<'a> = &'a mut dyn FnMut(ArchiveId, Target, &[Hit]) -> ControlFlow<()>;

/// How many suggestions an empty result offers.
const SUGGESTIONS: usize = 6;
const CANDIDATES: usize = 9;
/// Values of each dimension that are offered besides those that are chosen.
const FACET_VALUES: usize = 12;
/// Documents whose relevance is computed. Of more, those with the words in a title and with most places are.
const RANKED: usize = 4_000;
/// In libraries of more documents, two initials stand for so much that they find nothing but candidates.
const FEW_DOCUMENTS: u32 = 2_000;

impl Library {
    /// Everything that is asked for, as far as it is listed.
    pub fn search(&self, request: &Request) -> Found {
        let query = Query::parse(&request.words);
        if self.says_too_little(request, &query) && self.candidates(request).is_some() {
            return Found { problems: query.problems, choose_candidate: true, ..Found::default() };
        }
        let evaluation = evaluate_on(&query, &self.engine, self.ground(request));
        let basis = |ground| Arc::new(Basis { attributes: Arc::clone(&self.attributes), ground });
        Found { basis: evaluation.ground(&query).map(basis), ..self.found(request, &query, &evaluation) }
    }

    /// What of the answer before tells of this library.
    fn ground<'a>(&self, request: &'a Request) -> Option<&'a Ground> {
        let same = |basis: &&Arc<Basis>| Arc::ptr_eq(&basis.attributes, &self.attributes);
        request.basis.as_ref().filter(same).map(|basis| &basis.ground)
    }

    /// What is found in the first documents of a large library, which takes a small part of the time of [`Self::search`].
    /// `None` if that is nothing, or if what is asked may mean something else in all documents.
    pub fn search_beginning(&self, request: &Request) -> Option<First> {
        let engine = self.beginning.clone()?;
        let query = Query::parse(&request.words);
        let soon = self.ground(request).is_some_and(|ground| ground.bears_all(&query));
        if soon || self.says_too_little(request, &query) {
            return None;
        }
        let evaluation = evaluate_beginning(&query, &engine, &self.engine)?;
        let times = f64::from(self.engine.documents()) / f64::from(engine.documents());
        let found = Self { engine, ..self.clone() }.found(request, &query, &evaluation);
        (found.documents > 0).then_some(First { found: Found { unfinished: true, ..found }, times })
    }

    fn says_too_little(&self, request: &Request, query: &Query) -> bool {
        request.may_offer && self.engine.documents() > FEW_DOCUMENTS && query.is_two_initials()
    }

    fn found(&self, request: &Request, query: &Query, evaluation: &Evaluation) -> Found {
        let mut found = Found { problems: query.problems.clone(), left_out: evaluation.left_out, ..Found::default() };
        let sieve = Sieve::new(&self.attributes, &request.filter, &query.demands);
        found.facets = sieve.facets(self.while_wanted(&evaluation.documents).copied(), FACET_VALUES);
        (found.documents, found.count) = (found.facets.documents, found.facets.hits as usize);
        if found.documents == 0 && !request.filter.is_empty() {
            let sieve = Sieve::new(&self.attributes, &Filter::default(), &query.demands);
            found.filtered_out =
                self.while_wanted(&evaluation.documents).filter(|with| sieve.accepts(with.document)).count();
        }
        found.unlisted = found.documents.saturating_sub(request.most);
        let listed = self.listed(request, query, evaluation, &sieve);
        found.groups = self.groups(evaluation, listed);
        found.listed = found.groups.iter().map(|group| group.hits.len()).sum();
        found
    }

    /// Shows every document that is asked for with its hits, in order, until told to stop.
    pub fn each(&self, request: &Request, see: See<'_>) -> ControlFlow<()> {
        let query = Query::parse(&request.words);
        let evaluation = evaluate_on(&query, &self.engine, self.ground(request));
        let sieve = Sieve::new(&self.attributes, &request.filter, &query.demands);
        for document in self.listed(request, &query, &evaluation, &sieve) {
            let (archive, target) = self.target(document);
            see(archive, target, &self.hits(&evaluation, document))?;
        }
        ControlFlow::Continue(())
    }

    /// Nothing more once the search is cancelled: what was found can be most of a large library.
    fn while_wanted<'a>(&'a self, found: &'a [Posting]) -> impl Iterator<Item = &'a Posting> {
        found.iter().take_while(|_| !self.engine.is_cancelled())
    }

    /// The documents that come first, in order.
    fn listed(
        &self,
        request: &Request,
        query: &Query,
        evaluation: &Evaluation,
        sieve: &Sieve<'_>,
    ) -> impl Iterator<Item = u32> + use<> {
        let passing = self.while_wanted(&evaluation.documents).filter(|with| sieve.accepts(with.document));
        let mut passing: Vec<Posting> = passing.copied().collect();
        let relevant = request.order == Order::Relevance;
        if relevant && passing.len() > RANKED {
            self.preselect(query, &mut passing);
        }
        let score = |document: u32| {
            let matches = evaluation.locate(&self.engine, document);
            let chars = self.engine.text(document).chars().count();
            relevance(&matches, chars, |found| self.zone(found))
        };
        let (scored, others) = passing.split_at(if relevant { passing.len().min(RANKED) } else { 0 });
        let scored = parallel::filter_map(
            scored,
            || (),
            |(), with| {
                let wanted = !self.engine.is_cancelled();
                wanted.then(|| Ranked { document: with.document, score: score(with.document) })
            },
        );
        let others = others.iter().map(|with| Ranked { document: with.document, score: 0.0 });
        let first = request.order.first(&self.attributes, scored.into_iter().chain(others), request.most);
        first.into_iter().map(|ranked| ranked.document)
    }

    /// Puts first the documents that can be the most relevant: those with a word in their title, then those with most
    /// places.
    fn preselect(&self, query: &Query, passing: &mut [Posting]) {
        let titled = self.attributes.titled(query.terms.iter().filter(|term| !term.negative).map(|term| &*term.folded));
        passing.select_nth_unstable_by_key(RANKED, |with| {
            (!titled.contains(with.document), std::cmp::Reverse(with.count))
        });
    }

    /// What the text of a match is to its document.
    fn zone(&self, found: &Match) -> Zone {
        let (archive, place) = self.place(found.document, found.text);
        match (place.field, place.target) {
            (Field::Title, _) => Zone::Title,
            (Field::Subtitle | Field::Kicker, _) => Zone::Heading,
            (Field::Caption, _) => Zone::Caption,
            (Field::Body, Target::Section(section)) => {
                let document = &self.archive(archive).section(section).document;
                let block = document.block_at(found.start);
                match document.blocks.get(block).map(|block| &block.kind) {
                    Some(BlockKind::Heading { .. }) => Zone::Heading,
                    _ => Zone::Body,
                }
            }
            _ => Zone::Body,
        }
    }

    /// The hits of documents, those together that belong to the same section.
    fn groups(&self, evaluation: &Evaluation, documents: impl Iterator<Item = u32>) -> Vec<HitGroup> {
        let mut groups: Vec<HitGroup> = Vec::new();
        let mut known: HashMap<(ArchiveId, GroupHeading), usize> = HashMap::new();
        for document in documents {
            let (archive, target) = self.target(document);
            let heading = heading(self.archive(archive), target);
            let group = *known.entry((archive, heading)).or_insert_with(|| {
                groups.push(HitGroup { archive, heading, hits: Vec::new() });
                groups.len() - 1
            });
            groups[group].hits.extend(self.hits(evaluation, document));
        }
        groups
    }

    /// Where a document was found: at its beginning, if by other things than its words.
    fn hits(&self, evaluation: &Evaluation, document: u32) -> Vec<Hit> {
        let matches = evaluation.locate(&self.engine, document).into_iter();
        let hit = |found: Match| {
            let (archive, place) = self.place(document, found.text);
            Hit { archive, place, range: found.start..found.end }
        };
        let hits: Vec<Hit> = matches.map(hit).collect();
        if hits.is_empty() { self.beginning(document).into_iter().collect() } else { hits }
    }

    /// The beginning of a document's longest text.
    fn beginning(&self, document: u32) -> Option<Hit> {
        let texts = self.engine.text(document).split_terminator(SEPARATOR);
        let (text, _) = texts.enumerate().max_by_key(|(_, text)| text.len())?;
        let (archive, place) = self.place(document, text);
        Some(Hit { archive, place, range: 0..0 })
    }

    /// The nearest strings that do stand somewhere, for words that [found nothing](Found::is_nothing). Takes longer than
    /// [`Self::search`].
    pub fn nearest(&self, request: &Request) -> Vec<Suggestion> {
        let query = Query::parse(&request.words);
        if query.is_empty() { Vec::new() } else { suggestions(&query, &self.engine, self, SUGGESTIONS) }
    }

    /// Words of the archives for the last of what is typed in pinyin. Takes longer than [`Self::search`].
    pub fn candidates(&self, request: &Request) -> Option<Candidates> {
        let words = &request.words;
        let typed = Query::parse(words).last_spelled()?;
        let spelled: String = words.chars().skip(typed.start).take(typed.len()).collect();
        let words = candidates(&self.engine, self, &spelled, &self.favoured, CANDIDATES);
        (!words.is_empty()).then_some(Candidates { typed, words })
    }
}

fn heading(archive: &Archive, target: Target) -> GroupHeading {
    match target {
        Target::Archive => GroupHeading::Archive,
        Target::Report(id) => GroupHeading::Report(id),
        Target::Section(id) => GroupHeading::Section(id),
        Target::Photo(id) => match archive.photo(id).section {
            Some(section) => GroupHeading::Section(section),
            None => GroupHeading::Report(archive.photo(id).report),
        },
        Target::Figure(id) => GroupHeading::Section(archive.figure(id).section),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;
    use crate::archive::{Source, load};
    use crate::library::testing::{beginning_with, observed};
    use crate::search::CancelToken;
    use crate::search::testing::indexed;

    /// Threads that may be about to ask while another one cancels.
    const THREADS: usize = 8;

    type Everything = (Found, Option<Candidates>, Vec<Suggestion>);

    fn everything(library: &Library, request: &Request) -> Everything {
        let found = library.search(request);
        let nearest = if found.is_nothing() { library.nearest(request) } else { Vec::new() };
        (found, library.candidates(request), nearest)
    }

    /// Searches, and cancels at the question of that number. Returns also how many questions there were.
    fn cancelled_at(library: &Library, request: &Request, number: usize) -> (Option<Everything>, usize) {
        let (token, asked) = (CancelToken::default(), Arc::new(AtomicUsize::new(0)));
        let see = {
            let (token, asked) = (token.clone(), Arc::clone(&asked));
            move || {
                if asked.fetch_add(1, Ordering::Relaxed) == number {
                    token.cancel();
                }
            }
        };
        let found = observed(library, see).unless_cancelled(&token, |library| everything(library, request));
        (found, asked.load(Ordering::Relaxed))
    }

    #[test]
    fn what_is_found_first_is_a_part_of_what_is_found() {
        let library = beginning_with(&Library::new(load(Source::Embedded).expect("the bundled archive")), 10_000);
        for typed in ["温泉", "wenquan", "gcz", ">5", "温泉 -规划"] {
            let request = Request::everything(typed);
            let first = library.search_beginning(&request).expect(typed);
            let all = library.search(&request);
            assert!(first.found.unfinished && !all.unfinished && first.times > 2.0);
            assert!(0 < first.found.documents && first.found.documents < all.documents, "{typed}");
            let hits = |found: &Found| found.groups.iter().flat_map(|group| group.hits.clone()).collect::<Vec<_>>();
            let (first, all) = (hits(&first.found), hits(&all));
            assert!(first.iter().all(|hit| all.contains(hit)), "{typed}");
        }
        let small = Library::new(load(Source::Embedded).expect("the bundled archive"));
        assert_eq!(small.search_beginning(&Request::everything("温泉")), None);
    }

    #[test]
    fn a_search_that_is_cancelled_asks_no_more_and_says_nothing() {
        let read = Library::new(load(Source::Embedded).expect("the bundled archive"));
        let first = read.volume(read.first());
        let looked_up = read.with_volumes(vec![(read.first(), Arc::new(first.with_index(indexed(&*first.engine))))]);
        for typed in [
            "的",
            "温泉 规划",
            "温泉 -规划",
            "wenquan",
            "wen quan zhen",
            "wenq",
            "gcz",
            "wq",
            "wenqaun",
            "温泉 ~9 镇",
            "温泉*镇",
            ">100亿元",
            ">5",
            "火星基地",
            "年:2017",
            "温泉 年:17",
            "m2",
        ] {
            let request = Request { order: Order::Relevance, most: 20, ..Request::everything(typed) };
            for library in [&read, &looked_up] {
                let whole = everything(library, &request);
                let (found, all) = cancelled_at(library, &request, usize::MAX);
                assert_eq!(found.as_ref(), Some(&whole), "{typed}");
                for number in (0..all).step_by(all.div_ceil(40)) {
                    let (found, asked) = cancelled_at(library, &request, number);
                    assert!(found.is_none(), "{typed} at {number} of {all}");
                    assert!(asked <= number + THREADS, "{typed} at {number} of {all}: {asked}");
                }
            }
        }
    }
}
