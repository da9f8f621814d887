//! The page that a section is read on.

mod bar;
mod column;
mod line;
mod neighbours;
mod page;
mod photos;
mod selection;
mod text;

pub use page::copy_selection;

use std::collections::HashMap;
use std::ops::Range;

use egui::accesskit::Role;
use egui::{Rect, RichText, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use crate::app::{ArchiveKey, Command, Focus, Route};
use crate::archive::{ArchiveId, Destination, SectionId};
use crate::library::{Field, FieldPlace, Target};
use crate::markdown::LinkId;
use crate::typeset::{Face, Flow, Measure, Picture, SetText, full_width};

use super::theme::{self, size, space};
use super::widgets::{flush_text, scrolled_page_ui};
use super::{ViewContext, heading_stored};
use bar::bar_ui;
use column::{Column, ScreenShaper};
use line::draw_text;
use neighbours::neighbours_ui;
use page::Page;
use photos::{aspect, photos_ui};
use selection::Selection;
use text::paint_marks;

/// What the reader keeps between frames: the set text, and what is selected in it.
#[derive(Default)]
pub struct Reader {
    /// The archive that is read.
    archive: Option<ArchiveId>,
    set: Option<(ColumnKey, Column)>,
    selection: Option<Selection>,
    /// The focus that was brought into view last, so that it is done once.
    focused: Option<Focus>,
    /// What stood at the top of the screen when a section was last shown.
    places: HashMap<(ArchiveId, SectionId), Place>,
    /// How much of the section was on the screen or above it, in characters.
    read: usize,
    /// The pointer is a finger.
    touched: bool,
    /// Where the page is to be scrolled to, in points from its top.
    scroll_to: Option<f32>,
    /// The place that is not told of yet, and since when it stands there, in seconds.
    untold: Option<(usize, f64)>,
}

/// A line of the text and where it stands: kept when the text is set anew.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Place {
    /// The line's first character, of the plain text.
    offset: usize,
    /// From the line's top down to the top of the screen, in the text's size.
    below: f32,
}

/// Everything that the set text depends on.
#[derive(Clone, PartialEq)]
struct ColumnKey {
    archive: ArchiveKey,
    section: SectionId,
    sheet: crate::typeset::Sheet,
}

/// The reading place is remembered when it has not moved for this long, in seconds.
const SETTLED_SECS: f64 = 0.8;

impl Reader {
    /// The selection, if it is on the page that is shown.
    pub fn selection(&self, cx: &ViewContext<'_>) -> Option<(SectionId, Range<usize>)> {
        let selection = self.selection.filter(|selection| !selection.is_empty())?;
        (cx.state.route() == Route::Section(selection.section)).then(|| (selection.section, selection.range()))
    }

    pub fn clear_selection(&mut self) {
        self.selection = None;
    }

    pub fn select_all(&mut self, cx: &ViewContext<'_>) {
        if let Route::Section(section) = cx.state.route() {
            let head = cx.archive().section(section).document.len();
            self.selection = Some(Selection { section, anchor: 0, head, by_touch: false });
        }
    }

    /// Shows a section from a character on, when it is shown for the first time.
    pub fn begin_at(&mut self, archive: ArchiveId, section: SectionId, offset: usize) {
        self.places.insert((archive, section), Place { offset, below: 0.0 });
    }

    /// To be told in each frame which archive is read: what was selected in another is no longer.
    pub fn turn_to(&mut self, archive: ArchiveId) {
        if self.archive != Some(archive) {
            (self.archive, self.selection, self.untold) = (Some(archive), None, None);
        }
    }

    /// Tells where the reader is, once the page has come to rest.
    fn tell_place(&mut self, cx: &mut ViewContext<'_>, ui: &Ui, section: SectionId, offset: usize) {
        let remembered = cx.state.settings.last_place.as_ref().map(|place| place.offset);
        if remembered.is_none_or(|known| known == offset) {
            self.untold = None;
            return;
        }
        let now = ui.input(|i| i.time);
        let since = match self.untold {
            Some((place, since)) if place == offset => since,
            _ => now,
        };
        self.untold = Some((offset, since));
        if now - since < SETTLED_SECS {
            ui.ctx().request_repaint_after(std::time::Duration::from_secs_f64(SETTLED_SECS - (now - since)));
        } else {
            cx.push(Command::ReadTo { section, offset });
        }
    }
}

/// The page of a section: title, text, photos, and the ways to its neighbours; below it how far it was read.
pub fn reader_ui(cx: &mut ViewContext<'_>, ui: &mut Ui, reader: &mut Reader, id: SectionId) {
    bar_ui(cx, ui, id, reader.read);
    let text_size = cx.state.settings.text_points();
    let key = (cx.archive().section(id).key.clone(), "reader");
    let margin = text_size * 2.2;
    let measure = cx.state.settings.typography.measure.characters() * text_size;
    let offset = reader.scroll_to.take();
    let scrolled = scrolled_page_ui(ui, key, measure + 2.0 * margin, offset, |ui, view| {
        let top_of_all = ui.max_rect().top();
        ui.add_space(space::XL);
        let page_shape = ui.painter().add(egui::Shape::Noop);
        let top = ui.cursor().top();
        let (left, width) = (ui.max_rect().left(), ui.max_rect().width());
        let margin = margin.min(width * 0.08);
        let column = Rect::from_min_size(pos2(left + margin, top + margin), vec2(width - 2.0 * margin, f32::INFINITY));
        let mut inner = ui.new_child(egui::UiBuilder::new().max_rect(column));
        inner.spacing_mut().item_spacing.y = 0.0;
        inner.set_width(column.width());
        title_ui(cx, &mut inner, id);
        let shift = match text_ui(cx, &mut inner, reader, id, view) {
            (origin, Shift::To(y)) => Shift::To(origin - top_of_all + y),
            (_, shift) => shift,
        };
        photos_ui(cx, &mut inner, id, text_size);
        let bottom = inner.min_rect().bottom() + margin;
        let page = Rect::from_min_max(pos2(left, top), pos2(left + width, bottom));
        let shape = egui::epaint::RectShape::new(
            page,
            4,
            cx.palette.page,
            Stroke::new(1.0, cx.palette.hairline),
            egui::StrokeKind::Inside,
        );
        ui.painter().set(page_shape, shape);
        ui.allocate_rect(page, Sense::hover());
        ui.add_space(space::L);
        neighbours_ui(cx, ui, id);
        shift
    });
    reader.scroll_to = match scrolled.inner {
        Shift::None => return,
        Shift::By(moved) => Some((scrolled.state.unclamped_offset().y + moved).max(0.0)),
        Shift::To(offset) => Some(offset.max(0.0)),
    };
    // Drawn once more, from the place where it belongs.
    ui.ctx().request_discard("the text was set or gone through");
}

fn title_ui(cx: &mut ViewContext<'_>, ui: &mut Ui, id: SectionId) {
    let palette = cx.palette;
    let text_size = cx.state.settings.text_points();
    let archive = cx.archive();
    let section = archive.section(id);
    let report = archive.report(section.report);
    let eyebrow = [&*full_width(&report.title), (cx.words.section_kind)(section.kind)].join(cx.words.between);
    ui.label(flush_text(eyebrow, theme::sans(size::SMALL), palette.ink_weak));
    ui.add_space(space::S);
    let title = heading_stored(cx.words, section);
    let as_stored = cx.state.settings.typography.as_stored;
    let width = ui.available_width();
    // A title that is a paragraph is not shouted.
    let larger = match title.chars().count() {
        0..=40 => 1.55,
        41..=100 => 1.25,
        _ => 1.0,
    };
    let text = SetText::plain(
        &title,
        Face::SerifBold,
        (text_size * larger).round(),
        1.4,
        Measure { full_width: !as_stored, ..Measure::ragged(width) },
        &ScreenShaper(ui.ctx().clone()),
    );
    let (rect, response) = ui.allocate_exact_size(vec2(width, text.height()), Sense::hover());
    let named = if as_stored { title.clone() } else { full_width(&title) };
    response.widget_info(|| WidgetInfo::labeled(Role::Heading, true, &named));
    // A supplied title is drawn in brackets, so its characters stand one further on.
    let shift = usize::from(section.title_supplied);
    paint_marks(cx, ui, &text, rect.min, FieldPlace { target: Target::Section(id), field: Field::Title }, shift);
    draw_text(ui, &text, rect.min, &|_| palette.ink);
    ui.add_space(text_size * 0.5);
    let rule = Rect::from_min_size(pos2(rect.left(), ui.cursor().top()), vec2(text_size * 2.5, 3.0));
    ui.painter().rect_filled(rule, 0, palette.accent);
    ui.add_space(text_size * 1.4);
}

/// How the page is to be scrolled.
enum Shift {
    None,
    /// By so many points down: the text above the screen turned out higher than was guessed.
    By(f32),
    /// So that this place of the text, in points from its top, is at the top of the screen.
    To(f32),
}

/// The text of a section. Returns where it begins on the screen, and how the page is to be scrolled.
fn text_ui(cx: &mut ViewContext<'_>, ui: &mut Ui, reader: &mut Reader, id: SectionId, view: Rect) -> (f32, Shift) {
    let archive = cx.archive();
    let section = archive.section(id);
    if section.document.blocks.is_empty() {
        ui.label(RichText::new(cx.words.empty_section).color(cx.palette.ink_weak));
        return (0.0, Shift::None);
    }
    let picture = |link: LinkId| match section.destinations[link.0] {
        Destination::Photo(photo) => {
            let record = archive.photo(photo);
            Some(Picture { aspect: aspect(record), label: record.label().map(str::to_owned) })
        }
        _ => None,
    };
    let shaper = ScreenShaper(ui.ctx().clone());
    let sheet = cx.state.settings.sheet(ui.available_width());
    let flow = Flow { document: &section.document, sheet, shaper: &shaper, picture: &picture };
    let key = ColumnKey { archive: cx.state.archive_key(), section: id, sheet };
    let kept = reader.set.take().filter(|(set, _)| *set == key);
    let fresh = kept.is_none();
    let mut column = kept.map_or_else(|| Column::new(&flow), |(_, column)| column);

    let origin = ui.cursor().min;
    let screen = view.top() - origin.y;
    let mut page = Page { cx, reader, flow: &flow, column: &mut column, id, origin, view };
    let asked = page.asked_for(screen);
    let place = page.reader.places.get(&(page.cx.state.archive_id(), id)).copied().filter(|_| fresh);
    let shift = match asked.or_else(|| place.map(|place| page.top_for(place))) {
        Some(top) => Shift::To(page.settle(top)),
        None => match page.column.prepare(&flow, page.around(screen), screen) {
            moved if moved.abs() < 0.01 => Shift::None,
            moved => Shift::By(moved),
        },
    };
    let now = match shift {
        Shift::None => screen,
        Shift::By(moved) => screen + moved,
        Shift::To(top) => top.max(-view.height()),
    };
    page.origin.y = view.top() - now;
    page.ui(ui);
    page.remember(ui, now);
    let height = column.height();
    reader.set = Some((key, column));
    ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    (origin.y, shift)
}
