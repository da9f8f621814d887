//! The window under eframe, drawn with OpenGL.

use eframe::{CreationContext, NativeOptions};

use super::choice::Trial;
use super::{Opening, Program};

struct Window {
    program: Program,
    /// Until the second frame.
    trial: Option<Trial>,
}

pub(super) fn run(opening: Opening, trial: Trial) -> eframe::Result {
    let options = NativeOptions {
        viewport: opening.viewport(),
        renderer: eframe::Renderer::Glow,
        // The program brings its own faces and asks the system only for what they lack.
        system_font_fallback: false,
        ..NativeOptions::default()
    };
    let create = move |cc: &CreationContext<'_>| -> Result<Box<dyn eframe::App>, _> {
        Ok(Box::new(Window { program: opening.program(&cc.egui_ctx), trial: Some(trial) }))
    };
    eframe::run_native("juanzong", options, Box::new(create))
}

impl eframe::App for Window {
    fn logic(&mut self, ctx: &egui::Context, frame: &mut eframe::Frame) {
        // A window that is put away or covered has no other frames.
        if ctx.input(|i| i.viewport().visible() == Some(false)) {
            self.program.look_after(ctx, frame.winit_window().map(|window| &**window));
        }
    }

    fn ui(&mut self, ui: &mut egui::Ui, frame: &mut eframe::Frame) {
        self.program.ui(ui, frame.winit_window().map(|window| &**window));
        // A frame that is followed by another was shown.
        if ui.ctx().cumulative_frame_nr() > 0
            && let Some(trial) = self.trial.take()
        {
            trial.worked();
        }
        if self.trial.is_some() {
            ui.ctx().request_repaint();
        }
    }

    fn on_exit(&mut self, _gl: Option<&eframe::glow::Context>) {
        self.program.finish();
    }

    fn persist_egui_memory(&self) -> bool {
        false
    }
}
