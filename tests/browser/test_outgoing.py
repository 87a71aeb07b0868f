"""A report on its way: an officer writes it at her desk, her chairman signs it on his phone between two meetings, she takes
the number and sends it, the province opens it."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

BODY = """\
I. KẾT QUẢ
1. Đã tổ chức *12 hội nghị* ở 8 thôn.

| Thôn | Số hội nghị |
| Thôn 1 | 4 |
| Thôn 2 | 8 |

II. KIẾN NGHỊ
- Bố trí kinh phí in tờ rơi"""


def test_a_report_goes_its_whole_way(visit, site):
    desk: Page = visit(site, "can-bo@thanhpho.example")
    phone: Page = visit(site, "lanh-dao@thanhpho.example", width=390, dark=True)
    province: Page = visit(site, "dieu-phoi@tinh.example")
    for page in (desk, phone, province):
        page.set_default_timeout(15_000)

    desk.goto("/van-ban-di/")
    desk.get_by_role("link", name="Soạn văn bản").first.click()
    desk.get_by_label("Loại văn bản").select_option("Báo cáo")
    desk.get_by_label("Trích yếu").fill("Kết quả truyền thông chính sách")
    desk.get_by_role("button", name="Bắt đầu soạn").click()
    receiver = "Ủy ban nhân dân tỉnh Bà Rịa – Vũng Tàu"
    desk.get_by_label(re.compile("^Kính gửi")).fill(receiver)
    desk.get_by_label(re.compile("^Gửi tới trong Nhịp Cầu")).fill(receiver)
    desk.get_by_label("Nội dung", exact=True).fill(BODY)
    desk.get_by_role("button", name="Lưu và xem văn bản").click()
    sheet = desk.locator("article.official")
    expect(sheet).to_contain_text("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    expect(sheet.locator("table td", has_text="Thôn 2")).to_be_visible()
    expect(sheet).to_contain_text("Bố trí kinh phí in tờ rơi./.")
    desk.get_by_role("button", name="Trình ký").click()
    address = desk.url

    phone.goto("/van-ban-di/")
    phone.get_by_role("link", name=re.compile("Kết quả truyền thông chính sách")).first.click()
    button = phone.get_by_role("button", name="Ký văn bản")
    expect(button).to_be_in_viewport()  # in reach of the thumb, wherever the page is scrolled to
    phone.mouse.wheel(0, 700)
    expect(button).to_be_in_viewport()
    button.click()
    expect(phone.locator(".messages")).to_contain_text("Đã ký.")

    desk.goto(address)
    following = desk.locator(".next-step").get_by_text("Số tiếp theo:")
    number = following.inner_text().partition(": ")[2]
    assert re.fullmatch(r"\d\d/BC-UBND", number)
    desk.get_by_role("button", name="Lấy số").click()
    desk.get_by_role("button", name=f"Gửi văn bản {number}").click()
    expect(desk.locator(".messages")).to_contain_text(f"Đã gửi văn bản {number}.")
    with desk.expect_download() as download:
        desk.get_by_role("link", name="Tải PDF").click()
    assert re.fullmatch(r"\d\d-bc-ubnd-\d{4}\.pdf", download.value.suggested_filename)
    expect(desk.get_by_text("0/1 cơ quan đã mở")).to_be_visible()

    province.goto("/van-ban-den/")
    province.get_by_role("link", name=f"Báo cáo {number}").first.click()
    expect(province.locator("article.official")).to_contain_text("Đã tổ chức 12 hội nghị ở 8 thôn.")
    desk.reload()
    expect(desk.get_by_text("1/1 cơ quan đã mở")).to_be_visible()
    desk.goto("/so-van-ban/")
    expect(desk.locator("tr", has_text=number)).to_contain_text("đã dùng")
