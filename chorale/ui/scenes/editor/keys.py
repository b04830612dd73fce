"""The keys: one table that the window acts on and the help sheet prints.

A key is written as on the sheet: "Ctrl+Shift+Z", "Shift+S", "Space", "#". Signs are matched by what was typed,
whatever the keyboard's layout; letters by their key. A and B name notes, so the alto and the bass are picked with
Shift; S and T pick their voices with it or without.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pygame

__all__ = ["Command", "KeyMap", "combination"]

_NAMES = {
    pygame.K_SPACE: "Space", pygame.K_RETURN: "Enter", pygame.K_KP_ENTER: "Enter", pygame.K_ESCAPE: "Esc",
    pygame.K_BACKSPACE: "Backspace", pygame.K_DELETE: "Delete", pygame.K_LEFT: "Left", pygame.K_RIGHT: "Right",
    pygame.K_UP: "Up", pygame.K_DOWN: "Down", pygame.K_HOME: "Home", pygame.K_END: "End", pygame.K_PAGEUP: "PageUp",
    pygame.K_PAGEDOWN: "PageDown", pygame.K_F1: "F1", pygame.K_F2: "F2", pygame.K_TAB: "Tab",
}  # fmt: skip
_SIGNS = set(".,#-+=[]?'")
_KEYPAD = {pygame.K_KP_PLUS: "+", pygame.K_KP_MINUS: "-", pygame.K_KP_PERIOD: "."}


@dataclass(frozen=True)
class Command:
    """Something that a key does.

    Attributes:
        group: the heading on the help sheet; "" for one that shares another's line there.
        label: what it does.
        keys: all its keys.
        action: what is done.
        on_page: whether it is a key of the page: it works while the page has the keyboard.
        written: how the help sheet writes the keys, where not one by one.
    """

    group: str
    label: str
    keys: tuple[str, ...]
    action: Callable[[], object]
    on_page: bool = False
    written: str = ""

    @property
    def shown(self) -> str:
        """Its keys as the sheet writes them."""
        return self.written or " or ".join(self.keys)


def combination(event: pygame.event.Event) -> str:
    """Return how the table writes the keys that were pressed."""
    ctrl, alt, shift = (
        bool(event.mod & mod) for mod in (pygame.KMOD_CTRL | pygame.KMOD_META, pygame.KMOD_ALT, pygame.KMOD_SHIFT)
    )
    typed = _KEYPAD.get(event.key, getattr(event, "unicode", ""))
    name = _NAMES.get(event.key) or pygame.key.name(event.key).strip("[]").upper()
    if typed in _SIGNS and typed and event.key not in _NAMES:
        name, shift = typed, False
    return "".join(("Ctrl+" if ctrl else "", "Alt+" if alt else "", "Shift+" if shift else "", name))


class KeyMap:
    """Finds the command of a key."""

    def __init__(self) -> None:
        self.commands: tuple[Command, ...] = ()
        self._by_key: dict[str, Command] = {}

    def fill(self, commands: Sequence[Command]) -> None:
        """Take the table.

        Raises:
            ValueError: two commands want the same key.
        """
        for command in commands:
            for key in command.keys:
                if key in self._by_key:
                    raise ValueError(f"{key} is wanted by {self._by_key[key].label!r} and {command.label!r}")
                self._by_key[key] = command
        self.commands = (*self.commands, *commands)

    def _run(self, event: pygame.event.Event, *, on_page: bool) -> bool:
        command = self._by_key.get(combination(event))
        if command is None or command.on_page != on_page:
            return False
        command.action()
        return True

    def page_key(self, event: pygame.event.Event) -> bool:
        """Do what a key does on the page; return whether it does anything."""
        return self._run(event, on_page=True)

    def global_key(self, event: pygame.event.Event) -> bool:
        """Do what a key does anywhere; return whether it does anything."""
        return self._run(event, on_page=False)
