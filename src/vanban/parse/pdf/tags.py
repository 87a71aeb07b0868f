"""The logical structure of a tagged PDF (ISO 32000-1, 14.7 and 14.8), put together over its pages, by PDFium.

PDFium shows the structure page by page, each time with what stands on that page only. An element is the same on two
pages when the numbers of its ancestors among their brothers are the same.
"""

from __future__ import annotations

import ctypes
import dataclasses
from collections.abc import Callable
from typing import Any

import pypdfium2.raw as pdfium

Path = tuple[int, ...]
_DEEPEST = 60


@dataclasses.dataclass(slots=True)
class Tag:
    """An element: its standard type ("P", "TD"), the words that stand for it, its spans, and what stands in it: elements
    and marked contents as (page, number)."""

    kind: str
    path: Path = ()
    alt: str = ""
    columns: int = 1
    rows: int = 1
    children: dict[int, Tag | tuple[int, int]] = dataclasses.field(default_factory=dict)

    def inside(self) -> list[Tag | tuple[int, int]]:
        """What stands in it, in order."""
        return [self.children[index] for index in sorted(self.children)]

    def tags(self) -> list[Tag]:
        """The elements in it, in order."""
        return [child for child in self.inside() if isinstance(child, Tag)]

    def contents(self) -> list[tuple[int, int]]:
        """All marked contents in it, in order."""
        found: list[tuple[int, int]] = []
        for child in self.inside():
            found.extend(child.contents() if isinstance(child, Tag) else [child])
        return found


def add_page(root: Tag, page: Any, number: int) -> None:
    """Add to ``root`` what the structure has on a page (``pypdfium2.PdfPage``), counted from 1."""
    tree = pdfium.FPDF_StructTree_GetForPage(page.raw)
    if not tree:
        return
    try:
        for index in range(min(pdfium.FPDF_StructTree_CountChildren(tree), 100_000)):
            element = pdfium.FPDF_StructTree_GetChildAtIndex(tree, index)
            if element:
                _add(root, index, element, number, 0)
    finally:
        pdfium.FPDF_StructTree_Close(tree)


def _add(parent: Tag, index: int, element: Any, page: int, depth: int) -> None:
    tag = parent.children.get(index)
    if not isinstance(tag, Tag):
        tag = Tag(_text(pdfium.FPDF_StructElement_GetType, element), (*parent.path, index))
        tag.alt = _text(pdfium.FPDF_StructElement_GetAltText, element)
        if tag.kind in ("TD", "TH"):
            tag.columns, tag.rows = _spans(element)
        parent.children[index] = tag
    for place in range(min(pdfium.FPDF_StructElement_CountChildren(element), 100_000)):
        child = pdfium.FPDF_StructElement_GetChildAtIndex(element, place)
        if child and depth < _DEEPEST:
            _add(tag, place, child, page, depth + 1)
        elif not child:
            content = pdfium.FPDF_StructElement_GetChildMarkedContentID(element, place)
            if content >= 0:
                tag.children[place] = (page, content)


def _text(ask: Callable[[Any, Any, int], int], element: Any) -> str:
    length = ask(element, None, 0)
    if length <= 2:
        return ""
    buffer = ctypes.create_string_buffer(length)
    ask(element, buffer, length)
    return buffer.raw[: length - 2].decode("utf-16le", "replace")


def _spans(element: Any) -> tuple[int, int]:
    spans = {"ColSpan": 1, "RowSpan": 1}
    value = ctypes.c_float()
    for index in range(max(0, pdfium.FPDF_StructElement_GetAttributeCount(element))):
        attributes = pdfium.FPDF_StructElement_GetAttributeAtIndex(element, index)
        for name in spans:
            found = pdfium.FPDF_StructElement_Attr_GetValue(attributes, name.encode())
            if found and pdfium.FPDF_StructElement_Attr_GetNumberValue(found, ctypes.byref(value)):
                spans[name] = max(1, min(int(value.value), 1000))
    return spans["ColSpan"], spans["RowSpan"]
