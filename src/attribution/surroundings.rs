//! Features of what stands beside a candidate: the marks before and after its cue, and the quotation that its content
//! opens with. Adds to those of [`super::candidate`]; decides nothing.

use super::candidate::Candidate;
use super::feature::{Part, Take, put};
use super::part::Bucket;
use super::scene::Scene;
use crate::text::TokenKind;
use crate::vocabulary::QuoteRole;

impl Scene<'_> {
    /// Features of the marks beside the cue, and of the quotation that the content opens with.
    #[inline(always)]
    pub(super) fn surroundings(&self, c: &Candidate<'_>, rule: Part<'_>, add: &mut impl Take) {
        if !c.cue.is_empty() && self.tag(c.head).is_verb() {
            // "…,” said Lee": what parts a verb from the words before it makes them no subject
            let before = c.cue.start.checked_sub(1).map_or(const { Part::new("none") }, |t| self.mark(t));
            let stop = self.body(c.sentence).end;
            let next = |t: u32| if t < stop { self.mark(t) } else { const { Part::new("end") } };
            match &c.source {
                Some(source) if source.tokens.start > c.head => {
                    let named = if self.token(source.head).is_capital() {
                        const { Part::new("name") }
                    } else {
                        self.animacy(source, false)
                    };
                    put!(add, "inverted", rule, before, named);
                    put!(add, "inverted", rule, before, next(source.tokens.end));
                }
                _ => {
                    put!(add, "parted", rule, before);
                    put!(add, "closed", rule, before, next(c.cue.end));
                }
            }
        }
        let Some(q) = c.content.first().and_then(|r| self.quote_at(r.start)) else { return };
        let quote = &self.quotes[q];
        let whole = if c.content[0] == quote.tokens {
            const { Part::new("whole") }
        } else {
            const { Part::new("part") }
        };
        let last = self.mark(quote.tokens.end.saturating_sub(2));
        let role = if quote.role == QuoteRole::Speech {
            const { Part::new("speech") }
        } else {
            const { Part::new("fragment") }
        };
        put!(add, "speech", rule, role, whole);
        put!(add, "speech-ends", rule, last);
        put!(add, "speech-length", rule, Bucket(quote.tokens.len() as u32));
        if let Some(t) = quote.tokens.start.checked_sub(1) {
            put!(add, "speech-after", rule, self.mark(t));
        }
    }

    /// The sort of mark at a token, for features.
    #[inline]
    fn mark(&self, i: u32) -> Part<'static> {
        SORTS[self.kind(i) as usize % SORTS.len()]
    }
}

/// What sort of mark each kind of token is.
static SORTS: [Part<'static>; 32] = {
    let mut sorts = [Part::new("none"); 32];
    sorts[TokenKind::Comma as usize] = Part::new("comma");
    sorts[TokenKind::Period as usize] = Part::new("period");
    sorts[TokenKind::Question as usize] = Part::new("question");
    sorts[TokenKind::Exclamation as usize] = Part::new("question");
    sorts[TokenKind::Colon as usize] = Part::new("colon");
    sorts[TokenKind::Semicolon as usize] = Part::new("semicolon");
    sorts[TokenKind::Dash as usize] = Part::new("dash");
    sorts[TokenKind::Hyphen as usize] = Part::new("dash");
    sorts[TokenKind::DoubleQuote as usize] = Part::new("quote");
    sorts[TokenKind::SingleQuote as usize] = Part::new("quote");
    sorts[TokenKind::Open as usize] = Part::new("bracket");
    sorts[TokenKind::Close as usize] = Part::new("bracket");
    sorts
};
