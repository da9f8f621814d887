//! Every key of the program: what it does, and how the list of shortcuts names it.

use egui::{Event, InputState, Key, KeyboardShortcut, Modifiers, Ui};

use crate::app::{Command, Overlay, Route, State};
use crate::text::Words;

use super::widgets::page_has_keys;

/// A group of the list of shortcuts: its heading, and keys with what they do.
pub type Group = (&'static str, Vec<(String, &'static str)>);

const CTRL: Modifiers = Modifiers::COMMAND;
const NONE: Modifiers = Modifiers::NONE;

/// Keys that work everywhere, whatever has the keyboard.
fn global(state: &State) -> Vec<(KeyboardShortcut, Command)> {
    let key = |modifiers: Modifiers, key| KeyboardShortcut::new(modifiers, key);
    let size = state.settings.text_size;
    vec![
        (key(CTRL, Key::F), Command::FocusSearch),
        (key(CTRL, Key::K), Command::FocusSearch),
        (key(Modifiers::SHIFT, Key::F3), Command::BesideHit(-1)),
        (key(NONE, Key::F3), Command::BesideHit(1)),
        (key(CTRL | Modifiers::SHIFT, Key::G), Command::BesideHit(-1)),
        (key(CTRL, Key::G), Command::BesideHit(1)),
        (key(Modifiers::ALT, Key::ArrowLeft), Command::Back),
        (key(Modifiers::ALT, Key::ArrowRight), Command::Forward),
        (key(Modifiers::ALT, Key::Home), Command::Go(Route::Shelf)),
        (key(CTRL, Key::Plus), Command::SetTextSize(size.step(1))),
        (key(CTRL, Key::Equals), Command::SetTextSize(size.step(1))),
        (key(CTRL, Key::Minus), Command::SetTextSize(size.step(-1))),
        (key(CTRL, Key::Num0), Command::SetTextSize(Default::default())),
        (key(CTRL, Key::O), Command::Show(Overlay::Open)),
        (key(CTRL, Key::E), Command::Show(Overlay::Export)),
        (key(CTRL, Key::P), Command::Print),
        (key(CTRL, Key::R), Command::Reload),
        (key(NONE, Key::F5), Command::Reload),
        (key(CTRL, Key::Comma), Command::Show(Overlay::Settings)),
        (key(NONE, Key::F1), Command::Show(Overlay::Shortcuts)),
        (key(NONE, Key::F9), Command::ToggleContents),
        (key(CTRL, Key::Q), Command::Quit),
    ]
}

// egui lets a key match whatever Shift does: where both mean something, the shifted one is asked for first.

/// Keys that are letters or would move a text cursor: only where nothing else has the keyboard.
fn page(state: &State) -> Vec<(KeyboardShortcut, Command)> {
    let key = |key| KeyboardShortcut::new(NONE, key);
    let mut keys = vec![
        (KeyboardShortcut::new(Modifiers::SHIFT, Key::Slash), Command::Show(Overlay::Shortcuts)),
        (key(Key::Questionmark), Command::Show(Overlay::Shortcuts)),
        (key(Key::Slash), Command::FocusSearch),
        (key(Key::ArrowRight), Command::Beside(1)),
        (key(Key::ArrowLeft), Command::Beside(-1)),
        (key(Key::Backspace), Command::Back),
        (KeyboardShortcut::new(Modifiers::SHIFT, Key::N), Command::BesideHit(-1)),
        (key(Key::N), Command::BesideHit(1)),
    ];
    if state.route() != Route::Shelf {
        keys.push((key(Key::Num1), Command::Go(Route::Cover)));
        keys.push((key(Key::Num2), Command::Go(Route::Gallery)));
        keys.push((key(Key::Num3), Command::Go(Route::Figures)));
    }
    if !state.search.is_idle() {
        // Where the search box does not stand, or has lost the keyboard, its Enter goes on.
        keys.push((KeyboardShortcut::new(Modifiers::SHIFT, Key::Enter), Command::BesideHit(-1)));
        keys.push((key(Key::Enter), Command::BesideHit(1)));
    }
    let archive = state.archive();
    if let (Route::Photo(_), Some(first), Some(last)) =
        (state.route(), archive.photo_ids().next(), archive.photo_ids().last())
    {
        keys.push((key(Key::Home), Command::Go(Route::Photo(first))));
        keys.push((key(Key::End), Command::Go(Route::Photo(last))));
    }
    keys
}

/// Escape closes what is on top: what is waited for, overlay, photo, search, message.
fn escape(state: &State) -> Option<Command> {
    if state.exporting.is_some() {
        Some(Command::CancelExport)
    } else if state.loading.is_some() {
        Some(Command::CancelOpen)
    } else if state.overlay.is_some() {
        Some(Command::CloseOverlay)
    } else if matches!(state.route(), Route::Photo(_)) {
        Some(Command::ClosePhoto)
    } else if !state.search.words.is_empty() {
        Some(Command::ClearSearch)
    } else if state.notice.is_some() {
        Some(Command::DismissNotice)
    } else {
        None
    }
}

/// The word of the candidates that Alt and a digit choose.
fn candidate_key(state: &State, input: &mut InputState) -> Option<usize> {
    const DIGITS: [Key; 9] =
        [Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5, Key::Num6, Key::Num7, Key::Num8, Key::Num9];
    let words = state.search.found.candidates.as_ref()?.words.len();
    let index = DIGITS.into_iter().take(words).position(|digit| input.consume_key(Modifiers::ALT, digit))?;
    // Some systems have it typed as well.
    let typed = (index + 1).to_string();
    input.events.retain(|event| !matches!(event, Event::Text(text) if *text == typed));
    Some(index)
}

/// The commands of the keys and mouse buttons pressed in this frame, in which an input method may be `composing`.
pub fn pressed(ui: &Ui, state: &State, composing: bool) -> Vec<Command> {
    let page_has_keys = page_has_keys(ui.ctx());
    // An open menu closes by itself.
    let in_menu = egui::Popup::is_any_open(ui.ctx());
    let mut commands = Vec::new();
    ui.input_mut(|input| {
        for (shortcut, command) in global(state) {
            if input.consume_shortcut(&shortcut) {
                commands.push(command);
            }
        }
        if let Some(index) = candidate_key(state, input) {
            commands.push(Command::ChooseCandidate(index));
        }
        if page_has_keys {
            for (shortcut, command) in page(state) {
                // With Shift, these select text.
                let selects = matches!(shortcut.logical_key, Key::ArrowLeft | Key::ArrowRight | Key::Home | Key::End);
                let shift = |event: &Event| matches!(event, Event::Key { modifiers, .. } if modifiers.shift);
                if !(selects && input.events.iter().any(shift)) && input.consume_shortcut(&shortcut) {
                    commands.push(command);
                }
            }
        }
        // While an input method composes, Escape is its own.
        if !composing
            && !in_menu
            && let Some(command) = escape(state)
            && input.consume_key(NONE, Key::Escape)
        {
            commands.push(command);
        }
        if input.pointer.button_clicked(egui::PointerButton::Extra1) {
            commands.push(Command::Back);
        }
        if input.pointer.button_clicked(egui::PointerButton::Extra2) {
            commands.push(Command::Forward);
        }
    });
    commands
}

/// The list of shortcuts, in the words of a language.
pub fn list(words: &Words) -> Vec<Group> {
    let names = &words.key_names;
    let key = |keys: &str| keys.to_owned();
    vec![
        (
            names.reading,
            vec![
                (key("← →"), words.next),
                (key("Space  PgDn  PgUp"), names.page),
                (key("↑ ↓"), names.scroll),
                (key("Home  End"), names.start_end),
                (key("Alt + ←"), words.back),
                (key("Alt + →"), words.forward),
                (key("Ctrl + A"), words.select_all),
                (key("Ctrl + C"), words.copy_text),
                (key("Ctrl + Shift + C"), words.copy_with_citation),
                (key("Shift + ← → ↑ ↓"), words.select_by_keys),
                (key("Ctrl + +"), words.larger),
                (key("Ctrl + −"), words.smaller),
            ],
        ),
        (
            names.searching,
            vec![
                (key("Ctrl + F   Ctrl + K   /"), words.search_label),
                (key("Enter   F3   N"), words.next_hit),
                (key("Shift + Enter   Shift + F3"), words.previous_hit),
                (key("Alt + 1–9"), words.search.choose_by_key),
                (key("Esc"), words.clear_search),
            ],
        ),
        (
            names.photos,
            vec![
                (key("← →"), words.next),
                (key("Home  End"), names.first_last),
                (key("+"), words.zoom_in),
                (key("−"), words.zoom_out),
                (key("0"), words.fit),
                (key("W A S D"), names.pan),
                (key("I"), words.details),
                (key("Ctrl + S"), words.save_copy),
            ],
        ),
        (
            names.program,
            vec![
                (key("Alt + Home"), words.shelf),
                (key("1"), words.cover),
                (key("2"), words.gallery),
                (key("3"), words.figures),
                (key("F9"), words.contents),
                (key("Ctrl + O"), words.open_archive),
                (key("F5"), words.reload),
                (key("Ctrl + E"), words.export_menu),
                (key("Ctrl + P"), words.print),
                (key("Ctrl + ,"), words.settings),
                (key("F1  ?"), words.shortcuts),
                (key("Tab"), names.tab),
                (key("Esc"), names.leave),
                (key("Ctrl + Q"), words.quit),
            ],
        ),
    ]
}
