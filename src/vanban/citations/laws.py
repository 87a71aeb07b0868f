"""Laws that a text cites by their names alone: "Luật Tiếp cận thông tin", "Bộ luật Lao động"."""

from __future__ import annotations

import dataclasses
import functools
import re

from rapidfuzz import fuzz

from vanban.dates.calendar import flat
from vanban.knowledge import KEPT, Knowledge

_KIND = re.compile(r"(?<![\w/-])(?P<kind>bo\s+luat|luat|phap\s+lenh|hien\s+phap)\b")
_AMENDING = re.compile(
    r"\s+sua\s+doi(?:\s*,\s*bo\s+sung)?\s+(?:mot\s+so\s+dieu|cac\s+dieu[^;.]{0,30}?)?\s*cua\s+", re.I
)
_STOP = re.compile(
    r"(?:va\s+(?:cac|luat|bo\s+luat|nghi|phap|van|quy|huong)|nam|ngay|so|sua doi|duoc|cac|co|khi|nham|de"
    r"|la|quy dinh|trong|cho"
    r"|doi voi|cua|tai|theo|da|se|den|bang|hien hanh|hien nay|nay|thi|thong qua|ban hanh|lien quan|khoa"
    r"|moi|tren|duy nhat"
    r"|thuc hien|tang cuong|bao dam|dam bao|sau|truoc|tu|voi|phu hop|bo sung|thay the|gom|ve|cung|cach"
    r"|boi|noi|phai|voi)\b"
)
_CLOSING = '.,;:)”"'
_WORD = re.compile(r",?\s+([^\W\d_]+)")
# Words that go on with a name behind its comma: "Luật Phòng, chống …", "Luật Quản lý, sử dụng …".
_AFTER_COMMA = {"chong", "chua", "su", "cuu", "ve", "giao", "doi", "xu"}


@dataclasses.dataclass(frozen=True, slots=True)
class LawName:
    """A law named in a text: its kind and name, where they stand, and how sure a repaired name is."""

    kind: str
    name: str
    printed: str
    start: int
    end: int
    confidence: float = 1.0


@functools.lru_cache(maxsize=KEPT)
def _known(knowledge: Knowledge) -> list[tuple[str, str]]:
    return sorted(((" ".join(flat(n).split()), n) for n in knowledge.laws), key=lambda pair: -len(pair[0]))


@functools.lru_cache(maxsize=KEPT)
def _by_beginning(knowledge: Knowledge) -> dict[str, list[tuple[str, str]]]:
    """The known laws as (letters of the flat name, name), by the first eight letters, the longest first."""
    found: dict[str, list[tuple[str, str]]] = {}
    for key, name in _known(knowledge):
        bare = re.sub(r"\W", "", key)
        found.setdefault(bare[:8], []).append((bare, name))
    return found


def _exactly(text: str, low: str, start: int, knowledge: Knowledge) -> tuple[str, int, float] | None:
    """The known law whose name stands at ``start``; blanks and commas do not count, since copies lose some."""
    window = low[start : start + 130]
    places = [index for index, char in enumerate(window) if char.isalnum()]
    letters = "".join(window[index] for index in places)
    for bare, name in _by_beginning(knowledge).get(letters[:8], ()):
        if not letters.startswith(bare):
            continue
        end = start + places[len(bare) - 1] + 1
        if low[end : end + 1].isalpha() and not low.startswith(("ngay", "nam", "va", "so"), end):
            continue
        if name.count(" ") < 2 and text[start:end].lower() != name.lower():
            continue  # "Hội Luật gia" is not the law on prices ("Luật Giá")
        return name, end, 1.0
    return None


def find_laws(text: str, low: str, knowledge: Knowledge, *, broken: bool = False) -> list[LawName]:
    """Every law, code, ordinance or constitution that ``text`` names, in order; ``low`` is the flat text."""
    found: list[LawName] = []
    last = -1
    for match in _KIND.finditer(low):
        if match.start() < last or (
            match["kind"] == "luat" and low[max(0, match.start() - 12) : match.start()].rstrip().endswith("phap")
        ):
            continue
        law = _law(text, low, match, knowledge, broken)
        if law is not None:
            found.append(law)
            last = law.end
    return found


def _law(text: str, low: str, match: re.Match[str], knowledge: Knowledge, broken: bool) -> LawName | None:
    kind = {"luat": "Luật", "boluat": "Bộ luật", "phaplenh": "Pháp lệnh"}.get(
        re.sub(r"\s+", "", match["kind"]), "Hiến pháp"
    )
    start = match.start()
    if not text[start].isupper():
        return None
    if kind == "Hiến pháp":
        return LawName(kind, kind, text[start : match.end()], start, match.end())
    amended = _AMENDING.match(low, match.end())
    if amended:
        inner = _KIND.match(low, amended.end())
        law = _law(text, low, inner, knowledge, broken) if inner else None
        if law is None:
            return None
        while more := re.compile(r"\s+va\s+(?=luat\s|bo\s+luat\s)").match(low, law.end):
            second = _KIND.match(low, more.end())
            added = _law(text, low, second, knowledge, broken) if second else None
            if added is None:
                break
            law = dataclasses.replace(law, name=f"{law.name} và {added.name}", end=added.end)
        name = f"{kind} {' '.join(text[match.end() : amended.end()].split())} {law.name}"
        return LawName(kind, name, text[start : law.end], start, law.end)
    known = _known_at(text, low, start, knowledge, 0.8) if broken else _exactly(text, low, start, knowledge)
    if known is not None:
        name, end, score = known
        return LawName(kind, name, " ".join(text[start:end].split()), start, end, score)
    if broken:
        return None
    torn = _known_at(text, low, start, knowledge, 0.92)
    if torn is not None and torn[0].count(" ") >= 3:  # one letter torn in a whole text
        return LawName(kind, torn[0], " ".join(text[start : torn[1]].split()), start, torn[1], torn[2])
    return _unknown(text, low, kind, start, match.end())


def _known_at(text: str, low: str, start: int, knowledge: Knowledge, needed: float) -> tuple[str, int, float] | None:
    """The known law whose name stands at ``start`` (or is likest to the words there, in a broken text)."""
    words = list(re.finditer(r"\S+", low[start : start + 110]))
    best: tuple[float, str, int] | None = None
    for key, name in _known(knowledge):
        count = key.count(" ") + 1
        if count > len(words):
            continue
        printed = " ".join(word[0] for word in words[:count]).rstrip(_CLOSING)
        score = 1.0 if printed == key else fuzz.ratio(printed, key) / 100
        end = start + words[count - 1].start() + len(words[count - 1][0].rstrip(_CLOSING))
        if count < 3 and text[start:end].lower() != name.lower():
            continue  # "Hội Luật gia" is not the law on prices ("Luật Giá")
        if score >= needed and (best is None or score * len(key) > best[0] * len(best[1])):
            best = (score, name, end)
    return (best[1], best[2], round(best[0], 2)) if best else None


def _unknown(text: str, low: str, kind: str, start: int, after_kind: int) -> LawName | None:
    """A law that the packaged list does not have: its name begins with a capital."""
    position = after_kind
    words = 0
    while words < 14:
        word = _WORD.match(text, position)
        if word is None or "\n\n" in word[0] or (word[0].startswith(",") and flat(word[1]) not in _AFTER_COMMA):
            break
        if words == 0 and (not word[1][0].isupper() or word[1].isupper() != text[start:after_kind].isupper()):
            return None
        if _STOP.match(re.sub(r"\s+", " ", low[word.start(1) : word.start(1) + 30])):
            break
        position = word.end()
        words += 1
    if words == 0:
        return None
    name = " ".join(text[start:position].split()).removesuffix(" và")
    if flat(name) in ("luat su", "luat gia"):
        return None
    return LawName(kind, name, name, start, position)
