"""Articles of an Apache Spark DataFrame → a DataFrame of records, or of one flat table.

The same engine on every executor: rows go to it as Arrow (`mapInArrow`), a `Pipeline` is made once a Python process, and
what cannot be read is a row with an `error`, never a failed job. The package must be importable where executors run
(docs/spark.md says how); pyspark 3.5 or later.
"""

from __future__ import annotations

import functools
import pathlib
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from . import Pipeline, arrow_schema

if TYPE_CHECKING:
    import pyarrow
    from pyspark.sql import DataFrame

__all__ = ["extract", "extract_batches"]

# a batch of Spark's holds ten thousand rows, whose records may take a hundred times the room
PIECE = 256


class _Options(NamedTuple):
    """What a Pipeline is made of: hashable, so that a process makes it once, and small, for it travels with each task."""

    rules: tuple[tuple[str, bytes], ...]
    offsets: str
    with_text: bool
    only: tuple[str, ...] | None
    any_language: bool


def extract(
    df: DataFrame,
    text: str = "text",
    id: str | None = "id",
    table: str | None = None,
    *,
    fields: Mapping[str, str] | None = None,
    keep: Sequence[str] = (),
    rules: str | None = None,
    offsets: str = "chars",
    with_text: bool = False,
    only: Sequence[str] | None = None,
    any_language: bool = False,
) -> DataFrame:
    """The records of a DataFrame's articles, as a DataFrame with the record's columns and, last, `error`.

    `text` and `id` name columns; with `id=None` ids are made from url and text. Columns of the usual names (title, url,
    date, publisher, authors, language) are read as well; `fields` and `keep` are those of `onrecord.extract_many`, the
    other options those of `onrecord.Pipeline`. `table` asks for one flat table instead (articles, sentences, sources,
    attributions, quotes, claims, figures), or for "json": the id, and the record as a line of JSON.

    `rules`, a folder of TOML, is read here and sent along; it need not lie on the executors.

    `error` is null for an article that was read; of one that was not there is a row with its id and the reason.
    What is wrong with the call itself (a column that is not there, or is no text) is told here, before anything runs.
    """
    import pyarrow as pa
    from pyspark.sql.pandas.types import from_arrow_schema, to_arrow_schema

    where: dict[str, Any] = {"text": text, "id": id, "fields": dict(fields or {}), "keep": list(keep)}
    how = {**where, "table": table, "errors": "column"}
    options = _Options(
        _read_rules(rules), offsets, with_text, None if only is None else tuple(only), any_language
    )
    pipeline = _pipeline(options)
    wanted = pipeline.columns(df.columns, **where)
    articles = df.select([f"`{name}`" for name in wanted])
    # the call's faults show on no rows as they do on many
    pipeline.extract_arrow(pa.Table.from_batches([], to_arrow_schema(articles.schema)), **how)
    schema = from_arrow_schema(pa.schema(arrow_schema(table, "column")))
    return articles.mapInArrow(functools.partial(extract_batches, options=options, how=how), schema)


def extract_batches(
    batches: Iterable[pyarrow.RecordBatch], options: _Options, how: Mapping[str, Any]
) -> Iterator[pyarrow.RecordBatch]:
    """The records of some batches: what a task runs."""
    import pyarrow as pa

    pipeline = _pipeline(options)
    for batch in batches:
        for start in range(0, batch.num_rows, PIECE):
            # a task has a core, and the executor's other cores have tasks
            made = pipeline.extract_arrow(batch.slice(start, PIECE), threads=1, **how)
            yield pa.record_batch(made)


@functools.lru_cache(maxsize=8)
def _pipeline(options: _Options) -> Pipeline:
    rules, *_ = options
    made = functools.partial(
        Pipeline,
        offsets=options.offsets,
        with_text=options.with_text,
        only=options.only,
        any_language=options.any_language,
    )
    if not rules:
        return made()
    with tempfile.TemporaryDirectory() as folder:
        for name, content in rules:
            (pathlib.Path(folder) / name).write_bytes(content)
        return made(folder)


def _read_rules(folder: str | None) -> tuple[tuple[str, bytes], ...]:
    if folder is None:
        return ()
    # faults in them are told with the folder's own name
    Pipeline(folder)
    files = sorted(pathlib.Path(folder).glob("*.toml"))
    return tuple((file.name, file.read_bytes()) for file in files)
