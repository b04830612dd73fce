"""Two parts of a closed score joined into one part of two staves, in MusicXML.

As one part the staves have a brace and bar lines through both in every program; MuseScore 3 breaks those of two parts.
"""

from copy import deepcopy
from xml.etree.ElementTree import Element, SubElement

__all__ = ["joined"]

_BEFORE_STAVES = {"footnote", "level", "divisions", "key", "time"}
_AFTER_STAFF = {"beam", "notations", "lyric", "play", "listen"}


def joined(root: Element, name: str, abbreviation: str) -> None:
    """Join the two parts of a tree, in place.

    Args:
        root: a score-partwise tree of two parts whose voices are numbered differently.
        name: of the joined part.
        abbreviation: of the joined part.
    """
    part_list = root.find("part-list")
    upper, lower = root.findall("part")
    assert part_list is not None
    for group in part_list.findall("part-group"):
        part_list.remove(group)
    first, second = part_list.findall("score-part")
    part_list.remove(second)
    for tag, text in (("part-name", name), ("part-abbreviation", abbreviation)):
        for element in first.findall(tag):
            element.text = text
    for above, below in zip(upper.findall("measure"), lower.findall("measure"), strict=True):
        _join_bars(above, below)
    root.remove(lower)


def _join_bars(above: Element, below: Element) -> None:
    """Append the lower staff's bar to the upper's, after a step back to its beginning."""
    duration = _filled(above)
    _join_attributes(above, below)
    barlines = above.findall("barline")
    for barline in barlines:
        above.remove(barline)
    _set_staff(above, 1)
    _set_staff(below, 2)
    backup = SubElement(above, "backup")
    SubElement(backup, "duration").text = str(duration)
    above.extend([element for element in below if element.tag not in {"attributes", "barline", "print"}])
    above.extend(barlines)


def _filled(measure: Element) -> int:
    """Return how far into the bar its last element leads, in divisions."""
    position = 0
    for element in measure:
        length = int(element.findtext("duration", "0"))
        if element.tag in {"note", "forward"} and element.find("chord") is None:
            position += length
        elif element.tag == "backup":
            position -= length
    return position


def _join_attributes(above: Element, below: Element) -> None:
    upper, lower = above.find("attributes"), below.find("attributes")
    if upper is None or lower is None:
        return
    place = sum(1 for element in upper if element.tag in _BEFORE_STAVES)
    staves = Element("staves")
    staves.text = "2"
    upper.insert(place, staves)
    for number, attributes in ((1, upper), (2, lower)):
        for clef in attributes.findall("clef"):
            clef.set("number", str(number))
            if number == 2:
                upper.append(deepcopy(clef))


def _set_staff(measure: Element, number: int) -> None:
    """Say on which staff each note and direction of a bar stands, where the schema wants it."""
    for note in (*measure.findall("note"), *measure.findall("direction")):
        staff = Element("staff")
        staff.text = str(number)
        after = _AFTER_STAFF if note.tag == "note" else {"sound", "listening"}
        place = next((index for index, element in enumerate(note) if element.tag in after), len(note))
        note.insert(place, staff)
