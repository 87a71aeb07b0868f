"""Which part each block is by its words and its place: in files that bear neither our styles nor our structure."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence

from vanban.official import form_of
from vanban.official.document import TITLED_BELOW
from vanban.parse import wording
from vanban.parse.looks import (
    begins_foot,
    is_about,
    is_bold,
    is_heading,
    is_italic,
    is_listed,
    is_number,
    is_of_head,
    opens_text,
    stands_out,
    text_of,
)
from vanban.parse.named import Named, heading_role, is_structured
from vanban.parse.seen import Seen, SeenBlock, SeenParagraph, SeenPicture, SeenTable

_SIGNER_ROOM = 12.0  # a name stands at least this far under the line above it (mm)
_SHORT = 90  # signs: a line of the foot
_STAMP_SIZE = 10.5  # points
_SIGNER_LINES = 2  # or, in a DOCX, so many empty paragraphs


def by_words(blocks: Sequence[Named], seen: Seen) -> list[Named]:
    parts: list[list[Named]] = [[]]
    certain = is_structured(seen)
    for item in blocks if certain else _unstamped(_joined(_original(blocks))):
        if _opens_annex(item.block, certain, bool(parts[0])):
            parts.append([])
        parts[-1].append(item)
    reader = _Words(certain)
    found = reader.document(parts[0])
    for annex, part in enumerate(parts[1:], 1):
        found += [dataclasses.replace(item, annex=annex) for item in reader.annex(part)]
    return found


def _original(blocks: Sequence[Named]) -> Sequence[Named]:
    """The blocks without what an agency that copies a document adds below it: its name and number at the left of "SAO Y"."""
    copy = next((n for n, item in enumerate(blocks) if wording.COPY.fullmatch(text_of(item))), None)
    if copy is None or not any(wording.RECIPIENTS.match(text_of(item)) for item in blocks[:copy]):
        return blocks
    while copy and getattr(blocks[copy - 1].block, "column", "") == "left":
        copy -= 1
    return blocks[:copy]


def _unstamped(blocks: Sequence[Named]) -> Iterator[Named]:
    """The blocks without stamps: those that stand above the head, and in its columns and the foot's."""
    texts = [text_of(item) for item in blocks[:40]]
    country = next((n for n, text in enumerate(texts) if wording.is_country(text) or wording.is_motto(text)), 0)
    for n, item in enumerate(blocks):
        block = item.block
        is_beside = isinstance(block, SeenParagraph) and (block.column != "full" or n < country or _is_small(block))
        if not (is_beside and wording.is_stamp(text_of(item))):
            yield item


def _is_small(block: SeenParagraph) -> bool:
    return block.hand is not None and block.hand.size <= _STAMP_SIZE


def _joined(blocks: Sequence[Named]) -> list[Named]:
    """The blocks with the country's name and the motto whole, which a narrow column breaks."""
    found: list[Named] = []
    for item in blocks:
        last = found[-1].block if found else None
        block = item.block
        if isinstance(last, SeenParagraph) and isinstance(block, SeenParagraph) and last.column == block.column:
            whole = f"{last.text} {block.text}"
            if wording.is_country(whole) or wording.is_motto(whole):
                runs = (*last.runs, *(dataclasses.replace(run, text=f" {run.text}") for run in block.runs))
                both = dataclasses.replace(last, runs=runs, lines=(*last.lines, *block.lines))
                found[-1] = dataclasses.replace(item, block=both)
                continue
        found.append(item)
    return found


def _opens_annex(block: SeenBlock, certain: bool, is_later: bool) -> bool:
    if not isinstance(block, SeenParagraph) or not is_later or not wording.ANNEX.match(block.text):
        return False
    if certain:
        return block.level == 1
    hand = block.hand
    return block.align == "center" and hand is not None and (hand.bold or block.level > 0)


def _is_slanted(block: SeenBlock) -> bool:
    return isinstance(block, SeenParagraph) and is_italic(block)


class _Words:
    """Names the blocks of a document in the order of the decree's parts. ``certain``: headings and columns are known."""

    def __init__(self, certain: bool) -> None:
        self._certain = certain

    def document(self, items: Sequence[Named]) -> list[Named]:
        """The blocks of the document without its annexes."""
        start = self._head_end(items)
        end = self._foot_start(items, start)
        opening, body_at = self._opening(items[start:end], self._about(items[:start]))
        foot = list(self._foot(items[end:]))
        return [*self._head(items[:start]), *opening, *self._body(items[start + body_at : end]), *foot]

    def annex(self, items: Sequence[Named]) -> list[Named]:
        """The blocks of an annex: its mark, its title, the line that says what it belongs to, its body."""
        found = [_as(items[0], "annex_mark")]
        at = 1
        while at < len(items) and self._is_title(items[at].block) and (at == 1 or not self._certain):
            if self._certain and is_heading(items[at]):
                break
            found.append(_as(items[at], "annex_title"))
            at += 1
        while at < len(items) and self._is_bracketed(items[at].block, goes_on=found[-1].role == "annex_attached"):
            found.append(_as(items[at], "annex_attached"))
            at += 1
            if self._certain:
                break
        return found + self._body(items[at:])

    def _is_title(self, block: SeenBlock) -> bool:
        """Whether a paragraph is all in bold, in the middle."""
        if not isinstance(block, SeenParagraph) or not block.text or block.align != "center":
            return False
        return all(run.hand.bold for run in block.runs if run.text.strip())

    def _is_bracketed(self, block: SeenBlock, *, goes_on: bool) -> bool:
        if not isinstance(block, SeenParagraph) or not (self._certain or block.align == "center"):
            return False
        return is_italic(block) and (goes_on or block.text.startswith("("))

    # --- the head

    def _head_end(self, items: Sequence[Named]) -> int:
        """Where the text over the whole width begins."""
        texts = [item.block.text if isinstance(item.block, SeenParagraph) else "" for item in items[:40]]
        opens = next((n for n, text in enumerate(texts) if wording.is_country(text)), None)
        if opens is None:  # it was forgotten: other parts of the head stand in its columns
            opens = next((n for n, text in enumerate(texts[:12]) if is_of_head(items[n], text)), None)
        if opens is None:
            return 0
        end = opens + 1
        for n in range(opens + 1, len(texts)):
            block = items[n].block
            if not isinstance(block, SeenParagraph):
                break
            if self._certain and block.column == "full":
                break
            known = wording.is_country(texts[n]) or is_of_head(items[n], texts[n])
            if not known and (block.column == "full" or begins_foot(block, texts[:n])):
                break
            end = n + 1
        return end

    def _head(self, items: Sequence[Named]) -> Iterator[Named]:
        names: list[Named] = []
        is_numbered = False
        for item in items:
            block = item.block
            text = block.text if isinstance(block, SeenParagraph) else ""
            is_left = isinstance(block, SeenParagraph) and block.column == "left"  # a name may end with a day, too
            if wording.is_country(text):
                yield _as(item, "country")
            elif wording.is_motto(text):
                yield _as(item, "motto")
            elif wording.is_date(text) and not (is_left and wording.is_upper(text)):
                yield _as(item, "place_date")
            elif wording.urgency(text):
                yield _as(item, "urgency")
            elif not is_numbered and is_number(text):
                is_numbered = True
                yield _as(item, "symbol")
            elif isinstance(block, SeenParagraph) and block.column != "right" and (is_numbered or is_about(text)):
                is_numbered = True
                yield _as(item, "about")
            elif text:
                names.append(item)
        yield from _names(names)

    def _about(self, items: Sequence[Named]) -> bool:
        """Whether the head says what the document is about, as that of a công văn does."""
        return any(item.role == "about" for item in self._head(items))

    # --- from the title to the text

    def _opening(self, items: Sequence[Named], is_letter: bool) -> tuple[list[Named], int]:
        found: list[Named] = []
        at = 0
        doc_type = ""
        if not is_letter and self._certain and items and self._is_title(items[0].block):
            text = text_of(items[0])
            known = wording.type_of(text)
            if known or wording.is_upper(text):
                doc_type = known or text.capitalize()
                found.append(_as(items[0], "type"))
                at = 1
                if at < len(items) and self._is_title(items[at].block) and not is_heading(items[at]):
                    found.append(_as(items[at], "subject"))
                    at += 1
        elif not is_letter:
            at, doc_type = self._titles(items, found)
        form = form_of(doc_type) if doc_type else "letter"
        while form == "decision" and at < len(items) and self._is_title(items[at].block):
            if text_of(items[at]) in wording.DECIDES or not wording.is_upper(text_of(items[at])):
                break
            found.append(_as(items[at], "authority"))
            at += 1
            if self._certain:
                break
        at = self._addressees(items, at, form, found)
        return found, self._bases(items, at, form, found)

    def _titles(self, items: Sequence[Named], found: list[Named]) -> tuple[int, str]:
        """The type and the subject: how many blocks they are, and the type's name. Either may be set wrong, or stand first."""
        place = next(
            (n for n, item in enumerate(items[:3]) if wording.is_type(text_of(item)) and stands_out(item)), None
        )
        if place is None or not all(map(stands_out, items[:place])):
            return 0, ""
        found += [_as(item, "subject") for item in items[:place]]
        found.append(_as(items[place], "type"))
        at = place + 1
        while at < len(items) and not place and stands_out(items[at]) and not opens_text(text_of(items[at])):
            if (
                wording.is_upper(text_of(items[at]))
                and at + 1 < len(items)
                and wording.BASIS.match(text_of(items[at + 1]))
            ):
                break  # who decides
            if at > 1 and (
                found[-1].rule or wording.is_upper(text_of(items[at])) != wording.is_upper(text_of(found[-1]))
            ):
                break
            found.append(_as(items[at], "subject"))
            at += 1
        return at, wording.type_of(text_of(items[place]).upper()) or ""

    def _addressees(self, items: Sequence[Named], at: int, form: str, found: list[Named]) -> int:
        if at >= len(items):
            return at
        text = text_of(items[at])
        lead = wording.GREETING.match(text) if not (self._certain and _is_slanted(items[at].block)) else None
        if lead is None and form in ("telegram", "invitation"):
            lead = wording.LEAD.match(text)
        if lead is None:
            return at
        found.append(_as(items[at], "addressees"))
        at += 1
        if lead.end() < len(text):
            return at
        while at < len(items) and text_of(items[at]).startswith(("-", "–", "+")):
            found.append(_as(items[at], "addressees"))
            at += 1
            if text_of(items[at - 1]).endswith("."):
                break
        return at

    def _bases(self, items: Sequence[Named], at: int, form: str, found: list[Named]) -> int:
        decides = next((n for n, item in enumerate(items) if text_of(item) in wording.DECIDES), None)
        if form == "decision" and decides is not None:
            found += [_as(item, "basis") for item in items[at:decides]]
            found.append(_as(items[decides], "decides"))
            return decides + 1
        while at < len(items):
            block = items[at].block
            if not isinstance(block, SeenParagraph) or block.level or not is_italic(block):
                break
            if block.align in ("center", "right"):
                break
            if not self._certain and not wording.BASIS.match(block.text):
                break
            found.append(_as(items[at], "basis"))
            at += 1
            if block.text.endswith("."):
                break
        return at

    # --- the text

    def _body(self, items: Sequence[Named]) -> list[Named]:
        found: list[Named] = []
        for item in items:
            block = item.block
            if isinstance(block, SeenTable):
                role = "table"
            elif isinstance(block, SeenPicture):
                role = "picture"
            elif found and found[-1].role in TITLED_BELOW and self._is_title(block) and block.align == "center":
                role = "part_title"
            else:
                role = self._heading(block)
            found.append(_as(item, role))
        return found

    def _heading(self, block: SeenParagraph) -> str:
        role = heading_role(block)
        if self._certain or block.level:
            return role if block.level else "body"
        hand = block.hand
        is_bold = hand is not None and hand.bold and all(run.hand.bold for run in block.runs if run.text.strip())
        if role in TITLED_BELOW:
            return role if block.align == "center" and is_bold else "body"
        return role if is_bold and role != "letter" else "body"

    # --- the foot

    def _foot_start(self, items: Sequence[Named], start: int) -> int:
        """Where the columns under the text begin."""
        end = len(items)
        while end > start:
            block = items[end - 1].block
            if not isinstance(block, SeenParagraph) or block.column == "full":
                break
            end -= 1
        if self._certain:
            return end
        if end < len(items):
            label = end - 1  # of recipients that stand above the signature, not beside it
            while (
                label > start
                and 0 < len(text_of(items[label])) < _SHORT
                and not wording.RECIPIENTS.match(text_of(items[label]))
            ):
                label -= 1
            return label if label > start and wording.RECIPIENTS.match(text_of(items[label])) else end
        # Without columns: from "Nơi nhận:" on, where only a few short lines follow.
        for n in range(len(items) - 1, max(start, len(items) - 40) - 1, -1):
            if wording.RECIPIENTS.match(text_of(items[n])):
                while n > start and wording.is_upper(text_of(items[n - 1])) and len(text_of(items[n - 1])) < 60:
                    n -= 1
                return n
        return len(items)

    def _foot(self, items: Sequence[Named]) -> Iterator[Named]:
        label = next((item.block for item in items if wording.RECIPIENTS.match(text_of(item))), None)
        column = label.column if isinstance(label, SeenParagraph) else "left"
        is_listing = label is None
        beside: list[Named] = []  # who else signs, above the recipients: the secretary of a meeting
        signing: list[Named] = []
        for item in items:
            block = item.block
            if not isinstance(block, SeenParagraph):
                continue
            is_here = block.column == column or (column == "full" and block.column != "right")
            if block is label:
                is_listing = True
                yield _as(item, "recipients_label")
            elif is_listing and is_here and (label is not None or is_listed(block.text)):
                if not wording.DRAFTER.fullmatch(block.text):
                    yield _as(item, "recipients")
            else:
                (beside if is_here and column != "full" and not is_listing else signing).append(item)
        yield from _signing(signing or beside)


def _signing(items: Sequence[Named]) -> Iterator[Named]:
    """The lines of authority and post, and the name: the last one, under the room for a hand, or not in capitals."""
    for n, item in enumerate(items):
        block = item.block
        is_last = n == len(items) - 1
        is_name = False
        if is_last and n and isinstance(block, SeenParagraph):
            before = items[n - 1].block
            room = 0.0
            if isinstance(before, SeenParagraph) and block.lines and before.lines:
                room = block.lines[0].top - before.lines[-1].base
                if before.lines[-1].page != block.lines[0].page:
                    room = _SIGNER_ROOM
            elif isinstance(before, SeenParagraph) and block.number - before.number > _SIGNER_LINES:
                room = _SIGNER_ROOM
            is_name = room >= _SIGNER_ROOM or not wording.is_upper(block.text)
        yield _as(item, "signer" if is_name else "signature")


def _names(items: Sequence[Named]) -> Iterator[Named]:
    """The names above the number: in bold the body that issues, plain the one above it. Where all are set alike the last
    line with which a name begins is the issuer's."""
    bold = [is_bold(item.block) for item in items]
    first = next((n for n in range(len(items)) if all(bold[n:]) and bold[n:]), None)
    if first is None or first == 0:
        begins = [n for n, item in enumerate(items) if n and wording.begins_name(text_of(item))]
        first = begins[-1] if begins else first if first is not None else max(0, len(items) - 1)
    for n, item in enumerate(items):
        yield _as(item, "parent" if n < first else "issuer")


def _as(item: Named, role: str) -> Named:
    return dataclasses.replace(item, role=role)
