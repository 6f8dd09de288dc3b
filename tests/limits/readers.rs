//! The readers' limits, at each and one beyond.

use super::{onrecord, read};
use onrecord::input::limits::FIELDS_A_BYTE;
use onrecord::input::{Limits, Settings};
use std::io::Write;

fn with(limits: Limits) -> Settings {
    Settings { limits, ..Settings::default() }
}

fn gz(bytes: &[u8]) -> Vec<u8> {
    let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    out.write_all(bytes).unwrap();
    out.finish().unwrap()
}

/// A tar with members of these names.
fn archive(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut out = Vec::new();
    for (name, bytes) in members {
        member(&mut out, name, b'0', bytes.len(), bytes);
    }
    out.extend([0; 1024]);
    out
}

/// One member, with a header that says what is wanted of it.
fn member(out: &mut Vec<u8>, name: &str, kind: u8, size: usize, bytes: &[u8]) {
    let mut header = [0_u8; 512];
    header[..name.len()].copy_from_slice(name.as_bytes());
    header[100..108].copy_from_slice(b"0000644\0");
    header[124..136].copy_from_slice(format!("{size:011o}\0").as_bytes());
    header[148..156].fill(b' ');
    header[156] = kind;
    header[257..265].copy_from_slice(if kind == b'0' { b"ustar\x0000" } else { b"ustar  \0" });
    let sum: u32 = header.iter().map(|b| u32::from(*b)).sum();
    header[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    out.extend(header);
    out.extend(bytes);
    out.extend(vec![0; bytes.len().next_multiple_of(512) - bytes.len()]);
}

fn crawl(header: &str, length: &str, body: &str) -> Vec<u8> {
    let head = format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:1>\r\nWARC-Date: 2024-05-01T06:00:00Z\r\n\
         {header}WARC-Target-URI: https://post.example/1\r\nContent-Length: {length}\r\n\r\n"
    );
    format!("{head}{body}\r\n\r\n").into_bytes()
}

fn page(text: &str) -> String {
    format!("<html><body><article><p>{text}</p></article></body></html>")
}

/// In every format an article is as long as it may be, or one byte longer; what stands after it is read.
#[test]
fn articles_have_a_length() {
    let text = "Rain fell on the town. ".repeat(60);
    let answer = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{}", page(&text));
    let line = format!("{{\"id\":\"r\",\"text\":\"{text}\"}}");
    let row = format!("1,\"{text}\"");
    let second = "{\"id\":\"s\",\"text\":\"Snow.\"}";
    for (name, bytes, longest, more) in [
        ("a.txt", text.clone().into_bytes(), text.len(), 0),
        ("a.txt.gz", gz(text.as_bytes()), text.len(), 0),
        ("a.txt.zst", zstd::encode_all(text.as_bytes(), 1).unwrap(), text.len(), 0),
        ("a.html", page(&text).into_bytes(), page(&text).len(), 0),
        ("a.jsonl", format!("{line}\n{second}\n").into_bytes(), line.len(), 1),
        ("a.json", format!("[{line},{second}]").into_bytes(), line.len(), 1),
        ("a.json", format!("{{\n{}", &line[1..]).into_bytes(), line.len() + 1, 0),
        ("a.csv", format!("id,text\n{row}\n2,Snow.\n").into_bytes(), row.len(), 1),
        ("a.tar", archive(&[("r.txt", text.as_bytes()), ("s.txt", b"Snow.")]), text.len(), 1),
        (
            "a.warc",
            [crawl("", &answer.len().to_string(), &answer), crawl("", "4", "Snow")].concat(),
            answer.len(),
            0,
        ),
    ] {
        let settings = |max_article| Settings { max_article, ..Settings::default() };
        let at = read(name, &bytes, settings(longest));
        assert_eq!(at.len(), 1 + more, "{name}: {at:?}");
        assert!(at.iter().all(|told| !told.starts_with("error")), "{name}: {at:?}");
        let beyond = read(name, &bytes, settings(longest - 1));
        assert_eq!(beyond.len(), 1 + more, "{name}: {beyond:?}");
        let want = format!("the article is longer than {} bytes; raise --max-article", longest - 1);
        assert!(beyond[0].contains(&want), "{name}: {beyond:?}");
        assert!(more == 0 || beyond[1] == at[1], "{name}: {beyond:?}");
    }
}

#[test]
fn columns_have_a_number() {
    let csv = |n: usize| format!("text{}\nRain fell.{}\n", ",".repeat(n - 1), ",".repeat(n - 1)).into_bytes();
    let settings = || with(Limits { columns: 70, ..Limits::default() });
    assert_eq!(read("a.csv", &csv(70), settings()).len(), 1);
    assert!(read("a.csv", &csv(70), settings())[0].ends_with("=Rain fell."));
    let beyond = read("a.csv", &csv(71), settings());
    assert!(beyond[0].contains("the header names 71 fields, and 70 are the most that is read; leave out those that no article needs"), "{beyond:?}");
    // a row is held to its header, whose number is told exactly
    let wide = [b"id,text\n1,Rain fell.".to_vec(), vec![b','; 200_000], b"\n2,Snow.\n".to_vec()].concat();
    let told = read("a.csv", &wide, settings());
    assert!(told[0].contains("the row has 200002 fields, the header 2"), "{told:?}");
    assert_eq!(told[1], "2=Snow.");
}

/// Each line begins a field without end where the one before it does not: each would be read to the end of the file.
#[test]
fn rows_without_end_are_not_read_over_and_over() {
    let bytes = format!("id,text\n{}", "a\",\"\n".repeat(40_000)).into_bytes();
    let told = read("a.csv", &bytes, with(Limits { again: 1 << 20, ..Limits::default() }));
    assert!(told.len() < 100, "{}", told.len());
    assert!(
        told.last()
            .unwrap()
            .contains("too many rows of this file have no end: mend its quotes, what follows is left out"),
        "{told:?}"
    );
    let few = format!("id,text\n{}", "a\",\"\n".repeat(40)).into_bytes();
    let told = read("a.csv", &few, with(Limits { again: 1 << 20, ..Limits::default() }));
    assert_eq!(told.len(), 40);
}

#[test]
fn fields_have_a_size_in_memory() {
    let line = |n: usize| format!("{{\"text\":[{}\"Rain fell.\"]}}", "{\"a\":0},".repeat(n)).into_bytes();
    let fields = |n: usize| 705 * n;
    let settings = |n: usize| with(Limits { fields: fields(n), ..Limits::default() });
    assert!(read("a.jsonl", &line(200), settings(200))[0].ends_with("=Rain fell."));
    for name in ["a.jsonl", "a.json"] {
        let told = read(name, &line(2_000), settings(200));
        let want = format!(
            "the article's fields would take more than {} bytes of memory; leave out lists of numbers and objects that \
             hold no text",
            fields(200) + FIELDS_A_BYTE * line(2_000).len()
        );
        assert!(told[0].contains(&want), "{told:?}");
    }
    // what no one asks for is not held
    let other =
        |n: usize| format!("{{\"text\":\"Rain fell.\",\"x\":[{}0]}}", "{\"a\":0},".repeat(n)).into_bytes();
    assert!(read("a.jsonl", &other(2_000), settings(0))[0].ends_with("=Rain fell."));
}

#[test]
fn json_has_a_depth() {
    let line =
        |n: usize| format!("{{\"text\":{}\"Rain fell.\"{}}}", "[".repeat(n), "]".repeat(n)).into_bytes();
    for (name, what) in [("a.jsonl", "recursion limit"), ("a.json", "recursion limit")] {
        assert!(read(name, &line(126), Settings::default())[0].ends_with("=Rain fell."), "{name}");
        assert!(read(name, &line(127), Settings::default())[0].contains(what), "{name}");
        assert!(read(name, &line(100_000), Settings::default())[0].contains(what), "{name}");
    }
}

#[test]
fn headers_have_a_length() {
    let settings = || with(Limits { headers: 8 << 10, ..Limits::default() });
    // GNU's long names stand before the member, in one of their own
    let long = |n: usize| {
        let mut out = archive(&[("s.txt", b"Snow.")]);
        out.truncate(1024);
        let name = "d/".repeat(n / 2) + "r.txt\0";
        member(&mut out, "././@LongLink", b'L', name.len(), name.as_bytes());
        member(&mut out, "r.txt", b'0', 10, b"Rain fell.");
        out.extend([0; 1024]);
        out
    };
    let told = read("a.tar", &long(4_000), settings());
    assert!(told[0].ends_with("a/s=Snow.") && told[1].starts_with("a/d/d/d"), "{told:?}");
    let told = read("a.tar", &long(20_000), settings());
    assert!(told[1].contains("the headers are longer than 8192 bytes; no such file is sound: fetch or make it again; what stood"), "{told:?}");

    let body =
        format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{}", page(&"Rain fell. ".repeat(40)));
    let record = |n: usize| crawl(&format!("X-Note: {}\r\n", "n".repeat(n)), &body.len().to_string(), &body);
    let two = [record(10), record(7_000)].concat();
    assert_eq!(read("a.warc", &two, settings()).iter().filter(|t| t.contains("Rain fell")).count(), 2);
    let two = [record(10), record(9_000)].concat();
    let told = read("a.warc", &two, settings());
    assert!(told[0].contains("Rain fell") && told[1].contains("longer than 8192 bytes"), "{told:?}");
}

/// What a header says of lengths is believed only as far as the bytes go.
#[test]
fn lengths_may_lie() {
    for length in ["18446744073709551615", "9999999999999", "16000000", "99999999999999999999999"] {
        let told = read("a.warc", &crawl("", length, "HTTP/1.1 200 OK\r\n\r\nx"), Settings::default());
        assert!(!told.is_empty() && told.iter().all(|t| t.starts_with("error")), "{length}: {told:?}");
    }
    for size in [7_usize << 30, 16_000_000] {
        let mut out = archive(&[("s.txt", b"Snow.")]);
        out.truncate(1024);
        member(&mut out, "r.txt", b'0', size, b"Rain fell.");
        let told = read("a.tar", &out, Settings::default());
        assert!(told[0].ends_with("=Snow.") && told[1].starts_with("error"), "{told:?}");
    }
    // a sparse file says what it would be long
    let mut out = Vec::new();
    member(&mut out, "r.txt", b'S', 0, b"");
    member(&mut out, "s.txt", b'0', 5, b"Snow.");
    out.extend([0; 1024]);
    let told = read("a.tar", &out, Settings::default());
    assert!(
        told[0].contains("is a sparse file, which may say to be of any length; unpack the archive, and name")
            || told[0].starts_with("error"),
        "{told:?}"
    );
}

#[test]
fn compressed_files_expand_so_far() {
    let text = format!("{{\"text\":\"Rain fell.\"}}\n{}", "\n".repeat(1 << 20));
    for (name, bytes) in
        [("a.jsonl.gz", gz(text.as_bytes())), ("a.jsonl.zst", zstd::encode_all(text.as_bytes(), 1).unwrap())]
    {
        let settings = |expanded, ratio| with(Limits { expanded, ratio, ..Limits::default() });
        let length = text.len() as u64;
        for sound in [settings(length, 10), settings(1000, 4 * length / bytes.len() as u64)] {
            let told = read(name, &bytes, sound);
            assert!(told.len() == 1 && told[0].ends_with("=Rain fell."), "{told:?}");
        }
        let told = read(name, &bytes, settings(length - 1, 10));
        assert_eq!(told.len(), 2, "{told:?}");
        assert!(told[1].contains("the file expands more than 10 times over, as no text does; unpack it first where that is meant; what stood"), "{told:?}");
    }
    // a window of 256 MB is refused, with the remedy
    let mut wide = zstd::stream::write::Encoder::new(Vec::new(), 1).unwrap();
    wide.window_log(28).unwrap();
    wide.long_distance_matching(true).unwrap();
    wide.write_all(b"Rain fell.").unwrap();
    let told = read("a.txt.zst", &wide.finish().unwrap(), Settings::default());
    assert!(
        told[0].contains(
            "is compressed with a window of more than 128 MB; compress it again with zstd --long=27"
        ),
        "{told:?}"
    );
}

/// Files that never end, or are none, are left alone in folders; links go round without end.
#[test]
#[cfg(unix)]
fn folders_hold_what_they_like() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    std::fs::write(at.join("a.txt"), "Rain fell.").unwrap();
    let fifo = std::process::Command::new("mkfifo").arg(at.join("b.txt")).status().unwrap();
    assert!(fifo.success());
    std::os::unix::fs::symlink("/dev/zero", at.join("c.txt")).unwrap();
    std::os::unix::fs::symlink(".", at.join("round")).unwrap();
    let output = onrecord(at, &["extract", ".", "-q"]);
    let told = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{told}");
    assert!(told.contains("round") && told.lines().count() == 1, "{told}");
    assert_eq!(output.stdout.iter().filter(|b| **b == b'\n').count(), 1);
    // an archive's links, devices and names that lead out of it are names and nothing else
    let mut out = Vec::new();
    for (name, kind) in [("l.txt", b'1'), ("m.txt", b'2'), ("n.txt", b'3'), ("o.txt", b'6')] {
        member(&mut out, name, kind, 0, b"");
    }
    member(&mut out, "../../etc/r.txt", b'0', 10, b"Rain fell.");
    member(&mut out, "/etc/broken.txt", b'0', 1, b" ");
    out.extend([0; 1024]);
    let told = read("a.tar", &out, Settings::default());
    assert_eq!(told[0], "a/etc/r=Rain fell.");
    assert!(told.len() == 2 && told[1].contains("a.tar/etc/broken.txt: "), "{told:?}");
}

#[test]
fn globs_may_be_anything() {
    let folder = tempfile::tempdir().unwrap();
    for glob in [
        "{".repeat(3_000),
        format!("{}a{}", "{".repeat(1_500), "}".repeat(1_500)),
        "{a,b}*".repeat(500),
        "a*".repeat(5_000),
    ] {
        let output = onrecord(folder.path(), &["extract", &glob]);
        let told = String::from_utf8_lossy(&output.stderr);
        let told: String = told.chars().take(300).collect();
        assert_eq!(output.status.code(), Some(2), "{told}");
        assert!(
            glob.len() <= 4_096 || told.contains("a glob is no longer than 4096 bytes; name the folder"),
            "{told}"
        );
    }
}

/// The smallest bound on pages with which a file is read is that of its largest page.
#[test]
fn parquet_has_sizes() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let text = (0..3_000).map(|i| format!("Rain fell on day {}. ", i * i)).collect::<String>();
    std::fs::write(at.join("a.txt"), &text).unwrap();
    let made = onrecord(at, &["extract", "a.txt", "-q", "--with-text", "-o", "a.parquet"]);
    assert_eq!(made.status.code(), Some(0));
    let bytes = std::fs::read(at.join("a.parquet")).unwrap();
    let told = |limits| read("a.parquet", &bytes, with(limits)).concat();
    let page = |page| told(Limits { page, ..Limits::default() });
    let is_read = |told: &str| told.starts_with("a=Rain fell on day 0.");
    let (mut low, mut high) = (0, 1 << 20);
    assert!(is_read(&page(high)));
    while high - low > 1 {
        let middle = u64::midpoint(low, high);
        if is_read(&page(middle)) { high = middle } else { low = middle }
    }
    assert!(high > text.len() as u64, "{high}");
    let want = format!(
        "a page of {high} bytes, where {low} are the most that is read; write it again with smaller pages"
    );
    assert!(page(low).contains(&want), "{}", page(low));
    let length = bytes[bytes.len() - 8..bytes.len() - 4].iter().rev().fold(0, |n, b| n << 8 | u64::from(*b));
    let footer = |footer| told(Limits { footer, ..Limits::default() });
    assert!(is_read(&footer(length)));
    let most = length - 1;
    let want = format!(
        "a footer of {length} bytes, where {most} are the most that is read; write it again with fewer row groups"
    );
    assert!(footer(most).contains(&want), "{}", footer(most));
    // an article of the file is as long as any other
    let short = Settings { max_article: 1_000, ..Settings::default() };
    assert!(read("a.parquet", &bytes, short)[0].contains("the article is longer than 1000 bytes"));
    // what it says of lengths is not believed: each byte of its end, and of the beginning of its pages, is as it likes
    for at in (4..60).chain(bytes.len() - 60..bytes.len()) {
        let mut damaged = bytes.clone();
        damaged[at] ^= 0xFF;
        assert!(!read("a.parquet", &damaged, Settings::default()).is_empty());
    }
}
