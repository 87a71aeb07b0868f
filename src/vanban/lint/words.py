"""The grammar of numbers, dates, lists, signatures and annexes."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from vanban.knowledge import Knowledge
from vanban.lint.difference import Case, Difference, differs
from vanban.lint.rules import ELEMENT_NAMES
from vanban.official import roman, written_date, written_number
from vanban.official.layout import END_MARK
from vanban.parse import wording
from vanban.parse.building import joined, listed, said
from vanban.parse.roles import BODY, Named
from vanban.parse.seen import SeenParagraph, SeenTable

_SYMBOL = re.compile(r"Số: (?P<number>\d*|\s*|[.…_]+)\s*/(?P<code>\S+)")
_CODE = re.compile(r"[A-ZĐƯ][A-ZĐƯa-zđ0-9&]*(?:-[A-ZĐƯ][A-ZĐƯa-zđ0-9&]*)*")
_YEAR = re.compile(r"^(?:19|20)\d\d/")
# Of these types there are also legal normative documents ("Số: 12/2026/QĐ-UBND"), which other decrees lay out.
_LEGISLATED = ("Quyết định", "Nghị quyết")
_NUMBERED_BY_YEAR = re.compile(r"\d+/20\d\d/")
_AUTHORITIES = re.compile(r"^(?P<sign>T\W?M|K\W?T|T\W?L|T\W?U\W?Q|Q)(?P<stop>\W*)\s(?=\S)")
# Khoản 7.c leaves titles before the name in these branches to those who head them.
_TITLED_BODIES = re.compile(
    r"TRƯỜNG|HỌC VIỆN|ĐẠI HỌC|VIỆN|TRẠM Y TẾ|TRUNG TÂM Y TẾ|CÔNG AN|QUÂN|BIÊN PHÒNG|CẢNH SÁT|TRẠI|SƯ ĐOÀN"
)
_LETTER_SYMBOL = "Phụ lục I, phần I, mục II, khoản 3, điểm b"
_DEGREES = re.compile(
    r"^(?:(?:PGS|GS|TS|TSKH|ThS|Ths|CN|KS|BS|BSCKI{1,2}|DS|LS|CVCC|CVC|NGƯT|NGND|Tiến sĩ|Thạc sĩ|Giáo sư|"
    r"Phó Giáo sư|Bác sĩ|Kỹ sư|Cử nhân|Luật sư)\b[.,]?\s*)+",
)


def symbol(case: Case) -> Iterator[Difference]:
    """Whether number and symbol are written "Số: 08/KH-UBND"."""
    for block in case.paragraphs("symbol"):
        text = said([item for item in case.items if item.block is block], "symbol")
        found = _SYMBOL.fullmatch(text)
        wanted = _wanted_symbol(text)
        if found is None or not _is_right(found["number"].strip(), found["code"]):
            says = (
                f"Số, ký hiệu: «{text}» chưa đúng cách ghi; cần ghi như «{wanted}»",
                f"Number and symbol “{text}” are not written as they have to be: “{wanted}”",
            )
            if case.doc_type in _LEGISLATED and _NUMBERED_BY_YEAR.search(text):
                says = (
                    f"{says[0]}. Văn bản quy phạm pháp luật (số có năm) trình bày theo quy định riêng, không theo Nghị "
                    f"định này",
                    f"{says[1]}. A legal normative document, whose number has its year, follows rules of its own",
                )
            yield differs("symbol", "symbol", text, wanted, at=block, says=says)


def _is_right(number: str, code: str) -> bool:
    if number.isdigit() and number != written_number(int(number)):
        return False
    return _CODE.fullmatch(code) is not None


def _wanted_symbol(text: str) -> str:
    found = re.search(r"(\d+)?\s*/\s*(?:(?:19|20)\d\d\s*/\s*)?(\S.*)$", text)
    if found is None:
        return "Số: 08/KH-UBND"
    number = written_number(int(found[1])) if found[1] and len(found[1]) < 9 else written_number(None)
    code = re.sub(r"\s+", "", found[2])
    return f"Số: {number}/{code}" if _CODE.fullmatch(code) else "Số: 08/KH-UBND"


def symbol_type(case: Case) -> Iterator[Difference]:
    """Whether the symbol begins with the abbreviation of the type, and that of a công văn with none."""
    for block in case.paragraphs("symbol"):
        found = wording.SYMBOL.match(block.text)
        code = _YEAR.sub("", found["code"].replace(" ", "")) if found else ""
        first = code.split("-")[0]
        if not first or not _CODE.fullmatch(code):  # said by ``symbol``
            continue
        known = Knowledge.packaged()
        if case.doc_type == "Công văn":
            named = known.type_by_abbreviation(first)
            if first.upper() == "CV" or (named is not None and named.in_symbol and "-" in code):
                says = (
                    f"Số, ký hiệu: công văn không ghi chữ viết tắt tên loại («{first}»); ký hiệu mở đầu bằng tên viết "
                    f"tắt cơ "
                    "quan, ví dụ «UBND-VX»",
                    f"A công văn bears no abbreviation of a type (“{first}”); its symbol begins with that of the "
                    f"issuer, such as "
                    "“UBND-VX”",
                )
                yield differs("symbol-type", "symbol", first, "UBND-VX", at=block, article=_LETTER_SYMBOL, says=says)
            continue
        wanted = known.type_by_name(case.doc_type)
        if wanted is not None and wanted.abbreviation and wanted.in_symbol and first != wanted.abbreviation:
            says = (
                f"Số, ký hiệu: «{first}» không phải chữ viết tắt của {wanted.name.lower()}; cần "
                f"«{wanted.abbreviation}»",
                f"The symbol begins with “{first}”; for “{wanted.name}” it has to be “{wanted.abbreviation}”",
            )
            yield differs("symbol-type", "symbol", first, wanted.abbreviation, at=block, says=says)


def date(case: Case) -> Iterator[Difference]:
    """Whether place and date are written "Tân An, ngày 08 tháng 01 năm 2026"."""
    for item in case.of("place_date", annex=False):
        block = item.block
        text = said([item], "place_date")
        found = wording.DATE.match(text)
        if found is None or not isinstance(block, SeenParagraph):
            continue
        wanted = _wanted_date(found["place"].rstrip(", "), found["day"], found["month"], found["year"])
        if wanted is None:
            says = (
                f"Địa danh và thời gian: «{text}» không có trong lịch; bạn hãy kiểm tra lại ngày",
                f"“{text}” is no day of the calendar; check the date",
            )
            yield differs(
                "date", "place_date", text, ("ngày có trong lịch", "a day of the calendar"), at=block, says=says
            )
        elif text != " ".join(wanted.split()) or not found["place"].strip(", "):
            says = (
                f"Địa danh và thời gian: «{text}» chưa đúng cách ghi; cần ghi «{wanted}»",
                f"Place and date “{text}” have to be written “{wanted}”",
            )
            yield differs("date", "place_date", text, wanted, at=block, says=says)


def _wanted_date(place: str, day: str, month: str, year: str) -> str | None:
    """What has to stand there; a draft may leave day and month open. None for a day that there is not."""
    place = place[:1].upper() + place[1:] or "Tân An"
    if day and month and year:
        try:
            return f"{place}, {written_date(dt.date(int(year), int(month), int(day)))}"
        except ValueError:
            return None
    parts = [
        f"{int(day):02d}" if day else "",
        (f"{int(month):02d}" if int(month) <= 2 else str(int(month))) if month else "",
        year,
    ]
    return " ".join(f"{place}, ngày {parts[0]} tháng {parts[1]} năm {parts[2]}".split())


def about(case: Case) -> Iterator[Difference]:
    """Whether what a công văn is about begins with "V/v"."""
    for block in case.paragraphs("about")[:1]:
        if not block.text.startswith("V/v "):
            yield _asks("about", "about", block, block.text, "V/v …")


def bases(case: Case) -> Iterator[Difference]:
    """Whether legal bases end with semicolons, the last with a full stop."""
    yield from _ends(case, "bases", "basis")


def addressees(case: Case) -> Iterator[Difference]:
    """Whether "Kính gửi:" bears its colon and the list its dashes and stops."""
    items = case.of("addressees", annex=False)
    texts = listed(items, "addressees")
    if not texts or not isinstance(items[0].block, SeenParagraph):
        return
    if wording.GREETING.match(texts[0]) and not texts[0].startswith("Kính gửi:"):
        yield _asks("addressees", "addressees", items[0].block, texts[0], "Kính gửi: …")
    if len(texts) > 1:
        yield from _listed("addressees", texts[1:], items[1:])


def recipients(case: Case) -> Iterator[Difference]:
    """Whether "Nơi nhận:" and its list are written as they have to be, the archive last."""
    for block in case.paragraphs("recipients_label"):
        if block.text != "Nơi nhận:":
            yield _asks("recipients", "recipients_label", block, block.text, "Nơi nhận:")
    items = case.of("recipients", annex=False)
    whole: list[tuple[str, int]] = []
    for n, text in enumerate(listed(items, "recipients")):
        if whole and text[:1] not in "-–+" and not wording.ARCHIVE.match(text):
            whole[-1] = (f"{whole[-1][0]} {text}", whole[-1][1])
        else:
            whole.append((text, n))
    yield from _listed("recipients", [text for text, _ in whole], [items[n] for _, n in whole])
    if whole and not re.match(r"- Lưu: VT\b", whole[-1][0]):
        yield _asks("recipients", "recipients", items[whole[-1][1]].block, whole[-1][0], "- Lưu: VT, …")


def _listed(rule: str, texts: list[str], items: list[Named]) -> Iterator[Difference]:
    for n, (text, item) in enumerate(zip(texts, items, strict=True)):
        stop = "." if n == len(texts) - 1 else ";"
        if not text.startswith("- ") or not text.endswith(stop):
            bare = text.lstrip("-–+• ").rstrip(".;,: ")
            yield _asks(rule, item.role, item.block, text, f"- {bare}{stop}")


def _ends(case: Case, rule: str, role: str) -> Iterator[Difference]:
    blocks = case.paragraphs(role, annex=False)
    for n, block in enumerate(blocks):
        stop = "." if n == len(blocks) - 1 else ";"
        if not block.text.endswith(stop):
            last = " ".join(block.text.split()[-3:])
            yield _asks(rule, role, block, f"… {last}", f"… {last.rstrip('.;,: ')}{stop}")


def _asks(rule: str, element: str, block: object, text: str, wanted: str) -> Difference:
    vi, en = ELEMENT_NAMES[element]
    says = (f"{vi}: «{text}» chưa đúng cách ghi; cần ghi «{wanted}»", f"{en}: “{text}” has to be written “{wanted}”")
    at = block if isinstance(block, SeenParagraph) else None
    return differs(rule, element, text, wanted, at=at, says=says)


def end_mark(case: Case) -> Iterator[Difference]:
    """Whether the text ends with "./."."""
    body = case.of(*BODY, "table", "picture", annex=False)
    if not body:
        return
    last = body[-1].block
    text = last.text if isinstance(last, SeenParagraph) else ""
    if not text.endswith(END_MARK):
        shown = " ".join(text.split()[-4:])
        says = (
            f"Nội dung: cuối nội dung («… {shown}») chưa có dấu «{END_MARK}»; bạn hãy ghi thêm",
            f"The text ends with “… {shown}”; it has to end with “{END_MARK}”",
        )
        at = last if isinstance(last, SeenParagraph | SeenTable) else None
        yield differs("end-mark", "body", shown or "–", END_MARK, at=at, says=says)


def signature(case: Case) -> Iterator[Difference]:
    """Whether authority is abbreviated as it has to be, and the name bears no academic title."""
    items = case.of("signature", annex=False)
    texts = listed(items, "signature")
    for n, (text, item) in enumerate(zip(texts, items, strict=True)):
        found = _AUTHORITIES.match(text)
        if found is None:
            continue
        if n and _AUTHORITIES.match(texts[n - 1]) is None:
            says = (
                f"Quyền hạn, chức vụ người ký: «{text}» cần đặt trên «{texts[n - 1]}»",
                f"“{text}” has to stand above “{texts[n - 1]}”",
            )
            yield differs("signature", "signature", texts[n - 1], text, at=item.block, says=says)
        sign = re.sub(r"\W", "", found["sign"])
        wanted = f"{sign}. {text[found.end() :]}"
        if text != wanted:
            yield _asks("signature", "signature", item.block, text, wanted)
        after = texts[n + 1] if n + 1 < len(texts) else ""
        if sign == "KT" and not after.upper().startswith(("PHÓ ", "Q.", "QUYỀN ", "THỨ TRƯỞNG")):
            says = (
                f"Quyền hạn, chức vụ người ký: dưới «{text}» cần có chức vụ của cấp phó ký thay",
                f"Under “{text}” has to stand the post of the deputy who signs",
            )
            yield differs("signature", "signature", after or "–", "PHÓ …", at=item.block, says=says)
        if sign in ("TL", "TUQ") and not after:
            says = (
                f"Quyền hạn, chức vụ người ký: dưới «{text}» cần có chức vụ của người ký",
                f"Under “{text}” has to stand the post of the one who signs",
            )
            yield differs("signature", "signature", "–", ("chức vụ", "the post"), at=item.block, says=says)
    names = " ".join(listed(case.items, "parent") + listed(case.items, "issuer")).upper()
    for block in case.paragraphs("signer", annex=False):
        if _TITLED_BODIES.search(names):
            break
        titled = _DEGREES.match(block.text)
        if titled is not None and titled.end() < len(block.text):
            yield _asks("signature", "signer", block, block.text, block.text[titled.end() :])


def annex(case: Case) -> Iterator[Difference]:
    """Whether annexes are numbered, titled, say what they belong to, and begin a page."""
    count = max((item.annex for item in case.items), default=0)
    for position in range(1, count + 1):
        own = [item for item in case.items if item.annex == position]
        mark = next((item.block for item in own if item.role == "annex_mark"), None)
        if not isinstance(mark, SeenParagraph):
            continue
        wanted = "Phụ lục" if count == 1 else f"Phụ lục {roman(position)}"
        text = joined(mark, is_title=True)
        if text.lower() != wanted.lower() and not (count == 1 and text == "Phụ lục I"):
            yield _asks("annex", "annex_mark", mark, text, wanted)
        if not any(item.role == "annex_attached" for item in own):
            yield _asks("annex", "annex_attached", mark, "–", "(Kèm theo …)")
        if not _begins_page(case, mark):
            says = (f"«{text}»: cần bắt đầu ở trang mới", f"“{text}” has to begin a page")
            yield differs("annex", "annex_mark", "–", ("trang mới", "a new page"), at=mark, says=says)


def _begins_page(case: Case, mark: SeenParagraph) -> bool:
    index = next(n for n, item in enumerate(case.items) if item.block is mark)
    before = case.items[index - 1].block if index else None
    if mark.new_page or before is None:
        return True
    last = before.lines[-1].page if isinstance(before, SeenParagraph) and before.lines else before.sheet
    return last != mark.sheet if case.seen.kind == "docx" or mark.lines else False
