"""Broken Vietnamese text put right: words without their letters ("Viing Tau") proposed as they were printed.

``restore(lines, Model.packaged())`` gives as many lines as it was given, and every word that was looked at with how sure
it is. Numbers, symbols, addresses and names are never altered. A restored text is a draft: a person confirms it.
"""

from vanban.restore.broken import broken_lines
from vanban.restore.model import Model
from vanban.restore.reading import Restored, Word, restore

__all__ = ["Model", "Restored", "Word", "broken_lines", "restore"]
