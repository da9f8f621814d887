//! The viewer's behaviour, through its accessibility tree: no window, no GPU. A character without a glyph panics.

#[allow(dead_code, reason = "a part of it serves other tests")]
#[path = "../support/mod.rs"]
mod support;

mod anything;
mod copying;
mod exporting;
mod figures;
mod navigation;
mod opening;
mod overlays;
mod photos;
mod reachable;
mod searching;
mod small_window;

use egui::Modifiers;
use egui::accesskit::{Action, Role};
use egui_kittest::kittest::NodeT as _;
use juanzong::app::Overlay;
use serde_json::json;

use support::{Desk, photo};

const NONE: Modifiers = Modifiers::NONE;
const CTRL: Modifiers = Modifiers::COMMAND;

fn check_names(desk: &Desk, place: &str) {
    for node in desk.harness.root().children_recursive() {
        let node = node.accesskit_node();
        let data = node.data();
        let acted_on = data.supports_action(Action::Click) || data.supports_action(Action::Focus);
        // Scroll bars are known by what they scroll.
        if (acted_on && node.role() != Role::ScrollBar) || node.role() == Role::Image {
            let name = node.label().or(node.value()).unwrap_or_default();
            let at = node.bounding_box();
            assert!(!name.trim().is_empty(), "a {:?} without a name in {place} at {at:?}", node.role());
        }
    }
}

/// What can stand over a page and needs nothing but the bundled archive.
fn overlays() -> [Overlay; 6] {
    [
        Overlay::Shortcuts,
        Overlay::Settings,
        Overlay::Diagnostics,
        Overlay::Open,
        Overlay::AskArchivePath,
        Overlay::AskCopyPath(photo(0)),
    ]
}

/// An archive of one report with these sections and a photo without a file.
fn one_report(sections: &serde_json::Value) -> String {
    let photos = json!([{"id": "p", "caption": "图"}]);
    let report = json!({"id": "r", "title": "报道", "sections": sections, "photos": photos});
    json!({"format": 1, "title": "卷宗", "reports": [report]}).to_string()
}
