"""MusicXML in and out, plain and compressed, through music21."""

from chorale.io.musicxml.read import read_musicxml
from chorale.io.musicxml.write import LAYOUTS, Layout, write_musicxml

__all__ = ["LAYOUTS", "Layout", "read_musicxml", "write_musicxml"]
