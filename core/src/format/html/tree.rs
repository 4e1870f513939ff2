//! The element tree of a page: html5ever's tree builder filling a small arena.
//!
//! Scope: tree construction within limits, and steps through the tree. Source of truth:
//! WHATWG HTML, 13.2 (parsing). What elements mean is not decided here.

use std::cell::{Cell, RefCell};
use std::num::NonZeroU32;
use std::ops::Range;

use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::tree_builder::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::{Attribute, LocalName, ParseOpts, QualName, local_name, ns};
use memchr::memmem;

use super::element::{self, Element};
use super::style::Style;
use crate::error::{Error, Result};
use crate::options::{Items, Limits};

/// A node of a tree: its ordinal, so that no node takes no room.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Id(NonZeroU32);

impl Id {
    pub(super) const ROOT: Self = Self(NonZeroU32::MIN);

    fn new(index: usize) -> Option<Self> {
        u32::try_from(index + 1).ok().and_then(NonZeroU32::new).map(Self)
    }

    pub(super) fn index(self) -> usize {
        self.0.get() as usize - 1
    }
}

/// Bytes given to the parser at a time, so that it stops soon after a limit is passed.
const CHUNK: usize = 8 << 10;

/// What a node is. Pages have many, and all are held at once: they are small.
#[derive(Debug)]
enum Kind {
    /// The document, comments and whatever else has neither a name nor text.
    Other,
    /// Where its text stands in that of the tree.
    Text {
        start: u32,
        end: u32,
    },
    Element(Element),
}

#[derive(Debug)]
struct Node {
    kind: Kind,
    parent: Option<Id>,
    first: Option<Id>,
    /// The sibling before; of a first child the last one, so that no node need name both.
    before: Option<Id>,
    after: Option<Id>,
}

const _: () = assert!(size_of::<Node>() == 32);

/// Nodes linked to their relatives. Ids that do not exist have no kin and no name.
#[derive(Debug, Default)]
pub(super) struct Tree {
    nodes: Vec<Node>,
    /// The text of all nodes, in the order in which it was added.
    text: String,
    /// Attributes that are asked for, by the order of their elements.
    attributes: Vec<(Id, Attribute)>,
}

impl Tree {
    pub(super) fn len(&self) -> usize {
        self.nodes.len()
    }

    fn node(&self, id: Id) -> Option<&Node> {
        self.nodes.get(id.index())
    }

    pub(super) fn element(&self, id: Id) -> Option<&Element> {
        match &self.node(id)?.kind {
            Kind::Element(element) => Some(element),
            _ => None,
        }
    }

    /// Takes up what style sheets say of an element.
    pub(super) fn restyle(&mut self, id: Id, style: Style) {
        self.with(Some(id), |node| {
            if let Kind::Element(element) = &mut node.kind {
                element.restyle(style);
            }
        });
    }

    /// The text of a node that is text.
    pub(super) fn text(&self, id: Id) -> Option<&str> {
        match self.node(id)?.kind {
            Kind::Text { start, end } => self.text.get(start as usize..end as usize),
            _ => None,
        }
    }

    /// Local name of an element, empty for all else.
    pub(super) fn name(&self, id: Id) -> &LocalName {
        const NONE: &LocalName = &local_name!("");
        self.element(id).map_or(NONE, |element| &element.name)
    }

    pub(super) fn line(&self, id: Id) -> Option<u32> {
        self.element(id).map(|element| element.line)
    }

    /// One of the attributes that [`element::keeps`], or that style sheets ask for.
    pub(super) fn attribute(&self, id: Id, wanted: &str) -> Option<&str> {
        let first = self.attributes.partition_point(|(owner, _)| *owner < id);
        let own = self.attributes.iter().skip(first).take_while(|(owner, _)| *owner == id);
        own.map(|(_, attribute)| attribute).find(|a| &*a.name.local == wanted).map(|a| &*a.value)
    }

    pub(super) fn parent(&self, id: Id) -> Option<Id> {
        self.node(id)?.parent
    }

    pub(super) fn first_child(&self, id: Id) -> Option<Id> {
        self.node(id)?.first
    }

    pub(super) fn next(&self, id: Id) -> Option<Id> {
        self.node(id)?.after
    }

    fn last_child(&self, id: Id) -> Option<Id> {
        self.node(self.first_child(id)?)?.before
    }

    fn previous(&self, id: Id) -> Option<Id> {
        let node = self.node(id)?;
        node.before.filter(|_| node.parent.and_then(|parent| self.first_child(parent)) != Some(id))
    }

    /// Elements around what stands in `parent`.
    fn depth_in(&self, parent: Option<Id>) -> u16 {
        let depth = parent.and_then(|id| self.element(id)).map_or(0, |element| element.depth);
        depth.saturating_add(1)
    }

    pub(super) fn children(&self, id: Id) -> impl Iterator<Item = Id> {
        std::iter::successors(self.first_child(id), |&child| self.next(child))
    }

    /// The node after `id` and all it holds, in document order, below `top`.
    pub(super) fn after(&self, id: Id, top: Id) -> Option<Id> {
        let mut at = id;
        while at != top {
            if let Some(next) = self.next(at) {
                return Some(next);
            }
            at = self.parent(at)?;
        }
        None
    }

    /// Everything below `top` in document order, leaving out what is below the nodes
    /// that `enter` refuses.
    pub(super) fn descend(&self, top: Id, enter: impl Fn(Id) -> bool) -> impl Iterator<Item = Id> {
        let step = move |&id: &Id| self.first_child(id).filter(|_| enter(id)).or_else(|| self.after(id, top));
        std::iter::successors(self.first_child(top), step)
    }

    /// The new node's id, unless there are more nodes than can be counted.
    fn add(&mut self, kind: Kind) -> Option<Id> {
        let id = Id::new(self.nodes.len())?;
        // Room is made for nearly all at the start: twice as much is never needed.
        if self.nodes.len() == self.nodes.capacity() {
            self.nodes.reserve_exact(self.nodes.len() / 8 + 16);
        }
        self.nodes.push(Node { kind, parent: None, first: None, before: None, after: None });
        Some(id)
    }

    fn with(&mut self, id: Option<Id>, change: impl FnOnce(&mut Node)) {
        if let Some(node) = id.and_then(|id| self.nodes.get_mut(id.index())) {
            change(node);
        }
    }

    pub(super) fn detach(&mut self, id: Id) {
        let Some(node) = self.nodes.get_mut(id.index()) else { return };
        let (parent, before, after) = (node.parent.take(), node.before.take(), node.after.take());
        let Some(first) = parent.and_then(|parent| self.first_child(parent)) else { return };
        if first == id {
            self.with(parent, |node| node.first = after);
        } else {
            self.with(before, |node| node.after = after);
        }
        // Behind the last child the first one tells who is last.
        let follower = after.or((first != id).then_some(first));
        self.with(follower, |node| node.before = before);
    }

    /// Makes `id` the last child of `parent`.
    pub(super) fn append(&mut self, parent: Id, id: Id) {
        self.detach(id);
        let Some(first) = self.node(parent).map(|node| node.first) else { return };
        let last = self.last_child(parent);
        self.put(id, parent, last.unwrap_or(id), None);
        self.with(last, |node| node.after = Some(id));
        match first {
            Some(_) => self.with(first, |node| node.before = Some(id)),
            None => self.with(Some(parent), |node| node.first = Some(id)),
        }
    }

    /// Puts `id` before `sibling`.
    pub(super) fn insert(&mut self, sibling: Id, id: Id) {
        self.detach(id);
        let Some(&Node { parent: Some(parent), before: Some(before), .. }) = self.node(sibling) else {
            return;
        };
        let is_first = self.first_child(parent) == Some(sibling);
        self.put(id, parent, before, Some(sibling));
        self.with(Some(sibling), |node| node.before = Some(id));
        if is_first {
            self.with(Some(parent), |node| node.first = Some(id));
        } else {
            self.with(Some(before), |node| node.after = Some(id));
        }
    }

    fn put(&mut self, id: Id, parent: Id, before: Id, after: Option<Id>) {
        let depth = self.depth_in(Some(parent));
        self.with(Some(id), |node| {
            (node.parent, node.before, node.after) = (Some(parent), Some(before), after);
            if let Kind::Element(element) = &mut node.kind {
                element.depth = depth;
            }
        });
    }

    /// Takes text that some node will show; where it stands, unless it cannot be counted.
    fn take(&mut self, text: &str) -> Option<Range<u32>> {
        let end = u32::try_from(self.text.len() + text.len()).ok()?;
        let start = u32::try_from(self.text.len()).ok()?;
        self.text.push_str(text);
        Some(start..end)
    }

    /// Adds text behind that of `id`, if `id` is the text that was taken last.
    fn extend_text(&mut self, id: Option<Id>, more: &Range<u32>) -> bool {
        match id.and_then(|id| self.nodes.get_mut(id.index())).map(|node| &mut node.kind) {
            Some(Kind::Text { end, .. }) if *end == more.start => {
                *end = more.end;
                true
            }
            _ => false,
        }
    }
}

/// Builds the tree of a page, with what style sheets select by if they are to be applied.
pub(super) fn parse(text: &str, styled: bool, limits: &Limits, items: Items) -> Result<Tree> {
    let sink = Sink {
        tree: RefCell::default(),
        line: Cell::new(1),
        calls: Cell::new(0),
        text_left: Cell::new(limits.text_bytes),
        passed: Cell::new(None),
        styled,
        limits: limits.clone(),
        items,
    };
    {
        let mut tree = sink.tree.borrow_mut();
        // Nearly every node follows a tag; a page of nothing but tags is bounded.
        let tags = memchr::memchr_iter(b'<', text.as_bytes()).count() as u64;
        tree.nodes.reserve_exact(usize::try_from(tags.min(limits.items)).unwrap_or(0) + 1);
        tree.add(Kind::Other);
    }
    // html5ever leaves NUL out, so that 1 and 2 around it would become 12.
    let text = match memchr::memchr(0, text.as_bytes()) {
        Some(_) => std::borrow::Cow::Owned(text.replace('\0', "\u{fffd}")),
        None => std::borrow::Cow::Borrowed(text),
    };
    let mut parser = html5ever::parse_document(sink, ParseOpts::default());
    let mut silence = Silence::default();
    for chunk in without_pictures(&text).into_iter().flat_map(chunks) {
        parser.process(StrTendril::from(chunk));
        let sink = &parser.tokenizer.sink.sink;
        if silence.charge(chunk, sink.calls.get()) {
            sink.pass("elements", limits.elements);
        }
        if let Some((name, limit)) = sink.passed.get() {
            return Err(Error::limit(name, limit));
        }
    }
    parser.finish()
}

/// The text in pieces, without the data of embedded pictures and fonts (RFC 2397): nobody sees
/// its characters, and each of its slashes would count as the end of an attribute.
fn without_pictures(text: &str) -> Vec<&str> {
    const MARK: &[u8] = b";base64,";
    /// Shorter ones are no burden.
    const LONG: usize = 4 << 10;
    let is_data = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'=' | b'%');
    let (mut pieces, mut start) = (Vec::new(), 0);
    for mark in memmem::find_iter(text.as_bytes(), MARK) {
        let data = mark + MARK.len();
        let rest = text.as_bytes().get(data..).unwrap_or_default();
        let length = rest.iter().take_while(|b| is_data(b)).count();
        // In text that is seen, a tag would follow.
        let closes = matches!(rest.get(length), Some(b'"' | b'\'' | b')' | b'&' | b' ' | b'>'));
        if length >= LONG && closes {
            pieces.extend(text.get(start..data));
            start = data + length;
        }
    }
    pieces.extend(text.get(start..));
    pieces
}

/// The text as it is given to the parser.
fn chunks(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let mut length = rest.len().min(CHUNK);
        while !rest.is_char_boundary(length) {
            length += 1;
        }
        let (chunk, tail) = rest.split_at_checked(length)?;
        rest = tail;
        (!chunk.is_empty()).then_some(chunk)
    })
}

/// html5ever compares each attribute of a tag with all before it. A tag is heard of only
/// when it is complete, so the cost is estimated from the bytes that nothing came of.
#[derive(Default)]
struct Silence {
    calls: u64,
    separators: u64,
    cost: u64,
}

impl Silence {
    /// Less than a second of comparisons; comments stay below.
    const BUDGET: u64 = 3_500_000_000;

    /// Whether the budget is spent.
    fn charge(&mut self, chunk: &str, calls: u64) -> bool {
        if self.calls != calls {
            self.cost += self.separators * self.separators;
            (self.calls, self.separators) = (calls, 0);
        }
        let separates = |b: &&u8| b.is_ascii_whitespace() || matches!(b, b'/' | b'"' | b'\'');
        self.separators += chunk.as_bytes().iter().filter(separates).count() as u64;
        self.cost + self.separators * self.separators > Self::BUDGET
    }
}

struct Sink {
    tree: RefCell<Tree>,
    line: Cell<u32>,
    calls: Cell<u64>,
    text_left: Cell<u64>,
    /// The first limit passed.
    passed: Cell<Option<(&'static str, u64)>>,
    styled: bool,
    limits: Limits,
    items: Items,
}

/// A node as the tree builder holds it, with its name, empty for all but elements.
#[derive(Debug, Clone)]
struct Handle {
    id: Id,
    name: QualName,
}

impl Sink {
    fn pass(&self, name: &'static str, limit: u64) {
        if self.passed.get().is_none() {
            self.passed.set(Some((name, limit)));
        }
    }

    fn heard(&self) {
        self.calls.set(self.calls.get() + 1);
    }

    fn add(&self, kind: Kind) -> Id {
        self.heard();
        let mut tree = self.tree.borrow_mut();
        if tree.len() as u64 >= self.limits.elements {
            self.pass("elements", self.limits.elements);
        }
        if self.items.charge(1).is_err() {
            self.pass("items", self.limits.items);
        }
        tree.add(kind).unwrap_or_else(|| {
            self.pass("elements", self.limits.elements);
            Id::ROOT
        })
    }

    fn other(&self) -> Handle {
        Handle { id: self.add(Kind::Other), name: nameless() }
    }

    /// Adds `child` by `place`; text is first offered to the text before the place.
    fn place(&self, child: NodeOrText<Handle>, text_before: Option<Id>, place: impl FnOnce(&mut Tree, Id)) {
        self.heard();
        let id = match child {
            NodeOrText::AppendNode(handle) => handle.id,
            NodeOrText::AppendText(text) => {
                if !self.charge_text(&text) {
                    return;
                }
                let mut tree = self.tree.borrow_mut();
                let Some(range) = tree.take(&text) else {
                    self.pass("text_bytes", self.limits.text_bytes);
                    return;
                };
                if tree.extend_text(text_before, &range) {
                    return;
                }
                drop(tree);
                self.add(Kind::Text { start: range.start, end: range.end })
            }
        };
        let mut tree = self.tree.borrow_mut();
        place(&mut tree, id);
        let limit = self.limits.depth.saturating_mul(2).min(u64::from(u16::MAX - 1));
        if u64::from(tree.depth_in(tree.parent(id))) > limit {
            self.pass("depth", limit);
        }
    }

    fn charge_text(&self, text: &str) -> bool {
        let left = self.text_left.get().checked_sub(text.len() as u64);
        match left {
            Some(left) => self.text_left.set(left),
            None => self.pass("text_bytes", self.limits.text_bytes),
        }
        left.is_some()
    }
}

/// The name of all but elements.
fn nameless() -> QualName {
    QualName::new(None, ns!(), local_name!(""))
}

impl TreeSink for Sink {
    type Handle = Handle;
    type Output = Result<Tree>;
    type ElemName<'a> = &'a QualName;

    fn finish(self) -> Self::Output {
        match self.passed.get() {
            Some((name, limit)) => Err(Error::limit(name, limit)),
            None => {
                let mut tree = self.tree.into_inner();
                tree.nodes.shrink_to_fit();
                tree.text.shrink_to_fit();
                Ok(tree)
            }
        }
    }

    fn parse_error(&self, _: std::borrow::Cow<'static, str>) {}

    fn get_document(&self) -> Handle {
        Handle { id: Id::ROOT, name: nameless() }
    }

    fn elem_name<'a>(&'a self, target: &'a Handle) -> &'a QualName {
        &target.name
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, _: ElementFlags) -> Handle {
        let element = Element::read(&name.local, &attributes, self.line.get());
        let id = self.add(Kind::Element(element));
        let keeps =
            |own: &LocalName| element::keeps(&name.local, own) || (self.styled && element::is_selected(own));
        let kept = attributes.into_iter().filter(|a| keeps(&a.name.local));
        self.tree.borrow_mut().attributes.extend(kept.map(|attribute| (id, attribute)));
        Handle { id, name }
    }

    fn create_comment(&self, _: StrTendril) -> Handle {
        self.other()
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> Handle {
        self.other()
    }

    fn append(&self, parent: &Handle, child: NodeOrText<Handle>) {
        if let NodeOrText::AppendText(text) = &child
            && element::shows_nothing_of(&parent.name.local, text)
        {
            self.heard();
            self.charge_text(text);
            return;
        }
        let last = self.tree.borrow().last_child(parent.id);
        self.place(child, last, |tree, id| tree.append(parent.id, id));
    }

    fn append_before_sibling(&self, sibling: &Handle, child: NodeOrText<Handle>) {
        let before = self.tree.borrow().previous(sibling.id);
        self.place(child, before, |tree, id| tree.insert(sibling.id, id));
    }

    fn append_based_on_parent_node(&self, element: &Handle, previous: &Handle, child: NodeOrText<Handle>) {
        let has_parent = self.tree.borrow().parent(element.id).is_some();
        if has_parent {
            self.append_before_sibling(element, child);
        } else {
            self.append(previous, child);
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {
        self.heard();
    }

    /// A template's content is never read, so it may stand below the template itself.
    fn get_template_contents(&self, target: &Handle) -> Handle {
        target.clone()
    }

    fn same_node(&self, x: &Handle, y: &Handle) -> bool {
        x.id == y.id
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    /// Attributes of repeated `html` and `body` tags say nothing to us.
    fn add_attrs_if_missing(&self, _: &Handle, _: Vec<Attribute>) {}

    fn remove_from_parent(&self, target: &Handle) {
        self.tree.borrow_mut().detach(target.id);
    }

    fn reparent_children(&self, node: &Handle, new_parent: &Handle) {
        let mut tree = self.tree.borrow_mut();
        while let Some(child) = tree.first_child(node.id) {
            tree.append(new_parent.id, child);
        }
    }

    fn set_current_line(&self, line: u64) {
        self.line.set(u32::try_from(line).unwrap_or(u32::MAX));
    }
}
