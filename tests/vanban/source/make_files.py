"""Makes real files for the tests: PDFs as Word prints them, Word documents with raw WordprocessingML where needed."""

from __future__ import annotations

import io
import pathlib
import zipfile
from collections.abc import Callable, Sequence

import fontpkg_be_vietnam_pro
from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from vanban.source import load

FONT, BOLD = "BeVietnamPro", "BeVietnamPro-Bold"
_FONTS = pathlib.Path(fontpkg_be_vietnam_pro.__file__).parent / "files"


# A sentence of such plans, for texts that must fill lines and pages.
LONG = (
    "Tổ chức phổ biến, quán triệt, nâng cao nhận thức về vị trí, vai trò của công tác truyền thông chính sách trong "
    "các cơ quan, đơn vị; phối hợp với Sở Thông tin và Truyền thông. "
)


def texts(data: bytes) -> list[str]:
    """The lines that are read from a file, without the empty ones between paragraphs."""
    return [line.text for line in load(data).lines if line.text]


def cells(data: bytes) -> list[list[list[str]]]:
    """The tables that are read from a file, each cell's text on one line."""
    return [[[" ".join(c.text.split()) for c in row] for row in t.rows] for t in load(data).tables]


def fonts() -> None:
    """Make the Vietnamese fonts known to reportlab."""
    for name, file in ((FONT, "BeVietnamPro-Regular.ttf"), (BOLD, "BeVietnamPro-Bold.ttf")):
        if name not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(name, _FONTS / file))


def style(*, size: float = 13, bold: bool = False, centred: bool = False, indent: float = 0) -> ParagraphStyle:
    fonts()
    return ParagraphStyle(
        "p",
        fontName=BOLD if bold else FONT,
        fontSize=size,
        leading=size * 1.3,
        alignment=TA_CENTER if centred else TA_JUSTIFY,
        firstLineIndent=indent,
        spaceBefore=4,
        spaceAfter=4,
    )


def para(text: str, **options: object) -> Paragraph:
    return Paragraph(text, style(**options))  # type: ignore[arg-type]


def beside(left: Sequence[str], right: Sequence[str], widths: tuple[float, float] = (200, 270)) -> Table:
    """Two blocks side by side in a table without lines, as letterheads and signatures are made."""
    cells = [[para(text, size=11, bold=True, centred=True) for text in block] for block in (left, right)]
    return Table([cells], colWidths=widths, style=[("VALIGN", (0, 0), (-1, -1), "TOP")])


def ruled(
    rows: Sequence[Sequence[str]],
    widths: Sequence[float] | None = None,
    *,
    head: int = 1,
    spans: Sequence[tuple[object, ...]] = (),
    size: float = 10,
) -> Table:
    """A table with all its lines drawn; it breaks over pages, also within a row, and repeats its head."""
    data = [[para(text, size=size) for text in row] for row in rows]
    table = Table(data, colWidths=widths, repeatRows=head, splitInRow=1)
    lines = ("GRID", (0, 0), (-1, -1), 0.5, colors.black)
    table.setStyle(TableStyle([lines, ("VALIGN", (0, 0), (-1, -1), "TOP"), *spans]))
    return table


def _numbered(canvas: Canvas, document: SimpleDocTemplate) -> None:
    if document.page > 1:
        canvas.setFont(FONT, 13)
        canvas.drawCentredString(A4[0] / 2, A4[1] - 40, str(document.page))


def pdf(flow: Sequence[Flowable], *, page_size: tuple[float, float] = A4, numbered: bool = True) -> bytes:
    """A PDF of ``flow`` on pages with a page number in the middle of the upper margin, from page 2 on."""
    fonts()
    out = io.BytesIO()
    document = SimpleDocTemplate(
        out, pagesize=page_size, topMargin=57, bottomMargin=57, leftMargin=85, rightMargin=45, invariant=True
    )
    mark: Callable[..., None] = _numbered if numbered else (lambda *_: None)
    document.build(list(flow), onFirstPage=mark, onLaterPages=mark)
    return out.getvalue()


def drawn(draw: Callable[[Canvas], None], *, page_size: tuple[float, float] = A4, **options: object) -> bytes:
    """A PDF that ``draw`` draws by hand."""
    fonts()
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=page_size, **options)
    canvas.setFont(FONT, 13)
    draw(canvas)
    canvas.save()
    return out.getvalue()


def word_rows(
    canvas: Canvas, top: float, xs: Sequence[float], rows: Sequence[Sequence[Sequence[str]]], *, size: float = 10
) -> float:
    """Draw the rows of a table as Word prints them and give the lower edge: each border is a thin filled rectangle a
    cell long with a small square at its corners; text comes a word at a time, each with its blank. A row is a list of
    cells, a cell a list of lines; a cell of None goes on from the cell on its left."""
    thin, leading = 0.48, size * 1.25

    def border(x: float, y: float, width: float, height: float) -> None:
        canvas.rect(x, y, width, height, stroke=0, fill=1)

    canvas.setFont(FONT, size)
    for row in rows:
        height = max(len(cell or ()) for cell in row) * leading + 4
        for at, cell in enumerate(row):
            left, right = xs[at], xs[at + 1]
            border(left + thin, top, right - left - thin, thin)
            border(left + thin, top - height, right - left - thin, thin)
            for x in [left] * (cell is not None) + [right] * (at + 1 == len(row)):
                border(x, top, thin, thin)
                border(x, top - height + thin, thin, height - thin)
                border(x, top - height, thin, thin)
            for number, line in enumerate(cell or ()):
                x = left + 4
                for word in line.split():
                    canvas.drawString(x, top - size - number * leading, word + " ")
                    x += pdfmetrics.stringWidth(word + " ", FONT, size) + 0.7
        top -= height
    return top


def gap(height: float = 12) -> Spacer:
    return Spacer(1, height)


# --- Word documents ------------------------------------------------------------------------------------------------

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NAMES = (
    f'xmlns:w="{_W}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
)
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
_RELS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
_REL = (
    '<Relationship Id="{id}" Target="{to}" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"/>'
)


def p(text: str = "", *, properties: str = "", run: str = "") -> str:
    """A paragraph as WordprocessingML."""
    inner = f'<w:r><w:rPr>{run}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def listed(text: str, num: int, level: int = 0) -> str:
    """A paragraph that Word numbers itself."""
    return p(text, properties=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr>')


def level(index: int, form: str, text: str, *, start: int = 1, more: str = "") -> str:
    """One level of an abstract list."""
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def numbering(levels: str, nums: str = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>') -> str:
    return f'<w:numbering {_NAMES}><w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>{nums}</w:numbering>'


def part(root: str, content: str) -> str:
    """An XML part with the root element ``w:root``."""
    return f"<w:{root} {_NAMES}>{content}</w:{root}>"


def word(body: str, *, parts: dict[str, str] | None = None, extra: dict[str, bytes] | None = None) -> bytes:
    """A .docx whose body is ``body``; ``parts`` gives further parts by relationship type ("numbering", "styles" …)."""
    parts = parts or {}
    relations = "".join(
        _REL.format(id=f"r{at}", kind=kind.rstrip("0123456789"), to=f"{kind}.xml") for at, kind in enumerate(parts)
    )
    files = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _RELS.format(_REL.format(id="r0", kind="officeDocument", to="word/document.xml")),
        "word/document.xml": f"<w:document {_NAMES}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": _RELS.format(relations),
        **{f"word/{kind}.xml": content for kind, content in parts.items()},
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
        for name, data in (extra or {}).items():
            archive.writestr(name, data)
    return out.getvalue()
