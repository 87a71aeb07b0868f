"""Tables that a page prints without any mark: one paragraph a cell, one behind the other.

"TT" / "Nội dung" / "Cơ quan chủ trì" / … / "1" / "Tổ chức hội nghị" / "Sở Tư pháp" / …: only the column of numbers tells
the rows apart, and empty cells are not printed at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from vanban.agencies.names import starts_agency
from vanban.model import Line
from vanban.outline.letters import LOWER
from vanban.plan.tables.columns import header_roles, role_of
from vanban.plan.tables.fits import NUMBER, Fits
from vanban.plan.tables.grid import AFTER, Grid, GridCell
from vanban.text import nfc

_MOST_COLUMNS, _LONGEST_TITLE, _LONGEST_TABLE = 10, 10, 4000
_SHORTEST = 9  # lines of a table with a header and two rows of three cells
_GOES_ON = re.compile(rf"^(?![-–]?\s*nt\b|như trên)(?:[-–+•*]\s*\S|[{LOWER}(])")
_ENDS = re.compile(r"^(?:Nơi nhận|KẾ HOẠCH$|PHỤ LỤC)")


def from_paragraphs(lines: Sequence[Line]) -> Iterator[Grid]:
    """The tables of tasks in ``lines`` whose cells stand one behind the other without marks between them."""
    start = 0
    for at, line in enumerate(lines):
        if line.text.strip() == "|":  # the cells of a letterhead or of another table
            yield from _unmarked(lines[start:at])
            start = at + 1
    yield from _unmarked(lines[start:])


def _unmarked(lines: Sequence[Line]) -> Iterator[Grid]:
    if len(lines) < _SHORTEST:
        return
    cells = _paragraphs(lines)
    at = 0
    while at < len(cells):
        found = _header(cells, at) if role_of(cells[at].text) == "number" else None
        if found is None:
            at += 1
            continue
        roles, columns, first = found
        rows, after = _rows(cells, first, columns, roles)
        if len(rows) >= 2:
            yield Grid(roles, tuple(rows), (cells[at].lines[0], rows[-1][-1].lines[1]), columns, marked=False)
        at = max(after, at + 1)


def _paragraphs(lines: Sequence[Line]) -> list[GridCell]:
    """The paragraphs; what opens with a dash or in small letters goes on the one before."""
    out: list[GridCell] = []
    apart = _is_apart(lines)
    blank = True
    for line in lines:
        text = " ".join(nfc(line.text).split())
        if not text:
            blank = True
            continue
        listed = re.match(r"^[-–+•]\s*", text)
        if listed and out and starts_agency(text[listed.end() :]) and starts_agency(out[-1].text):
            out.append(GridCell(text, (line.number, line.number)))  # a list of agencies behind an agency: the next cell
        elif (
            out
            and not NUMBER.match(text)
            and role_of(text) != "number"
            and (_GOES_ON.match(text) or (apart and not blank))
        ):
            before = out[-1]
            out[-1] = GridCell(f"{before.text}\n{text}", (before.lines[0], line.number))
        else:
            out.append(GridCell(text, (line.number, line.number)))
        blank = False
    return out


def _is_apart(lines: Sequence[Line]) -> bool:
    """Whether empty lines part the paragraphs of this page."""
    return sum(not line.text.strip() for line in lines) * 4 > len(lines)


def _header(cells: Sequence[GridCell], at: int) -> tuple[dict[str, int], int, int] | None:
    """Roles, number of columns and place of the first row's number, if a table's header begins at ``at``."""
    end = at + 1
    while end < len(cells) and end - at <= _MOST_COLUMNS and not NUMBER.match(cells[end].text):
        if len(cells[end].text.split()) > _LONGEST_TITLE:
            return None
        end += 1
    if end >= len(cells) or not NUMBER.match(cells[end].text) or end - at < 3:
        return None
    titles = [" ".join(cell.text.split()) for cell in cells[at:end]]
    titles = _beneath(titles)
    roles = header_roles(titles)
    return None if roles is None or "number" not in roles else (roles, len(titles), end)


def _beneath(titles: list[str]) -> list[str]:
    """The titles without one that only stands over two others ("Phân công thực hiện" over "Chủ trì", "Phối hợp")."""
    tail = [role_of(title) for title in titles]
    for at, role in enumerate(tail):
        if role != "lead" or "coordinating" not in tail or tail.count("lead") < 2 or "chủ trì" in titles[at].lower():
            continue
        low = next(i for i in range(len(tail)) if tail[i] == "lead" and i != at)
        if low == len(tail) - 2 and tail[-1] == "coordinating":  # the second row of titles is printed last
            return [*titles[:at], *titles[low:], *titles[at + 1 : low]]
        return [*titles[:at], *titles[at + 1 :]]
    return titles


def _rows(
    cells: Sequence[GridCell], first: int, columns: int, roles: Mapping[str, int]
) -> tuple[list[tuple[GridCell, ...]], int]:
    """The rows from ``first`` on: of all ways to part the cells, the one in which they suit their columns best."""
    fits = Fits(cells, columns, roles, marked=False)
    best: dict[int, tuple[float, int, int]] = {first: (0.0, first, 0)}
    for at in range(first, min(len(cells), first + _LONGEST_TABLE)):
        if at not in best:
            if at > max(best):
                break
            continue
        if at > first and _closes(cells, at):
            continue
        for length in range(1, min(columns, len(cells) - at) + 1):
            score = best[at][0] + fits.row(at, length)
            if at + length not in best or score > best[at + length][0]:
                best[at + length] = (score, at, length)
            if at + length < len(cells) and _closes(cells, at + length):
                break
    after = max(best, key=lambda place: (best[place][0], -place))
    rows: list[tuple[GridCell, ...]] = []
    at = after
    while at > first:
        _, start, length = best[at]
        rows.append(tuple(cells[start : start + length]))
        at = start
    return rows[::-1], after


def _closes(cells: Sequence[GridCell], at: int) -> bool:
    """Whether the table has ended before ``at``: at a section's heading, unless a row's number follows it."""
    text = cells[at].text
    if _ENDS.match(text):
        return True
    follows = at + 1 < len(cells) and bool(NUMBER.match(cells[at + 1].text))
    return bool(AFTER.match(text) or re.match(r"^\d{1,2}\.\s+\S", text)) and not follows
