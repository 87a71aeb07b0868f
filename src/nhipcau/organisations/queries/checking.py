"""What a table of organisations or groups would do to the directory: each row new, changed, the same or wrong. Reads
only."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections import defaultdict
from typing import Any

from django.utils.translation import gettext as _

from nhipcau.core.actors import Actor
from vanban.text import fold, nfc

from ..models import Level, Membership, Organisation, OrganisationKind
from ..names import kind_of
from ..rules import Keeping, may_keep
from ..sheets import Row, Table

_LEVEL_ORDER = list(Level.values)
_WORDS = {"level": Level, "kind": OrganisationKind}


@dataclasses.dataclass(slots=True)
class Checked:
    """One row with its verdict: "new", "changed", "same" or "wrong" (then ``problems`` by field say what to do)."""

    row: Row
    values: dict[str, Any] = dataclasses.field(default_factory=dict)
    aliases: list[tuple[str, str]] = dataclasses.field(default_factory=list)  # text, scope's name ("" everywhere)
    existing: Organisation | None = None
    parent: Organisation | Checked | None = None
    changes: dict[str, Any] = dataclasses.field(default_factory=dict)
    new_aliases: list[tuple[str, Organisation | Checked | None]] = dataclasses.field(default_factory=list)
    problems: list[tuple[str, str]] = dataclasses.field(default_factory=list)

    @property
    def verdict(self) -> str:
        if self.problems:
            return "wrong"
        if self.existing is None:
            return "new"
        return "changed" if self.changes or self.new_aliases else "same"

    @property
    def name(self) -> str:
        return str(self.values.get("name") or self.row["name"])


def checked_organisations(actor: Actor, table: Table) -> list[Checked]:
    """Every row of a table of organisations with its verdict, in the table's order. A fixed number of queries."""
    return _Check(actor, table).rows


class _Check:
    def __init__(self, actor: Actor, table: Table) -> None:
        self.actor = actor
        self.existing = list(Organisation.objects.select_related("parent").prefetch_related("aliases"))
        self.by_name: dict[str, list[Organisation]] = defaultdict(list)
        for organisation in self.existing:
            self.by_name[_same(organisation.name)].append(organisation)
        self.rows = [_parsed(row) for row in table.rows]
        self.rows_by_name: dict[str, list[Checked]] = defaultdict(list)
        for checked in self.rows:
            self.rows_by_name[_same(checked.name)].append(checked)
        self._keeping = self._facts()
        for checked in self.rows:
            self._find_parent(checked)
        for checked in [each for each in self.rows if _stands_below_itself(each)]:
            checked.problems.append(("parent", _("Cơ quan này đứng dưới chính nó qua các dòng của tệp.")))
            checked.parent = None
        for checked in sorted(self.rows, key=_height):
            self._find_existing(checked)
        self._refuse_twins()
        for checked in self.rows:
            self._compare(checked)
            self._ask_right(checked)

    def _find_parent(self, checked: Checked) -> None:
        wanted = checked.row["parent"]
        if not wanted:
            return
        name, *above = [_same(part) for part in wanted.split("<")]
        found: list[Organisation | Checked] = [o for o in self.rows_by_name.get(name, []) if o is not checked]
        if not found:
            found = list(self.by_name.get(name, []))
        if above:
            found = [o for o in found if _parent_name(o) == above[0]]
        if len(found) > 1:
            living = [o for o in found if _covers(o, checked.values.get("valid_from"), checked.values.get("valid_to"))]
            found = living or found
        if not found:
            text = _("Không thấy cơ quan cấp trên “%(name)s” trong tệp và trong danh bạ. Thêm nó vào tệp hoặc sửa tên.")
            checked.problems.append(("parent", text % {"name": wanted}))
        elif len(found) > 1:
            text = _("Có %(n)s cơ quan tên “%(name)s”. Ghi thêm cấp trên của nó: “%(name)s < tên cấp trên”.")
            checked.problems.append(("parent", text % {"n": len(found), "name": wanted}))
        else:
            checked.parent = found[0]
            self._refuse_level(checked)

    def _refuse_level(self, checked: Checked) -> None:
        level, parent = checked.values.get("level"), checked.parent
        above = parent.values.get("level") if isinstance(parent, Checked) else getattr(parent, "level", None)
        if level and above and _LEVEL_ORDER.index(level) < _LEVEL_ORDER.index(above):
            checked.problems.append(("level", _("Cấp này cao hơn cấp của cơ quan cấp trên. Sửa một trong hai.")))

    def _find_existing(self, checked: Checked) -> None:
        if checked.problems:
            return
        parent = checked.parent.existing if isinstance(checked.parent, Checked) else checked.parent
        if isinstance(checked.parent, Checked) and parent is None:
            return  # its parent is new, so it is new
        same = [o for o in self.by_name.get(_same(checked.name), []) if o.parent_id == (parent.pk if parent else None)]
        begins, ends = checked.values.get("valid_from"), checked.values.get("valid_to")
        exact = [o for o in same if begins and o.valid_from == begins]
        checked.existing = next(iter(exact or [o for o in same if _overlaps(o, begins, ends)]), None)

    def _refuse_twins(self) -> None:
        first: dict[tuple[Any, ...], Checked] = {}
        for checked in self.rows:
            parent = checked.parent
            above = id(parent) if isinstance(parent, Checked) else getattr(parent, "pk", None)
            key = (_same(checked.name), above, checked.values.get("valid_from"))
            if key in first and not checked.problems:
                text = _("Trùng với dòng %(number)s. Giữ lại một dòng.") % {"number": first[key].row.number}
                checked.problems.append(("name", text))
            first.setdefault(key, checked)

    def _compare(self, checked: Checked) -> None:
        existing = checked.existing
        if existing is not None:
            checked.changes = {
                f: v for f, v in checked.values.items() if v not in ("", None) and getattr(existing, f) != v
            }
        known = {(fold(a.text), a.scope_id) for a in existing.aliases.all()} if existing else set()
        for text, scope_name in checked.aliases:
            named = self._scope(checked, scope_name)
            scope = (named.existing or named) if isinstance(named, Checked) else named
            scope_id = scope.pk if isinstance(scope, Organisation) else -1 if scope else None
            if (fold(text), scope_id) not in known:
                known.add((fold(text), scope_id))
                checked.new_aliases.append((text, scope))

    def _scope(self, checked: Checked, name: str) -> Organisation | Checked | None:
        if not name:
            return None
        found: list[Any] = self.rows_by_name.get(_same(name)) or self.by_name.get(_same(name)) or []
        if len(found) == 1:
            return found[0]  # type: ignore[no-any-return]
        text = _("Sau dấu @ phải là tên đầy đủ của một cơ quan trong tệp hoặc danh bạ; “%(name)s” không phải vậy.")
        checked.problems.append(("aliases", text % {"name": name}))
        return None

    # --- rights ------------------------------------------------------------------------------------------------------

    def _facts(self) -> tuple[bool, set[str]]:
        own = next((o for o in self.existing if o.pk == self.actor.organisation_id), None)
        peopled = Membership.objects.values_list("organisation__path", flat=True).order_by().distinct()
        return own is not None and own.parent_id is None, {path.split("/")[0] for path in peopled}

    def _ask_right(self, checked: Checked) -> None:
        about: Any = checked.existing or checked.parent
        while isinstance(about, Checked):
            about = about.existing or about.parent
        if checked.verdict in {"same", "wrong"}:
            return
        at_top, peopled = self._keeping
        root = about.path.split("/")[0] if about is not None else ""
        answer = may_keep(self.actor, about, Keeping(at_top, root in peopled))
        if not answer:
            checked.problems.append(("name", getattr(answer, "reason", "")))


def _parsed(row: Row) -> Checked:
    checked = Checked(row)
    name = " ".join(nfc(row["name"]).split())
    if not name:
        checked.problems.append(("name", _("Thiếu tên. Ghi tên đầy đủ của cơ quan.")))
    for field, limit in (("name", 250), ("short_name", 120), ("legal_basis", 300), ("source", 300)):
        text = " ".join(nfc(row[field]).split())
        if len(text) > limit:
            said = _("Dài quá %(limit)s ký tự. Ghi ngắn hơn.") % {"limit": limit}
            checked.problems.append((field, said))
        checked.values[field] = text
    for field in ("kind", "level"):
        _choice(checked, field, name)
    for field in ("valid_from", "valid_to"):
        _date(checked, field)
    begins, ends = checked.values["valid_from"], checked.values["valid_to"]
    if begins and ends and ends < begins:
        checked.problems.append(("valid_to", _("Ngày cuối đứng trước ngày bắt đầu. Sửa một trong hai.")))
    for part in filter(None, (p.strip() for p in row["aliases"].split(";"))):
        text, _at, scope = part.partition("@")
        checked.aliases.append((" ".join(text.split())[:250], " ".join(scope.split())))
    return checked


def _choice(checked: Checked, field: str, name: str) -> None:
    given = checked.row[field]
    choices = _WORDS[field]
    meant = {fold(str(label)): value for value, label in choices.choices} | {value: value for value in choices.values}
    if field == "level":
        meant |= {"tinh": "province", "huyen": "district", "xa": "commune"}
    if not given and field == "kind":
        checked.values[field] = kind_of(name)
    elif fold(given) in meant:
        checked.values[field] = meant[fold(given)]
    else:
        listed = ", ".join(f"“{label}”" for label in choices.labels)
        said = (
            _("“%(given)s” không có trong danh sách. Ghi một trong: %(listed)s.")
            if given
            else _("Thiếu. Ghi một trong: %(listed)s.")
        )
        checked.problems.append((field, said % {"given": given, "listed": listed}))


def _date(checked: Checked, field: str) -> None:
    given = checked.row[field]
    checked.values[field] = None
    if not given:
        return
    parts = re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", given) or re.fullmatch(
        r"(\d{4})-(\d{2})-(\d{2})", given
    )
    try:
        if parts is None:
            raise ValueError(given)
        a, b, c = (int(part) for part in parts.groups())
        checked.values[field] = dt.date(a, b, c) if a > 31 else dt.date(c, b, a)
    except ValueError:
        said = _("“%(given)s” không phải là ngày. Ghi theo dạng 01/07/2025.") % {"given": given}
        checked.problems.append((field, said))


def _same(name: str) -> str:
    return re.sub(r"\s*[–—-]\s*", " - ", " ".join(nfc(name).casefold().split()))


def _parent_name(node: Organisation | Checked) -> str:
    if isinstance(node, Checked):
        return _same(node.row["parent"].split("<")[0])
    return _same(node.parent.name) if node.parent else ""


def _overlaps(organisation: Organisation, begins: dt.date | None, ends: dt.date | None) -> bool:
    return not (
        (begins and organisation.valid_to and organisation.valid_to < begins)
        or (ends and organisation.valid_from and organisation.valid_from > ends)
    )


def _covers(node: Organisation | Checked, begins: dt.date | None, ends: dt.date | None) -> bool:
    if isinstance(node, Checked):
        start, end = node.values.get("valid_from"), node.values.get("valid_to")
    else:
        start, end = node.valid_from, node.valid_to
    return not ((begins and end and end < begins) or (ends and start and start > ends))


def _stands_below_itself(checked: Checked) -> bool:
    seen: set[int] = set()
    node: Any = checked
    while isinstance(node, Checked):
        if id(node) in seen:
            return True
        seen.add(id(node))
        node = node.parent
    return False


def _height(checked: Checked) -> int:
    height, node = 0, checked.parent
    while isinstance(node, Checked):
        height, node = height + 1, node.parent
    return height
