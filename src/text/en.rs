//! English.

use crate::app::{BodyFace, Drawing, Leading, LineLength, Theme};
use crate::archive::{PhotoField, PhotoKind, ReportField, SectionKind};
use crate::export::Kind;
use crate::export::clip::CopyForm;
use crate::library::Field;
use crate::library::filter::Dimension;
use crate::search::TextKind;

use super::errors::en::{load_error, photo_error, problem, save_error};
use super::{CliWords, KeyNames, ResultsWords, Words, message, number};

pub(super) const WORDS: Words = Words {
    app_name: "Juanzong",
    between: ", ",
    cut: "...",
    shelf: "All archives",
    shelf_filter: "Filter by title or year",
    clear_filter: "Clear the filter",
    shelf_size: |archives, sections, photos| {
        [
            plural(archives, "archive", "archives"),
            plural(sections, "section", "sections"),
            plural(photos, "picture", "pictures"),
        ]
        .join(", ")
    },
    archive_size: |reports, sections, photos| {
        let reports = if reports > 1 { format!("{reports} reports, ") } else { String::new() };
        let sections = plural(sections, "section", "sections");
        let photos = if photos > 0 { format!(", {}", plural(photos, "picture", "pictures")) } else { String::new() };
        format!("{reports}{sections}{photos}")
    },
    years: |first, last| match first == last {
        true => first.to_string(),
        false => format!("{first}–{last}"),
    },
    cover: "Cover",
    contents: "Contents",
    gallery: "Gallery",
    figures: "Figures",
    about_report: "Record",
    untitled: "(untitled)",
    start_reading: "Start reading",
    previous: "Previous",
    next: "Next",
    back: "Back",
    forward: "Forward",
    close: "Close",
    cancel: "Cancel",
    open: "Open",
    save: "Save",
    open_archive: "Open an archive",
    open_folder: "Open a folder...",
    open_other_folder: "Choose a folder...",
    open_other_file: "Choose a file...",
    open_bundled: "The archive that comes with the program",
    reload: "Reload",
    recents: "Opened recently",
    no_recents: "No other archive has been opened yet. You can also drop an archive.json, or a folder of archives, on the window.",
    forget_recents: "Clear the list",
    drop_here: "Let go to open this archive",
    settings: "Display",
    text_size: "Text size",
    larger: "Larger text",
    face: "Typeface",
    face_name: |face| match face {
        BodyFace::Serif => "Serif",
        BodyFace::Sans => "Sans serif",
    },
    leading: "Line spacing",
    leading_name: |leading| match leading {
        Leading::Close => "Close",
        Leading::Normal => "Normal",
        Leading::Wide => "Wide",
    },
    line_length: "Line length",
    line_length_name: |length| match length {
        LineLength::Short => "Short",
        LineLength::Normal => "Normal",
        LineLength::Long => "Long",
    },
    justify: "Straight right edge",
    as_stored: "Punctuation as stored",
    as_stored_hint: "Half-width marks between Chinese characters are usually shown full-width; the record never changes.",
    drawing: "Drawn by",
    drawing_name: |drawing| match drawing {
        Drawing::Automatic => "Automatic",
        Drawing::GraphicsCard => "Graphics card",
        Drawing::Processor => "Processor",
    },
    drawing_hint: "From the next start on. If the picture is wrong, choose the processor.",
    settings_forgotten: "The program goes on, but the next time it will not know what you chose today.",
    without_graphics_card: "The graphics card could not open the window, so the processor draws it. You can change this in the display settings.",
    elder: "Larger view",
    elder_hint: "Larger words and buttons; running text of at least 30 points.",
    smaller: "Smaller text",
    theme: "Colours",
    language: "Language",
    show_contents: "Show contents",
    hide_contents: "Hide contents",
    shortcuts: "Keyboard shortcuts",
    menu: "Menu",
    quit: "Quit",

    search_hint: "Search text, pinyin or initials",
    search_label: "Search",
    clear_search: "Clear the search",
    search_results: "Search results",
    searching: "Searching...",
    next_hit: "Next match",
    previous_hit: "Previous match",
    nearest: "Close to it, in this archive:",
    photo_kind_badge: |kind| match kind {
        PhotoKind::Photograph => None,
        PhotoKind::Scan => Some(["Scan"; 2]),
        PhotoKind::Illustration => Some(["Illustration, original photo not held", "Illustration"]),
    },
    photo_missing: "The picture's file is missing",
    photo_loading: "Reading the picture...",
    no_photos: "This archive holds no pictures.",
    no_figures: "This archive lists no figures.",
    empty_section: "This section has no text.",
    empty_archive: "This archive holds no report yet.",
    zoom_in: "Zoom in",
    zoom_out: "Zoom out",
    fit: "Fit to window",
    details: "About the picture",
    save_copy: "Save a copy",
    in_section: "In section",
    file: "File",
    file_size: "Size",
    dimensions: "Dimensions",
    photo_key: "Photo number",
    caption: "Caption",
    alt: "What it shows",
    kind: "Kind",

    figure_hint: "Choose a figure to see the sentence that it comes from.",
    about: "About",
    problems: "State of the archive",
    no_problems: "No problems found.",
    path: "Path",
    path_hint: "for example D:\\archive\\archive.json or D:\\archives",
    no_dialog: "This computer has no file dialog: please type the path.",
    copied: |characters, form| match form {
        CopyForm::Plain => format!("{characters} characters copied"),
        CopyForm::Markdown => format!("{characters} characters copied as Markdown"),
        CopyForm::WithCitation => format!("{characters} characters copied, with where they come from"),
    },
    copy_with_citation: "Copy with citation",
    copy_markdown: "Copy as Markdown",
    select_by_keys: "Select text",
    export: "Export",
    export_menu: "Export...",
    export_what: "What",
    this_section: "This section",
    this_report: "This report",
    whole_archive: "The whole archive",
    export_as: "As",
    kind_name: |kind| match kind {
        Kind::Pdf => "PDF booklet",
        Kind::Markdown => "Markdown",
        Kind::Text => "Plain text",
    },
    paper: "Paper",
    save_as: "Choose a place and save",
    exporting: "Exporting",
    print: "Print...",
    printing: "Handed to the system's PDF viewer, where it can be printed",
    not_made: |why| {
        message(
            format!("The PDF could not be made ({why})."),
            "Export as Markdown or plain text, and show the archive to whoever keeps the program.",
        )
    },
    no_viewer: |path| {
        message(
            "No program of this system opens PDF files.",
            format!("The PDF is ready: {}. It can be printed on another computer.", path.display()),
        )
    },
    address_copied: "This program never goes online; the address was copied",
    contents_title: "Contents",
    go_to: "Go there",
    copy_text: "Copy",
    selection_start: "Start of the selection",
    back_to_note: |number| format!("Note {number}, back to the text"),
    selection_end: "End of the selection",
    progress: |percent, minutes| match minutes {
        0 => format!("{percent}% read"),
        1 => format!("{percent}% read, about 1 minute left"),
        _ => format!("{percent}% read, about {minutes} minutes left"),
    },
    select_all: "Select all",
    panicked: "A task of the program failed and was skipped; everything else goes on.",
    loading: "Opening...",

    search: super::search::EN,
    key_names: KeyNames {
        reading: "Reading",
        searching: "Searching",
        photos: "Pictures",
        program: "Program",
        scroll: "Scroll",
        page: "Page up and down",
        start_end: "To the start or end",
        tab: "Between controls; Enter presses",
        pan: "Move the picture",
        leave: "Close what is on top",
        first_last: "First and last picture",
    },

    theme_name: |theme| match theme {
        Theme::Light => "Light",
        Theme::Dark => "Dark",
        Theme::HighContrast => "High contrast",
    },
    section_kind: |kind| match kind {
        SectionKind::Article => "Article",
        SectionKind::Sidebar => "Sidebar",
        SectionKind::Appendix => "Appendix",
    },
    photo_kind: |kind| match kind {
        PhotoKind::Photograph => "Photograph",
        PhotoKind::Scan => "Scan",
        PhotoKind::Illustration => "Illustration (original photo not held)",
    },
    report_field: |field| match field {
        ReportField::Creator => "Author",
        ReportField::DateIssued => "Date",
        ReportField::DateNote => "Note on the date",
        ReportField::Newspaper => "Newspaper",
        ReportField::Issue => "Issue",
        ReportField::Page => "Page",
        ReportField::ReferenceCode => "Reference code",
        ReportField::Summary => "Summary",
        ReportField::People => "People",
        ReportField::Places => "Places",
        ReportField::Keywords => "Keywords",
        ReportField::AccessStatus => "Access",
        ReportField::SecurityLevel => "Security level",
        ReportField::RetentionPeriod => "Retention period",
        ReportField::Language => "Language",
        ReportField::Rights => "Rights",
        ReportField::Holder => "Holder",
        ReportField::SourceNote => "Source",
    },
    photo_field: |field| match field {
        PhotoField::Event => "Event",
        PhotoField::DateTaken => "Date taken",
        PhotoField::Place => "Place",
        PhotoField::People => "People",
        PhotoField::Background => "Background",
        PhotoField::Photographer => "Photographer",
        PhotoField::ReferenceCode => "Reference code",
        PhotoField::Subject => "Subject",
        PhotoField::Group => "Group",
        PhotoField::SeeAlso => "See also",
        PhotoField::Rights => "Rights",
        PhotoField::Consent => "Consent",
        PhotoField::Notes => "Notes",
    },
    field: |field| match field {
        Field::Title => "Title",
        Field::Subtitle => "Subtitle",
        Field::Kicker => "Kicker",
        Field::Byline => "Byline",
        Field::Closing => "Closing line",
        Field::Body => "Text",
        Field::Caption => "Caption",
        Field::Alt => "What it shows",
        Field::Label => "Figure",
        Field::Rights => "Rights",
        Field::Holder => "Holder",
        Field::Report(field) => (WORDS.report_field)(field),
        Field::Photo(field) => (WORDS.photo_field)(field),
    },
    hits: |count| plural(count, "match", "matches"),
    nothing_found: |words| format!("Nothing found for '{words}'"),
    photos: |count| plural(count, "picture", "pictures"),
    about_value: |value| format!("about {value}"),
    opened: |title, archives, problems| {
        let held = if archives > 1 { format!(" ({archives} archives)") } else { String::new() };
        match problems {
            0 => format!("Opened '{title}'{held}"),
            n => format!("Opened '{title}'{held}: {}", plural(n, "problem", "problems")),
        }
    },
    saved_to: |path| format!("Saved to {}", path.display()),
    problem_count: |count| plural(count, "problem", "problems"),
    page_of: |current, count| format!("{current} / {count}"),
    date: |edtf| edtf.replace('/', " to ").replace('~', " (about)"),
    language_name: |tag| match tag {
        "zh-Hans" | "zh-CN" => "Simplified Chinese",
        "zh-Hant" | "zh-TW" | "zh-HK" => "Traditional Chinese",
        "zh" => "Chinese",
        "en" => "English",
        other => other,
    },
    line: |line| format!("line {line}"),
    load_error,
    photo_error,
    save_error,
    problem,
    usage: "Usage: juanzong [OPTIONS] [ARCHIVE or FOLDER]\n\nOptions:\n  --renderer gl|cpu         draw with the graphics card (gl) or \
            with the program's own painter (cpu)\n  --kiosk [SETTINGS.toml]   fill the screen, for an exhibition\n  --help                    \
            show this\n  --version                 show the version\n\njz checks, searches and exports archives.",
    no_such_option: |option| format!("There is no such option: {}", option.trim_end()),
    no_window: |why| {
        message(
            format!("No window can be opened: {why}"),
            "A desktop is needed; on Linux, Wayland, or X11 with libX11, libX11-xcb, libXcursor, libXi, libXrandr, libXrender, \
             libxkbcommon-x11 and the keyboards of xkb-data. Without one, jz checks, searches and exports archives.",
        )
    },
    no_opengl: |why| message(format!("OpenGL cannot be used here: {why}"), "Start it with --renderer cpu."),
    cli: CliWords {
        about: "The archive keeper's tool: checks archives and searches them.",
        check: "Check an archive: can it be read, what is missing, have pictures changed",
        search: "Search the texts, captions and metadata of archives",
        export: "Export an archive or a section: a PDF booklet, Markdown or plain text",
        to: "What to: pdf, md, txt",
        section: "Only the section with this id",
        output: "The file to write",
        paper: "Paper: a4, a5",
        size: "Size of the text in points, 6 to 40",
        bad_text_size: |sizes| {
            format!(
                "The text cannot have that size; write a number of points from {} to {}.",
                sizes.start(),
                sizes.end()
            )
        },
        face: "Typeface: serif, sans",
        force: "Replace a file that is there",
        exists: |path| format!("'{}' is there already. To replace it, add --force.", path.display()),
        no_section: |id| {
            format!("There is no section '{id}' in the archive. jz search --json shows the sections' ids.")
        },
        missing_characters: |characters| {
            let list: Vec<String> = characters.iter().take(20).map(char::to_string).collect();
            format!(
                "{} characters are not in the embedded faces and stand as boxes: {}",
                characters.len(),
                list.join(" ")
            )
        },
        completions: "Print a completion script for a shell",
        help: "Print help",
        archive: "An archive's file or folder, or a folder of archives; without one, that beside the program or the bundled one",
        query: "Characters, pinyin or initials; \"in quotes\" exactly, -word without",
        json: "One JSON object a line for every match",
        shell: "The shell",
        usage: "Usage",
        commands: "Commands",
        arguments: "Arguments",
        options: "Options",
        print_help: "Print help",
        print_version: "Print the version",
        exit_codes: "Exit codes: 0 found or fine; 1 nothing found or problems; 2 wrong use or unreadable",
        error: "error",
        warning: "warning",
        remedy: "remedy",
        bundled: "bundled archive",
        fine: |name, reports, sections, photos| {
            format!(
                "{name}: no problems ({}, {}, {})",
                plural(reports, "report", "reports"),
                plural(sections, "section", "sections"),
                plural(photos, "picture", "pictures")
            )
        },
        found_problems: |errors, warnings| {
            format!("{}, {}", plural(errors, "error", "errors"), plural(warnings, "warning", "warnings"))
        },
        unknown: |what| format!("'{what}' is not known here"),
        missing: |what| format!("{what} is missing"),
        wrong_use: "This is not how the command is used",
        see_help: "See jz --help.",
    },
    results: ResultsWords {
        title: |query| format!("Search results for '{query}'"),
        query: "Query",
        found: "Found",
        counts: |hits, documents| {
            let hits = usize::try_from(hits).unwrap_or(usize::MAX);
            format!("{} in {}", plural(hits, "place", "places"), plural(documents, "document", "documents"))
        },
        dimension: |dimension| match dimension {
            Dimension::Archive => "Archive",
            Dimension::Year => "Year",
            Dimension::Section => "Section",
            Dimension::Kind => "Kind",
            Dimension::Person => "Person",
            Dimension::Place => "Place",
        },
        kind: |kind| match kind {
            TextKind::Text => "Text",
            TextKind::Caption => "Picture",
            TextKind::Figure => "Figure",
        },
        days: "Dates",
        range: |from, to| match (from, to) {
            (Some(from), Some(to)) if from == to => from.to_owned(),
            (Some(from), Some(to)) => format!("{from} to {to}"),
            (Some(from), None) => format!("from {from}"),
            (None, Some(to)) => format!("until {to}"),
            (None, None) => String::new(),
        },
        line: |name, value| format!("{name}: {value}"),
        list: |values| values.join(", "),
        left_out: |places| format!("{places} more are not listed; a table would hold them all."),
        columns: [
            "Archive",
            "Report",
            "Date",
            "Section",
            "Kind",
            "Field",
            "Before",
            "Match",
            "After",
            "Places here",
            "Source",
        ],
    },
    kiosk: super::kiosk::EN,
    exhibition: super::exhibition::EN,
    staff: super::staff::EN,
    fingers: super::fingers::EN,
    shot: super::shot::EN,
};

pub(super) fn plural(count: usize, one: &str, many: &str) -> String {
    format!("{} {}", number(count as f64), if count == 1 { one } else { many })
}
