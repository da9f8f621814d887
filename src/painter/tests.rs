//! Pictures come out the same whichever way they are painted.

use egui::epaint::{ImageDelta, Mesh, Primitive, Vertex};
use egui::{
    ClippedPrimitive, Color32, ColorImage, Pos2, Rect, TextureFilter, TextureId, TextureOptions, TextureWrapMode,
};
use egui::{TexturesDelta, pos2, vec2};
use proptest::prelude::*;

use super::Canvas;

const ID: TextureId = TextureId::Managed(0);
const SIZE: [usize; 2] = [48, 40];

fn painted(image: &ColorImage, options: TextureOptions, mesh: &Mesh, clip: Rect) -> Vec<u32> {
    let mut canvas = Canvas::new(SIZE[0], SIZE[1], 2);
    let mut delta = TexturesDelta::default();
    delta.push(ID, ImageDelta::full(image.clone(), options));
    canvas.update_textures(&mut delta);
    let primitive = ClippedPrimitive { clip_rect: clip, primitive: Primitive::Mesh(mesh.clone()) };
    canvas.paint(&[primitive], 1.0, Color32::from_rgb(30, 120, 210));
    canvas.pixels().to_vec()
}

/// Beyond its edges a mirrored picture begins as one that goes on as it ends; it is looked up pixel by pixel.
fn both_ways(image: &ColorImage, mesh: &Mesh, clip: Rect) -> [Vec<u32>; 2] {
    [TextureWrapMode::ClampToEdge, TextureWrapMode::MirroredRepeat]
        .map(|wrap_mode| painted(image, TextureOptions { wrap_mode, ..TextureOptions::LINEAR }, mesh, clip))
}

fn farthest([a, b]: &[Vec<u32>; 2]) -> u8 {
    let apart = |(a, b): (&u32, &u32)| a.to_ne_bytes().iter().zip(b.to_ne_bytes()).map(|(a, b)| a.abs_diff(b)).max();
    a.iter().zip(b).filter_map(apart).max().unwrap_or_default()
}

fn image() -> impl Strategy<Value = ColorImage> {
    (1..24_usize, 1..24_usize, any::<bool>()).prop_flat_map(|(width, height, opaque)| {
        let alpha = if opaque { 255..=255_u8 } else { 0..=255 };
        let pixel = (any::<[u8; 3]>(), alpha).prop_map(|([r, g, b], a)| Color32::from_rgba_unmultiplied(r, g, b, a));
        prop::collection::vec(pixel, width * height).prop_map(move |pixels| ColorImage::new([width, height], pixels))
    })
}

fn tint() -> impl Strategy<Value = Color32> {
    prop_oneof![
        Just(Color32::WHITE),
        any::<u8>().prop_map(|a| Color32::from_rgba_premultiplied(a, a, a, a)),
        any::<[u8; 4]>().prop_map(|[r, g, b, a]| Color32::from_rgba_unmultiplied(r, g, b, a)),
        any::<[u8; 4]>().prop_map(|[r, g, b, a]| Color32::from_rgba_premultiplied(r, g, b, a)),
    ]
}

fn rect() -> impl Strategy<Value = Rect> {
    let place = || (-20.0..50.0_f32, 0.0..70.0_f32);
    (place(), place(), any::<bool>()).prop_map(|((x, width), (y, height), whole)| {
        let rect = Rect::from_min_size(pos2(x, y), vec2(width, height));
        if whole { rect.round() } else { rect }
    })
}

fn part_of_picture() -> impl Strategy<Value = Rect> {
    let place = || 0.0..=1.0_f32;
    // Mirrored where it ends before it begins.
    (place(), place(), place(), place()).prop_map(|(a, b, c, d)| Rect { min: pos2(a, b), max: pos2(c, d) })
}

/// A rectangle whose corners are cut off, as a fan around its first corner.
fn fan(rect: Rect, uv: Rect, cut: f32, color: Color32) -> Mesh {
    let corners = [(0.0, cut), (cut, 0.0), (1.0 - cut, 0.0), (1.0, cut), (1.0, 1.0 - cut), (0.5, 1.0), (0.0, 0.6)];
    let within = |rect: Rect, (x, y): (f32, f32)| -> Pos2 { rect.lerp_inside(vec2(x, y)) };
    let mut mesh = Mesh::with_texture(ID);
    mesh.vertices = corners.iter().map(|at| Vertex { pos: within(rect, *at), uv: within(uv, *at), color }).collect();
    mesh.indices = (1..6).flat_map(|i| [0, i, i + 1]).collect();
    mesh
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_stretched_picture_is_the_one_looked_up_pixel_by_pixel(
        image in image(), tint in tint(), rect in rect(), clip in rect(), uv in part_of_picture()
    ) {
        let mut mesh = Mesh::with_texture(ID);
        mesh.add_rect_with_uv(rect, uv, tint);
        let apart = farthest(&both_ways(&image, &mesh, clip));
        prop_assert!(apart <= 1, "{apart} apart");
    }

    #[test]
    fn a_picture_with_round_corners_too(
        image in image(), tint in tint(), rect in rect(), clip in rect(), uv in part_of_picture(), cut in 0.05..0.4_f32
    ) {
        let apart = farthest(&both_ways(&image, &fan(rect, uv, cut, tint), clip));
        prop_assert!(apart <= 1, "{apart} apart");
    }
}

/// Two frames, of which the second has some of what the first had, in its order or not. They fill up to `scale` times
/// [`SIZE`].
fn two_frames(scale: f32) -> impl Strategy<Value = [Vec<ClippedPrimitive>; 2]> {
    let place = move || rect().prop_map(move |rect| rect * scale);
    let primitive =
        (place(), place(), part_of_picture(), tint(), 0.05..0.4_f32).prop_map(|(at, clip_rect, uv, tint, cut)| {
            ClippedPrimitive { clip_rect, primitive: Primitive::Mesh(fan(at, uv, cut, tint)) }
        });
    prop::collection::vec(primitive, 1..8).prop_flat_map(|all| {
        let some = || prop::sample::subsequence(all.clone(), 0..=all.len());
        (some(), prop_oneof![some().boxed(), some().prop_shuffle().boxed()]).prop_map(|(first, second)| [first, second])
    })
}

/// What the last of some frames leaves on a canvas. Before it the middle of the picture changes.
fn after(frames: &[&[ClippedPrimitive]], image: &ColorImage, size: [usize; 2], threads: usize) -> Vec<u32> {
    let mut canvas = Canvas::new(size[0], size[1], threads);
    let update = |canvas: &mut Canvas, change: ImageDelta| {
        let mut delta = TexturesDelta::default();
        delta.push(ID, change);
        canvas.update_textures(&mut delta);
    };
    update(&mut canvas, ImageDelta::full(image.clone(), TextureOptions::LINEAR));
    for (number, frame) in frames.iter().enumerate() {
        if number + 1 == frames.len() && image.width() > 2 {
            let patch = ColorImage::filled([1, 1], Color32::from_rgb(1, 2, 3));
            update(&mut canvas, ImageDelta::partial([1, 0], patch, TextureOptions::LINEAR));
        }
        canvas.paint(frame, 1.0, Color32::from_rgb(30, 120, 210));
    }
    canvas.pixels().to_vec()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    /// Only what changed is painted: nothing of the frame before may be left.
    #[test]
    fn a_frame_after_another_is_as_one_on_an_empty_canvas([first, second] in two_frames(1.0), image in image()) {
        prop_assert!(after(&[&first, &second], &image, SIZE, 1) == after(&[&second], &image, SIZE, 1));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn bands_and_threads_make_one_picture([first, second] in two_frames(8.0), image in image()) {
        let size = SIZE.map(|side| side * 8);
        prop_assert!(size[0] * size[1] > super::WORTH_A_THREAD);
        prop_assert!(after(&[&first, &second], &image, size, 3) == after(&[&second], &image, size, 1));
    }
}

#[test]
fn a_picture_of_its_own_size_is_copied() {
    let pixel = |i: usize| Color32::from_rgb(i as u8, (i * 7) as u8, (i * 31) as u8);
    let image = ColorImage::new([20, 10], (0..200).map(pixel).collect());
    let all = Rect::from_min_size(Pos2::ZERO, vec2(SIZE[0] as f32, SIZE[1] as f32));
    let mut mesh = Mesh::with_texture(ID);
    let place = Rect::from_min_size(pos2(7.0, 5.0), vec2(20.0, 10.0));
    mesh.add_rect_with_uv(place, Rect::from_min_max(Pos2::ZERO, pos2(1.0, 1.0)), Color32::WHITE);
    let shown = painted(&image, TextureOptions::LINEAR, &mesh, all);
    for (i, color) in image.pixels.iter().enumerate() {
        let [r, g, b, a] = color.to_array();
        assert_eq!(shown[(5 + i / 20) * SIZE[0] + 7 + (i % 20)], u32::from_be_bytes([a, r, g, b]), "pixel {i}");
    }
}

#[test]
fn places_without_sense_do_no_harm() {
    let image = ColorImage::filled([3, 3], Color32::RED);
    for wrong in [f32::NAN, f32::INFINITY, -f32::INFINITY, 1e30, -1e9] {
        for i in 0..8 {
            let mut mesh = fan(Rect::from_min_size(pos2(2.0, 3.0), vec2(30.0, 20.0)), Rect::ZERO, 0.1, Color32::WHITE);
            mesh.add_rect_with_uv(
                Rect::from_min_size(pos2(2.0, 3.0), vec2(30.0, 20.0)),
                Rect::EVERYTHING,
                Color32::RED,
            );
            let vertex = &mut mesh.vertices[(i % 4) * 2];
            if i < 4 {
                vertex.pos.x = wrong
            } else {
                vertex.uv.y = wrong
            }
            both_ways(&image, &mesh, Rect::EVERYTHING);
        }
    }
}

#[test]
fn a_picture_made_much_smaller_has_the_mean_of_its_texels() {
    let stripes = (0..64 * 64).map(|i| if i % 8 == 0 { Color32::WHITE } else { Color32::BLACK }).collect();
    let image = ColorImage::new([64, 64], stripes);
    let mut mesh = Mesh::with_texture(ID);
    let place = Rect::from_min_size(pos2(3.0, 4.0), vec2(8.0, 8.0));
    mesh.add_rect_with_uv(place, Rect::from_min_max(Pos2::ZERO, pos2(1.0, 1.0)), Color32::WHITE);
    let options = TextureOptions { mipmap_mode: Some(TextureFilter::Linear), ..TextureOptions::LINEAR };
    let shown = painted(&image, options, &mesh, Rect::EVERYTHING);
    for y in 4..12 {
        for pixel in &shown[y * SIZE[0] + 3..y * SIZE[0] + 11] {
            assert_eq!(*pixel, 0xFF20_2020, "an eighth of it is white");
        }
    }
}
