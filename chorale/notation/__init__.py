"""Engraving: a score becomes glyph positions, and these a pygame surface, SVG, PDF or PNG.

page = lay_out(score, Options(width=100))                       # two voices a staff
page = lay_out(score, Options(staves=OPEN))                     # a staff a voice

Rows under the bass come from an analysis, which may be older than the score or not there yet (``None`` keeps their room
free, so that nothing jumps when it arrives); each row can be left out. Laying out again with unchanged notes is cheap.

rows = Rows(analysis, numerals=True, figures=False, cadences=True)
page = lay_out(score, Options(rows=rows))
page.harmony_at(x, y)                                           # HarmonyBox(harmony, box) or None, in the rows' band
page.cadence_at(x, y)                                           # CadenceBox(cadence, box) or None
page.harmonies, page.cadences                                   # all of them, with the boxes of what is printed

Marks of findings are drawn over a page that is there already, and belong to one page and one set of findings.

marks = mark_findings(page, findings)                           # any objects like chorale.theory.Finding
stencil = Stencil(marks.items(selected=finding), scale)         # chorale.notation.paint; selected may be None
stencil.paint(surface, origin)                                  # every frame: a fraction of a millisecond
marks.at(x, y)                                                  # the finding under a point, or None
marks.box_of(finding)                                           # where its mark is: to scroll it into view
marks.on(page)                                                  # the page with its marks, for SVG, PDF and PNG

Pictures for reports: some bars, cut close, with marks and rows, as a page that every writer takes.

page = excerpt(score, 3, 4, findings=findings, rows=rows)       # bars 3 to 4 (a pickup is bar 0)
svg_of(page)                                                    # chorale.notation.svg; or paint.write_png(page, path)

The short tag of a finding ("5-5", "LT") is ``chorale.notation.tags.tag(code).text``. The writers of files are in
``chorale.notation.export``, ``svg``, ``pdf`` and ``paint``, which are not imported here: the window does not need them
for its first frame.
"""

from chorale.notation.excerpt import excerpt
from chorale.notation.layout import Options, lay_out
from chorale.notation.marks import Markable, Marks, mark_findings
from chorale.notation.page import CadenceBox, HarmonyBox, NoteBox, Page, Spot, System
from chorale.notation.rows import Rows
from chorale.notation.staves import CLOSED, OPEN

__all__ = [
    "CLOSED",
    "OPEN",
    "CadenceBox",
    "HarmonyBox",
    "Markable",
    "Marks",
    "NoteBox",
    "Options",
    "Page",
    "Rows",
    "Spot",
    "System",
    "excerpt",
    "lay_out",
    "mark_findings",
]
