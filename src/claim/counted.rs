//! The thing that a quantity counts or measures, from the noun phrases at it or from the claims before it.

use super::Claim;
use super::context::time;
use super::phrase::Phrases;
use super::rules as rule;
use crate::lexicon::{Classes, NumberRole as Role};
use crate::quantity::{PLAIN_COUNT, Quantity};
use crate::rule::Rule;
use crate::span::Span;
use crate::text::{Tag, TokenKind};
use crate::vocabulary::ClaimKind;
use std::borrow::Cow;
use std::ops::Range;

/// How many claims back one may stand whose number a noun phrase holds.
const NEAR: usize = 4;

/// What the noun phrases at a quantity tell.
#[derive(Debug)]
pub(super) struct Counted<'a> {
    /// The quantity's span, with the head that it counts where that is adjacent.
    pub(super) span: Span,
    pub(super) of: Option<Span>,
    pub(super) kind: ClaimKind,
    pub(super) per: Option<Cow<'a, str>>,
    /// The rule by which what a bare number counts was found.
    pub(super) rule: Option<&'static Rule>,
    /// It is but a part of what `of` names: 40 percent of the workers, nine of the boats.
    pub(super) part: bool,
}

/// Finds what a quantity counts. `earlier` are the claims before it.
pub(super) fn find<'a>(phrases: Phrases<'_, 'a>, quantity: &Quantity<'a>, earlier: &[Claim]) -> Counted<'a> {
    let document = phrases.document;
    let sentence = &document.sentences[quantity.sentence.index()];
    let aside =
        if quantity.kind == ClaimKind::Count { None } else { phrases.after_restated(quantity.tokens.end) };
    // sales topped $4 billion: the bound is the clause's verb
    let first = quantity.tokens.start;
    let verb = phrases.tag(first).is_finite()
        && phrases.is(first, Classes::BOUND)
        && first + 1 < quantity.tokens.end;
    let at = At {
        phrases,
        first: first + u32::from(verb),
        after: aside.unwrap_or(quantity.tokens.end),
        start: sentence.tokens.start,
        end: sentence.tokens.end,
    };
    let mut counted = Counted {
        span: quantity.span,
        of: None,
        kind: quantity.kind,
        per: quantity.per.clone(),
        rule: (quantity.kind == ClaimKind::Rate && quantity.unit.is_empty()).then_some(&rule::RATE),
        part: false,
    };
    if let Some(joined) = quantity.joined {
        // in "four- and six-cylinder" the noun stands behind another number
        if joined.start <= quantity.span.end + 1 {
            counted.span = quantity.span.cover(joined);
        }
        counted.of = at.joined(quantity, joined);
        return counted;
    }
    if quantity.restates
        && let Some(first) = earlier.last().filter(|c| c.sentence == quantity.sentence)
    {
        counted.of = first.of;
        counted.part = true;
        return counted;
    }
    let bare = quantity.kind == ClaimKind::Count;
    if bare && let Some(range) = at.counted() {
        let head = document.span(range.clone());
        counted.span = quantity.span.cover(head);
        counted.of = Some(head);
        at.per_noun(range.end, &mut counted);
        return counted;
    }
    counted.part = at.of().is_some();
    // a range or vague plural has a rule of its own
    let alone = bare && quantity.rule == PLAIN_COUNT;
    if let Some(range) = at.phrase(quantity) {
        let of = document.span(phrases.uncounted(range));
        // "gained 1%, closing at 1,412", "fell 68p to 212p": another number is no thing, but is of one
        let number = |c: &&Claim| {
            let own = if c.kind == ClaimKind::Count { c.number } else { c.span };
            let alone = own.start <= of.start && own.end >= of.end;
            alone && c.of != Some(of) && c.kind != ClaimKind::Age
        };
        let here = earlier.iter().rev().take_while(|c| c.sentence == quantity.sentence);
        counted.of = here.take(NEAR).find(number).map_or(Some(of), |c| c.of);
        if alone {
            counted.rule = Some(at.bare_rule());
        }
    } else {
        counted.of = at.antecedent(quantity, earlier);
        counted.part |= counted.of.is_some() && quantity.change.is_none();
        if alone {
            let found = counted.of.is_some();
            counted.rule = Some(if found { &rule::COUNT_ELLIPSIS } else { &rule::COUNT_ALONE });
        }
    }
    counted
}

/// Where a quantity stands.
pub(super) struct At<'d, 'a> {
    pub(super) phrases: Phrases<'d, 'a>,
    /// its first token and the one after its last
    pub(super) first: u32,
    pub(super) after: u32,
    /// its sentence's first token and the one after its last
    pub(super) start: u32,
    pub(super) end: u32,
}

impl At<'_, '_> {
    /// The noun phrase right after the quantity.
    pub(super) fn adjacent(&self) -> Option<Range<u32>> {
        let p = &self.phrases;
        if p.kind(self.after) == Some(TokenKind::Comma) || time(*p, self.after, self.end).is_some() {
            return None;
        }
        p.nouns(self.after, self.end)
    }

    /// The same for a count, before which a plural may have been taken for a verb: 2,300 inmates.
    fn counted(&self) -> Option<Range<u32>> {
        let p = &self.phrases;
        let plural = p.tag(self.after) == Tag::Vbz
            && !p.is(self.after, Classes::AUXILIARY)
            && p.kind(self.after) == Some(TokenKind::Word)
            && !p.tag(self.after + 1).is_noun();
        self.adjacent().or_else(|| plural.then_some(self.after..self.after + 1))
    }

    /// The noun phrase after "of".
    fn of(&self) -> Option<Range<u32>> {
        let p = &self.phrases;
        if !p.role(self.after, Role::Of) {
            return None;
        }
        // nine of the 14 boats, of her last nine races: the boats, the races
        let range = p.noun_phrase(self.after + 1, self.end)?;
        let counts = |t: u32| p.tag(t) == Tag::Cd || p.is(t, Classes::NUMBER);
        let number = range.clone().rev().find(|&t| counts(t)).map_or(range.start, |t| t + 1);
        Some(if number < range.end { number..range.end } else { range })
    }

    /// The rule by which the thing that a bare number counts was found in its sentence.
    fn bare_rule(&self) -> &'static Rule {
        if self.of().is_some() {
            &rule::COUNT_OF
        } else if self.before_preposition().is_none() && self.labelled().is_some() {
            &rule::COUNT_LABEL
        } else {
            &rule::COUNT_LEVEL
        }
    }

    /// What phrases of the sentence tell, by kind.
    fn phrase(&self, quantity: &Quantity) -> Option<Range<u32>> {
        let p = &self.phrases;
        let mark = p.role(self.after, Role::Mark);
        let adjacent = || self.adjacent().filter(|_| !mark);
        // "found that 12 percent had no heat": those are the subject, and of nothing told
        let subject = quantity.kind == ClaimKind::Percent && p.tag(self.after).is_finite();
        let any_subject = || {
            let found = if subject { None } else { p.subject(self.first, self.start) };
            found.filter(|r| !p.is_time(r))
        };
        // "past the $5 billion mark" is a level of the subject, "a 15 percent threshold" one of its own
        let level = || if mark { self.measured() } else { any_subject() };
        // half of them: whom, an antecedent tells
        if p.role(self.after, Role::Of) && p.tag(self.after + 1) == Tag::Prp {
            return None;
        }
        // the top 1 percent: those are all that is meant
        if quantity.kind == ClaimKind::Percent && self.is_top() {
            return self.of();
        }
        // three-quarters of the $59 million
        if quantity.kind == ClaimKind::Ratio && p.role(self.after, Role::Of) && self.of().is_none() {
            return None;
        }
        match quantity.kind {
            ClaimKind::Count => self
                .of()
                .or_else(|| self.before_preposition())
                .or_else(|| self.labelled())
                .or_else(|| self.moved())
                .or_else(|| self.measured())
                .or_else(|| self.level_at()),
            ClaimKind::Percent => self
                .of()
                .filter(|_| !self.is_rate_of())
                .or_else(|| self.before_preposition().filter(|r| !p.is_time(r)))
                .or_else(|| self.of())
                .or_else(|| self.moved())
                .or_else(|| self.risen())
                .or_else(|| adjacent().filter(|r| !p.is_time(r)))
                .or_else(|| self.level_at())
                .or_else(|| self.holder())
                .or_else(level),
            ClaimKind::Ratio => self
                .of()
                .or_else(|| self.moved())
                .or_else(|| {
                    p.noun_phrase(self.after, self.end).filter(|_| !matches!(p.tag(self.after), Tag::In))
                })
                .or_else(any_subject),
            ClaimKind::Money | ClaimKind::Rate => adjacent()
                .or_else(|| {
                    let within = p.tag(self.after) == Tag::In && p.role(self.after, Role::Divided);
                    let of = p.role(self.after, Role::Of);
                    // "$5 in the event of a war" has no events
                    let dated = p.tag(self.after + 1) == Tag::Dt || time(*p, self.after, self.end).is_some();
                    let found =
                        if within && !dated || of { p.noun_phrase(self.after + 1, self.end) } else { None };
                    // "took in $4 million in three days"
                    found.map(|r| p.undated(r)).filter(|r| !within || !p.is_time(r))
                })
                .or_else(|| self.before_preposition())
                .or_else(|| self.moved())
                .or_else(|| self.risen())
                .or_else(|| self.measured())
                .or_else(|| self.level_at())
                .or_else(|| if mark { any_subject() } else { None }),
            ClaimKind::Measure => {
                let things = || self.things().filter(|r| !p.is_time(r) && p.tag(r.start) != Tag::Vbg);
                let found = self.of().or_else(things).or_else(|| self.before_preposition());
                found
                    .or_else(|| self.moved())
                    .or_else(|| self.risen())
                    .or_else(any_subject)
                    .or_else(|| self.described())
            }
            ClaimKind::Duration => {
                self.of().or_else(|| self.things().filter(|_| self.is_joined())).or_else(|| {
                    let verb = self.first.checked_sub(1).filter(|&t| t > self.start)?;
                    if p.tag(verb).is_verb() { self.measured() } else { None }
                })
            }
            ClaimKind::Age => {
                // a 22-year-old driver; a driver aged 22, Holm, 22
                let whole = self.is_joined() || p.role(self.after - 1, Role::Old);
                // two 17-year-olds: those of that age are all that is counted
                if whole && p.tag(self.after - 1) == Tag::Nns {
                    return None;
                }
                let before = || {
                    let mut mark = self.first.checked_sub(1).filter(|&t| t >= self.start)?;
                    // Brandt, now 45, …
                    mark -= u32::from(mark > self.start && p.document.word(mark) == "now");
                    // players over the age of 21
                    let of_age = mark > self.start + 3
                        && p.role(mark, Role::Of)
                        && p.role(mark - 1, Role::Aged)
                        && p.tag(mark - 2) == Tag::Dt;
                    if of_age {
                        mark -= 3;
                        if !p.is(mark, Classes::BOUND) || p.role(mark, Role::At) {
                            return any_subject();
                        }
                    }
                    p.nouns_before(mark, self.start).or_else(|| p.nouns_before(self.first, self.start))
                };
                let found = if whole { adjacent().or_else(before) } else { before().or_else(adjacent) };
                found.or_else(any_subject)
            }
            ClaimKind::Multiplier => self
                .of()
                .or_else(|| {
                    let verb = p.tag(self.first).is_verb();
                    if verb { p.noun_phrase(self.after, self.end) } else { None }
                })
                .or_else(|| p.subject(self.after, self.start))
                .or_else(|| p.subject(self.first, self.start)),
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

    /// Whether a per cent names those at one end of many: the top 1 percent.
    fn is_top(&self) -> bool {
        let p = &self.phrases;
        let Some(word) = self.first.checked_sub(2).filter(|&t| t >= self.start).map(|t| t + 1) else {
            return false;
        };
        let the = p.tag(word - 1) == Tag::Dt && !p.role(word - 1, Role::Article);
        the && p.tag(word).is_adjective() && self.adjacent().is_none()
    }

    /// An unemployment rate of 150 percent of the average: the rate; the subject of 60 percent of talks: talks.
    fn is_rate_of(&self) -> bool {
        let p = &self.phrases;
        let of = self.first.checked_sub(1).filter(|&t| t > self.start && p.role(t, Role::Of));
        let noun = of.and_then(|t| p.nouns_before(t, self.start));
        noun.is_some_and(|n| {
            n.start > self.start && p.role(n.start - 1, Role::Article) && !p.role(n.end - 1, Role::VagueHead)
        })
    }
}
