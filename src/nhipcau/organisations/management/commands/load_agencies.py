"""manage.py load_agencies: put a directory of agencies into the database, as often as one likes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from nhipcau.core.acts import SYSTEM
from nhipcau.organisations.actions import import_directory
from nhipcau.organisations.packaged import packaged_tables
from nhipcau.organisations.sheets import SheetProblem, Table, read_sent


class Command(BaseCommand):
    help = "Nạp danh bạ cơ quan: danh bạ mẫu kèm theo phần mềm, hoặc các tệp CSV, XLSX chỉ ra. Chạy lại không nhân đôi."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--file", action="append", default=[], metavar="TỆP", help="CSV hoặc XLSX; có thể lặp lại")

    def handle(self, *args: Any, **options: Any) -> None:
        tables = [self._read(name) for name in options["file"]] or packaged_tables()
        with transaction.atomic():
            for table in tables:
                self._write(table)

    def _read(self, name: str) -> Table:
        try:
            return read_sent(Path(name).read_bytes())
        except OSError as problem:
            raise CommandError(f"Không mở được tệp {name}: {problem.strerror}.") from problem
        except SheetProblem as problem:
            raise CommandError(f"{name}: {problem.message}") from problem

    def _write(self, table: Table) -> None:
        try:
            done = import_directory(SYSTEM, table)
        except ValidationError as problem:
            raise CommandError(" ".join(problem.messages)) from problem
        what = "cơ quan" if table.kind == "organisations" else "nhóm"
        self.stdout.write(f"{what}: {done.new} mới, {done.changed} thay đổi, {done.same} như cũ")
