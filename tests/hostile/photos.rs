//! Photos that are none, and paths that lead elsewhere.

use juanzong::archive::source::RelativePath;
use juanzong::archive::{PhotoError, Problem, Severity, Source, load};
use juanzong::photo;
use proptest::prelude::*;

use super::{describe, fixture, only, open, soon};

#[test]
fn no_path_in_an_archive_leads_out_of_its_folder() {
    let outer = tempfile::tempdir().expect("a folder");
    let picture = std::fs::read(fixture("../../assets/icons/juanzong-64.png")).expect("a picture");
    let folder = outer.path().join("archive");
    std::fs::create_dir_all(folder.join("photos")).expect("folders");
    std::fs::write(outer.path().join("secret.jpg"), &picture).expect("written");
    std::fs::copy(fixture("outside.json"), folder.join("archive.json")).expect("copied");

    let library = open(Source::at(&folder)).expect("opens");
    let archive = only(&library);
    let refused: Vec<(Option<usize>, &str)> = archive
        .diagnostics
        .iter()
        .filter(|d| matches!(d.problem, Problem::PathOutside { .. }) && d.severity == Severity::Error)
        .map(|d| (d.place.line, d.place.path.as_str()))
        .collect();
    let paths: Vec<String> = (0..11).map(|i| format!("reports[0].photos[{i}].file")).collect();
    let expected: Vec<(Option<usize>, &str)> =
        paths.iter().enumerate().map(|(i, path)| (Some(9 + i), path.as_str())).collect();
    assert_eq!(refused, expected);
    assert!(archive.photos[..11].iter().all(|photo| photo.file.is_none()), "nothing deeper may see the path");

    let folder_as_photo = archive.photos[11].file.as_ref().expect("a path inside");
    assert_eq!(archive.source.probe_photo(folder_as_photo), Err(PhotoError::Missing));
    assert_eq!(archive.source.read_photo(folder_as_photo), Err(PhotoError::Missing));
    assert_eq!(photo::verify(archive), []);
}

/// A PNG of one pixel whose header claims another size, with a right checksum.
fn png_claiming(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = std::fs::read(fixture("picture.json")).expect("a PNG under another name");
    // Width and height stand in the header at 16 and 20, its checksum at 29.
    bytes[16..20].copy_from_slice(&width.to_be_bytes());
    bytes[20..24].copy_from_slice(&height.to_be_bytes());
    let mut crc = u32::MAX;
    for byte in &bytes[12..29] {
        crc = (0..8).fold(crc ^ u32::from(*byte), |crc, _| (crc >> 1) ^ (0xEDB8_8320 * (crc & 1)));
    }
    bytes[29..33].copy_from_slice(&(!crc).to_be_bytes());
    bytes
}

#[test]
fn photos_that_are_none_are_refused_with_the_reason() {
    let jpeg = std::fs::read(fixture("../../assets/photos/luogu.jpg")).expect("a photo");
    let png = std::fs::read(fixture("picture.json")).expect("a PNG under another name");
    let text = std::fs::read(fixture("text.jpg")).expect("a text");
    let too_many = |width, height| PhotoError::TooManyPixels { width, height };
    for (name, bytes, expected) in [
        ("a text", text, PhotoError::NotAPicture),
        ("nothing", Vec::new(), PhotoError::NotAPicture),
        ("a JPEG cut in its head", jpeg[..100].to_vec(), PhotoError::Damaged),
        ("a PNG cut in half", png[..png.len() / 2].to_vec(), PhotoError::Damaged),
        ("50,000 × 50,000", png_claiming(50_000, 50_000), too_many(50_000, 50_000)),
        ("a line of 100 million", png_claiming(100_000_001, 1), too_many(100_000_001, 1)),
        ("no pixels", png_claiming(0, 0), PhotoError::Damaged),
    ] {
        let refused = soon(name, || photo::decode(&bytes, 256).expect_err(name));
        assert_eq!(refused, expected, "{name}");
    }
}

#[test]
fn photos_that_are_not_what_they_were_are_told_of() {
    let jpeg = std::fs::read(fixture("../../assets/photos/luogu.jpg")).expect("a photo");
    let bundled = load(Source::Embedded).expect("the bundled archive");
    let sha256 = bundled.photos[0].sha256.as_ref().expect("recorded");
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("half.jpg"), &jpeg[..jpeg.len() / 2]).expect("written");
    std::fs::copy(fixture("text.jpg"), folder.path().join("text.jpg")).expect("copied");
    let text = format!(
        "{{\"format\":1,\"title\":\"\",\"reports\":[{{\"id\":\"r\",\"title\":\"\",\"photos\":[\n\
         {{\"id\":\"p\",\"file\":\"half.jpg\",\"bytes\":{},\"sha256\":\"{sha256}\"}},\n\
         {{\"id\":\"q\",\"file\":\"text.jpg\"}}]}}]}}",
        jpeg.len()
    );
    std::fs::write(folder.path().join("archive.json"), text).expect("written");
    let library = open(Source::at(folder.path())).expect("opens");
    assert_eq!(describe(only(&library)), "warning 2 reports[0].photos[0].file: Changed { file: \"half.jpg\" }\n");
    let verified = photo::verify(only(&library));
    let changed = Problem::Changed { file: "half.jpg".to_owned() };
    let unreadable = Problem::PhotoUnreadable { file: "text.jpg".to_owned(), why: PhotoError::NotAPicture };
    assert!(verified.iter().any(|d| d.problem == changed), "{verified:?}");
    assert!(verified.iter().any(|d| d.problem == unreadable), "{verified:?}");
}

#[test]
fn half_a_jpeg_is_shown_in_its_size_or_refused() {
    let jpeg = std::fs::read(fixture("../../assets/photos/luogu.jpg")).expect("a photo");
    for part in [4, 2] {
        match soon("half a JPEG", || photo::decode(&jpeg[..jpeg.len() / part], 256)) {
            Ok(pixels) => assert_eq!(pixels.original, (1600, 1200)),
            Err(why) => assert_eq!(why, PhotoError::Damaged),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_photo_path_stays_inside_or_is_refused(path in r"(\.\.|/|\\|a|:|\.|C:|照|\x00| ){0,6}") {
        if let Some(path) = RelativePath::new(&path) {
            let joined = std::path::Path::new("folder").join(path.as_str());
            let climbs = joined.components().any(|part| !matches!(part, std::path::Component::Normal(_)));
            prop_assert!(joined.starts_with("folder") && !climbs, "{path}");
        }
    }
}
