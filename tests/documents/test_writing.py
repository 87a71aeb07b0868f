"""The form of a document: its annexes, who signs it, the unit in its symbol; and what it said before."""

from __future__ import annotations

import dataclasses
import html
import re

import pytest
from django.apps import apps
from django.test import Client
from tests.factories import make_actor, make_member, make_official, make_organisation, make_outgoing, make_user

from nhipcau.core.rooms import Source
from nhipcau.documents.actions import outgoing as acts
from nhipcau.documents.models import Outgoing
from nhipcau.documents.queries.letterhead import letterhead
from nhipcau.documents.queries.outgoing.past import changes
from nhipcau.documents.queries.outgoing.signers import signers
from nhipcau.organisations.models import Membership, Role
from vanban.official import Annex, Heading, Paragraph, Signature, Table, TableCell, plain
from vanban.parse import parse

pytestmark = pytest.mark.django_db
MERGED = Table(
    ((TableCell((plain("Cả hai"),), columns=2),), (TableCell((plain("A"),)), TableCell((plain("B"),)))), (1, 1)
)


@pytest.fixture
def commune():
    return make_organisation("Ủy ban nhân dân xã Tân An", kind="committee")


def signed_in(organisation, *roles, name="Trần Thị Bình") -> Client:
    client = Client()
    client.force_login(make_member(organisation, *roles, user=make_user(name)))
    return client


def said(response) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def fields(response) -> dict[str, str]:
    """The form of a page, as a browser would send it back unchanged."""
    form = response.context["form"]
    found = {bound.html_name: bound.value() for bound in form} | {"annexes": str(form.shown_annexes)}
    for annex in form.annexes:
        found |= {bound.html_name: bound.value() for bound in annex if bound.name != "drop"}
        found |= {} if annex["landscape"].value() else {f"{annex.prefix}-landscape": None}
    shown = {name: "\n".join(value) if isinstance(value, list | tuple) else value for name, value in found.items()}
    return {name: value for name, value in shown.items() if value is not None and value is not False}


def address(made: Outgoing) -> str:
    return f"/van-ban-di/{made.public_id}/sua/"


def annexes() -> tuple[Annex, ...]:
    return Outgoing.objects.get().official.annexes


class TestAnnexes:
    def test_one_is_added_with_a_table_and_another_one_after_it(self, commune):
        made, client = make_outgoing(commune), signed_in(commune)
        typed = fields(client.get(address(made)))
        typed |= {
            "pl0-title": "Danh sách hội nghị",
            "pl0-body": "| Thôn | Số cuộc |\n| Thôn 1 | 4 |",
            "pl0-landscape": "on",
        }
        assert client.post(address(made), typed).status_code == 302
        [annex] = annexes()
        assert (annex.title, annex.landscape) == ("DANH SÁCH HỘI NGHỊ", True)
        assert [[cell.lines for cell in row] for row in annex.body[0].rows][1] == [(plain("Thôn 1"),), (plain("4"),)]
        assert annex.attached == "Kèm theo Báo cáo của Ủy ban nhân dân xã Tân An"
        typed = fields(client.get(address(made)))
        typed |= {"pl1-title": "Ảnh", "pl1-body": "Không có"}
        assert client.post(address(made), typed).status_code == 302
        assert [one.title for one in annexes()] == ["DANH SÁCH HỘI NGHỊ", "ẢNH"]

    def test_they_change_places_and_go(self, commune):
        made = make_outgoing(commune, annexes=tuple(Annex(name, "", (Paragraph(plain(name)),)) for name in "ABC"))
        client = signed_in(commune)
        client.post(address(made), fields(client.get(address(made))) | {"pl2-place": "1"})
        assert [one.title for one in annexes()] == ["C", "A", "B"]
        client.post(address(made), fields(client.get(address(made))) | {"pl0-place": "2"})
        assert [one.title for one in annexes()] == ["A", "C", "B"]
        client.post(address(made), fields(client.get(address(made))) | {"pl1-drop": "on", "pl1-title": ""})
        assert [one.title for one in annexes()] == ["A", "B"]

    def test_merged_tables_stay_and_one_without_a_title_is_told(self, commune):
        made = make_outgoing(commune, annexes=(Annex("BẢNG", "", (MERGED,)),))
        client = signed_in(commune)
        before = annexes()
        typed = fields(client.get(address(made)))
        assert typed["pl0-body"] == "[Bảng 1]"
        client.post(address(made), typed)
        assert annexes() == before
        answer = client.post(address(made), typed | {"pl1-body": "Chữ không có tên"})
        assert (answer.status_code, "Bạn hãy ghi tên phụ lục" in said(answer)) == (422, True)
        assert fields(answer)["pl1-body"] == "Chữ không có tên"

    def test_it_is_printed_in_both_files_and_one_that_says_nothing_stops_the_way(self, commune):
        made, client = make_outgoing(commune), signed_in(commune)
        client.post(address(made), fields(client.get(address(made))) | {"pl0-title": "Trống"})
        assert "Phụ lục «TRỐNG» chưa có nội dung" in said(client.get(f"/van-ban-di/{made.public_id}/"))
        client.post(address(made), fields(client.get(address(made))) | {"pl0-body": "I. PHẦN MỘT\nMột dòng"})
        for form in ("pdf", "docx"):
            file = client.get(f"/van-ban-di/{made.public_id}/tep.{form}")
            found = parse(file.content)
            assert [(one.title, one.body) for one in found.annexes] == [
                ("TRỐNG", (Heading("roman", "I.", "PHẦN MỘT"), Paragraph(plain("Một dòng"))))
            ]

    def test_the_second_of_two_writers_loses_no_annex(self, commune):
        made = make_outgoing(commune, annexes=(Annex("A", "", (Paragraph(plain("a")),)), Annex("B", "", ())))
        one, other = signed_in(commune, name="Người Một"), signed_in(commune, name="Người Hai")
        first, second = fields(one.get(address(made))), fields(other.get(address(made)))
        assert one.post(address(made), first | {"pl0-drop": "on"}).status_code == 302
        answer = other.post(address(made), second | {"pl1-body": "Chữ của người hai"})
        assert (answer.status_code, fields(answer)["pl1-body"]) == (409, "Chữ của người hai")
        assert [one.title for one in annexes()] == ["B"]
        assert other.post(address(made), fields(answer)).status_code == 302
        assert [one.title for one in annexes()] == ["A", "B"]

    def test_an_annex_that_somebody_else_added_meanwhile_stays(self, commune):
        made = make_outgoing(commune, annexes=(Annex("A", "", (Paragraph(plain("a")),)),))
        one, other = signed_in(commune, name="Người Một"), signed_in(commune, name="Người Hai")
        second = fields(other.get(address(made)))
        one.post(address(made), fields(one.get(address(made))) | {"pl1-title": "Của người một", "pl1-body": "b"})
        answer = other.post(address(made), second | {"pl0-title": "A của người hai"})
        assert answer.status_code == 409
        assert other.post(address(made), fields(answer)).status_code == 302
        assert [one.title for one in annexes()] == ["A CỦA NGƯỜI HAI", "CỦA NGƯỜI MỘT"]


class TestSigner:
    def test_of_several_heads_one_is_chosen_with_the_authority(self, commune):
        chairman, deputy = make_user("Lê Văn Cường"), make_user("Phạm Thị Dung")
        for person in (chairman, deputy):
            make_member(commune, Role.HEAD, user=person)
        client = signed_in(commune)
        client.post("/van-ban-di/soan/", {"doc_type": "Báo cáo", "subject": "Kết quả", "unit": "VX"})
        made = Outgoing.objects.get()
        page = client.get(address(made))
        assert [label for _key, label in page.context["form"].fields["who"].choices] == [
            "như ghi ở dưới",
            "Lê Văn Cường: TM. ỦY BAN NHÂN DÂN, CHỦ TỊCH",
            "Lê Văn Cường: TM. ỦY BAN NHÂN DÂN, KT. CHỦ TỊCH, PHÓ CHỦ TỊCH",
            "Phạm Thị Dung: TM. ỦY BAN NHÂN DÂN, CHỦ TỊCH",
            "Phạm Thị Dung: TM. ỦY BAN NHÂN DÂN, KT. CHỦ TỊCH, PHÓ CHỦ TỊCH",
        ]
        typed = fields(page) | {"body": "Nội dung"}
        answer = client.post(address(made), typed)
        assert (answer.status_code, "bạn hãy chọn người ký" in said(answer)) == (422, True)
        assert client.post(address(made), typed | {"who": f"{deputy.pk}-1"}).status_code == 302
        block = Signature(("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), "Phạm Thị Dung")
        made.refresh_from_db()
        assert made.official.signature == block
        page = client.get(address(made))
        assert fields(page)["who"] == f"{deputy.pk}-1"
        by_hand = fields(page) | {"signature": "TUQ. CHỦ TỊCH\nCHÁNH VĂN PHÒNG"}
        assert client.post(address(made), by_hand).status_code == 302
        made.refresh_from_db()
        assert made.official.signature.lines == ("TUQ. CHỦ TỊCH", "CHÁNH VĂN PHÒNG")

    def test_who_signed_last_is_proposed_in_the_same_office(self, commune):
        chairman = make_actor(commune, Role.HEAD)
        deputy = make_actor(commune, Role.HEAD)
        assert letterhead(commune).signer == ""
        block = Signature(("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), "")
        made = acts.submit_document(
            chairman, acts.draft_document(chairman, make_official(signature=block), organisation=commune)
        )
        acts.sign_document(deputy, made, version=made.version)
        found = letterhead(commune)
        assert (found.authority, found.post) == ("TM. ỦY BAN NHÂN DÂN", ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"))
        assert found.signer == Outgoing.objects.get().official.signature.name

    def test_who_stands_in_is_offered_with_whom(self, commune):
        chairman = make_user("Lê Văn Cường")
        make_member(commune, Role.HEAD, user=chairman)
        Membership.objects.create(
            person=make_user("Đỗ Văn Em"), organisation=commune, role=Role.HEAD, stands_in_for=chairman
        )
        made = make_outgoing(make_organisation("Ủy ban nhân dân xã Khác", kind="committee"))
        Outgoing.objects.update(organisation=commune)
        labels = [label for _k, label in signed_in(commune).get(address(made)).context["form"].fields["who"].choices]
        assert labels[-3:] == [
            "Đỗ Văn Em: TM. ỦY BAN NHÂN DÂN, KT. CHỦ TỊCH, PHÓ CHỦ TỊCH (thay Lê Văn Cường)",
            "Đỗ Văn Em: TL. CHỦ TỊCH (thay Lê Văn Cường)",
            "Đỗ Văn Em: TUQ. CHỦ TỊCH (thay Lê Văn Cường)",
        ]

    @pytest.mark.parametrize(
        ("unit", "kind", "post"),
        [
            ("Văn phòng Hội đồng nhân dân và Ủy ban nhân dân xã Tân An", "office", "CHÁNH VĂN PHÒNG"),
            ("Phòng Văn hóa – Xã hội xã Tân An", "department", "TRƯỞNG PHÒNG VĂN HÓA – XÃ HỘI"),
            ("Sở Tư pháp", "department", "GIÁM ĐỐC SỞ TƯ PHÁP"),
            ("Ban Quản lý dự án", "service", "TRƯỞNG BAN QUẢN LÝ DỰ ÁN"),
            ("Công an xã Tân An", "police", "TRƯỞNG CÔNG AN"),
            ("Thanh tra tỉnh Hòa An", "department", "CHÁNH THANH TRA"),
        ],
    )
    def test_who_heads_a_unit_signs_in_its_post(self, commune, unit, kind, post):
        """Nghị định 30/2020/NĐ-CP, Điều 13, khoản 3, 4."""
        chairman, chief = make_user("Lê Văn Cường"), make_user("Đỗ Văn Em")
        make_member(commune, Role.HEAD, user=chairman)
        Membership.objects.create(person=chief, organisation=commune, role=Role.HEAD, stands_in_for=chairman)
        below = make_organisation(unit, parent=commune, kind=kind, level="commune")
        make_member(below, Role.HEAD, user=chief)
        make_member(make_organisation("Phòng Khác", kind="department"), Role.HEAD, user=chief)  # of nobody here
        found = [one.block.lines for one in signers(commune) if one.person_id == chief.pk]
        assert found == [
            ("TL. CHỦ TỊCH", post),
            ("TUQ. CHỦ TỊCH", post),
            ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
        ]

    def test_an_authority_without_a_post_below_it_stops_the_way(self, commune):
        officer = make_actor(commune)
        content = make_official(signature=Signature(("TUQ. CHỦ TỊCH",), "Lê Văn Cường"))
        made = acts.draft_document(officer, content, organisation=commune)
        with pytest.raises(acts.Unready) as refused:
            acts.submit_document(officer, made)
        assert "Dưới «TUQ. CHỦ TỊCH» phải là chức vụ của người ký" in refused.value.reason

    def test_an_authority_that_the_type_does_not_print_is_refused(self, commune):
        made, client = make_outgoing(commune), signed_in(commune)
        typed = fields(client.get(address(made))) | {"authority": "CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ TÂN AN"}
        answer = client.post(address(made), typed)
        assert (answer.status_code, "Báo cáo không in thẩm quyền ban hành" in said(answer)) == (422, True)
        assert client.post(address(made), typed | {"doc_type": "Quyết định"}).status_code == 302


class TestUnit:
    def test_it_is_chosen_and_remembered_for_the_person_and_the_organisation(self, commune):
        officer, other = signed_in(commune), signed_in(commune, name="Người khác")
        assert officer.get("/van-ban-di/soan/").context["form"]["unit"].value() == "VX"
        given = {"doc_type": "Công văn", "subject": "Về việc", "unit": "TTr"}
        officer.post("/van-ban-di/soan/", given)
        made = Outgoing.objects.get().official
        assert (made.code, made.archive) == ("UBND-TTr", "VT, TTr")
        assert officer.get("/van-ban-di/soan/").context["form"]["unit"].value() == "TTr"
        assert other.get("/van-ban-di/soan/").context["form"]["unit"].value() == "TTr"
        other.post("/van-ban-di/soan/", given | {"unit": "KT"})
        assert officer.get("/van-ban-di/soan/").context["form"]["unit"].value() == "TTr"
        answer = officer.post("/van-ban-di/soan/", given | {"unit": "văn xã"})
        assert (answer.status_code, "Chỉ ghi chữ viết tắt liền nhau" in said(answer)) == (422, True)

    def test_the_symbol_follows_the_type_until_it_is_written_by_hand(self, commune):
        made, client = make_outgoing(commune, archive="VT, KT (02)"), signed_in(commune)
        typed = fields(client.get(address(made)))
        client.post(address(made), typed | {"doc_type": "Công văn"})
        assert Outgoing.objects.get().official.code == "UBND-KT"
        typed = fields(client.get(address(made)))
        client.post(address(made), typed | {"doc_type": "Kế hoạch", "code": "KH-BCĐ"})
        assert Outgoing.objects.get().official.code == "KH-BCĐ"


class TestPastWords:
    def test_who_wrote_what_is_shown_and_an_older_writing_comes_back(self, commune):
        officer = make_actor(commune)
        made = acts.draft_document(officer, make_official(), organisation=commune)
        first = made.content
        said_later = (Paragraph(plain("Đã tổ chức 15 hội nghị ở 8 thôn.")),)
        made = acts.edit_document(
            officer, made, dataclasses.replace(made.official, body=said_later, subject="Khác"), version=made.version
        )
        client = signed_in(commune, name="Người Xem")
        page = client.get(f"/van-ban-di/{made.public_id}/")
        assert page.context["writings"] == {step.pk: n for n, step in enumerate(made.steps.all(), start=1)}
        page = client.get(f"/van-ban-di/{made.public_id}/ban/2/")
        assert "Nguyễn Văn An" in said(page)
        assert [part.name for part in page.context["writing"].changes] == ["Trích yếu", "Nội dung"]
        answer = client.post(f"/van-ban-di/{made.public_id}/ban/1/", {"version": made.version})
        assert answer.status_code == 302
        made.refresh_from_db()
        step = made.steps.last()
        assert (made.content, step.kind, step.text[:14]) == (first, "edited", "Khôi phục bản ")
        assert client.get(f"/van-ban-di/{made.public_id}/ban/3/").context["since"] == []

    def test_words_are_compared_one_by_one(self):
        old = make_official(body=(Paragraph(plain("Đã tổ chức 12 hội nghị ở 8 thôn")),))
        new = make_official(body=(Paragraph(plain("Đã tổ chức 15 hội nghị ở 8 thôn")), Paragraph(plain("Thêm"), "-")))
        [part] = changes(old, new)
        assert [[(piece.hand, piece.text) for piece in line] for line in part.lines] == [
            [("same", "Đã tổ chức "), ("gone", "12"), ("new", "15"), ("same", " hội nghị ở 8 thôn")],
            [("new", "- Thêm")],
        ]

    def test_a_cell_of_a_merged_table_is_seen_to_change(self):
        other = dataclasses.replace(MERGED, rows=(MERGED.rows[0], (TableCell((plain("A"),)), TableCell((plain("C"),)))))
        [part] = changes(make_official(body=(MERGED,)), make_official(body=(other,)))
        assert part.lines[-1][-1].text == "C"

    def test_only_the_house_sees_them_and_only_drafts_go_back(self, commune):
        province = make_organisation("Ủy ban nhân dân tỉnh Hòa An", kind="committee")
        sent = make_outgoing(commune, "sent", to=[province])
        there = f"/van-ban-di/{sent.public_id}/ban/1/"
        assert signed_in(province).get(there).status_code == 404
        client = signed_in(commune)
        assert client.get(there).context["may_restore"] is False
        answer = client.post(there, {"version": sent.version})
        assert (answer.status_code, Outgoing.objects.get().content) == (422, sent.content)
        for place in (0, 3, 99, 10**30):
            assert client.get(f"/van-ban-di/{sent.public_id}/ban/{place}/").status_code == 404

    def test_going_back_over_newer_words_is_told(self, commune):
        made = make_outgoing(commune)
        client = signed_in(commune)
        answer = client.post(f"/van-ban-di/{made.public_id}/ban/1/", {"version": made.version - 1})
        assert answer.status_code == 422
        assert "văn bản vừa được người khác sửa" in said(answer)


def test_what_was_typed_stays_when_the_document_was_put_forward_meanwhile(commune):
    made, client = make_outgoing(commune), signed_in(commune)
    typed = fields(client.get(address(made)))
    acts.submit_document(make_actor(commune), made)
    answer = client.post(address(made), typed | {"body": "Chữ gõ hai mươi phút"})
    assert (answer.status_code, fields(answer)["body"]) == (409, "Chữ gõ hai mươi phút")
    assert "chờ ký nên không sửa được nữa" in said(answer)


def test_the_form_of_a_document_written_elsewhere_takes_head_and_foot_only(commune, monkeypatch):
    room = apps.get_app_config("documents")
    sources = (Source("documents.outgoing", "báo cáo"),)
    monkeypatch.setattr(room, "offers", dataclasses.replace(room.offers, sources=sources))
    thing = make_outgoing(commune, subject="Báo cáo gốc")
    made = acts.draft_document(
        make_actor(commune),
        make_official(annexes=(Annex("A", "", (Paragraph(plain("a")),)),)),
        organisation=commune,
        about=("documents.outgoing", thing.public_id),
    )
    client = signed_in(commune)
    page = client.get(address(made))
    assert "Nội dung đến từ báo cáo “Báo cáo: Báo cáo gốc” và được sửa tại đó." in said(page)
    assert b'name="body"' not in page.content
    typed = fields(page) | {
        "body": "Lén sửa",
        "subject": "Lén sửa",
        "pl0-title": "Lén",
        "recipients": "Như trên\nĐảng ủy xã",
    }
    assert client.post(address(made), typed).status_code == 302
    fresh = Outgoing.objects.get(pk=made.pk).official
    assert fresh == dataclasses.replace(made.official, recipients=("Như trên", "Đảng ủy xã"))
    page = client.get(f"/van-ban-di/{made.public_id}/")
    assert (page.context["next"], page.context["may"]["replace"]) == ({"kind": "source"}, False)
    assert f'href="/van-ban-di/{thing.public_id}/">Mở báo cáo để sửa và trình ký' in page.content.decode()
