"""What the editor knows besides the document: pen, caret, selection, range, what is shown, and how to speak up."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field, replace
from typing import Any

from chorale.app.edits import Selection
from chorale.music import REST, Note, Score
from chorale.ui.room_state import RoomState
from chorale.ui.scenes.editor.pen import Pen

__all__ = ["State"]


@dataclass
class State(RoomState):
    """One editor's state, shared by its parts; see ``RoomState``, too.

    Attributes:
        pen: what is written with.
        caret: the step at which keys write.
        selection: the selected notes.
        entering: whether the last thing done was writing, so that keys set the pen and not the selected note.
        bars: first and last bar number of the selected range, or None.
        follow: called when the caret should be brought into view.
        reveal: called when the music between two steps should be brought into view.
        heard: what sounds in the place of the score, step for step, or None.
        page_rests: whether what sounds is not on the page at all.
        forbids: says why an edit, from one score to another, may not be made here; "" where it may.
    """

    pen: Pen = field(default_factory=Pen)
    caret: int = 0
    selection: Selection = field(default_factory=Selection)
    entering: bool = True
    bars: tuple[int, int] | None = None
    follow: Callable[[], None] = field(default=lambda: None)
    reveal: Callable[[int, int], None] = field(default=lambda first, last: None)  # noqa: ARG005  names say what
    heard: Score | None = None
    page_rests: bool = False
    forbids: Callable[[Score, Score], str] = field(default=lambda before, after: "")  # noqa: ARG005  names say what
    _sung: tuple[Score | None, int] = (None, 0)

    @property
    def score(self) -> Score:
        """The score as it stands."""
        return self.services.studio.score

    def singing(self, score: Score) -> int:
        """Return how many voices of a score sing at all; asked many times of the same score."""
        if self._sung[0] is not score:
            self._sung = (score, int((score.chorale.pitches != REST).any(axis=0).sum()))
        return self._sung[1]

    # Editing ----------------------------------------------------------------------------------------------------

    def edit(self, label: str, change: Callable[[Score], Score], *, group: Hashable | None = None) -> bool:
        """Carry out an edit; return whether it was done. One that is forbidden here is not, and it is said why."""
        refused: list[str] = []

        def allowed(score: Score) -> Score:
            changed = change(score)
            refused.extend(why for why in (self.forbids(score, changed),) if why)
            return score if refused else changed

        done = self.attempt(lambda: self.studio.edit(label, allowed, group=group))
        if refused:
            self.say(refused[0])
        return done and not refused

    # Selecting --------------------------------------------------------------------------------------------------

    def hold(self, **changes: Any) -> None:  # noqa: ANN401  fields of Pen
        """Change the pen."""
        self.pen = replace(self.pen, **changes)

    def select(self, voice: int, note: Note) -> None:
        """Select one note: its voice and value go into the pen, the caret to its start."""
        self.selection = Selection.of((voice, note.start))
        self.pen = replace(self.pen, voice=voice, resting=False).with_length(note.length)
        self.caret, self.entering, self.bars = note.start, False, None

    def select_nothing(self) -> None:
        """Let go of selected notes and bars."""
        self.selection, self.bars = Selection(), None

    def note_at(self, voice: int, step: int) -> Note | None:
        """Return the note that sounds in a voice at a step."""
        return next((note for note in self.score.chorale.notes(voice) if note.start <= step < note.end), None)

    def settle(self) -> None:
        """Bring caret and selection back inside a score that became another."""
        self.selection = self.selection.inside(self.score)
        self.caret = max(0, min(self.caret, self.score.steps))
        numbers = [bar.number for bar in self.score.bars]
        if self.bars is not None and not (self.bars[0] in numbers and self.bars[1] in numbers):
            self.bars = None
