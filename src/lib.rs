//! Juanzong (卷宗): an offline viewer for report archives. See ARCHITECTURE.md for the way through the code.

/// What the viewer remembers and how it changes.
pub mod app;
/// The record: format, loading, diagnostics.
pub mod archive;
/// The archive keeper's commands.
pub mod cli;
/// Archives, reports and sections as files for others to read.
pub mod export;
/// Files that are written whole or not at all.
pub mod files;
/// Where the programs write.
pub mod folders;
/// The window.
pub mod host;
/// Indexes of the search as files.
pub mod index_files;
/// Unattended at an exhibition: settings, watchdog, PIN, statistics, new content.
pub mod kiosk;
/// The open archive and its search text.
pub mod library;
/// Markdown to blocks and plain text.
pub mod markdown;
/// What stands in the program packed.
mod packed;
/// egui's triangles to pixels, on the CPU.
pub mod painter;
/// Photo files to pixels.
pub mod photo;
/// Every string found: folding, pinyin, queries, snippets.
pub mod search;
/// Every word that the programs say.
pub mod text;
/// Chinese set as in print: lines and places.
pub mod typeset;
/// What is drawn.
pub mod ui;
/// Threads.
pub mod worker;
