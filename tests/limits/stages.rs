//! The limits of what is made of a text.

use onrecord::record::Options;
use onrecord::{Article, Pipeline, Record};

fn run(text: String) -> Record {
    let options = Options { any_language: true, ..Options::default() };
    Pipeline::default().with_options(options).run(&Article::new("a", text))
}

#[test]
fn sentences_have_a_length() {
    for (words, sentences) in [(400, 1), (401, 2), (2_000, 5), (2_001, 6)] {
        let record = run("rain ".repeat(words).trim_end().to_owned());
        assert_eq!(record.sentences.len(), sentences, "{words}");
    }
}

/// However many digits, marks or zeros: a value is a number or there is none.
#[test]
fn numbers_are_finite() {
    for text in [
        format!("The mayor said {} people left.", "9".repeat(100_000)),
        format!("The mayor said 1.{} percent.", "0".repeat(100_000)),
        format!("The mayor said 0.{}1 percent.", "0".repeat(100_000)),
        format!("The mayor said {}1 people left.", "1,000,".repeat(20_000)),
        format!("The mayor said {} people left.", "million ".repeat(20_000)),
        format!("The mayor said 10{} people left.", "⁹".repeat(5_000)),
        format!("The mayor said 9e{} people left.", "9".repeat(5_000)),
    ] {
        let record = run(text);
        for claim in &record.claims {
            let values = [claim.value, claim.low, claim.high, claim.base.as_ref().map(|b| b.value)];
            assert!(values.into_iter().flatten().all(f64::is_finite), "{}", claim.text.len());
        }
    }
}

/// Nothing recurses on what stands in one another, and nothing takes its square.
#[test]
fn marks_may_stand_in_one_another() {
    for mark in ["“", "\"", "'", "(", "[", "“‘", "“He said ", "(he said, "] {
        let record = run(format!("{}Rain fell.", mark.repeat(200_000 / mark.len())));
        assert!(!record.sentences.is_empty(), "{mark}");
    }
}
