"""A computation told: sentences for people, a value for programs. Pure."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from . import computing, limits
from .computing import Computed, Day, Stage
from .limits import limit_words
from .words import spoken, weekday
from .workdays import SWAP_WORK, Entry, kind_name

CIVIL_CODE = "Bộ luật Dân sự 91/2015/QH13"


def steps(done: Computed) -> list[str]:
    """How the due moment came about: one sentence a step, from the beginning to the last day."""
    said = _beginning(done)
    for number, stage in enumerate(done.stages):
        said += _counting(stage, [day for day in done.days if day.stage == number], is_extension=number > 0)
        said += _rolling(done, stage)
    last = done.stages[-1]
    said.append(_("Hạn: %(moment)s.") % {"moment": due_words(last.due)})
    return said + _doubts(done)


def due_words(due: dt.datetime) -> str:
    """A due moment as people say it: "hết thứ Hai, 24/08/2026", or with its hour."""
    if due.time() == computing.LAST_SECOND:
        return pgettext("a due day", "hết %(day)s") % {"day": day_words(due.date())}
    return moment_words(due)


def moment_words(moment: dt.datetime) -> str:
    """An hour and its day: "16:30 thứ Năm, 12/02/2026"."""
    return f"{moment:%H:%M} {day_words(moment.date())}"


def day_words(day: dt.date) -> str:
    """A day with its weekday: "thứ Năm, 12/02/2026"."""
    return f"{weekday(day)}, {spoken(day)}"


def why_words(day: Day) -> str:
    """Why a day was not counted, or what there is to say of one that was; "" where there is nothing."""
    off = entry_words(day.entry) if day.entry is not None else _("cuối tuần") if day.day.weekday() >= 5 else ""
    if day.why == computing.FIRST_DAY:
        return _("ngày đầu không tính")
    if day.why == computing.LANDED:
        return _("ngày làm việc đầu tiên sau ngày nghỉ")
    if day.why == computing.BEFORE_RECEIPT:
        return _("chưa tính là đã nhận: %(why)s") % {"why": off}
    if day.is_counted and day.why in (computing.OFF, computing.WEEKEND):
        return _("%(why)s, vẫn tính") % {"why": off}
    return off


def entry_words(entry: Entry) -> str:
    """What is special about a day: its kind where the name does not say it, and that it is not certain."""
    words = entry.name if entry.kind != SWAP_WORK else f"{kind_name(entry.kind)}: {entry.name}"
    if entry.computed:
        return _("%(name)s (tính theo luật, chưa có thông báo)") % {"name": words}
    return words if entry.confirmed else _("%(name)s (chưa xác nhận)") % {"name": words}


def basis_of(day: Day) -> str:
    """By which text a day is what it is."""
    if day.why == computing.FIRST_DAY:
        return f"{CIVIL_CODE} Điều 147.2"
    if day.why == computing.LANDED:
        return f"{CIVIL_CODE} Điều 148.5"
    return day.entry.basis if day.entry is not None else ""


def as_value(done: Computed) -> dict[str, Any]:
    """The computation as plain values, for JSON: the same whatever wrote it down."""
    return {
        "limit": str(done.limit),
        "extensions": [str(stage.limit) for stage in done.stages[1:]],
        "roll": done.stages[-1].roll,
        "receipt": done.options.receipt,
        "extend_from": done.options.extends_from,
        "from": done.given.isoformat(),
        "received": done.received.isoformat(),
        "nominal": done.nominal_on.isoformat(),
        "due": done.due.isoformat(),
        "due_date": done.due_on.isoformat(),
        "rolled": done.is_rolled,
        "unconfirmed": done.is_unconfirmed,
        "days": [_day_value(day) for day in done.days],
        "steps": steps(done),
    }


def _day_value(day: Day) -> dict[str, Any]:
    value: dict[str, Any] = {
        "date": day.day.isoformat(),
        "weekday": weekday(day.day),
        "counted": day.is_counted,
    }
    if why := why_words(day):
        value["why"] = why
    if basis := basis_of(day):
        value["basis"] = basis
    if day.entry is not None:
        value["kind"] = day.entry.kind
        value["confirmed"] = day.entry.confirmed
    return value


def _beginning(done: Computed) -> list[str]:
    if done.limit.kind in limits.FIXED:
        return []
    if done.limit.kind == limits.HOURS_BEFORE:
        return [_("Mốc: %(moment)s.") % {"moment": moment_words(done.given)}]
    if done.limit.kind == limits.WORKING_DAYS_BEFORE:
        return [_("Ngày làm mốc: %(day)s.") % {"day": day_words(done.given.date())}]
    is_day = done.given.time() == dt.time() and done.limit.kind != limits.HOURS
    begin = day_words(done.given.date()) if is_day else moment_words(done.given)
    said = [_("Bắt đầu từ %(moment)s.") % {"moment": begin}]
    if done.received != done.given:
        said.append(
            _("%(day)s là ngày nghỉ nên tính là nhận vào ngày làm việc tiếp theo: %(received)s.")
            % {"day": spoken(done.given.date()), "received": day_words(done.received.date())}
        )
    return said


def _counting(stage: Stage, days: list[Day], *, is_extension: bool) -> list[str]:
    limit = stage.limit
    words = {"limit": limit_words(limit), "last": day_words(stage.nominal.date())}
    if is_extension:
        lead = _("Gia hạn %(limit)s, tính từ %(begin)s.") % {**words, "begin": due_words(stage.begin)}
    else:
        lead = _("Thời hạn: %(limit)s.") % words
    if limit.kind == limits.HOURS:
        return [
            f"{lead} " + _("Giờ tính liên tục, kể cả ngày nghỉ (%(law)s Điều 147.1).") % {"law": CIVIL_CODE},
            _("Hết giờ vào %(moment)s.") % {"moment": due_words(stage.nominal)},
        ]
    if limit.kind == limits.HOURS_BEFORE:
        return [lead]
    if limit.kind in limits.FIXED:
        return [lead, _fixed_words(stage)]
    if is_extension:
        said = [lead]
    elif limit.kind == limits.WORKING_DAYS_BEFORE:
        said = [f"{lead} " + _("Ngày làm mốc không tính.")]
    else:
        said = [f"{lead} " + _("Ngày đầu không tính (%(law)s Điều 147.2).") % {"law": CIVIL_CODE}]
    if limit.kind in (limits.WORKING_DAYS, limits.WORKING_DAYS_BEFORE):
        said += _skipping(days)
        ends = _("Ngày làm việc thứ %(n)s là %(last)s.")
        if limit.kind == limits.WORKING_DAYS_BEFORE:
            ends = _("Đếm lùi, ngày làm việc thứ %(n)s là %(last)s.")
        return [*said, ends % {"n": limit.number, **words}]
    if limit.kind == limits.CALENDAR_DAYS:
        return [*said, _("Ngày thứ %(n)s là %(last)s.") % {"n": limit.number, **words}]
    if stage.nominal.day != stage.begin.day:
        return [
            *said,
            _("Tháng cuối không có ngày %(day)s nên hạn là ngày cuối tháng: %(last)s (%(law)s Điều 148.3).")
            % {"day": stage.begin.day, "law": CIVIL_CODE, **words},
        ]
    return [*said, _("Ngày tương ứng của tháng cuối là %(last)s (%(law)s Điều 148.3).") % {"law": CIVIL_CODE, **words}]


def _fixed_words(stage: Stage) -> str:
    last = stage.nominal.date()
    after = last + dt.timedelta(days=1)
    words = {"last": day_words(last), "after": spoken(after), "law": CIVIL_CODE}
    if stage.limit.kind == limits.BEFORE_MONTH:
        return _("Tháng ấy bắt đầu từ %(after)s, nên ngày cuối còn trong hạn là %(last)s.") % words
    if stage.limit.kind == limits.BEFORE_DAY:
        return _("“Trước ngày” không kể chính ngày %(after)s, nên ngày cuối còn trong hạn là %(last)s.") % words
    if stage.limit.kind == limits.QUARTER:
        return _("Quý ấy kết thúc vào %(last)s.") % words
    return _("Ngày cuối là %(last)s.") % words


def _skipping(days: list[Day]) -> list[str]:
    skipped = [day for day in days if not day.is_counted and day.why in (computing.OFF, computing.WEEKEND)]
    said = []
    if skipped:
        weekends = sum(day.why == computing.WEEKEND for day in skipped)
        feasts = _runs([day.entry for day in skipped if day.entry is not None])
        parts = feasts
        if weekends:
            count = ngettext("%(n)s ngày cuối tuần", "%(n)s ngày cuối tuần", weekends) % {"n": weekends}
            parts = [count, *feasts]
        said.append(_("Không tính: %(days)s.") % {"days": "; ".join(parts)})
    worked = [day for day in days if day.is_counted and day.why == computing.WORKED and day.entry is not None]
    said += [
        _("%(day)s vẫn tính: %(name)s.") % {"day": day_words(day.day), "name": entry_words(day.entry)}
        for day in worked
        if day.entry is not None
    ]
    return said


def _rolling(done: Computed, stage: Stage) -> list[str]:
    if stage.due == stage.nominal:
        return []
    entry = next((day.entry for day in done.days if day.day == stage.nominal.date() and day.entry is not None), None)
    why = entry_words(entry) if entry is not None else _("cuối tuần")
    words = {
        "nominal": day_words(stage.nominal.date()), "why": why, "due": day_words(stage.due.date()), "law": CIVIL_CODE,
    }  # fmt: skip
    if stage.roll == limits.BACK:
        return [
            _("Ngày cuối, %(nominal)s, là ngày nghỉ (%(why)s) nên hạn lùi về ngày làm việc trước đó: %(due)s.") % words
        ]
    return [
        _(
            "Ngày cuối, %(nominal)s, là ngày nghỉ (%(why)s) nên hạn chuyển sang ngày làm việc tiếp theo: %(due)s "
            "(%(law)s Điều 148.5)."
        )
        % words
    ]


def _doubts(done: Computed) -> list[str]:
    said = [
        _("Chưa được xác nhận: %(days)s; lịch đổi thì hạn được tính lại.") % {"days": run}
        for run in _runs([entry for entry in done.unconfirmed if not entry.computed])
    ]
    said += [
        _(
            "Chưa có thông báo lịch nghỉ năm %(year)s: ngày nghỉ được tính theo luật; có thông báo thì hạn được tính lại."
        )
        % {"year": year}
        for year in done.computed_years
    ]
    return said


def _runs(entries: list[Entry]) -> list[str]:
    """Days one after the other of the same feast as one: "16/02/2026–20/02/2026 Tết Nguyên đán Bính Ngọ"."""
    runs: list[list[Entry]] = []
    for entry in sorted(entries, key=lambda entry: entry.day):
        last = runs[-1][-1] if runs else None
        if last is not None and (entry.day - last.day).days == 1 and _feast(entry) == _feast(last):
            runs[-1].append(entry)
        else:
            runs.append([entry])
    return [
        f"{spoken(run[0].day)}–{spoken(run[-1].day)} {_feast(run[0])}"
        if len(run) > 1
        else f"{spoken(run[0].day)} {run[0].name}"
        for run in runs
    ]


def _feast(entry: Entry) -> str:
    """The name of a holiday of several days, without which of them it is."""
    return entry.name.partition(":")[0]
