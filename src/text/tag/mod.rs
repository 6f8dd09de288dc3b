//! Part-of-speech tags of the Penn Treebank.
//!
//! Takes a document's tokens and sentences; writes [`Token::tag`](super::Token::tag) in the sentences that a rule may
//! ask about ([`wanted`]) and sets [`Sentence::tagged`](super::Sentence::tagged). Most tokens cost one look-up: marks
//! have their tag from their kind, and most words have but one tag in the tagger's tables ([`Sights`]). The others are
//! weighed from left to right by a greedy averaged perceptron (Collins 2002) over the neighbouring words and the tags so
//! far; [`Walk`] is that one pass, which the trainer (the example `train_tagger`) shares; [`mend`] looks at its clauses
//! after it, and [`elsewhere`] at the rest of the article.

mod elsewhere;
mod feature;
mod mend;
mod sight;
mod walk;

pub use feature::{Feature, Features};
pub use sight::Sights;
pub use walk::{Choice, Walk};

use super::{Document, Sentence, Token, TokenKind};
use crate::lexicon::{Classes, Lexicon};
use crate::vocabulary::BlockKind;

macro_rules! tags {
    ($($name:ident $penn:literal)*) => {
        /// A part-of-speech tag of the Penn Treebank.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[repr(u8)]
        #[allow(missing_docs)]
        pub enum Tag {
            #[default]
            $($name),*
        }

        impl Tag {
            /// All tags, in the order of their numbers.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// The Penn Treebank's own name.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$name => $penn),* }
            }

            /// The tag of a number; [`Tag::None`] for a number that no tag has.
            #[inline]
            pub fn numbered(number: u8) -> Self {
                const NUMBERED: [Tag; 256] = {
                    let (mut all, mut i) = ([Tag::None; 256], 0);
                    while i < Tag::ALL.len() {
                        all[i] = Tag::ALL[i];
                        i += 1;
                    }
                    all
                };
                NUMBERED[number as usize]
            }

            /// The tag of a Penn Treebank name.
            pub fn named(name: &str) -> Option<Self> {
                match name { $($penn => Some(Self::$name),)* _ => None }
            }
        }
    };
}

tags! {
    None "" Nn "NN" Nns "NNS" Nnp "NNP" Nnps "NNPS" Vb "VB" Vbd "VBD" Vbg "VBG" Vbn "VBN" Vbp "VBP" Vbz "VBZ" Md "MD"
    Jj "JJ" Jjr "JJR" Jjs "JJS" Rb "RB" Rbr "RBR" Rbs "RBS" Rp "RP" In "IN" To "TO" Dt "DT" Pdt "PDT" Wdt "WDT"
    Prp "PRP" PrpPoss "PRP$" Wp "WP" WpPoss "WP$" Wrb "WRB" Cc "CC" Cd "CD" Ex "EX" Pos "POS" Fw "FW" Ls "LS" Sym "SYM"
    Uh "UH" Comma "," Period "." Colon ":" Open "``" Close "''" LeftBracket "-LRB-" RightBracket "-RRB-" Dollar "$"
    Hash "#"
}

/// A set of tags as bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Tags(u64);

impl Tags {
    /// The set of some tags.
    pub(crate) const fn of(tags: &[Tag]) -> Self {
        let (mut bits, mut i) = (0, 0);
        while i < tags.len() {
            bits |= 1 << tags[i] as u8;
            i += 1;
        }
        Self(bits)
    }

    /// Those of both.
    pub(crate) const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether a tag is in it.
    #[inline(always)]
    pub(crate) const fn has(self, tag: Tag) -> bool {
        self.0 >> tag as u8 & 1 != 0
    }

    /// A bit for each tag, by its number.
    pub(crate) const fn bits(self) -> u64 {
        self.0
    }
}

/// The set of all tags of which a question is true.
macro_rules! that {
    ($is:ident) => {{
        let (mut bits, mut i) = (0, 0);
        while i < Tag::ALL.len() {
            bits |= (Tag::ALL[i].$is() as u64) << i;
            i += 1;
        }
        Tags(bits)
    }};
}

/// Verbs in any form, modals not counted.
const VERBS: Tags = that!(is_verb);
/// Verbs in any form, modals and "to": what a verb group begins with and what governs the form of the next verb.
pub(super) const GOVERNING: Tags = VERBS.and(Tags::of(&[Tag::Md, Tag::To]));
/// Proper nouns.
pub(super) const PROPER: Tags = that!(is_proper);
/// Nouns, common or proper.
pub(super) const NOUNS: Tags = that!(is_noun);
/// Adjectives.
pub(super) const ADJECTIVES: Tags = that!(is_adjective);
/// Adverbs.
pub(super) const ADVERBS: Tags = that!(is_adverb);

impl Tag {
    /// A verb in any form, modals not counted.
    #[inline]
    pub const fn is_verb(self) -> bool {
        matches!(self, Self::Vb | Self::Vbd | Self::Vbg | Self::Vbn | Self::Vbp | Self::Vbz)
    }

    /// A verb form that agrees with a subject, or a modal.
    #[inline]
    pub const fn is_finite(self) -> bool {
        matches!(self, Self::Vbd | Self::Vbp | Self::Vbz | Self::Md)
    }

    /// A noun, common or proper.
    #[inline]
    pub const fn is_noun(self) -> bool {
        matches!(self, Self::Nn | Self::Nns | Self::Nnp | Self::Nnps)
    }

    /// A proper noun.
    #[inline]
    pub const fn is_proper(self) -> bool {
        matches!(self, Self::Nnp | Self::Nnps)
    }

    /// An adjective.
    #[inline]
    pub const fn is_adjective(self) -> bool {
        matches!(self, Self::Jj | Self::Jjr | Self::Jjs)
    }

    /// A comparative, adjective or adverb.
    #[inline]
    pub const fn is_comparative(self) -> bool {
        matches!(self, Self::Jjr | Self::Rbr)
    }

    /// An adverb.
    #[inline]
    pub const fn is_adverb(self) -> bool {
        matches!(self, Self::Rb | Self::Rbr | Self::Rbs)
    }
}

/// Whether a rule may ask for the tags of a sentence: it has a word that can be a cue, a quotation mark or a number.
fn wanted(sentence: &Sentence, tokens: &[Token]) -> bool {
    const ASKED: Classes = Classes::CUE_VERB
        .union(Classes::CUE_NOUN)
        .union(Classes::CUE_OTHER)
        .union(Classes::NUMBER)
        .union(Classes::MAGNITUDE)
        .union(Classes::DOCUMENT)
        .union(Classes::HEARSAY)
        .union(Classes::VIEWPOINT)
        .union(Classes::FIRST_PERSON);
    sentence.classes.intersects(ASKED)
        || tokens.iter().any(|t| {
            matches!(
                t.kind,
                TokenKind::DoubleQuote
                    | TokenKind::SingleQuote
                    | TokenKind::Number
                    | TokenKind::Currency
                    | TokenKind::Percent
            )
        })
}

/// Tags the tokens of the sentences that a rule may ask about.
pub(super) fn tag(document: &mut Document<'_>, lexicon: &Lexicon) {
    let Document { text, tokens, sentences, blocks, .. } = document;
    let mut sights = Sights::default();
    for sentence in sentences.iter_mut() {
        let tokens = &mut tokens[sentence.tokens.start as usize..sentence.tokens.end as usize];
        // a turn attributes by its label alone
        let turn = blocks[sentence.block.index()].kind == BlockKind::Turn;
        sentence.tagged = turn || wanted(sentence, tokens);
        if sentence.tagged {
            Walk::new(text, lexicon.tagger(), tokens, &mut sights).run();
            mend::all(tokens, sentence, lexicon);
        }
    }
    elsewhere::names(text, tokens, sentences, lexicon, &mut sights);
}

#[cfg(test)]
mod tests {
    use crate::lexicon::Lexicon;
    use crate::{layout, text};

    #[test]
    fn tags() {
        let lexicon = Lexicon::embedded();
        for (article, want) in [
            ("The spokesman claims the report is wrong about 2 towns.", "DT NN VBZ DT NN VBZ JJ IN CD NNS ."),
            ("Reports say claims rose 4%.", "NNS VBP NNS VBD CD NN ."),
            ("“I can't go,” Ana Brandt said.", "`` PRP MD RB VB , '' NNP NNP VBD ."),
            ("\"I can’t go,\" Ana Brandt said.", "`` PRP MD RB VB , '' NNP NNP VBD ."),
            ("''I can't go,'' Ana Brandt said.", "`` PRP MD RB VB , '' NNP NNP VBD ."),
            ("He was said to have seen 3 dogs’ owners.", "PRP VBD VBN TO VB VBN CD NNS POS NNS ."),
            ("He said ‘the boys’ had gone.", "PRP VBD `` DT NNS '' VBD VBN ."),
            ("Senate Leader Says Budget Talks Will Fail", "NNP NNP VBZ NN NNS MD VB"),
            // verbs that pass for plurals where no other word can be the verb
            (
                "A study of 40 rents by two clerks shows that rents rose.",
                "DT NN IN CD NNS IN CD NNS VBZ IN NNS VBD .",
            ),
            ("It cost 3 marks, Devine said.", "PRP VBD CD NNS , NNP VBD ."),
            ("The number of lost letters that Brandt found grew.", "DT NN IN VBN NNS WDT NNP VBD VBD ."),
            // names whose endings are those of other words
            ("Dalder believes 2 reports.", "NNP VBZ CD NNS ."),
            ("“It cost 3 marks,” said Ana Kolden.", "`` PRP VBD CD NNS , '' VBD NNP NNP ."),
            ("The Zubovian minister vociferated 2 oaths.", "DT JJ NN VBD CD NNS ."),
        ] {
            let layout = layout::blocks(article, &lexicon);
            let document = text::read(article, &layout, &lexicon);
            let tags: Vec<_> = document.tokens.iter().map(|t| t.tag.name()).collect();
            assert_eq!(tags.join(" "), want, "{article}");
        }
    }

    #[test]
    fn any_text_is_tagged() {
        let lexicon = Lexicon::embedded();
        for article in ["", "'", "’ 1", "\"", "“”", "2é", "1 \u{301}", "-1-", "É 5 ÉÉÉÉÉÉ"] {
            let layout = layout::blocks(article, &lexicon);
            let document = text::read(article, &layout, &lexicon);
            assert!(document.sentences.iter().all(|s| s.tokens.end as usize <= document.tokens.len()));
        }
    }
}
