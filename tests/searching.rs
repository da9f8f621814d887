//! The search panel: words for pinyin, what there is to choose from, searches that are kept, lists that are written.

#[allow(dead_code, reason = "a part of it serves other tests")]
mod support;

use std::path::Path;

use egui::accesskit::{Action, Role};
use egui::{Event, Key, Modifiers, MouseWheelSource, MouseWheelUnit, PointerButton, TouchPhase, Vec2, pos2, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use juanzong::app::{Command, Overlay, ResultsKind, SavedSearch, Settings, Theme};
use juanzong::archive::Source;
use juanzong::library::Library;
use juanzong::library::filter::{Choice, Filter};
use juanzong::library::order::Order;
use juanzong::text::Language;
use juanzong::worker;
use serde_json::{Value, json};
use tempfile::TempDir;

use support::{Desk, WINDOW, bundled};

const LONG: &str = "关于全县农村饮水安全巩固提升工程与美丽乡村建设进展情况的系列报道（附各乡镇统计）";

/// What somebody does.
type Does = fn(&mut Desk);

/// A report with sections of these titles and texts.
fn report(id: &str, date: &str, people: &[&str], places: &[&str], sections: &[(&str, &str)]) -> Value {
    let sections = sections.iter().enumerate();
    let sections: Vec<Value> = sections
        .map(|(index, (title, body))| json!({"id": format!("{id}{index}"), "title": title, "body": body}))
        .collect();
    json!({"id": id, "title": format!("{date}年报道"), "date_issued": date, "people": people, "places": places,
        "sections": sections, "photos": [{"id": format!("{id}p"), "caption": "温泉景区"}]})
}

/// Archives of several years; in four, documents with 温泉.
fn county() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let wenquan = "镇里有温泉，温泉小镇投资30亿元，又建温泉村。";
    let year = |date: &str, people: &[&str]| {
        report(
            &format!("r{date}"),
            date,
            people,
            &["温泉镇", "赵庄"],
            &[("经济发展", wenquan), ("文化生活", "文庆广场。")],
        )
    };
    let long =
        report("l", "2016-03", &["王建国"], &["汝州市"], &[(LONG, wenquan), ("投资", "投资200亿元，占地20亩。")]);
    for (name, title, reports) in [
        ("温泉镇", "温泉镇报道档案", vec![year("2015", &["刘廷跃"]), year("2017", &["刘廷跃", "赵一"])]),
        ("水利局", LONG, vec![long]),
        ("年鉴", "汝州年鉴", (2009..2014).map(|y| year(&y.to_string(), &["钱二"])).collect()),
        ("未注", "未注日期的卷宗", vec![report("u", "", &[], &[], &[("杂记", "温泉。")])]),
    ] {
        let path = folder.path().join(name);
        std::fs::create_dir(&path).expect("a folder");
        let text = json!({"format": 1, "title": title, "reports": reports}).to_string();
        std::fs::write(path.join("archive.json"), text).expect("a file");
    }
    folder
}

fn read(folder: &Path) -> Library {
    worker::open(Source::at(folder), None, &mut |_, _| std::ops::ControlFlow::Continue(())).expect("a library")
}

fn at(folder: &TempDir) -> Desk {
    Desk::new(read(folder.path()), Settings::default(), WINDOW)
}

fn found(desk: &Desk) -> (usize, usize) {
    desk.state(|state| (state.search.found.count, state.search.found.documents))
}

fn ask(desk: &mut Desk, words: &str) {
    desk.press(Modifiers::COMMAND, Key::F);
    desk.press(Modifiers::COMMAND, Key::A);
    desk.type_text(words);
}

/// The names of the buttons in which `part` stands.
fn buttons(desk: &Desk, part: &str) -> Vec<String> {
    desk.names(Role::Button).into_iter().filter(|name| name.contains(part)).collect()
}

/// The headings of the list, from its top.
fn headings(desk: &Desk) -> Vec<String> {
    desk.names(Role::Heading).into_iter().filter(|name| name.contains(" 处 ") && !name.contains('·')).collect()
}

// Words for pinyin.

#[test]
fn a_word_for_pinyin_is_chosen_by_a_click_or_by_alt_and_its_number() {
    let folder = county();
    let ways: [fn(&mut Desk, usize); 2] = [
        |desk, index| {
            let name = desk.state(|state| {
                let word = &state.search.found.candidates.as_ref().expect("candidates").words[index];
                format!("{} {}", word.text, word.count)
            });
            desk.click_one(Role::Button, &name);
        },
        |desk, index| {
            let (key, digit) = [(Key::Num1, "1"), (Key::Num2, "2")][index];
            let modifiers = Modifiers::ALT;
            let pressed = Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers };
            // Some systems type the digit, too.
            desk.harness.input_mut().events.extend([pressed, Event::Text(digit.to_owned())]);
            desk.steps();
        },
    ];
    for way in ways {
        for index in [0, 1] {
            let mut desk = at(&folder);
            ask(&mut desk, "赵庄 wenquan");
            let word =
                desk.state(|state| state.search.found.candidates.clone()).expect("candidates").words[index].clone();
            way(&mut desk, index);
            let expected = format!("赵庄 {}", word.text);
            assert_eq!((desk.words(), desk.typed_in("搜索")), (expected.clone(), expected));
            assert!(desk.state(|state| state.search.found.candidates.is_none()));
        }
    }
}

#[test]
fn alt_and_a_digit_does_nothing_where_there_is_no_such_word() {
    let mut desk = at(&county());
    ask(&mut desk, "温泉");
    desk.press(Modifiers::ALT, Key::Num1);
    assert_eq!(desk.words(), "温泉");
}

// Choosing.

#[test]
fn a_value_is_chosen_by_a_click_and_its_chip_takes_it_back() {
    let mut desk = Desk::new(read(county().path()), Settings::default(), vec2(1366.0, 2400.0));
    ask(&mut desk, "温泉");
    let all = found(&desk);
    desk.click_one(Role::Button, "筛选与排序");
    for (button, chip, choice) in [
        ("赵一 3", "人名：赵一", Choice::Person("赵一".to_owned())),
        ("汝州年鉴 15", "卷宗：汝州年鉴", Choice::Archive("年鉴".to_owned())),
        ("图片 9", "图片", Choice::Kind(juanzong::search::TextKind::Caption)),
        ("2016年 2", "2016年", Choice::Year(2016)),
    ] {
        desk.click_one(Role::Button, button);
        assert_eq!(desk.state(|state| state.search.filter.choices.clone()), [choice].into());
        let documents: usize = button.rsplit(' ').next().and_then(|n| n.parse().ok()).expect("a number");
        assert_eq!(found(&desk).1, documents, "{button}");
        desk.click_one(Role::Button, &format!("取消：{chip}"));
        assert_eq!(found(&desk), all);
    }
    desk.click_one(Role::Button, "刘廷跃 6");
    desk.click_one(Role::Button, "赵一 3");
    desk.click_one(Role::Button, "清除筛选");
    assert_eq!(found(&desk), all);
}

#[test]
fn days_are_chosen_by_typing_either_end_and_taken_back_by_their_chip() {
    let mut desk = Desk::new(read(county().path()), Settings::default(), vec2(1366.0, 2400.0));
    ask(&mut desk, "温泉");
    let all = found(&desk);
    desk.click_one(Role::Button, "筛选与排序");
    desk.harness.get_by_role_and_label(Role::TextInput, "从").focus();
    desk.steps();
    desk.type_text("2015");
    let since = found(&desk);
    assert!(0 < since.1 && since.1 < all.1, "{since:?} of {all:?}");
    desk.type_text("-");
    assert!(desk.shows("不是日期"));
    assert_eq!(found(&desk), since, "what is not finished changes nothing");
    desk.type_text("06");
    desk.harness.get_by_role_and_label(Role::TextInput, "到").focus();
    desk.steps();
    desk.type_text("2016");
    let days = juanzong::library::dates::Days { first: 20_150_601, last: 20_161_231 };
    assert_eq!(desk.state(|state| state.search.filter.days), Some(days));
    desk.click_one(Role::Button, "取消：2015年6月1日至2016年12月31日");
    assert_eq!(found(&desk), all);
    assert_eq!(desk.typed_in("从"), "", "the fields follow");
}

#[test]
fn the_numbers_of_the_values_follow_the_words() {
    let mut desk = Desk::new(read(county().path()), Settings::default(), vec2(1366.0, 2400.0));
    desk.command(Command::ToggleChoosing);
    for (words, expected) in [("温泉", "钱二 15"), ("广场", "钱二 5"), ("温泉 年:2012..2015", "钱二 6")] {
        ask(&mut desk, words);
        assert_eq!(buttons(&desk, "钱二"), [expected], "{words}");
    }
}

#[test]
fn a_bar_of_the_chart_leads_to_its_year_and_back() {
    let mut desk = at(&county());
    ask(&mut desk, "温泉");
    let bars: Vec<String> = buttons(&desk, "年 ").into_iter().filter(|name| name.ends_with(" 处")).collect();
    assert_eq!(bars.len(), 8, "{bars:?}");
    let name = bars.iter().find(|name| name.starts_with("2016年")).expect("a bar").clone();
    for expected in [vec![Choice::Year(2016)], Vec::new()] {
        let bar =
            desk.nodes(Role::Button).find(|n| n.accesskit_node().label().is_some_and(|l| l.starts_with("2016年 ")));
        bar.expect("a bar").click();
        desk.steps();
        assert_eq!(desk.state(|state| state.search.filter.choices.iter().cloned().collect::<Vec<_>>()), expected);
    }
    assert!(buttons(&desk, &name).len() == 1);
}

#[test]
fn the_order_changes_the_list() {
    let mut desk = Desk::new(read(county().path()), Settings::default(), vec2(1366.0, 6000.0));
    ask(&mut desk, "经济发展");
    desk.click_one(Role::Button, "筛选与排序");
    let years = |desk: &Desk| {
        desk.state(|state| {
            let archives = state.search.found.groups.iter().map(|group| state.library.name(group.archive).to_owned());
            let mut archives: Vec<String> = archives.collect();
            archives.dedup();
            archives
        })
    };
    for (order, expected) in [("从新到旧", ["温泉镇", "年鉴"]), ("从旧到新", ["年鉴", "温泉镇"])] {
        desk.click_one(Role::Button, order);
        assert_eq!(years(&desk), expected, "{order}");
        assert!(headings(&desk)[0].ends_with(if expected[0] == "年鉴" {
            "汝州年鉴"
        } else {
            "温泉镇报道档案"
        }));
    }
    desk.command(Command::SetOrder(Order::Reading));
    assert_eq!(years(&desk).len(), 2);
}

#[test]
fn what_the_filter_leaves_out_is_told_of() {
    let mut desk = at(&county());
    ask(&mut desk, "温泉");
    let (_, documents) = found(&desk);
    desk.command(Command::SetFilter(Filter { choices: [Choice::Year(1990)].into(), days: None }));
    assert!(desk.shows(&format!("筛选之外还有 {documents} 篇")));
    assert!(!desk.shows("搜索的写法"), "the words are right");
    desk.click_one(Role::Button, "清除筛选");
    assert_eq!(found(&desk).1, documents);
}

#[test]
fn what_is_not_understood_is_explained_and_searched_all_the_same() {
    let mut desk = at(&county());
    for (words, said) in
        [("年:明年", "“年:明年”不是日期"), ("温泉 ~5", ""), ("\"温泉", "引号还没有合上"), ("-温泉", "只写了不要的词")]
    {
        ask(&mut desk, words);
        assert_eq!(
            desk.shows("已按文字查找") || desk.shows("引号") || desk.shows("只写了"),
            !said.is_empty(),
            "{words}"
        );
        assert!(desk.shows(said), "{words}");
    }
    ask(&mut desk, "\"温泉小镇");
    assert!(found(&desk).0 > 0);
}

// Keeping.

#[test]
fn a_search_is_kept_listed_below_the_empty_box_recalled_with_its_filter_and_forgotten() {
    let mut desk = at(&county());
    ask(&mut desk, "温泉");
    desk.command(Command::SetFilter(Filter { choices: [Choice::Year(2016)].into(), days: None }));
    let kept = found(&desk);
    desk.click_one(Role::Button, "搜索结果的更多操作");
    desk.click_one(Role::MenuItem, "保存这次搜索…");
    assert_eq!(desk.focused().as_deref(), Some("搜索的名称"));
    desk.press(Modifiers::COMMAND, Key::A);
    desk.type_text("去年的温泉");
    desk.key(Key::Enter);
    assert_eq!(desk.state(|state| state.overlay.clone()), None);
    let searches: Vec<SavedSearch> = desk.state(|state| state.settings.searches.clone());
    assert_eq!((searches.len(), searches[0].name.as_str()), (1, "去年的温泉"));
    desk.command(Command::ClearSearch);
    assert!(desk.state(|state| state.search.filter.is_empty()));
    for _ in 0..2 {
        desk.press(Modifiers::COMMAND, Key::F);
        desk.click_one(Role::MenuItem, "去年的温泉");
        assert_eq!((desk.words().as_str(), found(&desk)), ("温泉", kept));
        desk.command(Command::ClearSearch);
    }
    desk.press(Modifiers::COMMAND, Key::F);
    desk.click_one(Role::Button, "删除保存的搜索“去年的温泉”");
    assert!(desk.state(|state| state.settings.searches.is_empty()) && !desk.shows("去年的温泉"));
}

#[test]
fn the_help_opens_with_the_empty_box_and_closes_by_escape_typing_leaving_and_a_click_elsewhere() {
    let ways: [(&str, Does); 4] = [
        ("escape", |desk| desk.key(Key::Escape)),
        ("typing", |desk| desk.type_text("温")),
        ("leaving", |desk| desk.press(Modifiers::SHIFT, Key::Tab)),
        ("elsewhere", |desk| desk.mouse(PointerButton::Primary, pos2(40.0, 740.0))),
    ];
    for (way, close) in ways {
        let mut desk = at(&county());
        assert!(!desk.shows("搜索的写法"));
        desk.press(Modifiers::COMMAND, Key::F);
        assert!(desk.shows("搜索的写法"), "{way}");
        close(&mut desk);
        assert!(!desk.shows("搜索的写法"), "{way}");
    }
}

#[test]
fn the_help_stays_while_it_is_pressed_and_the_keyboard_goes_through_it() {
    let mut desk = at(&county());
    for name in ["甲", "乙"] {
        ask(&mut desk, "温泉");
        desk.command(Command::SaveSearch(name.to_owned()));
    }
    desk.command(Command::ClearSearch);
    desk.press(Modifiers::COMMAND, Key::F);
    let place = desk.place_of("搜索的写法");
    desk.mouse(PointerButton::Primary, place.center());
    assert!(desk.shows("搜索的写法"));
    let names = ["甲", "删除保存的搜索“甲”", "乙", "删除保存的搜索“乙”"];
    for name in names {
        desk.key(Key::Tab);
        assert_eq!(desk.focused().as_deref(), Some(name));
    }
    desk.key(Key::Enter);
    assert_eq!(desk.state(|state| state.settings.searches.len()), 1);
    desk.key(Key::Escape);
    assert!(!desk.shows("搜索的写法"));
}

#[test]
fn the_help_never_lies_over_the_box_or_below_the_window() {
    for size in [WINDOW, vec2(480.0, 600.0), vec2(910.0, 512.0)] {
        let settings = Settings {
            searches: (0..30).map(|i| SavedSearch { name: format!("第{i}个"), ..SavedSearch::default() }).collect(),
            ..Settings::default()
        };
        let mut desk = Desk::new(bundled(), settings, size);
        desk.press(Modifiers::COMMAND, Key::F);
        let (first, field) = (desk.place_of("第0个"), desk.harness.get_by_role(Role::TextInput).rect());
        assert!(first.top() > field.bottom() && first.right() <= size.x, "{size:?}: {first:?}");
    }
}

// Lists.

#[test]
fn results_are_written_as_a_table_and_as_a_list() {
    let folder = county();
    let mut desk = at(&folder);
    ask(&mut desk, "经济");
    let (places, documents) = found(&desk);
    let to = tempfile::tempdir().expect("a folder");
    for kind in ResultsKind::ALL {
        desk.command(Command::Show(Overlay::AskResultsPath(kind)));
        desk.press(Modifiers::COMMAND, Key::A);
        let path = to.path().join("结果").with_extension(kind.extension());
        desk.type_text(&path.display().to_string());
        desk.key(Key::Enter);
        let bytes = std::fs::read(&path).expect("a file");
        match kind {
            ResultsKind::Table => {
                let text = String::from_utf8(bytes).expect("text");
                assert!(text.starts_with('\u{feff}'));
                assert_eq!(text.lines().count(), 1 + places, "{documents} documents: {text}");
                assert!(text.contains("汝州年鉴") && text.contains("经济发展"), "{text}");
            }
            ResultsKind::List => assert!(bytes.starts_with(b"%PDF")),
        }
    }
}

#[test]
fn the_list_goes_on_when_its_end_is_reached() {
    let sections: Vec<Value> = (0..450)
        .map(|index| json!({"id": format!("s{index}"), "title": format!("第{index}篇"), "body": "温泉。"}))
        .collect();
    let report = json!({"id": "r", "title": "报", "sections": sections});
    let text = json!({"format": 1, "title": "长卷", "reports": [report]}).to_string();
    let mut desk = Desk::new(support::archive(&text), Settings::default(), WINDOW);
    ask(&mut desk, "温泉");
    let listed = |desk: &Desk| desk.state(|state| (state.search.found.listed, state.search.found.unlisted));
    assert_eq!((found(&desk), listed(&desk)), ((450, 450), (200, 250)));
    desk.command(Command::GoToHit(199));
    desk.key(Key::F3);
    assert_eq!(listed(&desk), (450, 0), "the next one was asked for");
    assert_eq!(desk.state(|state| state.search.current), Some(200));
    ask(&mut desk, "温泉。");
    assert_eq!(listed(&desk), (200, 250));
    desk.command(Command::GoToHit(199));
    desk.harness.hover_at(pos2(150.0, 500.0));
    for _ in 0..3 {
        let unit = MouseWheelUnit::Point;
        let (delta, modifiers) = (vec2(0.0, -400.0), Modifiers::NONE);
        desk.harness.event(Event::MouseWheel {
            unit,
            delta,
            modifiers,
            phase: TouchPhase::Move,
            source: MouseWheelSource::Wheel,
        });
        desk.harness.run_steps(20);
    }
    assert_eq!(listed(&desk), (450, 0), "its end was seen");
    assert_eq!(desk.state(|state| state.search.current), Some(199));
}

// How it looks.

/// What is looked at, by name.
const SCENES: [(&str, Does); 12] = [
    ("pinyin", |desk| desk.search("wenquan")),
    ("initials", |desk| desk.search("wq")),
    ("year", |desk| desk.search("年:17 温泉")),
    ("amount", |desk| desk.search(">100亿元")),
    ("plain", |desk| desk.search("温泉")),
    ("problem", |desk| desk.search("年:明年 温泉 ~5")),
    ("choosing", |desk| {
        desk.search("温泉");
        desk.command(Command::ToggleChoosing);
    }),
    ("chosen", |desk| {
        desk.search("温泉");
        let choices = [Choice::Year(2016), Choice::Section(LONG.to_owned()), Choice::Archive("水利局".to_owned())];
        desk.command(Command::SetFilter(Filter { choices: choices.into(), days: None }));
    }),
    ("filtered out", |desk| {
        desk.search("温泉");
        let choices = [Choice::Year(1990)];
        desk.command(Command::SetFilter(Filter { choices: choices.into(), days: None }));
    }),
    ("help", |desk| {
        for words in ["温泉", "年:2017 刘廷跃 关于全县农村饮水安全巩固提升工程与美丽乡村建设"]
        {
            desk.search(words);
            desk.command(Command::SaveSearch(words.to_owned()));
            desk.command(Command::ClearSearch);
        }
        desk.press(Modifiers::COMMAND, Key::F);
    }),
    ("save", |desk| {
        desk.search("温泉");
        desk.command(Command::Show(Overlay::SaveSearch));
    }),
    ("menu", |desk| {
        desk.search("温泉");
        desk.click_one(Role::Button, desk.state(|state| state.words().search.results_menu));
    }),
];

#[test]
fn the_search_can_be_looked_at_on_every_screen() {
    let folder = county();
    let all = std::env::var_os("JUANZONG_PICTURES").is_some();
    for (screen, size, scale, language, theme) in [
        ("office", WINDOW, 1.0, Language::ZhCn, Theme::Light),
        ("english", WINDOW, 1.0, Language::En, Theme::Dark),
        ("small", vec2(480.0, 600.0), 1.0, Language::ZhCn, Theme::Light),
        ("small-en", vec2(480.0, 600.0), 1.0, Language::En, Theme::Dark),
        ("upright", vec2(1080.0, 1920.0), 1.0, Language::ZhCn, Theme::HighContrast),
        ("scaled", vec2(910.0, 512.0), 1.5, Language::ZhCn, Theme::Light),
    ] {
        let settings = Settings { language: Some(language), theme, ..Settings::default() };
        let mut desk = Desk::new(read(folder.path()), settings, size);
        desk.harness.set_pixels_per_point(scale);
        for (scene, show) in SCENES {
            desk.command(Command::CloseOverlay);
            desk.command(Command::ClearSearch);
            show(&mut desk);
            if all {
                let picture = desk.picture_of_screen();
                support::keep(&format!("{screen}-{scene}.png"), &picture);
            }
            check_controls(&desk, size, &format!("{scene} {screen}"));
        }
    }
}

/// Whatever can be pressed has a name, is high enough, and does not reach beyond the window.
fn check_controls(desk: &Desk, size: Vec2, place: &str) {
    for node in desk.harness.root().children_recursive() {
        let (data, at) = (node.accesskit_node(), &node);
        if !data.data().supports_action(Action::Click) || data.role() == Role::ScrollBar {
            continue;
        }
        let (rect, node) = (at.rect(), data);
        let name = node.label().or(node.value()).unwrap_or_default();
        assert!(!name.trim().is_empty(), "a {:?} without a name in {place}", node.role());
        // Bars of the chart are as narrow as their years are many; all else is as high as a finger needs.
        let enough = node.role() != Role::Button && node.role() != Role::MenuItem || rect.height() >= 32.0;
        assert!(enough, "{name} in {place}: {rect:?}");
        assert!(rect.left() >= -0.5 && rect.right() <= size.x + 0.5, "{name} in {place}: {rect:?}");
    }
}
