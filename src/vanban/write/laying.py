"""An official document laid out: every line that is printed, in order, with the punctuation that the layout adds.

Both writers print what stands here and nothing else, so that DOCX and PDF never say different things. How a line looks is
said once, in ``vanban.official.ELEMENTS``; here is only what is printed, what is drawn under it and what it stands with.

What a page has besides (mục I, khoản 7; mục III, khoản 1, điểm đ): the number of the page at the top, centred, not on the
first page; every annex begins a page and numbers its own pages from 1, again without the first.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from vanban.official import (
    ELEMENTS,
    LENGTHS,
    Annex,
    Block,
    Heading,
    OfficialDocument,
    Paragraph,
    Picture,
    Run,
    Runs,
    Table,
    Unprintable,
    annex_mark,
    broken,
    form_of,
    plain,
    problems,
    settled_widths,
    symbol_of,
    text_of,
    text_width,
    with_end_mark,
    written_date,
)
from vanban.official.document import TITLED_BELOW, Align
from vanban.official.layout import COUNTRY, MOTTO

POINTS_PER_MM = 72 / 25.4
_DECIDES = {"Nghị quyết": "QUYẾT NGHỊ:"}
_GREETING = "Kính gửi:"
_AIR = 0.5  # points: word processors round widths up
_LINES_AT_FOOT = 2
_PICTURE_SHARE = 0.85  # of the height of the text
_TITLE_SHARE = 0.9  # a title that fills its lines reads badly


@dataclasses.dataclass(frozen=True, slots=True)
class Line:
    """A printed paragraph.

    ``element``: its look, a key of ``ELEMENTS``. ``runs``: its text without ``mark``; the hands of runs come on top of the
    element's. "\\n" inside is a line break that is printed. ``mark``: "I.", "Điều 1.", "a)", "-" …, printed before the text
    with a blank between (bold where it is "Điều 1."). ``align``: where it is not the element's. ``rule``: the length in
    points of the line drawn under it, centred under its words; 0: none. ``inset``: how far in points the line begins from
    the left of its column, ``hang``: how much further its second line does; None: as the element does.
    ``keep``: it stays on the page of what follows.
    """

    element: str
    runs: Runs
    mark: str = ""
    align: Align | None = None
    rule: float = 0
    inset: float | None = None
    hang: float | None = None
    keep: bool = False


Piece = Line | Table | Picture


@dataclasses.dataclass(frozen=True, slots=True)
class Spacing:
    """Room above and below a line in points, and the distance of its lines: 1 is 1.149 times the size of the letters (the
    ascent, descent and gap of Times New Roman). Between two neighbours is the larger of their rooms."""

    before: float = 0
    after: float = 0
    lines: float = 1


_TEXT = Spacing(after=LENGTHS["paragraph_gap"].chosen, lines=LENGTHS["line_spacing"].chosen)
SPACING: Mapping[str, Spacing] = MappingProxyType(
    {
        "place_date": Spacing(before=4),
        "symbol": Spacing(before=4),
        "urgency": Spacing(before=8, after=8),
        "about": Spacing(before=LENGTHS["about_gap"].chosen, after=8),
        "type": Spacing(before=14),
        "authority": Spacing(after=8),
        "decides": Spacing(before=4, after=8),
        "basis": _TEXT,
        "addressees": Spacing(before=6, after=6),
        "body": _TEXT,
        "part": Spacing(before=6),
        "part_title": Spacing(after=8),
        "roman": _TEXT,
        "article": _TEXT,
        "arabic": _TEXT,
        "letter": _TEXT,
        "signer": Spacing(before=LENGTHS["signature_room"].chosen * POINTS_PER_MM),
        "annex_attached": Spacing(after=12),
        "table": Spacing(before=2, after=2),
        "table_head": Spacing(before=2, after=2),
    }
)
# A drawn rule stands this far below the words; below it is room. (points)
RULE_HEIGHT = 4.0
RULE_AFTER: Mapping[str, float] = MappingProxyType({"issuer": 0, "motto": 0, "type": 10, "subject": 10})
RULE_WIDTH = 0.75
TABLE_AFTER = 6.0  # below a table
FOOT_BEFORE = TABLE_AFTER  # above the foot
CELL_SIDE = 4.0  # between the rules of a cell and its text
# "Kính gửi:" begins at two indents; the dashes of several addressees stand under its colon (khoản 9).
ADDRESSEES_INSET = LENGTHS["first_line"].chosen * 2 * POINTS_PER_MM
ADDRESSEES_LIST_INSET = ADDRESSEES_INSET + text_width("Kính gửi", ELEMENTS["addressees"].chosen)


@dataclasses.dataclass(frozen=True, slots=True)
class LaidAnnex:
    """An annex on pages of its own: what stands above its body, its body, and which way the pages lie."""

    opening: tuple[Line, ...]
    body: tuple[Piece, ...]
    landscape: bool


@dataclasses.dataclass(frozen=True, slots=True)
class Laid:
    """A document as printed. ``name``: what it is called in the properties of the file.

    ``left``, ``right``: the two columns of the head (``LENGTHS["head_left"]``). ``opening``: title, addressees, bases, down
    to "QUYẾT ĐỊNH:". ``body``: with "./.". ``recipients``, ``signature``: the two columns of the foot, which stand together
    and follow at least two lines of the body; ``signer``: the name under the room for a hand and a seal.
    """

    name: str
    author: str
    left: tuple[Line, ...]
    right: tuple[Line, ...]
    opening: tuple[Line, ...]
    body: tuple[Piece, ...]
    recipients: tuple[Line, ...]
    signature: tuple[Line, ...]
    signer: tuple[Line, ...]
    annexes: tuple[LaidAnnex, ...]


def laid(document: OfficialDocument) -> Laid:
    """The document as printed. Raises Unprintable, with what is to be mended."""
    found = problems(document)
    if found:
        raise Unprintable(found)
    return Laid(
        name=_name(document),
        author=document.issuer,
        left=_left(document),
        right=_right(document),
        opening=_opening(document),
        body=_closing(pieces(with_end_mark(document.body))),
        recipients=_recipients(document),
        signature=tuple(_titled("signature", line, foot_room()) for line in document.signature.lines),
        signer=(Line("signer", plain(document.signature.name)),) if document.signature.name else (),
        annexes=tuple(_annex(annex, n, len(document.annexes)) for n, annex in enumerate(document.annexes, 1)),
    )


def text_room(landscape: bool = False) -> float:
    """The width of the text in points."""
    # Margins follow the reader: the binding is at the left of a page that lies across, too.
    side = LENGTHS["page_height" if landscape else "page_width"].chosen
    return (side - LENGTHS["margin_left"].chosen - LENGTHS["margin_right"].chosen) * POINTS_PER_MM


def picture_height(picture: Picture, room: float) -> float:
    """The height of a picture as wide as the text, in points; at most that of a page, with some lines beside it."""
    landscape = room > text_room()
    side = LENGTHS["page_width" if landscape else "page_height"].chosen
    page = (side - LENGTHS["margin_top"].chosen - LENGTHS["margin_bottom"].chosen) * POINTS_PER_MM
    return min(room * picture.height, page * _PICTURE_SHARE)


def head_rooms() -> tuple[float, float]:
    """The widths in points of the two columns of the head."""
    left = text_room() * LENGTHS["head_left"].chosen
    return left, text_room() - left


def foot_room() -> float:
    """The width in points of the column of the signature."""
    return text_room() * (1 - LENGTHS["foot_left"].chosen)


def pieces(body: tuple[Block, ...]) -> tuple[Piece, ...]:
    """The blocks of a body as lines; tables with widths that add up to 1, pictures as they are."""
    found: list[Piece] = []
    for block in body:
        if isinstance(block, Heading):
            found.extend(_heading(block))
        elif isinstance(block, Paragraph):
            align = None if block.align == "justify" else block.align
            # What is set to the left begins there: on one line an indent would not tell it from running text.
            inset = 0.0 if align == "left" and not block.mark else None
            found.append(Line("body", block.runs, block.mark, align, inset=inset))
        elif isinstance(block, Table):
            found.append(dataclasses.replace(block, widths=settled_widths(block.widths)))
        else:
            found.append(block)
    return tuple(found)


def _closing(body: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """The body with its last two printed lines kept on the page of the foot."""
    found = list(body)
    lines = 0
    for n in range(len(found) - 1, -1, -1):
        piece = found[n]
        if not isinstance(piece, Line) or lines >= _LINES_AT_FOOT:
            break
        found[n] = dataclasses.replace(piece, keep=True)
        lines += _line_count(piece)
    return tuple(found)


def goes_with_foot(body: Sequence[Piece], position: int) -> bool:
    """Whether a table or picture stands above so few lines that it, too, has to be on the page of the foot."""
    rest = [piece for piece in body[position + 1 :] if isinstance(piece, Line) and piece.keep]
    return 0 < len(rest) == len(body) - position - 1 and sum(map(_line_count, rest)) < _LINES_AT_FOOT


def _line_count(line: Line) -> int:
    look = ELEMENTS[line.element]
    width = text_width(f"{line.mark} {text_of(line.runs)}", look.chosen, bold=look.bold)
    return 1 + int(width // text_room())


def _heading(heading: Heading) -> list[Line]:
    if heading.kind in TITLED_BELOW:
        title = [_titled("part_title", heading.title, text_room() * _TITLE_SHARE)] if heading.title else []
        return [Line("part", (), heading.mark, keep=True), *(dataclasses.replace(line, keep=True) for line in title)]
    return [Line(heading.kind, plain(heading.title), heading.mark, keep=True)]


def _name(document: OfficialDocument) -> str:
    number = "" if document.number is None else f" {symbol_of(document.number, document.code)}"
    return f"{document.type}{number}: {document.subject}"


def _left(document: OfficialDocument) -> tuple[Line, ...]:
    room = head_rooms()[0]
    lines = [_titled("parent", document.parent, room)] if document.parent else []
    lines.append(_titled("issuer", document.issuer, room, rule="issuer_rule"))
    lines.append(Line("symbol", plain(f"Số: {symbol_of(document.number, document.code)}")))
    if form_of(document.type) == "letter":
        lines.append(Line("about", plain("\n".join(_cut("about", f"V/v {document.subject}", room)))))
    if document.urgency:
        lines.append(Line("urgency", plain(document.urgency)))
    return tuple(lines)


def _right(document: OfficialDocument) -> tuple[Line, ...]:
    lines = [Line("country", plain(COUNTRY)), _titled("motto", MOTTO, head_rooms()[1], rule="motto_rule")]
    if form_of(document.type) != "minutes":
        lines.append(_place_date(document))
    return tuple(lines)


def _place_date(document: OfficialDocument) -> Line:
    """Place and date on one line; where the column is too narrow for both, the date is not torn."""
    look = ELEMENTS["place_date"]
    place, day = f"{document.place},", written_date(document.date)
    wide = text_width(f"{place} {day}", look.chosen, italic=True) > head_rooms()[1] - _AIR
    return Line("place_date", plain(f"{place}\n{day}" if wide else f"{place} {day}"))


def _opening(document: OfficialDocument) -> tuple[Line, ...]:
    form = form_of(document.type)
    lines: list[Line] = []
    room = text_room() * _TITLE_SHARE
    if form != "letter":
        if document.subject:
            lines.append(Line("type", plain(document.type.upper())))
            lines.append(_titled("subject", document.subject, room, rule="subject_rule"))
        else:  # mẫu 1.8, 1.10
            lines.append(_titled("type", document.type.upper(), room, rule="subject_rule"))
    if document.authority:
        lines.append(_titled("authority", document.authority, room))
    if form in ("telegram", "invitation") and document.addressees:
        lead = "điện:" if form == "telegram" else "trân trọng kính mời:"
        lines.extend(_addressees(f"{document.issuer} {lead}", document.addressees))
    elif document.addressees:
        lines.extend(_greeted(document.addressees))
    last = len(document.bases) - 1
    lines.extend(Line("basis", plain(basis + (";" if n < last else "."))) for n, basis in enumerate(document.bases))
    if form == "decision":
        lines.append(Line("decides", plain(_DECIDES.get(document.type, "QUYẾT ĐỊNH:")), keep=True))
    return tuple(lines)


def _greeted(addressees: tuple[str, ...]) -> list[Line]:
    """One addressee on the line of the greeting, several in a list."""
    if len(addressees) == 1:
        hang = text_width(f"{_GREETING} ", ELEMENTS["addressees"].chosen)
        return [Line("addressees", plain(f"{_GREETING} {addressees[0]}"), inset=ADDRESSEES_INSET, hang=hang)]
    return [
        Line("addressees", plain(_GREETING), inset=ADDRESSEES_INSET, hang=0, keep=True),
        *_listed("addressees", addressees, inset=ADDRESSEES_LIST_INSET),
    ]


def _addressees(lead: str, addressees: tuple[str, ...]) -> list[Line]:
    inset = LENGTHS["first_line"].chosen * POINTS_PER_MM
    if len(addressees) == 1:
        return [Line("addressees", plain(f"{lead} {addressees[0]}"), inset=inset, hang=-inset)]
    return [
        Line("addressees", plain(lead), inset=inset, hang=-inset, keep=True),
        *_listed("addressees", addressees, inset=inset),
    ]


def _listed(element: str, values: tuple[str, ...], *, inset: float) -> list[Line]:
    """A list with dashes: "- …;", the last "- …."."""
    hang = text_width("- ", ELEMENTS[element].chosen)
    last = len(values) - 1
    return [
        Line(element, plain(value + (";" if n < last else ".")), "-", inset=inset, hang=hang)
        for n, value in enumerate(values)
    ]


def _recipients(document: OfficialDocument) -> tuple[Line, ...]:
    values = document.recipients
    if document.archive:
        values = (*values, f"Lưu: {document.archive}")
    if not values:
        return ()
    return (Line("recipients_label", plain("Nơi nhận:")), *_listed("recipients", values, inset=0))


def _annex(annex: Annex, position: int, count: int) -> LaidAnnex:
    room = text_room(annex.landscape) * _TITLE_SHARE
    lines = [Line("annex_mark", plain(annex_mark(position, count)))]
    if annex.title:
        lines.append(_titled("annex_title", annex.title, room))
    if annex.attached:
        lines.append(Line("annex_attached", plain("\n".join(_cut("annex_attached", f"({annex.attached})", room)))))
    return LaidAnnex(tuple(lines), pieces(annex.body), annex.landscape)


def _titled(element: str, text: str, room: float, *, rule: str = "") -> Line:
    """A title, broken into lines of like length; the rule under it is a share of its last line."""
    lines = _cut(element, text, room)
    look = ELEMENTS[element]
    length = text_width(lines[-1], look.chosen, bold=look.bold) * LENGTHS[rule].chosen if rule else 0
    return Line(element, (Run("\n".join(lines)),), rule=length)


def _cut(element: str, text: str, room: float) -> tuple[str, ...]:
    look = ELEMENTS[element]
    return broken(text, look.chosen, room - _AIR, bold=look.bold)
