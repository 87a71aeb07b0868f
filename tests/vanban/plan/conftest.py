"""Makers of plans for these tests."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence

import pytest

from vanban import plan
from vanban.model import Line, Plan, Source, Table

HEAD = """ỦY BAN NHÂN DÂN
TỈNH HÀ GIANG
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
Số: 45/KH-UBND
Hà Giang, ngày 05 tháng 02 năm 2018

KẾ HOẠCH
Tuyên truyền cải cách hành chính năm 2018

Thực hiện Kế hoạch số 12/KH-BNV ngày 05/01/2018 của Bộ Nội vụ, Ủy ban nhân dân tỉnh ban hành Kế hoạch như sau:

I. MỤC ĐÍCH, YÊU CẦU
1. Nâng cao nhận thức của cán bộ, công chức.
2. Bảo đảm thiết thực, tiết kiệm.
"""
END = """
Nơi nhận:
- Bộ Nội vụ (b/c);
- Lưu: VT, NC.
TM. ỦY BAN NHÂN DÂN
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH

Trần Văn Bình
"""


def make_source(
    text: str, tables: Sequence[Table] = (), quality: str = "good", media_type: str = "text/plain"
) -> Source:
    """A file with the lines of ``text``."""
    lines = tuple(Line(number, line) for number, line in enumerate(text.split("\n"), 1))
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return Source("ke-hoach.txt", digest, media_type, None, lines, tuple(tables), quality)  # type: ignore[arg-type]


@pytest.fixture(name="read")
def _read() -> Callable[..., Plan]:
    """Reads a whole document from its text."""

    def read(text: str, **fields: object) -> Plan:
        return plan.read(make_source(text, **fields))  # type: ignore[arg-type]

    return read


@pytest.fixture(name="read_body")
def _read_body() -> Callable[[str], Plan]:
    """Reads sections between the head and the end of an ordinary plan."""

    def read_body(sections: str) -> Plan:
        return plan.read(make_source(f"{HEAD}{sections}{END}"))

    return read_body
