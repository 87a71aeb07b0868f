"""The table of rights: every address, asked by everyone, on things that exist. One sign an answer: + let in, d sent to
sign in, - refused with a reason, 0 no such thing, m not this method.

An address without a line here fails the first test: whoever adds a page says who may open it.
"""

from __future__ import annotations

import re
from typing import Any

import pytest
from tests.security.addresses import ADDRESSES, address_of, ask, names
from tests.security.world import ASKERS, CANARY, NOTE, World

from nhipcau.core import audit
from nhipcau.core.models import AuditEvent
from nhipcau.documents.models import Citation
from nhipcau.plans.models import Plan, Task

ALL, NONE, WRONG = "+" * 12, "0" * 12, "m" * 12
OWN, OWN_POST = "d" + "+" * 11, "d" + "m" * 11  # one's own pages: whoever is signed in
OFFICIALS = "d-++++++++++"
GET_ONLY, POST_ONLY = "d-mmmmmmmmmm", "d-mmmmmmmmmm"
# Columns:   stranger, no role, another tree, below | of the office: officer, head, coordinator, auditor, administrator |
#            above: officer, auditor, administrator.  People of the other tree and below hold all five roles there.
SEEN_PLAN = "000+++++++++"
SEEN_BOTH = "d-0+++++++++"
SEEN_READING = "d-00++++++++"
FOLLOWED_UP = "d-++-+++--+-"  # coordinators, heads, auditors
ASKING = "d-++-++-----"
ASKED = "d-0+++++++++"
WORKED_ON = "d-00+++-----"
PUBLISHED = "d-0--++-----"
KEPT = "d-------+--+"
IMPORTED = "d-+++++--+--"  # each for their own organisation
OWN_KEYS = "d-++----+--+"
TOP_KEPT = "d-+--------+"  # facts for everyone: administrators at the top of a tree
AUDITED = "d-++---+--+-"  # each for their own organisation
OWN_KEYS_TOO = "d-++-++-+--+"
KEY_NEEDED = "-" * 12
SEEN_DRAFT = "d-00+++++0+0"  # the organisation, and auditors above it
WRITTEN = "d-00+++--0-0"
SEEN_REPORT = "d-00+++++000"  # a draft: the organisation that writes it
REPORTED = "d-00+++--000"
NUMBERED = "d-+++-+--+--"  # each for their own organisation

RIGHTS: dict[str, tuple[str, str]] = {
    "front": (ALL, WRONG),
    "search": (ALL, WRONG),
    "plans": (ALL, WRONG),
    "health": (ALL, WRONG),
    "set_language": (WRONG, ALL),
    "set_theme": (WRONG, ALL),
    "api_docs": (ALL, WRONG),
    "home": (OFFICIALS, POST_ONLY),
    "import_plan": (IMPORTED, IMPORTED),
    "readings": (OFFICIALS, GET_ONLY),
    "review": (SEEN_READING, GET_ONLY),
    "reading_progress": (SEEN_READING, GET_ONLY),
    "reading_password": (SEEN_READING, WORKED_ON),
    "reading_again": (POST_ONLY, WORKED_ON),
    "reading_cancel": (POST_ONLY, WORKED_ON),
    "reading_discard": (POST_ONLY, WORKED_ON),
    "reading_file": (SEEN_READING, GET_ONLY),
    "reading_page": (SEEN_READING, GET_ONLY),
    "settle_doubt": (POST_ONLY, WORKED_ON),
    "undo_doubt": (POST_ONLY, WORKED_ON),
    "edit_value": (POST_ONLY, WORKED_ON),
    "match_agency": ("d-00000-----", "d-00000-----"),  # no doubt is named in the address: nothing to match
    "confirm_reading": (WORKED_ON, WORKED_ON),
    "reading_findings": (SEEN_READING, GET_ONLY),
    "keep_finding": (POST_ONLY, WORKED_ON),
    "reopen_finding": (POST_ONLY, WORKED_ON),
    "plan_findings": ("d-0+++++++++", GET_ONLY),
    "rules": (OFFICIALS, GET_ONLY),
    "rule": (OFFICIALS, GET_ONLY),
    "switch_rule": (POST_ONLY, "d-++-++-+--+"),  # each for their own organisation
    "validity": (OFFICIALS, GET_ONLY),
    "add_validity": (TOP_KEPT, TOP_KEPT),
    "change_validity": (TOP_KEPT, TOP_KEPT),
    "successions": (OFFICIALS, GET_ONLY),
    "add_succession": (TOP_KEPT, TOP_KEPT),
    "change_succession": (TOP_KEPT, TOP_KEPT),
    "calendar": (OFFICIALS, GET_ONLY),
    "add_calendar_day": (TOP_KEPT, TOP_KEPT),
    "change_calendar_day": (TOP_KEPT, TOP_KEPT),
    "remove_calendar_day": (TOP_KEPT, TOP_KEPT),
    "calendar_change": (OFFICIALS, GET_ONLY),
    "due_calculator": (OFFICIALS, GET_ONLY),
    "legal_rules": (OFFICIALS, GET_ONLY),
    "legal_rule": (OFFICIALS, GET_ONLY),
    "add_legal_rule": (TOP_KEPT, TOP_KEPT),
    "withdraw_legal_rule": (POST_ONLY, TOP_KEPT),
    "board": (FOLLOWED_UP, GET_ONLY),
    "board_rows": (FOLLOWED_UP, GET_ONLY),
    "change_several": (POST_ONLY, ASKING),
    "board_export": (FOLLOWED_UP, GET_ONLY),
    "board_calendar": (FOLLOWED_UP, GET_ONLY),
    "board_sheet": (FOLLOWED_UP, GET_ONLY),
    "chases": (FOLLOWED_UP, GET_ONLY),
    "chase": (ASKING, ASKING),
    "chase_round": (ASKED, GET_ONLY),
    "register": (OFFICIALS, GET_ONLY),
    "register_export": (OFFICIALS, GET_ONLY),
    "task": (SEEN_PLAN, WRONG),
    "plan": (SEEN_PLAN, WRONG),
    "plan_export": (SEEN_PLAN, WRONG),
    "publish_plan": (POST_ONLY, PUBLISHED),
    "withdraw_plan": (POST_ONLY, PUBLISHED),
    "alignments": (OFFICIALS, OFFICIALS),  # whoever names no two plans that they may read is asked again
    "alignment": (SEEN_BOTH, GET_ONLY),
    "compare_plans": (POST_ONLY, SEEN_BOTH),
    "ask_about_duty": (POST_ONLY, "d-0------+--"),  # the public plan above is the province's
    "answer_about_duty": ("d-0-000--0--", "d-0-+++--+--"),  # the address alone names no duty
    "alignment_export": (SEEN_BOTH, GET_ONLY),
    "mine": (OFFICIALS, GET_ONLY),
    "assignment": (SEEN_READING, GET_ONLY),
    "record_progress": (POST_ONLY, WORKED_ON),
    "take_back_note": (POST_ONLY, "d-00+-------"),  # who wrote it
    "steps": (POST_ONLY, WORKED_ON),
    "raise_obstacle": (WORKED_ON, WORKED_ON),
    "extend_assignment": ("d-00-++-----", "d-00-++-----"),
    "set_rhythm": ("d-00-++-----", "d-00-++-----"),
    "obstacles": (OFFICIALS, GET_ONLY),
    "obstacle": (SEEN_READING, GET_ONLY),
    "act_on_obstacle": (POST_ONLY, WORKED_ON),
    "handing_over": ("d-++-++-+--+", GET_ONLY),
    "move_work": ("d-00-++-+--+", "d-00-++-+--+"),
    "move_work_back": (POST_ONLY, "d-00-++-+--+"),
    "evidence": (SEEN_READING, GET_ONLY),
    "outgoings": (OFFICIALS, GET_ONLY),
    "export_outgoings": (OFFICIALS, GET_ONLY),
    "begin_outgoing": (IMPORTED, IMPORTED),
    "outgoing": (SEEN_DRAFT, GET_ONLY),
    "write_outgoing": (WRITTEN, WRITTEN),
    "act_on_outgoing": (POST_ONLY, "d-00+++--0-0"),
    "past_outgoing": (SEEN_DRAFT, WRITTEN),
    "outgoing_file": (SEEN_DRAFT, GET_ONLY),
    "write_paper": (IMPORTED, IMPORTED),  # each for their own organisation
    "wordings": (OFFICIALS, GET_ONLY),
    "wording": (OWN_KEYS, OWN_KEYS),  # each for their own organisation
    "preview_wording": (POST_ONLY, OWN_KEYS),
    "drop_wording": (POST_ONLY, OWN_KEYS),
    "sample_file": (OFFICIALS, GET_ONLY),
    "reports": (OFFICIALS, GET_ONLY),
    "due_said": (OFFICIALS, GET_ONLY),
    "open_round": (ASKING, ASKING),  # each for their own organisation
    "round": (SEEN_READING, GET_ONLY),
    "act_on_round": (POST_ONLY, "d-00-++-----"),
    "round_units": ("d-00-++-----", "d-00-++-----"),
    "round_export": (SEEN_READING, GET_ONLY),
    "regimes": (OFFICIALS, GET_ONLY),
    "make_regime": (ASKING, ASKING),  # each for their own organisation
    "regime": (SEEN_READING, GET_ONLY),
    "change_regime": ("d-00-++-----", "d-00-++-----"),
    "end_regime": (POST_ONLY, "d-00-++-----"),
    "outlines": (OFFICIALS, GET_ONLY),
    "make_outline": (OWN_KEYS_TOO, OWN_KEYS_TOO),  # each for their own organisation
    "outline": ("d-0++++++000", GET_ONLY),  # those below may use it
    "change_outline": ("d-0--++-+--0", "d-0--++-+--0"),
    "drop_outline": (POST_ONLY, "d-0--++-+000"),
    "report": (SEEN_REPORT, GET_ONLY),
    "act_on_report": (POST_ONLY, "d-0000000000"),  # nothing is named that could be done
    "add_sentence": (REPORTED, REPORTED),
    "sentence": (SEEN_REPORT, REPORTED),
    "sentence_sources": (SEEN_REPORT, GET_ONLY),
    "report_conflicts": (SEEN_REPORT, REPORTED),
    "report_figures_file": (SEEN_REPORT, GET_ONLY),
    "report_figure": (SEEN_REPORT, REPORTED),
    "report_figure_file": (SEEN_REPORT, GET_ONLY),
    "report_json": (SEEN_REPORT, GET_ONLY),
    "report_file": (SEEN_REPORT, GET_ONLY),
    "received": (OFFICIALS, GET_ONLY),
    "register_of_numbers": (OFFICIALS, GET_ONLY),
    "export_numbers": (OFFICIALS, GET_ONLY),
    "reserve_number": (POST_ONLY, NUMBERED),
    "begin_register": (POST_ONLY, NUMBERED),
    "void_number": (POST_ONLY, "d-00+-+--0-0"),
    "use_number": (POST_ONLY, "d-00+-+--0-0"),
    "arrivals": (OFFICIALS, NUMBERED),
    "export_arrivals": (OFFICIALS, GET_ONLY),
    "arrival": (SEEN_DRAFT, "d-00+-+--0-0"),
    "enter_received": (POST_ONLY, "d-" + "0" * 10),  # what stands here is a draft: nothing has arrived
    "documents": (OFFICIALS, GET_ONLY),
    "document": (SEEN_PLAN, WRONG),
    "text": (SEEN_PLAN, WRONG),
    "text_file": (SEEN_PLAN, WRONG),
    "text_page": (SEEN_PLAN, WRONG),
    "organisations": (OFFICIALS, GET_ONLY),
    "organisation": (OFFICIALS, GET_ONLY),
    "group": (OFFICIALS, GET_ONLY),
    "export_organisations": (OFFICIALS, GET_ONLY),
    "organisations_template": (OFFICIALS, GET_ONLY),
    "switch_organisation": (POST_ONLY, "d-0000000000"),  # none is named
    "add_organisation": ("d-+++++--+-+", "d-+++++--+-+"),
    "import_organisations": (OWN_KEYS, OWN_KEYS),
    "load_packaged": (POST_ONLY, OWN_KEYS),
    "change_group": (KEPT, KEPT),
    "name_members": ("d---+++-++-+", "d---+++-++-+"),
    "change_organisation": (KEPT, KEPT),
    "end_organisation": (KEPT, KEPT),
    "add_alias": (POST_ONLY, KEPT),
    "remove_alias": (POST_ONLY, "d---+++-++-+"),  # the alias holds in the office's own tree only
    "add_group": (KEPT, KEPT),
    "add_standard_groups": (POST_ONLY, KEPT),
    "people": (KEPT, KEPT),
    "end_membership": (POST_ONLY, KEPT),
    "give_membership_again": (POST_ONLY, KEPT),
    "notices": (OWN, OWN_POST),
    "open_notice": (OWN_POST, "d000+0000000"),
    "read_all_notices": (OWN_POST, OWN),
    "preferences": (OWN, OWN),
    "delegations": (OFFICIALS, OFFICIALS),
    "end_delegation": (POST_ONLY, "d-0000000000"),  # none is named
    "trail": (AUDITED, GET_ONLY),
    "export_trail": (AUDITED, GET_ONLY),
    "verify_trail": (POST_ONLY, AUDITED),
    "rhythm": (OWN, OWN),
    "feed": (NONE, WRONG),  # nobody knows a link
    "feeds": (OWN, OWN),
    "withdraw_feed": (OWN_POST, "d000+0000000"),
    "hooks": (OWN_KEYS, OWN_KEYS),
    "test_hook": (POST_ONLY, "d-00----+000"),
    "withdraw_hook": (POST_ONLY, "d-00----+000"),
    "system": (OWN_KEYS, GET_ONLY),
    "retry_letters": (POST_ONLY, OWN_KEYS),
    "api_tokens": (OWN_KEYS, OWN_KEYS),
    "withdraw_api_token": (POST_ONLY, "d-00----+000"),
    # Over REST a session counts for nothing: everyone is a stranger, who reads public plans.
    "api-1:openapi-json": (ALL, ALL),
    "api-1:api-root": (NONE, NONE),
    "api-1:organisations": (KEY_NEEDED, WRONG),
    "api-1:organisation": (KEY_NEEDED, WRONG),
    "api-1:groups": (KEY_NEEDED, WRONG),
    "api-1:group": (KEY_NEEDED, WRONG),
    "api-1:plans": (ALL, WRONG),
    "api-1:plan": (NONE, WRONG),
    "api-1:plan_findings": (KEY_NEEDED, WRONG),
    "api-1:tasks": (ALL, WRONG),
    "api-1:task": (NONE, WRONG),
    "api-1:assignments": (KEY_NEEDED, WRONG),
    "api-1:assignment": (KEY_NEEDED, WRONG),
    "api-1:record": (WRONG, KEY_NEEDED),
    "api-1:record_many": (WRONG, KEY_NEEDED),
    "api-1:chases": (KEY_NEEDED, KEY_NEEDED),
    "api-1:ask": (KEY_NEEDED, KEY_NEEDED),
    "api-1:chase": (KEY_NEEDED, WRONG),
    "api-1:obstacles": (KEY_NEEDED, WRONG),
    "api-1:obstacle": (KEY_NEEDED, WRONG),
    "api-1:raise_one": (WRONG, KEY_NEEDED),
    "api-1:step": (WRONG, KEY_NEEDED),
    "api-1:steps": (KEY_NEEDED, KEY_NEEDED),
    "api-1:add": (KEY_NEEDED, KEY_NEEDED),
    "api-1:change": (WRONG, WRONG),  # PATCH and DELETE: tests/followup
    "api-1:remove": (WRONG, WRONG),
    "api-1:rounds": (KEY_NEEDED, WRONG),
    "api-1:outgoing_documents": (KEY_NEEDED, KEY_NEEDED),
    "api-1:outgoing_document": (KEY_NEEDED, WRONG),
    "api-1:outgoing_document_file": (KEY_NEEDED, WRONG),
    "api-1:received_documents": (KEY_NEEDED, WRONG),
    "api-1:begin_document": (KEY_NEEDED, KEY_NEEDED),
    "api-1:change_document": (KEY_NEEDED, WRONG),
    "api-1:submit_document": (WRONG, KEY_NEEDED),
    "api-1:number_document": (WRONG, KEY_NEEDED),
    "api-1:send_document": (WRONG, KEY_NEEDED),
    "api-1:enter_document": (WRONG, KEY_NEEDED),
    "api-1:reports": (KEY_NEEDED, WRONG),
    "api-1:report": (KEY_NEEDED, WRONG),
    "api-1:receive": (WRONG, KEY_NEEDED),
    "api-1:unknown": (NONE, WRONG),
    "account_login": (ALL, ALL),
    "account_logout": (ALL, ALL),
    "account_inactive": (ALL, WRONG),
    "account_signup": ("d" * 12, "d" * 12),
    "account_reauthenticate": (OWN, OWN),
    "account_change_password": (OWN, OWN),
    "account_set_password": (OWN, OWN),
    "account_reset_password": (ALL, ALL),
    "account_reset_password_done": (ALL, WRONG),
    "account_reset_password_from_key": (ALL, ALL),
    "account_reset_password_from_key_done": (ALL, WRONG),
    "mfa_index": (OWN, OWN_POST),
    "mfa_authenticate": (OWN, OWN),  # to the first step of signing in, or away
    "mfa_reauthenticate": (OWN, OWN),
    "mfa_activate_totp": (OWN, OWN),
    "mfa_deactivate_totp": ("d" + "0" * 11, "d" + "0" * 11),  # nobody here has turned it on
    "mfa_view_recovery_codes": ("d" + "0" * 11, OWN_POST),
    "mfa_generate_recovery_codes": (OWN, OWN),
    "mfa_download_recovery_codes": ("d" + "0" * 11, "d" + "0" * 11),
}
# What a form must hold so that the question of rights is reached.
DATA: dict[str, dict[str, Any]] = {
    "act_on_round": {"do": "close"},
    "add_alias": {"text": "Tên khác"},
    "switch_rule": {"do": "off", "reason": "Không dùng"},
    "record_progress": {"version": 1, "key": "khoa-cua-bang", "progress": "done"},
    "take_back_note": {"note": NOTE},
    "steps": {"do": "add", "text": "Gửi giấy mời"},
    "act_on_obstacle": {"do": "answer", "text": "Đã bố trí"},
    "act_on_outgoing": {"do": "submit", "version": 1},
    "past_outgoing": {"version": 1},
    "move_work_back": {"basis": "Chuyển nhầm"},
    "ask_about_duty": {"part": "task", "code": "III.1.1"},
    "answer_about_duty": {"part": "task", "code": "III.1.1", "answer": "will_add", "words": "Sẽ có trong bản sau."},
}


def test_every_address_has_its_line() -> None:
    assert (sorted(RIGHTS), sorted(ADDRESSES)) == (sorted(set(names())), sorted(set(names())))


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", RIGHTS)
def test_who_may(world: World, name: str, method: str, settings: Any) -> None:
    settings.API_RATES = {"token": 1000, "stranger": 1000}
    data = DATA.get(name, {}) if method == "post" else {}
    expected = RIGHTS[name][method == "post"]
    # Where all officials are answered alike a few of them are enough.
    asked = range(len(ASKERS)) if len(set(expected[1:])) > 2 or len(set(expected[2:])) > 1 else (0, 1, 2, 4, 7)
    signs = {ASKERS[at]: ask(world, name, method, ASKERS[at], **data)[1] for at in asked}
    assert signs == {ASKERS[at]: expected[at] for at in asked}


@pytest.mark.parametrize(
    "name", [name for name, (get, _post) in RIGHTS.items() if "0" in get and ADDRESSES[name] is not ADDRESSES["front"]]
)
def test_what_is_hidden_reads_like_what_does_not_exist(world: World, name: str) -> None:
    """The answer does not betray by one sign that the thing is there."""
    if name in {"api-1:unknown", "match_agency"}:
        return
    client = world.client("foreign")
    there = address_of(world, name)
    key = str(ADDRESSES[name](world)[0])
    nowhere = there.replace(key, "khongcoodau")
    answers = [client.get(address) for address in (there, nowhere)]
    assert [answer.status_code for answer in answers] == [404, 404]
    bodies = [plain(answer, address) for answer, address in zip(answers, (there, nowhere), strict=True)]
    assert bodies[0] == bodies[1]
    assert sorted(answers[0].headers) == sorted(answers[1].headers)


def plain(answer: Any, address: str) -> str:
    """The page without its own address and its form tokens, which differ in any case."""
    text = answer.content.decode().replace(address, "")
    return re.sub(r"\b[A-Za-z0-9]{64}\b", "", text)


READ = [name for name, (get, _post) in RIGHTS.items() if get not in {WRONG, NONE, POST_ONLY, OWN_POST}]
QUESTIONS = ({}, {"q": CANARY}, {"q": "77"}, {"state": "all", "kind": "all"}, {"holding": "held"})


@pytest.mark.parametrize("asker", ["stranger", "roleless", "foreign"])
def test_nothing_private_comes_out_anywhere(world: World, asker: str, settings: Any) -> None:
    """Lists, search, facets, exports, totals: whatever can be asked, no name of a private thing is in the answer."""
    settings.API_RATES = {"token": 1000, "stranger": 1000}
    client = world.client(asker)
    betrayed = []
    for name in READ:
        for question in QUESTIONS if ADDRESSES[name] is ADDRESSES["front"] else ({},):
            answer, _sign = ask(world, name, "get", asker, client, **question)
            said = answer.said.decode(errors="replace")
            for address in (address_of(world, name), f"q={CANARY}"):
                said = said.replace(address, "")
            if question.get("q") == CANARY:
                said = re.sub(rf'(value="|“|"q": ?"|q=){CANARY}', "", said)
            if CANARY.lower() in said.lower():
                betrayed.append((name, question))
    assert betrayed == []


def test_choices_of_the_register_do_not_betray_whom_hidden_plans_name(world: World) -> None:
    answer, _sign = ask(world, "register", "get", "foreign")
    options = re.findall(r'<option value="([^"]*)"', answer.content.decode())
    assert world.named_secretly.public_id not in options
    answer, _sign = ask(world, "register", "get", "officer")
    options = re.findall(r'<option value="([^"]*)"', answer.content.decode())
    assert world.named_secretly.public_id in options


@pytest.mark.parametrize(
    "address", ["register?state=all&kind=all", "search?q=chim", "plans?q=chim", "documents?q=chim"]
)
def test_counts_do_not_count_what_is_hidden(world: World, address: str) -> None:
    """With and without the private plan, a foreigner's page says the same numbers."""
    name, _mark, query = address.partition("?")
    path = f"{address_of(world, name)}?{query}"
    client = world.client("foreign")
    before = plain(client.get(path), path)
    Task.objects.filter(pk=world.task.pk).delete()
    Citation.objects.filter(text_of=world.plan.text).delete()
    assert plain(client.get(path), path) == before


def test_a_key_reads_as_its_organisation_and_no_wider(world: World) -> None:
    client = world.client("stranger")
    headers = {"Authorization": f"Bearer {world.secret}"}
    slugs = [plan["slug"] for plan in client.get("/api/v1/plans", headers=headers).json()["items"]]
    assert sorted(slugs) == sorted([world.plan.slug, world.public.slug])
    assert client.get("/ke-hoach-moi/", headers=headers).status_code == 302  # no page takes a key


def test_a_session_does_not_widen_what_rest_gives(world: World) -> None:
    for asker in ("officer", "administrator"):
        client = world.client(asker)
        assert [p["slug"] for p in client.get("/api/v1/plans").json()["items"]] == [world.public.slug]
        assert client.get("/api/v1/plans", {"q": CANARY}).json()["total"] == 0


def test_whoever_is_refused_leaves_no_trace(world: World) -> None:
    """Asking everything without a right changes nothing and writes nothing into the audit trail."""
    before = AuditEvent.objects.count()
    for name, (_get, post) in RIGHTS.items():
        if post in {WORKED_ON, PUBLISHED, KEPT} or name in {"withdraw_api_token", "remove_alias"}:
            client = world.client("foreign")
            assert client.post(address_of(world, name), DATA.get(name, {})).status_code in {403, 404}
    assert AuditEvent.objects.count() == before
    assert [problem for chain in audit.chains() for problem in audit.verify(chain)] == []
    assert not Plan.objects.get(pk=world.plan.pk).is_public


@pytest.mark.parametrize("name", ["end_membership", "give_membership_again"])
def test_roles_cannot_be_counted_from_outside(world: World, name: str) -> None:
    """A role that there is and one that there is not are refused alike."""
    there = address_of(world, name)
    nowhere = there.replace(f"/{world.membership.pk}/", "/987654321/")
    answers = [world.client("foreign").post(address) for address in (there, nowhere)]
    assert [answer.status_code for answer in answers] == [403, 403]
    assert plain(answers[0], there) == plain(answers[1], nowhere)
