"""Pictures of a report, drawn by the server, with the rows of a table that say the same: as SVG that stands alone (its colours
and words in it, no script, no style) for paper, and with classes instead of colours for a page, which follows its theme: a
broad drawing and a narrow one for a phone, of which the page shows one. Pure.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping, Sequence
from xml.sax.saxutils import escape

from nhipcau.followup.models import Progress
from nhipcau.plans.models import NO_DATE

from .models import ReportFigure, ReportRow
from .saying import heading

WIDTH = 640  # of the drawing, in its own units
MOST = 24  # bars of one drawing, so that it stands on a page; the table behind it has all
_TOP, _ROW, _BAR, _LEFT, _RIGHT = 34, 30, 16, 210, 60
_NARROW, _NARROW_ROW, _NARROW_RIGHT, _LONGEST = 340, 40, 34, 45  # of the narrow drawing: labels above their bars
_FEWEST = 3  # tasks in one month, from which on a drawing by months says more than its words
_INK, _MUTED = "#1d2528", "#5b6669"
_SIGN = 7.2  # width of one sign of a figure: a number that does not fit into its bar stands in the table only


@dataclasses.dataclass(frozen=True, slots=True)
class Series:
    """One colour of a chart and what it stands for; ``sign``: the class by which a page colours it (as states: "done",
    "going", "none", "need", "late")."""

    name: str
    colour: str
    sign: str = "going"


@dataclasses.dataclass(frozen=True, slots=True)
class Bar:
    """One line of a chart: its label and one value for each series."""

    label: str
    values: tuple[int, ...]

    @property
    def total(self) -> int:
        return sum(self.values)


@dataclasses.dataclass(frozen=True, slots=True)
class Chart:
    """A chart: its title, a sentence that says what is seen, the series, the bars (the table behind it), the drawing and
    its height as a share of its width; ``broad``, ``narrow``: the same drawing for a page and for a phone."""

    title: str
    words: str
    series: tuple[Series, ...]
    bars: tuple[Bar, ...]
    svg: str
    height: float
    broad: str = ""
    narrow: str = ""


def drawn(key: str, rows: Sequence[ReportRow], figures: Sequence[ReportFigure]) -> Chart | None:
    """The chart of this name; None where there is nothing to draw."""
    made = CHARTS[key](rows, figures) if key in CHARTS else None
    return made if made is not None and any(any(bar.values) for bar in made.bars) else None


def stacked(title: str, series: Sequence[Series], bars: Sequence[Bar]) -> Chart:
    """Bars lying on each other, one line for each; values stand in the table, totals at the end of the line."""
    shown = _shown(bars)
    height = _TOP + _ROW * len(shown)
    svg, broad = (_drawing(title, series, shown, height, look) for look in (_PAPER, _PAGE))
    narrow = _narrow(title, series, shown)
    return Chart(title, _words(title, series, bars), tuple(series), tuple(bars), svg, height / WIDTH, broad, narrow)


@dataclasses.dataclass(frozen=True, slots=True)
class _Look:
    """How a drawing is coloured: its opening tag's font, and the attributes of what is drawn."""

    font: str
    ink: str
    muted: str
    on_bar: str
    bar: Callable[[Series], str]


_PAPER = _Look(
    'font-family="Tinos, Times New Roman, serif" font-size="13"',
    f'fill="{_INK}"',
    f'fill="{_MUTED}"',
    'fill="#ffffff"',
    lambda one: f'fill="{one.colour}"',
)
_PAGE = _Look('class="drawn broad"', 'class="ink"', 'class="muted"', 'class="on"', lambda one: f'class="{one.sign}"')


def _drawing(title: str, series: Sequence[Series], shown: Sequence[Bar], height: int, look: _Look) -> str:
    most = max((bar.total for bar in shown), default=0) or 1
    pieces = [_opened(title, WIDTH, height, look)]
    legend, _height = _legend(series, WIDTH, look)
    pieces.extend(legend)
    for position, bar in enumerate(shown):
        y = _TOP + _ROW * position
        label = f'<text x="{_LEFT - 8}" y="{y + 13}" text-anchor="end" {look.ink}>{escape(_cut(bar.label))}</text>'
        pieces += [label, *_line(bar, series, _LEFT, y, (WIDTH - _LEFT - _RIGHT) / most, look)]
    return "".join([*pieces, "</svg>"])


def _narrow(title: str, series: Sequence[Series], shown: Sequence[Bar]) -> str:
    """The same for a phone: nothing smaller, every label above its bar."""
    look = dataclasses.replace(_PAGE, font='class="drawn narrow"')
    most = max((bar.total for bar in shown), default=0) or 1
    legend, top = _legend(series, _NARROW, look)
    pieces = [_opened(title, _NARROW, top + _NARROW_ROW * len(shown), look), *legend]
    for position, bar in enumerate(shown):
        y = top + _NARROW_ROW * position
        label = f'<text x="0" y="{y + 12}" {look.ink}>{escape(_cut(bar.label, _LONGEST))}</text>'
        pieces += [label, *_line(bar, series, 0, y + 18, (_NARROW - _NARROW_RIGHT) / most, look)]
    return "".join([*pieces, "</svg>"])


def _opened(title: str, width: int, height: int, look: _Look) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'{look.font} role="img" aria-label="{_attribute(title)}">'
    )


def _legend(series: Sequence[Series], width: int, look: _Look) -> tuple[list[str], int]:
    """What the colours stand for, in as many lines as it takes; and where the bars begin below it."""
    pieces: list[str] = []
    x, y = 0.0, 2
    for one in series:
        wide = 34 + 6.8 * len(one.name)
        if x and x + wide - 16 > width:
            x, y = 0.0, y + 20
        pieces.append(f'<rect x="{x:.0f}" y="{y}" width="12" height="12" {look.bar(one)}/>')
        pieces.append(f'<text x="{x + 18:.0f}" y="{y + 11}" {look.ink}>{escape(one.name)}</text>')
        x += wide
    return pieces, y + _TOP - 2


def _shown(bars: Sequence[Bar]) -> list[Bar]:
    """The bars that are drawn: all, or those with the least done and, as one bar, the mean of the others."""
    if len(bars) <= MOST:
        return list(bars)
    worst = sorted(bars, key=lambda bar: (bar.values[0] / (sum(bar.values) or 1), bar.label))[: MOST - 1]
    rest = [bar for bar in bars if bar not in worst]
    mean = tuple(round(sum(values) / len(rest)) for values in zip(*(bar.values for bar in rest), strict=True))
    return [*worst, Bar(f"Trung bình {len(rest)} đơn vị khác", mean)]


def _line(bar: Bar, series: Sequence[Series], left: int, y: int, scale: float, look: _Look) -> list[str]:
    """The pieces of one bar, and its whole at its end."""
    pieces = []
    x = float(left)
    for one, value in zip(series, bar.values, strict=True):
        width = value * scale
        if value:  # a hair between two bars tells them apart where colours cannot be seen
            wide = max(width - 1, 1)
            pieces.append(f'<rect x="{x:.1f}" y="{y}" width="{wide:.1f}" height="{_BAR}" {look.bar(one)}/>')
        if width > _SIGN * len(str(value)) + 6:
            middle = x + width / 2
            pieces.append(f'<text x="{middle:.1f}" y="{y + 13}" text-anchor="middle" {look.on_bar}>{value}</text>')
        x += width
    pieces.append(f'<text x="{x + 6:.1f}" y="{y + 13}" {look.muted}>{bar.total}</text>')
    return pieces


def _words(title: str, series: Sequence[Series], bars: Sequence[Bar]) -> str:
    told = (
        f"{bar.label}: "
        + ", ".join(f"{one.name.lower()} {value}" for one, value in zip(series, bar.values, strict=True))
        for bar in bars[:12]
    )
    return f"{title}. {'; '.join(told)}."


def _cut(text: str, longest: int = 32) -> str:
    """A label that fits, cut between words."""
    if len(text) <= longest:
        return text
    return f"{text[: longest - 1].rsplit(' ', 1)[0].rstrip(' ,;:')}…"


def _attribute(text: str) -> str:
    return escape(text, {'"': "&quot;"})


# --- the charts of this room ------------------------------------------------------------------------------------------

_DONE = Series("Đã hoàn thành", "#2f6b3f", "done")
_RUNNING = Series("Đang thực hiện", "#1f5f6b", "going")
_WAITING = Series("Chưa thực hiện", "#66727a", "none")
_CANNOT = Series("Đang vướng", "#8a5d00", "need")
_ON_TIME = Series("Hoàn thành đúng hạn", "#2f6b3f", "done")
_LATE = Series("Chậm", "#a3262a", "late")
_NOT_YET = Series("Chưa đến hạn", "#66727a", "none")


def _progress(rows: Sequence[ReportRow], _figures: Sequence[ReportFigure]) -> Chart:
    """How far the tasks are, by group of tasks; of several organisations, by organisation."""
    states = (Progress.DONE, Progress.IN_PROGRESS, Progress.NOT_STARTED, Progress.CANNOT)
    bars = [
        Bar(label, tuple(sum(1 for row in some if row.progress == state) for state in states))
        for label, some in _parted(rows).items()
    ]
    return stacked("Tiến độ thực hiện nhiệm vụ", (_DONE, _RUNNING, _WAITING, _CANNOT), bars)


def _timeliness(rows: Sequence[ReportRow], _figures: Sequence[ReportFigure]) -> Chart | None:
    """What was done in time, what is late and what is not due yet, by the month of the due day; None for few tasks."""
    dated = [row for row in rows if row.due != NO_DATE]
    bars = _by_month(
        [
            (row.due.year, row.due.month, 1 if row.is_late else 0 if row.progress == Progress.DONE else 2)
            for row in dated
        ],
        3,
        "Hạn tháng",
    )
    series = (_ON_TIME, _LATE, _NOT_YET)
    return stacked("Nhiệm vụ đúng hạn và chậm, theo tháng của thời hạn", series, bars) if _says_more(bars) else None


def _months(rows: Sequence[ReportRow], _figures: Sequence[ReportFigure]) -> Chart | None:
    """What was finished in which month, in time or late; None where it was all one month, or few."""
    done = [(row.done_on.year, row.done_on.month, 1 if row.is_late else 0) for row in rows if row.done_on is not None]
    bars = _by_month(done, 2, "Tháng")
    is_drawn = len(bars) > 1 and _says_more(bars)
    return stacked("Nhiệm vụ hoàn thành theo tháng", (_ON_TIME, _LATE), bars) if is_drawn else None


def _says_more(bars: Sequence[Bar]) -> bool:
    return any(bar.total >= _FEWEST for bar in bars)


def _by_month(found: Iterable[tuple[int, int, int]], columns: int, words: str) -> list[Bar]:
    """One bar for each month that occurs, from year, month and the column that counts."""
    months: dict[tuple[int, int], list[int]] = {}
    for year, month, column in sorted(found):
        months.setdefault((year, month), [0] * columns)[column] += 1
    return [Bar(f"{words} {month}/{year}", tuple(counts)) for (year, month), counts in months.items()]


def _parted(rows: Sequence[ReportRow]) -> dict[str, list[ReportRow]]:
    several = len({row.organisation_id for row in rows}) > 1
    found: dict[str, list[ReportRow]] = {}
    for row in rows:
        unit = row.organisation.label.replace("Ủy ban nhân dân", "UBND")
        label = unit if several else heading(row.task.group) or "Nhiệm vụ khác"
        found.setdefault(label, []).append(row)
    return found


CHARTS: Mapping[str, Callable[[Sequence[ReportRow], Sequence[ReportFigure]], Chart | None]] = {
    "progress": _progress,
    "timeliness": _timeliness,
    "months": _months,
}
