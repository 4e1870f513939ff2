//! Fields: the characters of instructions, which are not printed ([MS-DOC] 2.8.25).

const BEGIN: u16 = 0x13;
const SEPARATOR: u16 = 0x14;
const END: u16 = 0x15;

/// What the fields of a story hide, and which of them have no end.
#[derive(Debug, Default)]
pub(super) struct Fields {
    /// Half-open ranges of positions, in order, apart from each other.
    hidden: Vec<(u32, u32)>,
    /// Where fields begin that have no end.
    open: Vec<u32>,
}

/// A field whose end was not yet met.
struct Field {
    begin: u32,
    separator: Option<u32>,
    /// A cell or row ends in its instruction: no word processor writes that.
    broken: bool,
}

impl Fields {
    /// Of a story's characters; `cell_end` says whether a mark ends a cell or a row.
    pub(super) fn of(units: &[u16], start: u32, mut cell_end: impl FnMut(u32, u16) -> bool) -> Self {
        let mut fields = Self::default();
        let mut open: Vec<Field> = Vec::new();
        // Open fields that a cell's end can no longer break.
        let mut settled = 0;
        for (at, &unit) in (start..).zip(units) {
            match unit {
                BEGIN => open.push(Field { begin: at, separator: None, broken: false }),
                SEPARATOR => {
                    if let Some(field) = open.last_mut() {
                        field.separator.get_or_insert(at);
                    }
                }
                END => {
                    if let Some(field) = open.pop() {
                        fields.close(&field, at);
                        settled = settled.min(open.len());
                    }
                }
                0x07 | 0x0d if open.len() > settled && cell_end(at, unit) => {
                    for field in open.iter_mut().skip(settled) {
                        field.broken = field.separator.is_none();
                    }
                    settled = open.len();
                }
                _ => {}
            }
        }
        fields.open.extend(open.iter().map(|field| field.begin));
        fields.open.sort_unstable();
        fields.hidden.sort_unstable();
        // An instruction may hold fields of its own.
        let mut apart: Vec<(u32, u32)> = Vec::with_capacity(fields.hidden.len());
        for (from, to) in fields.hidden {
            match apart.last_mut() {
                Some((_, end)) if from <= *end => *end = to.max(*end),
                _ => apart.push((from, to)),
            }
        }
        Self { hidden: apart, open: fields.open }
    }

    fn close(&mut self, field: &Field, end: u32) {
        if field.broken {
            self.open.push(field.begin);
        } else {
            self.hidden.push((field.begin, field.separator.unwrap_or(end) + 1));
        }
    }

    /// Whether a character belongs to an instruction.
    pub(super) fn hides(&self, at: u32) -> bool {
        self.printed(at, at.saturating_add(1)) == (at.saturating_add(1), at.saturating_add(1))
    }

    /// The first stretch between the positions that is printed.
    pub(super) fn printed(&self, from: u32, to: u32) -> (u32, u32) {
        let next = self.hidden.partition_point(|&(_, end)| end <= from);
        match self.hidden.get(next) {
            Some(&(begin, end)) if begin <= from => {
                let from = end.min(to);
                let until = self.hidden.get(next + 1).map_or(to, |&(begin, _)| begin.min(to));
                (from, until.max(from))
            }
            Some(&(begin, _)) => (from, begin.min(to)),
            None => (from, to),
        }
    }

    /// Whether a field without an end begins between the positions.
    pub(super) fn opens(&self, from: u32, to: u32) -> bool {
        let next = self.open.partition_point(|&begin| begin < from);
        self.open.get(next).is_some_and(|&begin| begin < to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is printed of a text where {, | and } mark fields and ^ ends a cell.
    fn printed(text: &str) -> (String, usize) {
        let units: Vec<u16> = text
            .chars()
            .map(|c| match c {
                '{' => BEGIN,
                '|' => SEPARATOR,
                '}' => END,
                '^' => 0x07,
                c => u32::from(c) as u16,
            })
            .collect();
        let fields = Fields::of(&units, 0, |_, unit| unit == 0x07);
        let (mut out, mut at, end) = (String::new(), 0, units.len() as u32);
        while at < end {
            let (from, to) = fields.printed(at, end);
            out.extend(
                units[from as usize..to as usize].iter().filter(|&&u| u >= 0x20).map(|&u| u as u8 as char),
            );
            at = to;
        }
        (out, fields.open.len())
    }

    #[test]
    fn results_are_printed_and_instructions_are_not() {
        for (text, expected, open) in [
            ("a{i|r}b", "arb", 0),
            ("a{i}b", "ab", 0),
            ("{i{j|k}l|r}", "r", 0),
            ("{i|r{j|s}t}", "rst", 0),
            ("{i|}{j|r}", "r", 0),
            ("a{i|r", "air", 1),
            ("a}b|c", "abc", 0),
            ("{i^|r}", "ir", 1),
            ("{i|r^}", "r", 0),
        ] {
            assert_eq!(printed(text), (expected.to_owned(), open), "{text}");
        }
    }
}
