"""The audit trail after a day of work, and uploads as an attacker would name and build them."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.factories import make_actor, make_member, make_province, make_reading

from nhipcau.api import actions as keys
from nhipcau.api.models import Scope
from nhipcau.core import audit, files
from nhipcau.core.acts import Actor, Refused
from nhipcau.core.models import AuditEvent, StoredFile
from nhipcau.core.worker import run_due_jobs
from nhipcau.organisations import actions as directory
from nhipcau.organisations.models import Role
from nhipcau.plans import actions as plans
from nhipcau.plans.actions import publishing
from nhipcau.plans.models import Doubt, Reading

pytestmark = pytest.mark.django_db
PERSONAL = ("Trần Thị Riêng", "rieng@example.vn", "Khóa rất riêng", "Hòa An", "ke-hoach-rieng.txt")


def written(work: Callable[[], Any]) -> tuple[Any, list[str]]:
    """What the work gives, and the acts that it wrote into the trail."""
    last = AuditEvent.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    made = work()
    return made, list(AuditEvent.objects.filter(pk__gt=last).order_by("pk").values_list("act", flat=True))


def test_a_day_of_work_is_written_down_once_and_without_a_personal_word() -> None:
    province = make_province()
    head, admin = make_actor(province, Role.HEAD), make_actor(province, Role.ADMINISTRATOR)
    (person, _is_new), acts = written(
        lambda: directory.invite_person(
            admin, province, email="rieng@example.vn", name="Trần Thị Riêng", roles=[Role.OFFICER]
        )
    )
    assert acts == ["organisations.invite_person"]
    membership = person.memberships.get()
    assert written(lambda: directory.end_membership(admin, membership))[1] == ["organisations.end_membership"]
    (token, _secret), acts = written(
        lambda: keys.make_token(admin, province, name="Khóa rất riêng", scopes=Scope.values, expires_on=None)
    )
    assert acts == ["api.make_token"]
    assert written(lambda: keys.withdraw_token(admin, token))[1] == ["api.withdraw_token"]
    reading, acts = written(lambda: make_reading(head, name="ke-hoach-rieng.txt"))
    assert sorted(acts) == ["documents.keep_text", "plans.keep_reading", "plans.start_reading", "plans.upload"]
    plan, acts = written(lambda: plans.confirm_reading(head, reading))
    assert acts.count("plans.confirm") == 1
    assert written(lambda: publishing.publish_plan(head, plan))[1] == ["documents.open_text", "plans.publish"]
    assert written(lambda: publishing.withdraw_plan(head, plan))[1] == ["documents.open_text", "plans.withdraw"]
    kept = json.dumps(list(AuditEvent.objects.values()), default=str, ensure_ascii=False)
    assert [word for word in PERSONAL if word in kept] == []
    assert [problem for chain in audit.chains() for problem in audit.verify(chain)] == []


def test_what_is_refused_or_fails_is_not_written() -> None:
    province = make_province()
    auditor, head = make_actor(province, Role.AUDITOR), make_actor(province, Role.HEAD)
    reading = make_reading(head)
    foreign = Actor(person_id=head.person_id, organisation_id=province.pk + 1000, roles=head.roles)

    def refused() -> None:
        for actor in (auditor, foreign, Actor()):
            for attempt in (plans.confirm_reading, plans.discard_reading, plans.read_again):
                with pytest.raises(Refused):
                    attempt(actor, reading)
        with pytest.raises(Doubt.DoesNotExist):
            plans.postpone_doubt(head, reading, 10**6)

    assert written(refused)[1] == []


@pytest.mark.parametrize(
    "name",
    [
        "../../../etc/passwd",
        "..\\..\\windows\\system32\\x.txt",
        "/etc/cron.d/x",
        "ke-hoach.pdf.exe",
        "a" * 240 + ".txt",
        "ké hoạch\u202etxt.exe",
        "-rf.txt",
        "%2e%2e%2fx.txt",
        "&lt;img src=x onerror=alert(1)&gt;.txt",
        ".htaccess",
    ],
)
def test_a_name_leads_nowhere(name: str, settings: Any) -> None:
    client = Client()
    province = make_province()
    client.force_login(make_member(province))
    content = f"Nội dung {name}".encode()
    client.post(reverse("import_plan"), {"files": SimpleUploadedFile("x.txt", content)})
    reading = Reading.objects.get()
    Reading.objects.update(name=name)
    assert list(StoredFile.objects.values_list("sha256", flat=True)) == [reading.file.sha256]  # type: ignore[union-attr]
    kept = [path for path in settings.FILES_DIR.rglob("*") if path.is_file()]
    assert [path.name for path in kept] == [reading.file.sha256]  # type: ignore[union-attr]
    answer = client.get(reverse("reading_file", args=[reading.public_id]))
    assert b"".join(answer.streaming_content) == content  # type: ignore[attr-defined]
    disposition = answer.headers["Content-Disposition"]
    assert disposition.startswith("attachment;")
    assert "\n" not in disposition
    page = client.get(reverse("readings")).content.decode()
    assert "<img src=x" not in page


def test_a_name_of_the_wire_loses_its_path() -> None:
    client = Client()
    client.force_login(make_member(make_province()))
    for name in ("../../x.txt", "C:\\a\\x.txt", "a/b/x.txt"):
        body = (
            '--b\r\nContent-Disposition: form-data; name="files"; filename="'
            + name
            + '"\r\n\r\n'
            + name
            + "\r\n--b--\r\n"
        )
        client.post(reverse("import_plan"), body.encode(), content_type="multipart/form-data; boundary=b")
    assert list(Reading.objects.values_list("name", flat=True)) == ["x.txt"] * 3


def bomb(levels: int) -> bytes:
    """A DOCX whose body unpacks to a gigabyte, packed so many times."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("[Content_Types].xml", "<Types/>")
        with parts.open("word/document.xml", "w", force_zip64=True) as part:
            for _number in range(300):
                part.write(b" " * 1_000_000)
    content = packed.getvalue()
    for _level in range(levels):
        outer = io.BytesIO()
        with zipfile.ZipFile(outer, "w", zipfile.ZIP_DEFLATED) as parts:
            parts.writestr("word/document.xml", content)
        content = outer.getvalue()
    return content


@pytest.mark.parametrize(
    "made",  # when the test runs, not when it is found: a bomb takes a second to pack
    [
        partial(bomb, 0),
        partial(bomb, 1),
        lambda: b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 1 0 R>>endobj\ntrailer<</Root 1 0 R>>",
        lambda: b"%PDF-1.4\n" + b"[" * 200_000,
        lambda: b"<html>" + b"<div>" * 100_000,
        lambda: b"<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><html>&a;</html>",
        lambda: b"PK\x03\x04" + b"\xff" * 1000,
    ],
    ids=["bomb", "bomb in a bomb", "circle", "deep pdf", "deep html", "entity", "no zip"],
)
def test_a_hostile_file_ends_with_a_sentence(made: Callable[[], bytes]) -> None:
    officer = make_actor(make_province())
    reading = plans.upload_plan(officer, files.store(made()), name="ke-hoach.docx").reading
    run_due_jobs()
    reading.refresh_from_db()
    assert reading.state in {Reading.State.FAILED, Reading.State.REVIEW}
    assert "root:" not in json.dumps(reading.found)
    if reading.state == Reading.State.FAILED:
        assert set(reading.problem_text) == {"vi", "en"}
