use proptest::prelude::*;

use super::super::engine::{Scan, ScanBuilder};
use super::*;

const KEY: Key = Key([7; 32]);

fn scan(documents: &[Vec<String>]) -> Scan {
    let mut builder = ScanBuilder::default();
    for texts in documents {
        builder.document();
        texts.iter().for_each(|text| builder.text(text.chars()));
    }
    builder.build()
}

fn bytes(scan: &Scan, segment_chars: usize) -> Vec<u8> {
    let mut builder = Builder::with_segments_of(segment_chars, Vec::new(), KEY).expect("memory");
    for document in 0..scan.documents() {
        builder.document(scan.text(document)).expect("memory");
    }
    builder.finish().expect("memory")
}

fn index(scan: &Scan, segment_chars: usize) -> Index {
    Index::open(Arc::new(bytes(scan, segment_chars)), KEY).expect("a whole index")
}

fn characters(engine: &dyn Engine) -> Vec<(char, u64)> {
    let mut all = Vec::new();
    engine.characters(&mut |c, places| all.push((c, places)));
    all
}

fn followers(engine: &dyn Engine, first: char) -> Vec<(char, u64)> {
    let mut all = Vec::new();
    engine.followers(first, &mut |c, places| all.push((c, places)));
    all
}

#[track_caller]
fn check_same(scan: &Scan, index: &Index, needle: &str) {
    let expected = scan.find(needle);
    assert_eq!(index.find(needle), expected, "{needle:?}");
    assert_eq!(index.count(needle), scan.count(needle), "{needle:?}");
    for limit in [0, 1, 3, 100] {
        assert_eq!(index.densest(needle, limit), scan.densest(needle, limit), "{needle:?} {limit}");
    }
    if !needle.is_empty() && !needle.contains(SEPARATOR) {
        let finder = Finder::new(needle);
        for document in 0..=scan.documents() {
            let place = scan.first_place(document, &finder);
            assert_eq!(index.first_place(document, &finder), place, "{needle:?} {document}");
            assert_eq!(place.is_some(), expected.iter().any(|with| with.document == document), "{needle:?} {document}");
        }
    }
}

fn texts(lists: &[&[&str]]) -> Scan {
    scan(&lists.iter().map(|texts| texts.iter().map(|text| (*text).to_owned()).collect()).collect::<Vec<_>>())
}

#[test]
fn strings_of_every_length_are_found_where_they_stand() {
    let scan = texts(&[&["温泉镇的温泉", "2017年"], &[], &["温", "泉"], &["report 2017 of the year 20170"], &["温泉"]]);
    for segment_chars in [1, 12, 1000] {
        let index = index(&scan, segment_chars);
        let check = |needle: &str, expected: &[(u32, u32)]| {
            let found: Vec<_> = index.find(needle).iter().map(|posting| (posting.document, posting.count)).collect();
            assert_eq!(found, expected, "{needle}");
            check_same(&scan, &index, needle);
        };
        check("温", &[(0, 2), (2, 1), (4, 1)]);
        check("温泉", &[(0, 2), (4, 1)]);
        check("温泉镇的", &[(0, 1)]);
        check("201", &[(0, 1), (3, 2)]);
        check("2017", &[(0, 1), (3, 2)]);
        check("017年", &[(0, 1)]);
        check("r", &[(3, 3)]);
        check("ort 20", &[(3, 1)]);
        check("the year", &[(3, 1)]);
        check("", &[]);
        check("温水", &[]);
        check("温泉镇的水", &[]);
        check("矿", &[]);
        check("泉\0", &[]);
    }
}

#[test]
fn texts_come_back_as_they_were() {
    let scan = texts(&[&["温泉", ""], &[], &["a"]]);
    let index = index(&scan, 3);
    let texts: Vec<&str> = (0..4).map(|document| index.text(document)).collect();
    assert_eq!(texts, ["温泉\0\0", "", "a\0", ""]);
    assert_eq!(index.documents(), 3);
}

#[test]
fn a_beginning_has_the_first_documents() {
    let scan = texts(&[&["温泉镇"], &["温泉"], &[], &["镇与温泉", "温"], &["泉镇"]]);
    for segment_chars in [1, 5, 100] {
        let index = index(&scan, segment_chars);
        for engine in [&scan as &dyn Engine, &index] {
            for bytes in 0..=scan.bytes() {
                let Some(first) = engine.beginning(bytes) else { continue };
                let documents = first.documents();
                assert!(documents < scan.documents() && first.bytes() >= bytes, "{engine:?} {bytes}");
                for document in 0..documents {
                    assert_eq!(first.text(document), scan.text(document));
                }
                assert_eq!(first.text(documents), "");
                for needle in ["温", "温泉", "温泉镇", "泉镇"] {
                    let mut expected = scan.find(needle);
                    expected.retain(|with| with.document < documents);
                    assert_eq!(first.find(needle), expected, "{engine:?} {bytes}");
                }
            }
            assert!(engine.beginning(scan.bytes()).is_none());
        }
    }
}

#[test]
fn overlapping_places_count() {
    let scan = texts(&[&["哈哈哈哈aaaa"]]);
    let index = index(&scan, 100);
    for (needle, places) in [("哈哈", 3), ("哈哈哈", 2), ("aa", 3), ("aaa", 2)] {
        assert_eq!(index.count(needle).places, places, "{needle}");
    }
}

#[test]
fn more_characters_than_have_numbers_are_all_found() {
    let all: String = ('\u{1}'..=char::MAX).filter(|c| c.is_alphanumeric()).take(MANY).collect();
    const MANY: usize = 90_000;
    assert_eq!(all.chars().count(), MANY);
    let last = all.chars().next_back().expect("a character");
    let documents = [vec![all.clone()], vec![format!("温{last}泉")], vec!["温泉".to_owned()]];
    let scan = scan(&documents);
    let index = index(&scan, 1 << 20);
    let needles =
        [last.to_string(), format!("温{last}"), format!("{last}泉"), format!("温{last}泉"), "温泉".to_owned()];
    for needle in needles {
        assert!(!scan.find(&needle).is_empty());
        check_same(&scan, &index, &needle);
    }
}

#[test]
fn the_densest_documents_are_known_without_their_list() {
    let documents: Vec<Vec<String>> =
        (0..3000).map(|i| vec!["温泉ab1".repeat(1 + i * 7919 % 13), "水".repeat(i * 31 % 400)]).collect();
    let scan = scan(&documents);
    for segment_chars in [20_000, 1 << 20] {
        let index = index(&scan, segment_chars);
        for needle in ["温", "温泉", "ab1", "b1温", "温泉ab1温泉"] {
            check_same(&scan, &index, needle);
            assert_eq!(index.densest(needle, 20), scan.densest(needle, 20), "{needle}");
        }
    }
}

#[test]
fn an_empty_index_holds_nothing() {
    let index = index(&texts(&[]), 100);
    assert_eq!((index.documents(), index.find("温"), index.count("温")), (0, Vec::new(), Count::default()));
}

#[test]
fn what_is_no_whole_index_of_these_texts_is_refused() {
    let scan = texts(&[&["温泉镇的温泉", "2017年"], &["泉"]]);
    let whole = bytes(&scan, 4);
    let check = |bytes: Vec<u8>, key: Key, expected: IndexError| {
        assert_eq!(Index::open(Arc::new(bytes), key).map(|_| ()), Err(expected));
    };
    check(Vec::new(), KEY, IndexError::NotAnIndex);
    check(whole[..whole.len() - 1].to_vec(), KEY, IndexError::NotAnIndex);
    check(whole[1..].to_vec(), KEY, IndexError::NotAnIndex);
    check(whole.clone(), Key([8; 32]), IndexError::OtherTexts);
    for at in MAGIC.len()..whole.len() - MAGIC.len() {
        let mut damaged = whole.clone();
        damaged[at] ^= 0x10;
        let refused = Index::open(Arc::new(damaged), KEY).map(|_| ());
        assert!(matches!(refused, Err(IndexError::Damaged | IndexError::NotAnIndex)), "byte {at}: {refused:?}");
    }
}

/// Texts of few characters, so that much of them is found again, and a needle of the same.
fn documents() -> impl Strategy<Value = Vec<Vec<String>>> {
    let c = prop::sample::select("温泉镇的a1b2 ,𠮷万元亩-".chars().collect::<Vec<_>>());
    let text = prop::collection::vec(c, 0..14).prop_map(String::from_iter);
    prop::collection::vec(prop::collection::vec(text, 0..4), 0..12)
}

fn needle() -> impl Strategy<Value = String> {
    let c = prop::sample::select("温泉镇的a1b2 ,𠮷矿".chars().collect::<Vec<_>>());
    prop::collection::vec(c, 1..7).prop_map(String::from_iter)
}

/// The characters of the first needle, then those of the others, from which it goes on to later ones, or ends.
fn chains(needles: &[String]) -> Chains {
    let sets: Vec<Vec<char>> = needles
        .iter()
        .map(|needle| {
            let mut set: Vec<char> = needle.chars().collect();
            set.sort_unstable();
            set.dedup();
            set
        })
        .collect();
    let [first, sets @ ..] = sets.as_slice() else { return Chains::default() };
    let later = |set: usize, c: usize| Some(set + 1 + c % 2).filter(|later| *later < sets.len());
    let set = |(number, set): (usize, &Vec<char>)| set.iter().zip(0..).map(|(c, i)| (*c, later(number, i))).collect();
    Chains {
        first: first.iter().zip((0..sets.len().min(2)).cycle()).map(|(c, set)| (*c, set)).collect(),
        sets: sets.iter().enumerate().map(set).collect(),
    }
}

/// The pairs of neighbours in the needles, sorted.
fn pairs(needles: &[String]) -> Vec<(char, char)> {
    let pairs = needles.iter().flat_map(|needle| needle.chars().zip(needle.chars().skip(1)));
    let mut pairs: Vec<(char, char)> = pairs.collect();
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// The checksums made right, as who wants to break the program would.
fn forged(mut bytes: Vec<u8>, at: usize, value: u8) -> Vec<u8> {
    let at = at % bytes.len();
    bytes[at] = value;
    let body = bytes.len() - TRAILER;
    let len = u32_at(&bytes[body..], 0).expect("a length") as usize;
    let start = body.saturating_sub(len);
    let mut part_at = MAGIC.len();
    let entries = start + 44;
    let mut entry = entries;
    while entry + 8 + PARTS * 12 <= body {
        for part in 0..PARTS {
            let len_at = entry + 8 + part * 12;
            let len = u64_at(&bytes, len_at).expect("a length") as usize;
            let Some(part) = bytes.get(part_at..part_at.saturating_add(len)) else { return bytes };
            let checksum = crc32fast::hash(part);
            bytes[len_at + 8..len_at + 12].copy_from_slice(&checksum.to_le_bytes());
            part_at += len;
        }
        entry += 8 + PARTS * 12;
    }
    let checksum = crc32fast::hash(&bytes[start..body]);
    bytes[body + 4..body + 8].copy_from_slice(&checksum.to_le_bytes());
    bytes
}

proptest! {
    #[test]
    fn the_index_finds_what_the_scan_finds(
        documents in documents(),
        needles in prop::collection::vec(needle(), 8),
        segment_chars in prop::sample::select(vec![1_usize, 20, 60, 1000]),
    ) {
        let scan = scan(&documents);
        let index = index(&scan, segment_chars);
        prop_assert_eq!(index.documents(), scan.documents());
        for document in 0..scan.documents() {
            prop_assert_eq!(index.text(document), scan.text(document));
        }
        for needle in &needles {
            check_same(&scan, &index, needle);
        }
        for range in [">1", "<=2万元", "1..2亩", "2万元..20万元"] {
            let range = AmountRange::parse(range).expect("a range");
            prop_assert_eq!(index.amounts(&range), scan.amounts(&range), "{:?}", range);
        }
        let chains = chains(&needles);
        prop_assert_eq!(index.chained(&chains), scan.chained(&chains));
        let pairs = pairs(&needles);
        prop_assert_eq!(index.find_pairs(&pairs), scan.find_pairs(&pairs));
        prop_assert_eq!(characters(&index), characters(&scan));
        for (c, _) in characters(&scan) {
            prop_assert_eq!(followers(&index, c), followers(&scan, c));
        }
    }

    #[test]
    fn a_forged_index_is_refused_or_read_without_harm(
        documents in documents(),
        needles in prop::collection::vec(needle(), 4),
        at in any::<usize>(),
        value in any::<u8>(),
    ) {
        let forged = forged(bytes(&scan(&documents), 40), at, value);
        if let Ok(index) = Index::open(Arc::new(forged), KEY) {
            for needle in &needles {
                index.find(needle);
                index.count(needle);
                index.densest(needle, 5);
            }
            index.find_pairs(&pairs(&needles));
            index.chained(&chains(&needles));
            index.amounts(&AmountRange::parse(">0").expect("a range"));
            characters(&index).into_iter().for_each(|(c, _)| { followers(&index, c); });
            (0..index.documents().min(100)).for_each(|document| { index.text(document); });
        }
    }
}
