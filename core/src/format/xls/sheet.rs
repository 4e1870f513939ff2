//! One sheet: its cells as shown, merged ranges, and what is hidden ([MS-XLS] 2.1.7.20.5).

use std::collections::BTreeSet;

use super::record::{Data, Records};
use super::{BOF, Book, EOF, begin};
use crate::error::{Error, Result};
use crate::format::Context;
use crate::format::sheets::{Doubt, Look, Range, Sheet, SheetRow, Shown, Text, damaged};

/// The kind of a substream that is a sheet of cells.
const WORKSHEET: u16 = 0x0010;

/// Columns there can be.
const COLUMNS: u16 = 256;

/// Numbers of records ([MS-XLS] 2.3).
const FORMULA: u16 = 0x0006;
const WINDOW_2: u16 = 0x023e;
const UNCALCED: u16 = 0x005e;
const COL_INFO: u16 = 0x007d;
const MUL_RK: u16 = 0x00bd;
const MUL_BLANK: u16 = 0x00be;
const RICH_LABEL: u16 = 0x00d6;
const MERGE_CELLS: u16 = 0x00e5;
const LABEL_SST: u16 = 0x00fd;
const BLANK: u16 = 0x0201;
const NUMBER: u16 = 0x0203;
const LABEL: u16 = 0x0204;
const BOOL_ERR: u16 = 0x0205;
const STRING: u16 = 0x0207;
const ROW: u16 = 0x0208;
const DEFAULT_ROW_HEIGHT: u16 = 0x0225;
const RK: u16 = 0x027e;
/// What a text that a formula yields may stand behind.
const ARRAY: u16 = 0x0221;
const TABLE: u16 = 0x0236;
const SHARED_FORMULA: u16 = 0x04bc;

/// A place in the sheet, from 0.
type Place = (u16, u16);

/// What a sheet says of all its cells; some of it stands behind them.
#[derive(Debug, Default)]
struct View {
    /// Rows without a record of their own are hidden.
    rows_hidden: bool,
    zeros_hidden: bool,
    formulas_shown: bool,
    /// What formulas yielded was not computed.
    stale: bool,
}

/// The kind of the sheet that begins there, what it says of all its cells, and where it
/// ends.
fn survey(stream: &[u8], start: usize) -> Result<(u16, View, usize)> {
    let mut records = Records::at(stream, start);
    let kind = match records.next()? {
        (BOF, data) => begin(data)?,
        _ => return Err(damaged(&format!("no sheet begins at byte {start}"))),
    };
    let mut view = View::default();
    // Charts in the sheet stand inside of it.
    let mut depth = 1_usize;
    while depth > 0 {
        match records.next()? {
            (BOF, _) => depth += 1,
            (EOF, _) => depth -= 1,
            _ if depth > 1 => {}
            (UNCALCED, _) => view.stale = true,
            (DEFAULT_ROW_HEIGHT, mut data) => view.rows_hidden = data.u16()? & 2 != 0,
            (WINDOW_2, mut data) => {
                let flags = data.u16()?;
                view.formulas_shown |= flags & 1 != 0;
                view.zeros_hidden |= flags & 0x10 == 0;
            }
            _ => {}
        }
    }
    Ok((kind, view, records.place()))
}

/// Reads the sheet that begins at a place; charts and the like show nothing. Takes its
/// bytes from those left in the stream: sheets stand one behind the other.
pub(super) fn read(
    stream: &[u8],
    start: usize,
    left: &mut usize,
    book: &Book,
    context: &Context<'_>,
    text_left: &mut u64,
) -> Result<Sheet> {
    let (kind, view, end) = survey(stream, start)?;
    *left = left.checked_sub(end - start).ok_or_else(|| damaged("sheets overlap"))?;
    let mut reader = Reader {
        book,
        context,
        text_left,
        view,
        sheet: Sheet::default(),
        formats: BTreeSet::new(),
        open: None,
    };
    if kind == WORKSHEET {
        reader.read(Records::at(stream, start))?;
    }
    Ok(reader.sheet)
}

struct Reader<'r, 'c> {
    book: &'r Book,
    context: &'r Context<'c>,
    text_left: &'r mut u64,
    view: View,
    sheet: Sheet,
    /// Cells of which nothing is known but how they look.
    formats: BTreeSet<Place>,
    /// A formula that yields a text, which comes in a record of its own.
    open: Option<(Place, &'r Look)>,
}

impl<'r> Reader<'r, '_> {
    fn read(&mut self, mut records: Records<'_>) -> Result<()> {
        let mut depth = 0_usize;
        loop {
            let (kind, data) = records.next()?;
            match kind {
                BOF => depth += 1,
                EOF if depth == 1 => return self.close(),
                EOF => depth -= 1,
                _ if depth == 1 => self.record(kind, data)?,
                _ => {}
            }
        }
    }

    fn record(&mut self, kind: u16, mut data: Data<'_>) -> Result<()> {
        if kind == STRING {
            let Some((place, look)) = self.open.take() else { return Ok(()) };
            let text = text(&mut data)?;
            return self.put(place, look.rich(&text));
        }
        if !matches!(kind, ARRAY | TABLE | SHARED_FORMULA) {
            self.close()?;
        }
        match kind {
            ROW => {
                self.context.items.charge(1)?;
                let row = data.u16()?;
                data.skip(4)?;
                let height = data.u16()?;
                data.skip(4)?;
                let hidden = data.u16()? & 0x20 != 0 || height == 0;
                self.sheet.rows.entry(u32::from(row) + 1).or_default().hidden = hidden;
            }
            COL_INFO => {
                let [first, last, width, _, flags] =
                    [data.u16()?, data.u16()?, data.u16()?, data.u16()?, data.u16()?];
                if first > last || first >= COLUMNS {
                    return Err(damaged(&format!("there are no columns {first} to {last}")));
                }
                if flags & 1 != 0 || width == 0 {
                    self.context.items.charge(1)?;
                    let last = last.min(COLUMNS - 1);
                    self.sheet.hidden_columns.push((u32::from(first) + 1, u32::from(last) + 1));
                }
            }
            MERGE_CELLS => {
                for _ in 0..data.u16()? {
                    self.context.items.charge(1)?;
                    let [top, bottom, left, right] = [data.u16()?, data.u16()?, data.u16()?, data.u16()?];
                    if top > bottom || left > right || right >= COLUMNS {
                        return Err(damaged(&format!("a merged range from row {top} on is none")));
                    }
                    let [top, bottom, left, right] = [top, bottom, left, right].map(|n| u32::from(n) + 1);
                    self.sheet.merges.push(Range { top, left, bottom, right });
                }
            }
            BLANK => {
                let (place, look) = self.cell(&mut data)?;
                self.put_format(place, look)?;
            }
            MUL_BLANK | MUL_RK => self.several(kind, &mut data)?,
            NUMBER => {
                let (place, look) = self.cell(&mut data)?;
                let value = f64::from_le_bytes(data.bytes()?);
                self.number(place, look, value)?;
            }
            RK => {
                let (place, look) = self.cell(&mut data)?;
                let value = packed(data.u32()?);
                self.number(place, look, value)?;
            }
            LABEL_SST => {
                let (place, look) = self.cell(&mut data)?;
                let index = data.u32()?;
                let text = usize::try_from(index).ok().and_then(|index| self.book.strings.get(index));
                let text = text.ok_or_else(|| damaged(&format!("there is no shared string {index}")))?;
                self.put(place, look.rich(text))?;
            }
            LABEL | RICH_LABEL => {
                let (place, look) = self.cell(&mut data)?;
                let text = text(&mut data)?;
                self.put(place, look.rich(&text))?;
            }
            BOOL_ERR => {
                let (place, look) = self.cell(&mut data)?;
                let [value, is_error] = data.bytes()?;
                self.put(place, look.text(word(value, is_error == 1)))?;
            }
            FORMULA => self.formula(&mut data)?,
            _ => {}
        }
        Ok(())
    }

    /// Several cells of a row, each with its format.
    fn several(&mut self, kind: u16, data: &mut Data<'_>) -> Result<()> {
        let (row, first) = (data.u16()?, data.u16()?);
        let size = if kind == MUL_RK { 6 } else { 2 };
        // The last column stands behind them.
        for column in first..COLUMNS {
            if data.left() < size + 2 {
                return Ok(());
            }
            let look = self.look(data.u16()?)?;
            match kind {
                MUL_RK => {
                    let value = packed(data.u32()?);
                    self.number((row, column), look, value)?;
                }
                _ => self.put_format((row, column), look)?,
            }
        }
        match data.left() < size + 2 {
            true => Ok(()),
            false => Err(beyond(row)),
        }
    }

    /// [MS-XLS] 2.4.127 and 2.5.133.
    fn formula(&mut self, data: &mut Data<'_>) -> Result<()> {
        let (place, look) = self.cell(data)?;
        let value: [u8; 8] = data.bytes()?;
        // To be computed with the next computation, or on opening.
        let pending = data.u16()? & 3 != 0;
        if pending || self.view.stale || self.view.formulas_shown {
            return self.put(place, look.doubtful("", Doubt::Formula));
        }
        match value {
            [0, .., 0xff, 0xff] => {
                self.open = Some((place, look));
                Ok(())
            }
            [1, _, value, .., 0xff, 0xff] => self.put(place, look.text(word(value, false))),
            [2, _, value, .., 0xff, 0xff] => self.put(place, look.text(word(value, true))),
            // A text without characters; writers that do not compute leave it too.
            [3, .., 0xff, 0xff] if self.book.computed => self.put(place, look.blank()),
            [.., 0xff, 0xff] => self.put(place, look.doubtful("", Doubt::Formula)),
            _ => self.number(place, look, f64::from_le_bytes(value)),
        }
    }

    /// A formula whose text did not follow.
    fn close(&mut self) -> Result<()> {
        match self.open.take() {
            Some((place, look)) => self.put(place, look.doubtful("", Doubt::Formula)),
            None => Ok(()),
        }
    }

    /// What every cell begins with.
    fn cell(&self, data: &mut Data<'_>) -> Result<(Place, &'r Look)> {
        let place = (data.u16()?, data.u16()?);
        Ok((place, self.look(data.u16()?)?))
    }

    fn look(&self, format: u16) -> Result<&'r Look> {
        let look = self.book.looks.get(usize::from(format));
        look.ok_or_else(|| damaged(&format!("there is no cell format {format}")))
    }

    fn number(&mut self, place: Place, look: &Look, value: f64) -> Result<()> {
        // As short as it can be, and still that number.
        let plain = value == 0.0 || (1e-9..1e15).contains(&value.abs());
        let stored = if plain { value.to_string() } else { format!("{value:e}") };
        let shown = look.number(stored, self.book.from_1904, self.view.zeros_hidden);
        self.put(place, shown)
    }

    fn put(&mut self, place: Place, shown: Shown) -> Result<()> {
        let (row, column) = place;
        if column >= COLUMNS {
            return Err(beyond(row));
        }
        self.context.items.charge(1)?;
        let left = self.text_left.checked_sub(shown.text.len() as u64);
        *self.text_left = left.ok_or_else(|| Error::limit("text_bytes", self.context.limits.text_bytes))?;
        let hidden = self.view.rows_hidden;
        let row = self.sheet.rows.entry(u32::from(row) + 1);
        let row = row.or_insert_with(|| SheetRow { hidden, ..SheetRow::default() });
        match row.put(u32::from(column) + 1, shown) {
            // Some writers fill in a form whose cells they leave where they are.
            Some(_) if !self.formats.remove(&place) => Err(damaged("two cells stand in one place")),
            _ => Ok(()),
        }
    }

    /// A cell of which only the look is said.
    fn put_format(&mut self, place: Place, look: &Look) -> Result<()> {
        self.put(place, look.blank())?;
        self.formats.insert(place);
        Ok(())
    }
}

/// A text behind a count of two bytes.
fn text(data: &mut Data<'_>) -> Result<Text> {
    let count = usize::from(data.u16()?);
    data.text(count, &[])
}

fn beyond(row: u16) -> Error {
    damaged(&format!("row {} has more than {COLUMNS} columns", u32::from(row) + 1))
}

/// A number in four bytes ([MS-XLS] 2.5.217).
fn packed(bits: u32) -> f64 {
    let value = if bits & 2 != 0 {
        f64::from(bits.cast_signed() >> 2)
    } else {
        f64::from_bits(u64::from(bits & !3) << 32)
    };
    if bits & 1 != 0 { value / 100.0 } else { value }
}

/// A truth value, or an error ([MS-XLS] 2.5.10).
fn word(value: u8, is_error: bool) -> &'static str {
    match (is_error, value) {
        (false, 0) => "FALSE",
        (false, _) => "TRUE",
        (true, 0x00) => "#NULL!",
        (true, 0x07) => "#DIV/0!",
        (true, 0x0f) => "#VALUE!",
        (true, 0x17) => "#REF!",
        (true, 0x1d) => "#NAME?",
        (true, 0x24) => "#NUM!",
        (true, 0x2a) => "#N/A",
        (true, _) => "#ERROR",
    }
}
