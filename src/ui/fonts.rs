//! The embedded faces, and installed ones for whatever these lack.

use std::sync::{Arc, OnceLock};

use egui::epaint::text::{FallbackRequest, FontInsert, FontProvider};
use egui::{FontData, FontDefinitions, FontFamily};
use egui_system_font_provider::SystemFontProvider;

use crate::typeset::Face;

/// 宋体 for running text.
pub const SERIF: &str = "serif";
/// 粗宋 for titles and emphasis.
pub const SERIF_BOLD: &str = "serif-bold";
const SANS: &str = "sans";
const ICONS: &str = "icons";

const ICON_FONT: &[u8] = include_bytes!("../../assets/fonts/icons.ttf");

/// Makes the faces known to egui.
pub fn install(ctx: &egui::Context) {
    ctx.set_fonts(definitions());
    ctx.add_font_provider(Arc::new(InstalledFonts::default()));
}

fn name(face: Face) -> &'static str {
    match face {
        Face::Sans => SANS,
        Face::Serif => SERIF,
        Face::SerifBold => SERIF_BOLD,
    }
}

fn definitions() -> FontDefinitions {
    let mut fonts = FontDefinitions::empty();
    let faces = Face::ALL.map(|face| (name(face), face.bytes()));
    for (name, bytes) in faces.into_iter().chain([(ICONS, ICON_FONT)]) {
        fonts.font_data.insert(name.to_owned(), Arc::new(FontData::from_static(bytes)));
    }
    let named = |name: &str| FontFamily::Name(name.into());
    for (family, face) in [
        (FontFamily::Proportional, SANS),
        (FontFamily::Monospace, SANS),
        (named(SERIF), SERIF),
        (named(SERIF_BOLD), SERIF_BOLD),
    ] {
        fonts.families.insert(family, vec![face.to_owned(), ICONS.to_owned()]);
    }
    fonts
}

/// Installed fonts, looked for only when a character is missing: listing them takes memory and up to half a second.
/// Simplified Chinese forms come first, whatever the system's locale.
#[derive(Default)]
struct InstalledFonts(OnceLock<SystemFontProvider>);

impl FontProvider for InstalledFonts {
    fn font_for(&self, request: &FallbackRequest<'_>) -> Option<FontInsert> {
        self.0.get_or_init(|| SystemFontProvider::new().with_locale(Some("zh-Hans"))).font_for(request)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::icons;
    use crate::ui::theme::{self, size};

    #[test]
    fn icons_stand_in_the_middle_of_their_place() {
        let ctx = egui::Context::default();
        install(&ctx);
        let mut output = ctx.run_ui(egui::RawInput::default(), |ui| {
            for icon in [icons::X, icons::PLUS, icons::MINUS, icons::ARROW_LEFT, icons::HOUSE, icons::INFO] {
                let black = egui::Color32::BLACK;
                let galley = ui.painter().layout_no_wrap(icon.to_owned(), theme::sans(size::ICON), black);
                let off = galley.mesh_bounds.center().x - galley.rect.center().x;
                assert!(off.abs() <= 1.0, "U+{:04X}: {off} points", icon.chars().map(u32::from).sum::<u32>());
            }
        });
        output.textures_delta.clear();
    }
}
