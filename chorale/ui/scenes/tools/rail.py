"""The rail at the left: the five tools."""

from functools import partial

import pygame

from chorale.app.tools.table import TOOLS, Tool
from chorale.ui import draw
from chorale.ui import theme as colours
from chorale.ui.icons import icon
from chorale.ui.scenes.tools.state import ToolState
from chorale.ui.theme import Theme
from chorale.ui.widgets.base import Action, Widget, icon_picture
from chorale.ui.widgets.button import Toggle
from chorale.ui.widgets.panel import Panel

__all__ = ["WIDTH", "Rail"]

WIDTH = 108


class ToolButton(Toggle):
    """A tool: its picture over its name; the one at hand is lit."""

    def __init__(self, state: ToolState, tool: Tool, number: int, choose: Action) -> None:
        super().__init__(
            f"tool-{tool.name}",
            tool.label,
            choose,
            lambda: state.session.tool is tool,
            picture=icon_picture(tool.name),
            text=tool.label,
            keys=f"Ctrl+{number}",
            hint=tool.label,
        )

    def draw(self, surface: pygame.Surface, theme: Theme) -> None:
        """Draw the box, the picture and the name."""
        box, ink = self.faces()
        if box is not None:
            draw.box(surface, self.rect, box, theme.px(10))
        picture = icon(self.picture_name, theme.px(28), colours.mix(ink, ink, 0))
        name = theme.text(self.text, 13, "semibold", ink)
        surface.blit(picture, picture.get_rect(center=(self.rect.centerx, self.rect.centery - theme.px(11))))
        surface.blit(name, name.get_rect(center=(self.rect.centerx, self.rect.centery + theme.px(18))))

    @property
    def picture_name(self) -> str:
        """The icon's name."""
        return self.id.removeprefix("tool-")


class Rail(Panel):
    """The five buttons.

    Args:
        state: of the room.
        changed: called when another tool was taken up.
    """

    def __init__(self, state: ToolState, changed: Action) -> None:
        super().__init__()

        def choose(tool: Tool) -> None:
            state.session.go(tool.name)
            changed()

        self.buttons = [
            ToolButton(state, tool, number, partial(choose, tool)) for number, tool in enumerate(TOOLS.values(), 1)
        ]

    @property
    def widgets(self) -> list[Widget]:
        """In the order of Tab."""
        return [*self.buttons]

    def lay_out(self, rect: pygame.Rect, theme: Theme) -> None:
        """One under another."""
        self.rect = rect
        margin, gap = theme.px(9), theme.px(8)
        height = min(theme.px(84), (rect.height - theme.px(32) - 4 * gap) // 5)
        for index, button in enumerate(self.buttons):
            top = rect.y + theme.px(16) + index * (height + gap)
            button.rect = pygame.Rect(rect.x + margin, top, rect.width - 2 * margin, height)

    def draw_background(self, surface: pygame.Surface, theme: Theme) -> None:
        """Draw the panel."""
        del theme
        surface.fill(colours.PANEL, self.rect)
        surface.fill(colours.EDGE, (self.rect.right - 1, self.rect.y, 1, self.rect.height))
