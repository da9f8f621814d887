use std::cell::Cell;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};

use tempfile::TempDir;

use super::*;
use crate::kiosk::update::{find, inspect};

const GO: fn(Step) -> ControlFlow<()> = |_| ControlFlow::Continue(());

/// A stick with an archive, and a kiosk's folder.
struct Place {
    stick: TempDir,
    own: TempDir,
}

impl Place {
    fn new() -> Self {
        Self { stick: tempfile::tempdir().expect("a folder"), own: tempfile::tempdir().expect("a folder") }
    }

    /// Puts an archive with two pictures of its own onto the stick, in place of what is there.
    fn put(&self, body: &str) {
        let mut photos = Vec::new();
        for (index, name) in ["照片/一.png", "照片/二.png"].into_iter().enumerate() {
            let shade = 7 * body.len() as u8 + index as u8;
            let picture = image::RgbImage::from_pixel(40, 30, image::Rgb([shade, 0, 0]));
            let path = self.stick.path().join(name);
            fs::create_dir_all(path.parent().expect("a folder")).expect("folder");
            picture.save(&path).expect("saved");
            let bytes = fs::read(&path).expect("read");
            let sum: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
            photos.push(
                serde_json::json!({"id": name, "caption": name, "file": name, "sha256": sum, "bytes": bytes.len()}),
            );
        }
        let sections = serde_json::json!([{"id": "s", "title": "节", "body": body}]);
        let report = serde_json::json!({"id": "r", "title": "报道", "sections": sections, "photos": photos});
        let archive = serde_json::json!({"format": 1, "id": "a", "title": "T", "reports": [report]});
        fs::write(self.stick.path().join(FILE_NAME), archive.to_string()).expect("written");
        fs::write(self.stick.path().join("virus.exe"), "not for the kiosk").expect("written");
    }

    fn store(&self) -> Store {
        Store::new(self.own.path())
    }

    fn inspect(&self) -> Result<Inspection, UpdateError> {
        inspect(&find(self.stick.path())[0], &mut { GO })
    }

    fn update(&self, body: &str) {
        self.put(body);
        self.store().install(&self.inspect().expect("whole"), &mut { GO }).expect("installed");
    }

    /// The text that is shown, from a copy whose pictures are whole.
    fn shown(&self) -> String {
        let source = self.store().sources().into_iter().next().expect("something is shown");
        let archive = load(source).expect("an archive");
        refuse_errors(&archive).expect("whole");
        archive.sections[0].body.clone()
    }

    /// What stands in the store.
    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.own.path().join("archives")).expect("a folder").flatten();
        let mut names: Vec<_> = entries.map(|entry| entry.file_name().into_string().expect("a name")).collect();
        names.sort();
        names
    }
}

#[test]
fn new_content_is_shown_and_the_old_one_kept() {
    let place = Place::new();
    assert_eq!(place.store().sources(), []);
    place.update("甲");
    assert_eq!((place.shown().as_str(), place.store().can_roll_back()), ("甲", false));
    place.update("乙");
    place.update("丙");
    assert_eq!((place.shown().as_str(), place.names()), ("丙", vec!["2".into(), "3".into(), "current".into()]));
    let mut files = fs::read_dir(place.own.path().join("archives/3")).expect("a folder").flatten();
    assert!(files.all(|entry| entry.file_name() != "virus.exe"), "only what the archive names is copied");

    place.store().roll_back().expect("back");
    assert_eq!(place.shown(), "乙");
    place.store().roll_back().expect("forth");
    assert_eq!(place.shown(), "丙");
}

#[test]
fn there_is_nothing_to_go_back_to_at_first() {
    let place = Place::new();
    assert!(matches!(place.store().roll_back(), Err(UpdateError::NothingBefore)));
    place.update("甲");
    assert!(matches!(place.store().roll_back(), Err(UpdateError::NothingBefore)));
    place.update("乙");
    fs::remove_dir_all(place.own.path().join("archives/1")).expect("removed");
    assert!(matches!(place.store().roll_back(), Err(UpdateError::NothingBefore)));
    assert_eq!(place.shown(), "乙");
}

/// Stops an update at its step number `stop`, in a way; whether it got so far.
fn stopped_at(place: &Place, stop: usize, how: fn() -> ControlFlow<()>) -> bool {
    let inspection = place.inspect().expect("whole");
    let steps = Cell::new(0);
    let mut watch = |_| {
        steps.set(steps.get() + 1);
        if steps.get() > stop { how() } else { ControlFlow::Continue(()) }
    };
    let store = place.store();
    let done = catch_unwind(AssertUnwindSafe(|| store.install(&inspection, &mut watch)));
    !matches!(done, Ok(Ok(_)))
}

#[test]
fn an_update_that_stops_at_any_step_changes_nothing() {
    let place = Place::new();
    place.update("甲");
    place.put("乙");
    let cancel = || ControlFlow::Break(());
    let cancelled = (0..).take_while(|stop| stopped_at(&place, *stop, cancel)).map(|_| {
        assert_eq!((place.shown().as_str(), place.names()), ("甲", vec!["1".into(), "current".into()]));
    });
    assert!(cancelled.count() > 8);
    assert_eq!(place.shown(), "乙");

    // As if the machine were switched off: nothing is tidied up.
    place.put("丙");
    let die = || panic!("switched off");
    let died = (0..).take_while(|stop| stopped_at(&place, *stop, die)).map(|_| assert_eq!(place.shown(), "乙"));
    assert!(died.count() > 8);
    assert_eq!((place.shown().as_str(), place.names().len()), ("丙", 3), "and the next one tidies up");
}

#[test]
fn what_is_not_whole_is_refused() {
    type Damage = fn(&Path);
    let json = |stick: &Path, from: &str, to: &str| {
        let path = stick.join(FILE_NAME);
        let text = fs::read_to_string(&path).expect("read");
        fs::write(path, text.replace(from, to)).expect("written");
    };
    let damages: [(&str, Damage); 5] = [
        ("half the text", |stick| {
            let text = fs::read(stick.join(FILE_NAME)).expect("read");
            fs::write(stick.join(FILE_NAME), &text[..text.len() / 2]).expect("written");
        }),
        ("a photo is missing", |stick| fs::remove_file(stick.join("照片/一.png")).expect("removed")),
        ("half a photo", |stick| {
            let bytes = fs::read(stick.join("照片/二.png")).expect("read");
            fs::write(stick.join("照片/二.png"), &bytes[..bytes.len() / 2]).expect("written");
        }),
        ("another photo", |stick| {
            fs::copy(stick.join("照片/一.png"), stick.join("照片/二.png")).expect("copied");
        }),
        ("no archive", |stick| fs::write(stick.join(FILE_NAME), "温泉").expect("written")),
    ];
    let place = Place::new();
    place.update("甲");
    for (name, damage) in damages {
        place.put("乙");
        damage(place.stick.path());
        let refused = place.inspect();
        assert!(matches!(refused, Err(UpdateError::Damaged { .. } | UpdateError::Load(_))), "{name}: {refused:?}");
    }
    place.put("乙");
    json(place.stick.path(), "照片/一.png\",\"sha256", "../../etc/passwd\",\"sha256");
    assert!(place.inspect().is_err(), "a path out of the folder");
    assert_eq!(place.shown(), "甲");
}

#[test]
fn what_changes_between_check_and_copy_is_refused() {
    let place = Place::new();
    place.update("甲");
    for name in [FILE_NAME, "照片/一.png"] {
        for grown in [false, true] {
            place.put("乙");
            let inspection = place.inspect().expect("whole");
            let path = place.stick.path().join(name);
            let mut bytes = fs::read(&path).expect("read");
            if grown {
                bytes.push(b' ')
            } else {
                bytes[20] ^= 1
            }
            fs::write(&path, bytes).expect("written");
            let refused = place.store().install(&inspection, &mut { GO });
            assert!(matches!(refused, Err(UpdateError::Changing { .. })), "{name}: {refused:?}");
        }
    }
    place.put("乙");
    let inspection = place.inspect().expect("whole");
    fs::remove_file(place.stick.path().join("照片/一.png")).expect("the stick is pulled out");
    assert!(matches!(place.store().install(&inspection, &mut { GO }), Err(UpdateError::Io { .. })));
    assert_eq!((place.shown().as_str(), place.names()), ("甲", vec!["1".into(), "current".into()]));
}

#[test]
fn a_copy_that_went_bad_is_not_shown() {
    let place = Place::new();
    place.update("甲");
    place.put("乙");
    let inspection = place.inspect().expect("whole");
    let part = place.own.path().join("archives/2.part/照片/二.png");
    let mut spoil = |step| {
        if matches!(step, Step::Verify { done_files: 0, .. }) {
            fs::write(&part, "bad sector").expect("written");
        }
        ControlFlow::Continue(())
    };
    let refused = place.store().install(&inspection, &mut spoil);
    assert!(matches!(refused, Err(UpdateError::BadCopy { .. })), "{refused:?}");
    assert_eq!((place.shown().as_str(), place.names()), ("甲", vec!["1".into(), "current".into()]));
}

#[test]
fn a_disk_without_room_is_told_before_anything_is_copied() {
    let place = Place::new();
    place.put("甲");
    let inspection = place.inspect().expect("whole");
    let enough = inspection.bytes() + SPARE_BYTES;
    let store = place.store();
    let refused = store.install_with(&inspection, &mut { GO }, &|_| Ok(enough - 1));
    assert!(matches!(refused, Err(UpdateError::NoSpace { .. })) && place.names().is_empty(), "{refused:?}");
    store.install_with(&inspection, &mut { GO }, &|_| Ok(enough)).expect("installed");
}

#[test]
fn a_damaged_pointer_deletes_nothing() {
    let place = Place::new();
    place.update("甲");
    fs::write(place.own.path().join("archives/current"), "\0\0\0").expect("written");
    assert_eq!(place.store().sources(), []);
    place.update("乙");
    assert_eq!(place.shown(), "乙");
}

#[test]
fn archives_are_found_in_a_folder_and_one_below() {
    let folder = tempfile::tempdir().expect("a folder");
    for name in ["2018", "2017", "2017/deeper", "empty"] {
        fs::create_dir_all(folder.path().join(name)).expect("folder");
        if name != "empty" {
            fs::write(folder.path().join(name).join(FILE_NAME), "{}").expect("written");
        }
    }
    let found = find(folder.path());
    assert_eq!(found, ["2017", "2018"].map(|name| folder.path().join(name).join(FILE_NAME)));
    assert_eq!(find(Path::new("/no/such/folder")), Vec::<PathBuf>::new());
}
