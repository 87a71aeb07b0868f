"""The official document that reminds the silent: those that have not sent their report in a round."""

from __future__ import annotations

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nhipcau.core.actors import Actor
from nhipcau.core.rooms import PaperValues
from nhipcau.documents.queries.papers import NothingToWrite, annex_of, greeted
from nhipcau.documents.queries.saying import counted, ruled
from vanban.official import Table

from . import rules
from .models import Report, Round
from .queries.seen import visible_rounds

IN_BODY = 12  # lines of the table that stand in the letter itself; more go into an annex
_Line = tuple[str, str, str]  # name, until when, how it stands


def reminder(actor: Actor, public_id: str) -> PaperValues | None:
    """Of a round that the actor's organisation collects: who has not sent today."""
    if not actor.has(*rules.WRITERS):
        return None
    rounds = visible_rounds(actor).filter(organisation=actor.organisation_id or 0)
    round_ = rounds.filter(public_id=public_id).first()
    if round_ is None:
        return None
    waiting = round_.reports.filter(Q(sent_at=None, edition=1) | Q(state=Report.State.ASKED), receiver__isnull=False)
    found = list(waiting.select_related("organisation").order_by("organisation__sort_key", "pk"))
    if not found:
        raise NothingToWrite(_("Mọi đơn vị đã gửi báo cáo nên không còn ai để đôn đốc."))
    lines = [(row.organisation.name, _moment(row), _state(row)) for row in found]
    names = [row.organisation.name for row in found]
    return _values(round_, lines, names, tuple(row.organisation_id for row in found))


def _values(round_: Round, lines: list[_Line], names: list[str], ids: tuple[int, ...]) -> PaperValues:
    table = _table(lines)
    is_annexed = len(lines) > IN_BODY
    return PaperValues(
        fills={
            "kính gửi": greeted(names),
            "tên kỳ": round_.name,
            "tình hình": f"{counted(len(lines), 'đơn vị')} chưa gửi báo cáo",
            "chỗ chi tiết": "chi tiết tại Phụ lục kèm theo." if is_annexed else "cụ thể như sau:",
            "ngày chốt": f"{round_.last:%d/%m/%Y}",
        },
        about=("reporting.round", round_.public_id),
        blocks={"bảng đơn vị": () if is_annexed else (table,)},
        addressees=ids,
        annexes=(annex_of("Danh sách đơn vị chưa gửi báo cáo", table),) if is_annexed else (),
    )


def _table(lines: list[_Line]) -> Table:
    laid = [[str(number), *line] for number, line in enumerate(lines, 1)]
    return ruled(("STT", "Đơn vị", "Thời hạn", "Tình trạng"), laid, (0.08, 0.48, 0.2, 0.24), centred=(0, 2))


def _moment(row: Report) -> str:
    local = timezone.localtime(row.due_at)
    return f"{local:%d/%m/%Y}" if local.hour == 23 else f"{local:%H:%M} ngày {local:%d/%m/%Y}"


def _state(row: Report) -> str:
    if row.state == Report.State.ASKED:
        return "Chưa bổ sung theo yêu cầu"
    days = (timezone.localdate() - timezone.localtime(row.due_at).date()).days
    if row.due_at < timezone.now():
        return f"Quá hạn {counted(days, 'ngày')}" if days else "Quá hạn"
    return "Chưa gửi"


def reminder_sample() -> PaperValues:
    """Two units of a province that does not exist."""
    today = timezone.localdate()
    lines = [
        ("Ủy ban nhân dân phường Bình An", "05/11/2026", "Quá hạn 03 ngày"),
        ("Ủy ban nhân dân xã Hòa Thuận", "05/11/2026", "Chưa bổ sung theo yêu cầu"),
    ]
    round_ = Round(public_id="", name="Báo cáo kết quả truyền thông chính sách năm 2026", last=today)
    values = _values(round_, lines, [line[0] for line in lines], ())
    return PaperValues(values.fills, ("", ""), values.blocks)
