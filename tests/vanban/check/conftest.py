"""Makers of plans for the rules' tests."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Sequence

import pytest

from vanban import plan
from vanban.check import Finding, check
from vanban.model import Line, Link, Plan, Source

HEAD = """ỦY BAN NHÂN DÂN
TỈNH CÀ MAU
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
Số: 61/KH-UBND
Cà Mau, ngày 12 tháng 8 năm 2025

KẾ HOẠCH
Triển khai công tác dân vận chính quyền năm 2025

"""
BASIS = """Thực hiện Kế hoạch số 12/KH-BNV ngày 05/01/2025 của Bộ Nội vụ, Ủy ban nhân dân tỉnh ban hành Kế hoạch như sau:

"""
AIMS = """I. MỤC ĐÍCH, YÊU CẦU
1. Nâng cao nhận thức của cán bộ, công chức.
2. Bảo đảm thiết thực, tiết kiệm.
"""
END = """
Nơi nhận:
- Bộ Nội vụ (b/c);
- Các sở, ban, ngành;
- Lưu: VT, NC.
TM. ỦY BAN NHÂN DÂN
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH

Trần Văn Bình
"""
TODAY = dt.date(2026, 11, 22)


def make_plan(
    text: str, *, quality: str = "good", media_type: str = "text/plain", links: Sequence[Link] = (), pages: int = 0
) -> Plan:
    """The plan in ``text``; ``pages`` parts the lines evenly into so many pages."""
    printed = text.split("\n")
    size = len(printed) // pages + 1 if pages else 0
    lines = tuple(Line(at + 1, line, at // size + 1 if size else None) for at, line in enumerate(printed))
    digest = hashlib.sha256(text.encode()).hexdigest()
    source = Source("ke-hoach.txt", digest, media_type, pages or None, lines, (), quality, links=tuple(links))  # type: ignore[arg-type]
    return plan.read(source)


@pytest.fixture(name="check_body")
def _check_body() -> Callable[..., tuple[Finding, ...]]:
    """Checks sections between the head and the end of an ordinary plan of 12/08/2025."""

    def check_body(sections: str, *, basis: str = BASIS, end: str = END, **options: object) -> tuple[Finding, ...]:
        made = make_plan(f"{HEAD}{basis}{AIMS}{sections}{end}")
        return check(made, **{"as_of": TODAY, **options})  # type: ignore[arg-type]

    return check_body
