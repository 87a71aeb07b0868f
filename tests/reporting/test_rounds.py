"""Who reports to whom and until when; a round gives everyone a report to write."""

import datetime as dt

import pytest
from django.utils import timezone
from tests.factories import make_actor, make_member, make_organisation, make_plan

from nhipcau.core.acts import Refused
from nhipcau.core.clocks import ZONE, packaged_calendar
from nhipcau.core.models import Notice
from nhipcau.reporting.actions import Asked, add_units, close_round, move_round, open_round
from nhipcau.reporting.models import Regime, Report, Round
from nhipcau.reporting.tree import Place, dues, leaves_no_day, places

TOP_DUE = dt.datetime(2026, 11, 10, 23, 59, 59, tzinfo=ZONE)


def asked(*units, **fields) -> Asked:
    given = {
        "name": "Báo cáo năm 2026",
        "period": "2026",
        "first": dt.date(2026, 1, 1),
        "last": dt.date(2026, 10, 31),
        "due_at": TOP_DUE,
        "unit_ids": tuple(unit.pk for unit in units),
    }
    return Asked(**given | fields)


def test_each_reports_to_the_nearest_above_it_that_takes_part():
    paths = {2: "1/2/", 5: "1/2/5/", 6: "1/3/6/", 7: "1/2/5/7/"}
    assert places(1, paths) == [
        Place(1, None, 0), Place(2, 1, 1), Place(6, 1, 1), Place(5, 2, 2), Place(7, 5, 3),
    ]  # fmt: skip


def test_every_level_has_working_days_to_aggregate():
    levels = dues(TOP_DUE, [0, 1, 2], 3, packaged_calendar())
    # 10/11/2026 is a Tuesday: three working days before it is Thursday 5/11, three before that Monday 2/11.
    assert [levels[depth].date() for depth in (0, 1, 2)] == [
        dt.date(2026, 11, 10), dt.date(2026, 11, 5), dt.date(2026, 11, 2),
    ]  # fmt: skip
    early = dt.datetime(2026, 10, 1, tzinfo=ZONE)
    assert leaves_no_day(levels, early) == []
    assert leaves_no_day(dues(TOP_DUE, [0, 1], 0, packaged_calendar()), early) == [1]
    assert leaves_no_day(levels, dt.datetime(2026, 11, 3, tzinfo=ZONE)) == [2]


@pytest.mark.django_db
class TestRound:
    def test_it_gives_everyone_a_report_and_tells_who_writes_it(self):
        province = make_organisation("Tỉnh", kind="committee")
        city = make_organisation("Thành phố", parent=province)
        ward = make_organisation("Phường", parent=city)
        officer = make_member(ward, "officer")
        made = open_round(make_actor(province, "coordinator"), province, asked(city, ward, plan=make_plan(province)))
        rows = made.reports.order_by("depth").values_list("organisation__name", "receiver__name", "due_at__date")
        assert list(rows) == [
            ("Tỉnh", None, dt.date(2026, 11, 10)),
            ("Thành phố", "Tỉnh", dt.date(2026, 11, 5)),
            ("Phường", "Thành phố", dt.date(2026, 11, 2)),
        ]
        assert [(one.person_id, one.text) for one in Notice.objects.filter(person=officer)] == [
            (officer.pk, "Báo cáo năm 2026: gửi báo cáo trước 23:59 ngày 02/11/2026.")
        ]

    def test_the_same_period_of_a_regime_is_opened_once(self):
        province = make_organisation("Tỉnh", kind="committee")
        regime = Regime.objects.create(organisation=province, name="Báo cáo năm")
        coordinator = make_actor(province, "coordinator")
        first = open_round(coordinator, province, asked(regime=regime))
        assert open_round(coordinator, province, asked(regime=regime)) == first
        assert Round.objects.count() == 1

    def test_more_time_moves_those_who_have_not_sent(self):
        province = make_organisation("Tỉnh", kind="committee")
        one, other = (make_organisation(name, parent=province) for name in ("Sở A", "Sở B"))
        coordinator = make_actor(province, "coordinator")
        made = open_round(coordinator, province, asked(one, other))
        Report.objects.filter(organisation=one).update(sent_at=timezone.now(), state=Report.State.SENT)
        with pytest.raises(Refused):
            move_round(coordinator, made, due_at=TOP_DUE + dt.timedelta(days=7), reason=" ")
        move_round(coordinator, made, due_at=TOP_DUE + dt.timedelta(days=7), reason="Bão số 12")
        assert list(made.reports.order_by("depth", "organisation__name").values_list("due_at__date", flat=True)) == [
            dt.date(2026, 11, 17), dt.date(2026, 11, 5), dt.date(2026, 11, 12),
        ]  # fmt: skip

    def test_who_comes_later_gets_a_report_and_closing_ends_the_reminders(self):
        province = make_organisation("Tỉnh", kind="committee")
        unit, later = (make_organisation(name, parent=province) for name in ("Sở A", "Sở B"))
        make_member(later, "officer")
        coordinator = make_actor(province, "coordinator")
        made = open_round(coordinator, province, asked(unit))
        assert (add_units(coordinator, made, [later.pk, unit.pk]), made.reports.count()) == (1, 3)
        assert Notice.objects.filter(settled_at=None).count() == 2
        close_round(coordinator, made)
        assert Notice.objects.filter(settled_at=None).count() == 0
        with pytest.raises(Refused):
            add_units(coordinator, made, [])

    @pytest.mark.parametrize(
        "wrong",
        [{"name": " "}, {"last": dt.date(2025, 12, 31)}, {"first": dt.date(2020, 1, 1)}],
    )
    def test_days_that_cannot_be_are_refused(self, wrong):
        province = make_organisation("Tỉnh", kind="committee")
        with pytest.raises(Refused):
            open_round(make_actor(province, "head"), province, asked(**wrong))

    def test_only_who_collects_opens_it(self):
        province = make_organisation("Tỉnh", kind="committee")
        unit = make_organisation("Sở A", parent=province)
        for actor in (make_actor(province, "officer"), make_actor(unit, "head")):
            with pytest.raises(Refused):
                open_round(actor, province, asked(unit))
