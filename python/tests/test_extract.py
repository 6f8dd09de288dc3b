"""One article: the record is the command line's, and its offsets slice Python strings."""

from __future__ import annotations

import copy
import json
import pathlib
import pickle
import random
import subprocess
import sys
import threading
import time
from typing import Any

import onrecord
import pytest


def test_the_expected_records(fixtures: list[tuple[str, str, dict[str, Any]]]) -> None:
    for name, text, wanted in fixtures:
        record = onrecord.extract(text, id=name)
        assert bare(record) == bare(wanted), name


def bare(value: Any) -> Any:
    """Without what the expected records leave open: the version, and how sure a result is."""
    if isinstance(value, list):
        return [bare(item) for item in value]
    if isinstance(value, dict):
        return {key: bare(item) for key, item in value.items() if key not in ("engine", "confidence")}
    return value


def test_keys_types_and_order_are_the_json(corpus: list[dict[str, Any]]) -> None:
    rows = onrecord.extract_arrow(_batch(corpus), table="json")
    import pyarrow as pa

    for article, line in zip(corpus, pa.record_batch(rows)["record"].to_pylist()):
        record = onrecord.extract(**article)
        assert json.dumps(record) == json.dumps(json.loads(line)), article["id"]


def _batch(articles: list[dict[str, Any]]) -> Any:
    import pyarrow as pa

    return pa.RecordBatch.from_pylist(articles)


def slices(record: onrecord.Record, text: str) -> int:
    """Checks that each text of the record is the slice of its span, and counts them."""
    count = 0

    def walk(value: Any) -> None:
        nonlocal count
        if isinstance(value, list):
            for item in value:
                walk(item)
        elif isinstance(value, dict):
            spans = value.get("spans") or ([value["span"]] if "span" in value else None)
            if spans is not None and "text" in value:
                assert " ".join(text[start:end] for start, end in spans) == value["text"]
                count += 1
            for item in value.values():
                walk(item)

    walk(dict(record))
    for sentence in record["sentences"]:
        start, end = sentence["span"]
        assert not text[start].isspace() and not text[end - 1].isspace()
    for source in record["sources"]:
        assert all(text[start:end] for start, end in source["mentions"])
    assert record["length"] == len(text)
    return count


def test_offsets_slice_whatever_is_in_the_text(corpus: list[dict[str, Any]]) -> None:
    # astral, combining, joined, right to left, no-break, line ends
    odd = ["🌧️", "𝄞", "👩‍👩‍👧", "e\u0301", "𐍈", "\u00a0", "\u202e", "文", "\r\n", "🇺🇳", "\U0010ffff"]
    chance = random.Random(7)
    count = 0
    for article in corpus:
        words = article["text"].split(" ")
        for _ in range(40):
            at = chance.randrange(len(words))
            words[at] = chance.choice(odd) + words[at] + chance.choice(["", chance.choice(odd)])
        for text in (article["text"], " ".join(words)):
            count += slices(onrecord.extract(text), text)
    assert count > 5_000, count


def test_units_of_offsets() -> None:
    text = "𝄞é “It rained for 12 hours,” said Mayor Ana Brandt."
    coded: dict[str, tuple[Any, int]] = {"chars": (text, 1), "bytes": (text.encode(), 1), "utf16": (text.encode("utf-16-le"), 2)}
    for unit, (code, width) in coded.items():
        claim = onrecord.Pipeline(offsets=unit).extract(text)["claims"][0]
        piece = code[claim["span"][0] * width : claim["span"][1] * width]
        got = piece if isinstance(piece, str) else piece.decode("utf-8" if unit == "bytes" else "utf-16-le")
        assert got == "12 hours", unit


def test_what_is_known_of_an_article() -> None:
    import datetime

    record = onrecord.extract(
        "Rain fell.",
        id=7,
        title="Wet",
        url="https://post.example/a",
        date=datetime.date(2024, 5, 1),
        publisher="The Lakeside Post",
        authors=["Ana Brandt", "Jo Wu"],
        language="en",
        extra={"page": 3, "tags": ["a", None]},
    )
    assert record["id"] == "7"
    assert record["meta"] == {
        "title": "Wet",
        "url": "https://post.example/a",
        "date": "2024-05-01",
        "publisher": "The Lakeside Post",
        "authors": ["Ana Brandt", "Jo Wu"],
        "language": "en",
        "extra": {"page": 3, "tags": ["a", None]},
    }
    # an id is made from url and text, the same everywhere
    assert onrecord.extract("a")["id"] == "08326707b4eb37da"


def test_options() -> None:
    text = "“It rained for 12 hours,” said Mayor Ana Brandt."
    record = onrecord.Pipeline(with_text=True, only=["claims"]).extract(text)
    assert record["text"] == text and record["claims"] and not record["attributions"]
    foreign = (
        "La pluie est tombée toute la journée sur la ville, selon la mairesse, qui parlait hier soir devant le vieil "
        "hôtel de ville. Les habitants du quartier du port ont quitté leurs maisons et dorment depuis dans une école."
    )
    assert onrecord.extract(foreign)["diagnostics"][0]["code"] == "not-english"
    assert onrecord.Pipeline(any_language=True).extract(foreign)["diagnostics"] == []


def test_own_rules(tmp_path: pathlib.Path) -> None:
    (tmp_path / "cues.toml").write_text(
        '[[cue]]\nid = "thunder"\nframes = ["quote", "that", "clause", "after"]\nweight = 0.9\n'
    )
    text = "“We will not yield,” thundered Mayor Ana Brandt."
    pipeline = onrecord.Pipeline(tmp_path)
    cue = pipeline.extract(text)["attributions"][0]["cue"]
    assert cue and cue["lemma"] == "thunder"
    assert pipeline.engine != onrecord.Pipeline().engine
    assert pipeline.extract(text)["engine"] == pipeline.engine
    again = pickle.loads(pickle.dumps(pipeline))
    assert again.extract(text) == pipeline.extract(text)
    with pytest.raises(onrecord.Error) as told:
        (tmp_path / "cues.toml").write_text("[[cue]]\nid = 7\n")
        onrecord.Pipeline(rules=str(tmp_path))
    assert told.value.file == str(tmp_path / "cues.toml") and told.value.line and told.value.kind == "usage"


def test_errors_are_exceptions_with_messages() -> None:
    calls: list[tuple[Any, type[Exception], str]] = [
        (lambda: onrecord.extract(" \n"), onrecord.Error, "has no text"),
        (lambda: onrecord.extract(None), TypeError, "is not an instance of 'str'"),  # type: ignore[arg-type]
        (lambda: onrecord.extract("\ud800"), UnicodeEncodeError, "surrogates"),
        (lambda: onrecord.Pipeline("/no/such/folder"), onrecord.Error, "/no/such/folder"),
        (lambda: onrecord.Pipeline(offsets="words"), onrecord.Error, 'offsets="words" means nothing; say "chars"'),
        (lambda: onrecord.Pipeline(only=["words"]), onrecord.Error, 'has no list "words"; it has blocks, sentences'),
        (lambda: onrecord.extract_many(7), TypeError, "iterable"),  # type: ignore[call-overload]
        (lambda: onrecord.extract_many([], fields={"mood": "x"}), onrecord.Error, 'has no "mood"'),
        (lambda: onrecord.extract_many([], errors="no"), onrecord.Error, "say"),  # type: ignore[call-overload]
    ]
    for call, kind, message in calls:
        with pytest.raises(kind) as told:
            call()
        assert message in str(told.value), told.value
    assert issubclass(onrecord.Error, ValueError)


def test_messages_are_the_command_lines(program: str, tmp_path: pathlib.Path) -> None:
    rules = tmp_path / "rules"
    rules.mkdir()
    (rules / "units.toml").write_text("[[unit]]\nid = \n")
    ran = subprocess.run([program, "extract", "--rules", rules, "-"], input="x", capture_output=True, text=True)
    with pytest.raises(onrecord.Error) as told:
        onrecord.Pipeline(rules)
    assert str(told.value) in ran.stderr
    (tmp_path / "a.jsonl").write_text('{"id": 1, "words": "x"}\n')
    ran = subprocess.run([program, "extract", tmp_path / "a.jsonl"], capture_output=True, text=True)
    (error,) = onrecord.extract_many([{"id": 1, "words": "x"}], errors="return")
    assert isinstance(error, onrecord.Error) and error.article == "1"
    assert str(error) in ran.stderr, (error, ran.stderr)


def test_records_are_the_command_lines(program: str, corpus: list[dict[str, Any]], tmp_path: pathlib.Path) -> None:
    import pyarrow as pa

    file = tmp_path / "in.jsonl"
    file.write_text("".join(json.dumps(article) + "\n" for article in corpus), "utf-8")
    ran = subprocess.run([program, "extract", "-q", file], capture_output=True, check=True)
    rows = pa.record_batch(onrecord.extract_arrow(_batch(corpus), table="json"))
    assert "".join(line + "\n" for line in rows["record"].to_pylist()).encode() == ran.stdout


def test_a_record_is_a_dict() -> None:
    text = "“It rained for 12 hours,” said Mayor Ana Brandt."
    record = onrecord.extract(text, id="a")
    assert isinstance(record, dict) and type(record) is onrecord.Record
    assert record.article is text
    for other in (pickle.loads(pickle.dumps(record)), copy.deepcopy(record), copy.copy(record)):
        assert other == record and type(other) is onrecord.Record and other.article == text
    assert json.loads(json.dumps(record)) == record


def test_other_threads_run_meanwhile() -> None:
    text = "“It rained for 12 hours,” said Mayor Ana Brandt. " * 20_000
    started, ended = threading.Event(), threading.Event()

    def work() -> None:
        started.set()
        onrecord.extract(text)
        ended.set()

    thread = threading.Thread(target=work)
    thread.start()
    started.wait()
    beats = 0
    while not ended.is_set():
        time.sleep(0.001)
        beats += 1
    thread.join()
    # with the interpreter held there would be a few, whatever the machine has to do besides
    assert beats > 20, beats


def test_the_schema_describes_the_record() -> None:
    import typing

    from onrecord import record as types

    schema = onrecord.schema()
    record = onrecord.extract("“It rained for 12 hours,” said Mayor Ana Brandt.")
    assert set(schema["properties"]) == set(record) == set(schema["required"])
    if sys.version_info < (3, 10):
        return  # which cannot evaluate the types that it is written with
    # the typed dicts have the schema's keys
    for name, of in schema["$defs"].items():
        if "properties" in of:
            typed = getattr(types, name)
            assert set(of["properties"]) == set(typing.get_type_hints(typed)), name
        words = of.get("enum") or [one["const"] for one in of.get("oneOf", ()) if "const" in one]
        if words:
            assert _literals(types, set(words)), (name, words)
    assert onrecord.__version__ == record["engine"].split("+")[0]


def _literals(types: Any, words: set[str]) -> bool:
    """Whether some typed dict has exactly these words for a key."""
    import typing

    for typed in vars(types).values():
        for hint in getattr(typed, "__annotations__", {}).values() if isinstance(typed, type) else ():
            text = hint.__forward_arg__ if isinstance(hint, typing.ForwardRef) else str(hint)
            hint = eval(text, vars(types) | vars(typing))
            for part in (hint, *typing.get_args(hint)):
                if typing.get_origin(part) is typing.Literal and set(typing.get_args(part)) == words:
                    return True
    return words == {"chars", "bytes", "utf16"}
