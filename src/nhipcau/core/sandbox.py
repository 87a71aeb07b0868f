"""Work on what strangers sent, in a process of its own that can be killed.

``run("package.module:function", arguments, …)`` starts a fresh Python with a limit on time and on memory, without the
database, the secrets or the environment of the house; what comes back is plain JSON, never anything that could run here.
A new process and not a fork: the web server has threads. It starts in about a fifth of a second.

The function is called as ``function(progress, **arguments)`` in the child, where Django is not set up; its module must
not need it. ``progress(done, total)`` reaches the caller's ``progress``.
"""

from __future__ import annotations

import ctypes
import importlib
import json
import os
import resource
import selectors
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any

Progress = Callable[[int, int], None]

MEGABYTE = 1024 * 1024
LONGEST_ANSWER = 128 * MEGABYTE
GLANCE = 0.5  # seconds between two looks at whether the work is still wanted
_CHUNK = 256 * 1024
_SAID_LAST = 2000  # bytes of what a broken child said that go into the log
_PR_SET_PDEATHSIG = 1
_KEPT = ("PATH", "SYSTEMROOT", "TZ")


class OverTime(Exception):
    """The work took longer than it may; it was killed."""


class OverMemory(Exception):
    """The work asked for more memory than it may have."""


class Broken(Exception):
    """The work ended without an answer: an error of its own, or a signal. The text is for the log."""


def _nothing() -> None:
    return None


def _silent(_done: int, _total: int) -> None:
    return None


def run(
    function: str,
    arguments: dict[str, Any],
    *,
    seconds: float,
    megabytes: int,
    progress: Progress = _silent,
    watch: Callable[[], None] = _nothing,
) -> Any:
    """What ``function`` returns for ``arguments`` (both plain JSON), worked out in a child process.

    ``watch`` is asked twice a second; what it or ``progress`` raises ends the child and is passed on. Raises
    ``OverTime``, ``OverMemory`` and ``Broken``. However it ends, no child is left.
    """
    order = {"function": function, "arguments": arguments, "seconds": seconds, "megabytes": megabytes}
    with tempfile.TemporaryDirectory(prefix="nhipcau-") as place, tempfile.TemporaryFile() as said:
        child = subprocess.Popen(  # noqa: S603 (our own interpreter and module)
            [sys.executable, "-P", "-m", __name__, str(os.getpid())],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=said,
            cwd=place,
            env=_environment(place),
        )
        try:
            return _answer(child, order, said, progress, watch)
        finally:
            child.kill()
            child.wait()
            for pipe in (child.stdin, child.stdout):
                if pipe is not None:
                    pipe.close()


def _environment(place: str) -> dict[str, str]:
    """What the child may know: where Python's modules are, nothing of the house."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    path = os.pathsep.join(str(Path(entry).resolve()) for entry in sys.path if entry)
    return {**kept, "PYTHONPATH": path, "PYTHONUTF8": "1", "HOME": place, "TMPDIR": place}


def _answer(
    child: subprocess.Popen[bytes],
    order: dict[str, Any],
    said: IO[bytes],
    progress: Progress,
    watch: Callable[[], None],
) -> Any:
    assert child.stdin is not None and child.stdout is not None
    end = time.monotonic() + order["seconds"]
    try:
        child.stdin.write(json.dumps(order).encode())
        child.stdin.close()
    except BrokenPipeError:
        pass  # it died at its start; its silence is reported below
    for line in _lines(child.stdout, end, watch):
        kind, value = json.loads(line)
        if kind == "progress":
            progress(int(value[0]), int(value[1]))
        elif kind == "returned":
            return value
        elif kind == "memory":
            raise OverMemory
        else:
            raise Broken(str(value))
    status = child.wait()
    said.seek(max(0, said.seek(0, os.SEEK_END) - _SAID_LAST))
    raise Broken(f"status {status}: {said.read().decode('utf-8', 'replace')}")


def _lines(pipe: IO[bytes], end: float, watch: Callable[[], None]) -> Iterator[bytes]:
    """The lines that the child writes, until it closes the pipe. Raises ``OverTime`` after ``end``, ``Broken`` where it
    writes without measure, and what ``watch`` raises."""
    held = bytearray()
    length = 0
    next_look = time.monotonic() + GLANCE
    with selectors.DefaultSelector() as selector:
        selector.register(pipe, selectors.EVENT_READ)
        while True:
            now = time.monotonic()
            if now >= end:
                raise OverTime
            if now >= next_look:
                watch()
                next_look = time.monotonic() + GLANCE
            if not selector.select(max(0.01, min(next_look, end) - now)):
                continue
            piece = os.read(pipe.fileno(), _CHUNK)
            if not piece:
                return
            length += len(piece)
            if length > LONGEST_ANSWER:
                raise Broken("its answer has no end")
            held += piece
            if b"\n" in piece:
                *whole, rest = bytes(held).split(b"\n")
                yield from whole
                held = bytearray(rest)


# --- in the child ----------------------------------------------------------------------------------------------------


def _serve(parent: int) -> None:
    """Do the one thing that is ordered on the standard input, and say on the standard output what came of it."""
    _end_with(parent)
    order = json.loads(sys.stdin.buffer.read())
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer

    def say(kind: str, value: Any = None) -> None:
        answers.write(json.dumps([kind, value], ensure_ascii=False).encode("utf-8", "replace") + b"\n")
        answers.flush()

    _limit(order["seconds"], order["megabytes"])
    try:
        module, _colon, name = order["function"].partition(":")
        function = getattr(importlib.import_module(module), name)
        returned = function(lambda done, total: say("progress", [done, total]), **order["arguments"])
        say("returned", returned)
    except Exception as problem:
        if is_out_of_memory(problem):
            problem.__traceback__ = None  # lets go of what was being held
            say("memory")
        else:
            say("broken", f"{type(problem).__name__}: {problem}"[:_SAID_LAST])
    answers.close()


def _end_with(parent: int) -> None:
    """On Linux the kernel ends this process with the thread that waits for it."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def _limit(seconds: float, megabytes: int) -> None:
    size, cpu = megabytes * MEGABYTE, max(1, int(seconds) + 5)
    for what, most in ((resource.RLIMIT_AS, size), (resource.RLIMIT_CPU, cpu), (resource.RLIMIT_CORE, 0)):
        _soft, hard = resource.getrlimit(what)
        within = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (within, within))


def is_out_of_memory(problem: BaseException | None) -> bool:
    """Whether an error is, or was caused by, a lack of memory: readers of files wrap whatever goes wrong inside."""
    while problem is not None:
        if isinstance(problem, MemoryError):
            return True
        problem = problem.__cause__ or problem.__context__
    return False


if __name__ == "__main__":
    _serve(int(sys.argv[1]))
