//! The code for a visitor's phone.

use egui::{Color32, Rect, RichText, Sense, Ui, WidgetInfo, vec2};

use crate::app::{Location, Route};
use crate::export::qr::{self, Matrix, QUIET_ZONE};
use crate::ui::ViewContext;
use crate::ui::theme::{self, size, space};

/// The code of the page that is read.
#[derive(Default)]
pub struct Code {
    made: Option<(u64, Location, Option<Matrix>)>,
}

impl Code {
    fn of(&mut self, cx: &ViewContext<'_>) -> Option<&Matrix> {
        let (state, location) = (cx.state, cx.state.location());
        let known = self.made.as_ref().is_some_and(|made| (made.0, made.1) == (state.library_generation, location));
        if !known {
            let matrix = match location.route {
                Route::Section(id) => qr::section(cx.archive(), id),
                Route::Photo(id) => qr::photo(cx.archive(), id),
                _ => None,
            };
            self.made = Some((state.library_generation, location, matrix));
        }
        self.made.as_ref()?.2.as_ref()
    }
}

/// Whether a page has one.
pub fn has_code(cx: &ViewContext<'_>) -> bool {
    let rules = cx.state.shell.exhibition.as_ref();
    rules.is_some_and(|rules| rules.qr_codes) && matches!(cx.state.route(), Route::Section(_) | Route::Photo(_))
}

pub fn code_ui(cx: &mut ViewContext<'_>, ui: &mut Ui, code: &mut Code) {
    let words = &cx.words.fingers;
    let all = ui.max_rect();
    ui.painter().rect_filled(all, 0, cx.palette.desk);
    ui.vertical_centered(|ui| {
        let Some(matrix) = code.of(cx) else {
            ui.add_space(all.height() / 3.0);
            ui.label(RichText::new(words.no_code).size(size::LARGE).color(cx.palette.ink));
            return;
        };
        let modules = (matrix.size + 2 * QUIET_ZONE) as f32;
        let pixel = 1.0 / ui.ctx().pixels_per_point();
        let side = (all.height() - 150.0).min(all.width() - 2.0 * space::XL).min(560.0);
        // Whole pixels, so that all modules are equally large.
        let module = ((side / modules / pixel).floor() * pixel).max(pixel);
        ui.add_space(((all.height() - module * modules - 110.0) / 2.0).max(space::S));
        let heading = RichText::new(words.take_along).font(theme::serif_bold(size::HEADING)).color(cx.palette.ink);
        ui.label(heading);
        let (rect, response) = ui.allocate_exact_size(vec2(module * modules, module * modules), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(egui::accesskit::Role::Image, true, words.take_along));
        let corner = (rect.min / pixel).round() * pixel;
        let rect = Rect::from_min_size(corner, rect.size());
        ui.painter().rect_filled(rect, 0, Color32::WHITE);
        for y in 0..matrix.size {
            // Dark modules side by side are one bar.
            let mut x = 0;
            while x < matrix.size {
                let length = (x..matrix.size).take_while(|x| matrix.is_dark(*x, y)).count();
                if length > 0 {
                    let at = vec2((x + QUIET_ZONE) as f32, (y + QUIET_ZONE) as f32) * module;
                    let bar = Rect::from_min_size(corner + at, vec2(length as f32 * module, module));
                    ui.painter().rect_filled(bar, 0, Color32::BLACK);
                }
                x += length.max(1);
            }
        }
        ui.add_space(space::XS);
        ui.label(RichText::new(words.code_carries).size(size::LARGE).color(cx.palette.ink));
        ui.label(RichText::new(words.code_offline).size(size::BODY).color(cx.palette.ink_weak));
    });
}
