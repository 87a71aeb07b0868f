"""A drawing as a picture of points, for files that cannot hold drawings."""

from __future__ import annotations

import typst

from vanban.official import Picture, Problem, Unprintable
from vanban.official.layout import FONT, METRIC_FONT
from vanban.write.pdf.fonts import FontMissing, fonts

_PIXELS_PER_INCH = 200
_SIZE = "#set page(width: {width:.2f}pt, height: {height:.2f}pt, margin: 0pt)\n"
_DRAWN = '#image(bytes(sys.inputs.svg), format: "svg", width: 100%, height: 100%, fit: "contain")'
_FRAME = "#rect(width: 100%, height: 100%)"


def png_of(picture: Picture, width: float, height: float) -> bytes:
    """The drawing as PNG, ``width`` by ``height`` points large, at 200 points an inch; an empty frame where it has none.
    Raises Unprintable where the drawing cannot be read."""
    source = _SIZE.format(width=width, height=height) + (_DRAWN if picture.svg else _FRAME)
    inputs = {"svg": picture.svg.replace(FONT, METRIC_FONT)}
    try:
        made = typst.compile(
            source.encode(), format="png", ppi=_PIXELS_PER_INCH, font_paths=_fonts(), sys_inputs=inputs
        )
    except typst.TypstError as error:
        vi = f"Hình «{picture.alt}» (SVG) không đọc được. Bạn hãy tạo lại hình."
        en = f"The drawing “{picture.alt}” (SVG) cannot be read. Make it anew."
        raise Unprintable((Problem("picture", vi, en),)) from error
    if not isinstance(made, bytes):  # several pages: a list
        raise TypeError("a picture has one page")
    return made


def _fonts() -> typst.Fonts:
    """The font of the text; where it is not installed, whatever there is: the rest of the file needs no font."""
    try:
        return fonts()
    except FontMissing:
        return typst.Fonts()
