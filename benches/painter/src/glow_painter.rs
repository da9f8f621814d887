//! egui's own OpenGL painter on llvmpipe, which computes OpenGL on the CPU. It draws into memory, without a window.

use std::num::NonZeroU32;
use std::sync::Arc;

use anyhow::{Context as _, Result};
use egui_glow::Painter;
use glow::HasContext as _;
use glutin::api::egl::context::PossiblyCurrentContext;
use glutin::api::egl::device::Device;
use glutin::api::egl::display::Display;
use glutin::api::egl::surface::Surface;
use glutin::config::{ConfigSurfaceTypes, ConfigTemplateBuilder};
use glutin::context::{ContextApi, ContextAttributesBuilder, NotCurrentGlContext as _, Version};
use glutin::display::GlDisplay as _;
use glutin::surface::{PbufferSurface, SurfaceAttributesBuilder};

use crate::scenes::Frame;

pub struct Glow {
    gl: Arc<glow::Context>,
    painter: Painter,
    size: [u32; 2],
    // What they paint on must outlive them.
    _surface: Surface<PbufferSurface>,
    _context: PossiblyCurrentContext,
}

impl Glow {
    #[expect(unsafe_code, reason = "OpenGL and EGL are C")]
    pub fn new(size: [usize; 2]) -> Result<Self> {
        let size = size.map(|side| side as u32);
        let is_software = |device: &Device| device.extensions().contains("EGL_MESA_device_software");
        let device = Device::query_devices()?.find(is_software).context("Mesa's software device is not there")?;
        let template =
            ConfigTemplateBuilder::new().with_alpha_size(8).with_surface_type(ConfigSurfaceTypes::PBUFFER).build();
        let [width, height] = size.map(NonZeroU32::new);
        let surface = SurfaceAttributesBuilder::<PbufferSurface>::new()
            .build(width.context("no width")?, height.context("no height")?);
        // As eframe asks for it.
        let wanted = ContextAttributesBuilder::new().with_context_api(ContextApi::OpenGl(Some(Version::new(3, 3))));
        // SAFETY: nothing here has a window or a handle that could be gone; all of it lives as long as `Self`.
        let (surface, context, gl) = unsafe {
            let display = Display::with_device(&device, None)?;
            let config = display.find_configs(template)?.next().context("no configuration")?;
            let surface = display.create_pbuffer_surface(&config, &surface)?;
            let context = display.create_context(&config, &wanted.build(None))?.make_current(&surface)?;
            let gl = glow::Context::from_loader_function_cstr(|name| display.get_proc_address(name));
            (surface, context, Arc::new(gl))
        };
        // Without dithering, which makes each pixel differ by chance.
        let painter = Painter::new(Arc::clone(&gl), "", None, false)?;
        Ok(Self { gl, painter, size, _surface: surface, _context: context })
    }

    /// What computes OpenGL here.
    #[expect(unsafe_code, reason = "OpenGL is C")]
    pub fn name(&self) -> String {
        // SAFETY: the context is current.
        unsafe { self.gl.get_parameter_string(glow::RENDERER) }
    }

    pub fn take_textures(&mut self, frame: &Frame) {
        for (id, change) in &frame.textures {
            self.painter.set_texture(*id, change);
        }
    }

    /// Paints a frame and waits until it is there.
    #[expect(unsafe_code, reason = "OpenGL is C")]
    pub fn paint(&mut self, frame: &Frame) {
        let [r, g, b, _] = frame.background.to_array().map(|channel| f32::from(channel) / 255.0);
        self.painter.clear(self.size, [r, g, b, 1.0]);
        self.painter.paint_primitives(self.size, frame.scale, &frame.primitives);
        // SAFETY: the context is current.
        unsafe { self.gl.finish() }
    }

    /// Rows from above, red, green and blue bytes.
    pub fn rgb(&self) -> Vec<u8> {
        let image = self.painter.read_screen_rgba(self.size);
        image.pixels.iter().flat_map(|pixel| [pixel.r(), pixel.g(), pixel.b()]).collect()
    }
}

impl Drop for Glow {
    fn drop(&mut self) {
        self.painter.destroy();
    }
}
