//! Numbers as bytes: fixed ones little-endian, others in groups of seven bits, lowest first. Reading past the end, or a
//! number that fits nothing, is `None`.

pub(super) fn put_u32(out: &mut Vec<u8>, value: u32) {
    out.extend_from_slice(&value.to_le_bytes());
}

pub(super) fn put_u64(out: &mut Vec<u8>, value: u64) {
    out.extend_from_slice(&value.to_le_bytes());
}

pub(super) fn put_varint(out: &mut Vec<u8>, mut value: u32) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

pub(super) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

pub(super) fn u64_at(bytes: &[u8], at: usize) -> Option<u64> {
    Some(u64::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

/// Reads numbers one after the other.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reader<'a>(pub &'a [u8]);

impl Reader<'_> {
    #[inline]
    pub fn varint(&mut self) -> Option<u32> {
        // Nearly all numbers are of one byte.
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        if *first < 0x80 {
            return Some(u32::from(*first));
        }
        let mut value = u32::from(*first & 0x7f);
        for shift in [7, 14, 21, 28] {
            let (byte, rest) = self.0.split_first()?;
            self.0 = rest;
            if shift == 28 && *byte > 0xf {
                return None;
            }
            value |= u32::from(*byte & 0x7f) << shift;
            if *byte < 0x80 {
                return Some(value);
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_put_is_read(values in prop::collection::vec(prop_oneof![any::<u32>(), 0..300_u32, Just(u32::MAX)], 0..20)) {
            let mut bytes = Vec::new();
            values.iter().for_each(|value| put_varint(&mut bytes, *value));
            let mut reader = Reader(&bytes);
            let read: Vec<u32> = std::iter::from_fn(|| reader.varint()).collect();
            prop_assert_eq!(&read, &values);
            prop_assert!(reader.0.is_empty());
        }

        #[test]
        fn no_bytes_are_read_past_their_end(bytes in any::<Vec<u8>>(), at in 0..20_usize) {
            let mut reader = Reader(&bytes);
            while reader.varint().is_some() {}
            prop_assert_eq!(u32_at(&bytes, at).is_some(), at + 4 <= bytes.len());
        }
    }
}
