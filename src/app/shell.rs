//! Office and exhibition as values: what can be asked for, how large everything is, and the rules of an exhibition.

use std::path::PathBuf;

use crate::kiosk::hours::OpeningHours;
use crate::kiosk::settings::KioskSettings;

use super::command::Command;
use super::reading::{TEXT_SIZES, TextSize};
use super::settings::Settings;

/// What some commands need and not every shell can.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Capability {
    /// Reading other archives.
    Open,
    /// Writing files of one's own, printing among them.
    SaveFiles,
    /// The clipboard.
    Copy,
    /// Things that stand over the page, and settings beyond size and language.
    Arrange,
    /// Writing anything down for the next start.
    Remember,
    Quit,
    /// Sheets for fingers.
    Sheets,
}

/// Where the viewer stands.
#[derive(Clone, Debug)]
pub struct Shell {
    capabilities: &'static [Capability],
    pub metrics: Metrics,
    pub exhibition: Option<ExhibitionRules>,
}

/// How large everything is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Metrics {
    /// By how much everything is larger than on a desk, where a target is 40 points.
    pub zoom: f32,
    /// The shorter side of a screen, in the system's points, from which on everything grows with the screen.
    pub grows_from: f32,
}

/// On a desk.
const DESK: Metrics = Metrics { zoom: 1.0, grows_from: f32::INFINITY };
/// Targets of 60 points, and more on a large screen, before which one stands farther away.
const FINGERS: Metrics = Metrics { zoom: 1.5, grows_from: 1080.0 };

impl Metrics {
    /// On a screen of that size, in the system's points.
    pub fn zoom_on(self, screen: [f32; 2]) -> f32 {
        self.zoom * (screen[0].min(screen[1]) / self.grows_from).max(1.0)
    }
}

/// What holds at an exhibition.
#[derive(Clone, Debug, PartialEq)]
pub struct ExhibitionRules {
    /// Without a touch, until a visitor is asked.
    pub idle_secs: f64,
    /// From that question until everything is reset.
    pub warning_secs: f64,
    pub attract_secs_per_scene: f64,
    pub hours: OpeningHours,
    /// How long the hidden corner is held.
    pub staff_hold_secs: f64,
    /// By which staff are known; without one, nobody leaves.
    pub pin_hash: Option<String>,
    /// Where staff bring new content.
    pub updates_folder: Option<PathBuf>,
    /// What happens is counted.
    pub statistics: bool,
    pub qr_codes: bool,
}

impl Shell {
    pub fn office() -> Self {
        use Capability::{Arrange, Copy, Open, Quit, Remember, SaveFiles};
        Self { capabilities: &[Arrange, Copy, Open, Quit, Remember, SaveFiles], metrics: DESK, exhibition: None }
    }

    pub fn exhibition(settings: &KioskSettings) -> Self {
        let rules = ExhibitionRules {
            idle_secs: settings.idle_secs.into(),
            warning_secs: settings.warning_secs.into(),
            attract_secs_per_scene: settings.attract_secs_per_scene.into(),
            hours: settings.opening_hours.clone(),
            staff_hold_secs: settings.staff_hold_secs.into(),
            pin_hash: settings.pin_hash.clone(),
            updates_folder: settings.updates_folder.clone(),
            statistics: settings.statistics,
            qr_codes: settings.qr_codes,
        };
        Self { capabilities: &[Capability::Sheets], metrics: FINGERS, exhibition: Some(rules) }
    }

    pub fn can(&self, capability: Capability) -> bool {
        self.capabilities.contains(&capability)
    }

    /// Whether a command is carried out here.
    pub fn allows(&self, command: &Command) -> bool {
        command.needs().is_none_or(|capability| self.can(capability))
    }
}

impl Settings {
    /// With which every visit of an exhibition begins.
    pub fn for_visit(settings: &KioskSettings) -> Self {
        let points = settings.text_size_points as f32 / FINGERS.zoom;
        let distance = |index: &usize| (TEXT_SIZES[*index] - points).abs();
        let nearest = (0..TEXT_SIZES.len()).min_by(|a, b| distance(a).total_cmp(&distance(b)));
        Self {
            language: Some(settings.language),
            text_size: nearest.map(TextSize::from_index).unwrap_or_default(),
            contents_hidden: true,
            ..Self::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::Route;

    #[test]
    fn fingers_have_sixty_points_everywhere() {
        for (screen, zoom) in
            [([1920.0, 1080.0], 1.5), ([1080.0, 1920.0], 1.5), ([1366.0, 768.0], 1.5), ([3840.0, 2160.0], 3.0)]
        {
            assert_eq!(FINGERS.zoom_on(screen), zoom, "{screen:?}");
            assert_eq!(DESK.zoom_on(screen), 1.0);
        }
    }

    #[test]
    fn an_exhibition_refuses_every_way_out() {
        let shell = Shell::exhibition(&KioskSettings::default());
        for command in [Command::Quit, Command::PickArchive, Command::Print, Command::CopyAddress(String::new())] {
            assert!(!shell.allows(&command), "{command:?}");
            assert!(Shell::office().allows(&command), "{command:?}");
        }
        assert!(shell.allows(&Command::Go(Route::Cover)));
    }

    #[test]
    fn a_visit_begins_with_the_size_that_was_set() {
        let points = |text_size_points| {
            let settings = Settings::for_visit(&KioskSettings { text_size_points, ..KioskSettings::default() });
            settings.text_points() * FINGERS.zoom
        };
        assert_eq!((points(24), points(30), points(60)), (24.0, 30.0, 57.0));
    }
}
