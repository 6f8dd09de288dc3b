//! One pass over a sentence from left to right: a tag for each token that does not show it, from its place or its features.
//!
//! Takes what the tokens show ([`Sights`]) and adds what the tags so far tell. What shows its tag has it before the walk
//! begins, so that the walk goes from choice to choice. Leaves the weighing to
//! [`super::feature`].

use super::feature::{Features, Few, Meet};
use super::sight::{self, Sights, beginning, ending, endings};
use super::{GOVERNING, Tag, Tags};
use crate::lexicon::{Case, TagSet, Tagger, Weights};
use crate::text::{Flags, Token, TokenKind};

/// What is to be decided at a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// the tag that its place tells
    Sure(Tag),
    /// its possible tags, as bits
    Among(u64),
}

/// The tags that an unknown word may have.
const OPEN: Tags = Tags::of(&[
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
const NUMERIC: Tags = Tags::of(&[Tag::Cd, Tag::Jj, Tag::Nn, Tag::Nns, Tag::Nnp, Tag::Rb]);

/// What begins another clause, in which no earlier verb governs.
const PARTING: Tags = Tags::of(&[Tag::Period, Tag::Colon, Tag::Open, Tag::Wp, Tag::Wdt]);

/// What governs the verbs behind it, or ends what did.
const TURNING: Tags = GOVERNING.and(PARTING);

/// What stands for a tag before the sentence.
const NO_TAG: u32 = 63;

/// A sentence on its way through the tagger.
#[derive(Debug)]
pub struct Walk<'a> {
    text: &'a str,
    tagger: &'a Tagger,
    tokens: &'a mut [Token],
    sights: &'a mut Sights,
    /// how many choices are made
    made: usize,
    /// the token of the next choice; the number of tokens where there is none
    at: usize,
    /// capitals carry no meaning here
    headline: bool,
    /// one more than the position of the last token that turned the clause among those chosen; 0 for none
    turned: u32,
    /// an opening single quotation mark is not yet closed
    open: bool,
}

impl<'a> Walk<'a> {
    /// At the first token of a sentence that has a choice.
    pub fn new(text: &'a str, tagger: &'a Tagger, tokens: &'a mut [Token], sights: &'a mut Sights) -> Self {
        let headline = sight::is_headline(tokens);
        sights.look(text, tagger, tokens, headline, TURNING);
        let at = sights.place(0, tokens.len());
        Self { text, tagger, tokens, sights, made: 0, at, headline, turned: 0, open: false }
    }

    /// The same, with a word of which it is known that it is a name.
    #[must_use]
    pub(super) fn named(mut self, name: usize) -> Self {
        self.tokens[name].tag = Tag::Nnp;
        self.sights.close(name);
        self.at = self.sights.place(0, self.tokens.len());
        self
    }

    /// Tags the whole sentence.
    pub fn run(mut self) {
        let weights = self.tagger.weights();
        while self.at < self.tokens.len() {
            let tag = match self.choice() {
                Choice::Sure(tag) => tag,
                Choice::Among(set) => Tag::numbered(self.best(weights, set)),
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

    /// Gives the token its tag and goes on to the next that has a choice.
    #[inline]
    pub fn accept(&mut self, tag: Tag) {
        let token = &mut self.tokens[self.at];
        token.tag = tag;
        if token.kind == TokenKind::SingleQuote {
            self.open = tag == Tag::Open;
        }
        let turns = TURNING.has(tag);
        self.turned = self.turned.max(u32::from(turns) * (self.at as u32 + 1));
        self.made += 1;
        self.at = self.sights.place(self.made, self.tokens.len());
    }

    /// A number for the last verb, modal or "to" of the clause so far, which governs the form of the next verb; 0 for none.
    #[inline]
    fn governor(&self) -> u32 {
        let turn = self.sights.open(self.made).map_or(0, |open| open.turn).max(self.turned) as usize;
        let Some(token) = turn.checked_sub(1).and_then(|at| self.tokens.get(at)) else { return 0 };
        let code = self.sights.at(turn - 1).code << 6 | token.tag as u32;
        if GOVERNING.has(token.tag) { code } else { 0 }
    }

    /// The tag of so many tokens before this one, as a number.
    #[inline]
    fn tag_before(&self, tokens: usize) -> u32 {
        self.tokens.get(self.at.wrapping_sub(tokens)).map_or(NO_TAG, |t| t.tag as u32)
    }

    /// What is to be decided at this token.
    #[inline]
    pub fn choice(&self) -> Choice {
        match self.tokens[self.at].kind {
            TokenKind::DoubleQuote if self.opens() => Choice::Sure(Tag::Open),
            TokenKind::DoubleQuote => Choice::Sure(Tag::Close),
            TokenKind::SingleQuote => Choice::Sure(self.apostrophe()),
            TokenKind::Word => match self.sights.at(self.at).set() {
                TagSet::OPEN => Choice::Among(OPEN.bits()),
                set => Choice::Among(self.tagger.tags(set)),
            },
            _ => Choice::Among(NUMERIC.bits()),
        }
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
    pub fn case(&self, i: usize) -> Case {
        self.sights.at(i).case()
    }

    /// The features of this token.
    pub fn features(&self) -> Features {
        let mut features = Features::new();
        self.meet(&mut features);
        if self.is_open() {
            self.meet_form(&mut features);
        }
        features
    }

    /// Of a set of tags, as bits, the one that this token's features speak for.
    fn best(&self, weights: &Weights, set: u64) -> u8 {
        // most words that have a choice have one of two tags, or of three
        let beyond_one = set & set.wrapping_sub(1);
        let beyond_two = beyond_one & beyond_one.wrapping_sub(1);
        if beyond_one != 0 && beyond_two == 0 {
            let mut two = Few::<2>::new(weights, set);
            self.meet(&mut two);
            two.best()
        } else if beyond_two.is_power_of_two() {
            let mut three = Few::<3>::new(weights, set);
            self.meet(&mut three);
            three.best()
        } else {
            self.features().best(weights, set)
        }
    }

    /// Whether the token may have any tag of an open class, so that its form is looked at.
    #[inline]
    fn is_open(&self) -> bool {
        self.sights.at(self.at).set() == TagSet::OPEN
    }

    /// Meets the features that any token has: the words beside it, what the words after it may be, the last tags.
    #[inline(always)]
    fn meet(&self, who: &mut impl Meet) {
        let [p2, p1, here, n1, n2] = self.sights.around(self.at);
        let (t1, t2) = (self.tag_before(1), self.tag_before(2));
        let governor = self.governor();
        let (w, own) = (here.word(), here.own);
        who.meet(1, w, 0);
        who.meet(2, p1.code, 0);
        who.meet(3, n1.code, 0);
        who.meet(4, p2.code, 0);
        who.meet(5, n2.code, 0);
        who.meet(6, t1, own);
        who.meet(7, t1 << 6 | t2, own);
        who.meet(8, w, t1);
        who.meet(9, w, t1 << 6 | t2);
        who.meet(10, w, p1.code);
        who.meet(11, w, n1.code);
        who.meet(12, w, n1.outlook);
        who.meet(13, n1.outlook, own);
        who.meet(14, n1.outlook, t1);
        who.meet(15, n1.outlook, n2.outlook);
        who.meet(16, governor, own);
        who.meet(17, governor, w);
    }

    /// Meets the features of its letters, which only a word has that is not known well.
    #[inline(always)]
    fn meet_form(&self, who: &mut impl Meet) {
        let [_, p1, here, n1, _] = self.sights.around(self.at);
        let t1 = self.tag_before(1);
        let token = &self.tokens[self.at];
        let form = token.span.of(self.text).as_bytes();
        let look = u32::from((token.flags & !(Flags::SPACE | Flags::LINE)).bits()) << 2 | here.case() as u32;
        let [e1, e2, e3, e4, e5] = endings(self.text, token.span);
        let hyphen =
            if token.flags.contains(Flags::HYPHEN) { form.iter().rposition(|&b| b == b'-') } else { None };
        let last = hyphen.map_or(0, |h| ending(form, form.len() - h));
        who.meet(18, e1, look);
        who.meet(19, e2, look);
        who.meet(20, e3, look);
        who.meet(21, e4, look);
        who.meet(22, e5, 0);
        who.meet(23, last, 0);
        who.meet(24, beginning(form, 3), 0);
        who.meet(25, e3, t1);
        who.meet(26, e3, n1.outlook);
        who.meet(27, look, t1);
        who.meet(28, look, n1.outlook);
        who.meet(29, look, p1.code);
    }
}
