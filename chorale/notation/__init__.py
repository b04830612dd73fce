"""Engraving: a score becomes glyph positions, and these a pygame surface, SVG, PDF or PNG."""

from chorale.notation.export import export
from chorale.notation.layout import Options, lay_out
from chorale.notation.page import NoteBox, Page, Spot, System

__all__ = ["NoteBox", "Options", "Page", "Spot", "System", "export", "lay_out"]
