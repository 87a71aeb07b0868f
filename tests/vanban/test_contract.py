"""A plan printed as the contract's object comes back as the same plan."""

import json
import pathlib

import pytest

from vanban.contract import plan_from
from vanban.plan import read
from vanban.source import load

DEMO = pathlib.Path(__file__).parents[2] / "data" / "demo"


@pytest.mark.parametrize("path", sorted(DEMO.glob("*.txt")), ids=lambda path: path.stem)
def test_a_plan_comes_back_from_json(path):
    plan = read(load(path))
    assert plan_from(json.loads(json.dumps(plan.to_dict())), plan.source, plan.outline) == plan


def test_what_is_no_plan_is_refused():
    source = load("một dòng".encode())
    with pytest.raises(KeyError):
        plan_from({"header": {}}, source)
