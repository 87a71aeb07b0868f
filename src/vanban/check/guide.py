"""The guide page of the rules, written from ``RULES``: ``python -m vanban.check.guide > "
"docs/guide/quy-tac-kiem-tra.md``."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from vanban.check.rules import RULES

_INTRO = """\
# Quy tắc kiểm tra kế hoạch

`vanban check TỆP` và trang rà soát nêu những điều mà một người đọc kỹ sẽ không đồng ý. Mỗi điều có quy tắc, mức độ, số dòng,
một câu nói rõ sai gì và cần làm gì, và lời văn đề xuất nếu có. Chương trình không tự sửa văn bản.

| mức độ | nghĩa |
|---|---|
| lỗi | sai trong văn bản; cần sửa trước khi ban hành, hoặc đính chính |
| cảnh báo | rất có thể sai, hoặc nay không còn đúng; cần người có trách nhiệm quyết định |
| lưu ý | nên biết; thường không phải lỗi của người soạn |

Bảng dưới ghi mức độ cao nhất của mỗi quy tắc. Hiệu lực của văn bản và sự tồn tại của cơ quan xét theo ngày `--as-of` (mặc định
là hôm nay; ngày này được in ra). Điều xảy ra sau ngày ban hành kế hoạch không bị coi là lỗi của người soạn. Văn bản hỏng dấu
hoặc nhận dạng từ ảnh chỉ bị xét bằng những quy tắc không phụ thuộc vào từng con chữ. Bỏ một quy tắc bằng `--off TÊN`;
nền tảng và thư viện dùng cùng những tên này (`vanban.check.RULES`).

Các bảng sự kiện (`src/vanban/data/validity.csv`, `successors.csv`) ghi ngày và cơ sở pháp lý từng dòng; khi có văn bản mới,
chỉ thêm dòng, không sửa chương trình.
"""
_SEVERITY = {"error": "lỗi", "warning": "cảnh báo", "note": "lưu ý"}


def page() -> str:
    """The page in Markdown: what the rules are for, a table of them, a section each."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield _INTRO
    yield "| quy tắc | nội dung | mức độ |"
    yield "|---|---|---|"
    for rule in RULES.values():
        yield f"| [`{rule.name}`](#{rule.name}) | {rule.title['vi']} | {_SEVERITY[rule.severity]} |"
    for rule in RULES.values():
        yield f"\n## {rule.name}\n"
        yield f"**{rule.title['vi']}** ({_SEVERITY[rule.severity]})\n"
        yield f"{rule.reason['vi']}\n"
        yield f"Nguồn: {rule.source['vi']}."


if __name__ == "__main__":
    sys.stdout.write(page())
