"""Old Word files and OpenDocument, through LibreOffice; and a page that Word saved in one file."""

import shutil
import subprocess

import pytest

from vanban.errors import Unreadable
from vanban.source import load

RTF = rb"{\rtf1\ansi{\fonttbl{\f0 .VnTime;}{\f1 .VnTimeH;}}{\f1 k\'d5 ho\'b9ch\par}{\f0 \'f1y ban nh\'a9n d\'a9n t\'d8nh\par}}"
LINES = ["KẾ HOẠCH", "Ủy ban nhân dân tỉnh"]


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    """The same document as Word 97 and as OpenDocument, written by LibreOffice."""
    place = tmp_path_factory.mktemp("office")
    (place / "plan.rtf").write_bytes(RTF)
    profile = f"-env:UserInstallation={(place / 'profile').as_uri()}"
    for kind in ("doc", "odt"):
        order = ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", place, place / "plan.rtf"]
        subprocess.run(order, check=True, capture_output=True, timeout=120)
    return place


@pytest.mark.parametrize("kind", ["doc", "odt"])
def test_old_office_files_are_read(saved, kind):
    source = load(saved / f"plan.{kind}")
    assert [line.text for line in source.lines if line.text] == LINES
    assert source.quality == "legacy"


def test_without_libreoffice_the_message_says_what_to_install(saved, monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Unreadable) as error:
        load(saved / "plan.doc")
    assert error.value.code == "office-missing"
    assert "apt install libreoffice-writer-nogui" in error.value.vi
    assert "apt install libreoffice-writer-nogui" in error.value.en


def test_a_broken_word_file_says_so(saved):
    data = bytearray((saved / "plan.doc").read_bytes())
    data[512:2048] = bytes(1536)
    with pytest.raises(Unreadable) as error:
        load(bytes(data))
    assert error.value.code in ("damaged", "empty")


def test_a_web_page_in_one_file():
    page = (
        "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=X\r\n\r\n--X\r\n"
        'Content-Type: text/html; charset="utf-8"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n'
        "<html><body><p>K=E1=BA=BF ho=E1=BA=A1ch</p></body></html>\r\n--X--\r\n"
    )
    assert [line.text for line in load(page.encode()).lines] == ["Kế hoạch"]


def test_libreoffice_is_here():
    assert shutil.which("soffice"), "install libreoffice-writer-nogui: the tests read old Word files with it"
