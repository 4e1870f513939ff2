//! What is painted on a page, taken down as characters, rules and pictures.

use super::{Area, Glyph, Page, Points, Rule, Turn};
use crate::error::{Error, Result};
use crate::options::Limits;

/// A transformation of the plane, as a, b, c, d, e, f: x' = ax + cy + e,
/// y' = bx + dy + f.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::format) struct Matrix(pub(in crate::format) [f64; 6]);

impl Matrix {
    pub(in crate::format) const IDENTITY: Self = Self([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    /// First this transformation, then the other.
    pub(in crate::format) fn then(self, other: Self) -> Self {
        let ([a, b, c, d, e, f], [p, q, r, s, t, u]) = (self.0, other.0);
        Self([
            a * p + b * r,
            a * q + b * s,
            c * p + d * r,
            c * q + d * s,
            e * p + f * r + t,
            e * q + f * s + u,
        ])
    }

    pub(in crate::format) fn apply(self, x: f64, y: f64) -> (f64, f64) {
        let [a, b, c, d, e, f] = self.0;
        (a * x + c * y + e, b * x + d * y + f)
    }
}

/// Makes a page's lines of what is painted, within limits.
#[derive(Debug)]
pub(in crate::format) struct Canvas<'a> {
    pub(in crate::format) page: Page,
    /// Characters still allowed in the document.
    glyphs_left: &'a mut u64,
    limits: &'a Limits,
}

/// Filled rectangles up to this thickness are lines.
const THIN: Points = 3.0;

impl<'a> Canvas<'a> {
    pub(in crate::format) fn new(
        width: Points,
        height: Points,
        limits: &'a Limits,
        glyphs_left: &'a mut u64,
    ) -> Self {
        Self { page: Page { width, height, ..Page::default() }, glyphs_left, limits }
    }

    fn bounds(&self) -> Area {
        Area { left: 0.0, top: 0.0, right: self.page.width, bottom: self.page.height }
    }

    /// Adds a character; one outside the page is not seen.
    pub(in crate::format) fn glyph(&mut self, glyph: Glyph) -> Result<()> {
        *self.glyphs_left =
            (self.glyphs_left.checked_sub(1)).ok_or_else(|| Error::limit("glyphs", self.limits.glyphs))?;
        let finite = [glyph.left, glyph.right, glyph.base, glyph.size].iter().all(|n| n.is_finite());
        if !finite || glyph.size < 0.5 {
            return Ok(());
        }
        let middle = (glyph.left + glyph.right) / 2.0;
        let upright = matches!(glyph.turn, Turn::Up | Turn::Down);
        let (x, y) = if upright { (middle, glyph.base) } else { (glyph.base, middle) };
        if self.bounds().contains(x, y) {
            self.page.glyphs.push(glyph);
        }
        Ok(())
    }

    /// Characters along a base line. In their own frame, which `matrix` takes to the page,
    /// they begin at the origin, share `width`, and are `size` high, y growing upwards.
    pub(in crate::format) fn text(
        &mut self,
        text: &str,
        width: Points,
        size: Points,
        matrix: Matrix,
    ) -> Result<()> {
        let count = text.chars().count().max(1) as Points;
        let origin = matrix.apply(0.0, 0.0);
        let top = matrix.apply(0.0, size);
        let (up_x, up_y) = (top.0 - origin.0, top.1 - origin.1);
        let turn = match up_x.abs() > up_y.abs() {
            true if up_x > 0.0 => Turn::Right,
            true => Turn::Left,
            false if up_y > 0.0 => Turn::Down,
            false => Turn::Up,
        };
        for (index, c) in text.chars().enumerate() {
            let from = matrix.apply(width * index as Points / count, 0.0);
            let to = matrix.apply(width * (index + 1) as Points / count, 0.0);
            let (a, b, base) = match turn {
                Turn::Up | Turn::Down => (from.0, to.0, from.1),
                Turn::Left | Turn::Right => (from.1, to.1, from.0),
            };
            self.glyph(Glyph {
                text: c,
                left: a.min(b),
                right: a.max(b),
                base,
                size: up_x.hypot(up_y),
                turn,
                vertical: false,
            })?;
        }
        Ok(())
    }

    fn rule(&mut self, rule: Rule) -> Result<()> {
        if self.page.rules.len() as u64 >= self.limits.rules {
            return Err(Error::limit("rules", self.limits.rules));
        }
        if [rule.at, rule.from, rule.to].iter().all(|n| n.is_finite()) {
            self.page.rules.push(rule);
        }
        Ok(())
    }

    /// A stroked stretch between two points; slanting ones are no rules.
    pub(in crate::format) fn stroke(&mut self, from: (Points, Points), to: (Points, Points)) -> Result<()> {
        let (dx, dy) = ((to.0 - from.0).abs(), (to.1 - from.1).abs());
        if dy <= 0.5 && dx > dy {
            self.rule(Rule {
                horizontal: true,
                at: (from.1 + to.1) / 2.0,
                from: from.0.min(to.0),
                to: from.0.max(to.0),
            })
        } else if dx <= 0.5 && dy > dx {
            self.rule(Rule {
                horizontal: false,
                at: (from.0 + to.0) / 2.0,
                from: from.1.min(to.1),
                to: from.1.max(to.1),
            })
        } else {
            Ok(())
        }
    }

    /// A filled shape: a line if it is thin, else a background.
    pub(in crate::format) fn fill(&mut self, shape: &[(Points, Points)]) -> Result<()> {
        let Some(area) = Area::around(shape) else { return Ok(()) };
        // A dot is part of a line in either direction.
        if area.height() <= THIN {
            let at = (area.top + area.bottom) / 2.0;
            self.rule(Rule { horizontal: true, at, from: area.left, to: area.right })?;
        }
        if area.width() <= THIN {
            let at = (area.left + area.right) / 2.0;
            self.rule(Rule { horizontal: false, at, from: area.top, to: area.bottom })?;
        }
        Ok(())
    }

    /// A picture; what it covers is no longer seen, unless light shines through.
    pub(in crate::format) fn picture(&mut self, corners: &[(Points, Points)], opaque: bool) {
        let Some(area) = Area::around(corners).and_then(|area| area.common(&self.bounds())) else { return };
        if opaque {
            let before = self.page.glyphs.len();
            self.page.glyphs.retain(|g| !area.contains((g.left + g.right) / 2.0, g.base - g.size * 0.3));
            self.page.hidden |= self.page.glyphs.len() < before;
        }
        self.page.pictures.push(area);
    }
}
