"""Legal bases as documents cite them, looked up in the table of what is in force on a day."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from nhipcau.organisations.models import OrganisationKind
from vanban.knowledge import Knowledge
from vanban.official import written_date

from ..models import Validity
from ..rules import symbol_key, type_name

_SYMBOL = re.compile(r"\b\d+[a-zđ]?/(?:\d{4}/)?[A-ZĐ][\wĐđ]*(?:-(?:[\wĐđ]|&)+)*")
_HAS_YEAR = re.compile(r"/(?:19|20)\d\d/")
_DAY = re.compile(r"(\d{1,2})\s*(?:/|tháng)\s*(\d{1,2})\s*(?:/|năm)\s*(\d{4})")
# By which text bodies of this kind are set up: how its title begins in the table.
_SET_UP_BY = {
    OrganisationKind.COMMITTEE: "Luật Tổ chức chính quyền địa phương",
    OrganisationKind.COUNCIL: "Luật Tổ chức chính quyền địa phương",
    OrganisationKind.DEPARTMENT: "Quy định tổ chức các cơ quan chuyên môn thuộc Ủy ban nhân dân",
}


def setting_up(kind: str, day: dt.date) -> str:
    """The text in force on ``day`` by which bodies of this kind are set up, as a document cites it; "" where the table has
    none."""
    title = next((title for one, title in _SET_UP_BY.items() if one == kind), "")
    if not title:
        return ""
    rows = _living(day).filter(title__startswith=title).order_by("-valid_from", "-pk")
    row = rows.first()
    return cited(row) if row is not None else ""


def bases_on(bases: Iterable[str], day: dt.date) -> tuple[tuple[str, ...], list[str]]:
    """The same bases as they stand on a day, and what is to be told of it: one that was replaced by a single text that is
    known gives way to it, one that has ended otherwise or is not in force yet is left out. What the table does not know
    stays. Two queries, four at most."""
    given = list(bases)
    rows = _rows_cited(given)
    kept: list[str] = []
    told: list[str] = []
    for basis in given:
        row = next((rows[key] for key in _keys(basis) if key in rows), None)
        if row is None or _is_living(row, day):
            kept.append(basis)
            continue
        heir = _heir(row, day)
        if heir is not None:
            kept.append(f"Căn cứ {cited(heir)}")
            told.append(
                _("%(old)s không còn hiệu lực, đã được thay bằng %(new)s. Bạn xem lại căn cứ này.")
                % {"old": row, "new": heir}
            )
        elif row.valid_from is not None and row.valid_from > day:
            told.append(_("%(old)s chưa có hiệu lực nên không được nêu làm căn cứ.") % {"old": row})
        else:
            told.append(_("%(old)s đã hết hiệu lực nên không được nêu làm căn cứ.") % {"old": row})
    return tuple(dict.fromkeys(kept)), told


def cited(row: Validity) -> str:
    """A document as another cites it: "Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ về …"; a law by
    its name (Nghị định 30/2020/NĐ-CP, Phụ lục I, phần I, mục II, khoản 6.b)."""
    kind = type_name(row.doc_type)
    day = f" {written_date(row.issued)}" if row.issued else ""
    if kind in ("Luật", "Bộ luật", "Pháp lệnh"):
        name = row.title if row.title.startswith(kind) else f"{kind} {row.title}"
        return f"{name} số {row.symbol}{day}"
    suffix = re.split(r"[/-]", row.symbol)[-1]
    issuer = Knowledge.packaged().issuer_of(suffix)
    by = f" của {issuer.name}" if issuer is not None and issuer.level != "local" else ""
    title = f" {row.title[:1].lower()}{row.title[1:]}" if row.title else ""
    is_about = title.startswith((" quy định", " phê duyệt", " ban hành", " sửa đổi", " hướng dẫn"))
    return f"{kind} số {row.symbol}{day}{by}{title if is_about or not title else f' về{title}'}"


def _rows_cited(bases: Iterable[str]) -> dict[tuple[str, dt.date | None], Validity]:
    """The rows of the table that these lines cite: by symbol, and by day too where the symbol holds no year."""
    symbols = {symbol_key(symbol) for basis in bases for symbol in _SYMBOL.findall(basis)}
    if not symbols:
        return {}
    found: dict[tuple[str, dt.date | None], Validity] = {}
    for row in Validity.objects.filter(key__in=symbols).order_by("pk"):
        found[(row.key, None if _HAS_YEAR.search(row.symbol) else row.issued)] = row
    return found


def _keys(basis: str) -> list[tuple[str, dt.date | None]]:
    symbols = _SYMBOL.findall(basis)
    days: list[dt.date] = []
    for day, month, year in _DAY.findall(basis):
        try:
            days.append(dt.date(int(year), int(month), int(day)))
        except ValueError:
            continue
    dated = [(symbol_key(symbol), day) for symbol in symbols if not _HAS_YEAR.search(symbol) for day in days]
    return [*((symbol_key(symbol), None) for symbol in symbols if _HAS_YEAR.search(symbol)), *dated]


def _is_living(row: Validity, day: dt.date) -> bool:
    return (row.valid_from is None or row.valid_from <= day) and (row.valid_to is None or day <= row.valid_to)


def _living(day: dt.date) -> QuerySet[Validity]:
    return Validity.objects.filter(Q(valid_from=None) | Q(valid_from__lte=day), Q(valid_to=None) | Q(valid_to__gte=day))


def _heir(row: Validity, day: dt.date) -> Validity | None:
    """The one text that took its place and is in force, where the table has it; also the heir's heir."""
    seen = {row.pk}
    while len(row.replaced_by) == 1:
        symbols = _SYMBOL.findall(row.replaced_by[0])
        after = Validity.objects.filter(key=symbol_key(symbols[0])).exclude(pk__in=seen).first() if symbols else None
        if after is None:
            return None
        if _is_living(after, day):
            return after
        seen.add(after.pk)
        row = after
    return None
