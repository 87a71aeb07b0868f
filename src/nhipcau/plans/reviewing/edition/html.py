"""The words of the edition as HTML. In Python, not in a template: a long plan has thousands of lines and names, and
each would cost a template a dozen look-ups."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from nhipcau.core.templatetags.ui import symbols

from .words import NamePart, Part, SourceLine


def lines_html(lines: Iterable[SourceLine]) -> SafeString:
    """Lines of the document with their numbers; torn words that are asked about are underlined."""
    return _safe(
        f'<p id="dong-{line.number}"><span class="n">{line.number}</span><span class="x">{_line(line)}</span></p>'
        for line in lines
    )


def _line(line: SourceLine) -> str:
    return str(symbols(line.text)) if line.parts is None else parts_html(line.parts, "odd")


def parts_html(parts: Iterable[Part], mark: str = "doubt") -> SafeString:
    """A text in pieces; those in question are marked."""
    return _safe(
        f'<mark class="{mark}">{symbols(part.text)}</mark>' if part.lit else str(symbols(part.text)) for part in parts
    )


def names_html(names: Iterable[NamePart]) -> SafeString:
    """Agencies' names in a row; those in question are marked, those that the reviewer explained say as what."""
    return mark_safe("; ".join(_name(name) for name in names))  # noqa: S308 every piece is escaped


def _name(name: NamePart) -> str:
    shown = f'<mark class="doubt">{escape(name.name)}</mark>' if name.lit else escape(name.name)
    explained = name.meant and not name.is_same
    return f'{shown} <small class="muted meant">({escape(name.meant)})</small>' if explained else shown


def _safe(pieces: Iterable[str]) -> SafeString:
    return mark_safe("".join(pieces))  # noqa: S308 every piece is escaped
