//! Content streams: the operators that show text, draw lines and place pictures
//! (ISO 32000-1, 8 and 9). Colours, clips and patterns decide nothing here.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::file::File;
use super::font::Font;
use super::object::{Dict, Lexer, Object, Token, is_space};
use crate::error::{Error, Result};
use crate::format::layout::{Canvas, Glyph, Matrix, Turn, UNKNOWN};

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
}

impl State {
    fn new(matrix: Matrix) -> Self {
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
}

impl<'f, 'a, 'c> Interpreter<'f, 'a, 'c> {
    pub(super) fn new(
        file: &'f File<'a>,
        canvas: Canvas<'c>,
        matrix: Matrix,
        fonts: &'f mut BTreeMap<u32, Rc<Font>>,
    ) -> Self {
        Self {
            file,
            canvas,
            state: State::new(matrix),
            saved: Vec::new(),
            text: Matrix::IDENTITY,
            line: Matrix::IDENTITY,
            path: Vec::new(),
            fonts,
            depth: 0,
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
        let bottom = self.saved.len();
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
                        operator => self.operator(operator, &operands)?,
                    }
                    operands.clear();
                }
            }
        }
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
            b"S" => self.stroke()?,
            b"s" => {
                self.close();
                self.stroke()?;
            }
            b"f" | b"F" | b"f*" => self.fill()?,
            b"B" | b"B*" => self.fill_and_stroke()?,
            b"b" | b"b*" => {
                self.close();
                self.fill_and_stroke()?;
            }
            b"n" => self.path.clear(),
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

    fn stroke(&mut self) -> Result<()> {
        for path in std::mem::take(&mut self.path) {
            for pair in path.windows(2) {
                if let &[from, to] = pair {
                    self.canvas.stroke(from, to)?;
                }
            }
        }
        Ok(())
    }

    fn fill(&mut self) -> Result<()> {
        for path in std::mem::take(&mut self.path) {
            self.canvas.fill(&path)?;
        }
        Ok(())
    }

    fn fill_and_stroke(&mut self) -> Result<()> {
        let path = self.path.clone();
        self.fill()?;
        self.path = path;
        self.stroke()
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
            let matrix = Matrix([scale, 0.0, 0.0, 1.0, 0.0, rise]).then(self.text).then(self.state.matrix);
            if self.is_seen(&shown.text) {
                self.canvas.text(&shown.text, width, size, matrix)?;
            }
            self.advance(width + spacing);
        }
        Ok(())
    }

    /// A character of a vertical line: its square hangs below the position, centred.
    fn place_below(&mut self, text: &str, size: f64) -> Result<()> {
        let matrix = self.text.then(self.state.matrix);
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

    /// Not where text is neither filled nor stroked: that of a scan, or a clip (9.3.6).
    fn is_seen(&mut self, text: &str) -> bool {
        let seen = !matches!(self.state.mode, 3 | 7);
        self.canvas.page.hidden |= !seen && !text.trim().is_empty();
        seen
    }

    fn paint_object(&mut self, operands: &[Object], resources: &Dict) -> Result<()> {
        let objects = self.file.get(resources, b"XObject")?;
        let name = operands.first().and_then(Object::name).unwrap_or_default();
        let Some(objects) = objects.dict() else { return Ok(()) };
        let Object::Stream(stream) = self.file.get(objects, name)? else { return Ok(()) };
        let subtype = self.file.get(&stream.dict, b"Subtype")?;
        if subtype.name() == Some(b"Image") {
            let absent = |key: &[u8]| matches!(stream.dict.get(key), None | Some(Object::Null));
            let mask = matches!(self.file.get(&stream.dict, b"ImageMask")?, Object::Bool(true));
            let opaque = !mask && absent(b"SMask") && absent(b"Mask");
            let corners = [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)];
            let corners = corners.map(|(x, y)| self.state.matrix.apply(x, y));
            self.canvas.picture(&corners, opaque);
            return Ok(());
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
        self.run(&bytes, own)?;
        self.depth -= 1;
        self.state = before;
        (self.text, self.line) = (text, line);
        Ok(())
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
