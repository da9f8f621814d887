//! How many strokes characters are written with.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::packed::unpack_lines;

/// A line for each number of strokes, which begins it, with the characters that have it.
const STROKES: &[u8] = include_bytes!("../../assets/tables/strokes.txt.br");

/// The strokes of a character of modern simplified Chinese.
pub fn strokes(c: char) -> Option<u8> {
    static TABLE: LazyLock<HashMap<char, u8>> = LazyLock::new(|| {
        let table = unpack_lines(STROKES);
        let counted = table.lines().filter_map(|line| {
            let (count, characters) = line.split_once(' ')?;
            Some((count.parse().ok()?, characters))
        });
        counted.flat_map(|(count, characters): (u8, &str)| characters.chars().map(move |c| (c, count))).collect()
    });
    TABLE.get(&c).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strokes_are_counted_as_at_school() {
        for (c, count) in [('一', 1), ('人', 2), ('广', 3), ('汝', 6), ('州', 6), ('温', 12), ('泉', 9), ('镇', 15)]
        {
            assert_eq!(strokes(c), Some(count), "{c}");
        }
        assert_eq!(strokes('a'), None);
    }
}
