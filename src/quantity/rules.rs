//! The rules by which quantities are found, each with examples and near-misses.

use crate::rule::{Rule, Stage};

macro_rules! rules {
    ($($const:ident $id:literal $right:literal $reason:literal $examples:expr, $near:expr;)*) => {
        $(pub(super) const $const: Rule = Rule { id: $id, stage: Stage::Quantity, reason: $reason, examples: &$examples, near_misses: &$near };)*
        /// The rules by which quantities are found.
        pub const RULES: &[Rule] = &[$($const),*];

        /// How often the claims of a rule are right in value, bound and unit. Counted on annotated news (633 claims of
        /// 295 sentences and 14 articles), and drawn towards the 97 in 100 of all rules by the weight of eight claims,
        /// so that few occurrences say little.
        pub(super) fn confidence(rule: &str) -> f32 {
            match rule {
                $($id => $right,)*
                _ => 0.97,
            }
        }
    };
}

rules! {
    POLL "poll-share" 0.97
        "A bare number set against a share of votes is one too: at 45, to 45, “Holm 45”; so are two to a hundred in a poll."
        ["Brandt has 51 percent, Holm 45.", "The poll gave Brandt 51 percent to 45 for Holm.", "Brandt leads Holm 48 to 44 in the poll."],
        ["Brandt has 51 percent, and 45 people cheered.", "Granton beat Lindmark 48 to 44."];
    RESTATED "restated" 0.99
        "A quantity in brackets behind one of the same dimension tells it again in another unit, with its bound and movement."
        ["The ridge is over 12 miles (19 km) long.", "It cost 40 million kroner ($5.8 million)."],
        ["The ridge is 12 miles long (2 hours away)."];
    RANGE "range" 0.95
        "Two numbers with to, a hyphen, and after between, or or between neighbours are the ends of one range, the lower first; they share unit and magnitude."
        ["It takes 5 to 7 days.", "They paid $1.2-1.4bn for it.", "Between 20 and 30 boats sank.", "The sum is more than 10 and less than 40."],
        ["Profit fell from 9 to 7 percent.", "It was open from 2011 to 2014."];
    TALLY "tally" 0.80
        "Two small numbers with a hyphen or to between them, the first not the smaller or a word of votes and games near, are a result."
        ["The senate voted 52-48.", "Granton won 3-1.", "They outnumber us 3 to 1."],
        ["It takes 3-5 days.", "The plan costs $3-5 a day."];
    HEIGHT "feet-inches" 0.97
        "Feet and inches make one length."
        ["Mr. Brandt is 6'3\" tall.", "The boy stood 5 feet 2 inches."],
        ["The boy stood 5 feet away."];
    MONEY_SIGN "money-sign" 0.99
        "A currency's sign or code before a number makes it a sum."
        ["The bridge cost $48.2m.", "They owe US$3 billion.", "It fetched €1,200."],
        ["The bridge cost 48 lives."];
    MONEY_WORD "money-word" 0.99
        "A currency's name or sign after a number makes it a sum; a plural magnitude takes it after of."
        ["The bridge cost 40 million Danish kroner.", "It brought billions of dollars.", "Shares rose 19 cents."],
        ["The bridge cost 40 lives."];
    PERCENT "percent" 0.99
        "A number with a percent sign or word, percentage points or basis points."
        ["Rents rose 4%.", "The rate is up by 25 basis points.", "Some 30 per cent agree."],
        ["Rents rose by $4."];
    MEASURE "measure" 0.99
        "A number with a unit of measure; per and a second unit may follow."
        ["The ridge is 12 miles long.", "Winds reached 60 mph.", "It weighs 236 pounds."],
        ["The ridge has 12 huts."];
    DURATION "duration" 0.95
        "A number with a unit of time."
        ["He slept for 12 hours.", "The two-year plan failed."],
        ["He slept a year away.", "He is 12 years old."];
    AGE "years-old" 0.98
        "A span of time with old or of age is an age."
        ["A 22-year-old man was hurt.", "She is 45 years old."],
        ["The plan is 22 years late."];
    AGED "aged" 0.98
        "A bare number after aged, ages or turned is an age in years."
        ["A woman aged 87 fell.", "She turned 50 on Monday."],
        ["She turned 50 boats around."];
    APPOSITION "age-apposition" 0.80
        "A bare number between commas after a name is the age of its bearer."
        ["Ana Brandt, 45, left the room."],
        ["Ana Brandt, 45 miles away, left the room."];
    FRACTION "fraction" 0.99
        "Fractions in words or figures, half, and the top or bottom fifth are shares of a whole."
        ["Two-thirds of them left.", "Half of the town burned.", "The bottom fifth pays least."],
        ["The third man left.", "They led in the first half."];
    SHARE "one-in" 0.97
        "So many in, or out of, so many are a share."
        ["One in five children is ill.", "Two out of three voters agree."],
        ["Five in the car were hurt."];
    VAGUE "vague-plural" 0.88
        "A plural magnitude, or several and a few before one, says at least twice the magnitude."
        ["Thousands of people fled.", "Several hundred stayed.", "Dozens were hurt."],
        ["A thousand people fled."];
    MULTIPLIER "multiplier" 0.85
        "Twice, doubled, threefold and so many times as say by how much something is multiplied."
        ["The number of boats has doubled.", "It is three times as long.", "They saw a threefold rise."],
        ["He called three times.", "She doubled down on the plan."];
    JOINED "joined-count" 0.91
        "A number joined to a noun by a hyphen counts that noun, or measures what follows."
        ["It was a 12-step plan.", "A 3,000-strong force came.", "They met in four-way talks."],
        ["It was a plan with 12 steps."];
    COUNT "count" 0.99
        "A number with no unit counts what the noun phrase behind it names."
        ["They found 12 boats.", "Two hundred and fifty people came."],
        ["They found 12 miles of rope."];
    ONE_BOUNDED "one-bounded" 0.97
        "One with a bound counts."
        ["At least one man died.", "More than one victim was found."],
        ["One should never say so."];
    ONE_AGAINST "one-against" 0.97
        "One before a noun counts where the sentence counts something else too."
        ["They saved one man and two women."],
        ["One woman spoke."];
}

#[cfg(test)]
mod tests {
    use super::super::EXCLUSIONS;
    use super::*;
    use crate::{Article, Pipeline};

    fn claims(text: &str) -> Vec<(String, String)> {
        let record = Pipeline::default().run(&Article::new("t", text));
        record.claims.iter().map(|c| (c.rule.clone(), c.text.clone())).collect()
    }

    #[test]
    fn rules_fire_on_their_examples_alone() {
        let mut wrong = Vec::new();
        for rule in RULES {
            for (texts, want) in [(rule.examples, true), (rule.near_misses, false)] {
                for text in texts {
                    let got = claims(text);
                    if got.iter().any(|(id, _)| id == rule.id) != want {
                        wrong.push(format!("{} {want} {text:?}: {got:?}", rule.id));
                    }
                }
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn exclusions_yield_no_claim_and_their_near_misses_do() {
        let mut wrong = Vec::new();
        for rule in EXCLUSIONS {
            for (texts, want) in [(rule.examples, false), (rule.near_misses, true)] {
                for text in texts {
                    let got = claims(text);
                    if got.is_empty() == want {
                        wrong.push(format!("{} {want} {text:?}: {got:?}", rule.id));
                    }
                }
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn every_form_of_a_unit_is_read() {
        let pipeline = Pipeline::default();
        let lexicon = pipeline.lexicon();
        let mut wrong = Vec::new();
        for id in 0..lexicon.words().len() as u32 {
            let first = crate::lexicon::WordId(id);
            for form in lexicon.unit_forms(first) {
                let f = &form.value;
                let words: Vec<_> = form.rest.iter().map(|&w| lexicon.word(w)).collect();
                let mut text = lexicon.word(first).to_owned();
                for w in &words {
                    text.push(' ');
                    text.push_str(w);
                }
                if !f.exact.is_empty() {
                    text = f.exact.join(if f.exact.iter().all(|w| w.chars().all(char::is_alphanumeric)) {
                        " "
                    } else {
                        ""
                    });
                }
                let hint = lexicon.units()[f.unit as usize].hints.first().map_or("", |&h| lexicon.word(h));
                // a letter or quotation mark alone needs more than a number before it; see `is_symbol`
                if f.symbol && (text.len() == 1 || text.starts_with(['"', '”', 'μ'])) {
                    continue;
                }
                let text = text.replace('_', " ");
                let sentence = match (f.before, f.qualifies) {
                    // signs and short codes stand at the number
                    (true, _)
                        if text.starts_with('$') || (text.len() == 2 && text == text.to_uppercase()) =>
                    {
                        format!("It came to {}5,000. {hint}", text.to_uppercase())
                    }
                    (true, _) => format!("It came to {text} 5,000. {hint}"),
                    (_, true) => format!("It came to $5,000 {text}."),
                    _ => format!("It came to 5,000 {text}, {hint}."),
                };
                let record = pipeline.run(&Article::new("t", sentence.clone()));
                let names: Vec<&str> = lexicon
                    .unit_forms(first)
                    .iter()
                    .filter(|g| g.rest == form.rest)
                    .map(|g| &*lexicon.units()[g.value.unit as usize].name)
                    .collect();
                if !record.claims.iter().any(|c| names.contains(&c.unit.as_str())) {
                    let got: Vec<_> = record.claims.iter().map(|c| (&c.text, &c.unit)).collect();
                    wrong.push(format!("{sentence:?} {names:?}: {got:?}"));
                }
            }
        }
        assert!(wrong.is_empty(), "{} forms are not read:\n{}", wrong.len(), wrong.join("\n"));
    }
}
