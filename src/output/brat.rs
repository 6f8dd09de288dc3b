//! brat standoff: for each article its text (`ID.txt`) and its annotations (`ID.ann`), in a folder.
//!
//! An attribution is an event with the roles Source, Cue and Content, as the PolNeAR corpus has it, so that
//! `onrecord eval` and brat itself read what is written here. A claim is a text-bound annotation with a note.

use super::destination::cannot_write;
use super::{Destination, Format, Piece, Sink};
use crate::error::{Error, Result};
use crate::record::{Claim, Offsets, Record};
use rustc_hash::{FxHashMap, FxHashSet};
use std::fmt::Write as _;
use std::io;
use std::ops::Deref;
use std::path::PathBuf;

pub(super) const FORMAT: Format = Format {
    name: "brat",
    about: "a folder with the text (.txt) and its standoff annotations (.ann) of each article",
    extensions: &[],
    folder: true,
    packed: false,
    resumable: false,
    code_points: true,
    encode: |article, record| {
        let files = vec![article.text.clone().into_bytes(), annotations(&record).into_bytes()];
        Piece::Files(article.id.clone(), files)
    },
    open,
};

const PARTS: [&str; 2] = ["txt", "ann"];

#[derive(Default)]
struct Standoff {
    out: String,
    bound: usize,
    notes: usize,
}

impl Standoff {
    /// Writes a text-bound annotation and returns its number. `text` holds the slices of the spans joined by a space.
    fn bind(&mut self, kind: &str, spans: &[Offsets], text: &str) -> usize {
        self.bound += 1;
        let (places, words) = fragments(spans, text);
        let _ = writeln!(self.out, "T{}\t{kind} {places}\t{words}", self.bound);
        self.bound
    }

    fn note(&mut self, on: usize, note: &str) {
        self.notes += 1;
        let _ = writeln!(self.out, "#{}\tAnnotatorNotes T{on}\t{note}", self.notes);
    }
}

/// What parts spans in brat's files: its readers take more than line feeds for the end of a line, and tabs for the end of
/// a field.
fn parts(c: &char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')
}

/// brat's spans hold no line break: one that does falls into fragments.
fn fragments(spans: &[Offsets], text: &str) -> (String, String) {
    let (mut places, mut words) = (Vec::new(), Vec::new());
    let mut chars = text.chars();
    for &[start, end] in spans {
        let slice: Vec<char> = chars.by_ref().take((end - start) as usize).collect();
        chars.next(); // the space between two slices
        let mut from = 0;
        for line in slice.split(parts) {
            let white = |c: &&char| c.is_whitespace();
            let lead = line.iter().take_while(white).count();
            let tail = line.iter().rev().take_while(white).count();
            if lead < line.len() {
                let at = start as usize + from;
                places.push(format!("{} {}", at + lead, at + line.len() - tail));
                words.push(line[lead..line.len() - tail].iter().collect::<String>());
            }
            from += line.len() + 1;
        }
    }
    (places.join(";"), words.join(" "))
}

fn annotations<S: Deref<Target = str>>(record: &Record<S>) -> String {
    let mut brat = Standoff::default();
    for (i, a) in record.attributions.iter().enumerate() {
        let mut roles = String::new();
        let mut trigger = (&a.content.spans[..], &*a.content.text);
        if let Some(source) = &a.source {
            let _ = write!(roles, " Source:T{}", brat.bind("Source", &[source.span], &source.text));
        }
        let cue_span;
        if let Some(cue) = &a.cue {
            let _ = write!(roles, " Cue:T{}", brat.bind("Cue", &[cue.span], &cue.text));
            cue_span = [cue.span];
            trigger = (&cue_span, &*cue.text);
        }
        let _ = write!(roles, " Content:T{}", brat.bind("Content", &a.content.spans, &a.content.text));
        // an event needs a trigger: the cue, else the content
        let event = brat.bind("Attribution", trigger.0, trigger.1);
        let _ = writeln!(brat.out, "E{}\tAttribution:T{event}{roles}", i + 1);
    }
    for claim in &record.claims {
        let bound = brat.bind("Claim", &[claim.span], &claim.text);
        brat.note(bound, &note(claim, record));
    }
    brat.out
}

fn note<S: Deref<Target = str>>(claim: &Claim<S>, record: &Record<S>) -> String {
    let mut note = match (claim.value, claim.low, claim.high) {
        (Some(value), ..) => format!("{} {value}", claim.bound.word()),
        (None, Some(low), Some(high)) => format!("{low} to {high}"),
        _ => String::new(),
    };
    let who = claim.claimant.and_then(|id| record.sources.get(id as usize));
    let more = [
        ("", Some(&*claim.unit).filter(|u| !u.is_empty())),
        ("per ", claim.per.as_deref()),
        ("of ", claim.of.as_ref().map(|of| &*of.text)),
        ("by ", who.map(|s| &*s.name)),
    ];
    for (word, value) in more {
        if let Some(value) = value {
            let words = value.split(|c: char| c.is_whitespace() || parts(&c)).filter(|w| !w.is_empty());
            let _ = write!(note, " {word}{}", words.collect::<Vec<_>>().join(" "));
        }
    }
    note
}

fn open(destination: &Destination, _: Option<u64>) -> Result<Box<dyn Sink>> {
    let Destination::Path(folder) = destination else {
        return Err(Error::usage("brat is a folder of files; name the folder: -o DIR"));
    };
    std::fs::create_dir_all(folder).map_err(|e| cannot_write(&e).in_file(folder))?;
    Ok(Box::new(Folder { folder: folder.clone(), taken: FxHashSet::default(), next: FxHashMap::default() }))
}

struct Folder {
    folder: PathBuf,
    /// names in lower case
    taken: FxHashSet<String>,
    /// how often a name was wanted
    next: FxHashMap<String, u32>,
}

/// The longest name made of an id, in bytes: most systems have no names of more than 255.
const LONGEST: usize = 200;

/// Whether Windows takes a file of this name for a device, whatever its ending.
fn is_device(name: &str) -> bool {
    let name = name.split('.').next().unwrap_or_default().to_lowercase();
    let numbered = name.strip_prefix("com").or_else(|| name.strip_prefix("lpt"));
    matches!(&*name, "con" | "prn" | "aux" | "nul" | "conin$" | "conout$")
        || numbered.is_some_and(|n| n.chars().count() == 1 && n.chars().all(char::is_numeric))
}

impl Folder {
    /// A file name made of the id, unlike any before it in this run, also where names differ by more than case, on every
    /// system.
    fn stem(&mut self, id: &str) -> String {
        let safe = |c: char| if c.is_alphanumeric() || matches!(c, '-' | '_' | '.') { c } else { '_' };
        let mut plain = String::new();
        for c in id.trim_start_matches('.').chars().map(safe) {
            if plain.len() + c.len_utf8() > LONGEST {
                break;
            }
            plain.push(c);
        }
        // a dash would be an option to whatever is called with the name, and a device has no contents
        if plain.is_empty() {
            plain.push_str("article");
        } else if plain.starts_with('-') || is_device(&plain) {
            plain.insert(0, '_');
        }
        let mut stem = plain.clone();
        let mut number = self.next.get(&plain.to_lowercase()).copied().unwrap_or(1);
        while !self.taken.insert(stem.to_lowercase()) {
            number += 1;
            stem = format!("{plain}~{number}");
        }
        self.next.insert(plain.to_lowercase(), number);
        stem
    }
}

impl Sink for Folder {
    fn put(&mut self, piece: Piece) -> io::Result<()> {
        let Piece::Files(id, files) = piece else { return Ok(()) };
        let stem = self.stem(&id);
        for (bytes, extension) in files.iter().zip(PARTS) {
            std::fs::write(self.folder.join(format!("{stem}.{extension}")), bytes)?;
        }
        Ok(())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn finish(self: Box<Self>) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_fall_apart_at_line_breaks() {
        let cases = [
            (vec![[3, 7]], "abcd", "3 7", "abcd"),
            (vec![[3, 9], [20, 22]], "ab\r\ncd éf", "3 5;7 9;20 22", "ab cd éf"),
            (vec![[0, 6]], "ab \n c", "0 2;5 6", "ab c"),
            (vec![[0, 9]], "a\tb\u{85}c\u{2028}d\u{b}e", "0 1;2 3;4 5;6 7;8 9", "a b c d e"),
        ];
        for (spans, text, places, words) in cases {
            assert_eq!(fragments(&spans, text), (places.to_owned(), words.to_owned()), "{text:?}");
        }
    }

    #[test]
    fn attributions_are_events_and_claims_have_notes() {
        let mut record = crate::Pipeline::default().run(&crate::Article::new("a", ""));
        record.attributions = serde_json::from_value(serde_json::json!([{
            "id": 0, "sentence": 0, "mode": "direct", "kind": "statement",
            "source": {"span": [12, 22], "text": "Ana Brandt", "ref": 0, "form": "name"},
            "cue": null, "content": {"spans": [[0, 4], [30, 34]], "text": "Rain fell"}, "addressee": null,
            "relay": null, "parent": null, "quotes": [], "rule": "x", "confidence": 0.5,
        }]))
        .unwrap();
        record.claims = serde_json::from_value(serde_json::json!([{
            "id": 0, "sentence": 0, "span": [40, 56], "number": [50, 52], "text": "more than\n12 mph", "value": 12,
            "low": null, "high": null, "bound": ">", "kind": "rate", "unit": "mile", "per": "hour", "base": null,
            "of": {"span": [60, 64], "text": "wind"}, "when": null, "change": null, "negated": false,
            "claimant": null, "attribution": null, "figure": null, "rule": "x", "confidence": 0.5,
        }]))
        .unwrap();
        let want = "T1\tSource 12 22\tAna Brandt\n\
                    T2\tContent 0 4;30 34\tRain fell\n\
                    T3\tAttribution 0 4;30 34\tRain fell\n\
                    E1\tAttribution:T3 Source:T1 Content:T2\n\
                    T4\tClaim 40 49;50 56\tmore than 12 mph\n\
                    #1\tAnnotatorNotes T4\t> 12 mile per hour of wind\n";
        assert_eq!(annotations(&record), want);
    }

    #[test]
    fn ids_become_file_names() {
        let mut folder =
            Folder { folder: PathBuf::new(), taken: FxHashSet::default(), next: FxHashMap::default() };
        for (id, want) in [
            ("a", "a"),
            ("a", "a~2"),
            ("A", "A~3"),
            ("a~2", "a_2"),
            ("../b/c", "_b_c"),
            ("/etc/passwd", "_etc_passwd"),
            ("C:\\x\0y", "C__x_y"),
            ("", "article"),
            ("..", "article~2"),
            ("-rf", "_-rf"),
            ("CON", "_CON"),
            ("nul.txt", "_nul.txt"),
            ("lpt1", "_lpt1"),
            ("com¹.a", "_com¹.a"),
            ("contour", "contour"),
        ] {
            assert_eq!(folder.stem(id), want);
        }
        let long = folder.stem(&"é".repeat(300));
        assert_eq!(long.len(), LONGEST);
        assert_eq!(folder.stem(&"É".repeat(300)), "É".repeat(100) + "~2");
    }
}
