//! Who vouches for a number: the source of an attribution whose content holds it, a document that its sentence cites, or
//! the article itself.
//!
//! Takes the attributions and the cast; returns the claimant of a quantity. Who a source is stands in the cast.

use super::phrase::Phrases;
use crate::attribution::{Attribution, Cue};
use crate::lexicon::{Classes, NumberRole as Role, UnitKind};
use crate::quantity::Quantity;
use crate::source::Cast;
use crate::span::{AttributionId, Holders, SentenceId, SourceId, Span};
use crate::text::{Document, Tag, TokenKind};
use crate::vocabulary::{AttributionKind, ClaimKind, SourceKind, Stance};

/// Who vouches for the numbers of an article: its attributions, laid out for the question of each claim.
pub(super) struct Claimants {
    /// the contents of the attributions whose speaker is known, in their order
    contents: Vec<Content>,
    /// which of them hold a number
    holders: Holders,
    /// the documents that are cited, by sentence; of one sentence, in the order of their attributions
    cited: Vec<Cited>,
}

struct Content {
    span: Span,
    /// the length of the whole content, of which this is a span
    size: usize,
    /// it yields to a content around it
    yields: bool,
    /// those who say it are a share: 48 percent say he is honest
    share: bool,
    vouches: (Option<SourceId>, AttributionId),
}

struct Cited {
    sentence: SentenceId,
    /// where its mention ends
    end: u32,
    vouches: (Option<SourceId>, AttributionId),
}

/// Who vouches for a number.
#[derive(Default)]
pub(super) struct Claimant {
    pub(super) source: Option<SourceId>,
    pub(super) attribution: Option<AttributionId>,
    /// The innermost content that holds the number.
    pub(super) content: Option<Span>,
}

impl Claimants {
    pub(super) fn new(phrases: Phrases<'_, '_>, attributions: &[Attribution], cast: &Cast) -> Self {
        let document = phrases.document;
        let (mut contents, mut cited) = (Vec::with_capacity(attributions.len()), Vec::new());
        for (i, attribution) in attributions.iter().enumerate() {
            // who holds it but is not named leaves it to who reports them
            let Some(source) = cast.speakers.get(i).copied().flatten() else { continue };
            let Some(kind) = cast.sources.get(source.index()).map(|s| s.kind) else { continue };
            // who likes, backs or fears a thing does not vouch for the numbers that the article tells of it
            // nor does who signs, hires or sees something, unless it is a charge
            let does = matches!(attribution.kind, AttributionKind::Decision | AttributionKind::Perception)
                && attribution.is_of_object()
                && attribution.cue.as_ref().is_none_or(|c| c.stance != Stance::Accuse);
            if attribution.kind == AttributionKind::Attitude || does {
                continue;
            }
            let size = attribution.content.iter().map(|s| s.len()).sum::<usize>();
            let vouches = (Some(source).filter(|_| kind != SourceKind::Author), AttributionId::from(i));
            let yields = attribution.kind == AttributionKind::Perception
                || kind == SourceKind::Document && is_issued(document, attributions, attribution);
            let counts = document.sentences[attribution.sentence.index()].classes.intersects(Classes::NUMBER);
            let share =
                counts && attribution.source.is_some_and(|m| is_share(phrases, m.span, attribution.sentence));
            let all = attribution.content.iter();
            contents.extend(all.map(|&span| Content { span, size, yields, share, vouches }));
            if let Some(mention) = attribution.source.filter(|_| kind == SourceKind::Document) {
                cited.push(Cited { sentence: attribution.sentence, end: mention.span.end, vouches });
            }
        }
        cited.sort_by_key(|c: &Cited| c.sentence);
        let holders = Holders::new(contents.iter().enumerate().map(|(i, c): (usize, &Content)| (c.span, i)));
        Self { contents, holders, cited }
    }

    /// Who vouches for a number: the source of the innermost attribution whose content holds it; else a document that
    /// the sentence cites; else the article itself.
    pub(super) fn of(&mut self, quantity: &Quantity) -> Claimant {
        let number = quantity.number;
        let contents = &self.contents;
        let is_share = matches!(quantity.kind, ClaimKind::Percent | ClaimKind::Ratio);
        let innermost = self
            .holders
            .of(number)
            // "48 percent say he is honest and 22 percent that he lies": who counted both vouches for both
            .filter(|&i| !(is_share && contents[i].share))
            .min_by_key(|&i| (contents[i].yields, contents[i].size, i))
            .map(|i| &contents[i]);
        let document = || {
            // what stands before the document's mention is the article's own, unless a content says otherwise
            let from = self.cited.partition_point(|c| c.sentence < quantity.sentence);
            let here = self.cited[from..].iter().take_while(|c| c.sentence == quantity.sentence);
            here.into_iter().find(|c| c.end <= number.start).map(|c| c.vouches)
        };
        let content = innermost.map(|c| c.span);
        match innermost.map(|c| c.vouches).or_else(document) {
            Some((source, attribution)) => Claimant { source, attribution: Some(attribution), content },
            None => Claimant::default(),
        }
    }
}

/// Whether those who say something are so many of some: 48 percent, two-thirds of voters, six in 10.
fn is_share(p: Phrases<'_, '_>, mention: Span, sentence: SentenceId) -> bool {
    let mut tokens = p.tokens_in(mention, sentence).take(4);
    let fraction = |t: u32| p.role(t, Role::Fraction);
    let counts = |t: u32| p.tag(t) == Tag::Cd || p.is(t, Classes::NUMBER);
    let percent = |t: u32| p.kind(t) == Some(TokenKind::Percent) || p.is_unit_of(t, UnitKind::Percent);
    let Some(number) = tokens.find(|&t| counts(t) || fraction(t)) else { return false };
    let of = |t: u32| percent(t) || fraction(t) || p.tag(t) == Tag::In && p.role(t, Role::Divided);
    fraction(number) || tokens.next().is_some_and(of)
}

/// Whether what a document says is said by whoever gives it out: "the council issued a statement calling …".
fn is_issued(document: &Document<'_>, attributions: &[Attribution], saying: &Attribution) -> bool {
    let outer = saying.parent.and_then(|p| attributions.get(p.index()));
    let (Some(outer), Some(mention)) = (outer, saying.source) else { return false };
    let issued = outer.content.first().is_some_and(|c| c.start == mention.span.start);
    let light = |cue: &Cue| cue.tokens.clone().any(|t| document.tokens[t as usize].is(Classes::LIGHT_VERB));
    issued && outer.cue.as_ref().is_some_and(light)
}
