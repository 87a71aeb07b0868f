"""The two demo plans, whole: the clean one of the province and the torn one of the city."""

from __future__ import annotations

import pathlib

import pytest

from vanban import plan, source
from vanban.restore import Model

DEMO = pathlib.Path(__file__).parents[3] / "data/demo"
DEPARTMENTS = "Các sở, ban, ngành"
DISTRICTS = "Ủy ban nhân dân các huyện, thị xã, thành phố"
PAPER = ("Báo Bà Rịa – Vũng Tàu", "Đài Phát thanh và Truyền hình Bà Rịa – Vũng Tàu")
MEDIA = "Sở Thông tin và Truyền thông"
ALWAYS = "Thường xuyên"
LAST = "Hoàn thành trước tháng 12/2024"
YEARLY = "Hằng năm, bắt đầu từ năm 2024"

PROVINCE = [
    ("III.1.a", ("Sở Tư pháp",), (DEPARTMENTS, DISTRICTS, *PAPER), ALWAYS),
    ("III.1.b", (DEPARTMENTS, "UBND các huyện, thị xã, thành phố"), (MEDIA,), ALWAYS),
    ("III.2.a", ("Sở Tư pháp",), (DEPARTMENTS, DISTRICTS), YEARLY),
    ("III.2.b", ("Sở Tư pháp",), (DEPARTMENTS, DISTRICTS), YEARLY),
    ("III.2.c", ("Sở Tư pháp",), (DEPARTMENTS, DISTRICTS), YEARLY),
    ("III.3.a", (MEDIA,), ("Ban Tuyên giáo Tỉnh ủy", "các sở, ban, ngành", DISTRICTS, *PAPER), ALWAYS),
    ("III.3.b", (MEDIA,), ("Ban Tuyên giáo Tỉnh ủy", "các sở, ban, ngành", DISTRICTS, *PAPER), ALWAYS),
    ("III.4.a", (MEDIA, "Công an tỉnh"), (DEPARTMENTS, DISTRICTS), ALWAYS),
    ("III.4.b", (MEDIA, "Công an tỉnh"), (DEPARTMENTS, DISTRICTS), ALWAYS),
    ("III.5.a", (DEPARTMENTS, DISTRICTS), (MEDIA, "Sở Tư pháp"), ALWAYS),
    ("III.5.b", (DEPARTMENTS, DISTRICTS), (MEDIA, "Sở Tư pháp"), ALWAYS),
    ("III.5.c", (DEPARTMENTS, DISTRICTS), (MEDIA, "Sở Tư pháp"), ALWAYS),
    ("III.6.a", ("Sở Nội vụ",), (DEPARTMENTS, DISTRICTS, "các cơ quan liên quan"), LAST),
    ("III.6.b", (DEPARTMENTS, DISTRICTS), ("Sở Nội vụ", "các cơ quan liên quan"), LAST),
    (
        "III.6.c",
        (MEDIA,),
        ("Văn phòng UBND tỉnh", "các sở, ban, ngành", DISTRICTS),
        "Năm 2023 và cập nhật các năm tiếp theo",
    ),
    (
        "III.6.d",
        ("Sở Tài chính",),
        (DEPARTMENTS, DISTRICTS),
        "Thực hiện theo Kế hoạch xây dựng dự toán hàng năm của các cơ quan, đơn vị",
    ),
    ("III.6.đ", (DEPARTMENTS, DISTRICTS), (MEDIA, "các cơ quan liên quan"), LAST),
    ("III.6.e", (DEPARTMENTS, DISTRICTS), (MEDIA, "các cơ quan liên quan"), LAST),
    ("III.6.g", (DEPARTMENTS, DISTRICTS), (MEDIA, "các cơ quan liên quan"), LAST),
]

CULTURE = "Phòng Văn hóa và Thông tin"
CENTRE = "Trung tâm Văn hóa, Thông tin và Thể thao"
OFFICES, offices = "Các phòng, ban, đơn vị", "các phòng, ban, đơn vị"
WARDS = "UBND các phường, xã"
OTHERS = "các cơ quan liên quan"
CITY = [
    ("III.1.a", ("Phòng Tư pháp",), (CULTURE, CENTRE, offices, f"{WARDS} trên địa bàn thành phố Vũng Tàu"), ALWAYS),
    ("III.1.b", (OFFICES, WARDS), (CULTURE, CENTRE), ALWAYS),
    ("III.2.a", ("Phòng Tư pháp",), (OFFICES, WARDS), YEARLY),
    ("III.2.b", ("Phòng Tư pháp",), (OFFICES, WARDS), YEARLY),
    ("III.2.c", ("Phòng Tư pháp",), (OFFICES, WARDS), YEARLY),
    ("III.3.a", (CULTURE,), (CENTRE, offices, WARDS), ALWAYS),
    ("III.3.b", (CULTURE,), (CENTRE, offices, WARDS), ALWAYS),
    ("III.4.a", (CULTURE, "Công an Thành phố"), (OFFICES, WARDS), ALWAYS),
    ("III.4.b", (CULTURE, "Công an Thành phố"), (OFFICES, WARDS), ALWAYS),
    ("III.5.a", (OFFICES, WARDS), (CULTURE, "Phòng Tư pháp"), ALWAYS),
    ("III.5.b", (OFFICES, WARDS), (CULTURE, "Phòng Tư pháp"), ALWAYS),
    ("III.5.c", (OFFICES, WARDS), (CULTURE, "Phòng Tư pháp"), ALWAYS),
    ("III.6.a", ("Phòng Nội vụ",), (offices, WARDS), LAST),
    ("III.6.b", (OFFICES, WARDS), ("Phòng Nội vụ", OTHERS), LAST),
    ("III.6.c", (CULTURE,), ("Văn phòng HĐND và UBND", offices, WARDS), ALWAYS),
    (
        "III.6.d",
        ("Phòng Tài chính - Kế hoạch",),
        (OFFICES, WARDS),
        "Thực hiện theo kế hoạch xây dựng dự toán hằng năm của các cơ quan, đơn vị",
    ),
    ("III.6.đ", (OFFICES, WARDS), ("Văn phòng UBND&HĐND", CULTURE, OTHERS), LAST),
    ("III.6.e", (OFFICES, WARDS), ("Văn phòng UBND&HĐND", CULTURE, OTHERS), LAST),
]


def read(name):
    return plan.read(source.load(DEMO / name))


@pytest.fixture(scope="module")
def province():
    return read("province_plan_08_kh_ubnd.txt")


@pytest.fixture(scope="module")
def city():
    return read("city_plan_1927_kh_ubnd_ocr.txt")


def register(found):
    return [(task.code, task.lead, task.coordinating, task.time.text) for task in found.tasks]


def duties(found):
    return [(duty.code, duty.agencies) for duty in found.duties]


def reports(found):
    return [
        (entry.who, entry.to, entry.via, entry.time.kind, entry.time.month_day)
        for entry in found.reporting
        if entry.via
    ]


def test_the_provinces_register(province):
    assert register(province) == PROVINCE
    assert [task.code for task in province.tasks if task.shared_block] == [
        "III.2.a", "III.2.b", "III.2.c", "III.3.a", "III.3.b", "III.4.a", "III.4.b", "III.5.a", "III.5.b", "III.5.c",
        "III.6.đ", "III.6.e", "III.6.g",
    ]  # fmt: skip
    assert province.tasks[0].lines == (120, 122)
    assert province.tasks[1].form == (
        "Sinh hoạt, phổ biến chuyên đề; tổ chức các cuộc thi tìm hiểu, tuyên truyền trên các phương tiện thông tin đại chúng "
        "và các hình thức tuyên truyền sẵn có của đơn vị địa phương."
    )


def test_the_provinces_duties(province):
    assert duties(province) == [
        ("V.1", ("Ban Tuyên giáo Tỉnh ủy",)),
        *((f"V.2.{n}", (MEDIA,)) for n in range(1, 9)),
        ("V.3.1", ("Sở Tư pháp",)),
        ("V.3.2", ("Sở Tư pháp",)),
        ("V.4", ("Sở Nội vụ",)),
        ("V.5", ("Công an tỉnh",)),
        ("V.6", ("Văn phòng Ủy ban nhân dân tỉnh",)),
        ("V.7", ("Sở Tài chính",)),
        *((f"V.8.{n}", (DEPARTMENTS, "Ủy ban nhân dân các huyện, thành phố")) for n in range(1, 6)),
        ("V.9.1", PAPER),
        ("V.9.2", PAPER),
    ]


def test_the_provinces_reports_obligations_and_end(province):
    everyone = ("các cơ quan, đơn vị",)
    assert reports(province) == [
        (everyone, "UBND tỉnh", MEDIA, "yearly", "11-10"),
        (everyone, "UBND tỉnh", MEDIA, "other", None),
    ]
    assert [(entry.kind, entry.who) for entry in province.obligations] == [
        ("estimate", ("các cơ quan, đơn vị, địa phương",)),
        ("own_plan", ("các cơ quan, đơn vị, địa phương",)),
        ("report_obstacles", ("các đơn vị, địa phương",)),
    ]
    assert (len(province.recipients), province.recipients[0], province.recipients[-1]) == (
        12,
        "Bộ Thông tin và Truyền thông (b/c)",
        "Lưu: VT",
    )
    assert province.signature.name == "Đặng Minh Thông"


def test_the_citys_register_under_right_names(city):
    assert register(city) == CITY


def test_the_citys_duties_and_reports(city):
    assert duties(city) == [
        ("V.1", ("Ban Tuyên giáo Thành ủy",)),
        *((f"V.2.{n}", (CULTURE,)) for n in range(1, 9)),
        ("V.3.1", ("Phòng Tư pháp",)),
        ("V.3.2", ("Phòng Tư pháp",)),
        ("V.4", ("Phòng Nội vụ",)),
        ("V.5", ("Công an Thành phố",)),
        ("V.6", ("Văn phòng HĐND và UBND Thành phố",)),
        ("V.7", ("Phòng Tài chính - Kế hoạch",)),
        *((f"V.8.{n}", (OFFICES, "Ủy ban nhân dân các phường, xã")) for n in range(1, 6)),
        ("V.9.1", (CENTRE,)),
        ("V.9.2", (CENTRE,)),
    ]
    assert reports(city) == [
        (("các cơ quan, đơn vị",), "UBND thành phố", CULTURE, "yearly", "11-10"),
        (("các cơ quan, đơn vị",), "UBND thành phố", CULTURE, "other", None),
    ]


def test_every_repair_of_the_city_says_what_was_found(city):
    said = {(doubt.kind, doubt.where): (doubt.found, doubt.proposed) for doubt in city.doubts}
    assert said["repaired-agency", "/tasks/0/coordinating/1"] == ("Trung tim Vin hoa, Thong tin ’Vé Thé thao", CENTRE)
    assert said["repaired-agency", "/tasks/1/lead/0"] == ("Cac cac phong, ban, don vi", OFFICES)
    assert said["repaired-agency", "/tasks/13/coordinating/0"] == ("Phong Noi Néi vu", "Phòng Nội vụ")
    assert said["repaired-time", "/tasks/2/time/text"] == ("Hang nam, bat dau tir naim 2024", YEARLY)
    assert said["repaired-label", "/tasks/16/code"] == ("d)", "III.6.đ")
    assert said["broken-text", "/tasks/17/text"][0].startswith("B4 tri ngan sach kinh phi du dé dam bao")


def test_running_text_stands_as_restored_beside_what_was_found(city):
    at = next(at for at, task in enumerate(city.tasks) if task.code == "III.6.a")
    assert city.tasks[at].text.startswith("Tham mưu UBND Thành phố bố trí, sắp xếp, bồi dưỡng, nâng cao năng lực")
    doubt = next(doubt for doubt in city.doubts if doubt.where == f"/tasks/{at}/text")
    assert doubt.found.startswith("Tham muu UBND Thanh phd bé tri, sap xép, bdi dudng, ning cao")
    assert doubt.confidence < 0.95
    assert city.signature.name == "Nguy&n Thi Thu Huong"


def test_the_models_own_documents_make_the_text_surer():
    province = source.load(DEMO / "province_plan_08_kh_ubnd.txt").text()
    found = source.load(DEMO / "city_plan_1927_kh_ubnd_ocr.txt")
    read = plan.read(found, model=Model.packaged().with_corpus([province]))
    task = next(task for task in read.tasks if task.code == "III.2.a")
    assert "“Tổ chức truyền thông chính sách có tác động lớn đến xã hội trong quá trình xây dựng" in task.text
    sure = [doubt for doubt in read.doubts if doubt.kind == "broken-text" and doubt.confidence >= 0.95]
    assert len(sure) > 20


def test_a_clean_plan_has_few_doubts(province):
    assert [doubt.kind for doubt in province.doubts if doubt.where.startswith("/tasks")] == ["shared-block"] * 5
