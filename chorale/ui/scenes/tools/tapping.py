"""The sheet for tapping: a metronome, the keys of the computer as kit, piano or one pad, and what they make, drawn."""

import dataclasses
from collections.abc import Callable
from functools import partial
from typing import Any

import pygame

from chorale.app.tools.tapping import ACCENTED, GRIDS, USUAL, Kind, Plan
from chorale.music import METERS, Clip
from chorale.ui import draw
from chorale.ui import theme as colours
from chorale.ui.overlays.base import Overlay
from chorale.ui.scene import Services
from chorale.ui.scenes.tools.pads import Pads
from chorale.ui.scenes.tools.tap_keys import KeyNames, key_of, struck_by
from chorale.ui.scenes.tools.tap_recorder import MOST_LATE, TapRecorder
from chorale.ui.theme import Theme
from chorale.ui.widgets.base import Widget, icon_picture
from chorale.ui.widgets.button import Button, Toggle
from chorale.ui.widgets.clip_view import ClipView
from chorale.ui.widgets.lamp import Lamp
from chorale.ui.widgets.menu import Dropdown, Entry
from chorale.ui.widgets.slider import Slider
from chorale.ui.widgets.spinner import Spinner

__all__ = ["TappingSheet"]

_ENTER = {pygame.K_RETURN, pygame.K_KP_ENTER}
_FRAME = 1 / 60
_OCTAVES = (-3, 2)
_TITLES = {Kind.RHYTHM: "Tap a rhythm", Kind.DRUMS: "Tap a beat", Kind.MELODY: "Play a tune"}
_ROOMS = (124, 74, 116, 104, 78)  # units, of the choices
_HINTS = {
    Kind.RHYTHM: "Tap along with the count-in, too: it tells how late your keyboard is.",
    Kind.DRUMS: "The bars go round: add a piece with every pass. Shift strikes harder. Space is the kick, too.",
    Kind.MELODY: "Two rows are a piano, as they lie. Up and Down move it by an octave.",
}


class TappingSheet(Overlay):
    """A sheet that records what is tapped.

    Args:
        services: what rooms work with.
        kinds: what may be tapped; the first is chosen.
        take: called with the clip that is to be used.
        close: takes the sheet away.
        plan: what to begin with, such as the tempo and meter of what is on the desk.
    """

    def __init__(
        self,
        services: Services,
        kinds: tuple[Kind, ...],
        take: Callable[[Clip], object],
        close: Callable[[], None],
        plan: Plan | None = None,
    ) -> None:
        super().__init__("tapping", _TITLES[kinds[0]] if len(kinds) == 1 else "Tap it in", (900, 566), self._leave)
        self._take, self._close_sheet, self._kinds = take, close, kinds
        self.recorder = TapRecorder(services, dataclasses.replace(plan or Plan(), kind=kinds[0]))
        self._names, self._octave, self._down = KeyNames(), 0, dict[str, int]()
        self.pads = Pads(
            lambda: self._plan.kind, self._names, self._strike, self._let_go, lambda: self._octave, services.clock
        )
        self.view = ClipView("tapping-clip", "What was tapped", playhead=lambda: self.recorder.playhead)
        self.view.focusable = False
        self._set_up_choices()
        self._set_up_feel()
        self._set_up_buttons()
        services.sound.warm_up()
        services.sound.prepare_kit()

    @property
    def _plan(self) -> Plan:
        return self.recorder.plan

    def _change(self, **fields: Any) -> None:  # noqa: ANN401  fields of the plan
        self.recorder.change(dataclasses.replace(self._plan, **fields))

    # Widgets --------------------------------------------------------------------------------------------------

    def _set_up_choices(self) -> None:
        self._kind_buttons = [
            Toggle(
                f"tapping-{kind.lower()}", kind, partial(self._change, kind=kind), partial(self._is, kind), text=kind
            )
            for kind in self._kinds[len(self._kinds) == 1 :]  # one kind is no choice
        ]
        self._tempo = Spinner(
            "tapping-tempo", "Tempo", 30, 280, get=lambda: round(self._plan.qpm),
            set=lambda qpm: self._change(qpm=float(qpm)), spoken="{} bpm".format, hint="Quarter notes a minute",
        )  # fmt: skip
        self._meter = Dropdown(
            "tapping-meter", "Meter", lambda: str(self._plan.meter), self._meters, self.board.open_dropdown
        )
        self._bars = Spinner(
            "tapping-bars", "Bars", 1, 16, get=lambda: self._plan.bars, set=lambda bars: self._change(bars=bars),
            spoken=lambda bars: "1 bar" if bars == 1 else f"{bars} bars",
        )  # fmt: skip
        self._count = Lamp(
            "tapping-count", "Count-in", lambda: self._change(count_in=1 - self._plan.count_in),
            lambda: bool(self._plan.count_in), text="Count-in", hint="A bar of clicks before",
        )  # fmt: skip
        self._click = Lamp(
            "tapping-click", "Click", lambda: self._change(clicking=not self._plan.clicking),
            lambda: self._plan.clicking, text="Click", hint="The metronome goes on while you tap",
        )  # fmt: skip

    def _is(self, kind: Kind) -> bool:
        return self._plan.kind is kind

    def _meters(self) -> list[Entry]:
        return [
            Entry(str(meter), partial(self._change, meter=meter), chosen=meter == self._plan.meter) for meter in METERS
        ]

    def _set_up_feel(self) -> None:
        recorder = self.recorder
        self._strength = Slider(
            "tapping-strength", "Draw to the grid", 0, 1, step=0.05, get=lambda: recorder.strength,
            set=lambda strength: setattr(recorder, "strength", strength), knob=7,
            hint="How far taps are drawn to the grid; 0 leaves them as you played",
        )  # fmt: skip
        self._grid = Dropdown("tapping-grid", "Grid", lambda: recorder.grid, self._grids, self.board.open_dropdown)
        self._late = Spinner(
            "tapping-late", "Keys come late by", 0, MOST_LATE, get=lambda: recorder.late_ms,
            set=lambda late: setattr(recorder, "late_ms", late), spoken="{} ms".format, step=5,
            hint="Taken off every tap; tap along with the count-in and it is measured",
        )  # fmt: skip

    def _grids(self) -> list[Entry]:
        recorder = self.recorder
        return [Entry(name, partial(setattr, recorder, "grid", name), chosen=name == recorder.grid) for name in GRIDS]

    def _set_up_buttons(self) -> None:
        self._record = Button("tapping-record", "Record", self.toggle, text="Record", keys="Enter", style="raised")
        self._listen = Button(
            "tapping-listen", "Listen", self._toggle_listening, text="Listen", picture=icon_picture("play")
        )
        self._clear = Button(
            "tapping-clear", "Start over", self.recorder.clear, text="Start over", picture=icon_picture("erase")
        )
        self._use = Button("tapping-use", "Use it", self._use_it, text="Use it", style="gold", keys="Ctrl+Enter")

    def lay_out(self, theme: Theme) -> None:
        """Choices, the clip, what is struck, the feel, the buttons."""
        inner, high = self.inner, theme.px(36)
        self._lay_out_row(inner.y, high, theme)
        self.view.rect = pygame.Rect(inner.x, inner.y + theme.px(52), inner.width, theme.px(150))
        self.pads.rect = pygame.Rect(inner.x, self.view.rect.bottom + theme.px(16), inner.width, theme.px(104))
        self._feel_top = self.pads.rect.bottom + theme.px(18)
        x = inner.x + theme.width(self._strength.label, 14) + theme.px(12)
        self._strength.rect = pygame.Rect(x, self._feel_top, theme.px(170), high)
        self._grid.rect = pygame.Rect(self._strength.rect.right + theme.px(60), self._feel_top, theme.px(124), high)
        self._late.rect = pygame.Rect(inner.right - theme.px(112), self._feel_top, theme.px(112), high)
        self._lay_out_buttons(theme)
        self.board.widgets = [
            *self._kind_buttons, *self._metronome, self.view, self.pads,
            self._strength, self._grid, self._late, self._record, self._listen, self._clear, self._use, self._cross,
        ]  # fmt: skip

    def _lay_out_row(self, top: int, high: int, theme: Theme) -> None:
        """Kinds at the left, the metronome's choices at the right; without kinds these begin at the left."""
        x, gap = self.inner.x, theme.px(8)
        for button in self._kind_buttons:
            wide = theme.width(button.text, 14, "semibold") + theme.px(28)
            button.rect = pygame.Rect(x, top, wide, high)
            x += wide + theme.px(6)
        widths = [theme.px(units) for units in _ROOMS]
        if self._kind_buttons:
            x = self.inner.right - sum(widths) - gap * (len(widths) - 1)
        for widget, wide in zip(self._metronome, widths, strict=True):
            widget.rect = pygame.Rect(x, top, wide, high)
            x += wide + gap

    @property
    def _metronome(self) -> list[Widget]:
        return [self._tempo, self._meter, self._bars, self._count, self._click]

    def _lay_out_buttons(self, theme: Theme) -> None:
        top, high = self.inner.bottom - theme.px(42), theme.px(42)
        x = self.inner.x
        for button, units in ((self._record, 150), (self._listen, 116), (self._clear, 136)):
            button.rect = pygame.Rect(x, top, theme.px(units), high)
            x += theme.px(units + 10)
        self._use.rect = pygame.Rect(self.inner.right - theme.px(150), top, theme.px(150), high)

    _feel_top = 0

    # What happens ---------------------------------------------------------------------------------------------

    def toggle(self) -> None:
        """Record, or stop."""
        if self.recorder.recording:
            self.recorder.stop()
        else:
            self.recorder.start()

    def _toggle_listening(self) -> None:
        if self.recorder.listening:
            self.recorder.stop()
        else:
            self.recorder.listen()

    def _use_it(self) -> None:
        self.recorder.stop()
        clip = self.recorder.clip
        if clip.notes:
            self._close_sheet()
            self._take(clip)

    def _leave(self) -> None:
        self.recorder.stop()
        self._close_sheet()

    def _strike(self, pitch: int, velocity: int) -> None:
        self.recorder.strike(pitch, velocity)
        self.pads.light(pitch)

    def _let_go(self, pitch: int) -> None:
        self.recorder.let_go(pitch)
        self.pads.darken(pitch)

    def handle(self, event: pygame.event.Event) -> None:
        """While it records, keys strike before anything else."""
        if event.type == pygame.KEYUP:
            self._key_up(event)
        elif not (event.type == pygame.KEYDOWN and self.recorder.recording and self._key_down(event)):
            super().handle(event)

    def key(self, event: pygame.event.Event) -> None:
        """Record on Enter, leave or stop on Escape, move the piano; other keys are struck."""
        if event.key in _ENTER:
            (self._use_it if event.mod & pygame.KMOD_CTRL else self.toggle)()
        elif event.key == pygame.K_ESCAPE:
            (self.recorder.stop if self.recorder.on else self._leave)()
        elif event.key in {pygame.K_UP, pygame.K_DOWN}:
            by = 1 if event.key == pygame.K_UP else -1
            self._octave = min(max(self._octave + by, _OCTAVES[0]), _OCTAVES[1])
        else:
            self._key_down(event)

    def _key_down(self, event: pygame.event.Event) -> bool:
        letter = key_of(event)
        pitch = None if letter is None else struck_by(self._plan.kind, letter, self._octave)
        if letter is None or pitch is None or event.mod & (pygame.KMOD_CTRL | pygame.KMOD_ALT):
            return False
        if letter not in self._down:  # a key that repeats itself was struck once
            self._names.learn(letter, event)
            self._down[letter] = pitch
            self._strike(pitch, ACCENTED if event.mod & pygame.KMOD_SHIFT else USUAL)
        return True

    def _key_up(self, event: pygame.event.Event) -> None:
        pitch = self._down.pop(key_of(event) or "", None)
        if pitch is not None:
            self._let_go(pitch)

    # Looks ----------------------------------------------------------------------------------------------------

    def update(self, now: float) -> float | None:
        """Let time pass."""
        recorder = self.recorder
        recorder.update()
        self.view.show(recorder.clip)
        notes = bool(recorder.clip.notes)
        self._record.text = "Stop" if recorder.recording else "Add a pass" if notes and self._plan.loops else "Record"
        self._record.picture = icon_picture("stop") if recorder.recording else _dot
        self._listen.text = "Stop" if recorder.listening else "Listen"
        self._listen.picture = icon_picture("stop" if recorder.listening else "play")
        for button in (self._listen, self._clear, self._use):
            button.enabled = notes and not recorder.recording
        rest = super().update(now)
        moving = recorder.on or self.pads.glowing
        return _FRAME if moving and rest is None else min(_FRAME, rest) if moving and rest is not None else rest

    def draw_content(self, surface: pygame.Surface, theme: Theme) -> None:
        """Draw the words between the widgets."""
        middle = self._feel_top + theme.px(18)
        self._word(surface, theme, self._strength.label, (self.inner.x, middle))
        share = f"{self.recorder.strength:.0%}"
        self._word(surface, theme, share, (self._strength.rect.right + theme.px(6), middle))
        wide = theme.width(self._late.label, 14)
        self._word(surface, theme, self._late.label, (self._late.rect.x - theme.px(12) - wide, middle))
        hint = theme.text(_HINTS[self._plan.kind], 13, "sans", colours.MUTED)
        surface.blit(hint, (self.inner.x, self._feel_top + theme.px(48)))

    def _word(self, surface: pygame.Surface, theme: Theme, text: str, at: tuple[int, int]) -> None:
        word = theme.text(text, 14, "sans", colours.MUTED)
        surface.blit(word, word.get_rect(midleft=at))

    def draw(self, surface: pygame.Surface) -> None:
        """Draw the sheet, and over the clip what is counted."""
        super().draw(surface)
        count = self.recorder.count
        if count is not None:
            theme = self.theme
            plate = pygame.Rect(0, 0, theme.px(92), theme.px(92))
            plate.center = self.view.rect.center
            draw.box(surface, plate, (*colours.PANEL[:3], 235), theme.px(46))
            draw.outline(surface, plate, colours.ACCENT, theme.px(46), max(2, theme.px(2)))
            number = theme.text(str(count), 44, "serif-bold", colours.ACCENT)
            surface.blit(number, number.get_rect(center=plate.center))


def _dot(pixels: int, colour: colours.Colour) -> pygame.Surface:
    """Return the picture of recording: a red dot."""
    del colour
    size = round(pixels * 0.62)
    picture = pygame.Surface((pixels, pixels), pygame.SRCALPHA)
    place = (pixels - size) // 2
    picture.blit(draw.plate((size, size), size // 2, colours.DANGER), (place, place))
    return picture
