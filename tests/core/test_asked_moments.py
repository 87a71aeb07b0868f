"""A moment as people ask for it, seen from Monday 23/11/2026, 09:00 (the 24th is a holiday)."""

import datetime as dt

import pytest

from nhipcau.core.clocks import ZONE, LimitError, asked_moment, due_words, packaged_calendar

NOW = dt.datetime(2026, 11, 23, 9, 0, tzinfo=ZONE)


def understood(text: str, now: dt.datetime = NOW) -> str:
    return due_words(asked_moment(text, now, packaged_calendar()))


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("10:00 ngày mai", "10:00 thứ Ba, 24/11/2026"),
        ("10h sáng mai", "10:00 thứ Ba, 24/11/2026"),
        ("ngày mai, lúc 10 giờ", "10:00 thứ Ba, 24/11/2026"),
        ("Trước 10 giờ 30 phút ngày mai.", "10:30 thứ Ba, 24/11/2026"),
        ("9 giờ rưỡi ngày kia", "09:30 thứ Tư, 25/11/2026"),
        ("chiều thứ Sáu", "17:00 thứ Sáu, 27/11/2026"),
        ("5 giờ chiều thứ 6", "17:00 thứ Sáu, 27/11/2026"),
        ("sáng thứ Hai tuần sau", "11:30 thứ Hai, 30/11/2026"),
        ("đầu giờ chiều nay", "13:30 thứ Hai, 23/11/2026"),
        ("trưa nay", "12:00 thứ Hai, 23/11/2026"),
        ("trong ngày", "hết thứ Hai, 23/11/2026"),
        ("trong ngày hôm nay", "hết thứ Hai, 23/11/2026"),
        ("trong ngày mai", "hết thứ Ba, 24/11/2026"),
        ("cuối giờ làm việc hôm nay", "17:00 thứ Hai, 23/11/2026"),
        ("trước 17 giờ ngày 25/11", "17:00 thứ Tư, 25/11/2026"),
        ("17h ngày 25/11/2026", "17:00 thứ Tư, 25/11/2026"),
        ("17h00 ngày 25 tháng 11 năm 2026", "17:00 thứ Tư, 25/11/2026"),
        ("trước ngày 25/11", "hết thứ Ba, 24/11/2026"),
        ("trước thứ Sáu", "hết thứ Năm, 26/11/2026"),
        ("chậm nhất ngày 25/11", "hết thứ Tư, 25/11/2026"),
        ("đến hết ngày 25/11", "hết thứ Tư, 25/11/2026"),
        ("25/11", "hết thứ Tư, 25/11/2026"),
        ("25-11-2026 16:30", "16:30 thứ Tư, 25/11/2026"),
        ("2026-11-25", "hết thứ Tư, 25/11/2026"),
        ("ngày 30", "hết thứ Hai, 30/11/2026"),
        ("10/01", "hết Chủ nhật, 10/01/2027"),
        ("3 ngày làm việc", "hết thứ Sáu, 27/11/2026"),
        ("trong 24 giờ", "09:00 thứ Ba, 24/11/2026"),
        ("trong vòng 2 giờ tới", "11:00 thứ Hai, 23/11/2026"),
        ("45 phút nữa", "09:45 thứ Hai, 23/11/2026"),
        ("2 tuần", "hết thứ Hai, 07/12/2026"),
        ("cuối tuần", "hết thứ Sáu, 27/11/2026"),
        ("cuối tháng", "hết thứ Hai, 30/11/2026"),
        ("thứ Hai", "hết thứ Hai, 23/11/2026"),
        ("chủ nhật", "hết Chủ nhật, 29/11/2026"),
        ("16 giờ", "16:00 thứ Hai, 23/11/2026"),
        ("24 giờ ngày 25/11", "hết thứ Tư, 25/11/2026"),
        ("trước 24 giờ ngày 25/11", "hết thứ Tư, 25/11/2026"),
        ("12 giờ đêm nay", "hết thứ Hai, 23/11/2026"),
        ("11 giờ đêm nay", "23:00 thứ Hai, 23/11/2026"),
        ("1 giờ đêm mai", "01:00 thứ Ba, 24/11/2026"),
        ("1 giờ trưa mai", "13:00 thứ Ba, 24/11/2026"),
        ("11 giờ trưa mai", "11:00 thứ Ba, 24/11/2026"),
        ("thứ 2 tuần sau", "hết thứ Hai, 30/11/2026"),
        ("14h thứ Hai, ngày 30/11/2026", "14:00 thứ Hai, 30/11/2026"),
        ("ngày làm việc tiếp theo", "hết thứ Tư, 25/11/2026"),
    ],
)
def test_words_of_officers(text, means):
    assert understood(text) == means


@pytest.mark.parametrize("text", ["25/11", "ngày 25/11"])
def test_a_day_of_last_week_has_passed_and_is_not_next_year(text):
    assert understood(text, NOW + dt.timedelta(days=7)) == "hết thứ Tư, 25/11/2026"


def test_days_off_are_passed_over():
    eve = dt.datetime(2026, 12, 31, 15, 0, tzinfo=ZONE)
    assert understood("ngày làm việc tiếp theo", eve) != "hết thứ Sáu, 01/01/2027"
    assert understood("1 ngày làm việc", eve) == understood("ngày làm việc tiếp theo", eve)


def test_letters_in_parts_are_the_same_letters():
    assert understood("chie\u0302\u0300u thu\u031b\u0301 Sa\u0301u") == "17:00 thứ Sáu, 27/11/2026"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Bạn hãy ghi thời hạn"),
        ("khi nào xong", "Chưa hiểu thời hạn “khi nào xong”"),
        ("hôm qua", "Chưa hiểu thời hạn"),
        ("31/02/2027", "Không có ngày 31/02/2027"),
        ("25:00 ngày mai", "Không có giờ 25:00"),
        ("10:75", "Không có giờ 10:75"),
        ("20 giờ sáng mai", "Chưa hiểu thời hạn"),
        ("99/99", "Không có ngày 99/99"),
        ("ngày 31", "Không có ngày 31. Bạn"),
        ("thứ Ba, ngày 30/11", "Ngày 30/11/2026 là thứ Hai. Bạn hãy xem lại."),
        ("0 ngày làm việc", "Chưa hiểu thời hạn"),
        ("9999 ngày", "không quá một năm"),
        ("10:00 25/11/2099", "không quá một năm"),
        ("ngày", "Chưa hiểu thời hạn"),
        ("10:00 ngày mai <script>", "Chưa hiểu thời hạn"),
        ("1" * 500, "Chưa hiểu thời hạn"),
    ],
)
def test_what_cannot_be_is_told(text, said):
    with pytest.raises(LimitError) as told:
        understood(text)
    assert said in str(told.value)
