"""Sentences that lay something on agencies: who is meant, and when."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vanban.agencies import leading
from vanban.agencies.names import starts_agency
from vanban.outline.letters import LOWER, UPPER, bare

_END = re.compile(rf"(?<=[^\s.][.;])\s+(?=[\"“(]?[{UPPER}{LOWER}])|\.\s*/\s*\.")
_ABBREVIATED = re.compile(r"\b(?:TP|P|Q|TT|VP|ThS|TS|Đ|GS|PCT|CT|UV|St)\.$")
_SUBJECT_AT = re.compile(
    r"(?:(?<=bổ sung)\s+|(?<=vướng mắc)\s+|(?<=phát sinh)\s+|(?<=điều chỉnh)\s+|(?<=[,;:])\s+|\b(?:đề nghị|yêu cầu|"
    r"giao|thì|Đề nghị|Yêu cầu|Giao|nghiêm,)\s+|(?<=\))\s*,?\s*)(?=\S)"
)

_DAY = (
    r"(?:ngày\s+(?:mùng\s+)?\d{1,2}(?:\s*/\s*\d{1,2}(?:\s*/\s*\d{4})?|\s+tháng\s+\d{1,2}(?:\s+năm\s+\d{4})?)?|"
    r"\d{1,2}\s*/\s*\d{1,2}(?:\s*/\s*\d{4})?|\d{1,2}(?=\s+(?:hằng|hàng)\s))"
)
_RHYTHM = (
    r"(?:(?:hằng|hàng|mỗi)\s+(?:năm|quý|quí|tháng|tuần|ngày)(?:\s+và\s+(?:hằng|hàng)\s+(?:năm|quý|tháng))?|(?:0?6|"
    r"sáu|9|chín|3|ba)\s+tháng(?:\s*[,/]?\s*(?:lần|đầu\s+năm|một\s+lần))?|\d+\s+lần/(?:ngày|tuần|tháng|năm)|quý|"
    r"tháng|năm|tuần)"
)
_ATOM = re.compile(
    bare(
        rf"(?:(?:báo\s+cáo\s+)?\d+\s+lần\s*/\s*(?:ngày|tuần|tháng|năm)|trước\s+\d{{1,2}}\s*(?:h|giờ)\s*\d{{0,"
        rf"2}}[’'′]?(?:\s+và\s+\d{{1,2}}\s*(?:h|giờ)\s*\d{{0,2}}[’'′]?)*(?:\s+(?:hằng|hàng|mỗi)\s+ngày)?|"
        rf"(?:theo\s+)?định\s+kỳ(?:\s+{_RHYTHM})?(?:\s*(?:,|và)?\s*(?:{_RHYTHM}))*|(?:hằng|hàng|mỗi)\s+(?:năm|quý|quí|"
        rf"tháng|tuần|ngày)|"
        rf"(?:trước|chậm\s+nhất(?:\s+là)?(?:\s+vào)?(?:\s+trước)?|muộn\s+nhất(?:\s+là)?|vào|trong|đến|từ|"
        rf"sau)\s+(?:\d{{1,2}}\s*(?:giờ|h)\d*’?\s*(?:\d+)?\s*)?{_DAY}(?:\s+(?:của\s+)?(?:tháng|quý|năm)\s+(?:cuối|sau|"
        rf"đầu|kế\s+tiếp|liền\s+kề|báo\s+cáo|tiếp\s+theo)(?:\s+(?:mỗi\s+)?(?:quý|tháng|năm|kỳ))?)?(?:\s*(?:,|và|"
        rf"đến)\s*(?:trước\s+)?{_DAY})*(?:\s+(?:hằng|hàng|mỗi)\s+(?:năm|quý|tháng|tuần))?|"
        rf"(?:trước|trong|chậm\s+nhất(?:\s+là)?)\s+(?:tháng|quý|năm)\s+[\dIVX]+(?:\s*/\s*\d{{4}})?|trước\s+\d{{1,"
        rf"2}}\s*(?:h|giờ)\s*\d*[’']?(?:\s+(?:và\s+\d+h\d*[’']?|hằng\s+ngày|hàng\s+ngày))*|"
        rf"(?:khi\s+có\s+yêu\s+cầu|đột\s+xuất(?:\s+(?:khi|theo)\s+(?:có\s+)?(?:yêu\s+cầu|cần\s+thiết|cần|chỉ\s+đạo)[^,"
        rf".;()]{{0,30}})?)|theo\s+(?:đúng\s+)?quy\s+định|trong\s+thời\s+hạn\s+\d+\s+ngày[^,.;()]{{0,40}}|"
        rf"khi\s+(?:tổng\s+kết|kết\s+thúc|sơ\s+kết)[^,.;()]{{0,40}})"
    )
)
_BETWEEN = re.compile(
    r"^[\s,()]*(?:và|hoặc|hay|hoặc\s+báo\s+cáo|;)?\s*(?:(?:báo\s+cáo\s+)?(?:năm|quý|tháng|6\s+tháng))?[\s(:]*$"
)


def sentences(text: str) -> Iterator[str]:
    """The sentences of ``text``; a semicolon ends one too."""
    start = 0
    for match in _END.finditer(text):
        if _ABBREVIATED.search(text[start : match.start()]) or text[start : match.start()].count("(") > text[
            start : match.start()
        ].count(")"):
            continue
        yield text[start : match.start()].strip()
        start = match.end()
    rest = text[start:].strip()
    if rest:
        yield rest


def subject(text: str) -> tuple[tuple[str, ...], str]:
    """Whom a sentence lays something on, and what: "Hằng năm, các cơ quan, đơn vị báo cáo …". ((), text) where
    nobody is named."""
    found = leading(text)
    if found is not None and found.agencies and found.rest:
        return found.agencies, found.rest
    for match in _SUBJECT_AT.finditer(text):
        rest = text[match.end() :]
        if not starts_agency(rest):
            continue
        found = leading(rest)
        if (
            found is not None
            and found.agencies
            and found.rest
            and not re.match(r"(?:xem xét|tổng hợp|chỉ đạo|theo dõi, chỉ)", found.rest)
        ):
            return found.agencies, found.rest
    return (), text


def time_phrases(text: str) -> list[str]:
    """The phrases in ``text`` that say when, each whole: "định kỳ trước ngày 01/6 và 15/11 hằng năm (hoặc đột xuất
    …)"."""
    spans: list[tuple[int, int]] = []
    for match in _ATOM.finditer(bare(text)):
        if not match[0].strip():
            continue
        between = text[spans[-1][1] : match.start()] if spans else ""
        if spans and _BETWEEN.match(between) and not ("và" in between and match[0].startswith("dinh ky")):
            spans[-1] = (spans[-1][0], match.end())
        else:
            spans.append((match.start(), match.end()))
    out: list[str] = []
    for start, end in spans:
        phrase = text[start:end]
        if phrase.count("(") > phrase.count(")"):
            close = text.find(")", end)
            phrase = text[start : close + 1] if close >= 0 else phrase.replace("(", "")
        out.append(phrase.strip(" ,("))
    return out
