"""The small scripts in a real browser, on pages made here: every request is answered by the test itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Page, Route, expect

STATIC = Path(__file__).resolve().parents[2] / "src" / "nhipcau" / "core" / "static" / "core"
ADDRESS = "http://nhip-cau.test"
Answer = str | Callable[[Route], None]


@pytest.fixture
def desk(browser):
    """``desk(body, {"/tim/": answer})``: a page with this body and every script; ``answers`` by path."""
    contexts = []

    def opened(body: str, answers: dict[str, Answer] | None = None) -> Page:
        known = {"/": page_with(body), **(answers or {})}

        def handle(route: Route) -> None:
            path = route.request.url.removeprefix(ADDRESS).split("?")[0]
            if path.startswith("/static/"):
                route.fulfill(path=STATIC / path.removeprefix("/static/"), content_type="text/javascript")
                return
            answer = known.get(path, "")
            if callable(answer):
                answer(route)
            else:
                route.fulfill(body=answer, content_type="text/html; charset=utf-8")

        context = browser.new_context()
        contexts.append(context)
        context.route("**/*", handle)
        page = context.new_page()
        page.goto(ADDRESS + "/")
        return page

    yield opened
    for context in contexts:
        context.close()


def page_with(body: str) -> str:
    scripts = "".join(
        f'<script type="module" src="/static/{name}.js"></script>'
        for name in ("shortcuts", "filter", "keep", "progress")
    )
    return f"<!doctype html><html><body>{body}{scripts}</body></html>"


# --- keys ------------------------------------------------------------------------------------------------------------

KEYS = (
    '<header class="masthead"><form><input id="tim" type="search"></form></header><main><p><input id="cau"></p>'
    '<ol data-rove><li><a id="a" href="#a">A</a></li><li><a id="b" href="#b">B</a></li></ol></main>'
    '<dialog id="phim"><form method="dialog"><button>Đóng</button></form></dialog>'
)


def focused(page: Page) -> str:
    return page.evaluate("document.activeElement.id")


def test_a_slash_goes_to_the_search(desk):
    page = desk(KEYS)
    page.keyboard.press("/")
    assert focused(page) == "tim"
    assert page.input_value("#tim") == ""
    page.keyboard.press("Escape")
    assert focused(page) == ""


def test_a_slash_that_is_typed_stays_a_slash(desk):
    page = desk(KEYS)
    page.focus("#cau")
    page.keyboard.type("08/KH?")
    assert (focused(page), page.input_value("#cau")) == ("cau", "08/KH?")
    assert page.query_selector("dialog[open]") is None


def test_a_question_mark_shows_the_keys(desk):
    page = desk(KEYS)
    page.keyboard.press("?")
    assert page.is_visible("dialog[open]")
    page.keyboard.press("Escape")
    assert page.query_selector("dialog[open]") is None


def test_j_and_k_walk_a_list_and_stop_at_its_ends(desk):
    page = desk(KEYS)
    walked = []
    for key in "jjjk":
        page.keyboard.press(key)
        walked.append(focused(page))
    assert walked == ["a", "b", "b", "a"]


def test_what_is_open_closes_with_escape_or_a_click_beside_it(desk):
    page = desk('<details class="flap" open><summary>Thêm</summary><a href="#x">X</a></details><p id="away">…</p>')
    page.keyboard.press("Escape")
    assert page.query_selector("details[open]") is None
    page.click("summary")
    page.click("#away")
    assert page.query_selector("details[open]") is None


# --- filter as you type ----------------------------------------------------------------------------------------------

FILTER = (
    '<form action="/so/" data-live="#ra"><input name="q" type="search">'
    '<select name="role"><option value="">Mọi vai trò</option><option value="lead">Chủ trì</option></select>'
    '<button>Lọc</button></form><div id="ra">cũ</div>'
)


def test_the_list_follows_what_is_typed_and_so_does_the_address(desk):
    asked = []

    def answer(route: Route) -> None:
        asked.append((route.request.url.removeprefix(ADDRESS), route.request.headers.get("hx-request")))
        route.fulfill(body="<p>mới</p>", content_type="text/html; charset=utf-8")

    page = desk(FILTER, {"/so/": answer})
    page.locator("input").fill("bao chi")
    expect(page.locator("#ra")).to_have_text("mới")
    assert asked == [("/so/?q=bao+chi", "true")]
    assert page.url == f"{ADDRESS}/so/?q=bao+chi"
    page.select_option("select", "lead")
    page.wait_for_url("**/so/?q=bao+chi&role=lead")


def test_a_whole_page_in_answer_gives_its_part(desk):
    page = desk(FILTER, {"/so/": page_with('<h1>Sổ</h1><div id="ra"><b>3</b></div>')})
    page.fill("input", "x")
    expect(page.locator("#ra")).to_have_text("3")
    assert page.query_selector("h1") is None


def test_when_the_server_cannot_answer_the_page_is_asked_whole(desk):
    def answer(route: Route) -> None:
        status = 500 if route.request.headers.get("hx-request") else 200
        route.fulfill(status=status, body=page_with("<h1>Cả trang</h1>"), content_type="text/html; charset=utf-8")

    page = desk(FILTER, {"/so/": answer})
    page.fill("input", "x")
    expect(page.locator("h1")).to_have_text("Cả trang")


# --- what was typed --------------------------------------------------------------------------------------------------

KEEP = (
    '<form method="post" action="/gui/" data-keep="thu" data-keep-says="Đã giữ"><input name="a">'
    '<textarea name="b"></textarea><input name="p" type="password"><input name="t" type="hidden" value="1">'
    '<input name="c" type="checkbox" value="1"><button>Gửi</button></form>'
)


def typed(page: Page) -> tuple[str, str, str, bool]:
    return (
        page.input_value("[name=a]"),
        page.input_value("[name=b]"),
        page.input_value("[name=p]"),
        page.is_checked("[name=c]"),
    )


def type_all(page: Page) -> None:
    page.fill("[name=a]", "Sở Tư pháp")
    page.fill("[name=b]", "Ghi chú")
    page.fill("[name=p]", "bi-mat")
    page.check("[name=c]")


def test_what_was_typed_survives_a_reload_but_never_a_password(desk):
    page = desk(KEEP)
    type_all(page)
    page.goto(ADDRESS + "/")
    assert typed(page) == ("Sở Tư pháp", "Ghi chú", "", True)
    assert page.inner_text("[role=status]") == "Đã giữ"
    assert "bi-mat" not in page.evaluate("JSON.stringify(sessionStorage)")


@contextmanager
def served(answers: dict[str, str]) -> Iterator[str]:
    """A real server, for what depends on redirects: ``{"/gui/": "→ /xong/"}`` leads on. Its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            script = STATIC / Path(self.path).name
            is_script = script.suffix == ".js"
            body = script.read_text("utf-8") if is_script else answers.get(self.path, "")
            leads_on = body.startswith("→ ")
            self.send_response(302 if leads_on else 200)
            if leads_on:
                self.send_header("Location", body.removeprefix("→ "))
            self.send_header("Content-Type", "text/javascript" if is_script else "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(b"" if leads_on else body.encode())

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.do_GET()

        def log_message(self, *_said: object) -> None:
            """Nothing: the test speaks."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


def test_what_the_server_has_taken_is_forgotten(browser):
    answers = {"/": page_with(KEEP), "/gui/": "→ /xong/", "/xong/": page_with("<p>Đã nhận</p>")}
    with served(answers) as address, browser.new_context() as context:
        page = context.new_page()
        page.goto(address)
        type_all(page)
        page.click("button")
        expect(page.locator("p")).to_have_text("Đã nhận")
        page.goto(address)
        assert typed(page) == ("", "", "", False)


@pytest.mark.parametrize("trouble", ["→ /dang-nhap/", '<a href="/sau/">Máy chủ gặp trục trặc</a>'])
def test_a_session_that_ended_and_a_page_of_trouble_lose_nothing(browser, trouble):
    sign_in = '<form action="/vao/" method="post"><button>Đăng nhập</button></form>'
    answers = {
        "/": page_with(KEEP),
        "/gui/": trouble,
        "/dang-nhap/": sign_in,
        "/vao/": "→ /sau/",
        "/sau/": page_with("<p>Đã vào</p>"),
    }
    with served(answers) as address, browser.new_context() as context:
        page = context.new_page()
        page.goto(address)
        type_all(page)
        page.click("button")
        page.click("text=Đăng nhập" if trouble.startswith("→") else "text=trục trặc")
        expect(page.locator("p")).to_have_text("Đã vào")
        page.goto(address)
        assert typed(page) == ("Sở Tư pháp", "Ghi chú", "", True)


def test_a_lost_connection_loses_nothing(desk):
    page = desk(KEEP, {"/gui/": lambda route: route.abort("internetdisconnected")})
    type_all(page)
    page.click("button", no_wait_after=True)
    page.wait_for_timeout(300)
    page.go_back()
    page.reload()
    assert typed(page) == ("Sở Tư pháp", "Ghi chú", "", True)


def test_a_form_that_comes_back_with_errors_keeps_the_servers_values(desk):
    page = desk(KEEP)
    page.fill("[name=a]", "cũ")
    page.evaluate(
        "sessionStorage.setItem('keep:/lai/:thu', sessionStorage.getItem('keep:/:thu'))"
    )  # the same form at another address, drawn again by the server
    page.route(
        f"{ADDRESS}/lai/",
        lambda route: route.fulfill(
            body=page_with(KEEP.replace('<input name="a">', '<div class="wrong"><input name="a" value="mới"></div>')),
            content_type="text/html; charset=utf-8",
        ),
    )
    page.goto(ADDRESS + "/lai/")
    assert page.input_value("[name=a]") == "mới"


# --- progress --------------------------------------------------------------------------------------------------------


def piece(done: int, says: str, poll: bool = True) -> str:
    follow = ' data-poll="/tien-do/"' if poll else ""
    bar = f'<progress max="3" value="{done}"></progress>' if poll else ""
    return f'<div class="progress"{follow}>{bar}<p role="status">{says}</p></div>'


def test_progress_is_followed_until_the_job_is_done(desk):
    answers = iter([piece(1, "trang 1"), piece(2, "trang 2"), piece(3, "Đã xong", poll=False)])
    asked = []

    def answer(route: Route) -> None:
        asked.append(1)
        route.fulfill(body=next(answers), content_type="text/html; charset=utf-8")

    page = desk(piece(0, "Đang chờ"), {"/tien-do/": answer})
    page.evaluate("window.bar = document.querySelector('progress')")
    expect(page.locator("[role=status]")).to_have_text("trang 2", timeout=10_000)
    assert page.evaluate("window.bar.isConnected && window.bar.value") == 2  # the bar moves, it is not made anew
    expect(page.locator("[role=status]")).to_have_text("Đã xong", timeout=10_000)
    page.wait_for_timeout(1500)
    assert len(asked) == 3


def test_progress_leads_on_to_what_came_of_it(desk):
    answers: dict[str, Answer] = {
        "/tien-do/": lambda route: route.fulfill(status=204, headers={"HX-Redirect": "/xong/"}),
        "/xong/": page_with("<h1>Đối chiếu</h1>"),
    }
    page = desk(piece(0, "Đang chờ"), answers)
    page.wait_for_url("**/xong/", timeout=10_000)


def test_a_lost_connection_does_not_end_the_following(desk):
    tries = []

    def answer(route: Route) -> None:
        tries.append(1)
        if len(tries) == 1:
            route.abort()
        else:
            route.fulfill(body=piece(3, "Đã xong", poll=False), content_type="text/html; charset=utf-8")

    page = desk(piece(0, "Đang chờ"), {"/tien-do/": answer})
    expect(page.locator("[role=status]")).to_have_text("Đã xong", timeout=10_000)
