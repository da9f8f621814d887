//! The staff of an exhibition, without a display: the hidden corner, the PIN, and what it opens.

#[allow(dead_code, reason = "a part of it serves other tests")]
mod support;

use std::fs;
use std::path::Path;

use egui::accesskit::Role;
use egui::{Event, PointerButton, Pos2, Vec2, pos2};
use egui_kittest::kittest::Queryable as _;
use juanzong::app::{Capability, Command, Content, Route, Sheet, StaffCommand, StaffPage};
use juanzong::kiosk::clock::LocalTime;
use juanzong::kiosk::pin;
use juanzong::kiosk::settings::KioskSettings;
use juanzong::kiosk::update::Store;
use juanzong::kiosk::watch::{Leave, Pulse};
use juanzong::text::Language;
use juanzong::ui::Exhibiting;
use support::{Desk, bundled, keep, photo, section};

/// 1920 × 1080, where everything is one and a half times as large.
const LANDSCAPE: Vec2 = Vec2::new(1280.0, 720.0);
const PIN: &str = "135790";

struct Hall {
    desk: Desk,
    pulse: Pulse,
}

impl Hall {
    fn new(settings: KioskSettings, size: Vec2) -> Self {
        let pulse = Pulse::default();
        let settings = KioskSettings { pin_hash: Some(pin::hash(PIN).expect("a hash")), ..settings };
        let clock = Box::new(|| LocalTime::parse("2026-11-23 10:00:00").expect("a time"));
        let exhibiting = Exhibiting { settings, pulse: pulse.clone(), clock };
        let mut desk = Desk::exhibition(bundled(), exhibiting, size);
        desk.mouse(PointerButton::Primary, (size / 2.0).to_pos2());
        Self { desk, pulse }
    }

    fn open() -> Self {
        Self::new(KioskSettings::default(), LANDSCAPE)
    }

    fn press(&mut self, pos: Pos2, pressed: bool) {
        let button = PointerButton::Primary;
        self.desk.harness.event(Event::PointerMoved(pos));
        self.desk.harness.event(Event::PointerButton { pos, button, pressed, modifiers: egui::Modifiers::NONE });
        self.desk.harness.step();
    }

    /// Holds the corner for so long.
    fn hold(&mut self, secs: f64) {
        let corner = pos2(self.desk.harness.ctx.content_rect().right() - 20.0, 20.0);
        self.press(corner, true);
        self.desk.wait(secs);
        self.press(corner, false);
        self.desk.steps();
    }

    fn sheet(&self) -> Sheet {
        self.desk.state(|state| state.sheet)
    }

    fn type_pin(&mut self, digits: &str) {
        for digit in digits.chars() {
            self.desk.click_one(Role::Button, &digit.to_string());
        }
        self.desk.click_one(Role::Button, "确定");
    }

    fn enter(&mut self) {
        self.hold(5.5);
        self.type_pin(PIN);
        assert_eq!(self.sheet(), Sheet::Staff);
    }

    fn staff(&mut self, command: StaffCommand) {
        self.desk.command(Command::Staff(command));
    }
}

#[test]
fn the_corner_opens_when_held_and_not_by_taps() {
    let mut hall = Hall::open();
    for _ in 0..40 {
        hall.hold(0.3);
    }
    assert_eq!(hall.sheet(), Sheet::None, "fast taps");
    hall.hold(3.0);
    assert_eq!(hall.sheet(), Sheet::None, "not long enough");
    hall.hold(5.5);
    assert_eq!(hall.sheet(), Sheet::Pin);
    hall.desk.wait(65.0);
    assert_eq!(hall.sheet(), Sheet::None, "nobody types");
}

#[test]
fn staff_leave_by_their_pin_alone() {
    let mut hall = Hall::open();
    hall.staff(StaffCommand::Leave(Leave::Staff));
    hall.desk.command(Command::ShowSheet(Sheet::Staff));
    assert!(!hall.desk.may_close() && hall.sheet() == Sheet::None, "no command goes round the PIN");
    hall.hold(5.5);
    hall.staff(StaffCommand::Leave(Leave::Staff));
    assert!(!hall.desk.may_close(), "nor at the door");
    hall.type_pin("246813");
    assert!(hall.desk.shows("密码不对"));
    hall.type_pin(PIN);
    assert_eq!(hall.sheet(), Sheet::Staff);
    hall.desk.click_one(Role::Button, "退出展示");
    assert!(hall.desk.may_close() && hall.pulse.is_leaving());
}

#[test]
fn guessing_is_slowed_and_the_wait_is_said() {
    let mut hall = Hall::open();
    hall.hold(5.5);
    for _ in 0..3 {
        hall.type_pin("246813");
    }
    assert!(hall.desk.shows("秒再试"));
    hall.desk.click_one(Role::Button, "返回");
    hall.hold(5.5);
    assert!(hall.desk.shows("秒再试"), "going away does not undo it");
}

#[test]
fn what_staff_opened_closes_behind_them() {
    let mut hall = Hall::open();
    hall.enter();
    hall.desk.click_one(Role::Button, "首页");
    hall.staff(StaffCommand::Leave(Leave::Staff));
    assert!(!hall.desk.may_close());
    assert!(!hall.desk.state(|state| state.staff.door.open || state.shell.can(Capability::Quit)));
}

fn write_archive(folder: &Path, title: &str, body: &str) {
    fs::create_dir_all(folder).expect("a folder");
    let section = format!(r#"{{"id": "s", "title": "{title}", "body": "{body}"}}"#);
    let report = format!(r#"{{"id": "r", "title": "报道", "sections": [{section}]}}"#);
    let text = format!(r#"{{"format": 1, "id": "a", "title": "新档案", "reports": [{report}]}}"#);
    fs::write(folder.join("archive.json"), text).expect("written");
}

#[test]
fn new_content_is_checked_shown_taken_and_taken_back() {
    let stick = tempfile::tempdir().expect("a folder");
    let settings = KioskSettings { updates_folder: Some(stick.path().to_owned()), ..KioskSettings::default() };
    let mut hall = Hall::new(settings, LANDSCAPE);
    hall.enter();
    hall.desk.click_one(Role::Button, "更新内容");
    assert!(hall.desk.shows("没有找到新内容"));

    write_archive(&stick.path().join("brought"), "温泉", "甲");
    let whole = fs::read_to_string(stick.path().join("brought/archive.json")).expect("read");
    let half: String = whole.chars().take(whole.chars().count() - 20).collect();
    fs::write(stick.path().join("brought/archive.json"), half).expect("written");
    hall.desk.click_one(Role::Button, "重新查找");
    hall.desk.click("brought");
    let failed = hall.desk.state(|state| matches!(state.staff.content, Content::Failed(_)));
    assert!(failed && hall.desk.shows("没有更换"), "half copied");
    assert!(Store::new(&hall.desk.own_folder()).sources().is_empty());

    write_archive(&stick.path().join("brought"), "温泉", "甲");
    hall.desk.click_one(Role::Button, "重新查找");
    hall.desk.click("brought");
    assert!(hall.desk.shows("整份替换") && hall.desk.shows("新增篇目 1：温泉"));
    hall.desk.click_one(Role::Button, "换上新内容");
    let store = Store::new(&hall.desk.own_folder());
    assert!(store.sources().len() == 1 && hall.desk.may_close(), "it starts again with it");

    write_archive(&stick.path().join("brought"), "温泉镇", "乙");
    hall.staff(StaffCommand::Show(StaffPage::Content));
    hall.desk.click("brought");
    hall.desk.click_one(Role::Button, "换上新内容");
    let current = || fs::read_to_string(store.sources()[0].path().expect("a file")).expect("read");
    assert!(current().contains("温泉镇"));
    hall.staff(StaffCommand::Show(StaffPage::Menu));
    hall.staff(StaffCommand::Show(StaffPage::Content));
    hall.desk.click("恢复上一份内容");
    assert!(!current().contains("温泉镇"));
}

#[test]
fn visits_are_counted_and_words_are_not_kept() {
    let mut hall = Hall::open();
    hall.desk.go(Route::Section(section(1)));
    hall.desk.go(Route::Photo(photo(0)));
    hall.desk.command(Command::ShowSheet(Sheet::Find));
    hall.desk.command(Command::Search("温泉".to_owned()));
    hall.desk.wait(95.0);
    hall.desk.wait(25.0);
    let days = juanzong::kiosk::statistics::Statistics::new(&hall.desk.own_folder()).days();
    let [(date, counts)] = days.as_slice() else { panic!("{days:?}") };
    assert_eq!(date.to_string(), "2026-11-23");
    let counted = (counts.sessions, counts.sections, counts.photos, counts.searches, counts.found_nothing);
    assert_eq!(counted, (1, 1, 1, 1, 0));
    assert_eq!(counts.lengths.iter().sum::<u32>(), 1);
    let kept = fs::read_to_string(hall.desk.own_folder().join("statistics/2026-11.txt")).expect("a file");
    assert!(!kept.contains("温泉"));

    hall.desk.mouse(PointerButton::Primary, pos2(600.0, 300.0));
    hall.enter();
    hall.desk.click_one(Role::Button, "使用统计");
    assert!(hall.desk.shows("每天的参观次数"));
    hall.desk.click_one(Role::Button, "保存为表格");
    assert!(hall.desk.shows("已保存"));
}

#[test]
fn the_pages_of_staff_are_looked_at() {
    for (name, size) in [("wide", LANDSCAPE), ("tall", Vec2::new(720.0, 1280.0)), ("low", Vec2::new(911.0, 512.0))] {
        for language in [Language::ZhCn, Language::En] {
            let mut hall = Hall::new(KioskSettings { language, ..KioskSettings::default() }, size);
            hall.hold(5.5);
            let lower = hall.desk.harness.ctx.content_rect().bottom();
            for key in hall.desk.harness.query_all_by_role(Role::Button) {
                let rect = key.rect();
                assert!(rect.width() >= 39.9 && rect.height() >= 39.9 && rect.bottom() < lower, "{name} {rect:?}");
            }
            keep(&format!("staff-pin-{name}-{language:?}.png"), &hall.desk.picture_of_screen());
            for digit in PIN.chars() {
                hall.desk.click_one(Role::Button, &digit.to_string());
            }
            hall.staff(StaffCommand::Enter);
            keep(&format!("staff-menu-{name}-{language:?}.png"), &hall.desk.picture_of_screen());
            hall.staff(StaffCommand::Show(StaffPage::Statistics));
            keep(&format!("staff-statistics-{name}-{language:?}.png"), &hall.desk.picture_of_screen());
        }
    }
}
