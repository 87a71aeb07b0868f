"""Numbers: one sequence a year for each organisation and type; none twice, none missing without a reason."""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections.abc import Callable

import pytest
from django.db import connection, transaction
from django.utils import timezone
from tests.factories import make_actor, make_official, make_organisation, make_outgoing

from nhipcau.core import audit
from nhipcau.core.acts import Actor, Refused
from nhipcau.documents.actions import outgoing as acts
from nhipcau.documents.models import Numbering, Outgoing, RegisterNumber
from nhipcau.documents.queries.outgoing.register import books, out_of_order
from nhipcau.organisations.models import Organisation, Role


def taken(organisation: Organisation, doc_type: str = "Báo cáo") -> list[tuple[int, str]]:
    rows = RegisterNumber.objects.filter(organisation=organisation, numbering__doc_type=doc_type)
    return list(rows.order_by("number").values_list("number", "state"))


@pytest.mark.django_db
class TestOneAfterAnother:
    def test_each_type_and_year_has_a_sequence_of_its_own(self):
        house, other = make_organisation(), make_organisation()
        clerk, today = make_actor(house), timezone.localdate()
        last_year = dt.date(today.year - 1, 12, 31)
        reserved = [
            acts.reserve_number(clerk, doc_type, organisation=house, code="X-UBND", subject="Việc", date=day)
            for doc_type, day in (
                ("Báo cáo", today), ("Báo cáo", today), ("Kế hoạch", today), ("Báo cáo", last_year), ("Báo cáo", last_year),
            )
        ]  # fmt: skip
        theirs = acts.reserve_number(make_actor(other), "Báo cáo", organisation=other, code="BC-STP", subject="Việc")
        assert [row.number for row in reserved] == [1, 2, 1, 1, 2]
        assert (theirs.number, theirs.symbol) == (1, "01/BC-STP")
        assert sorted(Numbering.objects.filter(organisation=house).values_list("year", "doc_type", "last")) == [
            (today.year - 1, "Báo cáo", 2),
            (today.year, "Báo cáo", 2),
            (today.year, "Kế hoạch", 1),
        ]

    def test_a_number_kept_free_is_used_by_the_document_it_was_kept_for(self):
        house = make_organisation()
        clerk = make_actor(house)
        kept = acts.reserve_number(clerk, "Báo cáo", organisation=house, code="BC-UBND", subject="Báo cáo quý")
        first = make_outgoing(house, "signed")
        second = make_outgoing(house, "signed")
        assert acts.take_number(clerk, first).number == 2
        number = acts.take_number(clerk, second, reserved=kept)
        assert (number.number, number.state, number.outgoing_id) == (1, "used", second.pk)
        third = make_outgoing(house, "signed")
        with pytest.raises(Refused):
            acts.take_number(clerk, third, reserved=kept)
        plan = acts.reserve_number(clerk, "Kế hoạch", organisation=house, code="KH-UBND", subject="Kế hoạch")
        with pytest.raises(Refused):
            acts.take_number(clerk, third, reserved=plan)
        assert taken(house) == [(1, "used"), (2, "used")]

    def test_asking_twice_gives_the_same_number(self):
        house = make_organisation()
        clerk, made = make_actor(house), make_outgoing(house, "signed")
        first = acts.take_number(clerk, made)
        assert acts.take_number(clerk, made) == first
        assert taken(house) == [(1, "used")]

    def test_a_date_before_the_last_number_warns(self):
        house = make_organisation()
        clerk, today = make_actor(house), timezone.localdate()
        made = make_outgoing(house, "signed")
        acts.reserve_number(clerk, "Báo cáo", organisation=house, code="BC-UBND", subject="Việc", date=today)
        yesterday = today - dt.timedelta(days=1)
        with pytest.raises(acts.OutOfOrder) as found:
            acts.take_number(clerk, made, date=yesterday)
        assert found.value.beside.number == 1
        assert acts.take_number(clerk, made, date=yesterday, sure=True).date == yesterday
        for wrong in (today + dt.timedelta(days=1), dt.date(today.year - 2, 12, 31)):
            with pytest.raises(Refused):
                acts.take_number(clerk, make_outgoing(house, "signed"), date=wrong, sure=True)

    def test_order_is_judged_on_both_sides_and_not_by_void_numbers(self):
        house = make_organisation()
        clerk, today = make_actor(house), timezone.localdate()
        days = [today - dt.timedelta(days=n) for n in (4, 2, 0)]
        rows = [
            acts.reserve_number(clerk, "Báo cáo", organisation=house, code="BC", subject="Việc", date=day)
            for day in days
        ]
        numbering = Numbering.objects.get()
        assert [out_of_order(numbering, 2, today - dt.timedelta(days=n)) for n in (4, 3, 2, 1, 0)] == [None] * 5
        assert out_of_order(numbering, 2, today - dt.timedelta(days=5)) == rows[0]
        acts.void_number(clerk, rows[0], reason="Không dùng")
        assert out_of_order(numbering, 2, today - dt.timedelta(days=5)) is None

    def test_a_void_number_keeps_its_reason_and_its_document_waits_for_another(self):
        house = make_organisation()
        clerk, made = make_actor(house), make_outgoing(house, "numbered")
        with pytest.raises(Refused):
            acts.void_number(clerk, made.number, reason=" ")
        acts.void_number(clerk, made.number, reason="Ghi nhầm ngày")
        made = Outgoing.objects.get(pk=made.pk)
        assert (made.state, made.symbol, made.official.number) == ("signed", "", None)
        assert acts.take_number(clerk, made).number == 2
        assert taken(house) == [(1, "void"), (2, "used")]
        with pytest.raises(Refused):
            acts.void_number(clerk, RegisterNumber.objects.get(number=1), reason="Lần nữa")
        (book,) = books(clerk, timezone.localdate().year)
        assert (book.used, book.reserved, book.void, book.missing) == (1, 0, 1, 0)

    def test_a_register_on_paper_is_gone_on_with(self):
        house = make_organisation()
        clerk, today = make_actor(house), timezone.localdate()
        begun = {"organisation": house, "year": today.year, "date": today}
        acts.begin_register(clerk, "Báo cáo", last=57, **begun)
        assert acts.take_number(clerk, make_outgoing(house, "signed")).symbol == "58/BC-UBND"
        (book,) = books(clerk, today.year)
        assert (book.used, book.missing) == (58, 0)
        with pytest.raises(Refused):
            acts.begin_register(clerk, "Báo cáo", last=99, **begun)
        for wrong in (
            {"last": 0},
            {"last": 9, "year": today.year - 1},
            {"last": 9, "date": today + dt.timedelta(days=1)},
        ):
            with pytest.raises(Refused):
                acts.begin_register(clerk, "Kế hoạch", **(begun | wrong))

    def test_only_clerks_of_the_house_keep_its_register(self):
        house = make_organisation()
        wanted = {"organisation": house, "code": "BC-UBND", "subject": "Việc"}
        for actor in (make_actor(house, Role.HEAD), make_actor(house, Role.AUDITOR), make_actor(make_organisation())):
            with pytest.raises(Refused):
                acts.reserve_number(actor, "Báo cáo", **wanted)
        row = acts.reserve_number(make_actor(house, Role.COORDINATOR), "Báo cáo", **wanted)
        for actor in (make_actor(house, Role.HEAD), make_actor(make_organisation())):
            with pytest.raises(Refused):
                acts.void_number(actor, row, reason="Không dùng")
        for wrong in ({"subject": " "}, {"code": ""}):
            with pytest.raises(Refused):
                acts.reserve_number(make_actor(house), "Báo cáo", **(wanted | wrong))
        with pytest.raises(Refused):
            acts.reserve_number(make_actor(house), "Loại lạ", **wanted)

    def test_what_dies_between_number_and_sending_leaves_both(self):
        house = make_organisation()
        clerk, made = make_actor(house), make_outgoing(house, "signed")
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            acts.take_number(clerk, made)
            raise ZeroDivisionError  # as when the server is killed before the transaction ends
        assert (taken(house), Outgoing.objects.get(pk=made.pk).state) == ([], "signed")
        number = acts.take_number(
            clerk, made
        )  # killed after it: the number stands with its document, which can be sent
        held = Outgoing.objects.get(pk=made.pk)
        assert (held.state, held.number, held.symbol) == ("numbered", number, "01/BC-UBND")
        assert acts.send_document(clerk, held).state == "sent"
        assert taken(house) == [(1, "used")]


def at_once(*works: Callable[[], object]) -> list[object]:
    """What each gives, or the exception that it raised; all begin at the same moment."""
    results: list[object] = [None] * len(works)
    start = threading.Barrier(len(works))

    def run(number: int) -> None:
        start.wait()
        try:
            results[number] = works[number]()
        except Exception as problem:
            results[number] = problem
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[number]) for number in range(len(works))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def signed_document(house: Organisation, clerk: Actor, head: Actor) -> Outgoing:
    made = acts.draft_document(clerk, make_official(), organisation=house)
    made = acts.submit_document(clerk, made)
    return acts.sign_document(head, made, version=made.version)


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def test_fifty_clerks_get_fifty_numbers(self):
        """Taking, keeping free and making void at the same moment, in a register that does not exist yet."""
        house = make_organisation()
        head, clerks = make_actor(house, Role.HEAD), [make_actor(house) for _n in range(10)]
        documents = [signed_document(house, clerks[n % 10], head) for n in range(25)]

        def take(n: int) -> Callable[[], RegisterNumber]:
            return lambda: acts.take_number(clerks[n % 10], documents[n])

        def keep(n: int) -> Callable[[], RegisterNumber]:
            wanted = {"organisation": house, "code": "BC-UBND", "subject": f"Việc {n}"}
            return lambda: acts.reserve_number(clerks[n % 10], "Báo cáo", **wanted)

        def keep_and_void(n: int) -> Callable[[], RegisterNumber]:
            return lambda: acts.void_number(clerks[n % 10], keep(n)(), reason="Không dùng")

        results = at_once(*map(take, range(25)), *map(keep, range(15)), *map(keep_and_void, range(10)))
        assert [result for result in results if isinstance(result, Exception)] == []
        assert sorted(result.number for result in results) == list(range(1, 51))
        states = [state for _number, state in taken(house)]
        assert (len(states), states.count("used"), states.count("reserved"), states.count("void")) == (50, 25, 15, 10)
        assert Numbering.objects.get().last == 50
        held = Outgoing.objects.filter(organisation=house).select_related("number")
        assert all(row.symbol == row.number.symbol == f"{row.official.number:02d}/BC-UBND" for row in held)
        assert list(audit.verify(house.pk)) == []

    def test_one_document_asked_for_by_many_gets_one_number(self):
        house = make_organisation()
        clerks = [make_actor(house) for _n in range(6)]
        made = signed_document(house, clerks[0], make_actor(house, Role.HEAD))
        results = at_once(*[lambda clerk=clerk: acts.take_number(clerk, made) for clerk in clerks])
        assert {result.number for result in results} == {1}
        assert taken(house) == [(1, "used")]

    def test_a_document_is_sent_once(self):
        house, reader = make_organisation(), make_organisation()
        clerk = make_actor(house)
        made = make_outgoing(house, "numbered", to=[reader])
        results = at_once(*[lambda: acts.send_document(clerk, made)] * 3)
        assert [result for result in results if isinstance(result, Exception)] == []
        assert len({(result.pdf_id, result.sent_at) for result in results}) == 1
        assert Outgoing.objects.get(pk=made.pk).steps.filter(kind="sent").count() == 1

    def test_of_a_signature_and_a_return_at_once_one_holds(self):
        house = make_organisation()
        one, other = make_actor(house, Role.HEAD), make_actor(house, Role.HEAD)
        made = make_outgoing(house, "submitted")
        version = made.version
        signed, returned = at_once(
            lambda: acts.sign_document(one, made, version=version),
            lambda: acts.return_document(other, made, comment="Sửa"),
        )
        held = Outgoing.objects.get(pk=made.pk)
        assert (
            held.state == "returned"
        )  # whoever was first: a signed document can be returned, a returned one not signed
        assert not isinstance(returned, Exception)
        assert isinstance(signed, Refused) or held.steps.filter(kind="signed").exists()

    def test_what_was_sent_while_its_number_was_being_made_void_stays_sent(self):
        """The clerk sends; before that is written down another one makes the number void."""
        house = make_organisation()
        made, clerk, other = make_outgoing(house, "numbered"), make_actor(house), make_actor(house)
        number, sending = made.number, threading.Event()

        def send() -> Outgoing:
            with transaction.atomic():
                sent = acts.send_document(clerk, made)
                sending.set()
                time.sleep(0.3)
            return sent

        def void() -> RegisterNumber:
            sending.wait(10)
            return acts.void_number(other, number, reason="Không dùng")

        _sent, refused = at_once(send, void)
        made.refresh_from_db()
        number.refresh_from_db()
        assert isinstance(refused, Refused)
        assert (made.state, made.symbol, number.state) == ("sent", "01/BC-UBND", "used")
