//! WARC, the archives of crawls such as Common Crawl's CC-NEWS: the pages among the responses are articles.

use super::fence::Fence;
use super::html::Page;
use super::stream::{Flow, Give, Stream};
use super::{Entry, Format, Settings, too_long};
use crate::error::{Error, Result};
use crate::pipeline::Article;
use ::warc::{RecordType, WarcHeader, WarcReader};
use std::borrow::Cow;
use std::io::Read;

pub(super) const FORMAT: Format = Format {
    name: "warc",
    about: "a crawl's archive: each page that was answered with is an article",
    extensions: &["warc"],
    begins: |bytes| bytes.starts_with(b"WARC/"),
    plain: false,
    read,
};

fn read(stream: &mut Stream<'_>, give: &mut Give<'_>) -> Flow {
    let (name, settings) = (stream.name.clone(), stream.settings.clone());
    let most = settings.max_article as u64;
    let (bytes, marks) = Fence::new(&mut *stream.bytes, &settings.limits);
    let mut reader = WarcReader::new(bytes);
    let mut records = reader.stream_records();
    for number in 1.. {
        let name = name.clone();
        let place = move |e: Error| e.in_file(&name).at_line(number);
        let record = match records.next_item() {
            // it reads what is no header, or half of one, as the end
            None if marks.begun() => {
                let e =
                    if number == 1 { "it holds no record" } else { "it ends within the headers of a record" };
                let message = format!(
                    "cannot be read as WARC ({e}); fetch or make it again; what stood before is read"
                );
                return give(Entry::failed(place(Error::input(message))));
            }
            None => break,
            // ends of lines after the last record, more of them than are due
            Some(Err(e)) if !marks.begun() && !matches!(e, ::warc::Error::ReadData(_)) => break,
            Some(Ok(record)) => record,
            // without a sound header there is no telling where the next record begins
            Some(Err(e)) => return give(Entry::failed(place(damaged(&e)))),
        };
        marks.pass(marks.at().saturating_add(record.content_length()));
        if *record.warc_type() != RecordType::Response {
            continue;
        }
        let length = record.content_length();
        if length > most {
            give(Entry::failed(place(too_long(settings.max_article))))?;
            continue;
        }
        let (head, bytes) = match record.into_buffered() {
            Ok(record) if record.content_length() == length => record.into_raw_parts(),
            Ok(_) => {
                let e = "the archive ends within the record; it is cut short: fetch it again; what stood before is read";
                return give(Entry::failed(place(Error::input(e))));
            }
            Err(e) => return give(Entry::failed(place(super::stream::unreadable(&e)))),
        };
        // the record's own way to its headers falls over what is no UTF-8
        let url = head.as_ref().get(&WarcHeader::TargetURI).and_then(|u| std::str::from_utf8(u).ok());
        let url = url.map(|u| u.trim_matches(['<', '>']).to_owned());
        let Some(start) = page_start(&bytes) else { continue };
        let settings = settings.clone();
        give(Entry::new(bytes.len(), move || {
            article(&bytes, start, url.as_deref(), &settings).map_err(place)
        }))?;
    }
    Flow::Continue(())
}

fn damaged(e: &::warc::Error) -> Error {
    if let ::warc::Error::ReadData(e) = e {
        return super::stream::unreadable(e);
    }
    Error::input(format!("cannot be read as WARC ({e}); fetch or make it again; what stood before is read"))
}

/// Where the body of an answer begins that is a page; none where it is something else.
fn page_start(response: &[u8]) -> Option<usize> {
    let end = memchr::memmem::find(response, b"\r\n\r\n").map(|at| at + 4);
    let end = end.or_else(|| memchr::memmem::find(response, b"\n\n").map(|at| at + 2))?;
    let head = &response[..end];
    let status = head.split(|b| *b == b' ').nth(1)?;
    let kind = header(head, "content-type")?.to_ascii_lowercase();
    (head.starts_with(b"HTTP/") && status == b"200" && kind.contains("html")).then_some(end)
}

fn header<'a>(head: &'a [u8], name: &str) -> Option<&'a str> {
    head.split(|b| *b == b'\n').find_map(|line| {
        let (key, value) = std::str::from_utf8(line).ok()?.split_once(':')?;
        key.eq_ignore_ascii_case(name).then_some(value.trim())
    })
}

fn article(response: &[u8], start: usize, url: Option<&str>, settings: &Settings) -> Result<Article> {
    let (head, body) = response.split_at(start);
    let mut body = Cow::Borrowed(body);
    // crawlers that have undone these leave the headers in place
    if header(head, "transfer-encoding").is_some_and(|e| e.eq_ignore_ascii_case("chunked"))
        && let Some(whole) = unchunked(&body)
    {
        body = Cow::Owned(whole);
    }
    if body.starts_with(&[0x1F, 0x8B]) {
        let mut page = Vec::new();
        let mut inflated = flate2::read::MultiGzDecoder::new(&*body).take(settings.max_article as u64 + 1);
        inflated.read_to_end(&mut page).map_err(|e| super::stream::unreadable(&e))?;
        if page.len() > settings.max_article {
            return Err(too_long(settings.max_article));
        }
        body = Cow::Owned(page);
    } else if header(head, "content-encoding").is_some_and(|e| e.eq_ignore_ascii_case("br"))
        && std::str::from_utf8(&body).is_err()
    {
        return Err(Error::input("the page is compressed by brotli; let the crawler unpack what it keeps"));
    }
    let charset =
        header(head, "content-type").and_then(|kind| kind.split_once("charset=").map(|(_, label)| label));
    Page { bytes: &body, url, charset }.article(None, settings)
}

/// The body without the lengths of its chunks; none where it has none.
fn unchunked(body: &[u8]) -> Option<Vec<u8>> {
    let (mut rest, mut whole) = (body, Vec::new());
    loop {
        let end = memchr::memmem::find(rest, b"\r\n")?;
        let length = std::str::from_utf8(&rest[..end]).ok()?.split(';').next()?;
        let length = usize::from_str_radix(length.trim(), 16).ok()?;
        if length == 0 {
            return Some(whole);
        }
        let chunk = rest.get(end + 2..)?;
        whole.extend_from_slice(chunk.get(..length)?);
        rest = chunk.get(length..)?.strip_prefix(b"\r\n")?;
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::told;
    use super::*;
    use std::fmt::Write as _;
    use std::io::Write as _;

    fn record(number: usize, kind: &str, body: &[u8]) -> Vec<u8> {
        let mut head = String::new();
        let _ = write!(
            head,
            "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{number}>\r\nWARC-Date: 2024-05-01T06:00:00Z\r\n\
             WARC-Target-URI: https://post.example/{number}\r\nContent-Length: {}\r\n\r\n",
            body.len()
        );
        [head.as_bytes(), body, b"\r\n\r\n"].concat()
    }

    fn page(words: &str) -> String {
        let text =
            format!("{words} People said, on the whole, that it was the worst they had seen in years. ")
                .repeat(4);
        format!("<html><head><title>x</title></head><body><article><p>{text}</p></article></body></html>")
    }

    fn answer(headers: &str, body: &[u8]) -> Vec<u8> {
        [
            format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n{headers}\r\n").as_bytes(),
            body,
        ]
        .concat()
    }

    #[test]
    fn pages_among_the_responses_are_articles() {
        let gz = |text: &str| {
            let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
            out.write_all(text.as_bytes()).unwrap();
            out.finish().unwrap()
        };
        let (half, rest) = (page("Snow fell."), page("Snow fell.").len() - 10);
        let chunks = format!("a\r\n{}\r\n{rest:x};x=1\r\n{}\r\n0\r\n\r\n", &half[..10], &half[10..]);
        let archive = [
            record(1, "warcinfo", b"software: x"),
            record(2, "request", b"GET / HTTP/1.1\r\n\r\n"),
            record(3, "response", &answer("", page("Rain fell.").as_bytes())),
            record(4, "response", b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\nx"),
            record(5, "response", b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\nx"),
            record(6, "response", &answer("Transfer-Encoding: chunked\r\n", chunks.as_bytes())),
            record(7, "response", &answer("Content-Encoding: gzip\r\n", &gz(&page("Hail fell.")))),
            record(8, "response", &answer("", &[b'x'; 90_000])),
            record(9, "response", &answer("Transfer-Encoding: chunked\r\n", page("Dew fell.").as_bytes())),
        ]
        .concat();
        let settings = Settings { max_article: 80_000, ..Settings::default() };
        let got = told(&FORMAT, settings.clone(), &archive);
        let texts: Vec<_> = got.iter().map(|a| a.split_once('=').map_or(&**a, |(_, text)| text)).collect();
        assert_eq!(texts.len(), 5, "{got:#?}");
        for (text, want) in texts.iter().zip([
            "Rain fell.",
            "Snow fell.",
            "Hail fell.",
            "a:8: the article is longer",
            "Dew fell.",
        ]) {
            assert!(text.starts_with(want), "{text} should start with {want}");
        }
        let cut = told(&FORMAT, settings, &archive[..archive.len() - 300]);
        assert!(cut.last().unwrap().contains("a:9: the archive ends within the record"), "{cut:#?}");
        assert_eq!(cut.len(), 5);
    }

    #[test]
    fn what_is_no_record_is_told() {
        let sound = record(1, "response", &answer("", page("Rain fell.").as_bytes()));
        let read = |bytes: &[u8]| told(&FORMAT, Settings::default(), bytes);
        for bytes in [&b"Rain fell."[..], b"WARC/1.0\r\nWARC-Type: resp", &[0xFF; 300], &sound[..40]] {
            let got = read(bytes);
            assert!(got.len() == 1 && got[0].starts_with("a:1: cannot be read as WARC ("), "{got:#?}");
        }
        for rest in [&sound[..40], &sound[..9], b"Rain"] {
            let got = read(&[&sound, rest].concat());
            assert!(got.len() == 2 && got[0].contains("Rain fell."), "{got:#?}");
            let want = "a:2: cannot be read as WARC (it ends within the headers of a record); fetch or make it again";
            assert!(got[1].starts_with(want), "{got:#?}");
        }
        // ends of lines are nothing, however many
        assert_eq!(read(&[&sound[..], b"\r\n\r\n\n"].concat()).len(), 1);
    }

    #[test]
    fn a_header_that_is_no_text_costs_nothing_else() {
        let mut archive = record(1, "response", &answer("", page("Rain fell.").as_bytes()));
        let at = memchr::memmem::find(&archive, b"post.example").unwrap();
        archive[at] = 0x8C;
        archive.extend(record(2, "response", &answer("", page("Snow fell.").as_bytes())));
        let got = told(&FORMAT, Settings::default(), &archive);
        assert!(got.len() == 2 && got[0].contains("Rain fell.") && got[1].contains("Snow fell."), "{got:#?}");
    }
}
