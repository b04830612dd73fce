"""The panel beside the music of a level: Bach and what he says, the goals, hints, and the way to hand in."""

from collections.abc import Callable, Hashable

import pygame

from chorale.levels.scoring import HINT_COST
from chorale.ui import draw
from chorale.ui import theme as colours
from chorale.ui.portrait import Portrait
from chorale.ui.scenes.editor.side import HarmonizeButton
from chorale.ui.scenes.levels.desk import Desk
from chorale.ui.scenes.levels.goals_list import SIZES as ROW_SIZES
from chorale.ui.scenes.levels.goals_list import GoalsList
from chorale.ui.scenes.levels.speech import SIZES as WORD_SIZES
from chorale.ui.scenes.levels.speech import Speech
from chorale.ui.theme import Theme
from chorale.ui.widgets.base import Widget, icon_picture
from chorale.ui.widgets.button import Button, Toggle
from chorale.ui.widgets.panel import Panel

__all__ = ["WIDTH", "Bench", "Deeds"]

WIDTH = 336
_MARGIN, _GAP = 18, 10
_PORTRAIT, _SMALL = 178, 116  # units wide
_HEADING = 40  # units: the line between the words and the goals
_ROW = 44


class Deeds:
    """What the panel's buttons do.

    Args:
        hint: gives a hint.
        card: shows the theory card.
        hand_in: hands the answer in.
    """

    def __init__(self, hint: Callable[[], None], card: Callable[[], None], hand_in: Callable[[], None]) -> None:
        self.hint, self.card, self.hand_in = hint, card, hand_in


class PricedButton(Button):
    """A button with its price in small letters below its word."""

    price = ""

    @property
    def look(self) -> Hashable:
        """The price, too."""
        return super().look, self.price, self.text

    def draw_content(self, surface: pygame.Surface, theme: Theme, ink: colours.Colour) -> None:
        """Draw the sign at the left, word and price beside it."""
        sign = None if self.picture is None else self.picture(theme.px(self.picture_size), (ink[0], ink[1], ink[2]))
        word = theme.text(self.text, self.text_size, "semibold", ink)
        price = theme.text(self.price, 11.5, "sans", colours.mix(ink, colours.RAISED, 0.25))
        wide = max(word.get_width(), price.get_width())
        left = self.rect.centerx - (wide + (0 if sign is None else sign.get_width() + theme.px(7))) // 2
        if sign is not None:
            surface.blit(sign, sign.get_rect(midleft=(left, self.rect.centery)))
            left += sign.get_width() + theme.px(7)
        lift = theme.px(8) if self.price else 0
        surface.blit(word, word.get_rect(midleft=(left, self.rect.centery - lift)))
        if self.price:
            surface.blit(price, price.get_rect(midleft=(left, self.rect.centery + lift)))


class Bench(Panel):
    """The panel's widgets and their places."""

    def __init__(self, desk: Desk, deeds: Deeds) -> None:
        super().__init__()
        self._desk = desk
        self.portrait: Portrait = desk.hall.portrait
        self.hint = PricedButton(
            "hint",
            "Hint",
            deeds.hint,
            text="Hint",
            picture=icon_picture("hint"),
            keys="Alt+H",
            hint="Ask Bach for help",
        )
        self.hint.price = f"\N{MINUS SIGN}{HINT_COST:g} points"
        self.card = Button(
            "card",
            "Theory card",
            deeds.card,
            text="Card",
            picture=icon_picture("file"),
            keys="Alt+C",
            hint="Read again",
        )
        self.again = Button(
            "begin-again", "Begin again", desk.begin_again, text="Clear", picture=icon_picture("erase"), style="raised",
            hint="Take away what you wrote",
        )  # fmt: skip
        self.speech, self.goals = Speech(), GoalsList(desk.level)
        self.harmonize = HarmonizeButton(desk.state, desk.harmony)
        self.harmonize.visible = "harmonize" in desk.level.offers
        self.mark = Toggle(
            "mark-wrong", "Mark as wrong", desk.toggle_found, self._is_marked, text="Mark as wrong",
            picture=icon_picture("error"), keys="Alt+M", hint="Mark the selected note as wrong",
        )  # fmt: skip
        self.mark.visible = bool(desk.level.errors)
        self.hand_in = Button(
            "hand-in", "Hand in", deeds.hand_in, text="Hand in", style="gold", keys="Ctrl+Enter", text_size=18,
            hint="Let Bach look at it",
        )  # fmt: skip

    def _is_marked(self) -> bool:
        state = self._desk.state
        chosen = {(voice, note.start) for voice, note in state.selection.sounding(state.score)}
        return bool(chosen & self._desk.slots.found)

    @property
    def widgets(self) -> list[Widget]:
        """In the order of Tab."""
        tools = [self.hint, self.card, self.again]
        return [self.portrait, *tools, self.speech, self.goals, self.mark, self.harmonize, self.hand_in]

    def lay_out(self, rect: pygame.Rect, theme: Theme) -> None:
        """Bach and the tools at the head, his words, the goals, and the buttons at the foot.

        Bach is drawn smaller where words and goals would not have their room otherwise.
        """
        self.rect = rect
        margin = theme.px(_MARGIN)
        x, width = rect.x + margin, rect.width - 2 * margin
        foot = self._lay_out_foot(x, rect.bottom - theme.px(16), width, theme)
        head = self._lay_out_head(x, width, theme, _PORTRAIT)
        self.goals.rect.width = width
        least = self.speech.needs(theme, width, WORD_SIZES[-1]) + theme.px(_HEADING) + self.goals.needs(theme)
        if head + least > foot:
            head = self._lay_out_head(x, width, theme, _SMALL)
        self.speech.rect = pygame.Rect(x, head, width, self._speech_height(theme, width, foot - head))
        list_top = self.speech.rect.bottom + theme.px(32)
        self.goals.rect = pygame.Rect(x, list_top, width, max(theme.px(20), foot - list_top))

    def _lay_out_head(self, x: int, width: int, theme: Theme, portrait: float) -> int:
        """Place Bach, so many units wide, and the tools beside him; return where his words begin."""
        gap, y, wide = theme.px(_GAP), self.rect.y + theme.px(14), theme.px(portrait)
        self.portrait.rect = pygame.Rect(x, y, wide, Portrait.height_for(wide))
        room = pygame.Rect(x + wide + gap, y, width - wide - gap, self.portrait.rect.height)
        if portrait == _PORTRAIT:
            self._stack_tools(room, theme.px(8))
        else:
            self._pair_tools(room, theme.px(7))
        return self.portrait.rect.bottom + theme.px(14 if portrait == _PORTRAIT else 11)

    def _stack_tools(self, room: pygame.Rect, gap: int) -> None:
        """Put the tools one below the other."""
        height = (room.height - 2 * gap) // 3
        for index, button in enumerate((self.hint, self.card, self.again)):
            button.rect = pygame.Rect(room.x, room.y + index * (height + gap), room.width, height)

    def _pair_tools(self, room: pygame.Rect, gap: int) -> None:
        """Put the hint above the other two tools."""
        height, half = (room.height - gap) // 2, (room.width - gap) // 2
        self.hint.rect = pygame.Rect(room.x, room.y, room.width, height)
        self.card.rect = pygame.Rect(room.x, room.y + height + gap, half, height)
        self.again.rect = self.card.rect.move(half + gap, 0)

    def _lay_out_foot(self, x: int, bottom: int, width: int, theme: Theme) -> int:
        """Place the buttons at the foot, those that there are; return where they begin."""
        self.hand_in.rect = pygame.Rect(x, bottom - theme.px(52), width, theme.px(52))
        y = self.hand_in.rect.y
        for button, height in ((self.harmonize, 56), (self.mark, _ROW)):
            if button.visible:
                y -= theme.px(height + 10)
                button.rect = pygame.Rect(x, y, width, theme.px(height))
        return y - theme.px(8)

    def _speech_height(self, theme: Theme, width: int, room: int) -> int:
        """Return the height of Bach's words: in letters as large as leave the goals their room, too."""
        self.goals.rect.width = width
        left = room - theme.px(_HEADING)
        for words, rows in zip(WORD_SIZES, (ROW_SIZES[0], *ROW_SIZES), strict=True):
            wanted = self.speech.needs(theme, width, words)
            if wanted + self.goals.needs(theme, rows) <= left:
                return wanted
        return max(theme.px(60), min(self.speech.needs(theme, width, WORD_SIZES[-1]), left // 2))

    def draw_background(self, surface: pygame.Surface, theme: Theme) -> None:
        """Draw the panel and the heading of the goals."""
        surface.fill(colours.PANEL, self.rect)
        surface.fill(colours.EDGE, (self.rect.x, self.rect.y, 1, self.rect.height))
        words = theme.text("Goals", 13, "semibold", colours.ACCENT)
        at = words.get_rect(bottomleft=(self.goals.rect.x, self.goals.rect.y - theme.px(6)))
        surface.blit(words, at)
        right = self.goals.rect.right
        if self.goals.written:
            count = theme.text(self.goals.written, 13, "semibold", colours.MUTED)
            surface.blit(count, count.get_rect(bottomright=(right, at.bottom)))
            right -= count.get_width() + theme.px(10)
        draw.box(
            surface,
            pygame.Rect(at.right + theme.px(10), at.centery, right - at.right - theme.px(10), 1),
            colours.EDGE,
            0,
        )

    @property
    def look(self) -> Hashable:
        """How much is written, too."""
        return self.goals.written
