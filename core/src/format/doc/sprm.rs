//! Single property modifiers ([MS-DOC] 2.2.5).

use super::damaged;
use crate::container::ole::u16_at;
use crate::error::Result;

/// What a modifier changes: bits 10 to 12 of its code.
pub(super) const PARAGRAPH: u16 = 1;
pub(super) const CHARACTER: u16 = 2;
pub(super) const TABLE: u16 = 5;

/// sprmTDefTable: its size has two bytes, and counts one more than there are.
pub(super) const T_DEF_TABLE: u16 = 0xd608;
/// sprmPChgTabs: may be longer than its size says.
const P_CHG_TABS: u16 = 0xc615;

/// One modifier; a size before the operand is left out.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sprm<'a> {
    pub(super) code: u16,
    pub(super) operand: &'a [u8],
}

impl Sprm<'_> {
    pub(super) fn group(&self) -> u16 {
        self.code >> 10 & 7
    }

    pub(super) fn byte(&self) -> u8 {
        self.operand.first().copied().unwrap_or(0)
    }

    pub(super) fn short(&self) -> u16 {
        u16_at(self.operand, 0).unwrap_or(0)
    }
}

/// Calls `each` for every modifier of a list.
pub(super) fn each<'a>(mut list: &'a [u8], mut each: impl FnMut(Sprm<'a>) -> Result<()>) -> Result<()> {
    // A zero fills the list up to an even size.
    while let Some(code) = u16_at(list, 0).filter(|&code| code != 0) {
        let rest = list.get(2..).unwrap_or_default();
        let first = rest.first().copied().map_or(0, usize::from);
        let (start, end) = match code >> 13 {
            0 | 1 => (0, 1),
            2 | 4 | 5 => (0, 2),
            3 => (0, 4),
            7 => (0, 3),
            _ if code == T_DEF_TABLE => (2, usize::from(u16_at(rest, 0).unwrap_or(0)).max(1) + 1),
            _ if code == P_CHG_TABS && first == 255 => (1, tabs(rest)),
            _ => (1, 1 + first),
        };
        let operand = rest.get(start..end).ok_or_else(|| damaged("a list of properties is cut"))?;
        each(Sprm { code, operand })?;
        list = rest.get(end..).unwrap_or_default();
    }
    Ok(())
}

/// [MS-DOC] 2.9.182: tab stops deleted take four bytes each, those added three.
fn tabs(operand: &[u8]) -> usize {
    let count = |at: usize| operand.get(at).copied().map_or(0, usize::from);
    let deleted = 2 + 4 * count(1);
    deleted + 1 + 3 * count(deleted)
}
