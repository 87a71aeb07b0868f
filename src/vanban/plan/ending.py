"""The end of a document: its recipients ("Nơi nhận") and its signature (Nghị định 30/2020/NĐ-CP, Phụ lục I, mục
II.7 and II.9)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from vanban.model import Signature
from vanban.outline.letters import LOWER, UPPER, bare

_NAME = re.compile(rf"^(?:[{UPPER}][{LOWER}&¢]*\.?)(?:\s+[{UPPER}][{LOWER}&¢]*){{1,5}}$")
_RANK = re.compile(
    r"^(?:(?:Thượng|Trung|Thiếu|Đại)\s+(?:tá|tướng|úy)|Đại\s+tá|TS\.?|ThS\.?|PGS\.?|GS\.?)\s+", re.IGNORECASE
)
_AUTHORITY = re.compile(r"^(?:TM|T/M|T\.M)\s*\.?\s+\S|^(?:TM|T/M)\s*\.$")
_CAPACITY = re.compile(
    r"^(?:KT|K/T|TL|T/L|TUQ|Q)\s*\.|^(?:PHO\s+|QUYEN\s+|THU\s+)?(?:CHU\s+TICH|GIAM\s+DOC|TONG\s+GIAM\s+DOC|"
    r"TRUONG\s+(?:BAN|PHONG|DOAN)|BO\s+TRUONG|TRUONG|BI\s+THU|CHANH\s+\S+|CUC\s+TRUONG|HIEU\s+TRUONG|"
    r"TONG\s+CUC\s+TRUONG|VU\s+TRUONG|THU\s+TUONG|CHU\s+NHIEM|TU\s+LENH|VIEN\s+TRUONG|TONG\s+THANH\s+TRA|"
    r"THONG\s+DOC|CHI\s+HUY\s+TRUONG|UY\s+VIEN|CHI\s+CUC\s+TRUONG)"
)
_CLOSING = re.compile(r"[\s;.,:]+$")
_STAMP = re.compile(r"^\(?(?:đã ký|ký tên|ký thay|chữ ký|signed)\b", re.IGNORECASE)


def recipients(lines: Sequence[str]) -> tuple[str, ...]:
    """The recipients named in an end block, one an entry, without the dash and the closing mark."""
    out: list[str] = []
    begun = not any(re.match(r"^\W*noi\s+nhan\b", bare(line.strip())) for line in lines)
    open_entry = False
    begun_by_name = False
    for raw in lines:
        text = raw.strip()
        begun_by_name = begun_by_name or not begun
        if not begun:
            match = re.match(r"^\W*noi\s+nhan\s*:?\s*", bare(text))
            if match is None:
                continue
            begun = True
            text = text[match.end() :].strip()
        if not text:
            continue
        if text == "|":
            if out:
                break
            continue
        text, _ = _part_columns(text)
        if not text or _is_signature(text, bool(out)):
            open_entry = False
            continue
        marked = re.match(r"^(?:[-–—•*]|\+)\s*(.*)$", text)
        if marked:
            text = marked[1].strip()
        if not out and not marked and not text.endswith(";") and not begun_by_name:
            continue
        if marked or not open_entry:
            if marked is None and out and _closed(out):
                continue
            out.append(text)
        else:
            out[-1] = f"{out[-1]} {text}"
        open_entry = not text.endswith((";", "."))
    return tuple(entry for entry in (_CLOSING.sub("", item) for item in out) if entry)


def _closed(out: Sequence[str]) -> bool:
    return bool(re.match(r"^lưu\b|^l[uư]u\s*:", out[-1], re.IGNORECASE))


def signature(lines: Sequence[str]) -> Signature:
    """Who signs, in which capacity, for which body: "TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH PHÓ CHỦ TỊCH", the name."""
    authority: list[str] = []
    capacity: list[str] = []
    name: str | None = None
    for raw in lines:
        _, text = _part_columns(raw.strip())
        text = text.strip(" |")
        both = _RANK_AND_NAME.match(text)
        if both and capacity and name is None:
            capacity.append(both[1])
            name = both[2]
            continue
        if not text or _STAMP.match(text) or re.match(r"^(?:[-–—+•]|noi\s+nhan)", bare(text)):
            continue
        if text.upper() == text and any(c.isalpha() for c in text):
            if _AUTHORITY.match(text) and not capacity:
                authority = [text]
            elif _CAPACITY.match(bare(text).upper()):
                capacity.append(text)
            elif (
                capacity
                and len(text.split()) <= 6
                and not re.search(r"\d", text)
                and name is None
                and _goes_on(capacity[-1])
            ):
                capacity[-1] = f"{capacity[-1]} {text}"
            elif authority and not capacity:
                authority.append(text)
        elif capacity and name is None:
            unranked = _RANK.sub("", text)
            if _NAME.match(unranked):
                name = unranked
    return Signature(" ".join(authority) or None, " ".join(capacity) or None, name)


def _goes_on(text: str) -> bool:
    return bool(re.search(r"(?:TRƯỞNG|CHÁNH|BAN|PHÒNG|VĂN|PHÓ|KT\.|TL\.|TUQ\.|CHỦ)$", text))


def _is_signature(text: str, begun: bool) -> bool:
    if text.upper() == text and (_AUTHORITY.match(text) or _CAPACITY.match(bare(text).upper())):
        return True
    return begun and bool(
        _STAMP.match(text)
        or (text.upper() == text and re.fullmatch(r"(?:NHÂN\s+)?DÂN|ỦY BAN NHÂN DÂN", text))
        or _NAME.match(text)
    )


_SURNAMES = (
    "Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Lý|Đinh|Đoàn|Trương|Lâm|Mai|Trịnh|Đào|Cao|"
    "Hà|Tạ|Lương|Tô|Châu|Quách|Thái|Vương|Từ|Chu|Kiều|La|Lưu|Nông|Triệu|Giàng|Vi|Lò|Quàng|Thạch|Sơn|Kim|Danh|Tăng|"
    "Văn|Doãn|Ông|Phùng|"
    "Nghiêm|Khổng|Tống|Mạc|Thân|Cù|Cầm|Đồng|Hứa|Ma|Y|K'|A|Rah|Siu|Ksor|H'"
)
_NAME_BEHIND = re.compile(rf"(?<=[;.,)])\s+((?:{_SURNAMES})(?:\s+[{UPPER}][{LOWER}]+){{1,4}})$")


_RANK_AND_NAME = re.compile(rf"^([{UPPER}][{UPPER}. ]{{5,}}?)\s+((?:{_SURNAMES})(?:\s+[{UPPER}][{LOWER}]+){{1,4}})$")


def _part_columns(text: str) -> tuple[str, str]:
    """A line on which both columns stand: "- Sở TT&TT tỉnh; PHÓ CHỦ TỊCH" → the recipient, the signature."""
    behind = _NAME_BEHIND.search(text)
    if behind and re.match(r"^[-–—+•]", text):
        return text[: behind.start()].strip(), behind[1]
    match = re.search(
        rf"(?<=[\s;,.:])\s*((?:TM|KT|TL|TUQ|Q)\s*\.\s*[{UPPER} ]{{4,}}|(?:PHÓ\s+)?CHỦ\s+TỊCH|(?:PHÓ\s+)?GIÁM\s+ĐỐC|"
        rf"(?:THỨ|BỘ)\s+TRƯỞNG)\s*$",
        text,
    )
    if match and match.start() > 0 and (re.match(r"^(?:[-–—+•]|noi\s+nhan)", bare(text)) or text.upper() != text):
        return text[: match.start()].strip(), match[1].strip()
    return text, text
