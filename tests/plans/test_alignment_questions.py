"""From what a lower plan leaves out its organisation is asked, and answers; or someone records why."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from tests.factories import make_actor, make_member, make_organisation
from tests.plans.alignment_house import CITY, PROVINCE, WITH_THE_TASK, make_both, make_confirmed, make_tree

from nhipcau.core import audit
from nhipcau.core.acts import Refused
from nhipcau.core.models import AuditEvent, Notice
from nhipcau.organisations.models import Organisation, Role
from nhipcau.plans.actions.aligning import answer_about_duty, ask_about_duty
from nhipcau.plans.models import AlignmentQuestion, Plan
from nhipcau.plans.queries.alignments import card

pytestmark = pytest.mark.django_db
DROPPED = {"part": "task", "code": "II.1.c"}
WEAKENED = {"part": "task", "code": "II.1.a"}
ANSWER = {"answer": "elsewhere", "words": "Đã có ở Kế hoạch 45/KH-UBND."}


@pytest.fixture
def tree():
    return make_tree()


@pytest.fixture
def both(tree):
    return make_both(*tree)


@pytest.fixture
def province(tree):
    return make_member(tree[0], Role.COORDINATOR)


@pytest.fixture
def city(tree):
    return make_member(tree[1], Role.OFFICER)


def address(name: str, both) -> str:
    return reverse(name, args=[plan.slug for plan in both])


def ask(client, both, **duty: str):
    return client.post(address("ask_about_duty", both), duty or DROPPED)


def answer(client, both, **given: str):
    return client.post(address("answer_about_duty", both), {**DROPPED, **ANSWER, **given})


def text_of(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def told(person) -> list[str]:
    return list(
        Notice.objects.filter(person=person, kind__startswith="plans.duty")
        .order_by("pk")
        .values_list("text", flat=True)
    )


def test_one_click_asks_and_the_city_is_told(both, province, city, client_of):
    back = ask(client_of(province), both)
    assert back.status_code == 302
    assert told(city) == [
        "Ủy ban nhân dân tỉnh Hòa An hỏi về mục II.1.c của 15/KH-UBND trong kế hoạch 40/KH-UBND: "
        "Nâng cấp chuyên mục hỏi đáp pháp luật trên Cổng thông tin điện tử."
    ]
    assert told(province) == []
    url = Notice.objects.get(person=city, kind="plans.duty_asked_about").url
    page = client_of(city).get(url)
    assert "Chờ trả lời Ủy ban nhân dân tỉnh Hòa An hỏi ngày" in text_of(page)
    assert f'id="{url.partition("#")[2]}"' in page.content.decode()


def test_asking_twice_does_nothing(both, province, city, client_of):
    for _time in range(2):
        ask(client_of(province), both)
    events = AuditEvent.objects.filter(act="plans.ask_about_duty")
    assert (AlignmentQuestion.objects.count(), len(told(city)), events.count()) == (1, 1, 1)


def test_the_city_answers_and_it_is_settled_on_both_sides(both, province, city, client_of):
    ask(client_of(province), both)
    answer(client_of(city), both)
    assert told(province) == [
        "Ủy ban nhân dân thành phố An Bình trả lời về mục II.1.c của 15/KH-UBND: Đã có ở kế hoạch khác. "
        "Đã có ở Kế hoạch 45/KH-UBND."
    ]
    for person in (province, city):
        said = text_of(client_of(person).get(address("alignment", both)))
        assert "Đã có ở kế hoạch khác Đã có ở Kế hoạch 45/KH-UBND. Ủy ban nhân dân thành phố An Bình, ngày" in said
        assert "Chờ trả lời" not in said
    acts = list(AuditEvent.objects.filter(act__endswith="_about_duty").values_list("act", "subject_kind", "person_id"))
    assert acts == [
        ("plans.ask_about_duty", "plans.alignmentquestion", province.pk),
        ("plans.answer_about_duty", "plans.alignmentquestion", city.pk),
    ]
    assert [problem for chain in audit.chains() for problem in audit.verify(chain)] == []


def test_the_same_answer_again_tells_nobody_and_another_replaces_it(both, province, city, client_of):
    ask(client_of(province), both)
    for _time in range(2):
        answer(client_of(city), both)
    assert len(told(province)) == 1
    answer(client_of(city), both, answer="will_add", words="Sẽ có trong bản sau.")
    assert (AlignmentQuestion.objects.get().answer, len(told(province))) == ("will_add", 2)


def test_an_answer_needs_a_choice_and_a_sentence_and_what_was_typed_stays(both, city, client_of):
    page = answer(client_of(city), both, answer="", words="Câu đã gõ.")
    assert (page.status_code, AlignmentQuestion.objects.count()) == (422, 0)
    assert "Bạn hãy chọn một câu trả lời." in text_of(page)
    assert "Câu đã gõ." in page.content.decode()


def test_whoever_knows_the_reason_records_it_without_asking(both, province, city, client_of):
    answer(client_of(province), both, answer="not_ours", words="Việc của Sở.")
    said = text_of(client_of(city).get(address("alignment", both)))
    assert "Không thuộc thẩm quyền Việc của Sở. Ủy ban nhân dân tỉnh Hòa An, ngày" in said
    ask(client_of(province), both)
    assert AlignmentQuestion.objects.get().asked_at is None  # it is settled: nobody is asked any more
    assert len(told(city)) == 1  # of the reason


def test_a_weakened_duty_is_asked_about_too_and_a_kept_one_is_not(both, province, client_of):
    assert ask(client_of(province), both, **WEAKENED).status_code == 302
    assert ask(client_of(province), both, part="task", code="II.1.b").status_code == 403
    assert AlignmentQuestion.objects.get().code == "II.1.a"


def test_a_question_is_found_again_in_new_versions_of_both_plans(tree, both, province, client_of):
    ask(client_of(province), both)
    make_confirmed(make_actor(tree[1]), CITY.replace("cho cơ sở.", "cho cơ sở năm 2024."), "ban-2.txt")
    make_confirmed(make_actor(tree[0]), PROVINCE.replace("c) Nâng cấp", "d) Nâng cấp"), "tinh-2.txt")
    plans = [Plan.objects.get(pk=plan.pk) for plan in both]
    assert [plan.version for plan in plans] == [2, 2]
    said = text_of(client_of(province).get(address("alignment", plans)))
    assert "Chờ trả lời Ủy ban nhân dân tỉnh Hòa An hỏi ngày" in said
    ask(client_of(province), plans, part="task", code="II.1.d")
    assert AlignmentQuestion.objects.count() == 1


def test_what_the_new_version_takes_up_is_no_longer_asked_about(tree, both, province, client_of):
    ask(client_of(province), both)
    make_confirmed(make_actor(tree[1]), WITH_THE_TASK, "ban-2.txt")
    said = text_of(client_of(province).get(address("alignment", both)))
    assert "Đã hỏi, nay không còn khác nhau II.1.c" in said
    assert card(make_actor(tree[1])) is None


def test_the_first_pages_say_what_waits(tree, both, province, client_of):
    waiting = card(make_actor(tree[0], Role.HEAD))
    assert waiting is not None
    assert [(row.lower.symbol, n) for row, n in waiting["left"]] == [("40/KH-UBND", 1)]
    ask(client_of(province), both)
    assert card(make_actor(tree[0], Role.HEAD)) is None
    asked = card(make_actor(tree[1]))
    assert asked is not None
    assert [question.code for question in asked["asked"]] == ["II.1.c"]
    assert card(make_actor(tree[1], Role.AUDITOR)) is None


# --- who may ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.ADMINISTRATOR])
def test_other_roles_neither_ask_nor_answer(tree, both, client_of, role):
    for at, question in ((0, ask), (1, answer)):
        assert question(client_of(make_member(tree[at], role)), both).status_code == 403
    assert AlignmentQuestion.objects.count() == 0


def test_the_city_does_not_ask_itself_and_nobody_answers_for_it(tree, both, city, client_of):
    assert ask(client_of(city), both).status_code == 403
    named = make_member(Organisation.objects.get(name="Phòng Tư pháp"))  # reads both plans
    assert client_of(named).get(address("alignment", both)).status_code == 200
    assert ask(client_of(named), both).status_code == 403
    assert answer(client_of(named), both).status_code == 403


def test_an_organisation_above_the_provinces_may_ask(tree, both):
    ministry = make_organisation("Bộ Tư pháp", kind="ministry", level="central")
    province = tree[0]
    province.parent, province.path = ministry, f"{ministry.path}{province.pk}/"
    province.save()
    asked = ask_about_duty(make_actor(ministry), *both, **DROPPED)
    assert asked.asked_for == ministry


def test_a_third_organisation_reads_the_comparison_but_not_what_was_asked(tree, both, province, city, client_of):
    ask(client_of(province), both)
    answer(client_of(city), both)
    Plan.objects.update(is_public=True)
    elsewhere = make_organisation("Ủy ban nhân dân tỉnh Khác", kind="committee")
    said = text_of(client_of(make_member(elsewhere)).get(address("alignment", both)))
    assert "Chưa nhận: nâng cấp chuyên mục" in said
    assert "45/KH-UBND" not in said
    assert "hỏi ngày" not in said


def test_the_acts_hold_without_a_page(tree, both):
    with pytest.raises(Refused):
        ask_about_duty(make_actor(tree[1]), *both, **DROPPED)
    with pytest.raises(Refused):
        answer_about_duty(make_actor(tree[1]), *both, **DROPPED, answer="khong-co", words="…")
    with pytest.raises(Refused):
        ask_about_duty(make_actor(tree[0]), *both, part="task", code="X")
    assert AlignmentQuestion.objects.count() == 0
