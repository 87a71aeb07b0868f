"""What the reports behind a merged one tell, looked through for what may be told twice, and what a person made of it."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections import defaultdict
from collections.abc import Collection

from django.urls import reverse

from nhipcau.followup.models import Evidence
from nhipcau.organisations.models import Organisation
from nhipcau.plans.models import Task

from ..alike import words_of
from ..models import Report, ReportOverlap, ReportRow, Sentence
from ..overlaps import Overlap, Proof, Told, overlaps
from .reading import ids_below

_MOST = 500


@dataclasses.dataclass(frozen=True, slots=True)
class Side:
    """One of those who tell of it: who, for which task, in which words, when, with what evidence (name and address), and
    the report that says so."""

    organisation: Organisation
    report: Report
    task: Task | None
    told: Told
    proofs: tuple[tuple[str, str], ...]


@dataclasses.dataclass(frozen=True, slots=True)
class Conflict:
    """What may be one event told twice: by whom, why it is thought so, and what a person made of it (None: nobody yet).
    ``earlier``: what was decided when fewer told of it."""

    overlap: Overlap
    sides: tuple[Side, ...]
    settled: ReportOverlap | None
    earlier: ReportOverlap | None = None

    @property
    def key(self) -> str:
        return self.overlap.key

    @property
    def organisations(self) -> list[Organisation]:
        """Those who tell of it, each once."""
        return list({side.organisation.pk: side.organisation for side in self.sides}.values())


def conflicts_of(report: Report) -> list[Conflict]:
    """What may be told twice in the reports behind a merged one, open ones first. Eight queries for 500 proofs and fewer."""
    told, places = _told(report)
    found = overlaps(told)
    if not found:
        return []
    settled = {one.key: one for one in report.overlaps.all()}
    labels = dict(report.figures.values_list("key", "label"))
    for decided in settled.values():
        decided.figure_label = labels.get(decided.figure, decided.figure)
    wanted = [places[one.id] for overlap in found for one in overlap.told]
    reports = Report.objects.select_related("organisation").in_bulk({report_id for report_id, _task in wanted})
    tasks = Task.objects.defer("folded").in_bulk({task for _report, task in wanted if task is not None})
    made = []
    for overlap in found:
        sides = []
        for one in overlap.told:
            of, task_id = reports[places[one.id][0]], places[one.id][1]
            sides.append(
                Side(of.organisation, of, tasks.get(task_id or 0), one, tuple(_address(p) for p in one.proofs))
            )
        own = settled.get(overlap.key)
        ids = {one.id for one in overlap.told}
        earlier = None if own else next((one for one in settled.values() if set(one.told) < ids), None)
        made.append(Conflict(overlap, tuple(sides), own, earlier))
    return sorted(made, key=lambda one: one.settled is not None)


def _address(proof: Proof) -> tuple[str, str]:
    if proof.url:
        return proof.name or proof.url, proof.url
    return proof.name, reverse("evidence", args=[proof.id]) if proof.file else ""


def _told(report: Report) -> tuple[list[Told], dict[str, tuple[int, int | None]]]:
    """Everything told, and for each (by id) the report and the task."""
    ids = ids_below(report)
    rows = list(
        ReportRow.objects.filter(report__in=ids)
        .exclude(word="", evidence=[])
        .order_by("organisation__sort_key", "organisation_id", "position")
        .values_list("report_id", "organisation_id", "task_id", "word", "word_id", "word_on", "evidence")
    )
    whose = dict(Report.objects.filter(pk__in=ids).values_list("pk", "organisation_id"))
    units = {*whose.values(), *(row[1] for row in rows)}
    names = {
        pk: frozenset(words_of(name))
        for pk, name in Organisation.objects.filter(pk__in=units).values_list("pk", "name")
    }
    proofs = _proofs([one["id"] for row in rows for one in row[6]])
    found: dict[str, Told] = {}
    places: dict[str, tuple[int, int | None]] = {}
    for report_id, organisation_id, task_id, word, word_id, word_on, evidence in rows:
        by_note: dict[str, list[Proof]] = defaultdict(list)
        days: dict[str, tuple[str, dt.date | None]] = {}
        for one in evidence:
            if one["id"] in proofs:
                note, said, on, proof = proofs[one["id"]]
                by_note[note].append(proof)
                days[note] = (said, on)
        if word_id:
            days.setdefault(word_id, (word, word_on))
        for note, (text, day) in days.items():
            found[note] = Told(note, organisation_id, task_id, text, day, tuple(by_note[note]), names[organisation_id])
            places[note] = (report_id, task_id)
    written = Sentence.objects.filter(report__in=[pk for pk in ids if pk != report.pk], key="", is_removed=False)
    for key, report_id, text, kind in written.values_list("public_id", "report_id", "text", "kind"):
        if kind in (Sentence.Kind.SENTENCE, Sentence.Kind.ANSWER):
            unit = whose[report_id]
            found[key] = Told(key, unit, None, text, None, (), names[unit])
            places[key] = (report_id, None)
    return list(found.values()), places


def _proofs(ids: Collection[str]) -> dict[str, tuple[str, str, dt.date, Proof]]:
    wanted = list(ids)
    fields = (
        "public_id", "name", "file__sha256", "file__media_type", "url", "ref_kind", "ref_id",
        "note__public_id", "note__text", "note__at__date",
    )  # fmt: skip
    found = {}
    for start in range(0, len(wanted), _MOST):
        rows = Evidence.objects.filter(public_id__in=wanted[start : start + _MOST])
        for key, name, file, media_type, url, kind, ref, note, text, on in rows.values_list(*fields):
            thing = f"{kind}:{ref}" if kind else ""
            found[key] = (note, text, on, Proof(key, name, file or "", media_type or "", url, thing))
    return found
