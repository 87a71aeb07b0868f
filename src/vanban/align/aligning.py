"""A lower plan laid beside the higher one that it carries out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz

from vanban.agencies.words import FIELDS
from vanban.align.changes import Sides, changes
from vanban.align.findings import findings
from vanban.align.identity import identify
from vanban.align.laying import matcher
from vanban.align.names import Names, Place, place_of
from vanban.align.notes import Notes
from vanban.align.pairing import Entry, pair
from vanban.align.result import Alignment, Change, Pair, Part
from vanban.align.spelling import abbreviations
from vanban.align.tokens import Tokeniser
from vanban.align.vocabulary import Vocabulary
from vanban.knowledge import Knowledge
from vanban.model import Duty, Plan, Task
from vanban.text import fold, nfc

#: Two plans of which less than this share has an answer have nothing to do with one another, unless one cites the other
#: or their titles are this much (of 100) alike.
_RELATED, _TITLES_ALIKE = 0.4, 80
_MOST_LINES = 4000
#: So much alike a dropped task and an added duty must be to be called the same.
_MOVED = 0.6
#: Issuers without a place of their own that a sentence calls by their name.
_SPOKEN = ("Bộ ", "Chính phủ", "Thủ tướng", "Ngân hàng", "Thanh tra", "Văn phòng", "Ban ", "Tổng ", "Cục ")


def align(higher: Plan, lower: Plan, *, knowledge: Knowledge | None = None, language: str = "vi") -> Alignment:
    """How ``lower`` carries out ``higher``.

    Every task and every duty of both stands in exactly one pair. Names, places and level words that answer one another
    (Sở Tư pháp, Phòng Tư pháp; tỉnh, thành phố) are no differences; nor are torn letters of a broken text. ``language``
    ("vi" or "en") is that of the sentences. ``knowledge`` gives the rows on who stands for whom. Never raises on any two
    plans; an empty plan has no pairs of its own.
    """
    knowledge = knowledge or Knowledge.packaged()
    places = place_of(higher, knowledge), place_of(lower, knowledge)
    names = Names(knowledge, lower.header.date or higher.header.date, places)
    notes = Notes(_called(higher, places[0]), _called(lower, places[1]), language)
    cutters = _tokenisers(higher, lower, places, names, knowledge)
    sides = Sides(cutters[0], cutters[1], names, matcher(names), notes)
    cited = identify(higher, lower, knowledge)
    tasks = _matched("task", higher.tasks, lower.tasks, sides)
    duties = _matched("duty", higher.duties, lower.duties, sides)
    if cited is None and not _related(higher, lower, tasks, duties):
        tasks = _apart("task", higher.tasks, lower.tasks, notes)
        duties = _apart("duty", higher.duties, lower.duties, notes)
    answered = [
        (one, other) for _, ones, others in tasks for one, other in zip(ones[:1], others[:1], strict=False) if ones
    ]
    standing = dict.fromkeys(row for found, _, _ in (*tasks, *duties) for row in found[1])
    return Alignment(
        higher=higher.header.symbol or higher.source.name,
        lower=lower.header.symbol or lower.source.name,
        cites_higher=cited is not None,
        pairs=tuple(found[0] for found, _, _ in (*tasks, *duties)),
        findings=findings(
            higher,
            lower,
            sides,
            cited,
            [(a, b) for a, b in answered if isinstance(a, Task) and isinstance(b, Task)],
            [*_moved(tasks, duties, sides), *_moved(duties, tasks, sides)],
        ),
        counterparts=tuple(standing),
    )


Standing = tuple[tuple[str, str, str], ...]
Matched = tuple[tuple[Pair, Standing], Sequence[Task | Duty], Sequence[Task | Duty]]


def _called(plan: Plan, place: Place) -> str:
    """What a plan's side is called in a sentence: its level, or the body that issued it."""
    if place.level != "national":
        return place.word
    issuer = (plan.header.issuer or "").strip()
    return issuer if len(issuer) <= 60 and issuer.startswith(_SPOKEN) else ""


def _tokenisers(
    higher: Plan, lower: Plan, places: tuple[Place, Place], names: Names, knowledge: Knowledge
) -> tuple[Tokeniser, Tokeniser]:
    """How the texts of the two plans are cut. Where one is torn, both are compared without marks, and the words of the
    torn one are read by those of the other."""
    torn = [plan.source.quality in ("broken", "ocr") for plan in (higher, lower)]
    own = [row for plan in (higher, lower) for entry in plan.tasks for row in (*entry.lead, *entry.coordinating)]
    own += [row for plan in (higher, lower) for duty in plan.duties for row in duty.agencies]
    rows = [name for row in knowledge.counterparts for name in (row.higher, row.lower) if " " in name]
    fields = [f"{head} {field}" for head in ("Bộ", "Sở", "Phòng") for field in FIELDS if " " in field]
    known = [name for name in knowledge.agencies if not name.startswith("Các ")]
    agencies = list(dict.fromkeys([*fields, *known, *rows, *_short_forms(knowledge), *own]))
    sure = (*knowledge.agencies, *rows)
    entries = [nfc(task.text) for plan in (higher, lower) for task in plan.tasks]
    entries += [nfc(duty.text) for plan in (higher, lower) for duty in plan.duties]
    short = {} if any(torn) else abbreviations(entries, _plain_abbreviations(knowledge))
    vocabularies = [
        Vocabulary([*_texts(other), *own], knowledge) if is_torn else None
        for is_torn, other in zip(torn, (lower, higher), strict=True)
    ]
    return (
        Tokeniser(names, places, agencies, known=sure, short=short, vocabulary=vocabularies[0], folded=any(torn)),
        Tokeniser(names, places[::-1], agencies, known=sure, short=short, vocabulary=vocabularies[1], folded=any(torn)),
    )


def _plain_abbreviations(knowledge: Knowledge) -> dict[str, str]:
    """The abbreviations that stand for things, not for agencies, which are matched as names."""
    return {short: full for short, full in knowledge.abbreviations.items() if full[:1].islower()}


def _short_forms(knowledge: Knowledge) -> list[str]:
    """ "UBND tỉnh", "Sở TTTT": names as they are abbreviated in running text."""
    out = []
    for name in knowledge.agencies:
        if "Ủy ban nhân dân" in name and "các" not in name:
            out.append(name.replace("Ủy ban nhân dân", "UBND").replace("Hội đồng nhân dân", "HĐND"))
        elif name.startswith("Hội đồng nhân dân"):
            out.append(name.replace("Hội đồng nhân dân", "HĐND"))
    out += [
        f"{body} {word}" for body in ("UBND", "HĐND") for word in ("xã", "phường", "huyện", "quận", "thị xã", "tỉnh")
    ]
    return out


def _texts(plan: Plan) -> Iterable[str]:
    """The words of a plan, which those of a torn one are read by: its whole text, and its names."""
    yield " ".join(line.text for line in plan.source.lines[:_MOST_LINES])
    for entry in plan.tasks:
        yield from (*entry.lead, *entry.coordinating)


def _entries(cutter: Tokeniser, entries: Sequence[Task | Duty]) -> list[Entry]:
    out = []
    for at, entry in enumerate(entries):
        is_task = isinstance(entry, Task)
        heading = tuple(cutter.cut(entry.group)) if isinstance(entry, Task) and entry.group else ()
        agencies = entry.lead if isinstance(entry, Task) else entry.agencies
        where = at / max(1, len(entries) - 1)
        out.append(Entry(entry.code, where, tuple(cutter.cut(entry.text)), agencies, heading if is_task else ()))
    return out


def _matched(part: Part, higher: Sequence[Task | Duty], lower: Sequence[Task | Duty], sides: Sides) -> list[Matched]:
    """The pairs of one part: in the higher plan's order, what is added at the end."""
    found = pair(_entries(sides.higher, higher), _entries(sides.lower, lower), sides.names, sides.same)
    out: list[tuple[int, Matched]] = []
    for match in found:
        ones, others = [higher[at] for at in match.higher], [lower[at] for at in match.lower]
        outcome = changes(sides, ones, others)
        codes = tuple(e.code for e in ones), tuple(e.code for e in others)
        answer = Pair(part, *codes, outcome.kind, outcome.changes, round(min(1.0, match.score), 3))
        out.append((match.higher[0], ((answer, outcome.counterparts), ones, others)))
    taken = {at for match in found for at in match.higher}, {at for match in found for at in match.lower}
    left = [at for at in range(len(higher)) if at not in taken[0]]
    alone = _apart(part, [higher[at] for at in left], [], sides.notes)
    out += zip(left, alone, strict=True)
    out.sort(key=lambda entry: entry[0])
    added = _apart(part, [], [lower[at] for at in range(len(lower)) if at not in taken[1]], sides.notes)
    return [entry for _, entry in out] + added


def _apart(part: Part, higher: Sequence[Task | Duty], lower: Sequence[Task | Duty], notes: Notes) -> list[Matched]:
    """Every entry alone: dropped or added."""
    out: list[Matched] = []
    for entry in higher:
        change = Change("text", entry.text, None, notes.say("dropped"))
        out.append(((Pair(part, (entry.code,), (), "dropped", (change,)), ()), [entry], []))
    for entry in lower:
        change = Change("text", None, entry.text, notes.say("added"))
        out.append(((Pair(part, (), (entry.code,), "added", (change,)), ()), [], [entry]))
    return out


def _moved(left: Sequence[Matched], right: Sequence[Matched], sides: Sides) -> list[tuple[Task | Duty, Task | Duty]]:
    """What is dropped from the one part and added to the other in nearly the same words."""
    dropped = [ones[0] for (answer, _), ones, _ in left if answer.kind == "dropped"]
    added = [others[0] for (answer, _), _, others in right if answer.kind == "added"]
    if not dropped or not added or not any(ones and others for _, ones, others in (*left, *right)):
        return []
    found = pair(_entries(sides.higher, dropped), _entries(sides.lower, added), sides.names, sides.same)
    return [(dropped[m.higher[0]], added[m.lower[0]]) for m in found if m.score >= _MOVED]


def _related(higher: Plan, lower: Plan, tasks: Sequence[Matched], duties: Sequence[Matched]) -> bool:
    """Whether two plans belong together though neither is cited: much has an answer, or the titles are alike."""
    titles = [_subject(plan.header.title or "") for plan in (higher, lower)]
    if all(titles) and fuzz.token_sort_ratio(*titles) >= _TITLES_ALIKE:
        return True
    whole = min(len(higher.tasks) + len(higher.duties), len(lower.tasks) + len(lower.duties))
    answered = sum(bool(ones and others) for _, ones, others in (*tasks, *duties))
    return bool(whole) and answered / whole >= _RELATED and (answered > 2 or answered == whole)


def _subject(title: str) -> str:
    """A title without its place and its formulas."""
    cited = r"\b(?:nghị quyết|quyết định|chỉ thị|kế hoạch|công văn) số .*?\bcủa (?:thủ tướng )?chính phủ\b"
    bare = re.sub(cited, "", nfc(title).lower())
    bare = re.sub(r"trên địa bàn .*$|\b(?:tỉnh|thành phố|huyện|quận|xã|phường)\b.*$", "", bare)
    return fold(re.sub(r"\b(?:triển khai|thực hiện|kế hoạch|năm|giai đoạn|công tác|\d[\d\s–-]*)\b", " ", bare))
