//! Any bytes in each format of input: articles or errors, an end, and no more of anything than the bytes account for.
//!
//! The first byte chooses the format (the last choice: what name and beginning tell, through decompression), the second
//! what the run says of its input.

#![no_main]

use libfuzzer_sys::fuzz_target;
use onrecord::input::{self, Content, FORMATS, File, Flow, Place, Settings, Stream};
use std::path::Path;
use std::sync::Arc;

/// The longest article that these runs read.
const MAX_ARTICLE: usize = 64 << 10;
/// A caller that has had so many articles wants no more.
const ENOUGH: usize = 20_000;
/// No message is longer, whatever it quotes.
const LONGEST_MESSAGE: usize = 4096;

fuzz_target!(|bytes: &[u8]| {
    onrecord_fuzz::let_parquet_panic();
    let [choice, flags, bytes @ ..] = bytes else { return };
    let mut settings = Settings { max_article: MAX_ARTICLE, records: flags & 1 > 0, ..Settings::default() };
    if flags & 2 > 0 {
        settings.encoding = encoding(flags >> 2);
    }
    let format = FORMATS.get(*choice as usize % (FORMATS.len() + 1));
    let mut count = 0;
    let mut give = |entry: input::Entry| {
        count += 1;
        assert!(entry.size <= 4 * MAX_ARTICLE, "an entry holds {} bytes", entry.size);
        match entry.read_either() {
            // decoding and escapes may make a text longer than its bytes, but not by much
            Ok(Content::Article(article)) => {
                assert!(!article.text.trim().is_empty() && article.text.len() <= 4 * MAX_ARTICLE)
            }
            Ok(Content::Record(record)) => assert!(record.schema.len() <= MAX_ARTICLE),
            Err(e) => {
                let message = e.to_string();
                assert!(!e.message().is_empty() && message.len() <= LONGEST_MESSAGE, "{message}");
            }
        }
        if count < ENOUGH { Flow::Continue(()) } else { Flow::Break(()) }
    };
    let packed = format.is_none();
    match format {
        Some(format) if format.name != "parquet" => {
            let mut source = std::io::BufReader::with_capacity(1 + *flags as usize, bytes);
            let (name, settings) = (Path::new("a").into(), Arc::new(settings));
            let mut stream =
                Stream { name, id: "a".to_owned(), bytes: &mut source, file: None, settings: &settings };
            let _ = (format.read)(&mut stream, &mut give);
        }
        _ => {
            settings.format = format;
            let file = tempfile::NamedTempFile::new().unwrap();
            std::fs::write(file.path(), bytes).unwrap();
            let place = Place::Path(file.path().to_owned());
            let file = File { place, id: "a".to_owned(), size: bytes.len() as u64 };
            let _ = input::read(&file, &Arc::new(settings), &Arc::default(), &mut give);
        }
    }
    // a byte may be an article of plain formats; what is packed may hold more
    let rows = format.is_some_and(|f| f.name == "parquet");
    assert!(packed || rows || count <= bytes.len() + 1, "{count} articles of {} bytes", bytes.len());
});

fn encoding(choice: u8) -> Option<&'static onrecord_fuzz::Encoding> {
    let labels = ["windows-1252", "utf-16le", "shift_jis", "gb18030", "iso-2022-jp", "euc-kr"];
    onrecord_fuzz::Encoding::for_label(labels[choice as usize % labels.len()].as_bytes())
}
