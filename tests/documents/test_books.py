"""The books of the office as a strict clerk keeps them: sổ đăng ký văn bản đi across the end of a year, back-dated numbers,
documents on paper, what is printed and exported; sổ đăng ký văn bản đến with its arrival numbers."""

from __future__ import annotations

import csv
import datetime as dt
import html
import io
import re

import docx
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from docx.oxml.ns import qn
from openpyxl import load_workbook
from pypdf import PdfReader
from tests.factories import make_actor, make_member, make_organisation, make_outgoing, make_user

from nhipcau.core.acts import Refused
from nhipcau.documents.actions import arriving
from nhipcau.documents.actions import outgoing as acts
from nhipcau.documents.models import ARRIVALS, Addressee, Arrival, Numbering, Outgoing, RegisterNumber
from nhipcau.organisations.models import Role

pytestmark = pytest.mark.django_db
HANOI = dt.timezone(dt.timedelta(hours=7))


@pytest.fixture
def commune():
    return make_organisation("Ủy ban nhân dân xã Tân An", kind="committee")


@pytest.fixture
def clock(monkeypatch):
    """Sets the house's clock to a moment in Hà Nội."""

    def at(*parts: int) -> dt.datetime:
        moment = dt.datetime(*parts, tzinfo=HANOI)
        monkeypatch.setattr(timezone, "now", lambda: moment)
        return moment

    return at


def signed_in(organisation, *roles, name="Trần Thị Bình") -> Client:
    client = Client()
    client.force_login(make_member(organisation, *roles, user=make_user(name)))
    return client


def said(response) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def words_of(response) -> str:
    pdf = PdfReader(io.BytesIO(b"".join(response.streaming_content)))
    return " ".join(" ".join(page.extract_text() for page in pdf.pages).split())


def entry(**fields) -> arriving.Entry:
    return arriving.Entry(
        **{"date": timezone.localdate(), "issuer": "Sở Nội vụ", "subject": "Công văn: Việc", **fields}
    )


class TestEndOfTheYear:
    def test_the_last_minute_of_the_year_and_the_first_of_the_next(self, commune, clock):
        officer = make_actor(commune)
        clock(2026, 12, 31, 16, 0)
        signed = [make_outgoing(commune, "signed") for _n in range(3)]
        clock(2026, 12, 31, 23, 59, 59)
        assert acts.take_number(officer, signed[0]).symbol == "01/BC-UBND"
        clock(2027, 1, 1, 0, 0, 0)  # in UTC it is still the old year
        first = acts.take_number(officer, signed[1])
        assert (first.number, first.date, first.numbering.year) == (1, dt.date(2027, 1, 1), 2027)
        with pytest.raises(acts.Irregular) as asked:  # signed yesterday, numbered from the book that is over
            acts.take_number(officer, signed[2], date=dt.date(2026, 12, 31))
        assert asked.value.reason == (
            "Ngày này thuộc năm 2026 nên văn bản lấy số 02/BC-UBND của sổ năm 2026. Bạn hãy xác nhận."
        )
        late = acts.take_number(officer, signed[2], date=dt.date(2026, 12, 31), sure=True)
        assert (late.number, late.numbering.year) == (2, 2026)
        assert list(Numbering.objects.order_by("year").values_list("year", "last")) == [(2026, 2), (2027, 1)]

    def test_a_number_kept_over_new_year_is_of_its_own_book(self, commune, clock):
        officer = make_actor(commune)
        clock(2026, 12, 30, 9, 0)
        kept = acts.reserve_number(officer, "Báo cáo", organisation=commune, code="BC-UBND", subject="Báo cáo năm")
        made = make_outgoing(commune, "signed")
        clock(2027, 1, 2, 9, 0)
        with pytest.raises(Refused) as refused:
            acts.take_number(officer, made, reserved=kept, date=dt.date(2027, 1, 2))
        assert refused.value.reason == "Số này thuộc sổ năm 2026 nên ngày phải trong năm đó."
        taken = acts.take_number(officer, made, reserved=kept, date=dt.date(2026, 12, 30))
        assert (taken.number, Outgoing.objects.get().date) == (1, dt.date(2026, 12, 30))

    def test_arrival_numbers_begin_anew(self, commune, clock):
        officer = make_actor(commune)
        clock(2026, 12, 31, 23, 59)
        assert arriving.enter_arrival(officer, entry(), organisation=commune).number == 1
        clock(2027, 1, 1, 0, 1)
        made = arriving.enter_arrival(officer, entry(), organisation=commune)
        assert (made.number, made.year) == (1, 2027)
        late = entry(date=dt.date(2026, 12, 31), subject="Công văn: Việc khác")
        old = arriving.enter_arrival(officer, late, organisation=commune)
        assert (old.number, old.year) == (2, 2026)

    def test_the_page_asks_once_and_shows_the_year_that_is_asked_for(self, commune, clock):
        clock(2026, 12, 31, 9, 0)
        made = make_outgoing(commune, "signed")
        clock(2027, 1, 4, 9, 0)
        client = signed_in(commune)
        given = {"do": "number", "date": "31/12/2026"}
        answer = client.post(f"/van-ban-di/{made.public_id}/lam/", given)
        assert (answer.status_code, "của sổ năm 2026" in said(answer)) == (422, True)
        assert client.post(f"/van-ban-di/{made.public_id}/lam/", given | {"sure": "on"}).status_code == 302
        assert client.get("/so-van-ban/").context["count"] == 0
        assert client.get("/so-van-ban/?year=2026").context["count"] == 1


def test_a_day_before_the_signature_is_asked_about(commune, clock):
    officer = make_actor(commune)
    clock(2026, 11, 20, 9, 0)
    made = make_outgoing(commune, "signed")
    with pytest.raises(acts.Irregular) as asked:
        acts.take_number(officer, made, date=dt.date(2026, 11, 18))
    assert "Văn bản được ký ngày 20/11/2026, sau ngày bạn ghi." in asked.value.reason
    assert acts.take_number(officer, made, date=dt.date(2026, 11, 18), sure=True).date == dt.date(2026, 11, 18)


class TestOnPaper:
    def test_a_number_kept_free_is_given_to_a_document_on_paper(self, commune):
        client, today = signed_in(commune), timezone.localdate()
        kept = acts.reserve_number(make_actor(commune), "Báo cáo", organisation=commune, code="BC-UBND", subject="Giấy")
        there = f"/so-van-ban/{kept.public_id}/van-ban-giay/"
        answer = client.post(there, {"subject": "Báo cáo mật", "date": f"{today:%d/%m/%Y}"})
        assert (answer.status_code, "Bạn hãy ghi người ký." in said(answer)) == (422, True)
        given = {
            "subject": "Báo cáo giấy", "date": f"{today:%d/%m/%Y}", "signer": "Lê Văn Cường",
            "recipients": "Đảng ủy xã", "archive": "VT", "copies": "3",
        }  # fmt: skip
        assert client.post(there, given).status_code == 302
        row = RegisterNumber.objects.get()
        assert (row.state, row.signer, row.copies, row.outgoing) == ("used", "Lê Văn Cường", 3, None)
        answer = client.post(there, given)
        assert (answer.status_code, "không còn giữ chỗ" in said(answer)) == (422, True)
        with pytest.raises(Refused):
            acts.use_number(make_actor(commune, Role.HEAD), row, subject="x", date=today, signer="x")

    def test_another_organisations_number_is_not_found(self, commune):
        other = make_organisation("Ủy ban nhân dân xã Khác", kind="committee")
        kept = acts.reserve_number(make_actor(other), "Báo cáo", organisation=other, code="BC-UBND", subject="Giấy")
        assert signed_in(commune).post(f"/so-van-ban/{kept.public_id}/van-ban-giay/", {}).status_code == 404


class TestPrintedAndFound:
    def test_the_book_is_printed_with_every_number_in_order(self, commune):
        officer = make_actor(commune)
        sent = make_outgoing(commune, "sent", subject="Kết quả quý IV")
        void = make_outgoing(commune, "numbered", subject="Ghi nhầm")
        acts.void_number(officer, void.number, reason="Sai ngày 😀")
        acts.reserve_number(officer, "Báo cáo", organisation=commune, code="BC-UBND", subject="=HYPERLINK(1)")
        client, year = signed_in(commune), timezone.localdate().year
        answer = client.get(f"/so-van-ban/tai-ve.pdf?year={year}&type=Báo cáo")
        assert answer.headers["Content-Disposition"] == f'attachment; filename="so-van-ban-{year}.pdf"'
        text = words_of(answer)
        for words in (
            "SỔ ĐĂNG KÝ VĂN BẢN ĐI", "ỦY BAN NHÂN DÂN XÃ TÂN AN", f"Năm: {year}", "Từ số 01 đến số 03",
            "Đơn vị, người nhận bản lưu", "Hủy: Sai ngày ?", "Sổ có 3 số: 1 đã dùng, 1 giữ chỗ, 1 hủy.", "=HYPERLINK(1)",
            sent.official.signature.name,
        ):  # fmt: skip
            assert words in text
        places = [text.index(f"{number:02d}/BC-UBND") for number in (1, 2, 3)]
        assert places == sorted(places)

    def test_the_book_as_a_docx_has_its_title_and_a_head_on_every_page(self, commune):
        make_outgoing(commune, "numbered", subject="Kết quả & <quý> IV")
        arriving.enter_arrival(make_actor(commune), entry(symbol="45/SNV"), organisation=commune)
        client = signed_in(commune)
        for name, title, words in (
            ("so-van-ban", "SỔ ĐĂNG KÝ VĂN BẢN ĐI", "Báo cáo: Kết quả & <quý> IV"),
            ("so-van-ban-den", "SỔ ĐĂNG KÝ VĂN BẢN ĐẾN", "45/SNV"),
        ):
            made = b"".join(client.get(f"/{name}/tai-ve.docx").streaming_content)
            document = docx.Document(io.BytesIO(made))
            assert title in [paragraph.text for paragraph in document.paragraphs]
            [table] = document.tables
            assert words in [cell.text for cell in table.rows[2].cells]
            assert [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows] == [True, True, False]

    def test_every_contradiction_is_named_beside_its_number(self, commune, clock):
        officer = make_actor(commune)
        clock(2026, 11, 20, 9, 0)
        signed = [make_outgoing(commune, "signed") for _n in range(4)]
        acts.take_number(officer, signed[0])
        acts.take_number(officer, signed[1], date=dt.date(2026, 11, 18), sure=True)
        acts.send_document(officer, signed[0])
        newer = acts.replace_document(officer, Outgoing.objects.get(pk=signed[0].pk), what_changed="Số liệu")
        newer = acts.submit_document(officer, newer)
        clock(2026, 11, 21, 9, 0)
        acts.sign_document(make_actor(commune, Role.HEAD), newer, version=newer.version)
        acts.take_number(officer, newer)
        acts.void_number(officer, acts.take_number(officer, signed[2]), reason="Sai thể thức")
        clock(2027, 1, 5, 9, 0)
        acts.take_number(officer, signed[3], date=dt.date(2026, 12, 31), sure=True)
        said = {
            1: "",
            2: "Ngày sớm hơn ngày của số 01/BC-UBND (20/11/2026). Ký ngày 20/11/2026, sau ngày của văn bản",
            3: "Thay văn bản 01/BC-UBND",
            4: "Hủy: Sai thể thức",
            5: "Lấy số ngày 05/01/2027, sau khi hết năm",
        }
        client = signed_in(commune)
        page = client.get("/so-van-ban/?year=2026")
        rows = {row.number: page.context["notes"].get(row.pk, "") for row in page.context["page_obj"]}
        assert rows == said and said[2] in html.unescape(page.content.decode())
        acts.send_document(officer, Outgoing.objects.get(pk=newer.pk))
        text = words_of(client.get("/so-van-ban/tai-ve.pdf?year=2026&type=Báo cáo&state=void&q=không có đâu"))
        for words in (*said.values(), "Đã được thay bằng văn bản 03/BC-UBND", "Sổ có 5 số", "Không thiếu số nào."):
            assert "".join(words.split()) in "".join(text.split())
        csv_text = b"".join(client.get("/so-van-ban/tai-ve.csv?year=2026").streaming_content).decode("utf-8-sig")
        assert said[2] in csv_text

    def test_a_number_without_a_line_is_named(self, commune):
        make_outgoing(commune, "numbered")
        for _n in range(3):
            acts.void_number(make_actor(commune), make_outgoing(commune, "numbered").number, reason="Nhầm")
        RegisterNumber.objects.filter(number__in=(2, 4)).delete()  # as by an administrator at the database
        client = signed_in(commune)
        assert "Thiếu số, chưa rõ vì sao: Báo cáo: 02, 04." in words_of(client.get("/so-van-ban/tai-ve.pdf"))

    def test_the_book_asks_the_same_number_of_questions_for_many(self, commune):
        client = signed_in(commune)
        asked = []
        for count in (1, 4):
            for _n in range(count):
                make_outgoing(commune, "sent")
            with CaptureQueriesContext(connection) as found:
                client.get("/so-van-ban/")
            asked.append(len(found))
        assert asked[0] == asked[1]

    def test_a_book_too_long_for_one_pdf_says_what_to_do(self, commune, monkeypatch):
        monkeypatch.setattr("nhipcau.documents.views.outgoing.common.MOST_PRINTED", 1)
        for _n in range(2):
            make_outgoing(commune, "numbered")
        answer = signed_in(commune).get("/so-van-ban/tai-ve.pdf")
        assert (answer.status_code, "Bạn hãy lọc theo loại văn bản" in said(answer)) == (403, True)

    def test_what_was_taken_on_paper_before_is_one_line(self, commune):
        officer, today = make_actor(commune), timezone.localdate()
        acts.begin_register(officer, "Báo cáo", organisation=commune, year=today.year, last=57, date=today)
        make_outgoing(commune, "numbered")
        text = words_of(signed_in(commune).get("/so-van-ban/tai-ve.pdf"))
        assert "01 – 57" in text and "58/BC-UBND" in text and "Sổ có 58 số" in text

    def test_exports_hold_no_formula(self, commune):
        officer = make_actor(commune)
        acts.reserve_number(officer, "Báo cáo", organisation=commune, code="BC-UBND", subject="=1+1")
        arriving.enter_arrival(
            officer, entry(issuer="@SUM(A1)", subject="+cmd|' /C calc'!A0", note="-2"), organisation=commune
        )
        client = signed_in(commune)
        for name, wanted in (("so-van-ban", {"=1+1"}), ("so-van-ban-den", {"@SUM(A1)", "+cmd|' /C calc'!A0", "-2"})):
            text = b"".join(client.get(f"/{name}/tai-ve.csv").streaming_content).decode("utf-8-sig")
            cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
            assert {f"'{words}" for words in wanted} <= set(cells) and not wanted & set(cells)
            file = b"".join(client.get(f"/{name}/tai-ve.xlsx").streaming_content)
            [sheet] = load_workbook(io.BytesIO(file)).worksheets
            kinds = {cell.value: cell.data_type for row in sheet.iter_rows() for cell in row}
            assert {kinds[words] for words in wanted} == {"s"}

    def test_numbers_are_found_by_words_signer_and_number(self, commune):
        make_outgoing(commune, "numbered", subject="Phòng chống lũ")
        to = ("Như trên (để báo cáo)", "Đảng ủy xã")
        made = make_outgoing(commune, "numbered", subject="Chuyển đổi số", recipients=to)
        assert made.number.recipients == "Ủy ban nhân dân tỉnh Hòa An; Đảng ủy xã"
        client = signed_in(commune)

        def found(q: str) -> list[int]:
            return [row.number for row in client.get("/so-van-ban/", {"q": q}).context["page_obj"].object_list]

        assert (found("phong chong"), found("dang uy"), found("2"), found("02/BC"), found("nguyen van an")) == (
            [1], [2], [2], [2], [2, 1],
        )  # fmt: skip
        assert (found("không có đâu"), found("\x00"), found("9" * 30), found("%_\\")) == ([], [2, 1], [], [])

    def test_the_book_of_arrivals_is_printed(self, commune):
        officer = make_actor(commune)
        arriving.enter_arrival(officer, entry(symbol="45/SNV", handler="Phòng Văn hóa"), organisation=commune)
        text = words_of(signed_in(commune).get("/so-van-ban-den/tai-ve.pdf"))
        for words in (
            "SỔ ĐĂNG KÝ VĂN BẢN ĐẾN",
            "Ký nhận",
            "45/SNV",
            "Phòng Văn hóa",
            "Sổ có 1 số đến, trong đó 0 số hủy. Không thiếu số nào.",
        ):
            assert words in text

    def test_an_arrival_out_of_order_is_named(self, commune, clock):
        clock(2026, 11, 20, 9, 0)
        officer, today = make_actor(commune), timezone.localdate()
        before = entry(date=today - dt.timedelta(days=1), subject="Công văn: Việc khác")
        arriving.enter_arrival(officer, entry(), organisation=commune)
        arriving.enter_arrival(officer, before, organisation=commune, sure=True)
        text = words_of(signed_in(commune).get("/so-van-ban-den/tai-ve.pdf?q=không có đâu"))
        assert "".join(f"Ngày sớm hơn ngày của số 01 ({today:%d/%m/%Y})".split()) in "".join(text.split())


class TestArrivals:
    def test_paper_and_this_house_share_one_sequence(self, commune):
        province = make_organisation("Ủy ban nhân dân tỉnh Hòa An", kind="committee")
        sent = make_outgoing(province, "sent", to=[commune])
        client = signed_in(commune)
        page = client.get("/so-van-ban-den/")
        assert [one.row.outgoing for one in page.context["waiting"]] == [sent]
        given = {"date": f"{timezone.localdate():%d/%m/%Y}", "issuer": "Sở Nội vụ", "subject": "Giấy mời họp"}
        assert client.post("/so-van-ban-den/", given).status_code == 302
        there = f"/van-ban-di/{sent.public_id}/vao-so-den/"
        for _again in range(2):
            assert client.post(there, {"handler": "Phòng Văn hóa – Xã hội"}).status_code == 302
        assert list(Arrival.objects.order_by("number").values_list("number", "issuer", "symbol")) == [
            (1, "Sở Nội vụ", ""),
            (2, "Ủy ban nhân dân tỉnh Hòa An", "01/BC-UBND"),
        ]
        page = client.get(f"/van-ban-di/{sent.public_id}/")
        assert "Số đến 2, ngày" in said(page) and "Chuyển: Phòng Văn hóa – Xã hội" in said(page)
        assert client.get("/so-van-ban-den/").context["waiting"] == []
        assert "Số đến" not in said(signed_in(province).get(f"/van-ban-di/{sent.public_id}/"))

    def test_its_sequence_is_no_register_of_numbers(self, commune):
        officer = make_actor(commune)
        arriving.enter_arrival(officer, entry(), organisation=commune)
        page = signed_in(commune).get("/so-van-ban/")
        assert (page.context["books"], page.context["missing"]) == ([], 0)
        with pytest.raises(Refused):
            acts.reserve_number(officer, ARRIVALS, organisation=commune, code="X", subject="Việc")

    def test_what_is_there_already_and_what_is_out_of_order_is_asked_about(self, commune, clock):
        clock(2026, 11, 20, 9, 0)
        client, today = signed_in(commune), timezone.localdate()
        given = {"date": f"{today:%d/%m/%Y}", "issuer": "Sở Nội vụ", "subject": "Việc", "symbol": "45/SNV"}
        client.post("/so-van-ban-den/", given)
        answer = client.post("/so-van-ban-den/", given)
        assert (answer.status_code, "Văn bản này đã vào sổ với số đến 1" in said(answer)) == (422, True)
        assert client.post("/so-van-ban-den/", given | {"sure": "on"}).status_code == 302
        before = given | {"date": f"{today - dt.timedelta(days=1):%d/%m/%Y}", "symbol": ""}
        answer = client.post("/so-van-ban-den/", before)
        assert (answer.status_code, "Số đến 2 mang ngày" in said(answer)) == (422, True)
        assert Arrival.objects.count() == 2

    @pytest.mark.parametrize(
        ("fields", "words"),
        [
            ({"date": "31/12/2099"}, "Ngày đến phải là hôm nay hoặc một ngày đã qua"),
            ({"date": "30/02/2026"}, "Ngày chưa đúng"),
            ({"issuer": " "}, "Bạn hãy ghi cơ quan gửi."),
            ({"issued_on": "31/12/2098"}, "Ngày của văn bản không thể sau ngày đến."),
            ({"due_on": "01/01/2020"}, "Ngày chuyển và hạn giải quyết không thể trước ngày đến."),
            ({"subject": "x" * 3000}, "2000"),
        ],
    )
    def test_what_cannot_be_is_told_and_kept(self, commune, fields, words):
        given = {"date": f"{timezone.localdate():%d/%m/%Y}", "issuer": "Sở", "subject": "Việc", "note": "Giữ chữ này"}
        answer = signed_in(commune).post("/so-van-ban-den/", given | fields)
        assert (answer.status_code, words in said(answer)) == (422, True)
        assert answer.context["form"]["note"].value() == "Giữ chữ này"
        assert Arrival.objects.count() == 0

    def test_an_entry_is_put_right_once_and_the_second_is_told(self, commune):
        officer = make_actor(commune)
        row = arriving.enter_arrival(officer, entry(), organisation=commune)
        client, there = signed_in(commune), f"/so-van-ban-den/{row.public_id}/"
        page = client.get(there)
        given = {bound.name: bound.value() or "" for bound in page.context["form"] if bound.name != "sure"}
        given["date"] = f"{row.date:%d/%m/%Y}"
        assert client.post(there, given | {"handler": "Phòng Kinh tế"}).status_code == 302
        answer = client.post(there, given | {"handler": "Văn phòng"})
        assert (answer.status_code, answer.context["form"]["handler"].value()) == (422, "Văn phòng")
        assert "vừa được người khác sửa" in said(answer)
        row.refresh_from_db()
        assert row.handler == "Phòng Kinh tế"

    def test_a_void_number_keeps_its_reason_and_what_came_here_can_be_entered_again(self, commune):
        sent = make_outgoing(make_organisation("Sở Nội vụ"), "sent", to=[commune])
        officer = make_actor(commune)
        row = arriving.enter_received(officer, sent.sent_to.get())
        client = signed_in(commune)
        answer = client.post(f"/so-van-ban-den/{row.public_id}/", {"do": "void", "reason": " "})
        assert (answer.status_code, "Bạn hãy ghi lý do hủy" in said(answer)) == (422, True)
        assert client.post(f"/so-van-ban-den/{row.public_id}/", {"do": "void", "reason": "Nhầm"}).status_code == 302
        assert client.post(f"/so-van-ban-den/{row.public_id}/", {"do": "void", "reason": "Nhầm"}).status_code == 403
        again = arriving.enter_received(officer, Addressee.objects.get())
        assert (again.number, Arrival.objects.get(number=1).void_reason) == (2, "Nhầm")

    def test_only_clerks_of_the_organisation_keep_the_book(self, commune):
        other = make_organisation("Ủy ban nhân dân xã Khác", kind="committee")
        row = arriving.enter_arrival(make_actor(commune), entry(), organisation=commune)
        for actor in (make_actor(commune, Role.HEAD), make_actor(commune, Role.AUDITOR), make_actor(other)):
            with pytest.raises(Refused):
                arriving.enter_arrival(actor, entry(), organisation=commune)
            with pytest.raises(Refused):
                arriving.void_arrival(actor, row, reason="x")
        assert signed_in(other).get(f"/so-van-ban-den/{row.public_id}/").status_code == 404
        assert signed_in(other).get("/so-van-ban-den/").context["count"] == 0
