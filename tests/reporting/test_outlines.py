"""An outline of several levels is written, its parts moved, and looked at with what stands in the register today."""

import pytest
from django.http import QueryDict
from django.test import Client
from tests.factories import (  # fmt: skip
    make_actor,
    make_assignment,
    make_member,
    make_organisation,
    make_plan,
    make_round,
    make_task,
    say,
)

from nhipcau.followup.models import Progress
from nhipcau.organisations.models import Role
from nhipcau.reporting.actions import draft_report
from nhipcau.reporting.forms import relaid
from nhipcau.reporting.models import Outline, Report, Round, Sentence
from nhipcau.reporting.outlines import outline_from_dict, outline_to_dict
from nhipcau.reporting.printing import official_of
from nhipcau.reporting.queries.reading import printable
from vanban.official import Heading

pytestmark = pytest.mark.django_db
NEW = "/mau-bao-cao/lap/"


def typed(*parts: tuple[str, str], **more: str) -> dict[str, str]:
    """The form with these parts (level, title) in order."""
    given = {"name": "Mẫu ba cấp", "subject": "Kết quả {period}", "opening": "{organisation} báo cáo:", "closing": "",
             "recipients": "Như trên", "archive": "VT", "do": "keep", "parts": str(len(parts))}  # fmt: skip
    for at, (level, title) in enumerate(parts):
        given |= {f"p{at}-level": level, f"p{at}-title": title, f"p{at}-kind": "words", f"p{at}-place": str(at * 10)}
    return given | more


def titles(data: QueryDict) -> list[str]:
    return [data.get(f"p{at}-title") or "" for at in range(int(data["parts"]))]


def sent(given: dict[str, str]) -> QueryDict:
    data = QueryDict(mutable=True)
    data.update(given)
    return data


class House:
    def __init__(self) -> None:
        self.city = make_organisation("Ủy ban nhân dân thành phố Bình Minh", kind="committee")
        self.client = Client()
        self.client.force_login(make_member(self.city, "administrator", "coordinator"))

    def shape(self) -> list:
        def of(parts) -> list:
            return [(part.title, of(part.parts)) for part in parts]

        return of(outline_from_dict(Outline.objects.get().content).parts)


def test_three_levels_are_kept_and_open_again_as_they_were_typed():
    house = House()
    given = typed(
        ("1", "Kết quả"), ("2", "Số liệu"), ("3", "Theo tháng"), ("3", "Theo quý"), ("2", "Việc"), ("1", "Đề xuất")
    )
    assert house.client.post(NEW, given).status_code == 302
    assert house.shape() == [
        ("Kết quả", [("Số liệu", [("Theo tháng", []), ("Theo quý", [])]), ("Việc", [])]), ("Đề xuất", []),
    ]  # fmt: skip
    row = Outline.objects.get()
    forms = house.client.get(f"/mau-bao-cao/{row.public_id}/sua/").context["parts"]
    assert [form["level"].value() for form in forms][:6] == ["1", "2", "3", "3", "2", "1"]
    page = house.client.get(f"/mau-bao-cao/{row.public_id}/").context["sample"]["parts"]
    assert [part.mark for part in page] == ["I.", "1.", "a)", "b)", "2.", "II."]


def test_a_level_that_was_skipped_hangs_on_what_is_there():
    house = House()
    assert house.client.post(NEW, typed(("3", "Điểm"), ("1", "Phần"), ("3", "Điểm của phần"))).status_code == 302
    assert house.shape() == [("Điểm", []), ("Phần", [("Điểm của phần", [])])]


class TestMoving:
    parts = (("1", "A"), ("2", "A1"), ("2", "A2"), ("3", "A2a"), ("1", "B"))

    @pytest.mark.parametrize(
        ("do", "order"),
        [
            ("up:4", ["B", "A", "A1", "A2", "A2a"]),
            ("down:0", ["B", "A", "A1", "A2", "A2a"]),
            ("up:2", ["A", "A2", "A2a", "A1", "B"]),
            ("down:1", ["A", "A2", "A2a", "A1", "B"]),
            ("up:1", ["A", "A1", "A2", "A2a", "B"]),  # the first below its part stays
            ("up:3", ["A", "A1", "A2", "A2a", "B"]),
            ("down:4", ["A", "A1", "A2", "A2a", "B"]),
            ("up:99", ["A", "A1", "A2", "A2a", "B"]),
            ("up:x", ["A", "A1", "A2", "A2a", "B"]),
            ("add", ["A", "A1", "A2", "A2a", "B", ""]),
        ],
    )
    def test_a_part_moves_with_what_is_below_it(self, do, order):
        assert titles(relaid(sent(typed(*self.parts)), do)) == order

    def test_places_that_were_typed_order_the_parts(self):
        data = sent(typed(("1", "A"), ("1", "B"), ("1", "C"), **{"p0-place": "99", "p2-place": "x"}))
        assert titles(relaid(data, "look")) == ["B", "A", "C"]

    def test_on_the_page_nothing_is_kept_and_nothing_typed_is_lost(self):
        house = House()
        answer = house.client.post(NEW, typed(("1", "A"), ("1", "B"), **{"p1-words": "Câu của B", "do": "up:1"}))
        assert (answer.status_code, Outline.objects.count()) == (200, 0)
        forms = answer.context["parts"]
        assert [(form["title"].value(), form["words"].value() or "") for form in forms] == [
            ("B", "Câu của B"),
            ("A", ""),
        ]

    def test_nonsense_is_no_error(self):
        house = House()
        for parts in ("-1", "x", "9" * 30, "99999"):
            assert house.client.post(NEW, typed(("1", "A"), parts=parts, do="look")).status_code in (200, 400)


class TestWithLiveData:
    def test_the_sentences_of_today_stand_in_it_and_nothing_is_kept(self):
        house = House()
        task = make_task(make_plan(house.city, "15/KH-UBND"), "Mở chuyên mục chính sách.", lead=[house.city])
        say(make_actor(house.city, Role.OFFICER), make_assignment(house.city, task), Progress.DONE, "Đã mở")
        given = typed(("1", "Kết quả"), **{"p0-kind": "tasks", "p0-figures": "tasks.done", "do": "live"})
        answer = house.client.post(NEW, given)
        text = answer.content.decode()
        assert (answer.status_code, Outline.objects.count()) == (200, 0)
        assert "Mở chuyên mục chính sách: đã hoàn thành" in text
        assert "Đã hoàn thành: 1" in text
        assert (Round.objects.count(), Report.objects.count(), Sentence.objects.count()) == (0, 0, 0)

    def test_where_there_is_nothing_it_is_said(self):
        house = House()
        answer = house.client.post(NEW, typed(("1", "Kết quả"), do="live"))
        assert (answer.status_code, "chưa có việc nào trong sổ" in answer.content.decode()) == (200, True)


def test_a_report_of_three_levels_is_drafted_and_printed_with_its_numbers():
    house = House()
    ward = make_organisation("Ủy ban nhân dân phường Bảy", parent=house.city, kind="committee")
    house.client.post(NEW, typed(("1", "Kết quả"), ("2", "Truyền thông"), ("3", "Trên loa"), ("1", "Đề xuất")))
    made = make_round(house.city, ward, outline=outline_to_dict(outline_from_dict(Outline.objects.get().content)))
    report = draft_report(make_actor(ward, "officer"), made.reports.get(organisation=ward))
    body = official_of(printable(report), on=report.round.last).body
    assert [(block.mark, block.title) for block in body if isinstance(block, Heading)] == [
        ("I.", "KẾT QUẢ"), ("1.", "Truyền thông"), ("a)", "Trên loa"), ("II.", "ĐỀ XUẤT"),
    ]  # fmt: skip
