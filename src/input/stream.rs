//! One input, opened: whatever it is compressed with or encoded in, its reader sees plain bytes.

#[cfg(feature = "formats")]
use super::fence::{Expanded, Packed};
use super::find::{File, Place};
use super::limits::{Beyond, Limits};
use super::{Entry, Format, Settings, too_long};
use crate::error::{Error, Result};
use std::io::{self, BufRead, BufReader, Read};
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Whether whoever takes the entries wants more.
pub type Flow = ControlFlow<()>;

/// Takes an entry.
pub type Give<'a> = dyn FnMut(Entry) -> Flow + 'a;

/// An opened input.
pub struct Stream<'a> {
    /// What messages call it.
    pub name: Arc<Path>,
    /// The id of its article, where it holds but one.
    pub id: String,
    /// Its bytes.
    pub bytes: &'a mut (dyn BufRead + 'a),
    /// Where they stand as they are, for formats that jump about.
    pub file: Option<&'a Path>,
    /// What the run says of its input.
    pub settings: &'a Arc<Settings>,
}

/// Counts what passes, for the progress bar.
struct Counted<R> {
    inner: R,
    count: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buffer)?;
        self.count.fetch_add(n as u64, Ordering::Relaxed);
        Ok(n)
    }
}

/// How much is read at a time.
const BUFFER: usize = 1 << 16;

/// Opens one input and gives its articles, in the format that the settings, its name or its beginning say. `count`
/// grows by the bytes read.
pub fn read(file: &File, settings: &Arc<Settings>, count: &Arc<AtomicU64>, give: &mut Give<'_>) -> Flow {
    let name: Arc<Path> = file.place.name().into();
    let open = || -> Result<(Box<dyn Read>, Option<&Path>, usize)> {
        match &file.place {
            Place::Stdin => Ok((Box::new(io::stdin()), None, BUFFER)),
            Place::Path(path) => {
                let opened = std::fs::File::open(path).map_err(|e| unreadable(&e))?;
                let plain = opened.metadata().ok().filter(|m| m.is_file());
                // a buffer is cleared before it is filled, which for a small file takes longer than to read it
                let size =
                    plain.as_ref().map_or(BUFFER, |m| m.len().clamp(1 << 10, BUFFER as u64 - 1) as usize + 1);
                Ok((Box::new(opened), plain.is_some().then_some(&**path), size))
            }
        }
    };
    match open() {
        Ok((inner, path, size)) => {
            let bytes = BufReader::with_capacity(size, Counted { inner, count: count.clone() });
            // no file should make a reader fail; should one, it must not take the other files along
            let done = catch_unwind(AssertUnwindSafe(|| {
                nested(&name, &file.id, Box::new(bytes), path, settings, give)
            }));
            done.unwrap_or_else(|_| {
                let message = "its reader failed, which is a fault of onrecord; please report it with the file; what stood \
                               before is read";
                give(Entry::failed(Error::input(message).in_file(&name)))
            })
        }
        Err(e) => give(Entry::failed(e.in_file(&name))),
    }
}

/// The bytes of a file that holds no articles (records, say), without compression. The error names no file.
///
/// # Errors
/// The file cannot be opened or read.
pub fn unpacked(path: &Path) -> Result<Box<dyn BufRead>> {
    let file = std::fs::File::open(path).map_err(|e| unreadable(&e))?;
    let mut bytes: Box<dyn BufRead> = Box::new(BufReader::with_capacity(BUFFER, file));
    let first = bytes.fill_buf().map_err(|e| unreadable(&e))?;
    match inflater(first)? {
        Some(inflate) => inflate(bytes, &Limits::default()),
        None => Ok(bytes),
    }
}

/// Reads the articles of bytes that stand under a name, be it a file's or that of a member of an archive.
pub(super) fn nested(
    name: &Arc<Path>,
    id: &str,
    bytes: Box<dyn BufRead + '_>,
    file: Option<&Path>,
    settings: &Arc<Settings>,
    give: &mut Give<'_>,
) -> Flow {
    match plain(name, bytes, settings) {
        Ok((mut bytes, format, as_is)) => {
            let file = file.filter(|_| as_is);
            let id = id.to_owned();
            (format.read)(&mut Stream { name: name.clone(), id, bytes: &mut *bytes, file, settings }, give)
        }
        Err(e) => give(Entry::failed(e.in_file(name))),
    }
}

/// The bytes without compression, in UTF-8 where the format is text, with the format; and whether they are as they
/// were.
fn plain<'a>(
    name: &Path,
    bytes: Box<dyn BufRead + 'a>,
    settings: &Settings,
) -> Result<(Box<dyn BufRead + 'a>, &'static Format, bool)> {
    let mut bytes = bytes;
    let mut as_is = true;
    let first = bytes.fill_buf().map_err(|e| unreadable(&e))?;
    if first.is_empty() {
        return Err(Error::input("the file is empty; remove it or leave it out"));
    }
    if let Some(inflate) = inflater(first)? {
        bytes = inflate(bytes, &settings.limits)?;
        as_is = false;
        if bytes.fill_buf().map_err(|e| unreadable(&e))?.is_empty() {
            return Err(Error::input("the compressed file is empty; remove it or leave it out"));
        }
    }
    #[cfg(feature = "formats")]
    {
        let encoding = super::encoding::of_mark(bytes.fill_buf().map_err(|e| unreadable(&e))?);
        if encoding.is_some() {
            bytes = super::encoding::decode(bytes, encoding);
        }
        let format = format(name, &mut *bytes, settings)?;
        if format.plain && encoding.is_none() && settings.encoding.is_some() {
            bytes = super::encoding::decode(bytes, settings.encoding);
        }
        Ok((bytes, format, as_is))
    }
    #[cfg(not(feature = "formats"))]
    {
        let format = format(name, &mut *bytes, settings)?;
        Ok((bytes, format, as_is))
    }
}

fn format(name: &Path, bytes: &mut dyn BufRead, settings: &Settings) -> Result<&'static Format> {
    if let Some(format) = settings.format.or_else(|| Format::of_name(name)) {
        return Ok(format);
    }
    Ok(Format::of_bytes(without_bom(bytes.fill_buf().map_err(|e| unreadable(&e))?)))
}

type Inflate<'a> = fn(Box<dyn BufRead + 'a>, &Limits) -> Result<Box<dyn BufRead + 'a>>;

/// What opens a compressed stream that begins like this; none where it is not compressed.
fn inflater<'a>(first: &[u8]) -> Result<Option<Inflate<'a>>> {
    match first {
        #[cfg(feature = "formats")]
        [0x1F, 0x8B, ..] => Ok(Some(|bytes, limits| {
            let (packed, count) = Packed::new(bytes);
            let inner = Expanded::new(flate2::bufread::MultiGzDecoder::new(packed), count, limits);
            Ok(Box::new(BufReader::with_capacity(BUFFER, inner)))
        })),
        #[cfg(feature = "formats")]
        [0x28, 0xB5, 0x2F, 0xFD, ..] => Ok(Some(|bytes, limits| {
            let (packed, count) = Packed::new(bytes);
            let inner = zstd::stream::read::Decoder::with_buffer(packed).map_err(|e| unreadable(&e))?;
            let inner = Expanded::new(inner, count, limits);
            Ok(Box::new(BufReader::with_capacity(BUFFER, inner)))
        })),
        #[cfg(not(feature = "formats"))]
        [0x1F, 0x8B, ..] | [0x28, 0xB5, 0x2F, 0xFD, ..] => {
            Err(Error::input("is compressed, and this build reads no compressed files; unpack it first"))
        }
        [0xFD, b'7', b'z', b'X', b'Z', ..] => {
            Err(Error::input("is compressed by xz; unpack it first: xz -dc FILE | onrecord extract -"))
        }
        [b'B', b'Z', b'h', b'1'..=b'9', 0x31, 0x41, 0x59, 0x26, ..] => {
            Err(Error::input("is compressed by bzip2; unpack it first: bzip2 -dc FILE | onrecord extract -"))
        }
        [b'P', b'K', 3, 4, ..] => Err(Error::input("is a zip archive; unpack it first, and name the folder")),
        _ => Ok(None),
    }
}

impl Stream<'_> {
    /// All bytes of an input that is one article.
    pub(super) fn whole(&mut self) -> Result<Vec<u8>> {
        let most = self.settings.max_article;
        let mut bytes = Vec::new();
        let mut limited = self.bytes.take(most as u64 + 1);
        limited.read_to_end(&mut bytes).map_err(|e| unreadable(&e))?;
        if bytes.len() > most { Err(too_long(most)) } else { Ok(bytes) }
    }
}

pub(super) fn without_bom(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes)
}

/// Why something cannot be read, with the remedy.
pub(super) fn unreadable(e: &io::Error) -> Error {
    if let Some(beyond) = Beyond::told(e) {
        return Error::input(beyond.0.clone());
    }
    // what zstd says of a frame made with --long=28 or more
    if e.to_string().contains("requires too much memory") {
        let window =
            "is compressed with a window of more than 128 MB; compress it again with zstd --long=27 at most";
        return Error::input(window);
    }
    let remedy = match e.kind() {
        io::ErrorKind::PermissionDenied => "; give yourself the right to read it: chmod u+r",
        io::ErrorKind::NotFound => "; check the path",
        io::ErrorKind::IsADirectory => "; name the folder itself or the files in it",
        io::ErrorKind::UnexpectedEof => {
            "; it is cut short: fetch or make it again; what stood before is read"
        }
        _ => "; it is damaged, or the disk is: fetch or make it again; what stood before is read",
    };
    Error::input(format!("cannot be read ({e}){remedy}"))
}

#[cfg(all(test, feature = "formats"))]
mod tests {
    use super::*;
    use std::io::Write;

    fn gz(bytes: &[u8]) -> Vec<u8> {
        let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        out.write_all(bytes).unwrap();
        out.finish().unwrap()
    }

    fn ids(name: &str, bytes: &[u8], settings: Settings) -> Vec<String> {
        let mut got = Vec::new();
        let _ =
            nested(&Path::new(name).into(), "a", Box::new(bytes), None, &Arc::new(settings), &mut |entry| {
                got.push(entry.read().map_or_else(|e| e.to_string(), |a| format!("{}={}", a.id, a.text)));
                Flow::Continue(())
            });
        got
    }

    #[test]
    fn compression_is_seen_through() {
        let lines = "{\"id\": 1, \"text\": \"x\"}\n{\"id\": 2, \"text\": \"y\"}\n";
        let (first, second) = lines.split_at(23);
        let members = [gz(first.as_bytes()), gz(second.as_bytes())].concat();
        let frames = [first, second].map(|part| zstd::encode_all(part.as_bytes(), 1).unwrap()).concat();
        for bytes in [lines.as_bytes(), &members, &frames] {
            assert_eq!(ids("-", bytes, Settings::default()), ["1=x", "2=y"]);
        }
    }

    #[test]
    fn what_is_cut_short_or_damaged_is_told_and_what_stands_before_is_read() {
        let lines: String =
            (0..50_000_u64).map(|i| format!("{{\"id\": {i}, \"text\": \"{}\"}}\n", i * i)).collect();
        let zst = zstd::encode_all(lines.as_bytes(), 1).unwrap();
        for whole in [gz(lines.as_bytes()), zst] {
            let half = &whole[..whole.len() / 2];
            let got = ids("a.jsonl.gz", half, Settings::default());
            assert!(
                got.len() > 1
                    && got[..got.len() - 1].iter().enumerate().all(|(i, a)| *a == format!("{i}={}", i * i))
            );
            let last = got.last().unwrap();
            assert!(last.contains("cannot be read") && last.contains("fetch or make it again"), "{last}");
        }
        let mut damaged = gz(lines.as_bytes());
        let middle = damaged.len() / 2;
        damaged[middle..middle + 40].fill(0xAA);
        let got = ids("a.jsonl.gz", &damaged, Settings::default());
        assert!(got.last().unwrap().contains("cannot be read"));
    }

    #[test]
    fn a_bomb_is_refused_in_bounded_memory() {
        let bomb = gz(&vec![b'a'; 64 << 20]);
        let settings = || Settings { max_article: 1 << 20, ..Settings::default() };
        for name in ["a.txt.gz", "a.jsonl.gz", "a.json.gz", "a.csv.gz"] {
            let got = ids(name, &bomb, settings());
            assert_eq!(got.len(), 1, "{name}");
            assert!(got[0].contains("longer than 1048576 bytes"), "{name}: {}", got[0]);
        }
    }

    #[test]
    fn a_reader_that_falls_over_costs_its_file() {
        static FALLING: Format = Format {
            read: |_, give| {
                give(Entry::new(1, || Ok(crate::Article::new("a", "Rain fell."))))?;
                panic!("over something")
            },
            ..super::super::text::FORMAT
        };
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), "x").unwrap();
        let file = File { place: Place::Path(file.path().to_owned()), id: "a".to_owned(), size: 1 };
        let settings = Settings { format: Some(&FALLING), ..Settings::default() };
        let [Ok(article), Err(e)] = &super::super::articles(&file, &Arc::new(settings))[..] else {
            panic!("an article and an error")
        };
        assert!(article.text == "Rain fell." && e.message().starts_with("its reader failed"), "{e}");
    }

    #[test]
    fn encodings_are_decoded() {
        let windows = || Settings {
            encoding: encoding_rs::Encoding::for_label(b"windows-1252"),
            ..Settings::default()
        };
        assert_eq!(ids("a.txt", b"\x93Caf\xE9\x94", windows()), ["a=“Café”"]);
        assert_eq!(ids("a.jsonl", b"{\"id\":1,\"text\":\"\x80 5\"}", windows()), ["1=€ 5"]);
        assert_eq!(ids("a.txt", b"\xFF\xFER\0\xE9\0", Settings::default()), ["a=Ré"]);
        assert!(ids("a.txt", b"Caf\xE9", Settings::default())[0].contains("--encoding windows-1252"));
    }
}
