//! Whatever is in an archive is drawn.

use egui::{Key, Vec2, vec2};
use juanzong::app::{Command, Overlay, Settings, TEXT_SIZES, TextSize, Theme};
use juanzong::text::Language;
use serde_json::json;

use super::check_names;
use super::support::{Desk, WINDOW, archive, bundled, routes};

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
fn no_window_is_too_small() {
    for size in [[0.0, 0.0], [1.0, 1.0], [60.0, 900.0], [1366.0, 40.0], [240.0, 240.0], [320.0, 266.0]] {
        let settings = Settings { text_size: TextSize::from_index(TEXT_SIZES.len() - 1), ..Settings::default() };
        let mut desk = Desk::new(bundled(), settings, size.into());
        for route in routes(&bundled()) {
            desk.go(route);
        }
        for overlay in [Overlay::Shortcuts, Overlay::Settings, Overlay::Diagnostics, Overlay::Open, Overlay::Export] {
            desk.command(Command::Show(overlay));
        }
        desk.command(Command::CloseOverlay);
        desk.search("温泉");
    }
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
    for text in [odd(), none(), include_str!("../../archive.json").to_owned()] {
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
