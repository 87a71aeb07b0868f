"""Files that cannot be read: each says, in both languages, what happened and what to do."""

import contextlib
import io
import os
import random
import struct
import threading
import tracemalloc
import zipfile
import zlib

import openpyxl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from make_files import drawn, p, pdf, word
from make_files import para as pdf_para
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, StreamObject, TextStringObject
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader

from vanban.errors import MESSAGES, Unreadable
from vanban.source import limits, load

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def refused(data, **options) -> Unreadable:
    with pytest.raises(Unreadable) as error:
        load(data, **options)
    assert error.value.vi.endswith(".")
    assert error.value.en.endswith(".")
    return error.value


def spreadsheet() -> bytes:
    out = io.BytesIO()
    openpyxl.Workbook().save(out)
    return out.getvalue()


def picture(kind: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (4, 4)).save(out, kind)
    return out.getvalue()


def zipped(files: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return out.getvalue()


def one_page(**options: object) -> bytes:
    return drawn(lambda canvas: canvas.drawString(100, 700, "Kế hoạch truyền thông"), **options)


@pytest.mark.parametrize("code", sorted(MESSAGES))
def test_every_message_is_whole_in_both_languages(code):
    vi, en = MESSAGES[code]
    assert vi != en
    assert vi.endswith(".")
    assert en.endswith(".")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b" \r\n\t\n\xc2\xa0", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"<html><body><script>x</script></body></html>", "empty"),
        (random.Random(1).randbytes(5000), "binary"),
        (bytes(2000), "binary"),
        (b"\x7fELF\x02\x01\x01" + bytes(500), "binary"),
        (OLE + "WordDocument".encode("utf-16-le"), "damaged"),
        (OLE + "Workbook".encode("utf-16-le"), "spreadsheet"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted-office"),
        (OLE, "binary"),
        (picture("PNG"), "picture-too-small"),
        (picture("JPEG"), "picture-too-small"),
        (picture("TIFF"), "picture-too-small"),
        (picture("BMP"), "picture-too-small"),
        (picture("WEBP"), "picture-too-small"),
        (spreadsheet(), "spreadsheet"),
        (
            zipped({"mimetype": "application/vnd.oasis.opendocument.presentation", "content.xml": "<x/>"}),
            "other-format",
        ),
        (zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"}), "damaged"),
        (zipped({"a.txt": "x"}), "other-format"),
        (b"<?xml version='1.0'?><plan/>", "other-format"),
        (b"%PDF-1.7\n%%EOF", "damaged"),
        (b"PK\x03\x04" + bytes(40), "damaged"),
        (word(p("x"))[:-200], "damaged"),
        (word(p("x")).replace(b"[Content_Types].xml", b"[Content_Typez].xml"), "damaged"),
        (one_page()[:600], "damaged"),
    ],
)
def test_what_is_wrong_is_named(data, code):
    assert refused(data).code == code


def test_a_spreadsheet_with_the_name_of_a_pdf_is_told_for_what_it_is(tmp_path):
    path = tmp_path / "ke_hoach.pdf"
    path.write_bytes(spreadsheet())
    assert refused(path).vi == (
        "Đây là bảng tính (Excel), không phải văn bản. Bạn hãy dùng tệp Word, PDF hoặc văn bản của kế hoạch; nếu kế "
        "hoạch nằm trong bảng tính, hãy in ra PDF rồi thử lại."
    )


# --- size ----------------------------------------------------------------------------------------------------------


def test_a_file_of_200_megabytes_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "big.docx"
    with path.open("wb") as file:
        file.truncate(200_000_000)
    tracemalloc.start()
    error = refused(path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (error.code, error.keep) == ("too-large", False)
    assert peak < 1_000_000
    assert "50 MB" in error.vi


def test_bytes_beyond_the_limit_are_refused():
    assert refused(b"a" * (limits.MAX_BYTES + 1)).code == "too-large"


def test_a_pipe_is_read_no_further_than_the_limit(tmp_path):
    path = tmp_path / "pipe"
    os.mkfifo(path)
    writer = threading.Thread(target=lambda: path.write_bytes("Kế hoạch".encode()))
    writer.start()
    assert load(path).text() == "Kế hoạch"
    writer.join()


# --- the path ------------------------------------------------------------------------------------------------------


def test_paths_that_are_no_readable_file(tmp_path):
    assert refused(tmp_path / "none.pdf").code == "missing"
    assert refused(tmp_path / "none.pdf" / "x").code == "missing"
    assert refused(tmp_path).code == "not-a-file"
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    assert refused(loop).code == "io"


def test_a_file_without_the_right_to_read_it(tmp_path):
    path = tmp_path / "closed.txt"
    path.write_text("x")
    path.chmod(0)
    user = os.geteuid()
    if user == 0:  # the superuser may read every file: step back to nobody
        os.seteuid(65534)
    try:
        assert refused(path).code == "forbidden"
    finally:
        os.seteuid(user)


# --- DOCX ----------------------------------------------------------------------------------------------------------


def bomb(size: int) -> bytes:
    return word(p("x"), extra={"word/styles.xml": b""}, parts={"numbering": f"<w>{' ' * size}</w>"})


def test_a_bomb_is_refused_by_what_comes_out_of_it():
    error = refused(bomb(30_000_000))
    assert (error.code, error.keep) == ("bomb", False)


def test_a_bomb_that_lies_about_its_size_is_refused():
    data = bytearray(bomb(30_000_000))
    declared = struct.pack("<I", 30_000_007)
    assert bytes(data).count(declared) == 2  # in the local and in the central header
    lying = bytes(data).replace(declared, struct.pack("<I", 2_000))
    assert refused(lying).code in ("bomb", "damaged")


def test_a_bomb_of_many_entries_is_refused():
    out = io.BytesIO(word(p("x")))
    with zipfile.ZipFile(out, "a") as archive:
        for index in range(21_000):
            archive.writestr(f"word/media/{index}", b"")
    assert refused(out.getvalue()).code == "bomb"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize(
    "declarations",
    [
        '<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">',
        '<!ENTITY a SYSTEM "file:///etc/passwd">',
        '<!ENTITY % a SYSTEM "http://127.0.0.1:9/x"> %a;',
    ],
)
def test_xml_entities_are_refused(declarations, encoding):
    text = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE w [{declarations}]><w>&a;</w>'
    data = word(p("x"), parts={"numbering": "<w/>"})
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            target.writestr(name, text.encode(encoding) if name == "word/numbering.xml" else source.read(name))
    error = refused(out.getvalue())
    assert (error.code, error.keep) == ("unsafe-xml", False)


def test_an_xml_file_with_entities_is_refused():
    data = b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol">]><lolz>&lol;</lolz>'
    assert refused(data).code == "unsafe-xml"


@pytest.mark.parametrize("part", ["word/document.xml", "word/numbering.xml", "word/_rels/document.xml.rels"])
def test_a_damaged_part_is_told(part):
    data = word(p("x"), parts={"numbering": "<w/>"})
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            target.writestr(name, b"<w:document><w:body>" if name == part else source.read(name))
    assert refused(out.getvalue()).code == "damaged"


def test_a_part_with_wrong_bytes_is_told():
    data = bytearray(word(p("Kế hoạch " * 500)))
    at = data.index(b"word/document.xml") + 60
    data[at : at + 8] = b"\xff" * 8
    assert refused(bytes(data)).code == "damaged"


def test_a_docx_without_text_is_empty():
    assert refused(word(p())).code == "empty"


# --- PDF -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("algorithm", ["RC4-40", "RC4-128", "AES-128", "AES-256"])
def test_an_encrypted_pdf_asks_for_its_password(algorithm):
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(one_page())))
    writer.encrypt("secret", algorithm=algorithm)
    out = io.BytesIO()
    writer.write(out)
    assert refused(out.getvalue()).code == "encrypted"
    assert refused(out.getvalue(), password="wrong").code == "wrong-password"
    assert load(out.getvalue(), password="secret").text() == "Kế hoạch truyền thông"


def test_a_pdf_that_only_forbids_changes_is_read_without_a_password():
    data = one_page(encrypt=StandardEncryption("", "owner", canModify=0, canCopy=0))
    assert load(data).text() == "Kế hoạch truyền thông"


def test_a_pdf_with_scripts_is_read_as_text():
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(one_page())))
    script = {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("while (true) {}")}
    writer.root_object[NameObject("/OpenAction")] = DictionaryObject(script)
    out = io.BytesIO()
    writer.write(out)
    assert b"/JavaScript" in out.getvalue()
    assert load(out.getvalue()).text() == "Kế hoạch truyền thông"


@pytest.mark.parametrize("layers", [1, 2])
def test_a_pdf_whose_page_grows_without_end_is_refused(layers):
    packed = b"BT /F1 12 Tf 100 700 Td (x) Tj ET " + b" " * 120_000_000
    for _ in range(layers):
        packed = zlib.compress(packed, 9)

    stream = StreamObject()
    stream._data = packed
    stream[NameObject("/Filter")] = ArrayObject([NameObject("/FlateDecode")] * layers)
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(one_page())))
    writer.pages[0][NameObject("/Contents")] = writer._add_object(stream)
    out = io.BytesIO()
    writer.write(out)
    error = refused(out.getvalue())
    assert (error.code, error.keep) == ("bomb", False)


def blank_pages(count: int) -> bytes:
    writer = PdfWriter()
    for _ in range(count):
        writer.add_blank_page(595, 842)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_pdf_of_5000_pages_is_refused():
    error = refused(blank_pages(5000))
    assert error.code == "too-many-pages"
    assert "5000" in error.vi


def test_a_scan_says_that_it_has_no_text():
    error = refused(blank_pages(2))
    assert (error.code, error.keep) == ("no-text", True)


def test_a_scan_with_a_stamp_of_its_scanner_has_no_text_either():
    photo = ImageReader(Image.new("RGB", (60, 84), "white"))

    def draw(canvas) -> None:
        canvas.drawImage(photo, 0, 0, 595, 842)
        canvas.drawString(400, 20, "Scanned with CamScanner")

    assert refused(drawn(draw)).code == "no-words"


def test_pages_without_text_are_named_and_the_rest_is_read():
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(one_page())))
    writer.add_blank_page(595, 842)
    out = io.BytesIO()
    writer.write(out)
    source = load(out.getvalue())
    assert (source.pages, source.empty_pages, source.text()) == (2, (2,), "Kế hoạch truyền thông")


def test_a_pdf_cut_off_in_the_middle_is_read_or_told():
    data = pdf([pdf_para("Kế hoạch " * 300)])
    for share in (0.3, 0.6, 0.9, 0.99):
        cut = data[: int(len(data) * share)]
        try:
            assert load(cut).lines
        except Unreadable as error:
            assert error.code in ("damaged", "no-text")


# --- anything at all -----------------------------------------------------------------------------------------------

SAMPLES = [
    word(p("Kế hoạch") + p("nhiệm vụ"), parts={"numbering": "<w/>"}),
    one_page(pageCompression=0),
    "<html><body><table><tr><td>Kế hoạch</table></body></html>".encode(),
    "Kế hoạch\nnhiệm vụ".encode("utf-16"),
]


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400), st.sampled_from([b"", b"%PDF-1.7\n", b"PK\x03\x04", b"<html>", b"\xff\xfe", OLE[:8]]))
@example(b"\x00\xd8", b"")
def test_random_bytes_are_read_or_refused(data, head):
    with contextlib.suppress(Unreadable):
        assert load(head + data).lines


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(SAMPLES), st.data())
def test_damaged_files_are_read_or_refused(sample, data):
    changed = bytearray(sample)
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(changed) - 1))
        changed[at] = data.draw(st.integers(0, 255))
    with contextlib.suppress(Unreadable):
        assert load(bytes(changed)).lines


def test_crc_is_not_trusted_for_size():
    # One entry of stored bytes whose header says that nothing is there: the part reads as empty, which is damage.
    data = bytearray(word(p("x")))
    start = data.index(b"PK\x01\x02")
    while data[start : start + 4] == b"PK\x01\x02":
        data[start + 24 : start + 28] = bytes(4)
        name, extra, comment = struct.unpack("<HHH", data[start + 28 : start + 34])
        start += 46 + name + extra + comment
    assert refused(bytes(data)).code == "damaged"
