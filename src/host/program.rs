//! What every window does, whatever draws it.

use egui::{Ui, ViewportCommand};
use egui_winit::winit::window::Window;

use crate::app::{Command, Notice, Route, WindowPlace};
use crate::archive::Source;
use crate::kiosk::watch::{BEAT, Pulse};
use crate::ui::{Exhibiting, Start, Viewer};

use super::place::{bring_into_sight, keep_full_screen};
use super::window_title;

/// The viewer in a window, whatever draws it.
pub(super) struct Program {
    viewer: Viewer,
    title: String,
    /// Where the window was when it was last told of.
    place: Option<WindowPlace>,
    /// Until the window is seen: whether it fills the screen.
    coming: Option<bool>,
    /// Of an exhibition, and the monitor that it fills.
    pulse: Option<(Pulse, usize)>,
}

impl Program {
    pub fn new(ctx: &egui::Context, start: Start, late: Option<Source>, notice: Option<Notice>) -> Self {
        let place = start.settings.window;
        let coming = place.is_some_and(|place| place.maximized);
        let pulse = start.exhibition.as_ref().map(|exhibiting| (exhibiting.pulse.clone(), monitor(exhibiting)));
        let title = String::new();
        let mut viewer = Viewer::new(ctx, start);
        viewer.resume();
        if let Some(notice) = notice {
            viewer.notify(notice);
        }
        if let Some(source) = late {
            viewer.open(ctx, source);
        }
        Self { viewer, title, place, coming: Some(coming), pulse }
    }

    /// Notes where the window is; it is kept when the window closes.
    fn remember_place(&mut self, ctx: &egui::Context) {
        // A window opens before the viewer has made everything larger.
        let zoom = ctx.zoom_factor();
        let place = ctx.input(|i| {
            let viewport = i.viewport();
            if viewport.minimized == Some(true) {
                // It goes back to where it was.
                return None;
            }
            // Wayland does not tell where a window is.
            let size = viewport.inner_rect.map_or(i.content_rect().size(), |rect| rect.size()) * zoom;
            let maximized = viewport.maximized.unwrap_or(false);
            let position = viewport.outer_rect.map(|rect| (rect.min.to_vec2() * zoom).into());
            (size.x > 0.0).then_some(WindowPlace { size: size.into(), position, maximized })
        });
        let Some(mut place) = place else { return };
        if place.maximized {
            // What the window goes back to is worth more than the size of the screen.
            let before = self.place.unwrap_or_default();
            place = WindowPlace { maximized: true, ..before };
        }
        self.place = Some(place);
    }

    /// What is seen in a frame.
    pub fn ui(&mut self, ui: &mut Ui) {
        self.viewer.ui(ui);
        let (ctx, state) = (ui.ctx(), self.viewer.state());
        let title = match state.route() {
            Route::Shelf => state.library.title(),
            _ => state.archive().title.as_str().into(),
        };
        let title = window_title(&title, state.language());
        // Readers of screens do not ask the window manager.
        ctx.accesskit_node_builder(egui::accesskit_root_id(), |window| window.set_label(title.as_str()));
        if title != self.title {
            ctx.send_viewport_cmd(ViewportCommand::Title(title.clone()));
            self.title = title;
        }
    }

    /// What is to be done before every frame, and where none is drawn since nobody would see it: to show that the program
    /// lives, to keep or remember where the window is, and to close it.
    pub fn look_after(&mut self, ctx: &egui::Context, window: Option<&Window>) {
        if let Some((pulse, monitor)) = &self.pulse {
            pulse.beat();
            ctx.request_repaint_after(BEAT);
            if let Some(window) = window {
                keep_full_screen(window, *monitor);
            }
        } else if let (Some(window), Some(maximized)) = (window, self.coming)
            // What is not shown yet cannot be put anywhere.
            && window.is_visible() != Some(false)
        {
            self.coming = None;
            bring_into_sight(window, maximized);
        }
        self.remember_place(ctx);
        let closing = ctx.input(|i| i.viewport().close_requested());
        let may_close = self.viewer.may_close();
        if self.viewer.wants_to_quit() || self.pulse.is_some() && may_close {
            ctx.send_viewport_cmd(ViewportCommand::Close);
        } else if closing && !may_close {
            ctx.send_viewport_cmd(ViewportCommand::CancelClose);
        }
        if closing && let Some(place) = self.place {
            self.viewer.command(ctx, Command::WindowMoved(place));
        }
    }

    /// To be called when the window is gone.
    pub fn finish(&mut self) {
        self.viewer.finish();
    }
}

/// The monitor that an exhibition fills, from 0.
pub(super) fn monitor(exhibiting: &Exhibiting) -> usize {
    exhibiting.settings.monitor.saturating_sub(1) as usize
}

#[cfg(test)]
pub(super) mod tests {
    use egui::{Context, Pos2, RawInput, Rect, ViewportEvent, ViewportId, ViewportInfo, vec2};

    use super::*;
    use crate::app::Settings;
    use crate::archive::load;
    use crate::folders::Folders;
    use crate::library::Library;
    use crate::text::Language;
    use crate::worker::Executor;

    /// The viewer on the bundled archive, writing nothing anywhere.
    pub fn program(ctx: &Context, exhibition: Option<Exhibiting>) -> Program {
        let start = Start {
            library: Library::new(load(Source::Embedded).expect("the bundled archive")),
            settings: Settings::default(),
            system_language: Language::En,
            folders: Folders::default(),
            executor: Executor::Inline,
            exhibition,
        };
        Program::new(ctx, start, None, None)
    }

    /// What the window system says of a window.
    fn input(minimized: bool, events: Vec<ViewportEvent>) -> RawInput {
        let rect = Rect::from_min_size(Pos2::new(100.0, 90.0), vec2(900.0, 600.0));
        let rect = (!minimized).then_some(rect);
        let info = ViewportInfo {
            inner_rect: rect,
            outer_rect: rect,
            minimized: Some(minimized),
            events,
            ..ViewportInfo::default()
        };
        let viewports = std::iter::once((ViewportId::ROOT, info)).collect();
        RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, vec2(900.0, 600.0))),
            viewports,
            ..RawInput::default()
        }
    }

    fn frame(ctx: &Context, program: &mut Program, input: RawInput) -> egui::PlatformOutput {
        let mut output = ctx.run_ui(input, |ui| {
            program.look_after(ui.ctx(), None);
            program.ui(ui);
        });
        output.textures_delta.clear();
        output.platform_output
    }

    #[test]
    fn a_window_that_is_closed_while_it_is_put_away_is_remembered_where_it_was() {
        let ctx = Context::default();
        let mut program = program(&ctx, None);
        frame(&ctx, &mut program, input(false, Vec::new()));
        frame(&ctx, &mut program, input(true, Vec::new()));
        // OpenGL draws nothing that is not seen.
        let _ = ctx.run_logic(&input(true, vec![ViewportEvent::Close]), |ctx| program.look_after(ctx, None));
        let place = WindowPlace { size: [900.0, 600.0], position: Some([100.0, 90.0]), maximized: false };
        assert_eq!(program.viewer.state().settings.window, Some(place));
    }

    /// What is called a point grows with the text, and the next window opens before that.
    #[test]
    fn a_window_with_everything_larger_does_not_shrink_from_start_to_start() {
        let ctx = Context::default();
        ctx.set_zoom_factor(1.5);
        let mut program = program(&ctx, None);
        frame(&ctx, &mut program, input(false, Vec::new()));
        program.remember_place(&ctx);
        let place = program.place.expect("a place");
        assert_eq!((place.size, place.position), ([1350.0, 900.0], Some([150.0, 135.0])));
    }

    #[test]
    fn the_window_has_a_name_for_those_who_do_not_see_it() {
        let ctx = Context::default();
        ctx.enable_accesskit();
        let mut program = program(&ctx, None);
        let output = frame(&ctx, &mut program, input(false, Vec::new()));
        let update = output.accesskit_update.expect("a tree");
        let root = update.tree.expect("a root").root;
        let (_, window) = update.nodes.iter().find(|(id, _)| *id == root).expect("the window");
        assert_eq!(window.label(), Some(program.title.as_str()));
    }
}
