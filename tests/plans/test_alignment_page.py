"""The page of a comparison, its list, its files, and the way to compare any two plans."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook
from tests.factories import make_actor, make_alignment, make_member, make_organisation, make_plan
from tests.plans.alignment_house import WITH_THE_TASK, make_both, make_confirmed, make_tree

from nhipcau.core.worker import run_due_jobs
from nhipcau.organisations.models import Role
from nhipcau.plans.models import Alignment, Plan

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree():
    return make_tree()


@pytest.fixture
def both(tree):
    return make_both(*tree)


@pytest.fixture
def head(tree, client_of):
    return client_of(make_member(tree[0], Role.HEAD))


def page_of(both, **query: str) -> str:
    address = reverse("alignment", args=[plan.slug for plan in both])
    return address + ("?" + "&".join(f"{name}={value}" for name, value in query.items()) if query else "")


def text_of(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def headlines(answer) -> list[str]:
    return re.findall(r"<h3>(.*?)</h3>", answer.content.decode().split('id="khac-nhau"')[1].split("</ol>")[0])


def test_what_differs_stands_first_and_says_itself_in_a_sentence(both, head):
    answer = head.get(page_of(both))
    assert headlines(answer) == [
        "Chưa nhận: nâng cấp chuyên mục hỏi đáp pháp luật trên Cổng thông tin điện tử (trước ngày 30/6/2024).",
        "Tỉnh giao “chỉ đạo tổ chức”, thành phố chỉ còn “phối hợp tổ chức”.",
    ]
    said = text_of(answer)
    assert "Trong 3 nhiệm vụ và 1 trách nhiệm của tỉnh, thành phố bỏ 1, làm nhẹ đi 1 và giữ nguyên 2." in said
    assert "Chưa có trong kế hoạch thành phố." in said
    assert "2 mục giữ nguyên" in said


def test_every_item_leads_to_its_page_and_every_quote_to_its_line(both, head):
    page = head.get(page_of(both)).content.decode()
    task = both[0].tasks.get(kind="task", text__startswith="Nâng cấp")
    assert f'<a href="{reverse("task", args=[task.public_id])}">{task.code}</a>' in page
    line = f"{reverse('text', args=[both[0].text.public_id])}?tu={task.first_line}&amp;den={task.first_line}#dong-{task.first_line}"
    assert f'<a href="{line}">dòng {task.first_line}</a>' in page


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"loai": "dropped"}, 1),
        ({"loai": "weakened"}, 1),
        ({"loai": "widened"}, 0),
        ({"loai": "khong-co"}, 2),
        ({"phan": "duty"}, 0),
        ({"phan": "task"}, 2),
        ({"co-quan": "Sở Tư pháp"}, 2),
        ({"co-quan": "Phòng Nội vụ"}, 1),
        ({"co-quan": "so tu phap", "loai": "dropped"}, 1),
    ],
)
def test_the_differences_are_filtered(both, head, query, expected):
    answer = head.get(page_of(both, **query))
    assert len(answer.context["rows"]) == expected


def test_in_english_its_sentences_are_english(both, head):
    head.cookies["django_language"] = "en"
    head.post(reverse("set_language"), {"language": "en"})
    assert headlines(head.get(page_of(both)))[1] == (
        "The province orders “chỉ đạo tổ chức”; the city only “phối hợp tổ chức”."
    )


def test_the_page_asks_few_questions_however_long_the_comparison(both, head):
    head.get(page_of(both))
    with CaptureQueriesContext(
        connection,
    ) as short:
        head.get(page_of(both))
    made = Alignment.objects.get()
    for part in made.result.values():
        dropped = next(pair for pair in part["pairs"] if pair["kind"] == "dropped")
        part["pairs"] += [dropped] * 30
    at = [pair["kind"] for pair in made.result["vi"]["pairs"]].index("dropped")
    made.extra["weights"] += [made.extra["weights"][at]] * 30
    made.extra["places"] += [made.extra["places"][at]] * 30
    made.save()
    with CaptureQueriesContext(connection) as long:
        assert len(head.get(page_of(both)).context["rows"]) == 32
    assert len(long) == len(short)
    assert len(long) <= 16


def test_the_list_asks_few_questions_however_many_pairs(tree, head):
    higher = make_plan(tree[0])
    counts = []
    for _round in range(2):
        for _plan in range(5):
            make_alignment(higher, make_plan(tree[1]), dropped=[("I.1", "Việc")])
        head.get(reverse("alignments"))
        with CaptureQueriesContext(connection) as asked:
            answer = head.get(reverse("alignments"))
        counts.append(len(asked))
    assert len(answer.context["rows"]) == 10
    assert counts[0] == counts[1] <= 14


def test_the_list_shows_each_pair_once_by_its_newest_versions(both, tree, head):
    make_confirmed(make_actor(tree[1]), WITH_THE_TASK, "ban-2.txt")
    rows = head.get(reverse("alignments")).context["rows"]
    assert [(row["row"].lower_version, row["dropped"], row["is_old"]) for row in rows] == [(2, 0, False)]


def test_until_a_new_version_is_compared_the_older_result_is_shown_and_says_so(both, tree, head):
    Plan.objects.filter(pk=both[1].pk).update(version=2)
    answer = head.get(page_of(both))
    assert "Một trong hai kế hoạch đã có bản mới. Dưới đây còn là kết quả của bản trước." in text_of(answer)
    assert [row["is_old"] for row in head.get(reverse("alignments")).context["rows"]] == [True]


def test_the_plans_name_one_another_on_their_pages(both, head):
    above, below = (text_of(head.get(reverse("plan", args=[plan.slug]))) for plan in both)
    assert "Kế hoạch cấp dưới 40/KH-UBND Ủy ban nhân dân thành phố An Bình bỏ 1 nhẹ đi 1 giữ nguyên 2" in above
    assert "Kế hoạch cấp trên Làm theo 15/KH-UBND Ủy ban nhân dân tỉnh Hòa An bỏ 1 nhẹ đi 1 giữ nguyên 2" in below


def test_a_stranger_sees_nothing_of_it_on_the_page_of_a_public_plan(both, client):
    Plan.objects.update(is_public=True)
    assert "40/KH-UBND" not in text_of(client.get(reverse("plan", args=[both[0].slug])))


# --- files -----------------------------------------------------------------------------------------------------------


def file_of(both, client, form: str):
    return client.get(reverse("alignment_export", args=[both[0].slug, both[1].slug, form]))


def test_the_workbook_has_every_item_once_what_differs_first(both, head):
    answer = file_of(both, head, "xlsx")
    assert answer.headers["Content-Disposition"].endswith(f'so-sanh-{both[0].slug}-{both[1].slug}.xlsx"')
    sheet = load_workbook(io.BytesIO(answer.content)).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4)]
    assert [row[0] for row in rows] == ["Bỏ", "Nhẹ đi", "Giữ nguyên", "Giữ nguyên"]
    assert sorted(row[2] for row in rows) == ["II.1.a", "II.1.b", "II.1.c", "III.1.1"]


def test_no_text_is_taken_for_a_formula(tree, head):
    plans = make_plan(tree[0]), make_plan(tree[1])
    make_alignment(*plans, dropped=[("I.1", "=HYPERLINK(1)")])
    rows = list(csv.reader(io.StringIO(file_of(plans, head, "csv").content.decode("utf-8-sig"))))
    assert rows[1][5] == "'=HYPERLINK(1)"
    sheet = load_workbook(io.BytesIO(file_of(plans, head, "xlsx").content)).active
    assert (sheet["F4"].value, sheet["F4"].data_type) == ("=HYPERLINK(1)", "s")


def test_the_json_is_the_object_of_the_contract(both, head):
    assert json.loads(file_of(both, head, "json").content) == Alignment.objects.get().result["vi"]


def test_no_file_of_a_comparison_that_is_not_there(tree, head):
    assert file_of((make_plan(tree[0]), make_plan(tree[1])), head, "csv").status_code == 404


# --- any two plans ---------------------------------------------------------------------------------------------------


def test_any_two_plans_are_compared_by_a_job_and_the_page_waits_for_it(both, tree, head):
    lower, higher = both
    answer = head.post(reverse("alignments"), {"tren": higher.slug, "duoi": lower.slug})
    page = reverse("alignment", args=[higher.slug, lower.slug])
    assert answer.headers["Location"] == page
    assert "Đang so sánh hai kế hoạch" in text_of(head.get(page))
    poll = f"{page}?tien-do=1"
    assert "Đang chờ tới lượt" in text_of(head.get(poll, headers={"HX-Request": "true"}))
    run_due_jobs()
    assert head.get(poll, headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"
    assert "Kế hoạch cấp dưới không dẫn kế hoạch cấp trên" in text_of(head.get(page))


def test_asking_twice_makes_one_job(both, head):
    for _time in range(2):
        head.post(reverse("alignments"), {"tren": both[1].slug, "duoi": both[0].slug})
    assert Alignment.objects.filter(higher=both[1]).count() == 1
    assert len({row.job_id for row in Alignment.objects.filter(higher=both[1])}) == 1


@pytest.mark.parametrize(
    ("chosen", "said"), [(("", ""), "Bạn hãy chọn cả hai kế hoạch."), ((0, 0), "Hai kế hoạch là một")]
)
def test_a_choice_that_cannot_be_is_said_and_kept(both, head, chosen, said):
    slugs = [both[one].slug if one != "" else "khong-co" for one in chosen]
    answer = head.post(reverse("alignments"), {"tren": slugs[0], "duoi": slugs[1]})
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert (answer.context["higher"], answer.context["lower"]) == (slugs[0], slugs[1])


def test_a_pair_that_was_never_compared_offers_it(tree, head):
    plans = make_plan(tree[0]), make_plan(tree[1])
    assert "Hai kế hoạch này chưa được so sánh" in text_of(head.get(page_of(plans)))
    head.post(reverse("compare_plans", args=[plan.slug for plan in plans]))
    run_due_jobs()
    said = text_of(head.get(page_of(plans)))
    assert "Một trong hai kế hoạch không có nội dung đã đọc để so sánh." in said
    assert "So sánh lại" in said


def test_whoever_may_not_read_one_of_the_plans_finds_no_comparison(both, tree, client_of):
    elsewhere = client_of(make_member(make_organisation("Ủy ban nhân dân tỉnh Khác", kind="committee"), Role.HEAD))
    Plan.objects.filter(pk=both[0].pk).update(is_public=True)
    assert elsewhere.get(page_of(both)).status_code == 404
    assert elsewhere.get(reverse("alignments")).context["rows"] == []
    assert elsewhere.post(reverse("alignments"), {"tren": both[0].slug, "duoi": both[1].slug}).status_code == 422
