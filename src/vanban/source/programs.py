"""Other programs, run without a shell, in a process group of their own, under a limit of time. Where this process is
killed, they end with it (Linux), or at their limit.
"""

from __future__ import annotations

import contextlib
import functools
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
    whole = [*_guards(str(seconds), environment.get("PATH", "")), *command]
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
        raise subprocess.CalledProcessError(process.returncode, command[0])
    return out


@functools.lru_cache(maxsize=8)
def _guards(seconds: str, path: str) -> tuple[str, ...]:
    """The programs that hold another to its time (coreutils) and end it when this process dies (util-linux: ``timeout``
    is told, and tells its whole group); those that are installed."""
    limit, bound = shutil.which("timeout", path=path), shutil.which("setpriv", path=path)
    if limit is None:
        return ()
    timed = (limit, "-k", "1", seconds)
    return (bound, "--pdeathsig", "TERM", *timed) if bound else timed
