"""Someone who never saw the product: from an empty site to the tasks of Sở Tư pháp in a spreadsheet, with their sources."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl

SEED = Path(__file__).resolve().parents[2] / "data" / "demo" / "province_plan_08_kh_ubnd.txt"


def test_from_an_empty_site_to_the_tasks_of_one_agency(empty_site, visit):
    page = visit(empty_site, "quan-tri@tinh.example")
    page.goto("/ban-lam-viec/")
    page.click("main a.btn.main")  # the one next step that the page teaches
    page.set_input_files("input[type=file]", str(SEED))
    page.click("main button.btn.main")
    page.wait_for_url("**/doi-chieu/**")
    confirm = page.locator("form[action*='xac-nhan'] button").first
    confirm.wait_for(timeout=30_000)
    assert "19" in confirm.inner_text()
    confirm.click()
    page.wait_for_url("**/ke-hoach/**")

    page.goto("/so-nhiem-vu/")
    page.fill("main input[type=search]", "so tu phap")
    page.wait_for_url("**q=so+tu+phap**")
    page.locator("#so table.tasks tbody tr").nth(18).wait_for(state="detached")
    rows = page.locator("table.tasks tbody tr").all_inner_texts()
    assert len(rows) >= 4
    with page.expect_download() as download:
        page.click("text=XLSX")
    sheet = openpyxl.load_workbook(io.BytesIO(Path(download.value.path()).read_bytes())).active
    assert sheet is not None
    assert sheet.max_row == len(rows) + 1

    page.locator("table.tasks tbody tr a").first.click()
    page.wait_for_url("**/nhiem-vu/**")
    assert page.locator(".source .n").count() >= 1
    page.click("a[href*='/ban-goc/']")
    page.wait_for_url("**/ban-goc/**")
    assert page.locator("#dong-124").inner_text().endswith("Cơ quan chủ trì: Sở Tư pháp.")
