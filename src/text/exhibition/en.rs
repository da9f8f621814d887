//! English.

use super::ExhibitionWords;

pub const WORDS: ExhibitionWords = ExhibitionWords {
    home: "Home",
    back: "Back",
    find: "Find",
    touch_to_begin: "Touch to begin",
    still_there: "Are you still there?",
    touch_to_go_on: "Touch the screen to go on",
    back_to_beginning: |seconds| format!("Back to the beginning in {seconds} s"),
    closed: "Closed",
    opens_in: |seconds| match (seconds / 3600, seconds.div_ceil(60) % 60) {
        (0, minutes) => format!("Opens in {minutes} min"),
        (hours, 0) => format!("Opens in {hours} h"),
        (hours, minutes) => format!("Opens in {hours} h {minutes} min"),
    },
};
