"""How sentences of reports say numbers, shares, days and names of tasks. Vietnamese only: reports are Vietnamese documents.
Pure."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from .models import ReportFigure, Sentence

_LONG = 170  # signs of a task's name that a sentence still carries; the annex has the whole
_SHORTEST = 40  # a name is not cut before so many signs
_ASIDE = re.compile(r"\s*\((?:sau đây|dưới đây|viết tắt|gọi tắt)[^()]*\)")
_CUTS = (
    r"; ", r"\. ", r",? nhằm ", r", qua đó ", r", từ đó ",
    r", trong đó ", r",? để ", r", (?:bảo đảm|đảm bảo) ", r" theo (?:quy định|Quyết định|Nghị định|Kế hoạch|Luật) ",
    r" (?:quy định|phê duyệt|ban hành) (?!về)", r" của Thủ tướng ", r", ",
)  # fmt: skip
# What is to be done stands at the end of what begins so: it is cut at the first five only.
_LATE = ("chủ trì", "phối hợp", "trên cơ sở", "căn cứ", "trong quá trình")
_HANGING = re.compile(r"(?: (?:về|của|và|để|cho|trên|với|theo|đến|tới|các|những|tại|trong|qua|bằng|phải|do|là|từ))+$")


def number(value: int) -> str:
    """A number as Vietnamese documents write it: 1.234.567; below 10 with a zero before it."""
    return f"{value:02d}" if 0 < value < 10 else f"{value:,}".replace(",", ".")


def share(part: int, whole: int) -> str:
    """A share of a whole in per cent, one decimal where there is one: "65,2%"."""
    value = round(100 * part / whole, 1) if whole else 0.0
    return (f"{value:.0f}" if value == int(value) else f"{value:.1f}").replace(".", ",") + "%"


def change(figure: ReportFigure) -> str:
    """How a figure moved, with its unit where its own words do not name it: "tăng 05 nhiệm vụ (từ 25 lên 30)"."""
    before = figure.before or 0
    unit = f" {figure.unit}" if figure.unit and figure.unit.lower() not in figure.label.lower() else ""
    if figure.shown > before:
        return f"tăng {number(figure.shown - before)}{unit} (từ {number(before)} lên {number(figure.shown)})"
    return f"giảm {number(before - figure.shown)}{unit} (từ {number(before)} xuống {number(figure.shown)})"


def day(date: dt.date | None) -> str:
    """dd/mm/yyyy."""
    return f"{date:%d/%m/%Y}" if date else ""


def ended(text: str, end: str = ".") -> str:
    """A sentence on one line with this end, whatever stood there."""
    return " ".join(text.split()).rstrip(" .;,:") + end


def named(text: str) -> str:
    """A task's words as a sentence names it: on one line, without asides on abbreviations; a long one is cut where a
    purpose or the next clause begins, and only where there is no such place inside a clause ("…")."""
    whole = ended(_ASIDE.sub("", " ".join(text.split())), "")
    if len(whole) <= _LONG:
        return whole
    for cut in _CUTS[:5] if whole.lower().startswith(_LATE) else _CUTS:
        places = [found.start() for found in re.finditer(cut, whole) if _SHORTEST <= found.start() <= _LONG]
        closed = [place for place in places if _is_closed(whole[:place])]
        if closed:
            return _HANGING.sub("", ended(whole[: closed[-1] if cut == r", " else closed[0]], ""))
    commas = [found.start() for found in re.finditer(", ", whole[:_LONG]) if _is_closed(whole[: found.start()])]
    end = commas[-1] if commas and commas[-1] >= _LONG // 2 else whole.rindex(" ", 0, _LONG)
    return f"{_HANGING.sub('', whole[:end].rstrip(' ,;:.(“'))}…"


def _is_closed(text: str) -> bool:
    """Whether no bracket and no quotation is left open."""
    return text.count("(") == text.count(")") and text.count("“") == text.count("”")


def answered(gap: Sentence, words: str) -> str:
    """What a person said in a gap, as a sentence that names what it is about: "Phát bản tin: đã phát 03 số." To a question
    the words alone are the answer."""
    about, colon, missing = gap.text.rpartition(": ")
    said = " ".join(words.split())
    if not said or not colon or not missing.startswith("chưa ") or said.lower().startswith(about.lower()):
        return said
    if about.count(" ") <= 3 and gap.key.endswith(":none"):  # "Đề xuất, kiến nghị": the part's own title says it
        return ended(upper(said))
    return f"{about}: {ended(lower(said))}"


_OF_PLACE = re.compile(  # "Phường 7": a name that is a number has its kind in capitals
    r"(?P<kind>(?:Ủy ban nhân dân|Hội đồng nhân dân|Đảng ủy) )(?P<level>[Pp]hường|[Xx]ã|[Đđ]ặc khu) (?P<name>.+)"
)


def named_together(names: Sequence[str]) -> str:
    """Names one after the other; committees of several wards or communes share their words: "Ủy ban nhân dân các phường 7,
    Tân An; Sở Y tế"."""
    groups: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for whole in dict.fromkeys(names):
        found = _OF_PLACE.fullmatch(whole)
        key = (found["kind"], found["level"].lower()) if found is not None else (whole, "")
        groups.setdefault(key, []).append((whole, found["name"] if found is not None else whole))
    said = [
        some[0][0] if len(some) == 1 else f"{kind}các {level} {', '.join(name for _whole, name in some)}"
        for (kind, level), some in groups.items()
    ]
    return ("; " if any(len(some) > 1 for some in groups.values()) else ", ").join(said)


def lower(text: str) -> str:
    """The first letter small, unless the word is an abbreviation ("UBND", "QĐ-TTg") or begins a name of several words
    with capitals ("Ủy ban" is none, "Thủ Đức" is)."""
    words = text.split(" ", 2)
    first = words[0]
    is_name = len(words) > 1 and words[1][:1].isupper()
    if is_name or sum(sign.isupper() for sign in first) > 1:
        return text
    return text[:1].lower() + text[1:]


def heading(text: str) -> str:
    """The title of a group of tasks as the heading of a point: what the plan sets in capitals is small but for its first
    letter and abbreviations."""
    words = ended(text, "")
    if not words.isupper():
        return words
    return upper(" ".join(word if word in _IN_CAPITALS else word.lower() for word in words.split(" ")))


_IN_CAPITALS = frozenset(("UBND", "HĐND", "UBMTTQ", "MTTQ", "TW", "CNTT", "CCHC"))


def upper(text: str) -> str:
    """The first letter large."""
    return text[:1].upper() + text[1:]
