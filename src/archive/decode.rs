//! Bytes of a text file to text: UTF-8 with or without BOM, UTF-16 with BOM or plainly UTF-16, else GB 18030.

use std::borrow::Cow;

use encoding_rs::{Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

/// A file's text.
#[derive(Debug, PartialEq)]
pub struct Decoded<'a> {
    pub text: Cow<'a, str>,
    /// Where bytes were damaged, � stands.
    pub damaged: bool,
}

/// The text of `bytes`, or `None` where no encoding fits.
pub fn decode(bytes: &[u8]) -> Option<Decoded<'_>> {
    if let Some((encoding, bom_len)) = Encoding::for_bom(bytes) {
        let bytes = &bytes[bom_len..];
        return strictly(encoding, bytes).or_else(|| Some(damaged(encoding, bytes)));
    }
    // JSON begins with an ASCII character: a NUL beside it means UTF-16 without a BOM.
    match bytes {
        [0, b, ..] if *b != 0 => strictly(UTF_16BE, bytes),
        [b, 0, ..] if *b != 0 => strictly(UTF_16LE, bytes),
        _ => strictly(UTF_8, bytes)
            .or_else(|| looks_like_utf8(bytes).then(|| damaged(UTF_8, bytes)))
            .or_else(|| strictly(GB18030, bytes))
            .or_else(|| bytes.trim_ascii_start().starts_with(b"{").then(|| damaged(GB18030, bytes))),
    }
}

fn strictly<'a>(encoding: &'static Encoding, bytes: &'a [u8]) -> Option<Decoded<'a>> {
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes)?;
    Some(Decoded { text, damaged: false })
}

fn damaged<'a>(encoding: &'static Encoding, bytes: &'a [u8]) -> Decoded<'a> {
    Decoded { text: encoding.decode_without_bom_handling(bytes).0, damaged: true }
}

/// Whether text that is no whole UTF-8 is damaged UTF-8 rather than another encoding: in GB 18030, hardly a Han
/// character looks like one of UTF-8.
fn looks_like_utf8(bytes: &[u8]) -> bool {
    if !bytes.trim_ascii_start().starts_with(b"{") {
        return false;
    }
    let (mut whole, mut broken) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    let torn_at_the_end = bytes.utf8_chunks().last().is_some_and(|chunk| !chunk.invalid().is_empty());
    (broken - usize::from(torn_at_the_end)) * 4 <= whole
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "{\"title\": \"温泉镇\u{3400}\"}";

    #[test]
    fn every_encoding_that_editors_save_is_read() {
        let utf16 = |to_bytes: fn(u16) -> [u8; 2]| TEXT.encode_utf16().flat_map(to_bytes).collect::<Vec<u8>>();
        let with_bom = |bom: &[u8], rest: Vec<u8>| [bom, &rest].concat();
        for (name, bytes) in [
            ("UTF-8", TEXT.as_bytes().to_vec()),
            ("UTF-8 with BOM", with_bom(b"\xEF\xBB\xBF", TEXT.as_bytes().to_vec())),
            ("UTF-16LE with BOM", with_bom(b"\xFF\xFE", utf16(u16::to_le_bytes))),
            ("UTF-16BE with BOM", with_bom(b"\xFE\xFF", utf16(u16::to_be_bytes))),
            ("UTF-16LE", utf16(u16::to_le_bytes)),
            ("UTF-16BE", utf16(u16::to_be_bytes)),
            ("GB 18030", GB18030.encode(TEXT).0.into_owned()),
        ] {
            let decoded = decode(&bytes).expect(name);
            assert_eq!((decoded.text.as_ref(), decoded.damaged), (TEXT, false), "{name}");
        }
    }

    #[test]
    fn what_is_no_text_is_refused() {
        assert_eq!(decode(b"\x89PNG\r\n\x1a\n\xff\xff"), None);
        assert_eq!(decode(b"").map(|decoded| decoded.text.into_owned()).as_deref(), Some(""));
    }

    #[test]
    fn damaged_bytes_cost_only_themselves() {
        let long = TEXT.replace("温泉", &"温泉".repeat(20));
        let mut utf8 = long.as_bytes().to_vec();
        utf8.truncate(utf8.len() - 3);
        utf8[13] = 0xFF;
        let mut gb18030 = GB18030.encode(&long).0.into_owned();
        gb18030.pop();
        gb18030.extend([0x81, b'"']);
        for (name, bytes) in [("UTF-8", utf8), ("GB 18030", gb18030)] {
            let decoded = decode(&bytes).expect(name);
            assert!(decoded.damaged, "{name}");
            assert!(decoded.text.contains("\"title\"") && decoded.text.contains('镇'), "{name}: {}", decoded.text);
        }
    }
}
