"""Tasks that stand in tables: annexes ("Danh mục nhiệm vụ") and tables inside the plan's text."""

from vanban.plan.tables.rows import find_tables, gaps, read_tables

__all__ = ["find_tables", "gaps", "read_tables"]
