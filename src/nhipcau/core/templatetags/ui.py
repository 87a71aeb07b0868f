"""Filters and tags of the shared interface pieces: dates, amounts, symbols, lit words.

Everything here is presentation only; nothing reads the database.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from django import template
from django.core.paginator import Page
from django.http import HttpRequest
from django.template import Context
from django.utils import timezone
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from nhipcau.core.ui import lit_spans, shown_pages, thumb_entries

register = template.Library()

NBSP = "\u00a0"
# Số và ký hiệu of a document (Nghị định 30/2020/NĐ-CP, Phụ lục I): number, optional year, type and issuer.
_SYMBOL = re.compile(r"\b\d+[a-z]?/(?:\d{4}/)?[A-ZĐƯ][\wĐđƯư]*(?:[-–](?:[\wĐđƯư]|&amp;)+)*")
_ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
          (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))  # fmt: skip


def _as_date(value: Any) -> dt.date | None:
    if isinstance(value, dt.datetime):
        return (timezone.localtime(value) if timezone.is_aware(value) else value).date()
    if isinstance(value, dt.date):
        return value
    if isinstance(value, str):
        try:
            return dt.date.fromisoformat(value[:10])
        except ValueError:
            return None
    return None


@register.filter
def vndate(value: Any) -> str:
    """``dd/mm/yyyy`` of a date, a moment (in local time) or an ISO string; "" when there is none."""
    day = _as_date(value)
    return day.strftime("%d/%m/%Y") if day else ""


@register.filter
def vnmoment(value: Any) -> str:
    """``HH:MM dd/mm/yyyy`` of a moment in local time; "" when there is none."""
    if not isinstance(value, dt.datetime):
        return vndate(value)
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return local.strftime("%H:%M %d/%m/%Y")


@register.filter
def amount(value: Any, unit: str = "") -> str:
    """``1.234.567`` of a number, with a unit after a no-break space when one is given; "" for None."""
    if value is None or value == "":
        return ""
    whole = f"{round(float(value)):,}".replace(",", ".")
    return f"{whole}{NBSP}{unit}" if unit else whole


@register.filter(needs_autoescape=True)
def codes(text: Any, autoescape: bool = True) -> SafeString:
    """``text`` with what stands between backticks set as code."""
    safe = conditional_escape(text) if autoescape else str(text)
    return mark_safe(re.sub(r"`([^`]+)`", r"<code>\1</code>", str(safe)))  # noqa: S308 escaped above


@register.filter(needs_autoescape=True)
def symbols(text: Any, autoescape: bool = True) -> SafeString:
    """``text`` with the symbols of documents ("08/KH-UBND") kept on one line."""
    safe = conditional_escape(text) if autoescape else str(text)
    return mark_safe(_SYMBOL.sub(lambda m: f'<span class="nb">{m.group()}</span>', str(safe)))  # noqa: S308 escaped above


@register.filter
def roman(value: Any) -> str:
    """A positive number in Roman numerals; anything else unchanged."""
    try:
        rest = int(value)
    except (TypeError, ValueError):
        return str(value)
    if rest <= 0:
        return str(value)
    out = ""
    for worth, letters in _ROMAN:
        times, rest = divmod(rest, worth)
        out += letters * times
    return out


@register.filter
def lit(text: Any, query: str) -> SafeString:
    """``text`` with the words of ``query`` lit (``mark class="hit"``), found with or without diacritics."""
    plain = str(text)
    parts: list[str] = []
    at = 0
    for start, end in lit_spans(plain, query or ""):
        parts += [
            conditional_escape(plain[at:start]),
            f'<mark class="hit">{conditional_escape(plain[start:end])}</mark>',
        ]
        at = end
    return mark_safe("".join([*parts, conditional_escape(plain[at:])]))  # noqa: S308 every piece is escaped


@register.filter
def pages_shown(page: Page[Any]) -> list[int | None]:
    """The page numbers that a pager shows; None where some are left out."""
    return shown_pages(page.number, page.paginator.num_pages)


@register.filter
def thumb(menu: list[Any]) -> list[Any]:
    """The entries of the menu that stand in the thumb bar of a phone: all of up to five, else the first four."""
    return thumb_entries(menu)


@register.filter
def rest(menu: list[Any]) -> list[Any]:
    """The entries of the menu that a phone keeps behind "Thêm"."""
    return menu[len(thumb_entries(menu)) :]


@register.filter
def words(field: Any) -> str:
    """How a form field is drawn: "tick" (one box), "choices" (a group), "hidden" or "line"."""
    kind = field.widget_type
    if field.is_hidden:
        return "hidden"
    if kind == "checkbox":
        return "tick"
    return "choices" if kind in {"radioselect", "checkboxselectmultiple"} else "line"


@register.filter
def plain(field: Any) -> Any:
    """A form field of a library without the placeholder and help text that the library gave it."""
    field.field.widget.attrs.pop("placeholder", None)
    field.help_text = ""
    return field


def _abbreviated(name: str) -> str:
    """A committee's or council's name as everyone writes it where room is short."""
    return name.replace("Ủy ban nhân dân", "UBND").replace("Hội đồng nhân dân", "HĐND")


@register.simple_tag(takes_context=True)
def own_organisations(context: Context) -> list[dict[str, Any]]:
    """The organisations in whose name the person may act, and which of them is the current one.

    Reads ``request.memberships``, which the organisations' middleware puts there; [] for a stranger.
    """
    request: HttpRequest | None = context.get("request")
    actor = context.get("actor")
    if actor is None or not actor.person_id:
        return []
    seen: dict[int, dict[str, Any]] = {}
    for membership in getattr(request, "memberships", None) or ():
        organisation = membership.organisation
        seen.setdefault(
            organisation.pk,
            {
                "id": organisation.pk,
                "public_id": organisation.public_id,
                "name": organisation.name,
                "short": organisation.short_name or _abbreviated(organisation.name),
                "current": organisation.pk == actor.organisation_id,
            },
        )
    return list(seen.values())
