"""What a reviewer changes of their own accord: values, and whole entries taken out, put back or added.

Every act locks the reading first, so that two reviewers never write over each other.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from nhipcau.core.acts import Act, act

from .. import rules
from ..models import Doubt, Reading
from ..reviewing import contents, values
from ..reviewing.changes import Changes
from ..reviewing.doubting import EDITED
from ..reviewing.values import BadValue
from ._keeping_decisions import keep


class ChangedMeanwhile(Exception):
    """The value is no longer the one that the reviewer saw; ``value`` stands there now. Nothing was changed."""

    def __init__(self, value: Any) -> None:
        super().__init__("changed meanwhile")
        self.value = value


@act("plans.change_value", may=rules.may_review)
def change_value(
    act: Act,
    reading: Reading,
    where: str,
    typed: str,
    *,
    seen: str | None = None,
    dates: Mapping[str, str] | None = None,
) -> Doubt | None:
    """Change one value by hand. ``seen``: what the reviewer had before them; ``dates``: of a time, what its words do
    not say (``values.dated``). None: nothing was to be changed.

    Raises ``BadPointer``, ``BadValue`` (a sentence), ``ChangedMeanwhile``.
    """
    stands = contents.get(reading.current, where)
    if not values.is_editable(where):
        raise contents.BadPointer(where)
    if seen is not None and _lines(values.shown(where, stands)) != _lines(seen):
        raise ChangedMeanwhile(values.shown(where, stands))
    before = copy.deepcopy(reading.current)
    changes = Changes(reading.current)
    value = values.parse(reading.current, where, typed)
    changes.put(where, values.dated(value, dates) if dates and values.sort_of(where) == "when" else value)
    return _edited(act, reading, where, changes, before)


@act("plans.remove_entry", may=rules.may_review)
def remove_entry(act: Act, reading: Reading, entry: str) -> Doubt | None:
    """Take an entry out of the register to be. Raises ``BadPointer``."""
    return _marked(act, reading, entry, is_removed=True)


@act("plans.restore_entry", may=rules.may_review)
def restore_entry(act: Act, reading: Reading, entry: str) -> Doubt | None:
    """Put an entry back that was taken out. Raises ``BadPointer``."""
    return _marked(act, reading, entry, is_removed=False)


@act("plans.add_entry", may=rules.may_review)
def add_entry(act: Act, reading: Reading, section: str, text: str, *, first_line: int, last_line: int) -> Doubt | None:
    """Add an entry that the reader missed, from its lines. Raises ``BadValue`` (a sentence)."""
    if section not in contents.ENTRIES:
        raise BadValue(_("Hãy chọn loại mục: nhiệm vụ, trách nhiệm, báo cáo hay nghĩa vụ chung."))
    if not 1 <= first_line <= last_line <= reading.current["source"]["line_count"]:
        raise BadValue(_("Hãy ghi dòng đầu và dòng cuối có trong văn bản."))
    words = " ".join(text.split())
    if not words:
        raise BadValue(_("Hãy ghi nội dung của mục."))
    before = copy.deepcopy(reading.current)
    changes = Changes(reading.current)
    entry = _blank(section, words, [first_line, last_line])
    if "code" in entry:
        entry["code"] = _free_code(reading.current, section, first_line)
    return _edited(act, reading, changes.add(section, entry), changes, before)


def _edited(act: Act, reading: Reading, where: str, changes: Changes, before: contents.Content) -> Doubt | None:
    if not changes:
        return None
    last = reading.doubts.order_by("-position").values_list("position", flat=True).first() or 0
    entry = contents.entry_of(where)
    lines = contents.get(reading.current, entry).get("lines") if entry and entry.count("/") == 2 else None
    note = Doubt(reading=reading, position=last + 1, stop=last + 1, kind=EDITED, where=where[:200], confidence=1.0)
    note.first_line, note.last_line = lines or (None, None)
    keep(act, reading, note, Doubt.State.CHANGED, changes, before, how=EDITED)
    act.changed(where=where)
    return note


def _marked(act: Act, reading: Reading, entry: str, *, is_removed: bool) -> Doubt | None:
    way = contents.steps(entry)
    if len(way) != 2 or way[0] not in (*contents.ENTRIES, "citations"):
        raise contents.BadPointer(entry)
    contents.get(reading.current, entry)
    before = copy.deepcopy(reading.current)
    changes = Changes(reading.current)
    changes.mark(entry, "removed", is_removed)
    return _edited(act, reading, entry, changes, before)


def _blank(section: str, text: str, lines: list[int]) -> dict[str, Any]:
    if section == "tasks":
        return {
            "code": "", "group": None, "text": text, "lead": [], "coordinating": [], "form": None, "time": None,
            "shared_block": False, "lines": lines,
        }  # fmt: skip
    if section == "duties":
        return {"code": "", "agencies": [], "text": text, "lines": lines}
    if section == "reporting":
        return {"who": [], "to": None, "via": None, "time": None, "lines": lines}
    return {"who": [], "text": text, "kind": "other", "time": None, "lines": lines}


def _free_code(content: contents.Content, section: str, line: int) -> str:
    taken = {entry["code"] for entry in content[section]}
    code, i = f"dòng {line}", 1
    while code in taken:
        i += 1
        code = f"dòng {line} ({i})"
    return code


def _lines(text: str) -> list[str]:
    """A form sends line ends in its own way."""
    return text.replace("\r\n", "\n").strip().split("\n")
