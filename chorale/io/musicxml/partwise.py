"""Timewise MusicXML (bars that hold parts) turned into partwise (parts that hold bars), the only kind music21 reads."""

from xml.etree.ElementTree import Element

__all__ = ["to_partwise"]


def to_partwise(root: Element) -> Element:
    """Return the partwise tree of a timewise one; a partwise tree comes back as it is."""
    if root.tag != "score-timewise":
        return root
    result = Element("score-partwise", root.attrib)
    parts: dict[str, Element] = {}
    for child in root:
        if child.tag != "measure":
            result.append(child)
            continue
        for inner in child.findall("part"):
            part = parts.setdefault(inner.get("id", ""), Element("part", inner.attrib))
            measure = Element("measure", child.attrib)
            measure.extend(inner)
            part.append(measure)
    result.extend(parts.values())
    return result
