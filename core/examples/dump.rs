//! Prints what a reader sees in each file named, one JSON object a line: the
//! input of `tests/oracle/docx_grid.py`.
#![allow(clippy::print_stdout)]

fn main() -> Result<(), Box<dyn std::error::Error>> {
    for path in std::env::args().skip(1) {
        let mut dump = gongkai::bench_support::dump(&std::fs::read(&path)?)?;
        if let Some(object) = dump.as_object_mut() {
            object.insert("file".to_owned(), path.into());
        }
        println!("{dump}");
    }
    Ok(())
}
