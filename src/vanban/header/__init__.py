"""The head of a document: type, number and symbol, issuer, place, date, title."""

from vanban.header.reading import read

__all__ = ["read"]
