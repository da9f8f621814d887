//! The bar at the top: history, title, search box, text size, menu.

use egui::accesskit::Role;
use egui::{
    Align, Event, ImeEvent, Key, Layout, Response, Sense, Stroke, StrokeKind, TextEdit, Ui, WidgetInfo, pos2, vec2,
};

use crate::app::{Command, Overlay, Route};

use super::results::syntax_ui;
use super::theme::{self, CONTROL, NARROW, RADIUS, size, space};
use super::widgets::{IconStyle, icon_button, icon_button_with, line, menu_item};
use super::{ViewContext, icons};
use crate::typeset::full_width;

/// The search box's own memory.
#[derive(Default)]
pub struct SearchBox {
    /// The text in the box, which may hold a half-typed syllable of an input method.
    text: String,
    /// An input method is composing: what is in the box is not meant yet.
    pub composing: bool,
    /// Take the keyboard in the next frame.
    pub take_focus: bool,
    /// Below the empty box stands what can be typed, and the searches that were kept.
    helping: bool,
}

pub fn top_bar_ui(cx: &mut ViewContext<'_>, ui: &mut Ui, search: &mut SearchBox) {
    let narrow = ui.available_width() < NARROW;
    ui.horizontal_centered(|ui| {
        ui.spacing_mut().item_spacing.x = space::XS;
        let words = cx.words;
        let (name, hidden) = match cx.state.settings.contents_hidden {
            true => (words.show_contents, true),
            false => (words.hide_contents, false),
        };
        // The shelf has no contents beside it.
        let on_shelf = cx.state.route() == Route::Shelf;
        let style = IconStyle { toggled: Some(!hidden && !on_shelf), disabled: on_shelf, ..Default::default() };
        if icon_button_with(cx, ui, icons::SIDEBAR, name, style).clicked() {
            cx.push(Command::ToggleContents);
        }
        let disabled = |disabled| IconStyle { disabled, ..Default::default() };
        let history = &cx.state.history;
        let (no_back, no_forward) = (!history.can_go_back(), !history.can_go_forward());
        if icon_button_with(cx, ui, icons::ARROW_LEFT, words.back, disabled(no_back)).clicked() {
            cx.push(Command::Back);
        }
        if !narrow && icon_button_with(cx, ui, icons::ARROW_RIGHT, words.forward, disabled(no_forward)).clicked() {
            cx.push(Command::Forward);
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = space::XS;
            menu_ui(cx, ui);
            if !narrow {
                let size = cx.state.settings.text_size;
                if icon_button(cx, ui, icons::TEXT_SIZE, words.settings).clicked() {
                    cx.push(Command::Show(Overlay::Settings));
                }
                let (larger, smaller) = (size.step(1), size.step(-1));
                if icon_button_with(cx, ui, icons::PLUS, words.larger, disabled(larger == size)).clicked() {
                    cx.push(Command::SetTextSize(larger));
                }
                if icon_button_with(cx, ui, icons::MINUS, words.smaller, disabled(smaller == size)).clicked() {
                    cx.push(Command::SetTextSize(smaller));
                }
                ui.add_space(space::S);
            }
            let room = ui.available_width();
            let width = if narrow { room - space::S } else { (room * 0.5).clamp(260.0, 460.0).min(room) };
            search_ui(cx, ui, search, width);
            if !narrow {
                title_ui(cx, ui);
            }
        });
    });
}

fn title_ui(cx: &mut ViewContext<'_>, ui: &mut Ui) {
    let width = ui.available_width() - space::XL;
    if width < 80.0 {
        return;
    }
    let (rect, response) = ui.allocate_exact_size(vec2(width, CONTROL), Sense::click());
    let library = &cx.state.library;
    let on_shelf = cx.state.route() == Route::Shelf;
    let title = if on_shelf { cx.words.shelf } else { cx.archive().title.as_str() };
    let title = full_width(if title.is_empty() { cx.words.app_name } else { title });
    // Up from an archive lies the shelf that it stands on.
    let up = library.has_several() && !on_shelf;
    let name = if up { format!("{} ‹ {title}", cx.words.shelf) } else { title.clone() };
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
    let font = theme::serif_bold(size::LARGE);
    let ink = if response.hovered() { cx.palette.accent } else { cx.palette.ink };
    let mut left = rect.left() + space::S;
    if up {
        let at = pos2(left + space::S, rect.center().y);
        ui.painter().text(at, egui::Align2::CENTER_CENTER, icons::CARET_LEFT, theme::sans(size::ICON), ink);
        left += space::XL;
    }
    let at = pos2(left, rect.center().y - size::LARGE * 0.72);
    line(ui, at, &title, font, ink, rect.right() - space::S - left);
    super::widgets::focus_ring(cx, ui, &response, rect);
    let response = if up { response.on_hover_text(cx.words.shelf) } else { response };
    if super::widgets::chosen(response) {
        cx.push(Command::Go(if library.has_several() { Route::Shelf } else { Route::Cover }));
    }
}

fn search_ui(cx: &mut ViewContext<'_>, ui: &mut Ui, search: &mut SearchBox, width: f32) {
    let palette = cx.palette;
    let id = ui.scope_id().with("search");
    let focused = ui.ctx().memory(|m| m.has_focus(id));
    // Some systems say nothing when composing ends because the box has lost the keyboard.
    search.composing &= focused;
    for event in ui.input(|i| i.events.clone()) {
        if let Event::Ime(ime) = event {
            search.composing = matches!(ime, ImeEvent::Preedit { text, .. } if !text.is_empty());
        }
    }
    if !search.composing && search.text != cx.state.search.words {
        search.text.clone_from(&cx.state.search.words);
    }
    let (rect, _) = ui.allocate_exact_size(vec2(width, CONTROL), Sense::hover());
    let stroke = if focused { Stroke::new(2.0, palette.accent) } else { Stroke::new(1.0, palette.hairline) };
    ui.painter().rect(rect, RADIUS, palette.raised, stroke, StrokeKind::Inside);
    let icon_at = rect.left_center() + vec2(space::L + 2.0, 0.0);
    let center = egui::Align2::CENTER_CENTER;
    ui.painter().text(icon_at, center, icons::MAGNIFYING_GLASS, theme::sans(18.0), palette.ink_weak);

    let count = count_words(cx);
    let count_width = if count.is_empty() { 0.0 } else { 92.0 };
    let clear_width = if search.text.is_empty() { 0.0 } else { CONTROL };
    let mut inner = rect;
    inner.min.x += space::XL + space::M;
    inner.max.x -= space::S + count_width + clear_width;
    // Enter goes to the next match and the keyboard stays in the box.
    let (enter, back) = if focused && !search.composing {
        // The shifted one first: without Shift matches with it, too.
        let back = ui.input_mut(|i| i.consume_key(egui::Modifiers::SHIFT, Key::Enter));
        (ui.input_mut(|i| i.consume_key(egui::Modifiers::NONE, Key::Enter)), back)
    } else {
        (false, false)
    };
    let edit = TextEdit::singleline(&mut search.text)
        .id(id)
        .frame(egui::Frame::NONE)
        .font(theme::sans(size::BODY))
        .hint_text(egui::RichText::new(cx.words.search_hint).color(palette.ink_weak))
        .align(egui::Align2::LEFT_CENTER)
        .desired_width(inner.width());
    // In a child, so that the bar goes on after the whole box.
    let layout = Layout::left_to_right(Align::Center);
    let mut field = ui.new_child(egui::UiBuilder::new().max_rect(inner).layout(layout));
    let response = field.add(edit);
    let label = cx.words.search_label;
    ui.ctx().accesskit_node_builder(id, |node| node.set_label(label));
    if search.take_focus {
        search.take_focus = false;
        response.request_focus();
        select_all(ui, id, &search.text);
    }
    if !search.composing && search.text != cx.state.search.words {
        cx.push(Command::Search(search.text.clone()));
    }
    help_ui(cx, ui, search, rect, &response);
    if enter || back {
        cx.push(Command::BesideHit(if back { -1 } else { 1 }));
    }
    if !count.is_empty() {
        let at = pos2(rect.right() - clear_width - space::S, rect.center().y);
        let right = egui::Align2::RIGHT_CENTER;
        ui.painter().text(at, right, count, theme::sans(size::SMALL), palette.ink_weak);
    }
    if clear_width > 0.0 {
        let at = egui::Rect::from_center_size(rect.right_center() - vec2(CONTROL / 2.0, 0.0), vec2(CONTROL, CONTROL));
        let mut child = ui.new_child(egui::UiBuilder::new().max_rect(at));
        if icon_button(cx, &mut child, icons::X, cx.words.clear_search).clicked() {
            cx.push(Command::ClearSearch);
        }
    }
}

/// Below the empty box: searches that were kept, and what can be typed.
fn help_ui(cx: &mut ViewContext<'_>, ui: &Ui, search: &mut SearchBox, rect: egui::Rect, response: &Response) {
    let ctx = ui.ctx();
    let focused = response.has_focus();
    search.helping = search.text.is_empty() && cx.state.overlay.is_none() && (search.helping || focused);
    if !search.helping {
        return;
    }
    let screen = ctx.content_rect();
    let frame = egui::Frame::popup(ui.style()).fill(cx.palette.page).inner_margin(space::L as i8);
    let margin = 2.0 * (space::L + 1.0);
    let width = rect.width().max(340.0).min(screen.width() - 2.0 * space::XS);
    let at = pos2(rect.left().min(screen.right() - width - space::XS), rect.bottom() + space::XS);
    let area = egui::Area::new(egui::Id::unique("search help")).fixed_pos(at).constrain(false);
    let shown = area.order(egui::Order::Foreground).show(ctx, |ui| {
        frame.show(ui, |ui| {
            ui.set_width(width - margin);
            // It ends above the window's end, and never lies over the box.
            let most = (screen.bottom() - at.y - margin - space::S).max(CONTROL);
            // What it was last time does not limit it.
            ui.set_max_height(most);
            egui::ScrollArea::vertical().auto_shrink([false, true]).show(ui, |ui| {
                // Room for the scroll bar.
                ui.set_width(width - margin - space::M);
                ui.spacing_mut().item_spacing.y = 6.0;
                saved_ui(cx, ui);
                syntax_ui(cx, ui);
            });
        });
    });
    let layer = shown.response.layer_id;
    let inside = ctx.memory(|m| m.focused()).and_then(|id| ctx.read_response(id)).is_some_and(|r| r.layer_id == layer);
    if focused || inside {
        return;
    }
    // What is pressed in it does not take the keyboard from the box.
    let pressed =
        ui.input(|i| i.pointer.any_pressed() || i.pointer.any_released()) && shown.response.contains_pointer();
    if pressed {
        response.request_focus();
    }
    search.helping = pressed;
}

/// The searches that were kept.
fn saved_ui(cx: &mut ViewContext<'_>, ui: &mut Ui) {
    let state = cx.state;
    if state.settings.searches.is_empty() {
        return;
    }
    let heading = cx.words.search.saved_searches;
    ui.label(egui::RichText::new(heading).size(size::SMALL).color(cx.palette.ink_weak));
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
        for (index, saved) in state.settings.searches.iter().enumerate() {
            ui.horizontal(|ui| {
                let width = ui.available_width() - CONTROL;
                ui.allocate_ui(vec2(width, CONTROL), |ui| {
                    if menu_item(cx, ui, icons::BOOKMARK, &saved.name) {
                        cx.push(Command::RecallSearch(index));
                    }
                });
                let forget = (cx.words.search.forget_search)(&saved.name);
                if icon_button(cx, ui, icons::X, &forget).clicked() {
                    cx.push(Command::ForgetSearch(index));
                }
            });
        }
    });
    ui.add_space(space::S);
}

fn select_all(ui: &Ui, id: egui::Id, text: &str) {
    use egui::text::{CCursor, CCursorRange};
    let Some(mut state) = egui::text_edit::TextEditState::load(ui.ctx(), id) else { return };
    let all = CCursorRange::two(CCursor::new(0), CCursor::new(text.chars().count()));
    state.cursor.set_char_range(Some(all));
    state.store(ui.ctx(), id);
}

/// How far through the matches we are, in few characters.
fn count_words(cx: &ViewContext<'_>) -> String {
    let search = &cx.state.search;
    if search.is_idle() || search.pending {
        return String::new();
    }
    match search.current {
        Some(current) => (cx.words.page_of)(current + 1, search.found.count),
        None => (cx.words.hits)(search.found.count),
    }
}

fn menu_ui(cx: &mut ViewContext<'_>, ui: &mut Ui) {
    let words = cx.words;
    let button = icon_button(cx, ui, icons::DOTS, words.menu);
    egui::Popup::menu(&button).show(|ui| {
        ui.set_width(240.0);
        let on_shelf = cx.state.route() == Route::Shelf;
        let library = &cx.state.library;
        let problems =
            if on_shelf { library.problems() } else { cx.archive().diagnostics.len() + library.unread.len() };
        let state = if problems == 0 {
            words.problems.to_owned()
        } else {
            format!("{}: {}", words.problems, (words.problem_count)(problems))
        };
        for (icon, label, command) in [
            (icons::BOOK_OPEN, words.open_archive.to_owned(), Command::Show(Overlay::Open)),
            (icons::FOLDER_OPEN, words.open_folder.to_owned(), Command::PickFolder),
            (icons::ARROWS_CLOCKWISE, words.reload.to_owned(), Command::Reload),
            (icons::DOWNLOAD, words.export_menu.to_owned(), Command::Show(Overlay::Export)),
            (icons::NEWSPAPER, words.print.to_owned(), Command::Print),
            (icons::TEXT_SIZE, words.settings.to_owned(), Command::Show(Overlay::Settings)),
            (icons::SEAL_CHECK, state, Command::Show(Overlay::Diagnostics)),
            (icons::KEYBOARD, words.shortcuts.to_owned(), Command::Show(Overlay::Shortcuts)),
            (icons::X, words.quit.to_owned(), Command::Quit),
        ] {
            // There is no archive to export on the shelf.
            if on_shelf && matches!(command, Command::Show(Overlay::Export) | Command::Print) {
                continue;
            }
            if menu_item(cx, ui, icon, &label) {
                cx.push(command);
                ui.close();
            }
        }
    });
}
