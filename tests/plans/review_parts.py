"""What the tests of the review look at."""

from __future__ import annotations

from nhipcau.plans.models import Doubt, Reading
from nhipcau.plans.reviewing import contents


def unknown(reading: Reading) -> Doubt:
    return reading.doubts.get(kind="agency-unmatched")


def value(reading: Reading, pointer: str):
    reading.refresh_from_db()
    return contents.get(reading.current, pointer)


TORN = """\
KẾ HOẠCH
Truyền thông chính sách
I. NHIỆM VỤ
1. Nhóm một
a) Tổ chức hội nghị phổ biến chính sách.
b) Biên soạn tài liệu cho cơ sở.
- Cơ quan chủ trì: Sở Tư pháp.
- Thời gian thực hiện: Thường xuyên.
2. Nhóm hai
a) Mở chuyên mục trên báo.
b) Mở chuyên trang trên cổng.
- Cơ quan chủ trì: Sở Nội vụ.
- Thời gian thực hiện: Thường xuyên.
"""


def shared(reading: Reading) -> list[Doubt]:
    return list(reading.doubts.filter(kind="shared-block"))
