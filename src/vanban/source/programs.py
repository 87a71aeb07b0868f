"""Other programs, run without a shell, in a process group of their own, under a limit of time that holds even where
this process is killed."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
from collections.abc import Mapping, Sequence


def run(command: Sequence[str], *, given: bytes = b"", seconds: int, environment: Mapping[str, str]) -> bytes:
    """What ``command`` (a program's path and its arguments) writes to its standard output.

    Raises ``OSError`` where it cannot be started and ``subprocess.SubprocessError`` where it fails or takes too long;
    nothing of it is left running.
    """
    limit = shutil.which("timeout")
    whole = [limit, "-k", "1", str(seconds), *command] if limit else list(command)
    process = subprocess.Popen(  # noqa: S603 (no shell; the caller names the program)
        whole,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=dict(environment),
        start_new_session=True,
    )
    try:
        out, _ = process.communicate(given, timeout=seconds + 5)
    except BaseException:
        with contextlib.suppress(OSError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        raise
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, whole[-1])
    return out
