"""The bar at the foot: play, stop, loop, where the playhead is, each voice's mute, solo and volume, the instrument."""

from collections.abc import Callable, Hashable
from functools import partial

import pygame

from chorale.music import VOICES
from chorale.ui import draw
from chorale.ui import theme as colours
from chorale.ui.scenes.editor.playing import Playing
from chorale.ui.scenes.editor.state import State
from chorale.ui.theme import Theme
from chorale.ui.widgets.base import Widget, icon_picture
from chorale.ui.widgets.button import Button, Toggle
from chorale.ui.widgets.menu import Dropdown, Entry
from chorale.ui.widgets.panel import Panel
from chorale.ui.widgets.play_button import PlayButton
from chorale.ui.widgets.slider import Slider

__all__ = ["HEIGHT", "Transport"]

HEIGHT = 76


class MuteChip(Toggle):
    """A voice's letter on its colour; a click mutes it, which dims and strikes it."""

    def __init__(self, state: State, voice: int) -> None:
        name, sound = VOICES[voice].label, state.services.sound
        super().__init__(
            f"mute-{name.lower()}",
            f"Mute {name.lower()}",
            lambda: sound.toggle_mute(voice),
            lambda: sound.is_muted(voice),
            text=VOICES[voice].letter,
            hint=f"Mute the {name.lower()}",
        )
        self._voice, self._sound = voice, sound

    @property
    def look(self) -> Hashable:
        """Whether the voice is heard, too."""
        return super().look, self._sound.is_heard(self._voice)

    def draw(self, surface: pygame.Surface, theme: Theme) -> None:
        """Draw the letter; a voice that is not heard is an outline, one that is muted is struck through."""
        tint = colours.VOICE_COLOURS[self._voice]
        heard = self._sound.is_heard(self._voice)
        if heard:
            draw.box(surface, self.rect, colours.mix(tint, (255, 255, 255), 0.12 if self.hot else 0), theme.px(6))
        else:
            draw.outline(surface, self.rect, colours.mix(tint, colours.PANEL, 0.3), theme.px(6), theme.px(1.5))
        letter = theme.text(self.text, 15, "bold", (255, 255, 255) if heard else colours.VOICE_LIGHTS[self._voice])
        surface.blit(letter, letter.get_rect(center=self.rect.center))
        if self.on:
            pad = theme.px(6)
            pygame.draw.aaline(
                surface,
                colours.TEXT,
                (self.rect.x + pad, self.rect.bottom - pad),
                (self.rect.right - pad, self.rect.y + pad),
                max(1, theme.px(2)),
            )


class PositionSlider(Slider):
    """The playhead's line, with a tick at every bar and the time over it."""

    live = True

    def __init__(self, state: State, playing: Playing) -> None:
        super().__init__(
            "position",
            "Position",
            0,
            1,
            step=4,
            get=lambda: min(playing.position, float(state.score.steps)),
            set=playing.seek,
            spoken=lambda step: str(state.score.place(int(min(step, max(0, state.score.steps - 1))))),
        )
        self._state, self._playing = state, playing

    def draw(self, surface: pygame.Surface, theme: Theme) -> None:
        """Draw the time, the ticks and the line."""
        self._draw_words(surface, theme)
        score = self._state.score
        self.high, self.step = max(1, score.steps), score.meter.steps_per_beat
        inset = self.rect.height // 2
        width = max(2, self.rect.width - 2 * inset)
        bars = score.bars
        every = max(1, len(bars) * theme.px(10) // width)
        for bar in bars[::every]:
            x = self.rect.x + inset + round(width * bar.start / self.high)
            surface.fill(colours.EDGE, (x, self.rect.centery + theme.px(7), 1, theme.px(5)))
        super().draw(surface, theme)

    def _draw_words(self, surface: pygame.Surface, theme: Theme) -> None:
        inset = self.rect.height // 2
        place = theme.text(self._playing.place_words(), 13, "semibold", colours.TEXT)
        clock = theme.text(self._playing.clock_words(), 12, "sans", colours.MUTED)
        surface.blit(place, place.get_rect(bottomleft=(self.rect.x + inset, self.rect.y + theme.px(4))))
        surface.blit(clock, clock.get_rect(bottomright=(self.rect.right - inset, self.rect.y + theme.px(4))))


class Transport(Panel):
    """The bar's widgets and their places."""

    def __init__(self, state: State, playing: Playing) -> None:
        super().__init__()
        self._state, self._playing = state, playing
        self._play = PlayButton(playing)
        self._stop = Button("stop", "Stop and go back", playing.stop, picture=icon_picture("stop"), keys="Shift+Space")
        self._loop = Toggle(
            "loop",
            "Loop",
            playing.toggle_loop,
            lambda: playing.looping,
            picture=icon_picture("loop"),
            keys="Ctrl+L",
            hint="Play the selected bars, or all, over and over",
        )
        self._position = PositionSlider(state, playing)
        sound = state.services.sound
        self._mutes = [MuteChip(state, voice) for voice in VOICES]
        self._solos = [
            Toggle(
                f"solo-{voice.label.lower()}",
                f"Solo {voice.label.lower()}",
                partial(sound.toggle_solo, voice),
                partial(sound.is_soloed, voice),
                picture=icon_picture("solo"),
                style="plain",
                picture_size=18,
                hint=f"Hear the {voice.label.lower()} alone",
            )
            for voice in VOICES
        ]
        self._volumes = [self._volume(voice) for voice in VOICES]
        self._instrument = Dropdown(
            "instrument", "Instrument", self._instrument_name, self._instruments, state.board.open_dropdown
        )
        self._labels: dict[str, str] = {}

    def _volume(self, voice: int) -> Slider:
        state = self._state

        def change(volume: float) -> None:
            volumes = [*state.studio.settings.volumes]
            volumes[voice] = round(volume, 2)
            state.studio.change_settings(volumes=tuple(volumes))
            state.services.sound.set_volume(voice, volume)

        name = VOICES[voice].label
        return Slider(
            f"volume-{name.lower()}",
            f"{name} volume",
            0,
            1,
            step=0.1,
            get=lambda: state.studio.settings.volumes[voice],
            set=change,
            colour=colours.VOICE_LIGHTS[voice],
            knob=5,
        )

    @property
    def widgets(self) -> list[Widget]:
        """In the order of Tab."""
        voices = [widget for each in zip(self._mutes, self._solos, self._volumes, strict=True) for widget in each]
        return [self._play, self._stop, self._loop, self._position, *voices, self._instrument]

    def _presets(self) -> dict[str, str]:
        if not self._labels:
            from chorale.audio.instruments import load_all  # noqa: PLC0415  reads files; not before it is asked for

            self._labels = {preset.name: preset.label for preset in load_all()}
        return self._labels

    def _instrument_name(self) -> str:
        name = self._state.studio.settings.instrument
        return self._labels.get(name, name.replace("_", " ").capitalize())

    def _instruments(self) -> list[Entry]:
        present = self._state.studio.settings.instrument
        choose: Callable[[str], None] = self._choose_instrument
        entries: list[Entry] = []
        self._state.attempt(
            lambda: entries.extend(
                Entry(label, partial(choose, name), chosen=name == present) for name, label in self._presets().items()
            )
        )
        return entries

    def _choose_instrument(self, name: str) -> None:
        self._state.studio.change_settings(instrument=name)
        self._state.services.sound.set_instrument(name)

    def lay_out(self, rect: pygame.Rect, theme: Theme) -> None:
        """Buttons at the left, voices and instrument at the right, the line in what is between."""
        self.rect = rect
        middle = rect.centery
        x = rect.x + theme.px(20)
        for widget, size in ((self._play, 48), (self._stop, 38), (self._loop, 38)):
            widget.rect = pygame.Rect(x, middle - theme.px(size) // 2, theme.px(size), theme.px(size))
            x += theme.px(size) + theme.px(10 if size == 48 else 6)
        right = rect.right - theme.px(20)
        self._instrument.rect = pygame.Rect(right - theme.px(124), middle - theme.px(18), theme.px(124), theme.px(36))
        right = self._instrument.rect.x - theme.px(16)
        for voice in reversed(VOICES):
            right = self._lay_out_voice(voice, right, middle, theme)
        line = pygame.Rect(x + theme.px(4), middle - theme.px(6), right - x - theme.px(16), theme.px(28))
        self._position.rect = line

    def _lay_out_voice(self, voice: int, right: int, middle: int, theme: Theme) -> int:
        """Place one voice's three widgets so that they end at ``right``; return where they begin."""
        self._volumes[voice].rect = pygame.Rect(right - theme.px(58), middle - theme.px(12), theme.px(58), theme.px(24))
        self._solos[voice].rect = pygame.Rect(
            right - theme.px(58 + 28), middle - theme.px(14), theme.px(28), theme.px(28)
        )
        self._mutes[voice].rect = pygame.Rect(
            right - theme.px(58 + 28 + 30), middle - theme.px(14), theme.px(28), theme.px(28)
        )
        return self._mutes[voice].rect.x - theme.px(8)

    def draw_background(self, surface: pygame.Surface, theme: Theme) -> None:
        """Draw the bar."""
        del theme
        surface.fill(colours.PANEL, self.rect)
        surface.fill(colours.EDGE, (self.rect.x, self.rect.y, self.rect.width, 1))
