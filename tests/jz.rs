//! `jz` through the real binary.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use juanzong::archive::{Source, load};
use juanzong::library::{Field, Library, Request};
use serde_json::Value;

fn jz(locale: &str, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_jz"))
        .args(args)
        .env_remove("LANGUAGE")
        .env("LC_ALL", locale)
        .env("LANG", locale)
        .output()
        .expect("jz runs")
}

fn zh(args: &[&str]) -> (i32, String, String) {
    let output = jz("zh_CN.UTF-8", args);
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    (output.status.code().expect("an exit code"), text(output.stdout), text(output.stderr))
}

fn fixture(name: &str) -> String {
    absolute(&format!("tests/fixtures/{name}"))
}

/// A path in this repository, as programs tell of it on each system.
fn absolute(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    std::path::absolute(path).expect("a path").display().to_string()
}

#[test]
fn the_bundled_archive_is_fine() {
    let (code, out, err) = zh(&["check"]);
    assert_eq!((code, err.as_str()), (0, ""));
    assert!(out.contains("没有问题"), "{out}");
    let root = env!("CARGO_MANIFEST_DIR");
    assert_eq!(zh(&["check", root]).0, 0, "as a folder");
    assert_eq!(zh(&["check", &format!("{root}/archive.json")]).0, 0, "as a file");
}

#[test]
fn a_damaged_archive_is_told_of_with_line_and_remedy() {
    let path = fixture("trailing-comma.json");
    let (code, out, _) = zh(&["check", &path]);
    assert_eq!(code, 1);
    assert!(out.contains(&format!("{path}:")) && out.contains("多了一个逗号") && out.contains("请删去"), "{out}");
}

#[test]
fn a_changed_picture_is_told_of() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let photos = folder.path().join("assets/photos");
    std::fs::create_dir_all(&photos).expect("folders");
    std::fs::copy(root.join("archive.json"), folder.path().join("archive.json")).expect("a copy");
    for photo in std::fs::read_dir(root.join("assets/photos")).expect("photos").flatten() {
        std::fs::copy(photo.path(), photos.join(photo.file_name())).expect("a copy");
    }
    let path = folder.path().display().to_string();
    assert_eq!(zh(&["check", &path]).0, 0, "a whole copy is fine");
    let changed = photos.join("ruyihu.jpg");
    let mut bytes = std::fs::read(&changed).expect("a photo");
    let last = bytes.len() - 1000;
    bytes[last] ^= 1;
    std::fs::write(&changed, bytes).expect("changed");
    let (code, out, _) = zh(&["check", &path]);
    assert_eq!(code, 1);
    assert!(out.contains("ruyihu.jpg") && out.contains("摘要不符"), "{out}");
}

#[test]
fn exit_codes_say_what_happened() {
    for (args, expected) in [
        (&["search", "温泉"][..], 0),
        (&["search", "wq"], 0),
        (&["search", "温quan"], 0),
        (&["search", "\"温泉小镇\""], 0),
        (&["search", "温泉 -项目"], 0),
        (&["search", "火星"], 1),
        (&["search", "\"wenquan\""], 1),
        (&["search", "温泉", "/no/such/archive.json"], 2),
        (&["check", "/no/such/archive.json"], 2),
        (&["search"], 2),
        (&["nonsense"], 2),
        (&[], 2),
        (&["--help"], 0),
        (&["search", "--help"], 0),
        (&["--version"], 0),
    ] {
        let (code, out, err) = zh(args);
        assert_eq!(code, expected, "{args:?}: {out}{err}");
    }
}

#[test]
fn what_is_not_found_is_said_with_the_nearest_that_is() {
    let (code, out, err) = zh(&["search", "文泉"]);
    assert_eq!((code, out.as_str()), (1, ""));
    assert!(err.contains("没有找到“文泉”") && err.contains("温泉"), "{err}");
}

#[test]
fn json_gives_every_match_with_its_place() {
    let (code, out, _) = zh(&["search", "--json", "温泉"]);
    assert_eq!(code, 0);
    let archive = load(Source::Embedded).expect("the bundled archive");
    let mut counted = 0;
    for line in out.lines() {
        let object: Value = serde_json::from_str(line).expect("an object a line");
        let text = |key: &str| object[key].as_str().unwrap_or_else(|| panic!("{key} in {line}"));
        let number = |key: &str| usize::try_from(object[key].as_u64().expect(key)).expect(key);
        assert_eq!(text("archive"), "bundled");
        assert!(text("snippet").contains(text("text")), "{line}");
        assert_eq!(number("end") - number("start"), text("text").chars().count());
        if text("field") == "body" {
            let section = archive.section_by_key(text("section")).expect("a section");
            let plain = &archive.section(section).document.plain;
            let there: String = plain.chars().skip(number("start")).take(2).collect();
            assert_eq!(there, text("text"));
            assert_eq!(text("report"), "wenquan-2017");
        }
        counted += 1;
    }
    // The same places, counted by hand over what is searched.
    let library = Library::new(archive);
    let found = library.search(&Request::everything("温泉"));
    assert_eq!(counted, found.count);
    let bodies: usize =
        library.archive(library.first()).sections.iter().map(|s| s.document.plain.matches("温泉").count()).sum();
    let hits = found.groups.iter().flat_map(|group| &group.hits);
    assert_eq!(hits.filter(|hit| hit.place.field == Field::Body).count(), bodies);
}

#[test]
fn several_archives_are_searched_and_named() {
    let whole = fixture("whole.json");
    let bundled = absolute("archive.json");
    let (code, out, _) = zh(&["search", "温泉镇", &whole, &bundled]);
    assert_eq!(code, 0);
    for path in [&whole, &bundled] {
        assert!(out.lines().any(|line| line.starts_with(path.as_str())), "{path} in {out}");
    }
}

#[test]
fn messages_come_in_the_systems_language() {
    let english = jz("en_US.UTF-8", &["--help"]);
    let help = String::from_utf8(english.stdout).expect("UTF-8");
    assert!(help.contains("Usage") && help.contains("Exit codes") && !help.contains("用法"), "{help}");
    let (_, help, _) = zh(&["--help"]);
    assert!(help.contains("用法") && help.contains("退出码") && !help.contains("Usage"), "{help}");
    let english = jz("en_US.UTF-8", &["search"]);
    assert!(String::from_utf8_lossy(&english.stderr).contains("missing"));
    assert!(zh(&["search"]).2.contains("还缺少"));
}

#[test]
fn completions_come_for_every_shell() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let (code, out, _) = zh(&["completions", shell]);
        assert!(code == 0 && out.contains("search"), "{shell}");
    }
}

#[cfg(unix)]
#[test]
fn a_reader_who_has_heard_enough_is_no_error() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_jz"))
        .args(["search", "--json", "的"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .stdin(Stdio::piped())
        .spawn()
        .expect("jz runs");
    drop(child.stdout.take());
    child.stdin.take().expect("a pipe").flush().expect("flushed");
    let output = child.wait_with_output().expect("an end");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

#[test]
fn an_export_is_written_whole_and_never_over_a_file_unless_told_to() {
    let folder = tempfile::tempdir().expect("a folder");
    let to = |name: &str| folder.path().join(name).display().to_string();
    for (kind, begins) in [("pdf", "%PDF-"), ("md", "# 温泉镇报道档案"), ("txt", "温泉镇报道档案\n")] {
        let path = to(&format!("一.{kind}"));
        let (code, out, err) = zh(&["export", "--to", kind, "--output", &path]);
        assert_eq!((code, err.as_str()), (0, ""), "{kind}");
        assert!(out.contains(&path), "{out}");
        let bytes = std::fs::read(&path).expect("the file");
        assert!(bytes.starts_with(begins.as_bytes()), "{kind}");
        let (code, _, err) = zh(&["export", "--to", kind, "--output", &path]);
        assert!(code == 2 && err.contains("--force"), "{err}");
        assert_eq!(zh(&["export", "--to", kind, "--output", &path, "--force"]).0, 0);
        assert_eq!(std::fs::read(&path).expect("the file"), bytes, "the same bytes again");
    }
    let (code, _, err) = zh(&["export", "--section", "no", "--output", &to("二.pdf")]);
    assert!(code == 2 && err.contains("no"), "{err}");
    for size in ["NaN", "0", "1000"] {
        let (code, _, err) = zh(&["export", "--size", size, "--output", &to("五.pdf")]);
        assert!(code == 2 && err.contains("6 到 40"), "{size}: {err}");
    }
    assert_eq!(zh(&["export", "--output", &to("no/such/folder.pdf")]).0, 2);
    assert_eq!(zh(&["export", "--to", "docx", "--output", &to("三.docx")]).0, 2);
    let (code, _, _) = zh(&["export", "--section", "xiangmu", "--paper", "a5", "--output", &to("四.pdf")]);
    assert_eq!(code, 0);
    assert_eq!(std::fs::read_dir(folder.path()).expect("listed").count(), 4, "nothing else is left there");
}

/// A folder of two archives, a broken one, and a file of another program.
fn folder_of_archives() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let archive = |title: &str| {
        format!(
            r#"{{"format": 1, "title": "{title}", "reports": [{{"id": "r", "title": "报道", "sections": [
            {{"id": "s", "title": "节", "body": "{title}有温泉。"}}]}}]}}"#
        )
    };
    for (file, text) in [
        ("2017/archive.json", archive("乙")),
        ("2016/archive.json", archive("甲")),
        ("2018/archive.json", "散文".to_owned()),
        ("settings.json", r#"{"theme": "dark"}"#.to_owned()),
    ] {
        let path = folder.path().join(file);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("folders");
        std::fs::write(path, text).expect("a file");
    }
    folder
}

#[test]
fn every_archive_of_a_folder_is_searched_in_the_order_of_their_names() {
    let folder = folder_of_archives();
    let path = folder.path().display().to_string();
    let (code, out, err) = zh(&["search", "--json", "温泉", &path]);
    assert_eq!(code, 2, "one cannot be read, which is said: {err}");
    assert!(err.contains("2018") && err.contains("不是 JSON") && !err.contains("settings"), "{err}");
    let archives: Vec<String> = out
        .lines()
        .map(|line| {
            serde_json::from_str::<Value>(line).expect("an object")["archive"].as_str().expect("a path").to_owned()
        })
        .collect();
    let expected = ["2016", "2017"].map(|year| folder.path().join(year).join("archive.json").display().to_string());
    assert_eq!(archives, expected);

    std::fs::remove_dir_all(folder.path().join("2018")).expect("removed");
    let (code, out, _) = zh(&["search", "温泉", &path]);
    assert_eq!(code, 0);
    assert!(out.lines().all(|line| line.starts_with(&path)), "{out}");
    assert_eq!(zh(&["search", "火星", &path]).0, 1);
    assert_eq!(zh(&["search", "甲有", &path]).0, 0);
}

#[test]
fn every_archive_of_a_folder_is_checked() {
    let folder = folder_of_archives();
    let path = folder.path().display().to_string();
    let (code, out, err) = zh(&["check", &path]);
    assert_eq!((code, out.lines().count()), (2, 2), "{out}{err}");
    assert!(out.lines().all(|line| line.contains("没有问题")), "{out}");
    std::fs::remove_dir_all(folder.path().join("2018")).expect("removed");
    assert_eq!(zh(&["check", &path]).0, 0);
    std::fs::write(folder.path().join("2016/archive.json"), r#"{"title": "甲", "reports": []}"#).expect("a file");
    assert_eq!(zh(&["check", &path]).0, 1);
    let empty = tempfile::tempdir().expect("a folder");
    let (code, _, err) = zh(&["check", &empty.path().display().to_string()]);
    assert!(code == 2 && err.contains("没有卷宗"), "{err}");
}

#[test]
fn a_pin_becomes_a_line_of_settings() {
    let pin = |typed: &str| {
        let mut child = Command::new(env!("CARGO_BIN_EXE_jz"))
            .args(["kiosk", "pin"])
            .env("LC_ALL", "zh_CN.UTF-8")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("jz runs");
        child.stdin.take().expect("a pipe").write_all(typed.as_bytes()).expect("typed");
        let output = child.wait_with_output().expect("jz ends");
        let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
        (output.status.code().expect("a code"), text(output.stdout), text(output.stderr))
    };
    let (code, line, _) = pin("135790\r\n");
    assert_eq!(code, 0);
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("kiosk.toml");
    let path = file.display().to_string();
    std::fs::write(&file, &line).expect("written");
    let (code, out, _) = zh(&["kiosk", "check", &path]);
    assert!(code == 0 && out.contains("没有问题"), "{line}{out}");
    let (code, out, err) = pin("123456\n");
    assert!(code == 2 && out.is_empty() && err.contains("太容易猜到"), "{err}");

    std::fs::write(&file, "\nidle_sec = 90\n").expect("written");
    let (code, out, _) = zh(&["kiosk", "check", &path]);
    assert!(code == 1 && out.contains("kiosk.toml:2") && out.contains("idle_secs"), "{out}");
    assert_eq!(zh(&["kiosk", "check", "no/such.toml"]).0, 1);
    assert_eq!(zh(&["kiosk"]).0, 2);
}

#[test]
fn a_view_becomes_a_picture_without_a_display() {
    let folder = tempfile::tempdir().expect("a folder");
    let to = |name: &str| folder.path().join(name).display().to_string();
    let shot = |args: &[&str], to: &str| {
        let size: &[&str] = if args.contains(&"--size") { &[] } else { &["--size", "1000x700"] };
        let output = Command::new(env!("CARGO_BIN_EXE_jz"))
            .args([&["shot", "-o", to], size, args].concat())
            .env("LC_ALL", "zh_CN.UTF-8")
            .env_remove("DISPLAY")
            .env_remove("WAYLAND_DISPLAY")
            .output()
            .expect("jz runs");
        (output.status.code().expect("a code"), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    let picture = |args: &[&str], name: &str| {
        let path = to(name);
        assert_eq!(shot(args, &path), (0, String::new()), "{args:?}");
        image::open(&path).expect("a picture").into_rgb8()
    };
    let same = |a: &image::RgbImage, b: &image::RgbImage| {
        let differ = a.pixels().zip(b.pixels()).filter(|(a, b)| a != b).count();
        (a.width(), a.height()) == (b.width(), b.height()) && differ == 0
    };
    let cover = picture(&[], "cover.png");
    assert_eq!((cover.width(), cover.height()), (1000, 700));
    assert!(same(&cover, &picture(&["--view", "cover", "--language", "zh"], "again.png")), "the same every time");
    let views: [&[&str]; 6] = [
        &["--view", "section:xiangmu"],
        &["--view", "section:xiangmu", "--query", "wenquan"],
        &["--view", "gallery", "--theme", "dark"],
        &["--view", "search"],
        &["--view", "settings"],
        &["--language", "en"],
    ];
    let mut seen = vec![cover];
    for (i, args) in views.iter().enumerate() {
        let now = picture(args, &format!("{i}.png"));
        assert!(seen.iter().all(|before| !same(before, &now)), "{args:?} shows something of its own");
        seen.push(now);
    }
    let large = picture(&["--scale", "1.5"], "large.png");
    assert_eq!((large.width(), large.height()), (1000, 700), "the size is in pixels");

    let path = to("cover.png");
    let (code, said) = shot(&[], &path);
    assert!(code == 2 && said.contains("--force"), "{said}");
    assert_eq!(shot(&["--force"], &path).0, 0);
    for (args, word) in [
        (&["--view", "section:gone"][..], "section:gone"),
        (&["--view", "nonsense"], "jz shot --help"),
        (&["--view", "shelf"], "shelf"),
        (&["--size", "10x10"], "1366x768"),
        (&["--size", "99999x99999"], "8192"),
        (&["--size", "400x400", "--scale", "2"], "240"),
        (&["--scale", "NaN"], "0.5"),
        (&["--scale", "40"], "0.5"),
        (&["--theme", "pink"], "pink"),
        (&["/no/such-archive.json"], "such-archive.json"),
    ] {
        let (code, said) = shot(args, &to("none.png"));
        assert!(code == 2 && said.contains(word), "{args:?}: {said}");
        assert!(!Path::new(&to("none.png")).exists(), "{args:?}");
    }
    let (code, said) = shot(&[], &to("none.jpg"));
    assert!(code == 2 && said.contains("none.jpg"), "{said}");
}

#[test]
fn a_picture_shows_the_photo_and_not_that_it_is_being_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("photo.png").display().to_string();
    let archive = load(Source::Embedded).expect("the bundled archive");
    let view = format!("photo:{}", archive.photos[0].key);
    assert_eq!(zh(&["shot", "--view", &view, "-o", &path]).0, 0);
    let picture = image::open(&path).expect("a picture").into_rgb8();
    let colours: std::collections::HashSet<_> = picture.pixels().collect();
    assert!(colours.len() > 1000, "{} colours", colours.len());
}
