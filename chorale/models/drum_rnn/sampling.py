"""DrumRNN at work: the class that continues drum patterns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from chorale.errors import InputError
from chorale.models.base import Written
from chorale.models.drum_rnn import codec
from chorale.models.runtime import Network
from chorale.models.sequences.drawing import check, generators
from chorale.models.sequences.feel import Feel
from chorale.models.sequences.kit import check_meter
from chorale.models.sequences.stepping import Stepper

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from chorale.models.base import Report, Surroundings
    from chorale.music import DrumPattern

    IntArray = NDArray[np.int64]

__all__ = ["DrumRNN", "open_model"]

READ = 128  # steps of the given pattern that are read, eight bars
LONGEST = 64 * 16  # steps to write


class DrumRNN:
    """Continues drum patterns in 4/4; a ``Continuer``.

    Args:
        folder: Holds network.onnx.
        config: What config.json says.
    """

    evaluable = "drum_rnn"

    def __init__(self, folder: Path, config: dict[str, Any]) -> None:
        self.config = config
        network = Network(folder / "network.onnx", threads=1)  # so small a network would wait for a second one
        self.stepper = Stepper(network, codec.CLASSES, int(config["network"]["memory"]))

    def continued(
        self,
        music: DrumPattern,
        steps: int,
        surroundings: Surroundings,
        *,
        seed: int = 0,
        variations: int = 1,
        temperature: float = 1.0,
        ending: bool = False,
        report: Report | None = None,
    ) -> list[Written[DrumPattern]]:
        """Return what comes after a pattern, as loud and as late as it is; see ``chorale.models.base.Continuer``.

        Drums come to no rest: ``ending`` changes nothing, and no silence is longer than the longest of the pattern.
        """
        del ending
        check(temperature, variations)
        check_meter(surroundings)
        if not 1 <= steps <= LONGEST:
            raise InputError(f"{steps} steps to write: wanted 1 to {LONGEST}")
        start = max(0, len(music) - READ) // codec.BAR * codec.BAR
        given = codec.events_of(music.hits[start:])
        density = codec.density_wished(surroundings.density) or codec.density_of(music.hits[start:])
        longest = _longest_silence(given)
        lines = self.stepper.grow(
            given,
            steps,
            lambda events: codec.columns_of(events, density),
            lambda events: _masks(events, longest),
            generators(seed, variations),
            temperature=temperature,
            report=report,
        )
        feel = Feel.of(music)
        return [
            Written(feel.played(codec.hits_of(line), len(music)), seed + number) for number, line in enumerate(lines)
        ]

    def log_probs(self, events: IntArray) -> NDArray[np.float32]:
        """Return the log-probabilities (B, T, 512) of events (B, T), each given those before it."""
        return self.stepper.log_probs(codec.columns_of(events)[:, :-1])


def _longest_silence(events: IntArray) -> int:
    """Return for how many steps at most nothing is struck: a beat at the least, a bar at the most."""
    struck = np.flatnonzero(np.concatenate([[1], events, [1]]))
    return int(np.clip(np.diff(struck).max() - 1, 4, codec.BAR))


def _masks(events: IntArray, longest: int) -> NDArray[np.bool_]:
    """Return (B, CLASSES), what may come after events (B, T): no silence beyond the longest."""
    may = np.ones((len(events), codec.CLASSES), bool)
    may[:, 0] = events[:, -longest:].any(axis=1)
    return may


def open_model(folder: Path, config: dict[str, Any]) -> DrumRNN:
    """Return the model in a folder."""
    return DrumRNN(folder, config)
