"""The shelf at the foot of the desk: clips that are kept, to hear, to compare, to begin from, to export."""

from collections.abc import Callable, Hashable
from functools import partial

import pygame

from chorale.ui import draw
from chorale.ui import theme as colours
from chorale.ui.scenes.tools.listening import Heard, Listening
from chorale.ui.scenes.tools.state import ToolState
from chorale.ui.theme import Theme
from chorale.ui.widgets.base import Widget, icon_picture
from chorale.ui.widgets.clip_view import ClipView
from chorale.ui.widgets.menu import Entry, Menu

__all__ = ["HEIGHT", "Shelf"]

HEIGHT = 88
MOST = 24
_LABEL = 64
_WIDTH = 118


class _KeptView(ClipView):
    """A kept clip: Delete takes it from the shelf, the right button or M opens its menu."""

    drop: Callable[[], None]
    offer: Callable[[], None]

    def key(self, event: pygame.event.Event) -> bool:
        """Drop it, open its menu, or hear it."""
        if event.key in {pygame.K_DELETE, pygame.K_BACKSPACE}:
            self.drop()
        elif event.key == pygame.K_m:
            self.offer()
        else:
            return super().key(event)
        return True

    def alternate(self, position: tuple[int, int]) -> None:
        """Open its menu."""
        del position
        self.offer()


class Shelf:
    """The kept clips.

    Args:
        state: of the room.
        listening: the room's ear.
        hand_on: puts a kept clip to use: "staff", "lane" or "midi", and which.
    """

    def __init__(self, state: ToolState, listening: Listening, hand_on: Callable[[str, int], None]) -> None:
        self._state, self._listening, self._hand_on = state, listening, hand_on
        self.views = [self._view(index) for index in range(MOST)]
        self.rect = pygame.Rect(0, 0, 1, 1)
        self._first = 0

    def _view(self, index: int) -> ClipView:
        view = _KeptView(
            f"kept-{index + 1}",
            f"Kept clip {index + 1}",
            partial(self._press, index),
            playhead=lambda: self._listening.playhead(view.clip),
            hovered=lambda on: self._listening.point(self._heard(index) if on else None),
        )
        view.drop = partial(self._drop, index)
        view.offer = partial(self._offer, index)
        return view

    @property
    def count(self) -> int:
        """How many are shown."""
        return min(MOST, len(self._state.session.kept), max(1, self._room))

    _room = 1

    @property
    def widgets(self) -> list[Widget]:
        """In the order of Tab."""
        return [*self.views[: self.count]]

    def _kept(self, index: int) -> int:
        """Return which kept clip a place shows: the newest are at the right."""
        return len(self._state.session.kept) - self.count + index

    def _heard(self, index: int) -> Heard | None:
        kept = self._state.session.kept
        place = self._kept(index)
        return Heard(kept[place].clip, f"{kept[place].name}, kept") if 0 <= place < len(kept) else None

    def _press(self, index: int) -> None:
        heard = self._heard(index)
        if heard is None:
            return
        if self._listening.on and self._listening.clip is heard.clip:
            self._listening.stop()
            return
        self._listening.take(heard)
        if self._listening.clip is not heard.clip or not self._listening.on:
            self._listening.hear(heard)

    def _drop(self, index: int) -> None:
        state, place = self._state, self._kept(index)
        name = state.session.kept[place].name
        state.session.drop(place)
        state.say(f"{name} is off the shelf", "info", "Undo", self._bring_back)

    def _bring_back(self) -> None:
        self._state.session.undo()

    def _offer(self, index: int) -> None:
        place, state = self._kept(index), self._state
        kept = state.session.kept[place]
        entries = [Entry("Save as MIDI…", partial(self._hand_on, "midi", place), picture=icon_picture("file"))]
        if kept.clip.drums:
            entries.append(
                Entry("To the drum lane", partial(self._hand_on, "lane", place), picture=icon_picture("drumify"))
            )
        else:
            entries.append(
                Entry("Harmonize this", partial(self._hand_on, "staff", place), picture=icon_picture("music"))
            )
        slot = state.first_empty
        if slot is not None:
            begin = partial(state.take_clip, slot, kept.clip, kept.name)
            entries.append(Entry(f"Begin {state.session.tool.label} with it", begin, picture=icon_picture("right")))
        entries.append(Entry("Off the shelf", partial(self._drop, index), "Del", icon_picture("close")))
        at = self.views[index].rect
        board = state.board
        board.menu = Menu("kept-menu", kept.name, entries, at, board.area, state.theme, board.close_menu, width=220)

    # Looks ----------------------------------------------------------------------------------------------------

    def update(self) -> None:
        """Show the newest."""
        kept = self._state.session.kept
        for index, view in enumerate(self.views[: self.count]):
            each = kept[self._kept(index)]
            view.show(each.clip)
            view.hint = f"{each.name}, seed {each.seed}"

    @property
    def look(self) -> Hashable:
        """How many there are."""
        return len(self._state.session.kept), self.count

    def lay_out(self, rect: pygame.Rect, theme: Theme) -> None:
        """From left to right."""
        self.rect = rect
        width, gap = theme.px(_WIDTH), theme.px(8)
        left = rect.x + theme.px(_LABEL + 14)
        self._room = max(1, (rect.right - theme.px(8) - left + gap) // (width + gap))
        pad = theme.px(8)
        for index, view in enumerate(self.views):
            view.rect = pygame.Rect(left + index * (width + gap), rect.y + pad, width, rect.height - 2 * pad)

    def draw_cards(self, surface: pygame.Surface, theme: Theme) -> None:
        """Draw the board and its words."""
        draw.box(surface, self.rect, (*colours.PANEL, 190), theme.px(10))
        kept = len(self._state.session.kept)
        middle = self.rect.centery
        title = theme.text("Kept", 14, "semibold", colours.TEXT if kept else colours.MUTED)
        surface.blit(title, title.get_rect(midleft=(self.rect.x + theme.px(14), middle - (theme.px(9) if kept else 0))))
        if kept:
            more = f"{kept} clip{'' if kept == 1 else 's'}"
            number = theme.text(more, 12.5, "sans", colours.MUTED)
            surface.blit(number, number.get_rect(midleft=(self.rect.x + theme.px(14), middle + theme.px(10))))
            return
        words = "Bookmark what you like and it stays here, whatever you try next."
        line = theme.text(theme.fitted(words, self.rect.width - theme.px(_LABEL + 40), 13), 13, "sans", colours.FAINT)
        surface.blit(line, line.get_rect(midleft=(self.rect.x + theme.px(_LABEL + 14), middle)))
