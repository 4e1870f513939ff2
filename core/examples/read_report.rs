//! Reads one report and prints its facts and findings: `cargo run --example read_report FILE`.
#![allow(clippy::print_stdout)]

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("usage: read_report FILE")?;
    let report = gongkai::parse(&std::fs::read(path)?)?;
    println!("agency  {:?}", report.agency().map(|agency| &agency.name));
    println!("year    {:?}", report.year());
    for fact in report.facts() {
        let value = fact.value.map(|value| value.to_string()).unwrap_or_default();
        println!("{}\t{}\t{value}\t{}", fact.id(), fact.status.name(), fact.text.trim());
    }
    for finding in report.findings() {
        println!("{}\t{}\t{}", finding.code, finding.severity.name(), finding.message.en);
    }
    Ok(())
}
