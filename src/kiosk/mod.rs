//! Unattended at an exhibition for months: everything about it that is not drawn.
//!
//! Nothing here knows the window. What depends on the time takes it as an argument.

pub mod clock;
pub mod hours;
pub mod pin;
pub mod settings;
