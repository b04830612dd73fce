"""Coconet as a harmonizer: draft all candidates, redraw voice by voice under the rules, keep the best.

1. Draft: a few confidence-ordered passes fill every writable cell of all candidates at once (``filling``).
2. Finish: rounds of voice sweeps, bass, tenor, alto, soprano: each hides one voice, asks the network once, and redraws
   the line exactly given the other three (``sweep``). They come last, for a cell drawn alone knows no rules.
3. Choice: by the rules first, then by pseudo-likelihood: each voice's cells given the other voices.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from chorale.errors import InputError
from chorale.models.base import Harmonization, Progress
from chorale.models.coconet.choice import choose, judge
from chorale.models.coconet.closes import formulas, plan
from chorale.models.coconet.codec import LOWEST, PITCHES
from chorale.models.coconet.filling import fill
from chorale.models.coconet.ground import ground_of
from chorale.models.coconet.manners import Manners
from chorale.models.coconet.predictor import Hourglass
from chorale.models.coconet.strikes import strike
from chorale.models.coconet.sweep import Voice, redraw
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
    from chorale.models.coconet.wishes import Wishes

    IntArray = NDArray[np.int64]

__all__ = ["Coconet", "Settings", "open_model"]

BASS = 3
ORDER = (3, 2, 1, 0)  # bass first: it carries the harmony
FURTHER = 3  # more candidates for each further alternative
COOLEST = 0.25  # of the sweeps: below, rounding decides


@dataclass(frozen=True)
class Settings:
    """How much work goes into a harmonization.

    Attributes:
        candidates: Drawn at once; alternatives come out of them.
        passes: Of the draft.
        rounds: Of voice sweeps.
        draft_temperature: Of the draft at temperature 1.
        leaning: Nats by which the further candidates of several alternatives lean to harmonies of their own.
    """

    candidates: int = 4
    passes: int = 8
    rounds: int = 2
    draft_temperature: float = 0.8
    leaning: float = 1.5


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
        settings: Settings = Settings(),
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
        task = Task(score, np.array(writable, bool))
        wishes = granted(task, chords)
        count = settings.candidates + FURTHER * (alternatives - 1)
        manners = replace(self.manners, key=task.key, ornament=ornament)
        work = _Work(self, task, wishes, manners, count, temperature, seed, report, settings)
        pitches = work.run()
        likelihood = work.log_likelihood(pitches)
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
    return Coconet(config, Hourglass(Network(folder / "network.onnx")), Manners.read(folder / "statistics.json"))


class _Work:
    """One call of ``harmonize``: the random generator, the progress and the steps in their order."""

    def __init__(
        self,
        model: Coconet,
        task: Task,
        wishes: Wishes,
        manners: Manners,
        count: int,
        temperature: float,
        seed: int,
        report: Report | None,
        settings: Settings,
    ) -> None:
        self.model, self.task, self.wishes, self.manners = model, task, wishes, manners
        self.count, self.settings = count, settings
        self.temperature, self.report = temperature, report
        self.possible = task.allowed & wishes.possible
        self.formulas = formulas(task, manners)
        self.rng = np.random.default_rng(seed)
        self.voices = [voice for voice in ORDER if task.writable[:, voice].any()]
        self.total = settings.passes + settings.rounds * len(self.voices) + 1
        self.done = 0

    def run(self) -> IntArray:
        """Return the candidates' pitches (C, T, 4)."""
        pitches, hidden = self._planned()
        leanings = self._leanings()
        draft = fill(
            lambda now, hidden: self.model.predictor.read(self.task, now, hidden)[..., :PITCHES] + leanings,
            pitches,
            hidden,
            self.possible,
            passes=self.settings.passes,
            temperature=self.temperature * self.settings.draft_temperature,
            rng=self.rng,
        )
        for now, still in draft:
            pitches = now
            self._tell(pitches, still)
        for _ in range(self.settings.rounds):
            self.ground = ground_of(self.task, pitches)
            for voice in self.voices:
                pitches = self._sweep(pitches, voice)
                self._tell(pitches, np.zeros_like(pitches, bool))
        return pitches

    def _planned(self) -> tuple[IntArray, BoolArray]:
        """Return candidates (C, T, 4) with their cadences planned, and the cells (T, 4) still to be written."""
        task = self.task
        hidden = task.writable.copy()
        heard = self.model.predictor.read(task, task.pitches[None], hidden[None])
        heard = np.repeat(heard, self.count, axis=0)
        bass, known = plan(task, heard, self.possible, self.manners, self.temperature, self.rng)
        pitches = np.repeat(task.pitches[None], self.count, axis=0)
        pitches[:, known, BASS] = bass[:, known]
        hidden[known, BASS] = False
        return pitches, hidden

    def _leanings(self) -> NDArray[np.float32]:
        """Return (C, T, 1, PITCHES) nats in favour of pitches: none in the first candidates, then by chance.

        All voices lean to the same pitch classes for a beat, so that it is harmonies that differ, not single notes.
        """
        task, count = self.task, self.count
        beats = (task.first_in_beat + np.arange(task.score.steps)) // task.beat
        drawn = self.rng.normal(0, self.settings.leaning, (count, int(beats[-1]) + 1, 12)).astype(np.float32)
        drawn[: self.settings.candidates] = 0
        classes = np.arange(LOWEST, LOWEST + PITCHES) % 12
        return drawn[:, beats][:, :, None, classes]

    def log_likelihood(self, pitches: IntArray) -> NDArray[np.float64]:
        """Return (C,) the mean over written cells of the log-probability given all other voices."""
        sums, cells = np.zeros(len(pitches)), 0
        for voice in self.voices:
            free = self.task.writable[:, voice]
            log_probs = self._without(pitches, voice)[:, free]
            classes = pitches[:, free, voice, None] - LOWEST
            sums += np.take_along_axis(log_probs, classes, axis=-1)[..., 0].sum(axis=1)
            cells += int(free.sum())
        return sums / cells

    def _sweep(self, pitches: IntArray, voice: int) -> IntArray:
        allowed = LOWEST + np.flatnonzero(self.task.allowed[voice])
        free = self.task.writable[:, voice]
        part = Voice(
            voice,
            int(allowed[0]),
            int(allowed[-1]),
            free,
            self.task.resting,
            self.wishes.cost[:, voice],
            self.ground,
            self.formulas if voice == BASS else (),
        )
        return redraw(
            pitches,
            self._without(pitches, voice),
            part,
            self.manners,
            beat=self.task.beat,
            first=self.task.first_in_beat,
            temperature=max(COOLEST, self.temperature),
            rng=self.rng,
        )

    def _without(self, pitches: IntArray, voice: int) -> NDArray[np.float32]:
        """Return one voice's log-probabilities (C, T, classes), its writable cells hidden."""
        hidden = np.zeros(pitches.shape, bool)
        hidden[:, :, voice] = self.task.writable[:, voice]
        return self.model.predictor.read(self.task, pitches, hidden)[:, :, voice]

    def _tell(self, pitches: IntArray, hidden: BoolArray) -> None:
        self.done += 1
        if self.report is not None:
            shown = np.where(hidden[0], REST, pitches[0])
            self.report(Progress(self.done / self.total, self.model.completed(self.task, shown)))
