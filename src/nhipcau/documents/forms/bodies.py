"""The body of a document or of an annex in a form: text that people write, with places for what is no text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from vanban.official import Block, Table, text_of
from vanban.official.plaintext import NoSuchBlock, body_of, kept_in, place_names

LONGEST_BODY = 400_000


def read_body(text: str, kept: Iterable[Any]) -> tuple[Any, ...]:
    """The body that a text says. Raises ``ValidationError`` where a line names a table or a picture that is not there."""
    try:
        return body_of(text, tuple(kept))
    except NoSuchBlock as lost:
        said = _("Dòng %(line)d ghi %(words)s, nhưng văn bản không có bảng hoặc hình ấy. Bạn hãy sửa hoặc bỏ dòng này.")
        raise forms.ValidationError(said % {"line": lost.line, "words": lost.words}) from lost


def kept_places(body: tuple[Block, ...]) -> list[tuple[str, str]]:
    """What stands for each table and picture of a body, and what it is."""
    kept = kept_in(body)
    said = []
    for name, block in zip(place_names(kept), kept, strict=True):
        if isinstance(block, Table):
            heads = [" ".join(text_of(line) for line in cell.lines) for cell in block.rows[0]] if block.rows else []
            size = _("%(rows)d dòng, %(columns)d cột") % {"rows": len(block.rows), "columns": len(block.widths)}
            said.append((name, f"{size}: {' | '.join(heads)}"[:160]))
        else:
            said.append((name, block.alt[:160]))
    return said
