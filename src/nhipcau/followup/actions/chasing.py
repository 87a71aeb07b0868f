"""Asking agencies how far they are ("đôn đốc")."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Collection, Sequence

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nhipcau.core.acts import Act, Refused, act
from nhipcau.core.clocks import spoken
from nhipcau.core.keys import written_out
from nhipcau.organisations.models import Organisation
from nhipcau.plans.models import NO_DATE

from .. import rules
from ..keys import about_round
from ..models import Assignment, Chase, ChaseLine
from ..queries.chasing import people_told, to_be_asked

LONGEST = 4000  # signs of the words
_BATCH = 500


class AskedMeanwhile(Exception):
    """Somebody else asked some of these agencies after the page was opened; ``names`` are theirs."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__()
        self.names = list(names)


@act("followup.chase", may=rules.may_chase)
def chase(
    act: Act,
    assignments: Collection[int],
    *,
    words: str,
    key: str,
    answer_by: dt.date | None = None,
    opened: dt.datetime | None = None,
) -> Chase:
    """Ask about these assignments (primary keys): one round, a line each, one notice for each person of each agency.

    Of what is given, only what the actor follows and what is open still is asked about. ``key`` is made by the form: the
    same key again gives back the round that is there. ``opened`` is when the asker saw who was asked before: raises
    ``AskedMeanwhile`` where somebody asked after that. Raises ``Refused`` where nothing is left to ask about.
    """
    if not words.strip():
        raise Refused(_("Bạn hãy viết lời mở đầu trước khi gửi."))
    there = Chase.objects.filter(key=key, organisation_id=act.actor.organisation_id or 0).first()
    if there is not None:
        return _again(act, there)
    rows = to_be_asked(act.actor, assignments)
    there = Chase.objects.filter(key=key).first()  # sent twice at once: the rows were waited for
    if there is not None:
        return _again(act, there)
    if not rows:
        raise Refused(_("Các việc này vừa được báo xong hoặc không còn theo dõi nữa nên không còn gì để đôn đốc."))
    if opened is not None:
        meanwhile = {row.organisation.name for row in rows if row.last_asked_at and row.last_asked_at > opened}
        if meanwhile:
            raise AskedMeanwhile(sorted(meanwhile))
    made = Chase.objects.create(
        organisation_id=act.actor.organisation_id or 0,
        person_id=act.actor.person_id,
        words=words.strip()[:LONGEST],
        answer_by=answer_by or NO_DATE,
        key=key,
    )
    _ask(act, made, rows)
    return made


def _again(act: Act, there: Chase) -> Chase:
    if there.organisation_id != act.actor.organisation_id:
        raise Refused(_("Trang này đã được gửi. Bạn hãy mở lại bảng điều phối."))
    act.about(there)
    return there


def _ask(act: Act, made: Chase, rows: Sequence[Assignment]) -> None:
    today, by_agency = timezone.localdate(), _by_agency(rows)
    told = people_told(by_agency, today)
    ChaseLine.objects.bulk_create(
        (
            ChaseLine(
                chase=made,
                assignment=row,
                asked_id=row.organisation_id,
                was_late=row.due < today,
                people=len(told.get(row.organisation_id, ())),
            )
            for row in rows
        ),
        batch_size=_BATCH,
    )
    Assignment.objects.filter(pk__in=written_out(row.pk for row in rows)).update(last_asked_at=made.at)
    asker = Organisation.objects.values_list("name", flat=True).get(pk=made.organisation_id)
    for agency, lines in by_agency.items():
        if people := told.get(agency):
            late = sum(row.due < today for row in lines)
            act.tell(
                people,
                "followup.chase",
                functools.partial(_said, asker, late, len(lines) - late, made.answer_by),
                f"/don-doc/{made.public_id}/",
                about=about_round(made.public_id, agency),
            )
    act.about(made)
    act.changed(agencies=len(by_agency), assignments=len(rows), words=made.words, answer_by=made.answer_by)


def _by_agency(rows: Sequence[Assignment]) -> dict[int, list[Assignment]]:
    found: dict[int, list[Assignment]] = {}
    for row in rows:
        found.setdefault(row.organisation_id, []).append(row)
    return found


def _said(asker: str, late: int, others: int, answer_by: dt.date) -> str:
    """The notice: who asks about how many things, until when."""
    parts = []
    if late:
        parts.append(ngettext("%(n)s việc quá hạn", "%(n)s việc quá hạn", late) % {"n": late})
    if others:
        parts.append(ngettext("%(n)s việc chờ lời báo", "%(n)s việc chờ lời báo", others) % {"n": others})
    said = _("%(asker)s đôn đốc: %(what)s.") % {"asker": asker, "what": ", ".join(parts)}
    if answer_by == NO_DATE:
        return said
    return said + " " + _("Đề nghị trả lời trước hết ngày %(day)s.") % {"day": spoken(answer_by)}
