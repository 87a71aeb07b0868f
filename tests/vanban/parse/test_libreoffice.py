"""Our DOCX after another program: saved anew by LibreOffice it is the same document, printed by it it keeps the layout."""

import subprocess

import pytest
from tests.vanban.write.samples import document

from vanban.lint import lint
from vanban.official import settled
from vanban.parse import parse
from vanban.write import to_docx

TYPES = ("Kế hoạch", "Công văn", "Quyết định", "Công điện", "Biên bản")
EXPORT = 'pdf:writer_pdf_Export:{{"UseTaggedPDF":{{"type":"boolean","value":"{}"}}}}'
KINDS = {"docx": "docx", "tagged": EXPORT.format("true"), "plain": EXPORT.format("false")}


@pytest.fixture(scope="module")
def converted(tmp_path_factory):
    """The folder with what LibreOffice made of our documents, a folder each kind."""
    folder = tmp_path_factory.mktemp("libreoffice")
    for doc_type in TYPES:
        (folder / f"{doc_type}.docx").write_bytes(to_docx(document(doc_type)))
    files = [str(folder / f"{doc_type}.docx") for doc_type in TYPES]
    for name, filtered in KINDS.items():
        command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", filtered]
        subprocess.run([*command, "--outdir", str(folder / name), *files], check=True, capture_output=True, timeout=120)
    return folder


@pytest.mark.parametrize("doc_type", TYPES)
def test_a_docx_saved_anew_is_the_same_document(converted, doc_type):
    file = converted / "docx" / f"{doc_type}.docx"
    assert parse(file) == settled(document(doc_type))
    assert lint(file) == ()


@pytest.mark.parametrize("kind", ["tagged", "plain"])
@pytest.mark.parametrize("doc_type", TYPES)
def test_a_pdf_that_it_prints_keeps_the_layout_and_says_the_same(converted, doc_type, kind):
    file = converted / kind / f"{doc_type}.pdf"
    assert lint(file) == ()
    found, wanted = parse(file), settled(document(doc_type))
    for field in ("type", "issuer", "parent", "subject", "number", "code", "place", "date", "urgency", "authority"):
        assert getattr(found, field) == getattr(wanted, field)
    for field in ("bases", "addressees", "recipients", "archive", "signature"):
        assert getattr(found, field) == getattr(wanted, field)
    assert [annex.title for annex in found.annexes] == [annex.title for annex in wanted.annexes]
    assert found.body[-1] == wanted.body[-1]
