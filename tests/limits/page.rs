//! `docs/limits.md` tells the numbers of the code.

use std::path::Path;

fn file(path: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

/// What a constant of a file is: a number, a shift or a product of numbers.
fn constant(path: &str, name: &str) -> u128 {
    let text = file(path);
    let start = format!("const {name}: ");
    let line = text.lines().find(|l| {
        l.trim_start_matches("pub")
            .trim_start_matches("(super)")
            .trim_start_matches("(crate)")
            .trim_start()
            .starts_with(&start)
    });
    let line = line.unwrap_or_else(|| panic!("{path} has no {name}"));
    let value = line.split_once('=').unwrap().1.trim().trim_end_matches(';');
    let number =
        |text: &str| text.trim().replace('_', "").parse::<u128>().unwrap_or_else(|_| panic!("{line}"));
    match value.split_once("<<") {
        Some((n, shift)) => number(n) << number(shift),
        None => value.split('*').map(number).product(),
    }
}

/// As the page writes numbers: `16 MiB`, `4,096`.
fn written(value: u128) -> Vec<String> {
    let digits = value.to_string();
    let mut grouped = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    let mut ways = vec![grouped];
    for (shift, unit) in [(10, "KiB"), (20, "MiB"), (30, "GiB")] {
        if value >= 1 << shift && value.is_multiple_of(1 << shift) {
            ways.push(format!("{} {unit}", value >> shift));
        }
    }
    ways
}

/// Each row whose last cell names a constant, as `src/input/limits.rs DEPTH`, tells its number in the second.
#[test]
fn numbers_are_those_of_the_code() {
    let page = file("docs/limits.md");
    let mut checked = 0;
    for row in page.lines().filter(|l| l.starts_with("| ")) {
        let cells: Vec<_> = row.trim_matches('|').split('|').map(str::trim).collect();
        let Some((path, name)) = cells.last().unwrap().trim_matches('`').split_once(' ') else { continue };
        if !path.ends_with(".rs") {
            continue;
        }
        let ways = written(constant(path, name));
        assert!(ways.iter().any(|way| cells[1].contains(way)), "{row}\nshould tell one of {ways:?}");
        checked += 1;
    }
    assert!(checked >= 30, "{checked}");
    // every limit of the readers has a row
    for line in file("src/input/limits.rs").lines() {
        if let Some(rest) = line.strip_prefix("pub const ") {
            let name = rest.split(':').next().unwrap();
            assert!(page.contains(&format!("`src/input/limits.rs {name}`")), "{name} is not told");
        }
    }
}
