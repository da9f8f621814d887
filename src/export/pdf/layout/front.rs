//! What stands before the text: the cover and the contents.

use crate::archive::{ReportField, ReportId, SectionId};
use crate::typeset::{Face, Frame, Line, SetText};

use super::super::Scope;
use super::super::page::{Draw, ElementId, Ink, Page, Piece, Role, Target};
use super::lines::{BASELINE, LineLook};
use super::{Layout, Place, plain_title};

impl Layout<'_> {
    pub(super) fn cover(&mut self, scope: Scope, title: &str) -> Page {
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

    pub(super) fn contents(&mut self, outline: &[(ReportId, Vec<SectionId>)], element: ElementId) -> Vec<Page> {
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
                self.contents_entry(&title, Face::SerifBold, 0.0, first, element);
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
