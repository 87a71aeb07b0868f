"""What differs from the decree's layout is found, each with its article; what keeps it is not objected to."""

import dataclasses
import pathlib
import time

import pytest
from tests.vanban.lint import broken
from tests.vanban.lint.paper import printed
from tests.vanban.write.samples import SENTENCE, TYPES, document

from vanban.errors import Unreadable
from vanban.lint import RULES, lint
from vanban.lint.guide import page
from vanban.official import Paragraph, Signature, plain
from vanban.write import to_docx, to_pdf

PART = "Phụ lục I, phần I, mục II, khoản"
GENERAL = "Phụ lục I, phần I, mục I, khoản"
OTHER = "Phụ lục I, phần I, mục III, khoản"


@pytest.mark.parametrize("write", [to_docx, to_pdf])
@pytest.mark.parametrize("doc_type", sorted(TYPES))
def test_what_we_print_keeps_the_layout(doc_type, write):
    assert lint(write(document(doc_type))) == ()


def test_a_draft_without_number_and_date_keeps_the_layout():
    draft = document(number=None, date=None)
    assert (lint(to_docx(draft)), lint(to_pdf(draft))) == ((), ())


BROKEN = {
    "letter paper": (broken.letter_paper, "page-size", "page", f"{GENERAL} 1"),
    "left margin": (broken.narrow_margin, "margins", "page", f"{GENERAL} 3"),
    "Arial": (broken.other_font, "font", "body", f"{GENERAL} 4"),
    "red": (broken.red, "colour", "subject", f"{GENERAL} 4"),
    "number at the right": (broken.numbered_at_right, "page-number", "page_number", f"{GENERAL} 7"),
    "number on page 1": (broken.number_on_first_page, "page-number", "page_number", f"{GENERAL} 7"),
    "large subject": (lambda: broken.sized("subject", 18), "size", "subject", f"{PART} 5, điểm b"),
    "small text": (lambda: broken.sized("body", 12), "size", "body", f"{PART} 6, điểm e"),
    "large number": (lambda: broken.sized("page_number", 16), "size", "page_number", f"{GENERAL} 7"),
    "subject not bold": (broken.not_bold, "hand", "subject", f"{PART} 5, điểm b"),
    "date not italic": (broken.not_italic, "hand", "place_date", f"{PART} 4, điểm c"),
    "issuer in small letters": (
        broken.written("issuer", "ỦY BAN NHÂN DÂN\nXÃ Tân AN"),
        "capitals",
        "issuer",
        f"{PART} 2, điểm b",
    ),
    "subject in capitals": (
        broken.written("subject", "KẾT QUẢ TRUYỀN THÔNG NĂM 2026"),
        "capitals",
        "subject",
        f"{PART} 5, điểm b",
    ),
    "subject at the left": (broken.left_subject, "position", "subject", f"{PART} 5, điểm b"),
    "type under subject": (broken.swapped_titles, "order", "subject", f"{PART} 5, điểm b"),
    "no rule": (broken.ruleless, "rule", "motto", f"{PART} 1, điểm b"),
    "long rule": (broken.long_rule, "rule", "subject", f"{PART} 5, điểm b"),
    "no colon": (broken.written("symbol", "Số 08/KH-UBND"), "symbol", "symbol", f"{PART} 3, điểm c"),
    "no zero": (broken.written("symbol", "Số: 8/KH-UBND"), "symbol", "symbol", f"{PART} 3, điểm c"),
    "blanks": (broken.written("symbol", "Số: 08 / KH-UBND"), "symbol", "symbol", f"{PART} 3, điểm c"),
    "a year": (broken.written("symbol", "Số: 08/2026/KH-UBND"), "symbol", "symbol", f"{PART} 3, điểm c"),
    "CV": (broken.written("symbol", "Số: 08/CV-UBND", "Công văn"), "symbol-type", "symbol", f"{PART} 3, điểm b"),
    "BC of a plan": (broken.written("symbol", "Số: 08/BC-UBND"), "symbol-type", "symbol", "Phụ lục III, mục I"),
    "day without zero": (
        broken.written("place_date", "Tân An, ngày 8 tháng 01 năm 2026"),
        "date",
        "place_date",
        f"{PART} 4",
    ),
    "month with zero": (
        broken.written("place_date", "Tân An, ngày 08 tháng 03 năm 2026"),
        "date",
        "place_date",
        f"{PART} 4",
    ),
    "no place": (broken.written("place_date", "ngày 08 tháng 01 năm 2026"), "date", "place_date", f"{PART} 4"),
    "no such day": (
        broken.written("place_date", "Tân An, ngày 31 tháng 4 năm 2026"),
        "date",
        "place_date",
        f"{PART} 4",
    ),
    "Về việc": (broken.written("about", "Về việc báo cáo", "Công văn"), "about", "about", f"{PART} 5, điểm b"),
    "bases with stops": (broken.written("basis", "Căn cứ Luật A."), "bases", "basis", f"{PART} 6, điểm a"),
    "ragged": (broken.body_style(broken.ragged), "body", "body", f"{PART} 6, điểm e"),
    "no indent": (broken.body_style(broken.unindented), "body", "body", f"{PART} 6, điểm e"),
    "no room": (broken.body_style(broken.close), "body", "body", f"{PART} 6, điểm e"),
    "double lines": (broken.body_style(broken.double), "body", "body", f"{PART} 6, điểm e"),
    "no end": (
        lambda: broken.Edited(body=(Paragraph(plain(SENTENCE)), Paragraph(plain("Hết"))), annexes=()).write(
            "body", "Hết.", at=-1
        ),
        "end-mark",
        "body",
        "Phụ lục III, mục II, mẫu 1.1–1.10",
    ),
    "greeting without colon": (
        broken.written("addressees", "Kính gửi"),
        "addressees",
        "addressees",
        f"{PART} 9, điểm d",
    ),
    "recipients without colon": (
        broken.written("recipients_label", "Nơi nhận"),
        "recipients",
        "recipients_label",
        f"{PART} 9, điểm d",
    ),
    "recipient with a full stop": (
        broken.written("recipients", "Như trên."),
        "recipients",
        "recipients",
        f"{PART} 9, điểm d",
    ),
    "recipient without a dash": (broken.unlisted_recipient, "recipients", "recipients", f"{PART} 9, điểm d"),
    "no archive": (broken.written("recipients", "Sở Tư pháp.", at=-1), "recipients", "recipients", f"{PART} 9, điểm d"),
    "TM without its stop": (broken.written("signature", "TM ỦY BAN NHÂN DÂN"), "signature", "signature", f"{PART} 7"),
    "T/M": (broken.written("signature", "T/M ỦY BAN NHÂN DÂN"), "signature", "signature", f"{PART} 7"),
    "KT without a deputy": (
        broken.written("signature", "CHÁNH VĂN PHÒNG", at=2),
        "signature",
        "signature",
        f"{PART} 7",
    ),
    "a degree": (broken.written("signer", "ThS. Bùi Đình Long"), "signature", "signer", f"{PART} 7"),
    "annex in capitals": (broken.written("annex_mark", "PHỤ LỤC I"), "capitals", "annex_mark", f"{OTHER} 1, điểm b"),
    "place in small letters": (
        broken.written("place_date", "tân An, ngày 08 tháng 01 năm 2026"),
        "date",
        "place_date",
        f"{PART} 4",
    ),
    "annex numbered 2": (broken.written("annex_mark", "Phụ lục 2", at=1), "annex", "annex_mark", f"{OTHER} 1"),
    "no motto": (broken.without("motto"), "missing", "motto", "Điều 8, khoản 2"),
    "no subject": (broken.without("subject"), "missing", "subject", "Điều 8, khoản 2"),
    "no signature": (
        lambda: broken.Edited(signature=Signature(("CHỦ TỊCH",))).remove("signature"),
        "missing",
        "signature",
        "Điều 8, khoản 2",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_one_thing_wrong_is_found_alone_with_its_article(name):
    make, rule, element, article = BROKEN[name]
    found = lint(make().bytes)
    assert {(one.rule, one.element, one.article) for one in found} == {(rule, element, article)}


def test_an_annex_need_not_have_a_title():
    assert lint(broken.Edited().remove("annex_title").bytes) == ()


@pytest.mark.parametrize(("issuer", "rules"), [("TRƯỜNG TIỂU HỌC SƠN CA", []), ("SỞ TƯ PHÁP", ["signature"])])
def test_titles_before_the_name_are_left_to_schools_hospitals_and_the_forces(issuer, rules):
    edited = broken.Edited(issuer=issuer).write("signer", "ThS. Bùi Đình Long")
    assert [found.rule for found in lint(edited.bytes)] == rules


def test_columns_that_are_swapped_are_all_out_of_place():
    found = lint(broken.swapped_columns().bytes)
    assert {one.element for one in found if one.rule == "position"} == {
        "country",
        "motto",
        "place_date",
        "parent",
        "issuer",
        "symbol",
    }


def test_a_difference_says_what_was_measured_what_is_allowed_and_where():
    (found,) = lint(broken.sized("subject", 18).bytes)
    assert (found.measured, found.allowed, found.page) == ("18", "13–14", None)
    assert found.vi == "Trích yếu: cỡ chữ đo được là 18; cần 13–14 (Phụ lục I, phần I, mục II, khoản 5, điểm b)."
    article = "Phụ lục I, phần I, mục II, khoản 5, điểm b"
    assert found.en == f"The subject: size of letters is 18; it has to be 13–14 ({article})."


def test_the_same_difference_in_many_paragraphs_is_said_once_with_their_number():
    found = lint(broken.sized("body", 12).bytes)
    assert [(one.rule, one.count > 3) for one in found] == [("size", True)]


def test_rules_are_left_out_by_name():
    assert lint(broken.sized("subject", 18).bytes, off=["size"]) == ()
    with pytest.raises(KeyError):
        lint(to_docx(document()), off=["colors"])


def test_a_file_that_is_no_official_document_has_one_difference():
    plain_file = broken.Edited()
    for found in plain_file.docx.tables[:1]:
        found._element.getparent().remove(found._element)
    assert [one.rule for one in lint(plain_file.bytes)] == ["not-official"]


def test_a_file_that_cannot_be_read_says_so(tmp_path):
    (tmp_path / "a.docx").write_bytes(b"PK\x03\x04 not a zip")
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7 nothing")
    for name in ("a.docx", "a.pdf"):
        with pytest.raises(Unreadable):
            lint(tmp_path / name)
    with pytest.raises(Unreadable) as missing:
        lint(tmp_path / "b.pdf")
    assert missing.value.code == "missing"


# --- PDFs of other programs, without a logical structure -----------------------------------------------------------


def test_a_pdf_of_another_program_that_keeps_the_layout_is_not_objected_to():
    assert lint(printed()) == ()


def test_an_address_at_the_foot_of_the_first_page_is_no_text():
    assert lint(printed(address="Số 12 đường Trần Phú; điện thoại: 0263 3822 122; lamdong.gov.vn")) == ()


@pytest.mark.parametrize("number", ["- 2 -", "2/2", "Trang 2/2"])
def test_the_number_of_a_page_is_known_however_it_is_written(number):
    assert lint(printed(number=number)) == ()


OTHERS = {
    "size": ({"subject_size": 17}, "size", "subject"),
    "font": ({"font": "Helvetica"}, "font", "body"),
    "left margin": ({"left": 20}, "margins", "page"),
    "no rule under the motto": ({"motto_rule": 0}, "rule", "motto"),
    "short rule under the motto": ({"motto_rule": 0.5}, "rule", "motto"),
    "long rule under the subject": ({"subject_rule": 1}, "rule", "subject"),
    "date": ({"date": "Tân An, ngày 8 tháng 1 năm 2026"}, "date", "place_date"),
    "symbol": ({"symbol": "Số: 8/KH-UBND"}, "symbol", "symbol"),
    "end": ({"end": "."}, "end-mark", "body"),
    "page number below": ({"number_at": 285}, "page-number", "page_number"),
    "no page number": ({"number_at": None}, "page-number", "page_number"),
    "recipients": ({"recipients": ("- Như trên", "- Lưu: VT.")}, "recipients", "recipients"),
    "line spacing": ({"step": 14}, "body", "body"),
    "ragged": ({"justified": False}, "body", "body"),
}


@pytest.mark.parametrize("name", OTHERS)
def test_one_thing_wrong_in_a_pdf_of_another_program_is_found_alone(name):
    changes, rule, element = OTHERS[name]
    found = lint(printed(**changes))
    assert {(one.rule, one.element) for one in found} == {(rule, element)}


def test_a_difference_in_a_pdf_says_its_page_and_line():
    (found,) = lint(printed(symbol="Số: 8/KH-UBND"))
    assert (found.page, found.line, found.allowed) == (1, 3, "Số: 08/KH-UBND")


# --- rules and their page ------------------------------------------------------------------------------------------


def test_every_rule_is_found_somewhere():
    seen = {rule for _, rule, _, _ in BROKEN.values()} | {rule for _, rule, _ in OTHERS.values()}
    assert set(RULES) - seen == {"not-official", "position"} - seen


def test_ten_pages_are_measured_within_a_second():
    long = document(body=tuple(Paragraph(plain(SENTENCE * 2)) for _ in range(70)), annexes=())
    content = to_pdf(dataclasses.replace(long))
    start = time.process_time()
    assert lint(content) == ()
    assert time.process_time() - start < 1


def test_the_guide_is_the_page_of_the_rules():
    root = pathlib.Path(__file__).resolve().parents[3]
    assert (root / "docs/guide/the-thuc.md").read_text("utf-8") == page()
