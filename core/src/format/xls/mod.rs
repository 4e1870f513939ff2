//! Workbooks of Excel 97 to 2003, .xls and WPS Office's .et: from the compound file to the
//! neutral document.
//!
//! Reads the sheets that are seen, in order, as a spreadsheet program would show them;
//! drawings, comments, headers and footers are not read. Numbers are stored in binary: the
//! shortest decimal that gives the stored number is what was typed. Source of truth:
//! [MS-XLS], Excel Binary File Format (.xls) Structure.

mod record;
mod sheet;

use std::collections::BTreeMap;
use std::sync::Arc;

use memchr::memmem;

use super::sheets::{Flow, Look, NumberFormat, Text, damaged};
use super::word::Raised;
use super::{Context, Format, FormatReader};
use crate::container::ole::{CompoundFile, MAGIC};
use crate::document::Document;
use crate::error::{Error, Result};
use crate::location::Location;
use crate::options::Limits;
use record::{Data, Records};

pub(super) const READER: FormatReader =
    FormatReader { format: Format::Xls, name: "xls", extensions: &["xls", "xlt", "et", "ett"], score, read };

/// The stream of a workbook since Excel 97, and that of the versions before.
const MAIN: &str = "Workbook";
const OLD: &str = "Book";

/// Numbers of records ([MS-XLS] 2.3).
const BOF: u16 = 0x0809;
const EOF: u16 = 0x000a;
const DATE_MODE: u16 = 0x0022;
const FILE_PASS: u16 = 0x002f;
const FONT: u16 = 0x0031;
const BOUND_SHEET: u16 = 0x0085;
const XF: u16 = 0x00e0;
const SST: u16 = 0x00fc;
const RECALC_ID: u16 = 0x01c1;
const FORMAT: u16 = 0x041e;

/// Names of streams stand as they are in the directory; some writers have them in capitals, and
/// other documents may hold a workbook.
fn score(bytes: &[u8]) -> u8 {
    if !bytes.starts_with(MAGIC) {
        return 0;
    }
    let has = |name: &str| {
        let name: Vec<u8> = name.encode_utf16().chain([0]).flat_map(u16::to_le_bytes).collect();
        memmem::find(bytes, &name).is_some()
    };
    let is_own = match (has(MAIN) || has(OLD), has("WordDocument")) {
        (true, false) => true,
        (false, true) => false,
        _ => CompoundFile::open(bytes, &Limits::default()).is_ok_and(|f| f.has(MAIN) || f.has(OLD)),
    };
    if is_own { 96 } else { 0 }
}

fn read(bytes: &[u8], context: &mut Context<'_>) -> Result<Document> {
    let mut file = CompoundFile::open(bytes, context.limits)?;
    let Some(stream) = file.read(MAIN)? else {
        return Err(if file.has(OLD) { too_old() } else { damaged("it has no stream Workbook") });
    };
    let book = Book::read(&stream, context)?;
    let mut left = stream.len();
    let mut flow = Flow::new(context);
    for entry in &book.sheets {
        if entry.hidden {
            flow.hidden(&Location::default());
            continue;
        }
        // Charts and modules are sheets too.
        if entry.kind != 0 {
            continue;
        }
        let name: Arc<str> = Arc::from(entry.name.as_str());
        let read = |context: &Context<'_>, text_left: &mut u64| {
            sheet::read(&stream, entry.start, &mut left, &book, context, text_left)
        };
        let place = Location { part: Some(name.clone()), ..Location::default() };
        flow.sheet(name, read).map_err(|error| error.or_at(place))?;
    }
    flow.finish()
}

fn too_old() -> Error {
    Error::unsupported(
        "unsupported-format",
        "不支持的格式：Excel 95 及更早",
        "unsupported format: Excel 95 or older",
    )
}

/// Checks that a substream begins there, of a version that is read; its kind.
fn begin(mut data: Data<'_>) -> Result<u16> {
    match data.u16()? {
        0x0600 => data.u16(),
        _ => Err(too_old()),
    }
}

/// A font, as far as it decides what is seen.
#[derive(Debug, Clone, Copy)]
struct Font {
    struck: bool,
    raised: Raised,
}

impl Font {
    const PLAIN: Self = Self { struck: false, raised: Raised::No };

    /// [MS-XLS] 2.4.122.
    fn read(data: &mut Data<'_>) -> Result<Self> {
        let [_, flags, _, _, raised] = [data.u16()?, data.u16()?, data.u16()?, data.u16()?, data.u16()?];
        let raised = match raised {
            1 => Raised::Super,
            2 => Raised::Sub,
            _ => Raised::No,
        };
        Ok(Self { struck: flags & 8 != 0, raised })
    }

    /// The font of that number; there is none of number 4 ([MS-XLS] 2.5.129).
    fn of(fonts: &[Self], number: u16) -> Self {
        let index = usize::from(if number > 4 { number - 1 } else { number });
        fonts.get(index).copied().unwrap_or(Self::PLAIN)
    }
}

/// What sheets share ([MS-XLS] 2.1.7.20.3).
#[derive(Debug, Default)]
struct Book {
    sheets: Vec<Entry>,
    looks: Vec<Look>,
    strings: Vec<Text>,
    from_1904: bool,
    /// Whether it says which program computed it.
    computed: bool,
}

#[derive(Debug)]
struct Entry {
    name: String,
    start: usize,
    kind: u8,
    hidden: bool,
}

impl Book {
    fn read(stream: &[u8], context: &Context<'_>) -> Result<Self> {
        let mut book = Self::default();
        let mut fonts: Vec<Font> = Vec::new();
        let mut codes: BTreeMap<u16, String> = BTreeMap::new();
        let mut records = Records::at(stream, 0);
        match records.next()? {
            (BOF, data) => begin(data)?,
            _ => return Err(damaged("it does not begin as one")),
        };
        loop {
            let (kind, mut data) = records.next()?;
            match kind {
                EOF => return Ok(book),
                FILE_PASS => {
                    return Err(Error::unsupported("encrypted", "工作簿已加密", "the workbook is encrypted"));
                }
                RECALC_ID => book.computed = true,
                DATE_MODE => book.from_1904 = data.u16()? == 1,
                FONT => {
                    context.items.charge(1)?;
                    fonts.push(Font::read(&mut data)?);
                }
                FORMAT => {
                    context.items.charge(1)?;
                    let id = data.u16()?;
                    let count = usize::from(data.u16()?);
                    codes.insert(id, data.text(count, &[])?.into_plain());
                }
                XF => {
                    context.items.charge(1)?;
                    book.looks.push(look(&mut data, &fonts, &codes)?);
                }
                BOUND_SHEET => {
                    context.items.charge(1)?;
                    let start = usize::try_from(data.u32()?).unwrap_or(usize::MAX);
                    let [state, kind, count] = data.bytes()?;
                    let name = data.text(usize::from(count), &[])?.into_plain();
                    book.sheets.push(Entry { name, start, kind, hidden: state & 3 != 0 });
                }
                SST => book.strings = strings(&mut data, &fonts, context)?,
                _ => {}
            }
        }
    }
}

/// The texts that cells share ([MS-XLS] 2.4.265). Their count is not trusted.
fn strings(data: &mut Data<'_>, fonts: &[Font], context: &Context<'_>) -> Result<Vec<Text>> {
    let limit = context.limits.text_bytes;
    let mut left = limit;
    data.skip(8)?;
    let mut strings = Vec::new();
    while !data.is_empty() {
        context.items.charge(1)?;
        let count = usize::from(data.u16()?);
        let text = data.text(count, fonts)?;
        let after = left.checked_sub(text.len() as u64);
        left = after.ok_or_else(|| Error::limit("text_bytes", limit))?;
        strings.push(text);
    }
    Ok(strings)
}

/// [MS-XLS] 2.4.353 and 2.5.20.
fn look(data: &mut Data<'_>, fonts: &[Font], codes: &BTreeMap<u16, String>) -> Result<Look> {
    let (font, id) = (data.u16()?, data.u16()?);
    data.skip(6)?;
    let borders = data.u16()?;
    let code = codes.get(&id);
    let sides = (0..4).filter(|side| borders >> (4 * side) & 15 != 0).count();
    Ok(Look {
        format: code.map_or_else(|| NumberFormat::built_in(u32::from(id)), |code| NumberFormat::parse(code)),
        code: code.cloned().unwrap_or_else(|| format!("ifmt {id}")),
        // One line alone may belong to the neighbour.
        bordered: sides >= 2,
        struck: Font::of(fonts, font).struck,
    })
}
