"""What holds for every text: never an error, unique codes, lines inside the file, the contract kept."""

from __future__ import annotations

import json
import pathlib
import time
import unicodedata

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vanban import plan
from vanban.model import Line, Source
from vanban.source import load

ROOT = pathlib.Path(__file__).parents[3]
SCHEMA = json.loads((ROOT / "docs/contracts/plan.schema.json").read_text(encoding="utf-8"))
PROVINCE = (ROOT / "data/demo/province_plan_08_kh_ubnd.txt").read_text(encoding="utf-8")
CITY = (ROOT / "data/demo/city_plan_1927_kh_ubnd_ocr.txt").read_text(encoding="utf-8")
PIECES = st.sampled_from(
    [line for line in PROVINCE.split("\n") + CITY.split("\n") if line.strip()]
    + [
        "|",
        "",
        "-",
        "+",
        "1.",
        "a)",
        "PHỤ LỤC",
        "TT",
        "Nội dung",
        "Cơ quan chủ trì",
        "Thời gian",
        "Nơi nhận:",
        "KT. CHỦ TỊCH",
    ]
)


def source(lines: list[str], quality: str = "good") -> Source:
    numbered = tuple(Line(number, line) for number, line in enumerate(lines, 1))
    return Source("a.txt", "0" * 64, "text/plain", None, numbered, (), quality)  # type: ignore[arg-type]


def check(lines: list[str], quality: str = "good") -> None:
    found = plan.read(source(lines, quality))
    printed = found.to_dict()
    jsonschema.validate(printed, SCHEMA)
    assert printed == plan.read(source(lines, quality)).to_dict()
    for entries in (found.tasks, found.duties):
        codes = [entry.code for entry in entries]
        assert len(codes) == len(set(codes))
    for entry in (*found.tasks, *found.duties, *found.reporting, *found.obligations, *found.outline):
        first, last = entry.lines
        assert 1 <= first <= last <= max(1, len(lines))
    for doubt in found.doubts:
        at = printed
        for step in doubt.where.split("/")[1:]:
            at = at[int(step)] if isinstance(at, list) else at[step]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=400))
def test_any_text(text):
    check(text.split("\n"))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(PIECES, max_size=60), st.sampled_from(["good", "broken"]))
def test_lines_of_plans_in_any_order(lines, quality):
    check(lines, quality)


@pytest.mark.parametrize(("text", "quality"), [(PROVINCE, "good"), (CITY, "broken")], ids=["province", "city"])
def test_the_demo_plans(text, quality):
    check(text.split("\n"), quality)


def test_how_the_letters_are_stored_and_blanks_at_the_ends_change_nothing():
    plain = plan.read(load(PROVINCE.encode(), name="a.txt")).to_dict()
    torn = "\n".join(f"{unicodedata.normalize('NFD', line.rstrip())}  " for line in PROVINCE.split("\n"))
    other = plan.read(load(torn.encode(), name="a.txt")).to_dict()
    assert {**other, "source": None} == {**plain, "source": None}


@pytest.mark.parametrize("text", ["", "Dear all, the meeting is on Monday.\nRegards,\nAnn", "1, 2, 3\n4, 5, 6\n" * 30])
def test_what_is_no_plan_gives_an_empty_register_and_says_so(text):
    found = plan.read(source(text.split("\n")))
    assert (found.tasks, found.duties, found.reporting, found.obligations) == ((), (), (), ())
    assert [doubt.where for doubt in found.doubts if doubt.kind == "not-a-plan"] == [""]


HOSTILE = {
    "one long line": [PROVINCE.replace("\n", " ") * 3],
    "a list without end": [f"1. Sở Tài chính, {', '.join(['Sở Y tế'] * 1500)} chủ trì."],
    "blanks": [f"Cơ quan chủ trì{' ' * 50_000}x"],
    "bars": ["|", "a"] * 5_000,
    "labels": ["- Chủ trì: Sở A.", "- Phối hợp: Sở B."] * 1_000,
    "brackets": ["1. Sở " + "(" * 5_000 + "chủ trì"],
}


@pytest.mark.parametrize("lines", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_texts_take_no_long_time(lines):
    began = time.process_time()
    plan.read(source(lines))
    assert time.process_time() - began < 8
