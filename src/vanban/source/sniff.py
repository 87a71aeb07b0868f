"""What a file is, by its content: a name proves nothing."""

from __future__ import annotations

import io
import re
import zipfile

from vanban.errors import unreadable

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
HTML = "text/html"
TEXT = "text/plain"
RTF = "application/rtf"
DOC = "application/msword"
ODT = "application/vnd.oasis.opendocument.text"
MHTML = "multipart/related"

#: Pictures of pages, which ``vanban.source.scan`` reads.
PICTURES = ("image/png", "image/jpeg", "image/tiff", "image/webp", "image/bmp")

_IMAGES = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "GIF"),
    (b"GIF89a", "GIF"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"\x00\x00\x01\x00", "ICO"),
)
_OTHERS = (
    (b"%!PS", "other-format", "PostScript"),
    (b"7z\xbc\xaf\x27\x1c", "other-format", "7z"),
    (b"Rar!\x1a\x07", "other-format", "RAR"),
    (b"\x1f\x8b", "other-format", "gzip"),
    (b"\xfd7zXZ\x00", "other-format", "xz"),
    (b"BZh", "other-format", "bzip2"),
    (b"\x7fELF", "binary", ""),
    (b"SQLite format 3\x00", "binary", ""),
    (b"ITSF", "other-format", "CHM"),
    (b"AT&TFORM", "other-format", "DjVu"),
)
# What the FIB of a Word 97–2003 file begins with, and its flag of encryption (MS-DOC 2.5.2, FibBase).
_FIB = b"\xec\xa5"
_FIB_ENCRYPTED = 0x0100
_SMALL_STREAM = 4096  # shorter streams stand in sectors of 64 bytes within that of the root (MS-CFB 2.5)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MANIFEST = "META-INF/manifest.xml"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
# In both, what is repeated matches in one way only: else a file of comments or of headers takes time without end.
_HTML = re.compile(
    rb"^(?:\s|<!--(?:(?!-->).)*-->|<\?xml[^>]*\?>)*<(?:!doctype\s+html|(?:html|head|body|meta|title|div|p|table|h[1-6]|span|style|"
    rb"article|section|main|center|font|ul|ol)\b[^>]*>)",
    re.IGNORECASE | re.DOTALL,
)
_XML = re.compile(rb"^\s*<(?:\?xml|!DOCTYPE|!ENTITY)", re.IGNORECASE)
_MHTML = re.compile(rb"^(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?(?:MIME-Version|Content-Type: *multipart/related)", re.I)


def media_type(data: bytes) -> str:
    """One of the kinds above (``PICTURES`` among them). Raises ``Unreadable`` for anything else, with its name."""
    if data.startswith(_ZIP):
        return _zip(data)
    if data.startswith(_OLE):
        return _ole(data)
    if data[:64].removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{\\rtf"):
        return RTF
    if b"%PDF-" in data[:1024]:
        return PDF
    for magic, kind in _IMAGES:
        if data.startswith(magic):
            if kind in PICTURES:
                return kind
            raise unreadable("image", kind=kind)
    if data[:2] == b"BM" and data[6:10] == b"\0\0\0\0":
        return "image/bmp"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    if data[4:8] == b"ftyp" and data[8:12] in (b"heic", b"heix", b"mif1", b"avif"):
        raise unreadable("image", kind="AVIF" if data[8:12] == b"avif" else "HEIC")
    for magic, code, kind in _OTHERS:
        if data.startswith(magic):
            raise unreadable(code, kind=kind)
    return _markup(data)


def _markup(data: bytes) -> str:
    head = data[:4096].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe")  # UTF-16 shows as ASCII between zeros
    if _HTML.match(head):
        return HTML
    if _XML.match(head):
        if re.search(rb"<!(?:DOCTYPE(?!\s+html)|ENTITY)", head, re.I):
            raise unreadable("unsafe-xml")
        if re.search(rb"<html\b", head, re.I):
            return HTML
        raise unreadable("other-format", kind="XML")
    if _MHTML.match(head) and b"multipart/related" in head.lower():
        return MHTML
    return TEXT


def _zip(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            kind = _head(archive, "mimetype", 80).decode("ascii", "replace") if "mimetype" in names[:1] else ""
            encrypted = kind == ODT and b"encryption-data" in _head(archive, _MANIFEST, 1_000_000)
    except Exception as error:  # zipfile raises a dozen kinds of errors on damaged input
        raise unreadable("damaged", kind="DOCX/ZIP") from error
    top = {name.split("/", 1)[0] for name in names}
    if "[Content_Types].xml" in names:
        if "word" in top:
            return DOCX
        if "xl" in top:
            raise unreadable("spreadsheet", kind="Excel")
        if "ppt" in top:
            raise unreadable("other-format", kind="PowerPoint")
        return DOCX
    if kind.endswith("spreadsheet"):
        raise unreadable("spreadsheet", kind="OpenDocument")
    if kind == ODT:
        if encrypted:
            raise unreadable("encrypted-office")
        return ODT
    if kind.startswith("application/vnd.oasis"):
        raise unreadable("other-format", kind="OpenDocument")
    if "word" in top:
        raise unreadable("damaged", kind="DOCX")
    raise unreadable("other-format", kind="EPUB" if "epub" in kind else "ZIP")


def _head(archive: zipfile.ZipFile, name: str, most: int) -> bytes:
    """The beginning of an entry; nothing where there is none."""
    if name not in archive.namelist():
        return b""
    with archive.open(name) as entry:
        return entry.read(most)


def _ole(data: bytes) -> str:
    def has(name: str) -> bool:
        return name.encode("utf-16-le") in data

    if has("EncryptedPackage"):
        raise unreadable("encrypted-office")
    if has("WordDocument"):
        if _is_encrypted_word(data):
            raise unreadable("encrypted-office")
        return DOC
    if has("Workbook") or has("Book"):
        raise unreadable("spreadsheet", kind="Excel 97–2003")
    if has("PowerPoint Document"):
        raise unreadable("other-format", kind="PowerPoint 97–2003")
    raise unreadable("binary")


def _is_encrypted_word(data: bytes) -> bool:
    """Whether the Word document in an OLE file says that it is encrypted."""
    shift = _sector_shift(data)
    sector, size = _entry(data, "WordDocument")
    start = (sector + 1) << shift
    if size < _SMALL_STREAM:
        start = ((_entry(data, "Root Entry")[0] + 1) << shift) + sector * 64
    flags = int.from_bytes(data[start + 10 : start + 12], "little")
    return data[start : start + 2] == _FIB and bool(flags & _FIB_ENCRYPTED)


def _entry(data: bytes, name: str) -> tuple[int, int]:
    """The first sector and the size of a stream in an OLE file, by its directory entry (MS-CFB 2.6.1)."""
    directory = (int.from_bytes(data[48:52], "little") + 1) << _sector_shift(data)
    at = data.find(f"{name}\0".encode("utf-16-le"), directory)
    return int.from_bytes(data[at + 116 : at + 120], "little"), int.from_bytes(data[at + 120 : at + 124], "little")


def _sector_shift(data: bytes) -> int:
    shift = int.from_bytes(data[30:32], "little")
    return shift if shift in (9, 12) else 9
