"""The record: a dict with the keys of the schema `onrecord/1`, typed; in a notebook, the article with what was found.

A span is `[start, end]`, half-open. Every key is always there; what is missing is None, a list is never None.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, TypedDict

if TYPE_CHECKING:
    from typing import overload

Span = list[int]


class Meta(TypedDict):
    """What is known of the article itself."""

    title: str | None
    url: str | None
    date: str | None
    publisher: str | None
    authors: list[str]
    language: str | None
    extra: dict[str, Any]


class Block(TypedDict):
    """A piece of the layout."""

    span: Span
    kind: Literal[
        "headline",
        "byline",
        "dateline",
        "caption",
        "heading",
        "paragraph",
        "list_item",
        "turn",
        "blockquote",
        "boilerplate",
    ]


class Sentence(TypedDict):
    """A sentence; it never crosses a block."""

    span: Span
    block: int


class Source(TypedDict):
    """Someone or something that is cited."""

    id: int
    name: str
    kind: Literal["person", "organisation", "place", "document", "group", "unnamed", "author", "unknown"]
    named: bool
    gender: Literal["female", "male"] | None
    description: str | None
    mentions: list[Span]


class Excerpt(TypedDict):
    """A stretch of text."""

    span: Span
    text: str


class SourceMention(TypedDict):
    """The mention of a source in an attribution; `ref` is the source's id."""

    span: Span
    text: str
    ref: int | None
    form: Literal["name", "role", "pronoun", "relative", "possessive"]


class Cue(TypedDict):
    """The words that attribute."""

    span: Span
    text: str
    lemma: str
    stance: Literal["neutral", "assert", "deny", "doubt", "concede", "accuse", "praise"]
    negated: bool


class Content(TypedDict):
    """What is attributed."""

    spans: list[Span]
    text: str


class Attribution(TypedDict):
    """Who said, thought, wanted or decided what."""

    id: int
    sentence: int
    mode: Literal["direct", "mixed", "indirect"]
    kind: Literal["statement", "question", "belief", "intention", "attitude", "perception", "decision", "evidence"]
    source: SourceMention | None
    cue: Cue | None
    content: Content
    addressee: Excerpt | None
    relay: int | None
    parent: int | None
    quotes: list[int]
    rule: str
    confidence: float


class Quote(TypedDict):
    """A stretch between quotation marks."""

    id: int
    span: Span
    text: str
    role: Literal["speech", "fragment", "title", "nickname", "scare"]
    attribution: int | None
    paragraphs: int
    closed: bool


class Base(TypedDict):
    """A value in its unit's base."""

    value: float
    unit: str


class Change(TypedDict):
    """The movement that a claim marks."""

    direction: Literal["up", "down"]
    role: Literal["amount", "from", "to"]


class Claim(TypedDict):
    """A number that the article states, and who vouches for it."""

    id: int
    sentence: int
    span: Span
    number: Span
    text: str
    value: float | None
    low: float | None
    high: float | None
    bound: Literal["=", "~", ">", ">=", "<", "<="]
    kind: Literal[
        "count", "money", "percent", "measure", "duration", "age", "ratio", "score", "rate", "multiplier"
    ]
    unit: str
    per: str | None
    base: Base | None
    of: Excerpt | None
    when: Excerpt | None
    change: Change | None
    negated: bool
    claimant: int | None
    attribution: int | None
    figure: int | None
    rule: str
    confidence: float


class Figure(TypedDict):
    """Claims about one and the same quantity at one time."""

    id: int
    of: str
    unit: str
    claims: list[int]
    low: float
    high: float
    agree: bool


class Diagnostic(TypedDict):
    """Something the reader of the record should know about the reading."""

    span: Span
    code: str
    message: str


class Record(dict[str, Any]):
    """One article's record. It is a dict; `json.dump` writes it, `==` compares it, pickle keeps it.

    >>> import onrecord
    >>> record = onrecord.extract("“It rained for 12 hours,” said Mayor Ana Brandt.", id="a")
    >>> list(record)[:5]
    ['schema', 'engine', 'id', 'offsets', 'length']
    >>> record
    <Record 'a': 1 attributions, 1 claims, 1 quotes, 1 sources>

    The article's text is kept beside it, for its display in a notebook:

    >>> record.article
    '“It rained for 12 hours,” said Mayor Ana Brandt.'
    >>> "<mark" in record._repr_html_()
    True
    """

    __slots__ = ("article",)

    article: str | None

    def __init__(self, fields: Any = (), article: str | None = None) -> None:
        super().__init__(fields)
        self.article = article

    def __repr__(self) -> str:
        counts = ", ".join(
            f"{len(self.get(key, ()))} {key}" for key in ("attributions", "claims", "quotes", "sources")
        )
        return f"<Record {self.get('id')!r}: {counts}>"

    def _repr_html_(self) -> str:
        from .html import page

        return page(self, self.article)

    if TYPE_CHECKING:

        @overload
        def __getitem__(self, key: Literal["schema", "engine", "id", "offsets"], /) -> str: ...
        @overload
        def __getitem__(self, key: Literal["length"], /) -> int: ...
        @overload
        def __getitem__(self, key: Literal["meta"], /) -> Meta: ...
        @overload
        def __getitem__(self, key: Literal["text"], /) -> str | None: ...
        @overload
        def __getitem__(self, key: Literal["blocks"], /) -> list[Block]: ...
        @overload
        def __getitem__(self, key: Literal["sentences"], /) -> list[Sentence]: ...
        @overload
        def __getitem__(self, key: Literal["sources"], /) -> list[Source]: ...
        @overload
        def __getitem__(self, key: Literal["attributions"], /) -> list[Attribution]: ...
        @overload
        def __getitem__(self, key: Literal["quotes"], /) -> list[Quote]: ...
        @overload
        def __getitem__(self, key: Literal["claims"], /) -> list[Claim]: ...
        @overload
        def __getitem__(self, key: Literal["figures"], /) -> list[Figure]: ...
        @overload
        def __getitem__(self, key: Literal["diagnostics"], /) -> list[Diagnostic]: ...
        @overload
        def __getitem__(self, key: str, /) -> Any: ...
        def __getitem__(self, key: str, /) -> Any: ...
