"""The columns of the two tables (organisations, groups) and a table as read. One definition for template, import and
export."""

from __future__ import annotations

import dataclasses

from vanban.text import fold


@dataclasses.dataclass(frozen=True, slots=True)
class Column:
    """A column: its code name, its Vietnamese head, whether it must be there, an example for the template."""

    field: str
    head: str
    required: bool = False
    example: str = ""


# Heads are Vietnamese in every language of the interface: files go from office to office.
ORGANISATION_COLUMNS = (
    Column("name", "Tên đầy đủ", True, "Phòng Văn hóa và Thông tin"),
    Column("short_name", "Tên ngắn", False, "Phòng VHTT"),
    Column("kind", "Loại", False, "Cơ quan chuyên môn"),
    Column("level", "Cấp", True, "Cấp huyện"),
    Column("parent", "Cơ quan cấp trên", False, "Ủy ban nhân dân thành phố Biển Xanh"),
    Column("valid_from", "Có từ ngày", False, "01/01/2005"),
    Column("valid_to", "Đến hết ngày", False, ""),
    Column("legal_basis", "Căn cứ", False, "Nghị định 37/2014/NĐ-CP"),
    Column("source", "Nguồn", False, "Trang thông tin điện tử thành phố"),
    Column("aliases", "Tên gọi khác", False, "Phòng Văn hóa - Thông tin; P.VHTT"),
)
GROUP_COLUMNS = (
    Column("scope", "Của cơ quan", True, "Ủy ban nhân dân thành phố Biển Xanh"),
    Column("name", "Tên nhóm", True, "Các phòng, ban, đơn vị"),
    Column("kinds", "Các loại", False, "Cơ quan chuyên môn | Văn phòng"),
    Column("levels", "Các cấp", False, "Cấp huyện"),
    Column("is_open", "Để mở", False, "không"),
    Column("members", "Thành viên nêu tên", False, ""),
    Column("aliases", "Cách gọi khác", False, "các phòng, ban"),
    Column("source", "Nguồn", False, ""),
)
TABLES = {"organisations": ORGANISATION_COLUMNS, "groups": GROUP_COLUMNS}


@dataclasses.dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: its number as a spreadsheet shows it, and its cells as text by field."""

    number: int
    cells: dict[str, str]

    def __getitem__(self, field: str) -> str:
        return self.cells.get(field, "")


@dataclasses.dataclass(frozen=True, slots=True)
class Table:
    """A table as read. ``kind`` is "organisations" or "groups"."""

    kind: str
    rows: tuple[Row, ...]

    @property
    def columns(self) -> tuple[Column, ...]:
        return TABLES[self.kind]


def recognise(heads: list[str]) -> tuple[str, dict[int, str]] | None:
    """Which table these heads belong to, and the field of each column; None where neither fits. Order and marks do not
    count, and columns of the office's own are passed over."""
    best: tuple[str, dict[int, str]] | None = None
    for kind, columns in TABLES.items():
        fields = {fold(c.head): c.field for c in columns}
        found = {i: fields[fold(h)] for i, h in enumerate(heads) if fold(h) in fields}
        required = {c.field for c in columns if c.required}
        if required <= set(found.values()) and (best is None or len(found) > len(best[1])):
            best = (kind, found)
    return best
