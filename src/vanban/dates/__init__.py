"""Dates and times as Vietnamese administrative documents print them.

``find_dates`` and ``find_date`` look for calendar dates in running text; ``parse_when`` says what a phrase such as
"Hoàn thành trước tháng 12/2024" means in calendar days, by the rules of the contract ``plan/1``; ``parse_all`` does the
same for a phrase that states several times ("trước ngày 01/6 và 15/11 hằng năm").
"""

from vanban.dates.calendar import DATE, FoundDate, Partial, find_date, find_dates
from vanban.dates.phrases import parse_all, parse_when

__all__ = ["DATE", "FoundDate", "Partial", "find_date", "find_dates", "parse_all", "parse_when"]
