"""The peer of ``bench/vanban_plans.py``: a plan read with plain regular expressions, as one would write them in an
afternoon.

    python bench/plain_reader.py FILE --json

It knows labels with a dash, numbered items, headings of agencies, tables of one cell a line with the usual five
columns; it
prints the object of the contract. It reads no torn text, shares no block beyond the items of its section, repairs
nothing.
"""

from __future__ import annotations

import hashlib
import json
import pathlib
import re
import sys

LABEL = re.compile(
    r"^[-+*]?\s*(Cơ quan|Đơn vị)?\s*(chủ trì|phối hợp|thực hiện|Chủ trì|Phối hợp|Thời gian|Thời hạn)[^:]{0,25}:\s*(.*)$"
)
ITEM = re.compile(r"^(?:[a-zđ]\)|\d+\.(?:\d+\.)?|[-+])\s*(.+)$")
SECTION = re.compile(r"^([IVX]+)\.\s*(.+)$")
AGENCY = re.compile(
    r"^(\d+)\.\s*(?:Đề nghị |Giao )?((?:Sở|Ban|Công an|Văn phòng|Các sở|UBND|Ủy ban|Báo|Phòng)[^.:;]{2,120}):?$"
)
NUMBER = re.compile(r"Số\s*:?\s*(\d+/[\w-]+)")
DATE = re.compile(r"ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})")
CITED = re.compile(r"(?:số\s+)?(\d+(?:/\d{4})?/[A-ZĐ]+(?:-[A-ZĐ]+)*)")


def paragraphs(text: str) -> list[tuple[int, int, str]]:
    """(first line, last line, text) of each paragraph: a line that opens with a label begins one, small letters go
    on."""
    out: list[tuple[int, int, str]] = []
    blank = True
    for number, raw in enumerate(text.split("\n"), 1):
        line = raw.strip()
        if not line or line.startswith("http"):
            blank = blank or not line
            continue
        opens = line == "|" or any(pattern.match(line) for pattern in (ITEM, SECTION, LABEL))
        goes_on = line[0].islower() or not (blank or opens)
        blank = False
        if out and goes_on and not opens and out[-1][2] != "|":
            out[-1] = (out[-1][0], number, f"{out[-1][2]} {line}")
        else:
            out.append((number, number, line))
    return out


def names(text: str) -> list[str]:
    """A list of agencies cut at semicolons and at commas before a capital."""
    return [name.strip(" .") for name in re.split(r";|,\s+(?=[A-ZĐỦ]|các )", text) if name.strip(" .")]


def when(text: str) -> dict[str, object]:
    return {"text": text.strip(" ."), "kind": "other", "start": None, "due": None, "month_day": None, "day": None}


def table_rows(text: str) -> list[dict[str, object]]:
    """Rows of number, text, lead, coordinators, time: one cell between two bars."""
    cells = [" ".join(cell.split()) for cell in re.split(r"(?m)^\|$", text)]
    out: list[dict[str, object]] = []
    for at in range(len(cells) - 4):
        number, item, lead, coord, time = cells[at : at + 5]
        if re.fullmatch(r"\d{1,2}", number) and len(item.split()) > 3 and re.match("Sở|UBND|Bộ|Ban|Văn phòng", lead):
            out.append(
                {"code": f"PL.{len(out) + 1}", "group": None, "text": item, "lead": names(lead), "form": None}
                | {"coordinating": names(coord), "time": when(time), "shared_block": False, "lines": [1, 1]}
            )
    return out


def read(path: pathlib.Path) -> dict[str, object]:
    """The plan in the file at ``path`` as the contract's object."""
    data = path.read_bytes()
    text = data.decode("utf-8", "replace")
    tasks: list[dict[str, object]] = []
    duties: list[dict[str, object]] = []
    reporting: list[dict[str, object]] = []
    pending: list[tuple[int, int, str]] = []
    block: dict[str, str] = {}
    group, owner, implementing = None, None, False

    def flush() -> None:
        for first, last, item in pending if block else []:
            code = f"{group or 'I'}.{len(tasks) + 1}"
            tasks.append(
                {
                    "code": code,
                    "group": group,
                    "text": item,
                    "lead": names(block.get("lead", "")),
                    "lines": [first, last],
                }
                | {"coordinating": names(block.get("coord", "")), "form": None, "shared_block": len(pending) > 1}
                | {"time": when(block["time"]) if "time" in block else None}
            )
        if block:
            pending.clear()
            block.clear()

    for first, last, line in paragraphs(text):
        label, section, agency = LABEL.match(line), SECTION.match(line), AGENCY.match(line)
        if section:
            flush()
            pending.clear()
            group, owner = section[1], None
            implementing = bool(re.search("TỔ CHỨC THỰC HIỆN|PHÂN CÔNG", section[2].upper()))
        elif label:
            word = label[2].lower()
            role = "coord" if "phối" in word else "time" if "thời" in word else "lead"
            block[role] = label[3]
        elif implementing and agency:
            owner = agency[2]
        elif implementing and owner and re.match(r"^(?:[-+]|[a-zđ]\))|^[A-ZĐ]", line):
            item = ITEM.match(line)
            duty = item[1] if item else line
            duties.append(
                {"code": f"{group}.{len(duties) + 1}", "agencies": names(owner), "text": duty, "lines": [first, last]}
            )
        elif item := ITEM.match(line):
            flush()
            pending.append((first, last, item[1]))
        report = re.search(
            r"báo cáo .{0,120}?(?:cho|về|gửi)\s+([A-ZĐỦ][^(.;,]{3,60}?)\s*(?:\((?:thông )?qua ([^)]+)\))?(?:[.;,]|$)",
            line,
        )
        if report:
            who = names(owner) if owner else ["các cơ quan, đơn vị"]
            reporting.append({"who": who, "to": report[1], "via": report[2], "time": None, "lines": [first, last]})
    flush()
    tasks.extend(table_rows(text))
    number, date = NUMBER.search(text), DATE.search(text)
    end = re.search(r"Nơi nhận:?(.*?)(?:\n\s*\||TM\.|KT\.|$)", text, re.DOTALL)
    recipients = [r.strip(" -;.") for r in end[1].split("\n") if r.strip(" -;.|")] if end else []
    signed = re.search(r"CHỦ TỊCH\s*\n\s*([A-ZĐ]\w+(?: \w+){1,4})\s*(?:\n|$)", text)
    symbols = list(dict.fromkeys(m[1] for m in CITED.finditer(text) if not number or m[1] != number[1]))
    blank = {"doc_type": None, "date": None, "issuer": None, "title": None, "is_basis": False, "mentions": [[1, 1]]}
    return {
        "schema": "plan/1",
        "source": {
            "name": path.name,
            "sha256": hashlib.sha256(data).hexdigest(),
            "media_type": "text/plain",
            "pages": None,
        }
        | {"line_count": text.count("\n") + 1, "text_quality": "good"},
        "header": {
            "doc_type": "KH",
            "symbol": number[1] if number else None,
            "issuer": None,
            "place": None,
            "title": None,
        }
        | {"date": f"{date[3]}-{int(date[2]):02}-{int(date[1]):02}" if date else None},
        "citations": [{**blank, "symbol": symbol} for symbol in symbols],
        "tasks": tasks,
        "duties": duties,
        "reporting": reporting,
        "obligations": [],
        "recipients": recipients,
        "signature": {
            "authority": None,
            "capacity": "KT. CHỦ TỊCH PHÓ CHỦ TỊCH",
            "name": signed[1] if signed else None,
        },
        "doubts": [],
    }


if __name__ == "__main__":
    print(json.dumps(read(pathlib.Path(sys.argv[1])), ensure_ascii=False))
