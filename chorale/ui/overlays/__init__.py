"""Sheets over the desk: the keys, the file browser."""
