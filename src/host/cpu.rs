//! The window without a graphics card: the program's own painter, shown through the system's plainest way.

use std::num::NonZeroU32;
use std::rc::Rc;
use std::time::{Duration, Instant};

use eframe::UserEvent;
use egui::{Context, RawInput, ViewportCommand, ViewportEvent, ViewportId, ViewportInfo};
use egui_winit::accesskit_winit;
use egui_winit::winit::application::ApplicationHandler;
use egui_winit::winit::event::{StartCause, WindowEvent};
use egui_winit::winit::event_loop::{ActiveEventLoop, ControlFlow, EventLoop, EventLoopProxy};
use egui_winit::winit::window::{Window, WindowId};

use crate::painter::{Area, Canvas, MAX_TEXTURE_SIDE};

use super::{HostError, Opening, Program, offscreen, place, without_panic};

/// Wayland asks for no frame of a window that it does not show: what cannot wait is done after so long without one.
const PATIENCE: Duration = Duration::from_secs(1);

/// Opens the window and returns when it is closed.
pub(super) fn run(opening: Opening) -> Result<(), HostError> {
    // eframe's event, so that the program holds winit's loop for one type of event and not for two.
    let events = without_panic(|| Ok(EventLoop::<UserEvent>::with_user_event().build()?))?;
    let mut host = Host {
        ctx: Context::default(),
        proxy: events.create_proxy(),
        opening: Some(opening),
        open: None,
        wanted: None,
        overdue: None,
        failed: None,
    };
    events.run_app(&mut host)?;
    host.failed.map_or(Ok(()), Err)
}

struct Host {
    ctx: Context,
    proxy: EventLoopProxy<UserEvent>,
    /// Until the window system is ready.
    opening: Option<Opening>,
    open: Option<Open>,
    /// When the next frame is wanted.
    wanted: Option<Instant>,
    /// When the system will have kept a frame waiting for too long.
    overdue: Option<Instant>,
    failed: Option<HostError>,
}

/// The window and all that belongs to it.
struct Open {
    program: Program,
    window: Rc<Window>,
    surface: softbuffer::Surface<Rc<Window>, Rc<Window>>,
    input: egui_winit::State,
    info: ViewportInfo,
    canvas: Canvas,
    shown: bool,
    closing: bool,
}

impl Host {
    fn open(&mut self, events: &ActiveEventLoop, opening: Opening) -> Result<Open, HostError> {
        // A reader of screens must be met before the window is seen.
        let builder = place::within_screen(opening.viewport(), events.available_monitors()).with_visible(false);
        let (window, surface) = without_panic(|| {
            let window = Rc::new(egui_winit::create_window(&self.ctx, events, &builder)?);
            let context = softbuffer::Context::new(Rc::clone(&window))?;
            let surface = softbuffer::Surface::new(&context, Rc::clone(&window))?;
            Ok((window, surface))
        })?;
        let scale = window.scale_factor() as f32;
        let mut input = egui_winit::State::new(
            self.ctx.clone(),
            ViewportId::ROOT,
            events,
            Some(scale),
            window.theme(),
            Some(MAX_TEXTURE_SIDE),
        );
        input.init_accesskit(events, &window, self.proxy.clone());
        let proxy = self.proxy.clone();
        self.ctx.set_request_repaint_callback(move |request| {
            // The loop has ended if this fails, and with it the window.
            let _ = proxy.send_event(UserEvent::RequestRepaint {
                viewport_id: request.viewport_id,
                when: Instant::now() + request.delay,
                cumulative_pass_nr: request.current_cumulative_pass_nr,
            });
        });
        let mut info = ViewportInfo::default();
        egui_winit::update_viewport_info(&mut info, &self.ctx, &window, true);
        let program = opening.program(&self.ctx);
        let canvas = Canvas::new(1, 1, offscreen::threads());
        window.request_redraw();
        Ok(Open { program, window, surface, input, info, canvas, shown: false, closing: false })
    }

    fn fail(&mut self, events: &ActiveEventLoop, error: HostError) {
        self.failed.get_or_insert(error);
        events.exit();
    }

    /// Draws a frame, and notes when the next one is wanted.
    fn draw(&mut self, events: &ActiveEventLoop) {
        self.overdue = None;
        let Some(open) = &mut self.open else { return };
        match open.frame(&self.ctx, events) {
            Ok(Some(delay)) => self.want(Instant::now() + delay),
            Ok(None) => {}
            Err(error) => self.fail(events, error),
        }
    }

    /// Asks the system for a frame.
    fn ask(&mut self) {
        if let Some(open) = &self.open {
            open.window.request_redraw();
            self.overdue.get_or_insert_with(|| Instant::now() + PATIENCE);
        }
    }

    fn want(&mut self, at: Instant) {
        self.wanted = Some(self.wanted.map_or(at, |wanted| wanted.min(at)));
    }
}

impl ApplicationHandler<UserEvent> for Host {
    fn resumed(&mut self, events: &ActiveEventLoop) {
        if let Some(opening) = self.opening.take() {
            match self.open(events, opening) {
                Ok(open) => self.open = Some(open),
                Err(error) => self.fail(events, error),
            }
            // Windows asks a hidden window for no frame, and this one is hidden until it has had one.
            if cfg!(windows) {
                self.draw(events);
            }
        }
    }

    fn exiting(&mut self, _events: &ActiveEventLoop) {
        // Wayland's clipboard must not outlive the connection, which goes with the loop.
        if let Some(mut open) = self.open.take() {
            open.program.finish();
        }
    }

    fn new_events(&mut self, events: &ActiveEventLoop, _cause: StartCause) {
        let now = Instant::now();
        if self.wanted.is_some_and(|at| at <= now) {
            self.wanted = None;
            self.ask();
        }
        if self.overdue.is_some_and(|at| at <= now)
            && let Some(open) = &mut self.open
        {
            self.overdue = None;
            open.look_after(&self.ctx, events);
        }
    }

    fn about_to_wait(&mut self, events: &ActiveEventLoop) {
        let next = self.wanted.into_iter().chain(self.overdue).min();
        events.set_control_flow(next.map_or(ControlFlow::Wait, ControlFlow::WaitUntil));
    }

    fn user_event(&mut self, _events: &ActiveEventLoop, event: UserEvent) {
        match event {
            UserEvent::RequestRepaint { when, .. } => self.want(when),
            UserEvent::AccessKitActionRequest(event) => {
                let Some(open) = &mut self.open else { return };
                match event.window_event {
                    accesskit_winit::WindowEvent::InitialTreeRequested => self.ctx.enable_accesskit(),
                    accesskit_winit::WindowEvent::ActionRequested(request) => {
                        open.input.on_accesskit_action_request(request);
                    }
                    accesskit_winit::WindowEvent::AccessibilityDeactivated => self.ctx.disable_accesskit(),
                }
                self.ask();
            }
        }
    }

    fn window_event(&mut self, events: &ActiveEventLoop, _window: WindowId, event: WindowEvent) {
        let Some(open) = &mut self.open else { return };
        if matches!(event, WindowEvent::RedrawRequested) {
            self.draw(events);
            return;
        }
        let closing = matches!(event, WindowEvent::CloseRequested);
        if closing {
            open.info.events.push(ViewportEvent::Close);
        }
        if open.input.on_window_event(&open.window, &event).repaint || closing {
            self.ask();
        }
    }
}

impl Open {
    /// Draws a frame. Returns after what time the next one is wanted, if one is.
    fn frame(&mut self, ctx: &Context, events: &ActiveEventLoop) -> Result<Option<Duration>, HostError> {
        egui_winit::update_viewport_info(&mut self.info, ctx, &self.window, false);
        let mut raw: RawInput = self.input.take_egui_input(&self.window);
        let closing = self.info.close_requested();
        raw.viewports.insert(ViewportId::ROOT, std::mem::take(&mut self.info));
        self.info = raw.viewports[&ViewportId::ROOT].clone();
        self.info.events.clear();
        let mut output = ctx.run_ui(raw, |ui| {
            self.program.look_after(ui.ctx(), Some(&self.window));
            self.program.ui(ui);
        });
        self.input.handle_platform_output_with_event_loop(&self.window, events, output.platform_output);
        self.canvas.update_textures(&mut output.textures_delta);
        let scale = output.pixels_per_point;
        let primitives = ctx.tessellate(output.shapes, scale);
        self.show(&primitives, scale, ctx)?;
        let viewport = output.viewport_output.remove(&ViewportId::ROOT);
        let (commands, delay) = viewport.map_or((Vec::new(), Duration::MAX), |v| (v.commands, v.repaint_delay));
        self.carry_out(ctx, events, commands, closing);
        if !self.shown {
            self.shown = true;
            self.window.set_visible(true);
            // Some systems lose what was drawn before the window was seen.
            self.window.request_redraw();
        }
        Ok((delay < Duration::from_secs(3600)).then_some(delay))
    }

    /// What the program does without a frame.
    fn look_after(&mut self, ctx: &Context, events: &ActiveEventLoop) {
        egui_winit::update_viewport_info(&mut self.info, ctx, &self.window, false);
        let closing = self.info.close_requested();
        let viewports = std::iter::once((ViewportId::ROOT, self.info.clone())).collect();
        self.info.events.clear();
        let focused = self.info.focused.unwrap_or_default();
        // What was typed and clicked waits for the next frame.
        let raw = RawInput { viewports, focused, ..RawInput::default() };
        let mut output = ctx.run_logic(&raw, |ctx| self.program.look_after(ctx, Some(&self.window)));
        let commands = output.viewport_commands.remove(&ViewportId::ROOT).unwrap_or_default();
        self.carry_out(ctx, events, commands, closing);
    }

    fn carry_out(&mut self, ctx: &Context, events: &ActiveEventLoop, commands: Vec<ViewportCommand>, closing: bool) {
        self.closing |= closing;
        for command in &commands {
            match command {
                ViewportCommand::Close => self.window.request_redraw(),
                ViewportCommand::CancelClose => self.closing = false,
                _ => {}
            }
        }
        egui_winit::process_viewport_commands(ctx, &mut self.info, commands, &self.window, &mut Vec::new());
        if self.closing {
            events.exit();
        }
    }

    fn show(&mut self, primitives: &[egui::ClippedPrimitive], scale: f32, ctx: &Context) -> Result<(), HostError> {
        let size = self.window.inner_size();
        let (Some(width), Some(height)) = (NonZeroU32::new(size.width), NonZeroU32::new(size.height)) else {
            return Ok(());
        };
        let size = [size.width as usize, size.height as usize];
        if self.canvas.size() != size {
            self.canvas.resize(size[0], size[1]);
            self.surface.resize(width, height)?;
        }
        let changed = self.canvas.paint(primitives, scale, ctx.global_style().visuals.panel_fill);
        let mut buffer = self.surface.buffer_mut()?;
        let all = Area { x: 0..size[0], y: 0..size[1] };
        // A buffer that is not the last one shows an older frame.
        let area = if buffer.age() == 1 { changed } else { all };
        let pixels = self.canvas.pixels();
        for y in area.y.clone() {
            let row = y * size[0] + area.x.start..y * size[0] + area.x.end;
            for (to, from) in buffer[row.clone()].iter_mut().zip(&pixels[row]) {
                // The byte above the colours must be clear.
                *to = from & 0x00FF_FFFF;
            }
        }
        self.window.pre_present_notify();
        // All of it: the system also asks for a frame when it has lost parts of the window, and does not say which.
        Ok(buffer.present()?)
    }
}
