//! Photos on the page of a section.

use egui::accesskit::Role;
use egui::{Rect, Sense, Ui, WidgetInfo, vec2};

use crate::app::{Command, Route};
use crate::archive::{Destination, Photo, PhotoId, Section, SectionId};
use crate::library::{Field, FieldPlace, Target};
use crate::markdown::BlockKind;
use crate::typeset::{Face, Measure, SetText};
use crate::ui::theme::space;
use crate::ui::widgets::{chosen, focus_ring, photo_fill, photo_name, placeholder};
use crate::ui::{ViewContext, icons};

use super::column::ScreenShaper;
use super::line::draw_text;
use super::text::paint_marks;

/// The photos of the section that its text does not show itself.
pub fn photos_ui(cx: &mut ViewContext<'_>, ui: &mut Ui, id: SectionId, text_size: f32) {
    let section = cx.archive().section(id);
    let photos: Vec<PhotoId> = section.photos.iter().copied().filter(|photo| !shown_in_text(section, *photo)).collect();
    for photo in photos {
        ui.add_space(text_size * 1.2);
        let aspect = aspect(cx.archive().photo(photo));
        let width = ui.available_width();
        let (rect, _) = ui.allocate_exact_size(vec2(width, width / aspect.clamp(0.5, 3.0)), Sense::hover());
        photo_ui(cx, ui, photo, rect);
        if let Some(caption) = cx.archive().photo(photo).label().map(str::to_owned) {
            ui.add_space(space::S);
            let measure = Measure { full_width: !cx.state.settings.typography.as_stored, ..Measure::ragged(width) };
            let text =
                SetText::plain(&caption, Face::Sans, text_size * 0.85, 1.6, measure, &ScreenShaper(ui.ctx().clone()));
            let (rect, response) = ui.allocate_exact_size(vec2(width, text.height()), Sense::hover());
            response.widget_info(|| WidgetInfo::labeled(Role::Caption, true, &caption));
            let place = FieldPlace { target: Target::Photo(photo), field: Field::Caption };
            paint_marks(cx, ui, &text, rect.min, place, 0);
            // Weak words are not read on a mark.
            let ink = if cx.state.marks(place).is_empty() { cx.palette.ink_weak } else { cx.palette.ink };
            draw_text(ui, &text, rect.min, &|_| ink);
        }
    }
}

/// Width by height of the frame that a photo stands in; what says that a photo is missing stands in a low one.
pub fn aspect(photo: &Photo) -> f32 {
    match (&photo.file, photo.dimensions) {
        (None, _) => 3.0,
        (Some(_), Some((width, height))) => width as f32 / height.max(1) as f32,
        (Some(_), None) => 1.5,
    }
}

fn shown_in_text(section: &Section, photo: PhotoId) -> bool {
    section.document.blocks.iter().any(|block| match block.kind {
        BlockKind::Photo { link } => section.destinations[link.0] == Destination::Photo(photo),
        _ => false,
    })
}

/// A photo of the page; a click opens it.
pub fn photo_ui(cx: &mut ViewContext<'_>, ui: &mut Ui, photo: PhotoId, rect: Rect) {
    // The same photo may stand in a text twice.
    let response = ui.interact(rect, ui.next_auto_id(), Sense::click());
    ui.skip_ahead_auto_ids(1);
    let name = photo_name(cx, photo);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
    if cx.archive().photo(photo).file.is_some() {
        photo_fill(cx, ui, photo, rect);
    } else {
        placeholder(cx, ui, rect, icons::WARNING, cx.words.photo_missing);
    }
    focus_ring(cx, ui, &response, rect);
    if chosen(response) {
        cx.push(Command::Go(Route::Photo(photo)));
    }
}
