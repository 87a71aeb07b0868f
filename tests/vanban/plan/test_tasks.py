"""Tasks: which items an attribution block holds for, and what it says."""

from __future__ import annotations

import pytest

from vanban.model import Plan, Task


def said(task: Task) -> tuple[object, ...]:
    return (task.code, task.text, task.lead, task.coordinating, task.time.text if task.time else None)


def all_said(plan: Plan) -> list[tuple[object, ...]]:
    return [said(task) for task in plan.tasks]


def test_an_item_with_its_own_block(read_body):
    plan = read_body("""II. NHIỆM VỤ
1. Truyền thông
a) Xây dựng chuyên mục trên đài.
- Cơ quan chủ trì: Sở Nội vụ.
- Cơ quan phối hợp: Đài Phát thanh và Truyền hình tỉnh; các sở, ban, ngành.
- Hình thức: Phóng sự, tin bài.
- Thời gian thực hiện: Thường xuyên.
""")
    [task] = plan.tasks
    assert said(task) == (
        "II.1.a",
        "Xây dựng chuyên mục trên đài.",
        ("Sở Nội vụ",),
        ("Đài Phát thanh và Truyền hình tỉnh", "các sở, ban, ngành"),
        "Thường xuyên",
    )
    assert (task.group, task.form, task.shared_block) == ("Truyền thông", "Phóng sự, tin bài.", False)
    assert (task.time.kind, task.lines) == ("continuous", (20, 20))


def test_a_block_under_the_last_of_siblings_holds_for_those_without_one(read_body):
    plan = read_body("""II. NHIỆM VỤ
1. Truyền thông
a) Xây dựng chuyên mục.
- Chủ trì: Sở Nội vụ.
- Thời gian: Quý I/2018.
b) Phát hành tờ rơi.
c) Tổ chức cuộc thi.
- Chủ trì: Sở Tư pháp.
- Phối hợp: Tỉnh đoàn.
- Thời gian: Quý II/2018.
2. Tập huấn
a) Mở lớp tập huấn.
- Chủ trì: Sở Nội vụ.
""")
    assert all_said(plan) == [
        ("II.1.a", "Xây dựng chuyên mục.", ("Sở Nội vụ",), (), "Quý I/2018"),
        ("II.1.b", "Phát hành tờ rơi.", ("Sở Tư pháp",), ("Tỉnh đoàn",), "Quý II/2018"),
        ("II.1.c", "Tổ chức cuộc thi.", ("Sở Tư pháp",), ("Tỉnh đoàn",), "Quý II/2018"),
        ("II.2.a", "Mở lớp tập huấn.", ("Sở Nội vụ",), (), None),
    ]
    assert [task.shared_block for task in plan.tasks] == [False, True, True, False]
    assert [d.where for d in plan.doubts if d.kind == "shared-block"] == ["/tasks/1"]


def test_bullets_before_a_block_are_tasks_of_their_own(read_body):
    plan = read_body("""II. NHIỆM VỤ
1. Truyền thông
- Treo băng rôn, khẩu hiệu.
- Phát sóng thông điệp.
- Đơn vị chủ trì: Sở Nội vụ.
- Đơn vị phối hợp: UBND các huyện, thành phố.
- Thời hạn hoàn thành: Trước ngày 30/6/2018.
""")
    leads = ("Sở Nội vụ",)
    others = ("UBND các huyện, thành phố",)
    assert all_said(plan) == [
        ("II.1.1", "Treo băng rôn, khẩu hiệu.", leads, others, "Trước ngày 30/6/2018"),
        ("II.1.2", "Phát sóng thông điệp.", leads, others, "Trước ngày 30/6/2018"),
    ]


def test_a_group_label_over_lead_and_coordinators(read_body):
    plan = read_body("""II. NHIỆM VỤ
1. Dữ liệu
1.1. Chiến lược
a) Nhiệm vụ: Hoàn thiện chiến lược dữ liệu.
b) Cơ quan thực hiện:
- Đơn vị chủ trì: Sở Khoa học và Công nghệ.
- Đơn vị phối hợp: Các Sở, ban, ngành.
c) Thời gian thực hiện: Hoàn thành trong năm 2018.
1.2. Nền tảng
a) Nhiệm vụ:
- Nâng cấp hệ thống.
- Kết nối dữ liệu.
b) Cơ quan thực hiện:
- Đơn vị chủ trì: Các Sở, ban, ngành.
c) Thời gian thực hiện: Thường xuyên.
""")
    assert all_said(plan) == [
        (
            "II.1.1",
            "Hoàn thiện chiến lược dữ liệu.",
            ("Sở Khoa học và Công nghệ",),
            ("Các Sở, ban, ngành",),
            "Hoàn thành trong năm 2018",
        ),
        ("II.1.2.a.1", "Nâng cấp hệ thống.", ("Các Sở, ban, ngành",), (), "Thường xuyên"),
        ("II.1.2.a.2", "Kết nối dữ liệu.", ("Các Sở, ban, ngành",), (), "Thường xuyên"),
    ]


def test_an_owner_in_the_heading_with_a_time_for_each_bullet(read_body):
    plan = read_body("""II. NHIỆM VỤ CỤ THỂ
1. Sở Tài chính - Cơ quan thường trực Ban Chỉ đạo
- Tham mưu kế hoạch kiểm kê.
Thời gian hoàn thành: Tháng 3/2018.
- Tổng hợp kết quả gửi Bộ Tài chính. Thời gian hoàn thành: Trước ngày 31/5/2018.
- Theo dõi chung.
2. Các cơ quan quản lý ngành (gồm các Sở: Xây dựng, Công Thương)
- Hướng dẫn kiểm kê:
+ Sở Xây dựng: hướng dẫn kiểm kê đường bộ.
+ Sở Công Thương: hướng dẫn kiểm kê chợ.
Thời gian thực hiện: Từ tháng 3/2018.
""")
    assert all_said(plan) == [
        ("II.1.1", "Tham mưu kế hoạch kiểm kê.", ("Sở Tài chính",), (), "Tháng 3/2018"),
        ("II.1.2", "Tổng hợp kết quả gửi Bộ Tài chính.", ("Sở Tài chính",), (), "Trước ngày 31/5/2018"),
        ("II.2.1", "Hướng dẫn kiểm kê:", ("Sở Xây dựng", "Sở Công Thương"), (), "Từ tháng 3/2018"),
        ("II.2.1.1", "Sở Xây dựng: hướng dẫn kiểm kê đường bộ.", ("Sở Xây dựng",), (), "Từ tháng 3/2018"),
        ("II.2.1.2", "Sở Công Thương: hướng dẫn kiểm kê chợ.", ("Sở Công Thương",), (), "Từ tháng 3/2018"),
    ]
    assert [(duty.code, duty.agencies[0]) for duty in plan.duties] == [
        ("II.1.1", "Sở Tài chính"),
        ("II.1.2", "Sở Tài chính"),
        ("II.1.3", "Sở Tài chính"),
        ("II.2.1", "Các cơ quan quản lý ngành"),
    ]


@pytest.mark.parametrize(
    "block",
    [
        "- Chủ trì: Sở Nội vụ.\n- Phối hợp: Sở Tài chính, Sở Tư pháp.\n- Thời gian: Quý IV/2018.",
        "Chủ trì: Sở Nội vụ\nPhối hợp: Sở Tài chính, Sở Tư pháp\nThời gian: Quý IV/2018",
        "Cơ quan chủ trì:\nSở Nội vụ\nCơ quan phối hợp:\n+ Sở Tài chính;\n+ Sở Tư pháp.\nThời gian hoàn thành:\nQuý IV/2018",
        "* Đơn vị thực hiện: Sở Nội vụ.\n* Đơn vị phối hợp thực hiện: Sở Tài chính và Sở Tư pháp.\n* Tiến độ: Quý IV/2018.",
        "- Cơ quan thực hiện: Sở Nội vụ chủ trì, phối hợp với Sở Tài chính, Sở Tư pháp.\n- Thời gian thực hiện: Quý IV/2018",
        "- Cơ quan chủ trì tham mưu : Sở Nội vụ; Cơ quan phối hợp: Sở Tài chính, Sở Tư pháp; Thời gian: Quý IV/2018.",
        "- Cơ quan chủ trì: Sở Nội vụ.\nhttps://vanban.example.vn/ke-hoach\n - Cơ quan phối hợp: Sở Tài chính,\nSở Tư pháp.\n"
        "- Thời gian thực hiện: Quý IV/2018",
        "- Địa điểm: Hội trường tỉnh.\n- Cơ quan chủ trì: Sở Nội vụ.\n- Cơ quan phối hợp: Sở Tài chính, Sở Tư pháp.\n"
        "- Sản phẩm: Báo cáo.\n- Thời gian thực hiện: Quý IV/2018.",
    ],
    ids=["dashes", "bare", "next-line", "stars", "one-sentence", "one-line", "address-between", "others-between"],
)
def test_the_ways_to_print_one_block(read_body, block):
    plan = read_body(f"II. NHIỆM VỤ\n1. Tổ chức hội nghị tổng kết.\n{block}\n2. Việc khác.\n")
    assert all_said(plan) == [
        ("II.1", "Tổ chức hội nghị tổng kết.", ("Sở Nội vụ",), ("Sở Tài chính", "Sở Tư pháp"), "Quý IV/2018")
    ]


def test_a_block_in_brackets(read_body):
    plan = read_body("""II. NHIỆM VỤ
- Xây dựng ứng dụng góp ý (Sở Nội vụ chủ trì, phối hợp với Sở Xây dựng thực hiện; hoàn thành trong năm 2018).
- Mở đợt truyền thông (Chủ trì: Sở Tư pháp; Phối hợp: Tỉnh đoàn; Thời gian: tháng 9/2018).
""")
    assert all_said(plan) == [
        ("II.1", "Xây dựng ứng dụng góp ý", ("Sở Nội vụ",), ("Sở Xây dựng",), "hoàn thành trong năm 2018"),
        ("II.2", "Mở đợt truyền thông", ("Sở Tư pháp",), ("Tỉnh đoàn",), "tháng 9/2018"),
    ]


@pytest.mark.parametrize(
    "sections",
    [
        "II. THỜI GIAN\n1. Thời gian thực hiện: Từ tháng 02 đến tháng 12/2018.\n2. Địa điểm: Toàn tỉnh.\n",
        "II. ĐỐI TƯỢNG\n1. Đối tượng\n- Cơ quan chủ trì Chương trình, cơ quan chủ trì dự án.\n2. Thời gian thực hiện\n"
        "Trong năm 2018.\n",
        "II. GIẢI PHÁP\n- Phân tích dữ liệu thời gian thực, cung cấp kịp thời.\n- Kết quả: đạt 90%.\n",
        "II. KINH PHÍ\nTừ nguồn ngân sách nhà nước.\n",
        "II. GIẢI PHÁP\n1. Công tác tuyên truyền.\n- Thực hiện: đẩy mạnh tuyên truyền trên hệ thống truyền thanh cơ sở.\n"
        "- Phối hợp: tăng cường trao đổi thông tin giữa các cấp, các ngành và địa phương.\n",
    ],
    ids=["whole-plan", "names-in-a-sentence", "real-time", "none", "topics"],
)
def test_what_only_looks_like_a_block_makes_no_task(read_body, sections):
    assert read_body(sections).tasks == ()


def test_a_second_d_is_the_letter_with_a_bar(read_body):
    items = "".join(f"{label}) Việc thứ {n}.\n" for n, label in enumerate(["a", "b", "c", "d", "d", "e"], 1))
    plan = read_body(f"II. NHIỆM VỤ\n1. Các việc\n{items}- Chủ trì: Sở Nội vụ.\n")
    assert [task.code for task in plan.tasks] == ["II.1.a", "II.1.b", "II.1.c", "II.1.d", "II.1.đ", "II.1.e"]
    assert [(d.where, d.found, d.proposed) for d in plan.doubts if d.kind == "repaired-label"] == [
        ("/tasks/4/code", "d)", "II.1.đ")
    ]


def test_the_same_number_printed_twice_is_told_apart(read_body):
    section = "III. NHIỆM VỤ\n1. {}\n- Chủ trì: Sở Nội vụ.\n"
    plan = read_body(section.format("Làm một.") + section.format("Làm hai."))
    assert [task.code for task in plan.tasks] == ["III.1", "III(2).1"]


def test_ministries_and_party_committees(read):
    plan = read("""BỘ TƯ PHÁP
Số: 512/KH-BTP
Hà Nội, ngày 03 tháng 4 năm 2021

KẾ HOẠCH
Rà soát văn bản năm 2021

A. MỤC ĐÍCH
1. Thống nhất.

B. NỘI DUNG
I- HOÀN THIỆN THỂ CHẾ
1- Rà soát Luật Báo chí.
- Đơn vị chủ trì: Vụ Pháp chế;
- Đơn vị phối hợp: Cục Báo chí, Cục Phát thanh, truyền hình và thông tin điện tử và các đơn vị liên quan;
- Thời gian hoàn thành: Quý IV/2021.
2- Kiểm tra, giám sát.
- Cơ quan chủ trì: Ủy ban Kiểm tra Tỉnh ủy.
- Thời gian: Hằng năm.
""")
    assert all_said(plan) == [
        (
            "B.I.1",
            "Rà soát Luật Báo chí.",
            ("Vụ Pháp chế",),
            ("Cục Báo chí", "Cục Phát thanh, truyền hình và thông tin điện tử", "các đơn vị liên quan"),
            "Quý IV/2021",
        ),
        ("B.I.2", "Kiểm tra, giám sát.", ("Ủy ban Kiểm tra Tỉnh ủy",), (), "Hằng năm"),
    ]


def test_single_torn_words_in_a_good_text(read_body):
    plan = read_body("""I1. NHIỆM VỤ
1. Xây dựng quy chế.
- Cơ quan chủ tri: S¢ Tài chính.
- Cơ quan phối hơp: Sở Nội vụ.
- Thòi gian thực hiện: Quý II/2018.
IH. TỔ CHỨC THỰC HIỆN
1. Uy ban nhân dân các xã
- Tuyên truyền.
""")
    assert all_said(plan) == [("II.1", "Xây dựng quy chế.", ("Sở Tài chính",), ("Sở Nội vụ",), "Quý II/2018")]
    assert [duty.code for duty in plan.duties] == ["III.1.1"]
    assert [(d.kind, d.found, d.proposed) for d in plan.doubts if d.kind.startswith("repaired")] == [
        ("repaired-label", "I1.", "II"),
        ("repaired-label", "IH.", "III"),
        ("repaired-agency", "S¢ Tài chính", "Sở Tài chính"),
    ]


def test_a_bracket_of_its_own_below_the_task(read_body):
    plan = read_body("""II. NHIỆM VỤ
1. Mở đợt cao điểm tấn công, trấn áp tội phạm.
(Công an tỉnh chủ trì, phối hợp với Viện kiểm sát nhân dân tỉnh, Tòa án nhân dân tỉnh)
""")
    assert all_said(plan) == [
        (
            "II.1",
            "Mở đợt cao điểm tấn công, trấn áp tội phạm.",
            ("Công an tỉnh",),
            ("Viện kiểm sát nhân dân tỉnh", "Tòa án nhân dân tỉnh"),
            None,
        )
    ]
