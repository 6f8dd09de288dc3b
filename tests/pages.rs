//! The pages as HTML: that elements nest, ids are unique, links lead somewhere, and no text can act. What they look
//! like and how they behave is told by `tests/browser`.

use onrecord::page::report::{self, Settings, Tally};
use onrecord::page::view::{self, Section};
use onrecord::record::{OffsetUnit, Options};
use onrecord::{Article, Pipeline, Record};
use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

const HARBOR: &str = "River leaves its banks\n\n\
    More than 1,200 people left their homes on Tuesday after the river Orla broke its banks, Mayor Ana Brandt said.\n\n\
    “We have beds for 900 of them,” she told reporters. “It is \"enough\", Karl Holm of the Red Lantern said was what \
    40 villagers believed.” Police said 18 people were killed in the flood. The hospital said 25 people were killed in the flood.\n\n\
    “Nobody told us,” the note on the door read.\n";

/// Text that would act if a page let it.
const HOSTILE: &str = "<script>alert(1)</script> \"said\" <img src=x onerror=alert(2)>\n\n\
    “</span></p></article><script>pwned=1</script>,” Mayor <b onclick=\"x\">Ana</b> Brandt' said of 40 \u{202E}people & \
    7 &amp; 8 \0houses.\u{1b}[31m\n\n\
    “]]>--><!-- {{ 7*7 }} {% raw %} javascript:alert(3)” told \u{2066}Karl Holm\u{feff} \u{ffff}500 “men”.\n";

fn record(id: &str, text: &str) -> Record {
    let options = Options { offsets: OffsetUnit::Bytes, ..Options::default() };
    Pipeline::default().with_options(options).run(&Article::new(id, text))
}

fn section(id: &str, text: &str) -> Section {
    view::article(&record(id, text), text, 0)
}

fn decoded(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        let end = at + rest[at..].find(';').unwrap_or_else(|| panic!("a bare & in {rest:.40}"));
        let name = &rest[at + 1..end];
        out.push(match name {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            _ => {
                let code = name.trim_start_matches('#');
                code.parse().ok().and_then(char::from_u32).unwrap_or_else(|| panic!("entity {name}"))
            }
        });
        rest = &rest[end + 1..];
    }
    out + rest
}

/// What a page is made of.
#[derive(Default)]
struct Seen {
    /// the text outside of style and script
    text: String,
    tags: BTreeMap<String, usize>,
    classes: BTreeMap<String, usize>,
    hrefs: Vec<String>,
}

/// Reads a page as strictly as nobody else does, and holds it to what every page must be.
fn seen(page: &str) -> Seen {
    let (seen, ids) = parts(page);
    for href in &seen.hrefs {
        match href.strip_prefix('#') {
            Some(id) => assert!(ids.contains(id), "{href} leads nowhere"),
            None => assert!(href.starts_with("http"), "{href} leads away"),
        }
    }
    seen
}

/// The same of a page whose record is broken: its links may lead nowhere.
fn parts(page: &str) -> (Seen, BTreeSet<String>) {
    const VOID: [&str; 6] = ["meta", "link", "img", "br", "input", "!doctype"];
    let mut seen = Seen::default();
    let (mut open, mut ids): (Vec<String>, BTreeSet<String>) = (Vec::new(), BTreeSet::new());
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        seen.text.push_str(&decoded(&rest[..at]));
        let end = at + rest[at..].find('>').expect("a tag ends");
        let tag = &rest[at + 1..end];
        rest = &rest[end + 1..];
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop().as_deref(), Some(name), "closed out of turn before {rest:.80}");
            continue;
        }
        let name: String = tag.split([' ', '\n']).next().unwrap().trim_end_matches('/').to_lowercase();
        *seen.tags.entry(name.clone()).or_default() += 1;
        let mut attributes = &tag[name.len()..];
        while let Some((key, value)) = attributes.split_once("=\"") {
            let (value, after) = value.split_once('"').expect("a value ends");
            attributes = after;
            let (key, value) = (key.trim(), decoded(value));
            assert!(
                !key.starts_with("on") && key.chars().all(|c| c.is_alphanumeric() || c == '-'),
                "{key:?}"
            );
            match key {
                "id" => assert!(ids.insert(value.clone()), "two of id {value}"),
                "href" => seen.hrefs.push(value),
                "class" => value.split(' ').for_each(|c| *seen.classes.entry(c.to_owned()).or_default() += 1),
                "src" => panic!("a page fetches {value}"),
                _ => {}
            }
        }
        if name == "a" {
            assert!(!open.contains(&name), "a link in a link before {rest:.80}");
        }
        if name == "style" || name == "script" {
            rest = &rest[rest.find(&format!("</{name}>")).expect("it ends")..];
        }
        if !VOID.contains(&&*name) && !tag.ends_with('/') {
            open.push(name);
        }
    }
    assert!(open.is_empty(), "{open:?} stay open");
    assert_eq!(seen.tags.get("script"), Some(&1), "one script, the page's own");
    (seen, ids)
}

/// The text, white space apart, as it must come back from a page.
fn words(text: &str) -> Vec<&str> {
    text.split_whitespace().collect()
}

#[test]
fn an_article_is_marked_and_told() {
    let page = view::page(&[section("harbor", HARBOR)]);
    let seen = crate::seen(&page);
    for class in
        ["said", "direct", "indirect", "quote", "source", "cue", "claim", "note", "person", "rule", "sure"]
    {
        assert!(seen.classes.get(class).is_some_and(|n| *n > 0), "nothing is marked as {class}");
    }
    for told in [
        "Figures that disagree",
        "Who speaks",
        "Numbers, and who gives them",
        "> 1,200",
        "Ana Brandt",
        "quote-source-cue",
    ] {
        assert!(seen.text.contains(told), "{told} is not told");
    }
    assert!(seen.text.contains("River leaves its banks"));
    assert!(!page.contains("http://") && !page.contains("https://"), "nothing of the page lies elsewhere");
}

#[test]
fn no_text_can_act() {
    let mut record = record("<script>\"'&", HOSTILE);
    record.meta.title = Some("</title><script>pwned=1</script>".to_owned());
    record.meta.publisher = Some("\"><svg onload=alert(1)>".to_owned());
    record.meta.url = Some("javascript:alert(1)".to_owned());
    record.meta.authors = vec!["<b>".to_owned()];
    let page = view::page(&[view::article(&record, HOSTILE, 0), section("second", HOSTILE)]);
    let seen = crate::seen(&page);
    assert!(seen.text.contains("<script>alert(1)</script>") && seen.text.contains("⟨U+202E⟩people"));
    assert!(seen.text.contains("␛[31m") && !page.contains('\u{202E}') && !page.contains('\0'));
    assert!(!seen.hrefs.iter().any(|h| h.starts_with("javascript")));
    let mut tally = Tally::default();
    tally.add(&record);
    record.meta.date = Some("2026-03-01\"><script>".to_owned());
    tally.add(&record);
    let settings = Settings {
        title: Some("<script>".into()),
        view: Some("https://x.example/{id}\"><script>".into()),
        failed: 1,
    };
    crate::seen(&report::page(&tally, &settings));
}

#[test]
fn articles_without_anything_are_shown() {
    for text in ["", " \n\n ", "Rain.", "\u{202E}", "…\n\n…"] {
        let page = view::page(&[section("empty", text)]);
        assert!(seen(&page).text.contains("Nothing was found"), "{text:?}");
    }
    seen(&view::page(&[]));
    seen(&report::page(&Tally::default(), &Settings::default()));
    let mut tally = Tally::default();
    tally.add(&record("a", "Rain fell."));
    seen(&report::page(&tally, &Settings::default()));
}

#[test]
fn several_articles_have_a_table_of_contents() {
    let sections: Vec<_> = ["a", "b", "a"]
        .iter()
        .enumerate()
        .map(|(i, id)| view::article(&record(id, HARBOR), HARBOR, usize::from(i == 2)))
        .collect();
    let seen = crate::seen(&view::page(&sections));
    assert_eq!(seen.tags["article"], 3);
    for anchor in ["#a-a", "#a-b", "#a-a~2"] {
        assert!(seen.hrefs.iter().any(|h| h == anchor), "{anchor}");
    }
    assert!(seen.text.contains("3 articles on record"));
}

#[test]
fn every_word_comes_back() {
    let section = section("harbor", HARBOR);
    let seen = crate::seen(&view::page(&[section]));
    let text = seen.text.split_whitespace().collect::<Vec<_>>().join(" ");
    // the first sentence of a block, marks and all, stands in the page as in the text
    for line in HARBOR.lines().filter(|l| !l.is_empty()) {
        assert!(text.contains(&words(line).join(" ")), "{line}\n{text}");
    }
}

#[test]
fn offsets_of_every_unit_and_broken_ones_are_shown() {
    let pages: Vec<_> = [OffsetUnit::Bytes, OffsetUnit::Chars, OffsetUnit::Utf16]
        .into_iter()
        .map(|offsets| {
            let pipeline = Pipeline::default().with_options(Options { offsets, ..Options::default() });
            let text = format!("𝄞 é {HARBOR}");
            view::page(&[view::article(&pipeline.run(&Article::new("a", &*text)), &text, 0)])
        })
        .collect();
    assert!(pages[0] == pages[1] && pages[1] == pages[2]);
    let mut broken = record("a", HARBOR);
    broken.claims.iter_mut().for_each(|c| {
        (c.span, c.attribution, c.claimant, c.figure) = ([7, 9_999_999], Some(777), Some(777), Some(9))
    });
    broken.quotes.iter_mut().for_each(|q| q.span = [9, 3]);
    broken.attributions.iter_mut().for_each(|a| (a.relay, a.parent) = (Some(888), Some(4_000_000)));
    broken.blocks.iter_mut().for_each(|b| b.span = [b.span[0] / 2, b.span[1] + 5]);
    broken.figures.iter_mut().for_each(|f| (f.low, f.high) = (f64::MAX, f64::MIN));
    broken.sources.truncate(1);
    broken.attributions[0].id = u32::MAX;
    parts(&view::page(&[view::article(&broken, "é Short.", 0)]));
    broken.blocks.clear();
    let page = view::page(&[view::article(&broken, HARBOR, 0)]);
    parts(&page);
    assert!(page.contains("Statement 4294967295:"));
    let mut tally = Tally::default();
    tally.add(&broken);
    seen(&report::page(&tally, &Settings::default()));
}

#[test]
fn a_report_counts() {
    let mut tally = Tally::default();
    for i in 0..30 {
        let mut record = record(&format!("a{i}"), HARBOR);
        record.meta.publisher = Some(format!("Post {}", i % 3));
        record.meta.date = Some(format!("2026-{:02}-01", 1 + i % 12));
        tally.add(&record);
    }
    let page = report::page(
        &tally,
        &Settings { view: Some("https://x.example/v.html".into()), ..Settings::default() },
    );
    let seen = crate::seen(&page);
    for told in [
        "Ana Brandt",
        "Post 2",
        "2026-12",
        "Sources",
        "Outlets",
        "Months",
        "Cues",
        "Claims by kind",
        "Direct against indirect",
    ] {
        assert!(seen.text.contains(told), "{told} is not told");
    }
    assert!(seen.hrefs.iter().any(|h| h.starts_with("https://x.example/v.html#a-a")), "{:?}", seen.hrefs);
    assert!(!seen.text.contains("approximate"));
}

#[test]
fn a_report_stays_small() {
    let base = record("a", HARBOR);
    let mut tally = Tally::default();
    let mut record = base.clone();
    for i in 0..60_000_u32 {
        record.id = format!("article {i}");
        record.meta.publisher = Some(format!("Outlet {i}"));
        for source in &mut record.sources {
            source.name = format!("Source {} of {i}", source.id);
        }
        for claim in &mut record.claims {
            if let Some(of) = &mut claim.of {
                of.text = format!("people of {}", i / 2);
            }
            claim.value = Some(f64::from(i));
        }
        tally.add(&record);
    }
    let page = report::page(&tally, &Settings::default());
    let seen = crate::seen(&page);
    assert!(page.len() < 600_000, "{} bytes", page.len());
    assert!(seen.text.contains("Counts of sources are approximate") && seen.text.contains("60,000"));
}

#[test]
fn a_long_article_takes_time_in_proportion() {
    let time = |copies: usize| {
        let text = HARBOR.repeat(copies);
        let record = record("long", &text);
        let best = (0..2).map(|_| {
            let start = Instant::now();
            assert!(view::page(&[view::article(&record, &text, 0)]).len() > text.len());
            start.elapsed()
        });
        best.min().unwrap().max(Duration::from_millis(1))
    };
    // half a megabyte against five
    let (short, long) = (time(900), time(9_000));
    assert!(long < short * 40, "{short:?} for a tenth, {long:?} for all of 5 MB");
}

#[test]
fn the_scripts_are_those_that_the_pages_allow() {
    use sha2::{Digest, Sha256};
    for (name, script, page) in [
        ("view.js", include_str!("../templates/view.js"), view::page(&[])),
        (
            "report.js",
            include_str!("../templates/report.js"),
            report::page(&Tally::default(), &Settings::default()),
        ),
    ] {
        let digest = base64(&Sha256::digest(script.as_bytes()));
        assert!(page.contains(script), "{name} stands in the page as it is");
        assert!(
            page.contains(&format!("script-src &#39;sha256-{digest}&#39;")),
            "SCRIPT_DIGEST of {name} must be {digest}"
        );
    }
}

fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for chunk in bytes.chunks(3) {
        let n = chunk.iter().fold(0_u32, |n, b| n << 8 | u32::from(*b)) << (8 * (3 - chunk.len()));
        for i in 0..4 {
            out.push(if i <= chunk.len() { LETTERS[(n >> (18 - 6 * i)) as usize & 63] as char } else { '=' });
        }
    }
    out
}
