"""An official document from the JSON that people and programs write (docs/contracts/official.schema.json).

What has a value of its own may be left out. Whatever does not fit is said at once, each with its place.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
import types
import typing
from collections.abc import Mapping
from typing import Any

from vanban.official import Heading, OfficialDocument, Paragraph, Picture, Problem, Table

_BLOCKS: Mapping[str, type] = {"heading": Heading, "paragraph": Paragraph, "table": Table, "picture": Picture}
_MOST = 1e9  # of a share, which has no unit
_KINDS = {
    str: ("một chuỗi chữ", "text"),
    bool: ("true hoặc false", "true or false"),
    int: ("một số nguyên", "a whole number"),
    float: ("một số", "a number"),
}


class Misfit(Exception):
    """The value is no official document. ``problems`` says where it differs, and how."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("; ".join(f"{problem.where}: {problem.en}" for problem in problems))
        self.problems = problems


def document_from(value: Any) -> OfficialDocument:
    """The document that ``value`` (what JSON gives) describes, by the contract. Raises Misfit."""
    reading = _Reading()
    found = reading.record(value, OfficialDocument, "")
    if reading.problems:
        raise Misfit(tuple(reading.problems))
    assert isinstance(found, OfficialDocument)
    return found


class _Reading:
    """One walk through the values, beside the types that they must have. What does not fit becomes None and a problem."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def record(self, value: Any, kind: type, path: str, *, extra: tuple[str, ...] = ()) -> Any:
        if not isinstance(value, dict):
            return self._refuse(path, "cần một đối tượng { … }.", "an object { … } is needed.")
        fields = {field.name: field for field in dataclasses.fields(kind)}
        hints = _hints(kind)
        before = len(self.problems)
        for name in value:
            if name not in fields and name not in extra:
                self._refuse(_inside(path, name), "không có trường này trong mẫu.", "the contract has no such field.")
        for name, field in fields.items():
            if name not in value and field.default is dataclasses.MISSING:
                self._refuse(_inside(path, name), "chưa có trường này.", "this field is missing.")
        values = {name: self.value(value[name], hints[name], _inside(path, name)) for name in fields if name in value}
        return kind(**values) if len(self.problems) == before else None

    def value(self, value: Any, wanted: Any, path: str) -> Any:
        origin, inner = typing.get_origin(wanted), typing.get_args(wanted)
        if origin in (typing.Union, types.UnionType):
            if type(None) in inner:
                return None if value is None else self.value(value, inner[0], path)
            return self._block(value, path)
        if origin is tuple:
            if not isinstance(value, list):
                return self._refuse(path, "cần một danh sách [ … ].", "a list [ … ] is needed.")
            return tuple(self.value(each, inner[0], f"{path}[{index}]") for index, each in enumerate(value))
        if origin is typing.Literal:
            return value if value in inner else self._choice(path, inner)
        if dataclasses.is_dataclass(wanted):
            return self.record(value, typing.cast(type, wanted), path)
        if wanted is dt.date:
            return self._day(value, path)
        return self._plain(value, wanted, path)

    def _plain(self, value: Any, wanted: Any, path: str) -> Any:
        allowed = (int, float) if wanted is float else wanted
        is_one = isinstance(value, allowed) and (wanted is bool or not isinstance(value, bool))
        if is_one and (wanted is not float or abs(value) < _MOST):  # JSON as Python reads it knows NaN and Infinity
            return value
        vi, en = _KINDS[wanted]
        return self._refuse(path, f"cần {vi}.", f"{en} is needed.")

    def _block(self, value: Any, path: str) -> Any:
        kind = value.get("block") if isinstance(value, dict) else None
        if not isinstance(kind, str) or kind not in _BLOCKS:
            return self._choice(_inside(path, "block"), tuple(_BLOCKS))
        return self.record(value, _BLOCKS[kind], path, extra=("block",))

    def _day(self, value: Any, path: str) -> Any:
        try:
            return dt.date.fromisoformat(value)
        except (TypeError, ValueError):
            vi = "cần một ngày dạng năm-tháng-ngày, ví dụ 2026-11-22."
            return self._refuse(path, vi, "a day such as 2026-11-22 is needed.")

    def _choice(self, path: str, allowed: tuple[Any, ...]) -> Any:
        listed = ", ".join(f"“{each}”" for each in allowed)
        return self._refuse(path, f"cần một trong các giá trị: {listed}.", f"one of these is needed: {listed}.")

    def _refuse(self, path: str, vi: str, en: str) -> Any:
        self.problems.append(Problem(path or "$", vi, en))


@functools.cache
def _hints(kind: type) -> dict[str, Any]:
    return typing.get_type_hints(kind)


def _inside(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name
