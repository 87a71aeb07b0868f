"""What stands in the way of signing and sending a document: what cannot be printed, and what the decree asks of every
document (Nghị định 30/2020/NĐ-CP, Điều 8)."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from typing import Any

from django.utils.translation import get_language

from vanban.official import ELEMENTS, OfficialDocument, Problem, problems, settled
from vanban.official.types import form_of

_GAP = "……"
# Which element of the layout a field is: its article of the decree stands beside what is to be mended.
_ELEMENTS = {
    "type": "type", "issuer": "issuer", "parent": "parent", "subject": "subject", "code": "symbol", "number": "symbol",
    "place": "place_date", "authority": "authority", "bases": "basis", "addressees": "addressees", "body": "body",
    "recipients": "recipients", "archive": "recipients", "signature": "signature", "annexes": "annex_title",
}  # fmt: skip


_ABOUT = re.compile(r"^(?:V/v|[Vv]ề việc)[ :]+(?=\S)")


def as_draft(official: OfficialDocument) -> OfficialDocument:
    """As drafts are kept: without number and date, which the register gives, and without what the layout prints by itself:
    the mark at the end, and the "V/v" before what a công văn is about (Phụ lục I, phần I, mục II, khoản 5.b)."""
    made = dataclasses.replace(settled(official), number=None, date=None)
    if form_of(made.type) != "letter":
        return made
    return dataclasses.replace(made, subject=_ABOUT.sub("", made.subject))


@dataclasses.dataclass(frozen=True, slots=True)
class Said:
    """Something to be mended, in the reader's language, with the article of the decree (Nghị định 30/2020/NĐ-CP)."""

    where: str
    said: str
    article: str


def said_obstacles(official: OfficialDocument) -> list[Said]:
    """What stands in the way, as a page says it."""
    is_english = (get_language() or "vi").startswith("en")
    return [
        Said(problem.where, problem.en if is_english else problem.vi, article_of(problem.where))
        for problem in obstacles(official)
    ]


def article_of(where: str) -> str:
    """The article of the decree on this part of a document; "" where it names none."""
    element = _ELEMENTS.get(re.split(r"[\[.]", where)[0], "")
    return ELEMENTS[element].article if element else ""


def obstacles(official: OfficialDocument) -> tuple[Problem, ...]:
    """Everything that has to be mended; nothing: the document may go on its way."""
    found = problems(official)
    known = {problem.where for problem in found}
    return (*found, *(problem for problem in _lacking(official) if problem.where not in known))


def _lacking(official: OfficialDocument) -> Iterator[Problem]:
    if not official.place:
        yield Problem("place", "Chưa có địa danh. Bạn hãy ghi vào.", "Say where it is issued.")
    if not official.body:
        yield Problem("body", "Văn bản chưa có nội dung. Bạn hãy viết nội dung.", "The document says nothing yet.")
    lines = official.signature.lines
    if not lines:
        yield Problem("signature", "Chưa có quyền hạn, chức vụ người ký.", "Say in which office it is signed.")
    elif lines[-1].startswith(("TM.", "KT.", "TL.", "TUQ.")):
        vi = f"Dưới «{lines[-1]}» phải là chức vụ của người ký. Bạn hãy ghi thêm một dòng."
        yield Problem("signature", vi, f"Below “{lines[-1]}” stands the post of who signs. Add a line.")
    for at, annex in enumerate(official.annexes):
        if not annex.body:
            vi = f"Phụ lục «{annex.title}» chưa có nội dung. Bạn hãy viết nội dung, hoặc bỏ phụ lục."
            yield Problem(f"annexes[{at}].body", vi, f"The annex “{annex.title}” says nothing. Write it or drop it.")
    if form_of(official.type) in ("letter", "telegram", "invitation") and not official.addressees:
        yield Problem("addressees", "Chưa có nơi nhận ở dòng “Kính gửi”.", "Say to whom it is addressed.")


def showable(official: OfficialDocument) -> OfficialDocument | None:
    """The document for reading on a page while things are still to be mended: with dots where something is missing, and
    without the lines, blocks and annexes that cannot be printed. None where even so it cannot be laid out."""
    wrong = {problem.where for problem in problems(official)}
    if not wrong:
        return official
    lists: dict[str, Any] = {
        name: tuple(line for at, line in enumerate(getattr(official, name)) if f"{name}[{at}]" not in wrong)
        for name in ("bases", "addressees", "recipients", "body")
    }
    filled = dataclasses.replace(
        official,
        **lists,
        issuer=official.issuer.upper() or _GAP,
        parent=official.parent.upper(),
        authority=official.authority.upper() or (_GAP if form_of(official.type) == "decision" else ""),
        subject=official.subject or _GAP,
        place=official.place or _GAP,
        code="VB" if "code" in wrong else official.code,
        annexes=tuple(
            annex
            for at, annex in enumerate(official.annexes)
            if not any(where.startswith(f"annexes[{at}]") for where in wrong)
        ),
    )
    return None if problems(filled) else filled
