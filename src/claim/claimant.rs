//! Who vouches for a number: the source of an attribution whose content holds it, a document that its sentence cites, or
//! the article itself.
//!
//! Takes the attributions and the cast; returns the claimant of a quantity. Who a source is stands in the cast.

use crate::attribution::{Attribution, Cue};
use crate::lexicon::Classes;
use crate::quantity::Quantity;
use crate::source::Cast;
use crate::span::{AttributionId, SentenceId, SourceId, Span};
use crate::text::Document;
use crate::vocabulary::{AttributionKind, SourceKind};

/// Who vouches for the numbers of an article: its attributions, laid out for the question of each claim.
pub(super) struct Claimants {
    /// the contents of the attributions whose speaker is known, in their order
    contents: Vec<Content>,
    /// the documents that are cited, in the order of their attributions
    cited: Vec<Cited>,
}

struct Content {
    span: Span,
    /// the length of the whole content, of which this is a span
    size: usize,
    /// it yields to a content around it
    yields: bool,
    vouches: (Option<SourceId>, AttributionId),
}

struct Cited {
    sentence: SentenceId,
    /// where its mention ends
    end: u32,
    vouches: (Option<SourceId>, AttributionId),
}

impl Claimants {
    pub(super) fn new(document: &Document<'_>, attributions: &[Attribution], cast: &Cast) -> Self {
        let mut claimants = Self { contents: Vec::with_capacity(attributions.len()), cited: Vec::new() };
        for (i, attribution) in attributions.iter().enumerate() {
            // who holds it but is not named leaves it to who reports them
            let Some(source) = cast.speakers.get(i).copied().flatten() else { continue };
            let Some(kind) = cast.sources.get(source.index()).map(|s| s.kind) else { continue };
            // who likes, backs or fears a thing does not vouch for the numbers that the article tells of it
            if attribution.kind == AttributionKind::Attitude {
                continue;
            }
            let id = AttributionId::from(i);
            let size = attribution.content.iter().map(|s| s.len()).sum::<usize>();
            let vouches = (Some(source).filter(|_| kind != SourceKind::Author), id);
            let yields = attribution.kind == AttributionKind::Perception
                || kind == SourceKind::Document && is_issued(document, attributions, attribution);
            claimants.contents.extend(attribution.content.iter().map(|&span| Content {
                span,
                size,
                yields,
                vouches,
            }));
            if let Some(mention) = attribution.source.filter(|_| kind == SourceKind::Document) {
                let cited = Cited { sentence: attribution.sentence, end: mention.span.end, vouches };
                claimants.cited.push(cited);
            }
        }
        claimants
    }

    /// The innermost content that holds a number.
    pub(super) fn content(&self, quantity: &Quantity) -> Option<Span> {
        self.innermost(quantity).map(|c| c.span)
    }

    fn innermost(&self, quantity: &Quantity) -> Option<&Content> {
        let holds = |c: &&Content| c.span.contains(quantity.number);
        self.contents.iter().filter(holds).min_by_key(|c| (c.yields, c.size))
    }

    /// Who vouches for a number: the source of the innermost attribution whose content holds it; else a document that
    /// the sentence cites; else the article itself.
    pub(super) fn of(&self, quantity: &Quantity) -> (Option<SourceId>, Option<AttributionId>) {
        let number = quantity.number;
        let innermost = self.innermost(quantity);
        // what stands before the document's mention is the article's own, unless a content says otherwise
        let cites = |c: &&Cited| c.sentence == quantity.sentence && c.end <= number.start;
        let vouches =
            innermost.map(|c| c.vouches).or_else(|| self.cited.iter().find(cites).map(|c| c.vouches));
        vouches.map_or((None, None), |(source, attribution)| (source, Some(attribution)))
    }
}

/// Whether what a document says is said by whoever gives it out: "the council issued a statement calling …".
fn is_issued(document: &Document<'_>, attributions: &[Attribution], saying: &Attribution) -> bool {
    let outer = saying.parent.and_then(|p| attributions.get(p.index()));
    let (Some(outer), Some(mention)) = (outer, saying.source) else { return false };
    let issued = outer.content.first().is_some_and(|c| c.start == mention.span.start);
    let light = |cue: &Cue| cue.tokens.clone().any(|t| document.tokens[t as usize].is(Classes::LIGHT_VERB));
    issued && outer.cue.as_ref().is_some_and(light)
}
