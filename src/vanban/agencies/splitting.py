"""A list of agencies as printed, split into its entries."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vanban.agencies.names import folded_fields, is_strong, noun_family, starts_agency
from vanban.text import fold, nfc

_SEPARATOR = re.compile(
    r"\s*;\s*|\s*,\s+|\s*,(?=[^\d\s])|\s+và\s+|\s+cùng\s+(?:với\s+)?(?=các\s)|\s*\n\s*|"
    r"(?<![Đđ]ối)\s+với\s+(?=các\s|Sở\s|UBND\s)"
)
_PLURAL = re.compile(
    r"^(?:[Cc]ác|[Gg]ồm\s+các|[Nn]hững)?\s*(?P<head>[Ss]ở|[Bb]ộ|[Pp]hòng|[Bb]an|[Cc]ục|[Vv]ụ|[Hh]ội|"
    r"[Cc]hi\s+cục|[Tt]ổng\s+cục|[Tt]rung\s+tâm|[Tt]rường|[Vv]iện|[Hh]uyện\s+ủy|[Cc]ông\s+ty|"
    r"UBND(?:\s+các)?(?:\s+(?:xã|phường|huyện))?)\s*:\s*(?P<rest>.+)$",
    re.DOTALL,
)
_PLURAL_OPEN = re.compile(r"^[Cc]ác\s+(?P<head>Sở|sở|Bộ|bộ|Phòng|phòng)\s+(?P<rest>[A-ZĐÔ].+)$", re.DOTALL)
MEMBERS = re.compile(
    r"^(?P<group>.+?)\s*\(\s*(?:bao\s+)?gồm\s*:?\s*(?P<members>(?:[Cc]ác\s+)?(?:[Ss]ở|[Bb]ộ|"
    r"[Pp]hòng)\s*:?\s*[A-ZĐ].*)\)\s*$",
    re.DOTALL,
)
_OFFICE = re.compile(
    r"\b(?:Văn phòng|VP|Thường trực|Lãnh đạo)\s+(?:Đoàn\s+(?:ĐBQH|[đĐ]ại biểu Quốc hội)(?:\s*,\s*|\s+và\s+|"
    r"\s*-\s*))?(?:HĐND|Hội đồng nhân dân|UBND|[UỦ][ỷy] ban nhân dân|ĐBQH)"
    r"(?:\s*,\s*|\s+và\s+|\s*&\s*|\s*-\s*)(?:HĐND|Hội đồng nhân dân|UBND|[UỦ][ỷy] ban nhân dân)\b"
)
_DELEGATION = re.compile(
    r"\b(?:Văn phòng|VP)\s+Đoàn\s+(?:ĐBQH|[đĐ]ại biểu Quốc hội)"
    r"(?:\s*,\s*|\s+và\s+|\s*&\s*|\s*-\s*)(?:HĐND|Hội đồng nhân dân)\b"
)
_BLOCK = re.compile(r"\b[Kk]hối\s+(?:các\s+)?[Cc]ơ quan(?:\s+và|,|\s*-)\s+[Dd]oanh nghiệp")
#: "Cấp tỉnh: Sở Y tế; cấp huyện: UBND các huyện": for which level each acts.
_LEVEL = re.compile(
    r"(^|[;,.\n]\s*)[-+•]?\s*(?:(?:Ở|ở|Tại|tại|Đối\s+với)\s+)?[Cc]ấp\s+(?:Trung\s+ương|trung\s+ương|tỉnh|huyện|xã|cơ\s+sở)"
    r"\s*:\s*(?=\S)"
)
#: "Ban Dân vận" / "Huyện ủy": a cell's line ends inside a Party body's name.
_COMMITTEE = re.compile(
    r"((?:^|\n)(?:Ban|Văn phòng|Thường trực|Ủy ban Kiểm tra|Ủy ban kiểm tra|Cơ quan)(?:[ ][^\n;,.]*)?)\n(?=(?:Tỉnh|Huyện|"
    r"Thành|Thị|Quận|Đảng)\s+[uủ])"
)
_PERSON = re.compile(r"^(?:Các\s+)?(?:[Đđ]ồng chí|[Đđ]/c|[ÔôBb]ng|[Bb]à)\s")
_POST = re.compile(
    r"^(?:Phó|Trưởng|Giám đốc|Chủ tịch|Bí thư|Ủy viên|UVBTV|Chánh|Cục trưởng|Vụ trưởng|Thứ trưởng|Bộ trưởng)\b"
)
_TAIL = re.compile(r"[\s.;,:/]+$")
_OPENING = re.compile(r"^(?:(?:chặt\s+chẽ\s+)?với|gồm|là|do|và|cùng|Giao|giao|Đề\s+nghị|đề\s+nghị)\s*:?\s+")
_GLUED = re.compile(r"(?<=[a-zàáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ])\s+(?=Sở\s+[A-ZĐ])")
_BEFORE_GLUE = re.compile(r"(?:của|thuộc|các|và|với|tại|qua|ở|từ|đốc|trưởng|đạo|phòng|cho|gồm|do|tra|viên)$")


def split(text: str, knowledge: object | None = None) -> list[str]:
    """The agencies that ``text`` lists, one an entry, in the document's own words.

    Commas and "và" inside a name stay ("Sở Văn hóa, Thể thao và Du lịch"); a collective is one entry ("các sở, ban,
    ngành",
    "UBND các huyện, thị xã, thành phố"); a factored word is given back ("các Sở: Xây dựng, Tài chính" → Sở Xây dựng,
    Sở Tài chính). ``knowledge``, if given, adds its ``agencies`` as names that are never cut. Returns [] for empty
    text.
    """
    text = _COMMITTEE.sub(r"\1 ", text)
    text = _TAIL.sub(
        "",
        " ".join(nfc(text).replace("\n", " ; ").split())
        if "\n" in text and _line_list(text)
        else " ".join(nfc(text).split()),
    )
    text = _LEVEL.sub(r"\1", _OPENING.sub("", text).strip())
    if not text:
        return []
    members = MEMBERS.match(text)
    if members:
        return split(members["members"], knowledge)
    known = tuple(getattr(knowledge, "agencies", ()) or ())
    out: list[str] = []
    for part in _semicolons(text):
        out.extend(_factored(part) or _entries(part, known))
    return [entry for entry in (_TAIL.sub("", item).strip() for item in out) if entry]


#: A line that ends in the middle of a name or of the list: "…; Văn phòng" / "UBND tỉnh".
_HANGING = re.compile(
    r"(?:,|\b(?:và|thuộc|của|tại|với|cùng)|(?:^|[;,]\s*)(?:Sở|Bộ|Ban|Phòng|Cục|Vụ|Hội|Văn\s+phòng|VP|Công\s+an|Đoàn|Đài|Chi\s+cục|Liên\s+đoàn|"
    r"Trung\s+tâm|Thường\s+trực|Chủ\s+tịch|Ủy\s+ban\s+nhân\s+dân))$"
)


def _line_list(text: str) -> bool:
    """Whether each line of a cell names an agency of its own."""
    lines = [line.strip(" -+") for line in text.split("\n") if line.strip(" -+")]
    return (
        len(lines) > 1
        and all(starts_agency(line) and line[0].isupper() for line in lines)
        and not any(_HANGING.search(line) for line in lines[:-1])
    )


def _semicolons(text: str) -> Iterator[str]:
    depth, start = 0, 0
    for index, char in enumerate(text):
        depth += (char == "(") - (char == ")")
        if char == ";" and depth <= 0:
            yield text[start:index].strip()
            start = index + 1
    yield text[start:].strip()


def _factored(text: str) -> list[str] | None:
    """The entries of "các Sở: A, B và C" or "các Sở A, B"; None where no word is factored out."""
    match = _PLURAL.match(text) or _PLURAL_OPEN.match(text)
    if match is None:
        return None
    head = match["head"]
    head = head[0].upper() + head[1:]
    fields = _fields(match["rest"])
    if match.re is _PLURAL_OPEN and len(fields) < 2:
        return None
    out: list[str] = []
    for field in fields:
        out.extend([field] if starts_agency(field) and not _is_field(field) else [f"{head} {field}"])
    return out


def _is_field(text: str) -> bool:
    folded = fold(text)
    return any(folded == known for known, _ in folded_fields())


def _fields(text: str) -> list[str]:
    """The fields in "Xây dựng, Nông nghiệp và Môi trường, Văn hóa, Thể thao và Du lịch": known ones are not cut."""
    out: list[str] = []
    rest = text.strip()
    while rest:
        length = _known_length(rest)
        if length is None:
            match = re.search(r"\s*[,;]\s*|\s+và\s+", rest)
            length = match.start() if match and match.start() else len(rest)
        tail = re.match(r"[^,;]*?(?=\s*[,;]|\s+và\s|$)", rest[length:])
        length += tail.end() if tail else 0
        out.append(rest[:length].strip())
        rest = re.sub(r"^\s*(?:[,;]\s*)?(?:và\s+)?", "", rest[length:])
    return [field for field in out if field]


def _known_length(text: str) -> int | None:
    """How many characters of ``text`` the longest known field covers."""
    head = text[:80]  # no field is longer
    low = fold(head)
    for folded, _ in folded_fields():
        if low.startswith(folded):
            length = _matched(head, folded)
            if length:
                return length
    return None


def _matched(text: str, folded: str) -> int | None:
    low = fold(text)
    if not low.startswith(folded) or low[len(folded) : len(folded) + 1].isalnum():
        return None
    for end in range(len(folded), min(len(text), len(folded) + 6) + 1):
        if fold(text[:end]) == folded:
            return end
    return None


def _entries(text: str, known: tuple[str, ...]) -> list[str]:
    """Cuts ``text`` at commas and "và" wherever a new agency begins behind them."""
    out: list[str] = []
    head = ""
    for separator, atom in _atoms(text, known):
        if not out:
            out.append(atom)
        elif _continues(out[-1], separator, atom):
            out[-1] = f"{out[-1]}{separator}{atom}"
            continue
        elif atom[:1].isupper() and _is_field(atom) and head and not starts_agency(atom):
            out.append(f"{head} {atom}")
            continue
        else:
            out.append(atom)
        match = re.match(r"(?:các\s+)?(Sở|Bộ|Phòng|Ban)\b", out[-1])
        head = match[1] if match else ""
    return out


def _atoms(text: str, known: tuple[str, ...]) -> list[tuple[str, str]]:
    """(separator before, words) of each piece between separators that stand outside brackets and known names."""
    kept = _kept_spans(text, known)
    out: list[tuple[str, str]] = []
    start, separator = 0, ""
    for match in _SEPARATOR.finditer(text):
        depth = text[: match.start()].count("(") - text[: match.start()].count(")")
        if depth > 0 or any(a < match.start() < b for a, b in kept) or match.start() < start:
            continue
        out.append((separator, text[start : match.start()].strip()))
        separator = ", " if "," in match[0] else "; " if ";" in match[0] else f" {match[0].strip()} "
        start = match.end()
    out.append((separator, text[start:].strip()))
    glued: list[tuple[str, str]] = []
    for separator, atom in out:
        pieces = _unglue(atom)
        glued.append((separator, pieces[0]))
        glued.extend(("; ", piece) for piece in pieces[1:])
    return [(separator, atom) for separator, atom in glued if atom]


def _unglue(atom: str) -> list[str]:
    """ "Sở Khoa học và Công nghệ Sở Công Thương": two names printed without anything between them."""
    pieces: list[str] = []
    start = 0
    for match in _GLUED.finditer(atom):
        if starts_agency(atom[start:]) and not _BEFORE_GLUE.search(atom[: match.start()]) and "(" not in atom:
            pieces.append(atom[start : match.start()])
            start = match.end()
    return [*pieces, atom[start:]]


def _kept_spans(text: str, known: tuple[str, ...]) -> list[tuple[int, int]]:
    """Where a head word with a known field stands: separators inside are part of the name."""
    spans: list[tuple[int, int]] = []
    for match in re.finditer(r"\b(?:[Ss]ở|[Bb]ộ|[Pp]hòng|[Tt]rung tâm|[Tt]rưởng phòng|VP|Văn phòng)\s+", text):
        length = _known_length(text[match.end() :])
        if length:
            spans.append((match.start(), match.end() + length))
    for office in (_OFFICE, _DELEGATION, _BLOCK):
        spans.extend((match.start(), match.end()) for match in office.finditer(text))
    low = fold(text)
    if len(low) == len(text):
        for name in known:
            if "," in name or " và " in name:
                at = low.find(fold(name))
                if at >= 0:
                    spans.append((at, at + len(name)))
    return spans


_COLLECTIVE = re.compile(r"^(?:(?:tất cả\s+)?các|những)?\s*\S", re.IGNORECASE)
_PLACES = re.compile(r"các\s+(?:huyện|quận|thị xã|xã|phường)\b")
_ENDED = re.compile(r"(?:liên quan|trên địa bàn.*|trực thuộc.*|hữu quan|khác)$", re.IGNORECASE)


def _continues(entry: str, separator: str, atom: str) -> bool:
    """Whether ``atom`` goes on the name under way rather than beginning the next."""
    if _PERSON.match(entry) and _POST.match(atom) and not _POST.search(entry.partition(", ")[2]):
        return True  # "Đồng chí Nguyễn Văn A, Phó Chủ tịch UBND tỉnh"
    bare = re.sub(r"^(?:các|những)\s+", "", atom, flags=re.IGNORECASE) if separator.strip() == "và" else atom
    family = noun_family(bare)
    entry = re.sub(r"^(?:[Tt]hủ trưởng|[Ll]ãnh đạo|[Gg]iám đốc|[Nn]gười đứng đầu)\s+(?=các\s)", "", entry)
    first = re.split(r",| và ", entry)[0].strip()
    opened = noun_family(re.sub(r"^(?:tất cả\s+)?(?:các|những)\s+", "", first, flags=re.IGNORECASE))
    if _PLACES.match(atom) and re.search(
        r"^(?:UBND|[UỦ][ỷy] ban (?:nhân dân|MTTQ|Mặt trận)).* (?:huyện|thị xã|quận|tỉnh|thành phố)$", entry
    ):
        return True  # "UBND huyện, các xã"
    inside = re.search(r"\S\s(?:các|những)\s+(?P<nouns>\S.*)$", entry)
    if family is not None and inside and atom[:1].islower() and not atom.startswith(("các ", "những ")):
        return noun_family(re.split(r",| và ", inside["nouns"])[0]) == family  # "Thanh tra các bộ, ngành"
    if family is not None and not _ENDED.search(entry):
        if atom[:1].isupper() and is_strong(f"{atom} "):
            return opened in ("body", "place") and bool(
                re.fullmatch(
                    r"(?:Sở|Ban|Ngành|Phòng|Bộ|Vụ|Cục|Chi cục|Tổng cục|Đơn vị)(?:\s+(?:có\s+)?liên\s+quan)?", atom
                )
            )
        last = noun_family(re.split(r",| và ", entry)[-1].strip())
        of_places = re.match(
            r"(?:UBND|UBMTTQ(?:VN)?|Mặt trận|Ủy ban nhân dân|Uỷ ban nhân dân|"
            r"Đảng ủy|HĐND|Hội đồng nhân dân|Chủ tịch|Công an|MTTQ|Ủy ban "
            r"MTTQ|Hội)\b",
            entry,
        )
        if family == "place" and (of_places or opened == "place" or last == "place" or opened == "body"):
            return not atom.lower().startswith("các ") or separator.strip() == "và"
        if separator.strip() == "và" and atom.lower().startswith("các ") and family == "body" and opened == "body":
            return False
        if family == "body" and opened == "body":
            return not of_places
        if opened == family and (
            not atom[:1].isupper() or entry[:1].isupper() is False or family in ("school", "press")
        ):
            return True
        if family == "firm" and opened == "body" and atom[:1].islower():
            return True
    return not starts_agency(atom) and not (
        atom[:1].isupper()  # "Phòng Xây dựng, kiểm tra và theo dõi thi hành pháp luật" is one name
        and _is_field(atom)
        and re.match(r"(?:Sở|Bộ|Phòng)\s", entry) is not None
        and not _joins_known(entry, separator, atom)
    )


def _joins_known(entry: str, separator: str, atom: str) -> bool:
    """Whether entry and atom together are a known name ("Sở Văn hóa" + ", " + "Thể thao và Du lịch")."""
    field = re.sub(r"^(?:Sở|Bộ|Phòng)\s+", "", entry)
    return _is_field(f"{field}{separator}{atom}") or not _is_field(field)
