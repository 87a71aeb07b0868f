"""The command as a user runs it: a process of its own, its output, its sentence, its exit code."""

import io
import json
import os
import pathlib
import subprocess
import sys

import jsonschema
import pytest
from pypdf import PdfReader, PdfWriter
from reportlab.pdfgen.canvas import Canvas

import vanban as vanban_package

ROOT = pathlib.Path(__file__).parents[2]
PROVINCE = ROOT / "data" / "demo" / "province_plan_08_kh_ubnd.txt"
CITY = ROOT / "data" / "demo" / "city_plan_1927_kh_ubnd_ocr.txt"
SCHEMA = json.loads((ROOT / "docs" / "contracts" / "plan.schema.json").read_text("utf-8"))


def vanban(*arguments: object, stdin: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    clean = {k: v for k, v in os.environ.items() if k not in ("LANG", "LC_ALL", "LC_MESSAGES")}
    return subprocess.run(
        [sys.executable, "-m", "vanban", *map(str, arguments)],
        input=stdin,
        capture_output=True,
        env={**clean, **environment},
        timeout=60,
        check=False,
    )


def said(run: subprocess.CompletedProcess[bytes]) -> list[str]:
    assert b"Traceback" not in run.stderr
    return run.stderr.decode().splitlines()


def encrypted(path: pathlib.Path, password: str) -> None:
    page = io.BytesIO()
    canvas = Canvas(page)
    canvas.drawString(100, 700, "A plan in a locked file")
    canvas.save()
    writer = PdfWriter(clone_from=PdfReader(page))
    writer.encrypt(password, algorithm="AES-256")
    with path.open("wb") as file:
        writer.write(file)


@pytest.mark.parametrize("path", [PROVINCE, CITY], ids=["province", "city"])
def test_the_seeds_give_the_contract(path):
    run = vanban("read", path, "--json")
    assert (run.returncode, run.stderr) == (0, b"")
    plan = json.loads(run.stdout)
    jsonschema.validate(plan, SCHEMA)
    assert plan["source"]["line_count"] == len(path.read_text("utf-8").split("\n"))


def test_any_text_gives_the_contract(tmp_path):
    path = tmp_path / "note.txt"
    path.write_text("The meeting is at noon.", "utf-8")
    plan = json.loads(vanban("read", path, "--json").stdout)
    jsonschema.validate(plan, SCHEMA)
    assert plan["tasks"] == []


def test_the_summary_shows_tasks_with_their_lines():
    run = vanban("read", PROVINCE)
    out = run.stdout.decode()
    assert run.returncode == 0
    for part in ("NHIỆM VỤ (19)", "III.1.a", "Chủ trì: Sở Tư pháp", "[dòng 120–122]", "ĐIỂM CẦN XEM LẠI"):
        assert part in out


def test_the_summary_in_english():
    out = vanban("--lang", "en", "read", PROVINCE).stdout.decode()
    assert "TASKS (19)" in out
    assert "Lead: Sở Tư pháp" in out
    assert vanban("read", PROVINCE, LANG="en_US.UTF-8").stdout.decode() == out
    assert vanban("read", PROVINCE, "--lang=en").stdout.decode() == out


def test_standard_input_is_read():
    run = vanban("read", "-", "--json", stdin=PROVINCE.read_bytes())
    assert len(json.loads(run.stdout)["tasks"]) == 19


def test_output_is_utf_8_whatever_the_machine_speaks():
    run = vanban("read", PROVINCE, LC_ALL="C", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert "Sở Tư pháp" in run.stdout.decode()


@pytest.mark.parametrize(
    ("arguments", "language", "last"),
    [
        ([], {}, "Câu lệnh chưa đúng."),
        (["read"], {}, "Câu lệnh chưa đúng."),
        (["eat", "x"], {}, "Câu lệnh chưa đúng."),
        (["read", "x", "--bad"], {"LANG": "en"}, "The command is not right (unrecognized arguments: --bad)."),
        (["read", "x", "--password-file", "/no/such/file"], {}, "Không đọc được tệp mật khẩu /no/such/file."),
    ],
)
def test_wrong_usage_ends_with_2(arguments, language, last):
    run = vanban(*arguments, **language)
    assert run.returncode == 2
    assert said(run)[-1].startswith(last)


def test_help_is_in_the_language_of_the_user():
    for language, start, option in [
        ("vi", "Cách dùng: vanban read", "tùy chọn:"),
        ("en", "Usage: vanban read", "options:"),
    ]:
        run = vanban("--lang", language, "read", "--help")
        assert run.returncode == 0
        assert run.stdout.decode().startswith(start)
        assert option in run.stdout.decode().splitlines()


def test_what_cannot_be_read_ends_with_3_and_one_sentence(tmp_path):
    empty = tmp_path / "empty.txt"
    empty.touch()
    noise = tmp_path / "noise.pdf"
    noise.write_bytes(bytes(range(256)) * 10)
    for path, start in [
        (empty, "Tệp không có nội dung."),
        (noise, "Tệp không phải là văn bản."),
        (tmp_path, f"{tmp_path.name} là thư mục hoặc thiết bị"),
        (tmp_path / "none", "Không tìm thấy tệp none."),
        ("/dev/null", "null là thư mục hoặc thiết bị"),
    ]:
        run = vanban("read", path, "--json")
        (sentence,) = said(run)
        assert (run.returncode, run.stdout) == (3, b"")
        assert sentence.startswith(start)
    (sentence,) = said(vanban("read", empty, "--lang", "en"))
    assert sentence == "The file has nothing in it. Check it and choose the right document."


def test_an_encrypted_file_is_opened_by_the_password_file(tmp_path):
    path, secret = tmp_path / "locked.pdf", tmp_path / "secret"
    encrypted(path, "mở ra")
    (sentence,) = said(run := vanban("read", path))
    assert run.returncode == 3
    assert sentence.endswith("--password-file TỆP.")
    secret.write_text("sai\n", "utf-8")
    (sentence,) = said(run := vanban("read", path, "--password-file", secret))
    assert (run.returncode, sentence.split(".")[0]) == (3, "Mật khẩu không đúng")
    secret.write_text("mở ra\n", "utf-8")
    run = vanban("read", path, "--password-file", secret, "--json")
    assert (run.returncode, json.loads(run.stdout)["source"]["pages"]) == (0, 1)


def test_a_reader_that_stops_early_is_no_failure():
    command = f"'{sys.executable}' -m vanban read '{PROVINCE}' --json | head -c 10"
    run = subprocess.run(["/bin/sh", "-c", command], capture_output=True, timeout=60, check=False)
    assert (run.stdout, run.stderr) == (b'{\n  "schem', b"")


def test_a_name_that_is_no_utf_8_does_no_harm(tmp_path):
    path = os.fsencode(tmp_path) + b"/k\xff.txt"
    with open(path, "wb") as file:
        file.write("Kế hoạch".encode())
    run = vanban("read", os.fsdecode(path), "--json")
    assert run.returncode == 0
    jsonschema.validate(json.loads(run.stdout), SCHEMA)


def test_the_installed_command_is_the_same():
    script = pathlib.Path(sys.executable).parent / "vanban"
    run = subprocess.run([script, "read", PROVINCE, "--json"], capture_output=True, timeout=60, check=True)
    assert run.stdout == vanban("read", PROVINCE, "--json").stdout


def test_the_python_interface_reads_a_file():
    plan = vanban_package.read_file(PROVINCE)
    assert [task.code for task in plan.tasks][:2] == ["III.1.a", "III.1.b"]
    with pytest.raises(vanban_package.Unreadable):
        vanban_package.read_file(str(ROOT))


def test_the_types_come_without_the_readers():
    code = "import sys, vanban; print([m for m in ('lxml', 'pypdfium2', 'rapidfuzz', 'django') if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout == b"[]\n"
