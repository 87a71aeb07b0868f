"""An official document as a value: what it says, apart from how it is printed.

    from vanban.official import Heading, OfficialDocument, Paragraph, plain

``vanban.write`` prints it as DOCX and PDF in the layout of Nghị định 30/2020/NĐ-CP, ``vanban.lint`` measures a file
against that layout, ``vanban.parse`` reads a file back into the same value.
"""

from vanban.official.document import (
    Annex,
    Block,
    Heading,
    OfficialDocument,
    Paragraph,
    Picture,
    Run,
    Runs,
    Signature,
    Table,
    TableCell,
    plain,
    text_of,
)
from vanban.official.layout import ELEMENTS, LENGTHS, Element, Length
from vanban.official.numbers import annex_mark, letter, roman, symbol_of, written_date, written_number
from vanban.official.problems import Problem, Unprintable, problems
from vanban.official.settling import settled, settled_widths, with_end_mark, without_end_mark
from vanban.official.styles import MARKED_STYLES, STYLES
from vanban.official.types import FORMS, UNTITLED, form_of
from vanban.official.widths import broken, text_width

__all__ = [
    "ELEMENTS",
    "FORMS",
    "LENGTHS",
    "MARKED_STYLES",
    "STYLES",
    "UNTITLED",
    "Annex",
    "Block",
    "Element",
    "Heading",
    "Length",
    "OfficialDocument",
    "Paragraph",
    "Picture",
    "Problem",
    "Run",
    "Runs",
    "Signature",
    "Table",
    "TableCell",
    "Unprintable",
    "annex_mark",
    "broken",
    "form_of",
    "letter",
    "plain",
    "problems",
    "roman",
    "settled",
    "settled_widths",
    "symbol_of",
    "text_of",
    "text_width",
    "with_end_mark",
    "without_end_mark",
    "written_date",
    "written_number",
]
