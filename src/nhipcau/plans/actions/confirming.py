"""A reviewed reading becomes a live plan, or the new version of one."""

from __future__ import annotations

import datetime as dt
import functools
from collections import defaultdict
from collections.abc import Iterable, Sequence
from contextlib import suppress

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nhipcau.core.acts import Act, Refused, act
from nhipcau.documents import actions as documents
from nhipcau.documents.models import Document
from nhipcau.organisations import actions as directory
from nhipcau.organisations import queries as organisations
from nhipcau.organisations.models import Group, Membership, Organisation
from vanban.text import fold

from .. import rules
from ..models import Plan, Reading, Task, TaskAgency
from ..queries import confirming
from ..reviewing import contents
from ..versions.comparing import Comparison, compare
from ..versions.rows import Row, item_of_row, item_of_task
from ._opening import open_text

_BATCH = 500


@act("plans.confirm", may=rules.may_confirm)
def confirm_reading(act: Act, reading: Reading, *, replaces: Plan | None = None) -> Plan:
    """Make everything that was reviewed live, in one piece: the documents that the plan names, its tasks, the notices.

    The organisation's own plan of the same document, or the one given as ``replaces``, becomes this version: its tasks
    keep their rows and addresses, changed ones are updated, those that the new version no longer has are withdrawn. A
    reading that is confirmed already gives back its plan and changes nothing. Raises ``Refused`` where nothing could go
    live or the new version of a public plan is confirmed by someone who may not publish.
    """
    if reading.state == Reading.State.CONFIRMED:
        return confirming.plan_of(reading)
    draft = confirming.draft_of(reading)
    if not draft.rows:
        raise Refused(_("Chưa có mục nào để xác nhận. Hãy thêm nhiệm vụ từ các dòng của văn bản, hoặc bỏ bản đọc này."))
    document, *cited = documents.file_documents(
        act.actor, [draft.facts, *(c.facts for c in draft.citations)], organisation=reading.organisation
    )
    plan = _live_plan(reading, document, replaces)
    is_new = plan is None
    if plan is not None and plan.is_public and not rules.may_publish(act.actor, plan):
        raise Refused(
            _(
                "Kế hoạch này đang công khai, nên bản mới sẽ công khai ngay. Hãy để lãnh đạo hoặc điều phối xác nhận, "
                "hoặc nhờ họ rút công bố trước."
            )
        )
    former = plan.text if plan is not None else None
    plan = _write_plan(plan or Plan(organisation=reading.organisation), document, reading, draft)
    changed = _write_tasks(plan, draft.rows)
    if reading.text is not None:
        documents.hold_text(act.actor, reading.text, plan.document)
        documents.record_citations(
            act.actor,
            reading.text,
            [(d, c.is_basis, c.mentions) for d, c in zip(cited, draft.citations, strict=True) if d != plan.document],
        )
        told = [(document, draft.facts), *zip(cited, (c.facts for c in draft.citations), strict=True)]
        documents.record_facts(act.actor, reading.text, told)
    open_text(act.actor, plan, former)
    _remember(act, reading)
    reading.state, reading.replaces = Reading.State.CONFIRMED, None if is_new else plan
    reading.save(update_fields=("state", "replaces", "changed_at"))
    act.changed(plan=plan.public_id, version=plan.version, tasks=len(draft.rows))
    _tell(act, plan, changed, is_new=is_new)
    act.enqueue("plans.pair_up", plan_id=plan.pk)
    return plan


def _live_plan(reading: Reading, document: Document, replaces: Plan | None) -> Plan | None:
    """The plan that this reading is a new version of, locked."""
    own = Plan.objects.select_for_update().filter(organisation_id=reading.organisation_id)
    held = own.filter(document=document).first()
    return own.get(pk=replaces.pk) if replaces is not None and held is None else held


def _write_plan(plan: Plan, document: Document, reading: Reading, draft: confirming.Draft) -> Plan:
    plan.document = document
    if plan.pk:
        plan.version += 1
        Reading.objects.filter(pk=plan.reading_id).update(replaces=plan)  # the former version still leads to its plan
    else:
        plan.slug = _free_slug(_address(document, reading.organisation))
    plan.reading, plan.text = reading, reading.text  # type: ignore[assignment]  # a reading in review has its text
    plan.symbol, plan.title, plan.date = draft.facts.symbol, draft.facts.title or reading.name, draft.facts.date
    plan.outline = reading.outline
    plan.recipients = reading.current["recipients"]
    plan.signature = reading.current["signature"]
    plan.confirmed_at = timezone.now()
    plan.save()
    return plan


def _address(document: Document, organisation: Organisation) -> str:
    """The plain address belongs to who issued the plan; a copy bears its owner's name, whether or not there are others:
    its address must not tell."""
    if not document.issuer or document.is_issued_by(organisation):
        return document.slug
    return f"{document.slug}-{slugify(fold(organisation.name))}"[:110].strip("-")


def _free_slug(base: str) -> str:
    taken = set(Plan.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    tries = (base, *(f"{base}-{n}" for n in range(2, len(taken) + 3)))
    return next(slug for slug in tries if slug not in taken)


def _write_tasks(plan: Plan, rows: Sequence[Row]) -> list[Row]:
    """Bring the plan's tasks to these rows; returns the rows that are new or changed."""
    live = list(plan.tasks.prefetch_related("agencies")) if plan.version > 1 else []
    found: Comparison[Task, Row] = compare(live, rows, item_of_task, item_of_row)
    today = timezone.localdate()
    kept = [(pair.old, pair.new) for pair in (*found.changed, *found.same)]
    returned = {task.pk for task, _row in kept if task.state == Task.State.WITHDRAWN}
    for task, row in kept:
        _fill(task, row, today)
    Task.objects.bulk_update((task for task, _row in kept), _WRITTEN, batch_size=100)
    new = [(_fill(Task(plan=plan), row, today), row) for row in found.added]
    Task.objects.bulk_create((task for task, _row in new), batch_size=_BATCH)
    gone = [task.pk for task in found.gone]
    Task.objects.filter(pk__in=gone).update(state=Task.State.WITHDRAWN)
    TaskAgency.objects.filter(task__in=[task.pk for task, _row in kept]).delete()
    TaskAgency.objects.bulk_create(
        (agency for task, row in (*kept, *new) for agency in _agencies(task, row)), batch_size=_BATCH
    )
    back = [row for task, row in kept if task.pk in returned]
    return [*found.added, *(pair.new for pair in found.changed if pair.old.pk not in returned), *back]


_WRITTEN = (
    "kind", "state", "code", "position", "group", "text", "form", "to", "via", "obligation_kind", "time_text",
    "time_kind", "start", "due", "month_day", "day", "next_due", "shared_block", "first_line", "last_line", "doubtful",
    "folded", "sort_key",
)  # fmt: skip


def _fill(task: Task, row: Row, today: dt.date) -> Task:
    for name, value in row.values.items():
        setattr(task, name, value)
    task.state, task.folded = Task.State.LIVE, row.folded
    task.prepare(today)
    return task


def _agencies(task: Task, row: Row) -> Iterable[TaskAgency]:
    for position, named in enumerate(row.agencies, 1):
        yield TaskAgency(
            task=task,
            role=named.role,
            position=position,
            name=named.name,
            organisation=named.organisation,
            group=named.group,
        )


def _remember(act: Act, reading: Reading) -> None:
    """The names that the reviewer explained become other names of those agencies and groups in the organisation's own
    tree, so that its next plan is understood by itself. Where the directory's rules refuse it, the plan keeps it."""
    said = reading.current.get("matches", {})
    words = {fold(name): name for _pointer, name in contents.names(reading.current)}
    for folded, target in said.items():
        if folded not in words or fold(target["name"]) == folded:
            continue
        with suppress(Refused, ValidationError), transaction.atomic():
            if target["kind"] == "organisation":
                meant = organisations.organisation_by_public_id(target["id"])
                if meant is not None:
                    directory.add_alias(act.actor, meant, words[folded], scope=reading.organisation)
            elif (group := organisations.group_by_public_id(target["id"])) is not None:
                directory.add_group_alias(act.actor, group, words[folded])


# --- who is told -----------------------------------------------------------------------------------------------------


def _tell(act: Act, plan: Plan, rows: Sequence[Row], *, is_new: bool) -> None:
    """One notice for each person of each organisation named, with the number of its tasks."""
    counts = _counts(rows)
    by_count: dict[int, list[int]] = defaultdict(list)
    for organisation_id, count in counts.items():
        by_count[count].append(organisation_id)
    url = reverse("plan", args=[plan.slug])
    act.announce("plans.confirmed", plan, url, organisations={plan.organisation_id, *counts})
    for count, ids in sorted(by_count.items()):
        people = {person for person in _people(ids) if person != act.actor.person_id}
        act.tell(people, "plans.confirmed", functools.partial(_words, plan, count, is_new), url)


def _words(plan: Plan, count: int, is_new: bool) -> str:
    if is_new:
        said = ngettext(
            "Kế hoạch %(plan)s đã có hiệu lực: %(n)s việc nêu tên cơ quan bạn.",
            "Kế hoạch %(plan)s đã có hiệu lực: %(n)s việc nêu tên cơ quan bạn.",
            count,
        )
    else:
        said = ngettext(
            "Kế hoạch %(plan)s có bản mới: %(n)s việc của cơ quan bạn được thêm hoặc sửa.",
            "Kế hoạch %(plan)s có bản mới: %(n)s việc của cơ quan bạn được thêm hoặc sửa.",
            count,
        )
    return said % {"plan": plan.label[:200], "n": count}


def _counts(rows: Sequence[Row]) -> dict[int, int]:
    """How many of the rows name each organisation, by itself or through a group as it is today."""
    today = timezone.localdate()
    members: dict[Group, set[int]] = {}
    counts: dict[int, int] = defaultdict(int)
    for row in rows:
        named = {a.organisation.pk for a in row.agencies if a.organisation is not None}
        for group in {a.group for a in row.agencies if a.group is not None}:
            if group not in members:
                members[group] = set(organisations.members(group, on=today).values_list("pk", flat=True))
            named |= members[group]
        for organisation_id in named:
            counts[organisation_id] += 1
    return counts


def _people(organisation_ids: list[int]) -> set[int]:
    today = timezone.localdate()
    return set(
        Membership.objects.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=today),
            Q(valid_to__isnull=True) | Q(valid_to__gte=today),
            organisation_id__in=organisation_ids,
            role__in=rules.REVIEWERS,
        ).values_list("person_id", flat=True)
    )
