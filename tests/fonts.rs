//! The bundled fonts can write everything that the program says and that an archive in Chinese is likely to hold.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use juanzong::typeset::Face;

fn repository() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read_text(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

fn text_font(face: Face) -> BTreeSet<char> {
    characters(face.bytes()).unwrap_or_else(|| panic!("{face:?}: no cmap that can be read"))
}

fn icon_font() -> BTreeSet<char> {
    let path = repository().join("assets/fonts/icons.ttf");
    let bytes = std::fs::read(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    characters(&bytes).expect("a cmap that can be read")
}

fn u16_at(bytes: &[u8], at: usize) -> Option<usize> {
    Some(usize::from(u16::from_be_bytes(bytes.get(at..at + 2)?.try_into().ok()?)))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<usize> {
    Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?) as usize)
}

/// The characters that a font has a glyph for: all Unicode subtables of its `cmap` in formats 4 and 12.
fn characters(font: &[u8]) -> Option<BTreeSet<char>> {
    let tables = u16_at(font, 4)?;
    let entry = (0..tables).map(|i| 12 + 16 * i).find(|at| font.get(*at..at + 4) == Some(b"cmap"))?;
    let cmap = font.get(u32_at(font, entry + 8)?..)?;
    let mut found = BTreeSet::new();
    for i in 0..u16_at(cmap, 2)? {
        let record = 4 + 8 * i;
        let unicode = matches!((u16_at(cmap, record)?, u16_at(cmap, record + 2)?), (0, 0..=4 | 6) | (3, 1 | 10));
        let subtable = cmap.get(u32_at(cmap, record + 4)?..)?;
        match u16_at(subtable, 0)? {
            4 if unicode => format_4(subtable, &mut found)?,
            12 if unicode => format_12(subtable, &mut found)?,
            _ => {}
        }
    }
    (!found.is_empty()).then_some(found)
}

fn insert(found: &mut BTreeSet<char>, code: usize) {
    found.extend(u32::try_from(code).ok().and_then(char::from_u32));
}

/// Segments of 16-bit codes with a delta or an index each.
fn format_4(table: &[u8], found: &mut BTreeSet<char>) -> Option<()> {
    let doubled = u16_at(table, 6)?;
    for at in (0..doubled).step_by(2) {
        let (end, start) = (u16_at(table, 14 + at)?, u16_at(table, 16 + doubled + at)?);
        let delta = u16_at(table, 16 + 2 * doubled + at)?;
        let offset_at = 16 + 3 * doubled + at;
        let offset = u16_at(table, offset_at)?;
        for code in start..=end {
            let glyph = match offset {
                0 => (code + delta) & 0xFFFF,
                _ => match u16_at(table, offset_at + offset + 2 * (code - start))? {
                    0 => 0,
                    glyph => (glyph + delta) & 0xFFFF,
                },
            };
            if glyph != 0 {
                insert(found, code);
            }
        }
    }
    Some(())
}

/// Groups of 32-bit codes: first, last, first glyph.
fn format_12(table: &[u8], found: &mut BTreeSet<char>) -> Option<()> {
    for i in 0..u32_at(table, 12)? {
        let group = 16 + 12 * i;
        let (start, end, glyph) = (u32_at(table, group)?, u32_at(table, group + 4)?, u32_at(table, group + 8)?);
        // Glyph 0 is the box for what is missing.
        (start..=end).filter(|code| glyph + (code - start) != 0).for_each(|code| insert(found, code));
    }
    Some(())
}

/// GB 2312-80: its 682 signs and 6,763 characters.
fn gb_2312() -> BTreeSet<char> {
    let rows: [(u8, &[(u8, u8)]); 10] = [
        (0xA1, &[(0xA1, 0xFE)]),
        (0xA2, &[(0xB1, 0xE2), (0xE5, 0xEE), (0xF1, 0xFC)]),
        (0xA3, &[(0xA1, 0xFE)]),
        (0xA4, &[(0xA1, 0xF3)]),
        (0xA5, &[(0xA1, 0xF6)]),
        (0xA6, &[(0xA1, 0xB8), (0xC1, 0xD8)]),
        (0xA7, &[(0xA1, 0xC1), (0xD1, 0xF1)]),
        (0xA8, &[(0xA1, 0xBA), (0xC5, 0xE9)]),
        (0xA9, &[(0xA4, 0xEF)]),
        (0xD7, &[(0xA1, 0xF9)]),
    ];
    let signs = rows.into_iter().flat_map(|(row, cells)| cells.iter().map(move |(first, last)| (row, *first, *last)));
    let characters = (0xB0..=0xF7).filter(|row| *row != 0xD7).map(|row| (row, 0xA1, 0xFE));
    signs
        .chain(characters)
        .flat_map(|(row, first, last)| (first..=last).map(move |cell| [row, cell]))
        .map(|pair| {
            let text = encoding_rs::GBK.decode_without_bom_handling_and_without_replacement(&pair).expect("in GB 2312");
            text.chars().next().expect("a character")
        })
        .collect()
}

/// What the fonts must have, under the name of where it stands.
fn wanted() -> BTreeMap<String, BTreeSet<char>> {
    let mut wanted = BTreeMap::from([
        ("ASCII".to_owned(), (' '..='~').collect()),
        ("CJK punctuation".to_owned(), ('\u{3001}'..='\u{3011}').collect()),
        ("full-width forms".to_owned(), ('\u{FF01}'..='\u{FF5E}').collect()),
        ("GB 2312".to_owned(), gb_2312()),
    ]);
    let mut files = vec![repository().join("assets/fonts/tghz2013.txt"), repository().join("archive.json")];
    for folder in ["src/text", "src/text/kiosk"] {
        let folder = std::fs::read_dir(repository().join(folder)).expect("a folder of words");
        files.extend(folder.map(|entry| entry.expect("an entry").path()).filter(|path| path.is_file()));
    }
    for path in files {
        let characters = read_text(&path).chars().filter(|c| !c.is_control()).collect();
        wanted.insert(path.strip_prefix(repository()).expect("inside").display().to_string(), characters);
    }
    wanted
}

/// The code points of `ui/icons.rs` under their names.
fn icons() -> Vec<(String, char)> {
    read_text(&repository().join("src/ui/icons.rs"))
        .lines()
        .filter_map(|line| {
            let (name, value) = line.strip_prefix("pub const ")?.split_once(": &str = \"\\u{")?;
            let code = u32::from_str_radix(value.strip_suffix("}\";")?, 16).ok().and_then(char::from_u32);
            Some((name.to_owned(), code.unwrap_or_else(|| panic!("{name}: no character"))))
        })
        .collect()
}

#[test]
fn the_lists_are_whole() {
    assert_eq!(gb_2312().len(), 682 + 6763);
    let list = read_text(&repository().join("assets/fonts/tghz2013.txt"));
    assert_eq!(list.chars().filter(|c| !c.is_whitespace()).collect::<BTreeSet<_>>().len(), 8105);
    let constants = read_text(&repository().join("src/ui/icons.rs")).matches("pub const ").count();
    assert_eq!(icons().len(), constants, "every constant of ui/icons.rs is one code point");
}

#[test]
fn every_text_font_has_every_character_that_is_needed() {
    for face in Face::ALL {
        let font = text_font(face);
        for (place, wanted) in wanted() {
            let missing: String = wanted.difference(&font).collect();
            let codes: Vec<String> = missing.chars().map(|c| format!("U+{:04X}", u32::from(c))).collect();
            assert!(missing.is_empty(), "{face:?} lacks {} of {place}: {missing} {}", codes.len(), codes.join(" "));
        }
    }
}

#[test]
fn every_icon_stands_in_the_icon_font_and_in_no_text_font() {
    let icon_font = icon_font();
    let text_fonts = Face::ALL.map(|face| (face, text_font(face)));
    for (name, c) in icons() {
        assert!(icon_font.contains(&c), "icons.ttf lacks {name} U+{:04X}", u32::from(c));
        for (face, font) in &text_fonts {
            assert!(!font.contains(&c), "{face:?} has a glyph at {name} U+{:04X}", u32::from(c));
        }
    }
}
