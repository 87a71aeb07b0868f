"""Acts: asked, carried out, audited and told in one transaction, or not at all."""

from __future__ import annotations

import inspect
import pkgutil
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import pytest
from tests.factories import make_user

from nhipcau.core.acts import STRANGER, SYSTEM, Act, Actor, No, Refused, act
from nhipcau.core.models import AuditEvent, Job, Notice, User
from nhipcau.core.rooms import rooms

pytestmark = pytest.mark.django_db

HEAD = Actor(person_id=1, organisation_id=5, roles=frozenset({"head"}))
OFFICER = Actor(person_id=2, organisation_id=5, roles=frozenset({"officer"}))


def may_rename(actor: Actor, person: User, name: str) -> Any:
    return True if actor.has("head") else No("Chỉ lãnh đạo được đổi tên.")


@act("tests.rename", may=may_rename)
def rename(act: Act, person: User, name: str) -> str:
    person.name = name
    person.save()
    act.changed(name=name)
    act.tell([person.pk], "tests.renamed", f"Tên mới: {name}", "/tuy-chon/")
    act.enqueue("tests.later", person=person.pk)
    if name == "fails":
        raise RuntimeError
    return name


def test_an_act_is_carried_out_audited_told_and_goes_on():
    person = make_user("Cũ")
    assert rename(HEAD, person, "Mới") == "Mới"
    event = AuditEvent.objects.get()
    assert (event.act, event.organisation_id, event.person_id, event.subject_id) == (
        "tests.rename",
        5,
        1,
        str(person.pk),
    )
    assert list(event.fields) == ["name"]
    assert Notice.objects.values_list("person_id", "text", "to_mail").get() == (person.pk, "Tên mới: Mới", True)
    assert Job.objects.get().arguments == {"person": person.pk}
    assert User.objects.get().name == "Mới"


def test_a_refusal_says_why_and_leaves_nothing():
    person = make_user("Cũ")
    with pytest.raises(Refused) as refused:
        rename(OFFICER, person, "Mới")
    assert refused.value.reason == "Chỉ lãnh đạo được đổi tên."
    assert (User.objects.get().name, AuditEvent.objects.count()) == ("Cũ", 0)


def test_an_act_that_fails_leaves_nothing():
    person = make_user("Cũ")
    with pytest.raises(RuntimeError):
        rename(HEAD, person, "fails")
    left = [model.objects.count() for model in (AuditEvent, Notice, Job)]
    assert (User.objects.get().name, left) == ("Cũ", [0, 0, 0])


def test_the_rule_and_the_act_see_the_row_as_it_is_now():
    person = make_user("Cũ")
    User.objects.update(name="Đã đổi ở nơi khác")
    seen = []

    @act("tests.look", may=lambda actor, subject: True)
    def look(act: Act, subject: User) -> None:
        seen.append(subject.name)

    look(HEAD, person)
    assert seen == ["Đã đổi ở nơi khác"]


def test_what_someone_else_has_deleted_is_refused_with_a_sentence():
    person = make_user()
    User.objects.all().delete()
    with pytest.raises(Refused) as refused:
        rename(HEAD, person, "Mới")
    assert refused.value.reason.startswith("Nội dung này vừa được người khác xóa")


def test_what_has_no_organisation_stands_in_the_chain_of_the_installation():
    @act("tests.start", may=lambda actor: actor.is_system)
    def start(act: Act) -> None:
        act.changed(what="all")

    start(SYSTEM)
    assert AuditEvent.objects.get().organisation_id == 0
    with pytest.raises(Refused):
        start(STRANGER)


def modules_of_actions() -> Iterator[Any]:
    """``actions`` of every room, with what a package of that name holds, but for private modules."""
    for room in rooms():
        name = f"{room.name}.actions"
        if find_spec(name) is None:
            continue
        module = import_module(name)
        yield module
        for inner in pkgutil.iter_modules(getattr(module, "__path__", [])):
            if not inner.name.startswith("_"):
                yield import_module(f"{name}.{inner.name}")


def test_every_public_function_of_every_rooms_actions_is_an_act():
    modules = list(modules_of_actions())
    found = [
        f"{module.__name__}.{name}"
        for module in modules
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if not name.startswith("_") and function.__module__ == module.__name__ and not hasattr(function, "act_name")
    ]
    assert found == []
    assert len(modules) > 1


def test_every_act_has_a_name_of_its_own():
    names: dict[str, set[str]] = {}
    for module in modules_of_actions():
        for _name, function in inspect.getmembers(module, inspect.isfunction):
            if hasattr(function, "act_name"):
                names.setdefault(function.act_name, set()).add(f"{function.__module__}.{function.__qualname__}")
    assert {name: places for name, places in names.items() if len(places) > 1} == {}
