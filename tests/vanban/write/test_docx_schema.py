"""The parts of a DOCX against the sequences of ECMA-376, part 1 (wml.xsd): Word refuses a file whose elements are out of
order, other programs are kinder."""

import io
import zipfile

import pytest
from lxml import etree
from tests.vanban.write.samples import SENTENCE, SVG, document, register

from vanban.official import Annex, Heading, Paragraph, Picture, plain
from vanban.write import to_docx

# Only what may stand there, in the order in which it has to. "*": in any order.
SEQUENCES = {
    "document": "body",
    "body": "* p tbl sectPr",
    "p": "pPr * r fldSimple",
    "fldSimple": "r",
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
    "suppressAutoHyphens spacing ind contextualSpacing mirrorIndents jc textAlignment outlineLvl rPr sectPr",
    "numPr": "ilvl numId",
    "pBdr": "top left bottom right between bar",
    "r": "rPr * t br drawing",
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike color spacing w kern position sz szCs highlight u lang",
    "drawing": "inline",
    "tbl": "tblPr tblGrid tr",
    "tblPr": "tblStyle tblpPr tblW jc tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption "
    "tblDescription",
    "tblBorders": "top left bottom right insideH insideV",
    "tblCellMar": "top left bottom right",
    "tblGrid": "gridCol",
    "tr": "trPr tc",
    "trPr": "* cantSplit tblHeader",
    "tc": "tcPr * p",
    "tcPr": "tcW gridSpan vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign",
    "sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType "
    "pgNumType cols formProt vAlign noEndnote titlePg",
    "styles": "docDefaults latentStyles style",
    "docDefaults": "rPrDefault pPrDefault",
    "rPrDefault": "rPr",
    "pPrDefault": "pPr",
    "style": "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked "
    "pPr rPr tblPr trPr tcPr",
    "numbering": "abstractNum num",
    "abstractNum": "nsid multiLevelType tmpl name styleLink numStyleLink lvl",
    "lvl": "start numFmt lvlRestart pStyle isLgl suff lvlText lvlPicBulletId lvlJc pPr rPr",
    "num": "abstractNumId lvlOverride",
    "settings": "zoom defaultTabStop characterSpacingControl compat themeFontLang clrSchemeMapping decimalSymbol "
    "listSeparator",
    "compat": "compatSetting",
    "fonts": "font",
    "font": "altName panose1 charset family notTrueType pitch sig",
    "hdr": "p",
}
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


# Marks that no word processor would count, an alignment of its own, one addressee, a title over two lines.
ODD = document(
    body=(
        Heading("roman", "IV.", "MỤC BỐN"),
        Paragraph(plain("Khoản ba"), "3."),
        Paragraph(plain("Bên trái"), align="left"),
        Paragraph(plain("Điều năm"), "Điều 5."),
        Paragraph(plain("Bên phải"), align="right"),
        register(),
        Picture("Hình", SVG, 0.2),
    ),
    addressees=("Ủy ban nhân dân tỉnh",),
    urgency="KHẨN",
    subject=SENTENCE,
    annexes=(Annex("BIỂU", "", (Heading("roman", "I.", "MỘT"), Paragraph(plain("Khoản"), "7."))),),
)
PRINTED = {name: document(name) for name in ("Báo cáo", "Quyết định", "Công văn", "Giấy mời", "Biên bản")} | {"lạ": ODD}


@pytest.mark.parametrize("sample", PRINTED)
def test_elements_stand_in_the_order_of_the_schema(sample):
    for name, content in parts(to_docx(PRINTED[sample])).items():
        if not name.endswith(".xml") or not name.startswith("word/"):
            continue
        for element in etree.fromstring(content).iter(f"{W}*"):
            kind = element.tag.removeprefix(W)
            children = [child.tag.removeprefix(W) for child in element if str(child.tag).startswith(W)]
            if not children:
                continue
            first, _, free = SEQUENCES[kind].partition("*")
            order = first.split()
            allowed = {*order, *free.split()}
            assert set(children) <= allowed, (name, kind)
            places = [order.index(child) if child in order else len(order) for child in children]
            assert places == sorted(places), (name, kind, children)
            once = [child for child in children if child in order and kind not in _LISTS]
            assert len(once) == len(set(once)), (name, kind, children)


_LISTS = {"styles", "numbering", "abstractNum", "fonts", "hdr", "tbl", "tr", "tblGrid", "sectPr", "fldSimple", "compat"}


def test_every_cell_ends_with_a_paragraph_and_every_row_covers_the_grid():
    for doc_type in ("Báo cáo", "Công văn"):
        body = etree.fromstring(parts(to_docx(document(doc_type)))["word/document.xml"])
        for table in body.iter(f"{W}tbl"):
            grid = [int(column.get(f"{W}w")) for column in table.find(f"{W}tblGrid")]
            assert sum(grid) == int(table.find(f"{W}tblPr/{W}tblW").get(f"{W}w"))
            for row in table.findall(f"{W}tr"):
                spans = [cell.find(f"{W}tcPr/{W}gridSpan") for cell in row.findall(f"{W}tc")]
                assert sum(1 if span is None else int(span.get(f"{W}val")) for span in spans) == len(grid)
                widths = [int(cell.find(f"{W}tcPr/{W}tcW").get(f"{W}w")) for cell in row.findall(f"{W}tc")]
                assert sum(widths) == sum(grid)
            assert all(cell[-1].tag == f"{W}p" for cell in table.iter(f"{W}tc"))
            # Two tables that touch are one table to Word; the text does not end with one.
            assert table.getnext().tag == f"{W}p"


def test_what_is_named_is_there():
    found = parts(to_docx(document()))
    relations = etree.fromstring(found["word/_rels/document.xml.rels"])
    targets = {relation.get("Id"): relation.get("Target") for relation in relations}
    assert {f"word/{target}" for target in targets.values()} <= set(found)
    text = found["word/document.xml"].decode()
    used = {part.split('"')[0] for part in text.split('r:id="')[1:]} | {
        part.split('"')[0] for part in text.split('r:embed="')[1:]
    }
    assert used <= set(targets)
    styles = {style.get(f"{W}styleId") for style in etree.fromstring(found["word/styles.xml"]).iter(f"{W}style")}
    body = etree.fromstring(found["word/document.xml"])
    assert {style.get(f"{W}val") for style in body.iter(f"{W}pStyle", f"{W}tblStyle")} <= styles
    lists = {number.get(f"{W}numId") for number in etree.fromstring(found["word/numbering.xml"]).iter(f"{W}num")}
    for part in ("word/document.xml", "word/styles.xml"):
        named = {number.get(f"{W}val") for number in etree.fromstring(found[part]).iter(f"{W}numId")}
        assert named - {"0"} <= lists
    types = found["[Content_Types].xml"].decode()
    assert all(f'PartName="/{name}"' in types for name in found if name.endswith(".xml") and name[0] != "[")


def test_the_same_document_gives_the_same_bytes():
    for sample in PRINTED.values():
        assert to_docx(sample) == to_docx(sample)
