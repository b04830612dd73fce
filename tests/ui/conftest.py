"""A person at the real window: clicks, types and waits, with a clock that only they move."""

import time

import numpy as np
import pygame
import pytest

from chorale.app import opening
from chorale.app.studio import Studio
from chorale.audio.mix import Mix
from chorale.audio.timeline import TimeMap
from chorale.models.base import Harmonization, Progress
from chorale.music import REST, Chorale
from chorale.ui.house import House
from chorale.ui.scene import Place, Services
from chorale.ui.scenes.editor.scene import Editor
from chorale.ui.scenes.tools.scene import ToolsRoom
from chorale.ui.sound import Sound
from chorale.ui.window import Window


class FakeHarmonizer:
    """Doubles the given melody a third, a tenth and two octaves below; alternatives differ in the bass."""

    def __init__(self):
        self.hold = None
        self.error = None

    def harmonize(self, score, writable, *, seed=0, alternatives=1, report=None, **asked):
        self.asked = {"seed": seed, "alternatives": alternatives, **asked}
        while self.hold is not None and not self.hold.is_set():
            report(Progress(0.5))
            time.sleep(0.002)
        if self.error is not None:
            raise self.error
        return [self._answer(score, writable, seed, index, report) for index in range(alternatives)]

    def _answer(self, score, writable, seed, index, report):
        pitches, onsets = np.array(score.chorale.pitches), np.array(score.chorale.onsets)
        for voice, below in ((1, 4), (2, 12), (3, 24 - index)):
            where = writable[:, voice] & (pitches[:, 0] != REST)
            pitches[where, voice] = pitches[where, 0] - below
            onsets[where, voice] = onsets[where, 0]
            report(Progress((voice + 1) / 4, score.replace(chorale=Chorale(pitches.copy(), onsets.copy()))))
        return Harmonization(score.replace(chorale=Chorale(pitches, onsets)), seed, -1.0)


class FakePlayer:
    """A player that only keeps time: what the window asks of one, without rendering a sound."""

    note, preset, loop = "", None, None

    def __init__(self, clock):
        self.clock, self.mix, self.struck = clock, Mix(), []
        self.playing, self._at, self._since, self._score = False, 0.0, 0.0, None

    def load(self, score, preset=None):
        self._score, self.own_preset = score, preset

    @property
    def times(self):
        return TimeMap.of(self._score)

    @property
    def position(self):
        passed = (self.clock() - self._since) * self._score.qpm / 15 if self.playing else 0.0
        return self._at + passed

    def play(self, step=None):
        self._at, self._since, self.playing = self._at if step is None else step, self.clock(), True

    def pause(self):
        self._at, self.playing = self.position, False

    def stop(self):
        self._at, self.playing = 0.0, False

    def seek(self, step):
        self._at, self._since = step, self.clock()

    def audition(self, pitch, voice=0, _velocity=127):
        self.struck.append((pitch, voice))

    def update(self):
        pass

    def warm_up(self, *, kit=False):
        pass

    device_changed = close = update


class Person:
    """Does with the window what a person can do."""

    def __init__(self, tmp_path, size=(1280, 720)):
        self.time = 100.0
        self.harmonizer = FakeHarmonizer()
        self.read = opening.read
        self.studio = Studio(
            config=tmp_path / "config",
            sessions=tmp_path / "sessions",
            load=lambda _: self.harmonizer,
            read=lambda path: self.read(path),  # noqa: PLW0108  tests put another reader there
            clock=lambda: self.time,
        )
        self.window = Window(size, clock=lambda: self.time, still=lambda: not self.studio.settings.animations)
        self.player = FakePlayer(lambda: self.time)
        self.sound = Sound(lambda: self.player)
        self.sound.warm_up()
        self.services = Services(
            self.studio, self.sound, lambda: self.time, quit=self.window.quit, refit=self.window.refit
        )
        self.editor = Editor(self.services)
        self.window.show(self.editor)
        self.sound._thread.join()
        self.turn()

    # Time

    def turn(self, times=1, seconds=0.02):
        """Let the window take what happened, and draw."""
        for _ in range(times):
            self.time += seconds
            self.window.turn(wait=False)

    def wait_for(self, condition, seconds=10):
        """Turn until something is so."""
        deadline = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < deadline, "it never came to be"
            self.turn()
            time.sleep(0.002)
        self.turn(2)

    # The hand

    def post(self, kind, **values):
        pygame.event.post(pygame.event.Event(kind, **values))

    def move(self, position):
        self.post(pygame.MOUSEMOTION, pos=position, rel=(0, 0), buttons=(0, 0, 0))
        self.turn()

    def down(self, position, button=1):
        self.post(pygame.MOUSEBUTTONDOWN, pos=position, button=button)
        self.turn()

    def up(self, position, button=1):
        self.post(pygame.MOUSEBUTTONUP, pos=position, button=button)
        self.turn()

    def click_at(self, position, button=1):
        self.move(position)
        self.down(position, button)
        self.up(position, button)

    def drag(self, start, *stops):
        self.move(start)
        self.down(start)
        for stop in stops:
            self.move(stop)
        self.up(stops[-1])

    def click(self, name):
        """Click a widget, by its id."""
        self.click_at(self.find(name).rect.center)

    def choose(self, words):
        """Choose an entry of the open menu, by its words."""
        menu = self.editor.state.board.menu
        index = next(index for index, entry in enumerate(menu.entries) if entry.label == words)
        menu.index = index
        menu._show_index()
        self.click_at(menu.row(index).center)

    def key(self, key, *, ctrl=False, shift=False, alt=False, text=""):
        """Press a key."""
        mod = pygame.KMOD_LCTRL * ctrl | pygame.KMOD_LSHIFT * shift | pygame.KMOD_LALT * alt
        self.post(pygame.KEYDOWN, key=key, mod=mod, unicode=text, scancode=0)
        if text and not ctrl and not alt:
            self.post(pygame.TEXTINPUT, text=text)
        self.turn()

    def type(self, text):
        """Type letters."""
        for letter in text:
            self.key(pygame.key.key_code(letter) if letter != " " else pygame.K_SPACE, text=letter)

    def drop(self, path):
        """Drop a file on the window."""
        self.post(pygame.DROPFILE, file=str(path))
        self.turn(2)

    def opened(self):
        """Wait until the file that is being opened has arrived, or failed."""
        self.wait_for(lambda: self.studio.opening is None)

    # What is there

    def find(self, name):
        return self.editor.find(name)

    @property
    def score(self):
        return self.studio.score

    def notes(self, voice=0):
        """Return (start, length, name) of a voice's notes."""
        return [(note.start, note.length, str(pitch)) for note, pitch in self.score.notes(voice)]

    def said(self):
        """Return what the toasts say."""
        return [card.toast.text for card in self.editor.state.toasts.cards]

    def spot(self, step, place, voice=0):
        """Return where on the screen a click writes a note."""
        return self.editor.page.screen_of(step, place, voice)

    def place(self, step, place, voice=0):
        """Click a note on the staff."""
        self.click_at(self.spot(step, place, voice))

    def close(self):
        self.sound.close()
        self.studio.close()
        self.window.close()


@pytest.fixture
def person(tmp_path):
    someone = Person(tmp_path)
    yield someone
    someone.close()


@pytest.fixture
def tune(person):
    """The person, with a tune of eight quarters written."""
    for letter in "ccggaagf":
        person.type(letter)
    return person


class Visitor(Person):
    """A person in the whole house, who begins in the Studio."""

    def __init__(self, tmp_path, size=(1280, 720)):
        super().__init__(tmp_path, size)
        self.services.place = Place.COMPOSE
        doors = {Place.COMPOSE: lambda _: self.editor, Place.STUDIO: ToolsRoom}
        self.house = House(self.services, doors)
        self.window.show(self.house)
        self.house.go(Place.STUDIO)
        self.turn()

    @property
    def room(self):
        return self.house.room(Place.STUDIO)

    @property
    def session(self):
        return self.room.session

    def find(self, name):
        return self.house.find(name)

    def choose(self, words):
        """Choose an entry of the open menu, by its words."""
        menu = self.house.here.state.board.menu
        menu.index = next(index for index, entry in enumerate(menu.entries) if entry.label == words)
        menu._show_index()
        self.click_at(menu.row(menu.index).center)

    def said(self):
        return [card.toast.text for card in self.house.here.state.toasts.cards]

    def made(self):
        """Wait until the tool has done its work."""
        self.wait_for(lambda: self.session.making is None)

    def taken(self):
        """Wait until the file has been read."""
        self.wait_for(lambda: self.session.reading is None)

    def shown(self):
        """Return the pitches of the results, each as a list."""
        return [[note.pitch for note in result.clip.notes] for result in self.session.bench.results]

    def close(self):
        self.session.cancel()
        self.session.close()
        super().close()


@pytest.fixture
def visitor(tmp_path, small_models):
    someone = Visitor(tmp_path)
    yield someone
    for model in small_models.values():
        model.hold = None
    someone.close()


@pytest.fixture
def guest(tmp_path):
    """A person in the Studio with the models that are shipped."""
    someone = Visitor(tmp_path)
    yield someone
    someone.close()
