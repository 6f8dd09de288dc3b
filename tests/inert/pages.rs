//! HTML and the SVG in it: read as a browser reads them.

use super::{PIECES, acts, ends, folder};
use dom_query::Document;
use std::collections::BTreeSet;

/// Names of elements and of their attributes; links; what scripts say; the text.
struct Parts {
    names: BTreeSet<String>,
    links: Vec<String>,
    scripts: Vec<String>,
    text: String,
}

fn parts(html: &str) -> Parts {
    let page = Document::from(html);
    let (mut names, mut links) = (BTreeSet::new(), Vec::new());
    for node in page.select("*").nodes() {
        let name = node.node_name().unwrap().to_string();
        for attribute in node.attrs() {
            let key = attribute.name.local.to_string();
            if matches!(&*key, "href" | "src" | "action" | "xlink:href" | "formaction" | "data") {
                links.push(attribute.value.to_string());
            }
            names.insert(format!("{name} {key}"));
        }
        names.insert(name);
    }
    let scripts = page.select("script").nodes().iter().map(|s| s.text().to_string()).collect();
    page.select("script, style").remove();
    Parts { names, links, scripts, text: page.text().to_string() }
}

fn check(hostile: &str, tame: &str) {
    let (hostile_parts, tame) = (parts(hostile), parts(tame));
    assert!(hostile_parts.names.len() > 20);
    // a heading is one where the text makes a line look like it
    let foreign: Vec<_> =
        hostile_parts.names.difference(&tame.names).filter(|n| !matches!(&***n, "h3" | "h3 class")).collect();
    assert!(foreign.is_empty(), "elements or attributes out of an article: {foreign:?}");
    assert_eq!(hostile_parts.scripts, tame.scripts);
    assert!(hostile_parts.names.iter().all(|n| !n.contains(" on")), "{:?}", hostile_parts.names);
    for link in &hostile_parts.links {
        let ours = tame.links.contains(link);
        assert!(ours || link.starts_with('#') || link.starts_with("https://post.example/"), "{link}");
        assert!(ours || !link.chars().any(|c| acts(c) || c.is_whitespace()), "{link}");
    }
    // what it shows is what stood there
    assert!(hostile_parts.text.contains("<script>pwn()</script>"));
    assert!(!hostile.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\t' | '\r')));
    assert!(!hostile.contains(['\u{202e}', '\u{2066}']));
}

/// The set with nothing hostile in it, of which a page has the same parts.
fn tame() -> String {
    let mut lines = String::new();
    for i in 0..PIECES.len() {
        let url = format!("https://post.example/{i}");
        let article = serde_json::json!({
            "id": format!("t{i}"), "text": super::text("wide"), "title": "Flood", "url": url, "date": "2024-05-01",
            "publisher": format!("Post {i}"), "authors": ["Jo Wu"],
        });
        lines.push_str(&article.to_string());
        lines.push('\n');
    }
    lines
}

#[test]
fn pages_hold_text_and_nothing_else() {
    let folder = folder();
    let at = folder.path();
    std::fs::write(at.join("tame.jsonl"), tame()).unwrap();
    for set in ["in", "tame"] {
        let input = format!("{set}.jsonl");
        ends(at, &["view", &input, "-q", "-o", &format!("{set}-view.html")], 0);
        let link = "https://post.example/{id}";
        ends(at, &["report", &input, "-q", "--view", link, "-o", &format!("{set}-report.html")], 0);
    }
    let read = |name: &str| std::fs::read_to_string(at.join(name)).unwrap();
    check(&read("in-view.html"), &read("tame-view.html"));
    check(&read("in-report.html"), &read("tame-report.html"));
    // the drawings are XML of their own
    let report = read("in-report.html");
    let mut drawings = 0;
    for piece in report.split("<svg").skip(1) {
        let svg = format!("<svg{}</svg>", piece.split("</svg>").next().unwrap());
        let drawing = roxmltree::Document::parse(&svg).unwrap_or_else(|e| panic!("{e}: {svg:.400}"));
        for node in drawing.descendants().filter(roxmltree::Node::is_element) {
            let name = node.tag_name().name();
            assert!(!matches!(name, "script" | "foreignObject" | "a" | "image" | "use"), "{name}");
            assert!(node.attributes().all(|a| !a.name().starts_with("on") && a.name() != "href"), "{name}");
        }
        drawings += 1;
    }
    assert!(drawings > 0);
}

#[test]
fn links_lead_to_pages() {
    let folder = folder();
    for view in ["javascript:pwn()//{id}", "data:text/html,<script>pwn()</script>", "{id}:x"] {
        let output = ends(folder.path(), &["report", "in.jsonl", "-q", "--view", view, "-o", "r.html"], 2);
        assert!(
            String::from_utf8_lossy(&output.stderr)
                .contains("leads to no page; say a path, or begin with https:// or http://")
        );
    }
}
