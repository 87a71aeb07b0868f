"""Every write is an act: one function for one official act, in one transaction, asked, audited, told.

    @act("plans.confirm", may=rules.may_confirm)
    def confirm_plan(act: Act, reading: Reading) -> Plan: ...

    confirm_plan(actor, reading)      # callers pass the actor; the function receives the running act

Calling it opens the transaction, locks and re-reads the subject's row, asks the rule, runs the function and writes one
audit event with the fields noted by ``act.changed`` and the notices asked for by ``act.tell``, all in that transaction.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
from typing import Any, Concatenate, ParamSpec, TypeVar

from django.db import models, transaction
from django.utils.translation import gettext as _

from . import audit, jobs, notices, recall, rooms, webhooks
from .actors import STRANGER, SYSTEM, Actor, Answer, No, Refused
from .written import Written

__all__ = ["STRANGER", "SYSTEM", "Act", "Actor", "Answer", "No", "Refused", "act"]

_known: set[str] = set()
P = ParamSpec("P")
R = TypeVar("R")


class Act:
    """The running act, handed to the function: the actor, and what is to be audited, told and enqueued."""

    def __init__(self, name: str, actor: Actor) -> None:
        self.name = name
        self.actor = actor
        self.subject: models.Model | None = None
        self.organisation_id = actor.organisation_id
        self._changes: dict[str, Any] = {}
        self._is_near = self._is_far = False

    def about(self, subject: models.Model) -> None:
        """Name the subject of an act that makes it."""
        self.subject = subject

    def changed(self, **values: Any) -> None:
        """Note the fields that the act changes; the audit keeps their names and keyed digests of the values."""
        self._changes.update(values)

    def stays_near(self) -> None:
        """Say that the act changes nothing that others than its organisation and those who follow it up read: what
        everybody else recalls still holds (``recall``). Unless an act says so it counts for all."""
        self._is_near = True

    def reaches_far(self) -> None:
        """Say that this time it does change more than that, whatever else is said of it."""
        self._is_far = True

    def tell(self, people: Iterable[int], kind: str, text: notices.Words, url: str = "", *, about: str = "") -> None:
        """Tell people (ids) something, in the page and in their next letter, when and only when the act commits.
        ``about``: the key under which ``settle`` takes it away again."""
        notices.tell(people, kind, text, url, organisation_id=self.organisation_id, about=about)

    def settle(self, about: str) -> None:
        """What people were told under this key is settled: it vanishes."""
        notices.settle(about)

    def announce(
        self, kind: str, subject: models.Model | None, url: str = "", *, organisations: Iterable[int] | None = None
    ) -> None:
        """Tell the systems that these organisations (ids; by default the acting one) have registered for this kind, when
        and only when the act commits. No personal data goes out."""
        own = [self.organisation_id] if self.organisation_id is not None else []
        wanted = own if organisations is None else organisations
        webhooks.announce(kind, subject, url, wanted, organisation_id=self.organisation_id)

    def enqueue(self, kind: str, **arguments: Any) -> Any:
        """Put a job into the queue, when and only when the act commits. Returns the ``Job``."""
        return jobs.enqueue(kind, arguments, organisation_id=self.organisation_id, person_id=self.actor.person_id)

    def enqueue_what_follows(self) -> None:
        """The jobs by which rooms above follow this act; one that waits already for the same is enough."""
        arguments = {"act": self.name, "subject_id": self.subject.pk if self.subject is not None else None}
        for kind in rooms.jobs_after(self.name):
            if not jobs.waits(kind, arguments):
                self.enqueue(kind, **arguments)

    def write_audit(self) -> None:
        audit.append(
            organisation_id=self.organisation_id or audit.INSTALLATION,
            person_id=self.actor.person_id,
            act=self.name,
            subject=self.subject,
            changes=self._changes,
            is_far=self._is_far or not self._is_near,
        )


def act(
    name: str, *, may: Callable[..., Answer]
) -> Callable[[Callable[Concatenate[Act, P], R]], Callable[Concatenate[Actor, P], R]]:
    """Make a function an act called ``name`` ("room.verb").

    ``may(actor, *args, **kwargs)`` is the room's rule, asked with the locked subject. Raises ``Refused`` where it says
    no.
    """

    _known.add(name)

    def wrap(function: Callable[Concatenate[Act, P], R]) -> Callable[Concatenate[Actor, P], R]:
        @functools.wraps(function)
        def run(actor: Actor, /, *args: P.args, **kwargs: P.kwargs) -> R:
            with transaction.atomic():
                running = Act(name, actor)
                given: tuple[Any, ...] = args
                if given and isinstance(given[0], models.Model) and given[0].pk is not None:
                    given = (_locked(given[0]), *given[1:])
                    running.subject = given[0]
                answer = may(actor, *given, **kwargs)
                if not answer:
                    raise Refused(answer.reason if isinstance(answer, No) else _("Bạn không có quyền làm việc này."))
                result = function(running, *given, **kwargs)
                running.write_audit()
                running.enqueue_what_follows()
            recall.count_again()
            return result

        run.act_name = name  # type: ignore[attr-defined]
        return run

    return wrap


def known() -> set[str]:
    """The names of all acts of the rooms that are loaded."""
    return set(_known)


def _locked(subject: models.Model) -> models.Model:
    """The same row, read again under its lock: what the rule sees is what the act changes."""
    found = _lock(subject._meta.model)(subject.pk)
    if not found:
        raise Refused(_("Nội dung này vừa được người khác xóa nên không làm tiếp được. Bạn hãy tải lại trang."))
    return found[0]


@functools.cache
def _lock(model: type[models.Model]) -> Written[models.Model]:
    return Written(lambda pk: model._base_manager.select_for_update().filter(pk=pk))
