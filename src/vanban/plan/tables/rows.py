"""Rows of tables read as tasks."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Sequence

from vanban.agencies.names import starts_agency
from vanban.model import Lines, Source, Task
from vanban.outline import Node
from vanban.outline.markers import RANK, Marker, read_marker
from vanban.plan.blocks import Block
from vanban.plan.drafts import Draft
from vanban.plan.labels import Label, inline, read_label
from vanban.plan.regions import Regions
from vanban.plan.tables.bare import from_paragraphs
from vanban.plan.tables.columns import header_roles
from vanban.plan.tables.fits import suits
from vanban.plan.tables.grid import Grid, GridCell, from_lines, from_table
from vanban.plan.tables.merged import placed
from vanban.plan.tables.piped import from_rows
from vanban.plan.tasks import roles as block_roles

_INDEX_ROW = re.compile(r"^\(?\d{1,2}\)?$")
_DITTO = re.compile(r"^(?:[-–]?\s*nt\s*[-–]?|[-–]?\s*như\s+trên\s*[-–]?|[\"”“]|//)\.?$", re.IGNORECASE)
_FIRST_WORDS = re.compile(
    r"Các|Sở|Bộ|Ban|Phòng|Cục|Vụ|Chi|Chi\s+cục|Tổng|Tổng\s+cục|Trung|Trung\s+tâm|Trường|Viện|Học|UBND|MTTQ|[UỦ][ỷy](?:\s+ban)?|"
    r"Ủy\s+ban\s+(?:nhân|MTTQ)|Công|Văn|Văn\s+phòng|Báo|Đài|Hội|Liên|Liên\s+(?:đoàn|minh)|Kho|Bảo|Bảo\s+hiểm|Ngân|"
    r"Ngân\s+hàng|Đoàn|Tỉnh|Huyện|Thanh|Chủ|Phối|Cơ|Cơ\s+quan|Đơn|Đơn\s+vị|Thực|Doanh|Hiệp"
)
_CLOCK = re.compile(r"^(?:[Tt]ừ\s+)?\d{1,2}\s*(?:h|g|giờ|:)\s*\d{0,2}(?!\d)")
_DOTS = re.compile(r"^[\s.…·-]+$")


def find_tables(source: Source) -> list[Grid]:
    """The tables of tasks in ``source``, in reading order. Letterheads, signatures and tables of figures are none."""
    grids = [grid for table in source.tables if (grid := from_table(table)) is not None]
    covered = [table.lines for table in source.tables]
    for grid in (*from_lines(source.lines), *from_rows(source.lines), *from_paragraphs(source.lines)):
        if not any(first <= grid.lines[0] <= last for first, last in covered):
            grids.append(grid)
    return [
        grid for grid in sorted(grids, key=lambda grid: grid.lines) if _names_agencies(grid) and not _is_agenda(grid)
    ]


def gaps(grids: Sequence[Grid]) -> list[Lines]:
    """Where a table says with dots that rows are left out."""
    out: list[Lines] = []
    for grid in grids:
        for row in grid.rows:
            texts = [cell for cell in row if cell.text]
            if len(texts) == 1 and _DOTS.match(texts[0].text):
                out.append(texts[0].lines)
    return out


def read_tables(source: Source, grids: Sequence[Grid], parts: Regions, body: Node, draft: Draft) -> list[Task]:
    """The tasks in ``grids``, in reading order.

    Codes open with the section of ``body`` that the table stands in, with "PL" behind the plan's end.
    """
    out: list[Task] = []
    ended = source.lines[parts.body[1] - 1].number if parts.body[1] else 0
    annexed = sum(grid.lines[0] > ended for grid in grids)
    count = 0
    for grid in grids:
        section = _section_before(body, grid.lines[0]) if grid.lines[0] <= ended else None
        if section is None:
            count += 1
        prefix = section.code if section else "PL" if annexed <= 1 else f"PL{count}"
        out.extend(_Rows(grid, prefix, section.text if section else None, draft).tasks())
    return out


def _section_before(body: Node, line: int) -> Node | None:
    """The numbered section in which ``line`` stands."""
    found: Node | None = None
    for node in body.walk():
        if node.code and node.kind not in ("root", "dash", "plus", "letter") and node.lines[0] < line:
            found = node
    return found


def _is_agenda(grid: Grid) -> bool:
    """Whether the times are hours of a day: the programme of a meeting lays nothing on anybody."""
    column = grid.roles.get("time")
    texts = [row[column].text for row in grid.rows if column is not None and len(row) > column and row[column].text]
    return 2 * sum(bool(_CLOCK.match(text)) for text in texts) > len(texts)


def _names_agencies(grid: Grid) -> bool:
    """Whether the column of the lead holds agencies: figures and prices do not."""
    column = grid.roles.get("lead", grid.roles.get("both"))
    if column is None:
        return True
    whole = any(len(row) >= grid.columns for row in grid.rows)  # a shorter row has its cells elsewhere
    texts = [
        row[column].text
        for row in grid.rows
        if len(row) > column
        and (len(row) >= grid.columns or not whole)
        and row[column].text
        and not _INDEX_ROW.match(row[column].text)
    ]
    named = sum(
        starts_agency(text)
        or bool(re.match(r"^[A-ZĐ&.\- ]{2,12}$|^(?:Như|nt|-nt-)", text))
        or not re.search(r"\d", text)
        for text in texts
    )
    return bool(texts) and named * 2 > len(texts)


@dataclasses.dataclass(slots=True)
class _Group:
    marker: Marker
    title: str


class _Rows:
    """Walks the rows of one table, keeping the groups under way."""

    def __init__(self, grid: Grid, prefix: str, title: str | None, draft: Draft) -> None:
        self.grid, self.prefix, self.title, self.draft = grid, prefix, title, draft
        self.groups: list[_Group] = []
        self.unnumbered = 0
        self.above: tuple[GridCell, ...] = ()

    def tasks(self) -> Iterator[Task]:
        for at, row in enumerate(self.grid.rows):
            texts = [" ".join(cell.text.split()) for cell in row]
            if (
                not any(texts)
                or all(_INDEX_ROW.match(text) or not text for text in texts)
                and len(texts) > 2
                or self._is_header(texts)
            ):
                continue
            if len([text for text in texts if text]) == 1 and _DOTS.match("".join(texts)):
                self.groups = []
                continue
            row = self._led(self._dittoed(self._aligned(row)))
            if self._take_group(row, self._next(at)):
                continue
            task = self._task(row)
            if task is not None:
                self.above = row
                yield task

    def _is_header(self, texts: Sequence[str]) -> bool:
        """Whether the row repeats the header at the head of a page."""
        return (
            header_roles(texts) is not None
            and len([text for text in texts if text]) >= 3
            and all(len(text.split()) <= 10 for text in texts)
        )

    def _next(self, at: int) -> tuple[GridCell, ...]:
        return self.grid.rows[at + 1] if at + 1 < len(self.grid.rows) else ()

    def _aligned(self, row: tuple[GridCell, ...]) -> tuple[GridCell, ...]:
        """A printed row with fewer cells than columns, its cells put where they belong and merged ones taken from
        above."""
        filled = [cell.text for cell in row if cell.text]
        titled = len(filled) < 2 or (len(filled) == 2 and (_numbered(filled[0].strip(" .)")) or not _says(filled[1])))
        if len(row) >= self.grid.columns or titled or not self.above:
            return row
        places = placed(row, self.grid.roles, self.grid.columns, self.above)
        agencies = {self.grid.roles[role] for role in ("lead", "coordinating") if role in self.grid.roles}
        named = [at for at, cell in enumerate(row) if suits("lead", cell.text) >= 1]
        alone = len(named) == 1 and not self.grid.marked
        if alone and "lead" in self.grid.roles and places[named[0]] in agencies:  # the empty cell is the other one
            places = (*places[: named[0]], self.grid.roles["lead"], *places[named[0] + 1 :])
        out: list[GridCell] = []
        for column in range(self.grid.columns):
            at = places.index(column) if column in places else None
            if at is not None:
                out.append(row[at])
            elif alone and column in agencies:
                out.append(GridCell("", row[0].lines))
            elif column < len(self.above):
                out.append(dataclasses.replace(self.above[column], inherited=True))
        return tuple(out)

    def _dittoed(self, row: tuple[GridCell, ...]) -> tuple[GridCell, ...]:
        """The row with "nt" and "như trên" read as the cell above."""
        return tuple(
            dataclasses.replace(self.above[column], inherited=True)
            if column < len(self.above) and _DITTO.match(cell.text.strip())
            else cell
            for column, cell in enumerate(row)
        )

    def _led(self, row: tuple[GridCell, ...]) -> tuple[GridCell, ...]:
        """A numbered row with a time but neither lead nor helpers, these taken from above: the cell that reaches down
        over it is printed as an empty one."""
        said = {role: self._cell(row, role) for role in ("number", "task", "time", "lead", "both", "coordinating")}
        if (
            not (said["number"] and said["task"] and said["time"])
            or said["lead"]
            or said["both"]
            or said["coordinating"]
        ):
            return row
        reach = {self.grid.roles[role] for role in ("lead", "both", "coordinating") if role in self.grid.roles}
        return tuple(
            dataclasses.replace(self.above[column], inherited=True)
            if column in reach and column < len(self.above)
            else cell
            for column, cell in enumerate(row)
        )

    def _cell(self, row: Sequence[GridCell], role: str) -> str:
        column = self.grid.roles.get(role)
        return row[column].text.strip() if column is not None and column < len(row) else ""

    def _label(self, row: Sequence[GridCell]) -> tuple[Marker | None, str]:
        """The number of the row, and the text of its task or group without it."""
        number = self._cell(row, "number")
        text = self._cell(row, "task")
        if "number" in self.grid.roles and len([cell for cell in row if cell.text]) == 1:
            text = next(cell.text for cell in row if cell.text)
            number = ""
        text = " ".join(text.split()) if not re.search(r"\n\s*[-+•]", text) else re.sub(r"\s*\n\s*", " ", text)
        if number:
            number = number.strip().rstrip(".)").strip()
            return _numbered(number), text
        found = read_marker(text)
        return (found[0], found[1]) if found is not None and found[0].kind not in ("dash", "plus") else (None, text)

    def _take_group(self, row: Sequence[GridCell], following: Sequence[GridCell]) -> bool:
        """Whether the row is a group's title; if so it is kept."""
        said = [role for role in ("lead", "coordinating", "both", "time") if self._cell(row, role)]
        filled = [cell for cell in row if cell.text]
        if len(filled) > 1 and said and not (len(row) > 1 and len({cell.text for cell in row if cell.text}) == 1):
            return False
        marker, text = self._label(row)
        if marker is None:
            if len(filled) != 1:
                return False
            marker = Marker("part", "", 0) if not self.groups else Marker(self.groups[-1].marker.kind, "", 0)
        elif RANK[marker.kind] >= RANK["number"] and len(filled) > 1 and not text.isupper():
            below, _ = self._label(following) if following else (None, "")
            if below is None or RANK[below.kind] <= RANK[marker.kind]:
                return False
        self.groups = [group for group in self.groups if RANK[group.marker.kind] < RANK[marker.kind]]
        self.groups.append(_Group(marker, text))
        self.unnumbered = 0
        return True

    def _task(self, row: Sequence[GridCell]) -> Task | None:
        marker, text = self._label(row)
        lead, coordinating, block = self._roles(row)
        period = [self._cell(row, role) for role in ("time", "until")]
        time = " - ".join(said for said in period if said) or block.text("time")
        if not lead and "lead" not in self.grid.roles and "both" not in self.grid.roles:
            lead = self._owner()
        if not text or not (lead or coordinating or time):
            return None
        text, labels = inline(text)
        for label in labels:
            block.add(label.role, label.value, row[0].lines)
        if marker is not None:
            self.groups = [group for group in self.groups if RANK[group.marker.kind] < RANK[marker.kind]]
        own = marker.label if marker is not None else self._count()
        path = [group.marker.label for group in self.groups if group.marker.label]
        return Task(
            code=".".join([self.prefix, *_nested(path, own)]),
            group=self.groups[-1].title if self.groups else self.title,
            text=text.strip(),
            lead=lead,
            coordinating=coordinating,
            form=" ".join(self._cell(row, "form").split()) or None,
            time=self.draft.when(time),
            shared_block=any(
                cell.inherited
                for column, cell in enumerate(row)
                if column in (self.grid.roles.get("lead"), self.grid.roles.get("time"))
            ),
            lines=_span(row),
        )

    def _owner(self) -> tuple[str, ...]:
        """The agency that heads the group, where the table has no column for it."""
        for group in reversed(self.groups):
            title = group.title.capitalize() if group.title.isupper() else group.title
            if starts_agency(title):
                return self.draft.agencies(title)
        return ()

    def _count(self) -> str:
        self.unnumbered += 1
        return str(self.unnumbered)

    def _say(self, block: Block, label: Label | None, row: Sequence[GridCell]) -> None:
        if label is not None:
            first, more = inline(label.value)
            block.add(label.role, first, row[0].lines)
            for found in more:
                block.add(found.role, found.value, row[0].lines)

    def _roles(self, row: Sequence[GridCell]) -> tuple[tuple[str, ...], tuple[str, ...], Block]:
        """Lead and coordinators; a cell may print both behind labels of its own."""
        block = Block()
        for role in ("lead", "both", "coordinating"):
            text = _rejoined(self._cell(row, role))
            if not text or _DOTS.match(text):
                continue
            plain: list[str] = []
            last: Label | None = None
            for line in text.split("\n"):
                label = read_label(line.strip(" -+•"))
                if label is not None:
                    self._say(block, last, row)
                    last = label
                elif last is not None and not line.lstrip().startswith(("-", "+", "•")):
                    last = dataclasses.replace(last, value=f"{last.value} {line}".strip())
                else:
                    plain.append(line)
            self._say(block, last, row)
            if plain:
                plain = _unbulleted(plain)
                kept = "\n".join(plain)
                listed = all(starts_agency(line.strip(" -+•;")) for line in plain) and len(plain) > 1
                block.add(
                    "coordinating" if role == "coordinating" else "lead",
                    kept if listed else " ".join(kept.split()),
                    row[0].lines,
                )
        lead, coordinating = block_roles(block, self.draft)
        return lead, coordinating, block


def _says(text: str) -> bool:
    """Whether a cell says who or when."""
    return max(suits("lead", text), suits("time", text)) >= 1


def _rejoined(text: str) -> str:
    """A cell's text with lines joined that cut a name or a label behind its first words: "- Phối" / "hợp: Sở Y tế"."""
    out: list[str] = []
    for line in text.split("\n"):
        before = out[-1].lstrip(" -–+•*").rstrip() if out else ""
        goes_on = _FIRST_WORDS.fullmatch(before) or (line[:1].islower() and not starts_agency(line))
        if out and goes_on and not re.match(r"^\s*[-–+•*]", line):
            out[-1] = f"{out[-1]} {line}"
        else:
            out.append(line)
    return "\n".join(out)


def _unbulleted(lines: Sequence[str]) -> list[str]:
    """The lines of a cell that lists agencies behind dashes, one an agency, without the dashes; else as they are."""
    out: list[str] = []
    for line in lines:
        bullet = re.match(r"^\s*[-–+•*]\s*(?=\S)", line)
        if bullet and starts_agency(line[bullet.end() :]):
            out.append(line[bullet.end() :])
        elif out:
            out[-1] = f"{out[-1]} {line.strip()}"
        else:
            return list(lines)
    return [line.strip(" ;,.") for line in out]


def _numbered(number: str) -> Marker | None:
    """The marker that a cell of the column of numbers prints: 1, 1.2, IV, A, a, -."""
    if re.fullmatch(r"[A-HĐ]", number):
        return Marker("part", number, ord(number))
    found = read_marker(f"{number}. X") or read_marker(f"{number}) x") or read_marker(f"{number} X")
    return found[0] if found else None


def _nested(path: list[str], own: str) -> list[str]:
    """The path of a row; "1.2" under a group 1 is not counted twice."""
    if path and "." in own and own.split(".")[0] == path[-1]:
        return [*path, *own.split(".")[1:]]
    return [*path, own]


def _span(row: Sequence[GridCell]) -> Lines:
    own = [cell for cell in row if not cell.inherited and cell.text] or list(row)
    return (min(cell.lines[0] for cell in own), max(cell.lines[1] for cell in own))
