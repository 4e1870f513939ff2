//! What is painted on a page, taken down as characters, rules and pictures.

use super::{Area, Glyph, Page, Points, Rule, Slanted, Turn, UNKNOWN, whole};
use crate::document::fold::ideograph;
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

    /// Whether a base line, along x in the frame taken to the page, slants there.
    pub(in crate::format) fn is_slanting(self) -> bool {
        let [along, rise, ..] = self.0.map(f64::abs);
        along.min(rise) > along.max(rise) * SLANT
    }
}

/// How a surface is painted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::format) struct Paint {
    /// As white as the paper.
    pub(in crate::format) white: bool,
    /// What is beneath is not seen.
    pub(in crate::format) opaque: bool,
}

/// Makes a page's lines of what is painted, within limits.
#[derive(Debug)]
pub(in crate::format) struct Canvas<'a> {
    pub(in crate::format) page: Page,
    /// Where painting shows; the page at most.
    pub(in crate::format) clip: Area,
    /// Text is painted in white: seen only where the ground is not.
    pub(in crate::format) white_ink: bool,
    /// Rectangles painted so far, and whether they are white.
    grounds: Vec<(Area, bool)>,
    /// The last character that the clip hid.
    clipped: Option<Glyph>,
    /// Height of the last character of a slanting line.
    slanted_size: Points,
    /// Comparisons of characters and covers still allowed.
    work_left: u64,
    /// Characters still allowed in the document.
    glyphs_left: &'a mut u64,
    limits: &'a Limits,
}

/// Comparisons of characters and covers on one page.
const WORK: u64 = 200_000_000;
/// How much a line may rise in proportion to its length and still run along the page or across
/// it: 5 degrees.
const SLANT: f64 = 0.0875;
/// Smaller characters are not seen.
const LEAST: Points = 0.5;
/// Lines this close beyond the clip may be seen in part.
const EDGE: Points = 1.5;
/// Filled rectangles up to this thickness are lines.
const THIN: Points = 3.0;

impl<'a> Canvas<'a> {
    pub(in crate::format) fn new(
        width: Points,
        height: Points,
        limits: &'a Limits,
        glyphs_left: &'a mut u64,
    ) -> Self {
        let page = Page { width, height, ..Page::default() };
        Self {
            clip: whole(&page),
            page,
            white_ink: false,
            grounds: Vec::new(),
            clipped: None,
            slanted_size: 0.0,
            work_left: WORK,
            glyphs_left,
            limits,
        }
    }

    /// Adds a character, if it is seen. Where the clip parts a word, nobody can tell what is
    /// shown of it.
    pub(in crate::format) fn glyph(&mut self, glyph: Glyph) -> Result<()> {
        self.charge()?;
        // Which of the two the writer named says nothing of what is seen.
        let glyph = Glyph { text: ideograph(glyph.text), ..glyph };
        let finite = [glyph.left, glyph.right, glyph.base, glyph.size].iter().all(|n| n.is_finite());
        let blank = glyph.text.is_whitespace();
        if !finite || glyph.size < LEAST {
            self.page.hidden |= !blank;
            return Ok(());
        }
        let (x, y) = glyph.middle();
        if !self.clip.contains(x, y) {
            self.page.hidden |= !blank;
            if !blank && let Some(last) = self.page.glyphs.last().filter(|last| last.touches(&glyph)) {
                let sign = Glyph { text: UNKNOWN, ..*last };
                self.page.glyphs.push(sign);
            }
            self.clipped = (!blank).then_some(glyph);
            return Ok(());
        }
        if self.is_white_on_white(x, y) {
            self.page.hidden |= !blank;
            return Ok(());
        }
        if self.clipped.take().is_some_and(|before| before.touches(&glyph)) {
            self.page.glyphs.push(Glyph { text: UNKNOWN, ..glyph });
        }
        self.page.glyphs.push(glyph);
        Ok(())
    }

    fn charge(&mut self) -> Result<()> {
        *self.glyphs_left =
            (self.glyphs_left.checked_sub(1)).ok_or_else(|| Error::limit("glyphs", self.limits.glyphs))?;
        Ok(())
    }

    /// Takes down a character of a slanting line, if it is seen, by its middle.
    fn slanting(&mut self, text: char, x: Points, y: Points, size: Points) -> Result<()> {
        self.charge()?;
        let finite = [x, y, size].iter().all(|n| n.is_finite());
        if text.is_whitespace() {
            return Ok(());
        }
        if !finite || size < LEAST || !self.clip.contains(x, y) || self.is_white_on_white(x, y) {
            self.page.hidden = true;
            return Ok(());
        }
        let line = self.page.slanted.last().map_or(0, |last| {
            let near = (last.x - x).hypot(last.y - y) <= self.slanted_size.max(size) * 3.0;
            last.line + u32::from(!near)
        });
        self.slanted_size = size;
        self.page.slanted.push(Slanted { x, y, line });
        Ok(())
    }

    fn is_white_on_white(&self, x: Points, y: Points) -> bool {
        let ground = || self.grounds.iter().rev().find(|(area, _)| area.contains(x, y));
        self.white_ink && ground().is_none_or(|(_, white)| *white)
    }

    /// Characters along a base line. In their own frame, which `matrix` takes to the page,
    /// they begin at the origin, share `width`, and are `size` high, y growing upwards. Lines
    /// that slant are kept apart.
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
        let is_slanting = matrix.is_slanting();
        for (index, c) in text.chars().enumerate() {
            if is_slanting {
                let (x, y) = matrix.apply(width * (index as Points + 0.5) / count, size * 0.35);
                self.slanting(c, x, y, up_x.hypot(up_y))?;
                continue;
            }
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
        let Area { left, top, right, bottom } = self.clip;
        let ((low, high), (from, to)) =
            if rule.horizontal { ((top, bottom), (left, right)) } else { ((left, right), (top, bottom)) };
        // What is not seen rules nothing; of a line on the edge half is seen.
        let is_seen = low - EDGE <= rule.at && rule.at <= high + EDGE;
        let rule = Rule { from: rule.from.max(from), to: rule.to.min(to), ..rule };
        if is_seen && rule.at.is_finite() && rule.from < rule.to {
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

    /// A filled shape: a line if it is thin, else a ground for what follows, and a cover for
    /// what is there.
    pub(in crate::format) fn fill(&mut self, shape: &[(Points, Points)], paint: Paint) -> Result<()> {
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
        let is_square = shape.iter().all(|&(x, y)| {
            let on = |n: Points, a: Points, b: Points| (n - a).abs() < 0.5 || (n - b).abs() < 0.5;
            on(x, area.left, area.right) && on(y, area.top, area.bottom)
        });
        if is_square && area.height() > THIN && area.width() > THIN {
            self.ground(area, paint)?;
        }
        Ok(())
    }

    /// Takes down a rectangle; a cover hides the characters beneath.
    fn ground(&mut self, area: Area, paint: Paint) -> Result<()> {
        let Some(area) = area.common(&self.clip) else { return Ok(()) };
        if self.grounds.len() as u64 >= self.limits.rules {
            return Err(Error::limit("rules", self.limits.rules));
        }
        // White light shines through nothing.
        if paint.opaque || !paint.white {
            self.grounds.push((area, paint.white));
        }
        if paint.opaque {
            let before = self.page.glyphs.len() + self.page.slanted.len();
            let work = self.work_left.checked_sub(before as u64);
            self.work_left = work.ok_or_else(|| Error::limit("rules", self.limits.rules))?;
            self.page.glyphs.retain(|glyph| {
                let (x, y) = glyph.middle();
                !area.contains(x, y)
            });
            self.page.slanted.retain(|glyph| !area.contains(glyph.x, glyph.y));
            self.page.hidden |= self.page.glyphs.len() + self.page.slanted.len() < before;
        }
        Ok(())
    }

    /// A picture; what it covers is no longer seen, unless light shines through.
    pub(in crate::format) fn picture(&mut self, corners: &[(Points, Points)], opaque: bool) -> Result<()> {
        let Some(area) = Area::around(corners).and_then(|area| area.common(&self.clip)) else {
            return Ok(());
        };
        self.ground(area, Paint { white: false, opaque })?;
        self.page.pictures.push(area);
        Ok(())
    }

    /// Two shapes of which only what lies between them is filled: the frame of a cell, if it
    /// is thin.
    pub(in crate::format) fn frame(
        &mut self,
        one: &[(Points, Points)],
        other: &[(Points, Points)],
    ) -> Result<bool> {
        let (Some(a), Some(b)) = (Area::around(one), Area::around(other)) else { return Ok(false) };
        let sides = [(a.left, b.left), (a.top, b.top), (a.right, b.right), (a.bottom, b.bottom)];
        let is_frame = one.len() >= 4 && other.len() >= 4 && sides.iter().all(|(a, b)| (a - b).abs() <= THIN);
        if is_frame {
            let [left, top, right, bottom] = sides.map(|(a, b)| (a + b) / 2.0);
            let lines = [
                ((left, top), (left, bottom)),
                ((left, top), (right, top)),
                ((right, top), (right, bottom)),
                ((left, bottom), (right, bottom)),
            ];
            // A side may have no thickness.
            for ((from, to), _) in lines.into_iter().zip(sides).filter(|(_, (a, b))| (a - b).abs() > 0.01) {
                self.stroke(from, to)?;
            }
        }
        Ok(is_frame)
    }
}
