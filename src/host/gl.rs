//! The window under eframe, drawn with OpenGL.

use eframe::{CreationContext, NativeOptions};

use super::{Opening, Program};

struct Window(Program);

pub(super) fn run(opening: Opening) -> eframe::Result {
    let options = NativeOptions {
        viewport: opening.viewport(),
        renderer: eframe::Renderer::Glow,
        // The program brings its own faces and asks the system only for what they lack.
        system_font_fallback: false,
        ..NativeOptions::default()
    };
    let create = move |cc: &CreationContext<'_>| -> Result<Box<dyn eframe::App>, _> {
        Ok(Box::new(Window(opening.program(&cc.egui_ctx))))
    };
    eframe::run_native("juanzong", options, Box::new(create))
}

impl eframe::App for Window {
    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        self.0.ui(ui);
    }

    fn on_exit(&mut self, _gl: Option<&eframe::glow::Context>) {
        self.0.finish();
    }

    fn persist_egui_memory(&self) -> bool {
        false
    }
}
