//! Keeps the screen on as long as the program runs, where the system can be asked to.

use std::thread;

/// The system's answer is not waited for. It counts until the process ends, however that comes.
pub(super) fn keep_screen_on() {
    let ask = || {
        let mut wish = keepawake::Builder::default();
        wish.app_name("juanzong").app_reverse_domain("juanzong").reason("exhibition").idle(true).sleep(true);
        // Where nothing answers for the screen, the computer may still be asked.
        let Ok(_awake) = wish.display(true).create().or_else(|_| wish.display(false).create()) else { return };
        loop {
            thread::park();
        }
    };
    // A screen that goes dark by itself is a nuisance and no reason not to start.
    let _ = thread::Builder::new().name("awake".to_owned()).spawn(ask);
}
