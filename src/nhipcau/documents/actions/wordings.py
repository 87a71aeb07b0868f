"""An organisation's own words for the documents that are written from data."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from nhipcau.core.acts import Act, Refused, act

from ..models import Wording
from ..rules.wordings import may_keep_wording
from ..wording import Words


class ChangedMeanwhile(Refused):
    """Somebody else saved the same words since they were opened."""


def _changed_meanwhile() -> str:
    return _("Trong lúc bạn sửa, người khác đã lưu mẫu này. Điều bạn ghi vẫn còn ở đây; bạn mở mẫu ở thẻ khác để so.")


@act("documents.keep_wording", may=may_keep_wording)
def keep_wording(act: Act, kind: str, words: Words, *, version: int = 0) -> Wording:
    """Write the acting organisation's words for a kind of document. ``version``: of the words that were opened, 0 where it
    had none. Raises ``ChangedMeanwhile`` where that is not what stands there now."""
    assert act.actor.organisation_id is not None  # by the rule
    row = Wording.objects.select_for_update().filter(organisation_id=act.actor.organisation_id, kind=kind).first()
    if (row.version if row is not None else 0) != version:
        raise ChangedMeanwhile(_changed_meanwhile())
    if row is None:
        row = Wording(organisation_id=act.actor.organisation_id, kind=kind, version=0)
    row.words = words.to_dict()
    row.version += 1
    row.person_id = act.actor.person_id
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:  # two first wordings at the same moment: the other one stands
        raise ChangedMeanwhile(_changed_meanwhile()) from None
    act.about(row)
    act.changed(kind=kind, version=row.version, **{name: str(value) for name, value in row.words.items()})
    return row


@act("documents.drop_wording", may=may_keep_wording)
def drop_wording(act: Act, kind: str) -> bool:
    """Back to the words that come with the software. Returns whether there were others."""
    row = Wording.objects.filter(organisation_id=act.actor.organisation_id or 0, kind=kind).first()
    if row is None:
        return False
    act.about(row)
    act.changed(kind=kind, version=row.version)
    Wording.objects.filter(pk=row.pk).delete()
    return True
