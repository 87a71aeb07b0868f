"""Printed lines joined into paragraphs.

A paragraph of a printed page runs over several lines, and files differ in what parts paragraphs: an empty line,
nothing at
all, or an empty line after every single line. So a break is decided from several signs: a label, a label word such as
"Cơ quan chủ trì:", an empty line where these carry meaning, and a line left short although the next word would have
fitted.
"""

from __future__ import annotations

import dataclasses
import functools
import re
from collections.abc import Iterable, Sequence

from vanban.agencies.leading import charge_opens
from vanban.agencies.names import starts_agency
from vanban.agencies.words import FIELDS
from vanban.model import Line, Lines
from vanban.outline.letters import LOWER, UPPER, bare
from vanban.outline.markers import LETTERS, Marker, is_heading_like, read_marker
from vanban.text import nfc

#: Names with a hyphen besides those of departments' fields.
_HYPHENATED = (
    "Lao động - Thương binh",
    "Phát thanh - Truyền hình",
    "Dân số - Kế hoạch hóa",
    "chính trị - xã hội",
    "kinh tế - xã hội",
    "xã hội - nghề nghiệp",
    "Thi đua - Khen thưởng",
    "Kế hoạch - Tài chính",
    "Tuyên giáo - Nữ công",
    "Văn hóa - Thể thao",
    "Văn hóa - Nghệ thuật",
    "Truyền thanh - Truyền hình",
    "nghề nghiệp - Giáo dục thường xuyên",
    "Tổ chức - Hành chính",
    "Tổ chức - Cán bộ",
    "Tổ chức - Biên chế",
    "Hành chính - Quản trị",
    "Hành chính - Tổ chức",
    "Khoa học - Công nghệ",
    "Khoa học - Kỹ thuật",
    "Kế hoạch - Tổng hợp",
    "Kế hoạch - Nghiệp vụ",
    "Công nghiệp - Tiểu thủ công nghiệp",
    "Kinh tế - Kỹ thuật",
    "Kinh tế - Xã hội",
    "Kinh tế - Tổng hợp",
)
_NOISE = re.compile(
    r"^(?:https?://\S+|[-–—_=*.…]{3,}|\[?\s*(?:trang|page)\s+\d{1,3}.*|\d{1,3}|[.,;:’'`~^]+)$", re.IGNORECASE
)
_URL_ONLY = re.compile(r"^https?://\S+$")
_APPOSITION = re.compile(
    r"^(?:(?:[Cc]ơ quan|[Đđ]ơn vị)\s+(?:chủ quản|chủ trì|đầu mối|thường trực)|[Tt]hường trực)\b(?![^:]{0,25}:)"
)
_OPENERS = re.compile(
    r"^(?:Căn cứ|Thực hiện|Theo đề nghị|Trên đây|Trong quá trình|Quá trình|Nơi nhận|Đề nghị các|Yêu cầu các|Nhận được|"
    r"Lưu ý|Tren day|Trén day|Trong qu[áaé])\b"
)
_CONNECTIVE = re.compile(
    r"(?:[,(/]|\b(?:và|của|các|cho|với|về|tại|trên|trong|theo|để|do|từ|đến|những|hoặc|là|số|ngày|tháng|năm|qua|"
    r"bằng|được|không))$"
)
_LABEL = re.compile(
    r"^\(?(?:co quan|don vi|cap|bo phan|to chuc|nguoi)?[\s,]*(?:don vi\s+)?(?:chu tri|phoi hop|thuc hien|thoi gian|"
    r"thoi han|tien do|hinh thuc|san pham|ket qua|noi dung|nhiem vu|dia diem|thanh phan|doi tuong|kinh phi|phan cong|"
    r"trach nhiem|to chuc thuc hien|dau moi|han hoan)[^:.;]{0,40}:|"
    r"^(?:co quan|don vi) [^:.;,]{2,24}:|^cap (?:trinh|phe duyet|ban hanh|quyet dinh)\s?:"
)
_LABEL_ONLY = re.compile(
    r"^(?:(?:co quan|don vi)[^:.;]{0,40}|(?:chu tri|phoi hop|thoi gian|thoi han|tien do|hinh thuc|san "
    r"pham)[^:.;]{0,25})\s*:$"
)
_LABEL_LAST = re.compile(
    r"[.;,]\s+(?:(?:co quan|don vi)\s+)?(?:chu tri|phoi hop|thuc hien|thoi gian|thoi han|tien do|san pham)[^:.;]{0,20}:$"
)
_COUNTED = re.compile(r"^[A-ZĐ][^\W\d_]{1,6}(?:\s[^\W\d_]{1,5}){1,2}\s+(?:số\s+)?\d{1,2}\s*[:.]")
_COUNTING = re.compile(
    r"(?:đợt|giai đoạn|lần|nhóm|nhiệm vụ|hoạt động|dự án|chuyên đề|phụ lục|bước|biểu|số|khóa|kỳ|lớp|tuần|tháng|quý|vùng|mẫu)$",
    re.IGNORECASE,
)
_FACTORED = re.compile(r"\b[Cc]ác\s+(?:[Ss]ở|[Bb]ộ|[Pp]hòng|[Cc]ục|[Vv]ụ|[Bb]an)\s*:$")
# A name cut behind its first word: "+ Sở" / "Xây dựng: …".
_HANGING = re.compile(
    rf"(?:(?:^|\s)(?:Sở|Bộ|Ban|Phòng|Cục|Vụ|Hội|Ủy|Uỷ|Văn|Công|Kho|Liên|Hiệp|Tổng|Đoàn|Đài|Báo|Chi|Viện|Trường|Cổng)|"
    rf",\s+[{UPPER}][{LOWER}]+)$"
)
# Advance widths of a Times-like face, in thousandths of the size: enough to tell a full line from a short one.
_WIDTHS = {
    "i": 278,
    "j": 278,
    "l": 278,
    "t": 278,
    "f": 333,
    "r": 333,
    "s": 389,
    "a": 444,
    "c": 444,
    "e": 444,
    "z": 444,
    "m": 778,
    "w": 722,
    " ": 250,
    ".": 250,
    ",": 250,
    ";": 278,
    ":": 278,
    "-": 333,
    "(": 333,
    ")": 333,
    "/": 278,
}


@dataclasses.dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph: its label if it opens with one, its text without the label, its lines; ``gap``: an empty line
    before."""

    marker: Marker | None
    text: str
    lines: Lines
    gap: bool = False


def width(text: str) -> int:
    """About how wide ``text`` prints, in thousandths of the type size."""
    total = 0
    for char in text:
        if char.isupper():
            total += 690
        else:
            total += _WIDTHS.get(char, 500)
    return total


def is_noise(text: str) -> bool:
    """Whether a line is page furniture: an address alone, a rule, a page number."""
    return bool(_NOISE.match(text))


def join(left: str, right: str) -> str:
    """Two printed lines as one text: a blank between them, none after a hyphen that a word ends in ("TTr-" /
    "STTTT")."""
    if not left or not right:
        return left + right
    if re.search(r"\w-$", left[-2:]) and not right[0].isspace() and re.match(r"[A-ZĐ&\d]", right):
        return left + right
    return f"{left} {right}"


def paragraphs(lines: Sequence[Line], *, one_each: bool = False) -> list[Paragraph]:
    """``lines`` joined into paragraphs, in order. Lines that hold only ``|`` part paragraphs and are dropped.

    ``one_each``: the file gives each paragraph as one line (Word, HTML), so only lines that begin in lower case join.
    """
    return _Joiner(lines, one_each).run()


class _Joiner:
    """Walks the lines once, keeping the paragraph under way."""

    def __init__(self, lines: Sequence[Line], one_each: bool) -> None:
        self.rows: list[tuple[int, str, bool]] = []
        blank = False
        blanks = 0
        for line in lines:
            text = " ".join(nfc(line.text).split())
            if not text:
                blank = True
                continue
            if text != "|" and is_noise(text):
                blank = blank or not _URL_ONLY.match(text)
                continue
            blanks += blank
            self.rows.append((line.number, text, blank))
            blank = False
        self.mode = "each" if one_each else self._mode(blanks)
        widths = sorted(width(text) for _, text, _ in self.rows if len(text) > 20) or [30000]
        self.margin = widths[min(len(widths) - 1, int(len(widths) * 0.9))]
        self.ragged = self.mode in ("double", "dense") and self._is_ragged()
        self.out: list[Paragraph] = []
        self.last: dict[str, int] = {}

    def _is_ragged(self) -> bool:
        """Whether paragraphs break early after their first line, as those of web pages with tags around first words
        do: then a short first line says nothing."""
        wrapped = [
            width(text) < 0.62 * self.margin
            for (_, text, _), (_, below, _) in zip(self.rows, self.rows[1:], strict=False)
            if read_marker(text) is not None and below[:1].islower()
        ]
        return len(wrapped) >= 6 and sum(wrapped) > 0.35 * len(wrapped)

    def _mode(self, blanks: int) -> str:
        """What empty lines mean here: "double" (nothing: they stand everywhere), "gaps" (they part paragraphs),
        "dense"."""
        share = blanks / max(1, len(self.rows))
        wrapped = [gap for _, text, gap in self.rows if text[0].islower()]
        if share > 0.7 and not (len(wrapped) >= 3 and sum(wrapped) < 0.2 * len(wrapped)):
            return "double"
        opening = [gap for _, text, gap in self.rows if read_marker(text) is not None]
        apart = sum(opening) / max(1, len(opening))
        return "gaps" if share > 0.06 and apart > 0.45 else "dense"

    def run(self) -> list[Paragraph]:
        current: Paragraph | None = None
        previous = ""
        for number, text, gap in self.rows:
            if text == "|":
                self._close(current)
                current = None
                previous = ""
                continue
            marked = self._marker(current, previous, text, gap)
            if current is not None and marked is None and not self._breaks(current, previous, text, gap):
                current = dataclasses.replace(current, text=join(current.text, text), lines=(current.lines[0], number))
            else:
                self._close(current)
                marker, rest = marked or (None, text)
                if marker is not None:
                    self.last = {k: v for k, v in self.last.items() if k != marker.kind and _rank_of(k) <= marker.rank}
                    self.last[marker.kind] = marker.value
                current = Paragraph(marker, rest, (number, number), gap)
            previous = text
        self._close(current)
        return self.out

    def _close(self, current: Paragraph | None) -> None:
        if current is None or not (current.text or current.marker):
            return
        found = read_marker(current.text) if current.marker is None and _COUNTED.match(current.text) else None
        if found is not None:  # a line cut its words: "Nhiệm" / "vụ 2: …"
            current = dataclasses.replace(current, marker=found[0], text=found[1])
        self.out.append(current)

    def _marker(self, current: Paragraph | None, previous: str, text: str, gap: bool) -> tuple[Marker, str] | None:
        """The label at the head of ``text`` where it really opens an item, and is not the tail of a wrapped
        sentence."""
        found = read_marker(text)
        if found is None or current is None:
            return found
        if not current.text and current.marker is not None and current.marker.rank >= found[0].rank:
            return found
        if found[0].printed.endswith(":") and not gap and _COUNTING.search(previous):
            return None  # "Đợt" / "1: Từ ngày 15/3"
        marker, rest = found
        ended = bool(re.search(r"[.;:!?)”\"…]$", previous))
        apart = gap and self.mode in ("gaps", "each")
        if marker.kind in ("dash", "plus"):
            if rest[:1].isdigit() and not ended:
                return None
            return found if self._dash_opens(current, previous, rest, ended, apart) else None
        if ended or apart or self._is_short(previous, text):
            return found
        return found if self._expected(marker) else None

    def _dash_opens(self, current: Paragraph, previous: str, rest: str, ended: bool, apart: bool) -> bool:
        if not ended and (_goes_on_name(previous, rest) or (_LABEL.match(bare(current.text)) and _goes_on_list(rest))):
            return False  # "Sở Lao động" / "- Thương binh và Xã hội"
        if ended or _LABEL.match(bare(rest)) or not rest:
            return True
        if rest[:1].islower():
            return apart
        if _APPOSITION.match(rest) and len(current.text.split()) > 18:
            return False  # "… về Cục Cảnh sát - Cơ quan thường trực …": a name cut at its hyphen
        if self.mode == "each":
            return True
        if self.mode == "gaps":
            return (
                apart and not _CONNECTIVE.search(previous) or (not apart and self._is_short(previous, f"- {rest}", 0.7))
            )
        return not _CONNECTIVE.search(previous) and (
            self._is_short(previous, f"- {rest}") or (current.marker is not None and current.marker.kind != "dash")
        )

    def _expected(self, marker: Marker) -> bool:
        """Whether the label goes on a sequence under way, or begins one."""
        last = self.last.get(marker.kind)
        if marker.kind == "letter" and last is not None:
            return marker.value - last in (1, 2) or marker.value == 1 or LETTERS[last - 1] == LETTERS[marker.value - 1]
        return marker.value == 1 if last is None else marker.value in (1, last + 1)

    def _is_short(self, previous: str, following: str, share: float = 0.9) -> bool:
        word = following.split(" ", 1)[0]
        return width(previous) + 250 + width(word) < share * self.margin

    def _breaks(self, current: Paragraph, previous: str, text: str, gap: bool) -> bool:
        """Whether ``text``, which opens with no label, begins a new paragraph."""
        if not current.text or text[0] in "-–—+":
            return False  # a hyphen that opens no item is part of the sentence
        if text[0].islower() and current.text.startswith("(") and current.text.count("(") > current.text.count(")"):
            return False  # a block all in brackets
        if _LABEL.match(bare(text)) and (text[0].isupper() or re.search(r"[.;:)]$", previous)):
            return True
        if _FACTORED.search(previous) and bare(text).startswith(_bare_fields()):
            return False  # "Cơ quan phối hợp: Các Sở:" / "Tài chính, Xây dựng"
        if _LABEL_LAST.search(bare(previous)) or (len(current.text) < 120 and _LABEL_ONLY.match(bare(current.text))):
            return False  # the label's value stands on the next line
        heading = (
            current.marker is not None and current.marker.kind in ("part", "roman") and is_heading_like(current.text)
        )
        if heading and text[0].isupper():
            return not is_heading_like(text)
        if text[0].islower() or text[0] in ",.;:)" or _CONNECTIVE.search(previous) or _HANGING.search(previous):
            return False
        if self.mode == "each":
            return True
        ended = bool(re.search(r"[.;:]$", previous))
        if self.mode == "gaps":
            return gap or ended and (bool(_OPENERS.match(text)) or self._is_short(previous, text, 0.75))
        if ended and (gap and self.mode == "dense" or _OPENERS.match(text)):
            return True
        if current.marker is not None and not ended and charge_opens(text):
            return True
        if self.ragged and not ended and current.lines[0] == current.lines[1]:
            return False
        return self._is_short(previous, text, 0.88 if ended else 0.8)


@functools.cache
def _hyphenated() -> tuple[tuple[str, str], ...]:
    """(before, behind) the hyphen of each field of departments that has one."""
    pairs = (field.split(" - ", 1) for field in (*FIELDS, *_HYPHENATED) if " - " in field)
    return tuple((bare(before), bare(behind)) for before, behind in pairs)


@functools.cache
def _bare_fields() -> tuple[str, ...]:
    return tuple(bare(field) for field in FIELDS)


def _goes_on_name(previous: str, rest: str) -> bool:
    """Whether the hyphen between two lines stands inside a name."""
    left, right = bare(previous), bare(rest)
    return any(left.endswith(f" {before}") and right.startswith(behind) for before, behind in _hyphenated())


def _goes_on_list(rest: str) -> bool:
    """Whether a name's last word and another agency stand behind the hyphen: "- Thể thao, Đài Truyền thanh huyện"."""
    match = re.match(rf"[{UPPER}][^,;.:]{{1,30}}[,;]\s+(?P<next>\S.*)$", rest)
    return match is not None and starts_agency(match["next"])


def _rank_of(kind: str) -> int:
    return Marker(kind, "", 0).rank


def text_of(items: Iterable[Paragraph]) -> str:
    """The texts of several paragraphs as one."""
    out = ""
    for item in items:
        out = join(out, item.text)
    return out
