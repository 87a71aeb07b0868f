"""Official documents to print: one of every type, with everything that a document of its form can have."""

import dataclasses
import datetime as dt

from vanban.official import (
    Annex,
    Heading,
    OfficialDocument,
    Paragraph,
    Picture,
    Run,
    Signature,
    Table,
    TableCell,
    form_of,
    plain,
)
from vanban.official.outline import Section, numbered

TYPES = {
    "Nghị quyết": "NQ",
    "Quyết định": "QĐ",
    "Chỉ thị": "CT",
    "Quy chế": "QC",
    "Quy định": "QyĐ",
    "Thông cáo": "TC",
    "Thông báo": "TB",
    "Hướng dẫn": "HD",
    "Chương trình": "CTr",
    "Kế hoạch": "KH",
    "Phương án": "PA",
    "Đề án": "ĐA",
    "Dự án": "DA",
    "Báo cáo": "BC",
    "Biên bản": "BB",
    "Tờ trình": "TTr",
    "Hợp đồng": "HĐ",
    "Công văn": "UBND",
    "Công điện": "CĐ",
    "Bản ghi nhớ": "BGN",
    "Bản thỏa thuận": "BTT",
    "Giấy ủy quyền": "GUQ",
    "Giấy mời": "GM",
    "Giấy giới thiệu": "GGT",
    "Giấy nghỉ phép": "GNP",
    "Phiếu gửi": "PG",
    "Phiếu chuyển": "PC",
    "Phiếu báo": "PB",
    "Thư công": "TCg",
}
SENTENCE = (
    "Tăng cường truyền thông chính sách trên địa bàn xã, bảo đảm người dân tiếp cận thông tin đầy đủ, kịp thời, chính xác; "
    "nâng cao nhận thức của cán bộ, công chức về vai trò của truyền thông chính sách."
)
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 240"><rect width="600" height="240" fill="#eee"/>'
    '<text x="60" y="60" font-family="Times New Roman" font-size="24">Tiến độ theo nhóm việc</text></svg>'
)


def cell(text: str = "", **more) -> TableCell:
    """A cell with a line of text, or an empty one."""
    return TableCell((plain(text),) if text else (), **more)


def register(tasks: int = 3) -> Table:
    """A register of tasks: a head of two rows with merged cells, a row across, cells that reach down."""
    head = (
        (cell("TT", rows=2), cell("Nhiệm vụ", rows=2), cell("Cơ quan thực hiện", columns=2), cell("Thời hạn", rows=2)),
        (cell("Chủ trì"), cell("Phối hợp")),
    )
    group = (cell("Truyền thông trực tiếp", columns=5, align="center"),)
    first = (cell("1"), cell(SENTENCE), cell("Phòng Văn hóa", rows=2), cell("Các thôn"), cell("Quý I", align="right"))
    second = (cell("2"), cell("Tập huấn"), cell(), cell("Quý II", align="right"))
    more = tuple(
        (cell(str(n)), cell(f"Việc thứ {n}"), cell("Văn phòng"), cell("Các thôn"), cell("Quý III"))
        for n in range(3, tasks + 1)
    )
    return Table((*head, group, first, second, *more), (0.06, 0.4, 0.2, 0.2, 0.14), 2)


def articles() -> tuple:
    """The body of a decision."""
    return (
        Heading("chapter", "Chương I", "QUY ĐỊNH CHUNG"),
        Heading("article", "Điều 1.", "Phạm vi điều chỉnh"),
        Paragraph(plain(SENTENCE), "1."),
        Paragraph(plain("Trường hợp khác theo quy định của pháp luật"), "2."),
        Paragraph(plain("Thành lập Tổ công tác, gồm các ông, bà có tên sau:"), "a)"),
        Heading("chapter", "Chương II", "QUẢN LÝ VĂN BẢN"),
        Heading("section", "Mục 1", "SOẠN THẢO, KÝ BAN HÀNH VĂN BẢN"),
        Heading("article", "Điều 2.", "Soạn thảo văn bản"),
        Paragraph(plain(SENTENCE), "1."),
        Heading("section", "Mục 2", "QUẢN LÝ VĂN BẢN ĐI, VĂN BẢN ĐẾN"),
        Heading("subsection", "Tiểu mục 1", "VĂN BẢN ĐI"),
        Heading("article", "Điều 3.", "Đăng ký văn bản đi"),
        Paragraph(plain(SENTENCE)),
        Heading("subsection", "Tiểu mục 2", "VĂN BẢN ĐẾN"),
        Heading("article", "Điều 4.", "Tiếp nhận văn bản đến"),
        Paragraph(plain(SENTENCE)),
        Heading("chapter", "Chương III", "TỔ CHỨC THỰC HIỆN"),
        Heading("section", "Mục 1", "ĐIỀU KHOẢN CHUYỂN TIẾP"),
        Heading("article", "Điều 5.", "Hiệu lực thi hành"),
        Paragraph(plain("Quyết định này có hiệu lực kể từ ngày ký"), "1."),
    )


def sections() -> tuple:
    """A body with everything that a plan or a report has."""
    return (
        Heading("part", "Phần I", "ĐÁNH GIÁ CHUNG"),
        *numbered(
            "Thực hiện chỉ đạo của cấp trên, Ủy ban nhân dân xã báo cáo như sau:",
            Section("Mục đích", [Section("Về nhận thức", [SENTENCE, Section("Với cán bộ", [SENTENCE])])]),
            Section("Kết quả", [Section("Số liệu", [Picture("Tiến độ theo nhóm việc", SVG, 0.4), register()])]),
        ),
        Paragraph(
            (Run("Hạn gửi: "), Run("trước ngày 11 tháng 11", bold=True), Run(", qua "), Run("hệ thống", italic=True))
        ),
        Paragraph(plain("Nêu rõ kết quả;"), "-"),
        Paragraph(plain("Nêu rõ nguyên nhân;"), "+"),
        Paragraph(plain("Giữa trang"), align="center"),
        Paragraph(plain("Trong quá trình thực hiện, nếu có vướng mắc, các đơn vị báo cáo để xem xét")),
    )


def document(doc_type: str = "Báo cáo", **changes) -> OfficialDocument:
    """A document of a type, with all that its form can have."""
    form = form_of(doc_type)
    letter = form == "letter"
    made = OfficialDocument(
        type=doc_type,
        parent="ỦY BAN NHÂN DÂN TỈNH NGHỆ AN",
        issuer="ỦY BAN NHÂN DÂN XÃ TÂN AN",
        subject="đôn đốc báo cáo năm 2026" if letter else "Kết quả truyền thông chính sách năm 2026",
        code=f"{TYPES[doc_type]}-{'VHXH' if letter else 'UBND'}",
        place="Tân An",
        number=8,
        date=dt.date(2026, 1, 8),
        urgency="HỎA TỐC" if form in ("letter", "telegram") else "",
        authority="CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ TÂN AN" if form == "decision" else "",
        bases=("Căn cứ Luật Tổ chức chính quyền địa phương", "Căn cứ Quyết định số 407/QĐ-TTg"),
        addressees=() if form == "decision" else ("Ủy ban nhân dân tỉnh", "Sở Văn hóa, Thể thao và Du lịch"),
        body=articles() if form == "decision" else sections(),
        recipients=("Như trên", "Thường trực Đảng ủy"),
        archive="VT, VHXH (02)",
        signature=Signature(("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), "Bùi Đình Long"),
        annexes=(
            Annex(
                "DANH MỤC NHIỆM VỤ", "Kèm theo văn bản số 08 ngày 08 tháng 01 năm 2026", (register(),), landscape=True
            ),
            Annex(
                "BIỂU THEO DÕI", "Kèm theo văn bản số 08", numbered(Section("Đầu tháng", [Section("Xem", [SENTENCE])]))
            ),
        ),
    )
    return dataclasses.replace(made, **changes)
