"""Pages of the directory, for officials."""
