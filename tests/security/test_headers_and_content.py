"""What goes out: headers on every answer, hostile texts harmless in every form, hostile files only as downloads."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import icalendar
import openpyxl
import pytest
from django.core import mail
from django.test import Client
from tests.factories import make_member, make_organisation, make_plan, make_task
from tests.security.addresses import address_of, read
from tests.security.test_rights import RIGHTS
from tests.security.world import World

from nhipcau.core import files, jobs, notices
from nhipcau.core.models import Rhythm
from nhipcau.core.worker import run_due_jobs
from nhipcau.organisations.models import Role

EVIL = '"><script>alert(1)</script><img src=x onerror=alert(2)>'
FORMULAS = ("=HYPERLINK(1)", "+1", "-1", "@SUM(1)", "\t=1", "\r=1")


def test_every_answer_carries_its_policy(world: World) -> None:
    for name in RIGHTS:
        for asker in ("stranger", "officer"):
            answer = world.client(asker).get(address_of(world, name))
            read(answer)
            policy = answer.headers["Content-Security-Policy"]
            assert "default-src 'none'" in policy, name
            assert "unsafe" not in policy, name
            assert answer.headers["X-Content-Type-Options"] == "nosniff", name
            assert answer.headers["X-Frame-Options"] == "DENY", name
            assert answer.headers["Referrer-Policy"] == "same-origin", name
            assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin", name
            assert "camera=()" in answer.headers["Permissions-Policy"], name
            assert "Access-Control-Allow-Origin" not in answer.headers, name


@pytest.mark.parametrize("address", ["/khong-co/", "/static/khong-co.css", "/ngon-ngu/", "/%ff/", "/ke-hoach/x"])
def test_problems_carry_the_policy_too(db: None, address: str) -> None:
    answer = Client().get(address)
    assert answer.status_code in {301, 400, 404, 405}
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_a_failure_carries_the_policy(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_arguments: object) -> None:
        raise RuntimeError("mật khẩu là 123")

    monkeypatch.setattr("nhipcau.core.rooms.public_parts", broken)
    answer = Client(raise_request_exception=False).get("/")
    assert answer.status_code == 500
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "123" not in answer.content.decode()


def test_static_files_carry_the_policy(tmp_path: Path, settings: Any, db: None) -> None:
    (tmp_path / "x.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>")
    settings.STATIC_ROOT, settings.WHITENOISE_USE_FINDERS = str(tmp_path), False
    answer = Client().get("/static/x.svg")
    assert (answer.status_code, read(answer)[:4]) == (200, b"<svg")
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"


def test_a_foreign_host_is_refused(db: None) -> None:
    assert Client().get("/", headers={"host": "evil.vn"}).status_code == 400


@pytest.mark.parametrize(
    "content",
    [b"<html><script>alert(1)</script>", b"<svg onload=alert(1)>", b"<?xml version='1.0'?><x/>", b"GIF89a<script>"],
)
def test_a_hostile_file_is_only_ever_a_download(world: World, content: bytes) -> None:
    world.plan.text.file = files.store(content)
    world.plan.text.name = 'a"; filename=x.html\u202efdp.html'
    world.plan.text.save()
    answer = world.client("officer").get(address_of(world, "text_file"))
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["Content-Type"] in {"application/octet-stream", "text/plain", "text/plain; charset=utf-8"}
    assert read(answer) == content


@pytest.fixture
def hostile(db: None) -> tuple[Client, Any]:
    """A public plan in which every text is an attack."""
    office = make_organisation(f"Sở {EVIL}", short_name=EVIL)
    plan = make_plan(office, f"1/{EVIL}", [EVIL] * 3, title=EVIL, is_public=True, slug="tan-cong")
    plan.recipients = [EVIL]
    plan.signature = {"authority": EVIL, "capacity": EVIL, "name": EVIL}
    plan.save()
    make_task(plan, EVIL, lead=[office, EVIL], group=EVIL, code=EVIL[:10], form=EVIL, time_text=EVIL)
    plan.text.name = EVIL
    plan.text.save()
    client = Client()
    client.force_login(make_member(office, *Role.values))
    return client, plan


def test_no_page_runs_what_a_document_says(hostile: tuple[Client, Any]) -> None:
    client, plan = hostile
    task = plan.tasks.get()
    pages = [
        "/", "/ban-lam-viec/", "/so-nhiem-vu/?state=all&kind=all", "/ke-hoach/", f"/ke-hoach/{plan.slug}/",
        f"/nhiem-vu/{task.public_id}/", f"/van-ban/{plan.document.slug}/", f"/ban-goc/{plan.text.public_id}/?q=script",
        f"/co-quan/{plan.organisation.public_id}/", "/co-quan/", "/van-ban/", "/tim/?q=script", f"/tim/?q={EVIL}",
    ]  # fmt: skip
    for page in pages:
        said = client.get(page).content.decode()
        assert "<script>alert" not in said, page
        assert "<img src=x" not in said, page


def test_json_and_calendar_keep_an_attack_as_text(hostile: tuple[Client, Any]) -> None:
    client, plan = hostile
    answer = client.get("/so-nhiem-vu/tai-ve.json?state=all&plan=tan-cong")
    assert answer.headers["Content-Type"].startswith("application/json")
    assert json.loads(read(answer))["tasks"][0]["text"] == EVIL
    text = "Họp\r\nATTENDEE:mailto:x@evil.vn\nEND:VEVENT\r\nBEGIN:VALARM;" + "dài " * 60
    plan.tasks.update(text=text, next_due=plan.date)
    calendar = icalendar.Calendar.from_ical(read(client.get("/so-nhiem-vu/tai-ve.ics?state=all&plan=tan-cong")))
    (event,) = calendar.walk("VEVENT")
    assert (calendar.walk("VALARM"), event.get("attendee")) == ([], None)
    assert event["description"].startswith("Họp\nATTENDEE:mailto:x@evil.vn\nEND:VEVENT")


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_cell_is_a_formula(hostile: tuple[Client, Any], formula: str) -> None:
    client, plan = hostile
    plan.tasks.update(text=formula, group=formula, form=formula, time_text=formula, code=formula[:8])
    rows = list(csv.reader(io.StringIO(read(client.get("/so-nhiem-vu/tai-ve.csv?state=all")).decode("utf-8-sig"))))
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    book = openpyxl.load_workbook(io.BytesIO(read(client.get("/so-nhiem-vu/tai-ve.xlsx?state=all"))))
    assert {cell.data_type for row in book.active.iter_rows() for cell in row} <= {"s", "n", "d", "inlineStr"}


def test_a_letter_has_no_second_header(db: None) -> None:
    person = make_member(make_organisation())
    notices.tell([person.pk], "x", "Kế hoạch\r\nBcc: x@evil.vn\n\nmới", "/")
    Rhythm.objects.create(
        person=person, kind="at_once", quiet_from="00:00", quiet_to="00:00", is_quiet_on_days_off=False
    )
    jobs.enqueue("core.remind", {})
    run_due_jobs()
    jobs.enqueue("core.deliver", {})
    run_due_jobs()
    (letter,) = mail.outbox
    assert letter.subject == "Kế hoạch Bcc: x@evil.vn mới"
    assert (letter.bcc, letter.cc, letter.to) == ([], [], [person.email])
