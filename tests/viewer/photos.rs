//! Photos, looked at.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use juanzong::app::Route;

use super::support::{Desk, photo, section};

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
