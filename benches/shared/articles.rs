//! The articles that the benches read.

use onrecord::Article;
use std::path::Path;

/// The articles of `corpus/`, in the order of their names.
pub(crate) fn corpus() -> Vec<Article> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let entries = std::fs::read_dir(&folder).expect("corpus/ lies beside Cargo.toml");
    let mut files: Vec<_> = entries.map(|e| e.expect("an entry").path()).collect();
    files.retain(|f| f.extension().is_some_and(|e| e == "txt"));
    files.sort();
    let read = |f| Article::new("bench", std::fs::read_to_string(f).expect("UTF-8"));
    files.iter().map(read).collect()
}
