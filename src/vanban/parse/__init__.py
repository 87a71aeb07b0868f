"""A file of an official document read back into its value."""
