"""One list of syllables: those that text is restored by are those by which words are known."""

from __future__ import annotations

import pytest

from vanban.restore.syllables import syllables
from vanban.syllables import is_syllable


def test_what_text_is_restored_by_is_known_as_syllables():
    assert [word for word in syllables() if not is_syllable(word)] == []


@pytest.mark.parametrize("word", ["nghiệp", "khuya", "giếng", "gì", "quyết", "yểm", "thủy", "ký", "uỷ", "NƯỚC"])
def test_syllables(word):
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["", "cuyên", "nghap", "tươt̀", "lap", "kô", "word", "đk", "tếẻ"])
def test_what_vietnamese_does_not_spell(word):
    assert not is_syllable(word)


@pytest.mark.parametrize("word", ["pin", "ngoạm", "khuỷn"])
def test_what_is_hardly_written_is_a_syllable_but_nothing_is_restored_as_it(word):
    assert (is_syllable(word), word in syllables()) == (True, False)
