//! An archive as one Markdown text.

use crate::archive::{Archive, PhotoId, SectionId};
use crate::text::{Words, number};

use super::Scope;
use super::citation::{Subject, cite};

/// Titles as headings, the stored text between them, photos by their paths, figures as a table, the citation.
pub fn write(archive: &Archive, words: &Words, scope: Scope) -> String {
    let mut out = String::new();
    let mut paragraph = |text: &str| {
        if !text.trim().is_empty() {
            out.push_str(text.trim_end());
            out.push_str("\n\n");
        }
    };
    if scope == Scope::Archive && !archive.title.is_empty() {
        paragraph(&format!("# {}", one_line(&archive.title)));
    }
    for id in scope.reports(archive) {
        let report = archive.report(id);
        if !matches!(scope, Scope::Section(_)) {
            paragraph(&format!("## {}", one_line(&report.title)));
            let lines = [&report.kicker, &report.subtitle, &report.byline];
            lines.into_iter().flatten().for_each(|line| paragraph(&line.replace('\n', "\\\n")));
        }
        for section in scope.sections(archive, id) {
            paragraph(&section_text(archive, section));
        }
        let figures: Vec<String> = archive
            .report(id)
            .figure_ids()
            .map(|figure| archive.figure(figure))
            .map(|figure| {
                let value = format!("{} {}", number(figure.value), figure.unit);
                let value = if figure.approximate { (words.about_value)(&value) } else { value };
                format!("| {} | {} |", one_line(&figure.label), one_line(&value))
            })
            .collect();
        if !matches!(scope, Scope::Section(_)) && !figures.is_empty() {
            paragraph(&format!("### {}\n\n| | |\n|---|--:|\n{}", words.figures, figures.join("\n")));
        }
        let subject = match scope {
            Scope::Section(section) => Subject::Section(section),
            Scope::Archive | Scope::Report(_) => Subject::Report(id),
        };
        paragraph(&format!("---\n\n{}", cite(archive, subject)));
    }
    out.trim_end().to_owned() + "\n"
}

fn section_text(archive: &Archive, id: SectionId) -> String {
    let section = archive.section(id);
    let photos: Vec<String> = section.photos.iter().filter_map(|photo| image(archive, *photo)).collect();
    let title = format!("### {}", one_line(&section.title));
    [title, section.body.trim().to_owned(), photos.join("\n\n")].join("\n\n")
}

fn image(archive: &Archive, id: PhotoId) -> Option<String> {
    let photo = archive.photo(id);
    let file = photo.file.as_ref()?.as_str();
    let label = photo.label().unwrap_or_default();
    Some(format!("![{}](<{file}>)\n\n{}", one_line(&label.replace(['[', ']'], "")), one_line(label)))
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").replace('|', "\\|")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::{Source, load};
    use crate::markdown::parse;
    use crate::text::Language;

    #[test]
    fn everything_of_the_bundled_report_is_there_in_order() {
        let archive = load(Source::Embedded).expect("the bundled archive");
        let document = parse(&write(&archive, Language::ZhCn.words(), Scope::Archive));
        let mut rest = document.plain.as_str();
        for section in &archive.sections {
            for block in &section.document.blocks {
                let text = section.document.slice(block.range.clone());
                let at = rest.find(text).unwrap_or_else(|| panic!("{text:.30}"));
                rest = &rest[at + text.len()..];
            }
        }
        assert!(rest.contains("刘廷跃. 奋力谱写温泉发展新篇章[N]. [2017]."));
    }
}
