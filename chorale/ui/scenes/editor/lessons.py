"""What the theory teacher puts on the page: marks, rows under the bass, ghosts of a fix, and words about what is there.

Nothing of it is part of the sheet's own picture but the rows; the marks are made once for a page and a set of
findings, and painted over it.
"""

from typing import TYPE_CHECKING

from chorale.app.explaining import Explanation, explain_cadence, explain_harmony, explain_note
from chorale.music import REST, written
from chorale.notation import Marks, Page, Rows, mark_findings
from chorale.notation.ghost import ghost_note
from chorale.notation.paint import Stencil
from chorale.theory import Finding
from chorale.ui.scenes.editor.marks import Overlay
from chorale.ui.scenes.editor.state import State
from chorale.ui.scenes.editor.teaching import Teaching, title_of

if TYPE_CHECKING:
    from chorale.theory.fixes import Change

__all__ = ["Lessons"]

_GHOST, _GHOST_LIT = 120, 235
_ON_TAG = 0.05  # spaces: nearer than that a click means the mark


class Lessons:
    """Marks, rows and explanations of one page view."""

    def __init__(self, state: State, teaching: Teaching) -> None:
        self._state, self.teaching = state, teaching
        self._marks: Marks | None = None
        self._marked: tuple[Finding, ...] = ()
        self._stencil: Stencil | None = None
        self._stencilled: tuple[object, ...] = ()
        self.fix_is_near = False

    # Rows -------------------------------------------------------------------------------------------------------

    @property
    def rows(self) -> Rows | None:
        """What to print under the bass; None where nothing is wanted, or only one voice sings."""
        studio = self._state.studio
        settings, shown = studio.settings, studio.shown
        wanted = settings.checking and (settings.numerals or settings.figured_bass or settings.cadences)
        if not wanted or int((shown.chorale.pitches != REST).any(axis=0).sum()) < 2:
            return None
        analysis = studio.teacher.analysis if shown is studio.score else None
        return Rows(analysis, settings.numerals, settings.figured_bass, settings.cadences)

    # Marks ------------------------------------------------------------------------------------------------------

    def marks(self, page: Page) -> Marks | None:
        """Return the marks of what is shown, or None where there are none."""
        studio = self._state.studio
        found = studio.teacher.shown if studio.settings.marks and studio.harmonizing is None else ()
        if not found:
            return None
        if self._marks is None or self._marks.page is not page or self._marked is not found:
            self._marks, self._marked = mark_findings(page, found), found
        return self._marks

    def draw_marks(self, overlay: Overlay) -> None:
        """Paint the marks, the selected finding's bold."""
        marks = self.marks(overlay.page)
        if marks is None:
            return
        selected = self.teaching.selected
        stencilled = (marks, selected, overlay.space)
        if self._stencil is None or stencilled != self._stencilled:
            self._stencil = Stencil(marks.items(selected), overlay.space)
            self._stencilled = stencilled
        self._stencil.paint(overlay.surface, overlay.corner)

    def finding_at(self, page: Page, at: tuple[float, float]) -> Finding | None:
        """Return the finding whose tag is under a point of the page."""
        marks = self.marks(page)
        found = None if marks is None else marks.at(*at, reach=_ON_TAG)
        return found if isinstance(found, Finding) else None

    # Fixes ------------------------------------------------------------------------------------------------------

    def draw_fix(self, overlay: Overlay) -> None:
        """Draw the notes that a fix would write, faintly; clearly when the hand is on its button."""
        suggestion = self.teaching.suggestion
        if suggestion is None or suggestion.fix is None:
            return
        for change in suggestion.fix.changes:
            self._draw_change(overlay, change)

    def _draw_change(self, overlay: Overlay, change: "Change") -> None:
        score = self._state.score
        usual = score.key.at_place(change.new.place).alter
        sign = None if change.new.alter == usual else change.new.alter
        alpha = _GHOST_LIT if self.fix_is_near else _GHOST
        overlay.promise(
            overlay.page.x_of(change.start), overlay.page.y_of(change.new.place, change.voice, change.start)
        )
        for piece in written(change.start, change.end - change.start, score.meter, score.pickup):
            items = ghost_note(
                overlay.page, piece.start, change.voice, change.new.place, base=piece.base, dots=piece.dots, alter=sign
            )
            overlay.ghost(items, change.voice, alpha)
            sign = None

    # Words ------------------------------------------------------------------------------------------------------

    def explanation(self, page: Page, at: tuple[float, float]) -> Explanation | None:
        """Return what there is to say of what lies under a point of the page, or None."""
        finding = self.finding_at(page, at)
        if finding is not None:
            return Explanation(f"{title_of(finding)} ({finding.severity.label})", (_sentence(finding.message),))
        checked = self._state.studio.teacher.checked
        if checked is None or self._state.studio.harmonizing is not None:
            return None
        cadence, harmony, note = page.cadence_at(*at), page.harmony_at(*at), page.note_at(*at)
        if cadence is not None:
            return explain_cadence(cadence.cadence)
        if harmony is not None:
            return explain_harmony(self._state.score, checked.analysis, harmony.harmony)
        return None if note is None else explain_note(self._state.score, checked.analysis, note.voice, note.first)


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
