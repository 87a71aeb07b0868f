"""What a reviewer is asked about a doubt, and what they can answer: the reader's proposal, the file's own words, near
names of the directory."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nhipcau.organisations import queries as organisations
from nhipcau.organisations.models import Organisation
from vanban.text import fold

from ..models import Doubt
from ..reviewing import contents, stops, unsure, values
from ..reviewing.contents import Content, get, has, is_name, places_of
from ..reviewing.decisions import ACCEPT, DROP, EMPTY, FOUND, LAST, place_of, shared_run
from ..reviewing.doubting import CITED, UNMATCHED, may_accept_alike
from .wording import words_of

MOST_NAMES = 5


@dataclasses.dataclass(frozen=True, slots=True)
class Choice:
    """One answer: the value that the form sends, its words, a second voice; ``key`` is the number that picks it."""

    key: int
    sent: str
    text: str
    note: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class UnsureWord:
    """A word that may be wrong: the name of its field, what the file has, and its readings, the proposed one first."""

    name: str
    line: int
    found: str
    before: str
    after: str
    options: list[str]


@dataclasses.dataclass(frozen=True, slots=True)
class Sentence:
    """A value with single words to choose."""

    label: str
    words: list[UnsureWord]


@dataclasses.dataclass(frozen=True, slots=True)
class Asked:
    """The question about one doubt with its answers. ``typed``: what the field for typing holds; None: no field."""

    doubt: Doubt
    words: str
    quotes: list[str]
    choices: list[Choice]
    typed: str | None
    sort: str
    typed_label: str
    may_create: bool
    opens_typing: bool
    places: int  # in how many places the decision holds
    alike: int  # how many more stops of this kind can be accepted with it
    together: list[Doubt]  # all that the answer decides, where that is more than one
    is_one_repair: bool  # all of them were repaired to the same words
    is_list: bool  # they are several repairs, which can only be accepted together, or looked at one by one
    sentences: list[Sentence]  # the values with single words to choose
    is_alone: bool  # one of several that belong together is asked about by itself


def asked(
    doubt: Doubt,
    together: Sequence[Doubt],
    content: Content,
    scope: Organisation,
    *,
    alike: int = 0,
    alone: bool = False,
) -> Asked:
    """The question about all doubts of a stop (``together``), asked at one of them. ``alike``: how many other stops of
    its kind are left; ``alone``: others that belong to the stop are left out. Asks the directory for near names where
    the doubt is about a name."""
    leading = stops.main_of(together)
    where = place_of(leading.where)
    is_there = has(content, where)
    about_name = is_there and is_name(where)
    stands: Any = get(content, where) if is_there and where else None
    is_torn = len(together) > 1 and stops.is_torn(together)
    is_list = len(together) > 1 and (is_torn or stops.is_list(together))
    sentences = [sentence for other in together if (sentence := _sentence(other, content)) is not None]
    is_typed = is_there and where and not _is_whole(where, stands) and not is_list
    typed = values.shown(where, stands) if is_typed else None
    answers = _list_answers(together, is_torn) if is_list else _answers(leading, content, where, typed)
    if sentences:
        answers = answers[:1]
    if about_name and not is_list:
        answers = _names(leading, stands, scope, answers)
        if leading.kind not in UNMATCHED and fold(stands) in contents.meant(content):
            answers[0] = (*answers[0][:2], _("có trong danh bạ"))
    if len(together) > 1 and not is_list:
        answers = _as_all_was_found(together, answers)
    return Asked(
        doubt=doubt,
        words=_words(together, sentences, is_torn) if is_list or sentences else words_of(leading, where, content),
        quotes=[] if is_list or sentences else _quotes(together),
        choices=[Choice(i, *answer) for i, answer in enumerate(answers[:9], 1)],
        typed=typed,
        sort=values.sort_of(where) if where else "text",
        typed_label=values.label_of(where) if where else "",
        may_create=about_name and not is_list,
        opens_typing=leading.kind in ("header-missing", "no-lead", "no-time"),
        places=1 if is_list else max(len(places_of(content, stands)) if about_name else 1, _places(together)),
        alike=alike if may_accept_alike(doubt.kind) and not sentences else 0,
        together=list(together) if len(together) > 1 else [],
        is_one_repair=len({d.proposed for d in together}) == 1,
        is_list=is_list,
        sentences=sentences,
        is_alone=alone,
    )


def _sentence(doubt: Doubt, content: Content) -> Sentence | None:
    """The words of a doubt that may be wrong, each with what stands around it."""
    value = get(content, doubt.where) if doubt.words and has(content, doubt.where) else None
    words = [
        UnsureWord(
            f"tu-{doubt.position}-{number}",
            word["line"],
            word["found"],
            " ".join(value[: word["at"]].split()[-3:]),
            _after(value, word["at"] + len(word["text"])),
            word["options"],
        )
        for number, word in enumerate(unsure.standing(value, doubt.words))
        if isinstance(value, str)
    ]
    return Sentence(values.label_of(place_of(doubt.where)), words) if words else None


def _places(together: Sequence[Doubt]) -> int:
    return 1 if stops.is_torn(together) else len({place_of(doubt.where) for doubt in together})


def _quotes(together: Sequence[Doubt]) -> list[str]:
    """The words of the file that are in question, each spelling once."""
    quoted = [d.found for d in together if d.found and (d.kind.startswith("repaired") or d.kind in UNMATCHED)]
    return list(dict.fromkeys(quoted))[:_MOST_QUOTES]


_MOST_QUOTES = 4


def _after(value: str, at: int) -> str:
    """The words after a place, with the mark that clings to the word before them."""
    rest = value[at:]
    return rest[: len(rest) - len(rest.lstrip())][:1] + " ".join(rest.split()[:3])


def _words(together: Sequence[Doubt], sentences: Sequence[Sentence], is_torn: bool) -> str:
    """What is asked about several repairs, or about single words."""
    count = len(together)
    if sentences:
        n = sum(len(sentence.words) for sentence in sentences)
        said = ngettext("%(n)s từ chưa chắc. Bạn so với bản gốc:", "%(n)s từ chưa chắc. Bạn so với bản gốc:", n)
        return said % {"n": n}
    if is_torn:
        said = ngettext(
            "%(n)s đoạn chữ còn hỏng dấu, chưa sửa được:", "%(n)s đoạn chữ còn hỏng dấu, chưa sửa được:", count
        )
    elif all(doubt.kind == "repaired-label" for doubt in together):
        said = ngettext("%(n)s nhãn mục sửa theo thứ tự các mục:", "%(n)s nhãn mục sửa theo thứ tự các mục:", count)
    elif all(stops.is_torn_text(doubt) for doubt in together):
        said = ngettext(
            "%(n)s đoạn đã phục hồi dấu, không từ nào đáng ngờ:",
            "%(n)s đoạn đã phục hồi dấu, không từ nào đáng ngờ:",
            count,
        )
    elif all(stops.only_lost_marks(doubt) for doubt in together):
        said = ngettext(
            "%(n)s chỗ chỉ mất dấu, chữ cái vẫn như trong tệp:",
            "%(n)s chỗ chỉ mất dấu, chữ cái vẫn như trong tệp:",
            count,
        )
    elif len({contents.entry_of(doubt.where) for doubt in together}) > 1:
        said = ngettext(
            "%(n)s tên cơ quan đã sửa, đều có trong danh bạ:", "%(n)s tên cơ quan đã sửa, đều có trong danh bạ:", count
        )
    else:
        said = ngettext("%(n)s chỗ của mục này đã được sửa:", "%(n)s chỗ của mục này đã được sửa:", count)
    return said % {"n": count}


def _list_answers(together: Sequence[Doubt], is_torn: bool) -> list[tuple[str, str, str]]:
    count = len(together)
    if is_torn:
        kept = ngettext("Để nguyên cả %(n)s đoạn", "Để nguyên cả %(n)s đoạn", count) % {"n": count}
        return [(ACCEPT, kept, _("nhiệm vụ, cơ quan, thời gian đã đọc riêng"))]
    return [(ACCEPT, ngettext("Nhận cả %(n)s chỗ", "Nhận cả %(n)s chỗ", count) % {"n": count}, _("đề nghị"))]


def _as_all_was_found(together: Sequence[Doubt], answers: list[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    """The words of the file as an answer for several repairs: said as one where each place has its own words."""
    spellings = {doubt.found for doubt in together}
    if len(spellings) == 1:
        return answers
    repaired = [doubt for doubt in together if doubt.kind.startswith("repaired") and doubt.found]
    kept = [answer for answer in answers if answer[0] != FOUND]
    is_about_names = any(is_name(doubt.where) for doubt in together)  # one name, however it was spelt
    if len(repaired) == len(together) and not is_about_names:
        both = ngettext("Giữ %(n)s chỗ như chữ gốc", "Giữ %(n)s chỗ như chữ gốc", len(repaired))
        return [*kept, (FOUND, both % {"n": len(repaired)}, "")]
    return kept


def _is_whole(where: str, stands: object) -> bool:
    return isinstance(stands, dict) and values.sort_of(where) != "when"


def _answers(doubt: Doubt, content: Content, where: str, typed: str | None) -> list[tuple[str, str, str]]:
    kind = doubt.kind
    if kind == "not-a-plan":
        return [(ACCEPT, _("Vẫn là kế hoạch; tôi sẽ thêm mục bằng tay"), "")]
    if kind == "shared-block" and has(content, where):
        codes = [content["tasks"][i]["code"] for i in shared_run(content, where)]
        both = ngettext("Dùng chung cho %(n)s mục", "Dùng chung cho %(n)s mục", len(codes)) % {"n": len(codes)}
        return [(ACCEPT, both, ", ".join(codes)), (LAST, _("Chỉ của mục cuối, %(code)s") % {"code": codes[-1]}, "")]
    if kind in ("header-missing", "no-lead", "no-time"):
        return [(ACCEPT, _("Để trống"), _("văn bản không ghi"))]
    if kind == CITED:
        return [(ACCEPT, _named(content), _("nhận cả số và ngày")), (EMPTY, _("Để trống"), _("tôi chưa chắc"))]
    if kind in UNMATCHED or kind == "agency-unknown":
        keep = (ACCEPT, _("Giữ tên này, chưa gắn với cơ quan nào"), _("gắn sau trong danh bạ"))
        return [keep, (DROP, _("Đây không phải cơ quan, bỏ khỏi danh sách"), "")]
    if kind in ("broken-text", "missing-rows") or typed is None:
        return [(ACCEPT, _("Giữ như đang có"), "")]
    return _repaired(doubt, typed)


def _named(content: Content) -> str:
    """Number and date of the document as they stand in its head."""
    header = content["header"]
    day = "/".join(reversed((header["date"] or "").split("-")))
    return " ".join(part for part in (header["symbol"], day and _("ngày %(date)s") % {"date": day}) if part)


def _repaired(doubt: Doubt, typed: str) -> list[tuple[str, str, str]]:
    shown = typed or _("để trống")
    answers = [(ACCEPT, shown if len(shown) < 200 else _("Nhận câu bên trên"), _("đề nghị"))]
    if doubt.found and fold(doubt.found) != fold(typed) and len(doubt.found) < 200:
        answers.append((FOUND, doubt.found, _("giữ như chữ gốc")))
    if doubt.where.startswith("/header/"):
        answers.append((EMPTY, _("Để trống"), ""))
    return answers


def _names(
    doubt: Doubt, name: str, scope: Organisation, answers: list[tuple[str, str, str]]
) -> list[tuple[str, str, str]]:
    """The answers with the near names of the directory: before them where the name is unknown, else after the first."""
    near = []
    for offer in organisations.suggestions(name, scope, limit=MOST_NAMES):
        target = offer.organisation or offer.group
        if target is None or (doubt.kind not in UNMATCHED and fold(target.name) == fold(name)):
            continue
        kind = "organisation" if offer.organisation else "group"
        said = _("nhóm cơ quan") if offer.organisation is None else _("có trong danh bạ")
        near.append((f"named:{kind}:{target.public_id}", target.name, said))
    return [*near, *answers] if doubt.kind in UNMATCHED else [*answers[:1], *near, *answers[1:]]
