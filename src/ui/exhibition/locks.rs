//! What neither reaches the exhibition nor leaves it.

use egui::{
    Context, CursorIcon, Event, FullOutput, OutputCommand, PointerButton, RawInput, TouchDeviceId, TouchId, TouchPhase,
};

/// Lets fingers in, and nothing out.
#[derive(Default)]
pub struct Locks {
    /// The mouse's first button is down, which is a finger.
    pressed: bool,
}

impl egui::Plugin for Locks {
    fn debug_name(&self) -> &'static str {
        "exhibition"
    }

    fn input_hook(&mut self, _ctx: &Context, input: &mut RawInput) {
        input.hovered_files.clear();
        input.dropped_files.clear();
        input.events.retain(is_let_in);
        if !input.events.iter().any(|event| matches!(event, Event::Touch { .. })) {
            input.events = self.fingers(std::mem::take(&mut input.events));
        }
    }

    fn output_hook(&mut self, _ctx: &Context, output: &mut FullOutput) {
        let leaves = |command: &OutputCommand| {
            matches!(command, OutputCommand::CopyText(_) | OutputCommand::CopyImage(_) | OutputCommand::OpenUrl(_))
        };
        output.platform_output.commands.retain(|command| !leaves(command));
        output.platform_output.cursor_icon = CursorIcon::None;
    }
}

impl Locks {
    /// Whatever presses is a finger, which is nowhere once it is lifted: many touch screens present themselves as a mouse.
    fn fingers(&mut self, events: Vec<Event>) -> Vec<Event> {
        let touch = |phase, pos| Event::Touch { device_id: TouchDeviceId(0), id: TouchId(0), phase, pos, force: None };
        let mut all = Vec::with_capacity(events.len());
        for event in events {
            match event {
                Event::PointerButton { pos, pressed: true, .. } => {
                    self.pressed = true;
                    all.extend([touch(TouchPhase::Start, pos), Event::PointerMoved(pos), event]);
                }
                Event::PointerButton { pos, pressed: false, .. } => {
                    self.pressed = false;
                    all.extend([touch(TouchPhase::End, pos), event, Event::PointerGone]);
                }
                Event::PointerMoved(_) | Event::MouseMoved(_) if !self.pressed => {}
                event => all.push(event),
            }
        }
        all
    }
}

fn is_let_in(event: &Event) -> bool {
    match event {
        Event::PointerButton { button, .. } => *button == PointerButton::Primary,
        Event::PointerMoved(_)
        | Event::PointerGone
        | Event::MouseMoved(_)
        | Event::Touch { .. }
        | Event::Zoom(_)
        | Event::WindowFocused(_)
        | Event::AccessKitActionRequest(_) => true,
        Event::MouseWheel { modifiers, .. } => modifiers.is_none(),
        _ => false,
    }
}

/// Whether somebody has touched the screen since the last frame, or scrolled. A pointer that merely moved counts only
/// while it is pressed: a table that is bumped into is nobody.
pub fn is_used(ctx: &Context) -> bool {
    ctx.input(|i| {
        i.pointer.any_down()
            || i.events.iter().any(|event| match event {
                Event::PointerButton { pressed, .. } => *pressed,
                Event::Touch { phase, .. } => matches!(phase, TouchPhase::Start | TouchPhase::Move),
                Event::MouseWheel { .. } | Event::Zoom(_) | Event::AccessKitActionRequest(_) => true,
                _ => false,
            })
    })
}
