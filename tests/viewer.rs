//! The viewer's behaviour, through its accessibility tree: no window, no GPU. A character without a glyph panics.

use std::cell::RefCell;
use std::path::Path;
use std::rc::Rc;

use egui::accesskit::Role;
use egui::{Event, ImeEvent, Key, Modifiers, OutputCommand, PointerButton, Pos2, Vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use juanzong::app::{Command, Notice, Overlay, Route, Settings, Theme};
use juanzong::archive::{Archive, PhotoId, SectionId, Source, load, load_text};
use juanzong::text::Language;
use juanzong::ui::{Start, Viewer};
use juanzong::worker::Executor;

struct Desk {
    harness: Harness<'static>,
    viewer: Rc<RefCell<Option<Viewer>>>,
}

fn bundled() -> Archive {
    load(Source::Embedded).expect("the bundled archive")
}

impl Desk {
    fn new(archive: Archive, settings: Settings, size: Vec2) -> Self {
        let viewer: Rc<RefCell<Option<Viewer>>> = Rc::default();
        let (made, drawn) = (Rc::clone(&viewer), Rc::clone(&viewer));
        let harness = Harness::builder()
            .with_size(size)
            .with_context_setup(move |ctx| {
                let start = Start {
                    archive,
                    settings,
                    system_language: Language::ZhCn,
                    settings_folder: None,
                    executor: Executor::Inline,
                };
                *made.borrow_mut() = Some(Viewer::new(ctx, start));
            })
            .build_ui(move |ui| drawn.borrow_mut().as_mut().expect("made before the first frame").ui(ui));
        let mut desk = Self { harness, viewer };
        desk.steps();
        desk
    }

    fn open() -> Self {
        Self::new(bundled(), Settings::default(), Vec2::new(1366.0, 768.0))
    }

    fn steps(&mut self) {
        self.harness.run_steps(6);
    }

    fn state<R>(&self, read: impl FnOnce(&juanzong::app::State) -> R) -> R {
        read(self.viewer.borrow().as_ref().expect("a viewer").state())
    }

    fn route(&self) -> Route {
        self.state(juanzong::app::State::route)
    }

    fn command(&mut self, command: Command) {
        let ctx = self.harness.ctx.clone();
        self.viewer.borrow_mut().as_mut().expect("a viewer").command(&ctx, command);
        self.steps();
    }

    fn press(&mut self, modifiers: Modifiers, key: Key) {
        self.harness.key_press_modifiers(modifiers, key);
        self.steps();
    }

    fn click(&mut self, label: &str) {
        self.harness.get_all_by_label_contains(label).next().expect("shown").click();
        self.steps();
    }

    fn shows(&self, words: &str) -> bool {
        self.harness.query_all_by_label_contains(words).next().is_some()
    }

    fn type_words(&mut self, words: &str) {
        self.press(Modifiers::COMMAND, Key::F);
        self.harness.event(Event::Text(words.to_owned()));
        self.steps();
    }
}

fn section(index: usize) -> SectionId {
    bundled().section_ids().nth(index).expect("a section")
}

fn photo(index: usize) -> PhotoId {
    bundled().photo_ids().nth(index).expect("a photo")
}

#[test]
fn the_cover_leads_into_the_report() {
    let mut desk = Desk::open();
    for words in ["奋力谱写温泉发展新篇章", "砥砺奋进的5年", "温泉镇党委书记 刘廷跃", "赵庄游园", "扫一扫关注"]
    {
        assert!(desk.shows(words), "{words}");
    }
    desk.click("开始阅读");
    assert_eq!(desk.route(), Route::Section(section(0)));
    desk.click("经济建设蓬勃发展");
    assert_eq!(desk.route(), Route::Section(section(6)));
    assert!(desk.shows("制定机关干部考核办法"));
}

#[test]
fn arrows_go_through_all_sections_and_back_again_through_the_history() {
    let mut desk = Desk::open();
    for index in 0..10 {
        desk.press(Modifiers::NONE, Key::ArrowRight);
        assert_eq!(desk.route(), Route::Section(section(index)));
    }
    desk.press(Modifiers::NONE, Key::ArrowRight);
    assert_eq!(desk.route(), Route::Section(section(9)), "the last has none after it");
    desk.press(Modifiers::ALT, Key::ArrowLeft);
    desk.press(Modifiers::ALT, Key::ArrowLeft);
    assert_eq!(desk.route(), Route::Section(section(7)));
    desk.press(Modifiers::ALT, Key::ArrowRight);
    assert_eq!(desk.route(), Route::Section(section(8)));
    for (button, expected) in [(PointerButton::Extra1, 7), (PointerButton::Extra2, 8)] {
        for pressed in [true, false] {
            let pos = Pos2::new(700.0, 700.0);
            desk.harness.event(Event::PointerButton { pos, button, pressed, modifiers: Modifiers::NONE });
        }
        desk.steps();
        assert_eq!(desk.route(), Route::Section(section(expected)), "{button:?}");
    }
}

#[test]
fn the_search_finds_as_one_types() {
    for (words, found) in [
        ("温泉", 33),
        ("溫泉", 33),
        ("wenquan", 33),
        ("wen quan", 33),
        ("温quan", 33),
        ("１２０亿", 4),
        ("120亿", 4),
        ("\"温泉小镇\"", 4),
    ] {
        let mut desk = Desk::open();
        desk.type_words(words);
        assert_eq!(desk.state(|state| state.search.words.clone()), words);
        assert_eq!(desk.state(|state| state.search.found.count), found, "{words}");
        assert!(desk.shows(&format!("{found} 处")), "{words}");
    }
}

#[test]
fn every_way_into_the_search_box_works() {
    for (modifiers, key) in [(Modifiers::COMMAND, Key::F), (Modifiers::COMMAND, Key::K), (Modifiers::NONE, Key::Slash)]
    {
        let mut desk = Desk::open();
        desk.press(modifiers, key);
        desk.harness.event(Event::Text("泉".to_owned()));
        desk.steps();
        assert_eq!(desk.state(|state| state.search.words.clone()), "泉", "{key:?}");
    }
}

#[test]
fn enter_goes_from_match_to_match_and_around() {
    let mut desk = Desk::open();
    desk.type_words("广成泽");
    let count = desk.state(|state| state.search.found.count);
    let mut routes = Vec::new();
    for _ in 0..count {
        desk.press(Modifiers::NONE, Key::Enter);
        routes.push(desk.route());
    }
    assert!(routes.contains(&Route::Section(section(2))), "{routes:?}");
    assert!(routes.contains(&Route::Photo(photo(4))), "{routes:?}");
    desk.press(Modifiers::NONE, Key::F3);
    assert_eq!(desk.state(|state| state.search.current), Some(0), "around to the first");
    desk.press(Modifiers::SHIFT, Key::F3);
    assert_eq!(desk.state(|state| state.search.current), Some(count - 1));
}

#[test]
fn what_is_not_found_leads_to_the_nearest_that_is() {
    let mut desk = Desk::open();
    desk.type_words("文泉");
    assert!(desk.shows("没有找到“文泉”"));
    desk.harness.get_all_by_label_contains("温泉 ").next().expect("an offer").click();
    desk.steps();
    assert_eq!(desk.state(|state| state.search.words.clone()), "温泉");
    assert!(desk.state(|state| state.search.found.count) > 0);
    desk.press(Modifiers::NONE, Key::Escape);
    assert!(desk.state(|state| state.search.words.is_empty()));
}

#[test]
fn a_half_typed_syllable_is_not_searched() {
    let mut desk = Desk::open();
    desk.press(Modifiers::COMMAND, Key::F);
    let preedit = ImeEvent::Preedit { text: "wen'q".to_owned(), active_range_chars: None };
    desk.harness.event(Event::Ime(preedit));
    desk.steps();
    assert_eq!(desk.state(|state| state.search.words.clone()), "");
    desk.harness.event(Event::Ime(ImeEvent::Commit("温泉".to_owned())));
    desk.steps();
    assert_eq!(desk.state(|state| state.search.words.clone()), "温泉");
}

#[test]
fn a_photo_is_looked_at_and_closed() {
    let mut desk = Desk::open();
    desk.press(Modifiers::NONE, Key::Num2);
    assert_eq!(desk.route(), Route::Gallery);
    desk.click("如意湖公园");
    assert_eq!(desk.route(), Route::Photo(photo(2)));
    let percent = |desk: &Desk| {
        let node = desk.harness.get_by_role_and_label_contains_image();
        node.rsplit(' ').next().map(str::to_owned)
    };
    let fitted = percent(&desk);
    desk.press(Modifiers::NONE, Key::Plus);
    assert_ne!(percent(&desk), fitted, "the zoom is read out");
    desk.press(Modifiers::NONE, Key::Num0);
    assert_eq!(percent(&desk), fitted);
    desk.press(Modifiers::NONE, Key::I);
    assert!(desk.shows("示意插图（原照片未存）") && desk.shows("1600 × 1200"));
    desk.press(Modifiers::NONE, Key::End);
    assert_eq!(desk.route(), Route::Photo(photo(5)));
    desk.press(Modifiers::NONE, Key::ArrowLeft);
    assert_eq!(desk.route(), Route::Photo(photo(4)));
    desk.press(Modifiers::NONE, Key::Escape);
    assert_eq!(desk.route(), Route::Gallery, "one step back, however many photos were looked at");
}

trait ImageLabel {
    /// What is read out of the photo that is looked at.
    fn get_by_role_and_label_contains_image(&self) -> String;
}

impl ImageLabel for Harness<'_> {
    fn get_by_role_and_label_contains_image(&self) -> String {
        let node = self.get_by_role(Role::Image);
        node.accesskit_node().label().expect("the picture is named")
    }
}

#[test]
fn every_figure_leads_to_its_sentence() {
    let archive = bundled();
    let mut desk = Desk::new(bundled(), Settings::default(), Vec2::new(1366.0, 3000.0));
    for id in archive.figure_ids() {
        desk.press(Modifiers::NONE, Key::Num3);
        let figure = archive.figure(id);
        let mut nodes = desk.harness.get_all_by_label_contains(&figure.label);
        nodes.rfind(|node| node.accesskit_node().role() == Role::Button).expect("a button").click();
        drop(nodes);
        desk.steps();
        assert_eq!(desk.route(), Route::Section(figure.section), "{}", figure.label);
        let focus = desk.state(|state| state.focus.clone()).expect("a place in the text");
        assert_eq!(Some(focus.range), figure.quote_range, "{}", figure.label);
    }
}

#[test]
fn settings_take_hold_at_once() {
    let mut desk = Desk::open();
    let size = |desk: &Desk| desk.state(|state| state.settings.text_size.points());
    let before = size(&desk);
    desk.press(Modifiers::COMMAND, Key::Plus);
    assert!(size(&desk) > before);
    desk.press(Modifiers::COMMAND, Key::Num0);
    assert_eq!(size(&desk), before);
    desk.press(Modifiers::COMMAND, Key::Comma);
    desk.click("深色");
    assert_eq!(desk.state(|state| state.settings.theme), Theme::Dark);
    desk.click("English");
    assert!(desk.shows("Text size") && !desk.shows("字号"));
    desk.press(Modifiers::NONE, Key::Escape);
    assert!(desk.shows("Start reading") && !desk.shows("开始阅读"));
    desk.press(Modifiers::NONE, Key::F9);
    assert!(desk.state(|state| state.settings.contents_hidden));
}

#[test]
fn every_overlay_closes_with_escape_and_with_its_button() {
    for overlay in [Overlay::Shortcuts, Overlay::Settings, Overlay::Diagnostics, Overlay::Open, Overlay::AskArchivePath]
    {
        let mut desk = Desk::open();
        desk.command(Command::Show(overlay.clone()));
        desk.press(Modifiers::NONE, Key::Escape);
        assert_eq!(desk.state(|state| state.overlay.clone()), None, "{overlay:?} by Escape");
        desk.command(Command::Show(overlay.clone()));
        desk.click("关闭");
        assert_eq!(desk.state(|state| state.overlay.clone()), None, "{overlay:?} by its button");
    }
}

#[test]
fn what_is_copied_is_the_text_as_stored() {
    let mut desk = Desk::open();
    desk.command(Command::Go(Route::Section(section(6))));
    desk.press(Modifiers::COMMAND, Key::A);
    desk.harness.event(Event::Copy);
    desk.harness.step();
    let copied = desk.harness.output().platform_output.commands.iter().find_map(|command| match command {
        OutputCommand::CopyText(text) => Some(text.clone()),
        _ => None,
    });
    let stored = bundled().section(section(6)).document.plain.trim_end().to_owned();
    assert!(stored.contains("办法,加强"), "half-width, as in the record");
    assert_eq!(copied, Some(stored));
    desk.steps();
    assert!(desk.shows("已复制"));
}

#[test]
fn an_archive_that_cannot_be_read_leaves_the_open_one_in_place() {
    let mut desk = Desk::open();
    desk.command(Command::Open(Source::File("/no/such/archive.json".into())));
    assert!(desk.shows("文件不存在"));
    assert_eq!(desk.state(|state| state.library.archive.title.clone()), "温泉镇报道档案");
}

#[test]
fn a_damaged_archive_opens_and_its_problems_are_listed() {
    let mut desk = Desk::open();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/trailing-comma.json");
    desk.command(Command::Open(Source::File(path.clone())));
    assert!(desk.state(|state| matches!(state.notice, Some(Notice::Opened { problems: 1, .. }))));
    assert_eq!(desk.state(|state| state.settings.recents.clone()), [path]);
    desk.click("卷宗检查");
    assert!(desk.shows("多了一个逗号") && desk.shows("请删去这个逗号"));
}

/// Everything that can be pressed or typed into has a name, in every view and language.
#[test]
fn every_control_is_named() {
    for language in Language::ALL {
        let settings = Settings { language: Some(language), ..Settings::default() };
        let mut desk = Desk::new(bundled(), settings, Vec2::new(1366.0, 768.0));
        for route in routes(&bundled()) {
            desk.command(Command::Go(route));
            check_names(&desk, &format!("{language:?} {route:?}"));
        }
        for overlay in [Overlay::Shortcuts, Overlay::Settings, Overlay::Open, Overlay::AskCopyPath(photo(0))] {
            desk.command(Command::Show(overlay.clone()));
            check_names(&desk, &format!("{language:?} {overlay:?}"));
            desk.command(Command::CloseOverlay);
        }
    }
}

fn check_names(desk: &Desk, place: &str) {
    let controls =
        [Role::Button, Role::Link, Role::TextInput, Role::RadioButton, Role::Slider, Role::Image, Role::MenuItem];
    for node in desk.harness.root().children_recursive() {
        let node = node.accesskit_node();
        if controls.contains(&node.role()) {
            let name = node.label().or(node.value()).unwrap_or_default();
            assert!(!name.trim().is_empty(), "a {:?} without a name in {place}", node.role());
        }
    }
}

fn routes(archive: &Archive) -> Vec<Route> {
    let sections = archive.section_ids().map(Route::Section);
    let photos = archive.photo_ids().map(Route::Photo);
    let about = archive.report_ids().map(Route::About);
    [Route::Cover, Route::Gallery, Route::Figures].into_iter().chain(about).chain(sections).chain(photos).collect()
}

#[test]
fn tab_reaches_the_controls_and_enter_presses_them() {
    let mut desk = Desk::open();
    for _ in 0..40 {
        desk.press(Modifiers::NONE, Key::Tab);
        let focused = desk.harness.root().children_recursive().find(|node| node.accesskit_node().is_focused());
        let name = focused.and_then(|node| node.accesskit_node().label());
        if name.as_deref() == Some("图集") {
            desk.press(Modifiers::NONE, Key::Enter);
            assert_eq!(desk.route(), Route::Gallery);
            return;
        }
    }
    panic!("the gallery is not reached by Tab");
}

#[test]
fn whatever_an_archive_holds_is_drawn_at_every_size() {
    let long = "很长的标题".repeat(60);
    let body = "# 一\n\n段落**重***斜*~~删~~`码`[内](section:s)[外](https://example.org)[坏](section:no)脚注[^1]。\n\n\
                - 项\n  1. 里\n- [x] 做了\n\n> 引\n>> 再引\n\n| 甲 | 乙 |\n|--:|:-:|\n| 1 | 很长很长很长很长很长的一格 |\n\n\
                ---\n\n```\ncode\n```\n\n![图](photo:p)\n\n![外图](https://example.org/x.png)\n\n<b>标签</b>\n\n\
                English words, (brackets) and 1,340.87.\n\n[^1]: 注。";
    let section = |id: &str, title: &str, body: &str| {
        format!(r#"{{"id": "{id}", "title": {}, "body": {}}}"#, quoted(title), quoted(body))
    };
    let odd = format!(
        r#"{{"format": 1, "title": {}, "reports": [
            {{"id": "r", "title": {}, "sections": [{}, {}, {}], "photos": [{{"id": "p"}}, {{"id": "q", "caption": {}, "file": "gone.jpg"}}]}},
            {{"id": "e", "title": "空", "kicker": "上\n下"}}]}}"#,
        quoted(&long),
        quoted(&long),
        section("s", &long, body),
        section("t", "", ""),
        section("u", "短", &"字".repeat(20_000)),
        quoted(&long)
    );
    for text in [odd.as_str(), r#"{"format": 1, "title": "", "reports": []}"#] {
        for (width, height) in [(480.0, 400.0), (1366.0, 768.0), (1080.0, 1920.0)] {
            for (theme, steps) in [(Theme::Light, -9), (Theme::Dark, 0), (Theme::HighContrast, 9)] {
                let mut settings = Settings { theme, ..Settings::default() };
                settings.text_size = settings.text_size.step(steps);
                let archive = || load_text(text, Source::Embedded).expect("an archive");
                let mut desk = Desk::new(archive(), settings, Vec2::new(width, height));
                for route in routes(&archive()) {
                    desk.command(Command::Go(route));
                }
            }
        }
    }
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
