"""The rules by name: what each measures, why, and by which article, in Vietnamese and in English.

What is allowed stands in ``vanban.official.layout``; here are the words. The guide, the command and other programs show
this text.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from types import MappingProxyType

DECREE = "Nghị định 30/2020/NĐ-CP"
_GENERAL, _PARTS, _OTHER = ("Phụ lục I, phần I, mục I", "Phụ lục I, phần I, mục II", "Phụ lục I, phần I, mục III")


@dataclasses.dataclass(frozen=True, slots=True)
class Rule:
    """A rule: ``article`` of Nghị định 30/2020/NĐ-CP, the title and what it asks, by language."""

    name: str
    article: str
    title: Mapping[str, str]
    asks: Mapping[str, str]


def _rule(name: str, article: str, title: tuple[str, str], asks: tuple[str, str]) -> Rule:
    titles, texts = (MappingProxyType(dict(zip(("vi", "en"), pair, strict=True))) for pair in (title, asks))
    return Rule(name, article, titles, texts)


_ALL = (
    _rule(
        "not-official",
        "Điều 8",
        ("Không phải văn bản hành chính", "No official document"),
        (
            "Không thấy Quốc hiệu, Tiêu ngữ, số, ký hiệu, địa danh và thời gian ở đầu văn bản: các quy tắc khác không "
            "xét nữa. Văn bản của Đảng, của Đoàn theo hướng dẫn riêng, cũng không xét. Phần sao («SAO Y» …) ở cuối văn "
            "bản được bỏ qua.",
            "Neither the country, the motto, a number nor a place and date stand at the top: nothing else is measured. "
            "Nor are papers of the Party and the Youth Union, which have guidance of their own. What a copy (“SAO Y” …) "
            "adds at the end is left out.",
        ),
    ),
    _rule(
        "missing",
        "Điều 8, khoản 2",
        ("Thiếu thành phần thể thức", "A part of the form is missing"),
        (
            "Quốc hiệu, Tiêu ngữ, tên cơ quan, số, ký hiệu, địa danh và thời gian, tên loại, trích yếu, chữ ký, nơi "
            "nhận phải "
            "có đủ (biên bản không ghi địa danh, thời gian ở đầu; công văn không có tên loại).",
            "The country, the motto, the issuer, number and symbol, place and date, type, subject, signature and "
            "recipients are "
            "required (minutes have no place and date at the top; a công văn has no type).",
        ),
    ),
    _rule(
        "page-size",
        f"{_GENERAL}, khoản 1",
        ("Khổ giấy", "Page size"),
        ("Khổ A4 (210 mm × 297 mm).", "A4 (210 mm × 297 mm)."),
    ),
    _rule(
        "margins",
        f"{_GENERAL}, khoản 3",
        ("Lề trang", "Margins"),
        (
            "Lề trên và lề dưới 20–25 mm, lề trái 30–35 mm, lề phải 15–20 mm. Tệp DOCX: theo thiết lập trang. Tệp "
            "PDF: theo vùng "
            "chữ; lề phải chỉ xét khi có đoạn kín dòng, lề dưới chỉ xét khi chữ lấn vào lề.",
            "Top and bottom 20–25 mm, left 30–35 mm, right 15–20 mm. DOCX: by the settings of the page. PDF: by where "
            "text "
            "stands; the right margin where lines are full, the bottom one where text runs into it.",
        ),
    ),
    _rule(
        "font",
        f"{_GENERAL}, khoản 4",
        ("Phông chữ", "Font"),
        (
            "Times New Roman, bộ mã Unicode. Phông cùng độ rộng dùng thay khi xuất PDF (Tinos, Liberation Serif) được "
            "chấp nhận.",
            "Times New Roman, Unicode. Fonts of the same widths that stand for it in PDF (Tinos, Liberation Serif) "
            "are accepted.",
        ),
    ),
    _rule("colour", f"{_GENERAL}, khoản 4", ("Màu chữ", "Colour"), ("Chữ màu đen.", "Text is black.")),
    _rule(
        "page-number",
        f"{_GENERAL}, khoản 7",
        ("Số trang", "Page number"),
        (
            "Chữ số Ả Rập, cỡ 13–14, ở giữa lề trên, không hiện ở trang đầu. Phụ lục đánh số trang riêng.",
            "Arabic figures, 13–14 pt, in the middle of the top margin, hidden on the first page. Annexes number "
            "their own.",
        ),
    ),
    _rule(
        "size",
        f"{_PARTS}",
        ("Cỡ chữ", "Size of letters"),
        (
            "Cỡ chữ của từng thành phần, theo mục của thành phần đó.",
            "The size of each part, by the article of that part.",
        ),
    ),
    _rule(
        "hand",
        f"{_PARTS}",
        ("Kiểu chữ đậm, nghiêng", "Bold and italic"),
        (
            "Kiểu chữ đứng, đậm, nghiêng của từng thành phần. Chữ đậm, nghiêng trong nội dung không bị xét.",
            "Whether each part is bold or italic. Bold and italic words within running text are not measured.",
        ),
    ),
    _rule(
        "capitals",
        f"{_PARTS}",
        ("Chữ in hoa", "Capitals"),
        (
            "Quốc hiệu, tên cơ quan, tên loại, quyền hạn và chức vụ, tên phần, chương, mục, tên phụ lục in hoa; "
            "Tiêu ngữ, trích yếu, họ tên người ký in thường.",
            "The country, names of agencies, the type, authority and post, titles of parts, chapters, sections and "
            "annexes are in capitals; the motto, the subject and the signer's name are not.",
        ),
    ),
    _rule(
        "position",
        f"{_PARTS}",
        ("Vị trí", "Position"),
        (
            "Tên cơ quan, số, ký hiệu ở bên trái; Quốc hiệu, Tiêu ngữ, địa danh và thời gian ở bên phải; nơi nhận ở "
            "dưới bên "
            "trái; chữ ký ở dưới bên phải; tên loại, trích yếu ở giữa.",
            "Names of agencies and the number stand at the left; the country, motto, place and date at the right; "
            "recipients "
            "below at the left; the signature below at the right; type and subject in the middle.",
        ),
    ),
    _rule(
        "order",
        f"{_PARTS}",
        ("Thứ tự", "Order"),
        (
            "Các thành phần đứng dưới nhau theo thứ tự của sơ đồ bố trí.",
            "The parts stand under one another in the order of the decree's plan of the page.",
        ),
    ),
    _rule(
        "rule",
        f"{_PARTS}, khoản 1, 2, 5",
        ("Đường kẻ", "Drawn rules"),
        (
            "Dưới Tiêu ngữ có đường kẻ dài bằng dòng chữ; dưới tên cơ quan ban hành và dưới trích yếu có đường kẻ dài "
            "bằng 1/3 "
            "đến 1/2 dòng chữ.",
            "Under the motto a rule as long as its words; under the issuer and under the subject one of a third to a "
            "half.",
        ),
    ),
    _rule(
        "symbol",
        f"{_PARTS}, khoản 3, điểm c",
        ("Số, ký hiệu", "Number and symbol"),
        (
            "«Số: 08/KH-UBND»: sau «Số» có dấu hai chấm, số nhỏ hơn 10 ghi thêm số 0, không có năm, không có khoảng "
            "trắng quanh "
            "dấu gạch chéo và gạch nối.",
            "“Số: 08/KH-UBND”: a colon after “Số”, numbers below 10 with a zero, no year, no blanks around slash and "
            "hyphen.",
        ),
    ),
    _rule(
        "symbol-type",
        "Phụ lục III, mục I",
        ("Ký hiệu và tên loại", "Symbol and type"),
        (
            "Ký hiệu mở đầu bằng chữ viết tắt của tên loại; công văn không có chữ viết tắt tên loại («CV» không phải "
            "là ký hiệu).",
            "The symbol begins with the abbreviation of the type; a công văn has none (“CV” is no symbol).",
        ),
    ),
    _rule(
        "date",
        f"{_PARTS}, khoản 4",
        ("Địa danh và thời gian", "Place and date"),
        (
            "«Tân An, ngày 08 tháng 01 năm 2026»: ngày dưới 10 và tháng 1, 2 ghi thêm số 0; tháng khác không ghi.",
            "“Tân An, ngày 08 tháng 01 năm 2026”: days below 10 and the months 1 and 2 with a zero, other months "
            "without.",
        ),
    ),
    _rule(
        "about",
        f"{_PARTS}, khoản 5, điểm b",
        ("Trích yếu công văn", "What a công văn is about"),
        ("Mở đầu bằng «V/v», dưới số, ký hiệu.", "Begins with “V/v”, under the number."),
    ),
    _rule(
        "bases",
        f"{_PARTS}, khoản 6, điểm a",
        ("Căn cứ ban hành", "Legal bases"),
        (
            "Mỗi căn cứ một dòng, cuối dòng có dấu chấm phẩy, dòng cuối có dấu chấm.",
            "Each stands in a line of its own that ends with a semicolon, the last with a full stop.",
        ),
    ),
    _rule(
        "body",
        f"{_PARTS}, khoản 6, điểm e",
        ("Trình bày nội dung", "Setting of the text"),
        (
            "Canh đều hai lề, chữ đầu đoạn lùi vào 1 cm hoặc 1,27 cm, các đoạn cách nhau ít nhất 6 pt, cách dòng từ "
            "dòng đơn đến "
            "1,5 dòng. Xét theo đa số các đoạn.",
            "Justified, first lines indented by 1 or 1.27 cm, paragraphs at least 6 pt apart, lines single to 1.5. "
            "Measured by "
            "most of the paragraphs.",
        ),
    ),
    _rule(
        "end-mark",
        "Phụ lục III, mục II, mẫu 1.1–1.10",
        ("Kết thúc nội dung", "The end of the text"),
        ("Nội dung kết thúc bằng «./.».", "The text ends with “./.”."),
    ),
    _rule(
        "addressees",
        f"{_PARTS}, khoản 9, điểm d",
        ("Kính gửi", "Addressees"),
        (
            "«Kính gửi:» có dấu hai chấm; nhiều nơi thì mỗi nơi một dòng có gạch đầu dòng, cuối dòng dấu chấm phẩy, "
            "dòng cuối dấu "
            "chấm.",
            "“Kính gửi:” with a colon; several addressees each in a line with a dash, a semicolon at its end, the "
            "last a full "
            "stop.",
        ),
    ),
    _rule(
        "recipients",
        f"{_PARTS}, khoản 9, điểm d",
        ("Nơi nhận", "Recipients"),
        (
            "«Nơi nhận:»; mỗi nơi một dòng có gạch đầu dòng và dấu chấm phẩy; dòng cuối «- Lưu: VT, …» kết thúc bằng "
            "dấu chấm.",
            "“Nơi nhận:”; each in a line with a dash and a semicolon; the last one “- Lưu: VT, …” ends with a full "
            "stop.",
        ),
    ),
    _rule(
        "signature",
        f"{_PARTS}, khoản 7",
        ("Quyền hạn, chức vụ, họ tên người ký", "Authority, post and name of the signer"),
        (
            "TM. (thay mặt), KT. (ký thay, dưới là cấp phó), TL. (thừa lệnh), TUQ. (thừa ủy quyền), Q. (quyền): viết "
            "tắt có dấu "
            "chấm. Trước họ tên không ghi học hàm, học vị (đơn vị vũ trang, giáo dục, y tế, khoa học: "
            "theo quy định của ngành).",
            "TM., KT. (below it the deputy's post), TL., TUQ., Q., each with a full stop. No academic title before "
            "the name (armed forces, schools, hospitals and institutes: by the rules of their branch).",
        ),
    ),
    _rule(
        "annex",
        f"{_OTHER}, khoản 1",
        ("Phụ lục", "Annexes"),
        (
            "Từ hai phụ lục trở lên đánh số La Mã; mỗi phụ lục có dòng «(Kèm theo Văn bản số …)» và bắt đầu ở trang mới. "
            "Tên phụ lục có thể không có.",
            "Two or more are numbered by Roman figures; each has “(Kèm theo Văn bản số …)” and begins a page. A title "
            "need not be there.",
        ),
    ),
)

RULES: Mapping[str, Rule] = MappingProxyType({rule.name: rule for rule in _ALL})

# The parts of a document in the words of the decree: (Vietnamese, English).
ELEMENT_NAMES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "document": ("Văn bản", "The document"),
        "page": ("Trang giấy", "The page"),
        "country": ("Quốc hiệu", "The name of the country"),
        "motto": ("Tiêu ngữ", "The motto"),
        "parent": ("Tên cơ quan chủ quản", "The name of the parent body"),
        "issuer": ("Tên cơ quan ban hành", "The name of the issuer"),
        "symbol": ("Số, ký hiệu", "Number and symbol"),
        "place_date": ("Địa danh và thời gian", "Place and date"),
        "urgency": ("Dấu chỉ mức độ khẩn", "The mark of urgency"),
        "type": ("Tên loại văn bản", "The type of the document"),
        "subject": ("Trích yếu", "The subject"),
        "about": ("Trích yếu công văn", "What the công văn is about"),
        "authority": ("Thẩm quyền ban hành", "The authority that decides"),
        "decides": ("Dòng «QUYẾT ĐỊNH:»", "The line “QUYẾT ĐỊNH:”"),
        "basis": ("Căn cứ ban hành", "A legal basis"),
        "addressees": ("Kính gửi", "The addressees"),
        "body": ("Nội dung", "The text"),
        "part": ("Số phần, chương, mục", "The number of a part, chapter or section"),
        "chapter": ("Số phần, chương, mục", "The number of a part, chapter or section"),
        "section": ("Số phần, chương, mục", "The number of a part, chapter or section"),
        "subsection": ("Số phần, chương, mục", "The number of a part, chapter or section"),
        "part_title": ("Tên phần, chương, mục", "The title of a part, chapter or section"),
        "roman": ("Tên mục La Mã", "The title of a Roman section"),
        "article": ("Điều", "An article"),
        "arabic": ("Tên mục, khoản", "The title of a section"),
        "letter": ("Tên điểm", "The title of a point"),
        "signature": ("Quyền hạn, chức vụ người ký", "The authority and post of the signer"),
        "signer": ("Họ tên người ký", "The name of the signer"),
        "recipients_label": ("Chữ «Nơi nhận:»", "The words “Nơi nhận:”"),
        "recipients": ("Danh sách nơi nhận", "The list of recipients"),
        "page_number": ("Số trang", "The page's number"),
        "annex_mark": ("Chữ «Phụ lục»", "The word “Phụ lục”"),
        "annex_title": ("Tên phụ lục", "The title of an annex"),
        "annex_attached": ("Dòng «Kèm theo …»", "The line “Kèm theo …”"),
    }
)
