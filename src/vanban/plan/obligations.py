"""What a plan lays on everyone outside tasks, duties and reporting: a plan of one's own, an estimate, word of
obstacles."""

from __future__ import annotations

import re
from collections.abc import Iterable

from vanban.model import Obligation, ObligationKind
from vanban.plan.drafts import Draft
from vanban.plan.reporting import Unit
from vanban.plan.sentences import sentences, subject, time_phrases

_OWN_PLAN = re.compile(
    r"(?:xây\s+dựng|ban\s+hành|lập|cụ\s+thể\s+hóa)(?:\s+(?:và|,)?\s*(?:ban\s+hành|triển\s+khai|tổ\s+chức))?[^.;]{0,"
    r"40}?\bkế\s+hoạch(?!\s+này)(?:\s*,\s*chương\s+trình)?\s*(?:cụ\s+thể|triển\s+khai|thực\s+hiện|chi\s+tiết|của|"
    r"riêng|hành\s+động|tổ\s+chức|phù\s+hợp|,|\.|$|phát|hoặc|để)",
    re.IGNORECASE,
)
_ESTIMATE = re.compile(r"(?:xây\s+dựng|lập|tổng\s+hợp)(?:\s+\S+){0,3}?\s+dự\s+toán", re.IGNORECASE)
_OBSTACLES = re.compile(
    r"(?:khó\s+khăn|vướng\s+mắc|phát\s+sinh|cần\s+(?:thiết\s+phải\s+)?(?:sửa\s+đổi|bổ\s+sung|điều\s+chỉnh))"
)
_SPEAK = re.compile(
    r"báo\s+cáo|phản\s+ánh|phản\s+hồi|đề\s+xuất|kiến\s+nghị|gửi|thông\s+tin|trao\s+đổi|liên\s+hệ", re.IGNORECASE
)


def read_obligations(units: Iterable[Unit], draft: Draft) -> list[Obligation]:
    """The obligations in ``units``: sentences of the closing part, of the sections on funds and on reports."""
    out: list[Obligation] = []
    for unit in units:
        who = unit.who
        for sentence in sentences(unit.text):
            kind = kind_of(sentence)
            named, _ = subject(sentence)
            who = named or who
            if kind is None or not who:
                continue
            phrases = [phrase for phrase in time_phrases(sentence) if not re.match(r"theo", phrase, re.IGNORECASE)]
            out.append(Obligation(who, sentence, kind, draft.when(phrases[0]) if phrases else None, unit.lines))
    return out


def kind_of(sentence: str) -> ObligationKind | None:
    """What kind of obligation a sentence lays, None for none."""
    if (
        _OBSTACLES.search(sentence)
        and _SPEAK.search(sentence)
        and re.search(r"\b(?:nếu|Nếu|khi|Khi|trường hợp|Trường hợp|quá trình)\b", sentence)
    ):
        return "report_obstacles"
    if _OWN_PLAN.search(sentence):
        return "own_plan"
    if _ESTIMATE.search(sentence):
        return "estimate"
    return None
