"""Single lines out of notes that overlap: the top line, and a staff of two voices split in two."""

from collections import Counter
from collections.abc import Iterable, Sequence
from fractions import Fraction

from chorale.io.raw import RawNote

__all__ = ["bottom_line", "chord_sizes", "split_in_two", "top_line"]

_LEGATO = Fraction(3, 4)  # steps: a player's overlap of two notes of one line, not a second voice
_SHARE_OF_PAIRS = 0.5  # of the onsets of a staff that is to count as two voices


def top_line(notes: Iterable[RawNote]) -> list[RawNote]:
    """Return the top line: of notes that begin together the highest, unless a higher one still sounds.

    Source: the "skyline", Uitdenbogerd & Zobel, Manipulation of music for melody matching (ACM Multimedia 1998).
    """
    line: list[RawNote] = []
    for note in sorted(notes, key=lambda note: (note.start, -note.midi)):
        covered = line and line[-1].end - note.start > _LEGATO and line[-1].midi >= note.midi
        together = line and line[-1].start == note.start
        if not covered and not together:
            line.append(note)
    return line


def bottom_line(notes: Iterable[RawNote]) -> list[RawNote]:
    """Return the lowest of the notes that begin together, unless a lower one still sounds."""
    line: list[RawNote] = []
    for note in sorted(notes, key=lambda note: (note.start, note.midi)):
        covered = line and line[-1].end - note.start > _LEGATO and line[-1].midi <= note.midi
        together = line and line[-1].start == note.start
        if not covered and not together:
            line.append(note)
    return line


def chord_sizes(notes: Sequence[RawNote]) -> Counter[int]:
    """Return how many onsets there are at which so many notes sound."""
    onsets = sorted({note.start for note in notes})
    begins = sorted(notes, key=lambda note: note.start)
    sizes: Counter[int] = Counter()
    sounding: list[RawNote] = []
    taken = 0
    for onset in onsets:
        sounding = [note for note in sounding if note.end - onset > _LEGATO]
        while taken < len(begins) and begins[taken].start <= onset:
            sounding.append(begins[taken])
            taken += 1
        sizes[len(sounding)] += 1
    return sizes


def split_in_two(notes: Sequence[RawNote]) -> tuple[list[RawNote], list[RawNote]] | None:
    """Return the upper and the lower voice of a staff that has two, or None where it has not.

    A staff has two voices when two notes sound at most of its onsets and hardly ever more. Written voices are kept,
    so that they may cross; in bars where the second is not written, chords are split. On a staff of chords alone a
    single note is a unison, as hymn books print it.
    """
    sizes = chord_sizes(notes)
    onsets = sum(sizes.values())
    if (
        not onsets
        or sizes[2] < _SHARE_OF_PAIRS * onsets
        or sum(n for size, n in sizes.items() if size > 2) > onsets / 50
    ):
        return None
    streams = sorted({note.stream for note in notes}, key=_stream_order)
    if len(streams) == 1:
        return top_line(notes), bottom_line(notes)
    upper, lower = ([note for note in notes if note.stream == stream] for stream in streams[:2])
    borrowed = [note for note in upper if _is_low_in_chord(note, upper) and not _overlaps(note, lower)]
    return top_line(upper), top_line([*lower, *borrowed])


def _stream_order(stream: str) -> tuple[int, str]:
    return (int(stream), "") if stream.isdecimal() else (0, stream)


def _is_low_in_chord(note: RawNote, notes: Sequence[RawNote]) -> bool:
    return any(other.start == note.start and other.midi > note.midi for other in notes)


def _overlaps(note: RawNote, notes: Sequence[RawNote]) -> bool:
    return any(other.start < note.end and note.start < other.end for other in notes)
