//! How a report is cited: GB/T 7714, an article in a newspaper.
//!
//! `作者. 题名[N]. 报纸名, 年-月-日(版次).` What is not known is left out with its punctuation, never filled in. A year
//! that was inferred stands in brackets, as the standard has it; an inferred month or day is left out.

use crate::archive::{Archive, PhotoField, PhotoId, Report, ReportField, ReportId, SectionId};

/// What is cited.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Subject {
    Report(ReportId),
    Section(SectionId),
    Photo(PhotoId),
}

/// One line in the form of GB/T 7714.
pub fn cite(archive: &Archive, subject: Subject) -> String {
    let author = |report: &Report| report.about(ReportField::Creator).map(str::to_owned);
    let (report, author, title, mark) = match subject {
        Subject::Report(id) => {
            let report = archive.report(id);
            (report, author(report), report.title.clone(), "N")
        }
        Subject::Section(id) => {
            let section = archive.section(id);
            let report = archive.report(section.report);
            let own = section.title.trim().trim_end_matches('。');
            // A title that the keeper supplied is not the newspaper's.
            let title = match own.is_empty() || section.title_supplied {
                true => report.title.clone(),
                false => format!("{}: {own}", report.title),
            };
            (report, author(report), title, "N")
        }
        Subject::Photo(id) => {
            let photo = archive.photo(id);
            let report = archive.report(photo.report);
            // Who wrote the report need not have taken the photo. Z: what has no mark of its own.
            let photographer = photo.about.iter().find(|(field, _)| *field == PhotoField::Photographer);
            let author = photographer.map(|(_, name)| name.clone());
            (report, author, photo.label().unwrap_or(&report.title).to_owned(), "Z")
        }
    };
    entry(report, author.as_deref(), &title, mark)
}

/// The template.
fn entry(report: &Report, author: Option<&str>, title: &str, mark: &str) -> String {
    let known = |field| report.about(field).map(str::trim).filter(|value| !value.is_empty());
    let authors = author.map(|names| format!("{}. ", names.replace('、', ", ")));
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    let date = known(ReportField::DateIssued).and_then(date);
    let page = known(ReportField::Page).map(|page| format!("({page})"));
    let issued = match (date, page) {
        (None, None) => None,
        (date, page) => Some(date.unwrap_or_default() + &page.unwrap_or_default()),
    };
    let place: Vec<String> = [known(ReportField::Newspaper).map(str::to_owned), issued].into_iter().flatten().collect();
    let place = if place.is_empty() { String::new() } else { format!(" {}.", place.join(", ")) };
    format!("{}{title}[{mark}].{place}", authors.unwrap_or_default())
}

/// A date in EDTF as it is cited: certain dates as they are, of others the year in brackets if it is one year.
fn date(edtf: &str) -> Option<String> {
    let digits = |text: &str| text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit());
    let certain = edtf.bytes().all(|b| b.is_ascii_digit() || b == b'-') && digits(edtf.get(..4)?);
    if certain {
        return Some(edtf.to_owned());
    }
    let years: Vec<&str> = edtf.split('/').filter_map(|date| date.get(..4)).collect();
    let year = years.first().filter(|year| digits(year))?;
    years.iter().all(|other| other == year).then(|| format!("[{year}]"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::{Source, load, load_text};

    #[track_caller]
    fn check(about: &str, expected: &str) {
        let text = format!(
            "{{\"format\": 1, \"title\": \"T\", \"reports\": [{{\"id\": \"r\", \"title\": \"题 名\"{about}, \"sections\": []}}]}}"
        );
        let archive = load_text(&text, Source::Embedded).expect("an archive");
        let report = archive.report_ids().next().expect("a report");
        assert_eq!(cite(&archive, Subject::Report(report)), expected, "{about}");
    }

    #[test]
    fn what_is_not_known_is_left_out_with_its_punctuation() {
        check("", "题 名[N].");
        check(r#", "creator": ["甲"]"#, "甲. 题 名[N].");
        check(r#", "creator": ["甲", "乙"], "newspaper": "日报""#, "甲, 乙. 题 名[N]. 日报.");
        check(r#", "newspaper": "日报", "date_issued": "2017-10-18", "page": "4""#, "题 名[N]. 日报, 2017-10-18(4).");
        check(r#", "date_issued": "2017-10", "page": "A2""#, "题 名[N]. 2017-10(A2).");
        check(r#", "newspaper": "日报", "page": "4""#, "题 名[N]. 日报, (4).");
    }

    #[test]
    fn an_inferred_date_is_not_passed_off_as_known() {
        for (date, cited) in [
            ("2017-09/2017-10", "题 名[N]. [2017]."),
            ("1998~", "题 名[N]. [1998]."),
            ("1998/1999", "题 名[N]."),
            ("autumn", "题 名[N]."),
            ("2017-10-18?", "题 名[N]. [2017]."),
        ] {
            check(&format!(r#", "date_issued": "{date}""#), cited);
        }
    }

    #[test]
    fn the_bundled_report_is_cited_as_far_as_it_is_known() {
        let archive = load(Source::Embedded).expect("the bundled archive");
        let section = |index: usize| Subject::Section(archive.section_ids().nth(index).expect("a section"));
        assert_eq!(cite(&archive, section(0)), "刘廷跃. 奋力谱写温泉发展新篇章[N]. [2017].");
        assert_eq!(
            cite(&archive, section(1)),
            "刘廷跃. 奋力谱写温泉发展新篇章: 一、坚持党建统领,凝聚发展合力[N]. [2017]."
        );
        let photo = Subject::Photo(archive.photo_ids().next().expect("a photo"));
        assert_eq!(cite(&archive, photo), "欢乐锣鼓敲起来[Z]. [2017].");
    }
}
