//! Photos with their captions.

use crate::archive::PhotoId;
use crate::typeset::{Face, Frame};

use super::super::page::{Draw, Ink, Piece, Role};
use super::lines::{BASELINE, LineLook};
use super::{Layout, Place};

/// Photos are no higher than this part of the text's height.
const PHOTO_PART: f32 = 0.62;

impl Layout<'_> {
    /// What stands below a photo.
    pub(super) fn photo_words(&self, photo: PhotoId) -> String {
        let record = self.archive.photo(photo);
        let label = record.label().unwrap_or(self.options.words.untitled);
        match (self.options.words.photo_kind_badge)(record.kind) {
            Some(badge) => format!("{label}（{}）", badge[0]),
            None => label.to_owned(),
        }
    }

    /// A photo with its caption, on one page. `said` is what the text itself says of it.
    pub(super) fn photo(&mut self, photo: PhotoId, said: Option<&str>) {
        let record = self.archive.photo(photo);
        let words = self.options.words;
        let size = self.sheet.size;
        let label = said.map_or_else(|| self.photo_words(photo), str::to_owned);
        let alt = record.alt.clone().unwrap_or_else(|| label.clone());
        let caption = self.set(&label, Face::Sans, size * 0.82, self.column.width * 0.9);
        let (width, height) = match (&record.file, record.dimensions) {
            (None, _) => (self.column.width * 0.7, size * 4.0),
            (Some(_), dimensions) => {
                let (w, h) = dimensions.unwrap_or((3, 2));
                let aspect = (w as f32 / h.max(1) as f32).clamp(0.1, 10.0);
                let width = (self.column.width * 0.86).min(self.column.height * PHOTO_PART * aspect);
                (width, width / aspect)
            }
        };
        self.gap(size);
        self.need(height + size * 0.5 + caption.height());
        self.mark(Place::Photo(photo));
        let frame = Frame { x: self.column.x + (self.column.width - width) / 2.0, y: self.y, width, height };
        let element = self.elements.add(Some(self.root), Role::Figure { alt });
        let draws = if record.file.is_some() {
            vec![Draw::Photo { photo, frame }]
        } else {
            let text = self.set(words.photo_missing, Face::Sans, size * 0.9, width);
            let mut draws = vec![Draw::Fill { frame, ink: Ink::Ground }];
            if let Some(line) = text.lines.first() {
                let mut x: Vec<f32> = line.x.iter().map(|x| frame.x + (width - line.width) / 2.0 + x).collect();
                x.push(frame.x + (width + line.width) / 2.0);
                let baseline = frame.y + height / 2.0 + size * 0.9 * BASELINE;
                let text = line.shown.clone();
                draws.push(Draw::Text { text, x, baseline, face: Face::Sans, size: size * 0.9, ink: Ink::Weak });
            }
            draws
        };
        self.put(Piece { draws, element: Some(element), link: None });
        self.y = frame.bottom() + size * 0.5;
        let element = self.elements.add(Some(self.root), Role::Caption);
        for line in &caption.lines {
            let x = self.column.x + (self.column.width - line.width) / 2.0;
            self.put_line(&caption, line, [x, self.y], element, &LineLook { ink: Ink::Weak, ..LineLook::PLAIN });
            self.y += caption.line_height;
        }
        self.y += size * 0.6;
    }
}
