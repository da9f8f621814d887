//! Bytes of a text file to text: UTF-8 with or without BOM, UTF-16 with BOM or plainly UTF-16, else GB 18030.

use std::borrow::Cow;

use encoding_rs::{Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

/// The text of `bytes`, or `None` where no encoding fits.
pub fn decode(bytes: &[u8]) -> Option<Cow<'_, str>> {
    if let Some((encoding, bom_len)) = Encoding::for_bom(bytes) {
        return strictly(encoding, &bytes[bom_len..]);
    }
    // JSON begins with an ASCII character: a NUL beside it means UTF-16 without a BOM.
    match bytes {
        [0, b, ..] if *b != 0 => strictly(UTF_16BE, bytes),
        [b, 0, ..] if *b != 0 => strictly(UTF_16LE, bytes),
        _ => strictly(UTF_8, bytes).or_else(|| strictly(GB18030, bytes)),
    }
}

fn strictly<'a>(encoding: &'static Encoding, bytes: &'a [u8]) -> Option<Cow<'a, str>> {
    encoding.decode_without_bom_handling_and_without_replacement(bytes)
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
            assert_eq!(decode(&bytes).as_deref(), Some(TEXT), "{name}");
        }
    }

    #[test]
    fn what_is_no_text_is_refused() {
        assert_eq!(decode(b"\x89PNG\r\n\x1a\n\xff\xff"), None);
        assert_eq!(decode(b""), Some(Cow::Borrowed("")));
    }
}
