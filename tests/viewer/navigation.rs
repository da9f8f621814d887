//! The way through the report.

use egui::accesskit::Role;
use egui::{Key, Modifiers, PointerButton, Pos2, vec2};
use egui_kittest::kittest::NodeT as _;
use juanzong::app::{LastPlace, Route, Settings};

use super::support::{Desk, WINDOW, bundled, section};

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
fn neighbours_whose_titles_have_no_room_beside_each_other_stand_below_each_other() {
    for (width, beside) in [(1200.0, true), (500.0, false)] {
        let mut desk = Desk::new(bundled(), Settings::default(), vec2(width, 3000.0));
        desk.go(Route::Section(section(2)));
        let [before, after] = ["上一篇 一、坚持党建统领", "下一篇 三、"].map(|name| desk.place_of(name));
        assert_eq!(before.right() < after.left(), beside, "{width}: {before:?} {after:?}");
        assert_eq!(before.bottom() < after.top(), !beside, "{width}: {before:?} {after:?}");
    }
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
