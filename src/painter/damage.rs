//! What changed between two frames.

use egui::ClippedPrimitive;
use egui::epaint::Primitive;

use super::{Area, area_of};

/// What a primitive painted, and where.
#[derive(Clone, Debug, PartialEq)]
pub struct Fingerprint {
    hash: u64,
    pub bounds: Area,
}

impl Fingerprint {
    pub fn of(primitive: &ClippedPrimitive, texture: u64, scale: f32, all: &Area) -> Self {
        let clip = area_of(primitive.clip_rect, scale, all);
        let Primitive::Mesh(mesh) = &primitive.primitive else {
            return Self { hash: 0, bounds: Area { x: 0..0, y: 0..0 } };
        };
        let mut hash = texture ^ u64::from(scale.to_bits());
        let mut mix = |value: u64| hash = (hash.rotate_left(5) ^ value).wrapping_mul(0x517C_C1B7_2722_0A95);
        let pair = |a: f32, b: f32| u64::from(a.to_bits()) << 32 | u64::from(b.to_bits());
        let mut bounds = egui::Rect::NOTHING;
        for vertex in &mesh.vertices {
            bounds.extend_with(vertex.pos);
            mix(pair(vertex.pos.x, vertex.pos.y));
            mix(pair(vertex.uv.x, vertex.uv.y));
            mix(u64::from(u32::from_ne_bytes(vertex.color.to_array())));
        }
        mesh.indices.iter().for_each(|index| mix(u64::from(*index)));
        for end in [clip.x.start, clip.x.end, clip.y.start, clip.y.end] {
            mix(end as u64);
        }
        // A pixel more on every side, whatever the rounding.
        let bounds = area_of(bounds.expand(1.0 / scale), scale, all).intersect(&clip);
        Self { hash, bounds }
    }
}

/// The area in which two frames differ. Where something came in or went out, what follows it in the list is still
/// recognized.
pub fn between(before: &[Fingerprint], now: &[Fingerprint]) -> Area {
    let same = before.iter().zip(now).take_while(|(a, b)| a == b).count();
    let (before, now) = (&before[same..], &now[same..]);
    let same = before.iter().rev().zip(now.iter().rev()).take_while(|(a, b)| a == b).count();
    let (before, now) = (&before[..before.len() - same], &now[..now.len() - same]);
    let nothing = Area { x: 0..0, y: 0..0 };
    if before.len() == now.len() {
        let changed = before.iter().zip(now).filter(|(a, b)| a != b);
        return changed.fold(nothing, |area, (a, b)| area.union(&a.bounds).union(&b.bounds));
    }
    before.iter().chain(now).fold(nothing, |area, shown| area.union(&shown.bounds))
}
