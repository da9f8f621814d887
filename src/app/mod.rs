//! What the viewer remembers and how it changes: `apply(state, command) → effects`. No egui, no IO, no clock.

mod apply;
mod command;
mod exhibition;
mod fingers;
mod reading;
mod route;
mod search;
mod settings;
mod shell;
mod staff;
mod state;

pub use apply::{apply, begin, export_name, on_event, open, results_name};
pub use command::{Command, DialogPurpose, Effect, ExportError, ExportJob, Job, JobEvent, Replace, ResultsJob};
pub use exhibition::{Exhibition, Now, Phase, Sheet, Turn};
pub use fingers::{FingerCommand, Fingers, Way};
pub use reading::{BodyFace, ELDER_ZOOM, Leading, LineLength, TEXT_SIZES, TextSize, Typography};
pub use route::{History, Location, Route};
pub use search::{ResultsKind, SavedSearch, Search};
pub use settings::{Drawing, LastPlace, Settings, Theme, WindowPlace};
pub use shell::{Capability, ExhibitionRules, Metrics, Shell};
pub use staff::{Content, DoorState, Inspected, Staff, StaffCommand, StaffEvent, StaffJob, StaffPage, UpdateMonitor};
pub use state::{ArchiveKey, Export, Focus, LoadMonitor, Loading, Notice, Overlay, State};
