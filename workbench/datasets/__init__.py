"""Open and validate data packages."""
