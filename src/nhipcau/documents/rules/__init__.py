"""Rules of this room: of the library here, of an organisation's own documents in ``outgoing``. Pure."""

from .library import (
    Facts,
    is_central,
    issuer_key,
    issuer_slug,
    key_of,
    may_be_same,
    may_file,
    may_keep_facts,
    may_load_facts,
    slug_of,
    symbol_key,
    type_name,
)

__all__ = [
    "Facts",
    "is_central",
    "issuer_key",
    "issuer_slug",
    "key_of",
    "may_be_same",
    "may_file",
    "may_keep_facts",
    "may_load_facts",
    "slug_of",
    "symbol_key",
    "type_name",
]
