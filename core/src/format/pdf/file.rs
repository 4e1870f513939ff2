//! The file's structure: cross-reference tables and streams, object streams, the page
//! tree (ISO 32000-1, 7.5, 7.7). Cross-references that do not hold are told anew (`rebuild`)
//! where that is no guess.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use memchr::memmem;

use super::filter::{self, damaged};
use super::object::{Dict, Lexer, Object, Stream, Token};
use super::rebuild::{self, Scan};
use crate::error::{Error, Result};
use crate::options::Limits;

/// Where an object stands.
#[derive(Debug, Clone, Copy)]
enum Entry {
    At(usize),
    /// In an object stream, at that ordinal.
    In(u32, usize),
    Free,
}

/// Objects of an object stream: its bytes, and number and offset of each.
struct Bundle {
    bytes: Vec<u8>,
    offsets: Vec<(u32, usize)>,
}

/// References that lead to references, objects that need others to be read.
const CHAIN: usize = 32;

pub(super) struct File<'a> {
    bytes: &'a [u8],
    pub(super) limits: &'a Limits,
    entries: BTreeMap<u32, Entry>,
    trailer: Dict,
    objects: RefCell<BTreeMap<u32, Object>>,
    bundles: RefCell<BTreeMap<u32, Rc<Bundle>>>,
    /// Decoded bytes still allowed.
    left: Cell<u64>,
    /// Parts of objects still allowed: each takes far more memory than an element of XML.
    parts_left: Cell<u64>,
    depth: Cell<usize>,
    is_rebuilt: bool,
    /// An object was not where the cross-references say.
    is_misplaced: Cell<bool>,
}

impl<'a> File<'a> {
    /// The file by its cross-references; told anew where they cannot be read.
    pub(super) fn open(bytes: &'a [u8], limits: &'a Limits) -> Result<Self> {
        let mut file = Self::new(bytes, limits);
        match file.cross_references() {
            Err(error) if error.code() == "damaged" => return Self::rebuilt(bytes, limits),
            outcome => outcome?,
        }
        file.check_encryption()?;
        Ok(file)
    }

    /// The file by its objects alone.
    pub(super) fn rebuilt(bytes: &'a [u8], limits: &'a Limits) -> Result<Self> {
        let mut file = Self::new(bytes, limits);
        file.is_rebuilt = true;
        file.rebuild()?;
        Ok(file)
    }

    pub(super) fn is_rebuilt(&self) -> bool {
        self.is_rebuilt
    }

    /// Whether the cross-references turned out not to hold.
    pub(super) fn is_misplaced(&self) -> bool {
        self.is_misplaced.get() && !self.is_rebuilt
    }

    fn new(bytes: &'a [u8], limits: &'a Limits) -> Self {
        // Offsets count from the header, which mail may have pushed down.
        let start = memmem::find(bytes.get(..1024).unwrap_or(bytes), b"%PDF-").unwrap_or(0);
        let bytes = bytes.get(start..).unwrap_or_default();
        Self {
            bytes,
            limits,
            entries: BTreeMap::new(),
            trailer: Dict::new(),
            objects: RefCell::default(),
            bundles: RefCell::default(),
            left: Cell::new(limits.total_bytes),
            parts_left: Cell::new(limits.elements / 4),
            depth: Cell::new(0),
            is_rebuilt: false,
            is_misplaced: Cell::new(false),
        }
    }

    fn check_encryption(&self) -> Result<()> {
        if self.trailer.contains_key(b"Encrypt".as_slice()) {
            return Err(Error::unsupported("encrypted", "PDF文件已加密", "the PDF file is encrypted"));
        }
        Ok(())
    }

    /// Tells the cross-references from the objects; see `rebuild` for when that is refused.
    fn rebuild(&mut self) -> Result<()> {
        let scan = Scan::new(self.bytes, 0, self.limits.elements)?;
        scan.check_end()?;
        self.trailer = scan.trailer()?;
        self.check_encryption()?;
        let plain = || scan.objects.iter().map(|own| (own.revision, own.number, Entry::At(own.at)));
        self.entries = rebuild::last_of_each(plain().collect())?;
        let mut all: Vec<(usize, u32, Entry)> = plain().collect();
        let mut free = scan.free.clone();
        for own in &scan.objects {
            let Some((stream, end)) = &own.stream else { continue };
            let length = self.get(&stream.dict, b"Length")?.index();
            let by_length = length.and_then(|length| rebuild::end_after(self.bytes, stream.start, length));
            if by_length.is_some_and(|other| other != *end) {
                return Err(damaged("a stream holds what looks like its end"));
            }
            if rebuild::is_type(&stream.dict, b"XRef") {
                let mut note = |number, entry| {
                    if matches!(entry, Entry::Free) {
                        free.push((number, own.at));
                    }
                    Ok(())
                };
                self.references_in(stream, &mut note)?;
            }
            if rebuild::is_type(&stream.dict, b"ObjStm") {
                if !matches!(self.entries.get(&own.number), Some(Entry::At(at)) if *at == own.at) {
                    return Err(damaged("objects in a stream that was replaced"));
                }
                let bundle = Rc::new(self.bundle(own.number)?);
                let inside = bundle.offsets.iter().enumerate();
                all.extend(inside.map(|(at, (n, _))| (own.revision, *n, Entry::In(own.number, at))));
                self.bundles.borrow_mut().insert(own.number, bundle);
            }
            if all.len() as u64 > self.limits.elements {
                return Err(Error::limit("elements", self.limits.elements));
            }
        }
        self.entries = rebuild::last_of_each(all)?;
        self.objects.borrow_mut().clear();
        let place = |number: &u32| match self.entries.get(number) {
            Some(Entry::At(at)) => Some(*at),
            Some(Entry::In(stream, _)) => match self.entries.get(stream) {
                Some(Entry::At(at)) => Some(*at),
                _ => None,
            },
            _ => None,
        };
        if free.iter().any(|(number, since)| place(number).is_some_and(|at| at < *since)) {
            return Err(damaged("an object that was declared free"));
        }
        Ok(())
    }

    fn cross_references(&mut self) -> Result<()> {
        let mark = b"startxref";
        let at = memmem::rfind(self.bytes, mark).ok_or_else(|| damaged("no startxref"))?;
        let mut lexer = Lexer::new(self.bytes, at + mark.len(), 8);
        let first = lexer.object()?.and_then(|object| object.index());
        // Viewers disagree whether the update counts.
        if rebuild::holds_objects(self.bytes.get(lexer.at..).unwrap_or_default()) {
            return Err(damaged("an update that was cut"));
        }
        let mut seen = BTreeSet::new();
        let mut next = first;
        while let Some(at) = next {
            if !seen.insert(at) {
                return Err(damaged("cross-references in a circle"));
            }
            let trailer = self.section(at)?;
            // Hybrid files hide objects from old readers in a stream beside the table.
            if let Some(beside) = trailer.get(b"XRefStm".as_slice()).and_then(Object::index)
                && seen.insert(beside)
            {
                self.section(beside)?;
            }
            next = trailer.get(b"Prev".as_slice()).and_then(Object::index);
            if self.trailer.is_empty() {
                self.trailer = trailer;
            }
        }
        if self.trailer.contains_key(b"Root".as_slice()) { Ok(()) } else { Err(damaged("no trailer")) }
    }

    fn section(&mut self, at: usize) -> Result<Dict> {
        let mut lexer = Lexer::new(self.bytes, at, self.limits.elements);
        if lexer.take(b"xref") { self.table(lexer) } else { self.stream_section(at) }
    }

    fn add(&mut self, number: u32, entry: Entry) -> Result<()> {
        if self.entries.len() as u64 > self.limits.elements {
            return Err(Error::limit("elements", self.limits.elements));
        }
        // Later sections are read first, and count.
        self.entries.entry(number).or_insert(entry);
        Ok(())
    }

    fn table(&mut self, mut lexer: Lexer<'_>) -> Result<Dict> {
        loop {
            if lexer.take(b"trailer") {
                return match lexer.object()? {
                    Some(Object::Dict(dict)) => Ok(dict.as_ref().clone()),
                    _ => Err(damaged("trailer")),
                };
            }
            let index = |lexer: &mut Lexer<'_>| match lexer.next(false)? {
                Token::Object(object) => Ok(object.index()),
                _ => Ok(None),
            };
            let (Some(first), Some(count)) = (index(&mut lexer)?, index(&mut lexer)?) else {
                return Err(damaged("cross-reference table"));
            };
            for number in first..first.saturating_add(count) {
                let (Some(offset), Some(_)) = (index(&mut lexer)?, index(&mut lexer)?) else {
                    return Err(damaged("cross-reference table"));
                };
                let entry = match lexer.next(false)? {
                    Token::Word(word) if word == b"n" => Entry::At(offset),
                    Token::Word(word) if word == b"f" => Entry::Free,
                    _ => return Err(damaged("cross-reference table")),
                };
                let number = u32::try_from(number).map_err(|_| damaged("object number"))?;
                self.add(number, entry)?;
            }
        }
    }

    fn stream_section(&mut self, at: usize) -> Result<Dict> {
        let Object::Stream(stream) = self.indirect(at, None)? else {
            return Err(damaged("no cross-references where they should be"));
        };
        let mut entries = Vec::new();
        self.references_in(&stream, &mut |number, entry| {
            entries.push((number, entry));
            if entries.len() as u64 > self.limits.elements {
                return Err(Error::limit("elements", self.limits.elements));
            }
            Ok(())
        })?;
        for (number, entry) in entries {
            self.add(number, entry)?;
        }
        Ok(stream.dict.clone())
    }

    /// The entries of a cross-reference stream.
    fn references_in(&self, stream: &Stream, add: &mut dyn FnMut(u32, Entry) -> Result<()>) -> Result<()> {
        let bytes = self.decode(stream)?;
        let dict = &stream.dict;
        let list = |key: &[u8]| -> Option<Vec<usize>> {
            dict.get(key)?.array()?.iter().map(Object::index).collect()
        };
        let widths = list(b"W").filter(|w| w.len() >= 3 && w.iter().all(|&w| w <= 8));
        let Some(&[kind, second, third]) = widths.as_deref().and_then(|w| w.first_chunk::<3>()) else {
            return Err(damaged("cross-reference stream"));
        };
        let size = dict.get(b"Size".as_slice()).and_then(Object::index).unwrap_or(0);
        let ranges = list(b"Index").unwrap_or_else(|| vec![0, size]);
        let mut records = bytes.chunks_exact((kind + second + third).max(1));
        let field = |bytes: &[u8]| bytes.iter().fold(0_u64, |value, &byte| value << 8 | u64::from(byte));
        for range in ranges.chunks_exact(2) {
            let &[first, count] = range else { continue };
            for number in first..first.saturating_add(count) {
                let Some(record) = records.next() else { break };
                let (a, rest) = record.split_at(kind);
                let (b, c) = rest.split_at(second);
                let (b, c) = (field(b), field(c));
                let entry = match if kind == 0 { 1 } else { field(a) } {
                    1 => Entry::At(usize::try_from(b).unwrap_or(usize::MAX)),
                    2 => match (u32::try_from(b), usize::try_from(c)) {
                        (Ok(stream), Ok(index)) => Entry::In(stream, index),
                        _ => Entry::Free,
                    },
                    _ => Entry::Free,
                };
                let number = u32::try_from(number).map_err(|_| damaged("object number"))?;
                add(number, entry)?;
            }
        }
        Ok(())
    }

    /// Reads an object, on account of the whole file.
    fn parse(&self, lexer: &mut Lexer<'_>) -> Result<Option<Object>> {
        lexer.allow(self.parts_left.get());
        let object = lexer.object()?;
        self.parts_left.set(lexer.allowed());
        Ok(object)
    }

    /// The object "n g obj …" at an offset; its number must be that one, if given.
    fn indirect(&self, at: usize, number: Option<u32>) -> Result<Object> {
        let mut lexer = Lexer::new(self.bytes, at, 8);
        let own = match lexer.next(false)? {
            Token::Object(object) => object.index(),
            _ => None,
        };
        let generation = lexer.next(false)?;
        let fits = number.is_none_or(|n| own == usize::try_from(n).ok());
        if own.is_none() || !fits || !matches!(generation, Token::Object(_)) || !lexer.take(b"obj") {
            self.is_misplaced.set(true);
            return Err(damaged("an object is not where the cross-references say"));
        }
        let Some(object) = self.parse(&mut lexer)? else { return Ok(Object::Null) };
        if let Object::Dict(dict) = &object
            && lexer.take(b"stream")
        {
            lexer.skip_line_end();
            return Ok(Object::Stream(Rc::new(Stream { dict: dict.as_ref().clone(), start: lexer.at })));
        }
        Ok(object)
    }

    /// The object itself, where it is a reference. What does not exist is null (7.3.10).
    pub(super) fn resolve(&self, object: &Object) -> Result<Object> {
        let mut object = object.clone();
        for _ in 0..CHAIN {
            let Object::Reference(number) = object else { return Ok(object) };
            object = self.object(number)?;
        }
        Err(damaged("references in a circle"))
    }

    fn object(&self, number: u32) -> Result<Object> {
        if let Some(object) = self.objects.borrow().get(&number) {
            return Ok(object.clone());
        }
        let deeper = self.depth.get() + 1;
        if deeper > CHAIN {
            return Err(damaged("objects in a circle"));
        }
        self.depth.set(deeper);
        let object = match self.entries.get(&number) {
            // Lost, perhaps.
            None if self.is_rebuilt => Err(damaged("an object is missing")),
            None | Some(Entry::Free) => Ok(Object::Null),
            Some(&Entry::At(at)) => self.indirect(at, Some(number)),
            Some(&Entry::In(stream, index)) => self.bundled(stream, index, number),
        };
        self.depth.set(deeper - 1);
        let object = object?;
        self.objects.borrow_mut().insert(number, object.clone());
        Ok(object)
    }

    fn bundled(&self, stream: u32, index: usize, number: u32) -> Result<Object> {
        let known = self.bundles.borrow().get(&stream).cloned();
        let bundle = match known {
            Some(bundle) => bundle,
            None => {
                let bundle = Rc::new(self.bundle(stream)?);
                self.bundles.borrow_mut().insert(stream, Rc::clone(&bundle));
                bundle
            }
        };
        match bundle.offsets.get(index) {
            Some(&(own, offset)) if own == number => {
                let mut lexer = Lexer::new(&bundle.bytes, offset, 0);
                Ok(self.parse(&mut lexer)?.unwrap_or(Object::Null))
            }
            _ => {
                self.is_misplaced.set(true);
                Err(damaged("an object is not in its stream"))
            }
        }
    }

    fn bundle(&self, stream: u32) -> Result<Bundle> {
        let Object::Stream(stream) = self.object(stream)? else {
            self.is_misplaced.set(true);
            return Err(damaged("object stream"));
        };
        let bytes = self.decode(&stream)?;
        let value = |key: &[u8]| stream.dict.get(key).and_then(Object::index);
        let (Some(count), Some(first)) = (value(b"N"), value(b"First")) else {
            return Err(damaged("object stream"));
        };
        let mut lexer = Lexer::new(&bytes, 0, self.limits.elements);
        let mut offsets = Vec::new();
        for _ in 0..count {
            let mut index = || match lexer.next(false) {
                Ok(Token::Object(object)) => object.index(),
                _ => None,
            };
            let (Some(number), Some(offset)) = (index(), index()) else {
                return Err(damaged("object stream"));
            };
            let number = u32::try_from(number).map_err(|_| damaged("object number"))?;
            offsets.push((number, first.saturating_add(offset)));
        }
        Ok(Bundle { bytes, offsets })
    }

    /// An entry of a dictionary, resolved; null where it is absent.
    pub(super) fn get(&self, dict: &Dict, key: &[u8]) -> Result<Object> {
        dict.get(key).map_or(Ok(Object::Null), |object| self.resolve(object))
    }

    /// Takes memory or work off what the document may still cost.
    pub(super) fn charge(&self, bytes: u64) -> Result<()> {
        let left = self.left.get().checked_sub(bytes);
        self.left.set(left.ok_or_else(|| Error::limit("total_bytes", self.limits.total_bytes))?);
        Ok(())
    }

    /// A stream's bytes as written.
    fn raw(&self, stream: &Stream) -> Result<&'a [u8]> {
        let rest = self.bytes.get(stream.start..).unwrap_or_default();
        let length = self.get(&stream.dict, b"Length")?.index();
        if let Some((body, after)) = length.and_then(|length| rest.split_at_checked(length)) {
            let mut lexer = Lexer::new(after, 0, 1);
            if lexer.take(b"endstream") {
                return Ok(body);
            }
        }
        // A wrong length: the stream ends where its keyword stands.
        let end = memmem::find(rest, b"endstream").ok_or_else(|| damaged("a stream without end"))?;
        let body = rest.get(..end).unwrap_or_default();
        Ok(body.strip_suffix(b"\r\n").or_else(|| body.strip_suffix(b"\n")).unwrap_or(body))
    }

    /// A stream's bytes with all filters undone.
    pub(super) fn decode(&self, stream: &Stream) -> Result<Vec<u8>> {
        let raw = self.raw(stream)?;
        let list = |keys: [&[u8]; 2]| -> Result<Vec<Object>> {
            let mut object = self.get(&stream.dict, keys[0])?;
            if matches!(object, Object::Null) {
                object = self.get(&stream.dict, keys[1])?;
            }
            match object {
                Object::Null => Ok(Vec::new()),
                Object::Array(items) => items.iter().map(|item| self.resolve(item)).collect(),
                object => Ok(vec![object]),
            }
        };
        let filters = list([b"Filter", b"F"])?;
        let params = list([b"DecodeParms", b"DP"])?;
        if filters.len() > 8 {
            return Err(damaged("filters"));
        }
        let mut bytes = raw.to_vec();
        for (index, filter) in filters.iter().enumerate() {
            let name = filter.name().unwrap_or_default();
            let by_ratio = (raw.len() as u64).saturating_mul(self.limits.inflate_ratio).max(1 << 20);
            let bounds = [
                ("part_bytes", self.limits.part_bytes, self.limits.part_bytes),
                ("inflate_ratio", self.limits.inflate_ratio, by_ratio),
                ("total_bytes", self.limits.total_bytes, self.left.get()),
            ];
            let least = bounds.into_iter().min_by_key(|(.., most)| *most);
            let (bound, limit, most) = least.unwrap_or(("total_bytes", 0, 0));
            let own = params.get(index).and_then(Object::dict);
            bytes = match filter::undo(name, own, &bytes, most)? {
                Some(bytes) => bytes,
                None => return Err(Error::limit(bound, limit)),
            };
            self.charge(bytes.len() as u64)?;
        }
        Ok(bytes)
    }

    pub(super) fn catalog(&self) -> Result<Dict> {
        let root = self.get(&self.trailer, b"Root")?;
        root.dict().cloned().ok_or_else(|| damaged("no catalog"))
    }

    /// The pages in order, each with what it inherits.
    pub(super) fn pages(&self) -> Result<Vec<Dict>> {
        let root = self.catalog()?;
        let tree = root.get(b"Pages".as_slice()).cloned().unwrap_or(Object::Null);
        let mut pages = Vec::new();
        let mut seen = BTreeSet::new();
        let mut open: Vec<(Object, Rc<Dict>)> = vec![(tree, Rc::default())];
        while let Some((object, inherited)) = open.pop() {
            if let Object::Reference(number) = object
                && !seen.insert(number)
            {
                return Err(damaged("the page tree is no tree"));
            }
            let Object::Dict(node) = self.resolve(&object)? else { return Err(damaged("page tree")) };
            let mut own = inherited.as_ref().clone();
            for key in [b"Resources".as_slice(), b"MediaBox", b"CropBox", b"Rotate"] {
                if let Some(value) = node.get(key) {
                    own.insert(key.to_vec(), value.clone());
                }
            }
            match self.get(&node, b"Kids")? {
                Object::Array(kids) => {
                    if (open.len() + kids.len()) as u64 > self.limits.elements {
                        return Err(Error::limit("elements", self.limits.elements));
                    }
                    let own = Rc::new(own);
                    open.extend(kids.iter().rev().map(|kid| (kid.clone(), Rc::clone(&own))));
                }
                _ => {
                    if pages.len() as u64 >= self.limits.pages {
                        return Err(Error::limit("pages", self.limits.pages));
                    }
                    for key in [b"Contents".as_slice(), b"Annots"] {
                        own.extend(node.get(key).map(|value| (key.to_vec(), value.clone())));
                    }
                    pages.push(own);
                }
            }
        }
        Ok(pages)
    }
}
