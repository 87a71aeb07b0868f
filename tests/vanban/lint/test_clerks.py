"""Documents of others, each set by a clerk's own habits: right ones are not objected to, one planted fault is found."""

import random

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
