"""Every address of the site with a real thing behind it, and how it answers each asker in one sign."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from nhipcau.core.models import CalendarChange, CalendarDay, Feed, Hook, LegalRule
from nhipcau.documents.models import Validity
from nhipcau.organisations.models import Succession

from .world import World

Arguments = Callable[[World], tuple[Any, ...]]


def nothing(_world: World) -> tuple[Any, ...]:
    return ()


def of(path: str) -> Arguments:
    """Arguments of an address by the path of an attribute of the world ("reading.public_id")."""

    def found(world: World) -> tuple[Any, ...]:
        value: Any = world
        for part in path.split("."):
            value = getattr(value, part)
        return (value,)

    return found


def both(*paths: str) -> Arguments:
    return lambda world: tuple(value for path in paths for value in (of(path)(world) if "." in path else (path,)))


def a_change(_world: World) -> tuple[Any, ...]:
    day = {"first_on": "2026-11-23", "last_on": "2026-11-23"}
    return (CalendarChange.objects.get_or_create(what="added", words="Nghỉ hoán đổi", defaults=day)[0].pk,)


def a_written_rule(_world: World) -> tuple[Any, ...]:
    """A limit that somebody here wrote, so that it may be taken back."""
    fields = {"name": "Quy ước", "limit": "working_days 3", "basis": "Quy chế", "source": "Sở", "person_id": 1}
    return (LegalRule.objects.get_or_create(code="house.rule", valid_from="2026-01-01", defaults=fields)[0].pk,)


# Name of the address → what stands in it. A new address needs a line here and one in the table of rights.
ADDRESSES: dict[str, Arguments] = {
    "front": nothing,
    "search": nothing,
    "home": nothing,
    "import_plan": nothing,
    "readings": nothing,
    "review": of("reading.public_id"),
    "reading_progress": of("waiting.public_id"),
    "reading_password": of("locked.public_id"),
    "reading_again": of("reading.public_id"),
    "reading_cancel": of("waiting.public_id"),
    "reading_discard": of("reading.public_id"),
    "reading_file": of("reading.public_id"),
    "reading_page": lambda world: (world.reading.public_id, 1),
    "settle_doubt": lambda world: (world.reading.public_id, 1),
    "undo_doubt": of("reading.public_id"),
    "edit_value": of("reading.public_id"),
    "match_agency": of("reading.public_id"),
    "confirm_reading": of("reading.public_id"),
    "board": nothing,
    "board_rows": nothing,
    "change_several": nothing,
    "board_export": both("csv"),
    "board_calendar": nothing,
    "board_sheet": nothing,
    "chases": nothing,
    "chase": nothing,
    "chase_round": of("chase.public_id"),
    "register": nothing,
    "register_export": both("csv"),
    "task": of("task.public_id"),
    "plans": nothing,
    "plan": of("plan.slug"),
    "plan_export": both("plan.slug", "csv"),
    "publish_plan": of("plan.slug"),
    "withdraw_plan": of("plan.slug"),
    "alignments": nothing,
    "alignment": both("public.slug", "plan.slug"),
    "compare_plans": both("public.slug", "plan.slug"),
    "ask_about_duty": both("public.slug", "plan.slug"),
    "answer_about_duty": both("public.slug", "plan.slug"),
    "alignment_export": both("public.slug", "plan.slug", "csv"),
    "mine": nothing,
    "assignment": of("assignment.public_id"),
    "record_progress": of("assignment.public_id"),
    "take_back_note": of("assignment.public_id"),
    "steps": of("assignment.public_id"),
    "raise_obstacle": of("assignment.public_id"),
    "extend_assignment": of("assignment.public_id"),
    "set_rhythm": of("assignment.public_id"),
    "obstacles": nothing,
    "obstacle": of("obstacle.public_id"),
    "act_on_obstacle": of("obstacle.public_id"),
    "handing_over": nothing,
    "move_work": of("ended.public_id"),
    "move_work_back": both("ended.public_id", "office.public_id"),
    "evidence": of("evidence.public_id"),
    "outgoings": nothing,
    "export_outgoings": both("csv"),
    "begin_outgoing": nothing,
    "outgoing": of("outgoing.public_id"),
    "write_outgoing": of("outgoing.public_id"),
    "act_on_outgoing": of("outgoing.public_id"),
    "past_outgoing": lambda world: (world.outgoing.public_id, 1),
    "outgoing_file": both("outgoing.public_id", "pdf"),
    "write_paper": lambda _world: ("followup.unit_plan_whole",),
    "wordings": nothing,
    "wording": lambda _world: ("followup.unit_plan_whole",),
    "preview_wording": lambda _world: ("followup.unit_plan_whole",),
    "drop_wording": lambda _world: ("followup.unit_plan_whole",),
    "sample_file": lambda _world: ("followup.unit_plan_whole", "docx"),
    "received": nothing,
    "register_of_numbers": nothing,
    "export_numbers": both("csv"),
    "reserve_number": nothing,
    "begin_register": nothing,
    "void_number": of("number.public_id"),
    "use_number": of("number.public_id"),
    "arrivals": nothing,
    "export_arrivals": both("csv"),
    "arrival": of("arrival.public_id"),
    "enter_received": of("outgoing.public_id"),
    "reports": nothing,
    "due_said": nothing,
    "open_round": nothing,
    "round": of("report.round.public_id"),
    "act_on_round": of("report.round.public_id"),
    "round_units": of("report.round.public_id"),
    "round_export": both("report.round.public_id", "csv"),
    "regimes": nothing,
    "make_regime": nothing,
    "regime": of("regime.public_id"),
    "change_regime": of("regime.public_id"),
    "end_regime": of("regime.public_id"),
    "outlines": nothing,
    "make_outline": nothing,
    "outline": of("outline.public_id"),
    "change_outline": of("outline.public_id"),
    "drop_outline": of("outline.public_id"),
    "report": of("report.public_id"),
    "report_conflicts": of("report.public_id"),
    "act_on_report": of("report.public_id"),
    "add_sentence": of("report.public_id"),
    "sentence": lambda world: (world.report.public_id, world.sentence.public_id),
    "sentence_sources": lambda world: (world.report.public_id, world.sentence.public_id),
    "report_figures_file": both("report.public_id", "csv"),
    "report_figure": lambda world: (world.report.public_id, "tasks.total"),
    "report_figure_file": lambda world: (world.report.public_id, "tasks.total", "csv"),
    "report_json": of("report.public_id"),
    "report_file": both("report.public_id", "docx"),
    "documents": nothing,
    "document": of("document.slug"),
    "text": of("plan.text.public_id"),
    "text_file": of("plan.text.public_id"),
    "text_page": lambda world: (world.plan.text.public_id, 1),
    "organisations": nothing,
    "switch_organisation": nothing,
    "export_organisations": both("csv"),
    "add_organisation": nothing,
    "import_organisations": nothing,
    "organisations_template": both("csv"),
    "load_packaged": nothing,
    "group": of("group.public_id"),
    "change_group": of("group.public_id"),
    "name_members": of("group.public_id"),
    "organisation": of("office.public_id"),
    "change_organisation": of("office.public_id"),
    "end_organisation": of("office.public_id"),
    "add_alias": of("office.public_id"),
    "remove_alias": both("office.public_id", "alias.pk"),
    "add_group": of("office.public_id"),
    "add_standard_groups": of("office.public_id"),
    "people": of("office.public_id"),
    "end_membership": both("office.public_id", "membership.pk"),
    "give_membership_again": both("office.public_id", "membership.pk"),
    "reading_findings": lambda world: (world.reading.public_id, "txt"),
    "keep_finding": of("reading.public_id"),
    "reopen_finding": of("reading.public_id"),
    "plan_findings": lambda world: (world.plan.slug, "txt"),
    "rules": nothing,
    "rule": both("no-lead"),
    "switch_rule": both("no-lead"),
    "validity": nothing,
    "add_validity": nothing,
    "change_validity": lambda world: (Validity.objects.values_list("pk", flat=True).first(),),
    "successions": nothing,
    "add_succession": nothing,
    "change_succession": lambda world: (Succession.objects.values_list("pk", flat=True).first(),),
    "calendar": nothing,
    "add_calendar_day": nothing,
    "change_calendar_day": lambda world: (CalendarDay.objects.values_list("pk", flat=True).first(),),
    "remove_calendar_day": lambda world: (CalendarDay.objects.values_list("pk", flat=True).first(),),
    "calendar_change": a_change,
    "due_calculator": nothing,
    "legal_rules": nothing,
    "legal_rule": lambda world: ("press.reply",),
    "add_legal_rule": nothing,
    "withdraw_legal_rule": a_written_rule,
    "health": nothing,
    "set_language": nothing,
    "set_theme": nothing,
    "notices": nothing,
    "open_notice": of("notice.pk"),
    "read_all_notices": nothing,
    "preferences": nothing,
    "delegations": nothing,
    "end_delegation": both("0"),
    "trail": lambda _world: (),
    "export_trail": nothing,
    "verify_trail": nothing,
    "rhythm": nothing,
    "feed": both("khong-co"),
    "feeds": nothing,
    "withdraw_feed": lambda world: (Feed.objects.values_list("pk", flat=True).first(),),
    "hooks": nothing,
    "test_hook": lambda world: (Hook.objects.values_list("public_id", flat=True).first(),),
    "withdraw_hook": lambda world: (Hook.objects.values_list("public_id", flat=True).first(),),
    "system": nothing,
    "retry_letters": nothing,
    "api_docs": nothing,
    "api_tokens": nothing,
    "withdraw_api_token": of("token.pk"),
    "api-1:openapi-json": nothing,
    "api-1:api-root": nothing,
    "api-1:organisations": nothing,
    "api-1:organisation": of("office.public_id"),
    "api-1:groups": nothing,
    "api-1:group": of("group.public_id"),
    "api-1:plans": nothing,
    "api-1:plan": of("plan.slug"),
    "api-1:plan_findings": of("plan.slug"),
    "api-1:tasks": nothing,
    "api-1:task": of("task.public_id"),
    "api-1:assignments": nothing,
    "api-1:assignment": of("assignment.public_id"),
    "api-1:record": of("assignment.public_id"),
    "api-1:record_many": nothing,
    "api-1:chases": nothing,
    "api-1:ask": nothing,
    "api-1:chase": of("chase.public_id"),
    "api-1:obstacles": nothing,
    "api-1:obstacle": of("obstacle.public_id"),
    "api-1:raise_one": of("assignment.public_id"),
    "api-1:step": of("obstacle.public_id"),
    "api-1:steps": of("assignment.public_id"),
    "api-1:add": of("assignment.public_id"),
    "api-1:change": both("buoc"),
    "api-1:remove": both("buoc"),
    "api-1:rounds": nothing,
    "api-1:reports": nothing,
    "api-1:report": of("report.public_id"),
    "api-1:receive": of("report.round.public_id"),
    "api-1:outgoing_documents": nothing,
    "api-1:outgoing_document": of("outgoing.public_id"),
    "api-1:outgoing_document_file": both("outgoing.public_id", "docx"),
    "api-1:received_documents": nothing,
    "api-1:begin_document": nothing,
    "api-1:change_document": of("outgoing.public_id"),
    "api-1:submit_document": of("outgoing.public_id"),
    "api-1:number_document": of("outgoing.public_id"),
    "api-1:send_document": of("outgoing.public_id"),
    "api-1:enter_document": of("outgoing.public_id"),
    "api-1:unknown": both("khong-co"),
    "account_login": nothing,
    "account_logout": nothing,
    "account_inactive": nothing,
    "account_signup": nothing,
    "account_reauthenticate": nothing,
    "account_change_password": nothing,
    "account_set_password": nothing,
    "account_reset_password": nothing,
    "account_reset_password_done": nothing,
    "account_reset_password_from_key": both("1", "set-password"),
    "account_reset_password_from_key_done": nothing,
    "mfa_index": nothing,
    "mfa_authenticate": nothing,
    "mfa_reauthenticate": nothing,
    "mfa_activate_totp": nothing,
    "mfa_deactivate_totp": nothing,
    "mfa_view_recovery_codes": nothing,
    "mfa_generate_recovery_codes": nothing,
    "mfa_download_recovery_codes": nothing,
}


def names(resolver: URLResolver | None = None, space: str = "") -> Iterator[str]:
    """The name of every address of the site, with its name space."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            yield from names(pattern, f"{pattern.namespace}:" if pattern.namespace else space)
        elif isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name}"


def address_of(world: World, name: str) -> str:
    return reverse(name, args=ADDRESSES[name](world))


def read(response: HttpResponse) -> bytes:
    """The whole body, streamed or not."""
    return b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]


def sign_of(response: HttpResponse) -> str:
    """How it was answered: + let in, d sent to the door (sign in), - refused, 0 no such thing, m not this method."""
    place = response.headers.get("Location", "")
    if response.status_code == 302 and place.startswith("/tai-khoan/dang-nhap/"):
        return "d"
    known = {401: "-", 403: "-", 404: "0", 405: "m", 400: "+", 409: "+", 422: "+", 429: "!", 500: "!"}
    return known.get(response.status_code, "+" if response.status_code < 400 else "!")


def ask(world: World, name: str, method: str, asker: str, client: Client | None = None, **data: Any) -> tuple[Any, str]:
    """Ask an address and take back whatever that changed; the answer and its sign."""
    client = client or world.client(asker)
    with transaction.atomic():
        response = getattr(client, method)(address_of(world, name), data)
        read_now = read(response) if response.streaming else None
        response.said = read_now if read_now is not None else response.content
        transaction.set_rollback(True)
    return response, sign_of(response)
