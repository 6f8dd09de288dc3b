//! WARC as warcio writes it, and Parquet as Polars and DuckDB do, are read as they are.

use super::ends;
use super::python::script;

const MAKE: &str = r#"
import io, json, polars, duckdb
from warcio.warcwriter import WARCWriter
from warcio.statusandheaders import StatusAndHeaders
page = """<!DOCTYPE html><html lang="en"><head><title>%s - The Lakeside Post</title><meta property="og:site_name" content="The Lakeside Post">
<meta property="article:published_time" content="2024-05-0%dT06:00:00Z"><meta name="author" content="Ana Brandt"></head>
<body><nav><a href="/">Home</a></nav><article><h1>%s</h1>
<p>The river Orla broke its banks on Tuesday, and more than 1,200 people left their homes before dawn, officials said.</p>
<p>“We have beds for 900 of them,” Mayor Jo Wu said at the town hall, where volunteers handed out blankets, soup and tea.</p>
<p>By noon the water stood a metre high in the market square, and the traders' stalls were gone, washed down to the weir.</p>
</article></body></html>"""
for name, gzip in (("crawl.warc.gz", True), ("crawl.warc", False)):
    with open(name, "wb") as out:
        writer = WARCWriter(out, gzip=gzip)
        writer.write_record(writer.create_warcinfo_record(name, {"software": "a test"}))
        for day in range(1, 6):
            body = (page % (f"Flood, day {day}", day, f"Flood, day {day}")).encode()
            kind = "image/png" if day == 3 else "text/html; charset=utf-8"
            headers = StatusAndHeaders("200 OK", [("Content-Type", kind)], protocol="HTTP/1.1")
            url = f"https://post.example/{day}"
            request = StatusAndHeaders("GET / HTTP/1.1", [("Host", "post.example")], is_http_request=True)
            writer.write_record(writer.create_warc_record(url, "request", http_headers=request))
            writer.write_record(writer.create_warc_record(url, "response", payload=io.BytesIO(body), http_headers=headers))
open("page.html", "w").write(page % ("Flood, day 1", 1, "Flood, day 1"))
rows = [{"id": i, "title": f"Flood, day {i}", "text": "Rain fell, and 1,200 people left." if i != 2 else None, "domain": "post.example",
         "authors": ["Ana Brandt", "Jo Wu"], "tags": {"place": "Orla", "rank": i}} for i in range(5)]
polars.DataFrame(rows).write_parquet("polars.parquet")
json.dump(rows, open("rows.json", "w"))
duckdb.sql("COPY (SELECT *, DATE '2024-05-01' + id::INT AS date FROM 'rows.json') TO 'duck.parquet' (COMPRESSION snappy)")
"#;

fn lines(out: Vec<u8>, key: &str) -> Vec<serde_json::Value> {
    let text = String::from_utf8(out).unwrap();
    text.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()[key].take()).collect()
}

#[test]
fn what_other_tools_write_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    if script(at, MAKE, &[]).is_none() {
        return;
    }
    let zipped = ends(at, &["extract", "crawl.warc.gz", "-q"], 0).stdout;
    assert!(zipped == ends(at, &["extract", "crawl.warc", "-q"], 0).stdout);
    let meta = lines(zipped.clone(), "meta");
    assert_eq!(meta.len(), 4);
    assert_eq!(meta[1]["title"], "Flood, day 2");
    assert_eq!(meta[1]["url"], "https://post.example/2");
    assert_eq!(meta[1]["date"], "2024-05-02T06:00:00Z");
    assert_eq!(meta[1]["publisher"], "The Lakeside Post");
    assert_eq!(meta[1]["authors"], serde_json::json!(["Ana Brandt"]));
    assert!(lines(zipped, "attributions").iter().all(|a| a.as_array().unwrap().len() >= 2));
    assert_eq!(lines(ends(at, &["extract", "page.html", "-q"], 0).stdout, "id"), ["page"]);
    // a crawl cut short gives what stands before
    let crawl = std::fs::read(at.join("crawl.warc.gz")).unwrap();
    std::fs::write(at.join("cut.warc.gz"), &crawl[..crawl.len() * 2 / 3]).unwrap();
    let output = ends(at, &["extract", "cut.warc.gz", "-q"], 1);
    assert!((1..4).contains(&lines(output.stdout, "id").len()));
    assert!(String::from_utf8_lossy(&output.stderr).contains("cut short"));

    for (name, dates) in [("polars.parquet", false), ("duck.parquet", true)] {
        let output = ends(at, &["extract", name, "-q", "--keep", "tags"], 1);
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(told.contains(&format!("{name}:3: has no text")), "{told}");
        assert_eq!(lines(output.stdout.clone(), "id"), ["0", "1", "3", "4"]);
        let meta = lines(output.stdout, "meta");
        assert_eq!(meta[2]["authors"], serde_json::json!(["Ana Brandt", "Jo Wu"]));
        assert_eq!(
            (&meta[2]["publisher"], &meta[2]["extra"]["tags"]["rank"]),
            (&"post.example".into(), &3.into())
        );
        assert_eq!(
            meta[2]["date"].as_str().is_some_and(|d| d.starts_with("2024-05-04")),
            dates,
            "{}",
            meta[2]["date"]
        );
        // damaged anywhere, it is told, and the program goes on to the next
        let whole = std::fs::read(at.join(name)).unwrap();
        std::fs::write(at.join("cut.parquet"), &whole[..whole.len() / 2]).unwrap();
        let mut damaged = whole.clone();
        damaged[4..60].fill(0xA5);
        std::fs::write(at.join("damaged.parquet"), damaged).unwrap();
        let output = ends(at, &["extract", "cut.parquet", "damaged.parquet", "page.html", "-q"], 1);
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(told.contains("error: cut.parquet:1: cannot be read as Parquet"), "{told}");
        assert!(told.contains("error: damaged.parquet:"), "{told}");
        assert!(lines(output.stdout, "id").contains(&"page".into()));
    }
}
