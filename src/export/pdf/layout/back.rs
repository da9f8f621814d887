//! What follows a report's text: its figures, and what is known of it as a record.

use crate::archive::{ReportField, ReportId};
use crate::text::number;
use crate::typeset::Face;

use super::super::page::{Ink, Role};
use super::Layout;
use super::lines::LineLook;

impl Layout<'_> {
    /// A heading among what follows the report's text.
    fn back_heading(&mut self, title: &str) {
        let size = self.sheet.size;
        let set = self.set(title, Face::SerifBold, size * 1.45, self.column.width);
        self.section = None;
        self.need(set.height() + self.line_height() * 4.0);
        self.gap(size * 2.4);
        let element = self.elements.add(Some(self.root), Role::Heading { level: 2, title: title.to_owned() });
        self.put_text(&set, self.column.x, element, &LineLook::PLAIN);
        self.y += size * 0.6;
    }

    /// The report's figures, each with its value.
    pub(super) fn figures(&mut self, report: ReportId) {
        let archive = self.archive;
        let words = self.options.words;
        if archive.report(report).figures.is_empty() {
            return;
        }
        self.back_heading(words.figures);
        for id in archive.report(report).figure_ids() {
            let figure = archive.figure(id);
            let value = format!("{} {}", number(figure.value), figure.unit);
            let value = if figure.approximate { (words.about_value)(&value) } else { value };
            self.named(&figure.label, &value, 0.62);
        }
    }

    /// What is known of the report as a record.
    pub(super) fn about(&mut self, report: ReportId) {
        let record = self.archive.report(report);
        let words = self.options.words;
        if record.about.is_empty() {
            return;
        }
        self.back_heading(words.about);
        for (field, value) in &record.about {
            let value = if *field == ReportField::DateIssued { (words.date)(value) } else { value.clone() };
            self.named((words.report_field)(*field), &value, 0.22);
        }
    }

    /// A name and what it has, side by side. `part` of the width is the name's.
    fn named(&mut self, name: &str, value: &str, part: f32) {
        let size = self.sheet.size * 0.95;
        let name_width = (self.column.width * part).floor();
        let name = self.set(name, Face::Sans, size, name_width - size);
        let value = self.set(value, self.sheet.face, size, self.column.width - name_width);
        self.need(name.height().max(value.line_height * value.lines.len().min(2) as f32));
        let element = self.elements.add(Some(self.root), Role::Paragraph);
        let (top, page) = (self.y, self.pages.len());
        for (i, line) in name.lines.iter().enumerate() {
            let at = [self.column.x, top + i as f32 * name.line_height];
            self.put_line(&name, line, at, element, &LineLook { ink: Ink::Weak, ..LineLook::PLAIN });
        }
        self.put_text(&value, self.column.x + name_width, element, &LineLook::PLAIN);
        if self.pages.len() == page {
            self.y = self.y.max(top + name.height());
        }
        self.y += size * 0.25;
    }
}
