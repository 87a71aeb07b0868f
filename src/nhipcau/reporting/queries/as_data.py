"""A report for machines, as docs/contracts/report.schema.json says."""

from __future__ import annotations

import datetime as dt
from typing import Any

from nhipcau.plans.models import NO_DATE

from ..models import Report, ReportFigure, ReportRow, Sentence
from ..outlines import outline_from_dict

SCHEMA = "report/1"


def report_as_data(report: Report) -> dict[str, Any]:
    """The report as plain values: who reports what to whom, its figures, its sentences with what proves them, its own
    rows. The report was read by ``visible_report``; four queries."""
    round_ = report.round
    outgoing = report.outgoing if report.was_sent else None
    titles = {part.key: part.title for part in outline_from_dict(round_.outline).all_parts()}
    rows = report.rows.select_related("task", "organisation").defer("task__folded")
    return {
        "schema": SCHEMA,
        "id": report.public_id,
        "state": report.state,
        "edition": report.edition,
        "replaces": report.replaces.public_id if report.replaces is not None else None,
        "what_changed": report.what_changed,
        "organisation": _organisation(report.organisation),
        "receiver": _organisation(report.receiver) if report.receiver is not None else None,
        "round": {
            "id": round_.public_id,
            "name": round_.name,
            "period": round_.period,
            "first": round_.first.isoformat(),
            "last": round_.last.isoformat(),
        },
        "plan": round_.plan.symbol if round_.plan is not None else None,
        "due_at": report.due_at.isoformat(),
        "drafted_at": _moment(report.drafted_at),
        "sent_at": _moment(report.sent_at),
        "symbol": outgoing.symbol if outgoing is not None else "",
        "figures": [_figure(one) for one in report.figures.all()],
        "parts": [
            {"key": key, "title": titles.get(key, key), "sentences": [_sentence(one) for one in some]}
            for key, some in _by_part(list(report.sentences.filter(is_removed=False))).items()
        ],
        "rows": [_row(row) for row in rows],
    }


def _by_part(sentences: list[Sentence]) -> dict[str, list[Sentence]]:
    found: dict[str, list[Sentence]] = {}
    for sentence in sentences:
        found.setdefault(sentence.part, []).append(sentence)
    return found


def _organisation(organisation: Any) -> dict[str, str]:
    return {"id": organisation.public_id, "name": organisation.name}


def _figure(figure: ReportFigure) -> dict[str, Any]:
    return {
        "key": figure.key,
        "label": figure.label,
        "unit": figure.unit,
        "value": figure.shown,
        "register": figure.value,
        "before": figure.before,
        "reason": figure.reason,
    }


def _sentence(sentence: Sentence) -> dict[str, Any]:
    return {
        "id": sentence.public_id,
        "kind": sentence.kind,
        "text": sentence.text,
        "edited": sentence.is_edited or not sentence.drafted,
        "refs": [f"{kind}:{ref_id}" for kind, ref_id in sentence.refs],
        "figures": sentence.figures,
    }


def _row(row: ReportRow) -> dict[str, Any]:
    return {
        "code": row.task.code,
        "task": row.task.public_id,
        "text": row.task.text,
        "role": row.role,
        "progress": row.progress,
        "percent": row.percent,
        "due": row.due.isoformat() if row.due != NO_DATE else None,
        "done_on": row.done_on.isoformat() if row.done_on else None,
        "late": row.is_late,
        "silent": row.is_silent,
        "word": row.word,
        "evidence": [str(one["name"]) for one in row.evidence],
        "obstacles": [{name: one[name] for name in ("text", "proposal", "state")} for one in row.obstacles],
    }


def _moment(at: dt.datetime | None) -> str | None:
    return at.isoformat() if at is not None else None
