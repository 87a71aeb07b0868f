"""Duties, reporting and obligations of the section on implementation."""

from __future__ import annotations

import pytest


def told(plan):
    return [(duty.code, duty.agencies, duty.text) for duty in plan.duties]


def test_the_forms_in_which_an_agency_is_charged(read_body):
    plan = read_body("""II. TỔ CHỨC THỰC HIỆN
1. Sở Nội vụ
- Theo dõi, đôn đốc.
- Sơ kết, tổng kết.
2. Sở Tài chính: Bố trí kinh phí.
3. Sở Tư pháp chủ trì, phối hợp với các cơ quan liên quan thẩm định.
4. Giao Công an tỉnh chủ trì bảo đảm an ninh.
5. Đề nghị Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh và các tổ chức chính trị - xã hội
Tuyên truyền, vận động Nhân dân.
6. Căn cứ Kế hoạch này, các sở, ban, ngành xây dựng kế hoạch cụ thể.
Trên đây là Kế hoạch năm 2018./.
""")
    assert told(plan) == [
        ("II.1.1", ("Sở Nội vụ",), "Theo dõi, đôn đốc."),
        ("II.1.2", ("Sở Nội vụ",), "Sơ kết, tổng kết."),
        ("II.2", ("Sở Tài chính",), "Bố trí kinh phí."),
        ("II.3", ("Sở Tư pháp",), "Chủ trì, phối hợp với các cơ quan liên quan thẩm định."),
        ("II.4", ("Công an tỉnh",), "Chủ trì bảo đảm an ninh."),
        (
            "II.5",
            ("Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh", "các tổ chức chính trị - xã hội"),
            "Tuyên truyền, vận động Nhân dân.",
        ),
        ("II.6", ("các sở, ban, ngành",), "Căn cứ Kế hoạch này, các sở, ban, ngành xây dựng kế hoạch cụ thể."),
    ]


def test_bullets_without_numbers(read_body):
    plan = read_body("""II. PHÂN CÔNG TRÁCH NHIỆM
- Sở Nội vụ hướng dẫn khen thưởng.
- UBND các huyện, thành phố: triển khai đến cơ sở.
""")
    assert told(plan) == [
        ("II.1", ("Sở Nội vụ",), "Hướng dẫn khen thưởng."),
        ("II.2", ("UBND các huyện, thành phố",), "Triển khai đến cơ sở."),
    ]


def test_a_section_of_another_name_that_agencies_head(read_body):
    plan = read_body("""II. NHIỆM VỤ CỤ THỂ
1. Trưởng Ban Chỉ đạo
- Phụ trách chung.
2. Trách nhiệm của đối tượng thực hiện kiểm kê:
- Chuẩn bị hồ sơ.
- Thực hiện kiểm kê.
""")
    assert told(plan) == [
        ("II.1.1", ("Trưởng Ban Chỉ đạo",), "Phụ trách chung."),
        ("II.2.1", ("đối tượng thực hiện kiểm kê",), "Chuẩn bị hồ sơ."),
        ("II.2.2", ("đối tượng thực hiện kiểm kê",), "Thực hiện kiểm kê."),
    ]


def test_criteria_for_agencies_are_no_duties(read_body):
    plan = read_body("""II. TIÊU CHÍ THI ĐUA
1. Đối với các sở, ban, ngành
- Hoàn thành chỉ tiêu.
2. Đối với doanh nghiệp
- Sản xuất hiệu quả.
""")
    assert plan.duties == ()


def test_details_below_a_bullet_belong_to_it(read_body):
    plan = read_body("""II. TỔ CHỨC THỰC HIỆN
1. Công an tỉnh
a) Chủ trì các dự án, bao gồm:
- Dự án 1: Phòng ngừa.
- Dự án 2: Đấu tranh.
b) Sơ kết hằng năm.
""")
    assert [(code, text) for code, _, text in told(plan)] == [
        ("II.1.a", "Chủ trì các dự án, bao gồm: Dự án 1: Phòng ngừa. Dự án 2: Đấu tranh."),
        ("II.1.b", "Sơ kết hằng năm."),
    ]


def reported(plan):
    return [
        (
            entry.who,
            entry.to,
            entry.via,
            entry.time.text if entry.time else None,
            entry.time.kind if entry.time else None,
        )
        for entry in plan.reporting
    ]


@pytest.mark.parametrize(
    ("sentence", "entries"),
    [
        (
            "Hằng năm, các cơ quan, đơn vị báo cáo tình hình thực hiện định kỳ trước ngày 11/11 hoặc đột xuất cho UBND tỉnh "
            "(qua Sở Nội vụ) để tổng hợp.",
            [
                (
                    ("các cơ quan, đơn vị",),
                    "UBND tỉnh",
                    "Sở Nội vụ",
                    "định kỳ trước ngày 11/11 hoặc đột xuất",
                    "yearly",
                ),
                (("các cơ quan, đơn vị",), "UBND tỉnh", "Sở Nội vụ", "định kỳ trước ngày 11/11 hoặc đột xuất", "other"),
            ],
        ),
        (
            "Các sở, ban, ngành báo cáo UBND tỉnh kết quả thực hiện thông qua Sở Nội vụ trước ngày 15 hằng tháng.",
            [(("Các sở, ban, ngành",), "UBND tỉnh", "Sở Nội vụ", "trước ngày 15 hằng tháng", "monthly")],
        ),
        (
            "Các sở, ban, ngành định kỳ trước ngày 01/6 và 15/11 hằng năm báo cáo kết quả về Sở Nội vụ để tổng hợp, báo cáo "
            "Ủy ban nhân dân tỉnh.",
            [
                (
                    ("Các sở, ban, ngành",),
                    "Ủy ban nhân dân tỉnh",
                    "Sở Nội vụ",
                    "định kỳ trước ngày 01/6 và 15/11 hằng năm",
                    "yearly",
                ),
                (
                    ("Các sở, ban, ngành",),
                    "Ủy ban nhân dân tỉnh",
                    "Sở Nội vụ",
                    "định kỳ trước ngày 01/6 và 15/11 hằng năm",
                    "yearly",
                ),
            ],
        ),
        (
            "Sở Nội vụ tổng hợp, báo cáo Bộ Nội vụ trước ngày 30/11/2018.",
            [(("Sở Nội vụ",), "Bộ Nội vụ", None, "trước ngày 30/11/2018", "once")],
        ),
    ],
    ids=["yearly-or-on-demand", "through", "passed-on", "once"],
)
def test_reports(read_body, sentence, entries):
    assert reported(read_body(f"II. CHẾ ĐỘ BÁO CÁO\n{sentence}\n")) == entries


def test_a_duty_to_report_in_a_bullet_is_its_agencys(read_body):
    plan = read_body("""II. TỔ CHỨC THỰC HIỆN
1. Ủy ban nhân dân các xã
- Báo cáo kết quả về Ủy ban nhân dân huyện (thông qua Phòng Y tế) vào ngày 20 hằng tháng.
- Xây dựng báo cáo đánh giá.
2. Sở Nội vụ
- Tổng hợp.
""")
    assert reported(plan) == [
        (("Ủy ban nhân dân các xã",), "Ủy ban nhân dân huyện", "Phòng Y tế", "vào ngày 20 hằng tháng", "monthly")
    ]


def test_obligations_on_everyone(read_body):
    plan = read_body("""II. KINH PHÍ
1. Ngân sách nhà nước bảo đảm.
2. Hằng năm, các cơ quan, đơn vị, địa phương chủ động xây dựng dự toán kinh phí trình cấp có thẩm quyền.

III. CHẾ ĐỘ BÁO CÁO
Căn cứ nhiệm vụ được phân công, các cơ quan, đơn vị xây dựng Kế hoạch cụ thể của đơn vị.

Trong quá trình thực hiện, nếu có khó khăn, vướng mắc, các đơn vị, địa phương kịp thời báo cáo UBND tỉnh (qua Sở Nội vụ) để xem xét./.
""")
    assert [(entry.kind, entry.who) for entry in plan.obligations] == [
        ("estimate", ("các cơ quan, đơn vị, địa phương",)),
        ("own_plan", ("các cơ quan, đơn vị",)),
        ("report_obstacles", ("các đơn vị, địa phương",)),
    ]
    assert plan.obligations[0].time.kind == "yearly"
    assert plan.reporting == ()


def test_a_part_about_reports_inside_the_section_is_no_duty(read_body):
    plan = read_body("""II. TỔ CHỨC THỰC HIỆN
1. Phân công
1.1. Sở Tài chính
- Bố trí kinh phí.
1.2. Sở Y tế: Theo dõi.
2. Chế độ báo cáo
Các sở, ban, ngành báo cáo UBND tỉnh trước ngày 05/12/2018.
""")
    assert [code for code, _, _ in told(plan)] == ["II.1.1.1", "II.1.2"]
    assert reported(plan) == [(("Các sở, ban, ngành",), "UBND tỉnh", None, "trước ngày 05/12/2018", "once")]
