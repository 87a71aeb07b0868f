"""Writing a checked table into the directory: all rows or none."""

from __future__ import annotations

import dataclasses
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from nhipcau.core.actors import Actor, Answer, No
from nhipcau.core.acts import Act, act
from vanban.text import fold

from ..models import Alias, Group, GroupAlias, Level, Organisation, OrganisationKind, Role
from ..queries.checking import Checked, checked_organisations
from ..sheets import Row, Table


@dataclasses.dataclass(frozen=True, slots=True)
class Imported:
    """How many rows made something, changed something, found everything as it is."""

    new: int
    changed: int
    same: int


def _may_import(actor: Actor, *_more: Any, **_named: Any) -> Answer:
    if actor.is_system or actor.has(Role.ADMINISTRATOR):
        return True
    return No(_("Chỉ người có vai trò quản trị mới nhập được danh bạ. Bạn hãy nhờ quản trị của cơ quan mình."))


@act("organisations.import", may=_may_import)
def import_directory(running: Act, table: Table) -> Imported:
    """Write a table of organisations or of groups into the directory, all of it or nothing.

    Blank cells leave what is there; the same table a second time changes nothing. Returns the numbers of rows. Raises
    ``ValidationError`` where a row is wrong (``queries.checking`` says which and why) or outside the actor's reach.
    """
    if table.kind == "groups":
        counts = _import_groups(running.actor, table)
    else:
        rows = checked_organisations(running.actor, table)
        if wrong := [checked for checked in rows if checked.problems]:
            first = wrong[0]
            text = _("Dòng %(number)s: %(problem)s") % {"number": first.row.number, "problem": first.problems[0][1]}
            raise ValidationError(text)
        made: dict[int, Organisation] = {}
        for checked in rows:
            _write(checked, made)
        for checked in rows:
            for text, scope in checked.new_aliases:
                Alias.objects.create(organisation=made[id(checked)], text=text, scope=_row_of(scope, made))
        counts = Imported(*(sum(c.verdict == v for c in rows) for v in ("new", "changed", "same")))
    running.changed(kind=table.kind, **dataclasses.asdict(counts))
    return counts


def _write(checked: Checked, made: dict[int, Organisation]) -> Organisation:
    """The organisation of a row, written once, its parent before it."""
    if id(checked) in made:
        return made[id(checked)]
    organisation = checked.existing
    if organisation is None:
        parent = _write(checked.parent, made) if isinstance(checked.parent, Checked) else checked.parent
        organisation = Organisation.objects.create(parent=parent, **checked.values)
        organisation.path = f"{parent.path if parent else ''}{organisation.pk}/"
        organisation.save(update_fields=["path"])
    elif checked.changes:
        for field, value in checked.changes.items():
            setattr(organisation, field, value)
        organisation.save()
    made[id(checked)] = organisation
    return organisation


def _row_of(scope: Organisation | Checked | None, made: dict[int, Organisation]) -> Organisation | None:
    return made[id(scope)] if isinstance(scope, Checked) else scope


# --- groups ----------------------------------------------------------------------------------------------------------


def _import_groups(actor: Actor, table: Table) -> Imported:
    counts = {"new": 0, "changed": 0, "same": 0}
    for row in table.rows:
        counts[_write_group(actor, row)] += 1
    return Imported(**counts)


def _write_group(actor: Actor, row: Row) -> str:
    scope = _named(row, row["scope"])
    if not actor.is_system and str(actor.organisation_id) not in scope.path.split("/"):
        raise _wrong(row, _("Cơ quan “%(name)s” nằm ngoài phạm vi quản trị của bạn.") % {"name": scope.name})
    name = " ".join(row["name"].split())
    if not name:
        raise _wrong(row, _("Thiếu tên nhóm."))
    values = {
        "kinds": _values(
            row, "kinds", dict(zip(map(fold, map(str, OrganisationKind.labels)), OrganisationKind.values, strict=True))
        ),
        "levels": _values(row, "levels", dict(zip(map(fold, map(str, Level.labels)), Level.values, strict=True))),
        "is_open": fold(row["is_open"]) in {"co", "x", "1", "yes", "true"},
    }
    members = [_named(row, part.strip()) for part in row["members"].split(";") if part.strip()]
    group = Group.objects.filter(scope=scope, folded=fold(name)).first()
    verdict = "new" if group is None else "same"
    if group is None:
        group = Group.objects.create(name=name, scope=scope, **values)
    elif any(getattr(group, field) != value for field, value in values.items()):
        verdict = "changed"
        for field, value in values.items():
            setattr(group, field, value)
        group.save()
    if missing := set(members) - set(group.members.all()):
        group.members.add(*missing)
        verdict = "new" if verdict == "new" else "changed"
    known = set(group.aliases.values_list("folded", flat=True))
    for wording in filter(None, (" ".join(part.split()) for part in row["aliases"].split(";"))):
        if fold(wording) not in known:
            known.add(fold(wording))
            GroupAlias.objects.create(group=group, text=wording)
            verdict = "new" if verdict == "new" else "changed"
    return verdict


def _values(row: Row, field: str, meant: dict[str, str]) -> list[str]:
    made = []
    for part in filter(None, (p.strip() for p in row[field].split("|"))):
        value = meant.get(fold(part), part if part in meant.values() else "")
        if not value:
            raise _wrong(row, _("“%(given)s” không có trong danh sách loại và cấp.") % {"given": part})
        made.append(value)
    return made


def _named(row: Row, name: str) -> Organisation:
    found = [o for o in Organisation.objects.filter(folded=fold(name)) if o.name.casefold() == name.casefold()]
    if len(found) != 1:
        raise _wrong(row, _("Không thấy đúng một cơ quan tên “%(name)s” trong danh bạ.") % {"name": name})
    return found[0]


def _wrong(row: Row, text: str) -> ValidationError:
    return ValidationError(_("Dòng %(number)s: %(problem)s") % {"number": row.number, "problem": text})
