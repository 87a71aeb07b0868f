"""Asking other servers: real ones on this machine, and addresses that must not be asked."""

from __future__ import annotations

import http.server
import ipaddress
import socket
import threading
import time
from collections.abc import Iterator

import pytest

from nhipcau.core import fetching
from nhipcau.core.fetching import Unreachable, fetch


class Talk(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.server.asked.append((self.path, dict(self.headers)))  # type: ignore[attr-defined]
        kind = self.path.split("?")[0]
        if kind.startswith("/to/"):
            self.send_response(302)
            self.send_header("Location", self.server.target)  # type: ignore[attr-defined]
            self.end_headers()
        elif kind == "/drip":
            self.send_response(200)
            self.end_headers()
            for _number in range(100):
                self.wfile.write(b".")
                self.wfile.flush()
                time.sleep(0.05)
        else:
            self.send_response(200 if kind != "/503" else 503)
            self.send_header("Content-Type", "text/plain")
            self.end_headers()
            self.wfile.write(b"x" * 5000 if kind == "/long" else b"chao")

    def do_POST(self) -> None:
        self.do_GET()

    def log_message(self, *_arguments: object) -> None:
        pass


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    asked: list[tuple[str, dict[str, str]]]
    target = "/"

    def handle_error(self, *_arguments: object) -> None:
        pass  # whoever asked went away

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


@pytest.fixture
def server(settings) -> Iterator[Server]:
    made = Server(("127.0.0.1", 0), Talk)
    made.asked = []
    settings.FETCH_PRIVATE_HOSTS = [f"127.0.0.1:{made.server_port}"]
    thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield made
    made.shutdown()
    made.server_close()


def refused(url: str, **arguments: object) -> str:
    with pytest.raises(Unreachable) as stop:
        fetch(url, **arguments)
    assert stop.value.is_forbidden
    return stop.value.reason


INSIDE = "Địa chỉ này trỏ vào mạng nội bộ nên không được gọi."


def test_what_a_listed_host_answers_comes_back(server):
    answer = fetch(f"{server.base}/a?b=c", headers={"X-Own": "1"})
    assert (answer.status, answer.body, answer.is_whole) == (200, b"chao", True)
    path, headers = server.asked[0]
    assert (path, headers["Host"], headers["X-Own"]) == ("/a?b=c", f"127.0.0.1:{server.server_port}", "1")
    assert fetch(f"{server.base}/503").status == 503


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "127.1",
        "2130706433",
        "0x7f000001",
        "localhost",
        "0.0.0.0",
        "10.0.0.1",
        "172.16.9.9",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "100.100.100.200",
        "168.63.129.16",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "198.18.0.1",
        "[::1]",
        "[::]",
        "[fe80::1]",
        "[fd00:ec2::254]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
        "[ff02::1]",
    ],
)
def test_what_stands_inside_is_not_asked(host):
    assert refused(f"http://{host}/") == INSIDE


def test_a_public_address_may_be_asked():
    assert fetching.check("https://1.1.1.1/x").addresses == ("1.1.1.1",)
    assert fetching.check("http://[2606:4700:4700::1111]:8443/").port == 8443


@pytest.mark.parametrize(
    "url",
    ["ftp://1.1.1.1/", "file:///etc/passwd", "gopher://1.1.1.1:70/", "http://", "//1.1.1.1/", "http://[", "http://1.1.1.1:x/",
     "http://1.1.1.1/\r\nHost: x", "http://ai:mat-khau@1.1.1.1/", "http://1.1.1.1:22/", "http://1.1.1.1:6379/"],
)  # fmt: skip
def test_only_http_on_usual_ports(url):
    assert refused(url) != INSIDE


def test_other_ports_of_a_listed_host_stay_closed(server):
    assert refused("http://127.0.0.1:8123/") == INSIDE


def resolve_as(monkeypatch, *answers: list[str]) -> list[str]:
    """Names are answered with these addresses, in turn; returns what was asked."""
    asked: list[str] = []
    real = socket.getaddrinfo

    def answer(name, port, *arguments, **named):
        try:
            ipaddress.ip_address(name)
        except ValueError:
            asked.append(name)
            given = answers[min(len(asked), len(answers)) - 1]
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in given]
        return real(name, port, *arguments, **named)

    monkeypatch.setattr(socket, "getaddrinfo", answer)
    return asked


def test_a_name_of_which_one_address_stands_inside_is_not_asked(monkeypatch):
    resolve_as(monkeypatch, ["93.184.216.34", "10.0.0.1"])
    assert refused("http://hai-mat.example.vn/") == INSIDE


def test_a_name_is_resolved_once_and_the_checked_address_is_asked(monkeypatch, server, settings):
    """A name that points elsewhere a moment later gains nothing: nobody asks again."""
    settings.FETCH_PRIVATE_HOSTS = [f"doi-chieu.example.vn:{server.server_port}"]
    asked = resolve_as(monkeypatch, ["127.0.0.1"], ["203.0.113.9"])
    answer = fetch(f"http://doi-chieu.example.vn:{server.server_port}/")
    assert (answer.status, asked) == (200, ["doi-chieu.example.vn"])
    assert server.asked[0][1]["Host"] == f"doi-chieu.example.vn:{server.server_port}"


def test_redirects_are_not_followed_unless_asked(server):
    assert fetch(f"{server.base}/to/").status == 302
    server.target = "/end"
    assert fetch(f"{server.base}/to/", redirects=2).status == 200
    assert [path for path, _headers in server.asked] == ["/to/", "/to/", "/end"]


def test_each_redirect_is_looked_at(server):
    server.target = "http://169.254.169.254/latest/meta-data/"
    assert refused(f"{server.base}/to/", redirects=3) == INSIDE
    server.target = "file:///etc/passwd"
    refused(f"{server.base}/to/", redirects=3)


def test_redirects_have_an_end(server):
    server.target = "/to/again"
    assert fetch(f"{server.base}/to/", redirects=3).status == 302
    assert len(server.asked) == 4


def test_what_is_sent_is_never_sent_on(server):
    server.target = "/end"
    assert fetch(f"{server.base}/to/", method="POST", body=b"{}", redirects=3).status == 302
    assert len(server.asked) == 1


def test_a_long_answer_is_cut_off(server):
    answer = fetch(f"{server.base}/long", most=1000)
    assert (len(answer.body), answer.is_whole) == (1000, False)


def test_a_server_that_drips_is_left(server):
    begun = time.monotonic()
    with pytest.raises(Unreachable) as stop:
        fetch(f"{server.base}/drip", seconds=0.4)
    assert stop.value.reason == "Máy chủ không trả lời trong thời gian cho phép."
    assert time.monotonic() - begun < 2


def test_a_resolver_that_never_answers_is_left(monkeypatch):
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_arguments, **_named: time.sleep(3))
    with pytest.raises(Unreachable):
        fetch("http://cham.example.vn/", seconds=0.1)


def test_nobody_there_is_said_in_a_sentence(settings):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings.FETCH_PRIVATE_HOSTS = ["127.0.0.1"]
    with pytest.raises(Unreachable) as stop:
        fetch(f"http://127.0.0.1:{port}/")
    assert (stop.value.reason, stop.value.is_forbidden) == (
        "Không nối được máy chủ, hoặc máy chủ ngắt giữa chừng.",
        False,
    )


def test_a_server_without_a_good_certificate_is_not_spoken_to(server):
    with pytest.raises(Unreachable):
        fetch(f"https://127.0.0.1:{server.server_port}/")
    assert server.asked == []
