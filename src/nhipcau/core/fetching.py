"""Asking other servers, at addresses that people have typed: never a machine behind our own walls.

The name is resolved once, every address that it has is looked at, and the connection goes to the very address that was
looked at, so that a name cannot point elsewhere a moment later (DNS rebinding). Redirects are followed only where the
caller asks, each looked at like the first address. No proxy from the environment is used, no credentials are sent.
"""

from __future__ import annotations

import contextlib
import dataclasses
import functools
import http.client
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable, Mapping
from typing import TypeVar
from urllib.parse import SplitResult, urljoin, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

T = TypeVar("T")
Address = ipaddress.IPv4Address | ipaddress.IPv6Address

SECONDS = 10.0
BYTES = 1_000_000
AGENT = "NhipCau"
# Networks that Python calls global although no stranger's server stands there.
_NOT_OURS_TO_ASK = tuple(
    ipaddress.ip_network(network)
    for network in (
        "100.64.0.0/10",  # shared by carriers: RFC 6598
        "192.88.99.0/24",  # 6to4 relays: RFC 7526
        "168.63.129.16/32",  # the metadata of Azure
        "64:ff9b::/96",  # IPv4 behind NAT64: RFC 6052
        "64:ff9b:1::/48",  # RFC 8215
        "2002::/16",  # 6to4
        "2001::/23",  # Teredo and the like
        "fec0::/10",
    )
)


class Unreachable(Exception):
    """The address cannot be asked, or did not answer. ``reason`` is a sentence for people; ``is_forbidden``: we did not
    even try."""

    def __init__(self, reason: str, *, is_forbidden: bool = False) -> None:
        super().__init__(reason)
        self.reason, self.is_forbidden = reason, is_forbidden


@dataclasses.dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered. ``is_whole`` False: the body was longer than allowed and is cut off."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    is_whole: bool


@dataclasses.dataclass(frozen=True, slots=True)
class _Place:
    """Where to connect: the addresses that were looked at, and the name for which the server is asked."""

    parts: SplitResult
    host: str
    port: int
    addresses: tuple[str, ...]

    @property
    def path(self) -> str:
        return (self.parts.path or "/") + (f"?{self.parts.query}" if self.parts.query else "")

    @property
    def said_host(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == (443 if self.parts.scheme == "https" else 80) else f"{host}:{self.port}"


def fetch(
    url: str,
    *,
    method: str = "GET",
    body: bytes | None = None,
    headers: Mapping[str, str] | None = None,
    seconds: float = SECONDS,
    most: int = BYTES,
    redirects: int = 0,
) -> Answer:
    """Ask ``url`` and return what it answers, whatever its status. ``seconds`` is for the whole, redirects included.

    Raises ``Unreachable``: an address that must not be asked, a name that nobody knows, no answer in time, TLS that does
    not hold. A redirect is followed at most ``redirects`` times, never from https to http, and never with a body.
    """
    ends_at = time.monotonic() + seconds
    for hop in range(redirects + 1):
        place = check(url, seconds=ends_at - time.monotonic())
        answer = _ask(place, url, method, body, headers or {}, ends_at, most)
        target = answer.headers.get("location")
        if answer.status not in {301, 302, 303, 307, 308} or not target or hop == redirects or body is not None:
            return answer
        further = urljoin(url, target)
        if place.parts.scheme == "https" and urlsplit(further).scheme != "https":
            raise Unreachable(_("Máy chủ chuyển sang một địa chỉ không được mã hóa."), is_forbidden=True)
        url = further
    raise AssertionError("every hop returns or goes on")


def check(url: str, *, seconds: float = SECONDS) -> _Place:
    """Resolve the name of an address and look at all that it stands for. Raises ``Unreachable``."""
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        parts, host, port = urlsplit(""), "", None
    if parts.scheme not in {"http", "https"} or not host or any(sign <= " " for sign in url):
        raise Unreachable(_("Địa chỉ phải bắt đầu bằng https:// hoặc http:// và có tên máy chủ."), is_forbidden=True)
    if parts.username or parts.password:
        raise Unreachable(_("Địa chỉ không được chứa tên đăng nhập và mật khẩu."), is_forbidden=True)
    port = port if port is not None else 443 if parts.scheme == "https" else 80
    is_listed = _is_listed(host, port)
    if not is_listed and port not in settings.FETCH_PORTS:
        raise Unreachable(_("Cổng %(port)d không được phép gọi.") % {"port": port}, is_forbidden=True)
    addresses = _resolved(host, port, seconds)
    if not is_listed and not all(is_public(address) for address in addresses):
        raise Unreachable(_("Địa chỉ này trỏ vào mạng nội bộ nên không được gọi."), is_forbidden=True)
    return _Place(parts, host, port, tuple(str(address) for address in addresses))


def is_public(address: Address) -> bool:
    """Whether anybody's server may stand there: not private, of this machine, of this link, reserved, or many."""
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped is not None:
        address = address.ipv4_mapped
    if not address.is_global or address.is_multicast or address.is_reserved or address.is_unspecified:
        return False
    return not any(address in network for network in _NOT_OURS_TO_ASK if network.version == address.version)


def _is_listed(host: str, port: int) -> bool:
    """Whether the operator lists this host ("may-chu.noi-bo" or "10.1.2.3:8080") as one that may be asked though it
    stands inside."""
    listed = {entry.casefold() for entry in settings.FETCH_PRIVATE_HOSTS}
    return bool({host.casefold(), f"{host}:{port}".casefold()} & listed)


def _resolved(host: str, port: int, seconds: float) -> list[Address]:
    def ask() -> list[Address]:
        name = host if ":" in host else host.encode("idna").decode()
        found = socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)
        return list(dict.fromkeys(ipaddress.ip_address(str(each[4][0]).partition("%")[0]) for each in found))

    try:
        addresses = _within(seconds, ask)
    except (OSError, UnicodeError, ValueError) as problem:
        raise Unreachable(_("Không tìm thấy máy chủ %(host)s.") % {"host": host[:100]}) from problem
    if not addresses:
        raise Unreachable(_("Không tìm thấy máy chủ %(host)s.") % {"host": host[:100]})
    return addresses


def _within(seconds: float, function: Callable[[], T]) -> T:
    """What the function gives, in time: the resolver knows no limit of its own. Raises ``Unreachable``, or what it
    raises."""
    came: list[T] = []
    failed: list[Exception] = []

    def run() -> None:
        try:
            came.append(function())
        except Exception as problem:
            failed.append(problem)

    thread = threading.Thread(target=run, daemon=True, name="resolving")
    thread.start()
    thread.join(max(0.0, seconds))
    if failed:
        raise failed[0]
    if not came:
        raise Unreachable(_late())
    return came[0]


def _ask(
    place: _Place, url: str, method: str, body: bytes | None, headers: Mapping[str, str], ends_at: float, most: int
) -> Answer:
    left = ends_at - time.monotonic()
    if left <= 0:
        raise Unreachable(_late())
    connection = _Pinned(place, left)
    # The limit of a socket is for each read; a server that sends a sign now and then would never come to it.
    cut = threading.Timer(left, connection.cut)
    cut.daemon = True
    cut.start()
    try:
        sent = {"Host": place.said_host, "User-Agent": AGENT, "Accept-Encoding": "identity", **headers}
        connection.request(method, place.path, body=body, headers=sent)
        with connection.getresponse() as response:
            content = response.read(most + 1) if method != "HEAD" else b""
            if time.monotonic() >= ends_at:
                raise TimeoutError
            given = {name.lower(): value for name, value in response.getheaders()}
        return Answer(url, response.status, given, content[:most], len(content) <= most)
    except ssl.SSLError as problem:
        raise Unreachable(_("Chứng thư bảo mật của máy chủ không hợp lệ.")) from problem
    except (OSError, http.client.HTTPException, ValueError) as problem:
        if time.monotonic() >= ends_at or isinstance(problem, TimeoutError):
            raise Unreachable(_late()) from problem
        raise Unreachable(_("Không nối được máy chủ, hoặc máy chủ ngắt giữa chừng.")) from problem
    finally:
        cut.cancel()
        connection.close()


def _late() -> str:
    return _("Máy chủ không trả lời trong thời gian cho phép.")


class _Pinned(http.client.HTTPConnection):
    """A connection to the address that was looked at; TLS is for the name."""

    def __init__(self, place: _Place, seconds: float) -> None:
        super().__init__(place.host, place.port, timeout=seconds)
        self._place = place
        self._ends_at = time.monotonic() + seconds
        self._held: socket.socket | None = None

    def connect(self) -> None:
        """Connect to the first of the addresses that answers; over TLS the server must prove the name."""
        self._held = self.sock = self._first()
        if self._place.parts.scheme == "https":
            name = self._place.host
            secure = _tls().wrap_socket(self.sock, server_hostname=name, do_handshake_on_connect=False)
            self._held = self.sock = secure  # so that it is closed also when the handshake fails
            secure.do_handshake()

    def _first(self) -> socket.socket:
        problem: OSError = TimeoutError()
        for number, address in enumerate(self._place.addresses):
            left = self._ends_at - time.monotonic()
            share = left / (len(self._place.addresses) - number)  # one that is dead leaves time for the others
            try:
                return socket.create_connection((address, self._place.port), max(0.1, share))
            except OSError as stop:
                problem = stop
        raise problem

    def cut(self) -> None:
        """End the connection under whoever reads from it."""
        if (sock := self._held) is not None:
            with contextlib.suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)


@functools.cache
def _tls() -> ssl.SSLContext:
    return ssl.create_default_context()
