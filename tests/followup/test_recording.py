"""Writing a word: with one tap, with a photograph, beside a colleague, without a line."""

from __future__ import annotations

import datetime as dt
import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image
from tests.factories import make_actor, make_assignment, make_member, make_organisation, make_plan, make_task

from nhipcau.core import files
from nhipcau.followup.actions import record_progress
from nhipcau.followup.models import Assignment, Evidence, Note
from nhipcau.organisations.models import Role

pytestmark = pytest.mark.django_db
GPS = 0x8825


def words(response) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


@pytest.fixture
def row() -> Assignment:
    province = make_organisation("UBND tỉnh", kind="committee")
    office = make_organisation("Sở Tư pháp", parent=province)
    return make_assignment(office, make_task(make_plan(province), "Tổ chức hội nghị", lead=[office]))


@pytest.fixture
def client(client_of, row):
    return client_of(make_member(row.organisation))


def send(client, row, *, htmx: bool = False, **fields):
    said = {"version": row.version, "key": "khoa-cua-trang", "progress": "in_progress", "as": "job", **fields}
    return client.post(f"/viec/{row.public_id}/ghi/", said, headers={"HX-Request": "true"} if htmx else {})


def photograph(size: tuple[int, int] = (640, 480)) -> SimpleUploadedFile:
    picture = Image.effect_noise(size, 40).convert("RGB")
    exif = picture.getexif()
    exif[0x0112] = 6  # it was held upright
    exif.get_ifd(GPS)[2] = (10.0, 20.0, 30.0)
    held = io.BytesIO()
    picture.save(held, "JPEG", exif=exif)
    return SimpleUploadedFile("IMG 01.jpeg", held.getvalue(), "image/jpeg")


def test_one_tap_writes_and_can_be_taken_back(client, row):
    answer = send(client, row, htmx=True)
    assert answer.status_code == 200
    assert "<html" not in answer.content.decode()
    note = Note.objects.get()
    assert (note.progress, note.text) == ("in_progress", "")
    assert "Hoàn tác" in words(answer)
    undone = client.post(
        f"/viec/{row.public_id}/hoan-tac/", {"note": note.public_id, "as": "job"}, headers={"HX-Request": "true"}
    )
    assert undone.status_code == 200
    row.refresh_from_db()
    assert row.progress == "not_started"


def test_without_a_script_one_comes_back_to_the_job(client, row):
    answer = send(client, row, next="/viec-cua-toi/?role=lead", progress="done")
    assert answer["Location"] == f"/viec-cua-toi/?role=lead#viec-{row.public_id}"
    assert "Đã ghi: đã xong." in words(client.get("/viec-cua-toi/?role=lead"))


def test_the_same_form_sent_twice_is_written_once(client, row):
    for _time in range(2):
        assert send(client, row, htmx=True, text="Đã họp").status_code == 200
    assert [note.text for note in Note.objects.all()] == ["Đã họp"]


def test_an_old_form_with_other_words_is_not_swallowed(client, row):
    send(client, row, text="Một")
    answer = send(client, row, text="Hai")
    assert answer.status_code == 409
    assert [note.text for note in Note.objects.all()] == ["Một"]


def test_a_sentence_with_a_photograph_a_paper_and_a_link(client, row):
    paper = SimpleUploadedFile("bien ban.pdf", b"%PDF-1.4\n%%EOF\n")
    answer = send(
        client, row, text="Hội nghị 120 người", percent="40", link="https://bao.vn/tin", files=[photograph(), paper]
    )
    assert answer.status_code == 302
    kept = list(Evidence.objects.order_by("pk").values_list("name", "file__media_type", "url"))
    assert kept == [
        ("IMG 01.jpg", "image/jpeg", ""),
        ("bien ban.pdf", "application/pdf", ""),
        ("https://bao.vn/tin", None, "https://bao.vn/tin"),
    ]
    assert Assignment.objects.get().percent == 40


def test_a_thing_of_the_house_is_found_chosen_and_shown_to_who_may_see_it(client, client_of, row):
    asked = send(client, row, text="Theo kế hoạch", find=row.plan.symbol)
    assert asked.status_code == 422
    found = re.findall(r'name="thing" value="([^"]+)"', asked.content.decode())
    assert found
    send(client, row, text="Theo kế hoạch", find=row.plan.symbol, thing=found[0])
    kept = Evidence.objects.get()
    assert f"{kept.ref_kind}:{kept.ref_id}" == found[0]
    assert kept.name in words(client.get(f"/viec/{row.public_id}/"))


def test_a_thing_that_one_may_not_see_is_no_evidence(client, row):
    hidden = make_task(make_plan(make_organisation()), "Việc kín")
    answer = send(client, row, find="viec kin", thing=f"plans.task:{hidden.public_id}")
    assert (answer.status_code, "Không thấy gì trong hệ thống" in words(answer)) == (422, True)
    assert not Evidence.objects.exists()


def test_a_photograph_keeps_nothing_of_where_it_was_taken(client, row):
    send(client, row, camera=photograph())
    stored = Evidence.objects.get().file
    with Image.open(files.path_of(stored)) as picture:
        assert (picture.size, dict(picture.getexif()), picture.info.get("exif")) == ((480, 640), {}, None)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("anh.jpg", b"\xff\xd8\xff\xe0 broken", "bị hỏng"),
        ("trang.html", b"<html><script>alert(1)</script></html>", "không phải ảnh, PDF, Word hay Excel"),
        ("anh.heic", b"\0\0\0\x18ftypheic" + b"\0" * 40, "HEIC"),
        ("chay.exe", b"MZ\x90\0" + b"\0" * 80, "không phải ảnh, PDF, Word hay Excel"),
    ],
)
def test_what_is_no_evidence_is_refused_and_the_sentence_stays(client, row, name, content, said):
    answer = send(client, row, text="Câu đã gõ", files=SimpleUploadedFile(name, content))
    assert answer.status_code == 422
    assert said in words(answer)
    assert "Câu đã gõ" in words(answer)
    assert not Note.objects.exists()


def test_files_are_not_chosen_again_after_a_mistake_elsewhere(client, row):
    answer = send(client, row, percent="250", files=photograph())
    assert answer.status_code == 422
    assert "Đã giữ “IMG 01.jpg”" in words(answer)
    seal = re.search(r'name="held" value="([^"]+)"', answer.content.decode())
    assert seal is not None
    send(client, row, percent="25", held=seal.group(1))
    assert Evidence.objects.get().name == "IMG 01.jpg"


def test_nobody_else_uses_what_was_held(client, client_of, row):
    answer = send(client, row, percent="250", files=photograph())
    seal = re.search(r'name="held" value="([^"]+)"', answer.content.decode())
    assert seal is not None
    send(client_of(make_member(row.organisation)), row, held=seal.group(1))
    assert not Evidence.objects.exists()


@pytest.mark.parametrize("htmx", [True, False])
def test_who_was_slower_sees_both_and_decides(client, row, htmx):
    colleague = make_actor(row.organisation)
    record_progress(colleague, row, version=1, progress="done", text="Đã làm rồi", key="k-dong-nghiep")
    answer = send(client, row, htmx=htmx, text="Tôi đang làm", files=photograph())
    assert answer.status_code == 409
    said = words(answer)
    assert "Đã làm rồi" in said
    assert "Tôi đang làm" in said
    assert "Vẫn ghi" in said
    assert Note.objects.count() == 1
    fields = dict(
        re.findall(r'<input type="hidden" name="(version|key|held)" value="([^"]+)"', answer.content.decode())
    )
    assert send(client, row, text="Tôi đang làm", **fields).status_code == 302
    assert [note.text for note in Note.objects.order_by("pk")] == ["Đã làm rồi", "Tôi đang làm"]
    assert Evidence.objects.count() == 1


def test_signed_out_meanwhile_leads_to_the_door_and_back(client, row):
    client.logout()
    answer = client.post(
        f"/viec/{row.public_id}/ghi/",
        {},
        headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/viec-cua-toi/"},
    )
    assert (answer.status_code, answer["HX-Redirect"]) == (204, "/tai-khoan/dang-nhap/?next=/viec-cua-toi/")


@pytest.mark.parametrize("who", ["auditor", "above", "elsewhere", "coordinator_above"])
def test_only_the_agency_itself_writes(client_of, row, who):
    province = row.organisation.parent
    people = {
        "auditor": (row.organisation, Role.AUDITOR, 403),
        "above": (province, Role.OFFICER, 403),
        "coordinator_above": (province, Role.COORDINATOR, 403),
        "elsewhere": (make_organisation(), Role.OFFICER, 404),
    }
    organisation, role, status = people[who]
    assert send(client_of(make_member(organisation, role)), row).status_code == status
    assert not Note.objects.exists()


def test_evidence_is_for_those_who_see_the_assignment(client, client_of, row):
    send(client, row, camera=photograph())
    address = f"/minh-chung/{Evidence.objects.get().public_id}/"
    above = client_of(make_member(row.organisation.parent))
    for one in (client, above):
        picture = one.get(address)
        assert (picture.status_code, picture["Content-Type"]) == (200, "image/jpeg")
        assert b"".join(picture.streaming_content).startswith(b"\xff\xd8")
        assert "sandbox" in picture["Content-Security-Policy"]
        small = one.get(address, {"nho": "1"})
        assert (small["Content-Type"], len(b"".join(small.streaming_content)) > 100) == ("image/webp", True)
    assert client_of(make_member(make_organisation())).get(address).status_code == 404


def test_a_late_mistake_is_corrected_and_both_stay(client, row):
    send(client, row, text="Sai")
    Note.objects.update(at=timezone.now() - dt.timedelta(minutes=20))
    wrong = Note.objects.get()
    page = client.get(f"/viec/{row.public_id}/", {"sua": wrong.public_id})
    assert f'name="corrects" value="{wrong.public_id}"' in page.content.decode()
    row.refresh_from_db()
    send(client, row, key="khoa-thu-hai", text="Đúng", corrects=wrong.public_id)
    assert Note.objects.order_by("pk").last().corrects == wrong
    assert "sửa cho lần ghi" in words(client.get(f"/viec/{row.public_id}/"))
