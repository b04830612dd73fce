"""Heads of notes as a file has them, and how ties join them to notes."""

from dataclasses import dataclass

from chorale.io.raw import RawNote, plural

__all__ = ["Dropped", "Head", "merged"]

Head = tuple[RawNote, bool]
"""A head, and whether it is tied to the one before it."""


@dataclass
class Dropped:
    """Counts what is left out while reading."""

    grace: int = 0
    unpitched: int = 0
    out_of_range: int = 0

    def warnings(self) -> list[str]:
        """Return a line for each kind."""
        counts = (
            (self.grace, "grace note"),
            (self.unpitched, "unpitched note"),
            (self.out_of_range, "note outside MIDI's range"),
        )
        return [f"left out {plural(count, noun, noun.replace('note', 'notes', 1))}" for count, noun in counts if count]


def merged(heads: list[Head]) -> list[RawNote]:
    """Join tied heads to one note each, in their own voice if they can; a tie that leads nowhere is ignored."""
    notes: list[RawNote] = []
    latest: dict[int, dict[str, RawNote]] = {}
    for head, continues in heads:
        before = _ending_at(head, latest.get(head.midi, {})) if continues else None
        if before is None:
            latest.setdefault(head.midi, {})[head.stream] = head
            notes.append(head)
        else:
            before.end = head.end
            before.fermata = before.fermata or head.fermata
    return notes


def _ending_at(head: RawNote, by_voice: dict[str, RawNote]) -> RawNote | None:
    """Return the note of the same pitch that ends where the head begins: that of the head's own voice first."""
    own = by_voice.get(head.stream)
    others = (own, *by_voice.values()) if own else by_voice.values()
    return next((note for note in others if note.end == head.start), None)
