"""The words of a kind of official document, with {names} that are filled from live data. Pure.

    words = Words(doc_type="Công văn", subject="đôn đốc thực hiện {kế hoạch}", paragraphs=("{bảng việc}",), …)
    filled = fill(words, {"kế hoạch": "Kế hoạch số 08/KH-UBND"}, {"bảng việc": (table,)})

A {name} is looked up and nothing else: it is no expression, reaches no attribute, and what it is filled with is not read
again. A line whose names are all empty is left out; a name of several lines repeats its line. A paragraph that is only a
{name} is replaced by the blocks of that name (a table, say).

Paragraphs are written in the notation of ``vanban.official.plaintext``: "I. TÊN PHẦN", "*1. Tên mục*", "1. …", "a) …",
"- …", "+ …", "Điều 1. …", *bold*, _italic_.
"""

from __future__ import annotations

import dataclasses
import difflib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from vanban.official import Block, Heading
from vanban.official.document import TITLED_BELOW
from vanban.official.plaintext import NoSuchBlock, body_of
from vanban.text import fold

_NAME = re.compile(r"\{([^{}]*)\}")
_SIGN = re.compile(r"[\\*_]")
LONGEST = 4000
_LIGATURES = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}  # "ﬁ" out of a scan
_BLANK = re.compile(r"\s+")
_LOOSE = re.compile(r" +(?=[,;:](?: |$)|\.(?: |$))")  # before a sign, where a name was empty


@dataclasses.dataclass(frozen=True, slots=True)
class Words:
    """What a kind of document says. ``unit``: what follows the organisation in the symbol of a công văn and "VT" in the
    archive ("VX"). ``signature``: a line each; lines that come out empty are left out."""

    doc_type: str
    subject: str
    bases: tuple[str, ...] = ()
    opening: str = ""
    paragraphs: tuple[str, ...] = ()
    addressees: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    archive: str = "VT"
    unit: str = ""
    signature: tuple[str, ...] = ("{thẩm quyền ký}", "{chức vụ ký}")

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Words:
        """The words from plain values, as manifests and the database keep them; what is missing is as usual."""
        known = {field.name: field for field in dataclasses.fields(cls)}
        given: dict[str, Any] = {}
        for name, value in values.items():
            if name in known:
                is_many = isinstance(value, list | tuple)
                given[name] = tuple(neat(one) for one in value if neat(one)) if is_many else neat(value)
        return cls(**{"doc_type": "", "subject": "", **given})

    def to_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        found = {field.name: getattr(self, field.name) for field in dataclasses.fields(self)}
        return {name: list(value) if isinstance(value, tuple) else value for name, value in found.items()}

    def lines(self) -> Iterator[tuple[str, str]]:
        """Every line with the field in which it stands."""
        for field in dataclasses.fields(self):
            value = getattr(self, field.name)
            for line in value if isinstance(value, tuple) else (value,):
                yield field.name, line


@dataclasses.dataclass(frozen=True, slots=True)
class Wrong:
    """What is to be mended in some words: in which field, and a sentence that says what to do."""

    field: str
    message: str


class Unfilled(Exception):
    """The words ask for something that the data do not give. ``wrong`` says what."""

    def __init__(self, wrong: Iterable[Wrong]) -> None:
        self.wrong = tuple(wrong)
        super().__init__(" ".join(one.message for one in self.wrong))


@dataclasses.dataclass(frozen=True, slots=True)
class Filled:
    """The words with their names filled."""

    subject: str
    bases: tuple[str, ...]
    body: tuple[Block, ...]
    addressees: tuple[str, ...]
    recipients: tuple[str, ...]
    archive: str
    signature: tuple[str, ...]


def neat(value: Any) -> str:
    """One line: composed signs, no ligatures, no doubled blanks, nothing that cannot be printed."""
    text = unicodedata.normalize("NFC", str(value).translate(_LIGATURES))
    # Line breaks and tabs become blanks; whatever else has no shape (marks of direction, joiners) goes.
    seen = (" " if sign.isspace() else sign for sign in text)
    return _BLANK.sub(" ", "".join(s for s in seen if unicodedata.category(s) not in ("Cc", "Cf", "Cs", "Co"))).strip()


def names_in(line: str) -> list[str]:
    """The names that a line asks for."""
    return [_key(name) for name in _NAME.findall(line)]


def wrong_in(words: Words, names: Mapping[str, Any], blocks: Iterable[str] = ()) -> list[Wrong]:
    """Everything that is to be mended before these words can be used. ``names``: all that may be asked for; ``blocks``:
    those of them that stand for a table, and so only alone in a paragraph."""
    known, tables = {_key(name): name for name in names}, {_key(name) for name in blocks}
    found: list[Wrong] = []
    for field in ("doc_type", "subject"):
        if not getattr(words, field):
            found.append(Wrong(field, _("Bạn hãy ghi nội dung này.")))
    if not (words.opening or words.paragraphs):
        found.append(Wrong("paragraphs", _("Văn bản chưa có nội dung. Bạn hãy ghi ít nhất một đoạn.")))
    for field, line in words.lines():
        found += [Wrong(field, message) for message in _wrong_in(field, line, known, tables)]
    return list(dict.fromkeys(found))


def _wrong_in(field: str, line: str, known: Mapping[str, str], tables: set[str]) -> Iterator[str]:
    if len(line) > LONGEST:
        yield _("Có dòng dài quá %(n)s chữ cái. Bạn hãy tách thành nhiều dòng.") % {"n": LONGEST}
    if "{" in _NAME.sub("", line) or "}" in _NAME.sub("", line):
        yield _("Có dấu { hoặc } đứng lẻ trong «%(line)s». Tên phải nằm gọn trong một cặp, ví dụ {cơ quan}.") % {
            "line": _short(line)
        }
    for name in names_in(line):
        if name not in known:
            near = difflib.get_close_matches(fold(name), [fold(one) for one in known], n=1, cutoff=0.6)
            meant = next((one for key, one in known.items() if near and fold(key) == near[0]), "")
            if meant:
                yield _("Không có tên {%(name)s}. Có phải bạn muốn ghi {%(meant)s}?") % {"name": name, "meant": meant}
            else:
                yield _("Không có tên {%(name)s}. Bạn hãy dùng một trong những tên ở danh sách bên cạnh.") % {
                    "name": name
                }
        elif name in tables and not (field == "paragraphs" and _NAME.fullmatch(line)):
            yield _("{%(name)s} là một bảng nên phải đứng riêng một dòng trong phần nội dung.") % {"name": name}


def fill(words: Words, fills: Mapping[str, str], blocks: Mapping[str, tuple[Block, ...]] | None = None) -> Filled:
    """The words with their names filled. Raises ``Unfilled`` where a name is not among ``fills`` and ``blocks``, or where
    nothing is left of the subject."""
    values = {_key(name): value for name, value in fills.items()}
    tables = {_key(name): value for name, value in (blocks or {}).items()}
    missing = wrong_in(words, {**dict.fromkeys(fills, ""), **(blocks or {})}, blocks or ())
    if missing:
        raise Unfilled(missing)
    subject = " ".join(_filled(words.subject, values))
    if not subject:
        raise Unfilled([Wrong("subject", _("Trích yếu để trống vì dữ liệu chưa có. Bạn hãy ghi rõ trong mẫu."))])
    # What is put into a paragraph is text: its stars and underlines are no signs of bold and italic.
    guarded = {name: _SIGN.sub(r"\\\g<0>", value) for name, value in values.items()}
    body: list[Block] = []
    written: list[str] = []
    for line in (words.opening, *words.paragraphs):
        alone = _NAME.fullmatch(line)
        if alone and _key(alone[1]) in tables:
            body += [*_read(written), *tables[_key(alone[1])]]
            written = []
        else:
            written += _filled(line, guarded)
    body += _read(written)
    return Filled(
        subject=subject,
        bases=_ended(words.bases, values),
        body=tuple(body),
        addressees=_ended(words.addressees, values),
        recipients=_ended(words.recipients, values),
        archive=", ".join(_filled(words.archive, values)),
        signature=tuple(text.upper() for line in words.signature for text in _filled(line, values)),
    )


def _read(lines: Iterable[str]) -> list[Block]:
    """Lines of the notation as blocks, the titles that the decree wants in capitals in capitals."""
    try:
        found = body_of("\n".join(lines))
    except NoSuchBlock as unknown:
        said = _("Mẫu không có «%(words)s». Bảng được gọi bằng tên, ví dụ {bảng việc}.") % {"words": unknown.words}
        raise Unfilled([Wrong("paragraphs", said)]) from None
    return [
        dataclasses.replace(one, title=one.title.upper())
        if isinstance(one, Heading) and one.kind in ("roman", *TITLED_BELOW)
        else one
        for one in found
    ]


def _ended(lines: Iterable[str], values: Mapping[str, str]) -> tuple[str, ...]:
    """Lines that the layout closes with its own sign."""
    found = (text.rstrip(" ;.,").removeprefix("- ") for line in lines for text in _filled(line, values))
    return tuple(dict.fromkeys(text for text in found if text))


def _filled(line: str, values: Mapping[str, str]) -> list[str]:
    """A line with its names filled: one line for each line of a name that has several; none where all names are empty."""
    asked = names_in(line)
    if not line or (asked and not any(values[name].strip() for name in asked)):
        return []
    several = next((name for name in asked if "\n" in values[name].strip()), None)
    parts = [part for part in values[several].splitlines() if part.strip()] if several else [""]
    said = (_replaced(line, values if several is None else {**values, several: part}) for part in parts)
    return [text for one in said if (text := _LOOSE.sub("", neat(one)))]


def _replaced(line: str, values: Mapping[str, str]) -> str:
    return _NAME.sub(lambda name: values[_key(name[1])], line)


def _key(name: str) -> str:
    return neat(name).lower()


def _short(line: str) -> str:
    return line if len(line) <= 80 else f"{line[:78]} …"
