//! What the viewer remembers and how it changes: `apply(state, command) → effects`. No egui, no IO, no clock.

mod apply;
mod command;
mod route;
mod settings;
mod state;

pub use apply::{apply, on_event};
pub use command::{Command, DialogPurpose, Effect, Job, JobEvent, Replace, SaveError};
pub use route::{History, Route};
pub use settings::{LastPlace, Settings, TEXT_SIZES, TextSize, Theme, WindowPlace};
pub use state::{Focus, Notice, Overlay, Search, State};
