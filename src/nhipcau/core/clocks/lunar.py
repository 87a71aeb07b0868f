"""The Vietnamese lunar calendar: which day of which lunar month a date is, at UTC+7.

Rules of the calendar (since 1968 at UTC+7, Quyết định 121-CP of 08/8/1967): a month begins on the day of the new moon;
the month with the winter solstice is the eleventh; where thirteen months lie between two solstices, the first without a
major solar term is the leap month. Chinese tables work at UTC+8 and differ now and then (Tết of 1968, 1985, 2007, 2030).
New moons and the sun's longitude after Jean Meeus, "Astronomical Algorithms" (2nd ed.), chapters 49 and 25: good to a
minute or so, and no new moon or solar term that decides a holiday between 1968 and 2100 falls closer than that to midnight
at UTC+7. Pure.
"""

from __future__ import annotations

import datetime as dt
import functools
import math

_OFFSET = 7 / 24  # days
_SYNODIC = 29.530588861
_J2000 = 2451545.0
_ORDINAL = 1721424.5  # Julian day of the ordinal 0 of ``datetime.date``, at 00:00

# Chapter 49, new moon: coefficient (days), power of E, multiples of M, M', F, Ω.
_NEW_MOON = (
    (-0.40720, 0, 0, 1, 0, 0), (0.17241, 1, 1, 0, 0, 0), (0.01608, 0, 0, 2, 0, 0), (0.01039, 0, 0, 0, 2, 0),
    (0.00739, 1, -1, 1, 0, 0), (-0.00514, 1, 1, 1, 0, 0), (0.00208, 2, 2, 0, 0, 0), (-0.00111, 0, 0, 1, -2, 0),
    (-0.00057, 0, 0, 1, 2, 0), (0.00056, 1, 1, 2, 0, 0), (-0.00042, 0, 0, 3, 0, 0), (0.00042, 1, 1, 0, 2, 0),
    (0.00038, 1, 1, 0, -2, 0), (-0.00024, 1, -1, 2, 0, 0), (-0.00017, 0, 0, 0, 0, 1), (-0.00007, 0, 2, 1, 0, 0),
    (0.00004, 0, 0, 2, -2, 0), (0.00004, 0, 3, 0, 0, 0), (0.00003, 0, 1, 1, -2, 0), (0.00003, 0, 0, 2, 2, 0),
    (-0.00003, 0, 1, 1, 2, 0), (0.00003, 0, -1, 1, 2, 0), (-0.00002, 0, -1, 1, -2, 0), (-0.00002, 0, 1, 3, 0, 0),
    (0.00002, 0, 0, 4, 0, 0),
)  # fmt: skip
# The planets' part: coefficient (days), argument at k = 0, and its growth a month (degrees).
_PLANETS = (
    (0.000325, 299.77, 0.107408), (0.000165, 251.88, 0.016321), (0.000164, 251.83, 26.651886),
    (0.000126, 349.42, 36.412478), (0.000110, 84.66, 18.206239), (0.000062, 141.74, 53.303771),
    (0.000060, 207.14, 2.453732), (0.000056, 154.84, 7.306860), (0.000047, 34.52, 27.261239),
    (0.000042, 207.19, 0.121824), (0.000040, 291.34, 1.844379), (0.000037, 161.72, 24.198154),
    (0.000035, 239.56, 25.513099), (0.000023, 331.55, 3.592518),
)  # fmt: skip


def solar_date(day: int, month: int, year: int) -> dt.date:
    """The date of a day of an ordinary (not leap) month of a lunar year: ``solar_date(10, 3, 2026)`` is Giỗ Tổ of 2026."""
    for solar in (year, year + 1):
        for begin, number, is_leap, lunar_year in _year_of_months(solar):
            if (number, is_leap, lunar_year) == (month, False, year):
                return dt.date.fromordinal(begin + day - 1)
    raise ValueError(f"no lunar month {month} in {year}")


def new_year(year: int) -> dt.date:
    """The first day of Tết Nguyên đán in that year."""
    return solar_date(1, 1, year)


@functools.cache
def _year_of_months(year: int) -> tuple[tuple[int, int, bool, int], ...]:
    """The months from the eleventh before ``year`` up to, and with, the eleventh of ``year`` (the last stands there as a
    border): ordinal of the first day, number, whether leap, lunar year."""
    first, last = _eleventh_month(year - 1), _eleventh_month(year)
    k = round((first - _new_moon_ordinal(0)) / _SYNODIC)
    begins = [_new_moon_ordinal(k + n) for n in range(-1, 16)]
    begins = [begin for begin in begins if first <= begin <= last]
    has_leap = len(begins) == 14  # thirteen months and the border
    made: list[tuple[int, int, bool, int]] = []
    number, leap_done = 11, not has_leap
    for position, begin in enumerate(begins):
        is_leap = (
            not leap_done and position > 0 and position + 1 < len(begins) and not _has_term(begin, begins[position + 1])
        )
        if is_leap:
            leap_done = True
        elif position > 0:
            number = number % 12 + 1
        lunar_year = year - 1 if number >= 11 and position < 4 else year
        made.append((begin, number, is_leap, lunar_year))
    return tuple(made)


def _has_term(begin: int, end: int) -> bool:
    """Whether the sun enters a new twelfth of its way (a major term) between the two midnights."""
    return int(_sun_at(begin) // 30) != int(_sun_at(end) // 30)


@functools.cache
def _eleventh_month(year: int) -> int:
    """The ordinal on which the month with the winter solstice of that year begins."""
    k = round((dt.date(year, 12, 21).toordinal() - _new_moon_ordinal(0)) / _SYNODIC)
    for n in range(k + 1, k - 3, -1):
        begin = _new_moon_ordinal(n)
        if begin < dt.date(year, 12, 31).toordinal() and _sun_at(begin) < 270 <= _sun_at(_new_moon_ordinal(n + 1)):
            return begin
    raise ValueError(f"no winter solstice in {year}")


@functools.cache
def _new_moon_ordinal(k: int) -> int:
    """The ordinal of the day at UTC+7 on which the k-th new moon since 06/01/2000 falls."""
    t = k / 1236.85
    jde = 2451550.09766 + _SYNODIC * k + 0.00015437 * t**2 - 0.000000150 * t**3 + 0.00000000073 * t**4
    e = 1 - 0.002516 * t - 0.0000074 * t**2
    m = 2.5534 + 29.10535670 * k - 0.0000014 * t**2 - 0.00000011 * t**3
    m1 = 201.5643 + 385.81693528 * k + 0.0107582 * t**2 + 0.00001238 * t**3 - 0.000000058 * t**4
    f = 160.7108 + 390.67050284 * k - 0.0016118 * t**2 - 0.00000227 * t**3 + 0.000000011 * t**4
    omega = 124.7746 - 1.56375588 * k + 0.0020672 * t**2 + 0.00000215 * t**3
    for coefficient, power, a, b, c, d in _NEW_MOON:
        jde += coefficient * e**power * math.sin(math.radians(a * m + b * m1 + c * f + d * omega))
    for coefficient, at, growth in _PLANETS:
        bend = 0.009173 * t**2 if at == 299.77 else 0
        jde += coefficient * math.sin(math.radians(at + growth * k - bend))
    return math.floor(jde - _delta_t(2000 + t * 100) + _OFFSET - _ORDINAL)


def _sun_at(ordinal: int) -> float:
    """The sun's apparent longitude (degrees) at 00:00 of that day at UTC+7."""
    jd = ordinal + _ORDINAL - _OFFSET
    t = (jd + _delta_t(2000 + (jd - _J2000) / 365.25) - _J2000) / 36525
    mean = 280.46646 + 36000.76983 * t + 0.0003032 * t**2
    m = math.radians(357.52911 + 35999.05029 * t - 0.0001537 * t**2)
    centre = (
        (1.914602 - 0.004817 * t - 0.000014 * t**2) * math.sin(m)
        + (0.019993 - 0.000101 * t) * math.sin(2 * m)
        + 0.000289 * math.sin(3 * m)
    )
    omega = math.radians(125.04 - 1934.136 * t)
    return (mean + centre - 0.00569 - 0.00478 * math.sin(omega)) % 360


def _delta_t(year: float) -> float:
    """Dynamical minus universal time, in days: a parabola through the measured values of 1900 to 2020 (a minute, more or
    less), after Espenak and Meeus for later years."""
    if year < 1950:
        seconds = 29.07 + 0.407 * (year - 1950) - (year - 1950) ** 2 / 233
    elif year < 2005:
        seconds = 63.86 + 0.3345 * (year - 2000) - 0.0060374 * (year - 2000) ** 2
    else:
        seconds = 62.92 + 0.32217 * (year - 2000) + 0.005589 * (year - 2000) ** 2
    return seconds / 86400
