"""From the settled object of a reading to the rows of the register. Pure."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from nhipcau.organisations.models import Group, Organisation
from vanban.text import fold

from ..models import Task, TaskAgency, TimeKind, searched
from ..reviewing.contents import AGENCY_FIELDS, Content, entry_of, get, has, is_name, live, places_of
from .comparing import Item

_KINDS = {
    "tasks": Task.Kind.TASK,
    "duties": Task.Kind.DUTY,
    "reporting": Task.Kind.REPORTING,
    "obligations": Task.Kind.OBLIGATION,
}


@dataclasses.dataclass(frozen=True, slots=True)
class Named:
    """An agency as a row names it, and what it means (neither: nobody has said yet)."""

    role: str
    name: str
    organisation: Organisation | None = None
    group: Group | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Row:
    """One row to be: the values of a ``Task`` and its agencies."""

    values: dict[str, Any]
    agencies: tuple[Named, ...]

    @property
    def folded(self) -> str:
        """What search reads: code, text, group and form; apart from them every name of every agency."""
        names = [n for a in self.agencies for n in (a.name, str(a.organisation or a.group or ""))]
        return searched([self.values[name] for name in ("code", "text", "group", "form")], names)


Meanings = Mapping[str, tuple[Organisation | None, Group | None]]  # by folded name


def rows_of(
    content: Content, outline: Iterable[Mapping[str, Any]], meanings: Meanings, doubtful: set[str]
) -> list[Row]:
    """Every entry that counts, as rows in the order of the document. ``doubtful``: entries with doubts left."""
    sections = [s for s in outline if s["code"].count(".") == 0]
    entries = [(section, i, entry) for section in _KINDS for i, entry in live(content, section)]
    entries.sort(key=lambda found: (found[2]["lines"][0], list(_KINDS).index(found[0]), found[1]))
    return [
        _row(section, entry, position, _group(entry, sections), meanings, f"/{section}/{i}" in doubtful)
        for position, (section, i, entry) in enumerate(entries, 1)
    ]


def doubtful_entries(content: Content, wheres: Iterable[str]) -> set[str]:
    """The pointers of the entries that these doubts are about; one about a name is about every entry that uses it."""
    found: set[str] = set()
    for where in wheres:
        places = places_of(content, get(content, where)) if is_name(where) and has(content, where) else [where]
        found.update(entry for entry in map(entry_of, places) if entry)
    return found


def item_of_row(row: Row) -> Item:
    """A row as two versions are compared."""
    named = sorted((a.role, fold(a.name)) for a in row.agencies)
    details = {name: row.values[name] for name in _COMPARED}
    return Item(row.values["kind"], row.values["code"], row.values["text"], {**details, "agencies": named})


def item_of_task(task: Task) -> Item:
    """A live task (its agencies prefetched) as two versions are compared."""
    named = sorted((a.role, fold(a.name)) for a in task.agencies.all())
    details = {name: getattr(task, name) for name in _COMPARED}
    return Item(task.kind, task.code, task.text, {**details, "agencies": named})


_COMPARED = (
    "group", "form", "to", "via", "obligation_kind", "time_text", "time_kind", "start", "due", "month_day", "day",
)  # fmt: skip


def _row(
    section: str, entry: Mapping[str, Any], position: int, group: str, meanings: Meanings, is_doubtful: bool
) -> Row:
    values = {
        "kind": _KINDS[section],
        "code": entry.get("code") or "",
        "position": position,
        "group": entry.get("group") or group,
        "text": entry.get("text") or _report_text(entry),
        "form": entry.get("form") or "",
        "to": (entry.get("to") or "")[:300],
        "via": (entry.get("via") or "")[:300],
        "obligation_kind": entry["kind"] if section == "obligations" else "",
        "shared_block": bool(entry.get("shared_block")),
        "first_line": entry["lines"][0],
        "last_line": entry["lines"][1],
        "doubtful": is_doubtful,
        **_time(entry.get("time")),
    }
    return Row(values, tuple(_named(section, entry, meanings)))


def _named(section: str, entry: Mapping[str, Any], meanings: Meanings) -> Iterable[Named]:
    for field in AGENCY_FIELDS[section]:
        role = TaskAgency.Role.COORDINATING if field == "coordinating" else TaskAgency.Role.LEAD
        for name in entry[field]:
            organisation, group = meanings.get(fold(name), (None, None))
            yield Named(role, name[:400], organisation, group)


def _time(when: Mapping[str, Any] | None) -> dict[str, Any]:
    if not when:
        return {
            "time_text": "", "time_kind": TimeKind.NONE, "start": None, "due": None, "month_day": "", "day": None
        }  # fmt: skip
    return {
        "time_text": when["text"],
        "time_kind": when["kind"],
        "start": dt.date.fromisoformat(when["start"]) if when["start"] else None,
        "due": dt.date.fromisoformat(when["due"]) if when["due"] else None,
        "month_day": when["month_day"] or "",
        "day": when["day"],
    }


def _report_text(entry: Mapping[str, Any]) -> str:
    """A duty to report has no text of its own in the contract: it is said from its parts, as the plan would."""
    text = f"Báo cáo {entry['to']}" if entry.get("to") else "Báo cáo kết quả thực hiện"
    return f"{text} (qua {entry['via']})" if entry.get("via") else text


def _group(entry: Mapping[str, Any], sections: list[Mapping[str, Any]]) -> str:
    """The title of the section in which the entry stands."""
    first = entry["lines"][0]
    around = [s for s in sections if s["lines"][0] <= first]
    return str(max(around, key=lambda s: s["lines"][0])["title"]) if around else ""
