"""One plan, set as text, as a Word document, as a PDF and as a web page, is read as one and the same plan."""

from __future__ import annotations

import html
import io
import pathlib
import re

import docx
import pytest
from docx.oxml import parse_xml
from make_files import beside, gap, level, listed, numbering, p, para, pdf, ruled, word

from vanban.model import Plan
from vanban.plan import read
from vanban.source import load

SEED = pathlib.Path(__file__).parents[3] / "data" / "demo" / "province_plan_08_kh_ubnd.txt"
MARK = re.compile(r"([IVX]+\.|\d+\.|[a-zđ]\)|-)\s+(.*)", re.DOTALL)
LEFT = ["ỦY BAN NHÂN DÂN", "TỈNH BÀ RỊA – VŨNG TÀU", "Số: 08/KH-UBND"]
RIGHT = ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Vũng Tàu, ngày 08 tháng 01 năm 2024"]


def paragraphs() -> list[str]:
    """The paragraphs of the seed: its printed lines put together again."""
    out: list[str] = []
    full = False  # whether the line before reached the margin
    for line in SEED.read_text("utf-8").splitlines():
        text = line.strip()
        if not text or text.startswith("http"):
            continue
        if out and full and not MARK.match(text) and not text.startswith(("Thực hiện", "Theo đề nghị", "Nơi nhận")):
            out[-1] += " " + text
        else:
            out.append(text)
        full = len(text) > 58 and not text.endswith((".", ";", "./.")) or text.endswith("Quyết định số")
    return out


def facts(plan: Plan) -> dict[str, object]:
    """What a plan says, without the lines where it says so."""
    tasks = [
        (t.code, " ".join(t.text.split()), t.lead, t.coordinating, t.form, t.time and t.time.text, t.shared_block)
        for t in plan.tasks
    ]
    return {
        "tasks": tasks,
        "duties": [(d.code, d.agencies) for d in plan.duties],
        "reporting": [(r.who, r.to, r.via, r.time and r.time.month_day) for r in plan.reporting],
        "citations": [(c.symbol, c.date, c.issuer) for c in plan.citations],
        "recipients": plan.recipients,
        "signature": plan.signature,
        "title": plan.header.title,
    }


def split() -> tuple[list[str], list[str], list[str]]:
    """The body of the plan, its recipients and its signature."""
    found = paragraphs()
    recipients = next(at for at, text in enumerate(found) if text.startswith("Nơi nhận"))
    signature = next(at for at, text in enumerate(found) if text.startswith("TM."))
    return found[:recipients], found[recipients:signature], found[signature:]


def as_word() -> bytes:
    """A Word document that numbers I., 1., a) and - by itself, with its letterhead in a text box, its signature in a
    table. Vietnamese letters go a b c d đ e, so that what Word cannot count is typed."""
    levels = "".join(
        level(at, form, text)
        for at, (form, text) in enumerate(
            [("upperRoman", "%1."), ("decimal", "%2."), ("lowerLetter", "%3)"), ("bullet", "-")]
        )
    )
    body, recipients, signature = split()
    letterhead = "".join(p(text) for text in [*LEFT, *RIGHT])
    shape = f"<v:shape><v:textbox><w:txbxContent>{letterhead}</w:txbxContent></v:textbox></v:shape>"
    parts = [f"<w:p><w:r><w:pict>{shape}</w:pict></w:r></w:p>"]
    letters = 0
    for text in body:
        match = MARK.match(text)
        kind = "" if match is None else match[1]
        counted = kind.endswith(")") and kind[0] == "abcdefg"[letters]
        letters = letters + counted if not kind.endswith(".") else 0
        if match is None or (kind.endswith(")") and not counted):
            parts.append(p(html.escape(text)))
        else:
            depth = 3 if kind == "-" else 2 if counted else 1 if kind[0].isdigit() else 0
            parts.append(listed(html.escape(match[2]), 1, depth))
    ends = "".join(f"<w:tc>{''.join(p(text) for text in block)}</w:tc>" for block in (recipients, signature))
    parts.append(f"<w:tbl><w:tr>{ends}</w:tr></w:tbl>{p()}")
    return word("".join(parts), parts={"numbering": numbering(levels)})


def as_pdf() -> bytes:
    body, recipients, signature = split()
    flow = [beside(LEFT, RIGHT), gap(), *[para(html.escape(text)) for text in body], gap()]
    return pdf([*flow, beside(recipients, signature, (260, 200))])


def as_html() -> bytes:
    body, recipients, signature = split()
    head = "".join(f"<td>{'<br>'.join(block)}</td>" for block in (LEFT, RIGHT))
    ends = "".join(f"<td>{'<br>'.join(block)}</td>" for block in (recipients, signature))
    text = "".join(f"<p>{html.escape(text)}</p>\n" for text in body)
    return f"<html><body><table><tr>{head}</table>{text}<table><tr>{ends}</table></body></html>".encode()


@pytest.mark.parametrize("made", [as_word, as_pdf, as_html])
def test_the_province_plan_is_the_same_in_every_form(made):
    plan = read(load(made()))
    expected = facts(read(load(SEED)))
    found = facts(plan)
    for part, value in expected.items():
        assert found[part] == value, part
    assert (plan.header.symbol, plan.header.place, str(plan.header.date)) == ("08/KH-UBND", "Vũng Tàu", "2024-01-08")


# --- a plan whose tasks stand in a table ---------------------------------------------------------------------------

HEAD = ["TT", "Nội dung", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian"]
OPENING = [
    "KẾ HOẠCH",
    "Truyền thông chính sách trên địa bàn tỉnh năm 2026",
    "Thực hiện Chỉ thị số 07/CT-TTg ngày 21/3/2023 của Thủ tướng Chính phủ, Ủy ban nhân dân tỉnh ban hành Kế hoạch:",
    "I. NHIỆM VỤ",
]


def rows() -> list[list[str]]:
    """The tasks of the seed as rows of a table."""
    tasks = read(load(SEED)).tasks
    return [
        [str(at), t.text, "; ".join(t.lead), "; ".join(t.coordinating), t.time.text if t.time else ""]
        for at, t in enumerate(tasks, start=1)
    ]


def table_in_word() -> bytes:
    document = docx.Document()
    for text in OPENING:
        document.add_paragraph(text)
    table = document.add_table(0, len(HEAD))
    for row in [HEAD, *rows()]:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    repeat = '<w:tblHeader xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>'
    table.rows[0]._tr.get_or_add_trPr().append(parse_xml(repeat))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def table_in_pdf() -> bytes:
    table = ruled([[html.escape(text) for text in row] for row in [HEAD, *rows()]], [28, 180, 100, 100, 60], size=9)
    return pdf([*[para(text) for text in OPENING], table])


def table_in_html() -> bytes:
    cells = "".join(
        "<tr>" + "".join(f"<td>{html.escape(text)}</td>" for text in row) + "</tr>" for row in [HEAD, *rows()]
    )
    return f"<html><body>{''.join(f'<p>{text}</p>' for text in OPENING)}<table>{cells}</table></body></html>".encode()


@pytest.mark.parametrize("made", [table_in_word, table_in_pdf, table_in_html])
def test_a_table_of_tasks_is_the_same_in_every_form(made):
    tasks = read(load(made())).tasks
    seed = read(load(SEED)).tasks
    assert [(" ".join(t.text.split()), t.lead, t.coordinating, t.time and t.time.text) for t in tasks] == [
        (" ".join(t.text.split()), t.lead, t.coordinating, t.time and t.time.text) for t in seed
    ]
