"""A score as a picture file: SVG, PDF or PNG, by the suffix."""

from collections.abc import Iterable
from pathlib import Path

from chorale.errors import InputError
from chorale.music import Score
from chorale.notation.layout import Options, lay_out
from chorale.notation.marks import Markable, mark_findings
from chorale.notation.pdf import A4_WIDTH, write_pdf
from chorale.notation.rows import Rows
from chorale.notation.staves import CLOSED, Staves
from chorale.notation.svg import write_svg
from chorale.notation.theme import PRINT, Theme

__all__ = ["SUFFIXES", "export"]

SUFFIXES = (".svg", ".pdf", ".png")
_MARGIN = (11.0, 7.0, 9.0, 7.0)  # staff spaces: 2 cm left, for brace and letters


def export(
    score: Score,
    path: Path | str,
    *,
    theme: Theme = PRINT,
    rows: Rows | None = None,
    findings: Iterable[Markable] = (),
    staves: Staves = CLOSED,
) -> None:
    """Write a score as a picture, on paper-wide systems; the suffix chooses the format.

    Args:
        score: the score.
        path: the file to write.
        theme: the colours.
        rows: numerals, figures and cadences to print under the bass.
        findings: what to mark.
        staves: CLOSED for two voices a staff, OPEN for a staff a voice.

    Raises:
        InputError: the suffix is none of .svg, .pdf, .png, or the file cannot be written.
    """
    target = Path(path)
    suffix = target.suffix.lower()
    if suffix not in SUFFIXES:
        raise InputError(f"cannot draw {target.name}: wanted one of {', '.join(SUFFIXES)}")
    page = lay_out(score, Options(width=A4_WIDTH, margin=_MARGIN, rows=rows, staves=staves))
    page = mark_findings(page, findings).on(page)
    if suffix == ".svg":
        write_svg(page, target, theme, score.title)
    elif suffix == ".pdf":
        write_pdf(page, target, theme, score.title)
    else:
        from chorale.notation.paint import write_png  # noqa: PLC0415  pygame is for pixels only

        write_png(page, target, theme=theme)
