//! Several engines as one: their documents, one engine's after the other's.

use std::sync::{Arc, OnceLock};

use memchr::memmem::Finder;

use super::super::amount::AmountRange;
use super::scan::read_amounts;
use super::{Chains, Count, Densest, Engine, Posting, TextPlace};
use crate::search::cancel::CancelToken;
use crate::search::vocabulary::Vocabulary;

/// Engines in their order.
#[derive(Clone, Debug, Default)]
pub struct Joined {
    /// Each with the number of its first document.
    parts: Arc<[(u32, Arc<dyn Engine>)]>,
    documents: u32,
    /// Of several parts, made when it is first asked for.
    vocabulary: Arc<OnceLock<Vocabulary>>,
    token: CancelToken,
}

impl Joined {
    pub fn new(engines: impl IntoIterator<Item = Arc<dyn Engine>>) -> Self {
        let mut documents = 0;
        let part = |engine: Arc<dyn Engine>| {
            let first = documents;
            documents += engine.documents();
            (first, engine)
        };
        let parts = engines.into_iter().map(part).collect();
        Self { parts, documents, ..Self::default() }
    }

    /// The same engine, which is asked no more once the token is cancelled: it then has the same documents, but nothing
    /// stands in them. So whatever is asked of it ends soon, and what comes of that is to be thrown away.
    pub fn until(&self, token: &CancelToken) -> Self {
        Self { token: token.clone(), ..self.clone() }
    }

    /// The first documents alone, as few as can be had and have so many bytes of text. `None` if that is all of them.
    pub fn beginning(&self, bytes: usize) -> Option<Self> {
        let (mut parts, mut before) = (Vec::new(), 0);
        for (_, part) in self.parts.iter() {
            if before >= bytes {
                break;
            }
            parts.push(part.beginning(bytes - before).unwrap_or_else(|| Arc::clone(part)));
            before += part.bytes();
        }
        let beginning = Self { token: self.token.clone(), ..Self::new(parts) };
        (beginning.documents < self.documents).then_some(beginning)
    }

    pub fn is_cancelled(&self) -> bool {
        self.token.is_cancelled()
    }

    fn parts(&self) -> impl Iterator<Item = &(u32, Arc<dyn Engine>)> {
        self.parts.iter().take_while(|_| !self.is_cancelled())
    }

    fn vocabulary(&self) -> &Vocabulary {
        self.vocabulary.get_or_init(|| {
            Vocabulary::merged(
                &self.parts,
                |(_, part), see| part.characters(see),
                |(_, part), first, see| part.followers(first, see),
            )
        })
    }

    /// What each engine finds.
    fn one_after_the_other(&self, find: impl Fn(&dyn Engine) -> Vec<Posting>) -> Vec<Posting> {
        let mut found = Vec::new();
        for (first, engine) in self.parts() {
            let part = find(&**engine);
            if found.is_empty() && *first == 0 {
                found = part;
            } else {
                found.extend(part.into_iter().map(|with| Posting { document: first + with.document, ..with }));
            }
        }
        found
    }

    /// Which engine a document is of, and its number there.
    fn part(&self, document: u32) -> Option<(&dyn Engine, u32)> {
        if self.is_cancelled() {
            return None;
        }
        let index = self.parts.partition_point(|(first, _)| *first <= document).checked_sub(1)?;
        let (first, engine) = &self.parts[index];
        Some((&**engine, document - first))
    }
}

impl Engine for Joined {
    fn documents(&self) -> u32 {
        self.documents
    }

    fn text(&self, document: u32) -> &str {
        self.part(document).map_or("", |(engine, document)| engine.text(document))
    }

    fn bytes(&self) -> usize {
        self.parts.iter().map(|(_, engine)| engine.bytes()).sum()
    }

    fn bytes_of(&self, document: u32) -> usize {
        self.part(document).map_or(0, |(engine, document)| engine.bytes_of(document))
    }

    fn find(&self, needle: &str) -> Vec<Posting> {
        self.one_after_the_other(|engine| engine.find(needle))
    }

    fn find_pairs(&self, pairs: &[(char, char)]) -> Vec<Posting> {
        self.one_after_the_other(|engine| engine.find_pairs(pairs))
    }

    fn chained(&self, chains: &Chains) -> Vec<u32> {
        let chained = |(first, engine): &(u32, Arc<dyn Engine>)| {
            let first = *first;
            engine.chained(chains).into_iter().map(move |document| first + document)
        };
        self.parts().flat_map(chained).collect()
    }

    fn amounts(&self, range: &AmountRange) -> Vec<Posting> {
        // What is read for them can be broken off.
        self.one_after_the_other(|engine| match engine.scanned_bytes() {
            0 => engine.amounts(range),
            _ => read_amounts(engine, range, || !self.is_cancelled()),
        })
    }

    fn densest(&self, needle: &str, limit: usize) -> (Count, Vec<Posting>) {
        if let [(_, only)] = &*self.parts
            && !self.is_cancelled()
        {
            return only.densest(needle, limit);
        }
        let (mut count, mut densest) = (Count::default(), Densest::new(limit));
        for (first, engine) in self.parts() {
            let (part, documents) = engine.densest(needle, limit);
            count.documents += part.documents;
            count.places += part.places;
            for with in documents {
                densest.offer(Posting { document: first + with.document, ..with }, engine.bytes_of(with.document));
            }
        }
        (count, densest.finish())
    }

    fn count(&self, needle: &str) -> Count {
        self.parts().fold(Count::default(), |all, (_, engine)| {
            let count = engine.count(needle);
            Count { documents: all.documents + count.documents, places: all.places + count.places }
        })
    }

    fn first_place(&self, document: u32, needle: &Finder<'_>) -> Option<TextPlace> {
        let (engine, document) = self.part(document)?;
        engine.first_place(document, needle)
    }

    fn scanned_bytes(&self) -> usize {
        self.parts.iter().map(|(_, engine)| engine.scanned_bytes()).sum()
    }

    fn beginning(&self, bytes: usize) -> Option<Arc<dyn Engine>> {
        Some(Arc::new(Self::beginning(self, bytes)?))
    }

    fn characters(&self, see: &mut dyn FnMut(char, u64)) {
        match &*self.parts {
            _ if self.is_cancelled() => (),
            [(_, only)] => only.characters(see),
            _ => self.vocabulary().characters(see),
        }
    }

    fn followers(&self, first: char, see: &mut dyn FnMut(char, u64)) {
        match &*self.parts {
            _ if self.is_cancelled() => (),
            [(_, only)] => only.followers(first, see),
            _ => self.vocabulary().followers(first, see),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::testing::{Observed, texts};

    #[test]
    fn engines_joined_are_one_engine_of_all_their_documents() {
        let all = ["温泉", "温泉镇温泉", "", "汝州的6亩和7元"];
        let whole = texts(&all);
        for cut in 0..=all.len() {
            let (front, back) = all.split_at(cut);
            let joined = Joined::new([Arc::new(texts(front)) as Arc<dyn Engine>, Arc::new(texts(back))]);
            assert_eq!(joined.documents(), whole.documents());
            for needle in ["温", "温泉", "州", "温泉镇温", "x"] {
                assert_eq!(joined.find(needle), whole.find(needle), "{needle} {cut}");
                assert_eq!(joined.count(needle), whole.count(needle), "{needle} {cut}");
                assert_eq!(joined.densest(needle, 2), whole.densest(needle, 2), "{needle} {cut}");
                for document in 0..5 {
                    let place = |engine: &dyn Engine| engine.first_place(document, &Finder::new(needle));
                    assert_eq!(place(&joined), place(&whole), "{needle} {document} {cut}");
                }
            }
            let pairs = [('泉', '镇'), ('温', '水'), ('温', '泉')];
            assert_eq!(joined.find_pairs(&pairs), whole.find_pairs(&pairs), "{cut}");
            let sets = vec![vec![('泉', Some(1))], vec![('镇', None)]];
            let chains = Chains { first: vec![('水', 0), ('温', 0)], sets };
            assert_eq!(joined.chained(&chains), whole.chained(&chains), "{cut}");
            let range = AmountRange::parse(">5").expect("a range");
            assert_eq!(joined.amounts(&range), whole.amounts(&range), "{cut}");
            for document in 0..5 {
                assert_eq!(joined.text(document), whole.text(document), "{document} {cut}");
            }
            let seen = |engine: &dyn Engine| {
                let mut seen = Vec::new();
                engine.characters(&mut |c, places| seen.push((c, places)));
                engine.followers('温', &mut |c, places| seen.push((c, places)));
                seen
            };
            for _ in 0..2 {
                assert_eq!(seen(&joined), seen(&whole), "{cut}");
            }
            assert_eq!(joined.scanned_bytes(), whole.scanned_bytes());
            for bytes in 1..=whole.bytes() {
                let documents = |engine: &dyn Engine| engine.beginning(bytes).map(|first| first.documents());
                assert_eq!(documents(&joined), documents(&whole), "{bytes} {cut}");
            }
        }
    }

    #[test]
    fn once_cancelled_no_engine_is_asked() {
        let token = CancelToken::default();
        let (first, second) = (token.clone(), token.clone());
        let observed = |see: Arc<dyn Fn() + Send + Sync>| -> Arc<dyn Engine> {
            Arc::new(Observed::new(Arc::new(texts(&["温泉", "5元"])), see))
        };
        let cancels = || observed(Arc::new(move || first.cancel()));
        let asked_in_time = || observed(Arc::new(move || assert!(!second.is_cancelled())));
        let two = Joined::new([cancels(), asked_in_time()]).until(&token);
        assert_eq!(two.find("温").len(), 1, "the first engine's");

        let one = Joined::new([Arc::new(texts(&["温泉", "5元"])) as Arc<dyn Engine>]).until(&token);
        for joined in [one, two] {
            assert!(joined.documents() % 2 == 0 && joined.documents() > 0, "numbers of documents still mean something");
            assert_eq!((joined.text(0), joined.bytes_of(0)), ("", 0));
            assert_eq!(joined.first_place(0, &Finder::new("泉")), None);
            assert_eq!((joined.find("温"), joined.find_pairs(&[('温', '泉')])), (Vec::new(), Vec::new()));
            assert_eq!((joined.count("温"), joined.densest("温", 1).1), (Count::default(), Vec::new()));
            let chains = Chains { first: vec![('温', 0)], sets: vec![vec![('泉', None)]] };
            assert_eq!(joined.chained(&chains), [] as [u32; 0]);
            assert_eq!(joined.amounts(&AmountRange::parse(">1").expect("a range")), []);
            joined.characters(&mut |c, _| panic!("{c}"));
            joined.followers('温', &mut |c, _| panic!("{c}"));
        }
    }
}
