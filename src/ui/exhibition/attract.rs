//! The loop that is shown when nobody is there: photos, figures and sentences of the archives, one after the other.

use std::sync::Arc;

use egui::accesskit::Role;
use egui::text::{LayoutJob, TextFormat};
use egui::{Align2, Color32, FontId, Galley, Rect, Sense, Ui, Vec2, WidgetInfo, pos2, vec2};

use crate::app::Theme;
use crate::archive::{ArchiveId, FigureId, PhotoId};
use crate::text::Language;
use crate::typeset::full_width;
use crate::ui::figures::value_words;
use crate::ui::pictures::{Look, PictureSize};
use crate::ui::theme::{self, Palette, RADIUS, size, space};
use crate::ui::widgets::{badge, cover_uv, flush};
use crate::ui::{ViewContext, heading_text};

use super::scenes::{Scene, Subject, scene};

/// How long a scene comes and goes, in seconds.
const FADE_SECS: f64 = 1.2;
/// Between frames, in seconds: while a scene comes or goes, and while it stays. What moves does so by less than two
/// pixels a frame, which needs no more.
const FADING: f32 = 0.08;
const STAYING: f32 = 0.2;

/// How much of a picture lies outside its frame, so that it can drift.
const DRIFT: f32 = 0.06;

/// How large words are set, from what is wanted down, until there is room for all; in the end they are cut.
const SHARES: [f32; 3] = [1.0, 0.8, 0.65];
const LEAST_SHARE: f32 = 0.5;

/// The whole screen is a button. `secs` is the time, by which everything is where it is.
pub fn attract_ui(cx: &mut ViewContext<'_>, ui: &mut Ui, secs: f64, secs_per_scene: f64) {
    let all = ui.max_rect();
    let response = ui.interact(all, ui.scope_id().with("attract"), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, cx.words.exhibition.touch_to_begin));
    let palette = Palette::of(Theme::Dark);
    ui.painter().rect_filled(all, 0, palette.desk);
    let number = (secs / secs_per_scene) as u64;
    let within = secs % secs_per_scene;
    let opacity = (within.min(secs_per_scene - within) / FADE_SECS).min(1.0) as f32;
    let stage = Stage::of(all, number, (within / secs_per_scene) as f32);
    if let Some(scene) = scene(&cx.state.library, number) {
        let mut scope = ui.new_child(egui::UiBuilder::new().max_rect(all));
        scope.set_opacity(opacity * opacity * (3.0 - 2.0 * opacity));
        stage.show(cx, &scope, palette, &scene);
    }
    // The next picture is read meanwhile.
    if let Some(Scene { archive, subject: Subject::Photo(photo) }) = scene(&cx.state.library, number + 1) {
        let size = PictureSize::covering(stage.picture.size().max_elem() * ui.pixels_per_point());
        cx.look_in(archive, ui, photo, size);
    }
    hint_ui(cx, ui, palette, stage.hint, secs);
    ui.ctx().request_repaint_after_secs(if opacity < 1.0 { FADING } else { STAYING });
}

/// Where everything stands in one scene. It changes from scene to scene, so that nothing is burnt into the screen.
struct Stage {
    /// How far the scene is, from 0 to 1.
    progress: f32,
    picture: Rect,
    beside: Rect,
    /// Words without a picture.
    words: Rect,
    hint: Rect,
    /// Points of the interface's sizes.
    unit: f32,
}

impl Stage {
    fn of(all: Rect, number: u64, progress: f32) -> Self {
        let unit = all.size().min_elem() / 720.0;
        let flip = |every: u64| number / every % 2 == 1;
        // A few points to and fro, a little different each time.
        let jitter = vec2((number * 7 % 11) as f32 - 5.0, (number * 5 % 13) as f32 - 6.0) * 2.0 * unit;
        let (top, bottom) =
            all.split_top_bottom_at_y(if flip(3) { all.top() + 84.0 * unit } else { all.bottom() - 84.0 * unit });
        let (hint, stage) = if flip(3) { (top, bottom) } else { (bottom, top) };
        let stage = stage.shrink(48.0 * unit).translate(jitter);
        let gap = 44.0 * unit;
        let (picture, beside) = if all.width() > all.height() {
            let width = stage.width() * 0.6;
            let x = if flip(2) { stage.right() - width } else { stage.left() + width };
            let (left, right) = stage.split_left_right_at_x(x);
            let (mut picture, mut beside) = if flip(2) { (right, left) } else { (left, right) };
            if flip(2) {
                beside.max.x -= gap
            } else {
                beside.min.x += gap
            }
            let height = picture.height().min(width * 0.75);
            picture = Rect::from_center_size(picture.center(), vec2(width, height));
            (picture, beside)
        } else {
            let height = (stage.width() * 0.8).min(stage.height() * 0.6);
            let y = if flip(2) { stage.bottom() - height } else { stage.top() + height };
            let (above, below) = stage.split_top_bottom_at_y(y);
            let (picture, mut beside) = if flip(2) { (below, above) } else { (above, below) };
            if flip(2) {
                beside.max.y -= gap
            } else {
                beside.min.y += gap
            }
            (picture, beside)
        };
        let aside = stage.width() * 0.16;
        let words = stage
            .shrink2(vec2(aside / 2.0, 0.0))
            .translate(vec2(if flip(1) { aside / 2.0 } else { -aside / 2.0 }, 0.0));
        Self { progress, picture, beside, words, hint, unit }
    }

    fn show(&self, cx: &mut ViewContext<'_>, ui: &Ui, palette: &Palette, scene: &Scene) {
        let archive = cx.state.library.archive(scene.archive);
        match &scene.subject {
            Subject::Photo(photo) => self.photo(cx, ui, palette, scene.archive, *photo),
            Subject::Figure(figure) => self.figure(cx, ui, palette, scene.archive, *figure),
            Subject::Title(id) => {
                let report = archive.report(*id);
                let subtitle = report.subtitle.as_deref().unwrap_or_default();
                let kicker = report.kicker.as_deref().unwrap_or_default();
                let lines = [
                    Line::new(kicker, theme::sans(self.points(20.0)), palette.accent),
                    Line::new(&report.title, theme::serif_bold(self.points(60.0)), palette.ink),
                    Line::new(subtitle, theme::serif(self.points(28.0)), palette.ink_weak),
                ];
                column(ui, self.words, &lines, self.unit);
            }
            Subject::Sentence { section, text } => {
                let points = if text.chars().count() <= 28 { 48.0 } else { 38.0 };
                let source = heading_text(cx.words, archive.section(*section));
                let lines = [
                    Line::new(text, theme::serif_bold(self.points(points)), palette.ink),
                    Line::new(&source, theme::sans(self.points(22.0)), palette.accent),
                ];
                column(ui, self.words, &lines, self.unit);
            }
        }
    }

    fn photo(&self, cx: &mut ViewContext<'_>, ui: &Ui, palette: &Palette, archive: ArchiveId, photo: PhotoId) {
        let frame = self.picture;
        let size = PictureSize::covering(frame.size().max_elem() * ui.pixels_per_point());
        let record = cx.state.library.archive(archive).photo(photo);
        if let Look::Ready { texture, .. } = cx.look_in(archive, ui, photo, size) {
            let uv = drifting(cover_uv(texture.size_vec2(), frame.size()), self.progress, photo.index());
            let mut shape = egui::epaint::RectShape::filled(frame, RADIUS, Color32::WHITE);
            shape.brush = Some(Arc::new(egui::epaint::Brush { fill_texture_id: texture.id(), uv }));
            ui.painter().add(shape);
            badge(cx, ui, record.kind, frame);
        }
        let archive = cx.state.library.archive(archive);
        let section =
            record.section.map(|section| heading_text(cx.words, archive.section(section))).unwrap_or_default();
        let lines = [
            Line::new(record.label().unwrap_or(&archive.title), theme::serif_bold(self.points(34.0)), palette.ink),
            Line::new(&section, theme::sans(self.points(20.0)), palette.accent),
        ];
        column(ui, self.beside, &lines, self.unit);
    }

    fn figure(&self, cx: &ViewContext<'_>, ui: &Ui, palette: &Palette, archive: ArchiveId, figure: FigureId) {
        let record = cx.state.library.archive(archive).figure(figure);
        let lines = [
            Line::new(&value_words(cx.words, record), theme::serif_bold(self.points(104.0)), palette.accent),
            Line::new(&record.label, theme::serif_bold(self.points(36.0)), palette.ink),
            Line::new(&record.quote, theme::serif(self.points(24.0)), palette.ink_weak),
        ];
        column(ui, self.words, &lines, self.unit);
    }

    fn points(&self, points: f32) -> f32 {
        (points * self.unit).round()
    }
}

struct Line {
    text: String,
    font: FontId,
    ink: Color32,
}

impl Line {
    fn new(text: &str, font: FontId, ink: Color32) -> Self {
        Self { text: full_width(text.trim()), font, ink }
    }

    fn set(&self, ui: &Ui, width: f32, share: f32) -> Arc<Galley> {
        let font = FontId { size: (self.font.size * share).round(), ..self.font.clone() };
        let mut format = TextFormat::simple(font, self.ink);
        format.line_height = Some((format.font_id.size * 1.4).round());
        let mut job = flush(LayoutJob::single_section(self.text.clone(), format));
        job.wrap.max_width = width;
        job.wrap.max_rows = 6;
        ui.fonts_mut(|fonts| fonts.layout_job(job))
    }
}

/// Lines below each other, in the middle of `rect` by height.
fn column(ui: &Ui, rect: Rect, lines: &[Line], unit: f32) {
    let gap = 20.0 * unit;
    let (galleys, height) = fitting(ui, rect.size(), lines, gap);
    let mut y = rect.center().y - height / 2.0;
    for (galley, ink) in galleys {
        let next = y + galley.size().y + gap;
        ui.painter().galley(pos2(rect.left(), y), galley, ink);
        y = next;
    }
}

/// The lines and how high they are together: smaller than wanted where they would be cut or leave the room.
fn fitting(ui: &Ui, room: Vec2, lines: &[Line], gap: f32) -> (Vec<(Arc<Galley>, Color32)>, f32) {
    let set = |share: f32| {
        let lines = lines.iter().filter(|line| !line.text.is_empty());
        let galleys: Vec<_> = lines.map(|line| (line.set(ui, room.x, share), line.ink)).collect();
        let height = galleys.iter().map(|(galley, _)| galley.size().y + gap).sum::<f32>() - gap;
        (galleys, height)
    };
    let fits = |(galleys, height): &(Vec<(Arc<Galley>, Color32)>, f32)| {
        *height <= room.y && !galleys.iter().any(|(galley, _)| galley.elided)
    };
    SHARES.into_iter().map(set).find(fits).unwrap_or_else(|| set(LEAST_SHARE))
}

/// A part of the part of a picture that fills its frame, which moves along a way of its own.
fn drifting(uv: Rect, progress: f32, way: usize) -> Rect {
    let directions = [vec2(1.0, 0.4), vec2(-1.0, 0.3), vec2(0.6, -0.8), vec2(-0.7, -0.5)];
    let room = uv.size() * DRIFT;
    let shift: Vec2 = directions[way % directions.len()] * (progress - 0.5) * room;
    Rect::from_center_size(uv.center() + shift, uv.size() - room)
}

/// What to do, in both languages, at a place that never rests.
fn hint_ui(cx: &ViewContext<'_>, ui: &Ui, palette: &Palette, band: Rect, secs: f64) {
    let unit = band.height() / 84.0;
    let own = cx.state.language();
    let both = Language::ALL.into_iter().filter(|language| *language != own);
    let texts = [own].into_iter().chain(both).map(|language| language.words().exhibition.touch_to_begin);
    let text = texts.collect::<Vec<_>>().join("　");
    let font = theme::sans((size::LARGE * 1.2 * unit).round());
    let galley = ui.painter().layout_no_wrap(text, font, palette.on_accent);
    let pill = galley.size() + vec2(2.0 * space::XL, 2.0 * space::M) * unit;
    let room = band.shrink2(vec2(space::XXL * unit + pill.x / 2.0, 0.0));
    let swing = ((secs / 97.0 * std::f64::consts::TAU).sin() * 0.5 + 0.5) as f32;
    // Whole points: letters do not shimmer.
    let center = pos2(egui::lerp(room.x_range(), swing), band.center().y).round();
    let rect = Rect::from_center_size(center, pill);
    let breath = ((secs / 4.0 * std::f64::consts::TAU).sin() * 0.5 + 0.5) as f32;
    ui.painter().rect_filled(rect, pill.y / 2.0, palette.accent.gamma_multiply(0.82 + 0.18 * breath));
    ui.painter().galley(Align2::CENTER_CENTER.anchor_size(center, galley.size()).min, galley, palette.on_accent);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_stays_on_the_screen_and_apart() {
        for size in [vec2(1280.0, 720.0), vec2(720.0, 1280.0), vec2(910.0, 512.0), vec2(600.0, 600.0)] {
            let all = Rect::from_min_size(egui::Pos2::ZERO, size);
            for number in 0..200 {
                let stage = Stage::of(all, number, 0.5);
                for rect in [stage.picture, stage.beside, stage.words, stage.hint] {
                    assert!(all.contains_rect(rect) && rect.is_positive(), "{size:?}: {number}: {rect:?}");
                }
                assert!(!stage.picture.intersects(stage.beside) && !stage.picture.intersects(stage.hint));
                assert!(!stage.words.intersects(stage.hint), "{size:?}: {number}");
            }
        }
    }

    #[test]
    fn long_words_stay_in_their_place() {
        let ctx = egui::Context::default();
        crate::ui::fonts::install(&ctx);
        let stage = Stage::of(Rect::from_min_size(egui::Pos2::ZERO, vec2(1280.0, 720.0)), 0, 0.5);
        let mut output = ctx.run_ui(egui::RawInput::default(), |ui| {
            for (characters, shrinks) in [(10, false), (70, true), (400, true)] {
                let text = "关于农村工作的报告".chars().cycle().take(characters).collect::<String>();
                let fonts = [theme::sans(20.0), theme::serif_bold(60.0), theme::serif(28.0)];
                let lines = fonts.map(|font| Line::new(&text, font, Color32::WHITE));
                let (galleys, height) = fitting(ui, stage.words.size(), &lines, 20.0);
                assert!(height <= stage.words.height(), "{characters}: {height}");
                let title = galleys[1].0.job.sections[0].format.font_id.size;
                assert_eq!(title < 60.0, shrinks, "{characters}: {title}");
            }
        });
        output.textures_delta.clear();
    }

    #[test]
    fn a_picture_drifts_within_its_bounds() {
        let uv = Rect::from_min_max(pos2(0.0, 0.1), pos2(1.0, 0.9));
        for way in 0..4 {
            for progress in [0.0, 0.5, 1.0] {
                assert!(uv.contains_rect(drifting(uv, progress, way)), "{way} {progress}");
            }
        }
    }
}
