//! The staff's PIN: how it is kept, and how guessing is slowed.

use std::fs;
use std::path::{Path, PathBuf};

use argon2::password_hash::phc::PasswordHash;
use argon2::{Argon2, PasswordHasher as _, PasswordVerifier as _};

use crate::files::write_whole;

/// How many digits a PIN has.
pub const DIGITS: std::ops::RangeInclusive<usize> = 6..=12;

/// Why a PIN is not taken.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
pub enum PinError {
    #[error("6 to 12 digits")]
    NotDigits,
    /// One digit over and over, or a run such as 123456.
    #[error("easily guessed")]
    TooSimple,
    /// The system gives no random numbers.
    #[error("no random numbers")]
    NoRandomness,
}

/// The salted Argon2id hash of a PIN, as a PHC text for `pin_hash`.
pub fn hash(pin: &str) -> Result<String, PinError> {
    let digits = pin.as_bytes();
    if !DIGITS.contains(&digits.len()) || !digits.iter().all(u8::is_ascii_digit) {
        return Err(PinError::NotDigits);
    }
    let step = |pair: &[u8]| pair[1].wrapping_sub(pair[0]);
    let first = step(digits);
    if matches!(first, 0 | 1 | 255) && digits.windows(2).all(|pair| step(pair) == first) {
        return Err(PinError::TooSimple);
    }
    Argon2::default().hash_password(digits).map(|hash| hash.to_string()).map_err(|_| PinError::NoRandomness)
}

/// Whether a text is a hash that [`verify`] understands.
pub fn is_hash(text: &str) -> bool {
    PasswordHash::new(text)
        .is_ok_and(|hash| hash.algorithm.as_str().starts_with("argon2") && hash.salt.is_some() && hash.hash.is_some())
}

/// Takes some 50 ms and 19 MiB: not for the thread that draws.
pub fn verify(pin: &str, hash: &str) -> bool {
    PasswordHash::new(hash).is_ok_and(|hash| Argon2::default().verify_password(pin.as_bytes(), &hash).is_ok())
}

/// So many may be wrong before there is a wait.
const FREE_TRIES: u32 = 3;
const FIRST_WAIT_SECS: u64 = 30;
const LONGEST_WAIT_SECS: u64 = 3600;
/// After so long without a try, the wrong ones are forgotten.
const FORGOTTEN_AFTER_SECS: u64 = 24 * 3600;

/// The wrong tries since the last right one. Times are seconds since 1970.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Tries {
    pub wrong: u32,
    pub last: u64,
}

impl Tries {
    /// For how many seconds no PIN is taken.
    ///
    /// A clock that was set back since the last try says nothing of how long that is ago: the wait begins anew, so it is
    /// never longer than one wait.
    pub fn wait_secs(&mut self, now: u64) -> u64 {
        if now < self.last {
            self.last = now;
        }
        if now - self.last >= FORGOTTEN_AFTER_SECS {
            *self = Self::default();
        }
        (self.last + self.wait_after()).saturating_sub(now)
    }

    /// The whole wait after the last wrong try.
    fn wait_after(self) -> u64 {
        match self.wrong.checked_sub(FREE_TRIES) {
            None => 0,
            Some(doublings) => (FIRST_WAIT_SECS << doublings.min(20)).min(LONGEST_WAIT_SECS),
        }
    }

    /// A try begins, which counts as a wrong one until it is known to be right: ending the program does not undo it.
    fn begin(&mut self, now: u64) {
        *self = Self { wrong: self.wrong.saturating_add(1), last: now };
    }

    fn to_text(self) -> String {
        format!("{} {}\n", self.wrong, self.last)
    }

    /// `None`: damaged.
    fn from_text(text: &str) -> Option<Self> {
        let (wrong, last) = text.trim_end().split_once(' ')?;
        Some(Self { wrong: wrong.parse().ok()?, last: last.parse().ok()? })
    }
}

/// What came of a try.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Answer {
    Right,
    /// The next try is taken after so many seconds, 0 for at once.
    Wrong {
        wait_secs: u64,
    },
    /// Not looked at: it is too early.
    TooEarly {
        wait_secs: u64,
    },
}

/// The door to the staff's page. Wrong tries are kept in a file, so that a restart does not forget them.
#[derive(Debug)]
pub struct Door {
    hash: String,
    file: PathBuf,
    tries: Tries,
}

impl Door {
    /// `folder` is the kiosk's own.
    pub fn new(hash: String, folder: &Path, now: u64) -> Self {
        let file = folder.join("pin-tries");
        let tries = match fs::read_to_string(&file) {
            Ok(text) => Tries::from_text(&text).unwrap_or(Tries { wrong: FREE_TRIES, last: now }),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Tries::default(),
            Err(_) => Tries { wrong: FREE_TRIES, last: now },
        };
        Self { hash, file, tries }
    }

    /// For how many seconds no PIN is taken, for the PIN pad to show.
    pub fn wait_secs(&mut self, now: u64) -> u64 {
        let before = self.tries;
        let wait = self.tries.wait_secs(now);
        if self.tries != before {
            self.keep();
        }
        wait
    }

    /// Takes as long as [`verify`].
    pub fn try_pin(&mut self, pin: &str, now: u64) -> Answer {
        let wait_secs = self.wait_secs(now);
        if wait_secs > 0 {
            return Answer::TooEarly { wait_secs };
        }
        self.tries.begin(now);
        self.keep();
        if verify(pin, &self.hash) {
            self.tries = Tries::default();
            self.keep();
            return Answer::Right;
        }
        Answer::Wrong { wait_secs: self.tries.wait_after() }
    }

    fn keep(&self) {
        let _ = self.file.parent().map(fs::create_dir_all);
        // Where nothing can be written, tries are slowed until the next restart only.
        let _ = write_whole(&self.file, self.tries.to_text().as_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pin_is_six_to_twelve_digits_and_not_simple() {
        for (pin, expected) in [
            ("135790", None),
            ("112233", None),
            ("123457", None),
            ("12345", Some(PinError::NotDigits)),
            ("1357901357901", Some(PinError::NotDigits)),
            ("13579a", Some(PinError::NotDigits)),
            ("１３５７９０", Some(PinError::NotDigits)),
            ("", Some(PinError::NotDigits)),
            ("000000", Some(PinError::TooSimple)),
            ("123456", Some(PinError::TooSimple)),
            ("987654", Some(PinError::TooSimple)),
        ] {
            assert_eq!(hash(pin).err(), expected, "{pin}");
        }
    }

    #[test]
    fn a_hash_opens_for_its_pin_alone_and_is_salted() {
        let (one, two) = (hash("135790").expect("a hash"), hash("135790").expect("a hash"));
        assert_ne!(one, two);
        assert!(one.starts_with("$argon2id$") && is_hash(&one), "{one}");
        assert!(verify("135790", &one) && verify("135790", &two));
        assert!(!verify("135791", &one) && !verify("", &one));
        for text in ["", "135790", "$argon2id$", "$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHQ", "$scrypt$ln=1$YWJj$YWJj"]
        {
            assert!(!is_hash(text) && !verify("135790", text), "{text}");
        }
    }

    #[test]
    fn waits_double_after_the_third_wrong_try() {
        let mut tries = Tries::default();
        let mut now = 1_000_000;
        let waits: Vec<u64> = (0..12)
            .map(|_| {
                tries.begin(now);
                let wait = tries.wait_secs(now);
                assert_eq!(tries.wait_secs(now + wait), 0);
                now += wait;
                wait
            })
            .collect();
        assert_eq!(waits, [0, 0, 30, 60, 120, 240, 480, 960, 1920, 3600, 3600, 3600]);
    }

    /// What is left of the wait at `now`, after the fifth wrong try at second 100,000 (120 s).
    #[track_caller]
    fn left_at(now: u64, expected: u64) {
        let mut tries = Tries { wrong: 5, last: 100_000 };
        assert_eq!(tries.wait_secs(now), expected, "at {now}");
        assert_eq!(tries.wait_secs(now + expected), 0, "then it is over");
    }

    #[test]
    fn a_clock_that_is_wrong_locks_nobody_out() {
        left_at(100_000, 120);
        left_at(100_119, 1);
        left_at(100_120, 0);
        // Set back by a day, or to 1970.
        left_at(13_600, 120);
        left_at(0, 120);
        // Set far ahead.
        left_at(u64::MAX - 200, 0);
        let mut tries = Tries { wrong: u32::MAX, last: 5 };
        tries.begin(5);
        assert_eq!(tries.wait_secs(5), LONGEST_WAIT_SECS);
    }

    #[test]
    fn a_day_without_tries_is_forgiven() {
        let mut tries = Tries { wrong: 9, last: 100 };
        assert_eq!(tries.wait_secs(100 + FORGOTTEN_AFTER_SECS), 0);
        assert_eq!(tries, Tries::default());
    }

    #[test]
    fn tries_survive_a_restart_and_the_right_pin_clears_them() {
        let folder = tempfile::tempdir().expect("a folder");
        let hash = hash("135790").expect("a hash");
        let door = |now| Door::new(hash.clone(), folder.path(), now);
        assert_eq!(door(50).try_pin("000000", 50), Answer::Wrong { wait_secs: 0 });
        assert_eq!(door(51).try_pin("000001", 51), Answer::Wrong { wait_secs: 0 });
        assert_eq!(door(52).try_pin("000002", 52), Answer::Wrong { wait_secs: 30 });
        assert_eq!(door(60).try_pin("135790", 60), Answer::TooEarly { wait_secs: 22 });
        assert_eq!(door(82).try_pin("135790", 82), Answer::Right);
        assert_eq!(door(83).try_pin("000003", 83), Answer::Wrong { wait_secs: 0 });
    }

    #[test]
    fn a_damaged_file_of_tries_is_no_way_in() {
        let folder = tempfile::tempdir().expect("a folder");
        for damaged in ["", "x", "3", "3 -1", "99999999999 1"] {
            fs::write(folder.path().join("pin-tries"), damaged).expect("write");
            let mut door = Door::new("$argon2id$".to_owned(), folder.path(), 1000);
            assert_eq!(door.wait_secs(1000), 30, "{damaged:?}");
            assert_eq!(door.wait_secs(1030), 0, "{damaged:?}");
        }
    }
}
