"""What many clerks write: documents of many kinds and habits that keep the decree's layout."""

from __future__ import annotations

import dataclasses
import random

from tests.vanban.lint.clerk_paper import SENTENCE, Paper

LONG = tuple(("body", f"{SENTENCE}. {SENTENCE}.") for _ in range(9))
SECTIONS = (
    ("roman", "I. MỤC ĐÍCH, YÊU CẦU"),
    ("body", f"{SENTENCE}."),
    ("arabic", "1. Về công tác truyền thông"),
    ("body", f"{SENTENCE}. {SENTENCE}."),
    ("list", "- Tổ chức hội nghị phổ biến chính sách tại các thôn, ấp trên địa bàn xã trong quý I năm 2026;"),
    ("list", "- Phát trên hệ thống truyền thanh cơ sở."),
    ("roman", "II. TỔ CHỨC THỰC HIỆN"),
    ("body", f"{SENTENCE}."),
    ("body", f"{SENTENCE}./."),
)
ARTICLES = (
    ("body", f"Điều 1. {SENTENCE}."),
    ("body", "Điều 2. Quyết định này có hiệu lực kể từ ngày ký."),
    ("body", f"Điều 3. {SENTENCE}./."),
)
REGULATIONS = (
    ("part", "Chương I"),
    ("part_title", "QUY ĐỊNH CHUNG"),
    ("article", "Điều 1. Phạm vi điều chỉnh"),
    ("body", f"{SENTENCE}."),
    ("part", "Chương II"),
    ("part_title", "SOẠN THẢO VĂN BẢN"),
    ("part", "Mục 1"),
    ("part_title", "THỂ THỨC, KỸ THUẬT TRÌNH BÀY"),
    ("article", "Điều 2. Thể thức văn bản"),
    ("body", f"1. {SENTENCE}."),
    ("part", "Mục 2"),
    ("part_title", "QUẢN LÝ VĂN BẢN"),
    ("part", "Tiểu mục 1"),
    ("part_title", "VĂN BẢN ĐI"),
    ("article", "Điều 3. Trình tự quản lý văn bản đi"),
    ("body", f"a) {SENTENCE}./."),
)
BASES = (
    "Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;",
    "Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ về công tác văn thư;",
    "Theo đề nghị của Chánh Văn phòng.",
)
PROVINCE = ("ỦY BAN NHÂN DÂN", "TỈNH LÂM ĐỒNG")
DEPUTY = ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")
TABLE = (("TT", "Nhiệm vụ", "Thời hạn"), ("1", "Xây dựng tài liệu", "Quý I"), ("2", "Tổ chức hội nghị", "Quý II"))

KINDS: dict[str, Paper] = {
    "plan": Paper(body=SECTIONS),
    "long plan": Paper(body=(*SECTIONS[:2], *LONG, *SECTIONS[2:]), signature=DEPUTY, signer="Trần Thị Bình"),
    "plan with annexes": Paper(
        body=SECTIONS,
        annexes=(
            (
                "Phụ lục I",
                "DANH MỤC NHIỆM VỤ",
                "(Kèm theo Kế hoạch số 08/KH-UBND ngày 08 tháng 01 năm 2026 của UBND xã)",
                SENTENCE,
            ),
            ("Phụ lục II", "", "(Kèm theo Kế hoạch số 08/KH-UBND ngày 08 tháng 01 năm 2026 của UBND xã)", SENTENCE),
        ),
    ),
    "plan with a table": Paper(body=SECTIONS, table=TABLE),
    "report": Paper(
        parent=(),
        issuer=PROVINCE,
        type="BÁO CÁO",
        symbol="Số: 215/BC-UBND",
        place_date="Lâm Đồng, ngày 10 tháng 11 năm 2026",
        subject=("Kết quả thực hiện Đề án truyền thông chính sách năm 2026", "và phương hướng, nhiệm vụ năm 2027"),
        addressees=("Kính gửi:", "- Thủ tướng Chính phủ;", "- Bộ Văn hóa, Thể thao và Du lịch."),
        body=SECTIONS,
        recipients=(
            "- Như trên;",
            "- Thường trực Tỉnh ủy (để b/c);",
            "- Chủ tịch, các PCT UBND tỉnh;",
            "- Lưu: VT, VX (02).",
        ),
        signature=DEPUTY,
        signer="Bùi Đình Long",
    ),
    "letter": Paper(
        parent=("ỦY BAN NHÂN DÂN TỈNH LÂM ĐỒNG",),
        issuer=("SỞ TƯ PHÁP",),
        symbol="Số: 1203/STP-PBGDPL",
        about=("V/v đôn đốc báo cáo kết quả", "truyền thông chính sách năm 2026"),
        place_date="Đà Lạt, ngày 12 tháng 10 năm 2026",
        type="",
        subject=(),
        addressees=("Kính gửi: Ủy ban nhân dân các xã, phường",),
        signature=("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"),
        signer="Lê Văn Cường",
    ),
    "letter to many": Paper(
        symbol="Số: 96/UBND-VHXH",
        about=("V/v tổ chức hội nghị",),
        type="",
        subject=(),
        addressees=("Kính gửi:", "- Phòng Văn hóa - Xã hội;", "- Các trường học trên địa bàn xã."),
        signature=("TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG"),
        signer="Phạm Thị Dung",
    ),
    "decision": Paper(
        type="QUYẾT ĐỊNH",
        symbol="Số: 1500/QĐ-UBND",
        subject=("Về việc ban hành Kế hoạch truyền thông chính sách năm 2026",),
        authority="CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ TÂN AN",
        bases=BASES,
        decides="QUYẾT ĐỊNH:",
        body=ARTICLES,
        recipients=("- Như Điều 3;", "- Lưu: VT."),
        signature=("CHỦ TỊCH",),
    ),
    "regulations": Paper(
        type="QUY CHẾ", symbol="Số: 02/QC-UBND", subject=("Công tác văn thư của Ủy ban nhân dân xã",), body=REGULATIONS
    ),
    "notice": Paper(
        type="THÔNG BÁO",
        symbol="Số: 07/TB-VP",
        issuer=("VĂN PHÒNG",),
        parent=("ỦY BAN NHÂN DÂN XÃ TÂN AN",),
        subject=("Kết luận của Chủ tịch Ủy ban nhân dân xã tại cuộc họp giao ban",),
        place_date="Tân An, ngày 28 tháng 02 năm 2026",
        signature=("TUQ. CHỦ TỊCH", "CHÁNH VĂN PHÒNG"),
        recipients=("- Các đơn vị;", "- Lưu: VT.", "NVA.(15)"),
    ),
    "submission": Paper(
        type="TỜ TRÌNH",
        symbol="Số: 33/TTr-PVHXH",
        issuer=("PHÒNG VĂN HÓA - XÃ HỘI",),
        parent=("ỦY BAN NHÂN DÂN XÃ TÂN AN",),
        subject=("Về việc phê duyệt kinh phí truyền thông chính sách",),
        addressees=("Kính gửi: Ủy ban nhân dân xã Tân An",),
        signature=("Q. TRƯỞNG PHÒNG",),
    ),
    "minutes": Paper(
        type="BIÊN BẢN",
        symbol="Số: 05/BB-UBND",
        place_date="",
        subject=("Họp giao ban tháng 01 năm 2026",),
        subject_rule=0,
        signature=("CHỦ TỌA",),
        secretary="Lê Thị Em",
        recipients=("- Thành viên dự họp;", "- Lưu: VT, Hồ sơ."),
    ),
    "introduction": Paper(
        type="GIẤY GIỚI THIỆU", symbol="Số: 41/GGT-UBND", subject=(), recipients=("- Như trên;", "- Lưu: VT.")
    ),
    "school": Paper(
        parent=("ỦY BAN NHÂN DÂN XÃ TÂN AN",),
        issuer=("TRƯỜNG TIỂU HỌC SƠN CA",),
        symbol="Số: 19/KH-THSC",
        signature=("HIỆU TRƯỞNG",),
        signer="ThS. Nguyễn Thị Phương",
    ),
    "draft": Paper(symbol="Số:     /KH-UBND", place_date="Tân An, ngày     tháng     năm 2026", body=SECTIONS),
}
HABITS: dict[str, tuple[object, ...]] = {
    "margins": ((20, 20, 30, 20), (20, 20, 30, 15), (25, 25, 35, 15), (20, 25, 30, 20)),
    "first_line": (12.7, 10, 12.7),
    "gap": (6, 6, 8, 10),
    "spacing": (1.0, 1.15, 1.3, 1.5),
    "exactly": (0, 0, 0, 18),
    "head": ("table", "table", "row", "grid", "tabs", "boxes"),  # "blanks" hardly ever stand in the middle
    "foot": ("table", "table", "tabs", "indents"),
    "foot_rows": (False, True),
    "rule": ("border", "drawing", "drawing", "vml", "typed", "underline"),
    "lists": ("typed", "word"),
    "nfd": (False, False, False, True),
    "smart": (False, True),
    "tracked": (False, False, True),
    "stamp": ("", "", "top", "head", "foot"),
    "breaks": (False, False, True),
    "styled": (False, True),
    "landscape_annex": (False, True),
}
SIZES = {
    "country": (12, 13),
    "motto": (13, 14),
    "parent": (12, 13),
    "issuer": (12, 13),
    "type": (13, 14),
    "subject": (13, 14),
}
SIZES |= {"place_date": (13, 14), "about": (12, 13), "body": (13, 14), "signature": (13, 14), "signer": (13, 14)}


def rightly(rng: random.Random, kind: str) -> Paper:
    """A document of this kind that keeps the layout, set by some clerk's habits."""
    paper = KINDS[kind]
    paper = dataclasses.replace(paper, **{name: rng.choice(values) for name, values in HABITS.items()})
    if paper.head == "boxes" and paper.rule in ("drawing", "vml"):  # no drawing stands in a text box
        paper = paper.but(rule="border")
    if paper.head == "tabs" and (len(paper.issuer) > 1 or not paper.parent or not paper.place_date):
        paper = paper.but(head="table")
    if paper.secretary:
        paper = paper.but(foot="table")
    if paper.foot in ("tabs", "indents") and paper.stamp == "foot":
        paper = paper.but(stamp="")
    for part, sizes in SIZES.items():
        paper = paper.but(**{f"look_{part}": {"size": rng.choice(sizes)}})
    if paper.head == "tabs" or paper.margins[3] > 15:  # the country's name on one line
        paper = paper.but(look_country={"size": 12}, look_parent={"size": 12})
    if paper.head == "tabs":
        paper = paper.but(parent=tuple(text.replace("ỦY BAN NHÂN DÂN", "UBND") for text in paper.parent))
    size = paper.look("body").size
    for part in ("basis", "part", "part_title", "article", "roman", "arabic", "addressees", "authority"):
        paper = paper.but(**{f"look_{part}": {"size": size}})
    return paper
