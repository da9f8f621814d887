//! The same views for fingers, unattended: a large bar around them, and what the screen shows when nobody is there.

mod attract;
mod bar;
mod code;
mod corner;
mod counting;
mod dark;
mod find;
mod idle;
mod keyboard;
mod keys;
mod locks;
mod pad;
mod scenes;
mod staff;

use egui::{Context, Frame, Panel, Rect, Ui, UiBuilder, vec2};

use crate::app::{Command, Exhibition, ExhibitionRules, Job, Now, Phase, Sheet, State, Turn};
use crate::kiosk::clock::LocalTime;
use crate::kiosk::settings::KioskSettings;
use crate::kiosk::watch::{Leave, Pulse, Request};

use super::ViewContext;
use super::contents::contents_ui;
use super::views::Views;
use code::Code;
use corner::Corner;
use counting::Counting;
use locks::Locks;
use pad::Pad;

/// A column of the contents, in points.
const CONTENTS_WIDTH: f32 = 760.0;

/// What an exhibition starts with.
pub struct Exhibiting {
    pub settings: KioskSettings,
    /// What the parent asks for, and why the viewer ends.
    pub pulse: Pulse,
    /// Date and time where the exhibition stands.
    pub clock: Box<dyn Fn() -> LocalTime>,
}

/// The exhibition around the views.
pub(crate) struct Hall {
    start: Exhibiting,
    exhibition: Exhibition,
    /// Since when it is what it is, in seconds.
    since: f64,
    /// When the dark screen was last touched.
    touched: Option<f64>,
    corner: Corner,
    pad: Pad,
    code: Code,
    counting: Counting,
}

impl Hall {
    /// `ctx` is locked: no key, drop, paste or second button reaches it from now on, and nothing leaves it.
    pub fn new(ctx: &Context, start: Exhibiting, rules: ExhibitionRules) -> Self {
        ctx.add_plugin(Locks::default());
        let now = Now { secs: 0.0, local: (start.clock)() };
        Self {
            exhibition: Exhibition::new(rules, now),
            start,
            since: 0.0,
            touched: None,
            corner: Corner::default(),
            pad: Pad::default(),
            code: Code::default(),
            counting: Counting::default(),
        }
    }

    pub fn settings(&self) -> &KioskSettings {
        &self.start.settings
    }

    /// Whether the viewer may end now. Nothing else closes it.
    pub fn may_close(&self) -> bool {
        match self.start.pulse.request() {
            Some(Request::End | Request::RestartNow) => true,
            Some(Request::RestartWhenIdle) => self.exhibition.is_empty(),
            None => self.start.pulse.is_leaving(),
        }
    }

    /// The viewer is about to end.
    pub fn leave(&self, why: Leave) {
        self.start.pulse.leave(why);
    }

    /// What has been counted and not been written yet.
    pub fn counted(&mut self) -> Option<Job> {
        self.counting.take()
    }

    /// Counts what has come about since the last frame; what is to be written now, if anything.
    pub fn count(&mut self, ctx: &Context, turn: Option<Turn>, state: &State) -> Option<Job> {
        if !self.exhibition.rules().statistics {
            return None;
        }
        let now = self.now(ctx);
        self.counting.frame(now, turn, state)
    }

    fn now(&self, ctx: &Context) -> Now {
        Now { secs: ctx.input(|i| i.time), local: (self.start.clock)() }
    }

    /// Begins a frame. What has just come about is to be followed before anything is drawn.
    pub fn step(&mut self, ctx: &Context, sheet: Sheet) -> Option<Turn> {
        let now = self.now(ctx);
        let used = locks::is_used(ctx);
        let before = self.exhibition.phase();
        let turn = self.exhibition.step(now, used, sheet);
        if before != self.exhibition.phase() {
            self.since = now.secs;
        }
        if used && before == Phase::Dark {
            self.touched = Some(now.secs);
        }
        turn
    }

    pub fn ui(&mut self, cx: &mut ViewContext<'_>, ui: &mut Ui, views: &mut Views) {
        let now = self.now(ui.ctx());
        let rules = self.exhibition.rules();
        if rules.pin_hash.is_some()
            && self.corner.is_held(ui.ctx(), rules.staff_hold_secs)
            && !cx.state.sheet.is_for_staff()
        {
            cx.push(Command::ShowSheet(Sheet::Pin));
        }
        match self.exhibition.phase() {
            Phase::Attract => attract::attract_ui(cx, ui, now.secs, self.exhibition.rules().attract_secs_per_scene),
            Phase::Dark => {
                let asked = self.touched.is_some_and(|at| now.secs - at < dark::SHOWN_SECS);
                dark::dark_ui(cx, ui, asked, self.exhibition.opens_in(now));
            }
            Phase::Visit | Phase::Asking { .. } | Phase::Staff => {
                visit_ui(cx, ui, views, &mut self.pad, &mut self.code)
            }
        }
        if let Some(left) = self.exhibition.secs_left(now) {
            idle::asking_ui(cx, ui, left);
        }
    }
}

/// The views with the bar below them, or a sheet in their place.
fn visit_ui(cx: &mut ViewContext<'_>, ui: &mut Ui, views: &mut Views, pad: &mut Pad, code: &mut Code) {
    let frame = Frame::NONE.fill(cx.palette.page);
    Panel::bottom("exhibition bar").exact_size(bar::HEIGHT).frame(frame).resizable(false).show(ui, |ui| {
        bar::bar_ui(cx, ui);
    });
    egui::CentralPanel::no_frame().show(ui, |ui| match cx.state.sheet {
        Sheet::Contents => {
            ui.painter().rect_filled(ui.max_rect(), 0, cx.palette.desk);
            let all = ui.max_rect();
            let column = Rect::from_center_size(all.center(), vec2(all.width().min(CONTENTS_WIDTH), all.height()));
            let mut column = ui.new_child(UiBuilder::new().max_rect(column));
            contents_ui(cx, &mut column, &mut views.contents);
        }
        Sheet::Pin => pad::pad_ui(cx, ui, pad),
        Sheet::Staff => staff::staff_ui(cx, ui),
        Sheet::Find => find::find_ui(cx, ui),
        Sheet::Code => code::code_ui(cx, ui, code),
        Sheet::None => views.page_ui(cx, ui),
    });
}
