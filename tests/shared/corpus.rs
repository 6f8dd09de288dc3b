//! The articles of corpus/, for suites that hold something of every one.

use std::path::Path;

/// Their names and texts, in the order of the names.
pub(crate) fn corpus() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    files.retain(|f| f.extension().is_some_and(|e| e == "txt"));
    files.sort();
    assert!(!files.is_empty());
    let text = |f: &Path| std::fs::read_to_string(f).unwrap();
    files.iter().map(|f| (f.file_stem().unwrap().to_string_lossy().into_owned(), text(f))).collect()
}
