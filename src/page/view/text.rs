//! An article's text as rows: a block with its marks, and beside it notes on what it states.

use super::marks::{self, Mark};
use super::{LOCAL, confidence, ordinal, sort};
use crate::page::show::{Bytes, excerpt, name, shown};
use crate::page::sweep::{Extent, Step, steps};
use crate::record::{Attribution, Record};
use crate::vocabulary::{BlockKind, QuoteRole};
use std::borrow::Cow;
use std::ops::Range;

/// A block and the notes beside it.
pub(super) struct Row<'a> {
    pub(super) kind: &'static str,
    pub(super) pieces: Vec<Piece<'a>>,
    pub(super) notes: Vec<Note>,
}

/// A step of writing a block.
pub(super) enum Piece<'a> {
    Text(Cow<'a, str>),
    Open(Element),
    /// closes a link, or a span
    Close(bool),
}

/// A mark as an element; a mark that is parted has several.
pub(super) struct Element {
    pub(super) class: String,
    pub(super) anchor: Option<String>,
    pub(super) href: Option<String>,
    pub(super) keys: String,
    pub(super) number: Option<u32>,
    pub(super) title: String,
}

/// What is said of a statement, beside the block in which it begins.
pub(super) struct Note {
    /// which of the row's statements it is, so that the row lights it without the script
    pub(super) class: String,
    pub(super) keys: String,
    pub(super) number: String,
    /// what it leads to
    pub(super) href: String,
    pub(super) who: String,
    pub(super) cue: String,
    pub(super) to: String,
    pub(super) sort: String,
    pub(super) rule: String,
    pub(super) confidence: String,
}

/// A block's place and what is in it, while rows are made.
struct Place {
    range: Range<usize>,
    kind: BlockKind,
    extents: Vec<Extent>,
    /// the statements that touch it
    statements: Vec<u32>,
}

/// The rows of an article.
pub(super) fn rows<'a>(record: &Record, text: &'a str, bytes: &Bytes<'_>, slug: &str) -> Vec<Row<'a>> {
    let mut places = places(record, text, bytes);
    let (marks, extents) = marks::all(record, bytes);
    for extent in extents {
        let first = places.partition_point(|p| p.range.end <= extent.start);
        for place in places[first..].iter_mut().take_while(|p| p.range.start < extent.end) {
            place.extents.push(extent);
            if let Some(id) = marks[extent.mark].statement
                && marks[extent.mark].class != "quote"
            {
                place.statements.push(id);
            }
        }
    }
    let mut begun = vec![false; marks.len()];
    let mut noted = vec![false; record.attributions.len()];
    places
        .into_iter()
        .map(|mut place| {
            place.statements.sort_unstable();
            place.statements.dedup();
            let notes = notes(record, &place, &marks, slug, &mut noted);
            Row { kind: kind(place.kind), pieces: pieces(text, &place, &marks, slug, &mut begun), notes }
        })
        .collect()
}

fn kind(kind: BlockKind) -> &'static str {
    match kind {
        BlockKind::Headline => "headline",
        BlockKind::Byline => "byline",
        BlockKind::Dateline => "dateline",
        BlockKind::Caption => "caption",
        BlockKind::Heading => "heading",
        BlockKind::Paragraph => "paragraph",
        BlockKind::ListItem => "item",
        BlockKind::Turn => "turn",
        BlockKind::Blockquote => "blockquote",
        BlockKind::Boilerplate => "boilerplate",
    }
}

/// The blocks in order, without overlap; where a record has none, the text's lines.
fn places(record: &Record, text: &str, bytes: &Bytes<'_>) -> Vec<Place> {
    let place =
        |range: Range<usize>, kind| Place { range, kind, extents: Vec::new(), statements: Vec::new() };
    if record.blocks.is_empty() {
        let mut start = 0;
        let lines = text.split_inclusive('\n').map(|line| {
            start += line.len();
            start - line.len()..start
        });
        return lines
            .filter(|r| !text[r.clone()].trim().is_empty())
            .map(|r| place(r, BlockKind::Paragraph))
            .collect();
    }
    let mut end = 0;
    let blocks = record.blocks.iter().map(|block| {
        let from = bytes.at(block.span[0]).max(end);
        end = bytes.at(block.span[1]).max(from);
        place(from..end, block.kind)
    });
    blocks.filter(|p| !p.range.is_empty()).collect()
}

/// Which of a row's statements an attribution is, as a class; none for those that only the script lights.
fn local(place: &Place, statement: u32) -> Option<usize> {
    place.statements.binary_search(&statement).ok().filter(|&i| i < LOCAL)
}

fn pieces<'a>(
    text: &'a str,
    place: &Place,
    marks: &[Mark],
    slug: &str,
    begun: &mut [bool],
) -> Vec<Piece<'a>> {
    // whether each open element is a link; links cannot stand in links
    let mut open: Vec<bool> = Vec::new();
    let steps = steps(place.range.clone(), &place.extents);
    let piece = |step| match step {
        Step::Text(range) => Piece::Text(shown(&text[range])),
        Step::Close => Piece::Close(open.pop().unwrap_or_default()),
        Step::Open(at) => {
            let mark = &marks[at];
            let first = !std::mem::replace(&mut begun[at], true);
            let mut class = mark.class.to_owned();
            if let Some(k) = mark.statement.and_then(|id| local(place, id)) {
                class.push_str(&format!(" l{k}"));
            }
            let href = mark.href.as_ref().filter(|_| !open.contains(&true));
            open.push(href.is_some());
            Piece::Open(Element {
                class,
                anchor: mark.anchor.as_ref().filter(|_| first).map(|a| format!("{slug}.{a}")),
                href: href.map(|h| format!("#{slug}.{h}")),
                keys: mark.keys.clone(),
                number: mark.number.filter(|_| first),
                title: mark.title.clone(),
            })
        }
    };
    steps.into_iter().map(piece).collect()
}

/// The notes of a block: on each statement whose first mark stands in it, and on speech of which no one is found.
fn notes(record: &Record, place: &Place, marks: &[Mark], slug: &str, noted: &mut [bool]) -> Vec<Note> {
    let mut notes = Vec::new();
    for &id in &place.statements {
        let Some(a) = record.attributions.get(id as usize) else { continue };
        if std::mem::replace(&mut noted[id as usize], true) {
            continue;
        }
        let class = local(place, id).map(|k| format!("l{k}")).unwrap_or_default();
        notes.push(note(record, a, class, slug));
    }
    for extent in &place.extents {
        let mark = &marks[extent.mark];
        if mark.class != "quote" || mark.statement.is_some() || extent.start < place.range.start {
            continue;
        }
        let id = mark.keys.trim_start_matches('q').parse().ok();
        let Some(quote) = id.and_then(|id: usize| record.quotes.get(id)) else { continue };
        if quote.role == QuoteRole::Speech {
            notes.push(Note {
                class: String::new(),
                keys: mark.keys.clone(),
                number: "“”".to_owned(),
                href: format!("{slug}.{}", mark.keys),
                who: "no one is found for it".to_owned(),
                cue: String::new(),
                to: String::new(),
                sort: "quotation".to_owned(),
                rule: String::new(),
                confidence: String::new(),
            });
        }
    }
    notes
}

fn note(record: &Record, a: &Attribution, class: String, slug: &str) -> Note {
    let person =
        a.source.as_ref().and_then(|s| s.refers_to).filter(|&id| (id as usize) < record.sources.len());
    let who = match (person, &a.source) {
        (Some(id), _) => excerpt(&record.sources[id as usize].name, 80),
        (None, Some(source)) => excerpt(&source.text, 80),
        (None, None) => "no source stated".to_owned(),
    };
    let mut sort = sort(a);
    if let Some(cue) = &a.cue
        && cue.stance != crate::vocabulary::Stance::Neutral
    {
        sort.push_str(&format!(", {}", name(cue.stance.word())));
    }
    if let Some(relay) = a.relay.and_then(|id| record.sources.get(id as usize)) {
        sort.push_str(&format!(", citing {}", excerpt(&relay.name, 60)));
    }
    if let Some(parent) = a.parent {
        sort.push_str(&format!(", within {}", ordinal(parent)));
    }
    Note {
        class,
        keys: match person {
            Some(p) => format!("s{} p{p}", a.id),
            None => format!("s{}", a.id),
        },
        number: (ordinal(a.id)).to_string(),
        href: format!("{slug}.s{}", a.id),
        who,
        cue: match &a.cue {
            Some(cue) => excerpt(&cue.text, 40),
            None => String::new(),
        },
        to: a.addressee.as_ref().map(|to| excerpt(&to.text, 60)).unwrap_or_default(),
        sort,
        rule: shown(&a.rule).into_owned(),
        confidence: confidence(a.confidence),
    }
}
