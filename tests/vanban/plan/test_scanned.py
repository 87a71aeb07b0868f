"""Plans read from pictures: what an OCR is known to get wrong is put right and told, the rest is asked about."""

from vanban.knowledge import Knowledge
from vanban.model import Line, Source, UnsureWord
from vanban.plan import read

PLAN = """KẾ HOẠCH
Truyền thông chính sách năm 2026
I. MỤC ĐÍCH
Nâng cao nhận thức.
II. NHIỆM VỤ
1. Tố chức hội nghị phố biến chính sách mới cho cán bộ.
- Cơ quan chủ trì: Sở Văn hóa, Thế thao và Du lịch.
- Cơ quan phối hợp: Thanh tra tỉnh; thành phố Đà Lạt.
- Thời gian thực hiện: Quý III hãng năm."""


def scanned(text: str = PLAN, unsure: tuple[UnsureWord, ...] = ()) -> Source:
    lines = tuple(Line(number, line, 1) for number, line in enumerate(text.split("\n"), start=1))
    return Source("a.png", "0" * 64, "image/png", 1, lines, quality="ocr", ocr_pages=(1,), unsure=unsure)


def test_tones_that_the_words_around_rule_out_are_put_right_and_told():
    plan = read(scanned())
    (task,) = plan.tasks
    assert task.text == "Tổ chức hội nghị phổ biến chính sách mới cho cán bộ."
    assert task.lead == ("Sở Văn hóa, Thể thao và Du lịch",)
    assert task.coordinating == ("Thanh tra tỉnh", "thành phố Đà Lạt")
    assert task.time is not None
    assert task.time.text == "Quý III hằng năm"
    told = {doubt.where: doubt.found for doubt in plan.doubts if doubt.kind in ("unsure-word", "repaired-agency")}
    assert told == {"/tasks/0/text": "Tố; phố", "/tasks/0/lead/0": "Thế", "/tasks/0/time/text": "hãng"}
    assert [line.text for line in plan.source.lines] == PLAN.split("\n")  # the file stays as it was read


def test_a_text_that_was_not_read_from_a_picture_keeps_its_words():
    lines = tuple(Line(number, line) for number, line in enumerate(PLAN.split("\n"), start=1))
    (task,) = read(Source("a.txt", "0" * 64, "text/plain", None, lines)).tasks
    assert task.text == "Tố chức hội nghị phố biến chính sách mới cho cán bộ."


def test_a_known_name_gets_back_its_marks_where_nothing_else_tells_them():
    plan = read(scanned(PLAN.replace("Thanh tra tỉnh", "Sở Nội vự")), Knowledge.packaged())
    assert "Sở Nội vụ" in plan.tasks[0].coordinating
    assert ("repaired-agency", "Sở Nội vự", "Sở Nội vụ") in [(d.kind, d.found, d.proposed) for d in plan.doubts]


def test_a_word_read_with_doubt_is_asked_about_in_the_value_in_which_it_stands():
    line = PLAN.split("\n")[7]
    start = line.index("tra")
    plan = read(scanned(unsure=(UnsureWord(8, start, start + 3, "tra", 0.4),)))
    (doubt,) = [d for d in plan.doubts if d.where == "/tasks/0/coordinating/0"]
    assert (doubt.kind, doubt.lines, doubt.found, doubt.proposed, doubt.confidence) == (
        "unsure-word", (8, 8), "tra", "Thanh tra tỉnh", 0.4,
    )  # fmt: skip
