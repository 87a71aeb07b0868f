"""Rules about dates and deadlines."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator

from vanban.check.case import Case, day
from vanban.dates.calendar import DATE, date_of, flat, make_date
from vanban.model import Finding
from vanban.text import fold

_LASTING = re.compile(r"^(?:tiep tuc\s+)?(?:duy tri|thuong xuyen)\b")
_FINISH = re.compile(r"^(?:hoan thanh|hoan tat|xong|truoc|cham nhat|han)\b")
_YEAR_ALONE = re.compile(r"^(?:trong\s+)?nam\s+(?P<year>20\d\d)\b(?!\s*-)")
_FULL = re.compile(r"(?<![\d/.-])" + DATE)
_DAY_MONTH = re.compile(r"\bngay\s+(?P<d>\d{1,2})\s?/\s?(?P<m>\d{1,2})(?![\d/-]|[.]\d|\s?[/-]\s?[a-z\d])")
_WEEKDAY = re.compile(
    r"\b(?P<name>thứ (?:hai|ba|tư|năm|sáu|bảy)|chủ nhật)\s*,?\s*(?:\(?\s*ngày\s+)?(?P<date>\d{1,2}/\d{1,2}/\d{4})",
    re.IGNORECASE,
)
_WEEKDAYS = ("thứ hai", "thứ ba", "thứ tư", "thứ năm", "thứ sáu", "thứ bảy", "chủ nhật")
_EN_WEEKDAYS = tuple(calendar.day_name)
# What a year at the end of a subject may belong to besides the plan: results, indices and documents of that year.
_OF_ANOTHER = re.compile(
    r"giai doan|den nam|tong ket|ket qua|ket luan|chi so|xep hang|khac phuc|ton tai|han che|hau qua|thien tai|danh gia|"
    r"quyet toan|kiem toan|nghi quyet|nghi dinh|quyet dinh|chi thi|thong tu|\bluat\b|de an|\d/\d|-\s*20\d\d"
)
_LEAP = 2024


def deadline_before_issue(case: Case) -> Iterator[Finding]:
    """Times that are over when the plan is issued."""
    start = case.not_before
    if start is None:
        return
    stated = case.issued is not None
    for where, code, time, lines in case.times():
        # A day without a printed year ("trước ngày 15/3") may be meant for the next one.
        due = time.due if time.kind == "once" and re.search(r"20\d\d", time.text) else None
        year = _YEAR_ALONE.match(fold(time.text))
        over = year is not None and int(year["year"]) < start.year
        # Without a printed date the newest legal basis tells the earliest day of issue: a year of which days are left.
        nearly = not stated and year is not None and start >= dt.date(int(year["year"]), 12, 1)
        name_vi, name_en = (f" của nhiệm vụ {code}", f" of task {code}") if code else ("", "")
        since_vi = f"ngày ban hành {day(start)}" if stated else f"ngày {day(start)} của căn cứ mới nhất"
        since_en = f"the day of issue, {day(start)}" if stated else f"{day(start)}, the date of the newest legal basis"
        if due is not None and due < start:
            yield case.finding(
                "deadline-before-issue",
                "error" if case.is_sound else "warning",
                where,
                lines,
                vi=f"Thời hạn «{time.text}»{name_vi} (hết ngày {day(due)}) đã qua trước {since_vi}; bạn hãy sửa "
                "thời hạn.",
                en=f"The deadline “{time.text}”{name_en} (ends {day(due)}) is over before {since_en}; correct it.",
            )
        elif year is not None and (over or nearly):
            suggestion = time.text.replace(year["year"], str(int(year["year"]) + 1 if nearly else start.year), 1)
            left_vi = (
                f"đã hết trước {since_vi}"
                if over
                else f"gần như đã hết, vì văn bản không thể ban hành trước {since_vi}"
            )
            left_en = (
                f"is over before {since_en}" if over else f"is all but over, as nothing was issued before {since_en}"
            )
            yield case.finding(
                "deadline-before-issue",
                "warning",
                where,
                lines,
                vi=f"Thời gian «{time.text}»{name_vi} tính từ năm {year['year']}, năm này {left_vi}; bạn hãy sửa năm.",
                en=f"The time “{time.text}”{name_en} counts from {year['year']}, which {left_en}; correct the year.",
                suggestion=suggestion,
            )


def perpetual_with_deadline(case: Case) -> Iterator[Finding]:
    """Duties without an end ("duy trì", "thường xuyên") that are to be finished by a day."""
    for at, task in enumerate(case.plan.tasks):
        time = task.time
        if time is None or time.kind != "once" or time.due is None:
            continue
        verb = _LASTING.match(fold(task.text))
        if verb and _FINISH.match(fold(time.text)):
            word = "Thường xuyên" if "thuong" in verb[0] else "Duy trì"
            yield case.finding(
                "perpetual-with-deadline",
                "warning",
                f"/tasks/{at}/time",
                task.lines,
                vi=f"Nhiệm vụ {task.code} là việc làm thường xuyên («{word} …») nhưng lại có hạn hoàn thành "
                f"«{time.text}»; "
                "bạn hãy ghi thời gian là thường xuyên hoặc tách việc có hạn ra.",
                en=f"Task {task.code} never ends (“{word} …”) but is to be finished: “{time.text}”; "
                "make its time continuous or split off the part that ends.",
                suggestion="Thời gian thực hiện: Thường xuyên.",
            )


def date_impossible(case: Case) -> Iterator[Finding]:
    """Days that no calendar has, and weekdays that are not those of their date."""
    if not case.is_sound:
        return
    low = flat(case.text)
    for match in _FULL.finditer(low):
        if date_of(match) is None and _is_day(match):
            yield _impossible(case, match.start(), match.end())
    for match in _DAY_MONTH.finditer(low):
        if make_date(_LEAP, int(match["m"]), int(match["d"])) is None:
            yield _impossible(case, match.start("d"), match.end())
    for match in _WEEKDAY.finditer(case.text):
        date = make_date(*(int(part) for part in reversed(match["date"].split("/"))))
        named = _WEEKDAYS.index(match["name"].lower())
        if date is not None and date.weekday() != named:
            right = _WEEKDAYS[date.weekday()]
            yield case.finding(
                "date-impossible",
                "error",
                None,
                case.lines_at(match.start(), match.end()),
                vi=f"Ngày {match['date']} là {right}, không phải {match['name'].lower()}; bạn hãy sửa thứ hoặc "
                "sửa ngày.",
                en=f"{match['date']} is a {_EN_WEEKDAYS[date.weekday()]}, not a {_EN_WEEKDAYS[named]}; "
                "correct the weekday or the date.",
                suggestion=f"{right}, ngày {match['date']}",
            )


def _is_day(match: re.Match[str]) -> bool:
    """Whether the numbers are meant as a date: not 45.99.2024, which is none at all."""
    numbers = [int(value) for key, value in match.groupdict().items() if value and key[0] in "dm"]
    return all(1 <= number <= 31 for number in numbers)


def _impossible(case: Case, start: int, end: int) -> Finding:
    printed = " ".join(case.text[start:end].split())
    return case.finding(
        "date-impossible",
        "error",
        None,
        case.lines_at(start, end),
        vi=f"Không có ngày {printed} trong lịch; bạn hãy kiểm tra lại ngày, tháng.",
        en=f"No calendar has the day {printed}; check day and month.",
    )


def report_before_deadline(case: Case) -> Iterator[Finding]:
    """A yearly report due before the deadlines that it should report on."""
    reports = [
        (at, entry.time.month_day, entry.lines)
        for at, entry in enumerate(case.plan.reporting)
        if entry.time is not None and entry.time.kind == "yearly" and entry.time.month_day
    ]
    if not reports or any(e.time and e.time.kind in ("quarterly", "monthly") for e in case.plan.reporting):
        return
    at, last, lines = max(reports, key=lambda report: report[1])
    month, date = (int(part) for part in last.split("-"))
    late = [
        task
        for task in case.plan.tasks
        if task.time is not None and task.time.kind == "once" and task.time.due is not None
        and (month, date) < (task.time.due.month, task.time.due.day) < (12, 31)
    ]  # fmt: skip
    if late:
        codes = ", ".join(task.code for task in late)
        due = max(task.time.due for task in late if task.time and task.time.due)
        yield case.finding(
            "report-before-deadline",
            "note",
            f"/reporting/{at}/time",
            lines,
            vi=f"Báo cáo năm chậm nhất ngày {date:02}/{month:02}, trước hạn {day(due)} của nhiệm vụ {codes}, nên "
            "kết quả "
            "chưa có trong báo cáo năm đó; bạn hãy lùi ngày báo cáo hoặc yêu cầu báo cáo bổ sung.",
            en=f"The yearly report is due by {date:02}/{month:02}, before the deadline {day(due)} of {codes}, so "
            "that it "
            "cannot hold their results; move the report or ask for a later one.",
        )


def title_year(case: Case) -> Iterator[Finding]:
    """A plan "for the year 2023" that is issued in 2024."""
    title, date = case.plan.header.title, case.issued
    if not title or date is None or not case.is_sound:
        return
    match = re.search(r"\bnam (20\d\d)\W*$", fold(title))
    if match is None or _OF_ANOTHER.search(fold(title)):
        return
    if int(match[1]) < date.year:
        yield case.finding(
            "title-year",
            "warning",
            "/header/title",
            None,
            vi=f"Trích yếu ghi năm {match[1]} nhưng văn bản ban hành ngày {day(date)}; bạn hãy kiểm tra năm nào đúng.",
            en=f"The title says {match[1]} but the document is dated {day(date)}; check which year is right.",
        )
