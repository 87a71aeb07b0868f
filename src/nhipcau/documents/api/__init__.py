"""Documents over REST, as the manifest offers it: the addresses stand in ``reading`` and ``writing``."""

from . import reading, writing
from .answers import router

__all__ = ["reading", "router", "writing"]
