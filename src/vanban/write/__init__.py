"""An official document printed as DOCX and PDF."""

from vanban.write.docx import to_docx
from vanban.write.pdf import to_pdf

__all__ = ["to_docx", "to_pdf"]
