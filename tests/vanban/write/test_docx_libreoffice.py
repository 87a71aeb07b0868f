"""Our DOCX in LibreOffice: what it prints is what the value says, on the pages where it should stand.

All documents go through LibreOffice at once: it takes longer to start than to print them.
"""

import random
import re
import subprocess

import pypdfium2
import pytest
from tests.vanban.write.samples import SENTENCE, document, register

from vanban.official import Annex, Heading, Paragraph, letter, plain, roman
from vanban.write import to_docx

ODDS = 0.85  # how often a mark is the next one


def _marked(seed: int) -> tuple:
    """Headings and paragraphs in any order; most marks are those that come next, some are not."""
    chance = random.Random(seed)
    counts: dict[str, int] = {}
    begins = {"part": ("roman", "arabic", "point"), "roman": ("arabic", "point"), "arabic": ("point",)}
    begins |= {"article": ("arabic", "point"), "said": ("arabic", "point")}
    found = []
    for _ in range(14):
        kind = chance.choice(["part", "chapter", "roman", "arabic", "article", "said", "point", "letter", "-", "+"])
        counts[kind] = counts.get(kind, 0) + 1
        counts |= dict.fromkeys(begins.get(kind, ()), 0)
        found.append(_block(kind, counts[kind] if chance.random() < ODDS else chance.randint(1, 9)))
    return tuple(found)


def _block(kind: str, number: int):
    if kind in ("part", "chapter"):
        return Heading(kind, f"{'Phần' if kind == 'part' else 'Chương'} {roman(number)}", "TÊN")
    if kind in ("roman", "arabic", "article"):
        mark = {"roman": f"{roman(number)}.", "arabic": f"{number}.", "article": f"Điều {number}."}[kind]
        return Heading(kind, mark, "MỤC")
    mark = {"said": f"Điều {number}.", "point": f"{number}.", "letter": f"{letter(number)})"}.get(kind, kind)
    return Paragraph(plain("Lời"), mark)


def _shown(blocks: tuple) -> list[str]:
    shown = []
    for block in blocks:
        words = block.title if isinstance(block, Heading) else block.runs[0].text
        whole = not isinstance(block, Heading) or block.kind not in ("part", "chapter")
        shown += [f"{block.mark} {words}"] if whole else [block.mark, words]
    return shown


MARKED = {f"marked-{seed}": _marked(seed) for seed in range(10)}
# From a foot on the page of the text to one that has no room there.
FULL = {f"full-{lines}": lines for lines in range(9, 21, 2)}
# From a table that has room on the first page to one that would be torn there.
SHORT = {f"short-{lines}": lines for lines in range(9, 24, 3)}


@pytest.fixture(scope="module")
def printed(tmp_path_factory) -> dict[str, list[str]]:
    """The pages of each document as text."""
    folder = tmp_path_factory.mktemp("docx")
    documents = {
        name: document(body=blocks, bases=(), addressees=(), annexes=(Annex("BIEU", "", blocks),))
        for name, blocks in MARKED.items()
    }
    line = Paragraph(plain("Một dòng"))
    documents |= {name: document(body=(line,) * count, annexes=()) for name, count in FULL.items()}
    documents |= {name: document(body=(*(line,) * n, register(6), line, line), annexes=()) for name, n in SHORT.items()}
    documents["plan"] = document("Kế hoạch")
    documents["long annex"] = document(annexes=(Annex("BIỂU", "", (register(40),)),))
    documents["register"] = document(body=(Paragraph(plain(SENTENCE)), register(60)), annexes=())
    for name, made in documents.items():
        (folder / f"{name}.docx").write_bytes(to_docx(made))
    files = [str(folder / f"{name}.docx") for name in documents]
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    order = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), *files]
    subprocess.run(order, check=True, capture_output=True, timeout=120)
    return {name: _pages(folder / f"{name}.pdf") for name in documents}


def _pages(path) -> list[str]:
    file = pypdfium2.PdfDocument(path)
    return [re.sub(r"[^\S\n]+", " ", page.get_textpage().get_text_range().replace("\r", "")) for page in file]


def _lines(pages: list[str]) -> list[str]:
    return [line.strip() for page in pages for line in page.split("\n") if line.strip() and not line.strip().isdigit()]


@pytest.mark.parametrize("name", MARKED)
def test_marks_are_those_of_the_value(printed, name):
    lines, expected = _lines(printed[name]), _shown(MARKED[name])
    title = lines.index("Kết quả truyền thông chính sách năm 2026") + 1
    annex = lines.index("BIEU") + 1
    assert lines[title : title + len(expected)] == [*expected[:-1], f"{expected[-1]}./."]
    assert lines[annex : annex + len(expected)] == expected


def test_the_foot_is_never_torn_from_its_last_lines(printed):
    last = {name: printed[name][-1] for name in FULL}
    for name, text in last.items():
        assert "Nơi nhận:" in text and "Bùi Đình Long" in text, name
        assert text.count("Một dòng") >= 2, name
    assert {len(printed[name]) for name in FULL} == {1, 2}


def test_a_short_table_stands_on_one_page(printed):
    whole = {name: [page.count("Việc thứ") for page in printed[name] if "Việc thứ" in page] for name in SHORT}
    assert whole == dict.fromkeys(SHORT, [4])


def test_pages_are_numbered_but_the_first_of_the_text_and_of_each_annex(printed):
    above = [page.strip().split("\n")[0].strip() for page in printed["register"]]
    assert not above[0].isdigit()
    assert above[1:] == [str(number) for number in range(2, len(above) + 1)]
    assert [page.strip().split("\n")[0].strip() for page in printed["long annex"]][-2:] == ["Phụ lục", "2"]


def test_the_head_of_a_table_stands_on_every_page_of_it(printed):
    with_rows = [page for page in printed["register"] if "Việc thứ" in page]
    assert len(with_rows) >= 2
    assert all("Cơ quan thực hiện" in page for page in with_rows)


def test_an_annex_begins_a_page(printed):
    starts = [page for page in printed["plan"] if "Phụ lục I" in page]
    assert [page.strip().split("\n")[0].strip() for page in starts] == ["Phụ lục I", "Phụ lục II"]
