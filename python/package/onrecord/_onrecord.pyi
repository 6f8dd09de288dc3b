"""The extension module: `Pipeline` and what it returns, in Rust."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from os import PathLike
from typing import Any, Literal, final, overload

from .record import Record

__version__: str

class Error(ValueError):
    file: str | None
    line: int | None
    article: str | None
    kind: Literal["usage", "input", "output"]

@final
class Pipeline:
    def __new__(
        cls,
        rules: str | PathLike[str] | None = None,
        *,
        offsets: str = "chars",
        with_text: bool = False,
        only: Sequence[str] | None = None,
        any_language: bool = False,
    ) -> Pipeline: ...
    @property
    def engine(self) -> str: ...
    def extract(
        self,
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
    ) -> Record: ...
    @overload
    def extract_many(
        self,
        articles: Iterable[str | Mapping[str, Any]],
        threads: int | None = None,
        *,
        text: str | None = None,
        id: str | None = None,
        fields: Mapping[str, str] | None = None,
        keep: Sequence[str] = ...,
        errors: Literal["raise"] = "raise",
    ) -> Iterator[Record]: ...
    @overload
    def extract_many(
        self,
        articles: Iterable[str | Mapping[str, Any]],
        threads: int | None = None,
        *,
        text: str | None = None,
        id: str | None = None,
        fields: Mapping[str, str] | None = None,
        keep: Sequence[str] = ...,
        errors: str,
    ) -> Iterator[Record | Exception]: ...
    def extract_arrow(
        self,
        data: Any,
        *,
        text: str | None = None,
        id: str | None = None,
        fields: Mapping[str, str] | None = None,
        keep: Sequence[str] = ...,
        table: str | None = None,
        errors: str = "raise",
        threads: int | None = None,
    ) -> Batch | Stream: ...
    def columns(
        self,
        names: Sequence[str],
        *,
        text: str | None = None,
        id: str | None = None,
        fields: Mapping[str, str] | None = None,
        keep: Sequence[str] = ...,
    ) -> list[str]: ...
    def __getnewargs_ex__(self) -> tuple[tuple[Any, ...], dict[str, Any]]: ...

@final
class Batch:
    def __len__(self) -> int: ...
    @property
    def column_names(self) -> list[str]: ...
    def __arrow_c_schema__(self) -> object: ...
    def __arrow_c_array__(self, requested_schema: object | None = None) -> tuple[object, object]: ...
    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...

@final
class Stream:
    @property
    def column_names(self) -> list[str]: ...
    def __arrow_c_schema__(self) -> object: ...
    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...

@final
class ArrowSchema:
    def __arrow_c_schema__(self) -> object: ...

@final
class Records(Iterator[Record]):
    def __next__(self) -> Record: ...

def run(pipeline: Pipeline, texts: Sequence[str]) -> int: ...
def json_schema() -> str: ...
def arrow_schema(table: str | None = None, errors: str = "raise") -> ArrowSchema: ...
