"""A person taps: the metronome counts in, keys are heard and recorded, and what they make goes to the room."""

import pygame
import pytest

from chorale.app.tools.tapping import Kind, Plan
from chorale.music import Piece
from chorale.ui.scene import Services
from chorale.ui.scenes.tools.tapping import TappingSheet
from chorale.ui.sound import Sound
from chorale.ui.theme import Theme

STEP = 0.15  # seconds at 100 quarters a minute


class Metronome:
    """A player that keeps time, ends and goes round, and remembers what it was to play."""

    note = ""

    def __init__(self):
        self.now, self.loop, self.loaded, self.struck = 0.0, None, [], []
        self.since = None

    def load(self, clip, preset=None):
        del preset
        self.loaded.append(clip)

    @property
    def position(self):
        if self.since is None:
            return 0.0
        at = (self.now - self.since) / STEP
        if self.loop is not None and at >= self.loop[1]:
            first, last = self.loop
            return first + (at - first) % (last - first)
        return min(at, self.loaded[-1].steps)

    @property
    def playing(self):
        return self.since is not None and (self.loop is not None or self.position < self.loaded[-1].steps)

    def play(self, step=None):
        del step
        self.since = self.now

    def stop(self):
        self.since = None

    def audition(self, pitch, voice=0, velocity=127):
        self.struck.append((pitch, voice, velocity))

    def update(self):
        pass

    def warm_up(self, *, kit=False):
        pass

    close = update


class Tapper:
    """Somebody at the sheet."""

    def __init__(self, *kinds, plan=None):
        self.player = Metronome()
        self.sound = Sound(lambda: self.player)
        self.sound.warm_up()
        self.sound._thread.join()
        self.taken, self.closed = [], []
        services = Services(None, self.sound, lambda: self.player.now)
        self.sheet = TappingSheet(services, kinds, self.taken.append, lambda: self.closed.append(1), plan)
        self.sheet.resize((1280, 720), Theme(1.0))
        self.wait(0)

    def wait(self, steps):
        for _ in range(max(1, round(steps * 10))):
            self.player.now += STEP / 10 if steps else 0
            self.sound.update()
            self.sheet.update(self.player.now)

    def event(self, kind, key, mod=0):
        self.sheet.handle(pygame.event.Event(kind, key=key, mod=mod, unicode="", scancode=0))
        self.wait(0)

    def press(self, key, mod=0):
        self.event(pygame.KEYDOWN, key, mod)

    def tap(self, key, length=0.5, mod=0):
        self.press(key, mod)
        self.wait(length)
        self.event(pygame.KEYUP, key)

    @property
    def clip(self):
        return self.sheet.recorder.clip


@pytest.fixture
def tapper():
    pygame.display.init()
    pygame.font.init()
    pygame.display.set_mode((10, 10))
    made = []

    def make(*kinds, **facts):
        made.append(Tapper(*kinds, **facts))
        return made[-1]

    yield make
    for each in made:
        each.sound.close()
    pygame.display.quit()


def test_enter_counts_in_and_what_is_tapped_then_is_recorded_and_used(tapper):
    person = tapper(Kind.RHYTHM)
    person.press(pygame.K_RETURN)
    assert person.sheet.recorder.count == 1
    person.wait(5)
    assert person.sheet.recorder.count == 2
    person.wait(11.1)
    assert person.sheet.recorder.count is None
    for _ in range(4):
        person.tap(pygame.K_f)
        person.wait(3.5)
    person.wait(20)
    assert not person.sheet.recorder.recording
    assert [round(float(note.start)) for note in person.clip.notes] == [0, 4, 8, 12]
    person.press(pygame.K_RETURN, pygame.KMOD_LCTRL)
    assert person.closed
    assert person.taken[0].steps == 32
    assert len(person.taken[0].notes) == 4


def test_drums_go_round_and_the_next_pass_plays_what_the_last_one_brought(tapper):
    person = tapper(Kind.DRUMS, plan=Plan(bars=1))
    person.press(pygame.K_RETURN)
    person.wait(16)
    person.tap(pygame.K_a)
    person.wait(15.7)
    person.tap(pygame.K_s)
    assert person.sheet.recorder.recording
    assert 36 in [note.pitch for note in person.player.loaded[-1].notes]
    person.press(pygame.K_RETURN)
    hits = person.clip.pattern.hits
    assert hits[0, Piece.KICK]
    assert hits[0, Piece.SNARE]
    person.press(pygame.K_RETURN)  # another pass adds
    person.wait(20)
    person.tap(pygame.K_d)
    person.press(pygame.K_ESCAPE)
    assert len(person.clip.notes) == 3


def test_a_melody_is_recorded_once_with_its_lengths(tapper):
    person = tapper(Kind.MELODY, plan=Plan(bars=1))
    person.press(pygame.K_RETURN)
    person.wait(16)
    person.tap(pygame.K_z, 4)
    person.tap(pygame.K_x, 8)
    person.wait(8)
    assert not person.sheet.recorder.recording
    assert [note.pitch for note in person.clip.notes] == [60, 62]
    assert [float(note.end - note.start) for note in person.clip.notes] == pytest.approx([4, 8], abs=0.2)


def test_a_struck_key_is_heard_before_anything_is_recorded_and_shift_strikes_harder(tapper):
    person = tapper(Kind.DRUMS)
    person.tap(pygame.K_s)
    person.tap(pygame.K_s, mod=pygame.KMOD_LSHIFT)
    soft, hard = person.player.struck
    assert soft[:2] == hard[:2] == (38, 4)
    assert soft[2] < hard[2]
    assert person.clip.notes == ()


def test_a_key_that_repeats_itself_was_struck_once(tapper):
    person = tapper(Kind.DRUMS)
    for _ in range(5):
        person.press(pygame.K_a)
    assert len(person.player.struck) == 1


def test_tapping_along_with_the_count_in_measures_the_keyboard(tapper):
    person = tapper(Kind.RHYTHM)
    person.press(pygame.K_RETURN)
    person.wait(0.3)
    for _ in range(3):
        person.tap(pygame.K_j)
        person.wait(3.5)
    person.press(pygame.K_ESCAPE)
    assert person.sheet.recorder.late_ms == pytest.approx(45, abs=6)
    assert not person.closed


def test_drawing_to_the_grid_moves_what_was_recorded_and_can_be_taken_back(tapper):
    person = tapper(Kind.RHYTHM)
    person.press(pygame.K_RETURN)
    person.wait(20.3)
    person.tap(pygame.K_f)
    person.press(pygame.K_ESCAPE)
    as_played = person.clip.notes[0].start
    person.sheet.board.find("tapping-strength").set(1.0)
    assert person.clip.notes[0].start == 4
    person.sheet.board.find("tapping-strength").set(0.0)
    assert person.clip.notes[0].start == as_played != 4


def test_escape_stops_first_and_leaves_then(tapper):
    person = tapper(Kind.RHYTHM)
    person.press(pygame.K_RETURN)
    person.press(pygame.K_ESCAPE)
    assert not person.closed
    assert not person.sound.playing
    person.press(pygame.K_ESCAPE)
    assert person.closed


def test_the_piano_moves_by_octaves_and_pads_are_struck_by_the_mouse_the_higher_the_harder(tapper):
    person = tapper(Kind.MELODY)
    person.press(pygame.K_DOWN)
    person.tap(pygame.K_z)
    assert person.player.struck[-1][0] == 48
    kit = tapper(Kind.DRUMS)
    pads = kit.sheet.board.find("tapping-pads").rect
    for y in (pads.y + 4, pads.bottom - 4):
        pads_at = (pads.x + 10, y)
        kit.sheet.handle(pygame.event.Event(pygame.MOUSEBUTTONDOWN, pos=pads_at, button=1))
        kit.sheet.handle(pygame.event.Event(pygame.MOUSEBUTTONUP, pos=pads_at, button=1))
    top, foot = kit.player.struck
    assert top[0] == foot[0] == 36
    assert top[2] > foot[2]


def test_another_tempo_keeps_the_take_and_another_kind_drops_it(tapper):
    person = tapper(Kind.RHYTHM, Kind.DRUMS)
    person.press(pygame.K_RETURN)
    person.wait(20)
    person.tap(pygame.K_f)
    person.press(pygame.K_ESCAPE)
    person.sheet.board.find("tapping-tempo").set(140)
    assert len(person.clip.notes) == 1
    assert person.clip.qpm == 140
    person.sheet.board.find("tapping-drums").activate()
    assert person.clip.notes == ()


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("size", [(1280, 720), (1120, 630), (1920, 1080)])
def test_nothing_on_the_sheet_overlaps_or_leaves_it(tapper, kind, size):
    sheet = tapper(kind, *(other for other in Kind if other is not kind)).sheet
    sheet.resize(size, Theme.fitting(size))
    sheet.draw(pygame.Surface(size))
    boxes = [widget.rect for widget in sheet.board.widgets]
    assert all(sheet.rect.contains(box) for box in boxes)
    assert all(box.collidelist(boxes[index + 1 :]) < 0 for index, box in enumerate(boxes))
