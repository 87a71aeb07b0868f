"""What the kinds, fields and sides of a comparison are called. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

_LONGEST = 140  # signs of an item that a sentence repeats
STATES = {
    "dropped": "late",
    "weakened": "need",
    "narrowed": "need",
    "changed": "none",
    "strengthened": "going",
    "widened": "going",
    "added": "going",
    "kept": "done",
}


def kind(name: str) -> str:
    """A kind of difference as the page calls it."""
    return {
        "dropped": pgettext("difference", "Bỏ"),
        "weakened": _("Nhẹ đi"),
        "narrowed": _("Thu hẹp"),
        "changed": pgettext("difference", "Đổi"),
        "strengthened": _("Nặng thêm"),
        "widened": _("Mở rộng"),
        "added": pgettext("difference", "Thêm"),
        "kept": pgettext("difference", "Giữ nguyên"),
        "finding": _("Cần lưu ý"),
    }[name]


def done(name: str, count: int) -> str:
    """What was done to so many items, inside a sentence whose subject is the lower side."""
    said = {
        "dropped": pgettext("in a sentence", "bỏ %(n)s"),
        "weakened": pgettext("in a sentence", "làm nhẹ đi %(n)s"),
        "narrowed": pgettext("in a sentence", "thu hẹp %(n)s"),
        "changed": pgettext("in a sentence", "đổi %(n)s"),
        "strengthened": pgettext("in a sentence", "làm nặng thêm %(n)s"),
        "widened": pgettext("in a sentence", "mở rộng %(n)s"),
        "kept": pgettext("in a sentence", "giữ nguyên %(n)s"),
    }[name]
    return said % {"n": count}


def part(name: str) -> str:
    """A task or a duty."""
    return _("Trách nhiệm") if name == "duty" else _("Nhiệm vụ")


def field(name: str) -> str:
    """A field as the label of a quote; a text needs none."""
    return {
        "text": "",
        "lead": _("Chủ trì"),
        "coordinating": _("Phối hợp"),
        "agencies": _("Cơ quan"),
        "time": _("Thời gian"),
        "form": _("Hình thức"),
    }[name]


def finding(rule: str, *, is_note: bool) -> str:
    """What only the two plans together show, in two or three words."""
    said = {
        "no-day-to-aggregate": _("Trùng hạn"),
        "heading-weakened": _("Tiêu đề nhẹ đi"),
        "higher-not-cited": _("Không dẫn"),
        "lower-before-higher": _("Ngày ban hành"),
    }.get(rule)
    return said or (_("Lưu ý") if is_note else _("Cần xem"))


def sides(said: Sequence[str]) -> tuple[str, str]:
    """What the two sides are called inside a sentence, in the reader's language."""
    known = {
        "trung ương": _("trung ương"),
        "tỉnh": _("tỉnh"),
        "thành phố": _("thành phố"),
        "huyện": _("huyện"),
        "quận": _("quận"),
        "thị xã": _("thị xã"),
        "xã": _("xã"),
        "phường": _("phường"),
        "thị trấn": _("thị trấn"),
        "đặc khu": _("đặc khu"),
    }
    higher, lower = said
    return known.get(higher, _("kế hoạch cấp trên")), known.get(lower, _("kế hoạch cấp dưới"))


def left_out(text: str, time: str) -> str:
    """The sentence on what the lower plan leaves out."""
    return _("Chưa nhận: %(what)s") % {"what": _what(text, time)}


def put_in(text: str, time: str) -> str:
    """The sentence on what the lower plan adds."""
    return _("Tự thêm: %(what)s") % {"what": _what(text, time)}


def _what(text: str, time: str) -> str:
    flat = " ".join(text.split()).rstrip(" .;,")
    inner = flat[:1].lower() + flat[1:] if flat[1:2].islower() else flat
    if len(inner) > _LONGEST:
        return inner[: inner.rfind(" ", 0, _LONGEST)].rstrip(" ,;:") + " …"
    return f"{inner} ({time[:1].lower()}{time[1:]})." if time else f"{inner}."


def listed(items: Sequence[str]) -> str:
    """Several things in a sentence."""
    return ", ".join(items[:-1]) + _(" và ") + items[-1] if len(items) > 1 else "".join(items)
