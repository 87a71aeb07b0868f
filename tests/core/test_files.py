"""Files: kept once, whole or not at all, and given out so that they can do no harm."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import os
import tempfile
import time
from pathlib import Path

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.handlers.wsgi import WSGIRequest
from django.db import OperationalError
from django.test import RequestFactory
from tests.factories import make_organisation

from nhipcau.core import files
from nhipcau.core.forms import UploadField, UploadsField
from nhipcau.core.models import StoredFile
from nhipcau.documents.models import Text

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n"


def everything_under(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in Path(folder).rglob("*") if path.is_file())


def full_disk(monkeypatch) -> None:
    """Let temporary files be written to a device that has no room, whoever asks for one."""
    real = tempfile._mkstemp_inner

    def mkstemp(*args, **kwargs):
        descriptor, name = real(*args, **kwargs)
        os.close(descriptor)
        return os.open("/dev/full", os.O_RDWR), name

    monkeypatch.setattr(tempfile, "_mkstemp_inner", mkstemp)


class TestKeeping:
    def test_bytes_stand_under_their_hash(self, settings):
        stored = files.store("Kế hoạch".encode())
        digest = hashlib.sha256("Kế hoạch".encode()).hexdigest()
        assert (stored.sha256, stored.size, stored.media_type) == (digest, len("Kế hoạch".encode()), "text/plain")
        assert everything_under(settings.FILES_DIR) == [f"{digest[:2]}/{digest[2:4]}/{digest}"]
        with files.open_file(stored) as kept:
            assert kept.read().decode() == "Kế hoạch"

    @pytest.mark.parametrize("make", ["upload", "path"])
    def test_uploads_and_paths_are_kept_alike(self, tmp_path, make):
        path = tmp_path / "a.pdf"
        path.write_bytes(PDF)
        source = path if make == "path" else SimpleUploadedFile("a.pdf", PDF)
        stored = files.store(source)
        assert (stored.media_type, stored.size) == ("application/pdf", len(PDF))

    def test_the_same_bytes_are_kept_once(self, settings):
        first, second = files.store(PDF), files.store(SimpleUploadedFile("other-name.pdf", PDF))
        assert first == second
        assert StoredFile.objects.count() == 1
        assert len(everything_under(settings.FILES_DIR)) == 1

    def test_the_name_does_not_decide_the_type(self):
        stored = files.store(SimpleUploadedFile("plan.pdf", b"PK\x03\x04 no archive"))
        assert stored.media_type == "application/octet-stream"

    def test_what_is_too_large_leaves_nothing(self, settings):
        with pytest.raises(files.TooLarge) as refused:
            files.store(b"x" * 3_000_001, limit=3_000_000)
        assert refused.value.message == (
            "Tệp lớn hơn 3 MB nên chưa được lưu. Bạn hãy giảm dung lượng ảnh trong tệp hoặc tách tệp ra, rồi tải lại."
        )
        assert everything_under(settings.FILES_DIR) == []
        assert StoredFile.objects.count() == 0

    def test_a_full_disk_leaves_nothing(self, settings, monkeypatch):
        full_disk(monkeypatch)
        with pytest.raises(files.NoRoom) as refused:
            files.store(b"x" * 1000)
        assert refused.value.message.startswith("Máy chủ đã hết chỗ lưu")
        assert everything_under(settings.FILES_DIR) == []
        assert StoredFile.objects.count() == 0

    def test_a_file_without_its_row_is_taken_up_again(self):
        stored = files.store(PDF)
        StoredFile.objects.all().delete()  # what a rolled back transaction leaves
        again = files.store(PDF)
        assert (again.sha256, again.media_type) == (stored.sha256, "application/pdf")

    @pytest.mark.parametrize(
        ("problem", "expected"),
        [
            (OSError(28, "No space left on device"), True),
            (OSError(13, "Permission denied"), False),
            (OperationalError("database or disk is full"), True),
            (OperationalError("no such table"), False),
        ],
    )
    def test_a_full_disk_is_known_by_its_error(self, problem, expected):
        assert files.disk_is_full(problem) is expected


class TestDiscarding:
    def test_only_what_is_old_and_unused_goes(self, settings):
        used, unused, young = files.store(b"used"), files.store(b"unused"), files.store(b"young")
        text_of(used)
        half = settings.FILES_DIR / "incoming" / "tmp123"
        half.write_bytes(b"half")
        long_ago = time.time() - 3 * 86400
        for path in (files.path_of(used), files.path_of(unused), half):
            os.utime(path, (long_ago, long_ago))
        assert files.discard_unreferenced() == 2
        assert set(StoredFile.objects.all()) == {used, young}
        assert len(everything_under(settings.FILES_DIR)) == 2

    def test_what_was_uploaded_again_is_young_again(self):
        stored = files.store(b"again")
        os.utime(files.path_of(stored), (0, 0))
        files.store(b"again")
        assert files.discard_unreferenced(dt.timedelta(hours=1)) == 0


def text_of(stored: StoredFile) -> None:
    Text.objects.create(
        organisation=make_organisation(), file=stored, name="a.txt", media_type=stored.media_type, line_count=1
    )


class TestGiving:
    def test_a_download_can_do_no_harm(self):
        answer = files.serve(files.store(b"<html><script>alert(1)</script></html>"), "Kế hoạch số 08.html", inline=True)
        assert answer["Content-Type"] == "application/octet-stream"
        assert answer["Content-Disposition"] == (
            "attachment; filename*=utf-8''K%E1%BA%BF%20ho%E1%BA%A1ch%20s%E1%BB%91%2008.html"
        )
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert answer.getvalue() == b"<html><script>alert(1)</script></html>"
        answer.close()

    def test_plain_text_may_be_shown(self):
        answer = files.serve(files.store(b"a"), "a.txt", inline=True)
        assert (answer["Content-Type"], answer["Content-Disposition"]) == (
            "text/plain; charset=utf-8",
            'inline; filename="a.txt"',
        )
        answer.close()

    def test_a_name_cannot_break_the_header(self):
        answer = files.serve(files.store(b"a"), 'a"\r\nX-Evil: 1.txt')
        assert "X-Evil" not in answer
        answer.close()

    def test_bytes_that_are_gone_are_a_clear_problem(self):
        stored = files.store(b"a")
        files.path_of(stored).unlink()
        with pytest.raises(files.Gone):
            files.serve(stored, "a.txt")


class Endless(io.RawIOBase):
    """A request body with one file of ``size`` bytes between two fields, never in memory as a whole."""

    boundary = b"----nhipcau"

    def __init__(self, size: int) -> None:
        head = b'Content-Disposition: form-data; name="file"; filename="big.pdf"\r\n'
        self._parts = [
            b"--" + self.boundary + b'\r\nContent-Disposition: form-data; name="before"\r\n\r\none\r\n',
            b"--" + self.boundary + b"\r\n" + head + b"Content-Type: application/pdf\r\n\r\n",
            size,
            b"\r\n--" + self.boundary + b'\r\nContent-Disposition: form-data; name="after"\r\n\r\ntwo\r\n',
            b"--" + self.boundary + b"--\r\n",
        ]
        self.length = sum(part if isinstance(part, int) else len(part) for part in self._parts)

    def read(self, wanted: int = -1) -> bytes:
        while self._parts and self._parts[0] in (0, b""):
            self._parts.pop(0)
        if not self._parts:
            return b""
        part = self._parts[0]
        if isinstance(part, int):
            count = part if wanted < 0 else min(part, wanted)
            self._parts[0] = part - count
            return b"\0" * count
        taken = part if wanted < 0 else part[:wanted]
        self._parts[0] = part[len(taken) :]
        return taken


def request_with(size: int) -> WSGIRequest:
    body = Endless(size)
    kind = f"multipart/form-data; boundary={body.boundary.decode()}"
    environ = RequestFactory()._base_environ(REQUEST_METHOD="POST", CONTENT_TYPE=kind, CONTENT_LENGTH=str(body.length))
    return WSGIRequest({**environ, "wsgi.input": body})


class OneFile(forms.Form):
    file = UploadField()


class ManyFiles(forms.Form):
    files = UploadsField()


class TestArriving:
    def test_200_megabytes_are_refused_with_a_sentence(self, settings):
        request = request_with(200_000_000)
        form = OneFile(request.POST, request.FILES)
        assert form.errors == {
            "file": [
                "Tệp lớn hơn 50 MB nên chưa được lưu. Bạn hãy giảm dung lượng ảnh trong tệp hoặc tách tệp ra, "
                "rồi tải lại."
            ]
        }
        assert (request.POST["before"], request.POST["after"]) == ("one", "two")
        assert everything_under(settings.FILE_UPLOAD_TEMP_DIR) == []

    def test_what_fits_arrives(self, settings):
        request = request_with(1_000_000)
        form = OneFile(request.POST, request.FILES)
        assert form.is_valid()
        assert files.store(form.cleaned_data["file"]).size == 1_000_000
        request.close()
        assert everything_under(settings.FILE_UPLOAD_TEMP_DIR) == everything_under(settings.DATA_DIR)

    def test_a_full_disk_is_said_beside_the_field(self, settings, monkeypatch):
        full_disk(monkeypatch)
        request = request_with(1_000_000)
        form = OneFile(request.POST, request.FILES)
        assert list(form.errors) == ["file"]
        assert form.errors["file"][0].startswith("Máy chủ đã hết chỗ lưu")
        assert request.POST["after"] == "two"
        assert everything_under(settings.FILE_UPLOAD_TEMP_DIR) == []

    def test_a_refused_upload_cannot_be_stored(self):
        request = request_with(60_000_000)
        with pytest.raises(files.TooLarge):
            files.store(request.FILES["file"])

    def test_an_empty_file_is_said(self):
        form = OneFile({}, {"file": SimpleUploadedFile("a.txt", b"")})
        assert form.errors == {"file": ["Tệp không có nội dung. Bạn hãy kiểm tra lại và chọn đúng tệp."]}

    def test_no_file_is_said(self):
        assert OneFile({}, {}).errors == {"file": ["Bạn hãy chọn một tệp."]}

    def test_several_files_are_each_looked_at(self):
        good, empty = SimpleUploadedFile("tot.txt", b"a"), SimpleUploadedFile("rong.txt", b"")
        assert ManyFiles({}, {"files": [good]}).is_valid()
        form = ManyFiles({}, {"files": [good, empty]})
        assert form.errors == {"files": ["rong.txt: Tệp không có nội dung. Bạn hãy kiểm tra lại và chọn đúng tệp."]}

    def test_many_files_together_have_a_limit(self, settings):
        settings.UPLOAD_LIMIT = 1000
        handler = files.LimitedUploadHandler()
        kept = []
        for number in range(5):
            handler.new_file("files", f"{number}.txt", "text/plain", None)
            handler.receive_data_chunk(b"x" * 900, 0)
            kept.append(handler.file_complete(900))
        problems = [getattr(upload, "problem", None) for upload in kept]
        assert [type(problem) for problem in problems] == [type(None)] * 4 + [files.TooMuch]
        for upload in kept:
            upload.close()
