//! What the readers of a tree ask about its elements, told once from name, attributes and
//! inline style, so that a tree need not keep them.
//!
//! Scope: what of an element is seen and how, as far as it is fixed by the element alone; what
//! style sheets add is told by [`super::sheet`].
//! Source of truth: WHATWG HTML, 15.3 (rendering).

use html5ever::{Attribute, LocalName, local_name};

use super::chrome;
use super::style::{Space, Style};

/// Whether a name is one of those; a comparison of numbers, not of text.
macro_rules! one_of {
    ($name:expr, $($known:tt)|+) => { matches!(*$name, $(html5ever::local_name!($known))|+) };
}
pub(super) use one_of;

/// An element, as far as it is ever asked about.
#[derive(Debug)]
pub(super) struct Element {
    pub(super) name: LocalName,
    /// Line of its tag.
    pub(super) line: u32,
    /// Elements around it, itself counted, when it was put where it stands.
    pub(super) depth: u16,
    marks: u8,
    /// How white space in the source shows, where the element says so.
    pub(super) space: Option<Space>,
}

/// What is true of an element or not, a bit each, since pages have many elements.
mod mark {
    pub(super) const CONTENT: u8 = 1;
    pub(super) const HIDDEN: u8 = 1 << 1;
    pub(super) const BLOCK: u8 = 1 << 2;
    pub(super) const LINK: u8 = 1 << 3;
    pub(super) const CHROME: u8 = 1 << 4;
    pub(super) const CONTAINER: u8 = 1 << 5;
    pub(super) const RAISED: u8 = 1 << 6;
    pub(super) const LOWERED: u8 = 1 << 7;
}

impl Element {
    pub(super) fn read<'a>(name: &LocalName, attributes: &'a [Attribute], line: u32) -> Self {
        let attribute =
            |wanted: &LocalName| attributes.iter().find(|a| a.name.local == *wanted).map(|a| &*a.value);
        let style = attribute(&local_name!("style")).map(Style::read).unwrap_or_default();
        let class = attribute(&local_name!("class"));
        let words = |value: Option<&'a str>| value.into_iter().flat_map(str::split_ascii_whitespace);
        let names = || words(attribute(&local_name!("id"))).chain(words(class));
        let is_content = match one_of!(name, "a" | "span" | "div") {
            // Word's comments: the mark in the text, and the list at the end.
            true => !(style.is_comment() || words(class).any(|word| word == "msocomanchor")),
            false if one_of!(name, "dialog") => attribute(&local_name!("open")).is_some(),
            false => !is_passed_over(name),
        };
        let is_hidden = style.hides()
            || one_of!(name, "del" | "s" | "strike")
            || attribute(&local_name!("hidden")).is_some();
        let raised = match one_of!(name, "sup" | "sub") {
            true => Some(one_of!(name, "sup")),
            false => style.raised,
        };
        let marks = [
            (mark::CONTENT, is_content),
            (mark::HIDDEN, is_hidden),
            (mark::BLOCK, style.block || is_block(name)),
            (mark::LINK, one_of!(name, "a") && attribute(&local_name!("href")).is_some()),
            (mark::CHROME, chrome::is_named_chrome(name, attribute(&local_name!("role")), names())),
            (mark::CONTAINER, chrome::is_named_container(name, names())),
            (mark::RAISED, raised == Some(true)),
            (mark::LOWERED, raised == Some(false)),
        ];
        Self {
            name: name.clone(),
            line,
            depth: 0,
            marks: marks.into_iter().fold(0, |marks, (mark, set)| if set { marks | mark } else { marks }),
            space: style.space.or_else(|| keeps_space(name).then_some(Space::Kept)),
        }
    }

    /// Takes up what style sheets of the page say.
    pub(super) fn restyle(&mut self, style: Style) {
        if style.hides() {
            self.marks |= mark::HIDDEN;
        }
        match style.raised {
            Some(raised) if self.raised().is_none() => {
                self.marks |= if raised { mark::RAISED } else { mark::LOWERED };
            }
            _ => {}
        }
    }

    fn has(&self, mark: u8) -> bool {
        self.marks & mark != 0
    }

    /// Its content is text of the page.
    pub(super) fn is_content(&self) -> bool {
        self.has(mark::CONTENT)
    }

    /// It is hidden by attribute or style, or struck through.
    pub(super) fn is_hidden(&self) -> bool {
        self.has(mark::HIDDEN)
    }

    /// It begins and ends a paragraph.
    pub(super) fn is_block(&self) -> bool {
        self.has(mark::BLOCK)
    }

    /// It leads elsewhere.
    pub(super) fn is_link(&self) -> bool {
        self.has(mark::LINK)
    }

    /// It is named like what sites print around their content.
    pub(super) fn is_chrome(&self) -> bool {
        self.has(mark::CHROME)
    }

    /// It is named like what holds the content.
    pub(super) fn is_container(&self) -> bool {
        self.has(mark::CONTAINER)
    }

    /// Set above the line (true) or below it.
    pub(super) fn raised(&self) -> Option<bool> {
        let shifted = self.has(mark::RAISED | mark::LOWERED);
        shifted.then(|| self.has(mark::RAISED))
    }
}

/// Attributes that style sheets ask for.
pub(super) fn is_selected(attribute: &LocalName) -> bool {
    one_of!(attribute, "class" | "id" | "style")
}

/// Attributes of which the value is asked for.
pub(super) fn keeps(element: &LocalName, attribute: &LocalName) -> bool {
    if one_of!(element, "td" | "th") {
        one_of!(attribute, "colspan" | "rowspan")
    } else if one_of!(element, "ol" | "ul" | "menu" | "dir" | "li") {
        one_of!(attribute, "start" | "value" | "type" | "style")
    } else if one_of!(element, "img") {
        one_of!(attribute, "width" | "height" | "style")
    } else {
        one_of!(element, "input") && one_of!(attribute, "type" | "value")
    }
}

/// Whether such text directly in such an element is never seen: code, and white space
/// between a table's rows and cells.
pub(super) fn shows_nothing_of(element: &LocalName, text: &str) -> bool {
    let is_space = |b| matches!(b, b' ' | b'\t' | b'\n' | b'\r' | 0x0c);
    one_of!(element, "script" | "style")
        || (one_of!(element, "table" | "thead" | "tbody" | "tfoot" | "tr") && text.bytes().all(is_space))
}

/// Elements whose content is not text of the page.
fn is_passed_over(name: &LocalName) -> bool {
    one_of!(
        name,
        "head"
            | "title"
            | "script"
            | "style"
            | "noscript"
            | "template"
            | "iframe"
            | "frame"
            | "noframes"
            | "noembed"
            | "select"
            | "option"
            | "optgroup"
            | "datalist"
            | "button"
            | "textarea"
            | "svg"
            | "math"
            | "object"
            | "embed"
            | "applet"
            | "audio"
            | "video"
            | "canvas"
            | "progress"
            | "meter"
            | "rt"
            | "rp"
    )
}

/// Elements that begin and end a paragraph.
fn is_block(name: &LocalName) -> bool {
    one_of!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "caption"
            | "center"
            | "dd"
            | "details"
            | "dialog"
            | "dir"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "frameset"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hgroup"
            | "hr"
            | "html"
            | "legend"
            | "li"
            | "listing"
            | "main"
            | "menu"
            | "nav"
            | "ol"
            | "p"
            | "plaintext"
            | "pre"
            | "search"
            | "section"
            | "summary"
            | "table"
            | "tbody"
            | "td"
            | "tfoot"
            | "th"
            | "thead"
            | "tr"
            | "ul"
            | "xmp"
    )
}

fn keeps_space(name: &LocalName) -> bool {
    one_of!(name, "pre" | "xmp" | "listing" | "plaintext")
}
