//! A report's metadata as a list.

use egui::{RichText, Ui};

use crate::archive::{ReportField, ReportId};
use crate::library::{Field, FieldPlace, Target};

use super::theme::{self, size, space};
use super::widgets::page_ui;
use super::{ViewContext, page_title};

pub fn about_ui(cx: &mut ViewContext<'_>, ui: &mut Ui, id: ReportId) {
    page_ui(ui, ("about", id.index()), 760.0, |ui, _| {
        let words = cx.words;
        let report = cx.archive().report(id);
        page_title(cx, ui, words.about_report, &report.title);
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
                _ => value.clone(),
            };
            rows.push(((words.report_field)(*field), shown, Field::Report(*field)));
        }
        for (name, value, field) in rows {
            let marked = !cx.state.search.marks(FieldPlace { target: Target::Report(id), field }).is_empty();
            row_ui(cx, ui, name, &value, marked);
        }
    });
}

/// A name and its value, the value wrapped beside it.
pub fn row_ui(cx: &ViewContext<'_>, ui: &mut Ui, name: &str, value: &str, marked: bool) {
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
        let mut text = RichText::new(value).font(theme::serif(size::BODY + 1.0)).color(palette.ink);
        if marked {
            text = text.background_color(palette.mark);
        }
        ui.add(egui::Label::new(text).wrap());
    });
    ui.add_space(space::XS);
}
