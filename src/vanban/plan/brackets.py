"""Who and when in brackets at the end of an item: "… (Phòng Tư pháp chủ trì, phối hợp với UBND các xã; quý I/2018).".

Districts and communes write their plans so; ministries and provinces more often print labels.
"""

from __future__ import annotations

import dataclasses
import re

from vanban.agencies import split
from vanban.agencies.names import starts_agency

_LEADS = re.compile(
    r"^(?:[Dd]o\s+|[Gg]iao\s+)?(?P<lead>[^():]{3,140}?)\s+(?:(?:là\s+(?:cơ\s+quan|đơn\s+vị)\s+)?chủ\s+trì|"
    r"chịu\s+trách\s+nhiệm(?:\s+chính)?|làm\s+đầu\s+mối|(?:(?:tổ\s+chức|triển\s+khai)\s+)?thực\s+hiện(?=\s*[;,.]|\s*$|"
    r"\s+(?:trong|trước|từ|vào|thường\s+xuyên|hằng|hàng|[Qq]uý|[Tt]háng|[Nn]ăm)\b)|tham\s+mưu(?=\s*[;,.]|\s*$))"
    r"(?=\s|[;,.]|$)"
)
#: What a lead does, between "chủ trì" and the partners or the time.
_ACTS = (
    r"(?:\s*,?\s*(?:và\s+)?(?:tổ\s+chức|triển\s+khai|thực\s+hiện|tham\s+mưu|soạn\s+thảo|xây\s+dựng|tổng\s+hợp|"
    r"hướng\s+dẫn))*"
)
_HELPED = re.compile(
    rf"^{_ACTS}\s*[,;.]?\s*(?:và\s+)?(?:phối\s+hợp(?:\s+chặt\s+chẽ)?(?:\s*(?:với|cùng|:))?|cùng\s+với)\s+(?P<coord>.+)$",
    re.IGNORECASE,
)
_HELPING = re.compile(
    r"^\s*[,;]\s*(?:và\s+)?(?P<coord>.+?)\s+(?:cùng\s+)?phối\s+hợp(?:\s+(?:thực\s+hiện|tham\s+gia|tổ\s+chức))?\s*$"
)
_ACTING = re.compile(rf"^{_ACTS}(?:\s+(?!phối)[^;,:]*)?$")
_TAIL = re.compile(
    r"\s*,?\s+(?:(?:để\s+)?(?:tổ\s+chức|triển\s+khai)(?:\s+thực\s+hiện)?|thực\s+hiện|tham\s+mưu|hoàn\s+thành)\s*$"
)
_DAY = r"(?:ngày|tháng|quý|năm|tuần|qúy|\d{1,2}\s*/\s*\d)"
_WHEN = re.compile(
    r"(?:^|[\s,;.])\s*(?P<time>(?:(?:[Tt]hời\s+(?:gian|hạn)(?:\s+(?:thực\s+hiện|hoàn\s+thành))?|[Hh]oàn\s+thành|[Xx]ong)\s*:?"
    rf"\s+)?(?:(?:trước|trong|vào|từ|đến|hết|cuối|đầu|giữa|sau|[Cc]hậm\s+nhất|muộn\s+nhất)\s+(?:là\s+|cả\s+|hết\s+|"
    rf"trước\s+)*{_DAY}|trong\s+suốt|"
    r"(?:trong\s+)?(?:[Qq]u[ýí]\s+[IVX\d]|[Tt]háng\s+\d|[Nn]ăm\s+\d{4})|[Tt]hường\s+xuyên|(?:[Hh]ằng|[Hh]àng)\s+(?:năm|"
    r"quý|tháng|tuần|ngày)|[Đđ]ịnh\s+kỳ|[Cc]ả\s+năm|[Nn]gay\s+sau|theo\s+(?:kế\s+hoạch|tiến\s+độ|quy\s+định|chỉ\s+đạo)).*)$",
    re.DOTALL,
)
_WHEN_LABEL = re.compile(r"^(?:[Tt]hời\s+(?:gian|hạn)[^:]{0,25}:)\s*")


@dataclasses.dataclass(frozen=True, slots=True)
class Bracketed:
    """What the bracket says, as printed (``""`` for nothing), and where in the text it opens."""

    lead: str
    coordinating: str
    time: str
    start: int


def read_bracketed(text: str) -> Bracketed | None:
    """The lead, partners and time in the bracket that ends ``text``; None where it names no lead."""
    start = _opening(text)
    if start is None:
        return None
    said = " ".join(text[start + 1 : text.rstrip(" .;").rfind(")")].split())
    match = _LEADS.match(said)
    if match is None or not starts_agency(match["lead"]):
        return _named(said, start)
    rest, time = said[match.end() :], ""
    found = _WHEN.search(rest)
    if found is not None:
        rest, time = rest[: found.start()], _WHEN_LABEL.sub("", found["time"].strip(" ;,."))
    rest = rest.rstrip(" ;,.")
    helpers = _HELPED.match(rest) or _HELPING.match(rest)
    if helpers is None:
        return Bracketed(match["lead"], "", time, start) if _ACTING.match(rest) else None
    named = helpers["coord"]
    while (shorter := _TAIL.sub("", named)) != named:
        named = shorter
    return Bracketed(match["lead"], named.strip(" ;,"), time, start)


def _named(said: str, start: int) -> Bracketed | None:
    """A bracket that names agencies and a time, and no more: "(Phòng Nội vụ; quý II/2019)"."""
    found = _WHEN.search(said)
    if (
        found is None
        or ":" in said
        or len(found["time"].split()) > 10
        or not said[: found.start("time")].rstrip().endswith((",", ";", "-"))
    ):
        return None
    lead, helped, helpers = said[: found.start()].rstrip(" ,;-").partition(" phối hợp với ")
    names = [*split(lead), *(split(helpers) if helped else ())]
    if not names or not all(starts_agency(name) and len(name.split()) <= 14 for name in names):
        return None
    return Bracketed(lead, helpers, _WHEN_LABEL.sub("", found["time"].strip(" ;,.")), start)


def _opening(text: str) -> int | None:
    """Where the bracket opens that closes at the end of ``text``."""
    plain = text.rstrip(" .;")
    if not plain.endswith(")"):
        return None
    depth = 0
    for at in range(len(plain) - 1, -1, -1):
        depth += (plain[at] == ")") - (plain[at] == "(")
        if depth == 0:
            return at if len(plain) - at <= 400 else None
    return None
