"""How candidates come about: cadences planned, the rest drafted, then every voice redrawn, round after round."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from chorale.models.coconet.closes import approaches, closes_of, formulas, plan
from chorale.models.coconet.codec import LOWEST, PITCHES
from chorale.models.coconet.filling import fill
from chorale.models.coconet.ground import Ground, as_score, ground_of
from chorale.models.coconet.home import homeward
from chorale.models.coconet.leads import leads
from chorale.models.coconet.openings import first_bass, opening_costs, opening_of
from chorale.models.coconet.sketch import sketch
from chorale.models.coconet.sweep import Voice, redraw
from chorale.music import REST

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from chorale.models.base import BoolArray
    from chorale.models.coconet.manners import Manners
    from chorale.models.coconet.predictor import Predictor
    from chorale.models.coconet.task import Task
    from chorale.models.coconet.wishes import Wishes

    IntArray = NDArray[np.int64]
    FloatArray = NDArray[np.float32]
    Tell = Callable[[float, IntArray], None]

__all__ = ["Drawing", "Settings"]

BASS = 3
ORDER = (3, 2, 1, 0)  # bass first: it carries the harmony
COOLEST = 0.25  # of the sweeps: below, rounding decides


@dataclass(frozen=True)
class Settings:
    """How much work goes into a harmonization.

    Attributes:
        candidates: Drawn at once; the best is the answer.
        steps: Of all candidates together, at most: of long pieces fewer are drawn, but two.
        further: More candidates for each further alternative.
        passes: Of the draft.
        rounds: Of voice sweeps.
        patience: Further rounds, at most, if no candidate keeps the key.
        draft_temperature: Of the draft at temperature 1.
        leaning: Nats by which the further candidates lean to harmonies of their own.
    """

    candidates: int = 4
    steps: int = 768
    further: int = 3
    passes: int = 8
    rounds: int = 2
    patience: int = 2
    draft_temperature: float = 0.8
    leaning: float = 1.5


class Drawing:
    """The candidates of one call of ``harmonize``.

    Args:
        predictor: The network.
        task: What to write.
        wishes: Chords that are wanted.
        manners: Bach's manners, in the task's key, as ornate as wanted.
        settings: How much work.
        temperature: 1 as the model was trained.
        seed: Of all chance.
    """

    def __init__(
        self,
        predictor: Predictor,
        task: Task,
        wishes: Wishes,
        manners: Manners,
        settings: Settings,
        *,
        temperature: float,
        seed: int,
    ) -> None:
        self.predictor, self.task, self.wishes, self.manners = predictor, task, wishes, manners
        self.settings, self.temperature = settings, temperature
        self.rng = np.random.default_rng(seed)
        self.possible = task.allowed & wishes.possible
        self.leads = leads(task)
        self.closes, self.formulas, self.opening = closes_of(task), formulas(task, manners), opening_of(task)
        self.voices = [voice for voice in ORDER if task.writable[:, voice].any()]
        self.settled = np.zeros(task.writable.shape, bool)  # written once and for all
        self._last: tuple[int, IntArray, FloatArray] | None = None

    def candidates(self, alternatives: int, tell: Tell) -> IntArray:
        """Return candidates (C, T, 4), enough to choose so many alternatives from.

        Args:
            alternatives: How many are wanted.
            tell: Hears of the progress, 0..1, and the first candidate, a sketch where it is not written yet.
        """
        settings = self.settings
        straight = max(2, min(settings.candidates, settings.steps // self.task.score.steps))
        heard = self.predictor.read(self.task, self.task.pitches[None], self.task.writable[None], hasty=True)
        glance = sketch(self.task, heard[0], self.possible)
        tell(1 / (2 * self._passes), glance)
        pitches, hidden = self._planned(heard, straight + settings.further * (alternatives - 1))
        draft = fill(
            self._leaning(len(pitches), straight),
            pitches,
            hidden,
            self.possible,
            passes=settings.passes,
            temperature=self.temperature * settings.draft_temperature,
            rng=self.rng,
        )
        for done, (now, still) in enumerate(draft, 1):
            pitches = now
            tell(done / self._passes, np.where(still[0], glance, pitches[0]))
        return self._swept(pitches, tell)

    @property
    def _passes(self) -> int:
        """How many times the network is asked, the last time for the choice."""
        return self.settings.passes + self.settings.rounds * len(self.voices) + 1

    def _swept(self, pitches: IntArray, tell: Tell) -> IntArray:
        """Return the candidates after the rounds of sweeps, and after a few more as long as none has kept the key."""
        settings, call = self.settings, np.zeros((len(pitches), 1, PITCHES))
        for number in range(settings.rounds + settings.patience):
            scores = [as_score(self.task, candidate) for candidate in pitches]
            fresh = homeward(self.task, scores)
            lost = fresh.any(axis=(1, 2))
            if number >= settings.rounds and not lost.all():
                break
            call[lost] = fresh[lost] * max(1, number + 1 - settings.rounds)
            ground = ground_of(self.task, scores)
            for done, voice in enumerate(self.voices, settings.passes + number * len(self.voices) + 1):
                pitches = self._sweep(pitches, voice, ground, call, hasty=number + 1 < settings.rounds)
                tell(min(1.0, done / self._passes), pitches[0])
        return pitches

    def _planned(self, heard: FloatArray, count: int) -> tuple[IntArray, BoolArray]:
        """Return candidates (C, T, 4) with first bass and cadences planned, and the cells (T, 4) still to be written.

        Args:
            heard: (1, T, 4, P) what the network says of each cell, all writable ones hidden.
            count: C.
        """
        task = self.task
        hidden = task.writable.copy()
        heard = np.repeat(heard, count, axis=0)
        bass, known = plan(task, heard, self.possible, self.manners, self.temperature, self.rng)
        pitches = np.repeat(task.pitches[None], count, axis=0)
        pitches[:, known, BASS] = bass[:, known]
        hidden[known, BASS] = False
        for close in self.closes:
            if close.between:
                self.settled[close.before : close.step + 1, BASS] = known[close.before : close.step + 1]
        if self.opening is not None and hidden[self.opening.start, BASS]:
            start = self.opening.start, BASS
            heard, possible = heard[:, *start, :PITCHES], self.possible[start]
            begins = first_bass(self.opening, task, heard, possible, self.manners, self.temperature, self.rng)
            pitches[:, *start], hidden[start] = begins, False
        return pitches, hidden

    def _leaning(self, count: int, straight: int) -> Callable[[IntArray, BoolArray], FloatArray]:
        """Return how candidates hear the network: the first as it is, the others leaning by chance.

        All voices lean to the same pitch classes for a beat, so that it is harmonies that differ, not single notes.
        Where the given voices stand still all lean, for what is confident there is that nothing moves at all; but to
        tones of the key only.
        """
        task = self.task
        beats = (task.first_in_beat + np.arange(task.score.steps)) // task.beat
        drawn = self.rng.normal(0, self.settings.leaning, (count, int(beats[-1]) + 1, 12)).astype(np.float32)
        drawn[:straight, ~task.still_beats] = 0
        drawn[:straight, :, task.foreign] = np.minimum(drawn[:straight, :, task.foreign], 0)
        leaning = drawn[:, beats][:, :, None, np.arange(LOWEST, LOWEST + PITCHES) % 12]
        leaning = (leaning - self.leads[:, None]).astype(np.float32)
        return lambda now, hidden: self.predictor.read(task, now, hidden, hasty=True)[..., :PITCHES] + leaning

    def _sweep(
        self, pitches: IntArray, voice: int, ground: Ground, call: NDArray[np.float64], *, hasty: bool
    ) -> IntArray:
        """Return the candidates with one voice redrawn, on a ground, some called home by costs (C, 1, PITCHES).

        Where all will be redrawn again a hasty opinion of the network does: what is written came out no worse.
        """
        task = self.task
        allowed = LOWEST + np.flatnonzero(task.allowed[voice])
        part = Voice(
            voice,
            int(allowed[0]),
            int(allowed[-1]),
            task.writable[:, voice] & ~self.settled[:, voice],
            task.resting,
            task.again,
            self.wishes.cost[:, voice] + self.leads + call + self._at_ends(pitches, voice),
            ground,
            self.formulas if voice == BASS else (),
        )
        return redraw(
            pitches,
            self._without(pitches, voice, hasty=hasty),
            part,
            self.manners,
            beat=task.beat,
            first=task.first_in_beat,
            temperature=max(COOLEST, self.temperature),
            rng=self.rng,
        )

    def _at_ends(self, pitches: IntArray, voice: int) -> NDArray[np.float64]:
        """Return the costs (C, T, PITCHES) of a voice's pitches as parts of the first chord and of those at closes."""
        cost = approaches(self.closes, self.manners, pitches, voice)
        return cost if self.opening is None else cost + opening_costs(self.opening, self.manners, pitches, voice)

    def log_likelihood(self, pitches: IntArray) -> NDArray[np.float64]:
        """Return (C,) the mean over written cells of the log-probability given all other voices.

        The voice that was drawn last comes first: what the network says of it is still known.
        """
        sums, cells = np.zeros(len(pitches)), 0
        for voice in reversed(self.voices):
            free = self.task.writable[:, voice]
            log_probs = self._without(pitches, voice)[:, free]
            classes = pitches[:, free, voice, None] - LOWEST
            sums += np.take_along_axis(log_probs, classes, axis=-1)[..., 0].sum(axis=1)
            cells += int(free.sum())
        return sums / cells

    def _without(self, pitches: IntArray, voice: int, *, hasty: bool = False) -> FloatArray:
        """Return one voice's log-probabilities (C, T, classes), its writable cells hidden.

        The last full answer is kept: the voice that was drawn last is judged beside those that it was drawn beside.
        """
        hidden = np.zeros(pitches.shape, bool)
        hidden[:, :, voice] = self.task.writable[:, voice]
        if hasty:
            return self.predictor.read(self.task, pitches, hidden, hasty=True)[:, :, voice]
        asked = np.where(hidden, REST, pitches)
        if self._last is None or self._last[0] != voice or not np.array_equal(self._last[1], asked):
            self._last = voice, asked, self.predictor.read(self.task, pitches, hidden)[:, :, voice]
        return self._last[2]
