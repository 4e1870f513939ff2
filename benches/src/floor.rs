//! What reading costs at least: the same libraries, and nothing done with what they give.

use std::borrow::Cow;
use std::io::{Cursor, Read as _};

use gongkai::Format;
use html5ever::tendril::{StrTendril, TendrilSink as _};
use html5ever::tree_builder::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::{Attribute, QualName};
use quick_xml::events::Event;

/// The largest part inflated, or the text decoded; its bytes.
pub fn content(bytes: &[u8], format: Format) -> Vec<u8> {
    match format {
        Format::Docx => {
            let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
            let mut part = archive.by_name("word/document.xml").unwrap();
            let mut text = Vec::with_capacity(usize::try_from(part.size()).unwrap());
            part.read_to_end(&mut text).unwrap();
            text
        }
        _ if str::from_utf8(bytes).is_ok() => bytes.to_vec(),
        _ => encoding_rs::GB18030.decode(bytes).0.into_owned().into_bytes(),
    }
}

/// The same, and all of it through the bare parser of the carrier. Text has none: its
/// floor is the decoding.
pub fn tokens(bytes: &[u8], format: Format) -> usize {
    let content = content(bytes, format);
    match format {
        Format::Docx => {
            let mut reader = quick_xml::Reader::from_reader(content.as_slice());
            let mut events = 0;
            while !matches!(reader.read_event().unwrap(), Event::Eof) {
                events += 1;
            }
            events
        }
        Format::Html => {
            let text = StrTendril::from(str::from_utf8(&content).unwrap());
            html5ever::parse_document(Nothing, Default::default()).one(text)
        }
        _ => content.len(),
    }
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
