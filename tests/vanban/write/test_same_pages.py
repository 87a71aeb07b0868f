"""The DOCX, opened by LibreOffice and made a PDF, has the pages of our PDF: their number, their lines, their breaks."""

from __future__ import annotations

import json
import pathlib
import subprocess

import pytest
from tests.vanban.write.pages import Pages, Text, measured
from tests.vanban.write.papers import make_annex, make_body, make_paper

from vanban.official import OfficialDocument
from vanban.write import to_docx
from vanban.write.given import document_from
from vanban.write.pdf import to_pdf

NAMES = ["bao-cao", "cong-van", "long"]
EXAMPLES = pathlib.Path(__file__).parents[3] / "docs" / "guide" / "examples"


def papers() -> dict[str, OfficialDocument]:
    given = {path.stem: document_from(json.loads(path.read_text("utf-8"))) for path in sorted(EXAMPLES.glob("*.json"))}
    return given | {"long": make_paper(body=make_body(6), annexes=(make_annex(rows=40), make_annex(landscape=True)))}


@pytest.fixture(scope="module")
def converted(tmp_path_factory):
    """Each document by its name: our PDF, and LibreOffice's of our DOCX."""
    place = tmp_path_factory.mktemp("office")
    for name, paper in papers().items():
        (place / f"{name}.docx").write_bytes(to_docx(paper))
    profile = f"-env:UserInstallation={(place / 'profile').as_uri()}"
    order = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(place)]
    subprocess.run([*order, *map(str, place.glob("*.docx"))], check=True, capture_output=True, timeout=120)
    return {
        name: (measured(to_pdf(paper)), measured((place / f"{name}.pdf").read_bytes()))
        for name, paper in papers().items()
    }


def paired(ours: Pages, theirs: Pages) -> list[tuple[Text, Text]]:
    """Texts that both have, in the order of reading; those of drawings are points of colour in the DOCX."""
    waiting: dict[str, list[Text]] = {}
    for text in theirs.texts:
        waiting.setdefault(text.said, []).append(text)
    return [(text, waiting[text.said].pop(0)) for text in ours.texts if len(text.said) > 2 and waiting.get(text.said)]


@pytest.mark.parametrize("name", NAMES)
def test_pages_are_of_the_same_number_and_size(converted, name):
    ours, theirs = converted[name]
    assert [(round(w), round(h)) for w, h in ours.sizes] == [(round(w), round(h)) for w, h in theirs.sizes]


@pytest.mark.parametrize("name", NAMES)
def test_lines_are_of_the_same_words_on_the_same_page_at_the_same_place(converted, name):
    ours, theirs = converted[name]
    pairs = paired(ours, theirs)
    assert len(pairs) > 0.7 * len(theirs.texts)  # the others are single letters and figures
    assert [our.page for our, _ in pairs] == [their.page for _, their in pairs]
    assert max(abs(our.base - their.base) for our, their in pairs) < 0.5  # mm
    assert max(abs(our.left - their.left) for our, their in pairs) < 0.5
