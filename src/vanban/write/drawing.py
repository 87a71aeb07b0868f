"""A drawing as a picture of points, for files that cannot hold drawings."""

from __future__ import annotations

import typst

from vanban.official import Picture

_PIXELS_PER_INCH = 200
_SIZE = "#set page(width: {width:.2f}pt, height: {height:.2f}pt, margin: 0pt)\n"
_DRAWN = '#image(bytes(sys.inputs.svg), format: "svg", width: 100%, height: 100%, fit: "contain")'


def png_of(picture: Picture, width: float) -> bytes:
    """The drawing as PNG, ``width`` points wide, at 200 points an inch; an empty frame where it has none."""
    source = _SIZE.format(width=width, height=width * picture.height)
    if not picture.svg:
        source += "#rect(width: 100%, height: 100%)"
        return _compiled(source, {})
    return _compiled(source + _DRAWN, {"svg": picture.svg})


def _compiled(source: str, inputs: dict[str, str]) -> bytes:
    made = typst.compile(source.encode(), format="png", ppi=_PIXELS_PER_INCH, sys_inputs=inputs)
    if not isinstance(made, bytes):
        raise TypeError("a picture has one page")
    return made
