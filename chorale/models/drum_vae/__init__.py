"""Drum patterns of up to four bars as points of a space: to draw from it, and to walk between two."""
