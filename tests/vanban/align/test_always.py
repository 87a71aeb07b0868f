"""What holds for any two plans."""

import collections
import dataclasses
import pathlib
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vanban import read_file
from vanban.align import align, identify
from vanban.model import Duty, Header, Plan, Source, Task

PAIRS = pathlib.Path(__file__).parent / "pairs"
PHRASES = (
    "Chỉ đạo", "Phối hợp với Công an tỉnh", "tổ chức hội nghị", "kiểm tra", "các sở, ban, ngành", "UBND các xã, phường",
    "theo Quyết định số 12/QĐ-UBND", "phê duyệt Đề án “Đô thị”", "50%", "trên địa bàn tỉnh", "của địa phương", "(nếu có)",
    "nước sạch", "rừng phòng hộ", "; báo cáo", "ATTP", "an toàn thực phẩm", "\u0301", "", "…", "12", "Tham mưu UBND huyện",
)  # fmt: skip
texts = st.lists(st.sampled_from(PHRASES), max_size=9).map(" ".join)
names = st.lists(st.sampled_from(["Sở Y tế", "Phòng Y tế", "Các sở, ban, ngành", "các cơ quan liên quan", "x", ""]), max_size=3)  # fmt: skip


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """Plans of any texts and agencies, clean and torn."""
    tasks = [
        Task(f"t{at}", None, text, tuple(draw(names)), tuple(draw(names)), None, None, False, (1, 1))
        for at, text in enumerate(draw(st.lists(texts, max_size=6)))
    ]
    duties = [
        Duty(f"d{at}", tuple(draw(names)), text, (1, 1)) for at, text in enumerate(draw(st.lists(texts, max_size=6)))
    ]
    issuer = draw(st.sampled_from([None, "Bộ Y tế", "Ủy ban nhân dân tỉnh Lào Cai", "Ủy ban nhân dân xã Ba Xã", "???"]))
    quality = draw(st.sampled_from(["good", "broken", "ocr"]))
    source = Source("x.txt", draw(st.sampled_from("ab")), "text/plain", None, (), quality=quality)
    return Plan(source, Header(issuer=issuer), tasks=tuple(tasks), duties=tuple(duties))


@given(plans(), plans())
@settings(max_examples=80, deadline=None)
def test_every_task_and_duty_stands_in_one_pair(higher, lower):
    result = align(higher, lower)
    held = {
        (side, part): collections.Counter(
            code for pair in result.pairs if pair.part == part for code in getattr(pair, side)
        )
        for side in ("higher", "lower")
        for part in ("task", "duty")
    }
    assert held == {
        ("higher", "task"): collections.Counter(task.code for task in higher.tasks),
        ("higher", "duty"): collections.Counter(duty.code for duty in higher.duties),
        ("lower", "task"): collections.Counter(task.code for task in lower.tasks),
        ("lower", "duty"): collections.Counter(duty.code for duty in lower.duties),
    }
    for pair in result.pairs:
        assert (pair.kind == "dropped", pair.kind == "added") == (not pair.lower, not pair.higher)
        assert 0 <= pair.score <= 1
        assert all(change.note and "{" not in change.note for change in pair.changes)


@pytest.mark.parametrize("name", ["health_higher", "commune_lower", "table_higher", "school_lower"])
def test_a_plan_beside_itself_is_kept(name):
    plan = read_file(PAIRS / f"{name}.txt")
    result = align(plan, plan)
    assert {(pair.kind, pair.higher == pair.lower, pair.changes) for pair in result.pairs} == {("kept", True, ())}
    assert (result.cites_higher, result.findings) == (False, ())


def test_the_torn_demo_plan_beside_itself_is_kept(demo):
    assert {(pair.kind, pair.changes) for pair in align(demo[1], demo[1]).pairs} == {("kept", ())}


def test_plans_on_other_matters_have_nothing_in_common(demo):
    health = read_file(PAIRS / "health_lower.txt")
    for higher, lower in ((demo[0], health), (health, demo[1])):
        result = align(higher, lower)
        assert {pair.kind for pair in result.pairs} == {"dropped", "added"}
        assert result.cites_higher is False
        assert [finding.rule for finding in result.findings][:1] == ["higher-not-cited"]


def test_an_empty_plan_leaves_all_out(demo):
    empty = dataclasses.replace(demo[1], tasks=(), duties=(), citations=(), reporting=())
    assert {pair.kind for pair in align(demo[0], empty).pairs} == {"dropped"}
    assert {pair.kind for pair in align(empty, demo[0]).pairs} == {"added"}
    assert align(empty, empty).pairs == ()


def test_a_namesake_of_another_province_is_not_the_plan(plan_of, lower_of):
    """08/KH-UBND is a number that every province has."""
    other = plan_of(issuer="Ủy ban nhân dân tỉnh Lai Châu")
    assert identify(plan_of(), lower_of()) is not None
    assert identify(other, lower_of()) is None
    assert identify(plan_of(symbol="11/KH-UBND"), lower_of()) is None
    assert identify(plan_of(symbol=None), lower_of()).symbol == "10/KH-UBND"
    assert identify(plan_of(symbol=None, title="Phát triển du lịch cộng đồng"), lower_of()) is None


def test_two_long_plans_take_little_time(plan_of, lower_of):
    work = ["mạng lưới trạm quan trắc", "hồ sơ địa chính", "giống lúa chịu mặn", "bến xe khách", "thư viện lưu động"]
    rows = [(f"Rà soát {work[at % 5]} số {at} tại khu vực {at // 7}.", ["Sở Y tế"], [], None) for at in range(300)]
    begun = time.process_time()
    result = align(plan_of(rows), lower_of(rows))
    assert {pair.kind for pair in result.pairs} == {"kept"}
    assert time.process_time() - begun < 8
