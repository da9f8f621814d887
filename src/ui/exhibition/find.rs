//! Searching by fingers: keys that lead to something, words that stand somewhere, and where.

use egui::{Align, Layout, RichText, ScrollArea, Ui, vec2};

use super::keyboard::keyboard_ui;
use super::keys::{ROW, chip_ui, row_ui};
use crate::app::{Command, FingerCommand, Location, Route, Way};
use crate::library::fingers::{Topic, TopicKind, TopicPlace};
use crate::library::{Hit, Target};
use crate::search::snippet;
use crate::typeset::full_width;
use crate::ui::theme::{self, size, space};
use crate::ui::widgets::{focus_ring, line, marked_job};
use crate::ui::{ViewContext, archive_title, heading_text};

/// Places of a word that are listed at most.
const LISTED: usize = 300;
/// Characters shown before and after a place.
const CONTEXT: (usize, usize) = (12, 60);
const RESULT: f32 = 64.0;
const COLUMN: f32 = 980.0;

pub fn find_ui(cx: &mut ViewContext<'_>, ui: &mut Ui) {
    let all = ui.max_rect();
    ui.painter().rect_filled(all, 0, cx.palette.desk);
    let width = (all.width() - 2.0 * space::L).min(COLUMN);
    let column = egui::Rect::from_center_size(all.center(), vec2(width, all.height() - 2.0 * space::S));
    let mut ui = ui.new_child(egui::UiBuilder::new().max_rect(column).layout(Layout::top_down(Align::Min)));
    ui.spacing_mut().item_spacing = vec2(space::S, space::S);
    // Scroll bars stand beside the rows, not on them.
    ui.spacing_mut().scroll.floating_allocated_width = space::M;
    if let Some(word) = cx.state.fingers.chosen.clone() {
        return results_ui(cx, &mut ui, &word);
    }
    let state = cx.state;
    ui.horizontal(|ui| {
        for way in Way::ALL {
            if chip_ui(cx, ui, (cx.words.fingers.way)(way), "", way == state.fingers.way).clicked() {
                push(cx, FingerCommand::Show(way));
            }
        }
    });
    match state.fingers.way {
        Way::Letters => keyboard_ui(cx, &mut ui),
        Way::Strokes => strokes_ui(cx, &mut ui),
        Way::Topics => topics_ui(cx, &mut ui),
    }
}

pub fn push(cx: &mut ViewContext<'_>, command: FingerCommand) {
    cx.push(Command::Fingers(command));
}

/// The words that are meant so far, with the numbers of their places.
pub fn words_ui(cx: &mut ViewContext<'_>, ui: &mut Ui) {
    let state = cx.state;
    ui.horizontal_wrapped(|ui| {
        for word in &state.fingers.words {
            let count = (cx.words.fingers.places)(word.count);
            if chip_ui(cx, ui, &word.text, &count, false).clicked() {
                push(cx, FingerCommand::Word(word.text.clone()));
            }
        }
    });
}

fn say(cx: &ViewContext<'_>, ui: &mut Ui, text: &str) {
    ui.label(RichText::new(text).size(size::LARGE).color(cx.palette.ink_weak));
}

/// First how many strokes, then which character, then the word.
fn strokes_ui(cx: &mut ViewContext<'_>, ui: &mut Ui) {
    let (state, words) = (cx.state, &cx.words.fingers);
    let fingers = &state.fingers;
    ScrollArea::vertical().id_salt("strokes").auto_shrink(false).show(ui, |ui| {
        say(cx, ui, words.how_many_strokes);
        ui.horizontal_wrapped(|ui| {
            for count in &fingers.stroke_counts {
                if chip_ui(cx, ui, &(words.strokes)(*count), "", fingers.strokes == Some(*count)).clicked() {
                    push(cx, FingerCommand::Strokes(*count));
                }
            }
        });
        if fingers.strokes.is_some() {
            say(cx, ui, words.choose_character);
            ui.horizontal_wrapped(|ui| {
                for c in &fingers.characters {
                    if chip_ui(cx, ui, &c.to_string(), "", fingers.first == Some(*c)).clicked() {
                        push(cx, FingerCommand::First(*c));
                    }
                }
            });
        }
        if fingers.first.is_some() {
            say(cx, ui, words.choose_word);
            words_ui(cx, ui);
        }
    });
}

fn topics_ui(cx: &mut ViewContext<'_>, ui: &mut Ui) {
    let (state, words) = (cx.state, &cx.words.fingers);
    let fingers = &state.fingers;
    ui.horizontal(|ui| {
        for kind in TopicKind::ALL {
            if chip_ui(cx, ui, (words.topic)(kind), "", kind == fingers.topic).clicked() {
                push(cx, FingerCommand::Topics(kind));
            }
        }
    });
    if fingers.topics.is_empty() {
        return say(cx, ui, words.none);
    }
    let kind = fingers.topic as usize;
    ScrollArea::vertical().id_salt(("topics", kind)).auto_shrink(false).show_rows(
        ui,
        ROW,
        fingers.topics.len(),
        |ui, rows| {
            for topic in &fingers.topics[rows] {
                let (name, beside) = topic_words(cx, topic);
                if !row_ui(cx, ui, &name, &beside).clicked() {
                    continue;
                }
                match topic.to {
                    TopicPlace::At(archive, target) => {
                        cx.push(Command::GoTo(Location { archive, route: route(target) }));
                    }
                    TopicPlace::Spoken(_) => push(cx, FingerCommand::Word(topic.text.clone())),
                }
            }
        },
    );
}

/// What a topic is called, and beside it whose it is among several archives, or how often it is spoken of.
fn topic_words(cx: &ViewContext<'_>, topic: &Topic) -> (String, String) {
    let library = &cx.state.library;
    match topic.to {
        TopicPlace::At(archive, target) => {
            let archive = library.archive(archive);
            let name = match target {
                Target::Section(id) => heading_text(cx.words, archive.section(id)),
                _ => full_width(&topic.text),
            };
            let several = library.has_several();
            (name, if several { archive_title(cx.words, archive) } else { String::new() })
        }
        TopicPlace::Spoken(count) => (full_width(&topic.text), (cx.words.fingers.places)(count)),
    }
}

fn route(target: Target) -> Route {
    match target {
        Target::Section(id) => Route::Section(id),
        Target::Photo(id) => Route::Photo(id),
        Target::Report(id) => Route::About(id),
        Target::Figure(_) => Route::Figures,
        Target::Archive => Route::Cover,
    }
}

/// Where a word stands.
fn results_ui(cx: &mut ViewContext<'_>, ui: &mut Ui, word: &str) {
    let (state, words) = (cx.state, &cx.words.fingers);
    let found = &state.search.found;
    ui.horizontal(|ui| {
        if chip_ui(cx, ui, words.another_word, "", false).clicked() {
            push(cx, FingerCommand::Another);
        }
        let said = match state.search.pending {
            true => words.one_moment.to_owned(),
            false => (words.found)(word, found.count),
        };
        ui.label(RichText::new(said).font(theme::sans(size::LARGE)).color(cx.palette.ink));
    });
    let hits: Vec<&Hit> = found.groups.iter().flat_map(|group| &group.hits).take(LISTED).collect();
    if hits.len() < found.count {
        say(cx, ui, &(words.first_of)(hits.len()));
    }
    ScrollArea::vertical().id_salt("places").auto_shrink(false).show_rows(ui, RESULT, hits.len(), |ui, rows| {
        for index in rows {
            if result_ui(cx, ui, hits[index], state.search.current == Some(index)) {
                cx.push(Command::GoToHit(index));
            }
        }
    });
}

/// What a place is of, and the words around it; whether it was chosen.
fn result_ui(cx: &ViewContext<'_>, ui: &mut Ui, hit: &Hit, current: bool) -> bool {
    let (palette, library) = (cx.palette, &cx.state.library);
    let archive = library.archive(hit.archive);
    let of = match hit.place.target {
        Target::Section(id) => heading_text(cx.words, archive.section(id)),
        Target::Photo(id) => match archive.photo(id).section {
            Some(section) => heading_text(cx.words, archive.section(section)),
            None => full_width(archive.photo(id).label().unwrap_or(cx.words.untitled)),
        },
        Target::Figure(id) => heading_text(cx.words, archive.section(archive.figure(id).section)),
        Target::Report(id) => full_width(&archive.report(id).title),
        Target::Archive => archive_title(cx.words, archive),
    };
    // Among several archives, whose it is.
    let of = match library.has_several() && hit.place.target != Target::Archive {
        true => format!("{}　{of}", archive_title(cx.words, archive)),
        false => of,
    };
    let around = snippet(library.text(hit), hit.range.start, hit.range.end, CONTEXT.0, CONTEXT.1);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), RESULT), egui::Sense::click());
    let label = format!("{of} {}", around.text);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::accesskit::Role::Button, true, &label));
    let pressed = response.is_pointer_button_down_on() || current;
    let fill = if pressed { palette.accent_soft } else { palette.raised };
    let stroke = egui::Stroke::new(1.0, palette.hairline);
    ui.painter().rect(rect, theme::RADIUS, fill, stroke, egui::StrokeKind::Inside);
    let width = rect.width() - 2.0 * space::L;
    let at = rect.min + vec2(space::L, space::S);
    line(ui, at, &of, theme::sans(size::BODY), palette.ink_weak, width);
    let format = |background| egui::TextFormat {
        font_id: theme::sans(size::LARGE),
        color: palette.ink,
        background,
        ..egui::TextFormat::default()
    };
    let chars = |bytes: usize| around.text[..bytes].chars().count();
    let mark = chars(around.highlight.start)..chars(around.highlight.end);
    let mut job =
        marked_job(&around.text, std::slice::from_ref(&mark), format(egui::Color32::TRANSPARENT), format(palette.mark));
    job.wrap = egui::text::TextWrapping::truncate_at_width(width);
    let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
    ui.painter().galley(rect.min + vec2(space::L, space::S + size::BODY * 1.5), galley, palette.ink);
    focus_ring(cx, ui, &response, rect);
    response.clicked()
}
