"""A person who plays the game: the Levels room in the window, over a small school of three lessons."""

from datetime import date

import pygame

from chorale.app.game import Game
from chorale.levels.worlds import load
from chorale.ui.house import House
from chorale.ui.scene import Place
from chorale.ui.scenes.editor.scene import Editor
from chorale.ui.scenes.levels.scene import LevelsRoom
from tests.ui.conftest import Person

PLACE = """
id = "school/place"
version = 1
kind = "place"
title = "Three steps"
teaches = ["the treble clef"]
intro = "Write A, B and C after the G."
key = "C major"
meter = "4/4"

[score]
soprano = "g4:4 ?:4 ?:4 ?:4 |"

[[goals]]
check = "exact"
title = "G, A, B, C"
weight = 20
required = true

[[hints]]
words = "A is the letter after G."
show = "S1.2"

[solution]
soprano = "g4:4 a4 b4 c5 |"

[[wrong]]
why = "three times the same note"
misses = ["exact"]
soprano = "g4:4 g4 g4 g4 |"
"""
CADENCE = """
id = "school/cadence"
version = 1
kind = "cadence"
title = "Coming home"
teaches = ["perfect authentic cadence"]
requires = ["school/place"]
intro = "Write the two chords that close."
card = "V goes to I."
key = "C major"
meter = "4/4"

[score]
soprano = "e5:4 d5 c5:2^ |"
alto = "g4:4 ?:4 ?:2 |"
tenor = "c4:4 ?:4 ?:2 |"
bass = "c3:4 ?:4 ?:2 |"
chords = "I:4 V I:2 |"

[[goals]]
check = "cadence"
is = "PAC"
weight = 25
required = true

[[goals]]
rules = ["parallel-fifths", "parallel-octaves"]
name = "parallels"
title = "No parallels"
weight = 20
required = true

[[hints]]
fill = "B1.2"

[solution]
alto = "g4:4 g4 e4:2 |"
tenor = "c4:4 b3 c4:2 |"
bass = "c3:4 g3 c3:2 |"

[[wrong]]
why = "the tenor goes along with the soprano an octave below"
misses = ["parallels"]
alto = "g4:4 g4 g4:2 |"
tenor = "c4:4 d4 c4:2 |"
bass = "c3:4 g3 c3:2 |"
"""
BEAT = """
id = "school/beat"
version = 1
kind = "beat"
title = "Against the master"
teaches = ["four voices"]
requires = ["school/cadence"]
intro = "Write three voices, then tell yours from his."
key = "C major"
meter = "4/4"

[score]
soprano = "e5:4 d5 c5:2^ |"
alto = "?:4 ?:4 ?:2 |"
tenor = "?:4 ?:4 ?:2 |"
bass = "?:4 ?:4 ?:2 |"

[[goals]]
check = "recognized"
weight = 20

[[goals]]
rules = ["parallel-fifths", "parallel-octaves"]
name = "parallels"
weight = 20
required = true

[solution]
alto = "g4:4 g4 e4:2 |"
tenor = "c4:4 b3 c4:2 |"
bass = "c3:4 g3 c3:2 |"
"""


def school(folder):
    """Write the school's files; return the worlds."""
    world = folder / "01-school"
    world.mkdir(parents=True, exist_ok=True)
    (world / "world.toml").write_text('title = "The school"\nexam = "school/cadence"\n', encoding="utf-8")
    for name, text in (("01-place", PLACE), ("02-cadence", CADENCE), ("03-beat", BEAT)):
        (world / f"{name}.toml").write_text(text, encoding="utf-8")
    return load(folder)


class QuietHarmonizer:
    """The harmonizer of the tests, asked without a wish to hear how far it is."""

    def __init__(self, harmonizer):
        self._harmonizer = harmonizer

    def harmonize(self, score, writable, *, seed=0):
        return self._harmonizer.harmonize(score, writable, seed=seed, report=lambda _: None)


class Learner(Person):
    """A person in the Levels room; ``comes_back`` begins another session with what was kept."""

    def __init__(self, tmp_path, size=(1280, 720)):
        super().__init__(tmp_path, size)
        self.folder = tmp_path
        self.chimes = []
        self.player.chime = self.chimes.append
        self.game = self.open_game()
        self.room = None
        self.house = House(self.services, {Place.COMPOSE: Editor, Place.LEVELS: self._door})
        self.window.show(self.house)
        self.turn()
        self.key(pygame.K_F7)

    def open_game(self):
        return Game(
            school(self.folder / "school"),
            self.folder / "data",
            load=lambda _: QuietHarmonizer(self.harmonizer),
            today=lambda: date(2026, 3, 21),
        )

    def _door(self, services):
        self.room = LevelsRoom(services, self.game)
        return self.room

    def comes_back(self):
        """Close the program and start it anew."""
        self.room.close()
        self.game = self.open_game()
        self.house = House(self.services, {Place.COMPOSE: Editor, Place.LEVELS: self._door})
        self.window.show(self.house)
        self.turn()
        self.key(pygame.K_F7)

    def find(self, name):
        return self.house.find(name)

    @property
    def page(self):
        return self.room.page

    @property
    def score(self):
        return self.page.desk.score

    def said(self):
        return [card.toast.text for card in self.room.hall.toasts.cards]

    def spot(self, step, place, voice=0):
        return self.page.desk.page.screen_of(step, place, voice)

    def goes_to(self, level):
        """Go to a lesson by way of the map; close its card."""
        self.room.open("map")
        self.turn()
        self.click(f"level-{level}")
        self.turn(3)
        if self.room.overlay is not None:
            self.key(pygame.K_RETURN)

    def writes(self, letters):
        """Write notes by their letters, from where the caret is."""
        for letter in letters:
            self.type(letter)
        self.turn(6)

    def hands_in(self):
        self.click("hand-in")
        self.turn(3)

    def passes_the_first(self):
        """Solve the first lesson."""
        self.goes_to("school/place")
        self.writes("abc")
        self.hands_in()

    def close(self):
        self.room.close()
        super().close()
