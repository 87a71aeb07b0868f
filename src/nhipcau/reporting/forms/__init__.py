"""Forms of rounds, regimes and outlines."""

from .days import DueForm, MoveForm
from .outlines import KINDS, OutlineForm, PartForm, asked_outline, outline_of, part_forms, relaid
from .regimes import RegimeForm, close_words
from .rounds import RoundForm

__all__ = [
    "KINDS",
    "DueForm",
    "MoveForm",
    "OutlineForm",
    "PartForm",
    "RegimeForm",
    "RoundForm",
    "asked_outline",
    "close_words",
    "outline_of",
    "part_forms",
    "relaid",
]
