//! What the reader chooses: how text is set, how the program looks.

use egui::accesskit::Role;
use egui::{Align2, Rect, RichText, Sense, Ui, Vec2, WidgetInfo, pos2, vec2};

use crate::app::{BodyFace, Command, Drawing, Leading, LineLength, TEXT_SIZES, TextSize, Theme, Typography};
use crate::text::Language;

use super::theme::{self, CONTROL, RADIUS, size, space};
use super::widgets::{chosen, focus_ring, icon_button};
use super::{ViewContext, archive_title, icons};

/// Dialogs narrower than this have one column.
const TWO_COLUMNS: f32 = 600.0;

const SWITCH: Vec2 = vec2(44.0, 24.0);

pub fn settings_ui(cx: &mut ViewContext<'_>, ui: &mut Ui) {
    let height = ui.ctx().content_rect().height() - 220.0;
    egui::ScrollArea::vertical().max_height(height).auto_shrink([false, true]).show(ui, |ui| {
        if ui.available_width() < TWO_COLUMNS {
            reading_ui(cx, ui);
            looks_ui(cx, ui);
            return;
        }
        // Room for the scroll bar.
        ui.set_width(ui.available_width() - space::L);
        ui.spacing_mut().item_spacing.x = space::XXL;
        ui.columns(2, |columns| {
            let [reading, looks] = columns else { return };
            for column in [&mut *reading, looks] {
                column.spacing_mut().item_spacing.x = space::S;
            }
            reading_ui(cx, reading);
            looks_ui(cx, looks);
        });
    });
}

/// How running text is set.
fn reading_ui(cx: &mut ViewContext<'_>, ui: &mut Ui) {
    let words = cx.words;
    let settings = &cx.state.settings;
    let typography = settings.typography;
    setting_name(cx, ui, words.text_size);
    let mut index = settings.text_size.index();
    ui.horizontal(|ui| {
        if icon_button(cx, ui, icons::MINUS, words.smaller).clicked() {
            cx.push(Command::SetTextSize(settings.text_size.step(-1)));
        }
        let slider = egui::Slider::new(&mut index, 0..=TEXT_SIZES.len() - 1).show_value(false).trailing_fill(true);
        let response = ui.scope(|ui| {
            ui.spacing_mut().slider_width = ui.available_width() - CONTROL - space::L * 2.0;
            // A rail that is seen on the page, and filled up to the handle.
            ui.visuals_mut().widgets.inactive.bg_fill = cx.palette.hairline;
            ui.visuals_mut().selection.bg_fill = cx.palette.accent;
            ui.add(slider)
        });
        let response = response.inner;
        let value = format!("{} {}", words.text_size, TEXT_SIZES[index]);
        response.widget_info(|| WidgetInfo::labeled(Role::Slider, true, &value));
        if response.changed() {
            cx.push(Command::SetTextSize(TextSize::from_index(index)));
        }
        if icon_button(cx, ui, icons::PLUS, words.larger).clicked() {
            cx.push(Command::SetTextSize(settings.text_size.step(1)));
        }
    });
    sample_ui(cx, ui);
    ui.add_space(space::M);
    setting_name(cx, ui, words.face);
    let faces = BodyFace::ALL.map(|face| {
        let chosen = Typography { face, ..typography };
        ("", (words.face_name)(face), typography.face == face, Command::SetTypography(chosen))
    });
    choices_ui(cx, ui, &faces);
    ui.add_space(space::M);
    setting_name(cx, ui, words.leading);
    let leadings = Leading::ALL.map(|leading| {
        let chosen = Typography { leading, ..typography };
        ("", (words.leading_name)(leading), typography.leading == leading, Command::SetTypography(chosen))
    });
    choices_ui(cx, ui, &leadings);
    ui.add_space(space::M);
    setting_name(cx, ui, words.line_length);
    let lengths = LineLength::ALL.map(|measure| {
        let chosen = Typography { measure, ..typography };
        ("", (words.line_length_name)(measure), typography.measure == measure, Command::SetTypography(chosen))
    });
    choices_ui(cx, ui, &lengths);
    ui.add_space(space::M);
    let ragged = Typography { ragged: !typography.ragged, ..typography };
    switch_ui(cx, ui, words.justify, None, !typography.ragged, Command::SetTypography(ragged));
    let stored = Typography { as_stored: !typography.as_stored, ..typography };
    switch_ui(
        cx,
        ui,
        words.as_stored,
        Some(words.as_stored_hint),
        typography.as_stored,
        Command::SetTypography(stored),
    );
}

/// How the program looks.
fn looks_ui(cx: &mut ViewContext<'_>, ui: &mut Ui) {
    let words = cx.words;
    let settings = &cx.state.settings;
    setting_name(cx, ui, words.theme);
    for theme in Theme::ALL {
        let icon = match theme {
            Theme::Light => icons::SUN,
            Theme::Dark => icons::MOON,
            Theme::HighContrast => icons::CIRCLE_HALF,
        };
        let choice = (icon, (words.theme_name)(theme), settings.theme == theme, Command::SetTheme(theme));
        choices_ui(cx, ui, &[choice]);
    }
    ui.add_space(space::M);
    setting_name(cx, ui, words.language);
    let current = cx.state.language();
    let languages =
        Language::ALL.map(|language| ("", language.name(), language == current, Command::SetLanguage(language)));
    choices_ui(cx, ui, &languages);
    ui.add_space(space::M);
    setting_name(cx, ui, words.drawing);
    let drawings = Drawing::ALL
        .map(|drawing| ("", (words.drawing_name)(drawing), settings.drawing == drawing, Command::SetDrawing(drawing)));
    choices_ui(cx, ui, &drawings);
    hint_ui(cx, ui, words.drawing_hint);
    ui.add_space(space::M);
    let elder = Command::SetElder(!settings.elder);
    switch_ui(cx, ui, words.elder, Some(words.elder_hint), settings.elder, elder);
}

/// The archive's title, as the page would set it.
fn sample_ui(cx: &ViewContext<'_>, ui: &mut Ui) {
    let sheet = cx.state.settings.sheet(ui.available_width());
    let font = theme::font(sheet.face, sheet.size);
    let title = archive_title(cx.words, cx.archive());
    ui.add(egui::Label::new(RichText::new(title).font(font).color(cx.palette.ink)).truncate());
}

pub fn setting_name(cx: &ViewContext<'_>, ui: &mut Ui, name: &str) {
    ui.label(RichText::new(name).size(14.0).color(cx.palette.ink_weak));
}

/// What a choice means. Columns would spread its words over the whole line.
fn hint_ui(cx: &ViewContext<'_>, ui: &mut Ui, hint: &str) {
    ui.with_layout(egui::Layout::top_down(egui::Align::Min), |ui| {
        ui.label(RichText::new(hint).size(size::SMALL).color(cx.palette.ink_weak));
    });
}

/// Something that is so or not, with what it means.
fn switch_ui(cx: &mut ViewContext<'_>, ui: &mut Ui, name: &str, hint: Option<&str>, on: bool, command: Command) {
    let palette = cx.palette;
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), CONTROL + space::XS), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Switch, true, on, name));
    let track = Rect::from_center_size(pos2(rect.right() - SWITCH.x / 2.0, rect.center().y), SWITCH);
    let (fill, knob_x) = if on {
        (palette.accent, track.right() - SWITCH.y / 2.0)
    } else {
        (palette.ink_weak, track.left() + SWITCH.y / 2.0)
    };
    ui.painter().rect_filled(track, SWITCH.y / 2.0, fill);
    ui.painter().circle_filled(pos2(knob_x, track.center().y), SWITCH.y / 2.0 - 3.0, palette.on_accent);
    ui.painter().text(rect.left_center(), Align2::LEFT_CENTER, name, theme::sans(size::BODY), palette.ink);
    focus_ring(cx, ui, &response, rect);
    if chosen(response) {
        cx.push(command);
    }
    if let Some(hint) = hint {
        hint_ui(cx, ui, hint);
    }
}

/// A row of buttons of which one is chosen.
pub fn choices_ui(cx: &mut ViewContext<'_>, ui: &mut Ui, choices: &[(&str, &str, bool, Command)]) {
    let palette = cx.palette;
    let gap = space::S;
    let width = (ui.available_width() - gap * (choices.len() as f32 - 1.0)) / choices.len() as f32;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = gap;
        for (icon, label, current, command) in choices {
            let (rect, response) = ui.allocate_exact_size(vec2(width, CONTROL + space::XS), Sense::click());
            response.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, *current, *label));
            let (fill, stroke, ink) = match (*current, response.hovered()) {
                (true, _) => (palette.accent_soft, palette.accent, palette.accent),
                (false, true) => (palette.hover, palette.ink_weak, palette.ink),
                (false, false) => (palette.raised, palette.hairline, palette.ink),
            };
            let stroke = egui::Stroke::new(1.0, stroke);
            ui.painter().rect(rect, RADIUS, fill, stroke, egui::StrokeKind::Inside);
            let text = if icon.is_empty() { (*label).to_owned() } else { format!("{icon}  {label}") };
            ui.painter().text(rect.center(), Align2::CENTER_CENTER, text, theme::sans(size::BODY), ink);
            focus_ring(cx, ui, &response, rect);
            if chosen(response) {
                cx.push(command.clone());
            }
        }
    });
}
