"""ABC notation in.

A front end of our own: music21's takes seconds to import, loses broken rhythms that carry ornaments, and does not hold
accidentals to the bar line. Every pass is linear in the text.
Source: The ABC Music Standard 2.1.
"""

from chorale.io.abc_notation.read import read_abc, read_abc_tunes

__all__ = ["read_abc", "read_abc_tunes"]
