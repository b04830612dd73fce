"""A scene is what fills the window: four methods. The services it works with are handed to it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

import pygame

from chorale.ui.theme import Theme

if TYPE_CHECKING:
    from chorale.app.studio import Studio
    from chorale.ui.sound import Sound

__all__ = ["Place", "Scene", "Services"]


class Place(StrEnum):
    """The rooms of the program."""

    COMPOSE = "Compose"
    STUDIO = "Studio"
    LEVELS = "Levels"


class Scene(Protocol):
    """What fills the window."""

    def handle(self, event: pygame.event.Event) -> None:
        """Take one event of the person or of the system."""

    def update(self, now: float) -> float | None:
        """Let time pass; return the seconds until the scene wants to be drawn again, None: not before an event."""

    def draw(self, surface: pygame.Surface) -> None:
        """Draw everything."""

    def resize(self, size: tuple[int, int], theme: Theme) -> None:
        """Take a new size in pixels and the theme that goes with it."""


@dataclass
class Services:
    """What scenes work with.

    Attributes:
        studio: the document and all that can be done with it.
        sound: plays the score and single notes; silent where there is no device.
        clock: seconds.
        quit: closes the window.
        refit: makes the window ask for the theme anew, after the scale was changed.
        files_ahead: called when files are about to be read or written, so that what is slow to load can load.
        go: goes to another room.
        place: the room that is shown.
        places: the rooms that there are.
        bars: first and last bar that are selected in Compose, or that it is to select with what is told next; or None.
        harmonize_next: whether Compose is to harmonize what another room wrote on the staff, once it is entered.
        told_next: what Compose is to say then.
    """

    studio: "Studio"
    sound: "Sound"
    clock: Callable[[], float]
    quit: Callable[[], None] = field(default=lambda: None)
    refit: Callable[[], None] = field(default=lambda: None)
    files_ahead: Callable[[], None] = field(default=lambda: None)
    go: Callable[[Place], None] = field(default=lambda place: None)  # noqa: ARG005  there is nowhere to go
    place: Place = Place.COMPOSE
    places: tuple[Place, ...] = ()
    bars: tuple[int, int] | None = None
    harmonize_next: bool = False
    told_next: str = ""

    def take(self, event: pygame.event.Event) -> bool:
        """Do what the system asks in every room: close the window, look for the sound card; return whether it did."""
        if event.type == pygame.QUIT:
            self.quit()
        elif event.type in {pygame.AUDIODEVICEADDED, pygame.AUDIODEVICEREMOVED}:
            self.sound.device_changed(added=event.type == pygame.AUDIODEVICEADDED)
        else:
            return False
        return True
