//! Figures, and the sentences that they come from.

use egui::accesskit::Role;
use juanzong::app::Route;

use super::support::{Desk, bundled, section};

#[test]
fn every_figure_leads_to_its_sentence() {
    let archive = bundled();
    let mut desk = Desk::tall();
    desk.go(Route::Figures);
    let buttons = desk.names(Role::Button);
    for id in archive.figure_ids() {
        desk.go(Route::Figures);
        let figure = archive.figure(id);
        let mut named = buttons.iter().filter(|name| name.starts_with(&format!("{} ", figure.label)));
        let name = named.find(|name| name.ends_with(&figure.unit)).expect("a button");
        desk.click_one(Role::Button, name);
        assert_eq!(desk.route(), Route::Section(figure.section), "{}", figure.label);
        let focus = desk.state(|state| state.focus.clone()).expect("a place in the text");
        assert_eq!(Some(focus.range), figure.quote_range, "{}", figure.label);
    }
}

#[test]
fn an_approximate_figure_says_so() {
    let mut desk = Desk::tall();
    desk.go(Route::Figures);
    assert!(desk.shows("敬老院投资 约 1580 万元"));
}

#[test]
fn the_figures_of_the_cover_lead_to_their_sentences() {
    let mut desk = Desk::tall();
    desk.click("温泉乐华城项目投资 120 亿元");
    assert_eq!(desk.route(), Route::Section(section(3)));
    assert!(desk.state(|state| state.focus.clone()).is_some_and(|focus| !focus.range.is_empty()));
}
