//! Making a file of what is read: what, as what, where to; and waiting for it.

use egui::{Id, Modal, RichText, Ui};

use crate::app::{Command, Export, Route};
use crate::export::pdf::Paper;
use crate::export::{Kind, Scope};

use super::settings::{choices_ui, setting_name};
use super::theme::{size, space};
use super::widgets::text_button;
use super::{ViewContext, icons};

pub fn export_ui(cx: &mut ViewContext<'_>, ui: &mut Ui) {
    let words = cx.words;
    let export = cx.state.export;
    let archive = cx.archive();
    let mut scopes = Vec::new();
    if let Route::Section(section) = cx.state.route() {
        scopes.push((Scope::Section(section), words.this_section));
        if archive.reports.len() > 1 {
            scopes.push((Scope::Report(archive.section(section).report), words.this_report));
        }
    }
    scopes.push((Scope::Archive, words.whole_archive));
    setting_name(cx, ui, words.export_what);
    let choice = |scope| Command::SetExport(Export { scope, ..export });
    let scopes: Vec<_> =
        scopes.into_iter().map(|(scope, name)| ("", name, export.scope == scope, choice(scope))).collect();
    choices_ui(cx, ui, &scopes);
    ui.add_space(space::M);
    setting_name(cx, ui, words.export_as);
    let kinds = Kind::ALL.map(|kind| {
        let command = Command::SetExport(Export { kind, ..export });
        ("", (words.kind_name)(kind), export.kind == kind, command)
    });
    choices_ui(cx, ui, &kinds);
    if export.kind == Kind::Pdf {
        ui.add_space(space::M);
        setting_name(cx, ui, words.paper);
        let papers = Paper::ALL.map(|paper| {
            let name = match paper {
                Paper::A4 => "A4",
                Paper::A5 => "A5",
            };
            ("", name, export.paper == paper, Command::SetExport(Export { paper, ..export }))
        });
        choices_ui(cx, ui, &papers);
    }
    ui.add_space(space::L);
    ui.horizontal(|ui| {
        if text_button(cx, ui, Some(icons::DOWNLOAD), words.save_as, true).clicked() {
            cx.push(Command::PickExportTarget);
        }
        if text_button(cx, ui, None, words.cancel, false).clicked() {
            cx.push(Command::CloseOverlay);
        }
    });
}

/// While a file is made: how far it is, and a way out.
pub fn exporting_ui(cx: &mut ViewContext<'_>, ctx: &egui::Context) {
    let Some(monitor) = &cx.state.exporting else { return };
    let percent = monitor.percent();
    ctx.request_repaint_after(std::time::Duration::from_millis(100));
    Modal::new(Id::unique("exporting")).show(ctx, |ui| {
        ui.set_width(360.0);
        ui.label(RichText::new(cx.words.exporting).size(size::LARGE).color(cx.palette.ink));
        ui.add_space(space::S);
        ui.add(egui::ProgressBar::new(percent as f32 / 100.0).fill(cx.palette.accent).text(format!("{percent}%")));
        ui.add_space(space::M);
        if text_button(cx, ui, None, cx.words.cancel, false).clicked() {
            cx.push(Command::CancelExport);
        }
    });
}
