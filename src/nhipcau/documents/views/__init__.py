"""Pages for officials: the library here, the organisation's own documents beside it."""

from .library import documents

__all__ = ["documents"]
