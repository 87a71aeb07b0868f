"""Makers of plans for these tests."""

from __future__ import annotations

import pathlib
from collections.abc import Callable, Sequence

import pytest

from vanban import read_file
from vanban.dates import parse_when
from vanban.model import Citation, Duty, Header, Line, Plan, Source, Task

Row = tuple[str, Sequence[str], Sequence[str], str | None]


def make_plan(
    tasks: Sequence[Row] = (),
    duties: Sequence[tuple[Sequence[str], str]] = (),
    *,
    issuer: str = "Ủy ban nhân dân tỉnh Sơn La",
    symbol: str | None = "10/KH-UBND",
    title: str = "Phòng, chống cháy rừng",
    cited: Sequence[Citation] = (),
    name: str = "ke-hoach.txt",
) -> Plan:
    """A plan of ``tasks`` (text, lead, coordinating, time) and ``duties`` (agencies, text), coded 1, 2, 3 …"""
    text = "\n".join([title, *(row[0] for row in tasks), *(row[1] for row in duties)])
    lines = tuple(Line(number, line) for number, line in enumerate(text.split("\n"), 1))
    return Plan(
        source=Source(name, f"{issuer}{text}", "text/plain", None, lines),
        header=Header("KH", symbol, issuer, None, None, title),
        citations=tuple(cited),
        tasks=tuple(
            Task(
                f"I.{at}",
                None,
                row[0],
                tuple(row[1]),
                tuple(row[2]),
                None,
                parse_when(row[3]) if row[3] else None,
                False,
                (1, 1),
            )
            for at, row in enumerate(tasks, 1)
        ),
        duties=tuple(Duty(f"II.{at}", tuple(row[0]), row[1], (1, 1)) for at, row in enumerate(duties, 1)),
    )


@pytest.fixture(name="plan_of")
def _plan_of() -> Callable[..., Plan]:
    return make_plan


@pytest.fixture(name="lower_of")
def _lower_of() -> Callable[..., Plan]:
    """A plan of a district below that of ``plan_of``, which it cites."""
    cited = Citation("KH", "10/KH-UBND", None, "UBND tỉnh Sơn La", "Phòng, chống cháy rừng", True, ((1, 1),))

    def lower_of(*args: object, **fields: object) -> Plan:
        given = {"issuer": "Ủy ban nhân dân huyện Mộc Châu", "symbol": "7/KH-UBND", "cited": (cited,), **fields}
        return make_plan(*args, **given)  # type: ignore[arg-type]

    return lower_of


@pytest.fixture(name="demo", scope="session")
def _demo() -> tuple[Plan, Plan]:
    """The two demo plans, read."""
    demo = pathlib.Path(__file__).parents[3] / "data" / "demo"
    return (
        read_file(demo / "province_plan_08_kh_ubnd.txt"),
        read_file(demo / "city_plan_1927_kh_ubnd_ocr.txt"),
    )
