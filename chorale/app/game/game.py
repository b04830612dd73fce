"""Game: everything a player can do, for the window and for tests alike.

The window calls ``poll`` once a frame; outcomes of work in the background arrive there, on the main thread. Whatever is
reached is kept at once.
"""

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from chorale.app.game import unlocking
from chorale.app.game.attempts import Attempt, Help, next_help
from chorale.app.game.examining import Examiner
from chorale.app.game.listening import Round, play_round
from chorale.app.game.shelves import Shelves
from chorale.app.jobs import Job, Jobs
from chorale.app.messages import Message
from chorale.app.studio import load_model
from chorale.errors import ChoraleError, InputError
from chorale.levels import progress as keeping
from chorale.levels.level import Answer, Level
from chorale.levels.progress import Progress, Result
from chorale.levels.report import export
from chorale.levels.scoring import Outcome
from chorale.levels.worlds import World, Worlds, load_shipped
from chorale.models.base import Harmonizer
from chorale.music import Score

__all__ = ["EXAM_STARS", "Game", "Handed"]

EXAM_STARS = 2
"""What passes a whole world, without a hint."""

_ROUNDS_A_DAY = 1000  # so that no two days share a seed


@dataclass(frozen=True)
class Handed:
    """What handing in has brought.

    Attributes:
        outcome: points, stars, remarks.
        before: the best result before, or None.
        is_best: whether this is the best by now.
        unlocked: levels that are open now and were not.
        passed: id of the world that was passed by its exam, or "".
    """

    outcome: Outcome
    before: Result | None
    is_best: bool
    unlocked: tuple[Level, ...]
    passed: str = ""


class Game:
    """Worlds, progress, and the attempt at a level.

    Args:
        worlds: those that ship.
        folder: where progress is kept; None: nothing is.
        load: gives a harmonizer by name.
        model: its name.
        today: gives the day.

    Attributes:
        names: the style of note names in remarks: "english", "german" or "fixed-do".
    """

    def __init__(
        self,
        worlds: Worlds | None = None,
        folder: Path | None = None,
        *,
        load: Callable[[str], Harmonizer] = load_model,
        model: str = "coconet",
        today: Callable[[], date] = date.today,
    ) -> None:
        self._folder, self._today = folder, today
        self._messages: list[Message] = []
        self._examiner = Examiner(load, model, self._messages.append)
        self._jobs = Jobs()
        self._attempt: Attempt | None = None
        self._rounds = 0
        self.names = "english"
        self._progress = self._read_progress()
        self._shelves = Shelves(load_shipped() if worlds is None else worlds, self._progress.folders)

    @classmethod
    def of_this_person(cls) -> "Game":
        """Return the window's game: progress where this system keeps a person's data."""
        return cls(folder=keeping.data_folder())

    def _read_progress(self) -> Progress:
        if self._folder is None:
            return Progress()
        progress, complaints = keeping.load(self._folder)
        self._messages += [Message(line, "warning") for line in complaints]
        if complaints:
            self._keep(progress)  # what could be read of a damaged file must not wait for the next star
        return progress

    # What there is ---------------------------------------------------------------------------------------------

    @property
    def worlds(self) -> tuple[World, ...]:
        """The worlds in order, a teacher's last."""
        return self._shelves.worlds.worlds

    @property
    def problems(self) -> tuple[str, ...]:
        """A line for everything that is wrong with level files."""
        return self._shelves.worlds.problems + self._shelves.worlds.loose_ends()

    @property
    def progress(self) -> Progress:
        """What was reached."""
        return self._progress

    @property
    def attempt(self) -> Attempt | None:
        """What is being tried, or None."""
        return self._attempt

    @property
    def busy(self) -> bool:
        """Whether something works in the background."""
        return bool(self._jobs.running)

    def take_messages(self) -> list[Message]:
        """Return what there is to tell since the last call."""
        taken, self._messages[:] = self._messages.copy(), []
        return taken

    def level(self, name: str) -> Level:
        """Return a level by its id.

        Raises:
            InputError: there is none.
        """
        self._shelves.worlds.world_of(name)
        return self._shelves.worlds.by_id[name]

    def world(self, name: str) -> World:
        """Return a world by its id.

        Raises:
            InputError: there is none.
        """
        for world in self.worlds:
            if world.id == name:
                return world
        raise InputError(f"world {name!r}: wanted one of {', '.join(world.id for world in self.worlds)}")

    def is_open(self, name: str) -> bool:
        """Return whether a level may be played."""
        return unlocking.is_open(self.level(name), self._shelves.worlds, self._progress)

    def is_passed(self, name: str) -> bool:
        """Return whether a level has a star, or its world was passed by its exam."""
        return unlocking.is_passed(self.level(name), self._shelves.worlds, self._progress)

    def lacking(self, name: str) -> tuple[Level, ...]:
        """Return the levels to be passed before one is open."""
        return unlocking.lacking(self.level(name), self._shelves.worlds, self._progress)

    def best(self, name: str) -> Result | None:
        """Return the best result of a level, or None."""
        return self._progress.best(name, self.level(name).version)

    def stars(self, world: str) -> tuple[int, int]:
        """Return the stars of a world, had and to be had."""
        return unlocking.stars(self.world(world), self._progress)

    def next_level(self, after: str = "") -> Level | None:
        """Return the level to play next, after another one or from where the player is; None when all are passed."""
        return unlocking.next_level(self._shelves.worlds, self._progress, after)

    @property
    def streak(self) -> int | None:
        """Days in a row, or None if the player does not want to see them."""
        streak = self._progress.streak
        return streak.on(self._today()) if streak.shown else None

    # Playing ---------------------------------------------------------------------------------------------------

    def begin(self, name: str) -> Attempt:
        """Begin a level anew.

        Raises:
            InputError: there is none of that id, or it is not open; the message names what is to be passed before.
        """
        level, lacking = self.level(name), self.lacking(name)
        if lacking:
            titles = ", ".join(each.title for each in lacking)
            raise InputError(f"{level.title!r} is not open yet: wanted a star in {titles}")
        return self._begin(Attempt(level))

    def test_out(self, world: str) -> Attempt:
        """Begin the exam of a world, open or not: two stars without a hint pass all its levels.

        Raises:
            InputError: there is no such world, or it has no exam.
        """
        exam = self.world(world).exam
        if not exam:
            raise InputError(f"the world {world!r} has no exam: wanted one that has")
        return self._begin(Attempt(self.level(exam), exam=world))

    def _begin(self, attempt: Attempt) -> Attempt:
        self._attempt = attempt
        return attempt

    def leave(self) -> None:
        """Give up the attempt."""
        self._attempt = None

    def hint(self, answer: Answer | Score) -> Help | None:
        """Return the next hint to what is written so far, which costs ten points; None where nothing is left to say.

        Raises:
            InputError: no level was begun.
        """
        found = next_help(self._trying(), _full(answer))
        if found is None:
            return None
        self._attempt, helped = found
        return helped

    def _trying(self) -> Attempt:
        if self._attempt is None:
            raise InputError("no level was begun: wanted one")
        return self._attempt

    def hand_in(self, answer: Answer | Score) -> Handed:
        """Mark an answer and keep what it earns, waiting for it.

        Raises:
            InputError: no level was begun.
        """
        attempt = self._trying()
        return self._settle(attempt, self._marked(attempt, _full(answer)))

    def hand_in_job(self, answer: Answer | Score, done: Callable[[Handed], None]) -> Job[Outcome]:
        """Mark an answer in the background, as ``hand_in`` does; ``done`` is called in ``poll``.

        Raises:
            InputError: no level was begun.
        """
        attempt, full = self._trying(), _full(answer)
        return self._jobs.start(
            "Mark",
            lambda _: self._marked(attempt, full),
            done=lambda outcome: done(self._settle(attempt, outcome)),
            failed=self._failed,
        )

    def _marked(self, attempt: Attempt, answer: Answer) -> Outcome:
        return self._examiner.mark(attempt, answer, self.names)

    def _settle(self, attempt: Attempt, outcome: Outcome) -> Handed:
        """Keep what an outcome earns."""
        level, before = attempt.level, self._progress
        best = before.best(level.id, level.version)
        passed = attempt.exam if outcome.stars >= EXAM_STARS and not outcome.hints else ""
        after = before
        if outcome.stars:
            result = Result(outcome.stars, outcome.points, outcome.hints, level.version, self._today().isoformat())
            after = before.reached(level.id, result, self._today())
        if passed:
            after = after.passed_by_exam(passed)
        if after != before:
            self._keep(after)
        if self._attempt is attempt:
            self._attempt = attempt.handed_in(outcome)
        unlocked = unlocking.opened_by(before, self._progress, self._shelves.worlds)
        is_best = self._progress.best(level.id, level.version) != best
        return Handed(outcome, best, is_best, unlocked, passed)

    def listen_job(self, score: Score, done: Callable[[Round], None], seed: int | None = None) -> Job[Round]:
        """Prepare the blind listening of a level of the kind "beat" in the background; ``done`` is called in ``poll``.

        Args:
            score: the player's setting.
            done: gets the round.
            seed: of the order and of the model's setting; None: another one every time and every day.

        Raises:
            InputError: no level was begun.
        """
        level = self._trying().level
        self._rounds += 1
        chosen = self._today().toordinal() * _ROUNDS_A_DAY + self._rounds if seed is None else seed
        return self._jobs.start(
            "Listen",
            lambda _: play_round(level, score, self._examiner.harmonizer(), chosen),
            done=done,
            failed=self._failed,
        )

    def _failed(self, error: Exception) -> None:
        known = isinstance(error, ChoraleError)
        self._messages.append(
            Message(str(error) if known else f"this went wrong, which is our fault: {error!r}", "error")
        )

    # A teacher's levels ----------------------------------------------------------------------------------------

    def open(self, path: Path) -> tuple[str, ...]:
        """Open a level file or a folder of them, or open it anew; return a line for each thing that is wrong.

        What can be read can be played. It is opened again the next time.

        Raises:
            InputError: there is no such file or folder, or no level in it can be read.
        """
        problems = self._shelves.open(Path(path))
        self._keep_folders()
        return problems

    def close(self, path: Path) -> None:
        """Take a teacher's file or folder off the map; its results stay."""
        self._shelves.close(Path(path))
        self._keep_folders()

    def _keep_folders(self) -> None:
        self._keep(dataclasses.replace(self._progress, folders=tuple(map(str, self._shelves.paths))))

    @property
    def opened(self) -> tuple[Path, ...]:
        """A teacher's files and folders on the map."""
        return self._shelves.paths

    # Progress --------------------------------------------------------------------------------------------------

    def show_streak(self, *, shown: bool) -> None:
        """Show the streak, or hide it."""
        self._keep(self._progress.showing_streak(shown=shown))

    def call(self, player: str) -> None:
        """Say who plays: a teacher reads it."""
        self._keep(dataclasses.replace(self._progress, player=player.strip()))

    def export(self, path: Path) -> None:
        """Write what was reached into a file for a teacher: ``.csv`` a table of all levels, else to be imported again.

        Raises:
            InputError: it cannot be written.
        """
        export(self._progress, self._shelves.worlds, Path(path))

    def import_(self, path: Path) -> None:
        """Take the better results of a file that was exported.

        Raises:
            InputError: it is no such file.
        """
        theirs = dataclasses.replace(keeping.read(Path(path)), folders=())
        self._keep(self._progress.merged(theirs))

    def _keep(self, progress: Progress) -> None:
        """Take a new progress, and write it down at once."""
        self._progress = progress
        if self._folder is None:
            return
        try:
            self._progress = keeping.save(progress, self._folder)
        except InputError as error:
            self._messages.append(Message(f"your progress is not kept: {error}", "warning"))

    def poll(self) -> None:
        """Deliver what background work brought; call it once a frame."""
        self._jobs.poll()

    def end(self) -> None:
        """Stop all work."""
        self._jobs.close()


def _full(answer: Answer | Score) -> Answer:
    return Answer(answer) if isinstance(answer, Score) else answer
