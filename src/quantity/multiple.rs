//! Numbers that are multiples: twice as many, threefold, six times the size; and vague plurals, tens of thousands.

use super::number::{Form, Number};
use super::numeral::scaled;
use super::piece::{Kind, Pieces};
use crate::lexicon::{ChangePos, NumberRole as Role, WordId};
use crate::text::Tag;
use crate::vocabulary::Direction;

impl Pieces<'_> {
    /// Twice as many, doubled, threefold, 10-fold.
    pub(super) fn multiplier(&self, at: usize) -> Option<Number> {
        if let Some(value) = self.role(at, Role::Multiplier) {
            // to double down is to insist
            let insists = self.lexicon.changes(self.get(at + 1).map_or(WordId::UNKNOWN, |p| p.word));
            if insists
                .iter()
                .any(|c| c.value.pos == ChangePos::Adverb && c.value.direction == Direction::Down)
            {
                return None;
            }
            // "scored twice as the crowd sang": how often, not by how much
            if matches!(self.get(at)?.tag, Tag::Rb | Tag::Pdt | Tag::In | Tag::Jj | Tag::Dt)
                && !self.str(at).ends_with("fold")
                && !self.compares(at + 1)
            {
                return None;
            }
            return Some(Number::new(at..at + 1, value, Form::Multiplier));
        }
        let (fold, _) = self.after_hyphen(at + 1, Role::Fold)?;
        let value = self.digits(at).map(|d| scaled(d, 0)).or_else(|| self.small(at))?;
        Some(Number::new(at..fold + 1, value, Form::Multiplier))
    }

    /// Thousands, tens of thousands, several hundred, a few dozen: at least twice the size.
    pub(super) fn vague(&self, at: usize) -> Option<Number> {
        if let Some(size) = self.role(at, Role::Vague) {
            if self.is(at + 1, Role::Of)
                && let Some(of) = self.role(at + 2, Role::Vague).filter(|&of| of > size)
            {
                return Some(Number::new(at..at + 3, 2.0 * size * of, Form::Vague));
            }
            // tens and scores are other things too where they are not "of"
            let counts = !matches!(self.str(at), "scores" | "tens") || self.is(at + 1, Role::Of);
            return counts.then(|| Number::new(at..at + 1, 2.0 * size, Form::Vague));
        }
        let start = at;
        let at = if self.is(at, Role::Article) { at + 1 } else { at };
        self.role(at, Role::SomeOf)?;
        let mut size = 1.0;
        let mut end = at + 1;
        if self.is(end, Role::Of) {
            end += 1;
        }
        let first = end;
        while let Some(more) = self.multiplying(end) {
            size *= more;
            end += 1;
        }
        (end > first).then(|| Number::new(start..end, 2.0 * size, Form::Vague))
    }

    pub(super) fn multiplying(&self, at: usize) -> Option<f64> {
        [Role::Hundred, Role::Magnitude, Role::Dozen].into_iter().find_map(|r| self.role(at, r))
    }

    /// Whether a piece begins a unit of time or measure: a quarter century, half-mile.
    pub(super) fn is_unit_word(&self, at: usize) -> bool {
        self.get(at).is_some_and(|p| {
            p.begins.unit && {
                self.lexicon
                    .unit_forms(p.word)
                    .iter()
                    .any(|f| !f.value.before && !f.value.symbol && f.rest.is_empty())
            }
        })
    }

    /// Six times as many, four times the size, 6.5 times earnings.
    pub(super) fn times(&self, number: &mut Number) {
        let at = number.pieces.end;
        let hyphen = usize::from(self.kind(at) == Some(Kind::Hyphen) && !self.spaced(at));
        let part = number.value.fract() != 0.0;
        if self.is(at + hyphen, Role::Times) && hyphen == 0 && (part || self.compares(at + 1)) {
            number.form = Form::Multiplier;
        }
    }

    /// Whether a comparison begins at a piece: as many as, the size of, more than, what it was.
    pub(super) fn compares(&self, at: usize) -> bool {
        let as_what = |p: &super::piece::Piece<'_>| p.tag.is_adjective() || p.tag.is_adverb();
        // harder, richer
        let comparative = self.get(at).is_some_and(|p| p.tag.is_comparative());
        comparative
            || self.is(at, Role::Comparison)
                && (self.str(at) != "as" || self.get(at + 1).is_some_and(as_what))
    }
}
