import pygame
import pytest

C5, D5, E5, F5, G4, A4 = 35, 36, 37, 38, 32, 33
EIGHT = [C5, C5 - 1, A4, G4, A4, C5 - 1, C5, C5]


def test_eight_clicks_on_the_staff_write_eight_notes(person):
    for index, place in enumerate(EIGHT):
        person.place(4 * index, place)
    names = ["C5", "B4", "A4", "G4", "A4", "B4", "C5", "C5"]
    assert person.notes() == [(4 * index, 4, name) for index, name in enumerate(names)]


def test_every_placed_note_sounds(person):
    person.place(0, A4)
    assert len(person.player.struck) == 1
    person.key(pygame.K_UP)
    assert len(person.player.struck) == 2


def test_a_click_in_between_snaps_to_the_grid_of_the_value(person):
    x, y = person.spot(4, A4)
    person.click_at((x + 6, y + 1))
    assert person.notes() == [(4, 4, "A4")]


def test_values_and_dots_are_picked_on_the_rail(person):
    person.click("value-8")
    person.click("dot")
    person.place(0, A4)
    assert person.notes() == [(0, 12, "A4")]


def test_accidentals_alter_the_next_note_only(person):
    person.click("sign-sharp")
    person.place(0, 31)
    person.place(4, 31)
    assert [name for _, _, name in person.notes()] == ["F#4", "F4"]


def test_the_other_staff_takes_the_voice_last_used_there(person):
    person.place(0, A4)
    person.place(0, 22, voice=3)
    assert person.notes(3) == [(0, 4, "D3")]
    person.click("voice-tenor")
    person.place(4, 26, voice=2)
    assert person.notes(2) == [(4, 4, "A3")]


def test_a_drag_moves_a_note_in_pitch_and_is_one_undo_step(person):
    person.place(0, A4)
    x, y = person.spot(0, A4)
    person.drag((x, y), (x, y - 6), (x, y - 9), (x, y - 18))
    assert person.notes() == [(0, 4, "E5")]
    person.key(pygame.K_z, ctrl=True)
    assert person.notes() == [(0, 4, "A4")]


def test_a_drag_moves_a_note_in_time(person):
    person.place(0, A4)
    person.drag(person.spot(0, A4), person.spot(4, A4), person.spot(8, A4))
    assert person.notes() == [(8, 4, "A4")]


def test_a_drag_at_the_end_lengthens_a_note(person):
    person.place(0, A4)
    person.move((5, 300))
    handle = person.editor.page.handle
    end = person.spot(8, A4)
    person.drag(handle.center, (end[0] - 20, end[1]), (end[0] - person.editor.page.paper.space, end[1]))
    assert person.notes() == [(0, 8, "A4")]


def test_the_right_button_and_delete_delete(person):
    person.place(0, A4)
    person.place(4, C5)
    person.click_at(person.spot(0, A4), button=3)
    assert person.notes() == [(4, 4, "C5")]
    person.click_at(person.spot(4, C5))
    person.key(pygame.K_DELETE)
    assert person.notes() == []


def test_rest_mode_silences(tune):
    tune.click("rest")
    tune.place(4, 35)
    assert [start for start, _, _ in tune.notes()] == [0, 8, 12, 16, 20, 24, 28]


def test_letters_write_at_the_caret_as_near_as_can_be(tune):
    assert [name for _, _, name in tune.notes()] == ["C5", "C5", "G4", "G4", "A4", "A4", "G4", "F4"]
    assert [start for start, _, _ in tune.notes()] == list(range(0, 32, 4))


def test_digits_set_the_value_of_what_comes_next(person):
    person.type("4c5d6e")
    assert person.notes() == [(0, 2, "C5"), (2, 4, "D5"), (6, 8, "E5")]


def test_digits_change_a_note_that_was_pointed_out(tune):
    tune.key(pygame.K_HOME)
    tune.key(pygame.K_RIGHT)
    tune.key(pygame.K_LEFT)
    tune.type("4")
    assert tune.notes()[0] == (0, 2, "C5")


def test_arrows_move_by_scale_semitone_and_octave(person):
    person.type("c")
    person.key(pygame.K_UP)
    person.key(pygame.K_UP, shift=True)
    person.key(pygame.K_DOWN, ctrl=True)
    assert person.notes() == [(0, 4, "D#4")]


def test_shift_and_a_letter_pick_the_voice(person):
    for letter, voice in (("b", 3), ("a", 1), ("t", 2), ("s", 0)):
        person.key(pygame.key.key_code(letter), shift=True, text=letter.upper())
        assert person.editor.state.pen.voice == voice


def test_tie_fermata_and_lock_mark_the_selected_note(tune):
    tune.click_at(tune.spot(0, 35))
    tune.key(pygame.K_PLUS, text="+")
    assert tune.notes()[0] == (0, 8, "C5")
    tune.key(pygame.K_f, shift=True, text="F")
    assert tune.score.fermatas == {0}
    tune.key(pygame.K_l, text="l")
    assert tune.score.locked[:8, 0].all()
    assert not tune.score.locked[8:].any()


def test_copy_and_paste_repeat_a_phrase(tune):
    tune.key(pygame.K_a, ctrl=True)
    tune.key(pygame.K_c, ctrl=True)
    tune.key(pygame.K_END)
    tune.key(pygame.K_v, ctrl=True)
    assert len(tune.notes()) == 16


def test_undo_and_redo_walk_the_notes(tune):
    tune.key(pygame.K_z, ctrl=True)
    tune.click("undo")
    assert len(tune.notes()) == 6
    tune.key(pygame.K_y, ctrl=True)
    tune.click("redo")
    assert len(tune.notes()) == 8


def test_backspace_rubs_out_what_was_typed_last(tune):
    tune.key(pygame.K_BACKSPACE)
    tune.key(pygame.K_BACKSPACE)
    assert len(tune.notes()) == 6
    tune.type("c")
    assert tune.notes()[-1][0] == 24


def test_the_score_grows_when_typing_reaches_its_end(person):
    person.type("7")
    for _ in range(9):
        person.type("c")
    assert len(person.notes()) == 9


def test_shift_and_drag_select_bars(tune):
    pygame.key.set_mods(pygame.KMOD_LSHIFT)
    tune.drag(tune.spot(4, 33), tune.spot(10, 33), tune.spot(20, 33))
    pygame.key.set_mods(0)
    assert tune.editor.state.bars == (1, 2)
    assert tune.find("harmonize").value == "Bars 1\N{EN DASH}2"


@pytest.mark.parametrize("action", ["move", "type"])
def test_the_ghost_phrase_is_gone_with_the_first_note(person, action):
    person.turn(20)
    before = pygame.image.tobytes(person.window.surface.subsurface(person.editor.page.rect), "RGB")
    if action == "move":
        person.place(0, A4)
        person.key(pygame.K_DELETE)
    else:
        person.type("c")
        person.key(pygame.K_BACKSPACE)
    person.move((5, 300))
    person.turn(20)
    after = pygame.image.tobytes(person.window.surface.subsurface(person.editor.page.rect), "RGB")
    assert person.notes() == []
    assert before == after
