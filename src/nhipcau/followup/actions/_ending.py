"""What else ends with an assignment, and who is told: part of the act that settles a plan."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Callable, Collection

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nhipcau.core.acts import Act
from nhipcau.core.timekeeping import close_clock, running_clock
from nhipcau.plans.models import Plan

from ..models import Assignment, Obstacle, ObstacleStep
from ..queries.obstacles import CLOCK, UNSETTLED, about
from ..queries.people import doers_of


def withdraw_obstacles(act: Act, gone: Collection[Assignment]) -> None:
    """What stands in the way of work that is no longer to be done waits for nobody any more; its history says why."""
    obstacles = list(Obstacle.objects.filter(assignment__in=gone, state__in=UNSETTLED).select_related("assignment"))
    with translation.override(settings.LANGUAGE_CODE):
        words = _("Việc không còn được giao cho cơ quan nêu vướng mắc.")
    for obstacle in obstacles:
        obstacle.state = Obstacle.State.WITHDRAWN
        obstacle.version += 1
        clock = running_clock(CLOCK, obstacle.public_id)
        if clock is not None:
            close_clock(clock)
        act.settle(about(obstacle))
    Obstacle.objects.bulk_update(obstacles, ("state", "version"))
    ObstacleStep.objects.bulk_create(
        ObstacleStep(
            obstacle=obstacle,
            kind=ObstacleStep.Kind.WITHDRAWN,
            text=words,
            organisation_id=obstacle.assignment.owner_id,
            person_id=act.actor.person_id,
        )
        for obstacle in obstacles
    )
    Assignment.objects.filter(pk__in=[obstacle.assignment_id for obstacle in obstacles]).update(open_obstacles=0)


def tell_of(act: Act, plan: Plan, *, began: Collection[Assignment], ended: Collection[Assignment]) -> None:
    """One notice an agency for what it got, one for what it no longer has to do."""
    for rows, kind, words, url in (
        (began, "followup.given", _given, f"{reverse('mine')}?plan={plan.slug}"),
        (ended, "followup.taken_away", _taken_away, reverse("mine")),
    ):
        _tell(act, plan, rows, kind, words, url)


def _tell(
    act: Act, plan: Plan, rows: Collection[Assignment], kind: str, words: Callable[[Plan, int], str], url: str
) -> None:
    counts = Counter(row.organisation_id for row in rows)
    for count in sorted(set(counts.values())):  # one question for all agencies with as many
        people = doers_of(*(pk for pk, n in counts.items() if n == count))
        if people:
            act.tell(people, kind, functools.partial(words, plan, count), url)


def _given(plan: Plan, count: int) -> str:
    said = ngettext(
        "Cơ quan bạn được giao %(n)s việc của kế hoạch %(plan)s.",
        "Cơ quan bạn được giao %(n)s việc của kế hoạch %(plan)s.",
        count,
    )
    return said % {"plan": plan.label[:200], "n": count}


def _taken_away(plan: Plan, count: int) -> str:
    said = ngettext(
        "Cơ quan bạn không còn %(n)s việc của kế hoạch %(plan)s. Những gì đã ghi vẫn được giữ.",
        "Cơ quan bạn không còn %(n)s việc của kế hoạch %(plan)s. Những gì đã ghi vẫn được giữ.",
        count,
    )
    return said % {"plan": plan.label[:200], "n": count}
