//! Files are made where they are asked for.

use egui::Key;
use egui::accesskit::Role;
use juanzong::app::{Command, Overlay, Route};

use super::CTRL;
use super::support::{Desk, section};

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
