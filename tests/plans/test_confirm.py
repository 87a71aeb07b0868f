"""Confirmation: what was reviewed goes live once, with its documents and its notices; a new version is merged."""

from __future__ import annotations

import datetime as dt
import time

import pytest
from django.db import transaction
from django.urls import reverse
from tests.factories import PLAN_LINES, make_actor, make_member, make_organisation, make_province, make_reading

from nhipcau.core import rooms
from nhipcau.core.actors import STRANGER
from nhipcau.core.acts import Refused
from nhipcau.core.models import AuditEvent, Notice
from nhipcau.documents.models import Document, Text
from nhipcau.organisations.models import Alias, Organisation
from nhipcau.plans import actions
from nhipcau.plans.actions.publishing import publish_plan
from nhipcau.plans.models import Plan, Reading, Task, TaskAgency
from nhipcau.plans.reviewing.decisions import ACCEPT, NAMED, TYPED, Decision, Target
from nhipcau.plans.versions.comparing import Item, compare

pytestmark = pytest.mark.django_db


@pytest.fixture
def province() -> Organisation:
    return make_province()


@pytest.fixture
def actor(province):
    return make_actor(province)


@pytest.fixture
def reading(actor) -> Reading:
    return make_reading(actor)


def version_with(*changes: tuple[str, str]) -> str:
    text = "\n".join(PLAN_LINES)
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return text


def live(plan: Plan, kind: str = "task") -> dict[str, Task]:
    return {t.code: t for t in plan.tasks.filter(kind=kind, state=Task.State.LIVE)}


def test_the_plan_is_live_with_everything_that_it_orders(actor, reading):
    plan = actions.confirm_reading(actor, reading)
    assert (plan.slug, plan.symbol, plan.date, plan.version) == (
        "15-kh-ubnd-2024",
        "15/KH-UBND",
        dt.date(2024, 2, 12),
        1,
    )
    first = live(plan)["II.1.a"]
    assert first.text == "Tổ chức hội nghị phổ biến công tác truyền thông chính sách."
    assert (first.due, first.time_kind, first.first_line) == (dt.date(2024, 11, 30), "once", 12)
    assert [t.text for t in live(plan, "duty").values()] == ["Theo dõi, đôn đốc việc thực hiện Kế hoạch này."]
    assert plan.recipients == ["Sở Tư pháp", "Lưu: VT"]


def test_each_agency_is_tied_to_the_directory_in_the_words_of_the_plan(actor, reading):
    plan = actions.confirm_reading(actor, reading)
    named = TaskAgency.objects.filter(task__plan=plan, task__kind="task").order_by("task__position", "role", "position")
    assert [(a.role, a.name, str(a.organisation or "")) for a in named] == [
        ("coordinating", "Sở Nội vụ", "Sở Nội vụ"),
        ("coordinating", "Sở Vũ trụ", ""),
        ("lead", "Sở Tư pháp", "Sở Tư pháp"),
        ("coordinating", "Sở Tư pháp", "Sở Tư pháp"),
        ("lead", "Sở Vũ trụ", ""),
    ]


def test_the_documents_that_it_cites_have_their_pages_and_lines(actor, reading):
    plan = actions.confirm_reading(actor, reading)
    cited = plan.text.citations.get()
    assert (cited.document.symbol, cited.document.issuer) == ("407/QĐ-TTg", "Thủ tướng Chính phủ")
    assert (cited.is_basis, cited.mentions) == (True, [[6, 6]])
    assert Text.objects.get(pk=plan.text_id).document == plan.document


def test_a_document_cited_by_two_plans_is_one_document(actor, reading):
    actions.confirm_reading(actor, reading)
    actions.confirm_reading(actor, make_reading(actor, version_with(("15/KH-UBND", "16/KH-UBND")), "b.txt"))
    assert Document.objects.filter(symbol="407/QĐ-TTg").count() == 1


def test_what_is_doubted_still_stays_marked(actor, reading):
    plan = actions.confirm_reading(actor, reading)
    assert [t.doubtful for t in plan.tasks.order_by("position")] == [True, True, False]


def test_what_was_settled_is_not_marked(actor, reading):
    actions.settle_doubt(actor, reading, reading.doubts.get().position, Decision(ACCEPT))
    plan = actions.confirm_reading(actor, reading)
    assert [t.doubtful for t in plan.tasks.all()] == [False, False, False]


def test_what_was_corrected_is_what_goes_live(actor, reading):
    actions.settle_doubt(actor, reading, reading.doubts.get().position, Decision(TYPED, typed="Sở Nội vụ"))
    actions.change_value(actor, reading, "/tasks/1/text", "Biên soạn tài liệu.")
    actions.remove_entry(actor, reading, "/duties/0")
    plan = actions.confirm_reading(actor, reading)
    assert live(plan)["II.1.b"].text == "Biên soạn tài liệu."
    assert live(plan, "duty") == {}
    assert [a.organisation.name for a in live(plan)["II.1.b"].agencies.filter(role="lead")] == ["Sở Nội vụ"]


def test_search_finds_a_task_by_agency_and_text_without_marks(actor, reading):
    plan = actions.confirm_reading(actor, reading)
    assert plan.tasks.filter(folded__contains="so noi vu", kind="task").count() == 1
    assert plan.tasks.filter(folded__contains="hoi nghi pho bien").count() == 1


def test_a_name_explained_once_is_understood_in_the_next_plan(actor, reading, province):
    space = make_organisation("Sở Hàng không Vũ trụ", parent=province)
    target = Target("organisation", space.public_id, space.name)
    actions.settle_doubt(actor, reading, reading.doubts.get().position, Decision(NAMED, target=target))
    actions.confirm_reading(actor, reading)
    assert Alias.objects.filter(organisation=space, text="Sở Vũ trụ").count() == 1
    following = make_reading(actor, version_with(("15/KH-UBND", "77/KH-UBND")), "sau.txt")
    assert following.doubts.count() == 0


def test_those_named_are_told_once_with_the_number(actor, reading, province):
    justice = Organisation.objects.get(name="Sở Tư pháp")
    head = make_member(justice, "head", "coordinator")
    make_member(justice, "auditor")
    actions.confirm_reading(actor, reading)
    notices = Notice.objects.exclude(person_id=actor.person_id)
    assert [(n.person_id, n.text) for n in notices] == [
        (head.pk, "Kế hoạch 15/KH-UBND đã có hiệu lực: 3 việc nêu tên cơ quan bạn.")
    ]


def test_confirming_twice_does_nothing_twice(actor, reading):
    plan = actions.confirm_reading(actor, reading)
    events = AuditEvent.objects.filter(act="documents.cite").count()
    assert actions.confirm_reading(actor, reading) == plan
    assert (Plan.objects.count(), Task.objects.count(), Notice.objects.count()) == (1, 3, 0)
    assert AuditEvent.objects.filter(act="documents.cite").count() == events


def test_a_plan_without_a_number_is_called_by_its_title(actor):
    text = version_with(("Số: 15/KH-UBND\n", ""))
    plan = actions.confirm_reading(actor, make_reading(actor, text, "x.txt"))
    assert plan.slug == "ke-hoach-truyen-thong-chinh-sach-tren-dia-ban-tinh-hoa-an"


def test_two_provinces_may_have_the_same_number(actor, reading):
    actions.confirm_reading(actor, reading)
    other = make_actor(make_organisation("Ủy ban nhân dân tỉnh Bình Minh", kind="committee"))
    text = "\n".join(PLAN_LINES).replace("Hòa An", "Bình Minh").replace("HÒA AN", "BÌNH MINH")
    plan = actions.confirm_reading(other, make_reading(other, text, "x.txt"))
    assert plan.slug == "15-kh-ubnd-2024-tinh-binh-minh" or plan.slug.startswith("15-kh-ubnd-2024-")
    assert Plan.objects.count() == 2


def test_a_reading_without_any_entry_is_not_confirmed(actor):
    reading = make_reading(actor, "The quick brown fox. " * 50, "fox.txt")
    with pytest.raises(Refused):
        actions.confirm_reading(actor, reading)
    assert Plan.objects.count() == 0


@pytest.mark.parametrize("role", ["auditor", "administrator"])
def test_who_may_not_review_may_not_confirm(reading, province, role):
    with pytest.raises(Refused):
        actions.confirm_reading(make_actor(province, role), reading)


def test_two_hundred_tasks_are_live_in_two_seconds(actor, province):
    tasks = []
    for part in range(4):
        tasks.append(f"{part + 1}. Nhóm nhiệm vụ thứ {part + 1}")
        for i in range(50):
            tasks += [
                f"{part + 1}.{i + 1}. Tổ chức hoạt động truyền thông chuyên đề số {i + 1} tại cơ sở.",
                "- Cơ quan chủ trì: Sở Tư pháp.",
                "- Cơ quan phối hợp: Sở Nội vụ; Sở Vũ trụ.",
                "- Thời gian thực hiện: Thường xuyên.",
            ]
    reading = make_reading(actor, "\n".join([*PLAN_LINES[:10], *tasks, *PLAN_LINES[20:]]), "lon.txt")
    assert len(reading.current["tasks"]) == 200
    start = time.perf_counter()
    plan = actions.confirm_reading(actor, reading)
    assert time.perf_counter() - start < 2
    assert len(live(plan)) == 200


# --- a new version ---------------------------------------------------------------------------------------------------


@pytest.fixture
def plan(actor, reading) -> Plan:
    return actions.confirm_reading(actor, reading)


NEW = (
    ("a) Tổ chức hội nghị phổ biến công tác", "a) Tổ chức hai hội nghị phổ biến công tác"),
    (
        "b) Biên soạn tài liệu tuyên truyền về chính sách mới cho cơ sở.",
        "b) Xây dựng chuyên trang trên cổng thông tin điện tử.",
    ),
)


def test_a_new_version_keeps_rows_updates_changed_ones_and_withdraws_what_is_gone(actor, plan):
    before = live(plan)
    again = actions.confirm_reading(actor, make_reading(actor, version_with(*NEW), "ban-moi.txt"))
    after = live(again)
    assert (again.pk, again.version, Plan.objects.count()) == (plan.pk, 2, 1)
    assert after["II.1.a"].public_id == before["II.1.a"].public_id
    assert after["II.1.a"].text == "Tổ chức hai hội nghị phổ biến công tác truyền thông chính sách."
    assert after["II.1.b"].public_id != before["II.1.b"].public_id
    assert Task.objects.get(pk=before["II.1.b"].pk).state == Task.State.WITHDRAWN
    assert len(live(again, "duty")) == 1


def test_the_same_version_again_changes_no_row(actor, plan):
    before = set(plan.tasks.values_list("public_id", "text", "state"))
    actions.confirm_reading(actor, make_reading(actor, version_with(("Nguyễn Văn Hòa", "Nguyễn Văn Hà")), "c.txt"))
    assert set(plan.tasks.values_list("public_id", "text", "state")) == before
    assert Notice.objects.count() == 0


def test_what_comes_back_is_live_again_under_its_old_address(actor, plan):
    before = live(plan)["II.1.b"]
    actions.confirm_reading(actor, make_reading(actor, version_with(*NEW), "ban-2.txt"))
    actions.confirm_reading(actor, make_reading(actor, version_with(("Nguyễn Văn Hòa", "Nguyễn Văn Hà")), "ban-3.txt"))
    assert Task.objects.get(pk=before.pk).state == Task.State.LIVE


def test_the_confirm_page_shows_the_comparison_and_asks_once_more(client_of, actor, plan, province):
    reading = make_reading(actor, version_with(*NEW), "ban-moi.txt")
    browser = client_of(make_member(province))
    address = reverse("confirm_reading", args=[reading.public_id])
    page = browser.post(address)
    assert page.status_code == 200
    shown = page.context["comparison"]
    assert [len(part) for part in (shown.added, shown.changed, shown.gone, shown.same)] == [1, 1, 1, 1]
    plan.refresh_from_db()
    assert plan.version == 1
    assert browser.post(address, {"sure": "1"})["Location"] == reverse("plan", args=[plan.slug])
    plan.refresh_from_db()
    assert plan.version == 2


def test_a_plan_can_be_named_as_the_one_that_is_replaced(client_of, actor, plan, province):
    reading = make_reading(actor, version_with(("15/KH-UBND", "99/KH-UBND"), *NEW), "ban-moi.txt")
    browser = client_of(make_member(province))
    address = reverse("confirm_reading", args=[reading.public_id])
    assert plan.public_id in browser.get(address).content.decode()
    browser.post(address, {"sure": "1", "replaces": plan.public_id})
    plan.refresh_from_db()
    assert (Plan.objects.count(), plan.version, plan.symbol) == (1, 2, "99/KH-UBND")


@pytest.mark.parametrize("symbol", ["15/KH-UBND", "99/KH-UBND"])
def test_every_version_leads_to_the_plan(client_of, actor, reading, plan, province, symbol):
    second = make_reading(actor, version_with(("15/KH-UBND", symbol), *NEW), "ban-moi.txt")
    actions.confirm_reading(actor, second, replaces=plan)
    browser = client_of(make_member(province))
    for version in (reading, second):
        address = reverse("reading_progress", args=[version.public_id])
        assert browser.get(address)["Location"] == reverse("plan", args=[plan.slug])


def test_a_plan_of_another_organisation_cannot_be_named(client_of, actor, plan):
    other = make_organisation("Ủy ban nhân dân tỉnh Khác", kind="committee")
    reading = make_reading(make_actor(other), version_with(("15/KH-UBND", "99/KH-UBND")), "x.txt")
    browser = client_of(make_member(other))
    browser.post(reverse("confirm_reading", args=[reading.public_id]), {"sure": "1", "replaces": plan.public_id})
    plan.refresh_from_db()
    assert (Plan.objects.count(), plan.version) == (2, 1)


def test_the_button_confirms_at_once_where_nothing_is_replaced(client_of, reading, province):
    browser = client_of(make_member(province))
    answer = browser.post(reverse("confirm_reading", args=[reading.public_id]))
    assert answer["Location"] == reverse("plan", args=["15-kh-ubnd-2024"])


@pytest.fixture
def city(province):
    return make_organisation("Ủy ban nhân dân thành phố Sông Xanh", parent=province, kind="committee")


@pytest.mark.parametrize("who_is_first", ["issuer", "copier"])
def test_two_organisations_may_each_have_their_own_plan_of_one_document(actor, city, who_is_first):
    others = make_actor(city)
    order = [actor, others] if who_is_first == "issuer" else [others, actor]
    for one in order:
        actions.confirm_reading(one, make_reading(one))
    own = Plan.objects.get(organisation_id=actor.organisation_id)
    copy = Plan.objects.get(organisation=city)
    assert (own.document_id == copy.document_id, own.version, copy.version) == (True, 1, 1)
    assert (own.slug, copy.slug) == ("15-kh-ubnd-2024", "15-kh-ubnd-2024-uy-ban-nhan-dan-thanh-pho-song-xanh")


def test_who_confirms_learns_nothing_of_the_plans_of_others(client_of, actor, city):
    def confirmed() -> tuple[int, str]:
        reading = make_reading(make_actor(city))
        answer = browser.post(reverse("confirm_reading", args=[reading.public_id]))
        return answer.status_code, answer["Location"]

    browser = client_of(make_member(city, "officer"))
    with transaction.atomic():
        alone = confirmed()
        transaction.set_rollback(True)
    actions.confirm_reading(actor, make_reading(actor))
    assert confirmed() == alone


def test_a_new_version_is_one_of_the_organisations_own_plan(actor, city):
    others = make_actor(city)
    for one in (actor, others, others):
        reading = make_reading(one, text=version_with(("Tổ chức hội nghị phổ biến", f"Việc {Plan.objects.count()}")))
        actions.confirm_reading(one, reading)
    assert dict(Plan.objects.values_list("organisation_id", "version")) == {actor.organisation_id: 1, city.pk: 2}


def test_the_page_of_the_document_leads_to_the_plan_of_its_issuer_else_to_ones_own(actor, city, province):
    others = make_actor(city)
    copy = actions.confirm_reading(others, make_reading(others))

    def shown(who) -> list[str]:
        return [panel["plan"].slug for _template, panel in rooms.panels("documents.document", who, copy.document)]

    assert (shown(others), shown(STRANGER)) == ([copy.slug], [])
    own = actions.confirm_reading(actor, make_reading(actor))
    assert (shown(others), shown(actor), shown(STRANGER)) == ([own.slug], [own.slug], [])
    publish_plan(make_actor(city, "head"), copy)
    assert shown(STRANGER) == [copy.slug]
    publish_plan(make_actor(province, "head"), own)
    assert shown(STRANGER) == [own.slug]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ([("a", "Một việc")], [("a", "Một việc")], (0, 0, 0, 1)),
        ([("a", "Một việc")], [("b", "Một việc")], (0, 1, 0, 0)),
        ([("a", "Tổ chức hội nghị")], [("a", "Tổ chức hai hội nghị")], (0, 1, 0, 0)),
        ([("a", "Tổ chức hội nghị")], [("a", "Xây đường sắt")], (1, 0, 1, 0)),
        ([("a", "x"), ("b", "x")], [("a", "x"), ("b", "x")], (0, 0, 0, 2)),
        ([], [("a", "x")], (1, 0, 0, 0)),
    ],
)
def test_versions_are_compared_item_by_item(old, new, expected):
    def item(pair: tuple[str, str]) -> Item:
        return Item("task", *pair)

    found = compare(old, new, item, item)
    assert (len(found.added), len(found.changed), len(found.gone), len(found.same)) == expected


def test_a_new_version_of_a_public_plan_is_confirmed_by_who_may_publish(actor, province, reading):
    head = make_actor(province, "head")
    plan = publish_plan(head, actions.confirm_reading(actor, reading))
    again = make_reading(actor, text=version_with(("Tổ chức hội nghị phổ biến", "Tổ chức ba hội nghị phổ biến")))
    with pytest.raises(Refused, match="đang công khai"):
        actions.confirm_reading(actor, again)
    assert live(plan)["II.1.a"].text.startswith("Tổ chức hội nghị")
    assert actions.confirm_reading(head, again).version == 2
