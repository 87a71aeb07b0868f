"""What the repository itself holds: no secrets, no licence that would bind the whole."""

from __future__ import annotations

import re
import subprocess
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SECRETS = re.compile(
    r"-----BEGIN [A-Z ]*PRIVATE KEY|AKIA[0-9A-Z]{16}|ghp_[A-Za-z0-9]{30,}|glpat-[\w-]{20}|xox[bp]-\d|\bnc_[A-Za-z0-9_-]{43}\b"
    r"|(?:SECRET_KEY|EMAIL_PASSWORD)\s*=\s*[\"'][^\"']{8,}"
)
COPYLEFT = re.compile(r"(?<!L)(?<!Lesser )(?:\bA?GPL|General Public License)", re.IGNORECASE)


def tracked() -> list[Path]:
    """The files under version control; the tests run in a checkout, whoever owns it."""
    command = ["git", "-c", f"safe.directory={ROOT}", "ls-files", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    return [ROOT / name for name in listed.stdout.decode().split("\0") if name]


def test_no_secret_is_kept_with_the_code() -> None:
    found = []
    for path in tracked():
        if path.is_file() and path.stat().st_size < 2_000_000 and SECRETS.search(path.read_text(errors="ignore")):
            found.append(path.relative_to(ROOT).as_posix())
    assert found == ["tests/core/test_accounts.py"]  # it changes the key of a test's settings


def test_nothing_that_is_made_while_running_is_kept_with_the_code() -> None:
    made = ("var/", "secret_key", ".sqlite3", ".env")
    assert [
        p.name for p in tracked() if p.relative_to(ROOT).as_posix().startswith(made[0]) or p.name.endswith(made[1:])
    ] == []


def installed() -> list[str]:
    """The packages that the product itself needs, from its lock."""
    locks = sorted(ROOT.glob("**/base.lock")) or sorted(ROOT.glob("requirements/base*"))
    assert locks
    named = set(re.findall(r"^([A-Za-z0-9._-]+)==", locks[0].read_text(), re.MULTILINE))
    here = {distribution.metadata["Name"].lower().replace("_", "-") for distribution in metadata.distributions()}
    return sorted(named & here)  # the lock also names what other systems than this one need


def licence_of(package: str) -> str:
    facts = metadata.metadata(package)
    named = [line.split("::")[-1].strip() for line in facts.get_all("Classifier") or [] if line.startswith("License")]
    return facts.get("License-Expression") or "; ".join(named) or (facts.get("License") or "").split("\n")[0]


def test_no_package_binds_the_whole() -> None:
    """LGPL is linked and may be replaced (psycopg); GPL and AGPL would bind the whole."""
    licences = {package: licence_of(package) for package in installed()}
    assert {package: said for package, said in licences.items() if COPYLEFT.search(said) and "Lesser" not in said} == {}
