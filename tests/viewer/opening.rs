//! Archives are opened, and opened again.

use std::path::PathBuf;

use egui::Key;
use juanzong::app::{Command, Notice, Overlay, Route};
use juanzong::archive::Source;

use super::CTRL;
use super::support::{Desk, bundled, fixture, photo, section};

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
