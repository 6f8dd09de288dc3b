//! One pass over a sentence from left to right: a tag for each token from its kind, its word, or its features.

use super::Tag;
use super::feature::Features;
use crate::lexicon::{Case, TagSet, Tagger};
use crate::text::{Flags, Token, TokenKind};

/// What is to be decided at a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// its only tag
    Sure(Tag),
    /// its possible tags, as bits
    Among(u64),
}

/// The tags that an unknown word may have.
const OPEN: u64 = bits(&[
    Tag::Nn,
    Tag::Nns,
    Tag::Nnp,
    Tag::Nnps,
    Tag::Vb,
    Tag::Vbd,
    Tag::Vbg,
    Tag::Vbn,
    Tag::Vbp,
    Tag::Vbz,
    Tag::Jj,
    Tag::Jjr,
    Tag::Jjs,
    Tag::Rb,
    Tag::Cd,
    Tag::Uh,
]);

/// The tags that an unknown word or number may have that begins with a digit.
const NUMERIC: u64 = bits(&[Tag::Cd, Tag::Jj, Tag::Nn, Tag::Nns, Tag::Nnp, Tag::Rb]);

const fn bits(tags: &[Tag]) -> u64 {
    let (mut set, mut i) = (0, 0);
    while i < tags.len() {
        set |= 1 << tags[i] as u8;
        i += 1;
    }
    set
}

/// A sentence on its way through the tagger.
#[derive(Debug)]
pub struct Walk<'a> {
    text: &'a str,
    tagger: &'a Tagger,
    tokens: &'a mut [Token],
    at: usize,
    /// capitals carry no meaning here
    headline: bool,
    /// code of the last verb, modal or "to": what governs the form of the next verb
    governor: u32,
    /// an opening single quotation mark is not yet closed
    open: bool,
}

impl<'a> Walk<'a> {
    /// At the first token of a sentence.
    pub fn new(text: &'a str, tagger: &'a Tagger, tokens: &'a mut [Token]) -> Self {
        let headline = is_headline(tokens);
        Self { text, tagger, tokens, at: 0, headline, governor: 0, open: false }
    }

    /// Tags the whole sentence.
    pub fn run(mut self) {
        let rows = self.tagger.rows();
        while self.at < self.tokens.len() {
            let tag = match self.choice() {
                Choice::Sure(tag) => tag,
                Choice::Among(set) => {
                    let best = self.features().best(rows, set);
                    Tag::ALL.get(best as usize).copied().unwrap_or(Tag::Nn)
                }
            };
            self.accept(tag);
        }
    }

    /// Whether nearly every longer word has a capital, so that a capital tells nothing.
    pub fn is_headline(&self) -> bool {
        self.headline
    }

    /// The position of the token that is to be tagged next, while there is one.
    pub fn position(&self) -> Option<usize> {
        (self.at < self.tokens.len()).then_some(self.at)
    }

    /// Gives the token its tag and goes on to the next.
    #[inline]
    pub fn accept(&mut self, tag: Tag) {
        self.tokens[self.at].tag = tag;
        if tag.is_verb() || matches!(tag, Tag::Md | Tag::To) {
            self.governor = self.code(self.at as isize) << 6 | tag as u32;
        } else if matches!(tag, Tag::Period | Tag::Colon | Tag::Open | Tag::Wp | Tag::Wdt) {
            self.governor = 0;
        }
        if self.tokens[self.at].kind == TokenKind::SingleQuote {
            self.open = tag == Tag::Open;
        }
        self.at += 1;
    }

    /// What is to be decided at this token.
    #[inline]
    pub fn choice(&self) -> Choice {
        use TokenKind::*;
        let token = &self.tokens[self.at];
        Choice::Sure(match token.kind {
            Word => {
                let case = self.case(self.at);
                let set = self.tagger.set_of(token.word, case);
                if set == TagSet::OPEN {
                    return Choice::Among(OPEN);
                }
                let tags = self.tagger.tags(set);
                if !tags.is_power_of_two() {
                    return Choice::Among(tags);
                }
                Tag::ALL.get(tags.trailing_zeros() as usize).copied().unwrap_or(Tag::Nn)
            }
            Number => {
                let digits =
                    token.span.of(self.text).bytes().all(|b| b.is_ascii_digit() || matches!(b, b',' | b'.'));
                if !digits {
                    return Choice::Among(NUMERIC);
                }
                Tag::Cd
            }
            Comma => Tag::Comma,
            Period | Question | Exclamation => Tag::Period,
            Colon | Semicolon | Ellipsis | Dash | Hyphen | Slash | Bullet => Tag::Colon,
            Open => Tag::LeftBracket,
            Close => Tag::RightBracket,
            DoubleQuote if self.opens() => Tag::Open,
            DoubleQuote => Tag::Close,
            SingleQuote => self.apostrophe(),
            Currency => Tag::Dollar,
            Percent | Url | Hashtag => Tag::Nn,
            Handle => Tag::Nnp,
            Symbol if matches!(token.span.of(self.text), "&" | "+") => Tag::Cc,
            Symbol => Tag::Sym,
        })
    }

    /// Whether the quotation mark here opens, by its shape or by the space around it.
    fn opens(&self) -> bool {
        let mark = &self.tokens[self.at];
        if mark.flags.contains(Flags::OPENING) {
            return true;
        }
        if !matches!(mark.span.of(self.text), "\"" | "'" | "''") {
            return false;
        }
        let spaced = mark.flags.contains(Flags::SPACE);
        let before = self.at.checked_sub(1).map(|i| self.tokens[i].tag);
        let after = self.tokens.get(self.at + 1).is_none_or(|t| t.flags.contains(Flags::SPACE));
        (spaced || matches!(before, None | Some(Tag::LeftBracket | Tag::Open | Tag::Colon))) && !after
    }

    /// A single mark: the genitive of a plural, or a quotation mark.
    fn apostrophe(&self) -> Tag {
        if self.opens() {
            return Tag::Open;
        }
        let mark = &self.tokens[self.at];
        let Some(owner) = self.at.checked_sub(1).map(|i| &self.tokens[i]) else { return Tag::Close };
        // a capital is a name's: "Shipwrights" is tagged as a verb where no sentence has taught it
        let named = owner.flags.contains(Flags::CAPITAL);
        let owns = (owner.tag.is_noun() || owner.tag.is_adjective() || named)
            && owner.span.of(self.text).ends_with(['s', 'S', 'z', 'x'])
            && !mark.flags.contains(Flags::SPACE);
        let owned = self.tokens.get(self.at + 1).is_some_and(|t| t.is_wordlike());
        let closed_later = || self.tokens[self.at + 1..].iter().any(|t| t.kind == TokenKind::SingleQuote);
        if owns && owned && (!self.open || closed_later()) { Tag::Pos } else { Tag::Close }
    }

    /// What the case of the word at a position tells.
    #[inline]
    pub fn case(&self, i: usize) -> Case {
        use TokenKind::*;
        if !self.tokens[i].flags.contains(Flags::CAPITAL) {
            return Case::Lower;
        }
        let placed = self.headline
            || i == 0
            || matches!(
                self.tokens[i - 1].kind,
                DoubleQuote
                    | SingleQuote
                    | Colon
                    | Semicolon
                    | Period
                    | Question
                    | Exclamation
                    | Ellipsis
                    | Dash
                    | Open
                    | Bullet
            );
        if placed { Case::Uncertain } else { Case::Capital }
    }

    /// A number for the token at a place, which may lie outside the sentence: its word, or what else it is.
    #[inline]
    fn code(&self, i: isize) -> u32 {
        let Some(token) = usize::try_from(i).ok().and_then(|i| self.tokens.get(i)) else {
            return if i < 0 { 1 } else { 2 };
        };
        if token.word.0 < self.tagger.len() {
            return token.word.0 + 64;
        }
        let look = token.flags & (Flags::CAPITAL | Flags::HYPHEN);
        match token.kind {
            TokenKind::Word => 32 + u32::from(look.bits()),
            kind => 3 + kind as u32,
        }
    }

    /// A number for what the token at a place right of here may be: its set of tags, or its ending.
    #[inline]
    fn outlook(&self, i: usize) -> u32 {
        let Some(token) = self.tokens.get(i) else { return 0 };
        if token.kind != TokenKind::Word {
            return 1 + token.kind as u32;
        }
        let case = self.case(i);
        let set = self.tagger.set_of(token.word, case);
        if set != TagSet::OPEN {
            return 64 + u32::from(set.0);
        }
        ending(token.span.of(self.text).as_bytes(), 2) << 2 | case as u32
    }

    /// The features of this token.
    #[inline]
    pub fn features(&self) -> Features {
        let i = self.at;
        let at = i as isize;
        let token = &self.tokens[i];
        let case = self.case(i);
        let set = match token.kind {
            TokenKind::Word => self.tagger.set_of(token.word, case),
            _ => TagSet::OPEN,
        };
        let tag = |back: usize| if i >= back { self.tokens[i - back].tag as u32 } else { 63 };
        let (t1, t2) = (tag(1), tag(2));
        let (w, p1, p2) = (self.code(at) << 2 | case as u32, self.code(at - 1), self.code(at - 2));
        let (n1, n2) = (self.code(at + 1), self.code(at + 2));
        let (o1, o2) = (self.outlook(i + 1), self.outlook(i + 2));
        let own = u32::from(set.0) << 2 | case as u32;
        let mut f = Features::new();
        f.push(w, 0);
        f.push(p1, 0);
        f.push(n1, 0);
        f.push(p2, 0);
        f.push(n2, 0);
        f.push(t1, own);
        f.push(t1 << 6 | t2, own);
        f.push(w, t1);
        f.push(w, t1 << 6 | t2);
        f.push(w, p1);
        f.push(w, n1);
        f.push(w, o1);
        f.push(o1, own);
        f.push(o1, t1);
        f.push(o1, o2);
        f.push(self.governor, own);
        f.push(self.governor, w);
        if set == TagSet::OPEN {
            let form = token.span.of(self.text).as_bytes();
            let look = u32::from((token.flags & !(Flags::SPACE | Flags::LINE)).bits()) << 2 | case as u32;
            let s3 = ending(form, 3);
            let last = form.iter().rposition(|&b| b == b'-').map_or(0, |h| form.len() - h);
            f.push(ending(form, 1), look);
            f.push(ending(form, 2), look);
            f.push(s3, look);
            f.push(ending(form, 4), look);
            f.push(ending(form, 5), 0);
            f.push(ending(form, last), 0);
            f.push(beginning(form, 3), 0);
            f.push(s3, t1);
            f.push(s3, o1);
            f.push(look, t1);
            f.push(look, o1);
            f.push(look, p1);
        }
        f
    }
}

fn is_headline(tokens: &[Token]) -> bool {
    let (mut capital, mut small) = (0, 0);
    for token in tokens {
        if token.kind == TokenKind::Word && token.span.len() > 3 {
            if token.flags.contains(Flags::CAPITAL) { capital += 1 } else { small += 1 }
        }
    }
    capital >= 4 && capital >= small * 6
}

/// The last bytes of a word in lower case, as a number; 0 for none.
fn ending(form: &[u8], bytes: usize) -> u32 {
    mix(&form[form.len() - bytes.min(form.len())..])
}

/// The first bytes of a word in lower case, as a number.
fn beginning(form: &[u8], bytes: usize) -> u32 {
    mix(&form[..bytes.min(form.len())])
}

#[inline]
fn mix(bytes: &[u8]) -> u32 {
    bytes
        .iter()
        .fold(0, |h: u32, b| (h.rotate_left(5) ^ u32::from(b.to_ascii_lowercase())).wrapping_mul(0x9e37_79b9))
}
