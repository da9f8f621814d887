//! What the exhibition says to visitors. A file a language.

mod en;
mod zh;

pub(super) use en::WORDS as EN;
pub(super) use zh::WORDS as ZH;

/// The exhibition's words of one language.
pub struct ExhibitionWords {
    pub home: &'static str,
    pub back: &'static str,
    pub find: &'static str,
    pub touch_to_begin: &'static str,
    pub still_there: &'static str,
    pub touch_to_go_on: &'static str,
    /// In so many seconds.
    pub back_to_beginning: fn(usize) -> String,
    pub closed: &'static str,
    /// In so many seconds.
    pub opens_in: fn(u32) -> String,
}
