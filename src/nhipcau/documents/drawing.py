"""Pages of files drawn as pictures, inside the sandbox. No Django here: see ``core.sandbox``."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from nhipcau.core.sandbox import is_out_of_memory
from vanban.errors import Unreadable
from vanban.source.showing import page_image


def draw(
    progress: Callable[[int, int], None], *, path: str, width: int, pages: Sequence[Sequence[int | str | bool]]
) -> list[int]:
    """Draw pages of the file at ``path``, ``width`` pixels wide: (number, where the picture goes, whether it was read as a
    scan) each.

    Returns the numbers of those that were drawn; a page that cannot be is left out. A picture stands complete at its
    place, or not at all.
    """
    data = Path(path).read_bytes()
    drawn = []
    for done, (number, place, is_scan) in enumerate(pages, start=1):
        try:
            picture = page_image(data, int(number), width, is_scan=bool(is_scan))
        except (Unreadable, ValueError) as problem:
            if is_out_of_memory(problem):
                raise
            continue
        target = Path(str(place))
        unfinished = target.with_name(f"{target.name}.{os.getpid()}")
        unfinished.write_bytes(picture)
        unfinished.rename(target)
        drawn.append(int(number))
        progress(done, len(pages))
    return drawn
