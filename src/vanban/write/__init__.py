"""An official document printed as DOCX and PDF."""
