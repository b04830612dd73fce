"""The head of a MusicXML file: what the piece is called, who made it, and where the page prints that."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement

from chorale.io.musicxml.labels import listing

if TYPE_CHECKING:
    from chorale.io.annotations import Annotations

__all__ = ["header"]

_SUPPORTS = ("accidental", "beam", "stem")
# A4 in tenths at 7 mm for 40 tenths, the scale that music21 writes: MuseScore 3 prints an arranger only from a credit,
# and places credits by the size of the page.
_WIDTH, _HEIGHT, _MARGIN = 1200, 1697, 86
_TITLE_DROP, _HEADING_DROP, _NAMES_DROP = 0, 60, 110
_TITLE_SIZE, _LIST_SIZE, _LINE = 22, 9, 22  # points, and the tenths that a line of them takes


def header(
    title: str, composer: str, arranger: str, annotations: Annotations | None = None
) -> tuple[list[Element], list[Element]]:
    """Return the elements before ``defaults`` and those after it; "" leaves a name out."""
    before = [*_work(title), _identification(composer, arranger)]
    printed = (
        _credit("title", title, _WIDTH // 2, _TITLE_DROP, "center", _TITLE_SIZE),
        _stand_in(annotations) if annotations and not title else None,
        _credit("composer", composer, _WIDTH - _MARGIN, _NAMES_DROP, "right", 12),
        _credit("arranger", arranger, _MARGIN, _NAMES_DROP, "left", 12),
        _list(annotations, below_names=bool(composer or arranger)) if annotations else None,
    )
    return before, [_page(), *(credit for credit in printed if credit is not None)]


def _stand_in(annotations: Annotations) -> Element | None:
    """Return a line where the title would be, if there is a list: without it MuseScore 3 cuts the list off above."""
    return (
        _credit("subtitle", "Findings", _WIDTH // 2, _TITLE_DROP, "center", _TITLE_SIZE)
        if annotations.findings
        else None
    )


def _list(annotations: Annotations, *, below_names: bool) -> Element | None:
    """Return heading and findings, a credit-words each, above the music, by the last line's place.

    MuseScore 3 prints no credits below the middle of the page and lays those of one place over one another; verovio
    takes no line end inside one credit-words; LilyPond prints the first.
    """
    lines = [line for line in (annotations.heading, *listing(annotations.findings)) if line]
    drop = (_NAMES_DROP if below_names else _HEADING_DROP) + _LINE * (len(lines) + 1)
    credit = _credit("", lines[0] if lines else "", _MARGIN, drop, "left", _LIST_SIZE)
    if credit is None:
        return None
    credit.remove(credit[0])  # there is no word for its type
    credit[0].set("valign", "bottom")
    for line in lines[1:]:
        SubElement(credit, "credit-words", credit[0].attrib).text = f"\n{line}"
    return credit


def _work(title: str) -> list[Element]:
    if not title:
        return []
    work = Element("work")
    SubElement(work, "work-title").text = title
    return [work]


def _identification(composer: str, arranger: str) -> Element:
    """Return who made what with what; without a date, so that the same score gives the same file."""
    identification = Element("identification")
    for kind, name in (("composer", composer), ("arranger", arranger)):
        if name:
            SubElement(identification, "creator", type=kind).text = name
    encoding = SubElement(identification, "encoding")
    SubElement(encoding, "software").text = "Chorale"
    for element_name in _SUPPORTS:
        SubElement(encoding, "supports", type="yes", element=element_name)
    return identification


def _page() -> Element:
    defaults = Element("defaults")
    scaling = SubElement(defaults, "scaling")
    SubElement(scaling, "millimeters").text = "7"
    SubElement(scaling, "tenths").text = "40"
    layout = SubElement(defaults, "page-layout")
    SubElement(layout, "page-height").text = str(_HEIGHT)
    SubElement(layout, "page-width").text = str(_WIDTH)
    margins = SubElement(layout, "page-margins", type="both")
    for side in ("left", "right", "top", "bottom"):
        SubElement(margins, f"{side}-margin").text = str(_MARGIN)
    return defaults


def _credit(kind: str, words: str, x: int, drop: int, justify: str, size: int) -> Element | None:
    if not words:
        return None
    credit = Element("credit", page="1")
    SubElement(credit, "credit-type").text = kind
    place = {"default-x": str(x), "default-y": str(_HEIGHT - _MARGIN - drop)}
    text = SubElement(credit, "credit-words", place)
    text.attrib |= {"font-size": str(size), "justify": justify, "valign": "top"}
    text.text = words
    return credit
