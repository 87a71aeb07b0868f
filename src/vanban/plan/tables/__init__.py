"""Tasks that stand in tables: annexes ("Danh mục nhiệm vụ") and tables inside the plan's text."""

from vanban.plan.tables.rows import read_tables

__all__ = ["read_tables"]
