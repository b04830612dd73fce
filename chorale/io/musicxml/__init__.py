"""MusicXML in and out, plain and compressed.

music21 writes, and reads what is unusual; plain files are read directly, in a fraction of the time.
"""

from chorale.io.musicxml.read import read_musicxml
from chorale.io.musicxml.write import LAYOUTS, Layout, write_musicxml

__all__ = ["LAYOUTS", "Layout", "read_musicxml", "write_musicxml"]
