"""What is printed is read back as it was: write → parse, DOCX and PDF."""

import dataclasses

import pytest
from hypothesis import HealthCheck, given, settings
from tests.vanban.parse.documents import printable
from tests.vanban.write.samples import SENTENCE, TYPES, document

from vanban.official import Annex, Heading, Paragraph, Run, Table, TableCell, plain, settled
from vanban.parse import parse
from vanban.write import to_docx, to_pdf

QUIET = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]


@settings(max_examples=50, deadline=None, suppress_health_check=QUIET, derandomize=True)
@given(printable())
def test_a_document_is_read_back_from_docx_and_pdf(document):
    assert parse(to_docx(document)) == settled(document)
    assert parse(to_pdf(document)) == settled(document)


@pytest.mark.parametrize("doc_type", sorted(TYPES))
def test_a_document_of_every_type_is_read_back(doc_type):
    whole = document(doc_type)
    assert (parse(to_docx(whole)), parse(to_pdf(whole))) == (settled(whole), settled(whole))


def test_a_basis_that_begins_like_a_number_is_no_part_of_the_head():
    whole = dataclasses.replace(document("Công văn"), addressees=(), bases=("Số: 12/KH-UBND", "Số hai"))
    assert parse(to_pdf(whole)) == settled(whole)


def test_a_table_whose_high_head_is_repeated_on_every_page_is_read_back():
    """Most of what is printed then is no part of the logical structure: repeated heads are not."""
    head, row = (TableCell((plain(" ".join([SENTENCE] * 9)),), align="center"),), (TableCell((plain(SENTENCE),)),)
    whole = document(body=(Table((head, *[row] * 40), (1.0,), 1),), annexes=())
    assert parse(to_pdf(whole)) == settled(whole)


def test_slanted_text_of_one_line_nearly_as_wide_as_the_page_is_no_centred_text():
    """It ends as far from the right edge as it begins from the left one; its first letter reaches over to the left."""
    bases = ("ALPHA-BETA/GAMMA-DELTA/EPSILON-ZETA/ETA-THETA hội", "Luật Ban hành văn bản")
    whole = dataclasses.replace(document("Chương trình"), bases=bases)
    assert parse(to_pdf(whole)).bases == bases


def test_a_table_that_speaks_of_days_and_recipients_stays_a_table():
    """A head and a foot that other programs set in tables hold such lines too; ours are told by their styles and tags."""
    cells = (("Huế, ngày 08/01/2026",), ("Nơi nhận:",), ("TM. ỦY BAN NHÂN DÂN",))
    table = Table(tuple((TableCell(((Run(text),),)),) for (text,) in cells), (1.0,), 0)
    whole = dataclasses.replace(document("Giấy mời"), body=(table,))
    assert (parse(to_docx(whole)), parse(to_pdf(whole))) == (settled(whole), settled(whole))


def test_the_first_paragraph_of_an_annex_without_a_title_is_no_title():
    """It is bold from end to end, as titles are, and stands at the margin, as they do not."""
    first = Paragraph((Run("bảo đảm kịp thời, đúng quy định", bold=True),), "Điều 3.")
    whole = dataclasses.replace(document("Biên bản"), annexes=(Annex("", "", (first,)),))
    assert (parse(to_docx(whole)), parse(to_pdf(whole))) == (settled(whole), settled(whole))


def test_a_text_that_ends_with_the_words_of_a_foot_is_text():
    body = (Paragraph((Run("Nơi nhận:"),)), Heading("chapter", "Chương V", "TỔ CHỨC THỰC HIỆN"))
    whole = dataclasses.replace(document("Công văn"), body=body)
    assert (parse(to_docx(whole)), parse(to_pdf(whole))) == (settled(whole), settled(whole))
