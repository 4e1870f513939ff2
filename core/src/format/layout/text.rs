//! Characters to lines of text, in a cell or beside tables.

use super::{Glyph, Points, Turn, UNKNOWN};

/// A line of text.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub(super) text: String,
    pub(super) left: Points,
    pub(super) right: Points,
    pub(super) base: Points,
    pub(super) size: Points,
    /// Width of what cannot be parted from the line's beginning: a number, a word, or a
    /// character with the punctuation after it.
    pub(super) head: Points,
}

/// A character in the frame of its line: `from` and `to` along the line, `base` across,
/// growing from line to line.
#[derive(Debug, Clone, Copy)]
struct Placed {
    text: char,
    from: Points,
    to: Points,
    base: Points,
    size: Points,
}

/// The directions in which lines run; text of each is read by itself.
fn frame(glyph: &Glyph) -> u8 {
    match (glyph.vertical, glyph.turn) {
        (true, _) => 4,
        (false, Turn::Up) => 0,
        (false, Turn::Right) => 1,
        (false, Turn::Down) => 2,
        (false, Turn::Left) => 3,
    }
}

fn placed(glyph: &Glyph) -> Placed {
    let Glyph { text, left, right, base, size, .. } = *glyph;
    let (from, to, base) = match frame(glyph) {
        1 => (left, right, -base),
        2 => (-right, -left, -base),
        3 => (-right, -left, base),
        // Columns from right to left.
        4 => (base - size * 0.88, base + size * 0.12, -(left + right) / 2.0),
        _ => (left, right, base),
    };
    Placed { text, from, to, base, size }
}

/// The lines of the characters, in reading order. With `tabs`, wide gaps are tabs.
pub(super) fn lines(glyphs: &[Glyph], tabs: bool) -> Vec<Line> {
    let mut lines = Vec::new();
    for own in 0..=4 {
        let mut placed: Vec<Placed> = glyphs.iter().filter(|glyph| frame(glyph) == own).map(placed).collect();
        placed.sort_by(|a, b| a.base.total_cmp(&b.base).then(a.from.total_cmp(&b.from)));
        let mut rest = placed.as_slice();
        while let Some(first) = rest.first() {
            let mut before = first;
            let mut size = first.size;
            let mut count = 0;
            for glyph in rest {
                let larger = size.max(glyph.size);
                if glyph.base - before.base > before.size.max(glyph.size) * 0.45
                    || glyph.base - first.base > larger * 0.8
                {
                    break;
                }
                size = larger;
                before = glyph;
                count += 1;
            }
            let (line, after) = rest.split_at(count.max(1));
            lines.extend(self::line(line, size, tabs));
            rest = after;
        }
    }
    lines
}

/// Whether a line may break beside the character: Han and its punctuation.
pub(super) fn is_wide(c: char) -> bool {
    !c.is_ascii() && !c.is_whitespace()
}

fn line(glyphs: &[Placed], size: Points, tabs: bool) -> Option<Line> {
    let mut glyphs = glyphs.to_vec();
    glyphs.sort_by(|a, b| a.from.total_cmp(&b.from));
    // The base line of the characters of full size.
    let base = glyphs.iter().filter(|g| g.size > size * 0.8).map(|g| g.base).fold(Points::NAN, Points::max);
    let mut text = String::new();
    let mut last: Option<Placed> = None;
    let (mut left, mut head, mut open) = (None, 0.0, true);
    for glyph in &glyphs {
        let blank = glyph.text.is_whitespace();
        if let Some(before) = last.filter(|_| !blank) {
            if glyph.from - before.from < size * 0.12 && !before.text.is_whitespace() {
                // Bold by printing twice; different characters in one place are not told.
                if glyph.text != before.text {
                    text.push(UNKNOWN);
                }
                continue;
            }
            let gap = glyph.from - before.to;
            let narrow = !is_wide(before.text) && !is_wide(glyph.text);
            if tabs && gap > size * 3.0 {
                while text.ends_with(' ') {
                    text.pop();
                }
                text.push('\t');
                open = false;
            } else if gap > size * if narrow { 0.2 } else { 0.5 } && !text.ends_with(char::is_whitespace) {
                text.push(' ');
                open = false;
            }
        }
        if blank {
            if !text.ends_with(char::is_whitespace) && !text.is_empty() {
                text.push(if glyph.text == '\u{3000}' { glyph.text } else { ' ' });
            }
            open &= text.is_empty();
            continue;
        }
        if open {
            // The line's first word goes on as long as nothing may break after it.
            let joined = match last {
                None => true,
                Some(before) => {
                    (!is_wide(before.text) && !is_wide(glyph.text))
                        || "，。、；：？！）》”’】〕」』％".contains(glyph.text)
                        || "（《“‘【〔「『".contains(before.text)
                }
            };
            open = joined;
            if joined {
                head = glyph.to - left.unwrap_or(glyph.from);
            }
        }
        left.get_or_insert(glyph.from);
        text.push(raised(glyph, base, size));
        last = Some(*glyph);
    }
    let last = last?;
    let text = text.trim_end().to_owned();
    Some(Line { text, left: left?, right: last.to, base, size, head })
}

/// A small digit above or below the base line is a note mark: it gets a form of its own,
/// lest 12 and note 1 become 121.
fn raised(glyph: &Placed, base: Points, size: Points) -> char {
    let offset = base - glyph.base;
    if glyph.size > size * 0.8 || offset.abs() < size * 0.1 {
        return glyph.text;
    }
    let signs = if offset > 0.0 { "⁰¹²³⁴⁵⁶⁷⁸⁹" } else { "₀₁₂₃₄₅₆₇₈₉" };
    let digit = glyph.text.to_digit(10).and_then(|d| usize::try_from(d).ok());
    digit.and_then(|d| signs.chars().nth(d)).unwrap_or(glyph.text)
}
