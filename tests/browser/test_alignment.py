"""The comparison of the two demo plans in a real browser: on paper, on a phone, without JavaScript."""

from __future__ import annotations

import pypdfium2
from playwright.sync_api import Browser, Page, expect
from tests.browser.conftest import Site

PAGE = "/so-sanh/08-kh-ubnd-2024/1927-kh-ubnd-2024/"


def opened(browser: Browser, site: Site, **options: object) -> Page:
    page = browser.new_context(base_url=site.address, **options).new_page()  # type: ignore[arg-type]
    page.goto("/tai-khoan/dang-nhap/")
    page.fill("input[type=email]", "lanh-dao@tinh.example")
    page.fill("input[type=password]", site.password)
    page.click("main form .btn.main")
    page.wait_for_url(lambda url: "/dang-nhap" not in url)
    page.goto(PAGE)
    return page


def test_the_demo_plans_fit_two_pages(browser: Browser, site: Site) -> None:
    page = opened(browser, site)
    paper = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    assert len(paper) == 2
    said = " ".join(sheet.get_textpage().get_text_range() for sheet in paper)
    assert "III.6.đ" in said
    assert "Cơ quan tương ứng ở hai cấp" in said
    page.context.close()


def test_the_page_fits_a_phone_and_filters_as_one_chooses(browser: Browser, site: Site) -> None:
    page = opened(browser, site, viewport={"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.select_option("#loc-loai", "dropped")
    expect(page.locator(".als > li")).to_have_count(1)
    expect(page).to_have_url(f"{site.address}{PAGE}?loai=dropped")
    page.context.close()


def test_without_javascript_the_button_filters(browser: Browser, site: Site) -> None:
    page = opened(browser, site, java_script_enabled=False)
    page.select_option("#loc-loai", "dropped")
    page.click(".pickrows .btn")
    expect(page.locator(".als > li")).to_have_count(1)
    page.context.close()
