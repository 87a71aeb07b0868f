"""The parts of a DOCX file: its XML, opened so that a hostile file does no harm."""

from __future__ import annotations

import io
import posixpath
import zipfile
from typing import Any, Final

from lxml import etree

from vanban.errors import unreadable

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
A: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
WP: Final = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
R: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
V: Final = "{urn:schemas-microsoft-com:vml}"
MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_RELATION: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_LARGEST_PART = 64 * 1024 * 1024  # unpacked; a document of a thousand pages has about 10 MB
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_TRANSITIONAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_STRICT_RELATION = b"http://purl.oclc.org/ooxml/officeDocument/relationships"
_TRANSITIONAL_RELATION = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"


class Package:
    """A DOCX file's parts by their names."""

    def __init__(self, content: bytes) -> None:
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(content))
            self._names = {info.filename: info for info in self._archive.infolist()}
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise unreadable("damaged", kind="Word") from error
        self.main = "word/document.xml"
        for _, kind, target in self.relations(""):
            if kind == "officeDocument":
                self.main = target
        if self.main not in self._names:
            raise unreadable("other-format", kind="zip")

    def part(self, name: str) -> Any | None:
        """The root of a part, or None where the file has none. Raises Unreadable for damaged or unsafe XML."""
        info = self._names.get(name)
        if info is None:
            return None
        if info.flag_bits & 0x1:
            raise unreadable("encrypted-office")
        if info.file_size > _LARGEST_PART:
            raise unreadable("bomb")
        try:
            with self._archive.open(info) as stream:
                content = stream.read(_LARGEST_PART + 1)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError) as error:
            raise unreadable("damaged", kind="Word") from error
        if len(content) > _LARGEST_PART:
            raise unreadable("bomb")
        if b"<!DOCTYPE" in content[:4096] or b"<!ENTITY" in content[:4096]:
            raise unreadable("unsafe-xml")
        content = content.replace(_STRICT, _TRANSITIONAL).replace(_STRICT_RELATION, _TRANSITIONAL_RELATION)
        try:
            parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True)
            return etree.fromstring(content, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise unreadable("damaged", kind="Word") from error

    def relations(self, name: str) -> list[tuple[str, str, str]]:
        """What a part leads to: (id, kind, the part's name), outside addresses left out."""
        folder, base = posixpath.split(name)
        root = self.part(posixpath.join(folder, "_rels", f"{base}.rels"))
        if root is None:
            return []
        return [
            (
                found.get("Id", ""),
                found.get("Type", "").rsplit("/", 1)[-1],
                posixpath.normpath(posixpath.join(folder, found.get("Target", ""))).lstrip("/"),
            )
            for found in root.iter(f"{_RELATION}Relationship")
            if found.get("TargetMode") != "External"
        ]

    def related(self, kind: str) -> Any | None:
        """The part of this kind that the document leads to ("styles", "numbering", "theme"), or None."""
        for _, found, target in self.relations(self.main):
            if found == kind:
                return self.part(target)
        return None
