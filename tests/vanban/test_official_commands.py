"""vanban write, vanban parse, vanban lint: as a user runs them."""

from __future__ import annotations

import io
import json
import pathlib

import docx
import jsonschema
import pytest
from tests.vanban.write.papers import make_annex, make_body, make_paper, make_picture, make_table

from vanban.__main__ import main
from vanban.official import Paragraph, plain
from vanban.official.stored import to_dict
from vanban.parse import parse
from vanban.write import to_docx
from vanban.write.pdf import fonts, to_pdf

CONTRACTS = pathlib.Path(__file__).parents[2] / "docs" / "contracts"
CONTRACT = json.loads((CONTRACTS / "official.schema.json").read_text("utf-8"))
LAYOUT = json.loads((CONTRACTS / "layout.schema.json").read_text("utf-8"))
WHOLE = make_paper(body=(*make_body(), make_table(), make_picture()), annexes=(make_annex(landscape=True),))
LEAST = {
    "type": "Kế hoạch",
    "issuer": "SỞ TƯ PHÁP",
    "subject": "Phổ biến pháp luật",
    "code": "KH-STP",
    "place": "Đà Lạt",
}


def given(tmp_path: pathlib.Path, value: object) -> pathlib.Path:
    path = tmp_path / "paper.json"
    path.write_text(json.dumps(value), "utf-8")
    return path


def test_what_is_stored_keeps_the_contract():
    jsonschema.validate(json.loads(json.dumps(to_dict(WHOLE))), CONTRACT)
    jsonschema.validate(LEAST, CONTRACT)


@pytest.mark.parametrize(("ending", "write"), [(".docx", to_docx), (".pdf", to_pdf)])
def test_write_makes_the_file_that_the_library_makes(tmp_path, capsys, ending, write):
    out = tmp_path / f"paper{ending}"
    assert main(["write", str(given(tmp_path, to_dict(WHOLE))), "-o", str(out)]) == 0
    assert out.read_bytes() == write(WHOLE)
    assert capsys.readouterr().out == f"Đã tạo {out}.\n"


def test_write_takes_several_files_standard_input_and_the_least_fields(tmp_path, monkeypatch):
    stdin = io.TextIOWrapper(io.BytesIO(json.dumps(LEAST).encode()))
    monkeypatch.setattr("sys.stdin", stdin)
    outs = [tmp_path / "a.docx", tmp_path / "a.PDF"]
    assert main(["write", "-", "-o", str(outs[0]), "-o", str(outs[1])]) == 0
    assert [out.read_bytes()[:4] for out in outs] == [b"PK\x03\x04", b"%PDF"]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"type": 3}, "type: cần một chuỗi chữ."),
        ({"tite": "x"}, "tite: không có trường này trong mẫu."),
        ({"number": True}, "number: cần một số nguyên."),
        ({"date": "22/11/2026"}, "date: cần một ngày dạng năm-tháng-ngày, ví dụ 2026-11-22."),
        ({"urgency": "NHANH"}, "urgency: cần một trong các giá trị: “”, “KHẨN”, “THƯỢNG KHẨN”, “HỎA TỐC”."),
        ({"bases": "Căn cứ"}, "bases: cần một danh sách [ … ]."),
        ({"signature": []}, "signature: cần một đối tượng { … }."),
        (
            {"body": [{"block": ["x"]}]},
            "body[0].block: cần một trong các giá trị: “heading”, “paragraph”, “table”, “picture”.",
        ),
        ({"body": [{"block": "paragraph", "runs": [{}]}]}, "body[0].runs[0].text: chưa có trường này."),
        ({"annexes": [{"title": "A", "attached": "", "body": 1}]}, "annexes[0].body: cần một danh sách [ … ]."),
        ({"issuer": "Sở Tư pháp"}, "issuer: Phải viết bằng chữ in hoa."),
        ({"subject": "Vui 😀"}, "text: Phông chữ Times New Roman không có ký tự «😀». Bạn hãy bỏ hoặc thay ký tự này."),
    ],
)
def test_write_says_where_the_value_does_not_fit_and_writes_nothing(tmp_path, capsys, changes, said):
    outs = [tmp_path / "a.docx", tmp_path / "a.pdf"]
    path = given(tmp_path, LEAST | changes)
    assert main(["write", str(path), "-o", str(outs[0]), "-o", str(outs[1])]) == 3
    assert [line.strip() for line in capsys.readouterr().err.splitlines()[1:]] == [said]
    assert [out.exists() for out in outs] == [False, False]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"{", "Tệp không phải JSON đúng cú pháp: lỗi ở dòng 1, cột 2. Bạn hãy sửa rồi thử lại."),
        (b" \n", "Tệp không có nội dung. Bạn hãy kiểm tra lại và chọn đúng tệp văn bản."),
        (b"[]", "Tệp JSON chưa đúng mẫu docs/contracts/official.schema.json:\n  $: cần một đối tượng { … }."),
        (
            b"\xff\xfe\xff",
            "Tệp văn bản dùng bảng mã chưa đọc được. Bạn hãy mở tệp và lưu lại với bảng mã UTF-8 rồi thử lại.",
        ),
        (
            b"[" * 100_000,
            "Tệp chứa quá nhiều nội dung nên không đọc hết được. Bạn hãy tách riêng phần kế hoạch rồi thử lại.",
        ),
    ],
    ids=["no json", "empty", "no object", "encoding", "deep"],
)
def test_write_says_what_is_wrong_with_the_file(tmp_path, capsys, content, said):
    path = tmp_path / "paper.json"
    path.write_bytes(content)
    assert main(["write", str(path), "-o", str(tmp_path / "a.pdf")]) == 3
    assert capsys.readouterr().err == said + "\n"


def test_wrong_usage(tmp_path, capsys):
    path = given(tmp_path, LEAST)
    with pytest.raises(SystemExit, match="2"):
        main(["write", str(path)])
    capsys.readouterr()
    assert main(["write", str(path), "-o", "a.odt"]) == 2
    assert capsys.readouterr().err == "Tệp kết quả a.odt phải có đuôi .docx hoặc .pdf.\n"
    assert main(["write", str(path), "-o", str(tmp_path / "none" / "a.docx")]) == 2
    assert capsys.readouterr().err.startswith("Không ghi được tệp ")
    assert main(["lint", str(path), "--off", "nothing"]) == 2
    assert capsys.readouterr().err.startswith("Không có quy tắc «nothing».")


@pytest.mark.parametrize("command", ["lint", "parse", "write"])
@pytest.mark.parametrize("arguments", [[], ["--nothing", "x"], ["a", "b", "c"]])
def test_wrong_usage_names_the_help_of_its_own_command(capsys, command, arguments):
    for language, said in (("vi", f"Gõ «vanban {command} --help»"), ("en", f"Type 'vanban {command} --help'")):
        with pytest.raises(SystemExit, match="2"):
            main(["--lang", language, command, *arguments])
        assert said in capsys.readouterr().err


def test_a_file_that_is_not_what_its_name_says_is_called_damaged(tmp_path, capsys):
    for name, kind in (("a.docx", "Word"), ("a.PDF", "PDF")):
        (tmp_path / name).write_text("just words")
        assert main(["--lang", "en", "lint", str(tmp_path / name)]) == 3
        assert capsys.readouterr().err.startswith(f"The {kind} file is damaged")


def test_without_the_font_it_says_what_to_install(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(fonts, "_PLACES", ())
    fonts._found.cache_clear()
    assert main(["--lang", "en", "write", str(given(tmp_path, LEAST)), "-o", str(tmp_path / "a.pdf")]) == 3
    assert "sudo apt-get install fonts-croscore" in capsys.readouterr().err


@pytest.mark.parametrize("write", [to_docx, to_pdf])
def test_parse_prints_the_document_by_the_contract(tmp_path, capsys, write):
    path = tmp_path / "paper"
    path.write_bytes(write(WHOLE))
    assert main(["parse", str(path), "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    jsonschema.validate(printed, CONTRACT)
    assert printed == json.loads(json.dumps(to_dict(parse(path))))
    assert printed["subject"] == WHOLE.subject


def test_parse_prints_for_people(tmp_path, capsys):
    path = tmp_path / "paper.docx"
    path.write_bytes(to_docx(make_paper(body=(Paragraph(plain("Đề nghị các đơn vị thực hiện")),))))
    assert main(["parse", str(path)]) == 0
    out = capsys.readouterr().out.splitlines()
    assert "Số, ký hiệu: 08/KH-UBND" in out
    assert "Địa danh, ngày: Tân An, 08/01/2026" in out
    assert out[-1] == "Đề nghị các đơn vị thực hiện"


def test_parse_says_which_parts_it_did_not_find(tmp_path, capsys):
    path = tmp_path / "paper.docx"
    docx.Document().save(path)
    assert main(["--lang", "en", "parse", str(path), "--json"]) == 0
    said = capsys.readouterr()
    assert json.loads(said.out)["issuer"] == ""
    parts = "issuer, number and symbol, place and date, subject, recipients, signed"
    assert said.err == f"Not found in the file: {parts}. Check the file, or fill these parts in yourself.\n"
    path.write_bytes(to_docx(make_paper()))
    assert main(["parse", str(path)]) == 0
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("command", ["parse", "lint"])
@pytest.mark.parametrize("content", [b"", b"just words", b"%PDF-1.7 broken", b"PK\x03\x04 broken"])
def test_files_that_cannot_be_read_end_with_a_sentence(tmp_path, capsys, command, content):
    path = tmp_path / "paper"
    path.write_bytes(content)
    assert main([command, str(path)]) == 3
    assert capsys.readouterr().err.count("\n") == 1
    assert main([command, str(tmp_path / "none")]) == 3
    assert capsys.readouterr().err == f"Không tìm thấy tệp {tmp_path / 'none'}. Bạn hãy kiểm tra lại đường dẫn.\n"


@pytest.mark.parametrize("write", [to_docx, to_pdf])
def test_lint_finds_nothing_in_ours(tmp_path, capsys, write):
    path = tmp_path / "paper"
    path.write_bytes(write(WHOLE))
    assert main(["lint", str(path)]) == 0
    assert capsys.readouterr().out == f"{path}: đúng thể thức Nghị định 30/2020/NĐ-CP\n"


def test_lint_says_what_differs(tmp_path, capsys):
    path = tmp_path / "paper.docx"
    annex = make_annex()
    path.write_bytes(to_docx(make_paper(annexes=(type(annex)("Danh mục", annex.attached, annex.body),))))
    assert main(["lint", str(path), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    jsonschema.validate(found, LAYOUT)
    assert [each["rule"] for each in found["differences"]] == ["capitals"]
    assert main(["--lang", "en", "lint", str(path)]) == 0
    out = capsys.readouterr().out.splitlines()
    assert out[0] == f"{path}: 1 differences from the layout"
    assert out[2].endswith(" · capitals")
