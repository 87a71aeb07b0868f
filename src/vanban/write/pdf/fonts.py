"""The font of the PDF: Tinos, made to the measure of Times New Roman and free to embed, from the fonts of the system."""

from __future__ import annotations

import functools
import os
import pathlib

import typst

from vanban.official.layout import METRIC_FONT

#: Where distributions put the package fonts-croscore, and where people put fonts of their own.
_PLACES = (
    "/usr/share/fonts/truetype/croscore",
    "/usr/share/fonts/croscore",
    "/usr/share/fonts/google-croscore-fonts",
    "/usr/share/fonts/google-croscore-tinos-fonts",
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "~/.local/share/fonts",
    "~/.fonts",
    "/Library/Fonts",
    "~/Library/Fonts",
    "C:/Windows/Fonts",
)
_HANDS = {(400, "normal"), (700, "normal"), (400, "italic"), (700, "italic")}


class FontMissing(Exception):
    """The font is not installed. ``vi`` and ``en`` are sentences that say what to do."""

    vi = (
        f"Máy chủ chưa có phông chữ {METRIC_FONT} (thay Times New Roman) nên chưa tạo được PDF. Bạn hãy báo quản trị viên "
        "chạy: sudo apt-get install fonts-croscore. Trong lúc chờ, hãy xuất tệp .docx."
    )
    en = (
        f"The font {METRIC_FONT} (in place of Times New Roman) is not installed, so that no PDF can be made. Ask the "
        "administrator to run: sudo apt-get install fonts-croscore. Until then write a .docx file."
    )

    def __init__(self) -> None:
        super().__init__(self.en)


def fonts() -> typst.Fonts:
    """The fonts to print with: upright, bold, italic and bold italic Tinos are among them. Further folders are looked
    through if the variable VANBAN_FONTS names them. Raises FontMissing."""
    return _found(os.environ.get("VANBAN_FONTS", ""))[0]


def folder() -> str:
    """The folder in which they are. Raises FontMissing."""
    return _found(os.environ.get("VANBAN_FONTS", ""))[1]


@functools.lru_cache(maxsize=2)
def _found(own: str) -> tuple[typst.Fonts, str]:
    for place in (*filter(None, own.split(os.pathsep)), *_PLACES):
        path = pathlib.Path(place).expanduser()
        if not path.is_dir():
            continue
        fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(path)])
        if {(font.weight, font.style) for font in fonts.fonts() if font.family == METRIC_FONT} >= _HANDS:
            return fonts, str(path)
    raise FontMissing
