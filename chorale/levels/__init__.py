"""Levels and the tunes to start from."""
