"""The display in a notebook: the whole article, what was found marked, nothing unescaped."""

from __future__ import annotations

import html
import html.parser
from typing import Any

import onrecord


class Page(html.parser.HTMLParser):
    """Text and elements of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.text: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(page)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def test_the_article_is_there_with_what_was_found(corpus: list[dict[str, Any]]) -> None:
    for article in corpus:
        record = onrecord.extract(**article)
        page = Page(record._repr_html_())
        text = "".join(page.text)
        for block in record["blocks"]:
            start, end = block["span"]
            assert article["text"][start:end].replace("\r\n", "\n").replace("\r", "\n") in text.replace(
                "\r\n", "\n"
            ).replace("\r", "\n")
        marks = [attrs for tag, attrs in page.elements if tag == "mark"]
        assert len(marks) > 5 + len(record["attributions"])
        assert {tag for tag, _ in page.elements} == {"div", "p", "mark"}
        assert {name for _, attrs in page.elements for name in attrs} <= {"style", "title"}


def test_nothing_of_the_article_becomes_markup() -> None:
    text = "<script>alert(1)</script> “It 'rained' & <b>for</b> 12 hours,” said Mayor Ana <img onerror=x> O'Dell' title='y\"."
    record = onrecord.extract(text, id="<i>'\"", title="<b>&", publisher="'><script>")
    record["attributions"][0]["rule"] = "'><script>"
    record["sources"][0]["name"] = "' onmouseover='x"
    page = Page(record._repr_html_())
    assert {tag for tag, _ in page.elements} == {"div", "p", "mark"}
    assert {name for _, attrs in page.elements for name in attrs} <= {"style", "title"}
    assert text in "".join(page.text)


PIECES = [
    "<script>pwn()</script>",
    "'><img src=x onerror=pwn()>",
    "\"><svg/onload=pwn()>",
    "</mark></p></div><b onclick='pwn()'>",
    "<![CDATA[ ]]>--><!-- <style>*{display:none}</style>",
    "&lt;script&gt; &#x3C;script&#x3E; &apos; onmouseover=pwn()",
    "javascript:pwn() <a href='javascript:pwn()'>",
    "' style='position:fixed;background:url(https://post.example/)' title='",
    "` onmouseover=pwn() `",
    "\u202egpj.pwn\u2066\u2069",
    "a\0b\x1b[2J\x7f\x9b31m\ufdd0\uffff",
    "{{ 7*7 }} {% raw %} ${7*7} $$\\href{javascript:pwn()}{x}$$",
]
ACTS = [*map(chr, range(32)), *map(chr, range(0x7F, 0xA0)), *"\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"]
ACTS = [char for char in ACTS if char not in "\n\t\r"]


def everywhere(value: Any, piece: str) -> Any:
    """The same, with the piece in each of its texts but for those that say what stands where."""
    if isinstance(value, dict):
        return {k: v if k in ("offsets", "text") else everywhere(v, piece) for k, v in value.items()}
    if isinstance(value, list):
        return [everywhere(item, piece) for item in value]
    return piece + value if isinstance(value, str) else value


def article(piece: str) -> str:
    return (
        f"“The river {piece} rose,” Mayor {piece} Ana Brandt said of 40 {piece} people on Tuesday.\n\n"
        f"{piece}: More than 1,200 {piece} people left, Karl Holm {piece} of Orla said. It cost {piece} $12 an hour."
    )


def test_hostile_text_is_text_in_every_place() -> None:
    tame = onrecord.extract(article("again"), id="a", title="b", publisher="c", date="2024-05-01")
    for piece in PIECES:
        text = article(piece)
        for unit in ("chars", "bytes", "utf16"):
            pipeline = onrecord.Pipeline(offsets=unit)
            record = pipeline.extract(text, id=piece, title=piece, publisher=piece, date=piece)
            for fields in (dict(record), everywhere(dict(record), piece), everywhere(dict(tame), piece)):
                shown = onrecord.Record(fields, text)._repr_html_()
                page = Page(shown)
                assert {tag for tag, _ in page.elements} <= {"div", "p", "mark"}, piece
                for _, attrs in page.elements:
                    assert set(attrs) <= {"style", "title"}, attrs
                    style = attrs.get("style") or ""
                    assert "url" not in style and "position" not in style and "pwn" not in style, style
                assert not [char for char in ACTS if char in shown], piece
                assert shown.isprintable() or set(shown) - set("\n\t\r") <= {c for c in shown if c.isprintable()}
                if not set(ACTS) & set(piece) and "\ufdd0" not in piece:
                    assert piece in "".join(page.text), piece


def test_what_acts_is_spelled_out() -> None:
    shown = onrecord.extract("Rain\0 fell \u202eon\u2066 40 people\x7f.\x9b", id="\x1b[2J")._repr_html_()
    for spelled in ("Rain\u2400", "⟨U+202E⟩", "⟨U+2066⟩", "\u2421", "⟨U+009B⟩", "\u241b[2J"):
        assert spelled in shown, spelled


def test_records_that_do_not_fit_their_text_are_shown() -> None:
    record = onrecord.extract("“It rained for 12 hours,” said Mayor Ana Brandt.", id="a")
    for offsets in ("chars", "bytes", "utf16"):
        short = onrecord.Record({**record, "offsets": offsets}, "Rain \ud800 fell.")
        assert "Rain ⟨U+D800⟩" in "".join(Page(short._repr_html_()).text)
    for key in record:
        parted = onrecord.Record({k: v for k, v in record.items() if k != key}, record.article)
        assert Page(parted._repr_html_()).elements, key
    assert "&lt;b&gt;" in onrecord.Record({"id": "<b>"})._repr_html_()
    lost = onrecord.Record({**record, "sources": []}, record.article)
    assert "Mayor Ana Brandt" in lost._repr_html_()


def test_every_unit_of_offsets_marks_the_same() -> None:
    text = "🌧️é “It rained for 12 hours,” said Mayor Ana Brandt."
    pages: list[Any] = [onrecord.Pipeline(offsets=unit).extract(text, id="a")._repr_html_() for unit in ("chars", "bytes", "utf16")]
    assert pages[0] == pages[1] == pages[2] and ">12 hours</mark>" in pages[0]


def test_without_an_article_the_counts() -> None:
    record = onrecord.extract("It rained for 12 hours.", id="a")
    bare = onrecord.Record(dict(record))
    assert "1 claims" in bare._repr_html_() and "<mark" not in bare._repr_html_()
    with_text = onrecord.Pipeline(with_text=True).extract("It rained for 12 hours.", id="a")
    assert onrecord.Record(dict(with_text))._repr_html_() == record._repr_html_()
    empty = onrecord.Pipeline(only=["claims"]).extract("It rained for 12 hours.", id="a")
    assert ">12 hours</mark>" in empty._repr_html_()
