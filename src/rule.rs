//! What a rule is: an id that results carry, the reason it exists, and examples that tests run.

/// A rule of one stage. Every result names the rule that made it.
#[derive(Debug)]
pub struct Rule {
    /// Stable id in kebab case: what the record's `rule` says.
    pub id: &'static str,
    /// The room it belongs to.
    pub stage: Stage,
    /// Why the rule holds, in a sentence or two.
    pub reason: &'static str,
    /// Texts in which the rule must fire.
    pub examples: &'static [&'static str],
    /// Texts that look alike, in which it must not fire.
    pub near_misses: &'static [&'static str],
}

/// The room of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum Stage {
    Layout,
    Sentence,
    Quote,
    Attribution,
    Source,
    Quantity,
    Claim,
}

impl Stage {
    /// Its name, as shown by `rules list`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Layout => "layout",
            Self::Sentence => "sentence",
            Self::Quote => "quote",
            Self::Attribution => "attribution",
            Self::Source => "source",
            Self::Quantity => "quantity",
            Self::Claim => "claim",
        }
    }
}
