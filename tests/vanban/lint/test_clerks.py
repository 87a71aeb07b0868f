"""Documents of others, each set by a clerk's own habits: right ones are not objected to, one planted fault is found."""

import io
import random

import docx
import pytest
from tests.vanban.lint.clerk import docx_of
from tests.vanban.lint.clerks import KINDS, rightly
from tests.vanban.lint.faults import FAULTS, wrongly

from vanban.lint import lint


@pytest.mark.parametrize("kind", KINDS)
def test_what_keeps_the_layout_is_not_objected_to_whatever_the_habits(kind):
    rng = random.Random(kind)
    assert lint(docx_of(rightly(rng, kind))) == ()


# All of them, in documents of all kinds, are planted by bench/lint.py.
@pytest.mark.parametrize("name", sorted(FAULTS)[::5])
def test_a_planted_fault_is_found_and_nothing_of_another_rule(name):
    fault, paper = FAULTS[name], wrongly(random.Random(name), name)
    found = {(each.rule, each.element) for each in lint(docx_of(paper))}
    assert (fault.rule, fault.element) in found
    assert {rule for rule, _ in found} == {fault.rule}


def test_a_head_that_is_set_with_blanks_is_read_as_two_columns():
    paper = KINDS["plan"].but(head="blanks", parent=("UBND TỈNH LÂM ĐỒNG",), rule="drawing")
    assert lint(docx_of(paper)) == ()


def test_what_a_copy_adds_below_the_document_is_not_measured():
    """Phụ lục I, phần II: "SAO Y", the agency that copies, its number and date follow under a rule."""
    file = docx.Document(io.BytesIO(docx_of(KINDS["plan"])))
    file.add_paragraph("_" * 40)
    sides = (("ỦY BAN NHÂN DÂN XÃ TÂN HÀ", "Số: 05/SY-UBND"), ("SAO Y", "Tân Hà, ngày 9 tháng 1 năm 2026"))
    table = file.add_table(2, 2)
    for side, lines in enumerate(sides):
        table.cell(0, side).text = "\n".join(lines)
    table.cell(1, 1).text = "CHÁNH VĂN PHÒNG\nTrần Văn Bình"
    content = io.BytesIO()
    file.save(content)
    assert lint(content.getvalue()) == ()


@pytest.mark.parametrize("country", ["ĐẢNG CỘNG SẢN VIỆT NAM", "ĐOÀN TNCS HỒ CHÍ MINH"])
def test_papers_of_the_party_are_said_to_follow_another_guidance(country):
    paper = KINDS["plan"].but(country=country, motto="", symbol="Số 12-KH/ĐU", issuer=("ĐẢNG ỦY XÃ TÂN AN",))
    (found,) = lint(docx_of(paper))
    assert (found.rule, "hướng dẫn riêng" in found.vi) == ("not-official", True)


def test_of_a_decision_whose_number_has_its_year_it_is_said_that_legal_documents_follow_other_rules():
    (found,) = lint(docx_of(KINDS["decision"].but(symbol="Số: 12/2026/QĐ-UBND")))
    assert (found.rule, "quy phạm pháp luật" in found.vi) == ("symbol", True)
    (found,) = lint(docx_of(KINDS["plan"].but(symbol="Số: 12/2026/KH-UBND")))
    assert "quy phạm pháp luật" not in found.vi
