"""A plan on paper: photographs put in order on a phone, sent, and reviewed beside their pictures by keyboard."""

from __future__ import annotations

from pathlib import Path

from tests.plans.test_scans import PLAN_LINES, printed


def test_photographs_are_put_in_order_and_reviewed_beside_their_pictures(empty_site, visit, tmp_path: Path):
    half = len(PLAN_LINES) // 2
    for name, lines in (("1.jpg", PLAN_LINES[half:]), ("2.jpg", PLAN_LINES[:half])):
        (tmp_path / name).write_bytes(printed(lines))
    page = visit(empty_site, "quan-tri@tinh.example")
    page.goto("/ke-hoach-moi/")
    page.set_input_files("input[name=files]", [str(tmp_path / "1.jpg"), str(tmp_path / "2.jpg")])
    page.locator("[data-chosen] li").nth(1).wait_for()
    page.locator("[data-chosen] [data-up]").nth(1).click()  # the second photograph is the first page
    names = page.evaluate("[...document.querySelector('input[name=files]').files].map((file) => file.name)")
    assert names == ["2.jpg", "1.jpg"]
    page.click("main button.btn.main")
    page.wait_for_url("**/doi-chieu/**")
    page.locator("form[action*='xac-nhan'] button").first.wait_for(timeout=90_000)
    crop = page.locator(".crop img").first
    crop.scroll_into_view_if_needed()
    page.wait_for_function("(image) => image.complete && image.naturalWidth > 200", arg=crop.element_handle())
    assert page.locator(".pair .source .crop + p[id^=dong-]").count() > 3
