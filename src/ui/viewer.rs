//! The program without its window: takes in what happened, draws, and carries out what was asked for.

use std::sync::Arc;
use std::time::Duration;

use egui::{Context, Event, Frame, Key, Margin, Panel, Ui};

use crate::app::{
    Command, Effect, Location, Notice, Route, Settings, Shell, State, Theme, Turn, apply, begin, on_event, open,
};
use crate::archive::Source;
use crate::export::clip::CopyForm;
use crate::folders::Folders;
use crate::library::Library;
use crate::text::Language;
use crate::worker::{Executor, Pool, Report};

use super::ViewContext;
use super::contents::contents_ui;
use super::exhibition::{Exhibiting, Hall};
use super::export::exporting_ui;
use super::overlays::{Overlays, drop_ui, loading_ui, notice_ui, overlay_ui};
use super::pictures::Pictures;
use super::reader::copy_selection;
use super::results::results_ui;
use super::shortcuts;
use super::theme::{self, NARROW, Palette, SIDE_PANEL_WIDTH, TOP_BAR_HEIGHT, space};
use super::top_bar::{SearchBox, top_bar_ui};
use super::views::Views;

/// How long a message that tells of no problem stays, in seconds.
const NOTICE_SECS: f64 = 5.0;

/// A window with a side shorter than that shows nothing, in points. Not every system keeps to the least size asked for.
pub const LEAST: f32 = 240.0;

/// What a viewer starts with.
pub struct Start {
    pub library: Library,
    pub settings: Settings,
    /// The language of those who have not chosen one.
    pub system_language: Language,
    pub folders: Folders,
    pub executor: Executor,
    /// For fingers, unattended.
    pub exhibition: Option<Exhibiting>,
}

/// The viewer: state, threads, and what the views keep between frames.
pub struct Viewer {
    state: State,
    pool: Pool,
    pictures: Pictures,
    search: SearchBox,
    views: Views,
    overlays: Overlays,
    hall: Option<Hall>,
    /// By how much everything was larger than usual in the last frame.
    zoomed: f32,
    /// The theme that egui's own widgets have.
    theme: Theme,
    /// The message being shown, by its serial number, and since when.
    notice_since: Option<(u64, f64)>,
    /// Since when an archive is being read.
    loading_since: Option<f64>,
    quit: bool,
}

impl Viewer {
    /// `ctx` gets the program's fonts, so this must come before its first frame.
    pub fn new(ctx: &Context, start: Start) -> Self {
        super::fonts::install(ctx);
        let theme = start.settings.theme;
        theme::apply(ctx, theme);
        // Ctrl and + or − change the text's size, which reflows, not the window's.
        ctx.options_mut(|options| options.zoom_with_keyboard = false);
        let wake = ctx.clone();
        let library = Arc::new(start.library);
        let shell = match &start.exhibition {
            None => Shell::office(),
            Some(exhibiting) => Shell::exhibition(&exhibiting.settings),
        };
        ctx.set_zoom_factor(start.settings.zoom() * shell.metrics.zoom);
        let hall = start.exhibition.zip(shell.exhibition.clone());
        let hall = hall.map(|(exhibiting, rules)| Hall::new(ctx, exhibiting, rules));
        let mut viewer = Self {
            state: State::in_shell(shell, library, start.settings, start.system_language),
            pool: Pool::new(start.executor, start.folders, move || wake.request_repaint()),
            pictures: Pictures::default(),
            search: SearchBox::default(),
            views: Views::default(),
            overlays: Overlays::default(),
            hall,
            zoomed: 0.0,
            theme,
            notice_since: None,
            loading_since: None,
            quit: false,
        };
        let effects = begin(&mut viewer.state);
        viewer.carry_out(ctx, effects);
        viewer
    }

    pub fn state(&self) -> &State {
        &self.state
    }

    /// Shows where the reader was when the program was last closed, if that is in the open library.
    pub fn resume(&mut self) {
        let Some(place) = self.state.settings.last_place.clone() else { return };
        let Some(archive) = self.state.library.archive_at(place.archive.as_deref()) else { return };
        let Some(route) = Route::from_key(&place.route, self.state.library.archive(archive)) else { return };
        if let Route::Section(section) = route {
            self.views.reader.begin_at(archive, section, place.offset);
        }
        let history = &mut self.state.history;
        if route != Route::Shelf {
            history.go(Location { archive, route: Route::Cover });
            history.go(Location { archive, route });
        }
    }

    /// Shows a message at the first frame.
    pub fn notify(&mut self, notice: Notice) {
        self.state.tell(notice);
    }

    /// Carries out a command as if it had been asked for in the last frame.
    pub fn command(&mut self, ctx: &Context, command: Command) {
        let effects = apply(&mut self.state, command);
        self.carry_out(ctx, effects);
    }

    /// Whether the program was asked to end.
    pub fn wants_to_quit(&self) -> bool {
        self.quit
    }

    /// Ends the threads; settings that were changed are written.
    pub fn finish(&mut self) {
        if let Some(job) = self.hall.as_mut().and_then(Hall::counted) {
            self.pool.run(job);
        }
        self.pool.finish();
    }

    /// Reads another library in place of this one.
    pub fn open(&mut self, ctx: &Context, source: Source) {
        let effects = open(&mut self.state, source);
        self.carry_out(ctx, effects);
    }

    /// Whether the window may close now.
    pub fn may_close(&self) -> bool {
        self.hall.as_ref().is_none_or(Hall::may_close)
    }

    /// One frame.
    pub fn ui(&mut self, ui: &mut Ui) {
        let ctx = ui.ctx().clone();
        self.take_in(&ctx);
        let turn = self.hall.as_mut().and_then(|hall| hall.step(&ctx, self.state.sheet));
        if let Some(Turn::End { .. }) = turn {
            self.begin_anew(&ctx);
        }
        if let Some(job) = self.hall.as_mut().and_then(|hall| hall.count(&ctx, turn, &self.state)) {
            self.pool.run(job);
        }
        self.views.reader.turn_to(self.state.archive_id());
        let mut commands = Vec::new();
        if self.hall.is_none() {
            commands.extend(dropped_files(&ctx));
            commands.extend(shortcuts::pressed(ui, &self.state, self.search.composing));
        }
        let mut cx = ViewContext {
            state: &self.state,
            words: self.state.words(),
            palette: Palette::of(self.state.settings.theme),
            pictures: &mut self.pictures,
            commands: &mut commands,
        };
        match &mut self.hall {
            _ if ui.available_size().min_elem() < LEAST => {}
            Some(hall) => hall.ui(&mut cx, ui, &mut self.views),
            None => {
                selection_keys(&mut cx, ui, &mut self.views);
                office_ui(&mut cx, ui, &mut self.views, &mut self.search);
                overlay_ui(&mut cx, &ctx, &mut self.overlays);
                notice_ui(&mut cx, &ctx);
                exporting_ui(&mut cx, &ctx);
                drop_ui(&cx, &ctx);
                let now = ctx.input(|i| i.time);
                if cx.state.loading.is_some() {
                    loading_ui(&mut cx, &ctx, now - *self.loading_since.get_or_insert(now));
                } else {
                    self.loading_since = None;
                }
            }
        }
        let archive = self.state.archive_key();
        for command in commands {
            // What one was asked of the archive that was drawn means something else in another.
            if self.state.archive_key() == archive || !command.is_of_the_archive() {
                self.command(&ctx, command);
            }
        }
        self.pass_notice(&ctx);
        // Another theme empties the font atlas when the next pass begins: nothing may be set between the two.
        if self.theme != self.state.settings.theme {
            self.theme = self.state.settings.theme;
            theme::apply(&ctx, self.theme);
            ctx.request_repaint();
        }
        self.zoom(&ctx);
        if let Some(wanted) = self.pictures.end_frame() {
            self.pool.want_pictures(wanted);
            ctx.request_repaint();
        }
    }

    /// Makes everything as large as is wanted.
    fn zoom(&mut self, ctx: &Context) {
        let now = ctx.zoom_factor();
        // In the frame in which that changes, sizes of before and after stand side by side.
        if std::mem::replace(&mut self.zoomed, now) == now {
            let monitor = ctx.input(|i| i.viewport().monitor_size).unwrap_or_default() * now;
            ctx.set_zoom_factor(self.state.settings.zoom() * self.state.shell.metrics.zoom_on(monitor.into()));
        }
    }

    /// Leaves nothing of a visitor for the next.
    fn begin_anew(&mut self, ctx: &Context) {
        let Some(hall) = &self.hall else { return };
        self.state.begin_anew(Settings::for_visit(hall.settings()));
        self.views = Views::default();
        self.search = SearchBox::default();
        self.overlays = Overlays::default();
        ctx.memory_mut(|memory| {
            memory.data.clear();
            memory.reset_areas();
            if let Some(focused) = memory.focused() {
                memory.surrender_focus(focused);
            }
        });
        ctx.request_repaint();
    }

    /// Takes in what the threads have done.
    fn take_in(&mut self, ctx: &Context) {
        let reports: Vec<Report> = self.pool.reports().collect();
        for report in reports {
            match report {
                Report::Job(event) => {
                    let effects = on_event(&mut self.state, event);
                    self.carry_out(ctx, effects);
                }
                Report::Picture(key, result) => self.pictures.receive(ctx, key, result),
            }
        }
    }

    fn carry_out(&mut self, ctx: &Context, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Run(job) => self.pool.run(job),
                Effect::CopyText(text) => ctx.copy_text(text),
                Effect::FocusSearch => self.search.take_focus = true,
                Effect::ForgetLibrary => {
                    self.pictures.forget(self.state.library_generation);
                    self.views = Views::default();
                    self.overlays = Overlays::default();
                    let (location, place) = (self.state.location(), &self.state.settings.last_place);
                    if let (Route::Section(section), Some(place)) = (location.route, place) {
                        self.views.reader.begin_at(location.archive, section, place.offset);
                    }
                }
                Effect::Leave(why) => {
                    if let Some(hall) = &self.hall {
                        hall.leave(why);
                    }
                }
                Effect::Quit => self.quit = true,
            }
        }
        ctx.request_repaint();
    }

    /// A message that tells of no problem goes away by itself.
    fn pass_notice(&mut self, ctx: &Context) {
        let now = ctx.input(|i| i.time);
        let passing = match &self.state.notice {
            Some(
                Notice::Opened { problems: 0, .. }
                | Notice::Copied { .. }
                | Notice::Printing
                | Notice::AddressCopied
                | Notice::CopySaved { .. },
            ) => true,
            Some(_) | None => false,
        };
        if !passing {
            self.notice_since = None;
            return;
        }
        let serial = self.state.notice_serial;
        let since = match self.notice_since {
            Some((shown, since)) if shown == serial => since,
            _ => now,
        };
        self.notice_since = Some((serial, since));
        if now - since >= NOTICE_SECS {
            self.state.notice = None;
            self.notice_since = None;
            ctx.request_repaint();
        } else {
            ctx.request_repaint_after(Duration::from_secs_f64(NOTICE_SECS - (now - since)));
        }
    }
}

/// The views with the bar above them, and contents or results beside them.
fn office_ui(cx: &mut ViewContext<'_>, ui: &mut Ui, views: &mut Views, search: &mut SearchBox) {
    let palette = cx.palette;
    if let Route::Photo(_) = cx.state.route() {
        views.page_ui(cx, ui);
        return;
    }
    let bar = Frame::NONE.fill(palette.page).inner_margin(Margin::symmetric(space::S as i8, 0));
    Panel::top("bar").exact_size(TOP_BAR_HEIGHT).frame(bar).resizable(false).show(ui, |ui| {
        top_bar_ui(cx, ui, search);
    });
    let searching = !cx.state.search.is_idle();
    let on_shelf = cx.state.route() == Route::Shelf;
    let side = searching || !cx.state.settings.contents_hidden && !on_shelf;
    let narrow = ui.available_width() < NARROW;
    if side {
        let width = if narrow { ui.available_width() * 0.42 } else { SIDE_PANEL_WIDTH };
        let frame = Frame::NONE.fill(palette.desk);
        Panel::left("side").exact_size(width).frame(frame).resizable(false).show(ui, |ui| {
            if searching {
                results_ui(cx, ui, &mut views.results);
            } else {
                contents_ui(cx, ui, &mut views.contents);
            }
        });
    }
    egui::CentralPanel::no_frame().show(ui, |ui| views.page_ui(cx, ui));
}

/// Copying and selecting all of the page's text, where no text field has the keyboard.
fn selection_keys(cx: &mut ViewContext<'_>, ui: &Ui, views: &mut Views) {
    if ui.ctx().text_edit_focused() || cx.state.overlay.is_some() {
        return;
    }
    let reader = &mut views.reader;
    if ui.input(|i| i.events.contains(&Event::Copy)) {
        copy_selection(cx, reader, CopyForm::Plain);
    }
    let cite = egui::Modifiers::COMMAND | egui::Modifiers::SHIFT;
    if ui.input_mut(|i| i.consume_key(cite, Key::C)) {
        copy_selection(cx, reader, CopyForm::WithCitation);
    }
    if ui.input_mut(|i| i.consume_key(egui::Modifiers::COMMAND, Key::A)) {
        reader.select_all(cx);
    }
    if reader.selection(cx).is_some() && ui.input_mut(|i| i.consume_key(egui::Modifiers::NONE, Key::Escape)) {
        reader.clear_selection();
    }
}

/// An archive or folder dropped on the window is opened.
fn dropped_files(ctx: &Context) -> Vec<Command> {
    let path = ctx.input(|i| i.raw.dropped_files.first().map(|file| file.path().to_owned()));
    path.map(|path| Command::Open(Source::at(&path))).into_iter().collect()
}
