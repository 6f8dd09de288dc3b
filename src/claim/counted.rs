//! The thing that a quantity counts or measures, from the noun phrases at it or from the claims before it.

use super::Claim;
use super::context::time;
use super::phrase::Phrases;
use crate::lexicon::{Classes, NumberRole as Role, UnitKind};
use crate::quantity::Quantity;
use crate::span::Span;
use crate::text::{Flags, Tag, TokenKind};
use crate::vocabulary::{ChangeRole, ClaimKind, Direction};
use std::ops::Range;

/// How many sentences back "the two" may look for what was counted.
const BACK: u32 = 4;

/// How many claims back an antecedent may stand.
const RECENT: usize = 24;

/// What the noun phrases at a quantity tell.
#[derive(Debug)]
pub(super) struct Counted {
    /// The quantity's span, with the head that it counts where that is adjacent.
    pub(super) span: Span,
    pub(super) of: Option<Span>,
    pub(super) kind: ClaimKind,
    pub(super) per: Option<String>,
}

/// Finds what a quantity counts. `earlier` are the claims before it.
pub(super) fn find(phrases: Phrases<'_, '_>, quantity: &Quantity, earlier: &[Claim]) -> Counted {
    let document = phrases.document;
    let sentence = &document.sentences[quantity.sentence.index()];
    let at = At {
        phrases,
        first: quantity.tokens.start,
        after: quantity.tokens.end,
        start: sentence.tokens.start,
        end: sentence.tokens.end,
    };
    let mut counted =
        Counted { span: quantity.span, of: None, kind: quantity.kind, per: quantity.per.clone() };
    if let Some(joined) = quantity.joined {
        counted.span = quantity.span.cover(joined);
        counted.of = at.joined(quantity, joined);
        return counted;
    }
    if quantity.kind == ClaimKind::Count
        && let Some(range) = at.adjacent()
    {
        let head = document.span(range.clone());
        counted.span = quantity.span.cover(head);
        counted.of = Some(head);
        at.per_noun(range.end, &mut counted);
        return counted;
    }
    let own = at.phrase(quantity);
    counted.of = own.map(|r| document.span(r)).or_else(|| at.antecedent(quantity, earlier));
    counted
}

/// Where a quantity stands.
struct At<'d, 'a> {
    phrases: Phrases<'d, 'a>,
    /// its first token and the one after its last
    first: u32,
    after: u32,
    /// its sentence's first token and the one after its last
    start: u32,
    end: u32,
}

impl At<'_, '_> {
    /// The noun phrase right after the quantity.
    fn adjacent(&self) -> Option<Range<u32>> {
        let p = &self.phrases;
        if p.kind(self.after) == Some(TokenKind::Comma) || time(*p, self.after, self.end).is_some() {
            return None;
        }
        p.nouns(self.after, self.end)
    }

    /// The noun phrase after "of".
    fn of(&self) -> Option<Range<u32>> {
        let p = &self.phrases;
        if !p.role(self.after, Role::Of) {
            return None;
        }
        // nine of the 14 boats: the boats
        let range = p.noun_phrase(self.after + 1, self.end)?;
        let start = range.clone().find(|&t| p.tag(t) != Tag::Cd).unwrap_or(range.start);
        Some(start..range.end)
    }

    /// A tax cut of $275,000, unemployment at 3.9%: the noun before the preposition.
    fn before_preposition(&self) -> Option<Range<u32>> {
        let p = &self.phrases;
        let t = self.first.checked_sub(1).filter(|&t| t > self.start)?;
        (p.role(t, Role::Of) || p.role(t, Role::At)).then(|| p.nouns_before(t, self.start)).flatten()
    }

    /// Attendance: 3,412. The noun before the colon.
    fn labelled(&self) -> Option<Range<u32>> {
        let p = &self.phrases;
        let colon = self.first.checked_sub(1).filter(|&t| t > self.start)?;
        if p.kind(colon) != Some(TokenKind::Colon) {
            return None;
        }
        // districts affected: a participle may stand behind its noun
        let participle = matches!(p.tag(colon - 1), Tag::Vbn | Tag::Vbd);
        p.nouns_before(if participle { colon - 1 } else { colon }, self.start).or_else(|| {
            // a word alone is the label whatever its tag: Tests: 12
            let alone = colon == self.start + 1 || p.kind(colon - 2) != Some(TokenKind::Word);
            (alone && p.kind(colon - 1) == Some(TokenKind::Word)).then_some(colon - 1..colon)
        })
    }

    /// The subject, where its verb says what something amounts to.
    fn measured(&self) -> Option<Range<u32>> {
        let p = &self.phrases;
        if p.is_level(self.first, self.start) { p.subject(self.first, self.start) } else { None }
    }

    /// What phrases of the sentence tell, by kind.
    fn phrase(&self, quantity: &Quantity) -> Option<Range<u32>> {
        let p = &self.phrases;
        let mark = p.role(self.after, Role::Mark);
        let adjacent = || self.adjacent().filter(|_| !mark);
        let any_subject = || p.subject(self.first, self.start).filter(|r| !p.is_time(r));
        // half of them: whom, an antecedent tells
        if p.role(self.after, Role::Of) && p.tag(self.after + 1) == Tag::Prp {
            return None;
        }
        match quantity.kind {
            ClaimKind::Count => self
                .of()
                .or_else(|| self.before_preposition())
                .or_else(|| self.labelled())
                .or_else(|| self.measured()),
            ClaimKind::Percent => self
                .of()
                .filter(|_| !p.role(self.first.wrapping_sub(1), Role::Of))
                .or_else(|| self.before_preposition())
                .or_else(|| self.of())
                .or_else(adjacent)
                .or_else(any_subject),
            ClaimKind::Ratio => self
                .of()
                .or_else(|| {
                    p.noun_phrase(self.after, self.end).filter(|_| !matches!(p.tag(self.after), Tag::In))
                })
                .or_else(any_subject),
            ClaimKind::Money | ClaimKind::Rate => adjacent()
                .or_else(|| {
                    let within = p.tag(self.after) == Tag::In && p.role(self.after, Role::Divided);
                    let of = p.role(self.after, Role::Of);
                    if within || of { p.noun_phrase(self.after + 1, self.end) } else { None }
                })
                .or_else(|| self.before_preposition())
                .or_else(|| self.measured())
                .or_else(|| if mark { any_subject() } else { None }),
            ClaimKind::Measure => self.of().or_else(|| self.things()).or_else(any_subject),
            ClaimKind::Duration => {
                self.of().or_else(|| self.things().filter(|_| self.is_joined())).or_else(|| {
                    let verb = self.first.checked_sub(1).filter(|&t| t > self.start)?;
                    if p.tag(verb).is_verb() { self.measured() } else { None }
                })
            }
            ClaimKind::Age => adjacent().or_else(|| {
                let comma = self.first.checked_sub(1).filter(|&t| t > self.start)?;
                p.nouns_before(comma, self.start).or_else(any_subject)
            }),
            ClaimKind::Multiplier => self.of().or_else(|| p.subject(self.after, self.start)),
            ClaimKind::Score => adjacent(),
        }
    }

    /// The phrase after a measure, where it is things that are measured: "tall" and "away" are none.
    fn things(&self) -> Option<Range<u32>> {
        let p = &self.phrases;
        let adjective = p.tag(self.after).is_adjective() && !p.tag(self.after + 1).is_noun();
        // after digits with a quotation mark for inches, whatever follows tells the dimension
        let height = p.kind(self.after.wrapping_sub(1)) == Some(TokenKind::DoubleQuote);
        self.adjacent().filter(|_| !adjective && !height)
    }

    /// Whether the number is joined to its unit by a hyphen: a two-year plan.
    fn is_joined(&self) -> bool {
        let last = &self.phrases.document.tokens[self.after as usize - 1];
        last.flags.contains(Flags::HYPHEN)
    }

    /// A 12-step plan counts steps, a 3,000-strong force its members.
    fn joined(&self, quantity: &Quantity, joined: Span) -> Option<Span> {
        let p = &self.phrases;
        let after = self.adjacent().map(|r| p.document.span(r));
        let text = p.document.text;
        let word = p.lexicon.find(joined.of(text));
        let numeral = quantity.number.of(text).starts_with(|c: char| c.is_ascii_digit());
        // what is joined is an adjective ("strong") where it says how many there are of what follows
        let strong = numeral && quantity.value.is_some_and(|v| v >= 50.0);
        let unknown = !word.is_known();
        // a 12-man crew, a nine-member board: those whom the next noun is made of
        let member = p.lexicon.classes(word).intersects(Classes::PERSON | Classes::OFFICE);
        if quantity.kind == ClaimKind::Count && !((strong || member) && after.is_some()) && !unknown {
            return Some(joined);
        }
        after.or(Some(joined))
    }

    /// What the claims before it count: "537 of which", "the two", "compared with $2,700", "thousands since".
    fn antecedent(&self, quantity: &Quantity, earlier: &[Claim]) -> Option<Span> {
        let p = &self.phrases;
        let sentence = quantity.sentence;
        let relative = p.role(self.after, Role::Of)
            && matches!(p.tag(self.after + 1), Tag::Wdt | Tag::Wp | Tag::Prp | Tag::Dt);
        let here = earlier.iter().rev().take(RECENT).take_while(|c| c.sentence == sentence);
        let with_of = |c: &&Claim| {
            c.of.is_some() && matches!(c.kind, ClaimKind::Count | ClaimKind::Percent | ClaimKind::Ratio)
        };
        if relative {
            let comma = self.first.checked_sub(1).filter(|&t| t > self.start);
            return here.clone().find(with_of).and_then(|c| c.of).or_else(|| {
                let comma = comma.filter(|&t| p.kind(t) == Some(TokenKind::Comma));
                let range = comma.and_then(|t| p.nouns_before(t, self.start));
                range.map(|r| p.document.span(r)).or_else(|| {
                    let before = earlier.iter().rev().take(RECENT);
                    let before = before.take_while(|c| c.sentence.0 + 1 >= sentence.0);
                    before.filter(|_| p.tag(self.after + 1) == Tag::Prp).find(with_of).and_then(|c| c.of)
                })
            });
        }
        let compared =
            (1..=2).any(|n| self.first >= self.start + n && p.role(self.first - n, Role::Compared));
        if compared {
            return here.clone().find(|c| c.unit == quantity.unit && c.of.is_some()).and_then(|c| c.of);
        }
        // from 45% to 47%: both ends of a movement are of one thing
        let end = |change: Option<(Direction, ChangeRole)>| change.filter(|(_, r)| *r != ChangeRole::Amount);
        if let Some((direction, role)) = end(quantity.change) {
            // the other end, the amount of the movement, or a multiple: up 5% to $12, tripled to 90 from 30
            let moves = |c: &&Claim| c.change.is_some_and(|(d, r)| d == direction && r != role);
            let level = |c: &&Claim| c.unit == quantity.unit && c.change.is_none();
            let known = || here.clone().filter(|c| c.of.is_some());
            let other = known().find(moves).or_else(|| known().next().filter(level));
            if let Some(of) = other.and_then(|c| c.of) {
                return Some(of);
            }
        }
        if quantity.kind != ClaimKind::Count {
            return None;
        }
        let near = || earlier.iter().rev().take(RECENT).take_while(|c| c.sentence.0 + BACK > sentence.0);
        let counts = |c: &&Claim| c.kind == ClaimKind::Count && c.of.is_some();
        // the two: those of whom two were spoken of
        if p.tag(self.first.wrapping_sub(1)) == Tag::Dt {
            let same = near().filter(counts).find(|c| c.value == quantity.value).and_then(|c| c.of);
            return same;
        }
        // a bare number speaks of what was counted last, in this sentence or the one before
        near().filter(counts).find(|c| c.sentence.0 + 1 >= sentence.0).and_then(|c| c.of)
    }

    /// 12 tests per day: a count with "per" after its noun is a rate.
    fn per_noun(&self, at: u32, counted: &mut Counted) {
        let p = &self.phrases;
        let article = p.role(at, Role::Article);
        if at + 1 >= self.end
            || !(article || p.role(at, Role::Per))
            || (article && p.role(at + 2, Role::Then))
        {
            return;
        }
        let word = p.document.tokens[at as usize + 1].word;
        let unit = p
            .lexicon
            .unit_forms(word)
            .iter()
            .find(|f| f.rest.is_empty() && !f.value.symbol && !f.value.before && !f.value.qualifies)
            .map(|f| &p.lexicon.units()[f.value.unit as usize])
            .filter(|u| u.kind == UnitKind::Duration);
        let per = match unit {
            Some(unit) => unit.name.to_string(),
            None if article && p.role(at + 1, Role::PerNoun) => p.document.word(at + 1).to_owned(),
            None if !article => match p.nouns(at + 1, self.end) {
                Some(range) => p.document.span(range).of(p.document.text).to_owned(),
                None => return,
            },
            None => return,
        };
        counted.per = Some(per);
        counted.kind = ClaimKind::Rate;
    }
}
