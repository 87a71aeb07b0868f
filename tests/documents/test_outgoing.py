"""The way of an organisation's own document: drafted, submitted, signed, numbered, sent, replaced; who may do what."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib

import pytest
from tests.factories import make_actor, make_member, make_official, make_organisation, make_outgoing, make_user

from nhipcau.core import audit, files
from nhipcau.core.actions import make_hook
from nhipcau.core.acts import SYSTEM, Actor, Refused
from nhipcau.core.models import Delivery, Notice
from nhipcau.core.worker import run_due_jobs
from nhipcau.documents.actions import outgoing as acts
from nhipcau.documents.models import Addressee, Outgoing, RegisterNumber, Text
from nhipcau.documents.queries import readable_texts
from nhipcau.documents.queries.outgoing import documents_about, visible_outgoings
from nhipcau.organisations.models import Membership, Role
from vanban import source
from vanban.official import Annex, Paragraph, Signature, plain, written_date
from vanban.write.docx import to_docx
from vanban.write.pdf import to_pdf

pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    """A commune with its people, and the province to which it reports."""
    province = make_organisation("Ủy ban nhân dân tỉnh Hòa An", kind="committee")
    commune = make_organisation("Ủy ban nhân dân xã Tân An", parent=province, kind="committee")
    return province, commune


def kinds(outgoing: Outgoing) -> list[str]:
    return [step.kind for step in outgoing.steps.all()]


def told(person_id: int | None) -> list[str]:
    return list(
        Notice.objects.filter(person_id=person_id, settled_at=None).order_by("pk").values_list("text", flat=True)
    )


def test_the_whole_way_from_draft_to_reader(house):
    province, commune = house
    officer, other, head = make_actor(commune), make_actor(commune), make_actor(commune, Role.HEAD)
    reader = make_actor(province, Role.COORDINATOR)
    made = acts.draft_document(
        officer, make_official(), organisation=commune, about=("plans.plan", "k1"), addressees=[province]
    )
    assert (made.state, made.symbol, made.date) == ("draft", "", None)
    made = acts.submit_document(officer, made)
    assert told(head.person_id) == ["Chờ bạn ký: Báo cáo: Kết quả truyền thông năm 2026"]
    made = acts.sign_document(head, made, version=made.version)
    assert (made.signed_by, made.official.signature.name) == (head.person_id, "Nguyễn Văn An")
    assert told(head.person_id) == []
    assert told(officer.person_id) == ["Đã ký, chờ lấy số: Báo cáo: Kết quả truyền thông năm 2026"]
    assert told(other.person_id) == []  # another officer could take the number; it is not asked of all of them
    number = acts.take_number(officer, made)
    made.refresh_from_db()
    today = made.date
    assert (number.symbol, made.symbol, made.official.number, made.official.date) == (
        "01/BC-UBND",
        "01/BC-UBND",
        1,
        today,
    )
    assert told(reader.person_id) == []
    made = acts.send_document(officer, made)
    assert kinds(made) == ["drafted", "submitted", "signed", "numbered", "sent"]
    assert told(reader.person_id) == ["Ủy ban nhân dân xã Tân An gửi Báo cáo 01/BC-UBND: Kết quả truyền thông năm 2026"]
    assert list(documents_about(reader, "plans.plan", ["k1"])) == ["k1"]
    received = acts.receive(reader, Addressee.objects.get(outgoing=made))
    assert (received.opened_by, told(reader.person_id), kinds(made)[-1]) == (reader.person_id, [], "received")
    assert list(audit.verify(commune.pk)) == []


def test_what_was_sent_is_frozen_with_its_files(house):
    _province, commune = house
    sent = make_outgoing(commune, "sent")
    officer = make_actor(commune)
    for stored, head in ((sent.pdf, b"%PDF-"), (sent.docx, b"PK")):
        content = files.path_of(stored).read_bytes()
        assert (content[: len(head)], hashlib.sha256(content).hexdigest()) == (head, stored.sha256)
    with pytest.raises(Refused):
        acts.edit_document(officer, sent, make_official(subject="Khác"), version=sent.version)
    with pytest.raises(Refused):
        acts.drop_document(officer, sent, reason="nhầm")
    with pytest.raises(Refused):
        acts.return_document(make_actor(commune, Role.HEAD), sent, comment="nhầm")
    with pytest.raises(Refused):
        acts.void_number(officer, sent.number, reason="nhầm")
    again = acts.send_document(officer, sent)
    assert (again.pdf_id, again.version, again.sent_at) == (sent.pdf_id, sent.version, sent.sent_at)
    assert sent.document.symbol == "01/BC-UBND"
    # Who was killed after the files and before the act sends the same bytes when it is sent again.
    assert hashlib.sha256(to_pdf(sent.official)).hexdigest() == sent.pdf.sha256
    assert hashlib.sha256(to_docx(sent.official)).hexdigest() == sent.docx.sha256
    assert files.discard_unreferenced(dt.timedelta(days=-1)) == 0
    assert files.path_of(sent.pdf).is_file()


def test_the_words_of_what_was_sent_enter_the_library_once(house):
    province, commune = house
    elsewhere = make_organisation("Ủy ban nhân dân tỉnh Khác", kind="committee")
    sent = make_outgoing(commune, "sent", to=[elsewhere])
    run_due_jobs()
    text = Text.objects.get()
    assert (text.document, text.file, text.organisation, text.name) == (
        sent.document,
        sent.pdf,
        commune,
        "01-BC-UBND.pdf",
    )
    assert "1. Đã tổ chức 12 hội nghị ở 8 thôn." in [line.text for line in text.lines.all()]
    assert acts.shelve_document(SYSTEM, sent, source.load(files.path_of(sent.pdf))) is None
    for organisation, is_seen in ((commune, True), (province, True), (elsewhere, True), (make_organisation(), False)):
        assert readable_texts(make_actor(organisation)).filter(pk=text.pk).exists() == is_seen
    with pytest.raises(Refused):
        acts.shelve_document(make_actor(commune), sent, source.load(files.path_of(sent.pdf)))


def test_systems_of_both_sides_are_told(house):
    province, commune = house
    for organisation in house:
        administrator = make_actor(organisation, Role.ADMINISTRATOR)
        make_hook(administrator, name="Trục liên thông", url="https://example.vn/tin", kinds=["documents.sent"])
    make_outgoing(commune, "numbered", to=[province])
    assert Delivery.objects.count() == 0
    sent = make_outgoing(commune, "sent", to=[province])
    kinds = {(row.hook.organisation_id, row.kind) for row in Delivery.objects.select_related("hook")}
    assert kinds == {(province.pk, "documents.sent"), (commune.pk, "documents.sent")}
    assert {row.payload["url"].endswith(f"/van-ban-di/{sent.public_id}/") for row in Delivery.objects.all()} == {True}


def test_the_second_writer_is_told_and_loses_nothing(house):
    _province, commune = house
    made = make_outgoing(commune)
    one, other = make_actor(commune), make_actor(commune)
    acts.edit_document(one, made, make_official(subject="Của người thứ nhất"), version=made.version)
    with pytest.raises(acts.Outdated) as told_of:
        acts.edit_document(other, made, make_official(subject="Của người thứ hai"), version=made.version)
    assert told_of.value.outgoing.subject == "Của người thứ nhất"
    held = Outgoing.objects.get(pk=made.pk)
    assert (held.subject, held.version) == ("Của người thứ nhất", 2)
    saved = acts.edit_document(other, held, make_official(subject="Của người thứ hai"), version=held.version)
    assert (saved.subject, saved.version) == ("Của người thứ hai", 3)
    same = acts.edit_document(other, saved, saved.official, version=saved.version)
    assert (same.version, kinds(same)) == (3, ["drafted", "edited", "edited"])


def test_nobody_signs_other_words_than_they_saw(house):
    _province, commune = house
    head, officer = make_actor(commune, Role.HEAD), make_actor(commune)
    made = make_outgoing(commune, "submitted")
    seen = made.version
    acts.return_document(head, made, comment="Thêm số liệu")
    made = acts.edit_document(officer, made, make_official(subject="Khác"), version=seen + 1)
    acts.submit_document(officer, made)
    with pytest.raises(acts.Outdated):
        acts.sign_document(head, made, version=seen)
    assert Outgoing.objects.get(pk=made.pk).state == "submitted"


def test_problems_stand_in_the_way_of_submitting(house):
    _province, commune = house
    officer = make_actor(commune)
    for lacking, where in (
        ({"body": ()}, "body"),
        ({"place": ""}, "place"),
        ({"signature": Signature(())}, "signature"),
        ({"code": "BC UBND"}, "code"),
        ({"doc_type": "Công văn", "addressees": ()}, "addressees"),
        ({"body": (Paragraph(plain("1. Chưa đặt số vào dấu")),)}, "body[0]"),
    ):
        made = acts.draft_document(officer, make_official(**lacking), organisation=commune)
        with pytest.raises(acts.Unready) as found:
            acts.submit_document(officer, made)
        assert [problem.where for problem in found.value.problems] == [where]
        assert Outgoing.objects.get(pk=made.pk).state == "draft"


def test_a_signature_is_the_signers_own(house):
    _province, commune = house
    head = make_actor(commune, Role.HEAD)
    block = Signature(("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"), "Trần Thị Bình")
    made = make_outgoing(commune, "submitted", signature=block)
    with pytest.raises(acts.OtherName) as other:
        acts.sign_document(head, made, version=made.version)
    assert (other.value.name, Outgoing.objects.get(pk=made.pk).state) == ("Nguyễn Văn An", "submitted")
    deputy = Signature(("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), "Nguyễn Văn An")
    signed = acts.sign_document(head, made, version=made.version, signature=deputy)
    assert signed.official.signature == deputy


def test_who_signs_in_anothers_place_is_recorded(house):
    _province, commune = house
    chairman = make_member(commune, Role.HEAD, user=make_user("Trần Thị Bình"))
    deputy = make_member(commune, Role.OFFICER, user=make_user("Lê Văn Cường"))
    Membership.objects.create(person=deputy, organisation=commune, role=Role.HEAD, stands_in_for=chairman)
    made = make_outgoing(commune, "submitted")
    Membership.objects.exclude(person__in=(chairman, deputy)).filter(role=Role.HEAD).delete()
    actor = Actor(deputy.pk, commune.pk, frozenset({Role.OFFICER, Role.HEAD}))
    signed = acts.sign_document(actor, made, version=made.version)
    assert signed.signed_by == deputy.pk
    assert signed.steps.get(kind="signed").text == "Ký khi được Trần Thị Bình ủy quyền."


def test_what_is_returned_loses_signature_and_number(house):
    _province, commune = house
    made = make_outgoing(commune, "numbered")
    head = make_actor(commune, Role.HEAD)
    with pytest.raises(Refused):
        acts.return_document(head, made, comment="  ")
    back = acts.return_document(head, made, comment="Sai số liệu")
    assert (back.state, back.signed_by, back.symbol, back.date, back.official.number) == (
        "returned",
        None,
        "",
        None,
        None,
    )
    number = RegisterNumber.objects.get()
    assert (number.state, number.reason, number.outgoing) == ("void", "Sai số liệu", None)
    assert told(made.drafted_by) == ["Trả lại để sửa: Báo cáo: Kết quả truyền thông năm 2026. Sai số liệu"]


def test_a_new_edition_says_what_changed_and_the_old_one_stays(house):
    province, commune = house
    old = make_outgoing(commune, "sent", to=[province])
    officer, head = make_actor(commune), make_actor(commune, Role.HEAD)
    with pytest.raises(Refused):
        acts.replace_document(officer, old, what_changed=" ")
    new = acts.replace_document(officer, old, what_changed="Sửa số hội nghị từ 12 thành 14")
    assert acts.replace_document(officer, old, what_changed="lần nữa") == new
    assert (new.edition, new.replaces, new.state, new.official.number) == (2, old, "draft", None)
    with pytest.raises(Refused):
        acts.edit_document(officer, new, make_official("Kế hoạch"), version=new.version)
    new = acts.submit_document(officer, new)
    name = new.official.signature.name
    new = acts.sign_document(head, new, version=new.version)
    acts.take_number(officer, new)
    acts.send_document(officer, new)
    old, new = Outgoing.objects.get(pk=old.pk), Outgoing.objects.get(pk=new.pk)
    assert (old.symbol, new.symbol, old.replaced_by, name) == ("01/BC-UBND", "02/BC-UBND", new, "Nguyễn Văn An")
    assert (old.state, old.steps.last().kind, old.steps.last().text) == ("sent", "replaced", "02/BC-UBND")
    assert [row.organisation for row in new.sent_to.all()] == [province]


def test_a_dropped_edition_leaves_room_for_another(house):
    _province, commune = house
    old = make_outgoing(commune, "sent")
    officer = make_actor(commune)
    first = acts.replace_document(officer, old, what_changed="Một")
    acts.drop_document(officer, first)
    second = acts.replace_document(officer, old, what_changed="Hai")
    assert (second.pk != first.pk, second.what_changed, Outgoing.objects.get(pk=first.pk).state) == (
        True,
        "Hai",
        "dropped",
    )


def test_dropping_a_numbered_document_explains_its_number(house):
    _province, commune = house
    made = make_outgoing(commune, "numbered")
    officer = make_actor(commune)
    with pytest.raises(Refused):
        acts.drop_document(officer, made)
    acts.drop_document(officer, made, reason="Đã gộp vào báo cáo khác")
    number = RegisterNumber.objects.get()
    assert (number.state, number.reason) == ("void", "Đã gộp vào báo cáo khác")


def test_the_line_under_an_annex_follows_the_number(house):
    _province, commune = house
    annex = Annex("DANH MỤC HỘI NGHỊ", "", (Paragraph(plain("Hội nghị ở thôn 1")),))
    made = make_outgoing(commune, "numbered", annexes=(annex,))
    assert made.official.annexes[0].attached == (
        f"Kèm theo Báo cáo số 01/BC-UBND {written_date(made.date)} của Ủy ban nhân dân xã Tân An"
    )


def test_who_reads_what(house):
    province, commune = house
    elsewhere = make_organisation("Ủy ban nhân dân tỉnh Khác", kind="committee")
    draft, sent = make_outgoing(commune), make_outgoing(commune, "sent", to=[elsewhere])

    def seen(organisation, role):
        return set(visible_outgoings(make_actor(organisation, role)))

    assert seen(commune, Role.OFFICER) == seen(commune, Role.ADMINISTRATOR) == {draft, sent}
    assert seen(province, Role.AUDITOR) == {draft, sent}
    assert seen(province, Role.HEAD) == seen(province, Role.OFFICER) == set()
    assert seen(elsewhere, Role.OFFICER) == seen(elsewhere, Role.AUDITOR) == {sent}
    assert set(visible_outgoings(SYSTEM)) == {draft, sent}
    assert set(visible_outgoings(Actor())) == set()


@pytest.mark.parametrize(
    ("role", "allowed"),
    [
        (Role.OFFICER, {"draft", "edit", "submit", "number", "send"}),
        (Role.COORDINATOR, {"draft", "edit", "submit", "number", "send"}),
        (Role.HEAD, {"draft", "edit", "submit", "sign", "return"}),
        (Role.AUDITOR, set()),
        (Role.ADMINISTRATOR, set()),
    ],
)
def test_each_role_does_its_own_part(house, role, allowed):
    province, commune = house
    ways = {
        "draft": lambda actor: acts.draft_document(actor, make_official(), organisation=commune),
        "edit": lambda actor: acts.edit_document(
            actor, make_outgoing(commune), make_official(subject="Khác"), version=1
        ),
        "submit": lambda actor: acts.submit_document(actor, make_outgoing(commune)),
        "sign": lambda actor: acts.sign_document(
            actor, made := make_outgoing(commune, "submitted"), version=made.version
        ),
        "return": lambda actor: acts.return_document(actor, make_outgoing(commune, "submitted"), comment="Sửa"),
        "number": lambda actor: acts.take_number(actor, make_outgoing(commune, "signed")),
        "send": lambda actor: acts.send_document(actor, make_outgoing(commune, "numbered")),
    }
    own, above = make_actor(commune, role), make_actor(province, *Role.values)
    done = set()
    for name, way in ways.items():
        with pytest.raises(Refused):
            way(above)
        try:
            way(own)
            done.add(name)
        except Refused:
            pass
    assert done == allowed


def test_the_house_drafts_and_never_signs(house):
    _province, commune = house
    made = acts.draft_document(SYSTEM, make_official(), organisation=commune)
    made = acts.submit_document(make_actor(commune), made)
    system_as_head = dataclasses.replace(SYSTEM, organisation_id=commune.pk, roles=frozenset({Role.HEAD}))
    with pytest.raises(Refused):
        acts.sign_document(system_as_head, made, version=made.version)
