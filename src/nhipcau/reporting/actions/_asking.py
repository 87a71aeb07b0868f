"""Whom a round asks and who is told: part of the acts that open and change one."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Collection

from django.utils import timezone
from django.utils.translation import gettext as _

from nhipcau.core.acts import Act
from nhipcau.followup.queries.chasing import people_told
from nhipcau.organisations.models import Organisation

from ..models import Report, Round
from ..tree import Place, places


def places_of(top: Organisation, unit_ids: Collection[int]) -> list[Place]:
    """To whom each of these units reports under ``top``."""
    paths = Organisation.objects.filter(pk__in=[*unit_ids, top.pk]).values_list("pk", "path")
    return places(top.pk, dict(paths))


def tell_writers(act: Act, round_: Round, reports: Collection[Report]) -> None:
    """Who writes each of these reports is told until when; told anew, the newer word takes the place of the older."""
    writers = people_told([report.organisation_id for report in reports], timezone.localdate())
    for report in reports:
        key = f"reporting.report:{report.public_id}"
        act.settle(key)
        words = functools.partial(_asked_words, round_.name, timezone.localtime(report.due_at))
        url = f"/bao-cao/{report.public_id}/"
        act.tell(writers.get(report.organisation_id, ()), "reporting.report_asked", words, url, about=key)


def _asked_words(name: str, due: dt.datetime) -> str:
    return _("%(name)s: gửi báo cáo trước %(time)s ngày %(day)s.") % {
        "name": name,
        "time": f"{due:%H:%M}",
        "day": f"{due:%d/%m/%Y}",
    }
