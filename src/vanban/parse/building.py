"""The value of an official document from its named blocks."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import Literal, cast

from vanban.official import (
    Annex,
    Block,
    Heading,
    OfficialDocument,
    Paragraph,
    Picture,
    Run,
    Runs,
    Signature,
    Table,
    TableCell,
    form_of,
    settled_widths,
    without_end_mark,
)
from vanban.official.document import TITLED_BELOW, HeadingKind
from vanban.parse import wording
from vanban.parse.roles import HEADINGS, Named
from vanban.parse.seen import SeenParagraph, SeenPicture, SeenRun, SeenTable

_BREAKABLE = "-–—/|…!?}"  # after these a line may end within a word
_TITLE_BREAKABLE = "-/"
_BRACKETS = re.compile(r"^\((.*)\)\.?$", re.DOTALL)
_TITLES = (
    "parent",
    "issuer",
    "about",
    "subject",
    "type",
    "authority",
    "part_title",
    "annex_title",
    "annex_attached",
    "signature",
)


def built(items: Sequence[Named]) -> OfficialDocument:
    """The document that these blocks make. What none of them says is empty."""
    own = [item for item in items if not item.annex]
    doc_type = said(own, "type")
    number, code = _symbol(said(own, "symbol"))
    place, date = dated(said(own, "place_date"))
    about = wording.ABOUT.sub("", said(own, "about"))
    known = wording.type_of(doc_type) or doc_type.capitalize()
    recipients, archive = _recipients(listed(own, "recipients"))
    return OfficialDocument(
        type=known or "Công văn",
        issuer=said(own, "issuer"),
        subject=said(own, "subject") if known else about,
        code=code,
        place=place,
        parent=said(own, "parent"),
        number=number,
        date=date,
        urgency=cast(Literal["", "KHẨN", "THƯỢNG KHẨN", "HỎA TỐC"], wording.urgency(said(own, "urgency"))),
        authority=said(own, "authority"),
        bases=tuple(_unstopped(text) for text in listed(own, "basis")),
        addressees=_addressees(listed(own, "addressees"), form_of(known)),
        body=without_end_mark(_body(own)),
        recipients=recipients,
        archive=archive,
        signature=Signature(tuple(listed(own, "signature")), said(own, "signer")),
        annexes=tuple(_annex(items, n) for n in range(1, 1 + max((item.annex for item in items), default=0))),
    )


def said(items: Sequence[Named], role: str) -> str:
    """What the paragraphs of a role say, joined; "" where there are none."""
    return " ".join(listed(items, role))


def listed(items: Sequence[Named], role: str) -> list[str]:
    """What each paragraph of a role says, its mark before it."""
    return [
        " ".join(f"{item.block.mark} {joined(item.block, is_title=role in _TITLES)}".split())
        for item in items
        if item.role == role and isinstance(item.block, SeenParagraph)
    ]


def joined(block: SeenParagraph, *, is_title: bool) -> str:
    """The text of a paragraph, its lines joined as they were before they were broken."""
    return "".join(run.text for run in runs_of(block, is_title=is_title))


def runs_of(block: SeenParagraph, *, is_title: bool = False) -> Runs:
    """The runs of a paragraph: breaks resolved, blanks single, those between two hands with the first of them.

    A line that ends without a blank goes on after one, unless it was broken within a word: after a hyphen or the like."""
    whole = "".join(run.text for run in block.runs)
    found: list[Run] = []
    at = 0
    for run in block.runs:
        text = ""
        for sign in run.text:
            if sign == "\n":
                before, after = whole[at - 1 : at], whole[at + 1 : at + 2]
                breakable = _TITLE_BREAKABLE if is_title else _BREAKABLE
                in_word = before in breakable and whole[at - 2 : at - 1] != " " and after != ""
                glued = in_word or (block.glued and not is_title)
                text += "" if glued else " "
            else:
                text += sign
            at += 1
        _add(found, text, run)
    if found:
        found[-1] = Run(found[-1].text.rstrip(), found[-1].bold, found[-1].italic)
    return tuple(run for run in found if run.text)


def _add(found: list[Run], text: str, run: SeenRun) -> None:
    text = re.sub(r"\s+", " ", text)
    if not found or found[-1].text.endswith(" "):
        text = text.lstrip()
    elif text.startswith(" "):
        found[-1] = Run(found[-1].text + " ", found[-1].bold, found[-1].italic)
        text = text[1:]
    if not text:
        return
    if found and (found[-1].bold, found[-1].italic) == (run.hand.bold, run.hand.italic):
        found[-1] = Run(found[-1].text + text, found[-1].bold, found[-1].italic)
    else:
        found.append(Run(text, run.hand.bold, run.hand.italic))


# --- the head and the foot -------------------------------------------------------------------------------------


def _symbol(text: str) -> tuple[int | None, str]:
    found = wording.SYMBOL.match(text)
    if found is None:
        return None, ""
    number = int(found["number"]) if found["number"] and len(found["number"]) < 9 else None
    return number, found["code"].replace(" ", "")


def dated(text: str) -> tuple[str, dt.date | None]:
    """The place and the day of the line that says both; None for a day that is not written or not in the calendar."""
    found = wording.DATE.match(text)
    if found is None:
        return "", None
    place = found["place"].rstrip(", ")
    try:
        return place, dt.date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        return place, None


def _addressees(texts: Sequence[str], form: str) -> tuple[str, ...]:
    found: list[str] = []
    for n, text in enumerate(texts):
        if n == 0:
            lead = wording.GREETING.match(text) or wording.LEAD.match(text)
            rest = text[lead.end() :] if lead else text
            if rest:
                found.append(_unstopped(rest))
        else:
            found.append(_unstopped(_undashed(text)))
    return tuple(found)


def _undashed(text: str) -> str:
    """A line of a list without its dash; what it says may begin with another."""
    return text[1:].lstrip() if text[:1] in ("-", "–", "+") else text


def _unstopped(text: str) -> str:
    return text.removesuffix(".").removesuffix(";").rstrip()


def _recipients(texts: Sequence[str]) -> tuple[tuple[str, ...], str]:
    """The recipients, and what follows "Lưu:"."""
    found: list[str] = []
    for text in texts:
        if text[:1] not in "-–+" and found:  # a line that goes on
            found[-1] = f"{found[-1]} {text}"
        else:
            found.append(text)
    found = [_unstopped(_undashed(text)) for text in found]
    archive = ""
    if found and (kept := wording.ARCHIVE.match(found[-1])):
        archive = found.pop()[kept.end() :]
    return tuple(found), archive


def _annex(items: Sequence[Named], position: int) -> Annex:
    own = [item for item in items if item.annex == position]
    attached = said(own, "annex_attached")
    inner = _BRACKETS.match(attached)
    return Annex(
        title=said(own, "annex_title"),
        attached=inner[1] if inner else attached,
        body=_body(own),
        landscape=_is_landscape(own),
    )


def _is_landscape(items: Sequence[Named]) -> bool:
    return any(item.landscape for item in items)


# --- the text --------------------------------------------------------------------------------------------------


def _body(items: Sequence[Named]) -> tuple[Block, ...]:
    found: list[Block] = []
    for item in items:
        block = item.block
        if isinstance(block, SeenTable) and item.role == "table":
            found.append(_table(block))
        elif isinstance(block, SeenPicture):
            found.append(Picture(block.alt))
        elif isinstance(block, SeenParagraph):
            last = found[-1] if found else None
            if item.role == "part_title" and isinstance(last, Heading) and not last.title:
                found[-1] = Heading(last.kind, last.mark, joined(block, is_title=True))
            elif item.role in HEADINGS:
                found.append(_heading(block, item.role))
            elif item.role in ("body", "part_title"):
                found.append(_paragraph(block))
    return tuple(found)


def _heading(block: SeenParagraph, role: str) -> Heading:
    text = " ".join(f"{block.mark} {joined(block, is_title=role in TITLED_BELOW)}".split())
    for kind, pattern in wording.HEADINGS:
        found = pattern.match(text)
        if found is not None:
            return Heading(cast(HeadingKind, kind), found[0], text[found.end() :].strip())
    return Heading(cast(HeadingKind, role), "", text)


def _paragraph(block: SeenParagraph) -> Paragraph:
    runs = runs_of(block)
    mark = block.mark
    if not mark:
        whole = "".join(run.text for run in runs)
        found = wording.MARK.match(whole) or wording.BULLET.match(whole)
        if found is not None:
            mark = found[0] if wording.MARK.match(whole) else "-"
            runs = _without(runs, found.end())
    align = block.align if block.align and not mark else "justify"
    return Paragraph(runs, mark, align)


def _without(runs: Runs, count: int) -> Runs:
    """Runs without their first signs and the blanks after these."""
    found: list[Run] = []
    for run in runs:
        text = run.text[count:]
        count = max(0, count - len(run.text))
        if not found:
            text = text.lstrip()
        if text:
            found.append(Run(text, run.bold, run.italic))
    return tuple(found)


def _table(table: SeenTable) -> Table:
    rows = tuple(
        tuple(
            TableCell(
                lines=_lines(cell.paragraphs, is_head=index < table.head_rows),
                columns=cell.columns,
                rows=cell.rows,
                align="center" if index < table.head_rows else _cell_align(cell.paragraphs),
            )
            for cell in row
        )
        for index, row in enumerate(table.rows)
    )
    return Table(rows, _shares(table.widths), table.head_rows)


def _shares(widths: Sequence[float]) -> tuple[float, ...]:
    """Widths as shares in thousandths: where each column begins is rounded, not how wide it is."""
    whole = sum(widths)
    edges = [round(sum(widths[:n]) / whole * 1000) for n in range(len(widths) + 1)] if whole else []
    shares = [after - before for before, after in zip(edges, edges[1:], strict=False)]
    return settled_widths(shares if shares and min(shares) > 0 else (1.0,) * len(widths))


def _lines(paragraphs: Sequence[SeenParagraph], *, is_head: bool) -> tuple[Runs, ...]:
    lines = [runs_of(found) for found in paragraphs]
    if is_head:
        lines = [_thin(line) for line in lines]
    return tuple(line for line in lines if line)


def _thin(runs: Runs) -> Runs:
    found: list[Run] = []
    for run in runs:
        if found and found[-1].italic == run.italic:
            found[-1] = Run(found[-1].text + run.text, italic=run.italic)
        else:
            found.append(Run(run.text, italic=run.italic))
    return tuple(found)


def _cell_align(paragraphs: Sequence[SeenParagraph]) -> Literal["left", "center", "right"]:
    shown = [found for found in paragraphs if found.text]
    align = shown[0].align if shown else "left"
    return align if align in ("center", "right") else "left"
