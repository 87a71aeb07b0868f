"""manage.py load_facts: take over what a newer version of the software knows of documents, agencies, days and limits."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from nhipcau.core.acts import SYSTEM
from nhipcau.core.timekeeping.actions import load_calendar, load_rules
from nhipcau.documents.facts import load_validity
from nhipcau.organisations.actions import load_successions


class Command(BaseCommand):
    help = (
        "Nạp bảng hiệu lực văn bản, cơ quan kế thừa, lịch làm việc và quy định về thời hạn kèm theo phần mềm; dòng đã sửa "
        "tay giữ nguyên."
    )

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        for what, (new, renewed) in (
            ("hiệu lực văn bản", load_validity(SYSTEM)),
            ("cơ quan kế thừa", load_successions(SYSTEM)),
            ("lịch làm việc", load_calendar(SYSTEM)),
            ("quy định về thời hạn", load_rules(SYSTEM)),
        ):
            self.stdout.write(f"{what}: {new} mới, {renewed} cập nhật")
