//! What the user names → the files to read: files, folders, globs, `-`.

use super::stream::unreadable;
use super::{Format, plain_name};
use crate::error::{Error, Result};
use globset::{GlobBuilder, GlobSet};
use rustc_hash::{FxHashMap, FxHashSet};
use std::path::{Component, Path, PathBuf};
use walkdir::WalkDir;

/// Where an input stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// Standard input, `-`.
    Stdin,
    /// A file.
    Path(PathBuf),
}

impl Place {
    /// What messages call it.
    pub fn name(&self) -> PathBuf {
        match self {
            Self::Stdin => PathBuf::from("<stdin>"),
            Self::Path(path) => path.clone(),
        }
    }
}

/// An input to open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Where it stands.
    pub place: Place,
    /// The id of its article, where it holds but one: the stem of its name; where several files of the run share
    /// it, the path from the folder that was named; where even that is shared, the whole path.
    pub id: String,
    /// Its size in bytes; 0 where that is not known.
    pub size: u64,
}

/// So many links to one folder are followed: links to folders of links lead to as many paths as one likes.
const LINKS: usize = 64;

/// The longest glob, in bytes.
const GLOB: usize = 4_096;

/// The files of a run.
#[derive(Debug, Default)]
pub struct Found {
    /// In the order named; those of a folder or glob sorted by name.
    pub files: Vec<File>,
    /// What could not be looked into.
    pub errors: Vec<Error>,
    /// How many files of a folder go by no known ending.
    pub skipped: usize,
}

struct Candidate {
    path: PathBuf,
    /// the path below what was named
    below: PathBuf,
    size: u64,
}

#[derive(Default)]
struct Finder {
    list: Vec<Option<Candidate>>,
    seen: FxHashSet<PathBuf>,
    found: Found,
}

/// Lists the files that the inputs name. Of a folder those are taken whose name ends as `format`, or some format,
/// has it; files and folders whose name begins with a dot are not.
///
/// # Errors
/// A usage error where an input does not exist, or a folder or glob holds nothing to read.
pub fn find(inputs: &[PathBuf], format: Option<&'static Format>) -> Result<Found> {
    let mut finder = Finder::default();
    for input in inputs {
        let before = finder.list.len() + finder.found.errors.len();
        if input.as_os_str() == "-" {
            if !finder.list.iter().any(Option::is_none) {
                finder.list.push(None);
            }
            continue;
        }
        match std::fs::metadata(input) {
            Ok(meta) if meta.is_dir() => {
                finder.walk(input, |path| match format {
                    Some(f) => Format::of_name(path).is_some_and(|g| g.name == f.name),
                    None => Format::of_name(path).is_some(),
                });
                if finder.list.len() + finder.found.errors.len() == before && !finder.has_below(input) {
                    return Err(nothing_in(input, format));
                }
            }
            Ok(meta) => {
                let below = PathBuf::from(input.file_name().unwrap_or(input.as_os_str()));
                finder.add(Candidate { path: input.clone(), below, size: meta.len() });
            }
            Err(_) if is_glob(input) => {
                let skipped = finder.found.skipped;
                finder.glob(input)?;
                finder.found.skipped = skipped;
                if finder.list.len() + finder.found.errors.len() == before {
                    return Err(Error::usage(format!(
                        "no file matches {:?}; check the pattern (** goes through folders)",
                        input.display().to_string()
                    )));
                }
            }
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => {
                return Err(Error::usage("there is no such file or folder; check the path").in_file(input));
            }
            Err(e) => return Err(Error::usage(unreadable(&e).message()).in_file(input)),
        }
    }
    Ok(finder.finish())
}

fn nothing_in(folder: &Path, format: Option<&'static Format>) -> Error {
    let endings: Vec<_> = super::FORMATS
        .iter()
        .filter(|f| format.is_none_or(|g| g.name == f.name))
        .flat_map(|f| f.extensions.iter().map(|e| format!(".{e}")))
        .collect();
    Error::usage(format!(
        "the folder holds no file that ends in {}; name the files themselves, or a glob",
        endings.join(", ")
    ))
    .in_file(folder)
}

fn is_glob(path: &Path) -> bool {
    path.to_str().is_some_and(|s| s.contains(['*', '?', '[', '{']))
}

impl Finder {
    fn add(&mut self, candidate: Candidate) {
        if self.seen.insert(candidate.path.clone()) {
            self.list.push(Some(candidate));
        }
    }

    fn has_below(&self, folder: &Path) -> bool {
        self.list.iter().flatten().any(|c| c.path.starts_with(folder))
    }

    fn walk(&mut self, root: &Path, wanted: impl Fn(&Path) -> bool) {
        let hidden =
            |e: &walkdir::DirEntry| e.depth() > 0 && e.file_name().as_encoded_bytes().first() == Some(&b'.');
        let entries = WalkDir::new(root).follow_links(true).sort_by_file_name();
        let mut entered: FxHashMap<PathBuf, usize> = FxHashMap::default();
        let mut often = Vec::new();
        let mut look = |e: &walkdir::DirEntry| {
            if !e.path_is_symlink() || !e.file_type().is_dir() {
                return !hidden(e);
            }
            let times = entered.entry(e.path().canonicalize().unwrap_or_default()).or_default();
            *times += 1;
            if *times > LINKS && !hidden(e) {
                let message = format!(
                    "is linked to more than {LINKS} times over; name the folder itself; the rest goes on"
                );
                often.push(Error::input(message).in_file(e.path()));
            }
            *times <= LINKS && !hidden(e)
        };
        for entry in entries.into_iter().filter_entry(&mut look) {
            match entry {
                Ok(entry) if entry.file_type().is_file() => {
                    if wanted(entry.path()) {
                        let below = entry.path().strip_prefix(root).unwrap_or(entry.path()).to_owned();
                        let size = entry.metadata().map_or(0, |m| m.len());
                        self.add(Candidate { path: entry.into_path(), below, size });
                    } else {
                        self.found.skipped += 1;
                    }
                }
                Ok(_) => {}
                Err(e) => {
                    let error = Error::input(format!("cannot be looked into ({e}); the rest goes on"));
                    self.found.errors.push(match e.path() {
                        Some(path) => error.in_file(path),
                        None => error,
                    });
                }
            }
        }
        self.found.errors.extend(often);
    }

    fn glob(&mut self, pattern: &Path) -> Result<()> {
        let text = pattern.to_str().unwrap_or_default();
        let bad =
            |e: globset::Error| Error::usage(format!("{text:?} is neither a file nor a glob: {}", e.kind()));
        if text.len() > GLOB {
            return Err(Error::usage(format!("a glob is no longer than {GLOB} bytes; name the folder")));
        }
        let glob = GlobBuilder::new(text.strip_prefix("./").unwrap_or(text))
            .literal_separator(true)
            .build()
            .map_err(bad)?;
        // a set says what is wrong, where a matcher of one glob would fall over
        let glob = GlobSet::builder().add(glob).build().map_err(bad)?;
        // the folders before the first wildcard need no look
        let root: PathBuf = pattern.components().take_while(|c| !is_glob(Path::new(c.as_os_str()))).collect();
        let root = match root.components().next_back() {
            None => PathBuf::from("."),
            Some(Component::CurDir) => PathBuf::from("."),
            Some(_) => root,
        };
        if !root.is_dir() {
            return Ok(());
        }
        self.walk(&root, |path| glob.is_match(path.strip_prefix("./").unwrap_or(path)));
        Ok(())
    }

    fn finish(mut self) -> Found {
        let stem = |c: &Candidate| {
            plain_name(&c.below).file_stem().unwrap_or_default().to_string_lossy().into_owned()
        };
        let mut stems: FxHashMap<String, usize> = FxHashMap::default();
        let mut paths: FxHashMap<String, usize> = FxHashMap::default();
        for candidate in self.list.iter().flatten() {
            *stems.entry(stem(candidate)).or_default() += 1;
            *paths.entry(slashed(&plain_name(&candidate.below).with_extension(""))).or_default() += 1;
        }
        let id = |c: &Candidate| {
            let short = stem(c);
            if stems[&short] == 1 {
                return short;
            }
            let below = slashed(&plain_name(&c.below).with_extension(""));
            if paths[&below] == 1 { below } else { slashed(&c.path) }
        };
        self.found.files = self
            .list
            .iter()
            .map(|c| match c {
                None => File { place: Place::Stdin, id: "stdin".to_owned(), size: 0 },
                Some(c) => File { id: id(c), place: Place::Path(c.path.clone()), size: c.size },
            })
            .collect();
        self.found
    }
}

/// The path with `/` on every system, so that ids do not depend on it.
fn slashed(path: &Path) -> String {
    path.components().map(|c| c.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(files: &[&str]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for file in files {
            let path = folder.path().join(file);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, "x").unwrap();
        }
        folder
    }

    fn ids(found: &Found) -> Vec<&str> {
        found.files.iter().map(|f| f.id.as_str()).collect()
    }

    #[test]
    fn folders_are_sorted_and_ids_unique() {
        let folder = folder(&["b/x.txt", "a/x.txt", "a/y.txt", "z.txt", "z.jsonl", ".hidden.txt", "n.ann"]);
        let found = find(&[folder.path().to_owned()], None).unwrap();
        assert_eq!(found.skipped, 1);
        let z = folder.path().join("z.jsonl");
        let whole = slashed(&z);
        assert_eq!(ids(&found), ["a/x", "y", "b/x", &whole, &slashed(&folder.path().join("z.txt"))]);
        let only_text = find(&[folder.path().to_owned()], Format::named("text")).unwrap();
        assert_eq!(ids(&only_text), ["a/x", "y", "b/x", "z"]);
    }

    /// Each folder links twice to the next: two to the power of thirty paths.
    #[test]
    #[cfg(unix)]
    fn links_to_links_come_to_an_end() {
        let folder = folder(&["a0/x.txt"]);
        for i in 0..30 {
            let next = folder.path().join(format!("a{}", i + 1));
            std::fs::create_dir(&next).unwrap();
            for link in ["l", "m"] {
                std::os::unix::fs::symlink(&next, folder.path().join(format!("a{i}/{link}"))).unwrap();
            }
        }
        std::fs::write(folder.path().join("a30/y.txt"), "x").unwrap();
        std::os::unix::fs::symlink(folder.path(), folder.path().join("a30/round")).unwrap();
        let found = find(&[folder.path().to_owned()], None).unwrap();
        assert_eq!(found.files.len(), 2 + LINKS);
        let told: Vec<_> = found.errors.iter().map(ToString::to_string).collect();
        assert!(
            told.iter().any(|e| e
                .contains("is linked to more than 64 times over; name the folder itself; the rest goes on")),
            "{told:?}"
        );
    }

    #[test]
    fn globs_and_doubles() {
        let folder = folder(&["b/x.txt", "a/w.txt", "a/n.dat"]);
        let glob = |s: &str| find(&[folder.path().join(s)], None);
        assert_eq!(ids(&glob("*/*.txt").unwrap()), ["w", "x"]);
        assert_eq!(ids(&glob("**/[nx].*").unwrap()), ["n", "x"]);
        assert!(glob("*.txt").unwrap_err().to_string().contains("no file matches"));
        let twice = [folder.path().join("a"), folder.path().join("a/w.txt"), "-".into(), "-".into()];
        assert_eq!(ids(&find(&twice, None).unwrap()), ["w", "stdin"]);
        assert!(find(&[folder.path().join("c")], None).unwrap_err().to_string().contains("no such file"));
    }
}
