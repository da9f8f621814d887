//! Errors and problems as sentences, each with what to do about it. A file a language.

pub(super) mod en;
pub(super) mod zh;
