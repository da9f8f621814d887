//! The viewer's behaviour, through its accessibility tree: no window, no GPU. A character without a glyph panics.

#[allow(dead_code, reason = "a part of it serves other tests")]
mod support;

use std::path::PathBuf;

use egui::accesskit::{Action, Role, Toggled};
use egui::{Event, ImeEvent, Key, Modifiers, PointerButton, Pos2, Vec2, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use juanzong::app::{Command, LastPlace, Notice, Overlay, Route, Settings, TEXT_SIZES, TextSize, Theme};
use juanzong::archive::Source;
use juanzong::library::Target;
use juanzong::text::Language;
use serde_json::json;

use support::{Desk, WINDOW, archive, bundled, fixture, photo, routes, section};

const NONE: Modifiers = Modifiers::NONE;
const CTRL: Modifiers = Modifiers::COMMAND;

// The way through the report.

#[test]
fn the_cover_shows_what_the_newspaper_page_shows_and_leads_into_the_report() {
    let mut desk = Desk::tall();
    for words in [
        "奋力谱写温泉发展新篇章",
        "砥砺奋进的5年\n迎接党的十九大特别报道·温泉篇",
        "温泉小镇 风生水起\n党建统领 规划先行 项目带动",
        "温泉镇党委书记 刘廷跃",
        "2017年9月至10月间",
        "扫一扫关注",
        "欢乐锣鼓敲起来",
        "赵庄游园",
        "如意湖公园",
        "项目建设如火如荼",
        "广成泽",
        "群众文化丰富多彩",
    ] {
        assert!(desk.shows(words), "{words}");
    }
    desk.click_one(Role::Button, "开始阅读");
    assert_eq!(desk.route(), Route::Section(section(0)));
}

#[test]
fn every_picture_says_that_the_original_photo_is_not_held() {
    let desk = Desk::tall();
    for caption in bundled().photos.iter().filter_map(|photo| photo.caption.clone()) {
        let mut names = desk.names(Role::Button).into_iter();
        let name = names.find(|name| name.starts_with(&caption)).expect("a button");
        assert!(name.contains("未存原照片"), "{name}");
    }
}

#[test]
fn an_entry_of_the_contents_opens_its_place_and_is_the_current_one() {
    let mut desk = Desk::tall();
    let sections = bundled().section_ids().map(Route::Section).collect::<Vec<_>>();
    let about = Route::About(bundled().report_ids().next().expect("a report"));
    let places = [&[Route::Cover][..], &sections, &[Route::Gallery, Route::Figures, about]].concat();
    for (index, place) in places.into_iter().enumerate() {
        desk.nodes(Role::Link).nth(index).expect("an entry").click();
        desk.steps();
        assert_eq!(desk.route(), place);
        let selected = desk.nodes(Role::Link).map(|node| node.accesskit_node().is_selected() == Some(true));
        assert_eq!(selected.collect::<Vec<_>>().iter().rposition(|selected| *selected), Some(index));
        let count = desk.nodes(Role::Link).filter(|node| node.accesskit_node().is_selected() == Some(true)).count();
        assert_eq!(count, 1, "{place:?}");
    }
}

#[test]
fn arrows_go_through_all_sections_and_back() {
    let mut desk = Desk::open();
    for index in (0..10).chain([9]) {
        desk.key(Key::ArrowRight);
        assert_eq!(desk.route(), Route::Section(section(index)), "the last has none after it");
    }
    for index in (0..9).rev().chain([0]) {
        desk.key(Key::ArrowLeft);
        assert_eq!(desk.route(), Route::Section(section(index)), "the first has none before it");
    }
}

#[test]
fn the_foot_of_a_section_leads_to_its_neighbours() {
    let mut desk = Desk::tall();
    desk.go(Route::Section(section(1)));
    desk.click("下一篇 二、坚持规划先行");
    assert_eq!(desk.route(), Route::Section(section(2)));
    desk.click("上一篇 一、坚持党建统领");
    assert_eq!(desk.route(), Route::Section(section(1)));
}

#[test]
fn the_history_goes_back_and_forward_by_every_way() {
    let pos = Pos2::new(700.0, 700.0);
    type Press = fn(&mut Desk, Pos2);
    let ways: [(&str, Press, Press); 4] = [
        (
            "Alt and arrows",
            |desk, _| desk.press(Modifiers::ALT, Key::ArrowLeft),
            |desk, _| desk.press(Modifiers::ALT, Key::ArrowRight),
        ),
        (
            "mouse buttons",
            |desk, pos| desk.mouse(PointerButton::Extra1, pos),
            |desk, pos| desk.mouse(PointerButton::Extra2, pos),
        ),
        (
            "buttons of the bar",
            |desk, _| desk.click_one(Role::Button, "后退"),
            |desk, _| desk.click_one(Role::Button, "前进"),
        ),
        ("Backspace", |desk, _| desk.key(Key::Backspace), |desk, _| desk.press(Modifiers::ALT, Key::ArrowRight)),
    ];
    for (name, back, forward) in ways {
        let mut desk = Desk::open();
        desk.go(Route::Gallery);
        desk.go(Route::Figures);
        for expected in [Route::Gallery, Route::Cover] {
            back(&mut desk, pos);
            assert_eq!(desk.route(), expected, "back by {name}");
        }
        for expected in [Route::Gallery, Route::Figures] {
            forward(&mut desk, pos);
            assert_eq!(desk.route(), expected, "forward by {name}");
        }
    }
}

#[test]
fn number_keys_go_to_the_main_pages() {
    let mut desk = Desk::open();
    for (key, route) in [(Key::Num2, Route::Gallery), (Key::Num3, Route::Figures), (Key::Num1, Route::Cover)] {
        desk.key(key);
        assert_eq!(desk.route(), route);
    }
}

#[test]
fn the_reader_begins_where_it_was_left() {
    let place = LastPlace { archive: None, route: "section:xiangmu".to_owned(), offset: 0 };
    let settings = Settings { last_place: Some(place), ..Settings::default() };
    let mut desk = Desk::with(bundled(), settings, WINDOW, juanzong::ui::Viewer::resume);
    assert_eq!(desk.route(), Route::Section(section(3)));
    desk.press(Modifiers::ALT, Key::ArrowLeft);
    assert_eq!(desk.route(), Route::Cover, "the cover is one step back");
}

// Searching.

#[test]
fn the_search_finds_as_one_types() {
    let mut desk = Desk::open();
    for (words, found) in [
        ("温泉", 33),
        ("溫泉", 33),
        ("wenquan", 33),
        ("wen quan", 33),
        ("温quan", 33),
        ("WQ", 43),
        ("wq", 43),
        ("１２０亿", 4),
        ("120亿", 4),
        ("１２０", 4),
        ("120", 4),
        ("\"温泉小镇\"", 4),
    ] {
        desk.search(words);
        assert_eq!(desk.words(), words);
        assert_eq!(desk.state(|state| state.search.found.count), found, "{words}");
        assert!(desk.shows(&format!("{found} 处 · ")), "{words}");
    }
}

#[test]
fn every_letter_typed_is_a_search_of_its_own() {
    let mut desk = Desk::open();
    desk.press(CTRL, Key::F);
    let mut counts = Vec::new();
    for letter in ["党", "建", "统", "领"] {
        desk.type_text(letter);
        counts.push(desk.state(|state| state.search.found.count));
    }
    assert!(counts.is_sorted_by(|a, b| a >= b) && counts[3] > 0 && counts[0] > counts[3], "{counts:?}");
    desk.key(Key::Backspace);
    assert_eq!(desk.words(), "党建统", "in the box, Backspace is a letter's end and not the history's");
    assert_eq!(desk.route(), Route::Cover);
}

#[test]
fn every_way_into_the_search_box_works() {
    for (modifiers, key) in [(CTRL, Key::F), (CTRL, Key::K), (NONE, Key::Slash)] {
        for route in [Route::Cover, Route::Section(section(1)), Route::Photo(photo(1))] {
            let mut desk = Desk::open();
            desk.go(route);
            desk.press(modifiers, key);
            desk.type_text("泉");
            assert_eq!(desk.words(), "泉", "{key:?} in {route:?}");
        }
    }
}

#[test]
fn the_shortcut_selects_what_was_searched_before() {
    let mut desk = Desk::open();
    desk.search("温泉");
    desk.key(Key::Tab);
    desk.search("规划");
    assert_eq!(desk.words(), "规划");
}

#[test]
fn enter_goes_from_match_to_match_and_around() {
    let mut desk = Desk::open();
    desk.search("广成泽");
    let count = desk.state(|state| state.search.found.count);
    let mut routes = Vec::new();
    for index in 0..count {
        desk.key(Key::Enter);
        assert_eq!(desk.state(|state| state.search.current), Some(index));
        routes.push(desk.route());
    }
    assert!(routes.contains(&Route::Section(section(2))), "{routes:?}");
    assert!(routes.contains(&Route::Photo(photo(4))), "{routes:?}");
    for (modifiers, key, expected, why) in [
        (NONE, Key::F3, 0, "around to the first"),
        (Modifiers::SHIFT, Key::F3, count - 1, "around to the last"),
        (CTRL, Key::G, 0, "Ctrl and G"),
        (CTRL | Modifiers::SHIFT, Key::G, count - 1, "with Shift"),
        (Modifiers::SHIFT, Key::Enter, count - 2, "Shift and Enter"),
        (NONE, Key::Enter, count - 1, "Enter"),
    ] {
        desk.press(modifiers, key);
        assert_eq!(desk.state(|state| state.search.current), Some(expected), "{why}");
    }
}

#[test]
fn shift_and_enter_in_the_box_goes_back_from_the_last() {
    let mut desk = Desk::open();
    desk.search("规划馆");
    let count = desk.state(|state| state.search.found.count);
    desk.press(Modifiers::SHIFT, Key::Enter);
    assert_eq!(desk.state(|state| state.search.current), Some(count - 1));
    desk.press(Modifiers::SHIFT, Key::Enter);
    assert_eq!(desk.state(|state| state.search.current), Some(count - 2));
    assert_eq!(desk.typed(), "规划馆", "the keyboard stays in the box");
}

#[test]
fn a_result_that_is_clicked_opens_the_place_where_it_stands() {
    let mut desk = Desk::tall();
    desk.search("广成泽");
    let hits = desk.state(|state| state.search.hits().cloned().collect::<Vec<_>>());
    assert!(hits.iter().any(|hit| matches!(hit.place.target, Target::Section(_))));
    assert!(hits.iter().any(|hit| matches!(hit.place.target, Target::Photo(_))));
    for (index, hit) in hits.into_iter().enumerate() {
        desk.go(Route::Cover);
        desk.nodes(Role::ListItem).nth(index).expect("a row").click();
        desk.steps();
        assert_eq!(desk.state(|state| state.search.current), Some(index));
        match hit.place.target {
            Target::Section(section) => {
                assert_eq!(desk.route(), Route::Section(section));
                let focus = desk.state(|state| state.focus.clone()).expect("a place in the text");
                assert_eq!((focus.section, focus.range), (section, hit.range));
                let row = desk.nodes(Role::ListItem).nth(index).expect("the row");
                assert_eq!(row.accesskit_node().is_selected(), Some(true), "the row is marked");
            }
            Target::Photo(photo) => {
                assert_eq!(desk.route(), Route::Photo(photo));
                desk.key(Key::Escape);
            }
            _ => {}
        }
    }
}

#[test]
fn a_match_far_down_is_brought_into_view_and_each_time_anew() {
    let body = format!("{0}针在这里。\n\n{0}", "一行。\n\n".repeat(1_000));
    let text = one_report(&json!([{"id": "a", "title": "甲", "body": body}]));
    let mut desk = Desk::new(archive(&text), Settings::default(), WINDOW);
    desk.search("针在");
    let seen = |desk: &Desk| {
        let mut blocks = desk.nodes(Role::Label);
        let block = blocks.find(|node| node.value().is_some_and(|text| text.starts_with("针在这里")));
        block.is_some_and(|node| node.rect().top() > 56.0 && node.rect().bottom() < WINDOW.y)
    };
    desk.key(Key::Enter);
    assert!(seen(&desk));
    desk.press(NONE, Key::Tab);
    for _ in 0..5 {
        desk.event(Event::PointerMoved(Pos2::new(800.0, 400.0)));
        let delta = vec2(0.0, -2_000.0);
        let (unit, phase) = (egui::MouseWheelUnit::Point, egui::TouchPhase::Move);
        let source = egui::MouseWheelSource::Wheel;
        desk.event(Event::MouseWheel { unit, delta, phase, source, modifiers: NONE });
    }
    assert!(!seen(&desk), "scrolled away");
    desk.key(Key::F3);
    assert!(seen(&desk), "the only match is gone to again");
}

#[test]
fn what_is_not_found_leads_to_the_nearest_that_is() {
    let mut desk = Desk::open();
    desk.search("文泉");
    assert!(desk.shows("没有找到“文泉”"));
    desk.click("温泉 ");
    assert_eq!(desk.words(), "温泉");
    assert_eq!(desk.typed(), "温泉", "the box shows it, too");
    assert!(desk.state(|state| state.search.found.count) > 0);
}

#[test]
fn the_search_is_cleared_by_escape_and_by_its_button() {
    let clear: [fn(&mut Desk); 2] = [|desk| desk.key(Key::Escape), |desk| desk.click_one(Role::Button, "清除搜索")];
    for clear in clear {
        let mut desk = Desk::open();
        desk.search("温泉");
        assert!(!desk.shows("目录") || desk.shows("搜索结果"));
        clear(&mut desk);
        assert_eq!((desk.words(), desk.typed()), (String::new(), String::new()));
        assert_eq!(desk.state(|state| state.search.found.count), 0);
        assert!(!desk.shows("搜索结果"), "the contents are back");
    }
}

#[test]
fn results_stand_in_the_place_of_hidden_contents() {
    let mut desk = Desk::open();
    desk.key(Key::F9);
    assert!(!desk.shows("［引言］"));
    desk.search("温泉");
    assert!(desk.shows("33 处 ·"));
    desk.key(Key::Escape);
    assert!(!desk.shows("33 处 ·") && !desk.shows("［引言］"));
}

#[test]
fn a_half_typed_syllable_is_shown_and_not_searched() {
    let mut desk = Desk::open();
    desk.press(CTRL, Key::F);
    for text in ["w", "wen", "wen'q"] {
        desk.event(Event::Ime(ImeEvent::Preedit { text: text.to_owned(), active_range_chars: None }));
        assert_eq!((desk.typed().as_str(), desk.words().as_str()), (text, ""));
    }
    desk.event(Event::Ime(ImeEvent::Commit("温泉".to_owned())));
    assert_eq!((desk.typed().as_str(), desk.words().as_str()), ("温泉", "温泉"));
    desk.event(Event::Ime(ImeEvent::Preedit { text: "z".to_owned(), active_range_chars: None }));
    assert_eq!(desk.words(), "温泉", "what was searched stays while the next is typed");
    desk.event(Event::Ime(ImeEvent::Commit("镇".to_owned())));
    assert_eq!(desk.words(), "温泉镇");
}

#[test]
fn a_syllable_that_is_given_up_leaves_nothing_behind() {
    let mut desk = Desk::open();
    desk.search("温");
    desk.event(Event::Ime(ImeEvent::Preedit { text: "quan".to_owned(), active_range_chars: None }));
    desk.event(Event::Ime(ImeEvent::Preedit { text: String::new(), active_range_chars: None }));
    assert_eq!((desk.typed().as_str(), desk.words().as_str()), ("温", "温"));
}

// Photos.

#[test]
fn a_photo_is_looked_at_from_everywhere_and_escape_goes_back_there() {
    let text = Route::Section(section(2));
    for (from, name) in [(Route::Gallery, "广成泽"), (Route::Cover, "广成泽"), (text, "广成泽")] {
        let mut desk = Desk::tall();
        desk.go(from);
        let mut names = desk.names(Role::Button).into_iter();
        let name = names.find(|button| button.starts_with(name)).expect("a button");
        desk.click_one(Role::Button, &name);
        assert_eq!(desk.route(), Route::Photo(photo(4)), "from {from:?}");
        desk.key(Key::Escape);
        assert_eq!(desk.route(), from);
    }
}

#[test]
fn a_walk_over_many_photos_is_one_step_of_the_history() {
    let mut desk = Desk::open();
    desk.go(Route::Gallery);
    desk.go(Route::Photo(photo(2)));
    for (key, expected) in [
        (Key::ArrowRight, 3),
        (Key::End, 5),
        (Key::ArrowRight, 5),
        (Key::ArrowLeft, 4),
        (Key::Home, 0),
        (Key::ArrowLeft, 0),
    ] {
        desk.key(key);
        assert_eq!(desk.route(), Route::Photo(photo(expected)), "{key:?}");
    }
    desk.click_one(Role::Button, "下一篇");
    assert_eq!(desk.route(), Route::Photo(photo(1)));
    desk.click_one(Role::Button, "上一篇");
    assert_eq!(desk.route(), Route::Photo(photo(0)));
    desk.press(Modifiers::ALT, Key::ArrowLeft);
    assert_eq!(desk.route(), Route::Gallery);
    desk.press(Modifiers::ALT, Key::ArrowLeft);
    assert_eq!(desk.route(), Route::Cover);
}

#[test]
fn the_zoom_is_read_out_and_changed_by_keys_and_buttons() {
    let mut desk = Desk::open();
    desk.go(Route::Photo(photo(2)));
    assert!(desk.picture().starts_with("如意湖公园（示意插图 · 未存原照片）"), "{}", desk.picture());
    let fitted = desk.percent();
    assert!(desk.shows(&format!("{fitted}%")));
    for (larger, smaller) in [(Key::Plus, Key::Minus), (Key::Equals, Key::Minus)] {
        desk.key(larger);
        assert!(desk.percent() > fitted, "{larger:?}");
        desk.key(smaller);
        assert_eq!(desk.percent(), fitted, "{smaller:?}");
    }
    desk.click_one(Role::Button, "放大");
    assert!(desk.percent() > fitted);
    desk.click_one(Role::Button, "适合窗口");
    assert_eq!(desk.percent(), fitted);
    desk.click_one(Role::Button, "缩小");
    assert!(desk.percent() < fitted);
    desk.key(Key::Num0);
    assert_eq!(desk.percent(), fitted);
    desk.key(Key::Plus);
    desk.key(Key::ArrowRight);
    assert_eq!(desk.percent(), fitted, "the next photo starts fitted");
    for _ in 0..60 {
        desk.key(Key::Plus);
    }
    assert_eq!(desk.percent(), 800, "and there is a largest size");
}

#[test]
fn the_details_say_what_the_picture_is() {
    let mut desk = Desk::open();
    desk.go(Route::Photo(photo(2)));
    assert!(!desk.shows("类型"));
    desk.key(Key::I);
    for words in
        ["类型", "示意插图（原照片未存）", "文件", "ruyihu.jpg", "大小", "尺寸", "1600 × 1200", "画面内容", "白色拱桥"]
    {
        assert!(desk.shows(words), "{words}");
    }
    desk.key(Key::ArrowRight);
    assert!(desk.shows("xiangmu-jianshe.jpg"), "they stay open at the next photo");
    desk.click("三、坚持项目带动");
    assert_eq!(desk.route(), Route::Section(section(3)));
    desk.go(Route::Photo(photo(2)));
    desk.click_one(Role::Button, "图片信息");
    assert!(!desk.shows("类型"));
}

#[test]
fn a_match_in_the_details_opens_them() {
    let mut desk = Desk::open();
    desk.search("云头形");
    desk.key(Key::Enter);
    assert_eq!(desk.route(), Route::Photo(photo(2)));
    assert!(desk.shows("画面内容"));
    assert!(desk.shows("1 / 1"));
}

// Figures.

#[test]
fn every_figure_leads_to_its_sentence() {
    let archive = bundled();
    let mut desk = Desk::tall();
    desk.go(Route::Figures);
    let buttons = desk.names(Role::Button);
    for id in archive.figure_ids() {
        desk.go(Route::Figures);
        let figure = archive.figure(id);
        let mut named = buttons.iter().filter(|name| name.starts_with(&format!("{} ", figure.label)));
        let name = named.find(|name| name.ends_with(&figure.unit)).expect("a button");
        desk.click_one(Role::Button, name);
        assert_eq!(desk.route(), Route::Section(figure.section), "{}", figure.label);
        let focus = desk.state(|state| state.focus.clone()).expect("a place in the text");
        assert_eq!(Some(focus.range), figure.quote_range, "{}", figure.label);
    }
}

#[test]
fn an_approximate_figure_says_so() {
    let mut desk = Desk::tall();
    desk.go(Route::Figures);
    assert!(desk.shows("敬老院投资 约 1580 万元"));
}

#[test]
fn the_figures_of_the_cover_lead_to_their_sentences() {
    let mut desk = Desk::tall();
    desk.click("温泉乐华城项目投资 120 亿元");
    assert_eq!(desk.route(), Route::Section(section(3)));
    assert!(desk.state(|state| state.focus.clone()).is_some_and(|focus| !focus.range.is_empty()));
}

// Settings and what stands over the page.

#[test]
fn the_text_size_has_steps_and_ends() {
    let mut desk = Desk::open();
    let index = |desk: &Desk| desk.state(|state| state.settings.text_size.index());
    let usual = index(&desk);
    for (key, expected) in [(Key::Plus, usual + 1), (Key::Minus, usual), (Key::Equals, usual + 1), (Key::Num0, usual)] {
        desk.press(CTRL, key);
        assert_eq!(index(&desk), expected, "{key:?}");
    }
    for _ in 0..20 {
        desk.press(CTRL, Key::Minus);
    }
    assert_eq!(index(&desk), 0);
    desk.click_one(Role::Button, "放大文字");
    assert_eq!(index(&desk), 1);
    for _ in 0..20 {
        desk.press(CTRL, Key::Plus);
    }
    assert_eq!(index(&desk), TEXT_SIZES.len() - 1);
    desk.click_one(Role::Button, "缩小文字");
    assert_eq!(index(&desk), TEXT_SIZES.len() - 2);
    desk.press(CTRL, Key::Comma);
    desk.harness.get_by_role(Role::Slider).decrement_accesskit();
    desk.steps();
    assert_eq!(index(&desk), TEXT_SIZES.len() - 3, "by the slider");
}

#[test]
fn each_theme_is_chosen_by_its_name() {
    let mut desk = Desk::open();
    desk.press(CTRL, Key::Comma);
    for (name, theme) in
        [("深色", Theme::Dark), ("高对比度", Theme::HighContrast), ("浅色", Theme::Light), ("浅色", Theme::Light)]
    {
        desk.click_one(Role::RadioButton, name);
        assert_eq!(desk.state(|state| state.settings.theme), theme);
        let chosen = desk.harness.get_by_role_and_label(Role::RadioButton, name);
        assert_eq!(chosen.accesskit_node().toggled(), Some(Toggled::True), "{name}");
    }
}

#[test]
fn the_language_changes_at_once() {
    let mut desk = Desk::open();
    desk.press(CTRL, Key::Comma);
    desk.click_one(Role::RadioButton, "English");
    assert!(desk.shows("Text size") && !desk.shows("字号"));
    desk.key(Key::Escape);
    assert!(desk.shows("Start reading") && !desk.shows("开始阅读"));
    desk.press(CTRL, Key::Comma);
    desk.click_one(Role::RadioButton, "简体中文");
    desk.key(Key::Escape);
    assert!(!desk.shows("Start reading") && desk.shows("开始阅读"));
}

#[test]
fn the_contents_are_hidden_and_shown_again() {
    let mut desk = Desk::open();
    for toggle in [(|desk: &mut Desk| desk.key(Key::F9)) as fn(&mut Desk), |desk| desk.click("隐藏目录")] {
        assert!(desk.shows("［引言］"));
        toggle(&mut desk);
        assert!(desk.state(|state| state.settings.contents_hidden));
        assert!(!desk.shows("［引言］"));
        desk.click("显示目录");
    }
}

#[test]
fn keys_open_what_stands_over_the_page() {
    for (modifiers, key, overlay, shown) in [
        (NONE, Key::F1, Overlay::Shortcuts, "后退: Alt + ←"),
        (NONE, Key::Questionmark, Overlay::Shortcuts, "搜索: Ctrl + F"),
        (Modifiers::SHIFT, Key::Slash, Overlay::Shortcuts, "退出: Ctrl + Q"),
        (CTRL, Key::Comma, Overlay::Settings, "界面语言"),
        (CTRL, Key::O, Overlay::Open, "随程序附带的卷宗"),
    ] {
        let mut desk = Desk::open();
        desk.press(modifiers, key);
        assert_eq!(desk.state(|state| state.overlay.clone()), Some(overlay), "{key:?}");
        assert!(desk.shows(shown), "{key:?}: {shown}");
    }
}

#[test]
fn every_overlay_closes_with_escape_and_with_its_button() {
    let mut desk = Desk::open();
    for overlay in [
        Overlay::Shortcuts,
        Overlay::Settings,
        Overlay::Diagnostics,
        Overlay::Open,
        Overlay::AskArchivePath,
        Overlay::AskCopyPath(photo(0)),
    ] {
        desk.command(Command::Show(overlay.clone()));
        desk.key(Key::Escape);
        assert_eq!(desk.state(|state| state.overlay.clone()), None, "{overlay:?} by Escape");
        desk.command(Command::Show(overlay.clone()));
        desk.click_one(Role::Button, "关闭");
        assert_eq!(desk.state(|state| state.overlay.clone()), None, "{overlay:?} by its button");
        desk.command(Command::Show(overlay.clone()));
        desk.mouse(PointerButton::Primary, Pos2::new(5.0, 760.0));
        assert_eq!(desk.state(|state| state.overlay.clone()), None, "{overlay:?} by a click beside it");
    }
}

#[test]
fn what_stands_over_the_page_keeps_the_keys_from_it() {
    let mut desk = Desk::open();
    desk.go(Route::Section(section(3)));
    desk.press(CTRL, Key::Comma);
    for key in [Key::ArrowRight, Key::ArrowLeft, Key::Num2, Key::Backspace] {
        desk.key(key);
        assert_eq!(desk.route(), Route::Section(section(3)), "{key:?}");
    }
}

#[test]
fn the_menu_leads_to_everything_that_has_no_button() {
    for (item, overlay) in [
        ("打开卷宗", Overlay::Open),
        ("显示设置", Overlay::Settings),
        ("卷宗检查", Overlay::Diagnostics),
        ("键盘快捷键", Overlay::Shortcuts),
    ] {
        let mut desk = Desk::open();
        desk.click_one(Role::Button, "菜单");
        desk.click_one(Role::MenuItem, item);
        assert_eq!(desk.state(|state| state.overlay.clone()), Some(overlay));
    }
    let mut desk = Desk::open();
    desk.click_one(Role::Button, "菜单");
    desk.key(Key::Escape);
    assert_eq!(desk.names(Role::MenuItem), [""; 0], "Escape closes the menu");
    desk.click_one(Role::Button, "菜单");
    desk.click_one(Role::MenuItem, "退出");
    assert!(desk.wants_to_quit());
}

#[test]
fn the_quit_key_quits() {
    let mut desk = Desk::open();
    assert!(!desk.wants_to_quit());
    desk.press(CTRL, Key::Q);
    assert!(desk.wants_to_quit());
}

// Reachable by everyone.

/// Everything that can be clicked, or have the keyboard, has a name, in every view and language.
#[test]
fn every_control_is_named() {
    for language in Language::ALL {
        let settings = Settings { language: Some(language), ..Settings::default() };
        let mut desk = Desk::new(bundled(), settings, WINDOW);
        for route in routes(&bundled()) {
            desk.go(route);
            check_names(&desk, &format!("{language:?} {route:?}"));
        }
        desk.key(Key::I);
        check_names(&desk, &format!("{language:?} details of a photo"));
        desk.go(Route::Cover);
        for words in ["广成泽", "文泉", "zzz"] {
            desk.search(words);
            check_names(&desk, &format!("{language:?} searching {words}"));
        }
        let overlays = [
            Overlay::Shortcuts,
            Overlay::Settings,
            Overlay::Diagnostics,
            Overlay::Open,
            Overlay::AskArchivePath,
            Overlay::AskCopyPath(photo(0)),
        ];
        for overlay in overlays {
            desk.command(Command::Show(overlay.clone()));
            check_names(&desk, &format!("{language:?} {overlay:?}"));
            desk.command(Command::CloseOverlay);
        }
    }
}

fn check_names(desk: &Desk, place: &str) {
    for node in desk.harness.root().children_recursive() {
        let node = node.accesskit_node();
        let data = node.data();
        let acted_on = data.supports_action(Action::Click) || data.supports_action(Action::Focus);
        // Scroll bars are known by what they scroll.
        if (acted_on && node.role() != Role::ScrollBar) || node.role() == Role::Image {
            let name = node.label().or(node.value()).unwrap_or_default();
            let at = node.bounding_box();
            assert!(!name.trim().is_empty(), "a {:?} without a name in {place} at {at:?}", node.role());
        }
    }
}

#[test]
fn tab_reaches_the_controls_and_enter_presses_them() {
    let mut desk = Desk::open();
    for _ in 0..40 {
        desk.key(Key::Tab);
        if desk.focused().as_deref() == Some("图集") {
            desk.key(Key::Enter);
            assert_eq!(desk.route(), Route::Gallery);
            return;
        }
    }
    panic!("the gallery is not reached by Tab");
}

#[test]
fn tab_comes_to_everything_of_the_cover_and_around() {
    let mut desk = Desk::open();
    let mut reached = Vec::new();
    for _ in 0..80 {
        desk.key(Key::Tab);
        reached.extend(desk.focused());
    }
    for name in ["菜单", "搜索", "封面", "开始阅读", "著录信息", "放大文字"] {
        assert!(reached.iter().any(|focused| focused == name), "{name} in {reached:?}");
    }
    assert!(reached.iter().any(|focused| focused.starts_with("欢乐锣鼓敲起来")), "{reached:?}");
}

#[test]
fn an_overlay_is_operated_by_keyboard_alone() {
    let mut desk = Desk::open();
    desk.press(CTRL, Key::Comma);
    for _ in 0..20 {
        desk.key(Key::Tab);
        if desk.focused().as_deref() == Some("高对比度") {
            desk.key(Key::Space);
            assert_eq!(desk.state(|state| state.settings.theme), Theme::HighContrast);
            return;
        }
    }
    panic!("the theme is not reached by Tab");
}

// Copying, and links.

#[test]
fn what_is_copied_is_the_text_as_stored() {
    let mut desk = Desk::open();
    desk.go(Route::Section(section(6)));
    desk.press(CTRL, Key::A);
    desk.harness.event(Event::Copy);
    let stored = bundled().section(section(6)).document.plain.trim_end().to_owned();
    assert!(stored.contains("办法,加强"), "half-width, as in the record");
    assert_eq!(desk.copied(), Some(stored));
    desk.steps();
    assert!(desk.shows("已复制"));
    desk.harness.run_steps(30);
    assert!(!desk.shows("已复制"), "the message goes away");
}

#[test]
fn what_the_pointer_passes_over_is_copied() {
    let mut desk = Desk::open();
    desk.go(Route::Section(section(0)));
    let text = desk.place_of("党的十八大以来");
    let middle = vec2(0.0, 16.0);
    desk.drag(text.left_top() + middle, text.left_top() + middle + vec2(130.0, 0.0));
    desk.harness.event(Event::Copy);
    let copied = desk.copied().expect("a selection");
    assert!("党的十八大以来".starts_with(&copied) && copied.chars().count() >= 4, "{copied}");
    desk.harness.run_steps(30);
    desk.key(Key::Escape);
    desk.harness.event(Event::Copy);
    assert_eq!(desk.copied(), None, "once the message is gone, Escape gives the selection up");
}

#[test]
fn nothing_is_copied_where_nothing_is_selected() {
    let mut desk = Desk::open();
    for route in routes(&bundled()) {
        desk.go(route);
        desk.harness.event(Event::Copy);
        assert_eq!(desk.copied(), None, "{route:?}");
    }
}

#[test]
fn a_link_leads_where_it_says() {
    let body = "[那一节](section:b)，[那张图](photo:p)，[外面](https://example.org/)，[没有](section:no)，注[^1]。\n\n\
                [^1]: 注。";
    let text = one_report(&json!([{"id": "a", "title": "甲", "body": body}, {"id": "b", "title": "乙", "body": "泉"}]));
    for (name, route) in
        [("那一节", Some(Route::Section(section(1)))), ("那张图", Some(Route::Photo(photo(0)))), ("外面", None)]
    {
        let mut desk = Desk::new(archive(&text), Settings::default(), WINDOW);
        desk.go(Route::Section(section(0)));
        desk.harness.get_by_role_and_label(Role::Link, name).click();
        let mut copied = None;
        for _ in 0..3 {
            copied = copied.or(desk.copied());
        }
        desk.steps();
        assert_eq!(desk.route(), route.unwrap_or(Route::Section(section(0))), "{name}");
        assert_eq!(copied.as_deref(), route.is_none().then_some("https://example.org/"), "{name}");
        assert_eq!(desk.shows("本程序不联网"), route.is_none(), "{name}");
        assert!(!desk.names(Role::Link).iter().any(|name| name == "没有"), "a link that leads nowhere is none");
    }
}

/// An archive of one report with these sections and a photo without a file.
fn one_report(sections: &serde_json::Value) -> String {
    let photos = json!([{"id": "p", "caption": "图"}]);
    let report = json!({"id": "r", "title": "报道", "sections": sections, "photos": photos});
    json!({"format": 1, "title": "卷宗", "reports": [report]}).to_string()
}

// Opening archives.

#[test]
fn an_archive_that_cannot_be_read_leaves_the_open_one_in_place() {
    let mut desk = Desk::open();
    desk.go(Route::Section(section(4)));
    for (path, said) in [
        (PathBuf::from("/no/such/archive.json"), "文件不存在"),
        (fixture("prose.json"), "这个文件不是 JSON"),
        (fixture("text.jpg"), "text.jpg"),
        (fixture("no-reports.json"), "缺少 reports 列表"),
    ] {
        desk.command(Command::Open(Source::File(path.clone())));
        assert!(desk.shows(said), "{}: {said}", path.display());
        assert_eq!(desk.state(|state| state.archive().title.clone()), "温泉镇报道档案");
        assert_eq!(desk.route(), Route::Section(section(4)));
        assert_eq!(desk.state(|state| state.settings.recents.len()), 0, "what was not opened is not remembered");
        desk.harness.run_steps(40);
        assert!(desk.shows(said), "a problem stays until it is put away");
        desk.key(Key::Escape);
        assert!(!desk.shows(said));
    }
}

#[test]
fn a_damaged_archive_opens_and_its_problems_are_listed() {
    let mut desk = Desk::open();
    let path = fixture("trailing-comma.json");
    desk.command(Command::Open(Source::File(path.clone())));
    assert!(desk.state(|state| matches!(state.notice, Some(Notice::Opened { problems: 1, .. }))));
    assert!(desk.shows("有 1 处问题"));
    assert_eq!(desk.state(|state| state.settings.recents.clone()), [path]);
    desk.click("卷宗检查");
    assert!(desk.shows("多了一个逗号") && desk.shows("请删去这个逗号") && desk.shows("第 10 行"));
}

#[test]
fn an_archive_dropped_on_the_window_is_opened() {
    let mut desk = Desk::open();
    let path = fixture("whole.json");
    desk.drop_file(path.clone());
    assert_eq!(desk.state(|state| state.archive().title.clone()), "温泉镇档案");
    assert!(desk.shows("已打开“温泉镇档案”"));
    assert_eq!(desk.route(), Route::Cover);
    assert_eq!(desk.state(|state| state.settings.recents.clone()), [path]);
    desk.harness.run_steps(30);
    assert!(!desk.shows("已打开“温泉镇档案”"), "the message goes away");
}

#[test]
fn a_file_held_over_the_window_is_announced_and_nothing_more() {
    let mut desk = Desk::open();
    let file = egui::HoveredFile { path: Some(fixture("whole.json")), ..Default::default() };
    desk.harness.input_mut().hovered_files.push(file);
    desk.steps();
    assert_eq!(desk.state(|state| state.archive().title.clone()), "温泉镇报道档案");
}

#[test]
fn recent_archives_are_listed_opened_again_and_forgotten() {
    let mut desk = Desk::open();
    let paths = [fixture("whole.json"), fixture("bom.json")];
    for path in &paths {
        desk.command(Command::Open(Source::File(path.clone())));
    }
    assert_eq!(desk.state(|state| state.settings.recents.clone()), [paths[1].clone(), paths[0].clone()]);
    desk.press(CTRL, Key::O);
    desk.click("whole.json");
    assert_eq!(desk.state(|state| state.archive().source.path().map(ToOwned::to_owned)), Some(paths[0].clone()));
    assert_eq!(desk.state(|state| state.settings.recents.clone()), paths);
    desk.press(CTRL, Key::O);
    desk.click("随程序附带的卷宗");
    assert_eq!(desk.state(|state| state.archive().title.clone()), "温泉镇报道档案");
    desk.press(CTRL, Key::O);
    desk.click("清空列表");
    assert_eq!(desk.state(|state| state.settings.recents.len()), 0);
    assert!(desk.shows("还没有打开过别的卷宗"));
}

#[test]
fn a_path_that_is_typed_is_opened() {
    let mut desk = Desk::open();
    desk.command(Command::Show(Overlay::AskArchivePath));
    desk.type_text(&fixture("whole.json").display().to_string());
    desk.key(Key::Enter);
    assert_eq!(desk.state(|state| state.archive().title.clone()), "温泉镇档案");
    assert_eq!(desk.state(|state| state.overlay.clone()), None);
}

#[test]
fn a_photo_is_saved_where_a_typed_path_says_and_never_over_a_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let to = folder.path().join("一.jpg");
    let mut desk = Desk::open();
    desk.command(Command::SaveCopyTo(photo(0), to.clone(), juanzong::app::Replace::Never));
    assert!(desk.shows("已保存到"));
    let first = std::fs::read(&to).expect("the copy");
    assert_eq!(Some(first.len() as u64), bundled().photo(photo(0)).bytes);
    desk.command(Command::SaveCopyTo(photo(1), to.clone(), juanzong::app::Replace::Never));
    assert!(desk.shows("已有同名文件"));
    assert_eq!(std::fs::read(&to).expect("the copy"), first);
}

#[test]
fn reading_again_keeps_place_and_words() {
    let mut desk = Desk::open();
    desk.go(Route::Section(section(3)));
    desk.search("温泉");
    desk.key(Key::F5);
    assert_eq!(desk.route(), Route::Section(section(3)));
    assert_eq!((desk.words().as_str(), desk.state(|state| state.search.found.count)), ("温泉", 33));
}

// Whatever is in them.

#[test]
fn every_page_is_drawn_in_every_theme_and_language() {
    for theme in Theme::ALL {
        for language in Language::ALL {
            let settings = Settings { theme, language: Some(language), ..Settings::default() };
            let mut desk = Desk::new(bundled(), settings, WINDOW);
            for route in routes(&bundled()) {
                desk.go(route);
                assert_eq!(desk.route(), route);
            }
        }
    }
}

#[test]
fn whatever_an_archive_holds_is_drawn_in_the_smallest_window() {
    draw_all(vec2(480.0, 400.0));
}

#[test]
fn whatever_an_archive_holds_is_drawn_on_an_office_screen() {
    draw_all(vec2(1366.0, 768.0));
}

#[test]
fn whatever_an_archive_holds_is_drawn_on_a_screen_that_stands_upright() {
    draw_all(vec2(1080.0, 1920.0));
}

#[test]
fn every_control_is_named_whatever_an_archive_holds() {
    for text in [odd(), none()] {
        let mut desk = Desk::new(archive(&text), Settings::default(), vec2(1366.0, 1500.0));
        for route in routes(&archive(&text)) {
            desk.go(route);
            check_names(&desk, &format!("{route:?}"));
        }
    }
}

fn draw_all(size: Vec2) {
    for text in [odd(), none(), include_str!("../archive.json").to_owned()] {
        for index in 0..TEXT_SIZES.len() {
            let settings = Settings {
                theme: Theme::ALL[index % 3],
                language: Some(Language::ALL[index % 2]),
                text_size: TextSize::from_index(index),
                ..Settings::default()
            };
            let mut desk = Desk::new(archive(&text), settings, size);
            for route in routes(&archive(&text)) {
                desk.go(route);
                assert_eq!(desk.route(), route);
                desk.harness.key_press(Key::End);
                desk.harness.run_steps(2);
            }
            for overlay in [Overlay::Shortcuts, Overlay::Settings, Overlay::Diagnostics, Overlay::Open] {
                desk.command(Command::Show(overlay));
            }
            desk.command(Command::CloseOverlay);
            desk.search("标题");
            desk.search("无此词");
        }
    }
}

/// No reports, not even a title.
fn none() -> String {
    json!({"format": 1, "title": "", "reports": []}).to_string()
}

/// Everything that Markdown has, and fields longer, shorter and stranger than any that were meant.
fn odd() -> String {
    let long = "很长的标题".repeat(60);
    let body = "# 一\n\n## 二\n\n### 三\n\n段落**重***斜*~~删~~`码`[内](section:s)[外](https://example.org)[坏](section:no)\
                脚注[^1]，再注[^1]，无注[^9]。  \n硬换行\n软换行\n\n\
                - 项\n  1. 里\n     - 更里\n       - 最里\n- [x] 做了\n- [ ] 没做\n\n3. 三起\n4. 四\n\n\
                > 引\n>> 再引\n>>> 三引\n>>> - 引里的项\n\n\
                | 甲 | 乙 | 丙 |\n|--:|:-:|---|\n| 1 | 很长很长很长很长很长的一格 |  |\n| [链](section:t) | **粗** | `码` |\n\n\
                |甲|\n|-|\n\n---\n\n***\n\n```\ncode\n\n\tmore\n```\n\n    缩进的码\n\n![图](photo:p)\n\n![图](photo:p)\n\n\
                ![坏图](photo:no)\n\n![外图](https://example.org/x.png)\n\n<b>标签</b>\n\n<div>块</div>\n\n\
                English words, (brackets) and 1,340.87. https://example.org/a/very/long/address/that/goes/on/and/on/and/on/\
                without/any/place/to/break/it.html\n\n[^1]: 注。\n\n    注的第二段。";
    let table = format!("|{}\n|{}\n|{}", "头|".repeat(40), "-|".repeat(40), "格|".repeat(40));
    let sections = json!([
        {"id": "s", "title": long, "body": body, "photo_ids": ["p", "q", "thin", "wide"]},
        {"id": "t", "title": "", "body": ""},
        {"id": "u", "title": "短", "body": "字".repeat(20_000)},
        {"id": "v", "title": "。", "body": "\n\n  \n"},
        {"id": "w", "title": "词", "title_supplied": true, "body": "a".repeat(3_000), "kind": "sidebar"},
        {"id": "x", "title": "表", "body": table, "kind": "appendix"},
        {"id": "y", "title": "行", "body": "一行。\n\n".repeat(2_000)},
    ]);
    let photos = json!([
        {"id": "p"},
        {"id": "q", "caption": long, "file": "gone.jpg", "kind": "scan", "alt": long},
        {"id": "thin", "title": "细", "width": 1, "height": 100_000, "file": "thin.jpg"},
        {"id": "wide", "title": "宽", "width": 100_000, "height": 1, "file": "wide.jpg", "kind": "illustration"},
    ]);
    let figures = json!([
        {"label": long, "value": 1e300, "unit": long, "section": "s", "quote": "无"},
        {"label": "负", "value": -3.5, "unit": "元", "section": "s", "quote": "段落"},
        {"label": "零", "value": 0, "unit": "元", "section": "s", "quote": ""},
        {"label": "小", "value": 1e-9, "unit": "元", "section": "s", "quote": "段落"},
    ]);
    let report = json!({
        "id": "r", "title": long, "subtitle": long, "kicker": "上\n下", "byline": long, "closing": long,
        "summary": long, "people": [long, "甲"], "sections": sections, "photos": photos, "figures": figures,
    });
    let empty = json!({"id": "e", "title": "空", "kicker": "上\n下"});
    json!({"format": 1, "title": long, "rights": long, "holder": long, "reports": [report, empty]}).to_string()
}

#[test]
fn a_section_is_exported_where_a_typed_path_says_and_never_over_a_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut desk = Desk::open();
    desk.go(Route::Section(section(1)));
    desk.press(CTRL, Key::E);
    assert!(desk.shows("导出什么"));
    for (kind, name) in [("PDF 小册子", "一.pdf"), ("Markdown", "一.md"), ("纯文字", "一.txt")] {
        desk.press(CTRL, Key::E);
        desk.click_one(Role::RadioButton, kind);
        let to = folder.path().join(name);
        desk.command(Command::ExportTo(to.clone(), juanzong::app::Replace::Never));
        assert!(desk.shows("已保存到"), "{kind}");
        let first = std::fs::read(&to).expect("the file");
        assert!(first.len() > 500, "{kind}");
        desk.command(Command::ExportTo(to.clone(), juanzong::app::Replace::Never));
        assert!(desk.shows("已有同名文件"), "{kind}");
        assert_eq!(std::fs::read(&to).expect("the file"), first);
    }
}

#[test]
fn the_export_asks_for_a_path_where_the_system_has_no_dialog() {
    let mut desk = Desk::open();
    desk.command(Command::Show(Overlay::AskExportPath));
    let fields: Vec<String> = desk.nodes(Role::TextInput).filter_map(|node| node.value()).collect();
    assert!(fields.iter().any(|path| path.ends_with("温泉镇报道档案.pdf")), "{fields:?}");
    desk.key(Key::Escape);
    assert_eq!(desk.state(|state| state.overlay.clone()), None);
}
