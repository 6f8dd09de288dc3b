//! The Parquet tables as DuckDB and Polars see them, and what docs/analytics.md asks of them.

use super::python::script;
use super::{articles, ends};
use std::path::Path;

/// Writes the tables and the records of the same articles.
fn tables(folder: &Path, more: &[&str]) {
    std::fs::write(folder.join("in.jsonl"), articles(120)).unwrap();
    ends(folder, &[&["extract", "in.jsonl", "-q", "--to", "parquet", "-o", "tables"], more].concat(), 1);
    ends(folder, &[&["extract", "in.jsonl", "-q", "-o", "records.jsonl"], more].concat(), 1);
}

/// Every value of every list, from the records, against the tables.
const SAME: &str = r#"
import duckdb, json
records = [json.loads(line) for line in open("records.jsonl")]
def rows(table):
    r = duckdb.sql(f"SELECT * FROM 'tables/{table}.parquet'")
    return [dict(zip(r.columns, row)) for row in r.fetchall()]
def get(value, *keys):
    for key in keys:
        value = None if value is None else value[key]
    return value
def expect(table, wanted):
    got = rows(table)
    assert len(got) == len(wanted), (table, len(got), len(wanted))
    for g, w in zip(got, wanted):
        for key, value in w.items():
            assert g[key] == value, (table, key, g, w)
flat = lambda key: [(r["id"], r, x) for r in records for x in r[key]]
expect("articles", [dict(article_id=r["id"], title=r["meta"]["title"], publisher=r["meta"]["publisher"], length=r["length"],
    offsets=r["offsets"], engine=r["engine"], text=r["text"], language=r["meta"]["language"],
    diagnostics=" ".join(d["code"] for d in r["diagnostics"]) or None) for r in records])
expect("sentences", [dict(article_id=i, start=s["span"][0], end=s["span"][1], block_id=s["block"],
    block_kind=r["blocks"][s["block"]]["kind"], text=r["text"] and r["text"][s["span"][0]:s["span"][1]]) for i, r, s in flat("sentences")])
expect("sources", [dict(article_id=i, source_id=s["id"], name=s["name"], kind=s["kind"], named=s["named"], gender=s["gender"],
    description=s["description"], mentions=len(s["mentions"]), first_mention=(s["mentions"] or [[None]])[0][0]) for i, _, s in flat("sources")])
expect("attributions", [dict(article_id=i, attribution_id=a["id"], sentence_id=a["sentence"], mode=a["mode"], kind=a["kind"],
    source_id=get(a, "source", "ref"), source_text=get(a, "source", "text"), source_form=get(a, "source", "form"),
    source_start=get(a, "source", "span", 0), source_end=get(a, "source", "span", 1), cue_lemma=get(a, "cue", "lemma"),
    cue_text=get(a, "cue", "text"), cue_stance=get(a, "cue", "stance"), cue_negated=get(a, "cue", "negated"),
    cue_start=get(a, "cue", "span", 0), cue_end=get(a, "cue", "span", 1), content_text=a["content"]["text"],
    content_start=a["content"]["spans"][0][0], content_end=a["content"]["spans"][-1][1], addressee=get(a, "addressee", "text"),
    relay_source_id=a["relay"], parent_attribution_id=a["parent"], quotes=len(a["quotes"]), rule=a["rule"],
    confidence=a["confidence"]) for i, _, a in flat("attributions")])
expect("quotes", [dict(article_id=i, quote_id=q["id"], attribution_id=q["attribution"], role=q["role"], text=q["text"],
    start=q["span"][0], end=q["span"][1], paragraphs=q["paragraphs"], closed=q["closed"]) for i, _, q in flat("quotes")])
expect("claims", [dict(article_id=i, claim_id=c["id"], sentence_id=c["sentence"], attribution_id=c["attribution"],
    claimant_source_id=c["claimant"], figure_id=c["figure"], text=c["text"], start=c["span"][0], end=c["span"][1],
    number_start=c["number"][0], number_end=c["number"][1], kind=c["kind"], value=c["value"], low=c["low"], high=c["high"],
    bound=c["bound"], unit=c["unit"], per=c["per"], base_value=get(c, "base", "value"), base_unit=get(c, "base", "unit"),
    of=get(c, "of", "text"), when=get(c, "when", "text"), change_direction=get(c, "change", "direction"),
    change_role=get(c, "change", "role"), negated=c["negated"], rule=c["rule"], confidence=c["confidence"]) for i, _, c in flat("claims")])
expect("figures", [dict(article_id=i, figure_id=f["id"], of=f["of"], unit=f["unit"], claims=len(f["claims"]), low=f["low"],
    high=f["high"], agree=f["agree"]) for i, _, f in flat("figures")])
print(len(records))
"#;

#[test]
fn tables_hold_what_the_records_hold() {
    let folder = tempfile::tempdir().unwrap();
    for more in [&["--with-text"][..], &["--only", "claims,sources"]] {
        let _ = std::fs::remove_dir_all(folder.path().join("tables"));
        tables(folder.path(), more);
        let Some(told) = script(folder.path(), SAME, &[]) else { return };
        assert_eq!(told.trim(), "113");
    }
}

/// Every value of the nested file is that of the JSON lines, nulls and empty lists included, in either tool.
const NESTED: &str = r#"
import duckdb, json, polars as pl
records = [json.loads(line) for line in open("records.jsonl")]
def differs(path, got, want):
    if isinstance(want, dict):
        assert list(got) == list(want), (path, list(got), list(want))
        for key in want:
            differs(path + [key], got[key], want[key])
    elif isinstance(want, list):
        assert isinstance(got, list) and len(got) == len(want), (path, got, want)
        for i, (g, w) in enumerate(zip(got, want)):
            differs(path + [i], g, w)
    else:
        assert got == want and isinstance(got, bool) == isinstance(want, bool), (path, got, want)
relation = duckdb.sql("FROM 'records.parquet'")
in_duckdb = [dict(zip(relation.columns, row)) for row in relation.fetchall()]
in_polars = pl.read_parquet("records.parquet").to_dicts()
for rows in in_duckdb, in_polars:
    assert len(rows) == len(records)
    for row, record in zip(rows, records):
        row["meta"]["extra"] = json.loads(row["meta"]["extra"])
        differs([record["id"]], row, record)
# what is compared is not all of one sort
assert any(r["meta"]["extra"] for r in records)
types = {kind for (kind,) in duckdb.sql("SELECT DISTINCT type FROM parquet_schema('records.parquet') WHERE type IS NOT NULL").fetchall()}
assert types == {"BYTE_ARRAY", "INT64", "DOUBLE", "BOOLEAN"}, types
packed = duckdb.sql("SELECT DISTINCT compression FROM parquet_metadata('records.parquet')").fetchall()
assert packed == [("ZSTD",)], packed
print(len(records))
"#;

#[test]
fn the_nested_file_holds_the_records_themselves() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let more = r#"{"id": "kept", "text": "Rain fell.", "tags": ["a", {"b": null}], "page": 3, "authors": ["Ana Brandt", "Jo Wu"]}
{"id": "bare", "text": "“No", "title": ""}
"#;
    std::fs::write(at.join("more.jsonl"), more).unwrap();
    let call = ["extract", corpus.to_str().unwrap(), "more.jsonl", "-q", "--keep", "tags,page", "-o"];
    for more in [&["--with-text"][..], &["--offsets", "bytes"], &["--only", "claims"]] {
        ends(at, &[&call[..], &["records.parquet"], more].concat(), 0);
        ends(at, &[&call[..], &["records.jsonl"], more].concat(), 0);
        let Some(told) = script(at, NESTED, &[]) else { return };
        assert_eq!(told.trim(), "52");
    }
}

#[test]
fn a_nested_file_of_many_segments_is_one() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    std::fs::write(at.join("in.jsonl"), articles(1_300)).unwrap();
    std::fs::write(at.join("none.jsonl"), "").unwrap();
    ends(at, &["extract", "in.jsonl", "-q", "--to", "nested", "-o", "records.parquet"], 1);
    ends(at, &["extract", "in.jsonl", "-q", "-o", "records.jsonl"], 1);
    ends(at, &["extract", "none.jsonl", "-q", "-o", "none.parquet"], 1);
    let same = r#"
import duckdb, json, polars as pl
records = [json.loads(line) for line in open("records.jsonl")]
groups = duckdb.sql("SELECT count(DISTINCT row_group_id) FROM parquet_metadata('records.parquet')").fetchall()[0][0]
assert groups > 1, groups
for key in "claims", "attributions", "sources":
    got = duckdb.sql(f"SELECT id, {key} FROM 'records.parquet'").fetchall()
    assert got == [(r["id"], r[key]) for r in records], key
empty = pl.read_parquet("none.parquet")
assert empty.height == 0 and empty.schema == pl.read_parquet_schema("records.parquet")
print(len(records))
"#;
    let Some(told) = script(at, same, &[]) else { return };
    assert_eq!(told.trim(), "1223");
}

#[test]
fn what_the_documentation_asks_of_the_nested_file_is_answered() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    std::fs::write(at.join("in.jsonl"), articles(60)).unwrap();
    ends(at, &["extract", "in.jsonl", "-q", "-o", "records.parquet"], 1);
    ends(at, &["extract", "in.jsonl", "-q", "-o", "records.jsonl"], 1);
    let sql = blocks("sql nested").concat();
    let polars = blocks("python nested").concat();
    let ask = format!(
        r#"
import duckdb
question = """{sql}"""
rows = duckdb.sql(question).fetchall()
assert rows and rows == duckdb.sql(question.replace("records.parquet", "records.jsonl")).fetchall()
{polars}
assert claims.height == duckdb.sql("SELECT sum(len(claims)) FROM 'records.parquet'").fetchall()[0][0] > 100
assert claims["claims.value"].dtype == pl.Float64, claims.schema
"#
    );
    script(at, &ask, &[]);
}

/// The code of the documentation in a language.
fn blocks(language: &str) -> Vec<String> {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/analytics.md");
    let page = std::fs::read_to_string(page).unwrap();
    let open = format!("```{language}\n");
    page.split(&open).skip(1).map(|rest| rest.split("```").next().unwrap().to_owned()).collect()
}

#[test]
fn the_questions_of_the_documentation_are_answered() {
    let folder = tempfile::tempdir().unwrap();
    tables(folder.path(), &[]);
    let questions = blocks("sql");
    assert_eq!(questions.len(), 10);
    std::fs::write(folder.path().join("questions.json"), serde_json::to_string(&questions).unwrap()).unwrap();
    let ask = r#"
import duckdb, json
for table in "articles sentences sources attributions quotes claims figures".split():
    duckdb.sql(f"CREATE VIEW {table} AS FROM 'tables/{table}.parquet'")
for number, question in enumerate(json.load(open("questions.json")), 1):
    rows = duckdb.sql(question).fetchall()
    assert rows, (number, "has no answer")
    print(number, len(rows))
"#;
    let Some(told) = script(folder.path(), ask, &[]) else { return };
    assert_eq!(told.lines().count(), 10, "{told}");
    let polars = blocks("python").concat()
        + r#"
assert quoted.height > 10 and quoted["attributions"].dtype == pl.UInt32, quoted
for table, columns in {"articles": 13, "sentences": 7, "sources": 9, "attributions": 25, "quotes": 9, "claims": 27, "figures": 8}.items():
    frame = pl.read_parquet(f"tables/{table}.parquet")
    assert frame.width == columns and set(map(str, frame.dtypes)) <= {"String", "Int64", "Float64", "Boolean"}, frame.schema
"#;
    script(folder.path(), &polars, &[]);
}

#[test]
fn tables_are_replaced_and_nothing_else_is() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    std::fs::write(at.join("a.txt"), "Rain fell.").unwrap();
    let call = ["extract", "a.txt", "-q", "--to", "parquet", "-o", "out"];
    ends(at, &call, 0);
    ends(at, &call, 0);
    let mut names: Vec<_> =
        std::fs::read_dir(at.join("out")).unwrap().map(|e| e.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names.len(), 7);
    std::fs::write(at.join("out/thesis.docx"), "x").unwrap();
    let told = String::from_utf8(ends(at, &call, 2).stderr).unwrap();
    assert!(told.contains("holds \"thesis.docx\", which is no table of a run"), "{told}");
    assert_eq!(std::fs::read_dir(at).unwrap().count(), 2);
}
