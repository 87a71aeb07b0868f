"""What is put right, what is only suggested, what is left alone."""

import pathlib
import pickle

import pytest

from vanban.__main__ import main
from vanban.model import Line
from vanban.restore import Model, Word, restore
from vanban.restore.syllables import syllables

CLEAN = (pathlib.Path(__file__).parents[3] / "data" / "demo" / "province_plan_08_kh_ubnd.txt").read_text("utf-8")


def lines(text: str) -> list[Line]:
    return [Line(number, line) for number, line in enumerate(text.split("\n"), 1)]


def read(text: str) -> tuple[str, ...]:
    return restore(lines(text), Model.packaged()).lines


def words(text: str) -> list[Word]:
    return list(restore(lines(text), Model.packaged()).words)


def suggested(text: str) -> list[tuple[str, str]]:
    frame = f"Uy ban nhan dan tinh trien khai thuc hien nhiem vu\n{text}\ntheo quy dinh cua phap luat va Nha nuoc"
    return [(word.found, word.proposed) for word in words(frame) if word.suggestion_only]


def test_clean_text_comes_back_as_it_is() -> None:
    result = restore(lines(CLEAN), Model.packaged())
    assert "\n".join(result.lines) == CLEAN
    assert result.words == ()


@pytest.mark.parametrize(
    ("found", "right"),
    [
        ("Uy ban nhan dan tinh ban hanh Ke hoach", "Ủy ban nhân dân tỉnh ban hành Kế hoạch"),  # marks stripped
        ("S¢ Tai chinh ch tri, phdi hop v6i cac co quan", "Sở Tài chính chủ trì, phối hợp với các cơ quan"),
        ("CONG HOA XA HOI CHU NGHIA VIET NAM", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        (
            "cac co quan to chuc thuchien nhiem vu duocgiao",
            "các cơ quan tổ chức thực hiện nhiệm vụ được giao",
        ),  # blanks lost
    ],
)
def test_torn_words_are_put_right(found: str, right: str) -> None:
    assert read(found) == (right,)


def test_a_clean_line_within_broken_text_stays() -> None:
    torn = "Uy ban nhan dan tinh yeu cau cac so, ban, nganh to chuc thuc hien\n" * 3
    odd = "Nghe thống chở hàng vừa mới nắp đặt ở bờ đê"  # not likely Vietnamese, but clean
    result = read(f"{torn}{odd}\n{torn}")
    assert result[3] == odd
    assert result[0] == result[6] == "Ủy ban nhân dân tỉnh yêu cầu các sở, ban, ngành tổ chức thực hiện"


def test_a_broken_page_within_a_clean_file_is_put_right() -> None:
    torn = ["Uy ban nhan dan tinh yeu cau cac so, ban, nganh to chuc thuc hien ke hoach"] * 4
    clean = CLEAN.split("\n")[:60]
    result = read("\n".join([*clean, *torn, *clean]))
    assert list(result[:60]) == list(result[64:]) == clean
    assert result[60].startswith("Ủy ban nhân dân tỉnh yêu cầu")


def test_other_languages_are_left_alone() -> None:
    text = "The committee shall report to the ministry before the end of each quarter.\n" * 8
    assert "\n".join(read(text)) == text


@pytest.mark.parametrize(
    ("text", "hints"),
    [
        ("tai Quyet dinh so 765/QD-BTTTT ngay 28/4/2023", [("765/QD-BTTTT", "765/QĐ-BTTTT")]),
        ("Van phong HPND va UBND", [("HPND", "HĐND")]),
        ("I11. NHIEM VU", [("I11.", "III.")]),
        ("ong Nguyen Van Hung", [("Nguyen", "Nguyễn"), ("Van", "Văn"), ("Hung", "Hưng")]),
        ("so tien 1.250.000 dong, 15% , 24/7, an.binh@tinh.gov.vn", []),
    ],
)
def test_symbols_names_and_labels_are_only_suggested(text: str, hints: list[tuple[str, str]]) -> None:
    assert suggested(text) == hints
    kept = {found for found, _ in hints}
    assert kept <= set(read(f"trien khai thuc hien theo quy dinh cua phap luat\n{text}")[1].split())


def test_doubtful_words_have_other_readings_best_first() -> None:
    text = "cac co quan trien khai thuc hien, bao cao ket qua cho ban de tong hop va xem xet"
    doubtful = [word for word in words(text) if word.confidence < 0.95]
    assert [word.found for word in doubtful if not word.alternatives] == []
    assert [word for word in doubtful if word.proposed in word.alternatives] == []
    word = next(word for word in words("Nha nuoc ban hanh cac chinh sach; nguoi dan ban") if word.start > 40)
    assert "bán" in (word.proposed, *word.alternatives)


def test_the_organisations_own_documents_teach_its_words() -> None:
    name = "Trạm Quan trắc Cồn Sẻ"
    line = lines("giao Tram Quan trac Con Se chu tri bao cao ket qua")
    model = Model.packaged().with_corpus([f"Giao {name} thực hiện.\n{name} chủ trì báo cáo."])
    assert restore(line, model).lines == (f"giao {name} chủ trì báo cáo kết quả",)
    assert restore(line, pickle.loads(pickle.dumps(model))).lines == restore(line, model).lines


def test_every_syllable_of_the_province_plan_is_one_that_spelling_allows() -> None:
    known = {"internet", "ubnd", "iii", "ii", "iv", "vi"}
    found = {word.lower() for word in "".join(c if c.isalpha() else " " for c in CLEAN).split() if word.islower()}
    assert {word for word in found - syllables() - known if len(word) > 2} <= {"https", "thuvienphapluat", "aspx"} | {
        word for word in found if word.isascii()
    }


def test_the_command_prints_as_many_lines_as_the_file_has(tmp_path, capsys) -> None:
    torn = tmp_path / "a.txt"
    torn.write_bytes(b"Uy ban nhan dan tinh ban hanh Ke hoach \r\n\r\ntrien khai thuc hien nhiem vu")
    assert main(["restore", str(torn)]) == 0
    assert capsys.readouterr().out == "Ủy ban nhân dân tỉnh ban hành Kế hoạch \r\n\r\ntriển khai thực hiện nhiệm vụ"
