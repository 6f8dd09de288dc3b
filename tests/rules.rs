//! Every rule says why it holds and shows where it fires and where it must not; all of that is run here.

use onrecord::pipeline::rules;
use onrecord::rule::{Rule, Stage};
use onrecord::{Article, Pipeline};
use std::collections::HashSet;

/// The stages whose results carry their rule's id.
const SIGNED: &[Stage] = &[Stage::Attribution, Stage::Quantity, Stage::Claim];

/// The ids of the rules that made something of a text.
fn fired(text: &str) -> HashSet<String> {
    let record = Pipeline::default().run(&Article::new("example", text));
    let attributions = record.attributions.into_iter().map(|a| a.rule);
    attributions.chain(record.claims.into_iter().map(|c| c.rule)).collect()
}

/// What is wrong with the rules, one line each.
fn faults(of: impl Fn(&Rule) -> Vec<String>) -> String {
    rules().flat_map(|rule| of(rule).into_iter().map(|f| format!("{}: {f}\n", rule.id))).collect()
}

#[test]
fn ids_are_unique_and_in_kebab_case() {
    let mut seen = HashSet::new();
    for rule in rules() {
        assert!(seen.insert(rule.id), "two rules are called {}", rule.id);
        let parts = |id: &str| {
            id.split('-')
                .all(|p| !p.is_empty() && p.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()))
        };
        assert!(parts(rule.id), "{:?} is not in kebab case", rule.id);
    }
    assert!(!seen.is_empty());
}

#[test]
fn reasons_are_sentences() {
    let wrong = faults(|rule| {
        let right = rule.reason.len() > 20 && rule.reason.ends_with('.');
        if right { vec![] } else { vec![format!("its reason is no sentence: {:?}", rule.reason)] }
    });
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn rules_whose_ids_stand_in_records_have_examples_and_near_misses() {
    let wrong = faults(|rule| {
        let counts = [("example", rule.examples.len()), ("near-miss", rule.near_misses.len())];
        let missing = counts.into_iter().filter(|(_, n)| *n == 0 && SIGNED.contains(&rule.stage));
        missing.map(|(what, _)| format!("has no {what}")).collect()
    });
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn rules_fire_on_their_examples_and_not_on_their_near_misses() {
    let wrong = faults(|rule| {
        if !SIGNED.contains(&rule.stage) {
            return vec![];
        }
        let silent = rule.examples.iter().filter(|text| !fired(text).contains(rule.id));
        let loud = rule.near_misses.iter().filter(|text| fired(text).contains(rule.id));
        let silent =
            silent.map(|text| format!("does not fire on its example {text:?}; {:?} do", fired(text)));
        silent.chain(loud.map(|text| format!("fires on its near-miss {text:?}"))).collect()
    });
    assert!(wrong.is_empty(), "\n{wrong}");
}
