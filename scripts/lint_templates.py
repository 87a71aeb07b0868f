"""Template lint: every template parses, and none breaks the house's rules for pages. Prints what is wrong, exits 1."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import django
from django.template import TemplateSyntaxError, engines

RULES: tuple[tuple[str, str], ...] = (
    (r"<[a-z][^>]*\sstyle\s*=", "inline style: the content security policy refuses it; give it a class"),
    (r"<[a-z][^>]*\son[a-z]+\s*=", "inline event handler: use a module under static/"),
    (
        r"<script(?![^>]*\ssrc=)(?![^>]*type=\"application/(?:ld\+)?json\")[^>]*>",
        "inline script: use a module under static/",
    ),
    (r"<(?:script|link|img)[^>]*(?:src|href)=\"(?:https?:)?//", "asset from another host: serve it ourselves"),
    (r"\{%\s*blocktrans", "blocktranslate without trimmed"),
    (r"<img(?![^>]*\salt=)[^>]*>", "image without alt"),
    (r"\|safe\b", "|safe: mark text safe where it is made, with its reason"),
)
EXCEPTIONS = {"blocktranslate without trimmed": re.compile(r"\{%\s*blocktranslate\b[^%]*\btrimmed\b")}


def problems(path: Path) -> list[str]:
    """What is wrong with one template, each with its line."""
    text = path.read_text(encoding="utf-8")
    found = []
    try:
        engines["django"].from_string(text)
    except TemplateSyntaxError as error:
        found.append(f"{path}: does not parse: {error}")
    for pattern, message in RULES:
        for match in re.finditer(pattern, text, re.IGNORECASE):
            exception = EXCEPTIONS.get(message)
            if exception and exception.match(text, match.start()):
                continue
            found.append(f"{path}:{text.count(chr(10), 0, match.start()) + 1}: {message}")
    for form in re.finditer(r"<form\b[^>]*method=\"post\".*?</form>", text, re.IGNORECASE | re.DOTALL):
        if "csrf_token" not in form.group():
            found.append(f"{path}:{text.count(chr(10), 0, form.start()) + 1}: a form that posts without csrf_token")
    return found


def main() -> int:
    """Lint every template of the platform."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nhipcau.settings")
    django.setup()
    paths = sorted(Path("src/nhipcau").rglob("templates/**/*.html"))
    found = [problem for path in paths for problem in problems(path)]
    print("\n".join(found) if found else f"{len(paths)} templates, nothing wrong")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
