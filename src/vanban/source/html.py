"""HTML as blocks: what a browser would show as lines, with its tables and list numbers. Nothing is fetched or run."""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping

from lxml import etree, html

from vanban.errors import Unreadable, unreadable
from vanban.source import legacy, limits, text
from vanban.source.docx.numbering import figure
from vanban.source.lines import Block, CellBlock, Paragraph, TableBlock, web_address

_META = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_DROPPED = frozenset(
    """head script style noscript template svg math iframe object embed applet canvas audio video map select textarea
    button input del strike""".split()  # noqa: SIM905 - a list of forty quoted words is harder to read
)
_BLOCKS = frozenset(
    """address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure footer form
    h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre section summary tr ul caption tbody thead
    tfoot td th""".split()  # noqa: SIM905
)
_LIST_FORMS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman", "1": "decimal"}
_STYLE_FORMS = {
    "lower-alpha": "lowerLetter",
    "lower-latin": "lowerLetter",
    "upper-alpha": "upperLetter",
    "upper-latin": "upperLetter",
    "lower-roman": "lowerRoman",
    "upper-roman": "upperRoman",
    "decimal": "decimal",
    "none": "none",
}
_MAX_SPAN = 1000
_FAMILY = re.compile(r"[\"']?\s*([.\w][\w .-]*)")
_SIZED = re.compile(r"^.*?\d\S*\s+(?=\S)")  # what stands before the families in "font: bold 13.0pt/1.2 '.VnTime'"
_RULE = re.compile(r"([^{}]*)\{([^{}]*)\}")
_SIMPLE = re.compile(r"([\w-]*)(?:\.([\w-]+))?$")
_CSS_NOISE = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
# Codecs of Python that are no encoding of web pages, and take time or memory without measure.
_NO_CHARSET = frozenset(("punycode", "idna", "undefined", "unicode_escape", "raw_unicode_escape", "utf-7"))


def decode(data: bytes) -> str:
    """The text of an HTML file: by its byte-order mark, its ``meta``, or as plain text would be decoded.

    Raises ``Unreadable`` ("encoding", "binary").
    """
    declared = _META.search(data[:4096])
    if declared and not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        name = declared[1].decode("ascii", "replace").lower()
        try:
            # Browsers read these labels as Windows-1252; a page that is really UTF-8 is tried first.
            return decoded(data, "utf-8" if name.startswith(("utf", "unicode")) else name)
        except (UnicodeError, LookupError):
            pass
    try:
        return text.decode(data)
    except Unreadable:
        return data.decode("utf-8", "replace") if b"\0" not in data and _mostly_utf8(data) else _refuse()


def decoded(data: bytes, charset: str) -> str:
    """``data`` by the name of a character set that a page or a message gives.

    Raises ``LookupError`` where no page may be in it, ``UnicodeError`` where this one is not.
    """
    name = codecs.lookup(charset).name
    if name.replace("_", "-") in {other.replace("_", "-") for other in _NO_CHARSET}:
        raise LookupError(charset)
    return data.decode(name)


def _mostly_utf8(data: bytes) -> bool:
    shown = data.decode("utf-8", "replace")
    return shown.count("\ufffd") <= 0.001 * len(shown)


def _refuse() -> str:
    raise unreadable("encoding")


def read(data: bytes) -> list[Block]:
    """The blocks of an HTML page. Raises ``Unreadable`` ("encoding", "binary", "damaged")."""
    source = decode(data).replace("\0", "")
    # huge_tree: without it the parser silently drops what is nested deep; depth is limited by the walk below instead.
    parser = html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(source.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise unreadable("empty") from error
    flow = _Flow(fonts=_class_fonts(root))
    try:
        flow.walk(root)
    except RecursionError as error:
        raise unreadable("damaged", kind="HTML") from error
    flow.end_line()
    return flow.blocks


class _Flow:
    """Collects text into lines as the elements begin and end them."""

    def __init__(self, depth: int = 0, *, fonts: Mapping[tuple[str, str], str]) -> None:
        self.blocks: list[Block] = []
        self._parts: list[str] = []
        self._links: list[str] = []
        self._fonts: list[str] = []  # of the elements that are open
        self._converted = False  # whether the line being collected has text in a legacy font
        self._label = ""  # a list number, to stand before the next text
        self._depth = depth
        self._class_fonts = fonts

    def text(self, value: str | None, kept: bool = False) -> None:
        if value:
            encoding, in_capitals = legacy.encoding_of(self._fonts[-1] if self._fonts else None)
            if encoding:
                self._converted = True
                value = legacy.convert(value, legacy.ENCODINGS[encoding], in_capitals=in_capitals)
            self._parts.append(value if kept else re.sub(r"[ \t\r\n\f]+", " ", value))

    def end_line(self, *, even_empty: bool = False) -> None:
        line = "".join(self._parts)
        self._parts.clear()
        if line.strip() and self._label:
            line, self._label = self._label + line.strip(), ""
        if line.strip() or even_empty:
            self.blocks.append(Paragraph(line.strip(" "), None, tuple(self._links), self._converted))
            self._links.clear()
            self._converted = False

    def walk(self, element: html.HtmlElement, kept: bool = False) -> None:
        """Add the content of ``element``; ``kept`` where line ends and blanks stand as typed (pre)."""
        tag = element.tag if isinstance(element.tag, str) else ""
        if not tag or tag in _DROPPED or "hidden" in element.attrib or _HIDDEN.search(element.get("style", "")):
            return
        own_font = _font_of(element, self._class_fonts)
        if own_font:
            self._fonts.append(own_font)
        self._element(element, tag, kept)
        if own_font:
            self._fonts.pop()

    def _element(self, element: html.HtmlElement, tag: str, kept: bool) -> None:
        if tag == "a" and (url := web_address(element.get("href"))):
            self._links.append(url)
        if tag == "br":
            self.end_line(even_empty=True)
        elif tag == "table":
            self.end_line()
            self._table(element)
        elif tag in ("ol", "ul", "menu"):
            self._list(element, tag)
        else:
            if tag in _BLOCKS:
                self.end_line()
            self._content(element, kept or tag in ("pre", "xmp", "listing"))
            if tag in _BLOCKS:
                self.end_line()

    def _content(self, element: html.HtmlElement, kept: bool) -> None:
        self.text(element.text, kept)
        for child in element:
            self.walk(child, kept)
            self.text(child.tail, kept)

    def _list(self, element: html.HtmlElement, tag: str) -> None:
        self.end_line()
        form = _list_form(element) if tag == "ol" else "bullet"
        count = _integer(element.get("start"), 1)
        self.text(element.text)
        for child in element:
            if child.tag == "li":
                count = _integer(child.get("value"), count)
                self.end_line()
                self._label = {"bullet": "• ", "none": ""}.get(form) or _label(count, form)
                count += 1
            self.walk(child)
            self._label = "" if child.tag == "li" else self._label
            self.text(child.tail)
        self.end_line()

    def _table(self, element: html.HtmlElement) -> None:
        rows: list[list[CellBlock]] = []
        if self._depth >= limits.MAX_NESTING:
            raise unreadable("damaged", kind="HTML")
        for caption in element.iterchildren("caption"):
            self.walk(caption)
        for row in _rows(element):
            cells = []
            for cell in row.iterchildren("td", "th"):
                if _HIDDEN.search(cell.get("style", "")):
                    continue
                inner = _Flow(self._depth + 1, fonts=self._class_fonts)
                own_font = _font_of(cell, self._class_fonts)
                inner._fonts = [own_font] if own_font else self._fonts[-1:]
                inner._content(cell, False)
                inner.end_line()
                blocks = [b for b in inner.blocks if not isinstance(b, Paragraph) or b.text.strip()]
                cells.append(CellBlock(blocks, _span(cell.get("colspan")), _span(cell.get("rowspan"))))
            rows.append(cells)
        for cells in rows:  # a row span ends with the table
            for found in cells:
                found.row_span = min(found.row_span, len(rows))
        if any(rows):
            self.blocks.append(TableBlock(rows))


def _font_of(element: html.HtmlElement, of_classes: Mapping[tuple[str, str], str]) -> str | None:
    """The font that an element names for its text, or that its class or its kind is given in the page's styles."""
    own = _family(element.get("style", "")) or element.get("face")
    if own or not of_classes:
        return own
    kinds = [(tag, name) for name in element.get("class", "").split() for tag in (element.tag, "")]
    return next((of_classes[key] for key in (*kinds, (element.tag, "")) if key in of_classes), None)


def _family(style: str) -> str | None:
    """The first font that a list of CSS declarations names."""
    found = None
    for declaration in style.split(";"):
        name, _colon, value = declaration.partition(":")
        name = name.strip().lower()
        if name == "font-family" or (name == "font" and found is None):
            match = _FAMILY.match((_SIZED.sub("", value) if name == "font" else value).strip())
            found = match[1].strip() if match else found
    return found


def _class_fonts(root: html.HtmlElement) -> dict[tuple[str, str], str]:
    """The fonts that the page's own styles give, by (tag, class), either of which may be empty. Of a selector with more
    than one part only the last counts ("div.Section1 p.MsoNormal")."""
    found: dict[tuple[str, str], str] = {}
    for sheet in root.iter("style"):
        for selectors, declarations in _RULE.findall(_CSS_NOISE.sub(" ", sheet.text or "")):
            font = _family(declarations)
            for selector in selectors.split(",") if font else ():
                simple = _SIMPLE.match((selector.split() or [""])[-1].lstrip(">+~"))
                if simple and font and (simple[1] or simple[2]):
                    found[simple[1].lower(), simple[2] or ""] = font
    return found


def _rows(table: html.HtmlElement) -> list[html.HtmlElement]:
    """The rows of ``table`` itself, heads and bodies in the order of the file."""
    found = []
    for child in table:
        if child.tag == "tr":
            found.append(child)
        elif child.tag in ("thead", "tbody", "tfoot"):
            found.extend(child.iterchildren("tr"))
    return [row for row in found if not _HIDDEN.search(row.get("style", ""))]


def _label(count: int, form: str) -> str:
    """The label of a list item: browsers print a full stop after every number."""
    return f"{figure(count, form)}. "


def _list_form(element: html.HtmlElement) -> str:
    style = re.search(r"list-style(?:-type)?\s*:\s*([\w-]+)", element.get("style", ""), re.IGNORECASE)
    if style and style[1].lower() in _STYLE_FORMS:
        return _STYLE_FORMS[style[1].lower()]
    return _LIST_FORMS.get(element.get("type", "1"), "decimal")


def _integer(value: str | None, default: int) -> int:
    match = re.match(r"\s*(-?\d{1,6})", value or "")
    return int(match[1]) if match else default


def _span(value: str | None) -> int:
    return min(max(_integer(value, 1), 1), _MAX_SPAN)
