"""``manage.py build_assets``: fonts and htmx out of installed packages; nothing built is in the repository."""

from __future__ import annotations

import hashlib
import shutil
from importlib import resources
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from fontTools import subset
from fontTools.otlLib.builder import buildLookup, buildSingleSubstSubtable
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables import otTables

STATIC = Path(__file__).resolve().parents[2] / "static" / "core"
WEIGHTS = {"Regular": 400, "Medium": 500, "SemiBold": 600}
# What Vietnamese and English offices write: Latin, every Vietnamese letter (composed and combining), dong, dashes and
# quotation marks, arrows and the few signs of the interface.
CHARACTERS = (
    "U+0020-007E U+00A0-00FF U+0102-0103 U+0110-0111 U+0128-0129 U+0168-0169 U+01A0-01A1 U+01AF-01B0 "
    "U+0300-0301 U+0303 U+0306 U+0309 U+031B U+0323 U+1EA0-1EF9 "
    "U+2010-2015 U+2018-201E U+2020-2022 U+2026 U+2030 U+2032-2033 U+2039-203A U+20AB U+2122 "
    "U+2191 U+2193 U+2212 U+2264-2265 U+00D7"
)
FIGURE_WIDTH = 610  # of 1000 units: a date then fits the register's margin on a phone
FEATURES = ["kern", "mark", "mkmk", "ccmp", "locl", "tnum"]


def add_tabular_figures(font: TTFont) -> None:
    """Give the font the feature ``tnum``: its own figures, each on one width, so that columns of numbers align.

    Figures that are wider are drawn a little narrower; the narrow 1 is centred.
    Be Vietnam Pro has proportional figures only. Its licence (OFL 1.1, without a reserved name) allows the change.
    """
    names = {font.getBestCmap()[ord(figure)]: f"{font.getBestCmap()[ord(figure)]}.tnum" for figure in "0123456789"}
    glyphs = font.getGlyphSet()
    for name, tabular in names.items():
        own, bearing = font["hmtx"][name]
        scale = min(1.0, FIGURE_WIDTH / own)
        shift = round((FIGURE_WIDTH - own * scale) / 2)
        outline, drawn = DecomposingRecordingPen(glyphs), TTGlyphPen(None)
        glyphs[name].draw(outline)
        outline.replay(TransformPen(drawn, (scale, 0, 0, 1, shift, 0)))
        figure = drawn.glyph()
        figure.recalcBounds(font["glyf"])
        font["glyf"][tabular] = figure
        font["hmtx"][tabular] = (FIGURE_WIDTH, round(bearing * scale) + shift)
    table = font["GSUB"].table
    table.LookupList.Lookup.append(buildLookup([buildSingleSubstSubtable(names)]))
    table.LookupList.LookupCount = len(table.LookupList.Lookup)
    record = otTables.FeatureRecord()
    record.FeatureTag = "tnum"
    record.Feature = otTables.Feature()
    record.Feature.FeatureParams = None
    record.Feature.LookupListIndex = [table.LookupList.LookupCount - 1]
    record.Feature.LookupCount = 1
    table.FeatureList.FeatureRecord.append(record)
    table.FeatureList.FeatureCount = len(table.FeatureList.FeatureRecord)
    for script in table.ScriptList.ScriptRecord:
        languages = [script.Script.DefaultLangSys, *(r.LangSys for r in script.Script.LangSysRecord)]
        for language in filter(None, languages):
            language.FeatureIndex.append(table.FeatureList.FeatureCount - 1)
            language.FeatureCount = len(language.FeatureIndex)


def subset_font(source: Path, target: Path) -> None:
    """Write the characters of Vietnamese and English of the font file ``source`` to ``target`` as WOFF2."""
    options = subset.Options(
        flavor="woff2", layout_features=FEATURES, hinting=False, desubroutinize=True, name_IDs=[0, 1, 2, 13, 14]
    )
    part = target.with_suffix(".part")
    with subset.load_font(str(source), options) as font:
        add_tabular_figures(font)
        worker = subset.Subsetter(options)
        worker.populate(unicodes=subset.parse_unicodes(CHARACTERS.replace(" ", ",")))
        worker.subset(font)
        subset.save_font(font, str(part), options)
    part.replace(target)


def _recipe() -> str:
    """What the built files depend on: this file and the versions of the packages."""
    parts = [
        Path(__file__).read_text(encoding="utf-8"),
        *(version(p) for p in ("fontpkg-be-vietnam-pro", "fonttools", "django-htmx")),
    ]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


class Command(BaseCommand):
    requires_system_checks: list[str] = []  # it must run before everything else is in place
    help = "Makes the fonts and copies htmx into static/core; quick when nothing changed."

    def handle(self, *args: Any, **options: Any) -> None:
        fonts, vendor = STATIC / "fonts", STATIC / "vendor"
        stamp = fonts / ".recipe"
        wanted = [fonts / f"be-vietnam-pro-{weight}.woff2" for weight in WEIGHTS.values()] + [vendor / "htmx.js"]
        if stamp.exists() and stamp.read_text() == _recipe() and all(path.exists() for path in wanted):
            return
        fonts.mkdir(parents=True, exist_ok=True)
        vendor.mkdir(parents=True, exist_ok=True)
        package = resources.files("fontpkg_be_vietnam_pro")
        with resources.as_file(package) as folder:
            for name, weight in WEIGHTS.items():
                subset_font(folder / "files" / f"BeVietnamPro-{name}.ttf", fonts / f"be-vietnam-pro-{weight}.woff2")
            shutil.copyfile(folder / "LICENSE", fonts / "OFL.txt")
        with resources.as_file(resources.files("django_htmx") / "static/django_htmx/htmx-2.min.js") as htmx:
            shutil.copyfile(htmx, vendor / "htmx.js")
        stamp.write_text(_recipe())
        self.stdout.write("Đã tạo phông chữ và tệp tĩnh.")
