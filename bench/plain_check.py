"""The peer of ``bench/check.py``: a plan checked with plain regular expressions over its text, as one would write them
in an afternoon: doubled words, labels that skip, impossible dates, deadlines before the date, names and numbers of a list.

    python bench/plain_check.py FILE [--as-of YYYY-MM-DD]

prints "line<TAB>rule<TAB>text" for each finding. It reads no structure: no blocks, no citations, no agencies by field.
"""

from __future__ import annotations

import argparse
import datetime as dt
import pathlib
import re
from collections.abc import Iterator

ENDED = {
    "Sở Thông tin và Truyền thông": "2025-03-01",
    "Sở Kế hoạch và Đầu tư": "2025-03-01",
    "Sở Giao thông vận tải": "2025-03-01",
    "Sở Lao động": "2025-03-01",
    "Bộ Thông tin và Truyền thông": "2025-03-01",
    "Bộ Lao động": "2025-03-01",
    "UBND các huyện": "2025-07-01",
    "Ủy ban nhân dân các huyện": "2025-07-01",
    "Phòng Tư pháp": "2025-07-01",
    "Phòng Văn hóa và Thông tin": "2025-07-01",
}
REPLACED = {
    "09/2017/NĐ-CP": "2026-07-01",
    "45/2025/NĐ-CP": "2025-07-01",
    "42/2022/NĐ-CP": "2026-07-01",
    "13/2023/NĐ-CP": "2026-01-01",
    "83/2015/QH13": "2026-01-01",
    "Luật Tiếp cận thông tin": "2026-09-01",
    "Luật Ngân sách": "2026-01-01",
}
DATE = re.compile(r"ngày\s+(\d{1,2})(?:/|\s+tháng\s+)(\d{1,2})(?:/|\s+năm\s+)(\d{4})")
CITED = re.compile(r"(\d+(?:/\d{4})?/[\w&]+-[\w&-]+)[,\s]+ngày\s+(\d{1,2}/\d{1,2}/\d{4})")
LABEL = re.compile(r"^\s*(?:(\d{1,2})\.\s|([a-zđ])\)\s|([IVX]+)\.\s)")
LETTERS = "abcdđeghiklmnopqrstuvxy"
ROMAN = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"]


def check(text: str, as_of: dt.date) -> Iterator[tuple[int, str, str]]:
    """(line, rule, text) of each finding."""

    def line(at: int) -> int:
        return text.count("\n", 0, at) + 1

    for match in re.finditer(r"\b(\w+)\s+\1\b", text, re.IGNORECASE):
        if match[1].isalpha():
            yield line(match.start()), "repeated-word", match[0]
    dates = []
    for match in DATE.finditer(text):
        day, month, year = map(int, match.groups())
        try:
            dates.append((match.start(), dt.date(year, month, day)))
        except ValueError:
            yield line(match.start()), "date-impossible", match[0]
    issued = dates[0][1] if dates else None
    for match in re.finditer(
        r"(?i)thời\s+(?:gian|hạn)[^:\n]{0,30}:[^\n]*?trước\s+ngày\s+(\d{1,2})/(\d{1,2})/(\d{4})", text
    ):
        day, month, year = map(int, match.groups())
        if issued and (year, month, day) <= (issued.year, issued.month, issued.day):
            yield line(match.start()), "deadline-before-issue", match[0]
    for names, rule in ((ENDED, "agency-abolished"), (REPLACED, "citation-superseded")):
        for name, since in names.items():
            if dt.date.fromisoformat(since) <= as_of:
                for match in re.finditer(re.escape(name).replace(r"\ ", r"\s+"), text):
                    yield line(match.start()), rule, name
    seen: dict[str, str] = {}
    for match in CITED.finditer(text):
        if seen.setdefault(match[1], match[2]) != match[2]:
            yield line(match.start()), "citation-conflict", match[0]
        year = re.match(r"\d+/(\d{4})/", match[1])
        if year and not match[2].endswith(year[1]):
            yield line(match.start()), "citation-year", match[0]
    last: dict[int, int] = {}
    for number, row in enumerate(text.split("\n"), 1):
        found = LABEL.match(row)
        if not found:
            continue
        kind = next(i for i, part in enumerate(found.groups()) if part)
        label = found[kind + 1]
        value = (
            int(label)
            if kind == 0
            else LETTERS.find(label) + 1
            if kind == 1
            else (ROMAN.index(label) + 1 if label in ROMAN else 0)
        )
        if value not in (1, last.get(kind, 0) + 1):
            yield number, "numbering-gap", row.strip()[:40]
        last[kind] = value
    for match in re.finditer(r"(?i)duy\s+trì[^\n]*", text):
        if re.search(r"(?i)hoàn\s+thành\s+trước", text[match.start() : match.start() + 500]):
            yield line(match.start()), "perpetual-with-deadline", match[0][:40]
    for match in re.finditer(r"https?://\S*?(?:quyet-dinh|nghi-dinh|ke-hoach)-(\d+)-\S*", text):
        if not re.search(rf"\b0*{int(match[1])}/", text):
            yield line(match.start()), "citation-link-mismatch", match[0]
    if not re.search(r"Số:?\s*\d+/", text):
        yield 1, "header-missing", "Số"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=pathlib.Path)
    parser.add_argument("--as-of", type=dt.date.fromisoformat, default=dt.date.today())
    options = parser.parse_args()
    for found in check(options.file.read_text("utf-8"), options.as_of):
        print(*found, sep="\t")
