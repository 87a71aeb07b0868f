"""A body as plain text and back: nothing is lost, and what people type is understood."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from vanban.official import Heading, Paragraph, Picture, Run, Table, TableCell, plain
from vanban.official.plaintext import NoSuchBlock, body_of, body_text, kept_in
from vanban.official.settling import settled_block

TABLE = Table(((TableCell((plain("Cơ quan"),)), TableCell((plain("Số việc"),))),), (0.3, 0.7))
PICTURE = Picture("Biểu đồ tiến độ", "<svg/>")
WORDS = st.text(alphabet="aăđơ ệỘIVX12.)-+*_|\\[]:–•ảngBìhĐiuPCgươầ", min_size=1, max_size=24).map(
    lambda t: " ".join(t.split())
)
SAID = WORDS.filter(bool)


@st.composite
def runs(draw):
    """Runs in alternating hands whose text, taken together, has no blanks too many."""
    made, before = [], " "
    for text, bold, italic, apart in draw(
        st.lists(st.tuples(SAID, st.booleans(), st.booleans(), st.booleans()), min_size=1, max_size=4)
    ):
        if made and (made[-1].bold, made[-1].italic) == (bold, italic):
            bold = not bold
        made.append(Run((" " if apart and before != " " else "") + text, bold, italic))
        before = text[-1]
    return tuple(made)


MARKS = st.sampled_from(["", "Điều 1.", "1.", "12.", "a)", "đ)", "aa)", "-", "+"])
ALIGNS = st.sampled_from(["justify", "left", "center", "right"])
HEADINGS = st.sampled_from(
    [
        ("part", "Phần II"),
        ("chapter", "Chương IV"),
        ("section", "Mục 2"),
        ("subsection", "Tiểu mục 10"),
        ("roman", "IX."),
        ("article", "Điều 3."),
        ("arabic", "2."),
        ("letter", "b)"),
    ]
)
BLOCKS = st.one_of(
    st.builds(Paragraph, runs(), MARKS, ALIGNS),
    st.builds(lambda head, title: Heading(*head, title), HEADINGS, st.one_of(st.just(""), SAID)),
    st.just(TABLE),
    st.lists(st.lists(WORDS, min_size=1, max_size=3), min_size=1, max_size=3).map(
        lambda rows: body_of("\n".join(f"| {' | '.join(cell.replace('|', '') for cell in row)} |" for row in rows))[0]
    ),
    st.just(PICTURE),
)


@settings(max_examples=400, deadline=None)
@given(st.lists(BLOCKS, max_size=7).map(tuple))
def test_nothing_is_lost_on_the_way_to_text_and_back(body):
    kept = kept_in(body)
    assert body_of(body_text(body), kept) == tuple(block if block in kept else settled_block(block) for block in body)


@settings(max_examples=200, deadline=None)
@example("0\f\x1b 0")
@given(st.text(max_size=120))
def test_whatever_is_typed_settles_at_once(text):
    body = body_of(text.replace("[", "("))
    assert body_of(body_text(body)) == body


def test_a_body_reads_as_the_decree_writes_it():
    body = (
        Heading("roman", "I.", "KẾT QUẢ"),
        Heading("arabic", "1.", "Về truyền thông"),
        Paragraph(
            (Run("Đã tổ chức "), Run("12 hội nghị", bold=True), Run(", "), Run("tăng ", italic=True), Run("3.")), "a)"
        ),
        Paragraph(plain("Xã Tân An: 4 hội nghị;"), "-"),
        TABLE,
        Paragraph(plain("Nguồn: báo cáo của các xã"), align="right"),
        Heading("part", "Phần II", "KIẾN NGHỊ"),
        Paragraph(plain("2026. là năm bản lề")),
        PICTURE,
    )
    text = """\
I. KẾT QUẢ

*1. Về truyền thông*
a) Đã tổ chức *12 hội nghị*, _tăng_ 3.
- Xã Tân An: 4 hội nghị;

[Bảng 1]
[phải] Nguồn: báo cáo của các xã

Phần II
KIẾN NGHỊ
\\2026. là năm bản lề

[Hình 1]"""
    assert body_text(body) == text
    assert body_of(text, kept_in(body)) == body


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("–  Một việc\t nữa ", Paragraph(plain("Một việc nữa"), "-")),  # as word processors make it
        ("(*) Số liệu đến ngày 10/11", Paragraph(plain("(*) Số liệu đến ngày 10/11"))),
        ("2 * 3 và *4*", Paragraph((Run("2 * 3 và "), Run("4", bold=True)))),
        ("* Một", Paragraph(plain("* Một"))),
        ("thu\\_ngan@example.vn", Paragraph(plain("thu_ngan@example.vn"))),
        ("Hoa\u0300 An\u200b", Paragraph(plain("Hoà An"))),
        ("[GIỮA] ***", Paragraph(plain("*"), align="center")),
        ("1.", Paragraph((), "1.")),
    ],
)
def test_what_people_type_is_understood(typed, meant):
    assert body_of(typed) == (meant,)


def test_a_table_is_written_in_rows_and_stays_so():
    text = """\
Kết quả như sau:

| Thôn | Số hội nghị | Tỷ lệ | Ghi \\| chú |
| Thôn 1 | 4 | 12,5 % | *tốt* |
| Thôn 2 | - |  |  |

Nguồn: các xã"""
    body = body_of(text)
    table = body[1]
    assert isinstance(table, Table)
    assert [[cell.lines for cell in row] for row in table.rows][1:] == [
        [(plain("Thôn 1"),), (plain("4"),), (plain("12,5 %"),), ((Run("tốt", bold=True),),)],
        [(plain("Thôn 2"),), (plain("-"),), (), ()],
    ]
    assert [cell.align for cell in table.rows[1]] == ["left", "right", "right", "left"]
    assert (table.head_rows, round(sum(table.widths), 6), kept_in(body)) == (1, 1, ())
    assert body_text(body) == text
    assert body_of(body_text((*body[:2], *body[1:2]))) == (*body[:2], table)  # two tables stay two
    assert body_of("| a || b | \\|")[0] == Paragraph(plain("| a || b | |"))
    (thin,) = body_of("|a||b|")
    assert isinstance(thin, Table)
    assert [cell.lines for cell in thin.rows[0]] == [(plain("a"),), (), (plain("b"),)]
    ragged = body_of("| a | b |\n| c |\n| d | e | f |")[0]
    assert isinstance(ragged, Table)
    assert [len(row) for row in ragged.rows] == [3, 3, 3]
    assert body_of(body_text((Paragraph(plain("| không là bảng |")),))) == (Paragraph(plain("| không là bảng |")),)


def test_what_was_typed_is_the_same_text_after_it_was_saved():
    """A table typed in rows stays rows, a bold word keeps its stars close, however often the document is saved."""
    text = "| Thôn | *Số hội nghị* |\n| Thôn 1 | 4 |\n\nĐã tổ chức *12 hội nghị* ở _mọi thôn_, *_vượt_* kế hoạch"
    saved = body_of(text)
    for _time in range(3):
        saved = body_of(body_text(tuple(settled_block(block) for block in saved)))
    assert kept_in(saved) == ()
    assert body_text(saved) == text.replace("*Số hội nghị*", "Số hội nghị")  # the head of a table is bold by itself


def test_tables_can_be_moved_and_left_out_but_not_invented():
    body = (Paragraph(plain("Trước")), TABLE, Paragraph(plain("Sau")), PICTURE)
    assert body_of("[hình 1: tiến độ]\nSau\n\n[Bảng 1]", kept_in(body)) == (PICTURE, Paragraph(plain("Sau")), TABLE)
    with pytest.raises(NoSuchBlock) as found:
        body_of("Trước\n\n[Bảng 2]", kept_in(body))
    assert (found.value.line, found.value.words) == (3, "[Bảng 2]")
