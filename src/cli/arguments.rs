//! What `jz` understands.

use clap::builder::{EnumValueParser, OsStringValueParser};
use clap::{Arg, ArgAction, Command};

use crate::text::{CliWords, Words};

pub const CHECK: &str = "check";
pub const SEARCH: &str = "search";
pub const COMPLETIONS: &str = "completions";
pub const ARCHIVE: &str = "ARCHIVE";
pub const QUERY: &str = "QUERY";
pub const JSON: &str = "json";
pub const SHELL: &str = "SHELL";
pub const EXPORT: &str = "export";
pub const TO: &str = "to";
pub const SECTION: &str = "section";
pub const OUTPUT: &str = "output";
pub const PAPER: &str = "paper";
pub const SIZE: &str = "size";
pub const FACE: &str = "face";
pub const FORCE: &str = "force";
pub const SHOT: &str = "shot";
pub const VIEW: &str = "view";
pub const PIXELS: &str = "size";
pub const SCALE: &str = "scale";
pub const LANGUAGE: &str = "language";
pub const THEME: &str = "theme";
pub const WORDS: &str = "query";
pub const KIOSK: &str = "kiosk";
pub const KIOSK_PIN: &str = "pin";
pub const KIOSK_CHECK: &str = "check";
pub const KIOSK_STATISTICS: &str = "statistics";
pub const CSV: &str = "csv";
pub const KIOSK_FILE: &str = "FILE";

pub fn command(words: &Words) -> Command {
    let cli = &words.cli;
    let archive = Arg::new(ARCHIVE).display_order(1).value_parser(OsStringValueParser::new()).help(cli.archive);
    let query = Arg::new(QUERY).display_order(0).required(true).help(cli.query);
    let json = Arg::new(JSON).long("json").action(ArgAction::SetTrue).help(cli.json);
    let option = |name: &'static str, help: &'static str| Arg::new(name).long(name).help(help);
    let one_archive = archive.clone().num_args(0..=1);
    let output = option(OUTPUT, cli.output)
        .short('o')
        .value_name("FILE")
        .required(true)
        .value_parser(OsStringValueParser::new());
    let force = option(FORCE, cli.force).action(ArgAction::SetTrue);
    let export = [
        one_archive.clone(),
        option(TO, cli.to).value_name("KIND").value_parser(["pdf", "md", "txt"]).default_value("pdf"),
        option(SECTION, cli.section).value_name("ID"),
        output.clone(),
        option(PAPER, cli.paper).value_name("PAPER").value_parser(["a4", "a5"]).default_value("a4"),
        option(SIZE, cli.size).value_name("POINTS").value_parser(clap::value_parser!(f32)),
        option(FACE, cli.face).value_name("FACE").value_parser(["serif", "sans"]).default_value("serif"),
        force.clone(),
    ];
    let said_of = &words.shot;
    let shot = [
        one_archive,
        option(VIEW, said_of.view).value_name("VIEW").default_value("cover"),
        option(WORDS, said_of.query).value_name("QUERY"),
        output,
        option(PIXELS, said_of.pixels).value_name("PIXELS").default_value("1366x768"),
        option(SCALE, said_of.scale).value_name("SCALE").value_parser(clap::value_parser!(f32)).default_value("1"),
        option(LANGUAGE, said_of.language).value_name("LANGUAGE").value_parser(["zh", "en"]),
        option(THEME, said_of.theme)
            .value_name("THEME")
            .value_parser(["light", "dark", "high-contrast"])
            .default_value("light"),
        force,
    ];
    let shell = EnumValueParser::<clap_complete::Shell>::new();
    let shell = Arg::new(SHELL).required(true).value_parser(shell).help(cli.shell);
    let jz = said(Command::new("jz"), cli)
        .version(env!("CARGO_PKG_VERSION"))
        .about(cli.about)
        .after_help(cli.exit_codes)
        .subcommand_help_heading(cli.commands)
        .disable_version_flag(true)
        .arg(
            Arg::new("version")
                .short('V')
                .long("version")
                .action(ArgAction::Version)
                .help(cli.print_version)
                .help_heading(cli.options),
        );
    [
        Command::new(CHECK).about(cli.check).arg(archive.clone().num_args(0..)),
        Command::new(SEARCH).about(cli.search).args([query, archive.num_args(0..), json]),
        Command::new(EXPORT).about(cli.export).args(export),
        Command::new(SHOT).about(words.shot.about).args(shot),
        kiosk(words),
        Command::new(COMPLETIONS).about(cli.completions).arg(shell),
    ]
    .into_iter()
    .fold(jz, |jz, command| jz.subcommand(said(command, cli)))
}

fn kiosk(words: &Words) -> Command {
    let (cli, kiosk) = (&words.cli, &words.kiosk);
    let file = Arg::new(KIOSK_FILE).required(true).value_parser(OsStringValueParser::new()).help(kiosk.settings_file);
    let check = Command::new(KIOSK_CHECK).about(kiosk.check_settings).arg(file);
    let csv = Arg::new(CSV).long(CSV).action(ArgAction::SetTrue).help(kiosk.as_csv);
    let statistics = Command::new(KIOSK_STATISTICS).about(kiosk.print_statistics).arg(csv);
    let commands = [Command::new(KIOSK_PIN).about(kiosk.make_pin), check, statistics].map(|command| said(command, cli));
    let parent = Command::new(KIOSK).about(kiosk.about).subcommand_required(true).arg_required_else_help(true);
    parent.subcommand_help_heading(cli.commands).subcommands(commands)
}

/// A command whose help speaks the language.
fn said(command: Command, cli: &CliWords) -> Command {
    let template = format!("{{about-with-newline}}\n{}: {{usage}}\n\n{{all-args}}{{after-help}}\n", cli.usage);
    let help = Arg::new("help").short('h').long("help").action(ArgAction::Help).help(cli.print_help);
    command.help_template(template).disable_help_flag(true).disable_help_subcommand(true).arg(help).mut_args(|arg| {
        let heading = if arg.is_positional() { cli.arguments } else { cli.options };
        arg.help_heading(heading)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Language;

    /// A command's own name and those of its options, and the same of the commands under it.
    fn names(command: &Command) -> Vec<String> {
        let options = command.get_arguments().filter_map(Arg::get_long).map(|long| format!(r"\-\-{long}"));
        let below = command.get_subcommands().flat_map(names);
        options.chain([command.get_name().to_owned()]).chain(below).collect()
    }

    #[test]
    fn the_manual_pages_name_every_command_and_option() {
        let english = include_str!("../../assets/linux/man/jz.1");
        let chinese = include_str!("../../assets/linux/man/zh_CN/jz.1");
        for name in names(&command(Language::of_system().words())) {
            assert!(english.contains(&name), "man/jz.1 does not name {name}");
            assert!(chinese.contains(&name), "man/zh_CN/jz.1 does not name {name}");
        }
    }
}
