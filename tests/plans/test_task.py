"""The page of a task: what the plan says, who, until when and why, each with its door to the original."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from tests.factories import make_agency_group, make_member, make_organisation, make_plan, make_task

from nhipcau.plans.models import Doubt

pytestmark = pytest.mark.django_db

LINES = [
    "III. NHIỆM VỤ",
    "",
    "a) Tham mưu UBND tỉnh bố trí, bồi dưỡng",
    "đội ngũ làm công tác truyền thông.",
    "",
    "- Chủ trì: Sở Nội vụ.",
    "- Phối hợp: Các sở, ban, ngành; các cơ quan",
    "liên quan.",
    "- Thời gian: Hoàn thành trước tháng",
    "12/2024",
    "b) Việc khác",
]


@pytest.fixture
def province():
    return make_organisation("Ủy ban nhân dân tỉnh A", kind="committee")


@pytest.fixture
def home_affairs(province):
    return make_organisation("Sở Nội vụ", province)


@pytest.fixture
def task(province, home_affairs):
    plan = make_plan(province, "08/KH-UBND", LINES)
    return make_task(
        plan,
        "Tham mưu UBND tỉnh bố trí, bồi dưỡng đội ngũ",
        lead=[home_affairs],
        coordinating=[
            make_agency_group(province),
            make_agency_group(province, "các cơ quan liên quan", kinds=[], is_open=True),
            "Hội Nhà báo",
        ],
        code="III.6.a",
        time_text="Hoàn thành trước tháng 12/2024",
        due=dt.date(2024, 11, 30),
        first_line=3,
        last_line=4,
    )


@pytest.fixture
def page(province, client_of):
    browser = client_of(make_member(province))
    return lambda task: browser.get(f"/nhiem-vu/{task.public_id}/").content.decode()


def quoted(page: str) -> list[int]:
    return [int(number) for number in re.findall(r'id="dong-(\d+)"', page)]


def test_the_text_and_its_block_are_quoted_without_blank_lines(page, task):
    assert quoted(page(task)) == [3, 4, 6, 7, 8, 9, 10]


def test_the_quotation_opens_the_original_at_its_line(page, task):
    assert f'href="/ban-goc/{task.plan.text.public_id}/?tu=3&amp;den=10#dong-3"' in page(task)


def test_a_block_shared_by_siblings_is_quoted_under_each(page, province, home_affairs):
    lines = ["a) Một", "b) Hai", "- Chủ trì: Sở Nội vụ.", "- Thời gian: Thường xuyên", "IV. KHÁC"]
    plan = make_plan(province, lines=lines)
    fields = {"lead": [home_affairs], "shared_block": True, "group": "III", "time_text": "Thường xuyên"}
    first = make_task(plan, "Một", first_line=1, last_line=1, **fields)
    make_task(plan, "Hai", first_line=2, last_line=2, **fields)
    shown = page(first)
    assert quoted(shown) == [1, 3, 4]
    assert "ghi chung một lần cho 2 nhiệm vụ" in shown


def test_the_date_says_why(page, task):
    shown = page(task)
    assert [
        step.strip() for step in re.findall(r"<li>([^<]*)</li>", re.findall(r'<ol class="why">(.*?)</ol>', shown)[0])
    ] == [
        "Dòng 9: “Hoàn thành trước tháng 12/2024”.",
        "Tháng 12 bắt đầu từ 01/12/2024, nên 30/11/2024 là ngày cuối còn trong hạn.",
        "30/11/2024 là thứ Bảy.",
    ]
    assert "thứ Bảy, 30/11/2024" in shown


def test_a_group_opens_to_its_members_on_the_day_of_the_plan(page, province, task):
    make_organisation("Sở Mới", province, valid_from=dt.date(2025, 3, 1))
    shown = page(task)
    assert ("1 cơ quan vào ngày 08/01/2024:" in shown, "Sở Mới" in shown) == (True, False)


def test_a_plan_without_a_date_is_meant_on_the_first_day_that_it_states(page, province, home_affairs):
    home_affairs.valid_to = dt.date(2025, 6, 30)
    home_affairs.save()
    plan = make_plan(province, date=None)
    task = make_task(plan, lead=[make_agency_group(province)], due=dt.date(2024, 11, 30))
    assert "1 cơ quan vào ngày 30/11/2024:" in page(task)


def test_who_is_not_matched_and_what_is_open_is_said(page, task):
    shown = page(task)
    assert "“Hội Nhà báo” chưa khớp với cơ quan nào trong danh bạ" in shown
    assert "còn để ngỏ" in shown


def test_strangers_are_told_of_no_doubts_and_gaps(client, task):
    task.plan.is_public = True
    task.plan.save()
    task.doubtful = True
    task.save()
    shown = client.get(f"/nhiem-vu/{task.public_id}/").content.decode()
    assert [words in shown for words in ("chưa khớp", "Cần xem", "Nêu tên cơ quan", "Sở Nội vụ")] == [
        False,
        False,
        False,
        True,
    ]


def test_doubts_that_were_left_are_shown_where_they_stand(page, task):
    task.doubtful = True
    task.save()
    for line, state in ((3, "later"), (4, "accepted"), (11, "open")):
        Doubt.objects.create(
            reading=task.plan.reading,
            position=line,
            stop=line,
            kind="word",
            where=f"/tasks/{line}",
            first_line=line,
            last_line=line,
            found=f"đọc {line}",
            proposed="đề nghị",
            confidence=0.5,
            state=state,
        )
    assert re.findall(r'class="doubt">([^<]*)<', page(task)) == ["đọc 3"]


def test_neighbours(page, task):
    before = make_task(task.plan, "Việc trước", position=0)
    task.position = 5
    task.save()
    after = make_task(task.plan, "Việc sau", position=9)
    make_task(task.plan, "Trách nhiệm", kind="duty", position=6)
    shown = page(task)
    links = [re.findall(rf'rel="{rel}" href="([^"]*)"', shown) for rel in ("prev", "next")]
    assert links == [[f"/nhiem-vu/{before.public_id}/"], [f"/nhiem-vu/{after.public_id}/"]]


def test_a_long_task_has_a_short_head_and_its_whole_text(page, province):
    task = make_task(make_plan(province), "Rà soát " * 60)
    shown = page(task)
    assert len(re.findall(r'<h1 class="wordy">(.*?)</h1>', shown)[0]) < 220
    assert "Toàn văn nhiệm vụ" in shown


def test_a_report_says_to_whom_and_through_whom(page, province):
    task = make_task(make_plan(province), "Báo cáo năm", kind="reporting", to="UBND tỉnh", via="Sở Tư pháp")
    shown = page(task)
    assert ("Báo cáo cho" in shown, "qua Sở Tư pháp" in shown) == (True, True)


def test_the_page_takes_few_queries(province, task, client_of, django_assert_max_num_queries):
    browser = client_of(make_member(province))
    with django_assert_max_num_queries(20):
        browser.get(f"/nhiem-vu/{task.public_id}/")
