"""RTF (Rich Text Format 1.9.1) as blocks: paragraphs, tables with merged cells, notes, links, legacy fonts.

Pictures, objects, headers (but for a letterhead) and everything that does not print are passed over; nothing is run.
"""

from vanban.source.rtf.reading import read

__all__ = ["read"]
