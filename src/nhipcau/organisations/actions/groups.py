"""Groups of agencies: their rule, their wordings, their named members."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from nhipcau.core.actors import Actor, Answer
from nhipcau.core.acts import Act, act
from vanban.text import fold

from .. import rules
from ..models import Group, GroupAlias, Level, Organisation, OrganisationKind
from ._checks import clean_name, may_keep

# The groups that plans of every committee name: name, kinds, levels, open, other wordings. For a committee of a
# province, of a district (until 30/6/2025) and of a commune. Wordings as printed in plans of provinces, cities and
# districts 2023–2025.
_OFFICES: list[str] = [
    OrganisationKind.DEPARTMENT,
    OrganisationKind.OFFICE,
    OrganisationKind.POLICE,
    OrganisationKind.MILITARY,
]
_Standard = tuple[str, list[str], list[str], bool, list[str]]
_ALL = ["các cơ quan, đơn vị", "các đơn vị, địa phương", "các ngành, địa phương"]
_RELATED: _Standard = (
    "Các cơ quan liên quan",
    [],
    [],
    True,
    ["các cơ quan, đơn vị liên quan", "cơ quan, đơn vị, địa phương liên quan", "các đơn vị liên quan"],
)
_STANDARD: dict[str, list[_Standard]] = {
    Level.PROVINCE: [
        ("Các sở, ban, ngành", _OFFICES, [Level.PROVINCE], False, ["các sở, ngành", "các sở, ban, ngành cấp tỉnh"]),
        (
            "Ủy ban nhân dân các huyện, thị xã, thành phố",
            [OrganisationKind.COMMITTEE],
            [Level.DISTRICT],
            False,
            ["UBND các huyện, thành phố", "UBND cấp huyện", "UBND các huyện, thành phố, thị xã"],
        ),
        (
            "Ủy ban nhân dân các xã, phường, đặc khu",
            [OrganisationKind.COMMITTEE],
            [Level.COMMUNE],
            False,
            ["UBND các xã, phường", "UBND cấp xã"],
        ),
        ("Các cơ quan, đơn vị, địa phương", [], [], False, [*_ALL, "các sở, ban, ngành, địa phương"]),
        _RELATED,
    ],
    Level.DISTRICT: [
        (
            "Các phòng, ban, đơn vị",
            [*_OFFICES, OrganisationKind.SERVICE],
            [Level.DISTRICT],
            False,
            ["các phòng, ban", "các phòng, ban, ngành", "các phòng chuyên môn"],
        ),
        (
            "Ủy ban nhân dân các phường, xã",
            [OrganisationKind.COMMITTEE],
            [Level.COMMUNE],
            False,
            ["UBND các xã, thị trấn", "UBND các xã, phường, thị trấn", "UBND cấp xã"],
        ),
        ("Các cơ quan, đơn vị, địa phương", [], [], False, _ALL),
        _RELATED,
    ],
    Level.COMMUNE: [
        ("Các phòng, ban, đơn vị", [*_OFFICES, OrganisationKind.SERVICE], [Level.COMMUNE], False, ["các phòng, ban"]),
        ("Các cơ quan, đơn vị", [], [], False, ["các cơ quan, đơn vị, địa phương"]),
        _RELATED,
    ],
}


@act("organisations.add_group", may=may_keep)
def add_group(
    running: Act,
    scope: Organisation,
    *,
    name: str,
    kinds: Iterable[str] = (),
    levels: Iterable[str] = (),
    is_open: bool = False,
    wordings: Iterable[str] = (),
) -> Group:
    """Make a group of the committee ``scope``: by rule (``kinds`` and ``levels`` of the organisations right below it)
    or open. Raises ``ValidationError`` where the committee has a group of that name."""
    group = Group(name=clean_name(name), scope=scope, kinds=list(kinds), levels=list(levels), is_open=is_open)
    _check(group)
    group.save()
    _word(group, wordings)
    running.about(group)
    running.changed(name=group.name, kinds=group.kinds, levels=group.levels, is_open=is_open)
    return group


def _may_change_group(actor: Actor, group: Group, *_more: Any, **_named: Any) -> Answer:
    return may_keep(actor, group.scope)


@act("organisations.change_group", may=_may_change_group)
def change_group(running: Act, /, group: Group, *, wordings: Iterable[str] | None = None, **values: Any) -> Group:
    """Change name, kinds, levels or is_open of a group; ``wordings`` replaces its other wordings. Raises
    ``ValidationError`` by field."""
    for field, value in values.items():
        setattr(group, field, list(value) if field in {"kinds", "levels"} else value)
    group.name = clean_name(group.name)
    _check(group)
    group.save()
    if wordings is not None:
        kept = {fold(w) for w in wordings}
        group.aliases.exclude(folded__in=kept).delete()
        _word(group, wordings)
    running.changed(**values)
    return group


def _may_name_members(actor: Actor, group: Group, *_more: Any, **_named: Any) -> Answer:
    return rules.may_name_members(actor, group)


@act("organisations.add_group_alias", may=_may_name_members)
def add_group_alias(running: Act, group: Group, text: str) -> GroupAlias:
    """Remember another wording of the group; a known one is returned. Raises ``ValidationError`` for an empty one."""
    _word(group, [clean_name(text, "text")])
    running.changed(alias=text)
    return group.aliases.get(folded=fold(text))


@act("organisations.name_members", may=_may_name_members)
def name_members(running: Act, group: Group, members: Iterable[Organisation]) -> Group:
    """Say who belongs to the group besides what its rule takes (an open group: who belongs at all)."""
    named = list(members)
    group.members.set(named)
    running.changed(members=sorted(o.pk for o in named))
    return group


@act("organisations.add_standard_groups", may=may_keep)
def add_standard_groups(running: Act, scope: Organisation) -> list[Group]:
    """Make the groups that plans of such a committee usually name; those that it has already stay as they are."""
    made = []
    for name, kinds, levels, is_open, wordings in _STANDARD.get(scope.level, []):
        if not Group.objects.filter(scope=scope, folded=fold(name)).exists():
            group = Group.objects.create(name=name, scope=scope, kinds=kinds, levels=levels, is_open=is_open)
            _word(group, wordings)
            made.append(group)
    running.changed(groups=[group.name for group in made])
    return made


def _check(group: Group) -> None:
    if Group.objects.filter(scope=group.scope, folded=fold(group.name)).exclude(pk=group.pk).exists():
        raise ValidationError({"name": _("Cơ quan này đã có nhóm tên như vậy. Bạn hãy sửa nhóm đã có.")})
    if wrong := [k for k in group.kinds if k not in OrganisationKind.values]:
        raise ValidationError({"kinds": _("Không có loại cơ quan “%(kind)s”.") % {"kind": wrong[0]}})
    if wrong := [v for v in group.levels if v not in Level.values]:
        raise ValidationError({"levels": _("Không có cấp “%(level)s”.") % {"level": wrong[0]}})


def _word(group: Group, wordings: Iterable[str]) -> None:
    known = set(group.aliases.values_list("folded", flat=True))
    for wording in wordings:
        clean = " ".join(wording.split())
        if clean and fold(clean) not in known:
            known.add(fold(clean))
            GroupAlias.objects.create(group=group, text=clean[:250])
