"""The library (documents, texts, citations, validity) and what organisations write themselves."""

from .arriving import Arrival
from .library import Citation, Document, Layout, Line, Naming, Text, Validity
from .outgoing import ARRIVALS, Addressee, Numbering, Outgoing, OutgoingStep, RegisterNumber, Wording

__all__ = [
    "ARRIVALS",
    "Addressee",
    "Arrival",
    "Citation",
    "Document",
    "Layout",
    "Line",
    "Naming",
    "Numbering",
    "Outgoing",
    "OutgoingStep",
    "RegisterNumber",
    "Text",
    "Validity",
    "Wording",
]
