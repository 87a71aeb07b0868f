"""The words by which the parts of an official document are known (Nghị định 30/2020/NĐ-CP, Phụ lục I and III)."""

from __future__ import annotations

import functools
import re

from vanban.knowledge import Knowledge
from vanban.official.document import TITLED_BELOW
from vanban.official.layout import COUNTRY, MOTTO
from vanban.text import fold

URGENCIES = ("KHẨN", "THƯỢNG KHẨN", "HỎA TỐC")
DECIDES = ("QUYẾT ĐỊNH:", "QUYẾT NGHỊ:")
_COUNTRY, _MOTTO = fold(COUNTRY), fold(MOTTO.replace(" ", ""))
_DASHES = re.compile(r"[-–—−\s]+")
SYMBOL = re.compile(r"Số\s*:?\s*(?P<number>\d*)[\s.…_]*(?P<slash>/?)\s*(?P<code>.*)$", re.IGNORECASE)
DATE = re.compile(
    r"^(?P<place>.*?)[\s,]*\bngày\s*(?P<day>\d*)[\s.…_]*(?:tháng|[/-])\s*(?P<month>\d*)[\s.…_]*(?:năm|[/-])\s*"
    r"(?P<year>\d*)[\s.…_]*$",
    re.IGNORECASE,
)
ABOUT = re.compile(r"^(?:V/v|Về việc)\s*:?\s*", re.IGNORECASE)
GREETING = re.compile(r"^Kính gửi\s*:?\s*", re.IGNORECASE)
LEAD = re.compile(r"^(?P<who>.*?)\s(?:điện|trân trọng kính mời)\s*:\s*", re.IGNORECASE)
ANNEX = re.compile(r"^Phụ lục(?:\s+(?:số\s+)?(?P<number>[IVXLC]+|\d+|[A-Z]))?\.?$", re.IGNORECASE)
RECIPIENTS = re.compile(r"^Nơi nhận\s*:?$", re.IGNORECASE)
ARCHIVE = re.compile(r"^Lưu\s*:\s*")
BASIS = re.compile(r"^(?:Căn cứ|Theo|Xét|Thực hiện|Trên cơ sở)\s")
AUTHORITY = re.compile(r"^(TM|KT|TL|TUQ|Q)\s*\.?\s")
MARK = re.compile(r"(?:Điều \d+\.|\d+\.|[a-zđ]{1,2}\)|[-+])(?=\s)")
TYPED_RULE = re.compile(r"(?:[_\-–—―─⎯¯]\s?){5,}")  # a rule of signs
DRAFTER = re.compile(
    r"[A-ZĐƯ]{1,8}\.?\s?\(?\d{1,4}\)?\.?"
)  # who drafted, and how many copies: "PL.(300)" (mục III, khoản 3)
# Words with which names of agencies begin.
_AGENCY = re.compile(
    r"(?:ỦY BAN|UỶ BAN|UBND|HỘI ĐỒNG|HĐND|SỞ|BỘ|BAN|PHÒNG|VĂN PHÒNG|TRƯỜNG|HỌC VIỆN|ĐẠI HỌC|VIỆN|BỆNH VIỆN|TRUNG TÂM|CỤC|"
    r"CHI CỤC|TỔNG CỤC|VỤ|CÔNG AN|CÔNG TY|TỔNG CÔNG TY|TẬP ĐOÀN|ĐÀI|BÁO|THANH TRA|TÒA ÁN|VIỆN KIỂM SÁT|KHO BẠC|NGÂN HÀNG|"
    r"HỘI|ĐẢNG|ĐOÀN|MẶT TRẬN|LIÊN ĐOÀN|TRẠM|TỔ|ĐỘI|QUỸ|CẢNG|HẠT|BẢO HIỂM|CHÍNH PHỦ|THỦ TƯỚNG|CHỦ TỊCH|GIÁM ĐỐC)\b"
)
# What stamps, signing programs and typists put beside the parts of a document.
STAMP = re.compile(
    r"(?:người ký|ký bởi|được ký bởi|ký số bởi|đã ký số|digitally signed|signed by|e-?mail|cơ quan|tổ chức|đơn vị|chức vụ|"
    r"thời gian ký|ngày ký|ký ngày|date|reason|location|lý do)\s*:.*|(?:tuyệt |tối )?mật|xem xong trả lại|lưu hành nội bộ|"
    r"sao y(?: bản chính)?|sao lục|trích sao|\(?(?:bản )?dự thảo.*|\(?(?:đã ký|chữ ký|ký tên).*|[-_*. ]*[o0]+[-_*. ]*|[*]{3,}",
    re.IGNORECASE,
)
COPY = re.compile(r"SAO Y|SAO LỤC|TRÍCH SAO")  # opens what a copy adds below the document (Phụ lục I, phần II)
# Papers of the Party and of the Youth Union keep layouts of their own.
OTHERS = re.compile(r"ĐẢNG CỘNG SẢN VIỆT NAM|ĐOÀN (?:TNCS|THANH NIÊN CỘNG SẢN) HỒ CHÍ MINH")
BULLET = re.compile(r"[\uf020-\uf0ff•◦▪●‣·–−—](?=\s)")  # what word processors make of "-" in a list
HEADINGS = (
    ("part", re.compile(r"Phần (?:[IVXLC]+|\d+|thứ \w+|một|hai|ba|bốn|năm)(?=\s|$)", re.IGNORECASE)),
    ("chapter", re.compile(r"Chương [IVXLC]+(?=\s|$)", re.IGNORECASE)),
    ("section", re.compile(r"Mục \d+(?=\s|$)", re.IGNORECASE)),
    ("subsection", re.compile(r"Tiểu mục \d+(?=\s|$)", re.IGNORECASE)),
    ("roman", re.compile(r"[IVXLC]+\.(?=\s|$)")),
    ("article", re.compile(r"Điều \d+\.(?=\s|$)")),
    ("arabic", re.compile(r"\d+\.(?=\s|$)")),
    ("letter", re.compile(r"[a-zđ]{1,2}\)(?=\s|$)")),
)


def is_part(text: str) -> bool:
    """Whether the text is the number of a part, chapter, section or subsection alone: its title stands on the next line."""
    return any(pattern.fullmatch(text) for kind, pattern in HEADINGS if kind in TITLED_BELOW)


def is_country(text: str) -> bool:
    """Whether this is the name of the country, however it is typed."""
    return fold(text) == _COUNTRY


def begins_country(text: str) -> bool:
    """Whether this is the name of the country, or the first line of it where a narrow column breaks it."""
    said = fold(text.strip())
    return len(said) > len(_COUNTRY) / 2 and _COUNTRY.startswith(said)


def is_motto(text: str) -> bool:
    """Whether this is the motto, with whatever dashes and blanks."""
    return fold(_DASHES.sub("", text.replace("–", "-"))) == fold(_DASHES.sub("", MOTTO))


@functools.cache
def type_names() -> dict[str, str]:
    """The names of the types of documents, by what is printed of them, folded."""
    return {fold(found.name): found.name for found in Knowledge.packaged().doc_types}


def type_of(text: str) -> str | None:
    """The type of document that a line names, or None; it has to be in capitals."""
    return type_names().get(fold(text.strip(" .:"))) if text == text.upper() and len(text) < 60 else None


def begins_name(text: str) -> bool:
    """Whether the name of an agency begins with these words, rather than goes on ("TỈNH LÂM ĐỒNG", "VÀ DU LỊCH")."""
    return _AGENCY.match(text.upper()) is not None


def is_type(text: str) -> bool:
    """Whether a line names a type of document, in whatever letters."""
    return type_of(text.upper()) is not None


def urgency(text: str) -> str:
    """The mark of urgency that these words are ("HOẢ TỐC" is spelled so in the decree, too); "" for none."""
    said = text.strip().replace("HOẢ", "HỎA")
    return said if said in URGENCIES else ""


def is_upper(text: str) -> bool:
    """Whether all letters are capitals, and there are some."""
    return text == text.upper() and any(sign.isalpha() for sign in text)


def is_stamp(text: str) -> bool:
    """Whether this is no part of a document, but what a stamp or a program says beside them."""
    return STAMP.fullmatch(text) is not None


def is_date(text: str) -> bool:
    """Whether the text is the line of place and date."""
    return DATE.match(text) is not None
