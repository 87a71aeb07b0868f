"""What a file is told to be by its content; and the time that this takes, whatever the content."""

import time

import pytest

from vanban.source import sniff


@pytest.mark.parametrize("piece", [b"a:\r\n", b"<!---->", b"<!--", b"\xef\xbb\xbf", b"a:\r\n b\r\n"])
def test_repeated_beginnings_are_told_at_once(piece):
    start = time.perf_counter()
    assert sniff.media_type(piece * 26 + b"x") in (sniff.TEXT, sniff.HTML)
    assert time.perf_counter() - start < 0.5
