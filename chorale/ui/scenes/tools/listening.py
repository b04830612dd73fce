"""What sounds in the Studio: clips that are chosen, pointed at, compared; and a walk that changes at the bar line."""

from collections.abc import Callable
from dataclasses import dataclass

from chorale.music import Clip, Duet
from chorale.ui.portrait import Mood
from chorale.ui.scenes.tools.state import ToolState

__all__ = ["LETTERS", "Heard", "Listening"]

LETTERS = "AB"
_REST = 0.4  # seconds that the pointer rests on a clip before it is heard


@dataclass(frozen=True)
class Heard:
    """A clip that can be heard, and what to call it."""

    clip: Clip
    name: str


class Listening:
    """The room's ear.

    Args:
        state: of the room.
        chosen: gives what Play plays: the chosen result, or an input.
        tune: gives what some drums were made to go with, or None.

    Attributes:
        together: whether drums are heard with what they go with.
        hovering: whether a clip is heard when the pointer rests on it.
        looping: whether clips are played over and over.
        letter: which of the two that are compared is being chosen and heard.
    """

    def __init__(
        self, state: ToolState, chosen: Callable[[], Heard | None], tune: Callable[[Clip], Clip | None]
    ) -> None:
        self._state, self._chosen, self._tune = state, chosen, tune
        self.together = True
        self.hovering = True
        self.looping = False
        self.letter = LETTERS[0]
        self._pair: dict[str, Heard | None] = dict.fromkeys(LETTERS)
        self._loaded: Heard | None = None
        self._next: Heard | None = None  # waits for the bar line
        self._bar = 0
        self._pointed: tuple[Heard, float] | None = None
        self._by_hover = False
        self._was_playing = False

    # What is heard ----------------------------------------------------------------------------------------------

    @property
    def on(self) -> bool:
        """Whether it plays."""
        return self._state.services.sound.playing

    @property
    def clip(self) -> Clip | None:
        """What is loaded."""
        return None if self._loaded is None else self._loaded.clip

    @property
    def name(self) -> str:
        """What is loaded, or would be played, in words."""
        heard = self._loaded if self.on else self._chosen() or self._loaded
        return "" if heard is None else heard.name

    @property
    def shown(self) -> Clip | None:
        """The clip whose line the foot of the room shows: what plays, else what would."""
        heard = self._loaded if self.on else self._chosen() or self._loaded
        return None if heard is None else heard.clip

    @property
    def position(self) -> float:
        """The playhead in steps of the loaded clip."""
        return self._state.services.sound.position

    def playhead(self, clip: Clip | None) -> float | None:
        """Return the playhead if this clip is being heard, or held on the way; else None."""
        if clip is None or clip is not self.clip:
            return None
        return self.position if self.on or self.position > 0 else None

    def hear(self, heard: Heard, start: float | None = 0.0) -> None:
        """Play a clip, from a step or from where the playhead is."""
        if not heard.clip.notes:
            self._state.say("There is nothing to hear in it")
            return
        self._by_hover, self._next, self._pointed = False, None, None
        self._load(heard)
        self._state.services.sound.play(start)

    def _load(self, heard: Heard) -> None:
        sound = self._state.services.sound
        self._loaded = heard
        tune = self._tune(heard.clip) if self.together else None
        sound.load_clip(heard.clip if tune is None else Duet.of(heard.clip, tune))
        self._set_loop()

    def _set_loop(self) -> None:
        clip = self.clip
        span = (0, clip.steps) if self.looping and clip is not None and clip.steps else None
        self._state.attempt(lambda: self._state.services.sound.set_loop(span))

    def toggle(self) -> None:
        """Play what is chosen, or hold."""
        sound, chosen = self._state.services.sound, self._chosen()
        if self.on:
            sound.pause()
        elif chosen is None:
            self._state.say("There is nothing to play yet: set the tool to work first")
        elif chosen.clip is self.clip and 0 < self.position < chosen.clip.steps - 0.1:
            self.hear(chosen, None)
        else:
            self.hear(chosen)

    def stop(self) -> None:
        """Hold, and go back to the beginning."""
        self._next = self._pointed = None
        self._state.services.sound.stop()

    def toggle_loop(self) -> None:
        """Play over and over, or once."""
        self.looping = not self.looping
        self._set_loop()

    def toggle_together(self) -> None:
        """Hear drums with what they go with, or alone."""
        self.together = not self.together
        if self._loaded is not None:
            self._load(self._loaded)

    def toggle_hovering(self) -> None:
        """Hear what the pointer rests on, or not."""
        self.hovering = not self.hovering

    def seek(self, step: float) -> None:
        """Put the playhead at a step of what is chosen."""
        chosen = self._chosen() or self._loaded
        if chosen is None:
            return
        if chosen.clip is not self.clip and not self.on:
            self._load(chosen)
        self._state.services.sound.seek(step)

    # The pointer ------------------------------------------------------------------------------------------------

    def point(self, heard: Heard | None) -> None:
        """The pointer came to a clip, or left all of them."""
        if heard is None:
            self._pointed = None
            if self._by_hover and self.on:
                self._state.services.sound.pause()
            self._by_hover = False
        elif self.hovering and (not self.on or self._by_hover):
            self._pointed = (heard, self._state.now + _REST)

    def _hear_pointed(self, now: float) -> float | None:
        if self._pointed is None:
            return None
        heard, due = self._pointed
        if now < due:
            return due - now
        self._pointed = None
        self.hear(heard)
        self._by_hover = True
        return 0.0

    # Comparing --------------------------------------------------------------------------------------------------

    def take(self, heard: Heard) -> None:
        """A result was chosen: it is what the present letter stands for; while it plays, it takes over at once."""
        self._pair[self.letter] = heard
        if self.on and heard.clip is not self.clip:
            self._take_over(heard)

    def compare(self, letter: str) -> Heard | None:
        """Go to the other of two that are compared, at the same place; return what it stands for."""
        self.letter = letter
        heard = self._pair[letter] or self._chosen()
        if heard is not None:
            self._pair[letter] = heard
            if heard.clip is not self.clip:
                self._take_over(heard)
        return heard

    def _take_over(self, heard: Heard) -> None:
        if self.on:
            self._load(heard)
        elif self.clip is not None:
            at = self.position
            self._load(heard)
            self._state.services.sound.seek(at if at < heard.clip.steps else 0.0)

    def pair(self, letter: str) -> Heard | None:
        """Return what a letter stands for."""
        return self._pair[letter]

    # A walk -----------------------------------------------------------------------------------------------------

    def change_at_bar(self, heard: Heard) -> None:
        """Go over to another clip at the next bar line; at once where nothing plays."""
        self._pair[self.letter] = heard
        if not self.on:
            self._next = None
            return
        self._next, self._bar = heard, self._bar_now()

    def _bar_now(self) -> int:
        clip = self.clip
        return 0 if clip is None else int(self.position // clip.meter.steps_per_bar)

    # Coming and going, time -------------------------------------------------------------------------------------

    def come(self) -> None:
        """The room is entered: nothing of it sounds yet."""
        self._loaded = None
        self._state.services.sound.set_loop(None)

    def go(self) -> None:
        """The room is left: hold, and let go of the loop."""
        self._pointed = self._next = None
        sound = self._state.services.sound
        sound.stop()
        sound.set_loop(None)
        self._loaded = None
        self._state.portrait.feel(Mood.IDLE, self._state.now)

    def update(self, now: float) -> float | None:
        """Let time pass; return the seconds until something moves, None if nothing will."""
        state, sound = self._state, self._state.services.sound
        sound.update()
        if self._next is not None and (not self.on or self._bar_now() != self._bar):
            heard, self._next = self._next, None
            self._load(heard)
        waits = [self._hear_pointed(now)]
        clip = self.clip
        if sound.playing and clip is not None:
            state.portrait.beat = sound.position / clip.meter.steps_per_beat
            state.portrait.beats_per_second = clip.qpm / 60 * 4 / clip.meter.steps_per_beat
            waits.append(0.0)
        if sound.playing != self._was_playing:
            self._was_playing = sound.playing
            state.portrait.feel(Mood.LISTENING if sound.playing else Mood.IDLE, now)
        waits.append(0.05 if sound.opening else None)
        return min((wait for wait in waits if wait is not None), default=None)
