"""The voices' ranges: the lowest and the highest note that is not told of, for each voice."""

from collections.abc import Callable
from functools import partial

import pygame

from chorale.app.studio import Studio
from chorale.music import VOICES, Key, Voice
from chorale.ui import draw
from chorale.ui import theme as colours
from chorale.ui.overlays.base import Overlay
from chorale.ui.theme import Theme
from chorale.ui.widgets.button import Button
from chorale.ui.widgets.spinner import Spinner

__all__ = ["RangesSheet"]

_LOWEST, _HIGHEST = 28, 93  # E1, A6
_ENDS = ("lowest", "highest")
_ROW = 46
_HEADINGS = 22


class RangesSheet(Overlay):
    """A row for each voice: its letter, its lowest and its highest note."""

    def __init__(self, studio: Studio, close: Callable[[], None]) -> None:
        super().__init__("ranges", "Ranges of the voices", (460, 348), close)
        self._studio = studio
        self._spinners = {(voice, end): self._spinner(voice, end) for voice in VOICES for end in (0, 1)}
        self._reset = Button("ranges-reset", "As the rules have them", self._as_rules, text="As the rules have them")

    def _spinner(self, voice: Voice, end: int) -> Spinner:
        return Spinner(
            f"range-{voice.label.lower()}-{_ENDS[end]}",
            f"{voice.label}, {_ENDS[end]} note",
            _LOWEST,
            _HIGHEST,
            get=lambda: self._ranges[voice][end],
            set=partial(self._set, voice, end),
            spoken=lambda midi: str(Key(0).spell(midi)),
        )

    @property
    def _ranges(self) -> tuple[tuple[int, int], ...]:
        return self._studio.teacher.profile_of(self._studio.settings).ranges

    def _set(self, voice: int, end: int, midi: int) -> None:
        """Change one end, which stays on its side of the other."""
        ranges = [list(each) for each in self._ranges]
        other = ranges[voice][1 - end]
        ranges[voice][end] = min(midi, other - 1) if end == 0 else max(midi, other + 1)
        self._studio.change_settings(ranges=tuple((low, high) for low, high in ranges))

    def _as_rules(self) -> None:
        self._studio.change_settings(ranges=())

    def key(self, event: pygame.event.Event) -> None:
        """Leave on Escape and Enter."""
        if event.key in {pygame.K_ESCAPE, pygame.K_RETURN, pygame.K_KP_ENTER}:
            self.close()

    def lay_out(self, theme: Theme) -> None:
        """One row below the other."""
        inner, row, gap = self.inner, theme.px(_ROW), theme.px(12)
        width = (inner.width - theme.px(130) - gap) // 2
        for (voice, end), spinner in self._spinners.items():
            x = inner.x + theme.px(130) + end * (width + gap)
            spinner.rect = pygame.Rect(x, inner.y + theme.px(_HEADINGS) + voice * row, width, theme.px(36))
        wide = theme.width(self._reset.text, 14, "semibold") + theme.px(32)
        self._reset.rect = pygame.Rect(inner.right - wide, inner.bottom - theme.px(36), wide, theme.px(36))
        self.board.widgets = [*self._spinners.values(), self._reset, self._cross]

    def update(self, now: float) -> float | None:
        """Offer the way back where there is one."""
        self._reset.enabled = bool(self._studio.settings.ranges)
        return super().update(now)

    def draw_content(self, surface: pygame.Surface, theme: Theme) -> None:
        """Draw the headings, and the voices' letters and names."""
        for end, word in enumerate(_ENDS):
            heading = theme.text(word.capitalize(), 12, "semibold", colours.MUTED)
            surface.blit(heading, (self._spinners[Voice.SOPRANO, end].rect.x, self.inner.y - theme.px(4)))
        for voice in VOICES:
            row = self._spinners[voice, 0].rect
            plate = pygame.Rect(self.inner.x, row.centery - theme.px(14), theme.px(28), theme.px(28))
            draw.box(surface, plate, colours.VOICE_COLOURS[voice], theme.px(6))
            letter = theme.text(voice.letter, 15, "bold", (255, 255, 255))
            surface.blit(letter, letter.get_rect(center=plate.center))
            name = theme.text(voice.label, 14)
            surface.blit(name, name.get_rect(midleft=(plate.right + theme.px(10), plate.centery)))
