//! The exhibition: what is shown when nobody is there, and what a visitor sees.

use anyhow::{Context as _, Result};
use egui::{Event, Modifiers, PointerButton, TouchDeviceId, TouchId, TouchPhase};
use juanzong::app::{Command, Route, Settings, Sheet};
use juanzong::archive::{Source, load};
use juanzong::kiosk::clock::LocalTime;
use juanzong::kiosk::settings::KioskSettings;
use juanzong::kiosk::watch::Pulse;
use juanzong::ui::Exhibiting;

use crate::scenes::{Desk, Frame, Scene};

fn open(size: [usize; 2], scale: f32) -> Result<Desk> {
    let noon = LocalTime::parse("2026-11-23 12:00:00").context("a time")?;
    let settings = KioskSettings::default();
    let own = Settings::for_visit(&settings);
    let exhibiting = Exhibiting { settings, pulse: Pulse::default(), clock: Box::new(move || noon) };
    Ok(Desk::new(load(Source::Embedded)?, own, Some(exhibiting), size, scale))
}

/// A photo of the loop, as it comes, drifts and goes.
pub fn attract(size: [usize; 2], scale: f32, count: usize) -> Result<Scene> {
    let mut desk = open(size, scale)?;
    desk.screen.secs_a_frame = f64::from(KioskSettings::default().attract_secs_per_scene) / count as f64;
    // The first scene is the title.
    let prepare = (0..count).map(|_| desk.frame(Vec::new())).collect();
    let frames = (0..count).map(|_| desk.frame(Vec::new())).collect();
    Ok(Scene { name: "attract loop, a photo", prepare, frames })
}

/// Every page at rest; of the loop, scenes as they stand and as they go.
pub fn still(size: [usize; 2], scale: f32) -> Result<Vec<(String, Vec<Frame>)>> {
    let mut shown = Vec::new();
    for (name, secs) in
        [("attract loop, title", 6.0), ("attract loop, a photo that goes", 23.4), ("attract loop, a photo", 18.0)]
    {
        let mut desk = open(size, scale)?;
        desk.screen.secs_a_frame = secs / 40.0;
        shown.push((name.to_owned(), (0..41).map(|_| desk.frame(Vec::new())).collect()));
    }
    let archive = load(Source::Embedded)?;
    let section = archive.section_ids().nth(2).context("a section")?;
    for (name, commands) in [
        ("exhibition, cover", vec![]),
        ("exhibition, reader", vec![Command::Go(Route::Section(section))]),
        ("exhibition, gallery", vec![Command::Go(Route::Gallery)]),
        ("exhibition, keyboard", vec![Command::ShowSheet(Sheet::Find)]),
        ("exhibition, PIN pad", vec![Command::ShowSheet(Sheet::Pin)]),
    ] {
        let mut desk = open(size, scale)?;
        let mut frames = touch(&mut desk);
        frames.extend(commands.into_iter().flat_map(|command| desk.command(command)));
        shown.push((name.to_owned(), frames));
    }
    Ok(shown)
}

/// A finger on the middle of the screen, and off again.
fn touch(desk: &mut Desk) -> Vec<Frame> {
    let pos = (desk.screen.points() / 2.0).to_pos2();
    let (device_id, id) = (TouchDeviceId(1), TouchId(1));
    let phases = [(TouchPhase::Start, true), (TouchPhase::End, false)];
    phases
        .map(|(phase, pressed)| {
            let (button, modifiers) = (PointerButton::Primary, Modifiers::NONE);
            let finger = Event::Touch { device_id, id, phase, pos, force: None };
            desk.frame(vec![finger, Event::PointerButton { pos, button, pressed, modifiers }])
        })
        .into()
}
