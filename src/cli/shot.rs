//! `jz shot`: a view of an archive as a picture, drawn without a window.

use std::ffi::OsString;
use std::io::{self, Cursor, Write as _};
use std::path::PathBuf;

use clap::ArgMatches;

use crate::app::{Settings, Theme};
use crate::files::write_whole;
use crate::host::offscreen::{LEAST, Offscreen};
use crate::text::{Language, Words};

use super::arguments::{FORCE, LANGUAGE, OUTPUT, PIXELS, SCALE, THEME, VIEW, WORDS};
use super::{Outcome, complain, sources};

/// Pixels of a picture's side, at most.
const LONGEST: usize = 8192;
/// Pixels in a point.
const SCALES: std::ops::RangeInclusive<f32> = 0.5..=4.0;

pub(super) fn run(words: &'static Words, matches: &ArgMatches) -> io::Result<Outcome> {
    let refuse = |what: &str| {
        writeln!(io::stderr(), "{}: {what}", words.cli.error)?;
        Ok(Outcome::Unusable)
    };
    let text = |name: &str| matches.get_one::<String>(name).map_or("", String::as_str);
    let Some(output) = matches.get_one::<OsString>(OUTPUT).map(PathBuf::from) else { return Ok(Outcome::Unusable) };
    if output.exists() && !matches.get_flag(FORCE) {
        return refuse(&(words.cli.exists)(&output));
    }
    if !output.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("png")) {
        return refuse(&(words.shot.no_png)(&output));
    }
    let scale = matches.get_one::<f32>(SCALE).copied().unwrap_or(1.0);
    if !SCALES.contains(&scale) {
        return refuse(&(words.shot.bad_scale)(scale));
    }
    let shown = |side: &usize| *side <= LONGEST && *side as f32 / scale >= LEAST;
    let Some(size) = size(text(PIXELS)).filter(|size| size.iter().all(shown)) else {
        return refuse(&(words.shot.bad_size)(text(PIXELS)));
    };
    let settings = Settings {
        language: match text(LANGUAGE) {
            "zh" => Some(Language::ZhCn),
            "en" => Some(Language::En),
            _ => None,
        },
        theme: match text(THEME) {
            "dark" => Theme::Dark,
            "high-contrast" => Theme::HighContrast,
            _ => Theme::Light,
        },
        ..Settings::default()
    };
    let Some(source) = sources(matches).into_iter().next() else { return Ok(Outcome::Unusable) };
    let mut screen = match Offscreen::open(source.clone(), settings, size, scale) {
        Ok(screen) => screen,
        Err(why) => {
            complain(words, &source, &why)?;
            return Ok(Outcome::Unusable);
        }
    };
    let Some(view) = screen.view(text(VIEW)) else {
        return refuse(&(words.shot.no_view)(text(VIEW)));
    };
    screen.show(view, matches.get_one::<String>(WORDS).map(String::as_str));
    let ([width, height], rgb) = screen.picture();
    let mut png = Cursor::new(Vec::new());
    let (columns, rows) = (width as u32, height as u32);
    if let Err(error) =
        image::write_buffer_with_format(&mut png, &rgb, columns, rows, image::ColorType::Rgb8, image::ImageFormat::Png)
    {
        return refuse(&error.to_string());
    }
    if let Err(error) = write_whole(&output, png.get_ref()) {
        let said = (words.save_error)(&error);
        return refuse(&format!("{} {}", said.what, said.remedy));
    }
    writeln!(io::stdout(), "{}", (words.saved_to)(&output))?;
    Ok(Outcome::Fine)
}

/// `1366x768`: columns and rows.
fn size(text: &str) -> Option<[usize; 2]> {
    let (width, height) = text.split_once(['x', '×'])?;
    Some([width.parse().ok()?, height.parse().ok()?])
}
