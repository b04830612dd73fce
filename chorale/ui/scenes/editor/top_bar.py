"""The bar at the top: the rooms, file menu, undo and redo, the title, key, meter, tempo, number of bars, help."""

from collections.abc import Callable
from functools import partial

import pygame

from chorale.app import edits
from chorale.music import METERS, Key, Meter, Score
from chorale.notation.heading import tempo_note
from chorale.ui.places import HEIGHT, Places
from chorale.ui.scene import Place
from chorale.ui.scenes.editor.glyphs import glyph_picture, key_name
from chorale.ui.scenes.editor.state import State
from chorale.ui.theme import Theme
from chorale.ui.widgets.base import Widget, icon_picture
from chorale.ui.widgets.button import Button
from chorale.ui.widgets.field import TextField
from chorale.ui.widgets.menu import Dropdown, Entry
from chorale.ui.widgets.panel import Panel
from chorale.ui.widgets.spinner import Spinner

__all__ = ["HEIGHT", "TopBar"]

_PICKUPS = {
    0: "None",
    2: "An eighth",
    4: "A quarter",
    6: "A dotted quarter",
    8: "A half",
    12: "A dotted half",
    16: "A whole",
}  # steps
_MAJOR_SIGNATURES = (0, 1, 2, 3, 4, 5, 6, -1, -2, -3, -4, -5, -6)


class TopBar(Panel):
    """The bar's widgets and their places."""

    def __init__(self, state: State, file_entries: Callable[[], list[Entry]], show_help: Callable[[], None]) -> None:
        super().__init__()
        self._state = state
        opens = state.board.open_dropdown
        self.places = Places(state.services, Place.COMPOSE)
        self.file = Dropdown("file", "File", lambda: "File", file_entries, opens, hint="New, open, save, export")
        self.undo = Button("undo", "Undo", self._undo, picture=icon_picture("undo"), style="plain", keys="Ctrl+Z")
        self.redo = Button("redo", "Redo", self._redo, picture=icon_picture("redo"), style="plain", keys="Ctrl+Y")
        self.title = TextField(
            "title",
            "Title",
            lambda: state.score.title,
            self._rename,
            placeholder="Untitled",
            quiet=True,
            size=18,
            face="serif",
            hint="Click to name the score",
        )
        self.title.done = state.board.go_home
        self.key = Dropdown("key", "Key", lambda: key_name(state.score.key), self._keys, opens)
        self.meter = Dropdown(
            "meter", "Meter", lambda: str(state.score.meter), self._meters, opens, hint="Meter and pickup"
        )
        self.tempo = Spinner(
            "tempo",
            "Tempo",
            30,
            240,
            get=lambda: round(state.score.qpm / tempo_note(state.score.meter)[2]),
            set=self._set_tempo,
            step=2,
            spoken=lambda beats: f"= {beats}",
            hint="Tempo, beats a minute",
        )
        self.bars = Spinner(
            "bars",
            "Number of bars",
            1,
            200,
            get=self._count_bars,
            set=self._set_bars,
            spoken=lambda count: f"{count} bar{'s' if count != 1 else ''}",
        )
        self._counted = ("", False)
        self.help = Button("help", "Keys and help", show_help, picture=icon_picture("help"), keys="?")

    @property
    def widgets(self) -> list[Widget]:
        """In the order of Tab."""
        score = [self.title, self.key, self.meter, self.tempo, self.bars, self.help]
        return [*self.places.tabs, self.file, self.undo, self.redo, *score]

    # What they do -----------------------------------------------------------------------------------------------

    def _undo(self) -> None:
        label = self._state.studio.undo()
        self._state.settle()
        if label is None:
            self._state.say("Nothing to undo")

    def _redo(self) -> None:
        label = self._state.studio.redo()
        self._state.settle()
        if label is None:
            self._state.say("Nothing to redo")

    def _rename(self, title: str) -> None:
        self._state.edit("Rename", lambda score: edits.set_title(score, title))

    def _keys(self) -> list[Entry]:
        present = self._state.score.key
        entries = []
        for mode, heading in (("major", "Major"), ("minor", "Minor")):
            entries.append(Entry(heading, heading=True))
            for sharps in _MAJOR_SIGNATURES:
                key = Key.from_signature(sharps, "major" if mode == "major" else "minor")
                entries.append(
                    Entry(key_name(key), partial(self._set_key, key), _signature(sharps), chosen=key == present)
                )
        return entries

    def _set_key(self, key: Key) -> None:
        state = self._state
        before = state.score.key
        if (
            state.edit("Change key", lambda score: edits.set_key(score, key))
            and state.score.chorale.onsets.any()
            and key != before
        ):
            state.say(
                f"The key is {key_name(key)}; the notes sound as before",
                "info",
                "Transpose them, too",
                lambda: self._transpose(key),
            )

    def _transpose(self, key: Key) -> None:
        state = self._state
        state.studio.undo()
        state.edit("Transpose", lambda score: edits.set_key(score, key, transposing=True))

    def _meters(self) -> list[Entry]:
        score = self._state.score
        meters = [
            Entry(str(meter), partial(self._set_meter, meter), _meaning(meter), chosen=meter == score.meter)
            for meter in METERS
        ]
        pickups = [
            Entry(words, partial(self._set_pickup, steps), chosen=steps == score.pickup)
            for steps, words in _pickups(score)
        ]
        return [*meters, Entry("Pickup", heading=True), *pickups]

    def _set_meter(self, meter: Meter) -> None:
        changed = self._state.score.meter != meter
        self._state.edit("Change meter", lambda score: edits.set_meter(score, meter))
        self._state.settle()
        if changed and self._state.score.drums is not None:
            self._state.say("The drums keep their places; only the bar lines have moved under them")

    def _set_pickup(self, steps: int) -> None:
        self._state.edit("Change pickup", lambda score: edits.set_pickup(score, steps))
        self._state.settle()

    def _set_tempo(self, beats: int) -> None:
        qpm = beats * tempo_note(self._state.score.meter)[2]
        self._state.edit("Change tempo", lambda score: edits.set_tempo(score, qpm), group="tempo")

    def _count_bars(self) -> int:
        score = self._state.score
        return -(-(score.steps - score.pickup) // score.meter.steps_per_bar)

    def _set_bars(self, count: int) -> None:
        self._state.edit("Number of bars", lambda score: edits.set_bars(score, count), group="bars")
        self._state.settle()

    # Looks ------------------------------------------------------------------------------------------------------

    def lay_out(self, rect: pygame.Rect, theme: Theme) -> None:
        """Rooms, file and undo at the left, the rest at the right, the title in what is between."""
        self.rect = rect
        height, gap = theme.px(36), theme.px(8)
        top = rect.centery - height // 2
        x = self.places.lay_out(rect, theme)
        for widget, width in ((self.file, 72), (self.undo, 36), (self.redo, 36)):
            widget.rect = pygame.Rect(x, top, theme.px(width), height)
            x += theme.px(width) + (gap if widget is self.file else 0)
        right = rect.right - theme.px(16)
        for control, width in ((self.help, 36), (self.bars, 120), (self.tempo, 124), (self.meter, 72), (self.key, 140)):
            control.rect = pygame.Rect(right - theme.px(width), top, theme.px(width), height)
            right -= theme.px(width) + gap
        room = pygame.Rect(x + gap, top, max(theme.px(60), right - x - 2 * gap), height)
        width = min(room.width, theme.px(460))
        self.title.rect = pygame.Rect(0, top, width, height)
        self.title.rect.center = (min(max(rect.centerx, room.x + width // 2), room.right - width // 2), rect.centery)

    def update(self) -> None:
        """Show what can be undone, and the note that the tempo counts."""
        name, dotted, _ = tempo_note(self._state.score.meter)
        if (name, dotted) != self._counted:
            self._counted = (name, dotted)
            dots = ("metAugmentationDot",) if dotted else ()
            self.tempo.picture = glyph_picture(name, *dots, spaces=4.6)
        document = self._state.studio.document
        for button, label in ((self.undo, document.undo_label), (self.redo, document.redo_label)):
            button.enabled = label is not None
            button.hint = f"{button.label} {label[:1].lower() + label[1:]}" if label else button.label

    def draw_background(self, surface: pygame.Surface, theme: Theme) -> None:
        """Draw the bar and the name of the program."""
        self.places.draw_background(surface, self.rect, theme)


def _signature(sharps: int) -> str:
    if not sharps:
        return ""
    word = "sharp" if sharps > 0 else "flat"
    return f"{abs(sharps)} {word}{'s' if abs(sharps) > 1 else ''}"


def _pickups(score: Score) -> list[tuple[int, str]]:
    """Return (steps, words) of the pickups that the meter has room for, and of the one that is there."""
    fitting = {steps: words for steps, words in _PICKUPS.items() if steps < score.meter.steps_per_bar}
    there = {score.pickup: f"{score.pickup} sixteenth{'s' if score.pickup != 1 else ''}"}
    return sorted({**there, **fitting}.items())


def _meaning(meter: Meter) -> str:
    return {4: "common time", 3: "in three", 2: "in two"}.get(meter.beats_per_bar, "")
