"""Scans and photographs: pictures become one document, pages are shown, lines cut out of them."""

from __future__ import annotations

import io
from typing import Any

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image, ImageDraw, ImageFont
from tests.factories import PLAN_LINES, make_layout, make_page_picture
from tests.plans.import_files import FONT

from nhipcau.core import files
from nhipcau.core.worker import run_due_jobs
from nhipcau.documents.queries import pictures
from nhipcau.plans import joining, photographs
from nhipcau.plans.models import Reading

pytestmark = pytest.mark.django_db


def drawn(words: str, kind: str = "JPEG", **options: Any) -> bytes:
    """A small picture that says something, so that no two are the same."""
    picture = Image.new("RGB", (300, 420), (250, 250, 248))
    ImageDraw.Draw(picture).text((20, 20), words, fill=(10, 10, 10))
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def taken_at(moment: str) -> Image.Exif:
    exif = Image.Exif()
    exif.get_ifd(0x8769)[0x9003] = moment
    return exif


def send(browser: Client, *pictures_sent: tuple[str, bytes], **more: Any) -> Any:
    uploads = [SimpleUploadedFile(name, content) for name, content in pictures_sent]
    return browser.post(reverse("import_plan"), {"files": uploads, **more})


def pages_of(reading: Reading) -> list[bytes]:
    """The pictures in the stored PDF, as they stand there."""
    document = pypdfium2.PdfDocument(files.path_of(reading.file).read_bytes())
    return [bytes(next(page.get_objects()).get_data(decode_simple=False)) for page in document]


def test_several_pictures_become_one_document_that_holds_them_byte_for_byte(browser):
    one, two = drawn("một"), drawn("hai")
    answer = send(browser, ("b.jpg", two), ("a.jpg", one), ordered="1")
    reading = Reading.objects.get()
    assert answer.headers["Location"] == reverse("reading_progress", args=[reading.public_id])
    assert (reading.file.media_type, pages_of(reading)) == ("application/pdf", [two, one])


def test_without_an_order_they_stand_as_they_were_taken_else_by_their_names(browser):
    early, late = (drawn("x", exif=taken_at(f"2026:11:22 15:2{n}:00")) for n in (1, 2))
    send(browser, ("1.jpg", late), ("2.jpg", early))
    assert pages_of(Reading.objects.get()) == [early, late]
    Reading.objects.all().delete()
    two, ten = drawn("hai"), drawn("mười")
    send(browser, ("IMG_10.jpg", ten), ("IMG_2.jpg", two))
    assert pages_of(Reading.objects.get()) == [two, ten]


def test_the_same_pictures_again_lead_to_the_reading_that_exists(browser):
    sent = (("1.jpg", drawn("một")), ("2.png", drawn("hai", "PNG")))
    send(browser, *sent)
    assert send(browser, *sent).status_code == 200
    assert Reading.objects.count() == 1


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "BMP", "TIFF"])
def test_no_pixel_of_another_kind_of_picture_is_lost(browser, kind):
    options = {"lossless": True} if kind == "WEBP" else {}
    sent = drawn("điểm ảnh", kind, **options)
    send(browser, ("1.jpg", drawn("một")), ("2.x", sent), ordered="1")
    document = pypdfium2.PdfDocument(files.path_of(Reading.objects.get().file).read_bytes())
    held = next(document[1].get_objects()).get_bitmap().to_pil().convert("RGB")
    assert held.tobytes() == Image.open(io.BytesIO(sent)).convert("RGB").tobytes()


def test_a_picture_that_was_held_sideways_stands_upright():
    turned = Image.Exif()
    turned[0x0112] = 6
    sheet = joining.plain(drawn("x", exif=turned))
    assert (sheet.width, sheet.height, sheet.turn) == (300, 420, 90)


def test_a_damaged_picture_is_named_and_nothing_is_kept(browser):
    broken = drawn("x", "WEBP")[:60]
    answer = send(browser, ("1.jpg", drawn("một")), ("trang 2.webp", broken), ordered="1")
    assert (answer.status_code, Reading.objects.count()) == (422, 0)
    assert "“trang 2.webp” bị hỏng" in answer.content.decode()


def test_pictures_that_are_too_large_together_are_refused_with_what_to_do(browser, settings):
    settings.UPLOAD_LIMIT = 2000 + len(drawn("một"))
    answer = send(browser, ("1.jpg", drawn("một")), ("2.jpg", drawn("hai")), ordered="1")
    assert (answer.status_code, Reading.objects.count()) == (422, 0)
    assert "cỡ ảnh nhỏ hơn" in answer.content.decode()


def test_numbers_in_names_count_as_numbers():
    names = ["IMG_2.jpg", "IMG_10.jpg", "img_1.jpg"]
    uploads = [SimpleUploadedFile(name, drawn(name)) for name in names]
    assert [u.name for u in photographs.in_order(uploads)] == ["img_1.jpg", "IMG_2.jpg", "IMG_10.jpg"]


# --- pages -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def shown(browser, reading):
    """The page of a reading whose text stands on one drawn page."""
    reading.text.pages = 1
    reading.text.save()
    make_layout(reading.text)
    make_page_picture(reading.text)
    return reverse("reading_page", args=[reading.public_id, 1])


def size(answer: Any) -> tuple[int, int]:
    return Image.open(io.BytesIO(answer.content)).size


def test_a_page_and_lines_of_it(browser, reading, shown):
    whole, cut = browser.get(shown), browser.get(shown, {"dong": "2-4"})
    assert (whole["Content-Type"], size(whole)) == ("image/webp", (200, 283))
    width, height = size(cut)  # three of 27 lines, and as broad as the print
    assert (160 <= width <= 170, 28 <= height <= 33) == (True, True)
    again = browser.get(shown, {"dong": "2-4"}, headers={"If-None-Match": cut["ETag"]})
    assert (again.status_code, cut["Cache-Control"]) == (304, "private, max-age=600")


@pytest.mark.parametrize("lines", ["500-501", "500"])
def test_lines_that_are_not_on_the_page_are_not_found(browser, shown, lines):
    assert browser.get(shown, {"dong": lines}).status_code == 404


def test_a_text_without_pages_has_no_pictures(browser, reading):
    assert browser.get(reverse("reading_page", args=[reading.public_id, 1])).status_code == 404


def test_the_review_shows_the_picture_of_the_lines_before_their_words(browser, reading, shown):
    page = browser.get(reverse("review", args=[reading.public_id])).content.decode()
    first = page.index(f'src="{shown}?dong=')
    assert first < page.index('<p id="dong-')
    assert 'alt="a) Tổ chức hội nghị phổ biến công tác truyền thông chính sách."' in page


def test_what_cannot_be_drawn_is_not_found_and_leaves_nothing(browser, reading, settings):
    reading.text.pages = 1
    reading.text.save()
    make_layout(reading.text)  # its file is a text: there is nothing to draw
    assert browser.get(reverse("reading_page", args=[reading.public_id, 1])).status_code == 404
    assert not [path for path in (settings.DATA_DIR / "pages").rglob("*") if path.is_file()]


def test_the_oldest_pictures_make_room(reading, settings, shown):
    settings.PAGES_BYTES = 0
    pictures.make_room()
    assert not pictures.place_of(reading.text, 1, True).exists()


# --- the whole way ---------------------------------------------------------------------------------------------------


def printed(lines: list[str]) -> bytes:
    """The lines as a scanned page."""
    picture = Image.new("L", (1654, 2339), 250)
    pen, font = ImageDraw.Draw(picture), ImageFont.truetype(str(FONT), 36)
    for at, line in enumerate(lines):
        pen.text((130, 120 + 62 * at), line, fill=15, font=font)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=85, dpi=(200, 200))
    return out.getvalue()


def test_photographs_become_a_register_with_pictures_beside_it(browser, province):
    half = len(PLAN_LINES) // 2
    send(browser, ("1.jpg", printed(PLAN_LINES[:half])), ("2.jpg", printed(PLAN_LINES[half:])), ordered="1")
    run_due_jobs()
    reading = Reading.objects.get()
    assert (reading.state, reading.text.quality, reading.text.pages) == (Reading.State.REVIEW, "ocr", 2)
    assert [task["lead"] for task in reading.current["tasks"]] == [["Sở Tư pháp"], ["Sở Vũ trụ"]]
    assert all(pictures.place_of(reading.text, page, True).is_file() for page in (1, 2))
    page = browser.get(reverse("review", args=[reading.public_id])).content.decode()
    assert "Chữ được nhận dạng từ ảnh" in page
    assert f'src="{reverse("reading_page", args=[reading.public_id, 2])}?dong=' in page


def test_without_the_program_the_reading_says_what_to_install_and_can_be_read_again(
    browser, province, monkeypatch, tmp_path
):
    monkeypatch.setenv("PATH", str(tmp_path))  # no program is found there
    send(browser, ("1.jpg", printed(PLAN_LINES)))
    run_due_jobs()
    reading = Reading.objects.get()
    assert (reading.state, reading.problem, reading.file is None) == (Reading.State.FAILED, "ocr-missing", False)
    page = browser.get(reverse("reading_progress", args=[reading.public_id])).content.decode()
    assert "apt-get install tesseract-ocr" in page
    assert f'action="{reverse("reading_again", args=[reading.public_id])}"' in page
