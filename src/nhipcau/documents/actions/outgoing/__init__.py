"""The way of a document of an organisation's own: drafted, submitted, signed, numbered, sent. Other rooms call these acts;
what shall happen after one of them is declared as a ``Follow`` ("documents.send"), whose subject is the ``Outgoing``.
"""

from .drafting import KeyUsed, draft_document, drop_document, edit_document, replace_document
from .numbering import Irregular, OutOfOrder, begin_register, reserve_number, take_number, use_number, void_number
from .sending import receive, send_document, shelve_document
from .signing import OtherName, return_document, sign_document, submit_document
from .steps import Origin, Outdated, Unready, WrittenElsewhere

__all__ = [
    "Irregular",
    "KeyUsed",
    "Origin",
    "OtherName",
    "OutOfOrder",
    "Outdated",
    "Unready",
    "WrittenElsewhere",
    "begin_register",
    "draft_document",
    "drop_document",
    "edit_document",
    "receive",
    "replace_document",
    "reserve_number",
    "return_document",
    "send_document",
    "shelve_document",
    "sign_document",
    "submit_document",
    "take_number",
    "use_number",
    "void_number",
]
