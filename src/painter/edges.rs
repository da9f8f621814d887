//! Which pixels belong to a shape: those whose centres do.

use std::ops::Range;

use egui::Rect;
use egui::epaint::Vertex;

use super::Area;

/// The first pixel whose centre is not before a place.
#[inline(always)]
fn first_pixel(place: f32) -> i32 {
    (place - 0.5).ceil() as i32
}

pub fn pixels_of(rect: Rect, clip: &Area) -> Option<(Range<usize>, Range<usize>)> {
    let range = |from: f32, to: f32, clip: &Range<usize>| {
        let start = first_pixel(from).max(clip.start as i32);
        let end = first_pixel(to).min(clip.end as i32);
        (start < end).then_some(start as usize..end as usize)
    };
    Some((range(rect.left(), rect.right(), &clip.x)?, range(rect.top(), rect.bottom(), &clip.y)?))
}

/// A triangle's corners from above, in pixels.
pub struct Edges([[f32; 2]; 3]);

impl Edges {
    pub fn of(corners: [&Vertex; 3], scale: f32) -> Self {
        let mut points = corners.map(|vertex| [vertex.pos.x * scale, vertex.pos.y * scale]);
        points.sort_by(|a, b| a[1].total_cmp(&b[1]));
        Self(points)
    }

    pub fn rows(&self, clip: &Area) -> Range<usize> {
        let [top, _, bottom] = self.0;
        let (start, end) =
            (first_pixel(top[1]).max(clip.y.start as i32), first_pixel(bottom[1]).min(clip.y.end as i32));
        start as usize..end.max(start) as usize
    }

    /// The columns that it reaches at most.
    pub fn width(&self) -> Range<usize> {
        let [a, b, c] = self.0.map(|point| point[0]);
        first_pixel(a.min(b).min(c)).max(0) as usize..first_pixel(a.max(b).max(c)).max(0) as usize
    }

    /// Both triangles at an edge compute it from the same end, so they agree.
    pub fn columns(&self, y: usize, clip: &Area) -> Range<usize> {
        let [top, middle, bottom] = self.0;
        let edge = |a: [f32; 2], b: [f32; 2], y: f32| a[0] + (b[0] - a[0]) * ((y - a[1]) / (b[1] - a[1]));
        let centre = y as f32 + 0.5;
        let long = edge(top, bottom, centre);
        let short = if centre < middle[1] { edge(top, middle, centre) } else { edge(middle, bottom, centre) };
        let start = first_pixel(long.min(short)).max(clip.x.start as i32);
        let end = first_pixel(long.max(short)).min(clip.x.end as i32);
        start as usize..end.max(start) as usize
    }
}
