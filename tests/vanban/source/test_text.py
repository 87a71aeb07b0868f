"""Plain text: encodings, line numbers, pages."""

import codecs
import hashlib
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vanban.errors import Unreadable
from vanban.source import load

SENTENCE = "Ủy ban nhân dân tỉnh ban hành Kế hoạch truyền thông chính sách; Sở Tư pháp chủ trì thực hiện."


def texts(data: bytes) -> list[str]:
    return [line.text for line in load(data).lines]


@pytest.mark.parametrize(
    "data",
    [
        SENTENCE.encode(),
        codecs.BOM_UTF8 + SENTENCE.encode(),
        codecs.BOM_UTF16_LE + SENTENCE.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + SENTENCE.encode("utf-16-be"),
        codecs.BOM_UTF32_LE + SENTENCE.encode("utf-32-le"),
        SENTENCE.encode("utf-16-le"),
        SENTENCE.encode("utf-16-be"),
        unicodedata.normalize("NFD", SENTENCE).encode(),
    ],
    ids=["utf-8", "utf-8 mark", "utf-16 le", "utf-16 be", "utf-32", "no mark le", "no mark be", "nfd"],
)
def test_every_unicode_form_gives_the_same_line(data):
    assert texts(data) == [SENTENCE]


def test_windows_1258_is_read_where_it_gives_vietnamese():
    # Windows-1258 writes most vowels as a letter with its first mark and a combining tone.
    text = "".join(char if _in_1258(char) else _split(char) for char in SENTENCE)
    assert texts(text.encode("cp1258")) == [SENTENCE]


def _in_1258(char: str) -> bool:
    try:
        char.encode("cp1258")
    except UnicodeEncodeError:
        return False
    return True


def _split(char: str) -> str:
    """``char`` as a letter that keeps its horn, breve or circumflex, and its tone apart."""
    tones = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
    parts = unicodedata.normalize("NFD", char)
    letter = unicodedata.normalize("NFC", "".join(p for p in parts if p not in tones))
    return letter + "".join(p for p in parts if p in tones)


def test_english_with_windows_quotes_is_read():
    assert texts("The plan says “now” – today".encode("cp1252")) == ["The plan says “now” – today"]


def test_text_in_an_encoding_that_is_not_read_says_save_as_utf_8():
    with pytest.raises(Unreadable) as error:
        load("План работы комитета на следующий год утверждён".encode("koi8-r"))
    assert error.value.code == "encoding"
    assert "UTF-8" in error.value.vi


def test_lines_keep_their_physical_numbers():
    source = load(b"a\r\nb\rc\n\n\nd\x0be\xe2\x80\xa8f\n")
    assert [(line.number, line.text) for line in source.lines] == [
        (1, "a"),
        (2, "b"),
        (3, "c"),
        (4, ""),
        (5, ""),
        (6, "d e\u2028f"),
    ]


def test_a_form_feed_begins_a_page_and_no_line():
    source = load(b"one\ntwo\n\x0cthree\nfour\x0c\nfive\n\x0c")
    assert [(line.number, line.page, line.text) for line in source.lines] == [
        (1, 1, "one"),
        (2, 1, "two"),
        (3, 2, "three"),
        (4, 2, "four"),
        (5, 3, "five"),
        (6, 3, ""),
    ]
    assert source.pages == 3


def test_a_text_without_form_feeds_has_no_pages():
    source = load(b"one\ntwo")
    assert (source.pages, source.lines[0].page) == (None, None)


def test_no_break_spaces_and_invisible_signs_are_plain():
    assert texts("Số:\u00a008/KH-\u200bUBND\u00ad".encode()) == ["Số: 08/KH-UBND"]


def test_a_source_knows_its_name_type_and_digest(tmp_path):
    path = tmp_path / "kế hoạch.txt"
    path.write_text(SENTENCE, "utf-8")
    source = load(path)
    assert (source.name, source.media_type) == ("kế hoạch.txt", "text/plain")
    assert source.sha256 == hashlib.sha256(SENTENCE.encode()).hexdigest()
    assert load(path, name="other").name == "other"


LETTERS = st.characters(codec="utf-8", exclude_categories=["Cc", "Co", "Cn", "Cs"])


@given(st.lists(st.text(LETTERS), min_size=1))
def test_line_count_is_that_of_an_editor(lines):
    text = "A\n" + "\n".join(lines) + "\n"
    source = load(text.encode())
    assert len(source.lines) == len(lines) + 1
    assert [line.number for line in source.lines] == list(range(1, len(lines) + 2))
    assert all(unicodedata.is_normalized("NFC", line.text) for line in source.lines)
