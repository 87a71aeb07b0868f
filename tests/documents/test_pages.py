"""The library, the page of a document, the original with its lines."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from tests.factories import make_document, make_member, make_organisation, make_plan, make_text

from nhipcau.core import files
from nhipcau.documents.models import Citation

pytestmark = pytest.mark.django_db

LINES = [
    "Căn cứ Chỉ thị số 07/CT-TTg ngày 21/3/2023 của Thủ tướng",
    "Chính phủ;",
    "",
    "1. Triển khai Chỉ thị số 07/CT-TTg ngày 22/3/2023.",
    "Bố trí ngân sách",
]


@pytest.fixture
def province():
    return make_organisation("Ủy ban nhân dân tỉnh A", kind="committee")


@pytest.fixture
def browser(province, client_of):
    return client_of(make_member(province))


@pytest.fixture
def plan(province):
    return make_plan(province, "08/KH-UBND", LINES)


@pytest.fixture
def directive(plan):
    document = make_document(
        "07/CT-TTg", doc_type="Chỉ thị", date=dt.date(2023, 3, 21), title="Tăng cường truyền thông chính sách",
        issuer="Thủ tướng Chính phủ", slug="07-ct-ttg-2023",
    )  # fmt: skip
    Citation.objects.create(text_of=plan.text, document=document, position=1, is_basis=True, mentions=[[1, 3], [4, 4]])
    return document


class TestLibrary:
    def names(self, page: str) -> list[str]:
        return re.findall(r'class="name"><a href="/van-ban/([^/]*)/"', page)

    def test_held_and_cited_documents_with_their_counts(self, browser, plan, directive):
        make_document("1/QĐ-TTg")  # nobody cites it here
        page = browser.get("/van-ban/").content.decode()
        assert self.names(page) == ["07-ct-ttg-2023", plan.slug]
        assert re.findall(r'class="r cnt">(?:<span class="zero">)?(\d+)', page) == ["1", "0"]
        assert re.findall(r'class="state (?:done|none)">([^<]*)', page) == ["Chỉ viện dẫn", "Có nguyên văn"]

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("q=chi+thi", ["07-ct-ttg-2023"]),
            ("q=thu+tuong", ["07-ct-ttg-2023"]),
            ("q=07/ct", ["07-ct-ttg-2023"]),
            ("type=Chỉ thị", ["07-ct-ttg-2023"]),
            ("year=2023", ["07-ct-ttg-2023"]),
            ("holding=cited", ["07-ct-ttg-2023"]),
            ("year=1999", None),
            ("year=x&holding=y", None),
        ],
    )
    def test_filters(self, browser, plan, directive, query, found):
        names = self.names(browser.get(f"/van-ban/?{query}").content.decode())
        assert names == (found or ["07-ct-ttg-2023", plan.slug])

    def test_empty_and_nothing_found(self, browser, province):
        assert "Kho chưa có văn bản nào" in browser.get("/van-ban/").content.decode()
        assert "Không có văn bản nào khớp" in browser.get("/van-ban/?q=zzz").content.decode()

    def test_queries_do_not_grow(self, browser, plan, django_assert_max_num_queries):
        for n in range(30):
            Citation.objects.create(text_of=plan.text, document=make_document(), position=n)
        with django_assert_max_num_queries(20):
            assert len(self.names(browser.get("/van-ban/").content.decode())) == 31


class TestDocument:
    def test_who_cites_it_is_quoted_with_links_to_the_lines(self, browser, plan, directive):
        page = browser.get("/van-ban/07-ct-ttg-2023/").content.decode()
        text = f"/ban-goc/{plan.text.public_id}/"
        assert re.findall(r'class="n" href="([^"]*)"', page) == [
            f"{text}?tu=1&amp;den=3#dong-1", f"{text}?tu=1&amp;den=3#dong-2", f"{text}?tu=4&amp;den=4#dong-4"
        ]  # fmt: skip
        assert ("là căn cứ" in page, "nhắc 2 lần" in page, "Thủ tướng Chính phủ" in page) == (True, True, True)

    def test_a_mention_with_another_date_is_noted(self, browser, directive):
        page = browser.get("/van-ban/07-ct-ttg-2023/").content.decode()
        assert re.findall(r'class="notice">([^<]*)', page) == [
            "Dòng 4 ghi ngày 22/03/2023, nơi khác ghi ngày 21/03/2023."
        ]

    def test_a_document_that_is_a_plan_leads_to_it(self, browser, plan):
        page = browser.get(f"/van-ban/{plan.slug}/").content.decode()
        assert (f'href="/ke-hoach/{plan.slug}/"' in page, f'href="/ban-goc/{plan.text.public_id}/"' in page) == (
            True,
            True,
        )

    def test_it_is_shown_to_those_who_may_read_a_text_that_cites_it(self, client, client_of, plan, directive):
        other = client_of(make_member(make_organisation()))
        before = [one.get("/van-ban/07-ct-ttg-2023/").status_code for one in (client, other)]
        plan.is_public = True
        plan.save()
        after = [one.get("/van-ban/07-ct-ttg-2023/").status_code for one in (client, other)]
        assert (before, after) == ([404, 404], [200, 200])

    def test_citations_in_texts_that_one_may_not_read_are_not_counted(self, province, plan, directive, client_of):
        hidden = make_plan(make_organisation("Tỉnh khác"))
        Citation.objects.create(text_of=hidden.text, document=directive, position=1, mentions=[[1, 1]])
        page = client_of(make_member(province)).get("/van-ban/07-ct-ttg-2023/").content.decode()
        assert ("1 văn bản viện dẫn" in page, hidden.symbol in page) == (True, False)


def test_a_law_is_called_by_its_name_once():
    law = make_document("", doc_type="Luật", title="Luật Tiếp cận thông tin")
    decree = make_document("09/2017/NĐ-CP", doc_type="Nghị định")
    assert [str(law), str(decree)] == ["Luật Tiếp cận thông tin", "Nghị định 09/2017/NĐ-CP"]


class TestOriginal:
    def test_lines_keep_their_numbers_and_blank_ones_are_left_out(self, browser, plan):
        page = browser.get(f"/ban-goc/{plan.text.public_id}/").content.decode()
        assert re.findall(r'id="dong-(\d+)"', page) == ["1", "2", "4", "5"]

    def test_a_range_is_lit(self, browser, plan):
        page = browser.get(f"/ban-goc/{plan.text.public_id}/?tu=2&den=4").content.decode()
        assert re.findall(r'id="dong-(\d+)" class="lit"', page) == ["2", "4"]

    @pytest.mark.parametrize(
        "query", ["tu=x", "tu=-1", "tu=9999999999999", "tu=4&den=1", "trang=99", "trang=0", "q=%00"]
    )
    def test_odd_numbers_do_no_harm(self, browser, plan, query):
        assert browser.get(f"/ban-goc/{plan.text.public_id}/?{query}").status_code == 200

    def test_find_inside_without_marks(self, browser, plan):
        page = browser.get(f"/ban-goc/{plan.text.public_id}/?q=ngan+sach").content.decode()
        assert "1 dòng có “ngan sach”" in page
        assert 'href="?tu=5&amp;den=5#dong-5"' in page
        assert "Không dòng nào" in browser.get(f"/ban-goc/{plan.text.public_id}/?q=zzz").content.decode()

    def test_a_long_text_opens_at_the_leaf_of_the_line(self, browser, province):
        text = make_text(province, [f"dòng {n}" for n in range(1, 2501)])
        page = browser.get(f"/ban-goc/{text.public_id}/?tu=1500&den=1502").content.decode()
        numbers = [int(n) for n in re.findall(r'id="dong-(\d+)"', page)]
        assert (numbers[0], numbers[-1]) == (1001, 2000)
        assert 'aria-current="page" href="?trang=2"' in page

    def test_the_file_is_given_to_those_who_may_read_the_text(self, browser, client, client_of, province):
        text = make_text(province, file=files.store(b"noi dung"))
        address = f"/ban-goc/{text.public_id}/tep/"
        answer = browser.get(address)
        assert b"".join(answer.streaming_content) == b"noi dung"
        assert answer.headers["Content-Disposition"].startswith("attachment")
        other = client_of(make_member(make_organisation()))
        assert [one.get(address).status_code for one in (client, other)] == [404, 404]

    def test_a_file_that_is_gone_is_said_so(self, browser, plan):
        answer = browser.get(f"/ban-goc/{plan.text.public_id}/tep/")
        assert answer.status_code == 404
