"""Places of a text that name a document."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vanban.citations import Mention, find


def only(text: str) -> Mention:
    mentions = find(text)
    assert len(mentions) == 1, mentions
    return mentions[0]


SYMBOLS = [
    ("Nghị quyết số 57-NQ/TW", "NQ", "57-NQ/TW"),
    ("Chương trình hành động số 10-CTr/TU", "CTr", "10-CTr/TU"),
    ("Kế hoạch số 14-KH/TU", "KH", "14-KH/TU"),
    ("Quyết định số 178-QĐ/TW", "QĐ", "178-QĐ/TW"),
    ("Quy định số 208-QĐ/TW", "QyĐ", "208-QĐ/TW"),
    ("Thông tri số 02-TT/TU", "Thông tri", "02-TT/TU"),
    ("Nghị quyết số 202/2025/QH15", "NQ", "202/2025/QH15"),
    ("Nghị quyết số 1111/2015/UBTVQH13", "NQ", "1111/2015/UBTVQH13"),
    ("Nghị quyết số 30a/2008/NQ-CP", "NQ", "30a/2008/NQ-CP"),
    ("Nghị định 09/2017/NĐ-CP", "NĐ", "09/2017/NĐ-CP"),
    ("Nghị định số 38/CP", "NĐ", "38/CP"),
    ("Thông tư số 10/2022/TT-BLĐTBXH", "TT", "10/2022/TT-BLĐTBXH"),
    ("Thông tư liên tịch số 14/2014/TTLT-BTC-BTP", "TTLT", "14/2014/TTLT-BTC-BTP"),
    ("Công văn số 574/UBND-NC", "CV", "574/UBND-NC"),
    ("Công văn số 5104/BTTTT-PTTH&TTĐT", "CV", "5104/BTTTT-PTTH&TTĐT"),
    ("Văn bản 8935/BNV-CTTN&BĐG", "CV", "8935/BNV-CTTN&BĐG"),
    ("Tờ trình số 9512/TTr-SNN-CCTL", "TTr", "9512/TTr-SNN-CCTL"),
    ("Quy chế phối hợp số 49/QCPH-UBND-UBMT-HCTĐ", "QC", "49/QCPH-UBND-UBMT-HCTĐ"),
    ("Phương án 02600/PA-UBND", "PA", "02600/PA-UBND"),
    ("Quyết định số 12/QĐ-UBND.HC", "QĐ", "12/QĐ-UBND.HC"),
    ("Kết luận liên ngành tư pháp Trung ương số 23/KL-LNTPTW", "KL", "23/KL-LNTPTW"),
    # white space at a separator, by a wrap or a slip of the keyboard
    ("Chỉ thị số 12/CT- TTg", "CT", "12/CT-TTg"),
    ("Chỉ thị số 09/CT-\nTTg", "CT", "09/CT-TTg"),
    ("Tờ trình số 118/TTr-\n\nSTTTT", "TTr", "118/TTr-STTTT"),
    ("Nghị quyết số 71/NQ -CP", "NQ", "71/NQ-CP"),
    ("Quyết định số 36/QĐ - BTTTT", "QĐ", "36/QĐ-BTTTT"),
    ("Quyết định số\n7619/QĐ-BCA", "QĐ", "7619/QĐ-BCA"),
    ("Công văn số 5104/BTTTT-\nPTTH&TTĐT", "CV", "5104/BTTTT-PTTH&TTĐT"),
    # capitals
    ("CHỈ THỊ SỐ 32/CT-TTG", "CT", "32/CT-TTg"),
    # a hyphen or a blank lost in copying
    ("Nghị định số 61/2018/NĐCP", "NĐ", "61/2018/NĐ-CP"),
    ("Thông báo số 70-TB/TWngày 06 tháng 01 năm 2012", "TB", "70-TB/TW"),
    # the mark of a footnote
    ("Quyết định số 12/QĐ-UBND[2] ngày 03/4/2020", "QĐ", "12/QĐ-UBND"),
    ("Quyết định số 12/QĐ-UBND2 ngày 03/4/2020", "QĐ", "12/QĐ-UBND"),
    ("Kế hoạch số 100/KH-BCĐ389", "KH", "100/KH-BCĐ389"),
    # one part only, behind the name of a type
    ("Công văn 285/CCTTHC ngày 08 tháng 9 năm 2009", "CV", "285/CCTTHC"),
    # what follows is no part of the symbol
    ("Kế hoạch số 77/KH-UBND - Sở Tài chính", "KH", "77/KH-UBND"),
    ("Kế hoạch số 5/KH-UBND.Theo đó", "KH", "5/KH-UBND"),
]


@pytest.mark.parametrize(("text", "doc_type", "symbol"), SYMBOLS)
def test_type_and_symbol(text: str, doc_type: str, symbol: str) -> None:
    mention = only(text)
    assert (mention.doc_type, mention.symbol) == (doc_type, symbol)


@pytest.mark.parametrize(
    "text",
    [
        "QCVN 01:2009/BYT; TCVN 14423:2025; ISO 9001:2015",
        "đạt 24/24h, tỷ lệ 3/5, 100/KH, ngày 12/3, 5/KG",
        "https://example.vn/van-ban/quyet-dinh-407-qd-ttg-2022.aspx?so=407/QĐ-TTg",
        "theo Mẫu số 01/BC-SKHĐT và Biểu 02/KH-UBND",
        "Chương trình 2 năm; Kế hoạch 05 năm; Đề án 06",
        "Hội Luật gia tỉnh; Đoàn Luật sư tỉnh; luật pháp; pháp luật",
        "Tháng 11 - 12/2025; giai đoạn 2021-2025",
    ],
)
def test_no_citation(text: str) -> None:
    assert find(text) == ()


DATES = [
    ("ngày 23/7/2025 của Chính phủ", dt.date(2025, 7, 23)),
    (", ngày 06/4/2023 của Chính phủ", dt.date(2023, 4, 6)),
    ("\nngày 16 tháng 6\nnăm 2025 của Chính phủ", dt.date(2025, 6, 16)),
    ("của Chính phủ ngày 31 tháng 3 năm 2021", dt.date(2021, 3, 31)),
    ("năm 2021 của Chính phủ", None),
    ("(ngày 12/3/2020) của Chính phủ", dt.date(2020, 3, 12)),
    ("của Chính phủ", None),
    ("của Chính phủ phê duyệt Chiến lược ngày 02/02/2024", None),
]


@pytest.mark.parametrize(("tail", "date"), DATES)
def test_date(tail: str, date: dt.date | None) -> None:
    mention = only(f"Nghị quyết số 71/NQ-CP {tail}")
    assert (mention.date, mention.issuer) == (date, "Chính phủ")


ISSUERS = [
    ("của Bộ trưởng Bộ Lao động - Thương\nbinh và Xã hội hướng dẫn", "Bộ trưởng Bộ Lao động - Thương binh và Xã hội"),
    ("của Bộ Văn hóa, Thể thao và Du lịch quy định", "Bộ Văn hóa, Thể thao và Du lịch"),
    ("của Bộ Thông tin và Truyền thông (nay là Bộ Khoa học và Công nghệ) về", "Bộ Thông tin và Truyền thông"),
    ("của UBND tỉnh Đắk Lắk về", "UBND tỉnh Đắk Lắk"),
    ("của Ủy ban nhân dân Tỉnh về", "Ủy ban nhân dân Tỉnh"),
    ("của UBND huyện Châu Đức về", "UBND huyện Châu Đức"),
    ("của Ban Thường vụ Tỉnh ủy về", "Ban Thường vụ Tỉnh ủy"),
    ("của Thành ủy Vũng Tàu về", "Thành ủy Vũng Tàu"),
    ("của Đảng ủy phường Tam Thắng về", "Đảng ủy phường Tam Thắng"),
    ("của Ban Chấp hành Trung ương Đảng khóa XI về", "Ban Chấp hành Trung ương Đảng"),
    ("của Chủ tịch UBND tỉnh Nghệ An về", "Chủ tịch UBND tỉnh Nghệ An"),
    ("CỦA THỦ TƯỚNG CHÍNH PHỦ VỀ", "Thủ tướng Chính phủ"),
    ("của Thủ tướng Chínhphủ về", "Thủ tướng Chính phủ"),
    (
        "của Ban Chỉ đạo về khoa học,\ncông nghệ tỉnh ban hành Chương trình về",
        "Ban Chỉ đạo về khoa học, công nghệ tỉnh",
    ),
    ("của Bộ Lao động, Thương binh và Xã hội về", "Bộ Lao động, Thương binh và Xã hội"),
]


@pytest.mark.parametrize(("tail", "issuer"), ISSUERS)
def test_issuer(tail: str, issuer: str) -> None:
    mention = only(f"Kế hoạch số 5/KH-ABC ngày 01/02/2024 {tail} việc phát triển đô thị")
    assert (mention.issuer, mention.issuer_stated) == (issuer, True)


def test_issuer_before_the_number() -> None:
    text = "Theo đề nghị của Sở Thông tin và Truyền thông tại Tờ trình số 118/TTr-STTTT ngày 20/12/2023"
    assert only(text).issuer == "Sở Thông tin và Truyền thông"
    text = "được UBND thành phố Cần Thơ phê duyệt tại Quyết định số 12/QĐ-UBND"
    assert only(text).issuer == "UBND thành phố Cần Thơ"
    text = "UBND tỉnh đã ban hành Kế hoạch số 12/KH-UBND ngày 3/4/2020"
    assert only(text).issuer == "UBND tỉnh"


def test_issuer_that_the_symbol_itself_says() -> None:
    mention = only("theo Quyết định số 407/QĐ-TTg")
    assert (mention.issuer, mention.issuer_stated) == ("Thủ tướng Chính phủ", False)
    assert only("theo Kế hoạch số 5/KH-UBND").issuer is None


def test_several_issuers_of_a_joint_document() -> None:
    text = "Thông tư liên tịch số 14/2014/TTLT-BTC-BTP của Bộ trưởng Bộ Tài chính và Bộ trưởng Bộ Tư pháp quy định"
    assert only(text).issuer == "Bộ trưởng Bộ Tài chính và Bộ trưởng Bộ Tư pháp"


def test_numbers_that_share_type_date_and_issuer() -> None:
    text = "các Công điện: số 07/CĐ-UBND ngày 17/11/2025, số 08/CĐ-UBND và số 09/CĐ-UBND ngày 19/11/2025 của UBND tỉnh"
    assert [(m.doc_type, m.symbol, m.date and m.date.day, m.issuer) for m in find(text)] == [
        ("CĐ", "07/CĐ-UBND", 17, "UBND tỉnh"),
        ("CĐ", "08/CĐ-UBND", 19, "UBND tỉnh"),
        ("CĐ", "09/CĐ-UBND", 19, "UBND tỉnh"),
    ]


def test_nested_citations_keep_their_own_dates_and_issuers() -> None:
    text = (
        "Kế hoạch số 283/KH-UBND ngày 24/9/2024 của Ủy ban nhân dân Tỉnh về thực hiện Nghị quyết số 71/NQ-CP ngày"
        " 01/4/2024 của Chính phủ và Chương trình hành động số 10-CTr/TU ngày 13/8/2024 của Ban Thường vụ Tỉnh ủy về"
        " thực hiện Nghị quyết số 57-NQ/TW của Bộ Chính trị; Công văn số 12/BNV-CCHC về triển khai Quyết định số"
        " 36/QĐ-TTg ngày 05/5/2024 của Thủ tướng Chính phủ"
    )
    assert [(m.symbol, m.date and m.date.isoformat(), m.issuer) for m in find(text)] == [
        ("283/KH-UBND", "2024-09-24", "Ủy ban nhân dân Tỉnh"),
        ("71/NQ-CP", "2024-04-01", "Chính phủ"),
        ("10-CTr/TU", "2024-08-13", "Ban Thường vụ Tỉnh ủy"),
        ("57-NQ/TW", None, "Bộ Chính trị"),
        ("12/BNV-CCHC", None, "Bộ Nội vụ"),
        ("36/QĐ-TTg", "2024-05-05", "Thủ tướng Chính phủ"),
    ]


def test_title() -> None:
    text = "Quyết định số 36/QĐ-TTg ngày 05/5/2024 của Thủ tướng Chính phủ phê duyệt Đề án “Học tập; sáng tạo” (sau đây"
    assert only(text).title == "Phê duyệt Đề án “Học tập; sáng tạo”"
    text = (
        "Chỉ thị số 7/CT-TTg ngày 21/3/2023 của Thủ tướng Chính phủ về việc tăng cường truyền thông trên địa bàn; abc"
    )
    assert only(text).title == "Tăng cường truyền thông trên địa bàn"
    assert only("theo Chỉ thị số 7/CT-TTg đảm bảo phù hợp với tình hình").title is None


def test_short_forms_are_resolved() -> None:
    text = "Chỉ thị số 07/CT-TTg ngày 21/3/2023. Theo Chỉ thị số 07 và Chỉ thị 7; Quyết định số 407."
    mentions = find(text)
    assert [(m.symbol, m.short, text[m.start : m.end]) for m in mentions] == [
        ("07/CT-TTg", False, "Chỉ thị số 07/CT-TTg ngày 21/3/2023"),
        ("07/CT-TTg", True, "Chỉ thị số 07"),
        ("07/CT-TTg", True, "Chỉ thị 7"),
    ]


def test_conflicting_dates_are_noted() -> None:
    text = "Nghị quyết số 71/NQ-CP ngày 01/4/2025 của Chính phủ; Nghị quyết số 71/NQ-CP ngày 01/5/2025 của Chính phủ"
    assert [m.conflicts for m in find(text)] == [(dt.date(2025, 5, 1),), (dt.date(2025, 4, 1),)]


LAWS = [
    ("thi hành Luật Tiếp cận thông tin và các văn bản", ["Luật Tiếp cận thông tin"]),
    ("quy định của Luật ngân sách Nhà nước, các", ["Luật Ngân sách nhà nước"]),
    ("Luật Quản lý, sử dụng tài sản công", ["Luật Quản lý, sử dụng tài sản công"]),
    ("Luật Bảo vệ bí mật nhà nước, Luật An ninh mạng", ["Luật Bảo vệ bí mật nhà nước", "Luật An ninh mạng"]),
    ("Bộ luật Hình sự năm 2015", ["Bộ luật Hình sự"]),
    ("Luật tổ chức Chínhphủngày 25 tháng 12 năm 2001", ["Luật Tổ chức Chính phủ"]),
    ("Luật Giáo dục đại học, Luật Giáo dục", ["Luật Giáo dục đại học", "Luật Giáo dục"]),
    ("Hiến pháp năm 2013", ["Hiến pháp"]),
    ("Luật Giao thông liên hành tinh năm 2090", ["Luật Giao thông liên hành tinh"]),
    ("Luật Phòng, chống va chạm thiên thạch, các", ["Luật Phòng, chống va chạm thiên thạch"]),
    (
        "Luật sửa đổi, bổ sung một số điều của Luật Tổ chức Chính phủ và Luật Tổ chức chính quyền địa phương",
        [
            "Luật sửa đổi, bổ sung một số điều của Luật Tổ chức Chính phủ và Luật Tổ chức chính quyền địa phương",
        ],
    ),
]


@pytest.mark.parametrize(("text", "titles"), LAWS)
def test_laws_by_name(text: str, titles: list[str]) -> None:
    assert [(m.symbol, m.title) for m in find(text)] == [(None, title) for title in titles]


def test_a_law_with_its_date() -> None:
    assert only("Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025").date == dt.date(2025, 6, 16)


def test_a_law_with_its_number() -> None:
    mentions = find("Luật Tổ chức chính quyền địa phương số 72/2025/QH15; theo Luật Tổ chức chính quyền địa phương")
    assert [(m.doc_type, m.symbol) for m in mentions] == [("Luật", "72/2025/QH15")] * 2


def test_a_torn_letter_in_a_whole_text() -> None:
    mention = only("Quyết định số 5/QĐ-TTg ngày 01/02/2020 của Thủ tướng Chlnh phủ ve việc phát triển đô thị")
    assert (mention.issuer, mention.found_issuer) == ("Thủ tướng Chính phủ", "Thủ tướng Chlnh phủ")
    assert mention.title == "Phát triển đô thị"
    mention = only("theo Luật Quản lý, sử dụng tài sản cóng;")
    assert (mention.title, mention.found) == ("Luật Quản lý, sử dụng tài sản công", None)
    mention = only("theo Luật Quản lý, sử dụng tàl sản công;")
    assert (mention.title, mention.found) == (
        "Luật Quản lý, sử dụng tài sản công",
        "Luật Quản lý, sử dụng tàl sản công",
    )


def test_garbled_text() -> None:
    text = (
        "b) Phoi hop trién khai Ké hoachso 212/KH-UBND ngay\n10/10/2023 cua UBND tinh vé trién khai Quyét dinh s"
        " 348/Qb-TTy, ngay\n\n06/4/2023 cua Thu tuéng Chinh phu vé phé duyét Chién lugc; theo quy dinh tai Nghi dinh"
        " s6 09/2017/ND-CP ngay 09/2/2017 cta\nChinh phu quy dinh; Luat Tiép can  thong tin va cac van ban"
    )
    assert [(m.symbol, m.date and m.date.isoformat(), m.issuer, m.title, m.found) for m in find(text)] == [
        ("212/KH-UBND", "2023-10-10", "UBND tỉnh", None, None),
        ("348/QĐ-TTg", "2023-04-06", "Thủ tướng Chính phủ", None, "348/Qb-TTy"),
        ("09/2017/NĐ-CP", "2017-02-09", "Chính phủ", None, "09/2017/ND-CP"),
        (None, None, None, "Luật Tiếp cận thông tin", "Luat Tiép can thong tin"),
    ]


@given(st.text(alphabet="Quyết định số 0123456789/-QĐTgNCPUBNDKH.,;()“”\n\t ngày tháng năm của Luật", max_size=200))
def test_never_raises(text: str) -> None:
    for mention in find(text):
        assert 0 <= mention.start < mention.end <= len(text)


@given(
    st.integers(1, 9999),
    st.sampled_from(["KH-UBND", "QĐ-TTg", "NQ-HĐND", "TTr-STC", "CT-UBND", "BC-SNV"]),
    st.dates(dt.date(1990, 1, 1), dt.date(2060, 12, 31)),
)
def test_any_number_and_date(number: int, code: str, day: dt.date) -> None:
    mention = only(
        f"theo văn bản số {number}/{code} ngày {day.day:02}/{day.month}/{day.year} về việc phát triển đô thị"
    )
    assert (mention.symbol, mention.date) == (f"{number}/{code}", day)
