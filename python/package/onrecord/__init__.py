"""Who said what, and how many: quotes, attributions and numeric claims from news, as structured records.

>>> import onrecord
>>> record = onrecord.extract("“It rained for 12 hours,” said Mayor Ana Brandt.")
>>> said = record["attributions"][0]
>>> said["source"]["text"], said["cue"]["lemma"], said["content"]["text"]
('Mayor Ana Brandt', 'say', '“It rained for 12 hours,”')
>>> record["claims"][0]["value"], record["claims"][0]["unit"]
(12.0, 'hour')

`extract` reads one article, `extract_many` an iterable of them on all cores, `extract_arrow` a table of pyarrow, Polars,
DuckDB, pandas or arro3. A `Pipeline` holds rules of one's own and options. `onrecord.spark.extract` reads a DataFrame of
Apache Spark. What goes wrong is an `onrecord.Error`, with the message that the command line gives.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal, overload

from ._onrecord import ArrowSchema, Batch, Error, Pipeline, Stream, __version__, arrow_schema, json_schema
from .record import Record

__all__ = [
    "ArrowSchema",
    "Batch",
    "Error",
    "Pipeline",
    "Record",
    "Stream",
    "__version__",
    "arrow_schema",
    "extract",
    "extract_arrow",
    "extract_many",
    "schema",
]


@functools.lru_cache(maxsize=None)
def _default() -> Pipeline:
    return Pipeline()


def extract(
    text: str,
    *,
    id: str | int | None = None,
    title: str | None = None,
    url: str | None = None,
    date: object = None,
    publisher: str | None = None,
    authors: str | Sequence[str] | None = None,
    language: str | None = None,
    extra: Mapping[str, Any] | None = None,
) -> Record:
    """The record of one article: a dict, as `onrecord extract` writes it.

    Offsets are half-open and count code points, so that they slice the text as it was given, whatever is in it:

    >>> text = "🌧️🌧️ “It rained for 12 hours,” said Mayor Ana Brandt."
    >>> record = extract(text, id="a1", publisher="The Lakeside Post")
    >>> start, end = record["attributions"][0]["source"]["span"]
    >>> text[start:end]
    'Mayor Ana Brandt'
    >>> record["id"], record["meta"]["publisher"]
    ('a1', 'The Lakeside Post')

    What is not given and stands in the article (headline, byline, dateline) is found; an `id` is made from url and text.
    Other threads run meanwhile. A text of white space alone is an `Error`:

    >>> extract(" ")
    Traceback (most recent call last):
        ...
    onrecord.Error: has no text: its field "text" is empty or no text; fill it or remove the article
    """
    return _default().extract(
        text,
        id=id,
        title=title,
        url=url,
        date=date,
        publisher=publisher,
        authors=authors,
        language=language,
        extra=extra,
    )


@overload
def extract_many(
    articles: Iterable[str | Mapping[str, Any]],
    threads: int | None = ...,
    *,
    text: str | None = ...,
    id: str | None = ...,
    fields: Mapping[str, str] | None = ...,
    keep: Sequence[str] = ...,
    errors: Literal["raise"] = ...,
) -> Iterator[Record]: ...
@overload
def extract_many(
    articles: Iterable[str | Mapping[str, Any]],
    threads: int | None = ...,
    *,
    text: str | None = ...,
    id: str | None = ...,
    fields: Mapping[str, str] | None = ...,
    keep: Sequence[str] = ...,
    errors: Literal["return"],
) -> Iterator[Record | Exception]: ...
def extract_many(
    articles: Iterable[str | Mapping[str, Any]],
    threads: int | None = None,
    *,
    text: str | None = None,
    id: str | None = None,
    fields: Mapping[str, str] | None = None,
    keep: Sequence[str] = (),
    errors: Literal["raise", "return"] = "raise",
) -> Iterator[Record] | Iterator[Record | Exception]:
    """The records of many articles, in their order, as they are asked for.

    An article is a text, or a mapping with the fields that the tools of the trade write (text, id, title, url, date,
    publisher, authors, language, and their other names):

    >>> articles = [{"id": "a", "text": "It rained for 12 hours."}, "“No,” she said."]
    >>> [len(record["claims"]) for record in extract_many(articles)]
    [1, 0]

    `text` and `id` name other fields, `fields` maps parts of an article to them (`{"publisher": "paper"}`), `keep` passes
    fields through into `meta.extra`. It works on all processors, or on `threads`, and is lazy: articles are drawn some
    dozens ahead of the records, so that the iterable may be as long as it likes.

    An article that cannot be read raises in its place, and the next call goes on with the one after; with
    `errors="return"` the exception stands in the record's place instead:

    >>> [type(each).__name__ for each in extract_many(["Rain fell.", "", None], errors="return")]
    ['Record', 'Error', 'TypeError']
    """
    return _default().extract_many(
        articles, threads, text=text, id=id, fields=fields, keep=keep, errors=errors
    )


def extract_arrow(
    data: Any,
    *,
    text: str | None = None,
    id: str | None = None,
    fields: Mapping[str, str] | None = None,
    keep: Sequence[str] = (),
    table: str | None = None,
    errors: Literal["raise", "column"] = "raise",
    threads: int | None = None,
) -> Batch | Stream:
    """The records of a batch or a stream of articles, as Arrow, by the Arrow PyCapsule interface.

    `data` is a table, frame or batch of pyarrow, Polars, DuckDB, pandas or arro3, which is read without a copy. Its
    columns are found by the names that `extract_many` takes. What has one batch (`__arrow_c_array__`) becomes a `Batch`;
    what has a stream alone becomes a `Stream`, which is read once and made as it is read, in bounded memory:

    >>> import pyarrow as pa
    >>> articles = pa.record_batch({"id": ["a", "b"], "text": ["It rained for 12 hours.", "Rain fell."]})
    >>> records = pa.record_batch(extract_arrow(articles))
    >>> records["claims"][0][0]["value"].as_py()
    12.0

    Without a `table` there is a row an article, with the record's keys, lists and structs, as in the Parquet file of
    `onrecord extract -o records.parquet`. `table` asks for one flat table instead (articles, sentences, sources,
    attributions, quotes, claims, figures), or for `"json"`: the id, and the record as the line that the command line
    writes.

    >>> claims = pa.record_batch(extract_arrow(articles, table="claims"))
    >>> claims.select(["article_id", "text", "value", "unit"]).to_pylist()
    [{'article_id': 'a', 'text': '12 hours', 'value': 12.0, 'unit': 'hour'}]

    An article that cannot be read raises; with `errors="column"` there is a last column `error`, null for all that went
    well, and a row with the id and the message for each that did not. It works on all processors, or on `threads`.
    """
    return _default().extract_arrow(
        data, text=text, id=id, fields=fields, keep=keep, table=table, errors=errors, threads=threads
    )


def schema() -> dict[str, Any]:
    """The JSON Schema of a record, as `onrecord schema` prints it.

    >>> schema()["properties"]["claims"]["description"]
    'Every numeric claim, in text order.'
    """
    parsed: dict[str, Any] = json.loads(json_schema())
    return parsed
