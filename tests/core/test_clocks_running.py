"""Clocks that rooms start: by a rule of law or a limit, extended by an act, closed; recomputed when the calendar changes."""

from __future__ import annotations

import datetime as dt
import json
import os
import random
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from tests.factories import make_actor, make_organisation, make_province

from nhipcau.core import clocks
from nhipcau.core.acts import SYSTEM, Act, Refused, act
from nhipcau.core.clocks import ZONE
from nhipcau.core.models import CalendarChange, CalendarDay, Clock, Job, LegalRule
from nhipcau.core.timekeeping import (
    actions,
    close_clock,
    computed,
    extend_clock,
    made_clock,
    moving,
    read_calendar,
    rule_on,
    running_clock,
    start_clock,
    unfold,
)
from nhipcau.core.worker import run_due_jobs
from nhipcau.organisations.models import Role

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]
MONDAY = dt.datetime(2026, 11, 9, 9, tzinfo=ZONE)


@act("tests.extend", may=lambda actor, *_more: True)
def extend(act: Act, clock: Clock, limit: str, reason: str) -> Clock:
    return extend_clock(act, clock, limit, reason)


def new_day(date: dt.date, kind: str = "swap_off", **more: object) -> CalendarChange:
    values = {"date": date, "kind": kind, "name": "Ngày thử", "basis": "Công văn 1", "confirmed": True, "applies": True}
    return actions.keep_day(SYSTEM, CalendarDay(), values | more)


def day_due(clock: Clock) -> str:
    return f"{Clock.objects.get(pk=clock.pk).due_at.astimezone(ZONE):%Y-%m-%d %H:%M}"


def test_a_case_keeps_the_rule_that_was_in_force_when_it_began():
    old, new = rule_on("drafts.posting", dt.date(2025, 3, 31)), rule_on("drafts.posting", dt.date(2025, 4, 1))
    assert (old.limit, new.limit, rule_on("drafts.posting", dt.date(2010, 1, 1))) == (
        "calendar_days 60",
        "calendar_days 20",
        None,
    )
    clock = start_clock("case", "abc", None, dt.datetime(2025, 3, 3, tzinfo=ZONE), rule=old)
    assert (clock.limit, day_due(clock)) == ("calendar_days 60", "2025-05-05 23:59"), (
        "2 May was swapped off, then a weekend"
    )
    said = unfold(clock)
    assert "80/2015/QH13" in said[0] and "05/05/2025" in said[-1]


def test_a_rule_of_law_ships_with_its_basis_and_can_be_read():
    rows = list(LegalRule.objects.all())
    assert len(rows) > 30 and all(row.basis and row.source for row in rows)
    assert all(str(clocks.parse_limit(row.limit)) == row.limit for row in rows)
    assert rule_on("followup.obstacle_answer", dt.date(2026, 11, 22)).limit == "working_days 5"


def test_extending_needs_a_reason_and_stays_visible():
    clock = start_clock("case", "abc", 7, MONDAY, limit="calendar_days 12")
    actor = make_actor(make_organisation())
    for limit, reason in (
        ("calendar_days 12", " "),
        ("mai", "Cần thêm"),
        ("until 2026-11-20", "Cần thêm"),
        ("quarter 2027-I", "x"),
    ):
        with pytest.raises(ValidationError):
            extend(actor, clock, limit, reason)
    extended = extend(actor, clock, "calendar_days 12", "Chờ ý kiến bên thứ ba")
    assert day_due(clock) == "2026-12-03 23:59"
    assert (extended.extensions[0]["by"], extended.extensions[0]["reason"]) == (
        actor.person_id,
        "Chờ ý kiến bên thứ ba",
    )
    assert "Chờ ý kiến bên thứ ba" in unfold(extended)[-1]
    close_clock(extended)
    with pytest.raises(ValidationError):
        extend(actor, clock, "calendar_days 12", "Nữa")


@pytest.mark.parametrize(
    "given", [{}, {"limit": "x"}, {"limit": "hours 3", "roll": "up"}, {"limit": "hours 3", "receipt": "later"}]
)
def test_a_clock_that_cannot_be_computed_is_not_made(given):
    with pytest.raises(ValidationError):
        made_clock("case", "abc", None, MONDAY, **given)


def test_the_clock_that_runs_for_a_thing_is_the_one_due_first():
    start_clock("case", "abc", None, MONDAY, limit="working_days 9")
    first = start_clock("case", "abc", None, MONDAY, limit="working_days 3")
    assert running_clock("case", "abc") == first
    close_clock(first)
    assert running_clock("case", "abc").limit == "working_days 9"
    assert running_clock("case", "khong") is None


def test_a_closed_clock_stays_and_says_that_the_calendar_changed():
    clock = start_clock("case", "abc", None, MONDAY, limit="working_days 3")
    close_clock(clock)
    new_day(dt.date(2026, 11, 11))
    run_due_jobs()
    clock = Clock.objects.get(pk=clock.pk)
    assert day_due(clock) == "2026-11-12 23:59"
    assert "12/11/2026" in unfold(clock, read_calendar())[-1]


def mixed(number: int) -> None:
    """Clocks of every kind, over the autumn of 2026."""
    dice = random.Random(4)
    limits = [
        "working_days 5",
        "working_days 20",
        "calendar_days 12",
        "months 1",
        "hours 48",
        "working_days_before 7",
        "before_day 20/12",
    ]
    made = []
    for n in range(number):
        at = dt.datetime(2026, 9, 1, 8, tzinfo=ZONE) + dt.timedelta(hours=dice.randrange(2400))
        made.append(
            made_clock("case", str(n), n % 3 or None, at, limit=dice.choice(limits), roll=dice.choice(["", "next", "back"]),
                       receipt=dice.choice(["", "next_working_day"]), calendar=clocks.packaged_calendar())
        )  # fmt: skip
    made[0].extensions = [{"limit": "working_days 2", "reason": "x", "by": 1, "at": ""}]
    Clock.objects.bulk_create(made)
    assert moving.check_all() == 1, "the one that was extended"
    CalendarChange.objects.all().delete()


def test_a_change_recomputes_exactly_what_it_moves(django_assert_max_num_queries):
    mixed(200)
    due = {clock.pk: clock.due_at for clock in Clock.objects.all()}
    change = new_day(dt.date(2026, 11, 18))
    new_day(dt.date(2026, 11, 21), "swap_work")
    with django_assert_max_num_queries(140):
        moving.recompute(change)
    calendar = read_calendar()
    for clock in Clock.objects.filter(first_on__lte=dt.date(2026, 11, 18), last_on__gte=dt.date(2026, 11, 18)):
        done = computed(clock, calendar)
        assert (clock.due_at, clock.nominal_on, (clock.first_on, clock.last_on)) == (
            done.due,
            done.nominal_on,
            done.span,
        )
    run_due_jobs()
    now = {clock.pk: clock.due_at for clock in Clock.objects.all()}
    calendar = read_calendar()
    assert all(now[clock.pk] == computed(clock, calendar).due for clock in Clock.objects.all())
    moved = {pk for pk in due if due[pk] != now[pk]}
    told = {move.clock_id for change in CalendarChange.objects.all() for move in change.moves.all()}
    assert moved and moved <= told and len(moved) < 200
    assert moving.check_all() == 0 and not CalendarChange.objects.filter(what="checked").exists()


def test_running_the_job_again_changes_nothing_twice():
    start_clock("case", "abc", None, MONDAY, limit="working_days 3")
    change = new_day(dt.date(2026, 11, 11))
    assert moving.recompute(change) == 1, "killed after this: the job has not said that it is done"
    Job.objects.filter(kind="core.recompute_clocks").update(attempts=1)
    run_due_jobs()
    change.refresh_from_db()
    assert (change.moved, change.moves.count(), change.made_at is not None) == (1, 1, True)


def test_a_clock_that_began_while_the_calendar_changed_is_found_by_the_daily_check():
    clock = start_clock("case", "abc", 3, MONDAY, limit="working_days 3")
    new_day(dt.date(2026, 11, 11))
    run_due_jobs()
    Clock.objects.filter(pk=clock.pk).update(due_at=clock.due_at, nominal_on=clock.nominal_on, last_on=clock.last_on)
    assert moving.check_all() == 1
    assert day_due(clock) == "2026-11-13 23:59"
    assert CalendarChange.objects.get(what="checked").moved == 1


@pytest.mark.parametrize("role", [Role.OFFICER, Role.HEAD, Role.COORDINATOR, Role.AUDITOR])
def test_only_administrators_at_the_top_keep_the_calendar_and_the_limits(role):
    province = make_province()
    below = make_organisation("Sở Tư pháp", parent=province)
    rule = LegalRule.objects.first()
    for actor in (make_actor(province, role), make_actor(below, Role.ADMINISTRATOR), make_actor(below, role)):
        for asked in (
            lambda actor=actor: actions.keep_day(actor, CalendarDay(), {}),
            lambda actor=actor: actions.remove_day(actor, CalendarDay.objects.first(), "x"),
            lambda actor=actor: actions.add_rule_version(actor, {}),
            lambda actor=actor: actions.withdraw_rule_version(actor, rule),
            lambda actor=actor: actions.load_calendar(actor),
            lambda actor=actor: actions.load_rules(actor),
        ):
            with pytest.raises(Refused):
                asked()


def test_what_comes_with_the_software_is_taken_over_and_peoples_rows_stay():
    mine = CalendarDay.objects.get(date=dt.date(2026, 11, 23))
    CalendarDay.objects.filter(pk=mine.pk).update(applies=True, name="Đã quyết định", person_id=5)
    CalendarDay.objects.filter(date=dt.date(2026, 11, 24)).delete()
    LegalRule.objects.filter(code="press.reply").delete()
    out = StringIO()
    call_command("load_facts", stdout=out)
    assert (
        "lịch làm việc: 1 mới, 0 cập nhật" in out.getvalue()
        and "quy định về thời hạn: 1 mới, 0 cập nhật" in out.getvalue()
    )
    assert CalendarDay.objects.get(pk=mine.pk).name == "Đã quyết định"
    call_command("load_facts", stdout=(again := StringIO()))
    assert again.getvalue().count("0 mới, 0 cập nhật") == 4


def asked(*given: str) -> dict:
    out = StringIO()
    call_command("due", *given, "--json", stdout=out)
    return json.loads(out.getvalue())


def test_the_command_prints_what_anyone_can_check():
    value = asked("--limit", "working_days 10", "--from", "2026-02-12T16:30")
    assert (value["due"], value["nominal"], value["rolled"], value["unconfirmed"]) == (
        "2026-03-05T23:59:59+07:00", "2026-03-05", False, False,
    )  # fmt: skip
    assert sum(day["counted"] for day in value["days"]) == 10
    assert value["from"] == "2026-02-12T16:30:00+07:00" and len(value["steps"]) == 5
    extended = asked(
        "--limit", "calendar_days 12", "--from", "2026-04-14", "--extend", "calendar_days 12", "--extend-from", "rolled",
        "--roll", "next", "--receipt", "next_working_day",
    )  # fmt: skip
    assert extended["due_date"] == "2026-05-11"
    assert asked("--limit", "hours 24", "--from", "2026-02-12T09:30:00Z")["due"] == "2026-02-13T16:30:00+07:00"


def test_the_command_uses_the_houses_calendar_and_tells_the_days():
    new_day(dt.date(2026, 11, 11))
    assert asked("--limit", "working_days 3", "--from", "2026-11-09")["due_date"] == "2026-11-13"
    out = StringIO()
    call_command("due", "--limit", "working_days 3", "--from", "2026-11-09", stdout=out)
    assert "Ngày thử" in out.getvalue() and "   3  13/11/2026  thứ Sáu" in out.getvalue()


@pytest.mark.parametrize(
    "given",
    [["--limit", "x"], [], ["--limit", "hours 3", "--roll", "up"], ["--limit", "hours 3", "--from", "mai"], ["--limit", "hours 3", "--và"],
     ["--limit", "hours 3", "--from", "0001-01-01"], ["--limit", "hours 3", "--extend", "quarter 2026-I"], ["--limit", "hours 3", "--from", "9999-12-31"]],
)  # fmt: skip
def test_the_command_says_what_is_wrong_in_one_sentence(given, capsys):
    with pytest.raises((SystemExit, CommandError)) as ended:
        call_command("due", *given)
    assert getattr(ended.value, "code", 2) == 2
    said = capsys.readouterr().err or str(ended.value)
    assert len(said.strip().splitlines()) == 1 and "Traceback" not in said


def test_the_command_needs_no_database(tmp_path: Path):
    """A checkout without tables, in a process of its own: what ships with the software is used."""
    house = {**os.environ, "DATA_DIR": str(tmp_path), "DATABASE_URL": f"sqlite:///{tmp_path}/nothing.sqlite3"}
    command = [
        sys.executable,
        str(ROOT / "manage.py"),
        "due",
        "--limit",
        "working_days 10",
        "--from",
        "2026-02-12",
        "--json",
    ]
    answer = subprocess.run(command, env=house, capture_output=True, text=True, check=True, timeout=60)
    assert json.loads(answer.stdout)["due_date"] == "2026-03-05"
