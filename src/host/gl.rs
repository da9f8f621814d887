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
        // Also where no frame follows: a window that is put away or covered, or that Wayland asks for none.
        self.program.look_after(ctx, frame.winit_window().map(|window| &**window));
    }

    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        self.program.ui(ui);
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

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, Ordering};

    use eframe::App;
    use egui::{Context, RawInput};

    use super::super::program::tests::program;
    use super::*;
    use crate::kiosk::clock::LocalTime;
    use crate::kiosk::settings::KioskSettings;
    use crate::kiosk::watch::{BEAT, Pulse};
    use crate::ui::Exhibiting;

    /// Wayland asks a window that it does not show for no frame, and does not say that nobody sees it.
    #[test]
    fn an_exhibition_lives_that_is_asked_for_no_frame() {
        let (ctx, pulse) = (Context::default(), Pulse::default());
        let clock = Box::new(|| LocalTime::parse("2026-11-23 10:00:00").expect("a time"));
        let exhibiting = Exhibiting { settings: KioskSettings::default(), pulse: pulse.clone(), clock };
        let mut window = Window { program: program(&ctx, Some(exhibiting)), trial: None };
        let again = Arc::new(AtomicBool::new(false));
        let asked = again.clone();
        ctx.set_request_repaint_callback(move |info| {
            asked.fetch_or(info.delay <= BEAT, Ordering::Relaxed);
        });
        for beats in 1..4 {
            again.store(false, Ordering::Relaxed);
            let _ = ctx.run_logic(&RawInput::default(), |ctx| window.logic(ctx, &mut eframe::Frame::_new_kittest()));
            assert_eq!(pulse.beats(), beats);
            assert!(again.load(Ordering::Relaxed), "nothing would wake it for another");
        }
    }
}
