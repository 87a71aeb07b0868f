"""The two demo plans: every true fault that a careful reading found in them, and nothing else.

The lists were made by reading both documents through before the rules existed; what came to light later is marked.
"""

from __future__ import annotations

import datetime as dt
import pathlib

from vanban import Finding, check, read_file

DEMO = pathlib.Path(__file__).parents[3] / "data/demo"
TODAY = dt.date(2026, 11, 22)

PROVINCE = [
    ("header-missing", "note", "/header", None),  # the copy begins at the title
    ("agency-abolished", "warning", "/header/issuer", None),  # the province itself
    ("citation-superseded", "note", "/citations/0", (9, 9)),  # CT 09: its years 2021–2025 are over
    ("citation-title", "note", "/citations/1/title", (19, 19)),  # CT 07 does not say "trên địa bàn tỉnh"
    ("citation-incomplete", "note", "/citations/3/date", (29, 31)),  # công văn 5104
    ("agency-abolished", "note", None, (55, 55)),  # Bộ TTTT, in a sentence
    ("agency-abolished", "warning", "/tasks/0/coordinating/1", (126, 128)),  # districts
    ("agency-abolished", "warning", "/tasks/0/coordinating/2", (128, 128)),  # Báo Bà Rịa – Vũng Tàu
    ("agency-abolished", "warning", "/tasks/0/coordinating/3", (128, 130)),  # its station
    ("agency-abolished", "warning", "/tasks/1/coordinating/0", (141, 141)),  # Sở TTTT
    ("citation-superseded", "note", "/citations/6", (165, 165)),  # Luật Tiếp cận thông tin 2016
    ("citation-link-mismatch", "warning", None, (202, 202)),  # the plan of Lâm Đồng
    ("agency-abolished", "warning", "/tasks/5/coordinating/0", (203, 203)),  # Ban Tuyên giáo Tỉnh ủy
    ("repeated-word", "warning", None, (227, 227)),  # "thông tin thông tin"
    ("citation-superseded", "warning", "/citations/9", (249, 251)),  # NĐ 09/2017
    ("deadline-before-issue", "warning", "/tasks/14/time", (306, 316)),  # "Năm 2023" behind a basis of 20/12/2023
    ("perpetual-with-deadline", "warning", "/tasks/17/time", (347, 349)),  # "Duy trì" by 12/2024
    ("citation-superseded", "note", "/citations/10", (367, 367)),  # Luật Ngân sách nhà nước 2015
    ("group-incomplete", "note", "/duties/15/agencies/1", (501, 501)),  # "thị xã" left out
    ("report-before-deadline", "note", "/reporting/1/time", (569, 577)),  # by 11/11, tasks until 30/11
]
CITY = [
    ("agency-abolished", "warning", "/header/issuer", None),  # thành phố Vũng Tàu
    ("agency-abolished", "warning", "/tasks/0/lead/0", (64, 64)),  # Phòng Tư pháp
    ("agency-abolished", "warning", "/tasks/0/coordinating/0", (66, 66)),  # Phòng Văn hóa và Thông tin
    ("agency-abolished", "warning", "/tasks/0/coordinating/1", (66, 67)),  # Trung tâm Văn hóa, Thông tin và Thể thao
    ("repeated-word", "warning", None, (75, 75)),  # "Các các"
    ("citation-superseded", "note", "/citations/6", (95, 95)),  # Luật Tiếp cận thông tin 2016
    ("repeated-word", "warning", None, (104, 104)),  # "Các các", torn
    ("repeated-word", "warning", None, (123, 123)),
    ("repeated-word", "warning", None, (138, 138)),  # "thông tin thông tin", torn
    ("citation-superseded", "warning", "/citations/9", (152, 153)),  # NĐ 09/2017
    ("citation-link-mismatch", "warning", None, (169, 169)),  # the plan of Lâm Đồng
    ("agency-abolished", "warning", "/tasks/12/lead/0", (180, 180)),  # Phòng Nội vụ
    ("agency-abolished", "warning", "/tasks/14/coordinating/0", (204, 204)),  # Văn phòng HĐND và UBND
    ("citation-superseded", "note", "/citations/10", (212, 212)),  # Luật Ngân sách nhà nước 2015
    ("agency-abolished", "warning", "/tasks/15/lead/0", (214, 214)),  # Phòng Tài chính - Kế hoạch
    ("perpetual-with-deadline", "warning", "/tasks/16/time", (221, 223)),  # "Duy trì" by 12/2024
    ("agency-abolished", "warning", "/duties/0/agencies/0", (245, 245)),  # Ban Tuyên giáo Thành ủy
    ("repeated-word", "warning", None, (280, 280)),  # "các các", torn
    ("agency-abolished", "warning", "/reporting/0/to", (286, 286)),  # Sở TTTT
    ("report-before-deadline", "note", "/reporting/1/time", (377, 381)),  # by 11/11, tasks until 30/11
]


def told(findings: tuple[Finding, ...]) -> list[tuple[object, ...]]:
    return [(finding.rule, finding.severity, finding.where, finding.lines) for finding in findings]


def test_the_province_plan_today() -> None:
    assert told(check.check(read_file(DEMO / "province_plan_08_kh_ubnd.txt"), as_of=TODAY)) == PROVINCE


def test_the_city_plan_today() -> None:
    assert told(check.check(read_file(DEMO / "city_plan_1927_kh_ubnd_ocr.txt"), as_of=TODAY)) == CITY


def test_on_the_day_of_issue_nothing_was_abolished_or_superseded() -> None:
    plan = read_file(DEMO / "city_plan_1927_kh_ubnd_ocr.txt")
    then = [row for row in CITY if row[0] not in ("agency-abolished", "citation-superseded")]
    assert told(check.check(plan, as_of=dt.date(2024, 3, 7))) == then


def test_what_the_officer_reads() -> None:
    plan = read_file(DEMO / "province_plan_08_kh_ubnd.txt")
    by_place = {(finding.rule, finding.where): finding for finding in check.check(plan, as_of=TODAY)}
    decree = by_place["citation-superseded", "/citations/9"]
    assert (decree.message, decree.suggestion) == (
        "Nghị định 09/2017/NĐ-CP hết hiệu lực từ ngày 01/07/2026, được thay bằng Nghị định 244/2026/NĐ-CP; bạn hãy áp dụng "
        "văn bản mới khi thực hiện.",
        "Nghị định 244/2026/NĐ-CP",
    )
    portal = by_place["perpetual-with-deadline", "/tasks/17/time"]
    assert portal.suggestion == "Thời gian thực hiện: Thường xuyên."
    year = by_place["deadline-before-issue", "/tasks/14/time"]
    assert year.suggestion == "Năm 2024 và cập nhật các năm tiếp theo"
    media = by_place["agency-abolished", "/tasks/1/coordinating/0"]
    assert media.suggestion == "Sở Văn hóa, Thể thao và Du lịch; Sở Khoa học và Công nghệ"
