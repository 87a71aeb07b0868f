"""The names of the paragraph styles in our DOCX files, by the element of ``ELEMENTS`` that each prints.

A clerk sees these names in the list of styles of the word processor; a reader of our files knows by them what a paragraph
is. No commas: Word takes what follows one for a second name.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

STYLES: Mapping[str, str] = MappingProxyType(
    {
        "country": "Quốc hiệu",
        "motto": "Tiêu ngữ",
        "parent": "Cơ quan chủ quản",
        "issuer": "Cơ quan ban hành",
        "symbol": "Số ký hiệu",
        "place_date": "Địa danh thời gian",
        "urgency": "Mức độ khẩn",
        "type": "Tên loại",
        "subject": "Trích yếu",
        "about": "Trích yếu công văn",
        "authority": "Thẩm quyền ban hành",
        "decides": "Quyết định",
        "basis": "Căn cứ",
        "addressees": "Kính gửi",
        "body": "Nội dung",
        "part": "Phần",
        "part_title": "Tên phần",
        "roman": "Mục I",
        "article": "Điều",
        "arabic": "Mục 1",
        "letter": "Mục a",
        "signature": "Quyền hạn chức vụ",
        "signer": "Họ tên người ký",
        "recipients_label": "Nơi nhận",
        "recipients": "Danh sách nơi nhận",
        "page_number": "Số trang",
        "annex_mark": "Phụ lục",
        "annex_title": "Tên phụ lục",
        "annex_attached": "Kèm theo",
        "table_head": "Dòng đầu bảng",
        "table": "Bảng",
    }
)

# Of the same look as another element, set apart by their numbering: (element, the mark's kind) → name.
MARKED_STYLES: Mapping[tuple[str, str], str] = MappingProxyType(
    {
        ("part", "chapter"): "Chương",
        ("part", "section"): "Mục",
        ("part", "subsection"): "Tiểu mục",
        ("body", "article"): "Nội dung điều",
        ("body", "arabic"): "Khoản",
        ("body", "letter"): "Điểm",
        ("body", "dash"): "Gạch đầu dòng",
        ("body", "plus"): "Dấu cộng",
        ("addressees", "dash"): "Danh sách kính gửi",
        ("recipients", "dash"): "Danh sách nơi nhận",
    }
)
RULE_STYLE = "Đường kẻ"  # an empty paragraph: a drawn line
PICTURE_STYLE = "Hình"
