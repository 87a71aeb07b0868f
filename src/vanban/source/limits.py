"""How much of a file is read. Every limit is checked on what is really there, not on what the file claims."""

from __future__ import annotations

MEGABYTE = 1_000_000

MAX_BYTES = 50 * MEGABYTE
MAX_PAGES = 1_000
# Text beyond this is no plan: the longest plan with annexes seen has 0.4 million characters.
MAX_CHARACTERS = 20_000_000

# DOCX: one part, all parts read, and how far a part may grow once it is larger than RATIO_FROM.
MAX_PART_BYTES = 30 * MEGABYTE
MAX_PARTS_BYTES = 60 * MEGABYTE
MAX_RATIO = 250
RATIO_FROM = 4 * MEGABYTE
# Tables within tables, and any other nesting of one block in another.
MAX_NESTING = 20

# RTF: braces, words and pieces of text. A plan of a hundred pages, as Word writes it, has one million.
MAX_TOKENS = 6 * MEGABYTE

# PDF: one packed stream of a page, and all of them (pictures apart, which are never unpacked).
MAX_STREAM_BYTES = 100 * MEGABYTE
MAX_STREAMS_BYTES = 500 * MEGABYTE

# Pictures: of one (a phone takes 12 to 50 million pixels), and how many pages are read from pictures.
MAX_PIXELS = 89_000_000
MIN_SIDE = 40
MAX_SCANS = 300
