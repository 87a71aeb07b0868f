"""A file measured against the layout that the law fixes."""
