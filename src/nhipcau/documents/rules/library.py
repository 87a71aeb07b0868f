"""What makes two mentions one document, and who may put documents into the library. Pure."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _

from nhipcau.core.actors import Actor, Answer, No
from nhipcau.organisations.models import Role
from vanban.knowledge import Knowledge
from vanban.text import fold

_PARTS = re.compile(r"[/\-–]")
_LEADING_ZEROS = re.compile(r"^0+(?=\d)")


@dataclasses.dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a document. Empty text or None: the source does not say."""

    doc_type: str = ""
    symbol: str = ""
    issuer: str = ""
    place: str = ""
    date: dt.date | None = None
    title: str = ""

    @property
    def year(self) -> int | None:
        """The year of issue: from the date, else from the symbol ("09/2017/NĐ-CP")."""
        if self.date:
            return self.date.year
        stated = next((p for p in self.symbol.split("/")[1:] if re.fullmatch(r"(19|20)\d\d", p)), None)
        return int(stated) if stated else None

    @property
    def is_central(self) -> bool:
        """Whether the symbol itself says who issued the document."""
        return is_central(self.symbol)

    def key(self, organisation_id: int) -> str:
        """The key of the document, as the organisation that names it means it."""
        return key_of(self, organisation_id)

    def may_be(self, key: str, organisation_id: int) -> bool:
        """Whether a document with this key can be the one that is meant."""
        return may_be_same(self.key(organisation_id), key)

    @staticmethod
    def type_name(doc_type: str) -> str:
        """The full name of a type of document from its abbreviation."""
        return type_name(doc_type)


def may_file(actor: Actor, *_arguments: Any, **_named: Any) -> Answer:
    """Whoever may import plans may put the documents that they name into the library; so may the house itself."""
    if actor.is_system or actor.has(Role.OFFICER, Role.COORDINATOR, Role.HEAD):
        return True
    return No(_("Bạn cần là cán bộ, điều phối hoặc lãnh đạo của cơ quan để đưa văn bản vào kho."))


def type_name(doc_type: str) -> str:
    """The full name of a type of document ("KH": Kế hoạch; Nghị định 30/2020/NĐ-CP, Phụ lục III); others as given."""
    known = Knowledge.packaged().type_by_abbreviation(doc_type)
    return known.name if known else doc_type


def symbol_key(symbol: str) -> str:
    """A symbol as it is compared: without marks, blanks, case and zeros in front ("08/KH-UBND" is "8/KH-UBND")."""
    return _LEADING_ZEROS.sub("", fold(symbol).replace(" ", "").replace("–", "-"))


def is_central(symbol: str) -> bool:
    """Whether the symbol itself says who issued it (TTg, NĐ-CP, a ministry): such numbers are unique in the country,
    while every province, district and commune has an 08/KH-UBND of its own each year."""
    knowledge = Knowledge.packaged()
    known = (knowledge.issuer_of(part.strip()) for part in _PARTS.split(symbol))
    return any(issuer is not None and issuer.level != "local" for issuer in known)


def issuer_key(issuer: str) -> str:
    """An issuer as it is compared: one wording for the committee, no dashes."""
    words = re.sub(r"[^a-z0-9]+", " ", fold(issuer)).split()
    return " ".join(words).replace("uy ban nhan dan", "ubnd").replace("thanh pho", "tp")


def key_of(facts: Facts, organisation_id: int) -> str:
    """What tells documents apart: symbol, year and, where the symbol is a local one, the issuer; for a law cited by
    name its name. A local symbol without an issuer stays apart in the organisation that cites it: nobody knows whose
    it is."""
    if not facts.symbol:
        name = " ".join(part for part in (facts.doc_type, facts.title) if part)
        issuer = issuer_key(facts.issuer) if facts.date else ""
        return f"{fold(name)[:180]}|{facts.year or ''}|{issuer}"[:250]
    issuer = "" if is_central(facts.symbol) else issuer_key(facts.issuer) or f"?{organisation_id}"
    return f"{symbol_key(facts.symbol)}|{facts.year or ''}|{issuer}"[:250]


def may_be_same(key: str, other: str) -> bool:
    """Whether two keys can name one document: same symbol and issuer, and no two different years."""
    if key.count("|") < 2 or other.count("|") < 2:
        return key == other
    symbol, year, issuer = key.rsplit("|", 2)
    other_symbol, other_year, other_issuer = other.rsplit("|", 2)
    return (symbol, issuer) == (other_symbol, other_issuer) and (not year or not other_year or year == other_year)


def slug_of(facts: Facts) -> str:
    """The plain address of a document: "08-kh-ubnd-2024", or from its name."""
    name = facts.symbol or f"{facts.doc_type} {facts.title}"
    plain = slugify(fold(name).replace("/", "-"))
    year = facts.year
    if facts.symbol and year and f"-{year}" not in plain:
        plain = f"{plain}-{year}"
    return plain[:90].strip("-") or "van-ban"


def issuer_slug(issuer: str) -> str:
    """A short tail that tells two documents of the same symbol and year apart: "ba-ria-vung-tau"."""
    words = issuer_key(issuer).split()
    generic = {"ubnd", "hdnd", "tinh", "tp", "huyen", "quan", "phuong", "xa", "thi", "so"}
    return slugify(" ".join(w for w in words if w not in generic))[:28].strip("-")


def may_keep_facts(actor: Actor, *, is_at_top: bool) -> Answer:
    """Facts about the country hold for every organisation here: they are kept by administrators of an organisation that
    stands at the top of its tree."""
    if actor.has(Role.ADMINISTRATOR) and is_at_top:
        return True
    return No(_("Bảng này dùng chung cho mọi cơ quan nên chỉ quản trị của cơ quan đứng đầu mới sửa được."))


def may_load_facts(actor: Actor, *_arguments: Any, **_named: Any) -> Answer:
    """What comes with the software is taken over by whoever runs it, from the command line."""
    return actor.is_system
