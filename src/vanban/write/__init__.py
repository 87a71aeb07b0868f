"""An official document printed as DOCX and PDF."""

from vanban.write.docx import to_docx

__all__ = ["to_docx"]
