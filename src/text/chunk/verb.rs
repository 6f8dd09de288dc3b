//! Verb groups: from the first auxiliary or verb, or the adverbs before it, to the main verb and its particles.

use super::{Chunk, ChunkKind, Reader, VerbForm};
use crate::lexicon::Classes;
use crate::text::Tag;

/// Verbs that another verb can follow in the group; a modal is told by its tag.
const JOINING: Classes =
    Classes::BE.union(Classes::HAVE).union(Classes::DO).union(Classes::GET).union(Classes::SEMI_AUXILIARY);

/// What the tag of a group's first verb tells of the group; nothing where it is none.
const FORMS: [VerbForm; 64] = {
    let mut forms = [VerbForm::empty(); 64];
    forms[Tag::Md as usize] = VerbForm::FINITE.union(VerbForm::MODAL);
    forms[Tag::Vbd as usize] = VerbForm::FINITE;
    forms[Tag::Vbp as usize] = VerbForm::FINITE;
    forms[Tag::Vbz as usize] = VerbForm::FINITE;
    forms[Tag::Vb as usize] = VerbForm::BARE;
    forms[Tag::Vbg as usize] = VerbForm::GERUND;
    forms[Tag::Vbn as usize] = VerbForm::PARTICIPLE;
    forms[Tag::To as usize] = VerbForm::INFINITIVE;
    forms
};

impl Reader<'_> {
    /// The verb group that begins here, with the adverbs before its first verb.
    pub(super) fn verb_group(&self, start: usize) -> Option<Chunk> {
        let first = self.past_adverbs(start);
        let mut form = FORMS[self.tag(first) as usize % FORMS.len()];
        let mut head = first;
        if form == VerbForm::INFINITIVE {
            head = self.past_adverbs(first + 1);
            if self.tag(head) != Tag::Vb {
                return None;
            }
        }
        if form.is_empty() {
            return None;
        }
        let mut end = head + 1;
        while let Some((next, more)) = self.next_verb(head, form) {
            // only the last pair tells voice: "has been said" is passive, "was being asked" is not progressive alone
            form |= more;
            head = next;
            end = next + 1;
        }
        while self.tag(end) == Tag::Rp {
            end += 1;
        }
        // a negation after an auxiliary that stands alone: "did not", "is n't"
        if self.is(head, Classes::AUXILIARY) {
            while self.is(end, Classes::NEGATION) && self.tag(end).is_adverb() {
                end += 1;
            }
        }
        let group = &self.tokens[start..end];
        if group.iter().any(|t| t.is(Classes::NEGATION) && t.tag.is_adverb()) {
            form |= VerbForm::NEGATED;
        }
        Some(Chunk {
            tokens: start as u32..end as u32,
            head: head as u32,
            first: first as u32,
            kind: ChunkKind::Verb,
            form,
        })
    }

    /// The verb that this verb is an auxiliary of, and what the two are together.
    fn next_verb(&self, verb: usize, form: VerbForm) -> Option<(usize, VerbForm)> {
        if self.tag(verb) != Tag::Md && !self.is(verb, JOINING) {
            return None;
        }
        let mut next = self.past_adverbs(verb + 1);
        // "have all said", "were both told"
        if self.is(next, Classes::FLOATING)
            && self.is(verb, Classes::AUXILIARY)
            && self.tag(next + 1).is_verb()
        {
            next = self.past_adverbs(next + 1);
        }
        let next = next;
        let participle = matches!(self.tag(next), Tag::Vbn | Tag::Vbd);
        if self.tag(verb) == Tag::Md {
            // 'd: "he'd gone" beside "he'd go"
            if self.is(verb, Classes::HAVE) && self.tag(next) == Tag::Vbn {
                return Some((next, VerbForm::PERFECT));
            }
            return matches!(self.tag(next), Tag::Vb | Tag::Vbp).then_some((next, VerbForm::empty()));
        }
        if self.tag(next) == Tag::To {
            let main = self.past_adverbs(next + 1);
            let passive = form.contains(VerbForm::PASSIVE);
            let joins = self.is(verb, Classes::SEMI_AUXILIARY) && !passive
                || self.is(verb, Classes::HAVE.union(Classes::BE));
            return (self.tag(main) == Tag::Vb && joins).then_some((main, VerbForm::empty()));
        }
        let is = |classes| self.is(verb, classes);
        if is(Classes::BE) && is(Classes::HAVE) && participle {
            // 's: "it's been", but "it's said"
            let perfect = self.is(next, Classes::BE);
            return Some((next, if perfect { VerbForm::PERFECT } else { VerbForm::PASSIVE }));
        }
        if is(Classes::BE) && participle || is(Classes::GET) && self.tag(next) == Tag::Vbn {
            return Some((next, VerbForm::PASSIVE));
        }
        if is(Classes::BE) && self.tag(next) == Tag::Vbg {
            return Some((next, VerbForm::PROGRESSIVE));
        }
        if is(Classes::HAVE) && participle {
            return Some((next, VerbForm::PERFECT));
        }
        (is(Classes::DO) && matches!(self.tag(next), Tag::Vb | Tag::Vbp)).then_some((next, VerbForm::empty()))
    }
}
