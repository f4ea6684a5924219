"""Build the data packages under ``data/`` from the documents and facts under ``data/sources``."""
