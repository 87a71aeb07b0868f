"""The walk through an RTF file: groups, control words and text, one after the other (never by recursion)."""

from __future__ import annotations

import copy
import dataclasses
import re
from collections.abc import Callable

from vanban.errors import unreadable
from vanban.source import docx, limits
from vanban.source.lines import Block, Paragraph, web_address
from vanban.source.rtf.flow import Flow
from vanban.source.rtf.fonts import Fonts

_TOKEN = re.compile(
    r"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|[\r\n]+|([^\\{}\r\n]+)", re.DOTALL
)
# Within a group that is passed over: what may end it, and what hides a brace.
_BRACE = re.compile(r"[{}]|\\(?:bin(\d{1,10}) ?|[\\{}])")
_MAX_DEPTH = 5_000
# Groups that hold no text of the document.
_PASSED_OVER = frozenset(
    """colortbl stylesheet info pict object footer footerl footerr footerf themedata
    datastore listtable listoverridetable rsidtbl generator xmlnstbl mmathpr latentstyles colorschememapping nonshppict
    pgdsctbl revtbl filetbl ftnsep ftnsepc ftncn aftnsep aftnsepc aftncn bkmkstart bkmkend atnid atnauthor annotation
    atrfstart atrfend xe tc pgptbl wgrffmtfilter userprops docvar pnseclvl falt panose sp shprslt
    nonesttables""".split()  # noqa: SIM905
)
# Groups with ``\\*`` that are read all the same.
_READ = frozenset("shpinst shptxt shppict nesttableprops pntext do dptxbxtext".split())  # noqa: SIM905
_HEADERS = ("header", "headerr", "headerl", "headerf")
_BOXES = ("shptxt", "dptxbxtext")
_NOTES = ("footnote", "endnote")
_SIGNS = {
    "tab": "\t", "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”",
    "bullet": "•", "emspace": " ", "enspace": " ", "qmspace": " ",
}  # fmt: skip
_LINK = re.compile(r'HYPERLINK\s+"([^"]+)"')


@dataclasses.dataclass(slots=True)
class _State:
    """What a group inherits and gives back at its end."""

    font: int = 0
    skip: int = 1  # how many signs stand for a character given as \\u
    hidden: bool = False
    deleted: bool = False
    capitals: bool = False
    tables: int = 0  # in how many tables, one in the other, the paragraph stands
    is_nested: bool = False  # within the definition of a nested table's row
    place: str = "text"  # text, fonts, field (its code), upr (the text of old readers), or nowhere


@dataclasses.dataclass(slots=True)
class _Waiting:
    """A flow that waits for another in it to end: where that began, and what becomes of its blocks."""

    depth: int
    flow: Flow
    ended: Callable[[list[Block]], None]


def read(data: bytes) -> list[Block]:
    """The blocks of an RTF file in reading order, its notes at the end.

    The first page's header stands before them where it carries the letterhead and the text does not. Raises
    ``Unreadable`` ("damaged", "empty", "too-much-text").
    """
    data = data.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not data.startswith(b"{\\rtf"):
        raise unreadable("damaged", kind="RTF")
    try:  # RTF is ASCII; some programs write UTF-8 into it all the same
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("latin-1")
    reader = _Reader(is_unicode=len(text) < len(data))
    reader.walk(text)
    return reader.result()


class _Reader:
    def __init__(self, *, is_unicode: bool) -> None:
        self._is_unicode = is_unicode
        self._state = _State()
        self._stack: list[_State] = []
        self._fonts = Fonts()
        self._default_font = 0
        self._flow = Flow()
        self._waiting: list[_Waiting] = []
        self._notes: list[Block] = []
        self._note_counts = [0, 0]  # of footnotes, of endnotes
        self._is_endnote = False
        self._headers: dict[str, list[Block]] = {}
        self._has_title_page = False
        self._codes: list[tuple[int, list[str]]] = []  # fields whose code is being read, and where each began
        self._to_skip = 0
        self._high = 0
        self._ignorable = False  # \\* came before: an unknown group is passed over

    # --- the walk ----------------------------------------------------------------------------------------------

    def walk(self, text: str) -> None:
        """Read the whole file. A file that is cut off is read as far as it goes; what follows its end is no part."""
        at = count = 0
        while match := _TOKEN.match(text, at):
            at = match.end()
            count += 1
            word, number, byte, symbol, brace, plain = match.groups()
            if word is not None:
                if word == "bin":
                    at += max(int(number or 0), 0)
                else:
                    self._word(word, None if number is None else int(number))
                    if self._state.place == "nowhere":
                        at, steps = _end_of_group(text, at)
                        count += steps
            elif byte is not None:
                self._bytes(bytes.fromhex(byte))
            elif symbol is not None:
                self._symbol(symbol)
            elif brace == "{":
                self._open()
            elif brace == "}":
                self._close()
                if not self._stack:
                    return
            elif plain is not None:
                self._plain(plain)
            if count > limits.MAX_TOKENS:
                raise unreadable("too-much-text")

    def result(self) -> list[Block]:
        """What was read; what the end of the file cut off is kept."""
        while self._waiting:
            self._end_flow()
        blocks = self._flow.end()
        return [*self._letterhead(blocks), *blocks, *self._notes]

    def _letterhead(self, blocks: list[Block]) -> list[Block]:
        """The header of the first page where it bears the national name and the text does not (as in DOCX)."""
        found = [self._headers.get(n, []) for n in (("headerf",) if self._has_title_page else _HEADERS[:3])]
        header = next((header for header in found if docx.bears_national_name(header)), [])
        return [] if header and docx.bears_national_name(blocks) else header

    def _open(self) -> None:
        if len(self._stack) >= _MAX_DEPTH:
            raise unreadable("damaged", kind="RTF")
        self._stack.append(self._state)
        self._state = copy.copy(self._state)
        self._ignorable = False
        self._to_skip = 0

    def _close(self) -> None:
        if self._codes and self._codes[-1][0] == len(self._stack):
            self._end_field()
        if self._waiting and self._waiting[-1].depth == len(self._stack):
            self._end_flow()
        if self._state.place == "fonts":
            self._fonts.end()
        if self._stack:
            self._state = self._stack.pop()
        self._to_skip = 0

    # --- text --------------------------------------------------------------------------------------------------

    def _plain(self, text: str) -> None:
        if self._to_skip:
            text, self._to_skip = text[self._to_skip :], max(self._to_skip - len(text), 0)
        if text.isascii() or self._is_unicode:
            self._put(text)
        else:
            self._put(self._fonts.decoded(text.encode("latin-1"), self._state.font))

    def _bytes(self, data: bytes) -> None:
        if self._to_skip:
            data, self._to_skip = data[self._to_skip :], max(self._to_skip - len(data), 0)
        self._put(self._fonts.decoded(data, self._state.font))

    def _put(self, text: str) -> None:
        state = self._state
        if not text or state.hidden or state.deleted:
            return
        if state.place == "fonts":
            self._fonts.name(text)
        elif state.place == "field" and self._codes:
            self._codes[-1][1].append(text)
        elif state.place == "text":
            self._flow.put(text, self._fonts.look(state.font, state.capitals))

    def _sign(self, text: str) -> None:
        """A sign that has a word or a symbol of its own: it too may be what older readers show for a \\u."""
        if self._to_skip:
            self._to_skip -= 1
        else:
            self._put(text)

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
        self._put(self._fonts.private(char, self._state.font) if "\ue000" <= char <= "\uf8ff" else char)

    def _symbol(self, symbol: str) -> None:
        if symbol == "*":
            self._ignorable = True
        elif symbol == "~":
            self._sign("\u00a0")
        elif symbol == "_":
            self._sign("-")
        elif symbol in "\\{}":
            self._sign(symbol)
        elif symbol in "\r\n":
            self._word("par", None)

    # --- control words -----------------------------------------------------------------------------------------

    def _word(self, word: str, number: int | None) -> None:
        ignorable, self._ignorable = self._ignorable, False
        if self._state.place == "upr":  # of the two ways in which it is given, the Unicode text is read
            self._state.place = "text" if word == "ud" else "upr"
        elif self._begins(word, ignorable):
            return
        elif word == "u":
            self._unicode(number or 0)
        elif word in _SIGNS:
            self._sign(_SIGNS[word])
        elif self._state.place == "fonts":
            self._font(word, number or 0)
        elif not self._format(word, number) and self._state.place == "text":
            self._layout(word, number or 0)

    def _begins(self, word: str, ignorable: bool) -> bool:
        """A word that begins a group of its own kind."""
        if word.lower() in _PASSED_OVER:
            self._state.place = "nowhere"
        elif word in ("fonttbl", "upr"):
            self._state.place = {"fonttbl": "fonts", "upr": "upr"}[word]
        elif word == "fldinst":
            self._state.place = "field"
            self._codes.append((len(self._stack), []))
        elif word in _NOTES:
            self._begin_note(is_endnote=word == "endnote")
        elif word in _BOXES:
            flow, tables = self._flow, self._stack[-1].tables if self._stack else 0
            self._begin_flow(lambda blocks: flow.insert(_filled(blocks), tables))
        elif word in _HEADERS:
            self._begin_flow(lambda blocks: self._keep_header(word, blocks))
        elif ignorable and word not in _READ:
            self._state.place = "nowhere"
        else:
            self._state.is_nested = self._state.is_nested or word == "nesttableprops"
            return False
        return True

    def _font(self, word: str, number: int) -> None:
        """A word in the table of fonts."""
        if word == "f":
            self._fonts.begin(number)
            self._state.font = number
        elif word == "fcharset":
            self._fonts.charset(number)
        elif word == "cpg":
            self._fonts.page(number)

    def _format(self, word: str, number: int | None) -> bool:
        """A word that says how text is set; False for any other."""
        state, is_on = self._state, number != 0
        if word == "f":
            state.font = number or 0
        elif word == "uc":
            state.skip = min(max(number or 0, 0), 8)
        elif word in ("ansicpg", "mac", "pc", "pca"):
            self._fonts.set_default(word, number or 0)
        elif word == "deff":
            self._default_font = state.font = number or 0
        elif word == "caps":
            state.capitals = is_on
        elif word == "v":
            state.hidden = is_on
        elif word == "deleted":
            state.deleted = is_on
        elif word == "plain":
            state.hidden = state.deleted = state.capitals = False
            state.font = self._default_font
        else:
            return False
        return True

    def _layout(self, word: str, number: int) -> None:
        state = self._state
        depth = max(state.tables, 2) if state.is_nested else 1  # of the table whose rows are defined
        if word in ("par", "sect", "page", "column"):
            self._flow.end_paragraph(state.tables)
        elif word in ("line", "lbr", "softline"):
            self._put("\n")
        elif word == "pard":
            state.tables = 0
        elif word == "intbl":
            state.tables = max(state.tables, 1)
        elif word == "itap":
            state.tables = min(max(number, 0), limits.MAX_NESTING - 1)
        elif word in ("cell", "nestcell"):
            self._flow.end_cell(1 if word == "cell" else max(state.tables, 2))
        elif word == "trowd":
            self._flow.define_row(depth)
        elif word in ("trleft", "clvmrg", "clmrg", "cellx"):
            self._flow.shape(word, number, depth)
        elif word in ("row", "nestrow"):
            self._flow.end_row(1 if word == "row" else max(state.tables, 2))
        elif word == "titlepg":
            self._has_title_page = True
        elif word == "ftnalt":
            self._is_endnote = True

    # --- flows and fields --------------------------------------------------------------------------------------

    def _begin_flow(self, ended: Callable[[list[Block]], None]) -> None:
        self._waiting.append(_Waiting(len(self._stack), self._flow, ended))
        self._flow = Flow()
        self._state.tables, self._state.is_nested, self._state.place = 0, False, "text"

    def _end_flow(self) -> None:
        waiting = self._waiting.pop()
        blocks, self._flow = self._flow.end(), waiting.flow
        waiting.ended(blocks)

    def _keep_header(self, kind: str, blocks: list[Block]) -> None:
        self._headers.setdefault(kind, _filled(blocks))  # that of the first section

    def _begin_note(self, *, is_endnote: bool) -> None:
        flow, place = self._flow, self._flow.reserve()
        self._is_endnote = is_endnote

        def ended(blocks: list[Block]) -> None:
            kind, self._is_endnote = int(self._is_endnote), False
            self._note_counts[kind] += 1
            count = self._note_counts[kind]
            mark = f"[{'i' * count if kind and count < 4 else count}]"
            flow.fill(place, mark)
            blocks = _filled(blocks)
            if blocks and isinstance(blocks[0], Paragraph):
                blocks[0].text = f"{mark} {blocks[0].text.strip()}"
            self._notes.extend(blocks)

        self._begin_flow(ended)

    def _end_field(self) -> None:
        _depth, code = self._codes.pop()
        if (match := _LINK.search("".join(code))) and (url := web_address(match[1])):
            self._flow.link(url)


def _filled(blocks: list[Block]) -> list[Block]:
    return [block for block in blocks if not isinstance(block, Paragraph) or block.text.strip()]


def _end_of_group(text: str, at: int) -> tuple[int, int]:
    """Where the brace stands that ends the group open at ``at``, and how many braces were passed on the way."""
    depth, steps = 1, 0
    while match := _BRACE.search(text, at):
        steps += 1
        if steps > limits.MAX_TOKENS:
            break
        depth += {"{": 1, "}": -1}.get(match[0], 0)
        if depth == 0:
            return match.start(), steps
        at = match.end() + int(match[1] or 0)
    return len(text), steps
