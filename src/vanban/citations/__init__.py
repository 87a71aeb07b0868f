"""The documents that a text cites: number and symbol, type, issuer, date and title.

``find`` works on any text; ``read`` on a source, where it gives each cited document once with all its mentions.
"""

from vanban.citations.mentions import Mention, find
from vanban.citations.reading import read

__all__ = ["Mention", "find", "read"]
