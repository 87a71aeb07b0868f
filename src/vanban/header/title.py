"""The name of the type of document and the title below it."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence

from rapidfuzz.distance import Levenshtein

from vanban.dates.calendar import flat
from vanban.header.fragments import Fragment
from vanban.knowledge import DocType, Knowledge

_TYPES_WITH_MORE = {
    "ke hoach hanh dong": "Kế hoạch",
    "chuong trinh hanh dong": "Chương trình",
    "ke hoach lien tich": "Kế hoạch",
}
_SECTION = re.compile(
    r"^(?:[IVXl|]{1,5}\d?\s?[.)]\s|phan\s+[ivx\d]+|chuong\s+[ivx\d]+|dieu\s+\d|1\s?[.)]\s|a\)\s)", re.I
)
_BODY_WORDS = re.compile(
    r"(?:can c\S{1,2}\b|theo de nghi|xet de nghi|kinh gui|de (?:trien khai|thuc hien|tiep tuc|chu dong"
    r"|tang cuong|dam bao|bao dam)"
    r"|nham |thi hanh |nam 20\d\d,|trong (?:nam|thoi gian|nhung nam)|sau khi|ngay \d)"
)
_BASES_BEGIN = re.compile(r"(?:can c\S{1,2}\b|theo de nghi|xet de nghi|kinh gui)")
_BASIS_WORDS = re.compile(
    r"(?:th[uy][cye]+ hien|trien khai(?: thuc hien)?|tiep tuc (?:trien khai |thuc hien )+)\s+(?:noi dung "
    r"|cac |y kien |tinh than )*"
    r"(?:nghi|quyet|chi thi|ke hoach|k& hoach|cong|luat|ket luan|chuong trinh|thong|phap lenh|de an|du an"
    r"|bo luat|huong dan|chuc nang|van ban)"
)
_ISSUING = re.compile(
    r"(?:uy ban nhan dan|ubnd|chu tich (?:uy ban|ubnd)|bo truong|giam doc|hoi dong nhan dan"
    r"|thu tuong chinh phu|ban thuong vu"
    r"|tinh uy|thanh uy|huyen uy|so |bo |phong |ban |chanh |cuc truong)"
)
# The line under a decision's title that says who decides; it may stand there without an empty line before it.
_OFFICE = re.compile(
    r"(?:pho )?(?:chu tich|bo truong|giam doc|thong doc|tong thanh tra|cuc truong|truong ban|chu nhiem)\b.*"
    r"|thu tuong chinh phu|chinh phu|chu tich nuoc|quoc hoi|uy ban nhan dan (?:tinh|thanh pho|huyen|quan"
    r"|thi xa|xa|phuong)\b.*"
    r"|hoi dong nhan dan (?:tinh|thanh pho|huyen|quan|thi xa|xa|phuong)\b.*"
)
_ASIDE = re.compile(r"^\(?\s*(?:kem theo|ban hanh kem theo|ban hanh theo|dinh kem|du thao)\b")
_FOOTNOTE = re.compile(r"\s*\[\d+\]")


@dataclasses.dataclass(frozen=True, slots=True)
class Title:
    """Where the type's name stands, the title below it, its lines, and the issuer printed between title and bases."""

    doc_type: DocType | None
    text: str | None
    index: int
    type_line: int
    first_line: int
    last_line: int
    issuer_line: str | None = None
    aside: str | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class _Layout:
    """How many empty lines stand between the lines of one paragraph, and the (flat) names of known bodies."""

    spacing: int
    bodies: frozenset[str]

    def names_office(self, low: str) -> bool:
        """Whether a line says who issues: an office, or a known body, with its place."""
        name = low.strip(" :,-")
        body = re.sub(r" (?:tinh|thanh pho|huyen|quan|thi xa|xa|phuong)\b.*", "", name)
        return _OFFICE.fullmatch(name) is not None or name in self.bodies or body in self.bodies


def find_title(pieces: Sequence[Fragment], knowledge: Knowledge, *, spacing: int) -> Title | None:
    """The first fragment in capitals that is the name of a type (with the title behind it on its line, or below)."""
    names = {
        " ".join(flat(t.name).split()): t for t in knowledge.doc_types if t.family != "legal" or t.name == "Thông tư"
    }
    for longer, name in _TYPES_WITH_MORE.items():
        found = knowledge.type_by_name(name)
        if found:
            names[longer] = found
    known = {flat(row.name) for row in knowledge.issuer_rows} | {flat(name) for name in knowledge.agencies}
    layout = _Layout(spacing, frozenset(known))
    body = next((i for i, p in enumerate(pieces) if _begins_body(p)), len(pieces))
    # A line that is a type's name alone goes first: a letterhead may begin with one ("CHƯƠNG TRÌNH MTQG TỈNH …").
    for alone, strict, end in ((True, True, body), (False, True, body), (False, True, None), (False, False, None)):
        for index, piece in enumerate(pieces[:end]):
            match = _type_of(piece, names, strict=strict)
            if match is not None and not (alone and match[1]):
                return _title(pieces, index, match[0], match[1], layout)
    return None


def _begins_body(piece: Fragment) -> bool:
    return bool(_SECTION.match(piece.text)) or (not piece.capitals and bool(_BASES_BEGIN.match(piece.low)))


def _type_of(piece: Fragment, names: dict[str, DocType], *, strict: bool) -> tuple[DocType, str] | None:
    """The type that a fragment names, with what stands behind it ("KẾ HOẠCH Triển khai …").

    Not ``strict``: "Kế hoạch" in small letters alone on its line is one too (a text typed off without its layout).
    """
    low = piece.low.strip(" :.*")
    if re.fullmatch(r"(?:\S ){4,}\S", low):  # letters set apart: "K Ế  H O Ạ C H"
        low = re.sub(r" ", "", low)
        spaced = {k.replace(" ", ""): v for k, v in names.items()}
        return (spaced[low], "") if low in spaced else None
    for name in sorted(names, key=len, reverse=True):
        if low == name and piece.text.rstrip().endswith(":"):
            continue  # "QUYẾT ĐỊNH:" stands before the articles
        if low == name and (piece.capitals or (not strict and piece.text[0].isupper())):
            return names[name], ""
        if strict and piece.capitals and _nearly(low, name):
            return names[name], ""
        if low.startswith(name + " "):
            words = piece.text.split()
            count = len(name.split())
            head, rest = " ".join(words[:count]), " ".join(words[count:])
            if Fragment(head, 0).capitals and len(rest.split()) >= 2 and not re.match(r"s[o6b]\s|\d", flat(rest)):
                return names[name], rest
    return None


def _nearly(low: str, name: str) -> bool:
    """Whether a line is the name of a type with one letter torn ("K& HOACH")."""
    return len(name) >= 7 and len(low.split()) == len(name.split()) and Levenshtein.distance(low, name) == 1


def _title(pieces: Sequence[Fragment], index: int, doc_type: DocType, rest: str, layout: _Layout) -> Title:
    parts = [rest] if rest else []
    last = pieces[index].number
    first = last if rest else 0
    issuer: str | None = None
    aside: str | None = None
    capitals = Fragment(rest, 0).capitals if rest else None
    for position in range(index + 1, min(len(pieces), index + 30)):
        piece = pieces[position]
        low = piece.low
        if _ASIDE.match(low):
            aside = _until_bracket(pieces, position)
            break
        if not parts and _RULE_LIKE.match(low):
            continue
        if _ends(piece, low, parts, capitals, layout):
            decides = doc_type.name in ("Quyết định", "Chỉ thị", "Nghị quyết")
            if decides and piece.capitals and layout.names_office(low):
                issuer = _issuer_line(pieces, position)
            break
        if capitals is None:
            capitals = piece.capitals
        parts.append(piece.text)
        first = first or piece.number
        last = piece.number
    text = _FOOTNOTE.sub("", " ".join(" ".join(parts).split())).strip(" -–_*.")
    text = re.sub(r"^(?:V/v|V/V|v/v)[:.]?\s+", "", text)
    return Title(doc_type, text or None, index, pieces[index].number, first or last, last, issuer, aside)


_RULE_LIKE = re.compile(r"^[\W_]*$")


def _ends(piece: Fragment, low: str, parts: list[str], capitals: bool | None, layout: _Layout) -> bool:
    """Whether the title ends before ``piece``."""
    if _SECTION.match(piece.text.strip()) or low.startswith("kinh gui"):
        return True
    if not piece.capitals and (_BODY_WORDS if parts else _BASES_BEGIN).match(low):
        return True
    if not parts:
        return bool(_BASIS_WORDS.match(low)) and not piece.capitals and low.endswith((";", "."))
    if piece.capitals and layout.names_office(low) and not _unfinished(parts[-1]):
        return True
    if capitals:
        return not piece.capitals and not _tail_of_capitals(piece, parts)
    if piece.fresh or piece.blank_before > layout.spacing:
        return True
    if _unfinished(parts[-1]):
        return False
    return (
        bool(_BASIS_WORDS.match(low))
        or bool(_ISSUING.match(low) and re.search(r"ban hanh|xay dung", low))
        or low.endswith(";")
    )


def _tail_of_capitals(piece: Fragment, parts: list[str]) -> bool:
    """A short last line of a title in capitals that keeps small letters ("(QĐ-TTg)")."""
    return bool(_unfinished(parts[-1]) and len(piece.text) < 30 and piece.blank_before == 0 and piece.capitals)


def _unfinished(text: str) -> bool:
    """Whether a line ends in a word that needs another behind it."""
    low = flat(text).strip()
    return low.endswith(",") or bool(
        re.search(r"\b(?:va|cua|ve|cho|tren|trong|den|voi|cac|viec|so|nam|tai|dia|-)$", low)
    )


def _issuer_line(pieces: Sequence[Fragment], position: int) -> str:
    parts = [pieces[position].text]
    for piece in pieces[position + 1 : position + 3]:
        if not piece.capitals or piece.fresh or piece.blank_before > 1 or _BODY_WORDS.match(piece.low):
            break
        parts.append(piece.text)
    return " ".join(" ".join(parts).split()).strip(" ,:-")


def _until_bracket(pieces: Sequence[Fragment], position: int) -> str:
    parts: list[str] = []
    for piece in pieces[position : position + 5]:
        parts.append(piece.text)
        if ")" in piece.text:
            break
    return " ".join(parts)
