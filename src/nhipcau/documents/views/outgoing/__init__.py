"""Pages of an organisation's own documents, of their numbers, and of what arrives."""
