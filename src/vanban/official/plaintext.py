"""The body of an official document as plain text that people write, and back.

    I. KẾT QUẢ                      a section (Roman figures)
    *1. Về truyền thông*            a heading: number and title between stars
    1. Sở Tư pháp chủ trì …         a numbered paragraph; so are "a) …", "- …", "+ …", "Điều 1. …"
    Đã tổ chức *12 hội nghị*, _tăng_ so với năm trước.     bold between stars, italic between underlines
    [giữa] Văn bản đứng giữa dòng   so are [trái] and [phải]
    | Thôn | Số hội nghị |          a table, a line a row, the first its head; a column of numbers stands at the right
    | Thôn 1 | 4 |
    [Bảng 1]                        any other table, or a picture ([Hình 1]), by its place among them in the body

One line is one block, but for rows of a table; blank lines count for nothing. "Phần I", "Chương II", "Mục 1" and
"Tiểu mục 1" have their title on the next line. A sign after a backslash stands for itself. What is read is in the settled
form (``vanban.official.settling``):
``body_of(body_text(body), kept_in(body)) == body`` for every settled body without ``problems``, so that what was saved and
shown again is still the text that was typed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from vanban.official.document import (
    TITLED_BELOW,
    Align,
    Block,
    Heading,
    HeadingKind,
    Paragraph,
    Picture,
    Run,
    Runs,
    Table,
    TableCell,
    text_of,
)
from vanban.official.settling import settled_block

Kept = Table | Picture

_ALIGNED: dict[str, Align] = {"trái": "left", "giữa": "center", "phải": "right"}
_WORDS = {align: word for word, align in _ALIGNED.items()}
_PLACE = re.compile(r"\[(Bảng|Hình) (\d{1,4})(?:[:.][^\]]*)?\]", re.IGNORECASE)
_ALIGN = re.compile(r"\[(trái|giữa|phải)\](?: |$)", re.IGNORECASE)
_OPENING = re.compile(r"(?:Phần|Chương) [IVXLC]+|(?:Mục|Tiểu mục) \d+")
_OPENING_KINDS: dict[str, HeadingKind] = {
    "Phần": "part",
    "Chương": "chapter",
    "Mục": "section",
    "Tiểu mục": "subsection",
}
_ROMAN = re.compile(r"([IVXLC]+\.)(?: |$)")
_MARK = re.compile(r"(Điều \d+\.|\d+\.|[a-zđ]{1,2}\)|[-+])(?: |$)")
_DASHES = re.compile(r"[–—•](?= )")  # what word processors make of "-" at the head of a line
_STARRED = re.compile(r"\*(?!\*)((?:[^*\\]|\\.)*)\*")
_CELL = re.compile(r"((?:[^|\\]|\\.)*)\|")
_ROW = re.compile(rf"\|(?:{_CELL.pattern})+")
_NUMBER = re.compile(r"[-+]?[\d.,]+ ?%?|[-–]?")
_LEAST, _MOST = 4, 40  # signs: a column is as wide as its longest cell within these
_SIGNS = frozenset("\\*_")
_ONE_BY_ONE = re.compile(r"\\.|.")
_ALONE = re.compile(r"(?:(?<= )|^)[*_](?= |$)")


class NoSuchBlock(ValueError):
    """A line names a table or a picture that the body does not have. ``line``: which one, from 1; ``words``: as written."""

    def __init__(self, line: int, words: str) -> None:
        super().__init__(f"line {line}: {words}")
        self.line = line
        self.words = words


def kept_in(body: Sequence[Block]) -> tuple[Kept, ...]:
    """What is no text in a body: its pictures, and the tables that are more than rows of plain cells, in order."""
    return tuple(
        block for block in body if isinstance(block, Picture) or (isinstance(block, Table) and not _is_rows(block))
    )


def place_names(kept: Sequence[Kept]) -> tuple[str, ...]:
    """What stands for each of them in the text: "[Bảng 1]", "[Hình 1]", "[Bảng 2]"."""
    counts = {Table: 0, Picture: 0}
    names = []
    for block in kept:
        counts[type(block)] += 1
        names.append(f"[{'Bảng' if isinstance(block, Table) else 'Hình'} {counts[type(block)]}]")
    return tuple(names)


def body_text(body: Sequence[Block]) -> str:
    """A body as text. A blank line stands before what opens a part of it."""
    names = iter(place_names(kept_in(body)))
    lines: list[str] = []
    for block in body:
        if lines and isinstance(block, Heading | Table | Picture):
            lines.append("")
        if isinstance(block, Table) and _is_rows(block):
            lines.extend((*_rows(block), ""))  # the blank line keeps it apart from a table that follows
        elif isinstance(block, Table | Picture):
            lines.append(next(names))
        else:
            lines.extend(_written(block))
    return "\n".join(lines).rstrip("\n")


def body_of(text: str, kept: Sequence[Kept] = ()) -> tuple[Block, ...]:
    """The body that a text says. ``kept``: the tables and pictures that its lines may name. Signs that cannot be printed
    and blanks too many are dropped. Raises ``NoSuchBlock`` where a line names none of ``kept``."""
    blocks_of = dict(zip(place_names(kept), kept, strict=True))
    body: list[Block] = []
    opening = ""  # "Phần I", waiting for its title
    rows: list[str] = []  # of a table, waiting for its end
    for number, raw in enumerate((*re.split(r"\r\n|\r|\n", text), ""), start=1):
        line = _tidy(raw)
        if rows and not _ROW.fullmatch(line):
            body.append(_table(rows))
            rows = []
        if not line:
            continue
        if opening:
            body.append(_opened(opening, _plain(line)))
            opening = ""
        elif _OPENING.fullmatch(line):
            opening = line
        elif _ROW.fullmatch(line):
            rows.append(line)
        elif place := _PLACE.fullmatch(line):
            name = f"[{place[1].capitalize()} {int(place[2])}]"
            if name not in blocks_of:
                raise NoSuchBlock(number, line)
            body.append(blocks_of[name])
        else:
            body.append(_read(line))
    if opening:
        body.append(_opened(opening, ""))
    return tuple(body)


def _tidy(raw: str) -> str:
    """A line without what cannot be printed: control and format signs, blanks too many, other forms of Unicode."""
    printed = (sign for sign in raw if sign.isspace() or unicodedata.category(sign) not in ("Cc", "Cf", "Cs", "Co"))
    return " ".join(unicodedata.normalize("NFC", "".join(printed)).split())


def _written(block: Heading | Paragraph) -> Iterator[str]:
    if isinstance(block, Heading) and block.kind in TITLED_BELOW:
        yield block.mark
        yield _escaped(block.title) or "\\"
        return
    if isinstance(block, Heading):
        line = f"{block.mark} {_escaped(block.title)}".rstrip()
        yield line if block.kind == "roman" else f"*{line}*"
        return
    head = "".join(
        f"{part} " for part in (f"[{_WORDS[block.align]}]" if block.align in _WORDS else "", block.mark) if part
    )
    line = head + _hands(block.runs)
    is_misread = any(form.fullmatch(line) for form in (_PLACE, _OPENING, _ROW)) or _read(line) != settled_block(block)
    yield head + _hands(block.runs, guarded=True) if is_misread else line


def _is_rows(table: Table) -> bool:
    """Whether the table is nothing but what rows of text say."""
    plain_cells = (len(cell.lines) <= 1 and cell.columns == cell.rows == 1 for row in table.rows for cell in row)
    return bool(table.rows) and all(plain_cells) and _table(list(_rows(table))) == table


def _rows(table: Table) -> Iterator[str]:
    for row in table.rows:
        cells = (_hands(cell.lines[0]).replace("|", "\\|") if cell.lines else "" for cell in row)
        yield f"| {' | '.join(cells)} |"


def _table(rows: Sequence[str]) -> Block:
    """The table of these rows; where one has fewer cells than another, empty ones follow."""
    cells = [[_spaced(list(_runs(cell.strip()))) for cell in _CELL.findall(row[1:])] for row in rows]
    columns = max(len(row) for row in cells)
    cells = [[*row, *((),) * (columns - len(row))] for row in cells]
    texts = [[text_of(runs) for runs in row] for row in cells]
    at_right = [
        all(_NUMBER.fullmatch(row[n]) for row in texts[1:]) and any(row[n] for row in texts[1:]) for n in range(columns)
    ]
    wide = [min(max(_LEAST, *(len(row[n]) for row in texts)), _MOST) for n in range(columns)]
    made = (
        tuple(
            TableCell((runs,) if runs else (), align="right" if at_right[n] and number else "left")
            for n, runs in enumerate(row)
        )
        for number, row in enumerate(cells)
    )
    return settled_block(Table(tuple(made), tuple(width / sum(wide) for width in wide)))


def _read(line: str) -> Block:
    if starred := _STARRED.fullmatch(line):
        mark = _MARK.match(starred[1])
        if mark and mark[1] not in ("-", "+"):
            return Heading(_kind_of(mark[1]), mark[1], _plain(starred[1][mark.end() :]))
    align: Align = "justify"
    if aligned := _ALIGN.match(line):
        align, line = _ALIGNED[aligned[1].lower()], line[aligned.end() :]
    elif roman := _ROMAN.match(line):
        return Heading("roman", roman[1], _plain(line[roman.end() :]))
    line = _DASHES.sub("-", line, count=1) if _DASHES.match(line) else line
    mark = _MARK.match(line)
    return settled_block(Paragraph(_runs(line[mark.end() :] if mark else line), mark[1] if mark else "", align))


def _opened(mark: str, title: str) -> Heading:
    return Heading(_OPENING_KINDS[mark.rpartition(" ")[0]], mark, title)


def _kind_of(mark: str) -> HeadingKind:
    if mark.startswith("Điều"):
        return "article"
    return "letter" if mark.endswith(")") else "arabic"


def _hands(runs: Runs, *, guarded: bool = False) -> str:
    """Runs with a star or an underline wherever their hand changes, before the blank that lies between two hands.
    ``guarded``: with a backslash before the first sign, so that it opens no mark."""
    written, bold, italic = "", False, False
    for number, run in enumerate(runs):
        bare = written.rstrip(" ") if bold or italic else written
        blanks = written[len(bare) :]
        closed = "_" * (italic and not run.italic) + "*" * (bold and not run.bold)
        written = f"{bare}{closed}{blanks}" + "*" * (run.bold and not bold) + "_" * (run.italic and not italic)
        bold, italic = run.bold, run.italic
        text = _escaped(run.text)
        written += f"\\{text}" if guarded and number == 0 and not text.startswith("\\") else text
    return written + "_" * italic + "*" * bold


def _escaped(text: str) -> str:
    return "".join(f"\\{sign}" if sign in _SIGNS else sign for sign in text)


def _plain(line: str) -> str:
    return text_of(_runs(line))


def _runs(line: str) -> Runs:
    """The runs of a line. A star or an underline that stands alone between blanks, or has no second one, is itself."""
    alone = _ALONE.sub(r"\\\g<0>", line)
    signs = [(found[-1], len(found) == 2) for found in _ONE_BY_ONE.findall(alone)]
    lonely = {sign: _last_odd(signs, sign) for sign in "*_"}
    runs: list[Run] = []
    bold = italic = False
    for at, (sign, is_escaped) in enumerate(signs):
        if sign in lonely and not is_escaped and at != lonely[sign]:
            bold, italic = bold ^ (sign == "*"), italic ^ (sign == "_")
        elif not is_escaped and sign == "\\":
            continue  # at the very end: nothing follows that it could guard
        elif runs and (runs[-1].bold, runs[-1].italic) == (bold, italic):
            runs[-1] = Run(runs[-1].text + sign, bold, italic)
        else:
            runs.append(Run(sign, bold, italic))
    return _spaced(runs)


def _last_odd(signs: list[tuple[str, bool]], wanted: str) -> int:
    """Where the last unguarded sign of this kind stands, if their number is odd; else -1."""
    places = [at for at, (sign, is_escaped) in enumerate(signs) if sign == wanted and not is_escaped]
    return places[-1] if len(places) % 2 else -1


def _spaced(runs: list[Run]) -> Runs:
    """Runs without a blank at either end of the line, nor two where two runs meet."""
    spaced: list[Run] = []
    before = " "
    for number, run in enumerate(runs):
        text = run.text.lstrip(" ") if before.endswith(" ") else run.text
        text = text.rstrip(" ") if number == len(runs) - 1 else text
        if text:
            spaced.append(Run(text, run.bold, run.italic))
            before = text
    if spaced and spaced[-1].text.endswith(" "):
        last = spaced.pop()
        spaced.extend(_spaced([Run(last.text.rstrip(" "), last.bold, last.italic)]) if last.text.strip() else ())
    return tuple(spaced)
