"""What a reviewer is asked about a doubt, and what they can answer: the reader's proposal, the file's own words, near
names of the directory."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nhipcau.core.models import User
from nhipcau.organisations import queries as organisations
from nhipcau.organisations.models import Organisation
from vanban.text import fold

from ..models import Doubt
from ..reviewing import contents, values
from ..reviewing.contents import Content, get, has, is_name, places_of
from ..reviewing.decisions import ACCEPT, DROP, EMPTY, FOUND, LAST, place_of, shared_run
from ..reviewing.doubting import UNMATCHED, may_accept_alike

MOST_NAMES = 5


@dataclasses.dataclass(frozen=True, slots=True)
class Choice:
    """One answer: the value that the form sends, its words, a second voice; ``key`` is the number that picks it."""

    key: int
    sent: str
    text: str
    note: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Asked:
    """The question about one doubt with its answers. ``typed``: what the field for typing holds; None: no field."""

    doubt: Doubt
    words: str
    quote: str
    choices: list[Choice]
    typed: str | None
    sort: str
    typed_label: str
    may_create: bool
    opens_typing: bool
    places: int  # in how many places the decision holds
    alike: int  # how many more points of this kind can be accepted with it


def asked(doubt: Doubt, content: Content, scope: Organisation, alike: int = 0) -> Asked:
    """The question about a doubt. ``alike``: how many other open doubts there are of its kind. Asks the directory for
    near names where the doubt is about a name."""
    where = place_of(doubt.where)
    is_there = has(content, where)
    about_name = is_there and is_name(where)
    stands: Any = get(content, where) if is_there and where else None
    typed = values.shown(where, stands) if is_there and where and not _is_whole(where, stands) else None
    answers = _answers(doubt, content, where, typed)
    if about_name:
        answers = _names(doubt, stands, scope, answers)
        if doubt.kind not in UNMATCHED and fold(stands) in contents.meant(content):
            answers[0] = (*answers[0][:2], _("có trong danh bạ"))
    return Asked(
        doubt=doubt,
        words=_words(doubt, where),
        quote=doubt.found or "" if doubt.kind.startswith("repaired") or doubt.kind in UNMATCHED else "",
        choices=[Choice(i, *answer) for i, answer in enumerate(answers[:9], 1)],
        typed=typed,
        sort=values.sort_of(where) if where else "text",
        typed_label=values.label_of(where) if where else "",
        may_create=about_name,
        opens_typing=doubt.kind in ("header-missing", "no-lead", "no-time"),
        places=len(places_of(content, stands)) if about_name else 1,
        alike=alike if may_accept_alike(doubt.kind) else 0,
    )


def _is_whole(where: str, stands: object) -> bool:
    return isinstance(stands, dict) and values.sort_of(where) != "when"


def _answers(doubt: Doubt, content: Content, where: str, typed: str | None) -> list[tuple[str, str, str]]:
    kind = doubt.kind
    if kind == "not-a-plan":
        return [(ACCEPT, _("Vẫn là kế hoạch; tôi sẽ thêm mục bằng tay"), "")]
    if kind == "shared-block" and has(content, where):
        codes = [content["tasks"][i]["code"] for i in shared_run(content, where)]
        both = ngettext("Dùng chung cho %(n)s mục", "Dùng chung cho %(n)s mục", len(codes)) % {"n": len(codes)}
        return [(ACCEPT, both, ", ".join(codes)), (LAST, _("Chỉ của mục cuối, %(code)s") % {"code": codes[-1]}, "")]
    if kind in ("header-missing", "no-lead", "no-time"):
        return [(ACCEPT, _("Để trống"), _("văn bản không ghi"))]
    if kind in UNMATCHED or kind == "agency-unknown":
        keep = (ACCEPT, _("Giữ tên này, chưa gắn với cơ quan nào"), _("gắn sau trong danh bạ"))
        return [keep, (DROP, _("Đây không phải cơ quan, bỏ khỏi danh sách"), "")]
    if kind in ("broken-text", "missing-rows") or typed is None:
        return [(ACCEPT, _("Giữ như đang có"), "")]
    return _repaired(doubt, typed)


def _repaired(doubt: Doubt, typed: str) -> list[tuple[str, str, str]]:
    shown = typed or _("để trống")
    answers = [(ACCEPT, shown if len(shown) < 200 else _("Nhận câu bên trên"), _("đề nghị"))]
    if doubt.found and fold(doubt.found) != fold(typed) and len(doubt.found) < 200:
        answers.append((FOUND, doubt.found, _("giữ như chữ gốc")))
    if doubt.where.startswith("/header/"):
        answers.append((EMPTY, _("Để trống"), ""))
    return answers


def _names(
    doubt: Doubt, name: str, scope: Organisation, answers: list[tuple[str, str, str]]
) -> list[tuple[str, str, str]]:
    """The answers with the near names of the directory: before them where the name is unknown, else after the first."""
    near = []
    for offer in organisations.suggestions(name, scope, limit=MOST_NAMES):
        target = offer.organisation or offer.group
        if target is None or (doubt.kind not in UNMATCHED and fold(target.name) == fold(name)):
            continue
        kind = "organisation" if offer.organisation else "group"
        said = _("nhóm cơ quan") if offer.organisation is None else _("có trong danh bạ")
        near.append((f"named:{kind}:{target.public_id}", target.name, said))
    return [*near, *answers] if doubt.kind in UNMATCHED else [*answers[:1], *near, *answers[1:]]


def _words(doubt: Doubt, where: str) -> str:
    label = values.label_of(where).lower() if where else ""
    said = {
        "not-a-plan": _("Không thấy kế hoạch trong tệp này: không có tên kế hoạch, mục đánh số hay nhiệm vụ."),
        "no-text": _("Tệp không có chữ."),
        "header-missing": _("Tệp không ghi %(what)s. Bạn biết thì ghi vào:") % {"what": label},
        "header-inferred": _("Lấy từ thân văn bản vì phần đầu không ghi:"),
        "citation-year": _("Năm trong ký hiệu và năm ban hành không khớp nhau. Bản gốc ghi đúng chưa?"),
        "citation-conflict": _("Văn bản này được nhắc với hai thông tin khác nhau. Chọn cái đúng:"),
        "no-lead": _("Có thời gian hoặc phối hợp mà không thấy cơ quan chủ trì:"),
        "no-time": _("Các nhiệm vụ khác có thời gian, nhiệm vụ này thì không:"),
        "shared-block": _("Chủ trì, phối hợp và thời gian chỉ ghi một lần ở mục cuối:"),
        "agency-unknown": _("Chữ này không giống tên cơ quan:"),
        "agency-unmatched": _("Chưa có trong danh bạ. Đây là:"),
        "agency-ambiguous": _("Danh bạ có nhiều cơ quan cùng tên. Đây là:"),
        "agency-ended": _("Cơ quan tên này không hoạt động vào ngày của kế hoạch. Đây là:"),
        "broken-text": _("Chữ trong mục này mất dấu, chưa sửa được:"),
        "missing-rows": _("Bảng có vẻ thiếu dòng: số thứ tự nhảy quãng."),
    }.get(doubt.kind)
    if said is None:
        said = _("Chữ gốc là:") if doubt.kind.startswith("repaired") else _("Xin bạn xem lại chỗ này:")
    return said


def say(doubts: Sequence[Doubt], content: Content, me: int | None) -> None:
    """Put on doubts the words of a list: ``short`` for an open one; ``who``, ``said``, ``was`` for a settled one."""
    ids = {doubt.person_id for doubt in doubts if doubt.person_id}
    names = {user.pk: user.name for user in User.objects.filter(pk__in=ids)} if ids else {}
    for doubt in doubts:
        doubt.short = _short(doubt, content)
        is_settled = doubt.state in (Doubt.State.ACCEPTED, Doubt.State.CHANGED)
        who = _("Bạn") if doubt.person_id == me else names.get(doubt.person_id or 0, "")
        doubt.who = who if is_settled and doubt.person_id else ""
        verb = _("%(who)s đã nhận") if doubt.state == Doubt.State.ACCEPTED else _("%(who)s đã sửa")
        doubt.said = verb % {"who": who}
        is_short = len(doubt.found or "") < 80 and len(doubt.proposed or "") < 80
        is_torn = bool(doubt.found and doubt.proposed) and doubt.found != doubt.proposed and is_short
        doubt.was = f"{doubt.found} → {_proposed(doubt)}" if is_torn else ""


def _short(doubt: Doubt, content: Content) -> str:
    where = place_of(doubt.where)
    name = get(content, where) if is_name(where) and has(content, where) else doubt.found or ""
    said = {
        "not-a-plan": _("Không thấy kế hoạch trong tệp"),
        "header-missing": _("Tệp không ghi. Bạn biết không?"),
        "header-inferred": _("Lấy từ thân văn bản, đúng không?"),
        "citation-year": _("Năm không khớp với ký hiệu"),
        "citation-conflict": _("Hai nơi ghi khác nhau"),
        "no-lead": _("Không thấy cơ quan chủ trì"),
        "no-time": _("Không thấy thời gian"),
        "shared-block": _("Khối này dùng chung cho các mục trên?"),
        "agency-unknown": _("“%(name)s” có phải cơ quan?"),
        "agency-unmatched": _("“%(name)s” chưa có trong danh bạ"),
        "agency-ambiguous": _("“%(name)s”: nhiều cơ quan cùng tên"),
        "agency-ended": _("“%(name)s” không hoạt động vào ngày này"),
        "broken-text": _("Chữ mất dấu, cần đọc lại"),
        "missing-rows": _("Bảng có vẻ thiếu dòng"),
    }.get(doubt.kind)
    if said is None:
        proposed = _proposed(doubt)
        return (
            _("Nhận “%(words)s”?") % {"words": proposed} if 0 < len(proposed) < 90 else _("Chữ này đã sửa, đúng chưa?")
        )
    return said % {"name": name}


def _proposed(doubt: Doubt) -> str:
    """What the reader proposed, as people write it."""
    proposed = doubt.proposed or ""
    if doubt.where.endswith("/date") and re.fullmatch(r"\d{4}-\d\d-\d\d", proposed):
        return "/".join(reversed(proposed.split("-")))
    return proposed
