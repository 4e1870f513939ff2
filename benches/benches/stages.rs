//! What each stage of reading costs, beside the floors: the parts with the text inflated (or
//! it decoded, or the file copied) and nothing else, and that with the carrier's bare parser. As time by default;
//! with `--instructions` as instruction counts by callgrind, which repeat. Other arguments
//! choose the files: those whose line begins with one of them.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing
)]

use std::hint::black_box;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use gongkai::{CheckOptions, Format, bench_support, check, parse};
use gongkai_benches::floor;
use gongkai_benches::samples::{self, Sample};

/// The columns of the table; `facts` is the whole way from bytes.
const STAGES: [&str; 7] =
    ["inflate or decode", "and bare parser", "reader", "matching", "facts", "checks", "JSON"];
const FLOOR: usize = 1;
const FACTS: usize = 4;

/// Time given to a file, and the least rounds.
const BUDGET: Duration = Duration::from_millis(1200);
const ROUNDS: usize = 15;

fn main() {
    let has = |wanted: &str| std::env::args().any(|argument| argument == wanted);
    let samples = samples::chosen();
    if has("--measure") {
        for sample in &samples {
            run(sample, &mut |work| {
                // What happens once in a process is not counted.
                work();
                measured(work);
            });
        }
    } else if has("--instructions") {
        table(&samples, &instructions(samples.len()), "instructions, thousands", 1e3);
    } else {
        let times: Vec<_> = samples.iter().map(times).collect();
        table(&samples, &times, "time, µs", 1e3);
    }
}

/// Gives every stage to `each`, in the order of `STAGES`.
fn run(sample: &Sample, each: &mut dyn FnMut(&mut dyn FnMut())) {
    let (bytes, format) = (sample.bytes.as_slice(), sample.format);
    let read = bench_support::read(bytes, format).unwrap();
    let report = parse(bytes).unwrap();
    assert_eq!(report.format(), format);
    let options = CheckOptions::default();
    each(&mut || drop(black_box(floor::content(black_box(bytes), format))));
    each(&mut || {
        black_box(floor::tokens(black_box(bytes), format));
    });
    each(&mut || drop(black_box(bench_support::read(black_box(bytes), format).unwrap())));
    each(&mut || drop(black_box(read.report().unwrap())));
    each(&mut || drop(black_box(parse(black_box(bytes)).unwrap())));
    each(&mut || drop(black_box(check(black_box(&report), &options))));
    each(&mut || drop(black_box(black_box(&report).to_json())));
}

/// The least time of each stage in nanoseconds. Stages take turns, so that all see the
/// same machine: other programs only ever add time.
fn times(sample: &Sample) -> Vec<f64> {
    let mut least = vec![f64::MAX; STAGES.len()];
    let (start, mut rounds) = (Instant::now(), 0);
    while rounds < ROUNDS || start.elapsed() < BUDGET {
        let mut at = 0;
        run(sample, &mut |work| {
            let start = Instant::now();
            work();
            least[at] = least[at].min(start.elapsed().as_nanos() as f64);
            at += 1;
        });
        rounds += 1;
    }
    least
}

/// Callgrind counts what runs inside this function, by its name.
#[inline(never)]
fn measured(work: &mut dyn FnMut()) {
    work();
    black_box(());
}

/// Runs this program under callgrind, which writes one file each time `measured` ends.
fn instructions(samples: usize) -> Vec<Vec<f64>> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("callgrind");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    let status = Command::new("valgrind")
        .args(["--tool=callgrind", "--collect-atstart=no", "--callgrind-out-file=out", "-q"])
        .args(["--toggle-collect=stages::measured", "--dump-after=stages::measured"])
        .arg(std::env::current_exe().unwrap())
        .arg("--measure")
        .args(samples::choice())
        .current_dir(&folder)
        .stderr(Stdio::inherit())
        .status()
        .expect("valgrind counts the instructions: apt install valgrind");
    assert!(status.success());
    let count = |number: usize| -> f64 {
        let text = std::fs::read_to_string(folder.join(format!("out.{number}"))).unwrap();
        let line = text.lines().find_map(|line| line.strip_prefix("totals: ")).unwrap();
        line.trim().parse().unwrap()
    };
    (0..samples)
        .map(|s| (0..STAGES.len()).map(|stage| count(s * STAGES.len() + stage + 1)).collect())
        .collect()
}

fn table(samples: &[Sample], figures: &[Vec<f64>], unit: &str, scale: f64) {
    println!("| {unit} | part, KB | {} | facts ÷ floor |", STAGES.join(" | "));
    println!("|---|{}", "--:|".repeat(STAGES.len() + 2));
    for (sample, figures) in samples.iter().zip(figures) {
        let part = floor::size(&sample.bytes, sample.format) / 1000;
        let cells: Vec<String> = figures.iter().map(|figure| format!("{:.0}", figure / scale)).collect();
        println!(
            "| {} | {part} | {} | {} |",
            sample.line(),
            cells.join(" | "),
            if floor::is_whole(sample.format) {
                format!("{:.2}", figures[FACTS] / figures[FLOOR])
            } else {
                "—".to_owned()
            }
        );
    }
    println!();
    // What is asked of the reader of packages; text has no parser to be compared with.
    let ratios = samples.iter().zip(figures).filter(|(sample, _)| sample.format == Format::Docx);
    let worst = ratios.map(|(_, figures)| figures[FACTS] / figures[FLOOR]).fold(0.0, f64::max);
    println!("Worst docx: {worst:.2} of inflating and tokenizing.");
}
