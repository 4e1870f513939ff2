//! Styles: what they say about hidden, struck and raised text, lists and outline levels
//! ([MS-DOC] 2.9.271, 2.9.258).

use super::sprm;
use crate::container::ole::u16_at;
use crate::error::Result;
use crate::format::doc::damaged;
use crate::format::word::{Raised, StyleKind};

/// What a style says, its ancestors included.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Style {
    kind: StyleKind,
    base: Option<u16>,
    pub(super) hidden: Option<bool>,
    pub(super) struck: Option<bool>,
    pub(super) raised: Option<Raised>,
    pub(super) list: Option<u16>,
    pub(super) level: Option<u8>,
    pub(super) outline: Option<u8>,
}

#[derive(Debug, Default)]
pub(super) struct Styles(Vec<Style>);

impl Styles {
    pub(super) fn read(sheet: &[u8]) -> Result<Self> {
        let cut = || damaged("the style sheet is cut");
        if sheet.is_empty() {
            return Ok(Self::default());
        }
        let header = usize::from(u16_at(sheet, 0).ok_or_else(cut)?);
        let (count, fixed) =
            (u16_at(sheet, 2).ok_or_else(cut)?, usize::from(u16_at(sheet, 4).ok_or_else(cut)?));
        let mut styles = Vec::new();
        let mut at = 2 + header;
        for number in 0..count {
            let size = usize::from(u16_at(sheet, at).ok_or_else(cut)?);
            let style = sheet.get(at + 2..at + 2 + size).ok_or_else(cut)?;
            styles.push(if style.is_empty() { Style::default() } else { one(style, fixed, number)? });
            at += 2 + size;
        }
        Ok(Self(inherit(&styles)))
    }

    /// The paragraph style of that number; the default one where that is none.
    pub(super) fn paragraph(&self, number: u16) -> Style {
        self.get(number, StyleKind::Paragraph)
            .or_else(|| self.get(0, StyleKind::Paragraph))
            .unwrap_or_default()
    }

    pub(super) fn character(&self, number: u16) -> Style {
        self.get(number, StyleKind::Character).unwrap_or_default()
    }

    fn get(&self, number: u16, kind: StyleKind) -> Option<Style> {
        self.0.get(usize::from(number)).copied().filter(|style| style.kind == kind)
    }
}

/// [MS-DOC] 2.9.258 to 2.9.260: the fixed part, the name, and lists of properties.
fn one(style: &[u8], fixed: usize, number: u16) -> Result<Style> {
    let cut = || damaged("a style is cut");
    let kind = u16_at(style, 2).ok_or_else(cut)?;
    let base = kind >> 4;
    let mut own = Style { base: (base != 0x0fff).then_some(base), ..Style::default() };
    if (1..=9).contains(&number) {
        // [MS-DOC] 2.6.2, sprmPIstd: these are the headings.
        own.outline = u8::try_from(number - 1).ok();
    }
    let name = usize::from(u16_at(style, fixed).ok_or_else(cut)?);
    // Lists begin at even places of the style; the name has a zero at its end.
    let mut at = fixed + 2 + name * 2 + 2;
    let mut list = || -> Option<&[u8]> {
        at += at % 2;
        let size = usize::from(u16_at(style, at)?);
        let list = style.get(at + 2..at + 2 + size);
        at += 2 + size;
        list
    };
    // [MS-DOC] 2.9.260, `stk`.
    own.kind = match kind & 0x0f {
        1 => StyleKind::Paragraph,
        2 => StyleKind::Character,
        _ => StyleKind::Other,
    };
    let (paragraph, character) = match own.kind {
        // The number of the style stands before the list.
        StyleKind::Paragraph => (list().and_then(|l| l.get(2..)), list()),
        StyleKind::Character => (None, list()),
        StyleKind::Other => (None, None),
    };
    sprm::each(paragraph.unwrap_or_default(), |sprm| {
        match sprm.code {
            0x260a => own.level = Some(sprm.byte()),
            0x460b => own.list = Some(sprm.short()),
            0x2640 => own.outline = Some(sprm.byte()),
            _ => {}
        }
        Ok(())
    })?;
    sprm::each(character.unwrap_or_default(), |sprm| {
        match sprm.code {
            0x083c => own.hidden = Some(sprm.byte() & 1 != 0),
            // sprmCFStrike, sprmCFDStrike.
            0x0837 | 0x2a53 => own.struck = Some(sprm.byte() & 1 != 0),
            0x2a48 => own.raised = Some(super::properties::raised(sprm.byte())),
            _ => {}
        }
        Ok(())
    })?;
    Ok(own)
}

/// Gives every style what its ancestors say; a circle ends where it began.
fn inherit(own: &[Style]) -> Vec<Style> {
    let whole = |style: &Style| {
        let mut whole = *style;
        // As the reader of docx does; real chains are a few styles long.
        for _ in 0..64 {
            let base = whole.base.and_then(|base| own.get(usize::from(base)));
            let Some(base) = base.filter(|base| base.kind == whole.kind) else { break };
            whole = Style {
                kind: whole.kind,
                base: base.base,
                hidden: whole.hidden.or(base.hidden),
                struck: whole.struck.or(base.struck),
                raised: whole.raised.or(base.raised),
                list: whole.list.or(base.list),
                level: whole.level.or(base.level),
                outline: whole.outline.or(base.outline),
            };
        }
        whole
    };
    own.iter().map(whole).collect()
}
