"""The guide page of the layout, written from ``RULES`` and the table of what is allowed:
``python -m vanban.lint.guide > docs/guide/the-thuc.md``."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from vanban.lint.rules import DECREE, ELEMENT_NAMES, RULES
from vanban.official import ELEMENTS

_INTRO = """\
# Quy tắc thể thức văn bản

`vanban lint TỆP.docx|TỆP.pdf` đo một văn bản (của hệ thống hay của bất kỳ ai) theo thể thức, kỹ thuật trình bày mà Nghị định
30/2020/NĐ-CP quy định, và nêu từng điểm khác: thành phần nào, đo được bao nhiêu, cần bao nhiêu, theo mục nào, ở trang và dòng
nào (tệp DOCX: đoạn thứ mấy). Chương trình không sửa tệp. Điều giống nhau ở nhiều chỗ chỉ nêu một lần, kèm số chỗ. Bỏ một quy
tắc bằng `--off TÊN`. Tệp không phải văn bản hành chính chỉ có một dòng `not-official`.

Tệp DOCX được đo theo thiết lập của tệp (trang, kiểu, bảng); tệp PDF được đo theo vị trí, phông và cỡ của từng chữ, từng đường
kẻ. Điều nghị định để ngỏ (cỡ chữ trong bảng, khoảng trống để ký) không bị xét.
"""


def page() -> str:
    """The page in Markdown: how it is used, the rules with their articles, the table of sizes and hands."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield _INTRO
    yield "| quy tắc | nội dung | theo |"
    yield "|---|---|---|"
    for rule in RULES.values():
        yield f"| [`{rule.name}`](#{rule.name}) | {rule.title['vi']} | {rule.article} |"
    yield "\n## Cỡ chữ, kiểu chữ của từng thành phần\n"
    yield "| thành phần | cỡ chữ | kiểu chữ | in hoa | theo |"
    yield "|---|---|---|---|---|"
    for name, element in ELEMENTS.items():
        if not element.article:
            continue
        size = f"{element.low:g}" if element.low == element.high else f"{element.low:g}–{element.high:g}"
        hand = ("nghiêng" if element.italic else "đứng") + (", đậm" if element.bold else "")
        caps = "có" if element.caps else ""
        yield f"| {ELEMENT_NAMES[name][0]} | {size} | {hand} | {caps} | {element.article} |"
    for rule in RULES.values():
        yield f"\n## {rule.name}\n"
        yield f"**{rule.title['vi']}**\n"
        yield f"{rule.asks['vi']}\n"
        yield f"Nguồn: {DECREE}, {rule.article}."


if __name__ == "__main__":
    sys.stdout.write(page())
