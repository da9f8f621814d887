//! The page that a section is read on: texts of any length, places that are kept, and what is selected.

#[allow(dead_code, reason = "a part of it serves other tests")]
mod support;

use egui::accesskit::Role;
use egui::{
    Event, Key, Modifiers, MouseWheelSource, MouseWheelUnit, PointerButton, Pos2, Rect, TouchPhase, Vec2, vec2,
};
use juanzong::app::{Command, LastPlace, Route, Settings, TextSize, Typography};
use serde_json::json;

use support::{Desk, WINDOW, archive};

const SHIFT: Modifiers = Modifiers::SHIFT;

/// Paragraphs of different length, each with its number.
fn paragraphs(count: usize) -> String {
    let paragraph = |n: usize| format!("第{n}段，{}。", "温泉小镇风生水起".repeat(n % 37 + 1));
    (0..count).map(paragraph).collect::<Vec<_>>().join("\n\n")
}

fn desk_of(body: &str, settings: Settings) -> Desk {
    let text = json!({"format": 1, "title": "长", "reports": [{"id": "r", "title": "长", "sections": [
        {"id": "a", "title": "甲", "body": "泉。"}, {"id": "b", "title": "乙", "body": body}]}]});
    let mut desk = Desk::new(archive(&text.to_string()), settings, WINDOW);
    desk.go(section(&desk, 1));
    desk
}

fn section(desk: &Desk, index: usize) -> Route {
    Route::Section(desk.state(|state| state.archive().section_ids().nth(index)).expect("a section"))
}

/// Goes to the `n`-th paragraph of the second section.
fn go_to_paragraph(desk: &mut Desk, n: usize) {
    let Route::Section(id) = section(desk, 1) else { unreachable!() };
    let start = desk.state(|state| state.archive().section(id).document.blocks[n].range.start);
    desk.command(Command::GoToText { section: id, range: start..start + 2 });
}

/// The paragraphs on the screen with their places, from above.
fn shown(desk: &Desk) -> Vec<(usize, Rect)> {
    let labels = desk.nodes(Role::Label).filter_map(|node| {
        let name = node.value()?;
        let number = name.strip_prefix('第')?.split_once('段')?.0.parse().ok()?;
        let on_screen = node.rect().intersect(Rect::from_min_max(Pos2::new(0.0, 60.0), WINDOW.to_pos2()));
        (on_screen.height() > 1.0).then(|| (number, node.rect()))
    });
    labels.collect()
}

fn place_of(desk: &Desk, n: usize) -> Rect {
    let shown = shown(desk);
    shown.iter().find(|(number, _)| *number == n).unwrap_or_else(|| panic!("paragraph {n} among {shown:?}")).1
}

fn wheel(desk: &mut Desk, points: f32) {
    desk.harness.hover_at((WINDOW * vec2(0.6, 0.5)).to_pos2());
    desk.harness.event(Event::MouseWheel {
        unit: MouseWheelUnit::Point,
        delta: vec2(0.0, points),
        modifiers: Modifiers::NONE,
        phase: TouchPhase::Move,
        source: MouseWheelSource::Wheel,
    });
    desk.harness.run_steps(40);
}

fn size(index: usize) -> Command {
    Command::SetTextSize(TextSize::from_index(index))
}

#[test]
fn any_place_of_a_long_text_is_gone_to_at_once() {
    let mut desk = desk_of(&paragraphs(3000), Settings::default());
    for n in [1500, 2999, 7, 2000, 2001, 0] {
        go_to_paragraph(&mut desk, n);
        let place = place_of(&desk, n);
        assert!(place.top() > 56.0 && place.top() < WINDOW.y, "paragraph {n} begins on the screen: {place:?}");
    }
}

#[test]
fn a_paragraph_without_end_is_gone_through_like_any_other() {
    let body: String = (0..30_000).map(|n| format!("第{n}句。")).collect();
    let mut desk = desk_of(&body, Settings::default());
    let Route::Section(id) = section(&desk, 1) else { unreachable!() };
    for words in ["第29999句", "第15000句", "第3句"] {
        let start = body[..body.find(words).expect("a sentence")].chars().count();
        desk.command(Command::GoToText { section: id, range: start..start + words.chars().count() });
        let text =
            desk.nodes(Role::Label).filter_map(|node| node.value()).find(|text| text.contains('句')).expect("the text");
        assert!(text.contains(words), "{words} is not on the screen: {text:.60}");
        assert!(text.chars().count() < 4000, "no more is read out than what is on the screen");
    }
}

#[test]
fn scrolling_up_into_what_was_never_set_moves_by_what_the_wheel_says() {
    let mut desk = desk_of(&paragraphs(3000), Settings::default());
    go_to_paragraph(&mut desk, 1500);
    for step in 0..60 {
        let (n, before) = shown(&desk)[0];
        wheel(&mut desk, 90.0);
        let moved = place_of(&desk, n).bottom() - before.bottom();
        assert!((moved - 90.0).abs() < 1.0, "step {step}: paragraph {n} moved by {moved}");
    }
}

#[test]
fn another_text_size_keeps_the_place() {
    let mut desk = desk_of(&paragraphs(3000), Settings::default());
    go_to_paragraph(&mut desk, 1234);
    let (first, _) = shown(&desk)[0];
    for index in [5, 0, 8, 2] {
        desk.command(size(index));
        let (now, _) = shown(&desk)[0];
        assert!(now.abs_diff(first) <= 1, "{now} stands where {first} stood");
    }
    desk.command(Command::SetTypography(Typography { ragged: true, ..Typography::default() }));
    assert!(shown(&desk)[0].0.abs_diff(first) <= 1);
}

#[test]
fn a_section_that_is_left_is_found_again_where_it_was() {
    let mut desk = desk_of(&paragraphs(3000), Settings::default());
    go_to_paragraph(&mut desk, 800);
    let (first, place) = shown(&desk)[0];
    let (there, back) = (section(&desk, 0), section(&desk, 1));
    desk.go(there);
    assert!(shown(&desk).is_empty());
    desk.go(back);
    let (now, again) = shown(&desk)[0];
    assert_eq!(now, first);
    assert!((again.top() - place.top()).abs() < 2.0, "{again:?} {place:?}");
}

#[test]
fn the_place_is_remembered_once_the_page_has_come_to_rest() {
    let mut desk = desk_of(&paragraphs(300), Settings::default());
    go_to_paragraph(&mut desk, 200);
    desk.harness.run_steps(80);
    let last = desk.state(|state| state.settings.last_place.clone()).expect("a place");
    assert_eq!(last.route, "section:b");
    let document = desk.state(|state| state.archive().sections[1].document.blocks[190].range.start);
    assert!(last.offset > document, "{last:?}");
}

#[test]
fn the_program_begins_at_the_line_where_it_was_left() {
    let text = json!({"format": 1, "title": "长", "reports": [{"id": "r", "title": "长", "sections": [
        {"id": "b", "title": "乙", "body": paragraphs(1000)}]}]});
    let archive = archive(&text.to_string());
    let offset = archive.sections[0].document.blocks[700].range.start;
    let last_place = Some(LastPlace { archive: None, route: "section:b".to_owned(), offset });
    let settings = Settings { last_place, ..Settings::default() };
    let desk = Desk::with(archive, settings, WINDOW, juanzong::ui::Viewer::resume);
    let (first, place) = shown(&desk)[0];
    assert!(first == 700 || first == 699, "{first}");
    assert!(place.top() < 120.0, "{place:?}");
}

#[test]
fn the_bar_says_how_far_one_has_read() {
    let mut desk = desk_of(&paragraphs(1000), Settings::default());
    let percent = |desk: &Desk| -> usize {
        let name = desk.names(Role::ProgressIndicator).pop().expect("a bar");
        name.trim_start_matches("已读 ").split_once('%').and_then(|(n, _)| n.parse().ok()).expect("a number")
    };
    assert!(percent(&desk) <= 1);
    go_to_paragraph(&mut desk, 500);
    assert!((48..=53).contains(&percent(&desk)), "{}", percent(&desk));
    desk.key(Key::End);
    desk.harness.run_steps(60);
    assert_eq!(percent(&desk), 100);
}

#[test]
fn the_elder_view_makes_everything_larger() {
    let mut desk = desk_of("温泉。", Settings::default());
    assert_eq!(desk.harness.ctx.zoom_factor(), 1.0);
    desk.command(Command::SetElder(true));
    assert_eq!(desk.harness.ctx.zoom_factor(), 1.5);
    assert!(desk.state(|state| state.settings.text_points()) * 1.5 >= 30.0);
    desk.command(Command::SetElder(false));
    assert_eq!(desk.harness.ctx.zoom_factor(), 1.0);
}

#[test]
fn a_footnote_leads_back_to_its_mark() {
    let body = format!("{}\n\n有注[^1]。\n\n{}\n\n[^1]: 注文。", paragraphs(50), paragraphs(50));
    let mut desk = desk_of(&body, Settings::default());
    go_to_paragraph(&mut desk, 50);
    desk.click_one(Role::Link, "[1]");
    assert!(desk.shows("注文"));
    desk.click_one(Role::Link, "注 1，回到正文");
    assert!(desk.shows("有注"));
}

// What is selected.

const BODY: &str = "党的十八大以来,温泉镇党委政府在坚强领导下,抢抓机遇。\n\n第二段 PPP project 文字。";

/// A place within the first line of the `n`-th paragraph, `ems` characters from its left edge.
fn in_paragraph(desk: &Desk, words: &str, ems: f32) -> Pos2 {
    let rect = desk.place_of(words);
    Pos2::new(rect.left() + 2.0 + ems * 18.0, rect.top() + 16.0)
}

fn clicks(desk: &mut Desk, pos: Pos2, count: usize, modifiers: Modifiers) {
    desk.harness.event(Event::ModifiersChanged(modifiers));
    desk.harness.hover_at(pos);
    desk.harness.step();
    for _ in 0..count {
        // Both in one frame: the frames of these tests are a quarter of a second apart.
        for pressed in [true, false] {
            let button = PointerButton::Primary;
            let event = Event::PointerButton { pos, button, pressed, modifiers };
            desk.harness.input_mut().events.push(event);
        }
        desk.harness.step();
    }
    desk.harness.event(Event::ModifiersChanged(Modifiers::NONE));
    desk.harness.step();
}

fn copied(desk: &mut Desk) -> String {
    desk.harness.event(Event::Copy);
    desk.copied().unwrap_or_default()
}

#[test]
fn a_double_click_selects_a_clause_and_a_third_the_paragraph() {
    let mut desk = desk_of(BODY, Settings::default());
    let pos = in_paragraph(&desk, "党的", 12.0);
    clicks(&mut desk, pos, 2, Modifiers::NONE);
    assert_eq!(copied(&mut desk), "温泉镇党委政府在坚强领导下");
    desk.harness.run_steps(60);
    clicks(&mut desk, pos, 3, Modifiers::NONE);
    assert_eq!(copied(&mut desk), "党的十八大以来,温泉镇党委政府在坚强领导下,抢抓机遇。");
    desk.harness.run_steps(60);
    let pos = in_paragraph(&desk, "第二段", 6.0);
    clicks(&mut desk, pos, 2, Modifiers::NONE);
    assert_eq!(copied(&mut desk), "PPP");
}

#[test]
fn a_click_with_shift_goes_on_with_the_selection() {
    let mut desk = desk_of(BODY, Settings::default());
    let (from, to) = (in_paragraph(&desk, "党的", 2.0), in_paragraph(&desk, "党的", 6.0));
    desk.drag(from, to);
    let first = copied(&mut desk);
    assert!(!first.is_empty());
    let pos = in_paragraph(&desk, "第二段", 4.1);
    clicks(&mut desk, pos, 1, SHIFT);
    let both = copied(&mut desk);
    assert!(both.starts_with(&first) && both.ends_with("。\n第二"), "{both:?}");
}

#[test]
fn keys_select_characters_lines_and_paragraphs() {
    let mut desk = desk_of(BODY, Settings::default());
    for _ in 0..3 {
        desk.press(SHIFT, Key::ArrowRight);
    }
    assert_eq!(copied(&mut desk), "党的十");
    desk.press(SHIFT, Key::ArrowLeft);
    assert_eq!(copied(&mut desk), "党的");
    desk.press(SHIFT, Key::End);
    assert_eq!(copied(&mut desk), "党的十八大以来,温泉镇党委政府在坚强领导下,抢抓机遇。");
    desk.press(SHIFT | Modifiers::COMMAND, Key::ArrowDown);
    desk.press(SHIFT | Modifiers::COMMAND, Key::ArrowDown);
    assert_eq!(copied(&mut desk), BODY.replace("\n\n", "\n"));
    desk.press(SHIFT | Modifiers::COMMAND, Key::Home);
    assert_eq!(copied(&mut desk), "");
    desk.press(SHIFT, Key::ArrowDown);
    assert!(copied(&mut desk).starts_with("党的"));
    assert_eq!(desk.route(), section(&desk, 1), "the arrows did not turn the page");
}

fn touch(desk: &mut Desk, phase: TouchPhase, pos: Pos2) {
    let (device_id, id) = (egui::TouchDeviceId(1), egui::TouchId(1));
    desk.harness.event(Event::Touch { device_id, id, phase, pos, force: None });
    match phase {
        TouchPhase::Start | TouchPhase::End => {
            let pressed = phase == TouchPhase::Start;
            let (button, modifiers) = (PointerButton::Primary, Modifiers::NONE);
            desk.harness.event(Event::PointerMoved(pos));
            desk.harness.event(Event::PointerButton { pos, button, pressed, modifiers });
        }
        _ => desk.harness.event(Event::PointerMoved(pos)),
    }
    if phase == TouchPhase::End {
        desk.harness.event(Event::PointerGone);
    }
    desk.harness.step();
}

#[test]
fn a_finger_that_rests_selects_and_its_handles_change_the_selection() {
    let mut desk = desk_of(BODY, Settings::default());
    let pos = in_paragraph(&desk, "党的", 12.0);
    touch(&mut desk, TouchPhase::Start, pos);
    desk.harness.run_steps(60);
    touch(&mut desk, TouchPhase::End, pos);
    desk.steps();
    assert_eq!(copied(&mut desk), "温泉镇党委政府在坚强领导下");
    let handle = desk.place_of("选区结尾").center();
    touch(&mut desk, TouchPhase::Start, handle);
    for step in 1..=5 {
        touch(&mut desk, TouchPhase::Move, handle - vec2(18.0 * step as f32, 0.0));
    }
    touch(&mut desk, TouchPhase::End, handle - vec2(90.0, 0.0));
    desk.steps();
    let shorter = copied(&mut desk);
    assert!("温泉镇党委政府在坚强领导下".starts_with(&shorter) && shorter.chars().count() < 13, "{shorter}");
    assert!(desk.shows("复制"));
    desk.click("关闭");
    assert_eq!(copied(&mut desk), "");
}

#[test]
fn one_reads_on_where_a_finger_moves_over_the_text() {
    let mut desk = desk_of(&paragraphs(300), Settings::default());
    let (first, _) = shown(&desk)[0];
    let from = (WINDOW * Vec2::new(0.6, 0.8)).to_pos2();
    for _ in 0..2 {
        touch(&mut desk, TouchPhase::Start, from);
        for step in 1..=10 {
            touch(&mut desk, TouchPhase::Move, from - vec2(0.0, 40.0 * step as f32));
        }
        touch(&mut desk, TouchPhase::End, from - vec2(0.0, 400.0));
        desk.steps();
    }
    assert!(shown(&desk)[0].0 > first, "the page moved");
    assert_eq!(copied(&mut desk), "", "and nothing was selected");
}
