"""The window: opens, waits for something to happen, draws when something changed, and sleeps in between.

The loop waits for events as long as the scene says that nothing will move; so an idle window costs next to nothing.
What is slow to load (the model, the sounds) is warmed up in the background once the first frame is on the screen.
"""

import os
import time
from collections.abc import Callable

import pygame

from chorale.errors import InputError
from chorale.ui.scene import Scene
from chorale.ui.theme import Theme

__all__ = ["FRAME_SECONDS", "Window"]

FRAME_SECONDS = 1 / 60
_LONG_PAUSE, _LONG_REST = 0.05, 1.0  # seconds in which nothing moves, seconds since something was done
_LEAST = (640, 400)
_TITLE = "Chorale"
_HELD = {
    pygame.K_LEFT, pygame.K_RIGHT, pygame.K_UP, pygame.K_DOWN, pygame.K_PAGEUP, pygame.K_PAGEDOWN, pygame.K_TAB,
    pygame.K_BACKSPACE, pygame.K_DELETE, pygame.K_PLUS, pygame.K_EQUALS, pygame.K_MINUS, pygame.K_KP_PLUS,
    pygame.K_KP_MINUS,
}  # fmt: skip
_UNDOING = {pygame.K_z, pygame.K_y}


class Window:
    """A window on the screen that shows one scene.

    Args:
        size: width and height in pixels.
        scale: the scale the person chose; None follows the window.
        still: whether animations are off.
        clock: seconds; tests inject their own.
        wait: waits for an event at most so many milliseconds; tests inject their own.
        rest: called when nothing was done for a while, and nothing is to be drawn for a while.
    """

    def __init__(
        self,
        size: tuple[int, int] = (1280, 720),
        *,
        scale: Callable[[], float | None] = lambda: None,
        still: Callable[[], bool] = lambda: False,
        clock: Callable[[], float] = time.monotonic,
        wait: Callable[[int], pygame.event.Event] = pygame.event.wait,
        rest: Callable[[], None] = lambda: None,
    ) -> None:
        os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
        os.environ.setdefault("SDL_VIDEO_X11_NET_WM_BYPASS_COMPOSITOR", "0")
        _open_display()
        pygame.font.init()
        pygame.display.set_caption(_TITLE)
        pygame.display.set_icon(_window_icon())
        self.surface = pygame.display.set_mode(_possible(size), pygame.RESIZABLE)
        pygame.key.set_repeat(350, 40)
        pygame.key.start_text_input()
        self._scale, self._still, self._clock, self._wait, self._rest = scale, still, clock, wait, rest
        self._down: set[int] = set()
        self.frames = 0
        self.running = True
        self._scene: Scene | None = None
        self._stale = True
        self._drawn_at = self._busy_at = float("-inf")

    @property
    def theme(self) -> Theme:
        """The theme for the window's present size."""
        return Theme.fitting(self.surface.get_size(), self._scale(), still=self._still())

    def show(self, scene: Scene) -> None:
        """Show a scene."""
        self._scene = scene
        self.refit()

    def refit(self) -> None:
        """Lay the scene out for the present size, scale and settings."""
        if self._scene is not None:
            self._scene.resize(self.surface.get_size(), self.theme)
        self._stale = True

    def quit(self) -> None:
        """Leave the loop after this turn."""
        self.running = False

    def close(self) -> None:
        """Take the window from the screen."""
        pygame.display.quit()

    def run(self, after_first_frame: Callable[[], None] = lambda: None) -> None:
        """Turn the loop until the window is closed."""
        self.turn(wait=False)
        after_first_frame()
        while self.running:
            self.turn()

    def turn(self, *, wait: bool = True) -> None:
        """Take what happened, let time pass, and draw if anything changed."""
        scene = self._shown
        pause = self._pause(scene.update(self._clock())) if wait else 0.0
        if (pause is None or pause > _LONG_PAUSE) and self._clock() - self._busy_at > _LONG_REST:
            self._rest()
        events = self._events(pause)
        for event in events:
            if not self._repeats(event):
                self._handle(event)
        self._stale |= bool(events) or pause is not None
        now = self._clock()
        if events:
            self._busy_at = now
        scene = self._shown
        scene.update(now)
        if self._stale and now - self._drawn_at >= FRAME_SECONDS - 0.002:
            self._draw(now)

    @property
    def _shown(self) -> Scene:
        if self._scene is None:
            raise RuntimeError("the window shows no scene: call show before run")
        return self._scene

    def _pause(self, rest: float | None) -> float | None:
        """Return how long to wait: until the scene moves, or until the next frame may be drawn; None: for an event."""
        if rest is None and not self._stale:
            return None
        frame = self._drawn_at + FRAME_SECONDS - self._clock()
        return max(0.0, frame if self._stale else max(rest or 0.0, frame))

    def _events(self, pause: float | None) -> list[pygame.event.Event]:
        """Return the events that are there; wait for one at most ``pause`` seconds, None: as long as it takes."""
        if pause is not None and pause <= 0:
            return pygame.event.get()
        first = self._wait(0 if pause is None else max(1, round(pause * 1000)))
        return [event for event in (first, *pygame.event.get()) if event.type != pygame.NOEVENT]

    def _repeats(self, event: pygame.event.Event) -> bool:
        """Return whether a key only says again that it is down, and is none that one holds to go on.

        While a room is built a key that was struck once repeats itself: H would start Bach and stop him again.
        """
        code = getattr(event, "scancode", 0)
        if event.type == pygame.KEYUP:
            self._down.discard(code)
        if event.type != pygame.KEYDOWN or not code:
            return False
        again = code in self._down
        self._down.add(code)
        undoing = event.mod & pygame.KMOD_CTRL and event.key in _UNDOING
        return again and event.key not in _HELD and not undoing

    def _handle(self, event: pygame.event.Event) -> None:
        if event.type == pygame.VIDEORESIZE:
            size = _possible((event.w, event.h))
            if size != pygame.display.get_window_size():
                pygame.display.set_mode(size, pygame.RESIZABLE)
            self.surface = pygame.display.get_surface() or self.surface
            self.refit()
        else:
            self._shown.handle(event)

    def _draw(self, now: float) -> None:
        self._shown.draw(self.surface)
        pygame.display.flip()
        self._stale = False
        self._drawn_at = now
        self.frames += 1


def _open_display() -> None:
    """Connect to the screen.

    Raises:
        InputError: there is none.
    """
    try:
        pygame.display.init()
    except pygame.error as error:
        raise InputError(f"no window can be opened: {error}; wanted a desktop session, or DISPLAY set") from error


def _possible(size: tuple[int, int]) -> tuple[int, int]:
    return max(size[0], _LEAST[0]), max(size[1], _LEAST[1])


def _window_icon() -> pygame.Surface:
    """Return the window's own picture: a gold gear with a note's head for its hub."""
    from chorale.ui.icons import gear  # noqa: PLC0415  drawn once, when the window opens
    from chorale.ui.theme import ACCENT  # noqa: PLC0415

    return gear(64, ACCENT)
