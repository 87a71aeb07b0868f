"""What the house itself writes down when it has read a file, or could not."""

from __future__ import annotations

import dataclasses
from typing import Any

from nhipcau.core.acts import Act, act
from nhipcau.documents import actions as documents
from nhipcau.organisations import queries as organisations
from nhipcau.organisations.models import Organisation

from .. import rules
from ..models import Doubt, Reading
from ..queries import readings
from ..reader import Found
from ..reviewing import contents, doubting, stops, unsure


@act("plans.start_reading", may=rules.may_keep_reading)
def start_reading(act: Act, reading: Reading, *, job_id: int) -> bool:
    """Say that a job reads the file now. False: the reading does not wait for this job (it was called off, say)."""
    if reading.state not in rules.WAITING or reading.job_id != job_id:
        return False
    reading.state = Reading.State.READING
    reading.save(update_fields=("state", "changed_at"))
    act.changed(state=reading.state)
    return True


@act("plans.keep_reading", may=rules.may_keep_reading)
def keep_reading(act: Act, reading: Reading, found: Found, *, job_id: int | None = None) -> bool:
    """Write down what was read, in one piece: the lines, the entries, the doubts. The reading then waits for review.

    ``job_id``: the job that read it; None for a reading inside a request (with a password). Nothing is written, and
    False comes back, where the reading does not wait for it any more.
    """
    if job_id is not None and (reading.state not in rules.WAITING or reading.job_id != job_id):
        return False
    if job_id is None and reading.state != Reading.State.NEEDS_PASSWORD:
        return False
    if reading.file is None:
        return False
    reading.text = documents.keep_text(
        act.actor, found.source, organisation=reading.organisation, file=reading.file, name=reading.name
    )
    content = found.plan
    reading.found = content
    matches, scope = _resolve(reading, content)
    reading.current = {**content, "matches": {}, "known": readings.known_names(matches), "scope": scope.public_id}
    reading.outline, reading.behind = found.outline, found.behind
    reading.state, reading.problem, reading.problem_text = Reading.State.REVIEW, "", {}
    reading.save()
    doubts = unsure.with_words(doubting.gathered(content, matches), content, found.words)
    numbered = enumerate(zip(doubts, stops.stops_of(doubts, reading.outline, reading.current["known"]), strict=True), 1)
    Doubt.objects.bulk_create(
        (Doubt(reading=reading, position=i, stop=stop, **dataclasses.asdict(point)) for i, (point, stop) in numbered),
        batch_size=500,
    )
    act.changed(state=reading.state, text=reading.text.public_id, doubts=len(doubts))
    if _may_name_another(content) or not content["header"]["symbol"]:
        act.enqueue("plans.propose_header", reading_id=reading.pk)
    return True


def _may_name_another(content: dict[str, Any]) -> bool:
    """Whether the plan names another plan among its bases, which may be under review without its number."""
    return any(cited["is_basis"] and cited["doc_type"] == "KH" for cited in content["citations"])


@act("plans.fail_reading", may=rules.may_keep_reading)
def fail_reading(
    act: Act,
    reading: Reading,
    *,
    problem: str,
    words: dict[str, str],
    keep: bool = True,
    needs_password: bool = False,
    job_id: int | None = None,
) -> bool:
    """Say why the file could not be read (``words``: {"vi", "en"}). The original stays unless that is not safe."""
    if job_id is not None and (reading.state not in rules.WAITING or reading.job_id != job_id):
        return False
    reading.state = Reading.State.NEEDS_PASSWORD if needs_password else Reading.State.FAILED
    reading.problem, reading.problem_text = problem[:60], words
    if not keep:
        reading.file = None
    reading.save()
    act.changed(state=reading.state, problem=problem)
    return True


def _resolve(reading: Reading, content: dict[str, Any]) -> tuple[dict[str, organisations.Match], Organisation]:
    """What each agency that the plan names is in the directory, and in whose tree it was looked for."""
    named = sorted({name for _pointer, name in contents.names(content)})
    scope, day = readings.scope_and_day(reading, content)
    return organisations.resolve(named, scope, day), scope
