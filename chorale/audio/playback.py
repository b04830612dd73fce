"""The player: play, pause, seek, loop, tempo and mix of a score or a clip, and single notes to try.

All methods return at once. A thread renders ahead of the playhead; without it (``threaded=False``, for tests and
scripts) ``update`` does that work. Position is a clock's time minus the latency, mapped to steps by the same
``TimeMap`` the sound was rendered with, so it needs no lock and no sound card.
"""

import threading
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from chorale.audio.audition import Auditions
from chorale.audio.cues import Cue, Playable, cues, drum_gain
from chorale.audio.instruments import Preset, load
from chorale.audio.interface import effect
from chorale.audio.mix import DRUMS, Mix
from chorale.audio.output import Int16Array, Output, OutputLostError, SilentOutput, open_output, to_int16
from chorale.audio.program import Program
from chorale.audio.render import Stream, bank, prepare
from chorale.audio.timeline import Route, TimeMap
from chorale.audio.transport import Transport
from chorale.errors import InputError
from chorale.music import Chorale, Score

__all__ = ["SPEEDS", "Player"]

SPEEDS = (0.25, 4.0)
"""The slowest and the fastest that a score can be played, times its tempo."""
_NAP_SECONDS = 0.15


class Player:
    """Plays a score, or a clip.

    Args:
        output: where to; None opens the sound card, or silence where there is none.
        clock: seconds that never go back.
        threaded: whether a thread renders ahead; else ``update`` does.

    Attributes:
        note: one line for the window on what is wrong with the sound, or "".
    """

    def __init__(
        self, output: Output | None = None, *, clock: Callable[[], float] = time.monotonic, threaded: bool = True
    ) -> None:
        self._given = output is not None
        opened, self.note = (output, "") if output is not None else open_output()
        self._transport = Transport(opened, clock)
        self._auditions = Auditions()
        self._clock = clock
        self._score: Playable = Score(Chorale.silent(0))
        self._times = TimeMap.of(self._score)
        self._preset = load()
        self._own_preset: Preset | None = None
        self._loop: tuple[int, int] | None = None
        self._mix = Mix()
        self._program = self._planned()
        self._plan: tuple[TimeMap, list[Cue]] = (self._times, [])
        self._unheard: tuple[TimeMap, list[Cue]] = (self._times, [])  # cues whose notes may not be ready yet
        self._soundfont: Path | None = None
        self._speed, self._fermatas = 1.0, True
        self._at = 0.0  # the step at rest, or the one a seek asked for
        self._playing = False
        self._wish = ""  # "start", "seek" or "splice": what the tapes have yet to be told
        self._version = 0  # counts wishes, so that work for an older one is dropped
        self._lock = threading.Lock()
        self._wake = threading.Event()
        self._thread: threading.Thread | None = None
        self._closed = False
        if threaded:
            self._thread = threading.Thread(target=self._run, name="player", daemon=True)
            self._thread.start()

    # What is played

    @property
    def score(self) -> Playable:
        """The score or the clip that is played."""
        return self._score

    def load(self, score: Playable, preset: Preset | None = None) -> None:
        """Play this score or clip from now on; in mid-flight the change is heard within 0.2 s, at the same step.

        Args:
            score: what to play. A clip is played as it is: mutes, solos and volumes are the score's.
            preset: the instrument for it alone; None: the player's.
        """
        self._score, self._own_preset = score, preset
        if self._loop is not None and self._loop[1] > score.steps:
            self._loop = (self._loop[0], score.steps) if self._loop[0] < score.steps else None
        self._replan()

    @property
    def preset(self) -> Preset:
        """The instrument."""
        return self._preset

    @preset.setter
    def preset(self, preset: Preset) -> None:
        self._preset = preset
        self._auditions.use(preset, self._soundfont)
        self._replan()

    @property
    def speed(self) -> float:
        """Tempo, times the score's own; kept within ``SPEEDS``."""
        return self._speed

    @speed.setter
    def speed(self, speed: float) -> None:
        self._speed = min(max(speed, SPEEDS[0]), SPEEDS[1])
        self._replan()

    @property
    def fermatas(self) -> bool:
        """Whether fermatas are held and followed by a breath."""
        return self._fermatas

    @fermatas.setter
    def fermatas(self, held: bool) -> None:
        self._fermatas = held
        self._replan()

    @property
    def loop(self) -> tuple[int, int] | None:
        """The steps that are repeated, (first, step after the last), or None."""
        return self._loop

    @loop.setter
    def loop(self, loop: tuple[int, int] | None) -> None:
        Route(self._times, 0.0, loop)  # raises InputError for one that is empty or leaves the score
        self._loop = loop
        self._program = self._planned()
        self._ask("splice")

    def use_soundfont(self, path: Path | None) -> None:
        """Take the sounds from the user's own .sf2, or from the one that comes along.

        Raises:
            InputError: the font cannot be used; the one before stays.
        """
        bank(path)
        self._soundfont = path
        self._auditions.use(self._preset, path)
        self._replan()

    @property
    def times(self) -> TimeMap:
        """The map between steps and seconds that is in use."""
        return self._times

    def _replan(self) -> None:
        self._times = TimeMap.of(self._score, speed=self._speed, fermatas=self._fermatas)
        self._program = self._planned()
        self._guard(lambda: self._transport.output.set_gains(self._program.gains))
        self._at = min(self._at, float(self._score.steps))
        self._ask("splice")
        self._wake.set()

    def _planned(self) -> Program:
        return Program.of(self._score, self._times, self._loop, self._own_preset or self._preset, self._mix)

    # Moving

    @property
    def playing(self) -> bool:
        """Whether the playhead moves, or is about to."""
        return self._playing

    @property
    def position(self) -> float:
        """The step that is heard now, with its fraction; where playback would start, when it rests."""
        heard = self._transport.step() if self._playing and self._wish not in {"start", "seek"} else None
        return self._at if heard is None else heard

    def play(self, step: float | None = None) -> None:
        """Play from a step, or from the position; from the beginning (of the loop) where that is the end."""
        self._find_output()
        origin = self.position if step is None else self._within(step)
        first, last = self._loop or (0, self._score.steps)
        with self._lock:
            self._at = float(first) if origin >= last else origin
            self._playing = self._score.steps > 0
        self._ask("start")

    def pause(self) -> None:
        """Stop, and stay at the position."""
        with self._lock:
            self._at = self.position
            self._playing = False
            self._wish = ""
            self._version += 1
            self._guard(self._transport.halt)

    def toggle(self) -> None:
        """Play, or pause what is played."""
        if self._playing:
            self.pause()
        else:
            self.play()

    def stop(self) -> None:
        """Stop, and go back to the beginning."""
        self.pause()
        self._at = 0.0

    def seek(self, step: float) -> None:
        """Go to a step; playback goes on from there."""
        self._at = self._within(step)
        self._ask("seek")

    def _within(self, step: float) -> float:
        return min(max(float(step), 0.0), float(self._score.steps))

    # Hearing

    @property
    def mix(self) -> Mix:
        """Volumes, mutes and solos; a new one is heard at once."""
        return self._mix

    @mix.setter
    def mix(self, mix: Mix) -> None:
        self._mix = mix
        self._program = self._planned()
        self._guard(lambda: self._transport.output.set_gains(self._program.gains))

    @property
    def silent(self) -> bool:
        """Whether there is no sound card."""
        return isinstance(self._transport.output, SilentOutput)

    def audition(self, pitch: int, voice: int = 0, velocity: int = 127) -> None:
        """Sound one note as a voice would, or a piece of the kit, at once where it is ready, else as soon as it is."""
        note = self._auditions.ask(pitch, voice)
        if note is not None:
            self._guard(lambda: self._sound(note, voice, velocity))
        self._wake.set()

    def _sound(self, note: Int16Array, voice: int, velocity: int = 127) -> None:
        gain = max(self._mix.volumes[voice] ** 2, 0.1)
        if voice == DRUMS:  # no piece of the kit ends another
            self._transport.output.chime((note * np.float32(gain * drum_gain(velocity))).astype(np.int16))
        else:
            self._transport.output.strike(note, gain)

    def chime(self, name: str) -> None:
        """Sound one of the interface's own sounds.

        Raises:
            InputError: there is none of that name, or its recipe is damaged.
        """
        sound = to_int16(effect(name))
        self._guard(lambda: self._transport.output.chime(sound))

    def warm_up(self, *, kit: bool = False) -> None:
        """Make the notes of all voices ready for ``audition``, or the drums; call it once the window is up."""
        self._auditions.warm_up(kit=kit)
        self._wake.set()

    # Working

    def update(self) -> None:
        """Do what is due; call it once a frame."""
        self._end_if_over()
        if self._thread is None:
            while self._work():
                pass

    def device_changed(self) -> None:
        """Open the sound card anew, after one came or went; playback goes on where it was."""
        if self._given:
            return
        at, playing = self.position, self._playing
        self.pause()
        self._transport.output.close()
        self._transport.output, self.note = open_output()
        if playing:
            self.play(at)

    def close(self) -> None:
        """Stop and let go of the sound card."""
        self.pause()
        self._closed = True
        self._wake.set()
        if self._thread is not None:
            self._thread.join(timeout=2)
        self._guard(self._transport.output.close)

    def _end_if_over(self) -> None:
        if not self._is_over():  # asked without the lock, which the thread may hold for some milliseconds
            return
        with self._lock:
            if self._is_over():
                self._at = float(self._score.steps)
                self._playing = False
                self._transport.ring_out()

    def _is_over(self) -> bool:
        return self._playing and not self._wish and self._transport.is_over()

    def _ask(self, wish: str) -> None:
        """Note what the tapes must be told; a splice matters only to tapes that play."""
        with self._lock:
            if not self._playing:
                return
            stronger = {"": 0, "splice": 1, "seek": 2, "start": 3}
            self._wish = max(self._wish, wish, key=stronger.__getitem__)
            self._version += 1
        self._wake.set()

    def _run(self) -> None:
        while not self._closed:
            self._wake.clear()
            if not self._work():
                self._wake.wait(_NAP_SECONDS)

    def _work(self) -> bool:
        """Do the most urgent piece of work; return whether there was any."""
        try:
            if self._wish:
                return self._fulfil(self._wish, self._version)
            if self._auditions.asked:
                self._strike_asked()
                return True
            return self._transport.feed(self._lock) or self._prepare() or self._auditions.prepare_one()
        except OutputLostError as error:
            self._lose(error)
        except InputError as error:  # the font vanished or broke while it was open: take the one that comes along
            self._fall_back(error)
        return False

    def _fulfil(self, wish: str, version: int) -> bool:
        """Start, or cross over to, the route that is wanted."""
        starting = wish == "start" or not self._transport.is_started
        at, moment = (self._at, None) if wish != "splice" else self._transport.ahead()
        if starting:
            at = self._at
        program = self._program
        route = Route(program.times, min(at, program.times.steps), program.loop)
        stream = Stream(self._cues(program), route, program.preset, bank(self._soundfont))
        first = stream.block()
        with self._lock:
            if version != self._version:
                return True
            if starting:
                self._transport.start(stream, first, route, program.gains)
            else:
                self._transport.splice(stream, first, route, moment)
            self._wish = ""
        return True

    def _prepare(self) -> bool:
        """Make the next note of the score ready, so that Play answers at once; return whether there was one."""
        program = self._program
        if self._unheard[0] is not program.times:
            self._unheard = (program.times, self._cues(program)[::-1])
        unheard = self._unheard[1]
        if not unheard:
            return False
        prepare(unheard.pop(), program.preset, bank(self._soundfont))
        return True

    def _cues(self, program: Program) -> list[Cue]:
        """Return the notes, worked out once; for the thread, since a long score takes milliseconds."""
        if self._plan[0] is not program.times:
            self._plan = (program.times, cues(program.piece, program.times))
        return self._plan[1]

    def _strike_asked(self) -> None:
        struck = self._auditions.make_asked()
        if struck is not None:
            self._sound(struck[1], struck[0])

    def _guard(self, action: Callable[[], None]) -> None:
        try:
            action()
        except OutputLostError as error:
            self._lose(error)

    def _lose(self, error: Exception) -> None:
        self._transport.output = SilentOutput()
        self.note = f"The sound device is gone ({error}): playing in silence. Press Play to look for one."

    def _fall_back(self, error: InputError) -> None:
        self.note = str(error)
        self._auditions.asked = None
        if self._soundfont is None:
            self._playing, self._wish = False, ""
        self._soundfont = None
        self._auditions.use(self._preset, None)

    def _find_output(self) -> None:
        if self.silent and not self._given:
            self._transport.output, self.note = open_output()
