//! The bundled archive against the newspaper's text: nothing lost, nothing changed, nothing added.

use std::collections::BTreeMap;

use juanzong::archive::{Archive, PhotoField, PhotoKind, ReportField, Source, load};

const NEWSPAPER: &str = include_str!("data/wenquan-2017.txt");

fn bundled() -> Archive {
    load(Source::Embedded).expect("the bundled archive")
}

fn without_blanks(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// The lines of the newspaper's text, without white space.
fn lines() -> Vec<String> {
    NEWSPAPER.lines().map(without_blanks).filter(|line| !line.is_empty()).collect()
}

/// Every text of the archive that was printed, each under its name, without white space.
fn printed(archive: &Archive) -> Vec<(String, String)> {
    let mut texts = Vec::new();
    for report in &archive.reports {
        let optional = [&report.kicker, &report.subtitle, &report.byline, &report.closing];
        texts.push((format!("title of {}", report.key), report.title.clone()));
        texts.extend(optional.into_iter().flatten().map(|text| (format!("head of {}", report.key), text.clone())));
    }
    for section in &archive.sections {
        let title = if section.title_supplied { "" } else { &section.title };
        texts.push((format!("section {}", section.key), format!("{title}{}", section.body)));
    }
    for photo in &archive.photos {
        texts.extend(photo.caption.iter().map(|text| (format!("caption of {}", photo.key), text.clone())));
    }
    texts.into_iter().map(|(name, text)| (name, without_blanks(&text))).collect()
}

#[test]
fn every_character_of_the_newspaper_stands_in_the_archive_as_often() {
    let count = |texts: &[String]| {
        let mut counts = BTreeMap::<char, usize>::new();
        texts.iter().flat_map(|text| text.chars()).for_each(|c| *counts.entry(c).or_default() += 1);
        counts
    };
    let archive: Vec<String> = printed(&bundled()).into_iter().map(|(_, text)| text).collect();
    assert_eq!(count(&archive), count(&lines()));
}

#[test]
fn every_line_of_the_newspaper_stands_whole_in_one_text_of_the_archive() {
    let archive = printed(&bundled());
    for line in lines() {
        assert!(archive.iter().any(|(_, text)| text.contains(&line)), "not in the archive: {line}");
    }
}

#[test]
fn every_text_of_the_archive_is_made_of_whole_lines_and_each_line_is_used_once() {
    let mut unused = lines();
    for (name, text) in printed(&bundled()) {
        let mut rest = text.as_str();
        while !rest.is_empty() {
            let next = (0..unused.len()).filter(|i| rest.starts_with(&unused[*i])).max_by_key(|i| unused[*i].len());
            let line = unused.remove(next.unwrap_or_else(|| panic!("{name}: no line of the newspaper begins {rest}")));
            rest = &rest[line.len()..];
        }
    }
    assert_eq!(unused, [""; 0], "lines that the archive lacks");
}

#[test]
fn what_is_shown_of_a_body_is_what_is_stored() {
    for section in &bundled().sections {
        assert_eq!(without_blanks(&section.document.plain), without_blanks(&section.body), "{}", section.key);
    }
}

#[test]
fn paragraphs_that_the_columns_cut_are_whole() {
    let archive = bundled();
    for (key, joint) in
        [("dangjian", "全部纳入村干部考核管理范围"), ("xiangmu", "投资环境得到有效改善。目前,占地356亩")]
    {
        let section = archive.section(archive.section_by_key(key).expect(key));
        assert!(section.document.plain.contains(joint), "{key}: {joint}");
        assert!(!NEWSPAPER.contains(joint), "{joint} is cut in the source");
    }
}

#[test]
fn sections_stand_in_the_order_of_reading() {
    let archive = bundled();
    let keys: Vec<&str> = archive.sections.iter().map(|section| section.key.as_str()).collect();
    let expected =
        ["yinyan", "dangjian", "guihua", "xiangmu", "rongzi", "jieyu", "jingji", "chanye", "cunmao", "shehui"];
    assert_eq!(keys, expected);
}

/// Whether `quote` says `value unit`, with 余 or 多 between them just where the figure is approximate.
fn says(quote: &str, value: f64, approximate: bool, unit: &str) -> bool {
    let number = value.to_string();
    quote.match_indices(&number).any(|(at, _)| {
        let before = quote[..at].chars().next_back();
        let after = &quote[at + number.len()..];
        let after_about = after.strip_prefix(['余', '多']);
        let rest = if approximate { after_about } else { Some(after) };
        !before.is_some_and(|c| c.is_ascii_digit() || c == '.') && rest.is_some_and(|rest| rest.starts_with(unit))
    })
}

#[test]
fn figures_say_what_their_quotes_say() {
    for (quote, value, approximate, unit, expected) in [
        ("完成5.6亿元;", 5.6, false, "亿元", true),
        ("完成15.6亿元;", 5.6, false, "亿元", false),
        ("投资1580余万元", 1580.0, true, "万元", true),
        ("投资1580余万元", 1580.0, false, "万元", false),
        ("投资1580万元", 1580.0, true, "万元", false),
        ("投资34亿元", 3.0, false, "亿元", false),
    ] {
        assert_eq!(says(quote, value, approximate, unit), expected, "{quote} {value}");
    }
    let archive = bundled();
    assert!(archive.figures.len() >= 30, "{} figures", archive.figures.len());
    for figure in &archive.figures {
        let plain = &archive.section(figure.section).document.plain;
        let range = figure.quote_range.clone().unwrap_or_else(|| panic!("{}: quote not found", figure.label));
        let quoted: String = plain.chars().skip(range.start).take(range.len()).collect();
        assert_eq!(quoted, figure.quote, "{}", figure.label);
        assert!(
            says(&figure.quote, figure.value, figure.approximate, &figure.unit),
            "{} {} {} is not in its quote: {}",
            figure.label,
            figure.value,
            figure.unit,
            figure.quote
        );
    }
}

#[test]
fn nothing_is_wrong_with_the_archive() {
    let archive = bundled();
    assert_eq!(archive.diagnostics, []);
    assert_eq!(juanzong::photo::verify(&archive), []);
}

#[test]
fn every_photo_is_an_illustration_that_says_so_and_is_described() {
    let archive = bundled();
    assert_eq!(archive.photos.len(), 6);
    for photo in &archive.photos {
        let key = &photo.key;
        assert_eq!(photo.kind, PhotoKind::Illustration, "{key}");
        assert!(photo.caption.as_ref().is_some_and(|text| !text.is_empty()), "{key}: caption");
        assert!(photo.alt.as_ref().is_some_and(|text| text.chars().count() > 10), "{key}: alt");
        assert!(photo.dimensions.is_some_and(|(width, height)| width >= 1600 && height >= 900), "{key}: size");
        assert!(photo.sha256.as_ref().is_some_and(|sum| sum.len() == 64), "{key}: sha256");
        let file = photo.file.as_ref().unwrap_or_else(|| panic!("{key}: no file"));
        let bytes = archive.source.read_photo(file).unwrap_or_else(|e| panic!("{file}: {e}"));
        assert_eq!(photo.bytes, Some(bytes.len() as u64), "{key}: bytes");
        assert!(photo.about.iter().any(|(field, _)| *field == PhotoField::Notes), "{key}: says why it stands there");
    }
}

#[test]
fn every_photo_stands_with_a_section() {
    let archive = bundled();
    for id in archive.photo_ids() {
        assert!(archive.photo(id).section.is_some(), "{}", archive.photo(id).key);
    }
}

#[test]
fn metadata_invents_nothing() {
    let archive = bundled();
    assert_eq!((&archive.holder, &archive.rights), (&None, &None));
    let report = &archive.reports[0];
    use ReportField as R;
    for field in [R::Newspaper, R::Issue, R::Page, R::ReferenceCode, R::SecurityLevel, R::RetentionPeriod, R::Holder] {
        assert_eq!(report.about(field), None, "{field:?}");
    }
    assert!(report.about(R::DateIssued).is_some());
    let note = report.about(R::DateNote).expect("an inferred date says how it was inferred");
    for words in note.split(['“', '”']).skip(1).step_by(2) {
        assert!(NEWSPAPER.contains(words), "the date's note quotes what is not printed: {words}");
    }
    for field in [R::Creator, R::People, R::Places] {
        for name in report.about(field).unwrap_or_default().split('、') {
            assert!(NEWSPAPER.contains(name), "{field:?} is not printed: {name}");
        }
    }
    use PhotoField as P;
    for photo in &archive.photos {
        for field in [P::Photographer, P::DateTaken, P::ReferenceCode, P::Consent, P::People, P::Rights] {
            assert!(photo.about.iter().all(|(f, _)| *f != field), "{}: {field:?}", photo.key);
        }
    }
}
