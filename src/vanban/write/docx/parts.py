"""The parts of the file besides the text, and the file itself: a zip whose bytes follow from the document alone."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping

from vanban.official import LENGTHS, OfficialDocument
from vanban.write.docx.looks import style_of
from vanban.write.docx.pictures import Media, relation
from vanban.write.docx.xml import DECLARATION, NAMESPACES, tag, text, twips
from vanban.write.laying import POINTS_PER_MM, Laid

_TIME = (1980, 1, 1, 0, 0, 0)  # the first that a zip can say: the same document gives the same bytes
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_HEADERS = {"rIdHeader": "header1.xml", "rIdFirst": "header2.xml"}
_HEADER_AT = 10.0  # mm from the edge of the page


def section(*, landscape: bool = False, annex: bool = False) -> str:
    """The properties of the pages of a section; those of an annex are numbered from 1 (mục III, khoản 1)."""
    mm = {name: twips(length.chosen * POINTS_PER_MM) for name, length in LENGTHS.items() if length.unit == "mm"}
    width, height = mm["page_width"], mm["page_height"]
    size = tag("w:pgSz", w=height, h=width, orient="landscape") if landscape else tag("w:pgSz", w=width, h=height)
    return tag(
        "w:sectPr",
        '<w:headerReference w:type="default" r:id="rIdHeader"/><w:headerReference w:type="first" r:id="rIdFirst"/>',
        tag("w:type", val="nextPage"),
        size,
        tag(
            "w:pgMar",
            top=mm["margin_top"],
            right=mm["margin_right"],
            bottom=mm["margin_bottom"],
            left=mm["margin_left"],
            header=twips(_HEADER_AT * POINTS_PER_MM),
            footer=twips(_HEADER_AT * POINTS_PER_MM),
            gutter=0,
        ),
        tag("w:pgNumType", start=1) if annex else "",
        tag("w:cols", space=720),
        "<w:titlePg/>",
    )


def package(
    document: OfficialDocument, laid: Laid, body: str, styles: str, numbering: str, media: list[Media]
) -> bytes:
    """The file."""
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _root_relations(),
        "docProps/core.xml": _core(document, laid),
        "docProps/app.xml": _app(),
        "word/document.xml": f"{DECLARATION}<w:document {NAMESPACES}>{tag('w:body', body)}</w:document>",
        "word/_rels/document.xml.rels": _document_relations(media),
        "word/styles.xml": styles,
        "word/numbering.xml": numbering,
        "word/settings.xml": _settings(),
        "word/fontTable.xml": _fonts(),
        "word/header1.xml": _header('<w:fldSimple w:instr=" PAGE "><w:r><w:t>2</w:t></w:r></w:fldSimple>'),
        "word/header2.xml": _header(""),
    }
    parts |= {f"word/media/{found.name}": found.data for found in media}
    return _zipped(parts)


def _zipped(parts: Mapping[str, str | bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, _TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            archive.writestr(entry, content, compresslevel=6)
    return made.getvalue()


def _header(inside: str) -> str:
    style = tag("w:pPr", tag("w:pStyle", val=style_of("page_number").id))
    return f"{DECLARATION}<w:hdr {NAMESPACES}>{tag('w:p', style, inside)}</w:hdr>"


def _core(document: OfficialDocument, laid: Laid) -> str:
    day = f"{document.date.isoformat()}T00:00:00Z" if document.date else ""
    when = "".join(
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{day}</dcterms:{name}>' for name in ("created", "modified") if day
    )
    return (
        f'{DECLARATION}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{text(laid.name)}</dc:title><dc:subject>{text(document.subject)}</dc:subject>"
        f"<dc:creator>{text(laid.author)}</dc:creator>{when}<dc:language>vi-VN</dc:language></cp:coreProperties>"
    )


def _app() -> str:
    return (
        f'{DECLARATION}<Properties xmlns="{_RELATIONS.removesuffix("/relationships")}/extended-properties">'
        "<Application>Nhịp Cầu</Application></Properties>"
    )


def _settings() -> str:
    compatible = (
        '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
    )
    return (
        f"{DECLARATION}<w:settings {NAMESPACES}>"
        '<w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/><w:characterSpacingControl w:val="doNotCompress"/>'
        f"<w:compat>{compatible}</w:compat>"
        '<w:themeFontLang w:val="vi-VN"/><w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/></w:settings>'
    )


def _fonts() -> str:
    return (
        f"{DECLARATION}<w:fonts {NAMESPACES}>"
        '<w:font w:name="Times New Roman"><w:panose1 w:val="02020603050405020304"/><w:charset w:val="00"/>'
        '<w:family w:val="roman"/><w:pitch w:val="variable"/></w:font></w:fonts>'
    )


def _content_types() -> str:
    kinds = {"word/document.xml": "document.main", "word/styles.xml": "styles", "word/numbering.xml": "numbering"}
    kinds |= {"word/settings.xml": "settings", "word/fontTable.xml": "fontTable"}
    kinds |= {f"word/{header}": "header" for header in _HEADERS.values()}
    overrides = {name: f"{_TYPES}.{kind}+xml" for name, kind in kinds.items()}
    overrides["docProps/core.xml"] = "application/vnd.openxmlformats-package.core-properties+xml"
    overrides["docProps/app.xml"] = "application/vnd.openxmlformats-officedocument.extended-properties+xml"
    said = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in overrides.items())
    return (
        f'{DECLARATION}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
        f"{said}</Types>"
    )


def _root_relations() -> str:
    return _relations(
        (
            ("rId1", f"{_RELATIONS}/officeDocument", "word/document.xml"),
            ("rId2", f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
            ("rId3", f"{_RELATIONS}/extended-properties", "docProps/app.xml"),
        )
    )


def _document_relations(media: list[Media]) -> str:
    names = {
        "styles": "styles.xml",
        "numbering": "numbering.xml",
        "settings": "settings.xml",
        "fontTable": "fontTable.xml",
    }
    found = [(f"rId{n}", f"{_RELATIONS}/{kind}", target) for n, (kind, target) in enumerate(names.items(), 1)]
    found += [(name, f"{_RELATIONS}/header", target) for name, target in _HEADERS.items()]
    found += [(relation(n), f"{_RELATIONS}/image", f"media/{m.name}") for n, m in enumerate(media, 1)]
    return _relations(found)


def _relations(found: Iterable[tuple[str, str, str]]) -> str:
    inside = "".join(f'<Relationship Id="{name}" Type="{kind}" Target="{target}"/>' for name, kind, target in found)
    return f'{DECLARATION}<Relationships xmlns="{_PACKAGE}/relationships">{inside}</Relationships>'
