//! From when to when: two fields for dates of any precision.

use egui::{Align2, RichText, Stroke, StrokeKind, TextEdit, Ui, vec2};

use crate::app::Command;
use crate::library::dates::Days;
use crate::library::filter::Filter;
use crate::text::Words;

use super::ViewContext;
use super::theme::{self, CONTROL, RADIUS, size, space};

/// What stands in the two fields.
#[derive(Default)]
pub struct Period {
    from: String,
    to: String,
    /// The days that the fields last stood for: when others are chosen, the fields follow.
    days: Option<Days>,
}

/// A field's text as an end of the days; `Err` for what is no date.
fn end(typed: &str, of: fn(Days) -> u32, open: u32) -> Result<u32, ()> {
    match typed.trim() {
        "" => Ok(open),
        typed => Days::read(typed).map(of).ok_or(()),
    }
}

impl Period {
    /// The days from one field to the other; `None` if both are empty.
    fn read(&self) -> Result<Option<Days>, ()> {
        let first = end(&self.from, |days| days.first, Days::EARLIEST)?;
        let last = end(&self.to, |days| days.last, Days::LATEST)?;
        match (first, last) {
            (Days::EARLIEST, Days::LATEST) => Ok(None),
            _ if first <= last => Ok(Some(Days { first, last })),
            _ => Err(()),
        }
    }

    fn follow(&mut self, days: Option<Days>) {
        if self.days == days {
            return;
        }
        self.days = days;
        let [from, to] = days.map(Days::ends).unwrap_or_default();
        self.from = from.unwrap_or_default();
        self.to = to.unwrap_or_default();
    }
}

/// What days are called where they are listed.
pub fn days_text(words: &Words, days: Days) -> String {
    let [from, to] = days.ends().map(|day| day.map(|day| (words.date)(&day)));
    (words.results.range)(from.as_deref(), to.as_deref())
}

pub fn period_ui(cx: &mut ViewContext<'_>, ui: &mut Ui, period: &mut Period) {
    let chosen = cx.state.search.filter.days;
    period.follow(chosen);
    let words = &cx.words.search;
    let mut changed = false;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::S;
        let width = (ui.available_width() - space::L - size::SMALL) / 2.0;
        changed |= field(cx, ui, &mut period.from, words.from_day, width);
        ui.label(RichText::new("–").color(cx.palette.ink_weak));
        changed |= field(cx, ui, &mut period.to, words.to_day, width);
    });
    let days = period.read();
    if changed
        && let Ok(days) = days
        && days != chosen
    {
        period.days = days;
        let filter = Filter { days, ..cx.state.search.filter.clone() };
        cx.push(Command::SetFilter(filter));
    }
    let (said, ink) = match days {
        Ok(_) => (words.days_hint, cx.palette.ink_weak),
        Err(()) => (words.no_days, cx.palette.warning),
    };
    ui.label(RichText::new(said).size(size::SMALL).color(ink));
}

/// A field; whether its text has changed.
fn field(cx: &ViewContext<'_>, ui: &mut Ui, text: &mut String, name: &str, width: f32) -> bool {
    let palette = cx.palette;
    let (rect, _) = ui.allocate_exact_size(vec2(width, CONTROL), egui::Sense::hover());
    let id = ui.scope_id().with(name);
    let focused = ui.ctx().memory(|m| m.has_focus(id));
    let stroke = if focused { Stroke::new(2.0, palette.accent) } else { Stroke::new(1.0, palette.hairline) };
    ui.painter().rect(rect, RADIUS, palette.raised, stroke, StrokeKind::Inside);
    let inner = rect.shrink2(vec2(space::S, 0.0));
    let layout = egui::Layout::left_to_right(egui::Align::Center);
    let mut child = ui.new_child(egui::UiBuilder::new().max_rect(inner).layout(layout));
    let edit = TextEdit::singleline(text)
        .id(id)
        .frame(egui::Frame::NONE)
        .font(theme::sans(14.0))
        .hint_text(RichText::new(name).color(palette.ink_weak))
        .align(Align2::LEFT_CENTER)
        .desired_width(inner.width());
    let response = child.add(edit);
    ui.ctx().accesskit_node_builder(id, |node| node.set_label(name));
    response.changed()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_fields_are_days_of_any_precision() {
        for (from, to, expected) in [
            ("", "", Ok(None)),
            ("2015", "2017", Ok(Some((20_150_101, 20_171_231)))),
            ("2015-06", "", Ok(Some((20_150_601, Days::LATEST)))),
            ("", "2016-02", Ok(Some((Days::EARLIEST, 20_160_229)))),
            (" 2017-09-03 ", "2017-09-03", Ok(Some((20_170_903, 20_170_903)))),
            ("2018", "2017", Err(())),
            ("二〇一七", "", Err(())),
            ("2017-13", "", Err(())),
        ] {
            let period = Period { from: from.to_owned(), to: to.to_owned(), days: None };
            assert_eq!(period.read().map(|days| days.map(|d| (d.first, d.last))), expected, "{from} – {to}");
        }
    }

    #[test]
    fn the_fields_follow_what_is_chosen_elsewhere() {
        let mut period = Period { from: "2015".to_owned(), ..Period::default() };
        period.follow(Some(Days { first: 20_170_903, last: Days::LATEST }));
        assert_eq!((&*period.from, &*period.to), ("2017-09-03", ""));
        period.follow(None);
        assert_eq!((&*period.from, &*period.to), ("", ""));
    }
}
