//! A folder of archives, opened together: the shelf, one search, one history, and what cannot be read.

#[allow(dead_code, reason = "a part of it serves other tests")]
mod support;

use std::path::{Path, PathBuf};

use egui::accesskit::Role;
use egui::{Key, Modifiers, PointerButton, Vec2, vec2};
use egui_kittest::kittest::NodeT as _;
use juanzong::app::{Command, FingerCommand, LastPlace, Location, Overlay, Route, Settings, Sheet, Way};
use juanzong::archive::Source;
use juanzong::kiosk::clock::LocalTime;
use juanzong::kiosk::settings::KioskSettings;
use juanzong::kiosk::watch::Pulse;
use juanzong::library::Library;
use juanzong::library::order::Order;
use juanzong::text::Language;
use juanzong::ui::{Exhibiting, Viewer};
use juanzong::worker;
use serde_json::json;
use tempfile::TempDir;

use support::{Desk, WINDOW, bundled, section};

/// An archive of one report with a section of this text.
fn archive(title: &str, date: &str, body: &str) -> String {
    let sections = json!([
        {"id": "s", "title": format!("{title}正文"), "body": body},
        {"id": "t", "title": "后记", "body": "又一段。"},
    ]);
    let photos = json!([{"id": "p", "caption": format!("{title}的图")}]);
    let report = json!({"id": "r", "title": title, "date_issued": date, "sections": sections, "photos": photos});
    json!({"format": 1, "title": title, "reports": [report]}).to_string()
}

fn write(folder: &Path, file: &str, text: &str) {
    let path = folder.join(file);
    std::fs::create_dir_all(path.parent().expect("a parent")).expect("folders");
    std::fs::write(path, text).expect("a file");
}

/// Three villages; the photos have no files, so each archive has a problem.
fn villages() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), "10 涧山口/archive.json", &archive("涧山口村志", "2016", "村里有温泉。"));
    write(folder.path(), "2 赵庄/archive.json", &archive("赵庄村志", "2015-03", "赵庄游园与温泉水。"));
    write(folder.path(), "张寨.json", &archive("张寨村志", "2017-09/2017-10", "张寨无泉。"));
    folder
}

fn read(folder: &Path) -> Library {
    worker::open(Source::at(folder), None, &mut |_, _| std::ops::ControlFlow::Continue(())).expect("a library")
}

fn at(folder: &TempDir) -> Desk {
    Desk::new(read(folder.path()), Settings::default(), WINDOW)
}

fn title(desk: &Desk) -> String {
    desk.state(|state| state.archive().title.clone())
}

/// The archives on the screen, as they are read out.
fn cards(desk: &Desk) -> Vec<String> {
    desk.names(Role::Button).into_iter().filter(|name| name.contains("节　")).collect()
}

// The shelf.

#[test]
fn the_shelf_comes_first_and_shows_each_archive_with_its_date_size_and_problems() {
    let desk = at(&villages());
    assert_eq!(desk.route(), Route::Shelf);
    assert_eq!(
        cards(&desk),
        [
            "赵庄村志 2015年3月 2 节　1 张图片 1 处问题 2 赵庄",
            "涧山口村志 2016年 2 节　1 张图片 1 处问题 10 涧山口",
            "张寨村志 2017年9月至10月间 2 节　1 张图片 1 处问题 张寨.json",
        ]
    );
    assert!(desk.shows("3 个卷宗　6 节　3 张图片"));
}

#[test]
fn a_library_of_one_archive_has_no_shelf() {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), "一/archive.json", &archive("独一", "2017", "文"));
    let mut desk = at(&folder);
    assert_eq!(desk.route(), Route::Cover);
    assert!(!desk.shows("全部卷宗"));
    desk.press(Modifiers::ALT, Key::Home);
    assert_eq!(desk.route(), Route::Cover);
    let desk = Desk::open();
    assert!(!desk.shows("全部卷宗"));
}

#[test]
fn an_archive_is_opened_from_the_shelf_and_there_are_three_ways_back() {
    let ways: [fn(&mut Desk); 3] = [
        |desk| desk.nodes(Role::Link).next().expect("the first entry").click(),
        |desk| desk.click("全部卷宗 ‹"),
        |desk| desk.press(Modifiers::ALT, Key::Home),
    ];
    for way in ways {
        let mut desk = at(&villages());
        desk.click("涧山口村志");
        assert_eq!((desk.route(), title(&desk).as_str()), (Route::Cover, "涧山口村志"));
        assert!(desk.names(Role::Link).iter().any(|name| name == "全部卷宗 · 3"));
        way(&mut desk);
        desk.steps();
        assert_eq!(desk.route(), Route::Shelf);
        desk.press(Modifiers::ALT, Key::ArrowLeft);
        assert_eq!((desk.route(), title(&desk).as_str()), (Route::Cover, "涧山口村志"));
    }
}

#[test]
fn archives_are_filtered_by_title_sound_and_year() {
    let mut desk = at(&villages());
    for (typed, expected) in [("赵庄", 1), ("cunzhi", 3), ("jsk", 1), ("2017", 1), ("无", 0), ("", 3)] {
        let filter = desk.nodes(Role::TextInput).last().expect("the filter");
        filter.focus();
        desk.steps();
        desk.press(Modifiers::COMMAND, Key::A);
        if typed.is_empty() {
            desk.key(Key::Backspace)
        } else {
            desk.type_text(typed)
        }
        assert_eq!(cards(&desk).len(), expected, "{typed}");
    }
    desk.type_text("张寨");
    desk.key(Key::Enter);
    assert_eq!(title(&desk), "张寨村志", "Enter opens the first");
}

#[test]
fn the_keyboard_goes_from_card_to_card_and_opens_one() {
    let mut desk = at(&villages());
    for _ in 0..30 {
        desk.key(Key::Tab);
        if desk.focused().is_some_and(|name| name.starts_with("涧山口")) {
            desk.key(Key::Enter);
            assert_eq!((desk.route(), title(&desk).as_str()), (Route::Cover, "涧山口村志"));
            return;
        }
    }
    panic!("no card was reached");
}

#[test]
fn of_ten_thousand_archives_only_those_near_the_screen_are_drawn_and_tab_goes_on() {
    let folder = tempfile::tempdir().expect("a folder");
    for index in 0..400 {
        write(folder.path(), &format!("{index}.json"), &archive(&format!("第{index}卷"), "2017", "文"));
    }
    let mut desk = at(&folder);
    let seen = cards(&desk).len();
    assert!((8..30).contains(&seen), "{seen}");
    for _ in 0..60 {
        desk.harness.key_press(Key::Tab);
        desk.harness.run_steps(2);
    }
    let focused = desk.focused().expect("a card");
    let number = |name: &str| name.split(['第', '卷']).nth(1).and_then(|n| n.parse::<usize>().ok());
    assert!(number(&focused).is_some_and(|number| number > 30), "{focused}");
    let place = desk.place_of(&focused);
    assert!(place.top() >= 0.0 && place.bottom() <= WINDOW.y, "{place:?}");
    desk.harness.key_press(Key::Escape);
    desk.command(Command::Go(Route::Shelf));
}

// Searching, and going from archive to archive.

#[test]
fn one_search_goes_through_all_archives_and_back_goes_through_them_too() {
    let mut desk = at(&villages());
    desk.command(Command::SetOrder(Order::Reading));
    desk.search("温泉");
    assert_eq!(desk.state(|state| state.search.found.count), 2);
    let headings = desk.names(Role::Heading);
    for expected in ["赵庄村志正文 1 处 赵庄村志", "涧山口村志正文 1 处 涧山口村志"] {
        assert!(headings.iter().any(|heading| heading == expected), "{headings:?}");
    }
    for expected in ["赵庄村志", "涧山口村志", "赵庄村志"] {
        desk.key(Key::Enter);
        assert_eq!((title(&desk).as_str(), desk.route()), (expected, Route::Section(section(0))));
        let focus = desk.state(|state| state.focus.clone()).expect("a focus");
        let body = desk.state(|state| state.archive().section(focus.section).document.plain.clone());
        assert_eq!(body.chars().skip(focus.range.start).take(2).collect::<String>(), "温泉");
    }
    for expected in ["涧山口村志", "赵庄村志"] {
        desk.press(Modifiers::ALT, Key::ArrowLeft);
        assert_eq!(title(&desk), expected);
    }
    desk.press(Modifiers::ALT, Key::ArrowLeft);
    assert_eq!(desk.route(), Route::Shelf);
}

#[test]
fn an_archive_is_known_by_where_it_lies() {
    let library = read(villages().path());
    for id in library.archive_ids() {
        assert_eq!(library.archive_called(library.name(id)), Some(id));
    }
    assert_eq!(library.archive_called("无此卷"), None);
}

#[test]
fn only_the_text_that_a_word_stands_in_is_marked() {
    let mut desk = at(&villages());
    desk.command(Command::SetOrder(Order::Reading));
    desk.search("赵庄游园");
    desk.key(Key::Enter);
    let marked = |desk: &Desk| {
        desk.state(|state| {
            let place = state.search.current_hit().expect("a hit").place;
            (state.marks(place).len(), state.current_mark(place).is_some())
        })
    };
    assert_eq!((title(&desk).as_str(), marked(&desk)), ("赵庄村志", (1, true)));
    desk.press(Modifiers::ALT, Key::Home);
    desk.command(Command::ClearSearch);
    let other = desk.state(|state| state.library.archive_ids().nth(1).expect("two archives"));
    desk.command(Command::GoTo(Location { archive: other, route: Route::Cover }));
    assert_eq!(title(&desk), "涧山口村志");
    desk.search("赵庄游园");
    desk.go(Route::Section(section(0)));
    assert_eq!(desk.state(|state| state.search.found.count), 1);
    let place = desk.state(|state| state.search.hits().next().expect("a hit").place);
    assert!(desk.state(|state| state.marks(place).is_empty()), "the same section of another archive");
}

#[test]
fn what_stands_over_the_page_of_one_archive_closes_when_another_is_gone_to() {
    let mut desk = at(&villages());
    desk.click("赵庄村志");
    desk.press(Modifiers::ALT, Key::Home);
    desk.click("张寨村志");
    desk.go(Route::Section(section(1)));
    desk.command(Command::Show(Overlay::Export));
    for _ in 0..3 {
        desk.press(Modifiers::ALT, Key::ArrowLeft);
    }
    assert_eq!(title(&desk), "赵庄村志");
    assert_eq!(desk.state(|state| state.overlay.clone()), None);
    assert_eq!(desk.state(|state| state.export.scope), juanzong::export::Scope::Archive);
}

#[test]
fn a_photo_of_another_archive_is_left_to_where_one_came_from() {
    let mut desk = at(&villages());
    desk.click("赵庄村志");
    desk.go(Route::Section(section(0)));
    desk.search("张寨村志的图");
    desk.key(Key::Enter);
    assert!(matches!(desk.route(), Route::Photo(_)));
    assert_eq!(title(&desk), "张寨村志");
    desk.key(Key::Escape);
    assert_eq!((title(&desk).as_str(), desk.route()), ("赵庄村志", Route::Section(section(0))));
}

// Opening, reading again, beginning.

#[test]
fn a_folder_is_opened_by_dropping_typing_and_from_the_recent_ones() {
    let folder = villages();
    let path = folder.path().to_owned();
    let mut desk = Desk::open();
    desk.drop_file(path.clone());
    assert_eq!(desk.route(), Route::Shelf);
    assert!(desk.shows("（3 个卷宗），有 3 处问题"));
    assert_eq!(desk.state(|state| state.settings.recents.clone()), std::slice::from_ref(&path));
    desk.command(Command::Open(Source::Embedded));
    assert_eq!((desk.route(), title(&desk)), (Route::Cover, bundled().title));
    desk.press(Modifiers::COMMAND, Key::O);
    desk.click(&path.display().to_string());
    assert_eq!(desk.route(), Route::Shelf);
    desk.command(Command::Open(Source::Embedded));
    desk.command(Command::Show(Overlay::AskArchivePath));
    desk.press(Modifiers::COMMAND, Key::A);
    desk.type_text(&path.display().to_string());
    desk.key(Key::Enter);
    assert_eq!(desk.route(), Route::Shelf);
}

#[test]
fn a_folder_without_archives_is_told_of_and_leaves_the_open_one() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut desk = Desk::open();
    desk.drop_file(folder.path().to_owned());
    assert!(desk.shows("里没有卷宗"));
    assert_eq!(title(&desk), bundled().title);
}

#[test]
fn reading_again_keeps_place_words_and_what_has_not_changed() {
    let folder = villages();
    let mut desk = at(&folder);
    let volumes = |desk: &Desk| desk.state(|state| state.library.volumes().to_vec());
    let before = volumes(&desk);
    desk.click("张寨村志");
    desk.go(Route::Section(section(1)));
    desk.search("温泉");
    write(folder.path(), "10 涧山口/archive.json", &archive("涧山口村志", "2016", "村里有温泉，又有温泉。"));
    write(folder.path(), "1 新村/archive.json", &archive("新村志", "2018", "温泉。"));
    desk.key(Key::F5);
    assert_eq!((title(&desk).as_str(), desk.route()), ("张寨村志", Route::Section(section(1))));
    assert_eq!((desk.words().as_str(), desk.state(|state| state.search.found.count)), ("温泉", 4));
    let titles: Vec<String> = volumes(&desk).iter().map(|volume| volume.archive.title.clone()).collect();
    assert_eq!(titles, ["新村志", "赵庄村志", "涧山口村志", "张寨村志"]);
    assert_eq!(before.len(), 3);
    std::fs::remove_file(folder.path().join("张寨.json")).expect("removed");
    desk.key(Key::F5);
    assert_eq!(desk.route(), Route::Shelf, "what is gone leaves the shelf");
}

#[test]
fn what_cannot_be_read_is_listed_with_reason_and_remedy() {
    let folder = villages();
    write(folder.path(), "3 坏/archive.json", "散文");
    write(folder.path(), "notes.json", r#"{"todo": []}"#);
    let mut desk = at(&folder);
    assert_eq!(cards(&desk).len(), 3);
    desk.command(Command::Show(Overlay::Diagnostics));
    let place = Path::new("3 坏").join("archive.json").display().to_string();
    for words in ["这个文件不是 JSON", "请用文本编辑器看看那一行", place.as_str(), "赵庄村志 1 处问题"]
    {
        assert!(desk.shows(words), "{words}");
    }
    assert!(!desk.shows("notes.json"));
    desk.click_one(Role::Button, "涧山口村志 1 处问题");
    assert_eq!((title(&desk).as_str(), desk.route()), ("涧山口村志", Route::Cover));
    assert_eq!(desk.state(|state| state.overlay.clone()), Some(Overlay::Diagnostics));
    assert!(desk.shows("这张图片没有写文件名"));
}

#[test]
fn the_reader_begins_in_the_archive_where_it_was_left() {
    let folder = villages();
    let file = folder.path().join("2 赵庄").join("archive.json");
    let place = LastPlace { archive: Some(file), route: "section:t".to_owned(), offset: 0 };
    let settings = Settings { last_place: Some(place), ..Settings::default() };
    let mut desk = Desk::with(read(folder.path()), settings.clone(), WINDOW, Viewer::resume);
    let check =
        |desk: &Desk| assert_eq!((title(desk).as_str(), desk.route()), ("赵庄村志", Route::Section(section(1))));
    check(&desk);
    for expected in [Route::Cover, Route::Shelf] {
        desk.press(Modifiers::ALT, Key::ArrowLeft);
        assert_eq!(desk.route(), expected);
    }
    let mut desk = Desk::with(bundled(), settings, WINDOW, Viewer::resume);
    assert_eq!(title(&desk), bundled().title);
    desk.command(Command::Open(Source::at(folder.path())));
    check(&desk);
}

#[test]
fn nothing_of_an_archive_can_be_exported_from_the_shelf() {
    let mut desk = at(&villages());
    desk.press(Modifiers::COMMAND, Key::E);
    assert_eq!(desk.state(|state| state.overlay.clone()), None);
    desk.press(Modifiers::COMMAND, Key::P);
    assert!(desk.state(|state| state.exporting.is_none()));
    desk.click_one(Role::Button, "菜单");
    let items = desk.names(Role::MenuItem);
    assert!(items.iter().any(|item| item == "打开文件夹…") && !items.iter().any(|item| item == "导出…"), "{items:?}");
}

// How it looks.

/// The bundled archive with its pictures, and others without, with long titles, many reports, problems.
fn county() -> (TempDir, PathBuf) {
    let keeper = tempfile::tempdir().expect("a folder");
    let folder = keeper.path().join("汝州报道卷宗");
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let photos = folder.join("2017 温泉镇/assets/photos");
    std::fs::create_dir_all(&photos).expect("folders");
    std::fs::copy(root.join("archive.json"), folder.join("2017 温泉镇/archive.json")).expect("a copy");
    for photo in std::fs::read_dir(root.join("assets/photos")).expect("photos").flatten() {
        std::fs::copy(photo.path(), photos.join(photo.file_name())).expect("a copy");
    }
    let long = "关于全县二〇一六年农村饮水安全巩固提升工程与美丽乡村建设进展情况的系列报道（附各乡镇统计）";
    write(&folder, "2016/水利局/archive.json", &archive(long, "2016-03", "文"));
    write(&folder, "2016/教育局/archive.json", &archive("教育专题", "2016~", "文"));
    let reports: Vec<_> = (2009..2019)
        .map(|year| {
            json!({"id": format!("r{year}"), "title": format!("{year}年鉴"), "date_issued": year.to_string(),
            "sections": [{"id": format!("s{year}"), "title": "概况", "body": "文"}]})
        })
        .collect();
    write(&folder, "年鉴.json", &json!({"format": 1, "title": "汝州年鉴", "reports": reports}).to_string());
    write(&folder, "无名.json", &json!({"format": 1, "title": "", "reports": []}).to_string());
    write(&folder, "坏.json", "散文");
    for index in 1..=12 {
        let text = archive(&format!("第{index}村村志"), if index % 3 == 0 { "" } else { "2018-05-01" }, "文");
        write(&folder, &format!("2018/村{index}/archive.json"), &text);
    }
    (keeper, folder)
}

#[test]
fn the_shelf_is_drawn_on_every_screen_in_every_language() {
    let (_keeper, folder) = county();
    for (name, size, language) in [
        ("shelf.png", vec2(1366.0, 768.0), Language::ZhCn),
        ("shelf-upright.png", vec2(1080.0, 1920.0), Language::ZhCn),
        ("shelf-en.png", vec2(1366.0, 768.0), Language::En),
        ("shelf-small.png", vec2(480.0, 400.0), Language::En),
    ] {
        let mut desk = desk_in(&folder, size, language);
        let picture = desk.picture_of_screen();
        support::keep(name, &picture);
        let cards: Vec<_> = desk.names(Role::Button).into_iter().filter(|name| name.contains('村')).collect();
        assert!(!cards.is_empty() || size.y < 500.0, "{name}");
        let unnamed = desk.nodes(Role::Button).filter(|node| node.accesskit_node().label().is_none()).count();
        assert_eq!(unnamed, 0, "{name}");
    }
}

#[test]
fn an_archive_of_a_library_can_be_looked_at() {
    let (_keeper, folder) = county();
    let mut desk = desk_in(&folder, WINDOW, Language::ZhCn);
    desk.click("温泉镇报道档案");
    support::keep("shelf-archive.png", &desk.picture_of_screen());
    desk.search("村志");
    support::keep("shelf-search.png", &desk.picture_of_screen());
    desk.command(Command::Go(Route::Shelf));
    desk.command(Command::Show(Overlay::Diagnostics));
    support::keep("shelf-problems.png", &desk.picture_of_screen());
    desk.command(Command::Show(Overlay::Open));
    support::keep("shelf-open.png", &desk.picture_of_screen());
    assert!(desk.shows("选择文件夹"));
}

#[test]
fn visitors_see_what_is_for_them() {
    let folder = villages();
    let clock = Box::new(|| LocalTime::parse("2026-11-23 10:00:00").expect("a time"));
    let exhibiting = Exhibiting { settings: KioskSettings::default(), pulse: Pulse::default(), clock };
    let size = vec2(1280.0, 720.0);
    let mut desk = Desk::exhibition(read(folder.path()), exhibiting, size);
    desk.mouse(PointerButton::Primary, (size / 2.0).to_pos2());
    assert_eq!(desk.route(), Route::Shelf);
    assert!(desk.names(Role::TextInput).is_empty());
    let shown = [
        "赵庄村志 2015年3月 2 节　1 张图片",
        "涧山口村志 2016年 2 节　1 张图片",
        "张寨村志 2017年9月至10月间 2 节　1 张图片",
    ];
    assert_eq!(cards(&desk), shown, "neither problems nor where a file lies");
    desk.command(Command::ShowSheet(Sheet::Find));
    desk.command(Command::Fingers(FingerCommand::Word("温泉".to_owned())));
    for name in ["赵庄村志　赵庄村志正文 ", "涧山口村志　涧山口村志正文 "] {
        assert!(desk.shows(name), "{name} of {:?}", desk.names(Role::Button));
    }
    desk.command(Command::Fingers(FingerCommand::Another));
    desk.command(Command::Fingers(FingerCommand::Show(Way::Topics)));
    for name in ["后记 赵庄村志", "后记 涧山口村志", "后记 张寨村志"] {
        assert!(desk.shows(name), "{name} of {:?}", desk.names(Role::Button));
    }
}

fn desk_in(folder: &Path, size: Vec2, language: Language) -> Desk {
    let settings = Settings { language: Some(language), ..Settings::default() };
    Desk::new(read(folder), settings, size)
}
