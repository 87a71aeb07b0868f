"""Pages of this room, and the gate that every page for officials goes through."""

from .feeds import feeds, withdraw_feed
from .gate import official, same_site, signed_in
from .health import health
from .hooks import hooks, test_hook, withdraw_hook
from .own import notices, open_notice, preferences, read_all_notices, set_language, set_theme
from .reminding import rhythm
from .system import retry_letters, system

__all__ = [
    "feeds",
    "health",
    "hooks",
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
    "test_hook",
    "withdraw_feed",
    "withdraw_hook",
]
