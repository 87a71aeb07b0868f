"""What the acts on a document share: its history, its version, what stands in its way, who is told."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _

from nhipcau.core.acts import Act, Refused
from vanban.official import OfficialDocument, Problem
from vanban.official.stored import to_dict

from ...models import Outgoing, OutgoingStep
from ...queries.outgoing.ready import obstacles
from ...queries.outgoing.seen import written_by
from ...queries.papers import with_attached

LONGEST = 4000  # signs of one comment or reason
_LONGEST = {"type": 60, "code": 60, "subject": 2000, "issuer": 250, "place": 120}  # what stands in lists and books
_NAMES = {
    "type": gettext_noop("Loại văn bản"),
    "code": gettext_noop("Ký hiệu"),
    "subject": gettext_noop("Trích yếu"),
    "issuer": gettext_noop("Cơ quan ban hành"),
    "place": gettext_noop("Địa danh"),
}
Origin = tuple[str, str]  # kind and public id of what a document is made from
Kind = OutgoingStep.Kind
_WRITING = (Kind.DRAFTED, Kind.EDITED, Kind.SIGNED)  # the steps that change what a document says: its words are kept


class Outdated(Refused):
    """Somebody has written on the document since: nothing was changed. ``outgoing``: as it is now."""

    def __init__(self, outgoing: Outgoing) -> None:
        super().__init__(_("Trong lúc bạn mở trang này, văn bản vừa được người khác sửa. Bạn xem lại rồi làm tiếp."))
        self.outgoing = outgoing


class Unready(Refused):
    """Something stands in the way of printing the document. ``problems``: what has to be mended."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        english = (get_language() or "vi").startswith("en")
        said = " ".join(problem.en if english else problem.vi for problem in self.problems[:3])
        super().__init__(_("Văn bản còn chỗ phải sửa: %(said)s") % {"said": said})


class WrittenElsewhere(Refused):
    """The document's words come from a thing that another room keeps: they are changed there, and go on from there."""

    def __init__(self, label: Any) -> None:
        said = _("Nội dung văn bản này đến từ %(source)s. Bạn sửa, trình ký và lập bản mới tại đó.")
        super().__init__(said % {"source": label})


def refuse_elsewhere(outgoing: Outgoing, source: Origin | None) -> None:
    """Raise ``WrittenElsewhere`` where a thing writes the document and the caller does not write in its name."""
    found = written_by(outgoing)
    if found is not None and source != (outgoing.about_kind, outgoing.about_id):
        raise WrittenElsewhere(found.label)


def refuse_outdated(outgoing: Outgoing, version: int | None) -> None:
    """Raise ``Outdated`` where the version that the actor saw is not the one that is there."""
    if version is not None and version != outgoing.version:
        raise Outdated(outgoing)


def refuse_unready(official: OfficialDocument) -> None:
    """Raise ``Unready`` where the document cannot be printed as it should."""
    if found := obstacles(official):
        raise Unready(found)


def take_over(outgoing: Outgoing, official: OfficialDocument) -> None:
    """Write a value into the row, with what lists show of it; the lines under the titles of annexes follow its number."""
    official = with_attached(official, outgoing.organisation.name)
    for name, most in _LONGEST.items():
        if len(getattr(official, name)) > most:
            raise Refused(
                _("%(what)s dài quá %(most)d ký tự. Bạn hãy ghi ngắn hơn.") % {"what": _(_NAMES[name]), "most": most}
            )
    outgoing.content = json.loads(json.dumps(to_dict(official)))  # as it is read back: lists, not tuples
    outgoing.doc_type, outgoing.subject = official.type, official.subject


def move(act: Act, outgoing: Outgoing, kind: Kind, text: str = "", **fields: Any) -> None:
    """Change the document, one version on, and add the step to its history. The audit seals its content."""
    for name, value in fields.items():
        setattr(outgoing, name, value)
    outgoing.version += 1
    outgoing.save()
    add_step(act, outgoing, kind, text)
    act.changed(state=outgoing.state, content=outgoing.content, **({"text": text} if text else {}))


def add_step(act: Act, outgoing: Outgoing, kind: Kind, text: str = "") -> OutgoingStep:
    """One line of its history."""
    return OutgoingStep.objects.create(
        outgoing=outgoing,
        kind=kind,
        text=text,
        content=outgoing.content if kind in _WRITING else None,
        organisation_id=act.actor.organisation_id,
        person_id=act.actor.person_id,
    )


def told_words(text: str) -> str:
    """A comment or a reason as it is kept."""
    return text.strip()[:LONGEST]


def key_of(outgoing: Outgoing, what: str) -> str:
    """The key of notices and needs about what waits on a document ("sign", "number", "send", "mend", "open")."""
    return f"documents.outgoing:{outgoing.public_id}:{what}"


def tell(act: Act, outgoing: Outgoing, people: Iterable[int], what: str, said: str, **facts: Any) -> None:
    """Tell people that the document waits for them; ``said``: a Vietnamese msgid with %(document)s, translated for each
    of them."""
    url = reverse("outgoing", args=[outgoing.public_id])
    words = functools.partial(_said, said, {"document": _named(outgoing), **facts})
    act.tell(set(people) - {act.actor.person_id or 0}, f"documents.{what}", words, url, about=key_of(outgoing, what))


def settle(act: Act, outgoing: Outgoing, *kinds: str) -> None:
    """What waited on the document no longer does."""
    for what in kinds:
        act.settle(key_of(outgoing, what))


def _named(outgoing: Outgoing) -> str:
    name = f"{outgoing.doc_type} {outgoing.symbol}".strip()
    return f"{name}: {outgoing.subject}"[:220]


def _said(text: str, facts: dict[str, Any]) -> str:
    return _(text) % facts
