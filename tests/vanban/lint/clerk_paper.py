"""What a clerk writes, and how she sets it."""

from __future__ import annotations

import dataclasses

SENTENCE = (
    "Ủy ban nhân dân xã yêu cầu các cơ quan, đơn vị, thôn, ấp trên địa bàn tổ chức thực hiện nghiêm túc, bảo đảm tiến độ, chất "
    "lượng; kịp thời báo cáo khó khăn, vướng mắc để xem xét, giải quyết theo thẩm quyền và quy định của pháp luật"
)


@dataclasses.dataclass(frozen=True)
class Look:
    """How one part is set: size, hand, alignment, colour, font ("" for the document's)."""

    size: float
    bold: bool = False
    italic: bool = False
    align: str = "center"
    colour: str = ""
    font: str = ""


LOOKS = {
    "country": Look(12, bold=True),
    "motto": Look(13, bold=True),
    "parent": Look(12),
    "issuer": Look(12, bold=True),
    "symbol": Look(13),
    "about": Look(12),
    "place_date": Look(13, italic=True),
    "type": Look(14, bold=True),
    "subject": Look(14, bold=True),
    "authority": Look(14, bold=True),
    "basis": Look(14, italic=True, align="justify"),
    "addressees": Look(14, align="left"),
    "body": Look(14, align="justify"),
    "part": Look(14, bold=True),
    "part_title": Look(14, bold=True),
    "article": Look(14, bold=True, align="justify"),
    "roman": Look(14, bold=True, align="justify"),
    "arabic": Look(14, bold=True, align="justify"),
    "recipients_label": Look(12, bold=True, italic=True, align="left"),
    "recipients": Look(11, align="left"),
    "signature": Look(14, bold=True),
    "signer": Look(14, bold=True),
    "page_number": Look(14),
    "annex_mark": Look(14, bold=True),
    "annex_title": Look(14, bold=True),
    "annex_attached": Look(14, italic=True),
    "table": Look(12, align="left"),
    "stamp": Look(10, align="left"),
}


@dataclasses.dataclass(frozen=True)
class Paper:
    """A document and how its clerk sets it. Text parts are lists of lines; "" of a part leaves it out."""

    parent: tuple[str, ...] = ("ỦY BAN NHÂN DÂN TỈNH LÂM ĐỒNG",)
    issuer: tuple[str, ...] = ("ỦY BAN NHÂN DÂN XÃ TÂN AN",)
    symbol: str = "Số: 08/KH-UBND"
    about: tuple[str, ...] = ()
    country: str = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    motto: str = "Độc lập - Tự do - Hạnh phúc"
    place_date: str = "Tân An, ngày 08 tháng 01 năm 2026"
    type: str = "KẾ HOẠCH"
    subject: tuple[str, ...] = ("Truyền thông chính sách trên địa bàn xã Tân An năm 2026",)
    authority: str = ""
    decides: str = ""
    bases: tuple[str, ...] = ()
    addressees: tuple[str, ...] = ()  # as printed, "Kính gửi: …" first
    body: tuple[tuple[str, str], ...] = (("body", SENTENCE + "."), ("body", SENTENCE + "./."))
    table: tuple[tuple[str, ...], ...] = ()
    recipients_label: str = "Nơi nhận:"
    recipients: tuple[str, ...] = ("- Như trên;", "- Lưu: VT, VX.")
    signature: tuple[str, ...] = ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")
    signer: str = "Nguyễn Văn An"
    secretary: str = ""  # minutes: who signs at the left
    annexes: tuple[tuple[str, ...], ...] = ()  # mark, title, attached, lines …
    # --- how it is set
    looks: tuple[tuple[str, Look], ...] = ()
    font: str = "Times New Roman"
    margins: tuple[float, float, float, float] = (20, 20, 30, 20)  # top, bottom, left, right
    page: tuple[float, float] = (210, 297)
    first_line: float = 12.7
    gap: float = 6
    spacing: float = 1.15
    exactly: float = 0  # points of a line, where the clerk sets it so
    head: str = "table"  # table, grid, tabs, spaces
    foot: str = "table"
    foot_rows: bool = False  # authority and name in rows of their own
    rule: str = "border"  # border, drawing, vml, typed, underline (of the motto), none
    motto_rule: float = 1.0
    issuer_rule: float = 0.4
    subject_rule: float = 0.4
    numbered: str = "top"  # top, bottom, right, first, none
    lists: str = "typed"  # typed, word
    swapped: bool = False  # the columns of the head
    turned: bool = False  # the columns of the foot
    nfd: bool = False
    smart: bool = False
    tracked: bool = False
    stamp: str = ""  # "top", "box", "foot"
    breaks: bool = False  # lines of one part in one paragraph, with line breaks
    styled: bool = False  # the font is set in the style Normal
    landscape_annex: bool = False
    annex_sections: bool = True  # annexes have pages of their own number

    def look(self, part: str) -> Look:
        """How a part is set."""
        return dict(self.looks).get(part) or LOOKS[part]

    def but(self, **changes: object) -> Paper:
        """The same with changes; ``look_PART`` changes values of a look."""
        looks = dict(self.looks)
        rest = {}
        for name, value in changes.items():
            if name.startswith("look_"):
                part = name.removeprefix("look_")
                looks[part] = dataclasses.replace(self.look(part), **value)
            else:
                rest[name] = value
        return dataclasses.replace(self, looks=tuple(looks.items()), **rest)
