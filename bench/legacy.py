"""Plans written in TCVN3 and VNI and read back: is the register the same?

    python bench/legacy.py --shared DIRECTORY

DIRECTORY has ``plans/text`` and ``seeds``. Each plan is written in each encoding as plain text, as a web page, as RTF and
as a Word file, with fonts that say the encoding and without, and read again. Beside it a plain peer: one replacement
table for every sign, told which encoding it is, that knows nothing of capitals. The register is everything of the
contract but the source and the doubts.
"""

from __future__ import annotations

import argparse
import html
import io
import pathlib
import re
import sys
import time
import unicodedata

from docx import Document
from docx.oxml.ns import qn

from vanban.plan import read
from vanban.source import load
from vanban.source.legacy import ENCODINGS

FONTS = {"TCVN3": ".VnTime", "VNI": "VNI-Times"}


def signs_of(name: str, *, with_capitals: bool) -> dict[str, str]:
    """For each letter the shortest signs that stand for it."""
    signs: dict[str, str] = {}
    for sign, letter in ENCODINGS[name].table.items():
        if letter not in signs or len(sign) < len(signs[letter]):
            signs[letter] = sign
    if not with_capitals:
        signs |= {letter.upper(): signs[letter] for letter in signs if letter.upper() not in "ĐĂÂÊÔƠƯ"}
    return signs


def written(text: str, signs: dict[str, str]) -> str:
    """``text`` as an older program shows it."""
    return "".join(signs.get(char, char) for char in unicodedata.normalize("NFC", text))


def as_text(text: str, font: str | None) -> bytes:
    return text.encode("cp1252", "replace") if font else text.encode()


def as_page(text: str, font: str | None) -> bytes:
    begin, end = (f'<span style="font-family:{font}">', "</span>") if font else ("", "")
    body = "".join(f"<p>{begin}{html.escape(line)}{end}</p>" for line in text.splitlines())
    return f"<html><head><meta charset=utf-8></head><body>{body}</body></html>".encode()


def as_rtf(text: str, font: str | None) -> bytes:
    def sign(char: str) -> str:
        if char in "\\{}":
            return f"\\{char}"
        return char if char.isascii() else f"\\u{ord(char)}?"

    body = "".join("".join(map(sign, line)) + "\\par\n" for line in text.splitlines())
    return f"{{\\rtf1\\ansi{{\\fonttbl{{\\f0 {font or 'Times New Roman'};}}}}\\f0 {body}}}".encode()


def as_word(text: str, font: str | None) -> bytes:
    document = Document()
    for line in text.splitlines():
        run = document.add_paragraph().add_run(line)
        if font:
            run.font.name = font
            run._r.rPr.rFonts.set(qn("w:hAnsi"), font)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


FORMS = {".txt": as_text, ".html": as_page, ".rtf": as_rtf, ".docx": as_word}


def register(data: bytes) -> dict[str, object]:
    """What the contract says of a file, apart from the file itself."""
    return {key: value for key, value in read(load(data)).to_dict().items() if key not in ("source", "doubts")}


def plainly(shown: str, name: str) -> str:
    """The peer: each sign or pair by one table, in one pass; for TCVN3 the published table of single signs."""
    table = {sign: letter for sign, letter in ENCODINGS[name].table.items() if len(sign) == 1 or name == "VNI"}
    units = re.compile("|".join(map(re.escape, sorted(table, key=len, reverse=True))))
    return units.sub(lambda match: table[match[0]], shown)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=pathlib.Path, required=True)
    shared = parser.parse_args().shared
    paths = [*sorted((shared / "plans" / "text").glob("*.txt")), shared / "seeds" / "province_plan_08_kh_ubnd.txt"]
    texts = [unicodedata.normalize("NFC", path.read_text("utf-8")) for path in paths]
    print(f"{len(paths)} plans; the same register as in Unicode:\n")
    print("| encoding | file | fonts | vanban | plain table |")
    print("|---|---|---|---:|---:|")
    missed = 0
    started = time.perf_counter()
    for name in ENCODINGS:
        for with_capitals in (True, False) if name == "TCVN3" else (True,):
            signs = signs_of(name, with_capitals=with_capitals)
            label = name if with_capitals else f"{name}, capitals with tone as small letters"
            for form, make in FORMS.items():
                right = [register(make(text, None)) for text in texts]
                for font in (FONTS[name], None):
                    ours = plain = 0
                    for text, wanted in zip(texts, right, strict=True):
                        shown = written(text, signs)
                        ours += register(make(shown, font)) == wanted
                        plain += register(make(plainly(shown, name), None)) == wanted
                    said = "named" if font else "not named"
                    if form == ".txt":
                        said = "bytes" if font else "as UTF-8"
                    print(f"| {label} | {form} | {said} | {ours}/{len(texts)} | {plain}/{len(texts)} |", flush=True)
                    missed += with_capitals and ours < len(texts)
    print(f"\n{time.perf_counter() - started:.0f} s in all")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
