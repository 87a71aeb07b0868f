"""Which lines of a saved web page are the document, and which the legal site's own text around it."""

from __future__ import annotations

import re

from vanban.dates.calendar import flat
from vanban.model import Lines, Source

# Sentences that public legal sites print below a document; none of them can stand in an official document.
_BELOW = re.compile(
    r"file duoc dinh kem theo van ban|van ban nay chua cap nhat noi dung|ban dich nay thuoc quyen so huu"
    r"|luu tru, su dung thong tin"
    r" khach hang|van ban lien quan cung noi dung|dang nhap de xem|tai van ban tieng|cam on da dung"
    r"|file attached to document"
)
# Above it some list related documents ("- 1Nghị định 63/2010/NĐ-CP về …"): no officer numbers without a blank.
_ABOVE = re.compile(
    r"dang tai van ban|dang tai noi dung|click vao phan boi vang|cac noi dung duoc sua doi, huong dan"
    r"|^- \d{1,3}(?:luat|bo luat|phap lenh|nghi dinh|nghi quyet|quyet dinh|thong tu|ke hoach|chi thi|cong van)\b"
)


def body_lines(source: Source) -> Lines:
    """First and last line of the document itself: the whole file where no site's text is found."""
    numbers = [line.number for line in source.lines] or [1]
    first, last = numbers[0], numbers[-1]
    half = (first + last) // 2
    signed = 0
    for line in source.lines:
        folded = " ".join(flat(line.text).split())
        if line.number <= half and _ABOVE.search(folded):
            first = line.number + 1
        if re.match(r"noi nhan\b", folded):
            signed = line.number
        if signed and line.number > signed and _BELOW.search(folded):
            return first, max(first, line.number - 1)
    return first, last
