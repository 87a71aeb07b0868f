"""``manage.py demo``: a working site to try, made by the same acts that people use."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from nhipcau.core.acts import Actor
from nhipcau.core.files import store
from nhipcau.core.models import User
from nhipcau.core.worker import run_due_jobs
from nhipcau.organisations.models import Membership, Organisation, Role
from nhipcau.plans.actions import confirm_reading, settle_stop, upload_plan
from nhipcau.plans.actions.deciding import ACCEPT, Decision
from nhipcau.plans.actions.publishing import publish_plan
from nhipcau.plans.models import Reading

from . import _demo_life, _demo_reports

SEEDS = settings.ROOT / "data" / "demo"
PROVINCE = ("Ủy ban nhân dân tỉnh Bà Rịa – Vũng Tàu", "tinh", SEEDS / "province_plan_08_kh_ubnd.txt")
CITY = ("Ủy ban nhân dân thành phố Vũng Tàu", "thanhpho", SEEDS / "city_plan_1927_kh_ubnd_ocr.txt")
# Names of nobody in particular: the commonest family names with the post as given name.
PEOPLE = {
    Role.OFFICER: ("can-bo", "Nguyễn Cán Bộ"),
    Role.HEAD: ("lanh-dao", "Trần Lãnh Đạo"),
    Role.COORDINATOR: ("dieu-phoi", "Lê Điều Phối"),
    Role.AUDITOR: ("kiem-tra", "Phạm Kiểm Tra"),
    Role.ADMINISTRATOR: ("quan-tri", "Hoàng Quản Trị"),
}
# Two agencies that have tasks, each with an officer.
OTHERS = {"phuong7": _demo_life.WARD, "sotuphap": _demo_life.JUSTICE}


class Command(BaseCommand):
    help = "Make the demonstration site (once) and open it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--empty", action="store_true", help="a site with nothing in it but its first accounts")
        parser.add_argument("--no-serve", action="store_true", help="make the site and stop")

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", verbosity=0)
        password = self._password()
        if options["empty"]:
            self._empty_site(password)
        else:
            self._whole_site(password)
        self._say(options["port"], password, options["empty"])
        if not options["no_serve"]:
            call_command("serve", port=options["port"])

    def _password(self) -> str:
        """One password for all the accounts to try, made for this machine and kept beside its data."""
        path = settings.DATA_DIR / "demo_password"
        if not path.exists():
            path.write_text("-".join(["cau", *(secrets.token_hex(2) for _ in range(3))]), encoding="utf-8")
            path.chmod(0o600)
        return path.read_text(encoding="utf-8")

    def _empty_site(self, password: str) -> None:
        if not Organisation.objects.exists():
            call_command(
                "start",
                organisation=PROVINCE[0],
                email="quan-tri@tinh.example",
                name="Hoàng Quản Trị",
                password=password,
            )

    def _whole_site(self, password: str) -> None:
        if not Organisation.objects.exists():
            call_command("load_agencies", verbosity=0)
        for name, domain, _seed in (PROVINCE, CITY):
            self._accounts(Organisation.objects.get(name=name), domain, password, PEOPLE)
        officer = {Role.OFFICER: PEOPLE[Role.OFFICER]}
        for domain, name in OTHERS.items():
            self._accounts(Organisation.objects.filter(name=name)[:1].get(), domain, password, officer)
        signer, both = {Role.HEAD: PEOPLE[Role.HEAD]}, officer | {Role.HEAD: PEOPLE[Role.HEAD]}
        for domain, name in _demo_reports.SIGNERS.items():
            self._accounts(Organisation.objects.filter(name=name)[:1].get(), domain, password, signer)
        for domain, name in _demo_reports.UNITS.items():
            self._accounts(Organisation.objects.filter(name=name)[:1].get(), domain, password, both)
        if not Reading.objects.exists():
            self._import_seeds()
        self._live()
        _demo_reports.make(PROVINCE[0], CITY[0], self._named)
        run_due_jobs()

    @transaction.atomic
    def _accounts(
        self, organisation: Organisation, domain: str, password: str, people: dict[Role, tuple[str, str]]
    ) -> None:
        for role, (box, name) in people.items():
            email = f"{box}@{domain}.example"
            person = User.objects.filter(email=email).first() or User.objects.create_user(email, password, name=name)
            Membership.objects.get_or_create(person=person, organisation=organisation, role=role)

    def _import_seeds(self) -> None:
        """Both seeds through the importer. The city's plan is confirmed with its doubts, and read once more for someone to
        look through them; it tells number and date of the province's, whose file bears neither. The province's plan is
        confirmed and published, and the two are compared."""
        officers = [self._import(*found) for found in (PROVINCE, CITY)]
        run_due_jobs()
        province, city = (Reading.objects.get(organisation=actor.organisation_id) for actor in officers)
        confirm_reading(officers[1], city)
        run_due_jobs()
        proposed = province.doubts.filter(where="/header/symbol").get()
        settle_stop(officers[0], province, proposed.position, Decision(ACCEPT))
        province.refresh_from_db()
        plan = confirm_reading(officers[0], province)
        publish_plan(self._actor(plan.organisation, PROVINCE[1], Role.HEAD), plan)
        upload_plan(officers[1], store(CITY[2]), name=CITY[2].name, once_more=True)
        run_due_jobs()

    def _live(self) -> None:
        """What the agencies do with their tasks."""
        ward, justice = (
            self._actor(Organisation.objects.filter(name=name)[:1].get(), domain, Role.OFFICER)
            for domain, name in OTHERS.items()
        )
        city = self._actor(Organisation.objects.get(name=CITY[0]), CITY[1], Role.COORDINATOR)
        _demo_life.live(ward, justice, city)
        run_due_jobs()

    def _import(self, name: str, domain: str, seed: Path) -> Actor:
        """Upload a seed as an officer of its organisation; returns who did it."""
        officer = self._actor(Organisation.objects.get(name=name), domain, Role.OFFICER)
        upload_plan(officer, store(seed), name=seed.name)
        return officer

    def _actor(self, organisation: Organisation, domain: str, role: Role) -> Actor:
        person = User.objects.get(email=f"{PEOPLE[role][0]}@{domain}.example")
        return Actor(person_id=person.pk, organisation_id=organisation.pk, roles=frozenset({role.value}))

    def _named(self, name: str, role: Role) -> Actor:
        """Who has this role in the organisation of this name."""
        domains = {PROVINCE[0]: PROVINCE[1], CITY[0]: CITY[1]}
        for others in (OTHERS, _demo_reports.UNITS):
            domains |= {organisation: domain for domain, organisation in others.items()}
        return self._actor(Organisation.objects.filter(name=name)[:1].get(), domains[name], role)

    def _say(self, port: int, password: str, empty: bool) -> None:
        lines = [
            "",
            f"  Nhịp Cầu:   http://localhost:{port}/",
            f"  Mật khẩu:   {password}   (cho mọi tài khoản thử)",
            "",
        ]
        if empty:
            lines.append("  Quản trị    quan-tri@tinh.example")
        else:
            lines.append(f"  {'Vai trò':<11}{'tỉnh':<28}thành phố")
            for role, (box, _name) in PEOPLE.items():
                lines.append(f"  {role.label!s:<11}{box + '@tinh.example':<28}{box}@thanhpho.example")
            officer = PEOPLE[Role.OFFICER][0]
            lines += ["", *(f"  {name:<39}{officer}@{domain}.example" for domain, name in OTHERS.items())]
            lines += ["", "  Báo cáo, thử bằng:", *(f"  {email:<28}{what}" for email, what in _demo_reports.TO_TRY)]
        self.stdout.write("\n".join([*lines, "", "  Ctrl-C để dừng.", ""]))
