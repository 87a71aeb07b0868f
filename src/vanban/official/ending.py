"""The mark that closes what a document says: "./." (Nghị định 30/2020/NĐ-CP, Phụ lục I, phần II, mục 6).

It is printed, not part of the value: a last paragraph "… thực hiện" and a last paragraph "… thực hiện." are both printed
as "… thực hiện./." and both read back as the first. ``settled`` gives that one form.
"""

from __future__ import annotations

import dataclasses

from vanban.official.document import Block, Heading, OfficialDocument, Paragraph, Run, Runs, plain
from vanban.official.layout import END_MARK


def with_end_mark(body: tuple[Block, ...]) -> tuple[Block, ...]:
    """The body as printed. The mark follows the last words; after a table, a picture or a heading without a title it
    stands in a paragraph of its own. An empty body has none, and none is ever doubled."""
    body = without_end_mark(body)
    if not body:
        return body
    last = body[-1]
    if isinstance(last, Paragraph) and last.runs:
        *before, run = last.runs
        runs = (*before, dataclasses.replace(run, text=run.text + END_MARK))
        return (*body[:-1], dataclasses.replace(last, runs=runs))
    if isinstance(last, Heading) and last.title:
        return (*body[:-1], dataclasses.replace(last, title=last.title + END_MARK))
    return (*body, Paragraph(plain(END_MARK)))


def without_end_mark(body: tuple[Block, ...]) -> tuple[Block, ...]:
    """The body without the mark, and without the full stop that the mark takes the place of."""
    if not body:
        return body
    last = body[-1]
    if isinstance(last, Paragraph):
        runs = _open(last.runs)
        kept = dataclasses.replace(last, runs=runs)
        return (*body[:-1], kept) if runs or last.mark else without_end_mark(body[:-1])
    if isinstance(last, Heading):
        return (*body[:-1], dataclasses.replace(last, title=_bare(last.title)))
    return body


def settled(document: OfficialDocument) -> OfficialDocument:
    """The document as it is read back from what is printed of it: its body without the mark at its end."""
    return dataclasses.replace(document, body=without_end_mark(document.body))


def _open(runs: Runs) -> Runs:
    """Runs without the mark, which may begin in one run and end in another."""
    kept: list[Run] = list(runs)
    tail = "".join(run.text for run in runs)
    surplus = len(tail) - len(_bare(tail))
    while kept and surplus:
        run = kept.pop()
        left = run.text[: max(0, len(run.text) - surplus)]
        surplus -= len(run.text) - len(left)
        if left:
            kept.append(dataclasses.replace(run, text=left))
    return tuple(kept)


def _bare(text: str) -> str:
    text = text.rstrip()
    while text.endswith((END_MARK, ".")) and not text.endswith(".."):
        text = text.removesuffix(END_MARK) if text.endswith(END_MARK) else text.removesuffix(".")
        text = text.rstrip()
    return text
