"""The marks of findings as pictures over the page, kept for as long as the music under them stays where it is."""

from collections.abc import Generator
from dataclasses import dataclass, field

from chorale.notation import Marks, Page, System, mark_findings
from chorale.notation.marks import FindingMark, marking
from chorale.notation.paint import Stencil
from chorale.theory import Finding
from chorale.ui.scenes.editor.marks import Overlay

__all__ = ["MarkLayer"]


@dataclass(eq=False)
class _Laid:
    """The marks of some findings on a page, with their pictures so far."""

    page: Page
    findings: tuple[Finding, ...]
    marks: Marks
    space: int
    stencils: dict[tuple[FindingMark, bool, bool], Stencil] = field(default_factory=dict)

    def stencil(self, mark: FindingMark, *, bold: bool = False, faint: bool = False) -> Stencil:
        """Return the picture of a mark."""
        key = (mark, bold, faint)
        if key not in self.stencils:
            self.stencils[key] = Stencil(mark.items(bold=bold, faint=faint), self.space)
        return self.stencils[key]


class MarkLayer:
    """Makes marks, in the background where it can, and paints them.

    While a check is at work, the marks of the last one stay where the page is as it was; others wait for the check.
    """

    def __init__(self) -> None:
        self._laid: _Laid | None = None
        self._ready: _Laid | None = None

    def preparing(
        self, page: Page, findings: tuple[Finding, ...], space: int, *, faint: bool
    ) -> Generator[None, None, None]:
        """Make the marks of a page ready, in slices."""
        marks = yield from marking(page, findings)
        laid = _Laid(page, findings, marks, space)
        for mark in laid.marks.marks:
            yield
            laid.stencil(mark, faint=faint)
        self._ready = laid

    def show(self, page: Page, findings: tuple[Finding, ...], space: int, *, settled: bool) -> None:
        """Take what is to be marked; ``settled`` says that no check is at work."""
        wanted = (page, findings, space)
        if self._laid is not None and self._is(self._laid, wanted):
            return
        if self._ready is not None and self._is(self._ready, wanted):
            self._laid, self._ready = self._ready, None
        elif settled:
            self._laid = _Laid(page, findings, mark_findings(page, findings), space)
        elif self._laid is not None:
            self._laid = _kept(self._laid, page, findings, space)

    @staticmethod
    def _is(laid: _Laid, wanted: tuple[Page, tuple[Finding, ...], int]) -> bool:
        return laid.page is wanted[0] and laid.findings == wanted[1] and laid.space == wanted[2]

    def clear(self) -> None:
        """Mark nothing."""
        self._laid = None

    def at(self, x: float, y: float, reach: float) -> Finding | None:
        """Return the finding whose mark is under a point of the page."""
        found = None if self._laid is None else self._laid.marks.at(x, y, reach=reach)
        return found if isinstance(found, Finding) else None

    def look(self, selected: Finding | None) -> tuple[object, ...]:
        """Return all that the marks look like depends on."""
        return self._laid, selected

    def draw(self, overlay: Overlay, selected: Finding | None) -> None:
        """Paint the marks; where one is selected it is bold, and on top, and the others step back."""
        laid = self._laid
        if laid is None or laid.page is not overlay.page:
            return
        chosen = [mark for mark in laid.marks.marks if mark.finding == selected]
        for mark in laid.marks.marks:
            if mark not in chosen:
                laid.stencil(mark, faint=bool(chosen)).paint(overlay.surface, overlay.corner)
        for mark in chosen:
            laid.stencil(mark, bold=True).paint(overlay.surface, overlay.corner)


def _kept(laid: _Laid, page: Page, findings: tuple[Finding, ...], space: int) -> _Laid:
    """Return what may stay of some marks on another page: those of findings that still hold, in systems unmoved."""
    still = set(findings) if space == laid.space else set()
    same = [
        one
        for one, other in zip(laid.page.systems, page.systems, strict=False)
        if one == other or _geometry(one) == _geometry(other)
    ]
    unmoved = {step for system in same for step in range(system.first, system.last)}
    kept = [
        mark for mark in laid.marks.marks if mark.finding in still and all(s in unmoved for _, s in mark.finding.notes)
    ]
    return _Laid(page, findings, Marks(page, tuple(kept)), space, laid.stencils)


def _geometry(system: System) -> tuple[object, ...]:
    return system.first, system.last, system.top, system.staves, system.bars, system.xs
