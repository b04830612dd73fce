"""The drum lane: the drums that play under the chorale, as a thin strip under the page; mute, volume, take away."""

from collections.abc import Callable, Hashable

import pygame

from chorale.app import edits
from chorale.music import Clip, DrumPattern
from chorale.ui import theme as colours
from chorale.ui.icons import icon
from chorale.ui.scenes.editor.playing import Playing
from chorale.ui.scenes.editor.state import State
from chorale.ui.sound import DRUMS
from chorale.ui.theme import Theme
from chorale.ui.widgets.base import Widget, icon_picture
from chorale.ui.widgets.button import Button, Toggle
from chorale.ui.widgets.clip_view import ClipView
from chorale.ui.widgets.panel import Panel
from chorale.ui.widgets.slider import Slider

__all__ = ["HEIGHT", "DrumLane"]

HEIGHT = 92
_HEAD = 150  # units at the left, for words and buttons


class _Mute(Toggle):
    """A loudspeaker, struck through and dim while the drums are muted."""

    def __init__(self, state: State) -> None:
        sound = state.services.sound
        self._heard: Callable[[], bool] = lambda: sound.is_heard(DRUMS)
        super().__init__(
            "mute-drums", "Mute drums", lambda: sound.toggle_mute(DRUMS), lambda: sound.is_muted(DRUMS), style="plain",
            hint="Mute the drums",
        )  # fmt: skip

    @property
    def look(self) -> Hashable:
        """Whether the drums are heard, too."""
        return super().look, self._heard()

    def draw(self, surface: pygame.Surface, theme: Theme) -> None:
        """Draw the loudspeaker."""
        tint = colours.TEXT if self._heard() else colours.FAINT
        mark = icon("muted" if self.on else "speaker", theme.px(18), tint)
        surface.blit(mark, mark.get_rect(center=self.rect.center))


class DrumLane(Panel):
    """The strip's widgets and their places; without drums it is not there."""

    def __init__(self, state: State, playing: Playing) -> None:
        super().__init__()
        self._state, self._playing = state, playing
        self._shown: tuple[object, ...] = ()
        self._mute = _Mute(state)
        self._volume = Slider(
            "volume-drums", "Drums volume", 0, 1, step=0.1, get=lambda: state.studio.settings.drum_volume,
            set=self._set_volume, knob=5,
        )  # fmt: skip
        self._remove = Button(
            "remove-drums", "Take the drums away", self._take_away, picture=icon_picture("close"), style="plain",
            hint="Take the drums away", picture_size=16,
        )  # fmt: skip
        self._view = ClipView(
            "drum-lane", "Drums under the chorale", playhead=self._playhead, seek=playing.seek,
            hint="The drums that play under the chorale; click to go there",
        )  # fmt: skip

    @property
    def drums(self) -> DrumPattern | None:
        """What plays under the chorale."""
        return self._state.score.drums

    @property
    def height(self) -> int:
        """How high the strip is, in units: 0 without drums."""
        return HEIGHT if self.drums is not None else 0

    @property
    def widgets(self) -> list[Widget]:
        """In the order of Tab."""
        return [self._mute, self._volume, self._remove, self._view] if self.drums is not None else []

    def _set_volume(self, volume: float) -> None:
        self._state.studio.change_settings(drum_volume=round(volume, 2))
        self._state.services.sound.set_volume(DRUMS, volume)

    def _take_away(self) -> None:
        self._state.edit("Take the drums away", edits.remove_drums)
        self._state.settle()

    def _playhead(self) -> float | None:
        at = self._playing.position
        return at if self._playing.on or at > 0 else None

    def update(self) -> None:
        """Show the drums as they are."""
        score, drums = self._state.score, self.drums
        shown = (drums, score.meter, score.pickup)
        if drums is not None and shown != self._shown:
            self._shown = shown
            self._view.show(Clip.of_pattern(drums, meter=score.meter, pickup=score.pickup, qpm=score.qpm))

    def lay_out(self, rect: pygame.Rect, theme: Theme) -> None:
        """Words and buttons at the left, the hits beside them."""
        self.rect = rect
        pad, size = theme.px(8), theme.px(28)
        x, foot = rect.x + theme.px(20), rect.bottom - theme.px(14) - size
        self._mute.rect = pygame.Rect(x - theme.px(5), foot, size, size)
        self._volume.rect = pygame.Rect(
            self._mute.rect.right + theme.px(2), foot + theme.px(2), theme.px(74), theme.px(24)
        )
        self._remove.rect = pygame.Rect(
            rect.x + theme.px(_HEAD) - size - theme.px(4), rect.y + theme.px(12), size, size
        )
        left = rect.x + theme.px(_HEAD)
        self._view.rect = pygame.Rect(left, rect.y + pad, rect.right - theme.px(20) - left, rect.height - 2 * pad)

    def draw_background(self, surface: pygame.Surface, theme: Theme) -> None:
        """Draw the strip and its name."""
        surface.fill(colours.PANEL, self.rect)
        surface.fill(colours.EDGE, (self.rect.x, self.rect.y, self.rect.width, 1))
        name = theme.text("Drums", 14, "semibold")
        surface.blit(name, name.get_rect(midleft=(self.rect.x + theme.px(20), self._remove.rect.centery)))

    def draw(self, surface: pygame.Surface, theme: Theme) -> None:
        """Draw the strip, if it is there."""
        if self.drums is not None:
            super().draw(surface, theme)
