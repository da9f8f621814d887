//! The views of the archive, wherever they stand, and what they keep between frames.

use egui::Ui;

use crate::app::Route;

use super::ViewContext;
use super::about::about_ui;
use super::contents::Contents;
use super::cover::{Cover, cover_ui};
use super::figures::figures_ui;
use super::gallery::gallery_ui;
use super::photo::{PhotoView, photo_ui};
use super::reader::{Reader, reader_ui};
use super::results::Results;
use super::shelf::{Shelf, shelf_ui};

/// What the views keep between frames.
#[derive(Default)]
pub struct Views {
    pub results: Results,
    pub contents: Contents,
    shelf: Shelf,
    cover: Cover,
    pub reader: Reader,
    photo: PhotoView,
}

impl Views {
    /// What stands at the place where the reader is.
    pub fn page_ui(&mut self, cx: &mut ViewContext<'_>, ui: &mut Ui) {
        ui.painter().rect_filled(ui.max_rect(), 0, cx.palette.desk);
        // Each archive's pages are scrolled by themselves.
        ui.push_id(cx.state.archive_id(), |ui| match cx.state.route() {
            Route::Shelf => shelf_ui(cx, ui, &mut self.shelf),
            Route::Cover => cover_ui(cx, ui, &mut self.cover),
            Route::Section(id) => reader_ui(cx, ui, &mut self.reader, id),
            Route::Gallery => gallery_ui(cx, ui),
            Route::Photo(id) => photo_ui(cx, ui, &mut self.photo, id),
            Route::Figures => figures_ui(cx, ui),
            Route::About(id) => about_ui(cx, ui, id),
        });
    }
}
