"""The walk through an RTF file: groups, control words and text, one after the other (never by recursion)."""

from __future__ import annotations

import dataclasses
import re

from vanban.errors import unreadable
from vanban.source import legacy
from vanban.source.lines import Block, Paragraph, web_address
from vanban.source.rtf.tables import CellShape, Row, table

_TOKEN = re.compile(
    r"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|[\r\n]+|([^\\{}\r\n]+)", re.DOTALL
)
_MAX_DEPTH = 5_000
# Groups that hold no text of the document.
_PASSED_OVER = frozenset(
    """colortbl stylesheet info pict object header headerl headerr headerf footer footerl footerr footerf themedata
    datastore listtable listoverridetable rsidtbl generator xmlnstbl mmathpr latentstyles colorschememapping nonshppict
    pgdsctbl revtbl filetbl ftnsep ftnsepc ftncn aftnsep aftnsepc aftncn bkmkstart bkmkend atnid atnauthor annotation
    atrfstart atrfend xe tc pgptbl wgrffmtfilter userprops docvar pnseclvl falt panose sp shprslt""".split()  # noqa: SIM905
)
_SIGNS = {
    "tab": "\t", "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”",
    "bullet": "•", "emspace": " ", "enspace": " ", "qmspace": " ",
}  # fmt: skip
_PAGES = {0: "cp1252", 1: "cp1252", 163: "cp1258", 238: "cp1250", 204: "cp1251", 161: "cp1253", 162: "cp1254"}
_LINK = re.compile(r'HYPERLINK\s+"([^"]+)"')


@dataclasses.dataclass(slots=True)
class _State:
    """What a group inherits and gives back at its end."""

    font: int = 0
    skip: int = 1  # how many signs stand for a character given as \\u
    hidden: bool = False
    capitals: bool = False
    place: str = "text"  # text, fonts, field (its code), note, or nowhere


@dataclasses.dataclass(slots=True)
class _Flow:
    """Where text goes: the document, or a note."""

    blocks: list[Block] = dataclasses.field(default_factory=list)
    parts: list[str] = dataclasses.field(default_factory=list)
    links: list[str] = dataclasses.field(default_factory=list)
    is_converted: bool = False

    def paragraph(self) -> Paragraph:
        """The paragraph collected so far; the next one begins."""
        made = Paragraph("".join(self.parts), None, tuple(self.links), self.is_converted)
        self.parts, self.links, self.is_converted = [], [], False
        return made


def read(data: bytes) -> list[Block]:
    """The blocks of an RTF file in reading order, its notes at the end. Raises ``Unreadable`` ("damaged", "empty")."""
    if not data.lstrip().startswith(b"{\\rtf"):
        raise unreadable("damaged", kind="RTF")
    reader = _Reader()
    reader.walk(data.decode("latin-1"))
    return reader.result()


class _Reader:
    def __init__(self) -> None:
        self._state = _State()
        self._stack: list[_State] = []
        self._fonts: dict[int, tuple[str, int]] = {}  # number → name, character set
        self._font_name = ""
        self._flow = _Flow()
        self._flows: list[tuple[int, _Flow]] = []  # flows that wait for a note to end, and the depth at which it began
        self._notes: list[Block] = []
        self._note_count = 0
        self._code = ""  # of the field being read
        self._field_depth = 0
        self._pending = ""  # text of one font, waiting to be decoded as a whole
        self._to_skip = 0
        self._high = 0
        self._ignorable = False  # \\* came before: an unknown group is passed over
        self._default_page = "cp1252"
        self._in_table = False
        self._row = Row(0, [], [])
        self._shape = CellShape()
        self._cell: list[Paragraph] = []
        self._rows: list[Row] = []

    # --- the walk ----------------------------------------------------------------------------------------------

    def walk(self, text: str) -> None:
        """Read the whole file. A file that is cut off is read as far as it goes."""
        at = 0
        while match := _TOKEN.match(text, at):
            at = match.end()
            word, number, byte, symbol, brace, plain = match.groups()
            if word is not None:
                if word == "bin":
                    at += max(int(number or 0), 0)
                else:
                    self._word(word, None if number is None else int(number))
            elif byte is not None:
                self._bytes(bytes.fromhex(byte))
            elif symbol is not None:
                self._symbol(symbol)
            elif brace == "{":
                self._open()
            elif brace == "}":
                self._close()
            elif plain is not None:
                self._plain(plain)

    def result(self) -> list[Block]:
        """What was read; what the end of the file cut off is kept."""
        while self._flows:
            self._end_note()
        if self._pending or self._flow.parts:
            self._end_paragraph()
        self._end_table()
        return [*self._flow.blocks, *self._notes]

    def _open(self) -> None:
        if len(self._stack) >= _MAX_DEPTH:
            raise unreadable("damaged", kind="RTF")
        self._stack.append(dataclasses.replace(self._state))
        self._ignorable = False

    def _close(self) -> None:
        self._flush()
        if self._state.place == "field" and self._field_depth == len(self._stack):
            self._end_field()
        if self._flows and self._flows[-1][0] == len(self._stack):
            self._end_note()
        if self._stack:
            self._state = self._stack.pop()
        self._to_skip = 0

    # --- text --------------------------------------------------------------------------------------------------

    def _plain(self, text: str) -> None:
        if self._to_skip:
            text, self._to_skip = text[self._to_skip :], max(self._to_skip - len(text), 0)
        if self._state.place == "fonts":
            self._name_font(text)
        elif any(char > "\x7f" for char in text):
            self._bytes(text.encode("latin-1"))
        else:
            self._put(text)

    def _bytes(self, data: bytes) -> None:
        if self._to_skip:
            data, self._to_skip = data[self._to_skip :], max(self._to_skip - len(data), 0)
        name, charset = self._fonts.get(self._state.font, ("", 0))
        page = self._default_page if charset in (0, 1) else _PAGES.get(charset, "cp1252")
        if legacy.encoding_of(name)[0]:
            page = "cp1252"
        text = "".join(
            legacy.shown(byte) if page == "cp1252" else bytes([byte]).decode(page, "replace") for byte in data
        )
        if self._state.place == "fonts":
            self._name_font(text)
        else:
            self._put(text)

    def _put(self, text: str) -> None:
        if not text or self._state.hidden:
            return
        if self._state.place == "field":
            self._code += text
        elif self._state.place == "text":
            self._pending += text

    def _flush(self) -> None:
        """Decode the text of one font and add it to the paragraph."""
        text, self._pending = self._pending, ""
        if not text:
            return
        encoding, in_capitals = legacy.encoding_of(self._fonts.get(self._state.font, ("", 0))[0])
        if encoding:
            text = legacy.convert(text, legacy.ENCODINGS[encoding], in_capitals=in_capitals)
            self._flow.is_converted = True
        self._flow.parts.append(text.upper() if self._state.capitals else text)

    def _unicode(self, number: int) -> None:
        code = number + 0x10000 if number < 0 else number
        self._to_skip = self._state.skip
        if 0xD800 <= code < 0xDC00:
            self._high = code
            return
        if 0xDC00 <= code < 0xE000 and self._high:
            code = 0x10000 + ((self._high - 0xD800) << 10) + code - 0xDC00
        self._high = 0
        char = chr(code) if 0x20 <= code < 0x110000 and not 0xD800 <= code < 0xE000 else ""
        if "\ue000" <= char <= "\uf8ff":  # a sign of a symbol font
            char = "•"
        if self._state.place == "fonts":
            self._name_font(char)
        else:
            self._put(char)

    def _symbol(self, symbol: str) -> None:
        if symbol == "*":
            self._ignorable = True
        elif symbol == "~":
            self._put("\u00a0")
        elif symbol == "_":
            self._put("-")
        elif symbol in "\\{}":
            self._plain(symbol)
        elif symbol in "\r\n":
            self._word("par", None)

    def _name_font(self, text: str) -> None:
        """A piece of a font's name in the table of fonts; a semicolon ends the name."""
        self._font_name += text
        if ";" in text:
            name = self._font_name.partition(";")[0].strip()
            self._fonts[self._state.font] = (name, self._fonts.get(self._state.font, ("", 0))[1])
            self._font_name = ""

    # --- control words -----------------------------------------------------------------------------------------

    def _word(self, word: str, number: int | None) -> None:
        ignorable, self._ignorable = self._ignorable, False
        if self._state.place == "nowhere" or self._begins(word, ignorable):
            return
        if word == "u":
            self._unicode(number or 0)
        elif word in _SIGNS:
            self._put(_SIGNS[word])
        elif word in ("f", "uc", "v", "caps", "deleted", "plain", "fcharset", "ansicpg"):
            self._format(word, number)
        elif self._state.place == "text":
            self._layout(word, number)

    def _begins(self, word: str, ignorable: bool) -> bool:
        """A word that begins a group of its own kind."""
        if word.lower() in _PASSED_OVER:
            self._flush()
            self._state.place = "nowhere"
        elif word == "fonttbl":
            self._state.place = "fonts"
        elif word == "fldinst":
            self._flush()
            self._state.place, self._code, self._field_depth = "field", "", len(self._stack)
        elif word in ("footnote", "endnote"):
            self._begin_note()
        elif ignorable and word not in ("shpinst", "shptxt", "shppict", "nesttableprops", "pntext"):
            self._flush()
            self._state.place = "nowhere"
        else:
            return False
        return True

    def _format(self, word: str, number: int | None) -> None:
        is_on = number != 0
        if word == "f" and self._state.place == "fonts":
            self._font_name = ""
            self._state.font = number or 0
            self._fonts[self._state.font] = ("", 0)
        elif word == "fcharset":
            self._fonts[self._state.font] = ("", number or 0)
        elif word == "uc":
            self._state.skip = min(max(number or 0, 0), 8)
        elif word == "ansicpg":
            page = f"cp{number}"
            self._default_page = page if page in _PAGES.values() else "cp1252"
        else:
            self._flush()
            if word == "f":
                self._state.font = number or 0
            elif word == "caps":
                self._state.capitals = is_on
            elif word in ("v", "deleted"):
                self._state.hidden = is_on
            else:
                self._state.hidden = self._state.capitals = False

    def _layout(self, word: str, number: int | None) -> None:
        if word in ("par", "sect", "page", "column"):
            self._end_paragraph()
        elif word in ("line", "lbr", "softline"):
            self._put("\n")
        elif word == "pard":
            self._in_table = False
        elif word == "intbl" or (word == "itap" and number):
            self._in_table = True
        elif word in ("cell", "nestcell"):
            self._end_cell(is_nested=word == "nestcell")
        elif word == "trowd":
            self._row.left, self._row.shapes, self._shape = 0, [], CellShape()
        elif word == "trleft":
            self._row.left = number or 0
        elif word in ("clvmrg", "clmrg"):
            self._shape.below, self._shape.beside = word == "clvmrg" or self._shape.below, word == "clmrg"
        elif word == "cellx":
            self._shape.right = number or 0
            self._row.shapes.append(self._shape)
            self._shape = CellShape()
        elif word == "row":
            self._end_row()

    # --- paragraphs, cells, notes ------------------------------------------------------------------------------

    def _end_paragraph(self) -> None:
        self._flush()
        paragraph = self._flow.paragraph()
        if self._flows:
            if paragraph.text.strip():
                self._flow.blocks.append(paragraph)
        elif self._in_table:
            self._cell.append(paragraph)
        else:
            self._end_table()
            self._flow.blocks.append(paragraph)

    def _end_cell(self, *, is_nested: bool) -> None:
        self._flush()
        self._cell.append(self._flow.paragraph())
        if not is_nested:  # a table in a cell gives its cells as lines of that cell
            self._row.cells.append(self._cell)
            self._cell = []

    def _end_row(self) -> None:
        self._rows.append(Row(self._row.left, list(self._row.shapes), self._row.cells))
        self._row.cells = []

    def _end_table(self) -> None:
        if self._row.cells or self._cell:  # a row that the file does not end
            if self._cell:
                self._row.cells.append(self._cell)
            self._cell = []
            self._end_row()
        if self._rows:
            self._flow.blocks.append(table(self._rows))
            self._rows = []

    def _begin_note(self) -> None:
        self._flush()
        self._flow.parts.append(f"[{self._note_count + 1}]")
        self._flows.append((len(self._stack), self._flow))
        self._flow = _Flow()

    def _end_note(self) -> None:
        self._flush()
        last = self._flow.paragraph()
        blocks = [*self._flow.blocks, *([last] if last.text.strip() else [])]
        _depth, self._flow = self._flows.pop()
        self._note_count += 1
        if blocks and isinstance(blocks[0], Paragraph):
            blocks[0].text = f"[{self._note_count}] {blocks[0].text.strip()}"
        self._notes.extend(blocks)

    def _end_field(self) -> None:
        if match := _LINK.search(self._code):
            url = web_address(match[1])
            if url:
                self._flow.links.append(url)
        self._code = ""
