//! The booklet's matter on pages: what stands before the text, the text, and what follows it.

mod back;
mod body;
mod front;
mod lines;
mod photos;
mod tables;

use std::collections::HashMap;

use crate::archive::{Archive, PhotoId, ReportId, Section, SectionId};
use crate::typeset::{FontStack, Frame, Shaper, Sheet};

use super::page::{Child, Draw, ElementId, Elements, Ink, Page, Piece, Role};
use super::{Options, PdfError, Progress, Scope, Watch};

/// Line height of running text, in its size.
const LEADING: f32 = 1.75;

/// A booklet before it is drawn.
pub struct Book {
    pub cover: Option<Page>,
    pub contents: Vec<Page>,
    pub body: Vec<Page>,
    pub elements: Elements,
    /// Where things begin: page of the body, and from its top.
    pub places: HashMap<Place, (usize, f32)>,
    /// Reports and sections for the outline.
    pub outline: Vec<(ReportId, Vec<SectionId>)>,
    pub title: String,
}

#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Place {
    Section(SectionId),
    Photo(PhotoId),
    Block(SectionId, usize),
}

struct Layout<'a> {
    archive: &'a Archive,
    options: &'a Options,
    shaper: &'a dyn Shaper,
    sheet: Sheet,
    /// The column on the page.
    column: Frame,
    pages: Vec<Page>,
    y: f32,
    elements: Elements,
    /// Pieces that belong to an element, so far.
    pieces: usize,
    places: HashMap<Place, (usize, f32)>,
    section: Option<SectionId>,
    /// Lists that are open: the list and the body of its last item.
    lists: Vec<(ElementId, ElementId)>,
    root: ElementId,
}

impl Book {
    pub fn lay_out(archive: &Archive, scope: Scope, options: &Options, watch: Watch<'_>) -> Result<Self, PdfError> {
        let mut layout = Layout::new(archive, options);
        let reports = scope.reports(archive);
        let title = match scope {
            Scope::Archive => archive.title.clone(),
            Scope::Report(report) => archive.report(report).title.clone(),
            Scope::Section(section) => plain_title(archive.section(section)),
        };
        let whole = !matches!(scope, Scope::Section(_));
        let cover = whole.then(|| layout.cover(scope, &title));
        // The contents stand before the text and are read before it, but are known after it.
        let contents_element = whole.then(|| layout.elements.add(Some(layout.root), Role::Contents));
        let mut outline = Vec::new();
        let all = archive.sections.len();
        for report in reports {
            let sections = scope.sections(archive, report);
            if whole && archive.reports.len() > 1 && matches!(scope, Scope::Archive) {
                layout.report_title(report);
            }
            for section in &sections {
                if watch(Progress { done: section.index(), all: all * 2 }).is_break() {
                    return Err(PdfError::Cancelled);
                }
                layout.section(*section);
            }
            if whole {
                layout.figures(report);
                layout.about(report);
            }
            outline.push((report, sections));
        }
        let body = std::mem::take(&mut layout.pages);
        let contents = match contents_element {
            Some(element) => layout.contents(&outline, element),
            None => Vec::new(),
        };
        let Layout { elements, places, .. } = layout;
        Ok(Self { cover, contents, body, elements, places, outline, title })
    }
}

impl<'a> Layout<'a> {
    fn new(archive: &'a Archive, options: &'a Options) -> Self {
        let [width, height] = options.paper.size();
        let [side, top, bottom] = options.paper.margins();
        let size = options.size();
        // A whole number of characters stands in a line.
        let measure = ((width - side * 2.0) / size).floor() * size;
        let column = Frame { x: (width - measure) / 2.0, y: top, width: measure, height: height - top - bottom };
        let sheet = Sheet {
            width: measure,
            size,
            leading: LEADING,
            paragraph_gap: 0.0,
            face: options.face,
            justify: true,
            indent: true,
            full_width: true,
        };
        let mut elements = Elements::default();
        let root = elements.add(None, Role::Document);
        Self {
            archive,
            options,
            shaper: FontStack::embedded(),
            sheet,
            column,
            pages: Vec::new(),
            y: 0.0,
            elements,
            pieces: 0,
            places: HashMap::new(),
            section: None,
            lists: Vec::new(),
            root,
        }
    }

    fn line_height(&self) -> f32 {
        (self.sheet.size * LEADING).round()
    }

    fn new_page(&mut self) {
        self.pages.push(Page { pieces: Vec::new(), head: self.section });
        self.y = self.column.y;
    }

    fn room(&self) -> f32 {
        if self.pages.is_empty() { 0.0 } else { self.column.bottom() - self.y }
    }

    /// Goes to a new page unless so much fits on this one, or this one is still empty.
    fn need(&mut self, height: f32) {
        if self.pages.is_empty() || (height > self.room() + 0.1 && self.y > self.column.y) {
            self.new_page();
        }
    }

    fn gap(&mut self, height: f32) {
        if self.y > self.column.y {
            self.y += height;
        }
    }

    fn mark(&mut self, place: Place) {
        let page = self.pages.len().saturating_sub(1);
        self.places.entry(place).or_insert((page, self.y));
    }

    fn put(&mut self, piece: Piece) {
        if let Some(element) = piece.element {
            self.elements.0[element.0].children.push(Child::Piece(self.pieces));
            self.pieces += 1;
        }
        if self.pages.is_empty() {
            self.new_page();
        }
        if let Some(page) = self.pages.last_mut() {
            page.pieces.push(piece);
        }
    }

    fn ornament(&mut self, frame: Frame, ink: Ink) {
        self.put(Piece { draws: vec![Draw::Fill { frame, ink }], element: None, link: None });
    }
}

fn plain_title(section: &Section) -> String {
    section.title.trim().trim_end_matches('。').to_owned()
}
