"""What sort of value stands at a place of a reading, and how a person types it. Pure."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vanban import dates
from vanban.text import nfc

from .contents import Content, entry_of, is_name, is_name_list, live, steps

_DAY = re.compile(r"(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})")
_LONGEST = 20_000

LABELS = {
    "text": gettext_lazy("Nội dung"),
    "lead": gettext_lazy("Chủ trì"),
    "coordinating": gettext_lazy("Phối hợp"),
    "form": gettext_lazy("Hình thức"),
    "time": gettext_lazy("Thời gian"),
    "agencies": gettext_lazy("Cơ quan"),
    "who": gettext_lazy("Ai làm"),
    "to": gettext_lazy("Gửi tới"),
    "via": gettext_lazy("Qua"),
    "code": gettext_lazy("Mã"),
    "group": gettext_lazy("Nhóm"),
    "doc_type": gettext_lazy("Loại"),
    "symbol": gettext_lazy("Số, ký hiệu"),
    "issuer": gettext_lazy("Ban hành"),
    "place": gettext_lazy("Nơi"),
    "date": gettext_lazy("Ngày"),
    "title": gettext_lazy("Trích yếu"),
    "authority": gettext_lazy("Thẩm quyền"),
    "capacity": gettext_lazy("Chức vụ"),
    "name": gettext_lazy("Người ký"),
    "recipients": gettext_lazy("Nơi nhận"),
}
SECTION_LABELS = {
    "tasks": gettext_lazy("Nhiệm vụ"),
    "duties": gettext_lazy("Trách nhiệm"),
    "reporting": gettext_lazy("Báo cáo"),
    "obligations": gettext_lazy("Nghĩa vụ chung"),
    "citations": gettext_lazy("Văn bản"),
}


# How often, as a person can say it by hand; the words of the plan may say more.
RHYTHMS = {
    "once": gettext_lazy("một lần"),
    "continuous": gettext_lazy("thường xuyên"),
    "yearly": gettext_lazy("hằng năm"),
    "half_yearly": gettext_lazy("sáu tháng"),
    "quarterly": gettext_lazy("hằng quý"),
    "monthly": gettext_lazy("hằng tháng"),
    "weekly": gettext_lazy("hằng tuần"),
    "daily": gettext_lazy("hằng ngày"),
    "other": gettext_lazy("theo điều kiện"),
}


class BadValue(ValueError):
    """What was typed does not fit; the message says what to do."""


_EDITABLE = {
    "header": {"doc_type", "symbol", "issuer", "place", "date", "title"},
    "signature": {"authority", "capacity", "name"},
    "citations": {"doc_type", "symbol", "date", "issuer", "title"},
    "tasks": {"code", "group", "text", "lead", "coordinating", "form", "time"},
    "duties": {"code", "text", "agencies"},
    "reporting": {"who", "to", "via", "time"},
    "obligations": {"who", "text", "time"},
}


def is_editable(pointer: str) -> bool:
    """Whether a person may write this place. What the file is, its lines and the reader's own notes are not theirs."""
    way = steps(pointer)
    if way == ["recipients"]:
        return True
    if len(way) == 2 and way[0] in ("header", "signature"):
        return way[1] in _EDITABLE[way[0]]
    return len(way) == 3 and way[0] not in ("header", "signature") and way[2] in _EDITABLE.get(way[0], ())


def label_of(pointer: str) -> str:
    """The words before a value: "Chủ trì"; for the text of an entry what the entry is: "Nhiệm vụ"."""
    way = steps(pointer)
    field = next((step for step in reversed(way) if not step.isdecimal()), "")
    if field == "text" or (field in SECTION_LABELS and len(way) <= 2):
        return str(SECTION_LABELS.get(way[0], LABELS["text"]))
    return str(LABELS.get(field, field))


def sort_of(pointer: str) -> str:
    """name, names, recipients, when, date, long or text: which field the form shows."""
    if is_name(pointer):
        return "name"
    if is_name_list(pointer):
        return "names"
    field = steps(pointer)[-1] if pointer else ""
    if pointer == "/recipients":
        return "recipients"
    return {"time": "when", "date": "date", "text": "long", "title": "long", "form": "long", "group": "long"}.get(
        field, "text"
    )


def shown(pointer: str, value: Any) -> str:
    """A value as a person types it."""
    if value is None:
        return ""
    match sort_of(pointer):
        case "when":
            return str(value["text"])
        case "names" | "recipients":
            return "\n".join(value)
        case "date":
            return dt.date.fromisoformat(value).strftime("%d/%m/%Y")
    return str(value)


def parse(content: Content, pointer: str, typed: str) -> Any:
    """The value that was typed for this place. Raises ``BadValue`` with a sentence that says what to do."""
    typed = nfc(typed).strip()
    if len(typed) > _LONGEST:
        raise BadValue(_("Nội dung dài quá. Hãy rút xuống dưới 20.000 ký tự."))
    match sort_of(pointer):
        case "name":
            return _names(typed, required=True)
        case "names":
            return _names(typed, required=False)
        case "recipients":
            return [line.strip() for line in typed.splitlines() if line.strip()]
        case "when":
            return _when(content, typed) if typed else None
        case "date":
            return _date(typed) if typed else None
    words = " ".join(typed.split())
    field = steps(pointer)[-1]
    if field == "code":
        return _code(content, pointer, words)
    if field == "text" and not words:
        raise BadValue(_("Hãy ghi nội dung. Nếu mục này không có trong kế hoạch, hãy bỏ cả mục."))
    return words or None


def _names(typed: str, *, required: bool) -> list[str]:
    """One name a line; a semicolon also parts two names."""
    found = [" ".join(name.split()) for name in re.split(r"[\n;]", typed)]
    kept = list(dict.fromkeys(name for name in found if name))
    if required and not kept:
        raise BadValue(_("Hãy ghi tên cơ quan."))
    return kept


def _date(typed: str) -> str:
    stated = _DAY.fullmatch(typed)
    try:
        if not stated:
            raise ValueError
        day, month, year = map(int, stated.groups())
        return dt.date(year, month, day).isoformat()
    except ValueError as error:
        raise BadValue(_("Hãy ghi ngày theo dạng ngày/tháng/năm, ví dụ 08/01/2024.")) from error


def _when(content: Content, typed: str) -> dict[str, Any]:
    stated = content["header"]["date"]
    when = dates.parse_when(" ".join(typed.split()), context_year=int(stated[:4]) if stated else None)
    return when_object(when)


def dated(when: dict[str, Any] | None, typed: Mapping[str, str]) -> dict[str, Any] | None:
    """A stated time with the dates that a person gives where its words do not say them: ``kind``, ``start``, ``due``
    as typed, each empty where the words are to be believed. Raises ``BadValue``."""
    kind, start, due = (typed.get(name, "").strip() for name in ("kind", "start", "due"))
    if not (kind or start or due):
        return when
    if when is None:
        raise BadValue(_("Hãy ghi cả chữ về thời gian, ví dụ “Hoàn thành trong quý II”."))
    if kind and kind not in RHYTHMS:
        raise BadValue(_("Hãy chọn một trong các nhịp có sẵn."))
    given = {"start": _date(start) if start else when["start"], "due": _date(due) if due else when["due"]}
    if given["start"] and given["due"] and given["start"] > given["due"]:
        raise BadValue(_("Ngày bắt đầu đang sau hạn chót. Hãy kiểm tra lại hai ngày."))
    guessed = "once" if when["kind"] == "other" else when["kind"]
    return {**when, **given, "kind": kind or guessed}


def dates_by_hand(content: Content, pointer: str, when: Mapping[str, Any]) -> dict[str, str]:
    """What of a time its words do not say, as a person types it: what was given by hand before."""
    said = parse(content, pointer, when["text"])
    given = {name: when[name] for name in ("kind", "start", "due") if when[name] != said[name]}
    return {name: shown("/header/date", day) if name != "kind" else day for name, day in given.items()}


def when_object(when: Any) -> dict[str, Any]:
    """A ``vanban.model.When`` as the contract prints it."""
    return {
        "text": when.text,
        "kind": when.kind,
        "start": when.start.isoformat() if when.start else None,
        "due": when.due.isoformat() if when.due else None,
        "month_day": when.month_day,
        "day": when.day,
    }


def _code(content: Content, pointer: str, words: str) -> str:
    if not words:
        raise BadValue(_("Hãy ghi mã của mục, ví dụ III.1.a."))
    if len(words) > 60:
        raise BadValue(_("Mã dài quá. Hãy dùng mã như trong văn bản, ví dụ III.1.a."))
    here = entry_of(pointer)
    section = steps(pointer)[0]
    if any(entry["code"] == words for i, entry in live(content, section) if f"/{section}/{i}" != here):
        raise BadValue(_("Mã %(code)s đã có ở mục khác. Hãy chọn mã khác.") % {"code": words})
    return words


def meaning(when: dict[str, Any] | None) -> str:
    """What a stated time means, in words: "mỗi năm một kỳ, từ 01/01/2024"."""
    if not when:
        return ""
    start, due = (dt.date.fromisoformat(d).strftime("%d/%m/%Y") if d else "" for d in (when["start"], when["due"]))
    rhythm = {
        "yearly": _("mỗi năm một kỳ"),
        "half_yearly": _("mỗi sáu tháng một kỳ"),
        "quarterly": _("mỗi quý một kỳ"),
        "monthly": _("mỗi tháng một kỳ"),
        "weekly": _("mỗi tuần một kỳ"),
        "daily": _("mỗi ngày"),
        "once": "",
        "continuous": "",
        "other": _("theo điều kiện đã ghi, không có ngày"),
    }[when["kind"]]
    if when["month_day"]:
        month, day = when["month_day"].split("-")
        rhythm = ", ".join((rhythm, _("hạn chót %(day)s hằng năm") % {"day": f"{day}/{month}"}))
    if when["day"]:
        rhythm = ", ".join((rhythm, _("hạn chót ngày %(day)s") % {"day": when["day"]}))
    if when["kind"] == "other" and (start or due):
        rhythm = ""
    span = _span(start, due)
    return ", ".join(part for part in (rhythm, span) if part)


def _span(start: str, due: str) -> str:
    if start and due:
        return _("từ %(start)s đến %(due)s") % {"start": start, "due": due}
    if due:
        return _("hạn chót %(due)s") % {"due": due}
    return _("từ %(start)s") % {"start": start} if start else ""
