"""Duties to report: who to whom, through whom, when."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable

from vanban.dates import parse_all
from vanban.model import Lines, Reporting, When
from vanban.plan.drafts import Draft
from vanban.plan.sentences import sentences, subject, time_phrases

_REPORT = re.compile(r"báo\s+cáo", re.IGNORECASE)
_NOUN = re.compile(
    r"(?:chế\s+độ|các|mẫu|biểu\s+mẫu|xây\s+dựng|lập|dự\s+thảo|nội\s+dung|trong|tổng\s+hợp\s+các|theo|thời\s+gian|"
    r"số\s+liệu|đề\s+cương|phục\s+vụ(?:\s+công\s+tác)?)\s+$",
    re.IGNORECASE,
)
_FROM = re.compile(r"^\s+(?:từ|của|giám\s+sát|tài\s+chính|đánh\s+giá)\b")
_BODY = (
    r"(?:(?:các\s+|đồng\s+chí\s+)?(?:Thường\s+trực\s+)?(?:U[ỷỶ]\s+ban|Ủy\s+ban|UBND|HĐND|Hội\s+đồng|Bộ|Sở|Ban|"
    r"Phòng|Cục|Vụ|Chi\s+cục|Văn\s+phòng|Chủ\s+tịch|Thủ\s+tướng|Chính\s+phủ|Tỉnh\s+[uủ]|Thành\s+[uủ]|Huyện\s+[uủ]|"
    r"Quận\s+[uủ]|Đảng\s+[uủ]|Công\s+an|Trung\s+tâm|Tổ\s+[a-zA-Z]|Thanh\s+tra|Kho\s+bạc|Lãnh\s+đạo|Liên\s+đoàn|"
    r"Hội\s|Trung\s+ương|Quốc\s+hội|Tổng\s+cục|Thường\s+trực|Bảo\s+hiểm|Mặt\s+trận|Viện|Trường|Đài|BCĐ|Giám\s+đốc|"
    r"(?:Tỉnh|Thành|Huyện|Quận)\s+[đĐ]oàn|Đoàn\s|Công\s+đoàn|LĐLĐ|"
    r"cấp\s+(?:có\s+)?thẩm\s+quyền|cơ\s+quan|cấp\s+trên|lãnh\s+đạo))"
)
_DIRECT = re.compile(
    rf"^\s*(?:(?:hoặc|và|,)?\s*(?:tham\s+mưu\s+)?(?:báo\s+cáo|đề\s+xuất|trình)\s+)?(?=(?:với\s+|lên\s+|cho\s+|"
    rf"tới\s+|đến\s+|về\s+)?{_BODY})(?:với|lên|cho|tới|đến|về)?\s*"
)
_TOWARDS = re.compile(
    rf"(?:\b(?:gửi(?:\s+(?:về|cho|đến|tới|lên))?|về|cho|tới|đến|lên|trình)\s+|"
    rf"\b(?:kết\s+quả|tình\s+hình)(?:\s+(?!phối|đối|cùng)\w+){{0,4}}\s+với\s+)(?={_BODY})"
)
_STOP = re.compile(
    r"\s*(?:\(|\.|;|\bqua\s|\bthông\s+qua\s|\bđể\s|\btheo\s(?!dõi)|\bkết\s+quả|\btrước\s+(?:ngày|tháng|\d)|\btrong\s|"
    r"\bđịnh\s+kỳ|\btình\s+hình|\bviệc\s|\bxem\s+xét|\btổng\s+hợp(?!\s+kết)|\bchỉ\s+đạo|\bđề\s+xuất|\bkhi\s|"
    r"\bvào\s|"
    r"\bhằng\s|\bhàng\s|\blên\s+(?:phần|hệ|cổng)|\bcác\s+(?:nội\s+dung|vấn\s+đề)|\btiến\s+độ|\bnhững\s|"
    r"\bvề\s+(?:kết|tình|việc|tiến|công|nội)|\bchậm\s|\bnếu\s|\bđột\s+xuất|\bbằng\s|\bphục\s+vụ|"
    r"\btại\s+(?:cuộc|phiên)|\bnội\s+dung|(?<!Tổ )\bcông\s+tác|"
    r"\bxử\s+lý|\btháo\s+gỡ|\bgiải\s+quyết|\bbiết|\bcho\s+ý|\bquyết\s+định|$)"
)
_VIA = re.compile(
    rf"(?:\(\s*(?:thông\s+)?qua\s+(?P<in>[^()]+(?:\([^()]*\)[^()]*)?)\)|\b(?:thông\s+)?qua\s+(?P<out>(?:{_BODY}|"
    rf"phần\s+mềm|hệ\s+thống|cổng|thư\s+điện|email|địa\s+chỉ|trục).*)|\blên\s+(?P<soft>(?:phần\s+mềm|hệ\s+thống|"
    rf"cổng)[^,.;]*(?:,\s*[^.;(]*?)?(?=\s*\(|\s+để|[.;]|$)))",
    re.IGNORECASE | re.DOTALL,
)
_PASSED_ON = re.compile(
    rf"\b(?:để\s+)?(?:tổng\s+hợp|theo\s+dõi)[^.;()]*?\s*,?\s*(?:chung\s*,"
    rf"?\s*)?(?:và\s+)?(?:tham\s+mưu\s+)?báo\s+cáo\s+(?={_BODY})"
)
_BY_RULE = re.compile(r"theo\s+(?:đúng\s+)?quy\s+định", re.IGNORECASE)
_OBSTACLES = re.compile(
    r"khó\s+khăn|vướng\s+mắc|phát\s+sinh|cần\s+(?:thiết\s+phải\s+)?sửa\s+đổi|vượt\s+(?:quá\s+)?thẩm\s+quyền"
)


@dataclasses.dataclass(frozen=True, slots=True)
class Unit:
    """A text that may lay a duty to report: whose it is (empty where the sentence says so itself), the text, its lines,
    a time that stands beside it, and whether its section is about reports."""

    who: tuple[str, ...]
    text: str
    lines: Lines
    time: str = ""
    section: bool = False


def read_reporting(units: Iterable[Unit], draft: Draft) -> list[Reporting]:
    """The duties to report in ``units``, one for each date or rhythm."""
    out: list[Reporting] = []
    for unit in units:
        who = unit.who
        for sentence in sentences(unit.text):
            named, _ = subject(sentence)
            if unit.section or not unit.who:
                who = named or who
            if _REPORT.search(sentence) and not _OBSTACLES.search(sentence):
                out.extend(_of_sentence(who, sentence, unit, draft))
    seen: set[tuple[object, ...]] = set()
    unique: list[Reporting] = []
    for entry in out:
        key = (entry.who, entry.to, entry.via, entry.time, entry.lines)
        if key not in seen:
            seen.add(key)
            unique.append(entry)
    return unique


def _of_sentence(who: tuple[str, ...], sentence: str, unit: Unit, draft: Draft) -> list[Reporting]:
    acts = [
        match
        for match in _REPORT.finditer(sentence)
        if not _NOUN.search(sentence[: match.start()]) and not _FROM.match(sentence[match.end() :])
    ]
    if not acts:
        return []
    to, via = addressees(sentence, acts[0].start())
    phrases = time_phrases(sentence)
    if to is None and not phrases and not unit.section:
        return []
    if (
        to is None
        and via is None
        and not any(re.search(r"định\s+kỳ|hằng|hàng|trước|đột|\d", phrase, re.IGNORECASE) for phrase in phrases)
    ):
        return []
    whens: list[When | None] = [*_times(phrases, unit, draft)]
    return [Reporting(who, to, via, when, unit.lines) for when in whens or [None]]


def addressees(sentence: str, at: int) -> tuple[str | None, str | None]:
    """To whom, and through whom, the report at ``at`` in ``sentence`` goes.

    What goes to one body "để tổng hợp, báo cáo" another goes to the other, through the one.
    """
    via = _through(sentence)
    after = re.sub(r"^báo\s+cáo", "", sentence[at:], flags=re.IGNORECASE)
    direct = _DIRECT.match(after)
    if direct:
        to = _cut(after[direct.end() :])
    else:
        first = _TOWARDS.search(after) or _TOWARDS.search(sentence)
        body = after if first is not None and _TOWARDS.search(after) else sentence
        to = _cut(body[first.end() :]) if first is not None else None
        if to is None:
            later = re.search(rf"báo\s+cáo\s+(?={_BODY})", after)
            to = _cut(after[later.end() :]) if later else None
    passed = _PASSED_ON.search(after)
    if passed and to is not None and via is None:
        onward = _cut(after[passed.end() :])
        if onward:
            return onward, to
    return to, via


def _through(sentence: str) -> str | None:
    match = _VIA.search(sentence)
    if match is None:
        return None
    text = match["in"] or match["out"] or match["soft"]
    text = re.split(r"\s+(?:để|tổng\s+hợp|trước\s+ngày|theo(?!\s+dõi)|định\s+kỳ|chậm|vào\s+ngày)\b|;|\.\s|\.$", text)[0]
    if match["out"]:
        text = re.split(r"\s*\(", text)[0]
    return text.strip(" ,.;") or None


def _cut(text: str) -> str | None:
    """The bodies at the head of ``text``: up to the words that go on with something else."""
    inside = re.match(r"cấp\s+(?:có\s+)?thẩm\s+quyền\s*\(([^()]+)\)", text)
    if inside:
        return inside[1].strip()
    match = _STOP.search(text)
    found = text[: match.start()] if match else text
    return found.strip(" ,.;:/") or None


def _times(phrases: list[str], unit: Unit, draft: Draft) -> list[When]:
    """One ``When`` for each date or rhythm; the rhythm that opens the sentence holds for the date that follows."""
    if unit.time and not any(re.search(r"\d", phrase) for phrase in phrases):
        when = draft.when(unit.time)
        return [when] if when else []
    dated = [phrase for phrase in phrases if not _BY_RULE.fullmatch(phrase)] or phrases
    if not dated:
        return []
    main = max(dated, key=lambda phrase: (bool(re.search(r"\d", phrase)), "định kỳ" in phrase.lower(), len(phrase)))
    rhythm = ""
    if not re.search(r"hằng|hàng|mỗi|/\s*\d{4}|năm\s+\d{4}", main, re.IGNORECASE):
        rhythm = next(
            (
                found[0]
                for phrase in dated
                if phrase is not main
                and (found := re.search(r"(?:hằng|hàng|mỗi)\s+(?:năm|quý|tháng|tuần)", phrase, re.IGNORECASE))
            ),
            "",
        )
    read = _joined(main, rhythm)
    return [dataclasses.replace(when, text=main) for when in parse_all(read, context_year=draft.year)]


def _joined(main: str, rhythm: str) -> str:
    """``main`` with the rhythm put where a reader of times looks for it: before an alternative."""
    if not rhythm:
        return main
    match = re.search(r"\s*(?:,|\(|hoặc|và)\s*(?=hoặc|đột)", main)
    at = match.start() if match else len(main)
    return f"{main[:at]} {rhythm.lower()}{main[at:]}"
