"""Old Word files and OpenDocument, through LibreOffice; and a page that Word saved in one file."""

import base64
import concurrent.futures
import http.server
import io
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import threading
import time
import zipfile

import pytest
from docx import Document

from vanban.errors import Unreadable
from vanban.source import load, programs

RTF = rb"{\rtf1\ansi{\fonttbl{\f0 .VnTime;}{\f1 .VnTimeH;}}{\f1 k\'d5 ho\'b9ch\par}{\f0 \'f1y ban nh\'a9n d\'a9n t\'d8nh\par}}"
LINES = ["KẾ HOẠCH", "Ủy ban nhân dân tỉnh"]


SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
    for name, long in {"office": "office", "text": "text", "draw": "drawing", "svg": "svg-compatible"}.items()
)
MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    '<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.text"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml">{inside}'
    "</manifest:file-entry></manifest:manifest>"
)


def odt(body, inside=""):
    """An OpenDocument text with ``body`` and, in its manifest, ``inside``."""
    content = (
        f'<office:document-content {SPACES} xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.2">'
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", MANIFEST.format(inside=inside))
    return out.getvalue()


def linked(address):
    """A text with a picture and a section that stand at ``address``."""
    return odt(
        '<text:p>Ke hoach<draw:frame svg:width="3cm" svg:height="3cm" text:anchor-type="as-char">'
        f'<draw:image xlink:href="{address}/a.png" xlink:type="simple"/></draw:frame></text:p>'
        f'<text:section text:name="S"><text:section-source xlink:href="{address}/b.odt"/><text:p>x</text:p>'
        "</text:section>"
    )


@pytest.fixture(scope="module")
def web():
    """The address of a web server on this machine, and the list of what it was asked for."""
    asked = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_error(404)

        do_HEAD = do_OPTIONS = do_PROPFIND = do_GET

        def log_message(self, *_arguments):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", asked
        server.shutdown()


def mixed():
    """A Word document with a letterhead in a table, lists, merged cells, a table in a cell and old fonts."""
    document = Document()
    head = document.add_table(1, 2)
    head.cell(0, 0).text, head.cell(0, 1).text = "ỦY BAN NHÂN DÂN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    document.add_paragraph("Mở đầu kế hoạch")
    for name in ("List Number", "List Number", "List Bullet"):
        document.add_paragraph("Một việc", style=name)
    table = document.add_table(4, 4, style="Table Grid")
    for at, cell in enumerate(table._cells):
        cell.text = f"Ô {at}"
    for first, last in (((0, 0), (1, 1)), ((2, 1), (2, 3)), ((0, 3), (1, 3))):
        table.cell(*first).merge(table.cell(*last))
    table.cell(3, 0).add_table(2, 2).cell(1, 1).text = "trong ô"
    run = document.add_paragraph("Giữa ").add_run("kÕ ho¹ch truyÒn th«ng")
    run.font.name = ".VnTime"
    run = document.add_paragraph("Chữ ").add_run("hoa")
    run.font.all_caps = True
    document.add_paragraph("cột một\tcột hai\n“dòng” – hai…")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.fixture(scope="module")
def saved(tmp_path_factory, web):
    """The same document as Word 97 and as OpenDocument, written by LibreOffice, and a Word 97 file with links."""
    place = tmp_path_factory.mktemp("office")
    (place / "plan.rtf").write_bytes(RTF)
    (place / "linked.odt").write_bytes(linked(web[0]))
    profile = f"-env:UserInstallation={(place / 'profile').as_uri()}"
    (place / "mixed.docx").write_bytes(mixed())
    for kind in ("doc", "odt", "rtf"):
        names = {"doc": ("plan.rtf", "linked.odt", "mixed.docx"), "odt": ("plan.rtf",), "rtf": ("mixed.docx",)}[kind]
        order = ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", place]
        order += [place / name for name in names]
        subprocess.run(order, check=True, capture_output=True, timeout=120)
    return place


@pytest.mark.parametrize("kind", ["doc", "odt"])
def test_old_office_files_are_read(saved, kind):
    source = load(saved / f"plan.{kind}")
    assert [line.text for line in source.lines if line.text] == LINES
    assert source.quality == "legacy"


@pytest.mark.parametrize("kind", ["doc", "rtf"])
def test_what_libreoffice_writes_reads_like_the_word_file(saved, kind):
    def read(name):
        source = load(saved / name)
        tables = [[[(c.text, c.column_span, c.row_span) for c in row] for row in t.rows] for t in source.tables]
        return [line.text for line in source.lines if line.text], tables

    assert read(f"mixed.{kind}") == read("mixed.docx")


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


def mhtml(part, head="Content-Type: multipart/related; boundary=X", end="--X--"):
    """A page saved in one file: its head, and ``part`` (headers and body) as its only part."""
    return f"MIME-Version: 1.0\r\n{head}\r\n\r\n--X\r\n".encode() + part + f"\r\n{end}\r\n".encode()


PAGE = "<html><head><meta charset={charset}></head><body><p>Kế hoạch</p></body></html>"


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        (
            'text/html; charset="utf-8"\r\nContent-Transfer-Encoding: quoted-printable',
            b"<p>K=E1=BA=BF ho=E1=BA=A1ch</p>",
        ),
        ("text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64", base64.b64encode("<p>Kế hoạch</p>".encode())),
        (
            "text/html; charset=windows-1258",
            PAGE.format(charset="windows-1258").replace("ế", "êì").replace("ạ", "aò").encode("latin-1"),
        ),
        ("text/html", PAGE.format(charset="utf-8").encode()),
        ("text/html; charset=none", PAGE.format(charset="utf-8").encode()),
        ("text/html; charset=undefined", PAGE.format(charset="undefined").encode()),
        ("text/html; charset=punycode", PAGE.format(charset="punycode").encode()),
    ],
)
def test_a_web_page_in_one_file(headers, body):
    file = mhtml(f"Content-Type: {headers}\r\n\r\n".encode() + body)
    assert [line.text for line in load(file).lines] == ["Kế hoạch"]


@pytest.mark.parametrize(
    "data",
    [
        mhtml(b"Content-Type: text/plain\r\n\r\nKe hoach"),
        mhtml(b"".join(b"Content-Type: multipart/mixed; boundary=%d\r\n\r\n--%d\r\n" % (n, n) for n in range(2000))),
    ],
)
def test_a_web_page_in_one_file_without_a_page_or_without_end(data):
    assert refused(data) == "damaged"


def refused(data):
    with pytest.raises(Unreadable) as error:
        load(data)
    return error.value.code


def test_nothing_that_a_file_links_to_is_fetched(saved, web):
    address, asked = web
    asked.clear()
    data = (saved / "linked.doc").read_bytes()
    assert address.encode() in data or address.encode("utf-16-le") in data
    with concurrent.futures.ThreadPoolExecutor(2) as pool:  # two at a time, as two officers would
        sources = list(pool.map(load, [data, linked(address)]))
    assert [source.lines[0].text for source in sources] == ["Ke hoach", "Ke hoach"]
    assert asked == []


def test_a_word_file_with_a_password_says_so(saved):
    data = bytearray((saved / "plan.doc").read_bytes())
    at = data.index(b"\xec\xa5")  # where the document's own header begins; its flags follow
    data[at + 11] |= 1
    assert refused(bytes(data)) == "encrypted-office"


def test_an_opendocument_file_with_a_password_says_so():
    assert refused(odt("<text:p>x</text:p>", "<manifest:encryption-data/>")) == "encrypted-office"


def running(mark):
    """How many processes bear ``mark`` among their arguments."""
    lines = [path.read_bytes() for path in pathlib.Path("/proc").glob("[0-9]*/cmdline") if os.access(path, os.R_OK)]
    return sum(mark.encode() in line.split(b"\0") for line in lines)


def is_gone(mark):
    """Whether no process bears ``mark``, within some seconds."""
    end = time.monotonic() + 5
    while running(mark) and time.monotonic() < end:
        time.sleep(0.05)
    return not running(mark)


def test_a_program_that_takes_too_long_is_ended_with_its_children():
    with pytest.raises(subprocess.SubprocessError):
        programs.run(["sh", "-c", "sleep 71.25 & sleep 71.25"], seconds=1, environment=os.environ)
    assert is_gone("71.25")


def test_a_program_ends_with_the_process_that_waits_for_it():
    code = "import os\nfrom vanban.source import programs\n"
    code += "programs.run(['sh', '-c', 'sleep 72.25 & sleep 72.25'], seconds=60, environment=os.environ)"
    reader = subprocess.Popen([sys.executable, "-c", code])
    end = time.monotonic() + 5
    while running("72.25") < 2 and time.monotonic() < end:
        time.sleep(0.02)
    assert running("72.25") == 2
    os.kill(reader.pid, signal.SIGKILL)
    reader.wait()
    assert is_gone("72.25")


def test_libreoffice_is_here():
    assert shutil.which("soffice"), "install libreoffice-writer-nogui: the tests read old Word files with it"
