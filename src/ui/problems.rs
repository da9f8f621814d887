//! The check: what of a folder could not be opened, and what is wrong with the archives.

use egui::accesskit::Role;
use egui::{Color32, RichText, Sense, Ui, WidgetInfo, vec2};

use crate::app::{Command, Location, Overlay, Route};
use crate::archive::folder::Unread;
use crate::archive::{Archive, ArchiveId, Diagnostic, Problem, Severity};
use crate::text::Message;

use super::theme::{self, CONTROL, RADIUS, size, space};
use super::widgets::{chosen, focus_ring, line};
use super::{ViewContext, archive_title, icons};

/// Entries of a kind that are listed; of the others, the number is told.
const LISTED: usize = 200;

/// On the shelf the problems of the whole library, else those of the archive that is read.
pub fn problems_ui(cx: &mut ViewContext<'_>, ui: &mut Ui) {
    let words = cx.words;
    let state = cx.state;
    let library = &state.library;
    let on_shelf = state.route() == Route::Shelf;
    let source = if on_shelf { &library.source } else { &*cx.archive().source };
    let file = source.path().map_or(words.open_bundled.to_owned(), |path| path.display().to_string());
    ui.label(RichText::new(file).size(size::SMALL).color(cx.palette.ink_weak));
    ui.add_space(space::M);
    let with_problems = |id: &ArchiveId| !library.archive(*id).diagnostics.is_empty();
    let archives: Vec<ArchiveId> = library.archive_ids().filter(|_| on_shelf).filter(with_problems).collect();
    let diagnostics: &[Diagnostic] = if on_shelf { &[] } else { &cx.archive().diagnostics };
    if library.unread.is_empty() && archives.is_empty() && diagnostics.is_empty() {
        let said = format!("{}  {}", icons::SEAL_CHECK, words.no_problems);
        ui.label(RichText::new(said).size(size::LARGE).color(cx.palette.ink));
        return;
    }
    let height = ui.ctx().content_rect().height() - 260.0;
    egui::ScrollArea::vertical().max_height(height).auto_shrink([false, true]).show(ui, |ui| {
        for unread in library.unread.iter().take(LISTED) {
            unread_ui(cx, ui, unread);
        }
        more_ui(cx, ui, library.unread.len());
        for id in archives.iter().take(LISTED) {
            archive_ui(cx, ui, *id, library.archive(*id));
        }
        more_ui(cx, ui, archives.len());
        for diagnostic in diagnostics {
            diagnostic_ui(cx, ui, diagnostic);
        }
    });
}

/// A file that could not be opened, why not, and what to do.
fn unread_ui(cx: &ViewContext<'_>, ui: &mut Ui, unread: &Unread) {
    let path = cx.state.library.source.path().and_then(|folder| unread.path.strip_prefix(folder).ok());
    let place = path.filter(|path| !path.as_os_str().is_empty()).unwrap_or(&unread.path).display().to_string();
    entry_ui(cx, ui, cx.palette.accent, (cx.words.load_error)(&unread.why), &place);
}

fn diagnostic_ui(cx: &ViewContext<'_>, ui: &mut Ui, diagnostic: &Diagnostic) {
    let ink = if diagnostic.severity == Severity::Error { cx.palette.accent } else { cx.palette.warning };
    let place = match (diagnostic.place.line, diagnostic.place.path.as_str()) {
        (Some(at), path) => format!("{}  {path}", (cx.words.line)(at)),
        (None, path) => path.to_owned(),
    };
    entry_ui(cx, ui, ink, (cx.words.problem)(&diagnostic.problem), &place);
}

fn entry_ui(cx: &ViewContext<'_>, ui: &mut Ui, ink: Color32, message: Message, place: &str) {
    let palette = cx.palette;
    ui.horizontal_top(|ui| {
        ui.label(RichText::new(icons::WARNING).size(size::ICON).color(ink));
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            ui.label(RichText::new(message.what).size(size::BODY).color(palette.ink));
            ui.label(RichText::new(message.remedy).size(14.0).color(palette.ink));
            ui.label(RichText::new(place).size(size::SMALL).color(palette.ink_weak));
        });
    });
    ui.add_space(space::S);
}

/// An archive with problems; leads to them.
fn archive_ui(cx: &mut ViewContext<'_>, ui: &mut Ui, id: ArchiveId, archive: &Archive) {
    let palette = cx.palette;
    let title = archive_title(cx.words, archive);
    let count = (cx.words.problem_count)(archive.diagnostics.len());
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width() - space::L, CONTROL), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("{title} {count}")));
    if response.hovered() {
        ui.painter().rect_filled(rect, RADIUS, palette.hover);
    }
    let right = rect.right_center() - vec2(space::S, 0.0);
    let small = theme::sans(size::SMALL);
    let told = ui.painter().text(right, egui::Align2::RIGHT_CENTER, count, small, palette.warning);
    let at = rect.left_center() + vec2(space::S, -size::BODY * 0.72);
    line(ui, at, &title, theme::serif_bold(size::BODY), palette.ink, told.left() - space::L - at.x);
    focus_ring(cx, ui, &response, rect);
    if chosen(response) {
        cx.push(Command::GoTo(Location { archive: id, route: Route::Cover }));
        cx.push(Command::Show(Overlay::Diagnostics));
    }
}

fn more_ui(cx: &ViewContext<'_>, ui: &mut Ui, count: usize) {
    if let Some(count) = count.checked_sub(LISTED).filter(|count| *count > 0) {
        entry_ui(cx, ui, cx.palette.warning, (cx.words.problem)(&Problem::More { count }), "");
    }
}
