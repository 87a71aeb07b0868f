"""What lower reports say in their own words, taken apart: the words, who says them, and where they stand. A sentence that a
report in between quotes is led back to those who wrote it, so that nobody is named twice. Pure."""

from __future__ import annotations

import dataclasses
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from .alike import digest, said_by
from .models import ReportRow, Sentence
from .saying import ended

QUOTED = "quoted:"  # how the key of a quoting sentence begins
BY_NUMBER = f"{QUOTED}n"  # of one that quotes several that differ by a number only
ALIKE_FROM = 3  # so many that differ by a number only are said in one sentence
Pointer = tuple[str, str]


@dataclasses.dataclass(frozen=True, slots=True)
class Said:
    """Words, who says them (names), by what they are known again in a later edition of the same report, and what is
    referred to: sentences of lower reports, or things of the register. ``sentence``: where the words stand, if anywhere."""

    text: str
    organisations: tuple[str, ...]
    origin: str
    refs: tuple[Pointer, ...]
    part: str = ""
    sentence: Sentence | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Group:
    """What several say alike: the words that most of them use."""

    text: str
    organisations: tuple[str, ...]
    origins: tuple[str, ...]
    refs: tuple[Pointer, ...]
    sentence: Sentence | None

    def key(self, standing: Collection[str]) -> str:
        """The key of the sentence that quotes them: the one that stands there already, whoever says it besides now."""
        keys = [QUOTED + origin for origin in self.origins]
        return next((key for key in keys if key in standing), keys[0])


@dataclasses.dataclass(frozen=True, slots=True)
class ByNumber:
    """What several say alike but for one number: the words before and behind it, and who says which, in its order."""

    before: str
    behind: str
    groups: tuple[tuple[int, Group], ...]
    key: str


def said_in(sentences: Iterable[Sentence], quoted: Mapping[str, Sentence]) -> list[Said]:
    """What these sentences (each with its report and organisation) say. ``quoted``: by public id, the sentences at which
    those refer that quote others, and so on down."""
    found = []
    for sentence in sentences:
        if sentence.key.startswith(BY_NUMBER) and not sentence.is_edited:
            found.extend(said_in([quoted[key] for _kind, key in sentence.refs if key in quoted], quoted))
            continue
        text, names = _origin(sentence, quoted, 0)
        origin = _known_by(sentence)
        pointer = ("reporting.sentence", sentence.public_id)
        found.append(Said(text, names, origin, (pointer,), sentence.part, sentence))
    return found


def own_said(sentences: Iterable[Sentence], own: Sequence[ReportRow]) -> list[Said]:
    """What the register gives for the organisation that merges: the sentences written from its own rows, without those
    that say that there is nothing."""
    if not own:
        return []
    name = own[0].organisation.name
    return [
        Said(
            one.text, (name,), digest("own", one.part, one.key), tuple((kind, key) for kind, key in one.refs), one.part
        )
        for one in sentences
        if one.kind == Sentence.Kind.SENTENCE and not one.key.endswith(":none")
    ]


def grouped(said: Iterable[Said]) -> list[Group]:
    """The same things said by several put together, in the order in which they are first said."""
    same: dict[tuple[str, ...], list[Said]] = {}
    for one in said:
        same.setdefault(said_by(one.text), []).append(one)
    found = []
    for some in same.values():
        wordings = Counter(" ".join(one.text.split()) for one in some)
        found.append(
            Group(
                text=max(wordings, key=lambda words: wordings[words]),
                organisations=tuple(dict.fromkeys(name for one in some for name in one.organisations)),
                origins=tuple(dict.fromkeys(one.origin for one in some)),
                refs=tuple(dict.fromkeys(ref for one in some for ref in one.refs)),
                sentence=next((one.sentence for one in some if one.sentence is not None), None),
            )
        )
    return found


def by_number(groups: Sequence[Group]) -> list[Group | ByNumber]:
    """These groups in their order; those that differ by one whole number only stand together, where the first of them did."""
    alike: dict[tuple[str, ...], list[Group]] = defaultdict(list)
    for group in groups:
        alike[_without_numbers(group.text)].append(group)
    found: list[Group | ByNumber] = []
    for group in groups:
        some = alike[_without_numbers(group.text)]
        together = _together(some) if len(some) >= ALIKE_FROM else None
        if together is None:
            found.append(group)
        elif group is some[0]:
            found.append(together)
    return found


_WHOLE = re.compile(r"(?<![\w/.,-])\d+(?![\w/%-]|[.,]\d)")


def _without_numbers(text: str) -> tuple[str, ...]:
    return said_by(_WHOLE.sub("0", text))


def _together(groups: Sequence[Group]) -> ByNumber | None:
    """None where they differ by more than one number."""
    numbers = [[int(one[0]) for one in _WHOLE.finditer(group.text)] for group in groups]
    if len({len(some) for some in numbers}) != 1:
        return None
    places = [place for place, some in enumerate(zip(*numbers, strict=True)) if len(set(some)) > 1]
    if len(places) != 1:
        return None
    [place] = places
    first = " ".join(groups[0].text.split())
    at = list(_WHOLE.finditer(first))[place]
    told = sorted(((some[place], group) for some, group in zip(numbers, groups, strict=True)), key=lambda one: one[0])
    key = f"{BY_NUMBER}{digest(*_without_numbers(groups[0].text))}"
    return ByNumber(first[: at.start()], first[at.end() :].rstrip(" .;,:"), tuple(told), key)


def _origin(sentence: Sentence, quoted: Mapping[str, Sentence], depth: int) -> tuple[str, tuple[str, ...]]:
    """The words and the names of those who wrote them. A quoting sentence that was changed keeps its words; it keeps its
    names where the names still stand at its end, else (and where it names several by number) it is said by the organisation
    that changed it."""
    below = [quoted[key] for kind, key in sentence.refs if kind == "reporting.sentence" and key in quoted]
    is_quoting = sentence.key.startswith(QUOTED) and not sentence.key.startswith(BY_NUMBER)
    if not is_quoting or not sentence.drafted or depth > 8:
        return sentence.text, (_speaker(sentence),)
    bracket = _bracket(sentence.drafted)
    if not ended(sentence.text, "").endswith(bracket):
        return sentence.text, (_reporter(sentence),)
    origins = [_origin(one, quoted, depth + 1) for one in below]
    names = tuple(dict.fromkeys(name for _text, some in origins for name in some)) or (_speaker(sentence),)
    return ended(sentence.text, "").removesuffix(bracket).rstrip() + ".", names


def _bracket(drafted: str) -> str:
    """The names in brackets at the end of a quoting sentence; they may have brackets themselves."""
    words, depth = ended(drafted, ""), 0
    for place in range(len(words) - 1, -1, -1):
        depth += {")": 1, "(": -1}.get(words[place], 0)
        if depth == 0:
            return words[place:]
    return words


def _known_by(sentence: Sentence) -> str:
    """Sentences of two editions of a report have this in common: the organisation and what they are written from; what a
    person added, its words."""
    own = sentence.key or " ".join(said_by(sentence.text))
    return digest(str(sentence.report.organisation_id), sentence.part, own)


def _speaker(sentence: Sentence) -> str:
    return sentence.organisation.name if sentence.organisation is not None else _reporter(sentence)


def _reporter(sentence: Sentence) -> str:
    return sentence.report.organisation.name
