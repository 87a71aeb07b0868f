"""The board in a real browser: a dozen agencies asked in four clicks, one sheet of paper, a phone, no JavaScript."""

from __future__ import annotations

import pypdfium2
from playwright.sync_api import Browser, Page, expect
from tests.browser.conftest import Site

BOARD = "/dieu-phoi/?tat-ca="


def opened(browser: Browser, site: Site, address: str, **options: object) -> Page:
    page = browser.new_context(base_url=site.address, **options).new_page()  # type: ignore[arg-type]
    page.goto("/tai-khoan/dang-nhap/")
    page.fill("input[type=email]", "dieu-phoi@tinh.example")
    page.fill("input[type=password]", site.password)
    page.click("main form .btn.main")
    page.wait_for_url(lambda url: "/dang-nhap" not in url)
    page.goto(address)
    return page


def test_a_dozen_agencies_are_asked_in_four_clicks(browser: Browser, site: Site) -> None:
    page = opened(browser, site, BOARD)
    page.fill("#loc", "so")  # types: no click
    expect(page).to_have_url(f"{site.address}/dieu-phoi/?q=so")
    page.click("[data-all] input")  # one
    ticked = page.locator("#chon tbody input:checked").count()
    assert ticked >= 12
    expect(page.locator("#chon .btn.main")).to_have_text(f"Đôn đốc {ticked} cơ quan")
    page.click("#chon .btn.main")  # two
    expect(page.locator(".letters > li")).to_have_count(ticked)
    expect(page.locator("#chon .btn.main")).to_have_text(f"Gửi đôn đốc {ticked} cơ quan")
    page.click("#chon .btn.main")  # three
    expect(page.locator("h1")).to_have_text(f"Đã đôn đốc {ticked} cơ quan")
    page.go_back()
    page.reload()
    expect(page.locator(".notice")).to_contain_text("vừa được hỏi trong 2 ngày qua")
    page.context.close()


def test_the_sheet_fits_one_page_with_the_figures_of_the_board(browser: Browser, site: Site) -> None:
    page = opened(browser, site, BOARD)
    late = page.locator(".bigs .big").first.inner_text()
    page.click("text=In một trang")
    paper = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    assert len(paper) == 1
    said = paper[0].get_textpage().get_text_range()
    assert said.split().count(late) >= 1
    assert "Không đủ chỗ cho" in said
    page.context.close()


def test_a_phone_shows_the_board_and_a_month(browser: Browser, site: Site) -> None:
    page = opened(browser, site, BOARD, viewport={"width": 390, "height": 844})
    for address in (
        BOARD,
        "/dieu-phoi/viec/?state=late",
        "/dieu-phoi/lich/",
        "/dieu-phoi/in/",
        "/don-doc/moi/?who=late",
        "/don-doc/",
    ):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") == 390, address
    page.context.close()


def test_without_javascript_the_same_buttons_do_it(browser: Browser, site: Site) -> None:
    page = opened(browser, site, BOARD, java_script_enabled=False)
    page.locator("#chon tbody input").nth(2).check()
    page.click("#chon .btn.main")
    expect(page.locator(".letters > li")).to_have_count(1)
    page.go_back()
    page.click("#chon .all-of >> nth=0")
    assert page.locator(".letters > li").count() >= 12
    page.context.close()


def test_the_head_of_the_page_fits_every_screen(browser: Browser, site: Site) -> None:
    page = opened(browser, site, BOARD)
    for width in (600, 900, 1000, 1216, 1440, 1920):
        page.set_viewport_size({"width": width, "height": 700})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, width
    page.context.close()
