fn main() {
    println!("{}", eframe::egui::Id::new(1).short_debug_format());
}
