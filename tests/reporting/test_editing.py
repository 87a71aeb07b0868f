"""A report is edited sentence by sentence and figure by figure: what the software wrote is kept, two people do not lose
each other's words, and a figure that differs from the register says so."""

import pytest
from django.utils import timezone
from tests.factories import make_actor, make_assignment, make_organisation, make_plan, make_round, make_task, say

from nhipcau.core.acts import Refused
from nhipcau.followup.models import Progress
from nhipcau.reporting import actions
from nhipcau.reporting.models import Report, Sentence

pytestmark = pytest.mark.django_db


class Desk:
    """A commune's drafted report on two tasks, of which one is silent, and two people who write in it."""

    def __init__(self) -> None:
        province = make_organisation("Ủy ban nhân dân tỉnh", kind="committee")
        self.commune = make_organisation("Ủy ban nhân dân xã An Hòa", parent=province, kind="committee")
        plan = make_plan(province)
        self.officer, self.head = make_actor(self.commune, "officer"), make_actor(self.commune, "head")
        self.told, self.silent = (
            make_assignment(self.commune, make_task(plan, text=text, lead=[self.commune], time_kind="once"))
            for text in ("Mở chuyên mục.", "Phát bản tin.")
        )
        say(self.officer, self.told, Progress.DONE, "Đã mở")
        self.report = make_round(province, self.commune, plan=plan).reports.get(organisation=self.commune)
        actions.draft_report(self.officer, self.report)

    def one(self, **fields) -> Sentence:
        return self.report.sentences.filter(**fields).order_by("position")[0]

    def texts(self, part: str) -> list[str]:
        return [one.text for one in self.report.sentences.filter(part=part, is_removed=False)]

    def figure(self, key: str):
        return self.report.figures.get(key=key)


def test_an_edited_sentence_keeps_its_evidence_and_can_be_put_back():
    desk = Desk()
    one = desk.one(key=f"task:{desk.told.pk}")
    actions.edit_sentence(desk.officer, desk.report, one.public_id, text="  Đã mở\nchuyên mục. ", seen=one.seal)
    edited = desk.one(pk=one.pk)
    assert (edited.text, edited.is_edited, edited.refs) == ("Đã mở chuyên mục.", True, one.refs)
    actions.restore_sentence(desk.officer, desk.report, one.public_id, seen=edited.seal)
    assert (desk.one(pk=one.pk).text, desk.one(pk=one.pk).is_edited) == (one.text, False)


def test_two_people_edit_different_sentences_and_both_succeed():
    desk = Desk()
    first, second = desk.report.sentences.filter(part="tasks")[:2]
    seen = desk.report.version
    actions.edit_sentence(desk.officer, desk.report, first.public_id, text="Một.", seen=first.seal)
    actions.edit_sentence(desk.head, desk.report, second.public_id, text="Hai.", seen=second.seal)
    assert desk.texts("tasks")[:2] == ["Một.", "Hai."]
    assert Report.objects.get(pk=desk.report.pk).version > seen


def test_the_second_to_edit_the_same_sentence_is_told_and_nothing_is_lost():
    desk = Desk()
    one = desk.one(part="tasks")
    actions.edit_sentence(desk.officer, desk.report, one.public_id, text="Của cán bộ.", seen=one.seal)
    with pytest.raises(actions.Changed) as told:
        actions.edit_sentence(desk.head, desk.report, one.public_id, text="Của lãnh đạo.", seen=one.seal)
    assert told.value.sentence.text == "Của cán bộ."
    assert desk.one(pk=one.pk).text == "Của cán bộ."
    actions.edit_sentence(desk.head, desk.report, one.public_id, text="Của lãnh đạo.", seen=told.value.sentence.seal)
    assert desk.one(pk=one.pk).text == "Của lãnh đạo."


def test_words_in_a_gap_answer_it_and_stay_when_drafted_anew():
    desk = Desk()
    gap = desk.one(kind="gap", key="question:1")
    actions.edit_sentence(desk.officer, desk.report, gap.public_id, text="Kế hoạch số 05/KH-UBND.", seen=gap.seal)
    actions.draft_report(desk.officer, desk.report)
    answer = desk.one(key="question:1")
    assert (answer.kind, answer.text, answer.drafted) == ("answer", "Kế hoạch số 05/KH-UBND.", gap.text)
    actions.restore_sentence(desk.officer, desk.report, answer.public_id, seen=answer.seal)
    assert desk.one(key="question:1").kind == "gap"


def test_an_answer_to_silence_stays_when_the_register_speaks_and_can_then_be_put_back():
    desk = Desk()
    gap = desk.one(key=f"task:{desk.silent.pk}")
    actions.edit_sentence(desk.officer, desk.report, gap.public_id, text="Đã phát 03 số.", seen=gap.seal)
    say(desk.officer, desk.silent, Progress.DONE, "Phát ba số")
    actions.draft_report(desk.officer, desk.report)
    now = desk.one(key=f"task:{desk.silent.pk}")
    assert (now.text, now.kind) == ("Đã phát 03 số.", "sentence")
    assert actions.restore_sentence(
        desk.officer, desk.report, now.public_id, seen=now.seal
    ).text == now.drafted  # fmt: skip


def test_a_sentence_is_left_out_and_taken_in_again():
    desk = Desk()
    one = desk.one(part="tasks")
    left = actions.leave_out(desk.officer, desk.report, one.public_id, seen=one.seal)
    assert one.text not in desk.texts("tasks")
    actions.take_in(desk.officer, desk.report, one.public_id, seen=left.seal)
    assert one.text in desk.texts("tasks")


def test_sentences_are_added_after_the_one_they_follow_once():
    desk = Desk()
    one = desk.one(part="tasks")
    for _twice in range(2):
        actions.add_sentence(
            desk.officer, desk.report, part="tasks", after=one.public_id, text="Câu thứ nhất.\n\n Câu thứ hai.\x00"
        )
    assert desk.texts("tasks")[:3] == [one.text, "Câu thứ nhất.", "Câu thứ hai."]
    assert len(desk.texts("tasks")) == 4
    assert desk.one(text="Câu thứ hai.").mark == one.mark


def test_a_part_without_words_takes_a_sentence_in_its_place():
    desk = Desk()
    desk.report.sentences.filter(part="direction").delete()
    actions.add_sentence(desk.officer, desk.report, part="direction", text="Đã họp triển khai.")
    assert desk.report.sentences.order_by("position")[0].text == "Đã họp triển khai."


@pytest.mark.parametrize("part, text", [("khong-co", "Lời."), ("tasks", "  \n "), ("tasks", "a" * 5000)])
def test_what_cannot_be_added_is_refused(part, text):
    desk = Desk()
    with pytest.raises(Refused):
        actions.add_sentence(desk.officer, desk.report, part=part, text=text)


def test_a_figure_by_hand_needs_a_reason_and_its_sentences_follow():
    desk = Desk()
    with pytest.raises(Refused):
        actions.edit_figure(desk.officer, desk.report, "tasks.done", value=2, reason=" ", seen=1)
    actions.edit_figure(desk.officer, desk.report, "tasks.done", value=2, reason="Việc xong sau ngày chốt", seen=1)
    figure = desk.figure("tasks.done")
    assert (figure.value, figure.shown, figure.reason) == (1, 2, "Việc xong sau ngày chốt")
    assert desk.texts("figures")[0].startswith(
        "Tổng số 02 nhiệm vụ được giao, trong đó: đã hoàn thành 02 nhiệm vụ (100%)"
    )
    actions.restore_figure(desk.officer, desk.report, "tasks.done")
    assert "đã hoàn thành 01 nhiệm vụ (50%)" in desk.texts("figures")[0]


def test_a_figure_never_rewrites_what_a_person_wrote():
    desk = Desk()
    one = desk.one(key="figures:total")
    actions.edit_sentence(desk.officer, desk.report, one.public_id, text="Xong một việc.", seen=one.seal)
    actions.edit_figure(desk.officer, desk.report, "tasks.done", value=2, reason="Đếm lại", seen=1)
    assert desk.texts("figures")[0] == "Xong một việc."
    assert "đã hoàn thành 02 nhiệm vụ" in desk.one(key="figures:total").drafted


def test_a_figure_that_somebody_else_changed_meanwhile_is_not_written_over():
    desk = Desk()
    actions.edit_figure(desk.officer, desk.report, "tasks.done", value=2, reason="Đếm lại", seen=1)
    with pytest.raises(Refused):
        actions.edit_figure(desk.head, desk.report, "tasks.done", value=0, reason="Khác", seen=1)
    assert desk.figure("tasks.done").shown == 2


@pytest.mark.parametrize("state", [Report.State.SIGNING, Report.State.SENT])
def test_words_are_closed_while_it_waits_for_the_signature_and_after(state):
    desk = Desk()
    one = desk.one(part="tasks")
    Report.objects.filter(pk=desk.report.pk).update(state=state, sent_at=timezone.now())
    with pytest.raises(Refused):
        actions.edit_sentence(desk.officer, desk.report, one.public_id, text="Khác.", seen=one.seal)


def test_others_do_not_write_in_it():
    desk = Desk()
    other = make_actor(make_organisation("Ủy ban nhân dân xã Khác", kind="committee"), "head")
    for asker in (other, make_actor(desk.commune, "auditor")):
        with pytest.raises(Refused):
            actions.add_sentence(asker, desk.report, part="tasks", text="Lời lạ.")
