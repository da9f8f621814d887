//! The booklet's matter on pages.

use std::collections::HashMap;

use crate::archive::{Archive, Destination, PhotoId, ReportField, ReportId, Section, SectionId};
use crate::markdown::{Block, BlockKind, LinkId, Marker};
use crate::text::number;
use crate::typeset::{Face, Flow, FontStack, Frame, Line, Measure, Picture, SetText, Shaper, Sheet};

use super::page::{Child, Draw, ElementId, Elements, Ink, Page, Piece, Role, Target};
use super::{Options, PdfError, Progress, Scope, Watch};

/// Where the baseline stands in a line, from its middle, in the text's size: half of what letters rise above it.
const BASELINE: f32 = 0.36;
/// Photos are no higher than this part of the text's height.
const PHOTO_PART: f32 = 0.62;
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

    /// A text in one style, set to a width.
    fn set(&self, text: &str, face: Face, size: f32, width: f32) -> SetText {
        let measure = Measure::ragged(width);
        SetText::plain(text, face, size, LEADING.min(1.5), measure, self.shaper)
    }

    /// A line of a set text, whose top stands at a place; a piece for each link and for what stands between them.
    fn put_line(&mut self, text: &SetText, line: &Line, at: [f32; 2], element: ElementId, look: &LineLook<'_>) {
        let mut characters = line.shown.chars();
        let mut plain: Vec<Draw> = Vec::new();
        for (run, range) in text.runs_of(line) {
            let from = range.start - line.range.start;
            let part: String = characters.by_ref().take(range.len()).collect();
            let mut x: Vec<f32> = line.x[from..from + range.len()].iter().map(|x| at[0] + x).collect();
            x.push(at[0] + line.x.get(from + range.len()).copied().unwrap_or(line.width));
            let middle = at[1] + text.line_height / 2.0;
            let raised = if run.style.footnote_mark { run.size * 0.45 } else { 0.0 };
            let baseline = middle + run.size.max(text.runs[0].size) * BASELINE - raised;
            let (left, right) = (x[0], x[x.len() - 1]);
            let target = run.link.and_then(look.target);
            let ink = if target.is_some() { Ink::Accent } else { look.ink };
            let mut draws = Vec::new();
            let ground = Frame { x: left, y: middle - run.size * 0.6, width: right - left, height: run.size * 1.2 };
            if run.style.code && !look.boxed {
                draws.push(Draw::Fill { frame: ground, ink: Ink::Ground });
            }
            draws.push(Draw::Text { text: part, x, baseline, face: run.face, size: run.size, ink });
            if run.style.strikethrough {
                let frame = Frame { x: left, y: middle, width: right - left, height: 0.6 };
                draws.push(Draw::Fill { frame, ink });
            }
            match target {
                None => plain.append(&mut draws),
                Some(target) => {
                    if !plain.is_empty() {
                        let draws = std::mem::take(&mut plain);
                        self.put(Piece { draws, element: Some(element), link: None });
                    }
                    let link = self.elements.add(Some(element), Role::Link);
                    self.put(Piece { draws, element: Some(link), link: Some((ground, target)) });
                }
            }
        }
        if !plain.is_empty() {
            self.put(Piece { draws: plain, element: Some(element), link: None });
        }
    }

    /// All lines of a text, over pages where they must: no single line of a paragraph stands at a page's foot or head.
    fn put_text(&mut self, text: &SetText, x: f32, element: ElementId, look: &LineLook<'_>) {
        let height = text.line_height;
        let mut lines = text.lines.as_slice();
        let mut first = true;
        while !lines.is_empty() {
            let fit = ((self.room() + 0.1) / height).max(0.0) as usize;
            let mut count = fit.min(lines.len());
            if count < lines.len() {
                if lines.len() - count == 1 {
                    count = count.saturating_sub(1);
                }
                if first && count < 2 {
                    count = 0;
                }
            }
            if count == 0 {
                // A page holds at least a line, whatever the line's height.
                if self.pages.is_empty() || self.y > self.column.y {
                    self.new_page();
                    continue;
                }
                count = fit.clamp(1, lines.len());
            }
            let (here, after) = lines.split_at(count);
            for line in here {
                self.put_line(text, line, [x, self.y], element, look);
                self.y += height;
            }
            lines = after;
            first = false;
        }
    }

    fn cover(&mut self, scope: Scope, title: &str) -> Page {
        let archive = self.archive;
        let words = self.options.words;
        let [width, height] = self.options.paper.size();
        let size = self.sheet.size;
        let report = match scope {
            Scope::Report(report) => Some(archive.report(report)),
            _ if archive.reports.len() == 1 => archive.reports.first(),
            _ => None,
        };
        self.new_page();
        let root = self.root;
        let mut y = height * 0.16;
        let centred = |layout: &mut Self, text: &str, face: Face, size: f32, ink: Ink, role: Role, y: &mut f32| {
            let set = layout.set(text, face, size, layout.column.width);
            let element = layout.elements.add(Some(root), role);
            for line in &set.lines {
                let x = (width - line.width) / 2.0;
                layout.put_line(&set, line, [x, *y], element, &LineLook { ink, ..LineLook::PLAIN });
                *y += set.line_height;
            }
        };
        if let Some(kicker) = report.and_then(|report| report.kicker.as_deref()) {
            centred(self, kicker, Face::Sans, size * 1.05, Ink::Weak, Role::Paragraph, &mut y);
            y += size * 1.2;
        }
        let heading = Role::Heading { level: 1, title: title.to_owned() };
        centred(self, title, Face::SerifBold, size * 2.6, Ink::Black, heading, &mut y);
        y += size * 0.8;
        let rule = Frame { x: width / 2.0 - size * 2.5, y, width: size * 5.0, height: 2.0 };
        self.ornament(rule, Ink::Accent);
        y += size * 1.4;
        if let Some(report) = report {
            let report_title = (report.title != title).then_some(report.title.as_str());
            if let Some(subtitle) = report_title {
                centred(self, subtitle, Face::SerifBold, size * 1.5, Ink::Black, Role::Paragraph, &mut y);
                y += size * 0.4;
            }
            for (text, ink) in [(&report.subtitle, Ink::Black), (&report.byline, Ink::Weak)] {
                if let Some(text) = text {
                    centred(self, text, Face::Serif, size * 1.2, ink, Role::Paragraph, &mut y);
                    y += size * 0.4;
                }
            }
        }
        let photo = archive.photo_ids().find(|photo| archive.photo(*photo).file.is_some());
        if let Some(photo) = photo {
            let record = archive.photo(photo);
            let (w, h) = record.dimensions.unwrap_or((3, 2));
            let room = height * 0.86 - y - size * 3.0;
            let frame_width = (self.column.width * 0.9).min(room * w as f32 / h.max(1) as f32);
            let frame_height = frame_width * h as f32 / w.max(1) as f32;
            if frame_width > size * 8.0 {
                let frame =
                    Frame { x: (width - frame_width) / 2.0, y: y + size, width: frame_width, height: frame_height };
                let label = self.photo_words(photo);
                let element = self.elements.add(Some(root), Role::Figure { alt: label.clone() });
                self.put(Piece { draws: vec![Draw::Photo { photo, frame }], element: Some(element), link: None });
                y = frame.bottom() + size * 0.4;
                centred(self, &label, Face::Sans, size * 0.75, Ink::Weak, Role::Caption, &mut y);
            }
        }
        let holder = archive.holder.clone();
        let date = report.and_then(|report| report.about(ReportField::DateIssued)).map(|date| (words.date)(date));
        let mut foot = height * 0.9;
        for text in [holder, date].into_iter().flatten() {
            centred(self, &text, Face::Serif, size, Ink::Weak, Role::Paragraph, &mut foot);
        }
        self.pages.pop().unwrap_or_default()
    }

    fn contents(&mut self, outline: &[(ReportId, Vec<SectionId>)], element: ElementId) -> Vec<Page> {
        let archive = self.archive;
        self.section = None;
        self.new_page();
        let size = self.sheet.size;
        let title = self.options.words.contents_title;
        let heading = self.elements.add(Some(element), Role::Heading { level: 2, title: title.to_owned() });
        let set = self.set(title, Face::SerifBold, size * 1.8, self.column.width);
        self.put_text(&set, self.column.x, heading, &LineLook::PLAIN);
        self.y += size * 1.5;
        for (report, sections) in outline {
            if outline.len() > 1 {
                let title = archive.report(*report).title.clone();
                let first = sections.first().map(|section| Target::Section(*section));
                self.gap(size * 0.8);
                self.contents_entry(&title, Face::SansBold, 0.0, first, element);
            }
            let indent = if outline.len() > 1 { size * 2.0 } else { 0.0 };
            for section in sections {
                let title = plain_title(archive.section(*section));
                let title = if title.is_empty() { self.options.words.untitled.to_owned() } else { title };
                self.contents_entry(&title, self.sheet.face, indent, Some(Target::Section(*section)), element);
            }
        }
        std::mem::take(&mut self.pages)
    }

    fn contents_entry(&mut self, title: &str, face: Face, indent: f32, target: Option<Target>, parent: ElementId) {
        let size = self.sheet.size;
        let page = match target {
            Some(Target::Section(section)) => self.places.get(&Place::Section(section)).map(|(page, _)| page + 1),
            _ => None,
        };
        let number = page.map_or(String::new(), |page| page.to_string());
        let number = self.set(&number, self.sheet.face, size, self.column.width);
        let room = self.column.width - indent - number.width - size * 3.0;
        let text = self.set(title, face, size, room);
        self.need(text.height());
        let item = self.elements.add(Some(parent), Role::ContentsItem);
        let link = self.elements.add(Some(item), Role::Link);
        let frame = Frame { x: self.column.x, y: self.y, width: self.column.width, height: text.height() };
        let top = self.y;
        let mut draws = Vec::new();
        let mut take = |layout: &mut Self, set: &SetText, line: &Line, at: [f32; 2]| {
            let count = layout.pieces;
            layout.put_line(set, line, at, link, &LineLook::PLAIN);
            // The entry is one piece, which its link needs.
            if let Some(piece) = layout.pages.last_mut().and_then(|page| page.pieces.pop()) {
                draws.extend(piece.draws);
            }
            layout.elements.0[link.0].children.pop();
            layout.pieces = count;
        };
        let x = self.column.x + indent;
        for (i, line) in text.lines.iter().enumerate() {
            take(self, &text, line, [x, top + i as f32 * text.line_height]);
        }
        let last = top + (text.lines.len().max(1) - 1) as f32 * text.line_height;
        if let Some(line) = number.lines.first() {
            take(self, &number, line, [self.column.right() - number.width, last]);
        }
        let end = x + text.lines.last().map_or(0.0, |line| line.width);
        let (from, to) = (end + size * 0.6, self.column.right() - number.width - size * 0.6);
        let dots = leaders(from, to, size);
        let baseline = last + text.line_height / 2.0 + size * BASELINE;
        let link = target.map(|target| (frame, target));
        self.put(Piece { draws, element: Some(ElementId(self.elements.0.len() - 1)), link });
        if let Some((text, x)) = dots {
            let draw = Draw::Text { text, x, baseline, face: Face::Serif, size, ink: Ink::Weak };
            self.put(Piece { draws: vec![draw], element: None, link: None });
        }
        self.y = top + text.height() + size * 0.35;
    }

    /// A page of its own for a report among several.
    fn report_title(&mut self, report: ReportId) {
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

    fn section(&mut self, id: SectionId) {
        let archive = self.archive;
        let section = archive.section(id);
        let size = self.sheet.size;
        let title = plain_title(section);
        let heading = self.set(&title, self.sheet.face.bold(), size * 1.45, self.column.width);
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

    /// Rows stay whole where a page holds them; the head stands again on every page.
    fn table(
        &mut self,
        texts: &[SetText],
        rules: &[f32],
        cells: impl Iterator<Item = usize>,
        element: ElementId,
        look: &LineLook<'_>,
    ) {
        let mut first_text = 0;
        let rows: Vec<(&[SetText], f32, f32)> = cells
            .zip(rules.windows(2))
            .map(|(count, rule)| {
                let end = (first_text + count).min(texts.len());
                let row = &texts[first_text..end];
                first_text = end;
                (row, rule[0], rule[1])
            })
            .collect();
        let head_height = rows.first().map_or(0.0, |(_, top, bottom)| bottom - top);
        for (r, (row, top, bottom)) in rows.iter().enumerate() {
            let height = bottom - top;
            let pages = self.pages.len();
            self.need(if r == 0 { height + head_height } else { height });
            let broken = r > 0 && self.pages.len() > pages;
            if r == 0 || broken {
                self.table_rule(1.0);
            }
            if broken && let Some((head, head_top, _)) = rows.first() {
                // Read out once is enough.
                self.table_row(head, *head_top, None, look);
                self.y += head_height;
                self.table_rule(0.5);
            }
            let tr = self.elements.add(Some(element), Role::Row);
            self.table_row(row, *top, Some((tr, r == 0)), look);
            self.y += height;
            self.table_rule(if r + 1 == rows.len() { 1.0 } else { 0.5 });
        }
    }

    fn table_rule(&mut self, height: f32) {
        let frame = Frame { x: self.column.x, y: self.y, width: self.column.width, height };
        self.ornament(frame, Ink::Hairline);
    }

    fn table_row(&mut self, row: &[SetText], top: f32, element: Option<(ElementId, bool)>, look: &LineLook<'_>) {
        for text in row {
            let cell =
                element.map(|(row, head)| self.elements.add(Some(row), if head { Role::HeadCell } else { Role::Cell }));
            for (i, line) in text.lines.iter().enumerate() {
                let at = [self.column.x + text.x, self.y + text.y - top + i as f32 * text.line_height];
                let (pages, pieces) = (self.pages.len(), self.pages.last().map_or(0, |page| page.pieces.len()));
                let count = self.pieces;
                self.put_line(text, line, at, cell.unwrap_or(self.root), look);
                if cell.is_none() && pages == self.pages.len() {
                    let added = self.pieces - count;
                    for piece in self.pages.last_mut().into_iter().flat_map(|page| &mut page.pieces[pieces..]) {
                        piece.element = None;
                    }
                    let children = &mut self.elements.0[self.root.0].children;
                    children.truncate(children.len() - added.min(children.len()));
                    self.pieces = count;
                }
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

    /// What stands below a photo.
    fn photo_words(&self, photo: PhotoId) -> String {
        let record = self.archive.photo(photo);
        let label = record.label().unwrap_or(self.options.words.untitled);
        match (self.options.words.photo_kind_badge)(record.kind) {
            Some(badge) => format!("{label}（{}）", badge[0]),
            None => label.to_owned(),
        }
    }

    /// A photo with its caption, on one page. `said` is what the text itself says of it.
    fn photo(&mut self, photo: PhotoId, said: Option<&str>) {
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

    /// A heading among what follows the report's text.
    fn back_heading(&mut self, title: &str) {
        let size = self.sheet.size;
        let set = self.set(title, self.sheet.face.bold(), size * 1.45, self.column.width);
        self.section = None;
        self.need(set.height() + self.line_height() * 4.0);
        self.gap(size * 2.4);
        let element = self.elements.add(Some(self.root), Role::Heading { level: 2, title: title.to_owned() });
        self.put_text(&set, self.column.x, element, &LineLook::PLAIN);
        self.y += size * 0.6;
    }

    /// The report's figures, each with its value.
    fn figures(&mut self, report: ReportId) {
        let archive = self.archive;
        let words = self.options.words;
        if archive.report(report).figures.is_empty() {
            return;
        }
        self.back_heading(words.figures);
        for id in archive.report(report).figure_ids() {
            let figure = archive.figure(id);
            let value = format!("{} {}", number(figure.value), figure.unit);
            let value = if figure.approximate { (words.about_value)(&value) } else { value };
            self.named(&figure.label, &value, 0.62);
        }
    }

    /// What is known of the report as a record.
    fn about(&mut self, report: ReportId) {
        let record = self.archive.report(report);
        let words = self.options.words;
        if record.about.is_empty() {
            return;
        }
        self.back_heading(words.about);
        for (field, value) in &record.about {
            let value = if *field == ReportField::DateIssued { (words.date)(value) } else { value.clone() };
            self.named((words.report_field)(*field), &value, 0.22);
        }
    }

    /// A name and what it has, side by side. `part` of the width is the name's.
    fn named(&mut self, name: &str, value: &str, part: f32) {
        let size = self.sheet.size * 0.95;
        let name_width = (self.column.width * part).floor();
        let name = self.set(name, Face::Sans, size, name_width - size);
        let value = self.set(value, self.sheet.face, size, self.column.width - name_width);
        self.need(name.height().max(value.line_height * value.lines.len().min(2) as f32));
        let element = self.elements.add(Some(self.root), Role::Paragraph);
        let (top, page) = (self.y, self.pages.len());
        for (i, line) in name.lines.iter().enumerate() {
            let at = [self.column.x, top + i as f32 * name.line_height];
            self.put_line(&name, line, at, element, &LineLook { ink: Ink::Weak, ..LineLook::PLAIN });
        }
        self.put_text(&value, self.column.x + name_width, element, &LineLook::PLAIN);
        if self.pages.len() == page {
            self.y = self.y.max(top + name.height());
        }
        self.y += size * 0.25;
    }
}

/// How a line's runs are drawn.
struct LineLook<'a> {
    ink: Ink,
    target: &'a dyn Fn(LinkId) -> Option<Target>,
    boxed: bool,
}

impl LineLook<'_> {
    const PLAIN: Self = Self { ink: Ink::Black, target: &|_| None, boxed: false };
}

fn plain_title(section: &Section) -> String {
    section.title.trim().trim_end_matches('。').to_owned()
}

/// Dots that lead from an entry to its page, on a raster that all entries share.
fn leaders(from: f32, to: f32, size: f32) -> Option<(String, Vec<f32>)> {
    let step = size * 0.5;
    let (first, last) = ((from / step).ceil() as usize, (to / step).floor() as usize);
    (last > first + 2).then(|| {
        let text = "·".repeat(last - first);
        (text, (first..=last).map(|i| i as f32 * step).collect())
    })
}
