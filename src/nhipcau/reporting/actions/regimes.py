"""Regimes of reporting and outlines are kept; the round of a regime is opened."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from nhipcau.core.acts import Act, Refused, act
from nhipcau.organisations.models import Organisation

from .. import rules
from ..models import Outline, Regime
from ..outlines import outline_from_dict

_FIELDS = (
    "name", "content", "reporters", "receivers", "method", "due_limit", "frequency", "closes_on", "outline", "figures",
    "guidance", "legal_basis", "days_between",
)  # fmt: skip


@act("reporting.make_regime", may=rules.may_collect)
def make_regime(act: Act, organisation: Organisation, values: Mapping[str, Any]) -> Regime:
    """Lay down a duty to report that recurs. ``values``: fields of ``Regime``. The same duty of a plan is laid down once."""
    task = values.get("task")
    if task is not None:
        there = Regime.objects.filter(organisation=organisation, task=task, ended_at=None).first()
        if there is not None:
            return there
    else:  # the same form sent twice is one regime
        same = {name: values[name] for name in ("name", "frequency", "due_limit", "closes_on") if name in values}
        there = Regime.objects.filter(organisation=organisation, task=None, ended_at=None, **same).first()
        if there is not None:
            return there
    made = Regime.objects.create(organisation=organisation, **values)
    act.changed(regime=made.public_id, name=made.name)
    return made


@act("reporting.change_regime", may=rules.may_keep_regime)
def change_regime(act: Act, regime: Regime, values: Mapping[str, Any]) -> Regime:
    """Change what a regime says; rounds that were opened keep what they were asked for."""
    for name in _FIELDS:
        if name in values:
            setattr(regime, name, values[name])
    regime.save()
    act.changed(name=regime.name, frequency=regime.frequency, due_limit=regime.due_limit)
    return regime


@act("reporting.end_regime", may=rules.may_keep_regime)
def end_regime(act: Act, regime: Regime) -> Regime:
    """No further round is opened; those that are open go on."""
    if regime.ended_at is None:
        regime.ended_at = timezone.now()
        regime.save(update_fields=["ended_at"])
    act.changed(ended_at=regime.ended_at)
    return regime


# --- outlines ----------------------------------------------------------------------------------------------------------------


@act("reporting.copy_outline", may=rules.may_keep_outlines)
def copy_outline(act: Act, organisation: Organisation, *, name: str, content: Mapping[str, Any]) -> Outline:
    """Make an outline of the organisation's own, from another or from nothing. Raises ``Refused`` without a name."""
    for there in Outline.objects.filter(organisation=organisation, name=name.strip()[:250]):
        if outline_from_dict(there.content) == outline_from_dict(content):  # the same form sent twice is one outline
            return there
    made = Outline(organisation=organisation)
    return _keep(act, made, name, content)


@act("reporting.change_outline", may=rules.may_keep_outline)
def change_outline(act: Act, outline: Outline, *, name: str, content: Mapping[str, Any], version: int) -> Outline:
    """Change an outline; rounds that were opened keep theirs. Raises ``Refused`` where somebody changed it since
    ``version`` was shown."""
    if outline.version != version:
        raise Refused(_("Trong lúc bạn mở trang này, mẫu vừa được người khác sửa. Bạn xem bản mới rồi sửa lại."))
    outline.version += 1
    return _keep(act, outline, name, content)


@act("reporting.drop_outline", may=rules.may_keep_outline)
def drop_outline(act: Act, outline: Outline) -> None:
    """Take an outline away; regimes that used it go back to the usual one."""
    act.changed(name=outline.name)
    outline.delete()


def _keep(act: Act, outline: Outline, name: str, content: Mapping[str, Any]) -> Outline:
    if not name.strip():
        raise Refused(_("Bạn hãy đặt tên cho mẫu đề cương."))
    outline_from_dict(content)  # whatever is kept can be read again
    outline.name, outline.content = name.strip()[:250], dict(content)
    outline.person_id = act.actor.person_id
    outline.save()
    act.changed(outline=outline.public_id, name=outline.name, version=outline.version)
    return outline
