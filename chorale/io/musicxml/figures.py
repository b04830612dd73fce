"""Figured bass as MusicXML: the figures of every harmony before the bass note they stand under.

A suspension, "4-3", is two figures in a row that share the harmony's time.
"""

from __future__ import annotations

import re
from itertools import groupby, pairwise
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement

from chorale.io.musicxml.places import PlacedNote, standing_at

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from chorale.theory import Harmony

__all__ = ["write_figures"]

_PREFIXES = {"#": "sharp", "b": "flat", "♮": "natural", "##": "double-sharp", "bb": "flat-flat"}
_FIGURE = re.compile(r"(##?|bb?|♮)?(\d*)\Z")


def write_figures(bass: list[PlacedNote], harmonies: Iterable[Harmony]) -> None:
    """Write the figures of harmonies that begin while the bass sounds, in place."""
    moments = [moment for harmony in harmonies for moment in _moments(harmony)]
    standing = [(standing_at(bass, step), step, figures) for step, figures in moments]
    sounding = [(note, step, figures) for note, step, figures in standing if note is not None and note.sounds]
    for _, group in groupby(sounding, key=lambda each: id(each[0].element)):
        same = list(group)
        _write_before(same[0][0], [(step, figures) for _, step, figures in same])


def _moments(harmony: Harmony) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield the figures at a harmony's beginning and, where one is resolved, at its middle."""
    halves = [figure.split("-") for figure in harmony.figured_bass]
    yield harmony.start, tuple(parts[0] for parts in halves)
    if any(len(parts) > 1 for parts in halves):
        yield (harmony.start + harmony.end) // 2, tuple(parts[1] for parts in halves if len(parts) > 1)


def _write_before(note: PlacedNote, moments: Sequence[tuple[int, tuple[str, ...]]]) -> None:
    """Write the figures under one note; those that would begin after an unfigured stretch cannot be placed."""
    steps = [max(step, note.start) for step, _ in moments]
    if steps[0] > note.start:
        return
    index = list(note.measure).index(note.element)
    for (start, end), (_, figures) in zip(pairwise([*steps, note.end]), moments, strict=True):
        if figures and end > start:
            note.measure.insert(index, _figured_bass(figures, end - start))
            index += 1


def _figured_bass(figures: Iterable[str], duration: int) -> Element:
    element = Element("figured-bass")
    for text in figures:
        match = _FIGURE.match(text)
        assert match is not None, text
        figure = SubElement(element, "figure")
        if match[1]:
            SubElement(figure, "prefix").text = _PREFIXES[match[1]]
        if match[2]:
            SubElement(figure, "figure-number").text = match[2]
    SubElement(element, "duration").text = str(duration)
    return element
