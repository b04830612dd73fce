"""Single lines out of notes that overlap: the top line, and a staff of two voices split in two."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from fractions import Fraction

from chorale.io.raw import RawNote

__all__ = ["bottom_line", "chord_sizes", "split_in_two", "stream_order", "top_line"]

_LEGATO = Fraction(3, 4)  # steps: a player's overlap of two notes of one line, not a second voice
_SHARE_OF_PAIRS = 0.5  # of the onsets of a staff that is to count as two voices: at least so many of two notes,
_SHARE_OF_CROWDS = 0.02  # and at most so many of more


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
    """Return at how many onsets how many notes sound."""
    beginning = Counter(note.start for note in notes)
    ends = sorted(note.end - _LEGATO for note in notes)
    sizes: Counter[int] = Counter()
    begun = over = 0
    for onset in sorted(beginning):
        begun += beginning[onset]
        while over < len(ends) and ends[over] <= onset:
            over += 1
        sizes[max(begun - over, beginning[onset])] += 1
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
    streams = sorted({note.stream for note in notes}, key=stream_order)
    if len(streams) == 1:
        return top_line(notes), bottom_line(notes)
    upper, lower = ([note for note in notes if note.stream == stream] for stream in streams[:2])
    top = top_line(upper)
    return top, top_line([*lower, *_borrowed(upper, top, top_line(lower))])


def _is_in_pairs(sizes: Counter[int]) -> bool:
    onsets = sum(sizes.values())
    crowded = sum(count for size, count in sizes.items() if size > 2)
    return sizes[2] >= _SHARE_OF_PAIRS * max(1, onsets) and crowded <= _SHARE_OF_CROWDS * onsets


def stream_order(stream: str) -> tuple[int, str]:
    """Return a sort key that puts voice "2" before voice "10"."""
    return (int(stream), "") if stream.isdecimal() else (0, stream)


def _borrowed(upper: Sequence[RawNote], top: Sequence[RawNote], lower: Sequence[RawNote]) -> list[RawNote]:
    """Return the low notes of the upper voice's chords that sound while the lower voice has nothing written."""
    taken = {id(note) for note in top}
    starts = [note.start for note in lower]
    borrowed = []
    for note in upper:
        before = bisect_left(starts, note.end)
        if id(note) not in taken and (before == 0 or lower[before - 1].end <= note.start):
            borrowed.append(note)
    return borrowed
