//! Photo files to pixels: bounded decoding, scaling, and checking against what the archive says of them.

mod decode;
mod scale;
mod verify;

pub use decode::{Pixels, decode};
pub use verify::verify;
