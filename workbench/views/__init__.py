"""Charts, tables and texts for people."""
