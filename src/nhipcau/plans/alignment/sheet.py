"""The page of a comparison: what differs first, each with a sentence and what both plans say; then what is kept. Pure."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vanban.text import fold, sort_key

from . import words

KINDS = ("dropped", "weakened", "narrowed", "changed", "strengthened", "widened", "added")
FINDING = "finding"
QUOTED = 150  # signs of a text that a quote shows: three lines on paper
_BEFORE = 45  # of them before the words that differ


@dataclasses.dataclass(frozen=True, slots=True)
class Piece:
    """Words of a quote; ``is_marked``: they are what differs."""

    text: str
    is_marked: bool = False


@dataclasses.dataclass(frozen=True, slots=True)
class Quote:
    """What a plan says: under which label, in which line; ``is_mended``: the words were torn in the file."""

    label: str
    pieces: tuple[Piece, ...]
    line: int | None
    is_mended: bool = False

    @property
    def text(self) -> str:
        """The quote in plain words."""
        said = "".join(piece.text for piece in self.pieces)
        return f"{self.label}: {said}" if self.label else said


@dataclasses.dataclass(frozen=True, slots=True)
class Row:
    """One difference, or one finding on the two plans together."""

    kind: str
    part: str
    higher: tuple[str, ...]
    lower: tuple[str, ...]
    sentences: tuple[str, ...]
    quotes: tuple[tuple[Quote, ...], tuple[Quote, ...]]
    agencies: frozenset[str] = frozenset()
    label: str = ""
    state: str = "none"
    suggestion: str = ""
    who: str = ""  # of a duty: on whom it is laid

    @property
    def text(self) -> str:
        """All its sentences."""
        return " ".join(self.sentences)

    @property
    def is_moved(self) -> bool:
        """Whether the item bears other codes in the lower plan."""
        return bool(self.higher and self.lower) and self.higher != self.lower

    @property
    def is_mended(self) -> bool:
        """Whether words were mended in what is quoted."""
        return any(quote.is_mended for side in self.quotes for quote in side)


@dataclasses.dataclass(frozen=True, slots=True)
class Kept:
    """An item that the lower plan keeps."""

    part: str
    higher: tuple[str, ...]
    lower: tuple[str, ...]
    text: str

    @property
    def is_moved(self) -> bool:
        """Whether it bears another code there."""
        return self.higher != self.lower


@dataclasses.dataclass(frozen=True, slots=True)
class Wanted:
    """What of the differences is to be shown: one kind, one part, one agency; "" shows all."""

    kind: str = ""
    part: str = ""
    agency: str = ""

    def takes(self, row: Row) -> bool:
        """Whether a row is shown."""
        return (
            self.kind in ("", row.kind)
            and self.part in ("", row.part)
            and (not self.agency or fold(self.agency) in {fold(name) for name in row.agencies})
        )


@dataclasses.dataclass(frozen=True, slots=True)
class Sheet:
    """A comparison as its page and its files show it."""

    sides: tuple[str, str]
    rows: tuple[Row, ...]
    kept: tuple[Kept, ...]
    counterparts: tuple[tuple[str, str, str], ...]
    counts: Mapping[str, Mapping[str, int]]

    def shown(self, wanted: Wanted) -> list[Row]:
        """The rows that a filter takes."""
        return [row for row in self.rows if wanted.takes(row)]

    @property
    def agencies(self) -> list[str]:
        """The agencies that the differences are about, in Vietnamese order."""
        by_name = {fold(name): name for row in self.rows for name in sorted(row.agencies)}
        return sorted(by_name.values(), key=sort_key)

    def count(self, kind: str, part: str = "") -> int:
        """How many items of a kind, in one part or in both."""
        return sum(self.counts.get(one, {}).get(kind, 0) for one in ((part,) if part else ("task", "duty")))

    def total(self, part: str = "") -> int:
        """How many items the higher plan has."""
        parts = (part,) if part else ("task", "duty")
        return sum(n for one in parts for kind, n in self.counts.get(one, {}).items() if kind != "added")


def sheet_of(result: Mapping[str, Any], extra: Mapping[str, Any], counts: Mapping[str, Any]) -> Sheet:
    """The sheet of a comparison; ``result`` is its object in the reader's language."""
    rows = [_row(pair, at, extra) for at, pair in enumerate(result["pairs"]) if pair["kind"] != "kept"]
    warnings: list[Row] = []
    notes: list[Row] = []
    for finding, shown in zip(result["findings"], extra["findings"], strict=True):
        (warnings if finding["severity"] != "note" else notes).append(_found(finding, shown, extra["torn"][1]))
    rows.sort(key=lambda row: KINDS.index(row.kind))
    dropped = [row for row in rows if row.kind == "dropped"]
    return Sheet(
        sides=words.sides(extra["sides"]),
        rows=(*dropped, *warnings, *rows[len(dropped) :], *notes),
        kept=tuple(_kept(pair, extra) for pair in result["pairs"] if pair["kind"] == "kept"),
        counterparts=tuple((one, other, source) for one, other, source in extra["counterparts"]),
        counts=counts,
    )


def _items(extra: Mapping[str, Any], side: str, part: str, codes: Iterable[str]) -> list[Mapping[str, Any]]:
    by_code = extra["items"][side][part]
    return [by_code[code] for code in codes if code in by_code]


def _kept(pair: Mapping[str, Any], extra: Mapping[str, Any]) -> Kept:
    items = _items(extra, "higher", pair["part"], pair["higher"])
    text = items[0]["text"] if items else ""
    return Kept(pair["part"], tuple(pair["higher"]), tuple(pair["lower"]), text)


def _row(pair: Mapping[str, Any], at: int, extra: Mapping[str, Any]) -> Row:
    part, kind = pair["part"], pair["kind"]
    sides = [_items(extra, side, part, pair[side]) for side in ("higher", "lower")]
    weights, places = extra["weights"][at], extra["places"][at]
    differing = [
        (change, place)
        for change, weight, place in zip(pair["changes"], weights, places, strict=True)
        if weight == "difference"
    ]
    agencies = {name for items in sides for item in items for name in _agencies(item)}
    return Row(
        kind=kind,
        part=part,
        higher=tuple(pair["higher"]),
        lower=tuple(pair["lower"]),
        sentences=_sentences(kind, sides, differing),
        quotes=(_quotes(sides[0], differing, 0), _quotes(sides[1], differing, 1)),
        agencies=frozenset(agencies),
        who=", ".join((sides[0] or sides[1])[0].get("agencies", ())) if sides[0] or sides[1] else "",
        label=words.kind(kind),
        state=words.STATES[kind],
    )


def _agencies(item: Mapping[str, Any]) -> list[str]:
    return [name for field in ("lead", "coordinating", "agencies") for name in item.get(field, ())]


def _sentences(
    kind: str, sides: Sequence[Sequence[Mapping[str, Any]]], differing: Sequence[tuple[Mapping[str, Any], Any]]
) -> tuple[str, ...]:
    if kind == "dropped" and sides[0]:
        return (words.left_out(sides[0][0]["text"], sides[0][0].get("time", "")),)
    if kind == "added" and sides[1]:
        return (words.put_in(sides[1][0]["text"], sides[1][0].get("time", "")),)
    said = [change["note"] for change, _place in differing if change["note"]]
    return tuple(dict.fromkeys(said)) or (words.kind(kind),)


def _quotes(
    items: Sequence[Mapping[str, Any]], differing: Sequence[tuple[Mapping[str, Any], Any]], side: int
) -> tuple[Quote, ...]:
    """What one side says where the two differ: each field once, the words that differ marked."""
    if not items:
        return ()
    by_field: dict[str, list[tuple[str, int | None]]] = {}
    for change, place in differing:
        field = "text" if change["field"] == "verb" else change["field"]
        by_field.setdefault(field, []).append((change["to" if side else "from"] or "", place[side]))
    quotes = []
    for field, found in by_field.items():
        said = [_said(item, field) for item in items]
        text = " ".join(part for part in said if part)
        if text:
            pieces = marked(text, [words for words, _line in found])
            is_mended = bool(items[0].get("mended"))
            quotes.append(Quote(words.field(field), pieces, found[0][1] or items[0]["lines"][0], is_mended))
    return tuple(quotes)


def _said(item: Mapping[str, Any], field: str) -> str:
    value = item.get(field) or ""
    return value if isinstance(value, str) else ", ".join(value)


def marked(text: str, differing: Iterable[str], size: int = QUOTED) -> tuple[Piece, ...]:
    """A stretch of ``text`` around the first of the words that differ, these marked."""
    flat = " ".join(text.split())
    low = flat.lower()
    spans: list[tuple[int, int]] = []
    for wanted in (" ".join(part.split()).lower() for part in differing):
        at = low.find(wanted) if wanted and len(wanted) < size else -1
        if at >= 0 and all(at >= end or at + len(wanted) <= start for start, end in spans):
            spans.append((at, at + len(wanted)))
    start, end = _stretch(flat, min(spans)[0] if spans else 0, min(spans)[1] if spans else 0, size)
    pieces, at = [], start
    for first, last in sorted(span for span in spans if start <= span[0] and span[1] <= end):
        pieces += [Piece(flat[at:first]), Piece(flat[first:last], is_marked=True)]
        at = last
    pieces.append(Piece(flat[at:end]))
    if start > 0:
        pieces.insert(0, Piece("… "))
    if end < len(flat):
        pieces.append(Piece(" …"))
    return tuple(piece for piece in pieces if piece.text)


def _stretch(text: str, first: int, last: int, size: int) -> tuple[int, int]:
    """Where a quote of about ``size`` signs around a span begins and ends: at words."""
    if len(text) <= size:
        return 0, len(text)
    start = max(0, min(first - _BEFORE, len(text) - size))
    start = 0 if start < 15 else start
    end = min(len(text), start + size)
    if start:
        start = text.find(" ", start) + 1
    if end < len(text):
        end = text.rfind(" ", start, end)
    return start, max(end, last)


def _found(finding: Mapping[str, Any], shown: Mapping[str, Any], is_torn: bool) -> Row:
    quotes = []
    for side in ("higher", "lower"):
        said = shown[side]
        is_mended = side == "lower" and is_torn
        quotes.append((Quote("", (Piece(said["text"]),), said["line"], is_mended),) if said else ())
    is_note = finding["severity"] == "note"
    return Row(
        kind=FINDING,
        part="",
        higher=(),
        lower=(),
        sentences=(finding["message"],),
        quotes=(quotes[0], quotes[1]),
        label=words.finding(finding["rule"], is_note=is_note),
        state="none" if is_note else "need",
        suggestion=finding["suggestion"] or "",
    )


def summary(sheet: Sheet) -> str:
    """One sentence on what the lower plan does with the higher one's tasks and duties."""
    tasks, duties = sheet.total("task"), sheet.total("duty")
    items = [ngettext("%(n)s nhiệm vụ", "%(n)s nhiệm vụ", tasks) % {"n": tasks}] if tasks else []
    items += [ngettext("%(n)s trách nhiệm", "%(n)s trách nhiệm", duties) % {"n": duties}] if duties else []
    higher, lower = sheet.sides
    done = [words.done(kind, n) for kind in (*KINDS[:-1], "kept") if (n := sheet.count(kind))]
    added = sheet.count("added")
    if not items:
        return _("Kế hoạch cấp trên không có nhiệm vụ hay trách nhiệm nào để so sánh.")
    said = _("Trong %(items)s của %(higher)s, %(lower)s %(done)s.") % {
        "items": words.listed(items),
        "higher": higher,
        "lower": lower,
        "done": words.listed(done),
    }
    if added:
        own = ngettext("%(lower)s tự thêm %(n)s mục.", "%(lower)s tự thêm %(n)s mục.", added)
        said += " " + own % {"lower": lower[:1].upper() + lower[1:], "n": added}
    return said
