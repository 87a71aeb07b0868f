"""Each rule on plans written for it: what it must say, and what it must leave alone."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable

import pytest
from tests.vanban.check.conftest import AIMS, BASIS, END, HEAD, TODAY, make_plan

from vanban.check import RULES, Finding, check
from vanban.model import Link, Source

Checker = Callable[..., tuple[Finding, ...]]

# Lines: a) 20–23, b) 24–26, what a test adds begins at 27.
TASKS = """II. NHIỆM VỤ
1. Tuyên truyền pháp luật
a) Tổ chức hội nghị phổ biến pháp luật cho cán bộ cấp xã.
- Cơ quan chủ trì: Sở Tư pháp.
- Cơ quan phối hợp: Sở Y tế.
- Thời gian thực hiện: Quý IV/2025.
b) Biên soạn tài liệu tuyên truyền.
- Cơ quan chủ trì: Sở Nội vụ.
- Thời gian thực hiện: Hoàn thành trước ngày 30/11/2025.
"""
CALL = "c) Lập đường dây nóng tiếp nhận kiến nghị."


def told(findings: tuple[Finding, ...]) -> list[tuple[object, ...]]:
    return [(finding.rule, finding.severity, finding.where, finding.lines) for finding in findings]


def suggested(findings: tuple[Finding, ...]) -> list[tuple[str, str | None]]:
    return [(finding.rule, finding.suggestion) for finding in findings]


def test_an_ordinary_plan_has_nothing_to_correct(check_body: Checker) -> None:
    assert check_body(TASKS) == ()


@pytest.mark.parametrize(
    ("added", "expected"),
    [
        (f"{CALL}\n", [("no-lead", "warning", None, (27, 27)), ("no-time", "warning", None, (27, 27))]),
        (
            f"{CALL}\n- Cơ quan phối hợp: Sở Y tế.\n- Thời gian thực hiện: Quý IV/2025.\n",
            [("no-lead", "warning", "/tasks/2/lead", (27, 27))],
        ),
        (f"{CALL}\n- Cơ quan chủ trì: Sở Y tế.\n", [("no-time", "warning", "/tasks/2/time", (27, 27))]),
        ("c) Trước ngày 15/11/2025 lập xong đường dây nóng.\n- Cơ quan chủ trì: Sở Y tế.\n", []),
        ("c) Giao Sở Y tế lập đường dây nóng tiếp nhận kiến nghị của nhân dân.\n", []),
        ("c) Sở Y tế: Lập đường dây nóng tiếp nhận kiến nghị của nhân dân.\n", []),
        (
            f"{CALL}\n- Cơ quan chủ trì: Sở Y tế.\n- Phối hợp: Sở Tư pháp, Sở Y tế.\n- Thời gian: Thường xuyên.\n",
            [("lead-also-coordinates", "warning", "/tasks/2/coordinating/1", (27, 27))],
        ),
    ],
    ids=["no block", "no lead", "no time", "time in the text", "given in the text", "named first", "two parts"],
)
def test_who_and_when(check_body: Checker, added: str, expected: list[object]) -> None:
    assert told(check_body(TASKS + added)) == expected


def group(number: int, *, block: bool = True) -> str:
    """A numbered group of two items, with one block for both or none."""
    items = f"{number}. Nhóm việc {number}\na) Làm việc thứ nhất.\nb) Làm việc thứ hai.\n"
    return items + ("- Chủ trì: Sở Tư pháp.\n- Phối hợp: Sở Y tế.\n- Thời gian: Quý IV/2025.\n" if block else "")


def test_a_group_without_its_block(check_body: Checker) -> None:
    groups = [group(1), group(2), group(3, block=False), group(4), group(5)]
    assert [(each.rule, each.lines) for each in check_body(f"II. NHIỆM VỤ\n{''.join(groups)}")] == [
        ("no-lead", (32, 32)),
        ("no-time", (32, 32)),
        ("no-lead", (33, 33)),
        ("no-time", (33, 33)),
    ]
    assert check_body(f"II. NHIỆM VỤ\n{''.join(groups[:3])}") == ()  # half the plan may be told elsewhere


def test_a_section_without_times_is_a_plan_with_one_time_for_all(check_body: Checker) -> None:
    body = "\n".join(line for line in TASKS.split("\n") if "Thời gian" not in line)
    assert check_body(body) == ()


@pytest.mark.parametrize(
    ("text", "time", "rules"),
    [
        ("Biên soạn tài liệu", "Trước ngày 01/8/2025", ["deadline-before-issue"]),
        ("Biên soạn tài liệu", "Trước ngày 12/8/2026", []),
        ("Biên soạn tài liệu", "Trước ngày 15/3", []),  # of the next year, perhaps
        ("Biên soạn tài liệu", "Năm 2024", ["deadline-before-issue"]),
        ("Biên soạn tài liệu", "Năm 2025", []),
        ("Biên soạn tài liệu", "Từ năm 2024", []),
        ("Duy trì chuyên mục", "Hoàn thành trước ngày 30/11/2025", ["perpetual-with-deadline"]),
        ("Thường xuyên cập nhật tài liệu", "Trước ngày 30/11/2025", ["perpetual-with-deadline"]),
        ("Duy trì chuyên mục", "Năm 2025", []),
        ("Duy trì chuyên mục", "2025 - 2030", []),
        ("Duy trì chuyên mục", "Thường xuyên", []),
    ],
)
def test_times(check_body: Checker, text: str, time: str, rules: list[str]) -> None:
    body = TASKS.replace("Biên soạn tài liệu", text).replace("Hoàn thành trước ngày 30/11/2025", time)
    assert [finding.rule for finding in check_body(body)] == rules


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("ngày 31/11/2025", [("date-impossible", None)]),
        ("ngày 30/02", [("date-impossible", None)]),
        ("ngày 29 tháng 02 năm 2025", [("date-impossible", None)]),
        ("Thứ Hai, ngày 18/11/2025", [("date-impossible", "thứ ba, ngày 18/11/2025")]),
        ("Thứ Ba, ngày 18/11/2025; ngày 29/02/2028; mục 31.11.2; tỷ lệ 31/60", []),
    ],
)
def test_days_of_the_calendar(check_body: Checker, printed: str, expected: list[object]) -> None:
    assert suggested(check_body(f"{TASKS}2. Họp sơ kết {printed}.\n")) == expected


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("Các các sở họp.", [("repeated-word", "Các")]),
        ("Các sở phối hợp với\nvới các xã.", [("repeated-word", "với")]),
        ("Cập nhật dữ liệu dữ liệu hằng ngày.", [("repeated-word", "dữ liệu")]),
        ("Ngày ngày, luôn luôn, thường thường, dần dần, xanh xanh, từng bước, từng bước.", []),
        ("Ban Truyền thông thông báo. Sở Xây dựng xây dựng quy hoạch. Các đơn vị vị trí việc làm.", []),
        ("Thực hiện hằng năm    hằng năm; Sở Nội vụ Sở Nội vụ.", []),  # two columns of one line
        ("Gửi các xã. Các xã báo cáo; bảo vệ vệ sinh môi trường; trong trường học, trong trại.", []),
    ],
)
def test_words_printed_twice(check_body: Checker, printed: str, expected: list[object]) -> None:
    assert suggested(check_body(f"{TASKS}2. {printed}\n")) == expected


def points(labels: str) -> str:
    return "".join(f"{label}) Kiểm tra việc thứ {number}.\n" for number, label in enumerate(labels.split(), 1))


@pytest.mark.parametrize(
    ("added", "expected"),
    [
        (f"2. Kiểm tra.\n{points('a b d')}", [("numbering-gap", "c)")]),
        (f"2. Kiểm tra.\n{points('a b c d đ e g h i k')}", []),
        (f"2. Kiểm tra.\n{points('a b c d e g')}", []),
        ("3. Sơ kết.\n", [("numbering-gap", "2.")]),
        ("2. Sơ kết.\n2. Tổng kết.\n", [("numbering-gap", "3.")]),
        ("IV. KINH PHÍ\nNgân sách tỉnh.\n", [("numbering-gap", "III.")]),
        ("III. KINH PHÍ\n1. Ngân sách tỉnh.\nIV. BÁO CÁO\n1. Sơ kết.\n2. Tổng kết.\n", []),
    ],
)
def test_labels_in_order(check_body: Checker, added: str, expected: list[object]) -> None:
    assert suggested(check_body(TASKS + added)) == expected


def basis(*cited: str) -> str:
    lines = "".join(f"Căn cứ {each};\n" for each in cited)
    return f"{lines}Ủy ban nhân dân tỉnh ban hành Kế hoạch như sau:\n\n"


@pytest.mark.parametrize(
    ("cited", "expected"),
    [
        (
            "Nghị định số 45/2025/NĐ-CP ngày 28/02/2025 của Chính phủ",
            ("citation-superseded", "error", "Nghị định 150/2025/NĐ-CP"),
        ),
        (
            "Nghị định số 13/2023/NĐ-CP ngày 17/4/2023 của Chính phủ",
            ("citation-superseded", "warning", "Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15 và Nghị định 356/2025/NĐ-CP"),
        ),
        ("Luật Báo chí ngày 05/4/2016", ("citation-superseded", "note", "Luật Báo chí 126/2025/QH15")),
        ("Luật Đất đai năm 2024", None),
        ("Luật Đất đai năm 2013", ("citation-superseded", "error", "Luật Đất đai 31/2024/QH15")),
        ("Luật Tiếp cận thông tin", ("citation-superseded", "note", "Luật Tiếp cận thông tin 01/2026/QH16")),
        ("Luật Tổ chức chính quyền địa phương ngày 16/6/2025", None),
        (
            "Luật Tổ chức chính quyền địa phương ngày 19/02/2025",
            ("citation-superseded", "error", "Luật Tổ chức chính quyền địa phương 72/2025/QH15"),
        ),
        ("Chỉ thị số 09/CT-TTg ngày 31/3/2021 của Thủ tướng Chính phủ", ("citation-superseded", "note", None)),
        ("Chỉ thị số 09/CT-TTg ngày 15/5/2023 của Thủ tướng Chính phủ", None),  # of another year: not known
        (
            "Nghị quyết số 71/NQ-CP ngày 01/5/2025 của Chính phủ",
            ("citation-date", "error", "71/NQ-CP ngày 01/04/2025"),
        ),
        (
            "Quyết định số 15/2002/QĐ-UBND ngày 12/9/2022 của UBND tỉnh",
            ("citation-year", "error", "15/2022/QĐ-UBND ngày 12/09/2022"),
        ),
        ("Kế hoạch số 10/KH-BNV ngày 05/10/2025 của Bộ Nội vụ", ("citation-after-issue", "error", None)),
        ("Chỉ thị số 23/CT-TTg của Thủ tướng Chính phủ", ("citation-incomplete", "note", "23/CT-TTg ngày …")),
        (
            "Quyết định số 407/QĐ-TTg ngày 30/3/2022 của Chính phủ",
            ("citation-conflict", "error", "407/QĐ-TTg của Thủ tướng Chính phủ"),
        ),
        ("Quyết định số 3531/QĐ-BTC ngày 17/10/2024 của Bộ trưởng Bộ Tài chính", None),
        ("các Nghị định số 28/2013/NĐ-CP, số 59/2015/NĐ-CP ngày 23/7/2015 của Chính phủ", None),
        ("Quyết định số 765/QĐ-BTTTT ngày 28/4/2023 của Bộ TT&TT", None),
        ("Thông tư số 26/2022/TT-NHNN ngày 31/12/2022 của Thống đốc NHNN", None),
        ("Thông tư số 01/2023/TT-VPCP ngày 05/4/2023 của Bộ trưởng, Chủ nhiệm Văn phòng Chính phủ", None),
        ("Chương trình số 10-CTr/TU ngày 13/01/2025 của Ban Thường vụ Tỉnh ủy", None),
    ],
)
def test_legal_bases(check_body: Checker, cited: str, expected: tuple[str, str, str | None] | None) -> None:
    found = check_body(TASKS, basis=basis(cited))
    assert [(each.rule, each.severity, each.suggestion) for each in found] == ([expected] if expected else [])


def test_a_law_replaced_later_was_no_fault_then(check_body: Checker) -> None:
    cited = basis("Luật Tiếp cận thông tin", "Nghị định số 09/2017/NĐ-CP ngày 09/02/2017 của Chính phủ")
    assert check_body(TASKS, basis=cited, as_of=dt.date(2026, 6, 30)) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("số 15/KH-UBND ngày 02/3/2025 … số 15/KH-UBND ngày 04/3/2025 của UBND tỉnh", True),
        ("số 15/KH-UBND ngày 02/3/2024 … số 15/KH-UBND ngày 02/3/2025 của UBND tỉnh", True),
        ("số 15/KH-UBND ngày 02/3/2024 … số 15/KH-UBND ngày 07/01/2025 của UBND tỉnh", False),  # two years' number 15
        ("số 15/KH-UBND ngày 02/3/2025 của UBND tỉnh … số 15/KH-UBND ngày 02/3/2025 của UBND xã", True),
        ("số 15/KH-UBND ngày 02/3/2025 của UBND tỉnh … số 15/KH-UBND ngày 04/3/2025 của UBND xã", False),
    ],
)
def test_one_document_in_two_ways(check_body: Checker, text: str, expected: bool) -> None:
    first, second = text.split(" … ")
    found = check_body(f"{TASKS}2. Tiếp tục Kế hoạch {first}.\n3. Sơ kết Kế hoạch {second}.\n")
    assert [finding.rule for finding in found] == (["citation-conflict"] if expected else [])


@pytest.mark.parametrize(
    ("named", "expected"),
    [
        ("Sở TT&TT", ("error", "Sở Văn hóa, Thể thao và Du lịch; Sở Khoa học và Công nghệ")),
        ("Sở Kế hoạch và Đầu tư tỉnh", ("error", "Sở Tài chính")),
        ("UBND các huyện, thành phố", ("error", "Ủy ban nhân dân các xã, phường, đặc khu")),
        ("Phòng Tư pháp các huyện", ("error", "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân")),
        ("Sở Nông nghiệm và Môi trường", ("note", "Sở Nông nghiệp và Môi trường")),
        ("Sở Khoa học, Công nghệ", None),
        ("Ban Dân tộc HĐND tỉnh", None),
        ("Phòng Kinh tế các xã", None),
        ("Trung tâm Văn hóa, Thông tin và Thể thao", None),  # new communes have such centres too
        ("Ủy ban nhân dân các xã, phường", None),
    ],
)
def test_agencies_of_august_2025(check_body: Checker, named: str, expected: tuple[str, str] | None) -> None:
    found = check_body(TASKS.replace("phối hợp: Sở Y tế", f"phối hợp: {named}"))
    assert [(finding.severity, finding.suggestion) for finding in found] == ([expected] if expected else [])


def test_who_issued_a_cited_document_may_be_gone(check_body: Checker) -> None:
    text = (
        "2. Đã được Bộ Kế hoạch và Đầu tư thẩm định tại Công văn số 12/BKHĐT-TH ngày 05/02/2024, theo hướng dẫn của Bộ "
        "Kế hoạch và Đầu tư tại Công văn số 15/BKHĐT-TH ngày 07/02/2024.\n"
        "3. Theo Thông tư số 10/2022/TT-BTTTT ngày 20/7/2022 của Bộ Thông tin và Truyền thông. Sở Giao thông vận tải (nay "
        "là Sở Xây dựng) bàn giao hồ sơ.\n"
    )
    assert check_body(TASKS + text) == ()


def test_a_ministry_gone_in_a_sentence_is_a_note(check_body: Checker) -> None:
    found = check_body(f"{TASKS}2. Báo cáo Bộ Thông tin và Truyền thông kết quả.\n")
    assert told(found) == [("agency-abolished", "note", None, (27, 27))]


def test_recipients(check_body: Checker) -> None:
    missing = check_body(TASKS, end=END.replace("Các sở, ban, ngành", "Sở Tư pháp"))
    assert [(each.where, each.suggestion) for each in missing] == [("/recipients", "- Sở Nội vụ;")]
    for told_otherwise in ("Như mục II", "Sở: TP, NV", "Các cơ quan tại mục II"):
        assert check_body(TASKS, end=END.replace("Các sở, ban, ngành", told_otherwise)) == ()


def test_a_subject_with_words_of_ones_own(check_body: Checker) -> None:
    subject = "về việc tăng cường công tác truyền thông chính sách"
    cited = f"Chỉ thị số 07/CT-TTg ngày 21/3/2023 của Thủ tướng Chính phủ {subject} trên địa bàn tỉnh"
    assert suggested(check_body(TASKS, basis=basis(f"{cited} (sau đây viết tắt là Chỉ thị số 07)"))) == [
        ("citation-title", subject)
    ]
    assert check_body(TASKS, basis=basis(cited)) == ()  # may be where the plan itself applies


def test_a_list_of_committees_that_forgets_one(check_body: Checker) -> None:
    whole, short = "UBND các xã, phường, đặc khu", "UBND các xã, phường"
    tasks = "".join(
        f"{label}) Kiểm tra việc {label}.\n- Chủ trì: Sở Y tế.\n- Phối hợp: {who}.\n- Thời gian: Thường xuyên.\n"
        for label, who in zip("abcd", (whole, whole, short, whole), strict=True)
    )
    found = check_body(f"II. NHIỆM VỤ\n1. Kiểm tra\n{tasks}")
    assert [(each.rule, each.where, each.suggestion) for each in found] == [
        ("group-incomplete", "/tasks/2/coordinating/0", whole)
    ]
    assert check_body(f"II. NHIỆM VỤ\n1. Kiểm tra\n{tasks}".replace(short, "UBND các xã")) == ()


def test_the_report_comes_too_early(check_body: Checker) -> None:
    body = f"{TASKS}III. CHẾ ĐỘ BÁO CÁO\nHằng năm, các sở báo cáo UBND tỉnh (qua Sở Nội vụ) trước ngày 15/11.\n"
    assert told(check_body(body)) == [("report-before-deadline", "note", "/reporting/0/time", (28, 28))]
    assert check_body(body.replace("15/11", "15/12")) == ()


@pytest.mark.parametrize(
    ("printed", "rules"),
    [
        ("Chi 150.000.000 đồng (một trăm năm mươi lăm triệu đồng).", ["amount-words"]),
        ("Chi 1.205.000.000 đồng (Bằng chữ: Một tỷ hai trăm linh năm triệu đồng chẵn).", []),
        ("Chi 25.500.000 đồng (Hai mươi lăm triệu năm trăm nghìn đồng).", []),
        ("Chi 10.015.000 đồng (mười triệu không trăm mười lăm nghìn đồng).", []),
        ("Chi 25.500.000 đồng (ngân sách tỉnh).", []),
        ("Tổng kinh phí: 150 triệu đồng, gồm: ngân sách 100 triệu đồng; tài trợ 60 triệu đồng.", ["amount-sum"]),
        ("Tổng kinh phí: 150 triệu đồng, gồm: ngân sách 100 triệu đồng; tài trợ 50 triệu đồng.", []),
        ("Tổng kinh phí 1,5 tỷ đồng, trong đó ngân sách 500 triệu đồng, tài trợ 300 triệu đồng.", []),
    ],
)
def test_sums_of_money(check_body: Checker, printed: str, rules: list[str]) -> None:
    assert [finding.rule for finding in check_body(f"{TASKS}III. KINH PHÍ\n{printed}\n")] == rules


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (("Số: 61/KH-UBND\n", ""), [("header-missing", "warning", "/header/symbol", None)]),
        (("KẾ HOẠCH\n", "QUYẾT ĐỊNH\n"), [("type-mismatch", "error", "/header/symbol", (10, 10))]),
        (("chính quyền năm 2025", "chính quyền năm 2024"), [("title-year", "warning", "/header/title", None)]),
        (("chính quyền năm 2025", "chính quyền giai đoạn 2020 - 2024"), []),
        (("công tác dân vận chính quyền năm 2025", "kết luận thanh tra năm 2024"), []),
        ((HEAD, "KẾ HOẠCH\nTriển khai công tác dân vận\n\n"), [("header-missing", "note", "/header", None)]),
        ((END, ""), [("header-missing", "warning", f"/{part}", None) for part in ("signature", "recipients")]),
    ],
    ids=["number", "type", "year", "years", "of another", "letterhead", "end"],
)
def test_head_and_end(change: tuple[str, str], expected: list[object]) -> None:
    whole = f"{HEAD}{BASIS}{AIMS}{TASKS}{END}"
    assert told(check(make_plan(whole.replace(*change)), as_of=TODAY)) == expected


SITE = "https://thuvienphapluat.vn/van-ban/bo-may"
CITED = f"{SITE}/ke-hoach-12-kh-bnv-2025-dan-van-500001.aspx"
OTHER = f"{SITE}/nghi-dinh-150-2025-nd-cp-to-chuc-co-quan-500002.aspx"


def test_addresses_in_the_text(check_body: Checker) -> None:
    own = f"{SITE}/ke-hoach-61-kh-ubnd-2025-ca-mau-500003.aspx"
    news = "https://camau.gov.vn/tin-tuc/hoi-nghi-12-2025.html"
    found = check_body(f"{TASKS}{CITED}\n{own}\n{news}\n{OTHER}\n")
    assert told(found) == [("citation-link-mismatch", "warning", None, (30, 30))]
    assert "Nghị định 150/2025/NĐ-CP" in found[0].message


def test_addresses_behind_words() -> None:
    text = f"{HEAD}{BASIS}{AIMS}{TASKS}2. Theo Nghị định số 150/2025/NĐ-CP ngày 12/6/2025 của Chính phủ.\n{END}"
    links = (Link(13, CITED), Link(27, OTHER), Link(27, CITED))  # the last stands at the words of another document
    found = check(make_plan(text, links=links), as_of=TODAY)
    assert [(finding.rule, finding.lines) for finding in found] == [("citation-link-mismatch", (27, 27))]


def test_addresses_of_the_site_and_of_laws_by_name() -> None:
    text = f"{HEAD}{BASIS}{AIMS}{TASKS}2. Thi hành Luật Tiếp cận thông tin.\nXem thêm\n{END}"
    law = Link(27, f"{SITE}/luat-104-2016-qh13-tiep-can-thong-tin-500005.aspx")
    assert check(make_plan(text, links=[law]), as_of=dt.date(2025, 9, 1)) == ()
    elsewhere = make_plan(text, links=[Link(28, OTHER)], media_type="text/html")
    assert [each.rule for each in check(elsewhere, as_of=dt.date(2025, 9, 1))] == []


def test_an_address_belongs_to_its_page() -> None:
    text = f"{HEAD}{BASIS}{AIMS}{TASKS}\n{CITED}\n{END}"
    assert check(make_plan(text, pages=2), as_of=TODAY) == ()  # the page before cites it
    assert [finding.rule for finding in check(make_plan(text, pages=12), as_of=TODAY)] == ["citation-link-mismatch"]


def test_torn_letters_are_no_faults() -> None:
    torn = f"{HEAD}{BASIS}{AIMS}{TASKS}2. Hop ngay 31/11/2025.\n4. Sơ kết vé việc co co quan, dé dé.\n{END}"
    assert check(make_plan(torn, quality="broken"), as_of=TODAY) == ()
    assert [f.rule for f in check(make_plan(torn), as_of=TODAY)] == ["date-impossible", "numbering-gap"]


def test_a_scan_that_lost_its_number_is_no_fault_of_the_document() -> None:
    scanned = f"{HEAD}{BASIS}{AIMS}{TASKS}{END}".replace("Số: 61/KH-UBND\n", "")
    assert check(make_plan(scanned, quality="ocr"), as_of=TODAY) == ()


def test_rules_can_be_left_out(check_body: Checker) -> None:
    body = f"{TASKS}{CALL}\n"
    assert [finding.rule for finding in check_body(body, off=("no-lead",))] == ["no-time"]
    with pytest.raises(ValueError, match="no-such-rule"):
        check_body(body, off=("no-such-rule",))


def test_every_message_in_both_languages(check_body: Checker) -> None:
    body = f"{TASKS.replace('phối hợp: Sở Y tế', 'phối hợp: Sở TT&TT')}{CALL}\n3. Các các sở họp ngày 31/11/2025.\n"
    vi, en = check_body(body), check_body(body, language="en")
    assert [dataclasses.replace(each, message="") for each in vi] == [
        dataclasses.replace(each, message="") for each in en
    ]
    assert all("bạn hãy" in each.message.lower() for each in vi)
    assert not any("bạn" in each.message for each in en)
    assert {each.severity for each in vi} <= {"error", "warning", "note"}


def test_a_plan_without_its_lines_is_still_checked() -> None:
    body = TASKS.replace("Biên soạn", "Duy trì").replace("Sở Y tế", "Sở TT&TT")
    plan = make_plan(f"{HEAD}{BASIS}{AIMS}{body}{END}")
    empty = dataclasses.replace(plan, source=Source("x", "", "text/plain", None, ()))
    assert [finding.rule for finding in check(empty, as_of=TODAY)] == ["agency-abolished", "perpetual-with-deadline"]


@pytest.mark.parametrize(
    "text", ["", "\n\n", "Thư mời họp", "I. \n1. \na) \n- Cơ quan chủ trì:\n", "|" * 50, "31/11 " * 99]
)
def test_any_text_can_be_checked(text: str) -> None:
    assert {finding.rule for finding in check(make_plan(text), as_of=TODAY)} <= set(RULES)
