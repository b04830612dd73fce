import subprocess
import sys
import time

import pygame
import pytest

from chorale import ui
from chorale.errors import InputError
from chorale.ui.theme import Theme
from chorale.ui.widgets.button import Button
from chorale.ui.window import Window

HEAVY = ("tensorflow", "keras", "music21", "verovio", "onnxruntime", "symusic")


def test_every_widget_has_an_id_of_its_own_and_a_label(person):
    widgets = person.editor.state.board.widgets
    names = [widget.id for widget in widgets]
    assert len(names) == len(set(names))
    assert all(widget.id and widget.label for widget in widgets)


def test_tab_reaches_every_control_and_comes_back(person):
    board = person.editor.state.board
    wanted = {widget.id for widget in board.widgets if widget.reachable}
    reached = []
    for _ in range(len(wanted)):
        person.key(pygame.K_TAB)
        reached.append(board.ring.widget.id)
    assert set(reached) == wanted
    person.key(pygame.K_ESCAPE)
    assert board.ring.widget.id == "page"


def test_controls_work_from_the_keyboard(person):
    board = person.editor.state.board
    while board.ring.widget.id != "value-8":
        person.key(pygame.K_TAB)
    person.key(pygame.K_SPACE, text=" ")
    assert person.editor.state.pen.value == 8
    while board.ring.widget.id != "tempo":
        person.key(pygame.K_TAB)
    person.type("120")
    person.key(pygame.K_RETURN)
    assert person.score.qpm == 120


def test_every_key_of_the_help_sheet_does_something_without_complaint(tune):
    for command in tune.editor.keys.commands:
        assert command.keys
        if command.label != "Quit":
            command.action()
            tune.turn(2)
            tune.editor._hide()
            tune.editor.state.board.close_menu()
            tune.editor.harmony.stop()
    tune.key(pygame.K_q, ctrl=True)
    assert not tune.window.running


def test_no_key_is_wanted_twice(person):
    keys = [key for command in person.editor.keys.commands for key in command.keys]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080), (1120, 640)])
def test_no_two_controls_overlap_and_all_are_on_the_screen(person, size):
    person.editor.resize(size, Theme.fitting(size))
    screen = pygame.Rect(0, 0, *size)
    widgets = [widget for widget in person.editor.state.board.widgets if widget.visible and widget.id != "notice"]
    for index, widget in enumerate(widgets):
        assert screen.contains(widget.rect), widget.id
        for other in widgets[index + 1 :]:
            assert not widget.rect.colliderect(other.rect), (widget.id, other.id)


@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080)])
def test_words_on_buttons_fit_their_boxes(person, size):
    theme = Theme.fitting(size)
    person.editor.resize(size, theme)
    for widget in person.editor.state.board.widgets:
        if isinstance(widget, Button) and widget.text and widget.rect.width:
            room = widget.rect.width - theme.px(12)
            assert theme.fitted(widget.text, room, widget.text_size, "semibold") == widget.text, widget.id


def test_an_idle_window_sleeps(person):
    waits = []

    def wait(milliseconds):
        waits.append(milliseconds)
        person.time += milliseconds / 1000
        return pygame.event.Event(pygame.NOEVENT)

    person.move((5, 300))
    person.turn(100)
    person.window._wait = wait
    frames, begun = person.window.frames, person.time
    while person.time < begun + 20:
        person.window.turn()
    assert all(milliseconds > 0 for milliseconds in waits)
    assert (person.window.frames - frames) / 20 < 8, "he breathes and blinks, and no more"


def test_a_window_at_rest_tidies_up_and_a_busy_one_does_not(person):
    rests = []

    def wait(milliseconds):
        person.time += milliseconds / 1000
        return pygame.event.Event(pygame.NOEVENT)

    person.window._rest, person.window._wait = lambda: rests.append(person.time), wait
    person.key(pygame.K_RIGHT)
    for _ in range(20):
        person.post(pygame.KEYDOWN, key=pygame.K_RIGHT, mod=0, unicode="", scancode=0)
        person.window.turn()
    busy_until = person.time
    assert rests == []
    while person.time < busy_until + 5:
        person.window.turn()
    assert rests
    assert rests[0] > busy_until + 0.9


def test_a_still_window_waits_for_an_event(person):
    person.studio.change_settings(animations=False)
    person.window.refit()
    person.turn(100)
    assert person.editor.update(person.time) is None


def test_a_resized_window_lays_itself_out_anew(person):
    person.post(pygame.VIDEORESIZE, w=1600, h=1000, size=(1600, 1000))
    person.turn(2)
    assert person.window.surface.get_size() == (1600, 1000)
    assert person.find("help").rect.right > 1500
    person.post(pygame.VIDEORESIZE, w=100, h=100, size=(100, 100))
    person.turn(2)
    assert person.window.surface.get_width() >= 640


@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080)])
def test_little_music_hangs_lower_and_stands_still_while_it_is_written(person, size):
    person.editor.resize(size, Theme.fitting(size))
    person.turn()
    page = person.editor.page
    top, staff = page.sheet.y, page.screen_of(0, 35, 0)[1]
    assert top > page.leaf.y
    assert page.leaf.contains(pygame.Rect(page.sheet.topleft, (1, page.paper.height)))
    person.type("ccggaagfedc")
    assert page.sheet.y == top
    assert page.screen_of(0, 35, 0)[1] == staff


def test_a_note_is_written_where_the_pointer_is_on_music_that_hangs_lower(person):
    spot = person.editor.page.screen_of(0, 35, 0)
    person.click_at(spot)
    assert person.notes() == [(0, 4, "C5")]


def test_the_help_sheet_opens_and_closes(person):
    person.key(pygame.K_SLASH, shift=True, text="?")
    assert person.editor.overlay is not None
    person.key(pygame.K_ESCAPE)
    assert person.editor.overlay is None


def test_the_first_frame_needs_no_heavy_library(tmp_path):
    code = (
        "import sys, pygame\n"
        "from chorale.app.studio import Studio\n"
        "from chorale.ui.desk import open_house, open_window\n"
        "from chorale.ui.sound import Sound\n"
        "studio = Studio()\n"
        "window = open_window(studio)\n"
        "window.show(open_house(window, studio, Sound()))\n"
        "window.turn(wait=False)\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=tmp_path)
    assert done.stdout.strip().splitlines()[-1] == "[]"


def test_keys_wake_a_window_that_waits_for_events():
    window = Window((640, 400), wait=lambda _: pygame.event.Event(pygame.NOEVENT))
    seen = []
    window.show(_Still(seen))
    window.turn(wait=False)
    pygame.event.post(pygame.event.Event(pygame.USEREVENT))
    time.sleep(0.02)
    window.turn()
    assert [event.type for event in seen if event.type == pygame.USEREVENT] == [pygame.USEREVENT]
    assert window.frames == 2
    window.close()


class _Still:
    def __init__(self, seen):
        self.handle = seen.append

    def update(self, now):
        del now

    def draw(self, surface):
        pass

    def resize(self, size, theme):
        pass


@pytest.mark.parametrize("scene", [scene for scene in ui.SCENES if scene not in {"editor", "answers"}])
def test_every_scene_can_be_pictured(scene, tmp_path, tune):
    song, path = tmp_path / "song.chorale", tmp_path / "scene.png"
    tune.studio.save(song)
    ui.screenshot(scene, path, (1280, 720), song)
    assert pygame.image.load(path).get_size() == (1280, 720)


def test_an_unknown_scene_and_an_impossible_size_are_refused_in_one_line(tmp_path):
    with pytest.raises(InputError, match="wanted one of editor"):
        ui.screenshot("nowhere", tmp_path / "x.png")
    with pytest.raises(InputError, match="pixels each way"):
        ui.screenshot("empty", tmp_path / "x.png", (10, 10))


def test_sound_cards_announced_while_one_is_open_change_nothing(person):
    looked = []
    person.player.silent = False
    person.player.device_changed = lambda: looked.append(1)
    person.post(pygame.AUDIODEVICEADDED, which=0, iscapture=False)
    person.turn(2)
    assert looked == []
    for _ in range(3):
        person.post(pygame.AUDIODEVICEREMOVED, which=0, iscapture=False)
        person.turn(2)
    assert looked == [1], "it looks once, and not again for every announcement"


def test_a_key_that_repeats_itself_while_it_is_down_is_struck_once_but_arrows_go_on(tune):
    heard = []
    tune.window._scene.handle = lambda event: heard.append((event.type, getattr(event, "key", 0)))
    for key, code in ((pygame.K_h, 11), (pygame.K_RIGHT, 79)):
        for kind in (pygame.KEYDOWN, pygame.KEYDOWN, pygame.KEYUP, pygame.KEYDOWN):
            tune.post(kind, key=key, mod=0, unicode="", scancode=code)
    tune.turn()
    struck = [key for kind, key in heard if kind == pygame.KEYDOWN]
    assert struck == [pygame.K_h] * 2 + [pygame.K_RIGHT] * 3
