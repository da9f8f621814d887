//! What stands in the program packed with Brotli.

use brotli_decompressor::{BrotliDecompressStream, BrotliResult, BrotliState, StandardAlloc};

/// A face is less than so many times as large unpacked. What becomes larger is moved once or twice.
const USUAL_RATIO: usize = 2;

/// What was packed. Beside it and its packed bytes only the unpacker's window is held meanwhile, 4 MiB for a face, out of
/// which it is copied once. The package's own reader copies it twice more, which takes some 4 ms of 25 for a face.
///
/// # Panics
/// The bytes are not whole: they are part of the program.
pub fn unpack(packed: &[u8]) -> Vec<u8> {
    let alloc = StandardAlloc::default;
    let mut state = BrotliState::new(alloc(), alloc(), alloc());
    let (mut packed_left, mut read, mut written) = (packed.len(), 0, 0);
    let mut bytes = vec![0; packed.len() * USUAL_RATIO];
    loop {
        let mut room = bytes.len() - written;
        let result = BrotliDecompressStream(
            &mut packed_left,
            &mut read,
            packed,
            &mut room,
            &mut written,
            &mut bytes,
            &mut 0,
            &mut state,
        );
        match result {
            BrotliResult::ResultSuccess => break,
            BrotliResult::NeedsMoreOutput => bytes.resize(bytes.len() * 2, 0),
            BrotliResult::NeedsMoreInput | BrotliResult::ResultFailure => panic!("what is embedded is whole"),
        }
    }
    bytes.truncate(written);
    bytes
}

/// The lines of a table that was packed, without those at its beginning that start with `#`.
pub fn unpack_lines(packed: &[u8]) -> String {
    let mut text = String::from_utf8(unpack(packed)).expect("what is embedded is text");
    let comments: usize = text.split_inclusive('\n').take_while(|line| line.starts_with('#')).map(str::len).sum();
    text.drain(..comments);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 10,000 times `a` and a line end, after a comment.
    const PACKED: &[u8] = b"\x13\x1a'\xf8%\x15F\xc2R\x91F.+\x04\x22\xaacN\xf6\x000\x00";

    #[test]
    fn what_is_many_times_as_large_is_unpacked_whole() {
        let text = unpack(PACKED);
        assert_eq!(text, format!("# Comment\n{}\n", "a".repeat(10_000)).into_bytes());
    }

    #[test]
    fn the_comments_at_the_beginning_of_a_table_are_no_lines_of_it() {
        assert_eq!(unpack_lines(PACKED), format!("{}\n", "a".repeat(10_000)));
    }

    #[test]
    #[should_panic(expected = "whole")]
    fn half_of_it_is_noticed() {
        unpack(&PACKED[..PACKED.len() / 2]);
    }
}
