"""What a careful reader would object to in a plan.

    from vanban import check, read_file

    for finding in check.check(read_file("ke_hoach.docx")):
        print(finding.severity, finding.lines, finding.message)

``RULES`` describes every rule (name, severity, title, reason, source, in Vietnamese and English); the guide
``docs/guide/quy-tac-kiem-tra.md``, the command ``vanban check`` and other programs show what stands there.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterator, Mapping
from types import MappingProxyType

from vanban.check import addressed, agencies, amounts, cited, head, in_force, links, tasks, times, wording
from vanban.check.case import Case
from vanban.check.rules import RULES, Rule
from vanban.knowledge import Knowledge
from vanban.model import Finding, Plan

__all__ = ["RULES", "Finding", "Rule", "check"]

_CHECKS: Mapping[str, Callable[[Case], Iterator[Finding]]] = MappingProxyType(
    {
        "header-missing": head.header_missing,
        "type-mismatch": head.type_mismatch,
        "title-year": times.title_year,
        "citation-conflict": cited.citation_conflict,
        "citation-date": cited.citation_date,
        "citation-year": cited.citation_year,
        "citation-after-issue": cited.citation_after_issue,
        "citation-title": cited.citation_title,
        "citation-incomplete": cited.citation_incomplete,
        "citation-superseded": in_force.citation_superseded,
        "citation-link-mismatch": links.citation_link_mismatch,
        "agency-abolished": agencies.agency_abolished,
        "agency-unknown": addressed.agency_unknown,
        "group-incomplete": addressed.group_incomplete,
        "recipient-missing": addressed.recipient_missing,
        "no-lead": tasks.no_lead,
        "no-time": tasks.no_time,
        "lead-also-coordinates": tasks.lead_twice,
        "deadline-before-issue": times.deadline_before_issue,
        "perpetual-with-deadline": times.perpetual_with_deadline,
        "report-before-deadline": times.report_before_deadline,
        "date-impossible": times.date_impossible,
        "amount-words": amounts.amount_words,
        "amount-sum": amounts.amount_sum,
        "repeated-word": wording.repeated_word,
        "numbering-gap": wording.numbering_gap,
    }
)


def check(
    plan: Plan,
    *,
    as_of: dt.date | None = None,
    knowledge: Knowledge | None = None,
    off: Collection[str] = (),
    language: str = "vi",
) -> tuple[Finding, ...]:
    """What to object to in ``plan``, in the order of its lines; what concerns the whole document comes first.

    ``as_of`` is the day on which documents must be in force and agencies exist: today by default. ``knowledge`` holds
    those facts, the packaged ones by default. Rules named in ``off`` are left out; an unknown name raises
    ``ValueError``. Messages are in ``language`` ("vi" or "en"); suggestions are wording for the document itself, in
    Vietnamese. A plan without the lines of its source has only the rules applied that need none.
    """
    unknown = sorted(set(off) - set(RULES))
    if unknown:
        raise ValueError(f"unknown rules: {', '.join(unknown)}")
    case = Case(plan, as_of or dt.date.today(), knowledge or Knowledge.packaged(), language)
    found = [finding for name, rule in _CHECKS.items() if name not in off for finding in rule(case)]
    return tuple(sorted(found, key=lambda finding: finding.lines or (0, 0)))
