//! What stands on a page, before it is drawn.

use crate::archive::{PhotoId, SectionId};
use crate::typeset::{Face, Frame};

/// A shade of ink.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Ink {
    Black,
    Weak,
    Accent,
    Hairline,
    /// The ground of code.
    Ground,
}

/// Something to draw; places from the page's top left corner, in points.
#[derive(Clone, Debug)]
pub enum Draw {
    /// Characters of one style in a line, each with its place from the left; the last number is where they end.
    Text {
        text: String,
        x: Vec<f32>,
        baseline: f32,
        face: Face,
        size: f32,
        ink: Ink,
    },
    Fill {
        frame: Frame,
        ink: Ink,
    },
    Photo {
        photo: PhotoId,
        frame: Frame,
    },
}

/// Things drawn together, which stand in the document's structure together.
#[derive(Clone, Debug)]
pub struct Piece {
    pub draws: Vec<Draw>,
    /// The element that it belongs to; without one it is an ornament, a running head or a page's number.
    pub element: Option<ElementId>,
    /// Where a click on it leads.
    pub link: Option<(Frame, Target)>,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Target {
    Section(SectionId),
    Photo(PhotoId),
    /// A block of a section's text.
    Block(SectionId, usize),
}

/// Index into [`Elements`].
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct ElementId(pub usize);

/// What a part of the document is, for those who have it read out.
#[derive(Clone, Debug, PartialEq)]
pub enum Role {
    Document,
    Contents,
    ContentsItem,
    Heading { level: u16, title: String },
    Paragraph,
    Quote,
    Code,
    List { numbered: bool },
    Item,
    ItemLabel,
    ItemBody,
    Table,
    Row,
    HeadCell,
    Cell,
    Note,
    Figure { alt: String },
    Caption,
    Link,
}

/// The document's structure: elements with what stands in them, in reading order.
#[derive(Debug, Default)]
pub struct Elements(pub Vec<Element>);

#[derive(Debug)]
pub struct Element {
    pub role: Role,
    pub children: Vec<Child>,
}

#[derive(Clone, Copy, Debug)]
pub enum Child {
    Element(ElementId),
    /// The `n`-th piece of all that belong to an element.
    Piece(usize),
}

impl Elements {
    pub fn add(&mut self, parent: Option<ElementId>, role: Role) -> ElementId {
        let id = ElementId(self.0.len());
        self.0.push(Element { role, children: Vec::new() });
        if let Some(parent) = parent {
            self.0[parent.0].children.push(Child::Element(id));
        }
        id
    }
}

/// A page; its pieces in reading order.
#[derive(Clone, Debug, Default)]
pub struct Page {
    pub pieces: Vec<Piece>,
    /// The section that goes on or begins here, for the running head; none on pages that have no head.
    pub head: Option<SectionId>,
}
