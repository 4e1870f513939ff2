//! One sheet: its cells as shown, merged ranges, and what is hidden (ECMA-376 part 1,
//! 18.3).

use super::styles::Styles;
use super::{Ns, Workbook, flag, number, strings};
use crate::container::xml::{Tag, Token, XmlReader};
use crate::error::{Error, Result};
use crate::format::Context;
use crate::format::sheets::{Doubt, Range, Sheet, SheetRow, Shown, Text, damaged};

/// The last row and column there can be.
const ROWS: u32 = 1 << 20;
const COLUMNS: u32 = 1 << 14;

/// What sheets share.
pub(super) struct Book<'a> {
    pub(super) styles: &'a Styles,
    pub(super) strings: &'a [Text],
    pub(super) workbook: &'a Workbook,
}

/// What a sheet says of all its cells.
#[derive(Default)]
struct View {
    zeros_hidden: bool,
    formulas_shown: bool,
}

/// `text_left` are the bytes of text that the document may still hold.
pub(super) fn read(
    text: &[u8],
    book: &Book<'_>,
    context: &Context<'_>,
    text_left: &mut u64,
) -> Result<Sheet> {
    let mut sheet = Sheet::default();
    let mut xml = XmlReader::<Ns>::new(text, context.limits);
    let mut view = View::default();
    let (mut row, mut column) = (0, 0);
    while let Some((tag, open)) = xml.next_start()? {
        match (tag.namespace, tag.local()) {
            (Ns::Main, "worksheet" | "sheetViews" | "sheetData" | "cols" | "mergeCells") => {}
            (Ns::Main, "sheetView") => {
                view.formulas_shown |= flag(&xml, &tag, "showFormulas")?;
                view.zeros_hidden |= xml
                    .attribute(&tag, "showZeros")?
                    .is_some_and(|value| matches!(value.trim(), "0" | "false"));
            }
            (Ns::Main, "col") => {
                let first: Option<u32> = number(&xml, &tag, "min")?;
                let last: Option<u32> = number(&xml, &tag, "max")?;
                if is_hidden(&xml, &tag, "width")?
                    && let (Some(first), Some(last)) = (first, last)
                {
                    if first == 0 || first > last || last > COLUMNS {
                        return Err(damaged(&format!("there are no columns {first} to {last}")));
                    }
                    context.items.charge(1)?;
                    sheet.hidden_columns.push((first, last));
                }
            }
            (Ns::Main, "row") => {
                context.items.charge(1)?;
                let after = row;
                row = number(&xml, &tag, "r")?.unwrap_or(row + 1);
                column = 0;
                if row <= after || row > ROWS {
                    return Err(damaged(&format!("row {row} stands after row {after}")));
                }
                // Where a sheet hides its rows (`zeroHeight`), it is those that it does not write.
                let hidden = is_hidden(&xml, &tag, "ht")?;
                sheet.rows.insert(row, SheetRow { hidden, ..SheetRow::default() });
            }
            (Ns::Main, "c") => {
                context.items.charge(1)?;
                let (own_row, own_column) = match xml.attribute(&tag, "r")? {
                    Some(name) => {
                        cell_name(&name).ok_or_else(|| damaged(&format!("{name:?} names no cell")))?
                    }
                    None => (row, column + 1),
                };
                if own_row != row || own_column <= column || own_column > COLUMNS {
                    return Err(damaged(&format!("a cell of row {row} stands in the wrong place")));
                }
                column = own_column;
                let cell = cell(&mut xml, &tag, open, book, &view)?;
                *text_left = text_left
                    .checked_sub(cell.text.len() as u64)
                    .ok_or_else(|| Error::limit("text_bytes", context.limits.text_bytes))?;
                if let Some(row) = sheet.rows.get_mut(&row) {
                    row.put(column, cell);
                }
                continue;
            }
            (Ns::Main, "mergeCell") => {
                context.items.charge(1)?;
                let name = xml.attribute(&tag, "ref")?.unwrap_or_default();
                let range = range(&name).ok_or_else(|| damaged(&format!("{name:?} is no range")))?;
                sheet.merges.push(range);
            }
            _ if open => {
                xml.skip()?;
                continue;
            }
            _ => {}
        }
    }
    Ok(sheet)
}
fn is_hidden(xml: &XmlReader<'_, Ns>, tag: &Tag<'_, Ns>, size: &str) -> Result<bool> {
    let none = xml.attribute(tag, size)?.is_some_and(|size| size.trim().parse() == Ok(0.0));
    Ok(none || flag(xml, tag, "hidden")?)
}

/// Row and column of a cell's name such as `AB12`.
fn cell_name(name: &str) -> Option<(u32, u32)> {
    let name = name.trim();
    let at = name.find(|c: char| c.is_ascii_digit())?;
    let (letters, digits) = name.split_at_checked(at)?;
    let mut column = 0_u32;
    for letter in letters.chars() {
        let value = letter.to_digit(36).filter(|&value| value >= 10)? - 9;
        column = column.checked_mul(26)?.checked_add(value)?;
    }
    let row = digits.parse().ok()?;
    ((1..=ROWS).contains(&row) && (1..=COLUMNS).contains(&column)).then_some((row, column))
}

fn range(name: &str) -> Option<Range> {
    let (first, last) = name.split_once(':').unwrap_or((name, name));
    let ((top, left), (bottom, right)) = (cell_name(first)?, cell_name(last)?);
    (top <= bottom && left <= right).then_some(Range { top, left, bottom, right })
}

/// What a cell holds, as it is written.
#[derive(Default)]
struct Stored {
    value: Option<String>,
    inline: Option<Text>,
    formula: bool,
}

fn stored(xml: &mut XmlReader<'_, Ns>) -> Result<Stored> {
    let mut stored = Stored::default();
    loop {
        match xml.next()? {
            Token::Open(tag) => match (tag.namespace, tag.local()) {
                (Ns::Main, "v") => stored.value = Some(strings::plain(xml)?),
                (Ns::Main, "is") => stored.inline = Some(strings::item(xml)?),
                (Ns::Main, "f") => {
                    stored.formula = true;
                    xml.skip()?;
                }
                _ => xml.skip()?,
            },
            Token::Empty(tag) => stored.formula |= tag.namespace == Ns::Main && tag.local() == "f",
            Token::Close | Token::End => return Ok(stored),
            _ => {}
        }
    }
}

fn cell<'a>(
    xml: &mut XmlReader<'a, Ns>,
    tag: &Tag<'a, Ns>,
    open: bool,
    book: &Book<'_>,
    view: &View,
) -> Result<Shown> {
    let kind = xml.attribute(tag, "t")?.unwrap_or_else(|| "n".into()).into_owned();
    let style: usize = number(xml, tag, "s")?.unwrap_or(0);
    let look = book.styles.look(style).ok_or_else(|| damaged(&format!("there is no cell format {style}")))?;
    let stored = if open { stored(xml)? } else { Stored::default() };
    // Nobody has computed it, or it is to be computed anew, or it is shown itself.
    if stored.formula && (book.workbook.stale || view.formulas_shown || stored.value.is_none()) {
        return Ok(look.doubtful(&stored.value.unwrap_or_default(), Doubt::Formula));
    }
    if kind == "inlineStr" {
        return Ok(stored.inline.map_or_else(|| look.blank(), |text| look.rich(&text)));
    }
    let Some(value) = stored.value else { return Ok(look.blank()) };
    Ok(match kind.as_str() {
        "s" => {
            let text = value.trim().parse().ok().and_then(|index: usize| book.strings.get(index));
            look.rich(text.ok_or_else(|| damaged(&format!("there is no shared string {value}")))?)
        }
        "str" | "e" => look.text(&value),
        "b" => look.text(if value.trim() == "1" { "TRUE" } else { "FALSE" }),
        "n" => look.number(value, book.workbook.from_1904, view.zeros_hidden),
        _ => look.doubtful(&value, Doubt::Format(value.clone(), kind)),
    })
}
