//! How much neighbouring characters keep to each other in the texts: the stuff that words are made of.

use std::collections::HashMap;

use super::engine::Engine;
use super::pinyin;

/// Characters that hardly any word begins or ends with, in the order of code points.
const PARTICLES: &[char] = &[
    '与', '且', '个', '之', '也', '了', '于', '们', '但', '其', '又', '及', '和', '就', '或', '把', '更', '最', '此',
    '由', '的', '着', '而', '被', '该', '还', '这', '那', '都',
];
/// Such as hardly any word ends with.
const NOT_LAST: &[char] =
    &['上', '下', '不', '中', '为', '从', '以', '使', '到', '在', '对', '将', '得', '是', '有', '来', '要', '让', '里'];
const PARTICLE_PENALTY: f32 = 2.0;
const BOND_WEIGHT: f32 = 0.2;
/// Of characters that never stand together.
const NO_BOND: f32 = -20.0;

#[derive(Debug)]
pub(super) struct Bonds<'a> {
    engine: &'a dyn Engine,
    /// Logarithms of the numbers of places, by code point.
    counts: Vec<f32>,
    /// The places of pairs, by their first character, in the order of the second.
    pairs: HashMap<char, Vec<(char, u64)>>,
}

impl<'a> Bonds<'a> {
    pub fn new(engine: &'a dyn Engine) -> Self {
        let mut counts = Vec::new();
        engine.characters(&mut |c, count| {
            counts.resize(c as usize + 1, 0.0);
            counts[c as usize] = logarithm(count);
        });
        Self { engine, counts, pairs: HashMap::new() }
    }

    /// For neighbours with so many places together: 0 if they are never apart, the less the more often they are.
    #[inline]
    pub fn bond(&self, first: char, second: char, places: u64) -> f32 {
        let count = |c: char| self.counts.get(c as usize).copied().unwrap_or(0.0);
        2.0 * logarithm(places) - count(first) - count(second)
    }

    pub fn bond_of(&mut self, first: char, second: char) -> f32 {
        let pairs = self.pairs.entry(first).or_insert_with(|| {
            let mut pairs = Vec::new();
            self.engine.followers(first, &mut |c, places| pairs.push((c, places)));
            pairs
        });
        match pairs.binary_search_by_key(&second, |(c, _)| *c) {
            Ok(index) => {
                let places = pairs[index].1;
                self.bond(first, second, places)
            }
            Err(_) => NO_BOND,
        }
    }
}

/// How much a string with this bond and these places is a word.
#[inline]
pub(super) fn goodness(bond: f32, places: u64) -> f32 {
    logarithm(places) + BOND_WEIGHT * bond
}

pub(super) fn is_particle(c: char) -> bool {
    PARTICLES.binary_search(&c).is_ok()
}

/// What a word is worth less that begins with this character.
pub(super) fn first_penalty(c: char) -> f32 {
    if is_particle(c) { PARTICLE_PENALTY } else { 0.0 }
}

/// What a word is worth less that ends with this character.
pub(super) fn last_penalty(c: char) -> f32 {
    if is_particle(c) || NOT_LAST.binary_search(&c).is_ok() { PARTICLE_PENALTY } else { 0.0 }
}

pub(super) fn is_chinese(c: char) -> bool {
    !pinyin::sound(c).syllables().is_empty()
}

fn logarithm(count: u64) -> f32 {
    (count as f32 + 1.0).ln()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::testing::texts;

    #[test]
    fn particles_are_in_order() {
        assert!(PARTICLES.is_sorted() && NOT_LAST.is_sorted());
        assert!(is_particle('的') && !is_particle('温'));
        assert!(last_penalty('上') > first_penalty('上'));
    }

    #[test]
    fn neighbours_that_are_seldom_apart_have_a_closer_bond() {
        let engine = texts(&["崆峒山的山水,山和水,山与水,水山"]);
        let mut bonds = Bonds::new(&engine);
        let (closest, loose, none) = (bonds.bond_of('崆', '峒'), bonds.bond_of('山', '水'), bonds.bond_of('水', '崆'));
        assert!(closest > loose && loose > none, "{closest} {loose} {none}");
        assert_eq!(bonds.bond_of('a', '山'), NO_BOND);
    }
}
