//! Parquet files that say of themselves what is not so. Each is made by hand, byte by byte: footer, page headers, levels
//! and values. A file that lies costs itself alone, and no more memory than `docs/limits.md` says.

use super::{onrecord, read};
use onrecord::input::{Limits, Settings};
use std::fmt::Write as _;
use std::process::{Command, Stdio};

/// A structure in Thrift's compact protocol, whose fields are written in the order of their numbers.
#[derive(Clone, Default)]
struct Struct {
    bytes: Vec<u8>,
    last: u8,
}

fn varint(mut value: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    while value >= 0x80 {
        bytes.push(value as u8 | 0x80);
        value >>= 7;
    }
    bytes.push(value as u8);
    bytes
}

fn zigzag(value: i64) -> Vec<u8> {
    varint(((value << 1) ^ (value >> 63)) as u64)
}

impl Struct {
    fn field(mut self, id: u8, kind: u8, bytes: &[u8]) -> Self {
        self.bytes.push((id - self.last) << 4 | kind);
        self.last = id;
        self.bytes.extend(bytes);
        self
    }

    fn int(self, id: u8, value: i64) -> Self {
        self.field(id, 5, &zigzag(value))
    }

    fn long(self, id: u8, value: i64) -> Self {
        self.field(id, 6, &zigzag(value))
    }

    fn text(self, id: u8, text: &str) -> Self {
        self.field(id, 8, &[&varint(text.len() as u64), text.as_bytes()].concat())
    }

    fn within(self, id: u8, inner: Self) -> Self {
        self.field(id, 12, &inner.end())
    }

    /// A list that says to have `count` items, which are those given.
    fn list(self, id: u8, kind: u8, count: usize, items: &[Vec<u8>]) -> Self {
        self.field(id, 9, &[&[0xF0 | kind][..], &varint(count as u64), &items.concat()].concat())
    }

    fn end(mut self) -> Vec<u8> {
        self.bytes.push(0);
        self.bytes
    }
}

const PLAIN: i64 = 0;
const DELTA_LENGTH: i64 = 6;
const DELTA: i64 = 7;
const DICTIONARY: i64 = 8;

/// A page, of which `size` is what it says to become.
fn page(kind: i64, body: &[u8], size: usize, header: impl Fn(Struct) -> Struct) -> Vec<u8> {
    let head = Struct::default().int(1, kind).int(2, size as i64).int(3, body.len() as i64);
    [header(head).end(), body.to_vec()].concat()
}

/// A page of the first version, with what it says of its values.
fn data(count: i64, encoding: i64, body: &[u8]) -> Vec<u8> {
    let header = Struct::default().int(1, count).int(2, encoding).int(3, 3).int(4, 3);
    page(0, body, body.len(), |head| head.within(5, header.clone()))
}

fn dictionary(count: i64, body: &[u8]) -> Vec<u8> {
    page(2, body, body.len(), |head| head.within(7, Struct::default().int(1, count).int(2, PLAIN)))
}

/// Texts as they stand in a page.
fn texts(texts: &[&str]) -> Vec<u8> {
    texts.iter().flat_map(|text| [&(text.len() as u32).to_le_bytes(), text.as_bytes()].concat()).collect()
}

/// Runs of levels, each with its value, as they stand in a page of the first version.
fn levels(runs: &[(u64, u8)]) -> Vec<u8> {
    let runs: Vec<u8> = runs.iter().flat_map(|(n, value)| [varint(n << 1), vec![*value]].concat()).collect();
    [&(runs.len() as u32).to_le_bytes(), &runs[..]].concat()
}

/// An element of a schema: repetition 0 required, 1 optional, 2 repeated; children where it is a group.
fn element(name: &str, repetition: i64, children: i64, converted: Option<i64>) -> Vec<u8> {
    let element = if children < 0 { Struct::default().int(1, 6) } else { Struct::default() };
    let element = element.int(3, repetition).text(4, name);
    let element = if children < 0 { element } else { element.int(5, children) };
    converted.map_or(element.clone(), |converted| element.int(6, converted)).end()
}

/// A column: its elements of the schema, its path, and its pages.
struct Column {
    elements: Vec<Vec<u8>>,
    path: Vec<String>,
    pages: Vec<u8>,
    codec: i64,
}

fn flat(name: &str, pages: Vec<u8>) -> Column {
    Column { elements: vec![element(name, 0, -1, Some(0))], path: vec![name.to_owned()], pages, codec: 0 }
}

fn optional(name: &str, pages: Vec<u8>) -> Column {
    Column { elements: vec![element(name, 1, -1, Some(0))], ..flat(name, pages) }
}

/// A list of texts: levels of repetition up to 1, of definition up to 3.
fn list(name: &str, item: &str, pages: Vec<u8>) -> Column {
    let elements =
        vec![element(name, 1, 1, Some(3)), element("list", 2, 1, None), element(item, 1, -1, Some(0))];
    Column { elements, path: [name, "list", item].map(str::to_owned).to_vec(), pages, codec: 0 }
}

fn text() -> Column {
    flat("text", data(2, PLAIN, &texts(&["Rain fell.", "Snow fell."])))
}

/// A file of these columns, in so many row groups that are all the same bytes, with what each says of its rows.
fn file(columns: &[Column], groups: usize, rows: i64) -> Vec<u8> {
    let mut bytes = b"PAR1".to_vec();
    let top = columns.iter().map(|c| &c.path[0]).collect::<std::collections::BTreeSet<_>>().len();
    let mut schema = vec![element("schema", 0, top as i64, None)];
    let mut chunks = Vec::new();
    for column in columns {
        let (at, size) = (bytes.len() as i64, column.pages.len() as i64);
        bytes.extend(&column.pages);
        schema.extend(column.elements.clone());
        let path: Vec<_> =
            column.path.iter().map(|p| [&varint(p.len() as u64), p.as_bytes()].concat()).collect();
        let chunk = Struct::default().int(1, 6).list(2, 5, 1, &[zigzag(PLAIN)]).list(3, 8, path.len(), &path);
        let chunk = chunk.int(4, column.codec).long(5, rows).long(6, size).long(7, size).long(9, at);
        chunks.push(Struct::default().long(2, at).within(3, chunk).end());
    }
    let group = Struct::default().list(1, 12, chunks.len(), &chunks).long(2, 100).long(3, rows).end();
    let footer = Struct::default().int(1, 1).list(2, 12, schema.len(), &schema);
    end(bytes, &footer.long(3, rows).list(4, 12, groups, &vec![group; groups]).end())
}

fn end(mut bytes: Vec<u8>, footer: &[u8]) -> Vec<u8> {
    bytes.extend(footer);
    bytes.extend((footer.len() as u32).to_le_bytes());
    bytes.extend(b"PAR1");
    bytes
}

/// What a process with little memory tells of a file.
fn told(bytes: &[u8]) -> String {
    const KILOBYTES: u32 = 1_200_000;
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.parquet"), bytes).unwrap();
    let call = format!("ulimit -v {KILOBYTES}; exec timeout 60 \"$0\" extract a.parquet --threads 1");
    let mut command = Command::new("sh");
    command.args(["-c", &call, env!("CARGO_BIN_EXE_onrecord")]).current_dir(folder.path());
    let output = command.stdin(Stdio::null()).output().unwrap();
    let mut told = String::new();
    let articles = output.stdout.iter().filter(|b| **b == b'\n').count();
    let errors = String::from_utf8_lossy(&output.stderr);
    write!(told, "{:?} {articles} {errors}", output.status.code()).unwrap();
    assert!(!told.contains("panicked"), "{told}");
    told
}

#[test]
fn files_made_by_hand_are_sound() {
    let levels = [levels(&[(1, 0), (1, 1), (1, 0)]), levels(&[(3, 3)])].concat();
    let body = [levels, texts(&["Ana Brandt", "Piet Molen", "Ida Roos"])].concat();
    let bytes = file(&[text(), list("authors", "element", data(3, PLAIN, &body))], 2, 2);
    let settings = Settings::default();
    let articles = read("a.parquet", &bytes, settings);
    assert_eq!(articles.len(), 4, "{articles:?}");
    assert!(articles[1].ends_with("=Snow fell.") && articles[2].ends_with("=Rain fell."), "{articles:?}");
    assert!(told(&bytes).starts_with("Some(0) 4 "), "{}", told(&bytes));
}

/// One row of two thousand million values, in a hundred bytes; and other things of which there is not so much.
#[test]
#[cfg(target_os = "linux")]
fn columns_that_lie_cost_no_memory() {
    const MANY: u64 = (1 << 31) - 1;
    let many = MANY as i64;
    let lists = |pages| file(&[text(), list("authors", "element", pages)], 1, 2);
    let texts_of = |pages| file(&[flat("text", pages)], 1, 2);
    let nulls = levels(&[(MANY, 0)]);
    let long = "a".repeat(1 << 20);
    let endless = [levels(&[(1, 0), (MANY - 1, 1)]), nulls.clone()].concat();
    // a batch of two rows, each in pages of its own
    let parted: Vec<u8> = (0..40)
        .flat_map(|i| {
            let body =
                [levels(&[(u64::from(i % 20 == 0), 0), (1 << 20, 1)]), levels(&[(1 << 21, 0)])].concat();
            data((1 << 20) + i64::from(i % 20 == 0), PLAIN, &body)
        })
        .collect();
    // each value of a row is an entry of a megabyte: bits for an index, a run of zeros
    let entries =
        [levels(&[(1, 0), (9_999, 1)]), levels(&[(10_000, 3)]), vec![1], varint(20_000), vec![0]].concat();
    let entries = [dictionary(1, &texts(&[&long])), data(10_000, DICTIONARY, &entries)].concat();
    let named = [levels(&[(1, 0), (999, 1)]), levels(&[(1_000, 2)])].concat();
    let count = |count: u64| [varint(128), varint(4), varint(count), varint(0)].concat();
    // two lengths of nothing, after which the second list of them lies
    let two = [count(2), varint(0), vec![0; 4]].concat();
    let delta = [two, count(1 << 40), vec![0; 20]].concat();
    let second = Struct::default().int(1, 2).int(2, 0).int(3, 2).int(4, 0).int(5, 0).int(6, 1 << 30);
    for (name, bytes, want) in [
        (
            "a row without end",
            lists(data(many, PLAIN, &endless)),
            "row group 1: column authors.list.element: its pages and rows would take more than 536870912 bytes at a time",
        ),
        (
            "rows over many pages",
            lists(parted),
            "would take more than 536870912 bytes at a time; write it again with smaller pages, or leave the column out",
        ),
        ("a long entry over and over", lists(entries), "would take more than 536870912 bytes at a time"),
        (
            "a long name over and over",
            file(&[text(), list("authors", &long, data(1_000, PLAIN, &named))], 1, 2),
            "bytes at a time",
        ),
        (
            "levels of fewer values",
            lists(data(many, PLAIN, &[levels(&[(2, 0)]), levels(&[(2, 0)])].concat())),
            "1: cannot be read",
        ),
        (
            "a dictionary of nothing",
            texts_of([dictionary(many, b"abcd"), data(2, DICTIONARY, &[1, 4, 0])].concat()),
            "a dictionary of 4 bytes says to have 2147483647 entries",
        ),
        (
            "an entry beyond the dictionary",
            texts_of([dictionary(1, &texts(&["Rain fell."])), data(2, DICTIONARY, &[9, 4, 200, 0])].concat()),
            "the len is 1 but the index is 200",
        ),
        (
            "an entry beyond the page",
            texts_of(dictionary(1, &[0xFF, 0xFF, 0xFF, 0x7F, 65])),
            "a dictionary of 5 bytes says to have 1 entries",
        ),
        (
            "a text beyond the page",
            texts_of(data(2, PLAIN, &[0xFF, 0xFF, 0xFF, 0x7F, 65])),
            "a.parquet:1: cannot be read as Parquet (row group 1: ",
        ),
        (
            "more texts than the page",
            texts_of(data(many, PLAIN, &texts(&["Rain fell.", "Snow fell."]))),
            "a.parquet:1: cannot be read as Parquet (row group 1: ",
        ),
        (
            "more lengths than texts",
            texts_of(data(2, DELTA_LENGTH, &[count(1 << 40), vec![0; 20]].concat())),
            "column text: a page of 2 values says to have 1099511627776 texts",
        ),
        (
            "more ends than beginnings",
            texts_of(data(2, DELTA, &delta)),
            "column text: a page of 2 values says to have 1099511627776 texts",
        ),
        (
            "levels beyond the page",
            lists(data(2, PLAIN, &[0xFF, 0xFF, 0xFF, 0x7F, 0])),
            "column authors.list.element: a page is shorter than its levels",
        ),
        (
            "levels beyond the page, in its header",
            texts_of(page(3, &texts(&["Rain fell."]), 14, |head| head.within(8, second.clone()))),
            "implausible values for definition_levels_byte_length (0) and repetition_levels_byte_length (1073741824)",
        ),
        (
            "a page that says to be large",
            texts_of(page(0, b"abcd", 1 << 30, |head| head.within(5, Struct::default().int(1, 2)))),
            "a page of 1073741824 bytes, where 268435456 are the most that is read",
        ),
    ] {
        let told = told(&bytes);
        assert!(told.starts_with("Some(1) "), "{name}: {told}");
        assert!(
            told.contains(want) && told.contains("fetch or make it again; what stood before is read"),
            "{name}: {told}"
        );
    }
}

fn zstd(pages: &[Vec<u8>]) -> Vec<u8> {
    let unpacked = |body: &Vec<u8>| {
        let packed = zstd::encode_all(&body[..], 1).unwrap();
        let header = Struct::default().int(1, 1).int(2, PLAIN).int(3, 3).int(4, 3);
        page(0, &packed, body.len(), |head| head.within(5, header.clone()))
    };
    pages.iter().flat_map(unpacked).collect()
}

/// Pages that unpack to a thousand times their size: in many columns, in the rows of a batch, in many row groups.
#[test]
#[cfg(target_os = "linux")]
fn columns_are_bounded_together() {
    // so much of it is not to be packed that it is no bomb
    let mut state = 1_u32;
    let mut random = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        char::from(b' ' + (state >> 25) as u8 % 95)
    };
    let noise: String = (0..50 << 10).map(|_| random()).collect();
    let large = texts(&[&(noise + &"a".repeat(60 << 20))]);
    let pages = zstd(std::slice::from_ref(&large));
    let column = |i: usize, of: usize| {
        let name = format!("a{i}");
        let first = (i == 0).then(|| element("authors", 0, of as i64, None));
        let elements = first.into_iter().chain([element(&name, 0, -1, Some(0))]).collect();
        Column { elements, path: vec!["authors".to_owned(), name], pages: pages.clone(), codec: 6 }
    };
    let wide: Vec<Column> = (0..100).map(|i| column(i, 100)).collect();
    let told_of = told(&file(&wide, 1, 1));
    assert!(
        told_of.starts_with("Some(1) 0 ")
            && told_of
                .contains("take more than 536870912 bytes at a time; write it again with smaller pages"),
        "{told_of}"
    );
    let many = vec![large; 12];
    let told_of = told(&file(&[Column { codec: 6, ..flat("text", zstd(&many)) }], 1, 12));
    assert!(
        told_of.contains("take more than 536870912 bytes at a time; write it again with smaller pages"),
        "{told_of}"
    );
    let bomb = zstd(&[texts(&[&"a".repeat(60 << 20)])]);
    let told_of = told(&file(&[Column { codec: 6, ..flat("text", bomb) }], 500, 1));
    assert!(told_of.contains("the file expands more than 2000 times over, as no text does"), "{told_of}");
    assert!(told_of.contains("the article is longer than 16777216 bytes"), "{told_of}");
}

/// What a footer says of rows is held against the columns.
#[test]
fn rows_are_those_of_the_columns() {
    let of = |bytes: &[u8], limits| read("a.parquet", bytes, Settings { limits, ..Settings::default() });
    for rows in [3, 1 << 40, i64::MAX] {
        let articles = of(&file(&[text()], 1, rows), Limits::default());
        assert_eq!(articles.len(), 3, "{articles:?}");
        assert!(
            articles[1].ends_with("=Snow fell.")
                && articles[2].contains("a.parquet:3: cannot be read as Parquet (row group 1: "),
            "{articles:?}"
        );
    }
    let articles = of(&file(&[text()], 1, 1), Limits::default());
    assert!(
        articles[0].ends_with("=Rain fell.") && articles[1].contains("it has more rows than its footer says"),
        "{articles:?}"
    );
    assert!(
        of(&file(&[text()], 1, -1), Limits::default())[0].contains("it says to have fewer rows than none")
    );
    assert!(of(&file(&[], 1, 1 << 40), Limits::default())[0].contains("it has no columns"));
    // a group that must be there, of a field that need not, goes on without end
    let inner = vec![element("text", 0, 1, None), element("a", 1, -1, Some(0))];
    let group = Column {
        elements: inner,
        path: vec!["text".to_owned(), "a".to_owned()],
        ..optional("a", data(2, PLAIN, &levels(&[(2, 0)])))
    };
    let articles = of(&file(&[group], 1, 1 << 40), Limits::default());
    assert_eq!(articles.len(), 3, "{articles:?}");
    assert!(articles[2].contains("a column has fewer rows than its footer says"), "{articles:?}");
    // rows of nothing are so many as the levels say, and no more than the file may become
    let nothing = optional("text", data(1 << 30, PLAIN, &levels(&[(1 << 30, 0)])));
    let bytes = file(&[nothing], 1, 1 << 30);
    let articles = of(&bytes, Limits { expanded: 20 * 100 + 50, ratio: 1, ..Limits::default() });
    // each takes a field and its name: twenty
    assert!((101..=103).contains(&articles.len()), "{}", articles.len());
    assert!(articles.last().unwrap().contains("the file expands more than 1 times over"), "{articles:?}");
}

#[test]
fn footers_say_what_they_have() {
    let sound = file(&[text()], 1, 2);
    let lie =
        |footer: Struct| read("a.parquet", &end(sound.clone(), &footer.end()), Settings::default()).concat();
    let schema = [element("schema", 0, 1, None), element("text", 0, -1, Some(0))];
    for count in [1 << 20, (1 << 31) - 1, usize::MAX] {
        let of = lie(Struct::default().int(1, 1).list(2, 12, count, &schema));
        assert!(of.contains("a.parquet:1: cannot be read as Parquet ("), "{of}");
        let of = lie(Struct::default().int(1, 1).list(2, 12, 2, &schema).long(3, 2).list(4, 12, count, &[]));
        assert!(of.contains("a.parquet:1: cannot be read as Parquet ("), "{of}");
    }
    let settings =
        Settings { limits: Limits { unpacked: 2 * 1024, ..Limits::default() }, ..Settings::default() };
    let of = read("a.parquet", &sound, settings).concat();
    assert!(
        of.contains(
            "a footer that would take more than 2048 bytes of memory; write it again with fewer row groups"
        ),
        "{of}"
    );
}

/// Any byte of a file may be any other.
#[test]
fn each_byte_may_lie() {
    let body =
        [levels(&[(1, 0), (2, 1), (1, 0)]), levels(&[(2, 3), (2, 2)]), texts(&["Ana Brandt", "Piet Molen"])]
            .concat();
    let delta = |new: &str| [vec![128, 1, 4, 2, 20, 0, 0, 0, 0, 0], new.as_bytes().to_vec()].concat();
    let entries = [dictionary(2, &texts(&["Post", "Mail"])), data(2, DICTIONARY, &[1, 3, 2])].concat();
    let title =
        data(2, DELTA, &[&[128, 1, 4, 2, 0, 8, 0, 0, 0, 0][..], &delta("Rain fell.It rains now.")].concat());
    let sound = file(
        &[
            flat("text", data(2, DELTA_LENGTH, &delta("Rain fell.Snow fell."))),
            list("authors", "element", data(4, PLAIN, &body)),
            flat("publisher", entries),
            flat("title", title),
        ],
        1,
        2,
    );
    let articles = read("a.parquet", &sound, Settings::default());
    assert!(articles.len() == 2 && articles.iter().all(|a| a.ends_with(" fell.")), "{articles:?}");
    let mut changed = 0;
    for at in 0..sound.len() {
        for change in [1, 0x80, 0xFF, 0x7F, 0x10, 0x0F] {
            let mut bytes = sound.clone();
            bytes[at] ^= change;
            let now = read("a.parquet", &bytes, Settings::default());
            assert!(!now.is_empty() && now.len() < 10, "byte {at}: {now:?}");
            changed += usize::from(now.iter().any(|told| told.starts_with("error")));
        }
    }
    assert!(changed > sound.len(), "{changed}");
}

/// What must not be told as damage: rows of lists, texts and dictionaries over many pages and row groups.
#[test]
fn sound_files_are_read_to_their_end() {
    let folder = tempfile::tempdir().unwrap();
    let mut lines = String::new();
    for i in 0..700 {
        let authors: Vec<String> = (0..i % 5).map(|k| format!("\"Ana Brandt {k}\"")).collect();
        writeln!(
            lines,
            "{{\"id\":\"a{i}\",\"text\":\"Rain fell on day {i}, said Ida Roos.\",\"authors\":[{}]}}",
            authors.join(",")
        )
        .unwrap();
    }
    std::fs::write(folder.path().join("a.jsonl"), lines).unwrap();
    let made = onrecord(folder.path(), &["extract", "a.jsonl", "-q", "--with-text", "-o", "a.parquet"]);
    assert_eq!(made.status.code(), Some(0));
    let again = onrecord(folder.path(), &["extract", "a.parquet", "-q"]);
    assert_eq!(again.status.code(), Some(0), "{}", String::from_utf8_lossy(&again.stderr));
    assert_eq!(again.stdout.iter().filter(|b| **b == b'\n').count(), 700);
}
