"""What the readers know: types of documents, who issues under which symbol, agencies, provinces, laws, usual words.

The packaged rows are CSV files in ``vanban/data``; the column ``source`` of each names the published text that the row
can be checked against. A program that keeps its own rows builds a ``Knowledge`` of them and passes it in.
"""

from __future__ import annotations

import csv
import dataclasses
import datetime as dt
import functools
import importlib.resources
from collections.abc import Mapping
from types import MappingProxyType

from vanban.text import fold

KEPT = (
    8  # values of ``Knowledge`` for which a reader keeps what it made of them: a program makes a new one for each tree
)


@dataclasses.dataclass(frozen=True, slots=True)
class DocType:
    """A type of document: its name, and its abbreviation where the rules give one.

    ``family``: administrative (the 29 types of Nghị định 30/2020/NĐ-CP, Điều 7), legal or party. ``in_symbol``: whether
    the abbreviation stands in the symbol of such a document (a công văn has none).
    """

    name: str
    abbreviation: str | None
    family: str
    in_symbol: bool


@dataclasses.dataclass(frozen=True, slots=True)
class Issuer:
    """Who issues documents whose symbol ends in ``suffix``. ``level`` "local": which province's is not said by it."""

    suffix: str
    name: str
    level: str


@dataclasses.dataclass(frozen=True, slots=True)
class Agency:
    """An agency by its canonical name, and the days between which an agency of that name exists."""

    name: str
    level: str
    kind: str
    valid_from: dt.date | None
    valid_to: dt.date | None


@dataclasses.dataclass(frozen=True, slots=True)
class Province:
    """A province or centrally-run city, with what it was merged into (Nghị quyết 202/2025/QH15)."""

    name: str
    kind: str
    valid_from: dt.date | None
    valid_to: dt.date | None
    merged_into: str | None

    @property
    def full_name(self) -> str:
        """ "tỉnh Nghệ An", "thành phố Cần Thơ", "Thành phố Hồ Chí Minh"."""
        kind = "Thành phố" if self.name == "Hồ Chí Minh" else self.kind
        return f"{kind} {self.name}"


@dataclasses.dataclass(frozen=True, slots=True)
class Validity:
    """A document and the days on which it is in force.

    ``symbol`` names it together with ``issued`` where the symbol holds no year. ``ended_by``: "replaced", "period" (its
    own period is over) or empty; ``basis`` is what ended it.
    """

    symbol: str
    doc_type: str
    title: str
    issued: dt.date | None
    valid_from: dt.date | None
    valid_to: dt.date | None
    ended_by: str
    basis: str


@dataclasses.dataclass(frozen=True, slots=True)
class Successor:
    """What took the place of a document or an agency (``kind``) after the day ``ended``.

    Several rows of one predecessor share it by ``topic``; ``name`` is empty where nothing took its place as a whole.
    ``level`` is that of the agency which ended.
    """

    kind: str
    of: str
    level: str
    ended: dt.date | None
    name: str
    topic: str
    basis: str


@dataclasses.dataclass(frozen=True, slots=True)
class Counterpart:
    """``lower`` does at its level what ``higher`` does at its own, between two days. Names stand without a place."""

    higher: str
    lower: str
    step: str
    valid_from: dt.date | None
    valid_to: dt.date | None
    source: str

    def in_force(self, day: dt.date | None) -> bool:
        """Whether it holds on ``day``; on an unknown day everything holds."""
        return day is None or (
            (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)
        )


@dataclasses.dataclass(frozen=True, slots=True, eq=False)
class Knowledge:
    """The facts that the readers need. ``Knowledge.packaged()`` has those that come with the library.

    Two values are the same only if they are one object, so that what is derived from one can be kept beside it.
    """

    doc_types: tuple[DocType, ...]
    issuer_rows: tuple[Issuer, ...]
    agency_rows: tuple[Agency, ...]
    abbreviations: Mapping[str, str]
    provinces: tuple[Province, ...]
    laws: tuple[str, ...]
    lexicon: tuple[str, ...]
    lexicon_kinds: Mapping[str, str]
    validity: tuple[Validity, ...] = ()
    successors: tuple[Successor, ...] = ()
    counterparts: tuple[Counterpart, ...] = ()

    @staticmethod
    @functools.cache
    def packaged() -> Knowledge:
        """The rows packaged with the library (read once)."""
        lexicon = packaged_rows("lexicon.csv")
        return Knowledge(
            doc_types=tuple(
                DocType(r["name"], r["abbreviation"] or None, r["family"], r["in_symbol"] == "yes")
                for r in packaged_rows("doc_types.csv")
            ),
            issuer_rows=tuple(Issuer(r["suffix"], r["issuer"], r["level"]) for r in packaged_rows("issuers.csv")),
            agency_rows=tuple(
                Agency(r["name"], r["level"], r["kind"], _day(r["valid_from"]), _day(r["valid_to"]))
                for r in packaged_rows("agencies.csv")
            ),
            abbreviations=MappingProxyType({r["short"]: r["full"] for r in packaged_rows("abbreviations.csv")}),
            provinces=tuple(
                Province(r["name"], r["kind"], _day(r["valid_from"]), _day(r["valid_to"]), r["merged_into"] or None)
                for r in packaged_rows("provinces.csv")
            ),
            laws=tuple(r["name"] for r in packaged_rows("laws.csv")),
            lexicon=tuple(r["phrase"] for r in lexicon),
            lexicon_kinds=MappingProxyType({r["phrase"]: r["kind"] for r in lexicon}),
            counterparts=tuple(
                Counterpart(r["higher"], r["lower"], r["step"], _day(r["valid_from"]), _day(r["valid_to"]), r["source"])
                for r in packaged_rows("counterparts.csv")
            ),
            validity=tuple(_validity(r) for r in packaged_rows("validity.csv")),
            successors=tuple(
                Successor(r["kind"], r["of"], r["level"], _day(r["ended"]), r["successor"], r["topic"], r["basis"])
                for r in packaged_rows("successors.csv")
            ),
        )

    @property
    def agencies(self) -> tuple[str, ...]:
        """The canonical names of the agencies, each once."""
        return tuple(dict.fromkeys(agency.name for agency in self.agency_rows))

    @property
    def issuers(self) -> Mapping[str, str]:
        """Issuer by the end of the symbol: TTg → Thủ tướng Chính phủ, BTTTT → Bộ Thông tin và Truyền thông."""
        return {row.suffix: row.name for row in self.issuer_rows}

    def type_by_name(self, name: str) -> DocType | None:
        """The type of document with that name, in any case, with or without marks; None if there is none."""
        wanted = fold(name)
        return next((t for t in self.doc_types if fold(t.name) == wanted), None)

    def type_by_abbreviation(self, abbreviation: str) -> DocType | None:
        """The type that is abbreviated so (exact letters); None if there is none."""
        return next((t for t in self.doc_types if t.abbreviation == abbreviation), None)

    def issuer_of(self, suffix: str) -> Issuer | None:
        """Who issues under a symbol that ends in ``suffix``; the number of the National Assembly's term is ignored."""
        bare = suffix.rstrip("0123456789") if suffix.startswith(("QH", "UBTVQH")) else suffix
        return next((row for row in self.issuer_rows if row.suffix == bare), None)

    def province_named(self, name: str) -> Province | None:
        """The province or city of that name (marks and the kind of dash do not matter); None if there is none."""
        wanted = _place_key(name)
        return next((p for p in self.provinces if _place_key(p.name) == wanted), None)


def _place_key(name: str) -> str:
    key = " ".join(fold(name).replace("–", " ").replace("-", " ").split())
    for head in ("tinh ", "thanh pho ", "tp. ", "tp "):
        key = key.removeprefix(head)
    return key


def packaged_rows(name: str) -> list[dict[str, str]]:
    """The rows of one packaged CSV file as they stand there, with their sources."""
    text = importlib.resources.files("vanban").joinpath("data", name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def _validity(row: Mapping[str, str]) -> Validity:
    issued, valid_from, valid_to = (_day(row[name]) for name in ("issued", "valid_from", "valid_to"))
    return Validity(
        row["symbol"], row["doc_type"], row["title"], issued, valid_from, valid_to, row["ended_by"], row["basis"]
    )


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
