"""Pages of this room, and the gate that every page for officials goes through."""

from .gate import official, same_site, signed_in
from .health import health
from .own import notices, open_notice, preferences, read_all_notices, set_language, set_theme
from .reminding import rhythm
from .system import retry_letters, system

__all__ = [
    "health",
    "notices",
    "official",
    "open_notice",
    "preferences",
    "read_all_notices",
    "retry_letters",
    "rhythm",
    "same_site",
    "set_language",
    "set_theme",
    "signed_in",
    "system",
]
