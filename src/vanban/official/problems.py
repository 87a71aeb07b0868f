"""What stands in the way of printing a document so that it says what it should, and nothing else."""

from __future__ import annotations

import dataclasses
import re
import unicodedata
from collections.abc import Iterator

from vanban.official.document import (
    TITLED_BELOW,
    Annex,
    Block,
    Heading,
    OfficialDocument,
    Paragraph,
    Picture,
    Run,
    Table,
    text_of,
)
from vanban.official.types import UNTITLED, form_of

_MARKS = {
    "part": re.compile(r"Phần [IVXLC]+"),
    "chapter": re.compile(r"Chương [IVXLC]+"),
    "section": re.compile(r"Mục \d+"),
    "subsection": re.compile(r"Tiểu mục \d+"),
    "roman": re.compile(r"[IVXLC]+\."),
    "article": re.compile(r"Điều \d+\."),
    "arabic": re.compile(r"\d+\."),
    "letter": re.compile(r"[a-zđ]{1,2}\)"),
}
_PARAGRAPH_MARK = re.compile(r"|Điều \d+\.|\d+\.|[a-zđ]{1,2}\)|-|\+")
_LOOKS_MARKED = re.compile(
    r"(?:[IVXLC]+\.|\d+\.|[a-zđ]{1,2}\)|[-+–—−•·◦▪●‣]|Điều \d+\.)\s|(?:(?:Phần|Chương) [IVXLC]+|(?:Mục|Tiểu mục) \d+)$"
)
_TALLEST = 20  # times as high as wide: what is higher than a page is made smaller
_URGENCIES = ("", "KHẨN", "THƯỢNG KHẨN", "HỎA TỐC")
_CODE = re.compile(r"[A-ZĐƯa-zđ0-9&]+(?:-[A-ZĐƯa-zđ0-9&]+)*")


@dataclasses.dataclass(frozen=True, slots=True)
class Problem:
    """Where (a field, or "body[3]") and why, in Vietnamese and in English; both say what to do."""

    where: str
    vi: str
    en: str


class Unprintable(Exception):
    """The document cannot be printed as it is. ``problems`` says what to mend."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("; ".join(f"{problem.where}: {problem.en}" for problem in problems))
        self.problems = problems


def problems(document: OfficialDocument) -> tuple[Problem, ...]:
    """Everything in a document that has to be mended before it can be printed; nothing: it can be."""
    return tuple(_found(document))


def _found(document: OfficialDocument) -> Iterator[Problem]:
    for name in ("type", "issuer", "subject"):
        if not getattr(document, name).strip() and not (name == "subject" and document.type in UNTITLED):
            yield Problem(name, "Chưa có nội dung. Bạn hãy ghi vào.", "Empty. Fill it in.")
    for name in ("issuer", "parent", "authority"):
        value = getattr(document, name)
        if not _is_in_capitals(value):
            yield Problem(name, "Phải viết bằng chữ in hoa.", "Write it in capitals.")
    if document.number is not None and document.number < 1:
        yield Problem("number", "Số văn bản bắt đầu từ 1.", "Numbers begin with 1.")
    if not _CODE.fullmatch(document.code):
        vi = "Ký hiệu chỉ có chữ viết tắt nối bằng gạch ngang, ví dụ KH-UBND."
        yield Problem("code", vi, "The symbol has abbreviations joined by hyphens only, such as KH-UBND.")
    if form_of(document.type) == "decision" and not document.authority:
        yield Problem("authority", "Cần ghi thẩm quyền ban hành.", "Say who decides.")
    if form_of(document.type) != "decision" and document.authority:
        vi = "Chỉ nghị quyết, quyết định ghi thẩm quyền ban hành; bạn hãy để trống (Phụ lục III, mẫu 1.1–1.3)."
        yield Problem("authority", vi, "Only resolutions and decisions say who decides; leave it empty.")
    for name in ("issuer", "parent", "subject", "place", "archive", "authority", "type"):
        yield from _text(name, getattr(document, name))
    for name in ("bases", "addressees", "recipients"):
        for index, value in enumerate(getattr(document, name)):
            yield from _text(f"{name}[{index}]", value)
            yield from _listed(f"{name}[{index}]", value)
    if document.urgency not in _URGENCIES:
        vi = f"Mức độ khẩn phải là một trong: {', '.join(_URGENCIES[1:])}."
        yield Problem("urgency", vi, f"Urgency is one of: {', '.join(_URGENCIES[1:])}.")
    if any(value.startswith("Lưu:") for value in document.recipients):
        yield Problem("recipients", "Nơi lưu ghi ở mục lưu.", "What is archived goes into the archive.")
    if document.signature.name and not document.signature.lines:
        yield Problem("signature", "Cần ghi chức vụ người ký.", "Say the post of the signer.")
    yield from _text("signature.name", document.signature.name)
    for line in document.signature.lines:
        yield from _text("signature", line)
        if not _is_in_capitals(line):
            yield Problem("signature", "Quyền hạn, chức vụ viết in hoa.", "Write authority and post in capitals.")
    yield from _body("body", document.body)
    if form_of(document.type) != "decision" and not document.bases and _is_all(document.body[:1], "italic"):
        vi = "Đoạn đầu in nghiêng cả đoạn trông như căn cứ; bạn hãy ghi vào mục căn cứ, hoặc bỏ in nghiêng."
        yield Problem(
            "body[0]", vi, "The first paragraph, all in italics, looks like a basis: make it one, or set it upright."
        )
    for index, annex in enumerate(document.annexes):
        for name in ("title", "attached"):
            yield from _text(f"annexes[{index}].{name}", getattr(annex, name))
        yield from _body(f"annexes[{index}].body", annex.body)
        yield from _annex_opening(f"annexes[{index}].body[0]", annex)


def _is_in_capitals(value: str) -> bool:
    """Whether all letters are capitals, and there are some: a page does not tell a name of signs alone from a mark."""
    return not value or (value == value.upper() and any(map(str.isalpha, value)))


def _annex_opening(where: str, annex: Annex) -> Iterator[Problem]:
    """What a reader takes the first paragraph of an annex for that has no title or no line under it."""
    first = annex.body[:1]
    if not annex.title and _is_all(first, "bold"):
        vi = "Đoạn đầu in đậm cả đoạn trông như tên phụ lục; bạn hãy ghi tên phụ lục, hoặc bỏ in đậm."
        yield Problem(
            where, vi, "The first paragraph, in bold, looks like the annex's title: add one, or set it plain."
        )
    words = "".join(text_of(block.runs) for block in first if isinstance(block, Paragraph))
    if not annex.attached and _is_all(first, "italic") and words.startswith("("):
        vi = "Đoạn đầu in nghiêng trong ngoặc trông như dòng «(Kèm theo …)»; bạn hãy ghi dòng đó, hoặc bỏ in nghiêng."
        en = "The first paragraph, in italics and brackets, looks like “(Kèm theo …)”: add that, or set it upright."
        yield Problem(where, vi, en)


def _is_all(first: tuple[Block, ...], hand: str) -> bool:
    """Whether a body begins with a paragraph without a mark that is all in one hand."""
    block = first[0] if first else None
    if not isinstance(block, Paragraph) or block.mark or not block.runs:
        return False
    return all(getattr(run, hand) for run in block.runs)


def _listed(where: str, value: str) -> Iterator[Problem]:
    """A line of a list, to which the layout adds its own signs."""
    if not value:
        yield Problem(where, "Dòng này để trống. Bạn hãy bỏ đi.", "This line is empty. Remove it.")
    elif value.startswith(("- ", "+ ")) or value.endswith((";", ".")):
        vi = "Bỏ gạch đầu dòng và dấu ở cuối dòng: khi in sẽ tự thêm."
        yield Problem(where, vi, "Remove the dash and the stop at the end: they are added in print.")


def _body(where: str, body: tuple[Block, ...]) -> Iterator[Problem]:
    for index, block in enumerate(body):
        place = f"{where}[{index}]"
        if isinstance(block, Heading):
            yield from _text(place, block.title)
            if not _MARKS[block.kind].fullmatch(block.mark):
                yield Problem(
                    place, f"Số mục «{block.mark}» chưa đúng kiểu.", f"“{block.mark}” is no mark of its kind."
                )
            if block.kind in TITLED_BELOW and not block.title:
                vi = "Phần, chương, mục, tiểu mục phải có tiêu đề (Phụ lục I, phần I, mục II, khoản 6, điểm d)."
                yield Problem(place, vi, "Parts, chapters, sections and subsections need a title.")
        elif isinstance(block, Paragraph):
            yield from _runs(place, block.runs)
            if not _PARAGRAPH_MARK.fullmatch(block.mark):
                yield Problem(place, f"Dấu đầu dòng «{block.mark}» chưa đúng.", f"“{block.mark}” is no mark.")
            if block.mark and block.align != "justify":
                vi = "Đoạn có dấu đầu dòng luôn canh đều hai lề."
                yield Problem(place, vi, "A paragraph with a mark is always justified.")
            if not block.mark and _LOOKS_MARKED.match(text_of(block.runs)):
                vi = "Đoạn văn mở đầu như một mục có số; bạn hãy đặt số vào dấu đầu dòng."
                yield Problem(place, vi, "The paragraph begins like a numbered one; put the number into its mark.")
        elif isinstance(block, Table):
            yield from _table(place, block)
        elif isinstance(block, Picture):
            if not block.alt.strip():
                yield Problem(place, "Hình cần có lời mô tả.", "A picture needs words that stand for it.")
            if not 0 < block.height <= _TALLEST:
                vi = f"Chiều cao của hình phải lớn hơn 0, không quá {_TALLEST} lần chiều rộng."
                yield Problem(place, vi, f"A picture is higher than 0, at most {_TALLEST} times as high as wide.")


def _table(place: str, table: Table) -> Iterator[Problem]:
    if not table.rows or not table.widths:
        yield Problem(place, "Bảng chưa có ô nào.", "The table has no cells.")
        return
    if any(width <= 0 for width in table.widths) or not 0 <= table.head_rows <= len(table.rows):
        yield Problem(place, "Độ rộng cột hoặc số dòng đầu bảng chưa đúng.", "Column widths or head rows do not fit.")
    for index, row in enumerate(table.rows[: table.head_rows]):
        if any(index + cell.rows > table.head_rows for cell in row):
            vi = "Ô gộp không được kéo từ các dòng đầu bảng xuống dưới."
            yield Problem(place, vi, "A merged cell reaches from the head of the table into its rows.")
    # Every place of the grid is covered once, by a cell that begins there or by one that reaches there.
    covered = [0] * len(table.widths)
    begun = set()  # the columns in which a cell begins: the others cannot be seen in print
    for row in table.rows:
        if not row:
            yield Problem(place, "Các ô gộp không khớp với số dòng.", "Merged cells do not fit the rows.")
            return
        free = sum(1 for left in covered if left == 0)
        if sum(cell.columns for cell in row) != free or any(cell.columns < 1 or cell.rows < 1 for cell in row):
            yield Problem(place, "Các ô gộp không khớp với số cột.", "Merged cells do not fit the columns.")
            return
        position = 0
        fresh = [max(0, left - 1) for left in covered]
        for cell in row:
            while covered[position]:
                position += 1
            if any(covered[position : position + cell.columns]):
                yield Problem(place, "Các ô gộp chồng lên nhau.", "Merged cells overlap.")
                return
            fresh[position : position + cell.columns] = [cell.rows - 1] * cell.columns
            begun.add(position)
            position += cell.columns
        covered = fresh
    if len(begun) < len(table.widths):
        yield Problem(place, "Có cột không có ô nào của riêng mình.", "There is a column without a cell of its own.")
    if any(covered):
        yield Problem(place, "Ô gộp vượt quá dòng cuối của bảng.", "A merged cell reaches below the last row.")
    for row in table.rows:
        for cell in row:
            for line in cell.lines:
                yield from _runs(place, line)


def _runs(where: str, runs: tuple[Run, ...]) -> Iterator[Problem]:
    if not runs:
        yield Problem(where, "Dòng này để trống. Bạn hãy bỏ đi.", "This line is empty. Remove it.")
    for run, after in zip(runs, runs[1:], strict=False):
        if (run.bold, run.italic) == (after.bold, after.italic):
            yield Problem(where, "Hai đoạn chữ liền nhau cùng kiểu: hãy nhập làm một.", "Join runs of the same hand.")
    yield from _text(where, text_of(runs))


def _text(where: str, text: str) -> Iterator[Problem]:
    if text != unicodedata.normalize("NFC", text):
        yield Problem(where, "Chữ chưa theo Unicode dựng sẵn (NFC).", "The text is not in NFC.")
    if text != " ".join(text.split()):
        vi = "Có khoảng trắng thừa, dấu xuống dòng hoặc tab."
        yield Problem(where, vi, "There are blanks too many, line breaks or tabs.")
    if any(unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Co") for sign in text):
        yield Problem(where, "Có ký tự không in được.", "There are signs that cannot be printed.")
