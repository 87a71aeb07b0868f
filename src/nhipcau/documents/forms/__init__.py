"""Forms of a document of one's own: begun, written, signed, numbered; and of the register of numbers."""

from .numbers import BeginForm, NumberForm, ReserveForm, UseForm
from .signing import SignForm
from .writing import NewForm, WritingForm

__all__ = ["BeginForm", "NewForm", "NumberForm", "ReserveForm", "SignForm", "UseForm", "WritingForm"]
