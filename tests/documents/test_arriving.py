"""What clerks do with what arrives and goes out: entered, numbered and sent in time, answered, told when it is replaced."""

from __future__ import annotations

import datetime as dt
import html

import pytest
from django.test import Client
from django.utils import timezone
from tests.factories import make_actor, make_member, make_official, make_organisation, make_outgoing

from nhipcau.core import rooms
from nhipcau.core.actors import Actor
from nhipcau.core.clocks import WorkCalendar
from nhipcau.core.models import Notice
from nhipcau.documents.actions import arriving
from nhipcau.documents.actions.outgoing import (
    draft_document,
    edit_document,
    receive,
    replace_document,
    send_document,
    sign_document,
    submit_document,
    take_number,
)
from nhipcau.documents.models import Addressee, Arrival, Outgoing
from nhipcau.documents.queries.outgoing.needs import waiting_card
from nhipcau.documents.rules.arriving import in_time
from nhipcau.organisations.models import Role
from vanban.official import written_date

pytestmark = pytest.mark.django_db
HANOI = dt.timezone(dt.timedelta(hours=7))


@pytest.fixture
def province():
    return make_organisation("Ủy ban nhân dân tỉnh Hòa An", kind="committee")


@pytest.fixture
def commune():
    return make_organisation("Ủy ban nhân dân xã Tân An", kind="committee")


@pytest.fixture
def clock(monkeypatch):
    """Sets the house's clock to a moment in Hà Nội."""
    return lambda *parts: monkeypatch.setattr(timezone, "now", lambda: dt.datetime(*parts, tzinfo=HANOI))


def entered(organisation, clerk: Actor, **fields) -> Arrival:
    given = {"date": timezone.localdate(), "issuer": "Sở Nội vụ", "subject": "Công văn: Việc", **fields}
    return arriving.enter_arrival(clerk, arriving.Entry(**given), organisation=organisation)


def needs(actor: Actor) -> list[tuple[str, dt.date | None, str]]:
    found = rooms.needs(actor.person_id, [actor], timezone.now())
    return [(need.kind, need.due, need.urgency) for need in found]


@pytest.mark.parametrize(
    ("day", "is_urgent", "by"),
    [
        ((2026, 11, 19), False, (2026, 11, 20)),
        ((2026, 11, 20), False, (2026, 11, 23)),  # a Friday
        ((2026, 11, 21), False, (2026, 11, 23)),  # on a Saturday
        ((2026, 12, 31), False, (2027, 1, 4)),  # New Year's Day is a holiday
        ((2026, 11, 20), True, (2026, 11, 20)),
    ],
)
def test_until_when_it_is_entered(day, is_urgent, by):
    assert in_time(dt.date(*day), is_urgent, WorkCalendar(())) == dt.date(*by)


def test_who_keeps_the_book_is_reminded_until_it_is_entered(province, commune, clock):
    clock(2026, 11, 18, 8, 0)
    clerk, officer, coordinator = make_actor(commune), make_actor(commune), make_actor(commune, Role.COORDINATOR)
    entered(commune, clerk)
    clock(2026, 11, 20, 23, 30)  # a Friday evening, in UTC still the afternoon
    make_outgoing(province, "sent", to=[commune])
    urgent = make_outgoing(province, "sent", to=[commune], urgency="HỎA TỐC")
    waits = [("documents.enter", dt.date(2026, 11, 20), "soon"), ("documents.enter", dt.date(2026, 11, 23), "soon")]
    assert (needs(clerk), needs(coordinator)) == (waits, waits)
    assert [kind for kind, _due, _urgency in needs(officer)] == ["documents.open"] * 2
    clock(2026, 11, 21, 8, 0)
    assert [urgency for _kind, _due, urgency in needs(clerk)] == ["late", "soon"]
    arriving.enter_received(clerk, urgent.sent_to.get())
    assert needs(clerk) == waits[1:]
    assert urgent.sent_to.get().opened_by == clerk.person_id  # with its number it is received


def test_who_keeps_the_book_elsewhere_is_reminded_of_nothing(province, commune):
    clerk = make_actor(commune)
    make_outgoing(province, "sent", to=[commune])
    assert [kind for kind, _due, _urgency in needs(clerk)] == ["documents.open"]
    assert (waiting_card(clerk) or {})["booked"] == 0
    entered(commune, clerk)  # what came before the book was begun here stands on its page only
    assert [kind for kind, _due, _urgency in needs(clerk)] == ["documents.open"]
    make_outgoing(province, "sent", to=[commune])
    assert (waiting_card(clerk) or {})["booked"] == 1
    assert (waiting_card(make_actor(commune, Role.HEAD)) or {})["booked"] == 0


def test_who_opens_it_lets_the_keeper_know(province, commune):
    clerk, head = make_actor(commune), make_actor(commune, Role.HEAD)
    entered(commune, clerk)
    sent = make_outgoing(province, "sent", to=[commune])
    receive(head, sent.sent_to.get())
    [told] = Notice.objects.filter(kind="documents.enter", settled_at=None)
    assert (told.person_id, told.url) == (clerk.person_id, "/so-van-ban-den/")
    assert told.text == f"Chờ vào sổ văn bản đến: Báo cáo {sent.symbol} của Ủy ban nhân dân tỉnh Hòa An"
    arriving.enter_received(clerk, sent.sent_to.get())
    assert not Notice.objects.filter(kind="documents.enter", settled_at=None).exists()


class TestPaperAndThisHouse:
    """The same document often comes twice: on paper and here. It has one arrival number."""

    def test_paper_first(self, province, commune):
        clerk = make_actor(commune)
        sent = make_outgoing(province, "sent", to=[commune])
        paper = entered(commune, clerk, issuer="UBND tỉnh Hòa An", symbol=sent.symbol, issued_on=sent.date)
        assert (paper.addressee, arriving.enter_received(clerk, sent.sent_to.get())) == (sent.sent_to.get(), paper)
        assert Arrival.objects.count() == 1

    def test_here_after_a_paper_that_came_before_it_was_sent(self, province, commune):
        clerk = make_actor(commune)
        made = make_outgoing(province, "numbered", to=[commune])
        paper = entered(commune, clerk, issuer=province.name, symbol=made.symbol, issued_on=made.date)
        Addressee.objects.update(sent_at=timezone.now())
        assert arriving.enter_received(clerk, made.sent_to.get()) == paper

    def test_the_same_symbol_and_day_of_another_office_is_another_document(self, province, commune):
        clerk = make_actor(commune)
        sent = make_outgoing(province, "sent", to=[commune])
        entered(commune, clerk, issuer="Sở Nội vụ", symbol=sent.symbol, issued_on=sent.date)
        assert arriving.enter_received(clerk, sent.sent_to.get()).number == 2


def test_the_page_counts_all_and_says_what_is_late(province, commune, clock, monkeypatch):
    monkeypatch.setattr("nhipcau.documents.views.outgoing.arriving._WAITING", 1)
    clock(2026, 11, 17, 9, 0)
    for _n in range(2):
        make_outgoing(province, "sent", to=[commune])
    clock(2026, 11, 20, 9, 0)
    client = Client()
    client.force_login(make_member(commune))
    said = html.unescape(client.get("/so-van-ban-den/").content.decode())
    for words in ("2 văn bản chưa vào sổ", "quá hạn vào sổ 18/11/2026", "Đây là 1 văn bản đến sớm nhất."):
        assert words in said


def test_a_signed_document_gets_its_number_and_goes_out_in_time(commune, clock):
    """Nghị định 30/2020/NĐ-CP, Điều 15, khoản 2; Điều 18, khoản 1."""
    coordinator = make_actor(commune, Role.COORDINATOR)
    clock(2026, 11, 20, 16, 0)  # a Friday
    make_outgoing(commune, "signed")
    make_outgoing(commune, "numbered", urgency="KHẨN")
    due = {"documents.number": dt.date(2026, 11, 23), "documents.send": dt.date(2026, 11, 20)}
    assert {kind: day for kind, day, _urgency in needs(coordinator)} == due
    clock(2026, 11, 23, 8, 0)
    assert [(kind, urgency) for kind, _day, urgency in needs(coordinator)] == [
        ("documents.send", "late"),
        ("documents.number", "soon"),
    ]


class TestAnswer:
    def test_it_is_written_from_what_was_received(self, province, commune):
        sent = make_outgoing(province, "sent", to=[commune], subject="Kết quả rà soát")
        client = Client()
        client.force_login(make_member(commune))
        there = f"/van-ban-di/{sent.public_id}/"
        assert "Soạn công văn trả lời" in html.unescape(client.get(there).content.decode())
        for _again in range(2):  # a button that is pressed twice
            assert client.post("/van-ban-di/moi/documents.reply/", {"tu": sent.public_id}).status_code == 302
        made = Outgoing.objects.get(organisation=commune)
        official = made.official
        assert (official.subject, official.addressees) == (f"trả lời Báo cáo số {sent.symbol}", (province.name,))
        said = "".join(run.text for run in official.body[0].runs)
        named = f"Báo cáo số {sent.symbol} {written_date(sent.date)} của {province.name} về Kết quả rà soát"
        assert named.lower() in said.lower()
        assert [row.organisation for row in made.sent_to.all()] == [province]
        page = html.unescape(client.get(f"/van-ban-di/{made.public_id}/").content.decode())
        assert "Còn 2 dòng để trống (……). Bạn điền trước khi văn bản được ký." in page
        assert made.doc_type in html.unescape(client.get(there).content.decode()).split('id="h-tra-loi"')[1]

    def test_who_sent_it_sees_the_answer_once_it_is_sent(self, province, commune):
        sent = make_outgoing(province, "sent", to=[commune])
        answer = make_outgoing(commune, "numbered", to=[province])
        Outgoing.objects.filter(pk=answer.pk).update(about_kind="documents.outgoing", about_id=sent.public_id)
        client = Client()
        client.force_login(make_member(province))
        assert client.get(f"/van-ban-di/{sent.public_id}/").context["answers"] == []
        send_document(make_actor(commune), answer)
        assert client.get(f"/van-ban-di/{sent.public_id}/").context["answers"] == [answer]

    def test_nobody_answers_what_was_not_sent_to_them(self, province, commune):
        sent = make_outgoing(province, "sent")
        client = Client()
        client.force_login(make_member(commune))
        answer = client.post("/van-ban-di/moi/documents.reply/", {"tu": sent.public_id})
        assert (answer.status_code, Outgoing.objects.filter(organisation=commune).count()) == (404, 0)


def test_who_gets_no_new_edition_is_told_that_the_old_one_holds_no_longer(province, commune):
    """A document that went to the wrong office is replaced by one that does not go there."""
    right = make_organisation("Ủy ban nhân dân xã Đúng", kind="committee")
    head = make_actor(commune, Role.HEAD)
    officer, chairman = make_actor(province), make_actor(province, Role.HEAD)
    sent = make_outgoing(province, "sent", to=[commune])
    made = replace_document(officer, sent, what_changed="Gửi nhầm nơi nhận")
    made = edit_document(officer, made, made.official, version=made.version, addressees=[right])
    made = submit_document(officer, made)
    take_number(officer, sign_document(chairman, made, version=made.version))
    send_document(officer, made)
    [told] = Notice.objects.filter(kind="documents.replaced", person_id=head.person_id)
    assert told.text == (
        f"Ủy ban nhân dân tỉnh Hòa An đã thay Báo cáo {sent.symbol} bằng văn bản 02/BC-UBND, không gửi tới cơ quan bạn. "
        "Điều thay đổi: Gửi nhầm nơi nhận"
    )
    assert told.url == f"/van-ban-di/{sent.public_id}/"


@pytest.mark.parametrize("typed", ["V/v rà soát", "về việc rà soát", "Về việc: rà soát", "rà soát"])
def test_the_layout_prints_what_a_letter_is_about(commune, typed):
    officer = make_actor(commune)
    letter = make_official("Công văn", code="UBND-VX", addressees=("Sở Nội vụ",), subject=typed)
    assert draft_document(officer, letter, organisation=commune).subject == "rà soát"
    assert draft_document(officer, make_official(subject=typed), organisation=commune).subject == typed


def test_who_sends_is_told_where_nobody_would_open_it(province, commune):
    """An agency that ended, or one whose people have no account yet."""
    make_member(commune)
    ended = make_organisation("Ủy ban nhân dân xã Cũ", kind="committee", valid_to=dt.date(2025, 6, 30))
    make_member(ended, Role.AUDITOR)
    made = make_outgoing(province, "numbered", to=[commune, ended])
    client = Client()
    client.force_login(make_member(province))
    said = html.unescape(client.get(f"/van-ban-di/{made.public_id}/").content.decode())
    assert "Chưa có người nhận trong Nhịp Cầu ở: Ủy ban nhân dân xã Cũ. Bạn gửi thêm bằng đường khác." in said
