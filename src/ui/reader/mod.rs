//! The page that a section is read on.

mod layout;
mod paragraph;

use std::ops::Range;
use std::sync::Arc;

use egui::accesskit::Role;
use egui::{Align, CursorIcon, Pos2, Rect, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use crate::app::{Command, Focus, Route};
use crate::archive::{Destination, PhotoId, Section, SectionId};
use crate::library::{Field, FieldPlace, Target};
use crate::markdown::{Block, BlockKind};
use crate::typeset::full_width;

use super::theme::{MEASURE, size, space};
use super::widgets::{chosen, focus_ring, page_ui, photo_fill, photo_name, placeholder};
use super::{ViewContext, heading_text, icons, theme};
use layout::{Content, LaidBlock, LaidText, Layout, Setting};

/// What the reader keeps between frames: the set text, and what is selected in it.
#[derive(Default)]
pub struct Reader {
    set: Option<(LayoutKey, Arc<Layout>)>,
    selection: Option<Selection>,
    /// In which frame the text was drawn last, and how full the font atlas was then: a full one is emptied, and what
    /// was set from it is to be set anew.
    drawn: (u64, f32),
    /// The focus that was brought into view last, so that it is done once.
    focused: Option<Focus>,
}

/// Everything that the set text depends on.
#[derive(Clone, PartialEq)]
struct LayoutKey {
    archive: u64,
    section: SectionId,
    width: f32,
    size: f32,
    pixels_per_point: f32,
    theme: crate::app::Theme,
}

/// Selected characters of a section's plain text; `anchor` is where it began.
#[derive(Clone, Copy)]
struct Selection {
    section: SectionId,
    anchor: usize,
    head: usize,
}

impl Selection {
    fn range(&self) -> Range<usize> {
        self.anchor.min(self.head)..self.anchor.max(self.head)
    }
}

impl Reader {
    /// The selected text of the section, as stored.
    pub fn selected_text(&self, cx: &ViewContext<'_>) -> Option<String> {
        let selection = self.selection?;
        let range = selection.range();
        let document = &cx.archive().sections.get(selection.section.index())?.document;
        (cx.state.route() == Route::Section(selection.section) && !range.is_empty())
            .then(|| document.slice(range).trim_end_matches('\n').to_owned())
    }

    pub fn clear_selection(&mut self) {
        self.selection = None;
    }

    pub fn has_selection(&self) -> bool {
        self.selection.is_some_and(|selection| !selection.range().is_empty())
    }

    pub fn select_all(&mut self, cx: &ViewContext<'_>) {
        if let Route::Section(section) = cx.state.route() {
            let head = cx.archive().section(section).document.plain.chars().count();
            self.selection = Some(Selection { section, anchor: 0, head });
        }
    }

    fn layout(&mut self, cx: &ViewContext<'_>, ui: &Ui, id: SectionId, width: f32) -> Arc<Layout> {
        let size = cx.state.settings.text_size.points();
        let fill = || ui.fonts_mut(|fonts| fonts.font_atlas_fill_ratio());
        let frame = ui.ctx().cumulative_frame_nr();
        let (last_frame, last_fill) = self.drawn;
        if fill() < last_fill || frame > last_frame + 1 {
            self.set = None;
        }
        let key = LayoutKey {
            archive: cx.state.archive_generation,
            section: id,
            width,
            size,
            pixels_per_point: ui.pixels_per_point(),
            theme: cx.state.settings.theme,
        };
        let layout = match &self.set {
            Some((set, layout)) if *set == key => Arc::clone(layout),
            _ => {
                let archive = cx.archive();
                let describe = |photo: PhotoId| {
                    let photo = archive.photo(photo);
                    let aspect = photo.dimensions.map_or(1.5, |(width, height)| width as f32 / height.max(1) as f32);
                    (photo.label().map(str::to_owned), aspect)
                };
                let section = archive.section(id);
                let setting = Setting { section, palette: cx.palette, width, size, describe: &describe };
                let layout = Arc::new(setting.layout(ui));
                self.set = Some((key, Arc::clone(&layout)));
                layout
            }
        };
        self.drawn = (frame, fill());
        layout
    }
}

/// The page of a section: title, text, photos, and the ways to its neighbours.
pub fn reader_ui(cx: &mut ViewContext<'_>, ui: &mut Ui, reader: &mut Reader, id: SectionId) {
    let text_size = cx.state.settings.text_size.points();
    let key = (cx.archive().section(id).key.clone(), "reader");
    let margin = text_size * 2.2;
    page_ui(ui, key, MEASURE * text_size + 2.0 * margin, |ui, view| {
        ui.add_space(space::XL);
        let page_shape = ui.painter().add(egui::Shape::Noop);
        let top = ui.cursor().top();
        let (left, width) = (ui.max_rect().left(), ui.max_rect().width());
        let margin = margin.min(width * 0.08);
        let column = Rect::from_min_size(pos2(left + margin, top + margin), vec2(width - 2.0 * margin, f32::INFINITY));
        let mut inner = ui.new_child(egui::UiBuilder::new().max_rect(column));
        inner.spacing_mut().item_spacing.y = 0.0;
        inner.set_width(column.width());
        title_ui(cx, &mut inner, id, text_size);
        text_ui(cx, &mut inner, reader, id, view);
        photos_ui(cx, &mut inner, id, text_size);
        let bottom = inner.min_rect().bottom() + margin;
        let page = Rect::from_min_max(pos2(left, top), pos2(left + width, bottom));
        let shape = egui::epaint::RectShape::new(
            page,
            4,
            cx.palette.page,
            Stroke::new(1.0, cx.palette.hairline),
            egui::StrokeKind::Inside,
        );
        ui.painter().set(page_shape, shape);
        ui.allocate_rect(page, Sense::hover());
        ui.add_space(space::L);
        neighbours_ui(cx, ui, id);
    });
}

fn title_ui(cx: &mut ViewContext<'_>, ui: &mut Ui, id: SectionId, text_size: f32) {
    let palette = cx.palette;
    let archive = cx.archive();
    let section = archive.section(id);
    let report = archive.report(section.report);
    let eyebrow = format!("{} · {}", report.title, (cx.words.section_kind)(section.kind));
    ui.label(egui::RichText::new(eyebrow).font(theme::sans(size::SMALL)).color(cx.palette.ink_weak));
    ui.add_space(space::S);
    let title = heading_text(cx.words, section);
    let font = theme::serif_bold((text_size * 1.55).round());
    let line_height = (font.size * 1.4).round();
    let mut format = egui::text::TextFormat::simple(font, cx.palette.ink);
    format.line_height = Some(line_height);
    let mut job = egui::text::LayoutJob::single_section(title.clone(), format);
    job.wrap.max_width = ui.available_width();
    let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
    let (rect, response) = ui.allocate_exact_size(galley.size(), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Heading, true, &title));
    let place = FieldPlace { target: Target::Section(id), field: Field::Title };
    // A supplied title is drawn in brackets, so its characters stand one further on.
    let shift = usize::from(cx.archive().section(id).title_supplied);
    let marks = cx.state.search.marks(place).iter().map(|mark| mark.start + shift..mark.end + shift);
    let current = cx.state.search.current_mark(place).map(|mark| mark.start + shift..mark.end + shift);
    let text = LaidText::new(rect.min, Arc::clone(&galley), 0);
    for (mark, ink) in marks.map(|mark| (mark, palette.mark)).chain(current.map(|mark| (mark, palette.mark_current))) {
        for rect in text.rects(&mark) {
            ui.painter().rect_filled(mark_rect(rect), 2, ink);
        }
    }
    ui.painter().galley(rect.min, galley, cx.palette.ink);
    ui.add_space(text_size * 0.5);
    let rule = Rect::from_min_size(pos2(rect.left(), ui.cursor().top()), vec2(text_size * 2.5, 3.0));
    ui.painter().rect_filled(rule, 0, cx.palette.accent);
    ui.add_space(text_size * 1.4);
}

fn text_ui(cx: &mut ViewContext<'_>, ui: &mut Ui, reader: &mut Reader, id: SectionId, view: Rect) {
    if cx.archive().section(id).document.blocks.is_empty() {
        ui.label(egui::RichText::new(cx.words.empty_section).color(cx.palette.ink_weak));
        return;
    }
    let layout = reader.layout(cx, ui, id, ui.available_width());
    let origin = ui.cursor().min;
    let offset = origin.to_vec2();
    let (area, _) = ui.allocate_exact_size(vec2(ui.available_width(), layout.height), Sense::hover());
    // With fingers, dragging over the text scrolls.
    let touch = ui.input(|i| i.any_touches());
    let margin = vec2(theme::CONTROL, 0.0);
    let sense = if touch { Sense::hover() } else { Sense::DRAG };
    let drag = ui.interact(area.expand2(margin), ui.scope_id().with(("selection", id)), sense);
    select_by_pointer(ui, reader, &layout, id, origin, &drag);
    let clip = ui.clip_rect().expand(view.height() * 0.25);
    let first = layout.blocks.partition_point(|block| block.rect.bottom() + offset.y < clip.top());
    for (index, laid) in layout.blocks.iter().enumerate().skip(first) {
        if laid.rect.top() + offset.y > clip.bottom() {
            break;
        }
        block_ui(cx, ui, reader, Laid { id, index, laid, origin });
    }
    bring_into_view(cx, ui, reader, &layout, id, area);
}

/// A block on the screen.
#[derive(Clone, Copy)]
struct Laid<'a> {
    id: SectionId,
    index: usize,
    laid: &'a LaidBlock,
    /// Where the text begins on the screen.
    origin: Pos2,
}

fn block_ui(cx: &mut ViewContext<'_>, ui: &mut Ui, reader: &mut Reader, block: Laid<'_>) {
    let Laid { laid, origin, .. } = block;
    let palette = cx.palette;
    let offset = origin.to_vec2();
    let rect = laid.rect.translate(offset);
    for x in &laid.quote_bars {
        let bar = Rect::from_min_max(pos2(origin.x + x, rect.top()), pos2(origin.x + x + 3.0, rect.bottom()));
        ui.painter().rect_filled(bar, 1, palette.hairline);
    }
    if let Some((pos, galley)) = &laid.marker {
        ui.painter().galley(*pos + offset, Arc::clone(galley), palette.ink_weak);
    }
    match &laid.content {
        Content::Rule => {
            ui.painter().hline(rect.x_range(), rect.center().y, Stroke::new(1.0, palette.hairline));
        }
        Content::Photo { photo, frame, caption, label } => {
            photo_ui(cx, ui, *photo, frame.translate(offset));
            if let Some(text) = label {
                let text = text.at(text.pos + offset);
                paint_marks(cx, ui, &text, FieldPlace { target: Target::Photo(*photo), field: Field::Caption });
                ui.painter().galley(text.pos, Arc::clone(&text.galley), palette.ink_weak);
            }
            if let Some(text) = caption {
                text_block_ui(cx, ui, reader, block, text);
            }
        }
        Content::Texts { texts, boxed, rules } => {
            if *boxed {
                ui.painter().rect_filled(rect, theme::RADIUS, palette.desk);
            }
            for (i, y) in rules.iter().enumerate() {
                let width = if i == 0 || i + 1 == rules.len() { 1.5 } else { 0.75 };
                ui.painter().hline(rect.x_range(), y + offset.y, Stroke::new(width, palette.hairline));
            }
            // A long table is one block: only its cells on the screen are drawn.
            for text in texts {
                if ui.is_rect_visible(text.rect().translate(offset)) {
                    text_block_ui(cx, ui, reader, block, text);
                }
            }
        }
    }
}

fn text_block_ui(cx: &mut ViewContext<'_>, ui: &mut Ui, reader: &mut Reader, block: Laid<'_>, text: &LaidText) {
    let Laid { id, index, origin, .. } = block;
    let pos = text.pos + origin.to_vec2();
    let on_screen = text.at(pos);
    let rect = on_screen.rect().expand2(vec2(2.0, 0.0));
    let widget_id = ui.scope_id().with(("text", id, text.start, index));
    let response = ui.interact(rect, widget_id, Sense::CLICK);
    let document = &cx.archive().section(id).document;
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, document.slice(text.range())));

    let place = FieldPlace { target: Target::Section(id), field: Field::Body };
    if let Some(selection) = reader.selection.filter(|selection| selection.section == id) {
        for rect in on_screen.rects(&selection.range()) {
            ui.painter().rect_filled(rect, 0, cx.palette.selection);
        }
    }
    paint_marks(cx, ui, &on_screen, place);
    paint_decorations(cx, ui, &on_screen, id, &document.blocks[index]);
    ui.painter().galley(pos, Arc::clone(&text.galley), cx.palette.ink);

    let over = response.hover_pos().or(response.interact_pointer_pos()).map(|p| on_screen.offset_at(p));
    let link = over.and_then(|at| link_at(&document.blocks[index], at));
    if link.is_some() {
        ui.set_cursor_icon(CursorIcon::PointingHand);
    } else if response.hovered() {
        ui.set_cursor_icon(CursorIcon::Text);
    }
    if response.clicked() {
        match link {
            Some(link) => follow(cx, id, link),
            None => reader.selection = None,
        }
    }
    links_by_keyboard(cx, ui, &on_screen, block);
    response.context_menu(|ui| {
        let words = cx.words;
        let selected = reader.selected_text(cx);
        if ui.add_enabled(selected.is_some(), egui::Button::new(words.copy_text)).clicked() {
            cx.push(Command::Copy(selected.unwrap_or_default()));
            ui.close();
        }
        if ui.button(words.select_all).clicked() {
            reader.select_all(cx);
            ui.close();
        }
    });
}

fn select_by_pointer(
    ui: &Ui,
    reader: &mut Reader,
    layout: &Layout,
    section: SectionId,
    origin: Pos2,
    response: &egui::Response,
) {
    let Some(pointer) = response.interact_pointer_pos() else { return };
    let offset = origin.to_vec2();
    if response.drag_started() {
        // The drag is recognized some pixels after the press: the selection begins where the press was.
        let press = ui.input(|i| i.pointer.press_origin()).unwrap_or(pointer);
        let anchor = offset_at(layout, press - offset);
        reader.selection = Some(Selection { section, anchor, head: anchor });
    }
    if response.dragged() {
        if let Some(selection) = &mut reader.selection {
            selection.head = offset_at(layout, pointer - offset);
        }
        // Near the edge the page follows.
        let clip = ui.clip_rect();
        let beyond = (clip.top() + 20.0 - pointer.y).max(0.0) - (pointer.y - clip.bottom() + 20.0).max(0.0);
        if beyond != 0.0 {
            ui.scroll_with_delta(vec2(0.0, beyond.clamp(-30.0, 30.0)));
            ui.ctx().request_repaint();
        }
    }
}

/// The character of the plain text nearest to a place on the page.
fn offset_at(layout: &Layout, pos: Pos2) -> usize {
    let index = layout.blocks.partition_point(|block| block.rect.bottom() < pos.y).min(layout.blocks.len() - 1);
    let texts = |block: &LaidBlock| -> Option<usize> {
        match &block.content {
            Content::Texts { texts, .. } => {
                let nearest = texts
                    .iter()
                    .min_by(|a, b| a.rect().distance_sq_to_pos(pos).total_cmp(&b.rect().distance_sq_to_pos(pos)));
                nearest.map(|text| text.offset_at(pos))
            }
            Content::Photo { caption, .. } => caption.as_ref().map(|text| text.offset_at(pos)),
            Content::Rule => None,
        }
    };
    // Rules and pictures without words have no character: take the nearest block above that has.
    layout.blocks[..=index].iter().rev().find_map(texts).unwrap_or(0)
}

fn link_at(block: &Block, offset: usize) -> Option<crate::markdown::LinkId> {
    let spans = block.spans.iter().chain(cells(block));
    spans.filter(|span| span.range.contains(&offset)).find_map(|span| span.link)
}

fn cells(block: &Block) -> impl Iterator<Item = &crate::markdown::Span> {
    let table = match &block.kind {
        BlockKind::Table(table) => Some(table),
        _ => None,
    };
    table.into_iter().flat_map(|table| table.rows.iter().flatten()).flat_map(|cell| &cell.spans)
}

/// Each link can be reached with Tab and followed with Enter.
fn links_by_keyboard(cx: &mut ViewContext<'_>, ui: &mut Ui, text: &LaidText, block: Laid<'_>) {
    let section = block.id;
    let document = &cx.archive().section(section).document;
    let range = text.range();
    let source = &document.blocks[block.index];
    let links: Vec<_> = source
        .spans
        .iter()
        .chain(cells(source))
        .filter(|span| range.start <= span.range.start && span.range.end <= range.end)
        .filter_map(|span| Some((span.range.clone(), span.link?)))
        .collect();
    for (span, link) in links {
        let rects = text.rects(&span);
        let Some(first) = rects.first() else { continue };
        let id = ui.scope_id().with(("link", section, span.start));
        let response = ui.interact(*first, id, Sense::click());
        let words = cx.archive().section(section).document.slice(span).to_owned();
        response.widget_info(|| WidgetInfo::labeled(Role::Link, true, &words));
        focus_ring(cx, ui, &response, *first);
        if chosen(response) {
            follow(cx, section, link);
        }
    }
}

fn follow(cx: &mut ViewContext<'_>, id: SectionId, link: crate::markdown::LinkId) {
    let section = cx.archive().section(id);
    let command = match &section.destinations[link.0] {
        Destination::Section(to) => Command::Go(Route::Section(*to)),
        Destination::Photo(photo) => Command::Go(Route::Photo(*photo)),
        Destination::Block(block) => {
            let start = section.document.blocks[*block].range.start;
            Command::GoToText { section: id, range: start..start }
        }
        Destination::Outside(url) => Command::CopyAddress(url.clone()),
        Destination::Nowhere => return,
    };
    cx.push(command);
}

fn paint_marks(cx: &ViewContext<'_>, ui: &Ui, text: &LaidText, place: FieldPlace) {
    let range = text.range();
    let marks = cx.state.search.marks(place);
    let first = marks.partition_point(|mark| mark.end <= range.start);
    for mark in marks[first..].iter().take_while(|mark| mark.start < range.end) {
        for rect in text.rects(mark) {
            ui.painter().rect_filled(mark_rect(rect), 2, cx.palette.mark);
        }
    }
    let focus = cx.state.focus.as_ref().filter(|focus| Target::Section(focus.section) == place.target);
    let focus = focus.filter(|_| place.field == Field::Body).map(|focus| focus.range.clone());
    let current = cx.state.search.current_mark(place);
    for mark in current.or(focus).into_iter().filter(|mark| mark.start < range.end && range.start < mark.end) {
        for rect in text.rects(&mark) {
            ui.painter().rect_filled(mark_rect(rect), 2, cx.palette.mark_current);
        }
    }
}

/// Lines under links and through what was struck out, and the ground of code.
fn paint_decorations(cx: &ViewContext<'_>, ui: &Ui, text: &LaidText, section: SectionId, block: &Block) {
    let palette = cx.palette;
    let range = text.range();
    let destinations = &cx.archive().section(section).destinations;
    let spans = block.spans.iter().chain(cells(block));
    for span in spans.filter(|span| span.range.start < range.end && range.start < span.range.end) {
        let leads = span.link.is_some_and(|link| destinations[link.0] != Destination::Nowhere);
        if !leads && !span.style.code && !span.style.strikethrough {
            continue;
        }
        for rect in text.rects(&span.range) {
            let line = mark_rect(rect);
            if span.style.code {
                ui.painter().rect_filled(line, 3, palette.desk);
            }
            if leads && !span.style.footnote_mark {
                let stroke = Stroke::new(1.0, palette.link.gamma_multiply(0.5));
                ui.painter().hline(line.x_range(), line.bottom(), stroke);
            }
            if span.style.strikethrough {
                ui.painter().hline(line.x_range(), rect.center().y, Stroke::new(1.0, palette.ink));
            }
        }
    }
}

/// As high as the characters, not as the line.
fn mark_rect(line: Rect) -> Rect {
    line.shrink2(vec2(0.0, line.height() * 0.14))
}

fn bring_into_view(cx: &ViewContext<'_>, ui: &Ui, reader: &mut Reader, layout: &Layout, id: SectionId, area: Rect) {
    if reader.focused == cx.state.focus {
        return;
    }
    reader.focused.clone_from(&cx.state.focus);
    let Some(focus) = cx.state.focus.as_ref().filter(|focus| focus.section == id) else { return };
    if focus.range == (0..0) {
        ui.scroll_with_delta(vec2(0.0, 1e9));
        return;
    }
    let index = cx.archive().section(id).document.block_at(focus.range.start);
    let laid = &layout.blocks[index];
    let rect = match &laid.content {
        Content::Texts { texts, .. } => texts.iter().find_map(|text| {
            let range = focus.range.start..focus.range.end.max(focus.range.start + 1);
            text.rects(&range).into_iter().reduce(Rect::union)
        }),
        _ => None,
    };
    let target = rect.unwrap_or(laid.rect).translate(area.min.to_vec2());
    ui.scroll_to_rect(target, Some(Align::Center));
}

/// The photos of the section that its text does not show itself.
fn photos_ui(cx: &mut ViewContext<'_>, ui: &mut Ui, id: SectionId, text_size: f32) {
    let section = cx.archive().section(id);
    let photos: Vec<PhotoId> = section.photos.iter().copied().filter(|photo| !shown_in_text(section, *photo)).collect();
    for photo in photos {
        ui.add_space(text_size * 1.2);
        let aspect = cx.archive().photo(photo).dimensions.map_or(1.5, |(w, h)| w as f32 / h.max(1) as f32);
        let width = ui.available_width();
        let (rect, _) = ui.allocate_exact_size(vec2(width, width / aspect.clamp(0.5, 3.0)), Sense::hover());
        photo_ui(cx, ui, photo, rect);
        if let Some(caption) = cx.archive().photo(photo).label().map(str::to_owned) {
            ui.add_space(space::S);
            let ink = cx.palette.ink_weak;
            let job = egui::text::LayoutJob::simple(full_width(&caption), theme::sans(size::BODY), ink, width);
            let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
            let (rect, response) = ui.allocate_exact_size(galley.size(), Sense::hover());
            response.widget_info(|| WidgetInfo::labeled(Role::Caption, true, &caption));
            let place = FieldPlace { target: Target::Photo(photo), field: Field::Caption };
            paint_marks(cx, ui, &LaidText::new(rect.min, Arc::clone(&galley), 0), place);
            ui.painter().galley(rect.min, galley, cx.palette.ink_weak);
        }
    }
}

fn shown_in_text(section: &Section, photo: PhotoId) -> bool {
    section.document.blocks.iter().any(|block| match block.kind {
        BlockKind::Photo { link } => section.destinations[link.0] == Destination::Photo(photo),
        _ => false,
    })
}

/// A photo of the page; a click opens it.
fn photo_ui(cx: &mut ViewContext<'_>, ui: &mut Ui, photo: PhotoId, rect: Rect) {
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

fn neighbours_ui(cx: &mut ViewContext<'_>, ui: &mut Ui, id: SectionId) {
    let width = (ui.available_width() - space::L) / 2.0;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::L;
        for (step, icon, word) in [(-1, icons::CARET_LEFT, cx.words.previous), (1, icons::CARET_RIGHT, cx.words.next)] {
            let (rect, _) = ui.allocate_exact_size(vec2(width, 72.0), Sense::hover());
            let Some(to) = cx.archive().section_beside(id, step) else { continue };
            let title = heading_text(cx.words, cx.archive().section(to));
            let response = ui.interact(rect, ui.scope_id().with(("beside", step)), Sense::click());
            response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("{word} {title}")));
            let palette = cx.palette;
            let fill = if response.hovered() { palette.hover } else { palette.page };
            ui.painter().rect(rect, theme::RADIUS, fill, Stroke::new(1.0, palette.hairline), egui::StrokeKind::Inside);
            let align = if step < 0 { egui::Align2::LEFT_CENTER } else { egui::Align2::RIGHT_CENTER };
            let edge = if step < 0 { rect.left() + space::L } else { rect.right() - space::L };
            ui.painter().text(pos2(edge, rect.center().y), align, icon, theme::sans(size::ICON), palette.accent);
            let inner = rect.shrink2(vec2(space::L * 2.0 + size::ICON * 0.6, space::M));
            let small = ui.painter().layout_no_wrap(word.to_owned(), theme::sans(size::SMALL), palette.ink_weak);
            let mut job = egui::text::LayoutJob::simple_singleline(title, theme::serif_bold(size::LARGE), palette.ink);
            job.wrap = egui::text::TextWrapping::truncate_at_width(inner.width());
            let large = ui.fonts_mut(|fonts| fonts.layout_job(job));
            let x = |w: f32| if step < 0 { inner.left() } else { inner.right() - w };
            let (small_x, large_x) = (x(small.size().x), x(large.size().x));
            ui.painter().galley(pos2(small_x, inner.top()), small, palette.ink_weak);
            ui.painter().galley(pos2(large_x, inner.bottom() - large.size().y), large, palette.ink);
            focus_ring(cx, ui, &response, rect);
            if chosen(response) {
                cx.push(Command::Beside(step));
            }
        }
    });
}
