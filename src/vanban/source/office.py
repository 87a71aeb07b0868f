"""Old Word files (.doc) and OpenDocument text (.odt), turned into DOCX by LibreOffice where it is installed.

LibreOffice runs with a profile of its own that lets no macro run, updates no link and asks nobody; each file in a
directory that is removed after it.
"""

from __future__ import annotations

import os
import pathlib
import shutil
import subprocess
import tempfile

from vanban.errors import unreadable
from vanban.source import docx, limits, programs
from vanban.source.lines import Block

SECONDS = 90
_NAMES = ("soffice", "libreoffice")
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>2</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetProxyType" oor:op="fuse"><value>2</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetNoProxy" oor:op="fuse"><value></value></prop></item>
"""  # noqa: E501
# A proxy that is not there: what a file asks of the web (a linked picture) is never fetched, on no machine and no port.
_NOWHERE = "".join(
    f'<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInet{kind}ProxyName" oor:op="fuse">'
    f"<value>127.0.0.1</value></prop></item>\n"
    f'<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInet{kind}ProxyPort" oor:op="fuse">'
    f"<value>1</value></prop></item>\n"
    for kind in ("HTTP", "HTTPS", "FTP")
)


def is_installed() -> bool:
    """Whether old Word files can be read here."""
    return _program() is not None


def _program() -> str | None:
    return next((path for name in _NAMES if (path := shutil.which(name))), None)


def read_doc(data: bytes) -> list[Block]:
    """The blocks of a Word 97–2003 file. Raises ``Unreadable`` ("office-missing", "damaged")."""
    return docx.read(_docx(data, "doc", "Word 97–2003 (.doc)"))


def read_odt(data: bytes) -> list[Block]:
    """The blocks of an OpenDocument text. Raises ``Unreadable`` ("office-missing", "damaged")."""
    return docx.read(_docx(data, "odt", "OpenDocument (.odt)"))


def _docx(data: bytes, suffix: str, kind: str) -> bytes:
    program = _program()
    if program is None:
        raise unreadable("office-missing", kind=kind)
    with tempfile.TemporaryDirectory(prefix="vanban-") as name:
        place = pathlib.Path(name)
        user = place / "profile" / "user"
        user.mkdir(parents=True)
        (user / "registrymodifications.xcu").write_text(f"{_SETTINGS}{_NOWHERE}</oor:items>\n", "utf-8")
        (given := place / f"file.{suffix}").write_bytes(data)
        profile = f"-env:UserInstallation={(place / 'profile').as_uri()}"
        quiet = ("--headless", "--norestore", "--nolockcheck", "--nodefault", "--nologo")
        order = (*quiet, "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(place / "out"), str(given))
        environment = {"PATH": os.environ.get("PATH", ""), "HOME": name, "TMPDIR": name, "LC_ALL": "C.UTF-8"}
        try:
            programs.run([program, profile, *order], seconds=SECONDS, environment=environment)
        except (OSError, subprocess.SubprocessError) as error:
            raise unreadable("damaged", kind=kind) from error
        made = place / "out" / "file.docx"
        if not made.is_file() or made.stat().st_size > limits.MAX_BYTES:
            raise unreadable("damaged", kind=kind)
        return made.read_bytes()
