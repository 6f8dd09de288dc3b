"""A record → the article as HTML, with what was found marked: what a notebook shows.

Every character of the article, and whatever else comes from it, is escaped, and what would act on the page without
being markup (control characters, marks that turn the direction of all that follows) is spelled out. Styles stand in the
elements and are translucent, so that they serve on a light and on a dark page, and nothing leaks into the rest of the
notebook.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .record import Record, Span

# what a stretch can be, the later over the earlier, and how it looks
STYLES = {
    "content": "background:rgba(56,139,253,.16)",
    "quote": "background:rgba(46,160,67,.20)",
    "source": "background:rgba(210,153,34,.35);font-weight:600",
    "cue": "background:rgba(188,76,196,.25);font-weight:600",
}
CLAIM = "border-bottom:2px solid rgba(248,81,73,.9)"
RESET = "color:inherit;padding:0"
QUIET = "opacity:.7;font-size:85%"


def _spelled() -> dict[int, str]:
    """What is shown in place of characters that act, or that no page may hold."""
    acting = [*range(0x80, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
    never = [*range(0xD800, 0xE000), *range(0xFDD0, 0xFDF0), 0xFFFE, 0xFFFF]
    spelled = {code: f"\u27e8U+{code:04X}\u27e9" for code in acting + never}
    pictures = {code: chr(0x2400 + code) for code in range(0x20) if chr(code) not in "\n\t\r"}
    return {**spelled, **pictures, 0x7F: "\u2421"}


SPELLED = _spelled()
# the keys of a record that the page reads
NEEDED = frozenset("id offsets length meta blocks sources attributions quotes claims".split())


def _shown(text: str) -> str:
    return escape(text.translate(SPELLED))


def page(record: Record, article: str | None) -> str:
    """The article, marked; its counts alone where the text is not to be had, or what is left of a record."""
    if not NEEDED <= record.keys():
        return f"<div>{_shown(repr(record))}</div>"
    text = record.get("text") if article is None else article
    head = f"<div style='{QUIET}'>{_shown(_head(record))}</div>"
    if not isinstance(text, str):
        return f"<div>{head}</div>"
    legend = " ".join(_mark(name, name, False, "") for name in STYLES) + " " + _mark("claim", "", True, "")
    body = "".join(_blocks(record, text))
    return f"<div style='max-width:50em;line-height:1.6'>{head}<div style='{QUIET}'>{legend}</div>{body}</div>"


def _head(record: Record) -> str:
    meta = record["meta"]
    known = [record["id"], meta["title"], meta["publisher"], meta["date"]]
    counts = [f"{len(record[key])} {key}" for key in ("attributions", "claims", "quotes", "sources")]
    return " · ".join([str(part) for part in known if part] + [", ".join(counts)])


def _blocks(record: Record, text: str) -> list[str]:
    place = _place(text, record["offsets"])
    roles, claims, notes = _paint(record, len(text), place)
    html = []
    blocks = record["blocks"] or [{"span": [0, record["length"]], "kind": "paragraph"}]
    for block in blocks:
        at, end = (place(offset) for offset in block["span"])
        pieces = []
        while at < end:
            stop = at + 1
            while stop < end and (roles[stop], claims[stop], notes[stop]) == (roles[at], claims[at], notes[at]):
                stop += 1
            pieces.append(_mark(text[at:stop], roles[at], claims[at], notes[at]))
            at = stop
        weight = "600" if block["kind"] in ("headline", "heading") else "inherit"
        faint = ";opacity:.6" if block["kind"] in ("boilerplate", "byline", "caption") else ""
        html.append(
            f"<p style='margin:.5em 0;white-space:pre-wrap;font-weight:{weight}{faint}'>{''.join(pieces)}</p>"
        )
    return html


def _place(text: str, unit: str):  # type: ignore[no-untyped-def]
    """From offsets of the record's unit to characters; what lies beyond the text is its end."""
    if unit == "chars":
        return lambda offset: min(max(offset, 0), len(text))
    places = []
    for at, char in enumerate(text):
        encoded = char.encode("utf-8" if unit == "bytes" else "utf-16-le", "surrogatepass")
        places += [at] * (len(encoded) if unit == "bytes" else len(encoded) // 2)
    places.append(len(text))
    return lambda offset: places[min(max(offset, 0), len(places) - 1)]


def _paint(record: Record, length: int, place):  # type: ignore[no-untyped-def]
    """For each character what it is, whether it is a claim's, and what there is to say of it."""
    roles, claims, notes = [""] * length, [False] * length, [""] * length

    def put(span: Span, role: str, note: str) -> None:
        for at in range(place(span[0]), place(span[1])):
            if role:
                roles[at] = role
            else:
                claims[at] = True
            notes[at] = note or notes[at]

    said, cast = record["attributions"], record["sources"]

    def name(ref: int | None, otherwise: str) -> str:
        return cast[ref]["name"] if ref is not None and 0 <= ref < len(cast) else otherwise

    for a in said:
        source = a["source"]
        who = name(source["ref"], source["text"]) if source else "no source"
        for span in a["content"]["spans"]:
            put(span, "content", f"{who} · {a['kind']}, {a['mode']} · {a['rule']} {a['confidence']:.2f}")
    for quote in record["quotes"]:
        put(quote["span"], "quote", "")
    for a in said:
        if a["source"]:
            put(a["source"]["span"], "source", name(a["source"]["ref"], ""))
        if a["cue"]:
            put(a["cue"]["span"], "cue", f"{a['cue']['lemma']} · {a['cue']['stance']}")
    for c in record["claims"]:
        value = c["value"] if c["value"] is not None else f"{c['low']} to {c['high']}"
        per = f" per {c['per']}" if c["per"] else ""
        put(c["span"], "", f"{c['bound']} {value} {c['unit']}{per} · {c['kind']} · {c['rule']} {c['confidence']:.2f}")
    return roles, claims, notes


def _mark(text: str, role: str, claim: bool, note: str) -> str:
    if not role and not claim:
        return _shown(text)
    style = ";".join([RESET, STYLES.get(role, "background:none")] + [CLAIM] * claim)
    title = f" title='{_shown(note)}'" if note else ""
    return f"<mark style='{style}'{title}>{_shown(text)}</mark>"
