"""The list of findings: it scrolls, steps by arrows, and opens the card that is looked at."""

from collections.abc import Callable, Hashable
from typing import NamedTuple

import pygame

from chorale.theory import Finding
from chorale.ui import draw
from chorale.ui import theme as colours
from chorale.ui.icons import icon
from chorale.ui.motion import Follower
from chorale.ui.scenes.editor.cards import Card, draw_card, lay_out_card, place_words
from chorale.ui.scenes.editor.state import State
from chorale.ui.scenes.editor.teaching import Teaching, title_of
from chorale.ui.theme import Theme
from chorale.ui.widgets.base import Widget

__all__ = ["FindingsList", "Saying"]

_GAP = 6


class Saying(NamedTuple):
    """What is said where there is nothing to list: an icon's name, a heading, and a line below it."""

    icon: str
    heading: str
    line: str


class _Placed(NamedTuple):
    finding: Finding
    card: Card
    top: int


class FindingsList(Widget):
    """The cards below one another.

    Args:
        state: the editor's.
        teaching: what is found, and which finding is looked at.
        saying: what to say instead of a list, or None where there is one.
        help_words: what is known of a fix for the finding that is looked at.
    """

    def __init__(
        self, state: State, teaching: Teaching, saying: Callable[[], Saying | None], help_words: Callable[[], str]
    ) -> None:
        super().__init__("findings", "Findings")
        self._state, self._teaching, self._saying, self._help_words = state, teaching, saying, help_words
        self._scroll = Follower(0.0)
        self._pointed = -1
        self._placed: list[_Placed] = []
        self._arranged: Hashable = None
        self._followed: Finding | None = None

    # What is in it ----------------------------------------------------------------------------------------------

    @property
    def value(self) -> str:
        """The finding that is looked at, in words; else how many there are, or what is said instead."""
        saying = self._saying()
        if saying is not None:
            return saying.heading
        selected = self._teaching.selected
        if selected is None:
            count = len(self._teaching.findings)
            return f"{count} finding{'s' if count != 1 else ''}"
        return f"{selected.severity.label}: {title_of(selected)}, {place_words(self._state.score, selected)}"

    @property
    def look(self) -> Hashable:
        """What is listed, how far it is scrolled, and what is lit."""
        scroll = round(self._scroll.at(self._state.now))
        certain = self._state.studio.teacher.shown if self._teaching.is_slow else None
        return super().look, self._arranged, scroll, self._pointed, self._saying(), certain

    def arrange(self, theme: Theme) -> None:
        """Lay the cards out anew where something is new; follow the finding that is looked at."""
        found = () if self._saying() is not None else self._teaching.findings
        selected = self._teaching.selected
        places = tuple(place_words(self._state.score, finding) for finding in found)
        arranged = (theme, self.rect.size, found, places, selected, self._help_words() if selected else "")
        if arranged != self._arranged:
            self._arranged = arranged
            self._placed = self._stacked(theme, found, places, selected)
            self._scroll.seconds = 0.0 if theme.still else 0.18
        if selected != self._followed:
            self._followed = selected
            self._bring_into_view()
        self._scroll.aim(min(self._scroll.target, float(self._most)), self._state.now)

    def _stacked(
        self, theme: Theme, found: tuple[Finding, ...], places: tuple[str, ...], selected: Finding | None
    ) -> list[_Placed]:
        placed, top = [], 0
        for finding, place in zip(found, places, strict=True):
            words = self._help_words() if finding == selected else None
            card = lay_out_card(theme, self.rect.width, finding, place, words)
            placed.append(_Placed(finding, card, top))
            top += card.height + theme.px(_GAP)
        return placed

    @property
    def _most(self) -> int:
        """How far it can be scrolled."""
        if not self._placed:
            return 0
        return max(0, self._placed[-1].top + self._placed[-1].card.height - self.rect.height)

    def _bring_into_view(self) -> None:
        for each in self._placed:
            if each.finding == self._teaching.selected:
                lowest = each.top + min(each.card.height, self.rect.height) - self.rect.height
                self._scroll.aim(float(max(lowest, min(self._scroll.target, each.top))), self._state.now)

    def area(self, index: int) -> pygame.Rect:
        """Return where a card is on the screen."""
        placed = self._placed[index]
        top = self.rect.y + placed.top - round(self._scroll.at(self._state.now))
        return pygame.Rect(self.rect.x, top, self.rect.width, placed.card.height)

    @property
    def buttons(self) -> tuple[int, int, int] | None:
        """Left, top and width of the room for the open card's buttons, None where no card is open."""
        for index, each in enumerate(self._placed):
            if each.card.buttons:
                area = self.area(index)
                return area.x, area.y + each.card.buttons, area.width
        return None

    @property
    def moving(self) -> bool:
        """Whether it is gliding."""
        return self._scroll.moving(self._state.now)

    # The person -------------------------------------------------------------------------------------------------

    def _index_at(self, position: tuple[int, int]) -> int:
        inside = range(len(self._placed)) if self.rect.collidepoint(position) else range(0)
        return next((index for index in inside if self.area(index).collidepoint(position)), -1)

    def hover(self, position: tuple[int, int]) -> None:
        """Light the card under the pointer."""
        self._pointed = self._index_at(position)

    def leave(self) -> None:
        """Light none."""
        self._pointed = -1

    def release(self, position: tuple[int, int]) -> None:
        """Look at the finding, or shut its card."""
        index = self._index_at(position)
        if index >= 0:
            finding = self._placed[index].finding
            self._teaching.select(None if finding == self._teaching.selected else finding)

    def wheel(self, amount: float) -> bool:
        """Scroll."""
        target = self._scroll.target - amount * self._state.theme.px(48)
        self._scroll.aim(max(0.0, min(float(self._most), target)), self._state.now)
        return True

    def key(self, event: pygame.event.Event) -> bool:
        """Step by arrows, shut the card by Enter."""
        if event.key in {pygame.K_DOWN, pygame.K_UP} and self._placed:
            self._teaching.step(1 if event.key == pygame.K_DOWN else -1)
        elif event.key in {pygame.K_RETURN, pygame.K_KP_ENTER} and self._placed:
            if self._teaching.selected is None:
                self._teaching.step(1)
            else:
                self._teaching.select(None)
        else:
            return False
        return True

    # Looks ------------------------------------------------------------------------------------------------------

    def draw(self, surface: pygame.Surface, theme: Theme) -> None:
        """Draw the cards in sight, or what is said instead."""
        saying = self._saying()
        if saying is not None:
            self._draw_saying(surface, theme, saying)
            return
        clip = surface.get_clip()
        surface.set_clip(self.rect.clip(clip))
        for index, each in enumerate(self._placed):
            area = self.area(index)
            if area.colliderect(self.rect):
                is_open = each.card.buttons > 0
                hot = index == self._pointed
                draw_card(surface, theme, area, each.card, each.finding.severity, open_=is_open, hot=hot)
                if self._teaching.is_slow and not self._teaching.is_certain(each.finding):
                    draw.box(surface, area, (*colours.PANEL, 130), theme.px(8))
        surface.set_clip(clip)
        self._draw_thumb(surface, theme)

    def _draw_thumb(self, surface: pygame.Surface, theme: Theme) -> None:
        if self._most:
            content = self._most + self.rect.height
            height = max(theme.px(24), self.rect.height * self.rect.height // content)
            share = self._scroll.at(self._state.now) / self._most
            top = self.rect.y + round((self.rect.height - height) * share)
            thumb = pygame.Rect(self.rect.right + theme.px(6), top, theme.px(4), height)
            draw.box(surface, thumb, (*colours.TEXT, 90), theme.px(2))

    def _draw_saying(self, surface: pygame.Surface, theme: Theme, saying: Saying) -> None:
        pad, line = theme.px(14), theme.px(20)
        left = pad + (theme.px(30) if saying.icon else 0)
        rows = max(0, (self.rect.height - 2 * pad - theme.px(24)) // line)
        broken = theme.wrapped(saying.line, self.rect.width - left - pad, 14)[:rows]
        card = pygame.Rect(self.rect.x, self.rect.y, self.rect.width, 2 * pad + theme.px(24) + line * len(broken))
        draw.box(surface, card, colours.RAISED, theme.px(8))
        if saying.icon:
            mark = icon(saying.icon, theme.px(22), colours.ACCENT)
            surface.blit(mark, (card.x + pad - theme.px(2), card.y + pad - theme.px(2)))
        heading = theme.fitted(saying.heading, card.width - left - pad, 14, "bold")
        surface.blit(theme.text(heading, 14, "bold"), (card.x + left, card.y + pad - theme.px(2)))
        for index, part in enumerate(broken):
            y = card.y + pad + theme.px(22) + index * line
            surface.blit(theme.text(part, 14, "sans", colours.MUTED), (card.x + left, y))
