"""Importing the directory: every row has its verdict, wrong files say what to do, all is written or nothing."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from tests.factories import make_actor, make_member, make_organisation

from nhipcau.organisations import queries, sheets
from nhipcau.organisations.models import Alias, Organisation, OrganisationKind, Role
from nhipcau.organisations.queries import checked_organisations
from nhipcau.organisations.sheets import SheetProblem, read_sent, read_sheet, reading

pytestmark = pytest.mark.django_db

HEAD = "Tên đầy đủ,Tên ngắn,Loại,Cấp,Cơ quan cấp trên,Có từ ngày,Đến hết ngày,Căn cứ,Nguồn,Tên gọi khác"
ROWS = """Sở Tư pháp,STP,,Cấp tỉnh,Ủy ban nhân dân tỉnh Hà Trung,01/01/2000,,,Niên giám,Sở TP; Tư pháp tỉnh @ Ủy ban nhân dân tỉnh Hà Trung
Phòng Bổ trợ tư pháp,,Cơ quan chuyên môn,Cấp tỉnh,Sở Tư pháp,,,,,"""


@pytest.fixture
def province() -> Organisation:
    return make_organisation("Ủy ban nhân dân tỉnh Hà Trung", kind=OrganisationKind.COMMITTEE)


@pytest.fixture
def admin(province: Organisation, client_of: Any) -> Client:
    return client_of(make_member(province, Role.ADMINISTRATOR))


def csv(*rows: str, head: str = HEAD) -> bytes:
    return "\n".join((head, *rows)).encode()


def upload(client: Client, content: bytes, name: str = "danh-ba.csv") -> Any:
    return client.post("/co-quan/nhap/", {"sheet": SimpleUploadedFile(name, content)})


def packed_in(response: Any) -> str:
    return str(response.context["packed"])


def test_nothing_is_written_before_the_confirmation_and_a_second_import_changes_nothing(
    admin: Client, province: Organisation
) -> None:
    preview = upload(admin, csv(ROWS))
    assert (preview.context["new"], preview.context["changed"], preview.context["wrong"]) == (2, 0, 0)
    assert Organisation.objects.count() == 1
    admin.post("/co-quan/nhap/", {"packed": packed_in(preview)})
    office = Organisation.objects.get(name="Sở Tư pháp")
    section = Organisation.objects.get(name="Phòng Bổ trợ tư pháp")
    assert (office.kind, office.short_name, office.path) == ("department", "STP", f"{province.pk}/{office.pk}/")
    assert section.path == f"{office.path}{section.pk}/"
    assert sorted(Alias.objects.values_list("text", "scope__name")) == [
        ("Sở TP", None),
        ("Tư pháp tỉnh", province.name),
    ]
    again = upload(admin, csv(ROWS))
    assert (again.context["new"], again.context["changed"], again.context["same"]) == (0, 0, 2)


def test_a_blank_cell_leaves_what_is_there_and_a_filled_one_changes_it(admin: Client, province: Organisation) -> None:
    office = make_organisation("Sở Tư pháp", province, short_name="STP", legal_basis="Nghị định cũ")
    preview = upload(admin, csv("Sở Tư pháp,,,Cấp tỉnh,Ủy ban nhân dân tỉnh Hà Trung,,,Nghị định 45/2025/NĐ-CP,,"))
    assert preview.context["changed"] == 1
    admin.post("/co-quan/nhap/", {"packed": packed_in(preview)})
    office.refresh_from_db()
    assert (office.short_name, office.legal_basis) == ("STP", "Nghị định 45/2025/NĐ-CP")


@pytest.mark.parametrize(
    ("row", "field"),
    [
        (",,,Cấp tỉnh,,,,,,", "name"),
        ("Sở Y tế,,,,,,,,,", "level"),
        ("Sở Y tế,,,Cấp làng,,,,,,", "level"),
        ("Sở Y tế,,Loại lạ,Cấp tỉnh,,,,,,", "kind"),
        ("Sở Y tế,,,Cấp tỉnh,Không có ai,,,,,", "parent"),
        ("Sở Y tế,,,Trung ương,Ủy ban nhân dân tỉnh Hà Trung,,,,,", "level"),
        ("Sở Y tế,,,Cấp tỉnh,,31/02/2024,,,,", "valid_from"),
        ("Sở Y tế,,,Cấp tỉnh,,hôm nay,,,,", "valid_from"),
        ("Sở Y tế,,,Cấp tỉnh,,01/02/2024,01/01/2024,,,", "valid_to"),
        (f"{'x' * 251},,,Cấp tỉnh,,,,,,", "name"),
        ("Sở Y tế,,,Cấp tỉnh,,,,,,Y tế @ Không có ai", "aliases"),
    ],
)
def test_a_wrong_row_says_which_cell_and_stops_all(admin: Client, province: Organisation, row: str, field: str) -> None:
    actor = make_actor(province, Role.ADMINISTRATOR)
    table = read_sheet(csv(ROWS, row))
    wrong = [(c.row.number, [f for f, _said in c.problems]) for c in checked_organisations(actor, table) if c.problems]
    assert wrong == [(4, [field])]
    preview = upload(admin, csv(ROWS, row))
    assert preview.context["wrong"] == 1
    assert '<td class="code">4</td>' in preview.content.decode()
    admin.post("/co-quan/nhap/", {"packed": packed_in(preview)})
    assert Organisation.objects.count() == 1


def test_rows_may_stand_in_any_order_but_not_in_a_circle(province: Organisation) -> None:
    actor = make_actor(province, Role.ADMINISTRATOR)
    circle = csv("Một,,,Cấp tỉnh,Hai,,,,,", "Hai,,,Cấp tỉnh,Một,,,,,")
    assert {c.verdict for c in checked_organisations(actor, read_sheet(circle))} == {"wrong"}
    backwards = csv("Ba,,,Cấp tỉnh,Bốn,,,,,", "Bốn,,,Cấp tỉnh,Ủy ban nhân dân tỉnh Hà Trung,,,,,")
    assert [c.verdict for c in checked_organisations(actor, read_sheet(backwards))] == ["new", "new"]


def test_the_same_row_twice_is_told(province: Organisation) -> None:
    row = "Sở Y tế,,,Cấp tỉnh,Ủy ban nhân dân tỉnh Hà Trung,,,,,"
    actor = make_actor(province, Role.ADMINISTRATOR)
    assert [c.verdict for c in checked_organisations(actor, read_sheet(csv(row, row)))] == ["new", "wrong"]


def test_a_row_outside_the_administrators_reach_is_wrong(province: Organisation) -> None:
    office = make_organisation("Sở Tư pháp", province)
    make_actor(province, Role.ADMINISTRATOR)
    actor = make_actor(office, Role.ADMINISTRATOR)
    rows = csv("Trung tâm Trợ giúp,,,Cấp tỉnh,Sở Tư pháp,,,,,", "Sở Y tế,,,Cấp tỉnh,Ủy ban nhân dân tỉnh Hà Trung,,,,,")
    assert [c.verdict for c in checked_organisations(actor, read_sheet(rows))] == ["new", "wrong"]


def test_a_parent_of_a_common_name_is_told_apart(province: Organisation) -> None:
    for number in ("Một", "Hai"):
        district = make_organisation(f"Ủy ban nhân dân huyện {number}", province, kind="committee", level="district")
        make_organisation("Phòng Tư pháp", district, level="district")
    actor = make_actor(province, Role.ADMINISTRATOR)
    plain, apart = checked_organisations(
        actor,
        read_sheet(
            csv(
                "Tổ A,,,Cấp huyện,Phòng Tư pháp,,,,,", "Tổ A,,,Cấp huyện,Phòng Tư pháp < Ủy ban nhân dân huyện Hai,,,,,"
            )
        ),
    )
    assert ([f for f, _s in plain.problems], apart.verdict) == (["parent"], "new")
    assert apart.parent.parent.name == "Ủy ban nhân dân huyện Hai"


def test_what_was_exported_is_imported_as_the_same(admin: Client, province: Organisation) -> None:
    office = make_organisation("Sở Tư pháp", province, short_name="=STP()", legal_basis="+84")
    Alias.objects.create(organisation=office, text="Tư pháp tỉnh", scope=province)
    for form in ("csv", "xlsx"):
        sent = admin.get(f"/co-quan/tai-ve.{form}")
        content = sent.content
        assert b"\n=STP()" not in content
        preview = upload(admin, content, f"danh-ba.{form}")
        assert (preview.context["same"], preview.context["new"], preview.context["changed"]) == (2, 0, 0)


def test_no_cell_of_an_export_is_a_formula(admin: Client, province: Organisation) -> None:
    make_organisation("Sở Tư pháp", province, short_name='=HYPERLINK("http://x")', source="@SUM(1)")
    book = openpyxl.load_workbook(io.BytesIO(admin.get("/co-quan/tai-ve.xlsx").content))
    cells = [cell for row in book.worksheets[0].iter_rows() for cell in row if cell.value]
    assert [cell.value for cell in cells if cell.data_type == "f" or str(cell.value).startswith(("=", "@"))] == []


def test_the_template_can_be_read_back(admin: Client) -> None:
    for form in ("csv", "xlsx"):
        table = read_sheet(admin.get(f"/co-quan/nhap/mau.{form}").content)
        assert (table.kind, len(table.rows)) == ("organisations", 1)


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/worksheets/sheet1.xml", b"\0" * (70 * 1024 * 1024))
    return out.getvalue()


def zipped(name: str, content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as parts:
        parts.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"  \n ", id="blank"),
        pytest.param(b"\x00\x01\x02\xfe" * 500, id="noise"),
        pytest.param(b"%PDF-1.7 ...", id="pdf"),
        pytest.param(b"\xd0\xcf\x11\xe0" + b"x" * 600, id="old xls"),
        pytest.param("Tên đầy đủ,Cấp\nSở,Cấp tỉnh".encode("utf-16-le"), id="utf-16 without mark"),
        pytest.param("Sở Tư pháp;Cấp tỉnh\n".encode(), id="no head"),
        pytest.param(HEAD.encode(), id="head only"),
        pytest.param(b"PK\x03\x04 broken", id="broken zip"),
        pytest.param(zipped("word/document.xml", b"<a/>"), id="another zip"),
        pytest.param(zipped("[Content_Types].xml", b"<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>"), id="entities"),
        pytest.param(b"x" * (2 * 1024 * 1024 + 1), id="too large"),
        pytest.param((HEAD + "\n" + "a,b,c,d\n" * 5001).encode(), id="too many rows"),
        pytest.param((HEAD + '\n"' + "a" * 200_000).encode(), id="endless cell"),
    ],
)
def test_a_file_that_is_no_table_is_told_what_to_do(admin: Client, content: bytes) -> None:
    response = upload(admin, content) if content else None
    if response is not None:
        assert response.status_code == 400
        assert len(response.context["form"].errors["sheet"]) == 1
    with pytest.raises(SheetProblem):
        read_sheet(content)
    assert Organisation.objects.count() == 1


def one_text_in_many_cells() -> bytes:
    """A small book whose 2000 cells all show the same text of 20.000 signs."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    for _row in range(100):
        sheet.append(["a" * 20_000] * 20)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("made", [bomb, one_text_in_many_cells], ids=["zeros", "one text"])
def test_a_zip_bomb_is_not_unpacked(made: Callable[[], bytes]) -> None:
    with pytest.raises(SheetProblem, match="quá lớn khi mở ra"):
        read_sent(made())


@pytest.mark.parametrize(
    ("what_happens", "said"),
    [("die_of_a_file", "không phải bảng tính XLSX đọc được"), ("take_memory", "quá lớn khi mở ra")],
)
def test_a_file_that_breaks_its_reader_breaks_nothing_else(
    admin: Client, monkeypatch: pytest.MonkeyPatch, what_happens: str, said: str
) -> None:
    monkeypatch.setattr(reading, "READ", f"tests.core.sandboxed:{what_happens}")
    answer = upload(admin, csv(ROWS))
    assert (answer.status_code, said in answer.content.decode()) == (400, True)


def test_a_file_of_another_encoding_and_delimiter_is_read(province: Organisation) -> None:
    text = "Cấp;Tên đầy đủ;Ghi chú riêng\nCấp tỉnh;Sở Tư pháp;x\n"
    for content in (text.encode("utf-16"), text.encode("utf-8-sig"), text.replace(";", "\t").encode()):
        assert [row["name"] for row in read_sheet(content).rows] == ["Sở Tư pháp"]


def test_real_dates_of_a_spreadsheet_are_read(province: Organisation) -> None:
    import datetime as dt  # noqa: PLC0415

    book = openpyxl.Workbook()
    book.active.append(["Tên đầy đủ", "Cấp", "Có từ ngày"])
    book.active.append(["Sở Tư pháp", "Cấp tỉnh", dt.datetime(2017, 1, 16)])
    out = io.BytesIO()
    book.save(out)
    (checked,) = checked_organisations(make_actor(province, Role.ADMINISTRATOR), read_sheet(out.getvalue()))
    assert checked.values["valid_from"] == dt.date(2017, 1, 16)


@pytest.mark.parametrize("packed", ["", "[]", "{", '["organisations", [[1]]]', '["x", []]', '["organisations", 5]'])
def test_a_preview_that_was_cut_is_told(admin: Client, packed: str) -> None:
    assert admin.post("/co-quan/nhap/", {"packed": packed}).status_code == 400


def test_checking_takes_the_same_queries_for_one_row_and_for_many(
    province: Organisation, django_assert_max_num_queries: Any
) -> None:
    actor = make_actor(province, Role.ADMINISTRATOR)
    rows = [f"Sở {n},,,Cấp tỉnh,Ủy ban nhân dân tỉnh Hà Trung,,,,," for n in range(200)]
    with django_assert_max_num_queries(4):
        assert len(checked_organisations(actor, read_sheet(csv(*rows)))) == 200


def test_the_shipped_directory_is_loaded_from_the_page(admin: Client, province: Organisation) -> None:
    admin.post("/co-quan/nhap/danh-ba-mau/")
    assert Organisation.objects.filter(name="Sở Tư pháp").exists()
    assert queries.resolve(["Sở Tư pháp"], province, None)["Sở Tư pháp"].how == "unknown"  # another province's


def test_the_command_says_what_is_wrong(tmp_path: Any) -> None:
    with pytest.raises(CommandError):
        call_command("load_agencies", file=[str(tmp_path / "khong-co.csv")])
    wrong = tmp_path / "sai.csv"
    wrong.write_bytes(csv("Sở Y tế,,,Cấp làng,,,,,,"))
    with pytest.raises(CommandError, match="Dòng 2"):
        call_command("load_agencies", file=[str(wrong)])
    assert sheets.MAX_BYTES == 2 * 1024 * 1024
