//! What stands over the page: settings, shortcuts, problems, opening, asking for a path; and the passing messages.

use std::path::PathBuf;

use egui::accesskit::Role;
use egui::text::{LayoutJob, TextFormat};
use egui::{Align, Align2, Id, Key, Layout, Modal, RichText, Sense, Ui, WidgetInfo, pos2, vec2};

use crate::app::{Command, Notice, Overlay, Replace, ResultsKind, export_name, results_name};
use crate::archive::{LoadError, PhotoId, Source};
use crate::text::Message;

use super::export::export_ui;
use super::problems::problems_ui;
use super::settings::{setting_name, settings_ui};
use super::theme::{self, CONTROL, RADIUS, size, space};
use super::widgets::{chosen, focus_ring, icon_button, line, text_button};
use super::{ViewContext, icons, shortcuts};

/// What the overlays keep between frames.
#[derive(Default)]
pub struct Overlays {
    /// What is being typed.
    line: String,
    /// The overlay that it was begun for.
    filled_for: Option<Overlay>,
}

pub fn overlay_ui(cx: &mut ViewContext<'_>, ctx: &egui::Context, overlays: &mut Overlays) {
    let Some(overlay) = cx.state.overlay.clone() else {
        overlays.filled_for = None;
        return;
    };
    let screen = ctx.content_rect().size();
    let width = match overlay {
        Overlay::Shortcuts | Overlay::Settings => 760.0,
        Overlay::Diagnostics => 720.0,
        _ => 520.0,
    };
    let words = cx.words;
    let title = match overlay {
        Overlay::Shortcuts => words.shortcuts,
        Overlay::Settings => words.settings,
        Overlay::Diagnostics => words.problems,
        Overlay::Open | Overlay::AskArchivePath => words.open_archive,
        Overlay::AskCopyPath(_) => words.save_copy,
        Overlay::Export | Overlay::AskExportPath | Overlay::AskResultsPath(_) => words.export,
        Overlay::SaveSearch => words.search.save_search.trim_end_matches(words.cut),
    };
    let frame = egui::Frame::new()
        .fill(cx.palette.page)
        .stroke(egui::Stroke::new(1.0, cx.palette.hairline))
        .corner_radius(RADIUS + 4)
        .inner_margin(egui::Margin::same(space::XL as i8));
    let modal = Modal::new(Id::unique("overlay")).frame(frame).show(ctx, |ui| {
        ui.set_width(f32::min(width, screen.x - 96.0));
        ui.set_max_height(screen.y - 120.0);
        ui.horizontal(|ui| {
            ui.label(RichText::new(title).font(theme::serif_bold(size::HEADING)).color(cx.palette.ink));
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                if icon_button(cx, ui, icons::X, words.close).clicked() {
                    cx.push(Command::CloseOverlay);
                }
            });
        });
        ui.add_space(space::S);
        match &overlay {
            Overlay::Shortcuts => shortcuts_ui(cx, ui),
            Overlay::Settings => settings_ui(cx, ui),
            Overlay::Diagnostics => problems_ui(cx, ui),
            Overlay::Open => open_ui(cx, ui),
            Overlay::AskArchivePath => ask_archive_ui(cx, ui, overlays),
            Overlay::AskCopyPath(photo) => ask_copy_ui(cx, ui, overlays, *photo),
            Overlay::Export => export_ui(cx, ui),
            Overlay::AskExportPath => ask_export_ui(cx, ui, overlays),
            Overlay::SaveSearch => save_search_ui(cx, ui, overlays),
            Overlay::AskResultsPath(kind) => ask_results_ui(cx, ui, overlays, *kind),
        }
    });
    if modal.backdrop_response.clicked() {
        cx.push(Command::CloseOverlay);
    }
}

fn shortcuts_ui(cx: &ViewContext<'_>, ui: &mut Ui) {
    let height = ui.ctx().content_rect().height() - 220.0;
    egui::ScrollArea::vertical().max_height(height).auto_shrink([false, true]).show(ui, |ui| {
        let two = ui.available_width() > 600.0;
        let groups = shortcuts::list(cx.words);
        let column = |ui: &mut Ui, groups: &[shortcuts::Group]| {
            for (heading, keys) in groups {
                ui.label(RichText::new(*heading).font(theme::sans(size::BODY)).color(cx.palette.accent));
                ui.add_space(space::XS);
                for (key, name) in keys {
                    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 26.0), Sense::hover());
                    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, format!("{name}: {key}")));
                    let at = rect.left_center() - vec2(0.0, 10.0);
                    let font = theme::sans(14.0);
                    let ink = cx.palette.ink_weak;
                    let keys = ui.painter().text(rect.right_center(), Align2::RIGHT_CENTER, key, font, ink);
                    let room = keys.left() - rect.left() - space::S;
                    line(ui, at, name, theme::sans(14.0), cx.palette.ink, room);
                }
                ui.add_space(space::L);
            }
        };
        if two {
            // Room for the scroll bar.
            ui.set_width(ui.available_width() - space::L);
            ui.spacing_mut().item_spacing = vec2(space::XXL, 0.0);
            ui.columns(2, |columns| {
                for (ui, groups) in columns.iter_mut().zip(groups.chunks(2)) {
                    column(ui, groups);
                }
            });
        } else {
            column(ui, &groups);
        }
    });
}

fn open_ui(cx: &mut ViewContext<'_>, ui: &mut Ui) {
    let words = cx.words;
    ui.horizontal(|ui| {
        if text_button(cx, ui, Some(icons::FOLDER_OPEN), words.open_other_file, true).clicked() {
            cx.push(Command::PickArchive);
        }
        if text_button(cx, ui, None, words.open_other_folder, false).clicked() {
            cx.push(Command::PickFolder);
        }
        if text_button(cx, ui, None, words.path, false).clicked() {
            cx.push(Command::Show(Overlay::AskArchivePath));
        }
    });
    ui.add_space(space::M);
    source_ui(cx, ui, icons::BOOK_OPEN, words.open_bundled, &Source::Embedded);
    ui.add_space(space::L);
    setting_name(cx, ui, words.recents);
    let recents = cx.state.settings.recents.clone();
    if recents.is_empty() {
        ui.label(RichText::new(words.no_recents).size(14.0).color(cx.palette.ink));
        return;
    }
    egui::ScrollArea::vertical().max_height(ui.ctx().content_rect().height() - 400.0).show(ui, |ui| {
        for path in recents {
            let label = path.display().to_string();
            source_ui(cx, ui, icons::CLOCK, &label, &Source::at(&path));
        }
    });
    ui.add_space(space::S);
    if text_button(cx, ui, None, words.forget_recents, false).clicked() {
        cx.push(Command::ForgetRecents);
    }
}

fn source_ui(cx: &mut ViewContext<'_>, ui: &mut Ui, icon: &str, label: &str, source: &Source) {
    let palette = cx.palette;
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), CONTROL), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, label));
    if response.hovered() {
        ui.painter().rect_filled(rect, RADIUS, palette.hover);
    }
    let at = rect.left_center() + vec2(space::L, 0.0);
    ui.painter().text(at, Align2::CENTER_CENTER, icon, theme::sans(size::ICON), palette.ink);
    let at = pos2(rect.left() + space::XXL, rect.center().y - size::BODY * 0.72);
    line(ui, at, label, theme::sans(size::BODY), palette.ink, rect.width() - space::XXL - space::S);
    focus_ring(cx, ui, &response, rect);
    if chosen(response.on_hover_text(label)) {
        cx.push(Command::Open(source.clone()));
    }
}

fn ask_archive_ui(cx: &mut ViewContext<'_>, ui: &mut Ui, overlays: &mut Overlays) {
    let start = cx.state.library.source.path().map(|path| path.display().to_string()).unwrap_or_default();
    if let Some(path) = ask_path_ui(cx, ui, overlays, &Overlay::AskArchivePath, start, cx.words.open) {
        cx.push(Command::Open(Source::at(&path)));
    }
}

fn ask_copy_ui(cx: &mut ViewContext<'_>, ui: &mut Ui, overlays: &mut Overlays, photo: PhotoId) {
    let name = cx.archive().photo(photo).file.as_ref().map_or("photo", |file| file.file_name()).to_owned();
    let folder = directories::UserDirs::new()
        .map(|dirs| dirs.picture_dir().unwrap_or(dirs.home_dir()).to_owned())
        .unwrap_or_default();
    let start = folder.join(name).display().to_string();
    if let Some(path) = ask_path_ui(cx, ui, overlays, &Overlay::AskCopyPath(photo), start, cx.words.save) {
        cx.push(Command::SaveCopyTo(photo, path, Replace::Never));
    }
}

fn ask_results_ui(cx: &mut ViewContext<'_>, ui: &mut Ui, overlays: &mut Overlays, kind: ResultsKind) {
    let start = in_documents(&results_name(cx.state, kind));
    if let Some(path) = ask_path_ui(cx, ui, overlays, &Overlay::AskResultsPath(kind), start, cx.words.save) {
        cx.push(Command::ResultsTo(kind, path, Replace::Never));
    }
}

/// Asks for the name of a search that is to be kept.
fn save_search_ui(cx: &mut ViewContext<'_>, ui: &mut Ui, overlays: &mut Overlays) {
    let words = cx.words;
    let start = cx.state.search.words.trim().to_owned();
    let hint = words.search.search_name;
    setting_name(cx, ui, hint);
    if let Some(name) = ask_ui(cx, ui, overlays, &Overlay::SaveSearch, start, (hint, hint), words.save) {
        cx.push(Command::SaveSearch(name));
    }
}

/// The path of a file in the user's folder for documents.
fn in_documents(name: &str) -> String {
    let folder = directories::UserDirs::new()
        .map(|dirs| dirs.document_dir().unwrap_or(dirs.home_dir()).to_owned())
        .unwrap_or_default();
    folder.join(name).display().to_string()
}

fn ask_export_ui(cx: &mut ViewContext<'_>, ui: &mut Ui, overlays: &mut Overlays) {
    let start = in_documents(&export_name(cx.state));
    if let Some(path) = ask_path_ui(cx, ui, overlays, &Overlay::AskExportPath, start, cx.words.save) {
        cx.push(Command::ExportTo(path, Replace::Never));
    }
}

/// Asks for a path; `Some` when it was given.
fn ask_path_ui(
    cx: &mut ViewContext<'_>,
    ui: &mut Ui,
    overlays: &mut Overlays,
    overlay: &Overlay,
    start: String,
    action: &str,
) -> Option<PathBuf> {
    ui.label(RichText::new(cx.words.no_dialog).size(14.0).color(cx.palette.ink));
    ui.add_space(space::XS);
    let words = (cx.words.path, cx.words.path_hint);
    let given = ask_ui(cx, ui, overlays, overlay, start, words, action)?;
    let path = given.trim_matches('"');
    (!path.is_empty()).then(|| PathBuf::from(path))
}

/// Asks for a line of text, which has a name and a hint; `Some` when it was given.
fn ask_ui(
    cx: &mut ViewContext<'_>,
    ui: &mut Ui,
    overlays: &mut Overlays,
    overlay: &Overlay,
    start: String,
    (name, hint): (&str, &str),
    action: &str,
) -> Option<String> {
    let words = cx.words;
    let fresh = overlays.filled_for.as_ref() != Some(overlay);
    if fresh {
        overlays.filled_for = Some(overlay.clone());
        overlays.line = start;
    }
    let edit = egui::TextEdit::singleline(&mut overlays.line)
        .hint_text(hint)
        .margin(egui::Margin::symmetric(space::M as i8, space::S as i8))
        .desired_width(f32::INFINITY);
    let response = ui.add(edit);
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_label(name));
    if fresh {
        response.request_focus();
    }
    let entered = response.lost_focus() && ui.input(|i| i.key_pressed(Key::Enter));
    ui.add_space(space::M);
    let mut given = entered;
    ui.horizontal(|ui| {
        given |= text_button(cx, ui, None, action, true).clicked();
        if text_button(cx, ui, None, words.cancel, false).clicked() {
            cx.push(Command::CloseOverlay);
        }
    });
    let line = overlays.line.trim();
    (given && !line.is_empty()).then(|| line.to_owned())
}

/// While an archive is read: that it is, and a way out. Only once it has taken long enough to be noticed.
pub fn loading_ui(cx: &mut ViewContext<'_>, ctx: &egui::Context, secs: f64) {
    const NOTICED_SECS: f64 = 0.4;
    if secs < NOTICED_SECS {
        ctx.request_repaint_after(std::time::Duration::from_secs_f64(NOTICED_SECS - secs));
        return;
    }
    let (done, all) = cx.state.loading.as_ref().map_or((0, 0), |loading| loading.monitor.progress());
    let said = match all {
        0 => cx.words.loading.to_owned(),
        _ => format!("{}  {}", cx.words.loading, (cx.words.page_of)(done, all)),
    };
    Modal::new(Id::unique("loading")).show(ctx, |ui| {
        ui.horizontal(|ui| {
            ui.spinner();
            ui.label(RichText::new(said).size(size::LARGE).color(cx.palette.ink));
            ui.add_space(space::L);
            if text_button(cx, ui, None, cx.words.cancel, false).clicked() {
                cx.push(Command::CancelOpen);
            }
        });
    });
}

/// While a file is held over the window: what letting go will do.
pub fn drop_ui(cx: &ViewContext<'_>, ctx: &egui::Context) {
    if ctx.input(|i| i.raw.hovered_files.is_empty()) {
        return;
    }
    let painter = ctx.layer_painter(egui::LayerId::new(egui::Order::Foreground, Id::unique("drop")));
    let screen = ctx.content_rect();
    let palette = cx.palette;
    painter.rect_filled(screen, 0, palette.darkroom.gamma_multiply(0.75));
    let font = theme::serif_bold(size::HEADING);
    let words = format!("{}  {}", icons::FOLDER_OPEN, cx.words.drop_here);
    painter.text(screen.center(), Align2::CENTER_CENTER, words, font, palette.on_darkroom);
}

/// The message at the foot of the window.
pub fn notice_ui(cx: &mut ViewContext<'_>, ctx: &egui::Context) {
    let words = cx.words;
    let Some(notice) = &cx.state.notice else { return };
    let (text, remedy, problem) = match notice {
        Notice::Opened { title, archives, problems } => {
            ((words.opened)(title, *archives, *problems), String::new(), *problems > 0)
        }
        Notice::NotOpened { source, error } => {
            let said = (words.load_error)(error);
            let name = source.path().and_then(|path| path.file_name()).map(|name| name.to_string_lossy());
            // The others name the whole path themselves.
            let what = match (error, name) {
                (LoadError::Encoding | LoadError::NotJson { .. } | LoadError::NotAnArchive, Some(name)) => {
                    format!("{name}: {}", said.what)
                }
                _ => said.what,
            };
            (what, said.remedy, true)
        }
        Notice::Copied { characters, form } => ((words.copied)(*characters, *form), String::new(), false),
        Notice::Exported { to } => ((words.saved_to)(to), String::new(), false),
        Notice::Printing => (words.printing.to_owned(), String::new(), false),
        Notice::NotExported(error) => both(words.export_error(error)),
        Notice::AddressCopied => (words.address_copied.to_owned(), String::new(), false),
        Notice::CopySaved { to } => ((words.saved_to)(to), String::new(), false),
        Notice::CopyNotSaved { error, .. } => both((words.save_error)(error)),
        // Nobody chose where they are kept.
        Notice::SettingsNotWritten(error) => {
            ((words.save_error)(error).what, words.settings_forgotten.to_owned(), true)
        }
        Notice::WithoutGraphicsCard => (words.without_graphics_card.to_owned(), String::new(), true),
        Notice::Panicked => (words.panicked.to_owned(), String::new(), true),
    };
    let shows_problems = matches!(notice, Notice::Opened { problems: 1.., .. });
    egui::Area::new(Id::unique("notice"))
        .anchor(Align2::CENTER_BOTTOM, vec2(0.0, -space::XL))
        .order(egui::Order::Foreground)
        .show(ctx, |ui| {
            let palette = cx.palette;
            let frame = egui::Frame::new()
                .fill(palette.darkroom)
                .corner_radius(RADIUS)
                .stroke(egui::Stroke::new(1.0, if palette.dark { palette.hairline } else { palette.darkroom }))
                .inner_margin(egui::Margin::symmetric(space::L as i8, space::S as i8));
            frame.show(ui, |ui| {
                let width = (ctx.content_rect().width() - 80.0).min(640.0);
                ui.set_max_width(width);
                ui.horizontal(|ui| {
                    let ink = palette.on_darkroom;
                    let beside = CONTROL * if shows_problems { 6.0 } else { 3.0 };
                    let mut job =
                        LayoutJob::simple(text, theme::sans(size::BODY), ink, (width - beside).max(CONTROL * 3.0));
                    if !remedy.is_empty() {
                        job.append(&format!("\n{remedy}"), 0.0, TextFormat::simple(theme::sans(14.0), ink));
                    }
                    let said = ui.fonts_mut(|fonts| fonts.layout_job(job));
                    // What follows is centred in a row whose height is known.
                    ui.set_min_height(said.size().y.max(CONTROL));
                    let icon = if problem { icons::WARNING } else { icons::CHECK };
                    ui.label(RichText::new(icon).size(size::ICON).color(ink));
                    ui.label(said);
                    if shows_problems
                        && ui.add(egui::Button::new(RichText::new(words.problems).color(ink)).frame(false)).clicked()
                    {
                        cx.push(Command::Show(Overlay::Diagnostics));
                        cx.push(Command::DismissNotice);
                    }
                    let style = super::widgets::IconStyle { ink: Some(ink), ..Default::default() };
                    if super::widgets::icon_button_with(cx, ui, icons::X, words.close, style).clicked() {
                        cx.push(Command::DismissNotice);
                    }
                });
            });
        });
}

fn both(message: Message) -> (String, String, bool) {
    (message.what, message.remedy, true)
}
