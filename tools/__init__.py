"""Scripts that make what the repository holds: sources, data packages, pictures."""
