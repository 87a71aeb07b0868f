"""Pictures of a report, drawn by the server: SVG that stands alone (its colours and words in it, no script, no style), with
the rows of a table that say the same. Pure.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from xml.sax.saxutils import escape

from nhipcau.followup.models import Progress

from .models import ReportFigure, ReportRow

WIDTH = 640  # of the drawing, in its own units
MOST = 24  # bars of one drawing, so that it stands on a page; the table behind it has all
_ROW, _BAR, _LEFT, _RIGHT = 30, 16, 210, 60
_INK, _MUTED = "#1d2528", "#5b6669"


@dataclasses.dataclass(frozen=True, slots=True)
class Series:
    """One colour of a chart and what it stands for; ``pattern`` tells it apart where colours cannot be seen."""

    name: str
    colour: str


@dataclasses.dataclass(frozen=True, slots=True)
class Bar:
    """One line of a chart: its label and one value for each series."""

    label: str
    values: tuple[int, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class Chart:
    """A chart: its title, a sentence that says what is seen, the series, the bars (the table behind it), the drawing and
    its height as a share of its width."""

    title: str
    words: str
    series: tuple[Series, ...]
    bars: tuple[Bar, ...]
    svg: str
    height: float


def drawn(key: str, rows: Sequence[ReportRow], figures: Sequence[ReportFigure]) -> Chart | None:
    """The chart of this name; None where there is nothing to draw."""
    made = CHARTS[key](rows, figures) if key in CHARTS else None
    return made if made is not None and any(any(bar.values) for bar in made.bars) else None


def stacked(title: str, series: Sequence[Series], bars: Sequence[Bar]) -> Chart:
    """Bars lying on each other, one line for each; values stand in the table, totals at the end of the line."""
    shown = _shown(bars)
    most = max((sum(bar.values) for bar in shown), default=0) or 1
    height = 34 + _ROW * len(shown)
    pieces = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
        f'font-family="Tinos, Times New Roman, serif" font-size="13" role="img" aria-label="{_attribute(title)}">'
    ]
    x = 0.0
    for one in series:
        pieces.append(f'<rect x="{x:.0f}" y="2" width="12" height="12" fill="{one.colour}"/>')
        pieces.append(f'<text x="{x + 18:.0f}" y="13" fill="{_INK}">{escape(one.name)}</text>')
        x += 30 + 6.6 * len(one.name)
    for position, bar in enumerate(shown):
        pieces.extend(_line(bar, series, 34 + _ROW * position, (WIDTH - _LEFT - _RIGHT) / most))
    pieces.append("</svg>")
    return Chart(title, _words(title, series, bars), tuple(series), tuple(bars), "".join(pieces), height / WIDTH)


def _shown(bars: Sequence[Bar]) -> list[Bar]:
    """The bars that are drawn: all, or those with the least done and, as one bar, the mean of the others."""
    if len(bars) <= MOST:
        return list(bars)
    worst = sorted(bars, key=lambda bar: (bar.values[0] / (sum(bar.values) or 1), bar.label))[: MOST - 1]
    rest = [bar for bar in bars if bar not in worst]
    mean = tuple(round(sum(values) / len(rest)) for values in zip(*(bar.values for bar in rest), strict=True))
    return [*worst, Bar(f"Trung bình {len(rest)} đơn vị khác", mean)]


def _line(bar: Bar, series: Sequence[Series], y: int, scale: float) -> list[str]:
    pieces = [f'<text x="{_LEFT - 8}" y="{y + 13}" text-anchor="end" fill="{_INK}">{escape(_cut(bar.label))}</text>']
    x = float(_LEFT)
    for one, value in zip(series, bar.values, strict=True):
        width = value * scale
        if value:
            pieces.append(f'<rect x="{x:.1f}" y="{y}" width="{width:.1f}" height="{_BAR}" fill="{one.colour}"/>')
        if width > 18:
            middle = x + width / 2
            pieces.append(f'<text x="{middle:.1f}" y="{y + 13}" text-anchor="middle" fill="#ffffff">{value}</text>')
        x += width
    pieces.append(f'<text x="{x + 6:.1f}" y="{y + 13}" fill="{_MUTED}">{sum(bar.values)}</text>')
    return pieces


def _words(title: str, series: Sequence[Series], bars: Sequence[Bar]) -> str:
    told = (
        f"{bar.label}: "
        + ", ".join(f"{one.name.lower()} {value}" for one, value in zip(series, bar.values, strict=True))
        for bar in bars[:12]
    )
    return f"{title}. {'; '.join(told)}."


def _cut(text: str) -> str:
    return text if len(text) <= 32 else f"{text[:31].rstrip()}…"


def _attribute(text: str) -> str:
    return escape(text, {'"': "&quot;"})


# --- the charts of this room ------------------------------------------------------------------------------------------

_DONE, _RUNNING = Series("Đã hoàn thành", "#2f6b3f"), Series("Đang thực hiện", "#1f5f6b")
_WAITING, _CANNOT = Series("Chưa thực hiện", "#8a949a"), Series("Đang vướng", "#9a6a00")
_ON_TIME, _LATE = Series("Đúng hạn", "#1f5f6b"), Series("Chậm", "#a3262a")


def _progress(rows: Sequence[ReportRow], _figures: Sequence[ReportFigure]) -> Chart:
    """How far the tasks are, by group of tasks; of several organisations, by organisation."""
    states = (Progress.DONE, Progress.IN_PROGRESS, Progress.NOT_STARTED, Progress.CANNOT)
    bars = [
        Bar(label, tuple(sum(1 for row in some if row.progress == state) for state in states))
        for label, some in _parted(rows).items()
    ]
    return stacked("Tiến độ thực hiện nhiệm vụ", (_DONE, _RUNNING, _WAITING, _CANNOT), bars)


def _timeliness(rows: Sequence[ReportRow], _figures: Sequence[ReportFigure]) -> Chart:
    """What was done in time and what is late, by the month of the due day."""
    months: dict[str, list[int]] = {}
    for row in sorted((row for row in rows if row.due.year < 9999), key=lambda row: row.due):
        counts = months.setdefault(f"{row.due:%m/%Y}", [0, 0])
        counts[1 if row.is_late else 0] += 1
    bars = [Bar(f"Hạn tháng {month}", (good, late)) for month, (good, late) in months.items()]
    return stacked("Nhiệm vụ đúng hạn và chậm theo tháng của thời hạn", (_ON_TIME, _LATE), bars)


def _parted(rows: Sequence[ReportRow]) -> dict[str, list[ReportRow]]:
    several = len({row.organisation_id for row in rows}) > 1
    found: dict[str, list[ReportRow]] = {}
    for row in rows:
        label = row.organisation.label if several else (row.task.group or "Nhiệm vụ khác")
        found.setdefault(label, []).append(row)
    return found


CHARTS: Mapping[str, Callable[[Sequence[ReportRow], Sequence[ReportFigure]], Chart]] = {
    "progress": _progress,
    "timeliness": _timeliness,
}
