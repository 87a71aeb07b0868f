"""MHTML (RFC 2557), Word's "web page in one file": the page in it; its pictures are left aside."""

from __future__ import annotations

import email
import email.policy
from email.message import EmailMessage

from vanban.errors import unreadable
from vanban.source import html
from vanban.source.lines import Block


def read(data: bytes) -> list[Block]:
    """The blocks of the first web page in the file. Raises ``Unreadable`` ("damaged", and those of ``html.read``)."""
    message = email.message_from_bytes(data, policy=email.policy.default)
    for part in message.walk():
        if isinstance(part, EmailMessage) and part.get_content_type() == "text/html":
            payload = part.get_payload(decode=True)
            charset = part.get_content_charset()
            if isinstance(payload, bytes):
                return html.read(_declared(payload, charset))
    raise unreadable("damaged", kind="MHTML")


def _declared(page: bytes, charset: str | None) -> bytes:
    """The page in UTF-8 where the message says in which encoding it is."""
    try:
        return page.decode(charset).encode("utf-8") if charset else page
    except (LookupError, UnicodeDecodeError):
        return page
