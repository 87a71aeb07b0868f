"""A memory that lasts as long as one request."""

from __future__ import annotations

from nhipcau.core.once import once, one_request


class Asked:
    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> int:
        self.times += 1
        return self.times


def test_within_a_request_a_question_is_asked_once():
    ask = Asked()
    with one_request():
        assert [once("a", ask), once("a", ask), once("b", ask)] == [1, 1, 2]


def test_the_next_request_asks_anew():
    ask = Asked()
    for _request in range(2):
        with one_request():
            once("a", ask)
    assert ask.times == 2


def test_outside_a_request_nothing_is_remembered():
    ask = Asked()
    assert [once("a", ask), once("a", ask)] == [1, 2]


def test_an_answer_of_none_is_an_answer():
    asked = []
    with one_request():
        for _time in range(2):
            assert once("a", lambda: asked.append(1)) is None
    assert asked == [1]
