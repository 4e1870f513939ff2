//! Content streams: the operators that show text, draw lines and place pictures
//! (ISO 32000-1, 8 and 9). Of colours only white counts, of clips the rectangle around them.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::file::File;
use super::font::Font;
use super::layer::Layers;
use super::object::{Dict, Lexer, Object, Token, is_space};
use crate::error::{Error, Result};
use crate::format::layout::{Area, Canvas, Glyph, Matrix, Paint, Turn, UNKNOWN};

/// Forms in forms deeper than this are no document.
const DEPTH: usize = 24;
/// Saved states.
const STATES: usize = 4_096;
/// Operands kept for one operator.
const OPERANDS: usize = 64;

#[derive(Debug, Clone)]
struct State {
    matrix: Matrix,
    font: Option<Rc<Font>>,
    size: f64,
    character_spacing: f64,
    word_spacing: f64,
    /// Horizontal scaling, 1 for 100 %.
    scale: f64,
    leading: f64,
    rise: f64,
    mode: usize,
    clip: Area,
    fill: Colour,
    stroke: Colour,
    /// Nothing shines through what is painted.
    opaque: bool,
    /// Painted with nothing: by fills, and by strokes.
    clear: (bool, bool),
}

/// What a colour is, as far as it matters: white, another, or one of a pattern or space that does not tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Colour {
    White,
    Other,
    Unknown,
}

/// Colours this near to white cannot be told from it.
const WHITE: f64 = 0.97;

impl State {
    fn new(matrix: Matrix, clip: Area) -> Self {
        Self {
            matrix,
            font: None,
            size: 0.0,
            character_spacing: 0.0,
            word_spacing: 0.0,
            scale: 1.0,
            leading: 0.0,
            rise: 0.0,
            mode: 0,
            clip,
            fill: Colour::Other,
            stroke: Colour::Other,
            opaque: true,
            clear: (false, false),
        }
    }
}

type Point = (f64, f64);

pub(super) struct Interpreter<'f, 'a, 'c> {
    file: &'f File<'a>,
    canvas: Canvas<'c>,
    state: State,
    saved: Vec<State>,
    /// Of the text and of its line.
    text: Matrix,
    line: Matrix,
    /// Subpaths on the page; whether each is closed.
    path: Vec<Vec<Point>>,
    /// Fonts by object number, for the whole document.
    fonts: &'f mut BTreeMap<u32, Rc<Font>>,
    depth: usize,
    /// The path becomes a clip when it is painted.
    clips: bool,
    /// Marked content that is open, and whether each is shown.
    marked: Vec<bool>,
    layers: &'f Layers,
}

impl<'f, 'a, 'c> Interpreter<'f, 'a, 'c> {
    pub(super) fn new(
        file: &'f File<'a>,
        canvas: Canvas<'c>,
        matrix: Matrix,
        fonts: &'f mut BTreeMap<u32, Rc<Font>>,
        layers: &'f Layers,
    ) -> Self {
        Self {
            file,
            state: State::new(matrix, canvas.clip),
            canvas,
            saved: Vec::new(),
            text: Matrix::IDENTITY,
            line: Matrix::IDENTITY,
            path: Vec::new(),
            fonts,
            depth: 0,
            clips: false,
            marked: Vec::new(),
            layers,
        }
    }

    pub(super) fn finish(self) -> Canvas<'c> {
        self.canvas
    }

    /// Runs a content stream with its resources.
    pub(super) fn run(&mut self, bytes: &[u8], resources: &Dict) -> Result<()> {
        let mut lexer = Lexer::new(bytes, 0, bytes.len() as u64 + 1);
        let mut operands: Vec<Object> = Vec::new();
        // Fonts named in these resources.
        let mut named: BTreeMap<Vec<u8>, Rc<Font>> = BTreeMap::new();
        let (bottom, open) = (self.saved.len(), self.marked.len());
        loop {
            match lexer.next(false)? {
                Token::End => break,
                Token::Object(object) => {
                    if operands.len() < OPERANDS {
                        operands.push(object);
                    }
                }
                Token::Word(word) => {
                    match word {
                        b"BI" => skip_inline_image(&mut lexer, bytes)?,
                        b"Tf" => self.set_font(&operands, resources, &mut named)?,
                        b"Do" => self.paint_object(&operands, resources)?,
                        b"q" => {
                            if self.saved.len() >= STATES {
                                return Err(Error::limit("depth", STATES as u64));
                            }
                            self.saved.push(self.state.clone());
                        }
                        b"Q" => {
                            if self.saved.len() > bottom
                                && let Some(state) = self.saved.pop()
                            {
                                self.state = state;
                            }
                        }
                        b"BMC" | b"BDC" => {
                            if self.marked.len() >= STATES {
                                return Err(Error::limit("depth", STATES as u64));
                            }
                            let shown = self.layers.shows_content(&operands, resources, self.file)?;
                            self.marked.push(shown);
                        }
                        b"EMC" => {
                            if self.marked.len() > open {
                                self.marked.pop();
                            }
                        }
                        b"gs" => self.set_parameters(&operands, resources)?,
                        b"cs" => self.state.fill = self.initial(&operands, resources)?,
                        b"CS" => self.state.stroke = self.initial(&operands, resources)?,
                        operator => self.operator(operator, &operands)?,
                    }
                    operands.clear();
                }
            }
        }
        self.marked.truncate(open);
        if self.saved.len() > bottom {
            self.saved.truncate(bottom + 1);
            if let Some(state) = self.saved.pop() {
                self.state = state;
            }
        }
        Ok(())
    }

    fn operator(&mut self, operator: &[u8], operands: &[Object]) -> Result<()> {
        let number = |index: usize| operands.get(index).and_then(Object::number).unwrap_or(0.0);
        let matrix = || Matrix([number(0), number(1), number(2), number(3), number(4), number(5)]);
        match operator {
            b"cm" => self.state.matrix = matrix().then(self.state.matrix),
            b"BT" => {
                self.text = Matrix::IDENTITY;
                self.line = Matrix::IDENTITY;
            }
            b"Tc" => self.state.character_spacing = number(0),
            b"Tw" => self.state.word_spacing = number(0),
            b"Tz" => self.state.scale = number(0) / 100.0,
            b"TL" => self.state.leading = number(0),
            b"Ts" => self.state.rise = number(0),
            b"Tr" => self.state.mode = operands.first().and_then(Object::index).unwrap_or(0),
            b"Td" => self.next_line(number(0), number(1)),
            b"TD" => {
                self.state.leading = -number(1);
                self.next_line(number(0), number(1));
            }
            b"Tm" => {
                self.line = matrix();
                self.text = self.line;
            }
            b"T*" => self.next_line(0.0, -self.state.leading),
            b"Tj" => self.show(operands.first())?,
            b"'" => {
                self.next_line(0.0, -self.state.leading);
                self.show(operands.first())?;
            }
            b"\"" => {
                self.state.word_spacing = number(0);
                self.state.character_spacing = number(1);
                self.next_line(0.0, -self.state.leading);
                self.show(operands.get(2))?;
            }
            b"TJ" => {
                for item in operands.first().and_then(Object::array).unwrap_or_default() {
                    match item {
                        Object::Number(by) => self.advance(-by / 1000.0 * self.state.size),
                        item => self.show(Some(item))?,
                    }
                }
            }
            b"m" => {
                let at = self.state.matrix.apply(number(0), number(1));
                self.path.push(vec![at]);
            }
            b"l" => self.extend(number(0), number(1)),
            // Where a curve ends is enough: none of them is a line.
            b"c" => self.extend(number(4), number(5)),
            b"v" | b"y" => self.extend(number(2), number(3)),
            b"h" => self.close(),
            b"re" => {
                let (x, y, width, height) = (number(0), number(1), number(2), number(3));
                let corner = |x: f64, y: f64| self.state.matrix.apply(x, y);
                let corners = vec![
                    corner(x, y),
                    corner(x + width, y),
                    corner(x + width, y + height),
                    corner(x, y + height),
                    corner(x, y),
                ];
                self.path.push(corners);
            }
            b"W" | b"W*" => self.clips = true,
            b"S" => self.paint(None, true)?,
            b"s" => {
                self.close();
                self.paint(None, true)?;
            }
            b"f" | b"F" => self.paint(Some(false), false)?,
            b"f*" => self.paint(Some(true), false)?,
            b"B" => self.paint(Some(false), true)?,
            b"B*" => self.paint(Some(true), true)?,
            b"b" => {
                self.close();
                self.paint(Some(false), true)?;
            }
            b"b*" => {
                self.close();
                self.paint(Some(true), true)?;
            }
            b"n" => self.paint(None, false)?,
            b"g" | b"rg" | b"k" | b"sc" | b"scn" => {
                self.state.fill = colour(operator, operands, self.state.fill);
            }
            b"G" | b"RG" | b"K" | b"SC" | b"SCN" => {
                self.state.stroke = colour(operator, operands, self.state.stroke);
            }
            _ => {}
        }
        Ok(())
    }

    fn extend(&mut self, x: f64, y: f64) {
        let at = self.state.matrix.apply(x, y);
        if let Some(path) = self.path.last_mut() {
            path.push(at);
        }
    }

    fn close(&mut self) {
        if let Some(path) = self.path.last_mut()
            && let Some(&first) = path.first()
        {
            path.push(first);
        }
    }

    /// Paints the path, filled by the even-odd rule or the other, and stroked; then it is
    /// the clip, if it was said to become one.
    fn paint(&mut self, filled: Option<bool>, stroked: bool) -> Result<()> {
        let paths = std::mem::take(&mut self.path);
        if self.is_shown() {
            if let Some(even_odd) = filled.filter(|_| !self.state.clear.0) {
                self.fill(&paths, even_odd)?;
            }
            if stroked && !self.state.clear.1 {
                for pair in paths.iter().flat_map(|path| path.windows(2)) {
                    if let &[from, to] = pair {
                        self.canvas.stroke(from, to)?;
                    }
                }
            }
        }
        if std::mem::take(&mut self.clips) {
            let points: Vec<Point> =
                paths.into_iter().flatten().filter(|(x, y)| x.is_finite() && y.is_finite()).collect();
            let nowhere = Area { left: 0.0, top: 0.0, right: -1.0, bottom: -1.0 };
            let area = Area::around(&points).and_then(|area| area.common(&self.state.clip));
            self.state.clip = area.unwrap_or(nowhere);
        }
        Ok(())
    }

    fn fill(&mut self, paths: &[Vec<Point>], even_odd: bool) -> Result<()> {
        let colour = self.state.fill;
        let paint =
            Paint { white: colour == Colour::White, opaque: self.state.opaque && colour != Colour::Unknown };
        self.canvas.clip = self.state.clip;
        let mut rest = paths;
        while let Some((path, after)) = rest.split_first() {
            rest = after;
            if let Some((next, beyond)) = after.split_first()
                && even_odd
                && self.canvas.frame(path, next)?
            {
                rest = beyond;
                continue;
            }
            // Several paths may leave holes in each other.
            let paint = Paint { opaque: paint.opaque && !(even_odd && paths.len() > 1), ..paint };
            self.canvas.fill(path, paint)?;
        }
        Ok(())
    }

    /// No layer that is switched off is open.
    fn is_shown(&self) -> bool {
        self.marked.iter().all(|shown| *shown)
    }

    /// Transparency and blending (8.4.5, 11).
    fn set_parameters(&mut self, operands: &[Object], resources: &Dict) -> Result<()> {
        let named = self.file.get(resources, b"ExtGState")?;
        let name = operands.first().and_then(Object::name).unwrap_or_default();
        let Some(named) = named.dict() else { return Ok(()) };
        let own = self.file.get(named, name)?;
        let Some(own) = own.dict() else { return Ok(()) };
        let number = |key: &[u8]| Ok::<_, Error>(self.file.get(own, key)?.number());
        let (fill, stroke) = (number(b"ca")?, number(b"CA")?);
        let blend = self.file.get(own, b"BM")?;
        let mask = self.file.get(own, b"SMask")?;
        if let Some(fill) = fill {
            self.state.clear.0 = fill <= 0.01;
        }
        if let Some(stroke) = stroke {
            self.state.clear.1 = stroke <= 0.01;
        }
        // What was said before still holds where nothing is said now: once doubtful, so to stay.
        let plain = fill.is_none_or(|alpha| alpha >= 0.99)
            && (matches!(blend, Object::Null) || blend.name() == Some(b"Normal"))
            && (matches!(mask, Object::Null) || mask.name() == Some(b"None"));
        self.state.opaque &= plain;
        Ok(())
    }

    /// The first colour of a colour space (8.6.5 to 8.6.8).
    fn initial(&self, operands: &[Object], resources: &Dict) -> Result<Colour> {
        let name = operands.first().and_then(Object::name).unwrap_or_default();
        let spaces = self.file.get(resources, b"ColorSpace")?;
        let own = match spaces.dict() {
            Some(spaces) => self.file.get(spaces, name)?,
            None => Object::Null,
        };
        let kind = match own.array().and_then(<[Object]>::first) {
            Some(kind) => self.file.resolve(kind)?,
            None => own,
        };
        let kind = kind.name().unwrap_or(name);
        // Of these alone the parts of a colour say how light it is.
        let is_plain = matches!(
            kind,
            b"DeviceGray"
                | b"G"
                | b"DeviceRGB"
                | b"RGB"
                | b"DeviceCMYK"
                | b"CMYK"
                | b"CalGray"
                | b"CalRGB"
                | b"ICCBased"
        );
        Ok(if is_plain { Colour::Other } else { Colour::Unknown })
    }

    /// The corners of a form's box, which clips it (8.10.2).
    fn form_box(&self, form: &Dict) -> Result<Option<Vec<Point>>> {
        let list = self.file.get(form, b"BBox")?;
        let list = list.array().unwrap_or_default();
        let numbers: Option<Vec<f64>> = list.iter().map(Object::number).collect();
        let Some([a, b, c, d]) = numbers.and_then(|n| n.first_chunk::<4>().copied()) else { return Ok(None) };
        Ok(Some([(a, b), (c, b), (c, d), (a, d)].map(|(x, y)| self.state.matrix.apply(x, y)).to_vec()))
    }

    fn next_line(&mut self, x: f64, y: f64) {
        self.line = Matrix([1.0, 0.0, 0.0, 1.0, x, y]).then(self.line);
        self.text = self.line;
    }

    /// Moves along the line, in text space before scaling.
    fn advance(&mut self, by: f64) {
        let vertical = self.state.font.as_ref().is_some_and(|font| font.vertical);
        let (x, y) = if vertical { (0.0, by) } else { (by * self.state.scale, 0.0) };
        self.text = Matrix([1.0, 0.0, 0.0, 1.0, x, y]).then(self.text);
    }

    fn set_font(
        &mut self,
        operands: &[Object],
        resources: &Dict,
        named: &mut BTreeMap<Vec<u8>, Rc<Font>>,
    ) -> Result<()> {
        let [name, size] = operands else { return Ok(()) };
        self.state.size = size.number().unwrap_or(0.0);
        let name = name.name().unwrap_or_default();
        if let Some(font) = named.get(name) {
            self.state.font = Some(Rc::clone(font));
            return Ok(());
        }
        let fonts = self.file.get(resources, b"Font")?;
        let Some(own) = fonts.dict().and_then(|fonts| fonts.get(name)) else {
            self.state.font = None;
            return Ok(());
        };
        let known = match own {
            Object::Reference(number) => self.fonts.get(number).cloned(),
            _ => None,
        };
        let font = match known {
            Some(font) => font,
            None => {
                let object = self.file.resolve(own)?;
                let empty = Dict::new();
                let font = Rc::new(Font::read(object.dict().unwrap_or(&empty), self.file)?);
                if let Object::Reference(number) = own {
                    self.fonts.insert(*number, Rc::clone(&font));
                }
                font
            }
        };
        named.insert(name.to_vec(), Rc::clone(&font));
        self.state.font = Some(font);
        Ok(())
    }

    fn show(&mut self, string: Option<&Object>) -> Result<()> {
        let Some(Object::String(string)) = string else { return Ok(()) };
        let Some(font) = self.state.font.clone() else {
            if !self.is_seen("?") {
                return Ok(());
            }
            // Something is printed, and nothing says what.
            let matrix = self.text.then(self.state.matrix);
            return self.canvas.text(&UNKNOWN.to_string(), self.state.size, self.state.size, matrix);
        };
        for shown in font.shown(string) {
            let State { size, scale, rise, character_spacing, word_spacing, .. } = self.state;
            let spacing = character_spacing + if shown.is_space { word_spacing } else { 0.0 };
            if font.vertical {
                if self.is_seen(&shown.text) {
                    self.place_below(&shown.text, size)?;
                }
                // Lines run downwards, a square at a time (9.7.4.3).
                self.advance(-size + spacing);
                continue;
            }
            let width = shown.width * size;
            let upwards = font.height.signum();
            let matrix =
                Matrix([scale, 0.0, 0.0, upwards, 0.0, rise]).then(self.text).then(self.state.matrix);
            if self.is_seen(&shown.text) {
                self.canvas.text(&shown.text, width, size * font.height.abs(), matrix)?;
            }
            self.advance(width + spacing);
        }
        Ok(())
    }

    /// A character of a vertical line: its square hangs below the position, centred.
    fn place_below(&mut self, text: &str, size: f64) -> Result<()> {
        let matrix = self.text.then(self.state.matrix);
        if matrix.is_slanting() {
            let centred = Matrix([1.0, 0.0, 0.0, 1.0, -size / 2.0, -size]).then(matrix);
            return self.canvas.text(text, size, size, centred);
        }
        let (left, top) = matrix.apply(-size / 2.0, 0.0);
        let (right, bottom) = matrix.apply(size / 2.0, -size);
        let height = (bottom - top).abs();
        for c in text.chars() {
            let base = top.max(bottom) - height * 0.12;
            self.canvas.glyph(Glyph {
                text: c,
                left: left.min(right),
                right: left.max(right),
                base,
                size: height,
                turn: Turn::Up,
                vertical: true,
            })?;
        }
        Ok(())
    }

    /// Not where text is neither filled nor stroked (that of a scan, or a clip, 9.3.6), or
    /// with nothing, or in a layer that is switched off.
    fn is_seen(&mut self, text: &str) -> bool {
        let (filled, stroked) = match self.state.mode {
            3 | 7 => (false, false),
            1 | 5 => (false, true),
            2 | 6 => (true, true),
            _ => (true, false),
        };
        let (filled, stroked) = (filled && !self.state.clear.0, stroked && !self.state.clear.1);
        let seen = (filled || stroked) && self.is_shown();
        self.canvas.page.hidden |= !seen && !text.trim().is_empty();
        let white = |used: bool, colour: Colour| !used || colour == Colour::White;
        self.canvas.white_ink = white(filled, self.state.fill) && white(stroked, self.state.stroke);
        self.canvas.clip = self.state.clip;
        seen
    }

    fn paint_object(&mut self, operands: &[Object], resources: &Dict) -> Result<()> {
        let objects = self.file.get(resources, b"XObject")?;
        let name = operands.first().and_then(Object::name).unwrap_or_default();
        let Some(objects) = objects.dict() else { return Ok(()) };
        let Object::Stream(stream) = self.file.get(objects, name)? else { return Ok(()) };
        let in_layer = stream.dict.get(b"OC".as_slice());
        let shown =
            self.is_shown() && in_layer.map_or(Ok(true), |layer| self.layers.shows(layer, self.file))?;
        let subtype = self.file.get(&stream.dict, b"Subtype")?;
        if subtype.name() == Some(b"Image") {
            if !shown || self.state.clear.0 {
                return Ok(());
            }
            let absent = |key: &[u8]| matches!(stream.dict.get(key), None | Some(Object::Null));
            let mask = matches!(self.file.get(&stream.dict, b"ImageMask")?, Object::Bool(true));
            let opaque = self.state.opaque && !mask && absent(b"SMask") && absent(b"Mask");
            let corners = [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)];
            let corners = corners.map(|(x, y)| self.state.matrix.apply(x, y));
            self.canvas.clip = self.state.clip;
            return self.canvas.picture(&corners, opaque);
        }
        if subtype.name() != Some(b"Form") {
            return Ok(());
        }
        if self.depth >= DEPTH {
            return Err(Error::limit("depth", DEPTH as u64));
        }
        let bytes = self.file.decode(&stream)?;
        // A form costs each time it is painted, lest forms of forms multiply.
        self.file.charge(bytes.len() as u64 + 1_024)?;
        let matrix = self.file.get(&stream.dict, b"Matrix")?;
        let matrix =
            matrix.array().unwrap_or_default().iter().map(Object::number).collect::<Option<Vec<_>>>();
        let matrix = matrix.and_then(|m| m.first_chunk::<6>().copied()).map_or(Matrix::IDENTITY, Matrix);
        let own = self.file.get(&stream.dict, b"Resources")?;
        let own = own.dict().unwrap_or(resources);
        let before = self.state.clone();
        let (text, line) = (self.text, self.line);
        self.state.matrix = matrix.then(self.state.matrix);
        self.depth += 1;
        self.path.clear();
        if let Some(corners) = self.form_box(&stream.dict)? {
            self.path.push(corners);
            self.clips = true;
            self.paint(None, false)?;
        }
        self.marked.push(shown);
        self.run(&bytes, own)?;
        self.marked.pop();
        self.depth -= 1;
        self.state = before;
        (self.text, self.line) = (text, line);
        Ok(())
    }
}

/// The colour that an operator sets; `before` knows whether the space is a plain one.
fn colour(operator: &[u8], operands: &[Object], before: Colour) -> Colour {
    let parts: Option<Vec<f64>> = operands.iter().map(Object::number).collect();
    let is_special = matches!(operator, b"sc" | b"scn" | b"SC" | b"SCN") && before == Colour::Unknown;
    match parts.as_deref() {
        Some([gray]) if !is_special && *gray >= WHITE => Colour::White,
        Some(rgb @ [_, _, _]) if !is_special && rgb.iter().all(|part| *part >= WHITE) => Colour::White,
        Some(cmyk @ [_, _, _, _]) if !is_special && cmyk.iter().all(|part| *part <= 1.0 - WHITE) => {
            Colour::White
        }
        Some(_) if !is_special => Colour::Other,
        _ => Colour::Unknown,
    }
}

/// Passes over "BI … ID … EI"; the bytes between are no operators.
fn skip_inline_image(lexer: &mut Lexer<'_>, bytes: &[u8]) -> Result<()> {
    loop {
        match lexer.next(false)? {
            Token::Word(word) if word == b"ID" => break,
            Token::End => return Ok(()),
            _ => {}
        }
    }
    let mut at = lexer.at;
    while let Some(found) = bytes.get(at..).and_then(|rest| memchr::memmem::find(rest, b"EI")) {
        let end = at + found;
        let before = end.checked_sub(1).and_then(|i| bytes.get(i)).is_none_or(|&b| is_space(b));
        let after = bytes.get(end + 2).is_none_or(|&b| is_space(b));
        at = end + 2;
        if before && after {
            break;
        }
    }
    lexer.at = at;
    Ok(())
}
