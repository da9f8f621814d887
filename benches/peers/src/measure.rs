//! Each peer builds in a process of its own and answers in another, so that neither memory nor time is anyone else's.

use std::fs::{self, File};
use std::io::{BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context, Result, ensure};
use clap::Args;
use cpu_time::ProcessTime;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::corpus::Corpus;
use crate::peer::{Peer, Searcher};
use crate::peers;
use crate::queries::{self, Query};

/// Everything measured at one size.
#[derive(Serialize)]
pub struct Run {
    pub corpus: Corpus,
    pub queries: Vec<Query>,
    /// How many documents hold each needle.
    pub expected: Vec<u32>,
    pub peers: Vec<Measured>,
}

#[derive(Serialize)]
pub struct Measured {
    pub peer: String,
    pub build: Build,
    pub answers: Answers,
}

#[derive(Deserialize, Serialize)]
pub struct Build {
    pub wall_secs: f64,
    pub cpu_secs: f64,
    /// Largest resident set; pages of mapped files count.
    pub peak_bytes: u64,
    pub disk_bytes: u64,
}

#[derive(Deserialize, Serialize)]
pub struct Answers {
    pub open_secs: f64,
    /// Largest resident set until all is answered; pages of mapped files count.
    pub peak_bytes: u64,
    /// Of that at the end, what no file holds.
    pub own_bytes: u64,
    /// For each query.
    pub answered: Vec<Answered>,
}

#[derive(Deserialize, Serialize)]
pub struct Answered {
    /// Median for what the result list shows.
    pub secs: f64,
    /// Median for every document found, in order: what filters, counts by year and sorting by date begin with.
    pub all_secs: f64,
    /// Documents that the peer says it found.
    pub documents: usize,
    /// Documents that it lists.
    pub listed: usize,
    /// Of those, documents that hold the needle.
    pub right: usize,
}

/// What a process is told.
#[derive(Args)]
pub struct Place {
    peer: String,
    /// Of the size: with the corpus, queries and oracle.
    folder: PathBuf,
    /// Of the peer.
    index: PathBuf,
    #[arg(long, default_value_t = 1)]
    runs: usize,
    /// Write what is found instead of comparing it
    #[arg(long)]
    oracle: bool,
}

impl Place {
    fn peer(&self) -> Result<&'static dyn Peer> {
        let peer = peers::ALL.iter().find(|peer| peer.name() == self.peer);
        peer.copied().with_context(|| format!("no peer {}", self.peer))
    }

    fn corpus(&self) -> Result<Corpus> {
        read_json(&self.folder.join("corpus.json"))
    }
}

pub fn run(corpus: &Corpus, folder: &Path, peers: &[&dyn Peer], runs: usize, keep: bool) -> Result<Run> {
    let queries = queries::draw(corpus)?;
    fs::write(folder.join("corpus.json"), serde_json::to_vec(corpus)?)?;
    fs::write(folder.join("queries.json"), serde_json::to_vec_pretty(&queries)?)?;

    let measure = |name: &str, oracle: bool| -> Result<Measured> {
        eprintln!("{} documents: {name}{}", corpus.documents, if oracle { " as the oracle" } else { "" });
        let index = folder.join(name);
        if index.exists() {
            fs::remove_dir_all(&index)?;
        }
        fs::create_dir_all(&index)?;
        let child = |step: &str| {
            let mut command = Command::new(std::env::current_exe()?);
            command.args([step, name]).args([folder, &index]).arg("--runs").arg(runs.to_string());
            if oracle {
                command.arg("--oracle");
            }
            let output = command.stderr(Stdio::inherit()).output()?;
            ensure!(output.status.success(), "{name} {step}: {}", output.status);
            anyhow::Ok(output.stdout)
        };
        let build = serde_json::from_slice(&child("build")?)?;
        let answers = serde_json::from_slice(&child("query")?)?;
        if !keep {
            fs::remove_dir_all(&index)?;
        }
        Ok(Measured { peer: name.to_owned(), build, answers })
    };

    let oracle = measure("scan", true)?;
    let expected = oracle.answers.answered.iter().map(|answered| answered.right as u32).collect();
    let peers = peers.iter().map(|peer| measure(peer.name(), false)).collect::<Result<_>>()?;
    Ok(Run { corpus: corpus.clone(), queries, expected, peers })
}

/// The child process that builds.
pub fn build(place: &Place) -> Result<()> {
    let (peer, corpus) = (place.peer()?, place.corpus()?);
    let (wall, cpu) = (Instant::now(), ProcessTime::now());
    peer.build(&corpus, &place.index)?;
    let (wall_secs, cpu_secs) = (wall.elapsed().as_secs_f64(), cpu.elapsed().as_secs_f64());
    let built = Build { wall_secs, cpu_secs, peak_bytes: status("VmHWM:")?, disk_bytes: disk_bytes(&place.index)? };
    println!("{}", serde_json::to_string(&built)?);
    Ok(())
}

/// The child process that answers.
pub fn query(place: &Place) -> Result<()> {
    let (peer, corpus) = (place.peer()?, place.corpus()?);
    let queries: Vec<Query> = read_json(&place.folder.join("queries.json"))?;
    let opening = Instant::now();
    let searcher = peer.open(&corpus, &place.index)?;
    let open_secs = opening.elapsed().as_secs_f64();

    let mut answered = Vec::new();
    for query in &queries {
        answered.push(time(searcher.as_ref(), &query.needle, if place.oracle { 1 } else { place.runs })?);
    }
    let (peak_bytes, own_bytes) = (status("VmHWM:")?, status("RssAnon:")?);

    let path = place.folder.join("oracle");
    if place.oracle {
        let mut out = BufWriter::new(File::create(path)?);
        for (query, answered) in queries.iter().zip(&mut answered) {
            let found = searcher.all(&query.needle)?;
            (answered.listed, answered.right) = (found.len(), found.len());
            for number in std::iter::once(found.len() as u32).chain(found) {
                out.write_all(&number.to_le_bytes())?;
            }
        }
        out.flush()?;
    } else {
        let mut oracle = BufReader::new(File::open(path)?);
        for (query, answered) in queries.iter().zip(&mut answered) {
            let length = read_number(&mut oracle)?;
            let right = (0..length).map(|_| read_number(&mut oracle)).collect::<Result<Vec<_>>>()?;
            let found;
            (answered.all_secs, found) = median(place.runs, || searcher.all(&query.needle))?;
            answered.listed = found.len();
            answered.right = found.iter().filter(|document| right.binary_search(document).is_ok()).count();
        }
    }
    println!("{}", serde_json::to_string(&Answers { open_secs, peak_bytes, own_bytes, answered })?);
    Ok(())
}

fn time(searcher: &dyn Searcher, needle: &str, runs: usize) -> Result<Answered> {
    let (secs, answer) = median(runs, || searcher.query(needle))?;
    ensure!(answer.first.len() == answer.snippets.len(), "{needle}: a document without its snippet");
    ensure!(answer.snippets.iter().all(|snippet| !snippet.is_empty()), "{needle}: a snippet without the needle");
    Ok(Answered { secs, all_secs: 0.0, documents: answer.documents, listed: 0, right: 0 })
}

/// The median of some runs in seconds after one that does not count, and what that one gave. What takes long is run
/// less often.
fn median<T>(runs: usize, mut ask: impl FnMut() -> Result<T>) -> Result<(f64, T)> {
    let warming = Instant::now();
    let answer = ask()?;
    let runs = if warming.elapsed().as_secs_f64() > 0.1 { runs.min(3) } else { runs };
    let mut times = Vec::new();
    for _ in 0..runs.max(1) {
        let begin = Instant::now();
        let again = ask()?;
        times.push(begin.elapsed().as_secs_f64());
        drop(again);
    }
    times.sort_by(f64::total_cmp);
    Ok((times[times.len() / 2], answer))
}

/// A size from what Linux says about this process.
fn status(name: &str) -> Result<u64> {
    let status = fs::read_to_string("/proc/self/status")?;
    let kilobytes = status.lines().find_map(|line| line.strip_prefix(name)?.trim().strip_suffix(" kB"));
    Ok(kilobytes.context("a line of the status")?.parse::<u64>()? * 1024)
}

fn disk_bytes(folder: &Path) -> Result<u64> {
    let mut bytes = 0;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        bytes += if entry.file_type()?.is_dir() { disk_bytes(&entry.path())? } else { entry.metadata()?.len() };
    }
    Ok(bytes)
}

fn read_number(from: &mut impl Read) -> Result<u32> {
    let mut bytes = [0; 4];
    from.read_exact(&mut bytes)?;
    Ok(u32::from_le_bytes(bytes))
}

fn read_json<T: DeserializeOwned>(path: &Path) -> Result<T> {
    let bytes = fs::read(path).with_context(|| format!("no {}", path.display()))?;
    Ok(serde_json::from_slice(&bytes)?)
}
