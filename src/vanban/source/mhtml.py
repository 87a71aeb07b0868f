"""MHTML (RFC 2557), Word's "web page in one file": the page in it; its pictures are left aside."""

from __future__ import annotations

import codecs
import email
import email.policy
import re

from vanban.errors import unreadable
from vanban.source import html
from vanban.source.lines import Block

_BOUNDARY = re.compile(rb"boundary\s*=", re.IGNORECASE)
_MAX_BOUNDARIES = 50  # each is looked for in every line; Word and the browsers write one or two


def read(data: bytes) -> list[Block]:
    """The blocks of the first web page in the file. Raises ``Unreadable`` ("damaged", and those of ``html.read``)."""
    if len(_BOUNDARY.findall(data)) > _MAX_BOUNDARIES:
        raise unreadable("damaged", kind="MHTML")
    message = email.message_from_bytes(data, policy=email.policy.compat32)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes):
                return html.read(_declared(payload, part.get_content_charset()))
    raise unreadable("damaged", kind="MHTML")


def _declared(page: bytes, charset: str | None) -> bytes:
    """The page in UTF-8 where the message says in which encoding it is; the mark before it outweighs what the page
    itself says."""
    try:
        return codecs.BOM_UTF8 + html.decoded(page, charset).encode("utf-8") if charset else page
    except (LookupError, UnicodeError):
        return page
