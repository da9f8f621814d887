//! Every colour, size and font of the interface.

use egui::style::{ScrollStyle, WidgetVisuals, Widgets};
use egui::{Color32, Context, CornerRadius, FontFamily, FontId, Margin, Shadow, Stroke, TextStyle, Visuals, vec2};

use crate::app;
use crate::typeset::Face;

use super::fonts;

/// The spacing scale, in points.
pub mod space {
    pub const XS: f32 = 4.0;
    pub const S: f32 = 8.0;
    pub const M: f32 = 12.0;
    pub const L: f32 = 16.0;
    pub const XL: f32 = 24.0;
    pub const XXL: f32 = 40.0;
}

/// Type sizes of the interface, in points. Running text has its own, which the reader chooses.
pub mod size {
    pub const SMALL: f32 = 13.0;
    pub const BODY: f32 = 15.0;
    pub const LARGE: f32 = 17.0;
    pub const HEADING: f32 = 22.0;
    pub const ICON: f32 = 20.0;
}

/// Height and width of a main control; the elder-friendly guide asks for at least 44 of all others.
pub const CONTROL: f32 = 40.0;
pub const TOP_BAR_HEIGHT: f32 = 56.0;
pub const SIDE_PANEL_WIDTH: f32 = 300.0;
/// Windows narrower than this have fewer buttons in the bar and a narrower side panel.
pub const NARROW: f32 = 860.0;
pub const RADIUS: u8 = 6;

/// The colours of one theme.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Palette {
    pub dark: bool,
    /// Behind the pages.
    pub desk: Color32,
    /// Pages.
    pub page: Color32,
    /// Cards and boxes on a page, text fields.
    pub raised: Color32,
    pub ink: Color32,
    pub ink_weak: Color32,
    pub hairline: Color32,
    /// Cinnabar: what matters, what is chosen.
    pub accent: Color32,
    pub accent_soft: Color32,
    pub on_accent: Color32,
    pub link: Color32,
    /// Behind every match.
    pub mark: Color32,
    /// Behind the current match.
    pub mark_current: Color32,
    /// Behind selected text.
    pub selection: Color32,
    /// Around the photo that is looked at.
    pub darkroom: Color32,
    pub on_darkroom: Color32,
    pub warning: Color32,
    pub hover: Color32,
}

const fn rgb(hex: u32) -> Color32 {
    Color32::from_rgb((hex >> 16) as u8, (hex >> 8) as u8, hex as u8)
}

const LIGHT: Palette = Palette {
    dark: false,
    desk: rgb(0xEFE9DD),
    page: rgb(0xFBF8F1),
    raised: rgb(0xFFFFFF),
    ink: rgb(0x2A241E),
    ink_weak: rgb(0x6A5F54),
    hairline: rgb(0xDDD3C2),
    accent: rgb(0xA52A1C),
    accent_soft: rgb(0xF5E1D8),
    on_accent: rgb(0xFFFBF5),
    link: rgb(0x154E5E),
    mark: rgb(0xF7E29C),
    mark_current: rgb(0xF2B14A),
    selection: rgb(0xC9DEE6),
    darkroom: rgb(0x1D1A17),
    on_darkroom: rgb(0xEFE9DD),
    warning: rgb(0x8A5400),
    hover: rgb(0xE5DCCC),
};

const DARK: Palette = Palette {
    dark: true,
    desk: rgb(0x171513),
    page: rgb(0x201D1A),
    raised: rgb(0x2A2622),
    ink: rgb(0xE8E0D4),
    ink_weak: rgb(0xA99F92),
    hairline: rgb(0x403A33),
    accent: rgb(0xEE866A),
    accent_soft: rgb(0x442B24),
    on_accent: rgb(0x24120C),
    link: rgb(0xA6DBE7),
    mark: rgb(0x5C4A16),
    mark_current: rgb(0x7A5008),
    selection: rgb(0x2B4C58),
    darkroom: rgb(0x0E0D0C),
    on_darkroom: rgb(0xE8E0D4),
    warning: rgb(0xE8B55A),
    hover: rgb(0x35302A),
};

const HIGH_CONTRAST: Palette = Palette {
    dark: true,
    desk: Color32::BLACK,
    page: Color32::BLACK,
    raised: rgb(0x121212),
    ink: Color32::WHITE,
    ink_weak: rgb(0xE6E6E6),
    hairline: rgb(0xB8B8B8),
    accent: rgb(0xFFD633),
    accent_soft: rgb(0x3A3100),
    on_accent: Color32::BLACK,
    link: rgb(0x7FDBFF),
    mark: rgb(0x103F8C),
    mark_current: rgb(0x943A00),
    selection: rgb(0x005A5A),
    darkroom: Color32::BLACK,
    on_darkroom: Color32::WHITE,
    warning: rgb(0xFFD633),
    hover: rgb(0x333333),
};

impl Palette {
    pub fn of(theme: app::Theme) -> &'static Self {
        match theme {
            app::Theme::Light => &LIGHT,
            app::Theme::Dark => &DARK,
            app::Theme::HighContrast => &HIGH_CONTRAST,
        }
    }
}

/// The font that draws an embedded face.
pub fn font(face: Face, size: f32) -> FontId {
    match face {
        Face::Sans => sans(size),
        Face::Serif => serif(size),
        Face::SerifBold => serif_bold(size),
    }
}

pub fn sans(size: f32) -> FontId {
    FontId::new(size, FontFamily::Proportional)
}

pub fn serif(size: f32) -> FontId {
    FontId::new(size, FontFamily::Name(fonts::SERIF.into()))
}

pub fn serif_bold(size: f32) -> FontId {
    FontId::new(size, FontFamily::Name(fonts::SERIF_BOLD.into()))
}

/// Gives egui's own widgets the look of the theme.
pub fn apply(ctx: &Context, theme: app::Theme) {
    let palette = Palette::of(theme);
    ctx.set_theme(if palette.dark { egui::Theme::Dark } else { egui::Theme::Light });
    ctx.all_styles_mut(|style| {
        style.visuals = visuals(palette);
        style.text_styles = [
            (TextStyle::Small, sans(size::SMALL)),
            (TextStyle::Body, sans(size::BODY)),
            (TextStyle::Button, sans(size::BODY)),
            (TextStyle::Heading, serif_bold(size::HEADING)),
            (TextStyle::Monospace, sans(size::BODY)),
        ]
        .into();
        let spacing = &mut style.spacing;
        spacing.item_spacing = vec2(space::S, space::S);
        spacing.button_padding = vec2(space::M, space::S);
        spacing.interact_size = vec2(CONTROL, CONTROL);
        spacing.menu_margin = Margin::same(space::S as i8);
        spacing.window_margin = Margin::same(space::XL as i8);
        spacing.scroll = ScrollStyle {
            bar_width: 10.0,
            floating_width: 5.0,
            dormant_handle_opacity: 0.35,
            ..ScrollStyle::floating()
        };
        style.interaction.tooltip_delay = 0.4;
    });
}

fn visuals(palette: &Palette) -> Visuals {
    let base = if palette.dark { Visuals::dark() } else { Visuals::light() };
    let widget = |fill: Color32, stroke: Color32, ink: Color32| WidgetVisuals {
        bg_fill: fill,
        weak_bg_fill: fill,
        bg_stroke: Stroke::new(1.0, stroke),
        corner_radius: CornerRadius::same(RADIUS),
        fg_stroke: Stroke::new(1.0, ink),
        expansion: 0.0,
    };
    Visuals {
        dark_mode: palette.dark,
        override_text_color: None,
        weak_text_color: Some(palette.ink_weak),
        widgets: Widgets {
            noninteractive: widget(palette.page, palette.hairline, palette.ink),
            inactive: widget(palette.raised, palette.hairline, palette.ink),
            hovered: widget(palette.hover, palette.ink_weak, palette.ink),
            active: widget(palette.accent_soft, palette.accent, palette.ink),
            open: widget(palette.hover, palette.hairline, palette.ink),
        },
        selection: egui::style::Selection { bg_fill: palette.selection, stroke: Stroke::new(2.0, palette.accent) },
        hyperlink_color: palette.link,
        faint_bg_color: palette.page,
        extreme_bg_color: palette.raised,
        text_edit_bg_color: Some(palette.raised),
        code_bg_color: palette.desk,
        warn_fg_color: palette.warning,
        error_fg_color: palette.accent,
        window_corner_radius: CornerRadius::same(RADIUS + 4),
        window_shadow: Shadow { offset: [0, 8], blur: 32, spread: 0, color: Color32::from_black_alpha(60) },
        window_fill: palette.page,
        window_stroke: Stroke::new(1.0, palette.hairline),
        menu_corner_radius: CornerRadius::same(RADIUS),
        panel_fill: palette.desk,
        popup_shadow: Shadow { offset: [0, 4], blur: 16, spread: 0, color: Color32::from_black_alpha(50) },
        ..base
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Contrast ratio of WCAG 2.
    fn contrast(a: Color32, b: Color32) -> f32 {
        let luminance = |c: Color32| {
            let channel = |v: u8| {
                let v = f32::from(v) / 255.0;
                if v <= 0.04045 { v / 12.92 } else { ((v + 0.055) / 1.055).powf(2.4) }
            };
            0.2126 * channel(c.r()) + 0.7152 * channel(c.g()) + 0.0722 * channel(c.b())
        };
        let (x, y) = (luminance(a), luminance(b));
        (x.max(y) + 0.05) / (x.min(y) + 0.05)
    }

    #[test]
    fn all_text_has_a_contrast_of_at_least_four_and_a_half() {
        for theme in app::Theme::ALL {
            let p = Palette::of(theme);
            for (name, ink, ground) in [
                ("ink on desk", p.ink, p.desk),
                ("ink on page", p.ink, p.page),
                ("ink on raised", p.ink, p.raised),
                ("ink on hover", p.ink, p.hover),
                ("ink on mark", p.ink, p.mark),
                ("ink on the current mark", p.ink, p.mark_current),
                ("ink on selection", p.ink, p.selection),
                ("ink on accent soft", p.ink, p.accent_soft),
                ("weak ink on desk", p.ink_weak, p.desk),
                ("weak ink on page", p.ink_weak, p.page),
                ("weak ink on raised", p.ink_weak, p.raised),
                ("weak ink on hover", p.ink_weak, p.hover),
                ("weak ink on accent soft", p.ink_weak, p.accent_soft),
                ("accent on desk", p.accent, p.desk),
                ("accent on page", p.accent, p.page),
                ("accent on raised", p.accent, p.raised),
                ("accent on hover", p.accent, p.hover),
                ("accent on accent soft", p.accent, p.accent_soft),
                ("text on accent", p.on_accent, p.accent),
                ("link on page", p.link, p.page),
                ("link on raised", p.link, p.raised),
                ("link on hover", p.link, p.hover),
                ("link on mark", p.link, p.mark),
                ("link on the current mark", p.link, p.mark_current),
                ("warning on desk", p.warning, p.desk),
                ("warning on page", p.warning, p.page),
                ("warning on hover", p.warning, p.hover),
                ("text in the darkroom", p.on_darkroom, p.darkroom),
            ] {
                let ratio = contrast(ink, ground);
                assert!(ratio >= 4.5, "{theme:?}: {name}: {ratio:.2}");
            }
        }
    }
}
