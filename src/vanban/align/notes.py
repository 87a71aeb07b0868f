"""What an alignment says in words: one sentence a difference, in Vietnamese and in English."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from vanban.model import When

_LONGEST = 16

VI: Mapping[str, str] = {
    "torn": " (có thể do chữ trong tệp bị hỏng, bạn hãy xem bản gốc)",
    "weakened": "{H} giao “{a}”, {L} chỉ còn “{b}”.",
    "strengthened": "{H} giao “{a}”, {L} nâng lên “{b}”.",
    "verb-weakened": "{H} viết “{a}”, {L} viết “{b}”, trách nhiệm nhẹ hơn.",
    "verb-strengthened": "{H} viết “{a}”, {L} viết “{b}”, trách nhiệm nặng hơn.",
    "helping-weakened": "{L} thêm “{b}”, nghĩa là không tự làm mà chỉ giúp hoặc cùng làm.",
    "helping-strengthened": "{L} bỏ “{a}”, nghĩa là tự làm chứ không chỉ giúp hoặc cùng làm.",
    "soft-weakened": "{L} thêm “{b}”, nghĩa là cố gắng chứ không bắt buộc.",
    "soft-strengthened": "{L} bỏ “{a}”, nghĩa là bắt buộc chứ không chỉ cố gắng.",
    "lost": "{L} bỏ “{a}”.",
    "lost-limit": "{L} bỏ điều kiện “{a}”.",
    "gained": "{L} thêm “{b}”.",
    "gained-limit": "{L} chỉ làm trong giới hạn “{b}”.",
    "lost-bound": "{H} chỉ nói đến “{a}”, {L} không giới hạn như vậy.",
    "gained-bound": "{L} chỉ nói đến “{b}”, {h} không giới hạn như vậy.",
    "amount": "{H} yêu cầu “{a}”, {L} đặt “{b}”.",
    "replaced": "{H} viết “{a}”, {L} viết “{b}”.",
    "rewritten": "{L} viết lại toàn bộ nội dung, không còn theo câu chữ của {h}.",
    "rewritten-gone": "{L} viết lại nội dung, không còn nhắc đến {a}.",
    "rewritten-limits": "{L} viết lại nội dung, thêm giới hạn “{b}”.",
    "rewritten-gone-limits": "{L} viết lại nội dung: không còn nhắc đến {a}, thêm giới hạn “{b}”.",
    "named": "{L} nêu đích danh {b}, vốn thuộc nhóm cơ quan đã được giao chung.",
    "unnamed": "{L} không nêu đích danh {a}, chỉ giao chung cho nhóm cơ quan.",
    "vague": "Cụm từ chung “{a}” chỉ có ở một kế hoạch.",
    "counterpart": "{b} làm thay phần việc của {a} ở cấp {l}.",
    "lead-both": "{H} giao {a} chủ trì, {L} giao {b} chủ trì.",
    "lead-lost": "{L} không còn giao {a} chủ trì.",
    "lead-gained": "{L} giao thêm {b} chủ trì.",
    "coordinating-both": "Cơ quan phối hợp khác nhau: {L} bỏ {a}, thêm {b}.",
    "coordinating-lost": "{L} bỏ {a} khỏi cơ quan phối hợp.",
    "coordinating-moved": "{L} không ghi {a} là cơ quan phối hợp mà nêu ngay trong nội dung.",
    "coordinating-gained": "{L} thêm {b} vào cơ quan phối hợp.",
    "agencies-both": "{H} giao việc này cho {a}, {L} giao cho {b}.",
    "agencies-lost": "{L} không còn giao việc này cho {a}.",
    "agencies-gained": "{L} giao việc này thêm cho {b}.",
    "time-both": "{H} đặt thời gian “{a}”, {L} đặt “{b}”.",
    "time-earlier": "{H} đặt hạn “{a}”, {L} đặt sớm hơn: “{b}”.",
    "time-later": "{H} đặt hạn “{a}”, {L} đặt muộn hơn: “{b}”.",
    "time-lost": "{H} đặt thời gian “{a}”, {L} không nêu thời gian.",
    "time-gained": "{L} đặt thời gian “{b}”, {h} không nêu.",
    "form-both": "Hình thức khác nhau: {h} nêu “{a}”, {l} nêu “{b}”.",
    "form-lost": "{L} bỏ hình thức “{a}”.",
    "form-gained": "{L} thêm hình thức “{b}”.",
    "dropped": "{L} không đưa việc này vào kế hoạch của mình.",
    "added": "{L} tự đặt thêm việc này.",
    "split": "{L} tách thành {n} mục.",
    "merged": "{L} gộp {n} mục của {h} làm một.",
    "group-text": "{H} viết “{a}”, {L} viết “{b}”.",
    "and": " và ",
    "of-file": "kế hoạch cấp trên",
    "of-lower": "kế hoạch cấp dưới",
}
EN: Mapping[str, str] = {
    "torn": " (perhaps only because the file's text is broken; look at the original)",
    "weakened": "{H} orders “{a}”; {l} only “{b}”.",
    "strengthened": "{H} orders “{a}”; {l} raises it to “{b}”.",
    "verb-weakened": "{H} writes “{a}”, {l} “{b}”: less binding.",
    "verb-strengthened": "{H} writes “{a}”, {l} “{b}”: more binding.",
    "helping-weakened": "{L} adds “{b}”: it does not do this itself but helps or takes part.",
    "helping-strengthened": "{L} leaves out “{a}”: it does this itself rather than helping.",
    "soft-weakened": "{L} adds “{b}”: it tries rather than must.",
    "soft-strengthened": "{L} leaves out “{a}”: it must rather than tries.",
    "lost": "{L} leaves out “{a}”.",
    "lost-limit": "{L} drops the condition “{a}”.",
    "gained": "{L} adds “{b}”.",
    "gained-limit": "{L} keeps within the limit “{b}”.",
    "lost-bound": "{H} speaks of “{a}” only; {l} sets no such bound.",
    "gained-bound": "{L} speaks of “{b}” only; {h} sets no such bound.",
    "amount": "{H} asks for “{a}”; {l} sets “{b}”.",
    "replaced": "{H} writes “{a}”, {l} “{b}”.",
    "rewritten": "{L} has written this anew; its wording is no longer that of {h}.",
    "rewritten-gone": "{L} has written this anew and no longer names {a}.",
    "rewritten-limits": "{L} has written this anew, within the limit “{b}”.",
    "rewritten-gone-limits": "{L} has written this anew: it no longer names {a} and keeps within the limit “{b}”.",
    "named": "{L} names {b}, which belongs to the agencies charged together.",
    "unnamed": "{L} does not name {a}, only the agencies as a group.",
    "vague": "The general words “{a}” stand in one plan only.",
    "counterpart": "{b} does the work of {a} at the level of {l}.",
    "lead-both": "{H} puts {a} in the lead, {l} {b}.",
    "lead-lost": "{L} no longer puts {a} in the lead.",
    "lead-gained": "{L} also puts {b} in the lead.",
    "coordinating-both": "Other coordinators: {l} leaves out {a} and adds {b}.",
    "coordinating-lost": "{L} leaves {a} out of the coordinators.",
    "coordinating-moved": "{L} names {a} in the text instead of among the coordinators.",
    "coordinating-gained": "{L} adds {b} to the coordinators.",
    "agencies-both": "{H} charges {a} with this, {l} {b}.",
    "agencies-lost": "{L} no longer charges {a} with this.",
    "agencies-gained": "{L} also charges {b} with this.",
    "time-both": "{H} sets the time “{a}”, {l} “{b}”.",
    "time-earlier": "{H} sets the deadline “{a}”; {l} sets an earlier one: “{b}”.",
    "time-later": "{H} sets the deadline “{a}”; {l} sets a later one: “{b}”.",
    "time-lost": "{H} sets the time “{a}”; {l} states none.",
    "time-gained": "{L} sets the time “{b}”; {h} states none.",
    "form-both": "The forms differ: {h} has “{a}”, {l} “{b}”.",
    "form-lost": "{L} leaves out the form “{a}”.",
    "form-gained": "{L} adds the form “{b}”.",
    "dropped": "{L} does not take this into its plan.",
    "added": "{L} adds this of its own.",
    "split": "{L} splits this into {n} items.",
    "merged": "{L} merges {n} items of {h} into one.",
    "group-text": "{H} writes “{a}”, {l} “{b}”.",
    "and": " and ",
    "of-file": "the higher plan",
    "of-lower": "the lower plan",
}


class Notes:
    """Writes the sentences. ``higher`` and ``lower`` are what the two sides are called ("tỉnh", "thành phố")."""

    def __init__(self, higher: str, lower: str, language: str) -> None:
        self._words = EN if language == "en" else VI
        self.language = language
        self.higher = higher or self._words["of-file"]
        self.lower = lower or self._words["of-lower"]
        if self.higher == self.lower:
            self.higher, self.lower = self._words["of-file"], self._words["of-lower"]
        elif language == "en":
            self.higher, self.lower = _english(self.higher), _english(self.lower)

    def say(self, name: str, a: str = "", b: str = "", *, n: int = 0, torn: bool = False) -> str:
        """The sentence ``name`` with what the higher plan has (``a``) and the lower (``b``)."""
        text = self._words[name].format(
            H=_capital(self.higher), h=self.higher, L=_capital(self.lower), l=self.lower, a=short(a), b=short(b), n=n
        )
        if torn:
            text = text[:-1] + self._words["torn"] + "."
        # A sentence that begins with the lower side's name keeps its capital; one inside a sentence does not.
        for side in (self.higher, self.lower):
            text = text.replace(f", {_capital(side)} ", f", {side} ").replace(f": {_capital(side)} ", f": {side} ")
        return text

    def names(self, names: Sequence[str]) -> str:
        """Agencies as a list in a sentence."""
        cased = [_inner(name) for name in names]
        if len(cased) < 2:
            return "".join(cased)
        glue = "; " if any("," in name for name in cased) else ", "
        return glue.join(cased[:-1]) + self._words["and"] + cased[-1]

    def time(self, higher: When | None, lower: When | None) -> str:
        """The sentence on two times that differ."""
        if lower is None or higher is None:
            return self.say("time-lost" if lower is None else "time-gained", _text(higher), _text(lower))
        due = _due(higher), _due(lower)
        name = "time-both"
        if due[0] is not None and due[1] is not None and due[0] != due[1]:
            name = "time-earlier" if due[1] < due[0] else "time-later"
        return self.say(name, _text(higher), _text(lower))


def short(text: str) -> str:
    """``text`` on one line, cut in its middle where it is long."""
    words = text.split()
    if len(words) <= _LONGEST + 2:
        return " ".join(words)
    half = _LONGEST // 2
    return f"{' '.join(words[:half])} … {' '.join(words[-half:])}"


def day_month(month_day: str) -> str:
    """ "11-10" as "10/11"."""
    month, day = month_day.split("-")
    return f"{day}/{month}"


def _due(when: When) -> tuple[int, str] | None:
    if when.due is not None:
        return (1, when.due.isoformat())
    return (0, when.month_day) if when.month_day is not None else None


def _text(when: When | None) -> str:
    return "" if when is None else when.text


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _inner(name: str) -> str:
    """A collective's name inside a sentence begins small."""
    return name[:1].lower() + name[1:] if name.startswith(("Các ", "Những ", "Tất cả ")) else name


def _english(side: str) -> str:
    return {
        "tỉnh": "the province",
        "thành phố": "the city",
        "huyện": "the district",
        "quận": "the district",
        "thị xã": "the town",
        "xã": "the commune",
        "phường": "the ward",
        "thị trấn": "the township",
        "đặc khu": "the special zone",
    }.get(side, side)


def iso_day(day: dt.date) -> str:
    """dd/mm/yyyy."""
    return f"{day:%d/%m/%Y}"
