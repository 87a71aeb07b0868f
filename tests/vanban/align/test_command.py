"""``vanban align`` as a user runs it."""

import json
import pathlib

from vanban.__main__ import main

PAIRS = pathlib.Path(__file__).parent / "pairs"
HIGHER, LOWER = str(PAIRS / "table_higher.txt"), str(PAIRS / "table_lower.txt")

TEXT = """\
41/KH-UBND thực hiện 88/KH-UBND
Không dẫn kế hoạch cấp trên.
7 mục: 1 bỏ, 1 nhẹ hơn, 2 thu hẹp, 1 thêm, 2 giữ nguyên.

Khác nhau
  Nhiệm vụ II.4 [bỏ] Diễn tập ứng cứu sự cố an toàn thông tin
      Huyện không đưa việc này vào kế hoạch của mình.
  Nhiệm vụ II.1 → II.3 [nhẹ hơn] Ban hành quy chế sử dụng chữ ký số
      Tỉnh giao “ban hành”, huyện chỉ còn “thực hiện”.
  Nhiệm vụ II.2 → II.1 [thu hẹp] Số hóa hồ sơ đất đai, hộ tịch, người có công
      Huyện bỏ “người có công”.
  Trách nhiệm III.1 [thu hẹp] Chủ trì, hướng dẫn, kiểm tra việc thực hiện Kế hoạch.
      Huyện bỏ “kiểm tra”.
  Nhiệm vụ II.4 [thêm] Trang bị máy quét cho bộ phận một cửa các xã, thị trấn
      Huyện tự đặt thêm việc này.

Cần lưu ý khi đặt hai kế hoạch cạnh nhau
  - Huyện không dẫn kế hoạch của tỉnh làm căn cứ; hãy bổ sung căn cứ, hoặc kiểm tra lại hai kế hoạch
    có đúng là cấp trên và cấp dưới.

Giữ nguyên (2)
  Nhiệm vụ II.3 → II.2; Trách nhiệm III.2
"""


def test_what_differs_comes_first_in_one_sentence_each(capsys):
    assert main(["--lang", "vi", "align", HIGHER, LOWER]) == 0
    said, _, standing = capsys.readouterr().out.partition("\nCơ quan tương ứng ở hai cấp\n")
    assert said == TEXT
    assert standing.splitlines()[0].startswith("  Sở Thông tin và Truyền thông → Phòng Văn hóa và Thông tin (")


def test_json_is_the_contract(capsys):
    assert main(["align", HIGHER, LOWER, "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert (printed["schema"], printed["higher"], printed["lower"]) == ("alignment/1", "88/KH-UBND", "41/KH-UBND")
    assert printed["pairs"][1]["changes"][0] == {
        "field": "text",
        "from": "người có công",
        "to": None,
        "note": "Huyện bỏ “người có công”.",
    }


def test_an_unreadable_file_is_named(capsys, tmp_path):
    empty = tmp_path / "rong.txt"
    empty.write_bytes(b"")
    assert main(["--lang", "vi", "align", HIGHER, str(empty)]) == 3
    assert (
        capsys.readouterr().err == f"{empty}: Tệp không có nội dung. Bạn hãy kiểm tra lại và chọn đúng tệp văn bản.\n"
    )


def test_only_one_plan_comes_from_standard_input(capsys):
    assert main(["--lang", "en", "align", "-", "-"]) == 2
    assert capsys.readouterr().err == (
        "Only one of the two plans can come from standard input. Put the other one into a file.\n"
    )
