"""Entering, changing and ending organisations; their other names."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from nhipcau.core.actors import Actor, Answer
from nhipcau.core.acts import Act, act
from vanban.text import fold

from .. import rules
from ..models import Alias, Organisation, OrganisationKind
from ..queries.keeping import keeping
from ._checks import check_dates, clean_name, may_add, may_keep, twins

_FIELDS = ("name", "short_name", "kind", "level", "valid_from", "valid_to", "legal_basis", "source")


@act("organisations.add", may=may_add)
def add_organisation(
    running: Act,
    parent: Organisation | None,
    *,
    name: str,
    level: str,
    kind: str = OrganisationKind.OTHER,
    short_name: str = "",
    valid_from: dt.date | None = None,
    valid_to: dt.date | None = None,
    legal_basis: str = "",
    source: str = "",
) -> Organisation:
    """Enter an organisation below ``parent`` (None: at the top of a tree of its own) and return it.

    Raises ``ValidationError`` (by field) where the name is empty, the dates contradict each other, or an organisation
    of the same name exists there at the same time.
    """
    organisation = Organisation(
        name=clean_name(name),
        short_name=" ".join(short_name.split()),
        kind=kind,
        level=level,
        parent=parent,
        valid_from=valid_from,
        valid_to=valid_to,
        legal_basis=legal_basis.strip(),
        source=source.strip(),
    )
    _check(organisation)
    organisation.save()
    _place(organisation)
    running.about(organisation)
    running.changed(parent=parent.pk if parent else None, **{f: getattr(organisation, f) for f in _FIELDS})
    return organisation


@act("organisations.change", may=may_keep)
def change_organisation(running: Act, /, organisation: Organisation, **values: Any) -> Organisation:
    """Change facts of an organisation (any of name, short_name, kind, level, valid_from, valid_to, legal_basis,
    source) or its ``parent``; those below it move along. Raises ``ValidationError`` by field, also for a cycle and for
    a move that ``rules.may_move`` refuses."""
    changed = {key: value for key, value in values.items() if getattr(organisation, key) != value}
    for key, value in changed.items():
        setattr(organisation, key, value)
    organisation.name = clean_name(organisation.name)
    if "parent" in changed:
        _check_move(running.actor, organisation)
    _check(organisation)
    organisation.save()
    if "parent" in changed:
        _place(organisation)
        changed["parent"] = organisation.parent_id
    running.changed(**changed)
    return organisation


@act("organisations.end", may=may_keep)
def end_organisation(running: Act, organisation: Organisation, *, valid_to: dt.date, legal_basis: str) -> Organisation:
    """Say that ``valid_to`` was the organisation's last day, and by which decision. Nothing is deleted: plans that
    name it keep it. Raises ``ValidationError`` without a legal basis or for a day before it began."""
    if not legal_basis.strip():
        raise ValidationError({"legal_basis": _("Bạn hãy ghi văn bản làm căn cứ chấm dứt.")})
    organisation.valid_to, organisation.legal_basis = valid_to, legal_basis.strip()
    _check(organisation)
    organisation.save()
    running.changed(valid_to=valid_to, legal_basis=organisation.legal_basis)
    return organisation


def _may_add_alias(
    actor: Actor, organisation: Organisation, text: str = "", scope: Organisation | None = None
) -> Answer:
    about = scope or organisation
    return rules.may_name(actor, scope, keeping(actor, about)) if scope else may_keep(actor, organisation)


@act("organisations.add_alias", may=_may_add_alias)
def add_alias(running: Act, organisation: Organisation, text: str, scope: Organisation | None = None) -> Alias:
    """Remember another name of the organisation; with ``scope`` it holds only in plans of that committee and those
    below it. A name that is known already is returned as it is. Raises ``ValidationError`` for an empty name."""
    clean = clean_name(text, "text")
    known = Alias.objects.filter(organisation=organisation, folded=fold(clean), scope=scope).first()
    if known is not None:
        return known
    alias = Alias.objects.create(organisation=organisation, text=clean, scope=scope)
    running.changed(alias=clean, scope=scope.pk if scope else None)
    return alias


def _may_remove_alias(actor: Actor, alias: Alias) -> Answer:
    return _may_add_alias(actor, alias.organisation, alias.text, alias.scope)


@act("organisations.remove_alias", may=_may_remove_alias)
def remove_alias(running: Act, alias: Alias) -> None:
    """Forget another name. Plans that were confirmed with it keep their organisation."""
    running.about(alias.organisation)
    running.changed(alias=alias.text)
    alias.delete()


def _check(organisation: Organisation) -> None:
    check_dates(organisation.valid_from, organisation.valid_to)
    if twins(
        organisation.name, organisation.parent_id, organisation.valid_from, organisation.valid_to, organisation.pk
    ):
        raise ValidationError(
            {"name": _("Đã có cơ quan tên này cùng cấp trên và cùng thời gian. Bạn hãy dùng cơ quan đã có.")}
        )
    organisation.full_clean(exclude=["parent", "path", "folded", "sort_key"])


def _check_move(actor: Actor, organisation: Organisation) -> None:
    parent = organisation.parent
    if parent is not None and not (answer := rules.can_stand_below(organisation, parent)):
        raise ValidationError({"parent": getattr(answer, "reason", "")})
    if not (answer := rules.may_move(actor, organisation, parent)):
        raise ValidationError({"parent": getattr(answer, "reason", "")})


def _place(organisation: Organisation) -> None:
    """Write the organisation's path, and move everything below it along."""
    old = organisation.path
    parent_path = organisation.parent.path if organisation.parent else ""
    organisation.path = f"{parent_path}{organisation.pk}/"
    organisation.save(update_fields=["path"])
    if not old or old == organisation.path:
        return
    below = list(Organisation.objects.filter(path__startswith=old).exclude(pk=organisation.pk))
    for each in below:
        each.path = organisation.path + each.path.removeprefix(old)
    Organisation.objects.bulk_update(below, ["path"], batch_size=500)
