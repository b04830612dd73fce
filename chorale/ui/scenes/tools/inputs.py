"""What a tool begins with: a strip of slots, each with the clip in it and the ways to fill it."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import partial

import pygame

from chorale.ui import draw
from chorale.ui import theme as colours
from chorale.ui.scenes.tools.listening import Heard, Listening
from chorale.ui.scenes.tools.state import ToolState
from chorale.ui.theme import Theme
from chorale.ui.widgets.base import Widget, icon_picture
from chorale.ui.widgets.button import Button
from chorale.ui.widgets.clip_view import ClipView
from chorale.ui.widgets.menu import Entry, Menu

__all__ = ["HEIGHT", "Fillers", "Inputs"]

HEIGHT = 132
_SLOTS = 2
_HEAD = 40


@dataclass(frozen=True)
class Fillers:
    """The ways to fill a slot that need more than the slot itself.

    Attributes:
        browse: asks for a file.
        tap: lets the person tap.
    """

    browse: Callable[[int], None]
    tap: Callable[[int], None]


class _Slot:
    """One slot: the clip, and its buttons."""

    def __init__(self, state: ToolState, listening: Listening, fillers: Fillers, number: int) -> None:
        self._state, self._listening, self.number = state, listening, number
        name = f"input-{number + 1}"
        self.view = ClipView(
            name,
            f"Input {number + 1}",
            self._press,
            playhead=lambda: listening.playhead(self.view.clip),
            hovered=self._point,
        )
        self.buttons = [
            Button(f"{name}-file", "Open a file", partial(fillers.browse, number), picture=icon_picture("folder"),
                   style="plain", keys="Ctrl+O", hint="From a file: MIDI, MusicXML, ABC, .chorale; or drop it here"),
            Button(f"{name}-staff", "From the staff", self.take_staff, picture=icon_picture("music"), style="plain",
                   keys="Ctrl+T", hint="What is on the staff in Compose"),
            Button(f"{name}-tap", "Tap it", partial(fillers.tap, number), picture=icon_picture("tap"), style="plain",
                   keys="T", hint="Tap it on the keyboard, in time"),
            Button(f"{name}-earlier", "An earlier result", self.offer_earlier, picture=icon_picture("recent"),
                   style="plain", hint="A result, something kept, or an example"),
            Button(f"{name}-clear", "Take it away", partial(state.session.clear, number), picture=icon_picture("close"),
                   style="plain", hint="Take it away"),
        ]  # fmt: skip

    @property
    def _heard(self) -> Heard | None:
        source = self._state.session.bench.inputs[self.number]
        return None if source is None else Heard(source.clip, source.name)

    def _press(self) -> None:
        heard = self._heard
        if heard is None:
            self.offer_earlier()
        elif self._listening.on and self._listening.clip is heard.clip:
            self._listening.stop()
        else:
            self._listening.take(heard)
            self._listening.hear(heard)

    def _point(self, on: bool) -> None:  # noqa: FBT001  as the view tells it
        self._listening.point(self._heard if on else None)

    def take_staff(self) -> None:
        """Take what is on the staff; where bars are selected there, ask which."""
        state, bars = self._state, self._state.services.bars
        if bars is None:
            state.take_staff(self.number)
            return
        chosen = f"Bars {bars[0]}\N{EN DASH}{bars[1]}" if bars[0] != bars[1] else f"Bar {bars[0]}"
        self._open(
            [
                Entry("The whole staff", partial(state.take_staff, self.number), picture=icon_picture("music")),
                Entry(f"{chosen}, as selected", partial(state.take_staff, self.number, bars)),
            ],
            self.buttons[1],
        )

    def offer_earlier(self) -> None:
        """Offer results, what is kept, and examples."""
        self._open(self._earlier(), self.buttons[3])

    def _open(self, entries: list[Entry], at: Widget) -> None:
        board = self._state.board
        board.menu = Menu(
            f"{self.view.id}-menu",
            "Inputs",
            entries,
            at.rect,
            board.area,
            self._state.theme,
            board.close_menu,
            width=220,
        )

    def _earlier(self) -> list[Entry]:
        session, state = self._state.session, self._state
        entries = [Entry("Examples", heading=True)]
        entries += [
            Entry(source.name, partial(state.put, self.number, source), picture=icon_picture("music"))
            for source in session.examples()
        ]
        kept = [(each.clip, each.name) for each in session.kept]
        for heading, found in (("Kept", kept), ("Results", session.earlier())):
            if found:
                entries.append(Entry(heading, heading=True))
            entries += [Entry(name, partial(state.take_clip, self.number, clip, name)) for clip, name in found]
        return entries

    def update(self) -> None:
        """Show what is in the slot."""
        session = self._state.session
        there = self.number < len(session.tool.slots)
        for widget in (self.view, *self.buttons):
            widget.visible = there
        if not there:
            return
        source = session.bench.inputs[self.number]
        self.view.show(None if source is None else source.clip)
        self.view.empty = "Drop a file here, take the staff, tap it, or choose an example"
        self.buttons[-1].visible = source is not None

    def lay_out(self, rect: pygame.Rect, theme: Theme) -> None:
        """The buttons at the upper right, the clip below."""
        self.rect = rect
        size, x = theme.px(32), rect.right - theme.px(8)
        for button in reversed(self.buttons):
            x -= size
            button.rect = pygame.Rect(x, rect.y + theme.px(5), size, size)
        pad = theme.px(8)
        top = rect.y + theme.px(_HEAD)
        self.view.rect = pygame.Rect(rect.x + pad, top, rect.width - 2 * pad, rect.bottom - pad - top)

    rect = pygame.Rect(0, 0, 1, 1)

    @property
    def words(self) -> tuple[str, str]:
        """What the slot is called, and what is in it."""
        session = self._state.session
        source = session.bench.inputs[self.number]
        return session.tool.slots[self.number].label, "" if source is None else source.name

    def draw(self, surface: pygame.Surface, theme: Theme) -> None:
        """Draw the card and its words."""
        draw.shadow(surface, self.rect, theme.px(12), 110, theme.px(8), theme.px(4))
        draw.box(surface, self.rect, colours.PANEL, theme.px(10))
        label, name = self.words
        invitation = self._state.session.tool.slots[self.number].invitation
        middle = self.rect.y + theme.px(21)
        words = theme.text(label, 13, "sans", colours.MUTED)
        surface.blit(words, words.get_rect(midleft=(self.rect.x + theme.px(14), middle)))
        left = self.rect.x + theme.px(14) + words.get_width() + theme.px(8)
        room = self.buttons[0].rect.x - theme.px(8) - left
        fitted = theme.fitted(name or invitation, max(1, room), 14, "semibold")
        title = theme.text(fitted, 14, "semibold", colours.TEXT if name else colours.FAINT)
        surface.blit(title, title.get_rect(midleft=(left, middle)))


class Inputs:
    """The strip.

    Args:
        state: of the room.
        listening: the room's ear.
        fillers: ways to fill a slot.
    """

    def __init__(self, state: ToolState, listening: Listening, fillers: Fillers) -> None:
        self._state = state
        self.slots = [_Slot(state, listening, fillers, number) for number in range(_SLOTS)]

    @property
    def count(self) -> int:
        """How many inputs the tool takes."""
        return len(self._state.session.tool.slots)

    @property
    def widgets(self) -> list[Widget]:
        """In the order of Tab."""
        return [widget for slot in self.slots[: self.count] for widget in (slot.view, *slot.buttons)]

    @property
    def look(self) -> Hashable:
        """What the cards' words depend on."""
        return tuple(slot.words for slot in self.slots[: self.count])

    def update(self) -> None:
        """Show what is in the slots."""
        for slot in self.slots:
            slot.update()

    def lay_out(self, room: pygame.Rect, theme: Theme) -> None:
        """Side by side."""
        gap = theme.px(12)
        width = (room.width - gap * (self.count - 1)) // max(1, self.count)
        for index, slot in enumerate(self.slots[: self.count]):
            slot.lay_out(pygame.Rect(room.x + index * (width + gap), room.y, width, room.height), theme)

    def draw_cards(self, surface: pygame.Surface, theme: Theme) -> None:
        """Draw what is no widget."""
        for slot in self.slots[: self.count]:
            slot.draw(surface, theme)
