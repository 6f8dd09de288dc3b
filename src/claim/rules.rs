//! The rules by which a count without its noun beside it is told what it counts. A count that has its noun keeps the rule
//! that read its number, as sums and measures do.

use crate::rule::{Rule, Stage};

macro_rules! rules {
    ($($const:ident $id:literal $right:literal $reason:literal $examples:expr, $near:expr;)*) => {
        $(pub(super) const $const: Rule = Rule { id: $id, stage: Stage::Claim, reason: $reason, examples: &$examples, near_misses: &$near };)*
        /// The rules by which claims are found.
        pub const RULES: &[Rule] = &[$($const),*];

        /// How often a rule's claims are right in value, bound and unit, counted as those of [`crate::quantity`] are.
        const RIGHT: &[(&str, f32)] = &[$(($id, $right)),*];
    };
}

/// How often the claims of a rule are right.
pub(super) fn confidence(rule: &Rule) -> f32 {
    RIGHT.iter().find(|(id, _)| *id == rule.id).map_or(0.97, |&(_, right)| right)
}

rules! {
    COUNT_OF "count-of" 0.97
        "A bare number before “of” counts some of those that the phrase after it names."
        ["Nine of the 14 boats sank.", "Some 300 of the workers stayed."],
        ["Fourteen boats of the line sank."];
    COUNT_LEVEL "count-level" 0.93
        "A bare number counts what its verb says to amount to it, or the noun of size before “of” and “at”."
        ["The death toll rose to 41.", "Troops numbering 10,000 came.", "The town has a population of 12,000."],
        ["The toll rose by 41 deaths."];
    COUNT_LABEL "count-label" 0.86
        "A bare number after a colon counts what the word before the colon names."
        ["Attendance: 3,412."],
        ["Attendance was 3,412."];
    COUNT_ELLIPSIS "count-ellipsis" 0.98
        "A bare number counts what the sentence, or the one before, counted last: of them, of whom, another five, the two, a pick or two."
        ["They saved 40 sailors. Of them, 12 died.", "Of the 60 passengers, 12 died; another five were hurt.", "It has 3,000 workers, 400 of whom are ill."],
        ["They saved 40 sailors and 12 dogs."];
    COUNT_ALONE "count-alone" 0.78
        "A bare number whose sentence names nothing that it counts still counts: the claim's thing is null."
        ["Tuesday's fire killed three."],
        ["Tuesday's fire killed three men."];
    RATE "count-per" 0.97
        "A count with per, or an article and a unit of time, behind it or its noun is a rate."
        ["They test 12 cows per day.", "It struck 120 per 100,000 people.", "It sold 30,000 copies a week."],
        ["They test 12 cows daily."];
}
