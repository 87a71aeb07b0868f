"""One letter, not ten: at each person's rhythm, outside their quiet hours, until what waits is settled."""

from __future__ import annotations

import dataclasses
import datetime as dt
from email import policy
from email.parser import BytesParser

import pytest
from django.core import mail
from django.utils import timezone
from tests.factories import make_member, make_organisation, make_user

from nhipcau.core import jobs, notices, reminding
from nhipcau.core.acts import SYSTEM, act
from nhipcau.core.apps import CoreConfig
from nhipcau.core.clocks import Entry, WorkCalendar
from nhipcau.core.models import Notice, OutboxMessage, Reminded, Reminder, Rhythm, Schedule
from nhipcau.core.reminding import job as letters_job
from nhipcau.core.rooms import Need, Offers, rooms
from nhipcau.core.worker import run_due_jobs

HOLIDAY = Entry(dt.date(2026, 3, 11), "holiday", "Một ngày lễ", "", True)
CALENDAR = WorkCalendar([HOLIDAY])
ZONE = timezone.get_default_timezone()
WAITING: dict[int, list[Need]] = {}  # what the small room of this test says that waits, by person
ASKED: list[tuple[int, list[tuple[int | None, list[str]]]]] = []


def needs(person_id, actors, now):
    ASKED.append((person_id, [(actor.organisation_id, sorted(actor.roles)) for actor in actors]))
    found = WAITING.get(person_id, [])
    if found == ["broken"]:
        raise ValueError("a room's mistake")
    return found


def at(day: int, hour: int = 8, minute: int = 0) -> dt.datetime:
    """A moment of March 2026; the 2nd is a Monday."""
    return dt.datetime(2026, 3, day, hour, minute, tzinfo=ZONE)


@pytest.fixture(autouse=True)
def _small_room(monkeypatch):
    WAITING.clear()
    ASKED.clear()
    for room in rooms():
        monkeypatch.setattr(type(room), "offers", dataclasses.replace(room.offers, needs=()))
    monkeypatch.setattr(CoreConfig, "offers", Offers(needs=(f"{__name__}.needs",)))


@pytest.fixture
def clock(monkeypatch):
    """Sets what time it is and runs what is due then; returns the letters that went into the outbox."""

    def turn(moment: dt.datetime) -> list[OutboxMessage]:
        monkeypatch.setattr(timezone, "now", lambda: moment)
        before = set(OutboxMessage.objects.values_list("pk", flat=True))
        jobs.enqueue("core.remind", {})
        run_due_jobs(moment)
        return list(OutboxMessage.objects.exclude(pk__in=before).order_by("to"))

    return turn


def make_rhythm(person, next_at=None, **chosen) -> Rhythm:
    rhythm = Rhythm(person=person, **chosen)
    rhythm.next_at = next_at or at(2)
    rhythm.save()
    return rhythm


def overdue(key="a", **fields) -> Need:
    given = {"text": f"Việc {key} đã quá hạn", "url": f"/viec/{key}/", "urgency": "late", **fields}
    return Need("tests.overdue", key, given.pop("text"), given.pop("url"), **given)


# --- times ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("chosen", "now", "expected"),
    [
        ({}, at(2, 7, 59), at(2, 8)),
        ({}, at(2, 8), at(3, 8)),
        ({}, at(6, 9), at(9, 8)),  # over the week-end
        ({}, at(10, 9), at(12, 8)),  # over a holiday
        ({"is_quiet_on_days_off": False}, at(6, 9), at(7, 8)),
        ({"hour": 6}, at(2, 3), at(2, 7, 30)),  # the hour lies in the quiet hours: at their end
        ({"hour": 20}, at(2, 9), at(3, 7, 30)),
        ({"kind": "weekly", "weekday": 4}, at(2, 9), at(6, 8)),
        ({"kind": "weekly", "weekday": 4}, at(6, 8), at(13, 8)),
        ({"kind": "weekly", "weekday": 6}, at(2, 9), at(9, 7, 30)),  # Sunday is a day off: on Monday morning
        ({"kind": "at_once"}, at(2, 9), at(2, 9, 15)),
        ({"kind": "at_once"}, at(2, 17, 50), at(3, 7, 30)),
        ({"kind": "at_once", "quiet_from": dt.time(0), "quiet_to": dt.time(0)}, at(2, 23), at(2, 23, 15)),
        ({"kind": "at_once", "quiet_from": dt.time(12), "quiet_to": dt.time(13)}, at(2, 11, 50), at(2, 13)),
    ],
)
def test_the_next_letter(chosen, now, expected):
    assert reminding.next_letter(Rhythm(**chosen), now, CALENDAR) == expected


def test_quiet_hours_reach_over_midnight():
    quiet = [hour for hour in range(24) if reminding.is_quiet(Rhythm(), at(3, hour), CALENDAR)]
    assert quiet == [0, 1, 2, 3, 4, 5, 6, 7, 18, 19, 20, 21, 22, 23]


# --- letters ----------------------------------------------------------------------------------------------------------

pytestmark = pytest.mark.django_db


def test_all_that_waits_is_said_in_one_letter(clock, settings):
    settings.SITE_URL = "https://nhipcau.example.vn"
    person = make_user("Trần Thị Bình", "binh@example.vn")
    make_rhythm(person)
    soon = Need("tests.soon", "b", "Việc b sắp đến hạn", "/viec/b/", due=dt.date(2026, 3, 4), urgency="soon")
    WAITING[person.pk] = [soon, overdue(due=dt.date(2026, 2, 27))]
    for number in range(3):
        notices.tell([person.pk], "tests", f"Tin {number}", f"/tin/{number}/")
    Notice.objects.update(created_at=at(1, 15))
    (letter,) = clock(at(2))
    assert (letter.to, letter.subject) == ("binh@example.vn", "2 việc chờ bạn, 1 đã quá hạn")
    assert letter.body == (
        "Kính gửi Trần Thị Bình,\n\n"
        "ĐÃ QUÁ HẠN (1)\n\n"
        "- Việc a đã quá hạn (hạn 27/02/2026)\n  https://nhipcau.example.vn/viec/a/\n\n"
        "SẮP ĐẾN HẠN (1)\n\n"
        "- Việc b sắp đến hạn (hạn 04/03/2026)\n  https://nhipcau.example.vn/viec/b/\n\n"
        "TIN MỚI (3)\n\n"
        "- Tin 0 (15:00 01/03/2026)\n  https://nhipcau.example.vn/tin/0/\n\n"
        "- Tin 1 (15:00 01/03/2026)\n  https://nhipcau.example.vn/tin/1/\n\n"
        "- Tin 2 (15:00 01/03/2026)\n  https://nhipcau.example.vn/tin/2/\n\n"
        "Xem tất cả: https://nhipcau.example.vn/thong-bao/\n\n"
        "Bạn chọn lúc nhận thư, hoặc thôi nhận, tại: https://nhipcau.example.vn/tuy-chon/nhac-viec/"
    )
    assert letter.html.count("<li>") == 5
    assert Reminder.objects.values_list("period", "needs", "notices").get() == ("2026-03-02", 2, 3)


def test_who_has_nothing_to_do_gets_nothing(clock):
    make_rhythm(make_user())
    assert clock(at(2)) == []
    assert Rhythm.objects.get().next_at == at(3)


def test_it_is_repeated_until_settled_and_says_since_when(clock):
    person = make_user()
    make_rhythm(person)
    WAITING[person.pk] = [overdue()]
    counts = {day: len(clock(at(day))) for day in range(2, 11)}
    assert counts == {2: 1, 3: 1, 4: 1, 5: 1, 6: 1, 7: 0, 8: 0, 9: 1, 10: 1}
    assert "đã nhắc từ 02/03/2026, lần này là lần 7" in OutboxMessage.objects.latest("pk").body
    WAITING.clear()
    assert clock(at(11)) == []
    assert Reminded.objects.count() == 0
    WAITING[person.pk] = [overdue()]
    (again,) = clock(at(12))
    assert "đã nhắc" not in again.body


@pytest.mark.parametrize(("urgency", "days"), [("soon", [2, 4, 6, 10, 12]), ("calm", [2, 9])])
def test_the_nearer_the_date_the_more_often(clock, urgency, days):
    person = make_user()
    make_rhythm(person)
    WAITING[person.pk] = [overdue(urgency=urgency)]
    assert [day for day in range(2, 14) if clock(at(day))] == days


def test_what_is_told_is_told_once(clock):
    person = make_user()
    make_rhythm(person)
    notices.tell([person.pk], "tests", "Một", "/mot/")
    (letter,) = clock(at(2))
    assert letter.subject == "Một"
    assert clock(at(3)) == []


def test_what_was_read_in_the_page_is_not_told_by_letter(clock):
    person = make_user()
    make_rhythm(person)
    (notice,) = notices.tell([person.pk], "tests", "Một")
    notices.mark_read(person.pk, [notice.pk])
    assert clock(at(2)) == []


def test_what_is_settled_vanishes_from_page_and_letter(clock):
    person = make_user()
    make_rhythm(person)

    @act("tests.tell", may=lambda *_: True)
    def tell(running, **_named):
        running.tell([person.pk], "tests", "Vướng mắc cần trả lời", "/x/", about="tests.obstacle:1")

    @act("tests.settle", may=lambda *_: True)
    def settle(running, **_named):
        running.settle("tests.obstacle:1")

    tell(SYSTEM)
    assert (notices.unread_count(person.pk), notices.notices_of(person.pk).count()) == (1, 1)
    settle(SYSTEM)
    assert (notices.unread_count(person.pk), notices.notices_of(person.pk).count()) == (0, 0)
    assert clock(at(2)) == []


def test_a_need_and_the_notice_about_it_are_said_once(clock):
    person = make_user()
    make_rhythm(person)
    WAITING[person.pk] = [overdue("tests.x:1")]
    notices.tell([person.pk], "tests", "Bạn được giao việc", "/x/", about="tests.x:1")
    (letter,) = clock(at(2))
    assert letter.body.count("\n- ") == 1
    assert not Notice.objects.get().to_mail


def test_at_once_means_within_a_minute_and_together(clock):
    person = make_user()
    make_rhythm(person, at(2, 9, 10), kind="at_once")
    assert clock(at(2, 9)) == []
    notices.tell([person.pk], "tests", "Một")
    notices.tell([person.pk], "tests", "Hai")
    assert [letter.subject for letter in clock(at(2, 9, 1))] == ["2 tin mới"]


def test_at_once_waits_for_the_morning_in_quiet_hours(clock):
    person = make_user()
    make_rhythm(person, at(3, 7, 30), kind="at_once")
    clock(at(2, 19))
    notices.tell([person.pk], "tests", "Một")
    assert clock(at(2, 22)) == []
    assert len(clock(at(3, 7, 30))) == 1


def test_a_worker_that_comes_back_at_night_wakes_nobody(clock):
    person = make_user()
    make_rhythm(person, at(2))
    WAITING[person.pk] = [overdue()]
    assert clock(at(2, 23)) == []
    assert len(clock(at(3, 7, 30))) == 1


def test_a_week_has_one_letter(clock):
    person = make_user()
    make_rhythm(person, kind="weekly", weekday=2, next_at=at(4))
    WAITING[person.pk] = [overdue()]
    notices.tell([person.pk], "tests", "Một")
    assert [day for day in range(2, 20) if clock(at(day))] == [4, 11, 18]


def test_who_wants_no_letters_gets_none(clock):
    person = make_user()
    make_rhythm(person, kind="never")
    WAITING[person.pk] = [overdue()]
    (notice,) = notices.tell([person.pk], "tests", "Một")
    assert clock(at(2)) == []
    assert not notice.to_mail


def test_people_who_left_get_nothing(clock):
    person = make_user(is_active=False)
    make_rhythm(person)
    WAITING[person.pk] = [overdue()]
    assert clock(at(2)) == []


def test_everyone_has_a_rhythm_without_choosing_one(clock):
    person = make_user()
    notices.tell([person.pk], "tests", "Một")
    assert clock(at(2, 10)) == []
    assert Rhythm.objects.values_list("kind", "next_at").get() == ("daily", at(3))
    assert len(clock(at(3))) == 1


def test_each_room_learns_in_whose_names_the_person_acts(clock):
    one, other = make_organisation(), make_organisation()
    person = make_member(other, "head", user=make_member(one, "officer", "coordinator"))
    make_rhythm(person)
    clock(at(2))
    assert dict(ASKED) == {person.pk: [(one.pk, ["coordinator", "officer"]), (other.pk, ["head"])]}


def test_the_letter_speaks_the_persons_language(clock):
    person = make_user(language="en")
    make_rhythm(person)
    WAITING[person.pk] = [overdue(), overdue("b")]
    (letter,) = clock(at(2))
    assert letter.language == "en"


def test_one_rooms_mistake_holds_nobody_else_up(clock, caplog):
    bad, good = make_user(), make_user(email="tot@example.vn")
    make_rhythm(bad)
    make_rhythm(good)
    WAITING[bad.pk], WAITING[good.pk] = ["broken"], [overdue()]
    assert [letter.to for letter in clock(at(2))] == ["tot@example.vn"]
    assert Rhythm.objects.values_list("next_at", "problem").get(pk=bad.pk) == (
        at(2, 8, 15),
        "ValueError: a room's mistake",
    )
    WAITING[bad.pk] = [overdue()]
    assert len(clock(at(2, 8, 15))) == 1
    assert Rhythm.objects.get(pk=bad.pk).problem == ""


def test_two_workers_write_one_letter(clock):
    person = make_user()
    seen_by_both = make_rhythm(person)
    WAITING[person.pk] = [overdue()]
    assert letters_job.write_to(seen_by_both, [], at(2), CALENDAR) is not None
    assert letters_job.write_to(seen_by_both, [], at(2), CALENDAR) is None
    assert OutboxMessage.objects.count() == 1


def test_a_second_letter_of_the_same_day_waits_for_the_next(clock):
    person = make_user()
    make_rhythm(person)
    WAITING[person.pk] = [overdue()]
    assert len(clock(at(2))) == 1
    Rhythm.objects.update(next_at=at(2, 15))  # they chose another hour
    assert clock(at(2, 15)) == []
    assert len(clock(at(3))) == 1


def test_a_long_list_is_cut_off_and_says_so(clock):
    person = make_user()
    make_rhythm(person)
    WAITING[person.pk] = [overdue(f"{n}") for n in range(40)]
    (letter,) = clock(at(2))
    assert (letter.body.count("\n- "), letter.html.count("<li>")) == (30, 30)
    assert "Và 10 mục nữa trong trang." in letter.body
    assert "Và 10 mục nữa trong trang." in letter.html


def test_what_comes_in_from_outside_is_only_text_in_a_letter(clock):
    person = make_user("<b>Bình</b>")
    make_rhythm(person)
    WAITING[person.pk] = [overdue(text='<script>alert(1)</script>"', url="/x/")]
    (letter,) = clock(at(2))
    assert "<script" not in letter.html
    assert "&lt;script&gt;" in letter.html


def test_a_letter_carries_its_picture_and_loads_nothing(clock):
    person = make_user()
    make_rhythm(person)
    WAITING[person.pk] = [overdue()]
    clock(at(2))
    OutboxMessage.objects.update(try_after=at(2))
    jobs.enqueue("core.deliver", {})
    run_due_jobs(at(2))
    (sent,) = mail.outbox
    message = BytesParser(policy=policy.default).parsebytes(sent.message().as_bytes())
    kinds = [part.get_content_type() for part in message.walk()]
    assert kinds == ["multipart/related", "multipart/alternative", "text/plain", "text/html", "image/png"]
    html = message.get_body(("html",)).get_content()
    assert 'src="cid:mark"' in html
    assert "url(" not in html
    assert html.count("src=") == 1
    assert OutboxMessage.objects.values_list("body", "html").get() == ("", "")


def test_a_hundred_people_cost_few_questions(django_assert_max_num_queries, clock):
    organisation = make_organisation()
    for _number in range(20):
        person = make_member(organisation)
        make_rhythm(person)
        WAITING[person.pk] = [overdue()]
    with django_assert_max_num_queries(20 * 12 + 40):
        assert len(clock(at(2))) == 20


# --- the page ---------------------------------------------------------------------------------------------------------


def test_a_person_chooses_their_rhythm(client_of):
    person = make_user()
    client = client_of(person)
    assert client.get("/tuy-chon/nhac-viec/").status_code == 200
    chosen = {"kind": "weekly", "hour": "14", "weekday": "4", "quiet_from": "19:00", "quiet_to": "06:30"}
    assert client.post("/tuy-chon/nhac-viec/", chosen).status_code == 302
    rhythm = Rhythm.objects.get(pk=person.pk)
    assert (rhythm.kind, rhythm.hour, rhythm.weekday, rhythm.quiet_from, rhythm.quiet_to) == (
        "weekly",
        14,
        4,
        dt.time(19),
        dt.time(6, 30),
    )
    assert not rhythm.is_quiet_on_days_off
    local = timezone.localtime(rhythm.next_at)
    assert (local.weekday(), local.hour) == (4, 14)
    assert client.get("/tuy-chon/nhac-viec/").status_code == 200


def test_a_wrong_time_is_said_beside_the_field(client_of):
    client = client_of(make_user())
    answer = client.post("/tuy-chon/nhac-viec/", {"kind": "weekly", "hour": "99", "weekday": "x", "quiet_from": "25h"})
    assert answer.status_code == 422
    assert "Giờ chưa đúng. Bạn hãy ghi theo dạng 18:00." in answer.content.decode()


def test_whoever_turns_letters_off_gets_none_of_what_waits(client_of):
    person = make_user()
    make_rhythm(person)
    notices.tell([person.pk], "tests", "Một")
    form = {"kind": "never", "hour": "8", "weekday": "0", "quiet_from": "18:00", "quiet_to": "07:30"}
    client_of(person).post("/tuy-chon/nhac-viec/", form)
    assert Notice.objects.filter(to_mail=True).count() == 0


def test_the_queue_is_given_the_job_only_when_somebody_waits():
    make_rhythm(make_user(), timezone.now() + dt.timedelta(hours=1))
    list(jobs.enqueue_periodic())
    Schedule.objects.update(next_at=timezone.now())
    assert "core.remind" not in [job.kind for job in jobs.enqueue_periodic()]
    Rhythm.objects.update(next_at=timezone.now())
    Schedule.objects.update(next_at=timezone.now())
    assert "core.remind" in [job.kind for job in jobs.enqueue_periodic()]


def test_the_page_shows_what_waits_first_and_what_was_told_day_by_day(client_of, django_assert_max_num_queries):
    person = make_member(make_organisation())
    WAITING[person.pk] = [overdue("tests.x:1", due=dt.date(2026, 2, 27))]
    notices.tell([person.pk], "tests", "Bạn được giao việc", about="tests.x:1")
    for number, day in enumerate((at(3), at(3, 9), at(2)), start=1):
        (notice,) = notices.tell([person.pk], "tests", f"Tin {number}")
        Notice.objects.filter(pk=notice.pk).update(created_at=day)
    client = client_of(person)
    with django_assert_max_num_queries(9):
        page = client.get("/thong-bao/").content.decode()
    said = (
        "1 việc đang chờ bạn",
        "hạn 27/02/2026",
        "Việc tests.x:1 đã quá hạn",
        "03/03/2026</h2>",
        "Tin 2",
        "Tin 1",
        "02/03/2026</h2>",
        "Tin 3",
    )
    places = [page.index(words) for words in said]
    assert places == sorted(places)
    assert "Bạn được giao việc" not in page
    assert page.count("03/03/2026</h2>") == 1
