"""The table of the room's commands and their keys."""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from chorale.ui.scenes.editor.keys import Command
from chorale.ui.scenes.tools.desk import Desk
from chorale.ui.scenes.tools.form import Form
from chorale.ui.scenes.tools.listening import LETTERS, Listening
from chorale.ui.scenes.tools.rail import Rail
from chorale.ui.scenes.tools.state import ToolState
from chorale.ui.scenes.tools.top_bar import TopBar
from chorale.ui.scenes.tools.using import Using

__all__ = ["Parts", "all_commands"]

Do = Callable[[], object]


class Parts(NamedTuple):
    """The parts of the room that commands act on."""

    state: ToolState
    rail: Rail
    desk: Desk
    form: Form
    top: TopBar
    using: Using
    listening: Listening
    browse: Callable[[int], None]
    tap: Callable[[int], None]
    start: Do
    again: Do
    example: Do


def all_commands(parts: Parts, window: list[Command]) -> list[Command]:
    """Return every command, in the order of the help sheet; ``window`` holds the window's own."""
    return [*_tools(parts), *_work(parts), *_inputs(parts), *_results(parts), *_hearing(parts), *_using(parts), *window]


def _hidden(label: str, keys: tuple[str, ...], action: Do) -> Command:
    """Return a command that shares the line of another on the sheet."""
    return Command("", label, keys, action)


def _tools(parts: Parts) -> list[Command]:
    buttons = parts.rail.buttons
    first = Command("Tools", "The five tools", ("Ctrl+1",), buttons[0].activate, written="Ctrl + 1\N{EN DASH}5")
    others = [
        _hidden(button.label, (f"Ctrl+{number}",), button.activate) for number, button in enumerate(buttons[1:], 2)
    ]
    return [first, *others, Command("Tools", "Melody or drums", ("D",), parts.form.toggle_kind)]


def _work(parts: Parts) -> list[Command]:
    session = parts.state.session
    return [
        Command("Work", "Start; stop", ("Enter",), parts.start),
        Command("Work", "Again, with a new seed", ("Ctrl+R",), parts.again),
        Command("Work", "Try an example", ("Ctrl+E",), parts.example),
        Command("Work", "Stay in the key's scale", ("L",), lambda: session.ask(locked=not session.asked.locked)),
        Command("Work", "Undo", ("Ctrl+Z",), parts.top.undo.activate),
        Command("Work", "Redo", ("Ctrl+Y", "Ctrl+Shift+Z"), parts.top.redo.activate),
    ]


def _inputs(parts: Parts) -> list[Command]:
    slots = parts.desk.inputs

    def slot(act: Callable[[int], object]) -> Do:
        def do() -> None:
            number = parts.state.first_empty
            if number is not None:
                act(number)

        return do

    return [
        Command("Begin with", "A file", ("Ctrl+O",), slot(parts.browse)),
        Command("Begin with", "What is on the staff", ("Ctrl+T",), slot(lambda n: slots.slots[n].take_staff())),
        Command("Begin with", "What you tap", ("T",), slot(parts.tap)),
        Command(
            "Begin with", "An earlier result, an example", ("Ctrl+B",), slot(lambda n: slots.slots[n].offer_earlier())
        ),
    ]


def _results(parts: Parts) -> list[Command]:
    def move(by: int) -> None:
        parts.desk.results.move(by)

    def row(by: int) -> None:
        parts.desk.results.move(by * parts.desk.results.columns)

    first = Command("Results", "Choose one", ("1",), partial(parts.desk.choose, 0), written="1\N{EN DASH}9")
    digits = [_hidden(f"Result {n}", (str(n),), partial(parts.desk.choose, n - 1)) for n in range(2, 10)]
    return [
        Command("Results", "The next, the one before", ("Right",), partial(move, 1), written="Left Right"),
        _hidden("The one before", ("Left",), partial(move, -1)),
        Command("Results", "Below, above", ("Down",), partial(row, 1), written="Up Down"),
        _hidden("Above", ("Up",), partial(row, -1)),
        first,
        *digits,
        _hidden("The first", ("Home",), partial(parts.desk.choose, 0)),
    ]


def _hearing(parts: Parts) -> list[Command]:
    listening = parts.listening

    def swap() -> None:
        parts.form.compare(LETTERS[1 - LETTERS.index(listening.letter)])

    return [
        Command("Listening", "Play, hold", ("Space",), listening.toggle),
        Command("Listening", "Stop and go back", ("Shift+Space",), listening.stop),
        Command("Listening", "Over and over", ("Ctrl+L",), listening.toggle_loop),
        Command("Listening", "Compare A and B", ("X",), swap),
        Command("Listening", "Hear what the pointer rests on", ("Ctrl+H",), listening.toggle_hovering),
        Command("Listening", "Drums with the tune, or alone", ("Ctrl+U",), listening.toggle_together),
    ]


def _using(parts: Parts) -> list[Command]:
    using = parts.using
    return [
        Command("Use", "Keep", ("K",), using.keep),
        Command("Use", "Harmonize this; to the drum lane", ("H",), using.hand_over),
        Command("Use", "Save as MIDI", ("Ctrl+S",), using.save_one),
        Command("Use", "Save all as MIDI", ("Ctrl+Shift+S",), using.save_all),
    ]
