"""The rail at the left: whom and what the pen writes, the marks on what is written, and what the teacher adds."""

from collections.abc import Container
from functools import partial

import pygame

from chorale.music import VOICES
from chorale.ui import draw
from chorale.ui import theme as colours
from chorale.ui.scenes.editor.glyphs import glyph_picture, tie_picture
from chorale.ui.scenes.editor.pen import VALUES
from chorale.ui.scenes.editor.state import State
from chorale.ui.scenes.editor.writing import Writing
from chorale.ui.theme import Theme
from chorale.ui.widgets.base import Widget, icon_picture
from chorale.ui.widgets.button import Button, Toggle
from chorale.ui.widgets.panel import Panel

__all__ = ["WIDTH", "Rail"]

WIDTH = 108
_BUTTON = 42
_GAP = 6
_GROUP_GAP = 14
_GROUPS = ("Voice", "Value", "Pitch", "Marks", "Show")
_SIGNS = (
    (1, "Sharp", "accidentalSharp", "#"),
    (-1, "Flat", "accidentalFlat", "-"),
    (0, "Natural", "accidentalNatural", "="),
)


class VoiceButton(Toggle):
    """A button in its voice's colour; the chosen one is filled."""

    def __init__(self, state: State, writing: Writing, voice: int) -> None:
        name = VOICES[voice].label
        keys = (
            f"{VOICES[voice].letter} or Shift+{VOICES[voice].letter}"
            if voice in {0, 2}
            else f"Shift+{VOICES[voice].letter}"
        )
        super().__init__(
            f"voice-{name.lower()}",
            name,
            lambda: writing.pick_voice(voice),
            lambda: state.pen.voice == voice,
            text=VOICES[voice].letter,
            keys=keys,
            hint=f"Write the {name.lower()}",
            text_size=16,
        )
        self._voice = voice

    def draw(self, surface: pygame.Surface, theme: Theme) -> None:
        """Draw the letter on its colour, or in it."""
        tint, light = colours.VOICE_COLOURS[self._voice], colours.VOICE_LIGHTS[self._voice]
        box = tint if self.on else colours.HOVER if self.hot else colours.RAISED
        draw.box(surface, self.rect, box, theme.px(8))
        if not self.on:
            draw.outline(
                surface, self.rect, colours.mix(tint, colours.RAISED, 0.35), theme.px(8), max(1, theme.px(1.5))
            )
        self.draw_content(surface, theme, (255, 255, 255) if self.on else light)


class ViewToggle(Toggle):
    """A button that shows something on the page or hides it; it is written as that is printed there."""

    def __init__(self, state: State, name: str, label: str, key: str, letters: tuple[str, ...]) -> None:
        super().__init__(f"view-{name.replace('_', '-')}", label, self._turn, self._is_shown, keys=key, hint=label)
        self._state, self._name, self._letters = state, name, letters

    def _is_shown(self) -> bool:
        return bool(getattr(self._state.studio.settings, self._name))

    def _turn(self) -> None:
        self._state.studio.change_settings(**{self._name: not self.on})

    def faces(self) -> tuple[colours.Colour | None, colours.Colour]:
        """Return a quieter box than other toggles have: it says what is seen and not what is done."""
        if self.pressed or self.hot:
            return colours.HOVER, colours.ACCENT_SOFT if self.on else colours.TEXT
        return (colours.RAISED, colours.ACCENT) if self.on else (None, colours.FAINT)

    def draw(self, surface: pygame.Surface, theme: Theme) -> None:
        """Draw an outline, too."""
        super().draw(surface, theme)
        edge = colours.mix(colours.ACCENT, colours.RAISED, 0.45) if self.on else colours.EDGE
        draw.outline(surface, self.rect, edge, theme.px(8), max(1, theme.px(1)))

    def draw_content(self, surface: pygame.Surface, theme: Theme, ink: colours.Colour) -> None:
        """Write the letters: one large with a small one at its shoulder, two above each other, or one word."""
        centre = self.rect.center
        if self._name == "numerals":
            large, small = (
                theme.text(word, size, "serif-bold", ink) for word, size in zip(self._letters, (17, 10), strict=True)
            )
            at = large.get_rect(center=(centre[0] - small.get_width() // 2, centre[1]))
            surface.blit(large, at)
            surface.blit(small, small.get_rect(midleft=(at.right, at.y + theme.px(8))))
        elif self._name == "figured_bass":
            for letter, shift in zip(self._letters, (-6, 6), strict=True):
                figure = theme.text(letter, 12, "serif-bold", ink)
                surface.blit(figure, figure.get_rect(center=(centre[0], centre[1] + theme.px(shift))))
        else:
            word = theme.text(self._letters[0], 11.5, "semibold", ink)
            surface.blit(word, word.get_rect(center=(centre[0], centre[1] + theme.px(2))))
            self._draw_bracket(surface, theme, ink)

    def _draw_bracket(self, surface: pygame.Surface, theme: Theme, ink: colours.Colour) -> None:
        left, right = self.rect.centerx - theme.px(13), self.rect.centerx + theme.px(13)
        top = self.rect.centery - theme.px(9)
        pen, foot = max(1, theme.px(1.2)), theme.px(4)
        surface.fill(ink, (left, top, right - left, pen))
        surface.fill(ink, (left, top, pen, foot))
        surface.fill(ink, (right - pen, top, pen, foot))


_VIEWS = (
    ("numerals", "Roman numerals", "Alt+1", ("V", "7")),
    ("figured_bass", "Figured bass", "Alt+2", ("6", "4")),
    ("cadences", "Cadences", "Alt+3", ("PAC",)),
    ("marks", "Marks of mistakes", "Alt+4", ("5-5",)),
)


class Rail(Panel):
    """The rail's widgets and their places.

    Args:
        state: of the editor.
        writing: what the buttons do.
        without: ids of buttons that are left out.
    """

    def __init__(self, state: State, writing: Writing, without: Container[str] = ()) -> None:
        super().__init__()
        self._without = without
        self._state = state
        self._voices = [VoiceButton(state, writing, voice) for voice in VOICES]
        self._values = [*self._note_values(writing), self._dot(writing)]
        self._pitches = [*self._signs(writing), self._tie(writing)]
        self._marks = [self._rest(writing), *_marks(writing)]
        self.views = [ViewToggle(state, *view) for view in _VIEWS]

    def _note_values(self, writing: Writing) -> list[Toggle]:
        return [
            Toggle(
                f"value-{value.steps}",
                value.name,
                partial(writing.pick_value, value.steps),
                partial(self._writes, value.steps),
                picture=glyph_picture(value.glyph),
                keys=value.key,
                picture_size=28,
            )
            for value in VALUES
        ]

    def _dot(self, writing: Writing) -> Toggle:
        return Toggle(
            "dot",
            "Dot",
            writing.dot,
            lambda: self._state.pen.dotted,
            picture=glyph_picture("metNoteQuarterUp", "augmentationDot"),
            keys=".",
            picture_size=26,
        )

    def _signs(self, writing: Writing) -> list[Button]:
        return [
            Toggle(
                f"sign-{name.lower()}",
                name,
                partial(writing.pick_accidental, alter),
                partial(self._alters, alter),
                picture=glyph_picture(glyph, spaces=3.4),
                keys=key,
                picture_size=26,
            )
            for alter, name, glyph, key in _SIGNS
        ]

    def _tie(self, writing: Writing) -> Button:
        return Button("tie", "Tie to the next note", writing.tie, picture=tie_picture(), keys="+", picture_size=24)

    def _rest(self, writing: Writing) -> Button:
        return Toggle(
            "rest",
            "Rest",
            writing.pick_rest,
            lambda: self._state.pen.resting,
            picture=glyph_picture("restQuarter", spaces=3.8),
            keys="R",
            picture_size=26,
            hint="Write rests",
        )

    def _writes(self, steps: int) -> bool:
        """Return whether the pen holds this value."""
        return self._state.pen.value == steps

    def _alters(self, alter: int) -> bool:
        """Return whether the pen alters the next note so."""
        return self._state.pen.accidental == alter

    @property
    def groups(self) -> dict[str, list[Widget]]:
        """The widgets under each heading."""
        all_of_them = (self._voices, self._values, self._pitches, self._marks, self.views)
        kept = ([each for each in group if each.id not in self._without] for group in all_of_them)
        return {name: list(group) for name, group in zip(_GROUPS, kept, strict=True) if group}

    @property
    def widgets(self) -> list[Widget]:
        """In the order of Tab."""
        return [widget for group in self.groups.values() for widget in group]

    def lay_out(self, rect: pygame.Rect, theme: Theme) -> None:
        """Two columns, group by group; closer together where the window is low."""
        self.rect = rect
        groups = self.groups.values()
        rows = sum(-(-len(group) // 2) for group in groups)
        heading = theme.px(20)
        room = rect.height - theme.px(20) - len(groups) * (heading + theme.px(_GROUP_GAP - _GAP))
        size = min(theme.px(_BUTTON), room // max(1, rows) - theme.px(_GAP))
        left = rect.x + (rect.width - 2 * theme.px(_BUTTON) - theme.px(_GAP)) // 2
        y = rect.y + theme.px(12)
        for group in groups:
            y += heading
            for index, widget in enumerate(group):
                column, row = index % 2, index // 2
                x = left + column * (theme.px(_BUTTON) + theme.px(_GAP))
                widget.rect = pygame.Rect(x, y + row * (size + theme.px(_GAP)), theme.px(_BUTTON), size)
            y += -(-len(group) // 2) * (size + theme.px(_GAP)) + theme.px(_GROUP_GAP - _GAP)

    def draw_background(self, surface: pygame.Surface, theme: Theme) -> None:
        """Draw the rail and its headings."""
        surface.fill(colours.PANEL, self.rect)
        surface.fill(colours.EDGE, (self.rect.right - 1, self.rect.y, 1, self.rect.height))
        for name, group in self.groups.items():
            words = theme.text(name, 12, "semibold", colours.MUTED)
            surface.blit(
                words, words.get_rect(bottomleft=(group[0].rect.x + theme.px(2), group[0].rect.y - theme.px(2)))
            )


def _marks(writing: Writing) -> list[Button]:
    """Return the buttons that act on what is selected."""
    return [
        Button(
            "fermata",
            "Fermata",
            writing.fermata,
            picture=glyph_picture("fermataAbove", spaces=3.4),
            keys="Shift+F",
            picture_size=26,
        ),
        Button(
            "lock",
            "Lock",
            writing.lock,
            picture=icon_picture("lock"),
            keys="L",
            hint="Lock: Harmonize leaves it alone",
        ),
        Button(
            "delete",
            "Delete",
            writing.delete,
            picture=icon_picture("erase"),
            keys="Delete",
            hint="Delete what is selected",
        ),
    ]
