"""One finding as a card: its heading in the list and, where it is looked at, why, what can be done, and the rule."""

from dataclasses import dataclass
from functools import lru_cache

import pygame

from chorale.music import Score
from chorale.theory import RULES, Finding, Severity
from chorale.ui import draw
from chorale.ui import theme as colours
from chorale.ui.icons import icon
from chorale.ui.scenes.editor.teaching import title_of
from chorale.ui.theme import Colour, Face, Theme

__all__ = ["TINTS", "Card", "draw_card", "grade_icon", "lay_out_card", "place_words"]

TINTS: dict[Severity, tuple[int, int, int]] = {
    Severity.ERROR: colours.DANGER,
    Severity.WARNING: (238, 180, 84),
    Severity.HINT: (142, 180, 226),
}
_ICONS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.HINT: "hint"}
_PAD, _INDENT = 10, 38
_BUTTONS = 30
_ROW = 48


@dataclass(frozen=True)
class _Line:
    """A line of text at its place from the card's corner, in pixels."""

    x: int
    y: int
    text: str
    size: float
    face: Face
    colour: Colour


@dataclass(frozen=True)
class Card:
    """A card laid out: its lines, its height, and where its buttons stand; 0 where it has none."""

    lines: tuple[_Line, ...]
    height: int
    buttons: int


def grade_icon(severity: Severity, pixels: int, colour: Colour | None = None) -> pygame.Surface:
    """Return the picture of a severity: an octagon, a triangle or a disc, so that colour is only a help."""
    return icon(_ICONS[severity], pixels, TINTS[severity] if colour is None else colour)


def place_words(score: Score, finding: Finding) -> str:
    """Return where a finding is: "bar 2, beat 3"."""
    place = score.place(finding.start)
    beat = f"{place.beat}" if not place.step else f"{place.beat + place.step / score.meter.steps_per_beat:g}"
    bar = "pickup" if place.bar == 0 else f"bar {place.bar}"
    return f"{bar}, beat {beat}"


def _place_and_voices(theme: Theme, place: str, finding: Finding, room: int) -> str:
    """Return place and voices, by their letters where there is no room for their names."""
    names = [voice.label.lower() for voice in finding.voices]
    for words in (names, [voice.letter for voice in finding.voices]):
        line = f"{place}  \N{MIDDLE DOT}  {', '.join(words)}"
        if theme.width(line, 12.5) <= room:
            return line
    return theme.fitted(place, room, 12.5)


@lru_cache(maxsize=256)
def lay_out_card(theme: Theme, width: int, finding: Finding, place: str, help_words: str | None) -> Card:
    """Lay a card out.

    Args:
        theme: sizes.
        width: pixels.
        finding: what it tells of.
        place: where it is, in words.
        help_words: of the card that is looked at, what is known of a fix; None for a card in the list.
    """
    left, room = theme.px(_INDENT), width - theme.px(_INDENT + _PAD)
    tint, grade = TINTS[finding.severity], finding.severity.label
    step = theme.px(18)
    titles = theme.wrapped(title_of(finding), room, 14, "semibold")[:2]
    lines = [
        _Line(left, theme.px(6) + index * step, part, 14, "semibold", colours.TEXT) for index, part in enumerate(titles)
    ]
    below = (len(titles) - 1) * step
    lines.append(_Line(left, theme.px(25) + below, grade, 12.5, "semibold", tint))
    after = theme.width(grade, 12.5, "semibold") + theme.px(8)
    where = _place_and_voices(theme, place, finding, room - after)
    lines.append(_Line(left + after, theme.px(25) + below, where, 12.5, "sans", colours.MUTED))
    if help_words is None:
        return Card(tuple(lines), theme.px(_ROW) + below, 0)
    return _opened(theme, width, finding, lines, help_words, theme.px(_ROW) + below)


def _opened(theme: Theme, width: int, finding: Finding, lines: list[_Line], help_words: str, top: int) -> Card:
    y = _write(theme, width, lines, top, _sentence(finding.message), 14, colours.TEXT)
    buttons = y + theme.px(6)
    y = buttons + theme.px(_BUTTONS + 8)
    if help_words:
        y = _write(theme, width, lines, y, help_words, 13, colours.ACCENT_SOFT) + theme.px(4)
    rule = RULES.get(finding.code)
    for paragraph in ("" if rule is None else rule.explanation).split("\n\n"):
        y = _write(theme, width, lines, y, " ".join(paragraph.split()), 13, colours.MUTED) + theme.px(4)
    if finding.rate:
        y = _write(theme, width, lines, y, finding.rate, 13, colours.TEXT)
    return Card(tuple(lines), y + theme.px(_PAD), buttons)


def _write(theme: Theme, width: int, lines: list[_Line], y: int, text: str, size: float, colour: Colour) -> int:
    """Add a paragraph at a height; return where it ends."""
    step = theme.px(size * 1.36)
    for part in theme.wrapped(text, width - 2 * theme.px(_PAD + 2), size):
        lines.append(_Line(theme.px(_PAD + 2), y, part, size, "sans", colour))
        y += step
    return y


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def draw_card(
    surface: pygame.Surface, theme: Theme, area: pygame.Rect, card: Card, severity: Severity, *, open_: bool, hot: bool
) -> None:
    """Draw a card in its area; one that is looked at has an edge, one under the pointer is lit."""
    tint = TINTS[severity]
    draw.box(surface, area, colours.RAISED if open_ or not hot else colours.HOVER, theme.px(8))
    if open_:
        draw.outline(surface, area, colours.mix(tint, colours.RAISED, 0.35), theme.px(8), max(1, theme.px(1.4)))
    mark = grade_icon(severity, theme.px(20))
    surface.blit(mark, (area.x + theme.px(_PAD), area.y + theme.px(14)))
    for line in card.lines:
        surface.blit(theme.text(line.text, line.size, line.face, line.colour), (area.x + line.x, area.y + line.y))
