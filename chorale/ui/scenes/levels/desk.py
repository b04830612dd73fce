"""The desk of one level: the editor's parts over a studio of its own, in which given notes cannot be changed."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from chorale.app.hearing import passage_of
from chorale.app.studio import Studio
from chorale.levels.level import Answer, Level
from chorale.levels.scoring import Remark
from chorale.music import REST, VOICES, Score, Voice
from chorale.theory import Finding, Severity
from chorale.ui.scenes.editor.harmony import Harmony
from chorale.ui.scenes.editor.keys import KeyMap
from chorale.ui.scenes.editor.lessons import Lessons
from chorale.ui.scenes.editor.page_view import PageView
from chorale.ui.scenes.editor.playing import Playing
from chorale.ui.scenes.editor.rail import Rail
from chorale.ui.scenes.editor.state import State
from chorale.ui.scenes.editor.teaching import Teaching
from chorale.ui.scenes.editor.transport import Transport
from chorale.ui.scenes.editor.writing import Writing
from chorale.ui.scenes.levels.given import why_not
from chorale.ui.scenes.levels.hall import Hall
from chorale.ui.scenes.levels.slots import Slots

__all__ = ["Desk"]

_NEVER = {"fermata", "lock", "view-numerals", "view-figured-bass", "view-cadences", "view-marks"}
_OPEN = {"line", "full", "beat", "figured", "voice"}  # an answer may alter notes, whatever the model solution does
_ONE_HEAD = {1, 2, 3, 4, 6, 8, 12, 16, 24}  # steps that a note without a tie can last
_ZOOMS = (2.0, 1.8, 1.6, 1.45, 1.3, 1.15, 1.0, 0.9, 0.8, 0.7)
_HANDED_IN = "This was handed in: press Again to go on writing"


class Desk:
    """Everything with which a level is solved.

    Args:
        hall: the room's things.
        level: what is asked.
    """

    def __init__(self, hall: Hall, level: Level) -> None:
        self.hall, self.level = hall, level
        main = hall.studio
        self.studio = Studio(load=main.load, clock=hall.services.clock)
        self._take_settings(main)
        self.studio.new_from(self._clean(level.start))
        self.state = State(
            replace(hall.services, studio=self.studio), toasts=hall.toasts, portrait=hall.portrait, theme=hall.theme
        )
        self.state.forbids = self._forbids
        self.handed_in = False
        self.keys = KeyMap()
        self.writing = Writing(self.state)
        self.playing = Playing(self.state)
        teaching = Teaching(self.state, self.playing, lambda finding, precedents: None)  # noqa: ARG005  no sheet here
        self.page = PageView(self.state, self.writing, self.keys, Lessons(self.state, teaching))
        self.page.invites = self.page.shows_locks = False
        self.page.centres, self.page.paper.heading, self.page.paper.rests = True, False, not level.gaps
        self.harmony = Harmony(self.state, self.page.ink_in)
        self.slots = Slots(level)
        self.page.addition = self.slots
        self.rail = Rail(self.state, self.writing, self._not_needed())
        self.transport = Transport(self.state, self.playing)
        self.state.board.home = self.page
        self._sit_down()

    @staticmethod
    def _clean(score: Score) -> Score:
        """Return a score without a title: the level's stands in the bar."""
        return score.replace(title="")

    def _take_settings(self, main: Studio) -> None:
        shown = {"marks": False, "numerals": False, "figured_bass": False, "cadences": False}
        chosen = main.settings
        heard = {"instrument": chosen.instrument, "volumes": chosen.volumes, "sound_on_entry": chosen.sound_on_entry}
        self.studio.change_settings(
            checking=False, note_names=chosen.note_names, alternatives=1, model=chosen.model, **heard, **shown
        )

    def _not_needed(self) -> set[str]:
        """Return the ids of the tools that this level does without."""
        others = {f"voice-{voice.label.lower()}" for voice in VOICES if voice not in self.level.voices}
        every = np.array([gap.length for _, gap in self.level.gaps] or [1])
        plain = {"sharp", "flat", "natural"} if self.level.kind not in _OPEN and self._is_diatonic() else set()
        short = {"value-1"} if not (every % 2).any() and self.level.gaps else set()
        untied = {"tie"} if set(every.tolist()) <= _ONE_HEAD else set()
        return _NEVER | others | {f"sign-{name}" for name in plain} | short | untied

    def _is_diatonic(self) -> bool:
        """Return whether neither what is given nor the solution alters a note."""
        score = self.level.solution.score
        scale = {score.key.at_place(place).midi % 12 for place in range(28, 35)}
        sung = score.chorale.pitches[score.chorale.pitches != REST] % 12
        return set(sung.tolist()) <= scale

    def _sit_down(self) -> None:
        """Put voice, value and caret where the first note is missing, in the highest voice that lacks one."""
        gaps = sorted((voice, *gap) for voice, gap in self.level.gaps)
        voice, start, length = gaps[0] if gaps else (self.level.voices[0], 0, 4)
        self.state.pen = replace(self.state.pen, voice=int(voice)).with_length(length)
        self.state.caret = start
        self.state.board.go_home()

    def _forbids(self, before: Score, after: Score) -> str:
        return _HANDED_IN if self.handed_in else why_not(self.level, before, after)

    def fit(self) -> None:
        """Show the music as large as fits in as few systems as it can have; scrolling is the last resort."""
        page = self.page
        page.zoom = 1.0
        page.refresh()
        fewest = len(page.page.systems)
        for zoom in _ZOOMS:
            page.zoom = zoom
            page.refresh()
            if not page.scroll_range and (len(page.page.systems) <= fewest or zoom < 1) and self._figures_fit():
                break

    def _figures_fit(self) -> bool:
        """Return whether the figures under the bass stand on the sheet."""
        page = self.page
        foot = page.sheet.y + self.slots.lowest(page.page) * page.paper.space
        return not self.level.figures or foot <= page.leaf.bottom

    # What is done -----------------------------------------------------------------------------------------------

    @property
    def answer(self) -> Answer:
        """What would be handed in."""
        return Answer(self.studio.score, tuple(sorted(self.slots.found)))

    @property
    def score(self) -> Score:
        """What stands on the staff."""
        return self.studio.score

    def put(self, label: str, change: Callable[[Score], Score]) -> None:
        """Write something that is no edit of the player's, such as a hint's note."""
        self.page.ink_in(self.state.now)
        self.studio.edit(label, change)
        self.state.settle()

    def begin_again(self) -> None:
        """Take away what was written, as one step that can be undone."""
        if not self.handed_in:
            self.put("Begin again", lambda _: self._clean(self.level.start))
            self.slots.found = frozenset()
            self._sit_down()

    def undo(self) -> None:
        """Take back the last step."""
        self._go(self.studio.undo, "Nothing to undo")

    def redo(self) -> None:
        """Bring back what was taken back."""
        self._go(self.studio.redo, "Nothing to redo")

    def _go(self, step: Callable[[], str | None], nothing: str) -> None:
        if self.handed_in:
            self.state.say(_HANDED_IN)
            return
        if step() is None:
            self.state.say(nothing)
        self.state.settle()

    def toggle_found(self) -> None:
        """Mark the selected notes as wrong, or take the marks away."""
        chosen = {(Voice(voice), note.start) for voice, note in self.state.selection.sounding(self.state.score)}
        if self.handed_in:
            self.state.say(_HANDED_IN)
        elif not chosen:
            self.state.say("Select a note first: click on it, or walk to it with the arrow keys")
        else:
            self.slots.found = frozenset(self.slots.found ^ chosen)

    def hear(self, remark: Remark) -> None:
        """Play what a remark speaks of, slowly, its voices alone; stop it if it sounds."""
        if self.playing.aside is not None:
            self.playing.end_aside()
            return
        voices = remark.voices or tuple(VOICES)
        finding = Finding(remark.rule, Severity.ERROR, voices, remark.start, remark.end, remark.notes, remark.why)
        self.playing.play_aside(*passage_of(self.state.score, finding))

    def show(self, remark: Remark | None) -> None:
        """Mark on the page what a remark speaks of."""
        self.slots.remark = remark
        if remark is not None:
            last = max(0, self.state.score.steps - 1)
            self.page.bring_span_into_view(min(remark.start, last), min(remark.end, last))

    # Coming and going -------------------------------------------------------------------------------------------

    def enter(self) -> None:
        """Be heard."""
        settings, sound = self.hall.studio.settings, self.hall.services.sound
        self.studio.change_settings(instrument=settings.instrument, volumes=settings.volumes)
        sound.set_instrument(settings.instrument)
        for voice, volume in enumerate(settings.volumes):
            sound.set_volume(voice, volume)
        self.playing.come_back()

    def leave(self) -> None:
        """Be silent; what was chosen for the ear holds everywhere."""
        chosen = self.studio.settings
        self.hall.studio.change_settings(instrument=chosen.instrument, volumes=chosen.volumes)
        self.playing.go_away()
        self.page.pointer.release()
        self.state.board.close_menu()

    def close(self) -> None:
        """End all work."""
        self.studio.close()

    def update(self, now: float) -> list[float | None]:
        """Let time pass in the parts; return when each wants to be drawn again."""
        self.studio.poll()
        for message in self.studio.take_messages():
            (self.state.complain if message.kind == "error" else self.state.say)(message.text)
        self.slots.score, self.slots.voice = self.studio.score, Voice(self.state.pen.voice)
        waits = [self.harmony.update(now), self.playing.update(now), self.page.update(now)]
        if self.playing.on:
            self.page.follow_playhead(self.playing.position)
        return waits
