"""A register as a clerk keeps it: from a file's cells to agreements and problems."""
