"""A plan as a readable summary for the terminal, every entry with its lines in the source."""

from __future__ import annotations

import datetime as dt
import textwrap
from collections.abc import Iterable

from vanban.model import Lines, Plan, When

_WIDTH = 100
_QUALITY = {
    "vi": {"good": "chữ tốt", "broken": "chữ hỏng dấu", "ocr": "nhận dạng từ ảnh", "legacy": "bảng mã cũ"},
    "en": {"good": "good text", "broken": "broken text", "ocr": "read from pictures", "legacy": "old encoding"},
}
_LABELS = {
    "vi": {
        "file": "Tệp", "lines": "{n} dòng", "pages": "{n} trang", "empty": "trang không có chữ",
        "doc_type": "Loại", "symbol": "Số, ký hiệu", "issuer": "Cơ quan ban hành", "place": "Nơi ban hành",
        "date": "Ngày ban hành", "title": "Trích yếu", "signature": "Người ký", "recipients": "Nơi nhận",
        "tasks": "NHIỆM VỤ", "lead": "Chủ trì", "coordinating": "Phối hợp", "form": "Hình thức",
        "time": "Thời gian", "duties": "TRÁCH NHIỆM", "reporting": "BÁO CÁO", "who": "Ai báo cáo", "to": "Gửi",
        "via": "Qua", "obligations": "NGHĨA VỤ CHUNG", "citations": "VĂN BẢN DẪN", "basis": "căn cứ",
        "doubts": "ĐIỂM CẦN XEM LẠI", "found": "trong văn bản", "proposed": "đề xuất", "none": "(không nêu)",
        "at": "dòng", "sure": "tin cậy",
    },
    "en": {
        "file": "File", "lines": "{n} lines", "pages": "{n} pages", "empty": "pages without text",
        "doc_type": "Type", "symbol": "Symbol", "issuer": "Issuer", "place": "Place",
        "date": "Date", "title": "Title", "signature": "Signed", "recipients": "Recipients",
        "tasks": "TASKS", "lead": "Lead", "coordinating": "With", "form": "Form",
        "time": "Time", "duties": "DUTIES", "reporting": "REPORTING", "who": "Who", "to": "To",
        "via": "Through", "obligations": "OBLIGATIONS", "citations": "DOCUMENTS CITED", "basis": "legal basis",
        "doubts": "DOUBTS", "found": "in the source", "proposed": "proposed", "none": "(not stated)",
        "at": "lines", "sure": "confidence",
    },
}  # fmt: skip


def write(plan: Plan, language: str = "vi") -> str:
    """The summary of ``plan`` in ``language`` ("vi" or "en"); documents' own words stay as they are."""
    return "\n".join(_Writer(language).plan(plan)) + "\n"


class _Writer:
    def __init__(self, language: str) -> None:
        self._words = _LABELS[language]
        self._quality = _QUALITY[language]

    def plan(self, plan: Plan) -> Iterable[str]:
        yield from self._header(plan)
        yield from self._tasks(plan)
        yield from self._section("duties", len(plan.duties))
        for duty in plan.duties:
            yield from self._entry(f"{duty.code}  {'; '.join(duty.agencies)}: {duty.text}", duty.lines)
        yield from self._section("reporting", len(plan.reporting))
        for report in plan.reporting:
            yield from self._entry("; ".join(report.who) or self._words["none"], report.lines)
            yield from self._fields(to=report.to, via=report.via, time=_when(report.time))
        yield from self._section("obligations", len(plan.obligations))
        for obligation in plan.obligations:
            yield from self._entry(f"{'; '.join(obligation.who)}: {obligation.text}", obligation.lines)
            yield from self._fields(time=_when(obligation.time))
        yield from self._citations(plan)
        yield from self._doubts(plan)

    def _header(self, plan: Plan) -> Iterable[str]:
        source, header, words = plan.source, plan.header, self._words
        pages = "" if source.pages is None else ", " + words["pages"].format(n=source.pages)
        lines = words["lines"].format(n=len(source.lines))
        yield f"{words['file']}: {source.name} ({lines}{pages}, {self._quality[source.quality]})"
        if source.empty_pages:
            yield f"{words['empty']}: {', '.join(map(str, source.empty_pages))}"
        shown = {
            "doc_type": header.doc_type,
            "symbol": header.symbol,
            "issuer": header.issuer,
            "place": header.place,
            "date": _date(header.date),
            "title": header.title,
            "signature": ", ".join(
                part for part in (plan.signature.authority, plan.signature.capacity, plan.signature.name) if part
            ),
            "recipients": "; ".join(plan.recipients),
        }
        for key, value in shown.items():
            yield from self._wrap(f"{words[key]}: {value or words['none']}", "")

    def _tasks(self, plan: Plan) -> Iterable[str]:
        yield from self._section("tasks", len(plan.tasks))
        group: str | None = None
        for task in plan.tasks:
            if task.group and task.group != group:
                group = task.group
                yield from self._wrap(f"— {group}", " ")
            yield from self._entry(f"{task.code}  {task.text}", task.lines)
            yield from self._fields(
                lead="; ".join(task.lead) or self._words["none"],
                coordinating="; ".join(task.coordinating),
                form=task.form,
                time=_when(task.time) or self._words["none"],
            )

    def _citations(self, plan: Plan) -> Iterable[str]:
        yield from self._section("citations", len(plan.citations))
        for citation in plan.citations:
            name = " ".join(part for part in (citation.doc_type, citation.symbol or citation.title) if part)
            facts = [_date(citation.date), citation.issuer, self._words["basis"] if citation.is_basis else None]
            where = ", ".join(_span(lines) for lines in citation.mentions)
            shown = ", ".join(fact for fact in [name, *facts] if fact)
            yield from self._wrap(f"{shown} [{self._words['at']} {where}]", "  ")

    def _doubts(self, plan: Plan) -> Iterable[str]:
        yield from self._section("doubts", len(plan.doubts))
        for doubt in plan.doubts:
            parts = [f"{doubt.kind} {doubt.where}"]
            parts += [f"{self._words[k]}: {v}" for k, v in (("found", doubt.found), ("proposed", doubt.proposed)) if v]
            parts.append(f"{self._words['sure']} {doubt.confidence:.0%}")
            where = "" if doubt.lines is None else f" [{self._words['at']} {_span(doubt.lines)}]"
            yield from self._wrap("; ".join(parts) + where, "  ")

    def _section(self, key: str, count: int) -> Iterable[str]:
        yield ""
        yield f"{self._words[key]} ({count})"

    def _entry(self, text: str, lines: Lines) -> Iterable[str]:
        yield from self._wrap(f"{text} [{self._words['at']} {_span(lines)}]", "  ")

    def _fields(self, **values: str | None) -> Iterable[str]:
        for key, value in values.items():
            if value:
                yield from self._wrap(f"{self._words[key]}: {value}", "      ")

    @staticmethod
    def _wrap(text: str, indent: str) -> list[str]:
        flat = " ".join(text.split())
        return textwrap.wrap(flat, _WIDTH, initial_indent=indent, subsequent_indent=indent + "  ") or [""]


def _span(lines: Lines) -> str:
    return str(lines[0]) if lines[0] == lines[1] else f"{lines[0]}–{lines[1]}"


def _date(date: dt.date | None) -> str | None:
    return None if date is None else f"{date:%d/%m/%Y}"


def _when(when: When | None) -> str | None:
    return None if when is None else when.text
