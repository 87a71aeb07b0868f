"""Is a text Vietnamese as written, broken Vietnamese, or no Vietnamese at all?"""

import pathlib
import unicodedata

from vanban.source import load

DEMO = pathlib.Path(__file__).parents[3] / "data" / "demo"
ENGLISH = (
    "The city shall prepare a communication plan before the end of the year. Each department reports to the committee, "
    "and the committee publishes the results. Costs are to be covered by the yearly budget of each unit concerned. "
) * 6


def quality(text: str) -> str:
    return load(text.encode()).quality


def vietnamese() -> str:
    return (DEMO / "province_plan_08_kh_ubnd.txt").read_text("utf-8")


def bare(text: str) -> str:
    marks = unicodedata.normalize("NFD", text).replace("đ", "d").replace("Đ", "D")
    return "".join(c for c in marks if not unicodedata.combining(c))


def test_a_clean_plan_is_good():
    assert quality(vietnamese()) == "good"


def test_a_text_layer_without_vietnamese_is_broken():
    assert load(DEMO / "city_plan_1927_kh_ubnd_ocr.txt").quality == "broken"


def test_vietnamese_without_any_mark_is_broken():
    assert quality(bare(vietnamese())) == "broken"


def test_english_is_no_broken_vietnamese():
    assert quality(ENGLISH) == "good"


def test_a_short_text_is_not_judged():
    assert quality("Thuc hien Ke hoach") == "good"


def test_broken_pages_that_hold_most_of_the_words_break_the_whole():
    clean = "\n".join(vietnamese().splitlines()[:150])
    damaged = bare("\n".join(vietnamese().splitlines()[:400]))
    assert quality(f"{clean}\n\f{damaged}") == "broken"
    assert quality(f"{damaged}\n\f{clean}\n\f{clean}\n\f{clean}\n\f{clean}") == "good"
