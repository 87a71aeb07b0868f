"""Vietnamese written before Unicode: TCVN 5712 (ABC), VNI and their kin, found out and turned into Unicode.

Such text reaches us as letters of Windows-1252 ("Uû ban nh©n d©n", "UÛy ban nhaân daân"): a file's bytes read as Latin
text, or a web page that was saved so. A font's name may say which encoding a run of text is in; where none does, the
words tell: what becomes Vietnamese syllables under one table and is nonsense as it stands.
"""

from vanban.source.legacy.converting import Converted, as_shown, convert, detect, mended, with_capitals
from vanban.source.legacy.fonts import encoding_of
from vanban.source.legacy.tables import ENCODINGS, Encoding, shown

__all__ = [
    "ENCODINGS",
    "Converted",
    "Encoding",
    "as_shown",
    "convert",
    "detect",
    "encoding_of",
    "mended",
    "shown",
    "with_capitals",
]
