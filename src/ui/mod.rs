//! What is drawn. A view reads the state, draws, and pushes commands; nothing here does IO.

mod about;
mod choosing;
mod contents;
mod cover;
mod exhibition;
mod export;
mod figures;
mod fonts;
mod gallery;
mod icons;
mod offsets;
mod overlays;
mod period;
mod photo;
mod pictures;
mod problems;
mod reader;
mod results;
mod rows;
mod settings;
mod shelf;
mod shortcuts;
mod theme;
mod top_bar;
mod viewer;
mod views;
mod widgets;

use egui::{RichText, Ui};

use crate::app::{ArchiveKey, Command, State};
use crate::archive::{Archive, ArchiveId, PhotoId, Section};
use crate::text::Words;
use crate::typeset::full_width;

use pictures::{Look, PictureSize, Pictures};
use theme::{Palette, size, space};

pub use exhibition::Exhibiting;
pub use viewer::{LEAST, Start, Viewer};

/// What a view may read, and where it puts what it is asked for.
pub(crate) struct ViewContext<'a> {
    pub state: &'a State,
    pub words: &'static Words,
    pub palette: &'static Palette,
    pictures: &'a mut Pictures,
    commands: &'a mut Vec<Command>,
}

impl<'a> ViewContext<'a> {
    /// The archive that is read, which outlives the view.
    pub fn archive(&self) -> &'a Archive {
        self.state.archive()
    }

    pub fn push(&mut self, command: Command) {
        self.commands.push(command);
    }

    /// The photo as far as it can be shown now.
    pub fn look(&mut self, ui: &Ui, photo: PhotoId, size: PictureSize) -> Look {
        self.look_in(self.state.archive_id(), ui, photo, size)
    }

    /// A photo of another archive.
    pub fn look_in(&mut self, archive: ArchiveId, ui: &Ui, photo: PhotoId, size: PictureSize) -> Look {
        let key = ArchiveKey { archive, ..self.state.archive_key() };
        self.pictures.look(ui.ctx(), key, self.state.library.archive(archive), photo, size)
    }
}

/// What an archive is called.
fn archive_title(words: &Words, archive: &Archive) -> String {
    match archive.title.trim() {
        "" => words.untitled.to_owned(),
        title => full_width(title),
    }
}

/// A section's title as headings show it, character for character but for the end.
fn heading_text(words: &Words, section: &Section) -> String {
    full_width(&heading_stored(words, section))
}

/// [`heading_text`] with its marks as stored: without the full stop that run-in heads end with; in brackets where the
/// keeper supplied it, as archives do.
fn heading_stored(words: &Words, section: &Section) -> String {
    let title = section.title.trim().trim_end_matches('。');
    match (title.is_empty(), section.title_supplied) {
        (true, _) => words.untitled.to_owned(),
        (false, true) => format!("［{title}］"),
        (false, false) => title.to_owned(),
    }
}

/// The title of a page, with a line below it.
fn page_title(cx: &ViewContext<'_>, ui: &mut Ui, title: &str, subtitle: &str) {
    ui.add_space(space::XL);
    let heading = RichText::new(title).font(theme::serif_bold(28.0)).color(cx.palette.ink);
    let response = ui.label(heading);
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_role(egui::accesskit::Role::Heading));
    ui.label(widgets::flush_text(subtitle.to_owned(), theme::sans(size::BODY), cx.palette.ink_weak));
    ui.add_space(space::L);
}
