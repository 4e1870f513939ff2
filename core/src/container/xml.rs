//! XML parts as a stream of tokens, with namespaces resolved and limits charged.
//!
//! A thin layer over the tokenizer, which is asked only where markup is out of the
//! ordinary: what nearly all of a part is made of, plain tags and the text between them,
//! is cut here, in a fifth of the instructions and to the same tokens. The layer adds what that leaves to its caller: UTF-16,
//! references, CDATA as text, one root, nothing after it, no end before it, legal
//! characters, and namespaces by URI (Namespaces in XML 1.0). Document type
//! definitions are refused. Attributes are looked at only on demand.

#[cfg(test)]
mod tests;

use std::borrow::Cow;

use encoding_rs::{UTF_16BE, UTF_16LE};
use quick_xml::Reader;
use quick_xml::errors::IllFormedError;
use quick_xml::escape::{resolve_predefined_entity, unescape};
use quick_xml::events::Event;
use quick_xml::events::attributes::Attributes;

use crate::error::{Error, Result};
use crate::options::Limits;

/// The namespaces a reader tells apart.
pub(crate) trait Namespace: Copy + PartialEq {
    fn of_uri(uri: &str) -> Self;
}

/// What the stream is made of. Text may come in several pieces.
pub(crate) enum Token<'a, N> {
    Open(Tag<'a, N>),
    /// An element without content; no `Close` follows.
    Empty(Tag<'a, N>),
    Close,
    Text(&'a str),
    /// A character given as a reference.
    Char(char),
    End,
}

/// A token whose tag stays in the reader, as [`XmlReader::tag`]. Loops that read nearly all of a
/// part ask for these: a tag that is handed on by value is copied several times before it is
/// looked at.
pub(crate) enum Step<'a> {
    Open,
    Empty,
    Close,
    Text(&'a str),
    Char(char),
    End,
}

/// A start tag, as it stands in the part.
#[derive(Clone, Copy)]
pub(crate) struct Tag<'a, N> {
    /// Name and attributes.
    content: &'a [u8],
    name: usize,
    local_at: usize,
    pub(crate) namespace: N,
}

impl<'a, N: Copy> Tag<'a, N> {
    /// The name without its prefix.
    pub(crate) fn local(&self) -> &'a str {
        str::from_utf8(self.local_bytes()).unwrap_or_default()
    }

    #[inline(always)]
    pub(crate) fn local_bytes(&self) -> &'a [u8] {
        self.content.get(self.local_at..self.name).unwrap_or_default()
    }

    /// Everything after the name, as written.
    #[inline(always)]
    pub(crate) fn attributes_raw(&self) -> &'a [u8] {
        self.content.get(self.name..).unwrap_or_default()
    }

    /// Bytes of the name and the attributes.
    #[cfg(any(feature = "flat-opc", feature = "ofd"))]
    pub(crate) fn length(&self) -> usize {
        self.content.len()
    }

    /// Bytes of the name with its prefix.
    #[cfg(feature = "flat-opc")]
    pub(crate) fn name_length(&self) -> usize {
        self.name
    }

    /// The namespace declarations, names and values as written.
    #[cfg(feature = "flat-opc")]
    pub(crate) fn declarations(&self) -> Vec<(String, String)> {
        let mut all = self.attributes();
        let own = all.with_checks(false).flatten();
        own.filter(|a| a.key.0 == "xmlns" || a.key.0.starts_with("xmlns:"))
            .map(|a| (a.key.0.to_owned(), a.value.into_owned()))
            .collect()
    }

    fn attributes(&self) -> Attributes<'a> {
        // The tokenizer has checked the bytes.
        Attributes::new(str::from_utf8(self.content).unwrap_or_default(), self.name)
    }
}

/// Elements in a plain one that tell something. No reader asks for more of one.
pub(crate) type Told<'a, N> = [Option<Tag<'a, N>>; 4];

/// Kinds of plain elements.
const KINDS: usize = 4;

/// How many of a kind are remembered.
const KEPT: usize = 8;

/// Plain elements of one kind, from bracket to bracket, with the number of elements in each.
#[derive(Clone, Copy)]
struct Plain<'a> {
    kept: [(&'a [u8], u64); KEPT],
    /// Which gives way to the next.
    oldest: usize,
}

impl<'a> Plain<'a> {
    const NONE: Self = Self { kept: [(&[], 0); KEPT], oldest: 0 };

    fn keep(&mut self, element: &'a [u8], elements: u64) {
        if let Some(slot) = self.kept.get_mut(self.oldest) {
            *slot = (element, elements);
        }
        self.oldest = (self.oldest + 1) % KEPT;
    }

    /// What follows the element that `rest` begins with, if that is one of them.
    #[inline(always)]
    fn after(&mut self, rest: &'a [u8]) -> Option<(&'a [u8], u64)> {
        // They are filled from the first on.
        let kept = self.kept.iter().take_while(|(element, _)| !element.is_empty());
        let mut found = kept.enumerate().filter(|(_, (element, _))| rest.starts_with(element));
        let (at, &(element, elements)) = found.next()?;
        // What was met comes again soon.
        self.kept.swap(0, at);
        Some((rest.get(element.len()..)?, elements))
    }
}

/// Places for start tags that were seen before; see [`place_of`].
const PLACES: usize = 32;

/// A start tag as it was last seen. Documents are made of few different ones.
struct Seen<'a, N> {
    /// From bracket to bracket.
    whole: &'a [u8],
    tag: Tag<'a, N>,
    is_empty: bool,
}

impl<N> Seen<'_, N> {
    /// Whether it stands here. Tags differ at their ends, if not in their first letters.
    #[inline(always)]
    fn begins(&self, rest: &[u8]) -> bool {
        rest.get(..self.whole.len()).is_some_and(|begin| is_same_tag(begin, self.whole))
    }
}

/// Where a start tag is remembered: by the first letters of a name after a prefix of one
/// letter. Two tags can share a place, as those do that stand around a word or a range, and
/// differ only in their ends; more only forget each other.
#[inline(always)]
fn place_of(rest: &[u8]) -> usize {
    match rest {
        [_, _, _, a, b, c, ..] => usize::from(a ^ b.rotate_left(2) ^ c) % PLACES,
        _ => 0,
    }
}

struct Binding<N> {
    /// Empty for the default namespace.
    prefix: String,
    namespace: N,
    declared: bool,
    depth: u64,
}

/// Bytes of a part in an encoding the tokenizer reads: UTF-8, checked as it is read.
pub(crate) fn decode(bytes: Vec<u8>) -> Result<Vec<u8>> {
    let encoding = match bytes.as_slice() {
        [0xff, 0xfe, ..] | [b'<', 0, ..] => UTF_16LE,
        [0xfe, 0xff, ..] | [0, b'<', ..] => UTF_16BE,
        _ => return Ok(bytes),
    };
    let (text, malformed) = encoding.decode_with_bom_removal(&bytes);
    if malformed {
        return Err(bad_encoding("UTF-16"));
    }
    Ok(text.into_owned().into_bytes())
}

pub(crate) struct XmlReader<'a, N> {
    reader: Reader<&'a [u8]>,
    bytes: &'a [u8],
    bindings: Vec<Binding<N>>,
    /// Prefix with its colon, and namespace, of the element looked up last.
    recent: Option<(String, N)>,
    depth: u64,
    elements: u64,
    /// Names of the open elements; empty for those that the tokenizer opened, and closes.
    open: Vec<&'a [u8]>,
    /// What of the part is UTF-8, from its beginning.
    text: &'a str,
    /// The start tag read last.
    pub(crate) tag: Tag<'a, N>,
    /// The tokenizer stands inside markup that it has announced.
    announced: bool,
    /// Depth of the innermost declaration.
    scope: u64,
    root_closed: bool,
    /// For an element cut from a part: prefixes not declared in it are declared around it.
    pub(crate) is_fragment: bool,
    /// By kind, the plain elements passed last.
    plain: [Plain<'a>; KINDS],
    seen: [[Option<Seen<'a, N>>; 2]; PLACES],
    max_depth: u64,
    max_elements: u64,
    max_namespaces: u64,
}

impl<'a, N: Namespace> XmlReader<'a, N> {
    pub(crate) fn new(bytes: &'a [u8], limits: &Limits) -> Self {
        let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
        Self {
            reader: Reader::from_reader(bytes),
            bytes,
            bindings: Vec::new(),
            recent: None,
            depth: 0,
            elements: 0,
            open: Vec::with_capacity(16),
            text: valid(bytes),
            tag: Tag { content: &[], name: 0, local_at: 0, namespace: N::of_uri("") },
            // It looks for a byte order mark first.
            announced: true,
            scope: 0,
            root_closed: false,
            is_fragment: false,
            plain: [Plain::NONE; KINDS],
            seen: [const { [const { None }; 2] }; PLACES],
            max_depth: limits.depth,
            max_elements: limits.elements,
            max_namespaces: limits.namespaces,
        }
    }

    /// Bytes read so far.
    #[inline]
    pub(crate) fn position(&self) -> usize {
        self.bytes.len() - self.reader.get_ref().len()
    }

    #[inline(never)]
    pub(crate) fn next(&mut self) -> Result<Token<'a, N>> {
        Ok(match self.step()? {
            Step::Open => Token::Open(self.tag),
            Step::Empty => Token::Empty(self.tag),
            Step::Close => Token::Close,
            Step::Text(text) => Token::Text(text),
            Step::Char(c) => Token::Char(c),
            Step::End => Token::End,
        })
    }

    /// The next start tag, and whether its element has content and an end tag to come.
    pub(crate) fn next_start(&mut self) -> Result<Option<(Tag<'a, N>, bool)>> {
        loop {
            match self.next()? {
                Token::Open(tag) => return Ok(Some((tag, true))),
                Token::Empty(tag) => return Ok(Some((tag, false))),
                Token::End => return Ok(None),
                _ => {}
            }
        }
    }

    /// For the loop where nearly all tokens are read.
    #[inline(always)]
    pub(crate) fn step(&mut self) -> Result<Step<'a>> {
        loop {
            // Declarations of an empty element end with it.
            if self.scope > self.depth {
                self.leave_scope();
            }
            if !self.announced
                && let Some(step) = self.plain_step()?
            {
                return Ok(step);
            }
            let event = self.reader.read_event();
            self.announced = matches!(event, Ok(Event::Text(_)));
            match event {
                Ok(Event::Start(start)) => {
                    self.cut(start.len(), start.name().0.len(), 1, declares(start.as_bytes()))?;
                    self.enter(&[])?;
                    return Ok(Step::Open);
                }
                Ok(Event::Empty(start)) => {
                    self.cut(start.len(), start.name().0.len(), 2, declares(start.as_bytes()))?;
                    self.root_closed |= self.depth == 0;
                    return Ok(Step::Empty);
                }
                Ok(Event::End(_)) => {
                    self.leave();
                    return Ok(Step::Close);
                }
                Ok(Event::Text(text)) => {
                    let Cow::Borrowed(text) = text.into_inner() else { continue };
                    if self.depth > 0 {
                        return Ok(Step::Text(text));
                    }
                    if !text.trim_matches(is_space).trim_start_matches('\u{feff}').is_empty() {
                        return Err(self.malformed("text outside the root"));
                    }
                }
                Ok(event) => match self.rare(event)? {
                    Some(step) => return Ok(step),
                    None => continue,
                },
                Err(error) => return Err(self.broken(&error)),
            }
        }
    }

    #[inline(always)]
    fn enter(&mut self, name: &'a [u8]) -> Result<()> {
        self.open.push(name);
        self.depth += 1;
        if self.depth > self.max_depth { Err(Error::limit("depth", self.max_depth)) } else { Ok(()) }
    }

    #[inline(always)]
    fn leave(&mut self) {
        self.open.pop();
        self.depth -= 1;
        self.root_closed |= self.depth == 0;
    }

    /// The next token, if it is one of those that are cut here: a start tag without single
    /// quotes, the end tag of an element opened so, text within an element up to the next
    /// markup. `None`, and nothing read, for all else.
    #[inline(always)]
    fn plain_step(&mut self) -> Result<Option<Step<'a>>> {
        let rest: &'a [u8] = self.reader.get_ref();
        let at = self.bytes.len() - rest.len();
        let piece = |from: usize, length: usize| self.text.get(at + from..at + from + length);
        match rest {
            [b'<', b'/', tag @ ..] => {
                let Some(&name) = self.open.last().filter(|name| !name.is_empty()) else { return Ok(None) };
                // Nearly always the name and nothing else.
                if let Some([b'>', after @ ..]) = after_name(tag, name) {
                    *self.reader.get_mut() = after;
                    self.leave();
                    return Ok(Some(Step::Close));
                }
                self.odd_end(tag, name)
            }
            [b'<', first, ..] if first.is_ascii_alphabetic() || *first == b'_' => {
                if let Some(shared) = self.seen.get(place_of(rest))
                    && let Some(seen) = shared.iter().flatten().find(|seen| seen.begins(rest))
                    && let Some(after) = rest.get(seen.whole.len()..)
                    && self.is_text(after)
                {
                    let is_empty = seen.is_empty;
                    self.tag = seen.tag;
                    *self.reader.get_mut() = after;
                    self.count()?;
                    return self.start(is_empty).map(Some);
                }
                let Some((_, tag)) = rest.split_first() else { return Ok(None) };
                let Some(Cut { name, length, has_x }) = plain_tag(tag) else { return Ok(None) };
                let (Some(content), Some((_, after))) = (piece(1, length), tag.split_at_checked(length + 1))
                else {
                    return Ok(None);
                };
                *self.reader.get_mut() = after;
                let (content, is_empty) = match content.strip_suffix('/') {
                    Some(content) => (content, true),
                    None => (content, false),
                };
                let declares = has_x && declares(content.as_bytes());
                let end = if is_empty { 2 } else { 1 };
                self.cut(content.len(), name.min(content.len()), end, declares)?;
                if !declares
                    && let Some(whole) = rest.get(..length + 2)
                    && let Some([last, before]) = self.seen.get_mut(place_of(rest))
                {
                    *before = last.replace(Seen { whole, tag: self.tag, is_empty });
                }
                self.start(is_empty).map(Some)
            }
            [b'<' | b'&', ..] => Ok(None),
            _ if self.depth == 0 => Ok(None),
            _ => {
                let Some(length) = memchr::memchr2(b'<', b'&', rest) else { return Ok(None) };
                let (Some(text), Some(after)) = (piece(0, length), rest.get(length..)) else {
                    return Ok(None);
                };
                *self.reader.get_mut() = after;
                Ok(Some(Step::Text(text)))
            }
        }
    }

    /// A start tag that was cut here.
    #[inline(always)]
    fn start(&mut self, is_empty: bool) -> Result<Step<'a>> {
        if is_empty {
            self.root_closed |= self.depth == 0;
            return Ok(Step::Empty);
        }
        self.enter(self.tag.content.get(..self.tag.name).unwrap_or_default())?;
        Ok(Step::Open)
    }

    /// An end tag with white space in it, or that of another element.
    #[cold]
    fn odd_end(&mut self, tag: &'a [u8], expected: &'a [u8]) -> Result<Option<Step<'a>>> {
        let at = self.bytes.len() - tag.len();
        let length = memchr::memchr(b'>', tag).unwrap_or(tag.len());
        let (Some(found), Some([b'>', after @ ..])) = (self.text.get(at..at + length), tag.get(length..))
        else {
            return Ok(None);
        };
        *self.reader.get_mut() = after;
        let found = found.trim_end_matches(is_space);
        if found.as_bytes() != expected {
            let (expected, found) = (String::from_utf8_lossy(expected).into_owned(), found.to_owned());
            return Err(self.broken(&IllFormedError::MismatchedEndTag { expected, found }.into()));
        }
        self.leave();
        Ok(Some(Step::Close))
    }

    #[cold]
    fn rare(&mut self, event: Event<'a>) -> Result<Option<Step<'a>>> {
        match event {
            Event::CData(_) | Event::GeneralRef(_) if self.depth == 0 => {
                Err(self.malformed("text outside the root"))
            }
            Event::CData(data) => match data.into_inner() {
                Cow::Borrowed(text) => Ok(Some(Step::Text(text))),
                Cow::Owned(_) => Ok(None),
            },
            Event::GeneralRef(reference) => {
                if let Ok(Some(c)) = reference.resolve_char_ref() {
                    return Ok(Some(Step::Char(c)));
                }
                match resolve_predefined_entity(&reference.into_inner()) {
                    Some(text) => Ok(Some(Step::Text(text))),
                    None => Err(self.malformed("an undefined entity or a bad character reference")),
                }
            }
            Event::DocType(_) => Err(Error::input(
                "dtd",
                "部件含有文档类型定义（DTD），不予读取",
                "the part has a document type definition",
            )),
            Event::Eof if self.depth > 0 => Err(self.malformed("the part ends inside an element")),
            Event::Eof if !self.root_closed => Err(self.malformed("the part has no element")),
            Event::Eof => Ok(Some(Step::End)),
            _ => Ok(None),
        }
    }

    /// Sets the tag that was just read, from the lengths of its content, its name and its end, and
    /// whether it may declare namespaces.
    #[inline(always)]
    fn cut(&mut self, length: usize, name: usize, end: usize, declares: bool) -> Result<()> {
        self.count()?;
        let rest = self.reader.get_ref().len();
        let stop = self.bytes.len().saturating_sub(rest + end);
        let content = self.bytes.get(stop.saturating_sub(length)..stop).unwrap_or_default();
        if declares {
            self.declare(content, name)?;
        }
        if let Some((prefix, namespace)) = &self.recent
            && name > prefix.len()
            && content.iter().zip(prefix.as_bytes()).all(|(a, b)| a == b)
        {
            self.tag = Tag { content, name, local_at: prefix.len(), namespace: *namespace };
            return Ok(());
        }
        self.tag = self.resolve(content, name)?;
        Ok(())
    }

    /// One element more.
    #[inline(always)]
    fn count(&mut self) -> Result<()> {
        if self.root_closed {
            return Err(self.malformed("an element after the root"));
        }
        self.elements += 1;
        if self.elements > self.max_elements {
            return Err(Error::limit("elements", self.max_elements));
        }
        Ok(())
    }

    fn resolve(&mut self, content: &'a [u8], length: usize) -> Result<Tag<'a, N>> {
        let name = content.get(..length).and_then(|name| str::from_utf8(name).ok()).unwrap_or_default();
        let (prefix, local_at) = match name.find(':') {
            Some(at) => (name.get(..at).unwrap_or_default(), at + 1),
            None => ("", 0),
        };
        if local_at >= name.len() {
            return Err(self.malformed("an element without a name"));
        }
        let Some(namespace) = self.namespace_of(prefix) else {
            return Err(self.malformed(&format!("undeclared namespace prefix {prefix}")));
        };
        if local_at > 0 {
            self.recent = Some((format!("{prefix}:"), namespace));
            self.plain = [Plain::NONE; KINDS];
        }
        Ok(Tag { content, name: length, local_at, namespace })
    }

    /// The namespace bound to a prefix here, `None` if it is not declared.
    pub(crate) fn namespace_of(&self, prefix: &str) -> Option<N> {
        match self.bindings.iter().rev().find(|b| b.prefix == prefix) {
            Some(binding) => binding.declared.then_some(binding.namespace),
            None if prefix.is_empty() || prefix == "xml" || self.is_fragment => Some(N::of_uri("")),
            None => None,
        }
    }

    #[cold]
    fn declare(&mut self, content: &'a [u8], name: usize) -> Result<()> {
        let depth = self.depth + 1;
        for attribute in Attributes::new(str::from_utf8(content).unwrap_or_default(), name) {
            let attribute = attribute.map_err(|e| self.malformed(&e.to_string()))?;
            let prefix = match attribute.key.0 {
                "xmlns" => "",
                key => match key.strip_prefix("xmlns:") {
                    Some(prefix) => prefix,
                    None => continue,
                },
            };
            let uri = unescape(&attribute.value).map_err(|e| self.malformed(&e.to_string()))?;
            let declared = prefix.is_empty() || !uri.is_empty();
            let namespace = N::of_uri(uri.trim());
            self.bindings.push(Binding { prefix: prefix.to_owned(), namespace, declared, depth });
            // Each is looked up among all.
            if self.bindings.len() as u64 > self.max_namespaces {
                return Err(Error::limit("namespaces", self.max_namespaces));
            }
        }
        if self.bindings.last().is_some_and(|b| b.depth == depth) {
            self.scope = depth;
            self.forget();
        }
        Ok(())
    }

    #[cold]
    fn leave_scope(&mut self) {
        while self.bindings.last().is_some_and(|b| b.depth > self.depth) {
            self.bindings.pop();
        }
        self.scope = self.bindings.last().map_or(0, |b| b.depth);
        self.forget();
    }

    /// What was seen means something else where other namespaces are in scope.
    #[cold]
    fn forget(&mut self) {
        // Outside the root is nothing to remember.
        if self.depth == 0 {
            return;
        }
        self.recent = None;
        self.plain = [Plain::NONE; KINDS];
        self.seen = [const { [const { None }; 2] }; PLACES];
    }

    /// The value of the attribute of that local name, without a namespace or in that of
    /// the element.
    pub(crate) fn attribute(&self, tag: &Tag<'a, N>, name: &str) -> Result<Option<Cow<'a, str>>> {
        self.attribute_in(tag, tag.namespace, name)
    }

    /// The same for an attribute in that namespace.
    pub(crate) fn attribute_in(
        &self,
        tag: &Tag<'a, N>,
        namespace: N,
        name: &str,
    ) -> Result<Option<Cow<'a, str>>> {
        if let Some(value) = self.only_attribute(tag, namespace, name) {
            return Ok(Some(Cow::Borrowed(value)));
        }
        let mut found = None;
        for attribute in tag.attributes().with_checks(false) {
            let attribute = attribute.map_err(|e| self.malformed(&e.to_string()))?;
            let key = attribute.key.0;
            let matches = match key.strip_suffix(name) {
                Some("") => true,
                Some(prefix) => prefix
                    .strip_suffix(':')
                    .is_some_and(|prefix| self.namespace_of(prefix).is_some_and(|n| n == namespace)),
                None => false,
            };
            if matches && found.replace(attribute.value).is_some() {
                return Err(self.malformed(&format!("attribute {name} given twice")));
            }
        }
        match found {
            Some(value) if value.contains('&') => unescape(&value)
                .map(|v| Some(Cow::Owned(v.into_owned())))
                .map_err(|e| self.malformed(&e.to_string())),
            found => Ok(found),
        }
    }

    /// The same where a tag has one attribute, with the prefix that nearly all names have.
    fn only_attribute(&self, tag: &Tag<'a, N>, namespace: N, name: &str) -> Option<&'a str> {
        let (prefix, bound) = self.recent.as_ref()?;
        let attribute = tag.attributes_raw().strip_prefix(b" ")?.strip_prefix(prefix.as_bytes())?;
        let value = attribute.strip_prefix(name.as_bytes())?.strip_prefix(b"=\"")?.strip_suffix(b"\"")?;
        let is_plain = *bound == namespace && memchr::memchr3(b'"', b'&', b'<', value).is_none();
        str::from_utf8(value).ok().filter(|_| is_plain)
    }

    /// The value of the attribute written with that very name, prefix included.
    pub(crate) fn raw_attribute(&self, tag: &Tag<'_, N>, name: &str) -> Result<Option<String>> {
        for attribute in tag.attributes() {
            let attribute = attribute.map_err(|e| self.malformed(&e.to_string()))?;
            if attribute.key.0 == name {
                return Ok(Some(attribute.value.into_owned()));
            }
        }
        Ok(None)
    }

    /// The text of the element opened last, if it holds nothing else; it is closed then. Else
    /// nothing is read.
    #[inline(always)]
    pub(crate) fn pass_text(&mut self) -> Option<&'a str> {
        let rest: &'a [u8] = self.reader.get_ref();
        let name = *self.open.last().filter(|name| !name.is_empty())?;
        let length = memchr::memchr2(b'<', b'&', rest)?;
        let (_, end) = rest.split_at_checked(length)?;
        let after = after_name(end.strip_prefix(b"</")?, name)?.strip_prefix(b">")?;
        let at = self.position();
        let text = self.text.get(at..at + length)?;
        *self.reader.get_mut() = after;
        self.leave();
        Some(text)
    }

    /// Goes to the end tag of the element opened last, if its content is nothing but well
    /// nested tags; gives its empty children that `tells` names. If others are named so, or it
    /// is not plain, nothing is read. Faster than token by token, and as strict: what is not
    /// plain is left to the tokenizer.
    ///
    /// Documents repeat themselves, so an element that tells nothing is remembered for its
    /// `kind`, which stands for one predicate; see [`Self::pass_repeated`].
    pub(crate) fn pass_plain(&mut self, kind: usize, tells: impl Fn(&[u8]) -> bool) -> Option<Told<'a, N>> {
        let tag = &self.tag;
        let rest: &'a [u8] = self.reader.get_ref();
        let mut told = [None; _];
        let (length, elements) = self.plain_length(rest, tells, &mut told)?;
        let (content, after) = rest.split_at_checked(length)?;
        if !self.is_text(after) || declares(content) {
            return None;
        }
        let name = tag.content.get(..tag.name).unwrap_or_default();
        let end = after.strip_prefix(b"</").and_then(|after| after.strip_prefix(name));
        // `<`, the tag, `>`, the content, `</`, the name, `>`.
        let whole = tag.content.len() + content.len() + name.len() + 5;
        let start = self.bytes.len() - rest.len() - tag.content.len() - 2;
        if !self.pass(after, elements) {
            return None;
        }
        if let Some(slot) = self.plain.get_mut(kind)
            && let (Some([b'>', ..]), [None, ..]) = (end, told)
        {
            slot.keep(self.bytes.get(start..start + whole).unwrap_or_default(), elements + 1);
        }
        Some(told)
    }

    /// Passes over a whole element that comes next and is, byte for byte, one of that kind
    /// passed lately.
    #[inline]
    pub(crate) fn pass_repeated(&mut self, kind: usize) {
        let rest: &'a [u8] = self.reader.get_ref();
        if let Some((after, elements)) = self.plain.get_mut(kind).and_then(|plain| plain.after(rest)) {
            self.pass(after, elements);
        }
    }

    /// Whether all that stands before `after` is UTF-8.
    fn is_text(&self, after: &[u8]) -> bool {
        self.bytes.len() - after.len() <= self.text.len()
    }

    /// Goes on at `after`, unless a limit is in the way.
    fn pass(&mut self, after: &'a [u8], elements: u64) -> bool {
        let counted = self.elements + elements;
        if counted > self.max_elements {
            return false;
        }
        self.elements = counted;
        *self.reader.get_mut() = after;
        true
    }

    fn plain_length(
        &self,
        text: &'a [u8],
        tells: impl Fn(&[u8]) -> bool,
        told: &mut Told<'a, N>,
    ) -> Option<(usize, u64)> {
        let (prefix, namespace) = self.recent.as_ref()?;
        let mut told = told.iter_mut();
        let mut open: [&[u8]; 4] = [&[]; 4];
        let mut depth = 0;
        let mut elements = 0;
        let mut rest = text;
        loop {
            while let [b' ' | b'\n' | b'\r' | b'\t', after @ ..] = rest {
                rest = after;
            }
            let tag = rest.strip_prefix(b"<")?;
            let length = memchr::memchr(b'>', tag)?;
            let (tag, after) = (tag.get(..length)?, tag.get(length + 1..)?);
            if let Some(name) = tag.strip_prefix(b"/") {
                if depth == 0 {
                    return Some((text.len() - rest.len(), elements));
                }
                depth -= 1;
                if open.get(depth) != Some(&name) {
                    return None;
                }
                rest = after;
                continue;
            }
            let name_length = tag.iter().position(|b| matches!(b, b' ' | b'/' | b'\n' | b'\r' | b'\t'));
            let name = tag.get(..name_length.unwrap_or(tag.len()))?;
            let local = name.strip_prefix(prefix.as_bytes())?;
            if local.is_empty() {
                return None;
            }
            let empty = tag.strip_suffix(b"/");
            if tells(local) {
                let content = empty.filter(|_| depth == 0)?;
                if !is_lone(content.get(name.len()..)?) {
                    return None;
                }
                let (name, local_at) = (name.len(), prefix.len());
                *told.next()? = Some(Tag { content, name, local_at, namespace: *namespace });
            }
            if empty.is_none() {
                *open.get_mut(depth)? = name;
                depth += 1;
            }
            elements += 1;
            rest = after;
        }
    }

    /// Passes over the rest of the element opened last.
    pub(crate) fn skip(&mut self) -> Result<()> {
        let rest: &'a [u8] = self.reader.get_ref();
        if let Some((length, elements)) = self.plain_length(rest, |_| false, &mut [None; _])
            && let Some((content, after)) = rest.split_at_checked(length)
            && self.is_text(after)
            && !declares(content)
        {
            self.pass(after, elements);
        }
        let outside = self.depth.saturating_sub(1);
        while self.depth > outside {
            if let Token::End = self.next()? {
                break;
            }
        }
        Ok(())
    }

    #[cold]
    fn broken(&self, error: &quick_xml::Error) -> Error {
        match error {
            quick_xml::Error::Encoding(_) => bad_encoding("UTF-8"),
            error => self.malformed(&error.to_string()),
        }
    }

    /// The part is not well-formed, near the byte read last.
    #[cold]
    pub(crate) fn malformed(&self, why: &str) -> Error {
        let at = self.position();
        Error::input(
            "xml",
            format!("XML有误（字节{at}附近）：{why}"),
            format!("malformed XML near byte {at}: {why}"),
        )
    }
}

/// A start tag between its brackets.
struct Cut {
    /// Bytes of the name.
    name: usize,
    /// Bytes of name and attributes.
    length: usize,
    /// There may be an `x` in the attributes, as in all that declare namespaces.
    has_x: bool,
}

/// The start tag that is read after its first bracket. `None` where the tokenizer must tell:
/// with single quotes, with quotes in the name, and with brackets inside values.
#[inline(always)]
fn plain_tag(tag: &[u8]) -> Option<Cut> {
    let name = tag.iter().position(|b| matches!(b, b'>' | b' ' | b'\r' | b'\n' | b'\t' | b'"' | b'\''))?;
    let (_, attributes) = tag.split_at_checked(name)?;
    match attributes.first()? {
        b'>' => return Some(Cut { name, length: name, has_x: false }),
        b'"' | b'\'' => return None,
        _ => {}
    }
    // Tags are short, so that eight bytes at once are faster than a search for each quote.
    let (mut odd, mut has_x) = (0, false);
    for (block, bytes) in attributes.as_chunks().0.iter().enumerate() {
        let (end, single, double) = (equal(bytes, b'>'), equal(bytes, b'\''), equal(bytes, b'"'));
        let stop = end | single;
        has_x |= equal(bytes, b'x') != 0;
        if stop == 0 {
            odd ^= double;
            continue;
        }
        let first = stop & stop.wrapping_neg();
        let length = block * 8 + stop.trailing_zeros() as usize / 8;
        // An odd number of quotes: the bracket stands inside a value.
        let is_even = (odd ^ (double & (first - 1))).count_ones() % 2 == 0;
        return (end & first != 0 && is_even).then_some(Cut { name, length: name + length, has_x });
    }
    None
}

/// Whether a namespace may be declared in these tags.
fn declares(tags: &[u8]) -> bool {
    memchr::memchr_iter(b'x', tags).any(|at| tags.get(at..).is_some_and(|rest| rest.starts_with(b"xmlns")))
}

/// Whether these are the attributes of a tag that has one at most, written plainly.
fn is_lone(attributes: &[u8]) -> bool {
    let Some(attribute) = attributes.strip_prefix(b" ").and_then(|after| after.strip_suffix(b"\"")) else {
        return attributes.is_empty();
    };
    let mut parts = attribute.splitn(2, |&b| b == b'"');
    let name = parts.next().and_then(|name| name.strip_suffix(b"="));
    name.is_some_and(|name| name.iter().all(|b| b.is_ascii_alphanumeric() || *b == b':'))
        && parts.next().is_some_and(|value| memchr::memchr3(b'"', b'&', b'<', value).is_none())
}

/// The highest bit of each of eight bytes that is the one looked for.
#[inline(always)]
fn equal(bytes: &[u8; 8], byte: u8) -> u64 {
    const LOW: u64 = u64::from_le_bytes([0x7f; 8]);
    let differ = u64::from_le_bytes(*bytes) ^ u64::from_le_bytes([byte; 8]);
    !(((differ & LOW) + LOW) | differ | LOW)
}

/// Whether two tags of one length are the same. Most are too short for a call.
#[inline(always)]
fn is_same_tag(one: &[u8], other: &[u8]) -> bool {
    // The last pieces hold what is left over before them, or all of a short tag.
    match (one.last_chunk::<8>(), other.last_chunk::<8>()) {
        (Some(end), Some(other_end)) => {
            let (pieces, others) = (one.as_chunks::<8>().0, other.as_chunks::<8>().0);
            end == other_end && pieces.iter().zip(others).all(|(piece, other)| piece == other)
        }
        _ => match (one.last_chunk::<4>(), other.last_chunk::<4>()) {
            (Some(end), Some(other_end)) => end == other_end && one.first_chunk::<4>() == other.first_chunk(),
            _ => one == other,
        },
    }
}

/// What follows the name that the text begins with. Names are too short for a call.
#[inline(always)]
fn after_name<'a>(text: &'a [u8], name: &[u8]) -> Option<&'a [u8]> {
    let (begin, after) = text.split_at_checked(name.len())?;
    begin.iter().zip(name).all(|(a, b)| a == b).then_some(after)
}

/// The beginning of the bytes that is UTF-8.
fn valid(bytes: &[u8]) -> &str {
    match simdutf8::compat::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let valid = bytes.get(..error.valid_up_to()).and_then(|valid| str::from_utf8(valid).ok());
            valid.unwrap_or_default()
        }
    }
}

/// White space as XML knows it.
pub(crate) fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\r' | '\n')
}

/// Whether XML 1.0 allows the character.
pub(crate) fn is_legal(c: char) -> bool {
    c >= ' ' && !matches!(c, '\u{fffe}' | '\u{ffff}') || matches!(c, '\t' | '\r' | '\n')
}

fn bad_encoding(name: &str) -> Error {
    Error::input("encoding", format!("部件不是有效的{name}文本"), format!("the part is not valid {name}"))
}
