//! What the kiosk says to those who look after it. A file a language.

mod en;
mod zh;

use crate::kiosk::pin::PinError;
use crate::kiosk::settings::SettingsError;
use crate::kiosk::update::UpdateError;
use crate::kiosk::watch::Entry;

use super::Message;

pub(super) use en::WORDS as EN;
pub(super) use zh::WORDS as ZH;

/// The kiosk's words of one language.
pub struct KioskWords {
    /// Where, what, and what to do.
    pub settings_error: fn(&SettingsError) -> Message,
    pub settings_fine: fn(&std::path::Path) -> String,
    pub last_good_used: &'static str,
    /// The settings have problems and there are no others: nothing is started.
    pub not_started: &'static str,
    pub no_settings_file: &'static str,
    pub pin_error: fn(PinError) -> Message,
    /// A line of the log.
    pub log_entry: fn(&Entry) -> String,
    /// The columns of the table of statistics.
    pub statistics_headings: &'static [&'static str; 11],
    /// Why new content was not taken.
    pub update_error: fn(&UpdateError) -> Message,
    pub about: &'static str,
    pub make_pin: &'static str,
    pub ask_pin: &'static str,
    pub check_settings: &'static str,
    pub print_statistics: &'static str,
    pub as_csv: &'static str,
    pub settings_file: &'static str,
}

/// `file:12`, or the file alone.
fn place(error: &SettingsError) -> String {
    match error.line {
        Some(line) => format!("{}:{line}", error.file.display()),
        None => error.file.display().to_string(),
    }
}

#[cfg(test)]
mod tests {
    use crate::kiosk::settings::KioskSettings;
    use crate::text::Language;

    #[test]
    fn what_is_wrong_with_the_settings_is_said_with_its_place_and_what_is_allowed() {
        let said = |language: Language, text: &str| {
            let (_, problems) = KioskSettings::parse(text, "/k/kiosk.toml".as_ref());
            let message = (language.words().kiosk.settings_error)(&problems[0]);
            format!("{} {}", message.what, message.remedy)
        };
        for (text, zh, en) in [
            (
                "\nidle_secs = 5",
                "/k/kiosk.toml:2：“idle_secs”不能是 5。 请写 10 到 3600 的整数，不加引号。",
                "/k/kiosk.toml:2: 'idle_secs' cannot be 5. It takes a whole number from 10 to 3600, without quotes.",
            ),
            (
                "idle_sec = 5",
                "/k/kiosk.toml:1：没有“idle_sec”这一项。 是不是“idle_secs”？",
                "/k/kiosk.toml:1: there is no 'idle_sec'. Did you mean 'idle_secs'?",
            ),
            (
                "language = \"fr\"",
                "/k/kiosk.toml:1：“language”不能是 \"fr\"。 请写 \"zh-CN\" 或 \"en\"。",
                "/k/kiosk.toml:1: 'language' cannot be \"fr\". It takes \"zh-CN\" or \"en\".",
            ),
        ] {
            assert_eq!(said(Language::ZhCn, text), zh);
            assert_eq!(said(Language::En, text), en);
        }
    }
}
