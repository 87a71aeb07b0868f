"""Label words of attribution blocks: "Cơ quan chủ trì: …", "Phối hợp: …", "Thời gian thực hiện: …"."""

from __future__ import annotations

import dataclasses
import re
from typing import Literal

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from vanban.agencies import split
from vanban.agencies.names import starts_agency
from vanban.outline.letters import bare
from vanban.plan.brackets import read_bracketed

Role = Literal["lead", "coordinating", "time", "form", "product", "content", "preparing", "other"]

_BODY = (
    r"(?:các\s+)?(?:cơ\s+quan|đơn\s+vị|cấp|phòng|bộ\s+phận|tổ\s+chức|sở|ngành)(?:\s*[,/]\s*(?:các\s+)?(?:cơ\s+quan|"
    r"đơn\s+vị|tổ\s+chức|địa\s+phương|cá\s+nhân|bộ\s+phận))*(?:\s*(?:và|hoặc)\s+(?:cơ\s+quan|đơn\s+vị))?"
)
_PATTERNS: tuple[tuple[Role, str], ...] = (
    (
        "coordinating",
        rf"(?:{_BODY}\s+)?(?:tham\s+gia\s+)?(?:cùng\s+)?phối\s+hợp(?:\s+(?:thực\s+hiện|chính|tham\s+mưu|"
        rf"triển\s+khai|tổ\s+chức|chỉ\s+đạo))?(?:\s+với)?(?:\s+gồm)?",
    ),
    ("coordinating", rf"{_BODY}\s+(?:tham\s+gia|hỗ\s+trợ|liên\s+quan)(?:\s+(?:thực\s+hiện|phối\s+hợp))?"),
    (
        "lead",
        rf"(?:{_BODY}\s+)?(?:được\s+giao\s+|chịu\s+trách\s+nhiệm\s+)?chủ\s+trì(?:\s*(?:[,/]|và)?\s*(?:tham\s+mưu|"
        rf"thực\s+hiện|triển\s+khai|tổ\s+chức|xây\s+dựng|chính|soạn\s+thảo|phối\s+hợp))*(?:\s+(?:nhiệm\s+vụ|hoạt\s+động))?",
    ),
    (
        "lead",
        rf"{_BODY}\s+(?:chịu\s+trách\s+nhiệm|thực\s+hiện|tổ\s+chức|tham\s+mưu|đầu\s+mối|triển\s+khai|phụ\s+trách|"
        rf"soạn\s+thảo|được\s+giao|chỉ\s+đạo)(?:\s*(?:[,/]|và)?\s*(?:thực\s+hiện|chính|triển\s+khai|tham\s+mưu|"
        rf"trình|soạn\s+thảo|tổng\s+hợp))*",
    ),
    (
        "lead",
        r"(?:phân\s+công|trách\s+nhiệm|giao)\s+(?:thực\s+hiện|nhiệm\s+vụ|chủ\s+trì|tổ\s+chức)|phân\s+công|"
        r"trách\s+nhiệm|tổ\s+chức\s+thực\s+hiện|người\s+thực\s+hiện|"
        r"người\s+phụ\s+trách|thực\s+hiện|đầu\s+mối(?:\s+thực\s+hiện)?|chịu\s+trách\s+nhiệm(?:\s+chính)?|"
        r"tham\s+mưu\s+thực\s+hiện",
    ),
    (
        "time",
        r"(?:dự\s+kiến\s+)?(?:thời\s+gian|thời\s+hạn|thời\s+điểm|tiến\s+độ|lộ\s+trình|hạn)(?:\s*(?:,|"
        r"và)\s*(?:tiến\s+độ|thời\s+hạn|lộ\s+trình|địa\s+điểm))?(?:\s+(?:dự\s+kiến|tổ\s+chức|triển\s+khai|thực\s+hiện|"
        r"hoàn\s+thành|kết\s+thúc|bắt\s+đầu|trình|ban\s+hành|báo\s+cáo|nhiệm\s+vụ|xong|nộp|gửi|và|,))*",
    ),
    ("form", r"(?:hình\s+thức|phương\s+thức|cách\s+thức)(?:\s+(?:thực\s+hiện|tổ\s+chức|triển\s+khai|tuyên\s+truyền))*"),
    (
        "product",
        r"(?:dự\s+kiến\s+)?(?:sản\s+phẩm|kết\s+quả|đầu\s+ra)(?:\s+(?:dự\s+kiến|đầu\s+ra|hoàn\s+thành|đạt\s+được|"
        r"cần\s+đạt|thực\s+hiện|của\s+nhiệm\s+vụ|chủ\s+yếu))*",
    ),
    (
        "content",
        r"(?:nội\s+dung|nhiệm\s+vụ|công\s+việc|hoạt\s+động)(?:\s+(?:thực\s+hiện|công\s+việc|nhiệm\s+vụ|hoạt\s+động|"
        r"cụ\s+thể|triển\s+khai|cần\s+thực\s+hiện|chính))?(?:\s+\d+)?",
    ),
    (
        "preparing",  # who prepares a meeting leads where nobody else is said to
        rf"{_BODY}\s+chuẩn\s+bị(?:\s+(?:nội\s+dung|tài\s+liệu|báo\s+cáo|chương\s+trình|cơ\s+sở\s+vật\s+chất))*|"
        r"chuẩn\s+bị\s+(?:nội\s+dung|tài\s+liệu|báo\s+cáo)",
    ),
    (
        "other",
        rf"{_BODY}\s+(?:theo\s+dõi|đôn\s+đốc|giám\s+sát|kiểm\s+tra|thẩm\s+định|phê\s+duyệt|ban\s+hành|tổng\s+hợp|"
        rf"hướng\s+dẫn|quản\s+lý|tài\s+trợ|thụ\s+hưởng)(?:\s*,?\s*(?:đôn\s+đốc|giám\s+sát|đánh\s+giá|báo\s+cáo|kiểm\s+tra))*",
    ),
    (
        "other",
        r"nội\s+dung\s+(?:kiểm\s+tra|thanh\s+tra|giám\s+sát|tuyên\s+truyền|tập\s+huấn|bồi\s+dưỡng|khảo\s+sát|hội\s+nghị|"
        r"truyền\s+thông|chủ\s+yếu|hỗ\s+trợ)|(?:địa\s+điểm|thành\s+phần|kinh\s+phí|đối\s+tượng|số\s+lượng|chỉ\s+tiêu|mục\s+tiêu|mục\s+đích|yêu\s+cầu|"
        r"nguồn\s+(?:lực|kinh\s+phí|vốn)|phạm\s+vi|dự\s+toán|quy\s+mô|phương\s+pháp|căn\s+cứ|ghi\s+chú|biện\s+pháp|"
        r"giải\s+pháp|cơ\s+quan\s+phê\s+duyệt|cấp\s+trình|cơ\s+quan\s+quyết\s+định)(?:\s+(?:tham\s+gia|tham\s+dự|"
        r"thực\s+hiện|tổ\s+chức|áp\s+dụng|cụ\s+thể|dự\s+kiến))*",
    ),
)
#: For whom or where the label holds: "Cơ quan chủ trì ở cấp tỉnh:".
_REACH = (
    r"(?:\s+(?:(?:ở|tại|đối\s+với)\s+)?(?:cấp\s+(?:trung\s+ương|tỉnh|huyện|xã|cơ\s+sở)|"
    r"(?:các\s+)?địa\s+phương|cơ\s+sở))?"
)
# Web pages lose blanks ("Thời gianthực hiện:"), so none is asked for between the words of a label.
_COMPILED = tuple(
    (
        role,
        re.compile(
            rf"^(?:{bare(pattern)}){bare(_REACH)}\s*(?:\([^()]*\)\s*)?(?P<colon>[:：])\s*".replace(r"\s+", r"\s*")
        ),
    )
    for role, pattern in _PATTERNS
)
_BARE = tuple((role, re.compile(rf"^(?:{bare(pattern)})\s*$")) for role, pattern in _PATTERNS)
_COLONLESS = re.compile(
    r"^(?:thoi (?:gian|han)(?: thuc hien| hoan thanh| trien khai)*|hoan thanh(?: xong)?)\s+(?:la\s+)?"
    r"(?P<time>(?:(?:truoc|trong|vao|tu|den|xong|cham nhat|thuong xuyen|hang|dinh ky|quy|thang|nam|ngay|cuoi|"
    r"dau)\b).*)$"
)
_DONE = re.compile(
    r"^hoan thanh(?: xong)?\s*:\s*(?=(?:(?:tu|truoc|trong|vao|het|cuoi|dau|cham nhat|muon nhat)\s+)*(?:ngay|thang|quy|nam|"
    r"\d{1,2}\s*/\s*\d)\b)"
)
_COUNTED_TIME = re.compile(
    r"^(?P<count>(?:dot|lan|ky|giai doan|vong)\s+(?:\d{1,2}|[ivx]{1,3}))\s*(?:[:,-]\s*|\(\s*)(?:thoi gian\s*:?\s*)?"
    r"(?:du kien\s+)?(?:(?:tu|truoc|trong|vao|thuc hien|hoan thanh|xong)\s+)*(?:dau\s+|cuoi\s+|giua\s+)?"
    r"(?:ngay|thang|quy|nam|\d{1,2}\s*/\s*\d)\b"
)
_USUAL_LABELS: tuple[tuple[Role, str], ...] = (
    ("lead", "co quan chu tri"),
    ("lead", "don vi chu tri"),
    ("lead", "co quan thuc hien"),
    ("lead", "don vi thuc hien"),
    ("coordinating", "co quan phoi hop"),
    ("coordinating", "don vi phoi hop"),
    ("time", "thoi gian thuc hien"),
    ("time", "thoi gian hoan thanh"),
)
_USUAL = tuple(words.replace(" ", "") for _, words in _USUAL_LABELS)
_USUAL_ROLES = tuple(role for role, _ in _USUAL_LABELS)
_INLINE = re.compile(
    r"(?:(?<=[.;,(/])\s*|\s+[-–]\s+)(?=(?:co quan|don vi|chu tri|phoi hop|thoi gian|thoi han|tien do|hoan thanh|"
    r"san pham|ket qua|thuc hien|hinh thuc|phan cong|trach nhiem|bo phan|dau moi|han hoan)[^:.;()]{0,30}[:：])"
)

#: A label in capitals behind a value that no stop ends: "Chủ trì: Sở Nội vụ Phối hợp: Thanh tra tỉnh".
_RUN_ON = re.compile(
    r"(?<=[a-z])\s+(?=(?:(?:co quan|don vi) )?(?:chu tri|phoi hop|thoi gian|thoi han)(?: (?:thuc hien|hoan thanh))?\s?:)"
)


@dataclasses.dataclass(frozen=True, slots=True)
class Label:
    """A label as read: its role, the words before the colon, the value behind it (may be empty)."""

    role: Role
    label: str
    value: str


def read_label(text: str) -> Label | None:
    """The label that opens ``text``, with its value; None where none does. A label needs its colon."""
    text = text.strip()
    whole = read_bracketed(text) if text.startswith("(") else None
    if whole is not None and whole.start == 0:  # a block of its own, all in brackets
        helpers = f", phối hợp với {whole.coordinating}" if whole.coordinating else ""
        when = f". Thời gian: {whole.time}" if whole.time else ""
        return Label("lead", "chủ trì", f"{whole.lead} chủ trì{helpers}{when}")
    inner = re.fullmatch(r"\(([^()]*(?:\([^()]*\)[^()]*)*)\)\s*[.;]?", text)
    if inner:
        text = inner[1].strip()
    plain = bare(text)
    for role, pattern in _COMPILED:
        match = pattern.match(plain)
        if match:
            label, value = text[: match.start("colon")].strip(), text[match.end() :].strip()
            return Label(role, label, value) if _is_meant(role, bare(label), value) else None
    return _counted_time(text) or _without_colon(text) or _nearly(text)


def _counted_time(text: str) -> Label | None:
    """A time behind other words than the usual: "Hoàn thành: Tháng 12/2022.", "Đợt 1: Từ ngày 15/3 đến ngày 15/4."."""
    done = _DONE.match(bare(text))
    if done is not None:
        return Label("time", "hoàn thành", text[done.end() :])
    match = _COUNTED_TIME.match(bare(text))
    return Label("time", text[: match.end("count")], text) if match and len(text.split()) <= 18 else None


def _without_colon(text: str) -> Label | None:
    """A time that stands alone without a colon: "Thời gian hoàn thành trong năm 2022."."""
    match = _COLONLESS.match(bare(text))
    if match is None or len(text.split()) > 16:
        return None
    at = match.start("time")
    return Label("time", text[:at].strip(), text[at:].strip())


def _nearly(text: str) -> Label | None:
    """A label with a letter lost or wrong: "Cơ quan ch trì: Sở Y tế". Its words stand before a colon near the head."""
    colon = re.match(r"^([^:;.(]{6,32}?)\s*:\s*", text)
    if colon is None or not 2 <= len(colon[1].split()) <= 6:
        return None
    words, far = bare(colon[1]).replace(" ", ""), 2 if len(colon[1]) > 11 else 1
    found = process.extractOne(words, _USUAL, scorer=Levenshtein.distance, score_cutoff=far)
    if found is None:
        return None
    role, value = _USUAL_ROLES[found[2]], text[colon.end() :].strip()
    return Label(role, colon[1], value) if role == "time" or not value or starts_agency(value) else None


def _is_meant(role: Role, label: str, value: str) -> bool:
    """Whether a label is one, rather than a bullet's topic: "- Thực hiện: đẩy mạnh tuyên truyền" names nobody."""
    if (
        role not in ("lead", "coordinating", "preparing")
        or not value
        or len(value.split()) <= 4
        or starts_agency(value)
    ):
        return True
    return (
        role == "lead" and bool(re.search(r"chu tri|co quan|don vi|phong|bo phan", label)) and len(value.split()) < 40
    )


def bare_role(text: str) -> Role | None:
    """The role of a label that stands alone, as a table's column title or a line "Cơ quan chủ trì"."""
    text = bare(" ".join(text.split()).strip(" .:"))
    for role, pattern in _BARE:
        if pattern.match(text):
            return role
    return None


_SAID = re.compile(
    r"^(?:(?:Giao|Do)\s+)?(?P<lead>[^:]{3,160}?)\s+(?:(?:là\s+(?:cơ quan|đơn vị)\s+)?chủ\s+trì(?:\s+(?:thực\s+hiện|tham\s+mưu|"
    r"tổ\s+chức|triển\s+khai))?|(?:tổ\s+chức\s+|triển\s+khai\s+)?thực\s+hiện|chịu\s+trách\s+nhiệm"
    r"(?:\s+(?:thực\s+hiện|tổ\s+chức))?|phối\s+hợp(?=\s+(?:với|cùng)))"
    r"(?:\s*[,;]?\s*(?:và\s+)?(?:(?:phối\s+hợp(?:\s+chặt\s+chẽ)?(?:\s+(?:với|cùng))?|với|cùng)\s+)"
    r"(?P<coord>[^:]+?)(?:\s+(?:(?:tổ\s+chức\s+|triển\s+khai\s+)?thực\s+hiện|tổ\s+chức|triển\s+khai))?)?\s*[.;]?$"
)


def read_said(text: str) -> Label | None:
    """A lead said in a sentence that says nothing else: "Sở Tư pháp chủ trì, phối hợp với Sở Nội vụ thực hiện."."""
    said, more = inline(" ".join(text.split()))
    match = _SAID.match(said)
    if match is None or len(text.split()) > 45 or not starts_agency(match["lead"]):
        return None
    lead, helpers = split(match["lead"]), split(match["coord"] or "")
    if not all(starts_agency(name) and len(name.split()) <= 14 for name in (*lead, *helpers)):
        return None
    with_whom = f" chủ trì, phối hợp với {match['coord']}" if match["coord"] else ""
    tail = "".join(f". {label.label}: {label.value}" for label in more)
    return Label("lead", "", f"{match['lead']}{with_whom}{tail}")


def _unbracketed(piece: str) -> str:
    """A piece of a bracketed block without the bracket that only closes it."""
    piece = piece.strip(" ;,(")
    while piece.rstrip(" .;,").endswith(")") and piece.count(")") > piece.count("("):
        piece = piece.rstrip(" .;,")[:-1]
    return piece.strip(" ;,")


#: A last sentence that says who leads: "…. Sở Y tế là cơ quan chủ trì, phối hợp với Sở Nội vụ".
_LAST_SAID = re.compile(r"(?<=[.;])\s+(?P<said>[^\W\d_][^.;]*\bchủ\s+trì\b[^.;]*)[.;,\s]*$")
#: A last sentence that only says when: "… Hoàn thành trước ngày 15/3/2022."
_LAST_TIME = re.compile(r"(?<=[.;])\s+(?=(?:thoi (?:gian|han)|hoan thanh)\b[^.;:]*[.;]?$)")


def inline(text: str, *, sentences: bool = False, every: bool = False) -> tuple[str, list[Label]]:
    """``text`` parted from the labels that stand inside it: "Tổng hợp kết quả. Thời gian hoàn thành: Trước ngày
    31/5/2026.". ``sentences``: also from a last sentence that says when without a colon; ``every``:
    also from labels that say neither who nor when (behind another label's value)."""
    bracketed = read_bracketed(text)
    if bracketed is not None and bracketed.start:
        labels = [
            Label("lead", "chủ trì", bracketed.lead),
            Label("coordinating", "phối hợp", bracketed.coordinating),
        ]
        if bracketed.time:
            labels.append(Label("time", "thời gian", bracketed.time))
        return text[: bracketed.start].strip(), labels
    pieces: list[str] = []
    start, low = 0, bare(text)
    for match in sorted([*_INLINE.finditer(low), *_RUN_ON.finditer(low)], key=lambda found: found.end()):
        if match.end() <= start or (match.re is _RUN_ON and not text[match.end()].isupper()):
            continue
        if read_label(text[match.end() :]) is not None:
            pieces.append(text[start : match.start()])
            start = match.end()
    pieces.append(text[start:])
    labels = [label for piece in pieces[1:] if (label := read_label(_unbracketed(piece))) is not None]
    if not any(every or label.role in ("lead", "time", "coordinating") for label in labels):
        last = _LAST_TIME.search(bare(text)) if sentences else None
        label = _without_colon(text[last.end() :]) if last else None
        return (text[: last.start()].strip(), [label]) if last and label else (text, [])
    head = pieces[0].strip()
    if head.endswith("("):
        head = head[:-1].strip()
    if not any(label.role in ("lead", "coordinating") for label in labels):
        last = _LAST_SAID.search(head)
        said = read_said(last["said"]) if last else None
        if last is not None and said is not None:
            head, labels = head[: last.start()], [said, *labels]
    return head.rstrip(" ;,"), labels
