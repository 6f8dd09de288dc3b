//! A page → its tree of elements, within bounds: how many elements, how deep, and what their attributes cost.
//!
//! The parser itself has none. What it does for a tag grows with how many elements are open, and what it does for an
//! attribute with how many its element has, so that a page of a megabyte can take it hours. It is fed piece by piece, and
//! left as soon as the page goes beyond what any article has.

use super::limits::Limits;
use dom_query::{Document, NodeId};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::tree_builder::{ElementFlags, NodeOrText, QuirksMode, TreeBuilderOpts, TreeSink};
use html5ever::{Attribute, ParseOpts, QualName, parse_document};
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::cell::{Cell, Ref, RefCell};

/// So many bytes are parsed between two looks at what has become of them.
const STEP: usize = 1024;
/// Attributes that count as much as an element.
const ATTRIBUTES: usize = 4;

/// The tree of a page, or how it goes beyond the limits.
pub(super) fn parse(html: &str, limits: &Limits) -> Result<Document, String> {
    if !attributes_are_few(html.as_bytes(), limits.attributes) {
        return Err("has elements with too many attributes".to_owned());
    }
    let sink = Measured {
        document: Document::default(),
        depths: RefCell::default(),
        depth: Cell::new(0),
        elements: Cell::new(0),
        steps: Cell::new(0),
    };
    let tree_builder = TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() };
    let mut parser = parse_document(sink, ParseOpts { tree_builder, ..ParseOpts::default() });
    let mut rest = html;
    while !rest.is_empty() {
        let mut end = STEP.min(rest.len());
        while !rest.is_char_boundary(end) {
            end += 1;
        }
        let (piece, after) = rest.split_at(end);
        parser.process(StrTendril::from(piece));
        parser.tokenizer.sink.sink.check(limits)?;
        rest = after;
    }
    let sink = parser.finish();
    sink.check(limits)?;
    // formatting that is closed in the wrong order is moved into what it stands around
    if is_deeper(&sink.document, 2 * limits.depth as usize) {
        return Err(too_deep(limits));
    }
    Ok(sink.document)
}

fn too_deep(limits: &Limits) -> String {
    format!("has more than {} elements in one another", limits.depth)
}

fn is_deeper(document: &Document, most: usize) -> bool {
    let root = document.root();
    let (mut node, mut depth) = (root, 0);
    loop {
        if let Some(child) = node.first_child() {
            (node, depth) = (child, depth + 1);
            if depth > most {
                return true;
            }
            continue;
        }
        loop {
            if depth == 0 {
                return false;
            }
            if let Some(next) = node.next_sibling() {
                node = next;
                break;
            }
            match node.parent() {
                Some(parent) => (node, depth) = (parent, depth - 1),
                None => return false,
            }
        }
    }
}

/// Whether telling which attributes stand twice takes few comparisons: each is compared to all before it.
///
/// Any `<` may begin a tag or stand in a script, a comment or an attribute, which only the parser knows, so that a tag is
/// read from each of them; and where those that are read stand in one another over and over, the page is no article's.
fn attributes_are_few(html: &[u8], most: u64) -> bool {
    let mut steps = 8 * html.len() as u64 + (1 << 20);
    let mut pairs = 0;
    for at in memchr::memchr_iter(b'<', html) {
        if !html.get(at + 1).is_some_and(u8::is_ascii_alphabetic) {
            continue;
        }
        let (attributes, length) = tag(&html[at + 1..]);
        pairs += attributes * attributes / 2;
        if pairs > most || steps < length {
            return false;
        }
        steps -= length;
    }
    true
}

/// How many attributes a tag has at most, and how long it is.
fn tag(bytes: &[u8]) -> (u64, u64) {
    let is_part = |b: u8| !(b.is_ascii_whitespace() || matches!(b, b'/' | b'>' | b'='));
    let (mut attributes, mut at) = (0, 0);
    let run = |from: usize, is: &dyn Fn(u8) -> bool| {
        bytes[from..].iter().position(|&b| !is(b)).map_or(bytes.len(), |n| from + n)
    };
    at = run(at, &is_part);
    loop {
        at = run(at, &|b| b.is_ascii_whitespace() || b == b'/');
        match bytes.get(at) {
            None | Some(b'>') => return (attributes, at as u64),
            Some(_) => {}
        }
        attributes += 1;
        // a name may begin with an equals sign
        at = run(at + 1, &is_part);
        let value = run(at, &|b| b.is_ascii_whitespace());
        if bytes.get(value) != Some(&b'=') {
            continue;
        }
        at = run(value + 1, &|b| b.is_ascii_whitespace());
        at = match bytes.get(at) {
            Some(&quote @ (b'"' | b'\'')) => {
                memchr::memchr(quote, &bytes[at + 1..]).map_or(bytes.len(), |n| at + n + 2)
            }
            _ => run(at, &|b| !b.is_ascii_whitespace() && b != b'>'),
        };
    }
}

/// A tree that is measured while it grows.
struct Measured {
    document: Document,
    depths: RefCell<FxHashMap<NodeId, u32>>,
    depth: Cell<u32>,
    elements: Cell<usize>,
    steps: Cell<u64>,
}

impl Measured {
    fn check(&self, limits: &Limits) -> Result<(), String> {
        if self.depth.get() > limits.depth {
            return Err(too_deep(limits));
        }
        if self.elements.get() / ATTRIBUTES > limits.elements {
            return Err(format!("has more than {} elements", limits.elements));
        }
        if self.steps.get() > limits.steps {
            return Err("has tags in such disorder that it takes too long to parse".to_owned());
        }
        Ok(())
    }

    /// What goes through the elements that are open.
    fn step(&self) {
        self.steps.set(self.steps.get() + u64::from(self.depth.get()));
    }

    fn count(&self, elements: usize) {
        self.elements.set(self.elements.get() + elements);
    }

    fn stands_in(&self, child: &NodeOrText<NodeId>, parent: &NodeId) {
        if let NodeOrText::AppendNode(node) = child {
            let mut depths = self.depths.borrow_mut();
            let depth = depths.get(parent).copied().unwrap_or(0) + 1;
            depths.insert(*node, depth);
            self.depth.set(self.depth.get().max(depth));
        }
    }
}

impl TreeSink for Measured {
    type ElemName<'a> = Ref<'a, QualName>;
    type Output = Self;
    type Handle = NodeId;

    fn finish(self) -> Self {
        self
    }

    /// Nobody asks for them, and a page may have one a byte.
    fn parse_error(&self, _: Cow<'static, str>) {
        self.step();
    }

    fn get_document(&self) -> NodeId {
        self.document.get_document()
    }

    fn get_template_contents(&self, target: &NodeId) -> NodeId {
        self.document.get_template_contents(target)
    }

    fn set_quirks_mode(&self, mode: QuirksMode) {
        self.document.set_quirks_mode(mode);
    }

    fn same_node(&self, x: &NodeId, y: &NodeId) -> bool {
        x == y
    }

    fn elem_name<'a>(&'a self, target: &'a NodeId) -> Ref<'a, QualName> {
        self.document.elem_name(target)
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, flags: ElementFlags) -> NodeId {
        self.step();
        self.count(ATTRIBUTES + attributes.len());
        self.document.create_element(name, attributes, flags)
    }

    fn create_comment(&self, text: StrTendril) -> NodeId {
        self.count(ATTRIBUTES);
        self.document.create_comment(text)
    }

    fn create_pi(&self, target: StrTendril, data: StrTendril) -> NodeId {
        self.count(ATTRIBUTES);
        self.document.create_pi(target, data)
    }

    fn append(&self, parent: &NodeId, child: NodeOrText<NodeId>) {
        self.stands_in(&child, parent);
        self.document.append(parent, child);
    }

    fn append_before_sibling(&self, sibling: &NodeId, child: NodeOrText<NodeId>) {
        // it stands as deep as its sibling; a depth below nought is none
        if let NodeOrText::AppendNode(node) = &child {
            let mut depths = self.depths.borrow_mut();
            let depth = depths.get(sibling).copied().unwrap_or(1);
            depths.insert(*node, depth);
        }
        self.document.append_before_sibling(sibling, child);
    }

    fn append_based_on_parent_node(&self, element: &NodeId, before: &NodeId, child: NodeOrText<NodeId>) {
        self.stands_in(&child, before);
        self.document.append_based_on_parent_node(element, before, child);
    }

    fn append_doctype_to_document(&self, name: StrTendril, public: StrTendril, system: StrTendril) {
        self.count(ATTRIBUTES);
        self.document.append_doctype_to_document(name, public, system);
    }

    fn add_attrs_if_missing(&self, target: &NodeId, attributes: Vec<Attribute>) {
        self.count(attributes.len());
        self.document.add_attrs_if_missing(target, attributes);
    }

    fn remove_from_parent(&self, target: &NodeId) {
        self.document.remove_from_parent(target);
    }

    fn reparent_children(&self, node: &NodeId, new_parent: &NodeId) {
        self.document.reparent_children(node, new_parent);
    }

    fn is_mathml_annotation_xml_integration_point(&self, handle: &NodeId) -> bool {
        self.document.is_mathml_annotation_xml_integration_point(handle)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn small() -> Limits {
        Limits { depth: 20, elements: 100, steps: 40_000, attributes: 50, ..Limits::default() }
    }

    fn fault(html: &str) -> String {
        parse(html, &small()).err().unwrap_or_default()
    }

    #[test]
    fn the_tree_is_that_of_the_whole_page() {
        let page = "<!DOCTYPE html><title>é</title><p class=a id=b>x<b>y<p>z</b>w<table>q<tr><td>1</table>"
            .repeat(9);
        let whole = Document::from(page.as_str()).html();
        assert_eq!(parse(&page, &Limits::default()).unwrap().html(), whole);
        let long = format!("{page}<p>{}<p>{page}", "“Rain” — fell. ".repeat(900));
        assert_eq!(parse(&long, &Limits::default()).unwrap().html(), Document::from(long.as_str()).html());
    }

    #[test]
    fn depth_and_number_have_limits() {
        // html and body are two
        let nested = |n: usize, tag: &str| fault(&tag.repeat(n));
        assert_eq!(nested(18, "<div>"), "");
        assert!(nested(19, "<div>").contains("more than 20 elements in one another"));
        // what closes nothing takes nothing away
        assert!(nested(19, "<div></x>").contains("in one another"));
        // html, head and body are three
        assert_eq!(nested(97, "<p>"), "");
        assert!(nested(98, "<p>").contains("more than 100 elements"));
        // formatting is made anew in each paragraph
        let anew = "<p><b a=1><b a=2><b a=3><b a=4>".to_owned() + &"<p>x".repeat(30);
        assert!(fault(&anew).contains("more than 100 elements"), "{}", fault(&anew));
        // and moved into what it stands around
        let moved = |n: usize| {
            let bold: String = (0..n).map(|i| format!("<b a={i}>")).collect();
            parse(
                &format!("{bold}{}{}", "<div>".repeat(n), "</b>x".repeat(n * n)),
                &Limits { depth: 20, ..Limits::default() },
            )
        };
        assert!(moved(4).is_ok());
    }

    #[test]
    fn disorder_has_a_limit() {
        let page = |n: usize| "<i>".repeat(10) + &"</x>".repeat(n);
        assert_eq!(fault(&page(1_000)), "");
        assert!(fault(&page(5_000)).contains("has tags in such disorder that it takes too long to parse"));
    }

    #[test]
    fn attributes_have_a_limit_wherever_they_stand() {
        let many = |n: usize| (0..n).map(|i| format!(" a{i}=\">\"")).collect::<String>();
        assert_eq!(fault(&format!("<p{}>", many(10))), "");
        for page in [
            format!("<p{}>", many(11)),
            format!("<!-- <p a=\" --><p{}>", many(11)),
            format!("<p {}", "a/".repeat(11)),
            format!("<p{}>", " b=c".repeat(11)),
        ] {
            assert!(fault(&page).contains("has elements with too many attributes"), "{page}");
        }
        // each of these tags goes to the end
        assert!(!attributes_are_few("<a b= ".repeat(9_000).as_bytes(), u64::MAX));
        assert!(attributes_are_few("<a b='x'>".repeat(9_000).as_bytes(), u64::MAX));
    }
}
