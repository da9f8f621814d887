//! How much memory this program holds.

/// Bytes that only this program holds, in memory or swapped out. Files that are mapped are not counted: the system takes
/// them back when it needs the room. `None` where the system does not say.
#[cfg(target_os = "linux")]
pub fn own_bytes() -> Option<u64> {
    held(&std::fs::read_to_string("/proc/self/status").ok()?)
}

/// The same of the text of Linux's `/proc/self/status`.
#[cfg(target_os = "linux")]
fn held(status: &str) -> Option<u64> {
    let kib = |name: &str| -> Option<u64> {
        let line = status.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))?;
        line.trim().strip_suffix(" kB")?.trim().parse().ok()
    };
    let own = kib("RssAnon").map(|anonymous| anonymous + kib("RssShmem").unwrap_or(0));
    // Before Linux 4.5 there is only the sum.
    let resident = own.or_else(|| kib("VmRSS"))?;
    Some((resident + kib("VmSwap").unwrap_or(0)) * 1024)
}

#[cfg(not(target_os = "linux"))]
pub fn own_bytes() -> Option<u64> {
    memory_stats::memory_stats().map(|stats| stats.physical_mem as u64)
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn what_the_system_says_is_added_up() {
        for (status, expected) in [
            ("Name:\tjz\nVmRSS:\t  900 kB\nRssAnon:\t 100 kB\nRssFile:\t 790 kB\nRssShmem:\t  10 kB\n", Some(110)),
            ("VmRSS:\t  900 kB\nVmSwap:\t 50 kB\n", Some(950)),
            ("Name:\tjz\n", None),
            ("RssAnon:\t many kB\n", None),
        ] {
            assert_eq!(held(status), expected.map(|kib: u64| kib * 1024), "{status}");
        }
        // Of this process no more can be said: other tests take and free memory meanwhile. tests/kiosk_watch.rs has one that
        // grows alone.
        let block = std::hint::black_box(vec![7_u8; 64 << 20]);
        let held = own_bytes().expect("Linux says");
        assert!(held >= block.len() as u64, "{held} with {}", block.len());
    }
}
