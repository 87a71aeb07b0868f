"""The review in a real browser: the keyboard walk, the walk without JavaScript, two reviewers, what is kept."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from tests.browser.conftest import ROOT, Site

CITY = ROOT / "data" / "demo" / "city_plan_1927_kh_ubnd_ocr.txt"
OFFICER, COORDINATOR = "can-bo@thanhpho.example", "dieu-phoi@thanhpho.example"


class Desk:
    """Browsers in which people of the city are signed in, and a plan of their own to review."""

    def __init__(self, browser: Browser, site: Site) -> None:
        self.browser, self.site = browser, site
        self.known: dict[str, object] = {}
        self.contexts: list[BrowserContext] = []

    def page(self, email: str = OFFICER, **options: object) -> Page:
        """A page of a browser of its own."""
        if email not in self.known:
            context = self.browser.new_context(base_url=self.site.address)
            page = context.new_page()
            page.goto("/tai-khoan/dang-nhap/")
            page.fill("input[type=email]", email)
            page.fill("input[type=password]", self.site.password)
            page.click("main form .btn.main")
            page.wait_for_url(lambda url: "/dang-nhap" not in url)
            self.known[email] = context.storage_state()
            context.close()
        context = self.browser.new_context(
            base_url=self.site.address,
            viewport={"width": 1280, "height": 900},
            storage_state=self.known[email],  # type: ignore[arg-type]
            **options,  # type: ignore[arg-type]
        )
        self.contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        return page

    def upload(self, page: Page, content: bytes, name: str) -> None:
        page.goto("/ke-hoach-moi/")
        page.set_input_files("input[type=file]", {"name": name, "mimeType": "text/plain", "buffer": content})
        page.click("main form.arrive button.btn.main")
        page.wait_for_url("**/doi-chieu/**")


@pytest.fixture(scope="module")
def desk(browser: Browser, site: Site) -> Iterator[Desk]:
    desk = Desk(browser, site)
    yield desk
    for context in desk.contexts:
        context.close()


@pytest.fixture(scope="module")
def plan(desk: Desk) -> str:
    """The address of a review of the city's plan that belongs to these tests."""
    page = desk.page()
    desk.upload(page, CITY.read_bytes() + b"\n\n", "ke-hoach-thu.txt")
    page.goto("/doi-chieu/")  # leaving the page that tells of the progress, and finding the plan again
    page.get_by_role("link", name="ke-hoach-thu.txt").click()
    page.locator("#con-lai").wait_for()
    return page.url.split("?")[0]


def left(page: Page) -> int:
    found = re.search(r"Còn (\d+) chỗ", page.locator("#con-lai").inner_text())
    return int(found.group(1)) if found else 0


def expect_left(page: Page, count: int) -> None:
    expect(page.locator("#con-lai")).to_contain_text(f"Còn {count} chỗ")


def lit(page: Page) -> Locator:
    return page.locator(".pair.lit .asking")


def asked(page: Page) -> str:
    return lit(page).get_attribute("id") or ""


def expect_other(page: Page, question: str) -> None:
    expect(lit(page)).not_to_have_id(question)


def test_the_whole_walk_is_done_with_keys(desk, plan):
    page = desk.page()
    page.goto(plan)
    count, first = left(page), asked(page)
    expect(lit(page).locator("legend q")).to_have_text("07 thang 03iam 2024")  # the walk begins with the header
    page.keyboard.press("Enter")
    expect_left(page, count - 1)
    expect_other(page, first)
    second = asked(page)

    page.keyboard.press("j")
    expect_other(page, second)
    expect(page.locator("#thanh [data-key=k]")).to_have_attribute("href", re.compile(f"#{second}$"))
    page.keyboard.press("k")
    expect(lit(page)).to_have_id(second)
    page.keyboard.press("2")
    expect(lit(page).locator("input[type=radio]").nth(1)).to_be_checked()
    page.keyboard.press("s")
    expect_other(page, second)
    expect_left(page, count - 1)

    page.get_by_role("link", name="Nhận “Vũng Tàu”?").click()
    expect(lit(page).locator("legend q")).to_have_text("Viing Tau")
    expect(page.locator("#thanh [data-key=k]")).to_be_visible()
    page.keyboard.press("e")
    field = lit(page).locator("[data-typing] [name=value]")
    expect(field).to_be_focused()
    field.fill("Bà Rịa")
    field.press("Enter")
    expect_left(page, count - 2)
    expect(page.locator("#song-ngu").get_by_text("Bạn đã sửa")).to_be_visible()
    page.keyboard.press("z")
    expect_left(page, count - 1)
    page.keyboard.press("z")
    expect_left(page, count)
    expect(lit(page)).to_have_id(first)


def test_one_decision_settles_the_same_repair_everywhere(desk, plan):
    page = desk.page()
    page.goto(plan)
    page.get_by_role("link", name="Nhận “Thường xuyên”?").first.click()
    lit(page).get_by_text("chỗ chỉ mất dấu").wait_for()
    count = left(page)
    lit(page).get_by_text("Xem riêng từng chỗ").click()
    places = lit(page).locator(".together li")
    assert places.count() >= 4
    lit(page).locator("[data-accept]").click()
    expect_left(page, count - 1)
    expect(page.get_by_role("link", name="Nhận “Thường xuyên”?")).to_have_count(0)
    page.keyboard.press("z")
    expect_left(page, count)


def test_the_walk_without_javascript(desk, plan):
    page = desk.page(java_script_enabled=False)
    page.goto(plan + "?cho=1")
    count, first = left(page), asked(page)
    lit(page).locator("[data-accept]").click()
    expect_left(page, count - 1)
    expect_other(page, first)
    lit(page).locator("[data-typing] summary").click()
    assert lit(page).locator("[data-typing] [name=value]").is_visible()
    page.locator("#thanh [data-key=z]").click()
    expect_left(page, count)
    expect(lit(page)).to_have_id(first)


def test_pointing_at_a_value_lights_its_lines(desk, plan):
    page = desk.page()
    page.goto(plan)
    pair = page.locator(".pair:not(.lit, .plain):has(.read .label)").nth(3)
    source = pair.locator(".source")
    pair.scroll_into_view_if_needed()
    page.mouse.move(0, 0)
    colour = "element => getComputedStyle(element).backgroundColor"
    before = source.evaluate(colour)
    pair.locator(".read .label").first.hover()
    assert source.evaluate(colour) != before
    page.mouse.move(0, 0)
    source.hover()
    assert pair.locator(".read").evaluate(colour) != "rgba(0, 0, 0, 0)"


def test_a_half_done_review_is_kept(desk, plan):
    page = desk.page()
    page.goto(plan + "?cho=1")
    count, first = left(page), asked(page)
    page.keyboard.press("Enter")
    expect_left(page, count - 1)
    expect_other(page, first)
    second = asked(page)
    page.context.close()

    again = desk.page()
    again.goto(plan)
    assert left(again) == count - 1
    expect(lit(again)).to_have_id(second)
    again.keyboard.press("z")
    expect_left(again, count)


def test_the_second_of_two_reviewers_is_told_who_was_first(desk, plan):
    one, other = desk.page(), desk.page(COORDINATOR)
    for page in (one, other):
        page.goto(plan + "?cho=1")
    count = left(one)
    one.keyboard.press("Enter")
    expect_left(one, count - 1)
    other.keyboard.press("2")
    other.keyboard.press("Enter")
    expect(other.locator("#loi-nhan")).to_contain_text("đã quyết định chỗ này trước bạn")
    expect_left(other, count - 1)
    one.keyboard.press("z")
    expect_left(one, count)


def test_reading_is_called_off(desk):
    page = desk.page()
    desk.upload(page, CITY.read_bytes() * 4, "rat-dai.txt")
    page.get_by_role("button", name="Dừng đọc").click()
    expect(page.get_by_role("button", name="Đọc lại")).to_be_visible()
    page.get_by_role("button", name="Bỏ tệp này").click()
    page.wait_for_url("**/doi-chieu/")
    assert page.get_by_role("link", name="rat-dai.txt").count() == 0
