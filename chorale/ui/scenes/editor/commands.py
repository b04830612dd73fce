"""The table of all commands and their keys."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

from chorale.ui.scenes.editor.filing import Filing
from chorale.ui.scenes.editor.harmony import Harmony
from chorale.ui.scenes.editor.keys import Command
from chorale.ui.scenes.editor.page_view import PageView
from chorale.ui.scenes.editor.playing import Playing
from chorale.ui.scenes.editor.rail import Rail
from chorale.ui.scenes.editor.teaching import Teaching
from chorale.ui.scenes.editor.top_bar import TopBar
from chorale.ui.scenes.editor.tune import Tune
from chorale.ui.scenes.editor.wishing import Wishing
from chorale.ui.scenes.editor.writing import Writing

__all__ = ["Parts", "all_commands", "hand_commands", "playing_commands"]


class Parts(NamedTuple):
    """The parts of the desk that commands act on."""

    writing: Writing
    page: PageView
    harmony: Harmony
    tune: Tune
    wishing: Wishing
    playing: Playing
    teaching: Teaching
    rail: Rail
    filing: Filing
    top: TopBar


def all_commands(parts: Parts, desk: Sequence[Command]) -> list[Command]:
    """Return every command, in the order of the help sheet; ``desk`` holds the window's own."""
    return [
        *hand_commands(parts.writing, parts.page),
        *_harmonizing(parts),
        *_teaching(parts.teaching, parts.page),
        *_views(parts.rail),
        *_files(parts.filing, parts.top),
        *desk,
    ]


def hand_commands(hand: Writing, page: PageView) -> list[Command]:
    """Return what the hand does on a page: writing, changing, moving and marking notes."""
    return [*_writing(hand), *_changing(hand), *_moving(hand, page), *_marking(hand)]


def playing_commands(playing: Playing, group: str = "Play") -> list[Command]:
    """Return what starts and stops the music."""
    return [
        Command(group, "Play, pause", ("Space",), playing.toggle),
        Command(group, "Stop and go back", ("Shift+Space",), playing.stop),
        Command(group, "Loop", ("Ctrl+L",), playing.toggle_loop),
    ]


def _page(
    group: str, label: str, keys: str | tuple[str, ...], action: Callable[[], object], written: str = ""
) -> Command:
    return Command(group, label, (keys,) if isinstance(keys, str) else keys, action, on_page=True, written=written)


def _hidden(command: Command) -> Command:
    """Return a command that shares the line of another on the sheet."""
    return Command("", command.label, command.keys, command.action, command.on_page)


def _writing(hand: Writing) -> list[Command]:
    group = "Write"
    letters = [_page(group, f"Write {letter}", letter, partial(hand.type_letter, letter)) for letter in "BCDEFG"]
    values = [("4", 2), ("5", 4), ("6", 8), ("7", 16)]
    digits = [_page(group, f"Value {key}", key, partial(hand.pick_value, steps)) for key, steps in values]
    voices = [
        _page(group, f"Voice {keys[0][-1]}", keys, partial(hand.pick_voice, voice))
        for voice, keys in ((1, ("Shift+A",)), (2, ("Shift+T", "T")), (3, ("Shift+B",)))
    ]
    return [
        _page(group, "Write a note", "A", lambda: hand.type_letter("A"), "A to G"),
        *map(_hidden, letters),
        _page(group, "Sixteenth to whole note", ("1", "2", "3"), lambda: hand.pick_value(1), "3 to 7"),
        *map(_hidden, digits),
        _page(group, "Dot", ".", hand.dot),
        _page(group, "Write a rest", ("0", "R"), hand.type_rest),
        _page(group, "Rub out the note before", "Backspace", hand.rub_out),
        _page(group, "Soprano, alto, tenor, bass", ("Shift+S", "S"), lambda: hand.pick_voice(0), "Shift+S A T B"),
        *map(_hidden, voices),
    ]


def _changing(hand: Writing) -> list[Command]:
    group = "Change"
    return [
        _page(group, "Up, down the scale", ("Up",), lambda: hand.move_pitch(places=1), "Up Down"),
        _hidden(_page(group, "Down the scale", "Down", lambda: hand.move_pitch(places=-1))),
        _page(group, "By a semitone", "Shift+Up", lambda: hand.move_pitch(semitones=1), "Shift+Up Down"),
        _hidden(_page(group, "Down a semitone", "Shift+Down", lambda: hand.move_pitch(semitones=-1))),
        _page(group, "By an octave", "Ctrl+Up", lambda: hand.move_pitch(octaves=1), "Ctrl+Up Down"),
        _hidden(_page(group, "Down an octave", "Ctrl+Down", lambda: hand.move_pitch(octaves=-1))),
        _page(group, "Earlier, later", "Alt+Left", lambda: hand.move_time(-1), "Alt+Left Right"),
        _hidden(_page(group, "Later", "Alt+Right", lambda: hand.move_time(1))),
        _page(group, "Shorter, longer", "[", lambda: hand.lengthen(-1), "[ ]"),
        _hidden(_page(group, "Longer", "]", lambda: hand.lengthen(1))),
        _page(group, "Half, twice as long", "Q", hand.halve, "Q W"),
        _hidden(_page(group, "Twice as long", "W", hand.double)),
        _page(group, "Delete", "Delete", hand.delete),
    ]


def _moving(hand: Writing, page: PageView) -> list[Command]:
    group = "Move and select"
    return [
        _page(group, "Note before, next note", "Left", lambda: hand.go(-1), "Left Right"),
        _hidden(_page(group, "Next note", "Right", lambda: hand.go(1))),
        _page(group, "Bar before, next bar", "Ctrl+Left", lambda: hand.go_by_bar(-1), "Ctrl+Left Right"),
        _hidden(_page(group, "Next bar", "Ctrl+Right", lambda: hand.go_by_bar(1))),
        _page(group, "Beginning, end", "Home", lambda: hand.go_to(0), "Home End"),
        _hidden(_page(group, "End", "End", hand.go_to_end)),
        _page(group, "Select more", "Shift+Left", lambda: hand.extend(-1), "Shift+Left Right"),
        _hidden(_page(group, "Select more", "Shift+Right", lambda: hand.extend(1))),
        _page(group, "Select this bar, one more", "Shift+PageDown", lambda: hand.extend_bars(1), "Shift+PageDown"),
        _hidden(_page(group, "One bar less", "Shift+PageUp", lambda: hand.extend_bars(-1))),
        _page(group, "Select all", "Ctrl+A", hand.select_all),
        _page(group, "Copy, cut, paste", "Ctrl+C", hand.copy, "Ctrl+C X V"),
        _hidden(_page(group, "Cut", "Ctrl+X", hand.cut)),
        _hidden(_page(group, "Paste", "Ctrl+V", hand.paste)),
        _page(group, "Scroll", "PageDown", lambda: page.wheel(-4), "PageUp PageDown"),
        _hidden(_page(group, "Scroll up", "PageUp", lambda: page.wheel(4))),
    ]


def _marking(hand: Writing) -> list[Command]:
    group = "Mark"
    return [
        _page(group, "Sharp, flat, natural", "#", lambda: hand.pick_accidental(1), "# - ="),
        _hidden(_page(group, "Flat", "-", lambda: hand.pick_accidental(-1))),
        _hidden(_page(group, "Natural", "=", lambda: hand.pick_accidental(0))),
        _page(group, "Other name (G sharp, A flat)", "J", hand.respell),
        _page(group, "Tie to the next note", "+", hand.tie),
        _page(group, "Fermata", "Shift+F", hand.fermata),
        _page(group, "Lock against Harmonize", "L", hand.lock),
    ]


def _harmonizing(parts: Parts) -> list[Command]:
    group, harmony, playing = "Harmonize and play", parts.harmony, parts.playing
    answers = [
        Command("", f"Answer {index + 1}", (f"Ctrl+{index + 1}",), partial(harmony.choose, index))
        for index in range(1, 4)
    ]
    return [
        Command(group, "Harmonize; stop it", ("H",), harmony.start),
        Command(group, "Answers, seed, model", ("O",), parts.tune.toggle),
        Command(group, "Ask for a chord here", ("Ctrl+K",), parts.wishing.begin),
        Command(group, "Choose an answer", ("Ctrl+1",), lambda: harmony.choose(0), written="Ctrl+1 to 4"),
        *answers,
        *playing_commands(playing, group),
    ]


def _teaching(teaching: Teaching, page: PageView) -> list[Command]:
    group = "Learn"
    return [
        Command(group, "Next finding, the one before", ("N",), partial(teaching.step, 1), written="N P"),
        Command("", "Finding before", ("P",), partial(teaching.step, -1)),
        Command(group, "Hear its voices alone, slowly", ("V",), teaching.hear),
        Command(group, "Show Bach", ("M",), teaching.show_bach),
        Command(group, "Fix it", ("X",), teaching.fix),
        Command(group, "Ignore it", ("I",), teaching.ignore),
        Command(group, "What are this note and its chord?", ("K",), page.explain),
    ]


def _views(rail: Rail) -> list[Command]:
    first, *others = rail.views
    line = Command("Learn", "Numerals, figures, cadences, marks", (first.keys,), first.activate, written="Alt+1 to 4")
    return [line, *(Command("", view.label, (view.keys,), view.activate) for view in others)]


def _files(filing: Filing, top: TopBar) -> list[Command]:
    group = "File and edit"
    return [
        Command(group, "Undo, redo", ("Ctrl+Z",), top.undo.activate, written="Ctrl+Z Y"),
        Command("", "Redo", ("Ctrl+Y", "Ctrl+Shift+Z"), top.redo.activate),
        Command(group, "New", ("Ctrl+N",), filing.new),
        Command(group, "Open", ("Ctrl+O",), filing.open),
        Command(group, "Save", ("Ctrl+S",), filing.save),
        Command(group, "Save as", ("Ctrl+Shift+S",), filing.save_as),
        Command(group, "Export MusicXML", ("Ctrl+E",), filing.export),
    ]
