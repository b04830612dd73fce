"""One sitting with the tools, without a window: which tool, its inputs, what is asked, what came of it, what is kept.

Whatever takes time (models, files) runs in a background job; ``poll`` brings what came of it to the main thread, and
messages tell of it. Each change of inputs, results or shelf is an undo step; what is asked in the forms is none.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from chorale.app.jobs import Job, Jobs
from chorale.app.messages import Message
from chorale.app.tools.asked import Asked, make
from chorale.app.tools.bench import Bench, History, Kept, Version, Where
from chorale.app.tools.files import save
from chorale.app.tools.shelf import Keeper
from chorale.app.tools.sources import EXAMPLES, Source, check_fit, example, from_file
from chorale.app.tools.table import TOOLS, Name, Tool
from chorale.errors import Cancelled, ChoraleError, InputError
from chorale.levels.progress import data_folder
from chorale.models.base import Progress

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from chorale.app.tools.wishes import Result
    from chorale.io.midi import Wanted
    from chorale.models.base import Report
    from chorale.music import Clip

    Maker = Callable[[str, Sequence[Clip], Asked, Report], list[Result]]

__all__ = ["Session"]

_OFFERED = 12  # earlier results in a menu
_SEEDS = 10_000  # there are so many


class Session:
    """What stands at the five tools, and all that can be done with it.

    Args:
        maker: Sets a tool to work; tests inject their own.
        folder: Where the shelf is kept from one sitting to the next; None: it is not.
    """

    def __init__(self, maker: Maker = make, folder: Path | None = None) -> None:
        self._make = maker
        self._jobs = Jobs()
        self._messages: list[Message] = []
        self._name = Name.CONTINUE
        self._asked = {name: tool.usual for name, tool in TOOLS.items()}
        self._chosen: dict[Where, int] = {}
        self._keeper = Keeper(folder, self._jobs, self._messages.append)
        self._history = History(Version(kept=self._keeper.load()))
        self._making: Job[list[Result]] | None = None
        self._readings: dict[tuple[Where, int], Job[Source]] = {}  # by the slot that they fill
        self.arrived: Callable[[], None] = lambda: None

    @classmethod
    def of_this_person(cls) -> Session:
        """Return a sitting with this person's shelf."""
        return cls(folder=data_folder())

    # What stands ----------------------------------------------------------------------------------------------

    @property
    def tool(self) -> Tool:
        """The tool at hand."""
        return TOOLS[self._name]

    @property
    def asked(self) -> Asked:
        """What is asked of it."""
        return self._asked[self._name]

    @property
    def where(self) -> Where:
        """Which bench one sees: the tool, and whether it is set to drums."""
        return self._name, self.tool.chooses and self.asked.drums

    @property
    def bench(self) -> Bench:
        """The inputs and results of the tool at hand."""
        return self._bench(self.where)

    def _bench(self, where: Where) -> Bench:
        return self._history.now.benches.get(where) or Bench((None,) * len(TOOLS[where[0]].slots))

    @property
    def wanted(self) -> Wanted:
        """What its inputs have to be."""
        return self.tool.wanted(drums=self.asked.drums)

    @property
    def kept(self) -> tuple[Kept, ...]:
        """The shelf."""
        return self._history.now.kept

    @property
    def chosen(self) -> int:
        """Which result is looked at."""
        return min(self._chosen.get(self.where, 0), max(0, len(self.bench.results) - 1))

    @property
    def result(self) -> Result | None:
        """The result that is looked at."""
        results = self.bench.results
        return results[self.chosen] if results else None

    @property
    def label(self) -> str:
        """What to call the result that is looked at: "Continue 2"."""
        return "" if self.result is None else self.label_of(self._name, self.chosen)

    @staticmethod
    def label_of(name: Name, index: int) -> str:
        """Return what to call a result of a tool."""
        return f"{'Step' if name is Name.INTERPOLATE else TOOLS[name].label} {index + 1}"

    def tune_of(self, clip: Clip) -> Clip | None:
        """Return what some drums on the bench of Drumify were made to go with; None for other clips."""
        bench = self._bench((Name.DRUMIFY, False))
        made = any(result.clip is clip for result in bench.results)
        return bench.given[0].clip if made and not bench.given[0].clip.drums else None

    @property
    def making(self) -> Job[list[Result]] | None:
        """The work that runs; its ``progress.fraction`` tells how far it is."""
        return self._making

    @property
    def reading(self) -> Job[Source] | None:
        """A file that is being read."""
        return next(iter(self._readings.values()), None)

    def awaits(self, slot: int) -> bool:
        """Return whether a file is being read into a slot of the tool at hand."""
        return (self.where, slot) in self._readings

    def take_messages(self) -> list[Message]:
        """Return what there is to tell since the last call."""
        taken, self._messages[:] = self._messages.copy(), []
        return taken

    # Asking ---------------------------------------------------------------------------------------------------

    def go(self, name: Name) -> None:
        """Take up another tool; all of them stay as they are."""
        self._name = name

    def ask(self, **changes: object) -> None:
        """Ask for something else of the tool at hand."""
        self._asked[self._name] = self.asked.replace(**changes)

    def choose(self, index: int) -> None:
        """Look at another result."""
        if self.bench.results:
            self._chosen[self.where] = max(0, min(index, len(self.bench.results) - 1))

    # Inputs ---------------------------------------------------------------------------------------------------

    def put(self, slot: int, source: Source) -> None:
        """Give the tool an input.

        Raises:
            InputError: it is not what the tool takes; the line says why.
        """
        check_fit(source.clip, self.wanted)
        self._change(f"input {source.name}", self.where, self.bench.with_input(slot, source))
        for note in source.notes:
            self._messages.append(Message(f"{source.name}: {note}", "warning"))

    def clear(self, slot: int) -> None:
        """Take an input away."""
        if self.bench.inputs[slot] is not None:
            self._change("removed input", self.where, self.bench.with_input(slot, None))

    def read(self, slot: int, path: Path) -> Job[Source]:
        """Read an input from a file, in the background."""
        where, wanted = self.where, self.wanted
        if self.awaits(slot):
            self._readings[where, slot].cancel()

        def work(report: Report) -> Source:
            report(Progress(0.0))
            return from_file(path, wanted)

        job = self._jobs.start(
            f"Read {path.name}",
            work,
            done=lambda source: self._take_input(where, slot, source),
            failed=lambda error: self._fail_reading(where, slot, error),
        )
        self._readings[where, slot] = job
        return job

    def _take_input(self, where: Where, slot: int, source: Source) -> None:
        del self._readings[where, slot]
        self._change(f"input {source.name}", where, self._bench(where).with_input(slot, source))
        self._messages += [Message(f"{source.name}: {note}", "warning") for note in source.notes]

    def _fail_reading(self, where: Where, slot: int, error: Exception) -> None:
        if not isinstance(error, Cancelled):  # then another file is being read into it
            del self._readings[where, slot]
            self._tell(error)

    def try_example(self) -> None:
        """Fill what is empty with examples, and set the tool to work."""
        bench = self.bench
        for slot, source in enumerate(bench.inputs):
            bench = bench if source is not None else bench.with_input(slot, example(self.wanted, slot))
        if bench != self.bench:
            self._change("example", self.where, bench)
        self.run()

    def examples(self) -> list[Source]:
        """Return what one could try with the tool at hand."""
        return [example(self.wanted, number) for number in range(EXAMPLES)]

    def earlier(self) -> list[tuple[Clip, str]]:
        """Return the results at all tools that this one takes, the newest bench first, with what to call them."""
        wanted, found = self.wanted, []
        for (name, _), bench in reversed(list(self._history.now.benches.items())):
            for number, result in enumerate(bench.results):
                if wanted == "anything" or result.clip.drums == (wanted == "drums"):
                    found.append((result.clip, self.label_of(name, number)))
        return found[:_OFFERED]

    # Work -----------------------------------------------------------------------------------------------------

    def run(self, *, again: bool = False) -> Job[list[Result]]:
        """Set the tool to work, in the background; what it made before stays until the new results are there.

        Args:
            again: Whether with new seeds.

        Raises:
            InputError: it is at work already, an input is missing, or a wish is out of range.
        """
        if self._making is not None:
            raise InputError(f"{self._making.name} is still at work: wait for it, or stop it")
        if again and self.bench.results:
            step = 1 if self._name is Name.INTERPOLATE else max(1, self.asked.variations)
            self.ask(seed=(self.asked.seed + step) % _SEEDS)
        tool, asked, where = self.tool, self._fitting(), self.where
        given = self._given()
        _ = asked.wishes  # says now what is out of range
        clips = [source.clip for source in given]
        self._making = self._jobs.start(
            tool.label,
            lambda report: self._make(tool.name, clips, asked, report),
            done=lambda results: self._take_results(where, given, asked, results),
            failed=self._fail_making,
        )
        return self._making

    def _fitting(self) -> Asked:
        """Return what is asked, without what the form does not show for this kind of music."""
        drums = self.tool.makes_drums(drums=self.asked.drums)
        return self.asked.replace(key=None, locked=False, ending=False) if drums else self.asked.replace(density=None)

    def _given(self) -> tuple[Source, ...]:
        given = tuple(source for source in self.bench.inputs if source is not None)
        if len(given) < len(self.tool.slots):
            missing = next(
                slot for slot, source in zip(self.tool.slots, self.bench.inputs, strict=True) if source is None
            )
            raise InputError(f"{self.tool.label} needs {missing.invitation}: drop a file, or take the staff")
        return given

    def _take_results(self, where: Where, given: tuple[Source, ...], asked: Asked, results: list[Result]) -> None:
        self._making = None
        bench = self._bench(where).replace(results=tuple(results), asked=asked, given=given)
        self._chosen[where] = 0
        self._change(TOOLS[where[0]].label, where, bench)
        notes = dict.fromkeys(note for result in results for note in result.notes)
        self._messages += [Message(note, "info") for note in notes]
        self.arrived()

    def _fail_making(self, error: Exception) -> None:
        self._making = None
        if not isinstance(error, Cancelled):
            self._tell(error)

    def cancel(self) -> None:
        """Stop the work; everything stays as it was."""
        if self._making is not None:
            self._making.cancel()
            self._making = None
            self._messages.append(Message("stopped; nothing has changed"))

    def _tell(self, error: Exception) -> None:
        text = str(error) if isinstance(error, ChoraleError) else f"this did not work: {error!r}"
        self._messages.append(Message(text, "error"))

    # The shelf ------------------------------------------------------------------------------------------------

    def is_kept(self, clip: Clip) -> bool:
        """Return whether a clip is on the shelf."""
        return any(each.clip is clip for each in self.kept)

    def keep(self) -> None:
        """Put the result that is looked at on the shelf, or take it from there if it is on it."""
        result = self.result
        if result is None:
            return
        if self.is_kept(result.clip):
            self.drop(next(index for index, each in enumerate(self.kept) if each.clip is result.clip))
            return
        kept = Kept(result.clip, self.label, result.seed)
        self._add("keep", dataclasses.replace(self._history.now, kept=(*self.kept, kept)))

    def drop(self, index: int) -> None:
        """Take a clip from the shelf."""
        kept = (*self.kept[:index], *self.kept[index + 1 :])
        self._add("drop", dataclasses.replace(self._history.now, kept=kept))

    # Undo -----------------------------------------------------------------------------------------------------

    def _change(self, label: str, where: Where, bench: Bench) -> None:
        now = self._history.now
        self._history.add(label, where, Version({**now.benches, where: bench}, now.kept))

    def _add(self, label: str, version: Version) -> None:
        self._history.add(label, self.where, version)

    @property
    def undo_label(self) -> str | None:
        """What undo would take back."""
        return self._history.undo_label

    @property
    def redo_label(self) -> str | None:
        """What redo would bring back."""
        return self._history.redo_label

    def undo(self) -> str | None:
        """Take back the last change, at the tool where it was made; return its label, or None."""
        label = self.undo_label
        self._show(self._history.undo())
        return label

    def redo(self) -> str | None:
        """Bring back what was taken back; return its label, or None."""
        label = self.redo_label
        self._show(self._history.redo())
        return label

    def _show(self, where: Where | None) -> None:
        if where is not None:
            self._name = where[0]
            if self.tool.chooses:
                self.ask(drums=where[1])

    # Files ----------------------------------------------------------------------------------------------------

    def save(self, path: Path, clips: Sequence[Clip]) -> Job[list[Path]]:
        """Write clips as MIDI files in the background: one as it is named, several as NAME-1.mid, NAME-2.mid, ...

        Raises:
            InputError: the name is no MIDI file's.
        """
        targets = [path] if len(clips) == 1 else [path.with_stem(f"{path.stem}-{n}") for n in range(1, len(clips) + 1)]
        if path.suffix.lower() not in {".mid", ".midi"}:
            raise InputError(f"{path.name}: clips are written as MIDI; wanted a name that ends in .mid")

        def work(report: Report) -> list[Path]:
            for number, (clip, target) in enumerate(zip(clips, targets, strict=True)):
                report(Progress(number / len(clips)))
                save(clip, target)
            return targets

        return self._jobs.start(f"Write {path.name}", work, done=self._saved, failed=self._tell)

    def _saved(self, targets: list[Path]) -> None:
        first = targets[0].name
        told = f"wrote {first}" if len(targets) == 1 else f"wrote {len(targets)} files, {first} to {targets[-1].name}"
        self._messages.append(Message(told, "good"))

    # Frames and the end ---------------------------------------------------------------------------------------

    @property
    def busy(self) -> bool:
        """Whether anything runs in the background."""
        return bool(self._jobs.running)

    def poll(self) -> None:
        """Deliver what background work brought, and keep the shelf if it changed; call it once a frame."""
        self._jobs.poll()
        self._keeper.tick(self.kept)

    def close(self) -> None:
        """Stop all work; the shelf is kept."""
        self._jobs.close()
        self._keeper.close(self.kept)
