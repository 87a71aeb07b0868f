"""What the official documents of this room are filled with: a submission, the register of a plan, what the rules object to,
the comparison of two plans, and the reasons for what a lower plan leaves out.

Each function answers the manifest (``core.rooms.Paper``): values for who may write the document, None where the thing does
not exist for them. Documents are Vietnamese.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from nhipcau.core.actors import Actor
from nhipcau.core.rooms import PaperValues
from nhipcau.documents.queries.papers import ABSENT, NothingToWrite, annex_of
from nhipcau.documents.queries.saying import Cell, about, counted, dayly, listed, neat, ruled, shortened
from nhipcau.organisations.models import Organisation
from vanban.official import Table

from . import findings_files
from .alignment import words
from .alignment.sheet import Quote, Sheet, sheet_of, summary
from .checking.shown import Findings
from .exports import Entry, entries
from .models import Alignment, AlignmentQuestion, Plan, Task, TaskAgency
from .queries import alignments
from .queries import findings as checked
from .queries.citing import LONGEST_TITLE, bases_of, full_name, short_name
from .queries.outline import live_tasks
from .queries.plans import sight_of
from .rules import REVIEWERS

_PLANS = Plan.objects.select_related("organisation", "document", "text").defer("outline", "recipients", "folded")


# --- one plan ----------------------------------------------------------------------------------------------------------


def submission(actor: Actor, public_id: str) -> PaperValues | None:
    """Of a plan of the actor's own organisation: to whoever stands above it."""
    plan = _plan(actor, public_id)
    if plan is None or plan.organisation_id != actor.organisation_id:
        return None
    above = plan.organisation.parent
    tasks = list(entries(_tasks(plan)))
    if not tasks:
        raise NothingToWrite(_("Kế hoạch này không có nhiệm vụ nào để trình."))
    found = checked.findings_in(plan, checked.reading_of(plan), language="vi")
    return PaperValues(
        fills={
            **_plan_fills(plan, tasks),
            "căn cứ": "\n".join(bases_of(plan)),
            "nơi trình": above.name if above is not None else ABSENT,
            "nhóm việc": "\n".join(_groups(tasks)),
            "thời hạn": _times(tasks),
            "kết quả kiểm tra": _checked_words(found),
        },
        about=("plans.plan", plan.public_id),
        addressees=(above.pk,) if above is not None else (),
        annexes=(annex_of(f"Danh mục nhiệm vụ của {_title(plan)}", register_table(tasks)),),
    )


def register(actor: Actor, public_id: str) -> PaperValues | None:
    """Of a plan of the actor's organisation or one below it: its tasks as an annex, to those who lead them."""
    plan = _plan(actor, public_id)
    if plan is None or not plan.organisation.is_within(actor.organisation_id):
        return None
    tasks = list(entries(_tasks(plan)))
    if not tasks:
        raise NothingToWrite(_("Kế hoạch này không có nhiệm vụ nào để lập danh mục."))
    leading = TaskAgency.objects.filter(task__in=[one.pk for one in tasks], role=TaskAgency.Role.LEAD)
    to = leading.exclude(organisation=None).exclude(organisation_id=actor.organisation_id or 0)
    ids = list(to.order_by("organisation__sort_key").values_list("organisation_id", flat=True).distinct())
    fills = _plan_fills(plan, tasks)
    if not ids:  # only groups lead: they are named as the plan names them
        fills["kính gửi"] = "\n".join(dict.fromkeys(name for one in tasks for name in one.lead))
    return PaperValues(
        fills=fills,
        about=("plans.plan", plan.public_id),
        addressees=tuple(ids),
        annexes=(annex_of(f"Danh mục nhiệm vụ của {short_name(plan)}", register_table(tasks)),),
    )


def findings(actor: Actor, public_id: str) -> PaperValues | None:
    """What the rules object to in a plan that the actor may see: to the organisation whose plan it is."""
    plan = _plan(actor, public_id)
    if plan is None:
        return None
    found = checked.findings_in(plan, checked.reading_of(plan), language="vi")
    if not found.open:
        raise NothingToWrite(_("Kế hoạch này không có điều nào cần xem lại."))
    is_own = plan.organisation_id == actor.organisation_id
    return PaperValues(
        fills={
            **_plan_fills(plan, []),
            "nơi nhận góp ý": "Đơn vị soạn thảo kế hoạch" if is_own else plan.organisation.name,
            "số điều": _by_severity(found),
            "ngày xét": dayly(found.day),
        },
        about=("plans.plan", plan.public_id),
        addressees=() if is_own else (plan.organisation_id,),
        annexes=(annex_of("Các nội dung cần xem lại", findings_table(found)),),
    )


def register_table(tasks: Sequence[Entry]) -> Table:
    """The tasks of a plan in its order."""
    rows: list[Sequence[Cell]] = [
        [
            one.code,
            one.text,
            "\n".join(one.lead),
            "\n".join(one.coordinating),
            dayly(one.date) or one.time_text or "Không ghi",
        ]
        for one in tasks
    ]
    heads = ("Mục", "Nhiệm vụ", "Chủ trì", "Phối hợp", "Thời hạn")
    return ruled(heads, rows, (0.08, 0.4, 0.18, 0.2, 0.14), centred=(0, 4))


def findings_table(found: Findings) -> Table:
    """What is open, the worst first."""
    shown = [one for _severity, group in found.by_severity for one in group]
    rows: list[Sequence[Cell]] = [
        [
            str(number),
            findings_files.severity_word(one),
            "\n".join(part for part in (one.noted.code, findings_files.place(one)) if part),
            one.noted.message,
            one.noted.suggestion or "",
        ]
        for number, one in enumerate(shown, 1)
    ]
    heads = ("STT", "Mức độ", "Vị trí", "Nội dung", "Lời văn đề xuất")
    return ruled(heads, rows, (0.06, 0.11, 0.13, 0.4, 0.3), centred=(0, 1))


def _plan(actor: Actor, public_id: str) -> Plan | None:
    """The plan, if the actor may see it and writes for an organisation."""
    if not actor.roles:
        return None
    return _PLANS.all().filter(pk__in=sight_of(actor).keys, public_id=public_id).first()


def _tasks(plan: Plan) -> Any:
    return live_tasks(plan).filter(kind=Task.Kind.TASK)


def _title(plan: Plan) -> str:
    """The plan by type and title, as its own head prints it."""
    kind, title = plan.document.doc_type or "Kế hoạch", shortened(plan.title, LONGEST_TITLE)
    return title if title.lower().startswith(kind.lower()) else f"{kind}{about(title)}"


def _plan_fills(plan: Plan, tasks: Iterable[Entry]) -> dict[str, str]:
    found = list(tasks)
    leads = {name for one in found for name in one.lead}
    return {
        "kế hoạch": short_name(plan),
        "căn cứ kế hoạch": full_name(plan),
        "tên kế hoạch": _title(plan),
        "số nhiệm vụ": counted(len(found), "nhiệm vụ"),
        "số cơ quan": counted(len(leads), "cơ quan, nhóm cơ quan chủ trì"),
    }


def _groups(tasks: Iterable[Entry]) -> list[str]:
    counts = Counter(neat(one.group).rstrip(" .;:") for one in tasks if neat(one.group))
    said = [f"{shortened(name, 160)}: {counted(n, 'nhiệm vụ')}" for name, n in counts.items()]
    return [f"{one}{'.' if at == len(said) - 1 else ';'}" for at, one in enumerate(said)]


def _times(tasks: Sequence[Entry]) -> str:
    days = sorted(one.date for one in tasks if one.date)
    if not days:
        return "Các nhiệm vụ không ghi ngày hoàn thành."
    span = (
        f"trước hết ngày {dayly(days[0])}"
        if days[0] == days[-1]
        else f"từ ngày {dayly(days[0])} đến ngày {dayly(days[-1])}"
    )
    rest = len(tasks) - len(days)
    others = f"; {counted(rest, 'nhiệm vụ')} thực hiện thường xuyên hoặc không ghi ngày" if rest else ""
    return f"Thời hạn: {counted(len(days), 'nhiệm vụ')} có ngày hoàn thành, {span}{others}."


def _checked_words(found: Findings) -> str:
    if not found.open:
        return "Qua tự kiểm tra, không còn nội dung nào cần xem lại."
    return f"Qua tự kiểm tra, còn {_by_severity(found)} cần xem lại trước khi ban hành."


def _by_severity(found: Findings) -> str:
    nouns = {"error": "lỗi", "warning": "cảnh báo", "note": "lưu ý"}
    return listed(counted(len(shown), nouns[severity]) for severity, shown in found.by_severity)


# --- two plans ---------------------------------------------------------------------------------------------------------


def pair_id(higher: Plan, lower: Plan) -> str:
    """What names the comparison of two plans in an address."""
    return f"{higher.public_id}-{lower.public_id}"


def alignment(actor: Actor, public_id: str) -> PaperValues | None:
    """The comparison of two plans that the actor may both see: to those of the two organisations that are not its own."""
    found = _pair(actor, public_id)
    if found is None:
        return None
    higher, lower, made = found
    sheet = sheet_of(made.result["vi"], made.extra, made.counts)
    return PaperValues(
        fills={**_pair_fills(higher, lower), "tóm tắt": summary(sheet)},
        about=("plans.alignment", public_id),
        addressees=_others(actor, higher, lower),
        annexes=(annex_of("Bảng đối chiếu nội dung hai kế hoạch", alignment_table(sheet, higher, lower)),),
    )


def answer(actor: Actor, public_id: str) -> PaperValues | None:
    """The reasons of the lower plan's organisation for what it leaves out or weakens: to the organisation above."""
    found = _pair(actor, public_id)
    if found is None or found[1].organisation_id != actor.organisation_id or not actor.has(*REVIEWERS):
        return None
    higher, lower, made = found
    asked = [question for question in alignments.questions_on(made)[0].values() if question.applies and question.answer]
    if not asked:
        raise NothingToWrite(_("Chưa mục nào được ghi lý do nên chưa có gì để giải trình."))
    return PaperValues(
        fills={**_pair_fills(higher, lower), "tóm tắt": "", "số mục": counted(len(asked), "mục")},
        about=("plans.alignment", public_id),
        blocks={"bảng giải trình": (answers_table((one.code, one.text, _reason(one)) for one in asked),)},
        addressees=_others(actor, higher, lower),
    )


def alignment_table(sheet: Sheet, higher: Plan, lower: Plan) -> Table:
    """What differs, the gravest first, with what both plans say; then how many are kept."""
    rows: list[Sequence[Cell]] = [
        [
            str(number),
            row.label,
            "\n".join(dict.fromkeys((*row.higher, *row.lower))),
            row.text,
            _quoted(row.quotes[0]),
            _quoted(row.quotes[1]),
        ]
        for number, row in enumerate(sheet.rows, 1)
    ]
    if sheet.kept:
        codes = ", ".join(code for kept in sheet.kept for code in kept.higher)
        said = f"{counted(len(sheet.kept), 'mục')} giữ nguyên: {codes}"
        rows.append([str(len(sheet.rows) + 1), words.kind("kept"), "", said, "", ""])
    heads = ("STT", "Khác nhau", "Mục", "Nội dung khác", short_name(higher), short_name(lower))
    return ruled(heads, rows, (0.05, 0.1, 0.09, 0.28, 0.24, 0.24), centred=(0,))


def answers_table(rows: Iterable[tuple[str, str, str]]) -> Table:
    """Each duty of the higher plan with the reason: (code, wording, reason)."""
    laid: list[Sequence[Cell]] = [[str(n), code, text, reason] for n, (code, text, reason) in enumerate(rows, 1)]
    return ruled(("STT", "Mục", "Nội dung cấp trên giao", "Giải trình"), laid, (0.08, 0.12, 0.42, 0.38), centred=(0, 1))


def _quoted(quotes: Iterable[Quote]) -> str:
    return "\n".join(quote.text for quote in quotes)


def _reason(question: AlignmentQuestion) -> str:
    label = str(question.get_answer_display())
    return f"{label}: {neat(question.words)}" if question.words.strip() else label


def _pair(actor: Actor, public_id: str) -> tuple[Plan, Plan, Alignment] | None:
    one, _dash, other = public_id.partition("-")
    higher, lower = _plan(actor, one), _plan(actor, other)
    if higher is None or lower is None:
        return None
    made = alignments.ready_alignment(higher, lower)
    return (higher, lower, made) if made is not None else None


def _pair_fills(higher: Plan, lower: Plan) -> dict[str, str]:
    return {
        "kế hoạch cấp trên": short_name(higher),
        "kế hoạch cấp dưới": short_name(lower),
        "căn cứ cấp trên": full_name(higher),
        "căn cứ cấp dưới": full_name(lower),
    }


def _others(actor: Actor, higher: Plan, lower: Plan) -> tuple[int, ...]:
    ids: dict[int, Organisation] = {plan.organisation_id: plan.organisation for plan in (higher, lower)}
    ids.pop(actor.organisation_id or 0, None)
    return tuple(ids)


# --- samples, for the preview of a wording: invented, and recognisably so ------------------------------------------------

_SAMPLE = {
    "kế hoạch": "Kế hoạch số 15/KH-UBND",
    "căn cứ kế hoạch": "Kế hoạch số 15/KH-UBND ngày 12 tháng 02 năm 2026 của Ủy ban nhân dân tỉnh Hòa An về truyền thông "
    "chính sách năm 2026",
    "tên kế hoạch": "Kế hoạch truyền thông chính sách trên địa bàn tỉnh Hòa An năm 2026",
    "số nhiệm vụ": "03 nhiệm vụ",
    "số cơ quan": "02 cơ quan, nhóm cơ quan chủ trì",
}
_SAMPLE_ROWS: tuple[Sequence[Cell], ...] = (
    ("II.1.a", "Tổ chức hội nghị phổ biến công tác truyền thông chính sách", "Sở Tư pháp", "Sở Nội vụ", "15/12/2026"),
    ("II.1.b", "Biên soạn tài liệu tuyên truyền về chính sách mới cho cơ sở", "Sở Tư pháp", "", "Thường xuyên"),
    ("II.2.a", "Phát thanh chuyên mục chính sách mới", "UBND các phường, xã", "Sở Tư pháp", "Hằng tuần"),
)


def _sample_register() -> Table:
    heads = ("Mục", "Nhiệm vụ", "Chủ trì", "Phối hợp", "Thời hạn")
    return ruled(heads, _SAMPLE_ROWS, (0.08, 0.4, 0.18, 0.2, 0.14), centred=(0, 4))


def plan_sample() -> PaperValues:
    """A plan of a province that does not exist."""
    return PaperValues(
        fills={
            **_SAMPLE,
            "căn cứ": "Quyết định số 407/QĐ-TTg ngày 30 tháng 3 năm 2022 của Thủ tướng Chính phủ",
            "nơi trình": "Ủy ban nhân dân tỉnh Hòa An",
            "kính gửi": "Sở Tư pháp\nSở Nội vụ",
            "nhóm việc": "Nâng cao nhận thức: 02 nhiệm vụ;\nTruyền thông ở cơ sở: 01 nhiệm vụ.",
            "thời hạn": "Thời hạn: 01 nhiệm vụ có ngày hoàn thành, trước hết ngày 15/12/2026; 02 nhiệm vụ thực hiện thường "
            "xuyên hoặc không ghi ngày.",
            "kết quả kiểm tra": "Qua tự kiểm tra, không còn nội dung nào cần xem lại.",
        },
        about=("", ""),
        annexes=(annex_of("Danh mục nhiệm vụ của Kế hoạch số 15/KH-UBND", _sample_register()),),
    )


def findings_sample() -> PaperValues:
    """One point in that plan."""
    rows: list[Sequence[Cell]] = [
        ["1", "Cảnh báo", "II.1.b", "Nhiệm vụ không ghi thời hạn hoàn thành.", "Hoàn thành trước ngày 15/12/2026."]
    ]
    heads = ("STT", "Mức độ", "Vị trí", "Nội dung", "Lời văn đề xuất")
    table = ruled(heads, rows, (0.06, 0.11, 0.13, 0.4, 0.3), centred=(0, 1))
    return PaperValues(
        fills={
            **_SAMPLE,
            "nơi nhận góp ý": "Ủy ban nhân dân tỉnh Hòa An",
            "số điều": "01 cảnh báo",
            "ngày xét": "22/11/2026",
        },
        about=("", ""),
        annexes=(annex_of("Các nội dung cần xem lại", table),),
    )


_SAMPLE_PAIR = {
    "kế hoạch cấp trên": "Kế hoạch số 15/KH-UBND",
    "kế hoạch cấp dưới": "Kế hoạch số 32/KH-UBND",
    "căn cứ cấp trên": _SAMPLE["căn cứ kế hoạch"],
    "căn cứ cấp dưới": "Kế hoạch số 32/KH-UBND ngày 05 tháng 3 năm 2026 của Ủy ban nhân dân phường Bình An về truyền thông "
    "chính sách năm 2026",
    "kính gửi": "Ủy ban nhân dân tỉnh Hòa An",
}


def alignment_sample() -> PaperValues:
    """Two plans of that province."""
    rows: list[Sequence[Cell]] = [
        ["1", "Bỏ", "II.1.b", "Chưa nhận: biên soạn tài liệu tuyên truyền.", "Biên soạn tài liệu tuyên truyền", ""],
        ["2", "Giữ nguyên", "", "02 mục giữ nguyên: II.1.a, II.2.a", "", ""],
    ]
    heads = ("STT", "Khác nhau", "Mục", "Nội dung khác", "Kế hoạch số 15/KH-UBND", "Kế hoạch số 32/KH-UBND")
    table = ruled(heads, rows, (0.05, 0.1, 0.09, 0.28, 0.24, 0.24), centred=(0,))
    return PaperValues(
        fills={**_SAMPLE_PAIR, "tóm tắt": "Trong 03 nhiệm vụ của tỉnh, phường bỏ 01 và giữ nguyên 02."},
        about=("", ""),
        annexes=(annex_of("Bảng đối chiếu nội dung hai kế hoạch", table),),
    )


def answer_sample() -> PaperValues:
    """One reason of that ward."""
    rows = [
        ("II.1.b", "Biên soạn tài liệu tuyên truyền về chính sách mới", "Đã có ở kế hoạch khác: Kế hoạch số 20/KH-UBND")
    ]
    return PaperValues(
        fills={**_SAMPLE_PAIR, "tóm tắt": "", "số mục": "01 mục"},
        about=("", ""),
        blocks={"bảng giải trình": (answers_table(rows),)},
    )
