"""A file taken for what it is: DOCX or PDF."""

from __future__ import annotations

from pathlib import Path

from vanban.errors import unreadable
from vanban.parse.docx import see_docx
from vanban.parse.pdf import see_pdf
from vanban.parse.seen import Seen

_LARGEST = 100 * 1024 * 1024
_NAMED = {"docx": "Word", "pdf": "PDF"}
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # Word 97 to 2003, and any Office file under a password


def opened(file: str | Path | bytes, name: str) -> Seen:
    """What stands in a file. Raises ``Unreadable``."""
    content, name = (file, name) if isinstance(file, bytes) else _content(Path(file), name)
    if not content:
        raise unreadable("empty")
    if len(content) > _LARGEST:
        raise unreadable("too-large", limit=_LARGEST // 1024 // 1024)
    if b"%PDF-" in content[:1024]:
        return see_pdf(content, name)
    if content.startswith(b"PK"):
        return see_docx(content, name)
    if content.startswith(_OLD_OFFICE):
        is_locked = "EncryptedPackage".encode("utf-16le") in content
        raise unreadable("encrypted-office") if is_locked else unreadable("other-format", kind="Word 97-2003 (.doc)")
    ending = Path(name).suffix.lstrip(".").lower()
    if ending in _NAMED:  # its name says what its first bytes are not
        raise unreadable("damaged", kind=_NAMED[ending])
    raise unreadable("other-format", kind=ending or "?")


def _content(path: Path, name: str) -> tuple[bytes, str]:
    name = name or path.name
    try:
        return path.read_bytes(), name
    except FileNotFoundError as error:
        raise unreadable("missing", name=name) from error
    except IsADirectoryError as error:
        raise unreadable("not-a-file", name=name) from error
    except PermissionError as error:
        raise unreadable("forbidden", name=name) from error
    except OSError as error:
        raise unreadable("io", name=name) from error
