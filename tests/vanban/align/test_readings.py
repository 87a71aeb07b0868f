"""Five pairs of plans against a reading by hand: every pair and kind. One pair is the two demo plans."""

import json
import pathlib

import jsonschema
import pytest

import vanban
from vanban.align import align

ROOT = pathlib.Path(__file__).parents[3]
PAIRS = pathlib.Path(__file__).parent / "pairs"
CONTRACTS = ROOT / "docs" / "contracts"


@pytest.mark.parametrize("name", ["seeds", "health", "commune", "table", "school"])
def test_every_pair_and_kind_is_that_of_the_reading(name):
    reading = json.loads((PAIRS / f"{name}.json").read_text("utf-8"))
    result = align(vanban.read_file(ROOT / reading["higher"]), vanban.read_file(ROOT / reading["lower"]))
    for part in ("task", "duty"):
        assert [[" ".join(p.higher), " ".join(p.lower), p.kind] for p in result.pairs if p.part == part] == reading[
            part
        ]
    assert result.cites_higher == reading["cites_higher"]
    assert [finding.rule for finding in result.findings] == reading["findings"]


def test_what_is_printed_keeps_the_contract(demo):
    schema = json.loads((CONTRACTS / "alignment.schema.json").read_text("utf-8"))
    findings = json.loads((CONTRACTS / "findings.schema.json").read_text("utf-8"))
    schema["properties"]["findings"]["items"] = findings["$defs"]["finding"]
    jsonschema.validate(align(*demo).to_dict(), schema)
