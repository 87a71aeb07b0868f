"""The way of a report: a ward's officer adds to the draft and submits it, her chairwoman signs on a phone, the clerk numbers
and sends it; the city's coordinator settles what two wards tell of one meeting, merges, and takes away a PDF that is clean by
the decree and is read back as the document that it was made from."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from vanban.lint import lint
from vanban.parse import parse
from vanban.write import to_pdf

OFFICER, CHAIR = "can-bo@phuong7.example", "lanh-dao@phuong7.example"
COORDINATOR = "dieu-phoi@thanhpho.example"
YEARLY = re.compile(r"^Báo cáo kết quả truyền thông chính sách năm \d{4}$")
SENTENCES = (
    "Đã ban hành Kế hoạch số 05/KH-UBND về truyền thông chính sách của phường.",
    "Đã phân công một đồng chí phó chủ tịch phụ trách.",
)


def report(page: Page) -> Page:
    """The page of the organisation's yearly report, opened as a person finds it."""
    page.goto("/bao-cao/")
    page.locator("main").get_by_role("link", name=YEARLY).first.click()
    return page


def document(page: Page) -> Page:
    """The page of the report's document."""
    page.locator("main a[href*='/van-ban-di/']").first.click()
    return page


def test_a_ward_sends_its_report_and_the_city_merges_it(visit, site, tmp_path: Path):
    page = report(visit(site, OFFICER))
    page.locator(".more-words a").first.click()
    form = page.locator("form.writing-line")
    form.locator("textarea").fill("\n".join(SENTENCES))
    form.get_by_role("button", name="Thêm câu").click()
    for sentence in SENTENCES:
        expect(page.get_by_text(sentence, exact=True)).to_be_visible()
    page.get_by_role("button", name=re.compile("^Trình ký")).click()
    document(page)
    address = page.url
    expect(page.get_by_text(SENTENCES[0])).to_be_visible()

    phone = visit(site, CHAIR, width=390)
    phone.goto(address)
    phone.get_by_role("button", name="Ký văn bản").click()
    expect(phone.locator("main").get_by_text(re.compile("đã ký, chờ số")).first).to_be_visible()

    page.reload()
    page.get_by_role("button", name="Lấy số").click()
    page.get_by_role("button", name=re.compile("^Gửi văn bản 01")).click()
    expect(page.locator("main").get_by_text("đã gửi", exact=False).first).to_be_visible()

    city = report(visit(site, COORDINATOR))
    here = city.url
    for _try in range(40):  # the job that follows the document runs beside the site
        if (
            city.get_by_role("button", name=re.compile("^Tổng hợp")).first.is_visible()
            and "Phường 7" in (city.locator(".below").inner_text().split("chưa gửi")[0])
        ):
            break
        city.wait_for_timeout(500)
        city.reload()
    city.get_by_role("button", name=re.compile("^Tổng hợp")).first.click()
    expect(city.locator(".line").get_by_text(re.compile(re.escape(SENTENCES[0][:-1])))).to_be_visible()

    city.get_by_role("link", name="Xem nội dung có thể trùng lặp").click()
    city.get_by_label("Cùng một sự kiện: chỉ tính một lần").check()
    city.get_by_label("Trừ ở chỉ tiêu").select_option(label="Minh chứng kèm theo: 2")
    city.get_by_role("button", name="Ghi quyết định").click()
    expect(city.locator("main").get_by_text("Đã trừ 1 ở chỉ tiêu “Minh chứng kèm theo”.")).to_be_visible()

    city.goto(here)
    with city.expect_download() as held:
        city.locator("a[href$='van-ban.pdf']").click()
    path = tmp_path / "tong-hop.pdf"
    held.value.save_as(path)
    data = path.read_bytes()
    assert [str(finding) for finding in lint(data)] == []
    found = parse(data)
    assert parse(to_pdf(found)) == found
    assert page.problems == phone.problems == city.problems == []
