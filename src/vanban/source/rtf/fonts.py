"""The table of fonts of an RTF file: what the bytes of a text set in each of them mean."""

from __future__ import annotations

import dataclasses

from vanban.source import legacy
from vanban.source.docx.body import symbol
from vanban.source.rtf.flow import Look

_PAGES = {0: "cp1252", 1: "cp1252", 163: "cp1258", 238: "cp1250", 204: "cp1251", 161: "cp1253", 162: "cp1254"}
_NAMED = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850"}
_SYMBOL_CHARSET = 2


@dataclasses.dataclass(slots=True)
class Font:
    """A font: its name, its character set (``\\fcharset``) and its code page (``\\cpg``) where they are given."""

    name: str = ""
    charset: int = 0
    page: int | None = None


class Fonts:
    """The fonts by number; filled as the file is read."""

    def __init__(self) -> None:
        self._fonts: dict[int, Font] = {}
        self._open = Font()
        self._name: list[str] = []
        self._default_page = "cp1252"
        self._looks: dict[tuple[int, bool], Look] = {}
        self._letters: dict[int, list[str]] = {}

    def begin(self, number: int) -> None:
        """The entry of a font begins."""
        self.end()
        self._looks.clear()
        self._letters.clear()
        self._open = self._fonts[number] = Font()

    def charset(self, number: int) -> None:
        self._open.charset = number

    def page(self, number: int) -> None:
        self._open.page = number

    def name(self, text: str) -> None:
        """A piece of the open font's name; a semicolon ends it."""
        self._name.append(text)
        if ";" in text:
            self.end()

    def end(self) -> None:
        """The open entry ends."""
        if not self._name:
            return
        name = "".join(self._name).partition(";")[0].strip()
        self._open.name = name or self._open.name
        self._name = []
        self._looks.clear()
        self._letters.clear()

    def set_default(self, word: str, number: int) -> None:
        """The code page of the whole file: "ansicpg" with its number, or "mac", "pc", "pca"."""
        page = _NAMED.get(word) or f"cp{number}"
        self._default_page = page if page in (*_PAGES.values(), *_NAMED.values()) else "cp1252"
        self._letters.clear()

    def look(self, number: int, capitals: bool) -> Look:
        """How text in a font is to be read; ``capitals`` where the text itself is set in them."""
        key = (number, capitals)
        if key not in self._looks:
            font = self._fonts.get(number)
            self._looks[key] = Look(*legacy.encoding_of(font.name if font else None), capitals)
        return self._looks[key]

    def decoded(self, data: bytes, number: int) -> str:
        """The text of ``data`` set in a font; what is in a legacy encoding as Windows-1252 shows it."""
        if number not in self._letters:
            self._letters[number] = self._table(number)
        letters = self._letters[number]
        return "".join(letters[byte] for byte in data)

    def _table(self, number: int) -> list[str]:
        """The letters of all bytes in a font."""
        font = self._fonts.get(number) or Font()
        page = _PAGES.get(font.charset, "cp1252")
        if legacy.encoding_of(font.name)[0]:
            page = "cp1252"
        elif font.charset == _SYMBOL_CHARSET:
            return [symbol(f"f0{byte:02x}") if byte >= 0x80 else chr(byte) for byte in range(256)]
        elif font.page is not None:
            page = f"cp{font.page}" if f"cp{font.page}" in _PAGES.values() else page
        elif font.charset in (0, 1):
            page = self._default_page
        return [legacy.shown(b) if page == "cp1252" else bytes([b]).decode(page, "replace") for b in range(256)]

    def private(self, char: str, number: int) -> str:
        """What a sign of the private use area means in a font: symbol fonts count from F000."""
        if "\uf000" <= char <= "\uf0ff":
            is_legacy = self.look(number, False).encoding is not None
            return legacy.shown(ord(char) & 0xFF) if is_legacy else symbol(f"{ord(char):04x}")
        return "•"
