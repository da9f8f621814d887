//! Juanzong (卷宗): an offline viewer for report archives. See ARCHITECTURE.md for the way through the code.

pub mod archive;
