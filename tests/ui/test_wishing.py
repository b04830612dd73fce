"""Asking for chords in the window."""

import pygame
import pytest


def typed(person, *names):
    """Open the field at the caret and type chords, Enter after each."""
    person.editor.state.caret = 0
    person.key(pygame.K_k, ctrl=True)
    for name in names:
        write(person, name)
        person.key(pygame.K_RETURN)


def write(person, letters):
    for letter in letters:
        person.key(pygame.K_a, text=letter)  # whatever the key, the letter counts


@pytest.fixture
def field(tune):
    return tune.find("chord")


def test_enter_keeps_a_chord_and_goes_to_the_next_beat(tune, field):
    typed(tune, "I", "", "V65")
    assert tune.score.chords == ((0, "I"), (8, "V6/5"))
    assert field.visible
    assert field.label == "Chord to ask for at bar 1, beat 4"
    assert tune.editor.state.caret == 12


def test_space_goes_on_and_shift_goes_back(tune, field):
    typed(tune)
    write(tune, "I")
    tune.key(pygame.K_SPACE, text=" ")
    assert (tune.score.chords, field.text) == (((0, "I"),), "")
    tune.key(pygame.K_SPACE, shift=True, text=" ")
    assert (field.text, tune.editor.wishing.step) == ("I", 0)
    tune.key(pygame.K_RETURN, shift=True)
    assert tune.editor.wishing.step == 0  # there is nothing before


def test_letters_go_into_the_field_and_not_onto_the_page(tune, field):
    before = tune.notes()
    typed(tune)
    tune.type("hnc")
    assert (field.text, tune.notes(), tune.studio.harmonizing) == ("hnc", before, None)
    tune.key(pygame.K_ESCAPE)
    assert not field.visible
    assert tune.score.chords == ()
    tune.type("e")
    assert tune.notes() != before


def test_delete_asks_for_nothing(tune):
    typed(tune, "I", "IV")
    tune.key(pygame.K_ESCAPE)
    typed(tune)
    tune.key(pygame.K_DELETE)
    assert tune.score.chords == ((4, "IV"),)
    tune.key(pygame.K_BACKSPACE)
    tune.key(pygame.K_ESCAPE)
    tune.editor.state.caret = 4
    tune.key(pygame.K_k, ctrl=True)
    tune.key(pygame.K_BACKSPACE)
    tune.key(pygame.K_RETURN)
    assert tune.score.chords == ()


def test_each_chord_is_one_undo_step(tune):
    typed(tune, "I", "IV")
    tune.key(pygame.K_ESCAPE)
    assert tune.studio.document.undo_label == "Ask for IV"
    tune.key(pygame.K_z, ctrl=True)
    assert tune.score.chords == ((0, "I"),)


def test_what_is_no_chord_is_told_and_stays_to_be_mended(tune, field):
    typed(tune, "V9")
    assert (tune.score.chords, field.visible, field.text) == ((), True, "V9")
    assert any("wanted a numeral such as V6/5" in text for text in tune.said())
    write(tune, "V6")
    assert field.text == "V6"  # it was selected


def test_a_chord_that_the_soprano_forbids_is_told_at_once(tune, field):
    typed(tune, "V7")  # the tune begins with a C
    assert tune.score.chords == ()
    assert field.visible
    assert any("V7 at bar 1, beat 1 cannot be: the soprano has C there" in text for text in tune.said())


def test_a_chord_may_be_asked_for_before_there_is_a_tune(person):
    typed(person, "I", "V")
    assert person.score.chords == ((0, "I"), (4, "V"))


def test_the_field_says_what_the_letters_mean(tune):
    typed(tune)
    assert "V6/5" in tune.editor.wishing.words("")[0]
    assert tune.editor.wishing.words("V65")[0] == "G dominant seventh over B"
    assert "no chord yet" in tune.editor.wishing.words("V9")[0]


@pytest.mark.parametrize("size", [(1120, 630), (1280, 720), (1920, 1080)])
def test_the_field_stands_under_its_beat_and_on_the_page(tune, field, size):
    tune.editor.resize(size, tune.editor.state.theme.fitting(size))
    typed(tune, "I")
    page = tune.editor.page
    assert page.rect.contains(field.rect)
    assert abs(field.rect.centerx - page.to_screen(page.page.x_of(4), 0)[0]) <= 1
    assert field.rect.centery > page.to_screen(0, page.page.systems[0].staves[-1] + 4)[1]


def test_a_click_elsewhere_keeps_what_was_typed(tune, field):
    typed(tune)
    write(tune, "I")
    tune.click("seed" if tune.find("seed").visible else "portrait")
    assert tune.score.chords == ((0, "I"),)
    assert not field.visible
    tune.type("c")  # and the page has the keyboard
    assert len(tune.notes()) == 8


def test_the_last_beat_closes_the_field(tune, field):
    tune.editor.state.caret = tune.score.steps - 1
    tune.key(pygame.K_k, ctrl=True)
    write(tune, "I")
    tune.key(pygame.K_RETURN)
    assert not field.visible
    assert tune.score.chords == ((tune.score.steps - 4, "I"),)


def test_the_button_opens_the_field_at_the_caret(tune):
    tune.click("tune")
    tune.editor.state.caret = 8
    tune.click("ask-chord")
    write(tune, "V")
    tune.key(pygame.K_RETURN)
    assert tune.score.chords == ((8, "V"),)


def test_the_harmonizer_is_asked_for_the_chords(tune):
    typed(tune, "I", "IV")
    tune.key(pygame.K_ESCAPE)
    tune.key(pygame.K_h, text="h")
    tune.wait_for(lambda: tune.studio.harmonizing is None)
    assert [wish.name for wish in tune.harmonizer.asked["chords"]] == ["I", "IV"]
    assert tune.score.chords == ((0, "I"), (4, "IV"))


def test_a_document_that_is_opened_closes_the_field(tune, field, tmp_path):
    tune.studio.save(tmp_path / "a.chorale")
    typed(tune)
    tune.drop(tmp_path / "a.chorale")
    tune.opened()
    assert not field.visible
