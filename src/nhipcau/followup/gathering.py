"""What people send as evidence: looked at by its content, made plain where it is a photograph, and kept."""

# Django's files take type arguments in the stubs only.
# mypy: allow-any-generics

from __future__ import annotations

import dataclasses
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path, PurePath

from django.conf import settings
from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from PIL import Image

from nhipcau.core import files, sandbox
from nhipcau.core.models import StoredFile
from vanban.errors import Unreadable
from vanban.source import sniff

from .actions import Given
from .models import Evidence

MOST = 10  # files of one note
PLAIN = "nhipcau.followup.pictures:plain"
SECONDS_A_PICTURE = 20.0
SMALL = 480  # pixels of the longer side
_DOCUMENTS = {sniff.PDF, sniff.DOCX, sniff.DOC, sniff.ODT}
_KEPT_FOR = 20 * 60 * 60  # seconds: files that nobody refers to go after a day


class NotEvidence(files.FileProblem):
    """A file of a kind that is no evidence, or a picture that cannot be opened."""

    code = "not-evidence"
    status = 422

    def __init__(self, name: str, kind: str = "") -> None:
        super().__init__(name, kind)
        self.name, self.kind = name, kind

    def sentence(self) -> str:
        if self.kind in {"HEIC", "AVIF"}:
            return _(
                "Ảnh “%(name)s” ở dạng %(kind)s nên chưa mở được. Bạn hãy chụp màn hình ảnh đó, hoặc đổi máy ảnh sang "
                "“Tương thích nhất”, rồi gửi lại."
            ) % {"name": self.name, "kind": self.kind}
        if self.kind == "picture":
            return _("Ảnh “%(name)s” bị hỏng nên chưa được lưu. Bạn hãy chụp hoặc chọn lại.") % {"name": self.name}
        return _("Tệp “%(name)s” không phải ảnh, PDF, Word hay Excel nên chưa được lưu.") % {"name": self.name}


def gather(uploads: Sequence[UploadedFile]) -> list[Given]:
    """Keep these files and say how they become evidence. All or none: raises ``files.FileProblem`` for the first that
    cannot be taken. Photographs are drawn anew in the sandbox, so that nothing of their camera goes along."""
    kinds = [_kind_of(upload) for upload in uploads]
    pictures = [upload for upload, kind in zip(uploads, kinds, strict=True) if kind in sniff.PICTURES]
    plain = iter(_plain(pictures))
    return [
        Given(name=_name(upload, ".jpg"), file=next(plain))
        if kind in sniff.PICTURES
        else Given(name=_name(upload), file=files.store(upload))
        for upload, kind in zip(uploads, kinds, strict=True)
    ]


def _kind_of(upload: UploadedFile) -> str:
    """The media type by the content. Raises ``NotEvidence``."""
    if isinstance(upload, files.RefusedUpload):
        raise upload.problem
    upload.seek(0)
    data = upload.read()
    upload.seek(0)
    try:
        kind = sniff.media_type(data)
    except Unreadable as problem:
        if problem.code == "spreadsheet":
            return problem.code
        if problem.code == "password":  # an encrypted document is one all the same
            return problem.code
        heic = next((kind for kind in ("HEIC", "AVIF") if kind in problem.en), "")
        raise NotEvidence(upload.name or "", heic) from problem
    if kind not in _DOCUMENTS and kind not in sniff.PICTURES:
        raise NotEvidence(upload.name or "")
    return kind


def _name(upload: UploadedFile, ending: str = "") -> str:
    name = PurePath((upload.name or "").replace("\\", "/")).name or "tep"
    return (f"{PurePath(name).stem}{ending}" if ending else name)[-250:]


def _plain(pictures: Sequence[UploadedFile]) -> list[StoredFile]:
    """The pictures drawn anew and kept. Raises ``files.FileProblem``."""
    if not pictures:
        return []
    incoming = Path(settings.FILES_DIR) / "incoming"
    incoming.mkdir(parents=True, exist_ok=True)
    try:
        with tempfile.TemporaryDirectory(dir=incoming) as folder:
            places = [Path(folder) / str(number) for number in range(len(pictures))]
            for place, picture in zip(places, pictures, strict=True):
                picture.seek(0)
                with place.open("wb") as out:
                    shutil.copyfileobj(picture, out)
            opened = _drawn(places)
            for picture, is_open in zip(pictures, opened, strict=True):
                if not is_open:
                    raise NotEvidence(picture.name or "", "picture")
            return [files.store(place.with_name(f"{place.name}.jpg")) for place in places]
    except OSError as problem:
        if files.disk_is_full(problem):
            raise files.NoRoom from problem
        raise


def _drawn(places: Sequence[Path]) -> list[bool]:
    order = {"paths": [str(place) for place in places]}
    seconds = SECONDS_A_PICTURE * len(places)
    try:
        answer: list[bool] = sandbox.run(PLAIN, order, seconds=seconds, megabytes=settings.READING_MEGABYTES)
    except (sandbox.Broken, sandbox.OverMemory, sandbox.OverTime):
        return [False] * len(places)
    return answer


# --- what was sent with a form that must be sent again ---------------------------------------------------------------


@dataclasses.dataclass(frozen=True, slots=True)
class Held:
    """Files that are kept already although their note is not written yet: by name, and sealed for the form."""

    given: list[Given]
    seal: str


def hold(given: Sequence[Given], person_id: int | None) -> Held:
    """Seal what is kept, so that the same person's next try refers to it."""
    rows = [[one.file.pk, one.name] for one in given if one.file is not None]
    return Held(list(given), signing.dumps(rows, salt=_salt(person_id)) if rows else "")


def held(seal: str, person_id: int | None) -> list[Given]:
    """What a seal stands for; [] where it is not this person's, or too old."""
    if not seal:
        return []
    try:
        rows = signing.loads(seal, salt=_salt(person_id), max_age=_KEPT_FOR)
    except signing.BadSignature:
        return []
    kept = StoredFile.objects.in_bulk([key for key, _name in rows])
    return [Given(name=name, file=kept[key]) for key, name in rows if key in kept]


def _salt(person_id: int | None) -> str:
    return f"followup.evidence:{person_id}"


# --- small pictures --------------------------------------------------------------------------------------------------


def is_picture(evidence: Evidence) -> bool:
    """Whether it is a photograph that was drawn here."""
    return evidence.file is not None and evidence.file.media_type == "image/jpeg"


def small(stored: StoredFile) -> Path:
    """A photograph of ours, small; drawn once and kept beside the pictures of pages, from where it may be deleted."""
    place: Path = settings.DATA_DIR / "pages" / stored.sha256[:2] / stored.sha256 / f"{SMALL}.webp"
    if not place.is_file():
        place.parent.mkdir(parents=True, exist_ok=True)
        with Image.open(files.path_of(stored), formats=["JPEG"]) as picture:
            picture.draft("RGB", (SMALL, SMALL))
            picture.thumbnail((SMALL, SMALL))
            with tempfile.NamedTemporaryFile(dir=place.parent, delete=False) as unfinished:
                picture.save(unfinished, "WEBP", quality=72, method=2)
        Path(unfinished.name).rename(place)
    return place
