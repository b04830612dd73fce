"""The portrait of Bach that watches, listens, conducts, smiles and frowns."""

from collections.abc import Iterator

import pygame

from chorale.ui.portrait.drawing import HEIGHT, WIDTH, picture
from chorale.ui.portrait.life import Mood, pose_at
from chorale.ui.theme import Theme
from chorale.ui.widgets.base import Widget

__all__ = ["Mood", "Portrait"]

_FRAME = 1 / 15  # seconds: no pose changes faster than is worth drawing


class Portrait(Widget):
    """Bach in his frame; ``feel`` changes his mood, passing moods fade by themselves."""

    focusable = False
    live = True

    def __init__(self) -> None:
        super().__init__("portrait", "Johann Sebastian Bach")
        self._lasting = Mood.IDLE
        self._passing: Mood | None = None
        self._since = 0.0
        self._now = 0.0
        self.beat = 0.0
        self.beats_per_second = 0.0
        self._warm = (0, 0)

    @property
    def mood(self) -> Mood:
        """What he is about."""
        return self._passing or self._lasting

    @property
    def value(self) -> str:
        """The mood in a word."""
        return self.mood.value

    def feel(self, mood: Mood, now: float) -> None:
        """Take a mood: a passing one for its time, a lasting one until another comes."""
        before = self.mood
        if mood.seconds is not None:
            self._passing, self._since = mood, now
            return
        self._lasting = mood
        if mood is not Mood.IDLE:
            self._passing = None
        if self.mood is not before:
            self._since = now

    def update(self, now: float, *, still: bool) -> float | None:
        """Let time pass; return the seconds until he moves, None if he will not."""
        self._now = now
        passing = self._passing
        if passing is not None and passing.seconds is not None and now - self._since >= passing.seconds:
            self._passing, self._since = None, now
        if still:
            return None if self._passing is None else (self._passing.seconds or 0) - (now - self._since)
        here = self._pose(0)
        ahead = (step * _FRAME for step in range(1, 16))
        return next((wait for wait in ahead if self._pose(wait) != here), 15 * _FRAME)

    def _pose(self, ahead: float, *, still: bool = False) -> object:
        beat = self.beat + ahead * self.beats_per_second
        return pose_at(self.mood, self._now + ahead, self._now + ahead - self._since, beat, still=still)

    def warming_up(self) -> Iterator[None]:
        """Draw the passing moods ahead, a picture at each ``next``, so that no frame has to when one comes."""
        size = self.rect.size
        if size == self._warm:
            return
        self._warm = size
        for mood in Mood:
            for step in range(int((mood.seconds or 0) / _FRAME)):
                yield
                picture(size, 1, pose_at(mood, step * _FRAME, step * _FRAME, 0))

    @staticmethod
    def height_for(width: int) -> int:
        """Return the frame's height for its width."""
        return round(width * HEIGHT / WIDTH)

    def draw(self, surface: pygame.Surface, theme: Theme) -> None:
        """Draw him as he is."""
        pose = pose_at(self.mood, self._now, self._now - self._since, self.beat, still=theme.still)
        surface.blit(picture(self.rect.size, theme.px(8), pose), self.rect)
