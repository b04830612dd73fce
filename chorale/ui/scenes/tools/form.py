"""The panel at the right: Bach, the two that are compared, the button, and a form made from the table of tools."""

from collections.abc import Callable, Hashable, Sequence
from functools import partial

import pygame

from chorale.ui import draw
from chorale.ui import theme as colours
from chorale.ui.portrait import Portrait
from chorale.ui.scenes.tools.controls import Row, row_of
from chorale.ui.scenes.tools.listening import LETTERS, Heard, Listening
from chorale.ui.scenes.tools.state import ToolState
from chorale.ui.theme import Theme
from chorale.ui.widgets.base import Action, Widget
from chorale.ui.widgets.button import Toggle
from chorale.ui.widgets.gear_button import GearButton
from chorale.ui.widgets.panel import Panel

__all__ = ["WIDTH", "Form"]

WIDTH = 304
_PORTRAIT, _LEAST_PORTRAIT = 184, 64  # units: the usual width, the least height
_BUTTON, _ROW = 56, 36
_TWO_LINES = 46  # units: the least height of a letter with its name below
_MARGIN = 18
_GAP = 10


class _Letter(Toggle):
    """One of the two that are compared: its letter, and what it stands for."""

    def __init__(self, listening: Listening, letter: str, compare: Callable[[str], None]) -> None:
        super().__init__(
            f"compare-{letter.lower()}",
            f"Compare: {letter}",
            partial(compare, letter),
            lambda: listening.letter == letter,
            text=letter,
            keys="X",
            hint=f"Hear {letter}, at the same place",
        )
        self._listening, self.letter = listening, letter

    @property
    def _name(self) -> str:
        heard = self._listening.pair(self.letter)
        return "" if heard is None else heard.name

    @property
    def look(self) -> Hashable:
        """What it stands for, too."""
        return super().look, self._name

    @property
    def tooltip(self) -> str:
        """What it stands for."""
        return f"{self.hint}: {self._name}" if self._name else "Press, then choose a clip to compare with"

    def faces(self) -> tuple[colours.Colour | None, colours.Colour]:
        """Return no gold box: the one that is heard has an edge of gold."""
        lit = self.hot or self.pressed
        return colours.HOVER if lit else colours.RAISED, colours.ACCENT_SOFT if self.on else colours.TEXT

    def draw_content(self, surface: pygame.Surface, theme: Theme, ink: colours.Colour) -> None:
        """Draw the letter, and under it what it stands for."""
        if self.on:
            draw.outline(surface, self.rect, colours.ACCENT, theme.px(8), max(2, theme.px(2)))
        name = self._name
        letter = theme.text(self.text, 16, "bold", ink)
        if name and self.rect.height < theme.px(_TWO_LINES):
            self._draw_in_a_line(surface, theme, letter, ink)
            return
        lift = theme.px(9) if name else 0
        surface.blit(letter, letter.get_rect(center=(self.rect.centerx, self.rect.centery - lift)))
        if name:
            fitted = theme.fitted(name, self.rect.width - theme.px(8), 12)
            words = theme.text(fitted, 12, "sans", ink)
            surface.blit(words, words.get_rect(center=(self.rect.centerx, self.rect.centery + theme.px(10))))

    def _draw_in_a_line(
        self, surface: pygame.Surface, theme: Theme, letter: pygame.Surface, ink: colours.Colour
    ) -> None:
        """Draw the letter, and beside it what it stands for."""
        room = self.rect.width - letter.get_width() - theme.px(28)
        words = theme.text(theme.fitted(self._name, max(1, room), 12), 12, "sans", ink)
        x = self.rect.centerx - (letter.get_width() + theme.px(8) + words.get_width()) // 2
        surface.blit(letter, letter.get_rect(midleft=(x, self.rect.centery)))
        surface.blit(words, words.get_rect(midleft=(x + letter.get_width() + theme.px(8), self.rect.centery)))


class Form(Panel):
    """The panel's widgets and their places.

    Args:
        state: of the room.
        listening: the room's ear.
        start: sets the tool to work, or stops it.
        again: the same with new seeds.
        compared: called with what one of the letters stands for.
        changed: called when other music is wanted.
    """

    def __init__(
        self,
        state: ToolState,
        listening: Listening,
        start: Action,
        again: Action,
        compared: Callable[[Heard], None],
        changed: Action,
    ) -> None:
        super().__init__()
        self._state, self._again, self._changed = state, again, changed

        def compare(letter: str) -> None:
            heard = listening.compare(letter)
            if heard is not None:
                compared(heard)

        self.letters = [_Letter(listening, letter, compare) for letter in LETTERS]
        self.compare = compare
        self.start = GearButton(
            "start",
            "Start",
            start,
            words=lambda: state.session.tool.verb,
            fraction=lambda: None if state.session.making is None else state.session.making.progress.fraction,
            clock=lambda: state.now,
            keys="Enter",
            hint="Set the tool to work",
        )
        self._kinds = [self._kind(drums=drums) for drums in (False, True)]
        self._forms: dict[Hashable, list[Row]] = {}

    def _kind(self, *, drums: bool) -> Toggle:
        word = "Drums" if drums else "Melody"

        def choose() -> None:
            self._state.session.ask(drums=drums)
            self._changed()

        return Toggle(
            word.lower(), word, choose, lambda: self._state.session.asked.drums == drums, text=word, keys="D",
            hint=f"Work with {'drums' if drums else 'melodies'}",
        )  # fmt: skip

    def toggle_kind(self) -> None:
        """Work with drums instead of melodies, or the other way round."""
        if self._state.session.tool.chooses:
            self._kinds[0 if self._state.session.asked.drums else 1].activate()

    @property
    def rows(self) -> list[Row]:
        """The rows of the tool at hand."""
        session = self._state.session
        key = session.where
        if key not in self._forms:
            controls = session.tool.controls_for(drums=session.asked.drums)
            found = (row_of(self._state, control, self._again) for control in controls)
            self._forms[key] = [row for row in found if row is not None]
        return self._forms[key]

    @property
    def widgets(self) -> list[Widget]:
        """In the order of Tab."""
        kinds: list[Widget] = [*self._kinds] if self._state.session.tool.chooses else []
        controls = [widget for row in self.rows for widget in row.widgets]
        return [self._state.portrait, self.start, *kinds, *controls, *self.letters]

    @property
    def look(self) -> Hashable:
        """Which form it is."""
        return self._state.session.where

    def lay_out(self, rect: pygame.Rect, theme: Theme) -> None:
        """Bach with the letters beside him, the button, the form."""
        self.rect = rect
        margin, gap = theme.px(_MARGIN), theme.px(_GAP)
        room = pygame.Rect(rect.x + margin, rect.y + theme.px(12), rect.width - 2 * margin, rect.height - theme.px(12))
        y = self._lay_out_head(room, room.height - self._needed(theme), theme) + gap
        self.start.rect = pygame.Rect(room.x, y, room.width, theme.px(_BUTTON))
        y += theme.px(_BUTTON + 14)
        if self._state.session.tool.chooses:
            half = (room.width - theme.px(8)) // 2
            for index, kind in enumerate(self._kinds):
                kind.rect = pygame.Rect(room.x + index * (half + theme.px(8)), y, half, theme.px(_ROW))
            y += theme.px(_ROW) + gap
        self._lay_out_rows(pygame.Rect(room.x, y, room.width, rect.bottom - y), theme)

    def _needed(self, theme: Theme) -> int:
        """Return the height of all but the head, in pixels."""
        kinds = _ROW + _GAP if self._state.session.tool.chooses else 0
        rows = sum(line[0].height + _GAP for line in _lines(self.rows))
        return theme.px(_GAP + _BUTTON + 14 + kinds + rows)

    def _lay_out_head(self, room: pygame.Rect, height: int, theme: Theme) -> int:
        """Lay out Bach and the letters in a height, as large as usual at most; return where they end.

        Where there is no room for him the letters stand in a row.
        """
        portrait, gap = self._state.portrait, theme.px(8)
        usual = Portrait.height_for(theme.px(_PORTRAIT))
        portrait.visible = height >= theme.px(_LEAST_PORTRAIT)
        if not portrait.visible:
            half = (room.width - gap) // 2
            for index, letter in enumerate(self.letters):
                letter.rect = pygame.Rect(room.x + index * (half + gap), room.y, half, theme.px(_ROW))
            return room.y + theme.px(_ROW)
        high = min(usual, height)
        width = theme.px(_PORTRAIT) * high // usual
        portrait.rect = pygame.Rect(room.x, room.y, width, Portrait.height_for(width))
        each = (portrait.rect.height - gap) // 2
        left = portrait.rect.right + theme.px(_GAP)
        for index, letter in enumerate(self.letters):
            letter.rect = pygame.Rect(left, room.y + index * (each + gap), room.right - left, each)
        return portrait.rect.bottom

    def _lay_out_rows(self, room: pygame.Rect, theme: Theme) -> None:
        """Two halves share a line."""
        y, half = room.y, (room.width - theme.px(8)) // 2
        for line in _lines(self.rows):
            height = theme.px(line[0].height)
            for index, row in enumerate(line):
                left, width = (room.x, room.width) if len(line) == 1 else (room.right - half if index else room.x, half)
                row.lay_out(pygame.Rect(left, y, width, height), theme)
            y += height + theme.px(_GAP)

    def draw_background(self, surface: pygame.Surface, theme: Theme) -> None:
        """Draw the panel and the words over sliders."""
        surface.fill(colours.PANEL, self.rect)
        surface.fill(colours.EDGE, (self.rect.x, self.rect.y, 1, self.rect.height))
        for row in self.rows:
            row.draw_words(surface, theme)


def _lines(rows: Sequence[Row]) -> list[list[Row]]:
    """Return the rows of a form in lines: two neighbours that take half a line share one."""
    lines: list[list[Row]] = []
    for row in rows:
        if row.half and lines and len(lines[-1]) == 1 and lines[-1][0].half:
            lines[-1].append(row)
        else:
            lines.append([row])
    return lines
