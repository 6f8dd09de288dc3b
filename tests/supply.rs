//! What the program is built from, as far as its own files and `cargo metadata` tell: no `unsafe` but in one audited
//! file, no dependency that wants a newer Rust than is promised, one version everywhere. `.ci/supply-chain` has what
//! needs a tool.

use proc_macro2::{TokenStream, TokenTree};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The only file that may hold `unsafe`, below the root.
const AUDITED: &str = "python/src/capsule.rs";

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(name: &str) -> String {
    std::fs::read_to_string(root().join(name)).unwrap_or_else(|e| panic!("{name}: {e}"))
}

/// Whether the word stands in the code, not in a comment or a text.
fn says(tokens: TokenStream, word: &str) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Ident(ident) => ident == word,
        TokenTree::Group(group) => says(group.stream(), word),
        _ => false,
    })
}

#[test]
fn nothing_is_unsafe_but_the_audited_file() {
    let mut found = Vec::new();
    for folder in ["src", "tests", "benches", "examples", "python/src"] {
        for entry in walkdir::WalkDir::new(root().join(folder)).into_iter().flatten() {
            let path = entry.path();
            let source = path.extension().is_some_and(|e| e == "rs");
            if source && says(std::fs::read_to_string(path).unwrap().parse().unwrap(), "unsafe") {
                found.push(path.strip_prefix(root()).unwrap().to_owned());
            }
        }
    }
    // the crate as it is published holds no Python package
    let audited: &[&str] = if root().join(AUDITED).exists() { &[AUDITED] } else { &[] };
    assert_eq!(found, audited.iter().map(PathBuf::from).collect::<Vec<_>>());
    let manifest: toml::Table = toml::from_str(&read("Cargo.toml")).unwrap();
    assert_eq!(manifest["lints"]["rust"]["unsafe_code"].as_str(), Some("forbid"));
}

/// Each `unsafe` of the audited file says right above what it relies on.
#[test]
fn what_is_unsafe_says_why_it_is_sound() {
    let Ok(source) = std::fs::read_to_string(root().join(AUDITED)) else { return };
    let lines: Vec<_> = source.lines().map(str::trim).collect();
    let mut blocks = 0;
    for (i, line) in lines.iter().enumerate().filter(|(_, line)| line.contains("unsafe {")) {
        let above = lines[..i].iter().rev().take_while(|line| line.starts_with("//"));
        assert!(above.into_iter().any(|line| line.starts_with("// SAFETY:")), "{AUDITED}:{}: {line}", i + 1);
        blocks += 1;
    }
    assert!(blocks > 0);
}

/// The first two numbers of a version.
fn minor(version: &str) -> (u32, u32) {
    let mut parts = version.split('.').map(|part| part.parse().unwrap());
    (parts.next().unwrap(), parts.next().unwrap_or(0))
}

#[test]
fn no_dependency_wants_a_newer_rust() {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked", "--offline"])
        .current_dir(root())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    let own = minor(env!("CARGO_PKG_RUST_VERSION"));
    let newer: Vec<_> = packages
        .iter()
        .filter_map(|p| Some((p["name"].as_str()?, p["rust_version"].as_str()?)))
        .filter(|(_, wanted)| minor(wanted) > own)
        .collect();
    assert!(newer.is_empty(), "newer than Rust {own:?}: {newer:?}");
    assert!(packages.len() > 100, "{} packages", packages.len());
}

/// The wheel carries the licences that the crate carries.
#[test]
fn the_licences_are_the_same_everywhere() {
    for name in ["LICENSE-MIT", "LICENSE-APACHE"] {
        let Ok(wheel) = std::fs::read_to_string(root().join("python/licenses").join(name)) else { continue };
        assert!(wheel == read(name), "python/licenses/{name} is not {name}");
    }
}

/// The version as PyPI writes it: 1.0.0-rc.1 is 1.0.0rc1.
fn of_wheel(version: &str) -> String {
    let (release, pre) = version.split_once('-').unwrap_or((version, ""));
    format!("{release}{}", pre.replace('.', ""))
}

#[test]
fn one_version_everywhere() {
    let version = env!("CARGO_PKG_VERSION");
    let heading = read("CHANGELOG.md").lines().find_map(|line| line.strip_prefix("## ").map(str::to_owned));
    assert!(heading.unwrap().starts_with(&format!("{version} - ")), "the newest heading of CHANGELOG.md");
    let regression = read("docs/guide/regression.md");
    assert!(regression.contains(&format!("OWNER/onrecord@v{version}\n")), "docs/guide/regression.md");
    assert!(regression.contains(&format!("rev: v{version}\n")), "docs/guide/regression.md");
    assert!(read("docs/spark.md").contains(&format!("onrecord-{}-cp39", of_wheel(version))), "docs/spark.md");
    if Path::new(&root().join("python/Cargo.toml")).exists() {
        let manifest: toml::Table = toml::from_str(&read("python/Cargo.toml")).unwrap();
        assert_eq!(manifest["package"]["version"].as_str(), Some(version));
        assert_eq!(manifest["dependencies"]["onrecord"]["version"].as_str(), Some(version));
    }
}
