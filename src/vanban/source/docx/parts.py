"""The parts of a DOCX file, unpacked within limits and parsed without entities, DTD or network."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib

from lxml import etree

from vanban.errors import unreadable
from vanban.source import limits
from vanban.source.lines import web_address

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# ISO 29500 Strict has names of its own for the same elements.
_STRICT = (
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
)
_DTD = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_CHUNK = 1 << 16
_MAX_ENTRIES = 20_000


class Parts:
    """The package: its XML parts by path, and what a part refers to."""

    def __init__(self, data: bytes) -> None:
        if data.count(b"PK\x01\x02") > _MAX_ENTRIES:  # before zipfile makes an object of each entry
            raise unreadable("bomb")
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError) as error:
            raise unreadable("damaged", kind="DOCX") from error
        self._read = 0

    def xml(self, path: str) -> etree._Element | None:
        """The root of the part at ``path``, None where there is no such part.

        Raises ``Unreadable`` ("damaged", "bomb", "unsafe-xml", "encrypted-office").
        """
        try:
            info = self._archive.getinfo(path)
        except KeyError:
            return None
        return parse(self._inflate(info))

    def main(self) -> str:
        """The path of the main document part."""
        return self.related("", "officeDocument") or "word/document.xml"

    def related(self, path: str, kind: str) -> str | None:
        """The path of the first part of type ``kind`` that the part at ``path`` refers to."""
        return next((target for _, found, target in self.relations(path) if found == kind), None)

    def relations(self, path: str) -> list[tuple[str, str, str]]:
        """The references of the part at ``path`` to other parts of the package: (id, type, path)."""
        folder, name = posixpath.split(path)
        root = self.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
        if root is None:
            return []
        found = []
        for relation in root:
            target = relation.get("Target", "")
            if relation.get("TargetMode") == "External" or not target:
                continue
            inside = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            found.append((relation.get("Id", ""), relation.get("Type", "").rsplit("/", 1)[-1], inside))
        return found

    def addresses(self, path: str) -> dict[str, str]:
        """The web addresses that the part at ``path`` links to, by id."""
        folder, name = posixpath.split(path)
        root = self.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
        found = {} if root is None else {r.get("Id", ""): web_address(r.get("Target")) for r in root}
        return {key: url for key, url in found.items() if url}

    def _inflate(self, info: zipfile.ZipInfo) -> bytes:
        """The bytes of one part. What really comes out is counted, whatever size the entry declares."""
        if info.flag_bits & 1:
            raise unreadable("encrypted-office")
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise unreadable("damaged", kind="DOCX")
        out = bytearray()
        try:
            with self._archive.open(info) as file:
                while chunk := file.read(_CHUNK):
                    out += chunk
                    self._read += len(chunk)
                    swollen = len(out) > limits.RATIO_FROM and len(out) > limits.MAX_RATIO * max(info.compress_size, 1)
                    if swollen or len(out) > limits.MAX_PART_BYTES or self._read > limits.MAX_PARTS_BYTES:
                        raise unreadable("bomb")
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError) as error:
            raise unreadable("damaged", kind="DOCX") from error
        return bytes(out)


def parse(data: bytes) -> etree._Element:
    """The root element of ``data``. A document type declaration is refused: Office never writes one.

    Raises ``Unreadable`` ("damaged", "unsafe-xml").
    """
    if _DTD.search(data.replace(b"\0", b"")):  # zero bytes: the declaration could be in UTF-16
        raise unreadable("unsafe-xml")
    for strict, transitional in _STRICT:
        data = data.replace(strict, transitional)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise unreadable("damaged", kind="DOCX") from error
    if root is None or root.getroottree().docinfo.internalDTD is not None:
        raise unreadable("unsafe-xml" if root is not None else "damaged", kind="DOCX")
    return root


def value(element: etree._Element | None, name: str = "val") -> str | None:
    """The attribute ``w:name`` of ``element``; None where either is missing."""
    return None if element is None else element.get(f"{W}{name}")


def number(element: etree._Element | None, name: str = "val") -> int | None:
    """The attribute ``w:name`` as an integer; None where it is missing or no integer."""
    text = value(element, name)
    try:
        return None if text is None else int(text)
    except ValueError:
        return None


def switched(element: etree._Element | None) -> bool | None:
    """A toggle such as ``w:vanish``: None where it is missing, False where it is written off."""
    if element is None:
        return None
    return value(element) not in ("0", "false", "off")
