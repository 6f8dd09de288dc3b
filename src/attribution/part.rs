//! The parts of features' names that come from closed sets, hashed when the program is built: tags, frames, forms,
//! kinds of blocks, lengths, shares, rules.

use super::content::Frame;
use super::feature::Part;
use crate::rule::Rule;
use crate::text::Tag;
use crate::vocabulary::{BlockKind, Form};
use std::ops::Deref;

/// Makes parts of names, one each.
macro_rules! parts {
    ($($name:literal)*) => { [$(Part::new($name)),*] };
}

impl From<Tag> for Part<'static> {
    #[inline]
    fn from(tag: Tag) -> Self {
        static TAGS: [Part<'static>; Tag::ALL.len()] = {
            let mut parts = [Part::new(""); Tag::ALL.len()];
            let mut i = 0;
            while i < parts.len() {
                parts[i] = Part::new(Tag::ALL[i].name());
                i += 1;
            }
            parts
        };
        TAGS[tag as usize]
    }
}

impl From<Frame> for Part<'static> {
    #[inline]
    fn from(frame: Frame) -> Self {
        static FRAMES: [Part<'static>; Frame::ALL.len()] = {
            let mut parts = [Part::new(""); Frame::ALL.len()];
            let mut i = 0;
            while i < parts.len() {
                parts[i] = Part::new(Frame::ALL[i].name());
                i += 1;
            }
            parts
        };
        FRAMES[frame as usize]
    }
}

impl From<Option<Form>> for Part<'static> {
    #[inline]
    fn from(form: Option<Form>) -> Self {
        static FORMS: [Part<'static>; 6] = parts!["none" "name" "role" "pronoun" "relative" "possessive"];
        FORMS[match form {
            None => 0,
            Some(Form::Name) => 1,
            Some(Form::Role) => 2,
            Some(Form::Pronoun) => 3,
            Some(Form::Relative) => 4,
            Some(Form::Possessive) => 5,
        }]
    }
}

impl From<BlockKind> for Part<'static> {
    fn from(kind: BlockKind) -> Self {
        static BLOCKS: [Part<'static>; 7] =
            parts!["headline" "heading" "caption" "turn" "item" "blockquote" "other"];
        BLOCKS[match kind {
            BlockKind::Headline => 0,
            BlockKind::Heading => 1,
            BlockKind::Caption => 2,
            BlockKind::Turn => 3,
            BlockKind::ListItem => 4,
            BlockKind::Blockquote => 5,
            _ => 6,
        }]
    }
}

/// A sieve's rule with its id as a part of names.
#[derive(Debug)]
pub(super) struct Named {
    pub(super) rule: Rule,
    part: Part<'static>,
}

impl Named {
    pub(super) const fn of(rule: Rule) -> Self {
        Self { part: Part::new(rule.id), rule }
    }
}

impl Deref for Named {
    type Target = Rule;

    #[inline]
    fn deref(&self) -> &Rule {
        &self.rule
    }
}

impl From<&Named> for Part<'static> {
    #[inline]
    fn from(named: &Named) -> Self {
        named.part
    }
}

/// A length or number, as precise as matters.
pub(super) struct Bucket(pub(super) u32);

impl Bucket {
    /// From here on one length is as any.
    pub(super) const LAST: u32 = 36;
}

impl From<Bucket> for Part<'static> {
    #[inline]
    fn from(length: Bucket) -> Self {
        static LENGTHS: [Part<'static>; Bucket::LAST as usize + 1] = parts![
            "0" "1" "2" "3-4" "3-4" "5-7" "5-7" "5-7" "8-12" "8-12" "8-12" "8-12" "8-12"
            "13-20" "13-20" "13-20" "13-20" "13-20" "13-20" "13-20" "13-20"
            "21-35" "21-35" "21-35" "21-35" "21-35" "21-35" "21-35" "21-35" "21-35" "21-35" "21-35" "21-35"
            "21-35" "21-35" "21-35"
            "36+"
        ];
        LENGTHS[length.0.min(Bucket::LAST) as usize]
    }
}

/// How often an occurrence of a cue is one, of ten.
pub(super) struct Share(pub(super) f32);

impl From<Share> for Part<'static> {
    #[inline]
    fn from(share: Share) -> Self {
        static TENTHS: [Part<'static>; 10] = parts!["0" "1" "2-3" "2-3" "4-5" "4-5" "6-7" "6-7" "8" "9"];
        TENTHS[((share.0 * 10.0) as u8 as usize).min(TENTHS.len() - 1)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closed_sets_have_their_names() {
        for (n, want) in [
            (0, "0"),
            (4, "3-4"),
            (7, "5-7"),
            (12, "8-12"),
            (13, "13-20"),
            (20, "13-20"),
            (21, "21-35"),
            (35, "21-35"),
            (36, "36+"),
            (u32::MAX, "36+"),
        ] {
            assert_eq!(Part::from(Bucket(n)).text(), want, "{n}");
        }
        for (share, want) in [(0.0, "0"), (0.39, "2-3"), (0.8, "8"), (1.0, "9")] {
            assert_eq!(Part::from(Share(share)).text(), want, "{share}");
        }
        assert!(Tag::ALL.iter().all(|&tag| Part::from(tag).text() == tag.name()));
        assert!(Frame::ALL.iter().all(|&frame| Part::from(frame).text() == frame.name()));
    }
}
