"""Playback as the person meets it: play from here, loop, seek, hear one voice."""

from typing import TYPE_CHECKING

from chorale.ui.portrait import Mood
from chorale.ui.scenes.editor.state import State

if TYPE_CHECKING:
    from chorale.music import Score

__all__ = ["Playing"]


class Playing:
    """The transport's business."""

    def __init__(self, state: State) -> None:
        self._state = state
        self.looping = False
        self._loop: tuple[int, int] | None = None
        self._was_playing = False
        self._loaded: Score | None = None

    @property
    def on(self) -> bool:
        """Whether it plays."""
        return self._state.services.sound.playing

    @property
    def position(self) -> float:
        """The playhead in steps."""
        return self._state.services.sound.position

    def toggle(self) -> None:
        """Play, or hold: from the selected bars or note if there are any, else from the playhead."""
        sound, state = self._state.services.sound, self._state
        if sound.playing:
            sound.pause()
            return
        if not state.score.steps or not state.score.chorale.onsets.any():
            state.say("There is nothing to play yet: write some notes first")
            return
        self._load()
        sound.play(self._start())

    def _start(self) -> float | None:
        state = self._state
        if state.bars is not None:
            return float(self._span()[0])
        chosen = state.selection.span(state.score)
        return None if chosen is None or state.entering else float(chosen[0])

    def stop(self) -> None:
        """Hold, and go back to the beginning."""
        self._state.services.sound.stop()

    def toggle_loop(self) -> None:
        """Play the selected bars, or all, over and over; or once."""
        self.looping = not self.looping
        self._load()

    def seek(self, step: float) -> None:
        """Put the playhead at a step."""
        self._load()
        self._state.services.sound.seek(step)

    def _span(self) -> tuple[int, int]:
        state = self._state
        bars = [bar for bar in state.score.bars if state.bars is None or state.bars[0] <= bar.number <= state.bars[1]]
        return (bars[0].start, bars[-1].end) if bars else (0, state.score.steps)

    def _load(self) -> None:
        """Give the player the score and the loop as they stand."""
        sound = self._state.services.sound
        sound.load(self._state.score)
        loop = self._span() if self.looping and self._state.score.steps else None
        if loop != self._loop:
            self._loop = loop
            self._state.attempt(lambda: sound.set_loop(loop))

    def update(self, now: float) -> float | None:
        """Let time pass; return 0 while it plays."""
        state, sound = self._state, self._state.services.sound
        sound.update()
        if sound.playing:
            self._load()
            portrait = state.portrait
            portrait.beat = sound.position / state.score.meter.steps_per_beat
            portrait.beats_per_second = state.score.qpm / 60 * 4 / state.score.meter.steps_per_beat
        if sound.playing != self._was_playing:
            self._was_playing = sound.playing
            state.portrait.feel(Mood.LISTENING if sound.playing else Mood.IDLE, now)
        return 0.0 if sound.playing else 0.05 if sound.opening else None

    # Words ------------------------------------------------------------------------------------------------------

    def clock_words(self) -> str:
        """Return the playhead's minutes and seconds, and the whole."""
        sound, score = self._state.services.sound, self._state.score
        per_step = 15 / score.qpm
        now = sound.seconds_at(self.position) if sound.ready and self.on else self.position * per_step
        whole = sound.seconds_at(score.steps) if sound.ready and self.on else score.steps * per_step
        return f"{_minutes(now)} / {_minutes(whole)}"

    def place_words(self) -> str:
        """Return the playhead's bar and beat."""
        place = self._state.score.place(int(min(self.position, max(0, self._state.score.steps - 1))))
        return f"{place.bar}.{place.beat}"


def _minutes(seconds: float) -> str:
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"
