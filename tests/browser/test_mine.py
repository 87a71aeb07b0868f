"""A ward's officer with a phone: what is next, a photograph in one flow, a tap and its undo, a colleague who was faster, a
line that breaks, a session that ends."""

from __future__ import annotations

import io
import re
import secrets

import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, expect

OFFICER = "can-bo@phuong7.example"
LIST = "/viec-cua-toi/"


def photograph() -> dict[str, object]:
    held = io.BytesIO()
    Image.effect_noise((800, 600), 50).convert("RGB").save(held, "JPEG")
    return {"name": "IMG_0001.jpg", "mimeType": "image/jpeg", "buffer": held.getvalue()}


def say(words: str) -> str:
    """A sentence that nobody has written before."""
    return f"{words}, lần {secrets.token_hex(4)}."


def job(page: Page, at: int) -> Locator:
    """The job at a place of the list, found again by its id whatever becomes of the list."""
    wanted = page.locator("li.job").nth(at).get_attribute("id")
    return page.locator(f"#{wanted}")


def written(page: Page, one: Locator, sentence: str) -> int:
    """How often the sentence stands in the history of a job."""
    page.goto(one.locator("h3 a").get_attribute("href") or "")
    return page.locator("#lich-su").get_by_text(sentence, exact=True).count()


@pytest.fixture
def phone(visit, site) -> Page:
    page: Page = visit(site, OFFICER, width=390)
    page.set_default_timeout(15_000)
    page.goto(LIST)
    return page


def test_three_tasks_are_found_and_one_is_told_with_a_photograph(phone):
    sentence = say("Đã phát 300 tờ rơi")
    expect(phone.locator(".next h2")).to_be_visible()
    assert phone.locator("li.job").count() >= 3
    one = job(phone, 1)
    one.locator("details summary").click()
    one.locator("textarea").fill(sentence)
    one.locator("input[name=files]").set_input_files(photograph())
    one.get_by_label("Đang làm", exact=True).click()
    one.get_by_role("button", name="Ghi tiến độ").click()
    expect(one.locator(".undo")).to_contain_text("Đã ghi: đang làm.")
    expect(one).to_contain_text(sentence)
    assert written(phone, one, sentence) == 1
    picture = phone.locator(".proofs img").first
    picture.scroll_into_view_if_needed()
    phone.wait_for_function("(image) => image.complete && image.naturalWidth > 300", arg=picture.element_handle())


def test_one_tap_and_one_to_undo(phone):
    one = job(phone, 2)
    one.get_by_label("Vướng", exact=True).click()
    expect(one.locator(".undo")).to_contain_text("Đã ghi: vướng.")
    one.get_by_role("button", name="Hoàn tác").click()
    expect(one.locator(".undo")).to_contain_text("Đã hoàn tác.")
    expect(one.get_by_label("Vướng", exact=True)).not_to_be_checked()


def test_who_was_slower_sees_both_and_decides(visit, site, phone):
    other = visit(site, OFFICER)
    other.goto(LIST)
    one = job(phone, 3)
    same = other.locator(f"#{one.get_attribute('id')}")
    one.get_by_label("Đang làm", exact=True).click()
    expect(one.locator(".undo")).to_contain_text("Đã ghi")
    same.locator("details summary").click()
    same.locator("textarea").fill("Câu của người chậm hơn.")
    same.get_by_label("Đã xong", exact=True).click()
    same.get_by_role("button", name="Ghi tiến độ").click()
    expect(same.locator(".conflict")).to_contain_text("Câu của người chậm hơn.")
    same.get_by_role("button", name="Vẫn ghi").click()
    expect(same.locator(".undo")).to_contain_text("Đã ghi: đã xong.")
    same.get_by_role("button", name="Hoàn tác").click()
    expect(same.locator(".undo")).to_contain_text("Đã hoàn tác.")


def test_without_a_line_it_waits_and_is_written_once(phone):
    sentence = say("Gửi từ vùng không có sóng")
    one = job(phone, 4)
    one.locator("details summary").click()
    one.locator("textarea").fill(sentence)
    one.locator("input[name=files]").set_input_files(photograph())
    one.get_by_label("Đang làm", exact=True).click()
    phone.context.set_offline(True)
    one.get_by_role("button", name="Ghi tiến độ").click()
    expect(one.locator(".unsent")).to_have_text("Chưa gửi được, sẽ gửi lại khi có mạng.")
    expect(phone.locator("#cho-gui")).to_be_visible()
    one.get_by_role("button", name="Ghi tiến độ").click()
    expect(one.locator(".unsent")).to_have_text("Chưa gửi được, sẽ gửi lại khi có mạng.")
    phone.context.set_offline(False)
    expect(one.locator(".undo")).to_contain_text("Đã ghi")
    expect(phone.locator("#cho-gui")).to_be_hidden()
    assert written(phone, one, sentence) == 1
    told = phone.locator("#lich-su li", has_text=sentence).first
    expect(told.locator("img")).to_have_count(1)


def test_what_waits_outlives_the_page(phone):
    sentence = say("Đóng trang khi chưa gửi xong")
    one = job(phone, 0)
    name = one.get_attribute("id")
    one.locator("details summary").click()
    one.locator("textarea").fill(sentence)
    one.get_by_label("Đang làm", exact=True).click()
    phone.route("**/ghi/", lambda route: route.abort())
    one.get_by_role("button", name="Ghi tiến độ").click()
    expect(one.locator(".unsent")).to_be_visible()
    page = phone.context.new_page()
    phone.close()
    page.goto(LIST)
    one = page.locator(f"#{name}")
    expect(one).to_contain_text(sentence)
    expect(one.locator(".undo")).to_contain_text("Đã ghi")
    assert written(page, one, sentence) == 1


def test_a_session_that_ended_costs_nothing_that_was_typed(site, phone):
    sentence = say("Viết khi phiên đã hết")
    one = job(phone, 1)
    one.locator("details summary").click()
    one.locator("textarea").fill(sentence)
    one.get_by_label("Đang làm", exact=True).click()
    phone.context.clear_cookies()
    one.get_by_role("button", name="Ghi tiến độ").click()
    phone.wait_for_url("**/dang-nhap/**")
    phone.fill("input[type=email]", OFFICER)
    phone.fill("input[type=password]", site.password)
    phone.click("main form .btn.main")
    phone.wait_for_url(f"**{LIST}")
    expect(one).to_contain_text(sentence)
    assert written(phone, one, sentence) == 1


def test_a_reload_keeps_what_was_being_typed(phone):
    one = job(phone, 2)
    one.locator("details summary").click()
    one.locator("textarea").fill("Đang viết dở")
    phone.reload()
    expect(one.locator("textarea")).to_have_value("Đang viết dở")
    expect(one.locator("textarea")).to_be_visible()
    one.locator("input[name=progress]").evaluate_all("all => all.forEach((tap) => { tap.checked = false })")
    one.get_by_role("button", name="Ghi tiến độ").click()
    expect(one.locator(".unsent")).to_contain_text("Bạn hãy chọn một tình trạng")


def test_without_javascript_the_form_is_a_form(browser, site, phone):
    context = browser.new_context(
        base_url=site.address, java_script_enabled=False, storage_state=phone.context.storage_state()
    )
    page = context.new_page()
    page.goto(LIST)
    one = job(page, 3)
    name = one.get_attribute("id")
    one.get_by_label("Chưa làm", exact=True).click()
    one.get_by_role("button", name="Ghi tiến độ").click()
    page.wait_for_url(re.compile(f"{LIST}#{name}$"))
    expect(page.locator(".messages")).to_contain_text("Đã ghi: chưa làm.")
    page.locator(f"#{name}").get_by_role("button", name="Hoàn tác").click()
    expect(page.locator(".messages")).to_contain_text("Đã hoàn tác.")
    context.close()
