"""The piece as pictures, a few bars each, with the findings marked that belong to them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from chorale.app.marking.pages.html import Raw, element
from chorale.music import Bar, Score
from chorale.notation import Page, Rows, excerpt
from chorale.notation.svg import glyphs_of, svg_of
from chorale.notation.theme import SCREEN
from chorale.theory import Analysis, Finding

__all__ = ["Row", "rows", "symbols"]

_STEPS = 36  # of a row, at most, unless a bar is longer: what a phone can still show without turning it


@dataclass(frozen=True, eq=False)
class Row:
    """A few bars.

    Attributes:
        first, last: numbers of the first and last bar.
        findings: indices of those that end in it.
        page: the picture, laid out.
    """

    first: int
    last: int
    findings: tuple[int, ...]
    page: Page

    @property
    def figure(self) -> Raw:
        """The picture; it grows with the room it has, within bounds."""
        drawn = Raw(svg_of(self.page, SCREEN, glyphs=False))
        return element("div", drawn, class_="music", style=f"--spaces:{self.page.width:.0f}")


def rows(score: Score, findings: Sequence[Finding], analysis: Analysis) -> tuple[Row, ...]:
    """Return a score row by row, numerals and cadences under the bass."""
    return tuple(_row(score, findings, analysis, bars) for bars in _grouped(score))


def _grouped(score: Score) -> Iterator[list[Bar]]:
    group: list[Bar] = []
    for bar in score.bars:
        if group and bar.end - group[0].start > _STEPS:
            yield group
            group = []
        group.append(bar)
    if group:
        yield group


def _row(score: Score, findings: Sequence[Finding], analysis: Analysis, bars: Sequence[Bar]) -> Row:
    first, last = bars[0], bars[-1]
    here = tuple(index for index, each in enumerate(findings) if first.start <= each.end < last.end)
    marked = [findings[index] for index in here]
    page = excerpt(score, first.number, last.number, findings=marked, rows=Rows(analysis))
    return Row(first.number, last.number, here, page)


def symbols(made: Sequence[Row]) -> Raw:
    """Return the glyphs of all pictures, which every page needs once."""
    return element("div", Raw(glyphs_of(row.page for row in made)), class_="symbols")
