"""The reading of a plan from end to end."""

from __future__ import annotations

import dataclasses
import re
import sys
from collections.abc import Sequence

from vanban import citations
from vanban import header as header_reader
from vanban.agencies.names import is_agency, starts_agency
from vanban.fuzzy import Mended, Mender, is_torn
from vanban.fuzzy.spacing import respace
from vanban.knowledge import Knowledge
from vanban.model import Citation, Doubt, Header, Line, Lines, Plan, Section, Signature, Source, Task
from vanban.outline import Node, build_nodes, paragraphs
from vanban.outline.tree import reads_one_each
from vanban.plan.drafts import Draft
from vanban.plan.duties import CLOSING, DutyDraft, is_duty_section, read_duties
from vanban.plan.ending import recipients, signature
from vanban.plan.footnotes import without_notes
from vanban.plan.obligations import read_obligations
from vanban.plan.regions import Regions, regions
from vanban.plan.reporting import Unit, read_reporting
from vanban.plan.restoring import cited, completed, drafted, mend, restored
from vanban.plan.tables import find_tables, gaps, read_tables
from vanban.plan.tasks import TaskDraft, read_tasks
from vanban.plan.tones import read as read_tones
from vanban.plan.torn import restate
from vanban.plan.unsure import read as read_unsure
from vanban.plan.unsure import with_names
from vanban.restore import Model, Restored
from vanban.text import fold

_REPORT_SECTION = re.compile(r"bao cao|theo doi,? (?:kiem tra|danh gia)|kiem tra,? giam sat")
_FUNDS_SECTION = re.compile(r"kinh phi|nguon luc|du toan|ngan sach")


def read(source: Source, knowledge: Knowledge | None = None, model: Model | None = None) -> Plan:
    """The plan that ``source`` holds. Never raises: a text without a plan gives an empty register and the doubt
    ``not-a-plan``. ``knowledge`` are the names to know agencies by; ``model`` is what restores broken text, made of an
    organisation's own documents for instance; the packaged ones by default."""
    if not any(line.text.strip() for line in source.lines):
        blank = (Doubt("no-text", "", None, None, None, 1.0), Doubt("not-a-plan", "", None, None, None, 1.0))
        return Plan(source, Header(), doubts=blank)
    knowledge = knowledge or Knowledge.packaged()
    given, as_read = source, read_tones(source, model)
    source = dataclasses.replace(as_read, lines=respace(as_read.lines, _words(knowledge)))
    header, header_doubts, body_start = header_reader.read(source, knowledge=knowledge)
    printed, torn = source, source.lines
    proposals = restored(source.lines, model) if source.quality in ("broken", "good") else None
    if proposals is not None:
        printed = dataclasses.replace(source, lines=drafted(source.lines, proposals))
        draft_header, _, _ = header_reader.read(printed, knowledge=knowledge)
        header, header_doubts = completed(header, header_doubts, draft_header)
    source = dataclasses.replace(source, lines=without_notes(source.lines))
    mended = _mended(source, header, knowledge, proposals)
    if mended is not None:
        source = dataclasses.replace(source, lines=mended.lines)
    parts = regions(source.lines, body_start)
    year = header.date.year if header.date else None
    draft = Draft(knowledge, year)
    grids = find_tables(source)
    body, annex = _outlines(source, parts, [grid.lines for grid in grids])
    tables = read_tables(source, grids, parts, body, draft)
    found = [*read_tasks(body, draft), *read_tasks(annex, draft)]
    shared = _shared(found)
    duties = read_duties(body)
    closing = source.lines if mended is None else mended.strict_lines()
    texts = [" ".join(closing[at].text.split()) for begin, end in parts.ends[-1:] for at in range(begin, end)]
    first_section = next((node.lines[0] for node in body.children if node.kind != "text"), None)
    found_citations, citation_doubts = _citations(printed, body_start, first_section, header, knowledge)
    if proposals is not None:
        citation_doubts = cited(found_citations, citation_doubts, torn, proposals)
    plan = Plan(
        source=given,
        header=header,
        citations=found_citations,
        tasks=_tasks(found, tables),
        duties=tuple(entry.duty for entry in duties),
        reporting=tuple(read_reporting(_report_units(body, duties, found), draft)),
        obligations=tuple(read_obligations(_open_units(body, duties), draft)),
        recipients=recipients(texts),
        signature=signature(texts) if texts else Signature(),
        outline=_sections(body, annex, [grid.lines for grid in grids]),
    )
    plan = _with_doubts(plan, (*header_doubts, *citation_doubts), shared, _known(knowledge))
    unsure = read_unsure(plan, as_read, _reach(found), body_start)
    noted = (*_labels(plan, body), *_missing(plan, gaps(grids)), *_respaced(plan, source), *unsure)
    plan = dataclasses.replace(plan, doubts=(*plan.doubts, *noted))
    plan = with_names(plan, knowledge)
    return plan if mended is None else restate(plan, mended, _reach(found), _heads(duties))


def _words(knowledge: Knowledge) -> frozenset[str]:
    """The single words of ``knowledge``'s names and of its lexicon, in small letters."""
    return frozenset(word for text in (*knowledge.agencies, *knowledge.lexicon) for word in text.lower().split())


def _mended(source: Source, header: Header, knowledge: Knowledge, proposals: Restored | None) -> Mended | None:
    """The lines of a torn text as the restorer proposes them, with their known phrases written rightly; None for a text
    that is whole.

    A good text with a torn word here and there ("S¢ Tài chính") has only the phrases with such a word mended.
    """
    if proposals is None:
        torn = any(is_torn(line.text) for line in source.lines)
        return Mender(knowledge).mend(source.lines, torn_only=True) if torn else None
    places = (
        [header.place, f"thành phố {header.place}", f"tỉnh {header.place}", f"huyện {header.place}"]
        if header.place
        else []
    )
    return mend(source.lines, proposals, Mender(knowledge, [name for name in (*places, header.issuer) if name]))


def _reach(found: Sequence[TaskDraft]) -> dict[str, Lines]:
    """For each task's code the lines on which its block stands."""
    out: dict[str, Lines] = {}
    for entry in found:
        spans = list(entry.block.spans.values())
        if spans:
            out[entry.task.code] = (min(span[0] for span in spans), max(span[1] for span in spans))
    return out


def _labels(plan: Plan, body: Node) -> list[Doubt]:
    """A doubt for each label that was read as another than it prints ("I11." as III, a second "d)" as đ)."""
    out: list[Doubt] = []
    entries = [
        *((f"/tasks/{at}/code", task.code) for at, task in enumerate(plan.tasks)),
        *((f"/duties/{at}/code", duty.code) for at, duty in enumerate(plan.duties)),
    ]
    for node in body.walk():
        bare = re.sub(r"[\s.)(/:-]+", "", node.printed)
        if not bare or node.kind in ("dash", "plus", "part") or bare.lower() == node.label.replace(".", "").lower():
            continue
        where = next((where for where, code in entries if code == node.code or code.startswith(f"{node.code}.")), None)
        if where is not None and not bare.isdigit():
            out.append(Doubt("repaired-label", where, node.lines, node.printed, node.code, 0.9))
    return out


def _missing(plan: Plan, places: Sequence[Lines]) -> list[Doubt]:
    """A doubt for each place where a table leaves rows out, at the task that follows."""
    out: list[Doubt] = []
    for place in places:
        at = next((at for at, task in enumerate(plan.tasks) if task.lines[0] > place[1]), None)
        out.append(Doubt("missing-rows", "" if at is None else f"/tasks/{at}", place, None, None, 0.9))
    return out


def _respaced(plan: Plan, read: Source) -> list[Doubt]:
    """A doubt for each task on whose lines blanks were put right (``read`` holds the lines as they were read)."""
    changed = {
        line.number
        for line, kept in zip(plan.source.lines, read.lines, strict=True)
        if line.text.replace(" ", "") == kept.text.replace(" ", "") and line.text.split() != kept.text.split()
    }
    return [
        Doubt("broken-text", f"/tasks/{at}/text", task.lines, None, task.text, 0.9)
        for at, task in enumerate(plan.tasks)
        if changed and not changed.isdisjoint(range(task.lines[0], task.lines[1] + 1))
    ]


def _heads(duties: Sequence[DutyDraft]) -> dict[str, Lines]:
    """For each duty's code the lines on which its agency is named."""
    out: dict[str, Lines] = {}
    for entry in duties:
        above = entry.node.parent
        out[entry.duty.code] = entry.node.lines if entry.owns_agency or above is None else above.lines
    return out


def _outlines(source: Source, parts: Regions, grids: Sequence[Lines]) -> tuple[Node, Node]:
    """The outlines of the body and of what follows the end, without the lines of tables."""
    marked = [table.lines for table in source.tables if _is_grid(table.rows)]
    tabled = {number for first, last in (*marked, *grids) for number in range(first, last + 1)}
    each = reads_one_each(source)

    def outline(span: tuple[int, int], prefix: str) -> Node:
        lines = [_visible(line, tabled) for line in source.lines[span[0] : span[1]]]
        return build_nodes(paragraphs(lines, one_each=each), prefix)

    body = outline(parts.body, "")
    _lift_closing(body)
    return body, outline(parts.annex, "PL")


def _lift_closing(root: Node) -> None:
    """Puts the plan's closing paragraphs, which print as if they went on the last item, at the end of the outline."""
    tail: list[Node] = []
    node = root
    while node.children:
        node = node.children[-1]
    while node.kind == "text" and node.parent is not None and node.parent is not root:
        above = node.parent
        tail.insert(0, node)
        at = above.children.index(node)
        if at == 0 and above.kind != "text":
            break
        node = above.children[at - 1] if at else above
    for at, node in enumerate(tail):
        if (CLOSING.match(node.text) or (starts_agency(node.text) and not _owns_text(node))) and not (
            at == 0 and node.parent is not None and len(node.parent.children) == len(tail) and _owns(node.parent)
        ):
            for moved in tail[at:]:
                if moved.parent is not None:
                    moved.parent.children.remove(moved)
                moved.parent = root
                root.children.append(moved)
            return


def _owns_text(node: Node) -> bool:
    """Whether the text stands under a heading that names nobody's sentence yet."""
    return node.parent is None or _owns(node.parent)


def _owns(node: Node) -> bool:
    """Whether ``node`` is a heading whose only text follows it, so that this text is its own."""
    return not re.search(r"[.;]$", node.text.rstrip()) and node.kind != "text"


def _visible(line: Line, hidden: set[int]) -> Line:
    return dataclasses.replace(line, text="|") if line.number in hidden else line


def _is_grid(rows: Sequence[Sequence[object]]) -> bool:
    """Whether a table holds a register rather than laying out a letterhead: three columns over three rows."""
    return len(rows) >= 3 and max(len(row) for row in rows) >= 3


def _citations(
    source: Source, body_start: int, first_section: int | None, header: Header, knowledge: Knowledge
) -> tuple[tuple[Citation, ...], tuple[Doubt, ...]]:
    basis: Lines | None = None
    if first_section is not None and first_section > body_start:
        basis = (body_start, first_section - 1)
    return citations.read(source, basis, own_symbol=header.symbol, knowledge=knowledge)


def _tasks(found: Sequence[TaskDraft], tables: Sequence[Task]) -> tuple[Task, ...]:
    """All tasks in reading order, codes told apart."""
    tasks = sorted([*(entry.task for entry in found), *tables], key=lambda task: task.lines[0])
    taken: dict[str, int] = {}
    out: list[Task] = []
    for task in tasks:
        taken[task.code] = taken.get(task.code, 0) + 1
        code = task.code if taken[task.code] == 1 else f"{task.code}({taken[task.code]})"
        out.append(dataclasses.replace(task, code=code))
    return tuple(out)


def _report_units(body: Node, duties: Sequence[DutyDraft], tasks: Sequence[TaskDraft]) -> list[Unit]:
    """Texts that may lay a duty to report: duties, sections on reports, the closing paragraphs."""
    times = {id(entry.node): entry.task.time.text for entry in tasks if entry.task.time}
    out = [
        Unit(entry.duty.agencies, entry.duty.text, entry.duty.lines, times.get(id(entry.node), "")) for entry in duties
    ]
    out.extend(dataclasses.replace(unit, section=True) for unit in _open_units(body, duties) if unit.section)
    return sorted(out, key=lambda unit: unit.lines)


def _open_units(body: Node, duties: Sequence[DutyDraft]) -> list[Unit]:
    """Paragraphs outside tasks and duties that speak to everyone: on funds, on reports, at the close.

    ``section`` marks those in which a report may be ordered.
    """
    taken = {id(entry.node) for entry in duties}
    out: list[Unit] = []
    behind = False
    for section in body.children:
        behind = behind or section.kind != "text"
        title = fold(section.text)
        reports = bool(_REPORT_SECTION.search(title)) and section.kind != "text"
        funds = bool(_FUNDS_SECTION.search(title)) and section.kind != "text"
        implementing = is_duty_section(section) or any(is_duty_section(child) for child in section.children)
        for node in section.walk():
            if (
                id(node) in taken
                or any(id(above) in taken for above in node.ancestors())
                or (node is section and section.kind != "text")
            ):
                continue
            closing = section.kind == "text" and bool(behind)
            if reports or funds or closing or (implementing and not node.children):
                out.append(Unit((), node.text, node.lines, section=reports or closing or implementing))
    return out


def _sections(body: Node, annex: Node, grids: Sequence[Lines]) -> tuple[Section, ...]:
    """The numbered headings: what stands over items of its own or over a table."""
    nodes = [node for root in (body, annex) for node in root.walk() if node.kind != "root"]
    begins = [*(node.lines[0] for node in nodes), sys.maxsize][1:]
    return tuple(
        Section(node.code, node.text, node.lines)
        for node, following in zip(nodes, begins, strict=True)
        if node.code
        and node.kind not in ("dash", "plus")
        and (node.children or any(node.lines[1] < first < following for first, _ in grids))
    )


def _shared(found: Sequence[TaskDraft]) -> set[str]:
    """The codes of the tasks at which a shared block is to be looked at: the first of each block's items."""
    seen: set[int] = set()
    out: set[str] = set()
    for entry in found:
        if entry.task.shared_block and entry.node.kind != "plus" and id(entry.block) not in seen:
            seen.add(id(entry.block))
            out.add(entry.task.code)
    return out


def _with_doubts(plan: Plan, doubts: tuple[Doubt, ...], shared: set[str], known: frozenset[str]) -> Plan:
    """The plan with its doubts: what other readers noted, then what the register itself leaves open."""
    out = list(doubts)
    for at, task in enumerate(plan.tasks):
        if not task.lead:
            out.append(Doubt("no-lead", f"/tasks/{at}/lead", task.lines, None, None, 0.5))
        if task.code in shared:
            out.append(Doubt("shared-block", f"/tasks/{at}", task.lines, None, task.code, 0.8))
    out.extend(_strangers(plan, known))
    if not plan.tasks and not plan.duties and not plan.reporting and plan.header.doc_type != "KH":
        out.append(Doubt("not-a-plan", "", None, plan.header.title, None, 0.9))
    return dataclasses.replace(plan, doubts=tuple(out))


def _known(knowledge: Knowledge) -> frozenset[str]:
    """The names and abbreviations of ``knowledge``, folded."""
    return frozenset(fold(name) for name in (*knowledge.agencies, *knowledge.abbreviations))


def _strangers(plan: Plan, known: frozenset[str]) -> list[Doubt]:
    """A doubt for each entry, once, that stands where an agency is named and does not read like one."""
    out: list[Doubt] = []
    seen: set[str] = set()
    for at, task in enumerate(plan.tasks):
        for field in ("lead", "coordinating"):
            for place, name in enumerate(getattr(task, field)):
                if name in seen or is_agency(name, known) or re.fullmatch(r"[A-ZĐ&.\-\s]{2,14}", name):
                    continue
                seen.add(name)
                out.append(Doubt("agency-unknown", f"/tasks/{at}/{field}/{place}", task.lines, name, name, 0.5))
    return out
