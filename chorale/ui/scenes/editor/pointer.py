"""The pointer over the page: takes hold of notes, moves them, draws out their ends, selects bars, writes."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pygame

from chorale.app.edits import Selection
from chorale.music import REST, Voice
from chorale.notation import NoteBox, Page, Spot
from chorale.ui.scenes.editor.state import State
from chorale.ui.scenes.editor.writing import Writing

if TYPE_CHECKING:
    from chorale.ui.scenes.editor.page_view import PageView

__all__ = ["Pointer"]

_DRAG_STARTS = 4  # units


@dataclass
class _Drag:
    """A drag: what was taken hold of, where, and where it was.

    Time is read from the page as it was laid out when the drag began: what is dragged makes the notes behind it
    move, and the pointer must not chase them.
    """

    page: Page
    kind: str
    voice: int
    start: int
    origin: tuple[int, int]
    step: int
    place: int
    moved: bool = False


class Pointer:
    """Where the pointer is and what it holds.

    Attributes:
        at: its place on the screen while it is over the page, or None.
    """

    def __init__(self, state: State, writing: Writing, view: "PageView") -> None:
        self._state, self._writing, self._view = state, writing, view
        self.at: tuple[int, int] | None = None
        self._drag: _Drag | None = None
        self._voices_last = {0: int(Voice.SOPRANO), 1: int(Voice.BASS)}

    @property
    def dragging(self) -> str:
        """What is dragged: "note", "end", "bars", or "" for nothing."""
        return "" if self._drag is None else self._drag.kind

    def voice_for(self, staff: int) -> int:
        """Return the voice a click on a staff writes: the pen's, or the one last written on the other staff."""
        voice = self._state.pen.voice
        if Voice(voice).on_upper_staff == (staff == 0):
            self._voices_last[staff] = voice
            return voice
        return self._voices_last[staff]

    def snapped(self, spot: Spot) -> int:
        """Return the step of the grid nearest to a spot: the grid of the pen's value, at most a beat."""
        score = self._state.score
        bar = score.bar_at(int(spot.step))
        grid = min(self._state.pen.value, score.meter.steps_per_beat)
        step = bar.start + round((spot.step - bar.start) / grid) * grid
        return max(bar.start, min(step, bar.end - min(grid, bar.length)))

    def press(self, position: tuple[int, int]) -> None:
        """Take hold of a note or its end, begin to select bars, or write a note."""
        self.at = position
        mods = pygame.key.get_mods()
        spot = self._view.spot(position)
        finding = self._view.lessons.finding_at(self._view.to_page(position))
        note = None if mods & pygame.KMOD_ALT or self._state.pen.resting else self._view.note_under(position)
        if self._view.handle is not None and self._view.handle.collidepoint(position):
            self._take_end(position)
        elif note is not None:
            self._take_note(note, position, extend=bool(mods & pygame.KMOD_CTRL))
        elif finding is not None:
            self._view.lessons.teaching.select(finding)
        elif spot is None:
            self._state.select_nothing()
        elif mods & pygame.KMOD_SHIFT:
            self._take_bars(spot, position)
        else:
            self._write(spot, position)

    def _take_end(self, position: tuple[int, int]) -> None:
        for voice, note in self._state.selection.sounding(self._state.score)[:1]:
            self._drag = _Drag(self._view.page, "end", voice, note.start, position, note.end, 0)

    def _take_note(self, box: NoteBox, position: tuple[int, int], *, extend: bool) -> None:
        state = self._state
        if extend:
            state.selection = state.selection.toggled(box.voice, box.start)
            state.entering = False
            return
        note = state.note_at(box.voice, box.start)
        pitch = state.score.pitch_at(box.start, box.voice)
        if note is None or pitch is None:
            return
        if (box.voice, box.start) not in state.selection or len(state.selection) == 1:
            state.select(box.voice, note)
        self._voices_last[0 if Voice(box.voice).on_upper_staff else 1] = box.voice
        self._writing.sound_selection()
        self._drag = _Drag(self._view.page, "note", box.voice, box.start, position, box.start, pitch.place)

    def _take_bars(self, spot: Spot, position: tuple[int, int]) -> None:
        number = self._state.score.bar_at(int(spot.step)).number
        self._state.selection, self._state.bars = Selection(), (number, number)
        self._drag = _Drag(self._view.page, "bars", 0, number, position, 0, 0)

    def _write(self, spot: Spot, position: tuple[int, int]) -> None:
        state = self._state
        voice = self.voice_for(spot.staff)
        state.hold(voice=voice)
        step = self.snapped(spot)
        self._writing.place(step, spot.place, voice)
        if not state.pen.resting and step < state.score.steps and state.score.chorale.pitches[step, voice] != REST:
            self._drag = _Drag(self._view.page, "note", voice, step, position, step, spot.place)

    def drag(self, position: tuple[int, int]) -> None:
        """Move what was taken hold of."""
        self.at = position
        drag = self._drag
        if drag is None:
            return
        far = abs(position[0] - drag.origin[0]) + abs(position[1] - drag.origin[1])
        drag.moved |= far >= _DRAG_STARTS * self._state.theme.scale
        if drag.moved:
            {"note": self._drag_note, "end": self._drag_end, "bars": self._drag_bars}[drag.kind](drag, position)

    def _drag_note(self, drag: _Drag, position: tuple[int, int]) -> None:
        state = self._state
        spot = drag.page.place_at(*self._view.to_page(position))
        rise = round((drag.origin[1] - position[1]) / self._view.paper.space * 2)
        places = drag.place + rise
        now = state.score.pitch_at(drag.start, drag.voice) if drag.start < state.score.steps else None
        if now is not None and places != now.place:
            self._writing.move_pitch(places=places - now.place)
        across = abs(position[0] - drag.origin[0]) > 1.6 * self._view.paper.space
        step = self.snapped(spot) if across else drag.step
        if step != drag.start:
            self._writing.move_time(step - drag.start)
            if state.selection:
                drag.start = step

    def _drag_end(self, drag: _Drag, position: tuple[int, int]) -> None:
        score = self._state.score
        x, y = self._view.to_page(position)
        spot = drag.page.place_at(x + 1.0, y)
        grid = 2 if score.meter.steps_per_beat > 2 and not pygame.key.get_mods() & pygame.KMOD_ALT else 1
        bar = score.bar_at(int(spot.step))
        end = bar.start + round((spot.step - bar.start) / grid) * grid
        if end > drag.start:
            self._writing.set_end(drag.voice, drag.start, end)

    def _drag_bars(self, drag: _Drag, position: tuple[int, int]) -> None:
        spot = self._view.page.place_at(*self._view.to_page(position))
        number = self._state.score.bar_at(int(spot.step)).number
        self._state.bars = (min(drag.start, number), max(drag.start, number))

    def release(self) -> None:
        """Let go; what was dragged is one undo step."""
        if self._drag is not None and self._drag.kind != "bars":
            self._state.studio.document.seal()
            for _, note in self._state.selection.sounding(self._state.score)[:1]:
                self._state.pen = self._state.pen if self._state.entering else self._state.pen.with_length(note.length)
        self._drag = None
