"""Which part each block is by its words and its place: in files that bear neither our styles nor our structure."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence

from vanban.official import form_of
from vanban.parse import wording
from vanban.parse.named import Named, heading_role, is_structured
from vanban.parse.seen import Seen, SeenBlock, SeenParagraph, SeenPicture, SeenTable

_SIGNER_ROOM = 12.0  # a name stands at least this far under the line above it (mm)


def by_words(blocks: Sequence[Named], seen: Seen) -> list[Named]:
    parts: list[list[Named]] = [[]]
    certain = is_structured(seen)
    for item in blocks:
        if _opens_annex(item.block, certain, bool(parts[0])):
            parts.append([])
        parts[-1].append(item)
    reader = _Words(certain)
    found = reader.document(parts[0])
    for annex, part in enumerate(parts[1:], 1):
        found += [dataclasses.replace(item, annex=annex) for item in reader.annex(part)]
    return found


def _opens_annex(block: SeenBlock, certain: bool, is_later: bool) -> bool:
    if not isinstance(block, SeenParagraph) or not is_later or not wording.ANNEX.match(block.text):
        return False
    if certain:
        return block.level == 1
    hand = block.hand
    return block.align == "center" and hand is not None and (hand.bold or block.level > 0)


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
        if not isinstance(block, SeenParagraph) or not block.text or not (self._certain or block.align == "center"):
            return False
        return all(run.hand.bold for run in block.runs if run.text.strip())

    def _is_bracketed(self, block: SeenBlock, *, goes_on: bool) -> bool:
        if not isinstance(block, SeenParagraph) or not (self._certain or block.align == "center"):
            return False
        return _is_italic(block) and (goes_on or block.text.startswith("("))

    # --- the head

    def _head_end(self, items: Sequence[Named]) -> int:
        """Where the text over the whole width begins."""
        texts = [item.block.text if isinstance(item.block, SeenParagraph) else "" for item in items[:40]]
        country = next((n for n, text in enumerate(texts) if wording.is_country(text)), None)
        if country is None:
            return 0
        end = country + 1
        for n in range(country + 1, len(texts)):
            block = items[n].block
            if not isinstance(block, SeenParagraph):
                break
            known = wording.is_motto(texts[n]) or wording.is_date(texts[n]) or _is_number(texts[n])
            if not known and (block.column == "full" or _begins_foot(block, texts[:n])):
                break
            end = n + 1
        return end

    def _head(self, items: Sequence[Named]) -> Iterator[Named]:
        names: list[Named] = []
        is_numbered = False
        for item in items:
            block = item.block
            text = block.text if isinstance(block, SeenParagraph) else ""
            if wording.is_country(text):
                yield _as(item, "country")
            elif wording.is_motto(text):
                yield _as(item, "motto")
            elif wording.is_date(text):
                yield _as(item, "place_date")
            elif text in wording.URGENCIES:
                yield _as(item, "urgency")
            elif not is_numbered and _is_number(text):
                is_numbered = True
                yield _as(item, "symbol")
            elif is_numbered and isinstance(block, SeenParagraph) and block.column != "right":
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
        if not is_letter and items and self._is_title(items[0].block):
            text = _text(items[0])
            known = wording.type_of(text)
            if known or (self._certain and wording.is_upper(text)):
                doc_type = known or text.capitalize()
                found.append(_as(items[0], "type"))
                at = 1
                while at < len(items) and self._is_title(items[at].block) and (at == 1 or not self._certain):
                    is_over = at > 1 and (found[-1].rule or wording.is_upper(_text(items[at])))
                    if is_over:
                        break
                    found.append(_as(items[at], "subject"))
                    at += 1
        form = form_of(doc_type) if doc_type else "letter"
        while form == "decision" and at < len(items) and self._is_title(items[at].block):
            if _text(items[at]) in wording.DECIDES or not wording.is_upper(_text(items[at])):
                break
            found.append(_as(items[at], "authority"))
            at += 1
            if self._certain:
                break
        at = self._addressees(items, at, form, found)
        return found, self._bases(items, at, form, found)

    def _addressees(self, items: Sequence[Named], at: int, form: str, found: list[Named]) -> int:
        if at >= len(items):
            return at
        text = _text(items[at])
        lead = wording.GREETING.match(text)
        if lead is None and form in ("telegram", "invitation"):
            lead = wording.LEAD.match(text)
        if lead is None:
            return at
        found.append(_as(items[at], "addressees"))
        at += 1
        if lead.end() < len(text):
            return at
        while at < len(items) and _text(items[at]).startswith(("-", "–", "+")):
            found.append(_as(items[at], "addressees"))
            at += 1
            if _text(items[at - 1]).endswith("."):
                break
        return at

    def _bases(self, items: Sequence[Named], at: int, form: str, found: list[Named]) -> int:
        decides = next((n for n, item in enumerate(items) if _text(item) in wording.DECIDES), None)
        if form == "decision" and decides is not None:
            found += [_as(item, "basis") for item in items[at:decides]]
            found.append(_as(items[decides], "decides"))
            return decides + 1
        while at < len(items):
            block = items[at].block
            if not isinstance(block, SeenParagraph) or block.level or not _is_italic(block):
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
            elif found and found[-1].role in ("part", "chapter") and self._is_title(block) and block.align == "center":
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
        if role in ("part", "chapter"):
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
        if end < len(items):
            return end
        # Without columns: from "Nơi nhận:" on, where only a few short lines follow.
        for n in range(len(items) - 1, max(start, len(items) - 40) - 1, -1):
            if wording.RECIPIENTS.match(_text(items[n])):
                while n > start and wording.is_upper(_text(items[n - 1])) and len(_text(items[n - 1])) < 60:
                    n -= 1
                return n
        return len(items)

    def _foot(self, items: Sequence[Named]) -> Iterator[Named]:
        is_listing = False
        signing: list[Named] = []
        for item in items:
            block = item.block
            if not isinstance(block, SeenParagraph):
                continue
            if wording.RECIPIENTS.match(block.text):
                is_listing = True
                yield _as(item, "recipients_label")
            elif is_listing and block.column != "right":
                yield _as(item, "recipients")
            else:
                signing.append(item)
        yield from _signing(signing)


def _begins_foot(block: SeenParagraph, above: Sequence[str]) -> bool:
    """Whether the foot follows the head at once: a document without a text."""
    is_signed = block.column == "right" and any(_is_number(text) for text in above)
    return is_signed or wording.RECIPIENTS.match(block.text) is not None


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
            is_name = room >= _SIGNER_ROOM or not wording.is_upper(block.text)
        yield _as(item, "signer" if is_name else "signature")


def _names(items: Sequence[Named]) -> Iterator[Named]:
    """The names above the number: in bold the body that issues, plain the one above it."""
    bold = [_is_bold(item.block) for item in items]
    first = next((n for n in range(len(items)) if all(bold[n:]) and bold[n:]), None)
    if first is None:
        first = max(0, len(items) - 1)
    for n, item in enumerate(items):
        yield _as(item, "parent" if n < first else "issuer")


def _as(item: Named, role: str) -> Named:
    return dataclasses.replace(item, role=role)


def _text(item: Named) -> str:
    return item.block.text if isinstance(item.block, SeenParagraph) else ""


def _is_number(text: str) -> bool:
    return text.startswith("Số") and wording.SYMBOL.match(text) is not None


def _is_bold(block: SeenBlock) -> bool:
    return isinstance(block, SeenParagraph) and block.hand is not None and block.hand.bold


def _is_italic(block: SeenParagraph) -> bool:
    return bool(block.runs) and all(run.hand.italic for run in block.runs if run.text.strip())
