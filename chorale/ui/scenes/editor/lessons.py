"""What the theory teacher puts on the page: marks, rows under the bass, ghosts of a fix, and words about what is there.

Nothing of it is part of the sheet's own picture but the rows; the marks are made once for a page and a set of
findings, and painted over it.
"""

from collections.abc import Generator
from functools import lru_cache
from typing import TYPE_CHECKING

from chorale.app.explaining import Explanation, explain_cadence, explain_harmony, explain_note
from chorale.music import Score, written
from chorale.notation import Page, Rows
from chorale.notation.ghost import ghost_note
from chorale.theory import Analysis, Finding
from chorale.ui.scenes.editor.mark_layer import MarkLayer
from chorale.ui.scenes.editor.marks import Overlay
from chorale.ui.scenes.editor.paper import Paper
from chorale.ui.scenes.editor.state import State
from chorale.ui.scenes.editor.teaching import Teaching, title_of

if TYPE_CHECKING:
    from chorale.app.checking import Checked
    from chorale.notation.primitives import Box
    from chorale.theory.fixes import Change

__all__ = ["Lessons"]

_GHOST, _GHOST_LIT = 120, 235
_BRACKET = 0.8  # spaces around a cadence's name
_ON_TAG = 0.05  # spaces: nearer than that a click means the mark


class Lessons:
    """Marks, rows and explanations of one page view."""

    def __init__(self, state: State, teaching: Teaching) -> None:
        self._state, self.teaching = state, teaching
        self.layer = MarkLayer()
        self._veiled: tuple[Page | None, list[Box]] = (None, [])
        self.fix_is_near = False

    # Rows -------------------------------------------------------------------------------------------------------

    @property
    def rows(self) -> Rows | None:
        """What to print under the bass; None where nothing is wanted, or only one voice sings."""
        studio = self._state.studio
        return self._rows(studio.shown, studio.teacher.analysis if studio.shown is studio.score else None)

    def _rows(self, score: Score, analysis: Analysis | None) -> Rows | None:
        settings = self._state.studio.settings
        shown = (settings.numerals, settings.figured_bass, settings.cadences)
        if not settings.checking or self._state.singing(score) < 2:
            shown = (False, False, False)
        if not any(shown) and not score.chords:
            return None
        return _rows_of(analysis if any(shown) else None, shown, score.chords)

    def preparing(self, checked: "Checked", paper: Paper) -> Generator[None, None, None]:
        """Lay out and paint what a check brought, a slice of a millisecond or so at each ``next``.

        It is to be done before the teacher shows what it checked: ``page_view`` then finds all of it ready. Where the
        music or the window changes meanwhile, drop the generator: what it made is used only where it fits.
        """
        sheet = yield from paper.preparing(checked.score, self._rows(checked.score, checked.analysis))
        found = self._state.studio.teacher.to_show(checked)
        yield from self.layer.preparing(sheet.page, found, sheet.space, faint=self.teaching.selected in found)
        yield from self._state.portrait.warming_up()  # he may frown at it

    def look(self, page: Page, space: int) -> tuple[object, ...]:
        """Return all that veils and marks on a page depend on; equal looks, equal pictures."""
        marks = self.layer.look(self.teaching.selected) if self._show_marks(page, space) else None
        return marks, tuple(self._stale(page))

    def veil_stale(self, overlay: Overlay) -> None:
        """Cover what stands under changed music, until the check of it is done."""
        for box in self._stale(overlay.page):
            overlay.cover(box)

    def _stale(self, page: Page) -> "list[Box]":
        teacher = self._state.studio.teacher
        if not teacher.is_at_work or self._state.studio.harmonizing is not None:
            return []
        if self._veiled[0] is not page:
            stale = [box for each, box in page.harmonies if teacher.is_stale(each.start, each.end)]
            stale += [box.grown(_BRACKET) for each, box in page.cadences if teacher.is_stale(each.step, each.end)]
            self._veiled = (page, stale)
        return self._veiled[1]

    # Marks ------------------------------------------------------------------------------------------------------

    def _show_marks(self, page: Page, space: int) -> bool:
        """Have the marks of what is found ready; return whether there are any."""
        studio = self._state.studio
        found = studio.teacher.shown if studio.settings.marks and studio.harmonizing is None else ()
        if found:
            self.layer.show(page, found, space, settled=not studio.teacher.is_at_work)
        else:
            self.layer.clear()
        return bool(found)

    def draw_marks(self, overlay: Overlay) -> None:
        """Paint the marks, the selected finding's bold."""
        if self._show_marks(overlay.page, overlay.space):
            self.layer.draw(overlay, self.teaching.selected)

    def finding_at(self, at: tuple[float, float]) -> Finding | None:
        """Return the finding whose tag is under a point of the page."""
        return self.layer.at(*at, reach=_ON_TAG)

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
        finding = self.finding_at(at)
        if finding is not None:
            return Explanation(f"{title_of(finding)} ({finding.severity.label})", (_sentence(finding.message),))
        checked = self._state.studio.teacher.checked
        if checked is None or self._state.studio.harmonizing is not None:
            return None
        cadence, harmony, note = page.cadence_at(*at), page.harmony_at(*at), page.note_at(*at)
        if cadence is not None:
            return explain_cadence(cadence.cadence, checked.names)
        if harmony is not None:
            return explain_harmony(self._state.score, checked.analysis, harmony.harmony, checked.names)
        return (
            None
            if note is None
            else explain_note(self._state.score, checked.analysis, note.voice, note.first, checked.names)
        )

    def explanation_of(self, voice: int | None, step: int) -> Explanation | None:
        """Return what there is to say of a voice's note at a step and its chord, or of the chord alone."""
        checked = self._state.studio.teacher.checked
        if checked is None or step < 0:
            return None
        harmony, names = checked.analysis.at(step), checked.names
        note = None if voice is None else explain_note(self._state.score, checked.analysis, voice, step, names)
        chord = None if harmony is None else explain_harmony(self._state.score, checked.analysis, harmony, names)
        if note is None or chord is None:
            return note or chord
        return Explanation(note.heading, (*note.lines, *chord.lines))


@lru_cache(maxsize=4)
def _rows_of(analysis: Analysis | None, shown: tuple[bool, bool, bool], wishes: tuple[tuple[int, str], ...]) -> Rows:
    """Return rows; those asked for again are the same, and know what they were asked before."""
    return Rows(analysis, *shown, wishes)


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
