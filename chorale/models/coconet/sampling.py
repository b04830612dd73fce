"""Coconet as a harmonizer: draft all candidates, redraw voice by voice under the rules, keep the best.

1. Plan: each candidate draws the bass of its cadences (``closes``).
2. Draft: a few confidence-ordered passes fill every writable cell of all candidates at once (``filling``).
3. Finish: rounds of voice sweeps, bass, tenor, alto, soprano: each hides one voice, asks the network once, and redraws
   the line exactly given the other three (``sweep``), Bach's manners as costs of movements (``movement``,
   ``obligations``), in the key of the moment (``ground``). They come last, for a cell drawn alone knows no rules.
4. Choice: by what theory finds, and by pseudo-likelihood: each voice's cells given the other voices (``choice``).
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from chorale.errors import InputError
from chorale.models.base import Harmonization, Progress
from chorale.models.coconet.choice import choose, judge
from chorale.models.coconet.codec import LOWEST, STEPS_PER_BEAT
from chorale.models.coconet.compound import Gathered
from chorale.models.coconet.drawing import Drawing, Settings
from chorale.models.coconet.manners import Manners
from chorale.models.coconet.predictor import Hourglass, TwoLooks
from chorale.models.coconet.strikes import strike
from chorale.models.coconet.task import Task
from chorale.models.coconet.wishes import granted
from chorale.models.runtime import Network
from chorale.music import REST, Chorale, Score

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from chorale.models.base import BoolArray, ChordWish, Report
    from chorale.models.coconet.predictor import Predictor

    IntArray = NDArray[np.int64]

__all__ = ["Coconet", "Settings", "open_model"]

USUAL = Settings()


class Coconet:
    """The harmonizer; see ``chorale.models.base.Harmonizer``.

    Args:
        config: The content of ``config.json``.
        predictor: The network, ours or another's.
        manners: Bach's manners as costs.
    """

    evaluable = "chorales"

    def __init__(self, config: dict[str, Any], predictor: Predictor, manners: Manners) -> None:
        self.config, self.predictor, self.manners = config, predictor, manners

    def log_probs(self, pitches: IntArray, hidden: BoolArray) -> NDArray[np.float32]:
        """Return log-probabilities (B, T, 4, P) of every cell, without sampling, from the visible pitches alone.

        Args:
            pitches: (B, T, 4) MIDI numbers 36..81, REST where silent; the first step stands on a beat. What
                stands in hidden cells is ignored.
            hidden: (B, T, 4) True where the pitch is not known.

        Returns:
            P = 46 pitches 36..81, then silence if the network knows it.

        Raises:
            InputError: the shapes differ, or a visible pitch is outside 36..81.
        """
        return self.predictor.log_probs(pitches, hidden)

    def warm_up(self) -> None:
        """Ask the network something, so that the first answer need not wait for it to be read and made ready."""
        cell = np.zeros((1, STEPS_PER_BEAT, 4), np.int64)
        self.predictor.log_probs(cell + LOWEST, cell == 0)

    def harmonize(
        self,
        score: Score,
        writable: BoolArray,
        *,
        seed: int = 0,
        alternatives: int = 1,
        temperature: float = 1.0,
        ornament: float = 0.0,
        chords: Sequence[ChordWish] = (),
        report: Report | None = None,
        settings: Settings = USUAL,
    ) -> list[Harmonization]:
        """Return completions of a score, best first; fewer than asked only if the cells leave no room to differ.

        Where the given voices rest for a beat or longer, or at either end, the written ones rest too.

        Args:
            score: Holds the given notes.
            writable: (T, 4) True where it may be written.
            seed: The same input and seed give the same notes.
            alternatives: How many completions.
            temperature: 1 as the model was trained; 0 is the plainest.
            ornament: -1 note against note, 0 as lively as Bach, 1 as ornate as can be.
            chords: Chords that are wanted; one that the given notes forbid is told in the notes.
            report: Hears of the progress; may raise ``Cancelled``.
            settings: How much work.

        Raises:
            InputError: there is nothing to write, or nothing to write it to, or a number is out of range.
        """
        if alternatives < 1 or temperature < 0 or seed < 0:
            asked = f"{alternatives} alternatives, temperature {temperature:g}, seed {seed}"
            raise InputError(f"{asked}: wanted at least 1, 0 and 0")
        if not -1 <= ornament <= 1:
            raise InputError(f"ornament {ornament:g}: wanted -1 (note against note) to 1 (ornate)")
        mask = np.array(writable, bool)
        write = partial(
            self._written,
            settings=settings,
            seed=seed,
            alternatives=alternatives,
            temperature=temperature,
            ornament=ornament,
        )
        heard = Gathered.of(score, mask) if mask.shape == score.chorale.pitches.shape else None
        if heard is None:
            return write(Task(score, mask), chords, report)

        def spread(progress: Progress) -> None:
            if report is not None:
                report(replace(progress, score=None if progress.score is None else heard.spread(progress.score)))

        written = write(Task(heard.score, heard.writable), heard.wishes(chords), spread)
        return [replace(each, score=heard.spread(each.score)) for each in written]

    def _written(
        self,
        task: Task,
        chords: Sequence[ChordWish],
        report: Report | None,
        *,
        settings: Settings,
        seed: int,
        alternatives: int,
        temperature: float,
        ornament: float,
    ) -> list[Harmonization]:
        wishes = granted(task, chords)
        manners = replace(self.manners, key=task.key, ornament=ornament)
        drawing = Drawing(self.predictor, task, wishes, manners, settings, temperature=temperature, seed=seed)

        def tell(fraction: float, pitches: IntArray) -> None:
            if report is not None:
                report(Progress(fraction, self.completed(task, pitches)))

        pitches = drawing.candidates(alternatives, tell)
        likelihood = drawing.log_likelihood(pitches)
        scores = [self.completed(task, candidate) for candidate in pitches]
        chosen = choose([judge(*each) for each in zip(scores, likelihood.tolist(), strict=True)], alternatives)
        return [
            Harmonization(scores[number], seed, float(likelihood[number]), task.notes + wishes.notes)
            for number in chosen
        ]

    def completed(self, task: Task, pitches: IntArray) -> Score:
        """Return the score with pitches (T, 4), as the network heard them, in the written cells."""
        given = task.score.chorale
        back = np.where(pitches == REST, REST, pitches - task.shift)
        sung = np.where(task.writable, back, np.where(task.rests, REST, given.pitches))
        return task.score.replace(chorale=Chorale(sung, strike(task, sung, self.manners)))


def open_model(folder: Path, config: dict[str, Any]) -> Coconet:
    """Return the harmonizer in a folder, its files checked, with our own network."""
    first, second = Network(folder / "network.onnx"), folder / "refine.onnx"
    network = TwoLooks(first, Network(second)) if second.is_file() else first  # one trained alone has one look
    return Coconet(config, Hourglass(network), Manners.read(folder / "statistics.json"))
