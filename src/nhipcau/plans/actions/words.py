"""A reviewer picks other readings of the single words that may be wrong."""

from __future__ import annotations

import secrets
from collections.abc import Mapping

from django.utils.translation import gettext as _

from nhipcau.core.acts import Act, act

from .. import rules
from ..models import Doubt, Reading
from ..queries import readings
from ..reviewing import contents, unsure
from ..reviewing.decisions import TYPED, Decision
from ..reviewing.doubting import EDITED
from ..reviewing.values import BadValue
from ._settling import accept, asked, is_settled, settle

Picks = Mapping[int, Mapping[int, int]]  # position of the point → number of its word → number of the reading


@act("plans.settle_words", may=rules.may_review)
def settle_words(act: Act, reading: Reading, position: int, picks: Picks, *, alone: bool = False) -> list[Doubt]:
    """Decide a stop word by word: values with a word that is picked get it, all others stay as proposed. ``alone``: only
    the point at ``position``. Returns the points that were decided; they are taken back together.

    Raises ``Doubt.DoesNotExist``, ``AlreadySettled``, and ``BadValue`` (a sentence) where a word stands there no more.
    """
    doubt = asked(reading, position)
    if is_settled(act, doubt, Decision(TYPED)):
        return [doubt]
    left = reading.doubts.filter(state__in=readings.LEFT).exclude(kind=EDITED)
    together = secrets.token_hex(8)
    decided = list(left.filter(pk=doubt.pk) if alone else left.filter(stop=doubt.stop))
    for point in decided:
        if chosen := picks.get(point.position):
            settle(act, reading, point, Decision(TYPED, typed=_rewritten(reading, point, chosen)), together)
    accept(act, reading, [point for point in decided if not picks.get(point.position)], together)
    act.changed(doubt=doubt.kind, where=doubt.where, how=TYPED, points=len(decided))
    return decided


def _rewritten(reading: Reading, doubt: Doubt, chosen: Mapping[int, int]) -> str:
    changed = BadValue(_("Mục này đã thay đổi. Hãy tải lại trang."))
    if not contents.has(reading.current, doubt.where):
        raise changed
    value = contents.get(reading.current, doubt.where)
    if not isinstance(value, str):
        raise changed
    words = unsure.standing(value, doubt.words)
    if any(not 0 <= at < len(words) or not 0 <= pick < len(words[at]["options"]) for at, pick in chosen.items()):
        raise changed
    text = unsure.rewritten(value, words, {at: words[at]["options"][pick] for at, pick in chosen.items()})
    if text is None:
        raise changed
    return text
