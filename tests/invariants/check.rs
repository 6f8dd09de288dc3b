//! What must hold of a record, given the text that it was made of.

use onrecord::pipeline::rules;
use onrecord::record::{Excerpt, OffsetUnit, Offsets, Record};
use std::fmt::Debug;

/// Every unit of offsets.
pub(crate) const UNITS: [OffsetUnit; 3] = [OffsetUnit::Chars, OffsetUnit::Bytes, OffsetUnit::Utf16];

/// Texts that lack what rooms look for, or have too much of it.
pub(crate) const ODD: &[&str] = &[
    "“It is sad,” Ann Lee said, “",
    "Ana Brand:.\n\nThe bridge is shut. It rains.",
    "ANA.BRAND: No.\n\nBO.LIND: Yes.\n\nANA.BRAND: Why?\n\nBO.LIND: No.",
    "The question: why?”",
    "By A. Dorn\n\n“The mill will fall, and the bridge with it.”\n\n— Bo Lind",
    "",
    " ",
    "\n\n\n",
    "\u{feff}",
    "\u{200b}\u{200b}",
    "\u{301}",
    "“",
    "”",
    "\"",
    "\"\"",
    "“”",
    "“” said Ana.",
    "'",
    "said",
    "said.",
    "She said:",
    "according to",
    "1",
    "$",
    "%",
    "$%",
    "1,,,2...3--4",
    "“a” “b” “c” he said “d” she said “e",
    "By\n\nBy\n\nBy",
    "Q:\nA:\nQ:",
    "“\n\n“\n\n“\n\n”",
    "((((([[[[{{{{",
    "Mr. Mr. Mr. Dr. U.S. U.S. p.m.",
    "999999999999999999999999999999999999999999999999 million billion trillion trillion trillion",
    "0/0 of -0 to 1e999 percent",
    "one two three hundred thousand thousand million and a half and a quarter",
    "a =\n\n> b\n\n> c",
    "“a” said Ana. b =\n\n> c\n\n> d “e” f",
    "He said she said they said he said that she said that",
    "\u{202e}“abc” said Ana\u{202c}",
    "e\u{301}“e\u{301}” said e\u{301}",
];

/// Pieces of texts that say one thing over and over.
pub(crate) const MONOTONOUS: &[&str] = &[
    "“",
    "\"",
    "' ",
    "(",
    "a",
    "1",
    ".",
    "a.",
    "-",
    "\n",
    "\n\n“",
    "he said ",
    "said, ",
    "he said that she said that ",
    "“a” said ",
    "“He said,” ",
    "1 2 ",
    "1 to ",
    "million ",
    "half of ",
    "$1, ",
    "Mr. ",
    "Ana Brandt and ",
    "the president of ",
    "who said ",
    "according to ",
    "Lee: ",
    "By Ana Brandt\n",
    "e\u{301}\u{200b}",
    "the claim that ",
];

/// Where each offset of a unit lies in the text's bytes; none where an offset parts a character.
struct Ruler<'a> {
    text: &'a str,
    bytes: Vec<Option<usize>>,
}

impl<'a> Ruler<'a> {
    fn new(text: &'a str, unit: OffsetUnit) -> Self {
        let mut bytes = Vec::new();
        for (i, c) in text.char_indices() {
            bytes.push(Some(i));
            let width = match unit {
                OffsetUnit::Chars => 1,
                OffsetUnit::Bytes => c.len_utf8(),
                OffsetUnit::Utf16 => c.len_utf16(),
            };
            bytes.resize(bytes.len() + width - 1, None);
        }
        bytes.push(Some(text.len()));
        Self { text, bytes }
    }

    fn length(&self) -> u32 {
        self.bytes.len() as u32 - 1
    }

    fn slice(&self, span: Offsets) -> Option<&'a str> {
        let at = |i: u32| self.bytes.get(i as usize).copied().flatten();
        self.text.get(at(span[0])?..at(span[1])?)
    }
}

struct Checker<'a> {
    record: &'a Record,
    ruler: Ruler<'a>,
    found: Vec<String>,
}

/// Everything that does not hold of a record.
pub(crate) fn check(record: &Record, text: &str) -> Vec<String> {
    let ruler = Ruler::new(text, record.offsets);
    let mut checker = Checker { record, ruler, found: Vec::new() };
    checker.head(text);
    checker.layout();
    checker.sources();
    checker.attributions();
    checker.quotes();
    checker.claims();
    checker.diagnostics();
    checker.found
}

fn holds(outer: Offsets, inner: Offsets) -> bool {
    outer[0] <= inner[0] && inner[1] <= outer[1]
}

impl Checker<'_> {
    fn ensure(&mut self, holds: bool, what: impl FnOnce() -> String) {
        if !holds {
            self.found.push(what());
        }
    }

    /// A span that slices and is not empty; its slice.
    fn span(&mut self, span: Offsets, what: &str) -> String {
        match self.ruler.slice(span) {
            Some(slice) if !slice.is_empty() => slice.to_owned(),
            _ => {
                self.found.push(format!("{what}: {span:?} slices nothing"));
                String::new()
            }
        }
    }

    fn excerpt(&mut self, span: Offsets, text: &str, what: &str) {
        let slice = self.span(span, what);
        self.ensure(slice == text, || format!("{what}: {text:?} is not the slice {slice:?}"));
        self.ensure(text.trim() == text, || format!("{what}: {text:?} has white space at an end"));
    }

    fn some_excerpt(&mut self, excerpt: Option<&Excerpt>, what: &str) {
        if let Some(e) = excerpt {
            self.excerpt(e.span, &e.text, what);
        }
    }

    fn resolves(&mut self, id: Option<u32>, length: usize, what: &str) {
        self.ensure(id.is_none_or(|i| (i as usize) < length), || format!("{what}: no {id:?} in {length}"));
    }

    fn ascending<T: PartialOrd + Debug>(&mut self, list: impl IntoIterator<Item = T>, what: &str) {
        let list: Vec<T> = list.into_iter().collect();
        self.ensure(list.is_sorted(), || format!("{what}: not in text order: {list:?}"));
    }

    fn positions(&mut self, ids: impl IntoIterator<Item = u32>, what: &str) {
        let right = ids.into_iter().enumerate().all(|(i, id)| i == id as usize);
        self.ensure(right, || format!("{what}: an id is not its position"));
    }

    fn confidence(&mut self, confidence: f64, what: &str) {
        let decimals = (confidence * 100.0).round() / 100.0;
        let right = (0.0..=1.0).contains(&confidence) && decimals == confidence;
        self.ensure(right, || format!("{what}: confidence {confidence}"));
    }

    fn rule(&mut self, rule: &str, what: &str) {
        let known = rules().any(|r| r.id == rule);
        self.ensure(known, || format!("{what}: no rule {rule:?}"));
    }

    fn head(&mut self, text: &str) {
        let record = self.record;
        self.ensure(record.length == self.ruler.length(), || format!("length {}", record.length));
        let kept = record.text.as_ref().is_none_or(|t| t == text);
        self.ensure(kept, || "the text is another".to_owned());
    }

    /// Blocks and sentences: ordered, disjoint, nested, and every character that is not white space in one of each.
    fn layout(&mut self) {
        let record = self.record;
        let blocks: Vec<Offsets> = record.blocks.iter().map(|b| b.span).collect();
        let sentences: Vec<Offsets> = record.sentences.iter().map(|s| s.span).collect();
        for (what, spans) in [("blocks", &blocks), ("sentences", &sentences)] {
            let mut covered = 0;
            for &span in spans {
                let slice = self.span(span, what);
                self.ensure(slice.trim() == slice, || format!("{what}: {slice:?} has white space at an end"));
                covered += slice.chars().filter(|c| !c.is_whitespace()).count();
            }
            self.ensure(spans.windows(2).all(|w| w[0][1] <= w[1][0]), || {
                format!("{what}: overlap: {spans:?}")
            });
            let all = self.ruler.text.chars().filter(|c| !c.is_whitespace()).count();
            self.ensure(covered == all, || format!("{what}: hold {covered} of {all} characters: {spans:?}"));
        }
        for (i, sentence) in record.sentences.iter().enumerate() {
            let block = blocks.get(sentence.block as usize);
            let inside = block.is_some_and(|&b| holds(b, sentence.span));
            self.ensure(inside, || format!("sentence {i} {sentence:?} is not in its block {block:?}"));
        }
    }

    fn sources(&mut self) {
        let record = self.record;
        self.positions(record.sources.iter().map(|s| s.id), "sources");
        self.ascending(record.sources.iter().map(|s| s.mentions.first().copied()), "sources");
        for source in &record.sources {
            let what = format!("source {} {:?}", source.id, source.name);
            self.ensure(!source.name.trim().is_empty(), || format!("{what}: no name"));
            self.ascending(source.mentions.iter(), &what);
            for &mention in &source.mentions {
                self.span(mention, &what);
            }
        }
    }

    fn attributions(&mut self) {
        let record = self.record;
        self.positions(record.attributions.iter().map(|a| a.id), "attributions");
        let first = |a: &onrecord::record::Attribution| {
            let source = a.source.iter().map(|s| s.span[0]);
            source.chain(a.cue.iter().map(|c| c.span[0])).chain(a.content.spans.iter().map(|s| s[0])).min()
        };
        self.ascending(record.attributions.iter().map(first), "attributions");
        for a in &record.attributions {
            let what = format!("attribution {} ({})", a.id, a.rule);
            let sentence = record.sentences.get(a.sentence as usize);
            let anchor = a.cue.as_ref().map(|c| c.span).or(a.content.spans.first().copied());
            let inside = sentence.zip(anchor).is_some_and(|(s, at)| s.span[0] <= at[0] && at[0] < s.span[1]);
            self.ensure(inside, || format!("{what}: {anchor:?} is not in its sentence {sentence:?}"));
            if let Some(source) = &a.source {
                self.excerpt(source.span, &source.text, &format!("{what} source"));
                self.resolves(source.refers_to, record.sources.len(), &what);
            }
            if let Some(cue) = &a.cue {
                self.excerpt(cue.span, &cue.text, &format!("{what} cue"));
                self.ensure(!cue.lemma.is_empty(), || format!("{what}: no lemma"));
            }
            self.some_excerpt(a.addressee.as_ref(), &format!("{what} addressee"));
            let spans = &a.content.spans;
            self.ensure(!spans.is_empty(), || format!("{what}: no content"));
            self.ensure(spans.windows(2).all(|w| w[0][1] <= w[1][0]), || {
                format!("{what}: content {spans:?}")
            });
            let slices: Vec<String> = spans.iter().map(|&s| self.span(s, &what)).collect();
            let (joined, text) = (slices.join(" "), &a.content.text);
            self.ensure(joined == *text, || format!("{what}: content {text:?} is not {joined:?}"));
            self.resolves(a.relay, record.sources.len(), &what);
            self.resolves(a.parent, record.attributions.len(), &what);
            let mut up = a.parent;
            for _ in 0..record.attributions.len() {
                up = up.and_then(|p| record.attributions.get(p as usize)?.parent);
            }
            self.ensure(up.is_none(), || format!("{what}: its parents go in a circle"));
            self.ascending(&a.quotes, &what);
            for &q in &a.quotes {
                let quote = record.quotes.get(q as usize);
                let inside = quote.is_some_and(|q| spans.iter().any(|&s| holds(s, q.span)));
                self.ensure(inside, || format!("{what}: quote {quote:?} is not in the content"));
            }
            self.rule(&a.rule, &what);
            self.confidence(a.confidence, &what);
        }
    }

    fn quotes(&mut self) {
        let record = self.record;
        self.positions(record.quotes.iter().map(|q| q.id), "quotes");
        self.ascending(record.quotes.iter().map(|q| q.span[0]), "quotes");
        for q in &record.quotes {
            let what = format!("quote {}", q.id);
            self.excerpt(q.span, &q.text, &what);
            self.ensure(q.paragraphs > 0, || format!("{what}: no paragraph"));
            if let Some(id) = q.attribution {
                let holder = record.attributions.get(id as usize);
                let knows = holder.is_some_and(|a| a.quotes.contains(&q.id));
                self.ensure(knows, || format!("{what}: attribution {id} does not hold it"));
            }
        }
    }

    fn claims(&mut self) {
        let record = self.record;
        self.positions(record.claims.iter().map(|c| c.id), "claims");
        self.ascending(record.claims.iter().map(|c| c.span[0]), "claims");
        for c in &record.claims {
            let what = format!("claim {} {:?}", c.id, c.text);
            self.excerpt(c.span, &c.text, &what);
            self.ensure(holds(c.span, c.number), || format!("{what}: its number is not in it"));
            self.span(c.number, &what);
            let sentence = record.sentences.get(c.sentence as usize);
            let inside = sentence.is_some_and(|s| s.span[0] <= c.number[0] && c.number[0] < s.span[1]);
            self.ensure(inside, || format!("{what}: not in its sentence {sentence:?}"));
            let shape = (c.value.is_some(), c.low.is_some(), c.high.is_some());
            let one = matches!(shape, (true, false, false) | (false, true, true));
            self.ensure(one, || format!("{what}: neither a value nor a range: {shape:?}"));
            let base = c.base.as_ref().map(|b| b.value);
            let finite = [c.value, c.low, c.high, base].into_iter().flatten().all(f64::is_finite);
            self.ensure(finite, || format!("{what}: a value is not finite"));
            self.some_excerpt(c.of.as_ref(), &format!("{what} of"));
            self.some_excerpt(c.when.as_ref(), &format!("{what} when"));
            self.resolves(c.claimant, record.sources.len(), &what);
            self.resolves(c.attribution, record.attributions.len(), &what);
            self.resolves(c.figure, record.figures.len(), &what);
            self.rule(&c.rule, &what);
            self.confidence(c.confidence, &what);
        }
        self.positions(record.figures.iter().map(|f| f.id), "figures");
        for f in &record.figures {
            let what = format!("figure {} {:?}", f.id, f.of);
            self.ensure(!f.claims.is_empty(), || format!("{what}: no claims"));
            self.ensure(f.low <= f.high, || format!("{what}: {} > {}", f.low, f.high));
            self.ascending(&f.claims, &what);
            for &id in &f.claims {
                let back = record.claims.get(id as usize).is_some_and(|c| c.figure == Some(f.id));
                self.ensure(back, || format!("{what}: claim {id} does not belong to it"));
            }
        }
    }

    fn diagnostics(&mut self) {
        let record = self.record;
        self.ascending(record.diagnostics.iter().map(|d| d.span[0]), "diagnostics");
        for d in &record.diagnostics {
            self.span(d.span, &d.code);
            let kebab = d.code.bytes().all(|b| b.is_ascii_lowercase() || b == b'-') && !d.code.is_empty();
            self.ensure(kebab && !d.message.is_empty(), || format!("diagnostic {d:?}"));
        }
    }
}
