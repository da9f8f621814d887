//! An archive as plain text.

use crate::archive::Archive;
use crate::text::{Words, number};

use super::Scope;
use super::citation::{Subject, cite};
use super::clip::{CopyForm, clip};

/// Titles and paragraphs a line each, captions in brackets, figures, the citation.
pub fn write(archive: &Archive, words: &Words, scope: Scope) -> String {
    let mut lines: Vec<String> = Vec::new();
    if scope == Scope::Archive {
        lines.extend([archive.title.clone(), String::new()]);
    }
    for id in scope.reports(archive) {
        let report = archive.report(id);
        let whole = !matches!(scope, Scope::Section(_));
        if whole {
            let head = [Some(&report.title), report.kicker.as_ref(), report.subtitle.as_ref(), report.byline.as_ref()];
            lines.extend(head.into_iter().flatten().cloned());
            lines.push(String::new());
        }
        for section in scope.sections(archive, id) {
            lines.push(archive.section(section).title.clone());
            lines.push(clip(archive, section, 0..usize::MAX, CopyForm::Plain));
            for photo in &archive.section(section).photos {
                lines.extend(archive.photo(*photo).label().map(|label| format!("［{}］{label}", words.caption)));
            }
            lines.push(String::new());
        }
        for figure in report.figure_ids().map(|figure| archive.figure(figure)).filter(|_| whole) {
            let value = format!("{} {}", number(figure.value), figure.unit);
            let value = if figure.approximate { (words.about_value)(&value) } else { value };
            lines.push(format!("{}：{value}", figure.label));
        }
        let subject = match scope {
            Scope::Section(section) => Subject::Section(section),
            Scope::Archive | Scope::Report(_) => Subject::Report(id),
        };
        lines.extend([String::new(), cite(archive, subject), String::new()]);
    }
    lines.join("\n").trim_end().to_owned() + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::{Source, load};
    use crate::text::Language;

    #[test]
    fn a_section_is_its_title_its_text_its_captions_and_where_it_comes_from() {
        let archive = load(Source::Embedded).expect("the bundled archive");
        let section = archive.section_ids().nth(2).expect("a section");
        let text = write(&archive, Language::ZhCn.words(), Scope::Section(section));
        let record = archive.section(section);
        assert!(text.starts_with(&format!("{}\n", record.title)));
        assert!(text.contains(record.document.slice(record.document.blocks[0].range.clone())));
        assert!(text.contains("广成泽\n") && text.ends_with("[N]. [2017].\n"), "{text}");
    }
}
