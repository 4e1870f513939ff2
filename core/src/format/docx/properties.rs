//! Properties of runs, paragraphs, rows and cells: only what decides which text is
//! seen, and where (ECMA-376 part 1, 17.3.1, 17.3.2, 17.4, 17.7).
//!
//! `*Change` elements hold the properties before a tracked change and are passed over.
//! `w:tblGrid` and cell widths are hints of layout and are not looked at, so no cell is
//! ever dropped because of them.

use super::Ns;
use crate::container::xml::{self, Tag, Token, XmlReader};
use crate::error::Result;
use crate::format::word::{CellProperties, Join, Raised, RowProperties};

type Xml<'a> = XmlReader<'a, Ns>;

/// The children that matter, where the element was passed over: its end tag is next.
pub(super) type Told<'a> = Option<xml::Told<'a, Ns>>;

/// Of a run, or of a paragraph's mark.
#[derive(Debug, Default, Clone)]
pub(super) struct Run {
    pub(super) style: Option<String>,
    pub(super) vanish: Option<bool>,
    /// By one line or by two, which never stand together.
    pub(super) struck: Option<bool>,
    pub(super) raised: Option<Raised>,
    /// The paragraph mark was deleted or moved away.
    pub(super) deleted: bool,
    pub(super) tracked: bool,
}

#[derive(Debug, Default, Clone)]
pub(super) struct Paragraph {
    pub(super) style: Option<String>,
    pub(super) list: Option<u32>,
    pub(super) level: Option<u8>,
    pub(super) outline: Option<u8>,
    pub(super) mark: Run,
    pub(super) tracked: bool,
}

/// Whether properties with an element of that name must be read. `styled` tells whether
/// styles matter.
pub(super) fn tells(name: &[u8], styled: bool) -> bool {
    match name {
        b"vanish" | b"strike" | b"dstrike" | b"vertAlign" | b"del" | b"ins" | b"moveFrom" | b"moveTo" => true,
        b"numPr" | b"outlineLvl" | b"gridBefore" | b"gridAfter" => true,
        b"gridSpan" | b"vMerge" | b"hMerge" | b"cellDel" | b"cellIns" | b"cellMerge" => true,
        b"rStyle" | b"pStyle" => styled,
        name => name.ends_with(b"Change"),
    }
}

/// Calls `each` for every child of the element just opened, or for those that were told; it
/// must consume the content of those it is told are open.
fn children<'a>(
    xml: &mut Xml<'a>,
    told: Told<'a>,
    mut each: impl FnMut(&mut Xml<'a>, &Tag<'a, Ns>, bool) -> Result<()>,
) -> Result<()> {
    for tag in told.iter().flatten().flatten().filter(|tag| tag.namespace == Ns::Word) {
        each(xml, tag, false)?;
    }
    loop {
        match xml.next()? {
            Token::Open(tag) if tag.namespace == Ns::Word => each(xml, &tag, true)?,
            Token::Open(_) => xml.skip()?,
            Token::Empty(tag) if tag.namespace == Ns::Word => each(xml, &tag, false)?,
            Token::Close | Token::End => return Ok(()),
            _ => {}
        }
    }
}

/// Passes over what `each` did not look into.
fn pass(xml: &mut Xml<'_>, open: bool) -> Result<()> {
    if open { xml.skip() } else { Ok(()) }
}

fn value<'a>(xml: &Xml<'a>, tag: &Tag<'a, Ns>) -> Result<Option<String>> {
    Ok(xml.attribute(tag, "val")?.map(|v| v.trim().to_owned()))
}

fn number<'a, T: std::str::FromStr>(xml: &Xml<'a>, tag: &Tag<'a, Ns>) -> Result<Option<T>> {
    Ok(xml.attribute(tag, "val")?.and_then(|v| v.trim().parse().ok()))
}

/// A switch is on unless it says otherwise (17.17.4).
pub(super) fn switch<'a>(xml: &Xml<'a>, tag: &Tag<'a, Ns>) -> Result<bool> {
    Ok(!xml.attribute(tag, "val")?.is_some_and(|v| matches!(v.trim(), "0" | "false" | "off")))
}

/// After the start tag of `w:rPr`.
pub(super) fn run<'a>(xml: &mut Xml<'a>, told: Told<'a>) -> Result<Run> {
    let mut run = Run::default();
    children(xml, told, |xml, tag, open| {
        match tag.local() {
            "vanish" => run.vanish = Some(switch(xml, tag)?),
            "strike" | "dstrike" => run.struck = Some(switch(xml, tag)? || run.struck == Some(true)),
            "vertAlign" => {
                run.raised = Some(match xml.attribute(tag, "val")?.as_deref() {
                    Some("superscript") => Raised::Super,
                    Some("subscript") => Raised::Sub,
                    _ => Raised::No,
                });
            }
            "rStyle" => run.style = value(xml, tag)?,
            "del" | "moveFrom" => {
                run.deleted = true;
                run.tracked = true;
            }
            "ins" | "moveTo" | "rPrChange" => run.tracked = true,
            _ => {}
        }
        pass(xml, open)
    })?;
    Ok(run)
}

/// After the start tag of `w:pPr`.
pub(super) fn paragraph<'a>(xml: &mut Xml<'a>, told: Told<'a>) -> Result<Paragraph> {
    let mut paragraph = Paragraph::default();
    children(xml, told, |xml, tag, open| {
        match tag.local() {
            "pStyle" => paragraph.style = value(xml, tag)?,
            "outlineLvl" => paragraph.outline = number(xml, tag)?,
            "numPr" if open => {
                return children(xml, None, |xml, tag, open| {
                    match tag.local() {
                        "numId" => paragraph.list = number(xml, tag)?,
                        "ilvl" => paragraph.level = number(xml, tag)?,
                        "ins" | "del" | "numberingChange" => paragraph.tracked = true,
                        _ => {}
                    }
                    pass(xml, open)
                });
            }
            "rPr" if open => {
                paragraph.mark = run(xml, None)?;
                return Ok(());
            }
            "pPrChange" => paragraph.tracked = true,
            _ => {}
        }
        pass(xml, open)
    })?;
    Ok(paragraph)
}

/// After the start tag of `w:trPr`.
pub(super) fn row<'a>(xml: &mut Xml<'a>, told: Told<'a>) -> Result<RowProperties> {
    let mut row = RowProperties::default();
    children(xml, told, |xml, tag, open| {
        match tag.local() {
            "gridBefore" => row.before = number(xml, tag)?.unwrap_or(0),
            "gridAfter" => row.after = number(xml, tag)?.unwrap_or(0),
            "del" => {
                row.deleted = true;
                row.tracked = true;
            }
            "ins" | "trPrChange" => row.tracked = true,
            _ => {}
        }
        pass(xml, open)
    })?;
    Ok(row)
}

/// After the start tag of `w:tcPr`.
pub(super) fn cell<'a>(xml: &mut Xml<'a>, told: Told<'a>) -> Result<CellProperties> {
    let mut cell = CellProperties::default();
    children(xml, told, |xml, tag, open| {
        match tag.local() {
            "gridSpan" => cell.span = Some(number(xml, tag)?.unwrap_or(0)),
            "vMerge" => cell.vertical = join(xml, tag)?,
            "hMerge" => cell.horizontal = join(xml, tag)?,
            "cellDel" => {
                cell.deleted = true;
                cell.tracked = true;
            }
            "cellMerge" => {
                cell.tracked = true;
                cell.vertical = match xml.attribute(tag, "vMerge")?.as_deref() {
                    Some("cont") => Join::Continue,
                    Some("rest") => Join::Restart,
                    _ => cell.vertical,
                };
            }
            "cellIns" | "tcPrChange" => cell.tracked = true,
            _ => {}
        }
        pass(xml, open)
    })?;
    Ok(cell)
}

fn join<'a>(xml: &Xml<'a>, tag: &Tag<'a, Ns>) -> Result<Join> {
    Ok(match xml.attribute(tag, "val")?.as_deref().map(str::trim) {
        Some("restart") => Join::Restart,
        _ => Join::Continue,
    })
}
