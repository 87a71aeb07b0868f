"""Why a file could not be taken or given, in whichever language it is read."""

from __future__ import annotations

import datetime as dt
import errno

from django.conf import settings
from django.db import OperationalError
from django.utils import translation
from django.utils.translation import gettext as _

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class FileProblem(Exception):
    """A file could not be taken or given. ``code`` is a stable name; ``status`` the HTTP status of a page that has
    nothing else to say."""

    code = "file"
    status = 400

    def sentence(self) -> str:
        """What happened and what to do, in the language of the moment."""
        raise NotImplementedError

    @property
    def message(self) -> str:
        """The sentence, in the language of the moment."""
        return self.sentence()

    def in_each_language(self) -> dict[str, str]:
        """The sentence by language, to be kept for readers who come later."""
        said = {}
        for language, _name in settings.LANGUAGES:
            with translation.override(language):
                said[language] = self.sentence()
        return said

    def __str__(self) -> str:
        return self.sentence()


class TooLarge(FileProblem):
    """More bytes than the limit; nothing was kept."""

    code = "too-large"
    status = 413

    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self.limit = limit

    def sentence(self) -> str:
        return _(
            "Tệp lớn hơn %(limit)s MB nên chưa được lưu. Bạn hãy giảm dung lượng ảnh trong tệp hoặc tách tệp ra, "
            "rồi tải lại."
        ) % {"limit": max(1, self.limit // 1_000_000)}


class TooMuch(FileProblem):
    """The files of one request are together more than the house takes at once."""

    code = "too-much"
    status = 413

    def sentence(self) -> str:
        return _("Các tệp tải lên cùng lúc lớn quá nên tệp này chưa được lưu. Bạn hãy tải từng tệp.")


class _EnoughForToday(FileProblem):
    """One person has sent as much as one person may in 24 hours; ``after``: when more is taken."""

    status = 429

    def __init__(self, limit: int, after: dt.datetime) -> None:
        super().__init__(limit, after)
        self.limit = limit
        self.after = after

    @property
    def when(self) -> dict[str, str]:
        return {"time": self.after.strftime("%H:%M"), "day": self.after.strftime("%d/%m/%Y")}


class TooManyToday(_EnoughForToday):
    """Too many files."""

    code = "too-many-today"

    def sentence(self) -> str:
        return _(
            "Bạn đã tải lên %(limit)s tệp trong 24 giờ, đủ mức cho phép, nên tệp này chưa được lưu. "
            "Bạn có thể tải tiếp từ %(time)s ngày %(day)s."
        ) % {"limit": self.limit, **self.when}


class TooMuchToday(_EnoughForToday):
    """Too many bytes."""

    code = "too-much-today"

    def sentence(self) -> str:
        return _(
            "Với tệp này, bạn tải lên quá %(limit)s MB trong 24 giờ, nên tệp chưa được lưu. "
            "Bạn có thể tải lại từ %(time)s ngày %(day)s."
        ) % {"limit": max(1, self.limit // 1_000_000), **self.when}


class NoRoom(FileProblem):
    """The server's disk is full; nothing was kept."""

    code = "no-room"
    status = 507

    def sentence(self) -> str:
        return _("Máy chủ đã hết chỗ lưu nên tệp chưa được lưu. Bạn hãy báo người quản trị hệ thống, rồi tải lại sau.")


class Gone(FileProblem):
    """The database knows the file, the disk does not have it."""

    code = "gone"
    status = 404

    def sentence(self) -> str:
        return _(
            "Không tìm thấy tệp gốc trên máy chủ. Bạn hãy báo người quản trị hệ thống để khôi phục từ bản sao lưu."
        )


def disk_is_full(problem: BaseException) -> bool:
    """Whether an error of the file system or of the database means that the disk is full."""
    if isinstance(problem, OperationalError):
        cause = problem.__cause__
        return getattr(cause, "sqlstate", "") == "53100" or "disk is full" in str(problem)
    return isinstance(problem, OSError) and problem.errno in _FULL
