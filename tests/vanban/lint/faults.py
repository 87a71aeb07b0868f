"""Faults, one at a time, to be planted in documents that keep the decree's layout."""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Callable

from tests.vanban.lint.clerk_paper import Paper
from tests.vanban.lint.clerks import KINDS, rightly


@dataclasses.dataclass(frozen=True)
class Fault:
    """One thing wrong: what is expected to be found (rule, element), how it is planted, and where it can be."""

    rule: str
    element: str
    plant: Callable[[Paper], Paper]
    where: Callable[[Paper], bool] = lambda paper: True


def _but(**changes: object) -> Callable[[Paper], Paper]:
    return lambda paper: paper.but(**changes)


def _margin(side: int, value: float) -> Callable[[Paper], Paper]:
    return lambda paper: paper.but(margins=(*paper.margins[:side], value, *paper.margins[side + 1 :]))


def _said(part: str, change: Callable[[str], str]) -> Callable[[Paper], Paper]:
    """A part whose words are changed; of several lines the last."""

    def plant(paper: Paper) -> Paper:
        value = getattr(paper, part)
        return paper.but(**{part: change(value) if isinstance(value, str) else (*value[:-1], change(value[-1]))})

    return plant


def _first(part: str, change: Callable[[str], str]) -> Callable[[Paper], Paper]:
    return lambda paper: paper.but(**{part: (change(getattr(paper, part)[0]), *getattr(paper, part)[1:])})


def _has(part: str) -> Callable[[Paper], bool]:
    return lambda paper: bool(getattr(paper, part))


def _body(change: Callable[[tuple[str, str]], tuple[str, str]], at: int = -1) -> Callable[[Paper], Paper]:
    def plant(paper: Paper) -> Paper:
        body = list(paper.body)
        body[at] = change(body[at])
        return paper.but(body=tuple(body))

    return plant


def _numbered(paper: Paper) -> bool:
    return paper.symbol[4:5].isdigit()


def _code(paper: Paper) -> str:
    return paper.symbol.partition("/")[2]


def _dated(paper: Paper) -> bool:
    return "năm 2026" in paper.place_date and "tháng     " not in paper.place_date


def _ruled(paper: Paper) -> bool:
    return paper.rule not in ("none", "underline")


def _is_long(paper: Paper) -> bool:
    return sum(len(text) for _, text in paper.body) > 5000


FAULTS: dict[str, Fault] = {
    "left margin 20": Fault("margins", "page", _margin(2, 20)),
    "right margin 30": Fault("margins", "page", _margin(3, 30)),
    "right margin 10": Fault("margins", "page", _margin(3, 10)),
    "top margin 10": Fault("margins", "page", _margin(0, 10)),
    "bottom margin 10": Fault("margins", "page", _margin(1, 10), _is_long),
    "Letter": Fault("page-size", "page", _but(page=(215.9, 279.4))),
    "Arial": Fault("font", "body", _but(font="Arial")),
    "body in Calibri": Fault("font", "body", _but(look_body={"font": "Calibri"})),
    "subject in Arial": Fault("font", "subject", _but(look_subject={"font": "Arial"}), _has("subject")),
    "red subject": Fault("colour", "subject", _but(look_subject={"colour": "FF0000"}), _has("subject")),
    "blue name": Fault("colour", "signer", _but(look_signer={"colour": "0000FF"})),
    **{
        f"{part} of {size} pt": Fault("size", part, _but(**{f"look_{part}": {"size": size}}), _has(field))
        for part, size, field in (
            ("country", 14, "country"),
            ("motto", 12, "motto"),
            ("parent", 14, "parent"),
            ("issuer", 11, "issuer"),
            ("symbol", 12, "symbol"),
            ("about", 14, "about"),
            ("place_date", 12, "place_date"),
            ("type", 16, "type"),
            ("subject", 12, "subject"),
            ("basis", 12, "bases"),
            ("body", 12, "body"),
            ("recipients_label", 13, "recipients"),
            ("recipients", 12, "recipients"),
            ("signature", 12, "signature"),
            ("signer", 15, "signer"),
            ("annex_mark", 13, "annexes"),
        )
    },
    "page_number of 11 pt": Fault("size", "page_number", _but(look_page_number={"size": 11}), _is_long),
    **{
        f"{part} not {hand}": Fault("hand", part, _but(**{f"look_{part}": {hand: False}}), _has(field))
        for part, hand, field in (
            ("country", "bold", "country"),
            ("motto", "bold", "motto"),
            ("issuer", "bold", "parent"),
            ("type", "bold", "type"),
            ("subject", "bold", "subject"),
            ("signature", "bold", "signature"),
            ("signer", "bold", "signer"),
            ("place_date", "italic", "place_date"),
            ("basis", "italic", "bases"),
            ("recipients_label", "italic", "recipients"),
        )
    },
    "parent in bold": Fault("hand", "parent", _but(look_parent={"bold": True}), _has("parent")),
    "symbol in bold": Fault("hand", "symbol", _but(look_symbol={"bold": True})),
    **{
        f"no {part}": Fault("missing", part, _but(**{field: empty}), _has(field))
        for part, field, empty in (
            ("country", "country", ""),
            ("motto", "motto", ""),
            ("symbol", "symbol", ""),
            ("place_date", "place_date", ""),
            ("subject", "subject", ()),
            ("about", "about", ()),
            ("recipients_label", "recipients_label", ""),
        )
    },
    "no signature": Fault(
        "missing", "signature", _but(signature=(), signer="", secretary=""), lambda paper: not paper.secretary
    ),
    "country in small letters": Fault("capitals", "country", _but(country="Cộng hòa xã hội chủ nghĩa Việt Nam")),
    "motto in capitals": Fault("capitals", "motto", _but(motto="ĐỘC LẬP - TỰ DO - HẠNH PHÚC")),
    "issuer in small letters": Fault("capitals", "issuer", _said("issuer", str.capitalize)),
    "type in small letters": Fault("capitals", "type", _said("type", str.capitalize), _has("type")),
    "subject in capitals": Fault(
        "capitals", "subject", _said("subject", str.upper), lambda paper: len(paper.subject) == 1
    ),
    "name in capitals": Fault("capitals", "signer", _said("signer", str.upper)),
    "post in small letters": Fault("capitals", "signature", _said("signature", str.capitalize)),
    "section in small letters": Fault(
        "capitals",
        "roman",
        _body(lambda pair: (pair[0], "I. Mục đích, yêu cầu"), 0),
        lambda paper: paper.body[0][0] == "roman",
    ),
    "section's title in small letters": Fault(
        "capitals",
        "part_title",
        _body(lambda pair: (pair[0], pair[1].capitalize()), 7),
        lambda paper: ("part", "Mục 1") in paper.body,
    ),
    "MỤC in capitals": Fault(
        "capitals",
        "section",
        _body(lambda pair: (pair[0], pair[1].upper()), 6),
        lambda paper: ("part", "Mục 1") in paper.body,
    ),
    "sections in 12 pt": Fault(
        "size", "section", _but(look_part={"size": 12}), lambda paper: ("part", "Mục 1") in paper.body
    ),
    "no colon after Số": Fault("symbol", "symbol", _said("symbol", lambda said: said.replace(":", ""))),
    "number without zero": Fault(
        "symbol", "symbol", _said("symbol", lambda said: said.replace(": 0", ": ")), lambda paper: ": 0" in paper.symbol
    ),
    "blanks in the symbol": Fault(
        "symbol", "symbol", _said("symbol", lambda said: said.replace("/", " / ")), _numbered
    ),
    "year in the symbol": Fault(
        "symbol", "symbol", _said("symbol", lambda said: said.replace("/", "/2026/")), _numbered
    ),
    "symbol in small letters": Fault(
        "symbol", "symbol", lambda paper: paper.but(symbol=paper.symbol.replace(_code(paper), _code(paper).lower()))
    ),
    "symbol of the Party": Fault(
        "symbol",
        "symbol",
        _said("symbol", lambda said: said.replace("/", "-", 1)[::-1].replace("-", "/", 1)[::-1]),
        _numbered,
    ),
    "CV in the symbol": Fault(
        "symbol-type",
        "symbol",
        _said("symbol", lambda said: f"{said.partition('/')[0]}/CV-UBND"),
        lambda paper: not paper.type,
    ),
    "another type's symbol": Fault(
        "symbol-type", "symbol", _said("symbol", lambda said: f"{said.partition('/')[0]}/HD-UBND"), _has("type")
    ),
    "day without zero": Fault(
        "date",
        "place_date",
        _said("place_date", lambda said: said.replace("ngày 0", "ngày ")),
        lambda p: "ngày 0" in p.place_date,
    ),
    "month without zero": Fault(
        "date",
        "place_date",
        _said("place_date", lambda said: said.replace("tháng 0", "tháng ")),
        lambda p: "tháng 0" in p.place_date,
    ),
    "month 3 with zero": Fault(
        "date", "place_date", lambda paper: paper.but(place_date="Tân An, ngày 12 tháng 03 năm 2026"), _dated
    ),
    "date in figures": Fault(
        "date", "place_date", lambda paper: paper.but(place_date="Tân An, ngày 08/01/2026"), _dated
    ),
    "no comma after the place": Fault(
        "date", "place_date", _said("place_date", lambda said: said.replace(",", "")), _dated
    ),
    "no place": Fault("date", "place_date", lambda paper: paper.but(place_date="Ngày 12 tháng 10 năm 2026"), _dated),
    "30 February": Fault(
        "date", "place_date", lambda paper: paper.but(place_date="Tân An, ngày 30 tháng 02 năm 2026"), _dated
    ),
    "Về việc in a letter": Fault(
        "about", "about", _first("about", lambda said: said.replace("V/v", "Về việc")), _has("about")
    ),
    "bases with commas": Fault("bases", "basis", _first("bases", lambda said: said[:-1] + ","), _has("bases")),
    "last basis with a comma": Fault("bases", "basis", _said("bases", lambda said: said[:-1] + ","), _has("bases")),
    "a full stop at the end": Fault("end-mark", "body", _body(lambda pair: (pair[0], pair[1].replace("./.", ".")))),
    "nothing at the end": Fault("end-mark", "body", _body(lambda pair: (pair[0], pair[1].replace("./.", "")))),
    "Kính gửi without colon": Fault(
        "addressees", "addressees", _first("addressees", lambda said: said.replace(":", "")), _has("addressees")
    ),
    "addressees without dashes": Fault(
        "addressees",
        "addressees",
        _said("addressees", lambda said: said.lstrip("- ")),
        lambda paper: len(paper.addressees) > 1,
    ),
    "Nơi nhận without colon": Fault("recipients", "recipients_label", _but(recipients_label="Nơi nhận")),
    "recipient without dash": Fault("recipients", "recipients", _first("recipients", lambda said: said.lstrip("- "))),
    "recipient with a comma": Fault(
        "recipients", "recipients", _first("recipients", lambda said: said.replace(";", ","))
    ),
    "no Lưu": Fault("recipients", "recipients", lambda paper: paper.but(recipients=(paper.recipients[0][:-1] + ".",))),
    "Lưu without colon": Fault(
        "recipients", "recipients", lambda paper: paper.but(recipients=(paper.recipients[0], "- Lưu VT."))
    ),
    "Lưu without VT": Fault(
        "recipients", "recipients", lambda paper: paper.but(recipients=(paper.recipients[0], "- Lưu: VP."))
    ),
    "post above authority": Fault(
        "signature",
        "signature",
        lambda paper: paper.but(signature=paper.signature[::-1]),
        lambda paper: len(paper.signature) > 1,
    ),
    "TM without full stop": Fault(
        "signature", "signature", lambda paper: paper.but(signature=("TM ỦY BAN NHÂN DÂN", "CHỦ TỊCH"))
    ),
    "T/M": Fault("signature", "signature", lambda paper: paper.but(signature=("T/M. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"))),
    "KT without a deputy": Fault("signature", "signature", lambda paper: paper.but(signature=("KT. CHỦ TỊCH",))),
    "TL without a post": Fault("signature", "signature", lambda paper: paper.but(signature=("TL. CHỦ TỊCH",))),
    "a degree before the name": Fault(
        "signature", "signer", _but(signer="TS. Nguyễn Văn An"), lambda paper: "TRƯỜNG" not in paper.issuer[-1]
    ),
    "signature at the left": Fault(
        "position", "signature", _but(turned=True, foot="table"), lambda paper: not paper.secretary
    ),
    "head turned": Fault("position", "country", _but(swapped=True, head="table")),
    "type at the left": Fault("position", "type", _but(look_type={"align": "left"}), _has("type")),
    "subject at the left": Fault("position", "subject", _but(look_subject={"align": "left"}), _has("subject")),
    "type below the subject": Fault(
        "order",
        "subject",
        lambda paper: paper.but(type=paper.subject[0], subject=(paper.type,)),
        lambda paper: bool(paper.type and paper.subject) and not paper.secretary,
    ),
    "no rule under the motto": Fault("rule", "motto", _but(motto_rule=0), _ruled),
    "half a rule under the motto": Fault("rule", "motto", _but(motto_rule=0.5), _ruled),
    "no rule under the issuer": Fault("rule", "issuer", _but(issuer_rule=0), _ruled),
    "long rule under the issuer": Fault("rule", "issuer", _but(issuer_rule=1.0), _ruled),
    "no rule under the subject": Fault(
        "rule", "subject", _but(subject_rule=0), lambda p: _ruled(p) and bool(p.subject_rule and p.subject)
    ),
    "long rule under the subject": Fault(
        "rule", "subject", _but(subject_rule=0.9), lambda p: _ruled(p) and bool(p.subject_rule and p.subject)
    ),
    "page number below": Fault("page-number", "page_number", _but(numbered="bottom"), _is_long),
    "page number at the right": Fault("page-number", "page_number", _but(numbered="right"), _is_long),
    "page number on page 1": Fault("page-number", "page_number", _but(numbered="first"), _is_long),
    "no page numbers": Fault("page-number", "page_number", _but(numbered="none"), _is_long),
    "ragged text": Fault("body", "body", _but(look_body={"align": "left"}), lambda paper: not paper.exactly),
    "no first indent": Fault("body", "body", _but(first_line=0)),
    "indent of 2 cm": Fault("body", "body", _but(first_line=20)),
    "no room between paragraphs": Fault("body", "body", _but(gap=0)),
    "double lines": Fault("body", "body", _but(spacing=2.0, exactly=0)),
    "PHỤ LỤC in capitals": Fault(
        "capitals",
        "annex_mark",
        lambda p: p.but(annexes=tuple((a[0].upper(), *a[1:]) for a in p.annexes)),
        _has("annexes"),
    ),
    "annexes in Arabic figures": Fault(
        "annex",
        "annex_mark",
        lambda p: p.but(annexes=tuple((f"Phụ lục {n}", *a[1:]) for n, a in enumerate(p.annexes, 1))),
        _has("annexes"),
    ),
    "pages of annexes go on": Fault("page-number", "page_number", _but(annex_sections=False), _has("annexes")),
    "annex without Kèm theo": Fault(
        "annex",
        "annex_attached",
        lambda p: p.but(annexes=tuple((*a[:2], "", *a[3:]) for a in p.annexes)),
        _has("annexes"),
    ),
}


def wrongly(rng: random.Random, name: str) -> Paper | None:
    """A document with this fault alone; None where a kind that can have it was not met."""
    kinds = list(KINDS)
    rng.shuffle(kinds)
    for kind in kinds:
        paper = rightly(rng, kind)
        if FAULTS[name].where(paper):
            return FAULTS[name].plant(paper)
    return None
