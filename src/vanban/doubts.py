"""The kinds of doubts that a reading can hold, each with what it asks a person to look at.

A doubt never blocks a reading: the value stands in the plan as proposed, and the person confirms or corrects it.
"""

from __future__ import annotations

#: kind → what it means.
KINDS: dict[str, str] = {
    "not-a-plan": "No plan was found: no plan's title, no numbered sections, no labelled tasks. The register is empty.",
    "no-text": "The file holds no text at all.",
    "header-missing": "A part of the header (number, place, date, issuer, title) is not in the file.",
    "header-inferred": "A part of the header is taken from the text, since no letterhead states it.",
    "citation-year": "The year of a citation does not agree with the year in its symbol.",
    "citation-conflict": "The same document is cited with two dates, issuers or numbers.",
    "no-lead": "A task has a time or coordinators but no agency in the lead.",
    "shared-block": "A block of lead, coordinators and time holds for several items, or for the last of them alone.",
    "agency-unknown": "Words that stand where an agency is named do not look like one.",
    "repaired-agency": "An agency's name was torn in the file; its right name is proposed.",
    "repaired-time": "A time was torn in the file; its right words are proposed.",
    "repaired-label": "A label or number of an item was torn or doubled in the file; the right one is proposed.",
    "repaired-heading": "A section's heading was torn in the file; its right words are proposed.",
    "repaired-symbol": "A document's number and symbol were torn in the file; the right ones are proposed.",
    "repaired-date": "A date was torn in the file; the right one is proposed.",
    "repaired-place": "The place of issue was torn in the file; its right name is proposed.",
    "repaired-title": "A title was torn in the file; its right words are proposed.",
    "repaired-issuer": "The issuer's name was torn in the file; its right name is proposed.",
    "repaired-signature": "The signature was torn in the file; its right words are proposed.",
    "broken-text": "Words of this text are torn in the file and stand as found.",
    "unsure-word": "Words of this value were read from a picture and may be wrong; they are to be compared with it.",
    "missing-rows": "Rows of a table are missing: its numbering jumps, or dots stand in their place.",
}


def meaning(kind: str) -> str:
    """What a doubt of ``kind`` asks a person to look at; the kind itself where it is not listed."""
    return KINDS.get(kind, kind)
