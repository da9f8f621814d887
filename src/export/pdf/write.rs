//! Pages to PDF.

use std::collections::BTreeSet;
use std::num::{NonZeroU16, NonZeroU32};

use krilla::annotation::{Annotation, LinkAnnotation, Target as LinkTarget};
use krilla::color::rgb;
use krilla::destination::XyzDestination;
use krilla::geom::{PathBuilder, Point, Rect, Size, Transform};
use krilla::metadata::Metadata;
use krilla::num::NormalizedF32;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::{NumberingStyle, PageLabel, PageSettings};
use krilla::paint::Fill;
use krilla::surface::Surface;
use krilla::tagging::{
    Artifact, ArtifactType, ContentTag, Identifier, ListNumbering, Node, SpanTag, TableHeaderScope, Tag, TagGroup,
    TagKind, TagTree,
};
use krilla::text::{Font, GlyphId, KrillaGlyph};
use krilla::{Document, SerializeSettings};

use crate::archive::{Archive, PhotoId, ReportField};
use crate::typeset::{Face, FontStack, Frame, Measure, SetText};

use super::layout::{Book, Place};
use super::page::{Child, Draw, ElementId, Elements, Ink, Page, Role, Target};
use super::{Options, Pdf, PdfError, Progress, Watch, picture};

struct Writer<'a> {
    archive: &'a Archive,
    options: &'a Options,
    fonts: [Font; 3],
    missing: BTreeSet<char>,
    /// Pages before the body.
    before: usize,
    /// What each piece that belongs to an element became, in order; links with their annotation.
    identifiers: Vec<Vec<Identifier>>,
}

pub(super) fn draw(archive: &Archive, book: Book, options: &Options, watch: Watch<'_>) -> Result<Pdf, PdfError> {
    let settings = SerializeSettings { enable_tagging: true, ..SerializeSettings::default() };
    let mut document = Document::new_with(settings);
    let font =
        |face: Face| Font::new(face.bytes().into(), 0).ok_or_else(|| PdfError::Writer("an embedded font".to_owned()));
    let fonts = [font(Face::ALL[0])?, font(Face::ALL[1])?, font(Face::ALL[2])?];
    let Book { cover, contents, body, elements, places, outline, title } = book;
    let before = usize::from(cover.is_some()) + contents.len();
    let pages = before + body.len();
    let mut writer = Writer { archive, options, fonts, missing: BTreeSet::new(), before, identifiers: Vec::new() };
    let place_of = |target: Target| {
        let place = match target {
            Target::Section(section) => Place::Section(section),
            Target::Photo(photo) => Place::Photo(photo),
            Target::Block(section, block) => Place::Block(section, block),
        };
        places.get(&place).map(|(page, y)| XyzDestination::new(before + page, Point::from_xy(0.0, (y - 12.0).max(0.0))))
    };
    // The pieces of the contents were counted after those of the body, and stand before them.
    let [width, height] = options.paper.size();
    let front =
        cover.iter().map(|page| (page, Numbered::No)).chain(contents.iter().map(|page| (page, Numbered::Roman)));
    let all = front.chain(body.iter().map(|page| (page, Numbered::Arabic)));
    let mut order = Vec::with_capacity(pages);
    for (number, (page, numbered)) in all.enumerate() {
        if watch(Progress { done: pages + number, all: pages * 2 }).is_break() {
            return Err(PdfError::Cancelled);
        }
        let mut settings = PageSettings::from_wh(width, height).unwrap_or_default();
        settings = settings.with_page_label(numbered.label(number, before, cover.is_some()));
        let mut sheet = document.start_page_with(settings);
        let mut links = Vec::new();
        let mut surface = sheet.surface();
        let mut here = Vec::new();
        for piece in &page.pieces {
            let tag = match piece.element {
                Some(_) => ContentTag::Span(SpanTag::empty()),
                None => ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout)),
            };
            let photo = piece.draws.iter().any(|draw| matches!(draw, Draw::Photo { .. }));
            let tag = if photo && piece.element.is_some() { ContentTag::Other } else { tag };
            let identifier = surface.start_tagged(tag);
            for draw in &piece.draws {
                writer.draw(&mut surface, draw);
            }
            surface.end_tagged();
            if piece.element.is_some() {
                if let Some((frame, target)) = &piece.link
                    && let Some(to) = place_of(*target)
                {
                    links.push((here.len(), *frame, to));
                }
                here.push(vec![identifier]);
            }
        }
        if numbered == Numbered::Arabic {
            writer.furniture(&mut surface, page, number - before, &title);
        }
        surface.finish();
        for (piece, frame, to) in links {
            let Some(rect) = Rect::from_xywh(frame.x, frame.y, frame.width.max(1.0), frame.height) else { continue };
            let link = LinkAnnotation::new(rect, LinkTarget::Destination(to.into()));
            let alt = options.words.go_to.to_owned();
            here[piece].push(sheet.add_tagged_annotation(Annotation::new_link(link, Some(alt))));
        }
        sheet.finish();
        order.push((numbered, here));
    }
    // As they were counted: cover, body, contents.
    for wanted in [Numbered::No, Numbered::Arabic, Numbered::Roman] {
        let pages = order.iter_mut().filter(|(numbered, _)| *numbered == wanted);
        writer.identifiers.extend(pages.flat_map(|(_, here)| std::mem::take(here)));
    }
    let mut tree = TagTree::new().with_lang(Some("zh-CN".to_owned()));
    for child in &elements.0[0].children {
        if let Some(node) = writer.node(&elements, *child) {
            node.into_iter().for_each(|node| tree.push(node));
        }
    }
    document.set_tag_tree(tree);
    document.set_outline(writer.outline(&outline, &places));
    document.set_metadata(writer.metadata(&outline, &title));
    let bytes = document.finish().map_err(|error| PdfError::Writer(format!("{error:?}")))?;
    Ok(Pdf { bytes, pages, missing: writer.missing.into_iter().collect() })
}

/// How pages are counted.
#[derive(Clone, Copy, Eq, PartialEq)]
enum Numbered {
    No,
    Roman,
    Arabic,
}

impl Numbered {
    fn label(self, number: usize, before: usize, cover: bool) -> PageLabel {
        let offset = |n: usize| NonZeroU32::new(u32::try_from(n).unwrap_or(1));
        match self {
            Self::No => PageLabel::new(None, Some("C".to_owned()), None),
            Self::Roman => {
                PageLabel::new(Some(NumberingStyle::LowerRoman), None, offset(number + 1 - usize::from(cover)))
            }
            Self::Arabic => PageLabel::new(Some(NumberingStyle::Arabic), None, offset(number + 1 - before)),
        }
    }
}

fn color(ink: Ink) -> rgb::Color {
    match ink {
        Ink::Black => rgb::Color::new(0x1F, 0x1B, 0x16),
        Ink::Weak => rgb::Color::new(0x5B, 0x53, 0x48),
        Ink::Accent => rgb::Color::new(0x9E, 0x2B, 0x1E),
        Ink::Hairline => rgb::Color::new(0xC9, 0xC0, 0xB0),
        Ink::Ground => rgb::Color::new(0xF3, 0xEF, 0xE7),
    }
}

impl Writer<'_> {
    fn ink(surface: &mut Surface<'_>, ink: Ink) {
        let fill = Fill { paint: color(ink).into(), opacity: NormalizedF32::ONE, ..Fill::default() };
        surface.set_fill(Some(fill));
    }

    fn draw(&mut self, surface: &mut Surface<'_>, draw: &Draw) {
        match draw {
            Draw::Text { text, x, baseline, face, size, ink } => {
                Self::ink(surface, *ink);
                self.text(surface, text, x, *baseline, *face, *size);
            }
            Draw::Fill { frame, ink } => {
                Self::ink(surface, *ink);
                let mut path = PathBuilder::new();
                if let Some(rect) = Rect::from_xywh(frame.x, frame.y, frame.width, frame.height) {
                    path.push_rect(rect);
                }
                if let Some(path) = path.finish() {
                    surface.draw_path(&path);
                }
            }
            Draw::Photo { photo, frame } => self.photo(surface, *photo, frame),
        }
    }

    /// Characters at their places. Each glyph's advance reaches to the next.
    fn text(&mut self, surface: &mut Surface<'_>, text: &str, x: &[f32], baseline: f32, face: Face, size: f32) {
        // What has no shape is blank.
        let text = &text.replace(char::is_control, " ");
        let shaped = FontStack::embedded().shape(text, face);
        let place: Vec<(usize, f32)> = text.char_indices().map(|(byte, _)| byte).zip(x.iter().copied()).collect();
        let at = |byte: usize| {
            let index = place.partition_point(|(start, _)| *start < byte);
            place.get(index).map_or_else(|| x.last().copied().unwrap_or(0.0), |(_, x)| *x)
        };
        let mut glyphs = Vec::with_capacity(shaped.len());
        for (i, glyph) in shaped.iter().enumerate() {
            let next = shaped[i + 1..].iter().map(|next| next.cluster).find(|cluster| *cluster > glyph.cluster);
            let end = next.unwrap_or(text.len());
            let last_of_cluster = shaped.get(i + 1).is_none_or(|next| next.cluster != glyph.cluster);
            let advance = if last_of_cluster { at(end) - at(glyph.cluster) } else { 0.0 };
            if glyph.id == 0 {
                self.missing.extend(text[glyph.cluster..].chars().next());
            }
            glyphs.push(KrillaGlyph::new(
                GlyphId::new(glyph.id),
                advance / size,
                glyph.offset[0],
                glyph.offset[1],
                0.0,
                glyph.cluster..end,
                None,
            ));
        }
        let start = Point::from_xy(x.first().copied().unwrap_or(0.0), baseline);
        surface.draw_glyphs(start, &glyphs, self.fonts[face as usize].clone(), text, size, false);
    }

    fn photo(&mut self, surface: &mut Surface<'_>, photo: PhotoId, frame: &Frame) {
        let record = self.archive.photo(photo);
        let file = record.file.as_ref().and_then(|file| self.archive.source.read_photo(file).ok());
        match file.and_then(|bytes| picture::image(&bytes, record.dimensions, frame.width.max(frame.height))) {
            Some(image) => {
                // The archive may say another shape than the file has.
                let (width, height) = (image.size().0 as f32, image.size().1 as f32);
                let scale = (frame.width / width).min(frame.height / height);
                let Some(size) = Size::from_wh(width * scale, height * scale) else { return };
                let (x, y) =
                    (frame.x + (frame.width - size.width()) / 2.0, frame.y + (frame.height - size.height()) / 2.0);
                surface.push_transform(&Transform::from_translate(x, y));
                surface.draw_image(image, size);
                surface.pop();
            }
            None => {
                self.draw(surface, &Draw::Fill { frame: *frame, ink: Ink::Ground });
                let words = self.options.words.photo_missing;
                let size = self.options.size();
                let x = frame.x + (frame.width - words.chars().count() as f32 * size) / 2.0;
                self.words(surface, words, [x, frame.y + frame.height / 2.0], size, Ink::Weak);
            }
        }
    }

    /// A few words in the margin or on a photo's ground; returns their width.
    fn words(&mut self, surface: &mut Surface<'_>, words: &str, at: [f32; 2], size: f32, ink: Ink) -> f32 {
        let measure = Measure::ragged(f32::INFINITY);
        let set = SetText::plain(words, Face::Sans, size, 1.0, measure, FontStack::embedded());
        let Some(line) = set.lines.first() else { return 0.0 };
        let mut x: Vec<f32> = line.x.iter().map(|x| x + at[0]).collect();
        x.push(at[0] + line.width);
        Self::ink(surface, ink);
        self.text(surface, &line.shown, &x, at[1], Face::Sans, size);
        line.width
    }

    /// The running head and the page's number, which is on the outer side.
    fn furniture(&mut self, surface: &mut Surface<'_>, page: &Page, number: usize, title: &str) {
        let [width, height] = self.options.paper.size();
        let [side, top, bottom] = self.options.paper.margins();
        let size = self.options.size() * 0.75;
        let measure = Measure::ragged(f32::INFINITY);
        let width_of = |words: &str| SetText::plain(words, Face::Sans, size, 1.0, measure, FontStack::embedded()).width;
        surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::PaginationOther)));
        if let Some(section) = page.head {
            let baseline = top - size * 2.2;
            let room = (width - side * 2.0) / 2.0 - size;
            let section = self.archive.section(section).title.trim().trim_end_matches('。').to_owned();
            let (left, right) = (cut(title, size, room), cut(&section, size, room));
            // A section that is a booklet by itself has one title.
            if title != section {
                self.words(surface, &left, [side, baseline], size, Ink::Weak);
            }
            let x = width - side - width_of(&right);
            self.words(surface, &right, [x, baseline], size, Ink::Weak);
            let frame = Frame { x: side, y: baseline + size * 0.7, width: width - side * 2.0, height: 0.5 };
            self.draw(surface, &Draw::Fill { frame, ink: Ink::Hairline });
        }
        let words = (number + 1).to_string();
        let x = if number.is_multiple_of(2) { width - side - width_of(&words) } else { side };
        self.words(surface, &words, [x, height - bottom / 2.0], size * 1.1, Ink::Weak);
        surface.end_tagged();
    }

    /// An element with everything in it; what is empty is left out. A piece may have become several nodes.
    fn node(&mut self, elements: &Elements, child: Child) -> Option<Vec<Node>> {
        match child {
            Child::Piece(index) => {
                let identifiers = self.identifiers.get_mut(index).map(std::mem::take)?;
                Some(identifiers.into_iter().map(Node::from).collect())
            }
            Child::Element(ElementId(id)) => {
                let element = &elements.0[id];
                let mut group = TagGroup::new(tag(&element.role));
                for child in &element.children {
                    for node in self.node(elements, *child).into_iter().flatten() {
                        group.push(node);
                    }
                }
                (!group.children.is_empty()).then(|| vec![Node::from(group)])
            }
        }
    }

    fn outline(
        &self,
        reports: &[(crate::archive::ReportId, Vec<crate::archive::SectionId>)],
        places: &std::collections::HashMap<Place, (usize, f32)>,
    ) -> Outline {
        let to = |section: crate::archive::SectionId| {
            let (page, y) = places.get(&Place::Section(section)).copied().unwrap_or_default();
            XyzDestination::new(self.before + page, Point::from_xy(0.0, (y - 12.0).max(0.0)))
        };
        let mut outline = Outline::new();
        for (report, sections) in reports {
            let nodes = sections.iter().map(|section| {
                let title = self.archive.section(*section).title.trim();
                let title = if title.is_empty() { self.options.words.untitled } else { title };
                OutlineNode::new(title.to_owned(), to(*section))
            });
            match (reports.len(), sections.first()) {
                (2.., Some(first)) => {
                    let mut node = OutlineNode::new(self.archive.report(*report).title.clone(), to(*first));
                    nodes.for_each(|child| node.push_child(child));
                    outline.push_child(node);
                }
                _ => nodes.for_each(|node| outline.push_child(node)),
            }
        }
        outline
    }

    fn metadata(
        &self,
        reports: &[(crate::archive::ReportId, Vec<crate::archive::SectionId>)],
        title: &str,
    ) -> Metadata {
        let mut authors: Vec<String> = Vec::new();
        let mut keywords = Vec::new();
        for (report, _) in reports {
            let report = self.archive.report(*report);
            let split = |field| report.about(field).into_iter().flat_map(|value| value.split('、')).map(str::to_owned);
            authors.extend(split(ReportField::Creator));
            keywords.extend(split(ReportField::Keywords));
        }
        authors.dedup();
        let mut metadata =
            Metadata::new().title(title.to_owned()).language("zh-CN".to_owned()).creator("juanzong".to_owned());
        if !authors.is_empty() {
            metadata = metadata.authors(authors);
        }
        if !keywords.is_empty() {
            metadata = metadata.keywords(keywords);
        }
        metadata
    }
}

/// Words cut with … to fit a width, by their widths as full-width ones.
fn cut(words: &str, size: f32, room: f32) -> String {
    let most = (room / size).max(2.0) as usize;
    if words.chars().count() <= most {
        return words.replace('\n', " ");
    }
    words.chars().take(most - 1).chain(['…']).collect::<String>().replace('\n', " ")
}

fn tag(role: &Role) -> TagKind {
    match role {
        Role::Document => Tag::Part.into(),
        Role::Contents => Tag::TOC.into(),
        Role::ContentsItem => Tag::TOCI.into(),
        Role::Heading { level, title } => {
            Tag::Hn(NonZeroU16::new(*level).unwrap_or(NonZeroU16::MIN), Some(title.clone())).into()
        }
        Role::Paragraph => Tag::P.into(),
        Role::Quote => Tag::BlockQuote.into(),
        Role::Code => Tag::Code.into(),
        Role::List { numbered: true } => Tag::L(ListNumbering::Decimal).into(),
        Role::List { numbered: false } => Tag::L(ListNumbering::Disc).into(),
        Role::Item => Tag::LI.into(),
        Role::ItemLabel => Tag::Lbl.into(),
        Role::ItemBody => Tag::LBody.into(),
        Role::Table => Tag::Table.into(),
        Role::Row => Tag::TR.into(),
        Role::HeadCell => Tag::TH(TableHeaderScope::Column).into(),
        Role::Cell => Tag::TD.into(),
        Role::Note => Tag::Note.into(),
        Role::Figure { alt } => Tag::Figure(Some(alt.clone())).into(),
        Role::Caption => Tag::Caption.into(),
        Role::Link => Tag::Link.into(),
    }
}
