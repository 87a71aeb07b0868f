"""The rules by name: what each looks for, why, and by which published source, in Vietnamese and English.

This is the one text that the guide, the command and other programs show.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from types import MappingProxyType

from vanban.model import Severity

_LAYOUT = "Nghị định 30/2020/NĐ-CP, Phụ lục I"
_READING = ("Đọc kế hoạch của Ủy ban nhân dân các cấp", "Reading plans of People's Committees")


@dataclasses.dataclass(frozen=True, slots=True)
class Rule:
    """A rule. ``severity`` is the highest that its findings have; ``title``, ``reason`` and ``source`` by "
    "language."""

    name: str
    severity: Severity
    title: Mapping[str, str]
    reason: Mapping[str, str]
    source: Mapping[str, str]


def _rule(
    name: str, severity: Severity, title: tuple[str, str], reason: tuple[str, str], source: str | tuple[str, str]
) -> Rule:
    both = source if isinstance(source, tuple) else (source, source)
    texts = (MappingProxyType({"vi": vi, "en": en}) for vi, en in (title, reason, both))
    return Rule(name, severity, *texts)


_ALL = (
    _rule(
        "header-missing",
        "warning",
        ("Thiếu thành phần thể thức", "A part of the document's form is missing"),
        (
            "Số, ký hiệu, địa danh, ngày, cơ quan ban hành, trích yếu, chữ ký và nơi nhận là thành phần bắt "
            "buộc. Tệp chữ hoặc "
            "trang web thường mất cả phần đầu; khi đó chỉ có một lưu ý.",
            "Number, place, date, issuer, subject, signature and recipients are required. A text file or web "
            "page often "
            "lost its whole letterhead; then there is one note only.",
        ),
        "Nghị định 30/2020/NĐ-CP, Điều 8",
    ),
    _rule(
        "type-mismatch",
        "error",
        ("Ký hiệu không khớp tên loại văn bản", "The symbol is not that of the printed type"),
        (
            "Chữ viết tắt trong ký hiệu phải là của tên loại ghi trên trích yếu (KH cho kế hoạch, QĐ cho quyết định).",
            "The abbreviation in the symbol must be that of the type printed above the subject (KH for a plan, "
            "QĐ for a decision).",
        ),
        "Nghị định 30/2020/NĐ-CP, Phụ lục III",
    ),
    _rule(
        "title-year",
        "warning",
        ("Kế hoạch của năm trước ngày ban hành", "A plan for a year that is over when it is issued"),
        (
            "Trích yếu «… năm 2023» trong văn bản đề ngày năm 2024 thường là sót lại khi chép mẫu cũ.",
            "A subject “… năm 2023” in a document dated 2024 is usually left from an older model.",
        ),
        _READING,
    ),
    _rule(
        "citation-conflict",
        "error",
        ("Một văn bản dẫn hai cách", "One document cited in two ways"),
        (
            "Cùng số, ký hiệu mà hai ngày, hoặc cơ quan không khớp ký hiệu, thì người đọc không tìm được văn "
            "bản. Số không mang "
            "năm bắt đầu lại mỗi năm, nên hai ngày khác năm chỉ bị nêu khi ngày, tháng hoặc trích yếu trùng nhau.",
            "With two dates under one number, or an issuer that the symbol contradicts, nobody finds the "
            "document. A number without "
            "a year starts anew every year, so two years count only if day and month or the subject agree.",
        ),
        _LAYOUT + ", mục II.6; Nghị định 30/2020/NĐ-CP, Điều 15",
    ),
    _rule(
        "citation-date",
        "error",
        ("Ngày của văn bản dẫn không đúng", "The date of a cited document is wrong"),
        (
            "Ngày ghi khác ngày ban hành của văn bản đó trong bảng hiệu lực.",
            "The date given is not that of the document in the table of documents in force.",
        ),
        "src/vanban/data/validity.csv",
    ),
    _rule(
        "citation-year",
        "error",
        ("Năm trong số không khớp ngày ban hành", "The year in the number is not that of the date"),
        (
            "Số của văn bản quy phạm pháp luật mang năm ban hành; «46/2002/QĐ-UBND ngày 12/9/2022» sai ở số hoặc "
            "ở ngày.",
            "The number of a legal document holds its year of issue; in “46/2002/QĐ-UBND ngày 12/9/2022” number "
            "or date is wrong.",
        ),
        "Nghị định 78/2025/NĐ-CP (thể thức văn bản quy phạm pháp luật)",
    ),
    _rule(
        "citation-after-issue",
        "error",
        ("Dẫn văn bản ban hành sau kế hoạch", "A cited document is newer than the plan"),
        ("Không thể căn cứ vào văn bản chưa có.", "Nothing can be based on a document that did not exist yet."),
        _READING,
    ),
    _rule(
        "citation-title",
        "note",
        ("Trích yếu của văn bản dẫn bị thêm chữ", "Words added to the subject of a cited document"),
        (
            "Văn bản của trung ương không nói «trên địa bàn tỉnh»; chỉ xét khi tên viết tắt trong ngoặc đứng "
            "ngay sau những "
            "chữ đó, nên chúng thuộc trích yếu.",
            "A national document does not say “trên địa bàn tỉnh”; judged only where the short name in brackets "
            "follows at "
            "once, so that the words belong to the subject.",
        ),
        _LAYOUT + ", mục II.6",
    ),
    _rule(
        "citation-incomplete",
        "note",
        ("Căn cứ không ghi ngày", "A legal basis without its date"),
        (
            "Căn cứ phải ghi đủ tên loại, số, ký hiệu, cơ quan, ngày ban hành và trích yếu; riêng luật, pháp "
            "lệnh chỉ ghi tên.",
            "A legal basis gives type, number, issuer, date and subject in full; only laws and ordinances go by name.",
        ),
        _LAYOUT + ", mục II.6",
    ),
    _rule(
        "citation-superseded",
        "error",
        ("Văn bản dẫn đã hết hiệu lực", "A cited document is no longer in force"),
        (
            "Văn bản hết hiệu lực trước ngày kế hoạch là lỗi của kế hoạch; hết hiệu lực sau đó là điều người "
            "thực hiện hôm nay cần "
            "biết (cảnh báo); luật dẫn bằng tên và văn bản hết giai đoạn là lưu ý.",
            "A document that ended before the plan's date is the plan's error; one that ended later is for those "
            "who carry the "
            "plan out today (warning); a law cited by name, or a period that is over, is a note.",
        ),
        "src/vanban/data/validity.csv, successors.csv",
    ),
    _rule(
        "citation-link-mismatch",
        "warning",
        ("Đường dẫn mở văn bản khác", "A link leads to another document"),
        (
            "Tên trang của đường dẫn cho biết văn bản mà nó mở; nếu không phải văn bản được dẫn ở chữ đó, trang "
            "đó hoặc (tệp không "
            "chia trang) trong văn bản thì người đọc bị đưa đi nhầm.",
            "The name of the page tells which document a link opens; if that is not cited at those words, on "
            "that page or (in a file "
            "without pages) in the document, readers are led astray.",
        ),
        _READING,
    ),
    _rule(
        "agency-abolished",
        "error",
        ("Cơ quan không còn", "An agency no longer exists"),
        (
            "Việc giao cho cơ quan đã giải thể, hợp nhất không có người làm. Cơ quan hết trước ngày kế hoạch là "
            "lỗi; hết sau đó là cảnh "
            "báo, kèm cơ quan kế tục và cơ sở pháp lý; chỉ được nêu tên (không được giao việc) là lưu ý.",
            "Work given to a dissolved or merged agency is done by nobody. Ended before the plan's date it is an "
            "error, later a warning "
            "with successors and legal basis; only named, without work, a note.",
        ),
        "src/vanban/data/agencies.csv, successors.csv, provinces.csv",
    ),
    _rule(
        "agency-unknown",
        "note",
        ("Tên sở, bộ viết sai", "A misspelt department or ministry"),
        (
            "Tên chỉ khác một, hai chữ với một sở, bộ có thật là lỗi chính tả.",
            "A name that differs from a real department by a letter or two is a misprint.",
        ),
        "src/vanban/data/agencies.csv",
    ),
    _rule(
        "group-incomplete",
        "note",
        ("Danh sách cấp hành chính không đầy đủ", "A list of kinds of committees is not complete"),
        (
            "«UBND các huyện, thành phố» ở một chỗ và «UBND các huyện, thị xã, thành phố» ở ít nhất ba chỗ: có "
            "thể bỏ sót thị xã.",
            "“UBND các huyện, thành phố” in one place and “UBND các huyện, thị xã, thành phố” in three or more: "
            "thị xã may have "
            "been forgotten.",
        ),
        _READING,
    ),
    _rule(
        "recipient-missing",
        "note",
        ("Được giao việc nhưng không được gửi", "An agency has work but is not told"),
        (
            "Nơi nhận phải có cơ quan thực hiện; chỉ xét sở có tên riêng, khi Nơi nhận không có «Các sở, ban, ngành».",
            "The recipients include those who carry it out; only departments by name, where no “Các sở, ban, "
            "ngành” stands.",
        ),
        "Nghị định 30/2020/NĐ-CP, Điều 8 và Phụ lục I",
    ),
    _rule(
        "no-lead",
        "warning",
        ("Nhiệm vụ không có cơ quan chủ trì", "A task without a lead"),
        (
            "Không ai chịu trách nhiệm, trong khi nhiệm vụ cùng mục có người chủ trì.",
            "Nobody answers for it, although tasks beside it have a lead.",
        ),
        _READING,
    ),
    _rule(
        "no-time",
        "warning",
        ("Nhiệm vụ không có thời gian", "A task without a time"),
        (
            "Không kiểm tra được tiến độ, trong khi nhiệm vụ cùng mục có thời hạn.",
            "Progress cannot be checked, although tasks beside it have a time.",
        ),
        _READING,
    ),
    _rule(
        "lead-also-coordinates",
        "warning",
        ("Vừa chủ trì vừa phối hợp", "Lead and coordinator at once"),
        ("Một cơ quan chỉ có một vai trong một nhiệm vụ.", "An agency has one part in a task."),
        _READING,
    ),
    _rule(
        "deadline-before-issue",
        "error",
        ("Thời hạn trước ngày ban hành", "A deadline before the day of issue"),
        (
            "Việc đã quá hạn khi vừa được giao. Văn bản không có ngày thì tính từ căn cứ mới nhất.",
            "The work is late when it is ordered. Without a date the newest legal basis is taken.",
        ),
        _READING,
    ),
    _rule(
        "perpetual-with-deadline",
        "warning",
        ("Việc thường xuyên lại có hạn hoàn thành", "Lasting work with a deadline"),
        (
            "«Duy trì …», «Thường xuyên …» không có ngày xong; hạn thường là của mục khác trong khối dùng chung.",
            "“Duy trì …”, “Thường xuyên …” are never finished; the deadline usually belongs to another item of a "
            "shared block.",
        ),
        _READING,
    ),
    _rule(
        "report-before-deadline",
        "note",
        ("Báo cáo trước hạn nhiệm vụ", "The report comes before the deadline"),
        (
            "Báo cáo năm phải nộp trước hạn của nhiệm vụ thì không có kết quả; hạn 31/12 không xét.",
            "A yearly report due before the deadlines holds no results; deadlines of 31/12 are left alone.",
        ),
        _READING,
    ),
    _rule(
        "date-impossible",
        "error",
        ("Ngày không có trong lịch", "A day that no calendar has"),
        (
            "Ví dụ 31/11, 30/02, hoặc thứ không đúng với ngày.",
            "Such as 31/11 or 30/02, or a weekday that is not that of its date.",
        ),
        ("Lịch dương", "The Gregorian calendar"),
    ),
    _rule(
        "amount-words",
        "error",
        ("Số tiền bằng số khác bằng chữ", "Figures and words of a sum differ"),
        ("Hai cách ghi một số tiền phải bằng nhau.", "Both writings of a sum must agree."),
        _READING,
    ),
    _rule(
        "amount-sum",
        "warning",
        ("Tổng không bằng các khoản", "A total is not the sum of its parts"),
        (
            "Chỉ xét câu «Tổng … gồm / trong đó …» có các khoản nêu liền sau, không có khoản con.",
            "Only sentences “Tổng … gồm / trong đó …” with the parts right behind and none within another.",
        ),
        _READING,
    ),
    _rule(
        "repeated-word",
        "warning",
        ("Từ ngữ bị lặp", "Words printed twice"),
        (
            "«các các», «thông tin thông tin», cả khi ngắt dòng. Từ láy («ngày ngày», «luôn luôn») và hai từ "
            "đứng cạnh nhau («truyền thông "
            "thông báo») không bị nêu.",
            "“các các”, “thông tin thông tin”, also over the end of a line. Reduplications (“ngày ngày”, “luôn "
            "luôn”) and words that "
            "merely meet (“truyền thông thông báo”) are left alone.",
        ),
        ("Chính tả tiếng Việt", "Vietnamese spelling"),
    ),
    _rule(
        "numbering-gap",
        "warning",
        ("Số thứ tự bị nhảy hoặc lặp", "Labels that skip or repeat"),
        (
            "Thiếu một số thường là sót nội dung; lặp số thì dẫn «mục 3» có hai nghĩa. a, b, c, d, đ, e, g là "
            "đúng (không có f); bỏ đ không bị nêu.",
            "A gap often means a lost item; with a label twice “item 3” has two meanings. a, b, c, d, đ, e, g is "
            "right (no f); a list "
            "without đ is left alone.",
        ),
        _LAYOUT + ", mục II.5",
    ),
)

#: Every rule by its name.
RULES: Mapping[str, Rule] = MappingProxyType({rule.name: rule for rule in _ALL})
