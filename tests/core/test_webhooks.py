"""Telling other systems: signed, at least once, under one id, to a real server on this machine."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import http.server
import json
import re
import threading
import time
import uuid
from collections.abc import Iterator

import pytest
from django.db import transaction
from django.utils import timezone
from tests.factories import make_member, make_organisation, make_plan

from nhipcau.core import actions, jobs, webhooks
from nhipcau.core.actors import SYSTEM, Actor, Refused
from nhipcau.core.acts import act
from nhipcau.core.models import Delivery, Hook, Notice
from nhipcau.core.worker import run_due_jobs
from nhipcau.plans.actions.publishing import publish_plan

pytestmark = pytest.mark.django_db


class Receiver(http.server.ThreadingHTTPServer):
    """Another system: keeps what it is sent, and answers as told."""

    daemon_threads = True

    def __init__(self) -> None:
        self.got: list[tuple[dict[str, str], bytes]] = []
        self.status = 200
        self.wait = 0.0
        super().__init__(("127.0.0.1", 0), _Talk)
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def handle_error(self, *_arguments: object) -> None:
        pass

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/nhan?x=1"


class _Talk(http.server.BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.got.append(({name.lower(): value for name, value in self.headers.items()}, body))
        time.sleep(self.server.wait)
        self.send_response(self.server.status)
        self.end_headers()

    def log_message(self, *_arguments: object) -> None:
        pass


@pytest.fixture
def receiver(settings) -> Iterator[Receiver]:
    made = Receiver()
    settings.FETCH_PRIVATE_HOSTS = [f"127.0.0.1:{made.server_port}"]
    settings.SITE_URL = "https://nhipcau.example.vn"
    yield made
    made.shutdown()
    made.server_close()


def administrator(office) -> Actor:
    return Actor(make_member(office, "administrator").pk, office.pk, frozenset({"administrator"}))


def make_hook(office, url: str, *kinds: str) -> tuple[Hook, str]:
    return actions.make_hook(administrator(office), name="Trục tỉnh", url=url, kinds=kinds or ["plans.published"])


def head(office) -> Actor:
    return Actor(make_member(office, "head").pk, office.pk, frozenset({"head"}))


def deliver() -> None:
    jobs.enqueue("core.deliver_hooks", {})
    run_due_jobs()


def hurry() -> None:
    Delivery.objects.update(try_after=timezone.now())
    Hook.objects.update(paused_until=timezone.now())


def test_an_act_is_told_signed_and_without_names(receiver):
    office = make_organisation("Sở Tư pháp")
    _hook, secret = make_hook(office, receiver.url)
    plan = make_plan(office, slug="08-kh-ubnd")
    before = int(time.time())
    publish_plan(head(office), plan)
    deliver()
    deliver()
    ((headers, body),) = receiver.got
    told = json.loads(body)
    assert told == {
        "id": headers["nhipcau-id"],
        "kind": "plans.published",
        "at": told["at"],
        "organisation": office.public_id,
        "subject": {"kind": "plans.plan", "id": "08-kh-ubnd"},
        "url": "https://nhipcau.example.vn/ke-hoach/08-kh-ubnd/",
    }
    assert uuid.UUID(told["id"]).version == 4
    assert dt.datetime.fromisoformat(told["at"]).tzinfo is not None
    moment, digest = re.fullmatch(r"t=(\d+),v1=([0-9a-f]{64})", headers["nhipcau-signature"]).groups()
    assert before <= int(moment) <= time.time()
    assert digest == hmac.new(secret.encode(), f"{moment}.".encode() + body, hashlib.sha256).hexdigest()
    assert headers["content-type"] == "application/json"


def test_only_what_was_chosen_and_only_to_whose_it_is(receiver):
    office, other = make_organisation(), make_organisation()
    make_hook(office, receiver.url, "plans.withdrawn")
    make_hook(other, receiver.url, "plans.published")
    publish_plan(head(office), make_plan(office))
    assert Delivery.objects.count() == 0


def test_an_act_that_fails_announces_nothing(receiver):
    office = make_organisation()
    make_hook(office, receiver.url)

    @act("tests.fail", may=lambda *_: True)
    def fail(running, **_named):
        running.announce("plans.published", None, "/", organisations=[office.pk])
        raise RuntimeError

    with pytest.raises(RuntimeError), transaction.atomic():
        fail(SYSTEM)
    assert Delivery.objects.count() == 0


def test_a_receiver_that_fails_is_asked_again_under_the_same_id(receiver):
    office = make_organisation()
    make_hook(office, receiver.url)
    receiver.status = 503
    publish_plan(head(office), make_plan(office))
    waits = []
    for _attempt in range(len(webhooks.WAITS) + 1):
        hurry()
        deliver()
        left = Delivery.objects.get()
        waits.append(round((left.try_after - timezone.now()).total_seconds() / 60))
    assert waits[:-1] == [1, 5, 15, 60, 180, 360, 720, 1440]
    assert len({headers["nhipcau-id"] for headers, _body in receiver.got}) == 1
    assert len(receiver.got) == len(webhooks.WAITS)
    assert (left.attempts, left.status, left.problem) == (8, 503, "Máy chủ trả lời mã 503.")
    assert left.given_up_at is not None
    assert Notice.objects.get().text == "Đã thôi báo tin cho “Trục tỉnh” sau 8 lần thử: Máy chủ trả lời mã 503."


def test_after_a_bad_hour_it_is_taken(receiver):
    office = make_organisation()
    make_hook(office, receiver.url)
    receiver.status = 500
    publish_plan(head(office), make_plan(office))
    deliver()
    receiver.status = 204
    deliver()
    assert len(receiver.got) == 1  # it waits for its minute
    hurry()
    deliver()
    left = Delivery.objects.get()
    assert (left.attempts, left.status, left.problem, left.delivered_at is not None) == (2, 204, "", True)


def test_killed_before_the_answer_was_written_down_it_goes_again_as_the_same(receiver):
    office = make_organisation()
    make_hook(office, receiver.url)
    publish_plan(head(office), make_plan(office))
    deliver()
    Delivery.objects.update(delivered_at=None, attempts=1)
    hurry()
    deliver()
    first, second = receiver.got
    assert (first[0]["nhipcau-id"], first[1]) == (second[0]["nhipcau-id"], second[1])


def test_one_that_does_not_answer_holds_nobody_up(receiver, settings, monkeypatch):
    monkeypatch.setattr(webhooks, "SECONDS", 0.2)
    silent = Receiver()
    settings.FETCH_PRIVATE_HOSTS = [*settings.FETCH_PRIVATE_HOSTS, f"127.0.0.1:{silent.server_port}"]
    silent.wait = 1.0
    dead, alive = make_organisation(), make_organisation()
    make_hook(dead, silent.url)
    make_hook(alive, receiver.url)
    for _number in range(5):
        publish_plan(head(dead), make_plan(dead))
    publish_plan(head(alive), make_plan(alive))
    begun = time.monotonic()
    deliver()
    deliver()
    assert time.monotonic() - begun < 1
    assert (len(silent.got), len(receiver.got)) == (1, 1)
    silent.shutdown()
    silent.server_close()


def test_a_redirect_is_a_failure(receiver, monkeypatch):
    office = make_organisation()
    make_hook(office, receiver.url)
    receiver.status = 307
    publish_plan(head(office), make_plan(office))
    deliver()
    assert (len(receiver.got), Delivery.objects.get().problem) == (1, "Máy chủ trả lời mã 307.")


def test_two_workers_deliver_once(receiver):
    office = make_organisation()
    make_hook(office, receiver.url)
    publish_plan(head(office), make_plan(office))
    seen_by_both = Delivery.objects.select_related("hook").get()
    other = Delivery.objects.select_related("hook").get()
    webhooks._deliver(seen_by_both)
    webhooks._deliver(other)
    assert len(receiver.got) == 1


def test_an_address_inside_is_asked_never_not_even_later(settings):
    """The name was public when it was registered; now it points inside."""
    settings.FETCH_PRIVATE_HOSTS = []
    office = make_organisation()
    make_hook(office, "http://127.0.0.1:8080/")
    publish_plan(head(office), make_plan(office))
    deliver()
    assert Delivery.objects.get().problem == "Địa chỉ này trỏ vào mạng nội bộ nên không được gọi."


def test_the_secret_is_kept_encrypted(receiver):
    hook, secret = make_hook(make_organisation(), receiver.url)
    assert secret not in "".join(str(value) for value in vars(hook).values())


def test_an_administrator_makes_tests_and_ends_one(receiver, client_of):
    office = make_organisation()
    client = client_of(make_member(office, "administrator"))
    form = {"name": "Trục tỉnh", "url": receiver.url, "kinds": ["plans.published", "plans.confirmed"]}
    page = client.post("/goi-ra/", form)
    (secret,) = re.findall(r'id="khoa-ky"[^>]*value="([^"]+)"', page.content.decode())
    assert (page.status_code, page.headers["Cache-Control"]) == (200, "no-store")
    assert secret not in client.get("/goi-ra/").content.decode()
    hook = Hook.objects.get()
    assert client.post(f"/goi-ra/{hook.public_id}/thu/").status_code == 302
    deliver()
    told = json.loads(receiver.got[0][1])
    assert (told["kind"], told["subject"], told["url"], told["organisation"]) == (
        "core.test",
        None,
        None,
        office.public_id,
    )
    assert "đã nhận" in client.get("/goi-ra/").content.decode()
    publish_plan(head(office), make_plan(office))
    assert client.post(f"/goi-ra/{hook.public_id}/rut/").status_code == 302
    deliver()
    assert len(receiver.got) == 1


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("http://169.254.169.254/", "Địa chỉ này trỏ vào mạng nội bộ nên không được gọi."),
        ("ftp://example.vn/", "Địa chỉ phải bắt đầu bằng https:// hoặc http:// và có tên máy chủ."),
        ("http://1.1.1.1:22/", "Cổng 22 không được phép gọi."),
        ("", "Bạn hãy ghi địa chỉ nhận tin."),
    ],
)
def test_a_wrong_address_is_said_beside_the_field(client_of, url, said):
    client = client_of(make_member(make_organisation(), "administrator"))
    answer = client.post("/goi-ra/", {"name": "X", "url": url, "kinds": ["plans.published"]})
    assert (answer.status_code, said in answer.content.decode(), Hook.objects.count()) == (422, True, 0)


def test_who_may(receiver):
    office, other = make_organisation(), make_organisation()
    hook, _secret = make_hook(office, receiver.url)
    for actor in (Actor(), head(office), administrator(other)):
        for change in (actions.test_hook, actions.withdraw_hook):
            with pytest.raises(Refused):
                change(actor, hook)
    for actor in (Actor(), head(office)):
        with pytest.raises(Refused):
            actions.make_hook(actor, name="X", url=receiver.url, kinds=["plans.published"])
    assert Hook.objects.filter(withdrawn_at=None).count() == 1


def test_one_system_whose_secret_cannot_be_read_stops_no_other(receiver):
    office = make_organisation()
    broken, _secret = make_hook(office, receiver.url)
    make_hook(office, receiver.url)
    Hook.objects.filter(pk=broken.pk).update(secret="of another installation")
    publish_plan(head(office), make_plan(office))
    deliver()
    assert len(receiver.got) == 1
    assert Delivery.objects.get(hook=broken).problem.startswith("Không mở được khóa ký")
