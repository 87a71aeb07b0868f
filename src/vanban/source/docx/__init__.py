"""DOCX (ECMA-376 WordprocessingML), read from its XML; macros and embedded objects are never touched."""

from __future__ import annotations

from lxml import etree

from vanban.errors import unreadable
from vanban.source.docx.body import RELATION_ID, Body
from vanban.source.docx.numbering import Numbering
from vanban.source.docx.parts import Parts, W, switched, value
from vanban.source.docx.styles import Styles
from vanban.source.lines import Block, Paragraph, TableBlock
from vanban.text import fold

_NATIONAL_NAME = "cong hoa xa hoi chu nghia viet nam"


def read(data: bytes) -> list[Block]:
    """The blocks of a DOCX file in reading order; foot- and endnotes stand at the end, each with its mark.

    Raises ``Unreadable`` ("damaged", "bomb", "unsafe-xml", "encrypted-office").
    """
    parts = Parts(data)
    main = parts.main()
    document = parts.xml(main)
    content = None if document is None else document.find(f"{W}body")
    if document is None or content is None:
        raise unreadable("damaged", kind="DOCX")
    try:
        return _read(parts, main, content)
    except RecursionError as error:
        raise unreadable("damaged", kind="DOCX") from error


def _read(parts: Parts, main: str, content: etree._Element) -> list[Block]:
    related = {kind: path for _, kind, path in reversed(parts.relations(main))}
    styles = Styles(_optional(parts, related.get("styles")))
    numbering = _optional(parts, related.get("numbering"))
    body = Body(styles, Numbering(numbering), parts.addresses(main))
    blocks = body.blocks(content)
    notes = _notes(parts, related, body)
    return [*_letterhead(parts, main, content, styles, blocks), *blocks, *notes]


def _optional(parts: Parts, path: str | None) -> etree._Element | None:
    return None if path is None else parts.xml(path)


def _notes(parts: Parts, related: dict[str, str], body: Body) -> list[Block]:
    """The notes that the text refers to, each as paragraphs that begin with its mark."""
    stories = {}
    for kind in ("footnote", "endnote"):
        root = _optional(parts, related.get(f"{kind}s"))
        stories[kind] = {} if root is None else {value(e, "id") or "": e for e in root.iterfind(f"{W}{kind}")}
    found: list[Block] = []
    for kind, key, mark in list(body.notes):
        if (story := stories[kind].get(key)) is None:
            continue
        note = [b for b in body.blocks(story) if not isinstance(b, Paragraph) or b.text.strip()]
        if note and isinstance(note[0], Paragraph):
            note[0].text = f"{mark} {note[0].text.strip()}"
        found.extend(note)
    return found


def _letterhead(parts: Parts, main: str, content: etree._Element, styles: Styles, blocks: list[Block]) -> list[Block]:
    """The first page's header when it carries the letterhead (the national name) and the text does not."""
    if bears_national_name(blocks):
        return []
    section = content.find(f".//{W}sectPr")
    if section is None:
        return []
    wanted = "first" if switched(section.find(f"{W}titlePg")) else "default"
    targets = {key: path for key, kind, path in parts.relations(main) if kind == "header"}
    for reference in section.iterfind(f"{W}headerReference"):
        path = targets.get(reference.get(RELATION_ID, ""))
        root = _optional(parts, path) if value(reference, "type") == wanted else None
        if root is not None:
            header = Body(styles, Numbering(None)).blocks(root)
            if bears_national_name(header):
                return header
    return []


def bears_national_name(blocks: list[Block]) -> bool:
    """Whether ``blocks`` hold the name of the state, with which the letterhead of every official document begins."""
    return _NATIONAL_NAME in fold(plain(blocks))


def plain(blocks: list[Block]) -> str:
    """The text of ``blocks`` in reading order, one paragraph a line."""
    out: list[str] = []
    for block in blocks:
        if isinstance(block, TableBlock):
            out.extend(plain(cell.blocks) for row in block.rows for cell in row)
        else:
            out.append(block.text)
    return "\n".join(out)
