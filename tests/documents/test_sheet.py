"""A document as it is read on a page: the sheet says what the paper says."""

from __future__ import annotations

import base64
import re

from tests.vanban.write.papers import make_paper

from nhipcau.documents.templatetags.papers import official_sheet
from vanban.official import Paragraph, Picture, plain

DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 4"><rect width="9" height="3"/></svg>'


def test_a_drawing_is_seen_and_its_words_stand_for_it_only_where_it_is_not():
    sheet = official_sheet(make_paper(body=(Picture("Tiến độ: xong 3, chưa 2", DRAWING, 0.4),)))
    shown = re.search(r'<img src="data:image/svg\+xml;base64,([^"]+)" alt="([^"]+)" width="1000" height="400">', sheet)
    assert shown
    assert base64.b64decode(shown[1]).decode() == DRAWING
    assert shown[2] == "Tiến độ: xong 3, chưa 2"
    assert "[Tiến độ" not in sheet


def test_without_a_drawing_its_words_are_read():
    assert "[Tiến độ: xong 3]" in official_sheet(make_paper(body=(Picture("Tiến độ: xong 3"),)))


def test_a_line_in_the_middle_stands_in_the_middle():
    sheet = official_sheet(make_paper(body=(Paragraph(plain("Biểu đồ 1"), align="center"),)))
    assert re.search(r'<p class="off-body off-center">Biểu đồ 1', sheet)
