"""Many articles: lazy, in order, on any number of threads."""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import onrecord
import pytest


def test_order_and_records_are_those_of_one_by_one(corpus: list[dict[str, Any]]) -> None:
    wanted = [onrecord.extract(**article) for article in corpus]
    for threads in (1, 2, 7, None):
        got = list(onrecord.extract_many(iter(corpus), threads))
        assert got == wanted
        assert [record.article for record in got] == [article["text"] for article in corpus]


def test_it_is_lazy_and_bounded() -> None:
    drawn = 0

    def articles() -> Iterator[str]:
        nonlocal drawn
        for number in itertools.count():
            drawn += 1
            yield f"It rained for {number + 2} hours."

    records = onrecord.extract_many(articles(), threads=2)
    assert drawn == 0
    first = [next(records)["claims"][0]["value"] for _ in range(100)]
    assert first == [number + 2.0 for number in range(100)]
    assert drawn <= 100 + 2 * 16
    del records


def test_failures_raise_in_their_place_and_the_rest_goes_on() -> None:
    def articles() -> Iterator[Any]:
        yield {"id": "a", "text": "Rain fell."}
        yield {"id": "b", "text": "  "}
        yield 7
        yield {"id": "c", "text": "Snow fell."}

    records = onrecord.extract_many(articles())
    assert next(records)["id"] == "a"
    with pytest.raises(onrecord.Error, match="has no text") as told:
        next(records)
    assert told.value.article == "b"
    with pytest.raises(TypeError, match="this is int"):
        next(records)
    assert next(records)["id"] == "c"
    with pytest.raises(StopIteration):
        next(records)
    kinds = [type(each).__name__ for each in onrecord.extract_many(articles(), errors="return")]
    assert kinds == ["Record", "Error", "TypeError", "Record"]


def test_an_iterable_that_fails_is_told_after_what_came_before() -> None:
    def articles() -> Iterator[str]:
        yield "Rain fell."
        raise KeyError("gone")

    records = onrecord.extract_many(articles())
    assert next(records)["length"] == 10
    with pytest.raises(KeyError, match="gone"):
        next(records)
    assert list(records) == []


def test_fields_go_by_the_usual_names_or_by_those_given() -> None:
    article = {"ID": 12, "maintext": "Rain.", "headline": "Wet", "source": {"name": "Post"}, "mood": "low", "t": "Snow."}
    (record,) = onrecord.extract_many([article], keep=["mood"])
    assert (record["id"], record.article, record["meta"]["title"]) == ("12", "Rain.", "Wet")
    assert record["meta"]["publisher"] == "Post" and record["meta"]["extra"] == {"mood": "low"}
    (record,) = onrecord.extract_many([article], text="t", id="mood", fields={"title": "maintext"})
    assert (record["id"], record.article, record["meta"]["title"]) == ("low", "Snow.", "Rain.")


def test_rows_of_a_data_frame() -> None:
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame(
        {
            "text": ["Rain fell.", "Snow fell."],
            "title": ["Wet", None],
            "date": pandas.to_datetime(["2024-05-01", None]),
            "authors": [["Ana Brandt"], float("nan")],
        }
    )
    first, second = (record["meta"] for record in onrecord.extract_many(frame.to_dict("records")))
    assert (first["title"], first["date"], first["authors"]) == ("Wet", "2024-05-01T00:00:00", ["Ana Brandt"])
    assert (second["title"], second["date"], second["authors"]) == (None, None, [])


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
def test_a_forked_process_reads_as_well() -> None:
    # the parent has used threads; a pool that outlived the call would hang the child
    script = """
import multiprocessing, onrecord
texts = ["It rained for 12 hours."] * 50
assert len(list(onrecord.extract_many(texts, threads=2))) == 50
with multiprocessing.get_context("fork").Pool(2) as pool:
    print(sum(pool.map(len, [list(onrecord.extract_many(texts, threads=2))])))
    print(len(pool.map(onrecord.extract, texts)), len(pool.map(onrecord.Pipeline(only=["claims"]).extract, texts)))
"""
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=120)
    assert ran.stdout.split() == ["50", "50", "50"], ran.stderr


def test_ctrl_c_ends_it() -> None:
    script = """
import itertools, onrecord, os, signal, threading
threading.Timer(1, os.kill, (os.getpid(), signal.SIGINT)).start()
text = "“It rained for 12 hours,” said Mayor Ana Brandt. " * 2_000
try:
    for _ in onrecord.extract_many(itertools.repeat(text)):
        pass
except KeyboardInterrupt:
    print("interrupted")
"""
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=120)
    assert ran.stdout.strip() == "interrupted", ran.stderr


def test_absurd_calls_are_refused() -> None:
    for threads in (1_025, 10**9, 2**63 - 1):
        with pytest.raises(onrecord.Error, match="is more than 1024; None means one for each processor"):
            onrecord.extract_many(["Rain fell."], threads=threads)
    for wrong in (-1, 10**30):
        with pytest.raises(OverflowError):
            onrecord.extract_many(["Rain fell."], threads=wrong)
    with pytest.raises(TypeError, match="this is one str: put it in a list"):
        onrecord.extract_many("Rain fell.")
    # what is no article costs itself alone: half a surrogate pair, a list in itself, one of great depth
    loop: list[Any] = ["Rain fell."]
    loop.append(loop)
    deep: Any = "Rain fell."
    for _ in range(100_000):
        deep = [deep]
    articles: list[Any] = ["Rain \ud800 fell.", {"text": loop}, {"text": deep}, {"text": "Rain fell.", "x": deep}, {"text": 10**400}]
    kinds = [type(each).__name__ for each in onrecord.extract_many(articles, errors="return")]
    assert kinds == ["UnicodeEncodeError", "Record", "Error", "Record", "Record"]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork")
def test_a_process_forked_in_the_midst_is_told() -> None:
    script = """
import itertools, os, signal, onrecord
records = onrecord.extract_many("It rained for 12 hours." for _ in itertools.count())
next(records)
child = os.fork()
if child == 0:
    signal.alarm(60)
    try:
        while True:
            next(records)
    except onrecord.Error as e:
        assert "forked while the records were made" in str(e), e
    assert len(list(onrecord.extract_many(["Rain fell."] * 40))) == 40
    os._exit(7)
assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7
assert next(records)["claims"]
"""
    subprocess.run([sys.executable, "-W", "ignore", "-c", script], check=True, timeout=120)
