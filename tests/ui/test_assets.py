"""The fonts that set-up makes: every Vietnamese letter, figures of one width, small."""

from __future__ import annotations

import unicodedata
from importlib import resources
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from nhipcau.core.management.commands.build_assets import WEIGHTS, subset_font

VOWELS = "aăâeêioôơuưy"
TONES = ["", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"]
LETTERS = {unicodedata.normalize("NFC", vowel + tone) for vowel in VOWELS for tone in TONES} | {"đ"}


@pytest.fixture(scope="module", params=WEIGHTS)
def font_file(request, tmp_path_factory) -> Path:
    target = tmp_path_factory.mktemp("fonts") / "font.woff2"
    with resources.as_file(resources.files("fontpkg_be_vietnam_pro")) as folder:
        subset_font(folder / "files" / f"BeVietnamPro-{request.param}.ttf", target)
    return target


@pytest.fixture
def font(font_file):
    with TTFont(font_file) as opened:
        yield opened


def test_every_vietnamese_letter_is_there(font):
    has = font.getBestCmap()
    assert {letter for letter in LETTERS | {upper.upper() for upper in LETTERS} if ord(letter) not in has} == set()


def test_figures_in_tables_have_one_width(font):
    table = font["GSUB"].table
    (tabular,) = [record.Feature for record in table.FeatureList.FeatureRecord if record.FeatureTag == "tnum"]
    (lookup,) = [table.LookupList.Lookup[index] for index in tabular.LookupListIndex]
    mapping = lookup.SubTable[0].mapping
    figures = {font.getBestCmap()[ord(figure)] for figure in "0123456789"}
    assert set(mapping) == figures
    assert len({font["hmtx"][name][0] for name in mapping.values()}) == 1
    for script in table.ScriptList.ScriptRecord:
        languages = [script.Script.DefaultLangSys, *(record.LangSys for record in script.Script.LangSysRecord)]
        for language in filter(None, languages):
            tags = [table.FeatureList.FeatureRecord[index].FeatureTag for index in language.FeatureIndex]
            assert tags.count("tnum") == 1


def test_a_weight_is_small_enough_for_a_public_page(font_file):
    assert font_file.stat().st_size < 20_000
