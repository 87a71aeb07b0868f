"""What a strict clerk would send a merged report back for: words that contradict each other, what was written and is lost on
the way up, names out of order, sentences without an end."""

import datetime as dt

import pytest
from django.utils import timezone
from tests.factories import (
    make_actor,
    make_assignment,
    make_member,
    make_organisation,
    make_plan,
    make_round,
    make_task,
    say,
)

from nhipcau.followup.models import ClosedPeriod, Progress
from nhipcau.organisations.models import Organisation
from nhipcau.plans.models import NO_DATE
from nhipcau.reporting.actions import add_sentence, draft_report, edit_sentence, leave_out, merge_reports, take_in
from nhipcau.reporting.contradictions import numbers_moved
from nhipcau.reporting.models import Report, Sentence
from nhipcau.reporting.printing import official_of
from nhipcau.reporting.queries.reading import printable
from nhipcau.reporting.queries.register import assignments_of
from nhipcau.reporting.quoting import Said, by_number, grouped, said_in
from nhipcau.reporting.saying import heading, named_together
from vanban.official import Paragraph, Table


class City:
    """A city with three wards; each has a task with a day that is past, one with a day to come, one without an end."""

    def __init__(self) -> None:
        today = timezone.localdate()
        self.city = make_organisation("Ủy ban nhân dân thành phố", kind="committee")
        self.wards = [
            make_organisation(f"Ủy ban nhân dân Phường {number}", parent=self.city, kind="committee")
            for number in (10, 2, 1)
        ]
        self.plan = make_plan(self.city, date=dt.date(today.year, 1, 1))
        days = (
            ("Tập huấn.", today - dt.timedelta(days=3), "once"),
            ("Rà soát.", today + dt.timedelta(days=40), "once"),
        )
        self.tasks = [
            make_task(self.plan, text=text, group="TỔ CHỨC THỰC HIỆN", lead=self.wards, due=due, time_kind=kind)
            for text, due, kind in (*days, ("Phát tin.", None, "continuous"))
        ]
        for ward in self.wards:
            for task in self.tasks:
                make_assignment(ward, task)
        self.round = make_round(self.city, *self.wards, plan=self.plan)
        self.coordinator = make_actor(self.city, "coordinator")

    def held(self, ward: int, task: int):
        return self.tasks[task].assignments.get(organisation=self.wards[ward])

    def report(self, organisation) -> Report:
        return self.round.reports.get(organisation=organisation)

    def officer(self, ward: int):
        return make_actor(self.wards[ward], "officer")

    def draft(self, ward: int) -> Report:
        draft_report(self.officer(ward), self.report(self.wards[ward]))
        return self.report(self.wards[ward])

    def answer(self, ward: int, words: str, **where) -> None:
        found = self.report(self.wards[ward]).sentences.get(**where)
        edit_sentence(self.officer(ward), found.report, found.public_id, text=words, seen=found.seal)

    def merged(self) -> Report:
        Report.objects.filter(receiver=self.city).update(state=Report.State.SENT, sent_at=timezone.now())
        merge_reports(self.coordinator, self.report(self.city))
        return self.report(self.city)

    def said(self, part: str, **where) -> list[str]:
        return list(self.report(self.city).sentences.filter(part=part, **where).values_list("text", flat=True))


@pytest.mark.django_db
def test_names_with_numbers_stand_in_the_order_of_the_numbers():
    here = City()
    names = Organisation.objects.filter(parent=here.city).values_list("name", flat=True)
    assert list(names) == [f"Ủy ban nhân dân Phường {number}" for number in (1, 2, 10)]


def test_wards_that_are_numbers_and_wards_that_are_names_share_their_words():
    names = ["Ủy ban nhân dân Phường 1", "Ủy ban nhân dân phường Thắng Tam", "Sở Y tế"]
    assert named_together(names) == "Ủy ban nhân dân các phường 1, Thắng Tam; Sở Y tế"
    assert named_together(names[:1]) == "Ủy ban nhân dân Phường 1"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("TỔ CHỨC THỰC HIỆN", "Tổ chức thực hiện"),
        ("TRÁCH NHIỆM CỦA UBND XÃ:", "Trách nhiệm của UBND xã"),
        ("Đảm bảo nguồn lực.", "Đảm bảo nguồn lực"),
        ("", ""),
    ],
)
def test_a_heading_in_capitals_is_small(text, words):
    assert heading(text) == words


@pytest.mark.django_db
def test_work_without_an_end_is_carried_out_and_not_left_undone():
    here = City()
    for ward in (0, 1):
        say(here.officer(ward), here.held(ward, 2), Progress.IN_PROGRESS)
    for ward in range(3):
        here.draft(ward)
    here.merged()
    assert here.said("tasks", key=f"all:{here.tasks[2].pk}") == [
        "Phát tin: 02/03 đơn vị đang thực hiện thường xuyên (66,7%); 01 đơn vị chưa có thông tin (Ủy ban nhân dân Phường 1)."
    ]


@pytest.mark.django_db
def test_what_a_unit_wrote_of_a_task_goes_up_with_it():
    here = City()
    for ward in range(3):
        here.draft(ward)
    key = f"task:{here.held(0, 0).pk}"
    here.answer(0, "Tập huấn: đã tập huấn 30 người, chưa tải minh chứng", key=key)
    here.merged()
    assert here.said("tasks", key=f"all:{here.tasks[0].pk}") == [
        "Tập huấn: chưa có đơn vị nào trong 03 đơn vị hoàn thành; 01 đơn vị có báo cáo bổ sung (Ủy ban nhân dân Phường 10); "
        "02 đơn vị chưa có thông tin (Ủy ban nhân dân các phường 1, 2)."
    ]
    [told] = here.report(here.city).sentences.filter(key__startswith="told:")
    assert told.text == "Đã tập huấn 30 người, chưa tải minh chứng (Ủy ban nhân dân Phường 10)."
    assert told.refs == [["reporting.sentence", here.report(here.wards[0]).sentences.get(key=key).public_id]]
    merge_reports(here.coordinator, here.report(here.city))
    assert here.report(here.city).sentences.get(key=told.key).public_id == told.public_id


@pytest.mark.django_db
def test_an_answer_to_what_nobody_had_said_goes_up():
    here = City()
    for ward in range(3):
        here.draft(ward)
    here.answer(0, "Đề nghị cấp thêm loa", key="proposals:none")
    here.answer(1, "Nhân lực còn mỏng", key="obstacles:none")
    here.merged()
    assert here.said("proposals") == ["Đề nghị cấp thêm loa (Ủy ban nhân dân Phường 10)."]
    assert here.said("obstacles") == ["Nhân lực còn mỏng (Ủy ban nhân dân Phường 2)."]


@pytest.mark.django_db
def test_what_comes_next_is_what_the_units_have_not_done():
    here = City()
    say(here.officer(0), here.held(0, 0), Progress.DONE)
    for ward in range(3):
        here.draft(ward)
    here.merged()
    past, ahead = (f"{task.due:%d/%m/%Y}" for task in here.tasks[:2])
    assert here.said("next") == [
        "Tiếp tục chỉ đạo, đôn đốc hoàn thành các nhiệm vụ sau:",
        f"Tập huấn (đã quá thời hạn {past}): còn 02 đơn vị chưa hoàn thành.",
        f"Rà soát (thời hạn {ahead}): còn 03 đơn vị chưa hoàn thành.",
        "Tiếp tục thực hiện 01 nhiệm vụ khác theo kế hoạch.",
    ]
    assert all(one.refs or one.figures for one in here.report(here.city).sentences.filter(part="next"))


@pytest.mark.django_db
def test_what_comes_back_each_month_is_counted_by_turns_and_goes_on():
    here = City()
    task = make_task(here.plan, text="Tổng hợp tin báo chí.", lead=here.wards, time_kind="monthly")
    last = here.round.last
    for number, ward in enumerate(here.wards):
        made = make_assignment(ward, task, due=last)
        ends = (last.replace(day=1) - dt.timedelta(days=1), last.replace(day=1) - dt.timedelta(days=35))
        for turn, day in enumerate(ends):
            progress = Progress.DONE if turn or number else Progress.NOT_STARTED
            ClosedPeriod.objects.create(
                assignment=made, year=day.year, period=f"{day:%Y-%m}", due=day, progress=progress
            )
        say(here.officer(number), made, Progress.IN_PROGRESS)
    for number in range(3):
        here.draft(number)
    here.merged()
    [said] = here.said("tasks", key=f"all:{task.pk}")
    assert said.startswith("Tổng hợp tin báo chí: đã thực hiện 05/06 lượt (83,3%); kỳ gần nhất ")
    assert not [one for one in here.said("next") if one.startswith("Tổng hợp")]
    assert here.said("next")[-1] == "Tiếp tục thực hiện 02 nhiệm vụ khác theo kế hoạch."


@pytest.mark.django_db
def test_what_differs_by_a_number_only_is_said_once_with_who_says_which():
    here = City()
    texts = ("Đã ban hành 12 văn bản năm 2026", "Đã ban hành 02 văn bản năm 2026.", "Đã ban hành 3 văn bản năm 2026")
    for ward, text in enumerate(texts):
        here.draft(ward)
        add_sentence(here.officer(ward), here.report(here.wards[ward]), part="direction", text=text)
    report = here.merged()
    said = "Đã ban hành từ 02 đến 12 văn bản năm 2026: 02 (Ủy ban nhân dân Phường 2); 03 (Ủy ban nhân dân Phường 1); "
    said += "12 (Ủy ban nhân dân Phường 10)."
    [made] = report.sentences.filter(part="direction", key__startswith="quoted:")
    assert made.text == said
    assert sorted(key for _kind, key in made.refs) == sorted(
        Sentence.objects.filter(report__receiver=here.city, part="direction", key="").values_list(
            "public_id", flat=True
        )
    )
    quoted = {one.public_id: one for one in Sentence.objects.select_related("report__organisation", "organisation")}
    above = said_in([quoted[made.public_id]], quoted)  # one level up each is said by who wrote it
    assert sorted(one.organisations[0] for one in above) == sorted(ward.name for ward in here.wards)
    merge_reports(here.coordinator, report)
    assert report.sentences.get(key=made.key).public_id == made.public_id
    changed = edit_sentence(here.coordinator, report, made.public_id, text=f"{said[:-1]} đã rà soát.", seen=made.seal)
    [above] = said_in([changed], quoted)
    assert (above.text, above.organisations) == (changed.text, (here.city.name,))


def test_what_differs_by_more_than_one_number_stays_apart():
    texts = ("Đã họp 02 buổi với 30 người.", "Đã họp 03 buổi với 40 người.", "Đã họp 04 buổi với 50 người.")
    groups = grouped(Said(text, (text,), text, ()) for text in texts)
    assert by_number(groups) == groups
    dates = grouped(Said(f"Đã họp ngày {day}/5/2026.", (str(day),), str(day), ()) for day in (1, 2, 3))
    assert by_number(dates) == dates
    assert by_number(groups[:2]) == groups[:2]


@pytest.mark.django_db
def test_who_says_nothing_of_the_reason_is_counted():
    here = City()
    for ward in range(3):
        here.draft(ward)
    here.answer(0, "Nguyên nhân: thiếu kinh phí", key=f"why:{here.held(0, 0).pk}")
    here.merged()
    assert here.said("late", key__startswith="why:") == [
        "Nguyên nhân: thiếu kinh phí (Ủy ban nhân dân Phường 10); 02 đơn vị chưa nêu nguyên nhân."
    ]


@pytest.mark.django_db
def test_tasks_of_several_are_counted_by_unit_and_a_figure_by_hand_keeps_that():
    here = City()
    for ward in range(3):
        here.draft(ward)
    report = here.merged()
    [said] = here.said("figures", key="figures:total")
    assert said.startswith("Tổng số 09 nhiệm vụ được giao (tính theo từng đơn vị)")
    assert "tính theo" not in here.report(here.wards[0]).sentences.get(key="figures:total").text
    assert report.sentences.get(key="figures:total").drafted == said


@pytest.mark.django_db
def test_who_sent_late_is_named_by_the_clock_of_the_first_edition():
    here = City()
    for ward in range(3):
        here.draft(ward)
    late = here.report(here.wards[0])
    here.merged()
    assert here.said("figures")[0] == "Đã nhận đủ báo cáo của 03 đơn vị."
    Report.objects.filter(pk=late.pk).update(sent_at=late.due_at + dt.timedelta(seconds=1))
    merge_reports(here.coordinator, here.report(here.city))
    said = "Đã nhận đủ báo cáo của 03 đơn vị, trong đó 01 đơn vị gửi chậm (Ủy ban nhân dân Phường 10)."
    assert here.said("figures")[0] == said


@pytest.mark.django_db
def test_that_there_is_nothing_is_not_said_beside_something():
    here = City()
    report, officer = here.draft(0), here.officer(0)
    add_sentence(officer, report, part="proposals", text="Đề nghị cấp thêm loa")
    nothing = report.sentences.get(key="proposals:none")
    assert nothing.is_removed
    draft_report(officer, report)
    assert report.sentences.get(key="proposals:none").is_removed
    nothing = report.sentences.get(key="proposals:none")
    take_in(officer, report, nothing.public_id, seen=nothing.seal)  # who wants both has both
    draft_report(officer, report)
    assert not report.sentences.get(key="proposals:none").is_removed


@pytest.mark.django_db
def test_a_sentence_ends_with_a_full_stop_once():
    here = City()
    report, officer = here.draft(0), here.officer(0)
    text = "Đã họp 03 buổi\nĐã họp xong.\nGồm:\nĐạt 100%"
    made = add_sentence(officer, report, part="direction", text=text)
    assert [one.text for one in made] == ["Đã họp 03 buổi.", "Đã họp xong.", "Gồm:", "Đạt 100%."]
    assert add_sentence(
        officer, report, part="direction", text=text, after=report.sentences.get(key="question:1").public_id
    )
    assert report.sentences.filter(part="direction", key="").count() == 4
    gone = leave_out(officer, report, made[0].public_id, seen=made[0].seal)
    assert gone.is_removed


@pytest.mark.django_db
def test_the_duty_to_report_read_twice_from_one_line_is_no_task():
    here = City()
    lines = {"first_line": 57, "last_line": 57}
    text = "Báo cáo Ủy ban nhân dân thành phố kết quả trước ngày 11/11."
    duty = make_task(here.plan, text=text, kind="duty", lead=here.wards, **lines)
    asked = make_task(
        here.plan, text="Báo cáo thành phố", kind="reporting", time_kind="yearly", lead=here.wards, **lines
    )
    for task in (duty, asked):
        make_assignment(here.wards[0], task)
    held = assignments_of(here.round, [here.wards[0].pk])
    assert set(held.filter(task__in=(duty, asked)).values_list("task", flat=True)) == {duty.pk, asked.pk}
    here.round.task = asked
    here.round.save()
    assert not assignments_of(here.round, [here.wards[0].pk]).filter(task__in=(duty, asked)).exists()


@pytest.mark.django_db
def test_the_plan_is_cited_in_full_where_it_is_named_first():
    here = City()
    here.plan.symbol, here.plan.title = "412/KH-UBND", "Truyền thông chính sách năm 2026"
    here.plan.save()
    report = here.draft(0)
    body = official_of(printable(report), on=timezone.localdate()).body
    words = ["".join(run.text for run in block.runs) for block in body if isinstance(block, Paragraph)]
    dated = f"ngày 01 tháng 01 năm {timezone.localdate().year}"
    assert words[0].startswith(f"Thực hiện Kế hoạch số 412/KH-UBND {dated} của ")
    assert "truyền thông chính sách năm 2026" in words[0].lower()
    assert words[-1].startswith("Trên đây là kết quả thực hiện Kế hoạch số 412/KH-UBND năm ")


@pytest.mark.django_db
def test_the_annex_says_how_often_where_no_day_is_set():
    here = City()
    [annex] = official_of(printable(here.draft(0)), on=timezone.localdate()).annexes
    table = annex.body[-1]
    assert isinstance(table, Table)
    last = ["".join(run.text for runs in cell.lines for run in runs) for cell in table.rows[-1]]
    assert here.tasks[2].assignments.get(organisation=here.wards[0]).due == NO_DATE
    assert last[3:] == ["Thường xuyên", "Chưa có thông tin trong kỳ.", "Chưa có"]


@pytest.mark.parametrize(
    ("text", "moved"),
    [
        ("21/22 đơn vị đã hoàn thành (95,5%) đến ngày 05/11/2026.", ("", "")),
        ("Đã có 21/22 đơn vị hoàn thành (95,5%) trước ngày 5/11/2026.", ("", "")),
        ("22/22 đơn vị đã hoàn thành (100%) đến ngày 05/11/2026.", ("21/22, 95,5%", "22/22, 100%")),
        ("Hầu hết đơn vị đã hoàn thành.", ("", "")),
        ("21/22 đơn vị đã hoàn thành (95,5%) đến ngày 05/11/2026; 03 đơn vị được khen.", ("", "")),
    ],
)
def test_numbers_put_in_the_place_of_others_are_told(text, moved):
    drafted = "21/22 đơn vị đã hoàn thành (95,5%) đến ngày 05/11/2026."
    assert numbers_moved(Sentence(drafted=drafted, text=text)) == moved


@pytest.mark.django_db
def test_a_number_of_a_task_said_otherwise_stands_on_the_page(client):
    here = City()
    for ward in range(3):
        here.draft(ward)
    report = here.merged()
    said = report.sentences.get(key=f"late:{here.tasks[0].pk}")
    edit_sentence(here.coordinator, report, said.public_id, text=said.text.replace("03 đơn", "02 đơn"), seen=said.seal)
    client.force_login(make_member(here.city, "coordinator"))
    page = client.get(f"/bao-cao/{report.public_id}/").content.decode()
    assert f'<a href="#c-{said.public_id}">Câu đã sửa ghi 02, bản thảo từ sổ ghi 03: “' in page
    assert '<span class="state need">sổ: 03</span>' in page
