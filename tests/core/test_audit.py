"""The audit trail: complete, unchangeable, without personal values."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from tests.factories import make_organisation, make_user

from nhipcau.core import audit
from nhipcau.core.models import AuditChain, AuditEvent, AuditKey, User
from nhipcau.core.verifying import check

pytestmark = pytest.mark.django_db

migration = import_module("nhipcau.core.migrations.0001_initial")


def write(organisation_id: int = 1, subject: User | None = None, **changes) -> AuditEvent:
    return audit.append(
        organisation_id=organisation_id, person_id=7, act="tests.do", subject=subject, changes=changes or {"a": 1}
    )


def tamper(statement: str, *values) -> None:
    """What someone does who has the database in their hands and has taken the guard away."""
    with connection.cursor() as cursor:
        for drop in migration.UNGUARD[connection.vendor]:
            cursor.execute(drop)
        cursor.execute(statement, values)


class TestGuard:
    @pytest.mark.parametrize(
        "statement", ["UPDATE core_auditevent SET act = 'other'", "DELETE FROM core_auditevent WHERE seq = 1"]
    )
    def test_the_database_refuses_to_change_or_delete(self, statement):
        write()
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
        assert AuditEvent.objects.get().act == "tests.do"

    def test_postgresql_refuses_to_empty_the_table(self):
        if connection.vendor != "postgresql":
            return  # SQLite has no TRUNCATE
        write()
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("TRUNCATE core_auditevent")
        assert AuditEvent.objects.count() == 1


class TestChain:
    def test_each_organisation_has_its_own(self):
        events = [write(1), write(2), write(1)]
        assert [(event.organisation_id, event.seq) for event in events] == [(1, 1), (2, 1), (1, 2)]
        assert events[2].previous_hash == events[0].hash
        assert audit.chains() == [1, 2]

    def test_an_untouched_chain_holds(self):
        for _number in range(3):
            write(1)
        assert list(audit.verify(1)) == []

    @pytest.mark.parametrize(
        ("statement", "found"),
        [
            ("UPDATE core_auditevent SET act = 'other' WHERE seq = 2", ["organisation 1: event 2 was changed"]),
            ("UPDATE core_auditevent SET person_id = 8 WHERE seq = 2", ["organisation 1: event 2 was changed"]),
            (
                "DELETE FROM core_auditevent WHERE seq = 2",
                [
                    "organisation 1: event 2 is missing",
                    "organisation 1: event 3 does not follow the event before it",
                ],
            ),
            (
                "DELETE FROM core_auditevent WHERE seq = 3",
                ["organisation 1: the chain's end is missing (3 expected, 2 found)"],
            ),
            ("DELETE FROM core_auditevent", ["organisation 1: the chain's end is missing (3 expected, 0 found)"]),
            (
                "DELETE FROM core_auditchain",
                ["organisation 1: the chain's end is missing (0 expected, 3 found)"],
            ),
        ],
    )
    def test_tampering_is_found(self, statement, found):
        for _number in range(3):
            write(1)
        tamper(statement)
        assert list(audit.verify(1)) == found

    def test_a_chain_that_was_written_anew_is_found_by_what_earlier_checks_and_paper_say(self, capsys):
        """Whoever computes every hash again, or takes the whole chain away with its head, leaves no break in it."""
        for _number in range(3):
            write(1)
        check(1)
        paper = audit.head(1)[1]
        call_command("audit", "verify", "--noted", paper[:16])
        assert f"{paper[:16]}: organisation 1, event 3 of " in capsys.readouterr().out
        AuditChain.objects.all().delete()
        tamper("DELETE FROM core_auditevent")
        assert audit.chains() == [1]
        assert list(audit.verify(1)) == ["organisation 1: an earlier check found 3 events"]
        for _number in range(4):
            write(1)
        assert list(audit.verify(1)) == ["organisation 1: event 3 is not the one that an earlier check found there"]
        with pytest.raises(CommandError):
            call_command("audit", "verify", "--noted", paper)
        assert "no chain bears this hash" in capsys.readouterr().err
        with pytest.raises(CommandError, match="first 16 signs"):
            call_command("audit", "verify", "--noted", "12ab")

    def test_an_event_put_in_place_of_the_last_is_found(self):
        write(1)
        forged = write(1, a=2)
        tamper("UPDATE core_auditchain SET last_hash = %s", "f" * 64)
        assert list(audit.verify(1)) == [f"organisation 1: event {forged.seq} is not the one that was written last"]


class TestCommand:
    def test_it_names_each_chain_and_its_head(self, capsys):
        write(1), write(1), write(4)
        call_command("audit", "verify")
        heads = {chain.organisation_id: chain.last_hash for chain in AuditChain.objects.all()}
        assert capsys.readouterr().out.splitlines() == [
            f"organisation 1: 2 events, last hash {heads[1]}",
            f"organisation 4: 1 events, last hash {heads[4]}",
            "2 chains checked, no break.",
        ]

    def test_a_break_ends_it_with_1(self, capsys):
        write(1), write(2)
        tamper("UPDATE core_auditevent SET act = 'other' WHERE organisation_id = 2")
        with pytest.raises(CommandError) as broken:
            call_command("audit", "verify")
        assert broken.value.returncode == 1
        assert capsys.readouterr().err == "organisation 2: event 1 was changed\n"

    def test_one_chain_may_be_asked_for(self, capsys):
        write(1), write(2)
        tamper("UPDATE core_auditevent SET act = 'other' WHERE organisation_id = 2")
        call_command("audit", "verify", "--organisation", "1")
        assert capsys.readouterr().out.splitlines()[-1] == "1 chains checked, no break."


class TestValues:
    def test_only_names_of_fields_and_digests_are_kept(self):
        person = make_user("Nguyễn Thị Bí Mật")
        event = write(1, person, name=person.name, email=person.email)
        assert list(event.fields) == ["email", "name"]
        row = str(AuditEvent.objects.values().get())
        assert (person.name in row, person.email in row) == (False, False)

    def test_the_same_value_of_two_subjects_has_two_digests(self):
        one, two = make_user(), make_user()
        assert write(1, one, role="head").fields != write(1, two, role="head").fields

    def test_the_same_value_of_one_subject_has_one_digest(self):
        one = make_user()
        assert write(1, one, role="head").fields == write(1, one, role="head").fields

    def test_forgetting_destroys_the_key_and_leaves_the_chain(self):
        one = make_user()
        event = write(1, one, name="An")
        audit.forget(one)
        assert bytes(AuditKey.objects.get().key) == b""
        assert write(1, one, name="An").fields == {"name": ""}
        assert AuditEvent.objects.get(seq=1).fields == event.fields
        assert list(audit.verify(1)) == []

    def test_an_organisation_is_kept_as_a_value(self):
        organisation = make_organisation()
        event = audit.append(
            organisation_id=organisation.pk, person_id=None, act="tests.do", subject=organisation, changes={}
        )
        assert (event.subject_kind, event.subject_id) == ("organisations.organisation", str(organisation.pk))
