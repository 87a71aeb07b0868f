"""A lower plan beside the higher one that it carries out, apart from tables and pages. Pure.

``laying`` has ``vanban`` compare two plans and keeps what a page needs, ``sheet`` sets the page, ``files`` writes it as
XLSX, CSV and JSON, ``following`` finds again what was asked about in another version.
"""
