"""Performance grants to counties."""
