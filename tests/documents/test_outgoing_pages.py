"""The pages of an organisation's own documents, as the officer, the chairman, the clerk and the reader meet them."""

from __future__ import annotations

import html
import io
import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from tests.factories import (
    make_actor,
    make_agency_group,
    make_member,
    make_official,
    make_organisation,
    make_outgoing,
    make_user,
)

from nhipcau.core import rooms
from nhipcau.core.actors import Actor
from nhipcau.core.models import Notice
from nhipcau.documents.actions import outgoing as acts
from nhipcau.documents.models import Addressee, Outgoing, RegisterNumber
from nhipcau.organisations.models import Role
from vanban.official import Annex, Paragraph, Picture, Table, TableCell, plain
from vanban.official.plaintext import body_text

pytestmark = pytest.mark.django_db
TABLE = Table(((TableCell((plain("Thôn"),)), TableCell((plain("Số hội nghị"),))),), (0.5, 0.5))


@pytest.fixture
def house():
    province = make_organisation("Ủy ban nhân dân tỉnh Hòa An", kind="committee")
    return province, make_organisation("Ủy ban nhân dân xã Tân An", parent=province, kind="committee")


def signed_in(organisation, *roles, name="Trần Thị Bình") -> Client:
    client = Client()
    client.force_login(make_member(organisation, *roles, user=make_user(name)))
    return client


def said(response) -> str:
    """What a page says, without its marks."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def fields(response) -> dict[str, str]:
    """The form of a page, as a browser would send it back unchanged."""
    form = response.context["form"]
    found = {bound.html_name: bound.value() for bound in form}
    for annex in getattr(form, "annexes", ()):
        found |= {bound.html_name: bound.value() for bound in annex if bound.name != "drop"}
    return {name: "\n".join(value) if isinstance(value, list | tuple) else value or "" for name, value in found.items()}


def do(client: Client, outgoing: Outgoing, what: str, **data):
    return client.post(reverse("act_on_outgoing", args=[outgoing.public_id]), {"do": what, **data})


def test_from_a_blank_page_to_the_reader(house):
    """An officer writes, the chairman signs, the clerk takes the number and sends, the province reads: pages only."""
    province, commune = house
    officer, head = signed_in(commune), signed_in(commune, Role.HEAD, name="Lê Văn Cường")
    reader = signed_in(province, Role.COORDINATOR)
    answer = officer.post("/van-ban-di/soan/", {"doc_type": "Báo cáo", "subject": "Kết quả năm 2026"})
    made = Outgoing.objects.get()
    assert answer.headers["Location"] == f"/van-ban-di/{made.public_id}/sua/"
    page = officer.get(answer.headers["Location"])
    typed = fields(page)
    assert (typed["issuer"], typed["place"], typed["code"]) == ("ỦY BAN NHÂN DÂN XÃ TÂN AN", "Tân An", "BC-UBND")
    assert (typed["signature"], typed["signer"]) == ("TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH", "Lê Văn Cường")
    assert "Sửa 1 chỗ rồi trình ký" in said(officer.get(f"/van-ban-di/{made.public_id}/"))
    typed |= {
        "addressees": "- Ủy ban nhân dân tỉnh Hòa An;",
        "to": "Ủy ban nhân dân tỉnh Hòa An",
        "body": "I. KẾT QUẢ\n1. Đã tổ chức *12 hội nghị*.\n- Phát 1.200 tờ rơi",
        "recipients": "Như trên;",
        "xong": "1",
    }
    answer = officer.post(answer.headers["Location"], typed)
    assert answer.headers["Location"] == f"/van-ban-di/{made.public_id}/"
    made.refresh_from_db()
    assert made.official.addressees == ("Ủy ban nhân dân tỉnh Hòa An",)
    page = officer.get(f"/van-ban-di/{made.public_id}/")
    assert "Trình ký" in said(page) and "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in said(page) and "./." in said(page)
    assert do(officer, made, "submit", version=made.version).status_code == 302
    assert "Chờ bạn ký 1" in said(head.get("/van-ban-di/"))
    page = head.get(f"/van-ban-di/{made.public_id}/")
    assert "Ký văn bản" in said(page) and "Khối chữ ký đang ghi" not in said(page)
    assert do(head, made, "sign", version=page.context["outgoing"].version).status_code == 302
    page = officer.get(f"/van-ban-di/{made.public_id}/")
    assert "Số tiếp theo: 01/BC-UBND" in said(page)
    assert do(officer, made, "number", date=f"{timezone.localdate():%d/%m/%Y}").status_code == 302
    assert "Gửi văn bản 01/BC-UBND" in said(officer.get(f"/van-ban-di/{made.public_id}/"))
    assert reader.get(f"/van-ban-di/{made.public_id}/").status_code == 404
    assert do(officer, made, "send").status_code == 302
    page = reader.get("/van-ban-den/")
    assert "1 chưa mở" in said(page)
    page = reader.get(f"/van-ban-di/{made.public_id}/")
    assert (page.status_code, Addressee.objects.get().opened_at is not None) == (200, True)
    assert "1/1 cơ quan đã mở" in said(officer.get(f"/van-ban-di/{made.public_id}/"))
    file = reader.get(f"/van-ban-di/{made.public_id}/tep.pdf")
    assert b"".join(file.streaming_content)[:5] == b"%PDF-"
    assert file.headers["Content-Disposition"] == f'attachment; filename="01-bc-ubnd-{timezone.localdate().year}.pdf"'
    assert Notice.objects.filter(kind="documents.open", settled_at=None).count() == 0
    assert [step.kind for step in reader.get(f"/van-ban-di/{made.public_id}/").context["steps"]] == ["sent", "received"]
    assert len(officer.get(f"/van-ban-di/{made.public_id}/").context["steps"]) == 7


def test_reading_is_not_receiving_for_those_who_only_look(house):
    province, commune = house
    sent = make_outgoing(commune, "sent", to=[province])
    for role in (Role.AUDITOR, Role.ADMINISTRATOR):
        assert signed_in(province, role).get(f"/van-ban-di/{sent.public_id}/").status_code == 200
    signed_in(province).head(f"/van-ban-di/{sent.public_id}/")
    assert Addressee.objects.get().opened_at is None


def test_writing_at_the_same_time_loses_nothing(house):
    _province, commune = house
    made = make_outgoing(commune)
    address = f"/van-ban-di/{made.public_id}/sua/"
    one, other = signed_in(commune, name="Người Một"), signed_in(commune, name="Người Hai")
    first, second = fields(one.get(address)), fields(other.get(address))
    assert one.post(address, first | {"body": "Của người một"}).status_code == 302
    answer = other.post(address, second | {"body": "Của người hai"})
    assert answer.status_code == 409
    assert "Người Một vừa sửa văn bản này" in said(answer)
    assert "Của người một" in said(answer)
    assert fields(answer)["body"] == "Của người hai"
    assert Outgoing.objects.get().official.body == (Paragraph(plain("Của người một")),)
    assert other.post(address, fields(answer)).status_code == 302
    assert Outgoing.objects.get().official.body == (Paragraph(plain("Của người hai")),)


def test_saving_what_was_opened_changes_nothing(house):
    _province, commune = house
    body = (
        *make_official().body,
        TABLE,
        Paragraph(plain("Nguồn: các thôn"), align="right"),
        Picture("Biểu đồ", "<svg/>"),
    )
    annex = Annex("DANH MỤC", "", (TABLE, Paragraph(plain("Hết"), "-")), landscape=True)
    made = make_outgoing(commune, body=body, annexes=(annex,), doc_type="Kế hoạch", code="KH-UBND")
    client, address = signed_in(commune), f"/van-ban-di/{made.public_id}/sua/"
    before = made.official
    typed = fields(client.get(address))
    client.post(address, typed | {"to": ""})
    held = Outgoing.objects.get()
    assert (held.official, held.version) == (before, 1)
    client.post(address, typed | {"to": "", "pl0-drop": "on", "body": body_text(body).replace("[Bảng 1]", "")})
    held = Outgoing.objects.get()
    assert (held.official.annexes, held.official.body) == ((), tuple(block for block in body if block is not TABLE))


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"body": "Trước\n[Bảng 7]"}, "Dòng 2 ghi [Bảng 7], nhưng văn bản không có bảng hoặc hình ấy."),
        ({"to": "Sở Vũ trụ"}, "Không có trong danh bạ: Sở Vũ trụ."),
        ({"subject": ""}, "Trích yếu"),
        ({"doc_type": "Loại lạ"}, "Loại văn bản"),
    ],
)
def test_what_cannot_be_saved_is_said_and_kept(house, typed, message):
    _province, commune = house
    made = make_outgoing(commune)
    client, address = signed_in(commune), f"/van-ban-di/{made.public_id}/sua/"
    given = fields(client.get(address)) | {"signer": "Lê Văn Tám", **typed}
    answer = client.post(address, given)
    assert (answer.status_code, message in said(answer), fields(answer)["signer"]) == (422, True, "Lê Văn Tám")
    assert Outgoing.objects.get().version == 1


def test_addressees_may_be_groups(house):
    province, commune = house
    units = [make_organisation(name, parent=province) for name in ("Sở Tư pháp", "Sở Nội vụ")]
    make_agency_group(province, "Các sở, ban, ngành")
    made = make_outgoing(province)
    client, address = signed_in(province), f"/van-ban-di/{made.public_id}/sua/"
    client.post(address, fields(client.get(address)) | {"to": "Các sở, ban, ngành (để thực hiện)\nUBND xã Tân An"})
    assert {row.organisation for row in made.sent_to.all()} == {*units, commune}


def test_an_agency_that_has_ended_is_addressed_only_while_its_people_finish_their_work(house):
    province, _commune = house
    old = make_organisation("Sở Thông tin và Truyền thông", parent=province, valid_to=timezone.localdate())
    old.valid_to -= timezone.timedelta(days=30)
    old.save()
    made = make_outgoing(province)
    client, address = signed_in(province), f"/van-ban-di/{made.public_id}/sua/"
    typed = fields(client.get(address)) | {"to": old.name}
    assert client.post(address, typed).status_code == 422
    make_actor(old)
    assert client.post(address, typed).status_code == 302
    assert [row.organisation for row in made.sent_to.all()] == [old]


def test_the_signers_own_block_is_asked_for_where_the_name_differs(house):
    _province, commune = house
    head = signed_in(commune, Role.HEAD, name="Phó Chủ Tịch")
    made = make_outgoing(
        commune, "submitted", signature=make_official().signature.__class__(("CHỦ TỊCH",), "Người Khác")
    )
    page = head.get(f"/van-ban-di/{made.public_id}/")
    assert "Khối chữ ký đang ghi Người Khác; bạn là Phó Chủ Tịch." in said(page)
    answer = do(head, made, "sign", version=made.version)
    assert (answer.status_code, Outgoing.objects.get().state) == (422, "submitted")
    block = {"lines": "KT. CHỦ TỊCH\nphó chủ tịch", "name": "Phó Chủ Tịch"}
    assert do(head, made, "sign", version=made.version, **block).status_code == 302
    assert Outgoing.objects.get().official.signature.lines == ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")


def test_a_number_out_of_order_asks_once_more(house):
    _province, commune = house
    clerk, client = make_actor(commune), signed_in(commune)
    acts.reserve_number(clerk, "Báo cáo", organisation=commune, code="BC-UBND", subject="Giữ cho báo cáo quý")
    made = make_outgoing(commune, "signed")
    day = timezone.localdate() - timezone.timedelta(days=1)
    page = client.get(f"/van-ban-di/{made.public_id}/")
    assert "01/BC-UBND: Giữ cho báo cáo quý" in said(page)
    answer = do(client, made, "number", date=f"{day:%d/%m/%Y}")
    assert answer.status_code == 422
    assert "không theo thứ tự của sổ" in said(answer) and "Vẫn dùng ngày này" in said(answer)
    assert do(client, made, "number", date=f"{day:%d/%m/%Y}", sure="on").status_code == 302
    assert RegisterNumber.objects.get(outgoing=made).symbol == "02/BC-UBND"
    other = make_outgoing(commune, "signed")
    kept = RegisterNumber.objects.get(state="reserved")
    do(client, other, "number", date=f"{timezone.localdate():%d/%m/%Y}", reserved=kept.public_id, sure="on")
    assert RegisterNumber.objects.get(outgoing=other).symbol == "01/BC-UBND"
    assert do(client, make_outgoing(commune, "signed"), "number", date="hôm qua").status_code == 422


def test_problems_stand_beside_the_document_with_the_article(house):
    _province, commune = house
    made = make_outgoing(commune, place="", issuer="Ủy ban nhân dân xã Tân An")
    text = said(signed_in(commune).get(f"/van-ban-di/{made.public_id}/"))
    assert "Còn 2 chỗ phải sửa trước khi trình ký" in text
    assert "Phải viết bằng chữ in hoa. Phụ lục I, phần I, mục II, khoản 2" in text
    assert "Phụ lục I, phần I, mục II, khoản 4" in text
    assert "Đã tổ chức 12 hội nghị ở 8 thôn." in text  # it can be read all the same
    answer = signed_in(commune).get(f"/van-ban-di/{made.public_id}/tep.pdf")
    assert answer.status_code == 422


def test_a_draft_is_marked_in_the_name_of_its_file_only(house):
    _province, commune = house
    made = make_outgoing(commune)
    answer = signed_in(commune).get(f"/van-ban-di/{made.public_id}/tep.pdf")
    assert (answer.content[:5], answer.headers["Content-Type"]) == (b"%PDF-", "application/pdf")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="du-thao-{made.public_id}.pdf"'
    assert signed_in(commune).get(f"/van-ban-di/{made.public_id}/tep.docx").content[:2] == b"PK"
    assert signed_in(commune).get(f"/van-ban-di/{made.public_id}/tep.odt").status_code == 404


def test_a_replaced_document_leads_to_the_new_one(house):
    province, commune = house
    old = make_outgoing(commune, "sent", to=[province])
    client, head = signed_in(commune), signed_in(commune, Role.HEAD)
    assert do(client, old, "replace", text="").status_code == 422
    do(client, old, "replace", text="Sửa số hội nghị")
    new = Outgoing.objects.exclude(pk=old.pk).get()
    reader = signed_in(province)
    assert "Văn bản này đã được thay" not in said(reader.get(f"/van-ban-di/{old.public_id}/"))
    do(client, new, "submit", version=1)
    do(head, new, "sign", version=2, lines="TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH", name="Trần Thị Bình")
    do(client, new, "number", date=f"{timezone.localdate():%d/%m/%Y}")
    do(client, new, "send")
    text = said(reader.get(f"/van-ban-di/{old.public_id}/"))
    assert "Văn bản này đã được thay. Mở bản mới 02/BC-UBND" in text and "Sửa số hội nghị" in text
    assert "Thay văn bản 01/BC-UBND. Điều thay đổi: Sửa số hội nghị" in said(
        reader.get(f"/van-ban-di/{new.public_id}/")
    )
    assert "đã có bản thay" in said(reader.get("/van-ban-den/"))
    new.sent_to.all().delete()  # as where the new edition goes to others: who got the old one is told, without a dead link
    text = said(reader.get(f"/van-ban-di/{old.public_id}/"))
    assert "Văn bản này đã được thay. Điều thay đổi: Sửa số hội nghị" in text and "Mở bản mới" not in text


def test_an_auditor_above_lists_what_was_written_below(house):
    province, commune = house
    make_outgoing(commune, "sent", to=[province], subject="Gửi lên tỉnh")
    make_outgoing(commune, subject="Đang soạn")

    def listed(role: str) -> list[str]:
        page = signed_in(province, role).get("/van-ban-di/")
        return [row.subject for row in page.context["page_obj"].object_list]

    assert (listed(Role.AUDITOR), listed(Role.OFFICER)) == (["Đang soạn", "Gửi lên tỉnh"], [])


def test_the_list_is_filtered_searched_and_exported(house):
    _province, commune = house
    client = signed_in(commune)
    sent = make_outgoing(commune, "sent", subject="Kết quả quý I")
    make_outgoing(commune, doc_type="Kế hoạch", subject="Kế hoạch năm sau", code="KH-UBND")
    make_outgoing(commune, "dropped", subject="Bản đã bỏ")

    def found(query: str) -> list[str]:
        return [row.subject for row in client.get(f"/van-ban-di/?{query}").context["page_obj"].object_list]

    assert found("") == ["Kế hoạch năm sau", "Kết quả quý I"]
    assert found("q=ket qua quy") == found("state=sent") == found("q=01/bc-ubnd") == ["Kết quả quý I"]
    assert found(f"type=Kế hoạch&year={timezone.localdate().year}") == ["Kế hoạch năm sau"]
    assert found("state=dropped") == ["Bản đã bỏ"]
    assert found("year=abc&state=zzz&q=%00") == ["Kế hoạch năm sau", "Kết quả quý I"]
    table = b"".join(client.get("/van-ban-di/tai-ve.csv?state=sent").streaming_content).decode("utf-8-sig")
    assert table.splitlines()[1].startswith(
        f"Báo cáo,01/BC-UBND,{sent.date:%d/%m/%Y},Kết quả quý I,{commune.name},đã gửi"
    )
    book = load_workbook(io.BytesIO(b"".join(client.get("/van-ban-di/tai-ve.xlsx").streaming_content)))
    assert [row[3].value for row in book.active.iter_rows(min_row=2)] == ["Kế hoạch năm sau", "Kết quả quý I"]
    assert client.get("/van-ban-di/tai-ve.pdf").status_code == 404


def test_the_register_keeps_voids_and_exports(house):
    _province, commune = house
    client, year = signed_in(commune), timezone.localdate().year
    made = make_outgoing(commune, "sent")
    today = f"{timezone.localdate():%d/%m/%Y}"
    kept = {"doc_type": "Báo cáo", "code": "BC-UBND", "subject": "Báo cáo giấy", "date": today}
    assert client.post("/so-van-ban/giu-so/", kept).status_code == 302
    assert client.post("/so-van-ban/giu-so/", kept | {"subject": ""}).status_code == 422
    number = RegisterNumber.objects.get(state="reserved")
    assert client.post(f"/so-van-ban/{number.public_id}/huy/", {"reason": ""}).status_code == 422
    assert client.post(f"/so-van-ban/{number.public_id}/huy/", {"reason": "=Không dùng"}).status_code == 302
    text = said(client.get("/so-van-ban/"))
    assert "02/BC-UBND Báo cáo giấy Hủy: =Không dùng" in text and "đến số 2" in text
    assert made.subject in text
    table = b"".join(client.get(f"/so-van-ban/tai-ve.csv?year={year}").streaming_content).decode("utf-8-sig")
    assert [line.split(",")[:2] for line in table.splitlines()[1:]] == [["2", "02/BC-UBND"], ["1", "01/BC-UBND"]]
    assert ",Hủy: =Không dùng," in table  # begins with words: no formula
    begun = {"doc_type": "Kế hoạch", "last": "31", "date": today}
    assert client.post("/so-van-ban/bat-dau/", begun).status_code == 302
    assert client.post("/so-van-ban/bat-dau/", begun).status_code == 422
    assert "đến số 31" in said(client.get("/so-van-ban/?type=Kế hoạch"))
    assert "Giữ một số" not in said(signed_in(commune, Role.HEAD).get("/so-van-ban/"))


def test_needs_card_and_search(house):
    province, commune = house
    make_outgoing(commune, "submitted", subject="Chờ chủ tịch")
    make_outgoing(commune, "sent", to=[province], subject="Đã tới tỉnh")
    head, reader = make_actor(commune, Role.HEAD), make_actor(province)

    def needs(actor: Actor) -> list[str]:
        return [
            need.text
            for need in rooms.needs(actor.person_id, [actor], timezone.now())
            if need.kind.startswith("documents.")
        ]

    assert needs(head) == ["Chờ bạn ký: Báo cáo: Chờ chủ tịch"]
    assert needs(reader) == ["Ủy ban nhân dân xã Tân An gửi Báo cáo 01/BC-UBND: Đã tới tỉnh"]
    client = signed_in(commune, Role.HEAD)
    first = said(client.get(reverse("home")))
    assert "Việc kế tiếp Báo cáo: Chờ chủ tịch Chờ bạn ký" in first
    assert "Văn bản chờ bạn" not in first
    make_outgoing(commune, "signed", subject="Đã ký")
    assert "Văn bản chờ bạn Đã ký, chờ lấy số 1" in said(signed_in(commune, Role.COORDINATOR).get(reverse("home")))
    hits = {label: [hit.title for hit in found] for label, found in rooms.findings(reader, "da toi tinh", 5)}
    assert hits == {"Văn bản đi, đến": ["Báo cáo 01/BC-UBND: Đã tới tỉnh"]}
    assert rooms.findings(reader, "cho chu tich", 5) == []


@pytest.mark.parametrize("page", ["outgoings", "begin_outgoing", "received", "register_of_numbers", "wordings"])
def test_the_menu_says_where_one_is(house, page):
    shown = signed_in(house[1], Role.COORDINATOR).get(reverse(page)).content.decode()
    assert f'<a href="{reverse("outgoings")}" aria-current="page">' in re.sub(
        r"<main.*</main>", "", shown, flags=re.DOTALL
    )


def test_lists_ask_few_questions(house, django_assert_max_num_queries):
    province, commune = house
    for _n in range(4):
        make_outgoing(commune, "sent", to=[province])
        make_outgoing(commune, "signed")
    client, reader = signed_in(commune, Role.COORDINATOR), signed_in(province)
    for someone, address, most in (
        (client, "/van-ban-di/", 11), (client, "/so-van-ban/", 14), (reader, "/van-ban-den/", 8)
    ):  # fmt: skip
        someone.get(address)
        with django_assert_max_num_queries(most):
            assert someone.get(address).status_code == 200
