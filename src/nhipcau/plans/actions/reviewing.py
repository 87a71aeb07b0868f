"""What a reviewer decides: each doubt settled, put off or taken back; each value changed; entries taken out or added.

Every act locks the reading first, so that two reviewers never write over each other.
"""

from __future__ import annotations

import copy
import dataclasses
import secrets
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from nhipcau.core.acts import Act, act
from nhipcau.organisations import queries as organisations
from vanban.text import fold

from .. import rules
from ..models import Doubt, Reading
from ..queries import readings
from ..queries.readings import known_names
from ..reviewing import contents, doubting, values
from ..reviewing.changes import Changes, Overtaken, moved, take_back
from ..reviewing.decisions import ACCEPT, Decision, Question, decide
from ..reviewing.doubting import EDITED
from ..reviewing.values import BadValue


class AlreadySettled(Exception):
    """Somebody has decided this point before; ``doubt`` tells who and how. Nothing was changed."""

    def __init__(self, doubt: Doubt) -> None:
        super().__init__(str(doubt))
        self.doubt = doubt


class ChangedMeanwhile(Exception):
    """The value is no longer the one that the reviewer saw; ``value`` stands there now. Nothing was changed."""

    def __init__(self, value: Any) -> None:
        super().__init__("changed meanwhile")
        self.value = value


@act("plans.settle_doubt", may=rules.may_review)
def settle_doubt(act: Act, reading: Reading, position: int, decision: Decision) -> Doubt:
    """Decide one point. The same decision of the same person again changes nothing.

    Raises ``Doubt.DoesNotExist``, ``BadValue`` (a sentence), ``AlreadySettled``.
    """
    doubt = reading.doubts.exclude(kind=EDITED).get(position=position)
    if doubt.state not in readings.LEFT:
        if doubt.person_id == act.actor.person_id and doubt.value and doubt.value.get("how") == decision.how:
            return doubt
        raise AlreadySettled(doubt)
    before = copy.deepcopy(reading.current)
    changes = decide(reading.current, Question(doubt.kind, doubt.where, doubt.found, doubt.proposed), decision)
    settled = Doubt.State.CHANGED if changes or decision.how != ACCEPT else Doubt.State.ACCEPTED
    _keep(act, reading, doubt, settled, changes, before, how=decision.how)
    act.changed(doubt=doubt.kind, where=doubt.where, how=decision.how)
    return doubt


@act("plans.accept_alike", may=rules.may_review)
def accept_alike(act: Act, reading: Reading, kind: str) -> int:
    """Accept every point of one kind that is left, as it stands; returns how many. They are taken back together.

    Raises ``BadValue`` (a sentence) for a kind that must be looked at one by one.
    """
    if not doubting.may_accept_alike(kind):
        raise BadValue(_("Những chỗ này cần xem từng chỗ một."))
    together = secrets.token_hex(8)
    record = {"values": [], "matches": [], "how": ACCEPT, "made": [], "together": together}
    count = reading.doubts.filter(kind=kind, state__in=readings.LEFT).update(
        state=Doubt.State.ACCEPTED, person_id=act.actor.person_id, settled_at=timezone.now(), value=record, before={}
    )
    reading.save(update_fields=("changed_at",))
    act.changed(kind=kind, accepted=count)
    return count


@act("plans.postpone_doubt", may=rules.may_review)
def postpone_doubt(act: Act, reading: Reading, position: int) -> Doubt:
    """Look at a point later: it stays open, behind the others. Raises ``Doubt.DoesNotExist``, ``AlreadySettled``."""
    doubt = reading.doubts.exclude(kind=EDITED).get(position=position)
    if doubt.state not in readings.LEFT:
        raise AlreadySettled(doubt)
    doubt.state = Doubt.State.LATER
    doubt.save(update_fields=("state",))
    reading.place_in_review = str(position)
    reading.save(update_fields=("place_in_review", "changed_at"))
    act.changed(doubt=doubt.kind, state=doubt.state)
    return doubt


@act("plans.undo_decision", may=rules.may_review)
def undo_decision(act: Act, reading: Reading, doubt_id: int | None = None) -> Doubt | None:
    """Take back one decision, by default the person's own last one. None: there is none.

    Raises ``Overtaken`` where somebody has built on it since.
    """
    decided = reading.doubts.filter(settled_at__isnull=False, person_id__isnull=False)
    if doubt_id is not None:
        doubt = decided.filter(pk=doubt_id).first()
    else:
        doubt = decided.filter(person_id=act.actor.person_id).order_by("-settled_at", "-pk").first()
    if doubt is None:
        return None
    record = doubt.value or {"values": [], "matches": []}
    if together := record.get("together"):
        reading.doubts.filter(value__together=together).exclude(pk=doubt.pk).update(**_UNSETTLED)
    take_back(reading.current, record)
    reading.doubts.filter(pk__in=record.get("made", ()), settled_at__isnull=True).delete()
    for pk, where, state in (doubt.before or {}).get("doubts", ()):
        reading.doubts.filter(pk=pk).update(where=where, state=state)
    reading.save(update_fields=("current", "changed_at"))
    act.changed(undone=doubt.kind, where=doubt.where)
    if doubt.kind == EDITED:
        doubt.delete()
        return doubt
    for field, value in _UNSETTLED.items():
        setattr(doubt, field, value)
    doubt.save()
    return doubt


_UNSETTLED = {"state": Doubt.State.OPEN, "value": None, "before": None, "person_id": None, "settled_at": None}


@act("plans.change_value", may=rules.may_review)
def change_value(act: Act, reading: Reading, where: str, typed: str, *, seen: str | None = None) -> Doubt | None:
    """Change one value by hand. ``seen``: what the reviewer had before them. None: nothing was to be changed.

    Raises ``BadPointer``, ``BadValue`` (a sentence), ``ChangedMeanwhile``.
    """
    stands = contents.get(reading.current, where)
    if not values.is_editable(where):
        raise contents.BadPointer(where)
    if seen is not None and _lines(values.shown(where, stands)) != _lines(seen):
        raise ChangedMeanwhile(values.shown(where, stands))
    before = copy.deepcopy(reading.current)
    changes = Changes(reading.current)
    changes.put(where, values.parse(reading.current, where, typed))
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
    """Add a task, duty or obligation that the reader missed, from its lines. Raises ``BadValue`` (a sentence)."""
    if section not in ("tasks", "duties", "obligations"):
        raise BadValue(_("Hãy chọn loại mục: nhiệm vụ, trách nhiệm hay nghĩa vụ chung."))
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


# --- how a decision is kept ------------------------------------------------------------------------------------------


def _edited(act: Act, reading: Reading, where: str, changes: Changes, before: contents.Content) -> Doubt | None:
    if not changes:
        return None
    last = reading.doubts.order_by("-position").values_list("position", flat=True).first() or 0
    entry = contents.entry_of(where)
    lines = contents.get(reading.current, entry).get("lines") if entry and entry.count("/") == 2 else None
    note = Doubt(reading=reading, position=last + 1, kind=EDITED, where=where[:200], confidence=1.0)
    note.first_line, note.last_line = lines or (None, None)
    _keep(act, reading, note, Doubt.State.CHANGED, changes, before, how=EDITED)
    act.changed(where=where)
    return note


def _keep(
    act: Act,
    reading: Reading,
    doubt: Doubt,
    state: str,
    changes: Changes,
    before: contents.Content,
    *,
    how: str,
) -> None:
    """Write the decision with what it changed, and let the other doubts follow their values."""
    doubt.state, doubt.person_id, doubt.settled_at = state, act.actor.person_id, timezone.now()
    moved_doubts, made = _follow(reading, doubt, before) if changes.values else ([], [])
    if any(pointer in _SAYS_WHO_IS_MEANT for pointer, _before, _after in changes.values):
        moved_doubts += _resolve_anew(reading)
    doubt.value = {**changes.record(), "how": how, "made": made}
    doubt.before = {"doubts": moved_doubts}
    doubt.save()
    reading.place_in_review = str(doubt.position)
    reading.save(update_fields=("current", "place_in_review", "changed_at"))


def _follow(reading: Reading, settled: Doubt, before: contents.Content) -> tuple[list[list[Any]], list[int]]:
    """Doubts about names move with their names; those whose name stands nowhere any more are settled with this
    decision; a name that was typed and that the directory does not know becomes a doubt of its own."""
    after = reading.current
    changed: list[list[Any]] = []
    for other in reading.doubts.exclude(pk=settled.pk).exclude(kind=EDITED):
        where = moved(other.where, before, after)
        if where == other.where:
            continue
        changed.append([other.pk, other.where, other.state])
        if where is None and other.state in readings.LEFT:
            other.state = Doubt.State.CHANGED
        other.where = where or other.where
        other.save(update_fields=("where", "state"))
    return changed, _ask_about_new_names(reading, before)


def _ask_about_new_names(reading: Reading, before: contents.Content) -> list[int]:
    known = {name for _pointer, name in contents.names(before)}
    new = sorted({name for _pointer, name in contents.names(reading.current)} - known)
    if not new:
        return []
    scope, day = readings.scope_and_day(reading, reading.current)
    found = {
        name: match
        for name, match in organisations.resolve(new, scope, day).items()
        if fold(name) not in reading.current.get("matches", {})
    }
    reading.current["known"] = {**reading.current.get("known", {}), **known_names(found)}
    last = reading.doubts.order_by("-position").values_list("position", flat=True).first() or 0
    points = doubting.unmatched(reading.current, found)
    made = Doubt.objects.bulk_create(
        Doubt(reading=reading, position=last + 1 + i, **dataclasses.asdict(point)) for i, point in enumerate(points, 1)
    )
    return [doubt.pk for doubt in made]


_SAYS_WHO_IS_MEANT = ("/header/date", "/header/issuer")


def _resolve_anew(reading: Reading) -> list[list[Any]]:
    """Another issuer or date means other agencies by the same names: the directory is asked again, and what it then
    knows is no longer asked about. Returns the doubts that were settled by it, as they stood."""
    scope, day = readings.scope_and_day(reading, reading.current)
    named = sorted({name for _pointer, name in contents.names(reading.current)})
    known = known_names(organisations.resolve(named, scope, day))
    reading.current["known"], reading.current["scope"] = known, scope.public_id
    answered = []
    for doubt in reading.doubts.filter(kind__in=doubting.UNMATCHED, state__in=readings.LEFT):
        if fold(doubt.found or "") in known:
            answered.append([doubt.pk, doubt.where, doubt.state])
            doubt.state = Doubt.State.CHANGED
            doubt.save(update_fields=("state",))
    return answered


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


__all__ = [
    "AlreadySettled",
    "ChangedMeanwhile",
    "Overtaken",
    "accept_alike",
    "add_entry",
    "change_value",
    "postpone_doubt",
    "remove_entry",
    "restore_entry",
    "settle_doubt",
    "undo_decision",
]
