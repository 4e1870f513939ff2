//! The docx reader against its floor: inflating the main part and tokenizing it, with
//! nothing done with the tokens; and the whole way to facts. Minima of many repetitions,
//! in one process.
#![allow(clippy::print_stdout, clippy::unwrap_used)]

use std::fmt::Write as _;
use std::hint::black_box;
use std::io::{Cursor, Read, Write as _};
use std::path::Path;
use std::time::{Duration, Instant};

use quick_xml::Reader;
use quick_xml::events::Event;

const ROUNDS: usize = 1500;
const GOAL: f64 = 1.2;

fn main() {
    println!("{:<34} {:>10} {:>10} {:>7} {:>10}", "file", "floor ms", "read ms", "ratio", "facts ms");
    let mut files = vec![("synthetic".to_owned(), synthetic())];
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/reports");
    let folder = if folder.is_dir() {
        folder
    } else {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/reports")
    };
    match std::fs::read_dir(&folder) {
        Ok(entries) => {
            for path in entries.map(|e| e.unwrap().path()) {
                if path.extension().is_some_and(|e| e == "docx") {
                    let name = path.file_name().unwrap().to_string_lossy().into_owned();
                    files.push((name, std::fs::read(path).unwrap()));
                }
            }
        }
        Err(error) => println!("SKIPPED the sample reports: {}: {error}", folder.display()),
    }
    files.sort();
    let mut worst = 0.0_f64;
    for (name, bytes) in &files {
        // Alternated, so that both see the same machine.
        let (mut floor_time, mut read_time, mut facts_time) = (Duration::MAX, Duration::MAX, Duration::MAX);
        for _ in 0..ROUNDS {
            floor_time = floor_time.min(time(|| floor(black_box(bytes))));
            read_time = read_time.min(time(|| gongkai::bench_support::read_docx(black_box(bytes)).unwrap()));
        }
        for _ in 0..ROUNDS / 5 {
            facts_time = facts_time.min(time(|| gongkai::parse(black_box(bytes)).ok()));
        }
        let (floor_ms, read_ms) = (floor_time.as_secs_f64() * 1e3, read_time.as_secs_f64() * 1e3);
        worst = worst.max(read_ms / floor_ms);
        let facts_ms = facts_time.as_secs_f64() * 1e3;
        println!("{name:<34} {floor_ms:>10.3} {read_ms:>10.3} {:>7.2} {facts_ms:>10.3}", read_ms / floor_ms);
    }
    println!("worst ratio {worst:.2}, goal {GOAL:.2}: {}", if worst <= GOAL { "met" } else { "MISSED" });
}

fn time<T>(work: impl FnOnce() -> T) -> Duration {
    let start = Instant::now();
    black_box(work());
    start.elapsed()
}

fn floor(bytes: &[u8]) -> usize {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut part = archive.by_name("word/document.xml").unwrap();
    let mut text = Vec::with_capacity(usize::try_from(part.size()).unwrap());
    part.read_to_end(&mut text).unwrap();
    let mut reader = Reader::from_reader(text.as_slice());
    let mut events = 0;
    loop {
        match reader.read_event().unwrap() {
            Event::Eof => return events,
            _ => events += 1,
        }
    }
}

/// A document in Word's verbose manner: ids, split runs, borders on each cell.
fn synthetic() -> Vec<u8> {
    const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    let run = |text: &str| {
        format!(
            r#"<w:r w:rsidRPr="00A31F2C"><w:rPr><w:rFonts w:ascii="仿宋" w:eastAsia="仿宋" w:hint="eastAsia"/><w:color w:val="000000"/><w:kern w:val="0"/><w:sz w:val="20"/></w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>"#
        )
    };
    let mut body = String::new();
    for n in 0..60 {
        let runs = [run("政府信息公开工作"), run(&n.to_string()), run("年度报告所列数据的统计期限")].concat();
        write!(body, r#"<w:p w:rsidR="00C37B6E" w14:paraId="3F2A{n:04X}"><w:pPr><w:spacing w:line="560"/><w:ind w:firstLine="640"/></w:pPr>{runs}</w:p>"#).unwrap();
    }
    body.push_str("<w:tbl><w:tblPr/><w:tblGrid/>");
    for row in 0..40 {
        body.push_str("<w:tr><w:trPr><w:jc w:val=\"center\"/></w:trPr>");
        for column in 0..10 {
            let border =
                |side: &str| format!(r#"<w:{side} w:val="single" w:sz="6" w:space="0" w:color="000000"/>"#);
            let borders = ["top", "left", "bottom", "right"].map(border).concat();
            let text = run(&(row * column).to_string());
            write!(body, r#"<w:tc><w:tcPr><w:tcW w:w="750" w:type="dxa"/><w:tcBorders>{borders}</w:tcBorders><w:vAlign w:val="center"/></w:tcPr><w:p><w:pPr><w:jc w:val="center"/></w:pPr>{text}</w:p></w:tc>"#).unwrap();
        }
        body.push_str("</w:tr>");
    }
    body.push_str("</w:tbl>");
    let main = format!(
        r#"<w:document xmlns:w="{W}" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"><w:body>{body}</w:body></w:document>"#
    );
    let rels = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"#;
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in [("_rels/.rels", rels), ("word/document.xml", main.as_str())] {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}
