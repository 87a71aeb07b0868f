"""``vanban check`` as a user runs it."""

from __future__ import annotations

import json
import pathlib

import jsonschema
import pytest

from vanban.__main__ import main

ROOT = pathlib.Path(__file__).parents[3]
PROVINCE = str(ROOT / "data/demo/province_plan_08_kh_ubnd.txt")
SCHEMA = json.loads((ROOT / "docs/contracts/findings.schema.json").read_text("utf-8"))


def test_json_is_the_contract(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", PROVINCE, "--json", "--as-of", "2026-11-22"]) == 0
    told = json.loads(capsys.readouterr().out)
    jsonschema.validate(told, SCHEMA)
    assert (told["as_of"], len(told["findings"])) == ("2026-11-22", 20)


def test_text_gives_the_lines_first_and_the_day(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", PROVINCE, "--as-of", "2026-11-22", "--lang", "vi"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "province_plan_08_kh_ubnd.txt: 20 điều cần xem, xét theo ngày 22/11/2026"
    assert [line for line in lines if line.startswith("dòng 227")] == ["dòng 227 · cảnh báo · repeated-word"]


def test_a_letter_is_no_plan(capsys: pytest.CaptureFixture[str], tmp_path: pathlib.Path) -> None:
    letter = tmp_path / "thu.txt"
    letter.write_text("Thư mời họp\nKính gửi ông Bình", encoding="utf-8")
    assert main(["check", str(letter), "--as-of", "2026-11-22", "--lang", "vi"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "thu.txt: không có điều gì cần sửa, xét theo ngày 22/11/2026",
        "Không tìm thấy kế hoạch trong tệp này, nên chỉ xét được ngày tháng và văn bản dẫn.",
    ]


def test_rules_switched_off(capsys: pytest.CaptureFixture[str]) -> None:
    off = ["--off", "repeated-word", "agency-abolished", "--off", "header-missing"]
    assert main(["check", PROVINCE, "--json", "--as-of", "2024-02-01", *off]) == 0
    rules = [finding["rule"] for finding in json.loads(capsys.readouterr().out)["findings"]]
    assert rules == [
        "citation-title",
        "citation-incomplete",
        "citation-link-mismatch",
        "deadline-before-issue",
        "perpetual-with-deadline",
        "group-incomplete",
        "report-before-deadline",
    ]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ["--as-of", "31/12/2026"],
            "Không hiểu ngày «31/12/2026». Bạn hãy ghi theo dạng năm-tháng-ngày, ví dụ 2026-11-22.",
        ),
        (["--off", "spelling"], "Không có quy tắc «spelling»."),
    ],
)
def test_wrong_arguments(capsys: pytest.CaptureFixture[str], arguments: list[str], said: str) -> None:
    assert main(["check", PROVINCE, "--lang", "vi", *arguments]) == 2
    out, err = capsys.readouterr()
    assert (out, err.startswith(said), err.count("\n")) == ("", True, 1)
