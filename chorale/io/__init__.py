"""Files in and out: MusicXML, MIDI, ABC and Chorale's own projects, chosen by the suffix.

    reading = io.read("tune.mid")          # Reading(score, warnings)
    io.write(reading.score, "tune.musicxml", layout="open")
    io.write(reading.score, "marked.musicxml", annotations=io.Annotations.of(analysis, findings))

Every reader bounds its time and memory and answers bad input with one InputError line. Every writer replaces the
target in one stroke, and the same score gives the same bytes.
"""

from chorale.io.annotations import Annotations
from chorale.io.formats import READABLE, WRITABLE, read, write
from chorale.io.musicxml.layouts import LAYOUTS, Layout
from chorale.io.project import Project, read_project, write_project
from chorale.io.reading import Reading

__all__ = [
    "LAYOUTS",
    "READABLE",
    "WRITABLE",
    "Annotations",
    "Layout",
    "Project",
    "Reading",
    "read",
    "read_project",
    "write",
    "write_project",
]
