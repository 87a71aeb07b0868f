"""What the official documents of this room are filled with: reminders, invitations, a unit's own plan.

Each function answers the manifest (``core.rooms.Paper``): values for who may write the document, None where the thing does
not exist for them. Documents are Vietnamese; names of people do not go into them, only their posts.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Sequence

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nhipcau.core.actors import Actor
from nhipcau.core.rooms import PaperValues
from nhipcau.documents.queries.papers import GREETED, NothingToWrite, annex_of, greeted
from nhipcau.documents.queries.saying import Cell, counted, day, dayly, headed, neat, ruled, shortened
from nhipcau.organisations.models import Membership, Organisation, Role
from nhipcau.organisations.queries import valid_on
from nhipcau.plans.models import NO_DATE, Plan
from nhipcau.plans.queries.citing import full_name, names_of
from vanban.official import Annex, Block, Table

from . import rules
from .models import Assignment, Chase, Step
from .queries.board import BoardFilter
from .queries.chasing import asked_rows, visible_chases
from .queries.obstacles import visible_obstacle
from .queries.seen import visible_assignment

IN_BODY = 25  # lines of a table that stand in the letter itself; more go into an annex
MOST = 3000  # lines of one document
PLANS_NAMED = 3  # plans that a subject names one by one
SOON = "trong thời gian sớm nhất"  # where no day was named for the answer
INVITED = "Đại diện lãnh đạo "
_POSTS = {Role.HEAD: "Lãnh đạo", Role.COORDINATOR: "Cán bộ điều phối", Role.OFFICER: "Cán bộ phụ trách"}


# --- reminders and invitations about what is late ---------------------------------------------------------------------


@dataclasses.dataclass(frozen=True, slots=True)
class Late:
    """One assignment that is late or without a word, as a table says it."""

    agency: str
    text: str
    plan: str
    due: str
    state: str


def reminder(actor: Actor, public_id: str) -> PaperValues | None:
    """Of one round of asking in the name of the actor's organisation: what is still late or unanswered today."""
    if not rules.may_chase(actor):
        return None
    chase = visible_chases(actor).filter(public_id=public_id, organisation_id=actor.organisation_id or 0).first()
    if chase is None:
        return None
    today = timezone.localdate()
    lines = chase.lines.filter(assignment__is_open=True)
    waiting = lines.filter(Q(answered_at=None) | Q(assignment__due__lt=today)).values("assignment_id")
    rows = _with_all(Assignment.objects.filter(pk__in=waiting))
    return _late_values(rows, ("followup.chase", chase.public_id), today, _answer_by(chase, today))


def reminder_now(actor: Actor, public_id: str) -> PaperValues | None:
    """Of everything that the actor follows and that is late or silent today. ``public_id``: of the actor's organisation, or
    none."""
    if not rules.may_chase(actor) or not _is_own(actor, public_id):
        return None
    today = timezone.localdate()
    rows = asked_rows(actor, BoardFilter.of({}), (), "trouble", today)
    return _late_values(_with_all(rows), ("", ""), today, SOON)


def _late_values(
    rows: QuerySet[Assignment], about: tuple[str, str], today: dt.date, answer_by: str
) -> PaperValues | None:
    found = sorted(rows[: MOST + 1], key=lambda row: (row.organisation.sort_key, row.due, row.word_due, row.pk))
    if not found:
        raise NothingToWrite(_("Không còn nhiệm vụ nào quá hạn hoặc chờ báo cáo nên chưa có gì để soạn."))
    if len(found) > MOST:
        raise NothingToWrite(
            _("Có hơn 3.000 việc chậm nên một văn bản không kể hết được. Bạn đôn đốc từng nhóm cơ quan.")
        )
    plans = list({row.plan_id: row.plan for row in found}.values())
    agencies = list({row.organisation_id: row.organisation for row in found}.values())
    late = [_late(row, today) for row in found]
    table = late_table(late, with_plan=len(plans) > 1)
    is_annexed = len(late) > IN_BODY or len(agencies) > GREETED
    return PaperValues(
        fills={
            **_plan_fills(plans),
            "kính gửi": greeted(one.name for one in agencies),
            "thành phần": greeted((one.name for one in agencies), INVITED),
            "tình hình": f"{counted(len(late), 'nhiệm vụ')} của {counted(len(agencies), 'cơ quan, đơn vị')} quá hạn hoặc "
            "chưa có báo cáo",
            "chỗ chi tiết": "chi tiết tại Phụ lục kèm theo." if is_annexed else "cụ thể như sau:",
            "hạn trả lời": answer_by,
        },
        about=about,
        blocks={"bảng việc": () if is_annexed else (table,)},
        addressees=tuple(one.pk for one in agencies),
        annexes=(annex_of("Danh mục nhiệm vụ quá hạn hoặc chưa có báo cáo", table),) if is_annexed else (),
    )


def late_table(rows: Sequence[Late], *, with_plan: bool) -> Table:
    """The assignments under the name of each agency."""
    heads = ["STT", "Nhiệm vụ", *(["Kế hoạch"] if with_plan else []), "Thời hạn", "Tình trạng"]
    widths = (0.07, 0.41, 0.18, 0.15, 0.19) if with_plan else (0.07, 0.54, 0.17, 0.22)
    laid: list[Sequence[Cell]] = []
    for agency in dict.fromkeys(row.agency for row in rows):
        own = [row for row in rows if row.agency == agency]
        laid.append(headed(f"{agency}: {counted(len(own), 'nhiệm vụ')}", len(heads)))
        for number, row in enumerate(own, 1):
            laid.append([str(number), row.text, *([row.plan] if with_plan else []), row.due, row.state])
    return ruled(heads, laid, widths, centred=(0, len(heads) - 2))


def _late(row: Assignment, today: dt.date) -> Late:
    if row.due < today:
        state = f"Quá hạn {counted((today - row.due).days, 'ngày')}"
    elif row.word_due < today:
        state = f"Chưa có báo cáo từ ngày {dayly(row.word_due)}"
    else:
        state = "Chưa có báo cáo"
    text = f"{row.task.code}. {row.task.text}" if row.task.code else row.task.text
    return Late(row.organisation.name, neat(text), row.plan.label, dayly(row.due) or "Thường xuyên", state)


def _answer_by(chase: Chase, today: dt.date) -> str:
    return f"trước hết {day(chase.answer_by)}" if today <= chase.answer_by < NO_DATE else SOON


def obstacle_meeting(actor: Actor, public_id: str) -> PaperValues | None:
    """Of an obstacle, for the organisation that was asked about it or that follows the assignment: those who have the task
    together."""
    obstacle = visible_obstacle(actor, public_id)
    if obstacle is None or not actor.has(*rules.DOERS):
        return None
    row = obstacle.assignment
    if actor.organisation_id not in (obstacle.asked_id, row.owner_id):
        return None
    others = Assignment.objects.filter(task=row.task_id, ended="").order_by("-role", "organisation__sort_key")
    agencies = {row.organisation_id: row.organisation, obstacle.asked_id: obstacle.asked}
    agencies |= {one.organisation_id: one.organisation for one in others.select_related("organisation")[:50]}
    agencies.pop(actor.organisation_id or 0, None)
    return PaperValues(
        fills={
            **_plan_fills([_whole(row.plan_id)]),
            "thành phần": greeted((one.name for one in agencies.values()), INVITED),
            "vướng mắc": neat(obstacle.text).rstrip(" ."),
            "đề xuất": neat(obstacle.proposal).rstrip(" ."),
            "cơ quan nêu": row.organisation.name,
            "nhiệm vụ": shortened(row.task.text, 300),
        },
        about=("followup.obstacle", obstacle.public_id),
        addressees=tuple(agencies),
        annexes=_invited_annex([one.name for one in agencies.values()]),
    )


def _invited_annex(names: Sequence[str]) -> tuple[Annex, ...]:
    """The list to which the invitation leads where they are too many to be named in it."""
    if len(names) <= GREETED:
        return ()
    rows: list[Sequence[Cell]] = [[str(number), name] for number, name in enumerate(names, 1)]
    table = ruled(("STT", "Cơ quan, đơn vị"), rows, (0.1, 0.9))
    return (annex_of("Danh sách cơ quan, đơn vị được mời", table, landscape=False),)


# --- a unit's own plan -------------------------------------------------------------------------------------------------


def unit_plan(actor: Actor, public_id: str) -> PaperValues | None:
    """Of the steps of one assignment, for those who do it."""
    row = visible_assignment(actor, public_id)
    if row is None or not rules.may_plan_steps(actor, row):
        return None
    if not row.steps.exists():
        raise NothingToWrite(_("Việc này chưa có bước nào. Bạn hãy chia việc thành các bước rồi soạn kế hoạch."))
    return _unit_values([row], ("followup.assignment", row.public_id))


def unit_plan_whole(actor: Actor, public_id: str) -> PaperValues | None:
    """Of all open assignments of the actor's organisation that have steps. ``public_id``: of the organisation, or
    none."""
    if not actor.has(*rules.DOERS) or not _is_own(actor, public_id):
        return None
    mine = Assignment.objects.filter(organisation_id=actor.organisation_id or 0, is_open=True)
    rows = list(_with_all(mine.filter(steps__isnull=False).distinct()).order_by("due", "pk")[:MOST])
    if not rows:
        raise NothingToWrite(
            _("Chưa việc nào của đơn vị được chia thành bước. Bạn mở từng việc, thêm các bước rồi soạn kế hoạch.")
        )
    return _unit_values(rows, ("", ""))


def _unit_values(rows: Sequence[Assignment], about: tuple[str, str]) -> PaperValues:
    plans = [_whole(pk) for pk in dict.fromkeys(row.plan_id for row in rows)]
    steps = list(
        Step.objects.filter(assignment__in=[row.pk for row in rows]).order_by("assignment_id", "position", "pk")
    )
    posts = _posts(rows[0].organisation_id, {step.person_id for step in steps if step.person_id})
    own_steps = {row.pk: [step for step in steps if step.assignment_id == row.pk] for row in rows}
    owners = {row.owner_id: row.owner for row in rows if row.owner_id != row.organisation_id}
    return PaperValues(
        fills={
            **_plan_fills(plans),
            "số việc": counted(len(rows), "nhiệm vụ"),
            "số bước": counted(len(steps), "bước"),
            "nhiệm vụ": "\n".join(neat(row.task.text) for row in rows),
            "cơ quan theo dõi": "\n".join(one.name for one in owners.values()),
        },
        about=about,
        blocks={"bảng bước": (steps_table([(row, own_steps[row.pk]) for row in rows], posts),)},
        addressees=tuple(owners),
    )


def steps_table(rows: Iterable[tuple[Assignment, Sequence[Step]]], posts: dict[int, str]) -> Table:
    """The steps under each assignment: what, who by post, until when."""
    laid: list[Sequence[Cell]] = []
    for row, steps in rows:
        until = f" (hạn {dayly(row.due)})" if row.due != NO_DATE else ""
        laid.append(headed(f"{neat(row.task.text).rstrip(' .;')}{until}", 4))
        for number, step in enumerate(steps, 1):
            who = posts.get(step.person_id or 0, "Chưa phân công") if step.person_id else "Chưa phân công"
            laid.append([str(number), step.text, who, dayly(step.due) or "Không ghi"])
    return ruled(("STT", "Nội dung", "Người thực hiện", "Thời hạn"), laid, (0.08, 0.5, 0.24, 0.18), centred=(0, 3))


def _posts(organisation_id: int, people: set[int]) -> dict[int, str]:
    """The post of each of these people in the organisation today, the highest. Names stay out of documents."""
    held = Membership.objects.filter(
        valid_on(timezone.localdate()), organisation_id=organisation_id, person__in=people, stands_in_for=None
    )
    roles: dict[int, set[str]] = {}
    for person_id, role in held.values_list("person_id", "role"):
        roles.setdefault(person_id, set()).add(role)
    found = {pk: next((post for role, post in _POSTS.items() if role in own), "") for pk, own in roles.items()}
    return {pk: post or "Người được phân công" for pk, post in found.items()}


# --- what they share ---------------------------------------------------------------------------------------------------


def _plan_fills(plans: Sequence[Plan]) -> dict[str, str]:
    """How the document names its plans: short in the subject, one by one among the bases."""
    few = len(plans) <= PLANS_NAMED
    return {
        "kế hoạch": names_of(plans) if few else counted(len(plans), "kế hoạch"),
        "căn cứ kế hoạch": "\n".join(full_name(plan) for plan in plans),
    }


def _with_all(rows: QuerySet[Assignment]) -> QuerySet[Assignment]:
    """With what a document says of them, and no more."""
    return rows.select_related("task", "organisation", "owner", "plan__document", "plan__organisation").defer(
        "plan__outline", "plan__recipients", "plan__signature", "plan__folded", "task__folded"
    )


def _whole(plan_id: int) -> Plan:
    return Plan.objects.select_related("document", "organisation").defer("outline", "recipients").get(pk=plan_id)


def _is_own(actor: Actor, public_id: str) -> bool:
    """Whether that is the actor's organisation; the pages that show its own things name none."""
    return not public_id or Organisation.objects.filter(pk=actor.organisation_id or 0, public_id=public_id).exists()


# --- samples, for the preview of a wording: invented, and recognisably so -----------------------------------------------

_SAMPLE_PLAN = "Kế hoạch số 15/KH-UBND"
_SAMPLE_BASIS = (
    f"{_SAMPLE_PLAN} ngày 12 tháng 02 năm 2026 của Ủy ban nhân dân tỉnh Hòa An về truyền thông chính sách năm 2026"
)


def late_sample() -> PaperValues:
    """Two agencies of a province that does not exist."""
    rows = [
        Late("Sở Tư pháp", "II.1.a. Tổ chức hội nghị phổ biến công tác truyền thông chính sách", "15/KH-UBND",
             "30/10/2026", "Quá hạn 23 ngày"),
        Late("Sở Tư pháp", "II.1.b. Biên soạn tài liệu tuyên truyền về chính sách mới cho cơ sở", "15/KH-UBND",
             "Thường xuyên", "Chưa có báo cáo từ ngày 01/11/2026"),
        Late("Ủy ban nhân dân phường Bình An", "II.2.a. Phát thanh chuyên mục chính sách mới hằng tuần", "15/KH-UBND",
             "15/11/2026", "Quá hạn 07 ngày"),
    ]  # fmt: skip
    return PaperValues(
        fills={
            "kế hoạch": _SAMPLE_PLAN,
            "căn cứ kế hoạch": _SAMPLE_BASIS,
            "kính gửi": "Sở Tư pháp\nỦy ban nhân dân phường Bình An",
            "thành phần": f"{INVITED}Sở Tư pháp\n{INVITED}Ủy ban nhân dân phường Bình An",
            "tình hình": "03 nhiệm vụ của 02 cơ quan, đơn vị quá hạn hoặc chưa có báo cáo",
            "chỗ chi tiết": "cụ thể như sau:",
            "hạn trả lời": "trước hết ngày 25 tháng 11 năm 2026",
        },
        about=("", ""),
        blocks={"bảng việc": (late_table(rows, with_plan=False),)},
    )


def obstacle_sample() -> PaperValues:
    """An obstacle of that province."""
    return PaperValues(
        fills={
            "kế hoạch": _SAMPLE_PLAN,
            "căn cứ kế hoạch": _SAMPLE_BASIS,
            "thành phần": f"{INVITED}Sở Tài chính\n{INVITED}Sở Tư pháp",
            "vướng mắc": "Chưa bố trí được kinh phí in tài liệu tuyên truyền",
            "đề xuất": "Bổ sung kinh phí trong quý IV năm 2026",
            "cơ quan nêu": "Sở Tư pháp",
            "nhiệm vụ": "Biên soạn tài liệu tuyên truyền về chính sách mới cho cơ sở",
        },
        about=("", ""),
    )


def unit_sample() -> PaperValues:
    """One task of that province in three steps."""
    rows: list[Sequence[Cell]] = [
        headed("Tổ chức hội nghị phổ biến công tác truyền thông chính sách (hạn 15/12/2026)", 4),
        ["1", "Xây dựng chương trình hội nghị", "Cán bộ phụ trách", "20/11/2026"],
        ["2", "Gửi giấy mời, chuẩn bị tài liệu", "Cán bộ phụ trách", "01/12/2026"],
        ["3", "Tổ chức hội nghị", "Lãnh đạo", "10/12/2026"],
    ]
    table: Block = ruled(
        ("STT", "Nội dung", "Người thực hiện", "Thời hạn"), rows, (0.08, 0.5, 0.24, 0.18), centred=(0, 3)
    )
    return PaperValues(
        fills={
            "kế hoạch": _SAMPLE_PLAN,
            "căn cứ kế hoạch": _SAMPLE_BASIS,
            "số việc": "01 nhiệm vụ",
            "số bước": "03 bước",
            "nhiệm vụ": "Tổ chức hội nghị phổ biến công tác truyền thông chính sách",
            "cơ quan theo dõi": "Ủy ban nhân dân tỉnh Hòa An",
        },
        about=("", ""),
        blocks={"bảng bước": (table,)},
    )
