"""How a page offers the documents that can be written from what it shows, and how a document looks on a page."""

from __future__ import annotations

import base64
from typing import Any

from django import template
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from nhipcau.core import rooms
from vanban.official import OfficialDocument, Picture, Run, Table, TableCell, Unprintable
from vanban.write.laying import Laid, Line, Piece, laid

from ..queries.outgoing.seen import documents_about
from ..rules.wordings import may_write_papers
from ..wording import neat

register = template.Library()


@register.inclusion_tag("documents/papers.html", takes_context=True)
def papers(context: dict[str, Any], place: str, public_id: str, about: str = "") -> dict[str, Any]:
    """The documents that rooms offer to write on this page about the thing ``public_id``, as buttons for those who write;
    and, where ``about`` says its kind, those that were written already, for those who may read them (one query)."""
    actor = context.get("actor")
    offered = (
        [one for one in rooms.papers(place) if one.may(actor)] if actor is not None and may_write_papers(actor) else []
    )
    return {
        "papers": [
            {"kind": one.kind, "label": one.label, "doc_type": neat(one.words.get("doc_type", ""))} for one in offered
        ],
        "tu": public_id,
        "written": documents_about(actor, about, [public_id]).get(public_id, []) if about and actor is not None else [],
        "csrf_token": context.get("csrf_token"),
    }


@register.simple_tag
def official_sheet(document: OfficialDocument) -> SafeString:
    """A document as it is printed, for reading on a page; "" where it cannot be printed yet."""
    try:
        made = laid(document)
    except Unprintable:
        return mark_safe("")
    parts = [
        format_html('<div class="off-head"><div>{}</div><div>{}</div></div>', _lines(made.left), _lines(made.right)),
        _lines(made.opening),
        _pieces(made.body),
        _foot(made),
        *(
            format_html('<section class="off-annex">{}{}</section>', _lines(annex.opening), _pieces(annex.body))
            for annex in made.annexes
        ),
    ]
    return format_html('<article class="official" lang="vi">{}</article>', _joined(parts))


def _foot(made: Laid) -> SafeString:
    return format_html(
        '<div class="off-foot"><div>{}</div><div>{}<p class="off-room"></p>{}</div></div>',
        _lines(made.recipients),
        _lines(made.signature),
        _lines(made.signer),
    )


def _pieces(pieces: tuple[Piece, ...]) -> SafeString:
    found = []
    for piece in pieces:
        if isinstance(piece, Line):
            found.append(_line(piece))
        elif isinstance(piece, Table):
            found.append(_table(piece))
        else:
            found.append(_picture(piece))
    return _joined(found)


def _picture(picture: Picture) -> SafeString:
    """The drawing as the reader of the paper sees it; the words that stand for it where there is none."""
    if not picture.svg:
        return format_html('<p class="off-picture">[{}]</p>', picture.alt)
    drawn = base64.b64encode(picture.svg.encode()).decode()
    return format_html(
        '<div class="off-scroll off-picture" tabindex="0"><img src="data:image/svg+xml;base64,{}" alt="{}" width="1000" '
        'height="{}"></div>',
        drawn,
        picture.alt,
        round(1000 * picture.height),
    )


def _lines(lines: tuple[Line, ...]) -> SafeString:
    return _joined(_line(line) for line in lines)


def _line(line: Line) -> SafeString:
    mark = format_html("{} ", line.mark) if line.mark else ""
    ruled = " off-ruled" if line.rule else ""
    listed = " off-listed" if line.mark == "-" and line.element in ("recipients", "addressees") else ""
    aligned = f" off-{line.align}" if line.align else ""
    return format_html('<p class="off-{}{}{}{}">{}{}</p>', line.element, aligned, ruled, listed, mark, _runs(line.runs))


def _runs(runs: tuple[Run, ...]) -> SafeString:
    return _joined(_run(run) for run in runs)


def _run(run: Run) -> SafeString:
    text: SafeString = mark_safe(conditional_escape(run.text).replace("\n", "<br>"))  # noqa: S308 escaped before
    text = format_html("<b>{}</b>", text) if run.bold else text
    return format_html("<i>{}</i>", text) if run.italic else text


def _table(table: Table) -> SafeString:
    rows = [
        format_html("<tr>{}</tr>", _joined(_cell(cell, is_head=number < table.head_rows) for cell in row))
        for number, row in enumerate(table.rows)
    ]
    head, body = rows[: table.head_rows], rows[table.head_rows :]
    return format_html(
        '<div class="off-scroll" tabindex="0"><table class="off-table"><colgroup>{}</colgroup><thead>{}</thead><tbody>'
        "{}</tbody></table></div>",
        format_html_join(
            "", '<col width="{}%">', ((round(100 * width / sum(table.widths)),) for width in table.widths)
        ),
        _joined(head),
        _joined(body),
    )


def _cell(cell: TableCell, *, is_head: bool) -> SafeString:
    words = format_html_join(mark_safe("<br>"), "{}", ((_runs(line),) for line in cell.lines))
    tag = "th" if is_head else "td"
    across = format_html(' colspan="{}"', cell.columns) if cell.columns > 1 else ""
    down = format_html(' rowspan="{}"', cell.rows) if cell.rows > 1 else ""
    return format_html('<{} class="off-{}"{}{}>{}</{}>', tag, cell.align, across, down, words, tag)


def _joined(parts: Any) -> SafeString:
    return format_html_join("", "{}", ((part,) for part in parts))
