//! Heights of many blocks that stand one below the other, of which any may change.

/// A tree of sums (Fenwick's): a change of height, a block's top, and the block at a place each take a logarithm of the
/// number of blocks. Heights in points; in `f64`, so that a million of them add up.
#[derive(Debug, Default)]
pub struct Offsets {
    heights: Vec<f32>,
    sums: Vec<f64>,
}

impl Offsets {
    pub fn new(heights: Vec<f32>) -> Self {
        let mut sums: Vec<f64> = heights.iter().map(|height| f64::from(*height)).collect();
        for i in 0..sums.len() {
            let parent = i | (i + 1);
            if parent < sums.len() {
                sums[parent] += sums[i];
            }
        }
        Self { heights, sums }
    }

    pub fn len(&self) -> usize {
        self.heights.len()
    }

    pub fn height(&self, index: usize) -> f32 {
        self.heights[index]
    }

    pub fn set_height(&mut self, index: usize, height: f32) {
        let change = f64::from(height) - f64::from(self.heights[index]);
        self.heights[index] = height;
        let mut i = index;
        while i < self.sums.len() {
            self.sums[i] += change;
            i |= i + 1;
        }
    }

    /// The sum of the heights before a block; of all of them for the number of blocks.
    pub fn top(&self, index: usize) -> f64 {
        let (mut sum, mut i) = (0.0, index);
        while i > 0 {
            sum += self.sums[i - 1];
            i &= i - 1;
        }
        sum
    }

    pub fn total(&self) -> f64 {
        self.top(self.heights.len())
    }

    /// The block at a place: the last one for places below all, the first for places above.
    pub fn at(&self, y: f64) -> usize {
        let (mut before, mut rest) = (0, y);
        let mut step = self.sums.len().next_power_of_two();
        while step > 0 {
            let end = before + step;
            if end <= self.sums.len() && self.sums[end - 1] <= rest {
                rest -= self.sums[end - 1];
                before = end;
            }
            step /= 2;
        }
        before.min(self.heights.len().saturating_sub(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_found_by_their_place() {
        let offsets = Offsets::new(vec![10.0, 20.0, 30.0]);
        for (y, index) in [(-5.0, 0), (0.0, 0), (9.9, 0), (10.0, 1), (29.0, 1), (30.0, 2), (60.0, 2), (999.0, 2)] {
            assert_eq!(offsets.at(y), index, "{y}");
        }
        assert_eq!(Offsets::default().total(), 0.0);
        assert_eq!(Offsets::default().at(1.0), 0);
    }

    proptest::proptest! {
        #[test]
        fn sums_are_those_of_the_heights(
            heights in proptest::collection::vec(0_u16..500, 1..200),
            changes in proptest::collection::vec((proptest::prelude::any::<proptest::sample::Index>(), 0_u16..500), 0..50),
            y in 0_u32..60_000,
        ) {
            let mut heights: Vec<f32> = heights.into_iter().map(f32::from).collect();
            let mut offsets = Offsets::new(heights.clone());
            for (index, height) in changes {
                let index = index.index(heights.len());
                heights[index] = f32::from(height);
                offsets.set_height(index, f32::from(height));
            }
            let tops: Vec<f64> = heights.iter().scan(0.0, |top, height| {
                let here = *top;
                *top += f64::from(*height);
                Some(here)
            }).collect();
            for (i, top) in tops.iter().enumerate() {
                proptest::prop_assert_eq!(offsets.top(i), *top);
                proptest::prop_assert_eq!(offsets.height(i), heights[i]);
            }
            let bottom = |i: usize| tops[i] + f64::from(heights[i]);
            let expected = (0..heights.len()).find(|i| bottom(*i) > f64::from(y)).unwrap_or(heights.len() - 1);
            proptest::prop_assert_eq!(offsets.at(f64::from(y)), expected);
        }
    }
}
