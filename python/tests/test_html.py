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
