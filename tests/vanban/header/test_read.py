"""The head of a document, in the layouts that real documents have."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vanban import header
from vanban.model import Header, Line, Source

MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n---------------"
PLAN = Header(
    "KH",
    "45/KH-UBND",
    "Ủy ban nhân dân tỉnh Hà Giang",
    "Hà Giang",
    dt.date(2018, 2, 5),
    "Phổ biến, giáo dục pháp luật năm 2018 trên địa bàn tỉnh Hà Giang",
)
TITLE = "KẾ HOẠCH\nPhổ biến, giáo dục pháp luật năm 2018\ntrên địa bàn tỉnh Hà Giang"
BASES = "Căn cứ Luật Phổ biến, giáo dục pháp luật;\nI. MỤC ĐÍCH"


def source(text: str, quality: str = "good") -> Source:
    lines = tuple(Line(number, line) for number, line in enumerate(text.split("\n"), 1))
    return Source("a.txt", "0" * 64, "text/plain", None, lines, (), quality)  # type: ignore[arg-type]


def head(text: str, quality: str = "good") -> Header:
    return header.read(source(text, quality))[0]


def doubts(text: str, quality: str = "good") -> list[tuple[str, str, str | None, str | None]]:
    return [(d.kind, d.where, d.found, d.proposed) for d in header.read(source(text, quality))[1]]


LAYOUTS = {
    "columns one below the other": f"""ỦY BAN NHÂN DÂN
TỈNH HÀ GIANG
-------
{MOTTO}
Số: 45/KH-UBND
Hà Giang, ngày 05 tháng 02 năm 2018
{TITLE}

{BASES}""",
    "columns one after the other, the type's name under the left one": f"""ỦY BAN NHÂN DÂN
TỈNH HÀ GIANG
Số: 45/KH-UBND
KẾ HOẠCH

{MOTTO}
Hà Giang, ngày 05 tháng 02 năm 2018

Phổ biến, giáo dục pháp luật năm 2018
trên địa bàn tỉnh Hà Giang

{BASES}""",
    "a rule read from a picture as words": f"""ỦY BAN NHÂN DÂN
TỈNH HÀ GIANG
Số: 45/KH-UBND

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
MiSbstE bhiiEbiditsoe Nhu
Hà Giang, ngày 05 tháng 02 năm 2018

{TITLE}

{BASES}""",
    "columns beside each other": f"""ỦY BAN NHÂN DÂN             CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
TỈNH HÀ GIANG                    Độc lập - Tự do - Hạnh phúc
_______                          ______________________
Số: 45/KH-UBND                  Hà Giang, ngày 05 tháng 02 năm 2018

{TITLE}

{BASES}""",
    "columns beside each other, the motto cut": f"""ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI
TỈNH HÀ GIANG CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 45/KH-UBND Hà Giang, ngày 05 tháng 02 năm 2018
{TITLE}
{BASES}""",
    "cells between marks, cut anywhere": f"""|
ỦY BAN NHÂN
DÂN
TỈNH HÀ GIANG
-------
|
CỘNG HÒA XÃ
HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
|
|
Số:
45/KH-UBND
|
Hà
Giang, ngày
05 tháng 02 năm 2018
|

{TITLE}

{BASES}""",
    "cells of a table, an empty line in one": f"""ỦY BAN NHÂN DÂN

TỈNH HÀ GIANG
-------
{MOTTO}

Số: 45/KH-UBND

Hà Giang,
ngày 5/2/2018

{TITLE}

{BASES}""",
    "a site's notices above": f"""|
Bản dịch này thuộc quyền sở hữu của THƯ VIỆN. Mọi hành vi sao chép là vi phạm.
CÁC NỘI DUNG ĐƯỢC SỬA ĐỔI, HƯỚNG DẪN
Click vào phần bôi vàng để xem chi tiết.
Số hiệu:
|
99/KH-UBND
|
Loại văn bản:
|
Kế hoạch
|
Nơi ban hành:
|
Tỉnh Hà Nam
|
Ngày ban hành:
|
18/11/2019
|
ỦY BAN NHÂN DÂN
TỈNH HÀ GIANG
-------
|
{MOTTO}
|
|
Số: 45/KH-UBND
|
Hà Giang, ngày 05 tháng 02 năm 2018
|
{TITLE}

{BASES}""",
    "every line followed by an empty one": "\n\n".join(
        f"""ỦY BAN NHÂN DÂN
TỈNH HÀ GIANG
{MOTTO}
Số: 45/KH-UBND
Hà Giang, ngày 05 tháng 02 năm 2018
{TITLE}
Thực hiện Quyết định số 705/QĐ-TTg ngày 25/5/2017 của Thủ tướng Chính phủ ban hành
Chương trình phổ biến, giáo dục pháp luật giai đoạn 2017 - 2021; Ủy ban nhân dân tỉnh
ban hành Kế hoạch phổ biến, giáo dục pháp luật năm 2018 với các nội dung sau đây:
I. MỤC ĐÍCH, YÊU CẦU""".split("\n")
    ),
    "a rule and an addressee below the title": f"""ỦY BAN NHÂN DÂN
TỈNH HÀ GIANG
{MOTTO}
Số : 45 /KH-UBND
Hà Giang, ngày 05 tháng 02 năm 2018
{TITLE}[1]
________
Kính gửi: Các sở, ban, ngành;
{BASES}""",
    "torn letters": f"""UY BAN NHAN DAN
TINH HA GIANG
CONG HOA XA HOI CHU NGHIA VIET NAM
Doc lap - Tu do - Hanh phuc
S6: 45/KH-UBND
Hà Giang, ngày 05 tháng 02 năm 2018
{TITLE.replace("KẾ", "KÉ")}
{BASES}""",
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_layouts(layout: str) -> None:
    found = header.read(source(LAYOUTS[layout]))
    assert found[0] == PLAN
    assert found[1] == ()


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_body_begins_behind_head_and_title(layout: str) -> None:
    lines = LAYOUTS[layout].split("\n")
    after = header.read(source(LAYOUTS[layout]))[2]
    assert lines[after - 2].startswith("trên địa bàn tỉnh Hà Giang")


ISSUERS = [
    ("BỘ VĂN HÓA, THỂ\nTHAO VÀ DU LỊCH", "Bộ Văn hóa, Thể thao và Du lịch"),
    ("UBND TỈNH THÁI BÌNH\nSỞ TƯ PHÁP", "Sở Tư pháp tỉnh Thái Bình"),
    ("UBND HUYỆN HÒA VANG\nỦY BAN NHÂN DÂN\nXÃ HÒA TIẾN", "Ủy ban nhân dân xã Hòa Tiến"),
    ("ỦY BAN NHÂN DÂN\nQUẬN 7", "Ủy ban nhân dân Quận 7"),
    ("ỦY BAN NHÂN DÂN\nTHÀNH PHỐ HỒ CHÍ MINH", "Ủy ban nhân dân Thành phố Hồ Chí Minh"),
    ("UBND THÀNH PHỐ HÀ NỘI\nBAN CHỈ ĐẠO AN TOÀN\nTHỰC PHẨM", "Ban Chỉ đạo An toàn thực phẩm thành phố Hà Nội"),
    ("TỈNH ỦY QUẢNG NAM\n*", "Tỉnh ủy Quảng Nam"),
    (
        "ỦY BAN MẶT TRẬN TỔ QUỐC\nVIỆT NAM TỈNH CÀ MAU\nBAN THƯỜNG TRỰC",
        "Ban Thường trực Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Cà Mau",
    ),
    ("THỦ TƯỚNG CHÍNH PHỦ", "Thủ tướng Chính phủ"),
    ("Y BAN NHÂN DÂN\nTỈNH KON TUM", "Ủy ban nhân dân tỉnh Kon Tum"),
    ("BAN CHỈ ĐẠO CÁC\nCHƯƠNG TRÌNH MTQG TỈNH YÊN BÁI", "Ban Chỉ đạo các chương trình MTQG tỉnh Yên Bái"),
]


@pytest.mark.parametrize(("letterhead", "issuer"), ISSUERS)
def test_issuer_of_the_letterhead(letterhead: str, issuer: str) -> None:
    text = f"{letterhead}\nSố: 12/KH-ABC\n{MOTTO}\nHà Nội, ngày 28 tháng 3 năm 2016\n{TITLE}\n{BASES}"
    found = head(text)
    assert (found.issuer, found.symbol, found.place) == (issuer, "12/KH-ABC", "Hà Nội")


@pytest.mark.parametrize("number", ["0130/KH-STP", "14-KH/TU", "30/KH-UBND-VX", "55/KH-MTTQ-BTT", "12/KH-UBND.VX"])
def test_numbers(number: str) -> None:
    assert head(f"ỦY BAN NHÂN DÂN\nTỈNH A\nSố {number}\n{TITLE}\n{BASES}").symbol == number


@pytest.mark.parametrize(
    "place", ["Thành phố Hồ Chí Minh", "TP. Hồ Chí Minh", "Bà Rịa - Vũng Tàu", "Quận 7", "Thị xã Phú Mỹ"]
)
def test_places(place: str) -> None:
    assert head(f"ỦY BAN NHÂN DÂN\nSố: 1/KH-UBND\n{MOTTO}\n{place}, ngày 1/2/2016\n{TITLE}\n{BASES}").place == place


DECISION = f"""ỦY BAN NHÂN DÂN TỈNH SÓC TRĂNG
-------
{MOTTO}
Số: 1001/QĐ-UBND
Sóc Trăng, ngày 20 tháng 6 năm 2016
QUYẾT ĐỊNH
BAN HÀNH KẾ HOẠCH THỰC HIỆN NGHỊ QUYẾT SỐ 05/NQ-CP
VỀ NGƯỜI CAO TUỔI
CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH SÓC TRĂNG
Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;
QUYẾT ĐỊNH:
Điều 1. Ban hành kèm theo Quyết định này Kế hoạch …
KẾ HOẠCH
THỰC HIỆN NGHỊ QUYẾT SỐ 05/NQ-CP
(Kèm theo Quyết định số 1001/QĐ-UBND ngày 20/6/2016 của Chủ tịch Ủy ban nhân dân tỉnh)"""


def test_a_decision_with_an_annexed_plan_has_the_decisions_head() -> None:
    assert head(DECISION) == Header(
        "QĐ",
        "1001/QĐ-UBND",
        "Chủ tịch Ủy ban nhân dân tỉnh Sóc Trăng",
        "Sóc Trăng",
        dt.date(2016, 6, 20),
        "BAN HÀNH KẾ HOẠCH THỰC HIỆN NGHỊ QUYẾT SỐ 05/NQ-CP VỀ NGƯỜI CAO TUỔI",
    )


def test_a_decisions_issuer_without_the_name_of_the_province() -> None:
    text = DECISION.replace("CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH SÓC TRĂNG", "CHỦ TỊCH UBND TỈNH")
    assert head(text).issuer == "Chủ tịch Ủy ban nhân dân tỉnh Sóc Trăng"


def test_a_plan_without_its_decision() -> None:
    text = (
        "KẾ HOẠCH\nPhát triển đô thị\n(Kèm theo Quyết định số 12/QĐ-UBND ngày 03/01/2020\n"
        "của Ủy ban nhân dân tỉnh Lạng Sơn)\nI. MỤC TIÊU"
    )
    assert head(text) == Header("KH", None, "Ủy ban nhân dân tỉnh Lạng Sơn", None, None, "Phát triển đô thị")


def test_a_decision_whose_name_was_lost() -> None:
    text = (
        "ỦY BAN NHÂN DÂN | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |\n"
        "Số: 41/2019/QĐ-UBND | Quảng Trị, ngày 22 tháng 10 năm 2019 |\n"
        "Căn cứ Luật Ban hành văn bản quy phạm pháp luật ngày 22 tháng 6 năm 2015;\nQUYẾT ĐỊNH:\nĐiều 1. Ban hành"
    )
    assert head(text) == Header(
        "QĐ", "41/2019/QĐ-UBND", "Ủy ban nhân dân tỉnh Quảng Trị", "Quảng Trị", dt.date(2019, 10, 22), None
    )


def test_a_letter() -> None:
    number = "Số: 5678/BNV-CCVC\nV/v hướng dẫn đánh giá cán bộ"
    text = f"BỘ NỘI VỤ\n{number}\n{MOTTO}\nHà Nội, ngày 2 tháng 12 năm 2022\nKính gửi: A"
    assert head(text) == Header(
        "CV", "5678/BNV-CCVC", "Bộ Nội vụ", "Hà Nội", dt.date(2022, 12, 2), "hướng dẫn đánh giá cán bộ"
    )


TITLES = [
    ("KẾ HOẠCH CHUYỂN ĐỔI SỐ NĂM 2024\nTRÊN ĐỊA BÀN HUYỆN", "CHUYỂN ĐỔI SỐ NĂM 2024 TRÊN ĐỊA BÀN HUYỆN"),
    ("KẾ HOẠCH\nV/v hỗ trợ nhu yếu phẩm", "hỗ trợ nhu yếu phẩm"),
    ("KẾ HOẠCH\nThực hiện Nghị quyết số 01/NQ-CP của\nChính phủ", "Thực hiện Nghị quyết số 01/NQ-CP của Chính phủ"),
    ("KẾ HOẠCH\nTHỰC HIỆN QUYẾT ĐỊNH SỐ 1/QĐ-TTg\nCỦA THỦ TƯỚNG", "THỰC HIỆN QUYẾT ĐỊNH SỐ 1/QĐ-TTg CỦA THỦ TƯỚNG"),
    ("K Ế H O Ạ C H\nPhát triển đô thị", "Phát triển đô thị"),
    ("K& HOẠCH\nPhát triển đô thị", "Phát triển đô thị"),
    ("KẾ HOẠCH\nThi hành Luật Phòng thủ dân sự năm 2026", "Thi hành Luật Phòng thủ dân sự năm 2026"),
    ("KẾ HOẠCH\nTHI HÀNH LUẬT\nPHÒNG THỦ DÂN SỰ NĂM\n2026", "THI HÀNH LUẬT PHÒNG THỦ DÂN SỰ NĂM 2026"),
    ("KẾ HOẠCH\n\nTHI HÀNH LUẬT\n\nPHÒNG THỦ DÂN SỰ\n", "THI HÀNH LUẬT PHÒNG THỦ DÂN SỰ"),
]


@pytest.mark.parametrize(("printed", "title"), TITLES)
def test_titles(printed: str, title: str) -> None:
    text = f"{printed}\n\nThực hiện Nghị quyết số 01/NQ-CP, UBND tỉnh Long An xây dựng Kế hoạch:\nI. MỤC TIÊU"
    assert head(text).title == title


def test_parts_that_the_file_does_not_state_are_none_with_a_doubt() -> None:
    text = f"{TITLE}\n\nCăn cứ Luật A;\nỦy ban nhân dân tỉnh Hà Giang ban hành Kế hoạch như sau:\nI. MỤC ĐÍCH"
    assert head(text) == Header("KH", None, "Ủy ban nhân dân tỉnh Hà Giang", None, None, PLAN.title)
    assert doubts(text) == [
        ("header-missing", "/header/symbol", None, None),
        ("header-inferred", "/header/issuer", "Ủy ban nhân dân tỉnh Hà Giang", "Ủy ban nhân dân tỉnh Hà Giang"),
        ("header-missing", "/header/place", None, None),
        ("header-missing", "/header/date", None, None),
    ]


def test_a_draft_without_number_and_day() -> None:
    place = "Hà Giang, ngày    tháng 5 năm 2023"
    text = f"ỦY BAN NHÂN DÂN\nTỈNH HÀ GIANG\nSố:      /KH-UBND\n{MOTTO}\n{place}\n{TITLE}\n{BASES}"
    found = head(text)
    assert (found.symbol, found.place, found.date) == (None, "Hà Giang", None)


def test_a_province_that_only_the_place_names() -> None:
    text = f"ỦY BAN NHÂN DÂN\nSố: 45/KH-UBND\n{MOTTO}\nHà Giang, ngày 05 tháng 02 năm 2018\n{TITLE}\n{BASES}"
    assert head(text) == PLAN
    assert doubts(text) == [
        ("header-inferred", "/header/issuer", "ỦY BAN NHÂN DÂN", "Ủy ban nhân dân tỉnh Hà Giang"),
    ]


GARBLED = """Sb: 152/KH-UBND Viing Tau, ngay 17 thang 05iam 2023
KE HOACH

Trién khai thue hién cong tic phong chéng ma tuy
trén dia ban thanh pho Viing Tau

Thuc hién K& hoach s6 38/KH-UBND ngay 18 thang 01 nim 2023 ciia UBND tinh;
UBND thanh phé Viing Tau ban hanh Ké hoach trién khai thyc hién nhu sau:
|. MUC PICH, YEU CAU"""


def test_garbled_text_is_put_right_and_every_repair_is_a_doubt() -> None:
    assert head(GARBLED, "broken") == Header(
        "KH",
        "152/KH-UBND",
        "Ủy ban nhân dân thành phố Vũng Tàu",
        "Vũng Tàu",
        dt.date(2023, 5, 17),
        "Triển khai thực hiện công tác phòng, chống ma túy trên địa bàn thành phố Vũng Tàu",
    )
    assert [kind for kind, *_ in doubts(GARBLED, "broken")] == [
        "repaired-issuer",
        "repaired-place",
        "repaired-date",
        "repaired-title",
    ]


def test_a_torn_letter_in_a_whole_text_is_put_right_as_a_doubt() -> None:
    text = LAYOUTS["columns one below the other"].replace("TỈNH HÀ GIANG", "TỈNH HÀ GI&NG")
    assert head(text) == PLAN
    assert doubts(text) == [
        ("repaired-issuer", "/header/issuer", "ỦY BAN NHÂN DÂN TỈNH HÀ GI&NG", "Ủy ban nhân dân tỉnh Hà Giang")
    ]


def test_words_of_a_garbled_title_that_no_phrase_is_like_are_kept() -> None:
    text = GARBLED.replace("phong chéng ma tuy", "xyzzy doi moi")
    found, all_doubts, _ = header.read(source(text, "broken"))
    assert found.title == "Triển khai thực hiện công tác xyzzy doi moi trên địa bàn thành phố Vũng Tàu"
    assert [d.confidence for d in all_doubts if d.kind == "repaired-title"] == [0.3]


def test_a_text_that_is_no_document() -> None:
    found, all_doubts, after = header.read(source("Đây là một lá thư.\nKhông có gì ở đây."))
    assert found == Header()
    assert {d.kind for d in all_doubts} == {"header-missing"}
    assert after == 1


@given(st.text(alphabet="ỦYBANSỐKHẾOẠCĐộlập:/-0123456789,.|_ \n\tngàytháng năm", max_size=300))
def test_never_raises(text: str) -> None:
    header.read(source(text))
