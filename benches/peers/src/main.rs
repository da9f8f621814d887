//! The search beside other engines: one corpus, one list of queries, one run.

mod corpus;
mod measure;
mod peer;
mod peers;
mod queries;
mod report;
mod snippet;

use std::path::PathBuf;

use anyhow::{Result, ensure};
use clap::{Parser, Subcommand};

use corpus::Corpus;
use peer::Peer;

#[derive(Parser)]
#[command(about = "The search beside other engines: Markdown tables of time, size and exactness")]
struct Arguments {
    #[command(subcommand)]
    step: Option<Step>,
    /// One document a line; the first N lines are the corpus of N documents
    #[arg(long, default_value = "corpus-300k.txt")]
    corpus: PathBuf,
    /// Folder for indexes; they are removed after each peer
    #[arg(long, default_value = "target/peers")]
    work: PathBuf,
    /// Numbers of documents, as 10k,300k; `all` is the whole corpus
    #[arg(long, value_delimiter = ',', default_value = "10k,300k", value_parser = documents)]
    sizes: Vec<u32>,
    /// Names of peers; by default all
    #[arg(long, value_delimiter = ',')]
    peers: Vec<String>,
    /// Runs of a query after the warm-up, of which the median counts
    #[arg(long, default_value_t = 5)]
    runs: usize,
    /// Also write every measurement to this file
    #[arg(long)]
    json: Option<PathBuf>,
    /// Leave the indexes in the work folder
    #[arg(long)]
    keep: bool,
}

/// What a process of its own does.
#[derive(Subcommand)]
enum Step {
    #[command(hide = true)]
    Build(measure::Place),
    #[command(hide = true)]
    Query(measure::Place),
}

fn documents(text: &str) -> Result<u32, String> {
    if text == "all" {
        return Ok(u32::MAX);
    }
    let (digits, factor) = match text.strip_suffix(['k', 'K']) {
        Some(digits) => (digits, 1_000),
        None => (text, 1),
    };
    let number: u32 = digits.parse().map_err(|_| format!("no number of documents: {text}"))?;
    number.checked_mul(factor).filter(|number| *number > 0).ok_or(format!("no number of documents: {text}"))
}

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    match &arguments.step {
        Some(Step::Build(place)) => return measure::build(place),
        Some(Step::Query(place)) => return measure::query(place),
        None => {}
    }

    let known: Vec<&str> = peers::ALL.iter().map(|peer| peer.name()).collect();
    for name in &arguments.peers {
        ensure!(known.contains(&name.as_str()), "no peer {name}; there are {}", known.join(", "));
    }
    let chosen = |peer: &&&dyn Peer| arguments.peers.is_empty() || arguments.peers.iter().any(|n| n == peer.name());
    let peers: Vec<&dyn Peer> = peers::ALL.iter().filter(chosen).copied().collect();

    let mut runs = Vec::new();
    for size in &arguments.sizes {
        let folder = arguments.work.join(size.to_string());
        let corpus = Corpus::prepare(&arguments.corpus, *size, &folder)?;
        let run = measure::run(&corpus, &folder, &peers, arguments.runs, arguments.keep)?;
        report::print(&run);
        runs.push(run);
    }
    if let Some(path) = &arguments.json {
        std::fs::write(path, serde_json::to_vec_pretty(&runs)?)?;
    }
    Ok(())
}
