//! Reads one report and prints it: `cargo run --example read_report FILE`.
#![allow(clippy::print_stdout)]

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("usage: read_report FILE")?;
    let report = gongkai::parse(&std::fs::read(&path)?)?;
    print!("{}", gongkai::view::text(&report));
    Ok(())
}
