//! The amounts of a segment's documents, one after the other: a query compares all of them with what is asked for.
//!
//! ```text
//! amount   u32 document   u16 unit · 2 + (another of the same place)   f64 number
//! ```

use super::super::amount::{AmountRange, Quantity, Unit, amounts};
use super::super::engine::{Posting, SEPARATOR};

const ENTRY: usize = 14;

/// Appends the amounts of a document.
pub(super) fn put(document: u32, folded: &str, out: &mut Vec<u8>) {
    for text in folded.split_terminator(SEPARATOR) {
        let mut before = None;
        for amount in amounts(text) {
            let Some(code) = amount.quantity.unit.code() else { continue };
            let again = before.as_ref() == Some(&amount.range);
            out.extend_from_slice(&document.to_le_bytes());
            out.extend_from_slice(&(code << 1 | u16::from(again)).to_le_bytes());
            out.extend_from_slice(&amount.quantity.number.to_le_bytes());
            before = Some(amount.range);
        }
    }
}

/// Appends the documents that have an amount of the range, each `first` later, with the number of places.
pub(super) fn find(bytes: &[u8], range: &AmountRange, first: u32, out: &mut Vec<Posting>) {
    let before = out.len();
    let mut is_counted = false;
    for entry in bytes.chunks_exact(ENTRY) {
        let Some((document, unit, quantity)) = read(entry) else { return };
        is_counted &= unit & 1 == 1;
        if is_counted || !range.contains(&quantity) {
            continue;
        }
        is_counted = true;
        let document = document.saturating_add(first);
        match out[before..].last_mut() {
            Some(posting) if posting.document == document => posting.count += 1,
            _ => out.push(Posting { document, count: 1 }),
        }
    }
}

fn read(entry: &[u8]) -> Option<(u32, u16, Quantity)> {
    let (document, rest) = entry.split_first_chunk()?;
    let (unit, number) = rest.split_first_chunk()?;
    let unit = u16::from_le_bytes(*unit);
    let quantity = Quantity { number: f64::from_le_bytes(*number.first_chunk()?), unit: Unit::of_code(unit >> 1)? };
    Some((u32::from_le_bytes(*document), unit, quantity))
}
