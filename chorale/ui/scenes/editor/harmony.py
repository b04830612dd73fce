"""Harmonize as the person meets it: start, stop, watch the voices appear, choose among the answers."""

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from chorale.app.harmonizing import LETTERS, Request, harmonizers
from chorale.music import REST, Voice
from chorale.ui.portrait import Mood
from chorale.ui.scenes.editor.state import State

if TYPE_CHECKING:
    from chorale.app.jobs import Job
    from chorale.models.base import Harmonization
    from chorale.music import Score

__all__ = ["Harmony"]

_WATCH = 1 / 30  # seconds between looks at a running job
_INK_EVERY = 0.18  # seconds between two pictures of the voices as they stand


class Harmony:
    """The side panel's business."""

    def __init__(self, state: State, ink_in: Callable[[float], None]) -> None:
        self._state, self._ink_in = state, ink_in
        self.seed = 0
        self.report: tuple[str, ...] = ()
        self._job: Job[list[Harmonization]] | None = None
        self._began = 0.0
        self._seen: Score | None = None
        self._inked_at = float("-inf")
        self._answers: object = None

    # Asking -----------------------------------------------------------------------------------------------------

    @property
    def running(self) -> bool:
        """Whether the harmonizer is at work."""
        return self._state.studio.harmonizing is not None

    @property
    def fraction(self) -> float:
        """How far it is, 0..1."""
        job = self._state.studio.harmonizing
        return 0.0 if job is None else job.progress.fraction

    @property
    def temperature(self) -> float:
        """How bold the answers are, 0..2."""
        return self._state.studio.settings.temperature

    def set_temperature(self, temperature: float) -> None:
        """Ask for plainer or bolder answers."""
        self._state.studio.change_settings(temperature=round(temperature, 2))

    @property
    def ornament(self) -> float:
        """How ornate the answers are, -1..1."""
        return self._state.studio.settings.ornament

    def set_ornament(self, ornament: float) -> None:
        """Ask for plainer or more ornate answers."""
        self._state.studio.change_settings(ornament=round(ornament, 2))

    @property
    def alternatives(self) -> int:
        """How many answers are made at once."""
        return self._state.studio.settings.alternatives

    def set_alternatives(self, count: int) -> None:
        """Ask for so many answers."""
        self._state.studio.change_settings(alternatives=count)

    @cached_property
    def models(self) -> tuple[str, ...]:
        """The names of the harmonizers that are installed."""
        return harmonizers()

    @property
    def model(self) -> str:
        """Who harmonizes: the one that was chosen, if it is still there."""
        chosen = self._state.studio.settings.model
        return chosen if chosen in self.models else Request.model

    def set_model(self, name: str) -> None:
        """Let another model harmonize."""
        self._state.studio.change_settings(model=name)

    def set_seed(self, seed: int) -> None:
        """Ask for the answer of this seed next."""
        self.seed = seed

    def start(self) -> None:
        """Begin, or stop if it is at work."""
        state = self._state
        if self.running:
            self.stop()
            return
        settings = state.studio.settings
        request = Request(
            keep=self.kept,
            bars=state.bars,
            seed=self.seed,
            alternatives=settings.alternatives,
            temperature=settings.temperature,
            ornament=settings.ornament,
            model=self.model,
        )
        state.services.sound.pause()
        self._answers = state.studio.alternatives
        if state.attempt(lambda: state.studio.harmonize(request)):
            self._job = state.studio.harmonizing
            self._began, self._seen = state.now, None
            state.portrait.feel(Mood.CONDUCTING, state.now)

    @property
    def kept(self) -> frozenset[int]:
        """The voices that are given: the soprano, or where it is silent, whatever was written."""
        pitches = self._state.score.chorale.pitches
        if (pitches[:, Voice.SOPRANO] != REST).any():
            return frozenset({int(Voice.SOPRANO)})
        return frozenset(voice for voice in range(4) if (pitches[:, voice] != REST).any())

    def stop(self) -> None:
        """Ask it to stop; the score stays as it is."""
        if self.running:
            self._state.studio.cancel_harmonize()
            self._state.say("Harmonize was stopped; nothing has changed")
            self._ink_in(self._state.now)

    # Answers ----------------------------------------------------------------------------------------------------

    @property
    def letters(self) -> str:
        """The letters of the answers there are."""
        given = self._state.studio.alternatives
        return "" if given is None or len(given.scores) < 2 else LETTERS[: len(given.scores)]

    @property
    def chosen(self) -> int:
        """Which answer stands in the score, or -1 if it was changed since."""
        given = self._state.studio.alternatives
        return (
            given.chosen
            if given is not None and given.scores[given.chosen].chorale == self._state.score.chorale
            else -1
        )

    def is_chosen(self, index: int) -> bool:
        """Return whether this answer stands in the score."""
        return self.chosen == index

    def notes_on(self, index: int) -> tuple[str, ...]:
        """Return what the harmonizer says of an answer."""
        given = self._state.studio.alternatives
        return () if given is None or index >= len(given.answers) else given.answers[index].notes

    def choose(self, index: int) -> None:
        """Put another answer into the score."""
        given = self._state.studio.alternatives
        if given is None or index >= len(given.scores) or self.running:
            return
        self._ink_in(self._state.now)
        if self._state.attempt(lambda: self._state.studio.choose(index)):
            self._describe()

    def _describe(self) -> None:
        given = self._state.studio.alternatives
        if given is None:
            self.report = ()
            return
        answer = given.answers[given.chosen]
        letter = f"Answer {LETTERS[given.chosen]} of {len(given.scores)}, seed" if len(given.scores) > 1 else "Seed"
        self.report = (f"{letter} {answer.seed}", *answer.notes)

    # Time -------------------------------------------------------------------------------------------------------

    def update(self, now: float) -> float | None:
        """Watch the job; return the seconds until the next look, None while there is none."""
        studio = self._state.studio
        if studio.alternatives is None and self.report:
            self.report = ()
        job = studio.harmonizing
        if job is None:
            if self._job is not None:
                self._ended(now)
            return None
        sampled = job.progress.score
        if sampled is not None and sampled is not self._seen and now - self._inked_at >= _INK_EVERY:
            self._ink_in(now)
            self._seen, self._inked_at = sampled, now
        return 0.0 if not self._state.theme.still else _WATCH

    def _ended(self, now: float) -> None:
        """Tell what came of it."""
        state = self._state
        self._job = None
        state.portrait.feel(Mood.IDLE, now)
        state.settle()
        if state.studio.alternatives is None or state.studio.alternatives is self._answers:
            return
        self._ink_in(now)
        self._describe()
        count = len(state.studio.alternatives.scores)
        more = f", {count} answers to choose from" if count > 1 else ""
        state.portrait.feel(Mood.PLEASED, now)
        took = now - self._began
        taking = f" in {took:.1f} s" if took >= 0.05 else ""
        state.say(f"Harmonized{taking}{more}", "good", "Undo", self._undo)
        self.seed = (self.seed + 1) % 10_000

    def _undo(self) -> None:
        self._state.studio.undo()
        self._state.settle()
