"""A widget for each kind of control in the table of tools."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import pygame

from chorale.app.tools.installed import models_for
from chorale.app.tools.table import Control
from chorale.music import Key, Meter
from chorale.notation.heading import tempo_note
from chorale.ui import theme as colours
from chorale.ui.scenes.editor.glyphs import glyph_picture, key_name
from chorale.ui.scenes.tools.state import ToolState
from chorale.ui.theme import Theme
from chorale.ui.widgets.base import Action, Widget, icon_picture
from chorale.ui.widgets.button import Button, Toggle
from chorale.ui.widgets.menu import Dropdown, Entry
from chorale.ui.widgets.slider import Slider
from chorale.ui.widgets.spinner import Spinner

__all__ = ["Row", "row_of"]

_SLIDER, _PLAIN = 42, 36  # units: heights
_MAJOR_SIGNATURES = (0, 1, 2, 3, 4, 5, 6, -1, -2, -3, -4, -5, -6)
_METERS = (Meter(4, 4), Meter(3, 4), Meter(2, 4))  # what the models of melodies know
_FREE = 0.5  # density that a slider starts from where none was asked for


@dataclass
class Row:
    """Widgets side by side.

    Attributes:
        widgets: From left to right.
        shares: Of the width that each takes.
        height: Units.
        half: Whether it leaves room for another beside it.
        words: What is drawn over a slider: its name and its ends.
    """

    widgets: list[Widget]
    shares: tuple[float, ...] = (1.0,)
    height: int = _PLAIN
    half: bool = False
    words: tuple[str, str, str] | None = None
    rect: pygame.Rect = field(default_factory=lambda: pygame.Rect(0, 0, 1, 1))

    def lay_out(self, rect: pygame.Rect, theme: Theme) -> None:
        """Give the widgets their places."""
        self.rect = rect
        if self.words is not None:
            self.widgets[0].rect = pygame.Rect(
                rect.x - theme.px(6), rect.y + theme.px(18), rect.width + theme.px(12), theme.px(22)
            )
            return
        gap, x = theme.px(8), rect.x
        room = rect.width - gap * (len(self.widgets) - 1)
        for widget, share in zip(self.widgets, self.shares, strict=True):
            widget.rect = pygame.Rect(x, rect.y, round(room * share), rect.height)
            x = widget.rect.right + gap

    def draw_words(self, surface: pygame.Surface, theme: Theme) -> None:
        """Draw a slider's name in the middle, what its ends mean at either end."""
        if self.words is None:
            return
        top = self.rect.y + theme.px(9)
        name, low, high = self.words
        places = ((name, "center", self.rect.centerx, colours.TEXT), (low, "midleft", self.rect.x, colours.MUTED),
                  (high, "midright", self.rect.right, colours.MUTED))  # fmt: skip
        for text, anchor, x, colour in places:
            words = theme.text(text, 12.5, "sans", colour)
            surface.blit(words, words.get_rect(**{anchor: (x, top)}))


def row_of(state: ToolState, control: Control, again: Action) -> Row | None:
    """Return the widgets that ask for something; None where there is nothing to choose.

    Args:
        state: of the room.
        control: what is asked for.
        again: sets the tool to work with new seeds.
    """
    if control.sort == "seed":
        return _seed(state, control, again)
    return _MAKERS[control.sort](state, control)


def _get(state: ToolState, name: str) -> Any:  # noqa: ANN401  the table says what it is
    return getattr(state.session.asked, name)


def _set(state: ToolState, name: str) -> Callable[[object], None]:
    return lambda value: state.session.ask(**{name: value})


def _number(state: ToolState, control: Control) -> Row:
    def spoken(count: int) -> str:
        return f"{count} {control.unit}{'' if count == 1 else 's'}"

    spinner = Spinner(
        control.field, control.label, int(control.low), int(control.high),
        get=lambda: int(_get(state, control.field)),
        set=_set(state, control.field), spoken=spoken, step=int(control.step), hint=control.hint,
    )  # fmt: skip
    return Row([spinner], half=True)


def _tempo(state: ToolState, control: Control) -> Row:
    name, _, quarters = tempo_note(Meter(4, 4))
    spinner = Spinner(
        control.field, control.label, int(control.low), int(control.high),
        get=lambda: round(state.session.asked.qpm / quarters),
        set=lambda beats: state.session.ask(qpm=beats * quarters), spoken=lambda beats: f"= {beats}",
        step=int(control.step), picture=glyph_picture(name, spaces=4.6), hint=control.hint,
    )  # fmt: skip
    return Row([spinner], half=True)


class _Free(Slider):
    """A slider that can be given up: Delete, or the right button, and the model does as it likes."""

    def __init__(self, state: ToolState, field: str, *named: Any, **how: Any) -> None:  # noqa: ANN401  a slider's own
        super().__init__(*named, **how)
        self._give_up = partial(state.session.ask, **{field: None})

    def alternate(self, position: tuple[int, int]) -> None:
        """Give it up."""
        del position
        self._give_up()

    def key(self, event: pygame.event.Event) -> bool:
        """Give it up, or move it."""
        if event.key in {pygame.K_DELETE, pygame.K_BACKSPACE}:
            self._give_up()
            return True
        return super().key(event)

    def draw(self, surface: pygame.Surface, theme: Theme) -> None:
        """Draw it faintly while nothing is asked."""
        self.colour = colours.ACCENT if self.asked() else colours.FAINT
        super().draw(surface, theme)

    asked: Callable[[], bool]


def _slider(state: ToolState, control: Control) -> Row:
    def get() -> float:
        value = _get(state, control.field)
        return _FREE if value is None else float(value)

    def put(value: float) -> None:
        state.session.ask(**{control.field: round(value, 2)})

    def spoken(value: float) -> str:
        return "as the model likes" if _get(state, control.field) is None else f"{value:.2g}"

    slider = _Free(
        state, control.field, control.field, control.label, control.low, control.high, step=control.step, get=get,
        set=put, spoken=spoken, knob=7, hint=control.hint,
    )  # fmt: skip
    slider.asked = lambda: _get(state, control.field) is not None
    return Row([slider], height=_SLIDER, words=(control.label, *control.ends))


def _switch(state: ToolState, control: Control) -> Row:
    toggle = Toggle(
        control.field, control.label, lambda: state.session.ask(**{control.field: not _get(state, control.field)}),
        lambda: bool(_get(state, control.field)), text=control.label, hint=control.hint,
    )  # fmt: skip
    return Row([toggle])


def _key(state: ToolState, control: Control) -> Row:
    def name() -> str:
        key = state.session.asked.key
        return key_name(key) if key is not None else "The input's key" if state.session.tool.slots else "C major"

    def entries() -> list[Entry]:
        present = state.session.asked.key
        own = "The input's key" if state.session.tool.slots else "C major"
        found = [Entry(own, partial(state.session.ask, key=None), chosen=present is None)]
        for mode, heading in (("major", "Major"), ("minor", "Minor")):
            found.append(Entry(heading, heading=True))
            for sharps in _MAJOR_SIGNATURES:
                key = Key.from_signature(sharps, "major" if mode == "major" else "minor")
                found.append(Entry(key_name(key), partial(state.session.ask, key=key), chosen=key == present))
        return found

    chooser = Dropdown("tool-key", control.label, name, entries, state.board.open_dropdown, hint=control.hint)
    lock = Toggle(
        "locked", "Stay in its scale", lambda: state.session.ask(locked=not state.session.asked.locked),
        lambda: state.session.asked.locked, picture=icon_picture("lock"), keys="L",
        hint="Write only notes of the key's scale",
    )  # fmt: skip
    return Row([chooser, lock], (0.84, 0.16))


def _meter(state: ToolState, control: Control) -> Row:
    chooser = Dropdown(
        "tool-meter", control.label, lambda: f"Meter {state.session.asked.meter}",
        lambda: [
            Entry(str(meter), partial(state.session.ask, meter=meter), chosen=meter == state.session.asked.meter)
            for meter in _METERS
        ],
        state.board.open_dropdown, hint=control.hint,
    )  # fmt: skip
    return Row([chooser], half=True)


def _seed(state: ToolState, control: Control, again: Action) -> Row:
    spinner = Spinner(
        "tool-seed", control.label, int(control.low), int(control.high), get=lambda: state.session.asked.seed,
        set=lambda seed: state.session.ask(seed=seed), spoken=lambda seed: f"Seed {seed}", hint=control.hint,
    )  # fmt: skip
    dice = Button(
        "again", "Again", again, text="Again", picture=icon_picture("dice"), keys="Ctrl+R",
        hint="Once more, with a new seed", picture_size=18,
    )  # fmt: skip
    return Row([spinner, dice], (0.56, 0.44))


def _model(state: ToolState, control: Control) -> Row | None:
    kind = state.session.tool.model_kind(drums=state.session.asked.drums)
    names = models_for(kind)
    if len(names) < 2:
        return None

    def entries() -> list[Entry]:
        present = state.session.asked.model or names[0]
        return [Entry(name, partial(state.session.ask, model=name), chosen=name == present) for name in names]

    return Row(
        [
            Dropdown(
                "tool-model", control.label, lambda: f"Model: {state.session.asked.model or names[0]}", entries,
                state.board.open_dropdown, hint=control.hint,
            )
        ]
    )  # fmt: skip


_MAKERS: dict[str, Callable[[ToolState, Control], Row | None]] = {
    "number": _number,
    "slider": _slider,
    "switch": _switch,
    "key": _key,
    "meter": _meter,
    "tempo": _tempo,
    "model": _model,
}
