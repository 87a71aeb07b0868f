"""Every write of the calendar and of the limits of law, as acts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from nhipcau.core.acts import Act, act
from nhipcau.core.clocks import LimitError, parse_limit, spoken
from nhipcau.core.clocks.packaged import day_values, rule_values
from nhipcau.core.models import CalendarChange, CalendarDay, Clock, LegalRule

from . import rules
from .calendars import read_calendar

DAY_FIELDS = ("date", "kind", "name", "basis", "confirmed", "applies")
RULE_FIELDS = ("code", "name", "limit", "roll", "receipt", "valid_from", "valid_to", "basis", "source", "note")
What = CalendarChange.What


@act("core.keep_day", may=rules.may_keep)
def keep_day(act: Act, day: CalendarDay, values: dict[str, Any]) -> CalendarChange:
    """Write a day of the calendar, a new one or as it is now known; clocks that it may move are computed again.

    The first day of a year that nobody has notified brings the computed holidays of that year into the table, so that
    nothing that was off becomes a working day unseen. Raises ``ValidationError`` where another row has the date.
    """
    new_date: dt.date = values["date"]
    if CalendarDay.objects.filter(date=new_date).exclude(pk=day.pk or 0).exists():
        raise ValidationError({"date": _("Ngày này đã có trong lịch. Bạn hãy sửa dòng ấy.")})
    is_new = day.pk is None
    old = _words(day) if not is_new else ""
    dates = {new_date} if is_new else {day.date, new_date}
    if values["applies"]:
        _write_computed(new_date.year)
        if is_new:  # it may stand there now
            day = CalendarDay.objects.filter(date=new_date).first() or day
    for name in DAY_FIELDS:
        setattr(day, name, values[name])
    day.person_id = act.actor.person_id
    day.save()
    act.about(day)
    act.changed(**{name: str(values[name]) for name in DAY_FIELDS})
    words = f"{old} → {_words(day)}" if old else _words(day)
    return _follow(act, What.ADDED if is_new else What.CHANGED, dates, words, day.basis)


@act("core.remove_day", may=rules.may_keep)
def remove_day(act: Act, day: CalendarDay, basis: str) -> CalendarChange:
    """Take a day out of the calendar, by a text or for a reason that is named; clocks that it may move are computed
    again. Raises ``ValidationError`` where no reason is named."""
    if not basis.strip():
        raise ValidationError({"basis": _("Bạn hãy ghi căn cứ hoặc lý do bỏ ngày này.")})
    words, date = _words(day), day.date
    act.changed(removed=words, basis=basis.strip())
    day.delete()
    return _follow(act, What.REMOVED, {date}, words, basis.strip()[:300])


@act("core.load_calendar", may=rules.may_load)
def load_calendar(act: Act) -> tuple[int, int]:
    """Take over what came with the software; days that a person wrote stay as they are. Returns how many are new and how
    many were renewed."""
    held = {day.date: day for day in CalendarDay.objects.all()}
    touched: list[dt.date] = []
    new = 0
    for values in day_values():
        day = held.get(values["date"])
        if day is not None and (
            day.person_id is not None or all(getattr(day, name) == values[name] for name in DAY_FIELDS)
        ):
            continue
        new += day is None
        CalendarDay.objects.update_or_create(date=values["date"], defaults=values)
        touched.append(values["date"])
    act.changed(new=new, renewed=len(touched) - new)
    if touched:
        _follow(act, What.LOADED, touched, ", ".join(spoken(day) for day in touched)[:400], "")
    return new, len(touched) - new


@act("core.add_rule_version", may=rules.may_keep)
def add_rule_version(act: Act, values: dict[str, Any]) -> LegalRule:
    """Write a new limit of law, or the next version of one; the version before it ends on the day before. Cases that began
    earlier keep theirs.

    Raises ``ValidationError`` where the limit cannot be read or the version does not come after the one before.
    """
    try:
        limit = str(parse_limit(values["limit"]))
    except LimitError as problem:
        raise ValidationError({"limit": str(problem)}) from problem
    begins: dt.date = values["valid_from"]
    if values["valid_to"] and values["valid_to"] < begins:
        raise ValidationError({"valid_to": _("Ngày cuối phải từ ngày bắt đầu trở đi.")})
    before = LegalRule.objects.select_for_update().filter(code=values["code"]).order_by("-valid_from").first()
    if before is not None:
        if begins <= before.valid_from:
            raise ValidationError(
                {
                    "valid_from": _("Phiên bản mới phải bắt đầu sau phiên bản trước (%(day)s).")
                    % {"day": spoken(before.valid_from)}
                }
            )
        if before.valid_to is None or before.valid_to >= begins:
            before.valid_to = begins - dt.timedelta(days=1)
            before.save(update_fields=["valid_to", "changed_at"])
    rule = LegalRule(**{name: values[name] for name in RULE_FIELDS} | {"limit": limit})
    rule.person_id = act.actor.person_id
    rule.save()
    act.about(rule)
    act.changed(**{name: str(getattr(rule, name)) for name in RULE_FIELDS})
    return rule


@act("core.withdraw_rule_version", may=rules.may_keep)
def withdraw_rule_version(act: Act, rule: LegalRule) -> None:
    """Take back the last version of a limit that was written here by mistake. The version before it goes on.

    Raises ``ValidationError`` where it came with the software, is not the last one, or cases run or ran by it.
    """
    last = LegalRule.objects.filter(code=rule.code).order_by("-valid_from").first()
    if rule.person_id is None or last != rule:
        raise ValidationError(_("Chỉ rút được phiên bản cuối cùng do người ở đây ghi."))
    if Clock.objects.filter(rule=rule).exists():
        raise ValidationError(
            _("Đã có việc tính hạn theo phiên bản này nên không rút được. Bạn hãy thêm phiên bản mới.")
        )
    act.changed(withdrawn=f"{rule.code} {rule.valid_from}")
    ended = rule.valid_from - dt.timedelta(days=1)
    rule.delete()
    LegalRule.objects.filter(code=rule.code, valid_to=ended).update(valid_to=None)


@act("core.load_rules", may=rules.may_load)
def load_rules(act: Act) -> tuple[int, int]:
    """Take over the limits that came with the software and are not here yet; what a person wrote, and every rule of whose
    code a person wrote a version, stays as it is. Returns how many are new and how many were renewed."""
    held = {(rule.code, rule.valid_from): rule for rule in LegalRule.objects.all()}
    own = {code for (code, _begins), rule in held.items() if rule.person_id is not None}
    new, renewed = 0, 0
    for values in rule_values():
        rule = held.get((values["code"], values["valid_from"]))
        if values["code"] in own:
            continue
        if rule is None:
            LegalRule.objects.create(**values)
            new += 1
        elif any(getattr(rule, name) != value for name, value in values.items()) and not rule.clocks.exists():
            LegalRule.objects.filter(pk=rule.pk).update(**values)
            renewed += 1
    act.changed(new=new, renewed=renewed)
    return new, renewed


def _follow(act: Act, what: str, dates: Iterable[dt.date], words: str, basis: str) -> CalendarChange:
    """Note the change, and have the clocks computed again when the act commits."""
    touched = list(dates)
    change = CalendarChange.objects.create(
        what=what,
        first_on=min(touched),
        last_on=max(touched),
        words=words[:400],
        basis=basis[:300],
        person_id=act.actor.person_id,
        organisation_id=act.organisation_id,
    )
    act.enqueue("core.recompute_clocks", change_id=change.pk)
    return change


def _write_computed(year: int) -> None:
    """Write the computed holidays of a year without rows into the table, marked as not yet notified."""
    calendar = read_calendar()
    if calendar.is_notified(year):
        return
    held = set(CalendarDay.objects.filter(date__year=year).values_list("date", flat=True))  # proposals
    CalendarDay.objects.bulk_create(
        CalendarDay(date=day, kind=entry.kind, name=entry.name, basis=entry.basis, confirmed=False)
        for day, entry in sorted(calendar.computed(year).items())
        if day not in held
    )


def _words(day: CalendarDay) -> str:
    """A day as it stood, for the list of changes."""
    kind = str(day.get_kind_display())
    name = day.name if day.name.startswith(kind) else f"{kind}: {day.name}"
    return f"{spoken(day.date)} {name}"
