"""A plan in which a careful reader finds what there is to object to."""

from __future__ import annotations

from tests.factories import PLAN_LINES

from nhipcau.plans.models import Reading
from nhipcau.plans.queries import findings

AFTER = "2026-11-22"  # Nghị định 09/2017/NĐ-CP is replaced, Sở Thông tin và Truyền thông is gone
BEFORE = "2024-06-01"
BASIS = "Căn cứ Nghị định số 09/2017/NĐ-CP ngày 09/02/2017 của Chính phủ;"
TWICE = "- Theo dõi, đôn đốc đôn đốc việc thực hiện Kế hoạch này."


def faulty_lines() -> list[str]:
    """A decree that was replaced, an agency that was abolished, a word written twice, a task without a lead."""
    lines = list(PLAN_LINES)
    lines.insert(6, BASIS)
    lines[lines.index("- Cơ quan chủ trì: Sở Vũ trụ.")] = "- Cơ quan chủ trì: Sở Thông tin và Truyền thông."
    lines[lines.index("- Theo dõi, đôn đốc việc thực hiện Kế hoạch này.")] = TWICE
    return lines


FAULTY = "\n".join(faulty_lines())


def rules_in(reading: Reading, **given: object) -> set[str]:
    """The rules that object to something in the reading as it stands."""
    reading = Reading.objects.get(pk=reading.pk)
    return {one.noted.rule for one in findings.findings_of(reading, **given).open}  # type: ignore[arg-type]


def open_finding(reading: Reading, rule: str) -> findings.Shown:
    """The first open finding of a rule."""
    reading = Reading.objects.get(pk=reading.pk)
    return next(one for one in findings.findings_of(reading).open if one.noted.rule == rule)
