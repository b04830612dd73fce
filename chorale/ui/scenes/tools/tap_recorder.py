"""Recording what is tapped: the metronome that plays, the keys that are struck to it, and what they make so far."""

from fractions import Fraction

from chorale.app.tools.tapping import GRIDS, Kind, Plan, Take
from chorale.music import Clip
from chorale.ui.scene import Services

__all__ = ["TapRecorder"]

_SECOND = 1000.0  # milliseconds
MOST_LATE = 150  # milliseconds


class TapRecorder:
    """A recorder with one take.

    The playhead is the clock: it says which step is heard, the sound card's delay taken off, so a key that is struck
    with the click is on the beat.

    Args:
        services: what rooms work with.
        plan: what is recorded.

    Attributes:
        plan: what is recorded; change it with ``change``.
        take: what was struck.
        recording: whether keys are recorded, or counted in.
        listening: whether the take is played.
        strength, grid: how far taps are drawn to the grid (0..1), and to which (a key of ``GRIDS``).
        late_ms: how late the person's keys come.
    """

    def __init__(self, services: Services, plan: Plan) -> None:
        self._sound = services.sound
        self.plan, self.take = plan, Take(plan)
        self.recording = self.listening = False
        self.strength, self.grid, self.late_ms = 0.0, next(iter(GRIDS)), 0
        self._begun = False
        self._last = 0.0
        self._shown: tuple[object, Clip] | None = None

    # Where it is ----------------------------------------------------------------------------------------------

    @property
    def on(self) -> bool:
        """Whether anything runs."""
        return self.recording or self.listening

    @property
    def position(self) -> float:
        """Steps since the first click, or of the take that is played."""
        return self._sound.position

    @property
    def count(self) -> int | None:
        """The beat that is counted in; None when none is."""
        if not self.recording:
            return None
        return self.plan.beat_at(self.position) if self._begun else 1

    @property
    def playhead(self) -> float | None:
        """The step of the take that is heard; None when none is."""
        if self.listening:
            return self.position
        at = self.position - self.plan.lead
        return at if self.recording and at >= 0 else None

    # What it does ---------------------------------------------------------------------------------------------

    def change(self, plan: Plan) -> None:
        """Record something else from now on; what was recorded is dropped where it no longer fits."""
        self.stop()
        fits = (plan.kind, plan.meter, plan.bars) == (self.plan.kind, self.plan.meter, self.plan.bars)
        struck = self.take.struck if fits else []
        self.plan, self.take = plan, Take(plan)
        self.take.struck = struck

    def clear(self) -> None:
        """Drop what was recorded."""
        self.take.struck = []

    def start(self) -> None:
        """Count in, then record: drums on top of what is there, the rest anew."""
        struck = self.take.struck if self.plan.loops else []
        self.take = Take(self.plan, self.late_ms / _SECOND)
        self.take.struck = struck
        self.recording, self.listening, self._begun, self._last = True, False, False, 0.0
        self._load(self.plan.clicks(self.take), loop=self.plan.loops)

    def listen(self) -> None:
        """Play what was recorded."""
        self.stop()
        self.listening, self._begun = True, False
        self._load(self.clip, loop=False)

    def _load(self, clip: Clip, *, loop: bool) -> None:
        self._sound.set_loop(None)
        self._sound.load_clip(clip)
        self._sound.play(0.0)
        if loop:
            self._sound.set_loop((self.plan.lead, clip.steps))

    def stop(self) -> None:
        """Stop; what is held ends here."""
        if self.recording:
            self.take.finish(self.position)
            self._learn()
        if self.on:
            self._sound.set_loop(None)
            self._sound.stop()
        self.recording = self.listening = False

    def _learn(self) -> None:
        """Take how late the keys come from taps along with the count-in."""
        late = self.take.lateness
        if late is not None:
            self.late_ms = round(min(max(self.late_ms + late * _SECOND, 0), MOST_LATE))

    def update(self) -> None:
        """See where it is; call it once a frame."""
        if not self.on:
            return
        playing = self._sound.playing
        if self._begun and not playing:
            self.take.finish()
            self.stop()
        self._begun |= playing
        if self.recording and self.position < self._last - 0.5:
            self._sound.load_clip(self.plan.clicks(self.take))  # the next pass plays what the last one brought
        self._last = self.position

    # What is struck -------------------------------------------------------------------------------------------

    def strike(self, pitch: int, velocity: int) -> None:
        """Take a key that went down, and sound it."""
        drums = self.plan.kind is not Kind.MELODY
        self._sound.strike(_STICK if self.plan.kind is Kind.RHYTHM else pitch, velocity, drums=drums)
        if self.recording and self._begun:
            self.take.press(pitch, self.position, velocity)

    def let_go(self, pitch: int) -> None:
        """Take a key that went up."""
        if self.recording:
            self.take.release(pitch, self.position)

    @property
    def clip(self) -> Clip:
        """What was recorded, drawn to the grid as is wanted."""
        held = any(stroke.end is None for stroke in self.take.struck)
        at = self.position if self.recording and held else None
        wanted = (id(self.take), len(self.take.struck), at, held, self.strength, self.grid)
        if self._shown is None or self._shown[0] != wanted:
            self._shown = wanted, self.take.clip(self.strength, self._grid_steps, at)
        return self._shown[1]

    @property
    def _grid_steps(self) -> Fraction:
        return GRIDS[self.grid]


_STICK = 37  # side stick of General MIDI's kit: how a tap that means nothing but its time sounds
