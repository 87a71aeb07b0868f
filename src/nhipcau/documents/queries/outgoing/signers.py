"""Who may be chosen to sign an organisation's document, with the authority under which they sign it.

Nghị định 30/2020/NĐ-CP, Điều 13: the head signs, in the name of a body that decides together (TM.); a deputy in the head's
place (KT.); who is in charge of the office without holding it as acting head (Q.); the head of a unit by order (TL.) or by a
written mandate (TUQ.). Phụ lục I, phần I, mục II, khoản 7 says how each is printed.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Collection

from django.utils import timezone
from django.utils.translation import gettext as _

from nhipcau.organisations import queries as organisations
from nhipcau.organisations.models import Membership, Organisation, Role
from vanban.official import OfficialDocument, Signature
from vanban.text import fold

from ...models import Outgoing
from ..letterhead import Letterhead, letterhead, post_of
from .ready import Said, article_of

_REMEMBERED = 40  # documents that were signed last, in which the blocks of the signers are looked for


@dataclasses.dataclass(frozen=True, slots=True)
class Signer:
    """A person with the block under which they would sign. ``key`` names the choice in a form; ``lends``: whose place the
    person takes, "" where the right to sign is their own."""

    key: str
    person_id: int
    block: Signature
    lends: str = ""

    @property
    def said(self) -> str:
        """As a list of choices shows it: "Lê Văn Cường: KT. CHỦ TỊCH, PHÓ CHỦ TỊCH"."""
        return f"{self.block.name}: {', '.join(self.block.lines)}"


def signers(organisation: Organisation, on: dt.date | None = None) -> list[Signer]:
    """Everyone who may sign for the organisation on a day (today), heads before those who stand in for them; each first
    under the authority that they last used, then under the others that their office may have."""
    day = on or timezone.localdate()
    held = Membership.objects.filter(
        organisations.valid_on(day), organisation=organisation, role=Role.HEAD, person__is_active=True
    ).order_by("pk")
    rows = list(held.values_list("person_id", "person__name", "stands_in_for__name"))
    own = {pk: name for pk, name, lent in rows if lent is None}
    lent = {pk: (name, by) for pk, name, by in rows if by is not None and pk not in own}
    head, used = letterhead(organisation, day), _used(organisation)
    posts = _posts_below(organisation, lent, day)
    found: list[Signer] = []
    for pk, name in own.items():
        found += _choices(pk, name, "", [*used.get(pk, ()), *_blocks(head, ("", "KT") if len(own) > 1 else ("",))])
    for pk, (name, by) in lent.items():
        own_posts = posts.get(pk, [])  # who heads a unit is no deputy: what they sign as that comes first
        signs = ("TL", "TUQ", "KT") if own_posts else ("KT", "TL", "TUQ")
        found += _choices(pk, name, by, [*used.get(pk, ()), *_blocks(head, signs, own_posts)])
    return found


def chosen(found: list[Signer], block: Signature) -> Signer | None:
    """The choice that a signature block is, if it is one of these."""
    return next(
        (one for one in found if one.block.lines == block.lines and fold(one.block.name) == fold(block.name)), None
    )


def unsigned(outgoing: Outgoing, official: OfficialDocument) -> list[Said]:
    """What is still to be said of the signature where several people may sign: who."""
    block = official.signature
    if block.name or len({one.person_id for one in signers(outgoing.organisation)}) < 2:
        return []
    return [Said("signature", _("Chưa chọn người ký: cơ quan có nhiều người ký được."), article_of("signature"))]


def _choices(person_id: int, name: str, lends: str, blocks: list[tuple[str, ...]]) -> list[Signer]:
    name = " ".join(name.split())
    return [
        Signer(f"{person_id}-{number}", person_id, Signature(lines, name), lends)
        for number, lines in enumerate(dict.fromkeys(blocks))
    ]


def _blocks(head: Letterhead, signs: tuple[str, ...], posts: Collection[str] = ()) -> list[tuple[str, ...]]:
    """The blocks of this organisation for these authorities: "" its head, KT. a deputy, TL. and TUQ. who heads a unit below
    it, in these ``posts``; without one the post is written under it by hand."""
    front = (head.authority,) if head.authority else ()
    below: list[tuple[str, ...]] = [(post,) for post in posts] or [()]
    made: dict[str, list[tuple[str, ...]]] = {
        "": [(*front, head.head)],
        "KT": [(*front, f"KT. {head.head}", head.deputy)],
        "TL": [(f"TL. {head.head}", *post) for post in below],
        "TUQ": [(f"TUQ. {head.head}", *post) for post in below],
    }
    return [block for sign in signs for block in made[sign]]


def _posts_below(organisation: Organisation, people: Collection[int], day: dt.date) -> dict[int, list[str]]:
    """The posts of these people at the head of units below the organisation. One query, none for nobody."""
    if not people:
        return {}
    held = Membership.objects.filter(
        organisations.valid_on(day),
        organisations.valid_on(day, "organisation__"),
        organisation__path__startswith=organisation.path,
        person__in=people,
        role=Role.HEAD,
        stands_in_for=None,
    ).exclude(organisation=organisation)
    posts: dict[int, list[str]] = {}
    for row in held.select_related("organisation").order_by("organisation__path", "pk"):
        if post := post_of(row.organisation):
            posts.setdefault(row.person_id, []).append(post)
    return posts


def _used(organisation: Organisation) -> dict[int, list[tuple[str, ...]]]:
    """Under which blocks people signed this organisation's last documents, the newest first."""
    rows = Outgoing.objects.filter(organisation=organisation, signed_by__isnull=False).order_by("-signed_at", "-pk")
    used: dict[int, list[tuple[str, ...]]] = {}
    for person_id, block in rows.values_list("signed_by", "content__signature")[:_REMEMBERED]:
        assert person_id is not None
        lines = tuple(block["lines"])
        if lines not in used.setdefault(person_id, []):
            used[person_id].append(lines)
    return used
