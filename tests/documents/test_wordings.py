"""The words of documents: filling, what an administrator may write, and what is told where it cannot be used."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from tests.factories import make_actor, make_assignment, make_organisation

from nhipcau.core import rooms
from nhipcau.core.acts import Actor, Refused
from nhipcau.core.models import AuditEvent, User
from nhipcau.documents.actions.wordings import ChangedMeanwhile, drop_wording, keep_wording
from nhipcau.documents.models import Wording
from nhipcau.documents.queries.letterhead import letterhead
from nhipcau.documents.queries.papers import words_for
from nhipcau.documents.wording import Unfilled, Words, fill, wrong_in
from nhipcau.followup.models import Step
from vanban.official import Heading, Paragraph, Run, Table, TableCell

KIND = "followup.reminder"
TABLE = Table(((TableCell(((Run("Ô"),),)),),), (1.0,), head_rows=0)


def words(*paragraphs: str, **fields: Any) -> Words:
    return Words.of({"doc_type": "Công văn", "subject": "đôn đốc", "paragraphs": paragraphs, "signature": [], **fields})


def filled(line: str, **fills: str) -> list[str]:
    body = fill(words(line, "Hết"), fills).body[:-1]
    return [" ".join(part for part in (one.mark, "".join(run.text for run in one.runs)) if part) for one in body]  # type: ignore[union-attr]


def messages_of(problem: Unfilled) -> list[tuple[str, str]]:
    return [(one.field, one.message) for one in problem.wrong]


# --- filling ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "fills", "said"),
    [
        ("Thực hiện {kế hoạch}.", {"kế hoạch": "Kế hoạch số 08/KH-UBND"}, ["Thực hiện Kế hoạch số 08/KH-UBND."]),
        ("{ Kế  Hoạch }", {"kế hoạch": "A"}, ["A"]),
        ("Căn cứ {căn cứ};", {"căn cứ": ""}, []),
        ("Căn cứ {căn cứ} và {khác};", {"căn cứ": "", "khác": "B"}, ["Căn cứ và B;"]),
        ("báo cáo {hạn}.", {"hạn": ""}, []),
        ("{cơ quan} báo cáo {hạn}.", {"hạn": "", "cơ quan": "Sở"}, ["Sở báo cáo."]),
        ("- {cơ quan};", {"cơ quan": "Sở A\nSở B\n"}, ["- Sở A;", "- Sở B;"]),
        ("{a}", {"a": "{b} {a.__class__} %s"}, ["{b} {a.__class__} %s"]),
        ("{a}", {"a": "2*3 và _x_"}, ["2*3 và _x_"]),
        ("{a}", {"a": "một\u200b hai\tba"}, ["một hai ba"]),
    ],
)
def test_names_are_filled_with_text_and_nothing_else(line, fills, said):
    assert filled(line, **fills) == said


def test_a_name_that_stands_for_a_table_gives_its_place_to_it():
    made = fill(words("I. Kết quả", "*1. Chung*", "{bảng việc}", "Đề nghị *khẩn trương*."), {}, {"bảng việc": (TABLE,)})
    assert made.body == (
        Heading("roman", "I.", "KẾT QUẢ"),
        Heading("arabic", "1.", "Chung"),
        TABLE,
        Paragraph((Run("Đề nghị "), Run("khẩn trương", bold=True), Run("."))),
    )


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{ke hoach}", "Không có tên {ke hoach}. Có phải bạn muốn ghi {kế hoạch}?"),
        ("{xyz}", "Không có tên {xyz}. Bạn hãy dùng một trong những tên ở danh sách bên cạnh."),
        ("{kế hoạch.plan}", "Không có tên {kế hoạch.plan}. Có phải bạn muốn ghi {kế hoạch}?"),
        ("{0}", "Không có tên {0}. Bạn hãy dùng một trong những tên ở danh sách bên cạnh."),
        ("{}", "Không có tên {}. Bạn hãy dùng một trong những tên ở danh sách bên cạnh."),
        (
            "một {",
            "Có dấu { hoặc } đứng lẻ trong «một {». Tên phải nằm gọn trong một cặp, ví dụ {cơ quan}.",
        ),
        ("thấy {bảng việc}", "{bảng việc} là một bảng nên phải đứng riêng một dòng trong phần nội dung."),
        ("x" * 4001, "Có dòng dài quá 4000 chữ cái. Bạn hãy tách thành nhiều dòng."),
    ],
)
def test_what_is_wrong_is_told_with_what_to_do(line, told):
    names = {"kế hoạch": "", "bảng việc": ""}
    assert [(one.field, one.message) for one in wrong_in(words(line), names, ["bảng việc"])] == [("paragraphs", told)]


def test_a_place_of_a_table_that_is_none_is_told():
    with pytest.raises(Unfilled) as problem:
        fill(words("[Bảng 3]"), {})
    assert messages_of(problem.value) == [
        ("paragraphs", "Mẫu không có «[Bảng 3]». Bảng được gọi bằng tên, ví dụ {bảng việc}.")
    ]


# --- who signs, under which letters -------------------------------------------------------------------------------------

HEADS = [
    ("Ủy ban nhân dân phường Vũng Tàu", "committee", "commune", "KH-UBND", "UBND-VX", "Vũng Tàu", "CHỦ TỊCH"),
    ("Ủy ban nhân dân Phường 7", "committee", "commune", "KH-UBND", "UBND-VX", "Phường 7", "CHỦ TỊCH"),
    ("Ủy ban nhân dân phường 7", "committee", "commune", "KH-UBND", "UBND-VX", "Phường 7", "CHỦ TỊCH"),
    ("Ủy ban nhân dân Thành phố Hồ Chí Minh", "committee", "province", "KH-UBND", "UBND-VX",
     "Thành phố Hồ Chí Minh", "CHỦ TỊCH"),
    ("Sở Văn hóa và Thể thao", "department", "province", "KH-SVHTT", "SVHTT-VP", "Hòa An", "GIÁM ĐỐC"),
    ("Phòng Văn hóa - Xã hội", "department", "commune", "KH-PVHXH", "PVHXH-VP", "Hòa An", "TRƯỞNG PHÒNG"),
    ("Văn phòng Ủy ban nhân dân tỉnh", "office", "province", "KH-VP", "VP-VP", "Hòa An", "CHÁNH VĂN PHÒNG"),
    ("Công an tỉnh", "police", "province", "KH-CAT", "CAT-VP", "Hòa An", "GIÁM ĐỐC"),
    ("Trung tâm Phục vụ hành chính công", "service", "province", "KH-TTPVHCC", "TTPVHCC-VP", "Hòa An", "GIÁM ĐỐC"),
]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "kind", "level", "named", "letter", "place", "head"), HEADS)
def test_the_head_of_an_organisations_documents(name, kind, level, named, letter, place, head):
    above = make_organisation("Ủy ban nhân dân tỉnh Hòa An", kind="committee", level="province")
    own = make_organisation(name, kind=kind, level=level, parent=None if kind == "committee" else above)
    made = letterhead(own)
    assert (made.code("Kế hoạch"), made.code("Công văn"), made.head) == (named, letter, head)
    assert made.place == place
    assert made.parent == ("" if kind in ("committee", "police") else "UBND TỈNH HÒA AN")


# --- an organisation's own words ----------------------------------------------------------------------------------------


@pytest.fixture
def office():
    return make_organisation("Ủy ban nhân dân tỉnh Hòa An", kind="committee", level="province")


@pytest.fixture
def administrator(office) -> Actor:
    return make_actor(office, "administrator")


def signed_in(actor: Actor) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=actor.person_id))
    return client


def form_of(client: Client, **changes: str) -> dict[str, str]:
    """What the page's form holds, as a browser would send it."""
    shown = client.get(f"/mau-van-ban/{KIND}/").context["form"]
    values = {field.html_name: field.field.prepare_value(field.value()) for field in shown}
    return {name: "" if value is None else str(value) for name, value in values.items()} | {"do": "save", **changes}


@pytest.mark.django_db
def test_an_administrator_writes_the_words_and_goes_back(office, administrator):
    client = signed_in(administrator)
    form = form_of(client, subject="nhắc việc thuộc {kế hoạch}", unit="NC")
    assert client.post(f"/mau-van-ban/{KIND}/", form).headers["Location"] == "/mau-van-ban/"
    row = Wording.objects.get()
    assert (row.organisation, row.kind, row.version, row.person_id) == (office, KIND, 1, administrator.person_id)
    paper = rooms.paper(KIND)
    assert paper is not None
    assert words_for(paper, office.pk).subject == "nhắc việc thuộc {kế hoạch}"
    page = client.get(f"/mau-van-ban/{KIND}/").content.decode()
    assert "V/v nhắc việc thuộc Kế hoạch số 15/KH-UBND".replace(" ", "") in page.replace("<br>", "").replace(" ", "")
    assert "/UBND-NC" in page
    assert client.get("/mau-van-ban/").content.decode().count("của cơ quan, bản 1") == 1
    assert client.get(f"/mau-van-ban/{KIND}/mau.docx").content[:2] == b"PK"
    assert client.get(f"/mau-van-ban/{KIND}/mau.pdf").content[:5] == b"%PDF-"
    assert [found.title for found in rooms.traced("documents.wording", [row.pk]).values()] == ["Công văn đôn đốc"]
    client.post(f"/mau-van-ban/{KIND}/bo/")
    assert not Wording.objects.exists()
    acts = AuditEvent.objects.filter(act__startswith="documents.").order_by("pk").values_list("act", flat=True)
    assert list(acts) == ["documents.keep_wording", "documents.drop_wording"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        ("subject", "", "Bạn hãy ghi nội dung này."),
        ("subject", "đôn đốc {ke hoach}", "Có phải bạn muốn ghi {kế hoạch}?"),
        ("paragraphs", "Kèm {bảng việc} này", "{bảng việc} là một bảng nên phải đứng riêng"),
        ("paragraphs", "[Bảng 9]", "Mẫu không có «[Bảng 9]»"),
        ("unit", "văn xã", "Ký hiệu chỉ có chữ viết tắt"),
        ("doc_type", "Quyết định", "Quyết định"),
    ],
)
def test_bad_words_are_told_and_what_was_typed_is_kept(administrator, field, typed, told):
    client = signed_in(administrator)
    answer = client.post(f"/mau-van-ban/{KIND}/", form_of(client, **{field: typed, "archive": "VT lạ"}))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert told in page.replace("&quot;", '"')
    assert "VT lạ" in page
    assert typed in page
    assert not Wording.objects.exists()


@pytest.mark.django_db
def test_trying_saves_nothing(administrator):
    client = signed_in(administrator)
    tried = client.post(f"/mau-van-ban/{KIND}/", form_of(client, subject="thử một chút", do="preview"))
    assert "thử một chút" in tried.content.decode()
    part = client.post(f"/mau-van-ban/{KIND}/xem-thu/", form_of(client, subject="thử hai chút")).content.decode()
    assert "thử hai chút" in part
    assert "<html" not in part
    assert not Wording.objects.exists()


@pytest.mark.django_db
def test_who_saved_first_is_not_overwritten_unseen(administrator):
    client = signed_in(administrator)
    mine = form_of(client, subject="lời của tôi")
    keep_wording(administrator, KIND, words("Lời của người khác"))
    answer = client.post(f"/mau-van-ban/{KIND}/", mine)
    assert answer.status_code == 409
    assert "lời của tôi" in answer.content.decode()
    assert Wording.objects.get().words["paragraphs"] == ["Lời của người khác"]
    with pytest.raises(ChangedMeanwhile):
        keep_wording(administrator, KIND, words("Nữa"), version=0)


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["officer", "head", "coordinator", "auditor"])
def test_only_administrators_keep_words_and_only_their_own(office, role):
    actor = make_actor(office, role)
    with pytest.raises(Refused):
        keep_wording(actor, KIND, words("Lời"))
    with pytest.raises(Refused):
        drop_wording(actor, KIND)
    other = make_organisation("Ủy ban nhân dân tỉnh Khác", kind="committee")
    keep_wording(make_actor(other, "administrator"), KIND, words("Lời của tỉnh khác"))
    paper = rooms.paper(KIND)
    assert paper is not None
    assert words_for(paper, office.pk).paragraphs != ("Lời của tỉnh khác",)


@pytest.mark.django_db
def test_words_that_ask_for_a_name_given_up_stop_with_a_page_not_a_failure(office):
    keep_wording(make_actor(office, "administrator"), "followup.unit_plan", words("{tên đã bỏ}"))
    row = make_assignment(office)
    Step.objects.create(assignment=row, position=1, text="Bước một")
    answer = signed_in(make_actor(office, "officer")).post(f"/van-ban-di/moi/followup.unit_plan/?tu={row.public_id}")
    assert answer.status_code == 422
    assert "Không có tên {tên đã bỏ}" in answer.content.decode()
    assert "Bạn hãy nhờ quản trị của cơ quan sửa mẫu này." in answer.content.decode()


@pytest.mark.django_db
def test_the_list_asks_little(administrator, django_assert_max_num_queries):
    client = signed_in(administrator)
    client.get("/mau-van-ban/")
    with django_assert_max_num_queries(12):
        client.get("/mau-van-ban/")
