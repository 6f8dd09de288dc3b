//! What the guide promises: the worked example of own rules, schemas and pages that are what the program writes, links
//! that lead somewhere, and the action and the hooks, by running what they run.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const ONRECORD: &str = env!("CARGO_BIN_EXE_onrecord");

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn onrecord(args: &[&str]) -> Output {
    Command::new(ONRECORD)
        .args(args)
        .current_dir(root())
        .env("NO_COLOR", "1")
        .env_remove("CI")
        .output()
        .unwrap()
}

fn written(args: &[&str]) -> String {
    let output = onrecord(args);
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn told(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

#[test]
fn the_court_rules_are_sound() {
    let output = onrecord(&["rules", "check", "examples/rules/court", "--strict"]);
    assert!(output.status.success(), "{}", told(&output));
    // its fixture needs them: without them it fails
    let fixtures = "examples/rules/court/fixtures";
    let with = onrecord(&["check", fixtures, "--rules", "examples/rules/court"]);
    assert!(with.status.success(), "{}", told(&with));
    assert_eq!(onrecord(&["check", fixtures]).status.code(), Some(1));
}

/// Whatever lies in data/ may lie in a folder for --rules, and says the same there.
#[test]
fn the_embedded_rules_overlay_themselves() {
    let corpus = root().join("corpus");
    let files = walkdir::WalkDir::new(corpus).sort_by_file_name().into_iter().flatten();
    let file = files.map(|f| f.into_path()).find(|f| f.extension().is_some_and(|e| e == "txt")).unwrap();
    let file = file.to_str().unwrap();
    let without_engine = |args: &[&str]| -> serde_json::Value {
        let mut record: serde_json::Value = serde_json::from_str(&written(args)).unwrap();
        record["engine"].take();
        record
    };
    let plain = without_engine(&["extract", file, "-q"]);
    assert!(!plain["attributions"].as_array().unwrap().is_empty());
    assert_eq!(without_engine(&["extract", file, "-q", "--rules", "data"]), plain);
    assert!(onrecord(&["rules", "check", "data", "-q"]).status.success());
}

/// Pages and schemas that the program writes, with how.
fn generated() -> Vec<(PathBuf, Vec<String>)> {
    let list = |args: &[&str]| args.iter().map(|a| (*a).to_owned()).collect::<Vec<_>>();
    let mut files = vec![
        ("docs/reference/rules.md".into(), list(&["rules", "list", "--format", "markdown"])),
        ("docs/reference/rule-files.md".into(), list(&["rules", "schema", "--format", "markdown"])),
        ("docs/reference/record.md".into(), list(&["schema", "record", "--format", "markdown"])),
        ("docs/reference/expect.md".into(), list(&["schema", "expect", "--format", "markdown"])),
        ("data/schema/expect.schema.json".into(), list(&["schema", "expect"])),
    ];
    for name in written(&["rules", "schema"]).lines() {
        let stem = name.trim_end_matches(".toml");
        files.push((format!("data/schema/{stem}.schema.json").into(), list(&["rules", "schema", name])));
    }
    files
}

#[test]
fn pages_and_schemas_are_what_the_program_writes() {
    let mut stale = Vec::new();
    for (path, args) in generated() {
        let args: Vec<_> = args.iter().map(String::as_str).collect();
        if std::fs::read_to_string(root().join(&path)).unwrap_or_default() != written(&args) {
            stale.push(format!("onrecord {} >{}", args.join(" "), path.display()));
        }
    }
    assert!(stale.is_empty(), "write anew:\n{}", stale.join("\n"));
}

#[test]
fn rules_and_expectations_are_valid_by_their_schemas() {
    for entry in walkdir::WalkDir::new(root().join("data"))
        .into_iter()
        .chain(walkdir::WalkDir::new(root().join("examples/rules")))
    {
        let path = entry.unwrap().into_path();
        let name = path.file_name().unwrap().to_str().unwrap();
        let Some(stem) = name.strip_suffix(".toml") else { continue };
        let stem = if name.ends_with(".expect.toml") { "expect" } else { stem };
        let schema = std::fs::read_to_string(root().join(format!("data/schema/{stem}.schema.json"))).unwrap();
        let validator = jsonschema::validator_for(&serde_json::from_str(&schema).unwrap()).unwrap();
        let file: serde_json::Value = toml::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
        let errors: Vec<_> =
            validator.iter_errors(&file).map(|e| format!("{}: {e}", e.instance_path())).collect();
        assert!(errors.is_empty(), "{}: {errors:?}", path.display());
    }
}

/// The pages of the book, and what stands at the root.
fn pages() -> Vec<PathBuf> {
    let docs = walkdir::WalkDir::new(root().join("docs")).into_iter().map(|e| e.unwrap().into_path());
    let mut pages: Vec<_> = docs.filter(|p| p.extension().is_some_and(|e| e == "md")).collect();
    for name in [
        "README.md",
        "ARCHITECTURE.md",
        "CONTRIBUTING.md",
        "DESIGN.md",
        "SECURITY.md",
        "fixtures/README.md",
        "corpus/README.md",
    ] {
        pages.push(root().join(name));
    }
    pages
}

/// The text without code, in which nothing is a link.
fn prose(text: &str) -> String {
    let mut out = String::new();
    let mut fenced = false;
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        } else if !fenced {
            let parts = line.split('`').step_by(2).collect::<Vec<_>>();
            out.push_str(&parts.join(" "));
            out.push('\n');
        }
    }
    out
}

/// The anchor that a heading gets.
fn anchor(heading: &str) -> String {
    let letters = heading.trim().to_lowercase();
    letters
        .chars()
        .filter(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | ' '))
        .map(|c| if c == ' ' { '-' } else { c })
        .collect()
}

fn anchors(path: &Path) -> Vec<String> {
    let text = std::fs::read_to_string(path).unwrap_or_default();
    let mut fenced = false;
    let headings = text.lines().filter(|line| {
        fenced ^= line.starts_with("```");
        !fenced && line.starts_with('#')
    });
    headings.map(|line| anchor(line.trim_start_matches('#'))).collect()
}

#[test]
fn links_lead_somewhere() {
    let mut broken = Vec::new();
    for page in pages() {
        let text = prose(&std::fs::read_to_string(&page).unwrap());
        for part in text.split("](").skip(1) {
            let Some(target) = part.split(')').next() else { continue };
            if target.contains("://") || target.starts_with("mailto:") {
                continue;
            }
            let (file, fragment) = target.split_once('#').unwrap_or((target, ""));
            let path = if file.is_empty() { page.clone() } else { page.parent().unwrap().join(file) };
            let leads =
                path.exists() && (fragment.is_empty() || anchors(&path).iter().any(|a| a == fragment));
            if !leads {
                broken.push(format!("{}: {target}", page.strip_prefix(root()).unwrap().display()));
            }
        }
    }
    assert!(broken.is_empty(), "\n{}", broken.join("\n"));
}

#[test]
fn the_summary_names_every_page() {
    let summary = std::fs::read_to_string(root().join("docs/SUMMARY.md")).unwrap();
    for page in pages() {
        let Ok(name) = page.strip_prefix(root().join("docs")) else { continue };
        let name = name.to_str().unwrap();
        assert!(
            name == "SUMMARY.md" || summary.contains(&format!("({name})")),
            "{name} is not in docs/SUMMARY.md"
        );
    }
}

/// A value of a YAML file by its key, as simple as the two files here are.
fn yaml(text: &str, key: &str) -> Vec<String> {
    let values = text
        .lines()
        .filter_map(|line| line.trim().trim_start_matches("- ").strip_prefix(key)?.strip_prefix(": "));
    values.map(|v| v.trim_matches(['"', '\'']).to_owned()).collect()
}

/// The path with our program first.
fn path() -> std::ffi::OsString {
    let own = Path::new(ONRECORD).parent().unwrap().to_owned();
    let rest = std::env::var_os("PATH").unwrap_or_default();
    std::env::join_paths(std::iter::once(own).chain(std::env::split_paths(&rest))).unwrap()
}

#[cfg(unix)]
#[test]
fn the_action_runs() {
    let action = std::fs::read_to_string(root().join("action.yml")).unwrap();
    let runs = yaml(&action, "run");
    assert_eq!(runs.len(), 2, "{runs:?}");
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str| folder.path().join(name);
    std::fs::write(file("a b.txt"), "Rain fell, Ana Brandt said.").unwrap();
    std::fs::write(file("a b.expect.toml"), "[count]\nattributions = 1\n").unwrap();
    std::fs::write(file("c.txt"), "Snow fell.").unwrap();
    std::fs::write(file("c.expect.toml"), "[count]\nclaims = 1\n").unwrap();
    let run = |fixtures: &str, rules: &str| {
        let mut outputs = Vec::new();
        for run in &runs {
            let output = Command::new("bash")
                .args(["-c", run])
                .current_dir(folder.path())
                .env("PATH", path())
                .env("GITHUB_ACTION_PATH", root())
                .env("GITHUB_STEP_SUMMARY", file("summary.md"))
                .env("GITHUB_OUTPUT", file("output"))
                .env("FIXTURES", fixtures)
                .env("RULES", rules)
                .env("REPORT", "junit")
                .env("REPORT_FILE", file("report.xml"))
                .env("CI", "true")
                .output()
                .unwrap();
            outputs.push(output);
        }
        outputs.pop().unwrap()
    };
    let good = run("\n  a b.txt\n", root().join("examples/rules/court").to_str().unwrap());
    assert!(good.status.success(), "{}", told(&good));
    let bad = run("a b.txt\nc.txt", "");
    assert_eq!(bad.status.code(), Some(1), "{}", told(&bad));
    assert!(told(&bad).starts_with("::error file=c.expect.toml,line=2,"), "{}", told(&bad));
    let read = |name: &str| std::fs::read_to_string(file(name)).unwrap();
    assert!(read("report.xml").contains("<testsuites tests=\"2\" failures=\"1\""));
    assert!(
        read("summary.md").contains("    1 claims wanted, there are 0")
            || read("summary.md").contains("unmet")
    );
    assert_eq!(read("output"), "differs=false\ndiffers=true\n");
    // an input is a path, never a command or an option
    let hostile = run("$(touch pwned)\n--bless\n; touch pwned", "");
    assert_eq!(hostile.status.code(), Some(2), "{}", told(&hostile));
    assert!(!file("pwned").exists());
}

#[cfg(unix)]
#[test]
fn the_hooks_run() {
    let hooks = std::fs::read_to_string(root().join(".pre-commit-hooks.yaml")).unwrap();
    let entries = yaml(&hooks, "entry");
    assert_eq!(entries.len(), 2);
    let folder = tempfile::tempdir().unwrap();
    let call = |entry: &str, arg: &Path| {
        let line = format!("{entry} \"$0\"");
        Command::new("bash")
            .args(["-c", &line])
            .arg(arg)
            .current_dir(folder.path())
            .env("PATH", path())
            .output()
            .unwrap()
    };
    let court = root().join("examples/rules/court");
    assert!(call(&entries[1], &court).status.success());
    assert_eq!(call(&entries[0], &court.join("fixtures")).status.code(), Some(1), "without its rules");
    std::fs::write(folder.path().join("a.txt"), "Snow fell.").unwrap();
    std::fs::write(folder.path().join("a.expect.toml"), "[count]\nclaims = 0\n").unwrap();
    assert!(call(&entries[0], folder.path()).status.success());
}
