"""Batches and streams of whatever library: in without a copy, out with the record's values."""

from __future__ import annotations

import datetime
import json
from typing import Any

import arro3.core
import duckdb
import onrecord
import pandas
import polars
import pyarrow as pa
import pytest

FLAT = ["articles", "sentences", "sources", "attributions", "quotes", "claims", "figures"]


def nested(records: list[onrecord.Record]) -> list[dict[str, Any]]:
    """Records as the nested table has them: `meta.extra` is JSON."""
    rows = json.loads(json.dumps(records))
    for row in rows:
        row["meta"]["extra"] = json.dumps(row["meta"]["extra"], separators=(",", ":"), ensure_ascii=False)
    return rows  # type: ignore[no-any-return]


def test_rows_are_the_records_whoever_made_the_table(corpus: list[dict[str, Any]]) -> None:
    wanted = nested([onrecord.extract(**article) for article in corpus])
    batch = pa.RecordBatch.from_pylist(corpus)
    table = pa.Table.from_batches([batch.slice(0, 7), batch.slice(7, 1), batch.slice(8)])
    frame = polars.DataFrame(corpus)
    relation = duckdb.from_arrow(table)
    given: dict[str, Any] = {
        "pyarrow batch": batch,
        "pyarrow table": table,
        "pyarrow reader": pa.RecordBatchReader.from_batches(table.schema, table.to_batches()),
        "pyarrow large": table.cast(pa.schema([("id", pa.large_string()), ("text", pa.large_string())])),
        "pyarrow view": table.cast(pa.schema([("id", pa.string_view()), ("text", pa.string_view())])),
        "pyarrow dictionary": table.set_column(0, "id", table["id"].dictionary_encode()),
        "pyarrow binary": table.set_column(1, "text", table["text"].cast(pa.binary())),
        "polars": frame,
        "pandas": pandas.DataFrame(corpus),
        "duckdb": relation,
        "arro3 batch": arro3.core.RecordBatch.from_arrow(batch),
        "arro3 table": arro3.core.Table.from_arrow(table),
    }
    for name, data in given.items():
        made = onrecord.extract_arrow(data)
        assert pa.table(made).to_pylist() == wanted, name
    # and whoever reads them
    assert polars.DataFrame(onrecord.extract_arrow(frame)).to_dicts() == wanted
    assert polars.DataFrame(onrecord.extract_arrow(batch)).to_dicts() == wanted
    assert arro3.core.Table.from_arrow(onrecord.extract_arrow(table)).num_rows == len(corpus)
    assert arro3.core.RecordBatch.from_arrow(onrecord.extract_arrow(batch)).num_rows == len(corpus)
    made = onrecord.extract_arrow(batch)
    counted = duckdb.sql("SELECT sum(len(claims)), sum(len(attributions)) FROM made").fetchall()
    assert counted == [tuple(sum(len(row[key]) for row in wanted) for key in ("claims", "attributions"))]


def test_schemas_are_what_is_returned(corpus: list[dict[str, Any]]) -> None:
    batch = pa.RecordBatch.from_pylist(corpus[:3])
    for table in [None, "json", *FLAT]:
        for errors in ("raise", "column"):
            made = pa.record_batch(onrecord.extract_arrow(batch, table=table, errors=errors))
            made.validate(full=True)
            assert made.schema == pa.schema(onrecord.arrow_schema(table, errors)), (table, errors)
            assert (made.schema.names[-1] == "error") == (errors == "column")


def test_flat_tables_hold_what_the_records_hold(corpus: list[dict[str, Any]]) -> None:
    batch = pa.RecordBatch.from_pylist(corpus)
    records = [onrecord.extract(**article) for article in corpus]

    def rows(table: str) -> list[dict[str, Any]]:
        return pa.record_batch(onrecord.extract_arrow(batch, table=table)).to_pylist()  # type: ignore[no-any-return]

    for table in FLAT[1:]:
        key = {"attributions": "attribution_id", "quotes": "quote_id", "claims": "claim_id"}.get(table)
        got = [(row["article_id"], row[key or table[:-1] + "_id"]) for row in rows(table)]
        items = [(r["id"], n) for r in records for n, _ in enumerate(r[table])]
        assert got == items, table
    claims = [(c["text"], c["value"], c["unit"], c["bound"], c["of"] and c["of"]["text"]) for r in records for c in r["claims"]]
    assert [(c["text"], c["value"], c["unit"], c["bound"], c["of"]) for c in rows("claims")] == claims
    names = [(a["source"] and a["source"]["ref"], a["cue"] and a["cue"]["lemma"]) for r in records for a in r["attributions"]]
    assert [(a["source_id"], a["cue_lemma"]) for a in rows("attributions")] == names


def test_failures_have_rows_of_their_own() -> None:
    batch = pa.record_batch({"id": ["a", "b", "c"], "text": ["It rained for 12 hours.", None, "Rain fell."]})
    with pytest.raises(onrecord.Error, match="row 1: has no text") as told:
        onrecord.extract_arrow(batch)
    assert told.value.article == "b"
    rows = pa.record_batch(onrecord.extract_arrow(batch, errors="column")).to_pylist()
    assert [row["id"] for row in rows] == ["a", "b", "c"]
    assert [row["error"] and row["error"][:11] for row in rows] == [None, "has no text", None]
    assert rows[1]["claims"] is None and rows[0]["claims"] and rows[2]["claims"] == []
    rows = pa.record_batch(onrecord.extract_arrow(batch, table="claims", errors="column")).to_pylist()
    assert [(row["article_id"], row["value"], row["error"] is None) for row in rows] == [
        ("a", 12.0, True),
        ("b", None, False),
    ]
    rows = pa.record_batch(onrecord.extract_arrow(batch, table="json", errors="column")).to_pylist()
    assert [(row["id"], row["record"] is None) for row in rows] == [("a", False), ("b", True), ("c", False)]


def test_what_is_not_utf8_is_told_by_row_and_read_no_further() -> None:
    rows = [b"It rained for 12 hours.", b"Caf\xe9 talk.", b"Rain fell."]
    made_of = {pa.string(): pa.binary(), pa.large_string(): pa.large_binary(), pa.string_view(): pa.binary_view()}
    for of in (pa.binary(), pa.large_binary(), pa.binary_view(), *made_of):
        column = pa.array(rows, made_of.get(of, of)).view(of)
        batch = pa.record_batch({"id": pa.array(["a", "b", "c"]), "text": column})
        made = pa.record_batch(onrecord.extract_arrow(batch, errors="column")).to_pylist()
        assert [row["error"] is None for row in made] == [True, False, True], of
        assert "is not UTF-8 (byte 0xE9 at offset 3)" in made[1]["error"] and made[1]["id"] == "b"


def test_types_of_columns() -> None:
    batch = pa.record_batch(
        {
            "id": pa.array([7, 8], pa.uint16()),
            "text": pa.array(["Rain fell.", "Snow fell."]),
            "date": pa.array([datetime.date(2024, 5, 1), None]),
            "authors": pa.array([["Ana Brandt", "Jo Wu"], []]),
            "publisher": pa.array([{"name": "Post"}, {"name": None}]),
            "seen": pa.array([datetime.datetime(2024, 5, 1, 12), None], pa.timestamp("us", "UTC")),
            "shares": pa.array([1.5, float("nan")]),
        }
    )
    rows = pa.record_batch(onrecord.extract_arrow(batch, keep=["seen", "shares"])).to_pylist()
    first, second = (row["meta"] for row in rows)
    assert [row["id"] for row in rows] == ["7", "8"]
    assert (first["date"], first["authors"], first["publisher"]) == ("2024-05-01", ["Ana Brandt", "Jo Wu"], "Post")
    assert (second["date"], second["authors"], second["publisher"]) == (None, [], None)
    assert json.loads(first["extra"]) == {"seen": "2024-05-01T12:00:00Z", "shares": 1.5}
    assert json.loads(second["extra"]) == {"seen": None, "shares": None}


def test_calls_that_cannot_be_are_told_at_once() -> None:
    table = pa.table({"id": ["a"], "words": ["Rain fell."], "size": [1]})
    calls: list[tuple[dict[str, Any], str]] = [
        ({}, "has no text: it needs a field named text"),
        ({"text": "body"}, 'there is no column "body"; there is id, words, size'),
        ({"text": "words", "id": "key"}, 'there is no column "key"'),
        ({"text": "words", "table": "verbs"}, 'there is no table "verbs"; say articles, sentences'),
        ({"text": "words", "errors": "no"}, 'say "raise" or "column"'),
    ]
    for options, message in calls:
        with pytest.raises(onrecord.Error) as told:
            onrecord.extract_arrow(table, **options)
        assert message in str(told.value), told.value
    with pytest.raises(onrecord.Error, match="which is no text; cast it"):
        onrecord.extract_arrow(pa.table({"text": pa.array([datetime.timedelta(1)])}))
    with pytest.raises(TypeError, match="this is dict"):
        onrecord.extract_arrow({"text": ["Rain fell."]})
    with pytest.raises(onrecord.Error, match="it is one column of"):
        onrecord.extract_arrow(pa.array(["Rain fell."]))
    with pytest.raises(onrecord.Error, match="cannot be read"):
        onrecord.extract_arrow(polars.Series(["Rain fell."]))


def test_a_stream_is_made_as_it_is_read() -> None:
    drawn = []
    schema = pa.schema([("text", pa.string())])

    def batches() -> Any:
        for number in range(1_000):
            drawn.append(number)
            yield pa.record_batch({"text": [f"It rained for {number + 2} hours."] * 3}, schema=schema)

    stream = onrecord.extract_arrow(pa.RecordBatchReader.from_batches(schema, batches()), table="claims")
    reader = pa.RecordBatchReader.from_stream(stream)
    assert len(drawn) == 0
    assert [row["value"] for row in reader.read_next_batch().to_pylist()] == [2.0] * 3
    assert len(drawn) <= 2
    with pytest.raises(onrecord.Error, match="has been read"):
        pa.RecordBatchReader.from_stream(stream)
    # long batches are cut
    long = pa.table({"text": ["Rain fell."] * 1_300})
    sizes = [batch.num_rows for batch in pa.RecordBatchReader.from_stream(onrecord.extract_arrow(long))]
    assert sum(sizes) == 1_300 and max(sizes) <= 512


def test_a_stream_tells_what_failed() -> None:
    table = pa.table({"id": ["a", "b"], "text": ["Rain fell.", " "]})
    with pytest.raises(Exception, match="row 1: has no text"):
        pa.table(onrecord.extract_arrow(table))

    def batches() -> Any:
        yield pa.record_batch({"text": ["Rain fell."]})
        raise KeyError("gone")

    reader = pa.RecordBatchReader.from_batches(pa.schema([("text", pa.string())]), batches())
    with pytest.raises(Exception, match="gone"):
        pa.table(onrecord.extract_arrow(reader))


def test_empty_tables() -> None:
    empty = pa.table({"text": pa.array([], pa.string())})
    for table in [None, "json", *FLAT]:
        assert pa.table(onrecord.extract_arrow(empty, table=table)).num_rows == 0
        assert pa.record_batch(onrecord.extract_arrow(pa.record_batch({"text": pa.array([], pa.string())}), table=table)).num_rows == 0


def test_threads_change_nothing(corpus: list[dict[str, Any]]) -> None:
    batch = pa.RecordBatch.from_pylist(corpus)
    one = pa.record_batch(onrecord.extract_arrow(batch, threads=1, table="json"))
    for threads in (2, 5):
        assert pa.record_batch(onrecord.extract_arrow(batch, threads=threads, table="json")).equals(one)


def test_buffers_outlive_what_made_them(corpus: list[dict[str, Any]]) -> None:
    import gc

    made = onrecord.extract_arrow(polars.DataFrame(corpus), table="claims")
    gc.collect()
    table = pa.table(made)
    del made
    gc.collect()
    table.validate(full=True)
    again = onrecord.extract_arrow(pa.RecordBatch.from_pylist(corpus[:3]))
    assert pa.record_batch(again).equals(pa.record_batch(again))
    assert isinstance(again, onrecord.Batch) and len(again) == 3 and again.column_names[0] == "schema" and "3 rows" in repr(again)
