//! Two records of one article → what differs, by meaning: items are matched by where they stand, and ids are told by
//! what they point at, so that one new source does not make every later reference a difference.

mod side;
mod words;

pub(super) use self::side::short;
use self::side::{Flat, Side, place};
use crate::span::Span;
use serde_json::Value;
use std::collections::BTreeMap;

/// The record's lists, in its order.
const LISTS: &[&str] =
    &["blocks", "sentences", "sources", "attributions", "quotes", "claims", "figures", "diagnostics"];

/// One difference between what was expected and what there is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Difference {
    /// The list of the record, or "record".
    pub(super) list: &'static str,
    /// The item in words.
    pub(super) item: String,
    /// What is the matter with it.
    pub(super) matter: Matter,
    /// The rule that made it, where the record says so.
    pub(super) rule: Option<String>,
    /// What sort of item it is, where the record says so.
    pub(super) kind: Option<String>,
    /// Where it stands, where the text is known.
    pub(super) place: Option<Place>,
}

/// Where an item stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// Line of the article, from 1.
    pub(super) line: usize,
    /// Code point of the line, from 1.
    pub(super) column: usize,
    /// Its sentence.
    pub(super) passage: String,
}

/// What is the matter with an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Matter {
    /// Expected, and not there.
    Missing,
    /// There, and not expected.
    Unexpected,
    /// There, with other values.
    Changed(Vec<Change>),
}

/// A key whose value is another; values as JSON, "—" where the key is not there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Change {
    /// With those above it: `source.text`.
    pub(super) key: String,
    /// Expected.
    pub(super) old: String,
    /// Actual.
    pub(super) new: String,
}

const ABSENT: &str = "—";

/// Compares two records of one article, whose text, where known, shows what spans hold. `engine` is not compared, and
/// confidences that lie up to `margin` apart are alike.
pub(super) fn compare(expected: &Value, actual: &Value, text: Option<&str>, margin: f64) -> Vec<Difference> {
    if same(expected, actual) {
        return Vec::new();
    }
    let old = Side { record: expected, text, names: BTreeMap::new() };
    let mut new = Side { record: actual, text, names: BTreeMap::new() };
    let matches: Vec<_> = LISTS.iter().map(|list| (*list, matches(list, &old, &new))).collect();
    // what is matched goes by its old name, so that a changed item is not a change of all that point at it
    for (list, matched) in &matches {
        for (i, j) in matched.iter().enumerate().filter_map(|(i, j)| Some((i, (*j)?))) {
            new.names.insert((list, j), old.name(list, i));
        }
    }
    let mut differences = Vec::new();
    let changed = changes(&old.head(), &new.head(), margin);
    if !changed.is_empty() {
        differences.push(Difference::of_record("the article itself", changed));
    }
    for (list, matched) in matches {
        for (i, j) in matched.iter().enumerate() {
            let matter = match j {
                None => Matter::Missing,
                Some(j) => match changes(&old.flat(list, i), &new.flat(list, *j), margin) {
                    changed if changed.is_empty() => continue,
                    changed => Matter::Changed(changed),
                },
            };
            let (side, k) = j.map_or((&old, i), |j| (&new, j));
            differences.push(Difference { item: old.label(list, i), ..side.difference(list, k, matter) });
        }
        let mut taken = vec![false; new.items(list).len()];
        matched.iter().flatten().for_each(|&j| taken[j] = true);
        for j in (0..taken.len()).filter(|&j| !taken[j]) {
            differences.push(new.difference(list, j, Matter::Unexpected));
        }
    }
    if differences.is_empty() && LISTS.iter().any(|list| unweighed(expected, list) != unweighed(actual, list))
    {
        let item = "the same items in another order, or with other ids";
        differences.push(Difference::of_record(item, Vec::new()));
    }
    differences
}

impl Difference {
    fn of_record(item: &str, changed: Vec<Change>) -> Self {
        let matter = Matter::Changed(changed);
        Self { list: "record", item: item.to_owned(), matter, rule: None, kind: None, place: None }
    }

    /// Whether nothing but how sure it is has changed.
    pub(super) fn is_confidence_alone(&self) -> bool {
        matches!(&self.matter, Matter::Changed(c) if !c.is_empty() && c.iter().all(|c| c.key == "confidence"))
    }

    /// Whether a key is another, or one below it.
    pub(super) fn changes(&self, key: &str) -> bool {
        let below =
            |c: &Change| c.key.strip_prefix(key).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
        matches!(&self.matter, Matter::Changed(changes) if changes.iter().any(below))
    }
}

/// Whether two records are the same to the letter, but for their engine.
fn same(old: &Value, new: &Value) -> bool {
    let (Some(old), Some(new)) = (old.as_object(), new.as_object()) else { return old == new };
    let keys = |o: &serde_json::Map<String, Value>| o.keys().filter(|k| *k != "engine").count();
    keys(old) == keys(new) && old.iter().all(|(k, v)| k == "engine" || new.get(k) == Some(v))
}

/// A list's items without their confidence.
fn unweighed(record: &Value, list: &str) -> Vec<Value> {
    let mut items = record[list].as_array().cloned().unwrap_or_default();
    for fields in items.iter_mut().filter_map(Value::as_object_mut) {
        fields.remove("confidence");
    }
    items
}

/// For each old item the position of the new one that it is: of the same words at the same place, else at the same
/// place, else of the same words, else overlapping.
fn matches(list: &str, old: &Side<'_>, new: &Side<'_>) -> Vec<Option<usize>> {
    let identity = |side: &Side<'_>| -> Vec<(Option<Span>, String)> {
        let items = side.items(list).iter().enumerate();
        items.map(|(i, item)| (place(list, item), side.label(list, i))).collect()
    };
    let (old, new) = (identity(old), identity(new));
    let mut matched = vec![None; old.len()];
    let mut taken = vec![false; new.len()];
    type Test = fn(&(Option<Span>, String), &(Option<Span>, String)) -> bool;
    let tests: [Test; 4] = [
        |a, b| a == b,
        |a, b| a.0.is_some() && a.0 == b.0,
        |a, b| a.1 == b.1,
        |a, b| matches!((a.0, b.0), (Some(a), Some(b)) if a.overlaps(b)),
    ];
    for test in tests {
        for (i, a) in old.iter().enumerate() {
            // most often nothing moved
            let first = new.get(i).filter(|b| !taken[i] && test(a, b)).map(|_| i);
            if matched[i].is_none()
                && let Some(j) = first.or_else(|| (0..new.len()).find(|&j| !taken[j] && test(a, &new[j])))
            {
                matched[i] = Some(j);
                taken[j] = true;
            }
        }
    }
    matched
}

fn changes(old: &Flat, new: &Flat, margin: f64) -> Vec<Change> {
    // confidences have two decimals, so that half of the last one is room enough for how floats round
    const ROOM: f64 = 0.005;
    let near = |key: &str| {
        let number = |side: &Flat| side.get(key).and_then(|value| value.parse::<f64>().ok());
        key == "confidence"
            && number(old).zip(number(new)).is_some_and(|(a, b)| (a - b).abs() < margin + ROOM)
    };
    let mut keys: Vec<_> = old.keys().chain(new.keys()).collect();
    keys.sort();
    keys.dedup();
    keys.into_iter()
        .filter(|k| old.get(*k) != new.get(*k) && !near(k))
        .map(|k| {
            let value = |side: &Flat| side.get(k).cloned().unwrap_or_else(|| ABSENT.to_owned());
            Change { key: k.clone(), old: value(old), new: value(new) }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn record() -> Value {
        json!({
            "schema": "onrecord/1", "engine": "1", "meta": {"title": null},
            "sources": [{"id": 0, "name": "Ana Brandt", "mentions": [[20, 30]]}],
            "attributions": [{"id": 0, "content": {"spans": [[0, 10]], "text": "It rained,"},
                              "source": {"text": "Brandt", "ref": 0}, "cue": {"text": "said"}, "parent": null}],
        })
    }

    #[test]
    fn ids_are_compared_by_what_they_point_at() {
        let mut new = record();
        new["engine"] = json!("2");
        new["sources"] = json!([{"id": 0, "name": "Jo Wu", "mentions": [[12, 14]]}, {"id": 1, "name": "Ana Brandt", "mentions": [[20, 30]]}]);
        new["attributions"][0]["source"]["ref"] = json!(1);
        let got = compare(&record(), &new, None, 0.0);
        let told: Vec<_> = got.iter().map(|d| (d.list, d.item.as_str(), &d.matter)).collect();
        assert_eq!(told, [("sources", "Jo Wu", &Matter::Unexpected)]);
        // the same in another order is told once, of the record
        let mut turned = new.clone();
        turned["sources"] = json!([new["sources"][1], new["sources"][0]]);
        turned["sources"][0]["id"] = json!(0);
        turned["sources"][1]["id"] = json!(1);
        turned["attributions"][0]["source"]["ref"] = json!(0);
        let got = compare(&new, &turned, None, 0.0);
        let told: Vec<_> = got.iter().map(|d| d.item.as_str()).collect();
        assert_eq!(told, ["the same items in another order, or with other ids"]);
    }

    #[test]
    fn changes_name_key_and_values() {
        let mut new = record();
        new["meta"]["title"] = json!("Wet");
        new["attributions"][0]["content"]["spans"] = json!([[0, 9]]);
        new["attributions"][0]["source"] = Value::Null;
        let got = compare(&record(), &new, None, 0.0);
        assert_eq!(got.len(), 2);
        let Matter::Changed(changed) = &got[1].matter else { panic!("{got:?}") };
        let keys: Vec<_> = changed.iter().map(|c| c.key.as_str()).collect();
        assert_eq!(keys, ["content.spans", "source", "source.ref", "source.text"]);
        assert_eq!(got[1].item, "It rained, · Brandt · said");
        assert_eq!(changed[0].old, "[[0,10]]");
        assert!(compare(&record(), &record(), None, 0.0).is_empty());

        // a source that is called otherwise is one difference, not one for each that cites it
        let mut new = record();
        new["sources"][0]["name"] = json!("Brandt");
        assert_eq!(compare(&record(), &new, None, 0.0).len(), 1);
    }

    #[test]
    fn confidences_within_the_margin_are_alike() {
        let weighed = |confidence: f64| {
            let mut record = record();
            record["attributions"][0]["confidence"] = json!(confidence);
            record
        };
        for (old, new, margin, differences) in [
            (0.80, 0.80, 0.0, 0),
            (0.80, 0.81, 0.0, 1),
            (0.80, 0.95, 0.15, 0),
            (0.95, 0.80, 0.15, 0),
            (0.80, 0.96, 0.15, 1),
            (0.43, 0.27, 0.15, 1),
        ] {
            let got = compare(&weighed(old), &weighed(new), None, margin);
            assert_eq!(got.len(), differences, "{old} and {new}, {margin} apart");
        }
        // one that is gone is a difference
        assert_eq!(compare(&weighed(0.1), &record(), None, 0.15).len(), 1);
    }
}
