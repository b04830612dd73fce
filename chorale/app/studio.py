"""Studio: everything a person can do, for the window and the command line alike.

The window calls ``poll`` once a frame; results of jobs, autosaves and messages arrive there, on the main thread.
Whatever goes wrong in a call raises ChoraleError with one line, and the document is as it was; whatever goes wrong
in the background becomes a ``Message``.
"""

import time
from collections.abc import Callable, Hashable
from pathlib import Path
from typing import Any

from chorale.app import exporting, settings
from chorale.app.answering import Alternatives, Answering
from chorale.app.assistant import Apart, Here, Hired
from chorale.app.autosave import Recoverable, recoverable, sessions_folder
from chorale.app.checking import Checked
from chorale.app.document import Document
from chorale.app.edits import empty
from chorale.app.fixing import label as fix_label
from chorale.app.harmonizing import Request
from chorale.app.jobs import Job, Jobs
from chorale.app.keeping import Keeper
from chorale.app.messages import Message
from chorale.app.opening import Opened, Opening, Reader, read
from chorale.app.teaching import Teacher
from chorale.errors import Cancelled, ChoraleError, InputError
from chorale.models.base import Harmonization, Harmonizer
from chorale.music import Meter, Score
from chorale.theory import Analysis, Finding

__all__ = ["Alternatives", "Message", "Studio", "load_model"]


def load_model(name: str) -> Harmonizer:
    """Return a harmonizer of ours by name; its runtime loads with it."""
    from chorale import models  # noqa: PLC0415  the runtime loads when it is first needed

    harmonizer: Harmonizer = models.load(name)
    return harmonizer


class Studio:
    """One open document and all that can be done with it.

    Args:
        config: folder of the settings; None: nothing is remembered (command line, tests).
        sessions: folder of the autosaves; None: nothing is autosaved.
        load: gives a harmonizer by name; other studios may use it, too.
        read: reads a file of any kind.
        clock: seconds.
        assistant: gives who checks in the background.
    """

    def __init__(
        self,
        *,
        config: Path | None = None,
        sessions: Path | None = None,
        load: Callable[[str], Harmonizer] = load_model,
        read: Reader = read,
        clock: Callable[[], float] = time.monotonic,
        assistant: Hired = lambda _: Here(),
    ) -> None:
        self._config, self._sessions, self.load, self._read, self._clock = config, sessions, load, read, clock
        self._messages: list[Message] = []
        self._jobs = Jobs()
        self._opening = Opening(self._jobs, read, self._take_opened, self._messages.append)
        self._document = Document(clock=clock)
        self._answering = Answering(self._document, self._jobs, load, self._messages.append)
        self._teacher = Teacher(self._jobs, clock, self._messages.append, assistant(self._messages.append))
        self._settings = self._load_settings()
        self._keeper = None if sessions is None else Keeper(sessions, self._jobs, self._complain, clock)

    @classmethod
    def of_this_person(cls) -> "Studio":
        """Return the window's studio: settings and autosaves where this system keeps them, checks apart from it."""
        return cls(config=settings.config_folder(), sessions=sessions_folder(), assistant=Apart)

    def _load_settings(self) -> settings.Settings:
        if self._config is None:
            return settings.Settings()
        loaded, complaints = settings.load(self._config)
        self._messages += [Message(line, "warning") for line in complaints]
        return loaded

    # What stands -----------------------------------------------------------------------------------------------

    @property
    def document(self) -> Document:
        """The open document."""
        return self._document

    @property
    def score(self) -> Score:
        """The document's score as it stands."""
        return self._document.score

    @property
    def shown(self) -> Score:
        """What to draw: the score, or while Harmonize runs, the voices as far as they are sampled."""
        job = self._answering.job
        sampled = None if job is None or job.cancelling else job.progress.score
        return self.score if sampled is None else sampled

    @property
    def name(self) -> str:
        """What to call the document: its title, its file's name, or "Untitled"."""
        path = self._document.path
        return self.score.title or (path.stem if path is not None else "Untitled")

    @property
    def settings(self) -> settings.Settings:
        """The person's choices."""
        return self._settings

    @property
    def alternatives(self) -> Alternatives | None:
        """The answers of the last Harmonize of this document, or None."""
        return self._answering.alternatives

    @property
    def harmonizing(self) -> Job[list[Harmonization]] | None:
        """The Harmonize that runs, or None; its ``progress.fraction`` turns the gears."""
        return self._answering.job

    @property
    def opening(self) -> Job[Opened] | None:
        """The file that is being opened, or None."""
        return self._opening.job

    def take_messages(self) -> list[Message]:
        """Return what there is to tell since the last call."""
        taken, self._messages[:] = self._messages.copy(), []
        return taken

    def _complain(self, text: str) -> None:
        self._messages.append(Message(text, "error"))

    # Documents -------------------------------------------------------------------------------------------------

    def new(self, bars: int = 8, meter: Meter = Meter(4, 4), pickup: int = 0) -> None:  # noqa: B008  immutable
        """Begin a score of empty bars."""
        self._take(Document(empty(bars, meter, pickup), clock=self._clock))

    def new_from(self, score: Score) -> None:
        """Begin with a score that is not a file's: a level's, say."""
        self._take(Document(score, clock=self._clock))

    def new_from_tune(self, name: str) -> None:
        """Begin with a tune of ours; InputError where there is none of that name."""
        from chorale.levels import tunes  # noqa: PLC0415  reads files; not before one is asked for

        self.new_from(tunes.load(name))

    def open(self, path: Path) -> tuple[str, ...]:
        """Open a file of any kind that can be read; return a line for each thing that could not be kept.

        Only a project file is saved back to; what was read from another format wants a new file.

        Raises:
            InputError: it cannot be read; the document that was open stays.
        """
        path = Path(path)
        opened = self._read(path)
        self._take_opened(opened, path)
        return opened.warnings

    def open_job(self, path: Path) -> Job[Opened]:
        """Open a file as ``open`` does, in the background: some formats take seconds.

        The document that is open stays, and can be edited, until the new one arrives in ``poll``. Remarks and what
        went wrong become messages. A file that was still being opened is given up for this one.
        """
        return self._opening.start(Path(path))

    def cancel_open(self) -> None:
        """Give up the file that is being opened, if one is; the document stays as it is."""
        self._opening.cancel()

    def _take_opened(self, opened: Opened, path: Path) -> None:
        self._take(Document(opened.score, path=opened.path, arranger=opened.arranger, clock=self._clock))
        self._remember(path)

    def _take(self, document: Document) -> None:
        self.cancel_open()
        self._answering.stop()
        self._document = document
        self._answering = Answering(document, self._jobs, self.load, self._messages.append)
        self._teacher.begin()
        if self._keeper is not None:
            self._keeper.forget()

    def save(self, path: Path | None = None) -> Path:
        """Save the project file, under a new name if one is given; return its path.

        Raises:
            InputError: no path is known or given, its suffix is another format's, or it cannot be written.
        """
        from chorale import io  # noqa: PLC0415  the writers load when a file is written

        target = path or self._document.path
        if target is None:
            raise InputError("the score has no file yet: wanted a name to save it under")
        target = Path(target) if Path(target).suffix else Path(f"{target}.chorale")
        if target.suffix.lower() != ".chorale":
            raise InputError(f"{target}: wanted the suffix .chorale to save; other formats are exported")
        io.write_project(self.score, target, extra={"arranger": self._document.version.arranger})
        self._document.mark_saved(target)
        self._remember(target)
        if self._keeper is not None:
            self._keeper.forget()
        return target

    def export(
        self, path: Path, *, layout: str | None = None, instrument: str | None = None, analysis: bool = False
    ) -> None:
        """Write the score in the format that the suffix names (see ``exporting.SUFFIXES``) and wait for it.

        Args:
            path: the file to write.
            layout: "closed" or "open" score; None: as the settings say.
            instrument: the sound; None: as the settings say.
            analysis: whether numerals and cadences are written under the bass.

        Raises:
            InputError: the suffix or the instrument is unknown, or the file cannot be written.
        """
        exporting.export(self.score, Path(path), self._manner(layout, instrument, analysis=analysis))

    def export_job(self, path: Path, *, analysis: bool = False) -> Job[None]:
        """Write the score as ``export`` does, in the background: sound takes seconds.

        Raises:
            InputError: the suffix is unknown.
        """
        target = Path(path)
        exporting.check_suffix(target)
        score, manner = self.score, self._manner(None, None, analysis=analysis)
        return self._jobs.start(
            f"Export {target.name}",
            lambda report: exporting.export(score, target, manner, report),
            done=lambda _: self._messages.append(Message(exporting.told(score, target), "good")),
            failed=self._export_failed,
        )

    def _export_failed(self, error: Exception) -> None:
        if not isinstance(error, Cancelled):
            self._complain(str(error) if isinstance(error, ChoraleError) else f"Export failed: {error!r}")

    def _manner(self, layout: str | None, instrument: str | None, *, analysis: bool) -> exporting.Manner:
        chosen, arranger = self._settings, self._document.version.arranger
        return exporting.Manner(layout or chosen.layout, instrument or chosen.instrument, arranger, analysis)

    def _remember(self, path: Path) -> None:
        if self._config is not None:
            self._settings = self._settings.opened(path)
            self._keep_settings()

    # Edits -----------------------------------------------------------------------------------------------------

    def edit(self, label: str, change: Callable[[Score], Score], *, group: Hashable | None = None) -> bool:
        """Carry out an edit of ``chorale.app.edits`` as one undo step; return whether anything changed.

        ``group`` batches edits, by the rules of ``chorale.app.document``. A Harmonize that runs is stopped when the
        edit changes the music.

        Raises:
            InputError: it cannot be done.
        """
        changed = self._document.edit(label, change, group=group)
        self._answering.stop_if_outdated()
        return changed

    def undo(self) -> str | None:
        """Take back the last step; return its label, or None."""
        label = self._document.undo()
        self._answering.stop_if_outdated()
        return label

    def redo(self) -> str | None:
        """Bring back what was taken back; return its label, or None."""
        label = self._document.redo()
        self._answering.stop_if_outdated()
        return label

    # Harmonize -------------------------------------------------------------------------------------------------

    def harmonize(self, request: Request = Request()) -> Job[list[Harmonization]]:  # noqa: B008  immutable
        """Write the missing voices in the background; the best answer becomes one undo step when it is polled.

        Raises:
            InputError: one runs already, or there is nothing to write or nothing to write it to.
        """
        return self._answering.start(request)

    def cancel_harmonize(self) -> None:
        """Ask a Harmonize that runs to stop; the score stays as it is."""
        self._answering.stop()

    def choose(self, index: int) -> None:
        """Put another answer of the last Harmonize into the document.

        It takes the place of the answer that stands there, in the same undo step; if the score was edited since, it
        is a step of its own.

        Raises:
            InputError: there is no such answer.
        """
        self._answering.choose(index)
        self._answering.stop_if_outdated()

    # The theory teacher ----------------------------------------------------------------------------------------

    @property
    def teacher(self) -> Teacher:
        """What is found in the score, checked in the background whenever it changes."""
        return self._teacher

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What the rules find in the score as it stands; nothing while that is not known yet."""
        return self._teacher.findings

    @property
    def analysis(self) -> Analysis | None:
        """The chords, keys and cadences of the score as it stands; None while they are not known yet."""
        return None if (checked := self._teacher.checked) is None else checked.analysis

    def check(self) -> Checked:
        """Check the score as it stands and wait for it, whatever the settings say about checking."""
        return self._teacher.check_now(self._document.version, self._settings)

    def fix(self, finding: Finding) -> str:
        """Mend a finding by the smallest change, as one undo step; return what was changed, in words.

        Raises:
            InputError: it is not a finding of the score as it stands, or no small change mends it without harm.
        """
        if finding not in self.check().findings:
            raise InputError(f"{finding.code}: wanted a finding of the score as it stands; it changed meanwhile")
        fix = self._teacher.fixing.find_now(finding)
        if fix is None:
            raise InputError("no small change mends this without doing harm elsewhere")
        mended = {"chorale": fix.score.chorale, "spelling": fix.score.spelling}
        self.edit(fix_label(finding), lambda score: score.replace(**mended))
        return fix.message

    # Settings --------------------------------------------------------------------------------------------------

    def change_settings(self, **values: Any) -> None:  # noqa: ANN401  fields of Settings, checked there
        """Change choices and remember them.

        Raises:
            InputError: a value is out of range.
        """
        self._settings = self._settings.changed(**values)
        self._keep_settings()

    def _keep_settings(self) -> None:
        if self._config is None:
            return
        try:
            settings.save(self._settings, self._config)
        except InputError as error:
            self._messages.append(Message(f"the settings are not remembered: {error}", "warning"))

    # Autosave --------------------------------------------------------------------------------------------------

    def recoverable(self) -> list[Recoverable]:
        """Return the documents that crashed or killed sessions left behind, newest first."""
        return [] if self._sessions is None else recoverable(self._sessions)

    def recover(self, item: Recoverable) -> None:
        """Open a document that was left behind; it counts as unsaved, and is autosaved anew before it is let go.

        Raises:
            InputError: it is damaged; it stays where it is.
        """
        self._take(Document(item.read(), path=item.path, dirty=True, clock=self._clock))
        if self._keeper is not None:
            self._keeper.keep_now(self._document)
        item.discard()

    # Frames and the end ----------------------------------------------------------------------------------------

    def poll(self) -> None:
        """Deliver what background work brought, and autosave when it is time; call it once a frame."""
        self._jobs.poll()
        self._teacher.tick(self._document.version, self._settings, self.alternatives)
        if self._keeper is not None:
            self._keeper.tick(self._document, self._settings.autosave_seconds)

    def close(self) -> None:
        """Stop all work and end the session; what is not saved is left to recover the next time, so nothing is lost."""
        self._answering.stop()
        self._teacher.close()
        self._jobs.close()
        if self._keeper is not None:
            self._keeper.close(self._document)
