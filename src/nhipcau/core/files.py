"""Uploads and stored files: one place that takes bytes in and gives them out.

A stored file stands at ``FILES_DIR/ab/cd/<sha256>``. It gets there by a rename, complete and flushed, or not at all.
"""

# Django's files take type arguments in the stubs only.
# mypy: allow-any-generics

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import io
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, BinaryIO

from django.conf import settings
from django.core.files.base import File
from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.db import models, transaction
from django.http import FileResponse
from django.utils import timezone

from vanban.errors import Unreadable
from vanban.source import sniff

from . import counting
from .file_problems import (
    FileProblem,
    Gone,
    NoRoom,
    TooLarge,
    TooManyToday,
    TooMuch,
    TooMuchToday,
    disk_is_full,
)
from .models import StoredFile

__all__ = [
    "FileProblem",
    "Gone",
    "LimitedUploadHandler",
    "NoRoom",
    "RefusedUpload",
    "Source",
    "TooLarge",
    "TooManyToday",
    "TooMuch",
    "TooMuchToday",
    "admit",
    "discard_unreferenced",
    "disk_is_full",
    "open_file",
    "path_of",
    "serve",
    "store",
]

CHUNK = 256 * 1024
DAY = 24 * 60 * 60
TOTAL_FACTOR = 4  # one request may bring several files, together at most this many times the limit of one
UNKNOWN = "application/octet-stream"
Source = UploadedFile | File | Path | bytes

_INLINE = {"application/pdf", "text/plain"}


# --- keeping ---------------------------------------------------------------------------------------------------------


def store(source: Source, limit: int | None = None) -> StoredFile:
    """Keep the bytes of an upload, a path or a bytes value, once, and return their row.

    The bytes stream through a temporary file that is flushed to the disk and renamed; the same bytes again give the
    same row. Raises ``TooLarge`` above ``limit`` (by default ``settings.UPLOAD_LIMIT``) and ``NoRoom`` on a full disk,
    and then leaves nothing behind.
    """
    if isinstance(source, RefusedUpload):
        raise source.problem
    try:
        with _opened(source) as stream:
            return _keep(stream, settings.UPLOAD_LIMIT if limit is None else limit)
    except OSError as error:
        if disk_is_full(error):
            raise NoRoom from error
        raise


@contextlib.contextmanager
def _opened(source: Source) -> Iterator[Any]:
    if isinstance(source, bytes):
        yield io.BytesIO(source)
    elif isinstance(source, Path):
        with source.open("rb") as stream:
            yield stream
    else:
        source.seek(0)
        yield source  # a Django File reads as a binary stream
        source.seek(0)


def _keep(stream: IO[bytes], limit: int) -> StoredFile:
    incoming = Path(settings.FILES_DIR) / "incoming"
    incoming.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=incoming)
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as target:
            digest, size = _copy(stream, target, limit)
            target.flush()
            os.fsync(target.fileno())
        place = _place(digest)
        if place.exists():
            os.utime(place)  # in use again: `discard_unreferenced` looks at this time
        else:
            place.parent.mkdir(parents=True, exist_ok=True)
            temporary.chmod(0o440)
            temporary.rename(place)
            _flush_directory(place.parent)
    finally:
        temporary.unlink(missing_ok=True)
    known = StoredFile.objects.filter(sha256=digest).first()
    return (
        known
        or StoredFile.objects.get_or_create(sha256=digest, defaults={"size": size, "media_type": _media_type(place)})[0]
    )


def _copy(stream: IO[bytes], target: BinaryIO, limit: int) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    while chunk := stream.read(CHUNK):
        size += len(chunk)
        if size > limit:
            raise TooLarge(limit)
        digest.update(chunk)
        target.write(chunk)
    return digest.hexdigest(), size


def _place(sha256: str) -> Path:
    return Path(settings.FILES_DIR) / sha256[:2] / sha256[2:4] / sha256


def _media_type(path: Path) -> str:
    """The type by the content, for what `vanban` reads; anything else is just bytes."""
    try:
        return sniff.media_type(path.read_bytes())
    except Unreadable:
        return UNKNOWN


def _flush_directory(path: Path) -> None:
    """Make the rename itself survive a power cut."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def discard_unreferenced(older_than: dt.timedelta = dt.timedelta(days=1)) -> int:
    """Delete what no row of any room refers to, and what a killed process left half-written; returns how many files
    went.

    Only what nobody has touched for ``older_than``: an upload is stored a moment before the row that refers to it.
    """
    oldest = (timezone.now() - older_than).timestamp()
    gone = sum(_discard(stored, oldest) for stored in _unreferenced())
    for path in Path(settings.FILES_DIR).glob("*/**/*"):
        with contextlib.suppress(FileNotFoundError):
            if path.is_file() and path.stat().st_mtime < oldest and not _is_known(path):
                path.unlink()
                gone += 1
    return gone


def _unreferenced() -> models.QuerySet[StoredFile]:
    free = StoredFile.objects.all()
    for relation in StoredFile._meta.get_fields(include_hidden=True):  # those without a name on this side as well
        if isinstance(relation, models.ManyToOneRel):
            used = relation.related_model._base_manager.filter(**{relation.field.name: models.OuterRef("pk")})
            free = free.exclude(models.Exists(used))
    return free


def _discard(stored: StoredFile, oldest: float) -> bool:
    place = _place(stored.sha256)
    with transaction.atomic():
        locked = _unreferenced().select_for_update().filter(pk=stored.pk).first()
        if locked is None or (place.exists() and place.stat().st_mtime >= oldest):
            return False
        locked.delete()
    place.unlink(missing_ok=True)
    return True


def _is_known(path: Path) -> bool:
    return path.parent.name != "incoming" and StoredFile.objects.filter(sha256=path.name).exists()


# --- giving ----------------------------------------------------------------------------------------------------------


def path_of(stored: StoredFile) -> Path:
    """Where the bytes stand, for reading only. Raises ``Gone`` when they are not there."""
    place = _place(stored.sha256)
    if not place.is_file():
        raise Gone
    return place


def open_file(stored: StoredFile) -> BinaryIO:
    """The bytes as an open stream; the caller closes it. Raises ``Gone``."""
    return path_of(stored).open("rb")


def serve(stored: StoredFile, name: str, inline: bool = False) -> FileResponse:
    """The file as a download called ``name``, or shown in the browser where that is harmless (PDF, plain text).

    The caller has asked whether the reader may have it. The browser is told not to guess the type, not to run anything
    and to keep no copy that others could read. Raises ``Gone``.
    """
    shown = inline and stored.media_type in _INLINE
    response = FileResponse(
        open_file(stored), as_attachment=not shown, filename=name, content_type=_content_type(stored, shown)
    )
    response["X-Content-Type-Options"] = "nosniff"
    # A sandbox would switch off the browser's PDF viewer; a PDF has no access to the page's origin anyway.
    is_shown_pdf = shown and stored.media_type == "application/pdf"
    response["Content-Security-Policy"] = "default-src 'none'" if is_shown_pdf else "default-src 'none'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-cache"
    response["ETag"] = f'"{stored.sha256}"'
    return response


def _content_type(stored: StoredFile, shown: bool) -> str:
    if shown and stored.media_type == "text/plain":
        return "text/plain; charset=utf-8"
    return UNKNOWN if stored.media_type == "text/html" else stored.media_type


# --- while an upload arrives -----------------------------------------------------------------------------------------


def admit(person_id: int | None, size: int) -> None:
    """Count what a person sends; an upload is counted by its handler, what came as text of a form by its view.

    Raises ``TooManyToday`` or ``TooMuchToday``, and then counts nothing. Strangers (None) may send no files anywhere.
    """
    if person_id is not None:
        _admit_one(person_id)
        try:
            _admit_bytes(person_id, size)
        except TooMuchToday:
            counting.give_back(f"uploads:{person_id}")
            raise


def _admit_one(person_id: int) -> None:
    name, limit = f"uploads:{person_id}", settings.UPLOADS_A_DAY
    number, left = counting.take(name, DAY)
    if number > limit:
        counting.give_back(name)
        raise TooManyToday(limit, _after(left))


def _admit_bytes(person_id: int, size: int) -> None:
    name, limit = f"upload bytes:{person_id}", settings.UPLOAD_BYTES_A_DAY
    number, left = counting.take(name, DAY, size)
    if number > limit:
        counting.give_back(name, size)
        raise TooMuchToday(limit, _after(left))


def _after(seconds: int) -> dt.datetime:
    """When the count begins anew, to the next whole minute."""
    return timezone.localtime() + dt.timedelta(seconds=seconds + 59)


class RefusedUpload(UploadedFile):
    """Stands in ``request.FILES`` for an upload that was not kept, so that the form around it still arrives whole.
    ``problem`` says why; ``store`` raises it and ``core.forms.UploadField`` shows it beside the field."""

    def __init__(self, name: str, problem: FileProblem) -> None:
        super().__init__(file=io.BytesIO(), name=name, size=0)
        self.problem = problem


class LimitedUploadHandler(TemporaryFileUploadHandler):
    """Writes an upload to the disk as it arrives, never more than ``UPLOAD_LIMIT`` bytes, and of one person no more in a
    day than ``admit`` allows.

    What comes beyond a limit, or when the disk is full, is read off the wire and dropped: a browser whose connection
    is cut shows a page of its own in place of our sentence.
    """

    _written = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        self.problem: FileProblem | None = None
        self._size = 0
        user = getattr(self.request, "user", None)
        self._is_counted = False
        self._person: int | None = user.pk if user is not None else None
        try:
            super().new_file(*args, **kwargs)
            if self._person is not None:
                _admit_one(self._person)
                self._is_counted = True
        except TooManyToday as problem:
            self._refuse(problem)
        except OSError as error:
            self._refuse(self._from(error))

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if self.problem is not None:
            return
        self._size += len(raw_data)
        self._written += len(raw_data)
        if self._size > settings.UPLOAD_LIMIT:
            self._refuse(TooLarge(settings.UPLOAD_LIMIT))
        elif self._written > settings.UPLOAD_LIMIT * TOTAL_FACTOR:
            self._refuse(TooMuch())
        else:
            try:
                self.file.write(raw_data)
            except OSError as error:
                self._refuse(self._from(error))

    def file_complete(self, file_size: int) -> UploadedFile:
        if self.problem is None:
            try:
                if self._person is not None:
                    _admit_bytes(self._person, file_size)
                self.file.flush()  # the last bytes may be the ones for which there is no room
                self.file.seek(0)
                self.file.size = file_size
                return self.file
            except OSError as error:
                self._refuse(self._from(error))
            except TooMuchToday as problem:
                self._refuse(problem)
        assert self.problem is not None
        return RefusedUpload(self.file_name or "", self.problem)

    def upload_interrupted(self) -> None:
        if self.problem is None:
            super().upload_interrupted()

    def _from(self, error: OSError) -> FileProblem:
        if not disk_is_full(error):
            raise error
        return NoRoom()

    def _refuse(self, problem: FileProblem) -> None:
        self.problem = problem
        if self._is_counted:
            counting.give_back(f"uploads:{self._person}")
        self._written -= min(self._size, self._written)
        unfinished: TemporaryUploadedFile | None = self.__dict__.pop("file", None)
        if unfinished is not None:
            # Closing flushes what is buffered; on a full disk that fails once more, and the file is unlinked all the
            # same.
            with contextlib.suppress(OSError):
                unfinished.close()
            with contextlib.suppress(OSError):
                os.unlink(unfinished.temporary_file_path())
