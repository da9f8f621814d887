//! The viewer on a desk: frames without a window, and what stands in its accessibility tree.

use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;

use egui::accesskit::Role;
use egui::{DroppedFile, Event, Key, Modifiers, OutputCommand, PointerButton, Pos2, Rect, TexturesDelta, Vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use egui_kittest::{Harness, Node, TestRenderer};
use juanzong::app::{Command, Route, Settings, State};
use juanzong::archive::{Archive, PhotoId, SectionId, Source, load, load_text};
use juanzong::folders::Folders;
use juanzong::library::Library;
use juanzong::painter::Canvas;
use juanzong::text::Language;
use juanzong::ui::{Exhibiting, Start, Viewer};
use juanzong::worker::Executor;

/// The window that most tests look at.
pub const WINDOW: Vec2 = Vec2::new(1366.0, 768.0);

/// A viewer whose jobs are done at once, and the frames that it draws. A character without a glyph panics.
pub struct Desk {
    pub harness: Harness<'static>,
    viewer: Rc<RefCell<Option<Viewer>>>,
    canvas: Rc<RefCell<Canvas>>,
    folder: tempfile::TempDir,
}

/// Hands the textures of every frame to the canvas.
struct Textures(Rc<RefCell<Canvas>>);

impl TestRenderer for Textures {
    fn handle_delta(&mut self, delta: &mut TexturesDelta) {
        self.0.borrow_mut().update_textures(delta);
    }
}

pub fn bundled() -> Archive {
    load(Source::Embedded).expect("the bundled archive")
}

/// An archive from its text.
pub fn archive(text: &str) -> Archive {
    load_text(text, Source::Embedded).expect("an archive")
}

pub fn section(index: usize) -> SectionId {
    bundled().section_ids().nth(index).expect("a section")
}

pub fn photo(index: usize) -> PhotoId {
    bundled().photo_ids().nth(index).expect("a photo")
}

pub fn fixture(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name);
    std::path::absolute(path).expect("a path")
}

/// Every place that an archive has.
pub fn routes(archive: &Archive) -> Vec<Route> {
    let sections = archive.section_ids().map(Route::Section);
    let photos = archive.photo_ids().map(Route::Photo);
    let about = archive.report_ids().map(Route::About);
    [Route::Cover, Route::Gallery, Route::Figures].into_iter().chain(about).chain(sections).chain(photos).collect()
}

impl Desk {
    pub fn new(library: impl Into<Library>, settings: Settings, size: Vec2) -> Self {
        Self::with(library, settings, size, |_| {})
    }

    /// `prepare` is what the program does before the first frame.
    pub fn with(library: impl Into<Library>, settings: Settings, size: Vec2, prepare: fn(&mut Viewer)) -> Self {
        Self::start(library.into(), settings, None, size, prepare)
    }

    /// An exhibition on a screen of that many of its points.
    pub fn exhibition(library: impl Into<Library>, exhibiting: Exhibiting, size: Vec2) -> Self {
        let settings = Settings::for_visit(&exhibiting.settings);
        Self::start(library.into(), settings, Some(exhibiting), size, |_| {})
    }

    /// Where an exhibition keeps its own.
    pub fn own_folder(&self) -> PathBuf {
        juanzong::kiosk::own_folder(Some(self.folder.path()))
    }

    fn start(
        library: Library,
        settings: Settings,
        exhibition: Option<Exhibiting>,
        size: Vec2,
        prepare: fn(&mut Viewer),
    ) -> Self {
        let viewer: Rc<RefCell<Option<Viewer>>> = Rc::default();
        let canvas = Rc::new(RefCell::new(Canvas::new(1, 1, 1)));
        let folder = tempfile::tempdir().expect("a folder");
        let settings_folder = exhibition.is_some().then(|| folder.path().to_owned());
        let folders = Folders { settings: settings_folder, indexes: None };
        let (made, drawn) = (Rc::clone(&viewer), Rc::clone(&viewer));
        let harness = Harness::builder()
            .with_size(size)
            .with_context_setup(move |ctx| {
                let start = Start {
                    library,
                    settings,
                    system_language: Language::ZhCn,
                    folders,
                    executor: Executor::Inline,
                    exhibition,
                };
                let mut viewer = Viewer::new(ctx, start);
                prepare(&mut viewer);
                *made.borrow_mut() = Some(viewer);
            })
            .renderer(Textures(Rc::clone(&canvas)))
            .build_ui(move |ui| drawn.borrow_mut().as_mut().expect("made before the first frame").ui(ui));
        let mut desk = Self { harness, viewer, canvas, folder };
        desk.steps();
        desk
    }

    pub fn open() -> Self {
        Self::new(bundled(), Settings::default(), WINDOW)
    }

    /// High enough for a whole page.
    pub fn tall() -> Self {
        Self::new(bundled(), Settings::default(), Vec2::new(1366.0, 3000.0))
    }

    /// Lets seconds go by in one frame, and draws a few more.
    pub fn wait(&mut self, secs: f64) {
        let now = self.harness.ctx.input(|i| i.time);
        self.harness.input_mut().time = Some(now + secs);
        self.harness.step();
        self.harness.input_mut().time = None;
        self.steps();
    }

    pub fn steps(&mut self) {
        self.harness.run_steps(6);
    }

    pub fn state<R>(&self, read: impl FnOnce(&State) -> R) -> R {
        read(self.viewer.borrow().as_ref().expect("a viewer").state())
    }

    pub fn route(&self) -> Route {
        self.state(State::route)
    }

    pub fn words(&self) -> String {
        self.state(|state| state.search.words.clone())
    }

    pub fn may_close(&self) -> bool {
        self.viewer.borrow().as_ref().is_some_and(Viewer::may_close)
    }

    pub fn wants_to_quit(&self) -> bool {
        self.viewer.borrow().as_ref().is_some_and(Viewer::wants_to_quit)
    }

    pub fn command(&mut self, command: Command) {
        let ctx = self.harness.ctx.clone();
        self.viewer.borrow_mut().as_mut().expect("a viewer").command(&ctx, command);
        self.steps();
    }

    pub fn go(&mut self, route: Route) {
        self.command(Command::Go(route));
    }

    pub fn press(&mut self, modifiers: Modifiers, key: Key) {
        self.harness.key_press_modifiers(modifiers, key);
        self.steps();
    }

    pub fn key(&mut self, key: Key) {
        self.press(Modifiers::NONE, key);
    }

    pub fn event(&mut self, event: Event) {
        self.harness.event(event);
        self.steps();
    }

    pub fn type_text(&mut self, text: &str) {
        self.event(Event::Text(text.to_owned()));
    }

    /// Puts words in the search box, as a person would.
    pub fn search(&mut self, words: &str) {
        self.press(Modifiers::COMMAND, Key::F);
        self.type_text(words);
    }

    /// Presses the first thing whose name contains `name`.
    pub fn click(&mut self, name: &str) {
        self.harness.get_all_by_label_contains(name).next().expect("shown").click();
        self.steps();
    }

    /// Presses the only thing with that role and exactly that name.
    pub fn click_one(&mut self, role: Role, name: &str) {
        self.harness.get_by_role_and_label(role, name).click();
        self.steps();
    }

    pub fn mouse(&mut self, button: PointerButton, pos: Pos2) {
        for pressed in [true, false] {
            self.harness.event(Event::PointerButton { pos, button, pressed, modifiers: Modifiers::NONE });
        }
        self.steps();
    }

    /// Presses the mouse at one place, moves it, lets go at another.
    pub fn drag(&mut self, from: Pos2, to: Pos2) {
        self.harness.hover_at(from);
        self.harness.drag_at(from);
        for part in 1..=4 {
            self.harness.hover_at(from + (to - from) * (part as f32 / 4.0));
        }
        self.harness.drop_at(to);
        self.steps();
    }

    /// Drops a file on the window.
    pub fn drop_file(&mut self, path: PathBuf) {
        self.harness.input_mut().dropped_files.push(Arc::new(Dropped(path)));
        self.steps();
    }

    pub fn shows(&self, words: &str) -> bool {
        self.harness.query_all_by_label_contains(words).next().is_some()
    }

    pub fn names(&self, role: Role) -> Vec<String> {
        self.nodes(role).filter_map(|node| node.accesskit_node().label()).collect()
    }

    pub fn nodes(&self, role: Role) -> impl DoubleEndedIterator<Item = Node<'_>> {
        self.harness.query_all_by_role(role)
    }

    /// What is in the only text field.
    pub fn typed(&self) -> String {
        self.harness.get_by_role(Role::TextInput).value().unwrap_or_default()
    }

    /// What is in the text field of that name.
    pub fn typed_in(&self, name: &str) -> String {
        self.harness.get_by_role_and_label(Role::TextInput, name).value().unwrap_or_default()
    }

    /// What is read out of the photo that is looked at.
    pub fn picture(&self) -> String {
        self.harness.get_by_role(Role::Image).accesskit_node().label().expect("the picture is named")
    }

    /// How large it is read out to be.
    pub fn percent(&self) -> u32 {
        let name = self.picture();
        name.rsplit(' ').next().and_then(|last| last.strip_suffix('%')?.parse().ok()).expect("a percentage")
    }

    /// The name of what has the keyboard.
    pub fn focused(&self) -> Option<String> {
        let focused = self.harness.root().children_recursive().find(|node| node.accesskit_node().is_focused());
        focused.and_then(|node| node.accesskit_node().label())
    }

    /// What the screen shows: columns, rows, and red, green and blue bytes.
    pub fn picture_of_screen(&mut self) -> (usize, usize, Vec<u8>) {
        self.harness.step();
        let output = self.harness.output();
        let scale = output.pixels_per_point;
        let primitives = self.harness.ctx.tessellate(output.shapes.clone(), scale);
        let size = self.harness.ctx.content_rect().size() * scale;
        let (width, height) = (size.x.round() as usize, size.y.round() as usize);
        let mut canvas = self.canvas.borrow_mut();
        canvas.resize(width, height);
        canvas.paint(&primitives, scale, egui::Color32::BLACK);
        (width, height, canvas.rgb())
    }

    /// What the next frame puts on the clipboard.
    pub fn copied(&mut self) -> Option<String> {
        self.harness.step();
        self.harness.output().platform_output.commands.iter().find_map(|command| match command {
            OutputCommand::CopyText(text) => Some(text.clone()),
            _ => None,
        })
    }

    /// Where the first thing whose name contains `name` stands.
    pub fn place_of(&self, name: &str) -> Rect {
        self.harness.get_all_by_label_contains(name).next().expect("shown").rect()
    }
}

#[derive(Debug)]
struct Dropped(PathBuf);

impl DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        Err("the viewer reads archives by their path".to_owned())
    }
}

/// Saves what is shown as `name` if `JUANZONG_PICTURES` names a folder, for whoever wants to look.
pub fn keep(name: &str, (width, height, rgb): &(usize, usize, Vec<u8>)) {
    if let Some(folder) = std::env::var_os("JUANZONG_PICTURES") {
        let path = Path::new(&folder).join(name);
        image::save_buffer(path, rgb, *width as u32, *height as u32, image::ColorType::Rgb8).expect("a picture");
    }
}
