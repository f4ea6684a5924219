"""One module a version. A released one is never edited: stores in the field were made by it."""
