"""Official documents written from live data: the words of the house or of the organisation, filled with what a room gives.

Rooms above offer kinds of documents (``core.rooms.Paper``) and say what stands for each {name}; here the head, the legal
bases and the foot are added. What comes out is a draft: people change all of it before it is signed.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils import timezone, translation
from django.utils.module_loading import import_string
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from nhipcau.core import rooms
from nhipcau.core.actors import Actor, Refused
from nhipcau.core.rooms import Finding, Paper, PaperValues
from nhipcau.organisations.models import Organisation
from vanban.knowledge import Knowledge
from vanban.official import (
    Annex,
    Block,
    Heading,
    OfficialDocument,
    Paragraph,
    Picture,
    Signature,
    Table,
    form_of,
    plain,
    symbol_of,
    text_of,
    written_date,
)

from ..models import Wording
from ..wording import Unfilled, Words, Wrong, fill
from .bases import bases_on, setting_up
from .letterhead import Letterhead, letterhead

__all__ = [
    "ABSENT",
    "COMMON",
    "GREETED",
    "Composed",
    "NothingToWrite",
    "Unfilled",
    "annex_of",
    "composed",
    "greeted",
    "names_of",
    "neat_body",
    "own_wording",
    "sampled",
    "shipped",
    "types_offered",
    "with_attached",
    "wordings_traced",
    "words_for",
    "written",
]
GREETED = 10  # addressees that are named one by one; more stand in a list that goes with the document
ABSENT = "……"  # what is not known yet and is written in by hand

# The names that every kind of document may use, with what they stand for.
COMMON: Mapping[str, Any] = {
    "cơ quan": _("tên cơ quan ban hành"),
    "cơ quan cấp trên": _("tên cơ quan cấp trên trực tiếp"),
    "địa danh": _("địa danh của cơ quan"),
    "ngày": _("ngày soạn, dạng dd/mm/yyyy"),
    "năm": _("năm soạn"),
    "luật tổ chức": _("luật hoặc nghị định về tổ chức của cơ quan, bản đang có hiệu lực"),
    "kính gửi": _("các cơ quan nhận, mỗi cơ quan một dòng"),
    "thẩm quyền ký": _("«TM. …» của cơ quan làm việc theo chế độ tập thể"),
    "chức vụ ký": _("chức vụ người đứng đầu; người ký thay thì thêm «KT.»"),
    "cấp phó": _("chức vụ cấp phó"),
}


class NothingToWrite(Refused):
    """There is nothing that such a document could say today. ``reason``: a lazy text, said in the reader's language."""

    def __init__(self, reason: Any) -> None:
        super().__init__(reason)


@dataclasses.dataclass(frozen=True, slots=True)
class Composed:
    """A document ready to become a draft, what it is about, whom it goes to here, and what its writer should know."""

    paper: Paper
    organisation: Organisation
    official: OfficialDocument
    about: tuple[str, str]
    addressees: tuple[Organisation, ...]
    told: tuple[str, ...] = ()


def types_offered() -> list[str]:
    """The types of document that can be written from words: those with a name, công văn, công điện, giấy mời."""
    known = (one for one in Knowledge.packaged().doc_types if one.family == "administrative")
    return [one.name for one in known if form_of(one.name) in ("named", "letter", "telegram", "invitation")]


def shipped(paper: Paper) -> Words:
    """The words that come with the software."""
    return Words.of(paper.words)


def own_wording(organisation_id: int | None, kind: str) -> Wording | None:
    """The organisation's own words for a kind of document; None where it has none."""
    return Wording.objects.filter(organisation_id=organisation_id or 0, kind=kind).first()


def words_for(paper: Paper, organisation_id: int | None) -> Words:
    """The words that an organisation uses for a kind of document. One query."""
    own = own_wording(organisation_id, paper.kind)
    return Words.of(own.words) if own is not None else shipped(paper)


def wordings_traced(keys: Collection[int]) -> dict[int, Finding]:
    """What the audit trail shows of these wordings."""
    rows = Wording.objects.filter(pk__in=list(keys))
    papers = {paper.kind: paper for paper in rooms.papers("")}
    return {
        row.pk: Finding(capfirst(str(papers[row.kind].label)), reverse("wording", args=[row.kind]))
        for row in rows
        if row.kind in papers
    }


def names_of(paper: Paper) -> dict[str, Any]:
    """All names that the words of a kind of document may ask for, its own first."""
    return {**paper.names, **{name: label for name, label in COMMON.items() if name not in paper.names}}


def composed(actor: Actor, kind: str, public_id: str, *, on: dt.date | None = None) -> Composed | None:
    """The document of a kind made from the thing ``public_id`` in the name of the actor's organisation; None where there is
    no such kind, no such thing, or not for this actor. Raises ``NothingToWrite``, and ``Unfilled`` where the organisation's
    words ask for something that there is not."""
    paper = rooms.paper(kind)
    organisation = Organisation.objects.filter(pk=actor.organisation_id or 0).first()
    if paper is None or organisation is None or not paper.may(actor):
        return None
    with translation.override("vi"):
        values: PaperValues | None = import_string(paper.values)(actor, public_id)
    if values is None:
        return None
    words = words_for(paper, organisation.pk)
    made, told = written(organisation, words, values, on=on, drafter=actor.person_id)
    to = Organisation.objects.in_bulk(list(values.addressees))
    addressees = tuple(to[pk] for pk in dict.fromkeys(values.addressees) if pk in to)
    return Composed(paper, organisation, made, values.about, addressees, tuple(told))


def sampled(organisation: Organisation, paper: Paper, words: Words) -> OfficialDocument:
    """A sample of a kind of document in these words, with invented data. Raises ``Unfilled``."""
    with translation.override("vi"):
        values = import_string(paper.sample)()
    return written(organisation, words, values)[0]


def written(
    organisation: Organisation,
    words: Words,
    values: PaperValues,
    *,
    on: dt.date | None = None,
    drafter: int | None = None,
) -> tuple[OfficialDocument, list[str]]:
    """The document, and what its writer should know of it (legal bases that were replaced). Raises ``Unfilled``."""
    day = on or timezone.localdate()
    head = letterhead(organisation, day, drafter=drafter)
    if words.doc_type not in types_offered():
        raise Unfilled([Wrong("doc_type", str(_("Loại văn bản này chưa soạn được từ mẫu. Bạn hãy chọn loại khác.")))])
    filled = fill(words, {**_common(organisation, head, day, values.addressees), **values.fills}, values.blocks)
    bases, told = bases_on(filled.bases, day)
    unit = words.unit.strip()
    made = OfficialDocument(
        type=words.doc_type,
        issuer=head.issuer,
        parent=head.parent,
        subject=filled.subject,
        code=head.code(words.doc_type, unit),
        place=head.place,
        bases=bases,
        addressees=filled.addressees,
        body=neat_body(filled.body),
        recipients=filled.recipients,
        archive=", ".join(part for part in (filled.archive, unit or head.unit) if part),
        signature=Signature(filled.signature, head.signer),
        annexes=values.annexes,
    )
    return with_attached(made, organisation.name), told


def with_attached(official: OfficialDocument, organisation_name: str) -> OfficialDocument:
    """The document with the line under the title of each annex that says what it goes with ("Kèm theo Kế hoạch số
    08/KH-UBND ngày …"; Phụ lục I, phần I, mục III, khoản 1), as far as number and day are known by now."""
    said = f"Kèm theo {official.type}"
    if official.number is not None:
        said += f" số {symbol_of(official.number, official.code)}"
    if official.date is not None:
        said += f" {written_date(official.date)}"
    said += f" của {organisation_name}"
    annexes = tuple(
        dataclasses.replace(annex, attached=said) if not annex.attached or annex.attached.startswith("Kèm theo ") else annex
        for annex in official.annexes
    )  # fmt: skip
    return dataclasses.replace(official, annexes=annexes)


def neat_body(body: Iterable[Block]) -> tuple[Block, ...]:
    """The body without what would be printed empty."""
    return tuple(
        block
        for block in body
        if (isinstance(block, Heading) and block.title)
        or (isinstance(block, Paragraph) and text_of(block.runs))
        or isinstance(block, Table | Picture)
    )


def greeted(names: Iterable[str], before: str = "") -> str:
    """Several addressees, one a line; many by one line that leads to the list in the annex. ``before``: words in front of
    each ("Đại diện lãnh đạo ")."""
    found = list(dict.fromkeys(names))
    if len(found) <= GREETED:
        return "\n".join(f"{before}{name}" for name in found)
    many = "các cơ quan, đơn vị có tên tại Phụ lục kèm theo"
    return f"{before}{many}" if before else f"{many[:1].upper()}{many[1:]}"


def _common(organisation: Organisation, head: Letterhead, day: dt.date, addressees: tuple[int, ...]) -> dict[str, str]:
    names = dict(Organisation.objects.filter(pk__in=addressees).values_list("pk", "name")) if addressees else {}
    above = organisation.parent
    return {
        "cơ quan": organisation.name,
        "cơ quan cấp trên": above.name if above is not None else "",
        "địa danh": head.place,
        "ngày": f"{day:%d/%m/%Y}",
        "năm": str(day.year),
        "luật tổ chức": setting_up(organisation.kind, day),
        "kính gửi": greeted(names[pk] for pk in addressees if pk in names),
        "thẩm quyền ký": head.authority,
        "chức vụ ký": "\n".join(head.post),
        "cấp phó": head.deputy,
    }


def annex_of(title: str, *body: Block, landscape: bool = True, intro: str = "") -> Annex:
    """An annex with a title in capitals, and a sentence above its body where one is given."""
    opening: tuple[Block, ...] = (Paragraph(plain(intro)),) if intro else ()
    return Annex(title=title.upper(), attached="", body=(*opening, *body), landscape=landscape)
