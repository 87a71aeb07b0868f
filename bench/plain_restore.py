"""The plain peer of ``vanban restore``: each torn word becomes the commonest known syllable with the same bare letters.

    python bench/plain_restore.py FILE [--corpus CLEAN ...]

It learns from the same texts as the library. A word with digits, capitals within or letters that only Vietnamese has is
left alone; the nearest bare letters are taken where none are the same; the word before decides between equals.
"""

from __future__ import annotations

import argparse
import collections
import difflib
import functools
import pathlib
import re
import sys
import unicodedata
from collections.abc import Iterable

TEXTS = pathlib.Path(__file__).parents[1] / "src/vanban/restore/data"
WORD = re.compile(r"[^\W\d_]+")


def bare(word: str) -> str:
    """``word`` without marks."""
    letters = unicodedata.normalize("NFD", word.replace("đ", "d").replace("Đ", "D"))
    return "".join(c for c in letters if not unicodedata.combining(c))


class Plain:
    """Counts of syllables and pairs, and which syllables share their bare letters."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.one: collections.Counter[str] = collections.Counter()
        self.two: collections.Counter[tuple[str, str]] = collections.Counter()
        self.of: dict[str, set[str]] = {}
        for text in texts:
            before = ""
            for word in WORD.findall(unicodedata.normalize("NFC", text).lower()):
                self.one[word] += 1
                self.two[before, word] += 1
                self.of.setdefault(bare(word), set()).add(word)
                before = word
        self.known = sorted(self.of)

    @functools.lru_cache(maxsize=100_000)  # noqa: B019 - one object a run
    def near(self, found: str) -> tuple[str, ...]:
        """The known syllables with the bare letters of ``found``, or with the nearest to them."""
        keys = [found] if found in self.of else difflib.get_close_matches(found, self.known, 1, 0.5)
        return tuple(sorted(word for key in keys for word in self.of[key]))

    def line(self, text: str) -> str:
        """One line restored."""
        before = ""

        def word(match: re.Match[str]) -> str:
            nonlocal before
            found = match.group()
            if found[1:] != found[1:].lower() and not found.isupper():
                return found
            choices = self.near(bare(found.lower()))
            if not choices or (found.isupper() and bare(found.lower()) not in self.of):
                return found
            best = max(choices, key=lambda w: (self.two[before, w], self.one[w]))
            before = best
            return best.upper() if found.isupper() and len(found) > 1 else best.title() if found[0].isupper() else best

        return re.sub(r"\S+", lambda chunk: self._chunk(chunk.group(), word), text)

    @staticmethod
    def _chunk(chunk: str, word: object) -> str:
        if re.search(r"\d|/|@|https?:", chunk):
            return chunk
        return WORD.sub(word, chunk)  # type: ignore[call-overload, no-any-return]


def learned(corpus: Iterable[str] = ()) -> Plain:
    """The peer, with ``corpus`` beside the packaged texts."""
    packaged = [path.read_text("utf-8") for path in sorted(TEXTS.glob("*/*.txt"))]
    return Plain([*packaged, *corpus])


def main() -> None:
    """Prints the restored file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=pathlib.Path)
    parser.add_argument("--corpus", nargs="+", type=pathlib.Path, default=[])
    options = parser.parse_args()
    plain = learned(path.read_text("utf-8") for path in options.corpus)
    sys.stdout.writelines(plain.line(line) for line in options.file.read_text("utf-8").splitlines(keepends=True))


if __name__ == "__main__":
    main()
