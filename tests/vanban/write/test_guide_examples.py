"""The examples of the guide are documents that keep the contract and the layout."""

from __future__ import annotations

import json
import pathlib

import pytest

from vanban.lint import lint
from vanban.official.stored import to_dict
from vanban.write import to_docx
from vanban.write.given import document_from
from vanban.write.pdf import to_pdf

EXAMPLES = sorted((pathlib.Path(__file__).parents[3] / "docs" / "guide" / "examples").glob("*.json"))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example(path):
    given = json.loads(path.read_text("utf-8"))
    document = document_from(given)
    assert json.loads(json.dumps(to_dict(document))) == given
    assert lint(to_docx(document)) == ()
    assert lint(to_pdf(document)) == ()
