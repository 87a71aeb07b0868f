"""HTML: the lines that a browser shows."""

import pytest

from vanban.errors import Unreadable
from vanban.source import load


def texts(markup: str | bytes) -> list[str]:
    return [line.text for line in load(markup if isinstance(markup, bytes) else markup.encode()).lines]


def test_blocks_give_lines_and_white_space_collapses():
    markup = "<html><body><h1>KẾ HOẠCH</h1><p>Một\n  hai&nbsp;<b>ba</b><br>bốn</p><div>năm<div>sáu</div></div></body>"
    assert texts(markup) == ["KẾ HOẠCH", "Một hai ba", "bốn", "năm", "sáu"]


def test_what_is_not_shown_is_not_read():
    markup = (
        "<html><head><title>T</title><style>p{}</style></head><body><script>alert('x')</script><p>Một</p>"
        "<p style='display: none'>ẩn</p><p hidden>ẩn</p><noscript>bật</noscript><!-- ghi chú --></body></html>"
    )
    assert texts(markup) == ["Một"]


def test_lists_are_numbered_as_printed():
    markup = "<p>x</p><ol type='I' start='3'><li>ba<li>bốn</ol><ol type=a><li value=2>hai</ol><ul><li>chấm</ul>"
    assert texts(markup) == ["x", "III. ba", "IV. bốn", "b. hai", "• chấm"]


def test_a_page_saved_by_word_keeps_its_typed_numbers():
    markup = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta name=Generator content="Microsoft Word">
    <!--[if gte mso 9]><xml><o:p>ẩn</o:p></xml><![endif]--></head><body lang=VI><p class=MsoListParagraph>
    <![if !supportLists]><span style='mso-list:Ignore'>1.<span>&nbsp;&nbsp;&nbsp; </span></span><![endif]>Mục
    đích<o:p></o:p></p><p class=MsoNormal><o:p>&nbsp;</o:p></p></body></html>"""
    assert [text for text in texts(markup) if text] == ["1. Mục đích"]


def test_tables_have_cells_with_spans_and_lines():
    markup = "<table><tr><th colspan=2>Đầu<th rowspan=2>Gộp</tr><tr><td>a<br>b<td></tr></table><p>sau</p>"
    source = load(markup.encode())
    (table,) = source.tables
    shape = [[(c.text, c.lines, c.column_span, c.row_span) for c in row] for row in table.rows]
    assert shape == [[("Đầu", (1, 1), 2, 1), ("Gộp", (2, 2), 1, 2)], [("a\nb", (3, 4), 1, 1), ("", (5, 5), 1, 1)]]
    assert [line.text for line in source.lines] == ["Đầu", "Gộp", "a", "b", "", "sau"]
    assert table.lines == (1, 5)


def test_nested_tables_are_tables_too():
    source = load(b"<table><tr><td>x<table><tr><td>y</table></table>")
    assert [[c.text for r in t.rows for c in r] for t in source.tables] == [["x\ny"], ["y"]]


def test_the_declared_character_set_is_used():
    markup = '<html><head><meta charset="windows-1252"></head><body>Caf\u00e9 \u2013 plan</body></html>'
    assert texts(markup.encode("cp1252")) == ["Café – plan"]


def test_a_wrong_declaration_does_not_break_utf_8():
    markup = '<html><head><meta charset="us-ascii"></head><body>Kế hoạch</body></html>'
    assert texts(markup.encode()) == ["Kế hoạch"]


def test_utf_16_html_with_a_mark():
    assert texts("\ufeff<html><body><p>Kế hoạch</p></body></html>".encode("utf-16-le")) == ["Kế hoạch"]


def test_preformatted_text_keeps_its_lines():
    assert texts("<html><pre>một\n  hai</pre></html>") == ["một", "hai"]


def test_own_entities_are_not_expanded():
    markup = '<!DOCTYPE html [<!ENTITY a "nổ"><!ENTITY b "&a;&a;&a;">]><html><body><p>Kế hoạch &b;</p></body></html>'
    assert texts(markup)[-1] == "Kế hoạch &b;"


def test_deep_nesting_loses_no_text():
    markup = "<html>" + "<div>" * 300 + "sâu" + "</div>" * 300 + "<p>cạn</p></html>"
    assert texts(markup) == ["sâu", "cạn"]


def test_absurd_nesting_is_refused():
    with pytest.raises(Unreadable) as error:
        load(("<html>" + "<div>" * 20_000 + "sâu").encode())
    assert error.value.code == "damaged"
