"""The sentences of a report read as an officer writes: numbers, days, names of tasks, answers in gaps."""

import datetime as dt

import pytest

from nhipcau.followup.models import Progress
from nhipcau.plans.models import NO_DATE, Task, TimeKind
from nhipcau.reporting.models import ReportFigure, ReportRow, Sentence
from nhipcau.reporting.outlines import USUAL, Part
from nhipcau.reporting.saying import answered, change, ended, named, named_together, number, share
from nhipcau.reporting.writing import sentences_of, status

TODAY = dt.date(2026, 11, 10)


def row(text="Phát bản tin.", **fields) -> ReportRow:
    task = Task(text=text, time_kind=fields.pop("time_kind", TimeKind.ONCE))
    given = {"progress": Progress.DONE, "due": NO_DATE, "evidence": [], "obstacles": [], "role": "lead"}
    return ReportRow(task=task, **(given | fields))


def figure(key, value, **fields) -> ReportFigure:
    labels = {"evidence.total": "Minh chứng kèm theo", "documents.sent": "Văn bản đã ban hành"}
    return ReportFigure(key=key, value=value, position=1, label=labels.get(key, key), unit="văn bản", **fields)


def said(part: Part, rows=(), figures=()) -> list[str]:
    return [one.text for one in sentences_of(part, rows, {one.key: one for one in figures}, as_of=TODAY)]


@pytest.mark.parametrize("value, words", [(0, "0"), (5, "05"), (12, "12"), (1234567, "1.234.567")])
def test_numbers_are_written_as_documents_write_them(value, words):
    assert number(value) == words


@pytest.mark.parametrize("part, whole, words", [(1, 3, "33,3%"), (1, 2, "50%"), (0, 0, "0%"), (2, 3, "66,7%")])
def test_shares_have_a_comma(part, whole, words):
    assert share(part, whole) == words


def test_a_change_says_from_where_to_where():
    moved = [figure("a", 30, before=25), figure("a", 7, before=10)]
    assert [change(one) for one in moved] == ["tăng 05 văn bản (từ 25 lên 30)", "giảm 03 văn bản (từ 10 xuống 07)"]


@pytest.mark.parametrize(
    "text", ["Phát bản tin", "Phát bản tin.", "Phát  bản tin;", "Phát bản tin ./.", "Phát bản tin.."]
)
def test_a_sentence_has_one_full_stop(text):
    assert ended(text.replace("/", "")) == "Phát bản tin."


@pytest.mark.parametrize(
    "fields, words",
    [
        (
            {"done_on": dt.date(2026, 11, 5), "due": dt.date(2026, 11, 5)},
            "đã hoàn thành ngày 05/11/2026, đúng thời hạn 05/11/2026",
        ),
        (
            {"done_on": dt.date(2026, 11, 5), "due": dt.date(2026, 10, 31), "is_late": True},
            "đã hoàn thành ngày 05/11/2026, chậm 05 ngày so với thời hạn 31/10/2026",
        ),
        (
            {"progress": Progress.IN_PROGRESS, "percent": 40, "due": dt.date(2026, 11, 8), "is_late": True},
            "đang thực hiện, đạt khoảng 40%, chậm 02 ngày so với thời hạn 08/11/2026",
        ),
        ({"progress": Progress.CANNOT}, "chưa thực hiện được do có vướng mắc"),
        ({"progress": Progress.IN_PROGRESS, "time_kind": TimeKind.CONTINUOUS}, "đang thực hiện thường xuyên"),
    ],
)
def test_how_far_a_task_is(fields, words):
    assert status(row(**fields), TODAY) == words


def test_a_word_of_the_register_becomes_a_sentence_of_its_own():
    part = Part("tasks", "Kết quả", "tasks")
    proofs = [{"id": "a", "name": "Ảnh", "on": "2026-11-01"}]
    told = row(word="đã phát 12 số , tới 4 thôn ", progress=Progress.IN_PROGRESS, evidence=proofs)
    assert said(part, [told]) == ["Phát bản tin: đang thực hiện. Đã phát 12 số , tới 4 thôn (kèm 01 minh chứng)."]


@pytest.mark.parametrize(
    "text, name",
    [
        ("Phát bản tin;", "Phát bản tin"),
        (
            "Tổ chức hội nghị phổ biến Đề án tổ chức truyền thông chính sách giai đoạn 2022 - 2027 (sau đây viết tắt là "
            "Đề án 407) cho toàn bộ cán bộ của các cơ quan, nhằm nâng cao nhận thức và trách nhiệm của mọi người đứng đầu",
            "Tổ chức hội nghị phổ biến Đề án tổ chức truyền thông chính sách giai đoạn 2022 - 2027 cho toàn bộ cán bộ của "
            "các cơ quan",
        ),
        (
            "Chủ trì, phối hợp với các cơ quan báo chí, Phòng Văn hóa và Thông tin, Phòng Tư pháp để thực hiện các hoạt "
            "động truyền thông đối với các dự thảo chính sách phải thực hiện truyền thông theo Quyết định số 407",
            "Chủ trì, phối hợp với các cơ quan báo chí, Phòng Văn hóa và Thông tin, Phòng Tư pháp để thực hiện các hoạt "
            "động truyền thông đối với các dự thảo chính sách phải thực…",
        ),
        ("Rà " + "soát " * 60, "Rà " + "soát " * 32 + "soát…"),
    ],
)
def test_long_names_of_tasks_are_cut_where_a_clause_ends(text, name):
    assert named(text) == name


@pytest.mark.parametrize(
    "gap, key, words, answer",
    [
        (
            "Phát bản tin: chưa có thông tin trong kỳ báo cáo.",
            "task:1",
            "Đã phát 03 số",
            "Phát bản tin: đã phát 03 số.",
        ),
        ("Nguyên nhân: chưa nêu.", "why:1", "UBND xã thiếu kinh phí.", "Nguyên nhân: UBND xã thiếu kinh phí."),
        ("Đề xuất, kiến nghị: chưa nêu.", "proposals:none", "đề nghị cấp máy", "Đề nghị cấp máy."),
        ("Cơ quan đã ban hành văn bản nào?", "question:1", "Kế hoạch 05.", "Kế hoạch 05."),
        ("Nguyên nhân: chưa nêu.", "why:1", "Nguyên nhân: mưa bão.", "Nguyên nhân: mưa bão."),
    ],
)
def test_an_answer_in_a_gap_names_what_it_is_about(gap, key, words, answer):
    assert answered(Sentence(text=gap, key=key), words) == answer


def test_figures_are_said_in_words_and_zeros_of_other_rooms_are_left_to_the_table():
    part = Part("figures", "Số liệu", "figures", figures=("evidence.total", "obstacles.raised", "obstacles.settled",
                "documents.sent", "documents.plans"))  # fmt: skip
    figures = [
        figure("evidence.total", 0), figure("obstacles.raised", 2), figure("obstacles.settled", 1),
        figure("documents.sent", 12), figure("documents.plans", 0),
    ]  # fmt: skip
    assert said(part, figures=figures) == [
        "Chưa có minh chứng kèm theo; đã nêu 02 khó khăn, vướng mắc, trong đó 01 đã được tháo gỡ; văn bản đã ban hành: 12."
    ]


def test_what_comes_next_is_a_list_under_one_sentence():
    rows = [row("Họp dân.", progress=Progress.NOT_STARTED, due=dt.date(2026, 11, day)) for day in (1, 30)]
    assert said(Part("next", "Sắp tới", "next"), rows) == [
        "Tiếp tục thực hiện và hoàn thành các nhiệm vụ sau:",
        "Họp dân (đã quá thời hạn 01/11/2026).",
        "Họp dân (thời hạn 30/11/2026).",
    ]


def test_no_sentence_of_any_part_has_two_full_stops_or_blanks():
    rows = [row(f"Việc {n}.;", progress=state, word="xong..", obstacles=[
        {"id": str(n), "text": "Thiếu máy.", "proposal": "Cấp máy.", "state": "open"}
    ], is_late=n % 2 == 0, due=TODAY - dt.timedelta(days=n)) for n, state in enumerate(Progress.values)]  # fmt: skip
    texts = [text for part in USUAL.all_parts() for text in said(part, rows, [figure("tasks.total", 4)])]
    assert [text for text in texts if ".." in text or "  " in text or " ." in text or ".;" in text] == []


def test_a_part_that_people_write_states_its_figures_first():
    part = Part("direction", "Chỉ đạo", "words", figures=("documents.sent", "sub.a", "sub.b"), questions=("Gì?",))
    sub = [
        ReportFigure(key=f"sub.{key}", value=n, label=f"Trong đó: {words}", position=1)
        for key, words, n in (("a", "kế hoạch", 1), ("b", "công văn", 5))
    ]
    assert said(part, figures=[figure("documents.sent", 12), *sub]) == [
        "Văn bản đã ban hành: 12, trong đó: kế hoạch 01, công văn 05.",
        "Gì?",
    ]
    assert said(part, figures=[figure("documents.sent", 0)]) == ["Gì?"]


@pytest.mark.parametrize(
    ("names", "words"),
    [
        (["Ủy ban nhân dân xã Tân An"], "Ủy ban nhân dân xã Tân An"),
        (["Sở Y tế", "Sở Nội vụ"], "Sở Y tế, Sở Nội vụ"),
        (["Ủy ban nhân dân phường 7", "Ủy ban nhân dân phường 8"], "Ủy ban nhân dân các phường 7, 8"),
        (
            ["Ủy ban nhân dân xã Tân An", "Sở Y tế", "Ủy ban nhân dân phường 7", "Ủy ban nhân dân xã Long Sơn"],
            "Ủy ban nhân dân các xã Tân An, Long Sơn; Sở Y tế; Ủy ban nhân dân phường 7",
        ),
        (["Ủy ban nhân dân xã Tân An", "Ủy ban nhân dân xã Tân An"], "Ủy ban nhân dân xã Tân An"),
    ],
)
def test_committees_of_several_communes_share_their_words(names, words):
    assert named_together(names) == words


@pytest.mark.parametrize(
    ("done", "words"),
    [
        (1, "Có 01 nhiệm vụ được giao, đã hoàn thành."),
        (5, "Tổng số 05 nhiệm vụ được giao, tất cả đã hoàn thành."),
    ],
)
def test_where_all_tasks_stand_alike_no_share_is_said(done, words):
    stated = {key: figure(key, done) for key in ("tasks.total", "tasks.done")}
    [sentence] = sentences_of(Part("p", "P", "figures", figures=tuple(stated)), (), stated, as_of=dt.date(2026, 11, 1))
    assert sentence.text == words


def test_a_long_name_of_common_work_is_cut_at_a_comma_and_says_so():
    text = (
        "Phối hợp với Đài Phát thanh và Truyền hình thực hiện phóng sự về các chính sách mới của Trung ương và địa phương "
        "liên quan đến đời sống của người dân, doanh nghiệp và các tổ chức trên địa bàn tỉnh trong năm"
    )
    assert named(text) == f"{text.split(', doanh')[0]}…"
