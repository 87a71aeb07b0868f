"""Charts: the bars are the rows, the drawing stands alone on paper and follows the theme on a page, nothing can be smuggled
into it."""

import datetime as dt
from xml.etree import ElementTree

from nhipcau.followup.models import Progress
from nhipcau.organisations.models import Organisation
from nhipcau.plans.models import NO_DATE, Task
from nhipcau.reporting.charts import CHARTS, MOST, Bar, Series, drawn, stacked
from nhipcau.reporting.models import ReportRow

SVG = "{http://www.w3.org/2000/svg}"


def row(progress=Progress.DONE, group="Nhóm một", organisation=1, **fields) -> ReportRow:
    made = ReportRow(progress=progress, task=Task(group=group), **({"due": NO_DATE} | fields))
    made.organisation = Organisation(pk=organisation, name=f"Cơ quan {organisation}")
    return made


def bars(key, rows) -> dict[str, tuple[int, ...]]:
    chart = drawn(key, rows, [])
    return {bar.label: bar.values for bar in chart.bars} if chart else {}


def test_progress_is_told_by_group_and_of_several_by_organisation():
    one = [row(), row(Progress.IN_PROGRESS), row(Progress.CANNOT, "Nhóm hai")]
    assert bars("progress", one) == {"Nhóm một": (1, 1, 0, 0), "Nhóm hai": (0, 0, 0, 1)}
    two = [row(), row(organisation=2), row(Progress.NOT_STARTED, organisation=2)]
    assert bars("progress", two) == {"Cơ quan 1": (1, 0, 0, 0), "Cơ quan 2": (1, 0, 1, 0)}


def test_what_is_not_due_yet_is_not_called_in_time():
    rows = [
        row(due=dt.date(2026, 10, 5)),
        row(due=dt.date(2026, 10, 6)),
        row(Progress.IN_PROGRESS, due=dt.date(2026, 10, 9), is_late=True),
        row(Progress.NOT_STARTED, due=dt.date(2027, 1, 5)),
        row(Progress.NOT_STARTED),
    ]
    assert bars("timeliness", rows) == {"Hạn tháng 10/2026": (2, 1, 0), "Hạn tháng 1/2027": (0, 0, 1)}


def test_months_are_in_order_and_one_month_is_no_chart():
    done = [row(done_on=dt.date(2026, 11, day)) for day in (2, 3, 4)]
    rows = [*done, row(done_on=dt.date(2026, 2, 2), is_late=True)]
    assert list(bars("months", rows).items()) == [("Tháng 2/2026", (0, 1)), ("Tháng 11/2026", (3, 0))]
    assert drawn("months", done, []) is None


def test_of_a_task_or_two_a_month_no_drawing_is_made():
    rows = [row(done_on=dt.date(2026, 11, day), due=dt.date(2026, 11, day)) for day in (2, 3)]
    rows += [row(done_on=dt.date(2026, 10, 2), due=dt.date(2026, 10, 2))]
    assert [drawn(key, rows, []) for key in ("months", "timeliness")] == [None, None]


def test_nothing_to_draw_is_no_chart():
    assert [drawn(key, [], []) for key in (*CHARTS, "khong-co")] == [None] * (len(CHARTS) + 1)


def test_the_drawing_for_paper_stands_alone_and_that_for_a_page_has_no_colour():
    chart = drawn("progress", [row(), row(Progress.IN_PROGRESS)], [])
    assert chart is not None
    paper, page = (ElementTree.fromstring(text) for text in (chart.svg, chart.broad))
    assert all(one.get("fill") for tree in (paper,) for one in tree.iter() if one.tag != f"{SVG}svg")
    assert all(one.get("class") and not one.get("fill") for one in page.iter() if one.tag != f"{SVG}svg")
    assert not any(one.get("style") for tree in (paper, page) for one in tree.iter())


def test_on_a_phone_everything_stands_inside_the_drawing_and_is_no_smaller():
    states = (Progress.DONE, Progress.IN_PROGRESS, Progress.NOT_STARTED, Progress.CANNOT)
    chart = drawn("progress", [row(state, "Đẩy mạnh truyền thông dự thảo chính sách ở cơ sở") for state in states], [])
    assert chart is not None
    tree = ElementTree.fromstring(chart.narrow)
    _x, _y, width, height = (float(one) for one in tree.get("viewBox", "").split())
    assert width <= 340
    places: list[tuple[float, float, float]] = []  # left, right, foot; a sign of text takes at most 6.8 units
    for one in tree.iter(f"{SVG}text"):
        long = 6.8 * len(one.text or "")
        left = float(one.get("x", 0)) - (long / 2 if one.get("text-anchor") == "middle" else 0)
        places.append((left, left + long, float(one.get("y", 0))))
    for one in tree.iter(f"{SVG}rect"):
        left, top = float(one.get("x", 0)), float(one.get("y", 0))
        places.append((left, left + float(one.get("width", 0)), top + float(one.get("height", 0))))
    assert all(left >= 0 and right <= width and foot <= height for left, right, foot in places)
    words = [one.text for one in tree.iter(f"{SVG}text")]
    assert [word for word in words if word.startswith("Đẩy")] == ["Đẩy mạnh truyền thông dự thảo chính sách ở…"]


def test_labels_are_words_and_never_markup():
    bad = '<script>alert("1")</script> & "nháy"'
    chart = stacked(bad, [Series(bad, "#000000")], [Bar(bad, (1,))])
    for text in (chart.svg, chart.broad, chart.narrow):
        tree = ElementTree.fromstring(text)
        assert {one.tag for one in tree.iter()} == {f"{SVG}svg", f"{SVG}rect", f"{SVG}text"}
        assert tree.get("aria-label") == bad


def test_of_many_organisations_those_with_the_least_done_are_drawn_and_the_table_has_all():
    rows = [row(Progress.DONE if n % 2 else Progress.NOT_STARTED, organisation=n) for n in range(1, 101)]
    chart = drawn("progress", rows, [])
    assert chart is not None
    assert len(chart.bars) == 100
    labels = [
        one.text for one in ElementTree.fromstring(chart.svg).iter(f"{SVG}text") if one.get("text-anchor") == "end"
    ]
    assert len(labels) == MOST and labels[-1] == "Trung bình 77 đơn vị khác"
