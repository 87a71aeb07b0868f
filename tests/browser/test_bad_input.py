"""Bad input to the real server over real connections: a file far over the limit, and one file twice at once."""

from __future__ import annotations

import http.client
import threading
import uuid
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page
from tests.browser.conftest import ROOT

SEED = ROOT / "data" / "demo" / "province_plan_08_kh_ubnd.txt"
MEGABYTE = b"a" * 1_000_000


@pytest.fixture
def signed_in(site, visit) -> Page:
    return visit(site, "can-bo@tinh.example")


class Sending:
    """One upload over a connection of its own, with the session and the token of a page."""

    def __init__(self, page: Page) -> None:
        page.goto("/ke-hoach-moi/")
        self.token = page.locator("main form.arrive [name=csrfmiddlewaretoken]").input_value()
        self.cookies = "; ".join(f"{c['name']}={c['value']}" for c in page.context.cookies())
        self.address = urlsplit(page.url)

    def __call__(self, name: str, pieces: list[bytes]) -> tuple[int, str, str]:
        """Status, address of a redirect, page."""
        edge = uuid.uuid4().hex
        head = (
            f'--{edge}\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{self.token}\r\n'
            f'--{edge}\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\n'
            "Content-Type: text/plain\r\n\r\n"
        ).encode()
        tail = f"\r\n--{edge}--\r\n".encode()
        connection = http.client.HTTPConnection(self.address.hostname or "", self.address.port, timeout=120)
        connection.putrequest("POST", "/ke-hoach-moi/")
        connection.putheader("Content-Type", f"multipart/form-data; boundary={edge}")
        connection.putheader("Content-Length", str(len(head) + sum(map(len, pieces)) + len(tail)))
        connection.putheader("Cookie", self.cookies)
        connection.putheader("Origin", f"{self.address.scheme}://{self.address.netloc}")
        connection.endheaders()
        for piece in (head, *pieces, tail):
            connection.send(piece)
        answer = connection.getresponse()
        said = answer.status, answer.getheader("Location", ""), answer.read().decode()
        connection.close()
        return said


def test_two_hundred_megabytes_are_answered_with_the_limit(signed_in):
    status, _location, page = Sending(signed_in)("rat-lon.txt", [MEGABYTE] * 200)
    assert status == 422
    assert "Tệp lớn hơn 50 MB nên chưa được lưu" in page
    signed_in.goto("/doi-chieu/")
    assert signed_in.get_by_text("rat-lon.txt").count() == 0


def test_one_file_over_two_connections_at_once_is_one_reading(signed_in):
    sending = Sending(signed_in)
    content = SEED.read_bytes() + uuid.uuid4().hex.encode()
    answers: list[tuple[int, str, str]] = []
    together = threading.Barrier(2)

    def send() -> None:
        together.wait()
        answers.append(sending("hai-lan.txt", [content]))

    threads = [threading.Thread(target=send) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(status for status, _location, _page in answers) == [200, 302]
    assert "đã được nhập" in next(page for status, _location, page in answers if status == 200)
    signed_in.goto("/doi-chieu/")
    assert signed_in.get_by_role("link", name="hai-lan.txt").count() == 1
