//! Cue entries: the words that attribute, the frames they take, and what they tell of the content.

use super::inflect::{Inflection, with_ed, with_ing, with_s};
use super::{WordId, spelling};
use crate::vocabulary::{AttributionKind, Stance};
use bitflags::bitflags;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

bitflags! {
    /// What may follow or precede a cue as its content.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
    #[serde(transparent)]
    pub struct Frames: u16 {
        /// direct speech: he said, "…"
        const QUOTE = 1;
        /// said that …
        const THAT = 1 << 1;
        /// a clause without that: said he would
        const CLAUSE = 1 << 2;
        /// to-infinitive: promised to go
        const INFINITIVE = 1 << 3;
        /// noun phrase: denied the report
        const NOUN = 1 << 4;
        /// phrase with one of the entry's prepositions: complained about …
        const PREPOSITION = 1 << 5;
        /// takes an addressee before its content: told lawmakers that
        const ADDRESSEE = 1 << 6;
        /// wh-clause: asked why, explained how
        const WH = 1 << 7;
        /// gerund: suggested going
        const GERUND = 1 << 8;
        /// object with as-phrase or small clause: described it as, called him a liar
        const SMALL_CLAUSE = 1 << 9;
        /// the content may come first with the cue after it: …, he said
        const AFTER = 1 << 10;
        /// its subject belongs to the content: seems to, appears to
        const RAISING = 1 << 11;
        /// its object is a further source: a report citing officials
        const RELAY = 1 << 12;
    }
}

/// The part of speech of a cue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum CuePos {
    Verb,
    Noun,
    Adjective,
    Preposition,
    Adverb,
}

/// A cue entry.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cue {
    /// `lemma` or `lemma/pos`: unique.
    pub id: String,
    /// Dictionary form.
    pub lemma: Box<str>,
    /// Its number among the words.
    pub word: WordId,
    /// Part of speech.
    pub pos: CuePos,
    /// The record's `kind`.
    pub kind: AttributionKind,
    /// The record's `stance`.
    pub stance: Stance,
    /// What it may take.
    pub frames: Frames,
    /// The prepositions of [`Frames::PREPOSITION`].
    pub prepositions: Vec<Box<str>>,
    /// By what they are told from other words.
    pub(crate) spellings: Vec<u32>,
    /// How often an occurrence is a cue, in 0..1, as annotated news has it.
    pub weight: f32,
}

/// Share of right ones from which a cue that may stand by quotations is one of saying.
const SPOKEN: f32 = 0.7;

impl Cue {
    /// Whether it tells of speech, nearly wherever it stands: say, write, tell; not sing, go.
    #[inline]
    pub fn is_of_saying(&self) -> bool {
        self.frames.contains(Frames::QUOTE) && self.weight >= SPOKEN
    }

    /// Whether a word of some [`spelling`] is among its prepositions.
    #[inline]
    pub(crate) fn takes(&self, preposition: u32) -> bool {
        self.spellings.contains(&preposition)
    }
}

/// A word that attributes.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(rename = "Cue")]
pub(super) struct RawCue {
    /// The lemma, or lemma/part-of-speech where another part of speech has the lemma. The id of an embedded entry
    /// replaces that entry.
    #[schemars(with = "String")]
    pub(super) id: toml::Spanned<String>,
    /// Takes the embedded entry of this id away.
    #[serde(default)]
    pub(super) disabled: bool,
    /// Dictionary form, in small letters, one word; by default what stands before the slash of the id.
    pub(super) lemma: Option<String>,
    /// Part of speech.
    #[serde(default = "verb")]
    pub(super) pos: CuePos,
    /// The sort of attribution that it makes.
    #[serde(default = "statement")]
    kind: AttributionKind,
    /// What it lets the reader think of the content.
    #[serde(default)]
    stance: Stance,
    /// What may follow or precede it as its content.
    #[serde(default)]
    #[schemars(schema_with = "super::schema::frames")]
    pub(super) frames: Vec<String>,
    /// The prepositions of the frame `preposition`.
    #[serde(default)]
    pub(super) prepositions: Vec<String>,
    /// Where it is not regular: told.
    past: Option<String>,
    /// Where it is not regular: given.
    participle: Option<String>,
    /// Where it is not regular: lying.
    gerund: Option<String>,
    /// Where it is not regular: has.
    third: Option<String>,
    /// Where it is not regular: theses.
    plural: Option<String>,
    /// How often an occurrence outside quotation marks is a cue.
    #[serde(default = "half")]
    #[schemars(range(min = 0.0, max = 1.0))]
    pub(super) weight: f32,
    /// Texts in which it must attribute; `onrecord rules check` runs them.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub(super) examples: Vec<toml::Spanned<String>>,
    /// Texts in which it must not.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub(super) near_misses: Vec<toml::Spanned<String>>,
}

fn verb() -> CuePos {
    CuePos::Verb
}
fn statement() -> AttributionKind {
    AttributionKind::Statement
}
fn half() -> f32 {
    0.5
}

impl RawCue {
    /// The entry and its forms, or what is wrong with it.
    pub(super) fn build(&self) -> Result<(Cue, Vec<(String, Inflection)>), String> {
        let id = self.id.get_ref();
        let lemma = self.lemma.clone().unwrap_or_else(|| id.split('/').next().unwrap_or(id).to_owned());
        let mut frames = Frames::empty();
        for name in &self.frames {
            frames |= Frames::from_name(&name.to_ascii_uppercase().replace('-', "_")).ok_or_else(|| {
                let known: Vec<_> = Frames::all()
                    .iter_names()
                    .map(|(n, _)| n.to_ascii_lowercase().replace('_', "-"))
                    .collect();
                format!("unknown frame {name:?}; the frames are {}", known.join(", "))
            })?;
        }
        let or = |given: &Option<String>, regular: String| given.clone().unwrap_or(regular);
        let forms = match self.pos {
            CuePos::Verb => {
                let past = or(&self.past, with_ed(&lemma));
                vec![
                    (lemma.clone(), Inflection::Base),
                    (or(&self.third, with_s(&lemma)), Inflection::Third),
                    (or(&self.participle, past.clone()), Inflection::PastParticiple),
                    (past, Inflection::Past),
                    (or(&self.gerund, with_ing(&lemma)), Inflection::Gerund),
                ]
            }
            CuePos::Noun => vec![
                (lemma.clone(), Inflection::Singular),
                (or(&self.plural, with_s(&lemma)), Inflection::Plural),
            ],
            _ => vec![(lemma.clone(), Inflection::Base)],
        };
        let cue = Cue {
            id: id.clone(),
            lemma: lemma.into(),
            word: WordId::UNKNOWN,
            pos: self.pos,
            kind: self.kind,
            stance: self.stance,
            frames,
            prepositions: self.prepositions.iter().map(|p| p.as_str().into()).collect(),
            spellings: self.prepositions.iter().map(|p| spelling(p.as_bytes())).collect(),
            weight: self.weight,
        };
        Ok((cue, forms))
    }
}
