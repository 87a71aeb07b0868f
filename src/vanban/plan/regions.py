"""Which lines of a file are the plan's body, which its end (recipients, signature), which annexes, which neither."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence

from vanban.model import Line
from vanban.outline.letters import LOWER, UPPER, bare
from vanban.text import fold

_RECIPIENTS = re.compile(r"^\W{0,2}noi\s+nhan\b")
_ANNEX = re.compile(r"^(?:phu luc|danh muc|bieu(?: mau)? so|bieu \d|bang tong hop|bang phan cong|mau so)\b")
_PLAN_TITLE = re.compile(r"^(?:KẾ\s*HOẠCH|KE\s*HOACH|CHƯƠNG TRÌNH|PHƯƠNG ÁN|ĐỀ ÁN)$")
_AUTHORITY = re.compile(
    r"^(?:TM|T/M|KT|K/T|TL|TUQ|Q)\s*\.|^(?:CHỦ TỊCH|PHÓ CHỦ TỊCH|BỘ TRƯỞNG|GIÁM ĐỐC|TRƯỞNG BAN|THỨ TRƯỞNG)$"
)
_NAME = re.compile(rf"^[{UPPER}][{LOWER}&¢]+(?:\s+[{UPPER}][{LOWER}&¢]*){{1,5}}$")


@dataclasses.dataclass(frozen=True, slots=True)
class Regions:
    """Line indexes (half-open) of the body, of each end block, and of what follows the last one."""

    body: tuple[int, int]
    ends: tuple[tuple[int, int], ...]
    annex: tuple[int, int]


def regions(lines: Sequence[Line], body_start: int = 1) -> Regions:
    """Parts ``lines``. ``body_start`` is the first line after the header; with an annexed plan (a decision's end stands
    before the plan's title) the body begins behind that title."""
    texts = [" ".join(line.text.split()) for line in lines]
    ends = [_end_block(texts, at) for at, text in enumerate(texts) if _RECIPIENTS.match(bare(text))]
    start = max(0, min(body_start - 1, len(texts)))
    if not ends:
        ends = [block for block in [_unnamed_end(texts, start)] if block]
    for begin, finish in ends[:1]:
        title = _annexed_title(texts, finish)
        if title is not None:
            later = [block for block in ends[1:] if block[0] > title]
            stop = later[0][0] if later else _annex_start(texts, title + 1)
            return Regions((title + 1, stop), tuple(ends), (later[0][1] if later else stop, len(texts)))
        if begin <= start:
            start = 0 if start >= len(texts) else start
    usable = [block for block in ends if block[0] > start]
    if not usable:
        stop = _annex_start(texts, start)
        return Regions((start, stop), tuple(ends), (stop, len(texts)))
    return Regions((start, usable[0][0]), tuple(ends), (usable[0][1], len(texts)))


def _annexed_title(texts: Sequence[str], finish: int) -> int | None:
    """Where the title of an annexed plan stands behind a decision's end, if a section follows it."""
    for at in range(finish, min(finish + 25, len(texts))):
        if _PLAN_TITLE.match(texts[at].strip(" |").upper()):
            following = texts[at : at + 120]
            if any(re.match(r"^(?:I|1|A)\s*[.)]", text) for text in following):
                return at
    return None


def _annex_start(texts: Sequence[str], start: int) -> int:
    for at in range(start, len(texts)):
        if _ANNEX.match(fold(texts[at])) and texts[at].isupper():
            return at
    return len(texts)


def _end_block(texts: Sequence[str], at: int) -> tuple[int, int]:
    """The end block around "Nơi nhận" at index ``at``: from behind the last sentence to the signer's name."""
    begin = at
    for back in range(at - 1, max(-1, at - 40), -1):
        text = texts[back]
        if re.search(r"\./\.?[’'\"”]?$", text):
            begin = back + 1
            break
        if (
            text
            and text != "|"
            and not _AUTHORITY.match(text.upper())
            and not (text.isupper() and len(text) < 50)
            and not _NAME.match(text)
        ):
            break
        if _AUTHORITY.match(text.upper()) and text.isupper():
            begin = back
    stop = at + 1
    signed = False
    for ahead in range(at + 1, min(len(texts), at + 140)):
        text = texts[ahead]
        if not text:
            continue
        folded = fold(text)
        if _ANNEX.match(folded) and len(text) < 60 or _PLAN_TITLE.match(text.upper()) or re.match(r"^\[\d+\]", text):
            break
        if text == "|":
            if signed:
                stop = ahead + 1
                break
            continue
        signed = signed or bool(_AUTHORITY.search(text.upper()) and text.upper() == text)
        listed = bool(re.match(r"^[-–—+•]", text)) or text.endswith((";", ","))
        if not listed and len(text) > 110 and ahead - stop > 3:
            break
        stop = ahead + 1
        if signed and _NAME.match(text) and not _still_listed(texts, ahead):
            break
    return begin, stop


def _still_listed(texts: Sequence[str], at: int) -> bool:
    """Whether recipients go on behind a name (interleaved columns)."""
    following = [text for text in texts[at + 1 : at + 12] if text][:2]
    return any(re.match(r"^[-–—+]\s*\S", text) for text in following)


def _unnamed_end(texts: Sequence[str], start: int) -> tuple[int, int] | None:
    """The signature of a document that prints no "Nơi nhận"."""
    for at in range(len(texts) - 1, start, -1):
        if re.search(rf"(?:^|\s)(?:TM|KT|TL|TUQ)\s*\.\s*[{UPPER} ]+$", texts[at]):
            begin = at
            while (
                begin > start
                and not re.search(r"\./\.?$", texts[begin - 1])
                and (not texts[begin - 1] or len(texts[begin - 1]) < 60)
            ):
                begin -= 1
            stop = next((i + 1 for i in range(at, min(len(texts), at + 40)) if _NAME.match(texts[i])), None)
            listed = [i + 1 for i in range(at, min(len(texts), at + 40)) if texts[i].startswith("-")]
            return begin, min(len(texts), stop or (listed[-1] + 4 if listed else at + 8))
    return None
