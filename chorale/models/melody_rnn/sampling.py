"""MelodyRNN at work: the class that continues melodies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from chorale.errors import InputError
from chorale.models.base import Written
from chorale.models.melody_rnn import codec
from chorale.models.runtime import Network
from chorale.models.sequences.drawing import check, generators
from chorale.models.sequences.key_frame import KeyFrame, bar_of
from chorale.models.sequences.stepping import Stepper

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from chorale.models.base import Report, Surroundings
    from chorale.music import Melody

    IntArray = NDArray[np.int64]
    BoolArray = NDArray[np.bool_]

__all__ = ["MelodyRNN", "open_model"]

READ = 256  # steps of the given melody that are read, sixteen bars
LONGEST = 64 * 16  # steps to write
SAME = 2  # bars that one note may last or be repeated
_NEAREST = 9  # semitones between the last note and an ending


class MelodyRNN:
    """Continues melodies in 4/4, 2/2, 2/4 and 3/4; a ``Continuer``.

    Args:
        folder: Holds network.onnx.
        config: What config.json says.
    """

    evaluable = "melody_rnn"

    def __init__(self, folder: Path, config: dict[str, Any]) -> None:
        self.config = config
        network = Network(folder / "network.onnx", threads=1)  # so small a network would wait for a second one
        self.stepper = Stepper(network, codec.CLASSES, int(config["network"]["memory"]))

    def continued(
        self,
        music: Melody,
        steps: int,
        surroundings: Surroundings,
        *,
        seed: int = 0,
        variations: int = 1,
        temperature: float = 1.0,
        ending: bool = False,
        report: Report | None = None,
    ) -> list[Written[Melody]]:
        """Return what comes after a melody; see ``chorale.models.base.Continuer``.

        No note is held or repeated for more than two bars, and no rest lasts longer than a bar.
        """
        check(temperature, variations)
        if not 1 <= steps <= LONGEST:
            raise InputError(f"{steps} steps to write: wanted 1 to {LONGEST}")
        bar, frame = bar_of(surroundings), KeyFrame.of(surroundings, music)
        task = _Task(frame, music, steps, bar, surroundings, ending=ending)
        lines = self.stepper.grow(
            task.given,
            steps,
            task.columns,
            task.masks,
            generators(seed, variations),
            temperature=temperature,
            report=report,
        )
        return [Written(task.read(line), seed + number, frame.told(music)) for number, line in enumerate(lines)]

    def log_probs(self, events: IntArray, bar: int, pickup: int = 0) -> NDArray[np.float32]:
        """Return the log-probabilities (B, T, CLASSES) of events (B, T) in the frame, each given those before it."""
        return self.stepper.log_probs(codec.columns_of(events, bar, pickup)[:, :-1])


class _Task:
    """One melody to continue: what the network reads of it, and what it may write."""

    def __init__(
        self, frame: KeyFrame, music: Melody, steps: int, bar: int, surroundings: Surroundings, *, ending: bool
    ) -> None:
        self.frame, self.bar = frame, bar
        whole = codec.events_of(frame.moved_in(music))
        self.first = max(0, len(whole) - READ) // (4 * bar) * 4 * bar  # so that bars are counted as before
        self.given = whole[self.first :]
        self.pickup = surroundings.pickup if self.first == 0 else (surroundings.pickup - self.first) % (4 * bar)
        self.pickup %= bar
        self.total = len(self.given) + steps
        self.close = self._close() if ending else None
        self.allowed = frame.allowed(locked=surroundings.locked)

    def _close(self) -> int | None:
        """Return the last strong beat that leaves the final note a beat at least; None if none is to be written."""
        strong = 8 if self.bar == 16 else 12
        close = (self.total - 4 - self.pickup) // strong * strong + self.pickup
        return close if close >= len(self.given) else None

    def columns(self, events: IntArray) -> IntArray:
        """Return the columns (B, T + 1, K) of the given events and what was written so far."""
        steps = np.arange(events.shape[-1] + 1)
        left = None if self.close is None else self.total - steps
        return codec.columns_of(events, self.bar, self.pickup, left=left)

    def masks(self, events: IntArray) -> BoolArray:
        """Return (B, CLASSES), what may come next."""
        step = events.shape[-1]
        return np.stack([self._mask(line, step) for line in events])

    def _mask(self, line: IntArray, step: int) -> BoolArray:
        if self.close is not None and step > self.close:
            held: BoolArray = np.arange(codec.CLASSES) == codec.HOLD
            return held
        may = self.allowed.copy()
        sounding, since = _run(line)
        if step == self.close:
            return self._ending(sounding)
        if since >= SAME * self.bar and sounding:
            may[[codec.HOLD, sounding]] = False
        elif since >= self.bar and not sounding:
            may[[codec.HOLD, codec.OFF]] = False
        elif not sounding:
            may[codec.OFF] = False
        return may

    def _ending(self, sounding: int) -> BoolArray:
        """Return the notes of the tonic chord, not too far from what sounds."""
        may = self.frame.stable()
        near = may & (np.abs(np.arange(codec.CLASSES) - sounding) <= _NEAREST)
        return near if sounding and near.any() else may

    def read(self, line: IntArray) -> Melody:
        """Return what was written as a melody where it belongs."""
        return self.frame.moved_out(codec.melody_of(line))


def _run(line: IntArray) -> tuple[int, int]:
    """Return the event that sounds at the end of a line, 0 for none, and for how many steps nothing else has."""
    decided = np.flatnonzero(line != codec.HOLD)
    if not len(decided):
        return 0, len(line)
    event = int(line[decided[-1]])
    other = decided[line[decided] != event]
    begun = decided[decided > (other[-1] if len(other) else -1)][0]
    return (event if event != codec.OFF else 0), len(line) - int(begun)


def open_model(folder: Path, config: dict[str, Any]) -> MelodyRNN:
    """Return the model in a folder."""
    return MelodyRNN(folder, config)
