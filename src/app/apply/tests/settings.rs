//! Settings, and what stands over the page.

use super::*;

#[test]
fn settings_are_written_when_they_change_and_only_then() {
    let size = TextSize::default();
    let place = WindowPlace { size: [800.0, 600.0], ..WindowPlace::default() };
    for (changed, same) in [
        (Command::SetTextSize(size.step(1)), Command::SetTextSize(size.step(1))),
        (Command::SetTheme(Theme::Dark), Command::SetTheme(Theme::Dark)),
        (Command::SetLanguage(Language::En), Command::SetLanguage(Language::En)),
        (Command::WindowMoved(place), Command::WindowMoved(place)),
    ] {
        let mut state = bundled();
        assert!(writes(&apply(&mut state, changed.clone())), "{changed:?}");
        assert!(apply(&mut state, same).is_empty(), "{changed:?} again");
    }
    let mut state = bundled();
    assert!(apply(&mut state, Command::SetTheme(Theme::Light)).is_empty());
    assert!(apply(&mut state, Command::ForgetRecents).is_empty());
    assert!(writes(&apply(&mut state, Command::ToggleContents)));
    assert!(writes(&apply(&mut state, Command::ToggleContents)));
}

#[test]
fn a_language_that_was_chosen_is_kept_whatever_the_systems_is() {
    let mut state = bundled();
    assert!(writes(&apply(&mut state, Command::SetLanguage(Language::ZhCn))), "chosen is not the same as found");
    state.system_language = Language::En;
    assert_eq!(state.language(), Language::ZhCn);
}

#[test]
fn overlays_open_and_close() {
    let mut state = bundled();
    for overlay in [Overlay::Shortcuts, Overlay::Open] {
        apply(&mut state, Command::Show(overlay.clone()));
        assert_eq!(state.overlay, Some(overlay));
    }
    apply(&mut state, Command::CloseOverlay);
    assert_eq!(state.overlay, None);
}

#[test]
fn that_settings_cannot_be_written_is_said_once() {
    let mut state = bundled();
    let error = || SaveError::Io { path: "/settings.json".into(), kind: ErrorKind::ReadOnlyFilesystem };
    on_event(&mut state, JobEvent::SettingsNotWritten(error()));
    assert!(matches!(state.notice, Some(Notice::SettingsNotWritten(_))));
    apply(&mut state, Command::DismissNotice);
    on_event(&mut state, JobEvent::SettingsNotWritten(error()));
    assert!(state.notice.is_none());
}
