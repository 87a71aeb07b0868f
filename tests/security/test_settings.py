"""The one settings file, as an operator sets it up: asked in a process of its own, since it reads the environment."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SAYS = """
import json
from nhipcau import settings as s
print(json.dumps({name: getattr(s, name, None) for name in NAMES}))
"""


def process(place: Path, *command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH", "HOME", "LANG") if name in os.environ}
    given = {**kept, "DATA_DIR": str(place), "DJANGO_SETTINGS_MODULE": "nhipcau.settings", **environment}
    return subprocess.run([sys.executable, *command], cwd=ROOT, env=given, capture_output=True, text=True)


def settings_with(place: Path, *names: str, **environment: str) -> dict[str, object]:
    answer = process(place, "-c", SAYS.replace("NAMES", repr(names)), **environment)
    found: dict[str, object] = json.loads(answer.stdout)
    return found


def checked(place: Path, **environment: str) -> str:
    return process(place, "manage.py", "check", "--deploy", "--fail-level", "WARNING", **environment).stderr


IN_USE = {"SITE_URL": "https://nhipcau.tinh.gov.vn/", "BEHIND_PROXY": "1", "EMAIL_HOST": "mail.tinh.gov.vn"}


def test_a_site_that_is_set_up_has_nothing_to_mend(tmp_path: Path) -> None:
    assert checked(tmp_path, **IN_USE) == ""


def test_what_an_operator_forgets_is_said(tmp_path: Path) -> None:
    said = checked(tmp_path, SITE_URL="https://a.vn", ALLOWED_HOSTS="*", RESET_LINK_HOURS="72")
    assert [f"nhipcau.W00{number}" in said for number in (1, 2, 3, 4)] == [True] * 4


def test_with_tls_the_cookies_are_the_sites_own_and_its_host_is_allowed(tmp_path: Path) -> None:
    names = ("SESSION_COOKIE_NAME", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_NAME", "CSRF_COOKIE_SECURE")
    found = settings_with(tmp_path, *names, "ALLOWED_HOSTS", "CSRF_TRUSTED_ORIGINS", "SITE_URL", **IN_USE)
    assert [found[name] for name in names] == ["__Host-sessionid", True, "__Host-csrftoken", True]
    assert found["ALLOWED_HOSTS"] == ["localhost", "127.0.0.1", "[::1]", "nhipcau.tinh.gov.vn"]
    assert found["CSRF_TRUSTED_ORIGINS"] == ["https://nhipcau.tinh.gov.vn"]
    assert found["SITE_URL"] == "https://nhipcau.tinh.gov.vn"


def test_passwords_are_as_long_as_the_operator_says_and_never_short(tmp_path: Path) -> None:
    lengths = [settings_with(tmp_path, "PASSWORD_LENGTH", PASSWORD_LENGTH=given) for given in ("15", "4")]
    assert [found["PASSWORD_LENGTH"] for found in lengths] == [15, 8]
    assert settings_with(tmp_path, "PASSWORD_LENGTH")["PASSWORD_LENGTH"] == 10


def test_links_live_as_long_as_the_operator_says(tmp_path: Path) -> None:
    names = ("PASSWORD_RESET_TIMEOUT", "INVITATION_TIMEOUT")
    assert settings_with(tmp_path, *names) == {names[0]: 2 * 3600, names[1]: 7 * 86400}
    other = settings_with(tmp_path, *names, RESET_LINK_HOURS="1", INVITATION_DAYS="3")
    assert other == {names[0]: 3600, names[1]: 3 * 86400}
