"""The rules' names, texts and facts: one truth for the guide, the command and the platform."""

from __future__ import annotations

import pathlib
import re

import pytest

from vanban.check import _CHECKS, RULES
from vanban.check.guide import page
from vanban.citations.symbols import symbol_key
from vanban.knowledge import Knowledge

ROOT = pathlib.Path(__file__).parents[3]
KNOWN = Knowledge.packaged()


def test_the_guide_says_what_the_rules_say() -> None:
    assert (ROOT / "docs/guide/quy-tac-kiem-tra.md").read_text("utf-8") == page()


def test_every_rule_is_described_and_described_once() -> None:
    assert set(RULES) == set(_CHECKS)
    assert re.findall(r"^## (\S+)$", page(), re.MULTILINE) == list(RULES)


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.name)
def test_every_rule_speaks_both_languages(rule) -> None:
    for text in (rule.title, rule.reason, rule.source):
        assert set(text) == {"vi", "en"}
        assert all(text.values())
    assert rule.title["vi"] != rule.title["en"]
    assert rule.reason["vi"] != rule.reason["en"]


def test_documents_begin_before_they_end() -> None:
    for row in KNOWN.validity:
        assert (row.valid_to is None) == (row.ended_by == "")
        assert row.valid_to is None or (row.valid_from is not None and row.valid_from <= row.valid_to)
        assert row.issued is None or row.valid_from is None or row.issued <= row.valid_from


def test_what_replaced_a_document_began_the_day_after() -> None:
    rows = {symbol_key(row.symbol): row for row in KNOWN.validity}
    for heir in (row for row in KNOWN.successors if row.kind == "document"):
        old, new = rows[symbol_key(heir.of)], rows.get(symbol_key(heir.name.split()[-1]))
        assert heir.ended == old.valid_to
        assert (
            new is None
            or new.valid_from is None
            or old.valid_to is None
            or new.valid_from.toordinal() == (old.valid_to.toordinal() + 1)
        )


def test_agencies_that_took_over_were_there() -> None:
    for heir in (row for row in KNOWN.successors if row.kind == "agency" and row.level in ("national", "provincial")):
        rows = [row for row in KNOWN.agency_rows if row.name == heir.name]
        assert not rows or any(row.valid_to is None for row in rows)
        for row in (row for row in KNOWN.agency_rows if row.name == heir.of and row.level == heir.level):
            assert (row.valid_to, heir.ended) in {(heir.ended, heir.ended), (None, heir.ended)}
