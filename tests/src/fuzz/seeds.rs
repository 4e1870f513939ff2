//! What fuzzing begins with: a report of one block and one table in every layout of a
//! carrier, and the smaller fixtures of its folder.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use super::LONGEST;
use crate::fixtures::{self, Fixture};
use crate::form::Edition;
use crate::package;
use crate::print::{Item, Printed, Style, print};
use crate::random::Random;
use crate::render::{
    Carrier, CsvForm, DocForm, DocxForm, Encoding, HtmlForm, MhtmlForm, OdtForm, OfdForm, PdfFile, PdfForm,
    RtfForm, TextLayout, XlsForm, XlsxForm,
};
use crate::truth::{Truth, Wishes};

/// A whole report, every number of it another.
pub(super) fn plain() -> Printed {
    let wishes = Wishes { dense: true, ..Wishes::default() };
    let mut random = Random::new(1);
    print(&Truth::random(Edition::Y2021, wishes, &mut random), &Style::default(), &mut random)
}

/// A report that is read in a tenth of the time: headings, the blocks at the head of
/// Article 20, and the small table.
static SMALL: LazyLock<Printed> = LazyLock::new(|| part(9, 2));

/// Headings and one block, for carriers that need many bytes a cell.
static TINY: LazyLock<Printed> = LazyLock::new(|| part(4, 1));

/// The plain report without its paragraphs; of so many tables, the blocks that end before
/// that row.
fn part(rows: usize, mut tables: usize) -> Printed {
    let mut printed = plain();
    printed.items.retain_mut(|item| match item {
        Item::Table(table) => {
            let cut = table.rows.get(rows).map(|row| row.block);
            table.rows.retain(|row| cut.is_none_or(|block| row.block < block));
            let kept = tables > 0 && !table.rows.is_empty();
            tables -= usize::from(kept);
            kept
        }
        Item::Paragraph(_) => false,
        Item::Title(_) | Item::Heading(..) => true,
    });
    assert_eq!(tables, 0, "the form has fewer tables");
    printed
}

/// The small report, so many times one after the other.
pub fn repeated(copies: usize) -> Printed {
    let items = SMALL.items.iter().cloned().cycle().take(SMALL.items.len() * copies).collect();
    Printed { items, facts: SMALL.facts.clone() }
}

/// The small report in a carrier.
pub fn small(carrier: Carrier) -> Vec<u8> {
    carrier.render(&SMALL, &mut Random::new(1))
}

/// The least report in a carrier.
pub(super) fn tiny(carrier: Carrier) -> Vec<u8> {
    carrier.render(&TINY, &mut Random::new(1))
}

/// The small report in some layouts, and the fixtures of a folder.
fn carriers<F: Copy>(folder: &str, forms: &[F], carrier: fn(F) -> Carrier) -> Vec<Vec<u8>> {
    let mut seeds: Vec<Vec<u8>> = forms.iter().map(|&form| small(carrier(form))).collect();
    let wanted = |fixture: &&Fixture| fixture.name().starts_with(&format!("{folder}/"));
    seeds.extend(fixtures::all().iter().filter(wanted).map(Fixture::bytes));
    fitting(seeds)
}

fn fitting(mut seeds: Vec<Vec<u8>>) -> Vec<Vec<u8>> {
    seeds.retain(|seed| seed.len() <= LONGEST);
    seeds
}

/// Stored as well as packed, so that a changed byte is a changed character.
fn stored(mut seeds: Vec<Vec<u8>>) -> Vec<Vec<u8>> {
    let packages = seeds.iter().filter_map(|bytes| package::parts(bytes));
    let stored: Vec<_> = packages.map(|parts| package::zip_with(&parts, package::Method::Stored)).collect();
    seeds.extend(stored);
    fitting(seeds)
}

pub(super) fn docx() -> Vec<Vec<u8>> {
    stored(carriers("docx", DocxForm::ALL, Carrier::Docx))
}

pub(super) fn doc() -> Vec<Vec<u8>> {
    carriers("doc", DocForm::ALL, Carrier::Doc)
}

pub(super) fn rtf() -> Vec<Vec<u8>> {
    carriers("rtf", RtfForm::ALL, Carrier::Rtf)
}

pub(super) fn odt() -> Vec<Vec<u8>> {
    stored(carriers("odt", OdtForm::ALL, Carrier::Odt))
}

pub(super) fn flat_opc() -> Vec<Vec<u8>> {
    carriers("flatopc", &[DocxForm::Word, DocxForm::AutoNumbered, DocxForm::Strict], Carrier::FlatOpc)
}

pub(super) fn mhtml() -> Vec<Vec<u8>> {
    carriers("mhtml", MhtmlForm::ALL, Carrier::Mhtml)
}

pub(super) fn html() -> Vec<Vec<u8>> {
    carriers("html", HtmlForm::ALL, Carrier::Html)
}

pub(super) fn ofd() -> Vec<Vec<u8>> {
    stored(carriers("ofd", OfdForm::ALL, Carrier::Ofd))
}

pub(super) fn xlsx() -> Vec<Vec<u8>> {
    stored(carriers("xlsx", XlsxForm::ALL, Carrier::Xlsx))
}

pub(super) fn xls() -> Vec<Vec<u8>> {
    carriers("xls", XlsForm::ALL, Carrier::Xls)
}

pub(super) fn csv() -> Vec<Vec<u8>> {
    carriers("csv", CsvForm::ALL, |form| Carrier::Csv(form, Encoding::Utf8))
}

pub(super) fn text() -> Vec<Vec<u8>> {
    let encoded = |encoding| small(Carrier::Text(TextLayout::Pipes, encoding, true));
    let mut seeds = carriers("text", TextLayout::ALL, |layout| Carrier::Text(layout, Encoding::Utf8, false));
    seeds.extend(Encoding::ALL.iter().map(|&encoding| encoded(encoding)));
    fitting(seeds)
}

/// One file of every format, and what is none.
pub(super) fn any() -> Vec<Vec<u8>> {
    let none = [Carrier::Text(TextLayout::Pipes, Encoding::Gb18030, true), Carrier::Doc(DocForm::Word)];
    carriers("bad", &none, |carrier| carrier)
}

pub(super) fn docx_main() -> Vec<Vec<u8>> {
    let parts = docx().into_iter().filter_map(|bytes| package::parts(&bytes)).flatten();
    let mut mains: Vec<Vec<u8>> =
        parts.filter(|(name, _)| name == package::MAIN).map(|(_, bytes)| bytes).collect();
    mains.sort();
    mains.dedup();
    fitting(mains)
}

/// The objects of a small file, none of them packed.
static OBJECTS: LazyLock<Vec<(usize, String)>> =
    LazyLock::new(|| objects(&small(Carrier::Pdf(PdfForm::Gbk))));

fn objects(pdf: &[u8]) -> Vec<(usize, String)> {
    let find = |bytes: &[u8], what: &[u8]| bytes.windows(what.len()).position(|window| window == what);
    let (mut objects, mut rest) = (Vec::new(), pdf);
    while let Some(at) = find(rest, b" 0 obj\n") {
        let line = rest[..at].iter().rposition(|&byte| byte == b'\n').map_or(0, |end| end + 1);
        let id = str::from_utf8(&rest[line..at]).unwrap().parse().unwrap();
        let body = &rest[at + 7..];
        let end = find(body, b"\nendobj\n").unwrap();
        let object = match find(&body[..end], b">>stream\n") {
            Some(start) => {
                let mut content = String::new();
                flate2::read::ZlibDecoder::new(&body[start + 9..end]).read_to_string(&mut content).unwrap();
                stream(&content)
            }
            None => str::from_utf8(&body[..end]).unwrap().to_owned(),
        };
        objects.push((id, object));
        rest = &body[end..];
    }
    objects
}

fn stream(content: &str) -> String {
    format!("<</Length {}>>stream\n{content}\nendstream", content.len())
}

/// What stands on the first page.
const FIRST: usize = 21;

/// A file whose first page draws that.
pub(super) fn pdf_with(content: &[u8]) -> Vec<u8> {
    let mut file = PdfFile::default();
    for (id, object) in OBJECTS.iter() {
        file.object(*id, object.clone());
    }
    file.stream(FIRST, content);
    file.finish(false)
}

pub(super) fn pdf() -> Vec<Vec<u8>> {
    let unpacked = PdfForm::ALL[1..].iter().map(|&form| {
        let mut file = PdfFile::default();
        for (id, object) in objects(&small(Carrier::Pdf(form))) {
            file.object(id, object);
        }
        file.finish(false)
    });
    let mut seeds: Vec<Vec<u8>> = unpacked.collect();
    seeds.extend(carriers("pdf", PdfForm::ALL, Carrier::Pdf));
    seeds.push(small(Carrier::Pdf(PdfForm::Bare)));
    // References that lead astray.
    for at in 0..seeds.len() {
        let mut astray = seeds[at].clone();
        if let Some(mark) = astray.windows(10).rposition(|window| window == b"startxref\n") {
            astray.insert(mark + 10, b'9');
            seeds.push(astray);
        }
    }
    fitting(seeds)
}

pub(super) fn pdf_content() -> Vec<Vec<u8>> {
    let content = OBJECTS.iter().find(|(id, _)| *id == FIRST).map(|(_, object)| object).unwrap();
    let inner = content.split_once("stream\n").and_then(|(_, rest)| rest.rsplit_once("\nendstream"));
    vec![inner.unwrap().0.as_bytes().to_vec()]
}

/// Any bytes are a program.
pub(super) fn programs() -> Vec<Vec<u8>> {
    let mut random = Random::new(1);
    (0..32).map(|length| (0..length * 16).map(|_| random.bits() as u8).collect()).collect()
}

pub(super) fn json() -> Vec<Vec<u8>> {
    let report = small(Carrier::Html(HtmlForm::Clean));
    let mut seeds = vec![gongkai::parse(&report).unwrap().to_json().into_bytes()];
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("views");
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let kept = files.iter().filter(|path| path.extension().is_some_and(|extension| extension == "json"));
    seeds.extend(kept.map(|path| fs::read(path).unwrap()));
    fitting(seeds)
}

/// The length of a program, the program, and a document for it.
pub(super) fn c_calls() -> Vec<Vec<u8>> {
    let documents = [text(), html(), json(), vec![Vec::new()]].concat();
    let mut random = Random::new(1);
    let seeds = documents.into_iter().map(|document| {
        let length = 255;
        let program = (0..length).map(|_| random.bits() as u8);
        [length].into_iter().chain(program).chain(document).collect()
    });
    fitting(seeds.collect())
}
