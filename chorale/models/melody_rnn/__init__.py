"""Continues a melody, event by event."""
