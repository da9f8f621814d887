//! A report's metadata as a list.

use std::ops::Range;

use egui::text::TextFormat;
use egui::{RichText, Ui};

use crate::archive::{ReportField, ReportId};
use crate::library::{Field, FieldPlace, Target};

use super::theme::{self, size, space};
use super::widgets::{marked_job, page_ui};
use super::{ViewContext, page_title};
use crate::typeset::full_width;

pub fn about_ui(cx: &mut ViewContext<'_>, ui: &mut Ui, id: ReportId) {
    page_ui(ui, ("about", id.index()), 760.0, |ui, _| {
        let words = cx.words;
        let report = cx.archive().report(id);
        page_title(cx, ui, words.about_report, &full_width(&report.title));
        let mut rows: Vec<(&str, String, Field)> =
            vec![((words.field)(Field::Title), report.title.clone(), Field::Title)];
        let printed = [
            (Field::Kicker, &report.kicker),
            (Field::Subtitle, &report.subtitle),
            (Field::Byline, &report.byline),
            (Field::Closing, &report.closing),
        ];
        for (field, value) in printed {
            rows.extend(value.clone().map(|value| ((words.field)(field), value, field)));
        }
        for (field, value) in &report.about {
            let shown = match field {
                ReportField::DateIssued => (words.date)(value),
                ReportField::Language => (words.language_name)(value).to_owned(),
                _ => value.clone(),
            };
            rows.push(((words.report_field)(*field), shown, Field::Report(*field)));
        }
        for (name, shown, field) in rows {
            let marks = cx.state.marks(FieldPlace { target: Target::Report(id), field });
            let put_in_words = matches!(field, Field::Report(ReportField::DateIssued | ReportField::Language));
            // Of a value that is shown in other words than it is stored in, the whole is marked.
            let whole = 0..shown.chars().count();
            let marks = if put_in_words && !marks.is_empty() { std::slice::from_ref(&whole) } else { marks };
            row_ui(cx, ui, name, &shown, marks);
        }
        let archive = cx.archive();
        for (field, value) in [(Field::Holder, &archive.holder), (Field::Rights, &archive.rights)] {
            let Some(value) = value else { continue };
            let marks = cx.state.marks(FieldPlace { target: Target::Archive, field });
            row_ui(cx, ui, (words.field)(field), value, marks);
        }
    });
}

/// A name and its value, the value wrapped beside it, with the search's matches in it marked.
pub fn row_ui(cx: &ViewContext<'_>, ui: &mut Ui, name: &str, value: &str, marks: &[Range<usize>]) {
    let palette = cx.palette;
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = space::L;
        let name_width = 104.0_f32.min(ui.available_width() * 0.35);
        ui.allocate_ui_with_layout(
            egui::vec2(name_width, size::BODY * 1.6),
            egui::Layout::left_to_right(egui::Align::TOP).with_main_wrap(true),
            |ui| {
                ui.set_width(name_width);
                ui.label(RichText::new(name).size(14.0).color(palette.ink_weak));
            },
        );
        let plain = TextFormat::simple(theme::serif(size::BODY + 1.0), palette.ink);
        let marked = TextFormat { background: palette.mark, ..plain.clone() };
        ui.add(egui::Label::new(marked_job(value, marks, plain, marked)).wrap());
    });
    ui.add_space(space::XS);
}
