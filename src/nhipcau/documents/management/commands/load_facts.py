"""manage.py load_facts: take over what a newer version of the software knows of documents and agencies."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from nhipcau.core.acts import SYSTEM
from nhipcau.documents.facts import load_validity
from nhipcau.organisations.actions import load_successions


class Command(BaseCommand):
    help = "Nạp bảng hiệu lực văn bản và cơ quan kế thừa kèm theo phần mềm; dòng đã sửa tay giữ nguyên."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        for what, (new, renewed) in (
            ("hiệu lực văn bản", load_validity(SYSTEM)),
            ("cơ quan kế thừa", load_successions(SYSTEM)),
        ):
            self.stdout.write(f"{what}: {new} mới, {renewed} cập nhật")
