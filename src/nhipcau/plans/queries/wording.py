"""What the review says of a doubt: the question, the short form in the page, who decided it and what it was."""

from __future__ import annotations

import re
from collections.abc import Sequence

from django.utils.translation import gettext as _

from nhipcau.core.models import User

from ..models import Doubt
from ..reviewing import values
from ..reviewing.contents import Content, entry_of, get, has, is_name
from ..reviewing.decisions import place_of
from ..reviewing.doubting import CITED


def words_of(doubt: Doubt, where: str, content: Content) -> str:
    """The sentence with which a doubt is asked about."""
    label = values.label_of(where).lower() if where else ""
    said = {
        "not-a-plan": _("Không thấy kế hoạch trong tệp này: không có tên kế hoạch, mục đánh số hay nhiệm vụ."),
        "no-text": _("Tệp không có chữ."),
        "header-missing": _("Tệp không ghi %(what)s. Bạn biết thì ghi vào:") % {"what": label},
        "header-inferred": _("Lấy từ thân văn bản vì phần đầu không ghi:"),
        CITED: _("Tệp không ghi số và ngày. Kế hoạch %(by)s gọi văn bản này là:") % {"by": content.get("cited_by", "")},
        "citation-year": _("Năm trong ký hiệu và năm ban hành không khớp nhau. Bản gốc ghi đúng chưa?"),
        "citation-conflict": _("Văn bản này được nhắc với hai thông tin khác nhau. Chọn cái đúng:"),
        "no-lead": _("Có thời gian hoặc phối hợp mà không thấy cơ quan chủ trì:"),
        "no-time": _("Các nhiệm vụ khác có thời gian, nhiệm vụ này thì không:"),
        "shared-block": _("Chủ trì, phối hợp và thời gian chỉ ghi một lần ở mục cuối:"),
        "agency-unknown": _("Chữ này không giống tên cơ quan:"),
        "agency-unmatched": _("Chưa có trong danh bạ. Đây là:"),
        "agency-ambiguous": _("Danh bạ có nhiều cơ quan cùng tên. Đây là:"),
        "agency-ended": _("Cơ quan tên này không hoạt động vào ngày của kế hoạch. Đây là:"),
        "broken-text": (
            _("Câu này đã phục hồi dấu. Bạn so với bản gốc:")
            if _restored(doubt)
            else _("Chữ trong mục này mất dấu, chưa sửa được:")
        ),
        "unsure-word": _("Có từ đọc từ ảnh chưa chắc. Bạn so với ảnh:"),
        "missing-rows": _("Bảng có vẻ thiếu dòng: số thứ tự nhảy quãng."),
    }.get(doubt.kind)
    if said is None:
        said = _("Chữ gốc là:") if doubt.kind.startswith("repaired") else _("Xin bạn xem lại chỗ này:")
    return said


def say(doubts: Sequence[Doubt], content: Content, me: int | None) -> None:
    """Put on doubts the words of a list: ``short`` and ``entry`` (where it stands) for an open one; ``who``, ``said``,
    ``was`` for a settled one."""
    ids = {doubt.person_id for doubt in doubts if doubt.person_id}
    names = {user.pk: user.name for user in User.objects.filter(pk__in=ids)} if ids else {}
    for doubt in doubts:
        doubt.short = _short(doubt, content)
        doubt.entry = _entry(doubt, content)
        is_settled = doubt.state in (Doubt.State.ACCEPTED, Doubt.State.CHANGED)
        who = _("Bạn") if doubt.person_id == me else names.get(doubt.person_id or 0, "")
        doubt.who = who if is_settled and doubt.person_id else ""
        verb = _("%(who)s đã nhận") if doubt.state == Doubt.State.ACCEPTED else _("%(who)s đã sửa")
        doubt.said = verb % {"who": who}
        is_short = len(doubt.found or "") < 80 and len(doubt.proposed or "") < 80
        is_torn = bool(doubt.found and doubt.proposed) and doubt.found != doubt.proposed and is_short
        doubt.was = f"{doubt.found} → {_proposed(doubt)}" if is_torn else ""


def _entry(doubt: Doubt, content: Content) -> str:
    """The entry in which the doubt stands: its code, and which of its values."""
    where = place_of(doubt.where)
    pointer = entry_of(where)
    code = get(content, pointer).get("code", "") if pointer and has(content, pointer) else ""
    label = values.label_of(where) if where else ""
    return " · ".join(part for part in (code, label) if part)


def _short(doubt: Doubt, content: Content) -> str:
    where = place_of(doubt.where)
    name = get(content, where) if is_name(where) and has(content, where) else doubt.found or ""
    said = {
        "not-a-plan": _("Không thấy kế hoạch trong tệp"),
        "no-text": _("Tệp không có chữ"),
        "header-missing": _("Tệp không ghi. Bạn biết không?"),
        "header-inferred": _("Lấy từ thân văn bản, đúng không?"),
        CITED: _("Kế hoạch %(by)s ghi vậy, đúng không?") % {"by": content.get("cited_by", "")},
        "citation-year": _("Năm không khớp với ký hiệu"),
        "citation-conflict": _("Hai nơi ghi khác nhau"),
        "no-lead": _("Không thấy cơ quan chủ trì"),
        "no-time": _("Không thấy thời gian"),
        "shared-block": _("Khối này dùng chung cho các mục trên?"),
        "agency-unknown": _("“%(name)s” có phải cơ quan?"),
        "agency-unmatched": _("“%(name)s” chưa có trong danh bạ"),
        "agency-ambiguous": _("“%(name)s”: nhiều cơ quan cùng tên"),
        "agency-ended": _("“%(name)s” không hoạt động vào ngày này"),
        "broken-text": _restored(doubt) or _("Chữ mất dấu, cần đọc lại"),
        "unsure-word": _("Chữ đọc từ ảnh, cần so lại"),
        "missing-rows": _("Bảng có vẻ thiếu dòng"),
    }.get(doubt.kind)
    if said is None:
        proposed = _proposed(doubt)
        return (
            _("Nhận “%(words)s”?") % {"words": proposed} if 0 < len(proposed) < 90 else _("Chữ này đã sửa, đúng chưa?")
        )
    return said % {"name": name}


def _restored(doubt: Doubt) -> str:
    is_put_right = doubt.found and doubt.proposed and doubt.found != doubt.proposed
    return _("Câu đã phục hồi dấu, cần xem lại") if is_put_right else ""


def _proposed(doubt: Doubt) -> str:
    """What the reader proposed, as people write it."""
    proposed = doubt.proposed or ""
    if doubt.where.endswith("/date") and re.fullmatch(r"\d{4}-\d\d-\d\d", proposed):
        return "/".join(reversed(proposed.split("-")))
    return proposed
