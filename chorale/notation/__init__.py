"""Engraving: a score becomes glyph positions, and these a pygame surface, SVG, PDF or PNG.

The writers of files are in ``chorale.notation.export``, which is not imported here: the window does not need them for
its first frame.
"""

from chorale.notation.layout import Options, lay_out
from chorale.notation.page import NoteBox, Page, Spot, System

__all__ = ["NoteBox", "Options", "Page", "Spot", "System", "lay_out"]
