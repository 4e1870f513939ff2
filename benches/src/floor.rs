//! What reading costs at least: the same libraries, and nothing done with what they give.

use std::borrow::Cow;
use std::io::{Cursor, Read as _};

use gongkai::Format;
use html5ever::tendril::{StrTendril, TendrilSink as _};
use html5ever::tree_builder::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::{Attribute, QualName};
use memchr::memmem;
use quick_xml::events::Event;

/// Whether the floor of a carrier is all that must be done to find its words: text is only
/// decoded, and the others have a parser that others may take. What is in no such carrier is
/// copied, or its streams inflated, and nothing is told from that.
pub fn is_whole(format: Format) -> bool {
    !matches!(format, Format::Doc | Format::Rtf | Format::Mhtml | Format::Pdf)
}

/// What holds the text: parts inflated, text decoded, or the file as it is. Their bytes.
pub fn content(bytes: &[u8], format: Format) -> Vec<Vec<u8>> {
    match format {
        Format::Docx => parts(bytes, |name| name == "word/document.xml"),
        Format::Odt if bytes.starts_with(b"PK") => parts(bytes, |name| name == "content.xml"),
        Format::Ofd => parts(bytes, |name| name.ends_with("/Content.xml")),
        Format::Xlsx => {
            parts(bytes, |name| name.starts_with("xl/worksheets/sheet") || name == "xl/sharedStrings.xml")
        }
        Format::Pdf => streams(bytes),
        Format::Html | Format::Text if str::from_utf8(bytes).is_err() => {
            vec![encoding_rs::GB18030.decode(bytes).0.into_owned().into_bytes()]
        }
        _ => vec![bytes.to_vec()],
    }
}

/// The size of it all.
pub fn size(bytes: &[u8], format: Format) -> usize {
    content(bytes, format).iter().map(Vec::len).sum()
}

/// The same, and all of it through the bare parser of the carrier, if it has one.
pub fn tokens(bytes: &[u8], format: Format) -> usize {
    let content = content(bytes, format);
    let of_part = |part: &Vec<u8>| match format {
        Format::Docx | Format::Odt | Format::Ofd | Format::Xlsx | Format::FlatOpc => {
            let mut reader = quick_xml::Reader::from_reader(part.as_slice());
            let mut events = 0;
            while !matches!(reader.read_event().unwrap(), Event::Eof) {
                events += 1;
            }
            events
        }
        Format::Html => {
            let text = StrTendril::from(str::from_utf8(part).unwrap());
            html5ever::parse_document(Nothing, Default::default()).one(text)
        }
        _ => part.len(),
    };
    content.iter().map(of_part).sum()
}

/// The parts of a package that have such names.
fn parts(bytes: &[u8], wanted: impl Fn(&str) -> bool) -> Vec<Vec<u8>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let names = archive.file_names().map(|name| name.unwrap().into_owned());
    let names: Vec<String> = names.filter(|name| wanted(name)).collect();
    let mut inflated = |name: &String| {
        let mut part = archive.by_name(name).unwrap();
        let mut text = Vec::with_capacity(usize::try_from(part.size()).unwrap());
        part.read_to_end(&mut text).unwrap();
        text
    };
    names.iter().map(&mut inflated).collect()
}

/// The streams of a PDF file but those of pictures and fonts, found by their words.
fn streams(bytes: &[u8]) -> Vec<Vec<u8>> {
    const OTHERS: [&[u8]; 5] = [b"/Image", b"/Length1", b"/Type1C", b"/CIDFontType0C", b"/OpenType"];
    let mut all = Vec::new();
    for at in memmem::find_iter(bytes, b"stream") {
        let (before, after) = (&bytes[..at], &bytes[at + b"stream".len()..]);
        let begin = memmem::rfind(before, b" obj").unwrap_or(at);
        let dictionary = before[begin..].trim_ascii_end();
        let has = |word: &[u8]| memmem::find(dictionary, word).is_some();
        let Some(body) = after.strip_prefix(b"\r\n").or_else(|| after.strip_prefix(b"\n")) else { continue };
        if !dictionary.ends_with(b">>") || OTHERS.iter().any(|word| has(word)) {
            continue;
        }
        let mut text = Vec::new();
        if has(b"/FlateDecode") {
            // What is damaged is as long as it is.
            let _ = flate2::read::ZlibDecoder::new(body).read_to_end(&mut text);
        } else {
            text.extend_from_slice(&body[..memmem::find(body, b"endstream").unwrap_or(0)]);
        }
        all.push(text);
    }
    all
}

/// Keeps nothing of a page but the names the tree builder asks for.
struct Nothing;

type Name = std::rc::Rc<QualName>;

impl TreeSink for Nothing {
    type Handle = Name;
    type Output = usize;
    type ElemName<'a> = &'a QualName;

    fn finish(self) -> usize {
        0
    }
    fn parse_error(&self, _: Cow<'static, str>) {}
    fn get_document(&self) -> Name {
        Name::new(QualName::new(None, html5ever::ns!(), html5ever::local_name!("")))
    }
    fn elem_name<'a>(&'a self, target: &'a Name) -> &'a QualName {
        target
    }
    fn create_element(&self, name: QualName, _: Vec<Attribute>, _: ElementFlags) -> Name {
        Name::new(name)
    }
    fn create_comment(&self, _: StrTendril) -> Name {
        self.get_document()
    }
    fn create_pi(&self, _: StrTendril, _: StrTendril) -> Name {
        self.get_document()
    }
    fn append(&self, _: &Name, _: NodeOrText<Name>) {}
    fn append_before_sibling(&self, _: &Name, _: NodeOrText<Name>) {}
    fn append_based_on_parent_node(&self, _: &Name, _: &Name, _: NodeOrText<Name>) {}
    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}
    fn get_template_contents(&self, target: &Name) -> Name {
        Name::clone(target)
    }
    fn same_node(&self, x: &Name, y: &Name) -> bool {
        Name::ptr_eq(x, y)
    }
    fn set_quirks_mode(&self, _: QuirksMode) {}
    fn add_attrs_if_missing(&self, _: &Name, _: Vec<Attribute>) {}
    fn remove_from_parent(&self, _: &Name) {}
    fn reparent_children(&self, _: &Name, _: &Name) {}
}
