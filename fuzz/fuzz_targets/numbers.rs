//! A number written in words or figures, alone in a sentence: the claim is that number as a whole, and its value the
//! nearest float to the exact one.

#![no_main]

use arbitrary::Unstructured;
use libfuzzer_sys::fuzz_target;
use onrecord::Article;
use onrecord::record::OffsetUnit;
use onrecord_fuzz::number;

/// What stands around a number, and the unit that it has there.
const FRAMES: [(&str, &str, &str); 4] = [
    ("The plan would cost at least $", " in all.", "USD"),
    ("Rain fell on about ", " percent of the valley.", "%"),
    ("The road is about ", " miles long.", "mile"),
    ("The valley has at least ", " boats.", ""),
];

fn run(bytes: &[u8]) -> arbitrary::Result<()> {
    let mut bytes = Unstructured::new(bytes);
    let mut frame = FRAMES[bytes.choose_index(FRAMES.len())?];
    let written = number::written(&mut bytes)?;
    // a sign of money stands before figures alone
    if !written.text.starts_with(|c: char| c.is_ascii_digit()) && frame.0.ends_with('$') {
        frame = FRAMES[1];
    }
    let (before, after, unit) = frame;
    let text = format!("{before}{}{after}", written.text);
    let record = onrecord_fuzz::record(&Article::new("a", text.as_str()), OffsetUnit::Bytes);
    onrecord_fuzz::check(&record, &text);
    let claims: Vec<_> = record.claims.iter().map(|c| (c.text.as_str(), c.value, c.unit.as_str())).collect();
    let [claim] = record.claims.as_slice() else { panic!("{text:?}: not one claim but {claims:?}") };
    let value =
        claim.value.unwrap_or_else(|| panic!("{text:?}: a range: {:?} to {:?}", claim.low, claim.high));
    assert!(written.is(value), "{text:?} is {}, not {value}: {claims:?}", written.value);
    assert_eq!(claim.unit, unit, "{text:?}: {claims:?}");
    Ok(())
}

fuzz_target!(|bytes: &[u8]| {
    // too few bytes make no number
    let _ = run(bytes);
});
