"""Playback as the person meets it: play from here, loop, seek, hear a passage by itself."""

from dataclasses import dataclass

from chorale.music import Score
from chorale.ui.portrait import Mood
from chorale.ui.scenes.editor.state import State

__all__ = ["Playing"]


@dataclass
class _Aside:
    """Something that is played between: what, where the playhead was, and whether it has begun to sound."""

    score: Score
    back_to: float
    on_page: bool
    begun: bool = False


class Playing:
    """The transport's business."""

    def __init__(self, state: State) -> None:
        self._state = state
        self.looping = False
        self._loop: tuple[int, int] | None = None
        self._was_playing = False
        self._aside: _Aside | None = None
        self._left_at = 0.0

    @property
    def on(self) -> bool:
        """Whether it plays."""
        return self._state.services.sound.playing

    @property
    def position(self) -> float:
        """The playhead in steps of the page."""
        aside = self._aside
        return self._state.services.sound.position if aside is None or aside.on_page else aside.back_to

    def toggle(self) -> None:
        """Play, or hold: from the selected bars or note if there are any, else from the playhead."""
        sound, state = self._state.services.sound, self._state
        if self._aside is not None:
            self.end_aside()
            return
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
        self.end_aside()
        self._state.services.sound.stop()

    def go_away(self) -> None:
        """Hold, and remember the place: another room wants to be heard."""
        self.end_aside()
        sound = self._state.services.sound
        self._left_at = sound.position
        sound.pause()

    def come_back(self) -> None:
        """Have this score again where it was left."""
        self._loop = None
        self._state.services.sound.set_loop(None)
        self._load()
        self._state.services.sound.seek(self._left_at)

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
        self.end_aside()
        sound = self._state.services.sound
        sound.load(self._state.score)
        loop = self._span() if self.looping and self._state.score.steps else None
        if loop != self._loop:
            self._loop = loop
            self._state.attempt(lambda: sound.set_loop(loop))

    # Asides -----------------------------------------------------------------------------------------------------

    def play_aside(self, score: Score, start: float = 0.0, *, on_page: bool = True) -> None:
        """Play something else from a step to its end; afterwards all is as it was.

        Args:
            score: what to play.
            start: the step.
            on_page: whether its steps are those of the page, so that the page shows the playhead and what sounds.
        """
        self.end_aside()
        sound = self._state.services.sound
        back_to = sound.position
        sound.pause()
        self._aside = _Aside(score, back_to, on_page)
        self._loop = None
        sound.set_loop(None)
        sound.load(score)
        sound.play(start)
        self._state.heard = score if on_page else None
        self._state.page_rests = not on_page

    def end_aside(self) -> None:
        """Stop what is played between, if anything is, and go back to where the playhead was."""
        aside, sound = self._aside, self._state.services.sound
        if aside is None:
            return
        self._aside, self._state.heard, self._state.page_rests = None, None, False
        sound.pause()
        sound.load(self._state.score)
        sound.seek(aside.back_to)

    @property
    def aside(self) -> Score | None:
        """What is played between, or None."""
        return None if self._aside is None else self._aside.score

    def _watch_aside(self, aside: _Aside) -> None:
        sound = self._state.services.sound
        aside.begun |= sound.playing
        if not sound.playing and (aside.begun or sound.ready or sound.failure):
            self.end_aside()

    # Time -------------------------------------------------------------------------------------------------------

    def update(self, now: float) -> float | None:
        """Let time pass; return 0 while it plays."""
        state, sound = self._state, self._state.services.sound
        sound.update()
        if self._aside is not None:
            self._watch_aside(self._aside)
        if sound.playing:
            score = self._aside.score if self._aside is not None else state.score
            if self._aside is None:
                self._load()
            portrait = state.portrait
            portrait.beat = sound.position / score.meter.steps_per_beat
            portrait.beats_per_second = score.qpm / 60 * 4 / score.meter.steps_per_beat
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
