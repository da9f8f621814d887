//! Markdown tables. Every number has its ratio to that of one peer in brackets.

use crate::measure::{Answered, Measured, Run};
use crate::queries::Class;

/// What ratios are to, the first that was run.
const BASES: [&str; 2] = ["ours", "tantivy"];

pub fn print(run: &Run) {
    let base = BASES.iter().find_map(|name| run.peers.iter().find(|peer| peer.peer == *name));
    let Some(base) = base.or(run.peers.first()) else { return };
    let (documents, megabytes) = (run.corpus.documents, run.corpus.bytes as f64 / 1e6);
    println!("## {documents} documents, {megabytes:.1} MB, {} queries\n", run.queries.len());
    println!("In brackets: how many times that of {}.\n", base.peer);
    build_table(run, base);
    latency_table(run, base);
    classes_table(run);
    exactness_table(run);
}

fn row(cells: impl IntoIterator<Item = String>) {
    println!("| {} |", cells.into_iter().collect::<Vec<_>>().join(" | "));
}

fn head(names: &[&str]) {
    row(names.iter().map(|name| (*name).to_owned()));
    println!("|---{}", "|---:".repeat(names.len() - 1) + "|");
}

fn with_ratio(value: f64, base: f64, shown: String) -> String {
    if base > 0.0 { format!("{shown} ({}×)", rounded(value / base)) } else { shown }
}

/// Two digits that count.
fn rounded(value: f64) -> String {
    match value {
        _ if value >= 10.0 => format!("{value:.0}"),
        _ if value >= 1.0 => format!("{value:.1}"),
        _ if value >= 0.1 => format!("{value:.2}"),
        _ => format!("{value:.3}"),
    }
}

fn build_table(run: &Run, base: &Measured) {
    head(&["build", "time, s", "CPU, s", "peak memory, MB", "disk, MB", "open, ms", "memory of queries, MB (own)"]);
    for peer in &run.peers {
        let seconds = |value: f64, base: f64| with_ratio(value, base, rounded(value));
        let megabytes = |value: u64, base: u64| with_ratio(value as f64, base as f64, rounded(value as f64 / 1e6));
        row([
            peer.peer.clone(),
            seconds(peer.build.wall_secs, base.build.wall_secs),
            seconds(peer.build.cpu_secs, base.build.cpu_secs),
            megabytes(peer.build.peak_bytes, base.build.peak_bytes),
            megabytes(peer.build.disk_bytes, base.build.disk_bytes),
            rounded(peer.answers.open_secs * 1e3),
            format!("{} ({})", peer.answers.peak_bytes / 1_000_000, peer.answers.own_bytes / 1_000_000),
        ]);
    }
    println!();
}

/// Milliseconds of the queries of a class, or of all, from the shortest.
fn latencies(run: &Run, peer: &Measured, class: Option<Class>, secs: fn(&Answered) -> f64) -> Vec<f64> {
    let of_class = run.queries.iter().zip(&peer.answers.answered);
    let of_class = of_class.filter(|(query, _)| class.is_none_or(|class| query.class == class));
    let mut times: Vec<f64> = of_class.map(|(_, answered)| secs(answered) * 1e3).collect();
    times.sort_by(f64::total_cmp);
    times
}

/// The value that `share` of the values do not exceed.
fn quantile(sorted: &[f64], share: f64) -> f64 {
    let rank = (share * sorted.len() as f64).ceil() as usize;
    sorted.get(rank.saturating_sub(1)).copied().unwrap_or_default()
}

fn latency_table(run: &Run, base: &Measured) {
    head(&["latency, ms", "p50", "p99", "max", "all sets exact", "every document: p50", "p99", "max"]);
    for peer in &run.peers {
        let cells = |secs| {
            let (times, base) = (latencies(run, peer, None, secs), latencies(run, base, None, secs));
            [0.5, 0.99, 1.0].map(|share| {
                let value = quantile(&times, share);
                with_ratio(value, quantile(&base, share), rounded(value))
            })
        };
        let shown = cells(|answered| answered.secs);
        let all = cells(|answered| answered.all_secs);
        row([peer.peer.clone()].into_iter().chain(shown).chain([exact(run, peer, None)]).chain(all));
    }
    println!();
}

fn classes_table(run: &Run) {
    let names: Vec<&str> = run.peers.iter().map(|peer| peer.peer.as_str()).collect();
    head(&[&["p50 / p99 / max, ms"][..], &names].concat());
    for class in Class::ALL {
        let count = run.queries.iter().filter(|query| query.class == class).count();
        let cells = run.peers.iter().map(|peer| {
            let times = latencies(run, peer, Some(class), |answered| answered.secs);
            [0.5, 0.99, 1.0].map(|share| rounded(quantile(&times, share))).join(" / ")
        });
        row(std::iter::once(format!("{} ({count})", class.name())).chain(cells));
    }
    println!();
}

/// Queries of which exactly the right documents are listed and counted.
fn exact(run: &Run, peer: &Measured, class: Option<Class>) -> String {
    let (mut all, mut exact) = (0, 0);
    for ((query, expected), answered) in run.queries.iter().zip(&run.expected).zip(&peer.answers.answered) {
        if class.is_none_or(|class| query.class == class) {
            let counts = [answered.documents, answered.listed, answered.right];
            all += 1;
            exact += usize::from(counts == [*expected as usize; 3]);
        }
    }
    percent(exact, all)
}

fn percent(part: usize, whole: usize) -> String {
    if part == whole { "100 %".to_owned() } else { format!("{:.1} %", 100.0 * part as f64 / whole as f64) }
}

/// Recall and precision over the documents of all queries of a class; only peers that are not exact everywhere.
fn exactness_table(run: &Run) {
    let inexact: Vec<&Measured> = run.peers.iter().filter(|peer| exact(run, peer, None) != "100 %").collect();
    if inexact.is_empty() {
        return;
    }
    let names: Vec<&str> = inexact.iter().map(|peer| peer.peer.as_str()).collect();
    head(&[&["recall / precision / exact sets"][..], &names].concat());
    for class in Class::ALL {
        let cells = inexact.iter().map(|peer| {
            let (mut expected, mut listed, mut right) = (0, 0, 0);
            for ((query, count), answered) in run.queries.iter().zip(&run.expected).zip(&peer.answers.answered) {
                if query.class == class {
                    expected += *count as usize;
                    listed += answered.listed;
                    right += answered.right;
                }
            }
            let precision = percent(right, listed);
            format!("{} / {precision} / {}", percent(right, expected), exact(run, peer, Some(class)))
        });
        row(std::iter::once(class.name().to_owned()).chain(cells));
    }
    println!();
}
