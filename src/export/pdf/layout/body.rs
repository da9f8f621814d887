//! The text: titles, sections and their blocks.

use crate::archive::{Destination, PhotoId, ReportId, SectionId};
use crate::markdown::{Block, BlockKind, LinkId, Marker};
use crate::typeset::{Face, Flow, Frame, Picture};

use super::super::page::{Draw, ElementId, Ink, Piece, Role, Target};
use super::lines::LineLook;
use super::{Layout, Place, plain_title};

impl Layout<'_> {
    /// A page of its own for a report among several.
    pub(super) fn report_title(&mut self, report: ReportId) {
        let record = self.archive.report(report);
        self.section = None;
        self.new_page();
        let size = self.sheet.size;
        self.y += self.column.height * 0.3;
        let texts = [
            (record.kicker.clone(), Face::Sans, 1.0, None),
            (Some(record.title.clone()), Face::SerifBold, 2.0, Some(1)),
            (record.subtitle.clone(), Face::Serif, 1.2, None),
            (record.byline.clone(), Face::Serif, 1.0, None),
        ];
        for (text, face, times, level) in texts {
            let Some(text) = text else { continue };
            let role = level.map_or(Role::Paragraph, |level| Role::Heading { level, title: text.clone() });
            let element = self.elements.add(Some(self.root), role);
            let set = self.set(&text, face, size * times, self.column.width);
            self.put_text(&set, self.column.x, element, &LineLook::PLAIN);
            self.y += size;
        }
        // What follows begins on the next page.
        self.y = self.column.bottom();
    }

    pub(super) fn section(&mut self, id: SectionId) {
        let archive = self.archive;
        let section = archive.section(id);
        let size = self.sheet.size;
        let title = plain_title(section);
        let heading = self.set(&title, Face::SerifBold, size * 1.45, self.column.width);
        // A title stays with the first lines of its text.
        let gap = size * 2.4;
        self.need(gap + heading.height() + size + self.line_height() * 3.0);
        if self.y == self.column.y
            && let Some(page) = self.pages.last_mut()
        {
            page.head = None;
        }
        self.gap(gap);
        self.section = Some(id);
        self.mark(Place::Section(id));
        let element = self.elements.add(Some(self.root), Role::Heading { level: 2, title: title.clone() });
        self.put_text(&heading, self.column.x, element, &LineLook::PLAIN);
        self.y += size * 0.25;
        let rule = Frame { x: self.column.x, y: self.y, width: size * 2.4, height: 1.6 };
        self.ornament(rule, Ink::Accent);
        self.y += size * 0.9;
        let picture = |link: LinkId| match section.destinations[link.0] {
            Destination::Photo(_) => Some(Picture { aspect: 1.5, label: None }),
            _ => None,
        };
        let flow = Flow { document: &section.document, sheet: self.sheet, shaper: self.shaper, picture: &picture };
        let target = |link: LinkId| match section.destinations[link.0] {
            Destination::Section(to) => Some(Target::Section(to)),
            Destination::Photo(photo) => Some(Target::Photo(photo)),
            Destination::Block(block) => Some(Target::Block(id, block)),
            Destination::Outside(_) | Destination::Nowhere => None,
        };
        for index in 0..section.document.blocks.len() {
            self.block(id, &flow, index, &target);
        }
        self.lists.clear();
        let in_text = |photo: PhotoId| section.destinations.contains(&Destination::Photo(photo));
        for photo in section.photos.iter().filter(|photo| !in_text(**photo)) {
            self.photo(*photo, None);
        }
    }

    fn block(&mut self, id: SectionId, flow: &Flow<'_>, index: usize, target: &dyn Fn(LinkId) -> Option<Target>) {
        let block = &flow.document.blocks[index];
        let size = self.sheet.size;
        let plain = |index: usize| flow.document.blocks[index].kind == BlockKind::Paragraph;
        // Indents part paragraphs; all else needs a blank.
        let beside_plain = plain(index) && index.checked_sub(1).is_none_or(plain);
        self.gap(flow.gap_before(index).max(if beside_plain { 0.0 } else { size * 0.55 }));
        self.mark(Place::Block(id, index));
        if let BlockKind::Photo { link } = block.kind
            && let Some(Target::Photo(photo)) = target(link)
        {
            let said = flow.document.slice(block.range.clone());
            self.photo(photo, (!said.is_empty()).then_some(said));
            return;
        }
        let set = flow.set(index, f32::INFINITY);
        let element = self.element_of(block, flow.document.slice(block.range.clone()));
        let look = LineLook { ink: Ink::Black, target, boxed: set.boxed };
        if matches!(block.kind, BlockKind::Heading(_)) {
            self.need(set.height + self.line_height() * 2.0);
        }
        if let BlockKind::Table(table) = &block.kind {
            self.table(&set.texts, &set.rules, table.rows.iter().map(Vec::len), element, &look);
            return;
        }
        if block.kind == BlockKind::Rule {
            self.need(size);
            let frame = Frame { x: self.column.x, y: self.y + size / 2.0, width: self.column.width, height: 0.6 };
            self.ornament(frame, Ink::Hairline);
            self.y += size;
            return;
        }
        let Some(text) = set.texts.first() else { return };
        self.need(text.line_height * text.lines.len().min(2) as f32 + text.y);
        let (first_page, top) = (self.pages.len(), self.y);
        self.y += text.y;
        if let Some(label) = &set.marker {
            let label_text = self.set(&label.text, label.face, label.size, self.column.width);
            let parent = self.label_element(block, element);
            let lift = (text.line_height - label_text.line_height) / 2.0;
            if let Some(line) = label_text.lines.first() {
                let at = [self.column.x + label.x, self.y + lift];
                self.put_line(&label_text, line, at, parent, &LineLook { ink: Ink::Weak, ..LineLook::PLAIN });
            }
        }
        self.put_text(text, self.column.x + text.x, element, &look);
        if set.boxed {
            self.y += text.y;
        }
        // Bars beside quotes and the ground of code, on every page that the block stands on.
        let last_page = self.pages.len();
        for page in first_page..=last_page {
            let from = if page == first_page { top } else { self.column.y };
            let to = if page == last_page { self.y } else { self.column.bottom() };
            let frames = set.bars.iter().map(|x| (self.column.x + x, 2.0, Ink::Hairline));
            let ground = set.boxed.then_some((self.column.x, self.column.width, Ink::Ground));
            let ornaments: Vec<Piece> = frames
                .chain(ground)
                .map(|(x, width, ink)| {
                    let frame = Frame { x, y: from, width, height: to - from };
                    Piece { draws: vec![Draw::Fill { frame, ink }], element: None, link: None }
                })
                .collect();
            if let Some(page) = page.checked_sub(1).and_then(|page| self.pages.get_mut(page)) {
                // Below the text.
                page.pieces.splice(0..0, ornaments);
            }
        }
    }

    /// The element of a block, in its lists and quotes.
    fn element_of(&mut self, block: &Block, text: &str) -> ElementId {
        self.lists.truncate(block.lists.len());
        for (depth, item) in block.lists.iter().enumerate() {
            let parent = match depth.checked_sub(1).and_then(|above| self.lists.get(above)) {
                Some((_, body)) => *body,
                None => self.root,
            };
            let numbered = matches!(item.marker, Marker::Number(_));
            if depth >= self.lists.len() {
                let list = self.elements.add(Some(parent), Role::List { numbered });
                self.lists.push((list, list));
                self.open_item(depth);
            } else if item.first && depth + 1 == block.lists.len() {
                self.open_item(depth);
            }
        }
        let parent = self.lists.last().map_or(self.root, |(_, body)| *body);
        let parent = match block.quote_depth {
            0 => parent,
            _ => self.elements.add(Some(parent), Role::Quote),
        };
        let role = match &block.kind {
            BlockKind::Heading(level) => {
                Role::Heading { level: u16::from(*level).clamp(1, 4) + 2, title: text.to_owned() }
            }
            BlockKind::Table(_) => Role::Table,
            BlockKind::Code => Role::Code,
            BlockKind::Footnote { .. } => Role::Note,
            BlockKind::Paragraph | BlockKind::Rule | BlockKind::Photo { .. } => Role::Paragraph,
        };
        self.elements.add(Some(parent), role)
    }

    fn open_item(&mut self, depth: usize) {
        let list = self.lists[depth].0;
        let item = self.elements.add(Some(list), Role::Item);
        self.elements.add(Some(item), Role::ItemLabel);
        self.lists[depth].1 = self.elements.add(Some(item), Role::ItemBody);
    }

    /// The element of an item's number or bullet: it was made before the item's body.
    fn label_element(&self, block: &Block, element: ElementId) -> ElementId {
        match (block.lists.last(), self.lists.last()) {
            (Some(item), Some((_, body))) if item.first => ElementId(body.0 - 1),
            _ => element,
        }
    }
}
