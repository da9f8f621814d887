//! Chinese set as in print: a line of characters with their widths, and a measure, to lines with positions.
//!
//! No line starts with closing punctuation or ends with an opening mark; numbers keep their units and Latin words stay
//! whole; adjacent marks are trimmed; a quarter em stands between Han and Latin; both edges are straight but for the
//! last line. After W3C's Requirements for Chinese Text Layout (CLREQ) and GB/T 15834. Knows no egui.

mod breaks;
mod class;
mod face;
mod fit;
mod flow;
mod lines;
mod pieces;
mod quotes;
mod set;
mod shaper;
mod show;
mod spacing;
mod units;

pub use face::Face;
pub use flow::{Flow, Picture, Sheet};
pub use lines::{Cursor, Glyph, Line, Measure, Run, Setter, set_lines};
pub use set::{Frame, Label, SetBlock, SetPicture, SetText};
pub use shaper::{FontStack, ShapedGlyph, Shaper};
pub use show::{begins_hollow, full_width};
