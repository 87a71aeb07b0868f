"""How one assignment went from its plan's day until today: made up, but by the room's own periods and clocks.

Used by bench/make_followup.py. Everything is drawn from the one generator of random numbers that is given.
"""

from __future__ import annotations

import datetime as dt
import functools
import random
from dataclasses import dataclass, field
from typing import NamedTuple

from nhipcau.core.clocks import StatedTime
from nhipcau.followup.periods import Period, period_on, usual_rhythm, word_due
from nhipcau.plans.models import NO_DATE, TimeKind

DAY = dt.timedelta(days=1)
_MONTHS = {TimeKind.YEARLY: 12, TimeKind.HALF_YEARLY: 6, TimeKind.QUARTERLY: 3, TimeKind.MONTHLY: 1}
_RHYTHM_DAYS = {"weekly": 7, "monthly": 30, "quarterly": 91}
_SAID = (
    "Đã tổ chức {n} hội nghị với {m} lượt người dự; đang tổng hợp báo cáo.",
    "Đã đăng {n} tin, bài trên trang thông tin điện tử; {m} lượt xem.",
    "Đã lấy ý kiến {n} đơn vị, còn {m} góp ý cần tiếp thu.",
    "Đã trình lãnh đạo ký; dự kiến ban hành trong {n} ngày tới.",
    "Đã phân công {n} cán bộ phụ trách, có lịch làm việc hằng tuần.",
    "Đang phối hợp với đơn vị tư vấn, đã xong {n} trên {m} nội dung.",
    "Đã kiểm tra {n} nơi; {m} nơi làm tốt, còn lại đã được nhắc.",
    "Kinh phí đã được giao; đang làm thủ tục mua sắm theo quy định.",
    "Đã gửi báo cáo định kỳ, không có vướng mắc.",
    "Chưa bố trí được kinh phí; đã có văn bản đề nghị.",
)
_draw = random.Random(407)
TEXTS = [_said.format(n=_draw.randint(2, 40), m=_draw.randint(41, 900)) for _said in _draw.choices(_SAID, k=3000)]


class Said(NamedTuple):
    """One word on progress."""

    at: dt.datetime
    period: str
    progress: str
    percent: int | None
    text: str
    before: str  # JSON


class Over(NamedTuple):
    """One period that is over."""

    period: str
    year: int
    progress: str
    percent: int | None
    due: dt.date
    done_on: dt.date | None
    closed_at: dt.datetime


@dataclass(slots=True)
class Life:
    """Where an assignment stands today, and what brought it there."""

    began: dt.date
    period: Period
    word_due: dt.date = NO_DATE
    progress: str = "not_started"
    percent: int | None = None
    said: list[Said] = field(default_factory=list)
    over: list[Over] = field(default_factory=list)

    def say(self, rng: random.Random, day: dt.date, progress: str, percent: int | None) -> None:
        at = dt.datetime(day.year, day.month, day.day, 1 + int(rng.random() * 9), int(rng.random() * 60),
                         int(rng.random() * 60), int(rng.random() * 1_000_000), dt.UTC)  # fmt: skip
        was = "null" if self.percent is None else str(self.percent)
        before = f'{{"progress": "{self.progress}", "percent": {was}, "from_below": false}}'
        text = TEXTS[int(rng.random() * len(TEXTS))]
        self.progress, self.percent = progress, 100 if progress == "done" else percent
        self.said.append(Said(at, self.period.name, self.progress, self.percent, text, before))


def live(
    rng: random.Random, time: StatedTime, began: dt.date, today: dt.date, diligence: float, rhythm: str = ""
) -> Life:
    """One assignment's life. ``diligence``: how likely its agency is to say a word when one is expected (0 to 1)."""
    rhythm = rhythm or usual_rhythm(time.kind)
    turns = _turns(time, began, today)
    life = Life(began, turns[0])
    for number, turn in enumerate(turns):
        first = max(began, turn.start or began)
        last = min(today, (turns[number + 1].start or today) - DAY) if number + 1 < len(turns) else today
        life.period, life.progress, life.percent = turn, "not_started", None
        opened = began if number == 0 else turn.start or began
        life.word_due = _word_due(rhythm, max(opened, time.start) if time.start else opened, None)
        spoken = len(life.said)
        if turn.due == NO_DATE:
            _goes_on(rng, life, first, last, diligence, rhythm)
        else:
            _is_due(rng, life, first, last, turn.due, diligence)
        if len(life.said) > spoken:
            life.word_due = _word_due(rhythm, began, _local_day(life.said[-1].at))
        if number + 1 < len(turns):
            done_on = life.said[-1].at.date() if life.progress == "done" else None
            midnight = dt.datetime(last.year, last.month, last.day, 17, 1, tzinfo=dt.UTC)
            life.over.append(
                Over(turn.name, int(turn.name[:4]), life.progress, life.percent, turn.due, done_on, midnight)
            )
    return life


def _goes_on(rng: random.Random, life: Life, first: dt.date, last: dt.date, diligence: float, rhythm: str) -> None:
    """What has no last day: a word now and then, by the rhythm."""
    step = _RHYTHM_DAYS.get(rhythm, 91)
    day = first + dt.timedelta(days=int(rng.random() * step))
    while day <= last:
        if rng.random() < diligence:
            life.say(rng, day, "cannot" if rng.random() < 0.03 else "in_progress", None)
        day += dt.timedelta(days=step - 5 + int(rng.random() * 10))


def _is_due(rng: random.Random, life: Life, first: dt.date, last: dt.date, due: dt.date, diligence: float) -> None:
    """What has a last day: a few words on the way, done before it, late, or never."""
    length = max(2, (due - first).days)
    for share in (0.35, 0.7) if length > 45 else ():
        if rng.random() < diligence:
            day = first + dt.timedelta(days=int(length * (share + rng.random() * 0.25)))
            if day <= last:
                life.say(rng, day, "in_progress", int(share * 100))
    if rng.random() < 0.75 + diligence * 0.25:
        late = rng.random() < 0.2
        day = (
            due + dt.timedelta(days=int(rng.random() * 60)) if late else due - dt.timedelta(days=int(rng.random() * 12))
        )
        day = max(day, first, life.said[-1].at.date() + DAY if life.said else first)
        if day <= last:
            life.say(rng, day, "done", 100)


@functools.lru_cache(4096)
def _turns(time: StatedTime, began: dt.date, today: dt.date) -> tuple[Period, ...]:
    """The periods from the plan's day until today, by the room's own rule."""
    first = period_on(time, began)
    if time.kind not in _MONTHS:
        return (first,)
    turns = [first]
    day = began
    while day <= today:
        turn = period_on(time, day)
        if turn.name != turns[-1].name:
            turns.append(turn)
        month = (turn.start or day).month - 1 + _MONTHS[TimeKind(time.kind)]
        day = dt.date((turn.start or day).year + month // 12, month % 12 + 1, 1)
    return tuple(turns)


_word_due = functools.lru_cache(65536)(word_due)


def _local_day(at: dt.datetime) -> dt.date:
    return (at + dt.timedelta(hours=7)).date()
