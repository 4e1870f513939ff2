//! One page and its templates: objects placed in millimetres (GB/T 33190, 7 to 11).

use super::resources::{Colour, Resources};
use super::{Any, Left, Outline, add_resources, damaged, number, numbers, part, text_of};
use crate::container::xml::{Tag, Token, XmlReader};
use crate::container::zip::{self, Package};
use crate::error::{Error, Result};
use crate::format::layout::{Area, Canvas, Matrix, Page, Paint, UNKNOWN};
use crate::options::Limits;

const POINTS_PER_MM: f64 = 72.0 / 25.4;
/// A4.
const AREA: [f64; 4] = [0.0, 0.0, 210.0, 297.0];
/// Templates of one page.
const TEMPLATES: usize = 16;
/// Composite objects in each other.
const COMPOSITES: usize = 16;
/// What showing one costs besides its content, in bytes.
const SHOWING: u64 = 1 << 10;
/// How far lines may reach over the edge of what shows them, in points: half their width.
const EDGE: f64 = 3.0;

/// Reads a page: templates behind it, its own content, templates before it.
pub(super) fn read(
    package: &mut Package<'_>,
    name: &str,
    outline: &Outline,
    resources: &mut Resources,
    limits: &Limits,
    left: &mut Left,
) -> Result<Page> {
    let xml = part(package, name)?;
    let frame = Frame::read(&xml, limits)?;
    if frame.templates.len() > TEMPLATES {
        return Err(Error::limit("entries", TEMPLATES as u64));
    }
    let area = if frame.area.len() == 4 { &frame.area } else { &outline.area };
    let [from_left, from_top, width, height] = area.first_chunk::<4>().copied().unwrap_or(AREA);
    for own in &frame.resources {
        add_resources(package, &zip::resolve(name, own), resources, limits)?;
    }
    let mut templates: [Vec<Vec<u8>>; 2] = Default::default();
    for (id, before) in &frame.templates {
        let target = outline.templates.get(id).ok_or_else(|| damaged("a page template is missing"))?;
        if let Some(list) = templates.get_mut(usize::from(*before)) {
            let xml = part(package, target)?;
            for own in &Frame::read(&xml, limits)?.resources {
                add_resources(package, &zip::resolve(target, own), resources, limits)?;
            }
            list.push(xml);
        }
    }
    let scale = POINTS_PER_MM;
    let matrix = Matrix([scale, 0.0, 0.0, scale, -from_left * scale, -from_top * scale]);
    let canvas = Canvas::new(width * scale, height * scale, limits, &mut left.glyphs);
    let frame = Surroundings { matrix, layer: Colour::BLACK, visible: true, opaque: true, bounds: None };
    let mut painter =
        Painter { canvas, around: frame, open: Vec::new(), resources, left: &mut left.composites, limits };
    let [behind, before] = templates;
    for xml in behind.iter().chain([&xml]).chain(&before) {
        painter.paint(XmlReader::new(xml, limits))?;
    }
    Ok(painter.canvas.page)
}

/// What a page says before its content.
#[derive(Default)]
struct Frame {
    area: Vec<f64>,
    /// Identifiers, and whether the template stands before the page.
    templates: Vec<(String, bool)>,
    /// Names of the parts of resources, from the page's place.
    resources: Vec<String>,
}

impl Frame {
    fn read(xml: &[u8], limits: &Limits) -> Result<Self> {
        let mut reader = XmlReader::<Any>::new(xml, limits);
        let mut frame = Self::default();
        while let Some((tag, open)) = reader.next_start()? {
            match tag.local() {
                "Template" => {
                    let before = reader.attribute(&tag, "ZOrder")?.is_some_and(|order| order == "Foreground");
                    if let Some(id) = reader.attribute(&tag, "TemplateID")? {
                        frame.templates.push((id.into_owned(), before));
                    }
                }
                "PageRes" if open => frame.resources.push(text_of(&mut reader)?.trim().to_owned()),
                "PhysicalBox" if open => frame.area = numbers(&text_of(&mut reader)?),
                "Content" if open => reader.skip()?,
                _ => {}
            }
        }
        Ok(frame)
    }
}

struct Painter<'c> {
    canvas: Canvas<'c>,
    around: Surroundings,
    /// The composite objects around what is being painted.
    open: Vec<String>,
    resources: &'c Resources,
    /// Bytes that composite objects may still show.
    left: &'c mut u64,
    limits: &'c Limits,
}

/// What objects have from the page, or from the composite object that they are part of.
#[derive(Clone, Copy)]
struct Surroundings {
    /// To points on the page.
    matrix: Matrix,
    /// The colour of objects that have none, in the layer being painted.
    layer: Colour,
    visible: bool,
    opaque: bool,
    /// Where the innermost composite object shows.
    bounds: Option<Area>,
}

/// What all graphic units have.
struct Unit {
    /// From the unit's own frame to points.
    matrix: Matrix,
    /// The same without the unit's own transformation.
    place: Matrix,
    visible: bool,
    /// Nothing shines through it.
    opaque: bool,
    width: f64,
    height: f64,
}

impl Painter<'_> {
    fn paint(&mut self, mut reader: XmlReader<'_, Any>) -> Result<()> {
        while let Some((tag, open)) = reader.next_start()? {
            match tag.local() {
                "Layer" => self.around.layer = self.fill_of(&reader, &tag)?.unwrap_or(Colour::BLACK),
                "TextObject" if open => self.text_object(&mut reader, &tag)?,
                "PathObject" if open => self.path_object(&mut reader, &tag)?,
                "ImageObject" => {
                    let unit = self.unit(&reader, &tag)?;
                    if unit.visible {
                        // Stamps are pictures with clear parts, which nothing here tells; a
                        // picture of the whole page is a scan.
                        let [a, b, c, d, ..] = unit.place.0;
                        let of_page = unit.width * unit.height * (a * d - b * c).abs()
                            / (self.canvas.page.width * self.canvas.page.height).max(1.0);
                        // The transformation is of a square of one unit, where there is one.
                        let (w, h) = match reader.attribute(&tag, "CTM")? {
                            Some(_) => (1.0, 1.0),
                            None => (unit.width, unit.height),
                        };
                        let corners =
                            [(0.0, 0.0), (w, 0.0), (w, h), (0.0, h)].map(|(x, y)| unit.matrix.apply(x, y));
                        self.bound(&corners, EDGE)?;
                        self.canvas.picture(&corners, of_page > 0.5)?;
                    }
                    if open {
                        reader.skip()?;
                    }
                }
                "CompositeObject" => self.composite_object(&mut reader, &tag, open)?,
                _ => {}
            }
        }
        Ok(())
    }

    /// An object whose content stands among the resources, in a frame of its own. Objects have
    /// no more than their clip cut off; what reaches beyond a composite object is cut by some
    /// programs and shown by others.
    fn composite_object(
        &mut self,
        reader: &mut XmlReader<'_, Any>,
        tag: &Tag<'_, Any>,
        open: bool,
    ) -> Result<()> {
        let unit = self.unit(reader, tag)?;
        let layer = self.fill_of(reader, tag)?.unwrap_or(self.around.layer);
        let id = reader.attribute(tag, "ResourceID")?.unwrap_or_default().trim().to_owned();
        let resources = self.resources;
        let shown =
            resources.shown(&id).ok_or_else(|| damaged("what a composite object shows is not told"))?;
        if self.open.contains(&id) {
            return Err(damaged("a composite object is part of itself"));
        }
        if self.open.len() >= COMPOSITES {
            return Err(Error::limit("depth", COMPOSITES as u64));
        }
        let content = shown.content();
        let left = self.left.checked_sub(content.len() as u64 + SHOWING);
        *self.left = left.ok_or_else(|| Error::limit("total_bytes", self.limits.total_bytes))?;
        let clip = self.canvas.clip;
        let mut more = open;
        while more {
            match reader.next()? {
                Token::Open(own) if own.local() == "Clips" => self.clip(reader, &own, &unit)?,
                Token::Open(_) => reader.skip()?,
                Token::Close | Token::End => more = false,
                _ => {}
            }
        }
        let frame = |matrix: Matrix, w: f64, h: f64| {
            Area::around(&[(0.0, 0.0), (w, 0.0), (w, h), (0.0, h)].map(|(x, y)| matrix.apply(x, y)))
        };
        let (outer, inner) =
            (frame(unit.place, unit.width, unit.height), frame(unit.matrix, shown.width, shown.height));
        let nowhere = Area { left: 0.0, top: 0.0, right: -1.0, bottom: -1.0 };
        let bounds = [outer, inner, self.around.bounds]
            .into_iter()
            .flatten()
            .reduce(|a, b| a.common(&b).unwrap_or(nowhere));
        let Unit { matrix, visible, opaque, .. } = unit;
        let around =
            std::mem::replace(&mut self.around, Surroundings { matrix, layer, visible, opaque, bounds });
        self.open.push(id);
        let mut reader = XmlReader::new(content, self.limits);
        reader.is_fragment = true;
        self.paint(reader)?;
        self.open.pop();
        self.around = around;
        self.canvas.clip = clip;
        Ok(())
    }

    /// Refuses what would be seen further than `edge` beyond the edges of a composite object.
    fn bound(&self, points: &[(f64, f64)], edge: f64) -> Result<()> {
        let Some(bounds) = self.around.bounds else { return Ok(()) };
        let clip = self.canvas.clip;
        let is_beyond = points.iter().any(|&(x, y)| {
            // As far as it is seen.
            let (x, y) = (x.min(clip.right).max(clip.left), y.min(clip.bottom).max(clip.top));
            let over = (bounds.left - x).max(x - bounds.right).max(bounds.top - y).max(y - bounds.bottom);
            over > edge
        });
        if is_beyond {
            return Err(Error::unsupported(
                "composite-object",
                "OFD复合图元的内容超出其边界，无法确定是否显示",
                "a composite object of the OFD page reaches beyond its edges, and nothing tells what is shown",
            ));
        }
        Ok(())
    }

    fn unit(&self, reader: &XmlReader<'_, Any>, tag: &Tag<'_, Any>) -> Result<Unit> {
        let list = |name: &str| -> Result<Vec<f64>> {
            Ok(reader.attribute(tag, name)?.map(|text| numbers(&text)).unwrap_or_default())
        };
        let boundary = list("Boundary")?;
        let Some(&[x, y, width, height]) = boundary.first_chunk::<4>() else {
            return Err(damaged("an object without boundary"));
        };
        let own = list("CTM")?.first_chunk::<6>().copied().map_or(Matrix::IDENTITY, Matrix);
        let is = |name: &str, value: &str| -> Result<bool> {
            Ok(reader.attribute(tag, name)?.is_some_and(|text| text.trim() == value))
        };
        let visible = self.around.visible && !is("Visible", "false")? && !is("Alpha", "0")?;
        let place = Matrix([1.0, 0.0, 0.0, 1.0, x, y]).then(self.around.matrix);
        let matrix = own.then(place);
        let opaque = self.around.opaque && number(reader, tag, "Alpha")?.is_none_or(|alpha| alpha >= 255.0);
        Ok(Unit { matrix, place, visible, opaque, width, height })
    }

    /// The colour of the drawing parameters that a tag names.
    fn fill_of(&self, reader: &XmlReader<'_, Any>, tag: &Tag<'_, Any>) -> Result<Option<Colour>> {
        Ok(reader.attribute(tag, "DrawParam")?.and_then(|id| self.resources.fill(&id)))
    }

    /// Lets painting show only within the clips, whose start tag was read: within each, and
    /// there in any of its areas. An area counts as the rectangle around it.
    fn clip(&mut self, reader: &mut XmlReader<'_, Any>, tag: &Tag<'_, Any>, unit: &Unit) -> Result<()> {
        let moves = reader.attribute(tag, "TransFlag")?.is_none_or(|flag| flag.trim() != "false");
        let outer = if moves { unit.matrix } else { unit.place };
        // Within the clips, a clip, an area, a path.
        let mut depth = 1_u32;
        let mut within = outer;
        let mut path = outer;
        let mut area: Option<Area> = None;
        let mut known = true;
        while depth > 0 {
            let (own, open) = match reader.next()? {
                Token::Open(own) => (own, true),
                Token::Empty(own) => (own, false),
                Token::Close => {
                    depth -= 1;
                    if depth == 1
                        && known
                        && let Some(area) = area
                    {
                        let nowhere = Area { left: 0.0, top: 0.0, right: -1.0, bottom: -1.0 };
                        self.canvas.clip = self.canvas.clip.common(&area).unwrap_or(nowhere);
                    }
                    continue;
                }
                Token::End => break,
                _ => continue,
            };
            let ctm = |reader: &XmlReader<'_, Any>| -> Result<Matrix> {
                let own = reader.attribute(&own, "CTM")?.map(|text| numbers(&text)).unwrap_or_default();
                Ok(own.first_chunk::<6>().copied().map_or(Matrix::IDENTITY, Matrix))
            };
            match own.local() {
                "Clip" => (area, known) = (None, true),
                "Area" => within = ctm(reader)?.then(outer),
                "Path" => {
                    let boundary = reader.attribute(&own, "Boundary")?.map(|text| numbers(&text));
                    let [x, y] = boundary.and_then(|own| own.first_chunk().copied()).unwrap_or_default();
                    path = ctm(reader)?.then(Matrix([1.0, 0.0, 0.0, 1.0, x, y])).then(within);
                }
                "AbbreviatedData" if open => {
                    let data = text_of(reader)?;
                    // Where an arc reaches is not told by its ends.
                    known &= !data.contains('A');
                    area = around(&data, path, area);
                    continue;
                }
                // The letters of a text.
                "Text" => known = false,
                _ => {}
            }
            depth += u32::from(open);
        }
        Ok(())
    }

    fn text_object(&mut self, reader: &mut XmlReader<'_, Any>, tag: &Tag<'_, Any>) -> Result<()> {
        let unit = self.unit(reader, tag)?;
        let size = number(reader, tag, "Size")?.ok_or_else(|| damaged("a text without size"))?;
        let scale = number(reader, tag, "HScale")?.unwrap_or(1.0);
        let turned = number(reader, tag, "CharDirection")?.unwrap_or(0.0);
        let is = |name: &str, value: &str| -> Result<bool> {
            Ok(reader.attribute(tag, name)?.is_some_and(|text| text.trim() == value))
        };
        let painted = !is("Fill", "false")? || is("Stroke", "true")?;
        let downwards = number(reader, tag, "ReadDirection")?.unwrap_or(0.0).rem_euclid(180.0) == 90.0;
        let (mut x, mut y) = (0.0, 0.0);
        // Glyphs named without text: how many.
        let mut glyphs = 0_usize;
        let mut characters = 0_usize;
        let mut fill = self.fill_of(reader, tag)?.unwrap_or(self.around.layer);
        let clip = self.canvas.clip;
        loop {
            let (code, open) = match reader.next()? {
                Token::Open(code) => (code, true),
                Token::Empty(code) => (code, false),
                Token::Close | Token::End => break,
                _ => continue,
            };
            match code.local() {
                "TextCode" => {
                    x = number(reader, &code, "X")?.unwrap_or(x);
                    y = number(reader, &code, "Y")?.unwrap_or(y);
                    let along = reader.attribute(&code, "DeltaX")?;
                    let down = reader.attribute(&code, "DeltaY")?;
                    let text = if open { text_of(reader)? } else { String::new() };
                    // Line breaks of the markup are no characters of the page.
                    let text = text.trim_matches(['\n', '\r', '\t']);
                    characters += text.chars().filter(|c| !c.is_whitespace()).count();
                    if !unit.visible || !painted || fill.clear {
                        self.canvas.page.hidden |= !text.trim().is_empty();
                        continue;
                    }
                    self.canvas.white_ink = fill.white;
                    // No more steps than characters count.
                    let mut along = deltas(along.as_deref(), text.len()).into_iter();
                    let mut down = deltas(down.as_deref(), text.len()).into_iter();
                    let (mut at_x, mut at_y) = (x, y);
                    for c in text.chars() {
                        let own = width(c) * size * scale;
                        let widest = widest(c) * size * scale;
                        let step_x = along.next();
                        let step_y = down.next();
                        // A character reaches to the next one, or as far as it is wide.
                        let reach =
                            step_x.filter(|step| *step > 0.0).map_or(own, |step: f64| widest.min(step));
                        let c = if told(c) { c } else { UNKNOWN };
                        let placed = Matrix([1.0, 0.0, 0.0, -1.0, 0.0, 0.0])
                            .then(turn(turned))
                            .then(Matrix([1.0, 0.0, 0.0, 1.0, at_x, at_y]))
                            .then(unit.matrix);
                        if !c.is_whitespace() {
                            self.bound(&[placed.apply(reach / 2.0, size * 0.35)], 0.0)?;
                        }
                        self.canvas.text(c.encode_utf8(&mut [0; 4]), reach, size, placed)?;
                        at_x += step_x.unwrap_or(if downwards || step_y.is_some() { 0.0 } else { own });
                        at_y += step_y.unwrap_or(if downwards && step_x.is_none() { size } else { 0.0 });
                    }
                }
                "Clips" if open => self.clip(reader, &code, &unit)?,
                "FillColor" => {
                    fill = Colour::read(reader, &code)?;
                    if open {
                        reader.skip()?;
                    }
                }
                "CGTransform" => {
                    let count = number(reader, &code, "GlyphCount")?.unwrap_or(1.0);
                    glyphs = glyphs.saturating_add(count.clamp(0.0, 1e6) as usize);
                    if open {
                        reader.skip()?;
                    }
                }
                _ if open => reader.skip()?,
                _ => {}
            }
        }
        if characters == 0 && glyphs > 0 && unit.visible && painted && !fill.clear {
            self.canvas.white_ink = fill.white;
            let placed = Matrix([1.0, 0.0, 0.0, -1.0, x, y]).then(unit.matrix);
            self.bound(&[placed.apply(size / 2.0, size * 0.35)], 0.0)?;
            self.canvas.text(&UNKNOWN.to_string(), size, size, placed)?;
        }
        self.canvas.clip = clip;
        Ok(())
    }

    fn path_object(&mut self, reader: &mut XmlReader<'_, Any>, tag: &Tag<'_, Any>) -> Result<()> {
        let unit = self.unit(reader, tag)?;
        let is = |name: &str, value: &str| -> Result<bool> {
            Ok(reader.attribute(tag, name)?.is_some_and(|text| text.trim() == value))
        };
        let stroked = !is("Stroke", "false")?;
        let filled = is("Fill", "true")?;
        let mut data = String::new();
        let mut fill = self.fill_of(reader, tag)?.unwrap_or(self.around.layer);
        let clip = self.canvas.clip;
        loop {
            match reader.next()? {
                Token::Open(own) if own.local() == "FillColor" => {
                    fill = Colour::read(reader, &own)?;
                    reader.skip()?;
                }
                Token::Empty(own) if own.local() == "FillColor" => fill = Colour::read(reader, &own)?,
                Token::Open(own) if own.local() == "Clips" => self.clip(reader, &own, &unit)?,
                Token::Open(own) if own.local() == "AbbreviatedData" => data = text_of(reader)?,
                Token::Open(_) => reader.skip()?,
                Token::Close | Token::End => break,
                _ => {}
            }
        }
        let paint = Paint { white: fill.white, opaque: unit.opaque && fill.opaque };
        let paths = if unit.visible { paths(&data, unit.matrix, self.limits)? } else { Vec::new() };
        for path in paths {
            if stroked || (filled && !fill.clear) {
                self.bound(&path, EDGE)?;
            }
            if filled && !fill.clear {
                self.canvas.fill(&path, paint)?;
            }
            if stroked {
                for pair in path.windows(2) {
                    if let &[from, to] = pair {
                        self.canvas.stroke(from, to)?;
                    }
                }
            }
        }
        self.canvas.clip = clip;
        Ok(())
    }
}

/// Steps between characters; "g 3 2.5" is three times 2.5.
fn deltas(text: Option<&str>, most: usize) -> Vec<f64> {
    let mut steps = Vec::new();
    let mut words = text.unwrap_or_default().split_ascii_whitespace();
    while let Some(word) = words.next() {
        let (count, step) = if word == "g" {
            let count = words.next().and_then(|word| word.parse::<usize>().ok()).unwrap_or(0);
            (count, words.next())
        } else {
            (1, Some(word))
        };
        let Some(step) = step.and_then(|word| word.parse::<f64>().ok()).filter(|n| n.is_finite()) else {
            break;
        };
        let room = most.saturating_sub(steps.len());
        steps.extend(std::iter::repeat_n(step, count.min(room)));
    }
    steps
}

/// Rotation of a character, clockwise in degrees.
fn turn(degrees: f64) -> Matrix {
    match degrees.rem_euclid(360.0) as i64 {
        90 => Matrix([0.0, 1.0, -1.0, 0.0, 0.0, 0.0]),
        180 => Matrix([-1.0, 0.0, 0.0, -1.0, 0.0, 0.0]),
        270 => Matrix([0.0, -1.0, 1.0, 0.0, 0.0, 0.0]),
        _ => Matrix::IDENTITY,
    }
}

/// A character's width in units of the font's size: half a square for ASCII. Fonts are
/// not looked at.
fn width(c: char) -> f64 {
    if c.is_ascii() { 0.5 } else { 1.0 }
}

/// The most that a character takes of the step to the next one. Signs and letters are as
/// wide as their font makes them; what is left beside a digit parts two numbers.
fn widest(c: char) -> f64 {
    if c.is_ascii_alphabetic() || "+-=<>%#&@*~".contains(c) { 0.9 } else { width(c) }
}

/// Whether the character says what is printed.
fn told(c: char) -> bool {
    !c.is_control() && !matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}' | '\u{fffd}' | '¤')
}

/// Subpaths of abbreviated data: M, L and C, and where curves end.
fn paths(data: &str, matrix: Matrix, limits: &Limits) -> Result<Vec<Vec<(f64, f64)>>> {
    let mut paths: Vec<Vec<(f64, f64)>> = Vec::new();
    let mut points: u64 = 0;
    let mut words = data.split_ascii_whitespace().peekable();
    while let Some(word) = words.next() {
        points += 1;
        if points > limits.items {
            return Err(Error::limit("items", limits.items));
        }
        let mut operands = Vec::new();
        while let Some(number) = words.peek().and_then(|word| word.parse::<f64>().ok()) {
            operands.push(number);
            words.next();
        }
        let end = || match operands.as_slice() {
            [.., x, y] => Some(matrix.apply(*x, *y)),
            _ => None,
        };
        match word {
            "S" | "M" => paths.extend(end().map(|at| vec![at])),
            "L" | "Q" | "B" | "A" => {
                if let (Some(path), Some(at)) = (paths.last_mut(), end()) {
                    path.push(at);
                }
            }
            "C" => {
                if let Some(path) = paths.last_mut()
                    && let Some(&first) = path.first()
                {
                    path.push(first);
                }
            }
            _ => {}
        }
    }
    Ok(paths)
}

/// The rectangle around all points that abbreviated data names, those that only bend curves
/// with them, and around another one.
fn around(data: &str, matrix: Matrix, other: Option<Area>) -> Option<Area> {
    let mut area = other;
    let mut x = None;
    for word in data.split_ascii_whitespace() {
        match (word.parse::<f64>(), x.take()) {
            (Ok(number), None) => x = Some(number),
            (Ok(y), Some(x)) => {
                let (x, y) = matrix.apply(x, y);
                let least = area.unwrap_or(Area { left: x, top: y, right: x, bottom: y });
                area = Area::around(&[(least.left, least.top), (least.right, least.bottom), (x, y)]);
            }
            (Err(_), _) => {}
        }
    }
    area
}
