"""The middle of the room: inputs above, results or a walk or an invitation, the shelf below; under a lamp."""

from collections.abc import Hashable

import pygame

from chorale.app.tools.table import Name
from chorale.ui import theme as colours
from chorale.ui.scenes.editor.room import lamp
from chorale.ui.scenes.tools import inputs, shelf
from chorale.ui.scenes.tools.cards import Cards
from chorale.ui.scenes.tools.inputs import Inputs
from chorale.ui.scenes.tools.invitation import Invitation
from chorale.ui.scenes.tools.path import Path
from chorale.ui.scenes.tools.shelf import Shelf
from chorale.ui.scenes.tools.state import ToolState
from chorale.ui.theme import Theme
from chorale.ui.widgets.base import Widget
from chorale.ui.widgets.panel import Panel

__all__ = ["Desk"]

_MARGIN, _GAP = 20, 14


class Desk(Panel):
    """The middle's parts and their places."""

    def __init__(
        self, state: ToolState, slots: Inputs, cards: Cards, path: Path, shelf: Shelf, invitation: Invitation
    ) -> None:
        super().__init__()
        self._state = state
        self.inputs, self.cards, self.path, self.shelf, self.invitation = slots, cards, path, shelf, invitation

    @property
    def results(self) -> Cards | Path:
        """What shows the results of the tool at hand."""
        return self.path if self._state.session.tool.name is Name.INTERPOLATE else self.cards

    @property
    def widgets(self) -> list[Widget]:
        """In the order of Tab."""
        return [
            *self.inputs.widgets, *self.invitation.widgets, *self.results.widgets, *self.shelf.widgets
        ]  # fmt: skip

    @property
    def look(self) -> Hashable:
        """What the cards and words depend on."""
        return self.inputs.look, self.invitation.look, self.results.look, self.shelf.look, self._state.session.where

    @property
    def shape(self) -> Hashable:
        """What the places of the parts depend on."""
        session = self._state.session
        return session.where, len(session.bench.results), self.shelf.count

    def choose(self, index: int) -> None:
        """Look at a result."""
        self.results.choose(index)

    def update(self) -> None:
        """Show what is there."""
        for part in (self.inputs, self.invitation, self.results, self.shelf):
            part.update()

    def lay_out(self, rect: pygame.Rect, theme: Theme) -> None:
        """One under another."""
        self.rect = rect
        margin, gap = theme.px(_MARGIN), theme.px(_GAP)
        room = rect.inflate(-2 * margin, -2 * margin)
        foot = pygame.Rect(room.x, room.bottom - theme.px(shelf.HEIGHT), room.width, theme.px(shelf.HEIGHT))
        self.shelf.lay_out(foot, theme)
        top = room.y
        if self.inputs.count:
            head = pygame.Rect(room.x, top, room.width, theme.px(inputs.HEIGHT))
            self.inputs.lay_out(head, theme)
            top = head.bottom + gap
        middle = pygame.Rect(room.x, top, room.width, foot.y - gap - top)
        self.invitation.lay_out(middle, theme)
        self.results.lay_out(middle, theme)

    def draw_background(self, surface: pygame.Surface, theme: Theme) -> None:
        """Draw the room under the lamp, and the cards."""
        surface.blit(lamp(self.rect.size), self.rect)
        surface.fill(colours.EDGE, (self.rect.x, self.rect.bottom - 1, self.rect.width, 1))
        for part in (self.inputs, self.invitation, self.results, self.shelf):
            part.draw_cards(surface, theme)
