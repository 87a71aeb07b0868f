"""manage.py start: the organisation at the top of a tree and the first person who administers it. On an empty site, or
with ``--another`` for a tree that has nobody yet: nobody gets into such a tree by the pages."""

from __future__ import annotations

import getpass
import sys
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from nhipcau.core.acts import SYSTEM
from nhipcau.core.models import OutboxMessage, User
from nhipcau.organisations.actions import add_organisation, add_standard_groups, start_site
from nhipcau.organisations.models import Level, Membership, Organisation
from nhipcau.organisations.names import Place, kind_of
from vanban.text import fold

_LEVELS = {"tinh": Level.PROVINCE, "huien": Level.DISTRICT, "quan": Level.DISTRICT, "thi xa": Level.DISTRICT}


class Command(BaseCommand):
    help = "Lập cơ quan đứng đầu và người quản trị của một trang còn trống, hoặc (--another) của một hệ thống nữa."
    stealth_options = (
        "password",
    )  # for other commands; on a command line a password would stay in the shell's history

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--organisation", required=True, metavar="TÊN", help="ví dụ “Ủy ban nhân dân tỉnh …”")
        parser.add_argument("--email", required=True, metavar="THƯ")
        parser.add_argument("--name", required=True, metavar="HỌ TÊN")
        parser.add_argument("--level", choices=Level.values, help="cấp; không ghi thì đoán theo tên")
        parser.add_argument(
            "--another",
            action="store_true",
            help="trang đã có cơ quan: lập thêm một cơ quan đứng đầu, hoặc giao cơ quan đứng đầu chưa có ai cho người này",
        )
        parser.add_argument("--password-from-input", action="store_true", help="đọc mật khẩu từ đầu vào chuẩn")

    def handle(self, *args: Any, **options: Any) -> None:
        if Organisation.objects.exists() and not options["another"]:
            raise CommandError(
                "Trang này đã có cơ quan. Hãy mời thêm người trong mục Cơ quan; ghi --another để lập thêm một hệ thống."
            )
        password = self._password(options)
        try:
            with transaction.atomic():
                user = self._start(options, password)
        except ValidationError as problem:
            raise CommandError(" ".join(problem.messages)) from problem
        self.stdout.write(f"Đã lập {options['organisation']}; quản trị và điều phối: {user.email}")
        letter = None if password else OutboxMessage.objects.filter(to=user.email).order_by("-pk").first()
        if letter is not None:
            link = next((word for word in letter.body.split() if word.startswith("http")), "")
            self.stdout.write(f"Mở địa chỉ này để đặt mật khẩu: {link}")

    def _start(self, options: dict[str, Any], password: str) -> User:
        name = options["organisation"]
        organisation = _free(name) or add_organisation(
            SYSTEM, None, name=name, level=options["level"] or _level(name), kind=kind_of(name)
        )
        add_standard_groups(SYSTEM, organisation)
        user = start_site(SYSTEM, organisation, email=options["email"], name=options["name"])
        if password and not user.has_usable_password():  # who has an account keeps their password
            validate_password(password, user)
            user.set_password(password)
            user.save()
            OutboxMessage.objects.filter(to=user.email, sent_at__isnull=True).delete()
        return user

    def _password(self, options: dict[str, Any]) -> str:
        if given := options.get("password"):
            return str(given)
        if options["password_from_input"]:
            return sys.stdin.readline().rstrip("\n")
        if sys.stdin.isatty():
            return getpass.getpass("Mật khẩu (Enter để nhận địa chỉ đặt mật khẩu): ")
        return ""


def _free(name: str) -> Organisation | None:
    """The organisation of this name that stands at the top of a tree already. Raises ``CommandError`` where somebody
    holds or held a role in that tree: its own people invite others."""
    same = Organisation.objects.filter(parent=None, folded=fold(name), valid_to=None)
    found = next((organisation for organisation in same if organisation.name.casefold() == name.casefold()), None)
    if found is not None and Membership.objects.filter(organisation__path__startswith=found.path).exists():
        raise CommandError("Cơ quan này đã có người. Người quản trị của cơ quan mời thêm người trong mục Cơ quan.")
    return found


def _level(name: str) -> str:
    place = Place.of(name)
    if place.word in {"xa", "phuong", "thi tran", "dac khu"}:
        return Level.COMMUNE
    if place.word == "thanh pho":
        raise CommandError("Thành phố này thuộc cấp nào? Ghi thêm --level province hoặc --level district.")
    return _LEVELS.get(place.word, Level.PROVINCE)
