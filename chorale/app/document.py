"""The document: every version of a score, undo and redo, and where it is saved.

Versions are immutable scores, so undo is a walk along a list. One version is one undo step.

Batching rules: an edit takes the place of the version before it, instead of adding one, when all of these hold
    * both carry the same group that is not None: a name for what is done to what, such as ("pitch", 0, 32) for
      arrow keys on one note or "tempo" for a drag of its slider;
    * at most ``PAUSE_SECONDS`` lie between them;
    * nothing came between them: no other edit, no undo or redo, no save, no ``seal`` (a mouse button let go).
An edit that changes nothing adds nothing.
"""

import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from pathlib import Path

from chorale.app.edits import empty
from chorale.music import Score

__all__ = ["LIMIT", "PAUSE_SECONDS", "Document", "Version"]

PAUSE_SECONDS = 1.0
"""A longer pause begins a new undo step."""

LIMIT = 2000
"""Versions kept; the oldest are forgotten (64 bars: 24 KB each)."""


@dataclass(frozen=True, eq=False)
class Version:
    """One state of the document.

    Attributes:
        score: what it holds.
        label: of the edit that made it.
        arranger: who wrote the lower voices, for the head of an exported page; "" for nobody.
    """

    score: Score
    label: str
    arranger: str = ""


class Document:
    """A score that remembers what it was.

    Args:
        score: what it starts with; None: empty bars.
        path: the project file it was read from, or None.
        arranger: see ``Version``.
        dirty: whether it counts as unsaved from the start, as a recovered score does.
        clock: seconds, for the batching rules; tests inject their own.
    """

    def __init__(
        self,
        score: Score | None = None,
        *,
        path: Path | None = None,
        arranger: str = "",
        dirty: bool = False,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        first = Version(empty() if score is None else score, "", arranger)
        self._versions = [first]
        self._now = 0
        self._saved: Version | None = None if dirty else first
        self._path = path
        self._clock = clock
        self._group: Hashable | None = None
        self._grouped_at = 0.0
        self._revision = 0

    @property
    def score(self) -> Score:
        """The score as it stands."""
        return self._versions[self._now].score

    @property
    def version(self) -> Version:
        """The version that stands; compare by identity."""
        return self._versions[self._now]

    @property
    def revision(self) -> int:
        """A count that moves whenever the score may have changed: redraw when it differs from the last seen."""
        return self._revision

    @property
    def path(self) -> Path | None:
        """The project file, or None if it was never saved."""
        return self._path

    @property
    def dirty(self) -> bool:
        """Whether what stands is not what was saved; undoing back to the saved version makes it clean."""
        return self.version is not self._saved

    @property
    def undo_label(self) -> str | None:
        """What undo would take back, or None."""
        return self.version.label if self._now else None

    @property
    def redo_label(self) -> str | None:
        """What redo would bring back, or None."""
        return self._versions[self._now + 1].label if self._now + 1 < len(self._versions) else None

    def edit(self, label: str, change: Callable[[Score], Score], *, group: Hashable | None = None) -> bool:
        """Carry out an edit.

        Args:
            label: what it does, as the menu says: "Move note".
            change: the edit.
            group: see the batching rules; None never batches.

        Returns:
            Whether anything changed.

        Raises:
            InputError: the edit cannot be done; the document is as it was.
        """
        score = change(self.score)
        if score is self.score:
            return False
        self.put(label, score, group=group)
        return True

    def put(self, label: str, score: Score, *, group: Hashable | None = None, arranger: str | None = None) -> Version:
        """Make a score the current version, as one undo step, and return that version; None keeps the arranger."""
        version = Version(score, label, self.version.arranger if arranger is None else arranger)
        joins = self._joins(group)
        del self._versions[self._now + (0 if joins else 1) :]
        self._versions.append(version)
        del self._versions[: max(0, len(self._versions) - LIMIT)]
        self._now = len(self._versions) - 1
        self._group, self._grouped_at = group, self._clock()
        self._revision += 1
        return version

    def _joins(self, group: Hashable | None) -> bool:
        soon = self._clock() - self._grouped_at <= PAUSE_SECONDS
        return group is not None and group == self._group and soon and self._now > 0 and self.dirty

    def swap(self, label: str, score: Score) -> Version:
        """Put a score in the place of the current version, in the same undo step, and return the new version."""
        self.seal()
        del self._versions[self._now + 1 :]
        self._versions[self._now] = Version(score, label, self.version.arranger)
        self._revision += 1
        return self.version

    def seal(self) -> None:
        """End the batch: the next edit is an undo step of its own."""
        self._group = None

    def undo(self) -> str | None:
        """Go back one version; return the label of what was taken back, or None."""
        label = self.undo_label
        if label is not None:
            self._go(self._now - 1)
        return label

    def redo(self) -> str | None:
        """Go forward one version; return the label of what was brought back, or None."""
        label = self.redo_label
        if label is not None:
            self._go(self._now + 1)
        return label

    def _go(self, index: int) -> None:
        self.seal()
        self._now = index
        self._revision += 1

    def mark_saved(self, path: Path, version: Version | None = None) -> None:
        """Remember that a version (None: the current one) is what the project file holds."""
        self.seal()
        self._path = path
        self._saved = self.version if version is None else version
