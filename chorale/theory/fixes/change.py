"""What a fix is: one or two notes that become others."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from chorale.music import Chorale, Pitch, Score, Voice
from chorale.theory.rules.wording import Wording, listed, naming

__all__ = ["Change", "Fix", "applied", "worded"]


@dataclass(frozen=True)
class Change:
    """One note becomes another, or gives way to the note before it.

    Attributes:
        voice: whose note.
        start, end: its first step, and the first one after it.
        old: its pitch.
        new: the pitch that takes its place.
        held: whether the note is not struck any more, but the one before it, which has the new pitch, is held on.
    """

    voice: Voice
    start: int
    end: int
    old: Pitch
    new: Pitch
    held: bool = False

    def moved(self, steps: int) -> "Change":
        """Return the same change so many steps later."""
        return Change(self.voice, self.start + steps, self.end + steps, self.old, self.new, self.held)


@dataclass(frozen=True)
class Fix:
    """A change that removes a finding.

    Attributes:
        score: the music with the change.
        changes: which notes, in order of time.
        message: in the music's own terms: "alto, bar 3.2: E instead of D".
    """

    score: Score
    changes: tuple[Change, ...]
    message: str


def applied(score: Score, changes: Iterable[Change]) -> Score:
    """Return the score with some changes made; locked cells are not looked at."""
    pitches, onsets, spelling = score.chorale.pitches.copy(), score.chorale.onsets.copy(), score.spelling.copy()
    for change in changes:
        span = slice(change.start, change.end)
        pitches[span, change.voice] = change.new.midi
        spelling[span, change.voice] = change.new.fifth
        onsets[change.start, change.voice] = not change.held
    return score.replace(chorale=Chorale(pitches, onsets), spelling=spelling)


def worded(score: Score, changes: Sequence[Change], names: str = "english") -> str:
    """Return some changes as a sentence; ``names`` is the style of note names, one of ``rules.NAMINGS``."""
    wording = Wording(score, naming(names))
    return listed([_one(change, wording) for change in changes])


def _one(change: Change, wording: Wording) -> str:
    old, new = wording.note(change.old.fifth), wording.note(change.new.fifth)
    if old == new:
        old, new = f"{old}{change.old.octave}", f"{new}{change.new.octave}"
    place = f"{change.voice.label.lower()}, bar {wording.place(change.start)}"
    return f"{place}: hold {new}, without {old}" if change.held else f"{place}: {new} instead of {old}"
