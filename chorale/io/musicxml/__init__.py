"""MusicXML in and out, plain and compressed.

Files are written, and plain ones read, by code of our own; music21 reads what is unusual.
"""

from chorale.io.musicxml.read import read_musicxml
from chorale.io.musicxml.write import LAYOUTS, Layout, write_musicxml

__all__ = ["LAYOUTS", "Layout", "read_musicxml", "write_musicxml"]
