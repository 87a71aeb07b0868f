"""What happens with the demonstration's plans after they are confirmed: a few agencies tell how far they are, one is stuck,
the city asks the silent ones. Made by the same acts that people use, today: nothing is dated back."""

from __future__ import annotations

from django.db.models import QuerySet

from nhipcau.core.acts import Actor
from nhipcau.followup.actions import chase, raise_obstacle, record_progress
from nhipcau.followup.models import Assignment, Note
from nhipcau.organisations.models import Organisation

WARD = "Ủy ban nhân dân Phường 7"
JUSTICE = "Sở Tư pháp"
# What the ward's officer wrote, in turn: state, percent, words.
_WARD_WORDS = (
    ("in_progress", None, "Đã phổ biến trong giao ban tháng; tổ dân phố 5 và 6 còn phải họp."),
    ("done", None, "Đã phân công đồng chí phụ trách, gửi danh sách về thành phố."),
    ("in_progress", 60, "Chuyên mục trên trang thông tin điện tử đã có 12 bài."),
)
_JUSTICE_WORDS = (
    ("done", None, "Đã tổ chức hội nghị phổ biến công tác truyền thông chính sách cho 120 cán bộ."),
    ("in_progress", 40, "Đã gửi dự thảo tài liệu tập huấn lấy ý kiến các sở, ngành."),
)
_STUCK = "Chưa được bố trí kinh phí vận hành trang thông tin điện tử trong dự toán năm nay."
_WANTED = "Đề nghị thành phố bổ sung dự toán hoặc cho dùng chung hạ tầng của Cổng thông tin điện tử."
_ASKING = "Đề nghị cơ quan cho biết tình hình thực hiện các việc dưới đây và khó khăn, vướng mắc nếu có."


def live(ward: Actor, justice: Actor, city: Actor) -> None:
    """Let officers of the ward and the department write, the ward raise an obstacle, and the city's coordinator ask."""
    if Note.objects.exists():
        return
    _write(ward, _WARD_WORDS)
    _write(justice, _JUSTICE_WORDS)
    stuck = (
        _of(ward)
        .filter(owner_id=city.organisation_id or 0, is_open=True, last_word="")
        .order_by("next_day", "task__position")
        .last()
    )
    if stuck is not None and city.organisation_id is not None:
        asked = Organisation.objects.get(pk=city.organisation_id)
        raise_obstacle(ward, stuck, text=_STUCK, proposal=_WANTED, asked=asked)
    silent = Assignment.objects.filter(
        owner_id=city.organisation_id or 0, task__kind="task", is_open=True, last_word=""
    )
    chase(city, list(silent.order_by("pk").values_list("pk", flat=True)[:60]), words=_ASKING, key="demo")


def _of(actor: Actor) -> QuerySet[Assignment]:
    return Assignment.objects.filter(organisation_id=actor.organisation_id or 0, task__kind="task", ended="")


def _write(actor: Actor, said: tuple[tuple[str, int | None, str], ...]) -> None:
    rows = _of(actor).order_by("next_day", "task__position")
    for number, (assignment, (progress, percent, words)) in enumerate(zip(rows, said, strict=False)):
        record_progress(
            actor,
            assignment,
            version=assignment.version,
            progress=progress,
            percent=percent,
            text=words,
            key=f"demo-{number}",
        )
