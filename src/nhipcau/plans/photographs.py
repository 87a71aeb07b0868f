"""Pictures that arrive together become one document: a stored PDF that holds them as they were sent."""

# Django's files take type arguments in the stubs only.
# mypy: allow-any-generics

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nhipcau.core import files, sandbox
from nhipcau.core.models import StoredFile

from . import joining

MOST = 300  # pictures of one document: more pages are not read from pictures
UNPACK = "nhipcau.plans.unpacking:unpacked"
SECONDS_A_PICTURE = 30.0
_HEAD = 16


class TogetherTooLarge(files.FileProblem):
    """The pictures together are more than one file may be."""

    code = "pictures-too-large"
    status = 413

    def sentence(self) -> str:
        return _(
            "Các ảnh cộng lại lớn hơn %(limit)s MB nên chưa được lưu. Bạn hãy chụp ở cỡ ảnh nhỏ hơn (khoảng 8 triệu điểm "
            "ảnh là đủ đọc), hoặc quét thành PDF, rồi tải lại."
        ) % {"limit": settings.UPLOAD_LIMIT // 1_000_000}


class NotAPicture(files.FileProblem):
    """One of the pictures cannot be opened."""

    code = "picture-damaged"
    status = 422

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name

    def sentence(self) -> str:
        return _("Ảnh “%(name)s” bị hỏng nên chưa ghép được. Bạn hãy chụp lại trang này, rồi tải lại các ảnh.") % {
            "name": self.name
        }


def kind_of(upload: UploadedFile) -> str | None:
    """The media type of an upload, where it is a picture."""
    upload.seek(0)
    kind = joining.is_picture(upload.read(_HEAD))
    upload.seek(0)
    return kind


def in_order(pictures: Sequence[UploadedFile]) -> list[UploadedFile]:
    """Pictures whose order nobody has said: as they were taken where every camera says when, else by their names, their
    numbers as numbers."""
    if any(isinstance(picture, files.RefusedUpload) for picture in pictures):
        return list(pictures)
    taken = {id(picture): joining.taken(_head_of(picture)) for picture in pictures}
    said = all(taken.values())
    return sorted(pictures, key=lambda picture: (taken[id(picture)] if said else "", _natural(picture.name or "")))


def _head_of(picture: UploadedFile) -> bytes:
    """The beginning of a picture, in which its camera speaks."""
    picture.seek(0)
    head: bytes = picture.read(256 * 1024)
    picture.seek(0)
    return head


def _natural(name: str) -> list[tuple[int, str]]:
    return [(int(part), "") if part.isdecimal() else (-1, part.lower()) for part in re.split(r"(\d+)", name) if part]


def name_of(count: int) -> str:
    """What a document of pictures is called."""
    said = ngettext("Ảnh chụp lúc %(moment)s, %(n)s trang", "Ảnh chụp lúc %(moment)s, %(n)s trang", count)
    return said % {"moment": timezone.localtime().strftime("%H.%M %d-%m-%Y"), "n": count} + ".pdf"


def store(pictures: Sequence[UploadedFile]) -> StoredFile:
    """Keep several pictures as one document, in their order. Raises ``files.FileProblem``."""
    if sum(picture.size or 0 for picture in pictures) > settings.UPLOAD_LIMIT:
        raise TogetherTooLarge
    incoming = Path(settings.FILES_DIR) / "incoming"
    incoming.mkdir(parents=True, exist_ok=True)
    try:
        with tempfile.TemporaryDirectory(dir=incoming) as folder:
            place = Path(folder) / "joined.pdf"
            with place.open("wb") as out:
                joining.write(_sheets(pictures, Path(folder)), out)
            if place.stat().st_size > settings.UPLOAD_LIMIT:
                raise TogetherTooLarge
            return files.store(place)
    except OSError as problem:
        if files.disk_is_full(problem):
            raise files.NoRoom from problem
        raise


def _sheets(pictures: Sequence[UploadedFile], folder: Path) -> Iterator[joining.Sheet]:
    for number, picture in enumerate(pictures, start=1):
        picture.seek(0)
        try:
            yield joining.plain(picture.read())
        except joining.NotPlain:
            yield from _unpacked(picture, folder / str(number))


def _unpacked(picture: UploadedFile, place: Path) -> Iterator[joining.Sheet]:
    """The pages of a picture that a PDF cannot hold as it is, opened where nothing can come of it."""
    picture.seek(0)
    with place.open("wb") as out:
        shutil.copyfileobj(picture, out)
    order = {"path": str(place), "media_type": kind_of(picture), "folder": str(place.parent)}
    try:
        answer = sandbox.run(UNPACK, order, seconds=SECONDS_A_PICTURE, megabytes=settings.READING_MEGABYTES)
    except (sandbox.Broken, sandbox.OverMemory, sandbox.OverTime) as problem:
        raise NotAPicture(picture.name or "") from problem
    if "unreadable" in answer:
        raise NotAPicture(picture.name or "")
    for made in answer["places"]:
        try:
            yield joining.plain(Path(made).read_bytes())
        except joining.NotPlain as problem:
            raise NotAPicture(picture.name or "") from problem
        Path(made).unlink()
